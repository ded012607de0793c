/** `signalbox run`: from the host's inputs to the published decision. */
import { guarded } from '../host/guarded.js';
import type { Host, Identity } from '../host/host.js';
import { inputs } from '../host/inputs.js';
import { createHttp } from '../net/http.js';
import { type Loaded, loadPolicy } from '../policy/load.js';
import { sendOwnTelemetry } from '../reactions/own-telemetry.js';
import { buildRecord, decisionFor, type Facts, type Outcome } from '../record/build.js';
import { sha256 } from '../record/hash.js';
import type { Decision, DecisionRecord, Problem, Rollout, Round } from '../record/record.js';
import { Redactor } from '../record/redact.js';
import { frame } from '../report/live.js';
import { progressLine } from '../report/text.js';
import type { SourceContext } from '../sources/source.js';
import { oneLine } from '../sources/text.js';
import { type Clock, iso, systemClock } from '../train/clock.js';
import { runTrain, type TrainOptions } from '../train/run.js';
import { type Annotations, openAnnotations } from './annotate.js';
import { bindGates, gateFacts } from './bind.js';
import { deploymentTime } from './deployment.js';
import { withDocuments } from './documents.js';
import { onStop } from './on-stop.js';
import { openSource } from './open.js';
import { exitCodes, publish } from './publish.js';
import { resumeFrom, rollOut } from './rollout.js';
import { readSettings, type Settings } from './settings.js';

export interface RunContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** Aborted when the platform or a person ends the step (the reason is the exit code), or by a crash (the error). */
  readonly cancel: AbortSignal;
  /** Called when the run is over but something that nobody waits for any more may keep the process alive. */
  readonly leave?: () => void;
}

/** Longest time that Signalbox's own telemetry may delay the end of the step. */
const ownTelemetryMs = 2000;

