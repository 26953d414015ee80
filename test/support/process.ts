import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import { startInProcess } from './in-process.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
/** What Node imports to run TypeScript. */
export const tsx = pathToFileURL(require.resolve('tsx')).href;
const prismCli = require.resolve('@stoplight/prism-cli/dist/index.js');

/** Whether commands run in this process, so that a tool that changes the sources changes them too. */
const isInProcess = process.env.CLI_IN_PROCESS === '1';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a TypeScript file of this project to its end, in any folder. */
export function runScript(file: string, args: string[] = [], cwd = root): Promise<Ended> {
  return run(process.execPath, ['--import', tsx, `${root}${file}`, ...args], cwd);
}

/** The command line as `pack.ts` has built it: it starts in a quarter of the time that its sources take. */
export const cliFile = `${root}dist/cli.js`;

/** The command line, with nothing on standard input unless `input` says so. */
export function runCli(args: string[], env: NodeJS.ProcessEnv = {}, input = ''): Promise<Ended> {
  if (isInProcess) return startInProcess(args, env, input).ended;
  return run(process.execPath, [cliFile, ...args], root, env, input);
}

/** The command line on a terminal of that many columns. */
export function runOnTerminal(args: string[], columns: number, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const line = [process.execPath, cliFile, ...args].map((word) => `'${word}'`).join(' ');
  // Node takes CI for a terminal without colours.
  const own = { TERM: 'xterm', CI: undefined, NO_COLOR: undefined, ...env };
  return run('script', ['-qec', `stty cols ${columns}; ${line}`, '/dev/null'], root, own);
}

/** `env` is added to this process's own, without colours unless it says otherwise. */
export function run(
  command: string,
  args: string[],
  cwd = root,
  env: NodeJS.ProcessEnv = {},
  input = '',
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1', ...env },
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => (output.stdout += chunk));
    child.stderr.on('data', (chunk) => (output.stderr += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
    // A process that does not read may be gone before it is written to.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

export interface Served extends AsyncDisposable {
  url: string;
  /** What it printed so far, on both streams. */
  readOutput(): string;
  /** Ends the server with a signal and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** The plain Prism CLI on the bundle. Node itself is spawned: npx would leave it behind. */
export const servePrismCli = () => serve([prismCli, 'mock', 'generated/openapi.json', '--port', '0']);

/** The `mock` command, on a free port. */
export function serveMock(...args: string[]): Promise<Served> {
  const own = ['mock', '--port', '0', ...args];
  return isInProcess ? serveInProcess(own) : serve([cliFile, ...own]);
}

async function serveInProcess(args: string[]): Promise<Served> {
  const { ended, readOutput } = startInProcess(args, {}, '');
  const url = await vi.waitUntil(() => findAddress(readOutput()), { timeout: 10_000 });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    process.emit(signal);
    return (await ended).code;
  };
  return { url, readOutput, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}

function findAddress(output: string): string | undefined {
  return /(?:listening|contract|docs are) on (http:\/\/[\d.]+:\d+)/.exec(output)?.[1];
}

/** `npm run docs:preview`, on a free port. */
export const servePreview = (out: string) =>
  serve(['--import', tsx, 'scripts/docs.ts', '--preview', '--port', '0', '--out', out]);

export interface ProbedMock extends Served {
  /** The live memory of its process after a collection, in bytes. */
  measureMemory(): Promise<number>;
}

/** The `mock` command in a process that also tells its memory. */
export async function serveProbedMock(): Promise<ProbedMock> {
  const probe = `process.on('message', () => { gc(); process.send(process.memoryUsage().heapUsed); }); process.channel.unref();`;
  const flags = ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(probe)}`];
  const served = await serve([...flags, cliFile, 'mock', '--port', '0', '--quiet'], { ipc: true });
  const measureMemory = () =>
    new Promise<number>((resolve) => {
      served.child.once('message', (bytes) => resolve(bytes as number));
      served.child.send('memory');
    });
  return { ...served, measureMemory };
}

/** Runs Node, or another command, on what prints the address that it serves on. */
export async function serve(
  args: string[],
  { cwd = root, ipc = false, command = process.execPath } = {},
): Promise<Served & { child: ChildProcess }> {
  const child = spawn(command, args, { cwd, stdio: ['pipe', 'pipe', 'pipe', ipc ? 'ipc' : 'ignore'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  const gone = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const url = await waitForAddress(child).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  const stop = (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal);
    return gone;
  };
  return { child, url, readOutput: () => output, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}

function waitForAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk: unknown) => {
      text += chunk;
      const url = findAddress(text);
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('close', () => reject(new Error(`the server ended before it listened:\n${text}`)));
  });
}
