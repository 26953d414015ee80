import { Paddle } from '@paddle/paddle-node-sdk';
import createClient from 'openapi-fetch';
import { sdkName } from '../size/limits.ts';
import { authorization, balances, balancesPath, customerId, loadClient, ours, type paths } from './ours.ts';
import { loadPeer } from './peers.ts';
import { type Contender, compareContenders } from './rounds.ts';
import type { Row } from './row.ts';
import { serveFixed } from './serve.ts';

const text = JSON.stringify(balances);
const available = balances.data[0]?.balance.available;
const headers = authorization;

type Getter = (url: string, options: object) => Promise<unknown>;

/** All who can ask for the balance, each on one server, and each with its answer checked at every call. */
async function makeContenders(url: string): Promise<Contender[]> {
  const { createCreditBalancesClient } = await loadClient();
  const mine = createCreditBalancesClient({ apiKey: 'test', baseUrl: url });
  const sdk = new Paddle('test', { environment: url as never });
  const bare = createClient<paths>({ baseUrl: url });
  const { default: ky } = await loadPeer<{
    default: { get(url: string, options: object): { json(): Promise<unknown> } };
  }>('ky');
  const { ofetch } = await loadPeer<{ ofetch: { create(defaults: object, globals: object): Getter } }>('ofetch');
  const askOfetch = ofetch.create({}, { fetch: globalThis.fetch, Headers });
  const address = url + balancesPath;
  const path = { customer_id: customerId };
  const asked: Record<string, () => Promise<unknown>> = {
    [sdkName]: async () => ({ data: await sdk.customers.getCreditBalance(customerId) }),
    [ours]: () => mine.listCreditBalances(customerId),
    'raw fetch': async () => (await fetch(address, { headers })).json(),
    'raw fetch with a time limit': async () => {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), 30_000);
      try {
        return await (await fetch(address, { headers, signal: controller.signal })).json();
      } finally {
        clearTimeout(timer);
      }
    },
    'openapi-fetch': async () =>
      (await bare.GET('/customers/{customer_id}/credit-balances', { params: { path }, headers })).data,
    ky: () => ky.get(address, { headers }).json(),
    ofetch: () => askOfetch(address, { headers }),
  };
  return Object.entries(asked).map(([name, ask]) => ({
    name,
    run: async () => {
      const { data } = (await ask()) as typeof balances;
      if (data[0]?.balance.available !== available) throw new Error(`${name} gave an unexpected answer.`);
    },
  }));
}

export const clientRows: Row[] = [
  {
    name: 'call',
    what: 'one call against a fake fetch',
    measure: async (rounds) => {
      const realFetch = globalThis.fetch;
      // In place of the global one, for all alike: the SDK takes none of its caller's.
      globalThis.fetch = async () => new Response(text, { headers: { 'Content-Type': 'application/json' } });
      try {
        return await compareContenders(await makeContenders('http://127.0.0.1:9'), rounds);
      } finally {
        globalThis.fetch = realFetch;
      }
    },
  },
  ...[1, 64].map(
    (atOnce): Row => ({
      name: `loopback-${atOnce}`,
      what: `calls over loopback, ${atOnce} at once`,
      targets: [{ peer: sdkName, atMost: 1.15 }],
      measure: async (rounds) => {
        await using server = await serveFixed(text);
        return await compareContenders(await makeContenders(server.url), rounds, atOnce);
      },
    }),
  ),
];
