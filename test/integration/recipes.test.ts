import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseYaml } from '@redocly/openapi-core';
import { build, transform } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { type MockServer, startMock } from '../../src/mock.ts';
import { createMockFetch } from '../../src/testing.ts';
import { makeKey } from '../support/bodies.ts';
import { inChromium, launch, skipped } from '../support/browser.ts';
import { root, run, serve } from '../support/process.ts';
import { answer, answerJson, startHttpServer } from '../support/server.ts';
import { findFile, normalizeSpaces, readSnippets, runShell, writeTypeScript } from '../support/snippets.ts';
import { makeStranger, type Stranger } from '../support/stranger.ts';

const folder = 'scripts/docs/recipes';
const read = new Set<string>();
const readRecipe = (name: string) => {
  read.add(name);
  return readSnippets(path.join(folder, name));
};
const address = 'http://127.0.0.1:4010';

let own: Stranger;
let mock: MockServer;
beforeAll(async () => {
  own = await makeStranger([
    ...['@opentelemetry/api', '@opentelemetry/sdk-trace-base'],
    ...['@tanstack/react-query', '@types/react', 'msw', 'react', 'react-dom', 'vitest'],
  ]);
  mock = await startMock({ port: 0 });
});
afterAll(async () => {
  await mock?.close();
  await own?.[Symbol.asyncDispose]();
});

const inProject = (...args: string[]) => run(process.execPath, args, own.folder);
const write = (file: string, code: string) => writeTypeScript(path.join(own.folder, file), code);

const getRecipe = await readRecipe('get-against-the-mock.md');
it('the recipe for get prints what it says', async () => {
  const [balances, start, get] = getRecipe;
  expect(getRecipe.map(({ language }) => language)).toEqual(['json', 'sh', 'sh']);
  const file = /--balances (\S+)\n$/.exec(start?.code ?? '')?.[1] ?? '';
  await writeFile(path.join(own.folder, file), balances?.code ?? '');
  const bin = path.join(own.installed, 'dist/cli.js');
  const args = (start?.code ?? '').trim().split(' ').slice(2);
  await using served = await serve([bin, ...args, '--port', '0'], { cwd: own.folder });
  const ended = await runShell(own, get?.code.replaceAll(address, served.url) ?? '');
  expect(ended.stderr).toBe('');
  expect(normalizeSpaces(ended.stdout)).toBe(get?.output);
});

describe('the recipe for CI', async () => {
  const [workflow] = await readRecipe('verify-in-ci.md');
  interface Step {
    run?: string;
    uses?: string;
    env?: Record<string, string>;
    with?: Record<string, unknown>;
  }
  const { jobs } = parseYaml(workflow?.code ?? '') as { jobs: { verify: { steps: Step[] } } };
  const [install, verify, ...others] = jobs.verify.steps.filter((step) => step.run !== undefined);

  test.each([
    ['passes for a server that keeps to the contract', 0, 0],
    ['fails for a server that breaks it', 1, 8],
  ])('%s, and writes the report that it uploads', async (_, code, failures) => {
    expect([install?.run, others]).toEqual(['npm ci', []]);
    expect(Object.keys(verify?.env ?? {})).toEqual(['PADDLE_API_KEY']);
    await using broken = await startHttpServer(answerJson(200, { data: null }));
    const script = verify?.run?.replace('https://gateway.example/paddle', code === 0 ? mock.url : broken.url) ?? '';
    expect(script).not.toContain('example');
    expect((await runShell(own, script, { PADDLE_API_KEY: 'test' })).code).toBe(code);
    const upload = jobs.verify.steps.at(-1);
    expect(upload?.uses).toContain('actions/upload-artifact@');
    const report = await readFile(path.join(own.folder, String(upload?.with?.path)), 'utf8');
    expect(report).toContain(`tests="8" failures="${failures}"`);
  });
});

