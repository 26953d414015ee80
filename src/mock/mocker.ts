import { choose, type MockRequest, type ScenarioName } from './choose.js';
import { customerIdIn } from './path.js';
import { mocker, ProblemJsonError } from './prism.js';

/** What is kept of one request beside Prism: the `Prefer` that it sent, and the scenario that was chosen. */
export interface Asked {
  prefer: string | undefined;
  scenario?: ScenarioName;
}

/**
 * Prism's mocker, told which example to answer with; its answer is then fitted to the request, and Prism validates
 * the outcome.
 *
 * @param asked by the `headers` of each request.
 */
export function answerWith(asked: WeakMap<object, Asked>): typeof mocker {
  return (options) => (logger) => {
    try {
      const { url, headers = {} } = options.input.data;
      const kept = asked.get(headers);
      const choice = choose({
        customerId: customerIdIn(url.path) ?? '',
        query: queryOf(url.query ?? {}),
        header: (name) => (name === 'prefer' ? kept?.prefer : headers[name]),
      });
      if ('title' in choice) return left(choice);

      const { scenario, fitted } = choice;
      if (kept !== undefined) kept.scenario = scenario.name;
      const config = {
        code: scenario.status,
        exampleKey: scenario.name,
        // The contract has one media type, and nothing is known of how Paddle negotiates.
        mediaTypes: [scenario.headers['Content-Type']],
        dynamic: false,
      };
      const answer = mocker({ ...options, input: { ...options.input, validations: [] }, config })(logger);
      return answer._tag === 'Left'
        ? answer
        : { ...answer, right: { ...answer.right, body: fitted(answer.right.body) } };
    } catch (error) {
      // What is thrown here would end the process: Prism awaits nothing.
      return left({ type: 'INTERNAL', title: 'The mock failed', status: 500, detail: String(error) });
    }
  };
}

function left({ type, title, status, detail }: { type: string; title: string; status: number; detail: string }) {
  return { _tag: 'Left' as const, left: new ProblemJsonError(type, title, status, detail) };
}

function queryOf(query: Record<string, string | string[]>): MockRequest['query'] {
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, values]) => [values].flat().map((value) => [name, value])),
  );
}
