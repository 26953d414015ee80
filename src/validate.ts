export { CreditBalance, CreditBalanceList, ErrorResponse } from './credit-balances/schemas.js';
