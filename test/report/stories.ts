/** Decision records of releases as they happen, written by hand. The report's tests and its pictures are made from them. */
import type { Answer, Flag, ReadingData, Samples, Scans } from '../../src/record/evidence.js';
import type { Decision, DecisionRecord, Enforce, Problem, Round } from '../../src/record/record.js';
import { type Fate, fates, type ScanRun, type Severity } from '../../src/record/scans.js';

const start = Date.parse('2026-11-23T10:40:00Z');
export const minute = (n: number): string => new Date(start + n * 60_000).toISOString();

export interface GateStory {
  readonly name: string;
  readonly type?: string;
  readonly source?: string;
  readonly enforce?: Enforce;
  readonly onMissing?: 'hold' | 'stop' | 'ignore';
  readonly onError?: 'hold' | 'stop' | 'ignore';
  /** The fields of its own in the effective policy. */
  readonly rule?: Readonly<Record<string, unknown>>;
  /** By round; null: not evaluated. The last one stands for the rounds that follow. */
  readonly readings: readonly (ReadingData | null)[];
  readonly answers?: (round: number) => Answer[];
}

interface Story {
  readonly gates?: readonly GateStory[];
  readonly rounds?: number;
  readonly verdict: Decision;
  readonly observe?: boolean;
  readonly problems?: readonly Problem[];
  readonly host?: DecisionRecord['host']['kind'];
}

export function samples(query: string, value: number, round: number, change: Partial<Samples> = {}): Samples {
  return {
    kind: 'samples',
    source: 'prometheus',
    subject: 'the value of the query',
    query,
    link: 'https://prom.example.com/graph?g0.expr=error_rate&g0.range_input=5m',
    at: minute(round),
    seen: 12,
    notes: [],
    partial: false,
    window: { from: minute(round - 5), to: minute(round) },
    newest: new Date(start + round * 60_000 - 8000).toISOString(),
    series: [{ labels: {}, value, points: 1 }],
    ...change,
  };
}

const rate = `sum(rate(http_requests_total{service="checkout",code=~"5.."}[5m]))
  /
sum(rate(http_requests_total{service="checkout"}[5m]))`;

/** A ratio gate: one percentage a round against a limit. */
export function ratio(
  name: string,
  percents: readonly number[],
  limit = 1,
  change: Partial<GateStory> = {},
): GateStory {
  return {
    name,
    readings: percents.map((percent, i): ReadingData => {
      const shown = `${percent} %`;
      const threshold = `< ${limit} %`;
      const well = percent < limit;
      return {
        state: well ? 'healthy' : 'unhealthy',
        code: well ? 'within-threshold' : 'over-threshold',
        reason: `${shown} ${well ? 'satisfies' : 'does not satisfy'} ${threshold}`,
        value: percent,
        threshold,
        shown,
        events: 2480 * (i + 1),
      };
    }),
    answers: (round) => [
      { role: 'query', measurement: samples(rate, (percents[round - 1] ?? percents.at(-1) ?? 0) / 100, round) },
    ],
    ...change,
  };
}

export function duration(ms: readonly number[], limit = 250, change: Partial<GateStory> = {}): GateStory {
  return {
    name: '95th percentile of the duration',
    readings: ms.map((value): ReadingData => {
      const well = value <= limit;
      return {
        state: well ? 'healthy' : 'unhealthy',
        code: well ? 'within-threshold' : 'over-threshold',
        reason: `${value} ms ${well ? 'satisfies' : 'does not satisfy'} <= ${limit} ms`,
        value,
        threshold: `<= ${limit} ms`,
        shown: `${value} ms`,
        events: 12_400,
      };
    }),
    answers: (round) => [
      {
        role: 'query',
        measurement: samples(
          'histogram_quantile(0.95, sum by (le) (rate(http_duration_seconds_bucket[5m])))',
          0.2,
          round,
        ),
      },
    ],
    ...change,
  };
}

export const scan = (change: Partial<Scans> = {}): Scans => ({
  kind: 'scans',
  source: 'sarif',
  subject: '2 files of results/**/*.sarif',
  query: 'results/**/*.sarif',
  at: minute(1),
  seen: 2,
  notes: [],
  partial: false,
  settled: true,
  problems: [],
  remarks: [],
  references: [],
  runs: [
    scanRun('CodeQL', '2.23.1', ['counted STANDS medium 2', 'counted STANDS low 5'], { categories: ['sast'] }),
    scanRun('Trivy', '0.68.0', ['counted STANDS medium 2', 'counted STANDS low 5', 'suppressed EXTERNAL high 1'], {
      categories: ['sca'],
    }),
  ],
  findings: [],
  ...change,
});

