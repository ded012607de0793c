/** The top of the page, read in five seconds: what was decided, why, and what to do. */
import { plural } from '../../judge/number.js';
import { nextSteps } from '../next.js';
import { safeLink } from '../plain.js';
import type { GateView, View } from '../view.js';
import {
  besidesTitle,
  clockTime,
  complaint,
  counterfactual,
  evidenceWords,
  inWords,
  listed,
  provenTitle,
  sinceWords,
  stateWords,
  verdictSentence,
} from '../words.js';
import { spark } from './drawing.js';
import { type Child, h, joined, type Markup, prose } from './markup.js';
import { anchor } from './tree.js';

/** What colours the page; never by colour alone: the word and the lamp's place say it too. */
export type Tone = 'go' | 'warn' | 'stop' | 'none';

export function toneOf({ verdict, observedStop, warnings, record }: View): Tone {
  if (verdict.reason === 'cancelled') return 'none';
  if (observedStop) return 'warn';
  if (verdict.decision === 'continue') return warnings.length > 0 || record.standing?.used.length ? 'warn' : 'go';
  return 'stop';
}

/** A signal with two lamps: the upper one says stop, the lower one go, both together that it goes with a warning. */
export function lamp(tone: Tone): Markup {
  const lit = (which: 'stop' | 'go') => tone === which || tone === 'warn';
  return h`<svg class="lamp" viewBox="0 0 28 60" aria-hidden="true"><rect x="3" y="1" width="22" height="46" rx="11"/><path d="M14 47V60"/><circle class="${lit('stop') ? 'lit' : 'dark'}" cx="14" cy="13" r="7"/><circle class="${lit('go') ? 'lit' : 'dark'}" cx="14" cy="35" r="7"/></svg>`;
}

export function verdictSection(view: View): Markup {
  const [word, between, rest] = parted(verdictSentence(view));
  return h`<section class="verdict" aria-labelledby="verdict">
${lamp(toneOf(view))}
<div>
<h1 id="verdict"><span class="word">${word}<span class="unseen">${between}</span></span>${rest !== '' && h`<span class="because${rest.length > 120 && ' long'}">${begins(rest, view)}</span>`}</h1>
${subject(view)}
</div>
</section>`;
}

/** The word that says it all, what stands behind it, and the rest of the sentence. */
function parted(sentence: string): [word: string, between: string, rest: string] {
  const [, word = '', between = '', rest = ''] = /^(Cancelled(?=:? )|[^:]{1,40}(?=: ))(: | )(.*)$/s.exec(sentence) ?? [
    undefined,
    sentence,
  ];
  return [word, between, rest];
}

/** With a capital, unless it begins with a name: that stays as it is written. */
const begins = (text: string, { gates }: View): string =>
  gates.some(({ name }) => text.startsWith(name)) ? text : text.charAt(0).toUpperCase() + text.slice(1);

function subject({ record, observedStop, overridden }: View): Markup {
  const { service, release, host, rounds } = record;
  const ms = Date.parse(record.ended) - Date.parse(record.began);
  const run = safeLink(host.run ?? undefined);
  const observed = overridden
    ? 'Its gates say stop; somebody answers for it.'
    : observedStop
      ? 'Nothing was stopped: the policy only observes.'
      : record.decision.decision === 'continue' && record.observe
        ? 'The policy only observes.'
        : null;
  return h`${observed !== null && h`<p class="observed"><strong>${observed}</strong></p>`}
<p class="subject">${joined(
    [
      [service, release.version].filter((part) => part !== null).join(' ') || null,
      release.environment !== null && h`to ${release.environment}`,
      release.sha !== null && h`commit <code>${release.sha.slice(0, 10)}</code>`,
      release.deployedAt !== null && h`deployed ${clockTime(release.deployedAt, record.ended)}`,
      h`decided ${clockTime(record.ended, '')}`,
      rounds.length > 0 &&
        `${plural(rounds.length, 'round')} in ${inWords(ms < 120_000 ? ms : Math.round(ms / 60_000) * 60_000)}`,
      host.actor !== null && h`started by ${host.actor}`,
      run !== undefined && anchor(run, 'this run'),
    ],
    h` <span aria-hidden="true">·</span> `,
  )}</p>`;
}

