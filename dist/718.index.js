export const id = 718;
export const ids = [718,920];
export const modules = {

/***/ 7376:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ sparkline),
/* harmony export */   l: () => (/* binding */ histories)
/* harmony export */ });
/** One entry for each gate of the policy, in its order. */
function histories(record) {
    const rounds = record.rounds.map((round) => ({
        began: round.began,
        byGate: new Map(round.gates.map((g) => [g.gate, g])),
    }));
    return record.gates.map(({ name, type, enforce }) => {
        const results = rounds.map((r) => ({ began: r.began, result: r.byGate.get(name) }));
        const newest = results.at(-1)?.result;
        const state = newest?.reading?.state;
        const before = results.findLastIndex((r) => r.result?.reading?.state !== state);
        return {
            name,
            type,
            enforce,
            last: newest?.reading ?? null,
            answers: newest?.answers ?? [],
            since: results[before + 1]?.began,
            rounds: results.length - before - 1,
            values: results.map((r) => r.result?.reading?.value),
        };
    });
}
const bars = '▁▂▃▄▅▆▇█';
/** The values as bars, the newest last, at most `width` of them; a gap where there was no value. Empty when it would show nothing. */
function sparkline(values, width = 12) {
    const shown = values.slice(-width);
    const known = shown.filter((x) => x !== undefined);
    if (known.length < 2)
        return '';
    const low = Math.min(...known);
    const span = Math.max(...known) - low;
    if (span === 0)
        return '';
    const bar = (x) => bars[Math.round(((x - low) / span) * (bars.length - 1))] ?? '';
    return shown.map((x) => (x === undefined ? '·' : bar(x))).join('');
}


/***/ }),

/***/ 6718:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  annotations: () => (/* reexport */ annotations),
  progressLine: () => (/* reexport */ report_text.progressLine),
  summary: () => (/* reexport */ summary),
  text: () => (/* reexport */ report_text/* text */.Q)
});

// EXTERNAL MODULE: ./build/report/history.js
var report_history = __webpack_require__(7376);
// EXTERNAL MODULE: ./build/report/words.js
var words = __webpack_require__(4702);
;// CONCATENATED MODULE: ./build/report/annotations.js


/** Errors for what stopped the train, warnings for what it went on in spite of. */
function annotations(record) {
    const { decision } = record;
    const level = decision.decision === 'stop' ? 'error' : 'warning';
    if (record.problems.length > 0)
        return record.problems.map((p) => ({ level, title: 'Signalbox policy', ...p }));
    const blocking = (0,words/* blockingGates */.aZ)(record);
    const named = new Set(blocking.map((g) => g.name));
    const uneasy = (0,report_history/* histories */.l)(record).filter((g) => !named.has(g.name) && g.enforce !== 'observe' && g.last?.state !== 'healthy' && decision.decision === 'continue');
    const would = decision.reason === 'observed' ? ' (would have stopped the train)' : '';
    const remarks = [
        ...blocking.map((g) => ({ level, title: 'Signalbox', message: `${g.name}: ${(0,words/* measuredText */.AY)(g)}${would}` })),
        ...uneasy.map((g) => ({ level: 'warning', title: 'Signalbox', message: `${g.name}: ${(0,words/* measuredText */.AY)(g)}` })),
    ];
    if (remarks.length > 0 || decision.decision === 'continue')
        return remarks;
    return [{ level, title: 'Signalbox', message: (0,words/* headline */.Pl)(record) }];
}

