import createFetchClient from 'openapi-fetch';
import type { CreditBalanceList, paths } from '../generated/openapi.js';
import { abortable } from './abort.js';
import { attempt } from './attempt.js';
import { apiVersion, operationPath } from './operation.js';
import {
  type ClientOptions,
  checkClientOptions,
  checkCustomerId,
  checkKey,
  checkListOptions,
  type ListOptions,
  serverFor,
} from './options.js';
import { read } from './response.js';
import { retry } from './retry.js';
import { Redactor } from './secrets.js';

/** Calls the operation of the contract. */
export interface CreditBalancesClient {
  /**
   * Lists the credit balances of a customer, one for each currency in which the customer was ever credited.
   * An empty `data` means that there is no credit; nothing that went wrong ever reads so.
   *
   * @param customerId the Paddle ID of the customer, `ctm_…`.
   * @returns the body as Paddle sends it. Amounts are whole numbers of the currency's smallest unit, as strings.
   * @throws {UsageError} the call is wrong; nothing was sent.
   * @throws {ApiError} the server answered with an error status.
   * @throws {ConnectionError} no whole response arrived.
   * @throws {TimeoutError} no whole response arrived in time.
   * @throws {ContractError} the response is not what the contract says.
   * @throws the reason of `options.signal`, when it aborts.
   */
  listCreditBalances(customerId: string, options?: ListOptions): Promise<CreditBalanceList>;
}

/**
 * Makes a client. It holds no connection and needs no closing.
 *
 * @example List a customer's credit
 * ```ts
 * const client = createCreditBalancesClient({ apiKey: process.env.PADDLE_API_KEY! });
 * const { data } = await client.listCreditBalances('ctm_01gw9m680k848184fpttwr0b7z');
 * ```
 * @throws {UsageError} an option is unknown or wrong.
 */
export function createCreditBalancesClient(options: ClientOptions): CreditBalancesClient {
  checkClientOptions(options);
  // A copy, so that a later change of the caller's object cannot get past the checks.
  const settings = { ...options };
  const { apiKey, timeout = 30_000, maxRetries = 2, maxRetryDelay = 60_000, onRetry, validate = true } = settings;
  const api = createFetchClient<paths>({ querySerializer: { array: { style: 'form', explode: false } } });

  return {
    async listCreditBalances(customerId, call = {}) {
      checkCustomerId(customerId);
      checkListOptions(call);
      const { signal } = call;
      const currencies = call.currencyCode === undefined ? undefined : [call.currencyCode].flat();
      const limit = call.timeout ?? timeout;

      const once = async () => {
        signal?.throwIfAborted();
        const key = typeof apiKey === 'string' ? apiKey : checkKey(await abortable(readKey(apiKey), signal));
        const server = serverFor(key, settings);
        const redactor = new Redactor(key);
        const request = `GET ${server}${operationPath.replace('{customer_id}', customerId)}`;
        const sent = await attempt(
          async (abortSignal) => {
            const { data, error, response } = await api.GET(operationPath, {
              baseUrl: server,
              fetch: settings.fetch ?? globalThis.fetch,
              params: {
                path: { customer_id: customerId },
                header: { 'Paddle-Version': apiVersion },
                ...(currencies === undefined ? {} : { query: { currency_code: currencies } }),
              },
              headers: {
                ...settings.headers,
                ...call.headers,
                Accept: 'application/json',
                Authorization: `Bearer ${key}`,
              },
              parseAs: 'text',
              redirect: 'manual',
              signal: abortSignal,
            });
            return { response, body: data ?? error };
          },
          { timeout: limit, signal, request, redactor },
        );
        return 'error' in sent ? sent : read(sent.value, { customerId, currencies, validate }, request, redactor);
      };
      return retry(once, { maxRetries: call.maxRetries ?? maxRetries, maxRetryDelay, onRetry, signal });
    },
  };
}

async function readKey(apiKey: () => string | Promise<string>): Promise<string> {
  return apiKey();
}
