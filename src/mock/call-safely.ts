/**
 * Calls a function of the caller's. What it throws, or rejects with, is reported as a warning of the process and ends
 * nothing else.
 *
 * @param name the option that the function was given as.
 */
export function callSafely(name: string, call: () => unknown): void {
  const report = (verb: string) => (error: unknown) => {
    process.emitWarning(`${name} ${verb}: ${error instanceof Error ? error.message : String(error)}`);
  };
  try {
    Promise.resolve(call()).catch(report('rejected'));
  } catch (error) {
    report('threw')(error);
  }
}
