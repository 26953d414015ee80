// Compiled by `npm run lint`, never run: each @ts-expect-error fails the build when its line compiles.
import type { CurrencyCode as ContractCurrencyCode, operations, paths } from 'paddle-credit-balances/types';
import { scenarios } from '../generated/scenarios.js';
import {
  ApiError,
  type CreditBalance,
  type CurrencyCode,
  createCreditBalancesClient,
  formatAmount,
  type PaddleError,
} from '../src/index.ts';
import { CreditBalanceList } from '../src/validate.ts';

type Equal<Left, Right> =
  (<Value>() => Value extends Left ? 1 : 2) extends <Value>() => Value extends Right ? 1 : 2 ? true : false;
const holds = <_Claim extends true>() => undefined;

// Amounts are strings, all three, never null and never missing.
holds<Equal<CreditBalance['balance']['available'], string>>();
holds<Equal<CreditBalance['balance'], { available: string; reserved: string; used: string }>>();

// An editor completes the known currencies, and any other string is still a currency.
holds<Equal<Extract<CurrencyCode, 'USD'>, 'USD'>>();
holds<Equal<Extract<CurrencyCode, 'VND'>, 'VND'>>();
holds<Equal<CurrencyCode, ContractCurrencyCode>>();
const later: CurrencyCode = 'XYZ';
const any: CurrencyCode = String(later);

const client = createCreditBalancesClient({ apiKey: async () => 'key', environment: 'sandbox' });
// A variable of the environment may be missing, and another server than Paddle's needs no key.
createCreditBalancesClient({ apiKey: process.env.PADDLE_API_KEY });
createCreditBalancesClient({ baseUrl: 'https://backend.example' });
const { data, meta } = await client.listCreditBalances('ctm_…', { currencyCode: ['USD', any] });
holds<Equal<typeof meta.request_id, string>>();
holds<Equal<(typeof data)[number], CreditBalance>>();
await client.listCreditBalances('ctm_…', { currencyCode: 'EUR', signal: new AbortController().signal });

// The types entry describes the wire.
holds<Equal<paths['/customers/{customer_id}/credit-balances']['get'], operations['list-credit-balances']>>();

// A scenario's status tells the type of its body.
for (const scenario of scenarios) {
  if (scenario.status === 200) holds<Equal<typeof scenario.body.data, CreditBalance[]>>();
  else holds<Equal<typeof scenario.body.error.detail, string>>();
}

// Errors are told apart by class and by name.
const thrown: PaddleError = new ApiError('', { status: 404, retryable: false });
if (thrown.name === 'ApiError') holds<Equal<typeof thrown.name, 'ApiError'>>();
if (thrown instanceof ApiError) holds<Equal<typeof thrown.status, number>>();

const checked = await CreditBalanceList['~standard'].validate({});
if (!checked.issues) holds<Equal<typeof checked.value.data, CreditBalance[]>>();

const { balance } = data[0] as CreditBalance;
// @ts-expect-error an amount is no number
const _amount: number = balance.available;
// @ts-expect-error a total is not called "total"
balance.total;
// @ts-expect-error amounts are formatted from strings
formatAmount(550, 'USD');
// @ts-expect-error there is no such option
createCreditBalancesClient({ apiKey: 'key', retries: 3 });
// @ts-expect-error there is no such environment
createCreditBalancesClient({ apiKey: 'key', environment: 'production' });
// @ts-expect-error a customer is needed
client.listCreditBalances();
// @ts-expect-error a currency is a string
client.listCreditBalances('ctm_…', { currencyCode: [840] });
// @ts-expect-error an error is not made without its status
new ApiError('', {});
