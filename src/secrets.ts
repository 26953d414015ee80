const mask = '[redacted]';
/** A part of a key that is shorter gives nothing away, and is likely to be an ordinary word. */
const shortestSecret = 8;
/** Where the search through a foreign error stops: what is larger is treated as if it held the key. */
const mostValues = 2_000;

/** Keeps one API key out of texts and errors that come from elsewhere: a server or a `fetch` may echo it. */
export class Redactor {
  readonly #secrets: readonly string[];

  constructor(apiKey: string) {
    // A key is a few parts joined by `_`, and a server may quote one of them alone.
    this.#secrets = [apiKey, ...apiKey.split('_')].filter((part) => part.length >= shortestSecret);
  }

  text(text: string): string {
    return this.#secrets.reduce((result, secret) => result.replaceAll(secret, mask), text);
  }

  /** The same JSON value with every string redacted. A key holds no character that JSON escapes. */
  json<Value>(value: Value): Value {
    return value === undefined ? value : (JSON.parse(this.text(JSON.stringify(value))) as Value);
  }

  /** The error itself where it is clean, which is nearly always; else a copy of what may be told of it. */
  cause(error: unknown): unknown {
    if (!this.#holdsSecret(error)) return error;
    const { name, message, code, cause } = (typeof error === 'object' ? error : { message: error }) as {
      [key in 'name' | 'message' | 'code' | 'cause']?: unknown;
    };
    const copy = new Error(this.text(String(message)), { cause: this.cause(cause) });
    if (typeof name === 'string') copy.name = this.text(name);
    return typeof code === 'string' ? Object.assign(copy, { code: this.text(code) }) : copy;
  }

  #holdsSecret(root: unknown): boolean {
    const seen = new Set<unknown>();
    const open: unknown[] = [root];
    while (open.length > 0) {
      const value = open.pop();
      if (typeof value === 'string' && this.text(value) !== value) return true;
      if (typeof value !== 'object' || value === null || seen.has(value)) continue;
      seen.add(value);
      if (seen.size > mostValues) return true;
      // A Request shows its headers through a getter of its class, the other three by iteration only.
      if (value instanceof Request) open.push(value.headers);
      else if (value instanceof Headers || value instanceof Map || value instanceof Set) open.push([...value]);
      // The one getter that is read: since Node 21, and in Firefox, an error's stack is no plain property.
      if ('stack' in value) open.push(value.stack);
      // Hidden properties and symbols too; any other getter is not called, since it may do anything.
      for (const key of Reflect.ownKeys(value)) open.push(key, Object.getOwnPropertyDescriptor(value, key)?.value);
    }
    return false;
  }
}
