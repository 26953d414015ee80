import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, inject, it, test } from 'vitest';
import openapi from '../../generated/openapi.json' with { type: 'json' };
import { scenarios } from '../../generated/scenarios.js';
import manifest from '../../package.json' with { type: 'json' };
import { createCreditBalancesClient } from '../../src/index.ts';
import { type MockServer, startMock } from '../../src/mock.ts';
import { createMockFetch } from '../../src/testing.ts';
import { catchError, customerId, getCredit, makeKey } from '../support/bodies.ts';
import { root, run, serve } from '../support/process.ts';
import { type MockRequestRow, mockRequests } from '../support/requests.ts';
import { findFile, normalizeSpaces, readSnippets, runShell, writeTypeScript } from '../support/snippets.ts';
import { makeStranger, type Stranger } from '../support/stranger.ts';

let own: Stranger;
let project: string;
let mock: MockServer;

beforeAll(async () => {
  // The README also shows the hooks of openapi-react-query.
  own = await makeStranger(['openapi-react-query', '@tanstack/react-query', 'react', 'react-dom', '@types/react']);
  project = own.folder;
  mock = await startMock({ port: 0 });
});
afterAll(async () => {
  await mock?.close();
  await own?.[Symbol.asyncDispose]();
});

const inProject = (...args: string[]) => run(process.execPath, args, project);

