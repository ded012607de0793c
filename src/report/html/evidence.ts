/** Every measurement of the last round that has any: what was asked, of whom, over which window, and what came back. */
import { plural } from '../../judge/number.js';
import type { Answer, Samples } from '../../record/evidence.js';
import type { DecisionRecord } from '../../record/record.js';
import { evidence } from '../evidence.js';
import { safeLink } from '../plain.js';
import type { GateView, View } from '../view.js';
import { states } from '../words.js';
import { exact } from './charts.js';
import { type Child, h, lines, type Markup, prose } from './markup.js';
import { anchor, fromTree } from './tree.js';

const mostQuery = 20_000;
const mostSeries = 50;

export function evidenceSection({ gates, record }: View): Markup | null {
  const asked = gates.filter(({ answers }) => answers.length > 0);
  if (asked.length === 0) return null;
  return h`<section id="evidence" aria-labelledby="evidence-title"><h2 id="evidence-title">Measurements</h2>
<p>The last answers of each gate, as they were judged. Those of earlier rounds are in the timeline and in the record.</p>
${asked.map((gate) => ofGate(gate, record))}</section>`;
}

function ofGate(gate: GateView, record: DecisionRecord): Markup {
  const { mark, word } = states[gate.state];
  return h`<details class="fold evidence" ${gate.blamed ? h`open` : null}><summary><span class="mark ${gate.state}" aria-hidden="true">${mark}</span> <bdi>${gate.name}</bdi> <span class="state">${word}; ${plural(gate.answers.length, 'answer')}</span></summary>
${gate.reading !== null && h`<p>${prose(gate.reading.reason)}</p>`}
${gate.answers.map((answer) => one(answer, gate, record))}
</details>`;
}

function one(answer: Answer, gate: GateView, record: DecisionRecord): Child {
  if ('failure' in answer) {
    const { code, message, permanent } = answer.failure;
    return facts([
      ['Question', h`<code>${answer.role}</code> to <code>${answer.source}</code>`],
      ['No answer', [h`<code>${code}</code>: `, prose(message), permanent && h` (waiting cannot heal this)`]],
    ]);
  }
  const { measurement: m } = answer;
  if (m.kind === 'samples') return samples(answer.role, m, gate, record);
  return h`<div class="answer">${fromTree(evidence([{ ...gate, answers: [answer] }], record).slice(1))}</div>`;
}

function samples(role: string, m: Samples, { reading }: GateView, record: DecisionRecord): Markup {
  const link = safeLink(m.link);
  const at = (instant: string) => exact(instant, record.ended);
  const events = m.events ?? reading?.events;
  return h`${facts([
    ['Question', h`<code>${role}</code> to <code>${m.source}</code>: ${m.subject}`],
    ['Asked', at(m.at)],
    ['Window', `${at(m.window.from)} to ${at(m.window.to)}`],
    ['Newest sample', m.newest === null ? 'of unknown age' : at(m.newest)],
    ['Events', events === undefined ? null : Math.round(events).toLocaleString('en-US')],
    ['Values', values(m)],
    ['Complete', m.partial ? 'no: the source says that its answer is incomplete' : null],
    [
      'Notes',
      m.notes.length === 0 ? null : h`<ul>${m.notes.slice(0, 50).map((note) => h`<li>${prose(note)}</li>`)}</ul>`,
    ],
    ['Look there', link === undefined ? null : anchor(link, new URL(link).hostname)],
  ])}
<pre class="query" tabindex="0"><code>${lines(m.query, mostQuery)}</code></pre>`;
}

const facts = (rows: readonly (readonly [string, Child])[]): Markup =>
  h`<dl class="facts">${rows
    .filter(([, value]) => value !== null)
    .map(([name, value]) => h`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

function values({ series }: Samples): Child {
  if (series.length === 0) return 'no series';
  const shown = series.slice(0, mostSeries).map(({ labels, value, points, bins }) => {
    const names = Object.entries(labels).map(([key, label]) => `${key}=${label}`);
    const from = bins
      ? `the last of ${plural(bins.length, 'bin')}`
      : points > 1
        ? `from ${plural(points, 'sample')}`
        : '';
    return [
      names.length > 0 && h`<code>${names.join(' ')}</code> `,
      h`<b>${String(value)}</b>`,
      from !== '' && ` ${from}`,
    ];
  });
  const more = series.length - shown.length;
  if (shown.length === 1) return shown[0] ?? null;
  return h`<ul>${shown.map((value) => h`<li>${value}</li>`)}${more > 0 && h`<li>and ${more} more in the record</li>`}</ul>`;
}
