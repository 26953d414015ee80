// Nothing but types is imported here, so that every other file may import this one.
import type { ErrorCode, ErrorType, FieldError } from '../../generated/openapi.js';

abstract class BaseError extends Error {
  abstract override readonly name: string;
  /** Whether the same call may succeed later. The client has then already retried it `maxRetries` times. */
  abstract readonly retryable: boolean;
}

/** Every error of this package, as a union, so that `switch (error.name)` narrows. */
export type PaddleError = ApiError | ConnectionError | TimeoutError | ContractError | UsageError;
/** The base class of every error of this package, for `instanceof`. */
export const PaddleError = BaseError as abstract new (...args: never) => PaddleError;

/** What an `ApiError` is made with. */
export interface ApiErrorFields {
  /** The HTTP status. */
  status: number;
  /** {@inheritDoc ApiError.retryable} */
  retryable: boolean;
  /** {@inheritDoc ApiError.type} */
  type?: ErrorType | undefined;
  /** {@inheritDoc ApiError.code} */
  code?: ErrorCode | undefined;
  /** {@inheritDoc ApiError.detail} */
  detail?: string | undefined;
  /** {@inheritDoc ApiError.documentationUrl} */
  documentationUrl?: string | undefined;
  /** {@inheritDoc ApiError.fieldErrors} */
  fieldErrors?: readonly FieldError[] | undefined;
  /** {@inheritDoc ApiError.requestId} */
  requestId?: string | undefined;
  /** {@inheritDoc ApiError.retryAfter} */
  retryAfter?: number | undefined;
}

/**
 * The server answered with an error status.
 * Source of the fields: https://developer.paddle.com/api-reference/about/errors
 */
export class ApiError extends BaseError {
  override readonly name = 'ApiError';
  /** Whether the same call may succeed later. The client has then already retried it `maxRetries` times. */
  declare readonly retryable: boolean;
  /** The HTTP status. */
  declare readonly status: number;
  /** Paddle's type of the error: `request_error` or `api_error`; undefined if the body is not Paddle's. */
  declare readonly type: ErrorType | undefined;
  /** Paddle's error code, an open set; undefined if the body is not Paddle's, a gateway's page for example. */
  declare readonly code: ErrorCode | undefined;
  /** What went wrong, for people; the start of the body if it is not Paddle's. */
  declare readonly detail: string | undefined;
  /** The URL of Paddle's page about the code. */
  declare readonly documentationUrl: string | undefined;
  /** The fields of the request that are invalid; empty for most errors. */
  declare readonly fieldErrors: readonly FieldError[];
  /** Identifies the request when you contact Paddle's support. */
  declare readonly requestId: string | undefined;
  /** How long the server asks to wait, in seconds; undefined if it does not say (`Retry-After`). */
  declare readonly retryAfter: number | undefined;

  constructor(message: string, fields: ApiErrorFields) {
    super(message);
    // Written out one by one, the names of the fields would be a seventieth of what the client adds to a bundle.
    Object.assign(this, fields, { fieldErrors: fields.fieldErrors ?? [] });
  }
}

/**
 * The connection failed: refused, reset, DNS, TLS, or lost in the middle of the response. `cause` is a copy of what
 * `fetch` threw, without any key.
 */
export class ConnectionError extends BaseError {
  override readonly name = 'ConnectionError';
  override readonly retryable = true;
}

/** The response did not arrive within `timeout`. */
export class TimeoutError extends BaseError {
  override readonly name = 'TimeoutError';
  override readonly retryable = true;
  /** The time limit of one attempt, in milliseconds. */
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
  /** What is wrong there. */
  readonly message: string;
}

/** The response has no error status, and breaks the contract: none of it can be trusted. */
export class ContractError extends BaseError {
  override readonly name = 'ContractError';
  override readonly retryable = false;
  /** What is wrong, at most the first 100 issues. */
  declare readonly issues: readonly ContractIssue[];
  /** The HTTP status. */
  declare readonly status: number;
  /** Identifies the request when you contact Paddle's support. */
  declare readonly requestId: string | undefined;

  constructor(
    message: string,
    fields: { issues: readonly ContractIssue[]; status: number; requestId?: string | undefined },
  ) {
    super(message);
    Object.assign(this, fields);
  }
}

/** The call is wrong, and nothing was sent. */
export class UsageError extends BaseError {
  override readonly name = 'UsageError';
  override readonly retryable = false;
  /** The name of the option or parameter that is wrong; undefined if it is not a single one. */
  readonly option: string | undefined;

  constructor(message: string, { option, ...rest }: { option?: string | undefined; cause?: unknown } = {}) {
    super(message, rest);
    this.option = option;
  }
}