/** Runs the step to its end. Never throws: whatever goes wrong is reported as a decision to stop. */
export async function run(rawHost: Host, context: RunContext): Promise<Decision> {
  const clock = context.clock ?? systemClock;
  const redactor = new Redactor();
  const host = guarded(rawHost, redactor);
  const began = clock.now();
  const rounds: Round[] = [];
  let settings: Settings | undefined;
  let loaded: Loaded | undefined;
  let deployedAt: number | undefined;
  let annotations: Annotations | undefined;
  let rollout: Rollout | undefined;
  let grouped = false;
  const outside: SourceContext = {
    clock,
    http: createHttp({ clock }),
    workspace: process.cwd(),
    identity: identityOf(host, context.env),
  };
  const end = async (verdict: Decision, problems: readonly Problem[], exitCode: number) => {
    host.live?.(undefined);
    if (grouped) host.group?.();
    grouped = false;
    const facts: Facts = {
      tool: { name: 'signalbox', version: context.version },
      host,
      policyFile: settings?.file,
      policySha256: sha256(settings?.text ?? JSON.stringify(settings?.overrides ?? [])),
      policy: loaded?.policy,
      ...(loaded?.policy ? { gates: gateFacts(loaded.policy, loaded.locate) } : {}),
      observe: settings?.observe ?? false,
      began,
      deployedAt,
    };
    const decides = decisionFor(verdict, facts.observe);
    const reactions = loaded?.policy
      ? await onStop({
          policy: loaded.policy,
          verdict,
          decision: decides,
          observe: facts.observe,
          context: outside,
          note: redactor.text(oneLine(`Signalbox, ${host.facts.run ?? 'on a terminal'}: ${verdict.sentence}`, 250)),
          say: (level, message) => host.annotate({ level, title: 'Signalbox', message }),
        })
      : [];
    const outcome: Outcome = { rounds, verdict, problems, ended: clock.now(), reactions, rollout };
    const to = {
      ...(settings?.record === undefined ? {} : { record: settings.record }),
      ...(settings?.summary === undefined ? {} : { summary: settings.summary }),
      ...(settings?.report === undefined ? {} : { report: settings.report }),
      ...(settings?.attest === undefined ? {} : { attest: settings.attest }),
    };
    const decided = buildRecord(facts, outcome);
    // Before it is published, so that the record and the summary tell of it.
    const annotated = await annotations?.end(decided);
    const record = annotated?.reactions.length
      ? { ...decided, reactions: [...reactions, ...annotated.reactions] }
      : decided;
    const decision = await publish(host, redactor, record, to, exitCode);
    const revoked = decision.decision !== record.decision.decision;
    if (revoked) await annotations?.end({ ...record, decision, verdict: decision });
    if (annotated?.unfinished) context.leave?.();
    if (settings?.telemetry !== undefined) {
      await report({ ...redactor.data(record), decision }, settings.telemetry, host, context);
    }
    return decision;
  };

  try {
    maskInputs(host);
    settings = await readSettings(host);
    loaded = await load(settings, host, context.env);
    for (const secret of loaded.secrets) host.secret(secret);
    const { policy } = loaded;
    const problems = [...settings.problems, ...(settings.text === '' ? [] : loaded.problems)];
    const resumed = policy && settings.resume !== undefined ? await resumeFrom(settings.resume, policy) : undefined;
    if (resumed && 'wrong' in resumed) problems.push({ message: `input \`resume\`: ${resumed.wrong}` });
    if (policy && problems.length === 0) {
      const time = await deploymentTime(policy, {
        now: began,
        clock,
        cancel: context.cancel,
        announced: host.facts.deployedAt,
        open: (config) => openSource(config, outside),
      });
      if ('wrong' in time) problems.push(loaded.locate(['release', 'deployed-at'], time.wrong));
      else if ('at' in time) {
        deployedAt = time.at;
        if (time.from !== undefined) host.log(`the new version went live at ${iso(time.at)}, says ${time.from}`);
      } else if (!context.cancel.aborted) return await end(deploymentUnknown(time.unmeasured), [], exitCodes.stop);
      else return await end(cancelledEarly, [], cancelledBy(context.cancel));
    }
    if (!policy || problems.length > 0 || deployedAt === undefined) {
      return await end(policyError(problems), problems, exitCodes.usage);
    }
    const { observe } = settings;
    const { cancel } = context;
    const random = context.random ?? Math.random;
    annotations = openAnnotations({ policy, observe, began, deployedAt, host, redactor, context: outside, cancel });
    let since = began;
    const onRound: TrainOptions['onRound'] = (round, state, next) => {
      rounds.push(round);
      const { evaluation, gates: rules } = policy;
      const { live } = host;
      // Folded, so that the report stands out; while it is written the platforms show what is in it.
      if (!grouped) host.group?.('Rounds');
      grouped = true;
      if (live === undefined) host.log(progressLine(round, { evaluation, began: since, state, rules }));
      if (next === undefined) return live?.(undefined);
      const waiting = {
        rounds: rounds.filter(({ step }) => step === round.step),
        state,
        rules,
        evaluation,
        began: since,
        next,
      };
      live?.((size) => frame({ ...waiting, now: clock.now() }, size));
      // Beside the first wait, so that no question waits for it; a train that does not wait is annotated at its end alone.
      if (round.number === 1) annotations?.begin();
      const share = (100 * (clock.now() - since)) / evaluation.deadline;
      host.progress(share, `round ${round.number + 1} begins at ${iso(next).slice(11, 19)} UTC`);
    };
    if (policy.rollout && observe) host.log(`observed only: ${policy.rollout.flag} is not moved`);
    let decision: Decision;
    if (policy.rollout && !observe) {
      const walked = await rollOut({
        policy,
        config: policy.rollout,
        resumed: resumed && 'resumed' in resumed ? resumed.resumed : null,
        context: outside,
        note: redactor.text(oneLine(`Signalbox, ${host.facts.run ?? 'on a terminal'}: rollout`, 250)),
        cancel,
        random,
        rounds: () => rounds.length,
        onRound,
        onStep: (words, at) => {
          since = at;
          host.log(words);
        },
        onProgress: (soFar) => {
          rollout = soFar;
        },
      });
      ({ rollout, decision } = walked);
    } else {
      const gates = bindGates(policy, outside);
      const { evaluation } = policy;
      ({ decision } = await runTrain({ gates, evaluation, deployedAt, clock, random, cancel, onRound }));
    }
    return await end(decision, [], decision.reason === 'cancelled' ? cancelledBy(cancel) : exitCodes.stop);
  } catch (error) {
    return await end(internalError(error), [], exitCodes.internal);
  }
}

