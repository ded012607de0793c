import { C as formatDuration, s as sha256 } from "./base.js";
import { At as complaint, Bt as verdictSentence, Et as viewOf, Ft as measuredWords, Ir as plural, It as provenTitle, Jt as safeLink, Kt as plain, Lt as sinceWords, Mt as evidenceWords, Nt as inWords, Ot as besidesTitle, Pt as listed, Rt as stateWords, ct as evidence, dt as findingsBlocks, ft as remarksBlocks, jt as counterfactual, kt as clockTime, lt as chartsOf, qt as plainLines, ut as flagsBlocks, zt as states } from "./shared.js";
import { T as nextSteps } from "../index.js";
// build/report/html/markup.js
/** HTML that is safe by default: whatever is put into a template is text, unless it is markup of ours already. Pure. */
/** HTML that may stand in a page as it is. Only this file makes it. */
var Markup = class {
	html;
	constructor(html) {
		this.html = html;
	}
};
/** Longer texts are cut: no sentence needs more, and the record has all of it. */
const mostText = 4e3;
const entities = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&#39;"
};
const escaped = (text) => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
/** On one line, with nothing hidden in it; the blanks at its ends stay, since sentences are put together of such texts. */
function words(text) {
	const [, before = "", inner = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
	const blank = (space) => space === "" ? "" : space === "\xA0" ? space : " ";
	return escaped(`${blank(before)}${inner === "" ? "" : plain(inner, mostText)}${inner === "" ? "" : blank(after)}`);
}
function render(child) {
	if (child === null || child === void 0 || child === false) return "";
	if (child instanceof Markup) return child.html;
	if (typeof child === "string") return words(child);
	if (typeof child === "number") return String(child);
	return child.map(render).join("");
}
/** A template of HTML. Values go where text goes: between tags, or between the quotes of an attribute. */
const h = (strings, ...children) => new Markup(strings.reduce((page, string, i) => page + render(children[i - 1]) + string));
/** With `between` between those that are there. */
const joined = (parts, between) => parts.filter((part) => part !== null && part !== void 0 && part !== false && part !== "").flatMap((part, i) => i === 0 ? [part] : [between, part]);
/** A sentence in which backticks mark code. */
const prose = (text) => plain(text, mostText).split(/`([^`]+)`/).map((part, i) => i % 2 === 1 ? h`<code>${part}</code>` : part);
/** Several lines as they are: a query, a document. Cut at `most` characters, and said so. */
const lines = (text, most) => new Markup(escaped(plainLines(text, most)));
/** The way of a pen in an SVG, of any length. */
const way = (d) => new Markup(d.replaceAll(/[^MLHVhvz\d .-]/g, ""));
/** Data for a script: JSON that cannot end the element it stands in, whatever its texts hold. */
const json = (data) => new Markup(JSON.stringify(data).replaceAll(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`));
/** A script or a style sheet of ours, which its element must hold byte for byte. @throws {Error} when it would end its element */
function asset(text) {
	if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error("expected an asset that does not end its element");
	return new Markup(text);
}
// build/report/html/drawing.js
const numbersOf = (line) => line?.values.filter((value) => value !== null) ?? [];
/**
* What the axis shows: all values and limits with some room, from zero where zero is near. Bounds may begin at a million times; they are
* cut off, lest nothing else be seen.
*/
function domainOf({ lines, limits }) {
	const isBound = ({ role }) => role === "lower" || role === "upper";
	const main = lines.filter((line) => !isBound(line)).flatMap(numbersOf);
	const last = lines.filter(isBound).flatMap((line) => numbersOf(line).slice(-1));
	const all = [
		...main,
		...last,
		...limits.map(({ value }) => value)
	];
	const [least, greatest] = [all.reduce((a, b) => Math.min(a, b), Infinity), all.reduce((a, b) => Math.max(a, b), -Infinity)];
	if (!(least <= greatest)) return [0, 1];
	const room = Math.max((greatest / 2 - least / 2) * .16, Math.abs(greatest) * .04, Number.MIN_VALUE);
	return [least >= 0 && least < greatest * .6 ? 0 : least - room, greatest + room || 1];
}
/** Positions of values that keep the course: of each stretch the first, the least, the greatest and the last. At most about `most`. */
function thinned(values, most) {
	if (values.length <= most) return values.map((_, i) => i);
	const size = Math.ceil(values.length * 4 / most);
	const kept = /* @__PURE__ */ new Set();
	for (let from = 0; from < values.length; from += size) {
		const to = Math.min(from + size, values.length);
		let [low, high] = [from, from];
		for (let i = from; i < to; i += 1) {
			const value = values[i] ?? null;
			if (value === null) continue;
			if (value < (values[low] ?? Number.POSITIVE_INFINITY)) low = i;
			if (value > (values[high] ?? Number.NEGATIVE_INFINITY)) high = i;
		}
		for (const i of [
			from,
			low,
			high,
			to - 1
		]) kept.add(i);
	}
	return [...kept].sort((a, b) => a - b);
}
const [width, height] = [640, 200];
const plot = {
	left: 8,
	right: 632,
	top: 10,
	bottom: 176
};
const round = (n) => Math.round(n * 10) / 10;
/** One path; a gap where a round gave no value, and a dot where a value stands alone between two gaps. */
function path(values, x, y) {
	let pen = false;
	const at = thinned(values, 480);
	const d = at.map((i, k) => {
		const value = values[i] ?? null;
		const move = !pen;
		pen = value !== null;
		if (value === null) return "";
		const alone = move && (values[at[k + 1] ?? -1] ?? null) === null;
		return `${move ? "M" : "L"}${round(x(i))} ${round(y(value))}${alone ? "h.1" : ""}`;
	});
	return way(d.join(""));
}
/** The whole chart, still. @param label what a screen reader says in its place */
function stillChart(chart, domain, label) {
	const [low, high] = domain;
	const span = high - low || 1;
	const last = Math.max(1, chart.at.length - 1);
	const x = (i) => plot.left + (plot.right - plot.left) * i / last;
	const y = (value) => plot.bottom - (plot.bottom - plot.top) * ((Math.min(high, Math.max(low, value)) - low) / span);
	const clock = (at) => at?.slice(11, 16) ?? "";
	return h`<svg class="still" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
<path class="axis" d="M${plot.left} ${plot.bottom}H${plot.right}"/>
${chart.limits.map(({ name, value }) => h`<path class="limit" d="M${plot.left} ${round(y(value))}H${plot.right}"/>
<text class="limit-name" x="${plot.right}" y="${round(Math.max(12, y(value) - 5))}" text-anchor="end">${name}</text>
`)}
${chart.lines.map(({ role, values }) => h`<path class="line ${role}" d="${path(values, x, y)}"/>`)}
<text x="${plot.left}" y="194">${clock(chart.at[0])}</text>
<text x="${plot.right}" y="194" text-anchor="end">${clock(chart.at.at(-1))} UTC</text>
</svg>`;
}
/** The course of one value in the height of a line of text; nothing for fewer than three numbers, since two points are no course. */
function spark(values) {
	const numbers = values.filter((value) => value !== null);
	if (numbers.length < 3) return null;
	const [low, high] = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
	const span = high - low;
	const last = Math.max(1, values.length - 1);
	const x = (i) => 2 + 92 * i / last;
	const y = (value) => span > 0 ? 20 - 16 * ((value - low) / span) : 12;
	const at = values.findLastIndex((value) => value !== null);
	return h`<svg class="spark" viewBox="0 0 98 24" aria-hidden="true"><path d="${path(values, x, y)}"/><circle cx="${round(x(at))}" cy="${round(y(values[at] ?? low))}" r="2.2"/></svg>`;
}
// build/report/html/charts.js
/** The charts of the page: the deciding signals first. Each is told in words, drawn still, drawn live by the page's script, and a table. */
/** Rows of a chart's table. */
const mostRows$1 = 60;
/** Numbers of all charts together that the script gets; with more, each is thinned. */
const mostNumbers = 15e4;
/** Gates whose charts stand open: the reasons, else what else is not well, else what was proven by statistics. */
function deciding({ blamed, alsoSick, warnings, byStatistics, verdict }) {
	if (blamed.length > 0) return blamed;
	if (verdict.decision !== "continue") return alsoSick;
	return [...byStatistics, ...warnings];
}
function placeCharts({ gates, record }) {
	return gates.flatMap(({ name }, g) => chartsOf(name, record).map((chart, c) => ({
		...chart,
		id: `chart-${g + 1}-${c + 1}`,
		domain: domainOf(chart)
	})));
}
/** Six significant digits: more cannot be seen, and a day has many. */
const short = (value) => value === null ? null : Number(value.toPrecision(6));
function chartData(charts) {
	const all = charts.reduce((sum, { at, lines }) => sum + at.length * lines.length, 0);
	return charts.map(({ id, title, suffix, domain, lines, limits, at }) => {
		const share = Math.floor(at.length * mostNumbers / all);
		const kept = all > mostNumbers ? thinned(lines[0]?.values ?? [], Math.max(60, share)) : void 0;
		return {
			id,
			label: title,
			suffix,
			domain,
			...kept && { rounds: kept },
			lines: lines.map(({ role, name, values }) => ({
				role,
				name,
				values: (kept ? kept.map((i) => values[i] ?? null) : values).map(short)
			})),
			limits
		};
	});
}
function chartsSection(view, charts) {
	if (charts.length === 0) return null;
	const first = new Set(deciding(view).map(({ name }) => name));
	const open = charts.filter(({ gate }) => first.has(gate));
	const rest = charts.filter(({ gate }) => !first.has(gate));
	const shown = open.length > 0 ? open : rest.slice(0, 3);
	const folded = rest.filter((chart) => !shown.includes(chart));
	const gates = new Set(folded.map(({ gate }) => gate)).size;
	return h`<section id="charts" aria-labelledby="charts-title">
<h2 id="charts-title">${open.length > 0 && view.verdict.decision !== "continue" ? "The signals that decided" : "Signals"}</h2>
<div class="charts">${shown.map((chart) => figure(chart, view))}</div>
${folded.length > 0 && h`<details class="fold"><summary>${plural(folded.length, "more chart")} of ${plural(gates, "gate")}</summary>
<div class="charts">${folded.map((chart) => figure(chart, view))}</div></details>`}
</section>`;
}
/** As people write it: three digits and the unit. */
const shown = (value, suffix) => `${Math.abs(value) >= 1e3 ? Math.round(value).toLocaleString("en-US") : Number(value.toPrecision(3))}${suffix}`;
function lineWords({ name, values }, suffix, alone) {
	const numbers = values.filter((value) => value !== null);
	const last = numbers.at(-1);
	if (last === void 0) return `${name}: no value`;
	const least = numbers.reduce((a, b) => Math.min(a, b));
	const greatest = numbers.reduce((a, b) => Math.max(a, b));
	return `${alone ? "last" : `${name} last`} ${shown(last, suffix)}, between ${shown(least, suffix)} and ${shown(greatest, suffix)}`;
}
/** The chart in one sentence. */
function chartWords({ lines, limits, at, suffix }, now) {
	const missing = lines[0]?.values.filter((value) => value === null).length ?? 0;
	return [
		`${`${plural(at.length, "round")}, ${clockTime(at[0] ?? now, now)} to ${clockTime(at.at(-1) ?? now, now)}`}${missing > 0 ? `, ${missing} without a value` : ""}`,
		...lines.map((line) => lineWords(line, suffix, lines.length === 1)),
		...limits.length > 0 ? [listed(limits.map(({ name }) => name))] : []
	].join("; ");
}
function figure(chart, { record }) {
	const words = chartWords(chart, record.ended);
	return h`<figure class="chart" id="${chart.id}">
<figcaption><strong>${chart.title}</strong><span class="said">${words}.</span></figcaption>
<div class="plot">${stillChart(chart, chart.domain, `${chart.title}. ${words}.`)}</div>
<p class="legend">${chart.lines.map(({ role, name }) => h`<span class="key ${role}">${name}</span> `)}${chart.limits.map(({ name }) => h`<span class="key limit">${name}</span> `)}</p>
${numbers(chart, record.ended)}
</figure>
`;
}
function numbers({ title, lines, at, suffix }, now) {
	const kept = thinned(lines[0]?.values ?? [], mostRows$1);
	const cell = (value) => h`<td class="n">${value === null ? "–" : shown(value, suffix)}</td>`;
	const some = kept.length < at.length;
	return h`<details class="numbers"><summary>Numbers<span class="unseen"> of ${title}</span></summary>
<div class="wide" tabindex="0" role="group" aria-label="Numbers of ${title}"><table>
<caption>${title}${some && h`: ${kept.length} of ${at.length} rounds, with every extreme of the ${lines.length > 1 ? "first line" : "value"}. The record has all of them.`}</caption>
<thead><tr><th scope="col">Round began</th>${lines.map(({ name }) => h`<th scope="col" class="n">${name}</th>`)}</tr></thead>
<tbody>${kept.map((i) => h`<tr><th scope="row">${exact(at[i] ?? now, now)}</th>${lines.map(({ values }) => cell(values[i] ?? null))}</tr>
`)}</tbody></table></div></details>`;
}
/** `10:42:05 UTC`, with its date when it is not that of `now`. */
const exact = (instant, now) => clockTime(instant, now).replace(/(\d\d:\d\d) UTC$/, `$1${instant.slice(16, 19)} UTC`);
// build/report/html/rounds.js
/** The timeline: the state of every gate in every round, as a picture, as a table of the rounds that changed something, and as data. */
/** The states of a cell, the best first; data and picture name them by their place here. */
const order = [
	"healthy",
	"not-evaluated",
	"insufficient",
	"error",
	"unhealthy"
];
const stateOf = (reading) => reading?.state ?? "not-evaluated";
function gridOf({ gates, rounds }) {
	return rounds.map((round) => {
		const byGate = new Map(round.gates.map(({ gate, reading }) => [gate, reading]));
		return gates.map(({ name }) => byGate.get(name) ?? null);
	});
}
const phases = {
	"warm-up": "warm-up",
	watch: "watching",
	final: "final check"
};
const phaseWords = (round) => `${phases[round.phase]}${round.step === void 0 ? "" : `, step ${round.step}`}`;
/** Rounds of the static table. */
const mostRows = 120;
/** Positions of rounds in which a gate's state or the decision is not as in the round before; the first and the last always. */
function changes({ rounds }, grid) {
	const key = (i) => {
		const { decision, reason } = rounds[i]?.decision ?? {};
		return `${decision} ${reason} ${rounds[i]?.step} ${grid[i]?.map(stateOf).join(" ")}`;
	};
	return rounds.flatMap((_, i) => i === 0 || i === rounds.length - 1 || key(i) !== key(i - 1) ? [i] : []);
}
function roundsSection(view, grid) {
	const { record } = view;
	const { rounds, gates } = record;
	if (rounds.length === 0) return null;
	const changed = changes(record, grid);
	const shown = changed.length > mostRows ? [0, ...changed.slice(-119)] : changed;
	const left = rounds.length - shown.length;
	return h`<section id="rounds" aria-labelledby="rounds-title"><h2 id="rounds-title">Timeline</h2>
${gates.length > 0 && strips(view, grid)}
<div id="timeline"></div>
<details class="fold" id="round-table"${rounds.length <= 12 && h` open`}><summary>${left === 0 ? `All ${plural(rounds.length, "round")} as a table` : `The rounds that changed something, ${shown.length} of ${rounds.length.toLocaleString("en-US")}, as a table`}</summary>
<div class="wide" tabindex="0" role="group" aria-label="Rounds"><table class="rounds"><caption class="unseen">Rounds, their decision, and the gates that were not healthy</caption>
<thead><tr><th scope="col">Round</th><th scope="col">Began</th><th scope="col">Phase</th><th scope="col">Decision</th><th scope="col">Not healthy</th></tr></thead>
<tbody>${shown.map((i) => row$1(view, grid, i))}</tbody></table></div>
${left > 0 && h`<p class="small">In the other ${plural(left, "round")} every gate was as in the round before${changed.length > shown.length ? ", or they are left out here" : ""}; the record has all of them.</p>`}
</details></section>`;
}
function row$1({ record }, grid, i) {
	const round = record.rounds[i];
	if (!round) return null;
	const ill = (grid[i] ?? []).flatMap((reading, g) => {
		const state = stateOf(reading);
		if (state === "healthy") return [];
		const { mark } = states[state];
		return [`${mark} ${record.gates[g]?.name ?? ""}${reading?.shown === void 0 ? "" : ` ${reading.shown}`}`];
	});
	return h`<tr><th scope="row">${round.number}</th><td>${exact(round.began, record.ended)}</td><td>${phaseWords(round)}</td>
<td><b class="${round.decision.decision}">${round.decision.decision}</b> ${prose(round.decision.sentence)}</td><td>${ill.length === 0 ? "none" : listed(ill, 8)}</td></tr>
`;
}
const [left, wide, high] = [
	0,
	720,
	14
];
const mostColumns = 240;
/** One strip a gate. The worst state of each column shows, by colour and by height, so that nothing brief is lost. */
function strips({ record, gates }, grid) {
	const columns = Math.min(grid.length, mostColumns);
	const size = wide / Math.max(columns, 1);
	const first = record.rounds[0]?.began ?? record.began;
	const last = record.rounds.at(-1)?.began ?? record.ended;
	return h`<figure class="strips"><figcaption><span class="said">The state of each gate, ${exact(first, record.ended)} to ${exact(last, record.ended)}${grid.length > columns && `; each column stands for ${Math.ceil(grid.length / columns)} rounds and shows the worst of them`}.</span></figcaption>
<p class="legend"><span class="key healthy">healthy</span> <span class="key insufficient">too little evidence</span> <span class="key error">could not be measured</span> <span class="key unhealthy">not healthy</span></p>
<table class="strip-table"><caption class="unseen">State of each gate over all rounds</caption><thead class="unseen"><tr><th scope="col">Gate</th><th scope="col">Course</th></tr></thead><tbody>
${gates.map(({ name }, g) => h`<tr><th scope="row"><bdi>${name}</bdi></th><td>${strip(grid, g, columns, size)}</td></tr>
`)}</tbody></table></figure>`;
}
function strip(grid, g, columns, size) {
	const worst = Array.from({ length: columns }, (_, c) => {
		const from = Math.floor(c * grid.length / columns);
		const to = Math.max(from + 1, Math.floor((c + 1) * grid.length / columns));
		return grid.slice(from, to).reduce((most, readings) => Math.max(most, order.indexOf(stateOf(readings[g]))), 0);
	});
	const heights = {
		healthy: 4,
		"not-evaluated": 0,
		insufficient: 8,
		error: 10,
		unhealthy: 14
	};
	const n = (x) => Math.round(x * 100) / 100;
	const paths = order.map((state, s) => {
		let d = "";
		for (let c = 0; c < columns; c += 1) {
			if (worst[c] !== s) continue;
			let end = c;
			while (worst[end + 1] === s) end += 1;
			const gap = columns <= 60 ? 2 : 0;
			const widths = gap > 0 ? Array.from({ length: end - c + 1 }, (_, k) => [c + k, 1]) : [[c, end - c + 1]];
			for (const [at, many] of widths) d += `M${n(left + at * size)} ${high - heights[state]}h${n(many * size - gap)}V${high}h${n(gap - many * size)}z`;
			c = end;
		}
		return d === "" || heights[state] === 0 ? null : h`<path class="${state}" d="${way(d)}"/>`;
	});
	const counts = order.flatMap((state) => {
		const count = grid.filter((readings) => stateOf(readings[g]) === state).length;
		return count === 0 ? [] : [`${states[state].word} in ${count}`];
	});
	return h`<svg viewBox="0 0 ${wide} ${high}" preserveAspectRatio="none" role="img" aria-label="${`${listed(counts, 5)} of ${plural(grid.length, "round")}`}">${paths}</svg>`;
}
// build/report/html/data.js
/** Readings, and characters of measurements, that the page holds; the record has the rest. */
const mostCells = 12e4;
const mostDetail = 15e5;
/** Of one round: nobody reads more there, and a round of hundreds of gates must not take the room of all others. */
const mostSeries$1 = 5;
function pageData(record, grid, charts) {
	const began = Date.parse(record.began);
	const texts = [];
	const places = /* @__PURE__ */ new Map();
	const put = (text, most = 600) => {
		const shown = text === "" ? "" : plain(text, most);
		const place = places.get(shown) ?? texts.push(shown) - 1;
		places.set(shown, place);
		return place;
	};
	const since = (instant) => Date.parse(instant) - began;
	const gates = record.gates.map(({ name }) => plain(name, 200));
	const changed = new Set(changes(record, grid));
	const kept = rank(record.rounds.length, changed).slice(0, Math.max(1, Math.floor(mostCells / Math.max(1, gates.length))));
	const detailed = detailsOf(record, kept, since, put);
	const rounds = kept.toSorted((a, b) => a - b);
	return {
		began,
		states: order,
		gates,
		rounds: rounds.flatMap((i) => {
			const round = record.rounds[i];
			const details = detailed.get(i);
			if (!round) return [];
			const { number, decision } = round;
			return [{
				number,
				at: since(round.began),
				phase: put(phaseWords(round)),
				decision: put(decision.decision),
				sentence: put(decision.sentence, 400),
				cells: (grid[i] ?? []).flatMap((reading) => [order.indexOf(reading?.state ?? "not-evaluated"), put(reading === null ? "" : measuredWords(reading), 160)]),
				...details && { details }
			}];
		}),
		changed: rounds.flatMap((i, place) => changed.has(i) ? [place] : []),
		total: record.rounds.length,
		times: record.rounds.map((round) => since(round.began)),
		charts: chartData(charts),
		texts
	};
}
/** All rounds, those first that must not be left out: changes, the last ones, then ever closer in between. */
function rank(count, changed) {
	const recent = Array.from({ length: Math.min(count, 30) }, (_, i) => count - 1 - i);
	const early = Array.from({ length: Math.min(count, 10) }, (_, i) => i);
	const coarse = [];
	for (let stride = 2 ** Math.ceil(Math.log2(Math.max(count, 1))); stride >= 1; stride /= 2) for (let i = 0; i < count; i += stride) coarse.push(i);
	return [.../* @__PURE__ */ new Set([
		...recent,
		...early,
		...[...changed].toReversed(),
		...coarse
	])];
}
/** Of as many rounds as there is room for, in the order of their rank. */
function detailsOf({ rounds, gates }, ranked, since, put) {
	const details = /* @__PURE__ */ new Map();
	const place = new Map(gates.map(({ name }, i) => [name, i]));
	let room = mostDetail;
	const costing = (text, most) => {
		const index = put(text, most);
		room -= 6;
		return index;
	};
	for (const i of ranked) {
		if (room <= 0) break;
		details.set(i, (rounds[i]?.gates ?? []).flatMap(({ gate, reading, answers }) => {
			const at = place.get(gate);
			if (at === void 0) return [];
			room -= (reading?.reason.length ?? 0) + 120 * answers.length + 20;
			return [[
				at,
				costing(reading?.reason ?? "", 400),
				reading?.events ?? -1,
				answers.map((a) => answerData(a, since, costing))
			]];
		}));
	}
	return details;
}
function answerData(answer, since, put) {
	if ("failure" in answer) {
		const { code, message } = answer.failure;
		return [
			put(`${answer.role} to ${answer.source}`, 200),
			put("", 1),
			put(`no answer (${code}): ${message}`, 400),
			put("", 1),
			null
		];
	}
	const { measurement: m } = answer;
	return [
		put(`${answer.role} to ${m.source}: ${m.subject}`, 300),
		put(m.query, 4e3),
		put([
			resultOf(m),
			m.partial ? "an incomplete answer" : "",
			...m.notes.slice(0, 3)
		].filter((part) => part !== "").join("; "), 400),
		put(safeLink(m.link) ?? "", 8e3),
		m.kind === "samples" ? [
			since(m.at),
			since(m.window.from),
			since(m.window.to),
			m.newest === null ? null : since(m.newest)
		] : null
	];
}
function resultOf(m) {
	switch (m.kind) {
		case "samples": {
			const shown = m.series.slice(0, mostSeries$1).map(({ labels, value }) => {
				const names = Object.entries(labels).map(([key, label]) => `${key}=${label}`);
				return `${names.length === 0 ? "" : `${names.join(" ")} `}${value}`;
			});
			const more = m.series.length - shown.length;
			return m.series.length === 0 ? "no series" : `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
		}
		case "alerts": return `${m.rules} enabled rules, ${m.counts.firing} firing`;
		case "flag": return `${m.flag} serves ${JSON.stringify(m.value) ?? "nothing"}`;
		case "flag-states": return `${m.states.length} flags`;
		case "scans": return `${m.runs.length} scans, ${m.runs.reduce((sum, { results }) => sum + results, 0)} results`;
	}
}
// build/report/html/tree.js
const mostCode = 1e5;
/** @param nodes as the summary makes them: their links are checked there and here, their raw HTML is none but folds and small print */
function fromTree(nodes) {
	let title = "";
	return nodes.map((node) => {
		if (node.type === "heading") title = textOf(node.children);
		return node.type === "table" ? table(node, title) : one$1(node);
	});
}
const textOf = (nodes) => nodes.map((node) => "value" in node ? node.value : "children" in node ? textOf(node.children) : "").join("");
function one$1(node) {
	switch (node.type) {
		case "text": return node.value;
		case "inlineCode": return h`<code>${node.value}</code>`;
		case "code": return h`<pre><code>${lines(node.value, mostCode)}</code></pre>`;
		case "break": return h`<br>`;
		case "strong": return h`<strong>${node.children.map(one$1)}</strong>`;
		case "link": {
			const href = safeLink(node.url);
			return href === void 0 ? node.children.map(one$1) : anchor(href, node.children.map(one$1));
		}
		case "paragraph": return h`<p>${node.children.map(one$1)}</p>`;
		case "heading": return node.depth <= 3 ? h`<h2>${node.children.map(one$1)}</h2>` : h`<h3>${node.children.map(one$1)}</h3>`;
		case "list": return h`<ul>${node.children.map(one$1)}</ul>`;
		case "listItem": return h`<li>${node.children.map((child) => child.type === "paragraph" ? child.children.map(one$1) : one$1(child))}</li>`;
		case "table": return table(node, "");
		case "html": return raw(node.value);
		default: return "children" in node ? fromTree(node.children) : null;
	}
}
/** A link that leaves the page: it takes nothing with it. */
const anchor = (href, label) => h`<a href="${href}" rel="noopener noreferrer external" referrerpolicy="no-referrer">${label}</a>`;
const tags = {
	"<sub>": h`<small>`,
	"</sub>": h`</small>`,
	"</details>": h`</details>`
};
function raw(value) {
	const [, title] = /^<details>\s*<summary>(.*)<\/summary>\s*$/s.exec(value) ?? [];
	if (title !== void 0) return h`<details><summary>${title}</summary>`;
	return tags[value] ?? null;
}
function table({ children: [head, ...rows] }, caption) {
	return h`<div class="wide" tabindex="0" role="group" aria-label="${caption === "" ? "Table" : caption}"><table>
<caption class="unseen">${caption}</caption>
<thead><tr>${head?.children.map((cell) => h`<th scope="col">${cell.children.map(one$1)}</th>`)}</tr></thead>
<tbody>${rows.map((row) => h`<tr>${row.children.map((cell, i) => i === 0 ? h`<th scope="row">${cell.children.map(one$1)}</th>` : h`<td>${cell.children.map(one$1)}</td>`)}</tr>
`)}</tbody></table></div>`;
}
// build/report/html/evidence.js
/** Every measurement of the last round that has any: what was asked, of whom, over which window, and what came back. */
const mostQuery = 2e4;
const mostSeries = 50;
function evidenceSection({ gates, record }) {
	const asked = gates.filter(({ answers }) => answers.length > 0);
	if (asked.length === 0) return null;
	return h`<section id="evidence" aria-labelledby="evidence-title"><h2 id="evidence-title">Measurements</h2>
<p>The last answers of each gate, as they were judged. Those of earlier rounds are in the timeline and in the record.</p>
${asked.map((gate) => ofGate(gate, record))}</section>`;
}
function ofGate(gate, record) {
	const { mark, word } = states[gate.state];
	return h`<details class="fold evidence" ${gate.blamed ? h`open` : null}><summary><span class="mark ${gate.state}" aria-hidden="true">${mark}</span> <bdi>${gate.name}</bdi> <span class="state">${word}; ${plural(gate.answers.length, "answer")}</span></summary>
${gate.reading !== null && h`<p>${prose(gate.reading.reason)}</p>`}
${gate.answers.map((answer) => one(answer, gate, record))}
</details>`;
}
function one(answer, gate, record) {
	if ("failure" in answer) {
		const { code, message, permanent } = answer.failure;
		return facts([["Question", h`<code>${answer.role}</code> to <code>${answer.source}</code>`], ["No answer", [
			h`<code>${code}</code>: `,
			prose(message),
			permanent && h` (waiting cannot heal this)`
		]]]);
	}
	const { measurement: m } = answer;
	if (m.kind === "samples") return samples(answer.role, m, gate, record);
	return h`<div class="answer">${fromTree(evidence([{
		...gate,
		answers: [answer]
	}], record).slice(1))}</div>`;
}
function samples(role, m, { reading }, record) {
	const link = safeLink(m.link);
	const at = (instant) => exact(instant, record.ended);
	const events = m.events ?? reading?.events;
	return h`${facts([
		["Question", h`<code>${role}</code> to <code>${m.source}</code>: ${m.subject}`],
		["Asked", at(m.at)],
		["Window", `${at(m.window.from)} to ${at(m.window.to)}`],
		["Newest sample", m.newest === null ? "of unknown age" : at(m.newest)],
		["Events", events === void 0 ? null : Math.round(events).toLocaleString("en-US")],
		["Values", values(m)],
		["Complete", m.partial ? "no: the source says that its answer is incomplete" : null],
		["Notes", m.notes.length === 0 ? null : h`<ul>${m.notes.slice(0, 50).map((note) => h`<li>${prose(note)}</li>`)}</ul>`],
		["Look there", link === void 0 ? null : anchor(link, new URL(link).hostname)]
	])}
<pre class="query" tabindex="0"><code>${lines(m.query, mostQuery)}</code></pre>`;
}
const facts = (rows) => h`<dl class="facts">${rows.filter(([, value]) => value !== null).map(([name, value]) => h`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
function values({ series }) {
	if (series.length === 0) return "no series";
	const shown = series.slice(0, mostSeries).map(({ labels, value, points, bins }) => {
		const names = Object.entries(labels).map(([key, label]) => `${key}=${label}`);
		const from = bins ? `the last of ${plural(bins.length, "bin")}` : points > 1 ? `from ${plural(points, "sample")}` : "";
		return [
			names.length > 0 && h`<code>${names.join(" ")}</code> `,
			h`<b>${String(value)}</b>`,
			from !== "" && ` ${from}`
		];
	});
	const more = series.length - shown.length;
	if (shown.length === 1) return shown[0] ?? null;
	return h`<ul>${shown.map((value) => h`<li>${value}</li>`)}${more > 0 && h`<li>and ${more} more in the record</li>`}</ul>`;
}
// build/report/html/gates.js
/** All gates in one table, and those of them that were not measured. */
function gatesSection(view) {
	const { gates } = view;
	if (gates.length === 0) return null;
	const rank = (g) => g.blamed ? 0 : g.state === "healthy" ? 3 : g.enforce === "block" ? 1 : 2;
	const rows = [...gates].sort((a, b) => rank(a) - rank(b));
	return h`<section id="gates" aria-labelledby="gates-title"><h2 id="gates-title">${plural(gates.length, "gate")}</h2>
<table class="gates"><caption class="unseen">State of each gate in the last round</caption>
<thead><tr><th scope="col">State</th><th scope="col">Gate</th><th scope="col">Measured</th><th scope="col">Course</th><th scope="col">Evidence</th></tr></thead>
<tbody>${rows.map(row)}</tbody></table></section>`;
}
function row(gate) {
	const { mark, word } = stateWords(gate);
	const behind = evidenceWords(gate);
	const course = gate.reading?.shown === void 0 ? null : spark(gate.values);
	return h`<tr class="${gate.state} ${gate.enforce}">
<td class="state"><span class="mark" aria-hidden="true">${mark}</span> ${word}</td>
<th scope="row"><bdi>${gate.name}</bdi><span class="kind">${gate.type} of ${gate.source}</span></th>
<td class="measured">${gate.reading === null ? "–" : prose(measuredWords(gate.reading))}</td>
<td class="course">${course ?? h`<span class="unseen">no course</span>`}</td>
<td class="behind">${behind === "" ? "–" : behind}</td></tr>
`;
}
function unmeasuredSection({ unmeasured, gates, record }) {
	if (gates.length === 0) return null;
	const partly = gates.filter((gate) => gate.gaps.length > 0);
	const earlier = ({ measured }) => measured ? `${measured.reading.state} when last measured, in round ${measured.round}` : record.rounds.length > 1 ? `in none of ${record.rounds.length} rounds` : "";
	const body = record.rounds.length === 0 ? h`<p>No round was made: nothing was measured at all.</p>` : unmeasured.length + partly.length === 0 ? h`<p>Nothing: ${gates.length === 1 ? "the gate was" : `all ${gates.length} gates were`} measured.</p>` : h`<dl class="said-of">${unmeasured.map((gate) => {
		const when = earlier(gate);
		return h`<dt><bdi>${gate.name}</bdi> <span class="state">${stateWords(gate).word}</span></dt>
<dd>${gate.reading !== null && prose(gate.reading.reason)}${gate.reading !== null && when !== "" && "; "}${when}</dd>`;
	})}${partly.map((gate) => h`<dt><bdi>${gate.name}</bdi> <span class="state">measured in part</span></dt><dd>${prose(listed(gate.gaps, 50))}</dd>`)}</dl>`;
	return h`<section id="unmeasured" aria-labelledby="unmeasured-title"><h2 id="unmeasured-title">What was not measured</h2>${body}</section>`;
}
// build/report/html/origin.js
/** What an auditor asks for: the policy as it was in force, and where everything comes from. */
const mostPolicy = 4e5;
function originSection({ record, evaluation }) {
	const { policy, tool, host, release, reactions = [] } = record;
	const run = safeLink(host.run ?? void 0);
	const code = (value) => value === null ? null : h`<code>${value}</code>`;
	const times = Object.entries(evaluation).map(([name, ms]) => `${name} ${formatDuration(ms)}`);
	const rows = [
		["Policy", policy.file === null ? "inline" : code(policy.file)],
		["SHA-256 of the policy", code(policy.sha256)],
		["Times", times.length === 0 ? null : times.join(", ")],
		["Record", record.digest === void 0 ? null : h`digest <code>${record.digest}</code>`],
		["Repository", host.repository],
		["Branch or tag", code(host.ref)],
		["Commit", code(release.sha)],
		["Run", run === void 0 ? null : anchor(run, run)],
		["Started by", host.actor],
		["Began", record.began],
		["Ended", record.ended],
		["Made by", `${tool.name} ${tool.version}`]
	];
	return h`<section id="origin" aria-labelledby="origin-title"><h2 id="origin-title">Policy and origin</h2>
<dl class="facts">${rows.filter(([, value]) => value !== null).map(([name, value]) => h`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${reactions.length > 0 && h`<h3>What was done beside the decision</h3><ul>${reactions.map(({ type, target, ok, detail, at }) => h`<li>${ok ? "✓" : "✗"} <code>${type}</code> ${target}${!ok && ", NOT done"}: ${detail} <span class="small">${at}</span></li>`)}</ul>`}
${policy.effective !== null && policy.effective !== void 0 && h`<details class="fold"><summary>The policy as it was in force, with its defaults</summary>
<pre tabindex="0"><code>${lines(JSON.stringify(policy.effective, null, 2), mostPolicy)}</code></pre></details>`}
</section>`;
}
// build/report/html/verdict.js
/** The top of the page, read in five seconds: what was decided, why, and what to do. */
function toneOf({ verdict, observedStop, warnings }) {
	if (verdict.reason === "cancelled") return "none";
	if (observedStop) return "warn";
	if (verdict.decision === "continue") return warnings.length > 0 ? "warn" : "go";
	return "stop";
}
/** A signal with two lamps: the upper one says stop, the lower one go, both together that it goes with a warning. */
function lamp(tone) {
	const lit = (which) => tone === which || tone === "warn";
	return h`<svg class="lamp" viewBox="0 0 28 60" aria-hidden="true"><rect x="3" y="1" width="22" height="46" rx="11"/><path d="M14 47V60"/><circle class="${lit("stop") ? "lit" : "dark"}" cx="14" cy="13" r="7"/><circle class="${lit("go") ? "lit" : "dark"}" cx="14" cy="35" r="7"/></svg>`;
}
function verdictSection(view) {
	const [word, between, rest] = parted(verdictSentence(view));
	return h`<section class="verdict" aria-labelledby="verdict">
${lamp(toneOf(view))}
<div>
<h1 id="verdict"><span class="word">${word}<span class="unseen">${between}</span></span>${rest !== "" && h`<span class="because${rest.length > 120 && " long"}">${begins(rest, view)}</span>`}</h1>
${subject(view)}
</div>
</section>`;
}
/** The word that says it all, what stands behind it, and the rest of the sentence. */
function parted(sentence) {
	const [, word = "", between = "", rest = ""] = /^(Cancelled(?=:? )|[^:]{1,40}(?=: ))(: | )(.*)$/s.exec(sentence) ?? [void 0, sentence];
	return [
		word,
		between,
		rest
	];
}
/** With a capital, unless it begins with a name: that stays as it is written. */
const begins = (text, { gates }) => gates.some(({ name }) => text.startsWith(name)) ? text : text.charAt(0).toUpperCase() + text.slice(1);
function subject({ record, observedStop }) {
	const { service, release, host, rounds } = record;
	const ms = Date.parse(record.ended) - Date.parse(record.began);
	const run = safeLink(host.run ?? void 0);
	const observed = observedStop ? "Nothing was stopped: the policy only observes." : record.decision.decision === "continue" && record.observe ? "The policy only observes." : null;
	return h`${observed !== null && h`<p class="observed"><strong>${observed}</strong></p>`}
<p class="subject">${joined([
		[service, release.version].filter((part) => part !== null).join(" ") || null,
		release.environment !== null && h`to ${release.environment}`,
		release.sha !== null && h`commit <code>${release.sha.slice(0, 10)}</code>`,
		release.deployedAt !== null && h`deployed ${clockTime(release.deployedAt, record.ended)}`,
		h`decided ${clockTime(record.ended, "")}`,
		rounds.length > 0 && `${plural(rounds.length, "round")} in ${inWords(ms < 12e4 ? ms : Math.round(ms / 6e4) * 6e4)}`,
		host.actor !== null && h`started by ${host.actor}`,
		run !== void 0 && anchor(run, "this run")
	], h` <span aria-hidden="true">·</span> `)}</p>`;
}
function whySection(view) {
	const { blamed, alsoSick, verdict, record } = view;
	const weak = verdict.decision === "continue" ? view.warnings : [];
	const otherwise = counterfactual(view);
	const title = view.observedStop ? "What would have stopped it" : verdict.reason === "cancelled" ? "What was known" : verdict.decision === "continue" ? "Warnings" : "Why it stopped";
	const body = [
		blamed.length > 0 && cards(blamed, view),
		blamed.length === 0 && verdict.reason === "not-steady" && h`<p class="lead">It was ${verdict.sentence}.</p>`,
		otherwise !== "" && h`<p class="otherwise">${otherwise}</p>`,
		alsoSick.length > 0 && [
			blamed.length > 0 && h`<h3>${besidesTitle(view)}</h3>`,
			blamed.length === 0 && h`<p>${besidesTitle(view)}:</p>`,
			cards(alsoSick, view)
		],
		weak.length > 0 && cards(weak, view),
		record.problems.length > 0 && problems(view)
	];
	if (body.every((part) => part === false)) return null;
	const heading = record.problems.length > 0 && blamed.length === 0 ? "What to mend" : title;
	return h`<section id="why" aria-labelledby="why-title"><h2 id="why-title">${heading}</h2>${body}</section>`;
}
const cards = (gates, view) => h`<ul class="cards">${gates.map((gate) => card(gate, view))}</ul>`;
function card(gate, { record }) {
	const { reading } = gate;
	const value = reading?.shown !== void 0 && reading.threshold !== void 0 ? reading.shown : void 0;
	const { mark, word } = stateWords(gate);
	const words = complaint(gate).replace(/^: /, "").trim();
	const since = sinceWords(gate, record.ended);
	const behind = evidenceWords(gate);
	const short = value !== void 0 && words.startsWith(`is ${value}, `) ? words.slice(`is ${value}, `.length) : words;
	const place = record.gates.find(({ name }) => name === gate.name)?.place;
	return h`<li class="card ${gate.state}">
<h3><span class="mark" aria-hidden="true">${mark}</span> <bdi>${gate.name}</bdi> <span class="state">${word}</span></h3>
<p class="${value === void 0 ? "reason" : "measured"}">${value !== void 0 && h`<b class="value">${value}</b> `}<span>${prose(short)}</span>${value !== void 0 && spark(gate.values)}</p>
<p class="small">${joined([
		since === "" ? null : since,
		behind === "" ? null : behind,
		place !== void 0 && h`policy line ${place.line}`,
		gate.link !== void 0 && anchor(gate.link, "see the evidence")
	], h` <span aria-hidden="true">·</span> `)}</p>
</li>
`;
}
/** A problem of the policy is a reason to stop. */
function problems({ record }) {
	return h`<ol class="problems">${record.problems.map(({ file, line, column, message }) => {
		const place = [
			file,
			line,
			column
		].filter((part) => part !== void 0).join(":");
		return h`<li>${place !== "" && h`<code class="place">${place}</code> `}${prose(message)}</li>`;
	})}</ol>`;
}
function nextSection(view) {
	const steps = nextSteps(view);
	if (steps.length === 0) return null;
	return h`<section id="next" aria-labelledby="next-title"><h2 id="next-title">What to do next</h2><ol class="steps">${steps.map(({ text, gates }) => h`<li>${gates.length === 0 ? prose(text) : [h`<strong><bdi>${listed(gates)}</bdi></strong>: `, prose(`${text}.`)]}</li>`)}</ol></section>`;
}
/** What stands behind a healthy canary: the harm that was ruled out, and that which was not. */
function provenSection({ byStatistics }) {
	if (byStatistics.length === 0) return null;
	return h`<section id="proven" aria-labelledby="proven-title"><h2 id="proven-title">${provenTitle}</h2><dl class="said-of">${byStatistics.map(({ name, reading }) => h`<dt><bdi>${name}</bdi></dt><dd>${prose(reading?.reason ?? "")}</dd>`)}</dl></section>`;
}
// build/report/html/page.js
/** The full report: one HTML file that needs nothing else, for those who want to see all of it, and for auditors a year later. */
/** As much as the record keeps. */
const everyFinding = {
	open: 50,
	more: 1e3,
	others: 1e3,
	remarks: 1e3
};
/**
* The report as one HTML file: no request to anywhere, readable without a script, on a phone, in the dark, and printed.
*
* @param redact masks what must not be seen in all that comes from the record; script and style are left as they are
*/
async function html(record, redact = (text) => text) {
	const { script, style } = await import("./report-html-assets.js");
	const view = viewOf(record);
	const grid = gridOf(record);
	const charts = placeCharts(view);
	const masked = (markup) => redact(markup.html);
	const title = h`${verdictSentence(view)}`;
	const rules = [
		"default-src 'none'",
		`script-src ${hash(script)}`,
		`style-src ${hash(style)}`,
		"img-src data:",
		"base-uri 'none'",
		"form-action 'none'"
	];
	return `<!doctype html>
<html lang="en" class="${toneOf(view)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${rules.join("; ")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${masked(title)}</title>
<style>${asset(style).html}</style>
</head>
<body>
${masked(body(view, grid, charts))}
<script type="application/json" id="data">${masked(json(pageData(record, grid, charts)))}<\/script>
<script>${asset(script).html}<\/script>
</body>
</html>
`;
}
/** As a Content-Security-Policy names a script or a style sheet. */
const hash = (text) => `'sha256-${Buffer.from(sha256(text), "hex").toString("base64")}'`;
function body(view, grid, charts) {
	const { record, gates } = view;
	const options = {
		flavour: "github",
		cut: everyFinding
	};
	const there = [
		[
			"why",
			"Why",
			whySection(view)
		],
		[
			"next",
			"Next",
			nextSection(view)
		],
		[
			"gates",
			"Gates",
			gatesSection(view)
		],
		[
			"charts",
			"Signals",
			chartsSection(view, charts)
		],
		[
			"findings",
			"Findings",
			plainSection("findings", fromTree(findingsBlocks(gates, record, options)))
		],
		[
			"flags",
			"Flags",
			plainSection("flags", fromTree(flagsBlocks(record, {
				reason: 1e3,
				entries: 1e3
			})))
		],
		[
			"proven",
			"Proven",
			provenSection(view)
		],
		[
			"unmeasured",
			"Not measured",
			unmeasuredSection(view)
		],
		[
			"remarks",
			"In order",
			plainSection("remarks", fromTree(remarksBlocks(gates, options)))
		],
		[
			"rounds",
			"Timeline",
			roundsSection(view, grid)
		],
		[
			"evidence",
			"Measurements",
			evidenceSection(view)
		],
		[
			"origin",
			"Origin",
			originSection(view)
		]
	].filter(([, , markup]) => markup !== null);
	return h`<a class="skip" href="#content">To the report</a>
<header class="bar"><span class="name">Signalbox</span><span class="what">${record.service ?? ""}</span><span id="switch"></span></header>
<div class="page">
<main id="content">
${verdictSection(view)}
${there.map(([, , markup]) => markup)}
</main>
<nav aria-label="Sections"><ul>${there.map(([id, name]) => h`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
</div>`;
}
const plainSection = (id, content) => content.length === 0 ? null : h`<section id="${id}">${content}</section>`;
export { html };
