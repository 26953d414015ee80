// Nothing but types is imported here, so that every other file may import this one.
import type { ErrorCode, ErrorType, FieldError } from '../generated/openapi.js';

/** What every error of this package is. `name` tells the kind, also where `instanceof` cannot. */
export abstract class PaddleError extends Error {
  abstract override readonly name: 'ApiError' | 'ConnectionError' | 'TimeoutError' | 'ContractError' | 'UsageError';
  /** Whether the same call may succeed later. The client has then already tried `maxRetries` times more. */
  abstract readonly retryable: boolean;
}

export interface ApiErrorFields {
  /** The HTTP status. */
  status: number;
  retryable: boolean;
  type?: ErrorType | undefined;
  code?: ErrorCode | undefined;
  detail?: string | undefined;
  documentationUrl?: string | undefined;
  fieldErrors?: readonly FieldError[] | undefined;
  requestId?: string | undefined;
  retryAfter?: number | undefined;
}

// The fields of the larger errors are declared here and assigned as one: written out, their names are a seventieth of what
// the client adds to a page.

/** The server answered with an error status. */
export class ApiError extends PaddleError {
  override readonly name = 'ApiError';
  declare readonly retryable: boolean;
  /** The HTTP status. */
  declare readonly status: number;
  /** Who has to act, as Paddle says it; undefined when the body was not Paddle's. */
  declare readonly type: ErrorType | undefined;
  /** Paddle's error code, an open set; undefined when the body was not Paddle's, a gateway's page for instance. */
  declare readonly code: ErrorCode | undefined;
  /** What went wrong in words; the start of the body when it was not Paddle's. */
  declare readonly detail: string | undefined;
  /** Paddle's page about the code. */
  declare readonly documentationUrl: string | undefined;
  /** The fields of the request that are not valid; empty for most errors. */
  declare readonly fieldErrors: readonly FieldError[];
  /** Identifies the request to Paddle's support. */
  declare readonly requestId: string | undefined;
  /** How long the server asks to wait, in seconds. */
  declare readonly retryAfter: number | undefined;

  constructor(message: string, fields: ApiErrorFields) {
    super(message);
    Object.assign(this, fields, { fieldErrors: fields.fieldErrors ?? [] });
  }
}

/** No whole response arrived: refused, reset, DNS, TLS, or cut off. `cause` is what `fetch` threw. */
export class ConnectionError extends PaddleError {
  override readonly name = 'ConnectionError';
  override readonly retryable = true;
}

/** No whole response arrived in time. */
export class TimeoutError extends PaddleError {
  override readonly name = 'TimeoutError';
  override readonly retryable = true;
  /** The time that one attempt had, in milliseconds. */
  readonly timeout: number;

  constructor(message: string, timeout: number) {
    super(message);
    this.timeout = timeout;
  }
}

/** One way in which a response breaks the contract. */
export interface ContractIssue {
  /** Where in the body, as a JSON Pointer; empty for the response as a whole. */
  readonly path: string;
  readonly message: string;
}

/** The response is no error, and not what the contract says either: none of it can be trusted. */
export class ContractError extends PaddleError {
  override readonly name = 'ContractError';
  override readonly retryable = false;
  declare readonly issues: readonly ContractIssue[];
  /** The HTTP status. */
  declare readonly status: number;
  /** Identifies the request to Paddle's support. */
  declare readonly requestId: string | undefined;

  constructor(
    message: string,
    fields: { issues: readonly ContractIssue[]; status: number; requestId?: string | undefined },
  ) {
    super(message);
    Object.assign(this, fields);
  }
}

/** The call itself is wrong; nothing was sent. */
export class UsageError extends PaddleError {
  override readonly name = 'UsageError';
  override readonly retryable = false;
}
