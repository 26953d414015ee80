import { Command, InvalidArgumentError } from 'commander';
import { servers } from '../../generated/operations.js';
import { type ProbeName, probeNames, unknownId } from '../credit-balances/probes.js';
import { creditScenarios } from '../credit-balances/scenarios.js';
import { findEnvironmentOfAddress, isLoopback, readAddress } from '../options/address.js';
import { defaults, paddleLimit } from '../options/client-options.js';
import type { ProbeResult } from '../verify/probe.js';
import { readHeader, readMilliseconds } from './arguments.js';
import { toFailure } from './describe-error.js';
import { exitCodes, Failure } from './exit.js';
import { writeJunit } from './junit.js';
import { keyHelp, readApiKey } from './key.js';
import { printError } from './print-error.js';
import { formatReport } from './report.js';
import { toSafeJson } from './text.js';

interface Options {
  server: string;
  customer?: string;
  header?: Record<string, string>;
  skip?: string[];
  json: boolean;
  junit?: string;
  timeout: number;
  live: boolean;
}

/** The flags, by the option that each sets. */
const flags = {
  ...{ server: '--server', customerId: '--customer', headers: '--header', skip: '--skip', timeout: '--timeout' },
};

export function makeVerifyCommand(): Command {
  return new Command('verify')
    .description('Check a server against the contract, with eight requests that only read.')
    .requiredOption('--server <url>', 'the address in front of /customers/…')
    .option(
      '--customer <id>',
      "a customer of that server, best one with credit; for a server on this machine the mock's",
    )
    .option('--header <header>', 'a header for each request, as "Name: value"; can be repeated', readHeader)
    .option('--skip <probe>', `leave a probe out: ${probeNames.join(', ')}; can be repeated`, readProbe)
    .option('--json', 'print the report as JSON', false)
    .option('--junit <file>', 'write the report as JUnit XML too')
    .option('--timeout <ms>', 'how long one answer may take, in milliseconds', readMilliseconds, defaults.timeout)
    .option('--live', "allow Paddle's live server", false)
    .addHelpText(
      'after',
      `${keyHelp}

Requests go one after the other, to another machine at most four a second: Paddle's limit of ${paddleLimit.requests} a minute.
An error breaks the contract. A warning is something new, or something that Paddle does not document.

Exit codes: 0 passed, also with warnings; 1 failed, or the report cannot be written; 2 wrong usage, no key, or
the JUnit file cannot be opened; 3 the server cannot be reached, which the JUnit file says too.

Examples:
  PADDLE_API_KEY=test paddle-credit-balances verify --server http://127.0.0.1:4010
  PADDLE_API_KEY=test paddle-credit-balances verify --server http://127.0.0.1:4010 --skip "no key" --junit report.xml`,
    )
    .action(verify);
}

async function verify(options: Options): Promise<void> {
  const { json, junit: file, live, timeout, skip, header } = options;
  const server = readServer(options.server, live);
  const customerId = options.customer ?? chooseCustomer(server);
  if (customerId === unknownId) {
    throw new Failure(
      `--customer ${customerId} is the one that the probe "unknown customer" asks for: take one that this server has.`,
      exitCodes.usage,
    );
  }
  const apiKey = await readApiKey();
  const { verifyServer } = await import('../credit-balances/verify-server.js');

  const probes: ProbeResult[] = [];
  const report = await verifyServer({
    ...{ server, apiKey, customerId, timeout },
    headers: header,
    skip: skip as ProbeName[] | undefined,
    onProbe: (result, total) => {
      const { name, outcome } = result;
      probes.push(result);
      console.error(`${probes.length}/${total} ${name}${json ? `: ${outcome}` : ''}`);
    },
  }).catch(async (error: unknown) => {
    const failure = toFailure(error, flags);
    // Else a file of an earlier run would pass for that of this one.
    if (failure instanceof Failure) {
      const unwritten = await writeJunit(file, { server: new URL(server).origin, probes }, failure.message);
      if (unwritten !== undefined) printError(unwritten.message);
    }
    throw failure;
  });

  // Before the report, whose reader may be gone.
  const unwritten = await writeJunit(file, report);
  console.log(json ? toSafeJson(report) : formatReport(report));
  // The report has said why.
  if (!report.passed) throw new Failure(unwritten?.message ?? '', exitCodes.failed);
  if (unwritten !== undefined) throw unwritten;
}

/** Added to those before. */
function readProbe(name: string, before: readonly string[] = []): string[] {
  if (probeNames.includes(name as ProbeName)) return [...before, name];
  throw new InvalidArgumentError(`Allowed choices are ${probeNames.join(', ')}.`);
}

function readServer(address: string, allowed: boolean): string {
  let server: string;
  try {
    server = readAddress('server', address);
  } catch (error) {
    throw toFailure(error, flags);
  }
  if (allowed || findEnvironmentOfAddress(server) !== 'live') return server;
  throw new Failure(
    `${server} is Paddle's live server, with real customers. The probes only read; if you mean it, add --live. For test data: --server ${servers.sandbox.url}, with a key of the sandbox.`,
    exitCodes.usage,
  );
}

function chooseCustomer(server: string): string {
  const [first] = creditScenarios;
  if (first !== undefined && isLoopback(new URL(server).hostname)) return first.customerId;
  throw new Failure(
    'Which customer? Add --customer ctm_… with one that this server has, best one with credit.',
    exitCodes.usage,
  );
}
