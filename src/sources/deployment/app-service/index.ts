/** Source `app-service`: the slots of an app on Azure App Service, or of a function app. */
import * as v from 'valibot';
import { azureClouds, azureFields } from '../../../net/auth/azure.js';
import { described, filled, httpUrl } from '../../../policy/fields.js';
import type { Deployments } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { type DeploymentQuestion, defineSource, type Unnamed } from '../../source.js';
import { openArm, resourceIdForm, typeOf } from '../../telemetry/azure-monitor/arm.js';
import { AppClient, production, type Sticky } from './client.js';
import { controlOf } from './control.js';
import { compareSettings } from './settings.js';
import { hostsOf, sharesOf } from './shares.js';
import { absent, targetOf } from './target.js';
import { type Version, versionIn, versionInSetting } from './version.js';

const schema = v.strictObject({
  resource: described(
    v.pipe(
      v.string(),
      v.trim(),
      v.transform((id) => id.replace(/\/+$/, '')),
      v.check(
        (id) => resourceIdForm.test(id) && typeOf(id) === 'microsoft.web/sites',
        'the id of an app, `/subscriptions/…/resourceGroups/…/providers/Microsoft.Web/sites/…`',
      ),
    ),
    'Id of the app, without a slot: `/subscriptions/…/resourceGroups/…/providers/Microsoft.Web/sites/…`.',
  ),
  version: described(
    v.optional(v.strictObject({ setting: described(filled, 'Name of the app setting.') })),
    'The app setting that says which version runs in a slot. It must not be sticky. Default: the tag of the container image.',
  ),
  ...azureFields,
  management: described(
    v.optional(httpUrl),
    'Base URL of Azure Resource Manager. Default: that of the cloud, `https://management.azure.com`.',
  ),
});
type Config = v.InferOutput<typeof schema>;

export const appServiceSource = defineSource({
  type: 'app-service',
  families: ['deployment'],
  schema,
  open(config, context) {
    const { portal, resourceManager } = azureClouds[config.cloud];
    const client = new AppClient(openArm(config, config.management ?? resourceManager, context), config.resource);
    const tenant = config.tenant === undefined ? '' : `@${encodeURIComponent(config.tenant)}/`;
    const linkTo = (slot: string): string => `${portal}/#${tenant}resource${encodeURI(client.idOf(slot))}`;
    return {
      deployment: async (question, signal) => {
        const measured = await ask(client, config, question, linkTo, signal);
        return { ...measured, at: iso(context.clock.now()) };
      },
      traffic: controlOf(client, context.clock),
    };
  },
});

async function ask(
  client: AppClient,
  config: Config,
  { targets, settings }: DeploymentQuestion,
  linkTo: (slot: string) => string,
  signal: AbortSignal,
): Promise<Omit<Unnamed<Deployments>, 'at'>> {
  const setting = config.version?.setting;
  const [app, ofProduction, sticky] = await Promise.all([
    client.app(signal),
    client.config(production, signal),
    setting !== undefined || settings ? client.sticky(signal) : undefined,
  ]);
  const shares = sharesOf(ofProduction, hostsOf(app));
  const versionOf = async (slot: string): Promise<Version> =>
    setting !== undefined && sticky
      ? versionInSetting(setting, await client.appSettings(slot, signal), sticky)
      : versionIn(slot === production ? ofProduction : await client.config(slot, signal));
  const read = async (slot: string) => {
    const site = slot === production ? app : await client.slot(slot, signal);
    if (!site) return absent(slot);
    const [version, instances] = await Promise.all([versionOf(slot), client.instances(slot, signal)]);
    return targetOf(slot, { site, version, instances, shares, link: linkTo(slot) });
  };
  const [found, differ] = await Promise.all([
    Promise.all(targets.map(read)),
    settings && sticky ? compared(client, settings, { sticky, setting }, signal) : undefined,
  ]);
  return {
    kind: 'deployments',
    subject: `slots of app ${client.name}`,
    query: `${client.resource}: ${targets.join(', ')}`,
    link: linkTo(production),
    seen: found.filter(({ exists }) => exists).length,
    notes: [],
    partial: false,
    targets: found,
    ...(differ ? { settings: differ } : {}),
  };
}

/** @returns undefined where one of both slots is not there */
async function compared(
  client: AppClient,
  between: NonNullable<DeploymentQuestion['settings']>,
  { sticky, setting }: { readonly sticky: Sticky; readonly setting: string | undefined },
  signal: AbortSignal,
) {
  const [mine, theirs] = await Promise.all([
    client.settings(between.target, signal),
    client.settings(between.like, signal),
  ]);
  return mine && theirs ? compareSettings(between, mine, theirs, sticky, setting) : undefined;
}
