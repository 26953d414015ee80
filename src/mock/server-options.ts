import { assertInteger, assertType } from '../options/assertions.js';
import { looksSecret } from '../options/describe-value.js';
import { refuse, refuseValue } from '../options/refuse.js';
import { type MockOptions, type MockSettings, mockOptionNames, readMockSettings } from './options.js';
import type { ScenarioName } from './scenarios.js';

/** The options of the mock server. */
export interface ServerOptions extends MockOptions {
  /** The port to listen on; 0 for any free one. @default 4010 */
  port?: number | undefined;
  /** The address to listen on. @default '127.0.0.1' */
  host?: string | undefined;
  /** Whether pages of other origins may read the answers, which Paddle does not allow. @default false */
  cors?: boolean | undefined;
  /** Called with each request when its answer is sent, for logs. */
  onRequest?: ((request: ServedRequest) => void) | undefined;
  /** Called if Prism finds that an answer breaks the contract, which would be a bug of the mock. */
  onViolation?: ((message: string) => void) | undefined;
}

/** One request that the mock server received. It holds no key. */
export interface ServedRequest {
  /** As it was sent: `GET`. */
  method: string;
  /** With the query. */
  path: string;
  /** The status of the answer; undefined for a lost connection. */
  status: number | undefined;
  /** The scenario of the answer; undefined for an answer from any other `source`. */
  scenario: ScenarioName | undefined;
  /**
   * Where the answer comes from: a scenario, the mock's state, a problem outside the contract, the mock's own surface,
   * or CORS.
   */
  source: 'scenario' | 'state' | 'problem' | 'control' | 'preflight' | 'lost connection';
  /** Why another server may read the request in another way than its sender means. */
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
] as const satisfies (keyof ServerOptions)[];

export interface ServerSettings extends MockSettings {
  port: number;
  host: string;
  cors: boolean;
  onRequest: ServerOptions['onRequest'];
  onViolation: ServerOptions['onViolation'];
}

/** @throws {UsageError} an option is wrong. */
export function readServerSettings(options: Readonly<ServerOptions>): ServerSettings {
  const { port = 4010, host = '127.0.0.1', cors = false, onRequest, onViolation } = options;
  assertInteger('port', port, 0, 65_535);
  assertType('host', host, 'string');
  // Node would take it for every address of the machine.
  if (host.trim() === '') refuse('host', 'must not be empty: 127.0.0.1 is this machine alone.');
  // The system's own error would quote it.
  if (looksSecret(host)) refuseValue('host', 'an address of this machine', host);
  assertType('cors', cors, 'boolean');
  assertType('onRequest', onRequest, 'function');
  assertType('onViolation', onViolation, 'function');
  return { ...readMockSettings(options), port, host, cors, onRequest, onViolation };
}
