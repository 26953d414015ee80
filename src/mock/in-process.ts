import { sleep } from '../http/abort.js';
import { findRoute, listMethods } from '../http/operations.js';
import { describeName } from '../options/describe-value.js';
import { createGate } from './admit.js';
import type { MockSettings } from './options.js';
import { describeProblem, isProblem, type Problem, problemMediaType } from './problem.js';
import { redactRequest } from './redact-request.js';
import { type Answer, respond } from './respond.js';
import type { ScenarioName } from './scenarios.js';
import { type MockState, readControlBody } from './state.js';

/** One request that the mock received. It holds no key. */
export interface MockCall {
  /** As it was sent: `GET`. */
  readonly method: string;
  /** With the query. Secrets in it say `[redacted]`. */
  readonly url: string;
  /** By their names in lowercase. The value of a header that holds a secret is `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The scenario of the answer; undefined for an answer from the mock's state, a problem, and a lost connection. */
  readonly scenario: ScenarioName | undefined;
  /** The status of the answer; undefined for a lost connection. */
  readonly status: number | undefined;
}

/** The mock as a `fetch`, with the requests that it saw. */
export interface InProcessFetch {
  /** Answers a request, as `fetch` does. */
  (input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** The latest requests, the oldest first; only the newest 1,000 are kept. */
  readonly calls: readonly MockCall[];
}

/** The memory of a process that runs for days must not grow. */
const keptCalls = 1_000;

/** Makes the mock as a `fetch`, in process. It answers for any host. */
export function createFetch(settings: MockSettings, state?: MockState): InProcessFetch {
  const calls: MockCall[] = [];
  const admit = createGate(settings);

  const mockFetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const { method } = request;
    const url = new URL(request.url);
    const { pathname: path } = url;
    if (state?.owns(path)) {
      const control = state.control({ method, path, ...readControlBody(await request.arrayBuffer()) });
      return new Response(control.body ?? null, control);
    }

    // As the server: turned away when it comes, answered from the state as it is when the answer is due.
    const admission = admit();
    if (settings.delay > 0) await sleep(settings.delay, request.signal);
    const answer = choose(request, url, admission, settings, state);
    const scenario = answer !== 'lost' && !isProblem(answer) ? answer : undefined;
    const redacted = redactRequest(request.url, request.headers);
    calls.push({
      method: describeName(method),
      url: redacted.url,
      headers: redacted.headers,
      scenario: scenario?.source === 'scenario' ? scenario.scenario.name : undefined,
      status: answer === 'lost' ? undefined : isProblem(answer) ? answer.status : answer.scenario.status,
    });
    if (calls.length > keptCalls) calls.shift();
    // The error of Node's `fetch` when the server closes the connection.
    if (answer === 'lost') throw new TypeError('fetch failed', { cause: new Error('other side closed') });
    if (isProblem(answer)) return makeResponse(answer.status, { 'Content-Type': problemMediaType }, answer, method);
    const { scenario: answered, body } = answer;
    return makeResponse(answered.status, { ...answered.headers, ...answer.headers }, body, method);
  };
  return Object.assign(mockFetch, { calls });
}

/** Routes as Prism does: a request that the contract does not define gets Prism's own problem. */
function choose(
  { method, headers }: Request,
  { pathname, searchParams }: URL,
  admission: ReturnType<ReturnType<typeof createGate>>,
  { preset }: MockSettings,
  state: MockState | undefined,
): Answer | Problem | 'lost' {
  if (admission === 'lost') return admission;
  const route = findRoute(method, pathname, searchParams);
  if (route !== undefined) {
    return admission?.(route) ?? respond(route, (name) => headers.get(name), preset, state);
  }
  return listMethods(pathname).length > 0
    ? describeProblem(
        'NO_METHOD_MATCHED_ERROR',
        `The route ${pathname} has been matched, but it does not have "${method.toLowerCase()}" method defined`,
      )
    : describeProblem(
        'NO_PATH_MATCHED_ERROR',
        `The route ${pathname} hasn't been found in the specification file${state === undefined ? '' : controlHint}`,
      );
}

/** Is appended to the problem of an unknown path. */
export const controlHint = '; GET /_mock lists what this mock serves';

function makeResponse(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  method: string,
): Response {
  return new Response(method === 'HEAD' ? null : JSON.stringify(body), { status, headers });
}
