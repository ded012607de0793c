/** `signalbox flags restore RECORD`: puts flags back to what a run found before it changed them. */
import { guarded } from '../host/guarded.js';
import type { Host } from '../host/host.js';
import { createHttp } from '../net/http.js';
import type { Policy } from '../policy/schema.js';
import { stagesOf } from '../policy/stages.js';
import { changeFlag } from '../reactions/flags/change.js';
import { isDone, stateWords } from '../record/flag-words.js';
import type { FlagChange, FlagState } from '../record/flags.js';
import type { DecisionRecord } from '../record/record.js';
import { Redactor } from '../record/redact.js';
import { type Meaning, meaningOf } from '../sources/flags/meaning.js';
import type { SourceContext } from '../sources/source.js';
import { oneLine } from '../sources/text.js';
import { systemClock } from '../train/clock.js';
import { identityOf, load } from './load.js';
import { openNamed } from './open.js';
import { exitCodes } from './publish.js';
import { readRecord } from './record-file.js';
import type { RunContext } from './run.js';
import { readSettings } from './settings.js';

/** One flag that was changed: what was there before the run's last change of it, and what the run left. */
interface Left {
  readonly source: string;
  readonly flag: string;
  readonly was: FlagState;
  readonly undo: unknown;
  readonly after: FlagState | null;
}

/** What a run switched off at its end, in the opposite order. A stage that was left is no loss, and is not undone. */
function leftBy({ reactions = [], walk }: DecisionRecord): Left[] {
  const ends = walk?.end.flatMap((moved) => ('flag' in moved ? [moved] : [])) ?? [];
  const changes: FlagChange[] = [...ends, ...reactions.flatMap((r) => r.flag ?? [])];
  const left = new Map<string, Left>();
  for (const { source, flag, before, after, undo, outcome } of changes) {
    const key = JSON.stringify([source, flag]);
    const wrote = outcome === 'changed' || outcome === 'not-verified' || outcome === 'not-reverted';
    if (wrote && before && undo !== undefined && !left.has(key))
      left.set(key, { source, flag, was: before, undo, after });
  }
  return [...left.values()].reverse();
}

/** @returns the exit code: 0 when all is as it was, 1 when something is not, 2 when the usage, the record or the policy is wrong */
export async function restore(rawHost: Host, file: string, run: Pick<RunContext, 'env' | 'cancel'>): Promise<number> {
  const redactor = new Redactor();
  const host = guarded(rawHost, redactor);
  const say = (level: 'error' | 'warning', message: string) => host.annotate({ level, title: 'Signalbox', message });
  const read = await readRecord(file);
  if ('wrong' in read) {
    say('error', read.wrong);
    return exitCodes.usage;
  }
  const left = leftBy(read.record);
  if (left.length === 0) {
    host.log(`${file}: that run switched no flag off, so there is nothing to put back`);
    return exitCodes.continue;
  }
  const settings = await readSettings(host);
  const loaded = await load(settings, host, run.env);
  for (const secret of loaded.secrets) host.secret(secret);
  const problems = [...settings.problems, ...(settings.text === '' ? [] : loaded.problems)];
  for (const problem of problems) host.annotate({ level: 'error', title: 'Signalbox policy', ...problem });
  if (!loaded.policy || problems.length > 0) return exitCodes.usage;
  const context: SourceContext = {
    clock: systemClock,
    http: createHttp({ clock: systemClock }),
    workspace: process.cwd(),
    identity: identityOf(host, run.env),
  };
  let all = true;
  for (const one of left) {
    const done = await putBack(one, loaded.policy, context, { ...run, observe: settings.observe, file });
    const words = `${done.flag} in ${done.source}: ${done.outcome}: ${done.detail}`;
    if (isDone(done)) host.log(`${done.outcome === 'dry-run' ? '–' : '✓'} ${words}`);
    else {
      all = false;
      say('error', `${words}${done.next === undefined ? '' : `. Next: ${done.next}`}`);
    }
  }
  return all ? exitCodes.continue : exitCodes.stop;
}

async function putBack(
  { source: sourceName, flag, was, undo, after }: Left,
  policy: Policy,
  context: SourceContext,
  { cancel, observe, file }: Pick<RunContext, 'cancel'> & { observe: boolean; file: string },
): Promise<FlagChange> {
  const verifyMs = 60_000;
  try {
    return await changeFlag({
      sourceName,
      source: openNamed(policy, sourceName, context),
      flag,
      wanted: { to: 'restore', was, undo },
      meaning: meaningFor(policy, sourceName, flag),
      note: oneLine(`Signalbox: put back what ${file} found`, 250),
      verifyMs,
      dryRun: observe,
      unless: (now) => changedSince(now, after, was),
      clock: context.clock,
      signal: AbortSignal.any([cancel, AbortSignal.timeout(verifyMs + 30_000)]),
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const at = new Date(context.clock.now()).toISOString();
    return {
      source: sourceName,
      flag,
      wanted: 'as it was before',
      outcome: 'not-read',
      at,
      detail,
      before: null,
      after: null,
    };
  }
}

const sameExposure = (a: FlagState, b: FlagState): boolean =>
  a.enabled === b.enabled && a.exposure.lo === b.exposure.lo && a.exposure.hi === b.exposure.hi && a.reach === b.reach;

/** A person who has switched it since knows more than the record. */
function changedSince(now: FlagState, after: FlagState | null, was: FlagState): string | undefined {
  if (after === null || sameExposure(now, after) || sameExposure(now, was)) return undefined;
  return `${now.key} is ${stateWords(now)}, but the run left it ${stateWords(after)}: somebody has changed it since`;
}

/** As the part of the policy that changed it speaks of on and off. */
function meaningFor(policy: Policy, source: string, flag: string): Meaning {
  const config =
    policy['on-stop'].find((c) => c.source === source && c.flag.includes(flag)) ??
    stagesOf(policy)
      .map(({ move }) => move)
      .find((move) => move?.kind === 'flag' && move.source === source && move.flag === flag);
  if (!config || ('kind' in config && config.kind !== 'flag'))
    throw new Error(`the policy no longer changes ${flag} in ${source}: give the policy of that run`);
  return meaningOf(config);
}
