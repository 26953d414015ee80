import { type Scenario, scenarios } from '../../generated/scenarios.js';
import type { Route } from '../http/operations.js';

export type ScenarioName = Scenario['name'];

/** The scenario of an operation by its name; another operation's where it has none of that name. */
export function findScenario(name: string, operationId?: string): Scenario | undefined {
  const named = scenarios.filter((scenario) => scenario.name === name);
  return named.find(({ operation }) => operation === operationId) ?? named[0];
}

/** The first scenario of an operation, of a status where one is given. */
export function firstScenario(operationId: string, status?: number): Scenario | undefined {
  return scenarios.find(
    (scenario) => scenario.operation === operationId && (status === undefined || scenario.status === status),
  );
}

/** The first scenario of a status, for a request that no operation could be told of. */
export function scenarioOfStatus(status: number): Scenario | undefined {
  return scenarios.find((scenario) => scenario.status === status);
}

/** The scenario that the parameters of a request are reserved for. */
export function reservedScenario({ operationId, operation, parameters }: Route): Scenario | undefined {
  return scenarios.find((scenario) => {
    const reserved = operation.parameters.filter(({ property }) => property in scenario);
    return (
      scenario.operation === operationId &&
      reserved.length > 0 &&
      reserved.every(({ name, property }) => reservedValue(scenario, property) === parameters[name])
    );
  });
}

/** The value that a scenario reserves of a parameter. */
export function reservedValue(scenario: Scenario, property: string): unknown {
  return (scenario as unknown as Record<string, unknown>)[property];
}
