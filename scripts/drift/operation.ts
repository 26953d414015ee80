import { sayDefaults } from '../breaking/plain.ts';
import {
  type Description,
  type Method,
  mergeParameters,
  methods,
  type PathItem,
  type Reference,
  resolve,
} from '../generate/openapi.ts';
import { makePart, type Part } from './part.ts';
import { makeSchemaPart } from './schema.ts';

// biome-ignore lint/suspicious/noExplicitAny: the description may be anybody's, and holds more than the generators read.
type Node = Record<string, any>;

/** An operation, and where its description has it. */
export interface Found {
  method: Method;
  path: string;
  pathItem: PathItem & Node;
  operation: Node;
}

export function* findOperations(description: Description): Generator<Found> {
  for (const [path, reference] of Object.entries(description.paths ?? {})) {
    const pathItem = resolve<PathItem>(description, reference);
    for (const method of methods) {
      const operation = pathItem[method];
      if (operation !== undefined) yield { method, path, pathItem, operation };
    }
  }
}

/** The same operation in another description: by its method and path, else by its name. */
export function findCounterpart(description: Description, { method, path, operation }: Found): Found | undefined {
  const all = [...findOperations(description)];
  const dropParameterNames = (template: string) => template.replace(/\{[^}]*\}/g, '{}');
  return (
    all.find((other) => other.method === method && dropParameterNames(other.path) === dropParameterNames(path)) ??
    all.find((other) => other.operation.operationId === operation.operationId)
  );
}

/** What the description says about the operation, as far as a caller depends on it. */
export function makeOperationPart(description: Description, { method, path, pathItem, operation }: Found): Part {
  const { operationId, deprecated = false, parameters, requestBody, responses = {} } = operation;
  const whole: Node = description;
  const part = makePart({ address: `${method.toUpperCase()} ${path}`, operationId, deprecated });
  const add = (name: string, child = makePart()) => (part.parts[name] = child);

  const servers = operation.servers ?? pathItem.servers ?? whole.servers ?? [{ url: '/' }];
  for (const { url } of servers) add(`server ${url.replace(/\/$/, '')}`);
  const security: Record<string, string[]>[] = operation.security ?? whole.security ?? [];
  for (const requirement of security) add(`security ${nameSecurity(requirement)}`);
  const scopes = security.flatMap((requirement) => Object.values(requirement).flat());
  for (const permission of [...(operation['x-permissions'] ?? []), ...scopes]) add(`permission ${permission}`);
  for (const reference of mergeParameters(description, pathItem.parameters as [], parameters as [])) {
    const parameter = resolve<Node>(description, reference as Node);
    const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
    add(`${parameter.in} parameter ${name}`, makeValuePart(parameter, 'parameters'));
  }
  if (requestBody !== undefined) add('request body', makeContentPart(resolve<Node>(description, requestBody)));
  for (const [status, reference] of Object.entries<Node | Reference>(responses)) {
    const response = resolve<Node>(description, reference);
    const child = add(`response ${status}`, makeContentPart(response));
    for (const [name, header] of Object.entries<Node | Reference>(response.headers ?? {})) {
      child.parts[`header ${name.toLowerCase()}`] = makeValuePart(resolve<Node>(description, header), 'headers');
    }
  }
  return part;

  function nameSecurity(requirement: Record<string, string[]>): string {
    const names = Object.keys(requirement).map((name) => {
      const scheme = resolve<Node>(description, whole.components?.securitySchemes?.[name] ?? { type: name });
      return [scheme.type, scheme.scheme?.toLowerCase(), scheme.in, scheme.name].filter(Boolean).join(' ');
    });
    return names.sort().join(' and ') || 'none';
  }

  /** A parameter or a header. */
  function makeValuePart(node: Node, kind: 'parameters' | 'headers'): Part {
    const said = { ...node };
    sayDefaults(said, kind);
    const { required, style, explode, allowReserved, deprecated = false, schema, content = {} } = said;
    const child = makeSchemaPart(description, schema ?? Object.values<Node>(content)[0]?.schema ?? {});
    Object.assign(child.facts, { required, style, explode, allowReserved, deprecated });
    return child;
  }

  function makeContentPart({ content = {}, required }: Node): Part {
    const child = makePart({ required });
    for (const [mediaType, { schema = {} }] of Object.entries<Node>(content)) {
      child.parts[mediaType] = makeSchemaPart(description, schema);
    }
    return child;
  }
}
