import { type Scenario, scenarios } from '../../generated/scenarios.js';
import { describeProblem, type Problem } from './problem.js';

/**
 * Finds the scenario that a `Prefer` header asks for: `code=404`, `example=not_found`, or both.
 *
 * @returns undefined if it asks for none, and a problem that lists the scenarios if the operation has no such one.
 */
export function findPreferred(operationId: string, header: string | null | undefined): Scenario | Problem | undefined {
  const wanted = new Map<string, string>();
  for (const part of (header ?? '').split(/[,;]/)) {
    const [name = '', value = ''] = part.split('=', 2).map((text) => text.trim());
    wanted.set(name.toLowerCase(), value.replace(/^"(.*)"$/, '$1'));
  }
  const code = wanted.get('code');
  const example = wanted.get('example');
  const candidates = scenarios.filter(({ operation }) => operation === operationId);
  const refuse = (what: string) => {
    const all = candidates.map(({ status, name }) => `code=${status}, example=${name}`).join('; ');
    return describeProblem('UNPROCESSABLE_ENTITY', `The Prefer header asks for ${what}. Available: ${all}`);
  };
  if (wanted.get('dynamic') === 'true') return refuse('dynamic=true, and this mock invents no answers');
  // RFC 7240: unknown preferences are ignored.
  if (code === undefined && example === undefined) return undefined;
  const found = candidates.find(
    ({ status, name }) => (code === undefined || code === String(status)) && (example ?? name) === name,
  );
  if (found !== undefined) return found;
  const asked = [code === undefined ? [] : `code=${code}`, example === undefined ? [] : `example=${example}`].flat();
  return refuse(`${asked.join(', ').slice(0, 100)}, which the contract does not define`);
}
