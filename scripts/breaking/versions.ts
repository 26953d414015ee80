import semver from 'semver';
import { type Level, levels } from './change.ts';

/** The tags that are releases, newest first. A prerelease promises nothing, and `v1` names no one release. */
export function listReleases(tags: string[]): string[] {
  return semver.rsort(tags.filter((tag) => semver.valid(tag) && !semver.prerelease(tag)));
}

/** The lowest version that may follow `base` with changes of that level; `base` itself where nothing changed. */
export function findLowestVersion(base: string, level: Level | undefined): string {
  // A prerelease promises nothing, so whatever comes after it may take its numbers.
  if (level === undefined || semver.prerelease(base)) return base;
  // While the first number is 0, semantic versioning leaves one place less: the second stands for the first.
  const parts =
    semver.major(base) > 0 ? (['major', 'minor', 'patch'] as const) : (['minor', 'patch', 'patch'] as const);
  return semver.inc(base, parts[levels.indexOf(level)] ?? 'patch') ?? base;
}

/** Whether `version` may follow `base` with changes of that level. A prerelease counts as what it leads to. */
export function isEnough(version: string, base: string, level: Level | undefined): boolean {
  const parsed = semver.parse(version);
  if (parsed === null) return false;
  const follows = level === undefined ? semver.gte : semver.gt;
  const release = [parsed.major, parsed.minor, parsed.patch].join('.');
  return follows(version, base) && semver.gte(release, findLowestVersion(base, level));
}
