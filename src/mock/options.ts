import { scenarios } from '../../generated/scenarios.js';
import { assertDuration, assertInteger } from '../options/assertions.js';
import { paddleLimit } from '../options/client-options.js';
import { describeValue } from '../options/describe-value.js';
import { readOptions } from '../options/read-options.js';
import { refuse, refuseValue } from '../options/refuse.js';
import type { ScenarioName } from './scenarios.js';

/** How a mock behaves, in process and as a server. */
export interface MockOptions {
  /** The scenario that answers every request without a `Prefer` header. @default chosen by the request's parameters */
  scenario?: ScenarioName | undefined;
  /** How long each answer takes, in milliseconds. @default 0 */
  delay?: number | undefined;
  /** How many requests fail before the first one succeeds. @default 0 */
  failTimes?: number | undefined;
  /** The error that those requests get. @default the connection is closed */
  failWith?: ScenarioName | undefined;
  /**
   * How many requests a minute are answered. The first one past it starts 60 seconds of 429 with `Retry-After`, as
   * Paddle blocks an IP address; `true` is Paddle's limit of 240. A window other than a minute is in milliseconds.
   * Source: https://developer.paddle.com/api-reference/about/rate-limiting @default no limit
   */
  rateLimit?: number | true | { requests: number; window: number } | undefined;
}

export const mockOptionNames = [
  'scenario',
  'delay',
  'failTimes',
  'failWith',
  'rateLimit',
] as const satisfies (keyof MockOptions)[];

export interface MockSettings {
  preset: ScenarioName | undefined;
  /** In milliseconds. */
  delay: number;
  failTimes: number;
  failure: ScenarioName | undefined;
  rateLimit: { requests: number; window: number } | undefined;
}

/** The time of each request within the window is remembered. */
const mostRequests = 1_000_000;

/** @throws {UsageError} an option is wrong. */
export function readMockSettings(options: Readonly<MockOptions>): MockSettings {
  const { scenario, delay = 0, failTimes = 0, failWith, rateLimit } = options;
  assertDuration('delay', delay, 0);
  if (typeof failTimes !== 'number' || !(failTimes >= 0)) {
    refuseValue('failTimes', 'a number of requests, 0 or more', failTimes);
  }
  assertScenario('failWith', failWith);
  const success = scenarios.find(({ name, status }) => name === failWith && status < 400);
  if (success !== undefined) {
    refuse('failWith', `must be an error; ${success.name} has the status ${success.status}.`);
  }
  assertScenario('scenario', scenario);
  return { preset: scenario, failure: failWith, delay, failTimes, rateLimit: readRateLimit(rateLimit) };
}

function assertScenario(option: string, name: unknown): void {
  if (name === undefined || scenarios.some((scenario) => scenario.name === name)) return;
  const all = [...new Set(scenarios.map((scenario) => scenario.name))].join(', ');
  refuse(option, `must be a scenario of the contract; received ${describeValue(name)}. Scenarios: ${all}.`);
}

function readRateLimit(given: MockOptions['rateLimit']): MockSettings['rateLimit'] {
  if (given === undefined) return undefined;
  if (given === true) return paddleLimit;
  const option = 'rateLimit';
  if (typeof given !== 'object' || given === null) {
    assertInteger(option, given, 1, mostRequests);
    return { ...paddleLimit, requests: given };
  }
  const { requests, window } = readOptions(given, ['requests', 'window']);
  for (const value of [requests, window]) if (value === undefined) refuse(option, 'must have requests and window.');
  assertInteger(option, requests, 1, mostRequests);
  assertDuration(option, window, 1);
  return { requests, window };
}
