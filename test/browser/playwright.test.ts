import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { transform } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMockFetch } from '../../src/testing.ts';
import { customerId } from '../support/bodies.ts';
import { inChromium, launch, skipped } from '../support/browser.ts';
import { root } from '../support/process.ts';
import { answer, httpServer } from '../support/server.ts';

describe.skipIf(skipped)(`Playwright ${inChromium}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  it("the README's snippet answers a page's calls to Paddle", async () => {
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    const [, snippet = ''] = /```ts\n\/\/ in a test that has a `page`\n([\s\S]*?)```/.exec(readme) ?? [];
    const { code } = await transform(`async function set(page, createMockFetch) {${snippet}}`, { loader: 'ts' });
    const set = new Function(`${code}; return set`)();

    await using site = await httpServer(answer(200, '<!doctype html>', { 'Content-Type': 'text/html' }));
    const page = await browser.newPage();
    await set(page, createMockFetch);
    await page.goto(site.url);
    const body = await page.evaluate(async (id) => {
      const url = `https://sandbox-api.paddle.com/customers/${id}/credit-balances`;
      return (await fetch(url, { headers: { Authorization: 'Bearer test' } })).json();
    }, customerId);
    expect(body).toMatchObject({ data: [] });
    await page.close();
  });
});
