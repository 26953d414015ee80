import type { RequestParameters } from '../http/request.js';
import type { Finding } from './finding.js';

/** What a probe should be answered with; no code where any will do. */
export interface Expectation {
  /** The HTTP status. */
  readonly status: number;
  /** The error code. */
  readonly code?: string;
}

/** One request, and what the contract's API documents of its answer. */
export interface Probe {
  readonly name: string;
  /** The parameters, which may follow from earlier answers. */
  readonly request: () => RequestParameters;
  /** The `Authorization` header: the caller's own, none, or one that must be refused. */
  readonly authorization: { readonly own: true } | { readonly value: string | undefined };
  readonly expected: Expectation;
  /** Where the outcome is not documented, another error of the contract is a warning. */
  readonly documented: boolean;
  /** What is wrong with a success, given what was asked. */
  readonly check?: (body: unknown) => Finding[];
}

/** What a server answered, as far as probes are about it. */
export interface ProbeAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** The error code; undefined where the body has none. */
  readonly code: string | undefined;
  /** As it was sent; undefined where it is missing. */
  readonly contentType: string | undefined;
}

/** One request, its answer, and what was found in that. It holds no key. */
export interface ProbeResult {
  /** What the request is about. */
  readonly name: string;
  /** Method and address. */
  readonly request: string;
  /** What the contract's API should answer. */
  readonly expected: Expectation;
  /** Whether what is expected is documented; where it is not, another error of the contract is a warning. */
  readonly documented: boolean;
  /** What the server answered. */
  readonly received: ProbeAnswer;
  /** What was found in the answer; empty where it is as it should be. */
  readonly findings: readonly Finding[];
  /** `failed` where there is an error among the findings, `warned` where there are warnings only. */
  readonly outcome: 'passed' | 'warned' | 'failed';
  /** From the request to the end of the answer, in milliseconds. */
  readonly duration: number;
}
