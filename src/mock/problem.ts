/**
 * The answer to a request that the contract does not define, as Prism sends it (`application/problem+json`). Its shape
 * differs from Paddle's errors, so that nobody takes it for one.
 */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
}

export const problemMediaType = 'application/problem+json';

const kinds = {
  NO_PATH_MATCHED_ERROR: { title: 'Route not resolved, no path matched', status: 404 },
  NO_METHOD_MATCHED_ERROR: { title: 'Route resolved, but no method matched', status: 405 },
  BAD_REQUEST: { title: 'Not a request', status: 400 },
  UNPROCESSABLE_ENTITY: { title: 'Invalid request', status: 422 },
};

export function describeProblem(kind: keyof typeof kinds, detail: string): Problem {
  return { type: `https://stoplight.io/prism/errors#${kind}`, ...kinds[kind], detail };
}

export function isProblem(answer: object): answer is Problem {
  return 'title' in answer;
}

/** What the mock answers where it fails itself. */
export function describeFault(error: unknown): Problem {
  const detail = error instanceof Error ? error.message : 'no error was given';
  return { type: 'about:blank', title: 'The mock could not answer', status: 500, detail };
}
