/** Decision records of trains that switched flags off, or rolled one out. */
import type { FlagChange, FlagState } from '../../src/record/flags.js';
import type { Decision, DecisionRecord, Reaction, Walk } from '../../src/record/record.js';
import { SimulatedClock } from '../support/clock.js';
import { FakeFlags } from '../support/flags.js';
import { type GateStory, minute, ratio, recordOf } from './stories.js';

const provider = new FakeFlags(new SimulatedClock());

export const at = (percent: number, enabled = percent > 0): FlagState =>
  provider.state('new-checkout', { enabled, percent });

export const flagChange = (change: Partial<FlagChange> = {}): FlagChange => ({
  source: 'flags',
  flag: 'new-checkout',
  wanted: 'off',
  outcome: 'changed',
  at: minute(9),
  detail: 'new-checkout is off: POST /api/admin/projects/default/features/new-checkout/environments/production/off',
  before: at(25),
  after: at(25, false),
  undo: { enabled: true },
  ...change,
});

export const refused = flagChange({
  outcome: 'refused',
  code: 'approval',
  detail: 'https://app.launchdarkly.com refuses the change (405): an approval is required for flags of production',
  next: 'ask a member of checkout-leads to approve turning it off at https://app.launchdarkly.com/checkout/production/new-checkout',
  after: null,
});

const reaction = (flag: FlagChange): Reaction => ({
  type: 'flag-off',
  target: `${flag.flag} in ${flag.source}`,
  moment: 'end',
  at: flag.at,
  ok: flag.outcome === 'changed' || flag.outcome === 'already',
  detail: flag.detail,
  flag,
});

const sick = ratio('error rate', [0.2, 0.3, 4.1, 4.4], 1);
const well = ratio('error rate', [0.2, 0.3, 0.2, 0.2], 1);
const stop: Decision = {
  decision: 'stop',
  reason: 'unhealthy',
  gates: ['error rate'],
  sentence: 'error rate: 4.4 % does not satisfy < 1 % (2 rounds in a row)',
};
const cancelled: Decision = {
  decision: 'stop',
  reason: 'cancelled',
  gates: [],
  sentence: 'cancelled in or after round 4',
};

const switchable: GateStory = {
  name: 'new-checkout can be switched off',
  type: 'flags',
  source: 'flags',
  readings: [
    { state: 'healthy', code: 'as-expected', reason: 'new-checkout can be switched off, and serves off then' },
  ],
};

const moved = (percent: number): FlagChange =>
  flagChange({
    wanted: `at ${percent} %`,
    detail: `new-checkout is at ${percent} %`,
    before: at(0),
    after: at(percent),
  });
const step = (number: number, percent: number, decision: Decision | null): Walk['walked'][number] => ({
  step: number,
  name: `${percent} %`,
  began: minute(number),
  ended: minute(number + 1),
  since: minute(number),
  moved: moved(percent),
  decision,
});
const proven: Decision = {
  decision: 'continue',
  reason: 'healthy',
  gates: ['error rate'],
  sentence: '2 blocking gates healthy together for 15m, and once more in the final check',
};

const walk = (walked: Walk['walked'], end: FlagChange | null = null): Walk => ({
  stages: [1, 5, 25, 100].map((percent) => ({ name: `${percent} %`, move: `new-checkout at ${percent} %` })),
  from: 1,
  to: 4,
  resumed: null,
  walked,
  end: end === null ? [] : [end],
});

const story = (
  verdict: Decision,
  error: GateStory,
  more: { reactions?: FlagChange[]; walk?: Walk } = {},
): DecisionRecord => ({
  ...recordOf({ gates: [error, switchable], rounds: 4, verdict }),
  ...(more.reactions ? { reactions: more.reactions.map(reaction) } : {}),
  ...(more.walk ? { walk: more.walk } : {}),
});

export const flagStories = {
  switchedOff: story(stop, sick, { reactions: [flagChange()] }),
  notOff: story(stop, sick, { reactions: [refused, flagChange({ flag: 'new-basket', outcome: 'already' })] }),
  rolledOut: story(
    { ...proven, sentence: 'new-checkout is on for 100 %, after 4 steps that were each proven healthy' },
    well,
    { walk: walk([step(1, 1, proven), step(2, 5, proven), step(3, 25, proven), step(4, 100, proven)]) },
  ),
  rolloutStopped: story(stop, sick, {
    walk: walk([step(1, 1, proven), step(2, 5, proven), step(3, 25, stop)], flagChange()),
  }),
  rolloutCancelled: story(cancelled, well, { walk: walk([step(1, 1, proven), step(2, 5, cancelled)]) }),
  rolloutElsewhere: story(
    {
      decision: 'stop',
      reason: 'not-moved',
      gates: [],
      sentence:
        'new-checkout could not be moved to 1 %: new-checkout is on for 5 %, expected off: somebody else moves it, or another run rolls it out; resume that run with its record, or switch the flag off first',
    },
    well,
    {
      walk: walk([
        {
          ...step(1, 1, null),
          moved: flagChange({
            outcome: 'refused',
            before: at(5),
            after: null,
            detail: 'new-checkout is on for 5 %, expected off',
          }),
        },
      ]),
    },
  ),
} satisfies Readonly<Record<string, DecisionRecord>>;
