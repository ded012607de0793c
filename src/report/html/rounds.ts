/** The timeline: the state of every gate in every round, as a picture, as a table of the rounds that changed something, and as data. */
import { plural } from '../../judge/number.js';
import type { states as allStates, ReadingData } from '../../record/evidence.js';
import type { DecisionRecord, Round } from '../../record/record.js';
import type { View } from '../view.js';
import { listed, states } from '../words.js';
import { exact } from './charts.js';
import { h, type Markup, prose, way } from './markup.js';

/** The states of a cell, the best first; data and picture name them by their place here. */
export const order = ['healthy', 'not-evaluated', 'insufficient', 'error', 'unhealthy'] as const satisfies readonly (
  | (typeof allStates)[number]
  | 'not-evaluated'
)[];
type State = (typeof order)[number];

const stateOf = (reading: ReadingData | null | undefined): State => reading?.state ?? 'not-evaluated';

/** Readings by gate, of each round. */
export type Grid = readonly (readonly (ReadingData | null)[])[];

export function gridOf({ gates, rounds }: DecisionRecord): Grid {
  return rounds.map((round) => {
    const byGate = new Map(round.gates.map(({ gate, reading }) => [gate, reading]));
    return gates.map(({ name }) => byGate.get(name) ?? null);
  });
}

const phases: Readonly<Record<Round['phase'], string>> = {
  'warm-up': 'warm-up',
  watch: 'watching',
  final: 'final check',
};
export const phaseWords = (round: Round): string =>
  `${phases[round.phase]}${round.step === undefined ? '' : `, step ${round.step}`}`;

/** Rounds of the static table. */
const mostRows = 120;

/** Positions of rounds in which a gate's state or the decision is not as in the round before; the first and the last always. */
export function changes({ rounds }: DecisionRecord, grid: Grid): number[] {
  const key = (i: number) => {
    const { decision, reason } = rounds[i]?.decision ?? {};
    return `${decision} ${reason} ${rounds[i]?.step} ${grid[i]?.map(stateOf).join(' ')}`;
  };
  return rounds.flatMap((_, i) => (i === 0 || i === rounds.length - 1 || key(i) !== key(i - 1) ? [i] : []));
}

export function roundsSection(view: View, grid: Grid): Markup | null {
  const { record } = view;
  const { rounds, gates } = record;
  if (rounds.length === 0) return null;
  const changed = changes(record, grid);
  // Of very many the last ones, and the very first.
  const shown = changed.length > mostRows ? [0, ...changed.slice(1 - mostRows)] : changed;
  const left = rounds.length - shown.length;
  return h`<section id="rounds" aria-labelledby="rounds-title"><h2 id="rounds-title">Timeline</h2>
${gates.length > 0 && strips(view, grid)}
<div id="timeline"></div>
<details class="fold" id="round-table"${rounds.length <= 12 && h` open`}><summary>${left === 0 ? `All ${plural(rounds.length, 'round')} as a table` : `The rounds that changed something, ${shown.length} of ${rounds.length.toLocaleString('en-US')}, as a table`}</summary>
<div class="wide" tabindex="0" role="group" aria-label="Rounds"><table class="rounds"><caption class="unseen">Rounds, their decision, and the gates that were not healthy</caption>
<thead><tr><th scope="col">Round</th><th scope="col">Began</th><th scope="col">Phase</th><th scope="col">Decision</th><th scope="col">Not healthy</th></tr></thead>
<tbody>${shown.map((i) => row(view, grid, i))}</tbody></table></div>
${left > 0 && h`<p class="small">In the other ${left === 1 ? 'round' : plural(left, 'round')} every gate was as in the round before${changed.length > shown.length ? ', or they are left out here' : ''}; the record has all of them.</p>`}
</details></section>`;
}

