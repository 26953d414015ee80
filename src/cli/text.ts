/** What moves the cursor, fakes a line, turns the direction of what follows, or is there and cannot be seen. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text of a server on one line of a terminal. */
export function toOneLine(text: string): string {
  return text.replace(unsafe, ' ').replace(/ {2,}/g, ' ').trim();
}

/** JSON with each unsafe character of its strings escaped, which says the same. */
export function toSafeJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(unsafe, (character) =>
    character === '\n' ? character : character.split('').map(escapeUnit).join(''),
  );
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** "1 error", "2 errors" */
export function pluralize(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
