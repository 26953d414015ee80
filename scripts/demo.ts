import { formatTable } from '../src/cli/table.ts';
import { creditScenarios } from '../src/credit-balances/scenarios.ts';
import { type CreditBalancesClient, createCreditBalancesClient, formatAmount, PaddleError } from '../src/index.ts';
import { type Ledger, startMock } from '../src/mock.ts';
import { runMain } from './command-line.ts';

const help = `Usage: npm run demo

Starts the mock, asks it for every scenario of the contract through the client, and follows one credit through its life.

Exit codes: 0 done; 1 something failed.
`;

const locale = 'en-US';
const totals = ['available', 'reserved', 'used'] as const;

async function showScenarios(client: CreditBalancesClient): Promise<void> {
  const rows: string[][] = [];
  const errors: string[] = [];
  for (const { name, customerId } of creditScenarios) {
    try {
      const { data } = await client.listCreditBalances(customerId);
      if (data.length === 0) rows.push([name, 'no credit']);
      for (const [index, { currency_code: currency, balance }] of data.entries()) {
        const amounts = totals.map((total) => formatAmount(balance[total], currency, { locale }));
        rows.push([index === 0 ? name : '', currency, ...amounts]);
      }
    } catch (error) {
      if (!(error instanceof PaddleError)) throw error;
      errors.push(`${error.name} ${error.message}`);
    }
  }
  console.log(formatTable(['scenario', 'currency', ...totals], rows, { right: [2, 3, 4] }));
  console.log(`\nEvery error of the contract, as the client throws it:\n\n${errors.join('\n')}`);
}

async function showLifeCycle(client: CreditBalancesClient, ledger: Ledger): Promise<void> {
  const customer = 'ctm_01demo00000000000000000000';
  const rows: string[][] = [];
  const takeStep = async (event: string, move: () => unknown) => {
    move();
    const { data } = await client.listCreditBalances(customer);
    const amounts = totals.map((total) => formatAmount(data[0]?.balance[total] ?? '0', 'USD', { locale }));
    rows.push([event, ...amounts]);
  };
  let invoice: ReturnType<Ledger['bill']> | undefined;
  await takeStep('a downgrade leaves credit', () => ledger.credit(customer, 'USD', '10000'));
  await takeStep('an invoice is issued', () => {
    invoice = ledger.bill(customer, 'USD', '3000');
  });
  await takeStep('the invoice is canceled', () => invoice?.cancel());
  await takeStep('another one is issued', () => {
    invoice = ledger.bill(customer, 'USD', '3000');
  });
  await takeStep('that one is completed', () => invoice?.complete());
  console.log(`\nThe life of a credit, as the mock moves it:\n`);
  console.log(formatTable(['event', ...totals], rows, { right: [1, 2, 3] }));
}

await runMain({
  help,
  async run() {
    const mock = await startMock({ port: 0 });
    try {
      // Retries would only repeat the mock's fixed answers.
      const client = createCreditBalancesClient({ apiKey: 'demo', baseUrl: mock.url, maxRetries: 0 });
      console.log(`The mock serves the contract on ${mock.url}; the client asks it for each scenario.\n`);
      await showScenarios(client);
      await showLifeCycle(client, mock.ledger);
    } finally {
      await mock.close();
    }
  },
});
