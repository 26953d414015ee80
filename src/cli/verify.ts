import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { scenarios } from '../../generated/scenarios.js';
import { servers } from '../../generated/servers.js';
import { checkAddress, isLoopback } from '../options.js';
import type { Report } from '../verify/server.js';
import { milliseconds } from './arguments.js';
import { exitCodes, Failure } from './exit.js';
import { failureOf, line } from './failure.js';
import { keyHelp, readKey } from './key.js';
import { table } from './table.js';

interface Options {
  server: string;
  customer?: string;
  json: boolean;
  junit?: string;
  timeout: number;
  live: boolean;
}

/** How many findings of one probe are shown; `--json` has all. */
const shownFindings = 20;

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Hold a server against the contract, with eight requests that only read.')
    .requiredOption('--server <url>', 'the address in front of /customers/…')
    .option(
      '--customer <id>',
      "a customer of that server, best one with credit; for a server on this machine the mock's",
    )
    .option('--json', 'print the report as JSON', false)
    .option('--junit <file>', 'write the report as JUnit XML too')
    .option('--timeout <ms>', 'how long one answer may take, in milliseconds', milliseconds, 30_000)
    .option('--live', "allow Paddle's live server", false)
    .addHelpText(
      'after',
      `${keyHelp}

Requests go one after the other, to another machine at most four in a second: Paddle's limit of 240 a minute.
An error breaks the contract. A note is something new, or something that Paddle does not document; it breaks nothing.

Exit codes: 0 the contract is kept, 1 it is broken, 2 wrong usage or no key, 3 the server cannot be reached.`,
    )
    .action(verify);
}

async function verify({ server, customer, json, junit: file, timeout, live }: Options): Promise<void> {
  checkAddress('--server', server);
  checkLive(server, live);
  const customerId = customer ?? customerOf(server);
  const apiKey = await readKey();
  const { verifyServer } = await import('../verify/server.js');

  let number = 0;
  const report = await verifyServer({
    server,
    apiKey,
    customerId,
    timeout,
    onProbe: ({ name, outcome }, total) => {
      number += 1;
      console.error(`${number}/${total} ${name}: ${outcome}`);
    },
  }).catch((error: unknown) => {
    throw failureOf(error);
  });

  console.log(json ? JSON.stringify(report, null, 2) : readable(report));
  if (file !== undefined) await writeJunit(file, report);
  // The report has said why.
  if (!report.kept) throw new Failure('', exitCodes.broken);
}

function checkLive(server: string, allowed: boolean): void {
  // The same machine by another spelling: a port, or a dot at the end of the name.
  const host = new URL(server).hostname.replace(/\.$/, '');
  if (allowed || host !== new URL(servers.live).hostname) return;
  throw new Failure(
    `${host} is Paddle's live server, with real customers. The probes only read; if you mean it, add --live. For test data: --server ${servers.sandbox}, with a key of the sandbox.`,
    exitCodes.usage,
  );
}

function customerOf(server: string): string {
  const [first] = scenarios;
  if (first !== undefined && isLoopback(new URL(server).hostname)) return first.customerId;
  throw new Failure(
    'Which customer? Add --customer ctm_… with one that this server has, best one with credit.',
    exitCodes.usage,
  );
}

async function writeJunit(file: string, report: Report): Promise<void> {
  const { junit } = await import('./junit.js');
  await writeFile(file, junit(report)).catch((error: Error) => {
    throw new Failure(`The JUnit file cannot be written: ${error.message}`, exitCodes.usage);
  });
}

function readable({ server, customerId, kept, probes }: Report): string {
  const rows = probes.map(({ name, expected, documented, got, outcome }) => [
    name,
    `${[expected.status, expected.code ?? []].flat().join(' ')}${documented ? '' : ' (?)'}`,
    line([got.status, got.code ?? []].flat().join(' ')),
    outcome,
  ]);
  const details = probes.flatMap(({ name, request, findings }) => {
    if (findings.length === 0) return [];
    const told = findings
      .slice(0, shownFindings)
      .map(({ severity, rule, location, message }) => line(`${severity} ${rule} at ${location}: ${message}`));
    const more = findings.length > shownFindings ? [`and ${findings.length - shownFindings} more; --json has all`] : [];
    return ['', `${name}: ${request}`, ...[...told, ...more].map((text) => `  ${text}`)];
  });
  const count = (severity: string) =>
    probes.flatMap(({ findings }) => findings).filter((finding) => finding.severity === severity).length;
  return [
    `${server}, customer ${customerId}`,
    '',
    table(['probe', 'expected', 'got', 'result'], rows),
    ...(rows.some(([, expected]) => expected?.endsWith('(?)'))
      ? ['', '(?) Paddle does not document this outcome.']
      : []),
    ...details,
    '',
    `The contract is ${kept ? 'kept' : 'broken'}: ${plural(count('error'), 'error')}, ${plural(count('note'), 'note')}.`,
  ].join('\n');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
