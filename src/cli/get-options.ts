/** What `get` is called with. */
export interface GetOptions {
  currency: string[] | undefined;
  allowUnknownCurrency: boolean;
  environment: 'live' | 'sandbox' | undefined;
  server: string | undefined;
  json: true | undefined;
  csv: true | undefined;
  ndjson: true | undefined;
  timeout: number;
  locale: string | undefined;
  file: string | undefined;
  column: string | undefined;
  out: string | undefined;
  resume: true | undefined;
  totals: true | undefined;
  requestsPerMinute: number;
  concurrency: number;
  quiet: true | undefined;
}

/** The flags, by the option of the client or of a run that each sets. */
export const getFlags = {
  baseUrl: '--server',
  environment: '--environment',
  currencyCode: '--currency',
  timeout: '--timeout',
  requestsPerMinute: '--requests-per-minute',
  concurrency: '--concurrency',
};
