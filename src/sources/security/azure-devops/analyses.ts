/**
 * Which commit was analysed. The API has no list of analyses: an alert tells, for each pipeline (analysis configuration) that found it, which
 * commit that one analysed last. So a fixed alert is as good a witness as an active one, and where nothing was ever found there is none.
 */
import { oneLine } from '../../text.js';
import { asArray, asIndex, asObject, asText, type Obj } from '../shape.js';
import type { Alert } from './alert.js';
import type { Client, Refusal } from './client.js';
import { wordOf } from './words.js';

/** The newest analysis of one configuration. */
export interface Analysis {
  /** Of the configuration. */
  readonly key: string;
  /** In words: `CodeQL in pipeline ci (build)`. */
  readonly name: string;
  readonly pipeline: { readonly name: string; readonly id: string };
  /** In lower case; undefined: it does not say. */
  readonly commit: string | undefined;
  /** Milliseconds since the epoch; NaN: it does not say. */
  readonly at: number;
  readonly toolVersion?: string;
  /** It still finds the alert. */
  readonly active: boolean;
}

export interface Analyses {
  readonly all: readonly Analysis[];
  /** Why they may not be all that the alerts know of. */
  readonly lacking?: string;
  /** The sign-in may not see them. */
  readonly refused?: Refusal;
}

/** Alerts that were last seen at the same instant were seen by the same analysis; with more instants than this nobody asks for all. */
const mostWitnesses = 20;
const fixedWitnesses = 5;

/** One alert for each analysis that may be behind them: all instants at which active ones were last seen, and a few that are fixed. */
export function witnesses(alerts: readonly Alert[]): { readonly asked: readonly Alert[]; readonly left: number } {
  const newestFirst = [...alerts].sort((a, b) => order(b.lastSeen) - order(a.lastSeen) || a.id - b.id);
  const byInstant = new Map<number, Alert>();
  for (const alert of newestFirst) {
    if (alert.active && !byInstant.has(order(alert.lastSeen))) byInstant.set(order(alert.lastSeen), alert);
  }
  const active = [...byInstant.values()];
  const others = newestFirst.filter((alert) => !alert.active).slice(0, fixedWitnesses);
  return { asked: [...active.slice(0, mostWitnesses), ...others], left: Math.max(0, active.length - mostWitnesses) };
}

const order = (at: number): number => (Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at);

/** @throws {NotMeasured} as the client */
export async function analysesOf(client: Client, alerts: readonly Alert[], signal: AbortSignal): Promise<Analyses> {
  const { asked, left } = witnesses(alerts);
  const answers = await Promise.all(asked.map(({ id }) => instancesOf(client, id, signal)));
  const all = new Map<string, Analysis>();
  let refused: Refusal | undefined;
  let lacking = left > 0 && `${left} more analyses have found alerts`;
  for (const [i, answer] of answers.entries()) {
    if ('refused' in answer) {
      refused = answer.refused;
      lacking = 'the analyses behind some of its alerts cannot be read';
      continue;
    }
    for (const analysis of answer.got) keepNewest(all, analysis);
    const fixed = asked[i]?.result.noFailure !== undefined;
    if (fixed && answer.got.some(({ active }) => active)) lacking = 'an alert is fixed, and an analysis still finds it';
  }
  return {
    all: [...all.values()],
    ...(lacking && { lacking }),
    ...(refused?.code === 'NO_PERMISSION' && { refused }),
  };
}

function keepNewest(all: Map<string, Analysis>, analysis: Analysis): void {
  const before = all.get(analysis.key);
  if (!before || order(analysis.at) > order(before.at)) all.set(analysis.key, analysis);
  // Two answers that contradict each other prove nothing.
  else if (order(analysis.at) === order(before.at) && analysis.commit !== before.commit) {
    all.set(analysis.key, { ...before, commit: undefined });
  }
}

type Instances = { readonly got: readonly Analysis[] } | { readonly refused: Refusal };

async function instancesOf(client: Client, id: number, signal: AbortSignal): Promise<Instances> {
  const { repository, ref } = client.target;
  const path = ['alert', 'repositories', repository, 'alerts', String(id), 'instances'];
  const answer = await client.get(path, [['ref', ref]], '7.2-preview.1', signal);
  if ('refused' in answer) return answer;
  const items = asArray(answer.got) ?? asArray(asObject(answer.got)?.value) ?? [];
  return { got: items.flatMap((raw) => analysisOf(raw, ref) ?? []) };
}

/** What the API calls an alert's instance in one configuration; never throws, whatever it is. */
export function analysisOf(raw: unknown, ref: string): Analysis | undefined {
  const instance = asObject(raw);
  const configuration = asObject(instance?.analysisConfiguration);
  if (!instance || !configuration) return undefined;
  const details = asObject(configuration.analysisConfigurationDetails) ?? {};
  const branch = asText(details.gitRef);
  if (branch !== undefined && branch !== ref) return undefined;
  const newest = newestOf(instance);
  const pipeline = { name: line(details.pipelineName), id: String(asIndex(details.pipelineId) ?? '') };
  const tool = line(configuration.toolName);
  const phase = line(details.phaseName);
  const version = line(configuration.toolVersion);
  const id = asIndex(configuration.analysisConfigurationId);
  return {
    key: id === undefined ? JSON.stringify([tool, pipeline, phase, line(details.phaseId)]) : String(id),
    name: [
      tool || 'the scan',
      pipeline.name || pipeline.id ? `in pipeline ${pipeline.name || pipeline.id}` : '',
      phase ? `(${phase})` : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
    pipeline,
    active: isActive(instance),
    commit: commitOf(newest?.commitId),
    at: Date.parse(asText(newest?.createdDate)?.slice(0, 40) ?? ''),
    ...(version === '' ? {} : { toolVersion: version }),
  };
}

const line = (raw: unknown): string => oneLine(asText(raw) ?? '', 100);
const commitOf = (raw: unknown): string | undefined => {
  const id = asText(raw)?.trim().toLowerCase() ?? '';
  return /^[0-9a-f]{40,64}$/.test(id) ? id : undefined;
};

/** While an alert is active, the analysis that saw it last is the newest: a newer one would have seen it too, or have fixed it. */
function newestOf(instance: Obj): Obj | undefined {
  const recent = asObject(instance.recentAnalysisInstance);
  if (recent) return recent;
  return isActive(instance) ? asObject(instance.lastSeen) : undefined;
}

const isActive = ({ state }: Obj): boolean => wordOf(state, [['active', 1]]) !== undefined;
