import { writeFile } from 'node:fs/promises';
import type { Report } from '../credit-balances/verify-server.js';
import { describeFinding } from '../verify/finding.js';
import type { ProbeResult } from '../verify/probe.js';
import { exitCodes, Failure } from './exit.js';
import { cleanMessage } from './print-error.js';
import { unsafe } from './text.js';

/**
 * Writes a report as JUnit XML.
 *
 * @returns why it could not be written, since the report is worth printing all the same.
 */
export async function writeJunit(
  file: string | undefined,
  ...report: Parameters<typeof formatJunit>
): Promise<Failure | undefined> {
  if (file === undefined) return undefined;
  return writeFile(file, formatJunit(...report)).then(
    () => undefined,
    ({ message, syscall }: NodeJS.ErrnoException) => {
      // What cannot be opened is a wrong file; a disk may be full.
      const exitCode = syscall === 'write' ? exitCodes.failed : exitCodes.usage;
      return new Failure(`The JUnit file cannot be written: ${message}`, exitCode);
    },
  );
}

/**
 * Formats a report in the form that CI systems read: one test case for each probe, one failure for each error.
 *
 * @param fault what ended the run before its end: an error of a test case of its own.
 */
export function formatJunit({ server, probes }: Pick<Report, 'server' | 'probes'>, fault?: string): string {
  const faults = fault === undefined ? [] : [formatFault(cleanMessage(fault))];
  const failed = probes.filter(({ outcome }) => outcome === 'failed').length;
  const attributes = `name=${quote(`contract of ${server}`)} tests="${probes.length + faults.length}" failures="${failed}" errors="${faults.length}" skipped="0" time="${formatSeconds(
    probes.reduce((sum, { duration }) => sum + duration, 0),
  )}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite ${attributes}>
${[...probes.map(formatTestCase), ...faults].join('')}  </testsuite>
</testsuites>
`;
}

function formatFault(message: string): string {
  return `    <testcase classname="paddle-credit-balances" name="the run to its end" time="0.000">
      <error message=${quote(message)}/>
    </testcase>
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
