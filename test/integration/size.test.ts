import { expect, it } from 'vitest';
import { runScript } from '../support/process.ts';

it('the main entry stays below its ceiling', async () => {
  const { code, stdout, stderr } = await runScript('scripts/size.ts');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^main entry, minified and gzip +\d{4} B/);
});