;// CONCATENATED MODULE: ./build/report/markdown.js
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
/** Breaks a word without showing a gap. */
const joint = '\u200b';
/** Text from anywhere on one line; it cannot mention, link, or act as a command of a platform. */
function plain(text) {
    return text
        .replace(invisible, ' ')
        .replace(/##(?=\[|vso\[)/gi, `#${joint}#`)
        .replace(/^(\s*):(?=:)/, `$1:${joint}`)
        .replace(/@(?=[\w-])/g, `@${joint}`)
        .replace(/#(?=\d)/g, `#${joint}`)
        .replace(/:\/\//g, `:${joint}//`)
        .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}${joint}.`);
}
/** Code keeps its letters, to be copied; only commands of the platforms are broken. */
const literal = (text) => text.replace(invisible, ' ').replace(/##(?=\[|vso\[)/gi, `#${joint}#`);
const markdown_text = (value) => ({ type: 'text', value: plain(value) });
const strong = (value) => ({ type: 'strong', children: [markdown_text(value)] });
const emphasis = (value) => ({ type: 'emphasis', children: [markdown_text(value)] });
const code = (value) => ({ type: 'inlineCode', value: literal(value) });
/** A link when `url` is one that a browser opens; else its label alone. */
function markdown_link(label, url) {
    const safe = url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url);
    return safe ? { type: 'link', url: new URL(url).href, children: [markdown_text(label)] } : markdown_text(label);
}
const paragraph = (...children) => ({ type: 'paragraph', children });
const heading = (depth, value) => ({
    type: 'heading',
    depth,
    children: [markdown_text(value)],
});
const list = (items) => ({
    type: 'list',
    spread: false,
    children: items.map((children) => ({ type: 'listItem', spread: false, children: [paragraph(...children)] })),
});
const table = (rows) => ({
    type: 'table',
    children: rows.map((cells) => ({
        type: 'tableRow',
        children: cells.map((children) => ({ type: 'tableCell', children: [...children] })),
    })),
});
/** Our own markup, never text from outside. */
const html = (value) => ({ type: 'html', value });
/** Folded away on GitHub; its title is ours. */
const details = (title, body) => [
    html(`<details><summary>${title}</summary>`),
    ...body,
    html('</details>'),
];
/** Loads the library and writes the tree. */
async function serialise(children) {
    const [{ toMarkdown }, { gfmTableToMarkdown }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(169), __webpack_require__.e(732)]).then(__webpack_require__.bind(__webpack_require__, 6732)),
        Promise.all(/* import() */[__webpack_require__.e(169), __webpack_require__.e(957)]).then(__webpack_require__.bind(__webpack_require__, 5957)),
    ]);
    return toMarkdown({ type: 'root', children }, { bullet: '-', rule: '-', extensions: [gfmTableToMarkdown({ tablePipeAlign: false })] });
}

;// CONCATENATED MODULE: ./build/report/summary.js



