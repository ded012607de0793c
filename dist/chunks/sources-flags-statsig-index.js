import { $ as optional, H as looseObject, O as array, T as secret, X as nullish, Y as nullable, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, k as boolean, n as changedMeanwhile, rt as picklist, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { a as individuals, g as stateOf, h as missingState, i as everyone, l as serve, n as allOf, o as matching, s as nobody, t as answers, u as unknownServing, x as readAs, y as change } from "./flags.js";
import { vr as oneLine } from "./shared.js";
// build/sources/flags/statsig/client.js
/** Asks Statsig's Console API, version 20240601 (https://docs.statsig.com/console-api/gates). */
const schema = strictObject({
	url: described(optional(httpUrl, "https://statsigapi.net"), "Address of the Console API."),
	environment: described(filled, "Name of the environment, e.g. `production`: rules may be for some of them only."),
	"api-key": described(secret, "Console API key, sent as `STATSIG-API-KEY`. SDK keys cannot call the API.")
});
const text = string();
const rollouts = nullish(array(looseObject({
	time: nullish(number()),
	passPercent: number()
})));
const conditionForm = looseObject({
	type: text,
	operator: nullish(text),
	targetValue: nullish(unknown()),
	field: nullish(text)
});
const ruleForm = looseObject({
	/** Holds the percentage, and changes with it. */
	id: nullish(text),
	/** Stays the same. */
	baseID: nullish(text),
	name: text,
	passPercentage: number(),
	conditions: array(conditionForm),
	/** null: all. */
	environments: nullish(array(text)),
	pendingAutomatedRollouts: rollouts
});
const gateForm = looseObject({
	id: text,
	isEnabled: boolean(),
	status: text,
	rules: array(ruleForm),
	holdoutIDs: nullish(array(text)),
	type: nullish(text),
	typeReason: nullish(text),
	lastModifiedTime: nullish(number()),
	lastModifierName: nullish(text),
	version: nullish(number()),
	releasePipelineID: nullish(text),
	reviewSettings: nullish(looseObject({ requiredReview: nullish(boolean()) })),
	activeReview: nullish(unknown()),
	owner: nullish(looseObject({
		ownerName: nullish(text),
		ownerEmail: nullish(text)
	}))
});
const ids = nullish(array(unknown()), []);
const overridesForm = looseObject({
	passingUserIDs: array(unknown()),
	failingUserIDs: array(unknown()),
	passingCustomIDs: ids,
	failingCustomIDs: ids,
	environmentOverrides: nullish(array(looseObject({
		environment: nullish(text),
		passingIDs: ids,
		failingIDs: ids
	})), [])
});
const gateAnswer = looseObject({ data: gateForm });
const overridesAnswer = looseObject({ data: overridesForm });
const listAnswer = looseObject({
	data: array(looseObject({ id: text })),
	pagination: looseObject({
		totalItems: number(),
		nextPage: nullish(unknown())
	})
});
const needs = "a Console API key that may read gates";
const pageSize = 100;
var Client = class {
	config;
	context;
	constructor(config, context) {
		this.config = config;
		this.context = context;
	}
	get #headers() {
		return {
			"statsig-api-key": this.config["api-key"],
			"statsig-api-version": "20240601"
		};
	}
	url(...parts) {
		return [`${this.config.url}/console/v1/gates`, ...parts.map(encodeURIComponent)].join("/");
	}
	#get(form, url, signal) {
		return readAs(this.context, form, {
			url,
			headers: this.#headers,
			needs
		}, signal);
	}
	/** @returns undefined where the project has no such gate */
	async gate(id, signal) {
		const found = await this.#get(gateAnswer, this.url(id), signal);
		if (!found) {
			await this.#page(1, 1, signal);
			return;
		}
		if (found.data.id !== id) throw new NotMeasured("bad-answer", `${this.config.url} answered for another gate`);
		return found.data;
	}
	/** Users that pass or fail whatever the rules say. */
	async overrides(id, signal) {
		const found = await this.#get(overridesAnswer, this.url(id, "overrides"), signal);
		if (found) return found.data;
		throw new NotMeasured("bad-answer", `${this.config.url} knows a gate ${id}, and no overrides of it (404)`);
	}
	async #page(page, limit, signal) {
		const query = new URLSearchParams({
			limit: String(limit),
			page: String(page)
		});
		const found = await this.#get(listAnswer, `${this.url()}?${query.toString()}`, signal);
		if (found) return found;
		throw new NotMeasured("not-found", `${this.config.url} is not Statsig's Console API (404)`, { permanent: true });
	}
	/** All gates that are not archived. */
	async keys(signal) {
		const keys = /* @__PURE__ */ new Set();
		let seen = 0;
		for (let page = 1;; page += 1) {
			const { data, pagination } = await this.#page(page, pageSize, signal);
			for (const { id } of data) keys.add(id);
			seen += data.length;
			if (seen >= pagination.totalItems && !pagination.nextPage) return [...keys];
			if (data.length === 0) {
				const message = `${this.config.url} lists ${seen} of ${pagination.totalItems} gates and no more`;
				throw new NotMeasured("bad-answer", message);
			}
		}
	}
	async write(method, url, body, signal) {
		const rights = "a Console API key that may write gates";
		const sent = body === void 0 ? {} : { body };
		await change(this.context, {
			method,
			url,
			headers: this.#headers,
			needs: rights,
			...sent
		}, signal);
	}
};
// build/sources/flags/statsig/definition.js
/** From a gate of Statsig to a definition (https://docs.statsig.com/feature-flags/conditions). Pure. */
/** Lists of users first, then holdouts, then the rules in order: whom one is for and does not let pass, fails. */
function definitionOf(gate, overrides, environment) {
	const stage = stageOf(gate);
	const forAll = {
		everyone: passes,
		unknown: unknownServing
	}[stage];
	return {
		enabled: stage === "unknown" ? null : stage !== "nobody",
		kind: "boolean",
		variants: [{
			name: "true",
			value: true
		}, {
			name: "false",
			value: false
		}],
		rules: [
			...forAll ? [{
				who: everyone,
				serves: forAll
			}] : [],
			...listed(overrides, environment),
			...(gate.holdoutIDs ?? []).map((id) => ({
				who: matching(`holdout ${oneLine(id, 60)}`),
				serves: fails
			})),
			...gate.rules.filter((rule) => isFor(rule, environment) !== false).map((rule) => {
				if (isFor(rule, environment) === void 0) return {
					who: matching("environments"),
					serves: unknownServing
				};
				return {
					who: audienceOf(rule, environment),
					serves: servingOf(rule)
				};
			})
		],
		otherwise: fails,
		off: fails
	};
}
/**
* Who gets a gate by its status: a launched one passes for all, whatever its rules say
* (https://docs.statsig.com/feature-flags/feature-flags-lifecycle). What does not fit together is not known.
*/
function stageOf({ isEnabled, status }) {
	switch (status.toLowerCase()) {
		case "launched": return isEnabled ? "everyone" : "unknown";
		case "in progress": return isEnabled ? "rules" : "nobody";
		case "disabled":
		case "archived": return isEnabled ? "unknown" : "nobody";
		default: return "unknown";
	}
}
const passes = serve("true");
const fails = serve("false");
/** undefined: whether an empty list is for all or for none is not told. */
const isFor = ({ environments }, environment) => environments?.length === 0 ? void 0 : !environments || environments.includes(environment);
function listed(overrides, environment) {
	const own = overrides.environmentOverrides?.filter((one) => !one.environment || one.environment === environment);
	const some = (count, serves) => count === 0 ? [] : [{
		who: individuals(count),
		serves
	}];
	const passing = [
		overrides.passingUserIDs,
		overrides.passingCustomIDs,
		...(own ?? []).map((x) => x.passingIDs)
	];
	const failing = [
		overrides.failingUserIDs,
		overrides.failingCustomIDs,
		...(own ?? []).map((x) => x.failingIDs)
	];
	const count = (lists) => lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);
	return [...some(count(passing), passes), ...some(count(failing), fails)];
}
function servingOf({ passPercentage: percent }) {
	if (!(percent >= 0 && percent <= 100)) return unknownServing;
	return [{
		variant: "true",
		percent
	}, {
		variant: "false",
		percent: 100 - percent
	}];
}
/** All conditions of a rule must hold. */
function audienceOf({ conditions, name }, environment) {
	const parts = conditions.map((condition) => audience(condition, environment, name));
	return parts.length === 0 ? matching(`rule ${oneLine(name, 60)} without conditions`) : allOf(...parts);
}
function audience({ type, operator, targetValue, field }, environment, rule) {
	if (type === "public") return everyone;
	const values = Array.isArray(targetValue) ? targetValue : void 0;
	if (type === "environment_tier" && values && (operator === "any" || operator === "none")) return values.includes(environment) === (operator === "any") ? everyone : nobody;
	if (type === "user_id" && operator === "any" && values) return values.length === 0 ? nobody : individuals(values.length);
	const words = [
		type,
		field,
		operator
	].filter((part) => typeof part === "string" && part !== "").join(" ");
	const segments = type.endsWith("_segment") && values ? values.map(String).join(", ") : void 0;
	return matching(oneLine(words || rule, 80), segments);
}
/** What moves it by itself. */
function movedBy({ rules, releasePipelineID }) {
	if (rules.some(({ pendingAutomatedRollouts: pending }) => (pending ?? []).length > 0)) return "a scheduled rollout";
	return releasePipelineID ? "a release pipeline" : void 0;
}
const isTimed = ({ rules }) => rules.some(({ conditions }) => conditions.some(({ type }) => type === "time"));
// build/sources/flags/statsig/read.js
async function readGate(client, id, meaning, signal) {
	const gate = await client.gate(id, signal);
	if (!gate) return { state: missingState(id) };
	const overrides = await client.overrides(id, signal);
	const { status, type, typeReason, lastModifiedTime: ms, lastModifierName: by, version, owner } = gate;
	const archived = status.toLowerCase() === "archived";
	const name = owner?.ownerEmail || owner?.ownerName;
	return {
		state: stateOf({
			key: id,
			definition: definitionOf(gate, overrides, client.config.environment),
			archived,
			timeDependent: isTimed(gate),
			managedBy: movedBy(gate),
			changed: typeof ms === "number" && Number.isFinite(new Date(ms).getTime()) ? {
				at: new Date(ms).toISOString(),
				by: by ? oneLine(by, 100) : null,
				scope: "flag"
			} : null,
			stale: type === "STALE" || (typeReason?.startsWith("STALE") ?? false),
			temporary: type === "TEMPORARY" ? true : type === "PERMANENT" ? false : null,
			owner: name ? oneLine(name, 100) : null,
			version: typeof version === "number" ? String(version) : null,
			kill: killOf(archived),
			link: `https://console.statsig.com/gates/${encodeURIComponent(id)}`
		}, meaning),
		gate
	};
}
function killOf(archived) {
	if (archived) return {
		possible: false,
		scope: "all-environments",
		blockedBy: "archived",
		why: "it is archived: restore it first"
	};
	return {
		possible: null,
		scope: "all-environments",
		why: "Statsig does not say beforehand whether this key may write"
	};
}
// build/sources/flags/statsig/control.js
/**
* Changes a gate: switched off as a whole, which is so in ALL environments; the percentage of a rule by its `baseID`. There is no lock,
* so the gate is read once more right before.
*/
const undoForm = strictObject({
	stage: picklist([
		"rules",
		"everyone",
		"nobody",
		"unknown"
	]),
	rule: nullable(strictObject({
		baseID: string(),
		passPercentage: number()
	}))
});
const toggle = (id, to) => ({
	method: "PUT",
	parts: [id, to]
});
/** A rule's id holds its percentage, and changes with it; what it is called by its `baseID` stays. */
const percentage = (id, baseID, passPercentage) => ({
	method: "PATCH",
	parts: [
		id,
		"rules",
		baseID
	],
	body: { passPercentage }
});
function controlOf(client) {
	const { environment } = client.config;
	return {
		off: (flag, how, signal) => draft(client, flag, how, signal, (gate) => stageOf(gate) === "nobody" ? [] : [toggle(gate.id, "disable")]),
		rollout: (flag, percent, how, signal) => draft(client, flag, how, signal, (gate) => {
			const { baseID, passPercentage } = plainRule(gate, environment);
			return [...passPercentage === percent ? [] : [percentage(gate.id, baseID, percent)], ...stageOf(gate) === "rules" ? [] : [toggle(gate.id, "enable")]];
		}),
		restore(flag, undo, how, signal) {
			const parsed = safeParse(undoForm, undo);
			if (!parsed.success || parsed.output.stage === "unknown") throw new Refused("refused", `the record does not tell how ${flag} was at Statsig`, "set it by hand");
			const { stage, rule: was } = parsed.output;
			return draft(client, flag, how, signal, (gate) => {
				const now = gate.rules.find(({ baseID }) => baseID === was?.baseID);
				if (was && !now) throw new Refused("too-complex", `${flag} no longer has the rule that was changed`, "set it by hand");
				const back = was && now?.passPercentage !== was.passPercentage ? [percentage(gate.id, was.baseID, was.passPercentage)] : [];
				if (stage === stageOf(gate)) return back;
				if (stage === "nobody") return [toggle(gate.id, "disable"), ...back];
				return [...back, toggle(gate.id, stage === "everyone" ? "launch" : "enable")];
			});
		}
	};
}
async function draft(client, flag, { meaning }, signal, plan) {
	const { state: before, gate } = await readGate(client, flag, meaning, signal);
	if (!gate) throw new Refused("unknown-flag", `there is no gate ${flag}`, "check its id and project");
	if (before.archived) throw new Refused("archived", `${flag} is archived`, "restore it first");
	const steps = plan(gate);
	const [only] = gate.rules.filter((rule) => isFor(rule, client.config.environment));
	const { baseID } = only ?? {};
	const undo = {
		stage: stageOf(gate),
		rule: only && typeof baseID === "string" ? {
			baseID,
			passPercentage: only.passPercentage
		} : null
	};
	const words = steps.map(({ method, parts }) => `${method} /console/v1/gates/${parts.join("/")}`).join(", ");
	if (steps.length === 0) return {
		before,
		undo,
		words
	};
	return {
		before,
		undo,
		words,
		async send(ends) {
			const now = await client.gate(flag, ends);
			if (JSON.stringify(essence(now)) !== JSON.stringify(essence(gate))) throw changedMeanwhile(flag, "Statsig");
			for (const { method, parts, body } of steps) await client.write(method, client.url(...parts), body, ends);
		}
	};
}
/** What changes with every change of the gate. */
const essence = (gate) => gate && [
	gate.version,
	gate.lastModifiedTime,
	gate.isEnabled,
	gate.status,
	gate.rules
];
/** The one rule that says who gets the gate, in this environment and no other. */
function plainRule(gate, environment) {
	const { id, rules, holdoutIDs, reviewSettings, releasePipelineID } = gate;
	const [rule, ...more] = rules;
	const refuse = (what, next) => new Refused("too-complex", `${id} ${what}`, next);
	if (stageOf(gate) === "everyone") throw refuse("is launched, and passes for everyone", "put it in progress again at Statsig");
	if (reviewSettings?.requiredReview) throw new Refused("approval", `${id} asks for a review of every change`, "have the rollout reviewed at Statsig");
	if (releasePipelineID) throw new Refused("managed", `${id} is moved by a release pipeline`, "take it out of it first");
	if ((rule?.pendingAutomatedRollouts ?? []).length > 0) throw new Refused("managed", `${id} is moved by a scheduled rollout`, "remove the schedule first");
	if (!rule || more.length > 0 || (holdoutIDs ?? []).length > 0) throw refuse("has not exactly one rule, or a holdout, so no percentage says who gets it", "leave it one rule");
	const { baseID, conditions, environments } = rule;
	if (conditions.length !== 1 || conditions[0]?.type !== "public") throw refuse("has a rule with conditions, so no percentage says who gets it", "leave it one rule for everyone");
	if (environments?.length !== 1 || environments[0] !== environment) throw refuse(`has a rule that is not for ${environment} alone, so a percentage would be one of other environments too`, `set the rule's environments to ${environment}`);
	if (typeof baseID !== "string") throw refuse("has a rule without a base id", "set it by hand");
	return {
		...rule,
		baseID
	};
}
// build/sources/flags/statsig/index.js
/** Source `statsig`: the feature gates of a Statsig project, as one environment has them. */
const statsigSource = defineSource({
	type: "statsig",
	families: ["flags"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		return {
			flags: answers({
				provider: "Statsig",
				place: config.environment,
				context,
				read: async (flag, meaning, signal) => (await readGate(client, flag, meaning, signal)).state,
				list: (_, signal) => client.keys(signal),
				url: (flag) => flag === void 0 ? client.url() : client.url(flag)
			}),
			control: controlOf(client)
		};
	}
});
export { statsigSource };
