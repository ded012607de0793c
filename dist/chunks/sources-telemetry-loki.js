import { $ as optional, A as check, L as is, O as array, Q as object, St as queryOf, V as literal, bt as defineSource, ct as safeParse, dt as string, ft as transform, g as described, gt as unknown, it as pipe, ut as strictObject, vt as NotMeasured, y as filled } from "./base.js";
import { Cn as parseJson, Zn as iso, an as signsInOneWay, hr as serverWords, in as oneWayToSignIn, nn as authFields, rn as authorization, vr as oneLine, wn as refuseDenied } from "./shared.js";
import { D as success, I as refuseMany, M as mostInBins, S as settleField, T as refusal, a as binAdvice, c as lookBackAdvice, d as spanOf, j as isInBins, k as toSeries, l as refuseOtherBins, s as expandRange, x as baseUrl } from "./late.js";
// build/sources/telemetry/logql.js
/** As much of LogQL as is needed to find the streams that a query reads (https://grafana.com/docs/loki/latest/query/). */
/** A text, a comment, or any one character. A brace within a text or a comment is none. */
const lexer = /(?<text>"(?:\\[\s\S]|[^"\\])*"|`[^`]*`)|(?<comment>#[^\n]*)|[\s\S]/gy;
/**
* The stream selectors of a query, each once. Those that look at another time (`offset`) are left out, since they say nothing about
* now.
*
* @returns none where braces or quotes are left open
*/
function selectorsOf(query) {
	const found = [];
	let open;
	for (const { 0: piece, groups } of query.matchAll(lexer)) {
		if (groups?.comment !== void 0) continue;
		const plain = groups?.text === void 0;
		if (plain && piece === "{") {
			if (open) return [];
			open = {
				text: "{",
				parts: [""]
			};
		} else if (open && plain && piece === "}") {
			found.push({
				text: `${open.text}}`,
				parts: open.parts,
				after: ""
			});
			open = void 0;
		} else if (open) {
			open.text += piece;
			if (plain && piece === ",") open.parts.push("");
			else if (!(plain && /\s/.test(piece))) open.parts.push((open.parts.pop() ?? "") + piece);
		} else {
			const last = found.at(-1);
			if (last && plain) last.after += piece;
		}
	}
	if (open) return [];
	const selectors = found.filter(({ after }) => !/\boffset\b/.test(after)).map(({ text, parts }) => ({
		text,
		matchers: new Set(parts.filter((part) => part !== ""))
	}));
	return [...new Map(selectors.map((s) => [[...s.matchers].sort().join("\n"), s])).values()];
}
// build/sources/telemetry/loki.js
/**
* Source `loki`: numbers from logs, by LogQL metric queries (`query` and `query_range`;
* https://grafana.com/docs/loki/latest/reference/loki-http-api/). Lines of the log are never read.
*/
const fields = strictObject({
	url: described(baseUrl, "Base URL; `/loki/api/v1/query` is added to it."),
	...authFields,
	tenant: described(optional(filled), "Sent as `X-Scope-OrgID`; several with `|` between them."),
	settle: settleField("lines", "30s")
});
const schema = pipe(fields, check((c) => signsInOneWay(c), oneWayToSignIn));
/** A time in nanoseconds and the line, which is not read. */
const entry = pipe(array(unknown()), check(([at]) => typeof at === "string" && /^\d{7,19}$/.test(at)), transform(([at]) => Number(String(at).slice(0, -6))));
const streams = object({
	status: literal("success"),
	data: object({
		resultType: literal("streams"),
		result: array(object({ values: array(entry) }))
	}),
	warnings: optional(array(string()), [])
});
const logLines = object({ data: object({ resultType: literal("streams") }) });
const maxSeries = 200;
const nanoseconds = (ms) => `${Math.round(ms)}000000`;
const needsMetric = () => new NotMeasured("bad-query", "the query gives log lines, expected a number: use count_over_time(), rate() or another function on it", { permanent: true });
var Loki = class {
	#config;
	#context;
	#origin;
	constructor(config, context) {
		this.#config = config;
		this.#context = context;
		this.#origin = new URL(config.url).origin;
	}
	async ask(question, signal) {
		const { window, range } = question;
		const query = expandRange(queryOf(question), spanOf(question));
		refuseOtherBins(query, question);
		const selectors = selectorsOf(query);
		const [answer, ...found] = await Promise.all([this.#main(question, query, signal), ...selectors.map((selector) => this.#newest(selector, window, signal))]);
		const series = toSeries(answer, {
			window,
			...range && { range }
		});
		refuseMany(series.length, isInBins(range?.reduce) ? mostInBins : maxSeries);
		const { live, newest, silent } = weigh(found);
		const warnings = /* @__PURE__ */ new Set([...answer.warnings, ...found.flatMap((f) => f.warnings)]);
		const of = selectors.map(({ text }) => oneLine(text, 80)).join(", ");
		const notes = [...[...warnings].map((text) => oneLine(text)), ...silent.map(({ text }) => `\`${oneLine(text, 120)}\` has no line in the window`)];
		if (live > 0 && series.length === 0) notes.push("no line that counts gives no series: write `or vector(0)` behind what may be missing");
		return {
			kind: "samples",
			subject: `streams of ${of || "no selector, since none can be read from the query"} on ${this.#origin}`,
			query,
			at: iso(this.#context.clock.now()),
			seen: live,
			notes,
			partial: warnings.size > 0,
			window: {
				from: iso(window.from),
				to: iso(window.to)
			},
			newest: newest === void 0 ? null : iso(newest),
			series
		};
	}
	async #main({ window, range }, query, signal) {
		const json = range === void 0 ? await this.#send("query", {
			query,
			time: nanoseconds(window.to)
		}, signal) : await this.#send("query_range", {
			query,
			...span(evaluated(window, range)),
			step: String(range.everyMs / 1e3)
		}, signal);
		if (is(logLines, json)) throw needsMetric();
		const parsed = safeParse(success, json);
		if (!parsed.success) throw this.#foreign();
		return parsed.output;
	}
	async #newest(selector, window, signal) {
		const form = {
			query: selector.text,
			...span(window),
			limit: "1",
			direction: "backward"
		};
		const parsed = safeParse(streams, await this.#send("query_range", form, signal));
		if (!parsed.success) throw this.#foreign();
		const { data, warnings } = parsed.output;
		const times = data.result.flatMap(({ values }) => values).filter((at) => at >= window.from && at <= window.to);
		return {
			selector,
			newest: times.length === 0 ? void 0 : Math.max(...times),
			warnings
		};
	}
	async #send(endpoint, form, signal) {
		const { url, tenant } = this.#config;
		const headers = {
			"content-type": "application/x-www-form-urlencoded",
			accept: "application/json",
			...authorization(this.#config),
			...tenant === void 0 ? {} : { "x-scope-orgid": tenant }
		};
		const response = await this.#context.http.send({
			url: `${url}/loki/api/v1/${endpoint}`,
			method: "POST",
			headers,
			body: new URLSearchParams(form).toString(),
			signal
		});
		refuseDenied(response, this.#origin, "permission to read logs (in Grafana Cloud `logs:read`)", headers);
		if (response.status >= 400) throw refused(response.status, response.text, headers);
		const json = parseJson(response, this.#origin);
		if (is(refusal, json)) throw new NotMeasured("query-failed", `the query failed${serverWords(response.text, headers)}`);
		return json;
	}
	#foreign() {
		return new NotMeasured("bad-answer", `${this.#origin} answered something that is not Loki's API: is the URL right?`);
	}
};
/** An evaluation looks back on the bin that it ends. */
const evaluated = ({ from, to }, { everyMs, reduce }) => isInBins(reduce) ? {
	from: from + everyMs,
	to
} : {
	from,
	to
};
const span = ({ from, to }) => ({
	start: nanoseconds(from),
	end: nanoseconds(to)
});
function refused(status, text, sent) {
	if (/log queries are not supported/i.test(text)) return needsMetric();
	const [, pipeline] = /pipeline error: '(\w{1,60})'/.exec(text) ?? [];
	if (pipeline !== void 0) {
		const message = `Loki could not read a line (${pipeline}); leave such lines out with \`| __error__=""\``;
		return new NotMeasured("query-failed", message);
	}
	const permanent = status === 400 || status === 422;
	const message = `Loki refuses the query (${status})${serverWords(text, sent)}`;
	return new NotMeasured(permanent ? "bad-query" : "query-failed", message, { permanent });
}
/**
* What the streams behind a query prove. One that is silent proves nothing, unless it is only a narrower view of a living one, such as
* `{app="shop", level="error"}` beside `{app="shop"}`.
*/
function weigh(found) {
	const living = found.filter(({ newest }) => newest !== void 0);
	const narrows = (a, b) => a !== b && a.matchers.size > b.matchers.size && [...b.matchers].every((m) => a.matchers.has(m));
	const silent = found.filter(({ newest }) => newest === void 0).map(({ selector }) => selector);
	const unproven = silent.filter((s) => !living.some((l) => narrows(s, l.selector)));
	const times = living.filter((a) => !living.some((b) => narrows(a.selector, b.selector))).flatMap(({ newest }) => newest ?? []);
	if (unproven.length > 0 || times.length === 0) return {
		live: 0,
		newest: void 0,
		silent
	};
	return {
		live: living.length,
		newest: Math.min(...times),
		silent
	};
}
const lokiSource = defineSource({
	type: "loki",
	families: ["telemetry"],
	windowInQuery: true,
	schema,
	settleMs: (config) => config.settle,
	open(config, context) {
		const loki = new Loki(config, context);
		return { telemetry: (question, signal) => loki.ask(question, signal) };
	},
	lint(question, { warmupMs }) {
		const { query } = question;
		if (typeof query !== "string") return [];
		const advice = [];
		if (selectorsOf(query).length === 0) advice.push("no stream selector `{…}` of now can be read from the query, so nothing it gives can be proven");
		return [
			...advice,
			...binAdvice(query, question),
			...lookBackAdvice(query, warmupMs, "lines")
		];
	}
});
export { lokiSource };
