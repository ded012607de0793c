import { C as asArray, D as isAbsent, E as asText, T as asObject, c as notAReport, d as readJson, f as vulnerabilityResult, l as packageMessage, m as words, p as wordRating, s as instantOf } from "./scans.js";
// build/sources/security/formats/grype.js
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
		const status = asObject(asObject(descriptor.db)?.status);
		if (status?.valid === false || asText(status?.error) !== void 0) bad("SCAN_FAILED", "says that its vulnerability data were not valid");
		const image = imageOf(asObject(root.source));
		const database = databaseOf(asObject(descriptor.db));
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
		for (const raw of matches) {
			const match = asObject(raw);
			run.add(match && readMatch(match, [], json));
		}
		const ignored = root.ignoredMatches;
		for (const raw of isAbsent(ignored) ? [] : asArray(ignored) ?? [ignored]) {
			const match = asObject(raw);
			run.add(match && readMatch(match, [ignoredBy(match)], json));
		}
	}
};
function imageOf(source) {
	if (source?.type !== "image") return void 0;
	const target = asObject(source.target);
	const all = [
		...asArray(target?.repoDigests) ?? [],
		target?.manifestDigest,
		target?.imageID,
		target?.userInput,
		...asArray(target?.tags) ?? []
	];
	return [...new Set(all.map((x) => words(x, 300)).filter((x) => x !== ""))].slice(0, 20);
}
/** Since 0.88 in `status`, before that at its top. */
const databaseOf = (db) => instantOf(asObject(db?.status)?.built) ?? instantOf(db?.built);
function readMatch(match, suppressions, { place }) {
	const vulnerability = asObject(match.vulnerability) ?? {};
	const artifact = asObject(match.artifact) ?? {};
	const related = (asArray(match.relatedVulnerabilities) ?? []).map(asObject);
	const [location] = asArray(artifact.locations) ?? [];
	const fix = asObject(vulnerability.fix);
	const exploited = exploitedOf(vulnerability);
	return vulnerabilityResult({
		tool,
		id: vulnerability.id,
		names: related.map((one) => one?.id),
		score: wordRating(vulnerability.severity, words(vulnerability.namespace, 40)),
		message: packageMessage(artifact.name, artifact.version, asText(vulnerability.description) ?? asText(related[0]?.description)),
		name: artifact.name,
		version: artifact.version,
		purl: artifact.purl,
		file: place(asObject(location)?.path),
		fixed: fixedOf(fix),
		cwes: [...asArray(vulnerability.cwes) ?? [], ...related.flatMap((one) => asArray(one?.cwes) ?? [])].map((cwe) => asText(cwe) ?? asObject(cwe)?.cwe),
		help: vulnerability.dataSource,
		suppressions,
		...exploited && { exploited }
	});
}
function fixedOf(fix) {
	const versions = asArray(fix?.versions) ?? [];
	if (versions.length > 0) return versions;
	return fix?.state === "not-fixed" || fix?.state === "wont-fix" ? [] : void 0;
}
function exploitedOf(vulnerability) {
	const kev = (asArray(vulnerability.knownExploited)?.length ?? 0) > 0;
	const scores = (asArray(vulnerability.epss) ?? []).map((x) => asObject(x)?.epss).filter((x) => typeof x === "number");
	if (!kev && scores.length === 0) return void 0;
	return {
		...kev && { kev },
		...scores.length > 0 && { epss: Math.max(...scores) }
	};
}
/** The rule of Grype's configuration or of a VEX document. */
function ignoredBy(match) {
	const rule = asObject(asArray(match.appliedIgnoreRules)?.[0]);
	const vex = [words(rule?.["vex-status"], 40), words(rule?.["vex-justification"], 100)].filter((part) => part !== "");
	const reason = [words(rule?.reason), vex.join(", ")].filter((part) => part !== "").join("; ");
	return {
		kind: "external",
		status: "accepted",
		...reason === "" ? {} : { reason }
	};
}
export { grypeFormat };
