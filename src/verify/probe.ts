import type { RequestParameters } from '../http/request.js';
import type { Finding } from './finding.js';

/** The response that a probe should get; without `code`, any code will do. */
export interface Expectation {
  /** The HTTP status. */
  readonly status: number;
  /** The error code. */
  readonly code?: string;
}

/** One request, and the response that it should get. */
export interface Probe {
  readonly name: string;
  /** The parameters, which may follow from earlier answers. */
  readonly request: () => RequestParameters;
  /** The `Authorization` header: the caller's own, none, or one that must be refused. */
  readonly authorization: { readonly own: true } | { readonly value: string | undefined };
  readonly expected: Expectation;
  /** Whether Paddle documents the outcome. If not, another error of the contract is only a warning. */
  readonly documented: boolean;
  /** Finds what of a success does not match the request. */
  readonly check?: (body: unknown) => Finding[];
}

/** The response that a probe got. */
export interface ProbeAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** The error code; undefined where the body has none. */
  readonly code: string | undefined;
  /** As it was sent; undefined where it is missing. */
  readonly contentType: string | undefined;
}

/** One request, its response, and what was found in it. It holds no key. */
export interface ProbeResult {
  /** What the request is about. */
  readonly name: string;
  /** Method and address. */
  readonly request: string;
  /** What the contract's API should answer. */
  readonly expected: Expectation;
  /** Whether Paddle documents the outcome. If not, another error of the contract is only a warning. */
  readonly documented: boolean;
  /** What the server answered. */
  readonly received: ProbeAnswer;
  /** What was found in the answer; empty where it is as it should be. */
  readonly findings: readonly Finding[];
  /** `failed` if a finding is an error, `warned` if all findings are warnings, `passed` if there are none. */
  readonly outcome: 'passed' | 'warned' | 'failed';
  /** From the request to the end of the response, in milliseconds. */
  readonly duration: number;
}
