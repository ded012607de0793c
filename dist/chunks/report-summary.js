import { At as complaint, Bt as verdictSentence, Ct as table, Dt as annotatedWords, Et as viewOf, Ft as measuredWords, Ir as plural, It as provenTitle, Lt as sinceWords, Mt as evidenceWords, Nt as inWords, Ot as besidesTitle, Pt as listed, Rt as stateWords, St as strong, Vt as sparkline, _t as link, bt as prose, ct as evidence, dt as findingsBlocks, ft as remarksBlocks, gt as heading, ht as details, jt as counterfactual, kt as clockTime, lt as chartsOf, mt as code, pt as shownOf, ut as flagsBlocks, vt as list, wt as text, xt as serialise, yt as paragraph } from "./shared.js";
import { T as nextSteps } from "../index.js";
// build/report/charts-markdown.js
/** More cannot be told apart at the width of a summary. */
const mostPoints = 40;
/** The chart itself has no legend: its words name the colours, which tell apart on light and on dark. */
const colours = {
	red: "#d1242f",
	orange: "#e16f24",
	blue: "#218bff",
	green: "#2da44e",
	violet: "#a475f9",
	grey: "#8c959f"
};
const colourOf = {
	value: "red",
	canary: "orange",
	baseline: "blue",
	ratio: "orange",
	lower: "green",
	upper: "violet",
	harm: "red",
	wellness: "green"
};
const limitColour = "grey";
/** The charts of what decided: at most `most`, of the gates that are to blame, or of those that were proven well by statistics. */
function chartBlocks(view, most) {
	const byGate = (view.blamed.length > 0 ? view.blamed : view.byStatistics).map(({ name }) => chartsOf(name, view.record).filter(({ kind }) => kind !== "evidence"));
	const drawn = [0, 1].flatMap((i) => byGate.flatMap((charts) => charts[i] ?? [])).slice(0, most).flatMap((chart) => drawing(chart, view.record.ended) ?? []);
	return drawn.length === 0 ? [] : [heading(3, [text("How it went")]), ...drawn];
}
function drawing(chart, ended) {
	const { at, limits } = chart;
	const lines = chart.lines.filter(({ values }) => 2 * values.filter((x) => x !== null).length >= at.length);
	const points = at.flatMap((_, i) => {
		const values = lines.flatMap((line) => line.values[i] ?? []);
		return values.length === lines.length && lines.length > 0 ? [{
			at: i,
			values
		}] : [];
	});
	if (points.length < 2) return void 0;
	const shown = thinned(points, limits);
	const range = rangeOf(shown, limits);
	if (!range) return void 0;
	const first = at[shown[0]?.at ?? 0] ?? "";
	const last = at[shown.at(-1)?.at ?? 0] ?? "";
	const palette = [...lines.map(({ role }) => colourOf[role]), ...limits.map(() => limitColour)];
	const row = (values) => `  line [${values.map(decimal).join(", ")}]`;
	const mermaid = [
		"---",
		"config:",
		"  xyChart:",
		"    width: 600",
		"    height: 260",
		"    xAxis:",
		"      showLabel: false",
		"      showTick: false",
		"  themeVariables:",
		"    xyChart:",
		`      plotColorPalette: "${palette.map((colour) => colours[colour]).join(", ")}"`,
		"---",
		"xychart-beta",
		`  x-axis "${clockTime(first, ended).replace(" UTC", "")} to ${clockTime(last, ended)}" 1 --> ${shown.length}`,
		`  y-axis "${unitOf(chart)}" ${decimal(range.from)} --> ${decimal(range.to)}`,
		...lines.map((_, i) => row(shown.map(({ values }) => values[i] ?? 0))),
		...limits.map(({ value }) => row(shown.map(() => value)))
	].join("\n");
	return [paragraph(wordsOf(chart, lines, at.length - points.length)), {
		type: "code",
		lang: "mermaid",
		value: mermaid
	}];
}
/** What is drawn in which colour; and what is not drawn. */
function wordsOf(chart, lines, missing) {
	const { title, limits, suffix } = chart;
	const parts = [
		...lines.map(({ role, name, values }) => {
			const last = values.findLast((x) => x !== null);
			const end = typeof last === "number" ? ` ${Number(last.toPrecision(3))}${suffix} at the end` : "";
			return [...prose(`${colourOf[role]} ${role === "value" ? "the value," : name}`, 80), text(end)];
		}),
		...limits.map((limit) => [text(`${limitColour} `), ...limitWords(limit)]),
		...missing > 0 ? [[text(`${plural(missing, "time")} without a value left out`)]] : []
	];
	return [strong(prose(title, 160)), ...parts.flatMap((part, i) => [text(i === 0 ? ": " : "; "), ...part])];
}
/** As code: `<` and `>` are markup to some. */
const limitWords = ({ name }) => {
	const [, words = name, threshold = ""] = /^(.*?)\s*([<>=].*)?$/.exec(name) ?? [];
	return [...prose(words, 60), ...threshold === "" ? [] : [text(" "), ...code(threshold, 40)]];
};
/** Ours alone: the suffixes of units are. */
const unitOf = ({ suffix, kind }) => suffix.trim() || (kind === "value" ? "value" : "");
/** The extremes of each stretch stay, so that no peak is lost: those beyond the limit where there is one, else the greatest. */
function thinned(points, limits) {
	if (points.length <= mostPoints) return points;
	const limit = limits[0]?.value;
	const size = points.length / mostPoints;
	return Array.from({ length: mostPoints }, (_, i) => {
		const stretch = points.slice(Math.floor(i * size), Math.max(Math.floor(i * size) + 1, Math.floor((i + 1) * size)));
		const from = limit ?? 0;
		return stretch.reduce((worst, point) => Math.abs((point.values[0] ?? 0) - from) > Math.abs((worst.values[0] ?? 0) - from) ? point : worst);
	});
}
/** With some room, and from zero where that is not far. Undefined where numbers are beyond what can be drawn. */
function rangeOf(points, limits) {
	const all = [...points.flatMap(({ values }) => values), ...limits.map(({ value }) => value)];
	const [least, most] = [Math.min(...all), Math.max(...all)];
	if (!(Math.max(Math.abs(least), Math.abs(most)) < 0x38d7ea4c68000)) return void 0;
	const room = (most - least || Math.abs(most) || 1) / 10;
	return {
		from: least >= 0 && least <= .6 * most ? 0 : least - room,
		to: most + room
	};
}
/** Four digits that count; Mermaid reads no exponents. */
function decimal(value) {
	const short = Number(value.toPrecision(4));
	const text = String(short);
	return text.includes("e") ? short.toFixed(20) : text;
}
// build/report/cuts.js
const allFindings = {
	open: 10,
	more: 40,
	others: 20,
	remarks: 20
};
const full = {
	evidence: "all",
	rows: "all",
	findings: allFindings,
	charts: 3,
	entries: 100,
	reason: 600
};
/** The worst findings alone, fewer and fewer. */
const worst = (open, remarks) => ({
	open,
	more: 0,
	others: 0,
	remarks
});
/** In this order, until it fits: what matters least for the decision goes first, and a reason to stop never goes. */
const cuts = [
	full,
	{
		...full,
		evidence: "troubled"
	},
	{
		...full,
		evidence: "troubled",
		findings: {
			...allFindings,
			others: 5
		}
	},
	{
		...full,
		evidence: "none",
		findings: {
			...allFindings,
			others: 5
		}
	},
	{
		...full,
		evidence: "none",
		findings: {
			open: 10,
			more: 10,
			others: 0,
			remarks: 5
		}
	},
	{
		...full,
		evidence: "none",
		findings: worst(10, 5),
		charts: 1,
		rows: "not healthy"
	},
	{
		...full,
		evidence: "none",
		findings: worst(5, 5),
		charts: 0,
		rows: "blocking",
		entries: 50
	},
	{
		evidence: "none",
		rows: "none",
		findings: worst(3, 0),
		charts: 0,
		entries: 10,
		reason: 300
	},
	{
		evidence: "none",
		rows: "none",
		findings: worst(1, 0),
		charts: 0,
		entries: 3,
		reason: 120
	},
	{
		evidence: "none",
		rows: "none",
		findings: worst(0, 0),
		charts: 0,
		entries: 0,
		reason: 60
	},
	{
		evidence: "none",
		rows: "none",
		findings: worst(0, 0),
		charts: 0,
		entries: 0,
		reason: 24
	}
];
// build/report/summary.js
/** The job summary: what most users ever see. The verdict comes first, then why, then all that was looked at. */
/** @returns Markdown of at most `maxBytes` bytes, unless even the shortest form of all the reasons is longer */
async function summary(record, options) {
	const view = viewOf(record);
	let markdown = "";
	for (const cut of cuts) {
		markdown = await serialise(compose(view, options, cut));
		if (Buffer.byteLength(markdown) <= options.maxBytes) break;
	}
	return markdown;
}
function compose(view, options, cut) {
	return [
		heading(2, prose(verdictSentence(view), Math.min(cut.reason, 240))),
		subject(view),
		...reasons(view, cut),
		...problems(view, cut),
		...flagsBlocks(view.record, {
			reason: cut.reason,
			entries: cut.entries
		}),
		...next(view, cut),
		...options.flavour === "github" ? chartBlocks(view, cut.charts) : [],
		...overview(view, cut),
		...findings(view, options, cut),
		...proven(view, cut),
		...notMeasured(view, cut),
		...remarksBlocks(view.gates, { cut: cut.findings }),
		...evidenceBlocks(view, options, cut),
		...leftOut(view, options, cut),
		footer(view, options)
	];
}
const dot = text(" · ");
/** Parts that exist, with a dot between. */
const dotted = (parts) => parts.flatMap((part) => part && part.length > 0 ? [part] : []).flatMap((part, i) => i === 0 ? part : [dot, ...part]);
const some = (value, before = "") => value === null ? null : [...before === "" ? [] : [text(before)], ...prose(value, 100)];
/** Which release, in one line under the verdict. */
function subject({ record, observedStop }) {
	const { service, release, decision } = record;
	const what = [...prose([service, release.version].filter((x) => x !== null).join(" "), 150)];
	return paragraph([...observedStop ? [strong([text("Nothing was stopped: the policy only observes.")]), text(" ")] : decision.decision === "continue" && record.observe ? [strong([text("The policy only observes.")]), text(" ")] : [], ...dotted([
		what,
		some(release.environment, "to "),
		release.sha === null ? null : [text("commit "), ...code(release.sha.slice(0, 10))],
		[text(`${clockTime(record.ended, "")}`)]
	])]);
}
/** Value against threshold, since when, and where to look. */
function reasons(view, cut) {
	const { verdict, blamed, alsoSick, record } = view;
	const item = (gate) => {
		const since = cut.reason < 100 ? "" : sinceWords(gate, record.ended);
		return [
			strong(prose(gate.name, Math.min(cut.reason, 120))),
			...prose(complaint(gate), cut.reason).map((node, i) => i === 0 ? spaced(gate, node) : node),
			...since === "" ? [] : [text(`; ${since}`)],
			...cut.reason < 100 || gate.link === void 0 ? [] : [text("; "), ...link("see the evidence", gate.link)]
		];
	};
	const blocks = [];
	if (blamed.length > 0) {
		const title = view.observedStop ? "What would have stopped it" : "Why it stopped";
		blocks.push(heading(3, [text(title)]), list(blamed.map(item)));
	} else if (verdict.reason === "not-steady") blocks.push(paragraph([text("It was "), ...prose(`${verdict.sentence}.`, cut.reason)]));
	const besides = alsoSick.slice(0, cut.entries);
	if (besides.length > 0) blocks.push(paragraph([text(`${besidesTitle(view)}:`)]), list(besides.map(item)));
	const weak = verdict.decision === "continue" ? view.warnings.slice(0, cut.entries) : [];
	if (weak.length > 0) blocks.push(heading(3, [text("Warnings")]), list(weak.map(item)));
	const otherwise = cut.reason < 100 ? "" : counterfactual(view);
	if (otherwise !== "") blocks.push(paragraph(prose(otherwise, 600)));
	return blocks;
}
/** `plain` trims; the blank between the name and a complaint that begins with one comes back here. */
const spaced = (gate, node) => node.type === "text" && complaint(gate).startsWith(" ") ? {
	...node,
	value: ` ${node.value}`
} : node;
/** A problem of the policy is a reason to stop; like these none is left out, only shortened. */
function problems({ record }, cut) {
	if (record.problems.length === 0) return [];
	const items = record.problems.map(({ file, line, column, message }) => {
		const place = [
			file,
			line,
			column
		].filter((part) => part !== void 0).join(":");
		return [...place === "" ? [] : [...code(place, cut.reason), text(" ")], ...prose(message, cut.reason)];
	});
	return [heading(3, [text("What to mend")]), list(items)];
}
const troubled = (gate) => gate.state !== "healthy";
/** Those that block and are not well first; otherwise in the policy's order. */
function rowsOf({ gates }, rows) {
	if (rows === "none") return [];
	const shown = gates.filter((g) => (rows === "all" || troubled(g)) && (rows !== "blocking" || g.enforce === "block"));
	const rank = (g) => g.blamed ? 0 : !troubled(g) ? 3 : g.enforce === "block" ? 1 : 2;
	return [...shown].sort((a, b) => rank(a) - rank(b));
}
function overview(view, cut) {
	const rows = rowsOf(view, cut.rows).map((gate) => {
		const { mark, word } = stateWords(gate);
		const course = gate.reading?.shown === void 0 ? "" : sparkline(gate.values);
		const behind = [evidenceWords(gate), course].filter((part) => part !== "").join(" ");
		return [
			[text(`${mark}\u00a0${word.replace("NOT ", "NOT\xA0")}`)],
			prose(gate.name, 120),
			gate.reading === null ? [text("–")] : prose(measuredWords(gate.reading), 140),
			behind === "" ? [text("–")] : [text(behind)]
		];
	});
	if (rows.length === 0) return [];
	const head = [
		"State",
		"Gate",
		"Measured",
		"Evidence"
	].map((title) => [text(title)]);
	return [heading(3, [text(plural(view.gates.length, "gate"))]), table([head, ...rows])];
}
/** None with the shortest reasons, which say what stands themselves. */
const findings = ({ gates, record }, { flavour }, cut) => cut.reason < 60 ? [] : findingsBlocks(gates, record, {
	flavour,
	cut: cut.findings
});
/** What stands behind a healthy canary: the harm that was ruled out, and that which was not. */
function proven({ byStatistics }, cut) {
	const items = byStatistics.slice(0, cut.entries).map(({ name, reading }) => [
		strong(prose(name, 120)),
		text(": "),
		...prose(reading?.reason ?? "", cut.reason)
	]);
	return items.length === 0 ? [] : [heading(3, [text(provenTitle)]), list(items)];
}
function notMeasured(view, cut) {
	const { unmeasured, gates, record } = view;
	if (gates.length === 0) return [];
	const title = heading(3, [text("What was not measured")]);
	if (record.rounds.length === 0) return [title, paragraph([text("No round was made: nothing was measured at all.")])];
	const partly = gates.filter((gate) => gate.gaps.length > 0);
	if (unmeasured.length + partly.length === 0) {
		const all = gates.length === 1 ? "the gate was" : `all ${gates.length} gates were`;
		return [title, paragraph([text(`Nothing: ${all} measured.`)])];
	}
	const shown = [...unmeasured, ...partly].slice(0, cut.entries);
	const items = shown.map((gate) => {
		if (gate.gaps.length > 0) return [
			strong(prose(gate.name, 120)),
			text(", in part: "),
			...prose(listed(gate.gaps, 10), cut.reason)
		];
		const earlier = gate.measured;
		return [
			strong(prose(gate.name, 120)),
			text(`, ${stateWords(gate).word}`),
			...gate.reading === null || gate.blamed ? [] : [text(": "), ...prose(gate.reading.reason, cut.reason)],
			text(earlier ? `; ${earlier.reading.state} when last measured, in round ${earlier.round}` : record.rounds.length > 1 ? `; in none of ${record.rounds.length} rounds` : "")
		];
	});
	const all = unmeasured.length + partly.length;
	if (items.length === 0) return [title, paragraph([text(plural(all, "gate"))])];
	const more = all - shown.length;
	return [
		title,
		list(items),
		...more > 0 ? [paragraph([text(`and ${plural(more, "more gate")}`)])] : []
	];
}
function next(view, cut) {
	const steps = nextSteps(view).slice(0, Math.max(2, cut.entries));
	if (steps.length === 0) return [];
	const items = steps.map(({ text: words, gates }) => gates.length === 0 ? prose(words, 600) : [
		strong(prose(listed(gates), 150)),
		text(": "),
		...prose(`${words}.`, 600)
	]);
	return [heading(3, [text("What to do next")]), list(items)];
}
function evidenceBlocks(view, { flavour }, cut) {
	if (cut.evidence === "none") return [];
	const body = evidence(cut.evidence === "all" ? view.gates : view.gates.filter(troubled), view.record);
	if (body.length === 0) return [];
	const title = "Evidence: queries, windows and the last answers";
	return flavour === "github" ? details(title, body) : [heading(3, [text(title)]), ...body];
}
function leftOut(view, { maxBytes }, cut) {
	if (cut === full) return [];
	const rows = view.gates.length - rowsOf(view, cut.rows).length;
	const lines = shownOf(view.gates, full.findings) - shownOf(view.gates, cut.findings);
	const parts = [
		cut.evidence === "troubled" ? "the evidence of healthy gates" : "the evidence of all gates",
		rows === 0 ? "" : `${plural(rows, "row")} of the table`,
		lines === 0 ? "" : `${plural(lines, "line")} about findings`,
		cut.charts < full.charts ? "charts" : "",
		cut.reason < full.reason ? "the ends of long reasons" : ""
	].filter((part) => part !== "");
	const limit = maxBytes >= 1024 ? `${Math.floor(maxBytes / 1024)} KiB` : `${maxBytes} bytes`;
	return [paragraph([strong([text("Left out")]), text(` to stay within ${limit}: ${listed(parts)}. The full report has all of it.`)])];
}
/** What an auditor asks for first. */
function footer({ record }, { recordFile, reportFile }) {
	const { policy, rounds, tool, host, release, ended } = record;
	const ms = Date.parse(ended) - Date.parse(record.began);
	const duration = inWords(ms < 12e4 ? ms : Math.round(ms / 6e4) * 6e4);
	return paragraph(dotted([
		[
			text("policy "),
			...policy.file === null ? [text("inline")] : code(policy.file, 150),
			text(" "),
			...code(policy.sha256.slice(0, 12))
		],
		[text(`${plural(rounds.length, "round")} in ${duration}`)],
		release.deployedAt === null ? null : [text(`deployed ${clockTime(release.deployedAt, ended)}`)],
		some(host.actor, "started by "),
		link("this run", host.run ?? void 0),
		...annotatedWords(record).map((words) => [text(words)]),
		reportFile === void 0 ? null : [text("full report "), ...code(reportFile, 150)],
		recordFile === void 0 ? null : [text("record "), ...code(recordFile, 150)],
		[text(`${tool.name} ${tool.version}`)]
	]));
}
export { summary };
