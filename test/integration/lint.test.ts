import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lint, loadConfig } from '@redocly/openapi-core';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { root, run } from '../support/process.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lint-'));
  await cp(path.join(root, 'openapi'), path.join(folder, 'openapi'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

async function problems(file?: string, change?: (text: string) => string): Promise<string[]> {
  if (file && change) {
    const target = path.join(folder, 'openapi', file);
    const text = await readFile(target, 'utf8');
    expect(change(text)).not.toBe(text);
    await writeFile(target, change(text));
  }
  const config = await loadConfig({ configPath: path.join(root, 'redocly.yaml') });
  const found = await lint({ ref: path.join(folder, 'openapi/openapi.yaml'), config });
  return found.map(({ ruleId, severity }) => `${severity} ${ruleId}`);
}

it('finds nothing in the contract, not even a warning', async () => {
  expect(await problems()).toEqual([]);
});

it('finds nothing by the Redocly command line either, which reads the same rules', async () => {
  const redocly = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
  const { code, stderr, stdout } = await run(process.execPath, [redocly, 'lint']);
  expect(stdout + stderr).toMatch(/validating openapi\/openapi\.yaml[\s\S]*Your API description is valid/);
  expect(code).toBe(0);
});

const credited = 'components/examples/CreditBalanceList/credited.yaml';
const noCredit = 'components/examples/CreditBalanceList/no-credit.yaml';
test.each<[string, string, (text: string) => string, string]>([
  [
    'a header without an example',
    'components/headers/Retry-After.yaml',
    (text) => text.replace('example: 60', ''),
    'error contract/header-example',
  ],
  [
    'a response without examples',
    'components/responses/NotFound.yaml',
    (text) => text.slice(0, text.indexOf('    examples:')),
    'error contract/response-examples',
  ],
  [
    'a response with a nameless example',
    'components/responses/NotFound.yaml',
    (text) => `${text.slice(0, text.indexOf('    examples:'))}    example: {}\n`,
    'error contract/response-examples',
  ],
  [
    'an example without a reserved id',
    noCredit,
    (text) => text.replace(/x-mock-customer-id: .*\n/, ''),
    'error contract/example-reserved-id',
  ],
  [
    "an example with another example's id",
    noCredit,
    (text) => text.replace(/ctm_\w+/, 'ctm_01gw9m680k848184fpttwr0b7z'),
    'error contract/example-reserved-id',
  ],
  [
    'an example that breaks its schema',
    credited,
    (text) => text.replace('"10000"', '10000'),
    'error no-invalid-media-type-examples',
  ],
  [
    'an example without a required total',
    credited,
    (text) => text.replace(/ +used:.*\n/, ''),
    'error no-invalid-media-type-examples',
  ],
  [
    'a reference to nothing',
    'openapi.yaml',
    (text) => text.replace('apiKey.yaml', 'gone.yaml'),
    'error no-unresolved-refs',
  ],
  [
    'a response without examples under a range of statuses',
    'paths/customers_{customer_id}_credit-balances.yaml',
    (text) => text.replace('default:', '"4XX":'),
    'error contract/response-examples',
  ],
  [
    'a default response with a nameless example',
    'components/responses/UnexpectedError.yaml',
    (text) => `${text}    example: {}\n`,
    'error contract/response-examples',
  ],
  [
    'a query parameter that has another form in another operation',
    'paths/customers_{customer_id}_credit-balances.yaml',
    (text) => `${text}head:
  parameters:
    - { name: currency_code, in: query, schema: { type: string } }
`,
    'error contract/query-parameter-form',
  ],
])('finds %s', async (_, file, change, problem) => {
  expect(await problems(file, change)).toContain(problem);
});
