/** All gates in one table, and those of them that were not measured. */
import { plural } from '../../judge/number.js';
import type { GateView, View } from '../view.js';
import { evidenceWords, listed, measuredWords, stateWords } from '../words.js';
import { spark } from './drawing.js';
import { h, type Markup, prose } from './markup.js';

export function gatesSection(view: View): Markup | null {
  const { gates } = view;
  if (gates.length === 0) return null;
  const rank = (g: GateView) => (g.blamed ? 0 : g.state === 'healthy' ? 3 : g.enforce === 'block' ? 1 : 2);
  const rows = [...gates].sort((a, b) => rank(a) - rank(b));
  return h`<section id="gates" aria-labelledby="gates-title"><h2 id="gates-title">${plural(gates.length, 'gate')}</h2>
<table class="gates"><caption class="unseen">State of each gate in the last round</caption>
<thead><tr><th scope="col">State</th><th scope="col">Gate</th><th scope="col">Measured</th><th scope="col">Course</th><th scope="col">Evidence</th></tr></thead>
<tbody>${rows.map(row)}</tbody></table></section>`;
}

function row(gate: GateView): Markup {
  const { mark, word } = stateWords(gate);
  const behind = evidenceWords(gate);
  const course = gate.reading?.shown === undefined ? null : spark(gate.values);
  return h`<tr class="${gate.state} ${gate.enforce}">
<td class="state"><span class="mark" aria-hidden="true">${mark}</span> ${word}</td>
<th scope="row"><bdi>${gate.name}</bdi><span class="kind">${gate.type} of ${gate.source}</span></th>
<td class="measured">${gate.reading === null ? '–' : prose(measuredWords(gate.reading))}</td>
<td class="course">${course ?? h`<span class="unseen">no course</span>`}</td>
<td class="behind">${behind === '' ? '–' : behind}</td></tr>
`;
}

export function unmeasuredSection({ unmeasured, gates, record }: View): Markup | null {
  if (gates.length === 0) return null;
  const partly = gates.filter((gate) => gate.gaps.length > 0);
  const earlier = ({ measured }: GateView): string =>
    measured
      ? `${measured.reading.state} when last measured, in round ${measured.round}`
      : record.rounds.length > 1
        ? `in none of ${record.rounds.length} rounds`
        : '';
  const body =
    record.rounds.length === 0
      ? h`<p>No round was made: nothing was measured at all.</p>`
      : unmeasured.length + partly.length === 0
        ? h`<p>Nothing: ${gates.length === 1 ? 'the gate was' : `all ${gates.length} gates were`} measured.</p>`
        : h`<dl class="said-of">${unmeasured.map((gate) => {
            const when = earlier(gate);
            return h`<dt><bdi>${gate.name}</bdi> <span class="state">${stateWords(gate).word}</span></dt>
<dd>${gate.reading !== null && prose(gate.reading.reason)}${gate.reading !== null && when !== '' && '; '}${when}</dd>`;
          })}${partly.map(
            (gate) =>
              h`<dt><bdi>${gate.name}</bdi> <span class="state">measured in part</span></dt><dd>${prose(listed(gate.gaps, 50))}</dd>`,
          )}</dl>`;
  return h`<section id="unmeasured" aria-labelledby="unmeasured-title"><h2 id="unmeasured-title">What was not measured</h2>${body}</section>`;
}
