/** The interface between Signalbox and those it tells of a decision. A notification is opened and kept as an annotation is. */
import * as v from 'valibot';
import { described } from '../../policy/fields.js';
import type { Decision } from '../../record/record.js';
import type { AnnotationType } from '../reaction.js';

/** What there is to be told of. `observed`: the gates say stop and the train goes, since the policy only observes or somebody answers for it. */
export const occasions = ['stop', 'continue', 'observed', 'cancelled'] as const;
export type Occasion = (typeof occasions)[number];

export const occasionOf = ({ decision, reason }: Decision): Occasion => {
  if (reason === 'observed' || reason === 'overridden') return 'observed';
  return reason === 'cancelled' ? reason : decision === 'continue' ? 'continue' : 'stop';
};

/** @param usual when the policy does not say */
export const whenField = (usual: readonly Occasion[]) =>
  described(
    v.optional(v.pipe(v.array(v.picklist(occasions)), v.minLength(1, 'at least one occasion')), [...usual]),
    `Which ends are told of. \`observed\`: the gates say stop and the train goes, since the policy only observes or somebody answers for it. Default: ${usual.map((one) => `\`${one}\``).join(', ')}.`,
  );

/** A kind of notification: one file, one line in the registry. Its schema has `when`. */
export type NotificationType = AnnotationType;
