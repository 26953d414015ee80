import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Growth } from './growth.ts';
import { ours } from './ours.ts';
import { compareContenders } from './rounds.ts';
import type { Row } from './row.ts';
import { root } from './serve.ts';

/** Where the heavy peers are installed; npx finds those of the project from here too. */
const benchFolder = path.join(root, 'scripts/bench');

function runCommand(command: string, args: string[], cwd = root): void {
  const { status, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr.slice(-500)}`);
}

const runGenerate = (...args: string[]) =>
  runCommand(process.execPath, ['--import', 'tsx', 'scripts/generate.ts', ...args]);

const byNpx = 'lint, bundle, types, validators by npx';

export const toolchainRow: Row = {
  name: 'generate',
  what: 'generate, whole',
  targets: [{ peer: byNpx, atMost: 0.4 }],
  measure: async (rounds) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
    try {
      const steps = planSteps(folder);
      const runThroughNpx = () => {
        for (const [cwd, ...args] of steps) runCommand('npx', args, cwd);
      };
      return await compareContenders(
        [
          { name: byNpx, run: runThroughNpx },
          { name: ours, run: () => runGenerate('--check') },
        ],
        Math.min(rounds, 5),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** The same files by the command lines of the same tools, each with the folder that it runs in. */
function planSteps(folder: string): [cwd: string, ...args: string[]][] {
  const joinFolder = (name: string) => path.join(folder, name);
  const description = 'openapi/openapi.yaml';
  // With our own redocly.yaml openapi-typescript would ask where each of its APIs goes.
  writeFileSync(joinFolder('redocly.yaml'), 'extends: []\n');
  return [
    [root, 'redocly', 'lint', description],
    [root, 'redocly', 'bundle', description, '-o', joinFolder('openapi.json')],
    [
      root,
      'openapi-typescript',
      joinFolder('openapi.json'),
      '-o',
      joinFolder('openapi.d.ts'),
      '--redocly',
      joinFolder('redocly.yaml'),
    ],
    // The two whole bodies; ours also makes the parts by themselves, and what the verification reads.
    ...['CreditBalanceList', 'ErrorResponse'].flatMap((name): [string, ...string[]][] => {
      const [schema, code] = [joinFolder(`${name}.json`), joinFolder(`${name}.cjs`)];
      writeFileSync(schema, readSchema(name));
      const options = ['--spec=draft2020', '--all-errors', '--validate-formats=false'];
      return [
        [benchFolder, 'ajv', 'compile', ...options, '-s', schema, '-o', code],
        [root, 'esbuild', code, '--bundle', '--format=esm', `--outfile=${joinFolder(`${name}.js`)}`],
      ];
    }),
  ];
}

/** A schema of the description as ajv's command line takes it: by itself, and without words of others. */
function readSchema(name: string): string {
  const { components } = JSON.parse(readFileSync(path.join(root, 'generated/openapi.json'), 'utf8'));
  const schema = { $ref: `#/$defs/${name}`, $defs: components.schemas };
  return JSON.stringify(schema, (key, value) => {
    if (key.startsWith('x-') || key === 'example') return undefined;
    return key === '$ref' ? value.replace('#/components/schemas/', '#/$defs/') : value;
  });
}

/** The description with its operation so many times, under other paths and names. */
function makeDescription(operations: number): string {
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
export function measureGenerateGrowth(): Growth {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  try {
    const figures = [1, 50, 150].map((operations) => {
      const spec = path.join(folder, `${operations}.json`);
      writeFileSync(spec, makeDescription(operations));
      const start = performance.now();
      runGenerate('--spec', spec, '--out', path.join(folder, String(operations)));
      return `${operations} ${operations === 1 ? 'operation' : 'operations'}: ${((performance.now() - start) / 1_000).toFixed(1)} s`;
    });
    return { what: 'generate, by the number of operations', figures };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
