import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const head = 'dist/mock/prism.js carries the packages below, each under its own licence.\n';

/** The licences of all packages that the files are from, in one text; a text that several share stands there once. */
export async function collectNotices(files: string[]): Promise<string> {
  const folders = new Set(files.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
  const notices = await Promise.all([...folders].map(readNotice));
  const first = new Map<string, string>();
  const parts = new Set<string>();
  for (const { name, text } of notices.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const same = first.get(text);
    if (same === undefined && text !== '') first.set(text, name);
    const words =
      same === undefined || same === name ? text : `The text is that of ${same.replace('\n', ', ')}, above.`;
    parts.add(`${name}\n${words === '' ? '' : `\n${words}\n`}`);
  }
  return [head, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

/** The package with its version and licence, and the licence's text. */
async function readNotice(folder: string): Promise<{ name: string; text: string }> {
  const {
    name,
    version,
    licenses,
    license = licenses?.[0]?.type,
  } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${folder} does not say which licence it is under.`);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : (await readFile(path.join(folder, file), 'utf8')).trim();
  return { name: `${name} ${version}\n${license}`, text };
}
