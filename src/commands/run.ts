/** `signalbox run`: from the host's inputs to the published decision. */
import { guarded } from '../host/guarded.js';
import type { Host } from '../host/host.js';
import { createHttp } from '../net/http.js';
import type { Loaded } from '../policy/load.js';
import { sendOwnTelemetry } from '../reactions/own-telemetry.js';
import { buildRecord, decisionFor, type Facts, type Outcome, overrideOf } from '../record/build.js';
import { sha256 } from '../record/hash.js';
import type { Decision, DecisionRecord, Problem, Round, Walk } from '../record/record.js';
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
import { identityOf, load, maskInputs } from './load.js';
import { onStop } from './on-stop.js';
import { openSource } from './open.js';
import { exitCodes, publish } from './publish.js';
import { readSettings, type Settings } from './settings.js';
import { stagesToProve } from './stages.js';
import type { OpenStanding } from './standing.js';
import type { Earlier, Keeping } from './state.js';
import { cancelledBy, cancelledEarly, deploymentUnknown, internalError, policyError } from './verdicts.js';

export interface RunContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** Aborted when the platform or a person ends the step (the reason is the exit code), or by a crash (the error). */
  readonly cancel: AbortSignal;
  /** Called when the run is over but something that nobody waits for any more may keep the process alive. */
  readonly leave?: () => void;
  /** To mask from the beginning: of a train that this run is a part of. */
  readonly secrets?: readonly string[];
}

/** Longest time that Signalbox's own telemetry may delay the end of the step. */
const ownTelemetryMs = 2000;

