import { type Description, type Example, type Header, methods, resolve, toCamelCase } from './openapi.ts';

const reserved = /^x-mock-(.+)$/;

/**
 * Every named response example as a scenario: what is asked (`operation`, and the parameter values that the
 * example reserves with `x-mock-<parameter>`) and what comes back (`status`, `headers`, `body`).
 */
export function makeScenarios(description: Description): { code: string; declarations: string } {
  const found = [...collect(description)];
  const values = found.map(({ scenario }) => scenario);
  return {
    code: `export const scenarios = ${JSON.stringify(values, null, 2)};\n`,
    declarations: `import type { paths } from './openapi.js';

/** Every named example of the contract, in the order in which the contract lists them. */
export const scenarios: readonly Scenario[];

/** One named example: the request that it stands for and the response to it. */
export type Scenario =${found.map(declareScenario).join('') || ' never'};
`,
  };
}

type Scenario = ReturnType<typeof makeScenario>;
interface Found {
  scenario: Scenario;
  bodyType: string;
}

function* collect(description: Description): Generator<Found> {
  for (const [path, pathItem] of Object.entries(description.paths ?? {})) {
    for (const method of methods) {
      const operation = resolve(description, pathItem)[method];
      for (const [status, reference] of Object.entries(operation?.responses ?? {})) {
        // `default` and `4XX` name no status that a scenario could come with.
        if (!/^\d{3}$/.test(status)) continue;
        const response = resolve(description, reference);
        for (const [mediaType, media] of Object.entries(response.content ?? {})) {
          const headers = {
            'Content-Type': mediaType,
            ...Object.fromEntries(
              Object.entries(response.headers ?? {}).flatMap(([name, header]) =>
                readHeaderExample(description, name, resolve(description, header)),
              ),
            ),
          };
          for (const [name, example] of Object.entries(media.examples ?? {})) {
            yield {
              scenario: makeScenario(
                operation?.operationId ?? `${method.toUpperCase()} ${path}`,
                name,
                Number(status),
                headers,
                resolve(description, example),
              ),
              bodyType: ['paths', path, method, 'responses', Number(status), 'content', mediaType]
                .map((key, depth) => (depth === 0 ? key : `[${JSON.stringify(key)}]`))
                .join(''),
            };
          }
        }
      }
    }
  }
}

function makeScenario(
  operation: string,
  name: string,
  status: number,
  headers: Record<string, string>,
  { summary = name, description, value, ...rest }: Example,
) {
  const reservations = Object.entries(rest).flatMap(([key, id]) => {
    const parameter = reserved.exec(key)?.[1];
    return parameter === undefined ? [] : [[toCamelCase(parameter), id] as const];
  });
  return {
    operation,
    name,
    summary,
    ...(description === undefined ? {} : { description }),
    status,
    ...Object.fromEntries(reservations),
    headers,
    body: value,
  };
}

function readHeaderExample(description: Description, name: string, header: Header): [string, string][] {
  const named = Object.values(header.examples ?? {}).map((example) => resolve(description, example).value);
  const value = header.example ?? named[0];
  return value === undefined ? [] : [[name, String(value)]];
}

function declareScenario({ scenario, bodyType }: Found): string {
  const { body: _, ...rest } = scenario;
  const lines = Object.entries(rest).map(([key, value]) => {
    // Words for people are not part of the type: rewording an example breaks nobody.
    const type = key === 'summary' || key === 'description' ? 'string' : JSON.stringify(value);
    return `      readonly ${key}: ${type};\n`;
  });
  return `\n  | {\n${lines.join('')}      readonly body: ${bodyType};\n    }`;
}
