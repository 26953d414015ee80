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
    legalComments: 'none',
    allowOverwrite: true,
    metafile: true,
    plugins: [withoutFaker, esmJsoncParser],
    banner: { js: commonJs },
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}

/** What the CommonJS modules inside find missing in an ES module. */
const commonJs = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;`;

/** More than half of the bundle, and used for invented answers only, which the mock does not give. */
const withoutFaker: Plugin = {
  name: 'without-faker',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(@faker-js\/faker|json-schema-faker)(\/|$)/ }, ({ path }) => ({ path, namespace: 'stub' }));
    onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: stub }));
  },
};

/** Prism sets its generator up while it loads, so that each property is there, and is a function that does nothing. */
const stub = 'const stub = new Proxy(() => stub, { get: () => stub }); module.exports = stub;';

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
