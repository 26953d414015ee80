import { assertKey } from '../options/api-key.js';
import { toFailure } from './describe-error.js';
import { exitCodes, Failure } from './exit.js';

/** What the help of a command says about the key. */
export const keyHelp = `
The API key or access token is read from the environment variable PADDLE_API_KEY, or else from standard input. It is
never an argument, which other users of the machine could read, and is never printed.`;

/** More than any token has, in characters. */
const longestKey = 16_384;
/** A terminal that only waits looks broken: after this time it says for what, in milliseconds. */
const patience = 2_000;

/** @throws {Failure} there is no key, or it is not one. */
export async function readApiKey(): Promise<string> {
  const { PADDLE_API_KEY: fromEnvironment } = process.env;
  const key = fromEnvironment || (process.stdin.isTTY ? '' : (await readStandardInput()).trim());
  if (key !== '') {
    try {
      assertKey(key);
    } catch (error) {
      throw toFailure(error, { apiKey: 'The API key' });
    }
    return key;
  }
  throw new Failure(
    'There is no API key. Set PADDLE_API_KEY, or pass the key on standard input; a mock accepts "test".',
    exitCodes.usage,
  );
}

async function readStandardInput(): Promise<string> {
  const timer = setTimeout(() => console.error('Waiting for the API key on standard input …'), patience);
  try {
    let text = '';
    for await (const chunk of process.stdin) {
      text += chunk;
      if (text.length > longestKey) throw new Failure('Standard input is too long to be an API key.', exitCodes.usage);
    }
    return text;
  } catch (error) {
    if (error instanceof Failure) throw error;
    // As for a command that nohup starts from a terminal.
    const reason = `Standard input cannot be read: ${(error as Error).message}.`;
    throw new Failure(`There is no API key. ${reason} Set PADDLE_API_KEY.`, exitCodes.usage);
  } finally {
    clearTimeout(timer);
  }
}
