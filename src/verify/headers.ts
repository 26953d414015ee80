import type { DeclaredHeader, DeclaredResponse } from '../../generated/contract.js';
import { issuesOf } from '../issues.js';
import { shown } from '../shown.js';
import { error, type Finding } from './finding.js';

/** Holds the headers that a response declares against the contract; all others are free. */
export function headerFindings(declared: DeclaredResponse['headers'], headers: Headers): Finding[] {
  return Object.entries(declared).flatMap(([name, { required, types, check }]) => {
    const text = headers.get(name);
    if (text === null) return required ? [error('missing-header', `header ${name}`, 'is required and missing')] : [];
    return issuesOf(check, valueIn(text, types)).map(({ message }) =>
      error('header-value', `header ${name}`, `${message}; it is ${shown(text)}`),
    );
  });
}

/** A header is text; a schema of another type is about what the text says. */
function valueIn(text: string, types: DeclaredHeader['types']): unknown {
  const isNumber = types.includes('integer') || types.includes('number');
  if (isNumber && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}
