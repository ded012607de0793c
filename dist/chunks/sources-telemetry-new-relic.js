import { $ as optional, D as whole, O as array, Q as object, St as queryOf, T as secret, Y as nullable, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, ot as record, rt as picklist, ut as strictObject, vt as NotMeasured, x as httpUrl, yt as adviceOn } from "./base.js";
import { Cn as parseJson, Zn as iso, cr as reportedNumber, hr as serverWords, vr as oneLine, wn as refuseDenied } from "./shared.js";
import { S as settleField } from "./late.js";
// build/sources/telemetry/new-relic/nrql.js
/**
* As much of NRQL as is needed to set the window of a query and to ask for the events behind it
* (https://docs.newrelic.com/docs/nrql/nrql-syntax-clauses-functions/).
*/
const lexer = /(?<space>\s+)|(?<comment>--|\/\/|\/\*)|(?<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`)|(?<word>[A-Za-z_][\w.]*)|(?<other>[\d.]+|[\s\S])/gy;
const bad = (message) => new NotMeasured("bad-query", message, { permanent: true });
function tokensOf(query) {
	let depth = 0;
	const tokens = [];
	for (const { index, 0: text, groups } of query.matchAll(lexer)) {
		if (groups?.space !== void 0) continue;
		if (groups?.comment !== void 0) throw bad("the query holds a comment, expected none");
		const kind = groups?.word === void 0 ? groups?.text === void 0 ? "other" : "text" : "word";
		if (text === ")") depth -= 1;
		if (depth < 0) throw bad("the query closes a parenthesis that is not open");
		tokens.push({
			kind,
			text,
			start: index,
			end: index + text.length,
			depth
		});
		if (text === "(") depth += 1;
	}
	if (depth > 0) throw bad("the query leaves a parenthesis open");
	if (tokens.some(({ kind, text }) => kind === "other" && /['"`]/.test(text))) throw bad("the query leaves a quote open");
	return tokens;
}
/** What a query may not say, and why. */
const refused = {
	SINCE: "the gate sets the window",
	UNTIL: "the gate sets the window",
	TIMESERIES: "the gate judges one value, not a curve",
	COMPARE: "the gate judges one window",
	LIMIT: "series that are cut off could be those that matter, so all are asked for",
	OFFSET: "series that are cut off could be those that matter, so all are asked for",
	SHOW: "the gate judges numbers"
};
const clauses = /* @__PURE__ */ new Set([
	"SELECT",
	"FROM",
	"WHERE",
	"FACET",
	"ORDER",
	"WITH",
	"EXTRAPOLATE",
	"JOIN",
	"SLIDE",
	"PREDICT"
]);
/** @throws {NotMeasured} `bad-query` for what would look at another window, or not at all of it */
function parseNrql(query) {
	const text = query.trim().replace(/\s*;$/, "");
	const tokens = tokensOf(text);
	for (const [i, { kind, text: word, depth }] of tokens.entries()) {
		const why = kind === "word" ? refused[word.toUpperCase()] : void 0;
		if (why === void 0) continue;
		if (depth > 0 && !/^(?:SINCE|UNTIL)$/i.test(word)) continue;
		if (word.toUpperCase() === "COMPARE" && tokens[i + 1]?.text.toUpperCase() !== "WITH") continue;
		throw bad(`the query holds \`${word.toUpperCase()}\`, expected none: ${why}`);
	}
	const parts = partsOf(text, tokens);
	if (parts.get("SELECT")?.length !== 1 || parts.get("FROM")?.length !== 1) throw bad("expected an NRQL query with one SELECT and one FROM");
	const limit = parts.has("FACET") ? ` LIMIT 101` : "";
	const { proof, cure, countsEvents } = proofOf(parts);
	return {
		over: ({ from, to }) => `${text}${limit} SINCE ${from} UNTIL ${to}`,
		proof: proof === void 0 ? void 0 : ({ from, to }) => `${proof} SINCE ${from} UNTIL ${to}`,
		cure,
		countsEvents
	};
}
/** The texts behind the keywords that stand in no parentheses. */
function partsOf(text, tokens) {
	const heads = tokens.filter(({ kind, depth, text: word }) => kind === "word" && depth === 0 && clauses.has(word.toUpperCase()));
	const parts = /* @__PURE__ */ new Map();
	for (const [i, head] of heads.entries()) {
		const name = head.text.toUpperCase();
		const body = text.slice(head.end, heads[i + 1]?.start ?? text.length).trim();
		parts.set(name, [...parts.get(name) ?? [], body]);
	}
	return parts;
}
function proofOf(parts) {
	const [from = ""] = parts.get("FROM") ?? [];
	const where = parts.get("WHERE") ?? [];
	const metrics = from.split(",").some((type) => type.trim().replaceAll("`", "").toLowerCase() === "metric");
	const none = (cure) => ({
		proof: void 0,
		cure,
		countsEvents: false
	});
	if (!/^(?:[\w:.]+|`[^`]+`)(?:\s*,\s*(?:[\w:.]+|`[^`]+`))*$/.test(from) || parts.has("JOIN") || parts.has("WITH") || where.length > 1) return none("write the query with plain event types behind FROM, and one WHERE");
	if (metrics && !/\bmetricName\b/.test(where[0] ?? "")) return none("name the metric in WHERE as well: `metricName = '…'`");
	return {
		proof: `SELECT count(*) AS 'events', latest(timestamp) AS 'newest' FROM ${from}${where[0] === void 0 ? "" : ` WHERE ${where[0]}`}`,
		cure: "",
		countsEvents: !metrics
	};
}
// build/sources/telemetry/new-relic.js
/**
* Source `new-relic`: NRQL through NerdGraph
* (https://docs.newrelic.com/docs/apis/nerdgraph/examples/nerdgraph-nrql-tutorial/).
*/
const regions = {
	us: {
		api: "https://api.newrelic.com/graphql",
		pages: "https://one.newrelic.com"
	},
	eu: {
		api: "https://api.eu.newrelic.com/graphql",
		pages: "https://one.eu.newrelic.com"
	}
};
const schema = strictObject({
	account: described(whole(1), "Number of the account."),
	region: described(optional(picklist(["us", "eu"]), "us"), "Where the account lives."),
	"api-key": described(secret, "User key (`NRAK-…`), sent as `API-Key`."),
	url: described(optional(httpUrl), "Address of NerdGraph. Default: that of the region."),
	settle: settleField("events", "1m")
});
/** How long New Relic may work on a query, seconds; its own default is 5. */
const timeoutSeconds = 30;
const field = (name, variable) => `${name}: nrql(query: $${variable}, timeout: ${timeoutSeconds}) { results metadata { facets messages timeWindow { begin end } } }`;
const documentOf = (proving) => `query($account: Int!, $value: Nrql!${proving ? ", $proof: Nrql!" : ""}) { actor { account(id: $account) { ${field("value", "value")}${proving ? ` ${field("proof", "proof")}` : ""} } } }`;
const row = record(string(), unknown());
const texts = optional(nullable(array(nullable(string()))));
const nrqlForm = object({
	results: array(row),
	metadata: optional(nullable(object({
		facets: texts,
		messages: texts,
		timeWindow: optional(nullable(object({
			begin: optional(nullable(number())),
			end: optional(nullable(number()))
		})))
	})))
});
const errorForm = object({
	message: optional(nullable(string())),
	extensions: optional(nullable(object({
		errorClass: optional(nullable(string())),
		errorCode: optional(nullable(string())),
		code: optional(nullable(string()))
	})))
});
const answerForm = object({
	errors: optional(nullable(array(errorForm))),
	data: optional(nullable(object({ actor: nullable(object({ account: nullable(object({
		value: nullable(nrqlForm),
		proof: optional(nullable(nrqlForm))
	})) })) })))
});
/** What GraphQL reports inside a 200. */
function refusalOf(errors) {
	const said = errors.map(({ message, extensions }) => {
		const codes = [
			extensions?.errorClass,
			extensions?.errorCode,
			extensions?.code
		].filter((x) => typeof x === "string");
		return {
			words: message ?? "",
			codes: codes.join(" ")
		};
	});
	const all = said.map(({ words, codes }) => `${codes} ${words}`).join(" ");
	const message = `New Relic refuses the query: ${oneLine(said.map((s) => s.words).join("; ") || all || "no reason given", 300)}`;
	if (/TOO_MANY_REQUESTS|rate limit|throttl/i.test(all)) return new NotMeasured("throttled", message);
	if (/UNAUTHENTICATED|UNAUTHORI[SZ]ED|ACCESS_DENIED|FORBIDDEN|not authorized/i.test(all)) return new NotMeasured("forbidden", `${message}; it needs a user key that may query the account`);
	if (/TIMEOUT|timed? ?out/i.test(all)) return new NotMeasured("timeout", message);
	if (/syntax error|INVALID_|BAD_USER_INPUT|GRAPHQL_VALIDATION|unknown function/i.test(all)) return new NotMeasured("bad-query", message, { permanent: true });
	return new NotMeasured("query-failed", message);
}
async function ask(config, context, question, signal) {
	const text = queryOf(question);
	if (question.range) throw new NotMeasured("bad-query", "New Relic is asked once for the whole window: write the reduction in NRQL, without `range`", { permanent: true });
	const nrql = parseNrql(text);
	const { window } = question;
	const query = nrql.over(window);
	const proof = nrql.proof?.(window);
	const variables = {
		account: config.account,
		value: query,
		...proof === void 0 ? {} : { proof }
	};
	const { api, pages } = regions[config.region];
	const url = config.url ?? api;
	const { origin } = new URL(url);
	const headers = {
		"content-type": "application/json",
		accept: "application/json",
		"api-key": config["api-key"]
	};
	const body = JSON.stringify({
		query: documentOf(proof !== void 0),
		variables
	});
	const response = await context.http.send({
		url,
		method: "POST",
		headers,
		body,
		signal
	});
	refuseDenied(response, origin, "a user key that may query the account", headers);
	if (response.status >= 400) {
		const message = `New Relic refuses the request (${response.status})${serverWords(response.text, headers)}`;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	const parsed = safeParse(answerForm, parseJson(response, origin));
	if (!parsed.success) throw notNerdGraph(origin);
	const { errors, data } = parsed.output;
	if (errors && errors.length > 0) throw hiding(refusalOf(errors), config["api-key"]);
	const account = data?.actor?.account;
	if (!account?.value || proof !== void 0 && !account.proof) throw notNerdGraph(origin);
	const behind = account.proof ? eventsOf(account.proof) : void 0;
	const series = seriesOf(account.value);
	const warnings = [account.value, account.proof].flatMap((a) => a?.metadata?.messages ?? []).flatMap((m) => m ?? []);
	const shifted = [account.value, account.proof].some((a) => a && !sameWindow(a, window));
	const counted = behind !== void 0 && nrql.countsEvents ? { events: behind.events } : {};
	return {
		kind: "samples",
		subject: `${oneLine(text, 160)} in account ${config.account}`,
		query,
		link: `${pages}/data-exploration/query-builder?account=${config.account}`,
		at: iso(context.clock.now()),
		seen: behind === void 0 || behind.events > 0 ? series.length : 0,
		notes: [
			...warnings.map((message) => oneLine(message)),
			...shifted ? ["New Relic looked at another window than it was asked for"] : [],
			...behind === void 0 ? [`how new the events are cannot be asked: ${nrql.cure}`] : []
		],
		partial: warnings.length > 0 || shifted,
		window: {
			from: iso(window.from),
			to: iso(window.to)
		},
		newest: behind?.newest ?? null,
		...counted,
		series
	};
}
const notNerdGraph = (origin) => new NotMeasured("bad-answer", `${origin} answered with something that is not NerdGraph: is \`url\` right?`);
/** A message that repeats the key is not quoted. */
const hiding = (error, key) => error.message.includes(key) ? new NotMeasured(error.code, "New Relic refuses the query", { permanent: error.permanent }) : error;
/** Metrics are kept by the minute, so New Relic may round to it. */
function sameWindow({ metadata }, { from, to }) {
	const { begin, end } = metadata?.timeWindow ?? {};
	return Math.abs((begin ?? from) - from) <= 6e4 && Math.abs((end ?? to) - to) <= 6e4;
}
function eventsOf({ results: [first] }) {
	const events = reportedNumber(first?.events);
	const newest = reportedNumber(first?.newest);
	return {
		events: typeof events === "number" && events > 0 ? events : 0,
		newest: typeof newest === "number" && newest > 0 && newest < 864e13 ? iso(newest) : null
	};
}
/** One series for each number of each row; those of a FACET have its values as labels. */
function seriesOf({ results, metadata }) {
	const names = (metadata?.facets ?? []).flatMap((name) => name ?? []);
	const faceted = results.every((r) => "facet" in r);
	if (results.length > 1 && !faceted) throw new NotMeasured("bad-query", "the query gives several rows without FACET, expected one: aggregate, e.g. with count(*) or average(…)", { permanent: true });
	const series = results.flatMap((r) => {
		const values = [r.facet ?? []].flat().map(String);
		const labels = Object.fromEntries(values.map((value, i) => [names[i] ?? (i === 0 ? "facet" : `facet${i + 1}`), value]));
		const own = /* @__PURE__ */ new Set(["facet", ...names]);
		const numbers = Object.entries(r).flatMap(([key, raw]) => {
			if (own.has(key)) return [];
			if (typeof raw !== "object" || raw === null) return [[key, raw]];
			return Object.entries(raw).map(([part, x]) => [`${key}.${part}`, x]);
		});
		return numbers.map(([key, raw]) => ({
			labels: numbers.length > 1 ? {
				...labels,
				column: key
			} : labels,
			value: reportedNumber(raw),
			points: 1
		}));
	});
	if (results.length > 100 || series.length > 100) throw new NotMeasured("too-many-series", `the query gives more than 100 series: aggregate, or narrow it in WHERE`, { permanent: true });
	return series;
}
const newRelicSource = defineSource({
	type: "new-relic",
	families: ["telemetry"],
	schema,
	countsEvents: true,
	settleMs: (config) => config.settle,
	open: (config, context) => ({ telemetry: (question, signal) => ask(config, context, question, signal) }),
	lint({ query, range }) {
		if (typeof query !== "string") return [];
		return adviceOn(() => parseNrql(query), ({ proof, cure }) => [...proof === void 0 ? [`how new the events are cannot be asked, so the gate never passes: ${cure}`] : [], ...range ? ["`range` is not for New Relic: write the reduction in NRQL"] : []]);
	}
});
export { newRelicSource };
