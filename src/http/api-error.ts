import type { ErrorResponse } from '../../generated/openapi.js';
import type { Operation } from '../../generated/operations.js';
import { ApiError } from '../errors/errors.js';
import type { Redactor } from '../errors/redaction.js';
import type { Body } from './body.js';
import { findDeclared } from './declared.js';
import { describeFields, describeStatus } from './describe.js';
import { isRetryableStatus, parseRetryAfter } from './retry.js';

/** How much of a body that is not Paddle's a message shows, in characters. */
const excerptLength = 200;
/** How many invalid fields an error has at most. */
const keptFields = 100;

export interface Received {
  response: Response;
  body: Body;
  operation: Operation;
  /** Method and address, for messages. */
  request: string;
  redactor: Redactor;
}

/** The error that a response with an error status is, with as much of Paddle's body as there is. */
export function makeApiError({ response, body, operation, request, redactor }: Received, value: unknown): ApiError {
  const { status } = response;
  const { error, meta } = readEnvelope(value, redactor);
  const { type, code, documentationUrl, fieldErrors } = error ?? {};
  const detail = error?.detail ?? excerpt(redactor.text(body.text.slice(0, 20 * excerptLength)));
  const retryAfter = parseRetryAfter(response.headers.get('Retry-After'));
  const context = [
    request,
    ...(meta === undefined ? [] : [`request ${meta}`]),
    ...(retryAfter === undefined ? [] : [`retry after ${retryAfter} s`]),
  ];
  const message = `${describeStatus({ status, code })}: ${detail}${describeFields(fieldErrors ?? [])} [${context.join(', ')}]`;
  const thrown = new ApiError(message, {
    ...{ status, type, code, detail, documentationUrl, fieldErrors, requestId: meta, retryAfter },
    // A body that does not end would not end the next time either.
    retryable: isRetryableStatus(status) && !body.isCut,
  });
  const declared = Object.values(findDeclared(operation, status)?.content ?? {})[0];
  if (!body.isCut && declared?.validate(value)) envelopes.add(thrown);
  return thrown;
}

/** The errors whose body is exactly the contract's. */
const envelopes = new WeakSet<ApiError>();

/** Whether an error's body is what the contract declares for its status. */
export function hasDeclaredBody(error: unknown): error is ApiError {
  return envelopes.has(error as ApiError);
}

/** The parts of Paddle's error, as far as they are there: one odd part does not spoil the others. */
function readEnvelope(value: unknown, redactor: Redactor) {
  const { error, meta } = (value ?? {}) as {
    error?: Record<string, unknown> | null;
    meta?: Record<string, unknown> | null;
  };
  const text = (part: unknown) => (typeof part === 'string' ? redactor.text(part) : undefined);
  const code = typeof error?.code === 'string' ? redactor.code(error.code) : undefined;
  if (code === undefined) return {};
  const fields = Array.isArray(error?.errors) ? error.errors.slice(0, keptFields) : [];
  const fieldErrors = fields.flatMap((entry: Record<string, unknown> | null) =>
    typeof entry === 'object' && entry !== null
      ? (redactor.json(entry) as ErrorResponse['error']['errors'] & object)
      : [],
  );
  return {
    error: {
      code,
      type: typeof error?.type === 'string' ? redactor.code(error.type) : undefined,
      detail: text(error?.detail),
      documentationUrl: text(error?.documentation_url),
      fieldErrors: fieldErrors.length > 0 ? fieldErrors : undefined,
    },
    meta: text(meta?.request_id),
  };
}

/** The start of a body, for a message. Cut only what is redacted already: half a key would no longer be found. */
export function excerpt(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'the body is empty';
  return trimmed.length > excerptLength ? `${trimmed.slice(0, excerptLength)}…` : trimmed;
}
