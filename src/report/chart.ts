/** What charts are drawn from: the course of one gate over the rounds. Pure; every form of the report draws the same numbers. */
import { type Bin, binsOf } from '../gates/canary/arms.js';
import { type CanaryConfig, judgesDurations } from '../gates/canary/fields.js';
import { inUnitOf, parseThreshold, suffixOf, type Threshold } from '../judge/threshold.js';
import type { ReadingData, Standing } from '../record/evidence.js';
import type { DecisionRecord } from '../record/record.js';
import { iso } from '../train/clock.js';

export type LineRole = 'value' | 'canary' | 'baseline' | 'ratio' | 'lower' | 'upper' | 'harm' | 'wellness';

export interface Line {
  readonly role: LineRole;
  readonly name: string;
  /** One for each of `at`; null: there is none. */
  readonly values: readonly (number | null)[];
}

export interface Limit {
  /** As people write it: `limit < 1 %`. */
  readonly name: string;
  readonly value: number;
}

export interface Chart {
  readonly kind: 'value' | 'rates' | 'ratio' | 'evidence';
  readonly gate: string;
  /** What is drawn, in words. */
  readonly title: string;
  /** Behind each number: ` %`, ` ms`, ` times`, or nothing. */
  readonly suffix: string;
  /** When each round began, or each bin of a canary ended, ISO 8601. */
  readonly at: readonly string[];
  readonly lines: readonly Line[];
  readonly limits: readonly Limit[];
}

/** Two points make a line; one makes none. */
const leastPoints = 2;

/**
 * The charts of one gate: its value against the limit, or for a canary the rates of both arms, how many times as often the canary is
 * bad with its bounds, and the evidence for either decision. Empty where fewer than two rounds gave a number.
 */
export function chartsOf(gate: string, record: Pick<DecisionRecord, 'rounds' | 'policy'>): Chart[] {
  const { rounds } = record;
  const at = rounds.map((round) => round.began);
  const readings = rounds.map((round) => round.gates.find((g) => g.gate === gate)?.reading ?? null);
  const charts = readings.some((reading) => reading?.standing)
    ? armCharts(
        gate,
        at,
        readings.map((reading) => reading?.standing ?? null),
        soFar(gate, record),
      )
    : valueChart(gate, at, readings);
  return charts.filter(({ lines }) =>
    lines.some(({ values }) => values.filter((value) => value !== null).length >= leastPoints),
  );
}

function valueChart(gate: string, at: readonly string[], readings: readonly (ReadingData | null)[]): Chart[] {
  const thresholds = readings.map((reading) =>
    reading?.threshold === undefined ? undefined : parseThreshold(reading.threshold),
  );
  const usual = thresholds.findLast((threshold, i) => threshold && readings[i]?.code !== 'over-hard-limit');
  const main = usual ?? thresholds.findLast((threshold) => threshold !== undefined);
  if (!main) return [];
  const values = readings.map((reading, i) => {
    const threshold = thresholds[i];
    if (reading?.value === undefined || !threshold) return null;
    const value = inUnitOf(main, reading.value, threshold.unit);
    return Number.isFinite(value) ? value : null;
  });
  const hard = thresholds.findLast((threshold, i) => threshold && readings[i]?.code === 'over-hard-limit');
  const limits = [limitOf('limit', main, main), ...(hard && hard !== main ? [limitOf('hard limit', hard, main)] : [])];
  const lines: Line[] = [{ role: 'value', name: gate, values }];
  return [{ kind: 'value', gate, title: gate, suffix: suffixOf(main.unit), at, lines, limits }];
}

const limitOf = (name: string, threshold: Threshold, main: Threshold): Limit => ({
  name: `${name} ${threshold.operator} ${threshold.limit}${suffixOf(threshold.unit)}`,
  value: inUnitOf(main, threshold.limit, threshold.unit),
});

/** What both arms came to after each bin. A round may bring many bins: the first one of a canary that has run for a while, all. */
interface SoFar {
  readonly at: readonly string[];
  readonly canary: readonly (number | null)[];
  readonly baseline: readonly (number | null)[];
}

