import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemType } from './problem.js';
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

/** Answers where the mock itself failed. */
export function sendFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const status = (error as { status?: number }).status ?? 500;
  const detail = error instanceof Error ? error.message : 'no error was given';
  const body = { type: 'about:blank', title: 'The mock could not answer', status, detail };
  send(response, { status, headers: { 'Content-Type': problemType, Connection: 'close' }, body }, '');
}

/** What Node refuses before there is a request: headers that are too large get the contract's answer. */
export function refuseBadRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const scenario = tooLarge ? findError(431) : undefined;
  const status = tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const text = scenario === undefined ? '' : JSON.stringify(scenario.body);
  const type = scenario === undefined ? '' : 'Content-Type: application/json\r\n';
  const head = `HTTP/1.1 ${status}\r\n${type}Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n`;
  socket.end(head + text);
}
