import { describeMissing, formatBalancesCsv, formatBalancesTable } from './balances.js';
import { toFailure } from './describe-error.js';
import { type GetOptions, getFlags } from './get-options.js';
import { readApiKey } from './key.js';
import { findWidth } from './table.js';
import { toSafeJson } from './text.js';

const flags = { ...getFlags, customerId: '<customer-id>' };
/** A person waits: a server that asks for a longer pause is reported at once, in milliseconds. */
const longestPause = 5_000;

/** Prints the credit of one customer. */
export async function getOne(customerId: string, options: GetOptions): Promise<void> {
  const { currency, json, csv, locale } = options;
  const body = await list(await readApiKey(), customerId, options);

  if (json) return console.log(toSafeJson(body));
  const missing = describeMissing(body.data, currency);
  const words = missing === undefined ? [] : [`Customer ${customerId} has no credit${missing}.`];
  if (csv) {
    // What is not CSV must not get into the file.
    for (const text of words) console.error(text);
    return console.log(formatBalancesCsv(body.data));
  }
  if (body.data.length > 0) console.log(formatBalancesTable(body.data, locale, findWidth(process.stdout)));
  for (const text of words) console.log(text);
}

async function list(
  apiKey: string,
  customerId: string,
  { currency, environment, server, timeout, concurrency, requestsPerMinute }: GetOptions,
) {
  const { createCreditBalancesClient } = await import('../credit-balances/client.js');
  const { readManySettings } = await import('../credit-balances/many/options.js');
  try {
    // Of no use here, and wrong all the same.
    readManySettings({ concurrency, requestsPerMinute });
    const client = createCreditBalancesClient({
      ...{ apiKey, environment, timeout, baseUrl: server, maxRetryDelay: longestPause },
    });
    return await client.listCreditBalances(customerId, { currencyCode: currency });
  } catch (error) {
    throw toFailure(error, flags);
  }
}
