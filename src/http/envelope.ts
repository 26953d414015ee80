import type { FieldError } from '../../generated/openapi.js';
import type { Redactor } from '../errors/redaction.js';

/** How many fields of a request an error names, and how much of what it says of each, in characters. */
const keptFields = 100;
const longestPart = 500;

/**
 * The parts of Paddle's error, as far as they are there and a string: one odd part does not spoil the others. A body
 * without a code is not Paddle's.
 */
export function readEnvelope(value: unknown, redactor: Redactor) {
  const { error, meta } = (value ?? {}) as Record<string, Record<string, unknown> | null | undefined>;
  const text = (part: unknown) => (typeof part === 'string' ? redactor.text(part) : undefined);
  const word = (part: unknown) => (typeof part === 'string' ? redactor.code(part) : undefined);
  const requestId = text(meta?.request_id);
  if (error?.code === undefined || error.code === null) return { requestId, fieldErrors: [] };
  return {
    requestId,
    code: word(error.code),
    type: word(error.type),
    detail: text(error.detail),
    documentationUrl: text(error.documentation_url),
    fieldErrors: Array.isArray(error.errors) ? error.errors.slice(0, keptFields).filter(isField).map(readField) : [],
  };

  function readField({ field, message }: Record<string, unknown>): FieldError {
    const parts = Object.entries({ field: text(cut(field)), message: text(cut(message)) });
    return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
  }
}

function isField(entry: unknown): entry is Record<string, unknown> {
  return typeof entry === 'object' && entry !== null;
}

/** Before it is redacted, so that a hostile body does not take long: a part of a secret that is cut off is shorter. */
function cut(part: unknown): unknown {
  return typeof part === 'string' ? part.slice(0, longestPart) : part;
}
