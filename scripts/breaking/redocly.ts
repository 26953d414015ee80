import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Description } from '../generate/openapi.ts';

/** One difference as `redocly diff --format json` reports it; what is not read here is left out. */
export interface Difference {
  /** The place as an API's user reaches it, through every reference. */
  path: string;
  typeName: string;
  kind: 'added' | 'removed' | 'modified';
  property?: string;
  impact: 'major' | 'minor' | 'patch';
  verdicts: { impact: string; message: string }[];
  base?: Side;
  revision?: Side;
}
interface Side {
  /** The place where it is written. */
  pointer: string;
  value?: unknown;
}

const redocly = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');

/** What `redocly diff` finds between two descriptions. */
export async function findDifferences(base: Description, revision: Description): Promise<Difference[]> {
  // A folder of their own, where no configuration of a project is found.
  const folder = await mkdtemp(path.join(tmpdir(), 'breaking-'));
  try {
    await writeFile(path.join(folder, 'base.json'), JSON.stringify(base));
    await writeFile(path.join(folder, 'new.json'), JSON.stringify(revision));
    const args = [redocly, 'diff', 'base.json', 'new.json', '--format=json', '--fail-on=none', '--output=report.json'];
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    await promisify(execFile)(process.execPath, args, { cwd: folder, env }).catch((error: { stderr?: string }) => {
      throw new Error(`redocly diff failed:\n${error.stderr}`);
    });
    const report = JSON.parse(await readFile(path.join(folder, 'report.json'), 'utf8'));
    // The command is marked experimental: another report must not be read as "no changes".
    if (report.reportVersion !== '1' || !Array.isArray(report.changes)) {
      throw new Error('redocly diff reports in a form that scripts/breaking/redocly.ts does not know.');
    }
    return report.changes;
  } finally {
    await rm(folder, { recursive: true });
  }
}
