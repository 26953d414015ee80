import { scenarios } from '../../generated/scenarios.js';
import manifest from '../../package.json' with { type: 'json' };
import { renderCode, renderTable } from './html.ts';
import { mockUrl } from './samples.ts';
import { showAmount, totals } from './totals.ts';

/** For who closes the books and writes no code. */
export function makeFinanceSection(): string {
  const lists = scenarios.flatMap(({ body, customerId }) => ('data' in body ? [{ customerId, data: body.data }] : []));
  const balances = lists.flatMap(({ data }) => data);
  const rows = [...new Set(balances.map(({ currency_code }) => currency_code))].sort().map((currency) => {
    const same = balances.filter(({ currency_code }) => currency_code === currency);
    const sums = totals.map((total) => same.reduce((sum, { balance }) => sum + BigInt(balance[total]), 0n));
    return {
      id: `sum-${currency}`,
      cells: [renderCode(currency), String(same.length), ...sums.map((sum) => showAmount(String(sum), currency))],
    };
  });
  return `To close a month you need the credit of every customer and the sums. The command line gives both; it needs Node and
an API key, and no code.

1. Export your customers from Paddle as CSV, or write a text file with one customer ID per line.
2. Set the key and run the command:

\`\`\`sh
export PADDLE_API_KEY=…
npx ${manifest.name} get --file customers.csv --out credit.csv --totals
\`\`\`

\`credit.csv\` has one row per customer and currency, with every amount in the lowest denomination and as a decimal.
\`--totals\` prints the sums, one row per currency. The command stays below the rate limit; add \`--resume\` to continue a
run that was interrupted. It exits with 0 only if every customer was read.

How to read the sums:

- Add amounts of one currency only. Paddle spends credit in its own currency and never converts it.
- \`available\` plus \`reserved\` is the credit that customers have left. \`used\` is what they have spent so far.
- Applying credit, completing an invoice and canceling it move money between the three totals and leave their sum as it
  is. Only new credit makes it grow.

To try it without a key of Paddle's, save these customer IDs as \`customers.txt\`, start the mock and run the command:

\`\`\`text
${lists.map(({ customerId }) => customerId).join('\n')}
\`\`\`

\`\`\`sh
npx ${manifest.name} mock

# In another terminal; the mock accepts the key test.
PADDLE_API_KEY=test npx ${manifest.name} get --file customers.txt --totals --server ${mockUrl}
\`\`\`

The sums of these customers are:

${renderTable(['currency', 'customers', ...totals], rows, 'wide')}`;
}
