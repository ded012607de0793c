/** After a flag was switched off: evaluating it as the application does, until nobody who is asked for gets the new code. */
import type { FlagChange } from '../../record/flags.js';
import { classOf, type Meaning } from '../../sources/flags/meaning.js';
import { type AnySource, NotMeasured } from '../../sources/source.js';
import { oneLine } from '../../sources/text.js';
import type { Clock } from '../../train/clock.js';

export interface Probing {
  readonly source: AnySource;
  readonly contexts: readonly Readonly<Record<string, unknown>>[];
  readonly meaning: Meaning;
  /** Milliseconds. */
  readonly verifyMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const pollMs = 1000;

/** @returns the change as it stands after the probes; one that was not made, or not seen to be made, is returned as it is */
export async function probed(change: FlagChange, probing: Probing): Promise<FlagChange> {
  if (change.outcome !== 'changed' && change.outcome !== 'already') return change;
  const { contexts, verifyMs, clock, signal } = probing;
  const until = clock.now() + verifyMs;
  for (;;) {
    const left = (await Promise.all(contexts.map((context) => stillOn(change.flag, context, probing)))).filter(
      (text) => text !== undefined,
    );
    const [first] = left;
    if (first === undefined) {
      const detail = `${change.detail}; none of ${contexts.length} probes is served the new code`;
      return { ...change, detail };
    }
    if (signal.aborted || clock.now() + pollMs > until) {
      return {
        ...change,
        outcome: 'not-verified',
        code: 'probe',
        detail: oneLine(`${change.detail}; but ${first}`, 500),
        next: 'see whether the applications have heard of the change: what they cache, and where they read flags',
      };
    }
    await clock.sleep(pollMs, signal);
  }
}

/** Why one context may still get the new code. */
async function stillOn(
  flag: string,
  context: Readonly<Record<string, unknown>>,
  { source, meaning, signal }: Probing,
): Promise<string | undefined> {
  const who = oneLine(String(context.targetingKey), 60);
  try {
    const answer = await source.flags?.({ family: 'flags', ask: 'served', flag, context }, signal);
    if (answer?.kind !== 'flag' || !answer.exists) return `nobody could say what ${who} is served`;
    const nothing = answer.value === null || answer.value === undefined;
    const of = nothing ? (meaning.codeDefault ?? 'unclear') : classOf(answer, meaning);
    if (of === 'off') return undefined;
    const served = nothing ? 'nothing, so that its code decides' : oneLine(JSON.stringify(answer.value), 60);
    return `${who} is served ${served}`;
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    return `what ${who} is served could not be measured: ${error.message}`;
  }
}
