import { C as asArray, E as asText, T as asObject, c as notAReport, d as readJson, f as vulnerabilityResult, h as fromScore, l as packageMessage, m as words, o as escaped, p as wordRating, u as purlFrom } from "./scans.js";
// build/sources/security/formats/osv-scanner.js
const tool = "osv-scanner";
const osvScannerFormat = {
	type: "osv-scanner",
	what: "OSV-Scanner JSON",
	inFolder: ["**/*osv*.json"],
	async read(file, sink, { workspace }, signal) {
		const json = await readJson(file, "OSV-Scanner", workspace, sink, signal);
		if (!json) return;
		const { root, bad } = json;
		const results = asArray(root.results);
		if (!("results" in root) || "runs" in root || "matches" in root || "Results" in root) {
			notAReport(json, "OSV-Scanner", "write it with `--format json`");
			return;
		}
		if (!results) {
			bad("RESULTS_MISSING", "has no list of results: OSV-Scanner did not finish");
			return;
		}
		if (results.length === 0) {
			bad("RESULTS_MISSING", `names no package, so nobody knows whether it scanned any: scan with \`--all-packages\`, so that a clean scan names what it scanned`);
			return;
		}
		const run = sink.begin({
			tool,
			categories: ["sca"],
			file: json.file,
			sha256: json.sha256,
			revision: null,
			ended: null,
			execution: "unknown",
			rules: null
		});
		for (const raw of results) readSource(asObject(raw), json, run);
	}
};
function readSource(source, { place }, run) {
	const file = place(asObject(source?.source)?.path);
	const packages = asArray(source?.packages);
	if (!packages) run.add(void 0);
	for (const raw of packages ?? []) {
		const one = asObject(raw);
		if (one) readPackage(one, file, run);
		else run.add(void 0);
	}
}
/** One result for each group: several names of one vulnerability are one finding. */
function readPackage(one, file, run) {
	const vulnerabilities = (asArray(one.vulnerabilities) ?? []).map(asObject);
	const left = new Set(vulnerabilities);
	const byId = new Map(vulnerabilities.map((v) => [asText(v?.id) ?? "", v]));
	for (const group of (asArray(one.groups) ?? []).map(asObject)) {
		const ids = (asArray(group?.ids) ?? []).map((id) => asText(id) ?? "");
		const found = ids.map((id) => byId.get(id)).filter((v) => v !== void 0);
		for (const v of found) left.delete(v);
		if (found.length > 0 || ids.length > 0) run.add(resultOf(one, file, found, group));
		else run.add(void 0);
	}
	for (const v of left) run.add(v && resultOf(one, file, [v], void 0));
}
function resultOf(one, file, found, group) {
	const about = asObject(one.package) ?? {};
	const [first = {}] = found;
	const names = [
		...asArray(group?.ids) ?? [],
		...asArray(group?.aliases) ?? [],
		...found.flatMap((v) => [v.id, ...asArray(v.aliases) ?? []])
	];
	const called = Object.values(asObject(group?.experimentalAnalysis) ?? asObject(group?.experimental_analysis) ?? {}).map((x) => asObject(x)?.called);
	const unreached = called.length > 0 && called.every((x) => x === false) ? " (not called, says the scanner)" : "";
	return vulnerabilityResult({
		tool,
		id: asText(first.id) ?? asArray(group?.ids)?.[0],
		names,
		score: ratingOf(found, group),
		message: `${packageMessage(about.name, about.version, asText(first.summary) ?? asText(first.details))}${unreached}`,
		name: about.name,
		version: about.version,
		purl: purlFrom(about.ecosystem, about.name, about.version),
		file,
		fixed: fixedOf(found, about),
		cwes: found.flatMap((v) => asArray(asObject(v.database_specific)?.cwe_ids) ?? []),
		help: typeof first.id === "string" ? `https://osv.dev/vulnerability/${escaped(first.id)}` : void 0
	});
}
/** `max_severity` is the highest CVSS score of the group; without one the database's own word. */
function ratingOf(found, group) {
	const score = asText(group?.max_severity);
	const severity = fromScore(score);
	if (severity) return {
		severity,
		why: `CVSS ${words(score, 10)}`
	};
	return found.map((v) => wordRating(asObject(v.database_specific)?.severity, "the advisory")).find((r) => r.severity !== "unknown") ?? {
		severity: "unknown",
		why: "the advisory has no severity"
	};
}
/** Versions in which the advisories end for this package; empty: all of them go on without end. */
function fixedOf(found, about) {
	const affected = found.flatMap((v) => asArray(v.affected) ?? []).map(asObject).filter((a) => asObject(a?.package)?.name === about.name);
	if (affected.length === 0) return void 0;
	const events = affected.flatMap((a) => asArray(a?.ranges) ?? []).map(asObject).filter((range) => range?.type !== "GIT").flatMap((range) => asArray(range?.events) ?? []).map(asObject);
	const fixed = events.flatMap((event) => asText(event?.fixed) === void 0 ? [] : [event?.fixed]);
	if (fixed.length > 0) return [...new Set(fixed)];
	return events.length > 0 && !events.some((event) => asText(event?.last_affected)) ? [] : void 0;
}
export { osvScannerFormat };