function row({ record }: View, grid: Grid, i: number): Markup | null {
  const round = record.rounds[i];
  if (!round) return null;
  const ill = (grid[i] ?? []).flatMap((reading, g) => {
    const state = stateOf(reading);
    if (state === 'healthy') return [];
    const { mark } = states[state];
    return [`${mark} ${record.gates[g]?.name ?? ''}${reading?.shown === undefined ? '' : ` ${reading.shown}`}`];
  });
  return h`<tr><th scope="row">${round.number}</th><td>${exact(round.began, record.ended)}</td><td>${phaseWords(round)}</td>
<td><b class="${round.decision.decision}">${round.decision.decision}</b> ${prose(round.decision.sentence)}</td><td>${ill.length === 0 ? 'none' : listed(ill, 8)}</td></tr>
`;
}

const [wide, high] = [720, 14] as const;
const mostColumns = 240;

/** One strip a gate. The worst state of each column shows, by colour and by height, so that nothing brief is lost. */
function strips({ record, gates }: View, grid: Grid): Markup {
  const columns = Math.min(grid.length, mostColumns);
  const size = wide / Math.max(columns, 1);
  const first = record.rounds[0]?.began ?? record.began;
  const last = record.rounds.at(-1)?.began ?? record.ended;
  return h`<figure class="strips"><figcaption><span class="said">The state of each gate, ${exact(first, record.ended)} to ${exact(last, record.ended)}${grid.length > columns && `; each column stands for ${Math.ceil(grid.length / columns)} rounds and shows the worst of them`}.</span></figcaption>
<p class="legend"><span class="key healthy">healthy</span> <span class="key insufficient">too little evidence</span> <span class="key error">could not be measured</span> <span class="key unhealthy">not healthy</span></p>
<table class="strip-table"><caption class="unseen">State of each gate over all rounds</caption><thead class="unseen"><tr><th scope="col">Gate</th><th scope="col">Course</th></tr></thead><tbody>
${gates.map(
  ({ name }, g) => h`<tr><th scope="row"><bdi>${name}</bdi></th><td>${strip(grid, g, columns, size)}</td></tr>
`,
)}</tbody></table></figure>`;
}

function strip(grid: Grid, g: number, columns: number, size: number): Markup {
  const worst = Array.from({ length: columns }, (_, c) => {
    const from = Math.floor((c * grid.length) / columns);
    const to = Math.max(from + 1, Math.floor(((c + 1) * grid.length) / columns));
    return grid.slice(from, to).reduce((most, readings) => Math.max(most, order.indexOf(stateOf(readings[g]))), 0);
  });
  const heights: Readonly<Record<State, number>> = {
    healthy: 4,
    'not-evaluated': 0,
    insufficient: 8,
    error: 10,
    unhealthy: 14,
  };
  const n = (x: number) => Math.round(x * 100) / 100;
  const paths = order.map((state, s) => {
    let d = '';
    for (let c = 0; c < columns; c += 1) {
      if (worst[c] !== s) continue;
      let end = c;
      while (worst[end + 1] === s) end += 1;
      // Single rounds stay apart as long as they can be seen apart.
      const gap = columns <= 60 ? 2 : 0;
      const widths =
        gap > 0 ? Array.from({ length: end - c + 1 }, (_, k) => [c + k, 1] as const) : [[c, end - c + 1] as const];
      for (const [at, many] of widths)
        d += `M${n(at * size)} ${high - heights[state]}h${n(many * size - gap)}V${high}h${n(gap - many * size)}z`;
      c = end;
    }
    return d === '' || heights[state] === 0 ? null : h`<path class="${state}" d="${way(d)}"/>`;
  });
  const counts = order.flatMap((state) => {
    const count = grid.filter((readings) => stateOf(readings[g]) === state).length;
    return count === 0 ? [] : [`${states[state].word} in ${count}`];
  });
  return h`<svg viewBox="0 0 ${wide} ${high}" preserveAspectRatio="none" role="img" aria-label="${`${listed(counts, 5)} of ${plural(grid.length, 'round')}`}">${paths}</svg>`;
}
