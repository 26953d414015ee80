import type { paths } from '../generated/openapi.js';

/** The one operation of the contract. */
export const operationPath = '/customers/{customer_id}/credit-balances' satisfies keyof paths;
/** The version of Paddle's API that the contract describes. */
export const apiVersion = 1 satisfies NonNullable<
  paths[typeof operationPath]['get']['parameters']['header']
>['Paddle-Version'];
