import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { type MockServer, type ServedRequest, startMock } from '../../src/mock.ts';
import { customerId, getCredit } from '../support/bodies.ts';
import { inChromium, launch, skipped } from '../support/browser.ts';
import { root } from '../support/process.ts';
import { answer, startHttpServer, type TestServer } from '../support/server.ts';

/** The page's own code, as a bundler makes it of a user's. */
async function bundled(code: string): Promise<string> {
  const { outputFiles, warnings } = await build({
    stdin: { contents: code, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'page',
  });
  expect(warnings).toEqual([]);
  return outputFiles[0]?.text ?? '';
}

describe.skipIf(skipped)(`the client ${inChromium}, on another origin than the mock`, () => {
  let mock: MockServer;
  let site: TestServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    mock = await startMock({ port: 0, cors: true });
    const script = await bundled(`export { createCreditBalancesClient } from './src/index.ts';
      export { createMockFetch } from './src/testing.ts';`);
    site = await startHttpServer(
      answer(200, `<!doctype html><script>${script}</script>`, { 'Content-Type': 'text/html' }),
    );
    browser = await launch();
    page = await browser.newPage();
    await page.goto(site.url);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
    await mock?.close();
  });

  /** Runs code in the page, where `client` calls the mock; what it throws comes back as a record. */
  const inPage = (code: string): Promise<unknown> =>
    page.evaluate(`(async () => {
      const client = page.createCreditBalancesClient({ apiKey: 'test', baseUrl: '${mock.url}', maxRetries: 0 });
      try { return await (async () => { ${code} })(); }
      catch ({ name, code, status, requestId, message }) { return { name, code, status, requestId, message }; }
    })()`);
  const idOf = (name: string) => scenarios.find((scenario) => scenario.name === name)?.customerId;

  it('a page lists balances', async () => {
    expect(new URL(site.url).origin).not.toBe(mock.url);
    expect(await inPage(`return (await client.listCreditBalances('${customerId}')).data`)).toEqual(
      getCredit('one-currency').data,
    );
  });

  it('a page filters by currency', async () => {
    const code = `return (await client.listCreditBalances('${idOf('several-currencies')}', { currencyCode: ['JPY'] })).data`;
    expect(await inPage(code)).toEqual(
      getCredit('several-currencies').data.filter(({ currency_code }) => currency_code === 'JPY'),
    );
  });

  it("a page gets Paddle's errors as ApiError", async () => {
    expect(await inPage(`await client.listCreditBalances('${idOf('not_found')}')`)).toMatchObject({
      name: 'ApiError',
      code: 'not_found',
      status: 404,
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  it('a page reads Retry-After, which a browser hides unless the server exposes it', async () => {
    const code = `const error = await client.listCreditBalances('${idOf('too_many_requests')}').catch((error) => error);
      return [error.code, error.retryAfter]`;
    expect(await inPage(code)).toEqual(['too_many_requests', 60]);
  });

  it('a signal ends a call of a page', async () => {
    const code = `await client.listCreditBalances('${customerId}', { signal: AbortSignal.abort(new Error('left')) })`;
    expect(await inPage(code)).toMatchObject({ message: 'left' });
  });

  it('a server that a page cannot reach is a ConnectionError', async () => {
    const code = `await page.createCreditBalancesClient({ apiKey: 'test', baseUrl: 'http://127.0.0.1:1', maxRetries: 0 })
      .listCreditBalances('${customerId}')`;
    expect(await inPage(code)).toMatchObject({ name: 'ConnectionError' });
  });

  it('a page cannot read a mock without cors, as it cannot read Paddle, and the log says why', async () => {
    const log: ServedRequest[] = [];
    const strict = await startMock({ port: 0, onRequest: (request) => log.push(request) });
    const code = `await page.createCreditBalancesClient({ baseUrl: '${strict.url}', maxRetries: 0 })
      .listCreditBalances('${customerId}')`;
    const error = await inPage(code);
    await strict.close();
    expect(error).toMatchObject({ name: 'ConnectionError' });
    expect(log.map(({ method }) => method)).toEqual(['OPTIONS']);
    expect(log[0]?.warning).toMatch(/Paddle sends no CORS headers.*your own backend.*--cors/);
  });

  it('the mock fetch works in a page, without a server', async () => {
    const code = `const fetch = page.createMockFetch({ scenario: 'no-credit' });
      const client = page.createCreditBalancesClient({ apiKey: 'test', environment: 'sandbox', fetch });
      return (await client.listCreditBalances('${customerId}')).data`;
    expect(await inPage(code)).toEqual([]);
  });
});
