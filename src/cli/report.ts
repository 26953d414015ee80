import { styleText } from 'node:util';
import type { Report } from '../credit-balances/verify-server.js';
import { describeStatus } from '../http/describe.js';
import { describeFinding } from '../verify/finding.js';
import type { ProbeResult } from '../verify/probe.js';
import { findWidth, formatTable } from './table.js';
import { pluralize, toOneLine } from './text.js';

/** How many findings of one probe are shown; `--json` lists more. */
const shownFindings = 20;
/** Together with the other columns it fits 80, in characters. */
const longestAnswer = 40;

/** A report for people: each result once, what was found, and how it ended. */
export function formatReport({ server, customerId, passed, probes }: Report): string {
  const rows = probes.map((probe) => [
    `${probe.name}${probe.documented ? '' : ' (?)'}`,
    toOneLine(describeAnswer(probe)).slice(0, longestAnswer),
    probe.outcome,
  ]);
  const isUncertain = probes.some(({ documented }) => !documented);
  const found = probes.flatMap(({ findings }) => findings);
  const count = (severity: string) => found.filter((finding) => finding.severity === severity).length;
  const counts = `${pluralize(count('error'), 'error')}, ${pluralize(count('warning'), 'warning')}`;
  return [
    `${server}, customer ${customerId}`,
    '',
    formatTable(['probe', 'answer', 'result'], rows, { width: findWidth(process.stdout) }).replace(
      /(?<= {2})(passed|warned|failed)$/gm,
      colorOutcome,
    ),
    ...(isUncertain ? ['', '(?) Paddle does not document this outcome.'] : []),
    ...probes.flatMap(formatFindings),
    '',
    `The contract check ${colorOutcome(passed ? 'passed' : 'failed')}: ${counts}.`,
    ...(passed ? [] : ['Fix what each error names, and run the command again; --json has every detail.']),
  ].join('\n');
}

/** The expected answer too, where it is another. */
function describeAnswer({ expected, received }: ProbeResult): string {
  const isExpected = received.status === expected.status && (expected.code ?? received.code) === received.code;
  return `${describeStatus(received)}${isExpected ? '' : `; expected ${describeStatus(expected)}`}`;
}

/** Only on a terminal, and as NO_COLOR and FORCE_COLOR ask. */
function colorOutcome(outcome: string): string {
  const color = outcome === 'passed' ? 'green' : outcome === 'warned' ? 'yellow' : 'red';
  return styleText(color, outcome, { stream: process.stdout });
}

function formatFindings({ name, request, findings }: ProbeResult): string[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, shownFindings).map((finding) => toOneLine(describeFinding(finding)));
  const more =
    findings.length > shownFindings ? [`and ${findings.length - shownFindings} more; --json lists them`] : [];
  return ['', `${name}: ${toOneLine(request)}`, ...[...shown, ...more].map((text) => `  ${text}`)];
}
