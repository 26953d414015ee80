import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { run } from '../../src/cli/program.ts';
import { customerId, getCredit } from '../support/bodies.ts';
import { startInProcess } from '../support/in-process.ts';
import { answerJson, startHttpServer } from '../support/server.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const runCommand = (...args: string[]) => startInProcess(args, { PADDLE_API_KEY: 'test' }, '').ended;

describe('the command get', () => {
  test.each<[string[], RegExp]>([
    [[customerId, '--timeout', '0'], /^--timeout must be /],
    [[customerId, '--concurrency', '0'], /^--concurrency must be /],
    [[customerId, '--requests-per-minute', '0'], /^--requests-per-minute must be /],
    [[customerId, '--server', 'x'], /^--server must be /],
    [['sub_1', '--server', 'http://127.0.0.1:9'], /^<customer-id> must be /],
    [[customerId, '--json', '--totals'], /^error: option '--json' cannot be used with option '--totals'/],
    [[customerId, '--json', '--csv'], /^error: option '--json' cannot be used with option '--csv'/],
    [[customerId, '--json', '--ndjson'], /^error: option '--json' cannot be used with option '--ndjson'/],
    [[customerId, '--csv', '--ndjson'], /^error: option '--ndjson' cannot be used with option '--csv'/],
    [[customerId, customerId, '--json'], /^--json is for one customer\. For many: --ndjson\.\n$/],
    [[], /^error: missing required argument 'customer-id'; for customers in a file: --file FILE\n/],
    [[customerId, '--file', 'x'], /^error: customer IDs are either arguments or in the file of --file, not both\n/],
    [[customerId, '--column', 'id'], /^error: --column is the column of a file: add --file FILE\n/],
    [['--file', '/no/file', '--column', 'id'], /^\/no\/file cannot be read: ENOENT/],
    [[customerId, '--resume'], /^error: --resume goes on with the file of --out: add --out FILE\n/],
    [[customerId, '--resume', '--out', '/no/file.txt'], /^--out needs --csv or --ndjson, or a file name that ends so/],
  ])('refuses what is wrong by its name: %j', async (args, message) => {
    expect(await runCommand('get', ...args)).toMatchObject({
      ...{ code: 2, stdout: '' },
      stderr: expect.stringMatching(message),
    });
  });

  it('asks for a currency that the contract does not know where that is allowed', async () => {
    await using server = await startHttpServer(answerJson(200, getCredit('no-credit')));
    const args = ['get', customerId, '--server', server.url, '--currency', 'XYZ'];
    expect(await runCommand(...args)).toMatchObject({ code: 2, stdout: '' });
    expect(server.requests).toEqual([]);
    expect(await runCommand(...args, '--allow-unknown-currency')).toEqual({
      ...{ code: 0, stderr: '' },
      stdout: `Customer ${customerId} has no credit in XYZ.\n`,
    });
    expect(server.requests.map(({ url }) => url)).toEqual([
      `/customers/${customerId}/credit-balances?currency_code=XYZ`,
    ]);
  });

  it('takes one customer for the first of many where the output is that of many', async () => {
    const body = getCredit('no-credit');
    await using server = await startHttpServer(answerJson(200, body));
    const args = ['get', customerId, '--server', server.url, '--quiet'];
    const { code, stdout } = await runCommand(...args, '--ndjson');
    expect([code, JSON.parse(stdout)]).toEqual([0, { customer_id: customerId, ...body }]);
    expect(await runCommand(...args, '--totals')).toMatchObject({ code: 0, stderr: 'No customer has credit.\n' });
  });
});

describe('the command verify', () => {
  test.each<[string[], RegExp]>([
    [['--timeout', '0'], /^--timeout must be /],
    [['--server', 'x'], /^--server must be /],
    [['--customer', 'x'], /^--customer must be /],
    [['--skip', 'x'], /Allowed choices are (\w[\w ]+, ){7}\w[\w ]+\.\n/],
    [['--server', 'https://a.example'], /^Which customer\? Add --customer ctm_…/],
    [
      ['--server', 'https://api.paddle.com'],
      /^https:\/\/api\.paddle\.com is Paddle's live server, with real customers\./,
    ],
  ])('refuses what is wrong by its name: %j', async (args, message) => {
    expect(await runCommand('verify', '--server', 'http://127.0.0.1:9', ...args)).toMatchObject({
      ...{ code: 2, stdout: '' },
      stderr: expect.stringMatching(message),
    });
  });

  it('ends with 1 and nothing but its report where a server breaks the contract', async () => {
    await using server = await startHttpServer(answerJson(200, { data: null }));
    const { code, stdout, stderr } = await runCommand('verify', '--server', server.url);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nThe contract check failed: \d+ errors, \d+ warnings?\.\nFix .*\n$/);
    const lines = stderr.split('\n');
    expect(lines.slice(0, -1).map((line) => line.split(' ')[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `${n}/8`));
    expect(lines.at(-1)).toBe('');
  });

  it('says too why the JUnit file could not be written', async () => {
    await using server = await startHttpServer(answerJson(200, { data: null }));
    const { code, stderr } = await runCommand('verify', '--server', server.url, '--junit', '/no/file.xml');
    expect(code).toBe(1);
    expect(stderr).toMatch(/\nThe JUnit file cannot be written: ENOENT[^\n]*\n$/);
  });
});

test('an error of nobody leaves the command line as it is', async () => {
  vi.stubEnv('PADDLE_API_KEY', 'test');
  vi.stubGlobal('fetch', async () => Response.json(getCredit('no-credit')));
  const fault = new RangeError('a fault of the machine');
  vi.spyOn(console, 'log').mockImplementation(() => {
    throw fault;
  });
  const print = vi.spyOn(console, 'error').mockReturnValue(undefined);
  await expect(run(['get', customerId, '--server', 'https://a.example'])).rejects.toBe(fault);
  expect(print).not.toHaveBeenCalled();
});
