import { Dn as check, Gt as defineSource, Qn as strictObject, Ut as NotMeasured, Vt as iso, gn as oneOrMore, ln as oneLine, pn as filled, qn as pipe, un as described, wn as reportedNumber } from "./shared.js";
import { a as sha256, n as locate, r as namedOutside, t as errorCode } from "../index.js";
import { open } from "node:fs/promises";
import path from "node:path";
import { readdir, realpath as realpath$1, stat } from "node:fs";
// build/sources/security/sarif/files.js
/** Which files of the workspace the policy's patterns name. What cannot be looked into is a problem, never just not there. */
/** What lies in a folder that is named in place of a pattern. */
const inFolder = ["**/*.sarif", "**/*.sarif.json"];
const looksLikeReport = /\.sarif(\.json)?$/i;
/**
* @param patterns paths or globs relative to the workspace; a folder stands for the SARIF files in it
* @returns the files in the order of their names, each once however many patterns name it
*/
async function findFiles(workspace, patterns, signal) {
	const found = /* @__PURE__ */ new Map();
	const problems = [];
	for (const written of patterns) {
		const pattern = process.platform === "win32" ? written.replaceAll("\\", "/") : written;
		if (namedOutside(workspace, pattern)) {
			problems.push(outside(pattern));
			continue;
		}
		const names = await matches(workspace, pattern, problems, signal);
		if (names.length === 0) problems.push({
			code: "NO_REPORT",
			message: `no file matches ${pattern}: did the scan run, and does it write its SARIF there?`,
			file: pattern
		});
		for (const name of names) try {
			const file = await locate(workspace, name);
			if (!file) problems.push(outside(name));
			else if (!found.has(file.absolute)) found.set(file.absolute, file);
		} catch (error) {
			problems.push({
				code: "UNREADABLE",
				message: `${name} cannot be read (${errorCode(error)})`,
				file: name
			});
		}
	}
	return {
		files: [...found.values()].sort((a, b) => a.name < b.name ? -1 : 1),
		problems
	};
}
const outside = (name) => ({
	code: "OUTSIDE_WORKSPACE",
	message: `${name} lies outside the workspace, by its name or through a symbolic link: copy the results into the workspace`,
	file: name
});
const kindOf = (absolute) => new Promise((resolve) => {
	stat(absolute, (error, stats) => resolve(error ? void 0 : stats.isDirectory() ? "folder" : "file"));
});
/** Names relative to the workspace. What is there by that very name is taken literally, whatever signs are in it. */
async function matches(workspace, pattern, problems, signal) {
	const named = path.resolve(workspace, pattern);
	const kind = await kindOf(named);
	if (kind === "file") return [path.relative(workspace, named)];
	const folder = kind === "folder" ? named : workspace;
	const { glob } = await import("./tinyglobby.js");
	const unseen = (name, error) => {
		if (error) {
			const file = path.relative(workspace, name);
			problems.push({
				code: "UNREADABLE",
				message: `${file} cannot be looked into (${errorCode(error)})`,
				file
			});
		}
	};
	return (await glob(kind === "folder" ? inFolder : pattern, {
		cwd: folder,
		dot: true,
		expandDirectories: false,
		signal,
		fs: {
			readdir(name, options, done) {
				readdir(name, options, (error, files) => {
					if (error?.code !== "ENOENT") unseen(name, error);
					done(error, files);
				});
			},
			realpath(name, done) {
				realpath$1(name, (error, resolved) => {
					if (looksLikeReport.test(name)) unseen(name, error);
					done(error, resolved);
				});
			}
		}
	})).map((name) => path.relative(workspace, path.resolve(folder, name))).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}
