/** What the page's script draws from: all rounds, and the measurements of as many of them as fit. Pure. */
import type { Answer } from '../../record/evidence.js';
import type { DecisionRecord } from '../../record/record.js';
import { targetWords } from '../deployment-evidence.js';
import { plain, safeLink } from '../plain.js';
import { probesWords } from '../probe-evidence.js';
import { measuredWords } from '../words.js';
import { chartData, type Placed } from './charts.js';
import { changes, type Grid, order, phaseWords } from './rounds.js';
import type { AnswerData, DetailData, PageData, RoundData, Text } from './wire.js';

/** Readings, and characters of measurements, that the page holds; the record has the rest. */
const mostCells = 120_000;
const mostDetail = 1_500_000;

/** Of one round: nobody reads more there, and a round of hundreds of gates must not take the room of all others. */
const mostSeries = 5;
const mostTargets = 5;

export function pageData(record: DecisionRecord, grid: Grid, charts: readonly Placed[]): PageData {
  const began = Date.parse(record.began);
  const texts: string[] = [];
  const places = new Map<string, Text>();
  const put = (text: string, most = 600): Text => {
    const shown = text === '' ? '' : plain(text, most);
    const place = places.get(shown) ?? texts.push(shown) - 1;
    places.set(shown, place);
    return place;
  };
  const since = (instant: string) => Date.parse(instant) - began;
  const gates = record.gates.map(({ name }) => plain(name, 200));
  const changed = new Set(changes(record, grid));
  const kept = rank(record.rounds.length, changed).slice(
    0,
    Math.max(1, Math.floor(mostCells / Math.max(1, gates.length))),
  );
  const detailed = detailsOf(record, kept, since, put);
  const rounds = kept.toSorted((a, b) => a - b);
  return {
    began,
    states: order,
    gates,
    rounds: rounds.flatMap((i): RoundData[] => {
      const round = record.rounds[i];
      const details = detailed.get(i);
      if (!round) return [];
      const { number, decision } = round;
      return [
        {
          number,
          at: since(round.began),
          phase: put(phaseWords(round)),
          decision: put(decision.decision),
          sentence: put(decision.sentence, 400),
          cells: (grid[i] ?? []).flatMap((reading) => [
            order.indexOf(reading?.state ?? 'not-evaluated'),
            put(reading === null ? '' : measuredWords(reading), 160),
          ]),
          ...(details && { details }),
        },
      ];
    }),
    changed: rounds.flatMap((i, place) => (changed.has(i) ? [place] : [])),
    total: record.rounds.length,
    times: record.rounds.map((round) => since(round.began)),
    charts: chartData(charts),
    texts,
  };
}

/** All rounds, those first that must not be left out: changes, the last ones, then ever closer in between. */
function rank(count: number, changed: ReadonlySet<number>): number[] {
  const recent = Array.from({ length: Math.min(count, 30) }, (_, i) => count - 1 - i);
  const early = Array.from({ length: Math.min(count, 10) }, (_, i) => i);
  const coarse: number[] = [];
  for (let stride = 2 ** Math.ceil(Math.log2(Math.max(count, 1))); stride >= 1; stride /= 2) {
    for (let i = 0; i < count; i += stride) coarse.push(i);
  }
  return [...new Set([...recent, ...early, ...[...changed].toReversed(), ...coarse])];
}

/** Of as many rounds as there is room for, in the order of their rank. */
function detailsOf(
  { rounds, gates }: DecisionRecord,
  ranked: readonly number[],
  since: (instant: string) => number,
  put: (text: string, most?: number) => Text,
): Map<number, readonly DetailData[]> {
  const details = new Map<number, readonly DetailData[]>();
  const place = new Map(gates.map(({ name }, i) => [name, i]));
  let room = mostDetail;
  const costing = (text: string, most: number): Text => {
    const index = put(text, most);
    room -= 6;
    return index;
  };
  for (const i of ranked) {
    if (room <= 0) break;
    details.set(
      i,
      (rounds[i]?.gates ?? []).flatMap(({ gate, reading, answers }): DetailData[] => {
        const at = place.get(gate);
        if (at === undefined) return [];
        // Reasons and results differ from round to round; queries are the same text again.
        room -= (reading?.reason.length ?? 0) + 120 * answers.length + 20;
        return [
          [
            at,
            costing(reading?.reason ?? '', 400),
            reading?.events ?? -1,
            answers.map((a) => answerData(a, since, costing)),
          ],
        ];
      }),
    );
  }
  return details;
}

function answerData(
  answer: Answer,
  since: (instant: string) => number,
  put: (text: string, most: number) => Text,
): AnswerData {
  if ('failure' in answer) {
    const { code, message } = answer.failure;
    return [
      put(`${answer.role} to ${answer.source}`, 200),
      put('', 1),
      put(`no answer (${code}): ${message}`, 400),
      put('', 1),
      null,
    ];
  }
  const { measurement: m } = answer;
  return [
    put(`${answer.role} to ${m.source}: ${m.subject}`, 300),
    put(m.query, 4000),
    put(
      [resultOf(m), m.partial ? 'an incomplete answer' : '', ...m.notes.slice(0, 3)]
        .filter((part) => part !== '')
        .join('; '),
      400,
    ),
    put(safeLink(m.link) ?? '', 8000),
    m.kind === 'samples'
      ? [since(m.at), since(m.window.from), since(m.window.to), m.newest === null ? null : since(m.newest)]
      : null,
  ];
}

function resultOf(m: Extract<Answer, { measurement: unknown }>['measurement']): string {
  switch (m.kind) {
    case 'samples': {
      const shown = m.series.slice(0, mostSeries).map(({ labels, value }) => {
        const names = Object.entries(labels).map(([key, label]) => `${key}=${label}`);
        return `${names.length === 0 ? '' : `${names.join(' ')} `}${value}`;
      });
      const more = m.series.length - shown.length;
      return m.series.length === 0 ? 'no series' : `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    }
    case 'alerts':
      return `${m.rules} enabled rules, ${m.counts.firing} firing`;
    case 'flag':
      return `${m.flag} serves ${JSON.stringify(m.value) ?? 'nothing'}`;
    case 'flag-states':
      return `${m.states.length} flags`;
    case 'scans':
      return `${m.runs.length} scans, ${m.runs.reduce((sum, { results }) => sum + results, 0)} results`;
    case 'deployments': {
      const more = m.targets.length - mostTargets;
      const shown = m.targets.slice(0, mostTargets).map(targetWords).join('; ');
      return more > 0 ? `${shown}; and ${more} more` : shown;
    }
    case 'probes':
      return probesWords(m);
  }
}
