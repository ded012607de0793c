/** `signalbox run --train FILE`: several services, side by side and in order, each by its own policy, with one verdict. */
import { basename } from 'node:path';
import { guarded } from '../host/guarded.js';
import type { Annotation, Host } from '../host/host.js';
import { prefixOf } from '../host/of-service.js';
import { sha256 } from '../record/hash.js';
import type { Problem } from '../record/record.js';
import { Redactor } from '../record/redact.js';
import type { ServiceDecision, TrainDecision, TrainRecord, TrainService } from '../record/train-record.js';
import { iso, systemClock } from '../train/clock.js';
import { neverBegun, nextOf, orderOf, type Plan, verdictOf } from '../train/services.js';
import { exitCodes } from './publish.js';
import { publishTrain } from './publish-train.js';
import type { RunContext } from './run.js';
import { readyTrain, type TrainReady } from './train-load.js';
import { type Ran, runService } from './train-service.js';
import { openKeeping } from './train-state.js';

export { checkTrain } from './train-load.js';

/** Runs the train to its end. Never throws: whatever goes wrong is reported as a decision to stop. */
export async function runServices(rawHost: Host, context: RunContext): Promise<TrainDecision> {
  const clock = context.clock ?? systemClock;
  const redactor = new Redactor();
  const host = guarded(rawHost, redactor);
  const began = clock.now();
  const annotations: Annotation[] = [];
  const ran = new Map<string, Ran>();
  const decided = new Map<string, ServiceDecision>();
  let ready: TrainReady | undefined;

  const end = (decision: TrainDecision, problems: readonly Problem[], exitCode: number): Promise<TrainDecision> => {
    const record = recordOf({ host, context, ready, ran, decided, decision, problems, began, ended: clock.now() });
    const paths = { record: ready?.record, summary: ready?.summary };
    const records = new Map([...ran].flatMap(([name, { kept }]) => (kept ? [[name, kept.record] as const] : [])));
    const uneasy = [...ran.values()].some((one) => one.end?.result === 'warning');
    return publishTrain(host, redactor, { record, records, annotations, paths, uneasy, exitCode });
  };

  try {
    ready = await readyTrain(host, context.env);
    const { services, secrets, problems, troubled } = ready;
    for (const secret of secrets) host.secret(secret);
    const plans = services.map(({ config }): Plan => config);
    if (problems.length > 0 || orderOf(plans) === undefined) {
      for (const { name } of plans) decided.set(name, notBegunFor(troubled.includes(name)));
      return await end(wrongTrain(problems, troubled), problems, exitCodes.usage);
    }
    const keeping = openKeeping(ready, { now: began, redact: (data) => redactor.data(data), host });
    for (const [name, one] of await keeping.carriedOver()) {
      ran.set(name, one);
      decided.set(name, one.decision);
      host.log(`${prefixOf(name)}continued in an earlier job of this train, which ended at ${iso(one.ended)}`);
    }
    const progress = progressOf(host, plans, decided);
    await walkServices(plans, decided, {
      cancel: context.cancel,
      barred: (name, { sentence }) => host.log(`${prefixOf(name)}${sentence}`),
      async begin(name) {
        const service = services.find(({ config }) => config.name === name);
        if (!service) throw new Error(`there is no service ${name}`);
        const own = await runService(host, service, {
          context: { ...context, clock, secrets },
          onProgress: (percent, text) => progress(name, percent, text),
          // On a terminal the log and the remarks are one; elsewhere the platform shows a few of them, so the train's own come first.
          onAnnotation: (annotation) =>
            host.kind === 'terminal' ? host.annotate(annotation) : void annotations.push(annotation),
        });
        ran.set(name, own);
        if (own.decision.decision === 'continue') await keeping.carry(service);
        host.log(`${prefixOf(name)}${own.decision.decision} (${own.decision.reason})`);
        progress(name, 100, '');
        return own.decision;
      },
    });
    const verdict = verdictOf(plans, decided);
    if (!goesOn.has(verdict.reason)) await keeping.forget();
    return await end(verdict, [], worstExit(verdict, { ran, decided, cancel: context.cancel }));
  } catch (error) {
    const sentence = `Signalbox itself failed: ${error instanceof Error ? error.message : String(error)}`;
    const decision: TrainDecision = { decision: 'stop', reason: 'internal-error', services: [], sentence };
    return await end(decision, [], exitCodes.internal);
  }
}

/** After these the same train may go on in another job. */
const goesOn: ReadonlySet<string> = new Set(['parked', 'cancelled', 'internal-error']);

interface Walking {
  readonly cancel: AbortSignal;
  readonly barred: (name: string, decision: ServiceDecision) => void;
  readonly begin: (name: string) => Promise<ServiceDecision>;
}

