import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { startMock } from '../../src/mock.ts';
import { getCredit, getErrorBody, makeKey } from '../support/bodies.ts';
import { makeCustomers, makeRandom, sumByCurrency } from '../support/customers.ts';
import { run, runCli, tsx } from '../support/process.ts';
import { answerJson, startHttpServer, type TestServer } from '../support/server.ts';

const key = makeKey();
const several = 'ctm_01mock200several0000000000';
const none = 'ctm_01mock200nocredit000000000';
const missing = 'ctm_01mock404notfound000000000';

let folder: string;
let list: string;
let out: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'get-many-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  list = path.join(folder, 'customers.csv');
  out = path.join(folder, 'credit.csv');
  await rm(out, { force: true });
});

const unlimited = ['--requests-per-minute', 'Infinity'];

/** A mock, and the IDs of those who were asked for. */
async function mockOf(balances?: ReturnType<typeof makeCustomers>, delay = 0) {
  const asked: string[] = [];
  const onRequest = ({ path: url }: { path: string }) => asked.push(url.split('/')[2] ?? '');
  const mock = await startMock({ port: 0, balances, delay, onRequest });
  return { ...mock, asked, [Symbol.asyncDispose]: mock.close };
}

const get = (url: string, args: string[], env: NodeJS.ProcessEnv = {}, input = '') =>
  runCli(['get', '--server', url, '--locale', 'en-US', ...args], { PADDLE_API_KEY: key, ...env }, input);

/** A run that can be sent signals. */
function start(url: string, args: string[], apiKey = key) {
  const child = spawn(process.execPath, ['--import', tsx, 'src/cli.ts', 'get', '--server', url, ...args], {
    env: { ...process.env, PADDLE_API_KEY: apiKey },
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stderr }));
  return { child, ended, stderr: () => stderr };
}

async function until(isSo: () => boolean, child: ChildProcess): Promise<void> {
  while (!isSo()) {
    if (child.exitCode !== null) throw new Error('The command ended before that.');
    await sleep(5);
  }
}

const customersIn = (csv: string) => [...new Set([...csv.matchAll(/^ctm_\w+/gm)].map(([id]) => id))];
const sumsIn = (csv: string) =>
  sumByCurrency(
    [...csv.matchAll(/^ctm_\w+,([A-Z]{3}),(\d+),(\d+),(\d+),/gm)].map(
      ([, currency_code = '', available = '', reserved = '', used = '']) => ({
        currency_code,
        balance: { available, reserved, used },
      }),
    ),
  );
const sumsInMock = (balances: ReturnType<typeof makeCustomers>) =>
  sumByCurrency(
    Object.values(balances).flatMap((customer) =>
      Object.entries(customer).map(([currency_code, balance]) => ({ currency_code, balance })),
    ),
  );

