import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { PaddleError } from '../errors/errors.js';
import { exitCodes, Failure } from './exit.js';
import { makeGetCommand } from './get.js';
import { makeMockCommand } from './mock.js';
import { cleanMessage, printError } from './print-error.js';
import { makeVerifyCommand } from './verify.js';

// An `import` of JSON warns on Node 20.
const manifest: { version: string; description: string } = createRequire(import.meta.url)(
  'paddle-credit-balances/package.json',
);

/**
 * Runs the command line.
 *
 * @param args without the names of Node and of the program.
 * @returns the exit code.
 */
export async function run(args: string[]): Promise<number> {
  const program = new Command('paddle-credit-balances')
    .description(manifest.description)
    .version(manifest.version)
    .addHelpText(
      'after',
      `
Help on one command: paddle-credit-balances COMMAND --help

Examples:
  paddle-credit-balances mock
  PADDLE_API_KEY=test paddle-credit-balances get ctm_01gw9m680k848184fpttwr0b7z --server http://127.0.0.1:4010`,
    );
  for (const command of [makeGetCommand(), makeMockCommand(), makeVerifyCommand()])
    program.addCommand(addVersion(command));
  for (const command of [program, ...program.commands])
    command
      .exitOverride()
      .showHelpAfterError(describeHelp(command))
      .configureOutput({ writeErr: (text) => process.stderr.write(cleanMessage(text)) });

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    // Help and version come this way too, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (error instanceof Failure) {
      if (error.message !== '') printError(error.message);
      return error.exitCode;
    }
    if (error instanceof PaddleError) {
      printError(error.message);
      return exitCodes.usage;
    }
    throw error;
  }
}

function addVersion(command: Command): Command {
  return command.version(manifest.version);
}

function describeHelp(command: Command): string {
  const name = command.parent === null ? '' : ` ${command.name()}`;
  return `All options: paddle-credit-balances${name} --help`;
}
