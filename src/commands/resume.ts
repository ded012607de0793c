/** The input `resume`: the record of a run that was cancelled, or that a freeze ended between two stages, and that this one goes on with. */
import type { Policy } from '../policy/schema.js';
import { stagesOf } from '../policy/stages.js';
import type { Walk } from '../record/record.js';
import { brokenSeal } from '../record/seal.js';
import { iso } from '../train/clock.js';
import { replay } from '../train/replay.js';
import { moveWords } from '../train/walk.js';
import { readRecord } from './record-file.js';

/** What a record says of where to go on, or why it cannot be gone on with. */
export async function resumeFrom(
  file: string,
  policy: Policy,
): Promise<{ readonly resumed: NonNullable<Walk['resumed']> } | { readonly wrong: string }> {
  const stages = stagesOf(policy);
  if (stages.length === 0) return { wrong: 'the policy has no `stages` and no `rollout` to go on with' };
  const read = await readRecord(file);
  if ('wrong' in read) return read;
  const { record, text } = read;
  const broken = brokenSeal(text, record);
  if (broken !== undefined) return { wrong: `${file}: ${broken}` };
  const { walk, decision, release } = record;
  const last = walk?.walked.at(-1);
  if (!walk || !last?.decision) return { wrong: `${file} tells of no stage that began` };
  const wanted = stages.map(({ name, move }) => ({ name, move: move ? moveWords(move) : null }));
  if (JSON.stringify(walk.stages) !== JSON.stringify(wanted)) {
    const theirs = walk.stages.map(({ name, move }) => (move === null ? name : `${name} (${move})`)).join('; ');
    return { wrong: `${file} is about other stages: ${theirs}` };
  }
  const sha = policy.release.sha ?? null;
  if (release.sha !== sha || release.environment !== (policy.release.environment ?? null)) {
    return { wrong: `${file} is about another release; what was proven of that proves nothing of this one` };
  }
  if (!['cancelled', 'frozen'].includes(decision.reason)) {
    return { wrong: `the run of ${file} was not cancelled (${decision.decision}, ${decision.reason}): begin anew` };
  }
  const [different] = (await replay(record)).differences;
  if (different) {
    return { wrong: `${file} is not what its evidence comes to (${different.where}): begin anew` };
  }
  // The stage that a freeze kept from beginning is the one behind the last.
  const step = last.decision.decision === 'continue' ? last.step + 1 : last.step;
  return { resumed: { step, run: record.host.run, began: iso(Date.parse(record.began)) } };
}
