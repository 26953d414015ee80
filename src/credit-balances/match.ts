import type { CreditBalanceList } from '../../generated/openapi.js';
import type { FindMismatches } from '../http/transport.js';

/** A part of an answer that is not about what was asked. */
export interface Mismatch {
  /** Where in the body, as a JSON Pointer. */
  readonly path: string;
  readonly message: string;
  /** Another customer, or a filter that does not filter. */
  readonly rule: 'customer' | 'filter';
}

/** The operation that this folder is about. */
export const operationId = 'list-credit-balances';

/**
 * What in a list is not about the question. The body may break the contract: what is no balance is passed over.
 *
 * @param currencies those that were asked for; undefined for all.
 */
export function matchAnswer(
  { customerId, currencies }: { customerId: string; currencies: readonly string[] | undefined },
  body: unknown,
): Mismatch[] {
  return listBalances(body).flatMap(({ customer_id: customer, currency_code: currency }, index): Mismatch[] => {
    const path = `/data/${index}`;
    const isOther = typeof customer === 'string' && customer !== customerId;
    const isUnasked = typeof currency === 'string' && currencies?.includes(currency) === false;
    return [
      ...(isOther
        ? [
            {
              path: `${path}/customer_id`,
              message: 'is another customer than the one asked for',
              rule: 'customer' as const,
            },
          ]
        : []),
      ...(isUnasked
        ? [
            {
              path: `${path}/currency_code`,
              message: `is ${currency}, which was not asked for`,
              rule: 'filter' as const,
            },
          ]
        : []),
    ];
  });
}

/** `matchAnswer` in the words of the transport. */
export const findMismatches: FindMismatches = (id, parameters, body) =>
  id === operationId
    ? matchAnswer(
        {
          customerId: String(parameters.customer_id),
          currencies: parameters.currency_code as readonly string[] | undefined,
        },
        body,
      ).map(({ path, message }) => ({ path, message }))
    : [];

/** The balances of a body, as far as it is a list of them; the index of each is its place. */
export function listBalances(body: unknown): Partial<Record<keyof CreditBalanceList['data'][number], unknown>>[] {
  const data = (body as { data?: unknown } | null | undefined)?.data;
  return Array.isArray(data) ? data.map((item) => (typeof item === 'object' && item !== null ? item : {})) : [];
}
