import type { Route } from '../http/operations.js';

/** A request to the mock's own surface. */
export interface ControlRequest {
  method: string;
  /** As it stands in the request's URL, without the query. */
  path: string;
  /** As it was sent; empty where it is too large. */
  body: string;
  /** Whether the body is larger than what a mock reads. */
  isTooLarge?: boolean;
}

export interface ControlResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** As it is sent; undefined where there is none. */
  body: string | undefined;
}

/** What a mock remembers, and how it is told: whatever a contract has of that. */
export interface MockState {
  /** The parts of a successful body that the state knows; undefined where it knows nothing of the parameters. */
  find(route: Route): object | undefined;
  /** The scenario for parameters that neither the state nor a reservation knows; undefined for the first one. */
  fallback(route: Route): string | undefined;
  /** Whether a path belongs to the mock's own surface. */
  owns(path: string): boolean;
  /** The answer of the mock's own surface. */
  control(request: ControlRequest): ControlResponse;
}
