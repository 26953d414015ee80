import type { CreditBalance, CreditTotals, CurrencyCode } from '../../../generated/openapi.js';
import { Accounts } from './accounts.js';
import { type CustomerBalances, type InitialBalances, readBalances, readCustomerBalances } from './balances-option.js';
import { checkCurrencyCode, checkCustomerId, collectMistakes, readAmount } from './input.js';
import { type Invoice, Invoices } from './invoices.js';

/**
 * The credit of a mock's customers, which moves as Paddle moves it. Amounts are strings of digits, in the currency's
 * lowest denomination, and exact at any length; one that is passed in has at most 1,000 digits. Each method throws a
 * `UsageError` for a wrong argument, such as a customer ID that the contract refuses, and then changes nothing.
 * Source: https://developer.paddle.com/build/customers/get-customer-credit-balances
 */
export interface Ledger {
  /**
   * Gives a customer exactly these balances, in place of those before; `{}` is a customer without credit. Invoices
   * that are open become `void`. Credit that is `reserved` here belongs to no invoice, so no event moves it.
   *
   * @throws {UsageError} which names each mistake and its place.
   */
  set(customerId: string, balances: InitialBalances): void;
  /** The customer's balances as they are now; undefined for a customer that the ledger does not have. */
  get(customerId: string): CustomerBalances | undefined;
  /** Forgets a customer, whose open invoices become `void`. Returns whether the ledger had the customer. */
  delete(customerId: string): boolean;
  /** Goes back to what the ledger was made with; every open invoice becomes `void`. */
  reset(): void;
  /**
   * An adjustment leaves credit over: available grows. A customer that the ledger does not have is added.
   *
   * @throws {UsageError} an argument is wrong.
   */
  credit(customerId: string, currencyCode: CurrencyCode, amount: string): void;
  /**
   * A transaction is collected at once: credit moves from available to used, at most `total` and at most what is
   * available. `applied` is how much; `"0"` where the customer has none.
   *
   * @throws {UsageError} an argument is wrong.
   */
  spend(customerId: string, currencyCode: CurrencyCode, total: string): { readonly applied: string };
  /**
   * An invoice is issued, a transaction is `billed`: credit moves from available to reserved, at most `total` and at
   * most what is available, until the invoice is completed or canceled.
   *
   * @throws {UsageError} an argument is wrong.
   */
  bill(customerId: string, currencyCode: CurrencyCode, total: string): Invoice;
}

/** The contents of a ledger, for the mock. */
interface Records {
  accounts: Accounts;
  invoices: Invoices;
}

const recordsOf = new WeakMap<Ledger, Records>();

/**
 * @param balances what each customer starts with; `reset()` goes back to it.
 * @throws {UsageError} which names each mistake and its place.
 */
export function createLedger(balances: Readonly<Record<string, InitialBalances>> = {}): Ledger {
  const accounts = new Accounts(readBalances(balances));
  const invoices = new Invoices();

  const ledger: Ledger = {
    set(customerId, given) {
      checkId(customerId);
      accounts.current.set(customerId, readCustomerBalances('balances', given));
      invoices.void(customerId);
    },
    get(customerId) {
      checkId(customerId);
      return accounts.current.get(customerId);
    },
    delete(customerId) {
      checkId(customerId);
      invoices.void(customerId);
      return accounts.current.delete(customerId);
    },
    reset() {
      accounts.reset();
      invoices.void();
    },
    credit(customerId, currencyCode, amount) {
      accounts.add(customerId, currencyCode, readEvent(customerId, currencyCode, 'amount', amount));
    },
    spend(customerId, currencyCode, total) {
      const most = readEvent(customerId, currencyCode, 'total', total);
      const applied = accounts.move(customerId, currencyCode, 'available', 'used', most);
      return Object.freeze({ applied: String(applied) });
    },
    bill(customerId, currencyCode, total) {
      const most = readEvent(customerId, currencyCode, 'total', total);
      const applied = accounts.move(customerId, currencyCode, 'available', 'reserved', most);
      return invoices.issue(customerId, String(applied), {
        complete: () => accounts.move(customerId, currencyCode, 'reserved', 'used', applied),
        cancel: () => accounts.move(customerId, currencyCode, 'reserved', 'available', applied),
      });
    },
  };
  recordsOf.set(ledger, { accounts, invoices });
  return Object.freeze(ledger);
}

/** The balances as the contract lists them; undefined for a customer that the ledger does not have. */
export function listLedgerBalances(ledger: Ledger, customerId: string): CreditBalance[] | undefined {
  const balances = getRecords(ledger).accounts.current.get(customerId);
  if (balances === undefined) return undefined;
  return Object.entries(balances as Record<string, CreditTotals>).map(([currency_code, totals]) => {
    return { customer_id: customerId, currency_code, balance: { ...totals } };
  });
}

/** The balances of all customers, in the shape that `createLedger` takes. */
export function listCustomers(ledger: Ledger): Record<string, CustomerBalances> {
  return Object.fromEntries(getRecords(ledger).accounts.current);
}

/** An open invoice, or one of the latest 10,000 that are settled. */
export function findInvoice(ledger: Ledger, invoiceId: string): Invoice | undefined {
  return getRecords(ledger).invoices.find(invoiceId);
}

function getRecords(ledger: Ledger): Records {
  return recordsOf.get(ledger) as Records;
}

function checkId(customerId: unknown): void {
  collectMistakes('customerId', (report) => checkCustomerId('customerId', customerId, report));
}

function readEvent(customerId: unknown, currencyCode: unknown, option: 'amount' | 'total', amount: unknown): bigint {
  checkId(customerId);
  collectMistakes('currencyCode', (report) => checkCurrencyCode('currencyCode', currencyCode, report));
  return collectMistakes(option, (report) => BigInt(readAmount(option, amount, report)));
}
