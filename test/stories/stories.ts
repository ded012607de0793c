/** Trains, each as a team would run it: what the gallery shows, and what every form of the report must tell. */
import { lineOf } from '../../src/record/ledger.js';
import type { Course } from './prometheus.js';

export interface Story {
  readonly name: string;
  /** For the gallery. */
  readonly title: string;
  /** Behind `sources`; `{prometheus}`, `{flags}` and `{lb}` are the addresses of the stand-ins. */
  readonly policy: string;
  readonly course?: Course;
  /** See `tellingPrometheus`. */
  readonly down?: number;
  /** The flag new-checkout in Azure App Configuration. */
  readonly flag?: 'on' | 'off';
  /** Cancelled as soon as the log has this. */
  readonly cancelAt?: RegExp;
  /** Beside the policy; `{folder}` is the story's own. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly decision: 'continue' | 'stop' | 'hold';
  readonly reason: string;
  readonly exitCode: number;
  /** What the first heading of the summary says. */
  readonly headline: RegExp;
}

const head = (version: string, evaluation = '{ warmup: 2m, every: 1m, steady: 5m, deadline: 30m }') => `version: 1
service: checkout
release: { version: ${version}, environment: production, deployed-at: 2m ago }
evaluation: ${evaluation}
`;

const prometheus = `  prometheus: { type: prometheus, url: "{prometheus}" }\n`;
const flagStore = `  flags:
    type: azure-app-configuration
    endpoint: "{flags}"
    label: production
    flags: classic
    credential: id-1
    secret: "\${env.APPCONFIG_SECRET}"
`;
const definitions = '  definitions: { type: flagd, file: examples/quickstart/flags.json }\n';

const requests = 'sum(increase(http_requests_total{service="checkout"}[5m]))';
const errors =
  'sum(rate(http_requests_total{service="checkout",code=~"5.."}[5m])) / sum(rate(http_requests_total{service="checkout"}[5m]))';
const duration =
  'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service="checkout"}[5m])))';

const errorRate = (more = '') => `  - name: error rate
    type: telemetry
    source: prometheus
    query: ${errors}
    events: ${requests}
    min-events: 500
    threshold: "< 1%"
    unhealthy-after: 3
${more}`;
const p95 = (enforce = 'block') => `  - name: 95th percentile of the duration
    type: telemetry
    source: prometheus
    query: ${duration}
    unit: s
    events: ${requests}
    min-events: 500
    threshold: "<= 250 ms"
    enforce: ${enforce}
`;
const scans = (folder: string, require = '[CodeQL, Trivy]') => `  - name: scans
    type: security
    source: { type: sarif, files: "examples/quickstart/${folder}/*.sarif" }
    require: ${require}
    block: high
`;
const dark = (expected = 'new-checkout: "off"') => `  - name: dark launch
    type: flags
    source: definitions
    expect: { ${expected} }
`;

const well = {
  'code=~"5.."': [0.0021, 0.0018, 0.0024, 0.0019, 0.0016, 0.0022, 0.0018, 0.0017],
  histogram_quantile: [0.182, 0.176, 0.191, 0.187, 0.179, 0.184, 0.181, 0.178],
  'increase(': [12400, 12510, 12380, 12650, 12590, 12470],
};

/** A minute's requests of two versions side by side; the new one fails three times as often. No chance: the same in every run. */
function canaryCsv(): string {
  const rows = ['time,series,value,version'];
  for (let minute = -3; minute <= 40; minute += 1) {
    const wave = Math.round(6 * Math.sin(minute / 3));
    rows.push(`${minute}m,requests,${236 + wave},2.4.0`, `${minute}m,requests,${1905 - 3 * wave},2.3.1`);
    const failed = 5 + ((minute * 7 + 30) % 4);
    rows.push(`${minute}m,failures,${failed},2.4.0`, `${minute}m,failures,${13 + ((minute * 5 + 40) % 5)},2.3.1`);
  }
  return `${rows.join('\n')}\n`;
}

const earlier = { service: 'checkout', environment: 'production', actor: 'jane', record: null } as const;

/** A good release, and one that was stopped an hour before the stories begin. */
function ledger(): string {
  const good = lineOf(
    {
      ...earlier,
      sha: '0'.repeat(40),
      version: '2.3.1',
      decision: 'continue',
      reason: 'healthy',
      sentence: '2 blocking gates healthy together for 5m, and once more in the final check',
      run: 'https://github.com/acme/checkout/actions/runs/40',
      at: '2026-11-20T14:02:11.000Z',
    },
    null,
  );
  const stopped = lineOf(
    {
      ...earlier,
      sha: 'b'.repeat(40),
      version: '2.4.0',
      decision: 'stop',
      reason: 'unhealthy',
      sentence: 'error rate: 2.41 % does not satisfy < 1 % (3 rounds in a row)',
      run: 'https://github.com/acme/checkout/actions/runs/41',
      at: '2026-11-23T09:38:20.000Z',
    },
    (JSON.parse(good) as { hash: string }).hash,
  );
  return `${good}\n${stopped}\n`;
}

