/** Small pictures as SVG, for pages without a script, for print, and for the table of gates. Pure. */
import type { Chart, Line } from '../chart.js';
import { h, type Markup, way } from './markup.js';

/** From the least to the greatest number on the axis. */
export type Domain = readonly [number, number];

const numbersOf = (line: Line | undefined): number[] => line?.values.filter((value) => value !== null) ?? [];

/**
 * What the axis shows: all values and limits with some room, from zero where zero is near. Bounds may begin at a million times; they are
 * cut off, lest nothing else be seen.
 */
export function domainOf({ lines, limits }: Pick<Chart, 'lines' | 'limits'>): Domain {
  const isBound = ({ role }: Line) => role === 'lower' || role === 'upper';
  const main = lines.filter((line) => !isBound(line)).flatMap(numbersOf);
  const last = lines.filter(isBound).flatMap((line) => numbersOf(line).slice(-1));
  const all = [...main, ...last, ...limits.map(({ value }) => value)];
  const [least, greatest] = [
    all.reduce((a, b) => Math.min(a, b), Infinity),
    all.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  if (!(least <= greatest)) return [0, 1];
  // Halved, since the span of two finite numbers may not be finite.
  const room = Math.max((greatest / 2 - least / 2) * 0.16, Math.abs(greatest) * 0.04, Number.MIN_VALUE);
  const low = least >= 0 && least < greatest * 0.6 ? 0 : least - room;
  return [low, greatest + room || 1];
}

/** Positions of values that keep the course: of each stretch the first, the least, the greatest and the last. At most about `most`. */
export function thinned(values: readonly (number | null)[], most: number): number[] {
  if (values.length <= most) return values.map((_, i) => i);
  const size = Math.ceil((values.length * 4) / most);
  const kept = new Set<number>();
  for (let from = 0; from < values.length; from += size) {
    const to = Math.min(from + size, values.length);
    let [low, high] = [from, from];
    for (let i = from; i < to; i += 1) {
      const value = values[i] ?? null;
      if (value === null) continue;
      if (value < (values[low] ?? Number.POSITIVE_INFINITY)) low = i;
      if (value > (values[high] ?? Number.NEGATIVE_INFINITY)) high = i;
    }
    for (const i of [from, low, high, to - 1]) kept.add(i);
  }
  return [...kept].sort((a, b) => a - b);
}

const [width, height] = [640, 200];
const plot = { left: 8, right: 632, top: 10, bottom: 176 } as const;

const round = (n: number): number => Math.round(n * 10) / 10;

/** One path; a gap where a round gave no value, and a dot where a value stands alone between two gaps. */
function path(values: readonly (number | null)[], x: (i: number) => number, y: (value: number) => number): Markup {
  let pen = false;
  const at = thinned(values, 480);
  const d = at.map((i, k) => {
    const value = values[i] ?? null;
    const move = !pen;
    pen = value !== null;
    if (value === null) return '';
    const alone = move && (values[at[k + 1] ?? -1] ?? null) === null;
    return `${move ? 'M' : 'L'}${round(x(i))} ${round(y(value))}${alone ? 'h.1' : ''}`;
  });
  return way(d.join(''));
}

/** The whole chart, still. @param label what a screen reader says in its place */
export function stillChart(chart: Chart, domain: Domain, label: string): Markup {
  const [low, high] = domain;
  const span = high - low || 1;
  const last = Math.max(1, chart.at.length - 1);
  const x = (i: number) => plot.left + ((plot.right - plot.left) * i) / last;
  const y = (value: number) =>
    plot.bottom - (plot.bottom - plot.top) * ((Math.min(high, Math.max(low, value)) - low) / span);
  const clock = (at: string | undefined) => at?.slice(11, 16) ?? '';
  return h`<svg class="still" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
<path class="axis" d="M${plot.left} ${plot.bottom}H${plot.right}"/>
${chart.limits.map(
  ({ name, value }) => h`<path class="limit" d="M${plot.left} ${round(y(value))}H${plot.right}"/>
<text class="limit-name" x="${plot.right}" y="${round(Math.max(12, y(value) - 5))}" text-anchor="end">${name}</text>
`,
)}
${chart.lines.map(({ role, values }) => h`<path class="line ${role}" d="${path(values, x, y)}"/>`)}
<text x="${plot.left}" y="194">${clock(chart.at[0])}</text>
<text x="${plot.right}" y="194" text-anchor="end">${clock(chart.at.at(-1))} UTC</text>
</svg>`;
}

/** The course of one value in the height of a line of text; nothing for fewer than three numbers, since two points are no course. */
export function spark(values: readonly (number | null)[]): Markup | null {
  const numbers = values.filter((value) => value !== null);
  if (numbers.length < 3) return null;
  const [low, high] = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
  const span = high - low;
  const last = Math.max(1, values.length - 1);
  const x = (i: number) => 2 + (92 * i) / last;
  const y = (value: number) => (span > 0 ? 20 - 16 * ((value - low) / span) : 12);
  const at = values.findLastIndex((value) => value !== null);
  return h`<svg class="spark" viewBox="0 0 98 24" aria-hidden="true"><path d="${path(values, x, y)}"/><circle cx="${round(x(at))}" cy="${round(y(values[at] ?? low))}" r="2.2"/></svg>`;
}
