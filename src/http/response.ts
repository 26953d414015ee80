import type { Operation } from '../../generated/operations.js';
import { ContractError, type ContractIssue } from '../errors/errors.js';
import { excerpt, makeApiError, type Received } from './api-error.js';
import { claimsError, claimsErrorMessage, findDeclared, findMediaType } from './declared.js';
import { findIssues } from './issues.js';
import { parseJson } from './json.js';

/** How many issues a message shows, and how many `issues` has. */
const shownIssues = 3;
const keptIssues = 100;
const tooLarge = 'the body is larger than maxBodySize allows';

/**
 * Checks a response against the contract. Whatever is not exactly what the contract declares is an error, so that
 * nothing broken reads as data.
 *
 * @param findMismatches what is wrong with a valid body, given what was asked; nothing is checked without it.
 * @throws {ApiError} the status is an error's. @throws {ContractError} the response is not the contract's.
 */
export function assertResponse(
  { response, body, operation, request, redactor }: Received,
  findMismatches: ((body: unknown) => ContractIssue[]) | undefined,
): void {
  const parsed = parseJson(body.text);
  if (response.status >= 400) throw makeApiError({ response, body, operation, request, redactor }, parsed?.value);

  const fail = (issues: ContractIssue[]): never => {
    const kept = issues.slice(0, keptIssues).map(({ path, message }) => ({
      path: redactor.text(path),
      message: redactor.text(message),
    }));
    const shown = kept.slice(0, shownIssues).map(({ path, message }) => `${path} ${message}`.trim());
    const more = issues.length > shownIssues ? `; and ${issues.length - shownIssues} more` : '';
    const requestId = (parsed?.value as { meta?: { request_id?: unknown } } | null | undefined)?.meta?.request_id;
    throw new ContractError(`The response breaks the contract: ${shown.join('; ')}${more} [${request}]`, {
      issues: kept,
      status: response.status,
      requestId: typeof requestId === 'string' ? redactor.text(requestId) : undefined,
    });
  };

  const issue = findEnvelopeIssue(response, operation) ?? (body.isCut ? tooLarge : undefined);
  if (issue !== undefined) fail([{ path: '', message: issue }]);
  if (parsed === undefined) fail([{ path: '', message: `the body is not JSON: ${excerpt(redactor.text(body.text))}` }]);
  else if (findMismatches !== undefined) {
    const issues = checkBody(parsed.value, response, operation) ?? findMismatches(parsed.value);
    if (issues.length > 0) fail(issues);
  }
}

/** What breaks the schema; undefined where nothing does. */
function checkBody(value: unknown, { status, headers }: Response, operation: Operation): ContractIssue[] | undefined {
  const content = findDeclared(operation, status)?.content ?? {};
  const mediaType = findMediaType(content, headers.get('Content-Type')) ?? '';
  const issues = findIssues(content[mediaType]?.validate as never, value);
  if (claimsError(value)) issues.push({ path: '/error', message: claimsErrorMessage });
  return issues.length === 0 ? undefined : issues;
}

/** What is wrong with the response before its body is looked at. */
function findEnvelopeIssue({ status, type, headers }: Response, operation: Operation): string | undefined {
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    return 'it is a redirect, which is not followed, so that the API key goes nowhere else; check baseUrl';
  }
  const declared = findDeclared(operation, status);
  if (declared === undefined) {
    const expected = Object.keys(operation.responses).filter((name) => /^[12]/.test(name));
    return `its status is ${status} and not ${expected.join(' or ')}`;
  }
  const contentType = headers.get('Content-Type');
  if (findMediaType(declared.content, contentType) === undefined) {
    return `its content type is ${contentType ?? 'missing'} and not ${Object.keys(declared.content).join(' or ')}`;
  }
  return undefined;
}
