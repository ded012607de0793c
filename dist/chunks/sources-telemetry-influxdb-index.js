import { $ as optional, A as check, O as array, Q as object, St as queryOf, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, it as pipe, k as boolean, ot as record, rt as picklist, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { Cn as parseJson, Zn as iso, an as signsInOneWay, ar as labelText, cr as reportedNumber, hr as serverWords, in as oneWayToSignIn, nn as authFields, rn as authorization, vr as oneLine, wn as refuseDenied } from "./shared.js";
import { I as refuseMany, L as seriesOver, M as mostInBins, P as refuseAskew, S as settleField, j as isInBins, o as expandInterval } from "./late.js";
// build/sources/telemetry/influxdb/reads.js
/**
* What a query reads. An aggregate says nothing about how new its rows are (InfluxDB gives it the start of the window as its time), so
* the newest raw row is asked for beside it: of the same measurements or tables, under the same conditions.
*/
/** Words, quoted texts and single characters; comments and white space are left out. */
function tokensOf(query) {
	return [...query.matchAll(/\s+|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|("(?:\\.|[^"\\])*"|'(?:\\.|''|[^'\\])*'|[A-Za-z_$][\w$]*|\|>|[\s\S])/g)].flatMap(({ index, 0: all, 1: text }) => text === void 0 ? [] : [{
		text,
		start: index,
		end: index + all.length
	}]);
}
const ends = /* @__PURE__ */ new Set([
	..."group order limit slimit offset soffset fill tz into having union window".split(" "),
	";",
	")"
]);
/** The FROM … WHERE … parts of a query in InfluxQL or SQL, those of subqueries too, as they stand; a FROM of a subquery itself is none. */
function clausesOf(query) {
	const tokens = tokensOf(query);
	const found = [];
	for (const [i, token] of tokens.entries()) {
		const next = tokens[i + 1];
		if (token.text.toLowerCase() !== "from" || next === void 0 || next.text === "(") continue;
		let depth = 0;
		let last = next;
		for (const t of tokens.slice(i + 1)) {
			if (depth === 0 && ends.has(t.text.toLowerCase())) break;
			if (t.text === "(") depth += 1;
			if (t.text === ")") depth -= 1;
			last = t;
		}
		found.push(query.slice(token.start, last.end));
	}
	return [...new Set(found)];
}
/** The `from(…) |> range(…) |> filter(…)` at the beginning of each pipe of a Flux query. */
function pipesOf(query) {
	const tokens = tokensOf(query);
	const found = [];
	/** Index of the closing bracket of the call whose opening one is at `open`. */
	const closing = (open) => {
		let depth = 0;
		for (let i = open; i < tokens.length; i += 1) {
			const text = tokens[i]?.text ?? "";
			if ("([{".includes(text)) depth += 1;
			if (")]}".includes(text)) depth -= 1;
			if (depth === 0) return i;
		}
		return -1;
	};
	for (const [i, token] of tokens.entries()) {
		if (token.text !== "from" || tokens[i + 1]?.text !== "(") continue;
		let end = closing(i + 1);
		let ranged = false;
		while (end !== -1 && tokens[end + 1]?.text === "|>") {
			const name = tokens[end + 2]?.text ?? "";
			if (!["range", "filter"].includes(name) || tokens[end + 3]?.text !== "(") break;
			ranged ||= name === "range";
			end = closing(end + 3);
		}
		const last = tokens[end];
		if (last && ranged) found.push(query.slice(token.start, last.end));
	}
	return [...new Set(found)];
}
// build/sources/telemetry/influxdb/languages.js
/** The three ways to ask InfluxDB: how the window is written, what is sent, and how the answer is read. */
const failed = (message) => new NotMeasured("query-failed", `InfluxDB could not run the query: ${oneLine(message, 300)}`);
const foreign = (origin, status) => new NotMeasured("bad-answer", `${origin} answered ${status} with something that is not InfluxDB's API: is the URL right?`);
const badQuery = (message) => new NotMeasured("bad-query", message, { permanent: true });
const isNumber = (cell) => cell === null || typeof cell === "number";
/** Values that are no number and no time tell rows apart. */
const label = (cell) => typeof cell === "string" || typeof cell === "boolean" ? oneLine(String(cell), 120) : "";
const latest = (times) => times.reduce((best, at) => typeof at === "number" && at > (best ?? Number.NEGATIVE_INFINITY) ? at : best, void 0);
const influxqlAnswer = object({ results: array(object({
	error: optional(string()),
	partial: optional(boolean(), false),
	messages: optional(array(object({ text: string() })), []),
	series: optional(array(object({
		name: optional(string(), ""),
		tags: optional(record(string(), string()), {}),
		columns: array(string()),
		values: array(array(unknown())),
		partial: optional(boolean(), false)
	})), [])
})) });
/** https://docs.influxdata.com/influxdb/v1/tools/api/#query-http-endpoint; InfluxDB 2 and 3 have it too. */
const influxql = {
	scheme: "Token",
	window: ({ from, to }) => ({
		$__timeFilter: `time >= ${from}ms AND time < ${to}ms`,
		$__from: `'${iso(from)}'`,
		$__to: `'${iso(to)}'`
	}),
	request: ({ url, database }, query) => ({
		url: `${url}/query`,
		body: new URLSearchParams({
			...database === void 0 ? {} : { db: database },
			q: query,
			epoch: "ms"
		}).toString(),
		headers: {
			"content-type": "application/x-www-form-urlencoded",
			accept: "application/json"
		}
	}),
	async read(response, origin) {
		const parsed = safeParse(influxqlAnswer, parseJson(response, origin));
		if (!parsed.success) throw foreign(origin, response.status);
		const { results } = parsed.output;
		const error = results.find((r) => r.error !== void 0)?.error;
		if (error !== void 0) throw failed(error);
		const rows = results.flatMap(({ series }) => series.flatMap(({ tags, columns, values }) => {
			const time = columns.indexOf("time");
			const fields = columns.flatMap((name, i) => i === time ? [] : [{
				name,
				i
			}]);
			return values.flatMap((cells) => fields.filter(({ i }) => isNumber(cells[i])).map(({ name, i }) => ({
				labels: {
					...tags,
					...fields.length > 1 ? { field: name } : {}
				},
				at: typeof cells[time] === "number" ? cells[time] : void 0,
				value: cells[i]
			})));
		}));
		const missing = results.some((r) => r.partial || r.series.some((s) => s.partial)) ? ["the server cut the result off at its row limit"] : [];
		const times = results.flatMap(({ series }) => series.flatMap(({ columns, values }) => values.map((cells) => cells[columns.indexOf("time")])));
		return {
			rows,
			newest: latest(times),
			missing: [...missing, ...results.flatMap((r) => r.messages.map((m) => oneLine(m.text)))]
		};
	},
	interval: (seconds) => `${seconds}s`,
	perBin: "GROUP BY time($__interval) fill(none)",
	stamp: () => "begin",
	refuseFilled(query) {
		if (!/\bfill\s*\(\s*none\s*\)/i.test(query)) throw badQuery("write `fill(none)`: bins without a row are not measured");
	},
	reads: clausesOf,
	newest: (part) => `SELECT *::field ${part} ORDER BY time DESC LIMIT 1`
};
const sqlAnswer = array(record(string(), unknown()));
/** https://docs.influxdata.com/influxdb3/core/api/v3/#operation/PostExecuteQuerySQL */
const sql = {
	scheme: "Bearer",
	window: ({ from, to }) => ({
		$__timeFilter: `time >= '${iso(from)}' AND time < '${iso(to)}'`,
		$__from: `'${iso(from)}'`,
		$__to: `'${iso(to)}'`
	}),
	request: ({ url, database }, query) => ({
		url: `${url}/api/v3/query_sql`,
		body: JSON.stringify({
			db: database,
			q: query,
			format: "json"
		}),
		headers: {
			"content-type": "application/json",
			accept: "application/json"
		}
	}),
	async read(response, origin) {
		const parsed = safeParse(sqlAnswer, parseJson(response, origin));
		if (!parsed.success) throw foreign(origin, response.status);
		return {
			rows: parsed.output.flatMap((row) => {
				const { time, ...cells } = row;
				const fields = Object.entries(cells).filter(([, cell]) => isNumber(cell));
				const labels = Object.entries(cells).filter(([, cell]) => !isNumber(cell));
				return fields.map(([name, value]) => ({
					labels: {
						...Object.fromEntries(labels.map(([key, cell]) => [key, label(cell)])),
						...fields.length > 1 ? { field: name } : {}
					},
					at: timeOf(time),
					value
				}));
			}),
			newest: latest(parsed.output.map(({ time }) => timeOf(time))),
			missing: []
		};
	},
	interval: (seconds) => `${seconds} seconds`,
	perBin: "date_bin(INTERVAL '$__interval', time) AS time",
	stamp: () => "begin",
	refuseFilled(query) {
		if (/\bdate_bin_gapfill\b/i.test(query)) throw badQuery("write `date_bin()`: bins without a row are not measured");
	},
	reads: clausesOf,
	newest: (part) => `SELECT time, 1 AS found ${part} ORDER BY time DESC LIMIT 1`
};
/** Times without a zone are in UTC. */
function timeOf(cell) {
	if (typeof cell !== "string") return void 0;
	const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(cell) ? cell : `${cell}Z`);
	return Number.isNaN(at) ? void 0 : at;
}
/** https://docs.influxdata.com/influxdb/v2/api/#operation/PostQuery */
const flux = {
	scheme: "Token",
	window: ({ from, to }) => ({
		$__from: iso(from),
		$__to: iso(to)
	}),
	request: ({ url, org }, query) => ({
		url: `${url}/api/v2/query?${new URLSearchParams({ org: org ?? "" }).toString()}`,
		body: JSON.stringify({
			query,
			type: "flux",
			dialect: {
				annotations: ["datatype", "group"],
				header: true
			}
		}),
		headers: {
			"content-type": "application/json",
			accept: "application/csv"
		}
	}),
	async read(response, origin) {
		const { parse } = await import("./csv-parse.js");
		let lines;
		try {
			lines = parse(response.text, {
				relax_column_count: true,
				skip_empty_lines: true
			});
		} catch {
			throw foreign(origin, response.status);
		}
		const rows = tablesOf(lines, origin, response.status);
		return {
			rows,
			newest: latest(rows.map(({ at }) => at)),
			missing: []
		};
	},
	interval: (seconds) => `${seconds}s`,
	perBin: "aggregateWindow(every: $__interval, fn: sum, createEmpty: false)",
	stamp: (query) => /\btimeSrc\s*:\s*"_start"/.test(query) ? "begin" : "end",
	refuseFilled(query) {
		if (!/\baggregateWindow\s*\(/.test(query) || /\b(?:timeDst|timedMovingAverage|timeShift|truncateTimeColumn)\b/.test(query)) throw badQuery("write `aggregateWindow(every: $__interval, …)` and nothing that changes its times: it says whether they begin or end a bin");
		const empty = query.replaceAll(/\bcreateEmpty\s*:\s*false\b/g, "").match(/\bcreateEmpty\b/);
		const each = query.match(/\baggregateWindow\s*\(/g)?.length ?? 0;
		const without = query.match(/\bcreateEmpty\s*:\s*false\b/g)?.length ?? 0;
		if (empty || without < each) throw badQuery("write `createEmpty: false`: bins without a row are not measured");
	},
	reads: pipesOf,
	newest: (part) => `${part} |> keep(columns: ["_time"]) |> group() |> max(column: "_time") |> map(fn: (r) => ({ r with _value: 1 }))`
};
/** Annotated CSV: tables one after the other, each with its annotations and header; an error is a table of its own. */
function tablesOf(lines, origin, status) {
	const rows = [];
	let types = [];
	let groups = [];
	let header;
	for (const line of lines) {
		const [first = ""] = line;
		if (first === "#datatype") {
			types = line;
			header = void 0;
		} else if (first === "#group") groups = line;
		else if (first.startsWith("#")) continue;
		else if (header === void 0) {
			header = line;
			const known = line.includes("error") || line.includes("_value");
			if (!known && line.includes("result")) throw badQuery("the Flux query gives no column `_value`: keep it, or rename to it");
			if (!known) throw foreign(origin, status);
		} else {
			const cell = (name) => line[header?.indexOf(name) ?? -1];
			if (header.includes("error")) throw failed(cell("error") ?? "it does not say why");
			const tags = header.flatMap((name, i) => groups[i] === "true" && types[i] === "string" ? [[name, oneLine(line[i] ?? "", 120)]] : []);
			const at = Date.parse(cell("_time") ?? "");
			rows.push({
				labels: Object.fromEntries(tags),
				at: Number.isNaN(at) ? void 0 : at,
				value: cell("_value")
			});
		}
	}
	return rows;
}
const languages = {
	influxql,
	flux,
	sql
};
const languageNames = Object.keys(languages);
// build/sources/telemetry/influxdb/rows.js
/** Rows with a time, as all three languages of InfluxDB give them, and the series that they make. */
const maxSeries = 200;
/**
* One value for each set of labels: the last one, or what the question makes of them. Rows without a value are no points.
*
* @param perBin how the query is to be written in bins
*/
function seriesOf(rows, question, stamp, perBin) {
	const bySeries = /* @__PURE__ */ new Map();
	for (const { labels, at, value } of rows) {
		if (value === null || value === void 0 || value === "") continue;
		const key = labelText(labels);
		const series = bySeries.get(key) ?? {
			labels,
			points: []
		};
		series.points.push({
			at: at ?? 0,
			value: reportedNumber(value)
		});
		bySeries.set(key, series);
	}
	refuseMany(bySeries.size, isInBins(question.range?.reduce) ? mostInBins : maxSeries);
	for (const { points } of bySeries.values()) refuseAskew(points, question, `write \`${perBin}\``);
	return [...bySeries.values()].map(({ labels, points }) => ({
		labels: { ...labels },
		...seriesOver(points.toSorted((a, b) => a.at - b.at), question, stamp)
	}));
}
// build/sources/telemetry/influxdb/index.js
/** Source `influxdb`: InfluxQL on InfluxDB 1 (and 2 and 3), Flux on InfluxDB 2, SQL on InfluxDB 3. */
const fields = strictObject({
	url: described(httpUrl, "Base URL; the path of the API is added to it."),
	language: described(picklist(languageNames), "The language of the queries; it decides which API is asked."),
	database: described(optional(filled), "Database (or bucket), for `influxql` and `sql`."),
	org: described(optional(filled), "Organization, for `flux`."),
	...authFields,
	settle: settleField("points", "0s")
});
const schema = pipe(fields, check((c) => signsInOneWay(c), oneWayToSignIn), check((c) => c.language !== "flux" || c.org !== void 0, "`org` beside `language: flux`"), check((c) => c.language === "flux" || c.database !== void 0, "`database` beside this `language`"));
const macro = /\$__(?:timeFilter|from|to)\b/g;
/** Puts the window into a query; one without it would look at any time at all. */
function expand(query, { language }, window) {
	const values = languages[language].window(window);
	const known = Object.keys(values);
	const unknown = query.match(macro)?.find((name) => !known.includes(name));
	if (unknown !== void 0 || !/\$__(?:timeFilter|from)\b/.test(query)) {
		const message = `expected the window in the query, as \`${language === "flux" ? "range(start: $__from, stop: $__to)" : "WHERE $__timeFilter"}\`${unknown === void 0 ? "" : `; ${language} has no ${unknown}`}`;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	return query.replaceAll(macro, (name) => values[name] ?? name);
}
async function send(config, { http }, query, signal) {
	const language = languages[config.language];
	const { origin } = new URL(config.url);
	const { url, body, headers } = language.request(config, query);
	const { token } = config;
	const signedIn = token === void 0 ? authorization(config) : { authorization: `${language.scheme} ${token}` };
	const sent = {
		...headers,
		...signedIn
	};
	const response = await http.send({
		url,
		method: "POST",
		headers: sent,
		body,
		signal
	});
	if (response.status === 404 && /bucket|database|organization/i.test(response.text)) throw new NotMeasured("not-found", `InfluxDB does not know it${serverWords(response.text, sent)}`, { permanent: true });
	refuseDenied(response, origin, "permission to read the database", sent);
	if (response.status >= 400) {
		const message = `InfluxDB refuses the query (${response.status})${serverWords(response.text, sent)}`;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	return language.read(response, origin);
}
async function ask(config, context, question, signal) {
	const language = languages[config.language];
	const { window } = question;
	const { perBin } = language;
	const query = expand(expandInterval(queryOf(question), question, (s) => language.interval(s), perBin), config, window);
	if (isInBins(question.range?.reduce)) language.refuseFilled(query);
	const parts = language.reads(query);
	const [answer, ...evidence] = await Promise.all([query, ...parts.map((part) => language.newest(part))].map((text) => send(config, context, text, signal)));
	const series = seriesOf(answer?.rows ?? [], question, language.stamp(query), perBin);
	const newest = evidence.map((found) => found.newest);
	const silent = parts.filter((_, i) => newest[i] === void 0);
	const told = newest.filter((at) => at !== void 0);
	const live = silent.length === 0 && told.length > 0;
	const missing = answer?.missing ?? [];
	const unread = parts.length === 0 ? ["what the query reads cannot be told from it, so nothing proves that its data are new"] : [];
	return {
		kind: "samples",
		subject: `${series.length} series of ${oneLine(queryOf(question), 160)} on ${new URL(config.url).origin}`,
		query,
		at: iso(context.clock.now()),
		seen: live ? series.length : 0,
		notes: [
			...missing,
			...unread,
			...silent.map((part) => `no row in the window: ${oneLine(part, 160)}`)
		],
		partial: missing.length > 0,
		window: {
			from: iso(window.from),
			to: iso(window.to)
		},
		newest: live ? iso(Math.min(...told)) : null,
		series
	};
}
const influxdbSource = defineSource({
	type: "influxdb",
	families: ["telemetry"],
	schema,
	settleMs: (config) => config.settle,
	open: (config, context) => ({ telemetry: (question, signal) => ask(config, context, question, signal) }),
	lint({ query }) {
		if (typeof query !== "string") return [];
		return /\bnow\s*\(|\brange\s*\(\s*start\s*:\s*-/.test(query) ? ["looks back from the time of asking: write the window, `$__timeFilter` or `$__from` and `$__to`"] : [];
	}
});
export { influxdbSource };
