import { servers } from '../../generated/operations.js';
import { scenarios } from '../../generated/scenarios.js';

import manifest from '../../package.json' with { type: 'json' };

export interface CodeSample {
  lang: string;
  label: string;
  source: string;
}

const environment = 'sandbox';
export const mockUrl = 'http://127.0.0.1:4010';

/** The same question, asked in every way that the project knows. */
export function makeSamples(path: string): CodeSample[] {
  const [first] = scenarios;
  if (first === undefined) throw new Error('The contract has no scenario to ask for.');
  const { customerId } = first;
  const failing = scenarios.find(({ status }) => status === 429) ?? first;
  const makeUrl = (server: string, id: string = customerId) => server + path.replace(/\{\w+\}/, id);
  return [
    {
      lang: 'Shell',
      label: 'curl',
      source: `curl ${makeUrl(servers[environment].url)} \\
  -H "Authorization: Bearer $PADDLE_API_KEY"
`,
    },
    {
      lang: 'TypeScript',
      label: 'TypeScript client',
      source: `import { createCreditBalancesClient, formatAmount } from '${manifest.name}';

const client = createCreditBalancesClient({ apiKey: process.env.PADDLE_API_KEY });
const { data } = await client.listCreditBalances('${customerId}');

for (const { currency_code, balance } of data) {
  console.log(formatAmount(balance.available, currency_code, { locale: 'en-US' }), 'to spend');
}
`,
    },
    {
      lang: 'TypeScript',
      label: 'openapi-fetch',
      source: `import { createFetchClient } from '${manifest.name}/fetch';

const client = createFetchClient({ apiKey: process.env.PADDLE_API_KEY });
const { data, error } = await client.GET('${path}', {
  params: { path: { customer_id: '${customerId}' }, query: { currency_code: ['USD', 'EUR'] } },
});

if (error) console.error(error.error.code);
else console.log(data.data);
`,
    },
    {
      lang: 'TypeScript',
      label: "Paddle's SDK for Node",
      source: `import { Environment, Paddle } from '@paddle/paddle-node-sdk';

const paddle = new Paddle(process.env.PADDLE_API_KEY ?? '', { environment: Environment.${environment} });
const balances = await paddle.customers.getCreditBalance('${customerId}');

for (const { currencyCode, balance } of balances) {
  console.log(currencyCode, balance?.available, 'to spend, in the lowest denomination');
}
`,
    },
    {
      lang: 'Shell',
      label: 'Mock server',
      source: `npx ${manifest.name} mock

# In another terminal; the customer ID picks the scenario.
curl ${makeUrl(mockUrl)} \\
  -H "Authorization: Bearer test"
curl -i ${makeUrl(mockUrl, failing.customerId)} \\
  -H "Authorization: Bearer test"
`,
    },
    {
      lang: 'TypeScript',
      label: 'Mock in tests',
      source: `import { createCreditBalancesClient } from '${manifest.name}';
import { createMockFetch } from '${manifest.name}/testing';

const fetch = createMockFetch({ scenario: '${failing.name}' });
const client = createCreditBalancesClient({ apiKey: 'test', environment: '${environment}', maxRetries: 0, fetch });

await client.listCreditBalances('${customerId}').catch((error) => console.log(error.code));
`,
    },
  ];
}
