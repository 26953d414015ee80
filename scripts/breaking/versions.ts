import type { Level } from './change.ts';

export type Version = readonly [major: number, minor: number, patch: number];

/** The three numbers of a semantic version; undefined where it is none. What follows them is not read. */
export function numbers(version: string): Version | undefined {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)([-+][\w.+-]+)?$/.exec(version) ?? [];
  return patch === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

export function compareVersions(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** The lowest version that may follow `base` with changes of that level; `base` itself where nothing changed. */
export function lowestVersion(base: string, level: Level | undefined): string {
  const from = numbers(base);
  // A prerelease promises nothing, so whatever comes after it may take its numbers.
  if (from === undefined || level === undefined || isPrerelease(base)) return base;
  const [major, minor, patch] = from;
  // While the first number is 0, semantic versioning leaves one place less: the second stands for the first.
  const raised = {
    breaking: major > 0 ? [major + 1, 0, 0] : [0, minor + 1, 0],
    compatible: major > 0 ? [major, minor + 1, 0] : [0, minor, patch + 1],
    documentation: [major, minor, patch + 1],
  };
  return raised[level].join('.');
}

/** Whether `version` may follow `base` with changes of that level. A prerelease counts as what it leads to. */
export function isEnough(version: string, base: string, level: Level | undefined): boolean {
  const lowest = numbers(lowestVersion(base, level));
  const given = numbers(version);
  if (lowest === undefined || given === undefined) return false;
  const difference = compareVersions(given, lowest);
  if (difference !== 0) return difference > 0;
  if (version === base) return level === undefined;
  // With the numbers of the base itself only a prerelease can be left behind: 1.0.0 is followed by no 1.0.0-rc.1.
  return lowestVersion(base, level) !== base || isPrerelease(base);
}

export function isPrerelease(version: string): boolean {
  return /^[\d.]+-/.test(version);
}
