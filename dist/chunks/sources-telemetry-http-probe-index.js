import { $ as number, A as whole, C as formatDuration, N as check, S as filled, T as oneOrMore, _t as union, at as picklist, b as duration, ft as strictObject, g as defineSource, m as NotMeasured, ot as pipe, tt as optional, y as described } from "./base.js";
import { $t as signsInOneWay, An as iso, F as refuseBins, Hn as signalText, K as address, Qt as oneWayToSignIn, X as headersWithout, Xt as authFields, Z as lowerCase, Zt as authorization, cn as failureOf, et as compile, pr as oneLine } from "./shared.js";
import { x as proxyFor } from "../index.js";
import { isIP } from "node:net";
// build/sources/telemetry/http-probe/certificate.js
/** When the certificate of a server ends. */
/**
* Connects and looks, sends nothing. The certificate must be one that this machine trusts for that name, but it may have ended.
*
* @returns when the first of the certificate and those above it ends, milliseconds since the epoch
* @throws {NotMeasured} `tls`, `refused`, `dns`, `connection`, `timeout`
*/
async function certificateEnd(url, timeoutMs, signal, trust = {}) {
	const { connect } = await import("node:tls");
	const host = url.hostname.replace(/^\[|\]$/g, "");
	const own = new AbortController();
	return new Promise((resolve, reject) => {
		const socket = connect({
			...trust,
			host,
			port: Number(url.port || 443),
			...isIP(host) === 0 ? { servername: host } : {},
			rejectUnauthorized: false
		});
		const end = () => {
			own.abort();
			socket.destroy(/* @__PURE__ */ new Error("out of time"));
		};
		const timer = setTimeout(end, timeoutMs);
		signal.addEventListener("abort", end, { once: true });
		socket.once("close", () => {
			clearTimeout(timer);
			signal.removeEventListener("abort", end);
		});
		socket.once("error", (error) => reject(failureOf(error, url, own.signal)));
		socket.once("secureConnect", () => {
			try {
				resolve(endOf(socket, url));
			} catch (error) {
				reject(error);
			}
			socket.destroy();
		});
		if (signal.aborted) end();
	});
}
function endOf(socket, url) {
	const wrong = String(socket.authorizationError ?? "");
	if (!socket.authorized && wrong !== "CERT_HAS_EXPIRED") {
		const message = `${url.origin} has no certificate that this machine trusts for it (${wrong}): does NODE_EXTRA_CA_CERTS name its authority?`;
		throw new NotMeasured("tls", message, { permanent: true });
	}
	const ends = [];
	let next = socket.getPeerCertificate(true);
	while (next?.valid_to !== void 0 && ends.length < 10) {
		ends.push(Date.parse(next.valid_to));
		next = next.issuerCertificate === next ? void 0 : next.issuerCertificate;
	}
	const first = ends.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
	if (Number.isFinite(first)) return first;
	throw new NotMeasured("tls", `${url.origin} does not say when its certificate ends`);
}
// build/sources/telemetry/http-probe/expect.js
/** What an answer of the probed address must be like. */
const status = union([picklist([
	"1xx",
	"2xx",
	"3xx",
	"4xx",
	"5xx"
]), pipe(number(), check((n) => Number.isInteger(n) && n >= 100 && n <= 599, "a status between 100 and 599"))]);
const expectSchema = strictObject({
	status: described(optional(oneOrMore(status), ["2xx"]), "Status, or several, that the answer must have: `200`, `[200, 204]`, `2xx`. Default: `2xx`."),
	contains: described(optional(filled), "Text that the body must hold."),
	body: described(optional(filled), "CEL expression over `status`, `body` (the parsed JSON) and `headers` that must be true, e.g. `body.status == \"ok\"`."),
	"max-redirects": described(optional(whole(0), 0), "How many redirects are followed. Without, a redirect is an answer like others.")
});
const variables = {
	status: "int",
	body: "dyn",
	headers: "map<string, string>"
};
/** @throws {NotMeasured} `bad-query`, permanent, when `body` is no expression or cannot give true or false */
async function compileBody(text) {
	const expression = await compile(text, variables);
	if (!["bool", "dyn"].includes(expression.type)) throw noCondition(text, `a ${expression.type}`);
	return expression;
}
const noCondition = (text, found) => new NotMeasured("bad-query", `\`${oneLine(text, 120)}\` gives ${found}, expected true or false`, { permanent: true });
/** @throws {NotMeasured} as `compileBody`; the judge itself throws it when its expression fails, which is not the address' fault */
async function judgeOf({ status: wanted, contains, body }) {
	const condition = body === void 0 ? void 0 : await compileBody(body);
	return (response) => {
		if (!wanted.some((w) => typeof w === "number" ? w === response.status : Number(w[0]) === Math.floor(response.status / 100))) return `status ${response.status}`;
		if (contains !== void 0 && !response.text.includes(contains)) return `the body does not contain \`${oneLine(contains, 60)}\``;
		return condition === void 0 || body === void 0 ? void 0 : broken(condition, body, response);
	};
}
function broken(condition, text, { status: code, headers, text: raw }) {
	let parsed = null;
	try {
		if (condition.reads.has("body")) parsed = JSON.parse(raw);
	} catch {
		return "the body is no JSON";
	}
	const defined = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== void 0));
	const outcome = condition.evaluate({
		status: BigInt(code),
		body: parsed,
		headers: defined
	});
	if ("missing" in outcome) return outcome.missing;
	if (typeof outcome.value !== "boolean") throw noCondition(text, "something else");
	return outcome.value ? void 0 : `not \`${oneLine(text, 80)}\``;
}
// build/sources/telemetry/http-probe/probe.js
/** After this many times `concurrency` requests without any answer in time, the rest would only take the time of the other gates. */
const patience = 2;
/** @throws {NotMeasured} `timeout` when the round ended before one request did; else the first failure when nothing speaks about the address */
async function probe(http, plan, signal) {
	const { concurrency, requests, timeoutMs } = plan;
	await sendMany(plan.warmUp, concurrency, () => attempt(http, plan, signal), () => signal.aborted);
	const attempts = [];
	const hopeless = () => attempts.length >= patience * concurrency && attempts.every((a) => a.kind === "failed" && a.ms !== void 0);
	await sendMany(requests, concurrency, async () => {
		const got = await attempt(http, plan, signal);
		if (!signal.aborted) attempts.push(got);
	}, () => signal.aborted || hopeless());
	if (attempts.length === 0) throw new NotMeasured("timeout", `the round ended before one of the requests did: \`round-timeout\` must be longer than \`timeout\` (${formatDuration(timeoutMs)}) and the warm-up take`);
	const [first] = attempts;
	if (first?.kind === "unmeasured" && attempts.every((a) => a.kind === "unmeasured")) throw first.error;
	const unsent = attempts.length < requests;
	return {
		attempts,
		cut: unsent && signal.aborted,
		gaveUp: unsent && !signal.aborted
	};
}
/** Runs `one` so many times, some at once, until `over`. */
async function sendMany(times, atOnce, one, over) {
	let left = times;
	const work = async () => {
		while (left > 0 && !over()) {
			left -= 1;
			await one();
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, times) }, work));
}
async function attempt(http, plan, round) {
	const own = new AbortController();
	const end = () => own.abort();
	const timer = setTimeout(end, plan.timeoutMs);
	round.addEventListener("abort", end, { once: true });
	if (round.aborted) end();
	const began = performance.now();
	try {
		const response = await follow(http, plan, own.signal);
		const ms = performance.now() - began;
		const why = plan.judge(response);
		return why === void 0 ? {
			kind: "ok",
			ms
		} : {
			kind: "failed",
			why
		};
	} catch (error) {
		if (!(error instanceof NotMeasured)) throw error;
		if (error.code === "timeout" && !round.aborted) return {
			kind: "failed",
			ms: performance.now() - began,
			why: `no answer within ${formatDuration(plan.timeoutMs)}`
		};
		const why = fault(error);
		return why === void 0 ? {
			kind: "unmeasured",
			error
		} : {
			kind: "failed",
			why
		};
	} finally {
		clearTimeout(timer);
		round.removeEventListener("abort", end);
	}
}
/** What of the ways to get no answer speaks against the address; undefined for what may as well be our own network, proxy or credential. */
function fault({ code, cause }) {
	const system = String(cause?.code ?? "");
	if (code === "refused") return "nothing listens";
	if (code === "connection") return system === "ENETUNREACH" ? void 0 : `the connection broke${system && ` (${system})`}`;
	if (code === "tls") {
		if (system === "CERT_HAS_EXPIRED") return "the certificate has ended";
		if (system === "ERR_TLS_CERT_ALTNAME_INVALID") return "the certificate is for another name";
	}
	return code === "bad-answer" ? "the body cannot be decoded" : void 0;
}
async function follow(http, { request, redirects }, signal) {
	let next = request;
	for (let left = redirects;; left--) {
		const response = await http.send({
			...next,
			single: true,
			signal
		});
		const { location } = response.headers;
		if (!([
			301,
			302,
			303,
			307,
			308
		].includes(response.status) && location !== void 0) || left === 0 || !URL.canParse(location, next.url)) return response;
		next = redirected(next, new URL(location, next.url), response.status);
	}
}
/** As browsers do it: a body is sent again only after 307 and 308, and what the policy sends to one origin no other one gets. */
function redirected(request, to, status) {
	const same = to.origin === new URL(request.url).origin;
	const again = status === 307 || status === 308;
	const { method = "GET", body, headers } = request;
	return {
		url: to.href,
		method: again || method === "HEAD" ? method : "GET",
		...same && headers ? { headers } : {},
		...again && same && body !== void 0 ? { body } : {}
	};
}
// build/sources/telemetry/http-probe/index.js
/** Source `http-probe`: asks a slot, a canary or the service itself a few times, and measures how it answers. */
const upTo = (most) => pipe(whole(1), check((n) => n <= most, `a whole number of at most ${most}`));
const fields = strictObject({
	url: described(address, "What is asked, e.g. the health page of a slot."),
	method: described(optional(picklist([
		"GET",
		"HEAD",
		"POST"
	]), "GET"), "How it is asked."),
	headers: described(headersWithout(["cookie"]), "Headers to send, e.g. `cookie: x-ms-routing-name=staging` to be sent to a slot."),
	body: described(optional(filled), "Sent with `method: POST`."),
	...authFields,
	requests: described(optional(upTo(1e3), 20), "How many requests of a round count."),
	concurrency: described(optional(upTo(50), 4), "How many are under way at once."),
	"warm-up": described(optional(pipe(whole(0), check((n) => n <= 1e3, "a whole number of at most 1000")), 3), "How many requests are sent before those that count."),
	timeout: described(optional(pipe(duration, check((ms) => ms > 0, "longer than nothing")), "5s"), "How long one request may take; then it has failed."),
	expect: described(optional(expectSchema, {}), "What an answer must be like; otherwise the request has failed.")
});
const schema = pipe(fields, check((c) => signsInOneWay(c), oneWayToSignIn), check((c) => c.method === "POST" || c.body === void 0, "`body` only with `method: POST`"), check((c) => c.method !== "HEAD" || c.expect.body === void 0 && c.expect.contains === void 0, "no `expect.body` and `expect.contains` with `method: HEAD`, which is answered without a body"));
/** A probe sees nothing but now. */
const liveMs = 3e5;
var HttpProbe = class {
	#config;
	#context;
	#url;
	/** One probe for all the signals of a round. */
	#probed = /* @__PURE__ */ new Map();
	#ends = /* @__PURE__ */ new Map();
	constructor(config, context) {
		this.#config = config;
		this.#context = context;
		this.#url = new URL(config.url);
	}
	async ask(question, signal) {
		const { window, query } = question;
		refuseBins(question, "a probe asks now; it has no values of other minutes");
		const wanted = signalOf(query);
		if (this.#context.clock.now() - window.to > liveMs) throw badQuery(`a probe sees nothing but now, and is asked for the time until ${iso(window.to)}`);
		if (wanted === "certificate-life") {
			const { what: end, ...times } = await this.#once(this.#ends, window.to, () => this.#certificate(signal));
			const value = (end - times.to) / 36e5;
			const evidence = {
				subject: `the certificate of ${this.#url.origin}, which ends ${iso(end)}`,
				seen: 1,
				notes: []
			};
			return this.#measurement(query, times, {
				...evidence,
				partial: false,
				values: [value],
				points: 1
			});
		}
		const { what: probed, ...times } = await this.#once(this.#probed, window.to, () => this.#probe(signal));
		const counted = probed.attempts.filter((a) => a.kind !== "unmeasured");
		const value = measured(wanted, counted);
		return this.#measurement(query, times, {
			subject: `${counted.length} requests: ${this.#asked()}`,
			seen: counted.length,
			notes: remarks(probed, this.#config.requests),
			partial: probed.cut || counted.length < probed.attempts.length,
			values: value === void 0 ? [] : [value],
			points: counted.length,
			events: counted.length
		});
	}
	#once(kept, at, measure) {
		const known = kept.get(at);
		if (known) return known;
		kept.clear();
		const { clock } = this.#context;
		const from = clock.now();
		const seen = measure().then((what) => ({
			what,
			from,
			to: clock.now()
		}));
		kept.set(at, seen);
		seen.catch(() => kept.delete(at));
		return seen;
	}
	async #probe(signal) {
		const { method, body, headers, requests, concurrency, timeout, expect } = this.#config;
		const plan = {
			request: {
				url: this.#url.href,
				method,
				headers: {
					...lowerCase(headers),
					...authorization(this.#config)
				},
				...body === void 0 ? {} : { body }
			},
			judge: await judgeOf(expect),
			requests,
			warmUp: this.#config["warm-up"],
			concurrency,
			timeoutMs: timeout,
			redirects: expect["max-redirects"]
		};
		return probe(this.#context.http, plan, signal);
	}
	async #certificate(signal) {
		if (this.#url.protocol !== "https:") throw badQuery(`${this.#url.origin} is plain http and has no certificate`);
		const proxy = await proxyFor(this.#url, signal, this.#context.identity.env);
		if (proxy) {
			const message = `the certificate of ${this.#url.origin} cannot be read through the proxy ${proxy.name}`;
			throw new NotMeasured("proxy", message, { permanent: true });
		}
		return certificateEnd(this.#url, this.#config.timeout, signal);
	}
	#asked() {
		return `${this.#config.method} ${this.#url.origin}${this.#url.pathname}`;
	}
	#measurement(query, { from, to }, seen) {
		const { values, points, ...rest } = seen;
		return {
			kind: "samples",
			...rest,
			query: `${signalText(query)} of ${this.#asked()}`,
			link: `${this.#url.origin}${this.#url.pathname}`,
			at: iso(to),
			window: {
				from: iso(from),
				to: iso(to)
			},
			newest: iso(to),
			series: values.map((value) => ({
				labels: {},
				value,
				points
			}))
		};
	}
};
const badQuery = (message) => new NotMeasured("bad-query", message, { permanent: true });
const known = [
	"failure-rate",
	"success-rate",
	"duration-p50",
	"duration-p95",
	"duration-p99",
	"requests",
	"certificate-life"
];
/** @throws {NotMeasured} for what only a source that watches real traffic can tell apart */
function signalOf(query) {
	if (typeof query === "string") throw badQuery(`a probe has no query language; write \`signal\`, one of ${known.join(", ")}`);
	const { signal, of, where, exclude, synthetic, by } = query;
	const found = known.find((name) => name === signal);
	if (found === void 0) throw badQuery(`a probe has no signal \`${signal}\`; it has ${known.join(", ")}`);
	const narrowed = Object.entries({
		of,
		where,
		exclude,
		by,
		synthetic: synthetic || void 0
	}).find(([, x]) => x !== void 0);
	if (narrowed) throw badQuery(`a probe knows only its own requests, so \`${narrowed[0]}\` means nothing here: write another source with another \`url\``);
	return found;
}
/** @returns undefined when none of the requests has what is asked for */
function measured(signal, attempts) {
	const all = attempts.length;
	const failed = attempts.filter((a) => a.kind === "failed").length;
	switch (signal) {
		case "requests": return all;
		case "failure-rate": return failed / all;
		case "success-rate": return (all - failed) / all;
		case "duration-p50": return nearestRank(attempts, 50);
		case "duration-p95": return nearestRank(attempts, 95);
		case "duration-p99": return nearestRank(attempts, 99);
	}
}
/**
* The smallest duration that so many percent of the requests did not exceed. A request that failed is slower than all that did not:
* a broken service answers quickly. One that ran out of time took at least that long.
*
* @returns milliseconds; `+Inf` when the rank falls on a request that failed without running out of time
*/
function nearestRank(attempts, percent) {
	const ranked = attempts.map((a) => "ms" in a && a.ms !== void 0 ? a.ms : Number.POSITIVE_INFINITY).toSorted((a, b) => a - b);
	const at = ranked[Math.ceil(percent * ranked.length / 100) - 1];
	return at === Number.POSITIVE_INFINITY ? "+Inf" : at;
}
/** How many failed in which way, the most frequent first. */
function remarks({ attempts, cut, gaveUp }, wanted) {
	const counts = /* @__PURE__ */ new Map();
	for (const a of attempts) {
		if (a.kind === "ok") continue;
		const why = a.kind === "failed" ? a.why : `not measured, ${a.error.message}`;
		counts.set(why, (counts.get(why) ?? 0) + 1);
	}
	const ways = [...counts].toSorted(([, a], [, b]) => b - a).map(([why, n]) => `${n} of ${attempts.length}: ${why}`);
	return [
		...cut ? [`only ${attempts.length} of ${wanted} requests were over when the round ended`] : [],
		...gaveUp ? [`the other ${wanted - attempts.length} were not sent, since none of these was answered`] : [],
		...ways.slice(0, 5)
	];
}
const httpProbeSource = defineSource({
	type: "http-probe",
	families: ["telemetry"],
	signals: known,
	schema,
	open(config, context) {
		const target = new HttpProbe(config, context);
		return { telemetry: (question, signal) => target.ask(question, signal) };
	},
	async proofread({ query }, { expect }) {
		const { body } = expect;
		const wrong = [() => signalOf(query), async () => body !== void 0 && compileBody(body)].map(async (look) => {
			try {
				await look();
				return [];
			} catch (error) {
				if (error instanceof NotMeasured) return [error.message];
				throw error;
			}
		});
		return (await Promise.all(wrong)).flat();
	}
});
export { httpProbeSource };
