import { once } from 'node:events';
import { makeList } from './checks.ts';
import { sendRequests } from './load.ts';
import { runMany } from './many.ts';
import { authorization, balancesPath, isCreditBalanceList, loadMockFetch } from './ours.ts';
import { serveMock } from './serve.ts';

/** One figure that must not grow faster than what it depends on. */
export interface Growth {
  what: string;
  figures: string[];
}

const formatMegabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

function measureHeap(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}

/** Time for one balance of lists from 1 to 10,000, which have currencies enough: the same, where the time is linear. */
export function measureCheckGrowth(): Growth {
  const figures = [1, 10, 100, 1_000, 10_000].map((count) => {
    const value = makeList(count);
    const times = Math.max(5, Math.floor(200_000 / count));
    for (let warm = 0; warm < Math.min(times, 1_000); warm += 1) isCreditBalanceList(value);
    const before = measureHeap();
    const start = performance.now();
    for (let time = 0; time < times; time += 1) {
      if (!isCreditBalanceList(value)) throw new Error('The check refuses the list.');
    }
    const each = ((performance.now() - start) * 1_000_000) / times / count;
    return `${count.toLocaleString('en-US')}: ${each.toFixed(0)} ns a balance, ${formatMegabytes(Math.max(0, measureHeap() - before))} kept`;
  });
  return { what: 'check of a list, by its length', figures };
}

/** Memory of this process after many calls of the mock in process. */
export async function measureMockFetchGrowth(calls: number): Promise<Growth> {
  const { createMockFetch } = await loadMockFetch();
  const mock = createMockFetch();
  const figures: string[] = [];
  for (let call = 1; call <= calls; call += 1) {
    await (await mock(`https://api.paddle.com${balancesPath}`, { headers: authorization })).text();
    if (call === 10_000 || call === calls)
      figures.push(`after ${call.toLocaleString('en-US')} calls: ${formatMegabytes(measureHeap())}`);
  }
  return { what: 'memory with the mock in process', figures };
}

/** Memory of this process while one run asks for many customers. */
export async function measureManyGrowth(customers: number): Promise<Growth> {
  const figures: string[] = [];
  await runMany(customers, (done) => {
    if (done === 10_000 || done === customers) {
      figures.push(`after ${done.toLocaleString('en-US')} customers: ${formatMegabytes(measureHeap())}`);
    }
  });
  return { what: 'memory of a run over many customers', figures };
}

/** Run in the server: it tells its memory when it is asked. */
const tellMemory = "process.on('message', () => { gc(); process.send(process.memoryUsage().heapUsed); });";

/** Memory of the mock server after many requests. */
export async function measureMockServerGrowth(requests: number): Promise<Growth> {
  await using server = await serveMock([
    '--expose-gc',
    '--import',
    `data:text/javascript,${encodeURIComponent(tellMemory)}`,
  ]);
  const figures: string[] = [];
  let sent = 0;
  for (const until of [10_000, requests]) {
    await sendRequests(server.url + balancesPath, until - sent, 16);
    sent = until;
    server.child.send('how much');
    const [bytes] = await once(server.child, 'message');
    figures.push(`after ${until.toLocaleString('en-US')} requests: ${formatMegabytes(bytes)}`);
  }
  return { what: 'memory of the mock server', figures };
}