/** What is left out, one after the other, until the summary fits; the reasons for the verdict never are. */
const levels = [
    '',
    'the evidence in detail',
    'the evidence in detail and the gates that were healthy',
    'everything but the reasons',
    'everything but the shortened reasons',
];
/** @returns Markdown of at most `maxBytes`, and what was left out for that */
async function summary(record, { flavour, maxBytes }) {
    let markdown = '';
    for (let level = 0; level < levels.length; level += 1) {
        markdown = await serialise(compose(record, flavour, level));
        if (Buffer.byteLength(markdown) <= maxBytes)
            return markdown;
    }
    return markdown;
}
function compose(record, flavour, level) {
    const gates = (0,report_history/* histories */.l)(record);
    const left = levels[level] ?? '';
    return [
        heading(2, `${record.decision.decision === 'continue' ? '✓' : '✗'} ${(0,words/* headline */.Pl)(record)}`),
        ...observed(record),
        ...reasons(record, level),
        ...problems(record),
        ...(level < 3 ? overview(gates, level) : []),
        ...(level < 3 ? notMeasured(gates) : []),
        ...next(record, level),
        ...(level < 1 ? evidence(gates, flavour) : []),
        ...(left === ''
            ? []
            : [
                paragraph(emphasis(`Left out, to stay within the size that the platform shows: ${left}. The record has all of it.`)),
            ]),
        footer(record),
    ];
}
function observed({ decision, verdict }) {
    if (decision.reason !== 'observed')
        return [];
    return [
        paragraph(strong('The policy is only observed, so the train goes on.'), markdown_text(` In earnest it would have stopped (${verdict.reason}).`)),
    ];
}
const linkOf = (answers) => answers.map((a) => ('measurement' in a ? a.measurement.link : undefined)).find((url) => url !== undefined);
const shortest = 100;
/** Why it stopped, or what it met; the first thing that is read after the verdict. */
function reasons(record, level) {
    const { verdict } = record;
    const cut = (words) => (level === 4 ? shorten(words, shortest) : words);
    const blocking = (0,words/* blockingGates */.aZ)(record);
    const warned = (0,report_history/* histories */.l)(record).filter((g) => g.enforce === 'warn' && g.last !== null && g.last.state !== 'healthy');
    const items = [...blocking, ...(level < 3 ? warned : [])].map((gate) => {
        const since = level < 4 ? (0,words/* sinceText */.I)(gate) : '';
        const url = level < 4 ? linkOf(gate.answers) : undefined;
        return [
            strong(cut(gate.name)),
            markdown_text(`${gate.enforce === 'warn' ? ' (only warns)' : ''}: ${cut((0,words/* measuredText */.AY)(gate))}${since === '' ? '' : `; ${since}`}`),
            ...(url === undefined ? [] : [markdown_text(' · '), markdown_link('look', url)]),
        ];
    });
    if (items.length > 0)
        return [list(items)];
    return ['healthy', 'policy-error'].includes(verdict.reason) ? [] : [paragraph(markdown_text(verdict.sentence))];
}
function problems({ problems: found }) {
    if (found.length === 0)
        return [];
    const items = found
        .slice(0, 100)
        .map(({ file, line, column, message }) => [
        ...(file === undefined ? [] : [code([file, line, column].filter((x) => x !== undefined).join(':')), markdown_text(' ')]),
        markdown_text(message),
    ]);
    return [list(items), ...(found.length > 100 ? [paragraph(emphasis(`and ${found.length - 100} more`))] : [])];
}
function overview(gates, level) {
    const shown = gates.filter((g) => level < 2 || g.last?.state !== 'healthy');
    if (shown.length === 0)
        return [];
    const role = { block: '', warn: ' (only warns)', observe: ' (only observed)' };
    const rows = shown.map((gate) => [
        [markdown_text(`${(0,words/* stateMark */.B3)(gate.last)} ${(0,words/* stateWord */.kc)(gate.last)}`)],
        [markdown_text(`${gate.name}${role[gate.enforce]}`)],
        [markdown_text(shorten((0,words/* measuredText */.AY)(gate), longestCell))],
        [markdown_text([eventsOf(gate), (0,report_history/* sparkline */.K)(gate.values)].filter((x) => x !== '').join(' '))],
    ]);
    return [table([[[markdown_text('')], [markdown_text('Gate')], [markdown_text('Measured')], [markdown_text('Events, trend')]], ...rows])];
}
/** A cell is for the eye; the sentence stands in full elsewhere. */
const longestCell = 90;
const shorten = (words, most) => (words.length > most ? `${words.slice(0, most - 1)}…` : words);
const eventsOf = ({ last }) => last?.events === undefined ? '' : Math.floor(last.events).toLocaleString('en-US');
function notMeasured(gates) {
    const missing = gates.filter((g) => g.last === null || g.last.state === 'insufficient' || g.last.state === 'error');
    if (missing.length === 0)
        return [];
    return [
        heading(3, 'What was not measured'),
        list(missing.map((g) => [strong(g.name), markdown_text(`: ${g.last?.reason ?? 'not evaluated'}`)])),
    ];
}
function next(record, level) {
    const steps = (0,words/* nextSteps */.Zn)(record);
    const wanted = (0,words/* counterfactual */.nB)(record);
    if (steps.length === 0 || level === 4)
        return [];
    return [
        heading(3, 'What to do next'),
        list(steps.map(({ gates, text: step }) => [
            ...(gates.length === 0
                ? []
                : [strong(gates.length > 5 ? (0,words/* plural */.LS)(gates.length, 'gate') : gates.join(', ')), markdown_text(': ')]),
            markdown_text(step),
        ])),
        ...(wanted.length === 0 || level === 3
            ? []
            : [paragraph(markdown_text(`The train would have gone on with ${wanted.join('; ')}.`))]),
    ];
}
function evidence(gates, flavour) {
    const body = gates.flatMap((gate) => gate.answers.length === 0 ? [] : [paragraph(strong(gate.name)), list(gate.answers.map(answerText))]);
    if (body.length === 0)
        return [];
    const title = 'Evidence of the last round';
    return flavour === 'github' ? details(title, body) : [heading(3, title), ...body];
}
function answerText(answer) {
    if ('failure' in answer)
        return [
            markdown_text(`${answer.role}: ${answer.source} gave no answer (${answer.failure.code}): ${answer.failure.message}`),
        ];
    const { measurement: m } = answer;
    const window = m.kind === 'samples'
        ? `; window ${(0,words/* clock */.pm)(m.window.from)} to ${(0,words/* clock */.pm)(m.window.to)}; newest sample ${m.newest === null ? 'unknown' : (0,words/* clock */.pm)(m.newest)}`
        : '';
    const notes = m.notes.length === 0 ? '' : `; ${m.notes.join('; ')}`;
    return [
        markdown_text(`${answer.role}: `),
        code(m.query),
        markdown_text(` asked of ${m.source} at ${(0,words/* clock */.pm)(m.at)}: ${m.subject}${window}${notes}`),
        ...(m.link === undefined ? [] : [markdown_text(' · '), markdown_link('look', m.link)]),
    ];
}
function footer(record) {
    const { release, policy, rounds, tool } = record;
    const parts = [
        record.service,
        release.version,
        release.sha?.slice(0, 12),
        release.environment,
        `policy ${policy.file ?? 'inline'} (${policy.sha256.slice(0, 12)})`,
        `${(0,words/* plural */.LS)(rounds.length, 'round')} in ${(0,words/* prose */.CS)(Date.parse(record.ended) - Date.parse(record.began))}`,
        `${(0,words/* clock */.pm)(record.ended)} on ${record.ended.slice(0, 10)}`,
        `${tool.name} ${tool.version}`,
    ];
    return paragraph(emphasis(parts.filter((x) => x !== null && x !== undefined).join(' · ')));
}

