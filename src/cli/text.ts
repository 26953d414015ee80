import { exitCodes, Failure } from './exit.js';

/** What moves the cursor, fakes a line, turns the direction of what follows, or is there and cannot be seen. */
export const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text of a server on one line of a terminal. */
export function toOneLine(text: string): string {
  return text.replace(unsafe, ' ').replace(/ {2,}/g, ' ').trim();
}

/**
 * JSON with each unsafe character of its strings escaped, which says the same.
 *
 * @throws {Failure} the value is nested deeper than JSON can be written.
 */
export function toSafeJson(value: unknown, indent = 2): string {
  return stringify(value, indent).replace(unsafe, (character) =>
    character === '\n' ? character : character.split('').map(escapeUnit).join(''),
  );
}

function stringify(value: unknown, indent: number): string {
  try {
    return JSON.stringify(value, null, indent);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Failure('The response is nested too deeply to be printed as JSON.', exitCodes.failed);
  }
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** "1 error", "2 errors" */
export function pluralize(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
