import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { sleep } from '../http/abort.js';
import { findRoute } from '../http/operations.js';
import { createGate } from './admit.js';
import { createPrism } from './ask-prism.js';
import { callSafely } from './call-safely.js';
import { allowOrigin, isPreflight, pageWarning } from './cors.js';
import { controlHint } from './in-process.js';
import { listen } from './listen.js';
import { readRequestBody } from './read-request-body.js';
import { redactRequest } from './redact-request.js';
import { respond } from './respond.js';
import type { RunningServer } from './running-server.js';
import { refuseBadRequest, type Sent, send, sendFault } from './send.js';
import type { ServedRequest, ServerSettings } from './server-options.js';
import type { MockState } from './state.js';
import { findWarning } from './warnings.js';

type Outcome = Pick<ServedRequest, 'status' | 'source'> & Partial<Pick<ServedRequest, 'scenario' | 'warning'>>;

const lost: Outcome = { status: undefined, source: 'lost connection' };

/**
 * Serves a description with Prism, and adds what Paddle does beyond it.
 *
 * @param document the bundle.
 * @throws {Error} with the system's `code`, such as `EADDRINUSE` for a port that is taken.
 */
export async function serveMock(document: object, settings: ServerSettings, state?: MockState): Promise<RunningServer> {
  const { cors, delay, preset, onRequest, onViolation } = settings;
  const admit = createGate(settings);
  const askPrism = createPrism(document, (message) => callSafely('onViolation', () => onViolation?.(message)));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<Outcome> {
    const { method = 'GET', headers } = request;
    if (cors) allowOrigin(headers, response);
    if (cors && isPreflight(method, headers)) {
      response.writeHead(204).end();
      return { status: 204, source: 'preflight' };
    }
    const { pathname, searchParams: query } = readTarget(request.url ?? '/');
    if (state?.owns(pathname)) {
      const control = state.control({ method, path: pathname, ...(await readRequestBody(request)) });
      response.writeHead(control.status, control.headers).end(control.body);
      return { status: control.status, source: 'control' };
    }

    const admission = admit();
    if (delay > 0) await sleep(delay, abortOnClose(request, response));
    if (admission === 'lost') {
      request.socket.destroy();
      return lost;
    }
    const header = (name: string) => headers[name]?.toString();
    const route = findRoute(method, pathname, query);
    const answered = await askPrism({ method, pathname, route }, (found) => {
      return admission?.(found) ?? respond(found, header, preset, state);
    });
    const { status, answer } = answered;
    send(response, status === 404 && answer === undefined ? withHint(answered, state) : answered, method);
    return {
      status,
      scenario: answer?.source === 'scenario' ? answer.scenario.name : undefined,
      source: answer?.source ?? (isPreflight(method, headers) ? 'preflight' : 'problem'),
      warning: route === undefined ? undefined : findWarning(route, query),
    };
  }

  async function report(request: IncomingMessage, start: number, pending: Promise<Outcome>): Promise<unknown> {
    const duration = performance.now() - start;
    const { method = '', headers } = request;
    const { url: path, redactor } = redactRequest(request.url ?? '', headerEntries(request));
    const { scenario, warning, ...outcome } = await pending;
    const isHidden = headers.origin !== undefined && !cors;
    return onRequest?.({
      ...{ method, path: path.slice(0, 300), ...outcome, scenario, duration },
      warning: isHidden ? pageWarning : warning && redactor.text(warning),
    });
  }

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const start = performance.now();
    const outcome = handle(request, response).catch((error: unknown): Outcome => {
      const status = sendFault(response, error);
      return status === undefined ? lost : { status, source: 'problem' };
    });
    if (onRequest === undefined) return;
    onceClosed(request, response, () => callSafely('onRequest', () => report(request, start, outcome)));
  };
  // A mock need not be asked by a name.
  const server = createServer({ requireHostHeader: false }, serve);
  // Node would answer an expectation that it does not know, and leave out headers beyond a number, without a word.
  server.on('checkExpectation', serve);
  server.maxHeadersCount = 0;
  // Each request that a client sends before the answer to the last one listens to the connection.
  server.on('connection', (socket) => socket.setMaxListeners(0));
  server.on('clientError', refuseBadRequest);

  return listen(server, settings.port, settings.host);
}

/**
 * Calls the listener after the last byte of the answer, or when the client has closed the connection before. Node says
 * the latter of the first of several unanswered requests alone.
 */
function onceClosed({ socket }: IncomingMessage, response: ServerResponse, listener: () => void): void {
  let isOver = false;
  const close = () => {
    response.off('close', close);
    socket.off('close', close);
    // One of the two may come in the midst of the other.
    if (!isOver) listener();
    isOver = true;
  };
  response.on('close', close);
  socket.on('close', close);
}

/** A signal that aborts when there is nobody to answer any more. */
function abortOnClose(request: IncomingMessage, response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  onceClosed(request, response, () => gone.abort());
  return gone.signal;
}

/** A target that is not a URL becomes a path that matches nothing. */
function readTarget(target: string): URL {
  const url = target.startsWith('/') ? `http://mock${target}` : target;
  return URL.canParse(url) ? new URL(url) : new URL(`http://mock/${encodeURIComponent(target)}`);
}

function* headerEntries({ headers }: IncomingMessage): Generator<[string, string]> {
  for (const [name, value] of Object.entries(headers)) yield [name, [value].flat().join(', ')];
}

function withHint(answered: Sent, state: MockState | undefined): Sent {
  const body = answered.body as { detail?: string };
  return state === undefined ? answered : { ...answered, body: { ...body, detail: `${body.detail}${controlHint}` } };
}
