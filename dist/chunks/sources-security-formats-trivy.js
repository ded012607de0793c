import { E as asText, S as webLink, T as asObject, c as instantOf, d as readJson, f as vulnerabilityResult, k as identityOf, l as notAReport, m as words, o as below, p as wordRating, s as entries, u as packageMessage, w as asIndex } from "./scans.js";
// build/sources/security/formats/trivy.js
const tool = "Trivy";
const trivyFormat = {
	type: "trivy",
	what: "Trivy JSON",
	inFolder: ["**/*trivy*.json"],
	async read(file, sink, { workspace }, signal) {
		const json = await readJson(file, tool, workspace, sink, signal);
		if (!json) return;
		const { root, bad } = json;
		if (root.SchemaVersion !== 2 || !("ArtifactName" in root)) {
			notAReport(json, tool, "write it with `--format json` (SchemaVersion 2)");
			return;
		}
		const targets = entries(root.Results);
		if (!targets.some((target) => showsScan(asObject(target)))) {
			bad("RESULTS_MISSING", "names nothing that was scanned: Trivy found no package, configuration or file to look at");
			return;
		}
		const metadata = asObject(root.Metadata);
		const image = root.ArtifactType === "container_image" ? imageOf(root, metadata) : void 0;
		const revision = asText(metadata?.Commit) ?? "";
		const version = words(asObject(root.Trivy)?.Version, 60);
		const ofImage = image ? ["container"] : [];
		const run = sink.begin({
			tool,
			...version === "" ? {} : { toolVersion: version },
			categories: [...ofImage, ...categoriesOf(targets)],
			file: json.file,
			sha256: json.sha256,
			revision: /^[0-9a-f]{7,64}$/i.test(revision) ? revision : null,
			...image && { image },
			ended: instantOf(root.CreatedAt) ?? null,
			execution: "unknown",
			rules: null
		});
		const os = asObject(metadata?.OS);
		if (os?.EOSL === true) {
			const name = words(`${asText(os.Family) ?? ""} ${asText(os.Name) ?? ""}`, 60);
			sink.note(`${json.file}: ${name} is no longer supported, so nobody reports what is vulnerable in it`);
		}
		const folder = image ? "" : json.place(root.ArtifactName);
		for (const raw of targets) {
			const target = asObject(raw);
			if (target && (isText(target.Class) || findings(target).length > 0)) readTarget(target, json, folder, run);
			else run.add(void 0);
		}
	}
};
const isText = (raw) => asText(raw) !== void 0;
/** Lists of a target in which findings stand. */
const findingKeys = [
	"Vulnerabilities",
	"Misconfigurations",
	"Secrets",
	"Licenses",
	"ExperimentalModifiedFindings"
];
const findings = (target) => findingKeys.flatMap((key) => entries(target[key]));
/** The entry for loose licence files stands there also when there are none. */
const showsScan = (target) => target !== void 0 && (findings(target).length > 0 || isText(target.Target) && isText(target.Class) && target.Class !== "license-file");
function imageOf(root, metadata) {
	const all = [
		...entries(metadata?.RepoDigests),
		metadata?.ImageID,
		...entries(metadata?.RepoTags),
		root.ArtifactName
	];
	return [...new Set(all.map((x) => words(x, 300)).filter((x) => x !== ""))].slice(0, 20);
}
/** What Trivy looked for, by the classes of its targets. */
const classes = {
	"os-pkgs": "sca",
	"lang-pkgs": "sca",
	config: "iac",
	secret: "secrets"
};
function categoriesOf(targets) {
	const found = /* @__PURE__ */ new Set();
	for (const target of targets.map(asObject)) {
		const name = asText(target?.Class) ?? "";
		const category = Object.hasOwn(classes, name) ? classes[name] : void 0;
		if (category) found.add(category);
	}
	return [...found];
}
function readTarget(target, { place }, folder, run) {
	const at = (path) => below(folder, place(path));
	const where = {
		file: target.Class === "os-pkgs" ? "" : at(target.Target),
		at
	};
	const each = (raw, read) => {
		for (const entry of entries(raw)) {
			const one = asObject(entry);
			run.add(one && read(one, where));
		}
	};
	each(target.Vulnerabilities, vulnerability);
	each(target.Misconfigurations, misconfiguration);
	each(target.Secrets, secret);
	each(target.Licenses, license);
	each(target.ExperimentalModifiedFindings, modified);
}
/** What Trivy's status says beside the version that mends it. */
const noFix = /* @__PURE__ */ new Set([
	"affected",
	"will_not_fix",
	"fix_deferred",
	"end_of_life"
]);
function vulnerability(one, where, suppressions = []) {
	const fixed = asText(one.FixedVersion);
	const status = words(one.Status, 30);
	const known = noFix.has(one.Status) ? ` (${status.replaceAll("_", " ")})` : "";
	return vulnerabilityResult({
		tool,
		id: one.VulnerabilityID,
		names: entries(one.VendorIDs),
		score: wordRating(one.Severity, words(one.SeveritySource, 40)),
		message: `${packageMessage(one.PkgName, one.InstalledVersion, one.Title)}${known}`,
		name: one.PkgName,
		version: one.InstalledVersion,
		purl: asObject(one.PkgIdentifier)?.PURL,
		file: where.at(one.PkgPath) || where.file,
		fixed: fixed !== void 0 ? fixed.split(/,\s*/) : noFix.has(one.Status) ? [] : void 0,
		cwes: entries(one.CweIDs),
		help: one.PrimaryURL,
		suppressions
	});
}
const startLine = (cause) => {
	const line = asIndex(cause?.StartLine);
	return line === 0 ? void 0 : line;
};
function misconfiguration(one, { file }, suppressions = []) {
	const line = startLine(asObject(one.CauseMetadata));
	const rule = words(one.ID) || words(one.AVDID) || "(no id)";
	const help = webLink(one.PrimaryURL);
	const passed = one.Status === "PASS";
	const exception = one.Status === "EXCEPTION";
	return {
		rule,
		message: words(one.Message) || words(one.Title),
		score: wordRating(one.Severity),
		...passed ? { noFailure: {
			fate: "ignored",
			reason: "KIND_PASS"
		} } : {},
		suppressions: exception ? [...suppressions, {
			kind: "external",
			status: "accepted"
		}] : suppressions,
		...file === "" ? {} : { file },
		...line === void 0 ? {} : { line },
		ids: [],
		cwes: [],
		...asText(one.Resolution) === void 0 ? {} : { fix: words(one.Resolution) },
		...help === void 0 ? {} : { help },
		identity: identityOf([
			"trivy",
			rule,
			file,
			words(asObject(one.CauseMetadata)?.Resource),
			words(one.Message)
		])
	};
}
/** `Match` is masked by Trivy, and not shown all the same. */
function secret(one, { file }, suppressions = []) {
	const rule = words(one.RuleID) || "(no id)";
	const line = startLine(one);
	return {
		rule,
		message: words(one.Title) || "a secret",
		secret: true,
		score: wordRating(one.Severity),
		suppressions,
		...file === "" ? {} : { file },
		...line === void 0 ? {} : { line },
		ids: [],
		cwes: [],
		identity: identityOf([
			"trivy",
			rule,
			file
		])
	};
}
function license(one, where, suppressions = []) {
	const rule = `license ${words(one.Name, 60)}`;
	const place = where.at(one.FilePath) || where.file;
	return {
		rule,
		message: `${words(one.PkgName, 100) || "a file"} is under ${words(one.Name, 60)} (${words(one.Category, 40)})`,
		score: wordRating(one.Severity),
		suppressions,
		...place === "" ? {} : { file: place },
		ids: [],
		cwes: [],
		identity: identityOf([
			"trivy",
			rule,
			words(one.PkgName, 100),
			place
		])
	};
}
const readers = /* @__PURE__ */ new Map([
	["vulnerability", vulnerability],
	["misconfiguration", misconfiguration],
	["secret", secret],
	["license", license]
]);
/** States in which a finding does not count any more; Trivy also knows `affected`, `under_investigation` and `unknown`. */
const settled = /* @__PURE__ */ new Set([
	"ignored",
	"not_affected",
	"fixed"
]);
/** What an ignore file or a VEX document of Trivy took out (`--show-suppressed`). */
function modified(one, where) {
	const finding = asObject(one.Finding);
	const reason = [words(one.Source, 100), words(one.Statement)].filter((part) => part !== "").join(": ");
	const suppression = {
		kind: "external",
		status: settled.has(one.Status) ? "accepted" : "under-review",
		...reason === "" ? {} : { reason }
	};
	return finding && readers.get(one.Type)?.(finding, where, [suppression]);
}
export { trivyFormat };