export const files: Readonly<Record<string, () => string>> = { 'canary.csv': canaryCsv, 'ledger.jsonl': ledger };

const stages = `stages:
  - { name: canary-5, move: { source: lb, traffic: { green: 5% } } }
  - { name: canary-25, move: { source: lb, traffic: { green: 25% } } }
  - { name: production, move: { source: lb, traffic: { green: 100% } } }
moves: { verify-within: 30s }
`;
const balancer = '  lb: { type: http-traffic, read: { url: "{lb}/traffic" }, write: {}, subject: checkout }\n';

export const stories: readonly Story[] = [
  {
    name: 'clean-go',
    title: 'All is well: the train goes',
    policy: `${head('2.4.0')}sources:\n${prometheus}${definitions}gates:\n${errorRate()}${p95()}${scans('results')}${dark()}`,
    course: well,
    decision: 'continue',
    reason: 'healthy',
    exitCode: 0,
    headline: /^Continue: all 4 gates were healthy together for 5 minutes$/,
  },
  {
    name: 'go-with-warnings',
    title: 'The train goes, and something should be looked at',
    policy: `${head('2.4.0')}sources:\n${prometheus}${definitions}gates:\n${errorRate()}${p95('warn')}${dark()}`,
    course: { ...well, histogram_quantile: [0.182, 0.226, 0.241, 0.263, 0.281, 0.277, 0.284, 0.291] },
    decision: 'continue',
    reason: 'healthy',
    exitCode: 0,
    headline: /^Continue, with a warning: all 2 blocking gates were healthy/,
  },
  {
    name: 'threshold-stop',
    title: 'Too many errors for three rounds: stopped, long before the deadline',
    policy: `${head('2.4.0')}sources:\n${prometheus}gates:\n${errorRate()}${p95()}`,
    course: { ...well, 'code=~"5.."': [0.0021, 0.0024, 0.0048, 0.0071, 0.0118, 0.0163, 0.0241] },
    decision: 'stop',
    reason: 'unhealthy',
    exitCode: 1,
    headline: /^Stop: error rate is 2\.41 %, over the limit of 1 %$/,
  },
  {
    name: 'canary-stop',
    title: 'The canary fails more often than the version beside it',
    policy: `${head('2.4.0', '{ warmup: 1m, every: 1m, steady: 5m, deadline: 70m }')}sources:
  recorded: { type: samples, file: "{folder}/canary.csv" }
gates:
  - name: checkout errors, canary against stable
    type: canary
    source: recorded
    failures: failures
    total: requests
    arms: { by: version, canary: "2.4.0", baseline: "2.3.1" }
    false-stop-rate: 1%
`,
    decision: 'stop',
    reason: 'unhealthy',
    exitCode: 1,
    headline: /^Stop: checkout errors, canary against stable: the canary fails [\d.]+ times as often/,
  },
  {
    name: 'security-stop',
    title: 'A scanner found something that must not be released',
    policy: `${head('2.5.0')}sources:\n${prometheus}gates:\n${errorRate()}${scans('results-bad', '[CodeQL]')}`,
    course: well,
    decision: 'stop',
    reason: 'unhealthy',
    exitCode: 1,
    headline: /^Stop: scans:? .*high/,
  },
  {
    name: 'flag-stop',
    title: 'New code is not dark: its flag is switched off, and the train stands',
    policy: `${head('2.5.0')}sources:
${prometheus}${flagStore}gates:
${errorRate()}  - { name: dark launch, type: flags, source: flags, expect: { new-checkout: "off" } }
on-stop:
  - { type: flag-off, source: flags, flag: new-checkout }
`,
    course: well,
    flag: 'on',
    decision: 'stop',
    reason: 'unhealthy',
    exitCode: 1,
    headline: /^Stop: dark launch.*new-checkout.*; new-checkout is now off$/,
  },
  {
    name: 'three-reasons',
    title: 'Three reasons at once, all of them named',
    policy: `${head('2.5.0')}sources:\n${prometheus}${definitions}gates:\n${errorRate('    hard-limit: "< 3%"\n')}${p95()}${scans('results-bad', '[CodeQL]')}${dark('new-checkout: "off", express-shipping: "off"')}`,
    course: { ...well, 'code=~"5.."': [0.0413] },
    decision: 'stop',
    reason: 'unhealthy',
    exitCode: 1,
    headline: /^Stop: error rate is 4\.13 %, over the hard limit of 3 %; also scans and dark launch$/,
  },
  {
    name: 'insufficient-evidence',
    title: 'Too little traffic to tell: that is no reason to go',
    policy: `${head('2.4.0', '{ warmup: 2m, every: 2m, steady: 4m, deadline: 20m }')}sources:\n${prometheus}gates:\n${errorRate()}${p95()}`,
    course: { ...well, 'increase(': [38, 41, 36, 44, 39] },
    decision: 'stop',
    reason: 'insufficient-evidence',
    exitCode: 1,
    headline: /^Stop: too little evidence from error rate and 95th percentile/,
  },
  {
    name: 'monitoring-down',
    title: 'The monitoring went away: not measured is neither a pass nor a fault of the release',
    policy: `${head('2.4.0', '{ warmup: 2m, every: 1m, steady: 5m, deadline: 30m, error-budget: 5m }')}sources:\n${prometheus}${definitions}gates:\n${errorRate()}${dark()}`,
    course: well,
    down: 3,
    decision: 'stop',
    reason: 'not-measured',
    exitCode: 1,
    headline: /^Stop: could not measure error rate; the release itself was not found at fault$/,
  },
  {
    name: 'timeout',
    title: 'Never steady for long enough before the deadline',
    policy: `${head('2.4.0', '{ warmup: 2m, every: 1m, steady: 5m, deadline: 14m }')}sources:\n${prometheus}gates:\n${errorRate()}${p95()}`,
    course: {
      ...well,
      'code=~"5.."': [
        0.0021, 0.0024, 0.0148, 0.0031, 0.0028, 0.0026, 0.0171, 0.0029, 0.0122, 0.0035, 0.0041, 0.0033, 0.0152, 0.0044,
        0.0036,
      ],
    },
    decision: 'stop',
    reason: 'not-steady',
    exitCode: 1,
    headline: /^Stop: the deadline came before all gates had been healthy together for 5 minutes/,
  },
  {
    name: 'cancelled',
    title: 'Somebody ended the step: nothing is lost, nothing is decided',
    policy: `${head('2.4.0')}sources:\n${prometheus}gates:\n${errorRate()}${p95()}`,
    course: well,
    cancelAt: /round 3 /,
    decision: 'stop',
    reason: 'cancelled',
    exitCode: 130,
    headline: /^Cancelled in or after round \d/,
  },
  {
    name: 'policy-error',
    title: 'A policy with mistakes: each is named with its line and the nearest right word',
    policy: `${head('2.4.0').replace('steady', 'stedy')}sources:\n${prometheus}gates:\n${errorRate().replace('"< 1%"', '"under 1%"').replace('source: prometheus', 'source: promtheus')}`,
    decision: 'stop',
    reason: 'policy-error',
    exitCode: 2,
    headline: /^Stop: the policy or the inputs are wrong in 2 places/,
  },
  {
    name: 'stage-stop',
    title: 'At 25 % of the traffic it shows: stopped, and everybody is back on the old version',
    policy: `${head('2.4.0', '{ warmup: 1m, every: 1m, steady: 2m, deadline: 30m }')}sources:\n${prometheus}${balancer}gates:\n${errorRate()}${p95()}${stages}`,
    course: { ...well, 'code=~"5.."': [...Array<number>(5).fill(0.0023), 0.0119, 0.0137, 0.0151, 0.0148] },
    decision: 'stop',
    reason: 'unhealthy',
    exitCode: 1,
    headline: /^Stop: error rate is 1\.\d+ %, over the limit of 1 %; traffic of checkout: 100 % to blue/,
  },
  {
    name: 'parked',
    title: 'A long bake costs no runner: the job ends, the train waits, and the next job goes on',
    policy: `${head('2.4.0', '{ warmup: 1m, every: 10m, steady: 24h, deadline: 30h, on-hold: park }')}sources:\n${prometheus}${balancer}gates:\n${errorRate()}${p95()}${stages}`,
    course: well,
    inputs: { state: '{folder}/state' },
    decision: 'hold',
    reason: 'parked',
    exitCode: 3,
    headline: /^Hold: parked while the train waits/,
  },
  {
    name: 'open-stop',
    title: 'The last release was stopped, and nobody has fixed it: the next train does not set out',
    policy: `${head('2.4.1')}sources:\n${prometheus}gates:\n${errorRate()}${p95()}`,
    course: well,
    inputs: { ledger: '{folder}/ledger.jsonl', environment: 'production' },
    decision: 'stop',
    reason: 'open-stop',
    exitCode: 1,
    headline: /^Stop: checkout 2\.4\.0 was stopped .*09:38 UTC \(error rate: 2\.41 %.*\), and no fix has passed since$/,
  },
  {
    name: 'frozen',
    title: 'A freeze: nothing is measured, nothing moves',
    policy: `${head('2.4.0')}sources:\n${prometheus}gates:\n${errorRate()}freezes:
  - { name: holiday sales, zone: America/New_York, from: 2026-11-23 00:00, to: 2026-12-01 06:00, except: { fixes: true } }
`,
    course: well,
    decision: 'stop',
    reason: 'frozen',
    exitCode: 1,
    headline: /^Stop: production is frozen by holiday sales/,
  },
];
