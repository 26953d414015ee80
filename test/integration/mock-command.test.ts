import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import manifest from '../../package.json' with { type: 'json' };
import { customerId, makeKey } from '../support/bodies.ts';
import { cliFile, run, runCli, serve, serveMock } from '../support/process.ts';
import { startHttpServer } from '../support/server.ts';

const path = `/customers/${customerId}/credit-balances`;
const auth = { headers: { Authorization: 'Bearer test' } };
const toDataUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
const cli = (...args: string[]) => runCli(args);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mock-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

describe('paddle-credit-balances mock', () => {
  it('mock prints its address, a curl line that works, the scenarios, and one line for each request', async () => {
    await using mock = await serveMock();
    const key = makeKey();
    await fetch(`${mock.url}${path}?currency_code=USD`, { headers: { Authorization: `Bearer ${key}` } });
    await fetch(`${mock.url}/nothing`);
    expect(await mock.stop('SIGTERM')).toBe(0);

    expect(mock.readOutput()).toContain(`  curl -H 'Authorization: Bearer test' \\\n    ${mock.url}${path}\n`);
    for (const { status, name, customerId } of scenarios) {
      expect(mock.readOutput()).toMatch(new RegExp(`\n${status} +${customerId} +${name}\n`));
    }
    // What it prints at the start fits on a terminal, but for the address, which cannot be broken.
    const [start = ''] = mock.readOutput().split('\nGET ');
    const lines = start.split('\n').filter((line) => !line.trim().startsWith('http'));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(mock.readOutput()).toMatch(
      /\nGET \/customers\/\w+\/credit-balances\?currency_code=USD 200 one-currency [\d.]+ ms\nGET \/nothing 404 outside the contract [\d.]+ ms\n$/,
    );
    expect(mock.readOutput()).not.toContain(key);
  });

  it('mock --quiet prints its address and nothing else', async () => {
    await using mock = await serveMock('--quiet');
    await fetch(mock.url + path);
    expect(await mock.stop('SIGINT')).toBe(0);
    expect(mock.readOutput()).toBe(`The mock serves the contract on ${mock.url} (Ctrl+C stops it).\n`);
  });

  it.each(['SIGTERM', 'SIGINT'])('mock exits with 0 on %s also before its own modules are loaded', async (signal) => {
    // Sent from the thread that loads the modules, when the first of them that the commands need is asked for.
    const load = `let isSent = false;
    export async function load(url, context, next) {
      if (!isSent && url.includes('/commander/')) isSent = process.kill(process.pid, '${signal}');
      return next(url, context);
    }`;
    const register = `import { register } from 'node:module'; register(${JSON.stringify(toDataUrl(load))});`;
    const args = ['--import', toDataUrl(register), cliFile, 'mock', '--port', '0'];
    expect((await run(process.execPath, args)).code).toBe(0);
  });

  it.each([
    ['SIGINT', 'SIGINT'],
    ['SIGINT', 'SIGTERM'],
    ['SIGTERM', 'SIGINT'],
  ] as const)('mock waits for an open request after %s, and ends at once on %s', async (first, second) => {
    await using mock = await serve([cliFile, 'mock', '--port', '0', '--quiet', '--delay', '60000']);
    const request = fetch(mock.url + path).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const exited = once(mock.child, 'exit');
    mock.child.kill(first);
    await vi.waitFor(() => expect(fetch(mock.url)).rejects.toThrow(), 5_000);
    mock.child.kill(second);
    expect(await exited).toEqual([null, second]);
    await request;
  });

  it('mock exits with 0 also when its log is not read any more', async () => {
    const child = spawn(process.execPath, [cliFile, 'mock', '--port', '0']);
    const [chunk] = await once(child.stdout, 'data');
    child.stdout.pause();
    const url = /http:\S+/.exec(String(chunk))?.[0];
    // More than a pipe and its buffers hold.
    const long = `${url}/${'x'.repeat(300)}`;
    for (let round = 0; round < 50; round += 1) await Promise.all(Array.from({ length: 20 }, () => fetch(long)));
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
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
    await using taken = await startHttpServer(() => undefined);
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

  it('mock --balances starts with the credit of a file, and its ledger is there over HTTP', async () => {
    const file = await write('balances.json', `\ufeff${JSON.stringify({ [customerId]: { EUR: { available: '7' } } })}`);
    await using mock = await serveMock('--balances', file);
    const answer = await (await fetch(mock.url + path, auth)).json();
    expect(answer.data).toMatchObject([
      { currency_code: 'EUR', balance: { available: '7', reserved: '0', used: '0' } },
    ]);
    expect((await fetch(mock.url + path.replace('1gw9', '1gw8'), auth)).status).toBe(404);
    const control = `${mock.url}/_mock/customers/${customerId}`;
    const body = JSON.stringify({ currency_code: 'EUR', amount: '5' });
    expect(await (await fetch(`${control}/charges`, { method: 'POST', body })).json()).toEqual({ applied: '5' });
    await fetch(`${mock.url}/_mock/reset`, { method: 'POST' });
    expect(await (await fetch(`${control}/credit-balances`)).json()).toMatchObject({ EUR: { available: '7' } });
    await mock.stop('SIGTERM');
    expect(mock.readOutput()).toMatch(/^GET \/customers\/\w+\/credit-balances 200 ledger [\d.]+ ms$/m);
    expect(mock.readOutput()).toMatch(/^POST \/_mock\/customers\/\w+\/charges 200 control [\d.]+ ms$/m);
  });

  it.skipIf(process.platform === 'win32')('mock ends at a signal while a pipe has no balances to say', async () => {
    const pipe = join(folder, 'pipe');
    await run('mkfifo', [pipe]);
    const child = spawn(process.execPath, [cliFile, 'mock', '--port', '0', '--balances', pipe]);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
  });

  test.each<[what: string, text: string | undefined, message: RegExp]>([
    ['is missing', undefined, /^--balances \S+ cannot be read: ENOENT.*\n$/],
    ['is empty', '', /^--balances .+ is not JSON: Unexpected end of JSON input\n$/],
    ['is not JSON', '{"a": 1,}', /^--balances .+ is not JSON: .*JSON.*\n$/],
    ['colours the terminal', '\u001b[31m{', /^--balances \P{Cc}+ is not JSON: \P{Cc}+\n$/u],
    ['is a list', '[]', /^--balances .+ is wrong:\nbalances must be an object; received an array\.\n$/],
    ['is null', 'null', /^--balances .+ is wrong:\nbalances must be an object; received null\.\n$/],
    [
      'has several mistakes',
      JSON.stringify({
        ctm_1: {},
        [customerId]: { usd: {}, EUR: { available: 5, used: '-1', avail: '1' }, GBP: [] },
      }),
      /is wrong:\n.*"ctm_1"\.\n.*"usd"\.\n(.*\n)*.*EUR\.available must be .*received 5\.\n(.*\n)*.*GBP must be/,
    ],
  ])('mock exits with 2 and does not listen when the file of --balances %s', async (what, text, message) => {
    const file = text === undefined ? path : await write(`${what}.json`, text);
    const { code, stdout, stderr } = await cli('mock', '--port', '0', '--balances', file);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it.skipIf(process.platform === 'win32')('mock exits with 2 where the file of --balances does not end', async () => {
    const { code, stdout, stderr } = await cli('mock', '--port', '0', '--balances', '/dev/zero');
    expect(stderr).toBe('--balances /dev/zero cannot be read: it has more than 104857600 characters\n');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('mock names each mistake in the file of --balances with its place', async () => {
    const file = await write('wrong.json', JSON.stringify({ [customerId]: { EUR: { available: 5, used: '-1' } } }));
    const { stderr } = await cli('mock', '--port', '0', '--balances', file);
    for (const total of ['available', 'used']) expect(stderr).toContain(`balances.${customerId}.EUR.${total} must be`);
  });

  it('mock --fail-times, --fail-with, --rate-limit and --delay fail, limit and delay its answers', async () => {
    await using mock = await serveMock(
      ...['--fail-times', '1', '--fail-with', 'service_unavailable', '--rate-limit', '1', '--delay', '30'],
    );
    const seen: unknown[] = [];
    for (let request = 0; request < 3; request++) {
      const response = await fetch(mock.url + path, auth);
      await response.text();
      seen.push([response.status, response.headers.get('Retry-After')]);
    }
    expect(seen).toEqual([
      [503, null],
      [200, null],
      [429, '60'],
    ]);
    await mock.stop('SIGTERM');
    const durations = [...mock.readOutput().matchAll(/ ([\d.]+) ms$/gm)].map(([, duration]) => Number(duration));
    // A timer may fire a little early.
    expect(Math.min(...durations)).toBeGreaterThan(28);
  });

  it("mock --rate-limit without a number is Paddle's limit, and --cors lets a page in", async () => {
    await using mock = await serveMock('--rate-limit', '--cors');
    const statuses: number[] = [];
    for (let request = 0; request < 241; request++) {
      const response = await fetch(mock.url + path, { headers: { ...auth.headers, Origin: 'http://localhost:1' } });
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe('http://localhost:1');
      statuses.push(response.status);
      await response.text();
    }
    expect(statuses).toEqual([...Array(240).fill(200), 429]);
    expect(mock.readOutput()).not.toContain('warning');
  });

  it('mock logs a request of a page with one line that says why the page sees nothing', async () => {
    await using mock = await serveMock();
    await (await fetch(mock.url + path, { headers: { ...auth.headers, Origin: 'http://localhost:1' } })).text();
    await (await fetch(`${mock.url}${path}?currency_code[]=EUR`, auth)).text();
    await mock.stop('SIGTERM');
    expect(mock.readOutput()).toMatch(
      / 200 one-currency [\d.]+ ms\n {2}warning: a page .* Paddle sends no CORS headers.* --cors\n/,
    );
    expect(mock.readOutput()).toMatch(
      /ms\n {2}warning: ignored unknown query key "currency_code\[\]": Paddle documents .*\n$/,
    );
  });

  test.each([
    [['--host', ''], '--host must not be empty: 127.0.0.1 is this machine alone.\n'],
    [['--host', ' '], '--host must not be empty: 127.0.0.1 is this machine alone.\n'],
    [['--host', 'nowhere.invalid'], 'nowhere.invalid is not an address. '],
    [['--delay', '-1'], 'It must be an integer of milliseconds.'],
    [['--delay', '2147483648'], '--delay must be a number of milliseconds from 0 to 2147483647'],
    [['--fail-times', 'x'], 'It must be an integer.'],
    [['--fail-with', 'no-credit'], 'Allowed choices are '],
    [['--rate-limit', '0'], '--rate-limit must be an integer'],
    [['--rate-limit', '1.5'], 'It must be an integer.'],
  ])('mock exits with 2 and says what is right for %j', async (args, message) => {
    const { code, stdout, stderr } = await cli('mock', '--port', '0', ...args);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test.each(['65536', '-1', 'http', '4010x', '1.5', ''])('mock says that %j is not a port', async (port) => {
    const { code, stderr } = await cli('mock', `--port=${port}`);
    expect(stderr).toContain(`'${port}' is invalid. It must be an integer from 0 to 65535.`);
    expect(code).toBe(2);
  });
});

describe('paddle-credit-balances', () => {
  test.each([[], ['mock'], ['get'], ['verify']])(
    'the command line has a help text and a version: %j',
    async (...command) => {
      const help = await cli(...command, '--help');
      const version = await cli(...command, '--version');
      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toMatch(/^Usage: paddle-credit-balances.+\n\n\S.{30,}\n/);
      // Each argument, option and command says what it is for.
      const named = help.stdout
        .split('\n')
        .filter((line) => /^ {2}[-a-z]/.test(line) && !/^ {2}(paddle|curl|echo)/.test(line));
      expect(named.length).toBeGreaterThan(2);
      expect(named.filter((line) => !/^ {2}\S.*? {2,}\S.{9,}/.test(line))).toEqual([]);
      expect(help.stdout).toMatch(/\nExamples:\n.+\n.+\n$/);
      expect(version).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
    },
  );

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
