import type { DeclaredHeader, DeclaredResponse } from '../../generated/operations.js';
import { findIssues } from '../http/issues.js';
import { describeValue } from '../options/describe-value.js';
import { error, type Finding } from './finding.js';

/** Checks the headers that a response declares against the contract; all others are free. */
export function checkHeaders(declared: DeclaredResponse['headers'], headers: Headers): Finding[] {
  return Object.entries(declared).flatMap(([name, { required, types, validate }]) => {
    const text = headers.get(name);
    if (text === null) return required ? [error('missing-header', `header ${name}`, 'is required and missing')] : [];
    return findIssues(validate, readValue(text, types)).map(({ message }) =>
      error('header-value', `header ${name}`, `${message}; received ${describeValue(text)}`),
    );
  });
}

/** A header is text; a schema of another type is about what the text says. */
function readValue(text: string, types: DeclaredHeader['types']): unknown {
  const isNumber = types.includes('integer') || types.includes('number');
  if (isNumber && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}
