import { createRequire } from 'node:module';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { scenarios } from '../../generated/scenarios.js';
import { load } from './load.ts';
import { built } from './peers.ts';
import { compare, type Outcome, outcomes, shuffled } from './rounds.ts';
import { ours, prismName, type Row } from './row.ts';
import { type Served, serve, serveMock } from './serve.ts';

const prismCli = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
const [first] = scenarios;
const path = `/customers/${first?.customerId}/credit-balances`;
const headers = { Authorization: 'Bearer test' };

const servers: Record<string, () => Promise<Served>> = {
  // With its log, which is its default.
  [prismName]: () => serve([prismCli, 'mock', 'generated/openapi.json', '--port', '0']),
  [ours]: () => serveMock(),
};

/** How many requests are sent in one round. */
const burst = 1_000;

async function throughput(rounds: number, connections: number): Promise<Outcome[]> {
  const running = await Promise.all(Object.values(servers).map((start) => start()));
  try {
    const names = Object.keys(servers);
    const contenders = running.map(({ url }, index) => ({
      name: names[index] ?? '',
      run: () => load(url + path, burst, connections),
      operations: burst,
    }));
    return await compare(contenders, rounds);
  } finally {
    for (const server of running) await server[Symbol.asyncDispose]();
  }
}

async function firstAnswer(rounds: number): Promise<Outcome[]> {
  const times = new Map(Object.keys(servers).map((name) => [name, [] as number[]]));
  for (let round = 0; round < Math.min(rounds, 10); round += 1) {
    for (const [name, start] of shuffled(Object.entries(servers))) {
      const begin = performance.now();
      await using server = await start();
      if (!(await fetch(server.url + path, { headers })).ok) throw new Error(`${name} does not answer.`);
      times.get(name)?.push((performance.now() - begin) * 1_000);
    }
  }
  return outcomes(times);
}

async function inProcess(rounds: number): Promise<Outcome[]> {
  const { createMockFetch } = await built<typeof import('../../src/testing.ts')>('mock/fetch.js');
  const mock = createMockFetch();
  const fetchFromMsw = globalThis.fetch;
  await using server = await serveMock();
  const checked = async (response: Response) => {
    const { data } = (await response.json()) as { data: unknown[] };
    if (data.length !== 1) throw new Error('The mock has another answer.');
  };
  const overHttp = fetch;
  const results = await compare(
    [
      { name: 'the mock server', run: async () => checked(await overHttp(server.url + path, { headers })) },
      { name: ours, run: async () => checked(await mock(`https://api.paddle.com${path}`, { headers })) },
    ],
    rounds,
  );
  // It takes the place of the global fetch, so that it is timed apart.
  const msw = setupServer(http.get('https://api.paddle.com/*', () => Response.json(first?.body)));
  msw.listen({ onUnhandledRequest: 'bypass' });
  try {
    const [own, theirs] = await compare(
      [
        { name: ours, run: async () => checked(await mock(`https://api.paddle.com${path}`, { headers })) },
        { name: 'msw', run: async () => checked(await fetch(`https://api.paddle.com${path}`, { headers })) },
      ],
      rounds,
    );
    const share = results[1]?.ratio ?? Number.NaN;
    if (own && theirs) {
      const [low = Number.NaN, high = Number.NaN] = theirs.quartiles ?? [];
      results.push({ ...theirs, ratio: theirs.ratio * share, quartiles: [low * share, high * share] });
    }
  } finally {
    msw.close();
    globalThis.fetch = fetchFromMsw;
  }
  return results;
}

export const mockRows: Row[] = [
  ...[1, 16, 64].map(
    (connections): Row => ({
      name: `mock-${connections}`,
      what: `one answer of the mock server, ${connections} ${connections === 1 ? 'connection' : 'connections'}`,
      ...(connections === 16 ? { targets: [{ peer: prismName, most: 0.5 }] } : {}),
      measure: (rounds) => throughput(rounds, connections),
    }),
  ),
  {
    name: 'mock-start',
    what: 'the mock server, start to first answer',
    targets: [{ peer: prismName, most: 0.5 }],
    measure: firstAnswer,
  },
  {
    name: 'mock-fetch',
    what: 'one answer of the mock in process',
    targets: [{ peer: 'the mock server', most: 0.2 }],
    measure: inProcess,
  },
];
