import { sleep } from '../abort.js';
import { attempt } from '../attempt.js';
import { UsageError } from '../errors.js';
import { apiVersion, operationPath } from '../operation.js';
import {
  checkAddress,
  checkCustomerId,
  checkDuration,
  checkFunction,
  checkKey,
  checkNames,
  checkSignal,
  isLoopback,
  serverFor,
} from '../options.js';
import { Redactor } from '../secrets.js';
import { checkReceived, type Received } from './check.js';
import { type Finding, note } from './finding.js';
import { parseJson } from './json.js';
import { codeIn, currenciesIn, judge } from './judge.js';
import { type Expectation, malformedId, type Probe, type ProbeName, probes, unknownId } from './probes.js';

export type { Expectation, ProbeName } from './probes.js';

export interface VerifyOptions {
  /** The address in front of `/customers/…`; a path is kept. `https`, or `http` on this machine. */
  server: string | URL;
  /** A key that the server accepts and that may read the customer. */
  apiKey: string;
  /** A customer that the server has; best one with credit, since the filter cannot be checked without. */
  customerId: string;
  /** A customer that the server does not have. @default an id that Paddle cannot have given */
  unknownCustomerId?: string | undefined;
  /** What sends the requests. @default the global `fetch` at the time of the call */
  fetch?: typeof globalThis.fetch | undefined;
  /** How long one answer may take, its body included, in milliseconds. @default 30000 */
  timeout?: number | undefined;
  /** Ends the run; it then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /** Told of each probe as soon as it is judged. */
  onProbe?: ((result: ProbeResult, total: number) => void) | undefined;
}

/** What a server answered, as far as probes are about it. */
export interface Answer {
  readonly status: number;
  /** Paddle's error code; undefined where the body has none. */
  readonly code: string | undefined;
  /** As it was sent; undefined where it is missing. */
  readonly contentType: string | undefined;
}

/** One request, its answer, and what was found in that. It holds no key. */
export interface ProbeResult {
  readonly name: ProbeName;
  /** Method and address. */
  readonly request: string;
  readonly expected: Expectation;
  /** Whether Paddle documents what is expected; where it does not, another answer is a note. */
  readonly documented: boolean;
  readonly got: Answer;
  readonly findings: readonly Finding[];
  /** `broken` where there is an error among the findings, `noted` where there are notes only. */
  readonly outcome: 'kept' | 'noted' | 'broken';
  /** From the request to the end of the answer, in milliseconds. */
  readonly duration: number;
}

export interface Report {
  /** Without a slash at the end. */
  readonly server: string;
  readonly customerId: string;
  /** Whether no probe is broken. */
  readonly kept: boolean;
  readonly probes: readonly ProbeResult[];
}

const optionNames: readonly string[] = [
  'server',
  'apiKey',
  'customerId',
  'unknownCustomerId',
  'fetch',
  'timeout',
  'signal',
  'onProbe',
] satisfies (keyof VerifyOptions)[];

/** Paddle's limit of 240 requests a minute, as the time between two, in milliseconds. */
const pace = 60_000 / 240;

/**
 * Holds a server against the contract. It sends eight requests that only read, one after the other, to another
 * machine at most four in a second: the whole list, two filtered ones, an unknown and a malformed customer, and
 * three with no right key.
 *
 * @throws {UsageError} an option is unknown or wrong; nothing was sent.
 * @throws {ConnectionError} a request got no whole response.
 * @throws {TimeoutError} a request got no whole response in time.
 * @throws the reason of `signal`, when it aborts.
 */
