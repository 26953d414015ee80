import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeForReaders } from './description.ts';
import { seal } from './seal.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const locateBeside = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const redocly = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');

/** Everything that a reader came for is open: the totals in the schema, and the numbers in the sample. */
const redoc = {
  jsonSamplesExpandLevel: 'all',
  schemasExpansionLevel: 4,
  hideDownloadButtons: true,
  hideSchemaTitles: true,
};

/** Writes `index.html` into a folder, which is made if need be. */
export async function build(out: string, options: { apiReference: boolean }): Promise<{ file: string; bytes: number }> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'docs-'));
  try {
    const [description, rendered, config] = ['openapi.json', 'redoc.html', 'redocly.yaml'].map((name) =>
      path.join(scratch, name),
    ) as [string, string, string];
    const { title, summary, samples, text } = await describeForReaders(root, options);
    await writeFile(description, text);
    // Redoc shows only the samples whose labels it is told; JSON is YAML too.
    const codeSamples = { languages: samples.map((lang) => ({ lang })) };
    await writeFile(config, JSON.stringify({ openapi: { ...redoc, codeSamples } }));
    const head = ['--title', title, `--templateOptions.summary=${summary}`, '--config', config];
    await render([description, '-o', rendered, '-t', locateBeside('template.html'), '--inlineBundle', ...head]);

    const [html, css, js] = await Promise.all(
      [rendered, locateBeside('page.css'), locateBeside('page.js')].map((file) => readFile(file, 'utf8')),
    );
    const page = seal(html ?? '', { css: css ?? '', js: js ?? '' });
    await mkdir(out, { recursive: true });
    const file = path.join(out, 'index.html');
    await writeFile(file, page);
    return { file, bytes: Buffer.byteLength(page) };
  } finally {
    await rm(scratch, { recursive: true });
  }
}

function render(args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [redocly, 'build-docs', ...args], {
      cwd: root,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    // Its notices about Node and itself are of use only beside a failure.
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`redocly build-docs failed with ${code}:\n${said}`)),
    );
  });
}
