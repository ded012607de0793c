/** The input `state`: a file in which a run keeps its journal, and from which the next job goes on. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Host } from '../host/host.js';
import { plural } from '../judge/number.js';
import type { Path } from '../policy/problems.js';
import type { Policy } from '../policy/schema.js';
import { buildRecord, type Facts } from '../record/build.js';
import { type Journal, type JournalEntry, lineOf, readJournal } from '../record/journal.js';
import type { Decision, DecisionRecord, Round, Walk } from '../record/record.js';
import type { Redactor } from '../record/redact.js';
import { iso } from '../train/clock.js';
import { replay } from '../train/replay.js';
import { cancelled } from '../train/times.js';
import type { Walked } from '../train/walk.js';

/** What an earlier job of the same run left. */
export interface Earlier {
  readonly runs: NonNullable<DecisionRecord['runs']>;
  /** Milliseconds since the epoch, as is the other. */
  readonly began: number;
  readonly deployedAt: number;
  readonly rounds: readonly Round[];
  readonly walk: Walk | undefined;
}

/** Which run it is: one with another answer begins anew. */
export interface Run {
  readonly service: string | null;
  readonly release: Pick<DecisionRecord['release'], 'sha' | 'version' | 'environment'>;
  readonly from: number;
  readonly to: number;
  /** Without secrets. */
  readonly policy: unknown;
}

/** What this job writes down as it goes. Each is on the disk when the call returns. */
export interface Keeping {
  begin(
    job: { readonly run: string | null; readonly actor: string | null; readonly began: number },
    deployedAt: number,
  ): void;
  round(round: Round): void;
  walk(walk: Walk): void;
  end(decision: Decision): void;
}

export interface State {
  readonly earlier: Earlier | undefined;
  /** Said once: why it does not go on with what is there. */
  readonly note: string | undefined;
  readonly keep: Keeping;
}

/** @param redact what must not be written down is not */
function openState(file: string, about: Run, redact: <T>(value: T) => T): State | { readonly wrong: string } {
  let found: Journal | undefined;
  try {
    const read = readJournal(readFileSync(file, 'utf8'));
    if (read && 'wrong' in read) return { wrong: `\`${file}\`: ${read.wrong}; look into it, then delete it` };
    found = read?.ended ? undefined : read;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      return { wrong: `\`${file}\` cannot be read: ${(error as Error).message}` };
  }
  const against = found && differs(found, about);
  if (found && against !== undefined) {
    // Nobody would take back what an unfinished walk has moved.
    if (found.walk?.walked.some(({ moved }) => moved !== null)) {
      return {
        wrong: `\`${file}\` holds an unfinished run that moved something, ${against}: go on with that one first, or put back what it moved and delete the file`,
      };
    }
    found = undefined;
  }
  return {
    earlier: found && earlierOf(found),
    note: against && `begins anew: \`${file}\` holds an unfinished run, ${against}`,
    keep: keeping(file, about, found, redact),
  };
}

function differs({ begin }: Journal, about: Run): string | undefined {
  const words = (release: Run['release']) =>
    [release.version, release.sha, release.environment].filter(Boolean).join(', ');
  const { sha, version, environment } = begin.release;
  const same =
    sha === about.release.sha && version === about.release.version && environment === about.release.environment;
  if (!same || begin.service !== about.service)
    return `of another release (${[begin.service, words(begin.release)].filter(Boolean).join(' ')})`;
  if (begin.from !== about.from || begin.to !== about.to) return 'of other stages';
  // Its rounds were judged by another one.
  if (JSON.stringify(begin.policy) !== JSON.stringify(about.policy)) return 'with another policy';
  return undefined;
}

function earlierOf({ begin, runs, rounds, walk }: Journal): Earlier {
  return {
    runs: [...runs],
    began: Date.parse(begin.began),
    deployedAt: Date.parse(begin.release.deployedAt),
    rounds,
    walk: walk && { ...walk, walked: walk.walked.map(withoutTheCut) },
  };
}

/** A stage that was cut off goes on as if it had not been. */
const withoutTheCut = (one: Walked): Walked =>
  one.decision?.reason === 'cancelled' ? { ...one, decision: null } : one;

