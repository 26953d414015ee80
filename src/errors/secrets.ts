import { tokens } from '../../generated/operations.js';

/** From where to where in a text, in characters. */
export type Span = [from: number, to: number];

/** So many characters in a row of a secret give it away. */
const windowLength = 10;
/** A shorter secret gives nothing away, and is likely to be an ordinary word. */
const shortestSecret = 8;
/** The start of a token that every token of its kind shares. */
const publicPart = new RegExp(tokens.kinds.map(({ prefix }) => `${prefix}(?:[a-z]{3,7}_)*`).join('|'), 'i');

/** Where a text shows one of the secrets: any ten characters in a row of it, in any case, plain or encoded. */
export function findSecrets(text: string, secrets: readonly string[]): Span[] {
  const known = secrets.filter((secret) => secret.length >= shortestSecret);
  if (known.length === 0 || text.length < shortestSecret) return [];
  const windows = new Set<string>();
  const lengths = new Set<number>();
  for (const secret of known) {
    const hidden = secret.replace(publicPart, '');
    const searched = (hidden.length >= shortestSecret ? hidden : secret).toLowerCase();
    const length = Math.min(windowLength, searched.length);
    lengths.add(length);
    for (let from = 0; from + length <= searched.length; from += 1) windows.add(searched.slice(from, from + length));
  }
  const find = (searched: string) => findWindows(searched.toLowerCase(), windows, lengths);
  return [...wholeSecrets(text, known), ...find(text), ...inEscapes(text, find), ...inEncodings(text, find)];
}

/** The whole of a secret goes with its public part. */
function wholeSecrets(text: string, secrets: readonly string[]): Span[] {
  return secrets.flatMap((secret) => {
    const spans: Span[] = [];
    for (let from = text.indexOf(secret); from >= 0; from = text.indexOf(secret, from + secret.length)) {
      spans.push([from, from + secret.length]);
    }
    return spans;
  });
}

function findWindows(text: string, windows: ReadonlySet<string>, lengths: ReadonlySet<number>): Span[] {
  const spans: Span[] = [];
  for (const length of lengths) {
    for (let from = 0; from + length <= text.length; from += 1) {
      if (windows.has(text.slice(from, from + length))) spans.push([from, from + length]);
    }
  }
  return spans;
}

/** `%5f`, `\u005f`, `\x5f` and `&#95;`: each is one character. */
const escapeSequence = /%([\da-f]{2})|\\u([\da-f]{4})|\\x([\da-f]{2})|&#x([\da-f]{1,4});|&#(\d{1,5});/gi;

function inEscapes(text: string, find: (text: string) => Span[]): Span[] {
  let plain = '';
  /** Where each character of the plain text begins in the given one. */
  const starts: number[] = [];
  const append = (part: string, from: number, step: number) => {
    for (let index = 0; index < part.length; index += 1) starts.push(from + index * step);
    plain += part;
  };
  let end = 0;
  for (const match of text.matchAll(escapeSequence)) {
    append(text.slice(end, match.index), end, 1);
    const [, ...codes] = match;
    const hex = codes.slice(0, 4).find((code) => code !== undefined);
    append(String.fromCharCode(hex === undefined ? Number(codes[4]) : Number.parseInt(hex, 16)), match.index, 0);
    end = match.index + match[0].length;
  }
  if (end === 0) return [];
  append(text.slice(end), end, 1);
  starts.push(text.length);
  const spans = [...find(plain), ...inEncodings(plain, find)];
  return spans.map(([from, to]) => [starts[from] ?? 0, starts[to] ?? text.length]);
}

/** Base64, also its form for URLs, and hexadecimal: a run of it that shows a part of a secret, whole. */
function inEncodings(text: string, find: (text: string) => Span[]): Span[] {
  const spans: Span[] = [];
  for (const { 0: run, index } of text.matchAll(/[\w+/-]{14,}={0,2}/g)) {
    // A run may begin in the middle of a group.
    const shows = [0, 1, 2, 3].some((offset) => find(decodeBase64(run.slice(offset))).length > 0);
    const isHex = /[\da-f]{20}/i.test(run) && [0, 1].some((offset) => find(decodeHex(run.slice(offset))).length > 0);
    if (shows || isHex) spans.push([index, index + run.length]);
  }
  return spans;
}

function decodeBase64(run: string): string {
  const plain = run.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  // A group of one character holds no byte.
  return atob(plain.length % 4 === 1 ? plain.slice(0, -1) : plain);
}

function decodeHex(run: string): string {
  return (run.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('');
}
