/** A real Prometheus that scrapes one target every second. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface Prometheus {
  readonly url: string;
  /** Waits until `query` gives a value that satisfies `accept`. */
  until(query: string, accept: (value: number) => boolean): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

export async function startPrometheus(targetPort: number): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-prometheus-'));
  const port = await freePort();
  const config = join(folder, 'prometheus.yml');
  writeFileSync(
    config,
    `global: { scrape_interval: 1s }
scrape_configs:
  - job_name: app
    static_configs: [{ targets: ["127.0.0.1:${targetPort}"] }]
`,
  );
  const child = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const url = `http://127.0.0.1:${port}`;
  const server: Prometheus = {
    url,
    until: (query, accept) => until(url, query, accept),
    kill: () => kill(child, folder),
  };
  await server.until('min_over_time(up[3s])', (value) => value === 1);
  return server;
}

async function until(url: string, query: string, accept: (value: number) => boolean): Promise<void> {
  for (let i = 0; i < 300; i += 1) {
    await delay(100);
    try {
      const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`);
      const body = (await response.json()) as { data?: { result?: { value: [number, string] }[] } };
      const values = body.data?.result ?? [];
      if (values.some(({ value }) => accept(Number(value[1])))) return;
    } catch {
      // Not listening yet.
    }
  }
  throw new Error(`${query} did not become true within 30 s`);
}

async function kill(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}
