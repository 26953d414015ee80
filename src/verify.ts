export { checkResponse } from './verify/check.js';
export type { Finding, Rule, Severity } from './verify/finding.js';
export type { Answer, Expectation, ProbeName, ProbeResult, Report, VerifyOptions } from './verify/server.js';
export { verifyServer } from './verify/server.js';
