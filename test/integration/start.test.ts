import { expect, it } from 'vitest';
import { credit, customerId } from '../support/bodies.ts';
import { root, run, runScript, serveStart } from '../support/process.ts';
import { httpServer } from '../support/server.ts';

it('npm run demo shows every scenario as money and every error as a typed one', async () => {
  const { code, stdout, stderr } = await runScript('scripts/demo.ts');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(/one-currency +USD +\$5\.50 +\$9\.00 +\$13\.00\n/);
  expect(stdout).toMatch(/JPY +¥1,200 +¥300 +¥0\n/);
  expect(stdout).toMatch(/no-credit +no credit\n/);
  expect(stdout).toMatch(/^ApiError 404 not_found: .* \[GET http.*\]$/m);
  expect(stdout).toMatch(/^ApiError 429 too_many_requests: .*retry after 60 s\]$/m);
  expect(stdout.match(/^ApiError /gm)).toHaveLength(14);
});

it('npm start serves the mock until it is stopped, and the command that it prints works', async () => {
  await using mock = await serveStart();
  const response = await fetch(`${mock.url}/customers/${customerId}/credit-balances`, {
    headers: { Authorization: 'Bearer test' },
  });
  expect(await response.json()).toEqual(credit('one-currency'));
  expect(await mock.stop('SIGTERM')).toBe(0);
});

it('npm start says in one line that its port is taken', async () => {
  await using taken = await httpServer(() => undefined);
  const { port } = new URL(taken.url);
  const args = ['--import', import.meta.resolve('tsx'), 'scripts/start.ts'];
  const { code, stderr } = await run(process.execPath, args, root, { ...process.env, PORT: port });
  expect(stderr).toBe(`Port ${port} is taken. Another one: PORT=4011 npm start\n`);
  expect(code).toBe(2);
});
