import { tokenKinds } from '../../generated/operations.js';
import { decodeEscapes } from '../errors/escapes.js';

/** The longest text that a message quotes, in characters. */
const longest = 60;
const secretPrefixes = tokenKinds.map(({ prefix }) => new RegExp(prefix, 'i'));
/** The ID of an entity, such as ctm_… or sub_…: no secret, and the likeliest value in the wrong place. */
const entityId = /^[a-z]{2,7}_[\da-z]{20,32}$/i;

/** Describes a value for an error message: a long text is cut, and neither a secret nor an object's contents appear. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') {
    if (looksSecret(value)) return `a string of ${value.length} characters`;
    return JSON.stringify(value.length > longest ? `${value.slice(0, longest)}…` : value);
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  if (value === undefined) return 'undefined';
  if (isArray(value)) return 'an array';
  return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
}

/** A name for an error message, where it may be a secret in the wrong place. */
export function describeName(name: string): string {
  return looksSecret(decodeEscapes(name)?.plain ?? name) ? '…' : name.slice(0, longest);
}

/** A Proxy that was revoked throws an error even here. */
function isArray(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** Whether a word begins as the contract's tokens do, or has what is in all keys. */
export function looksLikeKey(word: string): boolean {
  return secretPrefixes.some((prefix) => prefix.test(word)) || /apikey_/i.test(word);
}

/** Whether a text may be a token: one of the contract's kinds, or a long run of letters and digits. */
export function looksSecret(text: string): boolean {
  const words = text.split(/[^\w+-]+/);
  return words.some((word) => {
    if (looksLikeKey(word)) return true;
    const isMixed = /\d/.test(word) || (/[a-z]/.test(word) && /[A-Z]/.test(word));
    return word.length >= 20 && isMixed && !entityId.test(word);
  });
}