function keeping(file: string, about: Run, found: Journal | undefined, redact: <T>(value: T) => T): Keeping {
  let hash = found?.hash ?? '';
  const append = (entry: JournalEntry): void => {
    const { line, hash: next } = lineOf(hash, redact(entry));
    const open = openSync(file, 'a');
    try {
      writeSync(open, line);
      fsyncSync(open);
    } finally {
      closeSync(open);
    }
    hash = next;
  };
  return {
    begin({ run, actor, began }, deployedAt) {
      const job = { run, actor, began: iso(began) };
      if (found) {
        truncateSync(file, found.bytes);
        append({ kind: 'resume', ...job });
        return;
      }
      mkdirSync(dirname(file), { recursive: true });
      closeSync(openSync(file, 'w'));
      const release = { ...about.release, deployedAt: iso(deployedAt) };
      const { service, from, to, policy } = about;
      append({ kind: 'begin', journal: 1, ...job, service, release, from, to, policy });
    },
    round: (round) => append({ kind: 'round', round }),
    walk: (walk) => append({ kind: 'walk', walk }),
    end: (decision) => append({ kind: 'end', decision }),
  };
}

interface KeptBy {
  readonly policy: Policy;
  /** The input `state`; undefined: nothing is kept. */
  readonly file: string | undefined;
  readonly stages: Pick<Run, 'from' | 'to'>;
  readonly host: Host;
  readonly redactor: Redactor;
  readonly gates: Facts['gates'];
}

/** Opens the state that the run is kept in, and says what it goes on with. @returns undefined: nothing is kept */
export async function keptRun({
  policy,
  file,
  stages,
  host,
  redactor,
  gates,
}: KeptBy): Promise<State | { readonly wrong: string; readonly at?: Path } | undefined> {
  if (file === undefined) {
    if (policy.evaluation['park-after'] === undefined) return undefined;
    return { at: ['evaluation', 'on-hold'], wrong: 'expected the input `state` beside `park`: where the run is kept' };
  }
  const { facts } = host;
  const release = {
    sha: policy.release.sha ?? facts.sha ?? null,
    version: policy.release.version ?? null,
    environment: policy.release.environment ?? facts.environment ?? null,
  };
  const about = redactor.data({ service: policy.service ?? null, release, ...stages, policy });
  const state = openState(file, about, (value) => redactor.data(value));
  if ('wrong' in state) return { wrong: `input \`state\`: ${state.wrong}` };
  if (state.note !== undefined) host.log(state.note);
  const { earlier } = state;
  const forged = earlier && (await unproven(policy, gates, earlier));
  if (forged !== undefined) {
    return {
      wrong: `input \`state\`: in \`${file}\` ${forged} is not what its rounds come to; look into it, then delete it`,
    };
  }
  if (earlier)
    host.log(
      `goes on with the run that began at ${iso(earlier.began)}: ${plural(earlier.rounds.length, 'round')} so far`,
    );
  return state;
}

/**
 * Stages that are not walked again must follow from their rounds, whatever is written of them.
 *
 * @returns what does not
 */
async function unproven(
  policy: Policy,
  gates: Facts['gates'],
  { walk, rounds, began, deployedAt }: Earlier,
): Promise<string | undefined> {
  const done = walk?.walked.filter(({ decision }) => decision !== null && decision.decision !== 'hold');
  if (!walk || !done?.length) return undefined;
  const steps = new Set<number | undefined>(done.map(({ step }) => step));
  const verdict = cancelled(rounds.length);
  const record = buildRecord(
    {
      tool: { name: '', version: '' },
      host: { kind: 'terminal', facts: {} },
      policyFile: undefined,
      policySha256: '',
      policy,
      ...(gates && { gates }),
      observe: false,
      began,
      deployedAt,
    },
    {
      rounds: rounds.filter(({ step }) => steps.has(step)),
      verdict,
      problems: [],
      ended: began,
      walk: { ...walk, walked: done, end: [] },
    },
  );
  return (await replay(record)).differences[0]?.where;
}
