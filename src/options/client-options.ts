import type { PaddleError } from '../errors/errors.js';
import type { Environment } from './address.js';
import type { HeadersOption } from './headers.js';

/** What stands for numbers that are left out: times in milliseconds, a size in bytes. */
export const defaults = {
  timeout: 30_000,
  maxRetries: 2,
  maxRetryDelay: 60_000,
  maxBodySize: 1_048_576,
  concurrency: 4,
};
/**
 * How many requests of an IP address Paddle answers in a window of so many milliseconds; one more, and it blocks the
 * address for as long.
 * Source: https://developer.paddle.com/api-reference/about/rate-limiting
 */
export const paddleLimit = { requests: 240, window: 60_000 };

/** The argument of `onRetry`. */
export interface RetryEvent {
  /** The number of the attempt that failed; the first is 1. */
  attempt: number;
  /** The wait before the next attempt, in milliseconds. */
  delay: number;
  /** Why the attempt failed. */
  error: PaddleError;
}

/** The options of a client. They are read when it is made: to change the object afterwards has no effect. */
export interface ClientOptions {
  /**
   * An API key or an OAuth access token, or a function that returns one; it may be async and is called for each
   * attempt, so that a rotated key works. After a 401 it is called once more, and the request is repeated without a
   * wait. What it throws is thrown by the call. It may be left out if `baseUrl` is not one of Paddle's servers. API
   * keys are for servers only: a page calls a backend of its own.
   * Source: https://developer.paddle.com/api-reference/about/authentication
   */
  apiKey?: string | (() => string | Promise<string>) | undefined;
  /** Which of Paddle's environments to call. @default the environment of the key */
  environment?: Environment | undefined;
  /** The absolute URL of another server, such as a mock or a gateway. `https`, or `http` on this machine. */
  baseUrl?: string | URL | undefined;
  /** Sends the requests, each a `Request`. @default the global `fetch` at the time of the call */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** How long one attempt may take, the `apiKey` function and the body included, in milliseconds. @default 30000 */
  timeout?: number | undefined;
  /**
   * How many times an attempt is retried whose error is `retryable`, with exponential backoff, as Paddle asks for.
   * Source: https://developer.paddle.com/api-reference/about/errors @default 2
   */
  maxRetries?: number | undefined;
  /**
   * The longest wait before a retry, in milliseconds. If the server asks for a longer one (`Retry-After`), the call is
   * not retried. Source: https://developer.paddle.com/api-reference/about/rate-limiting @default 60000
   */
  maxRetryDelay?: number | undefined;
  /** The largest body that is accepted, in bytes after decompression. A larger one is an error. @default 1048576 */
  maxBodySize?: number | undefined;
  /** Called before each wait, for logs. If it throws or rejects, the call does so too. */
  onRetry?: ((event: RetryEvent) => void | Promise<void>) | undefined;
  /** Whether to check each response against the contract. @default true */
  validate?: boolean | undefined;
  /** Headers to add to each request. */
  headers?: HeadersOption | undefined;
}

/** The options of one call. */
export interface CallOptions {
  /** Aborts the call, which then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, in milliseconds. @default the client's */
  timeout?: number | undefined;
  /** How many times a failed attempt is retried. @default the client's */
  maxRetries?: number | undefined;
  /** Headers to add to those of the client, or in place of them. */
  headers?: HeadersOption | undefined;
}
