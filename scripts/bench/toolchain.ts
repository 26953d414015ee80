import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Growth } from './growth.ts';
import { compare } from './rounds.ts';
import { ours, type Row } from './row.ts';
import { root } from './serve.ts';

function run(command: string, args: string[]): void {
  const { status, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr.slice(-500)}`);
}

const generate = (...args: string[]) => run(process.execPath, ['--import', 'tsx', 'scripts/generate.ts', ...args]);

export const toolchainRow: Row = {
  name: 'generate',
  what: 'generate, whole',
  targets: [{ peer: 'lint, bundle, types by npx', most: 0.5 }],
  measure: async (rounds) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
    const bundle = path.join(folder, 'openapi.json');
    // With our own redocly.yaml it would ask where each of its APIs goes.
    const config = path.join(folder, 'redocly.yaml');
    writeFileSync(config, 'extends: []\n');
    const throughNpx = () => {
      run('npx', ['redocly', 'lint', 'openapi/openapi.yaml']);
      run('npx', ['redocly', 'bundle', 'openapi/openapi.yaml', '-o', bundle]);
      run('npx', ['openapi-typescript', bundle, '-o', path.join(folder, 'openapi.d.ts'), '--redocly', config]);
    };
    try {
      return await compare(
        [
          { name: 'lint, bundle, types by npx', run: throughNpx },
          { name: ours, run: () => generate('--check') },
        ],
        Math.min(rounds, 5),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** The description with its operation so many times, under other paths and names. */
function descriptionOf(operations: number): string {
  const description = JSON.parse(readFileSync(path.join(root, 'generated/openapi.json'), 'utf8'));
  const [[url, item]] = Object.entries(description.paths) as [[string, { get: { operationId: string } }]];
  for (let number = 2; number <= operations; number += 1) {
    const copy = structuredClone(item);
    copy.get.operationId += `-${number}`;
    description.paths[`/v${number}${url}`] = copy;
  }
  return JSON.stringify(description);
}

/** Time to generate from descriptions of 1 to 150 operations. */
export function generateGrowth(): Growth {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  try {
    const figures = [1, 50, 150].map((operations) => {
      const spec = path.join(folder, `${operations}.json`);
      writeFileSync(spec, descriptionOf(operations));
      const start = performance.now();
      generate('--spec', spec, '--out', path.join(folder, String(operations)));
      return `${operations} ${operations === 1 ? 'operation' : 'operations'}: ${((performance.now() - start) / 1_000).toFixed(1)} s`;
    });
    return { what: 'generate, by the number of operations', figures };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
