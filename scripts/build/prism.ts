import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';

/**
 * Bundles Prism into one file.
 *
 * @returns the files that went into it.
 */
export async function bundlePrism(entry: string, outfile: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minify: true,
    // Otherwise each letter of its tables of encodings takes six.
    charset: 'utf8',
    legalComments: 'none',
    allowOverwrite: true,
    metafile: true,
    plugins: [withoutUnused, oneLodash, esmJsoncParser, quickArguments],
    banner: { js: commonJs },
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}

/** What the CommonJS modules inside find missing in an ES module. */
const commonJs = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;`;

/**
 * What the mock never comes to: invented answers, which were more than half of the bundle, requests passed on to
 * another server, descriptions in YAML, of Postman or with references to other files, the types of files by their
 * endings, hashed names of operations, and source maps that the bundle does not have.
 */
const unused =
  /^(@faker-js\/faker|json-schema-faker|seedrandom|node-fetch|postman-collection|@stoplight\/yaml|@stoplight\/json-schema-ref-parser|mime-db|fnv-plus|\.\/sourcemap-register\.js)(\/|$)/;

const withoutUnused: Plugin = {
  name: 'without-unused',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: unused }, ({ path }) => ({ path, namespace: 'stub' }));
    onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: stub }));
  },
};

/** Prism sets some of it up while it loads, so that each property is there, and is a function that does nothing. */
const stub = 'const stub = new Proxy(() => stub, { get: () => stub }); module.exports = stub;';

/** `lodash/fp` would bring a second one, the same but minified. */
const oneLodash: Plugin = {
  name: 'one-lodash',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/lodash\.min$/ }, ({ resolveDir }) => ({ path: path.join(resolveDir, 'lodash.js') }));
  },
};

/** Its other build hides its parts from bundlers. */
const esmJsoncParser: Plugin = {
  name: 'esm-jsonc-parser',
  setup({ onResolve }) {
    onResolve({ filter: /^jsonc-parser$/ }, ({ resolveDir }) => {
      const main = createRequire(path.join(resolveDir, 'x.js')).resolve('jsonc-parser');
      return { path: main.replace('/umd/', '/esm/') };
    });
  },
};

/** The functions of fp-ts, a hundred in an answer, copy their arguments by an iterator: a fifth of the answer's time. */
const quickArguments: Plugin = {
  name: 'quick-arguments',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]fp-ts[\\/]lib[\\/]function\.js$/ }, async ({ path: file }) => {
      const code = await readFile(file, 'utf8');
      const contents = code.replace('Array.from(arguments)', 'Array.prototype.slice.call(arguments)');
      return contents === code ? { errors: [{ text: 'copies its arguments in another way now' }] } : { contents };
    });
  },
};
