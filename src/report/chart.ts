/** What charts are drawn from: the course of one gate over the rounds. Pure; every form of the report draws the same numbers. */
import { inUnitOf, parseThreshold, suffixOf, type Threshold } from '../judge/threshold.js';
import type { ReadingData, Standing } from '../record/evidence.js';
import type { DecisionRecord } from '../record/record.js';

export type LineRole = 'value' | 'canary' | 'baseline' | 'ratio' | 'lower' | 'upper' | 'harm' | 'wellness';

export interface Line {
  readonly role: LineRole;
  readonly name: string;
  /** One for each round; null: the round gave none. */
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
  /** When each round began, ISO 8601. */
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
export function chartsOf(gate: string, { rounds }: Pick<DecisionRecord, 'rounds'>): Chart[] {
  const at = rounds.map((round) => round.began);
  const readings = rounds.map((round) => round.gates.find((g) => g.gate === gate)?.reading ?? null);
  const charts = readings.some((reading) => reading?.standing)
    ? armCharts(
        gate,
        at,
        readings.map((reading) => reading?.standing ?? null),
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

function armCharts(gate: string, at: readonly string[], standings: readonly (Standing | null)[]): Chart[] {
  const line = (role: LineRole, name: string, of: (standing: Standing) => number | null): Line => ({
    role,
    name,
    values: standings.map((standing) => (standing === null ? null : of(standing))),
  });
  const share = ({ events, bad }: Standing['canary']) => (events > 0 ? (100 * bad) / events : null);
  const bound = standings.findLast((standing) => standing?.bound !== undefined)?.bound;
  const bad = bound === undefined ? 'failed' : `over ${bound}`;
  const proof = standings.some((standing) => typeof standing?.wellness === 'number');
  return [
    {
      kind: 'rates',
      gate,
      title: `${gate}: share of requests that ${bound === undefined ? 'failed' : `took over ${bound}`}, so far`,
      suffix: ' %',
      at,
      lines: [
        line('canary', `canary ${bad}`, ({ canary }) => share(canary)),
        line('baseline', `baseline ${bad}`, ({ baseline }) => share(baseline)),
      ],
      limits: [],
    },
    {
      kind: 'ratio',
      gate,
      title: `${gate}: how many times as often as the baseline`,
      suffix: ' times',
      at,
      lines: [
        line('ratio', 'estimate', ({ ratio }) => ratio),
        line('lower', 'at least', ({ lower }) => lower),
        line('upper', 'at most', ({ upper }) => upper),
      ],
      limits: [{ name: 'as often as the baseline', value: 1 }],
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
