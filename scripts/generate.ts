import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ArgumentError, runMain } from './command-line.ts';
import { isClean } from './generate/description.ts';
import { formatCommand, makeFiles } from './generate/files.ts';

const help = `Usage: ${formatCommand('[options]')}

Lints openapi/openapi.yaml and writes generated/ from it.

  --spec FILE  another OpenAPI 3.1 description; it is not linted
  --out DIR    where to write; needed with --spec
  --check      write nothing; name each file that is out of date and exit 1
  --help       show this text

Exit codes: 0 done or up to date, 1 the description or a generated file is not in order, 2 wrong usage.
`;

const ours = { spec: 'openapi/openapi.yaml', out: 'generated' };

await runMain({
  help,
  options: {
    spec: { type: 'string' },
    out: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
  run: async ({ spec, out, check }) => {
    if ((spec === undefined) !== (out === undefined)) {
      throw new ArgumentError(
        '--spec and --out go together: what is made of another description needs another folder.',
      );
    }
    return generate(spec ?? ours.spec, out ?? ours.out, { check, isOurs: spec === undefined });
  },
});

/** Returns the exit code. */
async function generate(spec: string, out: string, { check = false, isOurs = false }): Promise<number> {
  if (isOurs && !(await isClean(spec))) return 1;
  const files = await makeFiles(path.resolve(spec), isOurs ? undefined : out);
  const stale = await findStale(files, out);

  if (check) {
    for (const { file, reason } of stale) console.error(`${path.join(out, file)} ${reason}`);
    const command = formatCommand(...(isOurs ? [] : ['--spec', spec, '--out', out]));
    if (stale.length > 0) console.error(`To fix ${stale.length === 1 ? 'it' : 'them'}: ${command}`);
    else console.log(`${files.size} files in ${out} are up to date.`);
    return stale.length > 0 ? 1 : 0;
  }

  await mkdir(out, { recursive: true });
  for (const { file } of stale) {
    const text = files.get(file);
    if (text === undefined) await rm(path.join(out, file), { recursive: true });
    else await writeFile(path.join(out, file), text);
    console.log(`${text === undefined ? 'removed' : 'wrote'} ${path.join(out, file)}`);
  }
  if (stale.length === 0) console.log(`${files.size} files in ${out} were up to date.`);
  return 0;
}

/** Only our own folder is cleaned of files that are not generated: another may hold anything. */
async function findStale(files: Map<string, string>, out: string): Promise<{ file: string; reason: string }[]> {
  const found: { file: string; reason: string }[] = [];
  for (const [file, text] of files) {
    const present = await readFile(path.join(out, file), 'utf8').catch(() => undefined);
    if (present === undefined) found.push({ file, reason: 'is missing' });
    else if (present !== text) found.push({ file, reason: 'is out of date' });
  }
  if (out === ours.out) {
    const present = await readdir(out).catch(() => []);
    const strangers = present.filter((file) => !files.has(file));
    found.push(...strangers.map((file) => ({ file, reason: 'is not generated from the description' })));
  }
  return found;
}
