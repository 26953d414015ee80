import { isCreditBalanceList, isErrorResponse, notFound, ours } from './ours.ts';
import { loadPeer } from './peers.ts';
import { compareContenders } from './rounds.ts';
import type { Row } from './row.ts';

/** A body with so many balances, all of different currencies as far as there are letters. */
export function makeList(count: number): unknown {
  const data = Array.from({ length: count }, (_, index) => ({
    customer_id: 'ctm_01gw9m680k848184fpttwr0b7z',
    currency_code: String.fromCharCode(
      65 + (index % 26),
      65 + (Math.floor(index / 26) % 26),
      65 + (Math.floor(index / 676) % 26),
    ),
    balance: { available: String(index * 7), reserved: '900', used: '1300' },
  }));
  return { data, meta: { request_id: '8f1f3b1e-5a58-4a3c-8f59-7c0a3c6a1a11' } };
}

interface Zod {
  z: {
    object(shape: object): Zod['z'];
    array(item: object): object;
    string(): { regex(pattern: RegExp): object };
    safeParse(value: unknown): { success: boolean };
  };
}
interface Valibot {
  object(shape: object): object;
  array(item: object): object;
  string(): object;
  pipe(...steps: object[]): object;
  regex(pattern: RegExp): object;
  safeParse(schema: object, value: unknown): { success: boolean };
}

const patterns = {
  id: /^ctm_[a-z\d]{26}$/u,
  currency: /^[A-Z]{3}$/u,
  amount: /^(?:0|-?[1-9]\d*)$/u,
};

async function makePeerChecks() {
  const { z } = await loadPeer<Zod>('zod');
  const v = await loadPeer<Valibot>('valibot');
  const makeAmounts = (amount: object) => ({ available: amount, reserved: amount, used: amount });
  const byZod = z.object({
    data: z.array(
      z.object({
        customer_id: z.string().regex(patterns.id),
        currency_code: z.string().regex(patterns.currency),
        balance: z.object(makeAmounts(z.string().regex(patterns.amount))),
      }),
    ),
    meta: z.object({ request_id: z.string() }),
  });
  const makeTextSchema = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern));
  const byValibot = v.object({
    data: v.array(
      v.object({
        customer_id: makeTextSchema(patterns.id),
        currency_code: makeTextSchema(patterns.currency),
        balance: v.object(makeAmounts(makeTextSchema(patterns.amount))),
      }),
    ),
    meta: v.object({ request_id: v.string() }),
  });
  return {
    zod: (value: unknown) => byZod.safeParse(value).success,
    valibot: (value: unknown) => v.safeParse(byValibot, value).success,
  };
}

const makeRefusal = (name: string) => new Error(`${name} refuses the body.`);

export const checkRows: Row[] = [
  ...[1, 30, 1_000].map(
    (count): Row => ({
      name: `check-${count}`,
      what: `check of a 200 body, ${count} ${count === 1 ? 'balance' : 'balances'}`,
      targets: [{ peer: 'JSON.parse', atMost: 0.2 }],
      measure: async (rounds) => {
        const value = makeList(count);
        const text = JSON.stringify(value);
        const checks = { [ours]: isCreditBalanceList, ...(await makePeerChecks()) };
        return compareContenders(
          [
            { name: 'JSON.parse', run: () => void JSON.parse(text) },
            ...Object.entries(checks).map(([name, check]) => ({
              name,
              run: () => {
                if (!check(value)) throw makeRefusal(name);
              },
            })),
          ],
          rounds,
        );
      },
    }),
  ),
  {
    name: 'check-error',
    what: 'check of an error body',
    measure: async (rounds) => {
      const text = JSON.stringify(notFound);
      const run = () => {
        if (!isErrorResponse(notFound)) throw makeRefusal(ours);
      };
      return compareContenders(
        [
          { name: 'JSON.parse', run: () => void JSON.parse(text) },
          { name: ours, run },
        ],
        rounds,
      );
    },
  },
];
