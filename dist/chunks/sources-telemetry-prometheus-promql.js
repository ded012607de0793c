// build/sources/telemetry/prometheus/promql.js
/**
* The selectors of a query, each once. Those that look at another time (`offset`, `@`, also of a subquery around them) are left
* out, since they say nothing about now.
*
* @param parser of `@prometheus-io/lezer-promql`, which is loaded only where a query is asked
* @returns undefined when the query does not parse
*/
function selectorsOf(query, parser) {
	const found = [];
	const elsewhere = [];
	let valid = true;
	parser.parse(query).iterate({ enter({ type, name, node }) {
		if (type.isError) valid = false;
		if (name === "VectorSelector") found.push(node);
		if (name === "OffsetExpr" || name === "StepInvariantExpr") elsewhere.push(boundBy(node));
	} });
	if (!valid) return void 0;
	const selectors = found.filter((node) => !elsewhere.some(({ from, to }) => from <= node.from && node.to <= to)).map((node) => selectorOf(node, query));
	return [...new Map(selectors.map((selector) => [[...selector.matchers].sort().join("\n"), selector])).values()];
}
/**
* What an `offset`, an `@` or the range of a subquery belongs to. In PromQL they bind tighter than any operator; the grammar hangs
* them on the whole expression before them, so in `a / b offset 1h` it is the last operand.
*/
function boundBy(node) {
	const inner = /^(?:OffsetExpr|StepInvariantExpr|SubqueryExpr)$/.test(node.name) ? node.firstChild : void 0;
	const last = /^(?:BinaryExpr|UnaryExpr)$/.test(node.name) ? node.lastChild : void 0;
	const next = inner ?? last;
	return next ? boundBy(next) : node;
}
function selectorOf(node, query) {
	const matchers = /* @__PURE__ */ new Set();
	node.cursor().iterate(({ name, from, to }) => {
		const text = query.slice(from, to);
		if (name === "Identifier" || name === "QuotedLabelName") matchers.add(`__name__=${name === "Identifier" ? `"${text}"` : text}`);
		if (name.endsWith("LabelMatcher")) matchers.add(text.replace(/\s*(=~|!~|!=|=)\s*/, "$1"));
		return name === "VectorSelector" || name === "LabelMatchers";
	});
	return {
		text: query.slice(node.from, node.to),
		matchers
	};
}
/** Whether every series of `narrow` is one of `wide` too, by the letters of their matchers alone. */
const covers = (wide, narrow) => wide.matchers.size < narrow.matchers.size && [...wide.matchers].every((matcher) => narrow.matchers.has(matcher));
const label = "signalbox";
/** One query whose answer tells `Liveness` of all the selectors. `rangeSeconds`: length of the window. */
function livenessQuery(selectors, rangeSeconds) {
	const tagged = (expression, tag) => `label_replace(${expression}, "${label}", "${tag}", "", "")`;
	return selectors.flatMap(({ text }, i) => [
		tagged(`count(${text})`, `live ${i}`),
		tagged(`count(present_over_time(${text}[${rangeSeconds}s]))`, `recent ${i}`),
		tagged(`max(timestamp(${text}))`, `newest ${i}`)
	]).join(" or ");
}
/** Reads the answer to `livenessQuery`; what is not there is 0, or unknown. */
function readLiveness(selectors, answer) {
	const values = new Map(answer.map(({ labels, value }) => [labels[label], value]));
	const number = (tag) => {
		const value = values.get(tag);
		return typeof value === "number" && Number.isFinite(value) ? value : void 0;
	};
	return selectors.map((selector, i) => {
		const newest = number(`newest ${i}`);
		return {
			selector,
			live: number(`live ${i}`) ?? 0,
			recent: number(`recent ${i}`) ?? 0,
			newest: newest === void 0 ? void 0 : newest * 1e3
		};
	});
}
/**
* Weighs the selectors of one query against each other. A query is as fresh as its stalest part; but a selector without series
* is no fault by itself: before the first failure, or after a restart, `x{code=~"5.."}` has none while `x` is alive.
*/
function weigh(behind) {
	const alive = behind.filter((s) => s.live > 0);
	const wider = (s) => alive.some((other) => covers(other.selector, s.selector));
	const silent = behind.filter((s) => s.live === 0 && s.recent > 0 && !wider(s));
	const absent = behind.filter((s) => s.live === 0 && !silent.includes(s));
	const times = alive.map((s) => s.newest);
	const newest = times.every((time) => time !== void 0) && times.length > 0 ? Math.min(...times) : void 0;
	return {
		live: alive.filter((s) => !wider(s)).reduce((sum, s) => sum + s.live, 0),
		newest,
		silent: silent.map((s) => s.selector),
		absent: absent.map((s) => s.selector)
	};
}
export { weigh as i, readLiveness as n, selectorsOf as r, livenessQuery as t };
