/** A real Unleash server on a database of its own, with nothing in it. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { end, freePort, start, until } from './process.js';

const folder = join(import.meta.dirname, '../../../.cache/unleash');
const token = '*:*.admin-token-of-the-tests';

export interface Environment {
  readonly enabled: boolean;
  readonly strategies: readonly {
    readonly id: string;
    readonly name: string;
    readonly disabled: boolean;
    readonly parameters: Readonly<Record<string, string>>;
  }[];
}

export interface Unleash {
  readonly url: string;
  readonly token: string;
  /** Sends to `/api/admin/…`. @returns the answer's JSON; undefined when it has none @throws when it is refused */
  admin(method: string, path: string, body?: unknown): Promise<unknown>;
  /** A flag of the project `default`, with one gradual rollout in production if `rollout` is given. */
  create(flag: string, options?: { rollout?: number; on?: boolean; type?: string }): Promise<void>;
  /** As the server shows it, without Signalbox. */
  production(flag: string): Promise<Environment>;
  stop(): Promise<void>;
}

const listens = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } finally {
    socket.destroy();
  }
};

export async function startUnleash(): Promise<Unleash> {
  if (!existsSync(join(folder, 'made'))) throw new Error('Unleash is not installed: run test/real/unleash/build.sh');
  const [databasePort, port] = [await freePort(), await freePort()];
  const database = start(process.execPath, [join(folder, 'database.mjs'), String(databasePort)]);
  await until('the database listens', () => listens(databasePort));
  const server = start(process.execPath, [join(folder, 'node_modules/unleash-server/dist/server.js')], {
    NODE_ENV: 'production',
    DATABASE_URL: `postgres://postgres:postgres@127.0.0.1:${databasePort}/postgres`,
    DATABASE_SSL: 'false',
    DATABASE_POOL_MIN: '1',
    DATABASE_POOL_MAX: '1',
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(port),
    INIT_ADMIN_API_TOKENS: token,
    CHECK_VERSION: 'false',
    SEND_TELEMETRY: 'false',
    LOG_LEVEL: 'fatal',
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await end(server);
    await end(database);
  };
  try {
    await until('Unleash is healthy', async () => (await fetch(`${url}/health`)).ok);
  } catch (error) {
    await stop();
    throw error;
  }
  const admin = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/api/admin/${path}`, {
      method,
      headers: { authorization: token, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  const features = 'projects/default/features';
  return {
    url,
    token,
    admin,
    async create(flag, { rollout, on = false, type = 'release' } = {}) {
      await admin('POST', features, { name: flag, type });
      const production = `${features}/${flag}/environments/production`;
      if (rollout !== undefined) {
        const parameters = { rollout: String(rollout), stickiness: 'default', groupId: flag };
        await admin('POST', `${production}/strategies`, { name: 'flexibleRollout', parameters });
      }
      if (on) await admin('POST', `${production}/on`);
    },
    production: async (flag) => (await admin('GET', `${features}/${flag}/environments/production`)) as Environment,
    stop,
  };
}
