import { operationPath } from '../operation.js';

const template = operationPath.split('/');
const parameter = template.indexOf('{customer_id}');

/** The customer id in a path, decoded; undefined where the path is not the operation's. Matches as Prism does. */
export function customerIdIn(pathname: string): string | undefined {
  const parts = pathname.split('/').map(decoded);
  const matches = parts.length === template.length && template.every((part, i) => i === parameter || part === parts[i]);
  return matches ? parts[parameter] : undefined;
}

/** What is no valid escape stays as it is, which then breaks the pattern of the id. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
