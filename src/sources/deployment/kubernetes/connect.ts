/** Where the API server is, whom to trust for it, and how to sign in. */
import path from 'node:path';
import * as v from 'valibot';
import { described, filled, httpUrl, secret } from '../../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { certificates, readFileAt } from './files.js';
import { fromKubeconfig } from './kubeconfig.js';

/** A label of a namespace's name (RFC 1123). */
export const namespaceForm = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/, 'the name of a namespace'),
);

/** Fields of the source's schema; with the check `signsInToClusterOneWay`. */
export const connectFields = {
  server: described(
    v.optional(httpUrl),
    'URL of the API server, with `token`. Without it and `kubeconfig`: the service account of the pod that the step runs in.',
  ),
  token: described(v.optional(secret), 'Token of a service account, sent as `Authorization: Bearer …`.'),
  ca: described(
    v.optional(certificates),
    "PEM of the API server's certificate authority, which alone is trusted then. Default: those that Node trusts, with `NODE_EXTRA_CA_CERTS`.",
  ),
  kubeconfig: described(
    v.optional(filled),
    'Path of a kubeconfig file with a `token` or `tokenFile`, in place of `server`; relative paths start at the workspace. `exec` plugins and client certificates are refused.',
  ),
  context: described(v.optional(filled), 'Context of the `kubeconfig`. Default: its current one.'),
  namespace: described(
    v.optional(namespaceForm),
    "The namespace of all that is asked for. Default: that of the kubeconfig's context, or of the pod.",
  ),
};

export interface ConnectConfig {
  readonly server?: string | undefined;
  readonly token?: string | undefined;
  readonly ca?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly namespace?: string | undefined;
}

export const signsInToClusterOneWay = (c: ConnectConfig): boolean => {
  if ((c.server === undefined) !== (c.token === undefined)) return false;
  if (c.server === undefined && c.ca !== undefined) return false;
  if (c.server !== undefined && (c.kubeconfig !== undefined || c.namespace === undefined)) return false;
  return c.context === undefined || c.kubeconfig !== undefined;
};
/** What `signsInToClusterOneWay` expects. */
export const oneWayToCluster =
  'either `server`, `token` and `namespace` (and `ca`), or `kubeconfig` (and `context`), or none of them inside a pod';

export interface Connection {
  /** Without a slash at its end. */
  readonly server: string;
  /** PEM of the authorities to trust; absent: as Node does. */
  readonly ca?: string;
  /** Asked before each question: tokens in files are renewed there. @throws {NotMeasured} */
  token(): Promise<string>;
  readonly namespace?: string;
}

/** Where Kubernetes puts them (https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/). */
const podFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * @param folder of the pod's service account
 * @throws {NotMeasured} with what to do
 */
export async function connect(
  config: ConnectConfig,
  { identity, workspace }: Pick<SourceContext, 'identity' | 'workspace'>,
  folder = podFolder,
): Promise<Connection & { readonly namespace: string }> {
  const found = await connectionOf(config, identity.env, workspace, folder);
  const namespace = config.namespace ?? found.namespace;
  if (namespace === undefined) {
    throw new NotMeasured('bad-query', "expected `namespace`: the kubeconfig's context names none", {
      permanent: true,
    });
  }
  if (!v.is(namespaceForm, namespace)) {
    throw new NotMeasured('bad-credential', 'the namespace is no name of a namespace', { permanent: true });
  }
  return {
    ...found,
    namespace,
    async token() {
      const token = await found.token();
      identity.secret(token);
      return token;
    },
  };
}

async function connectionOf(
  { server, token, ca, kubeconfig, context }: ConnectConfig,
  env: SourceContext['identity']['env'],
  workspace: string,
  folder: string,
): Promise<Connection> {
  if (server !== undefined) {
    return { server, token: async () => token ?? '', ...(ca === undefined ? {} : { ca }) };
  }
  if (kubeconfig !== undefined) return fromKubeconfig(path.resolve(workspace, kubeconfig), context);
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env;
  if (host === undefined || host === '') {
    const message = 'this does not run in a pod: give `server`, `token` and `namespace`, or `kubeconfig`';
    throw new NotMeasured('bad-credential', message, { permanent: true });
  }
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ca: await readFileAt(`${folder}/ca.crt`),
    token: async () => (await readFileAt(`${folder}/token`)).trim(),
    namespace: (await readFileAt(`${folder}/namespace`)).trim(),
  };
}
