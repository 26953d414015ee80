import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

interface Script<Accepted extends Options> {
  /** Printed by `--help`, and after what is wrong with the arguments. */
  help: string;
  /** The options beside `--help`. */
  options?: Accepted;
  /** A number that it returns is the exit code. Of an error that it throws the message is printed. */
  run(values: ReturnType<typeof parseArgs<{ options: Accepted }>>['values']): unknown;
  /** The exit code for an error that `run` throws. @default 1 */
  failureCode?: number;
}

/** Thrown by `run` where parsing could not see that the arguments are wrong. */
export class ArgumentError extends Error {}

/** Runs a script with the arguments of this process. Exit codes: 0 for help, 2 for wrong arguments. */
export async function runMain<Accepted extends Options>(script: Script<Accepted>): Promise<void> {
  const { help, run, failureCode = 1 } = script;
  const options = { ...script.options, help: { type: 'boolean' } } as unknown as Accepted;
  try {
    const { values } = parseArgs({ options });
    const code = 'help' in values ? console.log(help.trimEnd()) : await run(values);
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    const isWrongUsage = error instanceof ArgumentError || code?.startsWith('ERR_PARSE_ARGS') === true;
    console.error(isWrongUsage ? `${message}\n\n${help.trimEnd()}` : message);
    process.exitCode = isWrongUsage ? 2 : failureCode;
  }
}

/** The value of an option that takes an integer. */
export function parseInteger(option: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new ArgumentError(`${option} must be a number from ${least} to ${most}.`);
  }
  return number;
}
