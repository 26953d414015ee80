import type { ControlResponse } from '../../mock/state.js';

/** The address of the control surface, and of what describes it. */
export const controlRoot = '/_mock';

/** A header on every answer. */
const ownHeaders = { 'X-Mock-Control': "This answer is the mock server's own and not part of the Paddle API." };

/** The errors of the control surface, as RFC 9457 describes them. They look unlike Paddle's on purpose. */
export const problems = {
  'invalid-request': { status: 400, title: 'The mock cannot read the request' },
  'unknown-path': { status: 404, title: 'The mock has no such address' },
  'unknown-customer': { status: 404, title: 'The mock has no such customer' },
  'unknown-invoice': { status: 404, title: 'The mock has no such invoice' },
  'method-not-allowed': { status: 405, title: 'The mock does not allow this method here' },
  'body-too-large': { status: 413, title: 'The mock does not read a body of this size' },
  'invoice-settled': { status: 409, title: 'The invoice is not billed any more' },
} as const;

export function replyJson(status: number, body: unknown): ControlResponse {
  return { status, headers: { 'Content-Type': 'application/json', ...ownHeaders }, body: JSON.stringify(body) };
}

export function replyEmpty(headers: Readonly<Record<string, string>> = {}): ControlResponse {
  return { status: 204, headers: { ...headers, ...ownHeaders }, body: undefined };
}

export function replyProblem(
  name: keyof typeof problems,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): ControlResponse {
  const { status, title } = problems[name];
  const body = { type: makeProblemType(name), title, status, detail };
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers, ...ownHeaders },
    body: JSON.stringify(body),
  };
}

/** A relative reference: what it leads to is the description of the control surface. */
export function makeProblemType(name: string): string {
  return `${controlRoot}#${name}`;
}
