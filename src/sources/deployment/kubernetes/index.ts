/** Source `kubernetes`: workloads, Argo Rollouts and Flagger canaries of a cluster, and who gets the users' requests. */
import * as v from 'valibot';
import { described, filled } from '../../../policy/fields.js';
import type { Target } from '../../../record/deployments.js';
import { iso } from '../../../train/clock.js';
import { adviceOn, defineSource, NotMeasured } from '../../source.js';
import { readCanary } from './canaries.js';
import { kinds, openClient, type Reader } from './client.js';
import type { Asking } from './common.js';
import { connectFields, oneWayToCluster, signsInToClusterOneWay } from './connect.js';
import { routeControl } from './control.js';
import { namespaceForm } from './objects.js';
import { readRollout } from './rollouts.js';
import { type Found, keyOf, type Named, targetOf } from './target.js';
import { type Shares, sharesOf, trafficField } from './traffic.js';
import { readDaemonSet, readDeployment, readStatefulSet } from './workloads.js';

const schema = v.pipe(
  v.strictObject({
    ...connectFields,
    version: described(
      v.optional(v.picklist(['image', 'label']), 'image'),
      "What a workload's version is: the tag of its `image`, or the `label` app.kubernetes.io/version of its pod template.",
    ),
    container: described(
      v.optional(filled),
      'Whose image is the version, where pods have several containers. Default: that of `kubectl.kubernetes.io/default-container`.',
    ),
    traffic: trafficField,
  }),
  v.check((config) => signsInToClusterOneWay(config), oneWayToCluster),
);

export const kubernetesSource = defineSource({
  type: 'kubernetes',
  families: ['deployment'],
  schema,
  open(config, context) {
    const client = openClient(config, context);
    const { traffic } = config;
    return {
      async deployment({ targets }, signal) {
        const asked = targets.map(targetOf);
        const reader = await client.reader(signal);
        const asking: Asking = { reader, from: config };
        const [found, shares] = await Promise.all([
          Promise.all(asked.map(async (named) => ({ named, found: await readTarget(asking, named) }))),
          traffic && sharesOf(asking, traffic, asked),
        ]);
        if (found.some((one) => !one.found.exists)) await proveNamespace(reader);
        const answered = found.map((one) => answerOf(one.named, one.found, shares));
        return {
          kind: 'deployments',
          subject: `${targets.join(', ')} in ${reader.namespace}`,
          query: asked.map(keyOf).join(', '),
          at: iso(context.clock.now()),
          seen: answered.filter(({ exists }) => exists).length,
          notes: [...(shares?.notes ?? [])],
          partial: false,
          targets: answered,
        };
      },
      ...(traffic && 'route' in traffic && { traffic: routeControl(client, traffic) }),
    };
  },
  lint: ({ targets }) => targets.flatMap((target) => adviceOn(() => targetOf(target))),
});

function readTarget(asking: Asking, { kind, name, part }: Named): Promise<Found> {
  switch (kind) {
    case 'deployment':
      return readDeployment(asking, name);
    case 'statefulset':
      return readStatefulSet(asking, name);
    case 'daemonset':
      return readDaemonSet(asking, name);
    case 'rollout':
      return readRollout(asking, name, part);
    case 'canary':
      return readCanary(asking, name, part);
  }
}

/** What a route or a Service says of the traffic goes before what the object says itself. */
function answerOf(named: Named, found: Found, shares: Shares | undefined): Target {
  const key = keyOf(named);
  const share = found.exists ? shares?.percent.get(key) : undefined;
  if (share === undefined) return { name: named.given, ...found };
  const why = shares?.why.get(key);
  const reasons = why === undefined ? found.reasons : [...found.reasons, why];
  return { name: named.given, ...found, traffic: share, reasons };
}

/** Nothing is found in a namespace that does not exist, and that would look like a workload that was taken away. */
async function proveNamespace(reader: Reader): Promise<void> {
  if (await reader.get(kinds.namespaces, reader.namespace, namespaceForm)) return;
  throw new NotMeasured('not-found', `there is no namespace ${reader.namespace}`, { permanent: true });
}
