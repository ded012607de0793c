import { $ as optional, A as check, J as null_, O as array, Q as object, St as queryOf, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, ht as union, it as pipe, mt as tuple, ot as record, ut as strictObject, vt as NotMeasured, x as httpUrl } from "./base.js";
import { Cn as parseJson, Zn as iso, an as signsInOneWay, cr as reportedNumber, in as oneWayToSignIn, nn as authFields, rn as authorization, vr as oneLine, wn as refuseDenied } from "./shared.js";
import { L as seriesOver, P as refuseAskew, S as settleField, j as isInBins, o as expandInterval } from "./late.js";
// build/sources/telemetry/graphite.js
/**
* Source `graphite`: graphite-web's render API and whatever speaks it
* (https://graphite.readthedocs.io/en/stable/render_api.html).
*/
const fields = strictObject({
	url: described(httpUrl, "Base URL; `/render` is added to it."),
	...authFields,
	settle: settleField("points", "0s")
});
const schema = pipe(fields, check((c) => signsInOneWay(c), oneWayToSignIn));
/** A value and its time in seconds since the epoch, in this order. */
const datapoint = tuple([union([
	number(),
	string(),
	null_()
]), number()]);
const rendered = array(object({
	target: string(),
	tags: optional(record(string(), unknown()), {}),
	datapoints: array(datapoint)
}));
const maxSeries = 200;
/** Name of the series that shows whether the points behind a path still come. */
const evidence = (i) => `signalbox-evidence-${i}`;
/**
* The paths that a target reads: all that is no function, number, text or option, and `seriesByTag(…)` as it stands. They are asked
* for beside the target, since `transformNull`, `keepLastValue`, `fallbackSeries` and the like give values where nothing arrived.
*/
function pathsOf(target) {
	const byTag = target.match(/\bseriesByTag\s*\((?:[^()"']|"[^"]*"|'[^']*')*\)/g) ?? [];
	const paths = (byTag.reduce((text, call) => text.replace(call, ""), target).replaceAll(/"[^"]*"|'[^']*'/g, "").match(/(?:[^\s(),{}]|\{[^{}]*\})+(?:\s*\()?/g) ?? []).filter((word) => !word.endsWith("(") && !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$|^(?:true|false|none)$|=/i.test(word));
	return [.../* @__PURE__ */ new Set([...byTag, ...paths])];
}
async function ask(config, context, question, signal) {
	const { window, range } = question;
	const inBins = range !== void 0 && isInBins(range.reduce);
	const target = expandInterval(queryOf(question), question, (s) => `${s}s`, perBin);
	const paths = pathsOf(target);
	const found = await render(config, context, [target, ...paths.map((path, i) => `alias(maxSeries(${path}),'${evidence(i)}')`)], inBins ? {
		from: window.from - range.everyMs,
		to: window.to
	} : window, signal);
	const own = found.filter((s) => !s.target.startsWith(evidence(0).slice(0, -1)));
	if (own.length > maxSeries) {
		const message = `the target gave ${own.length} series, more than ${maxSeries}: aggregate them, e.g. with sumSeries()`;
		throw new NotMeasured("too-many-series", message, { permanent: true });
	}
	const series = own.map((s) => {
		const points = pointsOf(s, window);
		if (inBins) refuseOtherSteps(s, range.everyMs);
		refuseAskew(points, question, `write \`${perBin}\``);
		return {
			labels: labelsOf(s, inBins ? 2 : own.length),
			...seriesOver(points, question, "begin")
		};
	});
	const newest = paths.map((_, i) => newestOf(found.filter((s) => s.target === evidence(i)), window));
	const silent = paths.filter((_, i) => newest[i] === void 0);
	const told = newest.filter((at) => at !== void 0);
	const live = silent.length === 0 && told.length > 0;
	const shown = paths.map((path) => oneLine(path, 80)).join(", ");
	return {
		kind: "samples",
		subject: `${own.length} series from ${shown || "no path, since none can be read from the target"} on ${new URL(config.url).origin}`,
		query: target,
		link: `${config.url}/render?${form([target], window).toString()}&format=png`,
		at: iso(context.clock.now()),
		seen: live ? series.filter(({ points }) => points > 0).length : 0,
		notes: silent.map((path) => `\`${oneLine(path, 120)}\` has no point in the window`),
		partial: false,
		window: {
			from: iso(window.from),
			to: iso(window.to)
		},
		newest: live ? iso(Math.min(...told)) : null,
		series: series.filter(({ points }) => points > 0)
	};
}
const perBin = "summarize(…, \"$__interval\", \"sum\")";
/** Points without a value come too, so that the distance of all of them is known. */
function refuseOtherSteps({ datapoints }, everyMs) {
	if (!datapoints.some(([, at], i) => i > 0 && (at - (datapoints[i - 1]?.[1] ?? at)) * 1e3 !== everyMs) && datapoints.length !== 1) return;
	const message = `Graphite gives points that are not ${everyMs / 1e3} s apart: write \`${perBin}\``;
	throw new NotMeasured("bad-query", message, { permanent: true });
}
/** `from` itself is left out by Graphite, `until` is not. */
function form(targets, { from, to }) {
	const params = new URLSearchParams(targets.map((target) => ["target", target]));
	params.set("from", String(Math.ceil(from / 1e3) - 1));
	params.set("until", String(Math.ceil(to / 1e3) - 1));
	return params;
}
async function render(config, { http }, targets, window, signal) {
	const { origin } = new URL(config.url);
	const headers = {
		"content-type": "application/x-www-form-urlencoded",
		accept: "application/json",
		...authorization(config)
	};
	const body = `${form(targets, window).toString()}&format=json&noCache=1`;
	const response = await http.send({
		url: `${config.url}/render`,
		method: "POST",
		headers,
		body,
		signal
	});
	refuseDenied(response, origin, "permission to render", headers);
	if (response.status === 400) {
		const [, reason] = /\(([^()]{1,200})\)/.exec(response.text) ?? [];
		const said = reason === void 0 ? "" : `: ${oneLine(reason)}`;
		throw new NotMeasured("bad-query", `Graphite refuses the target${said}`, { permanent: true });
	}
	const parsed = safeParse(rendered, parseJson(response, origin));
	if (!parsed.success || response.status !== 200) {
		const message = `${origin} answered ${response.status} with something that is not Graphite's render API: is the URL right?`;
		throw new NotMeasured("bad-answer", message);
	}
	return parsed.output;
}
/** The points of the window; null is Graphite's word for none. */
const pointsOf = ({ datapoints }, { from, to }) => datapoints.filter(([value, seconds]) => value !== null && seconds * 1e3 >= from && seconds * 1e3 < to).map(([value, seconds]) => ({
	at: seconds * 1e3,
	value: reportedNumber(value)
})).toSorted((a, b) => a.at - b.at);
function newestOf(found, window) {
	return found.flatMap((s) => pointsOf(s, window).at(-1)?.at ?? []).toSorted((a, b) => a - b)[0];
}
const labelsOf = ({ target, tags }, of) => of === 1 ? {} : {
	target: oneLine(target, 120),
	...Object.fromEntries(Object.entries(tags).map(([k, x]) => [k, oneLine(String(x), 80)]))
};
const hiding = /\b(transformNull|keepLastValue|fallbackSeries|constantLine|threshold|interpolate)\s*\(/;
const graphiteSource = defineSource({
	type: "graphite",
	families: ["telemetry"],
	schema,
	settleMs: (config) => config.settle,
	open: (config, context) => ({ telemetry: (question, signal) => ask(config, context, question, signal) }),
	lint({ query }) {
		if (typeof query !== "string") return [];
		const [, name] = hiding.exec(query) ?? [];
		const advice = name === void 0 ? [] : [`\`${name}()\` gives values where nothing was measured`];
		if (pathsOf(query).length === 0) advice.push("no path can be read from the target, so nothing it gives can be proven");
		return advice;
	}
});
export { graphiteSource };