/** A run, with its counts as `fate reason severity count`. */
export function scanRun(
  tool: string,
  toolVersion: string,
  counts: readonly string[],
  change: Partial<ScanRun> = {},
): ScanRun {
  const tally = counts.map((line): ScanRun['tally'][number] => {
    const [fate, reason = '', severity, count] = line.split(' ');
    return { fate: fate as Fate, reason, severity: severity as Severity, count: Number(count) };
  });
  return {
    tool,
    toolVersion,
    categories: [],
    file: `results/${tool.toLowerCase().replaceAll(' ', '-')}.sarif`,
    sha256: '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
    revision: '4f2a91c07d5be3a8f6c2d91e0b7a45c88d13e6f0',
    ended: minute(-12),
    execution: 'succeeded',
    rules: 210,
    results: tally.reduce((sum, { count }) => sum + count, 0),
    tally,
    ...change,
  };
}

/** What a gate `security` has in the effective policy. */
export const securityRule = {
  block: 'high',
  'unknown-severity': 'high',
  review: 'warn',
  'commit-required': false,
  'execution-required': false,
  tolerate: [],
} as const;

export const scansClean: GateStory = {
  name: 'scans',
  type: 'security',
  source: 'sarif',
  rule: securityRule,
  readings: [
    {
      state: 'healthy',
      code: 'no-findings',
      reason: 'no finding of high or worse in 2 scans (CodeQL 2.23.1, Trivy 0.68.0); 14 lower; 1 suppressed',
      value: 0,
      threshold: '0 of high or worse',
    },
  ],
  answers: () => [{ role: 'scans', measurement: scan() }],
};

export const scansFinding: GateStory = {
  ...scansClean,
  readings: [
    {
      state: 'unhealthy',
      code: 'findings',
      reason: '1 finding of high or worse: 1 high (CodeQL js/sql-injection in src/db.ts:41)',
      value: 1,
      threshold: '0 of high or worse',
      conclusive: true,
    },
  ],
  answers: () => [
    {
      role: 'scans',
      measurement: scan({
        runs: [scanRun('CodeQL', '2.23.1', ['counted STANDS high 1', 'counted STANDS low 5']), ...scan().runs.slice(1)],
        findings: [
          {
            run: 0,
            fate: 'counted',
            reason: 'STANDS',
            tool: 'CodeQL',
            rule: 'js/sql-injection',
            severity: 'high',
            why: 'security-severity 8.8',
            message: 'This query string depends on a user-provided value.',
            file: 'src/db.ts',
            line: 41,
            identity: '4b1de2c09aa84b7f95d2f0c3e7716a80',
          },
        ],
      }),
    },
  ],
};

const flag = (name: string, change: Partial<Flag> = {}): Answer => ({
  role: name,
  measurement: {
    kind: 'flag',
    source: 'flags',
    subject: `flag ${name}`,
    query: `POST /ofrep/v1/evaluate/flags/${name}`,
    at: minute(1),
    seen: 1,
    notes: [],
    partial: false,
    flag: name,
    exists: true,
    enabled: true,
    value: false,
    variant: 'off',
    reason: 'STATIC',
    scope: 'everyone',
    context: { targetingKey: 'signalbox' },
    ...change,
  },
});

export const flagsOff: GateStory = {
  name: 'dark launch',
  type: 'flags',
  source: 'flags',
  readings: [{ state: 'healthy', code: 'as-expected', reason: 'new-checkout is off for everyone' }],
  answers: () => [flag('new-checkout')],
};

export const flagsOn: GateStory = {
  ...flagsOff,
  readings: [
    {
      state: 'unhealthy',
      code: 'not-as-expected',
      reason: 'new-checkout serves true (STATIC), expected off',
      conclusive: true,
    },
  ],
  answers: () => [flag('new-checkout', { value: true, variant: 'on' })],
};

/** A gate without a measurement. */
export function poor(
  name: string,
  state: 'insufficient' | 'error',
  code: string,
  reason: string,
  change: Partial<GateStory> = {},
): GateStory {
  const error: Answer = { role: 'query', source: 'prometheus', failure: { code, message: reason, permanent: false } };
  return {
    name,
    readings: [{ state, code, reason }],
    answers: (round) => (state === 'error' ? [error] : [{ role: 'query', measurement: samples(rate, 0, round) }]),
    ...change,
  };
}

const hold: Decision = { decision: 'hold', reason: 'steadying', gates: [], sentence: 'healthy for 1m of the 5m' };

