// All of ours that the benchmark touches.
import type { paths } from '../../generated/openapi.js';
import * as validators from '../../generated/operations.js';
import { scenarios } from '../../generated/scenarios.js';

export type { paths };

export const ours = 'paddle-credit-balances';

const example = scenarios[0];
if (example?.status !== 200) throw new Error('The first scenario is no list of balances.');

/** The first scenario: every contender is asked for it. */
export const { customerId, body: balances } = example;
export const notFound = scenarios.find(({ name }) => name === 'not_found')?.body;
export const balancesPath = `/customers/${customerId}/credit-balances`;
export const authorization = { Authorization: 'Bearer test' };

export const isCreditBalanceList: (value: unknown) => boolean = validators.CreditBalanceList;
export const isErrorResponse: (value: unknown) => boolean = validators.ErrorResponse;

export const loadClient = () => loadBuilt<typeof import('../../src/index.ts')>('index.js');
export const loadMany = () => loadBuilt<typeof import('../../src/many.ts')>('many.js');
export const loadMockFetch = () => loadBuilt<typeof import('../../src/testing.ts')>('testing.js');
/** The arguments with which Node runs the mock server, without its log. */
export const mockServer = ['dist/cli.js', 'mock', '--port', '0', '--quiet'];

/** Loads a module of ours as it is packed: what runs from the sources is slowed down by the runner. */
async function loadBuilt<Module>(file: string): Promise<Module> {
  return (await import(new URL(`../../dist/${file}`, import.meta.url).href)) as Module;
}
