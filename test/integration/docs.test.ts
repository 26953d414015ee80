import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { describeForReaders } from '../../scripts/docs/description.ts';
import { makeSamples } from '../../scripts/docs/samples.ts';
import { root, runScript, servePreview } from '../support/process.ts';
import { startHttpServer } from '../support/server.ts';

let out: string;
beforeAll(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'docs-'));
});
afterAll(() => rm(out, { recursive: true }));

describe('npm run docs:preview', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('serves the page, and exits with 0 on %s', async (signal) => {
    await using docs = await servePreview(out);
    const page = await fetch(docs.url);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('<title>Paddle credit balances');
    expect((await fetch(`${docs.url}/else`)).status).toBe(404);
    await mkdir(path.join(out, 'api'), { recursive: true });
    await writeFile(path.join(out, 'api/index.html'), 'what is beside it');
    expect(await (await fetch(`${docs.url}/api/`)).text()).toBe('what is beside it');
    expect((await fetch(`${docs.url}/..%2f..%2fetc/passwd`)).status).toBe(404);
    expect(await docs.stop(signal)).toBe(0);
    expect(docs.readOutput()).toContain(`The docs are on ${docs.url} (Ctrl+C stops them).\n`);
  });

  it('says that its port is taken', async () => {
    await using taken = await startHttpServer(() => undefined);
    const { port } = new URL(taken.url);
    const { code, stderr } = await runScript('scripts/docs.ts', ['--preview', '--out', out, '--port', port]);
    expect(stderr).toBe(`listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`);
    expect(code).toBe(1);
  });
});

it('npm run docs explains itself, and refuses what it does not know', async () => {
  const help = await runScript('scripts/docs.ts', ['--help']);
  expect(help).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Usage: npm run docs/) });
  for (const [args, reason] of [
    [['--colour'], "Unknown option '--colour'"],
    [['--port', '70000'], '--port must be a number from 0 to 65535.'],
  ] as const) {
    const { code, stderr } = await runScript('scripts/docs.ts', [...args]);
    expect(stderr).toContain(reason);
    expect(code).toBe(2);
  }
});

it('the docs page links to the API reference only when it is told that there is one', async () => {
  const link = 'api/index.html';
  const withLink = await describeForReaders(root, { apiReference: true });
  expect(JSON.parse(withLink.text).info.description).toContain(`<a href="./${link}">API reference</a>`);
  expect((await describeForReaders(root)).text).not.toContain(link);
});

it('the docs page is not built from a description without a section that it adds to', async () => {
  const copy = path.join(out, 'copy');
  await mkdir(path.join(copy, 'generated'), { recursive: true });
  await writeFile(path.join(copy, 'CHANGELOG.md'), '');
  const bundle = await readFile(path.join(root, 'generated/openapi.json'), 'utf8');
  await writeFile(path.join(copy, 'generated/openapi.json'), bundle.replace('## Errors', '## Faults'));
  await expect(describeForReaders(copy)).rejects.toThrow('info.description has no "## Errors"');
});

it('each TypeScript sample of the docs page compiles', () => {
  const sources = makeSamples('/customers/{customer_id}/credit-balances').filter(({ lang }) => lang === 'TypeScript');
  const files = new Map(sources.map(({ label, source }) => [path.join(root, `${label}.ts`), source]));
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  options.paths = { 'paddle-credit-balances': ['./src/index.ts'], 'paddle-credit-balances/*': ['./src/*.ts'] };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile: read } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? read(file);
  const program = ts.createProgram([...files.keys()], options, host);
  const messages = [...files.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${path.basename(file)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
  expect(sources.length).toBeGreaterThan(2);
  expect(messages).toEqual([]);
});
