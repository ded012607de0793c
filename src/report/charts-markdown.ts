/**
 * Charts in Markdown: a line of words that says what is drawn, and a block of Mermaid's `xychart-beta`, which GitHub draws. Mermaid gets
 * numbers and words of ours alone: names come from outside, and stand in the words before it.
 */
import type { PhrasingContent } from 'mdast';
import { plural } from '../judge/number.js';
import { type Chart, chartsOf, type Limit, type Line, type LineRole } from './chart.js';
import { type Blocks, code, heading, paragraph, prose, strong, text } from './markdown.js';
import type { GateView, View } from './view.js';
import { clockTime } from './words.js';

/** More cannot be told apart at the width of a summary. */
const mostPoints = 40;

/** The chart itself has no legend: its words name the colours, which tell apart on light and on dark. */
const colours = {
  red: '#d1242f',
  orange: '#e16f24',
  blue: '#218bff',
  green: '#2da44e',
  violet: '#a475f9',
  grey: '#8c959f',
} as const;
type Colour = keyof typeof colours;

const colourOf: Readonly<Record<LineRole, Colour>> = {
  value: 'red',
  canary: 'orange',
  baseline: 'blue',
  ratio: 'orange',
  lower: 'green',
  upper: 'violet',
  harm: 'red',
  wellness: 'green',
};
const limitColour: Colour = 'grey';

/** The charts of what decided: at most `most`, of the gates that are to blame, or of those that were proven well by statistics. */
export function chartBlocks(view: View, most: number): Blocks {
  const gates: readonly GateView[] = view.blamed.length > 0 ? view.blamed : view.byStatistics;
  const byGate = gates.map(({ name }) => chartsOf(name, view.record).filter(({ kind }) => kind !== 'evidence'));
  // One of each gate before a second one of any.
  const inTurn = [0, 1].flatMap((i) => byGate.flatMap((charts) => charts[i] ?? []));
  const drawn = inTurn.slice(0, most).flatMap((chart) => drawing(chart, view.record.ended) ?? []);
  return drawn.length === 0 ? [] : [heading(3, [text('How it went')]), ...drawn];
}

/** One point of all lines; `at`: which of the chart's instants it is. */
interface Point {
  readonly at: number;
  readonly values: readonly number[];
}

function drawing(chart: Chart, ended: string): Blocks | undefined {
  const { at, limits } = chart;
  // A line of Mermaid has no gaps, so points are only where all lines have one, and a line that has hardly any is left out.
  const lines = chart.lines.filter(({ values }) => 2 * values.filter((x) => x !== null).length >= at.length);
  const points = at.flatMap((_, i): Point[] => {
    const values = lines.flatMap((line) => line.values[i] ?? []);
    return values.length === lines.length && lines.length > 0 ? [{ at: i, values }] : [];
  });
  if (points.length < 2) return undefined;
  const shown = thinned(points, limits);
  const range = rangeOf(shown, limits);
  if (!range) return undefined;
  const first = at[shown[0]?.at ?? 0] ?? '';
  const last = at[shown.at(-1)?.at ?? 0] ?? '';
  const palette = [...lines.map(({ role }) => colourOf[role]), ...limits.map(() => limitColour)];
  const row = (values: readonly number[]) => `  line [${values.map(decimal).join(', ')}]`;
  const mermaid = [
    '---',
    'config:',
    '  xyChart:',
    '    width: 600',
    '    height: 260',
    '    xAxis:',
    '      showLabel: false',
    '      showTick: false',
    '  themeVariables:',
    '    xyChart:',
    `      plotColorPalette: "${palette.map((colour) => colours[colour]).join(', ')}"`,
    '---',
    'xychart-beta',
    `  x-axis "${clockTime(first, ended).replace(' UTC', '')} to ${clockTime(last, ended)}" 1 --> ${shown.length}`,
    `  y-axis "${unitOf(chart)}" ${decimal(range.from)} --> ${decimal(range.to)}`,
    ...lines.map((_, i) => row(shown.map(({ values }) => values[i] ?? 0))),
    ...limits.map(({ value }) => row(shown.map(() => value))),
  ].join('\n');
  return [
    paragraph(wordsOf(chart, lines, at.length - points.length)),
    { type: 'code', lang: 'mermaid', value: mermaid },
  ];
}

/** What is drawn in which colour; and what is not drawn. */
function wordsOf(chart: Chart, lines: readonly Line[], missing: number): PhrasingContent[] {
  const { title, limits, suffix } = chart;
  const parts = [
    ...lines.map(({ role, name, values }) => {
      const last = values.findLast((x) => x !== null);
      const end = typeof last === 'number' ? ` ${Number(last.toPrecision(3))}${suffix} at the end` : '';
      return [...prose(`${colourOf[role]} ${role === 'value' ? 'the value,' : name}`, 80), text(end)];
    }),
    ...limits.map((limit) => [text(`${limitColour} `), ...limitWords(limit)]),
    ...(missing > 0 ? [[text(`${plural(missing, 'time')} without a value left out`)]] : []),
  ];
  return [strong(prose(title, 160)), ...parts.flatMap((part, i) => [text(i === 0 ? ': ' : '; '), ...part])];
}

/** As code: `<` and `>` are markup to some. */
const limitWords = ({ name }: Limit): PhrasingContent[] => {
  const [, words = name, threshold = ''] = /^(.*?)\s*([<>=].*)?$/.exec(name) ?? [];
  return [...prose(words, 60), ...(threshold === '' ? [] : [text(' '), ...code(threshold, 40)])];
};

/** Ours alone: the suffixes of units are. */
const unitOf = ({ suffix, kind }: Chart): string => suffix.trim() || (kind === 'value' ? 'value' : '');

/** The extremes of each stretch stay, so that no peak is lost: those beyond the limit where there is one, else the greatest. */
function thinned(points: readonly Point[], limits: readonly Limit[]): readonly Point[] {
  if (points.length <= mostPoints) return points;
  const limit = limits[0]?.value;
  const size = points.length / mostPoints;
  return Array.from({ length: mostPoints }, (_, i) => {
    const stretch = points.slice(Math.floor(i * size), Math.max(Math.floor(i * size) + 1, Math.floor((i + 1) * size)));
    const from = limit ?? 0;
    return stretch.reduce((worst, point) =>
      Math.abs((point.values[0] ?? 0) - from) > Math.abs((worst.values[0] ?? 0) - from) ? point : worst,
    );
  });
}

/** With some room, and from zero where that is not far. Undefined where numbers are beyond what can be drawn. */
function rangeOf(
  points: readonly Point[],
  limits: readonly Limit[],
): { readonly from: number; readonly to: number } | undefined {
  const all = [...points.flatMap(({ values }) => values), ...limits.map(({ value }) => value)];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  if (!(Math.max(Math.abs(least), Math.abs(most)) < 1e15)) return undefined;
  const room = (most - least || Math.abs(most) || 1) / 10;
  return { from: least >= 0 && least <= 0.6 * most ? 0 : least - room, to: most + room };
}

/** Four digits that count; Mermaid reads no exponents. */
function decimal(value: number): string {
  const short = Number(value.toPrecision(4));
  const text = String(short);
  return text.includes('e') ? short.toFixed(20) : text;
}