describe.each([
  ['vitest', 'vitest.md'],
  ['node:test', 'node-test.md'],
])('the recipe for %s', async (runner, recipe) => {
  const snippets = await readRecipe(recipe);
  const runTest = async (name: string, code: string) => {
    expect(await write(`${name}.ts`, code)).toEqual([]);
    const vitest = path.join(own.folder, 'node_modules/vitest/vitest.mjs');
    const args = runner === 'vitest' ? [vitest, 'run', '--root', own.folder] : ['--test', '--test-reporter=tap'];
    const { stdout, code: exitCode } = await inProject(...args, `${name}.js`);
    return [exitCode, /\b(\d+ passed|\d+ failed)|# (pass [1-9]|fail [1-9])/.exec(stdout)?.[0].replace('# ', '')];
  };
  const [passed, failed] = runner === 'vitest' ? ['1 passed', '1 failed'] : ['pass 1', 'fail 1'];

  it('has a test of credit that passes, and fails where the credit is another', async () => {
    const { code } = findFile(snippets, 'credit.test.ts');
    expect(await runTest('credit.test', code)).toEqual([0, passed]);
    const wrong = code.replace("'JPY'", "'GBP'").replace("'7000'", "'7001'");
    expect(wrong).not.toBe(code);
    expect(await runTest('wrong.test', wrong)).toEqual([1, failed]);
  });

  it('has a test of a stand-in that passes, and fails where that breaks the contract', async () => {
    const { code } = findFile(snippets, 'contract.test.ts');
    await using broken = await startHttpServer(answerJson(200, { data: null }));
    expect(await runTest('contract.test', code.replace(address, mock.url))).toEqual([0, passed]);
    expect(await runTest('broken.test', code.replace(address, broken.url))).toEqual([1, failed]);
  });
});

const [msw] = await readRecipe('msw.md');
it('the recipe for msw 2 prints what it says', async () => {
  expect(await write('msw.ts', msw?.code ?? '')).toEqual([]);
  // Node 26 warns of the localStorage that msw looks for.
  const ended = await inProject('--disable-warning=ExperimentalWarning', 'msw.js');
  expect(ended).toEqual({ code: 0, stdout: msw?.output, stderr: '' });
});

const telemetryRecipe = await readRecipe('opentelemetry.md');
it('the recipe for OpenTelemetry makes a span of each call, with its retries, and without the key', async () => {
  const { code } = findFile(telemetryRecipe, 'billing.ts');
  await using lost = await startHttpServer((response) => response.destroy());
  const key = makeKey();
  const calls = async (url: string, ids: string[]) => {
    expect(await write('billing.ts', code.replace(address, url).replace("'test'", `'${key}'`))).toEqual([]);
    await write(
      'traces.ts',
      `import { trace } from '@opentelemetry/api';
       import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
       import { paddle } from './billing.js';
       const exporter = new InMemorySpanExporter();
       trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
       Math.random = () => 0;
       for (const customer_id of ${JSON.stringify(ids)}) {
         await paddle.GET('/customers/{customer_id}/credit-balances', { params: { path: { customer_id } } }).catch(() => {});
       }
       console.log(JSON.stringify(exporter.getFinishedSpans().map(({ name, attributes, status, events }) =>
         ({ name, attributes, status, events: events.map(({ attributes }) => attributes['exception.type']) }))));`,
    );
    const ended = await inProject('traces.js');
    expect(ended.stderr).toBe('');
    expect(ended.stdout).not.toContain(key.slice(-20));
    return JSON.parse(ended.stdout);
  };
  const name = 'GET /customers/{customer_id}/credit-balances';
  const attributes = { 'http.request.method': 'GET', 'url.template': '/customers/{customer_id}/credit-balances' };
  const answered = (status: number) => ({ ...attributes, 'http.response.status_code': status });
  expect(await calls(mock.url, ['ctm_01gw9m680k848184fpttwr0b7z', 'ctm_01mock404notfound000000000'])).toEqual([
    { name, attributes: answered(200), status: { code: 0 }, events: [] },
    { name, attributes: answered(404), status: { code: 2 }, events: [] },
  ]);
  expect(await calls(lost.url, ['ctm_01gw9m680k848184fpttwr0b7z'])).toEqual([
    { name, attributes, status: { code: 2 }, events: ['ConnectionError'] },
  ]);
  // One call, one span, three attempts.
  expect(lost.requests).toHaveLength(3);
});

const pageRecipe = await readRecipe('page.md');
const [playwright] = await readRecipe('playwright.md');
describe.skipIf(skipped)(`a recipe for a page ${inChromium}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    await browser?.close();
  });

  it('with its backend shows the credit, what Paddle refuses, and never the key', async () => {
    expect(await write('route.ts', findFile(pageRecipe, 'route.ts').code)).toEqual([]);
    expect(await write('credit.tsx', findFile(pageRecipe, 'credit.tsx').code)).toEqual([]);
    await writeFile(
      path.join(own.folder, 'main.jsx'),
      `import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
       import { createRoot } from 'react-dom/client';
       import { Credit } from './credit.js';
       createRoot(document.body).render(
         <QueryClientProvider client={new QueryClient()}><Credit customerId={location.hash.slice(1)} /></QueryClientProvider>,
       );`,
    );
    const { outputFiles } = await build({
      entryPoints: [path.join(own.folder, 'main.jsx')],
      ...{ bundle: true, write: false, format: 'esm', jsx: 'automatic', minify: true },
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    const key = makeKey();
    vi.stubEnv('PADDLE_API_KEY', key);
    const paddle = createMockFetch();
    vi.stubGlobal('fetch', paddle);
    const { GET } = await import(pathToFileURL(path.join(own.folder, 'route.js')).href);

    const sent: string[] = [];
    const server = createServer(async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://site');
      const customerId = /^\/billing\/customers\/([^/]+)\/credit-balances$/.exec(pathname)?.[1];
      if (customerId !== undefined) {
        sent.push(JSON.stringify(request.headers));
        const params = Promise.resolve({ customerId });
        const answered: Response = await GET(new Request(`http://site${request.url}`), { params });
        const text = await answered.text();
        sent.push(text);
        response.writeHead(answered.status, { 'Content-Type': 'application/json' }).end(text);
      } else {
        const script = pathname === '/main.js' ? outputFiles[0]?.text : undefined;
        const html = '<!doctype html><meta charset="utf-8"><body><script type="module" src="/main.js"></script>';
        response.writeHead(200, { 'Content-Type': script === undefined ? 'text/html' : 'text/javascript' });
        response.end(script ?? html);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const site = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    const page = await browser.newPage();
    const show = async (id: string, selector: string) => {
      await page.goto('about:blank');
      await page.goto(`${site}/#${id}`);
      await page.locator(selector).first().waitFor();
      return page.locator(selector).allInnerTexts();
    };
    expect(await show('ctm_01mock200several0000000000', 'li')).toEqual(['€42.50', '$5.50', '¥1,200']);
    expect(await show('ctm_01mock200nocredit000000000', 'p:has-text("No credit")')).toEqual(['No credit']);
    const [refusal] = await show('ctm_01mock403forbidden00000000', '[role=alert]');
    expect(refusal).toContain('403 forbidden');
    expect(paddle.calls.map(({ status }) => status)).toEqual([200, 200, 403]);
    expect(sent.filter((text) => text.includes(key) || /authorization/i.test(text))).toEqual([]);
    await page.close();
    server.close();
    server.closeAllConnections();
  });

  it('in a test of Playwright answers in place of the backend', async () => {
    const { code } = await transform(`async function set(page, createMockFetch) {${playwright?.code}}`, {
      loader: 'ts',
    });
    const set = new Function(`${code}; return set`)();
    await using site = await startHttpServer(answer(200, '<!doctype html>', { 'Content-Type': 'text/html' }));
    const page = await browser.newPage();
    await set(page, createMockFetch);
    await page.goto(site.url);
    const body = await page.evaluate(async () => {
      const response = await fetch('/billing/customers/ctm_01gw9m680k848184fpttwr0b7z/credit-balances');
      return response.json();
    });
    expect(body).toMatchObject({ data: [] });
    expect(site.requests.map(({ url }) => url)).not.toContainEqual(expect.stringContaining('/billing/'));
    await page.close();
  });
});

it("each recipe has a test, that for Jest among those with other people's tools", async () => {
  const recipes = await readdir(path.join(root, folder));
  expect(recipes.filter((name) => !read.has(name))).toEqual(['jest.md']);
});
