import type { CreditBalanceList } from '../generated/openapi.js';
import { abortable } from './abort.js';
import { attempt } from './attempt.js';
import {
  type ClientOptions,
  checkClientOptions,
  checkCustomerId,
  checkKey,
  checkListOptions,
  type ListOptions,
  serverFor,
} from './options.js';
import { headersOf, urlOf } from './request.js';
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
  const access =
    typeof apiKey === 'string'
      ? accessWith(apiKey, settings)
      : async (signal?: AbortSignal) => accessWith(await abortable(apiKey(), signal), settings);

  return {
    async listCreditBalances(customerId, call = {}) {
      checkCustomerId(customerId);
      checkListOptions(call);
      const { signal } = call;
      const currencies = call.currencyCode === undefined ? undefined : [call.currencyCode].flat();
      const question = { customerId, currencies, validate };

      const once = async () => {
        signal?.throwIfAborted();
        const { key, server, redactor } = typeof access === 'function' ? await access(signal) : access;
        const url = urlOf(server, question);
        const request = `GET ${url.replace(/\?.*/, '')}`;
        const sent = await attempt(
          async (abortSignal) => {
            const response = await send(settings.fetch, url, {
              headers: headersOf(key, settings.headers, call.headers),
              redirect: 'manual',
              signal: abortSignal,
            });
            return { response, text: await response.text() };
          },
          { timeout: call.timeout ?? timeout, signal, request, redactor },
        );
        return 'error' in sent ? sent : read(sent.value, question, request, redactor);
      };
      return retry(once, { maxRetries: call.maxRetries ?? maxRetries, maxRetryDelay, onRetry, signal });
    },
  };
}

/** What follows from a key. */
function accessWith(given: unknown, settings: ClientOptions) {
  const key = checkKey(given);
  return { key, server: serverFor(key, settings), redactor: new Redactor(key) };
}

/** A `fetch` of the caller's is given a Request, to read or to pass on. The global one would only make another of it. */
function send(fetch: ClientOptions['fetch'], url: string, init: RequestInit): Promise<Response> {
  return fetch === undefined ? globalThis.fetch(url, init) : fetch(new Request(url, init));
}
