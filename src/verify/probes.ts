import { currencies as knownCurrencies } from '../../generated/currencies.js';
import { scenarios } from '../../generated/scenarios.js';

/** What a probe should be answered with; no code where any will do. */
export interface Expectation {
  readonly status: number;
  readonly code?: string;
}

/** One request, and what Paddle documents of its answer. */
export interface Probe {
  readonly name: string;
  /** `unknown` is a well-formed id that no customer has. */
  readonly customer: 'asked' | 'unknown' | 'malformed';
  /** The `Authorization` header: the right one, none, or one that must be refused. */
  readonly authorization: { readonly own: true } | { readonly value: string | undefined };
  /** Which currencies to ask for, given those that the customer has credit in; all where it is left out. */
  readonly currencies?: (held: readonly string[]) => readonly string[];
  readonly expected: Expectation;
  /** Where Paddle does not document the outcome, another one breaks nothing. */
  readonly documented: boolean;
}

const own = { own: true } as const;
const usual = { customer: 'asked', authorization: own, documented: true } as const;

/** In the order in which they are sent: the first one tells which currencies there are to filter by. */
export const probes = [
  { ...usual, name: 'list', expected: { status: 200 } },
  {
    ...usual,
    name: 'filter',
    currencies: (held) => (held.length === 0 ? notHeld(held, 2) : [...held.slice(0, 1), ...notHeld(held, 1)]),
    expected: { status: 200 },
  },
  {
    ...usual,
    name: 'filter without a match',
    currencies: (held) => notHeld(held, 1),
    expected: { status: 200 },
    documented: false,
  },
  { ...usual, name: 'unknown customer', customer: 'unknown', expected: { status: 404, code: 'not_found' } },
  // Which of the two codes of a 400 it gets is not documented either.
  { ...usual, name: 'malformed id', customer: 'malformed', expected: { status: 400 }, documented: false },
  {
    ...usual,
    name: 'no key',
    authorization: { value: undefined },
    expected: { status: 403, code: 'authentication_missing' },
  },
  {
    ...usual,
    name: 'malformed header',
    authorization: { value: 'not-a-bearer-token' },
    expected: { status: 403, code: 'authentication_malformed' },
  },
  {
    ...usual,
    name: 'key that cannot be valid',
    authorization: { value: 'Bearer pdl_sdbx_apikey_invalid' },
    expected: { status: 403, code: 'invalid_token' },
  },
] as const satisfies readonly Probe[];

export type ProbeName = (typeof probes)[number]['name'];

export const malformedId = 'not-a-customer-id';

/** An id that the contract reserves, and that Paddle cannot give: its ids hold no letter `o`. */
export const unknownId = scenarios.find(({ name }) => name === 'not_found')?.customerId ?? '';

/** Known currencies without credit. A customer with credit in all of them would get codes that nobody has. */
function notHeld(held: readonly string[], count: number): string[] {
  const candidates = [...Object.keys(knownCurrencies), 'XXA', 'XXB'];
  return candidates.filter((code) => !held.includes(code)).slice(0, count);
}
