/** The pictures of docs/judge.md, as SVG without a background, in colours that can be read on light and on dark. */
import { spanPhiOf } from '../../../src/judge/span-dispersion.js';
import { SpendingTest, usualSpending } from '../../../src/judge/spending.js';
import { type CellResult, measure, never } from './measure.js';
import { minutesOf } from './ours.js';
import { Random } from './random.js';
import { type Cell, cells, minutes, noises, seedOf, simulate } from './scenarios.js';

const ink = '#768390';
const faint = '#76839055';
const colour = {
  ours5: '#1a7fd4',
  ours1: '#8d5fd3',
  kayenta: '#d1770f',
  kayentaEnd: '#b89a2e',
  argo: '#d0508f',
  z: '#5c9a4b',
};

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

class Drawing {
  private readonly parts: string[] = [];
  private readonly width: number;
  private readonly height: number;
  private readonly title: string;
  constructor(title: string, width: number, height: number) {
    this.title = title;
    this.width = width;
    this.height = height;
  }
  line(points: readonly (readonly [number, number])[], stroke: string, extra = ''): void {
    const path = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
    this.parts.push(`<polyline points="${path}" fill="none" stroke="${stroke}" ${extra}/>`);
  }
  area(points: readonly (readonly [number, number])[], fill: string): void {
    const path = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
    this.parts.push(`<polygon points="${path}" fill="${fill}"/>`);
  }
  dot(x: number, y: number, fill: string, r = 4): void {
    this.parts.push(`<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r}" fill="${fill}"/>`);
  }
  text(x: number, y: number, text: string, fill = ink, anchor = 'start', weight = 400): void {
    this.parts.push(
      `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${fill}" text-anchor="${anchor}" font-weight="${weight}">${escaped(text)}</text>`,
    );
  }
  toString(): string {
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${this.width} ${this.height}" width="${this.width}" height="${this.height}" font-family="system-ui, sans-serif" font-size="13" stroke-width="2" stroke-linejoin="round">`,
      `<title>${escaped(this.title)}</title>`,
      ...this.parts,
      '</svg>\n',
    ].join('\n');
  }
}

/** Median minute of the stop against the size of the regression, at 1000 requests/min, 50/50, base 1 %. */
export function timeToStop(runs: number): string {
  const like = cells.find((c) => c.noise === 'iid' && c.share === 0.5 && c.rate === 1000 && c.base === 0.01) as Cell;
  const effects = [1.25, 1.4, 1.6, 2, 2.5, 3.5, 5, 10];
  const results = effects.map((effect, i) => measure({ ...like, id: 7000 + i, effect }, runs));
  const d = new Drawing('Median minutes until the stop against the size of the regression', 815, 424);
  const [left, right, top, bottom] = [60, 560, 40, 360];
  const x = (effect: number) => left + ((right - left) * Math.log(effect / 1.25)) / Math.log(10 / 1.25);
  const y = (minute: number) => bottom - ((bottom - top) * Math.log(Math.min(minute, 90))) / Math.log(90);
  for (const minute of [1, 2, 5, 10, 20, 60]) {
    d.line(
      [
        [left, y(minute)],
        [right, y(minute)],
      ],
      faint,
      'stroke-width="1"',
    );
    d.text(left - 8, y(minute) + 4, String(minute), ink, 'end');
  }
  d.text(left - 8, y(90) + 4, 'never', ink, 'end');
  for (const effect of [1.25, 1.6, 2, 3.5, 5, 10]) d.text(x(effect), bottom + 20, `×${effect}`, ink, 'middle');
  d.text((left + right) / 2, bottom + 44, 'how many times as often the canary fails', ink, 'middle');
  d.text(left - 45, top - 18, 'minutes until half of the bad releases are stopped');
  const lines: readonly [string, string, string, number][] = [
    ['ours 5 %', 'Signalbox, 5 % false stops', colour.ours5, 3.5],
    ['ours 1 %', 'Signalbox, 1 % false stops', colour.ours1, 3.5],
    ['Argo > 2×base', 'Argo, twice the true rate*', colour.argo, 2],
    ['Kayenta from 10', 'Kayenta, each minute from 10', colour.kayenta, 2],
    ['Kayenta at 60', 'Kayenta, once at the end', colour.kayentaEnd, 2],
  ];
  const labels = lines.map(([judge, label, stroke, width]) => {
    const points = results.map(({ outcomes, cell }) => {
      const found = outcomes.find((o) => o.judge === judge);
      return [x(cell.effect), y(found === undefined ? never : found.median)] as const;
    });
    d.line(points, stroke, `stroke-width="${width}"`);
    for (const [px, py] of points) d.dot(px, py, stroke, width);
    return { label, stroke, at: points.at(-1)?.[1] ?? 0 };
  });
  let above = Number.NEGATIVE_INFINITY;
  for (const { label, stroke, at } of labels.toSorted((p, q) => p.at - q.at)) {
    above = Math.max(at + 4, above + 18);
    d.text(right + 28, above, label, stroke, 'start', 600);
  }
  d.text(left - 45, bottom + 56 + 2, '* which no user knows', colour.argo);
  return d.toString();
}

