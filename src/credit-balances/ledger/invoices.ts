import { UsageError } from '../../errors/errors.js';

/** `void`: the customer was set, deleted or reset while the invoice was open, so its credit is gone. */
export type InvoiceStatus = 'billed' | 'completed' | 'canceled' | 'void';

/** An issued invoice, as far as credit goes: a transaction that is marked as `billed`. */
export interface Invoice {
  /** In the form of Paddle's transaction IDs: `txn_` followed by 26 lowercase letters or digits. */
  readonly id: string;
  /** The credit that was applied, in the currency's lowest denomination: the total, or all credit if there was less. */
  readonly applied: string;
  /** The status at the time when it is read. */
  readonly status: InvoiceStatus;
  /**
   * The invoice is paid and completed: its credit moves from reserved to used.
   *
   * @throws {UsageError} the invoice is not `billed` any more; nothing has changed.
   */
  complete(): void;
  /**
   * The invoice is canceled: its credit moves back from reserved to available.
   *
   * @throws {UsageError} the invoice is not `billed` any more; nothing has changed.
   */
  cancel(): void;
}

/** What an invoice does to its customer's totals. */
export interface InvoiceMoves {
  complete(): unknown;
  cancel(): unknown;
}

interface Entry {
  readonly customerId: string;
  readonly invoice: Invoice;
  settle(status: InvoiceStatus): void;
}

/** How many settled invoices are kept for their status. The memory of a mock that runs for days must not grow. */
const keptSettled = 10_000;

/** The invoices of one ledger: all open ones, and the latest 10,000 that are settled. */
export class Invoices {
  readonly #open = new Map<string, Entry>();
  readonly #settled = new Map<string, Invoice>();
  #issued = 0;

  issue(customerId: string, applied: string, moves: InvoiceMoves): Invoice {
    // A number and not a random id: a test that runs again sees the same.
    this.#issued += 1;
    const id = `txn_01mock${this.#issued.toString(36).padStart(20, '0')}`;
    let status: InvoiceStatus = 'billed';

    const settle = (next: InvoiceStatus) => {
      if (status !== 'billed') throw new UsageError(describeImpossible(id, status, next));
      status = next;
      this.#open.delete(id);
      this.#settled.set(id, invoice);
      const [oldest] = this.#settled.keys();
      if (this.#settled.size > keptSettled) this.#settled.delete(oldest as string);
    };
    const invoice: Invoice = Object.freeze({
      id,
      applied,
      get status() {
        return status;
      },
      complete() {
        settle('completed');
        moves.complete();
      },
      cancel() {
        settle('canceled');
        moves.cancel();
      },
    });
    this.#open.set(id, { customerId, invoice, settle });
    return invoice;
  }

  find(id: string): Invoice | undefined {
    return this.#open.get(id)?.invoice ?? this.#settled.get(id);
  }

  /** Ends the open invoices of one customer, or of all. */
  void(customerId?: string): void {
    for (const entry of [...this.#open.values()]) {
      if (customerId === undefined || entry.customerId === customerId) entry.settle('void');
    }
  }
}

function describeImpossible(id: string, status: InvoiceStatus, next: InvoiceStatus): string {
  if (status === next) return `Invoice ${id} is already ${status}.`;
  const reason = status === 'void' ? ', since its customer was set, deleted or reset' : '';
  return `Invoice ${id} is ${status}${reason}: it cannot be ${next}.`;
}
