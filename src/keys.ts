/** A current API key; older ones have another form, which Paddle does not document. Source: Paddle's docs on API keys. */
export const apiKeyPattern = /^pdl_(live|sdbx)_apikey_[a-z\d]{26}_[a-zA-Z\d]{22}_[a-zA-Z\d]{3}$/;

/** What the key of each environment starts with. */
export const keyPrefixes = { live: 'pdl_live_', sandbox: 'pdl_sdbx_' };

/** A token for Paddle.js in a browser, which the API does not accept. */
export function isClientSideToken(key: string): boolean {
  return /^(live|test)_/.test(key);
}
