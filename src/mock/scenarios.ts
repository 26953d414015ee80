import { type Scenario, scenarios } from '../../generated/scenarios.js';
import type { Route } from '../http/operations.js';

/** The name of a scenario: an example of the contract. */
export type ScenarioName = Scenario['name'];

/** The first scenario of an operation, of a status where one is given. */
export function findFirstScenario(operationId: string, status?: number): Scenario | undefined {
  return scenarios.find(
    (scenario) => scenario.operation === operationId && (status === undefined || scenario.status === status),
  );
}

/** The scenario of an operation by its name. For an error that the operation does not list, another operation's. */
export function findScenario(name: string | undefined, operationId: string): Scenario | undefined {
  return preferOwn(
    scenarios.filter((scenario) => scenario.name === name),
    operationId,
  );
}

/** The first error of a status: the operation's, or another operation's where it lists none. */
export function findError(status: number, operationId?: string): Scenario | undefined {
  return preferOwn(
    scenarios.filter((scenario) => scenario.status === status),
    operationId,
  );
}

/** All operations share the errors, and no other body. */
function preferOwn(candidates: Scenario[], operationId: string | undefined): Scenario | undefined {
  return (
    candidates.find(({ operation }) => operation === operationId) ?? candidates.find(({ status }) => status >= 400)
  );
}

/** The scenario that reserves the parameters of a request. */
export function findReservedScenario({ operationId, operation, parameters }: Route): Scenario | undefined {
  return scenarios.find((scenario) => {
    const reserved = operation.parameters.filter(({ property }) => property in scenario);
    return (
      scenario.operation === operationId &&
      reserved.length > 0 &&
      reserved.every(({ name, property }) => readReservedValue(scenario, property) === parameters[name])
    );
  });
}

/** The value of a parameter that a scenario reserves. */
export function readReservedValue(scenario: Scenario, property: string): unknown {
  return (scenario as unknown as Record<string, unknown>)[property];
}
