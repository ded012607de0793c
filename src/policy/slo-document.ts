/**
 * Service level objectives as other tools write them: OpenSLO v1 (https://github.com/OpenSLO/OpenSLO, kinds SLO and SLI) and Sloth's
 * specification (https://sloth.dev, `prometheus/v1` and its Kubernetes resource). They are read as they are; what this gate cannot
 * keep (a plugin, a composite, a calendar period) is said and refused.
 */
import * as v from 'valibot';
import type { Problem } from '../record/record.js';
import { readDocument } from './document.js';
import { parseDuration } from './fields.js';
import { describe, didYouMean, type Path } from './problems.js';

/** One objective, in the fields of the gate `slo`. */
export interface Slo {
  readonly name: string;
  /** Share of good events that is promised, 0 to 1. */
  readonly objective: number;
  /** Milliseconds; absent: the document does not say. */
  readonly period?: number;
  readonly failures?: string;
  readonly good?: string;
  readonly total?: string;
  readonly ratio?: string;
  /** What the ratio is the share of. */
  readonly 'ratio-of'?: 'failures' | 'successes';
}

const text = v.pipe(v.string(), v.trim(), v.nonEmpty('some text'));
const percent = v.pipe(
  v.number(),
  v.check((x) => x > 0 && x < 100, 'a percentage between 0 and 100'),
  // 99.9 / 100 is 0.9990000000000001, and the budget is what it differs from 1 by.
  v.transform((x) => Number((x / 100).toPrecision(12))),
);
const share = v.pipe(
  v.number(),
  v.check((x) => x > 0 && x < 1, 'a share between 0 and 1'),
);

const slothEvents = v.object({ error_query: text, total_query: text });
const slothSli = v.pipe(
  v.object({
    events: v.optional(slothEvents),
    raw: v.optional(v.object({ error_ratio_query: text })),
    plugin: v.optional(v.unknown()),
  }),
  v.check(
    (s) => (s.events === undefined) !== (s.raw === undefined),
    '`events` or `raw` (a `plugin` cannot be read here)',
  ),
);
const sloth = v.object({
  version: v.literal('prometheus/v1'),
  service: text,
  slos: v.pipe(
    v.array(v.object({ name: text, objective: percent, sli: slothSli })),
    v.minLength(1, 'at least one SLO'),
  ),
});

const camelSli = v.pipe(
  v.object({
    events: v.optional(v.object({ errorQuery: text, totalQuery: text })),
    raw: v.optional(v.object({ errorRatioQuery: text })),
  }),
  v.check(
    (s) => (s.events === undefined) !== (s.raw === undefined),
    '`events` or `raw` (a `plugin` cannot be read here)',
  ),
);
const slothResource = v.object({
  apiVersion: v.literal('sloth.slok.dev/v1'),
  kind: v.literal('PrometheusServiceLevel'),
  spec: v.object({
    service: text,
    slos: v.pipe(
      v.array(v.object({ name: text, objective: percent, sli: camelSli })),
      v.minLength(1, 'at least one SLO'),
    ),
  }),
});

const metricSource = v.object({ metricSource: v.object({ spec: v.object({ query: text }) }) });
const ratioMetric = v.pipe(
  v.object({
    good: v.optional(metricSource),
    bad: v.optional(metricSource),
    total: v.optional(metricSource),
    raw: v.optional(metricSource),
    rawType: v.optional(v.picklist(['success', 'failure'])),
  }),
  v.check(
    (r) =>
      r.raw === undefined
        ? r.total !== undefined && (r.good === undefined) !== (r.bad === undefined)
        : r.rawType !== undefined,
    '`total` with either `good` or `bad`, or `raw` with `rawType`',
  ),
);
const sliSpec = v.object({ ratioMetric });
const indicator = v.object({ metadata: v.optional(v.object({ name: text })), spec: sliSpec });
const openSli = v.object({
  apiVersion: v.literal('openslo/v1'),
  kind: v.literal('SLI'),
  metadata: v.object({ name: text }),
  spec: sliSpec,
});
const objective = v.pipe(
  v.object({ target: v.optional(share), targetPercent: v.optional(percent) }),
  v.check((o) => (o.target === undefined) !== (o.targetPercent === undefined), '`target` or `targetPercent`'),
);
const timeWindow = v.object({
  duration: v.pipe(
    text,
    v.check(
      (d) => openDuration(d) !== undefined,
      'a duration such as `28d` or `1h` (months and longer have no fixed length)',
    ),
  ),
  isRolling: v.optional(v.literal(true)),
});
const openSlo = v.object({
  apiVersion: v.literal('openslo/v1'),
  kind: v.literal('SLO'),
  metadata: v.object({ name: text }),
  spec: v.pipe(
    v.object({
      indicator: v.optional(indicator),
      indicatorRef: v.optional(text),
      timeWindow: v.optional(v.pipe(v.array(timeWindow), v.length(1, 'one time window'))),
      budgetingMethod: v.optional(v.literal('Occurrences')),
      objectives: v.pipe(v.array(objective), v.length(1, 'one objective')),
    }),
    v.check((s) => (s.indicator === undefined) !== (s.indicatorRef === undefined), '`indicator` or `indicatorRef`'),
  ),
});

/** `28d`, `1w`, `12h`, `30m`; OpenSLO's `M`, `Q` and `Y` have no fixed length. */
function openDuration(written: string): number | undefined {
  const weeks = /^(\d+)w$/.exec(written);
  return weeks ? Number(weeks[1]) * 7 * 86_400_000 : parseDuration(written);
}

