/** One alert: what Advanced Security knows of it, and the result in the shape that all scanners share. */
import { oneLine } from '../../text.js';
import { identityOf } from '../identity.js';
import { maskSecrets } from '../masks.js';
import type { Result, Suppression } from '../result.js';
import { vulnerabilityIds, weaknesses, webLink } from '../sarif/names.js';
import { asArray, asIndex, asObject, asText, type Obj } from '../shape.js';
import { packageOf } from './package.js';
import { ratingOf } from './severity.js';
import { pageOf, type Target } from './target.js';
import { wordOf } from './words.js';

export type AlertType = 'code' | 'dependency' | 'secret' | 'license' | 'aicode' | 'unknown';

export interface Alert {
  readonly id: number;
  readonly type: AlertType;
  readonly tool: string;
  /** It is still found, so that its last sight is the newest analysis of where it is found. */
  readonly active: boolean;
  /** When it was last found, milliseconds since the epoch; NaN: it does not say. */
  readonly lastSeen: number;
  readonly result: Result;
}

const types = [
  ['dependency', 1],
  ['secret', 2],
  ['code', 3],
  ['license', 4],
  ['aicode', 5],
] as const;

const states = [
  ['active', 1],
  ['dismissed', 2],
  ['fixed', 4],
  ['autodismissed', 8],
] as const;

type State = (typeof states)[number][0];

const dismissals = [
  ['fixed', 1],
  ['acceptedrisk', 2],
  ['falsepositive', 3],
  ['agreedtoguidance', 4],
  ['toolupgrade', 5],
  ['notdistributed', 6],
] as const;

const inWords: Readonly<Record<(typeof dismissals)[number][0], string>> = {
  fixed: 'fixed',
  acceptedrisk: 'risk accepted',
  falsepositive: 'false positive',
  agreedtoguidance: 'agreed to guidance',
  toolupgrade: 'no longer found by a newer version of the tool',
  notdistributed: 'not distributed',
};

/** What stands for the tool where an alert names none, and where there is no alert at all. */
export const toolNames: Readonly<Record<AlertType, string>> = {
  code: 'Advanced Security Code Scanning',
  dependency: 'Advanced Security Dependency Scanning',
  secret: 'Advanced Security Secrets Scanning',
  license: 'Advanced Security License Scanning',
  aicode: 'Advanced Security AI Code Scanning',
  unknown: 'Advanced Security',
};

/** @returns undefined when it is no alert, so that nobody knows what it is; never throws, whatever it is */
export function readAlert(raw: unknown, target: Target): Alert | undefined {
  const alert = asObject(raw);
  const id = asIndex(alert?.alertId);
  if (!alert || !id) return undefined;
  const type: AlertType = wordOf(alert.alertType, types) ?? 'unknown';
  const state = stateOn(alert, target);
  const { tool, rule } = toolOf(alert);
  const name = shown(tool, 100) ?? toolNames[type];
  return {
    id,
    type,
    tool: name,
    active: state === 'active',
    lastSeen: instant(alert.lastSeenDate),
    result: resultOf({ alert, id, type, state, tool: name, rule: rule ?? {} }, target),
  };
}

/** Fixed on another branch is not fixed on this one; dismissed is dismissed on all. */
function stateOn(alert: Obj, { ref }: Target): State | undefined {
  const state = wordOf(alert.state, states);
  const branch = asText(alert.gitRef);
  return state === 'fixed' && branch !== undefined && branch !== ref ? undefined : state;
}

/** The first tool and its first rule; an alert of two tools counts once. */
function toolOf(alert: Obj): { tool: unknown; rule: Obj | undefined } {
  const tools = (asArray(alert.tools) ?? []).map(asObject);
  const first = tools.find((tool) => asText(tool?.name) !== undefined) ?? tools[0];
  const rules = tools.flatMap((tool) => asArray(tool?.rules) ?? []);
  return { tool: first?.name, rule: asObject(asArray(first?.rules)?.[0]) ?? asObject(rules[0]) };
}

interface Parts {
  readonly alert: Obj;
  readonly id: number;
  readonly type: AlertType;
  readonly state: State | undefined;
  readonly tool: string;
  readonly rule: Obj;
}

function resultOf(parts: Parts, target: Target): Result {
  const { alert, id, type, state, tool, rule } = parts;
  const secret = type === 'secret';
  const about = asObject(rule.additionalProperties) ?? {};
  const names = [
    rule.friendlyName,
    unprefixed(rule.opaqueId),
    about.cveId,
    about.advisoryId,
    ...few(about.identifiers),
  ];
  const ids = secret ? [] : vulnerabilityIds([...names, alert.title]);
  const rid = ruleId(type, rule);
  const purl = type === 'dependency' ? packageOf(alert.logicalLocations) : undefined;
  const fix = type === 'dependency' ? fixOf(rule.description) : undefined;
  const help = helpOf(rule, about);
  const since = instant(alert.firstSeenDate);
  return {
    rule: rid,
    message: messageOf(parts),
    ...(secret && { secret }),
    ...ratingOf(alert.severity),
    ...(state === 'fixed' && { noFailure: { fate: 'ignored', reason: 'FIXED' } as const }),
    suppressions: suppressionsOf(alert, state),
    ...placeOf(alert.physicalLocations),
    ids,
    cwes: weaknesses([...few(rule.tags), rule.resources]),
    ...(purl === undefined ? {} : { purl }),
    ...(fix === undefined ? {} : { fix }),
    ...(help === undefined ? {} : { help }),
    link: pageOf(target, id),
    ...(Number.isNaN(since) ? {} : { since }),
    // The same in every analysis, on every branch.
    identity: identityOf([tool.toLowerCase(), rid, String(id)]),
  };
}

