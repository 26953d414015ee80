import { UsageError } from '../errors/errors.js';
import { describeValue } from './describe-value.js';
import { refuse } from './refuse.js';

/**
 * Copies each known option, own, inherited or a getter, into a frozen object without a prototype. The value that is
 * checked is then the value that is used, even if the caller changes the object.
 *
 * @throws {UsageError} the options are not an object, or one of them is unknown or cannot be read.
 */
export function readOptions<Options extends object>(
  options: Options,
  known: readonly (keyof Options & string)[],
): Readonly<Options> {
  if (typeof options !== 'object' || options === null) {
    // A string is most likely the key, as other clients take it.
    const received = typeof options === 'string' ? 'a string' : describeValue(options);
    throw new UsageError(`The options must be an object; received ${received}.`);
  }
  if (read('options', () => Symbol.iterator in options)) {
    throw new UsageError('The options must be an object, not a list or a Map.');
  }
  const copy = Object.create(null) as Options;
  for (const name of known) {
    if (name in Object.prototype) {
      refuse(name, 'is set on Object.prototype, and so on every object: remove it there.');
    }
    copy[name] = read(name, () => options[name]);
  }
  // A key in the place of a name, or in it, is one of the values too.
  const isValue = (name: string) => (value: unknown) =>
    name === value || (typeof value === 'string' && value.length >= 8 && name.includes(value));
  const describeName = (name: string) => (Object.values(copy).some(isValue(name)) ? '[redacted]' : describeValue(name));
  const unknown = read('options', () => Object.keys(options)).filter(
    (name) => !known.some((option) => option === name),
  );
  if (unknown.length > 0) {
    throw new UsageError(
      `Unknown option ${unknown.map(describeName).join(', ')}. The options are ${known.join(', ')}.`,
    );
  }
  return Object.freeze(copy);
}

function read<Value>(option: string, value: () => Value): Value {
  try {
    return value();
  } catch {
    // What a getter throws may hold anything.
    refuse(option, 'could not be read: reading it threw an error.');
  }
}
