/**
 * Source `graphite`: graphite-web's render API and whatever speaks it
 * (https://graphite.readthedocs.io/en/stable/render_api.html).
 */
import * as v from 'valibot';
import { reportedNumber } from '../../judge/number.js';
import { authFields, authorization, oneWayToSignIn, signsInOneWay } from '../../net/auth/basic.js';
import { parseJson, refuseDenied } from '../../net/json.js';
import { described, httpUrl } from '../../policy/fields.js';
import type { Samples } from '../../record/evidence.js';
import { iso } from '../../train/clock.js';
import {
  defineSource,
  NotMeasured,
  queryOf,
  type SourceContext,
  type TelemetryQuestion,
  type Unnamed,
  type Window,
} from '../source.js';
import { oneLine } from '../text.js';
import { settleField } from './fields.js';
import { expandInterval } from './range.js';
import { isInBins, type Point, refuseAskew, seriesOver } from './series.js';

const fields = v.strictObject({
  url: described(httpUrl, 'Base URL; `/render` is added to it.'),
  ...authFields,
  settle: settleField('points', '0s'),
});
const schema = v.pipe(
  fields,
  v.check((c) => signsInOneWay(c), oneWayToSignIn),
);
type Config = v.InferOutput<typeof fields>;

/** A value and its time in seconds since the epoch, in this order. */
const datapoint = v.tuple([v.union([v.number(), v.string(), v.null()]), v.number()]);
const rendered = v.array(
  v.object({
    target: v.string(),
    tags: v.optional(v.record(v.string(), v.unknown()), {}),
    datapoints: v.array(datapoint),
  }),
);
type Rendered = v.InferOutput<typeof rendered>;

const maxSeries = 200;

/** Name of the series that shows whether the points behind a path still come. */
const evidence = (i: number): string => `signalbox-evidence-${i}`;

/**
 * The paths that a target reads: all that is no function, number, text or option, and `seriesByTag(…)` as it stands. They are asked
 * for beside the target, since `transformNull`, `keepLastValue`, `fallbackSeries` and the like give values where nothing arrived.
 */
