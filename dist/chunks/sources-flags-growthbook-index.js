import { $ as optional, G as minLength, H as looseObject, O as array, T as secret, X as nullish, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, it as pipe, k as boolean, l as classOf, n as changedMeanwhile, ot as record, rt as picklist, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { c as percentOf, g as stateOf, h as missingState, i as everyone, l as serve, n as allOf, o as matching, t as answers, u as unknownServing, x as readAs, y as change } from "./flags.js";
import { Zn as iso, rn as authorization, vr as oneLine } from "./shared.js";
import { isDeepStrictEqual } from "node:util";
const schema = strictObject({
	url: described(optional(httpUrl, "https://api.growthbook.io"), "Address of the API (`API_HOST` of a server of your own)."),
	environment: described(filled, "Id of the environment, e.g. `production`."),
	project: described(optional(filled), "Id of a project: patterns find its features alone. Default: all of them."),
	token: described(secret, "Secret API key or personal access token, sent as `Authorization: Bearer …`.")
});
const text = string();
const some = nullish(array(unknown()), []);
const ruleForm = looseObject({
	type: text,
	enabled: nullish(boolean(), true),
	allEnvironments: boolean(),
	/** Where it is not for all; absent: not told. */
	environments: nullish(array(text)),
	/** false: only for applications whose SDK connection is for one of `projects`. */
	allProjects: nullish(boolean(), true),
	/** A query as in MongoDB, as JSON. */
	condition: nullish(text),
	savedGroupTargeting: some,
	savedGroups: some,
	prerequisites: some,
	scheduleRules: some,
	rampScheduleId: nullish(text),
	/** Of `force` and `rollout`. */
	value: nullish(unknown()),
	coverage: nullish(number()),
	hashAttribute: nullish(text),
	config: nullish(text),
	/** The value is merged into the default. */
	sparse: nullish(boolean(), false)
});
const featureForm = looseObject({
	id: text,
	archived: boolean(),
	owner: nullish(text),
	valueType: picklist([
		"boolean",
		"string",
		"number",
		"json"
	]),
	defaultValue: text,
	baseConfig: nullish(text),
	defaultValueConfig: nullish(text),
	rules: array(ruleForm),
	environments: record(text, looseObject({
		enabled: boolean(),
		defaultValue: nullish(text)
	})),
	prerequisites: nullish(array(text), []),
	holdout: nullish(unknown()),
	revision: nullish(looseObject({
		version: number(),
		date: nullish(text),
		publishedBy: nullish(looseObject({
			name: nullish(text),
			email: nullish(text)
		}))
	})),
	dateUpdated: nullish(text)
});
const oneForm = looseObject({ feature: featureForm });
const pageForm = looseObject({
	features: array(featureForm),
	hasMore: boolean(),
	total: number()
});
const needs = "a key that may read features";
const pageSize = 100;
var Client = class {
	config;
	context;
	constructor(config, context) {
		this.config = config;
		this.context = context;
	}
	url(feature, ...more) {
		const parts = feature === void 0 ? [] : [feature, ...more];
		return [`${this.config.url}/api/v2/features`, ...parts.map(encodeURIComponent)].join("/");
	}
	#get(form, url, signal) {
		return readAs(this.context, form, {
			url,
			headers: authorization(this.config),
			needs
		}, signal);
	}
	/** @returns undefined where the organization has no such feature */
	async feature(id, signal) {
		const found = await this.#get(oneForm, this.url(id), signal).catch((error) => {
			if (isUnknownFeature(error)) return void 0;
			throw error;
		});
		if (!found) {
			await this.#page(0, 1, signal);
			return;
		}
		const { feature } = found;
		if (feature.id !== id) throw new NotMeasured("bad-answer", `${this.config.url} answered for another feature`);
		this.#assertEnvironment(feature);
		return feature;
	}
	/** Every feature has every environment of the organization. */
	#assertEnvironment({ environments }) {
		const { environment } = this.config;
		if (Object.hasOwn(environments, environment)) return;
		const message = `GrowthBook has no environment ${environment}: it has ${oneLine(Object.keys(environments).join(", ") || "none", 200)}`;
		throw new NotMeasured("not-found", message, { permanent: true });
	}
	async #page(offset, limit, signal) {
		const { url, project } = this.config;
		const query = new URLSearchParams({
			limit: String(limit),
			offset: String(offset)
		});
		if (project !== void 0) query.set("projectId", project);
		const page = await this.#get(pageForm, `${this.url()}?${query.toString()}`, signal);
		if (!page) throw new NotMeasured("not-found", `${url} is not version 2 of GrowthBook's API (404)`, { permanent: true });
		if (page.total > 0) return page;
		const message = `GrowthBook shows no feature${project === void 0 ? "" : ` of project ${project}`} at all: it needs ${needs}`;
		throw new NotMeasured("not-found", message, { permanent: true });
	}
	/** All that are not archived. */
	async features(signal) {
		const found = /* @__PURE__ */ new Map();
		for (let offset = 0;;) {
			const page = await this.#page(offset, pageSize, signal);
			for (const one of page.features) {
				this.#assertEnvironment(one);
				found.set(one.id, one);
			}
			offset += page.features.length;
			const isLast = !page.hasMore && offset >= page.total;
			if (isLast && found.size >= page.total) return [...found.values()];
			if (isLast || page.features.length === 0) {
				const message = `${this.config.url} lists ${found.size} of ${page.total} features and no more`;
				throw new NotMeasured("bad-answer", message);
			}
		}
	}
	async toggle(id, enabled, reason, signal) {
		await change(this.context, {
			method: "POST",
			url: this.url(id, "toggle"),
			headers: authorization(this.config),
			needs: "a key that may publish features in this environment",
			body: {
				reason,
				environments: { [this.config.environment]: enabled }
			},
			refusal: ({ status, text: said }) => refusalOf(status, said)
		}, signal);
	}
};
/** It is a 400, told apart from other bad requests by its words alone. */
const isUnknownFeature = (error) => error instanceof NotMeasured && error.code === "bad-query" && error.message.includes("Could not find a feature with that key");
const gatesForm = looseObject({ gates: pipe(array(looseObject({
	type: nullish(text),
	resolution: nullish(looseObject({ action: nullish(text) }))
})), minLength(1)) });
/** 422 names what is in the way and how it is got out of it; 403 says that approvals are asked for in words alone. */
function refusalOf(status, said) {
	const byHand = "have the change approved at GrowthBook, give the key a role with `FlagsBypassApprovals`, or let the REST API bypass approvals";
	if (status === 403 && /approv|review/i.test(said)) return new Refused("approval", "GrowthBook asks for an approval (403)", byHand);
	if (status !== 422) return void 0;
	let parsed;
	try {
		parsed = JSON.parse(said);
	} catch {
		return;
	}
	const gates = safeParse(gatesForm, parsed);
	if (!gates.success) return void 0;
	const [first] = gates.output.gates;
	const type = oneLine(first?.type ?? "a gate", 60);
	const action = first?.resolution?.action;
	return new Refused("approval", `GrowthBook holds the change back: ${type} (422)`, action ? oneLine(action, 200) : byHand);
}
// build/sources/flags/growthbook/definition.js
/** From a feature of GrowthBook in one environment to a definition (https://docs.growthbook.io/features/rules). Pure. */
/** Not there: what SDKs call off. */
const none = "(none)";
function definitionOf(feature, environment, meaning) {
	const here = feature.environments[environment];
	const values = /* @__PURE__ */ new Map([[none, meaning.off[0] ?? false]]);
	const serving = (written) => {
		const value = valueIn(written, feature);
		if (value === void 0) return unknownServing;
		const name = JSON.stringify(value);
		values.set(name, value);
		return serve(name);
	};
	const byDefault = feature.defaultValueConfig ? void 0 : here?.defaultValue ?? feature.defaultValue;
	const absent = absentServing(feature, valueIn(byDefault, feature), meaning);
	const kept = [...feature.holdout ? [{
		who: matching("a holdout"),
		serves: unknownServing
	}] : [], ...(feature.prerequisites ?? []).map((id) => ({
		who: matching(`prerequisite ${oneLine(id, 60)}`),
		serves: absent
	}))];
	const rules = feature.rules.filter((rule) => rule.enabled !== false && isFor(rule, environment) !== false).map((rule) => {
		if (isFor(rule, environment) === void 0) return {
			who: matching("environments"),
			serves: unknownServing
		};
		const serves = isPlain(rule) ? serving(rule.value) : unknownServing;
		return {
			who: audienceOf(rule, serves.every(({ variant }) => classOf({
				variant,
				value: values.get(variant ?? "")
			}, meaning) === "on")),
			serves
		};
	});
	const otherwise = serving(byDefault);
	return {
		enabled: here?.enabled ?? null,
		kind: feature.valueType === "boolean" ? "boolean" : "multivariate",
		variants: [...values].map(([name, value]) => ({
			name,
			value
		})),
		rules: [...kept, ...rules],
		otherwise,
		off: absent
	};
}
/** undefined: which environments it is for is not told. */
const isFor = ({ allEnvironments, environments }, environment) => allEnvironments || environments?.includes(environment);
/** Others decide by themselves what they serve. */
const isPlain = ({ type, config, sparse }) => (type === "force" || type === "rollout") && !config && sparse !== true;
/**
* What an SDK makes of a feature that is not sent to it: no value. `isOn` is false then, and a value asked for with a fallback is that. With
* a default that is on it is not known which of these an application gets to see.
*/
function absentServing({ valueType }, byDefault, meaning) {
	if ((byDefault === void 0 ? "unclear" : classOf({
		variant: JSON.stringify(byDefault),
		value: byDefault
	}, meaning)) === "on") return unknownServing;
	return serve(valueType === "boolean" ? none : null);
}
/** Values are texts, of the feature's type. */
function valueIn(written, { valueType, baseConfig }) {
	if (baseConfig || typeof written !== "string") return void 0;
	switch (valueType) {
		case "boolean": return written === "true" ? true : written === "false" ? false : void 0;
		case "string": return written;
		case "number":
		case "json": try {
			return JSON.parse(written);
		} catch {
			return;
		}
	}
}
function audienceOf(rule, isOn) {
	const { type, condition, savedGroupTargeting, savedGroups, prerequisites, scheduleRules, coverage } = rule;
	const groups = [...savedGroupTargeting ?? [], ...savedGroups ?? []];
	const parts = [];
	if (condition && condition.trim() !== "" && condition.trim() !== "{}") parts.push(matching(oneLine(condition, 80)));
	if (groups.length > 0) parts.push(matching("saved groups", namesIn(groups)));
	if ((prerequisites ?? []).length > 0) parts.push(matching("prerequisites"));
	if ((scheduleRules ?? []).length > 0) parts.push(matching("a schedule"));
	if (rule.allProjects === false) parts.push(matching("projects"));
	if (type !== "force" && type !== "rollout") parts.push(matching(`rule of type ${oneLine(type, 40)}`));
	const isShare = type === "rollout" || (coverage ?? 1) !== 1;
	if (isShare) parts.push(typeof coverage === "number" ? percentOf(100 * coverage) : matching("coverage"));
	if (isShare && !isOn) parts.push(matching(`${oneLine(rule.hashAttribute ?? "its attribute", 40)} is given`));
	const [only] = parts;
	if (only === void 0) return everyone;
	return parts.length === 1 ? only : allOf(...parts);
}
const namesIn = (groups) => groups.flatMap((group) => {
	const { savedGroups } = group ?? {};
	return Array.isArray(savedGroups) ? savedGroups.map(String) : [];
}).join(", ") || "a saved group";
/** What moves it by itself. */
function movedBy({ rules }, environment) {
	const own = rules.filter((rule) => rule.enabled !== false && isFor(rule, environment));
	if (own.some(({ rampScheduleId: ramp }) => ramp)) return "a ramp schedule";
	if (own.some(({ type }) => type === "safe-rollout")) return "a safe rollout";
	return own.some(({ type }) => type.startsWith("experiment") || type.includes("bandit")) ? "an experiment" : void 0;
}
const isTimed = ({ rules }, environment) => rules.some((rule) => isFor(rule, environment) && (rule.scheduleRules ?? []).length > 0);
// build/sources/flags/growthbook/read.js
function stateFrom(feature, { environment, url }, meaning) {
	const { id, archived, owner, revision, dateUpdated, prerequisites } = feature;
	const definition = definitionOf(feature, environment, meaning);
	const times = [dateUpdated, revision?.date].map((date) => Date.parse(date ?? "")).filter((at) => !Number.isNaN(at));
	const by = revision?.publishedBy?.email ?? revision?.publishedBy?.name;
	return stateOf({
		key: id,
		definition,
		archived,
		prerequisites: (prerequisites ?? []).map((flag) => ({
			flag,
			met: null
		})),
		timeDependent: isTimed(feature, environment),
		managedBy: movedBy(feature, environment),
		changed: times.length === 0 ? null : {
			at: iso(Math.max(...times)),
			by: by ? oneLine(by, 100) : null,
			scope: "flag"
		},
		owner: owner ? oneLine(owner, 100) : null,
		version: revision ? String(revision.version) : null,
		kill: killOf(archived),
		...url === "https://api.growthbook.io" ? { link: `https://app.growthbook.io/features/${encodeURIComponent(id)}` } : {}
	}, meaning);
}
function killOf(archived) {
	const scope = "environment";
	if (archived) return {
		possible: false,
		scope,
		blockedBy: "archived",
		why: "it is archived: unarchive it first"
	};
	return {
		possible: null,
		scope,
		why: "GrowthBook does not say beforehand whether this key may publish, or whether a change needs an approval"
	};
}
// build/sources/flags/growthbook/control.js
/** Switches a feature off in one environment. There is no lock, so it is read once more right before. */
const undoForm = strictObject({ enabled: boolean() });
function controlOf(client) {
	return {
		off: (flag, how, signal) => draft(client, flag, how, signal, false),
		restore(flag, undo, how, signal) {
			const parsed = safeParse(undoForm, undo);
			if (parsed.success) return draft(client, flag, how, signal, parsed.output.enabled);
			throw new Refused("refused", `what the record keeps of ${flag} is not from GrowthBook`, "set it by hand");
		}
	};
}
async function draft(client, flag, { meaning, note }, signal, wanted) {
	const feature = await client.feature(flag, signal);
	if (!feature) throw new Refused("unknown-flag", `there is no feature ${flag}`, "check its id");
	const before = stateFrom(feature, client.config, meaning);
	if (before.archived) throw new Refused("archived", `${flag} is archived`, "unarchive it first");
	const enabled = before.enabled === true;
	const words = `POST ${new URL(client.url(flag, "toggle")).pathname}`;
	if (enabled === wanted) return {
		before,
		undo: { enabled },
		words
	};
	return {
		before,
		undo: { enabled },
		words,
		async send(ends) {
			if (!isDeepStrictEqual(await client.feature(flag, ends), feature)) throw changedMeanwhile(flag, "GrowthBook");
			await client.toggle(flag, wanted, note, ends);
		}
	};
}
// build/sources/flags/growthbook/index.js
/** Source `growthbook`: the features of GrowthBook, as one environment has them. */
const growthBookSource = defineSource({
	type: "growthbook",
	families: ["flags"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		return {
			flags: answers({
				provider: "GrowthBook",
				place: config.environment,
				context,
				read: async (flag, meaning, signal) => {
					const feature = await client.feature(flag, signal);
					return feature ? stateFrom(feature, config, meaning) : missingState(flag);
				},
				list: async (meaning, signal) => (await client.features(signal)).map((feature) => stateFrom(feature, config, meaning)),
				url: (flag) => client.url(flag)
			}),
			control: controlOf(client)
		};
	}
});
export { growthBookSource };
