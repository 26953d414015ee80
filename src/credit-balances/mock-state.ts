import type { MockState } from '../mock/state.js';
import { handleControlRequest, isControlPath } from './control/handle.js';
import { type Ledger, listLedgerBalances } from './ledger/ledger.js';
import { operationId } from './match.js';

/**
 * Makes a ledger the state of a mock.
 *
 * @param isComplete whether a customer that neither the ledger nor a scenario has is a 404.
 */
export function createMockState(ledger: Ledger, isComplete: boolean): MockState {
  return {
    find(route) {
      if (route.operationId !== operationId) return undefined;
      const data = listLedgerBalances(ledger, String(route.parameters.customer_id));
      return data === undefined ? undefined : { data };
    },
    fallback({ parameters: { customer_id: id } }) {
      const isUnknown = id !== undefined && listLedgerBalances(ledger, String(id)) === undefined;
      return isComplete && isUnknown ? 'not_found' : undefined;
    },
    owns: isControlPath,
    control: (request) => handleControlRequest(ledger, request),
  };
}
