import { Redactor } from '../errors/redaction.js';
import { looksSecret } from '../options/describe-value.js';
import { unsafe } from './text.js';

const redactor = new Redactor();
/** Paddle's request IDs have this form. */
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** As the name of a file may be long, for example. */
const plainWords = /^([a-z]+|[A-Z]+|\d+)([-_]+([a-z]+|[A-Z]+|\d+))*[-_]*$/;

/**
 * Writes what went wrong to standard error, without keys, since one that is given in the wrong place is in many
 * messages, and without what controls a terminal, since the system's messages quote names of files as they are.
 */
export function printError(text: string): void {
  console.error(cleanMessage(text));
}

/** The text in its lines, without the key of this process, and without words that may be one. */
export function cleanMessage(text: string): string {
  redactor.add(process.env.PADDLE_API_KEY?.trim() ?? '');
  return text
    .split('\n')
    .map((line) => redactor.text(line.replace(unsafe, ' ')))
    .join('\n')
    .replace(/\w[\w-]*/g, (word) => (mayBeKey(word) ? '[redacted]' : word));
}

function mayBeKey(word: string): boolean {
  if (!looksSecret(word) || uuid.test(word)) return false;
  return !plainWords.test(word) || /apikey_/i.test(word) || !/[-_]/.test(word);
}
