import { Cn as plural, Sn as amount, _t as stateWords, at as safeLink, ct as clockTime, dt as evidenceWords, ft as inWords, gt as sinceWords, ht as provenTitle, it as plainLines, lt as complaint, mt as measuredWords, nt as viewOf, ot as annotatedWords, pt as listed, rt as plain, st as besidesTitle, ut as counterfactual, vt as verdictSentence, yt as sparkline } from "./shared.js";
import { s as nextSteps } from "../index.js";
// build/report/markdown.js
/** Words that GitHub or Azure make something of wherever they stand, whatever is escaped; in code they make nothing of them. */
const active = /[@#$~\\]|:\/\/|www\.|^(?:mailto|xmpp|javascript|data):|(?<![a-z\d])gh-\d|:[\w+-]+:|^(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}$/i;
/** A word without the punctuation around it. */
const bare = /^([("'[{]*)(.*?)([)"'\]},.;:!?]*)$/su;
/**
* Text from anywhere on one line, at most `most` characters of it. What stands between backticks, and every word that a platform
* would link, mention or draw, becomes code.
*/
function prose(value, most = 300) {
	const nodes = [];
	let pending = "";
	const flush = () => {
		if (pending !== "") nodes.push({
			type: "text",
			value: pending
		});
		pending = "";
	};
	const put = (words) => {
		flush();
		nodes.push(...code(words));
	};
	for (const [, quoted, word = ""] of plain(value, most).matchAll(/`([^`]+)`|(`|[^\s`]+|\s+)/gu)) if (quoted !== void 0) put(quoted);
	else if (!active.test(word.replace(/^\W+/u, "")) && !active.test(word)) pending += word;
	else {
		const [, before = "", inner = "", after = ""] = bare.exec(word) ?? [];
		pending += before;
		if (inner !== "") put(inner);
		pending += after;
	}
	flush();
	return nodes;
}
/**
* A line of code, in a table cell too: there a bar between backticks would end the cell after a backslash, on some renderers, so
* bars stand outside.
*/
function code(value, most = 300) {
	return plain(value, most).split(/(\|)/).filter((part) => part !== "").map((part) => part === "|" || part.trim() === "" ? {
		type: "text",
		value: part
	} : {
		type: "inlineCode",
		value: part
	});
}
/** A query in its own block, with its line breaks. */
const codeBlock = (value, most) => ({
	type: "code",
	value: plainLines(value, most)
});
/** Our own words; nothing from outside. */
const text = (value) => ({
	type: "text",
	value
});
const strong = (children) => ({
	type: "strong",
	children
});
/** @returns nothing when the address is none that a person may follow */
function link(label, address) {
	const url = safeLink(address);
	return url === void 0 ? [] : [{
		type: "link",
		url,
		children: [text(label)]
	}];
}
const paragraph = (children) => ({
	type: "paragraph",
	children
});
const heading = (depth, children) => ({
	type: "heading",
	depth,
	children
});
const list = (items) => ({
	type: "list",
	spread: false,
	children: items.map((children) => ({
		type: "listItem",
		spread: false,
		children: [paragraph(children)]
	}))
});
const table = (rows) => ({
	type: "table",
	children: rows.map((cells) => ({
		type: "tableRow",
		children: cells.map((children) => ({
			type: "tableCell",
			children
		}))
	}))
});
const html = (value) => ({
	type: "html",
	value
});
/** Folded away, where the platform folds. The title is ours, never text from outside. */
const details = (title, body) => [
	html(`<details>\n<summary>${title}</summary>`),
	...body,
	html("</details>")
];
/**
* Loads the library and writes the tree.
*
* Both platforms read their logs for commands (`##vso[`, `##[`, `::name::` at the start of a line), and a summary may be printed
* into one. A backslash breaks them; outside of code Markdown does not show it.
*/
async function serialise(children) {
	const [{ toMarkdown }, { gfmTableToMarkdown }] = await Promise.all([import("./mdast-util-to-markdown.js").then((n) => n.t), import("./mdast-util-gfm-table.js")]);
	return toMarkdown({
		type: "root",
		children
	}, {
		bullet: "-",
		rule: "-",
		extensions: [gfmTableToMarkdown({ tablePipeAlign: false })]
	}).replaceAll(/##(?=\[|vso\[)/gi, "#\\#").replaceAll(/^(\s*)::/gm, "$1\\::");
}
// build/report/evidence.js
/** The evidence of the last round in detail: what was asked, of whom, over which window, and what came back. */
/** Characters of a query, entries of a list: the record has the rest. */
const longestQuery = 2e3;
const longestList = 20;
function evidence(gates, record) {
	return gates.flatMap((gate) => gate.answers.length === 0 ? [] : [heading(4, prose(gate.name, 120)), ...gate.answers.flatMap((answer) => answerBlocks(answer, record))]);
}
function answerBlocks(answer, record) {
	if ("failure" in answer) {
		const { code: word, message } = answer.failure;
		return [paragraph([
			...code(answer.role),
			text(" asked of "),
			...code(answer.source),
			text(": no answer ("),
			...code(word),
			text("): "),
			...prose(message, 600)
		])];
	}
	const { measurement: m } = answer;
	const facts = [
		...code(answer.role),
		text(" asked of "),
		...code(m.source),
		text(` at ${exact(m.at, record)}`),
		...m.kind === "samples" ? [text(`, window ${exact(m.window.from, record)} to ${exact(m.window.to, record)}, newest sample ${m.newest === null ? "of unknown age" : exact(m.newest, record)}`)] : [],
		text(m.partial ? ", an incomplete answer" : ""),
		...separated(link("open it there", m.link))
	];
	const lines = [...findings(m), ...m.notes.slice(0, longestList).map((note) => [text("note: "), ...prose(note, 400)])];
	return [
		paragraph(facts),
		codeBlock(m.query, longestQuery),
		paragraph([text("→ "), ...answerWords(m)]),
		...lines.length === 0 ? [] : [list(lines)]
	];
}
const separated = (nodes) => nodes.length === 0 ? [] : [text("; "), ...nodes];
const exact = (instant, record) => {
	return clockTime(instant, record.ended).replace(/(\d\d:\d\d) UTC$/, `$1${instant.slice(16, 19)} UTC`);
};
function answerWords(m) {
	switch (m.kind) {
		case "samples": return m.series.length === 0 ? [text("no series")] : m.series.slice(0, longestList).flatMap(({ labels, value, points }, i) => {
			const names = Object.entries(labels).map(([key, label]) => `${key}=${label}`);
			return [
				text(i === 0 ? "" : ", "),
				...names.length === 0 ? [] : [...code(names.join(" "), 200), text(" ")],
				...code(String(value)),
				text(points > 1 ? ` from ${plural(points, "sample")}` : ""),
				text(i === 19 && m.series.length > longestList ? `, and ${m.series.length - longestList} more` : "")
			];
		});
		case "alerts": return [
			text(`${plural(m.rules, "enabled rule")}, ${m.counts.firing} firing`),
			text(m.counts.unknown > 0 ? `, ${m.counts.unknown} without data` : ""),
			text(m.counts.muted > 0 ? `, ${m.counts.muted} muted` : "")
		];
		case "flag": return [
			...code(m.flag),
			text(m.exists ? " serves " : " is not known there; served "),
			...code(JSON.stringify(m.value) ?? "nothing"),
			...m.variant === null ? [] : [text(", variant "), ...code(m.variant, 100)],
			text(`, ${m.scope === "everyone" ? "for everyone" : "for the probed context only"}${m.enabled === false ? ", disabled" : ""}`)
		];
		case "scans": return m.runs.length === 0 ? [text("no scan")] : m.runs.slice(0, longestList).flatMap((run, i) => [
			text(i === 0 ? "" : "; "),
			...prose([run.tool, run.toolVersion].filter((x) => x !== void 0).join(" "), 100),
			text(" in "),
			...code(run.file, 150),
			text(run.revision === null ? ", commit not said: " : ", commit "),
			...run.revision === null ? [] : [...code(run.revision.slice(0, 10)), text(": ")],
			text(countsWords(run.counted)),
			text(run.suppressed > 0 ? `, ${amount(run.suppressed)} suppressed` : "")
		]);
	}
}
function countsWords(counted) {
	const parts = Object.entries(counted).filter(([, n]) => n > 0);
	return parts.length === 0 ? "no findings" : parts.map(([severity, n]) => `${amount(n)} ${severity}`).join(", ");
}
/** The alerts or the worst findings, each on its own line. */
function findings(m) {
	if (m.kind === "alerts") return m.alerts.slice(0, longestList).map(({ name, state, severity, subject, since, link: page }) => [
		text(`${state === "unknown" ? "without data" : state}: `),
		...code(name, 150),
		...severity === null ? [] : [text(" "), ...code(severity, 60)],
		...subject === "" ? [] : [text(" on "), ...prose(subject, 200)],
		text(since === null ? "" : `, since ${clockTime(since, m.at)}`),
		...separated(link("open it there", page))
	]);
	if (m.kind !== "scans") return [];
	const shown = m.findings.slice(0, longestList).map((f) => [
		text(`${f.severity}: `),
		...code(`${f.tool} ${f.rule}`, 150),
		...f.file === void 0 ? [] : [text(" in "), ...code(`${f.file}${f.line === void 0 ? "" : `:${f.line}`}`, 200)],
		text(": "),
		...prose(f.message, 300)
	]);
	const problems = m.problems.slice(0, longestList).map((p) => [text("problem: "), ...prose(p.message, 400)]);
	return [...shown, ...problems];
}
// build/report/summary.js
/** The job summary: what most users ever see. The verdict comes first, then why, then all that was looked at. */
const full = {
	evidence: "all",
	rows: "all",
	entries: 100,
	reason: 600
};
/** In this order, until it fits: what matters least for the decision goes first, and a reason to stop never goes. */
const cuts = [
	full,
	{
		...full,
		evidence: "troubled"
	},
	{
		...full,
		evidence: "none"
	},
	{
		...full,
		evidence: "none",
		rows: "not healthy"
	},
	{
		...full,
		evidence: "none",
		rows: "blocking",
		entries: 50
	},
	{
		evidence: "none",
		rows: "none",
		entries: 10,
		reason: 300
	},
	{
		evidence: "none",
		rows: "none",
		entries: 3,
		reason: 120
	},
	{
		evidence: "none",
		rows: "none",
		entries: 0,
		reason: 60
	},
	{
		evidence: "none",
		rows: "none",
		entries: 0,
		reason: 24
	}
];
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
		...overview(view, cut),
		...proven(view, cut),
		...notMeasured(view, cut),
		...next(view, cut),
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
	const parts = [
		cut.evidence === "troubled" ? "the evidence of healthy gates" : "the evidence of all gates",
		rows === 0 ? "" : `${plural(rows, "row")} of the table`,
		cut.reason < full.reason ? "the ends of long reasons" : ""
	].filter((part) => part !== "");
	const limit = maxBytes >= 1024 ? `${Math.floor(maxBytes / 1024)} KiB` : `${maxBytes} bytes`;
	return [paragraph([strong([text("Left out")]), text(` to stay within ${limit}: ${listed(parts)}. The decision record has all of it.`)])];
}
/** What an auditor asks for first. */
function footer({ record }, { recordFile }) {
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
		recordFile === void 0 ? null : [text("record "), ...code(recordFile, 150)],
		[text(`${tool.name} ${tool.version}`)]
	]));
}
export { summary };
