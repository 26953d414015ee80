import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transform } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, inject, it, test } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import manifest from '../../package.json' with { type: 'json' };
import { createCreditBalancesClient } from '../../src/index.ts';
import { type MockServer, startMock } from '../../src/mock.ts';
import { createMockFetch } from '../../src/testing.ts';
import { customerId, thrownBy } from '../support/bodies.ts';
import { root, run, serve } from '../support/process.ts';
import { type MockRequestRow, mockRequests } from '../support/requests.ts';
import { httpServer, json } from '../support/server.ts';
import { type Stranger, stranger } from '../support/stranger.ts';

let own: Stranger;
let project: string;
let mock: MockServer;

beforeAll(async () => {
  // The README also shows the mock in msw and in vitest.
  own = await stranger(['msw', 'vitest']);
  project = own.folder;
  mock = await startMock({ port: 0 });
});
afterAll(async () => {
  await mock?.close();
  await own?.[Symbol.asyncDispose]();
});

const inProject = (...args: string[]) => run(process.execPath, args, project);

it('holds what users need and nothing else', async () => {
  const sources = (await readdir(path.join(root, 'src'), { recursive: true }))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replace(/\.ts$/, ''));
  const generated = await readdir(path.join(root, 'generated'));
  // This one is a bundle, with neither map nor types.
  const built = (name: string) => (name === 'mock/prism' ? ['js'] : ['js', 'js.map', 'd.ts', 'd.ts.map']);
  expect(inject('tarball').files.sort()).toEqual(
    [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package.json',
      'dist/mock/THIRD-PARTY-NOTICES.txt',
      ...generated.map((name) => `generated/${name}`),
      ...sources.flatMap((name) => [`src/${name}.ts`, ...built(name).map((ending) => `dist/${name}.${ending}`)]),
    ].sort(),
  );
});

it('says under which licence each bundled package is', async () => {
  const notices = await readFile(
    path.join(project, 'node_modules', manifest.name, 'dist/mock/THIRD-PARTY-NOTICES.txt'),
    'utf8',
  );
  for (const name of ['@stoplight/prism-http ', 'fp-ts ', 'lodash ']) {
    expect(notices).toContain(`\n${name}`);
  }
  const licences = [...notices.matchAll(/^-{80}\n\n\S+ \S+\n(.*)$/gm)].map(([, licence]) => licence);
  expect(licences.length).toBeGreaterThan(50);
  // Each of them lets us pass it on.
  expect(
    [...new Set(licences)].filter((licence) => !/MIT|Apache-2\.0|BSD|ISC|0BSD|Python-2\.0|CC0/.test(licence ?? '')),
  ).toEqual([]);
});

