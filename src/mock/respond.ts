import type { FieldError } from '../../generated/openapi.js';
import { tokenRefusals } from '../../generated/operations.js';
import type { Scenario } from '../../generated/scenarios.js';
import { findIssues } from '../http/issues.js';
import type { Route } from '../http/operations.js';
import { fitBody, withRequestId } from './fit-body.js';
import { findPreferred } from './prefer.js';
import { isProblem, type Problem } from './problem.js';
import { findError, findFirstScenario, findReservedScenario, findScenario, type ScenarioName } from './scenarios.js';
import type { MockState } from './state.js';

/** A request header by its name in lowercase. */
export type ReadHeader = (name: string) => string | null | undefined;

/** The answer to a request. */
export interface Answer {
  /** Gives the status and the headers. */
  scenario: Scenario;
  body: unknown;
  /** Headers to send in place of the scenario's. */
  headers?: Record<string, string>;
  source: 'scenario' | 'state';
}

/**
 * Answers as Paddle would: a wrong token comes first, then wrong parameters. A `Prefer` header wins over `preset`, that
 * over the state, and that over a reserved parameter; every other request gets the first example.
 */
export function respond(route: Route, header: ReadHeader, preset?: ScenarioName, state?: MockState): Answer | Problem {
  const { operationId, operation } = route;
  const refusal = operation.secured ? findRefusal(header('authorization')) : undefined;
  if (refusal !== undefined) return answerAsIs(findScenario(refusal, operationId), route);

  const fields = findWrongFields(route, header);
  const invalid = findError(400, operationId);
  if (fields.length > 0 && invalid !== undefined) {
    const body = invalid.body as { error: object };
    return {
      ...answerAsIs(invalid, route),
      body: withRequestId({ ...body, error: { ...body.error, errors: fields } }),
    };
  }

  const preferred = findPreferred(operationId, header('prefer'));
  if (preferred !== undefined && isProblem(preferred)) return preferred;
  const chosen = preferred ?? findScenario(preset, operationId);
  const known = chosen === undefined ? state?.find(route) : undefined;
  const success = findFirstScenario(operationId, 200);
  if (known !== undefined && success !== undefined) {
    return { scenario: success, body: fitBody({ ...success.body, ...known }, success, route), source: 'state' };
  }
  const scenario = chosen ?? findReservedScenario(route) ?? findScenario(state?.fallback(route), operationId);
  const answered = scenario ?? findFirstScenario(operationId);
  if (answered === undefined) return answerAsIs(undefined, route);
  return { scenario: answered, body: fitBody(answered.body, answered, route), source: 'scenario' };
}

/** The scenario as in the contract, with a new request ID. @throws {Error} the contract has no such scenario. */
export function answerAsIs(scenario: Scenario | undefined, { operationId }: Route): Answer {
  if (scenario === undefined) throw new Error(`The contract has no example to answer ${operationId} with.`);
  return { scenario, body: withRequestId(scenario.body), source: 'scenario' };
}

/** Any plausible token is accepted, so that `Bearer test` is. */
function findRefusal(authorization: string | null | undefined): string | undefined {
  if (authorization === null || authorization === undefined) return tokenRefusals.missing;
  // The scheme's name has no case (RFC 9110), and the official SDK for Node sends it in lowercase.
  const token = /^bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  return token === undefined ? tokenRefusals.malformed : findTokenRefusal(token);
}

/** The name of the scenario that refuses a token which cannot be valid; undefined for any other token. */
function findTokenRefusal(token: string): string | undefined {
  const kind = tokenRefusals.kinds.find(({ prefix }) => new RegExp(prefix).test(token));
  const isValid = kind?.pattern !== undefined && new RegExp(kind.pattern).test(token);
  return isValid ? undefined : kind?.refusal;
}

function findWrongFields({ operation, parameters }: Route, header: ReadHeader): FieldError[] {
  return operation.parameters.flatMap(({ name, in: place, types, expected, validate }) => {
    const sent = place === 'header' ? header(name.toLowerCase()) : parameters[name];
    if (sent === null || sent === undefined) return [];
    const isNumber = types.includes('integer') || types.includes('number');
    const [issue] = findIssues(validate, isNumber ? Number(sent) : sent);
    if (issue === undefined) return [];
    return [{ field: name, message: expected === undefined ? issue.message : `must be ${expected}` }];
  });
}
