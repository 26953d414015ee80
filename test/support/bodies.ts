import type { CreditBalanceList, ErrorResponse } from '../../generated/openapi.js';
import { scenarios } from '../../generated/scenarios.js';

/** The contract's first example: the one that Paddle published. */
export const customerId = 'ctm_01gw9m680k848184fpttwr0b7z';

export function getCredit(name: string): CreditBalanceList {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found?.status !== 200) throw new Error(`no credit scenario is named ${name}`);
  return structuredClone(found.body);
}

export function getErrorBody(code: string): ErrorResponse {
  const found = scenarios.find((scenario) => scenario.name === code);
  if (found === undefined || found.status === 200) throw new Error(`no error scenario is named ${code}`);
  return structuredClone(found.body);
}

/** A key of the right form, made at run time: one written out would be taken for a leak. */
export function makeKey(environment: 'live' | 'sandbox' = 'sandbox'): string {
  const marker = environment === 'live' ? 'live' : 'sdbx';
  return ['pdl', marker, 'apikey', '01h2x3y4z5'.padEnd(26, 'k7'), 'Sq8vB2nM'.padEnd(22, 'W4x'), 'Zt9'].join('_');
}

/** What a call throws; a call that succeeds fails the test. */
export async function catchError(call: Promise<unknown>): Promise<unknown> {
  const value = await call.then(
    () => 'the call succeeded',
    (error: unknown) => ({ error }),
  );
  if (typeof value === 'string') throw new Error(value);
  return value.error;
}
