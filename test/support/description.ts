import { readFileSync } from 'node:fs';
import type { Description, Example, Operation, Response } from '../../scripts/generate/openapi.ts';
import { methods, resolve } from '../../scripts/generate/openapi.ts';

/** The bundle, as everybody gets it. */
export const description = JSON.parse(
  readFileSync(new URL('../../generated/openapi.json', import.meta.url), 'utf8'),
) as Description;

interface FoundExample {
  name: string;
  status: string;
  schema: string;
  example: Example;
}

/** Every named response example with the name of the schema that its response gives for it. */
export const examples: FoundExample[] = Object.values(description.paths ?? {})
  .flatMap((pathItem) => methods.map((method) => resolve(description, pathItem)[method]))
  .filter((operation): operation is Operation => operation !== undefined)
  .flatMap((operation) => Object.entries(operation.responses ?? {}))
  .flatMap(([status, response]) => {
    const { content } = resolve<Response>(description, response);
    return Object.values(content ?? {}).flatMap((media) =>
      Object.entries(media.examples ?? {}).map(([name, example]) => ({
        name,
        status,
        schema: (media as { schema: { $ref: string } }).schema.$ref.replace('#/components/schemas/', ''),
        example: resolve<Example>(description, example),
      })),
    );
  });
