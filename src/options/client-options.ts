import type { PaddleError } from '../errors/errors.js';
import type { Environment } from './address.js';
import type { HeadersOption } from './headers.js';

/** What `onRetry` is called with before each wait. */
export interface RetryEvent {
  /** The number of the attempt that failed; the first is 1. */
  attempt: number;
  /** The wait before the next attempt, in milliseconds. */
  delay: number;
  /** Why the attempt failed. */
  error: PaddleError;
}

/** What a client is made with. Options are read once: a later change of the object changes nothing. */
export interface ClientOptions {
  /**
   * An API key or an OAuth access token, or a function that returns one; it may be async and is called for each
   * attempt, so that a rotated key works. After a 401 it is called once more, and the request is repeated at once.
   * What it throws reaches the caller as it is. Keys are for servers: a page asks a backend of its own with `baseUrl`,
   * and then needs no key. Source: https://developer.paddle.com/api-reference/about/authentication
   */
  apiKey?: string | (() => string | Promise<string>) | undefined;
  /** Which of Paddle's environments to call. @default the one that the key names */
  environment?: Environment | undefined;
  /** Another server, such as a mock or a gateway; a path is kept. `https`, or `http` on this machine. */
  baseUrl?: string | URL | undefined;
  /** Sends the requests; it is called with a `Request`. @default the global `fetch` at the time of the call */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** How long one attempt may take, the `apiKey` function and the body included, in milliseconds. @default 30000 */
  timeout?: number | undefined;
  /** How many times a failed attempt is retried. @default 2 */
  maxRetries?: number | undefined;
  /**
   * The longest wait before a retry, in milliseconds. Where the server asks for a longer one (`Retry-After`), the
   * call fails at once. @default 60000
   */
  maxRetryDelay?: number | undefined;
  /** The largest body that is read, in bytes after decompression. A larger one is an error. @default 1048576 */
  maxBodySize?: number | undefined;
  /** Called before each wait, for logs. What it throws, or rejects with, ends the call. */
  onRetry?: ((event: RetryEvent) => void | Promise<void>) | undefined;
  /** Whether to check each response against the contract. @default true */
  validate?: boolean | undefined;
  /** Headers to add to each request. */
  headers?: HeadersOption | undefined;
}

/** What one call may have of its own. */
export interface CallOptions {
  /** Ends the call; it then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /** In place of the client's, in milliseconds. */
  timeout?: number | undefined;
  /** In place of the client's. */
  maxRetries?: number | undefined;
  /** Headers to add, over the client's. */
  headers?: HeadersOption | undefined;
}
