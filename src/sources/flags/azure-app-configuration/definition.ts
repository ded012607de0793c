/**
 * From a feature flag of Azure to a definition at one instant, as Microsoft's feature management libraries evaluate it
 * (https://learn.microsoft.com/azure/azure-app-configuration/feature-management-dotnet-reference). Pure.
 */
import * as v from 'valibot';
import { oneLine } from '../../text.js';
import {
  type Audience,
  allOf,
  anyOf,
  type Definition,
  everyone,
  individuals,
  matching,
  nobody,
  percentOf,
  type Rule,
  type Serving,
  serve,
  unknownServing,
} from '../definition.js';
import { classOf, type Meaning } from '../meaning.js';
import type { AzureFlag, Filter } from './shapes.js';

/** @param now milliseconds since the epoch */
export function definitionOf(flag: AzureFlag, meaning: Meaning, now: number): Definition {
  const who = passing(flag, now);
  return flag.variants.length > 0 ? ofVariants(flag, who, meaning) : ofSwitch(flag, who);
}

function ofSwitch({ enabled }: AzureFlag, who: Audience): Definition {
  return {
    enabled,
    kind: 'boolean',
    variants: [
      { name: 'true', value: true },
      { name: 'false', value: false },
    ],
    rules: who.is === 'everyone' ? [] : [{ who, serves: serve('true') }],
    otherwise: serve(who.is === 'everyone' ? 'true' : 'false'),
    off: serve('false'),
  };
}

/** For whom the filters hold. */
function passing({ filters, all, name }: AzureFlag, now: number): Audience {
  const parts = filters.map((filter) => audienceOf(filter, name, now));
  const [only] = parts;
  if (only === undefined) return everyone;
  if (parts.length === 1) return only;
  return all ? allOf(...parts) : anyOf(...parts);
}

const isNamed = ({ name }: Filter, short: string): boolean =>
  [short, `microsoft.${short}`, `${short}filter`].includes(name.toLowerCase());

export const isTargeting = (filter: Filter): boolean => isNamed(filter, 'targeting');
export const isPercentage = (filter: Filter): boolean => isNamed(filter, 'percentage');
export const isTimeWindow = (filter: Filter): boolean => isNamed(filter, 'timewindow');

function audienceOf(filter: Filter, flag: string, now: number): Audience {
  const unknown = matching(`filter ${oneLine(filter.name, 60)}`);
  if (isPercentage(filter)) {
    const percent = percentIn(parameter(filter, 'Value'));
    // Each evaluation draws anew, whoever asks.
    return percent === undefined ? unknown : percentOf(percent);
  }
  if (isTimeWindow(filter)) return windowOf(filter, now) ?? unknown;
  if (isTargeting(filter)) return targeted(filter, flag) ?? unknown;
  return unknown;
}

/** Names of parameters are read whatever their case. Enhanced flags hold each as a text. */
export function parameter({ parameters }: Filter, name: string): unknown {
  const found = Object.entries(parameters ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  if (typeof found !== 'string') return found;
  try {
    return JSON.parse(found) as unknown;
  } catch {
    return found;
  }
}

function percentIn(value: unknown): number | undefined {
  const percent = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof percent === 'number' && percent >= 0 && percent <= 100 ? percent : undefined;
}

function windowOf(filter: Filter, now: number): Audience | undefined {
  const [start, end] = ['Start', 'End'].map((name) => parameter(filter, name));
  if (parameter(filter, 'Recurrence') !== undefined || (!start && !end)) return undefined;
  const [from, to] = [start, end].map((x) => (typeof x === 'string' ? Date.parse(x) : Number.NaN));
  if ((start && Number.isNaN(from)) || (end && Number.isNaN(to))) return undefined;
  const isInside = (!start || now >= (from ?? 0)) && (!end || now < (to ?? 0));
  return isInside ? everyone : nobody;
}

const lists = v.nullish(v.array(v.string()), []);
const audienceForm = v.object({
  Users: lists,
  Groups: v.nullish(v.array(v.object({ Name: v.string(), RolloutPercentage: v.number() })), []),
  DefaultRolloutPercentage: v.nullish(v.number(), 0),
  Exclusion: v.nullish(v.object({ Users: lists, Groups: lists })),
});

/** Names as the libraries bind them: whatever their case. */
function capitalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalised);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, x]) => [key.charAt(0).toUpperCase() + key.slice(1), capitalised(x)]),
  );
}

