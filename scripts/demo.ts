// `npm run demo`: every scenario of the contract, asked of the mock through the client.
import { scenarios } from '../generated/scenarios.js';
import { table } from '../src/cli/table.ts';
import { createCreditBalancesClient, formatAmount, PaddleError } from '../src/index.ts';
import { startMock } from '../src/mock/server.ts';
import { runMain } from './command-line.ts';

const help = `Usage: npm run demo

Starts the mock, asks it for every scenario of the contract through the client, and prints what comes back.

Exit codes: 0 done, 1 the mock or the client failed, 2 wrong usage.
`;

await runMain({ help, run: demo });

async function demo(): Promise<void> {
  const mock = await startMock({ port: 0 });
  try {
    // A mock takes any key; retries would only repeat its fixed answers.
    const client = createCreditBalancesClient({ apiKey: 'demo', baseUrl: mock.url, maxRetries: 0 });
    console.log(`The mock serves the contract on ${mock.url}; the client asks it for each scenario.\n`);

    const rows: string[][] = [];
    const errors: string[] = [];
    for (const { name, customerId } of scenarios) {
      try {
        const { data } = await client.listCreditBalances(customerId);
        rows.push(
          ...data.map(({ currency_code: currency, balance }, index) => [
            index === 0 ? name : '',
            currency,
            ...[balance.available, balance.reserved, balance.used].map((amount) =>
              formatAmount(amount, currency, { locale: 'en-US' }),
            ),
          ]),
        );
        if (data.length === 0) rows.push([name, 'no credit']);
      } catch (error) {
        if (!(error instanceof PaddleError)) throw error;
        errors.push(`${error.name} ${error.message}`);
      }
    }

    console.log(table(['scenario', 'currency', 'available', 'reserved', 'used'], rows, [2, 3, 4]));
    console.log('\nAnd every error of the contract, as the client throws it:\n');
    for (const error of errors) console.log(error);
  } finally {
    await mock.close();
  }
}
