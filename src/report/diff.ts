/** What differs between two trains, such as the one that stopped and the one that went. Pure. */
import { plural } from '../judge/number.js';
import type { DecisionRecord } from '../record/record.js';
import { wrap } from './columns.js';
import { plain } from './plain.js';
import { viewOf } from './view.js';
import { inWords, measuredWords, stateWords } from './words.js';

/** One thing that is not the same; undefined: there is none. */
export interface Change {
  readonly what: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface Section {
  readonly title: string;
  readonly changes: readonly Change[];
}

/** Empty where nothing but the times and the run itself differs. */
export function differences(a: DecisionRecord, b: DecisionRecord): Section[] {
  const sections: Section[] = [
    { title: 'Decision', changes: changed(decisionOf(a), decisionOf(b)) },
    { title: 'Release', changes: changed(releaseOf(a), releaseOf(b)) },
    { title: 'Policy', changes: changed(leaves(a.policy.effective), leaves(b.policy.effective)) },
    { title: 'Gates', changes: changed(gatesOf(a), gatesOf(b)) },
    { title: 'Done', changes: changed(doneOf(a), doneOf(b)) },
  ];
  return sections.filter(({ changes }) => changes.length > 0);
}

/** @param width characters */
export function diff(a: DecisionRecord, b: DecisionRecord, width: number): string {
  const sections = differences(a, b);
  const head = [a, b].map((record, i) =>
    wrap(`${i === 0 ? 'A' : 'B'}  ${plain(trainWords(record), 300)}`, width, 0, 3).join('\n'),
  );
  const body = sections.map(({ title, changes }) =>
    [title, ...changes.flatMap((change) => wrap(changeWords(change), width, 2, 4))].join('\n'),
  );
  return [head.join('\n'), ...(body.length === 0 ? ['Nothing differs but the times and the run.'] : body)].join('\n\n');
}

function trainWords({ service, release, rounds, began, ended, host }: DecisionRecord): string {
  const parts = [
    [service, release.version].filter((part) => part !== null).join(' ') || 'a train',
    began,
    `${plural(rounds.length, 'round')} in ${inWords(Date.parse(ended) - Date.parse(began))}`,
    host.run ?? '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function changeWords({ what, from, to }: Change): string {
  const named = plain(what, 160);
  const value = (text: string) => plain(text, 300) || 'empty';
  if (from === undefined) return `+ ${named}: ${value(to ?? '')}`;
  if (to === undefined) return `- ${named}: ${value(from)}`;
  return `~ ${named}: ${value(from)} → ${value(to)}`;
}

type Facts = ReadonlyMap<string, string>;

function changed(a: Facts, b: Facts): Change[] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((what): Change => ({ what, from: a.get(what), to: b.get(what) }))
    .filter(({ from, to }) => from !== to);
}

const facts = (entries: Readonly<Record<string, string | null>>): Facts =>
  new Map(
    Object.entries(entries).flatMap(([key, value]): [string, string][] => (value === null ? [] : [[key, value]])),
  );

const decisionOf = ({ decision, verdict, observe }: DecisionRecord): Facts =>
  facts({
    decision: `${decision.decision} (${decision.reason})`,
    'the gates say': `${verdict.decision} (${verdict.reason})`,
    reasons: verdict.decision === 'stop' && verdict.gates.length > 0 ? verdict.gates.join(', ') : null,
    'only observed': observe ? 'yes' : null,
  });

const releaseOf = ({ service, release, host, tool }: DecisionRecord): Facts =>
  facts({
    service,
    version: release.version,
    commit: release.sha,
    environment: release.environment,
    repository: host.repository,
    branch: host.ref,
    actor: host.actor,
    platform: host.kind,
    Signalbox: tool.version,
  });

const gatesOf = (record: DecisionRecord): Facts =>
  new Map(
    viewOf(record).gates.map((gate) => [
      gate.name,
      `${stateWords(gate).word}${gate.reading === null ? '' : `, ${measuredWords(gate.reading)}`}`,
    ]),
  );

const doneOf = ({ reactions = [], walk }: DecisionRecord): Facts =>
  new Map([
    ...reactions.map(({ type, target, moment, ok }): [string, string] => [
      `${type} ${target}, ${moment === 'begin' ? 'as it began' : 'at the end'}`,
      ok ? 'done' : 'failed',
    ]),
    ...(walk?.walked ?? []).map(({ name, decision }): [string, string] => [
      `stage ${name}`,
      decision === null ? 'not reached' : `${decision.decision} (${decision.reason})`,
    ]),
  ]);

/** Every value by its path, entries of lists by their names where they have some. */
function leaves(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) {
    return path === '' ? new Map() : new Map([[path, typeof value === 'string' ? value : JSON.stringify(value)]]);
  }
  const entries = Array.isArray(value)
    ? value.map((item: unknown, index): [string, unknown] => [nameOf(item) ?? String(index + 1), item])
    : Object.entries(value);
  return new Map(entries.flatMap(([key, item]) => [...leaves(item, path === '' ? key : `${path} › ${key}`)]));
}

const nameOf = (item: unknown): string | undefined => {
  const name = (item as { name?: unknown } | null | undefined)?.name;
  return typeof name === 'string' ? name : undefined;
};
