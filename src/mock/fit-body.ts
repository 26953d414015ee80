import type { Scenario } from '../../generated/scenarios.js';
import type { Route } from '../http/operations.js';
import { makeRequestId } from './request-id.js';
import { readReservedValue } from './scenarios.js';

/** The body of a scenario for one request: the parameters echoed, lists filtered, a request ID of its own. */
export function fitBody(body: unknown, scenario: Scenario, route: Route): unknown {
  return withRequestId(filterLists(echoParameters(body, scenario, route), route));
}

/** The body that is given stays as it is; what is not changed is shared with it. */
export function withRequestId(body: unknown): unknown {
  const { meta } = body as { meta?: object };
  return meta === undefined ? body : { ...(body as object), meta: { ...meta, request_id: makeRequestId() } };
}

/** A reserved value may stand anywhere in a body: in each item, or in the words of an error. */
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
