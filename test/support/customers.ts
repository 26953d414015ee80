type Amounts = Record<'available' | 'reserved' | 'used', string>;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Customers of a mock with credit in none to three currencies, in amounts that no float holds. */
export function makeCustomers(count: number, random: () => number): Record<string, Record<string, Amounts>> {
  const makeAmount = () => String(BigInt(Math.floor(random() * 2 ** 53)) * 1_000_003n);
  const makeBalances = () =>
    ['USD', 'JPY', 'EUR']
      .filter(() => random() < 0.5)
      .map((currency) => [currency, { available: makeAmount(), reserved: makeAmount(), used: makeAmount() }]);
  const entries = Array.from({ length: count }, (_, index) => [
    `ctm_${String(index).padStart(26, '0')}`,
    Object.fromEntries(makeBalances()),
  ]);
  return Object.fromEntries(entries);
}

/** By currency: how many there are, and the sums of their amounts. */
export function sumByCurrency(
  balances: readonly { currency_code: string; balance: Amounts }[],
): Record<string, [customers: number, available: bigint, reserved: bigint, used: bigint]> {
  const sums: ReturnType<typeof sumByCurrency> = {};
  for (const { currency_code: currency, balance } of balances) {
    const sum = sums[currency] ?? [0, 0n, 0n, 0n];
    sums[currency] = [
      sum[0] + 1,
      sum[1] + BigInt(balance.available),
      sum[2] + BigInt(balance.reserved),
      sum[3] + BigInt(balance.used),
    ];
  }
  return sums;
}
