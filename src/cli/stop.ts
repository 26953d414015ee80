const signals = ['SIGINT', 'SIGTERM'];
let stopped: Promise<void> | undefined;

/**
 * Resolves at the first SIGINT or SIGTERM, which then does not end the process; the second one does. Until this is
 * called, the first one does.
 */
export function waitForStop(): Promise<void> {
  stopped ??= new Promise((resolve) => {
    const stop = () => {
      for (const signal of signals) process.off(signal, stop);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
  });
  return stopped;
}
