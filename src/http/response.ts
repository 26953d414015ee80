import type { DeclaredResponse, Operation } from '../../generated/operations.js';
import { ApiError, ContractError, type ContractIssue } from '../errors/errors.js';
import type { Redactor } from '../errors/redaction.js';
import type { Body } from './body.js';
import { claimsError, claimsErrorMessage, findDeclared, findMediaType } from './declared.js';
import { describeFields, describeStatus } from './describe.js';
import { readEnvelope } from './envelope.js';
import { findIssues } from './issues.js';
import { parseJson, repeatedName, repeatsName } from './json.js';
import { isRetryableStatus, parseRetryAfter } from './retry.js';

/** How much of a body that is not Paddle's a message shows, in characters. */
const excerptLength = 200;
/** How many issues a message shows, and how many `issues` has. */
const shownIssues = 3;
const keptIssues = 100;
/** A validator stops soon after so many. */
const countedIssues = 1000;

type DeclaredContent = DeclaredResponse['content'][string];

export interface Received {
  response: Response;
  body: Body;
  operation: Operation;
  /** Says method and address, for messages. */
  describe: () => string;
  redactor: Redactor;
}

/**
 * Checks a response against the contract. Whatever the contract does not declare is an error, so that nothing broken
 * passes for data.
 *
 * @param findMismatches finds what a valid body has that was not asked for; without it no body is checked.
 * @returns the body, parsed.
 * @throws {ApiError} the status is an error's. @throws {ContractError} the response is not the contract's.
 */
export function readResponse(
  { response, body, operation, describe, redactor }: Received,
  findMismatches: ((body: unknown) => ContractIssue[]) | undefined,
): unknown {
  const parsed = parseJson(body.text);
  if (response.status >= 400) throw apiError({ response, body, describe, redactor }, parsed?.value);

  const failOn = (issues: ContractIssue[]): void => {
    if (issues.length === 0) return;
    const kept = issues.slice(0, keptIssues).map(({ path, message }) => ({
      path: redactor.text(path),
      message: redactor.text(message),
    }));
    const shown = kept.slice(0, shownIssues).map(({ path, message }) => `${path} ${message}`.trim());
    const count = issues.length > countedIssues ? 'many' : issues.length - shownIssues;
    const more = issues.length > shownIssues ? `; and ${count} more` : '';
    throw new ContractError(`The response breaks the contract: ${shown.join('; ')}${more} [${describe()}]`, {
      issues: kept,
      status: response.status,
      requestId: readEnvelope(parsed?.value, redactor).requestId,
    });
  };

  const failWith = (message: string) => failOn([{ path: '', message }]);
  const content = chooseContent(response, operation);
  if (typeof content === 'string') return failWith(content);
  if (body.isCut) return failWith('the body is larger than maxBodySize allows');
  if (parsed === undefined) return failWith(`the body is not JSON: ${takeExcerpt(redactor.text(body.text))}`);
  if (findMismatches !== undefined) {
    if (repeatsName(body.text, parsed.value)) return failWith(repeatedName);
    failOn(checkBody(parsed.value, content));
    failOn(findMismatches(parsed.value));
  }
  return parsed.value;
}

function checkBody(value: unknown, { validate }: DeclaredContent): ContractIssue[] {
  const issues = findIssues(validate as never, value);
  if (claimsError(value)) issues.push({ path: '/error', message: claimsErrorMessage });
  return issues;
}

function apiError({ response, body, describe, redactor }: Omit<Received, 'operation'>, value: unknown): ApiError {
  const { status } = response;
  const { type, code, documentationUrl, fieldErrors, requestId, ...envelope } = readEnvelope(value, redactor);
  const detail = envelope.detail ?? takeExcerpt(redactor.text(body.text));
  const retryAfter = parseRetryAfter(redactor.text(response.headers.get('Retry-After') ?? ''));
  const context = [
    describe(),
    ...(requestId === undefined ? [] : [`request ${requestId}`]),
    ...(retryAfter === undefined ? [] : [`retry after ${retryAfter} s`]),
  ];
  const message = `${describeStatus({ status, code })}: ${detail}${describeFields(fieldErrors)} [${context.join(', ')}]`;
  return new ApiError(message, {
    ...{ status, type, code, detail, documentationUrl, fieldErrors, requestId, retryAfter },
    // A body that does not end would not end the next time either.
    retryable: isRetryableStatus(status) && !body.isCut,
  });
}

/** What the contract declares for a response; in words, what is wrong with it before its body is looked at. */
function chooseContent({ status, type, headers }: Response, { responses }: Operation): DeclaredContent | string {
  if (type === 'opaqueredirect' || status >= 300) return 'it is a redirect, which is not followed: check the address';
  const declared = findDeclared(responses, status)?.content;
  if (declared === undefined) return `its status is ${status} and not ${Object.keys(responses).join(' or ')}`;
  const contentType = headers.get('Content-Type');
  const content = declared[findMediaType(declared, contentType) ?? ''];
  const expected = Object.keys(declared).join(' or ');
  return content ?? `its content type is ${contentType ?? 'missing'} and not ${expected}`;
}

/** The start of a body. It must be redacted already: half a key would not be found. */
function takeExcerpt(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'the body is empty';
  return trimmed.length > excerptLength ? `${trimmed.slice(0, excerptLength)}…` : trimmed;
}
