/** What does not follow again, in words. */
import type { Difference } from '../train/replay.js';

export const differenceWords = ({ where, recorded, replayed }: Difference): string =>
  `${where}: the record says ${shortened(recorded)}, but from its evidence follows ${shortened(replayed)}`;

const shortened = (text: string): string => (text.length <= 350 ? text : `${text.slice(0, 350)}…`);
