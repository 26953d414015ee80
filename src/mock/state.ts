import type { Route } from '../http/operations.js';

/** A request to the mock's own surface. */
export interface ControlRequest {
  method: string;
  /** The path of the request's URL, not decoded, without the query. */
  path: string;
  /** The text of the body, read as JSON whatever its media type; left out where there is none or it is too large. */
  body?: string | undefined;
  /** Whether the body is larger than what a mock reads. */
  isTooLarge?: boolean | undefined;
}

/** The largest body that is read of a request to a mock's own surface, in bytes. */
export const largestBody = 10_000_000;

/** The body of a request to a mock's own surface, by its bytes. */
export function readControlBody(bytes: ArrayBuffer | Uint8Array): Pick<ControlRequest, 'body' | 'isTooLarge'> {
  const isTooLarge = bytes.byteLength > largestBody;
  // A byte order mark, with which some editors begin a file, is no part of the text.
  return { body: isTooLarge ? '' : new TextDecoder().decode(bytes), isTooLarge };
}

/** What the mock's own surface answers, ready to be sent. */
export interface ControlResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** JSON text; undefined where there is none. */
  body: string | undefined;
}

/** What a mock remembers beyond its scenarios, and the surface by which tests read and change that. */
export interface MockState {
  /** The parts of a successful body that the state has for the request's parameters; undefined where it has none. */
  find(route: Route): object | undefined;
  /** The name of the scenario for parameters that neither the state nor a scenario has; undefined for the first one. */
  fallback(route: Route): string | undefined;
  /** Whether a path belongs to the mock's own surface. */
  owns(path: string): boolean;
  /** The answer of the mock's own surface. */
  control(request: ControlRequest): ControlResponse;
}
