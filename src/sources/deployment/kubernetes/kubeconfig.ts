/**
 * Kubeconfig files (https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/), as far as they sign in with a token. What would run a
 * program or take a client certificate is refused by its name.
 */
import path from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';
import type { Connection } from './connect.js';
import { certificates, readFileAt } from './files.js';

const text = v.optional(v.nullable(v.string()));
const yes = v.optional(v.nullable(v.boolean()));
const clusterForm = v.object({
  server: v.string(),
  'certificate-authority': text,
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': yes,
  'tls-server-name': text,
  'proxy-url': text,
});
const userForm = v.looseObject({ token: text, tokenFile: text });
const list = <S extends v.GenericSchema, K extends string>(key: K, form: S) =>
  v.optional(
    v.nullable(
      v.array(v.object({ name: v.string(), [key]: form } as { name: v.StringSchema<undefined> } & Record<K, S>)),
    ),
  );
const form = v.object({
  'current-context': text,
  contexts: list('context', v.object({ cluster: v.string(), user: text, namespace: text })),
  clusters: list('cluster', clusterForm),
  users: list('user', v.nullable(userForm)),
});

/** Ways to sign in that are refused, and what to do instead. */
const refusedWays: Readonly<Record<string, string>> = {
  exec: 'runs a program to sign in (`exec`)',
  'auth-provider': 'signs in with a plugin (`auth-provider`)',
  'client-certificate': 'signs in with a client certificate',
  'client-certificate-data': 'signs in with a client certificate',
  username: 'signs in with a password',
  as: 'impersonates somebody (`as`)',
};

const wrong = (message: string): NotMeasured => new NotMeasured('bad-credential', message, { permanent: true });

/**
 * @param file where it lies; relative paths in it start there
 * @param context its name; absent: the current one
 * @throws {NotMeasured} `bad-credential`, `no-file`, `unreadable`
 */
export async function fromKubeconfig(file: string, context: string | undefined): Promise<Connection> {
  const parsed = v.safeParse(form, yamlOf(await readFileAt(file), file));
  if (!parsed.success) {
    const at = v.getDotPath(parsed.issues[0]);
    throw wrong(`${file} is no kubeconfig${at === null ? '' : ` (at ${at})`}`);
  }
  const config = parsed.output;
  const wanted = context ?? (config['current-context'] || undefined);
  if (wanted === undefined) throw wrong(`${file} has no current context: name one with \`context\``);
  const used = config.contexts?.find(({ name }) => name === wanted)?.context;
  if (!used) {
    const names = (config.contexts ?? []).map(({ name }) => name).join(', ') || 'none';
    throw wrong(`${file} has no context ${oneLine(wanted, 80)}; there is ${oneLine(names, 200)}`);
  }
  const cluster = config.clusters?.find(({ name }) => name === used.cluster)?.cluster;
  if (!cluster) throw wrong(`${file} has no cluster ${oneLine(used.cluster, 80)}, which its context names`);
  const user = config.users?.find(({ name }) => name === used.user)?.user ?? {};
  const near = (named: string): string => path.resolve(path.dirname(file), named);
  return {
    server: serverOf(cluster, file),
    ...(await authorityOf(cluster, file, near)),
    token: tokenOf(user, used.user ?? 'nobody', file, near),
    ...(used.namespace ? { namespace: used.namespace } : {}),
  };
}

function yamlOf(source: string, file: string): unknown {
  try {
    return parse(source, { maxAliasCount: 100, logLevel: 'error' });
  } catch {
    throw wrong(`${file} is no YAML`);
  }
}

function serverOf(cluster: v.InferOutput<typeof clusterForm>, file: string): string {
  if (cluster['insecure-skip-tls-verify']) {
    throw wrong(
      `${file} switches off the check of the server's certificate: give \`certificate-authority-data\` instead`,
    );
  }
  if (cluster['tls-server-name'])
    throw wrong(`${file} has a \`tls-server-name\`: name the server by a name in its certificate`);
  if (cluster['proxy-url']) throw wrong(`${file} has a \`proxy-url\`: set HTTPS_PROXY for the step instead`);
  if (!URL.canParse(cluster.server) || !/^https?:$/.test(new URL(cluster.server).protocol)) {
    throw wrong(`the server in ${file} is no http or https URL`);
  }
  return cluster.server.replace(/\/+$/, '');
}

async function authorityOf(
  cluster: v.InferOutput<typeof clusterForm>,
  file: string,
  near: (named: string) => string,
): Promise<{ ca?: string }> {
  const data = cluster['certificate-authority-data'];
  const named = cluster['certificate-authority'];
  if (!data && !named) return {};
  const pem = data ? Buffer.from(data, 'base64').toString('utf8') : await readFileAt(near(named ?? ''));
  if (!v.is(certificates, pem)) throw wrong(`the certificate authority in ${file} is no PEM`);
  return { ca: pem };
}

function tokenOf(
  user: v.InferOutput<typeof userForm>,
  name: string,
  file: string,
  near: (named: string) => string,
): Connection['token'] {
  const way = Object.keys(refusedWays).find((key) => user[key] !== undefined && user[key] !== null);
  if (way !== undefined) {
    const message = `the user ${oneLine(name, 80)} in ${file} ${refusedWays[way]}: give \`server\`, \`ca\` and the \`token\` of a service account instead (\`kubectl create token\`)`;
    throw wrong(message);
  }
  const { token, tokenFile } = user;
  // As client-go: the file is the newer one where there are both.
  if (tokenFile) return async () => (await readFileAt(near(tokenFile))).trim();
  if (!token) throw wrong(`the user ${oneLine(name, 80)} in ${file} has no \`token\` and no \`tokenFile\``);
  return async () => token.trim();
}
