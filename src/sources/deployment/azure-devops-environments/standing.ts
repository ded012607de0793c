/** What runs in an environment, from the records of its deployments. Pure. */
import type { Target } from '../../../record/deployments.js';
import { iso } from '../../../train/clock.js';
import { type Words, wordOf } from '../../security/azure-devops/words.js';
import { oneLine } from '../../text.js';
import type { RecordOf } from './shapes.js';

/** A run of a pipeline, with the last attempt of each of its jobs here. */
export interface Run {
  /** Its build. */
  readonly id: number;
  /** The build number. */
  readonly name: string;
  readonly pipeline: string;
  readonly isBuild: boolean;
  readonly jobs: readonly RecordOf[];
}

export type Standing = Pick<Target, 'state' | 'since' | 'reasons'> & {
  /** What it is about, where that is known. */
  readonly run?: Run;
};

type Result = 'succeeded' | 'succeededwithissues' | 'failed' | 'canceled' | 'skipped' | 'abandoned';
/** `TaskResult`. */
const results: Words<Result> = [
  ['succeeded', 0],
  ['succeededwithissues', 1],
  ['failed', 2],
  ['canceled', 3],
  ['skipped', 4],
  ['abandoned', 5],
];

const isOver = ({ result }: RecordOf): boolean => result !== undefined && result !== null;
const resultOf = ({ result }: RecordOf): Result | undefined => wordOf(result, results);

/** It was over before it began, so that nothing was changed. */
const cameToNothing = (job: RecordOf): boolean =>
  resultOf(job) === 'skipped' || (resultOf(job) === 'canceled' && job.startTime === undefined);

const succeeded = (job: RecordOf): boolean => ['succeeded', 'succeededwithissues'].includes(resultOf(job) ?? '');

/** The pipelines that have deployed there, by id. */
export const pipelinesIn = (records: readonly RecordOf[]): ReadonlyMap<number, string> =>
  new Map(records.map(({ definition: { id, name } }) => [id, name ?? String(id)]));

/** @param records the newest first @returns the newest first; without those that came to nothing */
export function runsOf(records: readonly RecordOf[]): readonly Run[] {
  const runs = new Map<string, Map<string, RecordOf>>();
  for (const record of records) {
    const { stageName, jobName, resourceId } = record;
    const jobs = runs.get(runOf(record)) ?? new Map<string, RecordOf>();
    const job = JSON.stringify([stageName, jobName, resourceId]);
    const known = jobs.get(job);
    if (!known || attempt(record) > attempt(known)) jobs.set(job, record);
    runs.set(runOf(record), jobs);
  }
  return [...runs.values()].flatMap((all) => {
    const jobs = [...all.values()].filter((job) => !cameToNothing(job));
    const [first] = jobs;
    if (!first) return [];
    const { owner, definition, planType } = first;
    const name = oneLine(owner.name ?? String(owner.id), 100);
    const pipeline = oneLine(definition.name ?? String(definition.id), 100);
    return [{ id: owner.id, name, pipeline, isBuild: planType?.toLowerCase() === 'build', jobs }];
  });
}

/** Releases have ids of their own. */
const runOf = ({ owner, planType }: RecordOf): string => `${planType?.toLowerCase() ?? ''} ${owner.id}`;

/** A stage that is run again runs its jobs again. */
const attempt = ({ stageAttempt, jobAttempt }: RecordOf): number => (stageAttempt ?? 1) * 10_000 + (jobAttempt ?? 1);

export const runWords = ({ name, pipeline, jobs }: Run): string => {
  const names = [...new Set(jobs.map(({ stageName, jobName }) => `${stageName ?? '?'}/${jobName ?? '?'}`))];
  return oneLine(`run ${name} of ${pipeline} (${names.slice(0, 5).join(', ')})`, 300);
};

/**
 * What ended last is what runs there: a run that waited for its approval may come after a newer one.
 *
 * @param runs the newest first
 * @param oldest the last record that was read, where there are, or may be, older ones, also of its run; absent: these are all
 */
export function standingOf(runs: readonly Run[], oldest?: RecordOf): Standing {
  const [newest] = runs;
  if (!newest) return unknown('unknown', oldest ? 'none of its newest deployments came to anything' : nothing);
  const moving = runs.find((run) =>
    // An older one that never began is mostly forgotten; the newest is what is about to come.
    run.jobs.some((job) => !isOver(job) && (job.startTime !== undefined || run === newest)),
  );
  if (moving) return unknown('deploying', `${runWords(moving)} is not over`, moving);
  const ended = runs.flatMap((run) => {
    const over = run.jobs.filter(isOver);
    return over.length === 0 ? [] : [{ run, over, at: Math.max(...over.map(endOf)) }];
  });
  const [last] = ended.toSorted((a, b) => b.at - a.at);
  if (!last) return unknown('unknown', nothing);
  const { run, over, at } = last;
  if (Number.isNaN(at)) return unknown('unknown', `of ${runWords(run)} Azure DevOps does not say when it ended`, run);
  if (over.some((job) => resultOf(job) === 'failed')) return unknown('failed', `${runWords(run)} failed`, run);
  const other = over.find((job) => !succeeded(job));
  if (other) return unknown('unknown', `${runWords(run)} was ${oneLine(String(other.result), 40)}`, run);
  if (oldest && run.jobs.some((job) => runOf(job) === runOf(oldest))) {
    return unknown('unknown', `${runWords(run)} has more jobs than are read`, run);
  }
  return { state: 'running', since: iso(at), reasons: [], run };
}

const nothing = 'nothing was ever deployed to it';

/** NaN: it does not say. */
const endOf = ({ finishTime }: RecordOf): number => finishTime ?? Number.NaN;

const unknown = (state: Target['state'], reason: string, run?: Run): Standing => ({
  state,
  since: null,
  reasons: [reason],
  ...(run ? { run } : {}),
});
