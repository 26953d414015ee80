import type { Scenario } from '../../generated/scenarios.js';
import type { Route } from '../http/operations.js';
import { makeRequestId } from './request-id.js';
import { readReservedValue } from './scenarios.js';

/** Adapts the body of a scenario to a request: with its parameters, filtered lists and a new request ID. */
export function fitBody(body: unknown, scenario: Scenario, route: Route): unknown {
  return withRequestId(filterLists(echoParameters(body, scenario, route), route));
}

/** A copy of the body with a new request ID. */
export function withRequestId(body: unknown): unknown {
  const { meta } = body as { meta?: object };
  return meta === undefined ? body : { ...(body as object), meta: { ...meta, request_id: makeRequestId() } };
}

/** The reserved value can be anywhere in a body: in each item, or in the `detail` of an error. */
function echoParameters(body: unknown, scenario: Scenario, { operation, parameters }: Route): unknown {
  let text: string | undefined;
  for (const { name, in: place, property } of operation.parameters) {
    const reserved = readReservedValue(scenario, property);
    const asked = parameters[name];
    if (place !== 'path' || typeof reserved !== 'string' || typeof asked !== 'string' || reserved === asked) continue;
    text = (text ?? JSON.stringify(body)).replaceAll(reserved, asked);
  }
  return text === undefined ? body : JSON.parse(text);
}

function filterLists(body: unknown, { operation, parameters }: Route): unknown {
  let filtered = body as Record<string, unknown>;
  for (const { name, filters } of operation.parameters) {
    const asked = parameters[name];
    const list = filters === undefined ? undefined : filtered[filters.list];
    if (filters === undefined || asked === undefined || !Array.isArray(list)) continue;
    const kept = list.filter((item: Record<string, unknown>) => asked.includes(String(item[filters.property])));
    filtered = { ...filtered, [filters.list]: kept };
  }
  return filtered;
}
