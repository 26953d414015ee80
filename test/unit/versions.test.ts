import { expect, test } from 'vitest';
import type { Level } from '../../scripts/breaking/change.ts';
import { findLowestVersion, isEnough, listReleases } from '../../scripts/breaking/versions.ts';

test.each<[string, Level | undefined, string]>([
  ['1.2.3', 'breaking', '2.0.0'],
  ['1.2.3', 'compatible', '1.3.0'],
  ['1.2.3', 'documentation', '1.2.4'],
  ['1.2.3', undefined, '1.2.3'],
  ['0.2.3', 'breaking', '0.3.0'],
  ['0.2.3', 'compatible', '0.2.4'],
  ['0.2.3', 'documentation', '0.2.4'],
  ['9.9.9', 'compatible', '9.10.0'],
  ['1.0.0-rc.1', 'breaking', '1.0.0-rc.1'],
])('after %s a change that is %s asks for %s', (base, level, lowest) => {
  expect(findLowestVersion(base, level)).toBe(lowest);
});

test.each<[string, Level | undefined, string, boolean]>([
  ['1.0.0', undefined, '1.0.0', true],
  ['1.0.0', undefined, '1.0.1', true],
  ['1.0.0', undefined, '0.9.9', false],
  ['1.0.0', undefined, '1.0.0-rc.1', false],
  ['1.0.0', 'documentation', '1.0.0', false],
  ['1.0.0', 'compatible', '1.0.9', false],
  ['1.0.0', 'compatible', '1.1.0', true],
  ['1.0.0', 'compatible', '1.1.0-rc.1', true],
  ['1.0.0', 'compatible', '10.0.0', true],
  ['1.9.0', 'compatible', '1.10.0', true],
  ['1.0.0', 'breaking', '1.9.0', false],
  ['1.0.0', 'breaking', '2.0.0-rc.1', true],
  ['1.0.0', 'breaking', 'next', false],
  ['1.0.0-rc.1', 'breaking', '1.0.0-rc.1', false],
  ['1.0.0-rc.1', 'breaking', '1.0.0-rc.2', true],
  ['1.0.0-rc.1', 'breaking', '1.0.0', true],
])('after %s a change that is %s and the version %s: %s', (base, level, version, enough) => {
  expect(isEnough(version, base, level)).toBe(enough);
});

test('releases are ordered by their numbers, without prereleases and tags that only look like one', () => {
  const tags = ['v0.9.0', 'v0.10.0', 'v0.10.1-rc.1', 'v1', 'v0.2.10', 'v0.2.9', 'version-2.0.0', 'v0.2.9.1', ''];
  expect(listReleases(tags)).toEqual(['v0.10.0', 'v0.9.0', 'v0.2.10', 'v0.2.9']);
});
