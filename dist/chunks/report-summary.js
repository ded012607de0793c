import { $n as amount, $t as totalOf, At as plain, Bt as fixWords, Dt as flagLines, Ft as besidesWords, Gt as reasonWords, It as countsWords, Jt as totalsWords, Kt as runWords, Lt as excuseWords, Mt as safeLink, Nn as percentWords, Nt as againstWords, Ot as standsWords, Pn as stateWords, Pt as ageWords, Qt as remarksOf, Rt as excusedWords, St as stateWords$1, Tt as sparkline, Ut as nameOf, Vt as gravity, Wt as placeOf, Xt as fewOf, Yt as whyWords, Zt as gatesWithFindings, _t as inWords, bt as provenTitle, dt as annotatedWords, er as plural, ft as besidesTitle, gt as evidenceWords, ht as counterfactual, jn as severities, jt as plainLines, kt as stepLines, lt as linksOf, mt as complaint, pt as clockTime, qt as shortIdentity, ut as viewOf, vt as listed, wt as verdictSentence, xt as sinceWords, yt as measuredWords, zt as fateWord } from "./shared.js";
import { T as nextSteps } from "../index.js";
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
/** A label from outside, as code, that leads somewhere where the address is one to follow. */
function linkedCode(label, address, most = 200) {
	const url = safeLink(address);
	const children = code(label, most).filter((node) => node.type === "text" || node.type === "inlineCode");
	return url === void 0 || children.length === 0 ? children : [{
		type: "link",
		url,
		children
	}];
}
/** A link that says where it leads: a label of ours, and the host of an address from outside. */
function linkedHost(label, address) {
	const url = safeLink(address);
	return url === void 0 ? [] : [text(label), ...linkedCode(new URL(url).hostname, url, 80)];
}
/** In small letters; only where the platform shows HTML. */
const small = (children) => [
	html("<sub>"),
	...children,
	html("</sub>")
];
/** Begins a new line within a paragraph. */
const lineBreak = { type: "break" };
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
/** With room between the items, which have several lines each. */
const looseList = (items) => {
	const tight = list(items);
	return {
		...tight,
		spread: true,
		children: tight.children.map((item) => ({
			...item,
			spread: true
		}))
	};
};
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
// build/report/flag-evidence.js
/** `3 flags`, `no flag`. */
const statesWords = ({ states }) => {
	const there = states.filter(({ exists }) => exists).length;
	return there === 0 ? "no flag" : plural(there, "flag");
};
/** One line for each flag, in order of their names. */
const stateLines = ({ states, at }) => states.map((state) => line(state, at));
const offWords = {
	off: "off serves the old code",
	on: "off serves the NEW code",
	"code-default": "off serves the code's own default",
	unknown: "what off serves is not known"
};
function line(state, now) {
	const { key, exists, configured, archived, changed, version, owner, kill, link: page } = state;
	if (!exists) return [...code(key, 150), text(" is not there")];
	const separate = (nodes) => nodes.length === 0 ? [] : [text("; "), ...nodes];
	return [
		...code(key, 150),
		text(archived ? " is archived" : configured ? ` is ${stateWords(state)}${boundsWords(state)}` : " is not set up here"),
		...configured && !archived ? separate([text(offWords[state.whenOff])]) : [],
		...separate(moved(state)),
		...separate(state.unclear.slice(0, 1).flatMap((why) => prose(why, 200))),
		...kill.possible === false ? separate([text("cannot be switched off with this credential")]) : [],
		...separate(changed === null ? [text("its last change is not known")] : changeWords(changed, now)),
		...owner === null ? [] : separate([text("of "), ...prose(owner, 80)]),
		...version === null ? [] : separate([text("version "), ...code(version, 60)]),
		...separate(link("open it there", page))
	];
}
/** Bounds where the words do not say them, and what they rest on. */
function boundsWords({ reach, exposure: { lo, hi }, method, sample }) {
	return `${reach === "targeted-only" ? ` (${lo === hi ? "" : `${percentWords(lo)} to `}${percentWords(hi)} of all users)` : ""}${method === "sampled" ? `, estimated from ${plural(sample ?? 0, "evaluation")}` : ""}`;
}
function moved({ targeting: { managedBy, timeDependent } }) {
	if (managedBy !== null) return [text("moved by "), ...prose(managedBy, 100)];
	return timeDependent ? [text("changes with time by itself")] : [];
}
const scopes = {
	environment: "changed",
	flag: "changed, in some environment,",
	file: "its file changed"
};
const changeWords = ({ at, by, scope }, now) => [text(`${scopes[scope]} ${clockTime(at, now)}`), ...by === null ? [] : [text(" by "), ...prose(by, 80)]];
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
	const lines = [...findings$1(m, record), ...m.notes.slice(0, longestList).map((note) => [text("note: "), ...prose(note, 400)])];
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
		case "flag-states": return [text(statesWords(m))];
		case "flag": return [
			...code(m.flag),
			text(m.exists ? " serves " : " is not known there; served "),
			...code(JSON.stringify(m.value) ?? "nothing"),
			...m.variant === null ? [] : [text(", variant "), ...code(m.variant, 100)],
			text(`, ${m.scope === "everyone" ? "for everyone" : "for the probed context only"}${m.enabled === false ? ", disabled" : ""}`)
		];
		case "scans": return [text(m.runs.length === 0 ? "no scan" : plural(m.runs.length, "scan"))];
	}
}
/** The alerts, the flags or the scans, each on its own line. */
function findings$1(m, record) {
	if (m.kind === "alerts") return m.alerts.slice(0, longestList).map(({ name, state, severity, subject, since, link: page }) => [
		text(`${state === "unknown" ? "without data" : state}: `),
		...code(name, 150),
		...severity === null ? [] : [text(" "), ...code(severity, 60)],
		...subject === "" ? [] : [text(" on "), ...prose(subject, 200)],
		text(since === null ? "" : `, since ${clockTime(since, m.at)}`),
		...separated(link("open it there", page))
	]);
	if (m.kind === "flag-states") return atMost(stateLines(m));
	return m.kind === "scans" ? scansLines(m, record) : [];
}
/** Runs, files that took part, and what is no evidence: all that an auditor needs to look again. */
function scansLines(m, record) {
	const file = (name, sha256) => [...code(name, 150), ...sha256 === null ? [] : [text(" "), ...code(sha256.slice(0, 12))]];
	return [
		m.runs.map((run) => [
			...prose([run.tool, run.toolVersion].filter((x) => x !== void 0).join(" "), 100),
			text(" in "),
			...file(run.file, run.sha256),
			text(run.revision === null ? ", commit not said" : ", commit "),
			...run.revision === null ? [] : code(run.revision.slice(0, 10)),
			...run.image?.[0] === void 0 ? [] : [text(", image "), ...code(run.image[0], 120)],
			text(run.ended === null ? ", time not said" : `, ended ${exact(run.ended, record)}`),
			text(run.database === void 0 ? "" : `, vulnerability data of ${run.database.slice(0, 10)}`),
			text(run.execution === "succeeded" ? "" : `, execution ${run.execution}`),
			text(run.rules === null ? "" : `, ${plural(run.rules, "rule")}`),
			text(`: ${runWords(run)}`)
		]),
		m.references.map(({ kind, file: name, sha256 }) => [text(`${kind}: `), ...file(name, sha256)]),
		m.problems.map((p) => [
			text("problem "),
			...code(p.code, 60),
			text(": "),
			...prose(p.message, 400)
		])
	].flatMap((lines) => atMost(lines));
}
/** The first of very many. */
function atMost(lines) {
	const more = lines.length - longestList;
	return more > 0 ? [...lines.slice(0, longestList), [text(`and ${more} more`)]] : lines;
}
// build/report/findings-markdown.js
/** Of each fate that does not count. */
const halfOf = (others) => Math.ceil(others / 2);
/** How many findings and remarks such a cut lists. */
function shownOf(gates, cut) {
	return gatesWithFindings(gates).flatMap(({ findings: { worst, listed } }) => [
		Math.min(worst.against.length, cut.open + cut.more),
		...[worst.allowed, worst.unproven].map((found) => Math.min(found.length, cut.others)),
		fewOf(listed, halfOf(cut.others)).length
	]).reduce((sum, n) => sum + n, Math.min(remarksOf(gates).length, cut.remarks));
}
/** A section over all gates; nothing when there is nothing to say. */
function findingsBlocks(gates, record, options) {
	const shown = gatesWithFindings(gates);
	if (shown.length === 0) return [];
	return [heading(3, [text("Findings")]), ...shown.flatMap((gate) => ofGate(gate, record, options))];
}
function ofGate({ name, findings: view }, record, options) {
	const { open } = options.cut;
	const besides = besidesWords(view);
	const head = text(againstWords(view));
	const first = view.worst.against.slice(0, open);
	return [
		paragraph([
			strong(prose(name, 120)),
			text(": "),
			view.againstAll > 0 ? strong([head]) : head,
			text(besides === "" ? "." : `; ${besides}.`)
		]),
		...view.againstAll > 0 && open > 0 ? countsTable(view) : [],
		...first.length === 0 ? [] : [looseList(first.map((found) => item(found, record, options)))],
		paragraph([text(`${totalsWords(view)}.`)]),
		...open > 0 ? folds(view, record, options) : []
	];
}
/** Tools with a line of their own. */
const mostTools = 8;
/** What counts, tool by severity. A single number is said already. */
function countsTable({ tools, over }) {
	const columns = severities.filter((severity) => tools.some(([, counts]) => counts[severity] > 0));
	if (columns.length === 0 || columns.length === 1 && tools.length === 1) return [];
	const sums = (rows) => columns.map((severity) => rows.reduce((sum, [, counts]) => sum + counts[severity], 0));
	const row = (label, numbers) => [label, ...numbers.map((n, i) => {
		const shown = text(n === 0 ? "–" : amount(n));
		const severity = columns[i];
		return [n > 0 && severity !== void 0 && over.includes(severity) ? strong([shown]) : shown];
	})];
	const others = tools.slice(mostTools);
	const head = [[text("Tool")], ...columns.map((severity) => [text(over.includes(severity) ? `✗\u00a0${severity}` : severity)])];
	return [table([
		head,
		...tools.slice(0, mostTools).map(([tool, counts]) => row(prose(tool, 60), columns.map((severity) => counts[severity]))),
		...others.length > 0 ? [row([text(`${others.length} others`)], sums(others))] : [],
		...tools.length > 1 ? [row([text("all")], sums(tools))] : []
	])];
}
/** What does not stand in the way, or is too much to be read at once. */
function folds(view, record, options) {
	const { flavour, cut } = options;
	const { worst, allowed, unproven, unknownAs, listed, listable } = view;
	const fold = (title, body) => flavour === "github" ? details(title, body) : [paragraph([strong([text(title)])]), ...body];
	const entries = (found, all, most) => {
		const shown = fewOf(found, flavour === "github" ? most : Math.min(most, 5));
		const missing = all - shown.length;
		return [...shown.length === 0 ? [] : [looseList(shown.map((one) => item(one, record, options)))], ...shown.length === 0 || missing <= 0 ? [] : [paragraph([text(`and ${amount(missing)} more`)])]];
	};
	const section = (title, all, body) => all === 0 || body.length === 0 ? [] : fold(title, body);
	const further = view.againstAll - Math.min(worst.against.length, cut.open);
	const n = totalOf(allowed);
	return [
		...section(`${amount(further)} more against the policy`, further, entries(worst.against.slice(cut.open), further, cut.more)),
		...section(`Allowed: ${countsWords(allowed, unknownAs)}`, n, [...view.againstAll === 0 ? countsTable(view) : [], ...entries(worst.allowed, n, cut.others)]),
		...section(`In scans that are no evidence: ${countsWords(unproven, unknownAs)}`, totalOf(unproven), entries(worst.unproven, totalOf(unproven), cut.others)),
		...section(`Not counted: ${excusedWords(view)}`, view.excused.length, [...reasonsTable(view), ...entries(listed, listable, halfOf(cut.others))])
	];
}
/** Reasons with a line of their own; there are fewer, unless somebody invents them. */
const mostReasons = 30;
function reasonsTable({ excused }) {
	if (excused.length === 0) return [];
	const head = [
		"Not counted",
		"Why",
		"Results"
	].map((title) => [text(title)]);
	const rows = excused.slice(0, mostReasons).map(({ fate, reason, count }) => [
		[text(fateWord(fate))],
		prose(reasonWords(reason), 100),
		[text(amount(count))]
	]);
	const rest = excused.slice(mostReasons).reduce((sum, { count }) => sum + count, 0);
	return [table([
		head,
		...rows,
		...rest > 0 ? [[
			[text("others")],
			[text("–")],
			[text(amount(rest))]
		]] : []
	])];
}
const joined = (parts, between) => parts.filter((part) => part.length > 0).flatMap((part, i) => i === 0 ? part : [between, ...part]);
const dotted$1 = (...parts) => joined(parts, text(" · "));
const some$1 = (words, most = 200) => words === "" ? [] : prose(words, most);
/** An address that is longer than a page of text is left to the record. */
const fitting = (address) => address !== void 0 && address.length <= 500 ? address : void 0;
/** How bad, what and where; how it is mended and by whom; and why this severity. */
function item(found, record, { flavour }) {
	const { place, elsewhere } = linksOf(found, record);
	const where = placeOf(found);
	const excuse = excuseWords(found);
	const counts = found.fate === "counted" || found.fate === "review";
	const what = [
		strong([text(counts ? gravity(found) : `${fateWord(found.fate)}, ${gravity(found)}`)]),
		text(" "),
		...prose(found.message, 240)
	];
	const mending = dotted$1(linkedCode(where ?? (place === void 0 ? "" : "see it there"), place), some$1(fixWords(found)), some$1(nameOf(found), 160), found.package === void 0 ? [] : code(found.package, 120), some$1(excuse === "" ? "" : counts ? `counts all the same: ${excuse}` : excuse, 300), found.owner === void 0 ? [] : [text("owner "), ...prose(found.owner, 100)], some$1(ageWords(found, record)), linkedHost("help: ", fitting(found.help)), linkedHost("shown by ", fitting(elsewhere)));
	const why = dotted$1([text("severity: "), ...prose(whyWords(found), 240)], [text("identity "), ...code(shortIdentity(found.identity))]);
	return flavour === "github" ? joined([
		what,
		mending,
		small(why)
	], lineBreak) : dotted$1(what, mending, why);
}
/** Waivers that are over, unused or too wide, and the like. */
function remarksBlocks(gates, { cut }) {
	const all = remarksOf(gates);
	if (all.length === 0) return [];
	const shown = all.slice(0, cut.remarks);
	const missing = all.length - shown.length;
	const more = shown.length === 0 ? `${amount(missing)} in the files beside the scans` : `and ${amount(missing)} more`;
	return [
		heading(3, [text("To put in order")]),
		...shown.length === 0 ? [] : [list(shown.map((message) => prose(message, 300)))],
		...missing === 0 ? [] : [paragraph([text(more)])]
	];
}
// build/report/flags-markdown.js
/** @param cut `reason`: characters of each text; `entries`: of a list, where nothing in them asks for somebody to act */
function flagsBlocks(record, cut) {
	return [...rolloutBlocks(record, cut.reason), ...changeBlocks(record, cut)];
}
function rolloutBlocks({ rollout }, reason) {
	if (rollout === void 0) return [];
	const rows = stepLines(rollout).map(({ mark, percent, words }) => [[text(`${mark}\u00a0${percent.replace(" ", "\xA0")}`)], prose(words, Math.min(reason, 300))]);
	const head = ["Step", "What came of it"].map((title) => [text(title)]);
	return [
		heading(3, [text("Rollout")]),
		paragraph([...prose(`${standsWords(rollout)}.`, Math.max(reason, 120))]),
		...reason < 60 ? [] : [table([head, ...rows])]
	];
}
/** What needs somebody to act is never left out. */
function changeBlocks(record, { reason, entries }) {
	const lines = flagLines(record);
	const shown = lines.filter(({ trouble }, index) => trouble || index < Math.max(entries, 1));
	if (shown.length === 0) return [];
	const items = shown.map(({ mark, flag, words, trouble }) => [
		text(`${mark} `),
		...code(flag, 100),
		text(" "),
		...trouble ? [strong(prose(words, Math.max(reason, 200)))] : prose(words, reason)
	]);
	const more = lines.length - shown.length;
	return [
		heading(3, [text("Flags")]),
		list(items),
		...more > 0 ? [paragraph([text(`and ${more} more that are as wanted`)])] : []
	];
}
// build/report/summary.js
/** The job summary: what most users ever see. The verdict comes first, then why, then all that was looked at. */
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
		rows: "not healthy"
	},
	{
		...full,
		evidence: "none",
		findings: worst(5, 5),
		rows: "blocking",
		entries: 50
	},
	{
		evidence: "none",
		rows: "none",
		findings: worst(3, 0),
		entries: 10,
		reason: 300
	},
	{
		evidence: "none",
		rows: "none",
		findings: worst(1, 0),
		entries: 3,
		reason: 120
	},
	{
		evidence: "none",
		rows: "none",
		findings: worst(0, 0),
		entries: 0,
		reason: 60
	},
	{
		evidence: "none",
		rows: "none",
		findings: worst(0, 0),
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
		...flagsBlocks(view.record, {
			reason: cut.reason,
			entries: cut.entries
		}),
		...overview(view, cut),
		...findings(view, options, cut),
		...proven(view, cut),
		...notMeasured(view, cut),
		...next(view, cut),
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
		const { mark, word } = stateWords$1(gate);
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
			text(`, ${stateWords$1(gate).word}`),
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
