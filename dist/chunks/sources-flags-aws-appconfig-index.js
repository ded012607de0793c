import { $ as optional, A as check, F as integer, H as looseObject, O as array, X as nullish, Y as nullable, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, it as pipe, k as boolean, ot as record, rt as picklist, st as regex, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl } from "./base.js";
import { S as shaped, _ as statesMeasured, c as percentOf, d as rawAt, f as rawWith, g as stateOf, h as missingState, i as everyone, l as serve, m as asksFor, n as allOf, o as matching, p as rawWithout, r as anyOf, s as nobody, u as unknownServing, v as rulesOf } from "./flags.js";
import { J as oneWayToAws, K as awsEndpoint, Q as awsWords, X as signsInToAwsOneWay, Y as sendToAws, Z as awsErrorOf, q as awsFields } from "./late.js";
import { vr as oneLine } from "./shared.js";
// build/sources/flags/aws-appconfig/shapes.js
/**
* Answers of AWS AppConfig (https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference), and the document of a profile of the type
* `AWS.AppConfig.FeatureFlags` (https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-type-reference-feature-flags.html).
*/
const text = string();
const count = pipe(number(), integer());
const profileForm = looseObject({
	Id: text,
	Name: text,
	Type: nullish(text),
	LocationUri: nullish(text)
});
const deployment = {
	DeploymentNumber: count,
	ConfigurationVersion: text,
	State: picklist([
		"BAKING",
		"VALIDATING",
		"DEPLOYING",
		"COMPLETE",
		"ROLLING_BACK",
		"ROLLED_BACK",
		"REVERTED"
	]),
	PercentageComplete: nullish(number()),
	StartedAt: nullish(text),
	CompletedAt: nullish(text)
};
/** `ListDeployments`: newest first. It names the profile, and does not give its id. */
const deploymentsForm = looseObject({
	Items: array(looseObject({
		...deployment,
		ConfigurationName: nullish(text)
	})),
	NextToken: nullish(text)
});
/** `GetDeployment`. */
const deploymentForm = looseObject({
	...deployment,
	ConfigurationProfileId: text
});
/** `ListHostedConfigurationVersions`: newest first. */
const versionsForm = looseObject({
	Items: array(looseObject({ VersionNumber: count })),
	NextToken: nullish(text)
});
const variant = looseObject({
	name: text,
	enabled: nullish(boolean()),
	rule: nullish(text),
	attributeValues: nullish(looseObject({}))
});
const value = looseObject({
	enabled: nullish(boolean()),
	_updatedAt: nullish(text),
	_variants: nullish(array(variant))
});
const documentForm = looseObject({
	version: text,
	flags: optional(record(text, looseObject({ _deprecation: nullish(looseObject({ status: nullish(text) })) })), {}),
	values: optional(record(text, value), {})
});
// build/sources/flags/aws-appconfig/client.js
/** Asks AWS AppConfig's REST API, which is signed like all of AWS. */
const id = pipe(string(), regex(/^[a-z0-9]{4,7}$/, "an id of 4 to 7 lower-case letters and digits"));
const fields = strictObject({
	...awsFields,
	application: described(id, "Id of the application."),
	environment: described(id, "Id of the environment."),
	profile: described(id, "Id of the configuration profile, of the type feature flags."),
	strategy: described(optional(pipe(string(), regex(/^(?:[a-z0-9]{4,7}|AppConfig\.[A-Za-z0-9]{9,40})$/, "the id of a deployment strategy")), "AppConfig.AllAtOnce"), "Deployment strategy of a change. Default: `AppConfig.AllAtOnce`, which bakes for ten minutes, in which nothing else can be deployed."),
	endpoint: described(optional(httpUrl), "Base URL, for a private endpoint. Default: `https://appconfig.REGION.amazonaws.com`.")
});
const schema = pipe(fields, check((c) => signsInToAwsOneWay(c), oneWayToAws));
const pageSize = "50";
const notDeployed = /* @__PURE__ */ new Set(["ROLLED_BACK", "REVERTED"]);
var Client = class {
	config;
	context;
	#url;
	/** Asked once in a run: it does not change while a train waits. */
	#profile;
	constructor(config, context) {
		this.config = config;
		this.context = context;
		this.#url = config.endpoint ?? awsEndpoint("appconfig", config.region);
	}
	get #versions() {
		const { application, profile } = this.config;
		return `/applications/${application}/configurationprofiles/${profile}/hostedconfigurationversions`;
	}
	get #deployments() {
		const { application, environment } = this.config;
		return `/applications/${application}/environments/${environment}/deployments`;
	}
	get deploymentsUrl() {
		return `${this.#url}${this.#deployments}`;
	}
	async #send(operation, path, request) {
		const { headers, ...rest } = request;
		const sent = {
			url: `${this.#url}${path}`,
			headers: {
				accept: "application/json",
				...headers
			},
			...rest
		};
		return await sendToAws(this.context, this.config, "appconfig", sent, `\`appconfig:${operation}\``);
	}
	/** @param what that is missing on 404; undefined: the caller tells */
	async #get(operation, path, what, signal) {
		const response = await this.#send(operation, path, { signal });
		const error = awsErrorOf(response);
		if (!error) return response;
		if (response.status === 404) throw new NotMeasured("not-found", `AWS AppConfig knows no ${what}${awsWords(error)}`, { permanent: true });
		const message = `AWS AppConfig refuses the question (${response.status})${awsWords(error)}`;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	async profile(signal) {
		this.#profile ??= this.#askProfile(signal).catch((error) => {
			this.#profile = void 0;
			throw error;
		});
		return await this.#profile;
	}
	async #askProfile(signal) {
		const { application, profile } = this.config;
		const path = `/applications/${application}/configurationprofiles/${profile}`;
		const what = `profile ${profile} of the application ${application}`;
		const found = shaped(profileForm, await this.#get("GetConfigurationProfile", path, what, signal), this.#url);
		if (found.Id !== profile) throw new NotMeasured("bad-answer", `${this.#url} answered for another profile`);
		if (found.Type !== "AWS.AppConfig.FeatureFlags" || found.LocationUri !== "hosted") {
			const message = `the profile ${oneLine(found.Name, 60)} holds no feature flags in AppConfig's own store`;
			throw new NotMeasured("bad-query", message, { permanent: true });
		}
		return found;
	}
	/** @returns undefined where nothing of the profile was ever deployed to the environment */
	async deployed(signal) {
		const { Name } = await this.profile(signal);
		let newest;
		for await (const number of this.#numbersOf(Name, signal)) {
			const deployment = await this.#deployment(number, signal);
			if (!deployment || notDeployed.has(deployment.State)) continue;
			const done = deployment.State === "COMPLETE";
			if (newest) {
				if (done) return {
					newest,
					underWay: { before: deployment.ConfigurationVersion }
				};
			} else {
				newest = deployment;
				if (done) return {
					newest,
					underWay: void 0
				};
			}
		}
		return newest && {
			newest,
			underWay: { before: null }
		};
	}
	/** Newest first. */
	async *#numbersOf(name, signal) {
		const seen = /* @__PURE__ */ new Set();
		const what = `environment ${this.config.environment} of the application ${this.config.application}`;
		for (let token = "";;) {
			const query = new URLSearchParams({
				max_results: pageSize,
				...token === "" ? {} : { next_token: token }
			});
			const path = `${this.#deployments}?${query.toString()}`;
			const page = shaped(deploymentsForm, await this.#get("ListDeployments", path, what, signal), this.#url);
			for (const item of page.Items) if (item.ConfigurationName === name) yield item.DeploymentNumber;
			seen.add(token);
			token = page.NextToken ?? "";
			if (token === "") return;
			if (seen.has(token)) throw new NotMeasured("bad-answer", `${this.#url} never ends its list of deployments`);
		}
	}
	/** @returns undefined where it deploys another profile, of the same name */
	async #deployment(number, signal) {
		const path = `${this.#deployments}/${number}`;
		const response = await this.#get("GetDeployment", path, `deployment ${number}`, signal);
		const found = shaped(deploymentForm, response, this.#url);
		if (found.DeploymentNumber !== number) throw new NotMeasured("bad-answer", `${this.#url} answered for another deployment`);
		return found.ConfigurationProfileId === this.config.profile ? found : void 0;
	}
	/** The newest version, deployed or not; undefined: there is none. */
	async latest(signal) {
		const path = `${this.#versions}?max_results=1`;
		const response = await this.#get("ListHostedConfigurationVersions", path, "profile", signal);
		const { Items } = shaped(versionsForm, response, this.#url);
		return Items[0]?.VersionNumber;
	}
	/** A version as it is written, and what it says. */
	async document(version, signal) {
		if (!/^\d+$/.test(version)) throw new NotMeasured("bad-answer", `${this.#url} deploys a version that is no number: ${oneLine(version, 40)}`);
		const path = `${this.#versions}/${version}`;
		const response = await this.#get("GetHostedConfigurationVersion", path, `version ${version}`, signal);
		const document = shaped(documentForm, response, this.#url);
		if (document.version !== "1") throw new NotMeasured("bad-answer", `${this.#url} has flags in a format that is not known here`);
		return {
			text: response.text,
			document
		};
	}
	/**
	* Writes a new version, if `latest` is still the newest, and starts its deployment, if `newest` is still the newest of the profile.
	*
	* @throws {Refused} {NotMeasured}
	*/
	async deploy(text, latest, newest, note, signal) {
		const description = oneLine(note.replace(/[^\x20-\x7e]/g, "?"), 1e3);
		const { profile, strategy } = this.config;
		const version = (await this.#change("CreateHostedConfigurationVersion", this.#versions, {
			headers: {
				"content-type": "application/json",
				"latest-version-number": String(latest),
				description
			},
			body: text,
			signal
		})).headers["version-number"] ?? "";
		if (!/^\d+$/.test(version)) throw new NotMeasured("bad-answer", `${this.#url} does not say which version it made, so nothing was deployed`);
		const now = await this.deployed(signal);
		if (now?.newest.DeploymentNumber !== newest || now.underWay) {
			const message = `another deployment was started in between; version ${version} is written, and not deployed`;
			throw new Refused("changed-in-between", message, "see who deploys at the same time, then run this again");
		}
		const wanted = {
			ConfigurationProfileId: profile,
			ConfigurationVersion: version,
			DeploymentStrategyId: strategy,
			Description: description
		};
		await this.#change("StartDeployment", this.#deployments, {
			headers: { "content-type": "application/json" },
			body: JSON.stringify(wanted),
			signal
		});
	}
	async #change(operation, path, request) {
		let response;
		try {
			response = await this.#send(operation, path, {
				method: "POST",
				once: true,
				...request
			});
		} catch (error) {
			if (error instanceof NotMeasured && ["forbidden", "unauthorized"].includes(error.code)) throw new Refused("permission", error.message, `give its role or user the permission appconfig:${operation}`);
			throw error;
		}
		const error = awsErrorOf(response);
		if (!error) return response;
		const said = `${operation} is refused (${response.status})${awsWords(error)}`;
		if (response.status === 409) throw new Refused("changed-in-between", said, "see who changes or deploys the profile at the same time, then run this again");
		throw new Refused("refused", said, "see the provider's words, and change it by hand");
	}
};
// build/sources/flags/aws-appconfig/rule.js
/**
* Rules of variants: expressions in brackets with the operator first
* (https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-multi-variant-feature-flags-rules-operators.html). Pure.
*/
/** The rule is a split and nothing more. */
function splitOf(rule) {
	const expression = parse(rule);
	return expression === void 0 ? void 0 : asSplit(expression);
}
/** Those for whom a rule holds; what is not understood is a condition. */
function audienceOf(rule) {
	const expression = parse(rule);
	return expression === void 0 ? condition(rule) : audience(expression, rule);
}
const condition = (rule) => matching(oneLine(rule, 80));
function audience(expression, rule) {
	if (expression === "true") return everyone;
	if (expression === "false") return nobody;
	if (typeof expression === "string") return condition(rule);
	const [operator, ...given] = expression;
	const parts = () => given.map((part) => audience(part, rule));
	if (operator === "and" && given.length > 0) return allOf(...parts());
	if (operator === "or" && given.length > 0) return anyOf(...parts());
	const [only] = given;
	if (operator === "not" && only !== void 0 && given.length === 1) return {
		is: "not",
		part: audience(only, rule)
	};
	const split = asSplit(expression);
	return split ? allOf(percentOf(split.percent, split.hash), matching(`with $${split.by}`)) : condition(rule);
}
function asSplit(expression) {
	if (typeof expression === "string" || expression[0] !== "split") return void 0;
	const named = /* @__PURE__ */ new Map();
	for (const part of expression.slice(1)) {
		const [, name, value] = typeof part === "string" ? /^(\w+)::(.*)$/s.exec(part) ?? [] : [];
		if (name === void 0 || value === void 0 || named.has(name)) return void 0;
		named.set(name, value);
	}
	const [, by] = /^\$([\w.-]+)$/.exec(named.get("by") ?? "") ?? [];
	const pct = named.get("pct") ?? "";
	const percent = /^\d+(?:\.\d+)?$/.test(pct) ? Number(pct) : NaN;
	if (by === void 0 || !(percent <= 100)) return void 0;
	if ([...named.keys()].some((name) => ![
		"by",
		"pct",
		"seed"
	].includes(name))) return void 0;
	return {
		percent,
		by,
		hash: `${by}\n${named.get("seed") ?? ""}`
	};
}
const token = /\s*(?:([()])|((?:\w+::)?"(?:[^"\\]|\\.)*")|((?:[^\s()"]|"(?:[^"\\]|\\.)*")+))/gsy;
const deepest = 100;
/** @returns undefined where it is no single expression */
function parse(rule) {
	const stack = [[]];
	token.lastIndex = 0;
	const text = rule.trim();
	while (token.lastIndex < text.length) {
		const found = token.exec(text);
		if (!found) return void 0;
		const [, bracket, quoted, atom] = found;
		if (bracket === "(") {
			if (stack.length > deepest) return void 0;
			stack.push([]);
		} else if (bracket === ")") {
			const done = stack.pop();
			const holder = stack.at(-1);
			if (!done || !holder) return void 0;
			holder.push(done);
		} else stack.at(-1)?.push(quoted ?? atom ?? "");
	}
	const [[only, ...more] = [], ...open] = stack;
	return open.length > 0 || more.length > 0 ? void 0 : only;
}
// build/sources/flags/aws-appconfig/definition.js
/** From a flag of AWS AppConfig to a definition. Pure. */
/** What is served once it is off, whatever its variants are called. */
const off = "(off)";
function definitionOf(flag) {
	const variants = flag?._variants ?? [];
	if (variants.length > 0) return ofVariants(variants);
	return {
		enabled: flag?.enabled ?? null,
		kind: "boolean",
		variants: [{
			name: "enabled",
			value: true
		}, {
			name: off,
			value: false
		}],
		rules: [],
		otherwise: flag?.enabled === true ? serve("enabled") : unknownServing,
		off: serve(off)
	};
}
/** In order; the last has no rule and is the default. Each has a switch of its own, and the flag has none. */
function ofVariants(variants) {
	const named = variants.map(({ name }) => name);
	const isUnambiguous = new Set(named).size === named.length;
	const serving = (name) => isUnambiguous ? serve(name) : unknownServing;
	const last = variants.findIndex(({ rule }) => rule === null || rule === void 0 || rule === "");
	const ruled = last < 0 ? variants : variants.slice(0, last);
	const byDefault = last < 0 ? unknownServing : serving(named[last] ?? "");
	const splits = ruled.map(({ rule }) => splitOf(rule ?? ""));
	const first = firstOfRun(splits);
	const hashed = splits[first];
	return {
		enabled: null,
		kind: variants.some(({ attributeValues }) => Object.keys(attributeValues ?? {}).length > 0) ? "multivariate" : "boolean",
		variants: [...variants.map(({ name, enabled }) => ({
			name,
			value: enabled ?? null
		})), {
			name: off,
			value: false
		}],
		rules: [...ruled.slice(0, first).map(({ name, rule }) => ({
			who: audienceOf(rule ?? ""),
			serves: serving(name)
		})), ...hashed ? [{
			who: matching(`without $${hashed.by}`),
			serves: byDefault
		}] : []],
		otherwise: hashed ? nested(ruled.slice(first).map(({ name }, i) => ({
			serves: serving(name),
			percent: splits[first + i]?.percent ?? 0
		})), byDefault) : byDefault,
		off: serve(off)
	};
}
/** Where the splits begin that stand last and all hash alike. */
function firstOfRun(splits) {
	const hash = splits.at(-1)?.hash;
	let first = splits.length;
	while (hash !== void 0 && splits[first - 1]?.hash === hash) first -= 1;
	return first;
}
/** The same hash puts those below 20 % below 25 % too, so the second serves 5 %. */
function nested(parts, byDefault) {
	let below = 0;
	const part = (serves, percent) => serves.map(({ variant, percent: of }) => ({
		variant,
		percent: percent * of / 100
	}));
	return [...parts.flatMap(({ serves, percent }) => {
		const more = Math.max(0, percent - below);
		below = Math.max(below, percent);
		return part(serves, more);
	}), ...part(byDefault, 100 - below)];
}
/**
* While a deployment is under way some targets have the new version and the others the old one.
*
* @param percent of the targets that may have it; undefined: not known
*/
function underWay(now, before, percent) {
	const fetched = matching("targets that have fetched the new version");
	const who = percent === void 0 ? fetched : allOf(percentOf(percent), fetched);
	const renamed = before.variants.map(({ name, value }) => ({
		name: `${name} (before)`,
		value
	}));
	const asBefore = (serving) => serving.map((share) => ({
		...share,
		variant: share.variant === null ? null : `${share.variant} (before)`
	}));
	const old = rulesOf(before).map((rule) => ({
		who: rule.who,
		serves: asBefore(rule.serves)
	}));
	return {
		enabled: now.enabled === before.enabled ? now.enabled : null,
		kind: now.kind,
		variants: [...now.variants, ...renamed],
		rules: [...rulesOf(now).map((rule) => ({
			who: rule.who.is === "everyone" ? who : allOf(who, rule.who),
			serves: rule.serves
		})), ...old.slice(0, -1)],
		otherwise: old.at(-1)?.serves ?? unknownServing,
		off: now.off
	};
}
// build/sources/flags/aws-appconfig/read.js
async function readAll(client, signal) {
	const deployed = await client.deployed(signal);
	const latest = await client.latest(signal);
	const version = deployed?.newest.ConfigurationVersion ?? latest;
	const newest = version === void 0 ? void 0 : await client.document(String(version), signal);
	const old = deployed?.underWay?.before;
	const before = typeof old === "string" ? (await client.document(old, signal)).document : void 0;
	const keys = [newest?.document, before].flatMap((document) => document ? keysOf(document) : []);
	const notes = [...deployed && latest !== void 0 && String(latest) !== deployed.newest.ConfigurationVersion ? [`version ${latest} is newer than what is deployed (${deployed.newest.ConfigurationVersion})`] : [], ...deployed?.underWay ? [`deployment ${deployed.newest.DeploymentNumber} is ${deployed.newest.State}`] : []];
	return {
		keys: [...new Set(keys)],
		deployed,
		newest,
		before,
		notes
	};
}
const keysOf = ({ flags, values }) => [...Object.keys(flags), ...Object.keys(values)];
const has = (document, key) => document !== void 0 && (Object.hasOwn(document.flags, key) || Object.hasOwn(document.values, key));
const valueIn = (document, key) => document && Object.hasOwn(document.values, key) ? document.values[key] : void 0;
function stateIn({ deployed, newest, before }, key, meaning) {
	const document = newest?.document;
	if (!has(document, key) && !has(before, key)) return missingState(key);
	if (!deployed) {
		const why = "nothing of its profile is deployed to the environment";
		return {
			...missingState(key),
			exists: true,
			kill: {
				possible: false,
				scope: "none",
				why
			}
		};
	}
	const { DeploymentNumber, State, StartedAt, CompletedAt, PercentageComplete, ConfigurationVersion } = deployed.newest;
	const now = definitionOf(valueIn(document, key));
	const at = Date.parse(CompletedAt ?? StartedAt ?? "");
	const facts = {
		key,
		...deployed.underWay ? { managedBy: "a deployment" } : {},
		changed: Number.isNaN(at) ? null : {
			at: new Date(at).toISOString(),
			by: null,
			scope: "file"
		},
		deprecated: (document && Object.hasOwn(document.flags, key) && document.flags[key]?._deprecation?.status === "planned") ?? false,
		version: `${DeploymentNumber}/${ConfigurationVersion}`,
		kill: deployed.underWay ? blocked(DeploymentNumber) : untold
	};
	const percent = State === "ROLLING_BACK" ? void 0 : PercentageComplete ?? void 0;
	if (!deployed.underWay || percent !== void 0 && percent >= 100) return stateOf({
		...facts,
		definition: now
	}, meaning);
	const then = definitionOf(valueIn(before, key));
	const old = stateOf({
		...facts,
		definition: then
	}, meaning);
	const state = stateOf({
		...facts,
		definition: underWay(now, then, percent)
	}, meaning);
	const { reach } = stateOf({
		...facts,
		definition: now
	}, meaning);
	return {
		...state,
		reach: reach === old.reach && (reach === "nobody" || reach === "everyone") ? reach : "unknown"
	};
}
const untold = {
	possible: null,
	scope: "environment",
	why: "AWS does not say beforehand whether the credentials may write a version and deploy it, or whether an alarm would roll it back"
};
const blocked = (number) => ({
	possible: false,
	scope: "environment",
	blockedBy: "managed",
	why: `deployment ${number} is under way, and AWS takes no other until it is complete: wait for it, or stop it`
});
// build/sources/flags/aws-appconfig/control.js
/**
* Changes a flag: a new version of the whole document, as it is deployed but for the flag's switches, and a deployment of it to all at
* once. Versions that were written and never deployed stay as they are.
*/
/** Switches as they were written; null: there was none. `variants`: by name, in their order. */
const undoForm = strictObject({
	enabled: nullable(boolean()),
	variants: array(strictObject({
		name: string(),
		enabled: nullable(boolean())
	}))
});
function controlOf(client) {
	return {
		off: (flag, how, signal) => draft(client, flag, how, signal, ({ enabled, variants }) => ({
			enabled: variants.length > 0 ? enabled : false,
			variants: variants.map((one) => ({
				...one,
				enabled: false
			}))
		})),
		restore(flag, undo, how, signal) {
			const parsed = safeParse(undoForm, undo);
			if (!parsed.success) throw new Refused("refused", `what the record keeps of ${flag} is not from AWS AppConfig`, "set it by hand");
			return draft(client, flag, how, signal, ({ variants }) => {
				const names = (of) => JSON.stringify(of.map(({ name }) => name));
				if (names(variants) === names(parsed.output.variants)) return parsed.output;
				throw new Refused("too-complex", `${flag} cannot be put back as it was: its variants are others now`, "set it by hand; the record has its state");
			});
		}
	};
}
async function draft(client, flag, { meaning, note }, signal, wantedOf) {
	const all = await readAll(client, signal);
	const before = stateIn(all, flag, meaning);
	const { deployed, newest } = all;
	if (!before.exists || !before.configured || !deployed || !newest) {
		const what = before.exists ? `${flag} is deployed nowhere in this environment` : `there is no flag ${flag}`;
		throw new Refused("unknown-flag", what, "check its name, profile and environment");
	}
	const now = switchesOf(newest.text, flag);
	const text = changed(newest.text, flag, now, wantedOf(now));
	const words = "POST …/hostedconfigurationversions, POST …/deployments";
	if (text === newest.text) return {
		before,
		undo: now,
		words: ""
	};
	const { DeploymentNumber } = deployed.newest;
	if (deployed.underWay) throw new Refused("managed", `deployment ${DeploymentNumber} is under way, and AWS takes no other until it is complete`, `wait for it, or stop it (aws appconfig stop-deployment --deployment-number ${DeploymentNumber}), then run this again`);
	const latest = await client.latest(signal);
	if (latest === void 0) throw new Refused("unknown-flag", `there is no version with ${flag}`, "check its profile");
	return {
		before,
		undo: now,
		words,
		send: async (ends) => client.deploy(text, latest, DeploymentNumber, note, ends)
	};
}
function switchesOf(text, flag) {
	const at = (...path) => {
		const raw = rawAt(text, [
			"values",
			flag,
			...path
		]);
		return raw === void 0 ? void 0 : JSON.parse(raw);
	};
	const variants = at("_variants");
	const enabled = at("enabled");
	return {
		enabled: typeof enabled === "boolean" ? enabled : null,
		variants: (Array.isArray(variants) ? variants : []).map((one) => ({
			name: one.name,
			enabled: typeof one.enabled === "boolean" ? one.enabled : null
		}))
	};
}
function changed(text, flag, now, wanted) {
	const set = (from, path, was, is) => {
		if (was === is) return from;
		return is === null ? rawWithout(from, path) : rawWith(from, path, String(is));
	};
	let result = rawAt(text, ["values"]) === void 0 ? rawWith(text, ["values"], "{}") : text;
	if (rawAt(result, ["values", flag]) === void 0) result = rawWith(result, ["values", flag], "{}");
	result = set(result, [
		"values",
		flag,
		"enabled"
	], now.enabled, wanted.enabled);
	wanted.variants.forEach(({ enabled }, i) => {
		result = set(result, [
			"values",
			flag,
			"_variants",
			i,
			"enabled"
		], now.variants[i]?.enabled ?? null, enabled);
	});
	return result;
}
// build/sources/flags/aws-appconfig/index.js
const awsAppConfigSource = defineSource({
	type: "aws-appconfig",
	families: ["flags"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		const states = async (question, signal) => {
			const { of, meaning } = question;
			const all = await readAll(client, signal);
			const keys = "flag" in of ? [of.flag] : all.keys.filter(asksFor(question));
			if (keys.length > 500) {
				const message = `${keys.length} flags match: ask for at most 500`;
				throw new NotMeasured("too-large", message, { permanent: true });
			}
			const found = keys.map((key) => stateIn(all, key, meaning));
			const named = "flag" in of ? `flag ${of.flag}` : `flags ${of.match}`;
			return statesMeasured(question, found, context, {
				subject: `${named} of ${config.profile} in ${config.environment}`,
				query: `GET ${client.deploymentsUrl}`,
				notes: all.notes
			});
		};
		return {
			flags(question, signal) {
				if (question.ask === "states") return states(question, signal);
				throw new NotMeasured("bad-query", "AWS AppConfig is not asked what it serves: name a source that evaluates", { permanent: true });
			},
			control: controlOf(client)
		};
	}
});
export { awsAppConfigSource };
