import { $ as optional, A as check, H as looseObject, I as intersect, O as array, V as literal, X as nullish, Y as nullable, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, it as pipe, k as boolean, n as changedMeanwhile, rt as picklist, st as regex, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { S as shaped, _ as statesMeasured, b as read, c as percentOf, d as rawAt, f as rawWith, g as stateOf, h as missingState, l as serve, m as asksFor, n as allOf, o as matching, r as anyOf, u as unknownServing, y as change } from "./flags.js";
import { En as pLimit, nn as authFields, rn as authorization, vr as oneLine } from "./shared.js";
// build/sources/flags/flipt/client.js
/** What is asked of a Flipt server in both of its APIs. */
const fields = strictObject({
	url: described(httpUrl, "Address of the server; `/api/…` is added to it."),
	api: described(optional(picklist(["v2", "v1"]), "v2"), "Version of its management API. Default: `v2`."),
	environment: described(optional(filled), "Key of the environment, with `api: v2` only. Default: `default`."),
	namespace: described(optional(filled, "default"), "Key of the namespace."),
	token: authFields.token
});
const schema = pipe(fields, check((c) => c.api === "v2" || c.environment === void 0, "no `environment` with `api: v1`, which has none"));
const needs = "the permission to read flags";
const writes = "the permission to change flags";
var Client = class {
	config;
	context;
	constructor(config, context) {
		this.config = config;
		this.context = context;
	}
	get environment() {
		return this.config.environment ?? "default";
	}
	get #headers() {
		return authorization({ token: this.config.token });
	}
	url(parts, query = {}) {
		const search = new URLSearchParams(query).toString();
		return `${this.config.url}/api/${parts.map(encodeURIComponent).join("/")}${search === "" ? "" : `?${search}`}`;
	}
	/** The answer and its text; undefined on 404. */
	async get(form, url, signal) {
		const response = await read(this.context, {
			url,
			headers: this.#headers,
			needs
		}, signal);
		return response && {
			answer: shaped(form, response, url),
			text: response.text
		};
	}
	/** After a 404 for a flag: it is the flag only where its namespace is there. */
	async mustHave(url, what, signal) {
		if (await this.get(looseObject({}), url, signal)) return;
		throw new NotMeasured("not-found", `${this.config.url} knows no ${what} (404)`, { permanent: true });
	}
	async write(request, signal) {
		const refusal = ({ status }) => status === 405 ? new Refused("read-only", "this Flipt takes no changes (405)", "change the flag in the repository it is read from") : void 0;
		await change(this.context, {
			...request,
			headers: this.#headers,
			needs: writes,
			refusal
		}, signal);
	}
};
const tooMany = (found, most) => new NotMeasured("too-large", `${found} flags match: ask for at most ${most}`, { permanent: true });
const notOurs = (key) => new Refused("refused", `what the record keeps of ${key} is not from this API of Flipt`, "set it by hand");
/** What a rollout in percent can be made on: the flag's rollouts are one threshold that serves true, or none. */
function plainThreshold({ key, type, rollouts }, percent) {
	if (!Number.isInteger(percent) || percent < 0 || percent > 100) throw new Refused("too-complex", `Flipt takes whole percents, not ${percent} %`, "use whole percents in `steps`");
	const [only, ...more] = rollouts;
	const plain = more.length === 0 && (only === void 0 || only.threshold?.value === true || isZero(only.threshold));
	if (type === "BOOLEAN_FLAG_TYPE" && plain) return rollouts.length;
	throw new Refused("too-complex", type === "BOOLEAN_FLAG_TYPE" ? `${key} has more than one plain threshold, so no percentage says who gets it` : `${key} serves variants, so no percentage says who gets it`, "leave it a boolean flag with no rollout, or with one threshold that serves true");
}
/** As a kill leaves it. */
const isZero = (threshold) => threshold?.value === false;
// build/sources/flags/flipt/definition.js
/** From a flag of Flipt to a definition (https://docs.flipt.io/v2/concepts). Pure. */
const definitionOf = (flag) => flag.type === "BOOLEAN_FLAG_TYPE" ? ofBoolean(flag) : ofVariants(flag);
/** `enabled` is no switch: it is the value for whom no rollout is. */
function ofBoolean({ enabled, rollouts }) {
	const last = rollouts.findLastIndex(({ threshold }) => !threshold);
	return {
		enabled: null,
		kind: "boolean",
		variants: [{
			name: "true",
			value: true
		}, {
			name: "false",
			value: false
		}],
		rules: rollouts.slice(0, last + 1).map(ruleOf),
		otherwise: nested(rollouts.slice(last + 1), enabled),
		off: serve("false")
	};
}
function ruleOf({ threshold, segment }) {
	if (threshold) return {
		who: percentOf(percentIn(threshold), "flag"),
		serves: serve(String(threshold.value))
	};
	if (segment) return {
		who: inSegments(segment),
		serves: serve(String(segment.value))
	};
	return {
		who: matching("a rollout of an unknown type"),
		serves: unknownServing
	};
}
/** Thresholds of one flag are compared with the same hash, so a later one serves only what it has more than those before it. */
function nested(rollouts, enabled) {
	let below = 0;
	const shares = [];
	for (const { threshold } of rollouts) {
		const percent = threshold ? percentIn(threshold) : NaN;
		if (Number.isNaN(percent)) return unknownServing;
		shares.push({
			variant: String(threshold?.value),
			percent: Math.max(0, percent - below)
		});
		below = Math.max(below, percent);
	}
	return [...shares, {
		variant: String(enabled),
		percent: 100 - below
	}];
}
/** Users have whole numbers from 0 to 99, so that a part of a percent is a whole one. */
function percentIn({ percentage }) {
	return percentage >= 0 && percentage <= 100 ? Math.ceil(percentage) : NaN;
}
function ofVariants({ enabled, variants, defaultVariant, rules }) {
	const name = (key) => typeof key === "string" && variants.includes(key) ? serve(key) : unknownServing;
	const byDefault = defaultVariant === null ? serve(null) : name(defaultVariant);
	return {
		enabled,
		kind: "multivariate",
		variants: variants.map((key) => ({
			name: key,
			value: key
		})),
		rules: rules.map((rule) => ({
			who: inSegments(rule),
			serves: sharesOf(rule, name, byDefault)
		})),
		otherwise: byDefault,
		off: byDefault
	};
}
function sharesOf({ distributions }, name, byDefault) {
	const some = (distributions ?? []).filter(({ rollout }) => rollout > 0);
	if (some.length === 0) return byDefault;
	const parts = some.map(({ rollout }) => tenths(rollout));
	const said = parts.reduce((sum, part) => sum + part, 0);
	if (!(said <= 100)) return unknownServing;
	return [...some.flatMap(({ variant }, i) => ofShare(name(variant), parts[i] ?? 0)), ...ofShare(byDefault, 100 - said)];
}
const ofShare = (serving, percent) => serving.map(({ variant, percent: of }) => ({
	variant,
	percent: percent * of / 100
}));
/** Users have whole numbers from 0 to 999, and shares are floats of 32 bits. */
const tenths = (percent) => Math.trunc(Math.fround(Math.fround(percent) * 10)) / 10;
/** Who is in a segment is not read. */
function inSegments({ segments, segmentKeys, segmentKey, segmentOperator }) {
	const parts = [.../* @__PURE__ */ new Set([
		...segments ?? [],
		...segmentKeys ?? [],
		...segmentKey ? [segmentKey] : []
	])].map((key) => matching(`segment ${oneLine(key, 60)}`, key));
	if (parts.length === 0) return matching("no segment");
	return segmentOperator === "AND_SEGMENT_OPERATOR" ? allOf(...parts) : anyOf(...parts);
}
// build/sources/flags/flipt/shapes.js
/**
* A flag of Flipt as both of its management APIs have it (https://docs.flipt.io/v2/reference/flags/get-flag,
* https://docs.flipt.io/reference/flags/get-flag). They are protobuf's JSON, in which a field may be left out when it is false, 0 or empty.
*/
const text = string();
const list = optional(nullable(array(text)), []);
const flagType = optional(picklist(["VARIANT_FLAG_TYPE", "BOOLEAN_FLAG_TYPE"]), "VARIANT_FLAG_TYPE");
const on = optional(boolean(), false);
const operator = optional(string(), "OR_SEGMENT_OPERATOR");
const amount = optional(number(), 0);
/** Version 1 names one segment in a field of its own. */
const segmented = {
	segments: list,
	segmentKeys: list,
	segmentKey: nullish(text),
	segmentOperator: operator
};
const rolloutForm = looseObject({
	id: optional(text),
	segment: nullish(looseObject({
		...segmented,
		value: on
	})),
	threshold: nullish(looseObject({
		percentage: amount,
		value: on
	}))
});
const ruleForm = looseObject({
	...segmented,
	distributions: optional(nullable(array(looseObject({
		variant: nullish(text),
		variantId: nullish(text),
		rollout: amount
	}))), [])
});
const common = {
	key: text,
	type: flagType,
	enabled: on
};
/** The payload of a resource of version 2. */
const payloadForm = looseObject({
	...common,
	"@type": pipe(text, regex(/(?:^|\/)flipt\.core\.Flag$/)),
	variants: optional(nullable(array(looseObject({ key: text }))), []),
	rules: optional(nullable(array(ruleForm)), []),
	rollouts: optional(nullable(array(rolloutForm)), []),
	defaultVariant: nullish(text)
});
const resourceForm = looseObject({
	resource: looseObject({
		key: text,
		payload: payloadForm
	}),
	revision: text
});
const resourcesForm = looseObject({
	resources: array(looseObject({
		key: text,
		payload: payloadForm
	})),
	revision: optional(text)
});
/** `GET /api/v1/namespaces/{n}/flags/{key}`. */
const flagForm = looseObject({
	...common,
	name: optional(text, ""),
	description: optional(text, ""),
	variants: optional(nullable(array(looseObject({
		id: text,
		key: text
	}))), []),
	defaultVariant: nullish(looseObject({
		id: text,
		key: text
	})),
	metadata: nullish(unknown())
});
const paged = { nextPageToken: optional(text, "") };
const flagsForm = looseObject({
	flags: array(looseObject({ key: text })),
	...paged
});
const rolloutsForm = looseObject({
	rules: array(intersect([rolloutForm, looseObject({ id: text })])),
	...paged
});
const rulesForm = looseObject({
	rules: array(ruleForm),
	...paged
});
// build/sources/flags/flipt/v1.js
/**
* Version 1 of Flipt's API: a flag, its rules and its rollouts are read and written one by one, and there is no lock, so that all is read
* once more right before it is written.
*/
const undoForm$1 = strictObject({
	api: literal("v1"),
	enabled: boolean(),
	rollouts: array(strictObject({
		id: string(),
		value: boolean(),
		percentage: nullable(number())
	}))
});
const pageSize = 100;
const atOnce = 8;
var V1 = class {
	#client;
	constructor(client) {
		this.#client = client;
	}
	#url(...more) {
		return this.#client.url([
			"v1",
			"namespaces",
			this.#client.config.namespace,
			...more
		]);
	}
	urlOf(key) {
		return this.#url("flags", key);
	}
	#missing() {
		const { url, namespace } = this.#client.config;
		return new NotMeasured("not-found", `${url} knows no namespace ${namespace} (404)`, { permanent: true });
	}
	async read(key, signal) {
		const found = await this.#client.get(flagForm, this.urlOf(key), signal);
		if (!found) {
			await this.#client.mustHave(this.#url(), `namespace ${this.#client.config.namespace}`, signal);
			return;
		}
		const raw = found.answer;
		if (raw.key !== key) throw new NotMeasured("bad-answer", `${this.#client.config.url} answered for another flag`);
		const isBoolean = raw.type === "BOOLEAN_FLAG_TYPE";
		const rollouts = isBoolean ? await this.#pages(rolloutsForm, signal, "flags", key, "rollouts") : [];
		const rules = isBoolean ? [] : await this.#pages(rulesForm, signal, "flags", key, "rules");
		const byId = new Map((raw.variants ?? []).map((variant) => [variant.id, variant.key]));
		return {
			flag: {
				key,
				type: raw.type,
				enabled: raw.enabled,
				variants: [...byId.values()],
				defaultVariant: raw.defaultVariant?.key ?? null,
				rollouts,
				rules: rules.map((rule) => ({
					...rule,
					distributions: (rule.distributions ?? []).map((one) => ({
						...one,
						variant: byId.get(one.variantId ?? "") ?? ""
					}))
				})),
				version: null
			},
			raw
		};
	}
	async #pages(form, signal, ...parts) {
		const all = [];
		for await (const { rules } of this.#walk(form, parts, signal)) all.push(...rules);
		return all;
	}
	async *#walk(form, parts, signal) {
		const seen = /* @__PURE__ */ new Set();
		for (let token = "";;) {
			const query = {
				limit: String(pageSize),
				...token === "" ? {} : { pageToken: token }
			};
			const url = `${this.#url(...parts)}?${new URLSearchParams(query).toString()}`;
			const page = await this.#client.get(form, url, signal);
			if (!page) throw this.#missing();
			yield page.answer;
			seen.add(token);
			token = page.answer.nextPageToken;
			if (token === "") return;
			if (seen.has(token)) throw new NotMeasured("bad-answer", `${this.#client.config.url} never ends its list`);
		}
	}
	async list(fits, signal) {
		const keys = [];
		for await (const { flags } of this.#walk(flagsForm, ["flags"], signal)) keys.push(...flags.map(({ key }) => key).filter(fits));
		if (keys.length > 500) throw tooMany(keys.length, 500);
		const limit = pLimit(atOnce);
		return (await Promise.all(keys.map((key) => limit(() => this.read(key, signal))))).flatMap((one) => one ? [one.flag] : []);
	}
	undo({ flag }) {
		const { enabled, rollouts } = flag;
		return {
			api: "v1",
			enabled,
			rollouts: rollouts.map((one) => ({
				id: one.id ?? "",
				...settings(one)
			}))
		};
	}
	plan(found, wanted) {
		const { key } = found.flag;
		const steps = this.#steps(found, wanted).sort((a, b) => Number(b.narrows) - Number(a.narrows));
		if (steps.length === 0) return void 0;
		return {
			words: steps.map(({ method, url }) => `${method} ${new URL(url).pathname}`).join(", "),
			send: async (signal) => {
				const now = await this.read(key, signal);
				if (!now || JSON.stringify(now) !== JSON.stringify(found)) throw changedMeanwhile(key, "Flipt");
				for (const { method, url, body } of steps) await this.#client.write({
					method,
					url,
					body
				}, signal);
			}
		};
	}
	#steps({ flag, raw }, wanted) {
		const { key, rollouts, type } = flag;
		switch (wanted.to) {
			case "off": return [...this.#toggle(flag, raw, false), ...type === "BOOLEAN_FLAG_TYPE" ? rollouts.flatMap((one) => this.#set(key, one, { value: false })) : []];
			case "rollout": {
				plainThreshold(flag, wanted.percent);
				const off = this.#toggle(flag, raw, false);
				const threshold = {
					percentage: wanted.percent,
					value: true
				};
				const [only] = rollouts;
				if (only) return [...off, ...this.#set(key, only, threshold)];
				const url = this.#url("flags", key, "rollouts");
				return [...off, {
					method: "POST",
					url,
					body: {
						rank: 1,
						threshold
					},
					narrows: false
				}];
			}
			case "restore": {
				const undo = safeParse(undoForm$1, wanted.undo);
				if (!undo.success) throw notOurs(key);
				const were = new Map(undo.output.rollouts.map((one) => [one.id, one]));
				const gone = undo.output.rollouts.some(({ id }) => !rollouts.some((one) => one.id === id));
				const added = rollouts.filter(({ id }) => !were.has(id ?? ""));
				if (gone || added.some(({ threshold }) => !threshold) || added.length > 1) throw new Refused("too-complex", `${key} cannot be put back as it was: its rollouts are others now`, "set it by hand; the record has its state");
				const back = rollouts.flatMap((one) => {
					const was = were.get(one.id ?? "");
					return was ? this.#set(key, one, was) : [];
				});
				return [
					...added.map(({ id, threshold }) => ({
						method: "DELETE",
						url: this.#url("flags", key, "rollouts", id ?? ""),
						narrows: threshold?.value === true
					})),
					...back,
					...this.#toggle(flag, raw, undo.output.enabled)
				];
			}
		}
	}
	/** All fields are written: one that is left out is emptied. */
	#toggle({ key, enabled }, { name, description, defaultVariant, metadata }, wanted) {
		if (enabled === wanted) return [];
		const body = {
			key,
			name,
			description,
			enabled: wanted,
			...defaultVariant ? { defaultVariantId: defaultVariant.id } : {},
			...metadata === void 0 || metadata === null ? {} : { metadata }
		};
		return [{
			method: "PUT",
			url: this.urlOf(key),
			body,
			narrows: !wanted
		}];
	}
	#set(key, rollout, wanted) {
		const now = settings(rollout);
		const percentage = wanted.percentage ?? now.percentage;
		if (now.value === wanted.value && now.percentage === percentage) return [];
		const { id = "", threshold, segment } = rollout;
		const { description } = rollout;
		const part = threshold ? { threshold: {
			percentage,
			value: wanted.value
		} } : { segment: segmentWith(segment, wanted.value) };
		return [{
			method: "PUT",
			url: this.#url("flags", key, "rollouts", id),
			body: {
				...typeof description === "string" ? { description } : {},
				...part
			},
			narrows: wanted.value ? now.value && (percentage ?? 0) <= (now.percentage ?? 0) : now.value
		}];
	}
};
/** Only fields that this version has. */
const segmentWith = (segment, value) => ({
	...segment?.segmentKey ? { segmentKey: segment.segmentKey } : {},
	...(segment?.segmentKeys ?? []).length > 0 ? { segmentKeys: segment?.segmentKeys } : {},
	segmentOperator: segment?.segmentOperator,
	value
});
const settings = ({ threshold, segment }) => ({
	value: (threshold ?? segment)?.value ?? false,
	percentage: threshold?.percentage ?? null
});
// build/sources/flags/flipt/v2.js
/**
* Version 2 of Flipt's API: flags are resources of an environment and namespace. A flag is written whole, as it was read but for what
* is to change, with the revision of the environment as the lock.
*/
/** `rollouts`: as they were written; null: there was no such field. */
const undoForm = strictObject({
	api: literal("v2"),
	enabled: boolean(),
	rollouts: nullable(string())
});
const typeUrl = "flipt.core.Flag";
var V2 = class {
	#client;
	constructor(client) {
		this.#client = client;
	}
	#namespace(kind, ...more) {
		const { environment, config } = this.#client;
		const base = [
			"v2",
			"environments",
			environment,
			"namespaces",
			config.namespace
		];
		return this.#client.url(kind === "resources" ? [
			...base,
			"resources",
			...more
		] : base);
	}
	urlOf(key) {
		return this.#namespace("resources", typeUrl, key);
	}
	async read(key, signal) {
		const found = await this.#client.get(resourceForm, this.urlOf(key), signal);
		if (!found) {
			const { environment, config } = this.#client;
			const what = `namespace ${config.namespace} in the environment ${environment}`;
			await this.#client.mustHave(this.#namespace("namespaces"), what, signal);
			return;
		}
		const { resource, revision } = found.answer;
		const payload = rawAt(found.text, ["resource", "payload"]);
		if (resource.payload.key !== key || payload === void 0) throw new NotMeasured("bad-answer", `${this.#client.config.url} answered for another flag`);
		return {
			flag: flagOf(resource.payload, revision),
			raw: {
				payload,
				revision
			}
		};
	}
	async list(fits, signal) {
		const url = this.#namespace("resources", typeUrl);
		const found = await this.#client.get(resourcesForm, url, signal);
		if (!found) {
			const { environment, config } = this.#client;
			const message = `${config.url} knows no namespace ${config.namespace} in the environment ${environment} (404)`;
			throw new NotMeasured("not-found", message, { permanent: true });
		}
		const { resources, revision } = found.answer;
		const matching = resources.filter(({ payload }) => fits(payload.key));
		if (matching.length > 500) throw tooMany(matching.length, 500);
		return matching.map(({ payload }) => flagOf(payload, revision ?? null));
	}
	undo({ flag, raw }) {
		return {
			api: "v2",
			enabled: flag.enabled,
			rollouts: rawAt(raw.payload, ["rollouts"]) ?? null
		};
	}
	plan(found, wanted) {
		const { key } = found.flag;
		const { payload, revision } = found.raw;
		const changed = this.#changed(found, wanted);
		if (changed === payload) return void 0;
		const url = this.#namespace("resources");
		const body = `{"key":${JSON.stringify(key)},"payload":${changed},"revision":${JSON.stringify(revision)}}`;
		return {
			words: `PUT ${new URL(url).pathname} (${key})`,
			send: async (signal) => this.#client.write({
				method: "PUT",
				url,
				body
			}, signal)
		};
	}
	#changed({ flag, raw }, wanted) {
		const { payload } = raw;
		switch (wanted.to) {
			case "off": {
				let text = withEnabled(payload, flag, false);
				if (flag.type !== "BOOLEAN_FLAG_TYPE") return text;
				flag.rollouts.forEach(({ threshold, segment }, i) => {
					if (threshold?.value) text = rawWith(text, [
						"rollouts",
						i,
						"threshold",
						"value"
					], "false");
					if (segment?.value) text = rawWith(text, [
						"rollouts",
						i,
						"segment",
						"value"
					], "false");
				});
				return text;
			}
			case "rollout": {
				const there = plainThreshold(flag, wanted.percent);
				const text = withEnabled(payload, flag, false);
				if (there === 0) {
					const threshold = {
						type: "THRESHOLD_ROLLOUT_TYPE",
						threshold: {
							percentage: wanted.percent,
							value: true
						}
					};
					return rawWith(text, ["rollouts"], JSON.stringify([threshold]));
				}
				const { percentage, value } = flag.rollouts[0]?.threshold ?? {};
				const at = [
					"rollouts",
					0,
					"threshold"
				];
				const on = value === true ? text : rawWith(text, [...at, "value"], "true");
				return percentage === wanted.percent ? on : rawWith(on, [...at, "percentage"], String(wanted.percent));
			}
			case "restore": {
				const undo = safeParse(undoForm, wanted.undo);
				if (!undo.success) throw notOurs(flag.key);
				const { enabled, rollouts } = undo.output;
				const text = withEnabled(payload, flag, enabled);
				const now = rawAt(payload, ["rollouts"]) ?? null;
				if (flag.type !== "BOOLEAN_FLAG_TYPE" || rollouts === now) return text;
				if (!fitTogether(now, rollouts)) throw new Refused("too-complex", `${flag.key} cannot be put back as it was: its rollouts are others now`, "set it by hand; the record has its state");
				return rawWith(text, ["rollouts"], rollouts ?? "[]");
			}
		}
	}
};
const withEnabled = (payload, { enabled }, wanted) => enabled === wanted ? payload : rawWith(payload, ["enabled"], String(wanted));
/** Whether one came from the other by a kill or a rollout: the same but for values and percentages, or one plain threshold beside none. */
function fitTogether(a, b) {
	const [left, right] = [a, b].map((text) => JSON.parse(text ?? "[]"));
	if (!left || !right) return false;
	const isNone = (x) => x.length === 0;
	const isPlain = (x) => x.length === 1 && !!x[0]?.threshold;
	if (isNone(left) && isPlain(right) || isPlain(left) && isNone(right)) return true;
	const essence = (x) => JSON.stringify(x, (name, value) => name === "value" || name === "percentage" ? void 0 : value);
	return essence(left) === essence(right);
}
function flagOf(payload, version) {
	const { key, type, enabled, variants, rules, rollouts, defaultVariant } = payload;
	return {
		key,
		type,
		enabled,
		variants: (variants ?? []).map((variant) => variant.key),
		defaultVariant: defaultVariant ? defaultVariant : null,
		rollouts: rollouts ?? [],
		rules: rules ?? [],
		version: version === "" ? null : version
	};
}
// build/sources/flags/flipt/index.js
const kill = {
	possible: null,
	scope: "environment",
	why: "Flipt does not say beforehand whether this token may write, or whether its storage can be written to"
};
const stateFrom = (flag, meaning) => stateOf({
	key: flag.key,
	definition: definitionOf(flag),
	version: flag.version,
	kill
}, meaning);
function controlOf(api) {
	const draft = async (key, { meaning }, signal, wanted) => {
		const found = await api.read(key, signal);
		if (!found) throw new Refused("unknown-flag", `there is no flag ${key}`, "check its name and namespace");
		const before = stateFrom(found.flag, meaning);
		const plan = api.plan(found, wanted);
		const undo = api.undo(found);
		return plan ? {
			before,
			undo,
			words: plan.words,
			send: (ends) => plan.send(ends)
		} : {
			before,
			undo,
			words: ""
		};
	};
	return {
		off: (flag, how, signal) => draft(flag, how, signal, { to: "off" }),
		rollout: (flag, percent, how, signal) => draft(flag, how, signal, {
			to: "rollout",
			percent
		}),
		restore: (flag, undo, how, signal) => draft(flag, how, signal, {
			to: "restore",
			undo
		})
	};
}
function sourceOf(client, api) {
	const { namespace, api: version } = client.config;
	const place = version === "v2" ? `namespace ${namespace} of ${client.environment}` : `namespace ${namespace}`;
	const states = async (question, signal) => {
		const { of, meaning } = question;
		if ("flag" in of) {
			const found = await api.read(of.flag, signal);
			const state = found ? stateFrom(found.flag, meaning) : missingState(of.flag);
			const about = {
				subject: `flag ${of.flag} in ${place}`,
				query: `GET ${api.urlOf(of.flag)}`
			};
			return statesMeasured(question, [state], client.context, about);
		}
		const found = await api.list(asksFor(question), signal);
		const about = {
			subject: `flags ${of.match} in ${place}`,
			query: `GET ${api.urlOf("").replace(/\/$/, "")}`
		};
		return statesMeasured(question, found.map((flag) => stateFrom(flag, meaning)), client.context, about);
	};
	return {
		flags(question, signal) {
			if (question.ask === "states") return states(question, signal);
			throw new NotMeasured("bad-query", "Flipt is not asked what it serves here: ask it through a source of type `ofrep`", { permanent: true });
		},
		control: controlOf(api)
	};
}
const fliptSource = defineSource({
	type: "flipt",
	families: ["flags"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		return config.api === "v2" ? sourceOf(client, new V2(client)) : sourceOf(client, new V1(client));
	}
});
export { fliptSource };
