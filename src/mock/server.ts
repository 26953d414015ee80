import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../errors.js';
import { checkFunction, checkNames } from '../options.js';
import { shown } from '../shown.js';
import type { ScenarioName } from './choose.js';
import { type Asked, answerWith } from './mocker.js';
import { createServer, getHttpOperationsFromSpec } from './prism.js';

export interface MockServerOptions {
  /** 0 takes any free port. @default 4010 */
  port?: number | undefined;
  /** @default '127.0.0.1' */
  host?: string | undefined;
  /** Told of each request when its answer is sent, for logs. */
  onRequest?: ((request: ServedRequest) => void) | undefined;
  /** Told where an answer breaks the contract by Prism's judgement, which would be a fault of the mock. */
  onViolation?: ((message: string) => void) | undefined;
}

/** One request that was answered. It holds no key. */
export interface ServedRequest {
  method: string;
  /** With the query. */
  path: string;
  status: number;
  /** Undefined where the request was outside the contract. */
  scenario: ScenarioName | undefined;
  /** From the request's head to the end of the answer, in milliseconds. */
  duration: number;
}

export interface MockServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Lets open requests finish, two seconds at most, and frees the port. */
  close(): Promise<void>;
}

const optionNames: readonly string[] = [
  'port',
  'host',
  'onRequest',
  'onViolation',
] satisfies (keyof MockServerOptions)[];
const bundle = fileURLToPath(new URL('../../generated/openapi.json', import.meta.url));
/** How long `close` waits for open requests, in milliseconds. */
const grace = 2_000;

/**
 * Starts a mock of the contract: Prism's server, with what Paddle does beyond Prism.
 *
 * @returns when it answers.
 * @throws {UsageError} an option is unknown or wrong.
 * @throws {Error} with the system's `code`, such as `EADDRINUSE` for a port that is taken.
 */
export async function startMock(options: MockServerOptions = {}): Promise<MockServer> {
  checkNames(options, optionNames);
  const { port = 4010, host = '127.0.0.1', onRequest, onViolation } = options;
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new UsageError(`port must be a whole number from 0 to 65535; it is ${shown(port)}.`);
  }
  if (typeof host !== 'string') throw new UsageError(`host must be a string; it is ${shown(host)}.`);
  checkFunction('onRequest', onRequest);
  checkFunction('onViolation', onViolation);

  const asked = new WeakMap<object, Asked>();
  const prism = createServer(await getHttpOperationsFromSpec(bundle), {
    cors: true,
    config: {
      // The key and the parameters are judged by the scenario choice, which the mock `fetch` shares.
      checkSecurity: false,
      validateRequest: false,
      validateResponse: true,
      errors: false,
      mock: { dynamic: false },
      upstreamProxy: undefined,
      isProxy: false,
    },
    components: { logger: violationLogger(onViolation), mock: answerWith(asked) },
  });

  const server = await listen(prism.listen, { port, host }, (incoming, response) => {
    asked.set(incoming.headers, prepare(incoming));
    if (onRequest !== undefined) report(incoming, response, asked, onRequest);
  });
  let closed: Promise<void> | undefined;
  return { url: address(server), close: () => (closed ??= close(server)) };
}

/**
 * Prism shows its HTTP server to nobody, so it is taken from Node's own announcement of the listening, and the hook
 * put before Prism's handler.
 */
async function listen(
  start: (port: number) => Promise<string>,
  options: { port: number; host: string },
  before: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  let server: Server | undefined;
  let failure: unknown;
  const onListen = (message: unknown) => {
    const announced = message as { server: Server; options: unknown };
    if (announced.options !== options) return;
    server = announced.server;
    // Prism would pass on the message alone, without the code.
    server.once('error', (error) => (failure = error));
    server.prependListener('request', before);
  };
  subscribe('tracing:net.server.listen:asyncStart', onListen);
  try {
    // Prism passes on to `server.listen` what it is given, which may also be an object.
    await start(options as never);
  } catch (error) {
    throw failure ?? error;
  } finally {
    unsubscribe('tracing:net.server.listen:asyncStart', onListen);
  }
  if (server === undefined) throw new Error(`Node ${process.version} does not tell which server listens.`);
  return server;
}

/** Takes from the request what Prism would read in a way of its own, and what it could not read at all. */
function prepare(request: IncomingMessage): Asked {
  const { headers, url = '/' } = request;
  const prefer = headers.prefer;
  const asked: Asked = { prefer: Array.isArray(prefer) ? prefer.join(',') : prefer };
  // A header that says nothing also keeps Prism from reading `__code` and the like from the query.
  headers.prefer = 'none';
  // The body of a request plays no part in the contract.
  delete headers['content-length'];
  delete headers['transfer-encoding'];
  if (!URL.canParse(url, 'http://mock')) request.url = `/${encodeURIComponent(url)}`;
  return asked;
}

function report(
  { method = '', url = '', headers }: IncomingMessage,
  response: ServerResponse,
  asked: WeakMap<object, Asked>,
  onRequest: (request: ServedRequest) => void,
): void {
  const start = performance.now();
  response.once('finish', () => {
    const duration = performance.now() - start;
    const path = withoutKeys(url, headers.authorization);
    onRequest({ method, path, status: response.statusCode, scenario: asked.get(headers)?.scenario, duration });
  });
}

/** A key that went into the address by mistake must not go into a log. */
function withoutKeys(url: string, authorization = ''): string {
  const token = authorization.replace(/^\S+ +/, '');
  const text = token.length < 8 ? url : url.replaceAll(token, '[redacted]');
  return text.replace(/pdl_\w+/g, '[redacted]').slice(0, 300);
}

function violationLogger(onViolation: MockServerOptions['onViolation']) {
  const nothing = () => undefined;
  const logger = {
    ...{ fatal: nothing, warn: nothing, info: nothing, debug: nothing, trace: nothing, silent: nothing },
    ...{ success: nothing, start: nothing, note: nothing, star: nothing },
    error: (from: { name?: string }, message: string) => {
      if (from.name === 'VALIDATOR') onViolation?.(message);
    },
    child: () => logger,
  };
  return logger as never;
}

function address(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that is kept alive is idle only when its last answer is out.
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    const last = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(last);
      resolve();
    });
  });
}
