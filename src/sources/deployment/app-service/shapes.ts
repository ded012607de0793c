/**
 * Shapes of Microsoft.Web's API (https://learn.microsoft.com/rest/api/appservice/web-apps), those fields that are read.
 */
import * as v from 'valibot';

const text = v.nullish(v.string());
const texts = v.nullish(v.array(v.string()));

/** `slotSwapStatus`: the last swap that the slot took part in. */
const swapForm = v.object({ timestampUtc: text, sourceSlotName: text, destinationSlotName: text });

/** An app or a slot of it. */
export const siteForm = v.object({
  /** `app`, or `app/slot`. */
  name: text,
  properties: v.object({
    /** `Running`, `Stopped`, `QuotaExceeded`… */
    state: text,
    /** `Normal`, `Limited` or `DisasterRecoveryMode`. */
    availabilityState: text,
    /** `Normal` or `Exceeded`. */
    usageState: text,
    enabled: v.nullish(v.boolean()),
    defaultHostName: text,
    hostNames: texts,
    enabledHostNames: texts,
    /** Without a zone, in UTC. */
    lastModifiedTimeUtc: text,
    slotSwapStatus: v.nullish(swapForm),
    /** Set from the first phase of a swap until it is completed or cancelled. */
    targetSwapSlot: text,
    /** Set while an operation on the site is pending. */
    inProgressOperationId: text,
  }),
});
export type Site = v.InferOutput<typeof siteForm>;

/** A rule by which a part of the users is sent to a slot; with what is not known here, so that it can be written back as it is. */
const ruleForm = v.looseObject({
  name: text,
  actionHostName: text,
  reroutePercentage: v.nullish(v.number()),
  /** By so much the percentage moves by itself every `changeIntervalInMinutes`. */
  changeStep: v.nullish(v.number()),
  changeIntervalInMinutes: v.nullish(v.number()),
  changeDecisionCallbackUrl: text,
});
export type Rule = v.InferOutput<typeof ruleForm>;

/** `config/web`. */
export const webConfigForm = v.object({
  properties: v.object({
    experiments: v.nullish(v.object({ rampUpRules: v.nullish(v.array(ruleForm)) })),
    /** `DOCKER|registry/app:1.2.3`, `NODE|20-lts`, `COMPOSE|…`. */
    linuxFxVersion: text,
    windowsFxVersion: text,
  }),
});
export type WebConfig = v.InferOutput<typeof webConfigForm>['properties'];

export const instanceForm = v.object({
  properties: v.nullish(
    v.object({
      /** `READY`, `STOPPED` or `UNKNOWN`. */
      state: text,
    }),
  ),
});

/** `config/appsettings/list`. */
export const appSettingsForm = v.object({ properties: v.record(v.string(), v.nullable(v.string())) });

/** `config/connectionstrings/list`. */
export const connectionStringsForm = v.object({
  properties: v.record(v.string(), v.object({ value: text, type: text })),
});

/** `config/slotConfigNames`: what stays with its slot in a swap. */
export const stickyForm = v.object({
  properties: v.object({ appSettingNames: texts, connectionStringNames: texts }),
});
