/** What every command ends with. */
export const exitCodes = {
  done: 0,
  /** The server answered, and the answer is an error or breaks the contract. */
  failed: 1,
  /** The command line, the key or another setting is wrong; nothing was sent. */
  usage: 2,
  /** The server could not be reached. */
  unreachable: 3,
  /** Ctrl+C, as shells report it. */
  interrupted: 130,
} as const;

/** Ends a command with one line on standard error and an exit code. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}