describe('in a project of its own', () => {
  it('each entry gives what it promises', async () => {
    await writeFile(
      path.join(project, 'entries.js'),
      `import * as main from 'paddle-credit-balances';
       import * as validate from 'paddle-credit-balances/validate';
       import { scenarios } from 'paddle-credit-balances/scenarios';
       import { createMockFetch } from 'paddle-credit-balances/testing';
       import { startMock } from 'paddle-credit-balances/mock';
       import openapi from 'paddle-credit-balances/openapi.json' with { type: 'json' };
       const server = await startMock({ port: 0 });
       const ask = (via, base) => via(base + '/customers/' + scenarios[1].customerId + '/credit-balances?currency_code=JPY', { headers: { Authorization: 'Bearer test' } });
       const answers = [await ask(fetch, server.url), await ask(createMockFetch(), 'https://api.paddle.com')];
       const mocks = await Promise.all(answers.map(async (answer) => (await answer.json()).data.map((entry) => entry.currency_code)));
       await server.close();
       console.log(JSON.stringify({
         mocks,
         main: Object.keys(main), validate: Object.keys(validate), scenarios: scenarios.length, openapi: openapi.openapi,
         valid: scenarios.map(({ status, body }) =>
           !validate[status === 200 ? 'CreditBalanceList' : 'ErrorResponse']['~standard'].validate(body).issues),
       }));`,
    );
    const { stdout, code } = await inProject('entries.js');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      mocks: [['JPY'], ['JPY']],
      main: [
        'ApiError',
        'ConnectionError',
        'ContractError',
        'PaddleError',
        'TimeoutError',
        'UsageError',
        'createCreditBalancesClient',
        'formatAmount',
        'toDecimal',
      ],
      validate: ['CreditBalance', 'CreditBalanceList', 'ErrorResponse'],
      scenarios: scenarios.length,
      openapi: '3.1.0',
      valid: Array(scenarios.length).fill(true),
    });
  });

  test.each([
    ['index.js', ['openapi-fetch']],
    ['validate.js', []],
    ['mock/fetch.js', []],
    ['verify.js', []],
  ])('%s imports nothing of Node or Prism', async (entry, expected) => {
    const seen = new Set<string>();
    const foreign = new Set<string>();
    const follow = async (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      const specifiers = (await readFile(file, 'utf8')).matchAll(
        /(?:^(?:import|export) .*?from |import\()['"](.+?)['"]/gm,
      );
      for (const [, specifier = ''] of specifiers) {
        if (specifier.startsWith('.')) await follow(path.resolve(path.dirname(file), specifier));
        else foreign.add(specifier);
      }
    };
    await follow(path.join(project, 'node_modules', manifest.name, 'dist', entry));
    expect([...foreign]).toEqual(expected);
    expect(seen.size).toBeGreaterThanOrEqual(3);
    expect([...seen].filter((file) => /mock\/(prism|mocker|server)/.test(file))).toEqual([]);
  });

  it('its command serves the mock with nothing else installed, and answers every kind of request as it should', async () => {
    const bin = path.join(project, 'node_modules', manifest.name, manifest.bin['paddle-credit-balances']);
    await using packed = await serve([bin, 'mock', '--port', '0', '--quiet'], { cwd: project });
    const inProcess = createMockFetch();
    const answer = async (via: typeof fetch, { method = 'GET', path, headers = {} }: MockRequestRow) => {
      const response = await via(packed.url + path, { method, headers });
      const text = await response.text();
      return { status: response.status, text: text.replace(/"request_id":"[^"]*"/, '') };
    };
    for (const row of mockRequests) {
      const answered = await answer(fetch, row);
      expect(answered, row.what).toEqual(await answer(inProcess, row));
      expect(answered.status, row.what).toBe(row.status);
    }
    expect(await packed.stop('SIGTERM')).toBe(0);
  });
});

describe('the README', async () => {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const complete = [...readme.matchAll(/```ts\n(import [\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)];

  it('has snippets that say what they print', () => {
    expect(complete.length).toBeGreaterThanOrEqual(3);
    expect(readme.match(/```ts\nimport /g)).toHaveLength(complete.length);
  });

  test.each(complete.map(([, code = '', output = ''], index) => [index + 1, code, output] as const))(
    'snippet %i compiles under strict TypeScript, runs against the mock and prints what it says',
    async (number, code, output) => {
      const source = code.replaceAll('http://127.0.0.1:4010', mock.url);
      const file = path.join(project, `snippet${number}.ts`);
      await writeFile(file, source);
      expect(compile(file)).toEqual([]);
      await writeFile(path.join(project, `snippet${number}.js`), (await transform(source, { loader: 'ts' })).code);
      // Node 26 warns of the localStorage that msw looks for.
      const flags = code.includes("from 'msw'") ? ['--disable-warning=ExperimentalWarning'] : [];
      const ended = await inProject(...flags, `snippet${number}.js`);
      expect(ended.stderr).toBe('');
      // A no-break space looks like a space in the README.
      expect(ended.stdout.replaceAll('\u00a0', ' ')).toBe(output);
    },
  );

  const suites = [...readme.matchAll(/```ts\n(\/\/ \S+\.test\.ts, with (\S+)\n[\s\S]*?)```/g)];
  test.each(suites.map(([, code = '', runner = '']) => [runner, code] as const))(
    'the test for %s compiles, and passes against the mock and fails against a server that breaks the contract',
    async (runner, code) => {
      const vitest = path.join(project, 'node_modules/vitest');
      await using broken = await httpServer(json(200, { data: null }));
      for (const [url, passes] of [
        [mock.url, true],
        [broken.url, false],
      ] as const) {
        const source = code.replaceAll('http://127.0.0.1:4010', url);
        const file = path.join(project, `${runner.replace(':', '-')}.test`);
        await writeFile(`${file}.ts`, source);
        expect(compile(`${file}.ts`)).toEqual([]);
        await writeFile(`${file}.js`, (await transform(source, { loader: 'ts' })).code);
        const args =
          runner === 'vitest'
            ? [path.join(vitest, 'vitest.mjs'), 'run', '--root', project, path.basename(`${file}.js`)]
            : ['--test', '--test-reporter=tap', `${file}.js`];
        const { code: exitCode, stdout } = await run(process.execPath, args, project);
        expect(stdout).toMatch(passes ? /\b1 passed|# pass 1/ : /\b1 failed|# fail 1/);
        expect(exitCode).toBe(passes ? 0 : 1);
      }
    },
  );

  it('has a test for vitest and one for node:test', () => {
    expect(suites.map(([, , runner]) => runner)).toEqual(['vitest', 'node:test']);
  });

  it('has a test for vitest that passes, and fails where the credit is another', async () => {
    const [, code = ''] = /```ts\n\/\/ credit\.test\.ts\n([\s\S]*?)```/.exec(readme) ?? [];
    await writeFile(path.join(project, 'credit.test.ts'), code);
    await writeFile(path.join(project, 'wrong.test.ts'), code.replace("'JPY'", "'GBP'"));
    const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
    const [right, wrong] = await Promise.all(
      ['credit', 'wrong'].map((name) => run(process.execPath, [vitest, 'run', `${name}.test.ts`], project)),
    );
    expect(right).toMatchObject({ code: 0, stdout: expect.stringContaining('1 passed') });
    expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining('1 failed') });
  });

  it('names every option of the client, of a call and of the mocks', async () => {
    const client = createCreditBalancesClient({ apiKey: 'test', baseUrl: mock.url });
    const refusals = [
      await thrownBy(Promise.resolve().then(() => createCreditBalancesClient({ nonsense: 1 } as never))),
      await thrownBy(client.listCreditBalances(customerId, { nonsense: 1 } as never)),
    ] as Error[];
    const names = refusals.flatMap(({ message }) => /The options are (.*)\.$/.exec(message)?.[1]?.split(', ') ?? []);
    const mocks = await Promise.all([
      thrownBy(startMock({ nonsense: 1 } as never)),
      thrownBy(Promise.resolve().then(() => createMockFetch({ nonsense: 1 } as never))),
    ]);
    for (const { message } of mocks as Error[]) {
      names.push(...(/The options are (.*)\.$/.exec(message)?.[1]?.split(', ') ?? []));
    }
    expect(names).toHaveLength(23);
    for (const name of names) expect(readme).toContain(`\`${name}\``);
  });
});

function compile(file: string): string[] {
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    typeRoots: [path.dirname(path.dirname(createRequire(import.meta.url).resolve('@types/node/package.json')))],
    types: ['node'],
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
