/** What gate `deployment` asks: how all targets stand, and how the settings of some differ from those of others. */
import type { DeploymentQuestion } from '../../sources/source.js';
import { type Expectation, readExpectation, type Written } from './expect.js';

export interface Probe {
  readonly target: string;
  readonly expected: Expectation;
  /** The question about its settings. */
  readonly settingsRole?: string;
}

export interface Asked {
  readonly probes: readonly Probe[];
  /** By role; the first asks how all targets stand. */
  readonly questions: ReadonlyMap<string, DeploymentQuestion>;
}

/** Role of the question how all targets stand. */
export const targetsRole = 'targets';

export function askFor(expect: Readonly<Record<string, Written>>): Asked {
  const questions = new Map<string, DeploymentQuestion>([
    [targetsRole, { family: 'deployment', targets: Object.keys(expect) }],
  ]);
  const probes = Object.entries(expect).map(([target, written]): Probe => {
    const expected = readExpectation(written);
    if (expected.settings === undefined) return { target, expected };
    // Apart from the rest: where settings may not be read, everything else still is.
    const settingsRole = `settings of ${target}`;
    const settings = { target, like: expected.settings.like };
    questions.set(settingsRole, { family: 'deployment', targets: [target], settings });
    return { target, expected, settingsRole };
  });
  return { probes, questions };
}
