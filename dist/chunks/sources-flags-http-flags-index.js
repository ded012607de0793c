import { $ as optional, A as check, Z as number, bt as defineSource, ct as safeParse, g as described, it as pipe, k as boolean, n as changedMeanwhile, rt as picklist, t as Refused, ut as strictObject, vt as NotMeasured, y as filled } from "./base.js";
import { c as percentOf, g as stateOf, h as missingState, l as serve, o as matching, t as answers, y as change$1 } from "./flags.js";
import { hr as serverWords, vr as oneLine, wn as refuseDenied } from "./shared.js";
import { Ct as text, St as numberBetween, W as instantOf, _t as oneWayToSignInSomehow, bt as Expressions, dt as credentialHeaders, ft as credentialOf, gt as lowerCase, ht as inJson, lt as address, mt as inHeader, pt as headersWithout, ut as credentialFields, vt as signsInSomehow, wt as truth, yt as Answer } from "./late.js";
// build/sources/flags/http-flags/config.js
/** What a policy says of a flag service that has no source of its own here. */
const macro = /\$__(flag|percent|enabled|version|note)\b/g;
/** A request that the policy writes. */
const requestFields = (methods) => ({
	url: described(address, "Its address. `$__flag` stands for the name of the flag."),
	method: described(optional(picklist(methods), methods[0]), "How it is sent."),
	headers: described(headersWithout(["if-match"]), "Headers to send beside those that sign in."),
	body: described(optional(filled), "Sent as it is, JSON unless `headers` say otherwise.")
});
const change = strictObject(requestFields([
	"POST",
	"PUT",
	"PATCH",
	"DELETE"
]));
const fields = strictObject({
	...requestFields(["GET", "POST"]),
	...credentialFields,
	enabled: described(filled, "CEL expression over the answer: true while the flag is switched on. `status`, `body`, `headers` and `now` can be read."),
	percent: described(optional(filled), "CEL expression: percent of all users, 0 to 100, that get the new code while it is switched on. Default: all."),
	rules: described(optional(filled), "CEL expression: how many rules decide beside the percentage. With any, nobody knows how many users get it. Default: none, which is for you to know."),
	missing: described(optional(filled, "status == 404"), "CEL expression: true where the answer says that there is no such flag."),
	archived: described(optional(filled), "CEL expression: true where the flag is archived."),
	"when-off": described(optional(picklist([
		"off",
		"on",
		"code-default"
	]), "off"), "What is served while it is switched off: the old code, unless this says otherwise."),
	version: described(optional(filled), "CEL expression: what changes with every change of the flag. Default: the header `ETag`, where there is one."),
	changed: described(optional(filled), "CEL expression: when it was last changed; ISO 8601 with a time zone, or seconds or milliseconds since 1970."),
	evaluated: described(optional(filled), "CEL expression: when an application last asked for it, as `changed`."),
	owner: described(optional(filled), "CEL expression: who owns it."),
	list: described(optional(strictObject({
		...requestFields(["GET", "POST"]),
		names: described(filled, "CEL expression over its answer: a list of all names.")
	})), "The request that lists all flags, for patterns of names."),
	kill: described(optional(change), "The request that switches the flag off. `$__flag`, `$__version` and `$__note` (why) stand for values."),
	rollout: described(optional(change), "The request that switches it on for `$__percent` of all users, 0 to 100."),
	restore: described(optional(change), "The request that puts back what was there: `$__enabled` (true or false) and `$__percent`.")
});
const textsOf = ({ url, body, headers }) => [
	url,
	body ?? "",
	...Object.values(headers).map(String)
];
/** The requests with the macros that each may use. */
const requestsOf = (c) => [
	[c, ["flag"]],
	[c.list, []],
	[c.kill, [
		"flag",
		"version",
		"note"
	]],
	[c.rollout, [
		"flag",
		"version",
		"note",
		"percent"
	]],
	[c.restore, [
		"flag",
		"version",
		"note",
		"percent",
		"enabled"
	]]
];
const schema = pipe(fields, check((c) => signsInSomehow(c), oneWayToSignInSomehow), check((c) => c.method === "POST" || c.body === void 0, "`body` only with `method: POST`"), check((c) => requestsOf(c).every(([request, allowed]) => (request ? textsOf(request) : []).every((text) => [...text.matchAll(/\$__(\w*)/g)].every(([, name = ""]) => allowed.includes(name)))), "no macro but `$__flag`; `$__version` and `$__note` in changes, `$__percent` in `rollout` and `restore`, `$__enabled` in `restore`"), check((c) => [
	c,
	c.kill,
	c.rollout,
	c.restore
].every((r) => r === void 0 || textsOf(r).join(" ").includes("$__flag")), "`$__flag` in the address or the body of each request, so that it is about one flag"), check((c) => c.rollout === void 0 || c.percent !== void 0 && textsOf(c.rollout).join(" ").includes("$__percent"), "`rollout` with `$__percent` in it, beside `percent`, by which it is read back"));
// build/sources/flags/http-flags/client.js
/** Sends the requests that the policy writes, and reads their answers by its expressions. */
const fill = (text, values, quote) => text.replace(macro, (_, name) => quote(values[name] ?? ""));
var Client = class {
	config;
	context;
	#expressions = new Expressions();
	constructor(config, context) {
		this.config = config;
		this.context = context;
	}
	get origin() {
		return new URL(this.config.url).origin;
	}
	urlOf(flag) {
		return fill(this.config.url, { flag }, encodeURIComponent);
	}
	#written(request, values) {
		const { url, method, headers, body } = request;
		const address = fill(url, values, encodeURIComponent);
		return {
			url: address,
			method,
			headers: {
				accept: "application/json",
				...body === void 0 ? {} : { "content-type": "application/json" },
				...Object.fromEntries(Object.entries(lowerCase(headers)).map(([name, x]) => [name, fill(x, values, inHeader)])),
				...credentialHeaders(this.config, address)
			},
			...body === void 0 ? {} : { body: fill(body, values, inJson) }
		};
	}
	/** @throws {NotMeasured} */
	async ask(request, values, signal) {
		const { clock, http } = this.context;
		const { url, method, headers: out, body: text } = this.#written(request, values);
		const sending = {
			url,
			headers: out,
			method: method === "POST" ? "POST" : "GET",
			signal
		};
		const response = await http.send({
			...sending,
			...text === void 0 ? {} : { body: text }
		});
		const sent = credentialOf(this.config);
		const { origin } = new URL(url);
		if (response.status !== 404) refuseDenied(response, origin, "permission to read flags", sent);
		if (response.status >= 400 && response.status !== 404) {
			const message = `${origin} answered ${response.status}${serverWords(response.text, sent)}`;
			throw new NotMeasured("bad-query", message, { permanent: true });
		}
		return new Answer(this.#expressions, response, this.origin, clock.now());
	}
	/** @throws {Refused} {NotMeasured} */
	async change(request, values, signal) {
		const { url, method, headers, body } = this.#written(request, values);
		await change$1(this.context, {
			url,
			method,
			headers,
			needs: "permission to change flags",
			...body === void 0 ? {} : { body }
		}, signal);
	}
};
// build/sources/flags/http-flags/read.js
async function readFlag(client, flag, meaning, signal) {
	const { config } = client;
	const answer = await client.ask(config, { flag }, signal);
	if (await answer.read("missing", config.missing, truth, "true or false")) return { state: missingState(flag) };
	if (answer.response.status === 404) throw new NotMeasured("not-found", `${client.origin} knows no such address (404): is the URL right?`, { permanent: true });
	const enabled = await answer.read("enabled", config.enabled, truth, "true or false");
	const percent = config.percent ? await answer.read("percent", config.percent, numberBetween(0, 100), "a number from 0 to 100") : 100;
	const rules = config.rules ? await answer.read("rules", config.rules, numberBetween(0, 1e6), "a number of rules") : 0;
	const archived = config.archived ? await answer.read("archived", config.archived, truth, "true or false") : false;
	const version = config.version ? await answer.read("version", config.version, text, "a text or a number") : answer.response.headers.etag ?? null;
	const definition = definitionOf({
		enabled,
		percent,
		rules,
		whenOff: config["when-off"]
	});
	const [changed, evaluatedAt] = [await timeIn(answer, "changed", config.changed), await timeIn(answer, "evaluated", config.evaluated)];
	const owner = config.owner ? await answer.read("owner", config.owner, text, "a text") : null;
	return {
		state: stateOf({
			key: flag,
			definition,
			archived,
			changed: changed === null ? null : {
				at: changed,
				by: null,
				scope: "flag"
			},
			evaluatedAt,
			owner: owner === null ? null : oneLine(owner, 100),
			version: version === null ? null : oneLine(version, 200),
			kill: killOf(client, archived)
		}, meaning),
		found: {
			enabled,
			percent,
			version
		}
	};
}
async function timeIn(answer, field, expression) {
	if (expression === void 0) return null;
	return await answer.read(field, expression, (value) => new Date(instantOf(value, expression)).toISOString(), "a time");
}
function definitionOf(of) {
	const { enabled, percent, rules, whenOff } = of;
	return {
		enabled,
		kind: "boolean",
		variants: [{
			name: "true",
			value: true
		}, {
			name: "false",
			value: false
		}],
		rules: [...Array.from({ length: Math.min(rules, 100) }, (_, i) => ({
			who: matching(`rule ${i + 1}`),
			serves: []
		})), ...percent < 100 ? [{
			who: percentOf(percent, "flag"),
			serves: serve("true")
		}] : []],
		otherwise: serve(percent < 100 ? "false" : "true"),
		off: serve(whenOff === "code-default" ? null : String(whenOff === "on"))
	};
}
function killOf({ config }, archived) {
	if (archived) return {
		possible: false,
		scope: "environment",
		blockedBy: "archived",
		why: "it is archived"
	};
	if (!config.kill) return {
		possible: false,
		scope: "none",
		blockedBy: "read-only",
		why: "the source names no request `kill`"
	};
	return {
		possible: null,
		scope: "environment",
		why: "whether the service takes the request is not known beforehand"
	};
}
// build/sources/flags/http-flags/control.js
/** Changes a flag by the requests that the policy writes. */
const undoForm = strictObject({
	enabled: boolean(),
	percent: number()
});
function controlOf(client) {
	const { kill, rollout, restore } = client.config;
	return {
		off: (flag, how, signal) => draft(client, flag, how, signal, ({ enabled }) => enabled ? {
			request: kill,
			field: "kill",
			values: {}
		} : void 0),
		rollout: (flag, percent, how, signal) => draft(client, flag, how, signal, (found, { state }) => {
			if (state.targeting.rules > 0) throw new Refused("too-complex", `${flag} has rules, so no percentage says who gets it`, "remove them");
			return found.enabled && found.percent === percent ? void 0 : {
				request: rollout,
				field: "rollout",
				values: { percent: String(percent) }
			};
		}),
		restore(flag, undo, how, signal) {
			const parsed = safeParse(undoForm, undo);
			if (!parsed.success) throw new Refused("refused", `the record does not tell how ${flag} was`, "set it by hand");
			const { enabled, percent } = parsed.output;
			const values = {
				enabled: String(enabled),
				percent: String(percent)
			};
			return draft(client, flag, how, signal, (found) => found.enabled === enabled && found.percent === percent ? void 0 : {
				request: restore,
				field: "restore",
				values
			});
		}
	};
}
async function draft(client, flag, { meaning, note }, signal, plan) {
	const read = await readFlag(client, flag, meaning, signal);
	const { state: before, found } = read;
	if (!found) throw new Refused("unknown-flag", `there is no flag ${flag}`, "check its name");
	if (before.archived) throw new Refused("archived", `${flag} is archived`, "bring it back first");
	const undo = {
		enabled: found.enabled,
		percent: found.percent
	};
	const step = plan(found, read);
	if (!step) return {
		before,
		undo,
		words: ""
	};
	const { request, field, values } = step;
	if (!request) throw new Refused("read-only", `the source names no request \`${field}\``, `add \`${field}\` to it, or change the flag by hand`);
	const all = {
		flag,
		note,
		version: found.version ?? "",
		...values
	};
	return {
		before,
		undo,
		words: `${request.method} ${new URL(request.url.replaceAll("$__flag", encodeURIComponent(flag))).pathname}`,
		async send(ends) {
			const now = await readFlag(client, flag, meaning, ends);
			if (JSON.stringify(now.found) !== JSON.stringify(found)) throw changedMeanwhile(flag, client.origin);
			await client.change(request, all, ends);
		}
	};
}
// build/sources/flags/http-flags/index.js
/** Source `http-flags`: any flag service that answers with JSON; the policy's expressions and requests say how it is read and changed. */
const namesIn = (value) => Array.isArray(value) && value.every((x) => typeof x === "string") ? value : void 0;
const httpFlagsSource = defineSource({
	type: "http-flags",
	families: ["flags"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		const { list } = config;
		return {
			flags: answers({
				provider: client.origin,
				place: client.origin,
				context,
				read: async (flag, meaning, signal) => (await readFlag(client, flag, meaning, signal)).state,
				list: async (_, signal) => {
					if (!list) throw new NotMeasured("bad-query", "the source has no `list`, by which flags are found by a pattern: name them one by one", { permanent: true });
					return await (await client.ask(list, {}, signal)).read("list.names", list.names, namesIn, "a list of names");
				},
				url: (flag) => flag === void 0 ? list?.url ?? config.url : client.urlOf(flag)
			}),
			control: controlOf(client)
		};
	}
});
export { httpFlagsSource };
