/** A value as an error message shows it: cut short where it is long, and never an object's contents. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  return typeof value === 'number' || value === null ? String(value) : typeof value;
}
