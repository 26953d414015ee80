import { type Operation, operations, type Parameter } from '../../generated/operations.js';

export type OperationId = keyof typeof operations;

/** A request to an operation: which one, and the values of its path and query parameters. */
export interface Route {
  operationId: OperationId;
  operation: Operation;
  /** By the name of the parameter; decoded. An array where the parameter is one. */
  parameters: Readonly<Record<string, string | readonly string[]>>;
}

const all = Object.entries(operations) as [OperationId, Operation][];

/** Finds the operation of a method and a path; undefined if the contract does not define one. */
export function findRoute(method: string, pathname: string, query: URLSearchParams): Route | undefined {
  for (const [operationId, operation] of all) {
    const values = operation.method === method ? matchPath(operation.path, pathname) : undefined;
    if (values !== undefined) {
      return { operationId, operation, parameters: { ...values, ...readQuery(operation, query) } };
    }
  }
  return undefined;
}

/** The methods that the contract defines for a path. */
export function listMethods(pathname: string): string[] {
  return all.flatMap(([, { method, path }]) => (matchPath(path, pathname) === undefined ? [] : [method]));
}

/** The query parameter of a name, which has one form in all operations (a lint rule of the contract). */
export function findQueryParameter(name: string): Parameter | undefined {
  return all
    .flatMap(([, { parameters }]) => parameters)
    .find((parameter) => parameter.in === 'query' && parameter.name === name);
}

/** The values of the path parameters, decoded; undefined where the path does not match the template. */
function matchPath(template: string, pathname: string): Record<string, string> | undefined {
  const names = template.split('/');
  const parts = pathname.split('/').map(decode);
  if (parts.length !== names.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const part = parts[index] as string;
    const parameter = /^\{(.+)\}$/.exec(name)?.[1];
    if (parameter !== undefined) values[parameter] = part;
    else if (part !== name) return undefined;
  }
  return values;
}

function readQuery(operation: Operation, query: URLSearchParams): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (const { name, in: place, types } of operation.parameters) {
    if (place !== 'query' || !query.has(name)) continue;
    // A repeated key is read as a list, since some clients send lists so.
    const values = query.getAll(name);
    found[name] = types.includes('array') ? values.flatMap((list) => list.split(',')) : (values[0] as string);
  }
  return found;
}

/** An invalid escape sequence is left as it is; the parameter's pattern then refuses it. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