// EXTERNAL MODULE: ./build/report/text.js
var report_text = __webpack_require__(3920);
;// CONCATENATED MODULE: ./build/report/index.js
/** All forms of the report. */





/***/ }),

/***/ 3920:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ text),
/* harmony export */   progressLine: () => (/* binding */ progressLine)
/* harmony export */ });
/* harmony import */ var _policy_fields_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9646);
/* harmony import */ var _history_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7376);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4702);
/** The report for a terminal or a log. Loads with the first round, so it imports nothing heavy. */



const ansi = { healthy: 32, unhealthy: 31, insufficient: 33, error: 33, none: 2, bold: 1 };
const painter = (colour) => (style, text) => colour ? `\u001b[${ansi[style]}m${text}\u001b[0m` : text;
/** The final report. */
function text(record, { width, colour }) {
    const paint = painter(colour);
    const goes = record.decision.decision === 'continue';
    const title = wrap((0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .headline */ .Pl)(record), width, 0).map((line) => paint('bold', paint(goes ? 'healthy' : 'unhealthy', line)));
    const gates = (0,_history_js__WEBPACK_IMPORTED_MODULE_2__/* .histories */ .l)(record);
    const blocks = [
        title,
        gates.flatMap((gate) => gateLines(gate, width, paint)),
        record.problems.flatMap((p) => wrap(`${place(p)}${p.message}`, width, 2)),
        (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .nextSteps */ .Zn)(record).flatMap(({ gates: names, text: step }) => wrap(`→ ${names.length === 0 ? '' : `${names.join(', ')}: `}${step}`, width, 2)),
    ];
    return blocks
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join('\n'))
        .join('\n\n');
}
const place = ({ file, line, column }) => file === undefined ? '' : `${[file, line, column].filter((x) => x !== undefined).join(':')}: `;
/** `✗ error rate: NOT healthy, 4.13 %, must be < 1 %; since …`, with a hanging indent. */
function gateLines(gate, width, paint) {
    const role = { block: '', warn: ' (only warns)', observe: ' (only observed)' }[gate.enforce];
    const since = gate.last?.state === 'healthy' ? '' : (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .sinceText */ .I)(gate);
    const rest = [(0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .measuredText */ .AY)(gate), since].filter((part) => part !== '').join('; ');
    const [first = '', ...more] = wrap(`${gate.name}${role}: ${(0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .stateWord */ .kc)(gate.last)}, ${rest} ${(0,_history_js__WEBPACK_IMPORTED_MODULE_2__/* .sparkline */ .K)(gate.values)}`.trim(), width, 4);
    return [`  ${paint(gate.last?.state ?? 'none', (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .stateMark */ .B3)(gate.last))} ${first.trimStart()}`, ...more];
}
/** Lines of at most `width` characters, each indented; a word that is longer stands alone. */
function wrap(words, width, indent) {
    const room = Math.max(20, width - indent);
    const lines = [];
    for (const word of words.split(/\s+/)) {
        const last = lines.at(-1);
        if (last === undefined || last.length + 1 + word.length > room)
            lines.push(word);
        else
            lines[lines.length - 1] = `${last} ${word}`;
    }
    return lines.map((line) => ' '.repeat(indent) + line);
}
/** Longer sentences stand in full in the report. */
const longestSentence = 160;
/**
 * One line for one round, while the step waits.
 *
 * @param run `began`: start of the step, milliseconds since the epoch
 */
