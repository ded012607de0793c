import { $ as optional, H as looseObject, O as array, T as secret, X as nullish, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, k as boolean, l as classOf, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { S as shaped, a as individuals, b as read, g as stateOf, h as missingState, i as everyone, l as serve, n as allOf, o as matching, s as nobody, t as answers, u as unknownServing, y as change } from "./flags.js";
import { rn as authorization, vr as oneLine } from "./shared.js";
import { isDeepStrictEqual } from "node:util";
// build/sources/flags/configcat/client.js
/** Asks ConfigCat's Public Management API (https://configcat.com/docs/api), for configs of version 2. */
const schema = strictObject({
	url: described(optional(httpUrl, "https://api.configcat.com"), "Address of the Public Management API."),
	config: described(filled, "Id of the config, which must be one of version 2."),
	environment: described(filled, "Id of the environment."),
	username: described(filled, "User name of the Public API credential."),
	password: described(secret, "Its password.")
});
const text = string();
/** One of the fields holds the value, by the type of the setting. */
const valueForm = looseObject({
	boolValue: nullish(boolean()),
	stringValue: nullish(text),
	intValue: nullish(number()),
	doubleValue: nullish(number()),
	predefinedVariationId: nullish(text)
});
const conditionForm = looseObject({
	userCondition: nullish(looseObject({
		comparisonAttribute: text,
		comparator: text,
		comparisonValue: nullish(looseObject({ listValue: nullish(array(unknown())) }))
	})),
	segmentCondition: nullish(looseObject({
		segmentId: text,
		comparator: text
	})),
	prerequisiteFlagCondition: nullish(looseObject({
		prerequisiteSettingId: number(),
		comparator: text,
		prerequisiteComparisonValue: valueForm
	}))
});
const ruleForm = looseObject({
	conditions: nullish(array(conditionForm), []),
	percentageOptions: nullish(array(looseObject({
		percentage: number(),
		value: valueForm
	})), []),
	value: nullish(valueForm)
});
const formulaForm = looseObject({
	/** The lock. */
	lastVersionId: text,
	defaultValue: valueForm,
	targetingRules: array(ruleForm),
	setting: looseObject({
		settingId: number(),
		key: text,
		settingType: text,
		predefinedVariations: nullish(array(looseObject({
			value: valueForm,
			predefinedVariationId: text
		})))
	}),
	updatedAt: nullish(text),
	percentageEvaluationAttribute: nullish(text),
	lastUpdaterUserFullName: nullish(text)
});
const valuesForm = looseObject({
	environment: looseObject({ environmentId: text }),
	readOnly: nullish(boolean()),
	settingFormulas: array(formulaForm),
	approveRequired: nullish(boolean()),
	canBypassApproval: nullish(boolean())
});
var Client = class {
	config;
	context;
	constructor(config, context) {
		this.config = config;
		this.context = context;
	}
	get valuesUrl() {
		const { url, config, environment } = this.config;
		return `${url}/v2/configs/${encodeURIComponent(config)}/environments/${encodeURIComponent(environment)}/values`;
	}
	get #headers() {
		return authorization(this.config);
	}
	async values(signal) {
		const url = this.valuesUrl;
		const response = await read(this.context, {
			url,
			headers: this.#headers,
			needs: "a Public API credential that may see the product"
		}, signal);
		const { config, environment } = this.config;
		if (!response) {
			const message = `${this.config.url} knows no config ${config} with an environment ${environment} (404)`;
			throw new NotMeasured("not-found", message, { permanent: true });
		}
		const found = shaped(valuesForm, response, url);
		if (found.environment.environmentId === environment) return found;
		throw new NotMeasured("bad-answer", `${this.config.url} answered for another environment`);
	}
	/** If nobody changed the flag since it had this version. */
	async patch({ setting, lastVersionId }, operations, more, signal) {
		const { url, environment } = this.config;
		const query = new URLSearchParams({
			reason: oneLine(more.note, 250),
			latestVersionId: lastVersionId,
			...more.bypass ? { bypassApproval: "true" } : {}
		});
		await change(this.context, {
			method: "PATCH",
			url: `${url}/v2/environments/${encodeURIComponent(environment)}/settings/${setting.settingId}/value?${query.toString()}`,
			headers: this.#headers,
			needs: "write access to this environment, and the permission to create and update flags",
			body: operations
		}, signal);
	}
};
// build/sources/flags/configcat/definition.js
/** What is served; undefined where the answer does not tell. */
function plain({ boolValue, stringValue, intValue, doubleValue }) {
	return boolValue ?? stringValue ?? intValue ?? doubleValue ?? void 0;
}
/** Variants have no names, so they are told apart by their values. */
const nameOf = (value) => JSON.stringify(plain(value) ?? null);
const serving = (value) => value && plain(value) !== void 0 ? serve(nameOf(value)) : unknownServing;
/** All values that the flag can serve. */
const valuesOf = ({ defaultValue, targetingRules, setting }) => [
	defaultValue,
	...targetingRules.flatMap(({ value, percentageOptions }) => [...value ? [value] : [], ...(percentageOptions ?? []).map((option) => option.value)]),
	...(setting.predefinedVariations ?? []).map(({ value, predefinedVariationId }) => ({
		...value,
		predefinedVariationId
	}))
];
/** What a kill serves, as it is written: one of the values that are off; undefined where there is none. */
function offValue(formula, meaning) {
	const known = valuesOf(formula).find((value) => is(value, "off", meaning));
	if (known) return written(known);
	const { settingType, predefinedVariations } = formula.setting;
	return settingType === "boolean" && (predefinedVariations ?? []).length === 0 && is({ boolValue: false }, "off", meaning) ? { boolValue: false } : void 0;
}
const is = (value, wanted, meaning) => plain(value) !== void 0 && classOf({
	variant: nameOf(value),
	value: plain(value)
}, meaning) === wanted;
/** Without the fields that are empty. */
const written = (value) => Object.fromEntries(Object.entries(value).filter(([, x]) => x !== null && x !== void 0));
/** Flags depend on flags that depend on flags; beyond this nobody follows. */
const deepest = 3;
/** @param others all flags of the config, for those that this one depends on */
function definitionOf(formula, others, meaning, left = deepest) {
	const depends = [];
	const audience = (condition) => {
		const { prerequisiteFlagCondition: prerequisite } = condition;
		if (!prerequisite) return audienceOf(condition);
		const { prerequisiteSettingId: id, comparator, prerequisiteComparisonValue: wanted } = prerequisite;
		const other = others.find(({ setting }) => setting.settingId === id);
		const served = other && left > 0 ? servedToAll(other, others, meaning, left - 1) : void 0;
		const equal = served === void 0 ? null : served === nameOf(wanted);
		const met = equal === null || !["equals", "doesNotEqual"].includes(comparator) ? null : equal === (comparator === "equals");
		const flag = other?.setting.key ?? `#${id}`;
		depends.push({
			flag,
			met
		});
		if (met === null) return matching(`flag ${flag}`);
		return met ? everyone : nobody;
	};
	const values = valuesOf(formula).filter((value) => plain(value) !== void 0);
	const off = offValue(formula, meaning);
	const rules = formula.targetingRules.map((rule) => ({
		who: whoOf(rule, formula, audience),
		serves: servingOf(rule)
	}));
	return {
		definition: {
			enabled: null,
			kind: formula.setting.settingType === "boolean" ? "boolean" : "multivariate",
			variants: [...new Map(values.map((value) => [nameOf(value), {
				name: nameOf(value),
				value: plain(value)
			}])).values()],
			rules,
			otherwise: serving(formula.defaultValue),
			off: serving(off)
		},
		prerequisites: depends
	};
}
/** The name of the one value that all get; undefined where it depends. */
function servedToAll(formula, others, meaning, left) {
	const { definition } = definitionOf(formula, others, meaning, left);
	return stateOf({
		key: formula.setting.key,
		definition,
		kill: {
			possible: null,
			scope: "none"
		}
	}, meaning).serves?.variant ?? void 0;
}
/** All conditions must hold; shares are for those who have the attribute that is hashed. */
function whoOf(rule, formula, audience) {
	const { percentageEvaluationAttribute: attribute } = formula;
	const parts = (rule.conditions ?? []).map(audience);
	if ((rule.percentageOptions ?? []).length > 0 && attribute && attribute !== "Identifier") parts.push(matching(`with ${oneLine(attribute, 60)}`));
	const [only, ...more] = parts;
	if (only === void 0) return everyone;
	return more.length === 0 ? only : allOf(only, ...more);
}
function servingOf({ percentageOptions, value }) {
	if ((percentageOptions ?? []).length === 0) return serving(value);
	return (percentageOptions ?? []).flatMap((option) => plain(option.value) === void 0 ? [] : [{
		variant: nameOf(option.value),
		percent: option.percentage
	}]);
}
/** A list of users is the one condition whose size is known. */
function audienceOf({ userCondition, segmentCondition }) {
	if (segmentCondition) {
		const { segmentId, comparator } = segmentCondition;
		return matching(`segment ${oneLine(segmentId, 60)} ${oneLine(comparator, 40)}`, segmentId);
	}
	if (!userCondition) return matching("a condition");
	const { comparisonAttribute, comparator, comparisonValue } = userCondition;
	const listed = comparisonValue?.listValue;
	if (comparisonAttribute === "Identifier" && ["isOneOf", "sensitiveIsOneOf"].includes(comparator) && listed) return listed.length === 0 ? nobody : individuals(listed.length);
	return matching(oneLine(`${comparisonAttribute} ${comparator}`, 80));
}
// build/sources/flags/configcat/read.js
function stateIn(values, flag, meaning) {
	const formula = values.settingFormulas.find(({ setting }) => setting.key === flag);
	if (!formula) return missingState(flag);
	const { definition, prerequisites } = definitionOf(formula, values.settingFormulas, meaning);
	const at = Date.parse(formula.updatedAt ?? "");
	const by = formula.lastUpdaterUserFullName;
	const conditions = formula.targetingRules.flatMap((rule) => rule.conditions ?? []);
	return stateOf({
		key: flag,
		definition,
		prerequisites,
		timeDependent: conditions.some(({ userCondition: c }) => c?.comparator.startsWith("dateTime")),
		changed: Number.isNaN(at) ? null : {
			at: new Date(at).toISOString(),
			by: by ? oneLine(by, 100) : null,
			scope: "environment"
		},
		version: formula.lastVersionId,
		kill: killOf(values)
	}, meaning);
}
function killOf({ readOnly, approveRequired, canBypassApproval }) {
	const scope = "environment";
	if (readOnly) return {
		possible: false,
		scope,
		blockedBy: "permission",
		why: "this credential may only read the environment: give its permission group write access"
	};
	if (approveRequired && !canBypassApproval) return {
		possible: false,
		scope,
		blockedBy: "approval",
		why: "the environment asks for an approval of every change: let this credential bypass approvals"
	};
	if (readOnly === false) return {
		possible: true,
		scope
	};
	return {
		possible: null,
		scope,
		why: "ConfigCat does not say whether this credential may write"
	};
}
// build/sources/flags/configcat/control.js
/**
* Changes a flag of ConfigCat by JSON Patch, which names what is to change, under the version that was read. There is no switch: rules are
* asked before the default value, so each value that is on is replaced.
*/
/** What stood where something was replaced. */
const undoForm = strictObject({ was: array(strictObject({
	path: string(),
	value: unknown()
})) });
const replace = (path, value) => ({
	op: "replace",
	path,
	value
});
function controlOf(client) {
	return {
		off: (flag, how, signal) => draft(client, flag, how, signal, (formula) => kill(formula, how.meaning)),
		rollout: (flag, percent, how, signal) => draft(client, flag, how, signal, (formula) => rolloutOf(formula, percent, how.meaning)),
		restore(flag, undo, how, signal) {
			const parsed = safeParse(undoForm, undo);
			if (!parsed.success) throw new Refused("refused", `what the record keeps of ${flag} is not from ConfigCat`, "set it by hand");
			return draft(client, flag, how, signal, (formula) => parsed.output.was.map(({ path, value }) => {
				if (at(formula, path) !== void 0) return replace(path, value);
				const message = `${flag} cannot be put back as it was: its rules are others now`;
				throw new Refused("too-complex", message, "set it by hand; the record has its state");
			}));
		}
	};
}
/** What a JSON Pointer (RFC 6901) leads to; the paths here need no escapes. */
function at(formula, path) {
	let found = formula;
	for (const key of path.split("/").slice(1)) {
		if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return void 0;
		found = found[key];
	}
	return found;
}
async function draft(client, flag, { meaning, note }, signal, plan) {
	const values = await client.values(signal);
	const before = stateIn(values, flag, meaning);
	const formula = values.settingFormulas.find(({ setting }) => setting.key === flag);
	if (!formula) throw new Refused("unknown-flag", `there is no flag ${flag}`, "check its key, config and environment");
	const operations = plan(formula).filter(({ path, value }) => !isDeepStrictEqual(at(formula, path), value));
	const undo = { was: operations.map(({ path }) => ({
		path,
		value: at(formula, path)
	})) };
	const words = `PATCH …/settings/${formula.setting.settingId}/value: ${operations.map(({ path }) => path).join(", ")}`;
	if (operations.length === 0) return {
		before,
		undo,
		words
	};
	const { approveRequired, canBypassApproval, readOnly } = values;
	if (readOnly) throw new Refused("permission", "this credential may only read the environment", "give its permission group write access to the environment");
	if (approveRequired && !canBypassApproval) throw new Refused("approval", "ConfigCat asks for an approval of every change in this environment", "open a change request and have it approved, or let this credential bypass approvals");
	const bypass = approveRequired === true;
	return {
		before,
		undo,
		words,
		send: async (ends) => client.patch(formula, operations, {
			note,
			bypass
		}, ends)
	};
}
/** Each value that is not off is replaced by the one that is. */
function kill(formula, meaning) {
	const off = offValue(formula, meaning);
	if (!off) throw new Refused("too-complex", `${formula.setting.key} has no value that is off`, "name one in `off-values`, or set it by hand");
	const from = (path, value) => value && !is(value, "off", meaning) ? [replace(path, off)] : [];
	return [...from("/defaultValue", formula.defaultValue), ...formula.targetingRules.flatMap(({ value, percentageOptions }, i) => [...from(`/targetingRules/${i}/value`, value), ...(percentageOptions ?? []).flatMap((option, j) => from(`/targetingRules/${i}/percentageOptions/${j}/value`, option.value))])];
}
/** One rule without a condition, with one value that is on and one that is off; the default is off. */
function rolloutOf(formula, percent, meaning) {
	const { setting, defaultValue, targetingRules } = formula;
	const refuse = (what, next) => new Refused("too-complex", `${setting.key} ${what}`, next);
	if (!Number.isInteger(percent)) throw refuse(`takes whole percents, not ${percent} %`, "use whole percents in `steps`");
	const [rule, ...more] = targetingRules;
	if (more.length > 0 || (rule?.conditions ?? []).length > 0) throw refuse("has rules that ask who somebody is, so no percentage says who gets it", "remove them");
	const off = offValue(formula, meaning);
	const free = setting.settingType === "boolean" && (setting.predefinedVariations ?? []).length === 0;
	const candidates = [...valuesOf(formula), ...free ? [{ boolValue: true }] : []].filter((x) => is(x, "on", meaning));
	const [on, ...others] = new Map(candidates.map((value) => [JSON.stringify(written(value)), written(value)])).values();
	if (!on || !off || others.length > 0) throw refuse("has not exactly one value that is on and one that is off", "name them in `on-values` and `off-values`");
	const percentageOptions = [{
		percentage: percent,
		value: on
	}, {
		percentage: 100 - percent,
		value: off
	}];
	return [...is(defaultValue, "off", meaning) ? [] : [replace("/defaultValue", off)], rule && (rule.percentageOptions ?? []).length > 0 ? replace("/targetingRules/0/percentageOptions", percentageOptions) : replace("/targetingRules", [{
		conditions: [],
		percentageOptions
	}])];
}
// build/sources/flags/configcat/index.js
/** Source `configcat`: the flags of one config and environment of ConfigCat. */
const configCatSource = defineSource({
	type: "configcat",
	families: ["flags"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		return {
			flags: answers({
				provider: "ConfigCat",
				place: `environment ${config.environment} of config ${config.config}`,
				context,
				read: async (flag, meaning, signal) => stateIn(await client.values(signal), flag, meaning),
				list: async (meaning, signal) => {
					const values = await client.values(signal);
					return values.settingFormulas.map(({ setting }) => stateIn(values, setting.key, meaning));
				},
				url: () => client.valuesUrl
			}),
			control: controlOf(client)
		};
	}
});
export { configCatSource };
