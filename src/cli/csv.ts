/** Formats rows as CSV (RFC 4180, with plain line ends). */
export function formatCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(formatCell).join(',')).join('\n');
}

function formatCell(text: string): string {
  // A spreadsheet runs what starts like a formula; a number, also a negative one, is none.
  const harmless = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
