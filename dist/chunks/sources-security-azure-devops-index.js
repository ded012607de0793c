import { $ as optional, A as check, S as oneOrMore, T as secret, bt as defineSource, ft as transform, g as described, ht as union, it as pipe, k as boolean, rt as picklist, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { Cn as parseJson, Dn as azureFields, Tn as createLimit, Zn as iso, hr as serverWords, sr as plural, vr as oneLine } from "./shared.js";
import { A as wordOf, C as asArray, E as asText, H as require_packageurl_js, L as gather, M as pageOf, N as refOf, O as maskSecrets, P as targetOf, S as webLink, T as asObject, b as vulnerabilityIds, j as organizationOf, k as identityOf, w as asIndex, x as weaknesses, y as categoriesOf } from "./scans.js";
import { Dt as isUnauthorized, Et as azureDevopsCredentials, Ot as sendToAzureDevops } from "./late.js";
// build/sources/security/azure-devops/client.js
/** What one sign-in asks at once; Azure DevOps slows down who uses much more than others. */
const limits = {
	concurrent: 4,
	starts: 200,
	perMs: 6e4
};
/** Rules bring their help pages with them, some kilobytes for each alert. */
const pageSize$1 = 200;
const mostPages$1 = 500;
const needs = "the permission «Advanced Security: read alerts» on the repository (Project settings, Repositories, Security), or a token with the scope Advanced Security (read)";
const buildIdentity = "Identities of builds (System.AccessToken) are refused since sprint 269: give the step a service connection with workload identity federation (input `azureSubscription`) whose service principal is a user of the organization, or name `sign-in`, `tenant` and `client`";
var Client = class {
	target;
	#config;
	#context;
	#origin;
	#base;
	#limit;
	constructor(config, target, context) {
		this.target = target;
		this.#config = config;
		this.#context = context;
		this.#origin = new URL(config.url).origin;
		this.#base = [
			config.url,
			...[target.organization, target.project].map(encodeURIComponent),
			"_apis"
		].join("/");
		this.#limit = createLimit(limits, context.clock);
	}
	/**
	* One GET.
	*
	* @param path below `_apis`, not yet escaped
	* @throws {NotMeasured} `unauthorized`, `bad-query`, `bad-answer`, those of the HTTP client
	*/
	async get(path, query, version, signal) {
		const answer = await this.#send(path, query, version, signal);
		return "refused" in answer ? answer : { got: parseJson(answer.got, this.#origin) };
	}
	/**
	* All items of a list.
	*
	* @param each takes an item as it comes, since all of them together may be too much to keep
	* @returns when the list began, milliseconds since the epoch by the clock of the service
	* @throws {NotMeasured} as `get`; `bad-answer` when the list is none, is not whole, or never ends
	*/
	async list(path, query, version, signal, each) {
		const seen = /* @__PURE__ */ new Set();
		let began = this.#context.clock.now();
		for (let token;;) {
			const more = token === void 0 ? [] : [["continuationToken", token]];
			const answer = await this.#send(path, [
				["top", String(pageSize$1)],
				...query,
				...more
			], version, signal);
			if ("refused" in answer) {
				if (token !== void 0) throw this.#broken("refuses to go on in the midst of a list");
				return answer;
			}
			if (token === void 0) began = dateOf(answer.got) ?? began;
			const items = this.#items(parseJson(answer.got, this.#origin));
			for (const item of items) each(item);
			token = answer.got.headers["x-ms-continuationtoken"]?.trim() || void 0;
			if (token === void 0) {
				if (items.length >= pageSize$1) await this.#reallyEnds(path, [...query, ...more], version, signal);
				return { got: began };
			}
			if (seen.has(token)) throw this.#broken("gives the same page again");
			seen.add(token);
			if (seen.size >= mostPages$1) throw this.#broken(`gives more than ${mostPages$1} pages of ${pageSize$1}`);
		}
	}
	/** A full page without a token may be the last one, or a proxy may have taken the header away. */
	async #reallyEnds(path, query, version, signal) {
		const answer = await this.#send(path, [["top", String(201)], ...query], version, signal);
		if ("refused" in answer || this.#items(parseJson(answer.got, this.#origin)).length > pageSize$1) throw this.#broken("does not say how a list goes on (header x-ms-continuationtoken): does a proxy take it away?");
	}
	#items(json) {
		const items = asArray(json) ?? asArray(asObject(json)?.value);
		if (items === void 0) throw this.#broken("answered with something that is no list: is `url` right?");
		const count = asObject(json)?.count;
		if (typeof count === "number" && count !== items.length) throw this.#broken(`announced ${count} items and sent ${items.length}`);
		return items;
	}
	#broken(what) {
		return new NotMeasured("bad-answer", `${this.#origin} ${what}`);
	}
	async #send(path, query, version, signal) {
		const search = new URLSearchParams([...query, ["api-version", version]].map(([name, value]) => [name, value]));
		const url = `${this.#base}/${path.map(encodeURIComponent).join("/")}?${search.toString()}`;
		const response = await this.#limit(() => sendToAzureDevops(this.#config, this.#context, url, signal), signal);
		if (response.status === 200) return { got: response };
		const said = serverWords(response.text, await azureDevopsCredentials(this.#config, this.#context, signal));
		if (isUnauthorized(response)) throw this.#unauthorized(response.status, said);
		const refused = this.#refusalOf(response, said);
		if (refused) return { refused };
		if (response.status >= 400) {
			const message = `Azure DevOps refuses the request (${response.status})${said}`;
			throw new NotMeasured("bad-query", message, { permanent: true });
		}
		throw this.#broken(`answered ${response.status}, which means nothing here`);
	}
	#refusalOf({ status, text }, said) {
		const { name, ref } = this.target;
		if (status >= 400 && keyIn(text) === "BranchNotFoundException") return {
			code: "NOT_ANALYSED",
			message: `Advanced Security has no analysis of ${ref} (${name}): has a scan run on this branch, and is \`ref\` right?`
		};
		if (status === 403) return {
			code: "NO_PERMISSION",
			message: `${this.#origin} refuses the request (403), it needs ${needs}. ${buildIdentity}${said}`
		};
		if (status === 404) return {
			code: "NOT_ENABLED",
			message: `${this.#origin} knows no Advanced Security for ${name} (404): is it enabled for the repository, are \`organization\`, \`project\` and \`repository\` right, and may the sign-in see them?${said}`
		};
	}
	#unauthorized(status, said) {
		const message = `${this.#origin} does not accept the credential (${status}): it needs ${needs}; has the token expired, and is it for the organization ${this.target.organization}?${said}`;
		return new NotMeasured("unauthorized", message);
	}
};
function dateOf({ headers }) {
	const at = Date.parse(headers.date ?? "");
	return Number.isNaN(at) ? void 0 : at;
}
/** `typeKey` of an error of Azure DevOps. */
function keyIn(body) {
	try {
		return asText(asObject(JSON.parse(body))?.typeKey);
	} catch {
		return;
	}
}
// build/sources/security/azure-devops/package.js
var import_packageurl_js = require_packageurl_js();
/** Kinds of component that package URLs have a type for, in lower case. A package of Linux would need its distribution. */
const types$2 = {
	nuget: "nuget",
	npm: "npm",
	maven: "maven",
	pip: "pypi",
	rubygems: "gem",
	cargo: "cargo",
	go: "golang",
	pod: "cocoapods",
	conda: "conda"
};
/** Kinds of location, by name and number: the component itself, and what it was called before. The root only brings it along. */
const component = /* @__PURE__ */ new Set([
	"component",
	"vulnerabledependency",
	2,
	3
]);
const longest = 500;
/** @returns undefined where the alert names no package, or one that no package URL can name */
function packageOf(logicalLocations) {
	for (const raw of asArray(logicalLocations)?.slice(0, 50) ?? []) {
		const location = asObject(raw);
		const kind = location?.kind;
		const name = asText(location?.fullyQualifiedName);
		if (name !== void 0 && component.has(typeof kind === "string" ? kind.toLowerCase() : kind)) return purlOf(name);
	}
}
/** `Npm @babel/core 7.0.0` or `npm @babel/core@7.0.0`. */
function purlOf(text) {
	if (text.length > longest) return void 0;
	const [ecosystem = "", ...rest] = text.trim().split(/\s+/);
	const kind = ecosystem.toLowerCase();
	const type = Object.hasOwn(types$2, kind) ? types$2[kind] : void 0;
	const [first = "", second, ...more] = rest;
	if (type === void 0 || more.length > 0) return void 0;
	const at = first.lastIndexOf("@");
	const [full, version] = second !== void 0 ? [first, second] : at > 0 ? [first.slice(0, at), first.slice(at + 1)] : [first];
	const split = splitName(type, full ?? "");
	if (!split) return void 0;
	try {
		return new import_packageurl_js.PackageURL(type, split.namespace, split.name, version === "" ? void 0 : version, void 0, void 0).toString();
	} catch {
		return;
	}
}
function splitName(type, full) {
	const cut = type === "maven" ? Math.max(full.indexOf(":"), full.lastIndexOf("/")) : full.lastIndexOf("/");
	const [namespace, name] = cut < 0 ? [void 0, full] : [full.slice(0, cut), full.slice(cut + 1)];
	if (name === "" || namespace === "" || type === "maven" && namespace === void 0) return void 0;
	return {
		namespace,
		name
	};
}
// build/sources/security/azure-devops/severity.js
const severities = {
	low: "low",
	medium: "medium",
	high: "high",
	critical: "critical"
};
const levels = {
	note: "low",
	warning: "medium",
	error: "high"
};
/** By number; the last one is a word of the scale too, and says nothing. */
const numbers = [
	"low",
	"medium",
	"high",
	"critical",
	"note",
	"warning",
	"error",
	"undefined"
].map((word, number) => [word, number]);
function ratingOf(raw) {
	const word = wordOf(raw, numbers);
	const why = `severity ${word ?? (typeof raw === "string" ? oneLine(maskSecrets(raw.slice(0, 200)), 40) : typeof raw)} of the alert`;
	const level = word === void 0 ? void 0 : levels[word];
	if (level !== void 0) return { level: {
		severity: level,
		why: `level ${word} of the alert`
	} };
	const severity = word === void 0 ? void 0 : severities[word];
	return { score: severity === void 0 ? {
		severity: "unknown",
		why: `${why} says nothing`
	} : {
		severity,
		why
	} };
}
// build/sources/security/azure-devops/alert.js
/** One alert: what Advanced Security knows of it, and the result in the shape that all scanners share. */
const types$1 = [
	["dependency", 1],
	["secret", 2],
	["code", 3],
	["license", 4],
	["aicode", 5]
];
const states = [
	["active", 1],
	["dismissed", 2],
	["fixed", 4],
	["autodismissed", 8]
];
const dismissals = [
	["fixed", 1],
	["acceptedrisk", 2],
	["falsepositive", 3],
	["agreedtoguidance", 4],
	["toolupgrade", 5],
	["notdistributed", 6]
];
const inWords = {
	fixed: "fixed",
	acceptedrisk: "risk accepted",
	falsepositive: "false positive",
	agreedtoguidance: "agreed to guidance",
	toolupgrade: "no longer found by a newer version of the tool",
	notdistributed: "not distributed"
};
/** What stands for the tool where an alert names none, and where there is no alert at all. */
const toolNames = {
	code: "Advanced Security Code Scanning",
	dependency: "Advanced Security Dependency Scanning",
	secret: "Advanced Security Secrets Scanning",
	license: "Advanced Security License Scanning",
	aicode: "Advanced Security AI Code Scanning",
	unknown: "Advanced Security"
};
/** @returns undefined when it is no alert, so that nobody knows what it is; never throws, whatever it is */
function readAlert(raw, target) {
	const alert = asObject(raw);
	const id = asIndex(alert?.alertId);
	if (!alert || !id) return void 0;
	const type = wordOf(alert.alertType, types$1) ?? "unknown";
	const state = stateOn(alert, target);
	const { tool, rule } = toolOf(alert);
	const name = shown(tool, 100) ?? toolNames[type];
	return {
		id,
		type,
		tool: name,
		active: state === "active",
		lastSeen: instant(alert.lastSeenDate),
		result: resultOf({
			alert,
			id,
			type,
			state,
			tool: name,
			rule: rule ?? {}
		}, target)
	};
}
/** Fixed on another branch is not fixed on this one; dismissed is dismissed on all. */
function stateOn(alert, { ref }) {
	const state = wordOf(alert.state, states);
	const branch = asText(alert.gitRef);
	return state === "fixed" && branch !== void 0 && branch !== ref ? void 0 : state;
}
/** The first tool and its first rule; an alert of two tools counts once. */
function toolOf(alert) {
	const tools = (asArray(alert.tools) ?? []).map(asObject);
	const first = tools.find((tool) => asText(tool?.name) !== void 0) ?? tools[0];
	const rules = tools.flatMap((tool) => asArray(tool?.rules) ?? []);
	return {
		tool: first?.name,
		rule: asObject(asArray(first?.rules)?.[0]) ?? asObject(rules[0])
	};
}
function resultOf(parts, target) {
	const { alert, id, type, state, tool, rule } = parts;
	const secret = type === "secret";
	const about = asObject(rule.additionalProperties) ?? {};
	const names = [
		rule.friendlyName,
		unprefixed(rule.opaqueId),
		about.cveId,
		about.advisoryId,
		...few(about.identifiers)
	];
	const ids = secret ? [] : vulnerabilityIds([...names, alert.title]);
	const rid = ruleId(type, rule);
	const purl = type === "dependency" ? packageOf(alert.logicalLocations) : void 0;
	const fix = type === "dependency" ? fixOf(rule.description) : void 0;
	const help = helpOf(rule, about);
	const since = instant(alert.firstSeenDate);
	return {
		rule: rid,
		message: messageOf(parts),
		...secret && { secret },
		...ratingOf(alert.severity),
		...state === "fixed" && { noFailure: {
			fate: "ignored",
			reason: "FIXED"
		} },
		suppressions: suppressionsOf(alert, state),
		...placeOf(alert.physicalLocations),
		ids,
		cwes: weaknesses([...few(rule.tags), rule.resources]),
		...purl === void 0 ? {} : { purl },
		...fix === void 0 ? {} : { fix },
		...help === void 0 ? {} : { help },
		link: pageOf(target, id),
		...Number.isNaN(since) ? {} : { since },
		identity: identityOf([
			tool.toLowerCase(),
			rid,
			String(id)
		])
	};
}
const few = (raw) => asArray(raw)?.slice(0, 50) ?? [];
const instant = (raw) => Date.parse(asText(raw)?.slice(0, 40) ?? "");
/** One line of a text from outside. */
function shown(raw, most) {
	const text = asText(raw);
	return text === void 0 ? void 0 : oneLine(maskSecrets(text.slice(0, 2e3)), most) || void 0;
}
/** `DEP1001_GHSA-rv95-896h-c2vc`: the advisory, behind what is found in every id. */
const unprefixed = (raw) => typeof raw === "string" ? raw.slice(0, 300).replace(/^DEP\d{1,6}_/i, "") : raw;
/** Of a dependency the advisory, as it is written. */
function ruleId(type, rule) {
	const own = type === "dependency" ? unprefixed(rule.opaqueId) : rule.opaqueId;
	const name = shown(rule.friendlyName, 200);
	return (type === "dependency" && vulnerabilityIds([name])[0] === name?.toUpperCase() ? name : void 0) ?? shown(own, 200) ?? name ?? "(no rule)";
}
/** The title of a secret, like its truncated form, may be a part of it; so the rule speaks. */
function messageOf({ alert, type, rule }) {
	if (type !== "secret") return shown(alert.title, 300) ?? shown(rule.description, 300) ?? "";
	const texts = [shown(rule.friendlyName, 100), shown(rule.description, 300)].filter((text) => text !== void 0);
	return texts.length === 0 ? "a secret" : texts.join(": ");
}
/** A person has dismissed it, or the tool; what is active may have been dismissed before. */
function suppressionsOf(alert, state) {
	if (state !== "dismissed" && state !== "autodismissed") return [];
	const dismissal = asObject(alert.dismissal);
	const type = wordOf(dismissal?.dismissalType, dismissals);
	const words = [
		type === void 0 ? void 0 : inWords[type],
		state === "autodismissed" && type === void 0 ? "dismissed by the tool" : void 0,
		shown(dismissal?.message, 300)
	];
	const by = shown(asObject(dismissal?.stateChangedByIdentity)?.uniqueName, 100) ?? shown(dismissal?.stateChangedBy, 100);
	return [{
		kind: "external",
		status: "accepted",
		reason: words.filter((text) => text !== void 0).join(": "),
		...by === void 0 ? {} : { by }
	}];
}
/** The first place. Of dependencies `filePath` begins with the folder of the agent, the address of the item with the root of the repository. */
function placeOf(physicalLocations) {
	const location = few(physicalLocations).map(asObject).find((one) => asText(one?.filePath) !== void 0);
	if (!location) return {};
	const file = shown((pathIn(asObject(location.versionControl)?.itemUrl) ?? asText(location.filePath) ?? "").replaceAll("\\", "/").replace(/^\/+/, ""), 300);
	const line = asIndex(asObject(location.region)?.lineStart);
	return {
		...file === void 0 ? {} : { file },
		...line ? { line } : {}
	};
}
function pathIn(itemUrl) {
	const text = asText(itemUrl);
	if (text === void 0 || text.length > 4e3 || !URL.canParse(text)) return void 0;
	return asText(new URL(text).searchParams.get("path"));
}
const recommendation = "Recommendation:";
/** It stands at the end of what a rule for dependencies says of itself. */
function fixOf(description) {
	const text = asText(description)?.slice(0, 2e3) ?? "";
	const at = text.indexOf(recommendation);
	return at < 0 ? void 0 : shown(text.slice(at + 15), 200);
}
/** Markdown, mostly; the first link in it. */
const linked = /\]\((https?:\/\/[^\s()]{1,500})\)/i;
function helpOf(rule, about) {
	const resources = asText(rule.resources)?.slice(0, 4e3).trim() ?? "";
	return [
		/\s/.test(resources) ? void 0 : resources,
		linked.exec(resources)?.[1],
		...few(about.advisoryUrls),
		about.advisoryUrls
	].map(webLink).find((link) => link !== void 0);
}
// build/sources/security/azure-devops/list.js
/** `Other` are secrets that a pattern only takes for one; by default they are left out. */
const confidence = [["criteria.confidenceLevels", "high"], ["criteria.confidenceLevels", "other"]];
async function listed(client, query, signal) {
	const { target } = client;
	const alerts = [];
	let malformed = 0;
	const answer = await client.list([
		"alert",
		"repositories",
		target.repository,
		"alerts"
	], [
		["orderBy", "id"],
		...confidence,
		...query
	], "7.2-preview.1", signal, (raw) => {
		const alert = readAlert(raw, target);
		if (alert) alerts.push(alert);
		else malformed += 1;
	});
	return "refused" in answer ? {
		alerts,
		malformed,
		at: NaN,
		refused: {
			...answer.refused,
			file: target.name
		}
	} : {
		alerts,
		malformed,
		at: answer.got
	};
}
/** All alerts of the branch, of whatever type. Those of secrets are of no branch, and are listed on their own. */
const onBranch = (client, ref, signal) => listed(client, [["criteria.ref", ref], ["criteria.onlyDefaultBranch", "false"]], signal);
const ofSecrets = (client, signal) => listed(client, [["criteria.alertType", "secret"], ["criteria.onlyDefaultBranch", "false"]], signal);
// build/sources/security/azure-devops/analyses.js
/**
* Which commit was analysed. The API has no list of analyses: an alert tells, for each pipeline (analysis configuration) that found it, which
* commit that one analysed last. So a fixed alert is as good a witness as an active one, and where nothing was ever found there is none.
*/
/** Alerts that were last seen at the same instant were seen by the same analysis; with more instants than this nobody asks for all. */
const mostWitnesses = 20;
const fixedWitnesses = 5;
/** One alert for each analysis that may be behind them: all instants at which active ones were last seen, and a few that are fixed. */
function witnesses(alerts) {
	const newestFirst = [...alerts].sort((a, b) => order(b.lastSeen) - order(a.lastSeen) || a.id - b.id);
	const byInstant = /* @__PURE__ */ new Map();
	for (const alert of newestFirst) if (alert.active && !byInstant.has(order(alert.lastSeen))) byInstant.set(order(alert.lastSeen), alert);
	const active = [...byInstant.values()];
	const others = newestFirst.filter((alert) => !alert.active).slice(0, fixedWitnesses);
	return {
		asked: [...active.slice(0, mostWitnesses), ...others],
		left: Math.max(0, active.length - mostWitnesses)
	};
}
const order = (at) => Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at;
/** @throws {NotMeasured} as the client */
async function analysesOf(client, alerts, signal) {
	const { asked, left } = witnesses(alerts);
	const answers = await Promise.all(asked.map(({ id }) => instancesOf(client, id, signal)));
	const all = /* @__PURE__ */ new Map();
	let refused;
	let lacking = left > 0 && `${left} more analyses have found alerts`;
	for (const [i, answer] of answers.entries()) {
		if ("refused" in answer) {
			refused = answer.refused;
			lacking = "the analyses behind some of its alerts cannot be read";
			continue;
		}
		for (const analysis of answer.got) keepNewest(all, analysis);
		if (asked[i]?.result.noFailure !== void 0 && answer.got.some(({ active }) => active)) lacking = "an alert is fixed, and an analysis still finds it";
	}
	return {
		all: [...all.values()],
		...lacking && { lacking },
		...refused?.code === "NO_PERMISSION" && { refused }
	};
}
function keepNewest(all, analysis) {
	const before = all.get(analysis.key);
	if (!before || order(analysis.at) > order(before.at)) all.set(analysis.key, analysis);
	else if (order(analysis.at) === order(before.at) && analysis.commit !== before.commit) all.set(analysis.key, {
		...before,
		commit: void 0
	});
}
async function instancesOf(client, id, signal) {
	const { repository, ref } = client.target;
	const path = [
		"alert",
		"repositories",
		repository,
		"alerts",
		String(id),
		"instances"
	];
	const answer = await client.get(path, [["ref", ref]], "7.2-preview.1", signal);
	if ("refused" in answer) return answer;
	return { got: (asArray(answer.got) ?? asArray(asObject(answer.got)?.value) ?? []).flatMap((raw) => analysisOf(raw, ref) ?? []) };
}
/** What the API calls an alert's instance in one configuration; never throws, whatever it is. */
function analysisOf(raw, ref) {
	const instance = asObject(raw);
	const configuration = asObject(instance?.analysisConfiguration);
	if (!instance || !configuration) return void 0;
	const details = asObject(configuration.analysisConfigurationDetails) ?? {};
	const branch = asText(details.gitRef);
	if (branch !== void 0 && branch !== ref) return void 0;
	const newest = newestOf(instance);
	const pipeline = {
		name: line(details.pipelineName),
		id: String(asIndex(details.pipelineId) ?? "")
	};
	const tool = line(configuration.toolName);
	const phase = line(details.phaseName);
	const version = line(configuration.toolVersion);
	const id = asIndex(configuration.analysisConfigurationId);
	return {
		key: id === void 0 ? JSON.stringify([
			tool,
			pipeline,
			phase,
			line(details.phaseId)
		]) : String(id),
		name: [
			tool || "the scan",
			pipeline.name || pipeline.id ? `in pipeline ${pipeline.name || pipeline.id}` : "",
			phase ? `(${phase})` : ""
		].filter((part) => part !== "").join(" "),
		pipeline,
		active: isActive(instance),
		commit: commitOf(newest?.commitId),
		at: Date.parse(asText(newest?.createdDate)?.slice(0, 40) ?? ""),
		...version === "" ? {} : { toolVersion: version }
	};
}
const line = (raw) => oneLine(asText(raw) ?? "", 100);
const commitOf = (raw) => {
	const id = asText(raw)?.trim().toLowerCase() ?? "";
	return /^[0-9a-f]{40,64}$/.test(id) ? id : void 0;
};
/** While an alert is active, the analysis that saw it last is the newest: a newer one would have seen it too, or have fixed it. */
function newestOf(instance) {
	const recent = asObject(instance.recentAnalysisInstance);
	if (recent) return recent;
	return isActive(instance) ? asObject(instance.lastSeen) : void 0;
}
const isActive = ({ state }) => wordOf(state, [["active", 1]]) !== void 0;
// build/sources/security/azure-devops/binding.js
/** Alerts may be changed a little later than the analysis that changes them is known. */
const settleMs = 6e4;
const inPipelines = ({ pipeline }, names) => names === void 0 || names.some((name) => name !== "" && (name.toLowerCase() === pipeline.name.toLowerCase() || name === pipeline.id));
/** The analyses that matter. */
const relevant = ({ all }, { pipelines }) => all.filter((analysis) => inPipelines(analysis, pipelines));
/** The alerts must have been listed before the analyses were asked for, so that none is newer than the list and unseen. */
function bindingOf(analyses, wanted) {
	const { commit, pipelines, listedAt } = wanted;
	const known = relevant(analyses, wanted);
	const other = known.find((one) => one.commit !== void 0 && commit !== void 0 && !one.commit.startsWith(commit));
	if (other) return {
		state: "other",
		analysis: other
	};
	const fresh = known.find(({ at }) => listedAt - at < settleMs);
	if (fresh) return {
		state: "fresh",
		analysis: fresh
	};
	if (analyses.lacking !== void 0) return {
		state: "unknown",
		why: analyses.lacking
	};
	if (known.length === 0) return {
		state: "unknown",
		why: `its alerts name no analysis${pipelines === void 0 ? "" : ` by ${pipelines.join(", ")}`}`
	};
	const silent = known.find((one) => one.commit === void 0 || !Number.isFinite(listedAt - one.at));
	if (silent) return {
		state: "unknown",
		why: `${silent.name} does not say which commit it analysed, or when`
	};
	return { state: "bound" };
}
// build/sources/security/azure-devops/enablement.js
/** Whether the repository is scanned at all: what is switched on, and for which branches analyses were ever submitted. */
/** An answer that is none hides no more than itself. */
const harmless = /* @__PURE__ */ new Set(["bad-query", "bad-answer"]);
/** @throws {NotMeasured} as the client, but for what concerns this one question */
async function enablementOf(client, signal) {
	const path = [
		"management",
		"repositories",
		client.target.repository,
		"enablement"
	];
	const answer = await client.get(path, [], "7.2-preview.3", signal).catch((error) => {
		if (error instanceof NotMeasured && harmless.has(error.code)) return { refused: { message: error.message } };
		throw error;
	});
	return "refused" in answer ? {
		code: void 0,
		secrets: void 0,
		hidden: answer.refused.message
	} : readEnablement(answer.got);
}
const flag = (raw) => typeof raw === "boolean" ? raw : void 0;
/** The two plans, or the one product that they were before; never throws, whatever it is. */
function readEnablement(raw) {
	const settings = asObject(raw);
	const code = flag(asObject(settings?.codeSecurityFeatures)?.codeSecurityEnabled);
	const secrets = flag(asObject(settings?.secretProtectionFeatures)?.secretProtectionEnabled);
	const both = flag(settings?.advSecEnabled);
	if (code === void 0 && secrets === void 0) return {
		code: both,
		secrets: both
	};
	if (settings?.isBundledSKU !== true) return {
		code,
		secrets
	};
	const bundle = code === true || secrets === true ? true : code === false || secrets === false ? false : void 0;
	return {
		code: bundle,
		secrets: bundle
	};
}
const pageSize = 200;
const mostPages = 20;
/**
* Whether an analysis for alerts of this type was ever submitted for the branch.
*
* @throws {NotMeasured} as the client
*/
async function wasAnalysed(client, type, signal) {
	const { repository, ref } = client.target;
	const path = [
		"alert",
		"repositories",
		repository,
		"filters",
		"branches"
	];
	let after;
	for (let page = 0; page < mostPages; page += 1) {
		const answer = await client.get(path, [
			["alertType", type],
			["branchNameContains", ref.replace(/^refs\/(?:heads|tags)\//, "")],
			["includePullRequestBranches", "true"],
			["top", String(pageSize)],
			...after === void 0 ? [] : [["continuationToken", after]]
		], "7.2-preview.1", signal);
		if ("refused" in answer) return answer;
		const branches = (asArray(answer.got) ?? asArray(asObject(answer.got)?.value) ?? []).map(asObject);
		const names = branches.map((branch) => asText(branch?.name) ?? "");
		if (names.some((name) => name === ref || `refs/heads/${name}` === ref)) return { got: true };
		const last = names.at(-1);
		if (branches.length < pageSize || !last || last === after) return { got: false };
		after = last;
	}
	return { got: false };
}
// build/sources/security/azure-devops/read.js
/** All alerts of one repository, and what proves that the released commit was analysed. */
const alertTypes = [
	"code",
	"dependency",
	"secret"
];
const nothing = {
	alerts: [],
	malformed: 0,
	at: NaN
};
/**
* Hands on all alerts, and as problems what is missing from the proof.
*
* @param commit what was released; undefined: the policy does not say
* @throws {NotMeasured} as the client
*/
async function readAlerts(client, reading, commit, sink, signal) {
	const { types } = reading;
	const branch = types.some((type) => type !== "secret");
	const [enabled, here, secrets] = await Promise.all([
		enablementOf(client, signal),
		branch ? onBranch(client, client.target.ref, signal) : nothing,
		types.includes("secret") ? ofSecrets(client, signal) : nothing
	]);
	await new Reader(client, reading, commit, sink, signal).read(enabled, here, secrets);
}
var Reader = class {
	#client;
	#reading;
	#commit;
	#sink;
	#signal;
	#told = /* @__PURE__ */ new Set();
	constructor(client, reading, commit, sink, signal) {
		this.#client = client;
		this.#reading = reading;
		this.#commit = commit?.toLowerCase();
		this.#sink = sink;
		this.#signal = signal;
	}
	async read(enabled, here, secrets) {
		const { types } = this.#reading;
		for (const { refused } of [here, secrets]) if (refused) this.#problem(refused.code, refused.message);
		this.#switchedOff(enabled);
		const wanted = this.#wanted(here, secrets);
		this.#malformed(here.malformed + secrets.malformed);
		const groups = [...grouped(wanted.filter(({ type }) => type !== "secret"))];
		const proofs = await Promise.all(groups.map(([, alerts]) => analysesOf(this.#client, alerts, this.#signal)));
		for (const [i, [, alerts]] of groups.entries()) this.#tool(alerts, proofs[i] ?? { all: [] }, here.at);
		for (const type of ["code", "dependency"]) {
			const found = wanted.some((alert) => alert.type === type);
			if (types.includes(type) && !found && !here.refused) await this.#neverFound(type);
		}
		if (types.includes("secret")) {
			const found = wanted.filter(({ type }) => type === "secret");
			if (!secrets.refused) this.#looked(enabled);
			this.#secrets(found, secrets.refused === void 0);
		}
	}
	#problem(code, message, tool) {
		if (this.#told.has(message)) return;
		this.#told.add(message);
		this.#sink.problem({
			code,
			message,
			file: this.#client.target.name,
			...tool === void 0 ? {} : { tool }
		});
	}
	#switchedOff({ code, secrets }) {
		const { types } = this.#reading;
		const { name } = this.#client.target;
		if (code === false && types.some((type) => type !== "secret")) this.#problem("NOT_ENABLED", `Code Security of Advanced Security is switched off for ${name}`);
		if (secrets === false && types.includes("secret")) this.#problem("NOT_ENABLED", `Secret Protection of Advanced Security is switched off for ${name}`);
	}
	/** Each alert once, of the types that the policy wants; one of a type that nobody knows is wanted always. */
	#wanted(here, secrets) {
		const all = new Map([...here.alerts, ...secrets.alerts].map((alert) => [alert.id, alert]));
		const { types } = this.#reading;
		const wanted = [...all.values()].filter(({ type }) => type === "unknown" || type !== "license" && types.includes(wordFor(type)));
		const left = all.size - wanted.length;
		if (left > 0) this.#sink.note(`${plural(left, "alert")} of other types than ${types.join(", ")} ${left === 1 ? "is" : "are"} left out`);
		return wanted;
	}
	#malformed(n) {
		if (n === 0) return;
		const run = this.#sink.begin(this.#facts(toolNames.unknown, []));
		for (let i = 0; i < n; i += 1) run.add(void 0);
	}
	#facts(tool, categories, more = {}) {
		return {
			tool,
			categories,
			file: this.#client.target.name,
			sha256: null,
			revision: null,
			ended: null,
			execution: "unknown",
			rules: null,
			...more
		};
	}
	/** Alerts of one tool and type, with the analyses that found them, asked for after the list. */
	#tool(alerts, proof, listedAt) {
		const [first] = alerts;
		if (!first) return;
		const { type, tool } = first;
		const wanted = {
			commit: this.#commit,
			pipelines: this.#reading.pipelines,
			listedAt
		};
		const binding = bindingOf(proof, wanted);
		if (proof.refused) this.#problem(proof.refused.code, proof.refused.message);
		this.#unproven(tool, type, binding);
		const analyses = relevant(proof, wanted);
		const commits = new Set(analyses.map(({ commit }) => commit));
		const revision = binding.state === "other" ? binding.analysis.commit : binding.state === "bound" && commits.size === 1 && [...commits][0];
		const oldest = Math.min(...analyses.map(({ at }) => at));
		const version = analyses.find(({ toolVersion }) => toolVersion !== void 0)?.toolVersion;
		const facts = this.#facts(tool, categoriesFor(type, tool), {
			...version === void 0 ? {} : { toolVersion: version },
			revision: revision || null,
			ended: Number.isFinite(oldest) ? iso(oldest) : null,
			execution: analyses.length > 0 ? "succeeded" : "unknown"
		});
		this.#run(facts, alerts.map(({ result }) => result));
	}
	#unproven(tool, type, binding) {
		const { ref } = this.#client.target;
		if (binding.state === "other") {
			const { name, commit, at } = binding.analysis;
			const message = `${name} has last analysed commit ${commit}${Number.isFinite(at) ? ` (${iso(at)})` : ""} on ${ref}, not ${this.#commit}: has its pipeline run for this commit, and ended?`;
			this.#problem("NOT_ANALYSED", message, tool);
		}
		if (binding.state === "fresh") {
			const message = `the results of ${binding.analysis.name} on ${ref} have only just come in; the next round looks again`;
			this.#problem("NOT_ANALYSED", message, tool);
		}
		if (binding.state === "unknown" && !this.#accepts(type)) {
			const message = `nothing proves that ${tool} analysed commit ${this.#commit} on ${ref}: ${binding.why}; \`unbound: ${wordFor(type)}\` accepts that`;
			this.#problem("NOT_ANALYSED", message, tool);
		}
	}
	#accepts(type) {
		return this.#commit === void 0 || this.#reading.unbound.includes(wordFor(type));
	}
	#run(facts, results) {
		const run = this.#sink.begin(facts);
		for (const result of results) run.add(result);
	}
	/** A type of which there is no alert at all, not even a fixed one. */
	async #neverFound(type) {
		const { ref } = this.#client.target;
		const analysed = await wasAnalysed(this.#client, type, this.#signal);
		if ("refused" in analysed) return this.#problem(analysed.refused.code, analysed.refused.message);
		if (!analysed.got) return this.#problem("NOT_ANALYSED", `no ${type} scan has ever sent its results for ${ref}: has its pipeline run, and ended?`);
		if (!this.#accepts(type)) {
			const message = `there has never been a ${type} alert on ${ref}, so Advanced Security cannot say which commit was analysed: \`unbound: ${type}\` accepts that, and the SARIF file of the scan proves it`;
			return this.#problem("NOT_ANALYSED", message);
		}
		this.#sink.note(`no ${type} alert on ${ref}; which commit was analysed last is not known`);
		this.#run(this.#facts(toolNames[type], categoriesFor(type, "")), []);
	}
	/** Secrets are looked for in pushes, not in commits of a branch. */
	#looked(enabled) {
		if (!this.#accepts("secret")) this.#problem("NOT_ANALYSED", "Advanced Security does not say up to which commit it has looked for secrets: `unbound: secret` accepts that");
		else if (enabled.secrets === void 0) {
			const why = enabled.hidden === void 0 ? "" : `: ${enabled.hidden}`;
			this.#problem("NOT_ANALYSED", `nobody knows whether Secret Protection is on for ${this.#client.target.name}${why}`);
		}
	}
	/** @param listed there was a list, also where it is empty */
	#secrets(alerts, listed) {
		const groups = [...grouped(alerts).values()];
		if (groups.length === 0 && listed) groups.push([]);
		for (const group of groups) {
			const facts = this.#facts(group[0]?.tool ?? toolNames.secret, ["secrets"]);
			this.#run(facts, group.map(({ result }) => result));
		}
	}
};
/** By tool and type, in the order in which they come. */
function grouped(alerts) {
	const groups = /* @__PURE__ */ new Map();
	for (const alert of alerts) {
		const key = `${alert.type} ${alert.tool.toLowerCase()}`;
		const group = groups.get(key);
		if (group) group.push(alert);
		else groups.set(key, [alert]);
	}
	return groups;
}
/** The word that the policy has for it. */
const wordFor = (type) => type === "dependency" || type === "secret" ? type : "code";
/** Alerts of code come from the SARIF of whatever scanner; what it looks for is told by its name, else by what Advanced Security calls it. */
function categoriesFor(type, tool) {
	if (type === "dependency") return ["sca"];
	if (type === "secret") return ["secrets"];
	const known = categoriesOf(tool);
	return known.length > 0 || type === "unknown" ? known : ["sast"];
}
// build/sources/security/azure-devops/index.js
/** Source `azure-devops-security`: the alerts of GitHub Advanced Security for Azure DevOps. */
const types = oneOrMore(picklist(alertTypes));
const schema = strictObject({
	organization: described(optional(pipe(filled, check((text) => organizationOf(text) !== void 0, "the name of an organization of Azure DevOps Services, or its URL such as https://dev.azure.com/acme"), transform((text) => organizationOf(text) ?? text))), "Name or URL of the organization. Default: that of the pipeline."),
	project: described(optional(filled), "Name or id of the project. Default: that of the pipeline."),
	repository: described(optional(filled), "Name or id of the repository. Default: that of the pipeline."),
	ref: described(optional(filled), "The branch that was released: `main` or `refs/heads/main`. Default: that of the pipeline."),
	alerts: described(optional(types, [...alertTypes]), "Which alerts are read. Each type must have been scanned for. Default: `code`, `dependency` and `secret`."),
	unbound: described(optional(union([boolean(), types]), false), "Types of alerts (`true`: all) that are evidence also where Advanced Security cannot say which commit was scanned. Without it they are none."),
	pipelines: described(optional(oneOrMore(filled)), "Names or ids of the pipelines whose scans must be of the released commit. Default: all that have found something on the branch."),
	"sign-in": azureFields["sign-in"],
	tenant: azureFields.tenant,
	client: azureFields.client,
	"client-secret": azureFields["client-secret"],
	token: described(optional(secret), "A personal access token with the scope Advanced Security (read), or an access token of Microsoft Entra for Azure DevOps."),
	authority: azureFields.authority,
	url: described(optional(httpUrl, "https://advsec.dev.azure.com"), "Base URL of the API.")
});
const azureDevopsSecuritySource = defineSource({
	type: "azure-devops-security",
	families: ["security"],
	schema,
	open(config, context) {
		const { alerts, unbound, pipelines } = config;
		const reading = {
			types: [...new Set(alerts)],
			unbound: unbound === true ? alertTypes : unbound === false ? [] : unbound,
			pipelines
		};
		return { security(question, signal) {
			const target = targetOf(config, context.identity.env);
			const client = new Client({
				...config,
				cloud: "public"
			}, target, context);
			const about = {
				subject: `Advanced Security alerts (${reading.types.join(", ")}) of ${target.name}`,
				query: target.name,
				link: pageOf(target),
				settled: false,
				async baseline({ ref }, sink) {
					if (ref === void 0) throw new Error("`baseline` of this source is a branch: `{ ref: main }`");
					const base = refOf(ref);
					if (base === target.ref) throw new Error(`\`baseline.ref\` is ${base}, the branch that was released`);
					const { alerts: known, refused } = await onBranch(client, base, signal);
					if (refused) throw new Error(refused.message);
					const run = sink.begin({
						...empty,
						file: `${target.organization}/${target.project}/${target.repository} ${base}`
					});
					for (const { type, active, result } of known) if (active && type !== "secret") run.add(result);
				}
			};
			return gather(question, context, signal, about, (sink) => readAlerts(client, reading, question.commit, sink, signal));
		} };
	}
});
const empty = {
	tool: "Advanced Security",
	categories: [],
	sha256: null,
	revision: null,
	ended: null,
	execution: "unknown",
	rules: null
};
export { azureDevopsSecuritySource };
