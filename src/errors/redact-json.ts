import { longestText, mask, type Redactor } from './redaction.js';

/**
 * How deep, how many values, how many items of a list and how many characters of long texts are copied; and how many
 * values more of what stands beside and after the lists that used them up.
 */
const limits = { depth: 40, values: 5_000, items: 1_000, characters: 100_000, spare: 500 };
/** A text that is shorter costs little: what a long one says before must not hide it. In characters. */
const shortText = 100;

/** A copy of a JSON value with every string and name redacted; long lists are cut, and what is too deep is masked. */
export function redactJson(value: unknown, redactor: Redactor): unknown {
  let { values, characters } = limits;
  const redacted = (text: string, isWord: boolean) => {
    if (text.length > shortText) characters -= Math.min(text.length, longestText);
    if (text.length > shortText && characters < 0) return mask;
    return isWord ? redactor.code(text) : redactor.text(text);
  };
  const copy = (child: unknown, depth: number, key?: string): unknown => {
    values -= 1;
    if (typeof child === 'string') return redacted(child, key === 'code' || key === 'type');
    if (typeof child === 'number') return redactor.text(String(child)) === String(child) ? child : mask;
    if (typeof child !== 'object' || child === null) return child;
    if (depth > limits.depth || values < -limits.spare) return mask;
    if (Array.isArray(child)) {
      return child.slice(0, limits.items).flatMap((item) => (values < 0 ? [] : [copy(item, depth + 1)]));
    }
    const entries = Object.entries(child).slice(0, Math.max(values + 1, limits.spare));
    return Object.fromEntries(entries.map(([name, item]) => [redacted(name, true), copy(item, depth + 1, name)]));
  };
  return copy(value, 0);
}
