import type { CreditBalanceList } from '../../generated/openapi.js';
import type { FindMismatches } from '../http/transport.js';

/** A part of a response that the request did not ask for. */
export interface Mismatch {
  /** Where in the body, as a JSON Pointer. */
  readonly path: string;
  readonly message: string;
  /** Another customer, or a filter that does not filter. */
  readonly rule: 'customer' | 'filter';
}

/** The operation that this folder implements. */
export const operationId = 'list-credit-balances';

/**
 * Finds the balances of a list that were not asked for. In a body that breaks the contract, all else is ignored.
 *
 * @param currencies the codes that were asked for; undefined for all.
 */
export function matchAnswer(
  { customerId, currencies }: { customerId: string; currencies: readonly string[] | undefined },
  body: unknown,
): Mismatch[] {
  return listBalances(body).flatMap(({ customer_id: customer, currency_code: currency }, index) => {
    const found: Mismatch[] = [];
    const add = (field: string, message: string, rule: Mismatch['rule']) =>
      found.push({ path: `/data/${index}/${field}`, message, rule });
    if (typeof customer === 'string' && customer !== customerId) {
      add('customer_id', 'is another customer than asked for', 'customer');
    }
    if (typeof currency === 'string' && currencies?.includes(currency) === false) {
      add('currency_code', `is ${currency}, which was not asked for`, 'filter');
    }
    return found;
  });
}

/** `matchAnswer` for the transport. */
export const findMismatches: FindMismatches = (id, parameters, body) =>
  id === operationId
    ? matchAnswer(
        {
          customerId: String(parameters.customer_id),
          currencies: parameters.currency_code as readonly string[] | undefined,
        },
        body,
      )
    : [];

/** The balances of a body, in its order; empty for a body that is not a list of them. */
export function listBalances(body: unknown): Partial<Record<keyof CreditBalanceList['data'][number], unknown>>[] {
  const data = (body as { data?: unknown } | null | undefined)?.data;
  return Array.isArray(data) ? data.map((item) => (typeof item === 'object' && item !== null ? item : {})) : [];
}
