import { expect, it } from 'vitest';
import { runScript } from '../support/process.ts';

it('the main entry and the installed package stay below their limits', async () => {
  const { code, stdout, stderr } = await runScript('scripts/size.ts');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^main entry, minified and gzip +\d,\d{3} B/m);
  expect(stdout).toMatch(/^installed, with dependencies +\d,\d{3},\d{3} B/m);
});
