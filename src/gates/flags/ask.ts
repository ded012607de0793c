/** What gate `flags` asks: how each flag is set up, what it serves to the contexts that are named, and the same of another source. */

import type * as v from 'valibot';
import type { Meaning } from '../../sources/flags/meaning.js';
import type { ServedQuestion, StatesQuestion } from '../../sources/source.js';
import { type Expectation, type expectation, readExpectation } from './expect.js';
import type { Parity } from './parity.js';

type Written = v.InferOutput<typeof expectation>;

/** A name in which `*` stands for any characters. */
export const isPattern = (flag: string): boolean => flag.includes('*');

interface About {
  /** Name of the question in the record. */
  readonly role: string;
  /** A name, or a pattern. */
  readonly flag: string;
  readonly expected: Expectation;
}
export interface StatesProbe extends About {
  readonly asks: 'states';
  readonly question: StatesQuestion;
}
export interface ServedProbe extends About {
  readonly asks: 'served';
  readonly question: ServedQuestion;
}
export interface ParityProbe extends About {
  readonly asks: 'parity';
  readonly question: StatesQuestion;
  /** Role of the question of the same to the gate's own source. */
  readonly here: string;
}
/** A question, and how its answer is judged. */
export type Probe = StatesProbe | ServedProbe | ParityProbe;

/** What evaluations answer where there are contexts. */
const served: ReadonlySet<string> = new Set(['contexts', 'state', 'variant', 'value']);

/** Whether anything is expected that only how the flag is set up can tell. */
const asksState = (expected: Expectation): boolean =>
  expected.contexts === undefined || Object.entries(expected).some(([key, x]) => x !== undefined && !served.has(key));

export function probesOf(
  expect: Readonly<Record<string, Written>>,
  parity: Parity | undefined,
  meaning: Meaning,
): readonly Probe[] {
  const probes = new Map<string, Probe>();
  const add = (wanted: string, make: (role: string) => Probe): string => {
    let role = wanted;
    while (probes.has(role)) role += "'"; // a flag may be called `x #2`
    probes.set(role, make(role));
    return role;
  };
  for (const [flag, written] of Object.entries(expect)) {
    const expected = readExpectation(written);
    const of = isPattern(flag) ? { match: flag } : { flag };
    const question: StatesQuestion = { family: 'flags', ask: 'states', of, meaning };
    const needsState = asksState(expected) || parity !== undefined;
    if (needsState) {
      const here = add(flag, (role) => ({ role, flag, expected, asks: 'states', question }));
      if (parity) {
        const there = { ...question, elsewhere: parity.with };
        add(`${flag} in ${parity.with}`, (role) => ({ role, flag, expected, asks: 'parity', question: there, here }));
      }
    }
    for (const [index, context] of (expected.contexts ?? []).entries()) {
      const name = index === 0 && !needsState ? flag : `${flag} #${index + 1}`;
      const asked: ServedQuestion = { family: 'flags', ask: 'served', flag, context };
      add(name, (role) => ({ role, flag, expected, asks: 'served', question: asked }));
    }
  }
  return [...probes.values()];
}
