import { type Outline, outlines } from '../../generated/contract.js';
import { shown } from '../shown.js';
import { type Finding, note } from './finding.js';

/** What a value has that its schema allows and does not know: new fields, and new values of open sets. */
export function additions(value: unknown, outline: Outline, location: string): Finding[] {
  const parts = allParts(outline);
  if (typeof value === 'string') return unknownValue(value, parts, location);
  if (Array.isArray(value)) {
    const items = { parts: parts.flatMap((part) => part.items ?? []) };
    return value.flatMap((item, index) => additions(item, items, `${location}/${index}`));
  }
  if (typeof value === 'object' && value !== null) return inObject(value, parts, location);
  return [];
}

function unknownValue(value: string, parts: Outline[], location: string): Finding[] {
  const sets = parts.flatMap(({ known }) => (known === undefined ? [] : [known]));
  if (sets.length === 0 || sets.some((known) => known.includes(value))) return [];
  return [note('unknown-value', location, `is ${shown(value)}, which this version of the contract does not know`)];
}

function inObject(value: object, parts: Outline[], location: string): Finding[] {
  const declared = parts.flatMap(({ properties }) => (properties === undefined ? [] : [properties]));
  // A schema that names no property says nothing about which are known.
  const isClosed = declared.length > 0 && !parts.some(({ anyProperty }) => anyProperty);
  return Object.entries(value).flatMap(([name, child]) => {
    const place = `${location}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const found = declared.flatMap((properties) => (Object.hasOwn(properties, name) ? (properties[name] ?? []) : []));
    if (found.length > 0) return additions(child, { parts: found }, place);
    return isClosed ? [note('unknown-field', place, 'is a field that this version of the contract does not know')] : [];
  });
}

/** The outline and all that say more about the same value. */
function allParts(outline: Outline, seen = new Set<Outline>()): Outline[] {
  if (!seen.has(outline)) {
    seen.add(outline);
    for (const part of outline.parts ?? []) allParts(part, seen);
    for (const name of outline.refs ?? []) allParts(outlines[name] ?? {}, seen);
  }
  return [...seen];
}