export function whySection(view: View): Markup | null {
  const { blamed, alsoSick, verdict, record } = view;
  const weak = verdict.decision === 'continue' ? view.warnings : [];
  const otherwise = counterfactual(view);
  const title = view.observedStop
    ? 'What would have stopped it'
    : verdict.reason === 'cancelled'
      ? 'What was known'
      : verdict.decision === 'continue'
        ? 'Warnings'
        : 'Why it stopped';
  const body: Child[] = [
    blamed.length > 0 && cards(blamed, view),
    blamed.length === 0 && verdict.reason === 'not-steady' && h`<p class="lead">It was ${verdict.sentence}.</p>`,
    otherwise !== '' && h`<p class="otherwise">${otherwise}</p>`,
    alsoSick.length > 0 && [
      blamed.length > 0 && h`<h3>${besidesTitle(view)}</h3>`,
      blamed.length === 0 && h`<p>${besidesTitle(view)}:</p>`,
      cards(alsoSick, view),
    ],
    weak.length > 0 && cards(weak, view),
    record.problems.length > 0 && problems(view),
  ];
  if (body.every((part) => part === false)) return null;
  const heading = record.problems.length > 0 && blamed.length === 0 ? 'What to mend' : title;
  return h`<section id="why" aria-labelledby="why-title"><h2 id="why-title">${heading}</h2>${body}</section>`;
}

const cards = (gates: readonly GateView[], view: View): Markup =>
  h`<ul class="cards">${gates.map((gate) => card(gate, view))}</ul>`;

function card(gate: GateView, { record }: View): Markup {
  const { reading } = gate;
  const value = reading?.shown !== undefined && reading.threshold !== undefined ? reading.shown : undefined;
  const { mark, word } = stateWords(gate);
  const words = complaint(gate).replace(/^: /, '').trim();
  const since = sinceWords(gate, record.ended);
  const behind = evidenceWords(gate);
  const short = value !== undefined && words.startsWith(`is ${value}, `) ? words.slice(`is ${value}, `.length) : words;
  const place = record.gates.find(({ name }) => name === gate.name)?.place;
  return h`<li class="card ${gate.state}">
<h3><span class="mark" aria-hidden="true">${mark}</span> <bdi>${gate.name}</bdi> <span class="state">${word}</span></h3>
<p class="${value === undefined ? 'reason' : 'measured'}">${value !== undefined && h`<b class="value">${value}</b> `}<span>${prose(short)}</span>${value !== undefined && spark(gate.values)}</p>
<p class="small">${joined(
    [
      since === '' ? null : since,
      behind === '' ? null : behind,
      place !== undefined && h`policy line ${place.line}`,
      gate.link !== undefined && anchor(gate.link, 'see the evidence'),
    ],
    h` <span aria-hidden="true">·</span> `,
  )}</p>
</li>
`;
}

/** A problem of the policy is a reason to stop. */
function problems({ record }: View): Markup {
  return h`<ol class="problems">${record.problems.map(({ file, line, column, message }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(':');
    return h`<li>${place !== '' && h`<code class="place">${place}</code> `}${prose(message)}</li>`;
  })}</ol>`;
}

export function nextSection(view: View): Markup | null {
  const steps = nextSteps(view);
  if (steps.length === 0) return null;
  return h`<section id="next" aria-labelledby="next-title"><h2 id="next-title">What to do next</h2><ol class="steps">${steps.map(
    ({ text, gates }) =>
      h`<li>${gates.length === 0 ? prose(text) : [h`<strong><bdi>${listed(gates)}</bdi></strong>: `, prose(`${text}.`)]}</li>`,
  )}</ol></section>`;
}

/** What stands behind a healthy canary: the harm that was ruled out, and that which was not. */
export function provenSection({ byStatistics }: View): Markup | null {
  if (byStatistics.length === 0) return null;
  return h`<section id="proven" aria-labelledby="proven-title"><h2 id="proven-title">${provenTitle}</h2><dl class="said-of">${byStatistics.map(
    ({ name, reading }) => h`<dt><bdi>${name}</bdi></dt><dd>${prose(reading?.reason ?? '')}</dd>`,
  )}</dl></section>`;
}
