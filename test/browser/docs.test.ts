import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { currencies } from '../../generated/currencies.js';
import { errorCodes } from '../../generated/error-codes.js';
import { scenarios } from '../../generated/scenarios.js';
import manifest from '../../package.json' with { type: 'json' };
import { credit } from '../support/bodies.ts';
import { inChromium, launch, skipped } from '../support/browser.ts';
import { runScript } from '../support/process.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const views = [
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
  { width: 1280, height: 900, colorScheme: 'light' },
  { width: 1280, height: 900, colorScheme: 'dark' },
] as const;

describe.skipIf(skipped)(`the docs page ${inChromium}`, () => {
  let folder: string;
  let file: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'docs-page-'));
    const { code, stderr } = await runScript('scripts/docs.ts', ['--out', folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    file = path.join(folder, 'index.html');
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  interface Opened extends AsyncDisposable {
    page: Page;
    /** What the page asked for beside itself, and what it complained of. */
    requests: string[];
    complaints: string[];
  }

  async function open(view: (typeof views)[number] = views[2]): Promise<Opened> {
    const { colorScheme, ...viewport } = view;
    const context: BrowserContext = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    await context.setOffline(true);
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    const own = pathToFileURL(file).href;
    page.on('request', (request) => {
      const url = request.url();
      if (url.split('#')[0] !== own && !/^(data|blob):/.test(url)) requests.push(url);
    });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(own);
    // The operation is the last thing on the page.
    await page.getByText('List credit balances for a customer').last().waitFor();
    await page.getByText(credit('one-currency').meta.request_id).first().waitFor();
    return { page, requests, complaints, [Symbol.asyncDispose]: () => context.close() };
  }

  test.each(views)(
    'is whole at $width px, $colorScheme: no request, no complaint, no violation that axe calls serious',
    async (view) => {
      await using opened = await open(view);
      const { page, requests, complaints } = opened;
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(view.width);

      // The page's own policy lets no foreign script in, so that this one comes by the debugger.
      await page.evaluate(await readFile(axe, 'utf8'));
      const { violations } = await page.evaluate(() =>
        (
          globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
          }
        ).axe.run(),
      );
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 150)}`)).toEqual([]);

      expect(complaints).toEqual([]);
      expect(requests).toEqual([]);
    },
  );

  it('shows the operation, its totals, every scenario and every error, with the words of the contract', async () => {
    await using opened = await open();
    // As it is read: not what is hidden.
    const text = (await opened.page.locator('body').innerText()).replace(/\s+/g, ' ');
    const missing = (words: readonly string[]) =>
      words.filter((word) => !text.includes(word.replaceAll('`', '').replace(/\s+/g, ' ')));

    expect(text).toContain('/customers/{customer_id}/credit-balances');
    expect(text).toContain(`Version ${manifest.version}`);
    const seed = credit('one-currency').data[0];
    expect(missing(Object.entries(seed?.balance ?? {}).map(([total, amount]) => `"${total}": "${amount}"`))).toEqual(
      [],
    );
    expect(missing(scenarios.map(({ customerId }) => customerId))).toEqual([]);
    expect(
      missing(scenarios.filter(({ status }) => status === 200).flatMap(({ name, summary }) => [name, summary])),
    ).toEqual([]);
    expect(missing(Object.entries(errorCodes).flatMap(([code, { cause, cure }]) => [code, cause, cure]))).toEqual([]);
    expect(missing(Object.entries(currencies).flatMap(([code, { name }]) => [code, name]))).toEqual([]);
    expect(missing(['240 requests a minute', 'What is uncertain', 'What changed', 'pdl_live_', 'pdl_sdbx_'])).toEqual(
      [],
    );
  });

  it('draws the life cycle of a credit, and tells it to who cannot see it', async () => {
    await using opened = await open();
    const drawing = opened.page.getByRole('img', { name: 'The life cycle of a credit' });
    expect(await drawing.count()).toBe(1);
    const told = await drawing.locator('desc').textContent();
    for (const name of ['credited', 'reserved-by-invoice', 'used-after-completion', 'released-after-cancellation']) {
      const amount = Number(credit(name).data[0]?.balance.available) / 100;
      expect(told).toContain(`available ${amount.toFixed(2)}`);
    }
  });

  it('has a sample for each way to call it', async () => {
    await using opened = await open();
    const panel = opened.page.locator('.panel-request-samples');
    for (const label of ['curl', 'Client', 'Official SDK', 'Mock', 'Mock in a test']) {
      await panel.locator('button[aria-haspopup]').nth(1).click();
      await opened.page
        .locator('[role=menuitem]')
        .filter({ hasText: new RegExp(`^${label}$`) })
        .click();
      expect(await panel.locator('pre').innerText(), label).toContain('ctm_01gw9m680k848184fpttwr0b7z');
    }
    expect(opened.complaints).toEqual([]);
  });

  it('leads somewhere by each of its links', async () => {
    await using opened = await open();
    const { page } = opened;
    const links = await page.$$eval('a[href]', (anchors) => anchors.map((anchor) => anchor.getAttribute('href') ?? ''));
    const inside = [...new Set(links.filter((link) => link.startsWith('#')))];
    expect(inside.length).toBeGreaterThan(10);
    expect(links.filter((link) => !/^(#|https:\/\/|mailto:)/.test(link))).toEqual([]);
    for (const link of inside) {
      const found = await page.evaluate((hash) => {
        // What Redoc links to inside an operation comes after a second #.
        const id = hash.replace(/^.*#\/?/, '');
        return id === '' || [id, `/${id}`].some((each) => document.getElementById(decodeURIComponent(each)) !== null);
      }, link);
      expect(found, link).toBe(true);
    }
  });

  it('can be used by keyboard, with headings in order', async () => {
    await using opened = await open();
    const { page } = opened;
    await page.keyboard.press('Tab');
    const skip = page.locator(':focus');
    expect(await skip.innerText()).toBe('Skip to the text');
    expect(await skip.isVisible()).toBe(true);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');

    const levels = await page.$$eval('h1, h2, h3, h4, h5, h6', (headings) =>
      headings
        .filter((heading) => heading.checkVisibility())
        .map((heading) => Number(heading.ariaLevel ?? heading.tagName.slice(1))),
    );
    expect(levels[0]).toBe(1);
    const jumps = levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1);
    expect(jumps).toEqual([]);
  });

  it('says what it is to a search engine, a chat and a tab', async () => {
    const html = await readFile(file, 'utf8');
    const head = html.slice(0, html.indexOf('<body'));
    expect(head).toMatch(/<title>[^<{]*credit balances[^<{]*<\/title>/i);
    for (const name of ['name="description"', 'property="og:title"', 'property="og:description"']) {
      expect(head).toMatch(new RegExp(`<meta ${name} content="[^"{]{10,}"`));
    }
    expect(head).toMatch(/<link rel="icon" href="data:/);
    expect(head).toMatch(/Content-Security-Policy" content="default-src 'none'; script-src 'sha256-/);
    expect(head).not.toMatch(/script-src[^;]*unsafe/);
  });
});
