import { C as asArray, D as isAbsent, E as asText, S as identityOf, T as asObject, b as webLink, c as notAReport, d as readJson, f as vulnerabilityResult, l as packageMessage, m as words, p as wordRating, s as instantOf, w as asIndex } from "./scans.js";
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
		const targets = asArray(root.Results);
		if (!targets || targets.length === 0) {
			bad("RESULTS_MISSING", `${isAbsent(root.Results) || targets?.length === 0 ? "names nothing that was scanned" : "has results that are no list"}: Trivy found no package, configuration or file to look at`);
			return;
		}
		const metadata = asObject(root.Metadata);
		const image = root.ArtifactType === "container_image" ? imageOf(root, metadata) : void 0;
		const revision = words(metadata?.Commit, 100);
		const version = words(asObject(root.Trivy)?.Version, 60);
		const run = sink.begin({
			tool,
			...version === "" ? {} : { toolVersion: version },
			categories: categoriesOf(targets, image !== void 0),
			file: json.file,
			sha256: json.sha256,
			revision: revision === "" ? null : revision,
			...image && { image },
			ended: instantOf(root.CreatedAt) ?? null,
			execution: "unknown",
			rules: null
		});
		for (const raw of targets) {
			const target = asObject(raw);
			if (target) readTarget(target, json, run);
			else run.add(void 0);
		}
	}
};
function imageOf(root, metadata) {
	const all = [
		...list(metadata?.RepoDigests),
		metadata?.ImageID,
		...list(metadata?.RepoTags),
		root.ArtifactName
	];
	return [...new Set(all.map((x) => words(x, 300)).filter((x) => x !== ""))].slice(0, 20);
}
const list = (raw) => isAbsent(raw) ? [] : asArray(raw) ?? [raw];
/** What Trivy looked for, by the classes of its targets. */
const classes = {
	"os-pkgs": "sca",
	"lang-pkgs": "sca",
	config: "iac",
	secret: "secrets"
};
function categoriesOf(targets, ofImage) {
	const found = new Set(ofImage ? ["container"] : []);
	for (const target of targets.map(asObject)) {
		const name = asText(target?.Class) ?? "";
		const category = Object.hasOwn(classes, name) ? classes[name] : void 0;
		if (category) found.add(category);
	}
	return [...found];
}
/** Every entry of a list is a result, also one that nobody understands. */
function each(raw, run, read) {
	for (const entry of list(raw)) {
		const one = asObject(entry);
		run.add(one && read(one));
	}
}
function readTarget(target, { place }, run) {
	const file = place(target.Target);
	each(target.Vulnerabilities, run, (one) => vulnerability(one, file));
	each(target.Misconfigurations, run, (one) => misconfiguration(one, file));
	each(target.Secrets, run, (one) => secret(one, file));
	each(target.Licenses, run, (one) => license(one, file));
	each(target.ExperimentalModifiedFindings, run, (one) => modified(one, file));
}
/** What Trivy's status says beside the version that mends it. */
const noFix = /* @__PURE__ */ new Set([
	"affected",
	"will_not_fix",
	"fix_deferred",
	"end_of_life"
]);
function vulnerability(one, file, suppressions = []) {
	const fixed = asText(one.FixedVersion);
	const status = words(one.Status, 30);
	const known = noFix.has(one.Status) ? ` (${status.replaceAll("_", " ")})` : "";
	return vulnerabilityResult({
		tool,
		id: one.VulnerabilityID,
		names: list(one.VendorIDs),
		score: wordRating(one.Severity, words(one.SeveritySource, 40)),
		message: `${packageMessage(one.PkgName, one.InstalledVersion, one.Title)}${known}`,
		name: one.PkgName,
		version: one.InstalledVersion,
		purl: asObject(one.PkgIdentifier)?.PURL,
		file: words(one.PkgPath, 300) || file,
		fixed: fixed !== void 0 ? fixed.split(/,\s*/) : noFix.has(one.Status) ? [] : void 0,
		cwes: list(one.CweIDs),
		help: one.PrimaryURL,
		suppressions
	});
}
const startLine = (cause) => {
	const line = asIndex(cause?.StartLine);
	return line === 0 ? void 0 : line;
};
function misconfiguration(one, file, suppressions = []) {
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
		file,
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
function secret(one, file, suppressions = []) {
	const rule = words(one.RuleID) || "(no id)";
	const line = startLine(one);
	return {
		rule,
		message: words(one.Title) || "a secret",
		secret: true,
		score: wordRating(one.Severity),
		suppressions,
		file,
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
function license(one, file, suppressions = []) {
	const rule = `license ${words(one.Name, 60)}`;
	const place = words(one.FilePath, 300) || file;
	return {
		rule,
		message: `${words(one.PkgName, 100) || "a file"} is under ${words(one.Name, 60)} (${words(one.Category, 40)})`,
		score: wordRating(one.Severity),
		suppressions,
		file: place,
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
const readers = {
	vulnerability,
	misconfiguration,
	secret,
	license
};
/** What an ignore file or a VEX document of Trivy took out (`--show-suppressed`). */
function modified(one, file) {
	const reason = [words(one.Source, 100), words(one.Statement)].filter((part) => part !== "").join(": ");
	const suppression = {
		kind: "external",
		status: "accepted",
		...reason === "" ? {} : { reason }
	};
	const type = asText(one.Type) ?? "";
	return ((Object.hasOwn(readers, type) ? readers[type] : void 0) ?? vulnerability)(asObject(one.Finding) ?? {}, file, [suppression]);
}
export { trivyFormat };
