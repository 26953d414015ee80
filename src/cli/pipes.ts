/**
 * A reader that has seen enough, `| head` for example, is no error: what is printed goes nowhere from then on, and the
 * command ends with the exit code that it would have ended with.
 */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!['EPIPE', 'EBADF', 'ERR_STREAM_DESTROYED'].includes(error.code ?? '')) throw error;
    });
  }
}
