import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { sleep } from '../http/abort.js';
import { findRoute } from '../http/operations.js';
import { createGate } from './admit.js';
import { createPrism } from './ask-prism.js';
import { allowOrigin, isPreflight, pageWarning } from './cors.js';
import { controlHint } from './in-process.js';
import { close, listen } from './listen.js';
import { readRequestBody } from './read-request-body.js';
import { redactRequest } from './redact-request.js';
import { respond } from './respond.js';
import { refuseBadRequest, type Sent, send, sendFailure } from './send.js';
import type { ServedRequest, ServerSettings } from './server-options.js';
import type { MockState } from './state.js';
import { findWarning } from './warnings.js';

export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Lets open requests finish, two seconds at most, and frees the port. */
  close(): Promise<void>;
}

type Told = Omit<ServedRequest, 'method' | 'path' | 'duration'>;

/**
 * Serves a description with Prism, and what Paddle does beyond Prism.
 *
 * @param document the bundle.
 * @throws {Error} with the system's `code`, such as `EADDRINUSE` for a port that is taken.
 */
export async function serveMock(document: object, settings: ServerSettings, state?: MockState): Promise<RunningServer> {
  const { cors, delay, preset, onRequest, onViolation } = settings;
  const admit = createGate(settings);
  const askPrism = createPrism(document, onViolation);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<Told> {
    const { method = 'GET', headers } = request;
    if (cors) allowOrigin(headers, response);
    if (cors && isPreflight(method, headers)) {
      response.writeHead(204).end();
      return { status: 204, scenario: undefined, source: 'preflight', warning: undefined };
    }
    const { pathname, searchParams: query } = readTarget(request.url ?? '/');
    const body = state === undefined ? '' : await readRequestBody(request);
    const control = state?.control({ method, path: pathname, body });
    if (control !== undefined) {
      response.writeHead(control.status, control.headers).end(control.body);
      return { status: control.status, scenario: undefined, source: 'control', warning: undefined };
    }

    const admission = admit();
    if (delay > 0) await sleep(delay, undefined);
    if (admission === 'lost') {
      request.socket.destroy();
      return { status: undefined, scenario: undefined, source: 'lost connection', warning: undefined };
    }
    const header = (name: string) => [headers[name]].flat().join(',') || headers[name]?.toString();
    const answered = await askPrism({ method, pathname, query, header }, (route) => {
      return admission?.(route) ?? respond(route, header, preset, state);
    });
    const { status, answer } = answered;
    send(response, status === 404 && answer === undefined ? withHint(answered, state) : answered, method);
    const route = findRoute(method, pathname, query);
    const warning = route === undefined ? undefined : findWarning(route, query);
    return {
      status,
      scenario: answer?.source === 'scenario' ? answer.scenario.name : undefined,
      source: answer?.source ?? 'problem',
      warning: headers.origin !== undefined && !cors ? pageWarning : warning,
    };
  }

  const server = createServer((request, response) => {
    const start = performance.now();
    handle(request, response).then(
      (told) => {
        const { url: path } = redactRequest(request.url ?? '', headerEntries(request));
        const report = () => {
          const duration = performance.now() - start;
          onRequest?.({ method: request.method ?? '', path: path.slice(0, 300), ...told, duration });
        };
        if (response.writableFinished || request.socket.destroyed) reportSafely(report);
        else response.once('finish', () => reportSafely(report));
      },
      (error: unknown) => sendFailure(response, error),
    );
  });
  server.on('clientError', refuseBadRequest);

  const url = await listen(server, settings.port, settings.host);
  let closed: Promise<void> | undefined;
  return { url, close: () => (closed ??= close(server)) };
}

/** What a caller's own function throws ends nothing but its call. */
function reportSafely(report: () => void): void {
  try {
    report();
  } catch (error) {
    process.emitWarning(`onRequest threw: ${error instanceof Error ? error.message : 'no error'}`);
  }
}

/** A target that is no address stays in the path, which then matches nothing. */
function readTarget(target: string): URL {
  return URL.canParse(target, 'http://mock')
    ? new URL(target, 'http://mock')
    : new URL(`http://mock/${encodeURIComponent(target)}`);
}

function* headerEntries({ headers }: IncomingMessage): Generator<[string, string]> {
  for (const [name, value] of Object.entries(headers)) yield [name, [value].flat().join(', ')];
}

function withHint(answered: Sent, state: MockState | undefined): Sent {
  const body = answered.body as { detail?: string };
  return state === undefined ? answered : { ...answered, body: { ...body, detail: `${body.detail}${controlHint}` } };
}
