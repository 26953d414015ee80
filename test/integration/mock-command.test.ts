import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, test, vi } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import manifest from '../../package.json' with { type: 'json' };
import { customerId, makeKey } from '../support/bodies.ts';
import { cliFile, runCli, serveMock } from '../support/process.ts';
import { httpServer } from '../support/server.ts';

const path = `/customers/${customerId}/credit-balances`;
const cli = (...args: string[]) => runCli(args);

describe('paddle-credit-balances mock', () => {
  it('mock prints its address, a curl line that works, the scenarios, and one line for each request', async () => {
    await using mock = await serveMock();
    const key = makeKey();
    await fetch(`${mock.url}${path}?currency_code=USD`, { headers: { Authorization: `Bearer ${key}` } });
    await fetch(`${mock.url}/nothing`);
    expect(await mock.stop('SIGTERM')).toBe(0);

    expect(mock.output()).toContain(`  curl -H 'Authorization: Bearer test' \\\n    ${mock.url}${path}\n`);
    for (const { status, name, customerId } of scenarios) {
      expect(mock.output()).toMatch(new RegExp(`\n${status} +${customerId} +${name}\n`));
    }
    // What it prints at the start fits on a terminal, but for the address, which cannot be broken.
    const [start = ''] = mock.output().split('\nGET ');
    const lines = start.split('\n').filter((line) => !line.trim().startsWith('http'));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(mock.output()).toMatch(
      /\nGET \/customers\/\w+\/credit-balances\?currency_code=USD 200 one-currency [\d.]+ ms\nGET \/nothing 404 outside the contract [\d.]+ ms\n$/,
    );
    expect(mock.output()).not.toContain(key);
  });

  it('mock --quiet prints its address and nothing else', async () => {
    await using mock = await serveMock('--quiet');
    await fetch(mock.url + path);
    expect(await mock.stop('SIGINT')).toBe(0);
    expect(mock.output()).toBe(`The mock serves the contract on ${mock.url} (Ctrl+C stops it).\n`);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'mock lets an open request finish on %s and exits with 0',
    async (signal) => {
      await using mock = await serveMock('--quiet');
      const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      let answers = '';
      socket.on('data', (chunk) => (answers += chunk));
      const ended = new Promise((resolve) => socket.once('close', resolve));
      // The start of the second request arrives with the first, so that it is open when the first is answered.
      const head = `GET ${path} HTTP/1.1\r\nHost: mock\r\n`;
      socket.write(`${head}\r\n${head}`);
      await vi.waitFor(() => expect(answers).toContain('authentication_missing'), 10_000);
      const stopped = mock.stop(signal);
      await new Promise((resolve) => setTimeout(resolve, 200));
      socket.write('Authorization: Bearer test\r\n\r\n');
      await ended;
      expect(answers).toContain('HTTP/1.1 200 OK');
      expect(answers).toContain('"available":"550"');
      expect(await stopped).toBe(0);
    },
  );

  it('mock says in one line that its port is taken', async () => {
    await using taken = await httpServer(() => undefined);
    const { port } = new URL(taken.url);
    expect(await cli('mock', '--port', port)).toEqual({
      code: 2,
      stdout: '',
      stderr: `Port ${port} of 127.0.0.1 is taken. Use another one: --port ${Number(port) + 1}, or --port 0 for any.\n`,
    });
  });

  it('mock says in one line that its host is not an address of this machine', async () => {
    const { code, stderr } = await cli('mock', '--port', '0', '--host', '203.0.113.1');
    expect(stderr).toBe(
      '203.0.113.1 is not an address of this machine. For this machine alone: --host 127.0.0.1; for others too: --host 0.0.0.0.\n',
    );
    expect(code).toBe(2);
  });

  test.each(['65536', '-1', 'http', '4010x', '1.5', ''])('mock says that %j is not a port', async (port) => {
    const { code, stderr } = await cli('mock', `--port=${port}`);
    expect(stderr).toContain(`'${port}' is invalid. It must be an integer from 0 to 65535.`);
    expect(code).toBe(2);
  });
});

describe('paddle-credit-balances', () => {
  test.each([[], ['mock']])('the command line has a help text and a version: %j', async (...command) => {
    const [help, version] = await Promise.all([cli(...command, '--help'), cli(...command, '--version')]);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('Usage: paddle-credit-balances');
    expect(version).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  test.each([
    [['mokc'], "error: unknown command 'mokc'\n(Did you mean mock?)"],
    [['mock', '--prot', '1'], "error: unknown option '--prot'\n(Did you mean --port?)"],
    [['mock', 'now'], "error: too many arguments for 'mock'"],
  ])('the command line names what it does not know, and the nearest known name: %j', async (args, message) => {
    const { code, stdout, stderr } = await cli(...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('mock goes on serving when the reader of its first line is gone', async () => {
    const child = spawn(process.execPath, [cliFile, 'mock', '--port', '0']);
    let errors = '';
    child.stderr.on('data', (chunk) => (errors += chunk));
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    child.stdout.destroy();
    const [url = ''] = /http:\/\/[\d.]+:\d+/.exec(String(first)) ?? [];
    // Each is a line of the log that nobody reads.
    for (let request = 0; request < 3; request++) expect((await fetch(url + path)).status).toBe(403);
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(errors).toBe('');
  });
});