// build/sources/security/sarif/shape.js
/** Safe ways into JSON of unknown shape. Nothing here throws. */
/** The value as a map; undefined when it is none (a list is none). */
const asObject = (x) => typeof x === "object" && x !== null && !Array.isArray(x) ? x : void 0;
/** The value as a list; undefined when it is none. */
const asArray = (x) => Array.isArray(x) ? x : void 0;
/** The value as a text with something in it; undefined otherwise. */
const asText = (x) => typeof x === "string" && x.trim() !== "" ? x : void 0;
/** The value as a position in a list; undefined when absent, or -1 as SARIF writes absent. */
const asIndex = (x) => typeof x === "number" && Number.isSafeInteger(x) && x >= 0 ? x : void 0;
/** Absent, or null as some writers put it. */
const isAbsent = (x) => x === void 0 || x === null;
// build/sources/security/sarif/read.js
/** Stage 0: from a file to the runs of a SARIF 2.1.0 log, or the reason why it is no evidence. */
/** V8 holds no longer text (Node 20 and 24), and JSON.parse needs the whole text. */
const longestReport = 536870888;
/** The bytes of one report, or why there are none. */
async function readBytes(file, longest = longestReport) {
	const bad = (code, message) => ({
		code,
		message: `${file.name} ${message}`,
		file: file.name
	});
	try {
		const handle = await open(file.absolute, "r");
		try {
			const { size } = await handle.stat().then((stats) => stats.isFile() ? stats : { size: void 0 });
			if (size === void 0) return bad("UNREADABLE", "is no file");
			if (size === 0) return bad("EMPTY_FILE", "is empty: the scanner wrote nothing");
			if (size > longest) return bad("TOO_LARGE", `has ${size} bytes, more than the ${longest} that can be read: split it by tool`);
			return await handle.readFile();
		} finally {
			await handle.close();
		}
	} catch (error) {
		return bad("UNREADABLE", `cannot be read (${errorCode(error)})`);
	}
}
/** UTF-8 with or without a byte order mark is what SARIF allows; UTF-16 is what PowerShell's `>` makes of it. */
function decode(bytes) {
	const [a, b] = bytes;
	const wide = a === 255 && b === 254 ? "utf-16le" : a === 254 && b === 255 ? "utf-16be" : void 0;
	try {
		return {
			text: new TextDecoder(wide ?? "utf-8", { fatal: true }).decode(bytes),
			notes: wide ? [`is encoded in ${wide.toUpperCase()}; SARIF is UTF-8`] : []
		};
	} catch {
		return;
	}
}
/** Where JSON.parse gave up, without the text that V8 quotes: it may hold a secret. */
function position(error) {
	const message = error instanceof Error ? error.message : "";
	if (/Unexpected end|Unterminated/.test(message)) return "it ends too early: was the scanner cut off?";
	const [place] = /line \d+ column \d+|position \d+/.exec(message) ?? [];
	return place ? `at ${place}` : "it does not parse";
}
/** Decodes and checks one report; never throws, whatever the bytes are. */
function readLog(bytes) {
	const decoded = decode(bytes);
	if (!decoded) return {
		code: "BAD_ENCODING",
		message: "is no valid UTF-8"
	};
	let parsed;
	try {
		parsed = JSON.parse(decoded.text);
	} catch (error) {
		return {
			code: "UNREADABLE",
			message: `is no valid JSON: ${position(error)}`
		};
	}
	const log = asObject(parsed);
	if (!log || !("version" in log) && !("runs" in log)) return {
		code: "NOT_SARIF",
		message: "is no SARIF log: tell the scanner to write SARIF 2.1.0"
	};
	if (log.version !== "2.1.0") return {
		code: "UNSUPPORTED_VERSION",
		message: `has ${typeof log.version === "string" ? `version ${oneLine(log.version, 20)}` : "no version"}, expected 2.1.0: update the scanner, or convert it with \`sarif-multitool rewrite\``
	};
	const runs = asArray(log.runs);
	if (!runs) return {
		code: "PRODUCER_FAILED",
		message: `${isAbsent(log.runs) ? "has no runs" : "has runs that are no list"}: the scanner failed before it had anything to report`
	};
	if (runs.length === 0) return {
		code: "NO_RUNS",
		message: "has an empty list of runs: nothing was scanned"
	};
	return {
		log,
		runs,
		notes: decoded.notes
	};
}
// build/sources/security/sarif/rules.js
/**
* From a reference in a result or notification to the descriptors it may mean. SARIF 2.1.0 sections 3.52 and 3.54, made
* tolerant: rules stand in `tool.extensions` (CodeQL), components are given by name only, indexes point at other rules.
*/
/** @param kind `rules` for results, `notifications` for what the tool says of itself */
function openBook(tool, kind) {
	const component = (raw) => {
		const map = asObject(raw);
		const descriptors = asArray(map?.[kind]) ?? [];
		const byId = /* @__PURE__ */ new Map();
		const byGuid = /* @__PURE__ */ new Map();
		for (const descriptor of descriptors.map(asObject)) {
			if (!descriptor) continue;
			const id = asText(descriptor.id);
			const guid = asText(descriptor.guid);
			if (id) add(byId, id, descriptor);
			if (guid) add(byGuid, guid.toLowerCase(), descriptor);
		}
		return {
			name: asText(map?.name),
			guid: asText(map?.guid),
			descriptors,
			byId,
			byGuid
		};
	};
	return {
		driver: component(tool.driver),
		extensions: (asArray(tool.extensions) ?? []).map(component)
	};
}
function add(map, key, value) {
	const there = map.get(key);
	if (there) there.push(value);
	else map.set(key, [value]);
}
function componentOf(book, raw) {
	const reference = asObject(raw);
	if (!reference) return book.driver;
	const index = asIndex(reference.index);
	const byIndex = index === void 0 ? void 0 : book.extensions[index];
	if (byIndex) return byIndex;
	const all = [book.driver, ...book.extensions];
	const guid = asText(reference.guid)?.toLowerCase();
	const name = asText(reference.name);
	return guid && all.find((c) => c.guid?.toLowerCase() === guid) || name && all.find((c) => c.name === name) || book.driver;
}
/** Levels of a hierarchical id that are tried; a report could hold an id of a million. */
const deepestId = 20;
/** `CA5350/md5` is a finer name for `CA5350`. */
const means = (id, descriptorId) => id === descriptorId || id.startsWith(`${descriptorId}/`);
/**
* @returns every descriptor that may be meant: none when there is no such, several when an id is given twice
*/
function lookUp(book, reference) {
	const component = componentOf(book, reference.component);
	const id = asText(reference.id);
	const index = asIndex(reference.index);
	const indexed = index === void 0 ? void 0 : asObject(component.descriptors[index]);
	if (indexed && (id === void 0 || means(id, asText(indexed.id) ?? id))) return [indexed];
	const places = [component, book.driver];
	const guid = asText(reference.guid)?.toLowerCase();
	if (guid) {
		const [hit] = [...places, ...book.extensions].flatMap((c) => c.byGuid.get(guid) ?? []);
		if (hit) return [hit];
	}
	let name = id;
	for (let depth = 0; name && depth < deepestId; depth += 1) {
		const wanted = name;
		for (const place of places) {
			const hits = place.byId.get(wanted);
			if (hits) return hits;
		}
		const hits = book.extensions.flatMap((c) => c.byId.get(wanted) ?? []);
		if (hits.length > 0) return hits;
		name = wanted.includes("/") ? wanted.slice(0, wanted.lastIndexOf("/")) : void 0;
	}
	return [];
}
// build/sources/security/sarif/severity.js
/**
* How bad a result is. Neither `level` nor `security-severity` is enough alone: CodeQL writes no level, OSV-Scanner one for
* everything, Trivy and Grype `0.0` for "unknown". What cannot be told is `unknown`, never low.
*/
/** Tools whose level is the same for every result. */
const constantLevel = /* @__PURE__ */ new Set(["osv-scanner", "gitleaks"]);
const words = {
	critical: "critical",
	high: "high",
	medium: "medium",
	moderate: "medium",
	low: "low"
};
const levels = {
	error: "high",
	warning: "medium",
	note: "low",
	none: "unknown"
};
/** Worst first. Unknown stands behind high since it may be that, and before medium so that it is not cut off. */
const worstFirst = [
	"critical",
	"high",
	"unknown",
	"medium",
	"low"
];
const bySeverity = (a, b) => worstFirst.indexOf(a) - worstFirst.indexOf(b);
const steps = [
	"low",
	"medium",
	"high",
	"critical"
];
const word = (raw) => {
	const key = asText(raw)?.trim().toLowerCase();
	return key !== void 0 && Object.hasOwn(words, key) ? words[key] : void 0;
};
/**
* CVSS v3 qualitative bands over `security-severity`, whose lower ends are inclusive: 9, 7, 4, above 0.
*
* @returns undefined for 0, for what is no number, and for what is outside (0, 10]: it says nothing
*/
function fromScore(raw) {
	const number = reportedNumber(raw);
	if (typeof number !== "number") return word(raw);
	if (!(number > 0 && number <= 10)) return void 0;
	return number >= 9 ? "critical" : number >= 7 ? "high" : number >= 4 ? "medium" : "low";
}
/** A level as SARIF or as tools write it in its place. */
function fromLevel(raw, tool) {
	const key = asText(raw)?.trim().toLowerCase() ?? "";
	const severity = Object.hasOwn(levels, key) ? levels[key] : void 0;
	if (severity === void 0) return word(raw) ?? "unknown";
	return constantLevel.has(tool.toLowerCase()) ? "unknown" : severity;
}
/** The effective level (section 3.27.10) and where it comes from. */
function levelOf(result, rule, overrides) {
	if (!isAbsent(result.level)) return {
		level: result.level,
		from: "the result"
	};
	const override = rule && overrides?.get(rule);
	if (!isAbsent(override)) return {
		level: override,
		from: "an override"
	};
	const byRule = asObject(rule?.defaultConfiguration)?.level;
	return isAbsent(byRule) ? {
		level: "warning",
		from: "the default"
	} : {
		level: byRule,
		from: "the rule"
	};
}
const scoreKey = "security-severity";
function judgeBy(result, rule, overrides, tool) {
	const { level, from } = levelOf(result, rule, overrides);
	const byLevel = fromLevel(level, tool);
	const own = asObject(result.properties);
	const scores = [{
		raw: own?.[scoreKey],
		of: "the result"
	}, {
		raw: asObject(rule?.properties)?.[scoreKey],
		of: "the rule"
	}].filter(({ raw }) => !isAbsent(raw));
	for (const { raw, of } of scores) {
		const severity = fromScore(raw);
		if (severity) {
			const conflict = byLevel !== "unknown" && Math.abs(steps.indexOf(severity) - steps.indexOf(byLevel)) >= 2;
			return {
				severity,
				why: `${scoreKey} ${shown(raw)} of ${of}`,
				conflict
			};
		}
	}
	for (const key of ["severity", "Severity"]) {
		const severity = word(own?.[key]);
		if (severity) return {
			severity,
			why: `property ${key} of the result`,
			conflict: false
		};
	}
	const [useless] = scores;
	if (useless && byLevel !== "high") return {
		severity: byLevel === "critical" ? byLevel : "unknown",
		why: `${scoreKey} ${shown(useless.raw)} says nothing`,
		conflict: false
	};
	const why = `level ${shown(level)} of ${from}`;
	return {
		severity: byLevel,
		why: byLevel === "unknown" ? `${why} says nothing` : why,
		conflict: false
	};
}
const shown = (raw) => typeof raw === "string" ? oneLine(raw, 30) : typeof raw === "number" ? String(raw) : `of type ${typeof raw}`;
/**
* @param rules the descriptors that may be meant; with several the worst outcome holds
*/
function severityOf(result, rules, overrides, tool) {
	const [first, ...others] = rules;
	let worst = judgeBy(result, first, overrides, tool);
	for (const rule of others) {
		const judged = judgeBy(result, rule, overrides, tool);
		if (bySeverity(judged.severity, worst.severity) < 0) worst = judged;
	}
	return worst;
}
// build/sources/security/sarif/result.js
/** Remarks that are counted over a run; each ends a sentence that begins with a number of results. */
const noteTexts = {
	KIND_LEVEL_CONFLICT: "have a level beside a kind that is no failure; counted as failures",
	NO_RULE: "name a rule that the report does not describe",
	SEVERITY_CONFLICT: "have a score and a level far apart; the score holds",
	SUPPRESSION_REJECTED: "have a suppression that was rejected or is no valid one; counted",
	SUPPRESSION_UNDER_REVIEW: "have a suppression that is still under review; counted",
	SUPPRESSION_EXPIRED: "have a suppression that has expired; counted"
};
const harmless = /* @__PURE__ */ new Set([
	"pass",
	"notApplicable",
	"informational"
]);
const toReview = /* @__PURE__ */ new Set(["open", "review"]);
/** Never throws, whatever the result is. */
function dispose(raw, context) {
	const result = asObject(raw);
	if (!result) return { as: "malformed" };
	if (result.baselineState === "absent") return {
		as: "ignored",
		notes: []
	};
	const notes = [];
	const kind = result.kind;
	if (harmless.has(kind) || toReview.has(kind)) {
		if (isAbsent(result.level) || result.level === "none") return {
			as: harmless.has(kind) ? "ignored" : "review",
			notes
		};
		notes.push("KIND_LEVEL_CONFLICT");
	}
	const suppression = suppressed(result.suppressions, context.now);
	if (suppression === true) return {
		as: "suppressed",
		notes
	};
	if (suppression) notes.push(suppression);
	const reference = ruleReference(result);
	const rules = lookUp(context.rules, reference);
	if (rules.length === 0 && !isAbsent(reference.id)) notes.push("NO_RULE");
	const judged = severityOf(result, rules, overridesOf$1(result, context), context.tool);
	if (judged.conflict) notes.push("SEVERITY_CONFLICT");
	const [rule] = rules;
	return {
		as: "counted",
		notes,
		finding: {
			tool: context.tool,
			rule: oneLine(asText(reference.id) ?? asText(rule?.id) ?? "(no rule)"),
			severity: judged.severity,
			why: judged.why,
			message: messageOf(result, rule),
			...placeOf(result)
		}
	};
}
function ruleReference(result) {
	const rule = asObject(result.rule);
	return {
		id: result.ruleId ?? rule?.id,
		index: asIndex(rule?.index) ?? result.ruleIndex,
		guid: rule?.guid,
		component: rule?.toolComponent
	};
}
/** `provenance.invocationIndex` counts from 0 only when there is exactly one invocation (section 3.48.6). */
function overridesOf$1(result, { overrides }) {
	const index = asIndex(asObject(result.provenance)?.invocationIndex) ?? (overrides.length === 1 ? 0 : void 0);
	return index === void 0 ? void 0 : overrides[index];
}
/**
* The strict rule: one entry that is not an accepted one, and the result counts. An absent status means accepted; files from
* before the final standard say `state`. `properties.expiryUtc` is what `sarif-multitool suppress` writes.
*
* @returns true: suppressed; a note: not, and why; undefined: nobody tried
*/
function suppressed(raw, now) {
	if (isAbsent(raw)) return void 0;
	const entries = asArray(raw);
	if (!entries) return "SUPPRESSION_REJECTED";
	if (entries.length === 0) return void 0;
	let worst = true;
	for (const entry of entries.map(asObject)) {
		if (!entry || entry.kind !== "inSource" && entry.kind !== "external") return "SUPPRESSION_REJECTED";
		const states = [entry.status, entry.state].filter((x) => !isAbsent(x));
		if (states.some((x) => x !== "accepted" && x !== "underReview")) return "SUPPRESSION_REJECTED";
		if (states.includes("underReview")) worst = "SUPPRESSION_UNDER_REVIEW";
		const expiry = asObject(entry.properties)?.expiryUtc;
		const expires = typeof expiry === "string" ? Date.parse(expiry) : NaN;
		if (!isAbsent(expiry) && !(expires > now)) worst = worst === true ? "SUPPRESSION_EXPIRED" : worst;
	}
	return worst;
}
/** The message with its placeholders filled, its links reduced to their words, and nothing of any code snippet in it. */
function messageOf(result, rule) {
	const message = asObject(result.message);
	const byId = asObject(asObject(rule?.messageStrings)?.[asText(message?.id) ?? ""]);
	const template = asText(message?.text) ?? asText(byId?.text) ?? asText(asObject(rule?.shortDescription)?.text) ?? asText(message?.markdown) ?? "";
	const given = asArray(message?.arguments) ?? [];
	const snippets = snippetsOf(result);
	const safe = (text) => snippets.reduce((t, s) => t.replaceAll(s, "***"), text).slice(0, 1e3);
	const filled = safe(template).replace(/\{(\d{1,3})\}/g, (whole, n) => {
		const argument = asText(given[Number(n)]);
		return argument === void 0 ? whole : safe(argument);
	});
	return oneLine(filled.slice(0, 4e3).replace(/\[([^[\]]{1,500})\]\([^()]{1,500}\)/g, "$1"));
}
/** A snippet of a secret scanner is the secret, and some of them repeat it in the message. */
function snippetsOf(result) {
	const snippets = [];
	const locations = [result.locations, result.relatedLocations].flatMap((x) => asArray(x)?.slice(0, 20) ?? []);
	for (const location of locations) {
		const physical = asObject(asObject(location)?.physicalLocation);
		for (const key of ["region", "contextRegion"]) {
			const snippet = asText(asObject(asObject(physical?.[key])?.snippet)?.text)?.trim();
			if (snippet !== void 0 && snippet.length >= 6) snippets.push(snippet);
		}
	}
	return snippets.sort((a, b) => b.length - a.length);
}
function placeOf(result) {
	const [first] = asArray(result.locations) ?? [];
	const physical = asObject(asObject(first)?.physicalLocation);
	const uri = asText(asObject(physical?.artifactLocation)?.uri);
	const line = asIndex(asObject(physical?.region)?.startLine);
	if (uri === void 0) return {};
	const bare = uri.slice(0, 2e3).replace(/[?#].*$/s, "").replace(/\/\/[^/@]*@/, "//");
	const file = oneLine(readable(bare), 300);
	return {
		...file === "" ? {} : { file },
		...line === void 0 || line === 0 ? {} : { line }
	};
}
function readable(uri) {
	try {
		return decodeURIComponent(uri);
	} catch {
		return uri;
	}
}
/**
* Reads one run; never throws, whatever it is.
*
* @param log the log that it stands in, since some tools and external files put a run's parts there
* @param now milliseconds since the epoch, for suppressions that expire
*/
function readRun(log, raw, origin, now) {
	const run = asObject(raw);
	const tool = asObject(run?.tool);
	const driver = asObject(tool?.driver);
	const name = oneLine(asText(driver?.name) ?? "", 100);
	const bad = (code, message) => ({
		code,
		message: `${name || "a run"} in ${origin.file} ${message}`,
		file: origin.file,
		...name ? { tool: name } : {}
	});
	const none = (problem) => ({
		findings: [],
		problems: [problem],
		notes: []
	});
	if (!run || !tool || !driver || !name) return none(bad("NO_TOOL", "does not name its tool, so it proves nothing"));
	const problems = [];
	const elsewhere = external(log, run);
	if (elsewhere) problems.push(bad("EXTERNAL_RESULTS", `keeps its ${elsewhere} outside the run, which is not read: write one file`));
	const results = asArray(run.results);
	if (!results) {
		if (elsewhere) return none(...problems);
		return none(bad("RESULTS_MISSING", "has no list of results: it never began its analysis"));
	}
	const invocations = invocationsOf(log, run);
	const failed = failure(invocations, openBook(tool, "notifications"));
	if (failed) problems.push(bad("SCAN_FAILED", `did not finish its scan: ${failed}`));
	const rules = openBook(tool, "rules");
	const tally = count(results, {
		tool: name,
		rules,
		overrides: invocations.map((x) => overridesOf(asObject(x), "ruleConfigurationOverrides", rules)),
		now
	});
	if (tally.malformed > 0) {
		const of = `${tally.malformed} of ${results.length} results`;
		problems.push(bad("MALFORMED_RESULT", `has ${of} that are no objects, so nobody knows what they are`));
	}
	const version = asText(driver.semanticVersion) ?? asText(driver.version);
	return {
		run: {
			tool: name,
			...version === void 0 ? {} : { toolVersion: oneLine(version, 60) },
			...origin,
			revision: revisionOf(run),
			ended: endOf(invocations),
			execution: failed ? "failed" : succeeded(invocations) ? "succeeded" : "unknown",
			counted: tally.counted,
			review: tally.review,
			suppressed: tally.suppressed,
			ignored: tally.ignored
		},
		findings: tally.findings,
		problems,
		notes: [...tally.notes].map(([note, n]) => `${name} in ${origin.file}: ${n} results ${noteTexts[note]}`)
	};
}
function count(results, context) {
	const counted = {
		critical: 0,
		high: 0,
		medium: 0,
		low: 0,
		unknown: 0
	};
	const tally = {
		malformed: 0,
		review: 0,
		suppressed: 0,
		ignored: 0
	};
	const notes = /* @__PURE__ */ new Map();
	let findings = [];
	for (const result of results) {
		const disposition = dispose(result, context);
		if (disposition.as === "malformed") {
			tally.malformed += 1;
			continue;
		}
		for (const note of disposition.notes) notes.set(note, (notes.get(note) ?? 0) + 1);
		if (disposition.as !== "counted") {
			tally[disposition.as] += 1;
			continue;
		}
		counted[disposition.finding.severity] += 1;
		findings.push(disposition.finding);
		if (findings.length >= 1e3) findings = worst(findings);
	}
	return {
		counted,
		...tally,
		notes,
		findings: worst(findings)
	};
}
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
/** The worst findings in an order that depends on nothing but themselves. */
function worst(findings) {
	return [...findings].sort((a, b) => bySeverity(a.severity, b.severity) || compare(a.tool, b.tool) || compare(a.rule, b.rule) || compare(a.file ?? "", b.file ?? "") || compare(a.line ?? 0, b.line ?? 0) || compare(a.message, b.message) || compare(a.why, b.why) || compare(a.run ?? 0, b.run ?? 0)).slice(0, 50);
}
const telling = [
	"results",
	"invocations",
	"driver",
	"extensions"
];
/** Parts of the run that stand in other files or at the end of the log. A reader that passes over them sees a clean scan. */
function external(log, run) {
	const references = asObject(run.externalPropertyFileReferences);
	const found = telling.find((key) => !isAbsent(references?.[key]) && asArray(references?.[key])?.length !== 0);
	if (found) return found;
	const inline = (asArray(log.inlineExternalProperties) ?? []).map(asObject);
	return telling.find((key) => inline.some((x) => !isAbsent(x?.[key])));
}
/** Semgrep 0.43 wrote its invocations beside `runs`. What is no list counts as one invocation that says nothing good. */
function invocationsOf(log, run) {
	return [run.invocations, log.invocations].flatMap((x) => isAbsent(x) ? [] : asArray(x) ?? [x]);
}
const succeeded = (invocations) => invocations.length > 0 && invocations.every((x) => asObject(x)?.executionSuccessful === true);
/** Why the scan failed (section 3.20: `executionSuccessful`, notifications at level error); undefined when it did not say so. */
function failure(invocations, book) {
	for (const raw of invocations) {
		const invocation = asObject(raw);
		if (!invocation) return "its invocations cannot be understood";
		const loud = errors(invocation, book);
		const said = loud === void 0 ? "" : ` (${loud})`;
		const success = invocation.executionSuccessful;
		if (!isAbsent(success) && success !== true) {
			const exit = invocation.exitCode;
			const code = typeof exit === "number" ? `, exit code ${exit}` : "";
			return `executionSuccessful is ${success === false ? "false" : "not true"}${code}${said}`;
		}
		if (loud !== void 0) return `it reports an error${said}`;
	}
}
/** The first notification whose effective level is error, or is none that SARIF knows. */
function errors(invocation, book) {
	const overrides = overridesOf(invocation, "notificationConfigurationOverrides", book);
	for (const key of ["toolExecutionNotifications", "toolConfigurationNotifications"]) {
		const list = invocation[key];
		for (const raw of isAbsent(list) ? [] : asArray(list) ?? [list]) {
			const notification = asObject(raw);
			if (!notification) return "a notification that cannot be understood";
			const reference = asObject(notification.descriptor);
			const descriptors = reference ? lookUp(book, refer(reference)) : [];
			const level = notification.level ?? descriptors.map((d) => overrides.get(d)).find((x) => !isAbsent(x)) ?? descriptors.map((d) => asObject(d.defaultConfiguration)?.level).find((x) => !isAbsent(x)) ?? "warning";
			if (level === "none" || level === "note" || level === "warning") continue;
			const text = asText(asObject(notification.message)?.text) ?? asText(reference?.id);
			return oneLine(text ?? "a notification without a text");
		}
	}
}
const refer = (reference) => ({
	id: reference.id,
	index: reference.index,
	guid: reference.guid,
	component: reference.toolComponent
});
function overridesOf(invocation, key, book) {
	const overrides = /* @__PURE__ */ new Map();
	for (const raw of asArray(invocation?.[key]) ?? []) {
		const entry = asObject(raw);
		const descriptor = asObject(entry?.descriptor);
		const level = asObject(entry?.configuration)?.level;
		if (!descriptor || isAbsent(level)) continue;
		for (const meant of lookUp(book, refer(descriptor))) overrides.set(meant, level);
	}
	return overrides;
}
/** All commits that the run names, since several repositories may have been scanned at once. */
function revisionOf(run) {
	const ids = (asArray(run.versionControlProvenance) ?? []).flatMap((x) => {
		const id = asText(asObject(x)?.revisionId)?.trim();
		return id === void 0 ? [] : [oneLine(id, 100).replaceAll(" ", "_")];
	});
	return ids.length === 0 ? null : [...new Set(ids)].join(" ");
}
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/i;
/** The latest instant that the invocations name. The file's own time is no evidence: a checkout or a download sets it anew. */
function endOf(invocations) {
	let latest = Number.NEGATIVE_INFINITY;
	for (const invocation of invocations.map(asObject)) for (const key of ["startTimeUtc", "endTimeUtc"]) {
		const text = invocation?.[key];
		const at = typeof text === "string" && instantForm.test(text) ? Date.parse(text) : NaN;
		if (at > latest) latest = at;
	}
	return Number.isFinite(latest) ? new Date(latest).toISOString() : null;
}
// build/sources/security/sarif/index.js
/** Source `sarif`: the results of scanners, as SARIF 2.1.0 files in the workspace. */
/** Problems that one file may put into the record; the rest is counted. */
const mostProblems = 20;
const pattern = pipe(filled, check((text) => !text.startsWith("!"), "a path or a glob to read; what it shall not match must be left out of it"));
const schema = strictObject({ files: described(oneOrMore(pattern), "Paths or globs of the SARIF files, relative to the workspace. A folder stands for all `*.sarif` and `*.sarif.json` files in it. Each entry must match something.") });
/** Reads all files, also when one of them is bad, so that one look tells everything that is wrong. */
async function ask(config, context, signal) {
	const { files, problems } = await findFiles(context.workspace, config.files, signal);
	const runs = [];
	const notes = [];
	let findings = [];
	for (const file of files) {
		signal.throwIfAborted();
		const bytes = await readBytes(file);
		if (!(bytes instanceof Uint8Array)) {
			problems.push(bytes);
			continue;
		}
		const log = readLog(bytes);
		if ("code" in log) {
			problems.push({
				code: log.code,
				message: `${file.name} ${log.message}`,
				file: file.name
			});
			continue;
		}
		notes.push(...log.notes.map((note) => `${file.name} ${note}`));
		const origin = {
			file: file.name,
			sha256: sha256(bytes)
		};
		const found = [];
		for (const raw of log.runs) {
			const report = readRun(log.log, raw, origin, context.clock.now());
			found.push(...report.problems);
			notes.push(...report.notes);
			if (!report.run) continue;
			const run = runs.push(report.run) - 1;
			findings = worst([...findings, ...report.findings.map((finding) => ({
				run,
				...finding
			}))]);
		}
		problems.push(...shortened(found, file.name));
	}
	return {
		kind: "scans",
		subject: `scan results in ${config.files.join(", ")}`,
		query: config.files.join("\n"),
		at: iso(context.clock.now()),
		seen: runs.length,
		notes,
		partial: false,
		settled: true,
		problems,
		runs,
		findings
	};
}
function shortened(problems, file) {
	const more = problems.length - mostProblems;
	if (more <= 0) return problems;
	const rest = {
		code: "MORE_PROBLEMS",
		message: `${file} has ${more} further problems`,
		file
	};
	return [...problems.slice(0, mostProblems), rest];
}
const sarifSource = defineSource({
	type: "sarif",
	families: ["security"],
	schema,
	open(config, context) {
		return { async security(_question, signal) {
			try {
				return await ask(config, context, signal);
			} catch (error) {
				if (!signal.aborted) throw error;
				throw new NotMeasured("timeout", "reading the scan results took longer than the round may; name fewer files or raise `evaluation.round-timeout`", { cause: error });
			}
		} };
	}
});
export { sarifSource };
