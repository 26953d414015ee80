import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { mockServer } from './ours.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Served extends AsyncDisposable {
  url: string;
  child: ChildProcess;
}

/** Runs Node on what prints an address, in a process of its own. */
export async function serve(args: string[]): Promise<Served> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const gone = new Promise((resolve) => child.once('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk) => {
      if (said.length < 10_000) said += chunk;
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('close', () => reject(new Error(`${args.join(' ')} ended before it served.`)));
  });
  const stop = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  return { url, child, [Symbol.asyncDispose]: stop };
}

/** Our mock as it is packed. */
export function serveMock(nodeOptions: string[] = []): Promise<Served> {
  return serve([...nodeOptions, ...mockServer]);
}

/** The fastest server there is, with one answer to everything. */
export function serveFixed(body: string): Promise<Served> {
  const code = `require('node:http')
    .createServer((_, response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(${JSON.stringify(body)}))
    .listen(0, '127.0.0.1', function () { console.log('http://127.0.0.1:' + this.address().port); });`;
  return serve(['--eval', code]);
}
