/** A Prometheus with a story to tell: each query has one value for each time at which it is asked. Its shapes: test/contract/prometheus.contract.ts. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** By a part of the query; the last value stands for all times after it. `null`: no series. */
export type Course = Readonly<Record<string, readonly (number | null)[]>>;

export interface Told {
  readonly url: string;
  close(): void;
}

/** @param down answers 503, as a gateway does before a Prometheus that is gone, from the so-manieth time on; 1: always */
export async function tellingPrometheus(course: Course, down = Number.POSITIVE_INFINITY, port = 0): Promise<Told> {
  const times: string[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
      const time = form.get('time') ?? '';
      if (!times.includes(time)) times.push(time);
      const index = times.indexOf(time);
      if (index + 1 >= down) {
        response.writeHead(503, { 'content-type': 'text/plain' });
        response.end('upstream connect error or disconnect/reset before headers');
        return;
      }
      const query = form.get('query') ?? '';
      const data = { resultType: 'vector', result: resultOf(query, Number(time), index, course) };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ status: 'success', data }));
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function resultOf(query: string, time: number, index: number, course: Course): unknown[] {
  const [, label] = /label_replace\([\s\S]*?"(signalbox\w*)"/.exec(query) ?? [];
  // Which series are alive, and their newest sample.
  if (label !== undefined) {
    const tags = new Set([...query.matchAll(/"((?:live|recent|newest) \d+)"/g)].map(([, tag = '']) => tag));
    return [...tags].map((tag) => ({
      metric: { [label]: tag },
      value: [time, String(tag.startsWith('newest') ? time - 6 : 3)],
    }));
  }
  const [, values = []] = Object.entries(course).find(([part]) => query.includes(part)) ?? [];
  const value = values[Math.min(index, values.length - 1)];
  return value === undefined || value === null ? [] : [{ metric: {}, value: [time, String(value)] }];
}
