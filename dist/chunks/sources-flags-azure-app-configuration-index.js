import { $ as optional, A as check, H as looseObject, N as getDotPath, O as array, Q as object, T as secret, X as nullish, Y as nullable, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, it as pipe, k as boolean, l as classOf, ot as record, rt as picklist, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { S as shaped, a as individuals, b as read, c as percentOf, d as rawAt, f as rawWith, g as stateOf, h as missingState, i as everyone, l as serve, n as allOf, o as matching, p as rawWithout, r as anyOf, s as nobody, t as answers, u as unknownServing, y as change } from "./flags.js";
import { Cn as parseJson, Dn as azureFields, Nn as azureClouds, On as azureTokens, kn as sendToAzure, vr as oneLine } from "./shared.js";
import { createHash, createHmac } from "node:crypto";
// build/sources/flags/azure-app-configuration/hmac.js
/**
* Signatures of requests to Azure App Configuration by an access key
* (https://learn.microsoft.com/azure/azure-app-configuration/rest-api-authentication-hmac).
*/
const signed = "x-ms-date;host;x-ms-content-sha256";
/** @param now milliseconds since the epoch; the service takes no more than 15 minutes of difference @returns headers to send along */
function signatureOf({ url, method = "GET", body = "" }, { credential, secret }, now) {
	const { host, pathname, search } = new URL(url);
	const date = new Date(now).toUTCString();
	const hash = createHash("sha256").update(body, "utf8").digest("base64");
	const text = `${method}\n${pathname}${search}\n${date};${host};${hash}`;
	const signature = createHmac("sha256", Buffer.from(secret, "base64")).update(text, "utf8").digest("base64");
	return {
		"x-ms-date": date,
		"x-ms-content-sha256": hash,
		authorization: `HMAC-SHA256 Credential=${credential}&SignedHeaders=${signed}&Signature=${signature}`
	};
}
// build/sources/flags/azure-app-configuration/shapes.js
/**
* A feature flag of Azure App Configuration: as a key-value
* (https://github.com/microsoft/FeatureManagement/blob/main/Schema/FeatureFlag.v2.0.0.schema.json), and as a resource of its own, the
* "enhanced feature flag" (https://learn.microsoft.com/azure/azure-app-configuration/rest-api-enhanced-feature-flag).
*/
const text = string();
const filterForm = looseObject({
	name: text,
	parameters: nullish(record(text, unknown()))
});
const filters = nullish(array(filterForm));
const override = nullish(picklist([
	"None",
	"Enabled",
	"Disabled"
]));
const names = array(text);
/** What both have. */
const common = {
	enabled: boolean(),
	allocation: nullish(looseObject({
		default_when_enabled: nullish(text),
		default_when_disabled: nullish(text),
		user: nullish(array(looseObject({
			variant: text,
			users: names
		}))),
		group: nullish(array(looseObject({
			variant: text,
			groups: names
		}))),
		percentile: nullish(array(looseObject({
			variant: text,
			from: number(),
			to: number()
		})))
	}))
};
/** The value of a key-value of the content type of feature flags. */
const documentForm = looseObject({
	...common,
	id: text,
	conditions: nullish(looseObject({
		requirement_type: nullish(picklist(["Any", "All"])),
		client_filters: filters
	})),
	variants: nullish(array(looseObject({
		name: text,
		configuration_value: nullish(unknown()),
		status_override: override
	})))
});
/** An enhanced feature flag. */
const enhancedForm = looseObject({
	...common,
	name: text,
	label: nullish(text),
	etag: text,
	last_modified: nullish(text),
	locked: nullish(boolean()),
	conditions: nullish(looseObject({
		requirement_type: nullish(picklist(["Any", "All"])),
		filters
	})),
	variants: nullish(array(looseObject({
		name: text,
		value: nullish(text),
		status_override: override
	})))
});
const keyValueForm = looseObject({
	key: text,
	label: nullish(text),
	content_type: nullish(text),
	value: nullish(text),
	etag: text,
	last_modified: nullish(text),
	locked: nullish(boolean()),
	tags: nullish(record(text, unknown()))
});
const pageForm = looseObject({
	items: array(unknown()),
	"@nextLink": nullish(text)
});
function flagOf(name, raw) {
	const { enabled, conditions, variants, allocation } = raw;
	const written = conditions && ("client_filters" in conditions ? conditions.client_filters : conditions.filters);
	return {
		name,
		enabled,
		all: conditions?.requirement_type === "All",
		filters: written ?? [],
		variants: (variants ?? []).map((variant) => ({
			name: variant.name,
			value: ("configuration_value" in variant ? variant.configuration_value : variant.value) ?? null,
			override: variant.status_override === "None" ? void 0 : variant.status_override ?? void 0
		})),
		allocation: allocation ?? {}
	};
}
// build/sources/flags/azure-app-configuration/client.js
/** Asks Azure App Configuration's data plane (https://learn.microsoft.com/azure/azure-app-configuration/rest-api). */
const fields = strictObject({
	endpoint: described(httpUrl, "Address of the store: `https://STORE.azconfig.io`."),
	label: described(optional(filled), "Label of the flags, which often is the environment. Default: those without a label."),
	flags: described(optional(picklist([
		"both",
		"classic",
		"enhanced"
	]), "both"), "Which kind of feature flags: key-values (`classic`), or resources of their own (`enhanced`, in preview). Default: `both`, and a flag that is there twice is not believed."),
	credential: described(optional(filled), "Id of an access key, with `secret`, in place of signing in to Microsoft Entra."),
	secret: described(optional(secret), "Value of the access key."),
	...azureFields
});
const schema = pipe(fields, check((c) => c.credential === void 0 === (c.secret === void 0), "`credential` and `secret` together"), check((c) => c.secret === void 0 || c.token === void 0 && c["sign-in"] === void 0, "either an access key or a way to sign in"));
const versions = {
	classic: "2023-11-01",
	enhanced: "2026-05-01-preview"
};
const paths = {
	classic: "/kv",
	enhanced: "/feature-management/ff"
};
const keyPrefix = ".appconfig.featureflag/";
const needs = "the role App Configuration Data Reader";
var Client = class {
	config;
	context;
	#tokens;
	/** By id, with their sequence number: what was written is read with them. */
	#syncTokens = /* @__PURE__ */ new Map();
	constructor(config, outside) {
		this.config = config;
		this.#tokens = config.secret === void 0 ? azureTokens(config, outside) : void 0;
		this.context = {
			...outside,
			http: { send: (request) => this.#send(outside, request) }
		};
	}
	async #send(outside, request) {
		const { credential = "", secret: key = "", cloud } = this.config;
		const sync = [...this.#syncTokens].map(([id, { value }]) => `${id}=${value}`).join(",");
		const headers = {
			...request.headers,
			...sync === "" ? {} : { "sync-token": sync }
		};
		const sent = {
			...request,
			headers
		};
		const response = this.#tokens ? await sendToAzure(outside, this.#tokens, azureClouds[cloud].appConfigurationScope, sent) : await outside.http.send({
			...sent,
			headers: {
				...headers,
				...signatureOf(sent, {
					credential,
					secret: key
				}, outside.clock.now())
			}
		});
		this.#remember(response.headers["sync-token"]);
		return response;
	}
	/** `id=value;sn=12`, several with commas; the highest number of each id counts. */
	#remember(header) {
		for (const [, id = "", value = "", sn] of (header ?? "").matchAll(/([^=;,\s]+)=([^;,]*);sn=(\d+)/g)) if (Number(sn) > (this.#syncTokens.get(id)?.sn ?? -1)) this.#syncTokens.set(id, {
			value,
			sn: Number(sn)
		});
	}
	url(kind, name, query = {}) {
		const path = name === void 0 ? "" : `/${encodeURIComponent(kind === "classic" ? keyPrefix + name : name)}`;
		const search = new URLSearchParams({
			label: this.#label,
			...query,
			"api-version": versions[kind]
		});
		return `${this.config.endpoint}${paths[kind]}${path}?${search.toString()}`;
	}
	/** Of flags without a label, by its name in queries. */
	get #label() {
		return this.config.label ?? "\0";
	}
	async one(kind, name, signal) {
		return await this.#get(kind, this.url(kind, name), signal);
	}
	async #get(kind, url, signal) {
		try {
			const response = await read(this.context, {
				url,
				headers: {},
				needs
			}, signal);
			return response && {
				body: parseJson(response, this.config.endpoint),
				text: response.text
			};
		} catch (error) {
			if (kind === "enhanced" && error instanceof NotMeasured && error.code === "bad-query" && /api-version/i.test(error.message)) return void 0;
			throw error;
		}
	}
	/** All of one kind, with any label or with that of the source, to the last page. */
	async *list(kind, query, signal) {
		const { endpoint } = this.config;
		const first = kind === "classic" ? {
			key: `${keyPrefix}*`,
			...query
		} : query;
		const seen = /* @__PURE__ */ new Set();
		for (let url = this.url(kind, void 0, first); url !== void 0;) {
			seen.add(url);
			const answer = await this.#get(kind, url, signal);
			if (!answer && kind === "enhanced" && seen.size === 1) return;
			if (!answer) throw new NotMeasured("not-found", `${endpoint} is no App Configuration store (404)`, { permanent: true });
			const page = shaped(pageForm, {
				status: 200,
				headers: {},
				text: answer.text
			}, url);
			yield* page.items;
			const next = page["@nextLink"];
			if (!next) return;
			url = new URL(next, `${endpoint}/`).toString();
			if (new URL(url).origin !== new URL(endpoint).origin || seen.has(url)) throw new NotMeasured("bad-answer", `${endpoint} leads its list elsewhere, or never ends it`);
		}
	}
	/** Whether a flag is there under another label. */
	async isElsewhere(kind, name, signal) {
		const escaped = name.replace(/[\\*,]/g, "\\$&");
		const query = kind === "classic" ? {
			key: keyPrefix + escaped,
			label: "*"
		} : {
			name: escaped,
			label: "*"
		};
		for await (const _ of this.list(kind, query, signal)) return true;
		return false;
	}
	/** @param body the document as it is to be @throws {Refused} `changed-in-between`, `locked`, `permission` */
	async put(kind, name, etag, body, signal) {
		await change(this.context, {
			method: "PUT",
			url: this.url(kind, name),
			headers: {
				"content-type": {
					classic: "application/vnd.microsoft.appconfig.kv+json",
					enhanced: "application/json"
				}[kind],
				"if-match": `"${etag}"`
			},
			body,
			needs: "the role App Configuration Data Owner",
			refusal: ({ status }) => status === 409 ? new Refused("locked", `${name} is locked (409)`, "unlock it: az appconfig feature unlock") : void 0
		}, signal);
	}
};
// build/sources/flags/azure-app-configuration/definition.js
/**
* From a feature flag of Azure to a definition at one instant, as Microsoft's feature management libraries evaluate it
* (https://learn.microsoft.com/azure/azure-app-configuration/feature-management-dotnet-reference). Pure.
*/
/** @param now milliseconds since the epoch */
function definitionOf(flag, meaning, now) {
	const who = passing(flag, now);
	return flag.variants.length > 0 ? ofVariants(flag, who, meaning) : ofSwitch(flag, who);
}
function ofSwitch({ enabled }, who) {
	return {
		enabled,
		kind: "boolean",
		variants: [{
			name: "true",
			value: true
		}, {
			name: "false",
			value: false
		}],
		rules: who.is === "everyone" ? [] : [{
			who,
			serves: serve("true")
		}],
		otherwise: serve(who.is === "everyone" ? "true" : "false"),
		off: serve("false")
	};
}
/** For whom the filters hold. */
function passing({ filters, all, name }, now) {
	const parts = filters.map((filter) => audienceOf(filter, name, now));
	const [only] = parts;
	if (only === void 0) return everyone;
	if (parts.length === 1) return only;
	return all ? allOf(...parts) : anyOf(...parts);
}
const isNamed = ({ name }, short) => [
	short,
	`microsoft.${short}`,
	`${short}filter`
].includes(name.toLowerCase());
const isTargeting = (filter) => isNamed(filter, "targeting");
const isPercentage = (filter) => isNamed(filter, "percentage");
const isTimeWindow = (filter) => isNamed(filter, "timewindow");
function audienceOf(filter, flag, now) {
	const unknown = matching(`filter ${oneLine(filter.name, 60)}`);
	if (isPercentage(filter)) {
		const percent = percentIn(parameter(filter, "Value"));
		return percent === void 0 ? unknown : percentOf(percent);
	}
	if (isTimeWindow(filter)) return windowOf(filter, now) ?? unknown;
	if (isTargeting(filter)) return targeted(filter, flag) ?? unknown;
	return unknown;
}
/** Names of parameters are read whatever their case. Enhanced flags hold each as a text. */
function parameter({ parameters }, name) {
	const found = Object.entries(parameters ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
	if (typeof found !== "string") return found;
	try {
		return JSON.parse(found);
	} catch {
		return found;
	}
}
function percentIn(value) {
	const percent = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
	return typeof percent === "number" && percent >= 0 && percent <= 100 ? percent : void 0;
}
function windowOf(filter, now) {
	const [start, end] = ["Start", "End"].map((name) => parameter(filter, name));
	if (parameter(filter, "Recurrence") !== void 0 || !start && !end) return void 0;
	const [from, to] = [start, end].map((x) => typeof x === "string" ? Date.parse(x) : NaN);
	if (start && Number.isNaN(from) || end && Number.isNaN(to)) return void 0;
	return (!start || now >= (from ?? 0)) && (!end || now < (to ?? 0)) ? everyone : nobody;
}
const lists = nullish(array(string()), []);
const audienceForm = object({
	Users: lists,
	Groups: nullish(array(object({
		Name: string(),
		RolloutPercentage: number()
	})), []),
	DefaultRolloutPercentage: nullish(number(), 0),
	Exclusion: nullish(object({
		Users: lists,
		Groups: lists
	}))
});
/** Names as the libraries bind them: whatever their case. */
function capitalised(value) {
	if (Array.isArray(value)) return value.map(capitalised);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, x]) => [key.charAt(0).toUpperCase() + key.slice(1), capitalised(x)]));
}
const audienceIn = (filter) => {
	const parsed = safeParse(audienceForm, capitalised(parameter(filter, "Audience")));
	return parsed.success ? parsed.output : void 0;
};
/** Those who are excluded, else users by name, groups by their percentage, and a percentage of all. */
function targeted(filter, flag) {
	const found = audienceIn(filter);
	if (!found) return void 0;
	const { Users, Groups, DefaultRolloutPercentage, Exclusion } = found;
	if ([DefaultRolloutPercentage, ...(Groups ?? []).map((group) => group.RolloutPercentage)].some((percent) => percentIn(percent) === void 0)) return void 0;
	const included = anyOf(...listed(Users ?? []), ...(Groups ?? []).map(({ Name, RolloutPercentage }) => allOf(inGroup(Name), percentOf(RolloutPercentage, `${flag}\n${Name}`))), percentOf(DefaultRolloutPercentage ?? 0, flag));
	const excluded = [...listed(Exclusion?.Users ?? []), ...(Exclusion?.Groups ?? []).map(inGroup)];
	return excluded.length === 0 ? included : allOf(included, {
		is: "not",
		part: anyOf(...excluded)
	});
}
const listed = (users) => users.length === 0 ? [] : [individuals(users.length)];
const inGroup = (name) => matching(`group ${oneLine(name, 60)}`, name);
/** No variant, of a flag that is not enabled: whoever asks whether it is gets the old code. */
const none = "(none)";
/**
* An application may ask which variant it gets, or whether the flag is enabled. Where the two do not say the same, what is served is
* neither on nor off.
*/
function ofVariants(flag, who, meaning) {
	const { enabled, variants, allocation } = flag;
	const entries = /* @__PURE__ */ new Map([[none, meaning.off[0] ?? false]]);
	const serving = (name, status, mayOverride) => {
		if (name === null || name === void 0) return serve(status ? null : none);
		const variant = variants.find((one) => one.name === name);
		if (!variant) return unknownServing;
		const { override, value } = variant;
		const isOn = mayOverride && override ? override === "Enabled" : status;
		const is = classOf({
			variant: name,
			value
		}, meaning);
		if (is === "unclear" || is === (isOn ? "on" : "off")) {
			entries.set(name, value);
			return serve(name);
		}
		const odd = `${name}, ${isOn ? "enabled" : "disabled"}`;
		entries.set(odd, {
			variant: value ?? name,
			enabled: isOn
		});
		return serve(odd);
	};
	const allocated = (name) => serving(name, true, true);
	const rules = [
		...(allocation.user ?? []).map(({ variant, users }) => ({
			who: allOf(who, users.length === 0 ? nobody : individuals(users.length)),
			serves: allocated(variant)
		})),
		...(allocation.group ?? []).map(({ variant, groups }) => ({
			who: allOf(who, groups.length === 0 ? nobody : anyOf(...groups.map(inGroup))),
			serves: allocated(variant)
		})),
		{
			who,
			serves: percentiles(flag, allocated, serving(allocation.default_when_enabled, true, true))
		}
	];
	const otherwise = serving(allocation.default_when_disabled, false, true);
	const off = serving(allocation.default_when_disabled, false, false);
	return {
		enabled,
		kind: "multivariate",
		variants: [...entries].map(([name, value]) => ({
			name,
			value
		})),
		rules,
		otherwise,
		off
	};
}
/** Parts of one scale of users; what no part covers gets the default. */
function percentiles({ allocation }, allocated, byDefault) {
	const parts = [...allocation.percentile ?? []].sort((a, b) => a.from - b.from);
	let covered = 0;
	const shares = parts.flatMap(({ variant, from, to }, i) => {
		if (!(from >= 0 && to <= 100 && to >= from) || from < (parts[i - 1]?.to ?? 0)) covered = NaN;
		covered += to - from;
		return part(allocated(variant), to - from);
	});
	return Number.isNaN(covered) ? unknownServing : [...shares, ...part(byDefault, 100 - covered)];
}
const part = (serving, percent) => serving.map((share) => ({
	variant: share.variant,
	percent: percent * share.percent / 100
}));
// build/sources/flags/azure-app-configuration/read.js
/** The state of a feature flag under one label of Azure App Configuration. */
const contentType = "application/vnd.microsoft.appconfig.ff+json";
const bad = (message) => new NotMeasured("bad-definition", message, { permanent: true });
/** @throws {NotMeasured} `bad-answer`, `bad-definition` */
function classicFrom(body, endpoint) {
	const item = safeParse(keyValueForm, body);
	if (!item.success || !item.output.key.startsWith(".appconfig.featureflag/")) throw new NotMeasured("bad-answer", `${endpoint} answered in a shape that its API does not have: is the URL right?`);
	const { key, content_type, value, etag, last_modified, locked, tags } = item.output;
	const name = key.slice(23);
	const shown = oneLine(name, 60);
	if (!content_type?.toLowerCase().startsWith(contentType)) throw bad(`${shown} has not the content type of a feature flag, so that applications do not take it for one`);
	const document = value ?? "";
	let parsed;
	try {
		parsed = JSON.parse(document);
	} catch {
		throw bad(`the value of ${shown} is no JSON`);
	}
	const raw = safeParse(documentForm, parsed);
	if (!raw.success) {
		const at = getDotPath(raw.issues[0]);
		throw bad(`the value of ${shown} is no feature flag${at === null ? "" : ` (at ${at})`}`);
	}
	const { id } = raw.output;
	if (id !== name && !name.endsWith(`/${id}`)) throw bad(`${shown} calls itself ${oneLine(id, 60)}`);
	return {
		kind: "classic",
		flag: flagOf(name, raw.output),
		document,
		etag,
		modified: last_modified,
		locked: locked ?? false,
		around: {
			content_type,
			tags
		}
	};
}
/** @param document the flag as it is written */
function enhancedFrom(body, document, endpoint) {
	const raw = safeParse(enhancedForm, body);
	if (!raw.success) throw new NotMeasured("bad-answer", `${endpoint} answered in a shape that its API does not have: is the URL right?`);
	const { name, etag, last_modified, locked } = raw.output;
	return {
		kind: "enhanced",
		flag: flagOf(name, raw.output),
		document,
		etag,
		modified: last_modified,
		locked: locked ?? false
	};
}
const kindsOf = ({ config }) => config.flags === "both" ? ["classic", "enhanced"] : [config.flags];
const twice = (name) => bad(`${oneLine(name, 60)} is there twice, as a key-value and as an enhanced flag: say with \`flags\` which one applications read`);
async function find(client, name, signal) {
	const { endpoint } = client.config;
	const found = [];
	for (const kind of kindsOf(client)) {
		const answer = await client.one(kind, name, signal);
		if (!answer) continue;
		found.push(kind === "classic" ? classicFrom(answer.body, endpoint) : enhancedFrom(answer.body, answer.text, endpoint));
	}
	const [one, other] = found;
	if (one && other) throw twice(name);
	if (one && one.flag.name !== name) throw new NotMeasured("bad-answer", `${endpoint} answered for another flag`);
	return one;
}
/** All flags under the label. */
async function findAll(client, signal) {
	const { endpoint } = client.config;
	const found = /* @__PURE__ */ new Map();
	for (const kind of kindsOf(client)) for await (const item of client.list(kind, {}, signal)) {
		const one = kind === "classic" ? classicFrom(item, endpoint) : enhancedFrom(item, JSON.stringify(item), endpoint);
		if (found.has(one.flag.name)) throw twice(one.flag.name);
		found.set(one.flag.name, one);
	}
	return [...found.values()];
}
function stateFrom(found, meaning, now) {
	const { flag, etag, modified, locked } = found;
	const at = Date.parse(modified ?? "");
	return stateOf({
		key: flag.name,
		definition: definitionOf(flag, meaning, now),
		timeDependent: flag.filters.some(isTimeWindow),
		changed: Number.isNaN(at) ? null : {
			at: new Date(at).toISOString(),
			by: null,
			scope: "environment"
		},
		version: etag,
		kill: killOf(locked)
	}, meaning);
}
/** Of a flag that is not there under this label. */
async function absentState(client, name, signal) {
	const why = "it is there under another label only";
	for (const kind of kindsOf(client)) {
		if (!await client.isElsewhere(kind, name, signal)) continue;
		return {
			...missingState(name),
			exists: true,
			kill: {
				possible: false,
				scope: "none",
				why
			}
		};
	}
	return missingState(name);
}
function killOf(locked) {
	const scope = "environment";
	if (locked) return {
		possible: false,
		scope,
		blockedBy: "locked",
		why: "it is locked: unlock it (az appconfig feature unlock)"
	};
	return {
		possible: null,
		scope,
		why: "Azure does not say beforehand whether this credential may write"
	};
}
/** A field of the document, as it is written. */
const written = ({ document }, field) => rawAt(document, [field]);
// build/sources/flags/azure-app-configuration/control.js
/**
* Changes a feature flag: a patch of the document as it is written, so that whatever is not known here stays byte for byte (SDKs drop
* variants, allocation and telemetry), under the ETag that was read.
*/
/** As they were written; null: there was no such field. */
const undoForm = strictObject({
	enabled: boolean(),
	conditions: nullable(string())
});
/** Of an enhanced flag: what the service alone sets. */
const readOnly = [
	"etag",
	"name",
	"label",
	"last_modified",
	"locked"
];
function controlOf(client) {
	return {
		off: (flag, how, signal) => draft(client, flag, how, signal, ({ flag: { enabled }, document }) => enabled ? rawWith(document, ["enabled"], "false") : document),
		rollout: (flag, percent, how, signal) => draft(client, flag, how, signal, (found) => rolledOut(found, percent)),
		restore(flag, undo, how, signal) {
			const parsed = safeParse(undoForm, undo);
			if (!parsed.success) throw new Refused("refused", `what the record keeps of ${flag} is not from Azure`, "set it by hand");
			const { enabled, conditions } = parsed.output;
			return draft(client, flag, how, signal, (found) => {
				const switched = found.flag.enabled === enabled ? found.document : rawWith(found.document, ["enabled"], String(enabled));
				if ((written(found, "conditions") ?? null) === conditions) return switched;
				return conditions === null ? rawWithout(switched, ["conditions"]) : rawWith(switched, ["conditions"], conditions);
			});
		}
	};
}
async function draft(client, name, { meaning }, signal, plan) {
	const found = await find(client, name, signal);
	if (!found) {
		const what = (await absentState(client, name, signal)).exists ? `${name} is not there under this label` : `there is no flag ${name}`;
		throw new Refused("unknown-flag", what, "check its name, label and store");
	}
	const before = stateFrom(found, meaning, client.context.clock.now());
	const undo = {
		enabled: found.flag.enabled,
		conditions: written(found, "conditions") ?? null
	};
	const changed = plan(found);
	const words = `PUT ${new URL(client.url(found.kind, name)).pathname}`;
	if (changed === found.document) return {
		before,
		undo,
		words
	};
	if (found.locked) throw new Refused("locked", `${name} is locked`, "unlock it: az appconfig feature unlock");
	return {
		before,
		undo,
		words,
		send: async (ends) => client.put(found.kind, name, found.etag, bodyOf(found, changed), ends)
	};
}
function bodyOf({ kind, around }, changed) {
	if (kind === "enhanced") return readOnly.reduce((text, field) => rawWithout(text, [field]), changed);
	const { content_type, tags } = around ?? {};
	return JSON.stringify({
		value: changed,
		content_type,
		...tags ? { tags } : {}
	});
}
/** One percentage says who gets it: no filter yet, or one of Targeting or Percentage and nothing else. */
function rolledOut({ kind, flag, document }, percent) {
	const refuse = (what, next) => new Refused("too-complex", `${flag.name} ${what}`, next);
	if (flag.variants.length > 0) throw refuse("serves variants, so no percentage says who gets it", "set it by hand");
	const list = kind === "classic" ? "client_filters" : "filters";
	const [filter, ...more] = flag.filters;
	if (more.length > 0) throw refuse("has several filters, so no percentage says who gets it", "leave it one");
	const on = flag.enabled ? document : rawWith(document, ["enabled"], "true");
	if (!filter) return withFilter(on, list, newFilter(kind, percent));
	const at = (...path) => [
		"conditions",
		list,
		0,
		"parameters",
		...path
	];
	if (isPercentage(filter)) {
		if (rawAt(document, at("Value")) === void 0) throw refuse("has a filter that is written unusually", "set it by hand");
		return rawWith(on, at("Value"), JSON.stringify(kind === "classic" ? percent : String(percent)));
	}
	const audience = isTargeting(filter) ? audienceIn(filter) : void 0;
	const named = audience && [
		audience.Users,
		audience.Groups,
		audience.Exclusion?.Users,
		audience.Exclusion?.Groups
	];
	if (!audience || named?.some((names) => (names ?? []).length > 0)) throw refuse("has a filter by which no percentage says who gets it", "leave it one of Targeting without users and groups");
	const raw = rawAt(document, at("Audience"));
	if (raw === void 0) throw refuse("has a filter that is written unusually", "set it by hand");
	const field = ["DefaultRolloutPercentage"];
	const inner = raw.startsWith("\"") ? JSON.parse(raw) : raw;
	const changed = rawWith(inner, field, String(percent));
	return rawWith(on, at("Audience"), raw.startsWith("\"") ? JSON.stringify(changed) : changed);
}
function newFilter(kind, percent) {
	const audience = {
		Users: [],
		Groups: [],
		DefaultRolloutPercentage: percent
	};
	const parameters = { Audience: kind === "classic" ? audience : JSON.stringify(audience) };
	return JSON.stringify({
		name: "Microsoft.Targeting",
		parameters
	});
}
function withFilter(document, list, filter) {
	const conditions = rawAt(document, ["conditions"]);
	if (conditions === void 0 || !conditions.startsWith("{")) return rawWith(document, ["conditions"], `{"${list}":[${filter}]}`);
	return rawWith(document, ["conditions", list], `[${filter}]`);
}
// build/sources/flags/azure-app-configuration/index.js
/** Source `azure-app-configuration`: the feature flags of one store and label of Azure App Configuration. */
const azureAppConfigurationSource = defineSource({
	type: "azure-app-configuration",
	families: ["flags"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		const { host } = new URL(config.endpoint);
		const kind = config.flags === "enhanced" ? "enhanced" : "classic";
		return {
			flags: answers({
				provider: "Azure App Configuration",
				place: config.label === void 0 ? host : `${config.label} of ${host}`,
				context,
				read: async (flag, meaning, signal) => {
					const found = await find(client, flag, signal);
					return found ? stateFrom(found, meaning, context.clock.now()) : await absentState(client, flag, signal);
				},
				list: async (meaning, signal) => (await findAll(client, signal)).map((found) => stateFrom(found, meaning, context.clock.now())),
				url: (flag) => client.url(kind, flag)
			}),
			control: controlOf(client)
		};
	}
});
export { azureAppConfigurationSource };
