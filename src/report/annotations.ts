/** Remarks beside the code: one for each reason. */
import type { Annotation } from '../host/host.js';
import type { DecisionRecord } from '../record/record.js';
import { histories } from './history.js';
import { blockingGates, headline, measuredText } from './words.js';

/** Errors for what stopped the train, warnings for what it went on in spite of. */
export function annotations(record: DecisionRecord): readonly Annotation[] {
  const { decision } = record;
  const level = decision.decision === 'stop' ? 'error' : 'warning';
  if (record.problems.length > 0) return record.problems.map((p) => ({ level, title: 'Signalbox policy', ...p }));
  const blocking = blockingGates(record);
  const named = new Set(blocking.map((g) => g.name));
  const uneasy = histories(record).filter(
    (g) =>
      !named.has(g.name) && g.enforce !== 'observe' && g.last?.state !== 'healthy' && decision.decision === 'continue',
  );
  const would = decision.reason === 'observed' ? ' (would have stopped the train)' : '';
  const remarks: Annotation[] = [
    ...blocking.map(
      (g): Annotation => ({ level, title: 'Signalbox', message: `${g.name}: ${measuredText(g)}${would}` }),
    ),
    ...uneasy.map(
      (g): Annotation => ({ level: 'warning', title: 'Signalbox', message: `${g.name}: ${measuredText(g)}` }),
    ),
  ];
  if (remarks.length > 0 || decision.decision === 'continue') return remarks;
  return [{ level, title: 'Signalbox', message: headline(record) }];
}
