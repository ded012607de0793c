/**
 * May this train set out at all? Before anything is measured or moved: by the stops that are open, by the freezes that hold, and by what
 * somebody answers for. And may it go although its gates stop it? Pure: what it says follows again from what it puts into the record.
 */

import { formatDuration } from '../policy/fields.js';
import { type Freeze, type Frozen, freezesAt, keptBy, untilWords } from '../policy/freezes.js';
import type { Entry } from '../record/ledger.js';
import type { Decision, DecisionRecord, Reason } from '../record/record.js';
import type { Override, Standing } from '../record/standing.js';

const dayMs = 86_400_000;

/** How far ahead an override may end; one that ends later holds once this is so. */
export const longestOverrideMs = 30 * dayMs;
/** So long every report names an override, and so many of them. */
const recentMs = 30 * dayMs;
const mostRecent = 100;

/** Null: not known. */
export interface Release {
  readonly service: string | null;
  readonly environment: string | null;
  readonly sha: string | null;
}

export interface LedgerFacts {
  readonly file: string;
  readonly entries: readonly Entry[];
  readonly head: string | null;
  readonly first: boolean;
  readonly torn: boolean;
}

export interface ClearanceFacts {
  /** Absent: the run has none. */
  readonly ledger?: LedgerFacts | undefined;
  readonly freezes: readonly Freeze[];
  /** All that stand in the file. */
  readonly overrides: readonly Override[];
  readonly release: Release;
  readonly fixes?: string | undefined;
  /** The policy only observes: what would keep the train is told, and nothing is lifted. */
  readonly observe?: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface Clearance {
  /** Absent: the train may set out. Where the policy only observes it is told, and holds nobody. */
  readonly stop?: Decision;
  readonly standing: Standing;
}

export function clearance({ ledger, freezes, overrides, release, fixes, observe, now }: ClearanceFacts): Clearance {
  const entries = ledger?.entries ?? [];
  const facts: Standing = {
    at: new Date(now).toISOString(),
    ...(ledger === undefined ? {} : { ledger: ledgerOf(ledger) }),
    stops: openStops(entries, release),
    ...(fixes === undefined ? {} : { fixes }),
    freezes: freezesAt(freezes, now, release.environment ?? undefined),
    overrides: overrides.filter((one) => holds(one, release, now)),
    used: [],
    recent: recentOf(entries, release, now),
    remarks: remarksOn(overrides, release, now),
    ...sinceOf(entries, release),
  };
  const { stop, used } = judge(facts, release);
  return { ...(stop && { stop }), standing: { ...facts, used: observe ? [] : [...used] } };
}

const ledgerOf = ({ file, entries, head, first, torn }: LedgerFacts): NonNullable<Standing['ledger']> => ({
  file,
  entries: entries.length,
  head,
  first,
  ...(torn ? { torn: true } : {}),
});

export interface Judgement {
  readonly stop?: Decision;
  /** The overrides without which there would be a stop. */
  readonly used: readonly Override[];
}

/** What keeps the train, from what the record says of it: the same once more in `replay`. */
export function judge(
  { at, stops, fixes, freezes, overrides }: Pick<Standing, 'at' | 'stops' | 'fixes' | 'freezes' | 'overrides'>,
  release: Release,
): Judgement {
  const now = Date.parse(at);
  const lifting = (what: Override['lifts']) => overrides.find((one) => one.lifts === what && holds(one, release, now));
  const open = stops.filter((stop) => !isCleared(stop, release, fixes));
  const forStop = open.length > 0 ? lifting('open-stop') : undefined;
  if (open.length > 0 && !forStop) return { stop: stoppedBy(open, release, fixes), used: [] };
  const frozen = keptBy(freezes, { environment: release.environment ?? undefined, fixes });
  const forFreeze = frozen ? lifting('freeze') : undefined;
  if (frozen && !forFreeze) return { stop: frozenStop(frozen, release), used: [] };
  return { used: [forStop, forFreeze].filter((one) => one !== undefined) };
}

type Stop = Standing['stops'][number];

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
/** What is not known may be the same. */
const maybeSame = (a: string | null, b: string | null): boolean => a === null || b === null || same(a, b);

/** Whether what became of one train concerns the other. */
const touches = (a: Train, b: Train): boolean =>
  maybeSame(a.service, b.service) && maybeSame(a.environment, b.environment);

type Train = Pick<Release, 'service' | 'environment'>;
const surelySame = (a: string | null, b: string | null): boolean => (a === null || b === null ? a === b : same(a, b));
const isSame = (a: Train, b: Train): boolean =>
  surelySame(a.service, b.service) && surelySame(a.environment, b.environment);

/** Whether a train that went settles a stop for another: it was of the same service, or of the other's own. */
const closes = (went: Train, stop: Train, release: Train): boolean =>
  isSame(went, stop) || (touches(went, stop) && isSame(went, release));

/**
 * Reasons of a stop that lasts: the release was found at fault, or is out there unproven. That somebody cancelled, or that the train was
 * not let out, says nothing of it.
 */
const lasting: ReadonlySet<Reason> = new Set([
  'unhealthy',
  'insufficient-evidence',
  'not-measured',
  'not-steady',
  'not-moved',
  'internal-error',
]);

/** All since the last train that went, each once, the oldest first. */
function openStops(entries: readonly Entry[], release: Release): Stop[] {
  let open: Entry[] = [];
  for (const entry of entries) {
    // What was only observed, or proven in part, settles nothing.
    if (entry.observed) continue;
    if (entry.decision === 'stop') {
      if (lasting.has(entry.reason)) open.push(entry);
    } else if (entry.part === undefined) open = open.filter((stop) => !closes(entry, stop, release));
  }
  const once = new Map<string, Stop>();
  for (const { at, service, environment, sha, version, reason, sentence, run, record } of open) {
    if (!touches({ service, environment }, release)) continue;
    const key = JSON.stringify([service, sha, reason]);
    if (!once.has(key)) once.set(key, { at, service, sha, version, reason, sentence, run, record });
  }
  return [...once.values()];
}

/** A fix is another commit; a short id that begins another may be the same one. */
const mayBeOne = (a: string, b: string): boolean => {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x.startsWith(y) || y.startsWith(x);
};

/** Whether a train may be asked its gates in spite of a stop; they still decide. */
function isCleared(stop: Stop, release: Release, fixes: string | undefined): boolean {
  if (release.sha === null || stop.sha === null) return false;
  // Nothing was found against it: the same release may be asked again once there is evidence.
  if (stop.reason !== 'unhealthy' && same(stop.sha, release.sha)) return true;
  return (fixes ?? '').trim() !== '' && !mayBeOne(stop.sha, release.sha);
}

/** Whether an override is in effect for a release. */
export function holds(override: Override, release: Release, now: number): boolean {
  const { environment, service, commit, lifts } = override;
  const until = Date.parse(override.until);
  if (!(now < until && until - now <= longestOverrideMs + dayMs)) return false;
  if (release.environment === null || !same(environment, release.environment)) return false;
  if (service !== undefined && (release.service === null || !same(service, release.service))) return false;
  if (commit === undefined) return lifts !== 'verdict';
  return release.sha !== null && same(commit, release.sha);
}

/** Verdicts about the release and the evidence. What is wrong otherwise nobody can answer for. */
const overridable: ReadonlySet<Reason> = new Set(['unhealthy', 'insufficient-evidence', 'not-measured', 'not-steady']);

/**
 * The override by which a train goes although its gates stop it. What moved traffic or flags has taken them back by then, so there is
 * nothing to let go.
 */
export function lettingGo(
  of: Pick<DecisionRecord, 'rounds' | 'verdict' | 'standing' | 'walk' | 'service'> & {
    readonly release: Pick<DecisionRecord['release'], 'sha' | 'environment'>;
  },
): Override | undefined {
  const { standing, verdict, walk } = of;
  if (!standing || verdict.decision !== 'stop' || !overridable.has(verdict.reason)) return undefined;
  if (walk?.walked.some(({ moved }) => moved !== null)) return undefined;
  const decided = Date.parse(of.rounds.at(-1)?.ended ?? standing.at);
  const release = { ...of.release, service: of.service };
  return standing.overrides.find((one) => one.lifts === 'verdict' && holds(one, release, decided));
}

const minute = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;

/** `checkout 1.2.3 (commit 5f2c1e0d9b)`. */
export const releaseWords = ({ service, version, sha }: Pick<Stop, 'service' | 'version' | 'sha'>): string =>
  [
    [service, version].filter((part) => part !== null).join(' '),
    sha === null ? 'a commit that is not known' : `commit ${sha.slice(0, 10)}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

function stoppedBy(open: readonly Stop[], release: Release, fixes: string | undefined): Decision {
  const [first, ...others] = open as [Stop, ...Stop[]];
  const more = others.length === 0 ? '' : `, and ${others.length} more since`;
  const link = first.run === null ? '' : `, ${first.run}`;
  const where = release.environment === null ? '' : ` of ${release.environment}`;
  const why =
    (fixes ?? '').trim() === ''
      ? 'declare with the input `fixes` what another commit mends of it, or name an override'
      : release.sha === null || first.sha === null
        ? 'a fix is declared, but not all commits are known, so it may be the stopped one'
        : 'a fix is declared, but it is the stopped commit itself';
  return {
    decision: 'stop',
    reason: 'open-stop',
    gates: [],
    sentence: `a stop${where} is open since ${minute(first.at)} (${releaseWords(first)}: ${first.reason}, ${first.sentence}${link})${more}; ${why}`,
  };
}

/** The decision of a train that a freeze keeps. */
export const frozenStop = (frozen: Frozen, { environment }: Pick<Release, 'environment'>): Decision => ({
  decision: 'stop',
  reason: 'frozen',
  gates: [],
  sentence: `${environment ?? 'every environment'} is frozen by ${frozen.name} ${untilWords(frozen)}${frozen.fixes ? '; a fix may pass with the input `fixes`' : ''}`,
});

function recentOf(entries: readonly Entry[], { environment }: Release, now: number): Standing['recent'] {
  return entries
    .filter((entry) => maybeSame(entry.environment, environment) && now - Date.parse(entry.at) <= recentMs)
    .flatMap(({ at, service, version, sha, run, actor, overrides = [] }) =>
      overrides.map((one) => ({ ...one, at, service, version, sha, run, actor })),
    )
    .reverse()
    .slice(0, mostRecent);
}

function remarksOn(overrides: readonly Override[], release: Release, now: number): string[] {
  return overrides.flatMap((one): string[] => {
    if (release.environment !== null && !same(one.environment, release.environment)) return [];
    const name = `the override \`lifts: ${one.lifts}\` by ${one.by}${one.place === undefined ? '' : ` (${one.place})`}`;
    const ms = Date.parse(one.until) - now;
    if (ms <= 0) return [`${name} ended ${minute(one.until)}: remove it`];
    if (ms > longestOverrideMs + dayMs) {
      return [
        `${name} ends more than ${formatDuration(longestOverrideMs)} ahead, so it is not in effect: give a nearer day`,
      ];
    }
    return release.environment === null ? [`${name} has no effect: nothing says which environment this is`] : [];
  });
}

/** The last release whose gates let it go. */
function sinceOf(entries: readonly Entry[], release: Release): Pick<Standing, 'since'> {
  const good = entries.findLast(
    (entry) =>
      entry.decision === 'continue' &&
      entry.verdict === undefined &&
      entry.part === undefined &&
      !entry.observed &&
      isSame(entry, release),
  );
  if (!good) return {};
  const { sha, version, at, run } = good;
  return { since: { sha, version, at, run, commits: { known: false, why: 'nobody looked yet' }, flags: [] } };
}
