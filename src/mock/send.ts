import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { withRequestId } from './fit-body.js';
import { describeFault, describeProblem, problemMediaType } from './problem.js';
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

/** Answers what Node refuses before there is a request: with the contract's 431 for too large headers, or a problem. */
export function refuseBadRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const scenario = error.code === 'HPE_HEADER_OVERFLOW' ? findError(431) : undefined;
  const problem = describeProblem('BAD_REQUEST', `Node refuses the request: ${error.message}`);
  const { status } = scenario ?? problem;
  const text = JSON.stringify(scenario === undefined ? problem : withRequestId(scenario.body));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${scenario === undefined ? problemMediaType : 'application/json'}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}
