/**
 * Native histograms of an answer, in the form that classic ones have: one series for each upper bound, in the label `le`, with the count
 * up to it (https://prometheus.io/docs/prometheus/latest/querying/api/#native-histograms).
 */
import * as v from 'valibot';
import { reportedNumber } from '../../../judge/number.js';
import type { Reported, Samples } from '../../../record/evidence.js';
import type { TelemetryQuestion } from '../../source.js';
import { seriesOver } from '../series.js';

/** Rule for the bounds, lower bound, upper bound, count. Buckets without a count are not listed. */
const bucket = v.tuple([v.number(), v.string(), v.string(), v.string()]);
const sample = v.object({ count: v.string(), buckets: v.optional(v.array(bucket), []) });
const answer = v.array(v.tuple([v.number(), sample]));

interface Bucket {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface NativeSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly histograms: unknown;
}

/**
 * The bounds that were given for a histogram. Answers list only the buckets that have counts, and a judge can go on only with the bounds
 * that it began with, so that what was given once is given again.
 */
export interface GivenBounds {
  /** Of exponential buckets: the k of all bounds 2^(k/2^schema). */
  exponents?: { readonly schema: number; readonly first: number; readonly last: number };
  /** Of buckets with bounds of their own. */
  custom?: readonly number[];
}

/** More bounds are not judged by themselves, and would swell the record; a histogram that widens later may have some more. */
const mostBounds = 40;
const mostWidened = 60;
/** The finest that is given: bounds that lie 9 % apart. */
const finestSchema = 3;
const coarsestSchema = -4;
/** Steps of the finest schema that there is, in one doubling. */
const steps = 256;

/** The power of 2 that a bound of a schema is: servers write it in decimals, which differ in the last place. */
function snapped(bound: number): number {
  const exponent = Math.log2(Math.abs(bound)) * steps;
  const whole = Math.round(exponent);
  return Math.abs(exponent - whole) < 1e-6 ? Math.sign(bound) * 2 ** (whole / steps) : bound;
}

const boundAt = (schema: number, k: number): number => 2 ** ((k * steps) / 2 ** schema / steps);

/** The schema of an exponential bucket; undefined for buckets with bounds of their own. */
function schemaOf({ from, to }: Bucket): number | undefined {
  const schema = -Math.log2(Math.log2(to / from));
  const whole = Math.round(schema);
  const k = Math.log2(to) * 2 ** whole;
  return Math.abs(schema - whole) < 1e-6 && Math.abs(k - Math.round(k)) < 1e-4 ? whole : undefined;
}

/** By the bounds of all series together, which one arm alone does not choose, and never by counts. */
function boundsOf(samples: readonly (readonly Bucket[])[], given: GivenBounds): readonly number[] {
  const finite = samples.flat().filter(({ from, to }) => from > 0 && Number.isFinite(to));
  const schemas = finite.map(schemaOf);
  const exponential = schemas.every((schema) => schema !== undefined) && given.custom === undefined;
  if (exponential) return exponentialBounds(finite, Math.min(finestSchema, ...schemas.map(Number)), given);
  // The first of such a histogram's buckets begins at minus infinity, and is its own too.
  const own = samples.flat().flatMap(({ to }) => (Number.isFinite(to) ? [to] : []));
  const all = [...new Set([...(given.custom ?? []), ...own])].toSorted((a, b) => a - b);
  const step = Math.max(1, Math.ceil(all.length / mostWidened));
  given.custom = all.filter((_, i) => i % step === 0);
  return given.custom;
}

function exponentialBounds(buckets: readonly Bucket[], finest: number, given: GivenBounds): readonly number[] {
  if (buckets.length > 0) {
    const lowest = Math.min(...buckets.map(({ to }) => to));
    const highest = Math.max(...buckets.map(({ to }) => to));
    const spanAt = (schema: number) => ({
      schema,
      first: Math.ceil(Math.log2(lowest) * 2 ** schema - 1e-4),
      last: Math.ceil(Math.log2(highest) * 2 ** schema - 1e-4),
    });
    given.exponents = given.exponents
      ? widened(given.exponents, spanAt(given.exponents.schema))
      : coarse(spanAt, finest);
  }
  if (given.exponents === undefined) return [];
  const { schema, first, last } = given.exponents;
  return Array.from({ length: last - first + 1 }, (_, i) => boundAt(schema, first + i));
}

type Exponents = NonNullable<GivenBounds['exponents']>;

function coarse(spanAt: (schema: number) => Exponents, finest: number): Exponents {
  for (let schema = finest; schema > coarsestSchema; schema -= 1) {
    const span = spanAt(schema);
    if (span.last - span.first < mostBounds) return span;
  }
  return spanAt(coarsestSchema);
}

function widened(given: Exponents, { first, last }: Exponents): Exponents {
  const wide = { ...given, first: Math.min(given.first, first), last: Math.max(given.last, last) };
  return wide.last - wide.first < mostWidened ? wide : given;
}

/** How many are at most `bound`; null where it lies inside a bucket: nobody knows how many of that. */
function upTo(buckets: readonly Bucket[], bound: number): Reported {
  if (buckets.some(({ from, to, count }) => count !== 0 && from < bound && bound < to)) return null;
  return reportedNumber(buckets.reduce((sum, { to, count }) => (to <= bound ? sum + count : sum), 0));
}

/** @returns undefined for what is no list of native histograms */
export function nativeSeries(
  found: readonly NativeSeries[],
  question: Pick<TelemetryQuestion, 'window' | 'range'>,
  given: GivenBounds = {},
): Samples['series'] | undefined {
  const series = [];
  for (const { labels, histograms } of found) {
    const parsed = v.safeParse(answer, histograms);
    if (!parsed.success) return undefined;
    const samples = parsed.output.map(([seconds, { count, buckets }]) => ({
      at: Math.round(seconds * 1000),
      count: reportedNumber(count),
      buckets: buckets.map(
        ([, from, to, n]): Bucket => ({
          from: snapped(Number(from)),
          to: snapped(Number(to)),
          count: Number(n),
        }),
      ),
    }));
    series.push({ labels, samples });
  }
  const bounds = boundsOf(
    series.flatMap(({ samples }) => samples.map(({ buckets }) => buckets)),
    given,
  );
  return series.flatMap(({ labels, samples }) => {
    const finite = bounds.map((bound) => ({
      le: String(Number(bound.toPrecision(6))),
      points: samples.map(({ at, buckets }) => ({ at, value: upTo(buckets, bound) })),
    }));
    const all = { le: '+Inf', points: samples.map(({ at, count }) => ({ at, value: count })) };
    // A bound that no sample knows would take the others with it.
    return [...finite.filter(({ points }) => points.some(({ value }) => value !== null)), all].map(
      ({ le, points }) => ({
        labels: { ...labels, le },
        ...seriesOver(points, question, 'end'),
      }),
    );
  });
}
