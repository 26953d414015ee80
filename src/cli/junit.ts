import type { Report } from '../credit-balances/verify-server.js';
import { describeFinding } from '../verify/finding.js';
import type { ProbeResult } from '../verify/probe.js';
import { unsafe } from './text.js';

/** Formats a report in the form that CI systems read: one test case for each probe, one failure for each error. */
export function formatJunit({ server, probes }: Report): string {
  const failed = probes.filter(({ outcome }) => outcome === 'failed').length;
  const attributes = `name=${quote(`contract of ${server}`)} tests="${probes.length}" failures="${failed}" errors="0" skipped="0" time="${formatSeconds(
    probes.reduce((sum, { duration }) => sum + duration, 0),
  )}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite ${attributes}>
${probes.map(formatTestCase).join('')}  </testsuite>
</testsuites>
`;
}

function formatTestCase({ name, request, findings, duration }: ProbeResult): string {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  // A test case has one failure at most in what most readers understand.
  const failure =
    errors.length === 0
      ? ''
      : `      <failure type=${quote(errors[0]?.rule ?? '')} message=${quote(errors[0] === undefined ? '' : describeFinding(errors[0]))}>${escapeXml(
          errors.map(describeFinding).join('\n'),
        )}</failure>\n`;
  const output = escapeXml([request, ...warnings.map(describeFinding)].join('\n'));
  return `    <testcase classname="paddle-credit-balances" name=${quote(name)} time="${formatSeconds(duration)}">
${failure}      <system-out>${output}</system-out>
    </testcase>
`;
}

function formatSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function quote(text: string): string {
  return `"${escapeXml(text).replace(/[\n\t]/g, ' ')}"`;
}

function escapeXml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return (
    text
      // What would control a terminal that shows the file, and what XML 1.0 cannot hold, not even escaped.
      .replace(unsafe, (character) => (/[\t\n]/.test(character) ? character : '\ufffd'))
      .replace(/[\ud800-\udfff\ufffe\uffff]/gu, '\ufffd')
      .replace(/[&<>"']/g, (character) => entities[character] ?? '')
  );
}