/** Begins each service as soon as all that it needs have continued, until every one is decided. None waits for those that it does not need. */
async function walkServices(plans: readonly Plan[], decided: Map<string, ServiceDecision>, walking: Walking) {
  const running = new Map<string, Promise<void>>();
  const decide = (name: string, decision: ServiceDecision): void => {
    decided.set(name, decision);
    walking.barred(name, decision);
  };
  try {
    while (decided.size < plans.length) {
      const { begin, barred } = nextOf(plans, decided, new Set(running.keys()));
      for (const { name, decision } of barred) decide(name, decision);
      for (const name of begin) {
        if (walking.cancel.aborted) decide(name, cutOff(walking.cancel));
        else running.set(name, begun(name));
      }
      // What was just decided may bar others.
      if (barred.length === 0 && running.size > 0) await Promise.race(running.values());
    }
  } finally {
    // Whatever failed: evidence that others gather is not thrown away.
    await Promise.allSettled(running.values());
  }

  async function begun(name: string): Promise<void> {
    const decision = await walking.begin(name);
    decided.set(name, decision);
    running.delete(name);
  }
}

/** A service that the cancellation, or a crash, came before. */
const cutOff = ({ reason }: AbortSignal): ServiceDecision =>
  typeof reason === 'number'
    ? neverBegun('stop', 'cancelled', 'never begun, since the train was cancelled before')
    : neverBegun(
        'stop',
        'internal-error',
        `never begun, since Signalbox itself failed before: ${reason instanceof Error ? reason.message : String(reason)}`,
      );

const notBegunFor = (troubled: boolean): ServiceDecision =>
  neverBegun(
    'stop',
    'policy-error',
    troubled
      ? 'never begun, since its policy is wrong'
      : 'never begun, since nothing begins until all of the train is right',
  );

const wrongTrain = (problems: readonly Problem[], services: readonly string[]): TrainDecision => ({
  decision: 'stop',
  reason: 'policy-error',
  services: [...services],
  sentence: `the train, its policies or the inputs are wrong in ${problems.length} ${problems.length === 1 ? 'place' : 'places'}; nothing was begun`,
});

/** One line for all of them: how far they are together, and what those that run wait for. */
function progressOf(host: Host, plans: readonly Plan[], decided: ReadonlyMap<string, unknown>) {
  const last = new Map<string, { percent: number; text: string }>();
  return (name: string, percent: number, text: string): void => {
    last.set(name, { percent: Math.min(100, Math.max(0, percent)), text });
    const sum = plans.reduce((all, plan) => all + (last.get(plan.name)?.percent ?? 0), 0);
    const words = [...last].filter(([one, { text: own }]) => own !== '' && !decided.has(one));
    host.progress(sum / plans.length, words.map(([one, { text: own }]) => `${one}: ${own}`).join('; '));
  };
}

interface Ends {
  readonly ran: ReadonlyMap<string, Ran>;
  readonly decided: ReadonlyMap<string, ServiceDecision>;
  readonly cancel: AbortSignal;
}

/** The exit code that says most of the services for which the verdict is what it is: Signalbox failed, it was cut off, used wrongly, one stopped. */
function worstExit(verdict: TrainDecision, { ran, decided, cancel }: Ends): number {
  const codes = [...decided].flatMap(([name, { decision, reason }]) => {
    if (decision === 'continue' || decision !== verdict.decision) return [];
    if (decision === 'hold') return [exitCodes.hold];
    if (reason === 'internal-error') return [exitCodes.internal];
    if (reason === 'cancelled' && typeof cancel.reason === 'number') return [cancel.reason];
    return [ran.get(name)?.end?.exitCode || exitCodes.stop];
  });
  const weight = (code: number): number => (code === exitCodes.internal ? 1000 : code);
  return codes.reduce((a, b) => (weight(b) > weight(a) ? b : a), exitCodes.continue as number);
}

interface Outcome {
  readonly host: Host;
  readonly context: RunContext;
  readonly ready: TrainReady | undefined;
  readonly ran: ReadonlyMap<string, Ran>;
  readonly decided: ReadonlyMap<string, ServiceDecision>;
  readonly decision: TrainDecision;
  readonly problems: readonly Problem[];
  readonly began: number;
  readonly ended: number;
}

function recordOf({ host, context, ready, ran, decided, decision, problems, began, ended }: Outcome): TrainRecord {
  const { facts, kind } = host;
  const services = (ready?.services ?? []).map(({ config: { name, policy, needs }, inputs }): TrainService => {
    const one = ran.get(name);
    return {
      name,
      policy,
      needs: [...needs],
      began: one ? iso(one.began) : null,
      ended: one ? iso(one.ended) : null,
      decision: decided.get(name) ?? neverBegun('stop', 'internal-error', 'it ended without a decision'),
      ...(one?.carried ? { carried: true as const } : {}),
      record: one?.kept ? { file: basename(inputs.record ?? ''), sha256: one.kept.sha256 } : null,
    };
  });
  return {
    signalbox: 1,
    kind: 'train',
    tool: { name: 'signalbox', version: context.version },
    train: ready?.train ?? null,
    file: { path: ready?.file ?? '', sha256: sha256(ready?.text ?? '') },
    host: {
      kind,
      repository: facts.repository ?? null,
      ref: facts.ref ?? null,
      sha: facts.sha ?? null,
      actor: facts.actor ?? null,
      run: facts.run ?? null,
    },
    began: iso(began),
    ended: iso(ended),
    order: orderOf(services) ?? [],
    services,
    decision,
    problems: [...problems],
  };
}
