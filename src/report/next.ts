/** What to do next, by the reason of the decision and the code of each reading. Forward only: never back to an older version. */
import { isDone } from '../record/flag-words.js';
import { changesOf, moveLines } from './moves.js';
import { bySecurityCode } from './next-security.js';
import type { GateView, View } from './view.js';
import { listed } from './words.js';

/** Backticks in it mark code. */
export interface Step {
  readonly text: string;
  readonly gates: readonly string[];
}

/** A server that can be reached, but does not let us see. */
const credential =
  "check the source's credential: is its variable set in this job, is it still valid, and is it one for this server?";
const reach = "check the source's `url`, and that this runner can reach it (network rules, proxy, VPN)";
const patience =
  'the system that holds the evidence did not answer properly; see whether it is up, then run this step again';
const query = 'mend the query in the policy; ask the system directly with it first';

/** By code of a reading. One sentence without its first capital and its last stop. */
const byCode: Readonly<Record<string, string>> = {
  'over-threshold': 'find what the new version changed (open the evidence), fix it and release the fix',
  'over-hard-limit': 'find what the new version changed (open the evidence), fix it and release the fix',
  'compares-badly':
    'find what the new version changed (open the evidence of both times), fix it and release the fix; if the tide of the day explains it, compare with `week-ago`',
  'worse-than-baseline':
    'take the traffic off the canary, find what it does otherwise than the baseline (open the evidence of both), fix it and release the fix',
  'alerts-firing': 'open the alert and mend what it tells of; release the fix',
  'older-alerts':
    'mend what burnt before this release, or name it in `ignore` if it says nothing about the service; then run this step again',
  'burn-rate': 'find what fails right now (open the evidence), fix it and release the fix',
  'budget-spent':
    'put reliability first until the budget is back; for a release that brings it back set this gate to `enforce: warn`',
  'not-as-expected':
    'switch the flag to the state that the policy expects, or change the policy if the plan has changed',

  'no-data':
    'check that the query, the files or the scope match anything at all: is the service monitored under this name, and did anything happen yet?',
  partial: 'the source answered in part only; see its notes in the evidence, then run this step again',
  'not-a-number': 'the query divides by nothing or has no traffic to look at; wait for traffic, and set `min-events`',
  'age-unknown': 'ask for raw samples: nothing says how old this answer is',
  'before-deployment': 'check that the new version reports to this source, and that `deployed-at` is right',
  stale:
    'see why no newer samples arrive (scrape, exporter, ingestion), or raise `max-age` if they always come this late',
  'too-early': 'give the data time to arrive: a longer `deadline`',
  'no-baseline':
    'see that the earlier time was measured (was the service there, under the same names?), or compare `against` another',
  'baseline-zero': 'say with `at-least` how much is no change yet: of nothing there is no share',
  'no-traffic':
    'see that the canary gets traffic, and that its series carry the label or name that `arms` asks for; a canary that nobody uses proves nothing',
  'failures-unknown':
    'let the query for failures give 0 where there was traffic and nothing failed: `<failures> or 0 * <total>` in PromQL; see the page of the source',
  gaps: 'see why one of the arms has minutes without events: traffic that comes and goes, scrapes that fail; a longer `bin` bridges small gaps',
  undecided: 'give the canary more traffic or a longer `deadline`; or say with `accept` which harm must be ruled out',
  unproven: 'give the canary more traffic or a longer `window`; or be content with `at-window-end: no-harm-seen`',
  'not-counts': 'let both queries count the same events in each bin: `failures` a part of `total`, and no rates',
  'not-a-histogram': 'keep the label `le` in the query: one series for each upper bound, `+Inf` too',
  'bounds-differ': 'give both versions the same buckets, and keep them for the whole release',
  unusual:
    'find what the new version changed (open the evidence), fix it and release the fix; if the day itself is unusual, say so and compare another value',
  'too-few-days':
    'see how long the source keeps its data; ask for fewer or other `days`, or measure something that is always there',
  'not-seeable': 'compare something that happens more often, or with a longer `before`',
  'days-overlap': 'shorten `window` or the warm-up, so that the earlier days end before the release',
  'bounds-too-wide': 'give the histogram bounds among the durations that there are, the same for both versions',
  'too-few-rules': 'see which alert rules are enabled for this scope, or lower `min-rules`',
  'rules-without-data': 'mend the alert rules that have no data: they could not fire if they should',
  'all-muted': 'end the silence or downtime, or run this step after it: muted rules prove nothing',
  'too-many-alerts': 'narrow `match` to what this release can break',
  'too-few-events': 'wait for more traffic with a longer `deadline`, send test traffic, or lower `min-events`',
  'unknown-flag': 'check the name of the flag, and the environment that the credential belongs to',
  'no-flags':
    'check the pattern, and the environment that the credential belongs to; `allow-empty` says that nothing need match',
  'not-configured': 'set the flag up in this environment, or ask the source for the right one',
  'no-counterpart': 'set the flag up at the other source too, or leave it out of `parity`',
  indeterminate:
    'say with `reach` who may get the flag, name the contexts that matter with `for:`, or take the rules away that leave it open',
  'not-told': 'leave out what this provider does not tell, or ask a source that does',
  'change-unknown':
    'leave out what rests on the last change of the flag, which this provider does not tell, or ask a source that does',
  'changed-lately': 'leave the flag alone for as long as `unchanged-for` says; a longer `deadline` waits for it',
  'never-evaluated': 'see that the deployed application asks for the flag, under this name and in this environment',
  'kill-unknown':
    'try once whether the credential may switch the flag off, then set `pre-flight: warn` or leave out `killable`: the provider does not tell beforehand',
  'stale-flags':
    'take each flag out of the code, then out of the provider; name in `except` what is meant to stay, or mark it permanent there',
  'not-proven': 'name the contexts that matter with `for:`, so that each of them is asked for',
  'code-default': 'say with `code-default` what the application does when the provider serves no value',
  unclear: 'say what the served value means with `on-values` or `off-values`',

  unauthorized: credential,
  'bad-credential': credential,
  forbidden: 'give the credential of this source the right to read what the query asks for (reading is enough)',
  'not-found': "check the source's `url` and the names in the query: the server knows no such thing",
  refused: reach,
  dns: reach,
  connection: reach,
  proxy: reach,
  redirect: "use the address that the server redirects to as the source's `url`",
  insecure: "use https in the source's `url`",
  tls: 'check that the address is an https one, and give the certificate authority with `NODE_EXTRA_CA_CERTS`',
  timeout:
    'see whether the system that holds the evidence is slow or down, make the query cheaper, or raise `round-timeout`',
  'server-error': patience,
  'query-failed': patience,
  'bad-answer': patience,
  'bad-query': query,
  'many-series': 'aggregate in the query until one series is left, or say with `reduce` how to make one number of them',
  'too-many-series': 'aggregate in the query: it returns far more series than can be judged',
  'too-large': 'aggregate in the query: its answer is too large',
  'not-a-ratio': 'say with `unit` what the query returns',
  'bad-threshold': 'mend the threshold in the policy',
  'clock-skew': 'set the clocks of the runner and of the source right',
  'no-file': 'write the file before this step, or correct its path in the policy',
  'bad-definition': 'mend the flag definition file',

  'over-max-failures':
    'find in the reasons why the idle side fails (open its logs), fix it and release the fix; if the live side fails alike, look at what both share',
  'worse-than-live':
    'find what the idle side does otherwise than the live side (version, settings, connections that are its own), fix it and release the fix',
  'slower-than-live':
    'find what makes the idle side slower: cold caches (a longer `warm-up`), a smaller instance, or the new version; fix it and release the fix',
  'live-failed':
    'ask the live side from this runner with the same headers: mend endpoints, credential or network of the probe; take `live` out of the source if it really is down',
  'wrong-side':
    'see that `url` and `headers` of the source lead to the side they should, and that `recognised-by` fits',
  'looks-worse': 'give the gate more rounds with a longer `deadline`, or more `requests` a round',
  'too-few-requests': 'give the gate more rounds with a longer `deadline`, or more `requests` a round',

  'target-not-as-expected':
    'bring the target to what the policy expects (deploy to it, start it, move its traffic), or change the policy if the plan has changed',
  'rollout-failed': 'see in the evidence why the deployment failed, fix it and release the fix',
  waiting:
    'see why what this release needs is not there yet: release that first, or wait for it with a longer `deadline`',
  deploying: 'let the deployment there come to its end, then run this step again; a longer `deadline` waits for it',
  'too-young': 'give it the time that `stable-for` asks for: a longer `deadline` waits for it',
  'no-settings': 'check the names of both targets: neither has a setting, so there is nothing to compare',
};

