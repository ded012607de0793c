import { Zn as iso, b as webhookSecret, hr as serverWords, vr as oneLine, wn as refuseDenied, y as webhookHeaders } from "./shared.js";
import { Ct as text, St as numberBetween, Tt as compile, _t as oneWayToSignInSomehow, bt as Expressions, dt as credentialHeaders, ft as credentialOf, gt as lowerCase, ht as inJson, lt as address, mt as inHeader, pt as headersWithout, ut as credentialFields, vt as signsInSomehow, wt as truth, xt as answerVariables, yt as Answer } from "./late.js";
import { $ as optional, A as check, bt as defineSource, g as described, ht as union, it as pipe, n as changedMeanwhile, ot as record, rt as picklist, t as Refused, ut as strictObject, vt as NotMeasured, y as filled } from "./base.js";
import { y as change } from "./flags.js";
// build/sources/deployment/http-traffic/config.js
/** What a policy says of an interface by which traffic is moved, and that has no source of its own here. */
/** `$__weight{green}` is the weight of one target, `$__weights` is all of them as JSON. */
const macro = /\$__(?:weight\{([^{}]+)\}|(weights|note|lock)\b)/g;
/** An expression that gives a map of targets, or one for each of them. */
const byTarget$1 = union([filled, record(filled, filled)], "an expression, or a map of them by target");
const read = strictObject({
	url: described(address, "Address that answers with JSON how the traffic is shared out."),
	headers: described(headersWithout(), "Headers to send beside those that sign in."),
	weights: described(optional(byTarget$1, "body.weights"), "CEL expression over the answer that gives a map: percent, 0 to 100, by target; or a map of expressions by target. `status`, `body`, `headers` and `now` can be read. Together they are 100. Default: `body.weights`."),
	version: described(optional(byTarget$1), "The same for what runs there: a text. Default: not known."),
	running: described(optional(byTarget$1), "The same for whether it runs: true or false. Default: where it is ready."),
	ready: described(optional(byTarget$1), "The same for whether all that should serve does: true or false. Default: not known."),
	busy: described(optional(filled), "CEL expression: true, or a text that says what, while something is being changed. Default: nothing ever is."),
	lock: described(optional(filled), "CEL expression: what changes with every change, for the field `lock` of the write and `$__lock`. Beside it the header `ETag`, where there is one, comes back as `If-Match`.")
});
const write = strictObject({
	url: described(optional(address), "Address that takes the weights. Default: that of `read`."),
	method: described(optional(picklist([
		"PUT",
		"POST",
		"PATCH"
	]), "PUT"), "How they are sent."),
	headers: described(headersWithout(["if-match"]), "Headers to send beside those that sign in."),
	body: described(optional(filled), "Sent in place of `{\"weights\": {…}, \"note\": \"…\", \"lock\": …}`. `$__weights` (a JSON object), `$__weight{green}` (a number), `$__note` and `$__lock` stand for values. JSON unless `headers` say otherwise.")
});
const fields = strictObject({
	read: described(read, "How the traffic is read."),
	write: described(optional(write), "How it is moved. Default: it can only be read."),
	...credentialFields,
	secret: described(optional(webhookSecret), "Signs what is written: the headers `webhook-id`, `webhook-timestamp`, `webhook-signature` of Standard Webhooks."),
	subject: described(optional(filled), "Whose traffic it is, in words. Default: the address."),
	rest: described(optional(filled), "The target that gets what a move names no target for. Default: who has it now.")
});
const textsOf = ({ url = "", body = "", headers }) => [
	url,
	body,
	...Object.values(headers)
];
const targetsIn = ({ read: { weights } }) => typeof weights === "string" ? void 0 : Object.keys(weights);
const schema = pipe(fields, check((c) => signsInSomehow(c), oneWayToSignInSomehow), check((c) => targetsIn(c)?.length !== 0, "at least one target in `weights`"), check((c) => [c.read.url, ...Object.values(c.read.headers)].every((text) => !text.includes("$__")), "no macro in `read`"), check((c) => (c.write ? textsOf(c.write) : []).every((text) => !text.replace(macro, "").includes("$__")), "no macro but `$__weights`, `$__weight{…}`, `$__note` and `$__lock`"), check((c) => c.write?.body === void 0 || textsOf(c.write).some((text) => text.includes("$__weight")), "`$__weights` or `$__weight{…}` in `write`, so that it says what is wanted"), check((c) => {
	const known = targetsIn(c);
	const named = (c.write ? textsOf(c.write) : []).flatMap((text) => [...text.matchAll(macro)].flatMap(([, name]) => name ?? []));
	return known === void 0 || [...named, ...c.rest === void 0 ? [] : [c.rest]].every((n) => known.includes(n));
}, "only targets that `weights` names, in `rest` and `$__weight{…}`"));
// build/sources/deployment/http-traffic/control.js
/** Moves traffic by one signed request. */
function controlOf(client, written) {
	const { config, subject } = client;
	return {
		subject,
		...config.rest === void 0 ? {} : { rest: config.rest },
		async read(signal) {
			const { weights, busy, lock } = await client.read(signal);
			return {
				weights: Object.fromEntries(weights),
				lock,
				...busy === void 0 ? {} : { busy }
			};
		},
		async write(weights, before, note, signal) {
			const all = allOf(weights, before.weights, subject);
			const { etag, lock } = before.lock ?? {};
			await send(client, written, {
				weights: all,
				note,
				lock
			}, etag, signal);
		}
	};
}
/** Who is not named gets 0, said in so many words. @throws {Refused} for a target that is not there */
function allOf(weights, known, subject) {
	const missing = Object.keys(weights).find((name) => !Object.hasOwn(known, name) && (weights[name] ?? 0) > 0);
	if (missing !== void 0) {
		const what = `${subject} has no target ${missing} (it has ${Object.keys(known).join(", ")})`;
		throw new Refused("refused", what, "check its name, and that it is set up there");
	}
	return Object.fromEntries(Object.keys(known).map((name) => [name, Object.hasOwn(weights, name) ? weights[name] ?? 0 : 0]));
}
async function send({ config, context, subject }, request, values, etag, signal) {
	const url = fill(request.url ?? config.read.url, values, encodeURIComponent);
	const body = bodyOf(request, values);
	const id = process.getBuiltinModule("node:crypto").randomUUID();
	const own = Object.entries(lowerCase(request.headers)).map(([name, text]) => [name, fill(text, values, inHeader)]);
	const headers = {
		...etag === void 0 ? {} : { "if-match": etag },
		...Object.fromEntries(own),
		...webhookHeaders(config.secret, {
			id,
			now: context.clock.now(),
			body
		}),
		...credentialHeaders(config, url)
	};
	await change(context, {
		url,
		method: request.method,
		headers,
		body,
		needs: "permission to move the traffic",
		once: true,
		refusal: (response) => refusalOf(response, new URL(url).origin, subject, config)
	}, signal);
}
function bodyOf({ body }, values) {
	if (body !== void 0) return fill(body, values, inJson);
	const { weights, note, lock } = values;
	return JSON.stringify({
		weights,
		note,
		...lock === void 0 ? {} : { lock }
	});
}
/** @throws {Refused} where it asks for the weight of a target that is not there */
const fill = (text, { weights, note, lock }, quote) => text.replace(macro, (_, target, name) => {
	if (target === void 0) {
		if (name !== "weights") return quote(name === "note" ? note : String(lock ?? ""));
		const json = JSON.stringify(weights);
		return quote === inJson ? json : quote(json);
	}
	if (Object.hasOwn(weights, target)) return String(weights[target]);
	throw new Refused("refused", `there is no target ${target}, as \`$__weight{${target}}\` says`, "check its name");
});
function refusalOf(response, origin, subject, config) {
	const { status } = response;
	if (status === 409 || status === 412) return changedMeanwhile(`the traffic of ${subject}`, origin);
	const said = `(${status})${serverWords(response.text, credentialOf(config))}`;
	switch (status) {
		case 401: return new Refused("permission", `${origin} does not accept the credential or the signature ${said}`, "give this source a token and a secret that are valid");
		case 403: return new Refused("permission", `${origin} does not allow traffic to be moved ${said}`, "give its credential permission to move the traffic");
		case 423: return new Refused("locked", `${origin} has locked the traffic ${said}`, "unlock it");
		default: return new Refused("refused", `${origin} does not take the weights ${said}`, "see its words, and what it expects to be sent");
	}
}
// build/sources/deployment/http-traffic/read.js
/** How the traffic is shared out, by what the policy's expressions make of an answer. */
/** An answer that lay in a cache for longer, in seconds, tells of another time. */
const oldestAge = 10;
/** Weights are sums of decimal fractions. */
const slack = .01;
var Client = class {
	config;
	context;
	#expressions = new Expressions();
	constructor(config, context) {
		this.config = config;
		this.context = context;
	}
	get origin() {
		return new URL(this.config.read.url).origin;
	}
	get subject() {
		const { subject, read } = this.config;
		return subject ?? `${this.origin}${new URL(read.url).pathname}`;
	}
	/** @throws {NotMeasured} */
	async read(signal) {
		const { weights, version, running, ready, busy, lock } = this.config.read;
		const answer = await this.#ask(signal);
		const shares = await byTarget(answer, "weights", weights, numberBetween(0, 100), "a number from 0 to 100");
		const sum = [...shares.values()].reduce((a, b) => a + b, 0);
		if (Math.abs(sum - 100) > slack) {
			const words = [...shares].map(([name, percent]) => `${name} ${percent}`).join(", ");
			const message = `the weights that ${this.origin} answered come to ${Number(sum.toFixed(3))} and not to 100: ${words}`;
			throw new NotMeasured("bad-answer", oneLine(message, 300));
		}
		const under = busy === void 0 ? "" : await answer.read("read.busy", busy, busyWords, "true or false, or a text");
		const held = lock === void 0 ? void 0 : await answer.read("read.lock", lock, lockOf, "a text or a number");
		const { etag } = answer.response.headers;
		return {
			weights: shares,
			versions: await byTarget(answer, "version", version, text, "a text or a number"),
			running: await byTarget(answer, "running", running, truth, "true or false"),
			ready: await byTarget(answer, "ready", ready, truth, "true or false"),
			...under === "" ? {} : { busy: under },
			lock: {
				...etag === void 0 ? {} : { etag },
				...held === void 0 ? {} : { lock: held }
			}
		};
	}
	async #ask(signal) {
		const { clock, http } = this.context;
		const { url, headers } = this.config.read;
		const sent = credentialOf(this.config);
		const response = await http.send({
			url,
			headers: {
				accept: "application/json",
				"cache-control": "no-cache",
				...lowerCase(headers),
				...credentialHeaders(this.config, url)
			},
			signal
		});
		refuseDenied(response, this.origin, "permission to read the traffic", sent);
		if (response.status < 200 || response.status >= 300) {
			const message = `${this.origin} answered ${response.status}${serverWords(response.text, sent)}`;
			throw new NotMeasured("bad-query", message, { permanent: true });
		}
		const age = Number(response.headers.age ?? 0);
		if (age > oldestAge) {
			const message = `${this.origin} answered out of a cache, as it was ${age} s ago: let nothing cache this address`;
			throw new NotMeasured("stale", message);
		}
		return new Answer(this.#expressions, response, this.origin, clock.now());
	}
};
const busyWords = (value) => typeof value === "boolean" ? value ? "it says that it is busy" : "" : typeof value === "string" ? oneLine(value) : void 0;
const lockOf = (value) => typeof value === "number" ? value : text(value);
/** One value for each target. @throws {NotMeasured} `bad-answer` where any of them is none */
async function byTarget(answer, field, written, accept, expected) {
	if (written === void 0) return /* @__PURE__ */ new Map();
	if (typeof written !== "string") {
		const found = /* @__PURE__ */ new Map();
		for (const [name, expression] of Object.entries(written)) found.set(name, await answer.read(`read.${field}.${name}`, expression, accept, expected));
		return found;
	}
	return answer.read(`read.${field}`, written, (value) => {
		const entries = entriesOf(value)?.map(([name, one]) => [name, accept(one)]) ?? [];
		const found = entries.flatMap(([name, one]) => one === void 0 ? [] : [[name, one]]);
		return found.length > 0 && found.length === entries.length ? new Map(found) : void 0;
	}, `a map with ${expected} for each target`);
}
/** Of a map, or of an object of JSON. */
function entriesOf(value) {
	if (value instanceof Map) return [...value].map(([name, one]) => [String(name), one]);
	if (typeof value !== "object" || value === null || Array.isArray(value)) return void 0;
	return Object.entries(value);
}
// build/sources/deployment/http-traffic/index.js
const httpTrafficSource = defineSource({
	type: "http-traffic",
	families: ["deployment"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		return {
			deployment: (question, signal) => ask(client, question, signal),
			...config.write ? { traffic: controlOf(client, config.write) } : {}
		};
	},
	async proofread(_, { read }) {
		const advice = [
			read.weights,
			read.version,
			read.running,
			read.ready,
			read.busy,
			read.lock
		].flatMap((x) => typeof x === "object" ? Object.values(x) : x ?? []).map((text) => compile(text, answerVariables).then(() => [], wrong));
		return (await Promise.all(advice)).flat();
	}
});
function wrong(error) {
	if (error instanceof NotMeasured) return [error.message];
	throw error;
}
async function ask(client, { targets, settings }, signal) {
	const { weights } = client.config.read;
	const unread = typeof weights === "string" ? void 0 : targets.find((name) => !Object.hasOwn(weights, name));
	if (unread !== void 0 || settings) {
		const message = unread === void 0 ? "this source does not tell settings" : `the source's \`weights\` do not say how ${unread} is read (they have ${Object.keys(weights).join(", ")})`;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	const read = await client.read(signal);
	const found = targets.map((name) => targetIn(read, name));
	return {
		kind: "deployments",
		subject: `the traffic of ${client.subject}`,
		query: `GET ${client.config.read.url}`,
		at: iso(client.context.clock.now()),
		seen: found.filter(({ exists }) => exists).length,
		notes: [],
		partial: false,
		targets: found
	};
}
/** Whose traffic is told does not tell whether it runs. */
function targetIn(read, name) {
	const traffic = read.weights.get(name);
	if (traffic === void 0) return {
		...nothing,
		name,
		reasons: ["it is not among those whose traffic is told"]
	};
	const { busy } = read;
	const version = read.versions.get(name);
	const ready = read.ready.get(name) ?? null;
	return {
		...nothing,
		name,
		exists: true,
		version: version === void 0 ? null : oneLine(version, 120),
		state: busy === void 0 ? stateOf(read.running.get(name) ?? (ready || null)) : "deploying",
		ready,
		traffic,
		reasons: [...busy === void 0 ? [] : [busy], ...ready === false ? ["it is not ready, says the answer"] : []]
	};
}
const stateOf = (running) => running === null ? "unknown" : running ? "running" : "stopped";
const nothing = {
	exists: false,
	version: null,
	state: "unknown",
	health: "unknown",
	ready: null,
	instances: null,
	traffic: null,
	since: null
};
export { httpTrafficSource };
