import { A as optional, E as nullable, F as record, L as safeParse, N as pipe, R as strictObject, a as httpUrl, b as literal, d as array, k as object, p as check, r as filled, t as described, z as string } from "./policy-fields.js";
import { a as iso, t as NotMeasured } from "./sources-source.js";
import { t as oneLine } from "./sources-text.js";
import { A as authorization, M as signsInOneWay, X as parseJson, Z as refuseDenied, it as sendToAzure, k as authFields, nt as azureFields, rt as azureTokens } from "../index.js";
import { n as parseMatchers, r as satisfies } from "./sources-telemetry-matchers.js";
import { a as signsInToAwsOneWay, i as sendToAws, n as awsFields, r as oneWayToAws } from "./net-auth-aws.js";
// build/sources/telemetry/prometheus/rules.js
/**
* Alerting rules as Prometheus gives them, and all that speak its rules API: Mimir, Thanos, Loki's ruler
* (https://prometheus.io/docs/prometheus/latest/querying/api/#rules).
*/
const labels = optional(record(string(), string()), {});
const alert = object({
	labels,
	state: string(),
	activeAt: optional(nullable(string()))
});
const rule = object({
	name: string(),
	type: optional(string()),
	state: optional(string()),
	labels,
	health: optional(string()),
	lastError: optional(string()),
	lastEvaluation: optional(string()),
	alerts: optional(nullable(array(alert)))
});
const answer = object({
	status: literal("success"),
	data: object({
		groups: array(object({
			name: string(),
			rules: array(rule)
		})),
		groupNextToken: optional(string())
	}),
	warnings: optional(array(string()), [])
});
/**
* Reads one page.
*
* @param sent the request's headers
* @throws {NotMeasured} `unauthorized`, `forbidden`, `not-found`, `bad-answer`
*/
function readRules(response, origin, sent) {
	refuseDenied(response, origin, "permission to read the alert rules", sent);
	const parsed = safeParse(answer, parseJson(response, origin));
	if (!parsed.success || response.status !== 200) {
		const message = `${origin} answered ${response.status} with something that is not Prometheus' rules API: is the URL right?`;
		throw new NotMeasured("bad-answer", message);
	}
	const { data, warnings } = parsed.output;
	return {
		rules: data.groups.flatMap((group) => group.rules).filter((r) => (r.type ?? "alerting") === "alerting"),
		warnings: warnings.map((text) => oneLine(text)),
		...data.groupNextToken ? { next: data.groupNextToken } : {}
	};
}
/** An alert is listed with its labels, save those that say what it is. */
const unsaid = /* @__PURE__ */ new Set([
	"alertname",
	"severity",
	"__name__"
]);
const subjectOf = (all) => oneLine(Object.entries(all).filter(([name]) => !unsaid.has(name)).map(([name, value]) => `${name}=${value}`).join(" "), 160);
const timeOf = (text) => {
	const at = Date.parse(text ?? "");
	return Number.isNaN(at) || at <= 0 ? void 0 : at;
};
/** What the rules that match say. @param link to the page that shows them */
function alertsOf({ rules, warnings }, matchers, about) {
	const matching = rules.filter((r) => satisfies({
		...r.labels,
		alertname: r.name
	}, matchers));
	const found = matching.flatMap((r) => {
		const severity = r.labels.severity ?? null;
		const firing = (r.alerts ?? []).filter((a) => a.state === "firing");
		if (firing.length > 0) return firing.map((a) => ({
			name: oneLine(r.name, 120),
			state: "firing",
			severity: a.labels.severity ?? severity,
			since: isoOf(timeOf(a.activeAt)),
			subject: subjectOf(a.labels),
			link: about.link
		}));
		const state = r.state === "firing" ? "firing" : healthy(r) ? void 0 : "unknown";
		const subject = state === "unknown" && r.lastError ? oneLine(r.lastError, 160) : subjectOf(r.labels);
		return state === void 0 ? [] : [{
			name: oneLine(r.name, 120),
			state,
			severity,
			since: null,
			subject
		}];
	});
	const sorted = found.toSorted((a, b) => (b.since ?? "9").localeCompare(a.since ?? "9"));
	const known = matching.map((r) => timeOf(r.lastEvaluation)).filter((at) => at !== void 0);
	const pending = matching.filter((r) => r.state === "pending").map((r) => oneLine(r.name, 80));
	const count = (state) => found.filter((a) => a.state === state).length;
	return {
		kind: "alerts",
		subject: `${matching.length} of ${rules.length} alert rules ${about.subject}`,
		query: about.query,
		link: about.link,
		at: about.at,
		seen: matching.length,
		rules: matching.length,
		notes: [...warnings, ...pending.length > 0 ? [`pending: ${oneLine(pending.join(", "))}`] : []],
		partial: warnings.length > 0,
		newest: known.length < matching.length || known.length === 0 ? null : isoOf(Math.min(...known)),
		counts: {
			firing: count("firing"),
			unknown: count("unknown"),
			muted: 0
		},
		alerts: sorted.slice(0, 50)
	};
}
const healthy = ({ health, lastError, lastEvaluation }) => health === "ok" && !lastError && timeOf(lastEvaluation) !== void 0;
const isoOf = (at) => at === void 0 ? null : new Date(at).toISOString();
// build/sources/telemetry/prometheus/alerts.js
/** A server that never comes to its last page would be asked for ever. */
const maxPages = 50;
/** @param match label matchers; absent: all rules count */
async function askRules(connection, match, now, signal) {
	const matchers = match === void 0 ? [] : parseMatchers(match);
	return alertsOf(await allRules(connection, signal), matchers, {
		subject: match === void 0 ? `on ${connection.origin}` : `match ${match} on ${connection.origin}`,
		query: match ?? "all alert rules",
		link: `${connection.url}/alerts`,
		at: iso(now())
	});
}
async function allRules(connection, signal) {
	const rules = [];
	const warnings = [];
	let next;
	for (let page = 0; page < maxPages; page += 1) {
		const query = {
			type: "alert",
			...next === void 0 ? {} : { group_next_token: next }
		};
		const { response, sent } = await connection.get("/api/v1/rules", query, signal);
		const read = readRules(response, connection.origin, sent);
		rules.push(...read.rules);
		warnings.push(...read.warnings);
		if (read.next === void 0) return {
			rules,
			warnings
		};
		if (read.next === next) break;
		next = read.next;
	}
	throw new NotMeasured("bad-answer", `${connection.origin} gives the list of alert rules without an end`);
}
// build/sources/telemetry/prometheus/connection.js
/** The way to a server that speaks Prometheus' HTTP API: address, tenant, and all the ways to sign in. */
/** Fields of a source's schema; with the checks `connects`. */
const connectionFields = {
	url: described(pipe(httpUrl, check((text) => !/[?#]/.test(text), "a URL without `?` and `#`")), "Base URL; `/api/v1/…` is added to it."),
	...authFields,
	tenant: described(optional(filled), "Sent as `X-Scope-OrgID`, for Mimir and its kin."),
	azure: described(optional(strictObject(azureFields)), "Signs in to Microsoft Entra, for Azure Managed Prometheus: the same fields as the sources on Azure; `{}` for the usual way."),
	aws: described(optional(pipe(strictObject(awsFields), check((c) => signsInToAwsOneWay(c), oneWayToAws))), "Signs requests for Amazon Managed Service for Prometheus: the same fields as the sources on AWS."),
	parameters: described(optional(record(string(), string()), {}), "Sent with every request, e.g. `{ dedup: \"true\", partial_response: \"false\" }` to Thanos.")
};
strictObject(connectionFields);
/** What must hold between the fields. */
const connects = (c) => signsInOneWay(c) && [
	c.token ?? c.username,
	c.azure,
	c.aws
].filter((way) => way !== void 0).length <= 1;
/** What `connects` expects. */
const oneConnection = "one way to sign in: `token`, `username` and `password` together, `azure`, or `aws`";
/** https://learn.microsoft.com/azure/azure-monitor/metrics/prometheus-api-promql */
const azureScope = "https://prometheus.monitor.azure.com/.default";
var Connection = class {
	url;
	origin;
	/** What a refusal says is needed. */
	permission;
	#config;
	#context;
	constructor(config, context) {
		this.url = config.url;
		this.origin = new URL(config.url).origin;
		this.permission = config.azure ? "the role Monitoring Data Reader on the Azure Monitor workspace" : config.aws ? "aps:QueryMetrics, aps:GetMetricMetadata and aps:ListRules" : "permission to query";
		this.#config = config;
		this.#context = context;
	}
	post(path, form, signal) {
		const body = new URLSearchParams({
			...this.#config.parameters,
			...form
		}).toString();
		return this.#send({
			url: `${this.url}${path}`,
			method: "POST",
			headers: { "content-type": "application/x-www-form-urlencoded" },
			body,
			signal
		});
	}
	get(path, query, signal) {
		const search = new URLSearchParams({
			...this.#config.parameters,
			...query
		}).toString();
		return this.#send({
			url: `${this.url}${path}${search === "" ? "" : `?${search}`}`,
			signal
		});
	}
	async #send(request) {
		const { azure, aws, tenant } = this.#config;
		const headers = {
			...request.headers,
			accept: "application/json",
			...authorization(this.#config),
			...tenant === void 0 ? {} : { "x-scope-orgid": tenant }
		};
		const wanted = {
			...request,
			headers
		};
		if (azure) {
			const tokens = azureTokens(azure, this.#context);
			const response = await sendToAzure(this.#context, tokens, azureScope, wanted);
			return {
				response,
				sent: { authorization: `Bearer ${response.status < 300 ? "" : await tokens.token(azureScope, request.signal).catch(() => "")}` }
			};
		}
		if (aws) return {
			response: await sendToAws(this.#context, aws, "aps", wanted, this.permission),
			sent: headers
		};
		return {
			response: await this.#context.http.send(wanted),
			sent: headers
		};
	}
};
export { askRules as a, oneConnection as i, connectionFields as n, subjectOf as o, connects as r, Connection as t };
