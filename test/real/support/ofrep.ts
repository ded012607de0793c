/** An OFREP service (specification 0.3.0) on loopback that really evaluates: flagd's own evaluator, on a definition that may change. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FlagdCore } from '@openfeature/flagd-core';

export interface Ofrep {
  readonly url: string;
  /** How many requests came. */
  readonly asked: () => number;
  /** Takes other definitions, as a daemon does when its file changes. */
  load(definitions: object): void;
  stop(): Promise<void>;
}

const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };

/** @param key what `X-API-Key` must be; absent: anything */
export async function startOfrep(definitions: object, key?: string): Promise<Ofrep> {
  let core: FlagdCore;
  const load = (wanted: object): void => {
    core = new FlagdCore(undefined, silent, { disableDynamicCodeGeneration: true });
    core.setConfigurations(JSON.stringify(wanted));
  };
  load(definitions);
  let asked = 0;

  const evaluate = (flagKey: string, context: Readonly<Record<string, string>>): Answer => {
    const flag = core.getFlag(flagKey);
    if (!flag) return { status: 404, body: { key: flagKey, errorCode: 'FLAG_NOT_FOUND' } };
    // Without a value the default of the code holds.
    if (flag.state === 'DISABLED') return { status: 200, body: { key: flagKey, reason: 'DISABLED' } };
    const { value, variant, reason, errorCode, errorMessage } = flag.evaluate(context, silent);
    if (reason === 'ERROR') {
      return { status: 400, body: { key: flagKey, errorCode: errorCode ?? 'GENERAL', errorDetails: errorMessage } };
    }
    return { status: 200, body: { key: flagKey, value, variant, reason } };
  };

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    asked += 1;
    if (key !== undefined && request.headers['x-api-key'] !== key) return { status: 401, body: {} };
    const [, one] = /^\/ofrep\/v1\/evaluate\/flags(?:\/([^/?]+))?$/.exec(request.url ?? '') ?? [undefined, ''];
    if (request.method !== 'POST' || one === '') return { status: 404, body: 'no such page' };
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { context } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { context?: Record<string, string> };
    if (!context?.targetingKey) return { status: 400, body: { errorCode: 'TARGETING_KEY_MISSING' } };
    if (one !== undefined) return evaluate(decodeURIComponent(one), context);
    const enabled = [...core.getFlags()].filter(([, flag]) => flag.state === 'ENABLED');
    const flags = enabled.map(([name]) => evaluate(name, context).body);
    const etag = `"${createHash('sha256').update(JSON.stringify(flags)).digest('hex')}"`;
    return request.headers['if-none-match'] === etag
      ? { status: 304, body: '' }
      : { status: 200, body: { flags }, etag };
  };

  const server = createServer((request, response: ServerResponse) => {
    void answer(request).then(({ status, body, etag }) => {
      response.writeHead(status, { 'content-type': 'application/json', ...(etag === undefined ? {} : { etag }) });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    load,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly etag?: string;
}
