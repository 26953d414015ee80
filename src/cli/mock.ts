import { Command, InvalidArgumentError, Option } from 'commander';
import { operations } from '../../generated/operations.js';
import { scenarios } from '../../generated/scenarios.js';
import type { MockServerOptions } from '../credit-balances/mock-server.js';
import { buildUrl } from '../http/request.js';
import type { ServedRequest } from '../mock/server-options.js';
import { paddleLimit } from '../options/client-options.js';
import { readInteger, readMilliseconds } from './arguments.js';
import { readBalancesFile } from './balances-file.js';
import { toFailure } from './describe-error.js';
import { exitCodes, Failure } from './exit.js';
import { printError } from './print-error.js';
import { waitForStop } from './stop.js';
import { findWidth, formatTable } from './table.js';
import { toOneLine } from './text.js';

interface Options {
  port: number;
  host: string;
  quiet: boolean;
  cors: boolean;
  balances: string | undefined;
  delay: number | undefined;
  failTimes: number | undefined;
  failWith: string | undefined;
  rateLimit: number | true | undefined;
}

/** How long the log may still be read at the end, in milliseconds. */
const patience = 1_000;

/** The flags, by the mock's option that each sets. */
const flags = {
  ...{ port: '--port', host: '--host', cors: '--cors', balances: '--balances', delay: '--delay' },
  ...{ failTimes: '--fail-times', failWith: '--fail-with', rateLimit: '--rate-limit' },
};

export function makeMockCommand(): Command {
  return new Command('mock')
    .description('Serve a mock of the contract, without a Paddle account.')
    .option('--port <number>', 'the port to listen on; 0 takes any free one', readPort, 4010)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option(
      '--balances <file>',
      'a JSON file with the customers and their credit: {"ctm_…": {"USD": {"available": "550"}}}',
    )
    .option('--delay <ms>', 'how long each answer takes, in milliseconds', readMilliseconds)
    .option('--fail-times <n>', 'how many requests fail before the first one succeeds', readInteger)
    .addOption(
      new Option('--fail-with <scenario>', 'how they fail; by default the connection is lost').choices([
        ...new Set(scenarios.filter(({ status }) => status >= 400).map(({ name }) => name)),
      ]),
    )
    .option(
      '--rate-limit [n]',
      `answer 429 after so many requests a minute; without a number ${paddleLimit.requests}, as Paddle`,
      readInteger,
    )
    .option('--cors', 'let pages of other origins read the answers, which Paddle does not', false)
    .option('--quiet', 'print the address and nothing else', false)
    .addHelpText(
      'after',
      `
Each scenario of the contract has a customer ID of its own; the table that is printed at the start shows them.
Any plausible token is accepted, "test" for example. No key is ever printed.
GET /_mock describes how to read and change the credit while the mock runs.

Exit codes: 0 stopped by SIGINT or SIGTERM (130 or 143 while Node itself still starts, or the file is read); 1 stopped,
and a part of the log could not be written; 2 wrong usage, a wrong file, or the port cannot be used.

Examples:
  paddle-credit-balances mock --port 4010
  paddle-credit-balances mock --port 0 --delay 200 --fail-times 1 --fail-with service_unavailable`,
    )
    .action(serve);
}

async function serve({ quiet, balances: file, ...options }: Options): Promise<void> {
  const stopped = waitForStop();
  const { startMock } = await import('../credit-balances/mock-server.js');
  const mock = await startMock({
    ...(options as MockServerOptions),
    balances: file === undefined ? undefined : await readBalancesFile(file, stopped),
    ...(quiet ? {} : { onRequest: logRequest }),
    onViolation: (message) => printError(`The mock broke the contract: ${message}`),
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === undefined ? describeOptions(error, file) : describeListenError(error, options);
  });

  console.log(`The mock serves the contract on ${mock.url} (Ctrl+C stops it).`);
  if (!quiet) console.log(describeScenarios(mock.url));
  await stopped;
  await mock.close();
  // A reader of the log who has stopped reading would keep the process alive.
  if (process.stdout.writableLength > 0) setTimeout(() => process.exit(), patience).unref();
}

function describeOptions(error: unknown, file: string | undefined): unknown {
  if ((error as { option?: string }).option !== 'balances') return toFailure(error, flags);
  return new Failure(`--balances ${file} is wrong:\n${(error as Error).message}`, exitCodes.usage);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('It must be an integer from 0 to 65535.');
  return port;
}

function describeListenError({ code, message }: NodeJS.ErrnoException, { port, host }: { port: number; host: string }) {
  const hosts = 'For this machine alone: --host 127.0.0.1; for others too: --host 0.0.0.0.';
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} of ${host} is taken. Use another one: --port ${port === 65_535 ? 4010 : port + 1}, or --port 0 for any.`,
    EACCES: `Port ${port} needs more rights than this user has. Use another one: --port 4010.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. ${hosts}`,
    ENOTFOUND: `${host} is not an address. ${hosts}`,
  };
  return new Failure(reasons[code ?? ''] ?? `The mock cannot start: ${message}`, exitCodes.usage);
}

function describeScenarios(url: string): string {
  const tables = Object.entries(operations).map(([operationId, operation]) => {
    const own = scenarios.filter((scenario) => scenario.operation === operationId);
    const rows = own.map(({ status, customerId, name }) => [String(status), customerId, name]);
    return `
  curl -H 'Authorization: Bearer test' \\
    ${buildUrl(url, operation, { path: { customer_id: own[0]?.customerId } })}

${formatTable(['status', 'customer ID', 'scenario'], rows, { width: findWidth(process.stdout) })}
`;
  });
  return `${tables.join('')}
Any other customer gets the first scenario. The header Prefer picks one:
  -H 'Prefer: code=404, example=not_found'
`;
}

function logRequest({ method, path, status, scenario, source, warning, duration }: ServedRequest): void {
  const outcome = source === 'problem' ? 'outside the contract' : source === 'state' ? 'ledger' : (scenario ?? source);
  console.log(toOneLine(`${method} ${path} ${status ?? '-'} ${outcome} ${duration.toFixed(1)} ms`));
  if (warning !== undefined) console.log(`  warning: ${toOneLine(warning)}`);
}
