import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { buildApiReference } from '../../scripts/docs/api.ts';
import { createCreditBalancesClient } from '../../src/index.ts';
import { catchError } from '../support/bodies.ts';
import { root } from '../support/process.ts';

let out: string;
beforeAll(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'api-'));
  await buildApiReference(root, out);
});
afterAll(() => rm(out, { recursive: true }));

const read = (file: string) => readFile(path.join(out, file), 'utf8');

describe('the API reference', () => {
  it('has a page for each entry of the package', async () => {
    const entries = Object.entries(manifest.exports)
      .filter(([, target]) => typeof target === 'object')
      .map(([name]) => path.posix.join(manifest.name, name));
    const pages = entries.map((name) => `${name.replace('/', '_')}.html`);
    expect((await readdir(path.join(out, 'modules'))).sort()).toEqual(pages.sort());
  });

  it('begins with the README, which leads to each recipe', async () => {
    const recipes = await readdir(path.join(root, 'scripts/docs/recipes'));
    const pages = await readdir(path.join(out, 'documents'));
    expect(pages).toHaveLength(recipes.length);
    const home = await read('index.html');
    expect(pages.filter((page) => !home.includes(`href="documents/${page}"`))).toEqual([]);
  });

  it('explains each option of the client', async () => {
    const error = await catchError((async () => createCreditBalancesClient({ nonsense: 1 } as never))());
    const options = /The options are (.*)\.$/.exec((error as Error).message)?.[1]?.split(', ') ?? [];
    expect(options.length).toBeGreaterThan(5);
    const page = await read('interfaces/paddle-credit-balances.ClientOptions.html');
    expect(options.filter((name) => !page.includes(`id="${name.toLowerCase()}"`))).toEqual([]);
    expect(page.split('<div class="tsd-comment').length).toBeGreaterThan(options.length);
  });

  it('leads to the docs page, and loads nothing from another host', async () => {
    const files = (await readdir(out, { recursive: true })).filter((name) => name.endsWith('.html'));
    expect(files.length).toBeGreaterThan(30);
    for (const file of files) {
      const page = await read(file);
      expect(page).toContain(`href="${'../'.repeat(file.split('/').length)}index.html"`);
      expect(page).not.toMatch(/<(?:script|img|iframe)[^>]* src="(?:https?:)?\/\/|<link[^>]* href="(?:https?:)?\/\//);
    }
  });
});

describe('the build of the API reference', () => {
  it('fails for an export, an alias at the root and an option without a docstring, and for a broken link', async () => {
    const copy = await mkdtemp(path.join(tmpdir(), 'api-copy-'));
    try {
      const parts = ['src', 'generated', 'scripts/docs/recipes', 'README.md', 'CONTRIBUTING.md', 'LICENSE'];
      for (const name of [...parts, 'tsconfig.json', 'tsconfig.build.json', 'package.json']) {
        await cp(path.join(root, name), path.join(copy, name), { recursive: true });
      }
      await symlink(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
      const strip = async (file: string, declaration: string) => {
        const text = await readFile(path.join(copy, file), 'utf8');
        const end = text.indexOf(declaration);
        const start = text.lastIndexOf('/**', end);
        expect(text.slice(start, end)).toMatch(/^\/\*\*[\s\S]*\*\/\s*$/);
        await writeFile(path.join(copy, file), text.slice(0, start) + text.slice(end));
      };
      await strip('src/credit-balances/money.ts', 'export function toDecimal');
      await strip('src/options/client-options.ts', 'maxBodySize?:');
      await strip('generated/openapi.d.ts', 'export type CurrencyCode');
      await writeFile(path.join(copy, 'scripts/docs/recipes/lost.md'), '# Lost\n\n[nowhere](nowhere.md)\n');

      const error = (await catchError(buildApiReference(copy, path.join(copy, 'out')))) as Error;
      expect(error.message).toMatch(/^The API reference is not complete:\n/);
      for (const name of ['toDecimal', 'ClientOptions.maxBodySize', 'types.CurrencyCode', 'nowhere.md']) {
        expect(error.message).toContain(name);
      }
      expect(error.message.split('\n')).toHaveLength(5);
    } finally {
      await rm(copy, { recursive: true });
    }
  });
});
