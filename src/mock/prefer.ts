import { type Scenario, scenarios } from '../../generated/scenarios.js';
import { type Problem, problem } from './problem.js';

/**
 * The scenario that a `Prefer` header asks for: `code=404`, `example=not_found`, or both.
 *
 * @returns undefined where it asks for none, and a problem that lists what exists where it asks for what does not.
 */
export function preferredScenario(header: string | null | undefined): Scenario | Problem | undefined {
  const wanted = new Map<string, string>();
  for (const part of (header ?? '').split(/[,;]/)) {
    const [name = '', value = ''] = part.split('=', 2).map((text) => text.trim());
    wanted.set(name.toLowerCase(), value.replace(/^"(.*)"$/, '$1'));
  }
  const code = wanted.get('code');
  const example = wanted.get('example');
  if (wanted.get('dynamic') === 'true') return refusal('dynamic=true, and this mock invents no answers');
  // RFC 7240: a preference that a server does not know is ignored.
  if (code === undefined && example === undefined) return undefined;
  const found = scenarios.find(
    ({ status, name }) => (code === undefined || code === String(status)) && (example ?? name) === name,
  );
  if (found !== undefined) return found;
  const asked = [code === undefined ? [] : `code=${code}`, example === undefined ? [] : `example=${example}`].flat();
  return refusal(`${asked.join(', ').slice(0, 100)}, which the contract has not`);
}

function refusal(what: string): Problem {
  const all = scenarios.map(({ status, name }) => `code=${status}, example=${name}`).join('; ');
  return problem('UNPROCESSABLE_ENTITY', `The Prefer header asks for ${what}. There are: ${all}`);
}
