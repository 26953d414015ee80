import { Command, Option } from 'commander';
import type { CreditBalanceList } from '../../generated/openapi.js';
import { environments } from '../options/address.js';
import { findUnknownCurrencies, readCurrencies, readLocale, readMilliseconds } from './arguments.js';
import { describeMissing, formatBalancesCsv, formatBalancesTable } from './balances.js';
import { toFailure } from './describe-error.js';
import { exitCodes, Failure } from './exit.js';
import { keyHelp, readKey } from './key.js';
import { toSafeJson } from './text.js';

interface Options {
  currency: string[] | undefined;
  allowUnknownCurrency: boolean;
  environment: 'live' | 'sandbox' | undefined;
  server: string | undefined;
  json: true | undefined;
  csv: true | undefined;
  timeout: number;
  locale: string | undefined;
}

/** The flags, by the client's option that each sets. */
const flags = {
  baseUrl: '--server',
  environment: '--environment',
  currencyCode: '--currency',
  customerId: '<customer-id>',
  timeout: '--timeout',
};
/** A person waits: a server that asks for a longer pause is reported at once, in milliseconds. */
const longestPause = 5_000;

export function makeGetCommand(): Command {
  return new Command('get')
    .description('Show how much credit a customer has.')
    .argument('<customer-id>', 'the Paddle ID of the customer, ctm_…')
    .option('--currency <codes>', 'only these currencies, comma-separated: USD,EUR; can be repeated', readCurrencies)
    .option('--allow-unknown-currency', 'accept a code that the contract does not know', false)
    .addOption(
      new Option(
        '--environment <name>',
        "which of Paddle's environments; by default the one that the key names",
      ).choices(environments),
    )
    .option('--server <url>', 'another server, a mock or a gateway for example')
    .addOption(new Option('--json', 'print the body as Paddle sent it').conflicts('csv'))
    .option('--csv', 'print CSV: amounts in the lowest denomination, then as decimals where those are certain')
    .option('--timeout <ms>', 'how long one attempt may take, in milliseconds', readMilliseconds, 30_000)
    .option('--locale <tag>', 'how amounts are written, such as de-AT; by default as on this machine', readLocale)
    .addHelpText(
      'after',
      `${keyHelp}

Exit codes: 0 done, also where there is no credit; 1 Paddle answered with an error, or the response breaks the
contract; 2 wrong usage or no key; 3 the server cannot be reached.

Examples:
  PADDLE_API_KEY=test paddle-credit-balances get ctm_01gw9m680k848184fpttwr0b7z --server http://127.0.0.1:4010
  PADDLE_API_KEY=test paddle-credit-balances get ctm_01mock200several0000000000 --currency usd,jpy --csv --server http://127.0.0.1:4010`,
    )
    .action(get);
}

async function get(customerId: string, options: Options): Promise<void> {
  const { currency, json, csv, locale } = options;
  assertKnown(currency ?? [], options.allowUnknownCurrency);
  const body = await list(await readKey(), customerId, options);

  if (json) return console.log(toSafeJson(body));
  const missing = describeMissing(body.data, currency);
  const words = missing === undefined ? [] : [`Customer ${customerId} has no credit${missing}.`];
  if (csv) {
    // What is not CSV must not get into the file.
    for (const text of words) console.error(text);
    return console.log(formatBalancesCsv(body.data));
  }
  if (body.data.length > 0) console.log(formatBalancesTable(body.data, locale));
  for (const text of words) console.log(text);
}

/** A typing mistake would read as "no credit". */
function assertKnown(codes: readonly string[], isAllowed: boolean): void {
  const [unknown] = isAllowed ? [] : findUnknownCurrencies(codes);
  if (unknown === undefined) return;
  throw new Failure(
    `--currency ${unknown.code} is no currency that the contract knows. Did you mean ${unknown.nearest}? To ask for it anyway: --allow-unknown-currency.`,
    exitCodes.usage,
  );
}

async function list(
  apiKey: string,
  customerId: string,
  { currency, environment, server, timeout }: Options,
): Promise<CreditBalanceList> {
  const { createCreditBalancesClient } = await import('../credit-balances/client.js');
  try {
    const client = createCreditBalancesClient({
      ...{ apiKey, environment, timeout, baseUrl: server, maxRetryDelay: longestPause },
    });
    return await client.listCreditBalances(customerId, { currencyCode: currency });
  } catch (error) {
    throw toFailure(error, flags);
  }
}
