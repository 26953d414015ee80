import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { readText } from './read.ts';
import { listReleases } from './versions.ts';

/** Where a commit keeps its bundle. */
export const bundle = 'generated/openapi.json';

export interface Base {
  name: string;
  text: string;
}

/** The bundle of the last release before `text`; undefined where nothing was released yet. */
export async function findLastRelease(text: string): Promise<Base | undefined> {
  const shallow = await runGit('rev-parse', '--is-shallow-repository');
  if (shallow === undefined) throw new Error('This is no git repository: say by --base what to compare with.');
  // Tags are missing from a shallow clone, and a missing one would read as "no release yet".
  if (shallow === 'true') {
    throw new Error('This clone is shallow, so releases may be missing from it: git fetch --unshallow --tags');
  }
  // Only what this commit follows: a release of a line that left before it is no base.
  const here = await listTags('--points-at', 'HEAD');
  for (const tag of listReleases(await listTags('--merged', 'HEAD'))) {
    const release = await readRef(tag);
    // The release that is being made is not its own base.
    if (!(here.includes(tag) && release.text === text.trim())) return release;
  }
  return undefined;
}

/** What `--base` names: a file where there is one of that name, else a commit, branch or tag. */
export async function readBase(fileOrRef: string): Promise<Base> {
  const isFile = await stat(fileOrRef).then(
    (found) => found.isFile(),
    () => false,
  );
  return isFile ? { name: fileOrRef, text: await readText(fileOrRef) } : readRef(fileOrRef);
}

async function readRef(ref: string): Promise<Base> {
  const commit = await runGit('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  if (!commit) throw new Error(`${ref} is neither a file nor a commit, branch or tag of this repository.`);
  const text = await runGit('show', `${commit}:./${bundle}`);
  if (text === undefined) throw new Error(`${ref} has no ${bundle}.`);
  return { name: ref, text };
}

async function listTags(...which: string[]): Promise<string[]> {
  return (await runGit('tag', '--list', 'v*', ...which))?.split('\n') ?? [];
}

/** What git prints, without the space around it; undefined where it fails. */
async function runGit(...args: string[]): Promise<string | undefined> {
  return promisify(execFile)('git', args, { maxBuffer: 1e8 }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}
