import { exitCodes } from './exit.js';
import { printError } from './print-error.js';

/** Whether this is what a stream says whose reader is gone. */
export function isClosed({ code = '' }: NodeJS.ErrnoException): boolean {
  return ['EPIPE', 'EBADF', 'ERR_STREAM_DESTROYED'].includes(code);
}

/**
 * A reader that has seen enough, `| head` for example, is no error: what is printed goes nowhere from then on, and the
 * command ends with the exit code that it would have ended with. A full disk is one: what was asked for is lost.
 */
export function handleOutputErrors(): void {
  process.stderr.on('error', () => undefined);
  let hasFailed = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (hasFailed || isClosed(error)) return;
    hasFailed = true;
    printError(`Standard output cannot be written: ${error.message}`);
    process.once('exit', () => (process.exitCode ||= exitCodes.failed));
  });
}
