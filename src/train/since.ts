/** What changed since an earlier release, by what the gates saw. Pure. */
import type { Round } from '../record/record.js';
import type { FlagChanged } from '../record/standing.js';

/**
 * The flags among the evidence that changed later than an instant, the newest change first.
 *
 * @param since ISO 8601
 */
export function flagsSince(rounds: readonly Pick<Round, 'gates'>[], since: string): FlagChanged[] {
  const found = new Map<string, FlagChanged>();
  for (const { gates } of rounds) {
    for (const answer of gates.flatMap(({ answers }) => answers)) {
      if (!('measurement' in answer) || answer.measurement.kind !== 'flag-states') continue;
      const { source, states } = answer.measurement;
      for (const { key, changed } of states) {
        if (changed === null || !(Date.parse(changed.at) > Date.parse(since))) continue;
        found.set(JSON.stringify([source, key]), { source, flag: key, at: changed.at, scope: changed.scope });
      }
    }
  }
  return [...found.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.flag < b.flag ? -1 : 1));
}
