import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

/** The bundle, as a file. */
export const bundleFile = path.join(import.meta.dirname, '../../generated/openapi.json');

/** An empty folder for what a tool writes, where its imports are found. */
export async function outputFolder(tool: string): Promise<string> {
  const folder = path.join(import.meta.dirname, 'output', tool);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Writes a file that uses what a tool wrote, and returns what strict TypeScript says about both. */
export async function compile(folder: string, use: string): Promise<string[]> {
  const file = path.join(folder, 'use.ts');
  await writeFile(file, use);
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
    // Not those of the libraries that it imports.
    skipLibCheck: true,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file: place, messageText }) => `${place?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}
