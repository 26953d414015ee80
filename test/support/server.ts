import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net';

export interface TestServer {
  url: string;
  /** What arrived, in order: for a socket server the raw heads. */
  requests: { method: string; url: string; headers: IncomingMessage['headers'] }[];
  [Symbol.asyncDispose](): Promise<void>;
}

export type Reply = (response: ServerResponse, request: IncomingMessage) => unknown;
export type SocketReply = (socket: Socket) => unknown;

/** A real HTTP server that gives each request the next reply; the last one serves all that follow. */
export async function startHttpServer(...replies: Reply[]): Promise<TestServer> {
  const requests: TestServer['requests'] = [];
  const handleRequest: RequestListener = (request, response) => {
    const reply = replies[Math.min(requests.length, replies.length - 1)];
    requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    void reply?.(response, request);
  };
  return listen(createServer(handleRequest), requests);
}

/** A server of bare sockets, for what no HTTP server would do; each request gets the next reply. */
export async function startSocketServer(...replies: SocketReply[]): Promise<TestServer> {
  const requests: TestServer['requests'] = [];
  const server = createSocketServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const [method = '', url = ''] = chunk.toString('latin1').split(' ');
      const reply = replies[Math.min(requests.length, replies.length - 1)];
      requests.push({ method, url, headers: {} });
      void reply?.(socket);
    });
  });
  return listen(server, requests);
}

async function listen(server: Server, requests: TestServer['requests']): Promise<TestServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Answers with a status, a text and headers; JSON unless the headers say otherwise. */
export function answer(status: number, body: string, headers: Record<string, string> = {}): Reply {
  return (response) => response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);
}

export const answerJson = (status: number, body: unknown, headers?: Record<string, string>) =>
  answer(status, JSON.stringify(body), headers);
