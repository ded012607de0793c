/** A real InfluxDB 1 with one user. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, freePort, start, until } from './process.js';

export interface InfluxDb {
  readonly url: string;
  readonly user: { readonly username: string; readonly password: string };
  /** @param lines line protocol, times in seconds */
  write(database: string, lines: readonly string[]): Promise<void>;
  kill(): Promise<void>;
}

export async function startInfluxDb(databases: readonly string[]): Promise<InfluxDb> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-influxdb-'));
  const [port, backup] = await Promise.all([freePort(), freePort()]);
  const config = join(folder, 'influxdb.conf');
  writeFileSync(
    config,
    `reporting-disabled = true
bind-address = "127.0.0.1:${backup}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
[http]
  bind-address = "127.0.0.1:${port}"
  auth-enabled = true
  log-enabled = false
[monitor]
  store-enabled = false
`,
  );
  const server = start('influxd', ['run', '-config', config]);
  const url = `http://127.0.0.1:${port}`;
  const user = { username: 'signalbox', password: 'a-real-password' };
  const post = async (path: string, body: string): Promise<void> => {
    const headers = {
      'content-type': path === '/query' ? 'application/x-www-form-urlencoded' : 'text/plain',
      authorization: `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}`,
    };
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body });
    const text = await response.text();
    if (!response.ok || text.includes('"error"')) throw new Error(`${path}: ${response.status} ${text}`);
  };
  const query = (q: string) => post('/query', new URLSearchParams({ q }).toString());
  // The first user may be made without signing in, the rest may not.
  await until('InfluxDB answers', async () => {
    await query(`CREATE USER ${user.username} WITH PASSWORD '${user.password}' WITH ALL PRIVILEGES`);
    return true;
  });
  for (const name of databases) await query(`CREATE DATABASE ${name}`);
  return {
    url,
    user,
    write: (database, lines) => post(`/write?db=${database}&precision=s`, lines.join('\n')),
    async kill() {
      await end(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
