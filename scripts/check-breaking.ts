import { bundle, findLastRelease, readBase } from './breaking/base.ts';
import { type Change, findHeaviest, levels } from './breaking/change.ts';
import { compareBundles } from './breaking/compare.ts';
import { parseDescription, readText } from './breaking/read.ts';
import { findLowestVersion, isEnough } from './breaking/versions.ts';
import { runMain } from './command-line.ts';

const help = `Usage: npm run check:breaking -- [options]

Compares ${bundle} with the last release, and its version with what the changes ask for.

  --base FILE|REF  what to compare with; the newest tag such as v1.2.3 before this state, if left out
  --spec FILE      another new bundle
  --json           print the report as JSON
  --help           show this text

Exit codes: 0 the versions are high enough, or nothing was released yet, 1 they are not, 2 wrong usage or no readable base.
`;

await runMain({
  help,
  options: {
    base: { type: 'string' },
    spec: { type: 'string', default: bundle },
    json: { type: 'boolean', default: false },
  },
  run: check,
  // 1 says that the versions are too low.
  failureCode: 2,
});

async function check(values: { base?: string; spec: string; json: boolean }): Promise<number> {
  const text = await readText(values.spec);
  const revision = parseDescription(text, values.spec);
  const packageVersion = String(JSON.parse(await readText('package.json')).version);
  const source = values.base === undefined ? await findLastRelease(text) : await readBase(values.base);
  const base =
    source && parseDescription(source.text, source.name === values.base ? source.name : `${bundle} of ${source.name}`);

  const changes = base ? await compareBundles(base, revision) : [];
  const level = findHeaviest(changes);
  const version = revision.info.version;
  const problems: string[] = [];
  if (version !== packageVersion) problems.push(`info.version is ${version}, but package.json says ${packageVersion}.`);
  if (base && !isEnough(version, base.info.version, level)) {
    const lowest = findLowestVersion(base.info.version, level);
    problems.push(`The version must be at least ${lowest} after ${base.info.version}, and is ${version}.`);
  }

  if (values.json) {
    const lowest = base && findLowestVersion(base.info.version, level);
    const compared = base && { name: source?.name, version: base.info.version };
    console.log(JSON.stringify({ base: compared, version, packageVersion, level, lowest, changes, problems }, null, 2));
  } else {
    console.log(source ? `Compared with ${source.name}:` : 'No release yet: there is nothing to break.');
    for (const change of changes) console.log(formatChange(change));
    if (source) console.log(summarizeChanges(changes));
    for (const problem of problems) console.error(problem);
  }
  return problems.length > 0 ? 1 : 0;
}

function formatChange({ level, message, location }: Change): string {
  return `${level.padEnd('documentation'.length)}  ${message}  ${location}`;
}

function summarizeChanges(changes: Change[]): string {
  const counts = levels.map((level) => `${changes.filter((change) => change.level === level).length} ${level}`);
  return changes.length === 0 ? 'No changes.' : `${counts.join(', ')}.`;
}
