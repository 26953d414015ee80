import type { Command } from 'commander';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { makeGetCommand } from '../../src/cli/get.ts';
import { makeMockCommand } from '../../src/cli/mock.ts';
import { run } from '../../src/cli/program.ts';
import { makeVerifyCommand } from '../../src/cli/verify.ts';
import { probeNames } from '../../src/credit-balances/probes.ts';

afterEach(() => void vi.restoreAllMocks());

const commands: [string, () => Command][] = [
  ['get', makeGetCommand],
  ['mock', makeMockCommand],
  ['verify', makeVerifyCommand],
];

/** Runs the command line, and returns what it wrote to both streams. */
async function runCommand(...args: string[]) {
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      printed[name] += text;
      return true;
    });
  }
  const errors = vi.spyOn(console, 'error').mockReturnValue(undefined);
  const code = await run(args);
  return { code, ...printed, errors: errors.mock.calls.flat() };
}

describe('the help', () => {
  test.each(commands)('of %s says what each option and argument is', (_, make) => {
    const { options, registeredArguments } = make();
    const described = [...options, ...registeredArguments].map(({ description, ...each }) => [
      'flags' in each ? each.flags : 'an argument',
      description.length >= 10,
    ]);
    expect(described.length).toBeGreaterThan(5);
    expect(described.filter(([, isDescribed]) => !isDescribed)).toEqual([]);
  });

  test.each(commands)('of %s has a summary, what else there is to know, and examples', async (name, make) => {
    const { code, stdout } = await runCommand(name, '--help');
    expect(code).toBe(0);
    expect(make().description()).toMatch(/^[A-Z].{20,}\.$/);
    expect(stdout).toMatch(/\nExit codes: 0 .*\nExamples:\n {2}[^\n]*paddle-credit-balances/s);
  });

  it('of get and verify says where the key comes from', async () => {
    for (const name of ['get', 'verify']) {
      const { stdout } = await runCommand(name, '--help');
      expect(stdout).toMatch(/read from the environment variable PADDLE_API_KEY, or else from standard input\./);
    }
  });

  it('of verify and mock lists what there is to choose from', () => {
    const find = (command: Command, long: string) => command.options.find((option) => option.long === long);
    expect(find(makeVerifyCommand(), '--skip')?.description).toContain(`: ${probeNames.join(', ')};`);
    const choices = find(makeMockCommand(), '--fail-with')?.argChoices;
    expect(choices).toContain('not_found');
    expect(choices).not.toContain('one-currency');
    expect(choices).toContain('bad_request');
    expect(new Set(choices).size).toBe(choices?.length);
  });
});

describe('a wrong option', () => {
  test.each([
    [['--wrong'], 'All options: paddle-credit-balances --help'],
    [['get', '--wrong'], 'All options: paddle-credit-balances get --help'],
    [['mock', '--wrong'], 'All options: paddle-credit-balances mock --help'],
    [['verify', '--server', 'http://a.example', '--wrong'], 'All options: paddle-credit-balances verify --help'],
  ])('is answered with the command that shows the right ones: %j', async (args, hint) => {
    const { code, stdout, stderr } = await runCommand(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toBe(`error: unknown option '--wrong'\n${hint}\n`);
  });

  it('is a failure of its own with one line, where a command finds it', async () => {
    const { code, stderr, errors } = await runCommand('get', 'ctm_1', '--currency', 'UDS');
    expect([code, stderr]).toEqual([2, '']);
    expect(errors).toEqual([
      '--currency UDS is no currency that the contract knows. Did you mean USD? To ask for it anyway: --allow-unknown-currency.',
    ]);
  });
});
