export const id = 920;
export const ids = [920];
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
