import { type Scenario, scenarios } from '../../generated/scenarios.js';
import { sleep } from '../abort.js';
import { UsageError } from '../errors.js';
import { checkDuration, checkNames } from '../options.js';
import { Redactor } from '../secrets.js';
import { shown } from '../shown.js';
import { type Choice, choose, type ScenarioName, unfitted } from './choose.js';
import { customerIdIn } from './path.js';
import { type Problem, problem } from './problem.js';

export type { ScenarioName } from './choose.js';

export interface MockFetchOptions {
  /** What every request gets that has no `Prefer` of its own. @default the scenario that the customer id is reserved for */
  scenario?: ScenarioName | undefined;
  /** How long each answer takes, in milliseconds. @default 0 */
  delay?: number | undefined;
  /** How many calls fail before the first one succeeds. @default 0 */
  failTimes?: number | undefined;
  /** How those calls fail: with this error. @default the connection is lost */
  failWith?: ScenarioName | undefined;
}

/** One request that the mock saw. It holds no key. */
export interface MockCall {
  readonly method: string;
  readonly url: string;
  /** By their names in small letters. Those that hold secrets say `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
  /** What it was answered with; undefined where the request was outside the contract, or the connection was lost. */
  readonly scenario: ScenarioName | undefined;
  /** The status of the answer; undefined where the connection was lost. */
  readonly status: number | undefined;
}

export interface MockFetch {
  (input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** The latest requests, the oldest first; of more than 1,000 the first are forgotten. */
  readonly calls: readonly MockCall[];
}

/** A process that calls for days must not grow. */
const keptCalls = 1_000;
const secretHeaders = ['authorization', 'proxy-authorization', 'cookie', 'x-api-key'];

/**
 * The mock as a `fetch`: the scenarios, filters and errors of the mock server, in process. It answers for any host.
 *
 * @example A client without a network
 * ```ts
 * const client = createCreditBalancesClient({ apiKey: 'test', environment: 'sandbox', fetch: createMockFetch() });
 * ```
 * @throws {UsageError} an option is unknown or wrong.
 */
export function createMockFetch(options: MockFetchOptions = {}): MockFetch {
  const { preset, failure, delay, failTimes } = checked(options);
  const calls: MockCall[] = [];
  let number = 0;

  const mockFetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    number += 1;
    const choice = number <= failTimes ? failure : answerTo(request, preset);
    const scenario = choice !== undefined && 'scenario' in choice ? choice.scenario : undefined;
    calls.push({ ...seen(request), scenario: scenario?.name, status: scenario?.status ?? (choice as Problem)?.status });
    if (calls.length > keptCalls) calls.shift();
    if (delay > 0) await sleep(delay, request.signal);
    // What undici throws when the other side closes the connection.
    if (choice === undefined) throw new TypeError('fetch failed', { cause: new Error('other side closed') });
    return response(choice, request.method);
  };
  return Object.assign(mockFetch, { calls });
}

/** Routes as Prism does: what is outside the contract gets Prism's own problem. */
function answerTo({ method, url, headers }: Request, preset: Scenario | undefined): Choice | Problem {
  const { pathname, searchParams: query } = new URL(url);
  const customerId = customerIdIn(pathname);
  if (customerId === undefined) {
    return problem('NO_PATH_MATCHED_ERROR', `The route ${pathname} hasn't been found in the specification file`);
  }
  if (method !== 'GET') {
    const detail = `The route ${pathname} has been matched, but it does not have "${method.toLowerCase()}" method defined`;
    return problem('NO_METHOD_MATCHED_ERROR', detail);
  }
  return choose({ customerId, query, header: (name) => headers.get(name) }, preset);
}

function response(choice: Choice | Problem, method: string): Response {
  const [status, headers, body] =
    'scenario' in choice
      ? [choice.scenario.status, choice.scenario.headers, choice.fitted(choice.scenario.body)]
      : [choice.status, { 'Content-Type': 'application/problem+json' }, choice];
  return new Response(method === 'HEAD' ? null : JSON.stringify(body), { status, headers });
}

function seen({ method, url, headers }: Request): Pick<MockCall, 'method' | 'url' | 'headers'> {
  const token = headers.get('authorization')?.replace(/^\S+ +/, '') ?? '';
  const kept = Array.from(headers, ([name, value]) => [name, secretHeaders.includes(name) ? '[redacted]' : value]);
  return new Redactor(token).json({ method, url, headers: Object.fromEntries(kept) as Record<string, string> });
}

const optionNames: readonly string[] = [
  'scenario',
  'delay',
  'failTimes',
  'failWith',
] satisfies (keyof MockFetchOptions)[];

function checked(options: MockFetchOptions) {
  checkNames(options, optionNames);
  const { scenario, delay = 0, failTimes = 0, failWith } = options;
  checkDuration('delay', delay, 0);
  if (typeof failTimes !== 'number' || !(failTimes >= 0)) {
    throw new UsageError(`failTimes must be a number of calls, 0 or more; it is ${shown(failTimes)}.`);
  }
  const failing = find('failWith', failWith);
  if (failing?.status === 200) throw new UsageError(`failWith must be an error; ${failing.name} is none.`);
  return {
    preset: find('scenario', scenario),
    failure: failing === undefined ? undefined : unfitted(failing),
    delay,
    failTimes,
  };
}

function find(option: string, name: ScenarioName | undefined): Scenario | undefined {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (name === undefined || found !== undefined) return found;
  const all = scenarios.map((scenario) => scenario.name).join(', ');
  throw new UsageError(`${option} must be a scenario of the contract, not ${shown(name)}. There are ${all}.`);
}
