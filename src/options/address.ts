import { servers } from '../../generated/operations.js';
import { describeValue } from './describe-value.js';
import { refuse, refuseReceived } from './refuse.js';

/** An environment of Paddle's: `live`, with real money, or `sandbox`, for tests. */
export type Environment = keyof typeof servers;

export const environments = Object.keys(servers) as Environment[];

/**
 * Reads the URL of a server, without a slash at the end.
 *
 * @throws {UsageError} the URL is not one that a key may be sent to: it is not https, or has a user name, a password, a
 * query or a fragment.
 */
export function readAddress(option: string, address: unknown): string {
  const text = typeof address === 'string' || address instanceof URL ? String(address) : undefined;
  if (text === undefined || !URL.canParse(text)) {
    // The part before an @ may be a password.
    const received = text?.includes('@') ? 'a string with an @' : describeValue(address);
    refuseReceived(option, 'an absolute URL such as https://gateway.example/paddle', received);
  }
  const { protocol, username, password, origin, host, hostname, pathname } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
    refuse(
      option,
      `must be https, or http on this machine (127.0.0.1, localhost); received ${describeValue(`${protocol}//${host}`)}.`,
    );
  }
  if (username !== '' || password !== '' || /[?#]/.test(text)) {
    refuse(option, 'must have no user name, password, query or fragment.');
  }
  // Without the lookbehind, many slashes would take quadratic time.
  return origin + pathname.replace(/(?<!\/)\/+$/, '');
}

/** Whether a host name is this machine. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || /^127(\.\d+){3}$/.test(name) || name === '[::1]';
}

/** Which of Paddle's environments a URL belongs to, however its host is spelled; undefined for another server. */
export function findEnvironmentOfAddress(address: string): Environment | undefined {
  return environments.find((name) => readHost(servers[name].url) === readHost(address));
}

/** Without a port and the dot at the end of a name, which name the same host. */
function readHost(address: string): string {
  return new URL(address).hostname.replace(/\.$/, '');
}
