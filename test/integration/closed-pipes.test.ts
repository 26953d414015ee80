import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { type MockServer, startMock } from '../../src/mock.ts';
import { customerId } from '../support/bodies.ts';
import { changeBody, startFaultyServer } from '../support/faulty.ts';
import { cliFile, run } from '../support/process.ts';
import type { TestServer } from '../support/server.ts';

let mock: MockServer;
let faulty: TestServer;
let folder: string;
beforeAll(async () => {
  mock = await startMock({ port: 0 });
  faulty = await startFaultyServer((answer) =>
    answer.status === 200 ? changeBody(answer, (list) => delete list.meta) : {},
  );
  folder = await mkdtemp(path.join(tmpdir(), 'pipes-'));
});
afterAll(async () => {
  await mock.close();
  await faulty[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

type Stream = 'stdout' | 'stderr';
const env = { PADDLE_API_KEY: 'test' };

/** Runs the command with readers that are gone before it writes. */
function runWithout(streams: Stream[], args: string[]): Promise<{ code: number | null } & Record<Stream, string>> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cliFile, ...args], { env: { ...process.env, ...env } });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      if (streams.includes(name)) child[name].destroy();
      else child[name].on('data', (chunk) => (output[name] += chunk));
    }
    child.once('close', (code) => resolve({ code, ...output }));
  });
}

/** By a shell, with what it does to a stream, such as `>&-`. */
const runInShell = (args: string[], redirection: string) =>
  run('sh', ['-c', `"$@" ${redirection}`, 'sh', process.execPath, cliFile, ...args], undefined, env);

const closings: [string, Stream[]][] = [
  ['stdout', ['stdout']],
  ['stderr', ['stderr']],
  ['both', ['stdout', 'stderr']],
];

describe('verify', () => {
  const outcomes = [
    ['passes', 0, () => mock.url, 'failures="0"'],
    ['fails', 1, () => faulty.url, 'failures="3"'],
  ] as const;
  test.each(closings.flatMap((closing) => outcomes.map((outcome) => [...closing, ...outcome] as const)))(
    'verify with a closed pipe on %s (%j) that %s exits with %i, and its JUnit file is whole',
    async (name, streams, _, code, url, failures) => {
      const file = path.join(folder, `${name}-${code}.xml`);
      const ended = await runWithout([...streams], ['verify', '--server', url(), '--junit', file]);
      expect(ended.code).toBe(code);
      const xml = await readFile(file, 'utf8');
      expect(xml).toContain(failures);
      expect(xml).toMatch(/<\/testsuites>\n$/);
      // Nothing but the progress and the report is printed on what is left.
      expect(ended.stderr).toMatch(/^(\d\/8 .*\n)*$/);
    },
  );

  test.each(['>&-', '2>&-', '>&- 2>&-'])('verify with %s exits as it would', async (redirection) => {
    const args = (url: string) => ['verify', '--server', url];
    expect((await runInShell(args(mock.url), redirection)).code).toBe(0);
    expect((await runInShell(args(faulty.url), redirection)).code).toBe(1);
  });

  it('verify goes on when its progress cannot be written', async () => {
    const ended = await runInShell(['verify', '--server', mock.url], '2>/dev/full');
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('The contract check passed') });
  });
});

describe('get', () => {
  const notFound = scenarios.find(({ name }) => name === 'not_found')?.customerId ?? '';
  const outcomes: [what: string, args: () => string[], code: number][] = [
    ['a customer with credit', () => [customerId, '--server', mock.url], 0],
    ['a customer that does not exist', () => [notFound, '--server', mock.url], 1],
    ['a malformed customer', () => ['ctm_1', '--server', mock.url], 2],
    ['a server that cannot be reached', () => [customerId, '--server', 'http://127.0.0.1:9', '--timeout', '5000'], 3],
  ];
  test.each(closings.flatMap(([name, streams]) => outcomes.map((outcome) => [name, ...outcome, streams] as const)))(
    'get with a closed pipe on %s ends quietly with the right code for %s',
    async (_, __, args, code, streams) => {
      const ended = await runWithout([...streams], ['get', ...args()]);
      expect(ended.code).toBe(code);
      expect(ended.stderr).not.toMatch(/EPIPE|at .*\.js/);
    },
  );

  it('get fails in one line when its output cannot be written', async () => {
    const ended = await runInShell(['get', customerId, '--server', mock.url], '>/dev/full');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^Standard output cannot be written: ENOSPC.*\n$/);
  });

  test.each([
    ['/dev/zero', /^Standard input is too long to be an API key\.\n$/],
    ['/dev/null', /^There is no API key\. .*\n$/],
    ['/', /^There is no API key\. .*\n$/],
  ])('get with %s as standard input says in one line that this is no key', async (file, message) => {
    const args = ['get', customerId, '--server', mock.url];
    const ended = await run('sh', ['-c', `"$@" <${file}`, 'sh', process.execPath, cliFile, ...args], undefined, {
      ...env,
      PADDLE_API_KEY: '',
    });
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  });
});
