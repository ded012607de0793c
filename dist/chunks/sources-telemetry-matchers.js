import { t as NotMeasured } from "./sources-source.js";
// build/sources/telemetry/matchers.js
/**
* Label matchers as Prometheus and Alertmanager write them: `severity=~"page|critical", service="checkout"`
* (https://prometheus.io/docs/alerting/latest/alertmanager/#matcher).
*/
const form = /\s*([A-Za-z_][\w.]*)\s*(=~|!~|!=|=)\s*"((?:\\.|[^"\\])*)"\s*(,|$)/y;
/**
* @param text with or without braces around it
* @throws {NotMeasured} `bad-query` for what is no list of matchers, or holds no regular expression where one is due
*/
function parseMatchers(text) {
	const inner = text.trim().replace(/^\{([\s\S]*)\}$/, "$1").trim();
	const matchers = [];
	form.lastIndex = 0;
	let last = ",";
	while (form.lastIndex < inner.length) {
		const [, label, operator, raw, end] = form.exec(inner) ?? [];
		if (label === void 0 || operator === void 0 || raw === void 0) throw wrong(text);
		const value = raw.replace(/\\(["\\n])/g, (_, c) => c === "n" ? "\n" : c);
		matchers.push({
			label,
			operator,
			value
		});
		if (operator.endsWith("~")) patternOf(value, text);
		last = end ?? "";
	}
	if (matchers.length === 0 || last === ",") throw wrong(text);
	return matchers;
}
function wrong(text, more = "") {
	const message = `expected matchers such as \`severity="page", service=~"check.*"\`, found \`${text}\`${more}`;
	return new NotMeasured("bad-query", message, { permanent: true });
}
/** Anchored at both ends, as Prometheus does. */
function patternOf(value, text) {
	try {
		return new RegExp(`^(?:${value})$`, "su");
	} catch {
		throw wrong(text, ` (\`${value}\` is no regular expression)`);
	}
}
/** Whether labels satisfy all matchers; a label that is not there is empty. */
function satisfies(labels, matchers) {
	return matchers.every(({ label, operator, value }) => {
		const given = Object.hasOwn(labels, label) ? labels[label] ?? "" : "";
		if (operator === "=") return given === value;
		if (operator === "!=") return given !== value;
		return patternOf(value, value).test(given) === (operator === "=~");
	});
}
/** As Alertmanager's `filter` wants each of them. */
const matcherText = ({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`;
export { parseMatchers as n, satisfies as r, matcherText as t };
