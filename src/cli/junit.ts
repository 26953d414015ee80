import type { Finding } from '../verify/finding.js';
import type { ProbeResult, Report } from '../verify/server.js';

/** A report in the form that CI systems read: one test case for each probe, one failure for each error. */
export function junit({ server, probes }: Report): string {
  const failed = probes.filter(({ outcome }) => outcome === 'broken').length;
  const attributes = `name=${quoted(`contract of ${server}`)} tests="${probes.length}" failures="${failed}" errors="0" skipped="0" time="${seconds(
    probes.reduce((sum, { duration }) => sum + duration, 0),
  )}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite ${attributes}>
${probes.map(testCase).join('')}  </testsuite>
</testsuites>
`;
}

function testCase({ name, request, findings, duration }: ProbeResult): string {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const notes = findings.filter(({ severity }) => severity === 'note');
  // A test case has one failure at most in what most readers understand.
  const failure =
    errors.length === 0
      ? ''
      : `      <failure type=${quoted(errors[0]?.rule ?? '')} message=${quoted(told(errors[0] as Finding))}>${escaped(
          errors.map(told).join('\n'),
        )}</failure>\n`;
  const output = escaped([request, ...notes.map(told)].join('\n'));
  return `    <testcase classname="paddle-credit-balances" name=${quoted(name)} time="${seconds(duration)}">
${failure}      <system-out>${output}</system-out>
    </testcase>
`;
}

function told({ severity, rule, location, message }: Finding): string {
  return `${severity} ${rule} at ${location}: ${message}`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function quoted(text: string): string {
  return `"${escaped(text).replace(/[\n\t]/g, ' ')}"`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return (
    text
      // Characters that XML 1.0 cannot hold, not even escaped.
      .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
      .replace(/[&<>"']/g, (character) => entities[character] ?? '')
  );
}