/** The record that such a run leaves. */
export function recordOf({
  gates = [],
  rounds = 1,
  verdict,
  observe = false,
  problems = [],
  host = 'github',
}: Story): DecisionRecord {
  const made = Array.from({ length: rounds }, (_, i): Round => {
    const number = i + 1;
    const last = number === rounds;
    return {
      number,
      phase: last && verdict.reason === 'healthy' ? 'final' : 'watch',
      began: minute(number),
      ended: minute(number + 0.02),
      gates: gates.map((gate) => ({
        gate: gate.name,
        answers: gate.answers?.(number) ?? [],
        reading: gate.readings[Math.min(i, gate.readings.length - 1)] ?? null,
      })),
      decision: last ? verdict : hold,
    };
  });
  const decision: Decision =
    observe && verdict.decision === 'stop'
      ? { ...verdict, decision: 'continue', reason: 'observed', sentence: `observed only: ${verdict.sentence}` }
      : verdict;
  const valid = verdict.reason !== 'policy-error';
  return {
    signalbox: 1,
    tool: { name: 'signalbox', version: '0.1.0' },
    service: valid ? 'checkout' : null,
    release: {
      sha: '4f2a91c07d5be3a8f6c2d91e0b7a45c88d13e6f0',
      version: valid ? '2.5.0' : null,
      environment: 'production',
      deployedAt: valid ? minute(-2) : null,
    },
    host: {
      kind: host,
      repository: 'acme/checkout',
      ref: 'refs/heads/main',
      actor: 'robin',
      run: 'https://github.com/acme/checkout/actions/runs/123456789',
    },
    policy: {
      file: 'signalbox.yml',
      sha256: '9b74c9897bac770ffc029102a200c5de0f5a6b1c3d2e4f5a6b7c8d9e0f1a2b3c',
      effective: valid
        ? {
            version: 1,
            evaluation: { warmup: 120_000, every: 60_000, steady: 300_000, deadline: 1_800_000 },
            gates: gates.map((gate) => ({
              name: gate.name,
              'on-missing': gate.onMissing ?? 'hold',
              'on-error': gate.onError ?? 'hold',
              ...gate.rule,
            })),
          }
        : null,
    },
    observe,
    began: minute(0),
    ended: minute(rounds + 0.02),
    gates: gates.map(({ name, type = 'telemetry', source = 'prometheus', enforce = 'block' }) => ({
      name,
      type,
      source,
      enforce,
    })),
    rounds: made,
    decision,
    verdict,
    problems: [...problems],
  };
}

const decide = (
  decision: Decision['decision'],
  reason: Decision['reason'],
  sentence: string,
  ...gates: readonly GateStory[]
): Decision => ({ decision, reason, sentence, gates: gates.map((gate) => gate.name) });

const goodRate = ratio('error rate', [0.42, 0.38, 0.51, 0.47, 0.44, 0.4]);
const badRate = ratio('error rate', [0.6, 0.9, 2.7, 4.1]);
const goodDuration = duration([212, 208, 215, 221, 219, 214]);
const slow = duration([212, 260, 290, 310], 250, { enforce: 'warn' });

const goodGates = [goodRate, goodDuration, scansClean, flagsOff];
const stopGates = [badRate, goodDuration, scansFinding, flagsOn];
const stopped = decide('stop', 'unhealthy', 'error rate: 4.1 % does not satisfy < 1 %', badRate, scansFinding, flagsOn);

const dead = poor('error rate', 'error', 'timeout', 'https://prom.example.com did not answer in time');
const forbidden = poor(
  'checkout success',
  'error',
  'forbidden',
  'https://prom.example.com refused the credential (403)',
);
const few = poor('error rate', 'insufficient', 'too-few-events', '12 of at least 100 events so far', {
  readings: [{ state: 'insufficient', code: 'too-few-events', reason: '12 of at least 100 events so far', events: 12 }],
});
const missingScan: GateStory = {
  ...scansClean,
  readings: [
    {
      state: 'insufficient',
      code: 'tool-missing',
      reason: 'there is no scan by Trivy (found: CodeQL)',
      permanent: true,
    },
  ],
};
const ignored = poor('synthetic checks', 'error', 'refused', 'nothing listens at https://probe.example.com', {
  onError: 'ignore',
});
const observedOnly = ratio('cart abandonment', [22, 24, 31, 33, 35, 36], 30, { enforce: 'observe' });

const counts = '31 of 12,400 (0.25 %) failed, of the baseline 29 of 12,100 (0.24 %)';

