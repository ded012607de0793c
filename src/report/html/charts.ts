/** The charts of the page: the deciding signals first. Each is told in words, drawn still, drawn live by the page's script, and a table. */
import { plural } from '../../judge/number.js';
import { type Chart, chartsOf, type Line } from '../chart.js';
import type { GateView, View } from '../view.js';
import { clockTime, listed } from '../words.js';
import { type Domain, domainOf, stillChart, thinned } from './drawing.js';
import { h, type Markup } from './markup.js';
import type { ChartData } from './wire.js';

/** A chart and its place in the page. */
export interface Placed extends Chart {
  readonly id: string;
  readonly domain: Domain;
}

/** Rows of a chart's table. */
const mostRows = 60;

/** Numbers of all charts together that the script gets; with more, each is thinned. */
const mostNumbers = 150_000;

/** Gates whose charts stand open: the reasons, else what else is not well, else what was proven by statistics. */
export function deciding({ blamed, alsoSick, warnings, byStatistics, verdict }: View): readonly GateView[] {
  if (blamed.length > 0) return blamed;
  if (verdict.decision !== 'continue') return alsoSick;
  return [...byStatistics, ...warnings];
}

export function placeCharts({ gates, record }: View): readonly Placed[] {
  return gates.flatMap(({ name }, g) =>
    chartsOf(name, record).map(
      (chart, c): Placed => ({ ...chart, id: `chart-${g + 1}-${c + 1}`, domain: domainOf(chart) }),
    ),
  );
}

/** Six significant digits: more cannot be seen, and a day has many. */
const short = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(6)));

export function chartData(charts: readonly Placed[]): ChartData[] {
  const all = charts.reduce((sum, { at, lines }) => sum + at.length * lines.length, 0);
  return charts.map(({ id, title, suffix, domain, lines, limits, at }) => {
    const share = Math.floor((at.length * mostNumbers) / all);
    const kept = all > mostNumbers ? thinned(lines[0]?.values ?? [], Math.max(60, share)) : undefined;
    return {
      id,
      label: title,
      suffix,
      domain,
      ...(kept && { rounds: kept }),
      lines: lines.map(({ role, name, values }) => ({
        role,
        name,
        values: (kept ? kept.map((i) => values[i] ?? null) : values).map(short),
      })),
      limits,
    };
  });
}

export function chartsSection(view: View, charts: readonly Placed[]): Markup | null {
  if (charts.length === 0) return null;
  const first = new Set(deciding(view).map(({ name }) => name));
  const open = charts.filter(({ gate }) => first.has(gate));
  const rest = charts.filter(({ gate }) => !first.has(gate));
  // Nothing decided by itself: what there is may be seen at once, as long as it is little.
  const shown = open.length > 0 ? open : rest.slice(0, 3);
  const folded = rest.filter((chart) => !shown.includes(chart));
  const gates = new Set(folded.map(({ gate }) => gate)).size;
  return h`<section id="charts" aria-labelledby="charts-title">
<h2 id="charts-title">${open.length > 0 && view.verdict.decision !== 'continue' ? 'The signals that decided' : 'Signals'}</h2>
<div class="charts">${shown.map((chart) => figure(chart, view))}</div>
${
  folded.length > 0 &&
  h`<details class="fold"><summary>${plural(folded.length, 'more chart')} of ${plural(gates, 'gate')}</summary>
<div class="charts">${folded.map((chart) => figure(chart, view))}</div></details>`
}
</section>`;
}

/** As people write it: three digits and the unit. */
const shown = (value: number, suffix: string): string =>
  `${Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : Number(value.toPrecision(3))}${suffix}`;

function lineWords({ name, values }: Line, suffix: string, alone: boolean): string {
  const numbers = values.filter((value) => value !== null);
  const last = numbers.at(-1);
  if (last === undefined) return `${name}: no value`;
  const least = numbers.reduce((a, b) => Math.min(a, b));
  const greatest = numbers.reduce((a, b) => Math.max(a, b));
  if (least === greatest) return `${alone ? '' : `${name} `}always ${shown(last, suffix)}`;
  return `${alone ? 'last' : `${name} last`} ${shown(last, suffix)}, between ${shown(least, suffix)} and ${shown(greatest, suffix)}`;
}

/** The chart in one sentence. */
export function chartWords({ kind, lines, limits, at, suffix }: Chart, now: string): string {
  const missing = lines[0]?.values.filter((value) => value === null).length ?? 0;
  const span = `${plural(at.length, 'round')}, ${clockTime(at[0] ?? now, now)} to ${clockTime(at.at(-1) ?? now, now)}`;
  return [
    `${span}${missing > 0 ? `, ${missing} without a value` : ''}`,
    ...lines.map((line) => lineWords(line, suffix, lines.length === 1)),
    ...(limits.length > 0
      ? [listed(limits.map(({ name, value }) => (kind === 'value' ? name : `${name} at ${shown(value, suffix)}`)))]
      : []),
  ].join('; ');
}

function figure(chart: Placed, { record }: View): Markup {
  const words = chartWords(chart, record.ended);
  return h`<figure class="chart" id="${chart.id}">
<figcaption><strong>${chart.title}</strong><span class="said">${words}.</span></figcaption>
<div class="plot">${stillChart(chart, chart.domain, `${chart.title}. ${words}.`)}</div>
<p class="legend">${chart.lines.map(
    ({ role, name }) => h`<span class="key ${role}">${name}</span> `,
  )}${chart.limits.map(({ name }) => h`<span class="key limit">${name}</span> `)}</p>
${numbers(chart, record.ended)}
</figure>
`;
}

function numbers({ title, lines, at, suffix }: Placed, now: string): Markup {
  const kept = thinned(lines[0]?.values ?? [], mostRows);
  const cell = (value: number | null) => h`<td class="n">${value === null ? '–' : shown(value, suffix)}</td>`;
  const some = kept.length < at.length;
  return h`<details class="numbers"><summary>Numbers<span class="unseen"> of ${title}</span></summary>
<div class="wide" tabindex="0" role="group" aria-label="Numbers of ${title}"><table>
<caption>${title}${some && h`: ${kept.length} of ${at.length} rounds, with every extreme of the ${lines.length > 1 ? 'first line' : 'value'}. The record has all of them.`}</caption>
<thead><tr><th scope="col">Round began</th>${lines.map(({ name }) => h`<th scope="col" class="n">${name}</th>`)}</tr></thead>
<tbody>${kept.map(
    (i) =>
      h`<tr><th scope="row">${exact(at[i] ?? now, now)}</th>${lines.map(({ values }) => cell(values[i] ?? null))}</tr>
`,
  )}</tbody></table></div></details>`;
}

/** `10:42:05 UTC`, with its date when it is not that of `now`. */
export const exact = (instant: string, now: string): string =>
  clockTime(instant, now).replace(/(\d\d:\d\d) UTC$/, `$1${instant.slice(16, 19)} UTC`);
