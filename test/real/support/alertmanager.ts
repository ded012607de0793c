/** A real Alertmanager. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, freePort, start, until } from './process.js';

export interface Alertmanager {
  readonly url: string;
  /** Host and port. */
  readonly target: string;
  /** Silences all alerts of this name for an hour; what it gives ends that. */
  silence(alertname: string): Promise<() => Promise<void>>;
  /** Waits until an alert of this name is there in this state. */
  until(alertname: string, state: 'active' | 'suppressed'): Promise<void>;
  kill(): Promise<void>;
}

export async function startAlertmanager(): Promise<Alertmanager> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-alertmanager-'));
  const target = `127.0.0.1:${await freePort()}`;
  const config = join(folder, 'alertmanager.yml');
  writeFileSync(config, 'route: { receiver: none }\nreceivers: [{ name: none }]\n');
  const server = start('prometheus-alertmanager', [
    `--config.file=${config}`,
    `--storage.path=${join(folder, 'data')}`,
    `--web.listen-address=${target}`,
    '--cluster.listen-address=',
    '--log.level=error',
  ]);
  const url = `http://${target}`;
  await until('Alertmanager is ready', async () => (await fetch(`${url}/-/ready`)).ok);
  return {
    url,
    target,
    async silence(alertname) {
      const now = Date.now();
      const response = await fetch(`${url}/api/v2/silences`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          matchers: [{ name: 'alertname', value: alertname, isRegex: false, isEqual: true }],
          startsAt: new Date(now).toISOString(),
          endsAt: new Date(now + 3_600_000).toISOString(),
          createdBy: 'test',
          comment: 'test',
        }),
      });
      if (!response.ok) throw new Error(`the silence is refused: ${await response.text()}`);
      const { silenceID } = (await response.json()) as { silenceID: string };
      return async () => {
        await fetch(`${url}/api/v2/silence/${silenceID}`, { method: 'DELETE' });
      };
    },
    until: (alertname, state) =>
      until(`${alertname} is ${state}`, async () => {
        const response = await fetch(`${url}/api/v2/alerts?filter=alertname="${alertname}"`);
        const found = (await response.json()) as { status: { state: string } }[];
        return found.some((a) => a.status.state === state);
      }),
    async kill() {
      await end(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
