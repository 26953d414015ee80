/** All that the page takes from the package's own code, in one place. */
export { toDecimal } from '../../src/credit-balances/money.ts';
export { isRetryableStatus } from '../../src/http/retry.ts';
