import { InvalidArgumentError } from 'commander';
import { currencies } from '../../generated/currencies.js';
import { exitCodes, Failure } from './exit.js';

/** An integer that an option of ours checks where it is used. */
export function readInteger(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be an integer.');
  return Number(text);
}

/** A number of requests a minute, whose range is checked where it is used. */
export function readRate(text: string): number {
  if (!/^(\d+(\.\d+)?|Infinity)$/.test(text)) {
    throw new InvalidArgumentError('It must be a positive number, or Infinity for no limit.');
  }
  return Number(text);
}

/** A number of milliseconds; whether a timer can wait that long is checked where it is used. */
export function readMilliseconds(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be an integer of milliseconds.');
  return Number(text);
}

/** Comma-separated codes in any case, added to those of the same option before. */
export function readCurrencies(text: string, before: readonly string[] = []): string[] {
  const codes = text.split(',').map((code) => code.trim().toUpperCase());
  const wrong = codes.find((code) => !/^[A-Z]{3}$/.test(code));
  if (wrong !== undefined) {
    throw new InvalidArgumentError(`It must be comma-separated codes of three letters, such as USD,EUR.`);
  }
  return [...new Set([...before, ...codes])];
}

/** The codes that the contract does not know, each with the nearest one that it does. */
export function findUnknownCurrencies(codes: readonly string[]): { code: string; nearest: string }[] {
  const known = Object.keys(currencies);
  return codes
    .filter((code) => !known.includes(code))
    .map((code) => {
      const distances = known.map((other) => [distance(code, other), other] as const);
      return { code, nearest: distances.sort(([left], [right]) => left - right)[0]?.[1] ?? '' };
    });
}

/** A letter in another place counts less than another letter: UDS is USD. */
function distance(code: string, other: string): number {
  return [...code].reduce(
    (sum, letter, index) => sum + (other[index] === letter ? 0 : other.includes(letter) ? 1 : 2),
    0,
  );
}

export function readLocale(text: string): string {
  try {
    return Intl.getCanonicalLocales(text)[0] as string;
  } catch {
    throw new InvalidArgumentError('It must be a BCP 47 tag such as en-US.');
  }
}

/** `Name: value`, added to those of the same option before. */
export function readHeader(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, value] = /^([^:\s]+):\s*(.*)$/s.exec(text) ?? [];
  // A message of an argument would show it, and with it a secret.
  if (name === undefined) throw new Failure('--header must be written as "Name: value".', exitCodes.usage);
  return { ...before, [name]: value ?? '' };
}
