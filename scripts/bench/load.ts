import { authorization } from './ours.ts';
import { loadPeer } from './peers.ts';

interface Result {
  '2xx': number;
  errors: number;
  mismatches: number;
}
type Autocannon = (options: object) => Promise<Result>;

/** Sends so many requests through autocannon, each connection one after the other, and reads every answer. */
export async function sendRequests(url: string, requests: number, connections: number): Promise<void> {
  const { default: autocannon } = await loadPeer<{ default: Autocannon }>('autocannon');
  const { '2xx': good, mismatches } = await autocannon({
    url,
    connections,
    amount: requests,
    // It ends with one of its samples only: at the default of 1 s a burst takes whole seconds.
    sampleInt: 10,
    headers: authorization,
    verifyBody: (body: string) => body.includes('"550"'),
  });
  if (good < requests || mismatches > 0) {
    throw new Error(`${url} gave ${good} answers to ${requests} requests, and ${mismatches} wrong ones.`);
  }
}
