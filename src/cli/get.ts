import { Command, Option } from 'commander';
import type { CreditBalanceList } from '../../generated/openapi.js';
import { servers } from '../../generated/servers.js';
import { currencyList, localeTag, milliseconds } from './arguments.js';
import { balancesAsCsv, balancesAsTable, withoutCredit } from './balances.js';
import { failureOf } from './failure.js';
import { keyHelp, readKey } from './key.js';

interface Options {
  currency: string[] | undefined;
  environment: keyof typeof servers | undefined;
  baseUrl: string | undefined;
  json: true | undefined;
  csv: true | undefined;
  timeout: number;
  locale: string | undefined;
}

/** A person waits: a server that asks for a longer pause is reported at once, in milliseconds. */
const longestPause = 5_000;

export function getCommand(): Command {
  return new Command('get')
    .description('Show how much credit a customer has.')
    .argument('<customer-id>', 'the Paddle ID of the customer, ctm_…')
    .option('--currency <codes>', 'only these currencies, with commas between: USD,EUR', currencyList)
    .addOption(
      new Option('--environment <name>', "which of Paddle's environments; what the key says, if it does").choices(
        Object.keys(servers),
      ),
    )
    .option('--base-url <url>', 'another server, a mock or a gateway for instance')
    .addOption(new Option('--json', 'print the body as Paddle sent it').conflicts('csv'))
    .option('--csv', 'print CSV: the amounts as sent, in the smallest unit, then as decimals where those are certain')
    .option('--timeout <ms>', 'how long one attempt may take, in milliseconds', milliseconds, 30_000)
    .option('--locale <tag>', 'how amounts are written, such as de-AT; that of this machine', localeTag)
    .addHelpText(
      'after',
      `${keyHelp}

Exit codes: 0 done, also where there is no credit; 1 Paddle answered with an error, or with what breaks the contract;
2 wrong usage or no key; 3 the server cannot be reached.`,
    )
    .action(get);
}

async function get(customerId: string, options: Options): Promise<void> {
  const { currency, environment, baseUrl, json, csv, timeout, locale } = options;
  const apiKey = await readKey();
  const body = await list(apiKey, customerId, { currency, environment, baseUrl, timeout });

  if (json) return console.log(JSON.stringify(body, null, 2));
  const missing = withoutCredit(body.data, currency);
  const words = missing === undefined ? [] : [`Customer ${customerId} has no credit${missing}.`];
  if (csv) {
    // What is not CSV must not get into the file.
    for (const text of words) console.error(text);
    return console.log(balancesAsCsv(body.data));
  }
  if (body.data.length > 0) console.log(balancesAsTable(body.data, locale));
  for (const text of words) console.log(text);
}

async function list(
  apiKey: string,
  customerId: string,
  { currency, ...options }: Pick<Options, 'currency' | 'environment' | 'baseUrl' | 'timeout'>,
): Promise<CreditBalanceList> {
  const { createCreditBalancesClient } = await import('../client.js');
  try {
    const client = createCreditBalancesClient({ apiKey, ...options, maxRetryDelay: longestPause });
    return await client.listCreditBalances(customerId, { currencyCode: currency });
  } catch (error) {
    throw failureOf(error);
  }
}