export async function verifyServer(options: VerifyOptions): Promise<Report> {
  checkOptions(options);
  // A copy, so that a later change of the caller's object cannot get past the checks.
  const settings = { ...options };
  const { customerId, unknownCustomerId = unknownId, apiKey, signal, onProbe } = settings;
  const server = serverFor(apiKey, { apiKey, baseUrl: settings.server });
  const ids = { asked: customerId, unknown: unknownCustomerId, malformed: malformedId };
  const redactor = new Redactor(apiKey);
  const wait = isLoopback(new URL(server).hostname) ? 0 : pace;

  const results: ProbeResult[] = [];
  let held: string[] = [];
  for (const probe of probes as readonly (Probe & { name: ProbeName })[]) {
    const start = performance.now();
    const currencies = probe.currencies?.(held);
    const query = currencies === undefined ? '' : `?currency_code=${currencies.join(',')}`;
    const id = ids[probe.customer];
    const url = `${server}${operationPath.replace('{customer_id}', id)}${query}`;
    const received = await ask(url, probe, settings, redactor);
    const duration = performance.now() - start;

    const { status } = received;
    const body = parseJson(received.text)?.value;
    if (probe.name === 'list' && status === 200) held = currenciesIn(body);
    const { name, expected, documented } = probe;
    const broken = checkReceived(received);
    const findings = [
      ...(documented ? broken : broken.map(asNote)),
      ...judge({ probe, customerId: id, currencies, held, status, body }),
    ];
    const got = { status, code: codeIn(body), contentType: received.headers.get('Content-Type') ?? undefined };
    const request = redactor.text(`GET ${url}`);
    const outcome = outcomeOf(findings);
    const result = { name, request, expected, documented, got, findings, outcome, duration };
    results.push(result);
    onProbe?.(result, probes.length);
    if (results.length < probes.length) await sleep(Math.max(0, wait - (performance.now() - start)), signal);
  }
  return { server, customerId, kept: results.every(({ outcome }) => outcome !== 'broken'), probes: results };
}

async function ask(url: string, probe: Probe, options: VerifyOptions, redactor: Redactor) {
  const { apiKey, fetch = globalThis.fetch, timeout = 30_000, signal } = options;
  const authorization = 'own' in probe.authorization ? `Bearer ${apiKey}` : probe.authorization.value;
  const headers = {
    Accept: 'application/json',
    'Paddle-Version': String(apiVersion),
    ...(authorization === undefined ? {} : { Authorization: authorization }),
  };
  const sent = await attempt(
    async (abortSignal) => {
      const response = await fetch(url, { headers, redirect: 'manual', signal: abortSignal });
      return redacted(response, await response.text(), redactor);
    },
    { timeout, signal, request: `GET ${url}`, redactor },
  );
  if ('error' in sent) throw sent.error;
  return sent.value;
}

/** What arrived, without the key: findings quote the start of what a server says, and half a key is not found. */
function redacted({ status, type, headers }: Response, text: string, redactor: Redactor): Received {
  const json = parseJson(text);
  return {
    status,
    type,
    headers: new Headers(Array.from(headers, ([name, value]): [string, string] => [name, redactor.text(value)])),
    text: json === undefined ? redactor.text(text) : JSON.stringify(redactor.json(json.value)),
  };
}

/** Where the outcome is not documented, the whole answer is free. */
function asNote({ rule, location, message }: Finding): Finding {
  return note(rule, location, message);
}

function outcomeOf(findings: Finding[]): ProbeResult['outcome'] {
  if (findings.some(({ severity }) => severity === 'error')) return 'broken';
  return findings.length > 0 ? 'noted' : 'kept';
}

function checkOptions(options: VerifyOptions): void {
  checkNames(options, optionNames);
  const { server, apiKey, customerId, unknownCustomerId, fetch, timeout, signal, onProbe } = options;
  checkAddress('server', server);
  checkKey(apiKey);
  checkCustomerId(customerId);
  if (unknownCustomerId !== undefined) checkCustomerId(unknownCustomerId);
  if (customerId === (unknownCustomerId ?? unknownId)) {
    throw new UsageError('customerId and unknownCustomerId are the same: one must exist, and the other must not.');
  }
  checkFunction('fetch', fetch);
  checkDuration('timeout', timeout, 1);
  checkSignal(signal);
  checkFunction('onProbe', onProbe);
}
