import { createRequire } from 'node:module';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { sendRequests } from './load.ts';
import { authorization, balances, balancesPath, loadMockFetch, ours } from './ours.ts';
import { compareContenders, type Outcome, shuffle, summarizeTimes } from './rounds.ts';
import { prismName, type Row } from './row.ts';
import { type Served, serve, serveMock } from './serve.ts';

const prismCli = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
const headers = authorization;

const servers: Record<string, () => Promise<Served>> = {
  // With its log, which is its default.
  [prismName]: () => serve([prismCli, 'mock', 'generated/openapi.json', '--port', '0']),
  [ours]: () => serveMock(),
};

/** How many requests are sent in one round. */
const burst = 1_000;

async function measureThroughput(rounds: number, connections: number): Promise<Outcome[]> {
  const running = await Promise.all(Object.values(servers).map((start) => start()));
  try {
    const names = Object.keys(servers);
    const contenders = running.map(({ url }, index) => ({
      name: names[index] ?? '',
      run: () => sendRequests(url + balancesPath, burst, connections),
      operations: burst,
    }));
    return await compareContenders(contenders, rounds);
  } finally {
    for (const server of running) await server[Symbol.asyncDispose]();
  }
}

async function measureFirstAnswer(rounds: number): Promise<Outcome[]> {
  const times = new Map(Object.keys(servers).map((name) => [name, [] as number[]]));
  for (let round = 0; round < Math.min(rounds, 10); round += 1) {
    for (const [name, start] of shuffle(Object.entries(servers))) {
      const begin = performance.now();
      await using server = await start();
      if (!(await fetch(server.url + balancesPath, { headers })).ok) throw new Error(`${name} does not answer.`);
      times.get(name)?.push((performance.now() - begin) * 1_000);
    }
  }
  return summarizeTimes(times);
}

async function measureInProcess(rounds: number): Promise<Outcome[]> {
  const { createMockFetch } = await loadMockFetch();
  const mockFetch = createMockFetch();
  await using server = await serveMock();
  const address = `https://api.paddle.com${balancesPath}`;
  const read = async (response: Response) => {
    const { data } = (await response.json()) as typeof balances;
    if (data.length !== balances.data.length) throw new Error('A mock gave an unexpected answer.');
  };
  // msw puts its own in the place of the global fetch.
  const realFetch = globalThis.fetch;
  const msw = setupServer(http.get('https://api.paddle.com/*', () => Response.json(balances)));
  msw.listen();
  try {
    return await compareContenders(
      [
        { name: 'the mock server', run: async () => read(await realFetch(server.url + balancesPath, { headers })) },
        { name: ours, run: async () => read(await mockFetch(address, { headers })) },
        { name: 'msw', run: async () => read(await fetch(address, { headers })) },
      ],
      rounds,
    );
  } finally {
    msw.close();
  }
}

export const mockRows: Row[] = [
  ...[1, 16, 64].map(
    (connections): Row => ({
      name: `mock-${connections}`,
      what: `one answer of the mock server, ${connections} ${connections === 1 ? 'connection' : 'connections'}`,
      ...(connections === 16 ? { targets: [{ peer: prismName, timesFaster: 3 }] } : {}),
      measure: (rounds) => measureThroughput(rounds, connections),
    }),
  ),
  {
    name: 'mock-start',
    what: 'the mock server, start to first answer',
    targets: [{ peer: prismName, atMost: 0.33 }],
    measure: measureFirstAnswer,
  },
  {
    name: 'mock-fetch',
    what: 'one answer of the mock in process',
    targets: [{ peer: 'the mock server', timesFaster: 20 }],
    measure: measureInProcess,
  },
];
