let stopped: Promise<void> | undefined;

/**
 * Resolves at the first SIGINT or SIGTERM, which then does not end the process; the second one does. Until this is
 * called, the first one does.
 */
export function waitForStop(): Promise<void> {
  stopped ??= new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
  });
  return stopped;
}
