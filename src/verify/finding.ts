/** An error breaks the contract. A warning is something new or undocumented, which does not. */
export type Severity = 'error' | 'warning';

/** What kind of thing was found. */
export type Rule =
  /** The contract does not list the status for the operation; a warning where the body is the contract's error. */
  | 'undeclared-status'
  /** The content type is missing, or another than the one that the contract declares. */
  | 'content-type'
  /** The body is empty, or is not JSON. */
  | 'not-json'
  /** The body is larger than what is read. */
  | 'body-size'
  /** The body breaks its schema: a type, a pattern, a required field. */
  | 'schema'
  /** A string is not in the format of its schema, `uuid` for example. */
  | 'format'
  /** A required header is missing. */
  | 'missing-header'
  /** The value of a declared header breaks its schema. */
  | 'header-value'
  /** A warning: the contract does not define this field. */
  | 'unknown-field'
  /** A warning: an unknown value of an open set, an error code for example. */
  | 'unknown-value'
  /** From `verifyServer` only: the response is not the one that the request should get. */
  | 'outcome'
  /** From `verifyServer` only: something that was not asked for is there, or something that was is left out. */
  | 'filter'
  /** From `verifyServer` only: an entry is about another customer than the one asked for. */
  | 'customer'
  /** From `verifyServer` only, a warning: something could not be checked. */
  | 'unchecked';

/** One thing that was found in a response. */
export interface Finding {
  /** Whether it breaks the contract. */
  readonly severity: Severity;
  /** Which kind of thing it is. */
  readonly rule: Rule;
  /** `status`, `header <name>`, or `body` and a JSON Pointer into it, such as `body/data/0/id`. */
  readonly location: string;
  /** What is wrong or new there. */
  readonly message: string;
}

export function error(rule: Rule, location: string, message: string): Finding {
  return { severity: 'error', rule, location, message };
}

export function warning(rule: Rule, location: string, message: string): Finding {
  return { severity: 'warning', rule, location, message };
}

/** "error schema at body/data: must be array" */
export function describeFinding({ severity, rule, location, message }: Finding): string {
  return `${severity} ${rule} at ${location}: ${message}`;
}

/** How many findings about one response are listed: a hostile body of a megabyte may give rise to millions. */
const mostFindings = 1000;

/** At most so many findings, errors before warnings, and one more in place of the others. */
export function limitFindings(findings: Finding[]): Finding[] {
  if (findings.length <= mostFindings) return findings;
  const isError = ({ severity }: Finding) => severity === 'error';
  const sorted = [...findings.filter(isError), ...findings.filter((finding) => !isError(finding))];
  const [next] = sorted.slice(mostFindings) as [Finding];
  return [...sorted.slice(0, mostFindings), { ...next, location: 'body', message: 'and more, which are not listed' }];
}
