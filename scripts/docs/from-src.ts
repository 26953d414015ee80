/** All that the page takes from the package itself, in one place: what is not in the description, but decided in code. */
export { keyPrefixes } from '../../src/keys.ts';
export { toDecimal } from '../../src/money.ts';
export { isRetryableStatus } from '../../src/retry.ts';
