import { expect, it } from 'vitest';
import { runScript } from '../support/process.ts';

it('the bundled client and the installed package stay below their size limits', async () => {
  const { code, stdout, stderr } = await runScript('scripts/size.ts');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^the client, minified and gzip +\d+,\d{3} B/m);
  expect(stdout).toMatch(/^the main entry, everything +\d+,\d{3} B/m);
  expect(stdout.match(/^installed, with dependencies +\d,\d{3},\d{3} B/gm)).toHaveLength(2);
});
