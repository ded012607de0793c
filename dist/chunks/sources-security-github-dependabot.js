import { $ as optional, bt as defineSource, g as described, rt as picklist, ut as strictObject } from "./base.js";
import { C as asArray, E as asText, L as gather, S as webLink, T as asObject, _ as fromScore, a as sinceOf, f as vulnerabilityResult, g as purlFrom, i as dismissal, m as words, n as Client, p as wordRating, r as connectionFields, u as packageMessage } from "./scans.js";
// build/sources/security/github/dependabot.js
/**
* Source `dependabot`: vulnerable dependencies, as GitHub knows them of the default branch.
* https://docs.github.com/rest/dependabot/alerts
*/
const schema = strictObject({
	...connectionFields,
	scope: described(optional(picklist(["all", "runtime"]), "all"), "Whether dependencies that are only for development count too. What GitHub knows no scope of always counts.")
});
const kind = {
	name: "Dependabot",
	needs: "`vulnerability-alerts: read` (GITHUB_TOKEN), «Dependabot alerts: read» (GitHub App, fine-grained token) or `security_events` (classic token)"
};
const graph = {
	name: "dependency graph",
	what: "the dependency graph",
	needs: "`contents: read`"
};
const tool = "Dependabot";
const dependabotSource = defineSource({
	type: "dependabot",
	families: ["security"],
	schema,
	open(config, context) {
		return { async security(question, signal) {
			const client = new Client(config, kind, context);
			const about = {
				subject: `Dependabot alerts of ${client.repository}`,
				query: `GET /repos/${client.repository}/dependabot/alerts`,
				link: client.page("dependabot"),
				settled: false
			};
			return gather(question, context, signal, about, (sink) => read(client, config, sink, signal));
		} };
	}
});
async function read(client, { scope }, sink, signal) {
	const alerts = await client.all("/dependabot/alerts", {
		sort: "created",
		direction: "asc"
	}, signal);
	if (alerts.length === 0) await proveWatched(client, sink, signal);
	const run = sink.begin({
		tool,
		categories: ["sca"],
		file: `Dependabot alerts of ${client.repository}`,
		sha256: null,
		revision: null,
		ended: null,
		execution: "unknown",
		rules: null
	});
	for (const raw of alerts) {
		const alert = asObject(raw);
		run.add(alert && resultOf(alert, scope));
	}
}
/** Without a single alert, not even a mended one, there may be nothing that could have one: GitHub found no manifest that it reads. */
async function proveWatched(client, sink, signal) {
	const { data } = await client.get("/dependency-graph/sbom", {}, signal, graph);
	if ((asArray(asObject(asObject(data)?.sbom)?.packages) ?? []).length > 1) return;
	const message = `${client.repository} has no alert, and GitHub's dependency graph knows no dependency of it`;
	sink.problem({
		code: "RESULTS_MISSING",
		message,
		tool
	});
}
function resultOf(alert, scope) {
	const advisory = asObject(alert.security_advisory) ?? {};
	const vulnerability = asObject(alert.security_vulnerability) ?? {};
	const dependency = asObject(alert.dependency) ?? {};
	const about = asObject(dependency.package) ?? asObject(vulnerability.package) ?? {};
	const identifiers = (asArray(advisory.identifiers) ?? []).map((x) => asObject(x)?.value);
	const epss = asObject(advisory.epss)?.percentage;
	const patched = asObject(vulnerability.first_patched_version)?.identifier;
	const link = webLink(alert.html_url);
	const development = scope === "runtime" && dependency.scope === "development";
	return {
		...vulnerabilityResult({
			tool,
			id: advisory.ghsa_id,
			names: [advisory.cve_id, ...identifiers],
			score: ratingOf(advisory, vulnerability),
			message: packageMessage(about.name, vulnerability.vulnerable_version_range, advisory.summary),
			name: about.name,
			purl: purlFrom(about.ecosystem, about.name),
			file: words(dependency.manifest_path, 300),
			fixed: vulnerability.first_patched_version === null ? [] : patched === void 0 ? void 0 : [patched],
			cwes: (asArray(advisory.cwes) ?? []).map((x) => asObject(x)?.cwe_id),
			help: typeof advisory.ghsa_id === "string" ? `https://github.com/advisories/${advisory.ghsa_id}` : void 0,
			suppressions: suppressionsOf(alert),
			...typeof epss === "number" ? { exploited: { epss } } : {}
		}),
		...sinceOf(alert.created_at),
		...link === void 0 ? {} : { link },
		...advisory.classification === "malware" ? { fix: "remove the package: it is malware" } : {},
		...alert.state === "fixed" ? { noFailure: {
			fate: "ignored",
			reason: "FIXED"
		} } : {},
		...development ? { noFailure: {
			fate: "ignored",
			reason: "DEVELOPMENT"
		} } : {}
	};
}
function ratingOf(advisory, vulnerability) {
	const byWord = wordRating(vulnerability.severity ?? advisory.severity, "the advisory");
	if (byWord.severity !== "unknown") return byWord;
	const scores = asObject(advisory.cvss_severities);
	for (const raw of [
		asObject(scores?.cvss_v4)?.score,
		asObject(scores?.cvss_v3)?.score,
		asObject(advisory.cvss)?.score
	]) {
		const severity = fromScore(raw);
		if (severity) return {
			severity,
			why: `CVSS ${words(String(raw), 10)}`
		};
	}
	return byWord;
}
/** An alert that nobody dismissed counts, whatever state it has. */
function suppressionsOf(alert) {
	if (alert.state !== "dismissed" && alert.state !== "auto_dismissed") return [];
	const automatic = alert.state === "auto_dismissed" ? "dismissed by a rule of Dependabot" : "";
	const reason = dismissal([
		automatic,
		alert.dismissed_reason,
		alert.dismissed_comment
	]);
	const by = asText(asObject(alert.dismissed_by)?.login);
	return [{
		kind: "external",
		status: "accepted",
		...reason === "" ? {} : { reason },
		...by === void 0 ? {} : { by: words(by, 100) }
	}];
}
export { dependabotSource };
