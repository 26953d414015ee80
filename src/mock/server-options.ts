import { UsageError } from '../errors/errors.js';
import { assertInteger, assertType } from '../options/assertions.js';
import { type MockOptions, type MockSettings, mockOptionNames, readMockSettings } from './options.js';
import type { ScenarioName } from './scenarios.js';

/** How the mock server behaves, and where it listens. */
export interface MockServerOptions extends MockOptions {
  /** 0 takes any free port. @default 4010 */
  port?: number | undefined;
  /** @default '127.0.0.1' */
  host?: string | undefined;
  /** Whether pages of other origins may read the answers, which Paddle does not allow. @default false */
  cors?: boolean | undefined;
  /** Called with each request when its answer is sent, for logs. */
  onRequest?: ((request: ServedRequest) => void) | undefined;
  /** Called where an answer breaks the contract by Prism's judgement, which would be a fault of the mock. */
  onViolation?: ((message: string) => void) | undefined;
}

/** One request that was answered. It holds no key. */
export interface ServedRequest {
  /** As it was sent: `GET`. */
  method: string;
  /** With the query. */
  path: string;
  /** Undefined where the connection was lost. */
  status: number | undefined;
  /** Undefined for the mock's state, outside the contract, and where the connection was lost. */
  scenario: ScenarioName | undefined;
  /** What answered. */
  source: 'scenario' | 'state' | 'problem' | 'control' | 'preflight' | 'lost connection';
  /** What a server may read otherwise than its sender means. */
  warning: string | undefined;
  /** From the request's head to the end of the answer, in milliseconds. */
  duration: number;
}

export const serverOptionNames = [
  'port',
  'host',
  'cors',
  'onRequest',
  'onViolation',
  ...mockOptionNames,
] as const satisfies (keyof MockServerOptions)[];

export interface ServerSettings extends MockSettings {
  port: number;
  host: string;
  cors: boolean;
  onRequest: MockServerOptions['onRequest'];
  onViolation: MockServerOptions['onViolation'];
}

/** @throws {UsageError} an option is wrong. */
export function readServerSettings(options: Readonly<MockServerOptions>): ServerSettings {
  const { port = 4010, host = '127.0.0.1', cors = false, onRequest, onViolation } = options;
  assertInteger('port', port, 0, 65_535);
  assertType('host', host, 'string');
  // Node would take it for every address of the machine.
  if (host.trim() === '')
    throw new UsageError('host must not be empty: 127.0.0.1 is this machine alone.', { option: 'host' });
  assertType('cors', cors, 'boolean');
  assertType('onRequest', onRequest, 'function');
  assertType('onViolation', onViolation, 'function');
  return { ...readMockSettings(options), port, host, cors, onRequest, onViolation };
}
