/** "GET https://…", without the query, so that logs group the same failure. */
export function describeRequest(method: string, url: string): string {
  return `${method} ${url.replace(/[?#].*/s, '')}`;
}

/** "404 not_found", or "404" where there is no code. */
export function describeStatus({ status, code }: { status: number; code?: string | undefined }): string {
  return code === undefined ? String(status) : `${status} ${code}`;
}

/** "name: must be a string." for each field, with a space before it. */
export function describeFields(fields: readonly { field?: string; message?: string }[]): string {
  return fields.map(({ field, message }) => ` ${[field, message].filter(Boolean).join(': ')}.`).join('');
}
