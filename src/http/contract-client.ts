import createClient, { type ClientOptions } from 'openapi-fetch';
import type { paths } from '../../generated/openapi.js';
import type { ClientSettings } from '../options/client-settings.js';

/** openapi-fetch's client with the settings of a client of this package, and with what else it is made of. */
export function createContractClient({ base, headers }: ClientSettings, parts: ClientOptions) {
  const client = createClient<paths>({ baseUrl: base, headers, redirect: 'manual', ...parts });
  client.use({
    // The last to see an error. Without it, a falsy one, such as the reason of `abort(null)`, counts as none.
    onError({ error }) {
      throw error;
    },
  });
  return client;
}
