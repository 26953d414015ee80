import type { RequestParameters } from '../http/request.js';
import type { Finding } from './finding.js';

/** The response that a probe should get; without `code`, any code will do. */
export interface Expectation {
  readonly status: number;
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
  readonly status: number;
  /** The error code; undefined where the body has none. */
  readonly code: string | undefined;
  /** As it was sent; undefined where it is missing. */
  readonly contentType: string | undefined;
}

/** One request, its response, and what was found in it. It holds no key. */
export interface ProbeResult {
  readonly name: string;
  /** Method and address. */
  readonly request: string;
  readonly expected: Expectation;
  /** Whether Paddle documents the outcome. If not, another error of the contract is only a warning. */
  readonly documented: boolean;
  readonly received: ProbeAnswer;
  readonly findings: readonly Finding[];
  /** `failed` if a finding is an error, `warned` if all findings are warnings, `passed` if there are none. */
  readonly outcome: 'passed' | 'warned' | 'failed';
  /** From the request to the end of the response, in milliseconds. */
  readonly duration: number;
}
