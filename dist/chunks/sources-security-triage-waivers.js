import { $ as optional, A as check, O as array, U as maxLength, V as literal, X as nullish, b as formatDuration, ct as safeParse, dt as string, g as described, it as pipe, rt as picklist, st as regex, ut as strictObject, y as filled } from "./base.js";
import { br as describe, h as readDocument, p as keysAt, sr as plural, vr as oneLine } from "./shared.js";
import { Cn as endOf, Sn as dayOf } from "./late.js";
import { U as alternatives, V as samePackage, W as compileGlobs, X as atLeast, z as parsePurl } from "./scans.js";
// build/sources/security/triage/waivers-match.js
/** Which findings a waiver names. */
/** Shortest part of an identity that names one finding. */
const shortest = 12;
const ruleKey = (rule) => `rule ${rule.toLowerCase()}`;
const nameKey = (name) => `name ${name.trim().toUpperCase()}`;
const identityKey = (identity) => `identity ${identity.slice(0, shortest).toLowerCase()}`;
/** All by which a waiver may name a finding. */
const keysOf = ({ result: { rule, ids, identity } }) => [
	identityKey(identity),
	ruleKey(rule),
	nameKey(rule),
	...ids.map(nameKey)
];
function matcherOf({ fingerprint, rule, vulnerability, package: wanted, path, tool }) {
	const parts = [];
	if (fingerprint !== void 0) {
		const prefix = fingerprint.toLowerCase();
		parts.push(({ result }) => result.identity.toLowerCase().startsWith(prefix));
	}
	if (rule !== void 0) parts.push(({ result }) => ruleKey(result.rule) === ruleKey(rule));
	if (vulnerability !== void 0) {
		const name = nameKey(vulnerability);
		parts.push(({ result: { rule: own, ids } }) => [own, ...ids].some((id) => nameKey(id) === name));
	}
	if (wanted !== void 0) parts.push(({ result: { purl } }) => purl !== void 0 && samePackage(wanted, purl));
	if (path !== void 0) {
		const fits = compileGlobs([path]);
		parts.push(({ result: { file } }) => file !== void 0 && fits(file));
	}
	if (tool !== void 0) parts.push((subject) => subject.tool.toLowerCase() === tool.toLowerCase());
	return {
		key: fingerprint !== void 0 ? identityKey(fingerprint) : rule !== void 0 ? ruleKey(rule) : nameKey(vulnerability ?? ""),
		fits: (subject) => parts.every((fits) => fits(subject))
	};
}
/** @returns why it names more than somebody can have looked at; undefined: it does not */
function tooWide({ fingerprint, rule, vulnerability, package: wanted, path }) {
	if (fingerprint !== void 0) return void 0;
	if (path !== void 0 && namesNoPlace(path)) return `the path \`${path}\` is everywhere`;
	if (rule === void 0 && vulnerability === void 0) return "it names neither a vulnerability nor a rule";
	if (wanted === void 0 && path === void 0) return "it names neither a package nor a path";
}
/** Whether a pattern fits paths that nobody can have meant: names without a sense, with the endings that the pattern has. */
function namesNoPlace(path) {
	const fits = compileGlobs([path]);
	const endings = ["", ...(path.match(/[A-Za-z0-9]+/g) ?? []).map((word) => `.${word}`)];
	return [
		"zq7x",
		"kw9v",
		"Jh4-q"
	].some((name) => endings.some((ending) => [
		0,
		1,
		2,
		3,
		4
	].some((depth) => fits(`${`${name}/`.repeat(depth)}${name}${ending}`))));
}
// build/sources/security/triage/waivers-schema.js
/** The file of waivers: what it looks like, for reading it and as a JSON Schema for editors. */
/** Said in full: what it named by a pattern would be more than anybody had looked at. */
const exact = (what) => pipe(filled, check((text) => !/[*?]/.test(text), `${what}, without wildcards`));
const packageUrl = pipe(filled, check((text) => {
	const purl = parsePurl(text);
	return purl !== void 0 && !/[*<>=^~|,\s]/.test(purl.name + (purl.version ?? ""));
}, "a package URL with one version or none, such as `pkg:npm/lodash@4.17.20`"));
const path = pipe(filled, maxLength(300, "a path of at most 300 characters"), check((text) => !text.includes("\\") && !text.startsWith("!") && alternatives(text) !== void 0, "a path with `/` from the root of the repository, such as `src/legacy/**`"));
const day = pipe(string(), check((text) => dayOf(text) !== void 0, "a day such as 2026-12-31"));
const finding = strictObject({
	vulnerability: described(optional(exact("the name of one vulnerability")), "Name of the vulnerability, such as `CVE-2021-23337`, or another name of the same one. Needs `package` or `path`."),
	rule: described(optional(exact("the name of one rule")), "The scanner's rule, such as `js/sql-injection`. Needs `path` or `package`."),
	package: described(optional(packageUrl), "Package URL of what is vulnerable. Without a version it means all versions."),
	path: described(optional(path), "Where it was found, from the root of the repository: `*` within a name, `**` over folders, `{a,b}` for either."),
	tool: described(optional(filled), "The scanner, for one of several that know the same rule."),
	fingerprint: described(optional(pipe(filled, regex(/^[0-9a-fA-F]{12,64}$/, "the identity of a finding, at least its first 12 digits"))), "Identity of one finding, as the report and `signalbox security explain` print it; the first 12 digits are enough. In quotes, or YAML may take it for a number.")
});
/** Worst first. */
const worst = picklist([
	"critical",
	"high",
	"medium",
	"low"
]);
const fileOf = ({ reason, owner, expires }) => strictObject({
	version: described(literal(1), "Version of this format."),
	waivers: described(array(strictObject({
		id: described(filled, "What it is called in the report; unique in the file."),
		finding: described(finding, "What it covers: all that stands here must fit. A name (`vulnerability` or `rule`) with a place (`package` or `path`), or a `fingerprint`."),
		reason: described(reason, "Why the finding may stay, in words for whoever reads the report."),
		owner: described(owner, "Who answers for it: a team or a person."),
		expires: described(expires, "The last day on which it holds; it ends with that day in UTC."),
		created: described(optional(day), "The day on which it was written; from then its longest time counts. Default: today, on every day anew."),
		"up-to": described(optional(worst), "The worst severity that it covers. What is of unknown severity counts as critical here. Default: all.")
	})), "Findings that are accepted for a time.")
});
fileOf({
	reason: filled,
	owner: filled,
	expires: day
});
const loose = nullish(string());
/** What a file may be: a waiver without an owner, a reason or an expiry has no effect, and the report says so. */
const readableSchema = fileOf({
	reason: loose,
	owner: loose,
	expires: loose
});
// build/sources/security/triage/waivers.js
/**
* Waivers: findings that somebody accepts for a time. One that does not say who, why and until when, or that would cover more than anybody
* has looked at, covers nothing.
*/
/** What is wrong in a file, said at most so often. */
const mostProblems = 20;
/** One that covers more in one scan is told of. */
const wide = 20;
/**
* Reads a file of waivers. With problems none of its waivers has an effect.
*
* @param file shown in problems and remarks
*/
function parseWaivers(text, file, options) {
	const none = (problems) => ({
		waivers: new OpenWaivers([], [], options),
		problems: problems.slice(0, mostProblems).map((problem) => ({
			...problem,
			message: oneLine(problem.message, 400)
		}))
	});
	try {
		const document = readDocument(text, file, "a file of waivers, a map that begins with `version: 1`");
		if (document.problems.length > 0) return none(document.problems);
		const data = document.toData();
		const parsed = safeParse(readableSchema, data);
		if (!parsed.success) return none(describe(parsed.issues, (path) => keysAt(readableSchema, data, path), () => false).map((finding) => document.locate(finding)));
		const written = parsed.output.waivers;
		const twice = doubles(written, document);
		return twice.length > 0 ? none(twice) : {
			waivers: open(written, document, file, options),
			problems: []
		};
	} catch {
		return none([{
			message: "this YAML cannot be read",
			file
		}]);
	}
}
function doubles(written, document) {
	const seen = /* @__PURE__ */ new Map();
	return written.flatMap(({ id }, index) => {
		const first = seen.get(id);
		if (first === void 0) {
			seen.set(id, index);
			return [];
		}
		const message = `\`${id}\` is the id of waiver ${first + 1} already; expected a unique id`;
		return [document.locate({
			path: [
				"waivers",
				index,
				"id"
			],
			at: "value",
			message
		})];
	});
}
function open(written, document, file, options) {
	const held = [];
	const remarks = [];
	for (const [index, waiver] of written.entries()) {
		const { line } = document.locate({
			path: ["waivers", index],
			at: "value",
			message: ""
		});
		const id = oneLine(waiver.id, 80);
		const name = `waiver \`${id}\` (${line === void 0 ? file : `${file}:${line}`})`;
		const faults = faultsOf(waiver, options);
		remarks.push(...faults.map(({ code, what }) => ({
			code,
			message: `${name} ${what}, so it has no effect`
		})));
		const day = waiver.expires?.trim() ?? "";
		const start = dayOf(day);
		if (faults.length > 0 || start === void 0) continue;
		held.push({
			written: waiver,
			name,
			id,
			owner: oneLine(waiver.owner ?? "", 80),
			reason: oneLine(waiver.reason ?? ""),
			day,
			end: endOf(start),
			matches: matcherOf(waiver.finding),
			covered: 0,
			tooSevere: 0
		});
	}
	return new OpenWaivers(held, remarks, options);
}
/** Why a waiver has no effect. One that ran out is no fault. */
function faultsOf(waiver, { now, longest }) {
	const faults = [];
	const fault = (code, what) => faults.push({
		code,
		what
	});
	const blank = (text) => oneLine(text ?? "") === "";
	if (blank(waiver.owner)) fault("WAIVER_WITHOUT_OWNER", "names no owner");
	if (blank(waiver.reason)) fault("WAIVER_WITHOUT_REASON", "gives no reason");
	const expires = waiver.expires?.trim() ?? "";
	const start = dayOf(expires);
	if (start === void 0) fault("WAIVER_WITHOUT_EXPIRY", expires === "" ? "has no expiry" : `has the expiry \`${oneLine(expires, 40)}\`, which is no day`);
	else if (start - Math.min(dayOf(waiver.created ?? "") ?? now, now) > longest) fault("WAIVER_TOO_LONG", `lasts longer than ${formatDuration(longest)}`);
	const why = tooWide(waiver.finding);
	if (why !== void 0) fault("WAIVER_TOO_WIDE", `is too wide (${why})`);
	return faults;
}
var OpenWaivers = class {
	#held;
	#faults;
	#options;
	/** By what they name a finding with: there may be a million results. */
	#byName = /* @__PURE__ */ new Map();
	constructor(held, faults, options) {
		this.#held = held;
		this.#faults = faults;
		this.#options = options;
		for (const one of held) {
			const key = one.matches.key;
			const same = this.#byName.get(key);
			if (same) same.push(one);
			else this.#byName.set(key, [one]);
		}
	}
	excuse(subject) {
		if (this.#held.length === 0) return void 0;
		let excuse;
		let expired;
		const asked = /* @__PURE__ */ new Set();
		for (const key of keysOf(subject)) for (const one of this.#byName.get(key) ?? []) {
			if (asked.has(one)) continue;
			asked.add(one);
			if (!one.matches.fits(subject)) continue;
			if (!severeEnough(one, subject)) {
				one.tooSevere += 1;
				continue;
			}
			one.covered += 1;
			const { id, owner, day, reason } = one;
			if (this.#over(one)) expired ??= `waiver ${id} of ${owner} ended on ${day}`;
			else excuse ??= {
				reason: "WAIVER",
				told: oneLine(`${id} (${owner}, until ${day}): ${reason}`, 400)
			};
		}
		return excuse ?? (expired === void 0 ? void 0 : { expired });
	}
	remarks() {
		return [...this.#faults, ...this.#held.flatMap((one) => this.#remarksOn(one))];
	}
	#remarksOn(one) {
		const { name, owner, covered, tooSevere, day, end, written } = one;
		if (this.#over(one)) return [{
			code: "WAIVER_EXPIRED",
			message: `${name} of ${owner} ended on ${day}: ${covered === 0 ? "nothing needs it any more" : `${plural(covered, "finding")} that it named ${covered === 1 ? "counts" : "count"} again`}`
		}];
		if (covered === 0 && tooSevere > 0) return [{
			code: "WAIVER_TOO_SEVERE",
			message: `${name} of ${owner} covers nothing: what it names is worse than its \`up-to: ${written["up-to"]}\``
		}];
		if (covered === 0) return [{
			code: "WAIVER_UNUSED",
			message: `${name} of ${owner} covers no finding of this scan`
		}];
		const remarks = [];
		if (end - this.#options.now <= this.#options["remind-before"]) remarks.push({
			code: "WAIVER_ENDS_SOON",
			message: `${name} of ${owner} ends on ${day}; ${plural(covered, "finding")} will count again`
		});
		if (covered > wide) remarks.push({
			code: "WAIVER_WIDE",
			message: `${name} of ${owner} covers ${covered} findings`
		});
		return remarks;
	}
	#over({ end }) {
		return !(this.#options.now < end);
	}
};
/** Nobody knows how bad what is unknown is, so only a waiver for everything covers it. */
const severeEnough = ({ written }, { severity }) => written["up-to"] === void 0 || atLeast(written["up-to"], severity === "unknown" ? "critical" : severity);
export { parseWaivers };