/** False stops by noise, the worst cell of each; 0 is drawn at the left edge. */
export function falseStopsPicture(results: readonly CellResult[]): string {
  const rows: readonly [string, string, number | undefined][] = [
    ['ours 1 %', 'Signalbox, 1 % asked for', 1],
    ['ours 5 %', 'Signalbox, 5 % asked for', 5],
    ['Kayenta at 60', 'Kayenta, once at the end', undefined],
    ['Kayenta from 10', 'Kayenta, each minute from 10', undefined],
    ['z once at 60', 'z test, once, 5 % asked for', 5],
    ['z peeking 5 %', 'z test, each minute, 5 % asked for', 5],
    ['Argo > 2×base', 'Argo, 4 minutes above 2×', undefined],
    ['Flagger 99 %', 'Flagger, 5 minutes below 99 %', undefined],
  ];
  const names: Record<string, [string, string]> = {
    iid: ['independent requests', colour.ours5],
    shared: ['both arms vary together', colour.z],
    bb: ['bursts', colour.kayentaEnd],
    clump: ['incidents', colour.kayenta],
    ararm: ['an arm drifts', colour.argo],
  };
  const d = new Drawing('False stops by judge and noise', 760, 110 + rows.length * 34);
  const [left, right, top] = [250, 730, 60];
  const x = (share: number) => left + ((right - left) * Math.log(Math.max(share, 0.001) / 0.001)) / Math.log(1000);
  const bottom = top + rows.length * 34;
  let at = 12;
  for (const noise of noises) {
    const [label, fill] = names[noise] as [string, string];
    d.dot(at, 15, fill, 5);
    d.text(at + 10, 20, label);
    at += 30 + label.length * 6.6;
  }
  for (const share of [0.001, 0.01, 0.05, 0.2, 1]) {
    d.line(
      [
        [x(share), top - 10],
        [x(share), bottom],
      ],
      faint,
      'stroke-width="1"',
    );
    d.text(x(share), bottom + 18, share === 0.001 ? '≤ 0.1 %' : `${100 * share} %`, ink, 'middle');
  }
  d.text(
    (left + right) / 2,
    bottom + 40,
    'good releases stopped within an hour, worst of 12 kinds of traffic',
    ink,
    'middle',
  );
  rows.forEach(([judge, label, asked], row) => {
    const y = top + row * 34 + 14;
    d.text(left - 14, y + 4, label, ink, 'end', judge.startsWith('ours') ? 700 : 400);
    d.line(
      [
        [left, y],
        [right, y],
      ],
      faint,
      'stroke-width="1"',
    );
    if (asked !== undefined) {
      d.line(
        [
          [x(asked / 100), y - 11],
          [x(asked / 100), y + 11],
        ],
        ink,
        'stroke-width="3"',
      );
    }
    for (const noise of noises) {
      const worst = results
        .filter(({ cell }) => cell.noise === noise && cell.effect === 1)
        .map(({ outcomes }) => outcomes.find((o) => o.judge === judge)?.stopped ?? 0)
        .reduce((a, b) => Math.max(a, b), 0);
      d.dot(x(worst), y, names[noise]?.[1] ?? ink, 5);
    }
  });
  return d.toString();
}

