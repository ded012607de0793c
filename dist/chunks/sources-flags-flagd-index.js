import { H as looseObject, O as array, bt as defineSource, ct as safeParse, g as described, gt as unknown, ht as union, o as readText, rt as picklist, ut as strictObject, vt as NotMeasured, y as filled } from "./base.js";
import { Sr as nearest, Zn as iso, vr as oneLine } from "./shared.js";
import { _ as statesMeasured, a as individuals, c as percentOf, g as stateOf, h as missingState, i as everyone, l as serve, m as asksFor, n as allOf, o as matching, r as anyOf, s as nobody, u as unknownServing } from "./flags.js";
import { createHash } from "node:crypto";
// build/sources/flags/flagd/fractional.js
/**
* Operation `fractional` of flagd's JsonLogic (https://flagd.dev/reference/custom-operations/fractional-operation): `[hashed?,
* [variant, weight]…]`, whose weights are parts of their sum. Pure.
*/
/** Of the sum of the weights. */
const most = 2 ** 31 - 1;
/** @returns undefined where something about it is not understood, or where flagd itself gives it up */
function fractionalOf(given) {
	if (!Array.isArray(given) || given.length === 0) return void 0;
	const parts = given;
	const seeded = !Array.isArray(parts[0]);
	const buckets = [];
	for (const part of seeded ? parts.slice(1) : parts) {
		if (!Array.isArray(part) || part.length === 0 || part.length > 2) return void 0;
		const [variant, weight = 1] = part;
		if (typeof weight !== "number" || !Number.isInteger(weight)) return void 0;
		buckets.push({
			variant,
			weight: Math.max(0, weight)
		});
	}
	const total = buckets.reduce((sum, { weight }) => sum + weight, 0);
	if (!(total > 0 && total <= most)) return void 0;
	if (!seeded) return {
		buckets,
		total,
		seed: void 0,
		attributes: ["targetingKey"]
	};
	const attributes = attributesOf(parts[0]);
	return attributes && {
		buckets,
		total,
		seed: JSON.stringify(parts[0]),
		attributes
	};
}
/** Attributes of the user in what is hashed; undefined: it is made by more than putting them one after the other. */
function attributesOf(seed) {
	if (typeof seed === "string") return [];
	if (typeof seed !== "object" || seed === null || Array.isArray(seed)) return void 0;
	const [entry, ...more] = Object.entries(seed);
	if (!entry || more.length > 0) return void 0;
	const [name, given] = entry;
	const all = Array.isArray(given) ? given : [given];
	if (name === "var") {
		const [attribute] = all;
		if (typeof attribute !== "string" || attribute === "") return void 0;
		if (attribute === "$flagd.flagKey") return [];
		return attribute.startsWith("$flagd") ? void 0 : [attribute];
	}
	if (name !== "cat") return void 0;
	const parts = all.map(attributesOf);
	return parts.some((part) => part === void 0) ? void 0 : [...new Set(parts.flatMap((part) => part ?? []))];
}
// build/sources/flags/flagd/targeting.js
/**
* From flagd's definition of a flag (https://flagd.dev/reference/flag-definitions) to ours: its JsonLogic as ordered rules. Pure.
*
* Only what decides for everyone alike is worked out (constants, lists of users, `fractional`); every other condition is one of
* unknown size, and every result that is no name of a variant is unknown.
*/
/**
* @param evaluators the file's `$evaluators`, in order
* @param servedTo what an expression of targeting comes to for whom nothing but a `targetingKey` is known: the name of a variant,
*   null for the default, undefined where it cannot be evaluated
*/
function definitionOf(flag, evaluators, servedTo) {
	const { state, variants, targeting } = flag;
	const defaultVariant = typeof flag.defaultVariant === "string" && flag.defaultVariant !== "" ? flag.defaultVariant : null;
	const logic = new Logic(variants, defaultVariant, Object.entries(evaluators), servedTo);
	const { rules, otherwise } = !hasRules(targeting) ? only(serve(defaultVariant)) : typeof targeting === "object" ? logic.result({
		expression: targeting,
		from: 0
	}) : only(unknownServing);
	const values = Object.entries(variants).map(([name, value]) => ({
		name,
		value
	}));
	return {
		definition: {
			enabled: state === "ENABLED",
			kind: values.length > 0 && values.every(({ value }) => typeof value === "boolean") ? "boolean" : "multivariate",
			variants: values,
			rules,
			otherwise,
			off: serve(null)
		},
		timeDependent: /"\$flagd(?:\.timestamp)?"/.test(logic.text({
			expression: targeting ?? null,
			from: 0
		}))
	};
}
/** Without rules the default variant is served, whoever asks. */
const hasRules = (targeting) => targeting !== void 0 && targeting !== null && !(typeof targeting === "object" && Object.keys(targeting).length === 0);
const only = (otherwise) => ({
	rules: [],
	otherwise
});
/** Operators whose result is true or false, whatever they are given. */
const booleans = /* @__PURE__ */ new Set([
	"==",
	"===",
	"!=",
	"!==",
	">",
	">=",
	"<",
	"<=",
	"!",
	"!!",
	"in"
]);
/** The same, but nothing where what they are given is of another type. */
const ofTexts = /* @__PURE__ */ new Set([
	"starts_with",
	"ends_with",
	"sem_ver"
]);
const truthy = (constant) => Array.isArray(constant) ? constant.length > 0 : Boolean(constant);
var Logic = class {
	#variants;
	#otherwise;
	#evaluators;
	#servedTo;
	constructor(variants, defaultVariant, evaluators, servedTo) {
		this.#variants = variants;
		this.#otherwise = serve(defaultVariant);
		this.#evaluators = evaluators;
		this.#servedTo = servedTo;
	}
	/** Operator and arguments; undefined: it is no operation. */
	#operation({ expression, from }) {
		if (typeof expression !== "object" || expression === null || Array.isArray(expression)) return void 0;
		const [entry, ...more] = Object.entries(expression);
		return entry === void 0 || more.length > 0 ? void 0 : {
			name: entry[0],
			given: entry[1],
			from
		};
	}
	/** What a reference stands for. */
	#referred({ expression, from }) {
		const operation = this.#operation({
			expression,
			from
		});
		if (operation?.name !== "$ref" || typeof operation.given !== "string") return void 0;
		const index = this.#evaluators.findIndex(([name], i) => i >= from && name === operation.given);
		const found = this.#evaluators[index];
		return found && {
			name: found[0],
			expression: found[1],
			from: index + 1
		};
	}
	/** With its references put in, as far as flagd puts them in. */
	#whole({ expression, from }) {
		const referred = this.#referred({
			expression,
			from
		});
		if (referred) return this.#whole(referred);
		if (Array.isArray(expression)) return expression.map((part) => this.#whole({
			expression: part,
			from
		}));
		if (typeof expression !== "object" || expression === null) return expression;
		return Object.fromEntries(Object.entries(expression).map(([key, part]) => [key, this.#whole({
			expression: part,
			from
		})]));
	}
	text(expression) {
		return JSON.stringify(this.#whole(expression));
	}
	/** The name of a variant, as a result; nothing and `null` leave it to the default. */
	#named(result) {
		if (result === null || result === void 0) return this.#otherwise;
		if (typeof result !== "string" && typeof result !== "number" && typeof result !== "boolean") return unknownServing;
		const name = String(result);
		return Object.hasOwn(this.#variants, name) ? serve(name) : unknownServing;
	}
	/** Whom an expression serves what, when its result is the name of a variant. */
	result(at) {
		const referred = this.#referred(at);
		if (referred) return this.result(referred);
		const operation = this.#operation(at);
		if (!operation) return only(this.#named(at.expression));
		const { name, given, from } = operation;
		if ((name === "if" || name === "?:") && Array.isArray(given)) return this.#chain(given, from);
		if (name === "fractional") return this.#fractional(at);
		if (booleans.has(name) || ofTexts.has(name)) {
			const what = this.#words(at);
			return {
				rules: [...ofTexts.has(name) ? [{
					who: matching(`${what} cannot be told`),
					serves: this.#otherwise
				}] : [], {
					who: this.audience(at),
					serves: this.#named(true)
				}],
				otherwise: this.#named(false)
			};
		}
		return only(unknownServing);
	}
	#chain(given, from) {
		const rules = [];
		let i = 0;
		for (; i + 1 < given.length; i += 2) {
			const who = this.audience({
				expression: given[i],
				from
			});
			const then = this.result({
				expression: given[i + 1],
				from
			});
			rules.push(...then.rules.map((rule) => ({
				who: within(who, rule.who),
				serves: rule.serves
			})));
			rules.push({
				who,
				serves: then.otherwise
			});
		}
		const last = this.result({
			expression: i < given.length ? given[i] : null,
			from
		});
		return {
			rules: [...rules, ...last.rules],
			otherwise: last.otherwise
		};
	}
	/** Weights are parts of their sum (https://flagd.dev/reference/custom-operations/fractional-operation). */
	#fractional(at) {
		const parts = this.#parts(at);
		if (!parts) return only(unknownServing);
		const { buckets, total, seed, attributes } = parts;
		if (seed !== void 0 && attributes.length === 0) return only(this.#evaluated(at));
		const shares = buckets.flatMap(({ variant, weight }) => this.#named(variant).map((share) => ({
			variant: share.variant,
			percent: 100 * weight / total
		})));
		if (attributes.includes("targetingKey")) return only(shares);
		return {
			rules: [{
				who: matching(`without ${attributes.map((name) => `\`${oneLine(name, 60)}\``).join(" or ")}`),
				serves: attributes.length === 1 ? this.#evaluated(at) : unknownServing
			}],
			otherwise: shares
		};
	}
	#evaluated(at) {
		const served = this.#servedTo(this.#whole(at));
		return served === void 0 ? unknownServing : this.#named(served);
	}
	#parts(at) {
		return fractionalOf(this.#operation({
			...at,
			expression: this.#whole(at)
		})?.given);
	}
	/** Those for whom a condition holds. */
	audience(at) {
		const referred = this.#referred(at);
		if (referred) return named(this.audience(referred), referred.name);
		const { expression } = at;
		const operation = this.#operation(at);
		if (!operation) {
			if (!(typeof expression !== "object" || expression === null || Array.isArray(expression))) return matching(this.#words(at));
			return truthy(expression) ? everyone : nobody;
		}
		const { name, given, from } = operation;
		const all = Array.isArray(given) ? given : [given];
		const parts = () => all.map((part) => this.audience({
			expression: part,
			from
		}));
		const [first, second] = all;
		switch (name) {
			case "and": return all.length === 0 ? matching(this.#words(at)) : allOf(...parts());
			case "or": return all.length === 0 ? matching(this.#words(at)) : anyOf(...parts());
			case "!": return all.length === 1 ? {
				is: "not",
				part: this.audience({
					expression: first,
					from
				})
			} : matching("a condition");
			case "!!": return all.length === 1 ? this.audience({
				expression: first,
				from
			}) : matching("a condition");
			case "in": return this.#isKey(first) && isTexts(second) ? listed(second.length) : matching(this.#words(at));
			case "==":
			case "===": return this.#isKey(first) && typeof second === "string" || this.#isKey(second) && typeof first === "string" ? individuals(1) : matching(this.#words(at));
			case "fractional": return this.#hashed(at) ?? matching(this.#words(at));
			default: return matching(this.#words(at));
		}
	}
	/** `fractional` as a condition: the users below the share of its first buckets, where those and no others hold. */
	#hashed(at) {
		const parts = this.#parts(at);
		if (!parts?.attributes.includes("targetingKey")) return void 0;
		const { buckets, total, seed } = parts;
		if (buckets.some(({ variant }) => typeof variant === "object" && variant !== null)) return void 0;
		const holds = buckets.map(({ variant }) => truthy(variant));
		const weight = buckets.reduce((sum, bucket, i) => holds[i] ? sum + bucket.weight : sum, 0);
		const first = holds.indexOf(false);
		const isFirst = first < 0 || !holds.slice(first).includes(true);
		return percentOf(100 * weight / total, isFirst ? seed ?? "targetingKey" : void 0);
	}
	#isKey(expression) {
		const operation = this.#operation({
			expression,
			from: 0
		});
		const given = Array.isArray(operation?.given) && operation.given.length === 1 ? operation.given[0] : operation?.given;
		return operation?.name === "var" && given === "targetingKey";
	}
	#words(at) {
		return oneLine(JSON.stringify(at.expression), 80);
	}
};
const isTexts = (x) => Array.isArray(x) && x.every((y) => typeof y === "string");
const listed = (count) => count === 0 ? nobody : individuals(count);
const within = (who, part) => who.is === "everyone" ? part : allOf(who, part);
/** A shared evaluator is the nearest that flagd has to a segment. */
function named(audience, name) {
	switch (audience.is) {
		case "matching": return matching(audience.what, name);
		case "not": return {
			is: "not",
			part: named(audience.part, name)
		};
		case "any-of":
		case "all-of": return {
			is: audience.is,
			parts: audience.parts.map((part) => named(part, name))
		};
		default: return audience;
	}
}
// build/sources/flags/flagd/index.js
/**
* Source `flagd`: flag definitions of flagd in a file of the workspace. The definition is read for what it says of everyone,
* and evaluated with flagd's own evaluator for what it serves to one context.
*/
const schema = strictObject({ file: described(filled, "flagd's definitions (JSON), relative to the workspace. Read anew in every round.") });
/** Only what is read here; flagd's evaluator checks the rest. */
const definition = looseObject({
	state: picklist(["ENABLED", "DISABLED"]),
	variants: looseObject({})
});
/** In place of the console. The evaluator tells of rules that came to nothing only at level debug. */
function listener(heard) {
	const hear = (...parts) => void heard.push(oneLine(parts.map(String).join(" ")));
	return {
		error: hear,
		warn: hear,
		info: hear,
		debug: hear
	};
}
const unusable = (file, what) => new NotMeasured("bad-definition", `${file} ${what}`, { permanent: true });
/** The flags by name, from flagd's map form or its list form. */
function flagsOf(parsed, file) {
	const root = safeParse(looseObject({ flags: union([array(unknown()), looseObject({})]) }), parsed);
	if (!root.success) throw unusable(file, "is no flagd definition: expected `{ \"flags\": … }`");
	const raw = root.output.flags;
	const entries = Array.isArray(raw) ? raw.map((entry, index) => {
		const keyed = safeParse(looseObject({ key: filled }), entry);
		if (!keyed.success) throw unusable(file, `has an entry without a \`key\` at position ${index + 1} of \`flags\``);
		return [keyed.output.key, entry];
	}) : Object.entries(raw);
	const flags = /* @__PURE__ */ new Map();
	for (const [key, entry] of entries) {
		const checked = safeParse(definition, entry);
		if (!checked.success) throw unusable(file, `has no valid \`state\` and \`variants\` for the flag ${oneLine(key, 60)}`);
		if (flags.has(key)) throw unusable(file, `defines the flag ${oneLine(key, 60)} twice`);
		flags.set(key, checked.output);
	}
	return flags;
}
async function read(config, workspace, signal) {
	const { file } = config;
	const text = await readText(workspace, file, signal);
	let parsed;
	try {
		parsed = JSON.parse(text);
	} catch {
		throw unusable(file, "is no valid JSON");
	}
	const flags = flagsOf(parsed, file);
	const load = await loader();
	const { $evaluators } = parsed;
	const shared = typeof $evaluators === "object" && $evaluators !== null ? $evaluators : {};
	try {
		return {
			flags,
			core: load({
				...parsed,
				flags: Object.fromEntries(flags)
			}),
			evaluators: shared,
			load
		};
	} catch {
		throw unusable(file, "is refused by flagd: check it against https://flagd.dev/schema/v0/flags.json");
	}
}
async function loader() {
	const { FlagdCore } = await import("./openfeature-flagd-core.js");
	return (definitions) => {
		const core = new FlagdCore(void 0, listener([]), { disableDynamicCodeGeneration: true });
		core.setConfigurations(JSON.stringify(definitions));
		return core;
	};
}
async function ask(config, question, context, signal) {
	const { flags, core } = await read(config, context.workspace, signal);
	const { flag } = question;
	const common = {
		kind: "flag",
		subject: `flag ${flag} in ${config.file}`,
		query: `${config.file} ${flag} ${JSON.stringify(question.context)}`,
		at: iso(context.clock.now()),
		partial: false,
		flag,
		context: { ...question.context }
	};
	const found = flags.get(flag);
	const compiled = core.getFlag(flag);
	if (!found || !compiled) {
		const near = nearest(flag, [...flags.keys()]);
		const notes = [near === void 0 ? `${config.file} defines ${flags.size} others` : `did you mean ${near}?`];
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
			scope: "context",
			notes
		};
	}
	const there = {
		...common,
		seen: 1,
		exists: true
	};
	if (found.state === "DISABLED") {
		const disabled = {
			enabled: false,
			value: null,
			variant: null,
			reason: "DISABLED",
			scope: "everyone"
		};
		return {
			...there,
			...disabled,
			notes: []
		};
	}
	const notes = [];
	const served = compiled.evaluate({ ...question.context }, listener(notes));
	if (served.reason === "ERROR") throw new NotMeasured("evaluation-failed", `${config.file}: ${oneLine(served.errorMessage ?? "no reason given")}`, { permanent: true });
	return {
		...there,
		enabled: true,
		value: served.value ?? null,
		variant: served.variant ?? null,
		reason: served.reason,
		scope: hasRules(found.targeting) ? "context" : "everyone",
		notes
	};
}
const readOnly = (file) => ({
	possible: false,
	scope: "none",
	blockedBy: "read-only",
	why: `a file is no running provider: commit \`"state": "DISABLED"\` to ${file}, and have it rolled out`
});
function stateIn({ evaluators, load }, key, flag, config, meaning) {
	const { definition, timeDependent } = definitionOf(flag, evaluators, (expression) => {
		const alone = {
			...flag,
			state: "ENABLED",
			defaultVariant: null,
			targeting: expression
		};
		const { reason, variant } = load({ flags: { [key]: alone } }).getFlag(key)?.evaluate({ targetingKey: "signalbox" }, listener([])) ?? { reason: "ERROR" };
		return reason === "ERROR" ? void 0 : variant ?? null;
	});
	const facts = {
		key,
		definition,
		timeDependent,
		version: createHash("sha256").update(JSON.stringify([flag, evaluators])).digest("hex").slice(0, 16),
		kill: readOnly(config.file)
	};
	return stateOf(facts, meaning);
}
async function states(config, question, context, signal) {
	const definitions = await read(config, context.workspace, signal);
	const { flags } = definitions;
	const { of, meaning } = question;
	const fits = asksFor(question);
	const found = [...flags].filter(([key]) => fits(key));
	if (found.length > 500) throw new NotMeasured("too-large", `${found.length} flags match: ask for at most 500`, { permanent: true });
	const missing = "flag" in of && found.length === 0;
	const near = missing ? nearest(of.flag, [...flags.keys()]) : void 0;
	const hint = near === void 0 ? `${config.file} defines ${flags.size} others` : `did you mean ${near}?`;
	const named = "flag" in of ? `flag ${of.flag}` : `flags ${of.match}`;
	const states = missing ? [missingState(of.flag)] : found.map(([key, flag]) => stateIn(definitions, key, flag, config, meaning));
	return statesMeasured(question, states, context, {
		subject: `${named} in ${config.file}`,
		query: `${config.file} ${"flag" in of ? of.flag : of.match}`,
		notes: missing ? [hint] : []
	});
}
const flagdSource = defineSource({
	type: "flagd",
	families: ["flags"],
	schema,
	open: (config, context) => ({ flags: (question, signal) => question.ask === "served" ? ask(config, question, context, signal) : states(config, question, context, signal) })
});
export { flagdSource };
