import { Command, Option } from 'commander';
import { environments } from '../options/address.js';
import { defaults, paddleLimit } from '../options/client-options.js';
import {
  findUnknownCurrencies,
  readCurrencies,
  readInteger,
  readLocale,
  readMilliseconds,
  readRate,
} from './arguments.js';
import { exitCodes, Failure } from './exit.js';
import type { GetOptions } from './get-options.js';
import { keyHelp } from './key.js';

export function makeGetCommand(): Command {
  return new Command('get')
    .description('Show how much credit a customer has, or many customers have.')
    .argument('[customer-id...]', 'the Paddle IDs of the customers, ctm_…')
    .option('--file <file>', 'take the IDs from a file, one a line or CSV with a header; - is standard input')
    .option('--column <name>', 'the column of the CSV file; by default customer_id, or else id')
    .option('--currency <codes>', 'only these currencies, comma-separated: USD,EUR; can be repeated', readCurrencies)
    .option('--allow-unknown-currency', 'accept a code that the contract does not know', false)
    .addOption(
      new Option(
        '--environment <name>',
        "which of Paddle's environments; by default the one that the key names",
      ).choices(environments),
    )
    .option('--server <url>', 'another server, a mock or a gateway for example')
    .addOption(
      new Option('--json', 'print the body as Paddle sent it, for one customer').conflicts(['csv', 'ndjson', 'totals']),
    )
    .addOption(new Option('--ndjson', 'print a line of JSON for each customer').conflicts('csv'))
    .option('--csv', 'print CSV: amounts in the lowest denomination, then as decimals where those are certain')
    .option('--out <file>', 'write to this file, as CSV or as .ndjson, instead of standard output')
    .option('--resume', 'go on with the file of --out: ask only for customers who are not in it')
    .option('--totals', 'print the sums of all customers in each currency')
    .option(
      '--requests-per-minute <n>',
      'how many requests to send in a minute; Infinity for no limit',
      readRate,
      paddleLimit.requests,
    )
    .option('--concurrency <n>', 'how many customers to ask for at a time', readInteger, defaults.concurrency)
    .option('--timeout <ms>', 'how long one attempt may take, in milliseconds', readMilliseconds, defaults.timeout)
    .option('--locale <tag>', 'how amounts are written, such as de-AT; by default as on this machine', readLocale)
    .option('--quiet', 'show no progress')
    .addHelpText(
      'after',
      `${keyHelp}
With --file - it must be in the environment variable.

Of many customers, the results come in the order in which they arrive. A customer that failed is listed at the end
with the reason, and is not in the file of --out. Ctrl+C finishes what is under way; --resume goes on from there.

Exit codes: 0 done, also where there is no credit; 1 Paddle answered with an error, the response breaks the contract, or
the output cannot be written, for some customers at least; 2 wrong usage, no key, or no ID that is one; 3 the server
cannot be reached; 130 interrupted.

Examples:
  PADDLE_API_KEY=test paddle-credit-balances get ctm_01gw9m680k848184fpttwr0b7z --server http://127.0.0.1:4010
  echo ctm_01mock200several0000000000 | PADDLE_API_KEY=test paddle-credit-balances get --file - --currency usd,jpy --totals --server http://127.0.0.1:4010`,
    )
    .action(get);
}

async function get(customerIds: string[], options: GetOptions, command: Command): Promise<void> {
  assertTogether(customerIds, options, command);
  assertKnown(options.currency ?? [], options.allowUnknownCurrency);
  const [only] = customerIds;
  if (only !== undefined && customerIds.length === 1 && !isForMany(options)) {
    const { getOne } = await import('./get-one.js');
    return getOne(only, options);
  }
  if (options.json) throw new Failure('--json is for one customer. For many: --ndjson.', exitCodes.usage);
  const { getMany } = await import('./many/get-many.js');
  return getMany(customerIds, options);
}

/** Whether one customer is only the first of possibly many. */
function isForMany({ file, out, ndjson, totals }: GetOptions): boolean {
  return file !== undefined || out !== undefined || ndjson === true || totals === true;
}

function assertTogether(customerIds: string[], { file, column, out, resume }: GetOptions, command: Command): void {
  const wrong =
    customerIds.length === 0 && file === undefined
      ? "missing required argument 'customer-id'; for customers in a file: --file FILE"
      : customerIds.length > 0 && file !== undefined
        ? 'customer IDs are either arguments or in the file of --file, not both'
        : column !== undefined && file === undefined
          ? '--column is the column of a file: add --file FILE'
          : resume && out === undefined
            ? '--resume goes on with the file of --out: add --out FILE'
            : undefined;
  if (wrong !== undefined) command.error(`error: ${wrong}`);
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
