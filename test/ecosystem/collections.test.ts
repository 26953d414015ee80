import { readFile } from 'node:fs/promises';
import { openApiToBruno } from '@usebruno/converters';
import { expect, it } from 'vitest';
import { servers } from '../../generated/operations.js';
import { scenarios } from '../../generated/scenarios.js';
import { bundleFile } from './output.ts';

it("Bruno's converter keeps every example, and names an environment for each server", async () => {
  const { items, environments } = openApiToBruno(JSON.parse(await readFile(bundleFile, 'utf8')));
  const [request] = items[0].items;
  const examples = request.examples.map(({ name, response }: { name: string; response: Answer }) => ({
    name,
    status: response.status,
    body: JSON.parse(response.body.content),
  }));
  const expected = scenarios.map(({ summary: name, status, body }) => ({ name, status, body }));
  expect(examples).toEqual(expect.arrayContaining(expected));
  const addresses = environments.map(({ name, variables }: Environment) => [name, variables[0]?.value]);
  expect(addresses).toEqual([
    ['Sandbox', servers.sandbox.url],
    ['Live', servers.live.url],
  ]);
});

interface Answer {
  status: number;
  body: { content: string };
}
interface Environment {
  name: string;
  variables: { value: string }[];
}
