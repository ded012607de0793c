/** A real nginx in front of two or more versions, and the interface by which their weights are changed. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ControlApi, type ControlApiOptions, type Weights } from '../../support/control-api.js';
import { freePort, start, until } from './process.js';

export interface Nginx {
  /** Where users ask. */
  readonly url: string;
  /** What nginx itself says of its weights. */
  weights(): Promise<Weights>;
  /** A new configuration, and a reload; it is over when the old worker has served its last request. */
  share(weights: Weights): Promise<void>;
  stop(): Promise<void>;
}

/** nginx takes whole numbers; hundredths of a percent are. */
const perPercent = 100;

/** @param ports of the versions, by name */
export async function startNginx(ports: Readonly<Record<string, number>>, weights: Weights): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-nginx-'));
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  const write = (to: Weights): void => writeFileSync(file, configOf({ folder, port, ports, weights: to }));
  mkdirSync(join(folder, 'temp'));
  write(weights);
  const args = ['-p', folder, '-c', file, '-e', join(folder, 'error.log')];
  // Debian has it where only root looks.
  const path = { PATH: [process.env.PATH ?? '', '/usr/sbin'].join(delimiter) };
  const child = start('nginx', args, path);
  const url = `http://127.0.0.1:${port}`;
  const ask = async () => {
    const response = await fetch(`${url}/-/weights`);
    return { weights: (await response.json()) as Weights, worker: Number(response.headers.get('x-worker')) };
  };
  await until('nginx answers', async () => JSON.stringify((await ask()).weights) === JSON.stringify(weights));
  return {
    url,
    weights: async () => (await ask()).weights,
    async share(to) {
      const { worker } = await ask();
      write(to);
      const reload = start('nginx', [...args, '-s', 'reload'], path);
      const [code] = (await once(reload, 'exit')) as [number];
      if (code !== 0) throw new Error(`nginx does not take ${JSON.stringify(to)}`);
      // Until then the old worker and the new one take connections from the same socket.
      await until('the old worker ends', () => Promise.resolve(!isAlive(worker)));
    },
    async stop() {
      // A crash would leave its workers behind.
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

interface Config {
  readonly folder: string;
  readonly port: number;
  readonly ports: Readonly<Record<string, number>>;
  readonly weights: Weights;
}

function configOf({ folder, port, ports, weights }: Config): string {
  // A server that gets nothing is left out: a weight of 0 is none.
  const servers = Object.entries(weights)
    .filter(([, percent]) => percent > 0)
    .map(([name, percent]) => {
      const weight = Math.round(percent * perPercent);
      return `server 127.0.0.1:${ports[name]} weight=${weight} max_fails=0;`;
    });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (what) => `${what}_temp_path ${join(folder, 'temp', what)};`,
  );
  return `daemon off;
master_process on;
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
events { worker_connections 512; }
http {
  access_log off;
  ${temporary.join('\n  ')}
  upstream checkout { ${servers.join(' ')} }
  server {
    listen 127.0.0.1:${port};
    location = /-/weights { default_type application/json; add_header x-worker $pid; return 200 '${JSON.stringify(weights)}'; }
    location / { proxy_pass http://checkout; proxy_next_upstream off; }
  }
}
`;
}

export interface Control {
  readonly api: ControlApi;
  readonly url: string;
  stop(): Promise<void>;
}

/** What an operator puts beside nginx so that others may move its traffic. */
export async function startControl(nginx: Nginx, options: Omit<ControlApiOptions, 'apply'>): Promise<Control> {
  const api = new ControlApi({ ...options, apply: (weights) => nginx.share(weights) });
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const got = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      const asked = got.method === 'GET' ? nginx.weights() : Promise.resolve(api.weights);
      asked
        .then((weights) => {
          // What nginx says goes, whatever was written.
          api.weights = weights;
          return api.answer(got);
        })
        .then(
          ({ status, headers: own, body, lost }) => {
            if (lost) {
              response.destroy();
              return;
            }
            response.writeHead(status, { 'content-type': 'application/json', ...own });
            response.end(JSON.stringify(body));
          },
          () => response.destroy(),
        );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    api,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/traffic`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
