import { $ as optional, A as check, O as array, Q as object, St as queryOf, T as secret, Y as nullable, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, it as pipe, k as boolean, ot as record, st as regex, ut as strictObject, vt as NotMeasured, x as httpUrl } from "./base.js";
import { Cn as parseJson, Zn as iso, _r as literally, an as signsInOneWay, ar as labelText, cr as reportedNumber, hr as serverWords, in as oneWayToSignIn, nn as authFields, rn as authorization, vr as oneLine, wn as refuseDenied } from "./shared.js";
import { I as refuseMany, L as seriesOver, M as mostInBins, P as refuseAskew, S as settleField, j as isInBins, o as expandInterval, x as baseUrl } from "./late.js";
// build/sources/telemetry/elastic/esql.js
/**
* What an ES|QL query reads. An aggregate says nothing about how new its rows are, so the documents that it is made of are asked for
* beside it (https://www.elastic.co/docs/reference/query-languages/esql/esql-commands).
*/
/** Texts, quoted names, comments and single characters; triple quotes first, since they begin like single ones. */
const form = /"""[\s\S]*?"""+|"(?:\\.|[^"\\])*"|`(?:``|[^`])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[\s\S]/g;
/** The commands of a query, without comments. */
function commandsOf(query) {
	const commands = [""];
	let depth = 0;
	for (const [token] of query.matchAll(form)) {
		if (token === "(") depth += 1;
		if (token === ")") depth -= 1;
		if (token === "|" && depth === 0) commands.push("");
		else commands[commands.length - 1] += /^\/[/*]/.test(token) ? " " : token;
	}
	return commands.map((command) => command.trim());
}
/** The query with what stands in quotes taken out of it. */
const bare = (text) => text.replaceAll(form, (token) => token.length > 1 ? " " : token);
const wordOf = (command) => /^\w+/.exec(command)?.[0].toUpperCase() ?? "";
/** They choose rows, or add columns to them. */
const rowwise = new Set("WHERE EVAL DISSECT GROK ENRICH LOOKUP MV_EXPAND RENAME INLINESTATS INLINE SORT LIMIT SAMPLE".split(" "));
/** They only take columns away, and the time with them. */
const columnwise = /* @__PURE__ */ new Set(["KEEP", "DROP"]);
const own = "signalbox_time";
const badQuery$1 = (message) => new NotMeasured("bad-query", message, { permanent: true });
/**
* Asks for the time of the newest document behind a query (`newest`) and for the number of them (`events`): the same source and
* all commands up to the first `STATS`.
*
* @param timeField name of the field with the time
* @throws {NotMeasured} `bad-query` for a query of which it cannot be told what it reads
*/
function evidenceOf(query, timeField) {
	const [source = "", ...rest] = commandsOf(query);
	if (new RegExp(`\\b${own}\\b`).test(query)) throw badQuery$1(`\`${own}\` is a name that Signalbox uses: choose another`);
	if (!/^(?:FROM|TS)\s/i.test(source) || /[()]/.test(bare(source))) throw badQuery$1("the query must begin with `FROM` or `TS` and the names of indices, else nothing tells how new its data are");
	const end = rest.findIndex((command) => wordOf(command) === "STATS");
	const before = end === -1 ? rest : rest.slice(0, end);
	const unknown = before.map(wordOf).find((word) => !rowwise.has(word) && !columnwise.has(word));
	if (unknown !== void 0) throw badQuery$1(`\`${unknown || "|"}\` before \`STATS\`: what the query reads cannot be told from it, so nothing tells how new its data are`);
	const kept = before.filter((command) => rowwise.has(wordOf(command)));
	const later = kept.findIndex((command) => wordOf(command) !== "WHERE");
	const cut = later === -1 ? kept.length : later;
	return [
		source.replace(/^TS\b/i, "FROM"),
		...kept.slice(0, cut),
		`EVAL ${own} = ${timeField}`,
		...kept.slice(cut),
		`STATS newest = MAX(${own}), events = COUNT(*)`
	].join(" | ");
}
/** Whether indices of other clusters are read: `cluster:index`, which is not `index::failures`. */
const readsRemotes = (query) => /[^:\s,]:[^:\s,]/.test(commandsOf(query)[0] ?? "");
/** Named parameters that stand in the query. */
const parametersIn = (query, known) => {
	const text = bare(query);
	return known.filter((name) => new RegExp(`\\?${name}\\b`).test(text));
};
/** The columns whose value is a quotient, as far as the text tells: integers are divided into integers, and 5 of 100 is 0. */
function isQuotient(query, column) {
	if (bare(column).includes("/")) return true;
	const name = literally(column);
	return new RegExp(`(?:^|[\\s,|])${name}\\s*=(?!=)[^|,]*/`, "m").test(bare(query));
}
// build/sources/telemetry/elastic/table.js
/** Tables as ES|QL answers with them, and the series that they make (https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-esql-query). */
const count = optional(nullable(number()));
const cluster = object({
	status: string(),
	_shards: optional(nullable(object({ failed: count })))
});
const tableForm = object({
	is_partial: optional(boolean()),
	columns: array(object({
		name: string(),
		type: string()
	})),
	values: array(array(unknown())),
	_clusters: optional(nullable(object({ details: optional(record(string(), cluster), {}) })))
});
const maxSeries = 200;
/** The rows that come without a LIMIT in the query. */
const defaultLimit = 1e3;
const isTime = (type) => type === "date" || type === "date_nanos";
/** `null` is the type of a column in which there is nothing at all. */
const isNumber = (type) => /^(?:counter_)?(?:double|float|half_float|scaled_float|long|integer|short|byte|unsigned_long)$|^null$/.test(type);
const isWhole = (type) => /(?:long|integer|short|byte)$/.test(type);
const badQuery = (message) => new NotMeasured("bad-query", message, { permanent: true });
/** Why a table is not all that was asked for; empty: it is. */
function missingFrom({ is_partial, _clusters, values }, query) {
	const clusters = Object.entries(_clusters?.details ?? {}).flatMap(([name, { status, _shards }]) => {
		const failed = _shards?.failed ?? 0;
		if (status === "successful" && failed === 0) return [];
		return [`cluster ${oneLine(name, 80)}: ${oneLine(status, 40)}${failed > 0 ? `, ${failed} shards failed` : ""}`];
	});
	const cut = values.length >= defaultLimit && !/\|\s*LIMIT\b/i.test(query);
	return [
		...is_partial === true ? ["Elasticsearch says that the answer is incomplete"] : [],
		...clusters,
		...cut ? [`the answer was cut off at ${defaultLimit} rows: aggregate, or write a LIMIT`] : []
	];
}
/** How a query gives one value for each bin. */
const perBin = "STATS n = COUNT(*) BY bin = DATE_TRUNC($__interval, @timestamp)";
/** Where in the table which kind of column stands. */
function layoutOf({ columns, values }, query) {
	const at = columns.map((column, i) => ({
		...column,
		i
	}));
	const numbers = at.filter(({ name, type }) => isNumber(type) && name !== "events" && name !== "newest");
	if (numbers.length === 0 && values.length > 0) {
		const names = columns.map(({ name, type }) => `${name} (${type})`).join(", ");
		throw badQuery(`the answer has no column of numbers, only ${oneLine(names)}: convert one, as with TO_DOUBLE()`);
	}
	const whole = numbers.find(({ name, type }) => isWhole(type) && isQuotient(query, name));
	if (whole !== void 0) throw badQuery(`\`${oneLine(whole.name, 80)}\` is a quotient of whole numbers, which ES|QL rounds to a whole number: write TO_DOUBLE() around one of them`);
	return {
		time: at.find(({ name, type }) => isTime(type) && name !== "newest"),
		texts: at.filter(({ type }) => !isNumber(type) && !isTime(type)),
		numbers
	};
}
/**
* One value for each set of texts and each column of numbers: the only one, or of rows with a time the last one or what the
* question makes of them. A row without a number spoils its series: ES|QL gives rows only for documents that are there.
*
* @throws {NotMeasured} `bad-query`, `too-many-series`
*/
function seriesOf(table, query, question) {
	const { time, texts, numbers } = layoutOf(table, query);
	const found = /* @__PURE__ */ new Map();
	for (const row of table.values) {
		const many = table.columns.find((_, i) => Array.isArray(row[i]));
		if (many) {
			const name = oneLine(many.name, 80);
			throw badQuery(`\`${name}\` has several values in one row: use MV_AVG(), MV_EXPAND and the like`);
		}
		const told = Object.fromEntries(texts.map(({ name, i }) => [name, labelOf(row[i])]));
		for (const { name, i } of numbers) {
			const labels = {
				...told,
				...numbers.length > 1 ? { field: oneLine(name, 120) } : {}
			};
			const key = labelText(labels);
			const series = found.get(key) ?? {
				labels,
				points: []
			};
			found.set(key, series);
			const at = time === void 0 ? 0 : Date.parse(String(row[time.i]));
			const value = reportedNumber(row[i]);
			if (Number.isNaN(at)) throw badQuery("a row has no time in its column of dates");
			series.points.push({
				at,
				value
			});
		}
	}
	const inBins = isInBins(question.range?.reduce);
	if (inBins && time === void 0 && table.values.length > 0) throw badQuery(`expected the begin of each bin, as with \`${perBin}\``);
	refuseMany(found.size, inBins ? mostInBins : maxSeries);
	for (const { points } of found.values()) refuseAskew(points, question, `write \`${perBin}\``);
	return [...found.values()].map(({ labels, points }) => {
		if (new Set(points.map(({ at }) => at)).size < points.length) throw badQuery("the answer has several rows that neither a text nor a time tells apart: aggregate in the query");
		const sorted = points.toSorted((a, b) => a.at - b.at);
		return {
			labels,
			...seriesOver(sorted, question, "begin")
		};
	});
}
/** The column `events` of the query itself, summed over its rows; undefined: it has none, or one that is not all numbers. */
function eventsOf({ columns, values }) {
	const i = columns.findIndex(({ name, type }) => name === "events" && isNumber(type));
	if (i === -1 || values.length === 0) return void 0;
	const counts = values.map((row) => row[i]);
	return counts.every((n) => typeof n === "number" && n >= 0) ? counts.reduce((a, b) => a + b) : void 0;
}
/**
* The column `newest` of the query itself, milliseconds since the epoch: that of the row that is furthest behind.
*
* @returns undefined: it has none; null: it has one that does not say it for every row
*/
function newestOf({ columns, values }) {
	const i = columns.findIndex(({ name, type }) => name === "newest" && (isTime(type) || type === "null"));
	if (i === -1) return void 0;
	const times = values.map((row) => Date.parse(String(row[i])));
	return times.length === 0 || times.some(Number.isNaN) ? null : Math.min(...times);
}
const labelOf = (cell) => typeof cell === "string" || typeof cell === "boolean" ? oneLine(String(cell), 120) : "";
/** What the query for evidence says; `newest` in milliseconds since the epoch, undefined: there is no document. */
function evidenceFrom({ columns, values }) {
	const cell = (name) => values[0]?.[columns.findIndex((column) => column.name === name)];
	const events = cell("events");
	if (typeof events !== "number" || events < 0) return void 0;
	const at = Date.parse(String(cell("newest")));
	return {
		newest: Number.isNaN(at) ? void 0 : at,
		events
	};
}
// build/sources/telemetry/elastic/index.js
/** Source `elastic`: ES|QL on Elasticsearch (https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-esql-query). */
const fields = strictObject({
	url: described(baseUrl, "Base URL of Elasticsearch (not of Kibana); `/_query` is added to it."),
	"api-key": described(optional(secret), "Encoded API key, sent as `Authorization: ApiKey …`."),
	...authFields,
	"time-field": described(optional(pipe(string(), regex(/^[@A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/, "the name of a field, such as @timestamp or event.ingested")), "@timestamp"), "Field with the time of a document."),
	kibana: described(optional(httpUrl), "Base URL of Kibana, with `/s/<space>` where it has spaces; for links only."),
	settle: settleField("documents", "1m")
});
const schema = pipe(fields, check((c) => signsInOneWay(c) && (c["api-key"] === void 0 || c.token === void 0 && c.username === void 0), `\`api-key\` alone, or ${oneWayToSignIn}`));
/** The window is kept by a filter and not by the query's text, so no query can look past it. */
function bodyOf(config, query, { from, to }) {
	const times = {
		_tstart: iso(from),
		_tend: iso(to)
	};
	const params = parametersIn(query, Object.keys(times)).map((name) => ({ [name]: times[name] }));
	const range = {
		gte: iso(from),
		lt: iso(to),
		format: "strict_date_optional_time"
	};
	return JSON.stringify({
		query,
		filter: { range: { [config["time-field"]]: range } },
		...params.length > 0 ? { params } : {},
		...readsRemotes(query) ? { include_ccs_metadata: true } : {}
	});
}
async function send(config, { http }, query, window, signal) {
	const { origin } = new URL(config.url);
	const key = config["api-key"];
	const headers = {
		"content-type": "application/json",
		accept: "application/json",
		...key === void 0 ? authorization(config) : { authorization: `ApiKey ${key}` }
	};
	const body = bodyOf(config, query, window);
	const post = (parameters) => http.send({
		url: `${config.url}/_query${parameters}`,
		method: "POST",
		headers,
		body,
		signal
	});
	let response = await post("?allow_partial_results=false");
	if (response.status === 400 && /unrecognized parameter: \[allow_partial_results\]/.test(response.text)) response = await post("");
	refuse(response, origin, headers);
	const parsed = safeParse(tableForm, parseJson(response, origin));
	if (!parsed.success || response.status !== 200) {
		const message = `${origin} answered ${response.status} with something that is not Elasticsearch's ES|QL API: is the URL right?`;
		throw new NotMeasured("bad-answer", message);
	}
	const table = parsed.output;
	const warnings = warningsOf(response.headers.warning).filter((text) => !/^No limit defined/i.test(text));
	return {
		table,
		missing: [...missingFrom(table, query), ...warnings]
	};
}
/** The texts of a `Warning` header as Elasticsearch writes it: `299 Elasticsearch-9.1.0-abc "text"`, several with commas between. */
const warningsOf = (header) => [...new Set([...(header ?? "").matchAll(/\b299 \S+ "((?:\\.|[^"\\])*)"/g)].map(([, text = ""]) => oneLine(text.replace(/\\(.)/g, "$1"))))];
function refuse(response, origin, headers) {
	const reason = reasonOf(response);
	const said = reason === void 0 ? "" : serverWords(withReason(response.text, reason), headers);
	if (response.status === 404 && reason !== void 0) throw new NotMeasured("not-found", `Elasticsearch does not know it (404)${said}`, { permanent: true });
	refuseDenied(response, origin, "the index privilege `read`", headers);
	if (response.status >= 400) throw new NotMeasured("bad-query", `Elasticsearch refuses the query (${response.status})${said}`, { permanent: true });
}
/** What an error says is in `error.reason`, which `serverWords` does not look for. */
function reasonOf({ status, text }) {
	if (status < 400) return void 0;
	try {
		const { error } = JSON.parse(text);
		const reason = typeof error === "string" ? error : error?.reason;
		return typeof reason === "string" ? reason : void 0;
	} catch {
		return;
	}
}
/** The whole body goes along, since one that repeats the credential is not quoted at all. */
const withReason = (body, reason) => JSON.stringify({
	message: reason,
	body
});
async function ask(config, context, question, signal) {
	const { window } = question;
	const query = expandInterval(queryOf(question), question, (s) => `${s} seconds`, perBin);
	const sendFor = (text) => send(config, context, text, window, signal);
	const behind = /\bnewest\b/.test(bare(query)) ? void 0 : evidenceOf(query, config["time-field"]);
	const [main, beside] = await Promise.all([sendFor(query), behind === void 0 ? void 0 : sendFor(behind)]);
	const series = seriesOf(main.table, query, question);
	const own = newestOf(main.table);
	if (own === void 0 && behind === void 0) throw new NotMeasured("bad-query", "the query says `newest` and gives no column of dates with this name: rename it, or give one", { permanent: true });
	if (behind === void 0 && (looksFromNow.test(bare(query)) || (own ?? 0) >= window.to)) {
		const message = `\`newest\` is a time of asking, which proves nothing: write \`newest = MAX(${config["time-field"]})\`, without \`NOW()\``;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	const evidence = beside === void 0 ? void 0 : evidenceFrom(beside.table);
	if (beside && evidence === void 0) throw new NotMeasured("bad-answer", "Elasticsearch did not say how many documents stand behind the query");
	const newest = evidence?.newest ?? own ?? void 0;
	const events = eventsOf(main.table) ?? evidence?.events;
	const silent = evidence?.events === 0 || events === 0 || evidence !== void 0 && newest === void 0;
	const missing = [.../* @__PURE__ */ new Set([...main.missing, ...beside?.missing ?? []])];
	const nothing = silent ? [`no document in the window: ${oneLine(behind ?? query, 160)}`] : [];
	const link = linkOf(config, query, window);
	return {
		kind: "samples",
		subject: `${series.length} series of ${oneLine(query, 160)} on ${new URL(config.url).origin}`,
		query,
		...link === void 0 ? {} : { link },
		at: iso(context.clock.now()),
		seen: silent ? 0 : series.length,
		notes: [...missing, ...nothing],
		partial: missing.length > 0,
		window: {
			from: iso(window.from),
			to: iso(window.to)
		},
		newest: silent || newest === void 0 ? null : iso(newest),
		...events === void 0 ? {} : { events },
		series
	};
}
/** Discover keeps its state in Rison behind the `#`, where `!` escapes. */
function linkOf({ kibana }, query, { from, to }) {
	if (kibana === void 0) return void 0;
	const text = encodeURIComponent(query.replace(/[!']/g, "!$&")).replaceAll("'", "%27");
	return `${kibana}/app/discover#/?_g=(time:(from:'${iso(from)}',to:'${iso(to)}'))&_a=(query:(esql:'${text}'))`;
}
const looksFromNow = /\bNOW\s*\(/i;
const invents = /\bCOALESCE\s*\(/i;
const elasticSource = defineSource({
	type: "elastic",
	families: ["telemetry"],
	schema,
	countsEvents: true,
	settleMs: (config) => config.settle,
	open: (config, context) => ({ telemetry: (question, signal) => ask(config, context, question, signal) }),
	lint({ query }) {
		if (typeof query !== "string") return [];
		const advice = [];
		if (looksFromNow.test(query)) advice.push("looks at the time of asking: the window is kept by a filter, write `?_tstart` and `?_tend` for its ends");
		const names = commandsOf(bare(query)).map((command) => /^\w*/.exec(command)?.[0].toUpperCase());
		const [limit, stats] = [names.indexOf("LIMIT"), names.lastIndexOf("STATS")];
		if (limit !== -1 && limit < stats) advice.push("`LIMIT` before `STATS` counts only some of the documents");
		if (invents.test(query)) advice.push("`COALESCE()` gives values where nothing was measured");
		return advice;
	}
});
export { elasticSource };
