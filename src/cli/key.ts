import { checkKey } from '../options.js';
import { exitCodes, Failure } from './exit.js';

/** What the help of a command says about the key. */
export const keyHelp = `
The API key is read from the environment variable PADDLE_API_KEY, or else from standard input. It is never an argument,
which other users of the machine could read, and is never printed.`;

/** A terminal that only waits looks broken: after this time it is told for what, in milliseconds. */
const patience = 2_000;

/** @throws {Failure} there is no key. @throws {UsageError} it is not one. */
export async function readKey(): Promise<string> {
  const { PADDLE_API_KEY: fromEnvironment } = process.env;
  if (fromEnvironment) return checkKey(fromEnvironment);
  const key = process.stdin.isTTY ? '' : (await standardInput()).trim();
  if (key !== '') return checkKey(key);
  throw new Failure(
    'There is no API key. Set PADDLE_API_KEY, or pass the key on standard input; for a mock any word will do, "test" for instance.',
    exitCodes.usage,
  );
}

async function standardInput(): Promise<string> {
  const timer = setTimeout(() => console.error('Waiting for the API key on standard input …'), patience);
  try {
    let text = '';
    for await (const chunk of process.stdin) text += chunk;
    return text;
  } finally {
    clearTimeout(timer);
  }
}
