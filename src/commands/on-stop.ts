/** What the policy does when the train stops: switch flags off, in order, and say loudly which could not be. */

import type { Policy } from '../policy/schema.js';
import { changeFlag } from '../reactions/flags/change.js';
import type { FlagOffConfig, StopReason } from '../reactions/flags/fields.js';
import { probed } from '../reactions/flags/probe.js';
import { isDone } from '../record/flag-words.js';
import type { FlagChange } from '../record/flags.js';
import type { Decision, Reaction } from '../record/record.js';
import { meaningOf } from '../sources/flags/meaning.js';
import type { SourceContext } from '../sources/source.js';
import { iso } from '../train/clock.js';
import { openNamed } from './open.js';

export interface StopContext {
  readonly policy: Policy;
  /** What the step does: of a stop that it does not make it is only said what would be done. */
  readonly decision: Decision;
  /** What the gates said. */
  readonly verdict: Decision;
  readonly context: SourceContext;
  /** One line for the audit logs of the providers. */
  readonly note: string;
  /** For a warning, or an error, of the platform. */
  readonly say: (level: 'error' | 'warning', message: string) => void;
}

/** Time for the requests themselves, beside that for reading back. */
const requestsMs = 30_000;
/** A platform that cancels a job kills it soon after. */
const cancelledMs = 4000;

/** Never throws. @returns what was done, in the policy's order */
export async function onStop(stop: StopContext): Promise<Reaction[]> {
  const { policy, verdict, decision } = stop;
  const reactions: Reaction[] = [];
  for (const config of policy['on-stop']) {
    if (verdict.decision !== 'stop' || !config.when.includes(verdict.reason as StopReason)) continue;
    // The train goes: the policy only observes, or somebody answers for it.
    const dryRun = config['dry-run'] || decision.decision === 'continue';
    for (const flag of config.flag) reactions.push(await switchOff(stop, config, flag, dryRun));
  }
  return reactions;
}

async function switchOff(stop: StopContext, config: FlagOffConfig, flag: string, dryRun: boolean): Promise<Reaction> {
  const { policy, context, note, verdict } = stop;
  const { clock } = context;
  const at = iso(clock.now());
  const hurried = verdict.reason === 'cancelled';
  const verifyMs = hurried ? Math.min(cancelledMs, config['verify-within']) : config['verify-within'];
  const signal = AbortSignal.timeout(hurried ? cancelledMs : verifyMs + requestsMs);
  const meaning = meaningOf(config);
  let done: FlagChange;
  try {
    const source = openNamed(policy, config.source, context);
    const changing = { sourceName: config.source, source, flag, wanted: { to: 'off' }, meaning } as const;
    done = await changeFlag({ ...changing, note, verifyMs, dryRun, clock, signal });
    if (config.probe && !dryRun) {
      const probeSource = openNamed(policy, config.probe.with, context);
      done = await probed(done, { source: probeSource, contexts: config.probe.for, meaning, verifyMs, clock, signal });
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const nothing = { before: null, after: null, code: 'internal-error', next: `switch ${flag} off by hand` };
    done = { source: config.source, flag, wanted: 'off', outcome: 'not-read', at, detail, ...nothing };
  }
  const ok = isDone(done);
  if (!ok)
    stop.say('error', `${flag} is NOT known to be off: ${done.detail}. Next: ${done.next ?? 'switch it off by hand'}`);
  return {
    type: 'flag-off',
    target: `${flag} in ${config.source}`,
    moment: 'end',
    at,
    ok,
    detail: done.detail,
    flag: done,
  };
}