/** A canary that is watched to the end of its window, and one that is stopped. */
const quiet: GateStory = {
  name: 'checkout errors, canary against stable',
  type: 'canary',
  readings: [
    {
      state: 'healthy',
      code: 'no-harm-seen',
      reason: `no harm seen in 1h: ${counts}; up to 2.4 times as many failures cannot be excluded; less than about 1.8 times could not have been seen at this traffic`,
      value: 1.04,
      shown: '1.04 times',
      threshold: 'no more often than the baseline',
      events: 12_400,
      standing: {
        bins: 60,
        canary: { events: 12_400, bad: 31 },
        baseline: { events: 12_100, bad: 29 },
        ratio: 1.04,
        lower: 0.46,
        upper: 2.4,
        sure: 0.95,
        harm: 0.2,
        wellness: 0.7,
        dispersion: 1.3,
        calibrated: true,
      },
    },
  ],
};
const harmful: GateStory = {
  ...quiet,
  readings: [
    {
      ...(quiet.readings[0] as ReadingData),
      state: 'unhealthy',
      code: 'worse-than-baseline',
      reason: `the canary fails 2.3 times as often as the baseline (at least 1.6 times, 95 % sure at every look); ${counts}; stopped after 3m`,
      shown: '2.3 times',
      conclusive: true,
    },
  ],
};

export const stories = {
  canary: recordOf({
    gates: [quiet],
    rounds: 62,
    verdict: decide('continue', 'healthy', '1 blocking gate healthy together for 5m', quiet),
  }),
  canaryStop: recordOf({
    gates: [harmful],
    rounds: 3,
    verdict: decide('stop', 'unhealthy', 'the canary fails', harmful),
  }),
  continue: recordOf({
    gates: goodGates,
    rounds: 6,
    verdict: decide(
      'continue',
      'healthy',
      '4 blocking gates healthy together for 5m, and once more in the final check',
      ...goodGates,
    ),
  }),
  warning: recordOf({
    gates: [goodRate, slow, ignored, observedOnly],
    rounds: 6,
    verdict: decide('continue', 'healthy', '1 blocking gate healthy together for 5m', goodRate),
  }),
  stop: recordOf({ gates: stopGates, rounds: 4, verdict: stopped }),
  observed: recordOf({ gates: [...stopGates, slow], rounds: 4, verdict: stopped, observe: true }),
  notMeasured: recordOf({
    gates: [dead, forbidden, goodDuration, scansClean],
    rounds: 11,
    verdict: decide('stop', 'not-measured', 'error rate: timeout', dead, forbidden),
  }),
  insufficient: recordOf({
    gates: [few, missingScan, flagsOff],
    rounds: 4,
    verdict: decide('stop', 'insufficient-evidence', 'error rate: 12 of at least 100 events so far', few, missingScan),
    host: 'azure',
  }),
  notSteady: recordOf({
    gates: [ratio('error rate', [0.6, 1.3, 0.8, 1.2, 0.7, 0.8]), scansClean],
    rounds: 6,
    verdict: decide('stop', 'not-steady', 'healthy for 2m of the 5m that are asked for', goodRate, scansClean),
  }),
  policyError: recordOf({
    rounds: 0,
    verdict: decide('stop', 'policy-error', 'the policy or the inputs are wrong in 3 places; nothing was measured'),
    problems: [
      {
        file: 'signalbox.yml',
        line: 8,
        column: 5,
        message: 'unknown key `enforec`; did you mean `enforce`? (known here: name, source, enforce, query, threshold)',
      },
      {
        file: 'signalbox.yml',
        line: 12,
        column: 16,
        message: 'expected a threshold such as `< 1%`, found `1 percent`',
      },
      { message: 'input `deadline`: expected a duration such as 90s, 5m or 1h30m, found `soon`' },
    ],
  }),
  cancelled: recordOf({
    gates: [
      ratio('error rate', [0.4, 1.3]),
      { ...goodDuration, readings: [...goodDuration.readings.slice(0, 1), null] },
      scansClean,
      { ...flagsOff, readings: [null], answers: () => [] },
    ],
    rounds: 2,
    verdict: decide('stop', 'cancelled', 'cancelled in or after round 2, before the evidence was conclusive'),
  }),
  cancelledAtOnce: recordOf({
    gates: [{ ...goodRate, readings: [null] }],
    rounds: 0,
    verdict: decide('stop', 'cancelled', 'cancelled before anything was measured'),
  }),
  internalError: recordOf({
    rounds: 0,
    verdict: decide(
      'stop',
      'internal-error',
      "Signalbox itself failed: Cannot read properties of undefined (reading 'a')",
    ),
  }),
} satisfies Record<string, DecisionRecord>;