function progressLine(round, run) {
    const { decision } = round;
    const healthy = round.gates.filter((g) => g.reading?.state === 'healthy').length;
    const left = run.began + run.evaluation.deadline - Date.parse(round.ended);
    const phase = { 'warm-up': ' (warm-up)', watch: '', final: ' (final check)' }[round.phase];
    const sentence = decision.sentence.length > longestSentence
        ? `${decision.sentence.slice(0, longestSentence - 1)}…`
        : decision.sentence;
    const what = decision.decision === 'hold' ? `holds: ${sentence}` : `${decision.decision}: ${sentence}`;
    const time = decision.decision === 'hold' && left > 0 ? `  (${(0,_policy_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(left)} left)` : '';
    return `round ${round.number}${phase}  healthy ${healthy} of ${round.gates.length}  ${what}${time}`;
}


/***/ }),

/***/ 4702:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AY: () => (/* binding */ measuredText),
/* harmony export */   B3: () => (/* binding */ stateMark),
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   I: () => (/* binding */ sinceText),
/* harmony export */   LS: () => (/* binding */ plural),
/* harmony export */   Pl: () => (/* binding */ headline),
/* harmony export */   Zn: () => (/* binding */ nextSteps),
/* harmony export */   aZ: () => (/* binding */ blockingGates),
/* harmony export */   kc: () => (/* binding */ stateWord),
/* harmony export */   nB: () => (/* binding */ counterfactual),
/* harmony export */   pm: () => (/* binding */ clock)
/* harmony export */ });
/* unused harmony export listed */
/* harmony import */ var _history_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7376);

