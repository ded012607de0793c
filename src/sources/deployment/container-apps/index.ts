/** Source `container-apps`: the revisions of an app on Azure Container Apps. */
import * as v from 'valibot';
import { azureClouds, azureFields } from '../../../net/auth/azure.js';
import { described, filled, httpUrl } from '../../../policy/fields.js';
import type { Target } from '../../../record/deployments.js';
import type { Deployments } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { defineSource, type Unnamed } from '../../source.js';
import { openArm, resourceIdForm, typeOf } from '../../telemetry/azure-monitor/arm.js';
import { AppClient } from './client.js';
import { controlOf } from './control.js';
import { labelsOf, revisionOf, sharesOf } from './shares.js';
import { absent, stateOf, targetOf } from './target.js';

const schema = v.strictObject({
  resource: described(
    v.pipe(
      v.string(),
      v.trim(),
      v.transform((id) => id.replace(/\/+$/, '')),
      v.check(
        (id) => resourceIdForm.test(id) && typeOf(id) === 'microsoft.app/containerapps',
        'the id of a container app, `/subscriptions/…/resourceGroups/…/providers/Microsoft.App/containerApps/…`',
      ),
    ),
    'Id of the app: `/subscriptions/…/resourceGroups/…/providers/Microsoft.App/containerApps/…`.',
  ),
  container: described(
    v.optional(filled),
    'Name of the container whose image says the version. Default: the only one, or of several the one that is called as the app.',
  ),
  ...azureFields,
  management: described(
    v.optional(httpUrl),
    'Base URL of Azure Resource Manager. Default: that of the cloud, `https://management.azure.com`.',
  ),
});
type Config = v.InferOutput<typeof schema>;

export const containerAppsSource = defineSource({
  type: 'container-apps',
  families: ['deployment'],
  schema,
  open(config, context) {
    const { portal, resourceManager } = azureClouds[config.cloud];
    const client = new AppClient(openArm(config, config.management ?? resourceManager, context), config.resource);
    const tenant = config.tenant === undefined ? '' : `@${encodeURIComponent(config.tenant)}/`;
    const link = `${portal}/#${tenant}resource${encodeURI(config.resource)}/revisionManagement`;
    return {
      deployment: async ({ targets }, signal) => {
        const measured = await ask(client, config, targets, link, signal);
        return { ...measured, at: iso(context.clock.now()) };
      },
      traffic: controlOf(client, context.clock),
    };
  },
});

async function ask(
  client: AppClient,
  { container }: Config,
  asked: readonly string[],
  link: string,
  signal: AbortSignal,
): Promise<Omit<Unnamed<Deployments>, 'at'>> {
  const state = await client.state(signal);
  const shares = sharesOf(state);
  const labels = labelsOf(state);
  const read = async (given: string): Promise<Target> => {
    const name = revisionOf(given, client.name, state, labels);
    const revision = name === undefined ? undefined : state.revisions.get(name);
    if (!revision) return absent(given, client.name);
    const runs = stateOf(revision, state).state === 'running';
    const replicas = runs ? await client.replicas(revision.name, signal) : [];
    return targetOf(given, { state, revision, replicas, shares, container, appName: client.name, link });
  };
  const targets = await Promise.all(asked.map(read));
  return {
    kind: 'deployments',
    subject: `revisions of app ${client.name}`,
    query: `${client.resource}: ${asked.join(', ')}`,
    link,
    seen: targets.filter(({ exists }) => exists).length,
    notes: [],
    partial: false,
    targets,
  };
}
