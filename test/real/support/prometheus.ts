/** A real Prometheus that scrapes its targets every second. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { end, freePort, start } from './process.js';

export interface Prometheus {
  readonly url: string;
  /** Waits until `query` gives a value that satisfies `accept`. */
  until(query: string, accept: (value: number) => boolean): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

export interface PrometheusOptions {
  /** Content of a rules file; by it rules are evaluated every second. */
  readonly rules?: string;
  /** Host and port of the Alertmanager that alerts go to. */
  readonly alertmanager?: string;
}

export async function startPrometheus(
  targetPorts: number | readonly number[],
  options: PrometheusOptions = {},
): Promise<Prometheus> {
  const targets = [targetPorts].flat().map((targetPort) => `127.0.0.1:${targetPort}`);
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-prometheus-'));
  const port = await freePort();
  const config = join(folder, 'prometheus.yml');
  writeFileSync(
    config,
    `global: { scrape_interval: 1s, evaluation_interval: 1s }
${options.rules === undefined ? '' : 'rule_files: [rules.yml]'}
${options.alertmanager === undefined ? '' : `alerting: { alertmanagers: [{ static_configs: [{ targets: ["${options.alertmanager}"] }] }] }`}
scrape_configs:
  - job_name: app
    static_configs: [{ targets: ${JSON.stringify(targets)} }]
`,
  );
  if (options.rules !== undefined) writeFileSync(join(folder, 'rules.yml'), options.rules);
  const child = start('prometheus', [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=error',
    // Sent anew every second, so that a test need not wait a minute.
    '--rules.alert.resend-delay=1s',
  ]);
  const url = `http://127.0.0.1:${port}`;
  const server: Prometheus = {
    url,
    until: (query, accept) => until(url, query, accept),
    async kill() {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
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
