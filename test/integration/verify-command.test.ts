import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { probeNames, unknownId } from '../../src/credit-balances/probes.ts';
import { type MockServer, startMock } from '../../src/mock.ts';
import { customerId, makeKey } from '../support/bodies.ts';
import { changeBody, startFaultyServer } from '../support/faulty.ts';
import { runCli, runOnTerminal } from '../support/process.ts';
import { startHttpServer } from '../support/server.ts';

const key = makeKey();
const verify = (args: string[], env: NodeJS.ProcessEnv = { PADDLE_API_KEY: key }, input = '') =>
  runCli(['verify', ...args], env, input);

let mock: MockServer;
let folder: string;
beforeAll(async () => {
  mock = await startMock({ port: 0 });
  folder = await mkdtemp(path.join(tmpdir(), 'verify-'));
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

describe('paddle-credit-balances verify', () => {
  it.each([
    ['a pipe', {}, false, false],
    ['a pipe with FORCE_COLOR', { FORCE_COLOR: '1' }, false, true],
    ['a terminal', {}, true, true],
    ['a terminal with NO_COLOR', { NO_COLOR: '1' }, true, false],
  ])('verify colours its results as asked: %s', async (_, colors, isTerminal, isColored) => {
    const args = ['verify', '--server', mock.url];
    const own = { PADDLE_API_KEY: key, NO_COLOR: undefined, ...colors };
    const { code, stdout } = isTerminal ? await runOnTerminal(args, 80, own) : await runCli(args, own);
    expect(code).toBe(0);
    expect(stdout).toContain('The contract check');
    expect(stdout.includes('\u001b[32mpassed')).toBe(isColored);
  });

  it('verify colours no word of the server, also on a terminal too narrow for the table', async () => {
    await using server = await startFaultyServer(({ body }) => ({
      body: body.replace(/"code":"invalid_\w+"/, '"code":"almost_passed"'),
    }));
    const args = ['verify', '--server', server.url, '--customer', customerId];
    const { stdout } = await runOnTerminal(args, 30, { PADDLE_API_KEY: key });
    expect(stdout).toContain('  answer  400 almost_passed\r\n');
    expect(stdout).toContain('  result  \u001b[32mpassed');
  });

  it('verify prints each probe on stdout, its progress on stderr, and exits with 0 when all pass', async () => {
    const { code, stdout, stderr } = await verify(['--server', mock.url]);
    expect(code).toBe(0);
    expect(stdout).toContain(`${mock.url}, customer ${customerId}\n`);
    expect(stdout).toMatch(/^probe +answer +result$/m);
    expect(stdout).toMatch(/^unknown customer +404 not_found +passed$/m);
    expect(stdout).toMatch(/^malformed id \(\?\) +400 invalid_field +passed$/m);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/\nThe contract check passed: 0 errors, 0 warnings\.\n$/);
    expect(stderr.trim().split('\n')).toHaveLength(8);
    expect(stderr).toMatch(/^1\/8 list\n/);
    expect(stdout + stderr).not.toContain('\u001b');
  });

  it('verify prints each finding with its place, and exits with 1 when a probe fails', async () => {
    await using server = await startFaultyServer((answer) =>
      answer.status === 200
        ? changeBody(answer, ({ data }) => {
            for (const { balance } of data) balance.used = 1300;
          })
        : {},
    );
    const { code, stdout, stderr } = await verify(['--server', server.url]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^list +200 +failed$/m);
    expect(stdout).toContain(`\nlist: GET ${server.url}/customers/${customerId}/credit-balances\n`);
    expect(stdout).toContain('\n  error schema at body/data/0/balance/used: must be string\n');
    expect(stdout).toMatch(/\nThe contract check failed: 2 errors, 0 warnings\.\nFix what each error names/);
    expect(stderr).toContain('1/8 list\n');
  });

  it('verify --json prints the report as JSON, and outcomes with the progress', async () => {
    const { code, stdout, stderr } = await verify(['--server', mock.url, '--json', '--customer', customerId]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^1\/8 list: passed\n/);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ server: mock.url, customerId, passed: true });
    expect(report.probes).toHaveLength(8);
    expect(report.probes[3]).toMatchObject({ name: 'unknown customer', expected: { status: 404, code: 'not_found' } });
  });

  it('verify --junit writes XML that a parser reads, whatever the server sends', async () => {
    const nasty = '<b a="1">&amp; \u0000\u0007 ]]> \' \ud800';
    await using server = await startFaultyServer((answer) =>
      answer.status === 200
        ? changeBody(answer, (list) => Object.assign(list, { [nasty]: 1, meta: { request_id: nasty } }))
        : {},
    );
    const file = path.join(folder, 'report.xml');
    const { code, stdout } = await verify(['--server', server.url, '--junit', file]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^The contract check failed/m);
    const xml = await readFile(file, 'utf8');
    expect(xml).toMatch(/<testsuite name="contract of http[^"]*" tests="8" failures="3" errors="0" skipped="0" time="/);
    expect(xml.match(/<testcase /g)).toHaveLength(8);
    expect(xml).toMatch(/<failure type="format" message="error format at body\/meta\/request_id: must match format/);
    expect(xml).toContain(
      'warning unknown-field at body/&lt;b a=&quot;1&quot;&gt;&amp;amp; \ufffd\ufffd ]]&gt; &apos;',
    );
    // Every tag is closed in its turn, and no other angle bracket or ampersand is left.
    const open: string[] = [];
    const rest = xml
      .slice(xml.indexOf('<testsuites>'))
      .replace(/<(\/?)([\w-]+)((?: [\w-]+="[^"<]*")*)>/g, (_, end, name) => {
        if (end) expect(open.pop()).toBe(name);
        else open.push(name);
        return '';
      });
    expect(open).toEqual([]);
    expect(rest.replace(/&(amp|lt|gt|quot|apos);/g, '')).not.toMatch(/[<>&]/);
    expect(rest).not.toMatch(/[^\t\n\u0020-\ufffd]/);
  });

  it('verify reads the key from standard input, with a line break, when the variable is not set', async () => {
    const sent: (string | undefined)[] = [];
    await using server = await startFaultyServer((_, { authorization }) => {
      sent.push(authorization);
      return {};
    });
    const { code } = await verify(['--server', server.url], { PADDLE_API_KEY: undefined }, `${key}\n`);
    expect(code).toBe(0);
    expect(sent[0]).toBe(`Bearer ${key}`);
  });

  it('verify never prints the key, even where the server echoes it', async () => {
    await using server = await startHttpServer((response, { headers }) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ ...headers, key })),
    );
    const file = path.join(folder, 'key.xml');
    for (const args of [[], ['--json'], ['--junit', file]]) {
      const { stdout, stderr, code } = await verify(['--server', server.url, ...args]);
      expect(code).toBe(1);
      expect(stdout + stderr).not.toContain(key.slice(20, 36));
    }
    expect(await readFile(file, 'utf8')).not.toContain(key.slice(20, 36));
  });

  it('a server cannot write control characters or lines of its own to the terminal', async () => {
    await using server = await startFaultyServer((answer) =>
      answer.status === 404
        ? changeBody(answer, ({ error }) => (error.code = 'x\u001b[2J\nThe contract check passed'))
        : {},
    );
    const { stdout } = await verify(['--server', server.url]);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toMatch(/^The contract check passed/m);
  });

  it('verify --json escapes what would control a terminal or cannot be seen', async () => {
    const nasty = 'a\u009b31m\u0085\u202eb\u2066\u2028\u200b\ufeff\u{e0041}\u007f';
    await using server = await startFaultyServer((answer) =>
      answer.status === 200 ? changeBody(answer, (list) => Object.assign(list, { [nasty]: 1 })) : {},
    );
    const { stdout, stderr } = await verify(['--server', server.url, '--json']);
    expect(stdout.replaceAll('\n', '') + stderr.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    // It still says the same.
    expect(JSON.parse(stdout).probes[0].findings).toMatchObject([{ location: `body/${nasty}` }]);
  });

  it('verify --header sends headers with each request, and never prints their values', async () => {
    const secret = 'gateway-secret-0123456789';
    const sent: IncomingHttpHeaders[] = [];
    await using server = await startHttpServer((response, { headers }) => {
      sent.push(headers);
      response.writeHead(403, { 'Content-Type': 'application/json' }).end(JSON.stringify(headers));
    });
    const { code, stdout, stderr } = await verify([
      ...['--server', server.url, '--json'],
      ...['--header', `X-Gateway: ${secret}`, '--header', 'X-Team:billing'],
    ]);
    expect(code).toBe(1);
    expect(sent).toHaveLength(8);
    for (const headers of sent) expect(headers).toMatchObject({ 'x-gateway': secret, 'x-team': 'billing' });
    expect(stdout + stderr).not.toContain(secret.slice(0, 12));
  });

  it('verify --header never prints what it was given, also where it has no name', async () => {
    for (const header of ['opensesame', 'X Token: opensesame', `X-Token ${key}`]) {
      const { code, stderr } = await verify(['--server', mock.url, '--header', header]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/--header/);
      expect(stderr).not.toMatch(/opensesame|pdl_/);
    }
  });

  it('verify --skip names all probes where it is given another name', async () => {
    const { code, stderr } = await verify(['--server', mock.url, '--skip', 'nokey']);
    expect(code).toBe(2);
    expect(stderr).toContain(`'nokey' is invalid. Allowed choices are ${probeNames.join(', ')}.\n`);
  });

  it('verify says of --customer that it must not be the customer that no server has', async () => {
    const { code, stderr } = await verify(['--server', mock.url, '--customer', unknownId]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^--customer ctm_\w+ is the one that the probe "unknown customer" asks for/);
    expect(stderr).not.toContain('customerId');
  });

  it('verify exits with 1 for a server that fails, also where its JUnit file cannot be written', async () => {
    await using server = await startFaultyServer((answer) =>
      answer.status === 200 ? changeBody(answer, (list) => delete list.meta) : {},
    );
    const args = ['--junit', '/none/report.xml', '--server'];
    const failed = await verify([...args, server.url]);
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringMatching(/^The contract check failed/m) });
    expect(failed.stderr).toMatch(/^The JUnit file cannot be written: ENOENT/m);
    expect(await verify([...args, mock.url])).toMatchObject({ code: 2, stderr: expect.stringContaining('ENOENT') });
  });

  it('verify --skip leaves probes out, of the JUnit file too', async () => {
    const file = path.join(folder, 'skip.xml');
    const args = ['--server', mock.url, '--skip', 'no key', '--skip', 'malformed header', '--junit', file];
    const { code, stdout } = await verify(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^key that cannot be valid .* passed$/m);
    expect(stdout).not.toMatch(/^(no key|malformed header) /m);
    expect(await readFile(file, 'utf8')).toContain('tests="6" failures="0"');
  });

  it('verify ends soon where a body does not', async () => {
    await using server = await startHttpServer((response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const chunk = ' '.repeat(65_536);
      const write = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', write);
      write();
    });
    const { code, stdout } = await verify(['--server', server.url]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}error body-size at body: is larger than \d+ characters/m);
  });

  it('verify exits with 3 and one line when the server cannot be reached or is too slow', async () => {
    const gone = await startHttpServer(() => undefined);
    await gone[Symbol.asyncDispose]();
    const refused = await verify(['--server', gone.url]);
    expect(refused.code).toBe(3);
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toMatch(/^Could not connect: ECONNREFUSED .*Check the address and the network\.\n$/);

    await using slow = await startHttpServer(() => undefined);
    const late = await verify(['--server', slow.url, '--timeout', '100']);
    expect(late.code).toBe(3);
    expect(late.stderr).toMatch(/^Request timed out after 100 ms: .*--timeout MS\.\n$/);
  });

  test.each<[string, string[], NodeJS.ProcessEnv, RegExp]>([
    ['no server', [], {}, /required option '--server <url>'/],
    [
      'an unknown probe',
      ['--server', 'http://localhost', '--skip', 'lst'],
      {},
      /option '--skip <probe>' argument 'lst' is invalid\. Allowed choices are list, filter, /,
    ],
    [
      'every probe skipped',
      ['--server', 'http://localhost', ...probeNames.flatMap((name) => ['--skip', name])],
      {},
      /^--skip must leave at least one probe/,
    ],
    [
      'a header without a colon',
      ['--server', 'http://localhost', '--header', 'X-Gateway'],
      {},
      /must be written as "Name: value"/,
    ],
    [
      'a header of the client',
      ['--server', 'http://localhost', '--header', 'authorization: x'],
      {},
      /^--header must not set authorization/,
    ],
    [
      'a header that cannot be sent',
      ['--server', 'http://localhost', '--header', 'X-Gateway: \u20ac'],
      {},
      /^--header has an invalid HTTP header/,
    ],
    ['no address', ['--server', 'paddle'], {}, /--server must be an absolute URL/],
    [
      'an unknown option',
      ['--server', 'http://localhost', '--jsn'],
      {},
      /unknown option '--jsn'\n\(Did you mean --json/,
    ],
    ['a key as an option', ['--server', 'http://localhost', '--api-key', key], {}, /unknown option '--api-key'/],
    [
      'a time that is none',
      ['--server', 'http://localhost', '--timeout', '1s'],
      {},
      /must be an integer of milliseconds/,
    ],
    [
      'no key',
      ['--server', 'http://localhost'],
      { PADDLE_API_KEY: undefined },
      /^There is no API key\. Set PADDLE_API_KEY/,
    ],
    ['an empty key', ['--server', 'http://localhost'], { PADDLE_API_KEY: '' }, /^There is no API key/],
    ['no customer', ['--server', 'https://paddle.example'], {}, /^Which customer\? Add --customer/],
    ['a malformed customer', ['--server', 'http://localhost', '--customer', 'x'], {}, /^--customer must be ctm_/],
    [
      'the live server',
      ['--server', 'https://api.paddle.com'],
      {},
      /live server.*add --live.*sandbox-api\.paddle\.com/,
    ],
    ['the live server, spelt otherwise', ['--server', 'https://API.paddle.com.:443/'], {}, /add --live/],
    [
      'the live server with a key of the sandbox',
      ['--server', 'https://api.paddle.com', '--customer', customerId, '--live'],
      {},
      /API key is for the sandbox/,
    ],
  ])('verify exits with 2 and says what to do: %s', async (_, args, env, message) => {
    const { code, stderr, stdout } = await verify(args, { PADDLE_API_KEY: key, ...env });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toContain(key);
  });

  it('verify prints its report and exits with 2 when the JUnit file cannot be written', async () => {
    const { code, stdout, stderr } = await verify([
      '--server',
      mock.url,
      '--junit',
      path.join(folder, 'no/such/file.xml'),
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/The JUnit file cannot be written: ENOENT/);
    expect(stdout).toContain('The contract check passed');
  });

  it.skipIf(process.platform !== 'linux')('verify exits with 1 when the disk is full', async () => {
    const { code, stdout, stderr } = await verify(['--server', mock.url, '--junit', '/dev/full']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/cannot be written: ENOSPC.*\n$/) });
    expect(stdout).toContain('The contract check passed');
  });

  it('verify leaves no JUnit file of an earlier run where the connection is lost: it says so, and what was found', async () => {
    const file = path.join(folder, 'lost.xml');
    await writeFile(file, '<old/>');
    let requests = 0;
    await using server = await startHttpServer((response) => {
      requests += 1;
      if (requests > 2) response.destroy();
      else response.end('{}');
    });
    const { code, stdout } = await verify(['--server', server.url, '--customer', customerId, '--junit', file]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    const xml = await readFile(file, 'utf8');
    expect(xml).toMatch(/tests="3" failures="2" errors="1".*\n.* name="list"/);
    expect(xml).toMatch(/<error message="Connection lost.*|<error message="Could not connect.*/);
  });

  it('verify has a help text and a version', async () => {
    const { code, stdout } = await verify(['--help']);
    expect(code).toBe(0);
    for (const word of ['PADDLE_API_KEY', '--junit <file>', '--live', 'Exit codes: 0', '3 the server cannot be']) {
      expect(stdout).toContain(word);
    }
    expect(await verify(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});
