import { C as asArray, D as isAbsent, E as asText, T as asObject, Z as bySeverity, _ as fromScore, d as readJson, f as vulnerabilityResult, g as purlFrom, h as escaped, k as identityOf, l as notAReport, m as words, p as wordRating, s as entries, u as packageMessage } from "./scans.js";
// build/sources/security/formats/osv-fix.js
/** What mends a vulnerability, by advisories in the schema of OSV. https://ossf.github.io/osv-schema/#affectedrangesevents-fields */
/**
* Versions in which the advisories end for a package.
*
* @param about name and ecosystem of the package
* @returns empty: all of them go on without end; undefined: they do not say
*/
function fixedOf(advisories, about) {
	const affected = advisories.flatMap((advisory) => entries(advisory.affected)).map(asObject).filter((one) => one !== void 0).filter((one) => isSame(asObject(one.package), about));
	const ofRelease = affected.filter((one) => asObject(one.package)?.ecosystem === about.ecosystem);
	const meant = ofRelease.length > 0 ? ofRelease : affected;
	const events = meant.flatMap((one) => entries(one.ranges)).map(asObject).filter((range) => range?.type !== "GIT").flatMap((range) => entries(range?.events)).map(asObject);
	const fixed = events.flatMap((event) => asText(event?.fixed) ?? []);
	if (fixed.length > 0) return [...new Set(fixed)];
	const ends = events.some((event) => asText(event?.last_affected) !== void 0 || asText(event?.limit) !== void 0) || meant.some((one) => asText(asObject(one.database_specific)?.last_known_affected_version_range) !== void 0);
	return events.length > 0 && !ends ? [] : void 0;
}
/** Of the same family of packages (`Debian:11` and `Debian:12`), by names that registries do not tell apart. */
const isSame = (one, about) => plain(one?.name) === plain(about.name) && family(one?.ecosystem) === family(about.ecosystem);
const plain = (name) => (asText(name) ?? "").toLowerCase().replace(/[-_.]+/g, "-");
const family = (ecosystem) => (asText(ecosystem) ?? "").split(":")[0]?.toLowerCase() ?? "";
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
		if (!("results" in root) || "runs" in root || "matches" in root || "Results" in root) {
			notAReport(json, "OSV-Scanner", "write it with `--format json`");
			return;
		}
		const sources = asArray(root.results);
		if (!sources) {
			bad("RESULTS_MISSING", "has no list of results: OSV-Scanner found nothing to scan, or did not finish");
			return;
		}
		const others = entries(root.experimental_generic_findings);
		if (others.length === 0 && sources.every(isEmpty)) {
			bad("RESULTS_MISSING", `names no package, so nobody knows whether it scanned any: scan with \`--all-packages\`, so that a clean scan names what it scanned`);
			return;
		}
		const ofImage = !isAbsent(root.image_metadata);
		const run = sink.begin({
			tool,
			categories: ofImage ? ["container", "sca"] : ["sca"],
			file: json.file,
			sha256: json.sha256,
			revision: null,
			ended: null,
			execution: "unknown",
			rules: null
		});
		const at = (path) => ofImage ? words(path, 300) : json.place(path);
		for (const raw of sources) readSource(asObject(raw), at, run);
		for (const raw of others) {
			const one = asObject(raw);
			run.add(one && genericResult(one));
		}
	}
};
const isEmpty = (source) => asArray(asObject(source)?.packages)?.length === 0;
function readSource(source, at, run) {
	const file = at(asObject(source?.source)?.path);
	const packages = asArray(source?.packages);
	if (!packages) run.add(void 0);
	for (const raw of packages ?? []) {
		const one = asObject(raw);
		if (one && asObject(one.package)) readPackage(one, file, run);
		else run.add(void 0);
	}
}
/** One result for each group: several names of one vulnerability are one finding. */
function readPackage(one, file, run) {
	const listed = entries(one.vulnerabilities);
	const vulnerabilities = listed.map(asObject).filter((v) => v !== void 0);
	for (let i = vulnerabilities.length; i < listed.length; i += 1) run.add(void 0);
	const left = new Set(vulnerabilities);
	const byId = new Map(vulnerabilities.map((v) => [asText(v.id) ?? "", v]));
	for (const group of entries(one.groups).map(asObject)) {
		const ids = entries(group?.ids).flatMap((id) => asText(id) ?? []);
		const found = ids.map((id) => byId.get(id)).filter((v) => v !== void 0);
		for (const v of found) left.delete(v);
		run.add(ids.length > 0 ? resultOf(one, file, found, group) : void 0);
	}
	for (const v of left) run.add(resultOf(one, file, [v], void 0));
	for (const license of entries(one.license_violations)) run.add(packageResult(one, file, `license ${words(license, 60)}`, `is under ${words(license, 60)}`));
	if (asObject(one.package)?.deprecated === true) run.add(packageResult(one, file, "deprecated", "is deprecated"));
}
function resultOf(one, file, found, group) {
	const about = asObject(one.package) ?? {};
	const [first = {}] = found;
	const id = asText(first.id) ?? entries(group?.ids).find((x) => asText(x) !== void 0);
	const names = [
		...entries(group?.ids),
		...entries(group?.aliases),
		...found.flatMap((v) => [v.id, ...entries(v.aliases)])
	];
	const title = asText(first.summary) ?? asText(first.details);
	return vulnerabilityResult({
		tool,
		id,
		names,
		score: ratingOf(found, group),
		message: packageMessage(about.name, asText(about.version) ?? about.commit, title) + analysisOf(group),
		name: about.name,
		version: about.version,
		purl: purlFrom(about.ecosystem, about.name, about.version),
		file,
		fixed: fixedOf(found, about),
		cwes: found.flatMap((v) => entries(asObject(v.database_specific)?.cwe_ids)),
		help: typeof id === "string" ? `https://osv.dev/vulnerability/${escaped(words(id))}` : void 0
	});
}
/** Told, and no reason not to count: OSV-Scanner itself leaves such findings out of its exit code. */
function analysisOf(group) {
	const analysis = asObject(group?.experimentalAnalysis) ?? asObject(group?.experimental_analysis) ?? {};
	const each = Object.values(analysis).map(asObject);
	if (each.length > 0 && each.every((one) => one?.called === false)) return " (not called, says the scanner)";
	return each.some((one) => one?.unimportant === true) ? " (unimportant, says the distribution)" : "";
}
/** `max_severity` is the highest CVSS score of the group; without one the worst word of its advisories. */
function ratingOf(found, group) {
	const score = asText(group?.max_severity);
	const severity = fromScore(score);
	if (severity) return {
		severity,
		why: `CVSS ${words(score, 10)}`
	};
	const [worst] = found.flatMap((v) => [asObject(v.database_specific)?.severity, ...entries(v.severity).map((one) => asObject(one)?.score)]).map((word) => wordRating(word, "the advisory")).filter((one) => one.severity !== "unknown").toSorted((a, b) => bySeverity(a.severity, b.severity));
	return worst ?? {
		severity: "unknown",
		why: "the advisory has no severity"
	};
}
/** What OSV-Scanner holds against a package itself. */
function packageResult(one, file, rule, what) {
	const about = asObject(one.package) ?? {};
	return {
		...vulnerabilityResult({
			tool,
			id: rule,
			score: {
				severity: "unknown",
				why: "the scanner does not say how bad it is"
			},
			message: `${packageMessage(about.name, about.version, "")} ${what}`,
			name: about.name,
			version: about.version,
			purl: purlFrom(about.ecosystem, about.name, about.version),
			file
		}),
		ids: []
	};
}
/** `SeverityEnum` of the library under it, by its number. */
const numbered = [
	"",
	"low",
	"low",
	"medium",
	"high",
	"critical"
];
/** What is about no package, such as a weak password. Where it is is free text, which may hold it. */
function genericResult({ Adv, Target }) {
	const advisory = asObject(Adv) ?? {};
	const id = asObject(advisory.ID);
	const rule = words(id?.Reference, 100) || words(advisory.Title, 100) || "(no id)";
	const severity = typeof advisory.Sev === "number" ? numbered[advisory.Sev] : advisory.Sev;
	const fix = words(advisory.Recommendation);
	return {
		rule,
		message: words(advisory.Title) || rule,
		score: wordRating(severity, "the scanner"),
		suppressions: [],
		...fix === "" ? {} : { fix },
		ids: [],
		cwes: [],
		identity: identityOf([
			tool,
			words(id?.Publisher),
			rule,
			words(asObject(Target)?.Extra)
		])
	};
}
export { osvScannerFormat };