/** Runs the step to its end. Never throws: whatever goes wrong is reported as a decision to stop. */
export async function run(rawHost: Host, context: RunContext): Promise<Decision> {
  const clock = context.clock ?? systemClock;
  const redactor = new Redactor();
  for (const secret of context.secrets ?? []) redactor.add(secret);
  const host = guarded(rawHost, redactor);
  const began = clock.now();
  const rounds: Round[] = [];
  let settings: Settings | undefined;
  let loaded: Loaded | undefined;
  let deployedAt: number | undefined;
  let annotations: Annotations | undefined;
  let walked: Walk | undefined;
  let earlier: Earlier | undefined;
  let keep: Keeping | undefined;
  let held: OpenStanding | undefined;
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
      began: earlier?.began ?? began,
      deployedAt,
      standing: await held?.ended(rounds),
    };
    const answeredFor = overrideOf(facts, { rounds, verdict, walk: walked });
    const decides = decisionFor(verdict, facts.observe, answeredFor);
    const reactions = loaded?.policy
      ? await onStop({
          policy: loaded.policy,
          verdict,
          decision: decides,
          context: outside,
          note: redactor.text(oneLine(`Signalbox, ${host.facts.run ?? 'on a terminal'}: ${verdict.sentence}`, 250)),
          say: (level, message) => host.annotate({ level, title: 'Signalbox', message }),
        })
      : [];
    const runs = earlier?.runs ?? [];
    const outcome: Outcome = { rounds, verdict, problems, ended: clock.now(), reactions, walk: walked, runs };
    const to = {
      ...(settings?.record === undefined ? {} : { record: settings.record }),
      ...(settings?.summary === undefined ? {} : { summary: settings.summary }),
      ...(settings?.report === undefined ? {} : { report: settings.report }),
      ...(settings?.attest === undefined ? {} : { attest: settings.attest }),
      ...(held && { enter: held.enter }),
    };
    const decided = buildRecord(facts, outcome);
    // Before it is published, so that the record and the summary tell of it.
    const annotated = verdict.decision === 'hold' ? undefined : await annotations?.end(decided);
    const record = annotated?.reactions.length
      ? { ...decided, reactions: [...reactions, ...annotated.reactions] }
      : decided;
    const decision = await publish(host, redactor, record, to, exitCode);
    if (!goesOnLater(verdict, walked)) keep?.end(decision);
    const revoked = decision.decision !== record.decision.decision;
    if (revoked) await annotations?.end({ ...record, decision, verdict: decision });
    if (annotated?.unfinished) context.leave?.();
    if (settings?.telemetry !== undefined && verdict.decision !== 'hold') {
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
    const prove = policy ? stagesToProve(policy, settings) : { from: 0, to: 0 };
    if ('wrong' in prove) problems.push(prove.wrong);
    const resumed =
      policy && settings.resume !== undefined
        ? await (await import('./resume.js')).resumeFrom(settings.resume, policy)
        : undefined;
    if (resumed && 'wrong' in resumed) problems.push({ message: `input \`resume\`: ${resumed.wrong}` });
    const keeps = settings.state !== undefined || policy?.evaluation['park-after'] !== undefined;
    if (policy && keeps && problems.length === 0 && !('wrong' in prove)) {
      const { keptRun } = await import('./state.js');
      const gates = gateFacts(policy, loaded.locate);
      const kept = await keptRun({ policy, file: settings.state, stages: prove, host, redactor, gates });
      if (kept && 'wrong' in kept)
        problems.push(kept.at ? loaded.locate(kept.at, kept.wrong) : { message: kept.wrong });
      else if (kept) {
        ({ earlier, keep } = kept);
        rounds.push(...(earlier?.rounds ?? []));
        walked = earlier?.walk;
      }
    }
    const lasts =
      settings.ledger !== undefined || policy?.overrides !== undefined || (policy?.freezes?.length ?? 0) > 0;
    if (policy && lasts && problems.length === 0) {
      const { env, cancel } = context;
      const { locate } = loaded;
      const { workspace } = outside;
      const { openStanding } = await import('./standing.js');
      held = await openStanding({ policy, settings, locate, workspace, env, clock, cancel, setOut: setOutAt(earlier) });
      problems.push(...held.problems);
    }
    if (earlier) deployedAt = earlier.deployedAt;
    else if (policy && problems.length === 0) {
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
    if (!policy || problems.length > 0 || deployedAt === undefined || 'wrong' in prove) {
      return await end(policyError(problems), problems, exitCodes.usage);
    }
    const { observe } = settings;
    const { cancel } = context;
    const random = context.random ?? Math.random;
    const { run: link = null, actor = null } = host.facts;
    keep?.begin({ run: link, actor, began }, deployedAt);
    annotations = openAnnotations({ policy, observe, began, deployedAt, host, redactor, context: outside, cancel });
    if (held?.stop) return await end(held.stop, [], exitCodes.stop);
    let since = began;
    let now = policy;
    const onRound: TrainOptions['onRound'] = (round, state, next) => {
      rounds.push(round);
      keep?.round(round);
      const { evaluation, gates: rules } = now;
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
    const moves = prove.to > 0 && !observe;
    if (prove.to > 0 && observe) host.log('observed only: nothing is moved');
    const parkAfter = policy.evaluation['park-after'];
    const parkAt = parkAfter === undefined ? undefined : began + parkAfter;
    let decision: Decision;
    if (moves) {
      const goesOn = resumed && 'resumed' in resumed ? resumed.resumed : null;
      const { walkStages } = await import('./walk.js');
      const done = await walkStages({
        policy,
        from: Math.max(prove.from, goesOn?.step ?? 1),
        to: prove.to,
        resumed: goesOn,
        earlier: earlier?.walk?.walked ?? [],
        deployedAt,
        context: outside,
        note: redactor.text(oneLine(`Signalbox, ${host.facts.run ?? 'on a terminal'}`, 250)),
        cancel,
        random,
        rounds,
        onRound,
        parkAt,
        ...(held && { mayBegin: held.mayMove }),
        onStage: (words, at, stage) => {
          since = at;
          now = stage;
          host.log(words);
        },
        onProgress: (soFar) => {
          walked = soFar;
          keep?.walk(soFar);
        },
      });
      ({ walk: walked, decision } = done);
    } else {
      const gates = bindGates(policy, outside);
      const { evaluation } = policy;
      const before = [...rounds];
      const times = { evaluation, deployedAt, clock, random, cancel, onRound, earlier: before, parkAt };
      ({ decision } = await runTrain({ gates, ...times }));
    }
    const code = decision.decision === 'hold' ? exitCodes.hold : exitCodes.stop;
    return await end(decision, [], decision.reason === 'cancelled' ? cancelledBy(cancel) : code);
  } catch (error) {
    return await end(internalError(error), [], exitCodes.internal);
  }
}

/** Whether the next job goes on with it: it waits, or was cut off, and nothing went back. */
const goesOnLater = ({ reason }: Decision, walk: Walk | undefined): boolean =>
  ['parked', 'policy-error'].includes(reason) ||
  (['cancelled', 'internal-error', 'frozen', 'open-stop'].includes(reason) && !walk?.end.length);

/** When the run set out that this one goes on with; undefined: it never did, so it is looked at anew whether it may. */
const setOutAt = (earlier: Earlier | undefined): number | undefined =>
  earlier && (earlier.rounds.length > 0 || earlier.walk?.walked.length) ? earlier.began : undefined;

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