/** @returns undefined where the record does not tell: for durations, of which each bound would be a course of its own */
function soFar(gate: string, { rounds, policy }: Pick<DecisionRecord, 'rounds' | 'policy'>): SoFar | undefined {
  const rules = (policy.effective as { gates?: readonly (Partial<CanaryConfig> & { name?: string })[] } | null)?.gates;
  const config = rules?.find(({ name }) => name === gate);
  if (!config?.bin || judgesDurations(config as CanaryConfig)) return undefined;
  const bins = new Map<number, Bin>();
  for (const round of rounds) {
    const samples = (round.gates.find((one) => one.gate === gate)?.answers ?? []).flatMap((answer) =>
      'measurement' in answer && answer.measurement.kind === 'samples' && !answer.role.startsWith('history')
        ? [[answer.role, answer.measurement] as const]
        : [],
    );
    const window = samples[0]?.[1].window;
    if (!window) continue;
    const times = { from: Date.parse(window.from), to: Date.parse(window.to) };
    const found = binsOf(config as CanaryConfig, new Map(samples), times);
    for (const bin of 'state' in found ? [] : found)
      if (!bins.has(bin.at) && bin.canary && bin.baseline) bins.set(bin.at, bin);
  }
  const ordered = [...bins.values()].sort((a, b) => a.at - b.at);
  const course = (arm: 'canary' | 'baseline') => {
    let [bad, all] = [0, 0];
    return ordered.map((bin) => {
      const counted = bin[arm];
      if (counted && 'total' in counted) [bad, all] = [bad + counted.failures, all + counted.total];
      return all > 0 ? (100 * bad) / all : null;
    });
  };
  const { bin } = config;
  return { at: ordered.map(({ at }) => iso(at + bin)), canary: course('canary'), baseline: course('baseline') };
}

function armCharts(
  gate: string,
  at: readonly string[],
  standings: readonly (Standing | null)[],
  course: SoFar | undefined,
): Chart[] {
  const line = (role: LineRole, name: string, of: (standing: Standing) => number | null): Line => ({
    role,
    name,
    values: standings.map((standing) => (standing === null ? null : of(standing))),
  });
  const share = ({ events, bad }: Standing['canary']) => (events > 0 ? (100 * bad) / events : null);
  const bound = standings.findLast((standing) => standing?.bound !== undefined)?.bound;
  const bad = bound === undefined ? 'failed' : `over ${bound}`;
  const names = standings.findLast((standing) => standing?.names)?.names ?? { canary: 'canary', baseline: 'baseline' };
  const proof = standings.some((standing) => typeof standing?.wellness === 'number');
  return [
    {
      kind: 'rates',
      gate,
      title: `${gate}: share of requests that ${bound === undefined ? 'failed' : `took over ${bound}`}, so far`,
      suffix: ' %',
      at: course?.at ?? at,
      lines: course
        ? [
            { role: 'canary', name: `${names.canary} ${bad}`, values: course.canary },
            { role: 'baseline', name: `${names.baseline} ${bad}`, values: course.baseline },
          ]
        : [
            line('canary', `${names.canary} ${bad}`, ({ canary }) => share(canary)),
            line('baseline', `${names.baseline} ${bad}`, ({ baseline }) => share(baseline)),
          ],
      limits: [],
    },
    {
      kind: 'ratio',
      gate,
      title: `${gate}: how many times as often as the ${names.baseline}`,
      suffix: ' times',
      at,
      lines: [
        line('ratio', 'estimate', ({ ratio }) => ratio),
        line('lower', 'at least', ({ lower }) => lower),
        line('upper', 'at most', ({ upper }) => upper),
      ],
      limits: [{ name: `as often as the ${names.baseline}`, value: 1 }],
    },
    {
      kind: 'evidence',
      gate,
      title: `${gate}: evidence, 1 decides`,
      suffix: '',
      at,
      lines: [
        line('harm', 'of harm', ({ harm }) => harm),
        ...(proof ? [line('wellness', 'that it is no worse', ({ wellness }) => wellness)] : []),
      ],
      limits: [{ name: 'decides', value: 1 }],
    },
  ];
}
