import { A as check, St as queryOf, b as formatDuration, bt as defineSource, ct as safeParse, it as pipe, ut as strictObject, vt as NotMeasured, yt as adviceOn } from "./base.js";
import { A as emptyBins, C as askRules, D as success, E as refuseError, H as parseMatchers, I as refuseMany, M as mostInBins, O as toCounters, _ as Connection, a as binAdvice, b as oneConnection, c as lookBackAdvice, d as spanOf, i as weigh, j as isInBins, k as toSeries, l as refuseOtherBins, n as readLiveness, r as selectorsOf, s as expandRange, t as livenessQuery, u as silenceSeconds, v as connectionFields, y as connects } from "./late.js";
import { Cn as parseJson, Zn as iso, vr as oneLine, wn as refuseDenied } from "./shared.js";
/**
* What a query does that leaves no counter to look at: a function takes the growth itself; the sum of several counters falls when one of
* them begins anew, which would count all the others once more.
*
* @returns undefined for bare counters, also narrowed or joined by operators that keep each series by itself
*/
function spoilsCounters(query, parser) {
	let spoiler;
	parser.parse(query).iterate({ enter({ name, node }) {
		const operator = node.getChild("Or") ?? node.getChild("And") ?? node.getChild("Unless") ?? node.getChild("Mul");
		if (name === "AggregateExpr" || name === "MatrixSelector" || name === "SubqueryExpr" || name === "UnaryExpr" || name === "BinaryExpr" && operator === null || name === "FunctionIdentifier" && !/^label_(?:replace|join)$/.test(query.slice(node.from, node.to))) spoiler ??= node;
		return spoiler === void 0;
	} });
	return spoiler && query.slice(spoiler.from, spoiler.to);
}
/** The value at each edge of a bin, from the first of the look-back; null: none. */
function atEdges(points, { from, to, everyMs }) {
	const begin = from - 5 * everyMs;
	const edges = emptyBins(Math.round((to - begin) / everyMs) + 1);
	for (const { at, value } of points) {
		const place = Math.round((at - begin) / everyMs);
		if (place >= 0 && place < edges.length) edges[place] = value;
	}
	return edges;
}
/** Whether a series that was not there before appears inside the window. */
const isBorn = ({ points }, grid) => atEdges(points, grid).findIndex((value) => value !== null) > 5;
/**
* Growth in each bin. A counter that falls began anew, so that its new value is what it grew by; growth over a gap belongs to the bin in
* which the series is back. A series that is born counts from 0 only where its target was scraped before: otherwise its first value may
* be that of years.
*
* @param scraped whether its target was known to be up at this time
*/
function grown({ points }, grid, scraped) {
	const edges = atEdges(points, grid);
	const bins = emptyBins(edges.length - 1 - 5);
	let last;
	for (const [i, value] of edges.entries()) {
		const bin = i - 5 - 1;
		if (value === null) continue;
		if (typeof value !== "number") {
			if (bin >= 0) bins[bin] = value;
			continue;
		}
		if (bin >= 0 && last !== void 0) bins[bin] = value >= last ? value - last : value;
		else if (bin >= 0 && scraped(grid.from + bin * grid.everyMs)) bins[bin] = value;
		last = value;
	}
	return bins;
}
/**
* What a counter was scraped from; undefined where that is not what counts. A gateway or collector that passes on the counters of others
* leaves their own names in `exported_…`: it may be up long before it is sent a counter that has grown for years.
*/
const instanceOf = (labels) => labels.exported_instance === void 0 && labels.exported_job === void 0 ? labels.instance : void 0;
/** The query that tells whether the targets of these counters were scraped; undefined: they name none. */
function upQuery(counters) {
	const instances = [...new Set(counters.flatMap(({ labels }) => instanceOf(labels) ?? []))];
	const quoted = instances.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
	return instances.length === 0 ? void 0 : `up{instance=~${JSON.stringify(quoted.join("|"))}}`;
}
/** Reads the answer to `upQuery`: whether the target of a counter was up at an edge. */
function scrapedBy(up) {
	return ({ labels }) => {
		const instance = instanceOf(labels);
		const upAt = up.filter((target) => target.labels.instance === instance && Object.entries(target.labels).every(([name, value]) => name === "__name__" || labels[name] === void 0 || labels[name] === value)).map(({ points }) => new Set(points.flatMap((p) => p.value === 1 ? p.at : [])));
		return (at) => instance !== void 0 && upAt.length > 0 && upAt.every((times) => times.has(at));
	};
}
/** The counters as series of an answer; without those that ended before the window, which say nothing of it. */
function toGrowth(counters, grid, scraped) {
	return counters.flatMap((counter) => {
		const bins = grown(counter, grid, scraped(counter));
		if (bins.every((value) => value === null)) return [];
		return [{
			labels: { ...counter.labels },
			value: bins.at(-1) ?? null,
			points: counter.points.length,
			bins
		}];
	});
}
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
	/** By the metrics of the query, which both arms of a canary have in common. */
	#bounds = /* @__PURE__ */ new Map();
	constructor(connection, context) {
		this.#connection = connection;
		this.#context = context;
	}
	async ask(question, signal) {
		const { range, window } = question;
		const inBins = isInBins(range?.reduce);
		const query = expandRange(queryOf(question), spanOf(question));
		if (range?.reduce === "increase") await refuseSpoilt(query);
		refuseOtherBins(query, question);
		const main = this.#main(question, query, signal);
		main.catch(() => {});
		const { parser } = await import("./prometheus-io-lezer-promql.js");
		const selectors = selectorsOf(query, parser) ?? [];
		const time = { time: seconds(window.to) };
		const raw = selectors.length > 0 ? this.#send("query", {
			query: livenessQuery(selectors, silenceSeconds(question)),
			...time
		}, signal) : void 0;
		const [answer, evidence] = await Promise.all([main, raw]);
		const proven = evidence ? weigh(readLiveness(selectors, toSeries(evidence, void 0))) : void 0;
		const warnings = /* @__PURE__ */ new Set([...answer.warnings, ...evidence?.warnings ?? []]);
		const series = range?.reduce === "increase" ? await this.#growth(answer, {
			...window,
			everyMs: range.everyMs
		}, signal) : toSeries(answer, {
			window,
			...range && { range }
		}, this.#given(selectors));
		refuseMany(series.length, inBins ? mostInBins : maxSeries);
		return this.#measurement(question, query, {
			...answer,
			series,
			warnings: [...warnings]
		}, selectors, proven);
	}
	#given(selectors) {
		const names = selectors.flatMap(({ matchers }) => [...matchers].filter((m) => m.startsWith("__name__=")));
		const key = [...new Set(names)].toSorted().join();
		const given = this.#bounds.get(key) ?? {};
		this.#bounds.set(key, given);
		return given;
	}
	async #growth(answer, grid, signal) {
		const counters = toCounters(answer);
		const query = upQuery(counters.filter((counter) => isBorn(counter, grid)));
		return toGrowth(counters, grid, scrapedBy(query === void 0 ? [] : toCounters(await this.#send("query_range", overGrid(query, grid), signal))));
	}
	#main(question, query, signal) {
		const { from, to } = question.window;
		if (!question.range) return this.#send("query", {
			query,
			time: seconds(to)
		}, signal);
		const { everyMs, reduce } = question.range;
		const before = reduce === "increase" ? 5 : 0;
		if ((to - from) / everyMs + before >= maxPoints) {
			const message = `${formatDuration(to - from)} every ${formatDuration(everyMs)} are more than the ${maxPoints} points that Prometheus gives: write a longer \`range.every\``;
			return Promise.reject(new NotMeasured("bad-query", message, { permanent: true }));
		}
		if (reduce === "increase") return this.#send("query_range", overGrid(query, {
			from,
			to,
			everyMs
		}), signal);
		const start = isInBins(reduce) ? from + everyMs : from;
		return this.#send("query_range", {
			query,
			start: seconds(start),
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
	#measurement({ window }, query, { series, ...answer }, selectors, proven) {
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
/** A range query at the edges of the bins, those of the look-back too. */
const overGrid = (query, { from, to, everyMs }) => ({
	query,
	start: seconds(from - 5 * everyMs),
	end: seconds(to),
	step: seconds(everyMs)
});
/** @throws {NotMeasured} `bad-query` for what gives no bare counters */
async function refuseSpoilt(query) {
	const { parser } = await import("./prometheus-io-lezer-promql.js");
	const spoiler = spoilsCounters(query, parser);
	if (spoiler === void 0) return;
	const message = `expected bare counters such as \`http_requests_total{code=~"5.."}\`, found \`${oneLine(spoiler, 80)}\`: what they grow by is taken of each, and the series of an arm are added up afterwards; for a query that counts itself leave \`counters\` out`;
	throw new NotMeasured("bad-query", message, { permanent: true });
}
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
		return [
			...advice,
			...binAdvice(query, question),
			...lookBackAdvice(query, warmupMs, "traffic")
		];
	}
});
export { prometheusSource };
