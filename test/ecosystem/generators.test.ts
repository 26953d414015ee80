import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@hey-api/openapi-ts';
import { generateSource } from 'oazapfts';
import { generate } from 'orval';
import { generateApi } from 'swagger-typescript-api';
import { expect, it } from 'vitest';
import { customerId, getCredit } from '../support/bodies.ts';
import { run } from '../support/process.ts';
import { bundleFile, compile, outputFolder } from './output.ts';

const seed = getCredit('one-currency');
const load = (folder: string) => import(pathToFileURL(path.join(folder, 'client.ts')).href);
/** The server of all generated clients: it answers with the example that Paddle published. */
const answerSeed = async () => Response.json(seed);

it("openapi-zod-client's schemas take Paddle's example and refuse a number for a total", async () => {
  const folder = await outputFolder('openapi-zod-client');
  const command = path.join(import.meta.dirname, 'node_modules/openapi-zod-client/bin.js');
  const { code, stderr } = await run(process.execPath, [
    command,
    bundleFile,
    '--output',
    path.join(folder, 'client.ts'),
  ]);
  expect(code, stderr).toBe(0);
  const { schemas } = await load(folder);
  expect(schemas.CreditBalanceList.parse(seed)).toEqual(seed);
  const wrong = structuredClone(seed) as { data: { balance: { used: unknown } }[] };
  for (const { balance } of wrong.data) balance.used = 1300;
  expect(schemas.CreditBalanceList.safeParse(wrong).error.issues[0].path).toEqual(['data', 0, 'balance', 'used']);
});

it("swagger-typescript-api's client gives a 200 as typed data", async () => {
  const folder = await outputFolder('swagger-typescript-api');
  await generateApi({
    spec: JSON.parse(await readFile(bundleFile, 'utf8')),
    output: folder,
    fileName: 'client.ts',
    silent: true,
  });
  const errors = await compile(
    folder,
    `import { Api } from './client';
     const { data } = await new Api().customers.listCreditBalances('${customerId}', { currency_code: ['USD'] });
     export const available: string | undefined = data.data[0]?.balance.available;
     // @ts-expect-error a total is a string
     export const wrong: number | undefined = data.data[0]?.balance.available;`,
  );
  expect(errors).toEqual([]);
  const { Api } = await load(folder);
  const { data } = await new Api({ customFetch: answerSeed }).customers.listCreditBalances(customerId);
  expect(data).toEqual(seed);
});

it("oazapfts' client gives a 200 as typed data", async () => {
  const folder = await outputFolder('oazapfts');
  await writeFile(path.join(folder, 'client.ts'), await generateSource(bundleFile));
  const errors = await compile(
    folder,
    `import { ok } from '@oazapfts/runtime';
     import { listCreditBalances } from './client';
     const { data } = await ok(listCreditBalances('${customerId}', { currencyCode: ['USD'] }));
     export const available: string | undefined = data[0]?.balance.available;
     // @ts-expect-error a total is a string
     export const wrong: number | undefined = data[0]?.balance.available;`,
  );
  expect(errors).toEqual([]);
  const { defaults, listCreditBalances } = await load(folder);
  defaults.fetch = answerSeed;
  expect(await listCreditBalances(customerId)).toMatchObject({ status: 200, data: seed });
});

it("Hey API's client compiles strictly, and gives the totals as text", async () => {
  const folder = await outputFolder('hey-api');
  await createClient({ input: bundleFile, output: path.join(folder, 'client'), logs: { level: 'silent' } });
  const errors = await compile(
    folder,
    `import { listCreditBalances } from './client';
     const { data } = await listCreditBalances({ path: { customer_id: '${customerId}' }, query: { currency_code: ['USD'] } });
     export const available: string | undefined = data?.data[0]?.balance.available;
     // @ts-expect-error a total is a string
     export const wrong: number | undefined = data?.data[0]?.balance.available;`,
  );
  expect(errors).toEqual([]);
});

it("orval's client compiles strictly, and gives the totals as text", async () => {
  const folder = await outputFolder('orval');
  const target = path.join(folder, 'client.ts');
  await generate({ input: bundleFile, output: { target, client: 'fetch' } });
  const errors = await compile(
    folder,
    `import { listCreditBalances } from './client';
     const answer = await listCreditBalances('${customerId}', { currency_code: ['USD'] });
     export const available: string | undefined = answer.status === 200 ? answer.data.data[0]?.balance.available : '';
     // @ts-expect-error a total is a string
     export const wrong: number | undefined = answer.status === 200 ? answer.data.data[0]?.balance.available : 0;`,
  );
  expect(errors).toEqual([]);
});
