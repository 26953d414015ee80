import type { CreditBalanceList, CurrencyCode } from '../../generated/openapi.js';
import { operations, type Parameter } from '../../generated/operations.js';
import type { Redactor } from '../errors/redaction.js';
import { createContractClient } from '../http/contract-client.js';
import { unwrapFault } from '../http/key.js';
import type { Pace } from '../http/pace.js';
import { makePlainResponse, PlainRequest } from '../http/plain-request.js';
import { createTransport } from '../http/transport.js';
import { assertDuration, assertInteger, assertSignal } from '../options/assertions.js';
import type { CallOptions, ClientOptions } from '../options/client-options.js';
import { readClientSettings } from '../options/client-settings.js';
import { readHeaders } from '../options/headers.js';
import { assertParameter } from '../options/parameters.js';
import { readOptions } from '../options/read-options.js';
import { findMismatches, operationId } from './match.js';

/** What one call of `listCreditBalances` may have of its own. */
export interface ListOptions extends CallOptions {
  /** Only the balances in these currencies. @default all */
  currencyCode?: CurrencyCode | readonly CurrencyCode[] | undefined;
}

const listOptionNames = [
  'currencyCode',
  'signal',
  'timeout',
  'maxRetries',
  'headers',
] as const satisfies (keyof ListOptions)[];

/** A client of the contract. */
export interface CreditBalancesClient {
  /**
   * Lists the credit balances of a customer, one for each currency in which the customer was ever credited.
   * Without `currencyCode`, an empty `data` means that the customer has no credit; with it, that the customer has none
   * in these currencies. Whatever goes wrong is thrown, and never looks like an empty list.
   *
   * Source: https://developer.paddle.com/api-reference/customers/list-credit-balances
   *
   * @param customerId the Paddle ID of the customer, `ctm_…`.
   * @returns the body as Paddle sends it. Amounts are integers in the currency's lowest denomination, as strings.
   * @throws {UsageError} the call is wrong; nothing was sent.
   * @throws {ApiError} the server answered with an error status.
   * @throws {ConnectionError} the connection failed, or was lost.
   * @throws {TimeoutError} the response did not arrive in time.
   * @throws {ContractError} the response does not match the contract.
   * @throws the reason of `options.signal`, when it aborts.
   */
  listCreditBalances(customerId: string, options?: ListOptions): Promise<CreditBalanceList>;
}

/** `listCreditBalances`, each attempt of which waits for its turn. @throws {CallerFault} a function of the options threw. */
type PacedCall = (customerId: string, options: ListOptions, pace: Pace) => Promise<CreditBalanceList>;

/** Lets `./many` pace the calls of a client, and keep its secrets; not part of its public interface. */
export const pacedCalls = new WeakMap<CreditBalancesClient, { call: PacedCall; redactor: Redactor }>();

const { path, parameters } = operations[operationId];
const findParameter = (name: string) => parameters.find((parameter) => parameter.name === name) as Parameter;
const customerIdParameter = findParameter('customer_id');
const currencyCodeParameter = findParameter('currency_code');

/**
 * Makes a client. It holds no connection and needs no closing. A browser is not the place for an API key: a page asks
 * its own backend, with `baseUrl` and without `apiKey`.
 *
 * @example List a customer's credit
 * ```ts
 * const client = createCreditBalancesClient({ apiKey: process.env.PADDLE_API_KEY });
 * const { data } = await client.listCreditBalances('ctm_01gw9m680k848184fpttwr0b7z');
 * ```
 * @throws {UsageError} an option is unknown or wrong.
 */
export function createCreditBalancesClient(options: ClientOptions): CreditBalancesClient {
  const settings = readClientSettings(options);
  const { style, explode } = currencyCodeParameter;
  const client = createContractClient(settings, {
    querySerializer: { array: { style: style as 'form', explode } },
    Request: PlainRequest as never,
  });

  async function list(customerId: string, options: ListOptions, pace?: Pace): Promise<CreditBalanceList> {
    const { signal, timeout, maxRetries, headers, currencies } = settings.redactor.guard(() => {
      assertValue(customerIdParameter, customerId);
      const call = readOptions(options, listOptionNames);
      const currencies = readCurrencyCodes(call.currencyCode);
      assertSignal('signal', call.signal);
      assertDuration('timeout', call.timeout, 1);
      assertInteger('maxRetries', call.maxRetries, 0);
      return { ...call, currencies, headers: readHeaders(call.headers) };
    });
    const { data } = await client.GET(path as '/customers/{customer_id}/credit-balances', {
      params: {
        path: { customer_id: customerId },
        ...(currencies === undefined ? {} : { query: { currency_code: currencies } }),
      },
      ...{ headers, parseAs: 'json' },
      fetch: createTransport(
        settings,
        { findMismatches, respond: makePlainResponse },
        { signal, timeout, maxRetries, pace },
      ),
    });
    // The transport throws every error, and lets nothing but the contract's list through.
    return data as CreditBalanceList;
  }

  const made: CreditBalancesClient = {
    async listCreditBalances(customerId, options = {}) {
      try {
        return await list(customerId, options);
      } catch (error) {
        throw unwrapFault(error);
      }
    },
  };
  pacedCalls.set(made, { call: list, redactor: settings.redactor });
  return made;
}

/** @throws {UsageError} */
export function readCurrencyCodes(given: ListOptions['currencyCode']): CurrencyCode[] | undefined {
  const codes = given === undefined ? undefined : [given].flat();
  if (codes !== undefined) assertValue(currencyCodeParameter, codes);
  return codes;
}

/** @throws {UsageError} by the name that the option of the parameter has here. */
function assertValue(parameter: Parameter, value: unknown): void {
  assertParameter(parameter, value, parameter.property);
}