export const audienceIn = (filter: Filter) => {
  const parsed = v.safeParse(audienceForm, capitalised(parameter(filter, 'Audience')));
  return parsed.success ? parsed.output : undefined;
};

/** Those who are excluded, else users by name, groups by their percentage, and a percentage of all. */
function targeted(filter: Filter, flag: string): Audience | undefined {
  const found = audienceIn(filter);
  if (!found) return undefined;
  const { Users, Groups, DefaultRolloutPercentage, Exclusion } = found;
  const percents = [DefaultRolloutPercentage, ...(Groups ?? []).map((group) => group.RolloutPercentage)];
  if (percents.some((percent) => percentIn(percent) === undefined)) return undefined;
  const included = anyOf(
    ...listed(Users ?? []),
    ...(Groups ?? []).map(({ Name, RolloutPercentage }) =>
      allOf(inGroup(Name), percentOf(RolloutPercentage, `${flag}\n${Name}`)),
    ),
    percentOf(DefaultRolloutPercentage ?? 0, flag),
  );
  const excluded = [...listed(Exclusion?.Users ?? []), ...(Exclusion?.Groups ?? []).map(inGroup)];
  return excluded.length === 0 ? included : allOf(included, { is: 'not', part: anyOf(...excluded) });
}

const listed = (users: readonly string[]): Audience[] => (users.length === 0 ? [] : [individuals(users.length)]);
const inGroup = (name: string): Audience => matching(`group ${oneLine(name, 60)}`, name);

/** No variant, of a flag that is not enabled: whoever asks whether it is gets the old code. */
const none = '(none)';

/**
 * An application may ask which variant it gets, or whether the flag is enabled. Where the two do not say the same, what is served is
 * neither on nor off.
 */
function ofVariants(flag: AzureFlag, who: Audience, meaning: Meaning): Definition {
  const { enabled, variants, allocation } = flag;
  const entries = new Map<string, unknown>([[none, meaning.off[0] ?? false]]);
  const serving = (name: string | null | undefined, status: boolean, mayOverride: boolean): Serving => {
    if (name === null || name === undefined) return serve(status ? null : none);
    const variant = variants.find((one) => one.name === name);
    if (!variant) return unknownServing;
    const { override, value } = variant;
    const isOn = mayOverride && override ? override === 'Enabled' : status;
    const is = classOf({ variant: name, value }, meaning);
    if (is === 'unclear' || is === (isOn ? 'on' : 'off')) {
      entries.set(name, value);
      return serve(name);
    }
    const odd = `${name}, ${isOn ? 'enabled' : 'disabled'}`;
    entries.set(odd, { variant: value ?? name, enabled: isOn });
    return serve(odd);
  };
  const allocated = (name: string): Serving => serving(name, true, true);
  const rules: Rule[] = [
    ...(allocation.user ?? []).map(({ variant, users }) => ({
      who: allOf(who, users.length === 0 ? nobody : individuals(users.length)),
      serves: allocated(variant),
    })),
    ...(allocation.group ?? []).map(({ variant, groups }) => ({
      who: allOf(who, groups.length === 0 ? nobody : anyOf(...groups.map(inGroup))),
      serves: allocated(variant),
    })),
    { who, serves: percentiles(flag, allocated, serving(allocation.default_when_enabled, true, true)) },
  ];
  const otherwise = serving(allocation.default_when_disabled, false, true);
  // A flag that is disabled is not enabled by any variant.
  const off = serving(allocation.default_when_disabled, false, false);
  return {
    enabled,
    kind: 'multivariate',
    variants: [...entries].map(([name, value]) => ({ name, value })),
    rules,
    otherwise,
    off,
  };
}

/** Parts of one scale of users; what no part covers gets the default. */
function percentiles({ allocation }: AzureFlag, allocated: (name: string) => Serving, byDefault: Serving): Serving {
  const parts = [...(allocation.percentile ?? [])].sort((a, b) => a.from - b.from);
  let covered = 0;
  const shares = parts.flatMap(({ variant, from, to }, i) => {
    if (!(from >= 0 && to <= 100 && to >= from) || from < (parts[i - 1]?.to ?? 0)) covered = Number.NaN;
    covered += to - from;
    return part(allocated(variant), to - from);
  });
  return Number.isNaN(covered) ? unknownServing : [...shares, ...part(byDefault, 100 - covered)];
}

const part = (serving: Serving, percent: number): Serving =>
  serving.map((share) => ({ variant: share.variant, percent: (percent * share.percent) / 100 }));
