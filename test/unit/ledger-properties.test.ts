import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as validators from '../../generated/operations.js';
import { handleControlRequest } from '../../src/credit-balances/control/handle.ts';
import {
  createLedger,
  findInvoice,
  type Ledger,
  listCustomers,
  listLedgerBalances,
} from '../../src/credit-balances/ledger/ledger.ts';
import { UsageError } from '../../src/errors/errors.ts';
import { customerId } from '../support/bodies.ts';

const otherId = 'ctm_01mock404notfound000000000';
const initial = { [customerId]: { USD: { available: '500', reserved: '20', used: '3' } } };

interface Event {
  kind: 'credit' | 'spend' | 'bill' | 'complete' | 'cancel' | 'set' | 'delete' | 'reset';
  customer: string;
  currency: string;
  amount: string;
  /** Which of the invoices so far. */
  at: number;
}

const events: fc.Arbitrary<Event> = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('credit' as const, 'spend' as const, 'bill' as const) },
    { weight: 4, arbitrary: fc.constantFrom('complete' as const, 'cancel' as const) },
    { weight: 1, arbitrary: fc.constantFrom('set' as const, 'delete' as const, 'reset' as const) },
  ),
  customer: fc.constantFrom(customerId, customerId, otherId, 'ctm_x'),
  currency: fc.constantFrom('USD', 'USD', 'JPY', 'usd'),
  amount: fc.oneof(fc.nat(1000).map(String), fc.constantFrom('0', '007', '9'.repeat(40), '-1', '1.5', '')),
  at: fc.nat(4),
});

const balancesOf = ({ currency, amount }: Event) => ({ [currency]: { available: amount, reserved: amount } });

/** The event through a method. Returns whether it was taken. */
function applyByMethod(ledger: Ledger, issued: string[], event: Event): boolean {
  const { kind, customer, currency, amount, at } = event;
  try {
    if (kind === 'credit') ledger.credit(customer, currency, amount);
    else if (kind === 'spend') ledger.spend(customer, currency, amount);
    else if (kind === 'bill') issued.push(ledger.bill(customer, currency, amount).id);
    else if (kind === 'set') ledger.set(customer, balancesOf(event));
    else if (kind === 'delete') return ledger.delete(customer);
    else if (kind === 'reset') ledger.reset();
    else {
      const invoice = findInvoice(ledger, issued[at] ?? '');
      invoice?.[kind]();
      return invoice !== undefined;
    }
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/** The same event through a request. */
function applyByRequest(ledger: Ledger, issued: string[], event: Event): boolean {
  const customer = `/_mock/customers/${event.customer}`;
  const invoice = `/_mock/invoices/${issued[event.at] ?? 'none'}`;
  const moved = { currency_code: event.currency, amount: event.amount };
  const requests: Record<Event['kind'], [method: string, path: string, body?: object]> = {
    credit: ['POST', `${customer}/credits`, moved],
    spend: ['POST', `${customer}/charges`, moved],
    bill: ['POST', `${customer}/invoices`, moved],
    complete: ['POST', `${invoice}/complete`],
    cancel: ['POST', `${invoice}/cancel`],
    set: ['PUT', `${customer}/credit-balances`, balancesOf(event)],
    delete: ['DELETE', `${customer}/credit-balances`],
    reset: ['POST', '/_mock/reset'],
  };
  const [method, path, body] = requests[event.kind];
  const reply = handleControlRequest(ledger, { method, path, body: JSON.stringify(body) });
  if (event.kind === 'bill' && reply.status === 201) issued.push(JSON.parse(reply.body as string).id);
  return reply.status < 300;
}

/** All credit that was given to a customer in a currency; the other events do not change it. */
class Given {
  readonly sums = new Map([[`${customerId} USD`, 523n]]);

  count({ kind, customer, currency, amount }: Event): void {
    const key = `${customer} ${currency}`;
    if (kind === 'credit') this.sums.set(key, (this.sums.get(key) ?? 0n) + BigInt(amount));
    if (kind === 'reset' || kind === 'set' || kind === 'delete') {
      for (const other of this.sums.keys()) {
        if (kind === 'reset' || other.startsWith(customer)) this.sums.delete(other);
      }
    }
    if (kind === 'reset') this.sums.set(`${customerId} USD`, 523n);
    if (kind === 'set') this.sums.set(key, 2n * BigInt(amount));
  }
}

it('in any sequence of events no credit is lost or made, what is refused changes nothing, and HTTP does the same', () => {
  let taken = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.array(events, { minLength: 1, maxLength: 12 }), (sequence) => {
      const [ledger, remote] = [createLedger(initial), createLedger(initial)];
      const [issued, remotelyIssued]: [string[], string[]] = [[], []];
      const given = new Given();
      const differences: unknown[] = [];
      for (const event of sequence) {
        const before = JSON.stringify(listCustomers(ledger));
        const isTaken = applyByMethod(ledger, issued, event);
        if (isTaken) given.count(event);
        else if (JSON.stringify(listCustomers(ledger)) !== before) differences.push(['changed by', event]);
        if (applyByRequest(remote, remotelyIssued, event) !== isTaken) differences.push(['answered otherwise', event]);
        if (isTaken) taken++;
        else refused++;
      }
      const lists = [customerId, otherId].map((id) => listLedgerBalances(ledger, id) ?? []);
      const sums = new Map<string, bigint>();
      for (const { customer_id, currency_code, balance } of lists.flat()) {
        const totals = [balance.available, balance.reserved, balance.used].map(BigInt);
        if (totals.some((total) => total < 0n)) differences.push(['negative', balance]);
        sums.set(
          `${customer_id} ${currency_code}`,
          totals.reduce((sum, total) => sum + total),
        );
      }
      for (const data of lists) {
        if (!validators.CreditBalanceList({ data, meta: { request_id: 'a' } })) differences.push(['not valid', data]);
      }
      expect({ differences, sums, customers: listCustomers(ledger), issued }).toEqual({
        differences: [],
        sums: given.sums,
        customers: listCustomers(remote),
        issued: remotelyIssued,
      });
    }),
    { numRuns: 10_000 },
  );
  // Both kinds were seen, often enough to mean something.
  expect(taken).toBeGreaterThan(10_000);
  expect(refused).toBeGreaterThan(10_000);
});
