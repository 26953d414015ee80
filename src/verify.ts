/**
 * Checks a response, or a whole server, against the contract.
 *
 * @module
 */
export { checkResponse } from './credit-balances/check-response.js';
export type { ProbeName } from './credit-balances/probes.js';
export type { Report, VerifyOptions } from './credit-balances/verify-server.js';
export { verifyServer } from './credit-balances/verify-server.js';
export type { HeadersOption } from './options/headers.js';
export type { CheckOptions } from './verify/check.js';
export type { Finding, Rule, Severity } from './verify/finding.js';
export type { Expectation, ProbeAnswer, ProbeResult } from './verify/probe.js';
