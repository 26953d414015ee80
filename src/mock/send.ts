import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { withRequestId } from './fit-body.js';
import { describeFault, problemMediaType } from './problem.js';
import { findError } from './scenarios.js';

export interface Sent {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

export function send(response: ServerResponse, { status, headers, body }: Sent, method: string): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(text) });
  response.end(method === 'HEAD' ? undefined : text);
}

/** Answers a request at which the mock itself failed. Returns the status; undefined if the connection is closed. */
export function sendFault(response: ServerResponse, error: unknown): number | undefined {
  if (response.headersSent || response.destroyed || response.req.socket.destroyed) {
    response.destroy();
    return undefined;
  }
  const body = describeFault(error);
  const { status } = body;
  send(response, { status, headers: { 'Content-Type': problemMediaType, Connection: 'close' }, body }, '');
  return status;
}

/** Answers what Node refuses before there is a request. Headers that are too large get the contract's 431. */
export function refuseBadRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const scenario = tooLarge ? findError(431) : undefined;
  const status = tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const text = scenario === undefined ? '' : JSON.stringify(withRequestId(scenario.body));
  const type = scenario === undefined ? '' : 'Content-Type: application/json\r\n';
  const head = `HTTP/1.1 ${status}\r\n${type}Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n`;
  socket.end(head + text);
}
