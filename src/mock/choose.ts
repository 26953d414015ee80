import type { FieldError } from '../../generated/openapi.js';
import { type Scenario, scenarios } from '../../generated/scenarios.js';
import * as validators from '../../generated/validators.js';
import { issuesOf } from '../issues.js';
import { apiKeyPattern, isClientSideToken } from '../keys.js';
import { preferredScenario } from './prefer.js';
import type { Problem } from './problem.js';

export type ScenarioName = Scenario['name'];

/** What a request says, as far as the answer depends on it. */
export interface MockRequest {
  /** Decoded. */
  customerId: string;
  query: URLSearchParams;
  /** By its name in small letters. */
  header(name: string): string | null | undefined;
}

/** The scenario to answer with, and how its body is fitted to the request. */
export interface Choice {
  scenario: Scenario;
  /** The body that is given stays as it is; what is not fitted is shared with it. */
  fitted(body: unknown): unknown;
}

/**
 * What Paddle would answer: the key is looked at first, then the parameters, then the customer. A `Prefer` wins over
 * `preset`, which wins over the customer's reserved scenario; any other customer gets the contract's first.
 */
export function choose(request: MockRequest, preset?: Scenario): Choice | Problem {
  const preferred = preferredScenario(request.header('prefer'));
  if (preferred !== undefined && 'title' in preferred) return preferred;

  const refused = keyRefusal(request.header('authorization'));
  if (refused !== undefined) return unfitted(named(refused));

  const fields = wrongFields(request);
  if (fields.length > 0) return { scenario: named('invalid_field'), fitted: (body) => fresh(withFields(body, fields)) };

  const { customerId } = request;
  const reserved = scenarios.find((candidate) => candidate.customerId === customerId);
  const scenario = preferred ?? preset ?? reserved ?? (scenarios[0] as Scenario);
  const currencies = askedCurrencies(request.query);
  return {
    scenario,
    fitted: (body) => filtered(fresh(renamed(body, scenario.customerId, customerId)), currencies),
  };
}

/** The scenario as the contract shows it, but for the request id. */
export function unfitted(scenario: Scenario): Choice {
  return { scenario, fitted: fresh };
}

/** @throws {Error} the contract has no such scenario. */
export function named(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`The contract has no scenario ${name}.`);
  return found;
}

/** Any token passes that is not plainly wrong, so that `Bearer test` does. */
function keyRefusal(authorization: string | null | undefined): ScenarioName | undefined {
  if (authorization === null || authorization === undefined) return 'authentication_missing';
  // The scheme's name has no case (RFC 9110), and the official SDK for Node sends it in small letters.
  const token = /^bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  if (token === undefined) return 'authentication_malformed';
  const malformed = token.startsWith('pdl_') && !apiKeyPattern.test(token);
  return malformed || isClientSideToken(token) ? 'invalid_token' : undefined;
}

function askedCurrencies(query: URLSearchParams): string[] | undefined {
  // Paddle documents the comma list; what it does with a repeated key is not known, and the mock takes both.
  return query.has('currency_code') ? query.getAll('currency_code').flatMap((list) => list.split(',')) : undefined;
}

function wrongFields({ customerId, query, header }: MockRequest): FieldError[] {
  const version = header('paddle-version');
  const number = version === null || version === undefined ? undefined : Number(version);
  return [
    ...fieldErrors('customer_id', validators.CustomerId, [customerId]),
    ...fieldErrors('currency_code', validators.CurrencyCode, askedCurrencies(query) ?? []),
    ...(number === undefined || (Number.isInteger(number) && number >= 1)
      ? []
      : [{ field: 'Paddle-Version', message: 'must be a whole number, 1 or more' }]),
  ];
}

function fieldErrors(field: string, validator: validators.Validator<string>, values: string[]): FieldError[] {
  const [first] = values.flatMap((value) => issuesOf(validator, value));
  return first === undefined ? [] : [{ field, message: first.message }];
}

/** With a request id of its own. */
function fresh(body: unknown): unknown {
  const { meta } = body as { meta?: object };
  return meta === undefined ? body : { ...(body as object), meta: { ...meta, request_id: randomUuid() } };
}

function withFields(body: unknown, errors: FieldError[]): unknown {
  return { ...(body as object), error: { ...(body as { error: object }).error, errors } };
}

/** The id stands in every balance, and in the detail of `not_found`. */
function renamed(body: unknown, from: string, to: string): unknown {
  return from === to ? body : JSON.parse(JSON.stringify(body).replaceAll(from, to));
}

function filtered(body: unknown, currencies: string[] | undefined): unknown {
  const { data } = body as { data?: { currency_code: string }[] };
  if (data === undefined || currencies === undefined) return body;
  return { ...(body as object), data: data.filter(({ currency_code }) => currencies.includes(currency_code)) };
}

/** Random bytes are taken from the system in blocks: one by one they would cost more than the rest of an answer. */
const entropy = new Uint8Array(16 * 256);
let taken = entropy.length;

/** Version 4. `crypto.randomUUID` would do, but is missing on pages that are served by plain http from another machine. */
function randomUuid(): string {
  if (taken === entropy.length) {
    crypto.getRandomValues(entropy);
    taken = 0;
  }
  const bytes = entropy.slice(taken, taken + 16);
  taken += 16;
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
