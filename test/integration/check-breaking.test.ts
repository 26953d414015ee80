import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { root, run, runScript } from '../support/process.ts';

const bundle = 'generated/openapi.json';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'release-'));
  await mkdir(path.join(folder, 'generated'));
  await cp(path.join(root, bundle), path.join(folder, bundle));
  await version('1.0.0');
  await git('init', '--quiet');
});
afterEach(() => rm(folder, { recursive: true }));

const check = (...args: string[]) => runScript('scripts/check-breaking.ts', args, folder);

async function git(...args: string[]) {
  // Whoever runs the tests may sign commits, or have no name at all.
  const settings = ['user.name=test', 'user.email=test@localhost', 'commit.gpgSign=false', 'tag.gpgSign=false'];
  const ended = await run('git', [...settings.flatMap((setting) => ['-c', setting]), ...args], folder);
  expect(ended.stderr).toBe('');
  return ended;
}

async function release(tag: string) {
  await git('add', '--all');
  await git('commit', '--quiet', '--allow-empty', '--message', tag);
  await git('tag', tag);
}

/** What is committed last has no tag. */
const work = () => git('commit', '--quiet', '--allow-empty', '--message', 'work');

// biome-ignore lint/suspicious/noExplicitAny: an edit reaches anywhere into the bundle.
async function edit(change: (bundle: any) => unknown, file = bundle) {
  const parsed = JSON.parse(await readFile(path.join(folder, file), 'utf8'));
  change(parsed);
  await writeFile(path.join(folder, file), JSON.stringify(parsed));
}

async function version(contract: string, ofPackage = contract) {
  await edit((parsed) => (parsed.info.version = contract));
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ version: ofPackage }));
}

// biome-ignore lint/suspicious/noExplicitAny: as above.
const breaks = (parsed: any) => parsed.components.schemas.CreditTotals.required.pop();
// biome-ignore lint/suspicious/noExplicitAny: as above.
const adds = (parsed: any) => (parsed.components.schemas.Amount.maxLength = 30);
// biome-ignore lint/suspicious/noExplicitAny: as above.
const rewords = (parsed: any) => (parsed.info.title = 'Credit');

