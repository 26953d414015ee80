import { Command, InvalidArgumentError } from 'commander';
import { scenarios } from '../../generated/scenarios.js';
import { exitCodes, Failure } from './exit.js';
import { table } from './table.js';

interface Options {
  port: number;
  host: string;
  quiet: boolean;
}

export function mockCommand(): Command {
  return new Command('mock')
    .description('Serve a mock of the contract, without a Paddle account.')
    .option('--port <number>', 'the port to listen on; 0 takes any free one', portNumber, 4010)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--quiet', 'print the address and nothing else', false)
    .addHelpText(
      'after',
      `
Each scenario of the contract has a customer id of its own; the table that is printed at the start shows them.
Any token is taken as a key that is not plainly wrong, "test" for instance. No key is ever printed.

Exit codes: 0 stopped by SIGINT or SIGTERM, 2 wrong usage or the port cannot be used.`,
    )
    .action(serve);
}

async function serve({ port, host, quiet }: Options): Promise<void> {
  const { startMock } = await import('../mock/server.js');
  const mock = await startMock({
    port,
    host,
    ...(quiet ? {} : { onRequest: logged }),
    onViolation: (message) => console.error(`The mock broke the contract: ${message}`),
  }).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(whyNot(error, port, host), exitCodes.usage);
  });

  console.log(`The mock serves the contract on ${mock.url} (Ctrl+C stops it).`);
  if (!quiet) console.log(introduction(mock.url));
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  await mock.close();
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return port;
}

function whyNot({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} of ${host} is taken. Another one: --port ${port === 65_535 ? 4010 : port + 1}, or --port 0 for any.`,
    EACCES: `Port ${port} needs more rights than this user has. Another one: --port 4010.`,
    EADDRNOTAVAIL: `${host} is no address of this machine. For this machine alone: --host 127.0.0.1; for others too: --host 0.0.0.0.`,
    ENOTFOUND: `${host} is no address. For this machine alone: --host 127.0.0.1; for others too: --host 0.0.0.0.`,
  };
  return reasons[code ?? ''] ?? `The mock cannot start: ${message}`;
}

function introduction(url: string): string {
  const [first] = scenarios;
  const rows = scenarios.map(({ status, customerId, name, summary }) => [String(status), customerId, name, summary]);
  return `
  curl -H 'Authorization: Bearer test' ${url}/customers/${first?.customerId}/credit-balances

${table(['status', 'customer id', 'scenario', 'what it shows'], rows)}

Any other customer gets the first scenario. The header Prefer picks one for any customer:
  -H 'Prefer: code=404, example=not_found'
`;
}

function logged(request: {
  method: string;
  path: string;
  status: number;
  scenario?: string | undefined;
  duration: number;
}) {
  const { method, path, status, scenario = 'outside the contract', duration } = request;
  console.log(`${method} ${path} ${status} ${scenario} ${duration.toFixed(1)} ms`);
}
