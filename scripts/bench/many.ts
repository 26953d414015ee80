import { setTimeout as sleep } from 'node:timers/promises';
import { Paddle } from '@paddle/paddle-node-sdk';
import { sdkName } from '../size/limits.ts';
import { balances, customerId, loadClient, loadMany, loadMockFetch, ours } from './ours.ts';
import { compareContenders, type Outcome, summarizeTimes } from './rounds.ts';
import type { Row } from './row.ts';

const chunks = 'Promise.all in chunks of 4';
const limitName = 'the limit';

/** Calls with another `fetch`, the global one too: the SDK takes none of its caller's. */
async function runWithFetch<Value>(fetch: typeof globalThis.fetch, run: () => Promise<Value>): Promise<Value> {
  const realFetch = globalThis.fetch;
  globalThis.fetch = fetch;
  try {
    return await run();
  } finally {
    globalThis.fetch = realFetch;
  }
}

/** Asks for a customer so many times by a run of ours. */
async function makeManyRun(client: ReturnType<Awaited<ReturnType<typeof loadClient>>['createCreditBalancesClient']>) {
  const { listCreditBalancesOfMany } = await loadMany();
  return async (count: number, requestsPerMinute: number, onResult: (count: number) => void = () => {}) => {
    let done = 0;
    for await (const result of listCreditBalancesOfMany(client, repeat(count), { requestsPerMinute })) {
      if (result.status === 'rejected') throw result.reason;
      done += 1;
      onResult(done);
    }
    if (done !== count) throw new Error(`${done} of ${count} customers ended.`);
  };
}

function* repeat(count: number): Generator<string> {
  for (let number = 0; number < count; number += 1) yield customerId;
}

const makeClient = async () => {
  const { createCreditBalancesClient } = await loadClient();
  return createCreditBalancesClient({ apiKey: 'test', environment: 'sandbox' });
};

/** A minute of Paddle's limit, in less time: so many requests in so many milliseconds. */
const limit = { requests: 240, window: 5_000 };
/** Two windows, so that the second one meets what the first one sent. */
const limited = 480;

/** Milliseconds until all have their answers from a mock with a limit, none of them a 429. */
async function timeUnderLimit(run: () => Promise<void>): Promise<number> {
  const { createMockFetch } = await loadMockFetch();
  const mock = createMockFetch({ rateLimit: limit });
  let refused = 0;
  const start = performance.now();
  await runWithFetch(async (input, init) => {
    const response = await mock(input as Request, init);
    if (response.status === 429) refused += 1;
    return response;
  }, run);
  if (refused > 0) throw new Error(`${refused} requests were past the limit.`);
  return performance.now() - start;
}

export const manyRows: Row[] = [
  {
    name: 'many-limit',
    what: `a customer of many at a limit of ${limit.requests} requests in ${limit.window / 1_000} s, none past it`,
    targets: [{ peer: limitName, atMost: 1 / 0.95 }],
    measure: async (rounds): Promise<Outcome[]> => {
      const sdk = new Paddle('test');
      const space = limit.window / limit.requests;
      const askOurs = await makeManyRun(await makeClient());
      const contenders: Record<string, () => Promise<void>> = {
        [ours]: () => askOurs(limited, (60_000 * limit.requests) / limit.window),
        [`${sdkName}, a loop that waits`]: async () => {
          for (const id of repeat(limited)) {
            await sdk.customers.getCreditBalance(id);
            // A timer cuts the fraction off, and would be past the limit.
            await sleep(Math.ceil(space));
          }
        },
      };
      const times = new Map([
        [limitName, [] as number[]],
        ...Object.keys(contenders).map((name) => [name, []] as [string, number[]]),
      ]);
      // The time of a round is the limit's: more rounds than these tell nothing more.
      for (let round = 0; round < Math.min(rounds, 3); round += 1) {
        times.get(limitName)?.push(space * 1_000);
        for (const [name, run] of Object.entries(contenders)) {
          times.get(name)?.push(((await timeUnderLimit(run)) * 1_000) / limited);
        }
      }
      return summarizeTimes(times);
    },
  },
  {
    name: 'many',
    what: 'a customer of many without a limit, in process',
    targets: [{ peer: chunks, atMost: 1 / 0.8 }],
    measure: (rounds) => {
      const text = JSON.stringify(balances);
      const answer = async () => new Response(text, { headers: { 'Content-Type': 'application/json' } });
      return runWithFetch(answer, async () => {
        const client = await makeClient();
        const sdk = new Paddle('test');
        const askOurs = await makeManyRun(client);
        const count = 200;
        return compareContenders(
          [
            {
              name: chunks,
              operations: count,
              run: async () => {
                for (let done = 0; done < count; done += 4) {
                  await Promise.all([...repeat(4)].map((id) => client.listCreditBalances(id)));
                }
              },
            },
            { name: ours, operations: count, run: () => askOurs(count, Number.POSITIVE_INFINITY) },
            {
              name: `${sdkName}, a loop`,
              operations: count,
              run: async () => {
                for (const id of repeat(count)) await sdk.customers.getCreditBalance(id);
              },
            },
          ],
          rounds,
        );
      });
    },
  },
];

/** Calls back with the number of customers that are done, of so many in one run. */
export async function runMany(customers: number, onResult: (count: number) => void): Promise<void> {
  const text = JSON.stringify(balances);
  await runWithFetch(
    async () => new Response(text, { headers: { 'Content-Type': 'application/json' } }),
    async () => (await makeManyRun(await makeClient()))(customers, Number.POSITIVE_INFINITY, onResult),
  );
}
