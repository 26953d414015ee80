import type { CreditTotals } from '../../../generated/openapi.js';
import type { CustomerBalances } from './balances-option.js';

type Total = keyof CreditTotals;

const noCredit: Readonly<CreditTotals> = { available: '0', reserved: '0', used: '0' };

/** The balances of all customers. Each is frozen, and an event puts a new one in its place: nobody sees half of it. */
export class Accounts {
  readonly #initial: ReadonlyMap<string, CustomerBalances>;
  #current: Map<string, CustomerBalances>;

  constructor(initial: ReadonlyMap<string, CustomerBalances>) {
    this.#initial = initial;
    this.#current = new Map(initial);
  }

  get current(): Map<string, CustomerBalances> {
    return this.#current;
  }

  reset(): void {
    this.#current = new Map(this.#initial);
  }

  add(customerId: string, currencyCode: string, amount: bigint): void {
    this.#change(customerId, currencyCode, { available: amount });
  }

  /** As much of `amount` as `from` holds. Returns how much was moved. */
  move(customerId: string, currencyCode: string, from: Total, to: Total, amount: bigint): bigint {
    const held = BigInt(this.#totals(customerId, currencyCode)[from]);
    const moved = held < amount ? held : amount;
    // A customer without credit does not become one with a balance of nothing.
    if (moved > 0n) this.#change(customerId, currencyCode, { [from]: -moved, [to]: moved });
    return moved;
  }

  #change(customerId: string, currencyCode: string, by: Partial<Record<Total, bigint>>): void {
    const totals = this.#totals(customerId, currencyCode);
    const sum = (name: Total) => String(BigInt(totals[name]) + (by[name] ?? 0n));
    const changed = Object.freeze({ available: sum('available'), reserved: sum('reserved'), used: sum('used') });
    this.#current.set(customerId, Object.freeze({ ...this.#current.get(customerId), [currencyCode]: changed }));
  }

  #totals(customerId: string, currencyCode: string): Readonly<CreditTotals> {
    return this.#current.get(customerId)?.[currencyCode] ?? noCredit;
  }
}
