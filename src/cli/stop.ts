const signals = ['SIGINT', 'SIGTERM'] as const;
let stopped: Promise<NodeJS.Signals> | undefined;

/**
 * Resolves with the first SIGINT or SIGTERM, which then does not end the process; the second one does. Until this is
 * called, the first one does.
 */
export function waitForStop(): Promise<NodeJS.Signals> {
  stopped ??= new Promise((resolve) => {
    const stop = (received: NodeJS.Signals) => {
      for (const signal of signals) process.off(signal, stop);
      resolve(received);
    };
    for (const signal of signals) process.on(signal, stop);
  });
  return stopped;
}
