import { readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transform } from 'esbuild';
import { expect, it } from 'vitest';
import { root, run } from '../support/process.ts';
import { makeStranger } from '../support/stranger.ts';
import { newerNode } from './runtimes.ts';

const require = createRequire(import.meta.url);
/** Its exports do not name the file. */
const jestFile = path.join(path.dirname(require.resolve('jest/package.json')), 'bin/jest.js');

/** The blocks of code of a recipe. */
async function readRecipe(name: string): Promise<string[]> {
  const text = await readFile(path.join(root, 'scripts/docs/recipes', `${name}.md`), 'utf8');
  return [...text.matchAll(/```\w+\n([\s\S]*?)```/g)].map(([, code = '']) => code);
}

/** What a stranger has installed beside the package. */
async function addPackages(folder: string, names: string[]): Promise<void> {
  for (const name of names) {
    const target = path.join(import.meta.dirname, 'node_modules', name);
    await symlink(target, path.join(folder, 'node_modules', name));
  }
}

it('the recipe for Jest passes there, and fails where the credit is another', async () => {
  await using own = await makeStranger();
  await addPackages(own.folder, ['jest', '@swc']);
  const [config = '', test = ''] = await readRecipe('jest');
  const write = (name: string, text: string) => writeFile(path.join(own.folder, name), text);
  await write('package.json', '{}');
  await write('jest.config.cjs', config);
  await write('credit.test.cjs', test);
  await write('wrong.test.cjs', test.replace("'JPY'", "'GBP'"));
  const jest = (name: string) => run(process.execPath, [jestFile, '--testMatch', `**/${name}.test.cjs`], own.folder);
  expect(await jest('credit')).toMatchObject({ code: 0, stderr: expect.stringContaining('1 passed') });
  expect(await jest('wrong')).toMatchObject({ code: 1, stderr: expect.stringContaining('1 failed') });
});

it('the recipe for msw works with version 3 as it says', async () => {
  await using own = await makeStranger();
  await addPackages(own.folder, ['msw']);
  const [snippet = '', output = '', difference = ''] = await readRecipe('msw');
  const [, before = '', after = ''] = /^-(.*)\n\+(.*)$/m.exec(difference) ?? [];
  expect(snippet).toContain(before);
  const code = await transform(snippet.replace(before, after), { loader: 'ts' });
  await writeFile(path.join(own.folder, 'snippet.mjs'), code.code);
  const ended = await run(newerNode, ['--disable-warning=ExperimentalWarning', 'snippet.mjs'], own.folder);
  expect(ended).toEqual({ code: 0, stderr: '', stdout: output });
});
