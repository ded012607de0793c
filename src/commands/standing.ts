/** What stands when a train begins: the ledger, the overrides and the freezes, read and weighed; and what the run leaves in the ledger. */

import { adviseFreezes, freezesAt, keptBy } from '../policy/freezes.js';
import type { Loaded } from '../policy/load.js';
import { parseOverrides } from '../policy/overrides.js';
import type { Policy } from '../policy/schema.js';
import { entryFacts, headOf } from '../record/ledger.js';
import type { Decision, DecisionRecord, Problem, Round } from '../record/record.js';
import type { Commits, Override, Standing } from '../record/standing.js';
import { NotMeasured } from '../sources/source.js';
import { readText } from '../sources/workspace.js';
import { clearance, frozenStop, holds, type LedgerFacts, type Release } from '../train/clearance.js';
import type { Clock } from '../train/clock.js';
import { flagsSince } from '../train/since.js';
import { commitsBetween } from './commits.js';
import { appendLedger, readLedger } from './ledger-file.js';
import type { Settings } from './settings.js';

export interface StandingContext {
  readonly policy: Policy;
  readonly settings: Pick<Settings, 'ledger' | 'fixes' | 'observe'>;
  /** The place of a part of the policy, for problems. */
  readonly locate: Loaded['locate'];
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly cancel: AbortSignal;
  /** When the run set out that this one goes on with, milliseconds since the epoch; undefined: it sets out now. */
  readonly setOut: number | undefined;
}

export interface OpenStanding {
  /** What is wrong with the ledger or the overrides; then nothing else here says anything. */
  readonly problems: readonly Problem[];
  /** Keeps the train from setting out; absent: it may, or it has already. */
  readonly stop?: Decision;
  /** Keeps it from moving on now, once it is under way. */
  readonly mayMove: () => Decision | undefined;
  /** For the record at the end of the run. Undefined: there is nothing to say. */
  readonly ended: (rounds: readonly Round[]) => Promise<Standing | undefined>;
  /** Enters the run. @throws {Error} when it could not be entered */
  readonly enter: (record: DecisionRecord, sha256: string | null) => Promise<void>;
}

/** Never throws for what the ledger and the overrides say: what cannot be trusted is a problem. */
export async function openStanding(context: StandingContext): Promise<OpenStanding> {
  const { policy, settings, clock, setOut } = context;
  const { fixes, observe } = settings;
  const { freezes = [] } = policy;
  const release = releaseOf(policy);
  const [read, { overrides, problems: wrong }] = await Promise.all([
    ledgerFacts(settings, release),
    readOverrides(context),
  ]);
  const problems = [...(read && 'wrong' in read ? [{ message: `input \`ledger\`: ${read.wrong}` }] : []), ...wrong];
  if (problems.length > 0 || (read && 'wrong' in read)) return none(problems);
  // What was entered after this run had set out is for those that come after it.
  const ledger =
    setOut === undefined
      ? read
      : read && { ...read, entries: read.entries.filter(({ at }) => Date.parse(at) <= setOut) };
  if (!ledger && freezes.length === 0 && policy.overrides === undefined) return none([]);
  const now = setOut ?? clock.now();
  const weighed = clearance({ ledger, freezes, overrides, release, fixes, observe, now });
  let { standing } = weighed;
  const { since } = standing;
  // Beside everything else; it ends within its own time.
  const commits: Promise<Commits> | undefined = since && commitsBetween(since.sha, release.sha, context);
  return {
    problems,
    ...(weighed.stop && !observe && setOut === undefined ? { stop: weighed.stop } : {}),
    mayMove() {
      const now = clock.now();
      const environment = release.environment ?? undefined;
      const frozen = keptBy(freezesAt(freezes, now, environment), { environment, fixes });
      if (!frozen || observe) return undefined;
      const override = overrides.find((one) => one.lifts === 'freeze' && holds(one, release, now));
      if (!override) return frozenStop(frozen, release);
      standing = withUsed(standing, override);
      return undefined;
    },
    async ended(rounds) {
      if (!since || !commits) return standing;
      return { ...standing, since: { ...since, commits: await commits, flags: flagsSince(rounds, since.at) } };
    },
    async enter(record, sha256) {
      const facts = settings.ledger === undefined ? undefined : entryFacts(record, sha256);
      if (facts && settings.ledger !== undefined) await appendLedger(settings.ledger, facts);
    },
  };
}

const none = (problems: readonly Problem[]): OpenStanding => ({
  problems,
  mayMove: () => undefined,
  ended: () => Promise.resolve(undefined),
  enter: () => Promise.resolve(),
});

const add = (list: readonly Override[], one: Override): Override[] => (list.includes(one) ? [...list] : [...list, one]);

const withUsed = (standing: Standing, one: Override): Standing => ({
  ...standing,
  overrides: add(standing.overrides, one),
  used: add(standing.used, one),
});

const releaseOf = ({ service, release }: Policy): Release => ({
  service: service ?? null,
  environment: release.environment ?? null,
  sha: release.sha ?? null,
});

async function ledgerFacts(
  { ledger: file }: StandingContext['settings'],
  { environment }: Release,
): Promise<LedgerFacts | { readonly wrong: string } | undefined> {
  if (file === undefined) return undefined;
  if (environment === null) return { wrong: 'expected `environment` beside it: what lasts, lasts for one environment' };
  const read = await readLedger(file);
  return 'wrong' in read ? read : { file, ...read, head: headOf(read) };
}

async function readOverrides({
  policy,
  workspace,
  locate,
}: Pick<StandingContext, 'policy' | 'workspace' | 'locate'>): Promise<ReturnType<typeof parseOverrides>> {
  const { overrides: file } = policy;
  if (file === undefined) return { overrides: [], problems: [] };
  try {
    return parseOverrides(await readText(workspace, file), file);
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    return { overrides: [], problems: [locate(['overrides'], error.message)] };
  }
}

/** For `signalbox check`: what is wrong with the file of overrides, and what is to be thought about. */
export async function adviseStanding(
  context: Pick<StandingContext, 'policy' | 'settings' | 'workspace' | 'locate'>,
  now: number,
): Promise<{ readonly problems: readonly Problem[]; readonly advice: readonly Problem[] }> {
  const { policy, settings, locate } = context;
  const release = releaseOf(policy);
  const { overrides, problems } = await readOverrides(context);
  const { remarks } = clearance({ freezes: [], overrides, release, now }).standing;
  const advice = [
    ...adviseFreezes(policy.freezes ?? [], now, policy.release.environment).map(({ path, message }) =>
      locate(path, message),
    ),
    ...remarks.map((message) => locate(['overrides'], message)),
  ];
  const idle = overrides.some(({ lifts }) => lifts === 'open-stop') && settings.ledger === undefined;
  if (idle) {
    advice.push(
      locate(['overrides'], '`lifts: open-stop` does nothing without the input `ledger`: no stop lasts without one'),
    );
  }
  // Where it goes only the run may know.
  const ledger = release.environment === null ? undefined : await ledgerFacts(settings, release);
  const broken = ledger && 'wrong' in ledger ? [{ message: `input \`ledger\`: ${ledger.wrong}` }] : [];
  return { problems: [...problems, ...broken], advice };
}
