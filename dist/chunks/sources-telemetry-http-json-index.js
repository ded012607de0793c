import { $t as parseJson, Cr as pipe, Kt as signsInOneWay, Ln as oneLine, Or as strictObject, Qn as reportedNumber, Rn as described, Sr as picklist, Ut as authFields, Vn as filled, Wt as authorization, a as compile, an as serverWords, bn as iso, en as refuseDenied, i as lowerCase, n as headerName, nn as isLoopback, qn as secret, r as headersWithout, t as address, tr as check, yr as optional } from "./shared.js";
import { c as defineSource, o as NotMeasured, u as queryOf } from "./base.js";
// build/sources/telemetry/http-json/values.js
/** What an expression over an answer gave, as series and as a time. */
/** One series for a number or a condition, one for each entry of a list or a map. */
function toSeries(value, query) {
	const one = (labels, x) => ({
		labels,
		value: numberOf(x, query),
		points: 1
	});
	if (Array.isArray(value)) return value.map((x, i) => one({ index: String(i) }, x));
	if (value instanceof Map) return [...value].map(([name, x]) => one({ name: String(name) }, x));
	if (isPlain(value)) return Object.entries(value).map(([name, x]) => one({ name }, x));
	return [one({}, value)];
}
const isPlain = (x) => typeof x === "object" && x !== null && (Object.getPrototypeOf(x) === Object.prototype || Object.getPrototypeOf(x) === null);
/** @throws {NotMeasured} for what is no number: a text is not read as one, since `"12 ms"` or `"1,2"` would be guessed at */
function numberOf(value, query) {
	if (typeof value === "number") return reportedNumber(value);
	if (typeof value === "boolean") return value ? 1 : 0;
	if (value === null) return null;
	const whole = typeof value === "bigint" ? value : unsigned(value);
	if (whole !== void 0 && whole <= Number.MAX_SAFE_INTEGER && whole >= Number.MIN_SAFE_INTEGER) return Number(whole);
	const what = typeof value === "string" ? "a text (double(…) makes a number of it)" : whole === void 0 ? `${Array.isArray(value) ? "a list inside a list" : "something else"}` : "a whole number that is too large to be exact";
	throw new NotMeasured("bad-answer", `\`${oneLine(query, 120)}\` gave ${what}, expected a number or true or false`);
}
/** CEL's uint. */
const unsigned = (x) => {
	const inner = typeof x === "object" && x !== null ? x.valueOf() : void 0;
	return typeof inner === "bigint" ? inner : void 0;
};
/** No time is longer ago in milliseconds than this is in seconds: the year 5138, and March 1973. */
const secondsBelow = 1e11;
/** @returns milliseconds since the epoch */
function instantOf(value, expression) {
	const whole = typeof value === "bigint" ? Number(value) : value;
	if (whole instanceof Date && !Number.isNaN(whole.getTime())) return whole.getTime();
	if (typeof whole === "number" && whole > 0 && whole < 1e3 * secondsBelow) return Math.round(whole < secondsBelow ? whole * 1e3 : whole);
	if (typeof whole === "string" && /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(whole)) {
		const at = Date.parse(whole);
		if (!Number.isNaN(at)) return at;
	}
	const message = `\`${oneLine(expression, 120)}\` gave no time; expected ISO 8601 with a time zone, or seconds or milliseconds since 1970`;
	throw new NotMeasured("bad-answer", message);
}
// build/sources/telemetry/http-json/index.js
/** Source `http-json`: any address that answers with JSON; a CEL expression makes the number of it. */
const fields = strictObject({
	url: described(address, "Address that answers with JSON. `$__from_ms`, `$__to_s`, `$__to_iso`, `$__range_s` and the like stand for the window."),
	method: described(optional(picklist(["GET", "POST"]), "GET"), "How it is asked."),
	headers: described(headersWithout(), "Headers to send beside those that sign in."),
	body: described(optional(filled), "Sent as it is, with the same macros as the URL; JSON unless `headers` say otherwise."),
	...authFields,
	"api-key": described(optional(secret), "Sent in the header that `api-key-header` names."),
	"api-key-header": described(optional(headerName, "x-api-key"), "Header of the `api-key`."),
	time: described(optional(filled), "CEL expression that gives the time of the newest datum in the answer: ISO 8601 with a time zone, or seconds or milliseconds since 1970. Without it the answer counts as of now.")
});
const macro = /\$__(?:(from|to)_(ms|s|iso)|range_(ms|s))\b/g;
const texts = (c) => [c.url, c.body ?? ""];
const asksForWindow = (c) => texts(c).some((text) => text.search(macro) >= 0);
const schema = pipe(fields, check((c) => signsInOneWay(c) && (c["api-key"] === void 0 || (c.token ?? c.username) === void 0), "one of `token`, `username` and `password` together, or `api-key`"), check((c) => c.method === "POST" || c.body === void 0, "`body` only with `method: POST`"), check((c) => texts(c).every((text) => !text.replace(macro, "").includes("$__")), "no macro but `$__from_` and `$__to_` with `ms`, `s` or `iso`, and `$__range_` with `ms` or `s`"), check((c) => c.time !== void 0 || !asksForWindow(c), "`time` beside a window in `url` or `body`"));
const variables = {
	status: "int",
	body: "dyn",
	headers: "map<string, string>",
	now: "google.protobuf.Timestamp",
	window_from: "google.protobuf.Timestamp",
	window_to: "google.protobuf.Timestamp"
};
/** A policy judges a number or a handful. */
const maxSeries = 100;
/** An address that is not told the window can only be asked about now. */
const liveMs = 3e5;
var HttpJson = class {
	#config;
	#context;
	/** By window: several expressions of a round read the same answer, so that a share is of one whole. */
	#exchanges = /* @__PURE__ */ new Map();
	#compiled = /* @__PURE__ */ new Map();
	constructor(config, context) {
		this.#config = config;
		this.#context = context;
	}
	async ask(question, signal) {
		const { window, range } = question;
		const query = queryOf(question);
		const { time } = this.#config;
		if (range) throw badQuery("an address is asked once; `range` is for sources that keep a history");
		const [value, newest] = await Promise.all([this.#compile(query), time === void 0 ? void 0 : this.#compile(time)]);
		const { response, at } = await this.#exchange(window, signal);
		const values = this.#values(response, window, at, [value, ...newest ? [newest] : []]);
		const given = value.evaluate(values);
		const series = "missing" in given ? [] : toSeries(given.value, query);
		if (series.length > maxSeries) {
			const message = `\`${oneLine(query, 120)}\` gave ${series.length} numbers, more than ${maxSeries}: aggregate in the expression`;
			throw new NotMeasured("too-many-series", message, { permanent: true });
		}
		const { origin, pathname } = new URL(this.#config.url);
		const dated = newest?.evaluate(values);
		return {
			kind: "samples",
			subject: `the answer of ${origin}${pathname} (${response.status})`,
			query,
			link: `${origin}${pathname}`,
			at: iso(at),
			seen: series.length,
			notes: [given, dated].flatMap((x) => x && "missing" in x ? [x.missing] : []),
			partial: false,
			window: {
				from: iso(window.from),
				to: iso(window.to)
			},
			newest: dated === void 0 ? iso(at) : "missing" in dated ? null : iso(instantOf(dated.value, time ?? "")),
			series
		};
	}
	#compile(text) {
		const compiled = this.#compiled.get(text) ?? compile(text, variables);
		this.#compiled.set(text, compiled);
		return compiled;
	}
	#exchange(window, signal) {
		const key = `${window.from} ${window.to}`;
		const known = this.#exchanges.get(key);
		if (known) return known;
		if (this.#exchanges.size >= 16) this.#exchanges.clear();
		const exchange = this.#send(window, signal);
		this.#exchanges.set(key, exchange);
		exchange.catch(() => this.#exchanges.delete(key));
		return exchange;
	}
	async #send(window, signal) {
		const { clock, http } = this.#context;
		const config = this.#config;
		if (!asksForWindow(config) && clock.now() - window.to > liveMs) {
			const message = `${origin(config)} is asked for the time until ${iso(window.to)}, but is not told so: put \`$__from_ms\` and \`$__to_ms\` into \`url\` or \`body\``;
			throw badQuery(message);
		}
		const key = config["api-key"];
		const url = new URL(expand(config.url, window, encodeURIComponent));
		if (key !== void 0 && url.protocol !== "https:" && !isLoopback(url.hostname)) {
			const message = `${url.origin} is plain http: a credential is sent only over https, or to this machine`;
			throw new NotMeasured("insecure", message, { permanent: true });
		}
		return {
			response: await http.send({
				url: url.href,
				method: config.method,
				headers: {
					accept: "application/json",
					...config.body === void 0 ? {} : { "content-type": "application/json" },
					...lowerCase(config.headers),
					...authorization(config),
					...key === void 0 ? {} : { [config["api-key-header"].toLowerCase()]: key }
				},
				...config.body === void 0 ? {} : { body: expand(config.body, window, (text) => text) },
				signal
			}),
			at: clock.now()
		};
	}
	/** The variables; throws where the answer is none. */
	#values(response, window, at, expressions) {
		const { status, headers } = response;
		const reads = (name) => expressions.some((e) => e.reads.has(name));
		const config = this.#config;
		const key = config["api-key"];
		const sent = {
			...authorization(config),
			...key === void 0 ? {} : { "x-api-key": key }
		};
		const signedIn = Object.keys(sent).length > 0;
		if (!expressions[0]?.reads.has("status") || signedIn && (status === 401 || status === 403)) {
			refuseDenied(response, origin(config), "permission to read this address", sent);
			if (status < 200 || status >= 300) {
				const permanent = status === 400 || status === 422;
				const message = `${origin(config)} answered ${status}${serverWords(response.text, sent)}; only an expression that reads \`status\` may judge that`;
				throw new NotMeasured(permanent ? "bad-query" : "bad-answer", message, { permanent });
			}
		}
		return {
			status: BigInt(status),
			body: reads("body") ? parseJson(response, origin(config)) : null,
			headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== void 0)),
			now: new Date(at),
			window_from: new Date(window.from),
			window_to: new Date(window.to)
		};
	}
};
const origin = ({ url }) => new URL(url).origin;
const badQuery = (message) => new NotMeasured("bad-query", message, { permanent: true });
function expand(text, { from, to }, quote) {
	return text.replace(macro, (_, end, unit, length) => {
		const ms = end === void 0 ? to - from : end === "from" ? from : to;
		if (unit === "iso") return quote(iso(ms));
		return String((unit ?? length) === "s" ? Math.round(ms / 1e3) : ms);
	});
}
/** What a value can be made of; the rest is known to be wrong before anything is asked. */
const fitting = /^(?:dyn|int|uint|double|bool|null|list|map|optional)\b/;
/** Advice on one expression. */
async function lintExpression(text) {
	let type;
	try {
		({type} = await compile(text, variables));
	} catch (error) {
		if (error instanceof NotMeasured) return [error.message];
		throw error;
	}
	return [...fitting.test(type) ? [] : [`gives a ${type}, expected a number or true or false`], .../\bhas\s*\(|\borValue\s*\(/.test(text) ? ["`has(…)` and `orValue(…)` turn a missing key into a value, so that absence can no longer be seen"] : []];
}
const httpJsonSource = defineSource({
	type: "http-json",
	families: ["telemetry"],
	schema,
	open(config, context) {
		const json = new HttpJson(config, context);
		return { telemetry: (question, signal) => json.ask(question, signal) };
	},
	async proofread({ query }, { time }) {
		const advice = typeof query === "string" ? await lintExpression(query) : [];
		if (time === void 0) return advice;
		const wrong = await compile(time, variables).then(() => [], (error) => [`\`time\`: ${error.message}`]);
		return [...advice, ...wrong];
	}
});
export { httpJsonSource };
