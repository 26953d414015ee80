import { exitCodes } from './exit.js';

/** What a stream says whose reader is gone. */
const closed = ['EPIPE', 'EBADF', 'ERR_STREAM_DESTROYED'];

/**
 * A reader that has seen enough, `| head` for example, is no error: what is printed goes nowhere from then on, and the
 * command ends with the exit code that it would have ended with. A full disk is one: what was asked for is lost.
 */
export function handleOutputErrors(): void {
  process.stderr.on('error', () => undefined);
  let hasFailed = false;
  process.stdout.on('error', ({ code = '', message }: NodeJS.ErrnoException) => {
    if (hasFailed || closed.includes(code)) return;
    hasFailed = true;
    console.error(`Standard output cannot be written: ${message}`);
    process.once('exit', () => (process.exitCode ||= exitCodes.failed));
  });
}