export function pathsOf(target: string): string[] {
  const byTag = target.match(/\bseriesByTag\s*\((?:[^()"']|"[^"]*"|'[^']*')*\)/g) ?? [];
  const rest = byTag.reduce((text, call) => text.replace(call, ''), target).replaceAll(/"[^"]*"|'[^']*'/g, '');
  // Braces group alternatives, so a comma within them is part of the path.
  const words = rest.match(/(?:[^\s(),{}]|\{[^{}]*\})+(?:\s*\()?/g) ?? [];
  const paths = words.filter(
    (word) => !word.endsWith('(') && !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$|^(?:true|false|none)$|=/i.test(word),
  );
  return [...new Set([...byTag, ...paths])];
}

async function ask(
  config: Config,
  context: SourceContext,
  question: TelemetryQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Samples>> {
  const { window, range } = question;
  const inBins = range !== undefined && isInBins(range.reduce);
  const target = expandInterval(queryOf(question), question, (s) => `${s}s`, perBin);
  const paths = pathsOf(target);
  const targets = [target, ...paths.map((path, i) => `alias(maxSeries(${path}),'${evidence(i)}')`)];
  // With one bin before them, so that their distance can be seen.
  const asked = inBins ? { from: window.from - range.everyMs, to: window.to } : window;
  const found = await render(config, context, targets, asked, signal);
  const own = found.filter((s) => !s.target.startsWith(evidence(0).slice(0, -1)));
  if (own.length > maxSeries) {
    const message = `the target gave ${own.length} series, more than ${maxSeries}: aggregate them, e.g. with sumSeries()`;
    throw new NotMeasured('too-many-series', message, { permanent: true });
  }
  const series = own.map((s) => {
    const points = pointsOf(s, window);
    if (inBins) refuseOtherSteps(s, range.everyMs);
    refuseAskew(points, question, `write \`${perBin}\``);
    return {
      // In bins by its labels even when it is alone: those of an arm whose other one is not there.
      labels: labelsOf(s, inBins ? 2 : own.length),
      ...seriesOver(points, question, 'begin'),
    };
  });
  const newest = paths.map((_, i) =>
    newestOf(
      found.filter((s) => s.target === evidence(i)),
      window,
    ),
  );
  const silent = paths.filter((_, i) => newest[i] === undefined);
  const told = newest.filter((at): at is number => at !== undefined);
  const live = silent.length === 0 && told.length > 0;
  const shown = paths.map((path) => oneLine(path, 80)).join(', ');
  return {
    kind: 'samples',
    subject: `${own.length} series from ${shown || 'no path, since none can be read from the target'} on ${new URL(config.url).origin}`,
    query: target,
    link: `${config.url}/render?${form([target], window).toString()}&format=png`,
    at: iso(context.clock.now()),
    seen: live ? series.filter(({ points }) => points > 0).length : 0,
    notes: silent.map((path) => `\`${oneLine(path, 120)}\` has no point in the window`),
    partial: false,
    window: { from: iso(window.from), to: iso(window.to) },
    newest: live ? iso(Math.min(...told)) : null,
    series: series.filter(({ points }) => points > 0),
  };
}

const perBin = 'summarize(…, "$__interval", "sum")';

/** Points without a value come too, so that the distance of all of them is known. */
function refuseOtherSteps({ datapoints }: Rendered[number], everyMs: number): void {
  const other = datapoints.some(([, at], i) => i > 0 && (at - (datapoints[i - 1]?.[1] ?? at)) * 1000 !== everyMs);
  if (!other && datapoints.length !== 1) return;
  const message = `Graphite gives points that are not ${everyMs / 1000} s apart: write \`${perBin}\``;
  throw new NotMeasured('bad-query', message, { permanent: true });
}

/** `from` itself is left out by Graphite, `until` is not. */
function form(targets: readonly string[], { from, to }: Window): URLSearchParams {
  const params = new URLSearchParams(targets.map((target): [string, string] => ['target', target]));
  params.set('from', String(Math.ceil(from / 1000) - 1));
  params.set('until', String(Math.ceil(to / 1000) - 1));
  return params;
}

async function render(
  config: Config,
  { http }: SourceContext,
  targets: readonly string[],
  window: Window,
  signal: AbortSignal,
): Promise<Rendered> {
  const { origin } = new URL(config.url);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    ...authorization(config),
  };
  const body = `${form(targets, window).toString()}&format=json&noCache=1`;
  const response = await http.send({ url: `${config.url}/render`, method: 'POST', headers, body, signal });
  refuseDenied(response, origin, 'permission to render', headers);
  if (response.status === 400) {
    const [, reason] = /\(([^()]{1,200})\)/.exec(response.text) ?? [];
    const said = reason === undefined ? '' : `: ${oneLine(reason)}`;
    throw new NotMeasured('bad-query', `Graphite refuses the target${said}`, { permanent: true });
  }
  const parsed = v.safeParse(rendered, parseJson(response, origin));
  if (!parsed.success || response.status !== 200) {
    const message = `${origin} answered ${response.status} with something that is not Graphite's render API: is the URL right?`;
    throw new NotMeasured('bad-answer', message);
  }
  return parsed.output;
}

/** The points of the window; null is Graphite's word for none. */
const pointsOf = ({ datapoints }: Rendered[number], { from, to }: Window): Point[] =>
  datapoints
    .filter(([value, seconds]) => value !== null && seconds * 1000 >= from && seconds * 1000 < to)
    .map(([value, seconds]) => ({ at: seconds * 1000, value: reportedNumber(value) }))
    .toSorted((a, b) => a.at - b.at);

function newestOf(found: Rendered, window: Window): number | undefined {
  return found.flatMap((s) => pointsOf(s, window).at(-1)?.at ?? []).toSorted((a, b) => a - b)[0];
}

const labelsOf = ({ target, tags }: Rendered[number], of: number): Record<string, string> =>
  of === 1
    ? {}
    : {
        target: oneLine(target, 120),
        ...Object.fromEntries(Object.entries(tags).map(([k, x]) => [k, oneLine(String(x), 80)])),
      };

const hiding = /\b(transformNull|keepLastValue|fallbackSeries|constantLine|threshold|interpolate)\s*\(/;

export const graphiteSource = defineSource({
  type: 'graphite',
  families: ['telemetry'],
  schema,
  settleMs: (config) => config.settle,
  open: (config, context) => ({ telemetry: (question, signal) => ask(config, context, question, signal) }),
  lint({ query }) {
    if (typeof query !== 'string') return [];
    const [, name] = hiding.exec(query) ?? [];
    const advice = name === undefined ? [] : [`\`${name}()\` gives values where nothing was measured`];
    if (pathsOf(query).length === 0)
      advice.push('no path can be read from the target, so nothing it gives can be proven');
    return advice;
  },
});
