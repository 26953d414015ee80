/**
 * The schemas of the contract as [Standard Schema](https://standardschema.dev) objects.
 *
 * @module
 */
export { CreditBalance, CreditBalanceList, ErrorResponse } from './credit-balances/schemas.js';
