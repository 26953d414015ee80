import { Buffer } from 'node:buffer';

/** A key from before keys had a form: fifty letters and digits. */
export function makeLegacyKey(): string {
  return Array.from({ length: 50 }, (_, index) => 'aZ3kQ9xB7'.at((index * index + 5) % 9)).join('');
}

/** The part of a key that every key of its kind shares is no secret. */
const extractSecret = (token: string) => token.replace('pdl_sdbx_apikey_', '');

type Encode = (character: string) => string;
const getCharCode = (character: string) => character.charCodeAt(0);
const toHex = (character: string) => getCharCode(character).toString(16).padStart(2, '0');
/** Encodings of one character after the other. */
export const characterwise: Record<string, Encode> = {
  plain: (character) => character,
  uppercase: (character) => character.toUpperCase(),
  lowercase: (character) => character.toLowerCase(),
  percent: (character) => `%${toHex(character)}`,
  'double percent': (character) => `%25${toHex(character).toUpperCase()}`,
  hexadecimal: toHex,
  'uppercase hexadecimal': (character) => toHex(character).toUpperCase(),
  'unicode escape': (character) => `\\u00${toHex(character)}`,
  'code point escape': (character) => `\\u{${toHex(character)}}`,
  'byte escape': (character) => `\\x${toHex(character)}`,
  'HTML entity': (character) => `&#${getCharCode(character)};`,
  'hexadecimal HTML entity': (character) => `&#x${toHex(character)};`,
  'percent-encoded HTML entity': (character) => `%26%23${getCharCode(character)}%3B`,
};
/** Ways to break a text into lines. */
export const folds: [string, (text: string) => string][] = [
  ['', (text) => text],
  [', folded', (text) => text.replace(/.{30}/gs, '$&\n')],
  [', folded and indented', (text) => text.replace(/.{30}/gs, '$&\r\n\t ')],
];

/** A secret as it may be in an error. */
export interface Leak {
  /** What is put into an error. */
  text: string;
  /** None of these may be left of it. */
  forbidden: string[];
}

export function makeLeak(token: string, encode: Encode): Leak {
  const secret = [...extractSecret(token)];
  const forbidden = secret.slice(9).map((_, from) =>
    secret
      .slice(from, from + 10)
      .map(encode)
      .join(''),
  );
  return { text: [...token].map(encode).join(''), forbidden };
}

/** Sixteen characters of base64 hold eleven bytes at least. */
export function makeBase64Leak(token: string, before: string, after: string, isForUrls: boolean): Leak {
  const encoded = Buffer.from(before + token + after).toString(isForUrls ? 'base64url' : 'base64');
  const start = Math.ceil(((before.length + token.length - extractSecret(token).length) * 4) / 3);
  const end = Math.floor(((before.length + token.length) * 4) / 3);
  const forbidden = Array.from({ length: end - 15 - start }, (_, index) =>
    encoded.slice(start + index, start + index + 16),
  );
  return { text: encoded, forbidden };
}

/** What of a leak a text still shows. */
export function findLeftovers(forbidden: string[], text: string): string[] {
  return forbidden.filter((part) => text.includes(part));
}