/** Everything that a scanner, a server or a policy could try to write into the report. */
export const hostileTexts = [
  'a | b || c \\| d',
  '`code` ``more`` ``` and ` one',
  '<img src=x onerror=alert(1)><script>x</script></details></summary><!--',
  '[x](javascript:alert(1)) ![i](https://evil.example/i.png) [ref]: https://evil.example',
  'https://evil.example/a www.evil.example a@evil.example mailto:a@evil.example',
  'x(www.evil.example [x]www.evil.example y_www.evil.example z,GH-13',
  '@acme/admins please look, fixes #12 GH-13 acme/other#14 a1b2c3d4e5f6a7b8',
  '::error::owned',
  '##vso[task.complete result=Succeeded;] ##[error]x ###[x ##VSO[task.x]y',
  'line one\n\n# heading\n\n- item\n\n| a | b |\n|---|---|\n| 1 | 2 |\r\n::set-output name=x::y',
  'right\u202eto left\u2066 \u200bzero\u{e0041} \u001b[31mred\u0007',
  '~~struck~~ **bold** __b__ _i_ *i* $x^2$ $$y$$ :tada: [^1] &lt;b&gt; &#64;acme\\',
  '> quote',
  '---',
  '1. one',
  '    indented',
  '[!CAUTION]',
  '\ud800 half',
] as const;

/** A record in which every text is hostile: all of them at once, or the one given. */
export function hostile(text: string = hostileTexts.join(' ')): DecisionRecord {
  const gate: GateStory = {
    ...scansFinding,
    name: text,
    source: text,
    readings: [{ state: 'unhealthy', code: text, reason: text, threshold: text, shown: text, value: 1 }],
    answers: () => [
      {
        role: text,
        measurement: samples(text, 1, 1, {
          link: text.replace(/^https?:/, 'javascript:'),
          notes: [text],
          subject: text,
          source: text,
          series: [{ labels: { [text]: text }, value: 1, points: 1 }],
        }),
      },
      { role: text, source: text, failure: { code: text, message: text, permanent: false } },
      flag(text, { value: text, query: text }),
      {
        role: text,
        measurement: scan({
          query: text,
          problems: [{ code: text, message: text }],
          remarks: [{ code: text, message: text }],
          references: [{ kind: 'vex', file: text, sha256: text }],
          runs: [
            {
              ...scanRun('x', 'x', []),
              tool: text,
              toolVersion: text,
              file: text,
              revision: text,
              image: [text],
              results: 2 * fates.length,
              tally: fates.flatMap((fate) => [
                { fate, reason: text, severity: 'high' as const, count: 1 },
                { fate, reason: 'RULE', severity: 'unknown' as const, count: 1 },
              ]),
            },
          ],
          findings: fates.map((fate) => ({
            run: 0,
            fate,
            reason: text,
            told: text,
            tool: text,
            rule: text,
            severity: 'high' as const,
            why: text,
            conflict: text,
            message: text,
            file: text,
            line: 1,
            ids: [text],
            package: text,
            fix: text,
            help: text.replace(/^https?:/, 'javascript:'),
            link: text.replace(/^https?:/, 'javascript:'),
            owner: text,
            since: minute(-100_000),
            exploited: text,
            identity: text,
          })),
        }),
      },
    ],
  };
  const missing = poor(`${text} too`, 'error', text, text);
  const record = recordOf({
    gates: [gate, missing],
    rounds: 2,
    verdict: decide('stop', 'unhealthy', text, gate, missing),
    problems: [{ message: text, file: text, line: 1, column: 2 }],
  });
  return {
    ...record,
    service: text,
    release: { ...record.release, version: text, environment: text, sha: text },
    host: { ...record.host, actor: text, run: 'javascript:alert(1)' },
    policy: { ...record.policy, file: text },
  };
}

/** Very many gates with very long texts. */
export function huge(gates: number, length: number): DecisionRecord {
  const long = 'error rate of a very long service name | '.repeat(Math.ceil(length / 40));
  const all = Array.from({ length: gates }, (_, i): GateStory => {
    const bad = i % 3 === 0;
    const base = bad
      ? poor(`gate ${i}`, 'error', 'timeout', `${i}: ${long}`)
      : ratio(`gate ${i}`, [0.4, 0.5, 0.6], 1, { enforce: i % 3 === 1 ? 'block' : 'warn' });
    return {
      ...base,
      answers: (round) => [{ role: 'query', measurement: samples(long, 0.4, round, { notes: [long] }) }],
    };
  });
  const reasons = all.filter((_, i) => i % 3 === 0);
  return recordOf({ gates: all, rounds: 3, verdict: decide('stop', 'not-measured', long, ...reasons) });
}
