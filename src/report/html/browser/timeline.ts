/** All rounds as a list that only draws what is seen, with what was measured in the chosen one beside it. */
import type { AnswerData, PageData, RoundData } from '../wire.js';
import { clock, make } from './dom.js';

const rowHeight = 40;
/** Rows drawn above and below those that are seen. */
const spare = 8;
/** Pixels of a mark, and of what stands before the marks of a row. */
const [markWidth, beforeMarks] = [16, 230] as const;

const marks: Readonly<Record<string, string>> = {
  healthy: '✓',
  'not-evaluated': '–',
  insufficient: '?',
  error: '?',
  unhealthy: '✗',
};
const stateWords: Readonly<Record<string, string>> = {
  healthy: 'healthy',
  'not-evaluated': 'not evaluated',
  insufficient: 'too little evidence',
  error: 'could not be measured',
  unhealthy: 'not healthy',
};

export function timeline(data: PageData): void {
  const root = document.getElementById('timeline');
  if (!root || data.rounds.length === 0) return;
  const { rounds, gates, states } = data;
  const changed = new Set(data.changed);
  let shown: number[] = [];
  let active = rounds.length - 1;

  const gate = select('Gate', ['any gate', ...gates]);
  const state = select('State', ['any state', ...states.map((name) => stateWords[name] ?? name)]);
  const only = make('input', { type: 'checkbox', id: 'only-changes' });
  const count = make('output', { class: 'small', for: `${gate.field.id} ${state.field.id} only-changes` });
  const space = make('div', { class: 'space' });
  const list = make('div', {
    class: 'list',
    role: 'listbox',
    tabindex: '0',
    'aria-label': 'Rounds: arrow keys choose one',
    'aria-controls': 'round-detail',
  });
  list.append(space);
  const detail = make('div', {
    class: 'detail',
    id: 'round-detail',
    role: 'region',
    'aria-label': 'The chosen round',
    tabindex: '0',
  });
  root.append(
    make(
      'div',
      { class: 'filters' },
      gate.label,
      state.label,
      make('label', { class: 'check' }, only, ' only changes'),
      count,
    ),
    make('div', { class: 'panes' }, list, detail),
  );

  const stateAt = (round: RoundData, g: number) => states[round.cells[2 * g] ?? 0] ?? '';
  const fits = (round: RoundData, i: number): boolean => {
    if (only.checked && !changed.has(i)) return false;
    const wanted = states[state.field.selectedIndex - 1];
    if (wanted === undefined) return true;
    const g = gate.field.selectedIndex - 1;
    return g < 0 ? gates.some((_, at) => stateAt(round, at) === wanted) : stateAt(round, g) === wanted;
  };

  function filter(): void {
    shown = rounds.flatMap((round, i) => (fits(round, i) ? [i] : []));
    const all = rounds.length;
    count.textContent = `${shown.length.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} rounds${data.total > all ? ` (the record has ${data.total.toLocaleString('en-US')})` : ''}`;
    space.style.height = `${shown.length * rowHeight}px`;
    if (!shown.includes(active)) active = shown.at(-1) ?? -1;
    list.classList.toggle('empty', shown.length === 0);
    choose(active);
  }

  /** Draws the rows that are seen, and no other. */
  function draw(): void {
    const first = Math.max(0, Math.floor(list.scrollTop / rowHeight) - spare);
    const last = Math.min(shown.length, Math.ceil((list.scrollTop + list.clientHeight) / rowHeight) + spare);
    const rows = shown.slice(first, last).flatMap((i, k) => {
      const round = rounds[i];
      return round ? [row(round, i, first + k)] : [];
    });
    space.replaceChildren(...rows);
    if (rows.some(({ id }) => id === `round-${active}`)) list.setAttribute('aria-activedescendant', `round-${active}`);
    else list.removeAttribute('aria-activedescendant');
  }

  function row(round: RoundData, i: number, place: number): HTMLElement {
    const decision = data.texts[round.decision] ?? '';
    const element = make(
      'div',
      {
        class: 'row',
        role: 'option',
        id: `round-${i}`,
        'aria-selected': String(i === active),
        'aria-setsize': String(shown.length),
        'aria-posinset': String(place + 1),
      },
      make('span', { class: 'number' }, String(round.number)),
      make('span', { class: 'time' }, clock(data.began + round.at)),
      make('span', { class: `word ${decision}` }, decision),
      strip(round),
    );
    element.style.top = `${place * rowHeight}px`;
    element.addEventListener('click', () => choose(i));
    return element;
  }

  function strip(round: RoundData): HTMLElement {
    const counts = states
      .map((name, s) => [name, gates.filter((_, g) => round.cells[2 * g] === s).length] as const)
      .filter(([, n]) => n > 0)
      .toReversed();
    const words = counts.map(([name, n]) => `${n} ${stateWords[name]}`).join(', ');
    const strip = make('span', { class: 'marks', role: 'img', 'aria-label': words, title: words });
    // Where there is no room for all of them: of a mark that is cut off nobody would know.
    const cells =
      gates.length * markWidth <= list.clientWidth - beforeMarks
        ? gates.map((_, g) => make('i', { class: stateAt(round, g) }, marks[stateAt(round, g)] ?? ''))
        : counts.map(([name, n]) => make('i', { class: `${name} many` }, `${n}\u00a0${marks[name]}`));
    strip.append(...cells);
    return strip;
  }

  function choose(i: number): void {
    active = i;
    const place = shown.indexOf(i);
    const top = place * rowHeight;
    if (place >= 0 && (top < list.scrollTop || top + rowHeight > list.scrollTop + list.clientHeight)) {
      list.scrollTop = top < list.scrollTop ? top : top + rowHeight - list.clientHeight;
    }
    draw();
    const round = rounds[i];
    detail.replaceChildren(...(round ? describe(data, round) : [make('p', {}, 'No round is like that.')]));
    detail.scrollTop = 0;
  }

  list.addEventListener('scroll', draw, { passive: true });
  list.addEventListener('keydown', (event) => {
    const page = Math.max(1, Math.floor(list.clientHeight / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -shown.length,
      End: shown.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = shown[Math.max(0, Math.min(shown.length - 1, shown.indexOf(active) + step))];
    if (next !== undefined) choose(next);
  });
  for (const field of [gate.field, state.field, only]) field.addEventListener('change', filter);
  new ResizeObserver(draw).observe(list);
  filter();
}

function select(title: string, options: readonly string[]): { label: HTMLElement; field: HTMLSelectElement } {
  const field = make('select', { id: `filter-${title.toLowerCase()}` });
  field.append(...options.map((name) => make('option', {}, name)));
  return { label: make('label', {}, `${title} `, field), field };
}

/** What was decided in a round, and of each gate what was measured, those that are not well first. */
function describe(data: PageData, round: RoundData): Node[] {
  const { texts, gates, states } = data;
  const text = (place: number | undefined) => texts[place ?? -1] ?? '';
  const order = gates.map((_, g) => g).sort((a, b) => (round.cells[2 * b] ?? 0) - (round.cells[2 * a] ?? 0));
  const head = [
    make('h3', {}, `Round ${round.number}, ${clock(data.began + round.at, true)} UTC`),
    make(
      'p',
      {},
      make('b', { class: text(round.decision) }, text(round.decision)),
      ` ${text(round.sentence)} (${text(round.phase)})`,
    ),
  ];
  const entries = order.map((g) => {
    const name = states[round.cells[2 * g] ?? 0] ?? '';
    const measured = text(round.cells[2 * g + 1]);
    const found = round.details?.find(([at]) => at === g);
    const reason = text(found?.[1]);
    const events = found?.[2] ?? -1;
    return make(
      'li',
      { class: name },
      make('span', { class: `mark ${name}`, 'aria-hidden': 'true' }, marks[name] ?? ''),
      make('b', {}, make('bdi', {}, gates[g] ?? '')),
      make('span', { class: 'state' }, ` ${stateWords[name]} `),
      make('span', { class: 'measured' }, measured),
      ...(reason !== '' && reason !== measured ? [make('span', { class: 'small' }, ` ${reason};`)] : []),
      ...(events >= 0
        ? [make('span', { class: 'small' }, ` ${Math.round(events).toLocaleString('en-US')} events`)]
        : []),
      ...(found?.[3] ?? []).map((answer) => measurement(data, answer)),
    );
  });
  const note = round.details
    ? []
    : [
        make(
          'p',
          { class: 'small' },
          'The measurements of this round are left to the record, so that this page stays small.',
        ),
      ];
  return [...head, make('ul', {}, ...entries), ...note];
}

function measurement({ texts, began }: PageData, [head, query, result, link, times]: AnswerData): HTMLElement {
  const text = (place: number) => texts[place] ?? '';
  const [at, from, to, newest] = times ?? [];
  const when =
    at === undefined || from === undefined || to === undefined
      ? ''
      : `asked ${clock(began + at)}, window ${clock(began + from)} to ${clock(began + to)}, newest sample ${newest === null || newest === undefined ? 'of unknown age' : clock(began + newest)}`;
  const address = text(link);
  return make(
    'details',
    {},
    make('summary', {}, text(head)),
    ...(text(query) === '' ? [] : [make('pre', { tabindex: '0' }, make('code', {}, text(query)))]),
    make('p', {}, `→ ${text(result)}`),
    ...(when === '' ? [] : [make('p', { class: 'small' }, `${when} UTC`)]),
    ...(address === ''
      ? []
      : [make('p', {}, make('a', { href: address, rel: 'noopener noreferrer external' }, 'open it there'))]),
  );
}
