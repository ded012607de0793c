import { C as asArray, D as isAbsent, E as asText, T as asObject, d as readJson, f as vulnerabilityResult, g as purlFrom, l as notAReport, m as words, p as wordRating, s as entries, u as packageMessage } from "./scans.js";
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
		const isReport = "vulnerabilities" in root || "advisories" in root;
		if (!isAbsent(root.error) || "message" in root && !isReport) {
			const said = asObject(root.error);
			bad("SCAN_FAILED", `holds an error in place of a report: ${[
				said?.summary,
				said?.message,
				said?.code,
				root.message
			].map((text) => words(text)).find((text) => text) ?? "it does not say why"}`);
			return;
		}
		const metadata = asObject(root.metadata);
		const form = formOf(root);
		if (!form || !metadata) {
			notAReport(json, tool, "write it with `npm audit --json`");
			return;
		}
		if (!form.scanned(metadata)) {
			bad("RESULTS_MISSING", "looked at no dependency: does the folder have a lock file?");
			return;
		}
		const wrong = form.wrong(asObject(metadata.vulnerabilities) ?? {});
		if (wrong !== void 0) bad("TRUNCATED", wrong);
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
		form.read(json, run);
	}
};
function formOf({ auditReportVersion, vulnerabilities, advisories }) {
	const packages = asObject(vulnerabilities);
	const known = asObject(advisories);
	if (auditReportVersion === 2 && packages) return packageForm(packages);
	return auditReportVersion === void 0 && known ? advisoryForm(known) : void 0;
}
const isSome = (count) => typeof count === "number" && count > 0;
const levels = [
	"info",
	"low",
	"moderate",
	"high",
	"critical"
];
const ofLevel = (listed, level) => Object.values(listed).filter((one) => asObject(one)?.severity === level).length;
/** From npm 7 on: by package, with the advisories and the packages that make it vulnerable in `via`. */
const packageForm = (packages) => ({
	scanned: (metadata) => isSome(asObject(metadata.dependencies)?.total),
	wrong(counts) {
		const listed = Object.keys(packages).length;
		const total = typeof counts.total === "number" ? counts.total : "none";
		if (total !== listed) return `lists ${listed} vulnerable packages and counts ${total}: was it cut?`;
		const odd = levels.find((level) => (counts[level] ?? 0) !== ofLevel(packages, level));
		return odd && `lists ${ofLevel(packages, odd)} packages of severity ${odd} and counts others: was it changed?`;
	},
	read(json, run) {
		const told = toldOf(packages);
		for (const [name, raw] of Object.entries(packages)) {
			const one = asObject(raw);
			const via = asArray(one?.via);
			if (!one || !via) {
				run.add(void 0);
				continue;
			}
			for (const advisory of via.filter((x) => typeof x !== "string")) {
				const about = asObject(advisory);
				run.add(about && packageResult(name, one, about, json));
			}
			if (!told.has(name)) run.add(packageResult(name, one, { title: "vulnerable, and npm does not say how" }, json));
		}
	}
});
/** The packages whose vulnerabilities are all told: by advisories of their own, or by those of packages that are listed too. */
function toldOf(packages) {
	const told = /* @__PURE__ */ new Set();
	const dependents = /* @__PURE__ */ new Map();
	const broken = /* @__PURE__ */ new Set();
	for (const [name, raw] of Object.entries(packages)) {
		const via = entries(asObject(raw)?.via);
		if (via.some((x) => typeof x !== "string")) told.add(name);
		for (const other of via.filter((x) => typeof x === "string")) if (!Object.hasOwn(packages, other)) broken.add(name);
		else if (dependents.get(other)?.push(name) === void 0) dependents.set(other, [name]);
	}
	for (const name of told) for (const dependent of dependents.get(name) ?? []) told.add(dependent);
	for (const name of broken) told.delete(name);
	return told;
}
function packageResult(name, one, advisory, { place }) {
	const of = asText(advisory.dependency) ?? asText(advisory.name) ?? name;
	const url = asText(advisory.url);
	const [node] = entries(one.nodes);
	return vulnerabilityResult({
		tool,
		id: idOf(url, advisory.source),
		names: [url],
		score: wordRating(advisory.severity ?? one.severity, "the advisory"),
		message: packageMessage(of, advisory.range ?? one.range, advisory.title),
		name: of,
		purl: purlFrom("npm", of),
		file: place(node),
		fixed: fixedOf(one),
		cwes: entries(advisory.cwe),
		help: url
	});
}
const idOf = (url, number) => /GHSA(?:-[0-9a-z]{4}){3}/i.exec(url ?? "")?.[0] ?? (typeof number === "number" ? `npm-${number}` : number);
/** `fixAvailable`: false there is none, true by `npm audit fix`, else by a new version of a direct dependency. */
function fixedOf({ fixAvailable }) {
	if (fixAvailable === false) return [];
	if (fixAvailable === true) return ["what `npm audit fix` installs"];
	const fix = asObject(fixAvailable);
	return fix ? [`${words(fix.name, 100)} ${words(fix.version, 40)}`] : void 0;
}
/** Before npm 7, and of pnpm: by advisory. */
const advisoryForm = (advisories) => ({
	scanned: (metadata) => isSome(metadata.totalDependencies),
	wrong(counts) {
		const odd = levels.find((level) => level !== "info" && isSome(counts[level]) !== ofLevel(advisories, level) > 0);
		return odd && `lists ${ofLevel(advisories, odd)} of severity ${odd} and counts ${words(String(counts[odd]), 20)}: was it cut, or filtered with \`--audit-level\` or \`ignoreGhsas\`?`;
	},
	read(_, run) {
		for (const raw of Object.values(advisories)) {
			const one = asObject(raw);
			run.add(one && advisoryResult(one));
		}
	}
});
function advisoryResult(one) {
	const url = asText(one.url);
	const found = entries(one.findings).map(asObject);
	const versions = [...new Set(found.map((finding) => words(finding?.version, 40)))].filter((text) => text !== "");
	return vulnerabilityResult({
		tool,
		id: asText(one.github_advisory_id) ?? idOf(url, one.id),
		names: [url, ...entries(one.cves)],
		score: wordRating(one.severity, "the advisory"),
		message: packageMessage(one.module_name, versions.join(", ") || one.vulnerable_versions, one.title),
		name: one.module_name,
		purl: purlFrom("npm", one.module_name),
		fixed: patchedOf(one),
		cwes: entries(one.cwe),
		help: url
	});
}
/** `>=4.17.21`; `<0.0.0` is how npm writes that there is none. */
function patchedOf({ patched_versions: patched, patched_versions_unpublished: unpublished }) {
	if (unpublished === true || patched === "<0.0.0") return [];
	const text = asText(patched);
	return text === void 0 ? void 0 : [/^>=\s*(\S+)$/.exec(text)?.[1] ?? text];
}
export { npmAuditFormat };
