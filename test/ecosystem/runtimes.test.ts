import path from 'node:path';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { customerId, getCredit } from '../support/bodies.ts';
import { serve } from '../support/process.ts';
import { makeStranger, type Stranger } from '../support/stranger.ts';
import { bun, newerNode } from './runtimes.ts';

let own: Stranger;
beforeAll(async () => {
  own = await makeStranger();
});
afterAll(() => own?.[Symbol.asyncDispose]());

test.each([
  ['this Node', process.execPath],
  ['Node 24', newerNode],
  ['Bun', bun],
])("the packed mock starts on %s without a warning, and answers Paddle's example", async (_, command) => {
  const bin = path.join(own.installed, manifest.bin['paddle-credit-balances']);
  await using mock = await serve([bin, 'mock', '--port', '0', '--quiet'], { command, cwd: own.folder });
  const ask = (id: string) =>
    fetch(`${mock.url}/customers/${id}/credit-balances`, { headers: { Authorization: 'Bearer test' } });
  expect((await (await ask(customerId)).json()).data).toEqual(getCredit('one-currency').data);
  expect((await ask('nonsense')).status).toBe(400);
  expect(mock.readOutput()).toBe(`The mock serves the contract on ${mock.url} (Ctrl+C stops it).\n`);
  expect(await mock.stop('SIGTERM')).toBe(0);
});

it('the runtimes are others than this one', () => {
  expect(new Set([process.execPath, newerNode, bun]).size).toBe(3);
});