it('holds what users need and nothing else', async () => {
  const names = async (folder: string) => readdir(path.join(root, folder), { recursive: true });
  // The command line has no types, and nobody reads its source in an editor.
  const sources = (await names('src'))
    .filter((name) => name.endsWith('.ts') && !/^cli\b/.test(name))
    .map((name) => name.replace(/\.ts$/, ''));
  const declared = sources.filter((name) => name !== 'mock/prism');
  const entries = sources.filter((name) => !name.includes('/'));
  const { files } = inject('tarball');
  const shared = files.filter((name) => /^dist\/shared-\w+\.js$/.test(name));
  expect([...files].sort()).toEqual(
    [
      ...['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'dist/mock/THIRD-PARTY-NOTICES.txt'],
      ...(await names('generated')).map((name) => `generated/${name}`),
      ...[...entries, 'cli', 'mock/prism'].map((name) => `dist/${name}.js`),
      ...shared,
      ...sources.map((name) => `src/${name}.ts`),
      ...declared.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.d.ts.map`]),
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
       import { createFetchClient } from 'paddle-credit-balances/fetch';
       import * as verify from 'paddle-credit-balances/verify';
       import * as many from 'paddle-credit-balances/many';
       import * as validate from 'paddle-credit-balances/validate';
       import { scenarios } from 'paddle-credit-balances/scenarios';
       import { createMockFetch } from 'paddle-credit-balances/testing';
       import { startMock } from 'paddle-credit-balances/mock';
       import openapi from 'paddle-credit-balances/openapi.json' with { type: 'json' };
       const server = await startMock({ port: 0 });
       const paddle = createFetchClient({ apiKey: 'test', baseUrl: server.url });
       const { error } = await paddle.GET('/customers/{customer_id}/credit-balances', { params: { path: { customer_id: scenarios.at(-1).customerId } } });
       const ask = (via, base) => via(base + '/customers/' + scenarios[1].customerId + '/credit-balances?currency_code=JPY', { headers: { Authorization: 'Bearer test' } });
       const answers = [await ask(fetch, server.url), await ask(createMockFetch(), 'https://api.paddle.com')];
       const mocks = await Promise.all(answers.map(async (answer) => (await answer.json()).data.map((entry) => entry.currency_code)));
       await server.close();
       console.log(JSON.stringify({
         mocks, error: error.error.code,
         main: Object.keys(main), verify: Object.keys(verify), many: Object.keys(many), validate: Object.keys(validate), scenarios: scenarios.length, openapi: openapi.openapi,
         valid: scenarios.map(({ status, body }) =>
           !validate[status === 200 ? 'CreditBalanceList' : 'ErrorResponse']['~standard'].validate(body).issues),
       }));`,
    );
    const { stdout, code } = await inProject('entries.js');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      mocks: [['JPY'], ['JPY']],
      error: scenarios.at(-1)?.name,
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
      verify: ['checkResponse', 'verifyServer'],
      many: ['listCreditBalancesOfMany'],
      validate: ['CreditBalance', 'CreditBalanceList', 'ErrorResponse'],
      scenarios: scenarios.length,
      openapi: openapi.openapi,
      valid: Array(scenarios.length).fill(true),
    });
  });

  test.each([
    ['index.js', ['openapi-fetch']],
    ['fetch.js', ['openapi-fetch']],
    ['validate.js', []],
    ['testing.js', []],
    ['verify.js', ['openapi-fetch']],
    ['many.js', ['limiter']],
  ])('%s imports nothing of Node or Prism', async (entry, expected) => {
    const { metafile } = await build({
      entryPoints: [path.join(own.installed, 'dist', entry)],
      ...{ bundle: true, write: false, metafile: true, format: 'esm', packages: 'external' },
    });
    const [output] = Object.values(metafile.outputs);
    expect([...new Set(output?.imports.map(({ path }) => path))].sort()).toEqual(expected);
    expect(Object.keys(metafile.inputs).filter((file) => file.endsWith('mock/prism.js'))).toEqual([]);
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
  const snippets = await readSnippets('README.md');
  const complete = snippets.filter(({ language, code }) => language === 'ts' && code.startsWith('import '));
  const commands = snippets.filter(({ language, code }) => {
    return language === 'sh' && /npx|curl/.test(code);
  });

  it('has fewer than 300 lines', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThan(300);
  });

  it('installs this package, by its name or from the tarball that npm pack writes', () => {
    expect(snippets[0]).toMatchObject({ language: 'sh', code: `npm install ${manifest.name}\n` });
    const [, tarball] = /npm install \.\/(\S+\.tgz)/.exec(readme) ?? [];
    expect(tarball).toBe(path.basename(inject('tarball').file));
    // Which is what builds the package where it is installed from a clone.
    expect(manifest.scripts.prepare).toBe('npm run build');
  });

  it('has snippets that say what they print', () => {
    expect(complete.length).toBeGreaterThanOrEqual(5);
    expect(complete.filter(({ output }) => output === undefined)).toEqual([]);
    expect(commands.length).toBeGreaterThanOrEqual(3);
  });

  test.each(complete.map(({ code, output = '' }, index) => [index + 1, code, output] as const))(
    'snippet %i compiles under strict TypeScript, runs against the mock and prints what it says',
    async (number, code, output) => {
      const errors = await writeTypeScript(
        path.join(project, `snippet${number}.ts`),
        code.replaceAll('http://127.0.0.1:4010', mock.url),
      );
      expect(errors).toEqual([]);
      const ended = await inProject(`snippet${number}.js`);
      expect(ended.stderr).toBe('');
      expect(normalizeSpaces(ended.stdout)).toBe(output);
    },
  );

  test.each(commands.map(({ code, output }) => [code.split('\n')[0], code, output] as const))(
    'the commands that begin with %s succeed, and print what it says',
    async (_, code, output) => {
      await using fresh = await startFreshMock();
      const rows = [customerId, getCredit('several-currencies').data[0]?.customer_id].map(
        (id) => `${id},a@example.com\n`,
      );
      await writeFile(path.join(project, 'customers.csv'), `id,email\n${rows.join('')}`);
      const ended = await runShell(own, code.replaceAll('http://127.0.0.1:4010', fresh.url));
      if (output !== undefined) expect(normalizeSpaces(ended.stdout)).toBe(output);
      expect(ended.code, ended.stderr).toBe(0);
    },
  );

  it('has a line for Paddle itself that compiles under strict TypeScript in place of the mock', async () => {
    const [first] = complete;
    const lines = (first?.code ?? '').split('\n');
    const [, line] = /^\/\/ For Paddle itself: (.*)$/m.exec(first?.code ?? '') ?? [];
    expect(line).toContain('process.env.PADDLE_API_KEY');
    const code = lines.map((each) => (each.startsWith('const client = ') ? `const client = ${line}` : each));
    expect(await writeTypeScript(path.join(project, 'paddle.ts'), code.join('\n'))).toEqual([]);
    // Without a key it says what is missing, and sends nothing.
    const { stderr } = await run(process.execPath, ['paddle.js'], project, {
      ...process.env,
      PADDLE_API_KEY: undefined,
    });
    expect(stderr).toContain('Is the environment variable set?');
  });

  it('has a backend and a hook for its page that compile, and show the credit of the customer who is asked for', async () => {
    const [backend, page] = [findFile(snippets, 'billing.ts'), findFile(snippets, 'credit.ts')];
    expect(await writeTypeScript(path.join(project, 'billing.ts'), backend.code)).toEqual([]);
    expect(await writeTypeScript(path.join(project, 'credit.ts'), page.code)).toEqual([]);
    await writeTypeScript(
      path.join(project, 'app.tsx'),
      `import { createServer } from 'node:http';
       import type { AddressInfo } from 'node:net';
       import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
       import { createMockFetch } from 'paddle-credit-balances/testing';
       import { renderToString } from 'react-dom/server';
       import { GET } from './billing.js';

       const paths: string[] = [];
       const [real, paddle] = [globalThis.fetch, createMockFetch({ scenario: 'several-currencies' })];
       globalThis.fetch = (request) => (new URL(request.url).hostname.endsWith('.paddle.com') ? paddle : real)(request);
       const server = createServer(async ({ url = '' }, response) => {
         paths.push(url);
         const answer = await GET(url.split('/')[3]);
         response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
       });
       await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
       globalThis.location = { origin: 'http://127.0.0.1:' + (server.address() as AddressInfo).port };
       const { useCredit } = await import('./credit.js');

       const client = new QueryClient();
       const Credit = () => <p>{useCredit('${customerId}').data?.data.map(({ balance }) => balance.available).join(' ')}</p>;
       const render = () => renderToString(<QueryClientProvider client={client}><Credit /></QueryClientProvider>);
       const before = render();
       await client.refetchQueries();
       await Promise.all(client.getQueryCache().getAll().map((query) => query.fetch()));
       console.log(JSON.stringify({ before, after: render(), paths }));
       client.clear();
       server.close();
       server.closeAllConnections();`,
    );
    const env = { PADDLE_API_KEY: makeKey() };
    const { stdout, stderr } = await run(process.execPath, ['app.js'], project, env);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      before: '<p></p>',
      after: '<p>4250 550 1200</p>',
      paths: [`/billing/customers/${customerId}/credit-balances`],
    });
  });

  it('names every option of the client, of a call and of the mocks', async () => {
    const client = createCreditBalancesClient({ apiKey: 'test', baseUrl: mock.url });
    const calls = [
      async () => createCreditBalancesClient({ nonsense: 1 } as never),
      () => client.listCreditBalances(customerId, { nonsense: 1 } as never),
      () => startMock({ nonsense: 1 } as never),
      async () => createMockFetch({ nonsense: 1 } as never),
    ];
    for (const call of calls) {
      const { message } = (await catchError(call())) as Error;
      const names = /The options are (.*)\.$/.exec(message)?.[1]?.split(', ') ?? [];
      expect(names.length).toBeGreaterThanOrEqual(5);
      expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
    }
  });

  it('names every entry of the package', () => {
    const entries = Object.keys(manifest.exports).filter((name) => name !== './package.json');
    const missing = entries.filter(
      (name) => !readme.includes(name === '.' ? `'${manifest.name}'` : `/${name.slice(2)}`),
    );
    expect(missing).toEqual([]);
  });
});

async function startFreshMock(): Promise<MockServer & AsyncDisposable> {
  const fresh = await startMock({ port: 0 });
  return { ...fresh, [Symbol.asyncDispose]: () => fresh.close() };
}