/** Tokens that came as inputs, before anything is done with them. */
function maskInputs(host: Host): void {
  for (const input of inputs) {
    const value = 'secret' in input ? host.input(input.name) : undefined;
    if (value) host.secret(value);
  }
}

/** Loads the policy that the settings name, and the documents that it names. `lenient`: see `LoadOptions`. */
export async function load(settings: Settings, host: Host, env: RunContext['env'], lenient = false): Promise<Loaded> {
  const { sha, environment } = host.facts;
  const loaded = await loadPolicy({
    ...(settings.text === undefined ? {} : { text: settings.text }),
    ...(settings.file === undefined ? {} : { file: settings.file }),
    overrides: settings.overrides,
    facts: { ...(sha === undefined ? {} : { sha }), ...(environment === undefined ? {} : { environment }) },
    env,
    observe: settings.observe,
    lenient,
    ...(host.longestJobMs === undefined ? {} : { longestJobMs: host.longestJobMs }),
  });
  if (!loaded.policy) return loaded;
  const { policy, problems } = await withDocuments(loaded.policy, process.cwd(), loaded.locate);
  const { policy: _, ...rest } = loaded;
  return problems.length > 0 ? { ...rest, problems } : { ...rest, policy };
}

/** Signalbox's own telemetry. It fails with a warning, and never changes the decision. */
async function report(
  record: DecisionRecord,
  connectionString: string,
  host: Host,
  { version, leave }: RunContext,
): Promise<void> {
  const options = { connectionString, version, limitMs: ownTelemetryMs };
  const { problem, unfinished } = await sendOwnTelemetry(record, options);
  const message = `Signalbox's own telemetry was not sent: ${problem}`;
  if (problem !== undefined) host.annotate({ level: 'warning', title: 'Signalbox', message });
  if (unfinished) leave?.();
}

export const identityOf = (host: Host, env: RunContext['env']): Identity => ({
  env,
  ...(host.idToken && { idToken: host.idToken }),
  ...(host.serviceConnection && { serviceConnection: host.serviceConnection }),
  secret: (value) => host.secret(value),
});

const policyError = (problems: readonly Problem[]): Decision => ({
  decision: 'stop',
  reason: 'policy-error',
  gates: [],
  sentence: `the policy or the inputs are wrong in ${problems.length} ${problems.length === 1 ? 'place' : 'places'}; nothing was measured`,
});

const deploymentUnknown = (sentence: string): Decision => ({
  decision: 'stop',
  reason: 'not-measured',
  gates: [],
  sentence,
});

const cancelledEarly: Decision = {
  decision: 'stop',
  reason: 'cancelled',
  gates: [],
  sentence: 'cancelled before anything was measured',
};

/** @returns the exit code that the platform or the person asked for; throws what crashed */
function cancelledBy({ reason }: AbortSignal): number {
  if (typeof reason !== 'number') throw reason;
  return reason;
}

const internalError = (error: unknown): Decision => ({
  decision: 'stop',
  reason: 'internal-error',
  gates: [],
  sentence: `Signalbox itself failed: ${error instanceof Error ? error.message : String(error)}`,
});
