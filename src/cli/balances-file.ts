import { createReadStream } from 'node:fs';
import type { MockServerOptions } from '../credit-balances/mock-server.js';
import { exitCodes, Failure } from './exit.js';

/** Some million customers, in characters. */
const longestFile = 104_857_600;

/** Reads the file of --balances. @param stopped ends the process, also while a pipe has nothing to say. */
export async function readBalancesFile(
  file: string,
  stopped: Promise<NodeJS.Signals>,
): Promise<MockServerOptions['balances']> {
  const fail = (what: string) => (error: Error) => {
    throw new Failure(`--balances ${file} ${what}: ${error.message}`, exitCodes.usage);
  };
  const reading = readText(file).catch(fail('cannot be read'));
  const signal = await Promise.race([stopped, reading.then(() => undefined)]);
  // Node would wait for a pipe that nobody writes to, also in process.exit.
  if (signal !== undefined) process.kill(process.pid, signal);
  const text = await reading;
  try {
    // Some editors begin a file with a byte order mark.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return fail('is not JSON')(error as Error);
  }
}

async function readText(file: string): Promise<string> {
  let text = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    text += chunk;
    if (text.length > longestFile) throw new Error(`it has more than ${longestFile} characters`);
  }
  return text;
}
