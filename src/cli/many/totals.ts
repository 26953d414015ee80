import type { CreditBalance } from '../../../generated/openapi.js';
import { totalNames } from '../../credit-balances/ledger/balances-option.js';
import { describeUncertain, formatMoney } from '../balances.js';
import { formatTable } from '../table.js';

/** The sums of all customers in each currency: exact, whatever their number of digits. */
export class Totals {
  readonly #sums = new Map<string, { customers: number; balance: Record<(typeof totalNames)[number], bigint> }>();

  add(balances: readonly Pick<CreditBalance, 'currency_code' | 'balance'>[]): void {
    for (const { currency_code: currency, balance } of balances) {
      const sum = this.#sums.get(currency) ?? { customers: 0, balance: { available: 0n, reserved: 0n, used: 0n } };
      sum.customers += 1;
      for (const name of totalNames) sum.balance[name] += BigInt(balance[name]);
      this.#sums.set(currency, sum);
    }
  }

  /** Whether no customer so far has credit. */
  get isEmpty(): boolean {
    return this.#sums.size === 0;
  }

  /**
   * @param asked the currencies that were asked for, where not all were.
   * @param width of the terminal, in characters, if there is one.
   */
  format(asked: readonly string[] | undefined, locale: string | undefined, width?: number): string {
    if (this.isEmpty) return `No customer has credit${asked === undefined ? '' : ` in ${asked.join(', ')}`}.`;
    const sorted = [...this.#sums].sort(([left], [right]) => (left < right ? -1 : 1));
    const rows = sorted.map(([currency, { customers, balance }]) => [
      currency,
      String(customers),
      ...totalNames.map((name) => formatMoney(String(balance[name]), currency, locale)),
    ]);
    const head = ['currency', 'customers', ...totalNames];
    return [formatTable(head, rows, { right: [1, 2, 3, 4], width }), ...describeUncertain([...this.#sums.keys()])].join(
      '\n',
    );
  }
}
