import {
  type DeclaredResponse,
  type DeclaredResponses,
  outlines,
  type Validator,
  type Violation,
} from '../../generated/operations.js';
import type { Body } from '../http/body.js';
import { claimsError, claimsErrorMessage, findDeclared, findMediaType } from '../http/declared.js';
import { parseJson, repeatedName, repeatsName } from '../http/json.js';
import { describeValue } from '../options/describe-value.js';
import { checkHeaders } from './check-headers.js';
import { error, type Finding, limitFindings, warning } from './finding.js';
import { compareWithOutline } from './outline.js';

/** A response whose body was read. */
export interface ReceivedResponse extends Pick<Response, 'status' | 'type' | 'headers'> {
  body: Body;
}

/** Finds what of a response breaks the contract of an operation, and what is new in it. */
export function checkReceived(
  { status, type, headers, body }: ReceivedResponse,
  responses: DeclaredResponses,
): Finding[] {
  const declared = findDeclared(responses, status);
  const describe = () => describeUndeclared(status, type, responses);
  if (declared === undefined) return [error('undeclared-status', 'status', describe())];
  const ofBody = limitFindings(checkBody(declared.content, headers, body, status));
  const findings = [...checkHeaders(declared.headers, headers), ...ofBody];
  if (Object.hasOwn(responses, status) || `${Math.floor(status / 100)}XX` in responses) return findings;
  // The set of error statuses is open for responses with the contract's error body.
  const isError = findings.some(({ severity }) => severity === 'error');
  return [(isError ? error : warning)('undeclared-status', 'status', describe()), ...findings];
}

function describeUndeclared(status: number, type: ResponseType, responses: DeclaredResponses): string {
  const all = Object.keys(responses).filter((name) => name !== 'default');
  // A browser shows a redirect that was not followed as status 0.
  const what = type === 'opaqueredirect' ? 'that of a redirect' : String(status);
  return `is ${what}; the contract lists ${all.join(', ')}`;
}

function checkBody(content: DeclaredResponse['content'], headers: Headers, { text, isCut }: Body, status: number) {
  const declared = Object.keys(content);
  const [first] = declared;
  if (isCut)
    return [error('body-size', 'body', `is larger than ${text.length} characters, and was not read to its end`)];
  if (first === undefined) return text === '' ? [] : [error('schema', 'body', 'must be empty')];

  const contentType = headers.get('Content-Type');
  const match = findMediaType(content, contentType);
  const found: Finding[] = [];
  if (match === undefined) {
    const what = contentType === null ? 'is missing' : `is ${describeValue(contentType)}`;
    found.push(error('content-type', 'header Content-Type', `${what}; the contract declares ${declared.join(' or ')}`));
  }
  const mediaType = match ?? first;
  if (!/[/+]json$/i.test(mediaType)) return found;

  if (text.trim() === '') return [...found, error('not-json', 'body', 'is empty')];
  const parsed = parseJson(text);
  if (parsed !== undefined) {
    const { validate, schema } = content[mediaType] as DeclaredResponse['content'][string];
    // Unknown fields are news only in a body of the declared media type.
    const added = match === undefined ? [] : compareWithOutline(parsed.value, outlines[schema] ?? {}, 'body');
    const isContradictory = status < 400 && claimsError(parsed.value);
    const contradiction = isContradictory ? [error('schema', 'body/error', claimsErrorMessage)] : [];
    const repeated = repeatsName(text, parsed.value) ? [error('schema', 'body', repeatedName)] : [];
    return [...found, ...repeated, ...describeViolations(validate, parsed.value), ...contradiction, ...added];
  }
  // The content type has said already that a page of HTML is not JSON.
  const start = describeValue(text.trim());
  return match === undefined ? found : [error('not-json', 'body', `is not JSON: it starts with ${start}`)];
}

function describeViolations(validate: Validator<unknown>, value: unknown): Finding[] {
  if (validate(value)) return [];
  return (validate.errors as Violation[]).map(({ instancePath, message }) =>
    error('schema', `body${instancePath}`, message),
  );
}
