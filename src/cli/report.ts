import type { Report } from '../credit-balances/verify-server.js';
import { describeStatus } from '../http/describe.js';
import { describeFinding } from '../verify/finding.js';
import type { ProbeResult } from '../verify/probe.js';
import { formatTable } from './table.js';
import { pluralize, toOneLine } from './text.js';

/** How many findings of one probe are shown; `--json` has all. */
const shownFindings = 20;

/** A report for people: each result once, what was found, and how it ended. */
export function formatReport({ server, customerId, passed, probes }: Report): string {
  const rows = probes.map(({ name, expected, documented, received, outcome }) => [
    name,
    `${describeStatus(expected)}${documented ? '' : ' (?)'}`,
    toOneLine(describeStatus(received)),
    outcome,
  ]);
  const isUncertain = probes.some(({ documented }) => !documented);
  const found = probes.flatMap(({ findings }) => findings);
  const count = (severity: string) => found.filter((finding) => finding.severity === severity).length;
  const counts = `${pluralize(count('error'), 'error')}, ${pluralize(count('warning'), 'warning')}`;
  return [
    `${server}, customer ${customerId}`,
    '',
    formatTable(['probe', 'expected', 'received', 'result'], rows),
    ...(isUncertain ? ['', '(?) Paddle does not document this outcome.'] : []),
    ...probes.flatMap(formatFindings),
    '',
    `The contract check ${passed ? 'passed' : 'failed'}: ${counts}.`,
    ...(passed ? [] : ['Fix what each error names, and run the command again; --json has every detail.']),
  ].join('\n');
}

function formatFindings({ name, request, findings }: ProbeResult): string[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, shownFindings).map((finding) => toOneLine(describeFinding(finding)));
  const more = findings.length > shownFindings ? [`and ${findings.length - shownFindings} more; --json has all`] : [];
  return ['', `${name}: ${toOneLine(request)}`, ...[...shown, ...more].map((text) => `  ${text}`)];
}
