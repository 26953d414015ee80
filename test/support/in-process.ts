import { Readable } from 'node:stream';
import { vi } from 'vitest';
import type { Ended } from './process.ts';

/** A command that runs in this process. */
export interface Running {
  ended: Promise<Ended>;
  /** What it printed so far, on both streams. */
  readOutput(): string;
}

/** Runs the command line in this process, as far as that can be: one command at a time, and no terminal. */
export function startInProcess(args: string[], env: NodeJS.ProcessEnv, input: string): Running {
  const printed = { stdout: '', stderr: '' };
  const restore = [
    ...Object.entries({ FORCE_COLOR: undefined, NO_COLOR: '1', ...env }).map(([name, value]) =>
      setVariable(name, value),
    ),
    replace(process, 'stdin', Readable.from(input === '' ? [] : [Buffer.from(input)])),
    ...(['stdout', 'stderr'] as const).flatMap((name) => {
      const write = (text: string | Uint8Array, then?: unknown, last = then) => {
        printed[name] += Buffer.from(text as string).toString();
        if (typeof last === 'function') queueMicrotask(() => last());
        return true;
      };
      const print = name === 'stdout' ? 'log' : 'error';
      return [replace(process[name], 'write', write), replace(console, print, (text: string) => write(`${text}\n`))];
    }),
  ];
  const run = async () => {
    // As in a process of its own, nothing is left of the command before.
    vi.resetModules();
    const program = await import('../../src/cli/program.ts');
    return program.run(args);
  };
  const ended = run()
    .finally(() => {
      for (const undo of restore) undo();
    })
    .then((code) => ({ code, ...printed }));
  return { ended, readOutput: () => printed.stdout + printed.stderr };
}

function setVariable(name: string, value: string | undefined): () => void {
  const before = process.env[name];
  const set = (text: string | undefined) => {
    if (text === undefined) delete process.env[name];
    else process.env[name] = text;
  };
  set(value);
  return () => set(before);
}

function replace(object: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { value, configurable: true, writable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(object, name);
    else Object.defineProperty(object, name, before);
  };
}
