// `npm run demo`: every scenario of the contract, asked of a mock through the client.
import { scenarios } from '../generated/scenarios.js';
import { createCreditBalancesClient, formatAmount, PaddleError } from '../src/index.ts';
import { startPrism } from './prism.ts';

const prism = await startPrism();
try {
  // A mock takes any key; retries would only repeat its fixed answers.
  const client = createCreditBalancesClient({ apiKey: 'demo', baseUrl: prism.url, maxRetries: 0 });
  console.log(`Prism serves the contract on ${prism.url}; the client asks it for each scenario.\n`);

  const rows: string[][] = [];
  const errors: string[] = [];
  for (const { name, status, customerId } of scenarios) {
    try {
      const { data } = await client.listCreditBalances(customerId, {
        headers: { Prefer: `code=${status}, example=${name}` },
      });
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

  print(['scenario', 'currency', 'available', 'reserved', 'used'], rows);
  console.log('\nAnd every error of the contract, as the client throws it:\n');
  for (const error of errors) console.log(error);
} finally {
  await prism.close();
}

function print(head: string[], rows: string[][]): void {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  console.log(line(head));
  console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  for (const row of rows) console.log(line(row));
}
