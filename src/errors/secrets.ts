import { tokenKinds } from '../../generated/operations.js';
import { decodeEscapes } from './escapes.js';

/** A part of a text, by the positions of its first character and of the one after its last. */
export type Span = [from: number, to: number];

/** How many consecutive characters of a secret are too many to show. */
const windowLength = 10;
/** A shorter secret is likely to be an ordinary word, and is not looked for. */
const shortestSecret = 8;
/** How much of a secret is looked for, in characters: far more than a token has. */
const longestSecret = 50_000;
/** The start of a token that every token of its kind shares. */
const publicPart = new RegExp(tokenKinds.map(({ prefix }) => `${prefix}(?:[a-z]{3,7}_)*`).join('|'), 'i');

/**
 * Makes a function that finds ten consecutive characters of a secret in a text, in any case, plain or encoded. The
 * secrets are prepared when it is made, since it searches many texts.
 */
export function createFinder(secrets: readonly string[]): (text: string) => Span[] {
  const known = secrets.filter((secret) => secret.length >= shortestSecret);
  if (known.length === 0) return () => [];
  const windows = new Set<string>();
  const lengths = new Set<number>();
  for (const secret of known) {
    const hidden = secret.replace(publicPart, '');
    const searched = lowerCase((hidden.length >= shortestSecret ? hidden : secret).slice(0, longestSecret));
    const length = Math.min(windowLength, searched.length);
    lengths.add(length);
    for (let from = 0; from + length <= searched.length; from += 1) windows.add(searched.slice(from, from + length));
  }
  const findPlain = (text: string): Span[] => {
    const searched = lowerCase(text);
    return [...lengths].flatMap((length) => findWindows(searched, windows, length));
  };

  /** @param depth how many layers of escapes are taken off, such as those of a URL within a URL. */
  const find = (text: string, depth: number): Span[] => {
    const spans = [...findPlain(text), ...findEncoded(text, findPlain)];
    const decoded = depth > 0 ? decodeEscapes(text) : undefined;
    if (decoded === undefined) return spans;
    const { plain, starts } = decoded;
    return [...spans, ...find(plain, depth - 1).map(([from, to]): Span => [starts[from] ?? 0, starts[to] ?? 0])];
  };
  return (text) => mergeSpans([...findWhole(text, known), ...find(text, 3)]);
}

/** As long as the text: of all characters, this one alone becomes two. */
function lowerCase(text: string): string {
  return text.replaceAll('\u0130', 'i').toLowerCase();
}

/** Finds secrets with their public part, which is otherwise shown. */
function findWhole(text: string, secrets: readonly string[]): Span[] {
  return secrets.flatMap((secret) => {
    const spans: Span[] = [];
    for (let from = text.indexOf(secret); from >= 0; from = text.indexOf(secret, from + secret.length)) {
      spans.push([from, from + secret.length]);
    }
    return spans;
  });
}

function findWindows(text: string, windows: ReadonlySet<string>, length: number): Span[] {
  const spans: Span[] = [];
  for (let from = 0; from + length <= text.length; from += 1) {
    if (windows.has(text.slice(from, from + length))) spans.push([from, from + length]);
  }
  return spans;
}

/** Finds each run of Base64, also of its form for URLs, or hexadecimal that encodes a part of a secret. */
function findEncoded(text: string, find: (text: string) => Span[]): Span[] {
  const spans: Span[] = [];
  for (const { 0: run, index } of text.matchAll(/[\w+/-]{14,}={0,2}/g)) {
    // A run may begin in the middle of a group of four.
    const shows = ['', 'A', 'AA', 'AAA'].some((before) => find(decodeBase64(before + run)).length > 0);
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

/** In order, and without overlaps. */
function mergeSpans(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const [from, to] of spans.sort(([left], [right]) => left - right)) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
