/** What the transport reads of a request. */
export interface ContractRequest
  extends Pick<Request, 'method' | 'url' | 'headers' | 'redirect'>,
    Partial<Pick<Request, 'signal' | 'credentials' | 'body' | 'clone'>> {}

/**
 * The request that openapi-fetch makes where nobody else sees it. The platform's own, with the signal and the copies
 * of its parts, would take more time than all checks of a response.
 */
export class PlainRequest implements ContractRequest {
  declare readonly method: string;
  declare readonly headers: Headers;
  declare readonly redirect: RequestRedirect;
  readonly url: string;

  constructor(url: string, { method, headers, redirect }: Pick<ContractRequest, 'method' | 'headers' | 'redirect'>) {
    this.url = url;
    Object.assign(this, { method, headers, redirect });
  }
}

/** A response that has passed all checks. */
export interface Accepted {
  response: Response;
  /** Where the request went. */
  url: string;
  text: string;
  /** The text, parsed. */
  value: unknown;
}

/** The response to it. With a length, openapi-fetch asks for `json`, and returns the very value that was checked. */
export function makePlainResponse({ response: { status }, value }: Accepted): Response {
  const headers = new Map([['Content-Length', 'any']]);
  return { ok: true, status, headers, json: async () => value } as unknown as Response;
}
