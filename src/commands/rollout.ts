/** Walks the policy's `rollout`: opens the flag, moves it for real, and runs the train at each step. */
import { stageOf } from '../policy/preparation.js';
import type { Policy } from '../policy/schema.js';
import { changeFlag, readState, type Wanted } from '../reactions/flags/change.js';
import { percentsOf, type RolloutConfig } from '../reactions/flags/fields.js';
import type { FlagChange } from '../record/flags.js';
import type { Decision, Rollout } from '../record/record.js';
import { brokenSeal } from '../record/seal.js';
import { meaningOf } from '../sources/flags/meaning.js';
import { NotMeasured, type SourceContext } from '../sources/source.js';
import { iso } from '../train/clock.js';
import { type Walked, walk } from '../train/rollout.js';
import { runTrain, type TrainOptions } from '../train/run.js';
import { bindGates } from './bind.js';
import { openNamed } from './open.js';
import { readRecord } from './record-file.js';

export interface RolloutContext {
  readonly policy: Policy;
  readonly config: RolloutConfig;
  readonly resumed: Rollout['resumed'];
  readonly context: SourceContext;
  readonly note: string;
  readonly cancel: AbortSignal;
  readonly random: () => number;
  /** Rounds so far, of all steps. */
  readonly rounds: () => number;
  readonly onRound: TrainOptions['onRound'];
  /** A step began. */
  readonly onStep: (words: string, began: number) => void;
  readonly onProgress: (rollout: Rollout) => void;
}

const requestsMs = 30_000;

export async function rollOut(options: RolloutContext): Promise<Walked> {
  const { policy, config, context, note, cancel, random, resumed } = options;
  const { clock } = context;
  const source = openNamed(policy, config.source, context);
  const meaning = meaningOf(config);
  const verifyMs = config['verify-within'];
  const changing = { sourceName: config.source, source, flag: config.flag, meaning, note, verifyMs, clock };
  // A change that was begun is brought to its end, cancelled or not: half of one would be worse.
  const limit = () => AbortSignal.timeout(verifyMs + requestsMs);
  const change = (wanted: Wanted, more: Partial<Parameters<typeof changeFlag>[0]> = {}): Promise<FlagChange> =>
    changeFlag({ ...changing, wanted, signal: limit(), ...more });

  const retreat = async (to: 'off' | number): Promise<FlagChange> => {
    const wanted: Wanted = to === 'off' ? { to: 'off' } : { to: 'rollout', percent: to };
    const back = await change(wanted);
    if (to === 'off' || back.outcome === 'changed' || back.outcome === 'already') return back;
    // The last good step is out of reach: nothing is safer than off.
    return change({ to: 'off' });
  };

  const preFlight = await inTheWay(options, source, meaning);
  if (preFlight !== undefined) {
    const decision: Decision = { decision: 'stop', reason: 'not-moved', gates: [], sentence: preFlight };
    const { source: named, flag } = config;
    return { rollout: { source: named, flag, steps: percentsOf(config), resumed, walked: [], end: null }, decision };
  }
  return walk({
    config,
    clock,
    cancel,
    resumed,
    move: (percent, unless) => change({ to: 'rollout', percent }, { unless }),
    retreat,
    onProgress: options.onProgress,
    async bake(step, percent, since): Promise<Decision> {
      const stage = stageOf(policy, config, percent);
      options.onStep(`${config.flag} is on for ${percent} %, step ${step} of ${config.steps.length}`, since);
      const { decision } = await runTrain({
        gates: bindGates(stage, context),
        evaluation: stage.evaluation,
        deployedAt: since,
        clock,
        random,
        cancel,
        onRound: options.onRound,
        after: { rounds: options.rounds(), step },
      });
      return decision;
    },
  });
}

/** Before anything moves: what would be in the way of moving the flag, or of switching it off again. */
async function inTheWay(
  { config, resumed, cancel }: RolloutContext,
  source: ReturnType<typeof openNamed>,
  meaning: ReturnType<typeof meaningOf>,
): Promise<string | undefined> {
  if (config['pre-flight'] === 'warn' || config['pre-flight'] === 'off') return undefined;
  const signal = AbortSignal.any([cancel, AbortSignal.timeout(requestsMs)]);
  const { flag } = config;
  try {
    const state = await readState(source, flag, meaning, signal);
    if (!state.exists) return `there is no flag ${flag}: check its name and environment`;
    if (state.kill.possible === false || (state.kill.possible === null && config['pre-flight'] === 'prove')) {
      return `${flag} could not be switched off again, so it is not rolled out: ${state.kill.why ?? state.kill.blockedBy ?? 'no reason given'}`;
    }
    if (state.whenOff !== 'off') {
      return `once ${flag} is off it serves ${state.whenOff === 'on' ? 'the new code' : `what is not known to be the old code (${state.whenOff})`}, so it is not rolled out`;
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    return `${flag} could not be read before it is rolled out${resumed === null ? '' : ' further'}: ${error.message}`;
  }
}

/** What a record says of where to go on, or why it cannot be gone on with. */
export async function resumeFrom(
  file: string,
  policy: Policy,
): Promise<{ readonly resumed: NonNullable<Rollout['resumed']> } | { readonly wrong: string }> {
  const { rollout: config } = policy;
  if (!config) return { wrong: 'the policy has no `rollout` to go on with' };
  const read = await readRecord(file);
  if ('wrong' in read) return read;
  const { record, text } = read;
  const broken = brokenSeal(text, record);
  if (broken !== undefined) return { wrong: `${file}: ${broken}` };
  const { rollout, decision, release } = record;
  const last = rollout?.walked.at(-1);
  if (!rollout || !last?.decision) return { wrong: `${file} tells of no step of a rollout that began` };
  const steps = percentsOf(config);
  if (rollout.flag !== config.flag || rollout.source !== config.source || String(rollout.steps) !== String(steps)) {
    return {
      wrong: `${file} is about another rollout: ${rollout.flag} in ${rollout.source}, ${rollout.steps.join(' %, ')} %`,
    };
  }
  const sha = policy.release.sha ?? null;
  if (release.sha !== sha || release.environment !== (policy.release.environment ?? null)) {
    return { wrong: `${file} is about another release; what was proven of that proves nothing of this one` };
  }
  if (decision.reason !== 'cancelled') {
    return { wrong: `the run of ${file} was not cancelled (${decision.decision}, ${decision.reason}): begin anew` };
  }
  return { resumed: { step: last.step, run: record.host.run, began: iso(Date.parse(record.began)) } };
}
