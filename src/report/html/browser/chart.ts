/** Charts that can be read: by mouse, finger and keyboard, with the values of every round and a closer look at a part of the time. */
import uPlot from 'uplot';
import type { ChartData, PageData } from '../wire.js';
import { clock, make, mark } from './dom.js';

const height = 230;

const dashes: Readonly<Record<string, number[]>> = {
  baseline: [6, 4],
  lower: [2, 4],
  upper: [2, 4],
  wellness: [8, 3, 2, 3],
  limit: [5, 4],
};

/** @returns what draws all charts anew, in the colours of the theme */
export function liveCharts({ began, times, charts }: PageData): () => void {
  const live = new Map<Element, uPlot>();
  const byId = new Map(charts.map((chart) => [chart.id, chart]));
  const draw = (figure: Element) => {
    const chart = byId.get(figure.id);
    const plot = figure.querySelector<HTMLElement>('.plot');
    if (!chart || !plot) return;
    live.get(figure)?.destroy();
    const places = chart.rounds ?? times.map((_, i) => i);
    const seconds = places.map((i) => (began + (times[i] ?? 0)) / 1000);
    live.set(figure, drawn(figure, plot, chart, seconds));
  };
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting && !live.has(target)) draw(target);
    }
  });
  const sized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const figure = target.closest('figure');
      const chart = figure ? live.get(figure) : undefined;
      if (chart && target.clientWidth > 0) chart.setSize({ width: target.clientWidth, height });
    }
  });
  for (const figure of document.querySelectorAll('figure.chart')) {
    near.observe(figure);
    const plot = figure.querySelector('.plot');
    if (plot) sized.observe(plot);
  }
  return () => {
    for (const figure of live.keys()) draw(figure);
  };
}

const shown = (value: number, suffix: string): string =>
  `${Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : Number(value.toPrecision(3))}${suffix}`;

function drawn(figure: Element, plot: HTMLElement, chart: ChartData, seconds: number[]): uPlot {
  const legend = figure.querySelector<HTMLElement>('.legend');
  const keys = [...figure.querySelectorAll<HTMLElement>('.legend .key')];
  const colour = (i: number) => {
    const key = keys[i];
    return key ? getComputedStyle(key, '::before').borderTopColor : 'gray';
  };
  const ink = getComputedStyle(figure.querySelector('.said') ?? figure).color;
  const faint = getComputedStyle(figure).borderTopColor;
  const series: uPlot.Series[] = [
    ...chart.lines.map(
      ({ role, name }, i): uPlot.Series => ({
        label: name,
        stroke: colour(i),
        width: role === 'lower' || role === 'upper' ? 1 : 2,
        ...(dashes[role] && { dash: dashes[role] }),
        points: { show: seconds.length <= 40 && role !== 'lower' && role !== 'upper', size: 5, fill: colour(i) },
      }),
    ),
    ...chart.limits.map(
      ({ name }, i): uPlot.Series => ({
        label: name,
        stroke: colour(chart.lines.length + i),
        width: 1.5,
        dash: dashes.limit ?? [],
        points: { show: false },
      }),
    ),
  ];
  const place = (role: string) => chart.lines.findIndex((line) => line.role === role) + 1;
  const [low, high] = [place('lower'), place('upper')];
  const axis = {
    stroke: ink,
    font: '12px system-ui, sans-serif',
    ticks: { stroke: faint, width: 1 },
    grid: { stroke: faint, width: 1 },
  };
  for (const old of plot.querySelectorAll('.live')) old.remove();
  const frame = make('div', {
    class: 'live',
    tabindex: '0',
    role: 'group',
    'aria-roledescription': 'chart',
    'aria-label': `${chart.label}. Arrow keys read the values, plus and minus zoom, Escape shows all`,
  });
  plot.append(frame);
  plot.classList.add('drawn');
  const made = new uPlot(
    {
      width: Math.max(200, plot.clientWidth),
      height,
      legend: { show: false },
      cursor: { y: false, drag: { x: true, y: false, setScale: true }, points: { size: 9 } },
      tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), 'Etc/UTC'),
      scales: { x: { time: true }, y: { range: () => [chart.domain[0], chart.domain[1]] } },
      axes: [
        {
          ...axis,
          grid: { show: false },
          space: 70,
          size: 34,
          values: (_, ticks, __, ___, step) => ticks.map((tick) => mark(tick, step)),
        },
        {
          ...axis,
          ticks: { show: false },
          size: 64,
          gap: 8,
          values: (_, ticks) => ticks.map((tick) => shown(tick, chart.suffix)),
        },
      ],
      series: [{}, ...series],
      ...(low > 0 && high > 0
        ? { bands: [{ series: [high, low] as [number, number], fill: `${withAlpha(colour(low - 1))}` }] }
        : {}),
      hooks: { setCursor: [(u) => say(u.cursor.idx ?? null)], setScale: [() => zoomed()] },
    },
    [
      seconds,
      ...chart.lines.map(({ values }) => [...values]),
      ...chart.limits.map(({ value }) => seconds.map(() => value)),
    ] as uPlot.AlignedData,
    frame,
  );
  const reset = make('button', { type: 'button', class: 'quiet reset', hidden: '' }, 'Show all of the time');
  figure.querySelector('.reset')?.remove();
  legend?.after(reset);
  const whole = () => made.setScale('x', { min: seconds[0] ?? 0, max: seconds.at(-1) ?? 1 });
  reset.addEventListener('click', whole);
  readable(frame, made, seconds, whole, legend);
  say(null);
  return made;

  function zoomed(): void {
    const { min, max } = made?.scales.x ?? {};
    reset.hidden = !(
      min !== undefined &&
      max !== undefined &&
      (min > (seconds[0] ?? 0) || max < (seconds.at(-1) ?? 0))
    );
  }

  /** The values of one round beside their names; of the last round when none is looked at. */
  function say(idx: number | null): void {
    if (!legend) return;
    const at = idx ?? seconds.length - 1;
    const when = legend.querySelector('time') ?? make('time');
    when.textContent = `${clock((seconds[at] ?? 0) * 1000)} UTC${idx === null ? ', last' : ''}`;
    legend.prepend(when);
    chart.lines.forEach(({ values }, i) => {
      const key = keys[i];
      const value = values[at] ?? null;
      let number = key?.querySelector('b') ?? null;
      if (!number) {
        number = make('b');
        key?.append(' ', number);
      }
      number.textContent = value === null ? 'no value' : shown(value, chart.suffix);
    });
  }
}

