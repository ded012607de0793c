import { sr as plural } from "./shared.js";
import { C as asArray, E as asText, T as asObject, c as instantOf, d as readJson, f as vulnerabilityResult, l as notAReport, m as words, o as below, p as wordRating, s as entries, u as packageMessage } from "./scans.js";
// build/sources/security/formats/grype.js
/**
* Format `grype`: the JSON of Grype (`-o json`), which says what mends a finding, how likely it is exploited, and how old the vulnerability data
* are. https://github.com/anchore/grype/tree/main/grype/presenter/models
*/
const tool = "Grype";
const grypeFormat = {
	type: "grype",
	what: "Grype JSON",
	inFolder: ["**/*grype*.json"],
	async read(file, sink, { workspace }, signal) {
		const json = await readJson(file, tool, workspace, sink, signal);
		if (!json) return;
		const { root, bad } = json;
		const descriptor = asObject(root.descriptor);
		if (descriptor?.name !== "grype") {
			notAReport(json, tool, "write it with `-o json`");
			return;
		}
		const matches = asArray(root.matches);
		if (!matches) {
			bad("RESULTS_MISSING", "has no list of matches: Grype did not finish");
			return;
		}
		const db = asObject(descriptor.db);
		const status = asObject(db?.status);
		if (status?.valid === false || isText(status?.error) || isText(db?.error)) bad("SCAN_FAILED", "says that its vulnerability data were not valid");
		const source = asObject(root.source);
		const image = imageOf(source);
		const database = instantOf(status?.built) ?? instantOf(db?.built);
		const version = words(descriptor.version, 60);
		const run = sink.begin({
			tool,
			...version === "" ? {} : { toolVersion: version },
			categories: image ? ["container", "sca"] : ["sca"],
			file: json.file,
			sha256: json.sha256,
			revision: null,
			...image && { image },
			ended: instantOf(descriptor.timestamp) ?? null,
			...database === void 0 ? {} : { database },
			execution: "unknown",
			rules: null
		});
		const old = entries(root.alertsByPackage).map(asObject).filter(isOfOldDistribution).length;
		if (old > 0) sink.note(`${json.file}: ${plural(old, "package")} of a distribution that is no longer supported, so nobody reports what is vulnerable in them`);
		const folder = source?.type === "directory" || source?.type === "file" ? json.place(source.target) : void 0;
		const at = (raw) => {
			const path = words(raw, 300);
			if (folder !== void 0) return below(folder, path.replace(/^\/+/, ""));
			return image ? path : json.place(raw);
		};
		for (const raw of matches) {
			const match = asObject(raw);
			run.add(match && readMatch(match, [], at));
		}
		for (const raw of entries(root.ignoredMatches)) {
			const match = asObject(raw);
			run.add(match && readMatch(match, [ignoredBy(match)], at));
		}
	}
};
const isText = (raw) => asText(raw) !== void 0;
const isOfOldDistribution = (one) => entries(one?.alerts).some((alert) => asObject(alert)?.type === "distro-eol");
function imageOf(source) {
	if (source?.type !== "image") return void 0;
	const target = asObject(source.target);
	const all = [
		...entries(target?.repoDigests),
		target?.manifestDigest,
		target?.imageID,
		target?.userInput,
		...entries(target?.tags)
	];
	return [...new Set(all.map((x) => words(x, 300)).filter((x) => x !== ""))].slice(0, 20);
}
function readMatch(match, suppressions, at) {
	const vulnerability = asObject(match.vulnerability);
	const artifact = asObject(match.artifact);
	if (!vulnerability || !artifact) return void 0;
	const related = entries(match.relatedVulnerabilities).map(asObject).filter((one) => one !== void 0);
	const [location] = entries(artifact.locations);
	const exploited = exploitedOf([vulnerability, ...related]);
	return vulnerabilityResult({
		tool,
		id: vulnerability.id,
		names: related.map((one) => one.id),
		score: wordRating(vulnerability.severity, words(vulnerability.namespace, 40)),
		message: packageMessage(artifact.name, artifact.version, asText(vulnerability.description) ?? asText(related[0]?.description)),
		name: artifact.name,
		version: artifact.version,
		purl: artifact.purl,
		file: at(asObject(location)?.path),
		fixed: fixedOf(match, asObject(vulnerability.fix)),
		cwes: [vulnerability, ...related].flatMap((one) => entries(one.cwes)).map((x) => asText(x) ?? asObject(x)?.cwe),
		help: vulnerability.dataSource,
		suppressions,
		...exploited && { exploited }
	});
}
/** Of several versions the one that Grype suggests for this package. */
function fixedOf(match, fix) {
	const best = entries(match.matchDetails).map((one) => asObject(asObject(one)?.fix)?.suggestedVersion).find(isText);
	if (best !== void 0) return [best];
	const versions = entries(fix?.versions);
	if (versions.length > 0) return versions;
	return fix?.state === "not-fixed" || fix?.state === "wont-fix" ? [] : void 0;
}
/** By the catalogs that Grype knows, under any name of the vulnerability. */
function exploitedOf(names) {
	const kev = names.some((one) => entries(one.knownExploited).length > 0);
	const scores = names.flatMap((one) => entries(one.epss)).map((x) => asObject(x)?.epss).filter((x) => typeof x === "number");
	if (!kev && scores.length === 0) return void 0;
	return {
		...kev && { kev },
		...scores.length > 0 && { epss: Math.max(...scores) }
	};
}
/** The rule of Grype's configuration or of a VEX document; the first one that says why. */
function ignoredBy(match) {
	const reason = entries(match.appliedIgnoreRules).map((raw) => {
		const rule = asObject(raw);
		const vex = [words(rule?.["vex-status"], 40), words(rule?.["vex-justification"], 100)].filter((part) => part !== "");
		return [words(rule?.reason), vex.join(", ")].filter((part) => part !== "").join("; ");
	}).find((text) => text !== "");
	return {
		kind: "external",
		status: "accepted",
		...reason === void 0 ? {} : { reason }
	};
}
export { grypeFormat };
