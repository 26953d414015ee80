import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringifyYaml } from '@redocly/openapi-core';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { makeOfficialDescription } from '../support/official.ts';
import { runScript } from '../support/process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'drift-'));
});
afterAll(() => rm(folder, { recursive: true }));

const check = (...args: string[]) => runScript('scripts/check-drift.ts', args);

async function saved(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

/** With one currency more than the contract knows. */
function newer() {
  const description = makeOfficialDescription();
  description.components.schemas.currency_code.enum.push('XYZ');
  return description;
}
const place = 'response 200 > application/json > data > [] > currency_code > values > XYZ';

describe('npm run check:drift', () => {
  it('passes a JSON description whose differences are all explained', async () => {
    const { code, stdout, stderr } = await check(await saved('same.json', JSON.stringify(makeOfficialDescription())));
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^GET \S+, compared with Official API 1\.0:\n0 unexplained and \d+ explained differences/);
    expect(code).toBe(0);
  });

  it('lists what is new in a YAML description, and exits with 1', async () => {
    const { code, stdout } = await check(await saved('newer.yaml', stringifyYaml(newer())));
    expect(stdout).toContain(`\n- ${place}: only in theirs\n1 unexplained and `);
    expect(code).toBe(1);
  });

  it('reports every difference as JSON with --json, with the reason of each that is explained', async () => {
    const { code, stdout } = await check('--json', await saved('newer.json', JSON.stringify(newer())));
    const { operations, ...report } = JSON.parse(stdout);
    expect(report).toEqual({ title: 'Official API', version: '1.0', unexplained: 1 });
    const [{ name, differences }] = operations;
    expect(name).toBe('GET /customers/{customer_id}/credit-balances');
    expect(differences).toContainEqual({ place, theirs: 'declared' });
    expect(differences).toContainEqual({ place: 'response 404', ours: 'declared', explanation: expect.any(String) });
    expect(code).toBe(1);
  });

  test.each<[string, () => Promise<string[]>, RegExp]>([
    ['no file', async () => [], /^Expected one FILE\.\n\nUsage: /],
    ['two files', async () => ['a.json', 'b.json'], /^Expected one FILE\.\n\nUsage: /],
    ['an unknown option', async () => ['--force'], /Unknown option '--force'[\s\S]*Usage: /],
    ['a file that is not there', async () => ['none.json'], /^none\.json cannot be read: ENOENT\.\n$/],
    ['a file that is neither JSON nor YAML', async () => [await saved('text', '{')], /text is neither JSON nor YAML: /],
    ['another kind of file', async () => ['package.json'], /^package\.json is not an OpenAPI 3 description\.\n$/],
    [
      'a description without the operation',
      async () => [await saved('empty.json', '{"openapi":"3.1.0","info":{},"paths":{}}')],
      /^There is no operation GET \/customers\/\{customer_id\}\/credit-balances in the description\.\n$/,
    ],
  ])('given %s exits with 2 and says why', async (_, args, message) => {
    const { code, stdout, stderr } = await check(...(await args()));
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('explains itself with --help', async () => {
    const { code, stdout } = await check('--help');
    expect(stdout).toMatch(/^Usage: npm run check:drift -- FILE/);
    expect(code).toBe(0);
  });
});
