import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const head = 'dist/mock/prism.js carries the packages below, each under its own licence.\n';

/** The licences of all packages that the files are from, in one text. */
export async function noticesOf(files: string[]): Promise<string> {
  const folders = new Set(files.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
  const notices = await Promise.all([...folders].map(noticeOf));
  return [head, ...new Set(notices.sort())].join(`\n${'-'.repeat(80)}\n\n`);
}

async function noticeOf(folder: string): Promise<string> {
  const {
    name,
    version,
    licenses,
    license = licenses?.[0]?.type,
  } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${folder} does not say which licence it is under.`);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : `\n${(await readFile(path.join(folder, file), 'utf8')).trim()}\n`;
  return `${name} ${version}\n${license}\n${text}`;
}
