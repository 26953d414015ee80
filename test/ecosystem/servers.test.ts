import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Environment, OpenApiConverter } from '@mockoon/commons';
import { MockoonServer } from '@mockoon/commons-server';
import Dredd from 'dredd';
import { expect, it } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { customerId, getCredit } from '../support/bodies.ts';
import { serveMock } from '../support/process.ts';
import { bundleFile } from './output.ts';

it("Mockoon answers with the totals of Paddle's example", async () => {
  const environment = await new OpenApiConverter().convertFromOpenAPI(await readFile(bundleFile, 'utf8'), 0);
  const mockoon = new MockoonServer(environment as Environment, { enableAdminApi: false });
  const server = createServer(mockoon.createRequestListener()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/customers/${customerId}/credit-balances`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual(getCredit('one-currency'));
  await new Promise((resolve) => server.close(resolve).closeAllConnections());
});

it('Dredd asks our mock for each status of the contract, and every answer passes', async () => {
  await using mock = await serveMock();
  const dredd = new Dredd({
    endpoint: mock.url,
    path: [bundleFile],
    hookfiles: [path.join(import.meta.dirname, 'dredd-hooks.cjs')],
    loglevel: 'error',
    reporter: [],
  });
  const stats = await new Promise((resolve, reject) => {
    dredd.run((error: unknown, found: unknown) => (error ? reject(error) : resolve(found)));
  });
  const statuses = new Set(scenarios.map(({ status }) => status));
  expect(stats).toMatchObject({ passes: statuses.size, failures: 0, errors: 0 });
});
