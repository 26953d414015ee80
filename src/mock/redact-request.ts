import { isPublicHeader } from '../errors/public-headers.js';
import { Redactor } from '../errors/redaction.js';
import { looksSecret } from '../options/describe-value.js';

const mask = '[redacted]';
const secretHeaders = ['authorization', 'proxy-authorization', 'cookie', 'x-api-key'];
/** How much of an address is kept, in characters. */
const longestUrl = 2_000;

/** What a mock keeps or logs of a request: without the token, wherever it was put, and whatever looks like one. */
export function redactRequest(url: string, headers: Iterable<[string, string]>) {
  const entries = [...headers];
  const redactor = new Redactor();
  const authorization = entries.find(([name]) => name === 'authorization')?.[1] ?? '';
  redactor.add(authorization.replace(/^\S+ +/, ''));
  const kept = entries.map(([name, value]): [string, string] => {
    if (secretHeaders.includes(name)) return [name, mask];
    const text = redactor.text(value);
    return [name, looksSecret(text) && !isPublicHeader(name) ? mask : text];
  });
  return { url: redactUrl(url, redactor), headers: Object.fromEntries(kept) };
}

function redactUrl(url: string, redactor: Redactor): string {
  const withoutUser = url.slice(0, longestUrl).replace(/^(\w+:\/\/)[^/?#]*@/, `$1${mask}@`);
  return redactor.text(withoutUser).replace(/[^/?&=#:@,]+/g, (part) => (looksSecret(decode(part)) ? mask : part));
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
