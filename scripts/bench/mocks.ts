import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { scenarios } from '../../generated/scenarios.js';
import { createMockFetch } from '../../src/mock/fetch.ts';
import { compare, type Outcome, quantile } from './rounds.ts';
import { ours, type Row } from './row.ts';
import { type Served, serve } from './serve.ts';

const prismCli = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
const [first] = scenarios;
const path = `/customers/${first?.customerId}/credit-balances`;
const headers = { Authorization: 'Bearer test' };
const prism = 'Prism CLI';

const servers: Record<string, () => Promise<Served>> = {
  // With its log, which is its default.
  [prism]: () => serve([prismCli, 'mock', 'generated/openapi.json', '--port', '0']),
  [ours]: () => serve(['dist/cli.js', 'mock', '--port', '0', '--quiet']),
};

/** One request without the cost of a client, on a connection that is kept. */
function ask(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url + path, { agent, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => (text.includes('"550"') ? resolve() : reject(new Error(`The mock answers ${text}`))));
    })
      .once('error', reject)
      .end();
  });
}

async function throughput(rounds: number, connections: number): Promise<Outcome[]> {
  const running = await Promise.all(Object.values(servers).map((start) => start()));
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    const names = Object.keys(servers);
    const contenders = running.map(({ url }, index) => ({ name: names[index] ?? '', run: () => ask(url, agent) }));
    return await compare(contenders, rounds, connections);
  } finally {
    agent.destroy();
    for (const server of running) await server[Symbol.asyncDispose]();
  }
}

async function firstAnswer(rounds: number): Promise<Outcome[]> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round < Math.min(rounds, 10); round += 1) {
    for (const [name, start] of Object.entries(servers).sort(() => Math.random() - 0.5)) {
      const begin = performance.now();
      await using server = await start();
      await ask(server.url, new Agent());
      times[name] = [...(times[name] ?? []), (performance.now() - begin) * 1_000];
    }
  }
  const base = times[prism] ?? [];
  return Object.keys(servers).map((name) => {
    const own = times[name] ?? [];
    const ratios = own.map((time, round) => time / (base[round] ?? Number.NaN));
    const [low, ratio, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share)) as [number, number, number];
    return { name, microseconds: quantile(own, 0.5), ratio, quartiles: [low, high] };
  });
}

async function inProcess(rounds: number): Promise<Outcome[]> {
  const mock = createMockFetch();
  const fetchFromMsw = globalThis.fetch;
  await using server = await (servers[ours] as () => Promise<Served>)();
  const checked = async (response: Response) => {
    const { data } = (await response.json()) as { data: unknown[] };
    if (data.length !== 1) throw new Error('The mock has another answer.');
  };
  const overHttp = fetch;
  const outcomes = await compare(
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
    const share = outcomes[1]?.ratio ?? Number.NaN;
    if (own && theirs) {
      const quartiles = theirs.quartiles.map((quartile) => quartile * share) as [number, number];
      outcomes.push({ ...theirs, ratio: theirs.ratio * share, quartiles });
    }
  } finally {
    msw.close();
    globalThis.fetch = fetchFromMsw;
  }
  return outcomes;
}

export const mockRows: Row[] = [
  ...[1, 16, 64].map(
    (connections): Row => ({
      name: `mock-${connections}`,
      what: `one answer of the mock server, ${connections} ${connections === 1 ? 'connection' : 'connections'}`,
      ...(connections === 16 ? { target: { peer: prism, most: 0.5 } } : {}),
      measure: (rounds) => throughput(rounds, connections),
    }),
  ),
  {
    name: 'mock-start',
    what: 'the mock server, start to first answer',
    target: { peer: prism, most: 0.5 },
    measure: firstAnswer,
  },
  {
    name: 'mock-fetch',
    what: 'one answer of the mock in process',
    target: { peer: 'the mock server', most: 0.2 },
    measure: inProcess,
  },
];
