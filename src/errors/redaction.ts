import { UsageError } from './errors.js';
import { decodeEscapes } from './escapes.js';
import { isPublicHeader } from './public-headers.js';
import { createFinder } from './secrets.js';

type Finder = ReturnType<typeof createFinder>;

export const mask = '[redacted]';
/** How much of a text is looked through, in characters; the rest is cut off. */
export const longestText = 10_000;
/** How many causes of an error are copied. */
const mostCauses = 5;
/** A text such as an error code. A secret of that form reveals nothing where a code is expected. */
const lowercaseWords = /^[a-z]+([_-][a-z]+)*$/;

/** Keeps API keys and other secrets out of texts and errors: a server, or a `fetch`, may echo them. Never throws. */
export class Redactor {
  readonly #secrets = new Set<string>();
  /** Made when they are first needed, and anew after a secret was added. */
  #finders: { all: Finder; unlikeWords: Finder } | undefined;

  /** A redactor with the same secrets, to which more can be added. */
  copy(): Redactor {
    const copy = new Redactor();
    for (const secret of this.#secrets) copy.#secrets.add(secret);
    copy.#finders = this.#finders;
    return copy;
  }

  add(secret: string): void {
    if (this.#secrets.has(secret)) return;
    // What decodes Base64, for example, takes each byte for a character.
    this.#secrets.add(secret).add(toBytes(secret));
    this.#finders = undefined;
  }

  /** The headers of a caller, of which any may hold a secret but those that are known to hold none. */
  addHeaders(headers: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(headers)) {
      if (!isPublicHeader(name)) for (const part of [value, ...value.split(/[\s;,="']+/)]) this.#addDecoded(part);
    }
  }

  /** A text, and what it escapes, also as UTF-8: the server knows that too. */
  #addDecoded(text: string): void {
    const plain = decodeEscapes(text)?.plain ?? text;
    const bytes = Uint8Array.from(plain, (character) => character.charCodeAt(0));
    for (const secret of [text, plain, new TextDecoder().decode(bytes)]) this.add(secret);
  }

  /** The path of a base URL, which may carry a token. */
  addPath(pathname: string): void {
    for (const part of pathname.split('/')) {
      if (part.length >= 10) this.#addDecoded(part);
    }
  }

  /** The text without the secrets, any ten characters in a row of one, or an encoding of them. */
  text(text: string): string {
    return this.#masked(text, this.#find().all);
  }

  /** As `text`, but a text that is nothing but lowercase words, such as `not_found`, may be a secret of that kind. */
  code(text: string): string {
    return lowercaseWords.test(text) ? this.#masked(text, this.#find().unlikeWords) : this.text(text);
  }

  /** A plain copy of an error: name, message, code, stack and cause, and nothing else that might hold a secret. */
  cause(thrown: unknown, depth = 0): Error | undefined {
    if (thrown === undefined || thrown === null || depth > mostCauses) return undefined;
    const read = (name: string): unknown => {
      try {
        return (thrown as Record<string, unknown>)[name];
      } catch {
        return undefined;
      }
    };
    const isObject = typeof thrown === 'object' || typeof thrown === 'function';
    const message = isObject ? read('message') : typeof thrown === 'symbol' ? 'a symbol' : String(thrown);
    const copy = new Error(this.#string(message) ?? '');
    const hidden = (name: string, value: unknown) =>
      Object.defineProperty(copy, name, { value, configurable: true, writable: true });
    const [name, code, stack] = ['name', 'code', 'stack'].map(read);
    hidden('name', this.#string(name) ?? 'Error');
    hidden('stack', this.#string(stack) ?? `${copy.name}: ${copy.message}`);
    const inner = this.cause(read('cause'), depth + 1);
    if (inner !== undefined) hidden('cause', inner);
    return typeof code === 'string' ? Object.assign(copy, { code: this.code(code) }) : copy;
  }

  /**
   * Runs checks of what a caller passed in, and keeps the secrets out of what they say. What else they throw comes from
   * what is read, and may hold anything.
   */
  guard<Value>(check: () => Value): Value {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof UsageError))
        throw new UsageError('What was given could not be read: reading it threw an error.');
      throw new UsageError(this.#withoutQuoted(error.message), { option: error.option });
    }
  }

  /** A key too short to be looked for in any text may still not be quoted as what was received. */
  #withoutQuoted(message: string): string {
    let text = message;
    for (const secret of this.#secrets) text = text.replaceAll(JSON.stringify(secret), mask);
    return this.text(text);
  }

  #string(value: unknown): string | undefined {
    return typeof value === 'string' && value !== '' ? this.text(value) : undefined;
  }

  #find() {
    if (this.#finders === undefined) {
      const secrets = [...this.#secrets];
      this.#finders = {
        all: createFinder(secrets),
        unlikeWords: createFinder(secrets.filter((secret) => !lowercaseWords.test(secret))),
      };
    }
    return this.#finders;
  }

  #masked(text: string, find: Finder): string {
    const isLong = text.length > longestText;
    const searched = isLong ? text.slice(0, longestText) : text;
    let result = '';
    let end = 0;
    for (const [from, to] of find(searched)) {
      result += searched.slice(end, from) + mask;
      end = to;
    }
    return result + searched.slice(end) + (isLong ? '…' : '');
  }
}

/** The bytes of a text in UTF-8, as a character each. */
function toBytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}
