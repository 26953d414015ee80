import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transform } from 'esbuild';
import ts from 'typescript';
import manifest from '../../package.json' with { type: 'json' };
import { type Ended, root, run } from './process.ts';
import type { Stranger } from './stranger.ts';

/** A fenced block of a Markdown file. */
export interface Snippet {
  language: string;
  code: string;
  /** The block of text right after it; undefined where there is none. */
  output: string | undefined;
  /** The file that the first line names, in a comment; undefined where it names none. */
  file: string | undefined;
}

/** The snippets of a Markdown file of this repository. */
export async function readSnippets(file: string): Promise<Snippet[]> {
  const text = await readFile(path.join(root, file), 'utf8');
  const blocks = text.matchAll(/^```(\w+)\n([\s\S]*?)^```$(?:\n\n```text\n([\s\S]*?)^```$)?/gm);
  return [...blocks].map(([, language = '', code = '', output]) => {
    return { language, code, output, file: /^(?:\/\/|#) ([\w./-]+\.\w+)/.exec(code)?.[1] };
  });
}

/** The snippet of a list that is a file. */
export function findFile(snippets: readonly Snippet[], file: string): Snippet {
  const found = snippets.find((snippet) => snippet.file === file);
  if (found === undefined) throw new Error(`no snippet is the file ${file}`);
  return found;
}

/**
 * Writes TypeScript and what becomes of it into a project, beside each other.
 *
 * @returns what a strict compiler says.
 */
export async function writeTypeScript(file: string, code: string): Promise<string[]> {
  await writeFile(file, code);
  const { ext, dir, name } = path.parse(file);
  const { code: compiled } = await transform(code, { loader: ext === '.tsx' ? 'tsx' : 'ts', jsx: 'automatic' });
  await writeFile(path.join(dir, `${name}.js`), compiled);
  return compile(file);
}

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
  jsx: ts.JsxEmit.ReactJSX,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  typeRoots: [path.dirname(path.dirname(createRequire(import.meta.url).resolve('@types/node/package.json')))],
  types: ['node'],
};
const host = ts.createCompilerHost(options);
const { getSourceFile } = host;
const declarations = new Map<string, ts.SourceFile | undefined>();
// The types of libraries are the same for each snippet, and most of the work.
host.getSourceFile = (name, ...more) => {
  if (!name.endsWith('.d.ts')) return getSourceFile(name, ...more);
  if (!declarations.has(name)) declarations.set(name, getSourceFile(name, ...more));
  return declarations.get(name);
};

function compile(file: string): string[] {
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** Runs the commands of a snippet in a stranger's project, where `npx` finds the packed command line. */
export function runShell(own: Stranger, code: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const bin = path.join(own.installed, manifest.bin['paddle-credit-balances']);
  const npx = `npx() { [ "$1" = paddle-credit-balances ] && shift && '${process.execPath}' '${bin}' "$@"; }`;
  return run('bash', ['-c', `set -euo pipefail\n${npx}\n${code}`], own.folder, env);
}

/** A no-break space looks like a space in a file. */
export const normalizeSpaces = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
