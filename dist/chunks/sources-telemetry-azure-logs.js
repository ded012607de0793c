import { B as weigh, G as globPattern, J as timespan, K as kqlString, N as LogsClient, R as evidenceQuery, V as isAppTable, W as calls, Y as tokensOf, ot as azureClouds, q as kqlTime, st as signalText, z as readsOf } from "../index.js";
import { a as iso, t as NotMeasured } from "./sources-source.js";
import { t as oneLine } from "./sources-text.js";
import { t as reportedNumber } from "./judge-number.js";
import { t as overTime } from "./sources-telemetry-series.js";
import { promisify } from "node:util";
// build/sources/telemetry/azure/link.js
/** Links into the Azure portal. */
/** Longer ones do not survive all that a link goes through. */
const longest = 4e3;
/**
* The page that shows the query with its result, in the form that Azure's own alert mails use: the query as zlib, in base64; the
* resource's page where that gets too long.
*
* @param tenant id of the directory to sign in to, where it is known
*/
async function portalLink(portal, tenant, resource, query, window) {
	const zlib = await import("node:zlib");
	const packed = await promisify(zlib.deflate)(Buffer.from(query));
	const directory = tenant === void 0 ? "" : `@${encodeURIComponent(tenant)}`;
	const scope = encodeURIComponent(JSON.stringify({ resources: [{ resourceId: resource }] }));
	const link = [
		`${portal}/#${directory}/blade/Microsoft_Azure_Monitoring_Logs/LogsBlade/source/Alerts.EmailLinks`,
		`/scope/${scope}/q/${encodeURIComponent(packed.toString("base64"))}`,
		`/prettify/1/timespan/${encodeURIComponent(timespan(window))}`
	].join("");
	return link.length <= longest ? link : `${portal}/#${directory}/resource${encodeURI(resource)}/logs`;
}
// build/sources/telemetry/azure/signal-kql.js
/** Ready-made signals in KQL. Each gives one row (or one for each slice): `value`, `events`, `rows`, `newest`. */
const azureSignals = [
	"failure-rate",
	"success-rate",
	"duration-p50",
	"duration-p95",
	"duration-p99",
	"requests",
	"exceptions",
	"new-exceptions",
	"dependency-failure-rate",
	"dependency-duration-p95",
	"availability",
	"events",
	"metric-avg",
	"metric-sum",
	"metric-max"
];
/** How many kinds of new exceptions are told apart. */
const maxKinds = 1e3;
const dayMs = 864e5;
/**
* @param since when the first window of this run began: what is new stays new until the step ends, although the windows move on
*/
function signalQuery(signal, window, scope, since = window.from) {
	const { names } = scope;
	const { requests, dependencies, availability, exceptions, events } = names;
	const { weight, duration, metricSum, metricCount, metricMax } = names;
	const from = window.from;
	const weighed = (table, value, more = []) => ({
		query: lines(rowsOf$1(table, signal, window, scope, more), summary(signal, scope, value)),
		from
	});
	const failed = `sumif(${weight}, not(${succeeded(names)})) / todouble(sum(${weight}))`;
	const passed = `sumif(${weight}, ${succeeded(names)}) / todouble(sum(${weight}))`;
	const percentile = (p) => `percentilew(${duration}, ${weight}, ${p})`;
	const external = [`where not(${names.dependencyType} startswith 'InProc')`];
	const named = [`where ${names.name} == ${kqlString(signal.of ?? "")}`];
	const metric = (value) => ({
		query: lines(rowsOf$1(names.metrics, signal, window, scope, named), summary(signal, scope, value, `sum(${metricCount})`)),
		from
	});
	switch (signal.signal) {
		case "failure-rate": return weighed(requests, failed);
		case "success-rate": return weighed(requests, passed);
		case "duration-p50": return weighed(requests, percentile(50));
		case "duration-p95": return weighed(requests, percentile(95));
		case "duration-p99": return weighed(requests, percentile(99));
		case "requests": return weighed(requests, `sum(${weight})`);
		case "dependency-failure-rate": return weighed(dependencies, failed, external);
		case "dependency-duration-p95": return weighed(dependencies, percentile(95), external);
		case "availability": return weighed(availability, passed);
		case "metric-avg": return metric(`sum(${metricSum}) / sum(${metricCount})`);
		case "metric-sum": return metric(`sum(${metricSum})`);
		case "metric-max": return metric(`max(${metricMax})`);
		case "exceptions": return {
			query: besideRequests(signal, window, scope, {
				table: exceptions,
				value: "sum(hits)"
			}),
			from
		};
		case "events": return {
			query: besideRequests(signal, window, scope, {
				table: events,
				value: "sum(hits)",
				only: named
			}),
			from
		};
		case "new-exceptions": return newExceptions(signal, window, scope, since);
		default: throw new NotMeasured("bad-query", `Application Insights has no signal \`${signal.signal}\``, { permanent: true });
	}
}
/** Kinds of exceptions of the window that the day before `since` had not, in the same role: not in the same version, which is new. */
function newExceptions(signal, window, scope, since) {
	const { exceptions, problem } = scope.names;
	const { role } = signal.where ?? {};
	const known = {
		signal: signal.signal,
		synthetic: true,
		where: role === void 0 ? {} : { role }
	};
	const from = since - dayMs;
	return {
		query: `let before = ${lines(rowsOf$1(exceptions, known, {
			from,
			to: since
		}, scope), [`distinct ${problem}`])};\n${besideRequests(signal, window, scope, {
			table: exceptions,
			value: `array_length(make_set_if(problem, isnotempty(problem), ${maxKinds}))`,
			only: [`where ${problem} !in (before)`],
			problem: `strcat('id:', ${problem})`
		})}`,
		from
	};
}
/**
* Counts what is rare, beside the requests of the same window: none of it means something only while requests arrive.
*
* Rows of the rare thing count as rows as well: they prove themselves.
*/
function besideRequests(signal, window, scope, rare) {
	const { requests, weight, time } = scope.names;
	const leg = (table, only, columns) => lines(rowsOf$1(table, signal, window, scope, only), [`project ${signal.by === void 0 ? "" : "slice, "}at = ${time}, ${columns}`]).replaceAll("\n", "\n    ");
	const counted = `coalesce(tolong(${weight}), 1)`;
	const all = leg(requests, [], `calls = ${counted}, hits = long(0), problem = ''`);
	const hits = leg(rare.table, rare.only ?? [], `calls = long(0), hits = ${counted}, problem = ${rare.problem ?? "''"}`);
	const by = signal.by === void 0 ? [""] : [" by slice", `take 201`];
	return lines(`union\n  (${all}),\n  (${hits})`, [`summarize value = ${rare.value}, events = sum(calls), rows = count(), newest = max(at)${by[0]}`, ...by.slice(1)]);
}
const lines = (first, stages) => [first, ...stages.map((s) => `| ${s}`)].join("\n");
const succeeded = ({ success }) => `tolower(tostring(${success})) in ('true', '1')`;
function summary({ by }, { names }, value, events = `sum(${names.weight})`) {
	const columns = `value = ${value}, events = ${events}, rows = count(), newest = max(${names.time})`;
	return by === void 0 ? [`summarize ${columns}`] : [`summarize ${columns} by slice`, `take 201`];
}
/** The rows of a table that the signal is about; with a column `slice` where it is split. */
function rowsOf$1(table, signal, window, scope, more = []) {
	const { names, component } = scope;
	const { where = {}, exclude = [], synthetic, by } = signal;
	const stages = [`where ${names.time} >= ${kqlTime(window.from)} and ${names.time} < ${kqlTime(window.to)}`, ...component === void 0 ? [] : [`where _ResourceId =~ ${kqlString(component)}`]];
	for (const [slice, value] of Object.entries(where)) stages.push(`where ${sliceOf(slice, table, scope)} == ${kqlString(value)}`);
	if (!synthetic && table !== names.availability) stages.push(`where isempty(${names.synthetic})`);
	for (const glob of exclude) stages.push(`where not(${sliceOf("operation", table, scope)} matches regex ${kqlString(globPattern(glob))})`);
	stages.push(...more);
	if (by !== void 0) stages.push(`extend slice = ${sliceOf(by, table, scope)}`);
	return lines(table, stages);
}
function sliceOf(slice, table, { names, slot }) {
	switch (slice) {
		case "role": return names.role;
		case "instance": return names.instance;
		case "version": return names.version;
		case "operation": return table === names.requests || table === names.availability ? names.name : names.operation;
		case "slot": return "column" in slot ? `tostring(${slot.column})` : `tostring(${names.dimensions}[${kqlString(slot.dimension)}])`;
	}
}
// build/sources/telemetry/azure/rows.js
/** Rows of a result as series. */
const numeric = /* @__PURE__ */ new Set([
	"int",
	"long",
	"real",
	"decimal"
]);
const words = /* @__PURE__ */ new Set([
	"string",
	"guid",
	"bool"
]);
const counting = /* @__PURE__ */ new Set([
	"events",
	"total",
	"samples"
]);
const badQuery = (message) => new NotMeasured("bad-query", message, { permanent: true });
const rowsOf = ({ columns, rows }) => rows.map((cells) => new Map(cells.map((cell, i) => [columns[i]?.name ?? "", cell])));
/** @returns milliseconds since the epoch; null for what is no time in UTC */
function timeOf(cell) {
	if (typeof cell !== "string" || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/.test(cell)) return null;
	const ms = Date.parse(cell);
	return Number.isNaN(ms) ? null : ms;
}
/** A text or a truth value as a label. */
const labelOf = (cell) => typeof cell === "string" || typeof cell === "boolean" ? oneLine(String(cell)) : "";
/** A number that counts something. */
function countOf(cell) {
	const count = reportedNumber(cell);
	return typeof count === "number" && count >= 0 ? count : 0;
}
const furthestBehind = (times) => times.reduce((least, time) => least === null || time === null ? null : Math.min(least, time), times[0] ?? null);
/** The rows of a ready-made signal: `value`, `events`, `rows`, `newest`, and `slice` where it is split. */
function signalRows(table, slice) {
	const found = rowsOf(table).filter((row) => countOf(row.get("rows")) > 0);
	refuseTooMany(found.length);
	const sum = (column) => found.reduce((total, row) => total + countOf(row.get(column)), 0);
	return {
		series: found.map((row) => ({
			labels: slice === void 0 ? {} : { [slice]: labelOf(row.get("slice")) },
			value: reportedNumber(row.get("value")),
			points: Math.floor(countOf(row.get("rows")))
		})),
		events: sum("events"),
		newest: furthestBehind(found.map((row) => timeOf(row.get("newest")))),
		rows: Math.floor(sum("rows"))
	};
}
/** What `evidenceQuery` asks for. */
const evidenceRows = (table) => rowsOf(table).map((row) => ({
	part: countOf(row.get("part")),
	rows: countOf(row.get("rows")),
	newest: timeOf(row.get("newest")) ?? void 0
}));
function shapeOf({ columns }, ranged) {
	const named = (types) => columns.filter(({ type }) => types.has(type)).map(({ name }) => name);
	const other = columns.find(({ type }) => !numeric.has(type) && !words.has(type) && type !== "datetime");
	if (other) {
		const hint = other.type === "timespan" ? "divide it, e.g. by 1ms" : "take a number or a text from it";
		throw badQuery(`the query gives the column \`${oneLine(other.name, 60)}\` of type ${oneLine(other.type, 20)}: ${hint}`);
	}
	const is = (wanted) => (name) => name.toLowerCase() === wanted;
	const newest = columns.find(({ name }) => is("newest")(name));
	if (newest && newest.type !== "datetime") throw badQuery(`the query gives \`newest\` as ${oneLine(newest.type, 20)}, expected a datetime`);
	const times = named(/* @__PURE__ */ new Set(["datetime"])).filter((name) => name !== newest?.name);
	if (times.length > (ranged ? 1 : 0)) throw badQuery(`the query gives the time \`${oneLine(times[0] ?? "", 60)}\`, expected one row for each series${ranged ? " and time" : " (or `range`)"}`);
	if (ranged && times.length === 0) throw badQuery("with `range` the query must give a time, e.g. `by bin(timestamp, $__interval)`");
	const numbers = named(numeric);
	const uncounted = numbers.filter((name) => !counting.has(name.toLowerCase()));
	const candidates = uncounted.length > 0 ? uncounted : numbers;
	const value = candidates.find(is("value")) ?? (candidates.length === 1 ? candidates[0] : void 0);
	if (value === void 0) {
		const found = candidates.length === 0 ? "no number" : `the numbers ${oneLine(candidates.join(", "), 120)}`;
		throw badQuery(`the query gives ${found}, expected one, or one named \`value\``);
	}
	return {
		value,
		labels: named(words),
		events: numbers.find((name) => name !== value && counting.has(name.toLowerCase())),
		newest: newest?.name,
		time: times[0]
	};
}
/**
* The rows of the policy's own query: one number, or one for each row with its texts as labels.
*
* @param range of a question along the window, with the window's end
* @throws {NotMeasured} `bad-query` for a result that is no such thing, `too-many-series`
*/
function ownRows(table, range) {
	if (table.columns.length === 0) return {
		series: [],
		newest: null
	};
	const { value, labels, events, newest, time } = shapeOf(table, range !== void 0);
	const rows = rowsOf(table);
	const grouped = /* @__PURE__ */ new Map();
	for (const row of rows) {
		const own = Object.fromEntries(labels.map((label) => [label, labelOf(row.get(label))]));
		const key = JSON.stringify(own);
		const group = grouped.get(key) ?? {
			labels: own,
			points: []
		};
		grouped.set(key, group);
		const at = time === void 0 ? 0 : timeOf(row.get(time));
		if (at === null) throw badQuery(`the query gives a row without a time in \`${oneLine(time ?? "", 60)}\``);
		if (group.points.some((point) => point.at === at)) throw badQuery("the query gives rows that no text tells apart: aggregate them with `summarize`");
		group.points.push({
			at,
			value: reportedNumber(row.get(value))
		});
		refuseTooMany(grouped.size);
	}
	return {
		series: [...grouped.values()].flatMap(({ labels: own, points }) => {
			if (range === void 0) return [{
				labels: own,
				value: points[0]?.value ?? null,
				points: 1
			}];
			const sorted = points.toSorted((a, b) => a.at - b.at);
			const ended = (sorted.at(-1)?.at ?? 0) <= range.to - 2 * range.everyMs;
			if (range.reduce === "last" && ended) return [];
			return [{
				labels: own,
				value: overTime(sorted, range.reduce),
				points: sorted.length
			}];
		}),
		...events === void 0 ? {} : { events: rows.reduce((sum, row) => sum + countOf(row.get(events)), 0) },
		...newest === void 0 ? {} : { newest: newestOf(rows.map((row) => timeOf(row.get(newest))), time !== void 0) }
	};
}
/** Of a query along the window the last bin is the newest; of all others the series furthest behind. */
function newestOf(times, along) {
	if (!along) return furthestBehind(times);
	return times.reduce((most, time) => time === null || most !== null && most > time ? most : time, null);
}
function refuseTooMany(count) {
	if (count <= 200) return;
	throw new NotMeasured("too-many-series", `the query gave more than 200 series: aggregate in the query`, { permanent: true });
}
// build/sources/telemetry/azure/logs.js
/** Questions to Application Insights and Log Analytics: a query of the policy, or a ready-made signal. */
var Logs = class {
	#config;
	#options;
	#context;
	#client;
	/** Evidence queries under way: several queries of one service ask for the same rows. */
	#evidence = /* @__PURE__ */ new Map();
	/** When the first window of this run began, milliseconds since the epoch. */
	#since = Number.POSITIVE_INFINITY;
	constructor(config, options, context) {
		this.#config = config;
		this.#options = options;
		this.#context = context;
		this.#client = new LogsClient(config, options.target, context);
	}
	async ask(question, signal) {
		const { query: asked, window } = question;
		this.#since = Math.min(this.#since, window.from);
		const { query, from } = typeof asked === "string" ? {
			query: expand(asked, question),
			from: window.from
		} : this.#signal(asked, window);
		const span = {
			from,
			to: window.to
		};
		const found = await (typeof asked === "string" ? this.#own(query, question, signal) : this.#readyMade(query, asked, span, signal));
		return {
			kind: "samples",
			subject: `${found.seen} rows behind ${oneLine(signalText(asked), 160)} in ${this.#options.target.name}`,
			query,
			...await this.#link(query, span),
			at: iso(this.#context.clock.now()),
			seen: found.seen,
			notes: [...found.missing, ...found.notes],
			partial: found.missing.length > 0,
			window: {
				from: iso(window.from),
				to: iso(window.to)
			},
			newest: typeof found.newest === "number" ? iso(found.newest) : null,
			...found.events === void 0 ? {} : { events: found.events },
			series: found.series
		};
	}
	#signal(signal, window) {
		const { scope } = this.#options;
		if (typeof scope === "string") throw new NotMeasured("bad-query", scope, { permanent: true });
		return signalQuery(signal, window, scope, this.#since);
	}
	async #readyMade(query, asked, span, signal) {
		const { table, missing } = await this.#client.run(query, span, signal);
		const { rows, ...found } = signalRows(table, asked.by);
		return {
			...found,
			seen: rows,
			missing,
			notes: notesOn(asked, rows, found.events, this.#config)
		};
	}
	async #own(query, question, signal) {
		const { window, range } = question;
		const reads = readsOf(query);
		const ask = () => reads.parts.length === 0 ? void 0 : this.#behind(evidenceQuery(reads, window), window, signal);
		const early = namesNewest(query) ? void 0 : ask();
		const [{ table, missing }] = await Promise.all([this.#client.run(query, window, signal), early]);
		const found = ownRows(table, range && {
			...range,
			to: window.to
		});
		if (found.newest !== void 0) {
			const seen = found.newest === null ? 0 : found.series.length;
			const notes = found.newest === null ? ["the query found no row"] : [];
			return {
				...found,
				seen,
				missing,
				notes
			};
		}
		const evidence = await (early ?? ask());
		const cure = "write the query so that it gives a column `newest`, such as `newest = max(timestamp)`";
		if (evidence === void 0 || "refused" in evidence) {
			const why = evidence?.refused ?? "no table can be read from the query";
			return {
				...found,
				newest: null,
				seen: 0,
				missing,
				notes: [`how new the rows are is unknown (${why}): ${cure}`]
			};
		}
		const { rows, newest, empty } = weigh(reads.parts, evidenceRows(evidence.table));
		const notes = empty.map((name) => `${oneLine(name, 80)} has no row in the window that the query is about; if that is well, ${cure}`);
		return {
			...found,
			newest: newest ?? null,
			seen: rows,
			missing: [.../* @__PURE__ */ new Set([...missing, ...evidence.missing])],
			notes
		};
	}
	/** The rows behind a query; a refusal is no fault of the policy's query, which may be too clever to be taken apart. */
	async #behind(query, window, signal) {
		const running = this.#evidence.get(query) ?? this.#client.run(query, window, signal);
		this.#evidence.set(query, running);
		try {
			return await running;
		} catch (error) {
			if (error instanceof NotMeasured && error.code === "bad-query") return { refused: error.message };
			throw error;
		} finally {
			this.#evidence.delete(query);
		}
	}
	async #link(query, window) {
		const { shownIn } = this.#options;
		if (shownIn === void 0) return {};
		const { portal } = azureClouds[this.#config.cloud];
		return { link: await portalLink(portal, this.#config.tenant, shownIn, query, window) };
	}
};
/** Whether the query writes a column of this name; then it says itself how new its rows are. */
const namesNewest = (query) => tokensOf(query).some(({ kind, text }) => kind === "name" && text.toLowerCase() === "newest");
/** `$__from` and `$__to` stand for the window as datetimes, `$__interval` for the distance of the samples, or the window's length. */
function expand(query, { window: { from, to }, range }) {
	const values = {
		from: kqlTime(from),
		to: kqlTime(to),
		interval: `${range?.everyMs ?? Math.max(1, to - from)}ms`
	};
	return query.replace(/\$__(from|to|interval)\b/g, (_, name) => values[name]);
}
function notesOn({ signal, where, by }, rows, events, config) {
	if (![
		"exceptions",
		"new-exceptions",
		"events",
		"metric-avg",
		"metric-sum",
		"metric-max"
	].includes(signal) && events !== void 0 && rows > 0 && rows < events) {
		const kept = (100 * rows / events).toPrecision(2);
		return [`sampled: ${rows} rows stand for ${events} events, ${Number(kept)} % were kept`];
	}
	if (rows === 0 && (where?.slot !== void 0 || by === "slot")) return [`the slot is looked for in ${config["slot-column"]}: does the app write it? See \`slot-column\``];
	return [];
}
/** Advice on a query of the policy, for `signalbox check`. */
function lintKql({ query }) {
	if (typeof query !== "string") return [];
	const tokens = tokensOf(query);
	const advice = [];
	if (calls(tokens, "ago", "now")) advice.push("`ago()` and `now()` go by the time of asking: leave the window to Signalbox, or write `$__from` and `$__to`");
	const says = (...names) => tokens.some(({ kind, text }) => kind === "name" && names.includes(text));
	if (readsOf(query).parts.some(({ table }) => isAppTable(table)) && !says("itemCount", "ItemCount") && (calls(tokens, "count", "countif", "percentile", "percentiles", "avg") || endsInCount(tokens))) advice.push("counts rows, but where telemetry is sampled one row stands for several: `sum(itemCount)`, `percentilew(duration, itemCount, 95)`");
	return advice;
}
const endsInCount = (tokens) => tokens.at(-1)?.text === "count" && tokens.at(-2)?.text === "|";
export { lintKql as n, azureSignals as r, Logs as t };
