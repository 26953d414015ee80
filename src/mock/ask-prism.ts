import type { Route } from '../http/operations.js';
import { createInstance, mocker, ProblemJsonError, readOperations } from './prism.js';
import { describeFault, isProblem, type Problem, problemMediaType } from './problem.js';
import type { Answer } from './respond.js';

/** A request, as far as Prism has to know it. */
export interface PrismRequest {
  method: string;
  pathname: string;
  /** What of the contract it calls, if anything. */
  route: Route | undefined;
}

/** A request that Prism is asked about, with its answer once that is chosen. */
interface Pending {
  route: Route | undefined;
  choose(route: Route): Answer | Problem;
  answer?: Answer;
}

export interface PrismAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
  /** The answer that was chosen; undefined if the contract does not define the request. */
  answer: Answer | undefined;
}

/**
 * Makes Prism for a description: it routes a request, calls `choose` for the answer, and validates what is sent.
 *
 * @param onViolation called with each violation of the contract in an answer, which would be a bug of the mock.
 */
export function createPrism(document: object, onViolation: ((message: string) => void) | undefined) {
  const operations = readOperations(document);
  const pending = new WeakMap<object, Pending>();
  const config = {
    // The token and the parameters are judged by `choose`, which the mock in process shares.
    ...{ checkSecurity: false, validateRequest: false, validateResponse: true, errors: false },
    ...{ mock: { dynamic: false }, upstreamProxy: undefined, isProxy: false as const },
  };
  const prism = createInstance(config, {
    logger: silentLogger as never,
    mock: (options) => (logger) => {
      const asked = pending.get(options.input.data);
      if (asked?.route === undefined) return left(new Error('The mock does not know the route.'));
      const { route } = asked;
      const answer = asked.choose(route);
      if (isProblem(answer)) return left(problemError(answer));
      asked.answer = answer;
      const { scenario, body, headers } = answer;
      // Prism cannot find an example of another operation.
      if (scenario.operation !== route.operationId) {
        return right({ statusCode: scenario.status, headers: { ...scenario.headers, ...headers }, body });
      }
      const mock = {
        ...{ code: scenario.status, exampleKey: scenario.name, dynamic: false },
        // The contract has one media type, and nothing is known of how Paddle negotiates.
        mediaTypes: [scenario.headers['Content-Type']],
      };
      const example = mocker({ ...options, input: { ...options.input, validations: [] }, config: mock })(logger);
      if (example._tag === 'Left') return example;
      return right({ ...example.right, headers: { ...example.right.headers, ...headers }, body });
    },
  });

  return async ({ method, pathname, route }: PrismRequest, choose: Pending['choose']): Promise<PrismAnswer> => {
    const url = { path: pathname === '' ? '/' : pathname, query: {} };
    const input = { method: method.toLowerCase() as 'get', url, headers: {} };
    const asked: Pending = { route, choose };
    pending.set(input, asked);
    try {
      const result = await prism.request(input, operations as never)();
      if (result._tag === 'Left') return { ...describeLeft(result.left), answer: undefined };
      const { output, validations } = result.right;
      for (const { path, message } of validations.output) onViolation?.(`${path?.join('.') ?? ''} ${message}`.trim());
      const { statusCode: status, headers = {}, body } = output;
      return { status, headers, body, answer: asked.answer };
    } catch (error) {
      return { ...describeLeft(error), answer: undefined };
    }
  };
}

/** The problem that Prism returns in place of an output; any other error is a bug of the mock, and becomes a 500. */
function describeLeft(error: unknown): Omit<PrismAnswer, 'answer'> {
  const body =
    error instanceof ProblemJsonError ? ProblemJsonError.toProblemJson(error as Error) : describeFault(error);
  return { status: body.status, headers: { 'Content-Type': problemMediaType }, body };
}

function problemError({ type, title, status, detail }: Problem): Error {
  return new ProblemJsonError(type, title, status, detail);
}

function left(error: Error) {
  return { _tag: 'Left' as const, left: error };
}

function right<Output>(output: Output) {
  return { _tag: 'Right' as const, right: output };
}

const nothing = () => undefined;
/** Prism needs a logger. */
const silentLogger = {
  ...{ fatal: nothing, error: nothing, warn: nothing, info: nothing, debug: nothing, trace: nothing, silent: nothing },
  ...{ success: nothing, start: nothing, note: nothing, star: nothing },
  child: () => silentLogger,
};
