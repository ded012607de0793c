import { F as success, Ft as adviceOn, I as toSeries, In as safeParse, It as defineSource, Ln as strictObject, Mn as pipe, P as refuseError, Pt as NotMeasured, Qt as oneLine, R as refuseMany, Rt as queryOf, U as parseMatchers, b as connects, bt as refuseDenied, c as rangeSeconds, d as selectorsOf, f as weigh, j as askRules, l as livenessQuery, nn as formatDuration, o as expandRange, pn as check, s as lookBackAdvice, u as readLiveness, v as Connection, x as oneConnection, y as connectionFields, yt as parseJson, zt as iso } from "./shared.js";
// build/sources/telemetry/prometheus/query.js
/** Queries in PromQL, and the proof that the series behind them are alive. */
const maxSeries = 200;
/** Prometheus' own limit of points per series. */
const maxPoints = 11e3;
const seconds = (ms) => (ms / 1e3).toFixed(3);
/** Asks for telemetry. */
var Queries = class {
	#connection;
	#context;
	constructor(connection, context) {
		this.#connection = connection;
		this.#context = context;
	}
	async ask(question, signal) {
		const query = expandRange(queryOf(question), question.window);
		const main = this.#main(question, query, signal);
		main.catch(() => {});
		const { parser } = await import("./prometheus-io-lezer-promql.js");
		const selectors = selectorsOf(query, parser) ?? [];
		const time = { time: seconds(question.window.to) };
		const raw = selectors.length > 0 ? this.#send("query", {
			query: livenessQuery(selectors, rangeSeconds(question.window)),
			...time
		}, signal) : void 0;
		const [answer, evidence] = await Promise.all([main, raw]);
		const proven = evidence ? weigh(readLiveness(selectors, toSeries(evidence, void 0))) : void 0;
		const warnings = /* @__PURE__ */ new Set([...answer.warnings, ...evidence?.warnings ?? []]);
		return this.#measurement(question, query, {
			...answer,
			warnings: [...warnings]
		}, selectors, proven);
	}
	#main(question, query, signal) {
		const { from, to } = question.window;
		if (!question.range) return this.#send("query", {
			query,
			time: seconds(to)
		}, signal);
		const { everyMs } = question.range;
		if ((to - from) / everyMs >= maxPoints) {
			const message = `${formatDuration(to - from)} every ${formatDuration(everyMs)} are more than the ${maxPoints} points that Prometheus gives: write a longer \`range.every\``;
			return Promise.reject(new NotMeasured("bad-query", message, { permanent: true }));
		}
		return this.#send("query_range", {
			query,
			start: seconds(from),
			end: seconds(to),
			step: seconds(everyMs)
		}, signal);
	}
	async #send(endpoint, form, signal) {
		const { origin } = this.#connection;
		const { response, sent } = await this.#connection.post(`/api/v1/${endpoint}`, form, signal);
		refuseDenied(response, origin, this.#connection.permission, sent);
		const json = parseJson(response, origin);
		refuseError(json, "Prometheus refuses the query");
		const parsed = safeParse(success, json);
		if (!parsed.success || response.status !== 200) {
			const message = `${origin} answered ${response.status} with something that is not Prometheus' API: is the URL right?`;
			throw new NotMeasured("bad-answer", message);
		}
		return parsed.output;
	}
	#measurement({ window, range }, query, answer, selectors, proven) {
		const series = toSeries(answer, range && {
			...range,
			to: window.to
		});
		refuseMany(series.length, maxSeries);
		const { origin } = this.#connection;
		const live = proven?.live ?? 0;
		const of = oneLine(selectors.map((s) => s.text).join(", "), 160);
		return {
			kind: "samples",
			subject: proven ? `${live} live series of ${of} on ${origin}` : `no series of now, since none can be read from the query: ${oneLine(query, 160)}`,
			query,
			link: this.#link(query, window),
			at: iso(this.#context.clock.now()),
			seen: live,
			notes: [...[...answer.warnings, ...answer.infos].map((text) => oneLine(text)), ...proven ? remarks(query, series.length, proven) : []],
			partial: answer.warnings.length > 0 || live > 0 && (proven?.silent.length ?? 0) > 0,
			window: {
				from: iso(window.from),
				to: iso(window.to)
			},
			newest: proven?.newest === void 0 ? null : iso(proven.newest),
			series
		};
	}
	#link(query, { from, to }) {
		const range = formatDuration(Math.max(36e5, 2 * (to - from)));
		const page = new URLSearchParams({
			"g0.expr": query,
			"g0.tab": "0",
			"g0.range_input": range,
			"g0.end_input": iso(to).slice(0, 19).replace("T", " ")
		});
		return `${this.#connection.url}/graph?${page.toString()}`;
	}
};
/** Whether a query gives a number where its series are missing. */
const hidesAbsence = (query) => /\bor\s+vector\s*\(/i.test(query);
/** What a person should know of the series behind the answer. */
function remarks(query, found, { live, silent, absent }) {
	const named = (s) => `\`${oneLine(s.text, 120)}\``;
	const notes = silent.map((s) => `${named(s)} has gone silent: its targets are down, or no longer write it`);
	if (live > 0) notes.push(...absent.map((s) => `${named(s)} has no series`));
	if (live > 0 && found === 0 && absent.length > 0) notes.push("without a failure yet, write `(<failures> or 0 * <all>) / <all>`: 0, but only while there is traffic");
	if (hidesAbsence(query)) notes.push("`or vector(…)` gives a number even when the series before it is missing");
	return notes;
}
// build/sources/telemetry/prometheus/index.js
/**
* Source `prometheus`: whatever speaks Prometheus' HTTP API (v1 `query`, `query_range` and `rules`;
* https://prometheus.io/docs/prometheus/latest/querying/api/).
*/
const schema = pipe(strictObject(connectionFields), check((c) => connects(c), oneConnection));
const prometheusSource = defineSource({
	type: "prometheus",
	families: ["telemetry", "alerts"],
	windowInQuery: true,
	schema,
	open(config, context) {
		const connection = new Connection(config, context);
		const queries = new Queries(connection, context);
		return {
			telemetry: (question, signal) => queries.ask(question, signal),
			alerts: ({ match }, signal) => askRules(connection, match, () => context.clock.now(), signal)
		};
	},
	lint(question, { warmupMs }) {
		const advice = [];
		if (question.family === "alerts") {
			const { match } = question;
			if (match === void 0) return ["without `match` every alert rule of the server counts"];
			return adviceOn(() => parseMatchers(match));
		}
		const { query } = question;
		if (typeof query !== "string") return advice;
		if (hidesAbsence(query)) advice.push("`or vector(…)` turns a missing series into a number, so that absence can no longer be seen; `or 0 * <a query that proves traffic>` does not");
		return [...advice, ...lookBackAdvice(query, warmupMs, "traffic")];
	}
});
export { prometheusSource };