const few = (raw: unknown): readonly unknown[] => asArray(raw)?.slice(0, 50) ?? [];
const instant = (raw: unknown): number => Date.parse(asText(raw)?.slice(0, 40) ?? '');

/** One line of a text from outside. */
function shown(raw: unknown, most: number): string | undefined {
  const text = asText(raw);
  return text === undefined ? undefined : oneLine(maskSecrets(text.slice(0, 2000)), most) || undefined;
}

/** `DEP1001_GHSA-rv95-896h-c2vc`: the advisory, behind what is found in every id. */
const unprefixed = (raw: unknown): unknown =>
  typeof raw === 'string' ? raw.slice(0, 300).replace(/^DEP\d{1,6}_/i, '') : raw;

/** Of a dependency the advisory, as it is written. */
function ruleId(type: AlertType, rule: Obj): string {
  const own = type === 'dependency' ? unprefixed(rule.opaqueId) : rule.opaqueId;
  const name = shown(rule.friendlyName, 200);
  const advisory = type === 'dependency' && vulnerabilityIds([name])[0] === name?.toUpperCase() ? name : undefined;
  return advisory ?? shown(own, 200) ?? name ?? '(no rule)';
}

/** The title of a secret, like its truncated form, may be a part of it; so the rule speaks. */
function messageOf({ alert, type, rule }: Parts): string {
  if (type !== 'secret') return shown(alert.title, 300) ?? shown(rule.description, 300) ?? '';
  const texts = [shown(rule.friendlyName, 100), shown(rule.description, 300)].filter((text) => text !== undefined);
  return texts.length === 0 ? 'a secret' : texts.join(': ');
}

/** A person has dismissed it, or the tool; what is active may have been dismissed before. */
function suppressionsOf(alert: Obj, state: Parts['state']): Suppression[] {
  if (state !== 'dismissed' && state !== 'autodismissed') return [];
  const dismissal = asObject(alert.dismissal);
  const type = wordOf(dismissal?.dismissalType, dismissals);
  const words = [
    type === undefined ? undefined : inWords[type],
    state === 'autodismissed' && type === undefined ? 'dismissed by the tool' : undefined,
    shown(dismissal?.message, 300),
  ];
  // Not the name that is shown, which everybody may give himself.
  const by =
    shown(asObject(dismissal?.stateChangedByIdentity)?.uniqueName, 100) ?? shown(dismissal?.stateChangedBy, 100);
  return [
    {
      kind: 'external',
      status: 'accepted',
      reason: words.filter((text) => text !== undefined).join(': '),
      ...(by === undefined ? {} : { by }),
    },
  ];
}

/** The first place. Of dependencies `filePath` begins with the folder of the agent, the address of the item with the root of the repository. */
function placeOf(physicalLocations: unknown): Pick<Result, 'file' | 'line'> {
  const location = few(physicalLocations)
    .map(asObject)
    .find((one) => asText(one?.filePath) !== undefined);
  if (!location) return {};
  const path = pathIn(asObject(location.versionControl)?.itemUrl) ?? asText(location.filePath) ?? '';
  const file = shown(path.replaceAll('\\', '/').replace(/^\/+/, ''), 300);
  const line = asIndex(asObject(location.region)?.lineStart);
  return { ...(file === undefined ? {} : { file }), ...(line ? { line } : {}) };
}

function pathIn(itemUrl: unknown): string | undefined {
  const text = asText(itemUrl);
  if (text === undefined || text.length > 4000 || !URL.canParse(text)) return undefined;
  return asText(new URL(text).searchParams.get('path'));
}

const recommendation = 'Recommendation:';

/** It stands at the end of what a rule for dependencies says of itself. */
function fixOf(description: unknown): string | undefined {
  const text = asText(description)?.slice(0, 2000) ?? '';
  const at = text.indexOf(recommendation);
  return at < 0 ? undefined : shown(text.slice(at + recommendation.length), 200);
}

/** Markdown, mostly; the first link in it. */
const linked = /\]\((https?:\/\/[^\s()]{1,500})\)/i;

function helpOf(rule: Obj, about: Obj): string | undefined {
  const resources = asText(rule.resources)?.slice(0, 4000).trim() ?? '';
  const urls = [
    /\s/.test(resources) ? undefined : resources,
    linked.exec(resources)?.[1],
    ...few(about.advisoryUrls),
    about.advisoryUrls,
  ];
  return urls.map(webLink).find((link) => link !== undefined);
}