const byState: Readonly<Record<string, string>> = {
  unhealthy: 'fix the cause and release the fix',
  insufficient: 'see the reason above; run this step again when there is evidence',
  error: 'see the reason above; run this step again when it can be measured',
};

/** What a gate's type and code come to; some codes mean something else to scans than to telemetry. */
const adviceFor = ({ type, reading }: GateView): string | undefined =>
  reading === null
    ? undefined
    : ((type === 'security' ? bySecurityCode[reading.code] : undefined) ??
      byCode[reading.code] ??
      byState[reading.state]);

function rerunWords({ record }: View): string {
  if (record.host.kind === 'github') return 'use "Re-run failed jobs" on the page of this run';
  if (record.host.kind === 'azure') return 'use "Rerun failed jobs" on the page of this run';
  return 'start the same command again';
}

/** Per gate that is in the way, then for the decision as a whole. */
export function nextSteps(view: View): Step[] {
  const { verdict } = view;
  const inTheWay = [...view.blamed, ...view.alsoSick, ...(verdict.decision === 'continue' ? view.warnings : [])];
  const advice = new Map<string, string[]>();
  for (const gate of inTheWay) {
    const text = adviceFor(gate);
    if (text !== undefined) advice.set(text, [...(advice.get(text) ?? []), gate.name]);
  }
  const steps = [...advice].map(([text, gates]): Step => ({ text, gates }));
  return [...steps, ...general(view).map((text): Step => ({ text, gates: [] }))];
}

