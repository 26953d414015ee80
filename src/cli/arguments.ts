import { InvalidArgumentError } from 'commander';

/** A number of milliseconds; whether a timer can wait that long is checked where it is used. */
export function milliseconds(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number of milliseconds.');
  return Number(text);
}

/** Codes with commas between, as Paddle takes them. */
export function currencyList(text: string): string[] {
  return text.split(',').map((code) => code.trim());
}

export function localeTag(text: string): string {
  try {
    return Intl.getCanonicalLocales(text)[0] as string;
  } catch {
    throw new InvalidArgumentError('It must be a BCP 47 tag such as en-US.');
  }
}
