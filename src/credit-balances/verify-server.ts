import { operations } from '../../generated/operations.js';
import { Redactor } from '../errors/redaction.js';
import { listResponses } from '../http/declared.js';
import { isLoopback, readAddress } from '../options/address.js';
import { assertKey } from '../options/api-key.js';
import { assertDuration, assertInteger, assertOneOf, assertSignal, assertType } from '../options/assertions.js';
import { defaults, paddleLimit } from '../options/client-options.js';
import { chooseServer } from '../options/client-settings.js';
import { type HeadersOption, readHeaders } from '../options/headers.js';
import { assertParameter } from '../options/parameters.js';
import { readOptions } from '../options/read-options.js';
import { refuse, refuseValue } from '../options/refuse.js';
import type { ProbeResult } from '../verify/probe.js';
import { runProbes } from '../verify/run-probes.js';
import { operationId } from './match.js';
import { makeProbes, type ProbeName, probeNames, unknownId } from './probes.js';

/** Which server is checked, and how. */
export interface VerifyOptions {
  /** The absolute URL in front of `/customers/…`, with its path: `https`, or `http` on this machine. */
  server: string | URL;
  /** A key that the server accepts and that may read the customer. */
  apiKey: string;
  /** The ID of a customer of that server, best one with credit: without, the filter cannot be checked. */
  customerId: string;
  /** The ID of a customer that the server does not have. @default an ID that Paddle cannot have given */
  unknownCustomerId?: string | undefined;
  /** Headers to add to each request, for a gateway with access rules of its own. */
  headers?: HeadersOption | undefined;
  /** The names of probes that are not sent. */
  skip?: readonly ProbeName[] | undefined;
  /** Sends the requests. @default the global `fetch` at the time of the call */
  fetch?: typeof globalThis.fetch | undefined;
  /** How long one response may take, its body included, in milliseconds. @default 30000 */
  timeout?: number | undefined;
  /** The largest body that is accepted, in bytes after decompression. @default 1048576 */
  maxBodySize?: number | undefined;
  /** Aborts the run, which then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Called with each result as it comes, and with the number of all probes. */
  onProbe?: ((result: ProbeResult, total: number) => void) | undefined;
}

/** What a check of a server found. */
export interface Report {
  /** Without a slash at the end. */
  readonly server: string;
  /** The customer that was asked for. */
  readonly customerId: string;
  /** Whether no probe failed. */
  readonly passed: boolean;
  /** The result of each request, in the order in which they were sent. */
  readonly probes: readonly ProbeResult[];
}

const optionNames = [
  'server',
  'apiKey',
  'customerId',
  'unknownCustomerId',
  'headers',
  'skip',
  'fetch',
  'timeout',
  'maxBodySize',
  'signal',
  'onProbe',
] as const satisfies (keyof VerifyOptions)[];

/** The time between two requests, in milliseconds. */
const pace = paddleLimit.window / paddleLimit.requests;

/**
 * Checks a server against the contract. It sends eight requests that only read, one after the other, to another
 * machine at most four a second: the whole list, two filtered ones, an unknown and a malformed customer, and
 * three without a right key.
 *
 * @throws {UsageError} an option is unknown or wrong; nothing was sent.
 * @throws {ConnectionError} the connection failed, or was lost.
 * @throws {TimeoutError} a response did not arrive in time.
 * @throws the reason of `signal`, when it aborts.
 */
export async function verifyServer(options: VerifyOptions): Promise<Report> {
  const given = readOptions(options, optionNames);
  const redactor = new Redactor();
  if (typeof given.apiKey === 'string') redactor.add(given.apiKey);
  const { server, apiKey, headers, probes, customerId } = redactor.guard(() => readVerifyOptions(given, redactor));
  const { fetch, timeout = defaults.timeout, maxBodySize = defaults.maxBodySize, signal, onProbe } = given;
  const results = await runProbes(probes, {
    ...{
      operation: operations[operationId],
      responses: listResponses(operationId),
      server,
      apiKey,
      headers,
      fetch,
      timeout,
      maxBodySize,
    },
    ...{ signal, redactor, onProbe, pace: isLoopback(new URL(server).hostname) ? 0 : pace },
  });
  const passed = results.every(({ outcome }) => outcome !== 'failed');
  return { server: redactor.text(server), customerId, passed, probes: results };
}

function readVerifyOptions(given: Readonly<VerifyOptions>, redactor: Redactor) {
  const { apiKey, customerId, unknownCustomerId = unknownId, skip = [] } = given;
  const baseUrl = readAddress('server', given.server);
  redactor.addPath(new URL(baseUrl).pathname);
  assertKey(apiKey);
  assertCustomer('customerId', customerId);
  assertCustomer('unknownCustomerId', unknownCustomerId);
  if (customerId === unknownCustomerId) {
    refuse(
      'unknownCustomerId',
      'must be another customer than customerId, since the one must exist and the other must not.',
    );
  }
  assertType('fetch', given.fetch, 'function');
  assertType('onProbe', given.onProbe, 'function');
  assertDuration('timeout', given.timeout, 1);
  assertInteger('maxBodySize', given.maxBodySize, 1);
  assertSignal('signal', given.signal);
  if (!Array.isArray(skip)) refuseValue('skip', 'an array of names of probes', skip);
  for (const name of skip) assertOneOf('skip', name, probeNames);
  const headers = readHeaders(given.headers);
  redactor.addHeaders(headers);
  const probes = makeProbes(customerId, unknownCustomerId).filter(({ name }) => !skip.includes(name));
  if (probes.length === 0) refuse('skip', 'must leave at least one probe.');
  const server = chooseServer(apiKey, { environment: undefined, baseUrl });
  return { server, apiKey, headers, probes, customerId };
}

function assertCustomer(option: string, value: unknown): void {
  const parameter = operations[operationId].parameters.find(({ name }) => name === 'customer_id');
  if (parameter !== undefined) assertParameter(parameter, value, option);
}
