/** An error breaks the contract; a note is something new or undocumented, and breaks nobody. */
export type Severity = 'error' | 'note';

/** What kind of thing was found. */
export type Rule =
  /** The contract declares no such status for the operation. */
  | 'undeclared-status'
  /** The content type is missing, or another than the one that the contract declares. */
  | 'content-type'
  /** The body is empty, or is no JSON. */
  | 'not-json'
  /** The body breaks its schema: a type, a pattern, a required field. */
  | 'schema'
  /** A string is not in the format of its schema, `uuid` for instance. */
  | 'format'
  /** A required header is not there. */
  | 'missing-header'
  /** The value of a declared header breaks its schema. */
  | 'header-value'
  /** A note: the contract does not know this field. */
  | 'unknown-field'
  /** A note: the contract does not know this value of an open set, a currency or an error code for instance. */
  | 'unknown-value'
  /** From `verifyServer` only: the answer is another than the request should get. */
  | 'outcome'
  /** From `verifyServer` only: a currency that was not asked for is there, or one that was is left out. */
  | 'filter'
  /** From `verifyServer` only: the balance of another customer. */
  | 'customer'
  /** From `verifyServer` only, a note: something could not be checked. */
  | 'unchecked';

/** One thing that was found in a response. */
export interface Finding {
  readonly severity: Severity;
  readonly rule: Rule;
  /** `status`, `header <name>`, or `body` and a JSON Pointer into it, such as `body/data/0/balance/used`. */
  readonly location: string;
  readonly message: string;
}

export function error(rule: Rule, location: string, message: string): Finding {
  return { severity: 'error', rule, location, message };
}

export function note(rule: Rule, location: string, message: string): Finding {
  return { severity: 'note', rule, location, message };
}
