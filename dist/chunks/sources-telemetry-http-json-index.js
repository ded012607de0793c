import { $ as optional, A as check, St as queryOf, bt as defineSource, g as described, it as pipe, rt as picklist, ut as strictObject, vt as NotMeasured, y as filled } from "./base.js";
import { Cn as parseJson, Zn as iso, hr as serverWords, vr as oneLine, wn as refuseDenied } from "./shared.js";
import { G as toSeries, Tt as compile, W as instantOf, _t as oneWayToSignInSomehow, dt as credentialHeaders, ft as credentialOf, gt as lowerCase, lt as address, pt as headersWithout, ut as credentialFields, vt as signsInSomehow } from "./late.js";
// build/sources/telemetry/http-json/index.js
/** Source `http-json`: any address that answers with JSON; a CEL expression makes the number of it. */
const fields = strictObject({
	url: described(address, "Address that answers with JSON. `$__from_ms`, `$__to_s`, `$__to_iso`, `$__range_s` and the like stand for the window."),
	method: described(optional(picklist(["GET", "POST"]), "GET"), "How it is asked."),
	headers: described(headersWithout(), "Headers to send beside those that sign in."),
	body: described(optional(filled), "Sent as it is, with the same macros as the URL; JSON unless `headers` say otherwise."),
	...credentialFields,
	time: described(optional(filled), "CEL expression that gives the time of the newest datum in the answer: ISO 8601 with a time zone, or seconds or milliseconds since 1970. Without it the answer counts as of now.")
});
const macro = /\$__(?:(from|to)_(ms|s|iso)|range_(ms|s))\b/g;
const texts = (c) => [c.url, c.body ?? ""];
const asksForWindow = (c) => texts(c).some((text) => text.search(macro) >= 0);
const schema = pipe(fields, check((c) => signsInSomehow(c), oneWayToSignInSomehow), check((c) => c.method === "POST" || c.body === void 0, "`body` only with `method: POST`"), check((c) => texts(c).every((text) => !text.replace(macro, "").includes("$__")), "no macro but `$__from_` and `$__to_` with `ms`, `s` or `iso`, and `$__range_` with `ms` or `s`"), check((c) => c.time !== void 0 || !asksForWindow(c), "`time` beside a window in `url` or `body`"));
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
		const url = expand(config.url, window, encodeURIComponent);
		return {
			response: await http.send({
				url,
				method: config.method,
				headers: {
					accept: "application/json",
					...config.body === void 0 ? {} : { "content-type": "application/json" },
					...lowerCase(config.headers),
					...credentialHeaders(config, url)
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
		const sent = credentialOf(config);
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
