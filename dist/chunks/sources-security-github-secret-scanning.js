import { bt as defineSource, ut as strictObject } from "./base.js";
import { D as isAbsent, E as asText, L as gather, S as webLink, T as asObject, a as sinceOf, i as dismissal, k as identityOf, m as words, n as Client, r as connectionFields, w as asIndex } from "./scans.js";
// build/sources/security/github/secret-scanning.js
/**
* Source `github-secret-scanning`: leaked secrets that GitHub found in the repository's history.
* https://docs.github.com/rest/secret-scanning/secret-scanning
*/
const schema = strictObject(connectionFields);
const kind = {
	name: "secret scanning",
	needs: "«Secret scanning alerts: read» of a GitHub App or a fine-grained token, or `security_events` of a classic one; GITHUB_TOKEN has no such permission"
};
const tool = "GitHub secret scanning";
/** Each place needs a request of its own. */
const mostPlaces = 50;
const githubSecretScanningSource = defineSource({
	type: "github-secret-scanning",
	families: ["security"],
	schema,
	open(config, context) {
		return { async security(question, signal) {
			const client = new Client(config, kind, context);
			const about = {
				subject: `secret scanning alerts of ${client.repository}`,
				query: `GET /repos/${client.repository}/secret-scanning/alerts?hide_secret=true`,
				link: client.page("secret-scanning"),
				settled: false
			};
			return gather(question, context, signal, about, (sink) => read(client, sink, signal));
		} };
	}
});
async function read(client, sink, signal) {
	const hidden = { hide_secret: true };
	const usual = await client.all("/secret-scanning/alerts", hidden, signal);
	const generic = await client.all("/secret-scanning/alerts", {
		...hidden,
		secret_type: genericTypes.join(",")
	}, signal);
	const alerts = withoutDoubles([...usual, ...generic]);
	const run = sink.begin({
		tool,
		categories: ["secrets"],
		file: `secret scanning alerts of ${client.repository}`,
		sha256: null,
		revision: null,
		ended: null,
		execution: "unknown",
		rules: null
	});
	const open = alerts.map(asObject).filter((alert) => alert?.state !== "resolved");
	const looked = new Set(open.slice(0, mostPlaces));
	for (const raw of alerts) {
		const alert = asObject(raw);
		const number = asIndex(alert?.number);
		const place = alert && number !== void 0 && looked.has(alert) ? await placeOf(client, alert, number, signal) : {};
		run.add(alert && resultOf(alert, place));
	}
}
/**
* GitHub leaves these out unless they are asked for by name; its documentation had other names for some of them before.
* https://docs.github.com/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
*/
const genericTypes = [
	"ec_private_key",
	"generic_private_key",
	"http_basic_authentication_header",
	"http_bearer_authentication_header",
	"mongodb_connection_string",
	"mysql_connection_string",
	"mysql_connection_url",
	"openssh_private_key",
	"pgp_private_key",
	"postgres_connection_string",
	"rsa_private_key",
	"password"
];
/** Of several with one number the first; what has none stays. */
function withoutDoubles(alerts) {
	const seen = /* @__PURE__ */ new Set();
	return alerts.filter((raw) => {
		const number = asIndex(asObject(raw)?.number);
		if (number === void 0) return true;
		const first = !seen.has(number);
		seen.add(number);
		return first;
	});
}
async function placeOf(client, alert, number, signal) {
	const first = asObject(alert.first_location_detected);
	if (first && alert.has_more_locations === false) return inCode(first) ?? {};
	const found = await client.all(`/secret-scanning/alerts/${number}/locations`, {}, signal, () => true);
	const places = found.map((raw) => {
		const location = asObject(raw);
		return location?.type === "commit" ? inCode(asObject(location.details)) : void 0;
	});
	const [one] = places;
	if (found.length < 100 && places.every((place) => place?.file === one?.file)) return one ?? {};
	const some = places.find((place) => place !== void 0);
	const line = some?.line === void 0 ? "" : `:${some.line}`;
	return { words: some === void 0 ? "in several places" : `in several places such as ${some.file}${line}` };
}
/** @param details of a commit to the repository; the wiki's have the page's address, and issues no path */
function inCode(details) {
	const file = words(details?.path, 300).replace(/^\/+/, "");
	const line = asIndex(details?.start_line);
	if (file === "" || !isAbsent(details?.page_url)) return void 0;
	return {
		file,
		...line === void 0 || line === 0 ? {} : { line }
	};
}
const validities = {
	active: "still valid",
	inactive: "no longer valid",
	unknown: "validity unknown"
};
function resultOf(alert, { words: where, ...place }) {
	const type = words(alert.secret_type, 100) || "(unknown type)";
	const validity = asText(alert.validity) ?? "";
	const facts = [
		words(alert.secret_type_display_name, 100) || type,
		Object.hasOwn(validities, validity) ? validities[validity] : void 0,
		alert.publicly_leaked === true ? "leaked publicly" : void 0,
		alert.push_protection_bypassed === true ? "push protection was bypassed" : void 0,
		where
	];
	const link = webLink(alert.html_url);
	return {
		rule: type,
		message: facts.filter((part) => part !== void 0).join(", "),
		secret: true,
		score: {
			severity: "critical",
			why: "a leaked secret"
		},
		...alert.state === "resolved" && alert.resolution === "revoked" ? { noFailure: {
			fate: "ignored",
			reason: "FIXED"
		} } : {},
		suppressions: suppressionsOf(alert),
		...place,
		ids: [],
		cwes: ["CWE-798"],
		...sinceOf(alert.created_at),
		...link === void 0 ? {} : { link },
		identity: identityOf([
			"github secret scanning",
			type,
			String(asIndex(alert.number) ?? "")
		])
	};
}
/** Closed with any word but `revoked`, the secret is still out there; whether that holds is for the policy to say. */
function suppressionsOf(alert) {
	if (alert.state !== "resolved" || alert.resolution === "revoked") return [];
	const reason = dismissal([alert.resolution, alert.resolution_comment]);
	const by = asText(asObject(alert.resolved_by)?.login);
	return [{
		kind: "external",
		status: "accepted",
		...reason === "" ? {} : { reason },
		...by === void 0 ? {} : { by: words(by, 100) }
	}];
}
export { githubSecretScanningSource };
