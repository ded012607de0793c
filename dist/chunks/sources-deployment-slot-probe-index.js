import { $ as optional, A as check, G as minLength, O as array, U as maxLength, b as formatDuration, bt as defineSource, g as described, h as between, it as pipe, ut as strictObject, vt as NotMeasured, y as filled } from "./base.js";
import { Zn as iso, vr as oneLine } from "./shared.js";
import { $ as attempt, _t as oneWayToSignInSomehow, at as requestFields, ct as judgeOf, dt as credentialHeaders, et as sendMany, gt as lowerCase, it as patience, lt as address, nt as expectsWhatComes, ot as whatComes, pt as headersWithout, rt as hasBodyOfItsMethod, tt as bodyOfItsMethod, ut as credentialFields, vt as signsInSomehow } from "./late.js";
// build/sources/deployment/slot-probe/config.js
/** The fields of a `slot-probe`, and the requests that they come to. */
const side = pipe(strictObject({
	url: described(pipe(address, check((text) => !/[?#]/.test(text), "an address without a query: that stands in `path` of an endpoint")), "Where it is asked; the `path` of each endpoint is put behind it."),
	headers: described(headersWithout(["cookie"]), "Headers to send to this side, e.g. `cookie: x-ms-routing-name=staging` to be sent to a slot."),
	...credentialFields,
	"recognised-by": described(optional(filled), "CEL expression over `status`, `body` and `headers` that is true of the good answers of this side alone, e.g. `headers[\"x-version\"] == \"2.4.0\"`. A good answer without it is no evidence.")
}), check((s) => signsInSomehow(s), oneWayToSignInSomehow));
const endpoint = pipe(strictObject({
	path: described(pipe(filled, check((text) => /^\/[^#]*$/.test(text), "a path that begins with `/`")), "Put behind `url` of each side, with its query."),
	name: described(optional(filled), "What it is called in the record. Default: method and path, without the query."),
	method: requestFields.method,
	headers: described(headersWithout(), "Headers to send to both sides."),
	body: requestFields.body,
	expect: requestFields.expect,
	within: described(optional(patience, "5s"), "How long an answer may take with its redirects; then the request has failed.")
}), check((e) => hasBodyOfItsMethod(e), bodyOfItsMethod), check((e) => expectsWhatComes(e), whatComes));
const mostEndpoints = 20;
const fields = strictObject({
	idle: described(side, "The side that gets no traffic yet, which is judged."),
	live: described(optional(side), "The side that serves the users, to compare with. Without it only `max-failures` of the gate is judged."),
	endpoints: described(pipe(array(endpoint), minLength(1, "at least one endpoint"), maxLength(mostEndpoints, `at most ${mostEndpoints} endpoints`)), "What is asked on both sides, in turn."),
	concurrency: described(optional(between(1, 50), 4), "How many pairs of requests, one to each side, are under way at once. The two of a pair follow each other.")
});
const schema = pipe(fields, check(({ endpoints }) => new Set(endpoints.map(nameOf)).size === endpoints.length, "endpoints with a `name` of their own where method and path are the same"), check(({ idle, live }) => live === void 0 || addressed(idle) !== addressed(live), "`idle` and `live` with another `url` or other `headers`: as they are, both are the same side"));
const pathOf = ({ path }) => path.split("?", 1)[0] ?? path;
const nameOf = (asked) => asked.name ?? `${asked.method} ${pathOf(asked)}`;
/** Where the requests of one side go to. */
const addressed = ({ url, headers }) => JSON.stringify([new URL(url).href, Object.entries(lowerCase(headers)).toSorted(([a], [b]) => a < b ? -1 : 1)]);
/** @throws {NotMeasured} `bad-query`, permanent, for an expression that is none; `insecure` */
function targetsOf({ idle, live, endpoints }) {
	return Promise.all(endpoints.map(async (asked) => {
		const [one, other] = await Promise.all([shotOf(asked, idle), live && shotOf(asked, live)]);
		return {
			name: nameOf(asked),
			idle: one,
			live: other
		};
	}));
}
async function shotOf(asked, to) {
	const { path, method, body, expect, within } = asked;
	const [expected, recognised] = await Promise.all([judgeOf(expect), recognition(to)]);
	return {
		request: {
			url: `${to.url.replace(/\/+$/, "")}${path}`,
			method,
			headers: {
				...lowerCase(asked.headers),
				...lowerCase(to.headers),
				...credentialHeaders(to, to.url)
			},
			...body === void 0 ? {} : { body }
		},
		judge: (response) => expected(response) ?? recognised(response),
		timeoutMs: within,
		redirects: expect["max-redirects"]
	};
}
/** A good answer of another side is no evidence, neither for this one nor against it. */
async function recognition({ "recognised-by": sign, url }) {
	if (sign === void 0) return () => void 0;
	const judge = await judgeOf({
		status: [
			"1xx",
			"2xx",
			"3xx",
			"4xx",
			"5xx"
		],
		body: sign,
		"max-redirects": 0
	});
	return (response) => {
		const wrong = judge(response);
		if (wrong === void 0) return void 0;
		const message = `${new URL(url).origin} answered, but not from the side that was asked (${wrong}): do \`url\` and \`headers\` lead there, and does \`recognised-by\` fit?`;
		throw new NotMeasured("wrong-side", message);
	};
}
// build/sources/deployment/slot-probe/count.js
/** Upper bounds of durations, milliseconds: each longer than the one before by a third to two and a half times. */
const bounds = [
	2,
	5,
	10,
	20,
	35,
	50,
	75,
	100,
	150,
	200,
	300,
	400,
	500,
	750,
	1e3,
	1500,
	2e3,
	3e3,
	5e3,
	1e4
];
const mostReasons = 3;
/**
* @param targets all endpoints: one that no pair was for is there too, with no requests
* @throws {NotMeasured} why the first pair says nothing, when none says anything
*/
function counted(targets, pairs) {
	const told = pairs.map((pair) => ({
		pair,
		error: errorOf(pair)
	}));
	const measured = told.flatMap(({ pair, error }) => error === void 0 ? [pair] : []);
	const errors = told.flatMap(({ error }) => error ?? []);
	const [first] = errors;
	if (first !== void 0 && measured.length === 0) throw first;
	return {
		endpoints: targets.map((target) => {
			const own = measured.filter((pair) => pair.target === target);
			const idle = sideOf(own.map((pair) => pair.idle));
			return {
				name: target.name,
				idle,
				...target.live && { live: sideOf(own.flatMap((pair) => pair.live ?? [])) }
			};
		}),
		measured: measured.length,
		unmeasured: errors.length,
		why: frequent(errors.map(({ message }) => message)).map(({ why, count }) => `${why} (${count})`)
	};
}
/** Why a pair says nothing, and which of the two it lies at. */
function errorOf({ idle, live }) {
	for (const [side, got] of [["idle", idle], ["live", live]]) {
		if (got?.kind !== "unmeasured") continue;
		const { code, message, permanent } = got.error;
		return new NotMeasured(code, `${side} side: ${message}`, { permanent });
	}
}
function sideOf(attempts) {
	const durations = Array(bounds.length + 1).fill(0);
	const failures = [];
	for (const got of attempts) if (got.kind === "ok") {
		const at = bounds.findIndex((bound) => got.ms <= bound);
		const place = at === -1 ? bounds.length : at;
		durations[place] = (durations[place] ?? 0) + 1;
	} else if (got.kind === "failed") failures.push(got.why);
	return {
		sent: attempts.length,
		failed: failures.length,
		reasons: frequent(failures),
		durations
	};
}
/** The most frequent texts. */
function frequent(texts) {
	const counts = /* @__PURE__ */ new Map();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	return [...counts].toSorted(([, a], [, b]) => b - a).slice(0, mostReasons).map(([why, count]) => ({
		why: oneLine(why, 200),
		count
	}));
}
// build/sources/deployment/slot-probe/send.js
/** Timers and answers are late by as much, milliseconds. */
const lag = 100;
/**
* @param signal the end of the round
* @param random 0 to 1
* @returns the pairs that had all the time that the policy grants them. What began too late for that is left out whatever became of
*   it: of those only the quick ones would have come to an end
*/
async function sendPairs(http, { targets, pairs, warmUp, first, concurrency }, signal, random) {
	const over = new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener("abort", () => resolve(), { once: true });
	});
	const aborted = () => signal.aborted;
	const inTurn = (from) => {
		let next = from;
		return () => targets[next++ % targets.length];
	};
	const warming = inTurn(0);
	await Promise.race([sendMany(warmUp, concurrency, () => pairOf(http, warming(), signal, random), aborted), over]);
	const done = [];
	const counting = inTurn(first);
	const one = async () => {
		const began = performance.now();
		const pair = await pairOf(http, counting(), signal, random);
		if (!signal.aborted) done.push({
			pair,
			began
		});
	};
	await Promise.race([sendMany(pairs, concurrency, one, aborted), over]);
	if (!signal.aborted) return done.map(({ pair }) => pair);
	const end = performance.now();
	return done.filter(({ pair, began }) => began <= end - longest(pair.target) - lag).map(({ pair }) => pair);
}
/** That a pair may take, milliseconds. */
const longest = ({ idle, live }) => idle.timeoutMs + (live?.timeoutMs ?? 0);
async function pairOf(http, target, signal, random) {
	const send = (shot) => attempt(http, shot, signal);
	if (target.live === void 0) return {
		target,
		idle: await send(target.idle),
		live: void 0
	};
	if (random() < .5) return {
		target,
		idle: await send(target.idle),
		live: await send(target.live)
	};
	const live = await send(target.live);
	return {
		target,
		idle: await send(target.idle),
		live
	};
}
// build/sources/deployment/slot-probe/index.js
/** Source `slot-probe`: sends the same requests to the idle side and to the live side of a service, and counts how both answer. */
/** Of the pairs of a round so many may say nothing: more, and what is left may be those that happened to be well. */
const tolerated = .05;
async function probe(config, { http, clock }, { round, requests, warmUp }, signal) {
	const began = clock.now();
	const targets = await targetsOf(config);
	const pairs = await sendPairs(http, {
		targets,
		pairs: requests,
		warmUp,
		first: (round - 1) * requests,
		concurrency: config.concurrency
	}, signal, Math.random);
	const ended = clock.now();
	if (pairs.length === 0) {
		const message = `the round ended before one pair of requests had its time (${formatDuration(Math.max(...targets.map(longest)))}): \`round-timeout\` must be longer than that and the warm-up take`;
		throw new NotMeasured("timeout", message);
	}
	const { endpoints, measured, unmeasured, why } = counted(targets, pairs);
	const unsent = requests - pairs.length;
	return {
		kind: "probes",
		...wordsOf(config, {
			round,
			requests,
			warmUp
		}, measured),
		at: iso(ended),
		seen: measured,
		notes: [...unmeasured === 0 ? [] : [`${unmeasured} of ${pairs.length} pairs of requests say nothing`, ...why], ...unsent === 0 ? [] : [`${unsent} of ${requests} pairs of requests had no time before the round ended`]],
		partial: unmeasured > tolerated * pairs.length,
		round,
		began: iso(began),
		ended: iso(ended),
		bounds: [...bounds],
		endpoints: [...endpoints],
		unmeasured,
		unsent
	};
}
function wordsOf({ idle, live, endpoints }, { round, requests, warmUp }, measured) {
	const page = (url) => {
		const { origin, pathname } = new URL(url);
		return `${origin}${pathname}`.replace(/\/+$/, "");
	};
	const other = live === void 0 ? "" : ` and to the live side ${page(live.url)}`;
	return {
		subject: `${measured} requests to the idle side ${page(idle.url)}${other}`,
		query: `round ${round}, ${requests} requests to each side after ${warmUp}: ${endpoints.map(nameOf).join(", ")}`,
		link: page(idle.url)
	};
}
const slotProbeSource = defineSource({
	type: "slot-probe",
	families: ["probes"],
	schema,
	open(config, context) {
		return { probes: (question, signal) => probe(config, context, question, signal) };
	},
	async proofread(_, config) {
		try {
			await targetsOf(config);
			return [];
		} catch (error) {
			if (error instanceof NotMeasured) return [error.message];
			throw error;
		}
	}
});
export { slotProbeSource };
