import { type Outline, outlines } from '../../generated/operations.js';
import { describeValue } from '../options/describe-value.js';
import { error, type Finding, warning } from './finding.js';

/** The formats that the contract's strings have; the validators leave them out. */
const formats: Readonly<Record<string, RegExp>> = {
  uuid: /^(?:urn:uuid:)?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i,
  uri: /^[a-z][a-z\d+.-]*:\S*$/i,
};

/** Finds what the validators do not check: new fields, new values of open sets, and strings of another format. */
export function compareWithOutline(value: unknown, outline: Outline, location: string): Finding[] {
  const parts = collectParts(outline);
  if (typeof value === 'string') return checkString(value, parts, location);
  if (Array.isArray(value)) {
    const items = { parts: parts.flatMap((part) => part.items ?? []) };
    // What nothing is said about may be nested deeper than calls can be.
    if (items.parts.length === 0) return [];
    return value.flatMap((item, index) => compareWithOutline(item, items, `${location}/${index}`));
  }
  if (typeof value === 'object' && value !== null) return checkObject(value, parts, location);
  return [];
}

function checkString(value: string, parts: Outline[], location: string): Finding[] {
  const sets = parts.flatMap(({ known }) => (known === undefined ? [] : [known]));
  const isUnknown = sets.length > 0 && !sets.some((known) => known.includes(value));
  const broken = parts.flatMap(({ format = '' }) => (formats[format]?.test(value) === false ? [format] : []));
  return [
    ...broken.map((format) => error('format', location, `must match format "${format}"`)),
    ...(isUnknown
      ? [
          warning(
            'unknown-value',
            location,
            `is ${describeValue(value)}, which this version of the contract does not know`,
          ),
        ]
      : []),
  ];
}

function checkObject(value: object, parts: Outline[], location: string): Finding[] {
  const declared = parts.flatMap(({ properties }) => (properties === undefined ? [] : [properties]));
  // A schema that names no property says nothing about which are known.
  const isClosed = declared.length > 0 && !parts.some(({ anyProperty }) => anyProperty);
  return Object.entries(value).flatMap(([name, child]) => {
    const place = `${location}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const found = declared.flatMap((properties) => (Object.hasOwn(properties, name) ? (properties[name] ?? []) : []));
    if (found.length > 0) return compareWithOutline(child, { parts: found }, place);
    const message = 'is a field that this version of the contract does not define';
    return isClosed ? [warning('unknown-field', place, message)] : [];
  });
}

/** The outline, and all others that describe the same value. */
function collectParts(outline: Outline, seen = new Set<Outline>()): Outline[] {
  if (!seen.has(outline)) {
    seen.add(outline);
    for (const part of outline.parts ?? []) collectParts(part, seen);
    for (const name of outline.refs ?? []) collectParts(outlines[name] ?? {}, seen);
  }
  return [...seen];
}
