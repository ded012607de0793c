import { C as asArray, D as isAbsent, E as asText, T as asObject, c as notAReport, d as readJson, f as vulnerabilityResult, l as packageMessage, m as words, p as wordRating, u as purlFrom } from "./scans.js";
// build/sources/security/formats/npm-audit.js
const tool = "npm audit";
const npmAuditFormat = {
	type: "npm-audit",
	what: "npm audit JSON",
	inFolder: ["**/*npm-audit*.json"],
	async read(file, sink, { workspace }, signal) {
		const json = await readJson(file, tool, workspace, sink, signal);
		if (!json) return;
		const { root, bad } = json;
		if (!isAbsent(root.error) || "message" in root && !("vulnerabilities" in root)) {
			const said = asObject(root.error);
			bad("SCAN_FAILED", `holds an error in place of a report: ${words(said?.summary) || words(said?.code) || words(root.message) || "it does not say why"}`);
			return;
		}
		const found = asObject(root.vulnerabilities);
		const metadata = asObject(root.metadata);
		if (root.auditReportVersion !== 2 || !found || !metadata) {
			const old = "advisories" in root ? "it is of npm 6; use npm 7 or later" : "write it with `npm audit --json`";
			notAReport(json, tool, old);
			return;
		}
		if (!scannedAnything(metadata)) {
			bad("RESULTS_MISSING", "looked at no dependency: does the folder have a lock file?");
			return;
		}
		const wrong = totalsWrong(found, metadata);
		if (wrong !== void 0) bad("TRUNCATED", wrong);
		const run = sink.begin({
			tool,
			categories: ["sca"],
			file: json.file,
			sha256: json.sha256,
			revision: null,
			ended: null,
			execution: "succeeded",
			rules: null
		});
		for (const [name, raw] of Object.entries(found)) {
			const one = asObject(raw);
			const via = asArray(one?.via);
			if (!one || !via) {
				run.add(void 0);
				continue;
			}
			for (const advisory of via.filter((x) => typeof x !== "string")) {
				const about = asObject(advisory);
				run.add(about && resultOf(name, one, about, json));
			}
		}
	}
};
function scannedAnything(metadata) {
	const total = asObject(metadata.dependencies)?.total;
	return typeof total === "number" && total > 0;
}
/** npm counts packages, those that depend on a vulnerable one too. */
function totalsWrong(found, metadata) {
	const total = asObject(metadata.vulnerabilities)?.total;
	const listed = Object.keys(found).length;
	if (typeof total === "number" && total === listed) return void 0;
	return `lists ${listed} vulnerable packages and counts ${typeof total === "number" ? total : "none"}: was it cut?`;
}
function resultOf(name, one, advisory, { file, place }) {
	const of = asText(advisory.dependency) ?? asText(advisory.name) ?? name;
	const url = asText(advisory.url);
	const id = /GHSA(?:-[0-9a-z]{4}){3}/i.exec(url ?? "")?.[0] ?? advisory.source;
	const [node] = asArray(one.nodes) ?? [];
	return vulnerabilityResult({
		tool,
		id: typeof id === "number" ? `npm-${id}` : id,
		names: [url],
		score: wordRating(advisory.severity ?? one.severity, "the advisory"),
		message: packageMessage(of, words(advisory.range, 60), advisory.title),
		name: of,
		purl: purlFrom("npm", of),
		file: place(node) || file,
		fixed: fixedOf(one),
		cwes: asArray(advisory.cwe) ?? [],
		help: url
	});
}
/** `fixAvailable`: false there is none, true by `npm audit fix`, else by a new version of a direct dependency. */
function fixedOf({ fixAvailable }) {
	if (fixAvailable === false) return [];
	if (fixAvailable === true) return ["what `npm audit fix` installs"];
	const fix = asObject(fixAvailable);
	return fix ? [`${words(fix.name, 100)} ${words(fix.version, 40)}`] : void 0;
}
export { npmAuditFormat };