function general(view: View): string[] {
  const { verdict, observedStop, overridden } = view;
  const rerun = rerunWords(view);
  const [first] = [...view.blamed].map((gate) => gate.name);
  const observe =
    first === undefined
      ? 'To watch a policy before it may stop anything, set `observe: true` on this step.'
      : 'Is a gate new, or its limit a guess? With `enforce: observe` it only reports until it has earned your trust.';
  if (overridden) {
    return [
      'The train goes although its gates say stop: watch it, release the fix of what they found, and remove the override.',
    ];
  }
  if (observedStop) {
    return [
      'Nothing was stopped. When these verdicts agree with yours for some releases, remove `observe` and let the gates decide.',
    ];
  }
  switch (verdict.reason) {
    case 'unhealthy':
      return [
        `The new version stays where it is: ${darkWords(view)}, and go forward with a fix. The pipeline of the fix asks all gates again.${lastsWords(view)}`,
        observe,
      ];
    case 'not-measured':
    case 'insufficient-evidence':
      return [`Nothing needs to be built again: when the evidence is there, ${rerun}.`, observe];
    case 'not-steady':
      return [`Give it more time: raise \`deadline\`, or lower \`steady\`; then ${rerun}.`];
    case 'not-moved':
      return ['Everything stands as the section Stages says. Clear what was in the way, then begin anew.'];
    case 'open-stop':
      return [
        'Fix what stopped that release, and release the fix with the input `fixes` (a commit, an issue or a sentence that says what it mends): another commit, of which all gates are asked.',
        overrideWords('open-stop', view),
      ];
    case 'frozen':
      return [`Wait for the end of the freeze; then ${rerun}.`, overrideWords('freeze', view)];
    case 'cancelled':
      return view.record.walk?.walked.length
        ? [
            `Nothing was decided. To go on where it was, ${rerun}, with the same \`state\`, or with the record of this run as the input \`resume\`.`,
          ]
        : [`Nothing was decided. To decide, ${rerun}.`];
    case 'parked':
      return ['Nothing is to be done: the next run with the same `state` goes on from here.'];
    case 'policy-error':
      return ['Mend the lines above. `signalbox check` finds the same problems before anything is released.', observe];
    case 'internal-error':
      return [
        `This is a fault of Signalbox or of its surroundings, not of the release: ${rerun}. If it comes back, report it with the record.`,
      ];
    default:
      return [];
  }
}

/** Somebody else than the one who wants to go should say so, where all can see it. */
function overrideWords(lifts: 'open-stop' | 'freeze', { record }: View): string {
  const { overrides } = (record.policy.effective ?? {}) as { overrides?: unknown };
  const where =
    typeof overrides === 'string' ? `in \`${overrides}\`` : 'in a file that `overrides` of the policy names';
  return `Or let somebody answer for it: an entry \`lifts: ${lifts}\` ${where}, with name, reason and expiry.`;
}

const lastsWords = ({ record }: View): string =>
  record.standing?.ledger === undefined
    ? ''
    : ' This stop stays open until a fix has passed, which says with the input `fixes` what it mends.';

/** By what became of its traffic and its flags at the end of this very step. */
function darkWords({ record }: View): string {
  const lines = moveLines(record);
  if (lines.some(({ trouble }) => trouble)) return 'put right by hand what is not as it should be (see below)';
  const done = changesOf(record).filter((change) => isDone(change) && change.outcome !== 'dry-run');
  if (done.some((change) => 'traffic' in change)) return 'the old one has the traffic again, so leave it there';
  return done.some(({ wanted }) => wanted === 'off')
    ? 'its flag is off now, so leave it dark'
    : 'keep it dark (its feature flags off), or switch them off now';
}

/** `error rate: find what …` as one text. */
export const stepWords = ({ text, gates }: Step): string => (gates.length === 0 ? text : `${listed(gates)}: ${text}.`);
