import { $ as optional, A as check, H as looseObject, O as array, Q as object, T as secret, X as nullish, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, it as pipe, l as classOf, ut as strictObject, vt as NotMeasured, x as httpUrl } from "./base.js";
import { Cn as parseJson, En as pLimit, Zn as iso, nn as authFields, rn as authorization, vr as oneLine, wn as refuseDenied } from "./shared.js";
import { _ as statesMeasured, g as stateOf, h as missingState, l as serve, m as asksFor, u as unknownServing } from "./flags.js";
// build/sources/flags/ofrep/client.js
/**
* Asks a service by the OpenFeature Remote Evaluation Protocol, specification 0.3.0
* (https://github.com/open-feature/protocol/blob/main/service/openapi.yaml).
*/
/** Fields of the source's schema. */
const fields = strictObject({
	url: described(httpUrl, "Base URL of the service; `/ofrep/v1/evaluate/flags/…` is added to it."),
	token: authFields.token,
	"api-key": described(optional(secret), "Sent as `X-API-Key`."),
	sample: described(optional(pipe(number(), check((n) => n === 0 || Number.isSafeInteger(n) && n >= 20 && n <= 2e3, "a whole number from 20 to 2000, or 0")), 0), "How many made-up users a flag is evaluated for, to estimate its exposure, where the service does not say that all get the same. Default: `0`, none: then the exposure is not known.")
});
/** Reasons of OpenFeature that hold for every context. */
const forEveryone = /* @__PURE__ */ new Set(["STATIC", "DISABLED"]);
const success = object({
	key: string(),
	reason: nullish(string()),
	variant: nullish(string()),
	value: optional(unknown())
});
const refusal = object({
	errorCode: string(),
	errorDetails: nullish(string())
});
const bulk = object({ flags: array(looseObject({ key: string() })) });
var Client = class {
	config;
	context;
	constructor(config, context) {
		this.config = config;
		this.context = context;
	}
	get allUrl() {
		return `${this.config.url}/ofrep/v1/evaluate/flags`;
	}
	async #post(url, body, signal) {
		const { token, "api-key": apiKey } = this.config;
		return await this.context.http.send({
			url,
			method: "POST",
			headers: {
				accept: "application/json",
				"content-type": "application/json",
				...authorization({ token }),
				...apiKey === void 0 ? {} : { "x-api-key": apiKey }
			},
			body,
			signal
		});
	}
	/** What a flag serves to a context. @throws {NotMeasured} when it cannot be evaluated; a flag that is not there can be */
	async evaluate(flag, context, signal) {
		if (/^\.{1,2}$/.test(flag)) {
			const message = `a flag called ${flag} cannot be asked for: its name would change the address`;
			throw new NotMeasured("bad-query", message, { permanent: true });
		}
		const url = `${this.allUrl}/${encodeURIComponent(flag)}`;
		const body = JSON.stringify({ context });
		const response = await this.#post(url, body, signal);
		const answer = this.#understand(response, flag);
		return this.#served(flag, context, `POST ${url} ${body}`, answer);
	}
	/** What all flags serve to a context, by name; a service may leave out flags that are disabled. */
	async evaluateAll(context, signal) {
		const body = JSON.stringify({ context });
		const response = await this.#post(this.allUrl, body, signal);
		this.#refuse(response, "the flags");
		const parsed = safeParse(bulk, parseJson(response, this.config.url));
		if (!parsed.success) throw this.#bad("answered something that is no list of OFREP: is the URL right?");
		const all = /* @__PURE__ */ new Map();
		for (const entry of parsed.output.flags) {
			if (all.has(entry.key)) throw this.#bad(`lists the flag ${oneLine(entry.key, 60)} twice`);
			all.set(entry.key, () => this.#served(entry.key, context, `POST ${this.allUrl} ${body}`, this.#answered(entry, entry.key)));
		}
		return all;
	}
	#served(flag, context, query, answer) {
		const common = {
			kind: "flag",
			subject: `flag ${flag}`,
			query,
			at: iso(this.context.clock.now()),
			partial: false,
			flag,
			scope: "context",
			context: { ...context }
		};
		if (answer === "unknown") {
			const nothing = {
				exists: false,
				enabled: null,
				value: null,
				variant: null,
				reason: "FLAG_NOT_FOUND"
			};
			return {
				...common,
				...nothing,
				seen: 0,
				notes: []
			};
		}
		const reason = answer.reason ?? "UNKNOWN";
		return {
			...common,
			seen: 1,
			notes: [],
			exists: true,
			enabled: reason.toUpperCase() === "DISABLED" ? false : null,
			value: answer.value ?? null,
			variant: answer.variant ?? null,
			reason: oneLine(reason, 60),
			scope: forEveryone.has(reason.toUpperCase()) ? "everyone" : "context"
		};
	}
	#understand(response, flag) {
		const refused = safeParse(refusal, looseJson(response.text));
		if (response.status === 404 && refused.success && refused.output.errorCode === "FLAG_NOT_FOUND") return "unknown";
		this.#refuse(response, flag);
		return this.#answered(parseJson(response, this.config.url), flag);
	}
	/** Refuses every answer but 200 without an error in it. */
	#refuse(response, what) {
		const { url } = this.config;
		refuseDenied(response, url, "the right to evaluate flags");
		const refused = safeParse(refusal, looseJson(response.text));
		if (refused.success) throw this.#failed(what, refused.output);
		if (response.status !== 200) throw this.#bad(`answered ${response.status}, expected 200`);
	}
	/** One flag's answer, alone or in a list. */
	#answered(json, flag) {
		const refused = safeParse(refusal, json);
		if (refused.success) throw this.#failed(flag, refused.output);
		const parsed = safeParse(success, json);
		if (!parsed.success) throw this.#bad("answered something that is not OFREP: is the URL right?");
		const answer = parsed.output;
		if (answer.key !== flag) throw this.#bad(`answered for the flag ${oneLine(answer.key, 60)}, asked was ${flag}`);
		if (answer.reason?.toUpperCase() === "ERROR") {
			const message = `${flag} cannot be evaluated at ${this.config.url}: it gives no reason`;
			throw new NotMeasured("evaluation-failed", message);
		}
		return answer;
	}
	#failed(what, { errorCode, errorDetails }) {
		const permanent = errorCode === "INVALID_CONTEXT" || errorCode === "TARGETING_KEY_MISSING";
		const said = this.#clean(`${errorCode} ${errorDetails ?? ""}`);
		const message = `${what} cannot be evaluated at ${this.config.url}: ${said}`;
		return new NotMeasured("evaluation-failed", message, { permanent });
	}
	#bad(what) {
		return new NotMeasured("bad-answer", `${this.config.url} ${what}`);
	}
	/** A service may repeat in its answer what was sent to it. */
	#clean(text) {
		const secrets = [this.config.token, this.config["api-key"]].filter((x) => x !== void 0);
		return oneLine(secrets.reduce((t, s) => t.replaceAll(s, "***"), text));
	}
};
/** The body, when it is JSON; an error's body need not be. */
function looseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
// build/sources/flags/ofrep/sampled.js
const cannotTell = {
	possible: false,
	scope: "none",
	blockedBy: "read-only",
	why: "the protocol only evaluates flags: name the source that holds them"
};
/** @param answers of one flag that exists; one of them where all get the same, or nobody else was asked for */
function sampledState(key, answers, meaning) {
	const variants = variantsOf(answers);
	const [first] = answers;
	const same = first?.scope === "everyone";
	const definition = {
		enabled: first?.enabled ?? null,
		kind: kindOf(variants),
		variants,
		rules: [],
		otherwise: same ? serve(nameOf(first)) : unknownServing,
		off: same && first.enabled === false ? serve(nameOf(first)) : unknownServing
	};
	const state = stateOf({
		key,
		definition,
		kill: cannotTell,
		targetingUnknown: true
	}, meaning);
	if (same || answers.length < 2) return state;
	const classes = answers.map((answer) => nameOf(answer) === null ? meaning.codeDefault ?? "unclear" : classOf(answer, meaning));
	const on = classes.filter((is) => is === "on").length;
	const off = classes.filter((is) => is === "off").length;
	const unclear = answers.length - on - off;
	const lo = wilson(on, answers.length).lo;
	const { hi } = wilson(on + unclear, answers.length);
	const reach = on > 0 && off > 0 ? "partial" : "unknown";
	const why = unclear > 0 ? [`${unclear} of ${answers.length} evaluations are neither on nor off`] : [];
	return {
		...state,
		exposure: {
			lo,
			hi
		},
		method: "sampled",
		sample: answers.length,
		reach,
		unclear: why
	};
}
function kindOf(variants) {
	if (variants.length === 0) return "unknown";
	return variants.every(({ value }) => typeof value === "boolean") ? "boolean" : "multivariate";
}
const nameOf = ({ variant, value }) => value === null || value === void 0 ? null : variant ?? JSON.stringify(value);
function variantsOf(answers) {
	return [...new Map(answers.flatMap((a) => nameOf(a) === null ? [] : [[nameOf(a) ?? "", a.value]]))].map(([name, value]) => ({
		name,
		value
	}));
}
/** Normal quantile of 97.5 %. */
const z = 1.959964;
/** Wilson's score interval at 95 %, in percent (E. B. Wilson, JASA 22, 1927). */
function wilson(hits, n) {
	const p = hits / n;
	const centre = (p + z * z / (2 * n)) / (1 + z * z / n);
	const half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
	const percent = (x) => Math.min(100, Math.max(0, Number((100 * x).toPrecision(12))));
	return {
		lo: hits === 0 ? 0 : percent(centre - half),
		hi: hits === n ? 100 : percent(centre + half)
	};
}
// build/sources/flags/ofrep/states.js
/** How flags are set up, as far as evaluations can tell. */
/** How many evaluations are under way at once. */
const atOnce = 8;
/** The same made-up users each time, so that two rounds do not differ by chance. */
const userOf = (number) => ({ targetingKey: number === 0 ? "signalbox" : `signalbox-${number}` });
/** Asks for all users but the first; one failure fails all, and what is not under way yet is not sent. */
async function sampled(client, ask) {
	const limit = pLimit(atOnce);
	const users = Array.from({ length: Math.max(0, client.config.sample - 1) }, (_, i) => userOf(i + 1));
	try {
		return await Promise.all(users.map((user) => limit(() => ask(user))));
	} catch (error) {
		limit.clearQueue();
		throw error;
	}
}
const isForSome = (answer) => answer.exists && answer.scope !== "everyone";
/** Answers of one flag; those that are about all, or about no flag, came after a change. */
function stateFrom(flag, answers, question) {
	const [first] = answers;
	if (!first?.exists) return missingState(flag);
	if (answers.length > 1 && !answers.every(isForSome)) throw new NotMeasured("evaluation-failed", `${flag} was changed while it was evaluated for many users`);
	return sampledState(flag, answers, question.meaning);
}
const noteOf = (states) => states.some(({ method }) => method === "sampled") ? ["exposures are estimated from users of whom nothing but a key is known: what rules serve to others is not seen"] : [];
async function stateOfOne(client, question, flag, signal) {
	const first = await client.evaluate(flag, userOf(0), signal);
	const states = [stateFrom(flag, [first, ...isForSome(first) ? await sampled(client, (user) => client.evaluate(flag, user, signal)) : []], question)];
	const about = {
		subject: `flag ${flag}`,
		query: first.query,
		notes: noteOf(states)
	};
	return statesMeasured(question, states, client.context, about);
}
/** By the list of all flags: one request for each user, whatever the number of flags. */
async function statesOfAll(client, question, match, signal) {
	const fits = asksFor(question);
	const first = await client.evaluateAll(userOf(0), signal);
	const keys = [...first.keys()].filter(fits);
	if (keys.length > 500) {
		const message = `${keys.length} flags match: ask for at most 500`;
		throw new NotMeasured("too-large", message, { permanent: true });
	}
	const answers = new Map(keys.map((key) => [key, [answerOf(first, key)]]));
	const open = keys.filter((key) => (answers.get(key) ?? []).every(isForSome));
	if (open.length > 0) await sampled(client, async (user) => {
		const all = await client.evaluateAll(user, signal);
		for (const key of open) answers.get(key)?.push(answerOf(all, key));
	});
	const states = keys.map((key) => stateFrom(key, answers.get(key) ?? [], question));
	return statesMeasured(question, states, client.context, {
		subject: `flags ${match}`,
		query: `POST ${client.allUrl} ${JSON.stringify({ context: userOf(0) })}`,
		notes: [...noteOf(states), "the list of a service may lack flags that are disabled: name those that matter"]
	});
}
function answerOf(all, key) {
	const answer = all.get(key);
	if (answer) return answer();
	throw new NotMeasured("evaluation-failed", `${key} was removed while it was evaluated for many users`);
}
async function statesOf(client, question, signal) {
	const { of } = question;
	if ("flag" in of) return stateOfOne(client, question, of.flag, signal);
	return statesOfAll(client, question, of.match, signal);
}
// build/sources/flags/ofrep/index.js
/**
* Source `ofrep`: any service that speaks the OpenFeature Remote Evaluation Protocol. It tells what is served, never how a flag is set
* up: its state is known where the service says that all get the same, and else only by evaluating for many users.
*/
const schema = pipe(fields, check((c) => c.token === void 0 || c["api-key"] === void 0, "either `token` or `api-key`"));
const ofrepSource = defineSource({
	type: "ofrep",
	families: ["flags"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		return { flags: (question, signal) => question.ask === "served" ? client.evaluate(question.flag, question.context, signal) : statesOf(client, question, signal) };
	}
});
export { ofrepSource };
