/** The source on its stand-in. */
import * as v from 'valibot';
import type { Target } from '../../../src/record/deployments.js';
import { deployments } from '../../../src/record/evidence.js';
import type { TrafficControl } from '../../../src/sources/deployment/control.js';
import { kubernetesSource } from '../../../src/sources/deployment/kubernetes/index.js';
import type { Source } from '../../../src/sources/source.js';
import { Cluster, namespace, token } from '../../deployment/kubernetes.provider.js';
import { sourceContext } from '../../support/context.js';

export const forever = new AbortController().signal;

export interface Opened {
  readonly cluster: Cluster;
  readonly source: Source<'deployment'>;
  /** The whole answer, proven to be one that a record can hold. */
  readonly ask: (...targets: string[]) => Promise<v.InferOutput<typeof deployments>>;
  /** Of one target. */
  readonly one: (target: string) => Promise<Target>;
  readonly control: () => TrafficControl;
}

export async function open(set: (cluster: Cluster) => void = () => undefined, config: object = {}): Promise<Opened> {
  const cluster = new Cluster();
  set(cluster);
  const { url } = await cluster.start();
  const fields = v.parse(kubernetesSource.schema, { server: url, token, namespace, ...config });
  const source = kubernetesSource.open(fields, sourceContext()) as Source<'deployment'>;
  const ask = async (...targets: string[]) => {
    const answer = await source.deployment({ family: 'deployment', targets }, forever);
    return v.parse(deployments, { ...answer, source: 'cluster' });
  };
  return {
    cluster,
    source,
    ask,
    async one(target) {
      const [found] = (await ask(target)).targets;
      if (!found) throw new Error('it answered nothing');
      return found;
    },
    control() {
      if (!source.traffic) throw new Error('it cannot move traffic');
      return source.traffic;
    },
  };
}

/** Why there was no answer. */
export const failure = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => undefined,
    (e: unknown) => e,
  );
  const { code, message, permanent, name } = error as {
    code: string;
    message: string;
    permanent?: boolean;
    name: string;
  };
  return { code, message, permanent, name };
};
