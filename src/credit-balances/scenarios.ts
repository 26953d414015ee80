import { type Scenario, scenarios } from '../../generated/scenarios.js';
import { operationId } from './match.js';

/** The scenarios of this folder's operation, in the order of the contract. */
export const creditScenarios = scenarios.filter(
  (scenario): scenario is Extract<Scenario, { operation: typeof operationId }> => scenario.operation === operationId,
);
