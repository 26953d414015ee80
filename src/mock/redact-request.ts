import { isPublicHeader } from '../errors/public-headers.js';
import { mask, Redactor } from '../errors/redaction.js';
import { looksLikeKey, looksSecret } from '../options/describe-value.js';

const secretHeaders = ['authorization', 'proxy-authorization', 'cookie', 'x-api-key'];
/** How much of an address is kept, in characters. */
const longestUrl = 2_000;
/** How many times a token may be escaped and is still recognized. */
const deepestEscape = 4;

/** The URL and headers of a request, without its token and whatever looks like one, to be kept or logged. */
export function redactRequest(url: string, headers: Iterable<[string, string]>) {
  const entries = [...headers];
  const redactor = new Redactor();
  const authorization = entries.find(([name]) => name === 'authorization')?.[1] ?? '';
  redactor.add(authorization.replace(/^\S+ +/, ''));
  const kept = entries.map(([name, value]): [string, string] => {
    const shown = mayBeToken(name) ? mask : redactor.text(name);
    if (secretHeaders.includes(name)) return [shown, mask];
    const text = redactor.text(value);
    if (!isPublicHeader(name)) return [shown, mayBeToken(text) ? mask : text];
    // An ID may look like a token of an older kind.
    const isSecret = /id$|^trace|^baggage/.test(name) ? looksLikeKey : mayBeToken;
    return [shown, text.replace(/[^\s,;=]+/g, (word) => (isSecret(word) ? mask : word))];
  });
  return { url: redactUrl(url, redactor), headers: Object.fromEntries(kept), redactor };
}

function redactUrl(url: string, redactor: Redactor): string {
  // Cut at the end, so that no half of a token is left that nobody recognizes.
  const withoutUser = url.slice(0, 2 * longestUrl).replace(/^(\w+:\/\/)[^/?#]*@/, `$1${mask}@`);
  const redacted = redactor.text(withoutUser).replace(/[^/?&=#:@,;]+/g, (part) => (mayBeToken(part) ? mask : part));
  return redacted.slice(0, longestUrl);
}

/** A token of an older kind is any long word. */
export function mayBeToken(part: string): boolean {
  let decoded = part;
  for (let depth = 0; depth < deepestEscape; depth += 1) decoded = decode(decoded);
  return looksSecret(decoded) || /[\w.~+/-]{40}/.test(decoded);
}

/** What is no valid escape stays as it is. */
function decode(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
