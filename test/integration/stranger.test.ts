import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build as esbuild } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { build as vite } from 'vite';
import { afterAll, beforeAll, describe, expect, inject, it, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { root, run } from '../support/process.ts';
import { makeStranger, type Stranger } from '../support/stranger.ts';

const require = createRequire(import.meta.url);
const entries = Object.entries(manifest.exports).map(([name, target]) => ({
  specifier: path.posix.join(manifest.name, name),
  runs: typeof target === 'object' && 'default' in target,
}));
const withCode = entries.filter(({ runs }) => runs).map(({ specifier }) => specifier);

let own: Stranger;
beforeAll(async () => {
  own = await makeStranger();
});
afterAll(() => own?.[Symbol.asyncDispose]());

const write = (file: string, text: string) => writeFile(path.join(own.folder, file), text);
const execute = (file: string) => run(process.execPath, [file], own.folder);

describe('the package', () => {
  it('publint finds nothing wrong with the package', async () => {
    const { messages } = await publint({ pkgDir: own.installed, strict: true });
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
  });

  it('arethetypeswrong finds nothing wrong with the package', async () => {
    const attw = path.join(path.dirname(require.resolve('@arethetypeswrong/cli/package.json')), 'dist/index.js');
    const { stdout, code } = await run(process.execPath, [
      attw,
      inject('tarball').file,
      '--profile',
      'esm-only',
      '--no-color',
    ]);
    expect(code, stdout).toBe(0);
    expect(stdout.match(/^bundler: 🟢/gm)).toHaveLength(entries.length);
  });
});

describe('the types', () => {
  beforeAll(async () => {
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    // What needs a test runner beside the package is compiled in package.test.ts.
    const snippets = [...readme.matchAll(/```ts\n(import [\s\S]*?)```/g)]
      .map(([, code = '']) => code)
      .filter((code) => !/'(msw|vitest|node:)/.test(code));
    expect(snippets.length).toBeGreaterThanOrEqual(4);
    await Promise.all(snippets.map((code, index) => write(`snippet${index}.ts`, code)));
    const imports = entries.filter(({ specifier }) => !specifier.endsWith('.json'));
    const all = imports.map(({ specifier }, index) => `export type * as e${index} from '${specifier}';`);
    await write(
      'entries.ts',
      `${all.join('\n')}\nimport type { paths } from 'paddle-credit-balances/types';\nexport type Path = keyof paths;\n`,
    );
  });

  const compilers = [['typescript'], ['typescript-6'], ['typescript-7']] as const;
  const resolutions = [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ] as const;
  test.each(
    compilers.flatMap(([name]) =>
      resolutions.map(([module, moduleResolution]) => [name, module, moduleResolution] as const),
    ),
  )(
    "the README's snippets and every entry compile without types of Node, libraries checked: %s, module %s, %s",
    async (name, module, moduleResolution) => {
      const { version } = require(`${name}/package.json`);
      const config = `tsconfig.${name}.${module}.json`;
      const compilerOptions = {
        module,
        moduleResolution,
        target: 'es2022',
        lib: ['es2022', 'dom', 'dom.iterable'],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        types: [],
        outDir: `out-${name}-${module}`,
      };
      await write(config, JSON.stringify({ compilerOptions, include: ['*.ts'] }));
      const tsc = path.join(path.dirname(require.resolve(`${name}/package.json`)), 'bin/tsc');
      const { stdout, code } = await run(process.execPath, [tsc, '-p', config], own.folder);
      expect(stdout, version).toBe('');
      expect(code).toBe(0);
      // ./types holds types alone.
      expect((await readFile(path.join(own.folder, `out-${name}-${module}/entries.js`), 'utf8')).trim()).toBe(
        'export {};',
      );
    },
  );

  it('the types find a mistake in a call', async () => {
    const code = `import { createCreditBalancesClient } from 'paddle-credit-balances';
      createCreditBalancesClient({ apiKey: 1 });`;
    await write('wrong.mts', code);
    const tsc = require.resolve('typescript/bin/tsc');
    const { stdout, code: exit } = await run(
      process.execPath,
      [tsc, '--noEmit', '--module', 'nodenext', 'wrong.mts'],
      own.folder,
    );
    expect(stdout).toContain("Type 'number' is not assignable");
    expect(exit).not.toBe(0);
  });
});

describe('the code', () => {
  it('each entry is loaded by import and by require', async () => {
    await write(
      'all.mjs',
      `for (const name of ${JSON.stringify(withCode)}) console.log(name, Object.keys(await import(name)).sort().join());`,
    );
    await write(
      'all.cjs',
      `for (const name of ${JSON.stringify(withCode)}) console.log(name, Object.keys(require(name)).sort().join());`,
    );
    const [imported, required] = await Promise.all(['all.mjs', 'all.cjs'].map(execute));
    expect(imported?.stderr).toBe('');
    expect(imported?.stdout.split('\n')).toHaveLength(withCode.length + 1);
    expect(imported?.stdout).toContain('startMock');
    // What `require` adds to an ES module is of Node, not of ours.
    expect(required?.stdout.replaceAll(/\b(__esModule|module\.exports),?/g, '')).toBe(imported?.stdout);
  });

  const code = `import { createCreditBalancesClient } from 'paddle-credit-balances';
    import { createMockFetch } from 'paddle-credit-balances/testing';
    const client = createCreditBalancesClient({ apiKey: 'test', environment: 'sandbox', fetch: createMockFetch() });
    client.listCreditBalances('ctm_01gw9m680k848184fpttwr0b7z').then(({ data }) => console.log(data[0].balance.available));`;
  // A polyfill, or what a bundler leaves of a module of Node.
  const ofNode = /node:|__vite-browser-external|require\(/;

  it('esbuild bundles the client and the mock fetch for a browser without a warning', async () => {
    await write('app.js', code);
    const { warnings, outputFiles } = await esbuild({
      entryPoints: [path.join(own.folder, 'app.js')],
      bundle: true,
      platform: 'browser',
      format: 'esm',
      write: false,
    });
    expect(warnings).toEqual([]);
    expect(outputFiles[0]?.text).not.toMatch(ofNode);
    await write('bundled-by-esbuild.mjs', outputFiles[0]?.text ?? '');
    expect(await execute('bundled-by-esbuild.mjs')).toEqual({ code: 0, stdout: '550\n', stderr: '' });
  });

  it('Vite bundles the client and the mock fetch for a browser without a warning', async () => {
    await write('app.js', code);
    const said: string[] = [];
    const note = (message: string) => said.push(message);
    const logger = {
      info: () => undefined,
      warn: note,
      warnOnce: note,
      error: note,
      clearScreen: () => undefined,
      hasErrorLogged: () => false,
      hasWarned: false,
    };
    const result = await vite({
      root: own.folder,
      configFile: false,
      customLogger: logger,
      build: { write: false, lib: { entry: 'app.js', formats: ['es'], fileName: 'app' } },
    });
    const [output] = [result].flat();
    const [chunk] = output !== undefined && 'output' in output ? output.output : [];
    expect(said).toEqual([]);
    expect(chunk?.code).not.toMatch(ofNode);
    await write('bundled-by-vite.mjs', chunk?.code ?? '');
    expect(await execute('bundled-by-vite.mjs')).toEqual({ code: 0, stdout: '550\n', stderr: '' });
  });
});