const withAlpha = (colour: string): string => colour.replace(/^rgb\((.*)\)$/, 'rgba($1, 0.12)');

/** The keyboard does what the mouse does. */
function readable(
  frame: HTMLElement,
  chart: uPlot,
  seconds: readonly number[],
  whole: () => void,
  legend: HTMLElement | null,
): void {
  const go = (i: number) => {
    const at = Math.max(0, Math.min(seconds.length - 1, i));
    chart.setCursor({ left: chart.valToPos(seconds[at] ?? 0, 'x'), top: 0 });
  };
  const zoom = (factor: number) => {
    const { min, max } = chart.scales.x ?? {};
    if (min === undefined || max === undefined) return;
    const middle = seconds[chart.cursor.idx ?? Math.floor(seconds.length / 2)] ?? (min + max) / 2;
    const half = ((max - min) * factor) / 2;
    const first = seconds[0] ?? 0;
    const last = seconds.at(-1) ?? 1;
    if (half * 2 >= last - first) whole();
    else chart.setScale('x', { min: Math.max(first, middle - half), max: Math.min(last, middle + half) });
  };
  frame.addEventListener('focus', () => legend?.setAttribute('aria-live', 'polite'));
  frame.addEventListener('blur', () => legend?.removeAttribute('aria-live'));
  frame.addEventListener('keydown', (event) => {
    const at = chart.cursor.idx ?? seconds.length - 1;
    const step = event.shiftKey ? Math.max(1, Math.round(seconds.length / 20)) : 1;
    const act: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => go(at - step),
      ArrowRight: () => go(at + step),
      Home: () => go(0),
      End: () => go(seconds.length - 1),
      '+': () => zoom(0.5),
      '=': () => zoom(0.5),
      '-': () => zoom(2),
      Escape: whole,
    };
    const wanted = event.ctrlKey || event.metaKey || event.altKey ? undefined : act[event.key];
    if (!wanted) return;
    event.preventDefault();
    wanted();
  });
}
