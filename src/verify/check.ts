import { type DeclaredBody, type DeclaredResponse, operations } from '../../generated/contract.js';
import type { Validator, Violation } from '../../generated/validators.js';
import { UsageError } from '../errors.js';
import { shown } from '../shown.js';
import { additions } from './additions.js';
import { error, type Finding } from './finding.js';
import { headerFindings } from './headers.js';
import { parseJson } from './json.js';

/** The one operation of the contract. */
const declaredResponses = operations['list-credit-balances'];

/**
 * Holds a response to the operation against the contract: its status, content type, declared headers and body. A
 * copy of the body is read, so that the response can still be read afterwards. A browser shows a header of another
 * origin, `Retry-After` for instance, only where the server exposes it.
 *
 * @example In a test
 * ```ts
 * const findings = await checkResponse(await fetch(url, { headers: { Authorization: `Bearer ${key}` } }));
 * expect(findings).toEqual([]);
 * ```
 * @returns what was found; nothing where the response keeps the contract and holds nothing new.
 * @throws {UsageError} no response was given, or its body was read already.
 * @throws what reading the body throws, where the connection breaks.
 */
export async function checkResponse(response: Response): Promise<Finding[]> {
  checkUnread(response);
  const { status, type, headers } = response;
  return checkReceived({ status, type, headers, text: await response.clone().text() });
}

/** A response whose body is there. */
export interface Received extends Pick<Response, 'status' | 'type' | 'headers'> {
  text: string;
}

export function checkReceived({ status, type, headers, text }: Received): Finding[] {
  const declared = declaredFor(status);
  if (declared === undefined) {
    const all = Object.keys(declaredResponses).join(', ');
    // A browser shows a redirect that was not followed as status 0.
    const what = type === 'opaqueredirect' ? 'of a redirect' : String(status);
    return [error('undeclared-status', 'status', `is ${what}; the contract declares ${all}`)];
  }
  return [
    ...headerFindings(declared.headers, headers),
    ...bodyFindings(declared.content, headers.get('Content-Type'), text),
  ];
}

/** The status itself comes before its range, and `default` comes last. */
function declaredFor(status: number): DeclaredResponse | undefined {
  return declaredResponses[status] ?? declaredResponses[`${Math.floor(status / 100)}XX`] ?? declaredResponses.default;
}

function bodyFindings(content: DeclaredResponse['content'], contentType: string | null, text: string): Finding[] {
  const declared = Object.keys(content);
  const [first] = declared;
  if (first === undefined) return text === '' ? [] : [error('schema', 'body', 'must be empty')];

  // Parameters such as charset may follow.
  const sent = contentType?.split(';')[0]?.trim().toLowerCase();
  const match = declared.find((mediaType) => mediaType.toLowerCase() === sent);
  const found: Finding[] = [];
  if (match === undefined) {
    const what = contentType === null ? 'is missing' : `is ${shown(contentType)}`;
    found.push(error('content-type', 'header Content-Type', `${what}; the contract declares ${declared.join(' or ')}`));
  }
  const mediaType = match ?? first;
  if (!/[/+]json$/i.test(mediaType)) return found;

  if (text.trim() === '') return [...found, error('not-json', 'body', 'is empty')];
  const parsed = parseJson(text);
  if (parsed !== undefined) {
    const { check, outline } = content[mediaType] as DeclaredBody;
    // A body of another type is no newer form of ours, and has nothing but unknown fields.
    const added = match === undefined ? [] : additions(parsed.value, outline, 'body');
    return [...found, ...violationFindings(check, parsed.value), ...added];
  }
  // That a page of HTML is no JSON is said by its content type.
  return match === undefined ? found : [error('not-json', 'body', `is not JSON: it starts with ${shown(text.trim())}`)];
}

function violationFindings(check: Validator<unknown>, value: unknown): Finding[] {
  if (check(value)) return [];
  return (check.errors as Violation[]).map(({ keyword, instancePath, message }) =>
    error(keyword === 'format' ? 'format' : 'schema', `body${instancePath}`, message),
  );
}

/** By what it can do, since a response may come from another `fetch` than the platform's. */
function checkUnread(response: Response): void {
  if (typeof response?.clone !== 'function') {
    throw new UsageError(`checkResponse takes a Response; it got ${shown(response)}.`);
  }
  if (response.bodyUsed || response.body?.locked === true) {
    throw new UsageError(
      'The body of the response was read already: call checkResponse first, or read the body of a response.clone().',
    );
  }
}
