import { A as check, H as looseObject, N as getDotPath, O as array, X as nullish, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, it as pipe, k as boolean, o as readText, ot as record, ut as strictObject, vt as NotMeasured, y as filled } from "./base.js";
import { Sr as nearest, _ as parseDocument, vr as oneLine } from "./shared.js";
import { _ as statesMeasured, a as individuals, g as stateOf, h as missingState, i as everyone, l as serve, m as asksFor, o as matching, s as nobody, u as unknownServing } from "./flags.js";
import { createHash } from "node:crypto";
// build/sources/flags/go-feature-flag/shapes.js
/** A flag in a definition file of GO Feature Flag (https://gofeatureflag.org/docs/configure_flag/create-flags), as far as it is read. */
const text = string();
const orNull = (schema) => nullish(schema);
const step = looseObject({
	variation: orNull(text),
	percentage: orNull(number()),
	date: orNull(text)
});
const ruleForm = looseObject({
	name: orNull(text),
	query: orNull(text),
	variation: orNull(text),
	percentage: orNull(record(text, number())),
	progressiveRollout: orNull(looseObject({
		initial: orNull(step),
		end: orNull(step)
	})),
	disable: orNull(boolean())
});
const experimentation = looseObject({
	start: orNull(text),
	end: orNull(text)
});
/** Of a flag, what a step of a schedule may change. */
const changeable = {
	variations: orNull(record(text, unknown())),
	targeting: orNull(array(ruleForm)),
	defaultRule: orNull(ruleForm),
	experimentation: orNull(experimentation),
	disable: orNull(boolean())
};
const scheduledForm = looseObject({
	...changeable,
	date: orNull(text)
});
const flagForm = looseObject({
	...changeable,
	variations: pipe(record(text, unknown()), check((x) => Object.keys(x).length > 0)),
	defaultRule: ruleForm,
	bucketingKey: orNull(text),
	scheduledRollout: orNull(array(scheduledForm))
});
const zoned = /(?:z|[+-]\d\d:?\d\d)$/i;
/** @returns milliseconds; undefined: it is no date. One without a zone is in UTC, as YAML has it */
function instantOf(date) {
	if (typeof date !== "string") return void 0;
	const trimmed = date.trim();
	const [, day, time] = /^(\d{4}-\d\d-\d\d)(?:[Tt ]\s*(\d\d:\d\d:\d\d.*))?$/.exec(trimmed) ?? [];
	if (day === void 0) return void 0;
	const clock = time?.replace(/\s+/g, "") ?? "00:00:00Z";
	const at = Date.parse(`${day}T${zoned.test(clock) ? clock : `${clock}Z`}`);
	return Number.isNaN(at) ? void 0 : at;
}
// build/sources/flags/go-feature-flag/definition.js
/**
* From a flag of GO Feature Flag to a definition at one instant: schedules, progressive rollouts and experiments are functions of time.
* Where versions of GO Feature Flag differ in what they make of a flag, what it serves is not known. Pure.
*/
/** @param now milliseconds since the epoch */
function definitionOf(written, now) {
	const { flag, isDated, isKnown } = afterSchedule(written, now);
	const { start, end } = flag.experimentation ?? {};
	const window = windowOf(start, end, now);
	const disabled = flag.disable === true || window === "outside";
	const names = Object.keys(flag.variations);
	const values = Object.entries(flag.variations).map(([name, value]) => ({
		name,
		value
	}));
	const servingOf = (rule) => knownShares(shares(rule, now), names);
	const rules = (flag.targeting ?? []).filter(({ disable }) => disable !== true);
	return {
		definition: {
			enabled: !isDated || !disabled && window === "unknown" ? null : !disabled,
			kind: values.every(({ value }) => typeof value === "boolean") ? "boolean" : "multivariate",
			variants: values,
			rules: [
				...isKnown && window !== "unknown" ? [] : [{
					who: everyone,
					serves: unknownServing
				}],
				...withoutKey(flag),
				...rules.map((rule) => ({
					who: audienceOf(rule),
					serves: servingOf(rule)
				}))
			],
			otherwise: servingOf(flag.defaultRule),
			off: serve(null)
		},
		...timeOf(written, flag, now)
	};
}
/** Without the attribute that is hashed a flag cannot be evaluated, and the caller's own default holds. */
const withoutKey = ({ bucketingKey }) => bucketingKey ? [{
	who: matching(`without \`${oneLine(bucketingKey, 60)}\``),
	serves: serve(null)
}] : [];
function windowOf(start, end, now) {
	const [from, to] = [instantOf(start), instantOf(end)];
	if (start && from === void 0 || end && to === void 0) return "unknown";
	return from !== void 0 && now < from || to !== void 0 && now > to ? "outside" : "inside";
}
/**
* With the steps whose date has come. Rules of several steps are merged with each other by some versions and with the written ones
* by others.
*/
function afterSchedule(written, now) {
	const steps = written.scheduledRollout ?? [];
	const isDated = steps.every(({ date }) => instantOf(date) !== void 0);
	const due = steps.filter(({ date }) => (instantOf(date) ?? Number.POSITIVE_INFINITY) <= now);
	const isKnown = isDated && !(due.length > 1 && due.some(({ targeting }) => (targeting ?? []).length > 0));
	let flag = written;
	for (const step of due) flag = {
		...flag,
		targeting: mergedRules(flag.targeting ?? [], step.targeting ?? []),
		defaultRule: step.defaultRule ? merged(flag.defaultRule, step.defaultRule) : flag.defaultRule,
		variations: {
			...flag.variations,
			...step.variations
		},
		disable: step.disable ?? flag.disable,
		experimentation: step.experimentation ? {
			...flag.experimentation,
			...given(step.experimentation)
		} : flag.experimentation
	};
	return {
		flag,
		isDated,
		isKnown
	};
}
/** Only what is there. */
const given = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== void 0));
/** Rules with a name change the one of that name; others are added. */
function mergedRules(rules, updates) {
	const byName = new Map(updates.flatMap((update) => update.name ? [[update.name, update]] : []));
	const known = new Set(rules.map(({ name }) => name));
	return [...rules.map((rule) => {
		const update = rule.name ? byName.get(rule.name) : void 0;
		return update ? merged(rule, update) : rule;
	}), ...updates.filter(({ name }) => !name || !known.has(name))];
}
function merged(rule, update) {
	const { progressiveRollout: was } = rule;
	const { progressiveRollout: rollout, percentage } = update;
	const percents = {
		...rule.percentage,
		...percentage
	};
	return {
		...rule,
		...given(update),
		...rollout ? { progressiveRollout: {
			initial: {
				...was?.initial,
				...given(rollout.initial ?? {})
			},
			end: {
				...was?.end,
				...given(rollout.end ?? {})
			}
		} } : {},
		...percentage ? { percentage: Object.fromEntries(Object.entries(percents).filter(([, x]) => x >= 0)) } : {}
	};
}
/** The first that a rule has of: a progressive rollout, percentages, a variation. */
function shares({ progressiveRollout, percentage, variation }, now) {
	if (progressiveRollout) return ramp(progressiveRollout.initial, progressiveRollout.end, now);
	const entries = Object.entries(percentage ?? {});
	if (entries.length > 0) {
		const total = entries.reduce((sum, [, x]) => sum + x, 0);
		if (Math.abs(total - 100) > 1e-6 || entries.some(([, x]) => x < 0)) return unknownServing;
		return entries.map(([variant, percent]) => ({
			variant,
			percent
		}));
	}
	return typeof variation === "string" ? serve(variation) : unknownServing;
}
function ramp(initial, end, now) {
	const [from, to] = [instantOf(initial?.date), instantOf(end?.date)];
	const [before, after] = [initial?.variation, end?.variation];
	if (from === void 0 || to === void 0 || !(to > from) || !before || !after) return unknownServing;
	if (now < from) return serve(before);
	const first = initial?.percentage ?? 0;
	const written = end?.percentage ?? 0;
	const last = written === 0 || written > 100 ? 100 : written;
	if (first < 0 || first > 100 || last < 0) return unknownServing;
	const seconds = (ms) => Math.floor(ms / 1e3);
	const passed = now >= to ? 1 : (seconds(now) - seconds(from)) / (seconds(to) - seconds(from));
	const percent = Math.floor(1e3 * (first + (last - first) * passed) + 1e-6) / 1e3;
	return [{
		variant: after,
		percent
	}, {
		variant: before,
		percent: 100 - percent
	}];
}
/** A variation that is none serves nothing that is known. */
const knownShares = (serving, names) => serving.filter(({ variant }) => variant !== null && names.includes(variant));
const quoted = "\"(?:[^\"\\\\]|\\\\.)*\"";
const one = new RegExp(`^(?:key|targetingKey)\\s+(?:eq|==)\\s+${quoted}$`);
const some = new RegExp(`^(?:key|targetingKey)\\s+in\\s+\\[\\s*(${quoted}(?:\\s*,\\s*${quoted})*)?\\s*\\]$`);
/** A list of users is the one query whose size is known; a rule without a query is for all. */
function audienceOf({ query, name }) {
	const asked = (query ?? "").trim();
	if (asked === "") return everyone;
	if (one.test(asked)) return individuals(1);
	const listed = some.exec(asked);
	if (listed) {
		const users = [...(listed[1] ?? "").matchAll(new RegExp(quoted, "g"))].length;
		return users === 0 ? nobody : individuals(users);
	}
	return matching(oneLine(asked, 80), name ? oneLine(name, 80) : void 0);
}
function timeOf(written, flag, now) {
	const steps = written.scheduledRollout ?? [];
	const ramps = [...flag.targeting ?? [], flag.defaultRule].flatMap(({ progressiveRollout: x }) => x ? [x] : []);
	const { experimentation } = flag;
	const isAhead = (date) => (instantOf(date) ?? now) > now;
	const moving = [
		ramps.some(({ end }) => isAhead(end?.date)) ? "a progressive rollout" : void 0,
		steps.some(({ date }) => isAhead(date)) ? "a scheduled rollout" : void 0,
		experimentation && (isAhead(experimentation.start) || isAhead(experimentation.end)) ? "an experiment" : void 0
	];
	return {
		timeDependent: ramps.length > 0 || steps.length > 0 || !!experimentation,
		managedBy: moving.find((x) => x !== void 0)
	};
}
// build/sources/flags/go-feature-flag/index.js
/** Source `go-feature-flag`: flag definitions of GO Feature Flag in a file of the workspace, read for what they say at this instant. */
const schema = strictObject({ file: described(filled, "Definitions of GO Feature Flag (YAML or JSON), relative to the workspace. Read anew in every round.") });
const unusable = (file, what) => new NotMeasured("bad-definition", `${file} ${what}`, { permanent: true });
async function read(file, workspace, signal) {
	const text = await readText(workspace, file, signal);
	const document = parseDocument(text, {
		logLevel: "silent",
		merge: true
	});
	const [error] = [...document.errors, ...document.warnings];
	if (error) throw unusable(file, `is no valid YAML or JSON: ${oneLine(error.message)}`);
	let parsed;
	try {
		parsed = document.toJS({
			mapAsMap: false,
			maxAliasCount: 100
		});
	} catch {
		throw unusable(file, "has too many aliases");
	}
	if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw unusable(file, "is no definition of GO Feature Flag: expected a map of flags");
	const flags = /* @__PURE__ */ new Map();
	for (const [key, entry] of Object.entries(parsed)) {
		const checked = safeParse(flagForm, entry);
		if (!checked.success) {
			const at = getDotPath(checked.issues[0]);
			const where = at === null ? "expected `variations` and `defaultRule`" : `see \`${at}\``;
			throw unusable(file, `has no valid definition of the flag ${oneLine(key, 60)}: ${where}`);
		}
		flags.set(key, checked.output);
	}
	return flags;
}
async function states({ file }, question, context, signal) {
	const flags = await read(file, context.workspace, signal);
	const { of, meaning } = question;
	const fits = asksFor(question);
	const found = [...flags].filter(([key]) => fits(key));
	if (found.length > 500) {
		const message = `${found.length} flags match: ask for at most 500`;
		throw new NotMeasured("too-large", message, { permanent: true });
	}
	const kill = {
		possible: false,
		scope: "none",
		blockedBy: "read-only",
		why: `a file is no running provider: commit \`disable: true\` to ${file}, and have the relay read it`
	};
	const missing = "flag" in of && found.length === 0;
	const near = missing ? nearest(of.flag, [...flags.keys()]) : void 0;
	const hint = near === void 0 ? `${file} defines ${flags.size} others` : `did you mean ${near}?`;
	const named = "flag" in of ? of.flag : of.match;
	const here = found.map(([key, flag]) => {
		const version = createHash("sha256").update(JSON.stringify(flag)).digest("hex").slice(0, 16);
		return stateOf({
			key,
			...definitionOf(flag, context.clock.now()),
			version,
			kill
		}, meaning);
	});
	return statesMeasured(question, missing ? [missingState(of.flag)] : here, context, {
		subject: `${"flag" in of ? "flag" : "flags"} ${named} in ${file}`,
		query: `${file} ${named}`,
		notes: missing ? [hint] : []
	});
}
const goFeatureFlagSource = defineSource({
	type: "go-feature-flag",
	families: ["flags"],
	schema,
	open: (config, context) => ({ flags(question, signal) {
		if (question.ask === "states") return states(config, question, context, signal);
		throw new NotMeasured("bad-query", "a file of GO Feature Flag is not evaluated here: ask its relay through a source of type `ofrep`", { permanent: true });
	} })
});
export { goFeatureFlagSource };
