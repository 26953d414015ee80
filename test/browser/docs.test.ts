import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { currencies } from '../../generated/currencies.js';
import { errorCodes } from '../../generated/error-codes.js';
import bundle from '../../generated/openapi.json' with { type: 'json' };
import { scenarios } from '../../generated/scenarios.js';
import manifest from '../../package.json' with { type: 'json' };
import { isRetryableStatus, toDecimal } from '../../scripts/docs/from-src.ts';
import { getCredit } from '../support/bodies.ts';
import { inChromium, launch, skipped } from '../support/browser.ts';
import { runScript } from '../support/process.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const views = [
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
  { width: 1280, height: 900, colorScheme: 'light' },
  { width: 1280, height: 900, colorScheme: 'dark' },
] as const;
const [phone, , desktop, darkDesktop] = views;
const succeeding = scenarios.flatMap((scenario) => (scenario.status === 200 ? [scenario] : []));
const totals = ['available', 'reserved', 'used'] as const;
const withoutCommas = (text: string) => text.replaceAll(',', '');

describe.skipIf(skipped)(`the docs page ${inChromium}`, () => {
  let folder: string;
  let file: string;
  let browser: Browser;
  /** For tests that only read: opening the page takes most of their time. */
  let shared: Opened;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'docs-page-'));
    const { code, stderr } = await runScript('scripts/docs.ts', ['--out', folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    file = path.join(folder, 'index.html');
    browser = await launch();
    shared = await open();
  });
  afterAll(async () => {
    await shared?.[Symbol.asyncDispose]();
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  interface Opened extends AsyncDisposable {
    page: Page;
    /** What the page asked for beside itself, and what it complained of. */
    requests: string[];
    complaints: string[];
  }

  async function open(view: (typeof views)[number] = desktop, hash = ''): Promise<Opened> {
    const { colorScheme, ...viewport } = view;
    const context: BrowserContext = await browser.newContext({
      viewport,
      colorScheme,
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
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
    await page.goto(own + hash);
    await page.getByText(getCredit('one-currency').meta.request_id).first().waitFor();
    // What changed is the last thing on the page.
    await page.getByRole('heading', { name: 'What changed' }).waitFor();
    return { page, requests, complaints, [Symbol.asyncDispose]: () => context.close() };
  }

  /** As it is read: not what is hidden. */
  const read = async (locator: Locator) => (await locator.innerText()).replace(/\s+/g, ' ').trim();
  const row = (page: Page, id: string) => page.locator(`tr[id="${id}"]`);
  const cells = (page: Page, id: string) => row(page, id).locator('td').allInnerTexts();
  const isInView = async (page: Page, locator: Locator) => {
    const box = await locator.boundingBox();
    const height = page.viewportSize()?.height ?? 0;
    return box !== null && box.y >= 0 && box.y + box.height <= height;
  };

  test.each(views)(
    'the page is whole at $width px, $colorScheme: no request, no complaint, no violation of axe, with the search open too',
    async (view) => {
      await using opened = await open(view);
      const { page, requests, complaints } = opened;
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(view.width);

      // The page's own policy lets no foreign script in, so that this one comes by the debugger.
      await page.evaluate(await readFile(axe, 'utf8'));
      const findViolations = async () => {
        const { violations } = await page.evaluate(() =>
          (
            globalThis as unknown as {
              axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
            }
          ).axe.run(),
        );
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 150)}`);
      };
      expect(await findViolations()).toEqual([]);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('credit');
      expect(await page.locator('#search li').count()).toBeGreaterThan(0);
      expect(await findViolations()).toEqual([]);

      expect(complaints).toEqual([]);
      expect(requests).toEqual([]);
    },
  );

  it('the first screen at 1280 px has the method, the path, the parameters, curl and the example of the 200', async () => {
    await using opened = await open();
    const { page } = opened;
    const [[path, item]] = Object.entries(bundle.paths) as unknown as [[string, { get: { summary: string } }]];
    const request = page.locator('.panel-request-samples');
    expect(await read(request)).toContain(`GET ${path} curl`);
    expect(await read(request.locator('pre'))).toContain(`Authorization: Bearer`);
    const parameters = page.locator('[id*="/t=request"] .schema-name');
    expect(await parameters.allInnerTexts()).toEqual(['customer_id', 'currency_code', 'Paddle-Version']);
    const response = page.locator('.panel-response-samples pre');
    expect(JSON.parse(await response.innerText())).toEqual(getCredit('one-currency'));

    const heading = page.getByRole('heading', { name: item.get.summary });
    for (const element of [heading, request, response, ...(await parameters.all())]) {
      expect(await isInView(page, element), await element.innerText()).toBe(true);
    }
    const guide = await page.getByRole('heading', { name: 'What a credit balance is' }).boundingBox();
    expect(guide?.y).toBeGreaterThan(900);
  });

  it('shows its version, every scenario with its totals, every currency with its decimals, and what is uncertain', async () => {
    const { page } = shared;
    const text = await read(page.locator('body'));
    for (const words of [
      `Version ${manifest.version}`,
      'What is uncertain',
      'What changed',
      'pdl_live_',
      'pdl_sdbx_',
    ]) {
      expect(text).toContain(words);
    }
    for (const { name, summary, customerId, body } of succeeding) {
      const [shownName, what = '', balances = '', id = ''] = await cells(page, `scenario-${name}`);
      expect(shownName).toBe(name);
      expect(what).toContain(summary);
      expect(id).toContain(customerId);
      for (const { currency_code, balance } of body.data) {
        const shown = totals.map((total) => `${total} ${toDecimal(balance[total], currency_code)}`).join(' ');
        expect(withoutCommas(balances)).toContain(`${currency_code}: ${shown}`);
      }
    }
    for (const [code, facts] of Object.entries<{ name: string; minorUnits?: number }>(currencies)) {
      const shown = await cells(page, `currency-${code}`);
      expect(shown).toEqual([code, facts.name, String(facts.minorUnits ?? 'not known for certain')]);
    }
  });

  it('has a table of every error with its status, type, retry, cause, cure and mock customer, which a button copies', async () => {
    const { page } = shared;
    for (const [code, { cause, cure }] of Object.entries(errorCodes)) {
      const scenario = scenarios.find(({ body }) => 'error' in body && body.error.code === code);
      const [name, status, type, retried, why, what, id = ''] = await cells(page, `error-${code}`);
      const plain = (markdown: string) => markdown.replaceAll('`', '');
      expect([name, why, what]).toEqual([code, plain(cause), plain(cure)]);
      const otherwise = status === '401' ? 'once, if the key is a function' : 'no';
      expect(retried).toBe(isRetryableStatus(Number(status)) ? 'yes' : otherwise);
      if (scenario === undefined || !('error' in scenario.body)) continue;
      expect([Number(status), type]).toEqual([scenario.status, scenario.body.error.type]);
      expect(id.trim()).toBe(scenario.customerId);
    }
    const { customerId } = scenarios.find(({ name }) => name === 'not_found') ?? {};
    await row(page, 'error-not_found')
      .getByRole('button', { name: `Copy ${customerId}` })
      .click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(customerId);
  });

  test.each([
    ['#/errors#error-not_found', phone],
    ['#error-bad_gateway', desktop],
    ['#scenario-no-credit', phone],
    ['#currency-VND', desktop],
  ] as const)('opens at %s, which is then in view and under no bar', async (hash, view) => {
    await using opened = await open(view, hash);
    const { page } = opened;
    const target = page.locator(`tr[id="${hash.split('#').at(-1)}"]`);
    await expect.poll(() => isInView(page, target)).toBe(true);
    const bar = await page.locator('.top-bar').boundingBox();
    expect((await target.boundingBox())?.y).toBeGreaterThanOrEqual(bar?.height ?? 0);
    expect(page.url()).toMatch(/#\/[a-z-]+#/);
  });

  it('draws the life cycle: each event on an arrow, and each box a link to its scenario', async () => {
    const { page } = shared;
    const drawing = page.getByRole('figure');
    const stages = await drawing.locator('li').evaluateAll((items) =>
      items.map((item) => ({
        name: item.querySelector('.stage code')?.textContent,
        event: item.querySelector('.event')?.textContent,
        after: item.parentElement?.closest('li')?.querySelector('.stage code')?.textContent,
      })),
    );
    const moves = findMoves();
    // An invoice takes two moves to use credit, and a payment that is collected at once takes one.
    const isAtOnce = ({ name, after }: (typeof moves)[number]) => {
      const [now, before] = [getCredit(name).data[0]?.balance, getCredit(after).data[0]?.balance];
      return Number(now?.used) > Number(before?.used) && now?.reserved === before?.reserved;
    };
    expect(moves.some(isAtOnce)).toBe(true);
    expect(moves.length).toBeGreaterThan(2);
    for (const { name, event, after } of moves) expect(stages).toContainEqual({ name, event, after });
    for (const { name, body } of succeeding.filter(({ name }) => moves.some((move) => move.name === name))) {
      const stage = drawing.locator('.stage').filter({ hasText: name });
      const [{ balance, currency_code }] = body.data as [(typeof body.data)[number]];
      expect(withoutCommas(await read(stage))).toBe(
        [name, ...totals.map((total) => `${total} ${toDecimal(balance[total], currency_code)}`)].join(' '),
      );
      await stage.click();
      await expect.poll(() => isInView(page, row(page, `scenario-${name}`)), { message: name }).toBe(true);
    }
  });

  it('has a sample for each way to call it, none of them under the button that copies it', async () => {
    await using opened = await open();
    const panel = opened.page.locator('.panel-request-samples');
    const picker = panel.locator('button[aria-haspopup]').nth(1);
    await picker.click();
    const labels = await opened.page.locator('[role=menuitem]:visible').allInnerTexts();
    expect(labels).toEqual([
      'curl',
      'TypeScript client',
      'openapi-fetch',
      "Paddle's SDK for Node",
      'Mock server',
      'Mock in tests',
    ]);
    for (const label of labels) {
      if (label !== labels[0]) await picker.click();
      await opened.page.getByRole('menuitem', { name: label, exact: true }).click();
      const sample = panel.locator('pre');
      expect(await sample.innerText(), label).toContain(getCredit('one-currency').data[0]?.customer_id);
      const copy = panel.getByRole('button', { name: 'Copy the request sample' });
      const [button, text] = [await copy.boundingBox(), await sample.locator('code').boundingBox()];
      expect(text?.y, label).toBeGreaterThanOrEqual((button?.y ?? 0) + (button?.height ?? 0));
      await copy.click();
      const copied = await opened.page.evaluate(() => navigator.clipboard.readText());
      expect(copied.replace(/\s+/g, ' ').trim(), label).toBe(await read(sample));
    }
    expect(opened.complaints).toEqual([]);
  });

  it('says what each of its buttons copies, and shows no name that only its source knows', async () => {
    const { page } = shared;
    const buttons = await page
      .getByRole('button', { name: /copy/i })
      .evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel));
    expect(buttons.length).toBeGreaterThan(scenarios.length);
    expect(
      buttons.filter((label) => !/^Copy (the (request sample|response example)|ctm_\w+)$/.test(label ?? '')),
    ).toEqual([]);
    const prose = await page.locator('main :is(h1, h2, h4, h5, p, td, button), .menu-content').allInnerTexts();
    expect(prose.filter((text) => /apiKey|\bother\/|\[i\]/.test(text))).toEqual([]);
    expect(await page.locator('[href*="other/"], [aria-label*="other/"]').count()).toBe(0);
  });

  it('finds error codes, currencies and scenarios, and lands on them', async () => {
    await using opened = await open();
    const { page } = opened;
    const results = page.locator('#search li');
    for (const [query, id] of [
      ['not_found', 'error-not_found'],
      ['temporarily_unavailable', 'error-temporarily_unavailable'],
      ['VND', 'currency-VND'],
      ['reserved-by-invoice', 'scenario-reserved-by-invoice'],
    ] as const) {
      await page.keyboard.press('Control+K');
      await page.getByRole('searchbox').fill(query);
      const shown = (await cells(page, id)).map((cell) => cell.trim()).join(' ');
      const [title, snippet = ''] = (await results.first().innerText()).split('\n');
      expect(shown.startsWith(snippet.replace(/ …$/, '')), `${snippet} of ${shown}`).toBe(true);
      expect(snippet.split(' ').length).toBeGreaterThan(2);
      expect(await row(page, id).locator('xpath=ancestor::*[@data-section-id]').getByRole('heading').innerText()).toBe(
        title,
      );
      await page.keyboard.press('Enter');
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await isInView(page, row(page, id)), id).toBe(true);
      expect(page.url()).toMatch(new RegExp(`#${id}$`));
    }
    expect(opened.complaints).toEqual([]);
  });

  it('finds nothing for a word that is nowhere, and says so', async () => {
    await using opened = await open(phone);
    const { page } = opened;
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('searchbox').fill('zebra');
    expect(await page.locator('#search li').count()).toBe(0);
    expect(await page.locator('#search').getByRole('status').innerText()).toBe('Nothing found for “zebra”.');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('tells finance the command for all customers, and adds up the credit of the scenarios', async () => {
    const { page } = shared;
    const section = page.locator('[data-section-id="/credit-of-all-customers"]');
    const text = await read(section);
    expect(text).toContain(`npx ${manifest.name} get --file customers.csv --out credit.csv --totals`);
    for (const { customerId } of succeeding) expect(text).toContain(customerId);
    const balances = succeeding.flatMap(({ body }) => body.data);
    for (const currency of new Set(balances.map(({ currency_code }) => currency_code))) {
      const same = balances.filter(({ currency_code }) => currency_code === currency);
      const sums = totals.map((total) => same.reduce((sum, { balance }) => sum + Number(balance[total]), 0));
      const shown = (await cells(page, `sum-${currency}`)).map(withoutCommas);
      expect(shown).toEqual([currency, String(same.length), ...sums.map((sum) => toDecimal(String(sum), currency))]);
    }
  });

  it('has the menu button of a phone in a bar that nothing else is in or under', async () => {
    await using opened = await open(phone);
    const { page } = opened;
    const bar = page.locator('.top-bar');
    const inBar = await bar.boundingBox();
    const button = await page.getByRole('button', { name: 'Open navigation menu' }).boundingBox();
    expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThanOrEqual(inBar?.height ?? 0);
    const beside = await bar.getByRole('button', { name: 'Search' }).boundingBox();
    expect((beside?.x ?? 0) + (beside?.width ?? 0)).toBeLessThanOrEqual(button?.x ?? 0);
    expect((await page.getByRole('heading', { level: 1 }).boundingBox())?.y).toBeGreaterThanOrEqual(inBar?.height ?? 0);
    expect(await bar.evaluate((element) => getComputedStyle(element).backgroundColor)).toMatch(/^rgb\(/);
  });

  it('prints whole and dark on white, without what only a screen needs', async () => {
    await using opened = await open(darkDesktop);
    const { page } = opened;
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const isLight = () => page.evaluate(() => document.documentElement.classList.contains('light'));
    expect(await isLight()).toBe(true);
    for (const hidden of ['.menu-content', '.top-bar', '.copy', '[data-testid="copy-button"]']) {
      expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
    }
    for (const code of Object.keys(errorCodes)) expect(await row(page, `error-${code}`).isVisible(), code).toBe(true);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await isLight()).toBe(false);
  });

  it('leads somewhere by each of its links', async () => {
    const { page } = shared;
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

/** The moves of credit that the examples tell, as they stand in the contract. */
function findMoves(): { name: string; event: string; after: string }[] {
  const moves: { name: string; event: string; after: string }[] = [];
  JSON.stringify(bundle, (name, value) => {
    const after = value?.['x-life-cycle-after'];
    if (typeof after === 'string' && !moves.some((move) => move.name === name)) {
      moves.push({ name, event: value.summary.replace('Life cycle: ', ''), after });
    }
    return value;
  });
  return moves;
}