describe('npm run check:breaking', () => {
  it('says that there is no release yet', async () => {
    const { code, stdout } = await check();
    expect(stdout).toMatch(/^No release yet/);
    expect(code).toBe(0);
  });

  it('passes a version that is the same as the last one where nothing changed', async () => {
    await release('v1.0.0');
    await work();
    const { code, stdout } = await check();
    expect(stdout).toBe('Compared with v1.0.0:\nNo changes.\n');
    expect(code).toBe(0);
  });

  it('prints each change in one line with its place, and what the version must be', async () => {
    await release('v1.0.0');
    await work();
    await edit(breaks);
    await edit(rewords);
    const { code, stdout, stderr } = await check();
    expect(stdout).toBe(`Compared with v1.0.0:
breaking       Properties of \`balance\` are no longer required: \`used\`.  #/components/schemas/CreditTotals/required
documentation  \`title\` of \`info\` changed from "Paddle credit balances" to "Credit".  #/info/title
1 breaking, 0 compatible, 1 documentation.
`);
    expect(stderr).toBe('The version must be at least 2.0.0 after 1.0.0, and is 1.0.0.\n');
    expect(code).toBe(1);
  });

  test.each<[string, string, string, (parsed: object) => unknown]>([
    ['1.0.0', '1.1.0', '2.0.0', breaks],
    ['1.0.0', '1.0.1', '1.1.0', adds],
    ['1.0.0', '1.0.0', '1.0.1', rewords],
    ['0.1.0', '0.1.1', '0.2.0', breaks],
    ['0.1.0', '0.1.0', '0.1.1', adds],
  ])('after %s and one edit refuses %s and takes %s', async (before, tooLow, enough, change) => {
    await version(before);
    await release(`v${before}`);
    await work();
    await edit(change);
    await version(tooLow);
    expect(await check()).toMatchObject({ code: 1, stderr: expect.stringContaining(`at least ${enough}`) });
    await version(enough);
    expect(await check()).toMatchObject({ code: 0, stderr: '' });
  });

  it('refuses a package whose version is not that of the contract, released or not', async () => {
    await version('1.1.0', '1.0.0');
    const message = 'info.version is 1.1.0, but package.json says 1.0.0.\n';
    expect(await check()).toMatchObject({ code: 1, stderr: message });
    await version('1.0.0');
    await release('v1.0.0');
    await work();
    await edit(adds);
    await version('1.1.0', '1.0.0');
    expect(await check()).toMatchObject({ code: 1, stderr: message });
  });

  it('takes the highest release for the last one, and no prerelease, other tag or other line', async () => {
    for (const one of ['0.10.0', '0.9.0', '0.11.0-rc.1']) {
      await version(one);
      await release(`v${one}`);
    }
    await git('tag', 'v0');
    await git('tag', 'very-old');
    await git('checkout', '--quiet', '-b', 'other');
    await release('v2.0.0');
    await git('checkout', '--quiet', '-');
    await work();
    await version('0.10.0');
    expect((await check()).stdout).toMatch(/^Compared with v0\.10\.0:/);
  });

  it('compares a commit that is a release itself with the one before', async () => {
    await release('v1.0.0');
    await edit(breaks);
    await version('1.0.1');
    await release('v1.0.1');
    const { code, stdout } = await check();
    expect(stdout).toMatch(/^Compared with v1\.0\.0:/);
    expect(code).toBe(1);
  });

  it('compares what is not committed yet with the release that is checked out', async () => {
    await release('v1.0.0');
    await edit(breaks);
    const { code, stdout } = await check();
    expect(stdout).toMatch(/^Compared with v1\.0\.0:/);
    expect(code).toBe(1);
  });

  it('takes a first release for what it is', async () => {
    await release('v1.0.0');
    expect((await check()).stdout).toMatch(/^No release yet/);
  });

  it('compares with the file, commit or branch that --base names, and --spec as the new bundle', async () => {
    await release('v1.0.0');
    await git('branch', 'old');
    await cp(path.join(folder, bundle), path.join(folder, 'base.json'));
    await edit(breaks);
    for (const base of ['base.json', 'old', 'HEAD', 'v1.0.0']) {
      const { code, stdout } = await check('--base', base);
      expect(stdout).toMatch(new RegExp(`^Compared with ${base}:\nbreaking `));
      expect(code).toBe(1);
    }
    expect(await check('--base', 'old', '--spec', 'base.json')).toMatchObject({ code: 0 });
  });

  it('reports as JSON with --json', async () => {
    await release('v1.0.0');
    await work();
    await edit(breaks);
    const { code, stdout } = await check('--json');
    expect(JSON.parse(stdout)).toEqual({
      base: { name: 'v1.0.0', version: '1.0.0' },
      version: '1.0.0',
      packageVersion: '1.0.0',
      level: 'breaking',
      lowest: '2.0.0',
      changes: [
        {
          level: 'breaking',
          location: '#/components/schemas/CreditTotals/required',
          message: 'Properties of `balance` are no longer required: `used`.',
        },
      ],
      problems: ['The version must be at least 2.0.0 after 1.0.0, and is 1.0.0.'],
    });
    expect(code).toBe(1);
  });

  it('refuses to take a shallow clone for a project without releases', async () => {
    await release('v1.0.0');
    await work();
    const clone = path.join(folder, 'clone');
    await git('clone', '--quiet', '--depth', '1', '--no-tags', pathToFileURL(folder).href, clone);
    const { code, stderr } = await runScript('scripts/check-breaking.ts', [], clone);
    expect(stderr).toMatch(/^This clone is shallow.*git fetch --unshallow --tags\n$/);
    expect(code).toBe(2);
  });

  it('says so where there is no repository', async () => {
    await rm(path.join(folder, '.git'), { recursive: true });
    const { code, stderr } = await check();
    expect(stderr).toBe('This is no git repository: say by --base what to compare with.\n');
    expect(code).toBe(2);
  });

  test.each<[string[], RegExp]>([
    [['--base', 'v9.9.9'], /^v9\.9\.9 is neither a file nor a commit, branch or tag of this repository\.\n$/],
    [['--base', '--all'], /--base/],
    [['--base', 'empty'], /^empty has no generated\/openapi\.json\.\n$/],
    [['--base', 'text.json'], /^text\.json is not JSON\.\n$/],
    [['--base', 'package.json'], /^package\.json is not an OpenAPI 3 description\.\n$/],
    [['--base', 'nameless.json'], /^nameless\.json has no semantic version at info\.version\.\n$/],
    [['--spec', 'none.json'], /^none\.json cannot be read: ENOENT\.\n$/],
    [['--force'], /Unknown option '--force'/],
    [['file'], /Unexpected argument 'file'/],
  ])('with the arguments %j exits with 2 and says why', async (args, message) => {
    await git('commit', '--quiet', '--allow-empty', '--message', 'empty');
    await git('branch', 'empty');
    await writeFile(path.join(folder, 'text.json'), 'openapi: 3.1.1');
    await writeFile(path.join(folder, 'nameless.json'), '{"openapi":"3.1.1","info":{"version":"new"}}');
    const { code, stderr } = await check(...args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it('explains itself with --help', async () => {
    const { code, stdout } = await check('--help');
    expect(stdout).toMatch(/^Usage: npm run check:breaking/);
    expect(code).toBe(0);
  });
});
