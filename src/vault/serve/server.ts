import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ApiError } from '../errors.ts';
import { jsonProtocol } from '../wire/json-protocol.ts';
import type { WireAnswer, WireRequest } from '../wire/request.ts';
import { type Responder, respond } from '../wire/respond.ts';
import { readBody } from './body.ts';
import { checkOrigin } from './origin.ts';

export interface ServerOptions extends Responder {
  /** 0: any free one. */
  readonly port: number;
  /** A path where POST forgets all that the vault holds. */
  readonly resetPath?: string;
}

export interface Server {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Takes no new requests, and resolves when those under way have been answered. */
  close(): Promise<void>;
}

/** This machine only: no other can reach it. */
const host = '127.0.0.1';

/** Milliseconds. A client that sends or reads more slowly than this is cut. */
const limits = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000 };
const idle = 60_000;
const draining = 5_000;

/** Answers AWS's calls on a loopback port. Rejects with Node's own error where the port is taken. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const server = http.createServer(
    { ...limits, keepAliveTimeout: idle, maxHeaderSize: 16_384 },
    (request, response) => {
      void serve(options, request, response);
    },
  );
  server.on('clientError', refuseMalformed);
  server.setTimeout(2 * idle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, host, () => resolve());
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () => drain(server),
  };
}

async function serve(options: ServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const headers = headersOf(request);
    checkOrigin(headers, request.socket.localPort!);
    const body = await readBody(request);
    if (request.url === options.resetPath && request.method === 'POST') {
      options.vault.forget();
      return send(response, { status: 200, headers: { 'content-type': jsonProtocol.contentType }, body: '{}' });
    }
    const wire: WireRequest = { method: request.method!, target: request.url!, headers, body };
    send(response, await respond(options, wire));
  } catch (error) {
    if (error instanceof ApiError) send(response.setHeader('connection', 'close'), bare(error));
    else request.destroy(); // the client has gone
  }
}

/** By lower-case name; Node's own map leaves some duplicates out, and what was signed is what was sent. */
function headersOf({ rawHeaders }: IncomingMessage): Map<string, string> {
  const headers = new Map<string, string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!.toLowerCase();
    const before = headers.get(name);
    headers.set(name, before === undefined ? rawHeaders[at + 1]! : `${before},${rawHeaders[at + 1]}`);
  }
  return headers;
}

/** Ends only what is out: a drain closes a connection whose answer has ended, though the client has yet to read it. */
function send(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response
    .writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
    .write(body, () => response.end());
}

/** An error of a request that nobody has looked into. */
const bare = (error: ApiError): WireAnswer => ({
  status: error.status,
  headers: { 'content-type': jsonProtocol.contentType },
  body: jsonProtocol.writeError({ service: 'kms', operation: '' }, error, ''),
});

/** For what is not HTTP, or too much of it; a socket that the client has closed is only closed. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { body } = bare(new ApiError('MalformedHttpRequestException'));
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: ${jsonProtocol.contentType}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function drain(server: http.Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection whose last answer is out would wait for a next request.
    const sweep = setInterval(() => server.closeIdleConnections(), 20);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
    setTimeout(() => server.closeAllConnections(), draining).unref();
  });
}
