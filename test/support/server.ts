/** A real server on loopback that remembers what it was sent. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { certificate } from './tls.js';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface StandIn {
  readonly url: string;
  readonly received: readonly Received[];
}

export type Handler = (request: Received, response: ServerResponse, count: number) => void;

/** Starts it for one test; it ends with the test. Tests that run beside each other use `serve`: here it might end with another one. */
export async function standIn(handler: Handler, options: { tls?: boolean } = {}): Promise<StandIn> {
  const served = await serve(handler, options);
  onTestFinished(served.close);
  return served;
}

/** Starts it until it is closed, which throws what it did not like of what it was sent. */
export async function serve(
  handler: Handler,
  { tls = false }: { tls?: boolean } = {},
): Promise<StandIn & { readonly close: () => void }> {
  const received: Received[] = [];
  const wrong: unknown[] = [];
  const listener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const got = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    received.push(got);
    try {
      handler(got, response, received.length);
    } catch (error) {
      // What is wrong with the request fails the test, however well whoever sent it bears that nobody answers.
      wrong.push(error);
      response.destroy();
    }
  };
  const server = tls ? createTlsServer(certificate(), listener) : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close() {
      server.close();
      server.closeAllConnections();
      if (wrong.length > 0) throw wrong[0];
    },
  };
}

export function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** An address where nothing listens. */
export async function deadUrl(): Promise<string> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}