describe('paddle-credit-balances get, for many customers', () => {
  it('prints a table, lists those that failed with their reasons, and exits with 1', async () => {
    await using mock = await mockOf();
    const { code, stdout, stderr } = await get(mock.url, [several, none, missing, 'ctm_1', several, '--totals']);
    expect(stdout.split('\n').sort()).toEqual(
      [
        '',
        'customer                        cur      available       reserved           used',
        '------------------------------  ---  -------------  -------------  -------------',
        `${several}  EUR         €42.50          €0.00         €19.99`,
        `${several}  USD          $5.50          $9.00         $13.00`,
        `${several}  JPY         ¥1,200           ¥300             ¥0`,
        `${none}  no credit`,
      ].sort(),
    );
    expect(stderr).toMatch(/^EUR +1 +€42\.50 +€0\.00 +€19\.99$/m);
    expect(stderr).toMatch(/^These are not the totals of all customers: 2 failed\.$/m);
    expect(stderr).toMatch(/^ctm_01mock404notfound0+: 404 not_found: .* Check the ID/m);
    expect(stderr).toMatch(/^ctm_1: The ID must be ctm_ followed by .*; received "ctm_1"\.$/m);
    expect(stderr).toMatch(/^2 customers done, 2 failed, 1 listed again and asked for once\.$/m);
    expect(code).toBe(1);
  });

  it('never says that a customer has no credit where only some currencies were asked for', async () => {
    await using mock = await mockOf();
    const filtered = ['--currency', 'GBP,usd', several, none];
    const table = await get(mock.url, [...filtered, '--quiet']);
    expect(table.stdout).toContain(`${several}  no credit in GBP\n`);
    expect(table.stdout).toContain(`${none}  no credit in GBP, USD\n`);
    const csv = await get(mock.url, [...filtered, '--csv', '--quiet', '--totals']);
    expect(csv.stdout).toContain(`${none},,,,,,,,0,"no credit in GBP, USD"\n`);
    const ndjson = await get(mock.url, [...filtered, '--ndjson', '--quiet']);
    const lines = ndjson.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({ customer_id: none, currency_code: ['GBP', 'USD'], data: [] }),
    );
    for (const { stdout, code } of [table, csv, ndjson]) {
      expect(stdout).not.toMatch(/no credit(?! in)/);
      expect(code).toBe(0);
    }
    expect([table.stderr, ndjson.stderr]).toEqual(['', '']);
    expect(csv.stderr).toMatch(/^currency .*\n-.*\nUSD +1 /);
    const empty = await get(mock.url, [none, '--currency', 'GBP', '--totals', '--quiet']);
    expect(empty.stderr).toBe('No customer has credit in GBP.\n');
  });

  it('reads the list from standard input, with the key from the environment only', async () => {
    await using mock = await mockOf();
    const input = `customer_id,name\r\n${several},"x, y"\r\n`;
    const { code, stdout } = await get(mock.url, ['--file', '-', '--csv'], {}, input);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^customer_id,currency_code,.*\nctm_01mock200several0000000000,EUR,4250,/);
    const without = await get(mock.url, ['--file', '-'], { PADDLE_API_KEY: undefined }, `${key}\n${several}`);
    expect(without).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/PADDLE_API_KEY/) });
    const fromInput = await get(mock.url, ['--csv', several, none], { PADDLE_API_KEY: undefined }, key);
    expect(fromInput.code).toBe(0);
  });

  it('writes a file, and with --resume asks for those who are not in it, with the totals of all', async () => {
    const balances = makeCustomers(12, makeRandom(5));
    const ids = Object.keys(balances);
    const { [ids[3] as string]: late, ...known } = balances;
    await using mock = await mockOf(known);
    await writeFile(list, `\ufeff"name","customer_id"\r\n${ids.map((id) => `x,${id}\r\n`).join('')}`);
    const args = ['--file', list, '--out', out, '--totals', ...unlimited];
    const first = await get(mock.url, args);
    expect(first.code).toBe(1);
    expect(first.stderr).toMatch(/^11 customers done, 1 failed\. To ask for the failed ones again, .*--resume\.$/m);
    expect(customersIn(await readFile(out, 'utf8'))).toHaveLength(11);

    const refused = await get(mock.url, args);
    expect(refused).toMatchObject({ code: 2, stderr: `${out} exists. To go on with it, add --resume.\n` });

    mock.ledger.set(ids[3] as string, late ?? {});
    mock.asked.length = 0;
    const second = await get(mock.url, [...args, '--resume']);
    expect(second.code).toBe(0);
    expect(second.stderr).toContain(`1 customer done, 0 failed, 11 in ${out} already.`);
    expect(mock.asked).toEqual([ids[3]]);
    const csv = await readFile(out, 'utf8');
    expect(customersIn(csv).sort()).toEqual(ids);
    expect(sumsIn(csv)).toEqual(sumsInMock(balances));
    for (const [currency, [customers]] of Object.entries(sumsIn(csv))) {
      expect(second.stdout).toMatch(new RegExp(`^${currency} +${customers} `, 'm'));
    }
    expect(second.stdout).not.toContain('not the totals');

    const other = await get(mock.url, [...args, '--resume', '--currency', 'EUR']);
    expect(other).toMatchObject({ code: 2, stderr: expect.stringMatching(/another --currency/) });
  });

  it('goes on after SIGKILL with every customer once', async () => {
    const balances = makeCustomers(60, makeRandom(6));
    await using mock = await mockOf(balances, 10);
    await writeFile(list, Object.keys(balances).join('\n'));
    const args = ['--file', list, '--out', out, ...unlimited];
    const killed = start(mock.url, args);
    await until(() => mock.asked.length > 20, killed.child);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const before = customersIn(await readFile(out, 'utf8'));
    expect(before.length).toBeGreaterThan(5);
    expect(before.length).toBeLessThan(60);
    expect((await get(mock.url, [...args, '--resume'])).code).toBe(0);
    const csv = await readFile(out, 'utf8');
    expect(sumsIn(csv)).toEqual(sumsInMock(balances));
    expect(customersIn(csv).sort()).toEqual(Object.keys(balances));
  });

  it('finishes what is under way at Ctrl+C, says how to go on, and exits with 130', async () => {
    const balances = makeCustomers(2000, makeRandom(7));
    await using mock = await mockOf(balances, 50);
    await writeFile(list, Object.keys(balances).join('\n'));
    const interrupted = start(mock.url, ['--file', list, '--out', out, '--totals', ...unlimited]);
    await until(() => mock.asked.length > 8, interrupted.child);
    interrupted.child.kill('SIGINT');
    const { code, stderr } = await interrupted.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('Finishing what is under way.');
    expect(stderr).toMatch(
      /^Not all customers were asked for: \d+ customers done, 0 failed\. To go on, .*--resume\.$/m,
    );
    const csv = await readFile(out, 'utf8');
    expect(csv).toMatch(/\n$/);
    expect(customersIn(csv).sort()).toEqual([...mock.asked].sort());
  });

  it('sends nothing more after Ctrl+C, also for those who wait for their turn', async () => {
    const ids = Object.keys(makeCustomers(40, makeRandom(7)));
    await using mock = await mockOf(makeCustomers(40, makeRandom(7)));
    const args = [...ids, '--out', out, '--concurrency', '40', '--requests-per-minute', '120'];
    const interrupted = start(mock.url, args);
    await until(() => mock.asked.length > 1, interrupted.child);
    interrupted.child.kill('SIGINT');
    const { code, stderr } = await interrupted.ended;
    expect(code).toBe(130);
    expect(mock.asked.length).toBeLessThan(6);
    expect(customersIn(await readFile(out, 'utf8')).sort()).toEqual([...mock.asked].sort());
    expect(stderr).toMatch(/^Not all customers were asked for: \d customers done, 0 failed\. To go on, .*--resume\.$/m);
  });

  it('ends at once at the second Ctrl+C, and at the first one during a pause', async () => {
    await using silent = await startHttpServer(() => undefined);
    const args = [several, none, '--timeout', '60000'];
    const twice = start(silent.url, args);
    await until(() => silent.requests.length > 1, twice.child);
    twice.child.kill('SIGINT');
    await until(() => twice.stderr().includes('Finishing'), twice.child);
    twice.child.kill('SIGINT');
    expect(await twice.ended).toMatchObject({ code: 130, stderr: expect.stringMatching(/0 customers done/) });

    await using limited = await startHttpServer(
      answerJson(429, getErrorBody('too_many_requests'), { 'Retry-After': '3600' }),
    );
    const paused = start(limited.url, args);
    await until(() => limited.requests.length > 0, paused.child);
    await sleep(300);
    paused.child.kill('SIGINT');
    expect(await paused.ended).toMatchObject({ code: 130 });
  });

  it('ends at Ctrl+C while standard input has nothing more to say', async () => {
    await using mock = await mockOf();
    const waiting = start(mock.url, ['--file', '-']);
    waiting.child.stdin.write(`${several}\n${none}\n`);
    await until(() => mock.asked.length === 2, waiting.child);
    waiting.child.kill('SIGINT');
    expect(await waiting.ended).toMatchObject({ code: 130 });
  });

  it.each([
    ['the list on standard input', ['--file', '-'], key, ''],
    ['the rest of its first line', ['--file', '-'], key, 'customer_'],
    ['the key', [several, none], '', ''],
  ])('ends at once at Ctrl+C while it waits for %s', async (_, args, apiKey, input) => {
    const waiting = start('http://127.0.0.1:9', args, apiKey);
    waiting.child.stdin.write(input);
    await sleep(1500);
    waiting.child.kill('SIGINT');
    expect(await waiting.ended).toMatchObject({ code: 130, stderr: '' });
  });

  it.skipIf(process.platform === 'win32')('ends at Ctrl+C while a named pipe has nothing to say', async () => {
    await using mock = await mockOf();
    const pipe = path.join(folder, 'pipe');
    await run('mkfifo', [pipe]);
    const silent = start(mock.url, ['--file', pipe]);
    await sleep(1500);
    silent.child.kill('SIGINT');
    expect(await once(silent.child, 'exit')).toEqual([null, 'SIGINT']);

    const waiting = start(mock.url, ['--file', pipe]);
    const writer = spawn('sh', ['-c', `(echo ${several}; exec sleep 60) >"${pipe}"`], { detached: true });
    await until(() => mock.asked.length === 1, waiting.child);
    waiting.child.kill('SIGINT');
    expect(await once(waiting.child, 'exit')).toEqual([null, 'SIGINT']);
    expect(waiting.stderr()).toMatch(/^Not all customers were asked for: 1 customer done, 0 failed\.$/m);
    process.kill(-(writer.pid ?? 0));
  });

  it('takes a reader that is gone for one that has seen enough, and asks for nobody more', async () => {
    const balances = makeCustomers(3000, makeRandom(8));
    await using mock = await mockOf(balances, 5);
    await writeFile(list, Object.keys(balances).join('\n'));
    const unread = start(mock.url, ['--file', list, '--csv', ...unlimited]);
    await once(unread.child.stdout, 'data');
    unread.child.stdout.destroy();
    expect(await unread.ended).toEqual({ code: 0, stderr: '' });
    expect(mock.asked.length).toBeLessThan(3000);
  });

  it('ends at the second Ctrl+C while nobody reads what it prints', async () => {
    const balances = makeCustomers(3000, makeRandom(8));
    await using mock = await mockOf(balances);
    await writeFile(list, Object.keys(balances).join('\n'));
    const unread = start(mock.url, ['--file', list, '--csv', ...unlimited]);
    const exited = once(unread.child, 'exit');
    let asked = -1;
    while (asked < mock.asked.length || asked === 0) {
      asked = mock.asked.length;
      await sleep(1000);
    }
    unread.child.kill('SIGINT');
    await until(() => unread.stderr().includes('Finishing'), unread.child);
    unread.child.kill('SIGINT');
    expect(await exited).toEqual([null, 'SIGINT']);
    expect(unread.stderr()).toMatch(/^Not all customers were asked for: \d+ customers done, 0 failed\.$/m);
  });

  it('exits with 1 where a customer had failed before its reader was gone', async () => {
    const balances = makeCustomers(300, makeRandom(8));
    await using mock = await mockOf(balances, 5);
    const args = ['--csv', '--totals', missing, ...Object.keys(balances), ...unlimited, '--concurrency', '1'];
    const unread = start(mock.url, args);
    let printed = '';
    unread.child.stdout.on('data', (chunk) => (printed += chunk));
    await until(() => printed.includes('\nctm_'), unread.child);
    unread.child.stdout.destroy();
    expect(await unread.ended).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^ctm_01mock404notfound0+: 404 not_found: .*\n$/),
    });
  });

  it('refuses a file whose rows cannot all be read, and sends nothing', async () => {
    await using mock = await mockOf();
    await writeFile(list, `customer_id,x\n${several},x\n${none},"open\n${missing},y`);
    for (const more of [[], ['--quiet']]) {
      const { code, stdout, stderr } = await get(mock.url, ['--file', list, '--out', out, ...more]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toBe(`${list} has a quote in line 3 that is never closed.\n`);
    }
    expect(mock.asked).toEqual([]);
    await expect(readFile(out)).rejects.toThrow(/ENOENT/);
    await writeFile(list, 'customer_id,x\n');
    const empty = await get(mock.url, ['--file', list, '--totals']);
    expect(empty).toMatchObject({ code: 2, stdout: '', stderr: `${list} is empty: there are no customer IDs.\n` });
  });

  it('does not say that nobody has credit where customers failed, or were not asked for', async () => {
    await using mock = await mockOf();
    const failed = await get(mock.url, [none, missing, '--totals', '--csv']);
    expect(failed.stderr).toMatch(/^These are not the totals of all customers: 1 failed\.\nctm_/);
    await using server = await startHttpServer(answerJson(403, getErrorBody('forbidden')));
    const ended = await get(server.url, [several, none, '--totals']);
    expect(ended.stderr).toMatch(/^These are not the totals of all customers: not all were asked for\.\n/);
    for (const { stderr } of [failed, ended]) expect(stderr).not.toContain('No customer has credit');
    const known = await get(mock.url, [none, '--totals', '--quiet']);
    expect(known.stderr).toBe('No customer has credit.\n');
  });

  it('counts a customer as failed whose body cannot be written as JSON, and goes on', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const body = JSON.stringify(getCredit('no-credit'));
    await using server = await startHttpServer((response, { url = '' }) => {
      const sent = url.includes(several) ? body.replace(/^\{/, `{"later":${deep},`) : body;
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(sent);
    });
    const { code, stdout, stderr } = await get(server.url, [several, none, '--ndjson']);
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`^\\{"customer_id":"${none}",[^\n]*\n$`));
    expect(stderr).toMatch(/^ctm_01mock200several0+: The response is nested too deeply to be printed as JSON\.$/m);
    expect(stderr).toMatch(/^1 customer done, 1 failed\.$/m);
    const one = await get(server.url, [several, '--json']);
    expect(one).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The response is nested too deeply to be printed as JSON.\n',
    });
  });

  it('goes on with a file of the same currencies in another order', async () => {
    await using mock = await mockOf();
    for (const file of [out, path.join(folder, 'credit.ndjson')]) {
      const args = [several, none, '--out', file, '--resume', '--currency'];
      expect((await get(mock.url, [...args, 'USD,EUR'])).code).toBe(0);
      const again = await get(mock.url, [...args, 'eur', '--currency', 'USD']);
      expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining(`2 in ${file} already`) });
    }
  });

  it('never prints a key that stands in the list in place of an ID, or of a column', async () => {
    await using mock = await mockOf();
    const other = makeKey('live');
    await writeFile(list, `${key}\n${several}\n`);
    const inHead = await get(mock.url, ['--file', list]);
    await writeFile(list, `customer_id\n${several}\n${key}\n${other}\n`);
    const inRow = await get(mock.url, ['--file', list]);
    expect(inRow.stderr).toMatch(/^\[redacted\]: The ID must be ctm_/m);
    const asColumn = await get(mock.url, ['--file', list, '--column', other]);
    for (const { stdout, stderr } of [inHead, inRow, asColumn]) {
      for (const part of [key.slice(20, 36), other.slice(20, 36)]) expect(stdout + stderr).not.toContain(part);
    }
  });

  it.skipIf(process.platform === 'win32')('keeps whole lines where the disk is full, and says so', async () => {
    const balances = makeCustomers(200, makeRandom(9));
    await using mock = await mockOf(balances);
    await writeFile(list, Object.keys(balances).join('\n'));
    const command = `ulimit -f 4; exec "${process.execPath}" --import "${tsx}" src/cli.ts get --server ${mock.url} --file "${list}" --out "${out}" --requests-per-minute Infinity`;
    const { code, stderr } = await run('bash', ['-c', command], undefined, {
      ...process.env,
      PADDLE_API_KEY: key,
      TSX_DISABLE_CACHE: '1',
    });
    expect(stderr).toMatch(/credit\.csv cannot be written: EFBIG/);
    expect(code).toBe(1);
    const csv = await readFile(out, 'utf8');
    expect(csv).toMatch(/\n$/);
    expect((await get(mock.url, ['--file', list, '--out', out, '--resume', ...unlimited])).code).toBe(0);
    expect(sumsIn(await readFile(out, 'utf8'))).toEqual(sumsInMock(balances));
  });

  it('ends with 3 where ten customers in a row cannot be reached, or none can', async () => {
    await using closing: TestServer = await startHttpServer((_, { socket }) => socket.destroy());
    const ids = Object.keys(makeCustomers(40, makeRandom(1)));
    const ten = await get(closing.url, [...ids, ...unlimited, '--concurrency', '10']);
    expect(ten).toMatchObject({ code: 3, stderr: expect.stringMatching(/10 customers in a row failed/) });
    const askedFor = new Set(closing.requests.map(({ url }) => url));
    expect(askedFor.size).toBeLessThan(25);
    const two = await get(closing.url, ids.slice(0, 2));
    expect(two).toMatchObject({ code: 3, stderr: expect.stringMatching(/^0 customers done, 2 failed\.$/m) });
  });

  it('ends with a 403, which every other customer would get too', async () => {
    await using server = await startHttpServer(answerJson(403, getErrorBody('forbidden')));
    const ids = Object.keys(makeCustomers(40, makeRandom(1)));
    const { code, stderr } = await get(server.url, [...ids, '--out', out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Not all customers were asked for: 0 customers done, 0 failed\. To go on, .*--resume\.$/m);
    expect(stderr).toMatch(/^403 forbidden: /m);
    expect(server.requests.length).toBeLessThan(10);
  });

  test.each<[string, string[], RegExp]>([
    ['IDs and a file', [several, '--file', 'x'], /either arguments or in the file of --file/],
    ['a column and no file', [several, '--column', 'x'], /--column .* add --file/],
    ['--resume and no --out', [several, '--resume'], /--resume .* add --out/],
    ['--json for many', [several, none, '--json'], /^--json is for one customer\. For many: --ndjson\.$/m],
    ['--json and --ndjson', [several, '--json', '--ndjson'], /cannot be used with/],
    ['--csv and --ndjson', [several, '--csv', '--ndjson'], /cannot be used with/],
    ['a file of no known format', [several, '--out', 'credit.txt'], /--out needs --csv or --ndjson/],
    ['no rate', [several, none, '--requests-per-minute', '0'], /^--requests-per-minute must be a positive number/],
    ['a rate that is none', [several, none, '--requests-per-minute', '-4'], /positive number, or Infinity/],
    ['no concurrency', [several, none, '--concurrency', '0'], /^--concurrency must be an integer, 1 or more/],
    ['a file that is not there', ['--file', '/none/x.csv'], /^\/none\/x\.csv cannot be read: ENOENT/],
    ['a server over http', [several, none, '--server', 'http://x.example'], /^--server must be https/],
    ['an unknown currency', [several, none, '--currency', 'UDS'], /Did you mean USD/],
  ])('exits with 2 and sends nothing: %s', async (_, args, message) => {
    const needsOut = !args.some((arg) => ['--out', '--json', '--resume'].includes(arg));
    const { code, stdout, stderr } = await get('http://127.0.0.1:9', needsOut ? [...args, '--out', out] : args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    // What is wrong is said before there is a file.
    await expect(readFile(out)).rejects.toThrow(/ENOENT/);
  });

  it('has examples in its help that work as they stand', async () => {
    await using mock = await mockOf();
    const { stdout } = await runCli(['get', '--help']);
    const examples = stdout
      .slice(stdout.indexOf('Examples:'))
      .split('\n')
      .slice(1)
      .filter((line) => line.trim() !== '');
    expect(examples).toHaveLength(2);
    for (const example of examples) {
      const command = example
        .replace('paddle-credit-balances', `"${process.execPath}" --import "${tsx}" src/cli.ts`)
        .replace('http://127.0.0.1:4010', mock.url);
      expect(await run('sh', ['-c', command])).toMatchObject({ code: 0, stdout: expect.stringMatching(/USD/) });
    }
  });
});
