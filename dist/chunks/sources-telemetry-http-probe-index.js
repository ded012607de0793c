import { $ as optional, A as check, b as formatDuration, bt as defineSource, g as described, h as between, it as pipe, ut as strictObject, vt as NotMeasured } from "./base.js";
import { Zn as iso, an as signsInOneWay, dr as failureOf, in as oneWayToSignIn, nn as authFields, rn as authorization, tr as signalText, ur as proxyFor } from "./shared.js";
import { $ as attempt, F as refuseBins, at as requestFields, ct as judgeOf, et as sendMany, gt as lowerCase, it as patience$1, lt as address, nt as expectsWhatComes, ot as whatComes, pt as headersWithout, rt as hasBodyOfItsMethod, st as compileBody, tt as bodyOfItsMethod } from "./late.js";
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
// build/sources/telemetry/http-probe/index.js
/** Source `http-probe`: asks a slot, a canary or the service itself a few times, and measures how it answers. */
const fields = strictObject({
	url: described(address, "What is asked, e.g. the health page of a slot."),
	method: requestFields.method,
	headers: described(headersWithout(["cookie"]), "Headers to send, e.g. `cookie: x-ms-routing-name=staging` to be sent to a slot."),
	body: requestFields.body,
	...authFields,
	requests: described(optional(between(1, 1e3), 20), "How many requests of a round count."),
	concurrency: described(optional(between(1, 50), 4), "How many are under way at once."),
	"warm-up": described(optional(between(0, 1e3), 3), "How many requests are sent before those that count."),
	timeout: described(optional(patience$1, "5s"), "How long one request may take; then it has failed."),
	expect: requestFields.expect
});
const schema = pipe(fields, check((c) => signsInOneWay(c), oneWayToSignIn), check((c) => hasBodyOfItsMethod(c), bodyOfItsMethod), check((c) => expectsWhatComes(c), whatComes));
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