const stateWords = {
    healthy: 'healthy',
    unhealthy: 'NOT healthy',
    insufficient: 'too little evidence',
    error: 'not measured',
};
const stateWord = (reading) => reading === null ? 'not evaluated' : stateWords[reading.state];
/** A mark that can be told apart without colour. */
const stateMark = (reading) => reading === null ? '–' : { healthy: '✓', unhealthy: '✗', insufficient: '?', error: '!' }[reading.state];
const plural = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`;
/** `a, b and c`; of many only the first four by name. */
function listed(names) {
    const shown = names.length > 5 ? [...names.slice(0, 4), `${names.length - 4} more`] : names;
    return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}
/** `5 minutes`, `1 hour 30 minutes`, `45 seconds`. */
function prose(ms) {
    const s = Math.round(ms / 1000);
    const parts = [
        [Math.floor(s / 3600), 'hour'],
        [Math.floor((s % 3600) / 60), 'minute'],
        [s % 60, 'second'],
    ];
    const shown = parts.filter(([n]) => n > 0).slice(0, 2);
    return shown.length === 0 ? '0 seconds' : shown.map(([n, unit]) => plural(n, unit)).join(' ');
}
/** `10:42:05 UTC` */
const clock = (instant) => `${instant.slice(11, 19)} UTC`;
/** The verdict in one line that a manager understands. */
function headline(record) {
    const { decision, verdict } = record;
    if (decision.reason === 'observed')
        return `Observed only: ${would(verdict)}`;
    return `${opening(decision)}${summaryOf(decision, record)}`;
}
function would(verdict) {
    const names = verdict.gates.length === 0 ? '' : ` for ${listed(verdict.gates)}`;
    return `the train goes on, but would have stopped${names} (${verdict.reason})`;
}
const opening = (decision) => decision.reason === 'cancelled' ? 'Cancelled: ' : decision.decision === 'continue' ? 'Continue: ' : 'Stop: ';
const blameless = 'the release itself was not found at fault';
function summaryOf(decision, record) {
    const gates = listed(decision.gates);
    const are = decision.gates.length === 1 ? 'is' : 'are';
    switch (decision.reason) {
        case 'healthy':
            return `${plural(decision.gates.length, 'blocking gate')} healthy${withWarnings(record)}`;
        case 'unhealthy':
            return oneReason(decision, record) ?? `${gates} ${are} not healthy`;
        case 'insufficient-evidence':
            return `too little evidence on ${gates}; ${blameless}`;
        case 'not-measured':
            return `${gates} could not be measured; ${blameless}`;
        case 'not-steady':
            return `healthy at the end, but not for as long as the policy asks; ${blameless}`;
        case 'cancelled':
            return `nothing was decided${record.rounds.length > 0 ? `, after ${plural(record.rounds.length, 'round')}` : ''}`;
        case 'policy-error':
            return `the policy or the inputs are wrong in ${plural(record.problems.length, 'place')}; nothing was measured`;
        case 'internal-error':
            return 'Signalbox itself failed, which is never a reason to continue';
        default:
            return decision.sentence;
    }
}
function withWarnings(record) {
    const uneasy = (0,_history_js__WEBPACK_IMPORTED_MODULE_0__/* .histories */ .l)(record).filter((g) => g.enforce === 'warn' && g.last?.state !== 'healthy');
    return uneasy.length === 0 ? '' : `, with ${plural(uneasy.length, 'warning')}`;
}
/** With one gate alone there is room for its value. */
function oneReason({ gates }, record) {
    const [name] = gates;
    const gate = gates.length === 1 ? (0,_history_js__WEBPACK_IMPORTED_MODULE_0__/* .histories */ .l)(record).find((g) => g.name === name) : undefined;
    const { shown, threshold } = gate?.last ?? {};
    return shown === undefined || threshold === undefined ? undefined : `${name} is ${shown}, must be ${threshold}`;
}
/** The gates that the verdict is about; for a cancelled train those that were not healthy. */
function blockingGates(record) {
    const all = (0,_history_js__WEBPACK_IMPORTED_MODULE_0__/* .histories */ .l)(record);
    const { verdict } = record;
    if (verdict.decision === 'continue')
        return [];
    if (verdict.reason === 'cancelled')
        return all.filter((g) => g.enforce === 'block' && g.last?.state === 'unhealthy');
    return all.filter((g) => verdict.gates.includes(g.name) && g.last?.state !== 'healthy');
}
/** `4.1 %, must be < 1 %`, or the reading's own sentence. */
function measuredText({ last }) {
    if (last === null)
        return 'not evaluated';
    const { shown, threshold, code } = last;
    return shown !== undefined && threshold !== undefined && (code === 'within-threshold' || code === 'over-threshold')
        ? `${shown}, must be ${threshold}`
        : last.reason;
}
/** `since 10:42:05 UTC, 3 rounds` */
const sinceText = ({ since, rounds }) => since === undefined ? '' : `since ${clock(since)}, ${plural(rounds, 'round')}`;
/** What each gate's reading asks for. By the code, else by the state and the kind of gate. */
const advice = {
    'over-threshold': 'Fix forward: mend it and send the next release. If the new code is behind a flag, switch the flag off first.',
    'over-hard-limit': 'Fix forward: mend it and send the next release. If the new code is behind a flag, switch the flag off first.',
    findings: 'Fix the findings, or suppress them in the scanner with a reason; then scan and run the step again.',
    'not-as-expected': 'Set the flag to what the policy expects, or correct the policy; then run the step again.',
    'no-data': 'Check the query: does the series exist under this name and with these labels, and does the service write it?',
    partial: 'Check what feeds the source: a target is down or a part of the store does not answer.',
    'too-few-events': 'Give it more time (a longer `deadline` or `window`) or traffic, or lower `min-events` knowingly.',
    'not-a-number': 'NaN or infinity mostly mean a division without traffic: give `min-events`, and traffic.',
    stale: 'Check that the service still sends telemetry, and that `max-age` fits its interval.',
    'before-deployment': 'Check that the new version sends telemetry, and that `deployed-at` is right.',
    'tool-missing': 'Run the scanner, and put its results where the policy looks for them.',
    'wrong-commit': 'Scan the commit that is released.',
    'unknown-flag': 'Create the flag, or correct its name in the policy.',
    'not-proven': 'Name the contexts that matter with `for:`, or take the targeting off.',
    'code-default': 'Say with `code-default` what the application does without the provider.',
    unauthorized: 'Check the credential: is it set, and still valid?',
    forbidden: 'Give the credential the permission that the message names.',
    'bad-query': 'Correct the query; `signalbox check` finds some mistakes.',
    'many-series': 'Aggregate in the query, or write `reduce`.',
    'not-a-ratio': 'Say with `unit` what the query returns.',
    timeout: 'Check that the source is up and reachable from this runner, and that the query is not too heavy.',
    refused: 'Check that the source is up and reachable from this runner.',
    dns: 'Check the name of the source, and that this runner can resolve it.',
};
const adviceByState = {
    healthy: '',
    unhealthy: 'Fix forward: mend it and send the next release.',
    insufficient: 'Look at what the source has for this release, and run the step again.',
    error: 'Mend the source or its configuration, and run the step again.',
};
/** What to do next; the same advice for several gates once. */
function nextSteps(record) {
    switch (record.verdict.reason) {
        case 'policy-error':
            return [{ gates: [], text: 'Correct the policy and run `signalbox check` before the next release.' }];
        case 'internal-error':
            return [{ gates: [], text: 'Report it with the record, and run the step again.' }];
        case 'cancelled':
            return [{ gates: [], text: 'Run the step again: the release has been neither proven nor refused.' }];
        case 'not-steady':
            return [
                { gates: [], text: 'Give it a longer `deadline`, or find out what made it restless; then run the step again.' },
            ];
        default:
    }
    const byText = new Map();
    for (const { name, last } of blockingGates(record)) {
        if (last === null)
            continue;
        const text = advice[last.code] ?? adviceByState[last.state];
        byText.set(text, [...(byText.get(text) ?? []), name]);
    }
    return [...byText].map(([text, gates]) => ({ gates, text }));
}
/** What would have let the train go, gate by gate; empty when that is no matter of values. */
function counterfactual(record) {
    return blockingGates(record).flatMap(({ name, last }) => {
        if (last?.state !== 'unhealthy' || last.threshold === undefined)
            return [];
        const now = last.shown ?? (last.value === undefined ? undefined : String(last.value));
        return [`${name}: ${last.threshold}${now === undefined ? '' : `; it is ${now}`}`];
    });
}


/***/ })

};
