import { $n as array, Dr as safeParse, Ln as oneLine, Nr as union, Or as strictObject, Pr as unknown, Rn as described, Rr as nearest, Sr as picklist, Vn as filled, bn as iso, lr as looseObject } from "./shared.js";
import { c as defineSource, i as readText, o as NotMeasured } from "./base.js";
// build/sources/flags/flagd.js
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
	const { FlagdCore } = await import("./openfeature-flagd-core.js");
	const core = new FlagdCore(void 0, listener([]), { disableDynamicCodeGeneration: true });
	try {
		core.setConfigurations(JSON.stringify({
			...parsed,
			flags: Object.fromEntries(flags)
		}));
	} catch {
		throw unusable(file, "is refused by flagd: check it against https://flagd.dev/schema/v0/flags.json");
	}
	return {
		flags,
		core
	};
}
/** Without rules the default variant is served, whoever asks. */
const hasRules = ({ targeting }) => targeting !== void 0 && targeting !== null && !(typeof targeting === "object" && Object.keys(targeting).length === 0);
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
		scope: hasRules(found) ? "context" : "everyone",
		notes
	};
}
const flagdSource = defineSource({
	type: "flagd",
	families: ["flags"],
	schema,
	open: (config, context) => ({ flags: (question, signal) => ask(config, question, context, signal) })
});
export { flagdSource };
