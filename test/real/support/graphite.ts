/** A real Graphite: carbon takes the points, graphite-web (on Django's own server) gives them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, freePort, start, until } from './process.js';

export interface Graphite {
  readonly url: string;
  /** Writes points and waits until they can be read. @param points value by seconds since the epoch */
  write(metric: string, points: readonly (readonly [number, number])[]): Promise<void>;
  kill(): Promise<void>;
}

/** One point each second is kept. */
export async function startGraphite(): Promise<Graphite> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-graphite-'));
  const at = (name: string) => join(folder, name);
  for (const name of ['conf', 'whisper', 'log', 'settings']) mkdirSync(at(name));
  const [line, pickle, query, web] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  writeFileSync(
    at('conf/carbon.conf'),
    `[cache]
STORAGE_DIR = ${folder}
LOCAL_DATA_DIR = ${at('whisper')}
CONF_DIR = ${at('conf')}
LOG_DIR = ${at('log')}
PID_DIR = ${folder}
MAX_CREATES_PER_MINUTE = inf
LINE_RECEIVER_INTERFACE = 127.0.0.1
LINE_RECEIVER_PORT = ${line}
PICKLE_RECEIVER_INTERFACE = 127.0.0.1
PICKLE_RECEIVER_PORT = ${pickle}
CACHE_QUERY_INTERFACE = 127.0.0.1
CACHE_QUERY_PORT = ${query}
`,
  );
  writeFileSync(at('conf/storage-schemas.conf'), '[all]\npattern = .*\nretentions = 1s:1d\n');
  writeFileSync(
    at('settings/signalbox_settings.py'),
    `SECRET_KEY = 'only for a test'
LOG_DIR = '${at('log')}'
CONF_DIR = '${at('conf')}'
STORAGE_DIR = '${folder}'
WHISPER_DIR = '${at('whisper')}'
STANDARD_DIRS = ['${at('whisper')}']
INDEX_FILE = '${at('index')}'
CARBONLINK_HOSTS = ['127.0.0.1:${query}']
ALLOWED_HOSTS = ['*']
DEBUG = False
TIME_ZONE = 'UTC'
DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': '${at('graphite.db')}'}}
`,
  );
  const env = { PYTHONPATH: at('settings'), GRAPHITE_SETTINGS_MODULE: 'signalbox_settings', PYTHONWARNINGS: 'ignore' };
  execFileSync('graphite-manage', ['migrate', '--run-syncdb', '--verbosity', '0'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const carbon = start('carbon-cache', [`--config=${at('conf/carbon.conf')}`, '--nodaemon', '--debug', 'start']);
  const page = start('graphite-manage', ['runserver', '--noreload', '--insecure', `127.0.0.1:${web}`], env);
  const url = `http://127.0.0.1:${web}`;
  const value = async (metric: string, seconds: number): Promise<unknown> => {
    const target = encodeURIComponent(metric);
    const response = await fetch(`${url}/render?target=${target}&from=${seconds - 1}&until=${seconds}&format=json`);
    const [series] = (await response.json()) as { datapoints: [number | null, number][] }[];
    return series?.datapoints.find(([, time]) => time === seconds)?.[0];
  };
  const graphite: Graphite = {
    url,
    async write(metric, points) {
      const socket = connect(line, '127.0.0.1');
      const text = points.map(([seconds, number]) => `${metric} ${number} ${seconds}\n`).join('');
      await new Promise<void>((resolve, reject) => {
        socket.on('error', reject);
        socket.end(text, resolve);
      });
      const last = points.at(-1);
      if (last) await until(`${metric} can be read`, async () => (await value(metric, last[0])) === last[1]);
    },
    async kill() {
      await Promise.all([end(carbon), end(page)]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const now = Math.floor(Date.now() / 1000);
  await until('Graphite answers', async () => {
    await graphite.write('signalbox.ready', [[now, 1]]);
    return true;
  });
  return graphite;
}
