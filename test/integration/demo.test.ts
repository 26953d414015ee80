import { expect, it } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { runScript } from '../support/process.ts';

it('npm run demo shows every scenario as money, every error as a typed one, and the life cycle of a credit', async () => {
  const { code, stdout, stderr } = await runScript('scripts/demo.ts');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(/one-currency +USD +\$5\.50 +\$9\.00 +\$13\.00\n/);
  expect(stdout).toMatch(/JPY +¥1,200 +¥300 +¥0\n/);
  expect(stdout).toMatch(/no-credit +no credit\n/);
  expect(stdout).toMatch(/^ApiError 404 not_found: .* \[GET http.*\]$/m);
  expect(stdout).toMatch(/^ApiError 429 too_many_requests: .*retry after 60 s\]$/m);
  expect(stdout).toMatch(
    /event +available +reserved +used\n[- ]+\n.*\$100\.00 +\$0\.00 +\$0\.00\n.*\$70\.00 +\$30\.00 +\$0\.00\n.*\$100\.00 +\$0\.00 +\$0\.00\n.*\$70\.00 +\$30\.00 +\$0\.00\n.*\$70\.00 +\$0\.00 +\$30\.00\n$/,
  );
  expect(stdout.match(/^ApiError /gm)).toHaveLength(scenarios.filter(({ status }) => status !== 200).length);
});