/** The window that tools fill in, as the sources know it. */
const windowed = (query: string): string => query.replaceAll(/\{\{\s*\.window\s*\}\}/g, '$__range');

type Sli = v.InferOutput<typeof ratioMetric>;

function openQueries({ good, bad, total, raw, rawType }: Sli): Omit<Slo, 'name' | 'objective' | 'period'> {
  const of = (m: v.InferOutput<typeof metricSource> | undefined) => windowed(m?.metricSource.spec.query ?? '');
  if (raw !== undefined) return { ratio: of(raw), 'ratio-of': rawType === 'failure' ? 'failures' : 'successes' };
  return { ...(bad === undefined ? { good: of(good) } : { failures: of(bad) }), total: of(total) };
}

/** Documents of a file with `---` between them, each with empty lines before it, so that its lines keep their numbers. */
function parts(content: string): string[] {
  const out: string[] = [];
  let current = '';
  let line = 0;
  for (const row of content.split(/(?<=\n)/)) {
    if (/^---(?:\s|$)/.test(row)) {
      out.push(current);
      current = '\n'.repeat(line + 1);
    } else current += row;
    line += 1;
  }
  return [...out, current].filter((part) => part.replaceAll(/^\s*#.*$/gm, '').trim() !== '');
}

const kindOf = (data: unknown): string => {
  const { version, apiVersion, kind } = (data ?? {}) as Record<string, unknown>;
  const words = (apiVersion === undefined ? [version] : [apiVersion, kind]).map((x) =>
    typeof x === 'string' ? x : 'nothing',
  );
  return words.join(' ');
};

const kinds = {
  'prometheus/v1': sloth,
  'sloth.slok.dev/v1 PrometheusServiceLevel': slothResource,
  'openslo/v1 SLO': openSlo,
  'openslo/v1 SLI': openSli,
} as const;

/** Kinds of OpenSLO that may stand in the same file and say nothing that this gate needs. */
const besides = /^openslo\/v1 (?:AlertPolicy|AlertCondition|AlertNotificationTarget|DataSource|Service)$/;

/**
 * Reads a file of SLOs.
 *
 * @param file shown in problems
 * @returns all SLOs, and what is wrong with the file
 */
export function readSlos(content: string, file: string): { slos: readonly Slo[]; problems: readonly Problem[] } {
  const slos: Slo[] = [];
  const problems: Problem[] = [];
  const indicators = new Map<string, Sli>();
  const later: (() => void)[] = [];
  for (const part of parts(content)) {
    const document = readDocument(part, file, 'an OpenSLO document or a Sloth specification');
    if (document.problems.length > 0) {
      problems.push(...document.problems);
      continue;
    }
    const data = document.toData();
    const kind = kindOf(data);
    const say = (path: Path, message: string) => problems.push(document.locate({ path, at: 'value', message }));
    if (besides.test(kind)) continue;
    const schema = Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : undefined;
    if (schema === undefined) {
      const known = Object.keys(kinds);
      say([], `expected one of ${known.join(', ')}, found \`${kind}\`${didYouMean(kind, known)}`);
      continue;
    }
    const parsed = v.safeParse(
      schema as v.GenericSchema<unknown, v.InferOutput<(typeof kinds)[keyof typeof kinds]>>,
      data,
    );
    if (!parsed.success) {
      problems.push(
        ...describe(
          parsed.issues,
          () => [],
          () => false,
        ).map((finding) => document.locate(finding)),
      );
      continue;
    }
    const read = parsed.output;
    if ('slos' in read) {
      for (const { name, objective: share_, sli } of read.slos) {
        const queries = sli.events
          ? { failures: windowed(sli.events.error_query), total: windowed(sli.events.total_query) }
          : { ratio: windowed(sli.raw?.error_ratio_query ?? '') };
        slos.push({ name, objective: share_, ...queries });
      }
    } else if (read.kind === 'PrometheusServiceLevel') {
      for (const { name, objective: share_, sli } of read.spec.slos) {
        const queries = sli.events
          ? { failures: windowed(sli.events.errorQuery), total: windowed(sli.events.totalQuery) }
          : { ratio: windowed(sli.raw?.errorRatioQuery ?? '') };
        slos.push({ name, objective: share_, ...queries });
      }
    } else if (read.kind === 'SLI') indicators.set(read.metadata.name, read.spec.ratioMetric);
    else {
      const { metadata, spec } = read;
      // The indicator may stand further down in the file.
      later.push(() => {
        const sli = spec.indicator?.spec.ratioMetric ?? indicators.get(spec.indicatorRef ?? '');
        if (sli === undefined) {
          const near = didYouMean(spec.indicatorRef ?? '', [...indicators.keys()]);
          say(['spec', 'indicatorRef'], `there is no SLI \`${spec.indicatorRef}\` in this file${near}`);
          return;
        }
        const [target] = spec.objectives;
        const period = openDuration(spec.timeWindow?.[0]?.duration ?? '');
        slos.push({
          name: metadata.name,
          objective: target?.target ?? target?.targetPercent ?? Number.NaN,
          ...(period === undefined ? {} : { period }),
          ...openQueries(sli),
        });
      });
    }
  }
  for (const act of later) act();
  if (slos.length === 0 && problems.length === 0) problems.push({ file, message: 'there is no SLO in it' });
  return { slos, problems };
}
