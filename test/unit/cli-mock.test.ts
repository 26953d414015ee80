import { createServer, Server } from 'node:net';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { customerId } from '../support/bodies.ts';
import { startInProcess } from '../support/in-process.ts';

afterEach(() => void vi.restoreAllMocks());

const mock = (...args: string[]) => startInProcess(['mock', ...args], {}, '').ended;

/** The mock while it runs. */
async function start(...args: string[]) {
  const { ended, readOutput } = startInProcess(['mock', '--port', '0', ...args], {}, '');
  const url = await vi.waitUntil(() => / on (http:\S+) /.exec(readOutput())?.[1], { timeout: 20_000 });
  const stop = async () => {
    process.emit('SIGTERM');
    return ended;
  };
  return { url, readOutput, stop };
}

describe('the mock command', () => {
  it('shows each scenario in a table, and a line for each request, with - for a lost connection', async () => {
    const { url, stop } = await start('--fail-times', '1');
    const address = `${url}/customers/${customerId}/credit-balances`;
    const init = { headers: { Authorization: 'Bearer test', Connection: 'close' } };
    await expect(fetch(address, init)).rejects.toThrow();
    const { code, stdout, stderr } = await stop();
    expect([code, stderr]).toEqual([0, '']);
    const [head = '', ...lines] = stdout.split('\nstatus  ');
    expect(head).toBe(`The mock serves the contract on ${url} (Ctrl+C stops it).

  curl -H 'Authorization: Bearer test' \\
    ${address}
`);
    const [heads, rule, ...rows] = lines.join('').split('\n');
    expect(heads).toMatch(/^customer ID {21}scenario$/);
    expect(rule).toMatch(/^-{6} {2}-{30} {2}-+$/);
    expect(rows.slice(0, scenarios.length).map((row) => row.split(/ +/))).toEqual(
      scenarios.map(({ status, customerId, name }) => [String(status), customerId, name]),
    );
    expect(
      rows
        .slice(scenarios.length)
        .join('\n')
        .replace(/[\d.]+ ms/g, '… ms'),
    ).toBe(`
Any other customer gets the first scenario. The header Prefer picks one:
  -H 'Prefer: code=404, example=not_found'

GET /customers/${customerId}/credit-balances - lost connection … ms
`);
  });

  it('shows the scenarios as records on a narrow terminal', async () => {
    const columns = Object.getOwnPropertyDescriptor(process.stdout, 'columns');
    Object.defineProperty(process.stdout, 'columns', { value: 30, configurable: true, writable: true });
    const { stdout } = await start().then(({ stop }) => stop());
    if (columns === undefined) Reflect.deleteProperty(process.stdout, 'columns');
    else Object.defineProperty(process.stdout, 'columns', columns);
    const [first] = scenarios;
    expect(stdout).toContain(
      `\nstatus ${first?.status}\n  customer ID  ${first?.customerId}\n  scenario     ${first?.name}\n`,
    );
  });

  test.each([
    [['--delay', '9'.repeat(30)], /^--delay must be /],
    [['--rate-limit', '0'], /^--rate-limit must be /],
  ])('names the option that is wrong: %j', async (args, message) => {
    expect(await mock('--port', '0', ...args)).toMatchObject({
      ...{ code: 2, stdout: '' },
      stderr: expect.stringMatching(message),
    });
  });
});

describe('the port of the mock command', () => {
  it('is any that there is', async () => {
    for (const port of ['0', '65535']) expect(await mock('--port', port, '--help')).toMatchObject({ code: 0 });
    for (const port of ['65536', '-1', '1x', 'x1', '']) {
      expect(await mock(`--port=${port}`, '--help')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('It must be an integer from 0 to 65535.'),
      });
    }
  });

  it('that is the last one has no next one to propose', async () => {
    const taken = createServer();
    // Where another process has it, it is taken just as well.
    await new Promise((resolve) => taken.once('error', resolve).listen(65_535, '127.0.0.1', () => resolve(undefined)));
    const { code, stderr } = await mock('--port', '65535').finally(() => taken.close());
    expect([code, stderr]).toEqual([
      2,
      'Port 65535 of 127.0.0.1 is taken. Use another one: --port 4010, or --port 0 for any.\n',
    ]);
  });

  it.each([
    ['EACCES', 'Port 80 needs more rights than this user has. Use another one: --port 4010.'],
    ['EMFILE', 'The mock cannot start: EMFILE: the reason'],
  ])('that cannot be listened on is refused with the reason: %s', async (code, message) => {
    // What root may do, and what a machine in trouble may not.
    vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
      queueMicrotask(() => this.emit('error', Object.assign(new Error(`${code}: the reason`), { code })));
      return this;
    });
    expect(await mock('--port', '80')).toEqual({ code: 2, stdout: '', stderr: `${message}\n` });
  });
});