/** One release that fails 1.6 times as often, from its first minute until it is stopped. */
export function oneRun(): string {
  const like = cells.find((c) => c.noise === 'iid' && c.share === 0.5 && c.rate === 1000 && c.base === 0.01) as Cell;
  // Of 1 %, a tenth is the e-process's.
  const alpha = 0.9 * 0.01;
  const { history, window } = simulate({ ...like, effect: 1.6 }, new Random(seedOf(7100, 3)));
  const past = minutesOf(history);
  const looks = minutesOf(window);
  const spending = new SpendingTest({
    alpha,
    window: minutes,
    margin: 1,
    slack: 0,
    phi: spanPhiOf(past),
    starts: usualSpending(minutes),
  });
  const seen = looks.map((minute, t) => {
    spending.add(minute);
    const { failures, expected, bound, stoppedAfter } = spending.state;
    return {
      t: t + 1,
      minute,
      over: failures - expected,
      bound: bound - expected,
      stoppedAfter,
    };
  });
  const stop = seen.find(({ stoppedAfter }) => stoppedAfter !== undefined)?.t ?? minutes;
  const shown = seen.slice(0, Math.min(minutes, stop + 1));
  const d = new Drawing('A canary that fails 1.6 times as often, and when it is stopped', 760, 380);
  const [left, right] = [60, 590];
  const x = (t: number) => left + ((right - left) * (t - 1)) / Math.max(1, shown.length - 1);
  const panel = (top: number, title: string, most: number, least: number, ticks: readonly number[], unit: string) => {
    const y = (value: number) => top + 130 - (130 * (Math.min(most, Math.max(least, value)) - least)) / (most - least);
    d.text(left - 45, top - 12, title, ink, 'start', 600);
    for (const tick of ticks) {
      d.line(
        [
          [left, y(tick)],
          [right, y(tick)],
        ],
        faint,
        'stroke-width="1"',
      );
      d.text(left - 8, y(tick) + 4, `${tick}${unit}`, ink, 'end');
    }
    return y;
  };
  const rates = panel(34, 'requests that fail, each minute', 3.2, 0, [0, 1, 2, 3], ' %');
  const series = (of: (one: (typeof shown)[number]) => number, y: (value: number) => number) =>
    shown.map((one) => [x(one.t), y(of(one))] as const);
  const canary = series(({ minute }) => (100 * minute.c) / minute.nc, rates);
  const baseline = series(({ minute }) => (100 * minute.b) / minute.nb, rates);
  d.line(canary, colour.kayenta);
  d.line(baseline, colour.z);
  d.text(right + 12, rates(2.1), 'canary', colour.kayenta, 'start', 600);
  d.text(right + 12, rates(0.9), 'baseline', colour.z, 'start', 600);
  const most = 10 * Math.ceil(Math.max(...shown.map(({ over, bound }) => Math.max(over, bound))) / 10);
  const excess = panel(
    214,
    'failures of the canary beyond its share',
    most,
    -10,
    [0, 10, 20, 30, 40].filter((v) => v <= most),
    '',
  );
  const over = series((one) => one.over, excess);
  const bound = series((one) => one.bound, excess);
  d.line(bound, ink, 'stroke-dasharray="5 4"');
  d.line(over, colour.kayenta, 'stroke-width="3"');
  d.text(right + 12, (bound.at(-1)?.[1] ?? 0) + 10, 'stops here (1 %)', ink, 'start', 600);
  d.text(right + 12, (over.at(-1)?.[1] ?? 0) - 6, 'seen', colour.kayenta, 'start', 600);
  d.line(
    [
      [x(stop), 24],
      [x(stop), 348],
    ],
    '#cf3f3f',
    'stroke-width="1.5"',
  );
  d.text(x(stop) - 6, 368, `stopped after minute ${stop}`, '#cf3f3f', 'end', 600);
  d.text(left - 8, 368, 'minute 1', ink, 'start');
  return d.toString();
}
