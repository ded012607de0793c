import { $ as optional, A as check, H as looseObject, O as array, Q as object, X as nullish, Y as nullable, Z as number, bt as defineSource, ct as safeParse, dt as string, ft as transform, g as described, it as pipe, k as boolean, n as changedMeanwhile, ot as record, pt as trim, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { Dn as azureFields, Nn as azureClouds, Zn as iso, vr as oneLine } from "./shared.js";
import { At as outcomeOf, Ft as openArm, It as resourceIdForm, Mt as lastSegment, Pt as notArm, jt as changeOnAzure, kt as versionOfImage, zt as typeOf } from "./late.js";
// build/sources/deployment/app-service/shapes.js
/**
* Shapes of Microsoft.Web's API (https://learn.microsoft.com/rest/api/appservice/web-apps), those fields that are read.
*/
const text = nullish(string());
const texts = nullish(array(string()));
/** `slotSwapStatus`: the last swap that the slot took part in. */
const swapForm = object({
	timestampUtc: text,
	sourceSlotName: text,
	destinationSlotName: text
});
/** An app or a slot of it. */
const siteForm = object({
	/** `app`, or `app/slot`. */
	name: text,
	properties: object({
		/** `Running`, `Stopped`, `QuotaExceeded`… */
		state: text,
		/** `Normal`, `Limited` or `DisasterRecoveryMode`. */
		availabilityState: text,
		/** `Normal` or `Exceeded`. */
		usageState: text,
		enabled: nullish(boolean()),
		defaultHostName: text,
		hostNames: texts,
		enabledHostNames: texts,
		/** Without a zone, in UTC. */
		lastModifiedTimeUtc: text,
		slotSwapStatus: nullish(swapForm),
		/** Set from the first phase of a swap until it is completed or cancelled. */
		targetSwapSlot: text,
		/** Set while an operation on the site is pending. */
		inProgressOperationId: text
	})
});
/** A rule by which a part of the users is sent to a slot; with what is not known here, so that it can be written back as it is. */
const ruleForm = looseObject({
	name: text,
	actionHostName: text,
	reroutePercentage: nullish(number()),
	/** By so much the percentage moves by itself every `changeIntervalInMinutes`. */
	changeStep: nullish(number()),
	changeIntervalInMinutes: nullish(number()),
	changeDecisionCallbackUrl: text
});
/** `config/web`. */
const webConfigForm = object({ properties: object({
	experiments: nullish(object({ rampUpRules: nullish(array(ruleForm)) })),
	/** `DOCKER|registry/app:1.2.3`, `NODE|20-lts`, `COMPOSE|…`. */
	linuxFxVersion: text,
	windowsFxVersion: text
}) });
const instanceForm = object({ properties: nullish(object({ 
/** `READY`, `STOPPED` or `UNKNOWN`. */
state: text })) });
/** `config/appsettings/list`. */
const appSettingsForm = object({ properties: record(string(), nullable(string())) });
/** `config/connectionstrings/list`. */
const connectionStringsForm = object({ properties: record(string(), object({
	value: text,
	type: text
})) });
/** `config/slotConfigNames`: what stays with its slot in a swap. */
const stickyForm = object({ properties: object({
	appSettingNames: texts,
	connectionStringNames: texts
}) });
// build/sources/deployment/app-service/client.js
/** What the production slot is called. */
const production = "production";
/** Of Microsoft.Web. */
const apiVersion = { "api-version": "2024-11-01" };
const slotForm = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
const reading = "the role Reader on the app";
/** What it takes to see the values of settings. */
const listing = "the actions Microsoft.Web/sites/config/list/action and Microsoft.Web/sites/slots/config/list/action";
/** Each asks anew. @throws {NotMeasured} */
var AppClient = class {
	arm;
	/** Id of the app. */
	resource;
	name;
	constructor(arm, resource) {
		this.arm = arm;
		this.resource = resource;
		this.name = lastSegment(resource);
	}
	/** Id of a slot, or of the app for the production slot. */
	idOf(slot) {
		if (slot === "production") return this.resource;
		if (slotForm.test(slot)) return `${this.resource}/slots/${slot}`;
		throw new NotMeasured("bad-query", `${slot} cannot be the name of a slot`, { permanent: true });
	}
	/** @returns undefined when there is no such slot; that there is an app at all the caller has to see to */
	slot(slot, signal) {
		return this.#ifThere(this.#get(siteForm, this.idOf(slot), signal));
	}
	/** The app itself, which is its production slot. */
	app(signal) {
		return this.#get(siteForm, this.resource, signal);
	}
	/** All slots but production, by name. */
	async slots(signal) {
		const sites = await this.#list(siteForm, `${this.resource}/slots`, signal);
		return new Map(sites.map((site) => {
			const name = lastSegment(site.name ?? "");
			if (name === "") throw notArm(this.arm.origin);
			return [name, site];
		}));
	}
	async config(slot, signal) {
		return (await this.#get(webConfigForm, `${this.idOf(slot)}/config/web`, signal)).properties;
	}
	/** States of the instances that run the slot, in Azure's words. */
	async instances(slot, signal) {
		return (await this.#list(instanceForm, `${this.idOf(slot)}/instances`, signal)).map(({ properties }) => properties?.state?.toUpperCase() ?? "UNKNOWN");
	}
	async appSettings(slot, signal) {
		const { properties } = await this.#post(appSettingsForm, `${this.idOf(slot)}/config/appsettings/list`, signal);
		return new Map(Object.entries(properties).map(([name, value]) => [name, value ?? ""]));
	}
	/** @returns as `slot` does */
	async settings(slot, signal) {
		const path = `${this.idOf(slot)}/config/connectionstrings/list`;
		const [app, listed] = await Promise.all([this.#ifThere(this.appSettings(slot, signal)), this.#ifThere(this.#post(connectionStringsForm, path, signal))]);
		if (!app || !listed) return void 0;
		const strings = Object.entries(listed.properties).map(([name, { type, value }]) => [name, `${type ?? ""} ${value ?? ""}`]);
		return {
			app,
			connectionStrings: new Map(strings)
		};
	}
	/** What stays with its slot in a swap. */
	async sticky(signal) {
		const { properties } = await this.#get(stickyForm, `${this.resource}/config/slotConfigNames`, signal);
		return {
			app: new Set(properties.appSettingNames),
			connectionStrings: new Set(properties.connectionStringNames)
		};
	}
	/** A 404 says that it is not there, as long as the app is. */
	async #ifThere(asked) {
		try {
			return await asked;
		} catch (error) {
			if (error instanceof NotMeasured && error.code === "not-found") return void 0;
			throw error;
		}
	}
	async #get(form, path, signal) {
		return this.#shaped(form, await this.arm.get(path, apiVersion, reading, signal));
	}
	async #post(form, path, signal) {
		return this.#shaped(form, await this.arm.post(path, apiVersion, listing, signal));
	}
	async #list(form, path, signal) {
		const { items, cut } = await this.arm.list(path, apiVersion, reading, signal);
		if (cut) throw new NotMeasured("too-many", `${path} has more pages than are read`, { permanent: true });
		return items.map((item) => this.#shaped(form, item));
	}
	/** Without a word of what was answered, which may hold secrets. */
	#shaped(form, answer) {
		const parsed = safeParse(form, answer);
		if (parsed.success) return parsed.output;
		throw notArm(this.arm.origin);
	}
};
// build/sources/deployment/app-service/shares.js
/** Host names by which rules may know a slot, in lower case. */
function hostsOf({ properties }) {
	const { defaultHostName, hostNames, enabledHostNames } = properties;
	return new Set([
		defaultHostName ?? "",
		...hostNames ?? [],
		...enabledHostNames ?? []
	].filter((host) => host !== "").map((host) => host.toLowerCase()));
}
const hostOf = ({ actionHostName }) => (actionHostName ?? "").toLowerCase();
/** Six digits: percentages are doubles there, and 100 - 33.3 is 66.7 for people. */
const rounded = (percent) => Number(percent.toFixed(6));
/**
* @param own host names of the production slot
* @returns a text: why it is not known who gets how much
*/
function sharesOf({ experiments }, own) {
	const rules = experiments?.rampUpRules;
	if (!rules) return "Azure does not say how the traffic is shared out (no `experiments.rampUpRules`)";
	if (!rules.map(({ reroutePercentage }) => reroutePercentage).every((share) => typeof share === "number" && share >= 0 && share <= 100)) return "a rule of the traffic has no percentage from 0 to 100";
	const away = rounded(rules.reduce((sum, rule) => sum + (own.has(hostOf(rule)) ? 0 : rule.reroutePercentage ?? 0), 0));
	return away > 100 ? `the rules of the traffic come to ${away} %` : {
		rules,
		away
	};
}
/** What production keeps. */
const kept = ({ away }) => rounded(100 - away);
/** The rules that send users to one of these hosts. */
const rulesTo = (rules, hosts) => rules.filter((rule) => hosts.has(hostOf(rule)));
const percentOf = (rules) => rounded(rules.reduce((sum, { reroutePercentage }) => sum + (reroutePercentage ?? 0), 0));
/** Azure moves the percentage by itself. */
const movesByItself = ({ changeStep, changeDecisionCallbackUrl }) => (changeStep ?? 0) !== 0 || (changeDecisionCallbackUrl ?? "") !== "";
const movingWords = (rules) => rules.map(({ actionHostName, changeStep, changeIntervalInMinutes: minutes }) => {
	const step = changeStep ? ` by ${changeStep} %` : "";
	return `Azure itself moves the share of ${actionHostName ?? "a slot"}${step}${minutes ? ` every ${minutes} min` : ""}`;
}).join("; ");
// build/sources/deployment/app-service/swap.js
/** @throws {Refused} the slots have not changed places and will not {NotMeasured} it is not known whether they have */
async function swapSlots(swap, signal) {
	const { client, clock, from, to } = swap;
	const accepted = await changeOnAzure(client.arm, {
		method: "POST",
		path: `${client.idOf(from)}/slotsswap`,
		query: apiVersion,
		body: {
			targetSlot: to,
			preserveVnet: true
		},
		what: `the slots of app ${client.name}`,
		needs: "Microsoft.Web/sites/slots/slotsswap/action and Microsoft.Web/sites/slots/operationresults/read on the app"
	}, signal);
	if (accepted.status !== 202) return;
	const failure = await outcomeOf({
		arm: client.arm,
		clock,
		accepted,
		what: "the swap",
		needs: "Microsoft.Web/sites/slots/operationresults/read"
	}, signal);
	if (failure !== void 0) await refuseFailed(failure, swap, signal);
}
async function refuseFailed(failure, { from, to, before, read }, signal) {
	const failed = `the swap of ${from} with ${to} failed ${failure}`;
	let now;
	try {
		now = (await read(signal)).traffic;
	} catch (error) {
		if (!(error instanceof NotMeasured)) throw error;
		throw new NotMeasured(error.code, `${failed}, and what it left could not be read: ${error.message}`);
	}
	if (now.busy !== void 0) throw new NotMeasured("swap-failed", `${failed}, and it is not over: ${now.busy}`);
	if (now.swapped?.at !== before.swapped?.at) throw new NotMeasured("swap-failed", `${failed}, but the slots have changed places`);
	throw new Refused("refused", `${failed}; the slots have not changed places`, `see why ${from} does not start, then swap again`);
}
// build/sources/deployment/app-service/target.js
/** A slot of which Azure says that it is not there. */
const absent = (name) => ({
	name,
	exists: false,
	version: null,
	state: "unknown",
	health: "unknown",
	ready: null,
	instances: null,
	traffic: null,
	since: null,
	reasons: ["there is no such slot"]
});
function targetOf(name, facts) {
	const { site, version, instances, shares, link } = facts;
	const { state, reasons: why } = stateOf(site);
	const readiness = readinessOf(state, instances);
	const traffic = trafficOf(name, site, shares);
	return {
		name,
		exists: true,
		version: version.version === null ? null : oneLine(version.version, 120),
		state,
		health: "unknown",
		ready: readiness.ready,
		instances: instances.length === 0 ? null : {
			wanted: instances.length,
			ready: readyIn(instances)
		},
		traffic: traffic.percent,
		since: sinceOf(name, site, version),
		reasons: [
			...why,
			readiness.reason,
			traffic.reason,
			version.reason
		].filter((reason) => reason !== void 0),
		link
	};
}
/** What is being done to a slot just now, in words; undefined: nothing. */
function operationOn(name, { properties }) {
	const { targetSwapSlot, inProgressOperationId } = properties;
	if (targetSwapSlot) return `${name} is being swapped with ${slotName(targetSwapSlot)}, or waits for that to be completed`;
	return inProgressOperationId ? `an operation on ${name} is under way` : void 0;
}
function stateOf(site) {
	const { state, availabilityState, usageState, enabled } = site.properties;
	const operation = operationOn("the slot", site);
	if (operation !== void 0) return {
		state: "deploying",
		reasons: [operation]
	};
	if (state === "QuotaExceeded" || usageState === "Exceeded") return {
		state: "stopped",
		reasons: ["the quota of its plan is used up"]
	};
	if (state === "Stopped" || enabled === false) return {
		state: "stopped",
		reasons: ["the slot is stopped"]
	};
	const unclear = (what) => ({
		state: "unknown",
		reasons: [what]
	});
	if (state !== "Running") return unclear(`Azure calls its state ${oneLine(state ?? "nothing", 40)}`);
	if (availabilityState && availabilityState !== "Normal") return unclear(`what Azure knows of it is ${oneLine(availabilityState, 40)}`);
	return {
		state: "running",
		reasons: []
	};
}
const readyIn = (instances) => instances.filter((state) => state === "READY").length;
function readinessOf(state, instances) {
	if (state === "stopped") return { ready: false };
	const count = instances.length;
	if (count === 0) return {
		ready: null,
		reason: "Azure lists no instance of it"
	};
	const stopped = instances.filter((instance) => instance === "STOPPED").length;
	if (stopped > 0) return {
		ready: false,
		reason: `${stopped} of ${count} instances are stopped`
	};
	const ready = readyIn(instances);
	return ready === count ? { ready: true } : {
		ready: null,
		reason: `of ${count - ready} of ${count} instances Azure does not know the state`
	};
}
function trafficOf(name, site, shares) {
	if (typeof shares === "string") return {
		percent: null,
		reason: shares
	};
	const rules = name === "production" ? shares.rules : rulesTo(shares.rules, hostsOf(site));
	const moving = rules.filter(movesByItself);
	if (moving.length > 0) return {
		percent: null,
		reason: movingWords(moving)
	};
	return { percent: name === "production" ? kept(shares) : percentOf(rules) };
}
/**
* When what runs there got there. A swap brings it, at a time that Azure tells; it does not tell when code was put straight into a
* slot, so of code only production is known, into which it comes by swaps. An image comes with a change of the configuration, whose last
* time is told for all changes together: it may be later than needed, never earlier.
*/
function sinceOf(name, { properties }, { pinned }) {
	const swapped = instantOf(properties.slotSwapStatus?.timestampUtc);
	const modified = instantOf(properties.lastModifiedTimeUtc);
	if (modified === null || !pinned && (name !== "production" || swapped === null)) return null;
	return swapped !== null && swapped > modified ? swapped : modified;
}
/** App Service leaves the zone out. */
function instantOf(text) {
	if (!text) return null;
	const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
	return Number.isNaN(at) ? null : iso(at);
}
const slotName = (name) => name.toLowerCase() === "production" ? production : name;
// build/sources/deployment/app-service/control.js
function controlOf(client, clock) {
	return {
		subject: `app ${client.name}`,
		rest: production,
		read: async (signal) => (await readApp(client, signal)).traffic,
		async write(weights, before, _note, signal) {
			const now = await readApp(client, signal);
			refuseChanged(now, before, client);
			const rampUpRules = rulesFor(weights, now);
			const change = {
				method: "PATCH",
				path: `${client.resource}/config/web`,
				query: apiVersion,
				body: { properties: { experiments: { rampUpRules } } },
				what: `the traffic of app ${client.name}`,
				needs: "Microsoft.Web/sites/config/write on the app"
			};
			await changeOnAzure(client.arm, change, signal);
		},
		async swap(from, to, before, _note, signal) {
			const now = await readApp(client, signal);
			refuseChanged(now, before, client);
			if (from === "production") throw new Refused("too-complex", "the slot that a swap starts from is restarted and warmed up, so that cannot be production", `swap ${to} with production`);
			for (const slot of [from, to]) known(slot, now);
			await swapSlots({
				client,
				clock,
				from,
				to,
				before: now.traffic,
				read: (ends) => readApp(client, ends)
			}, signal);
		}
	};
}
async function readApp(client, signal) {
	const [app, slots, config] = await Promise.all([
		client.app(signal),
		client.slots(signal),
		client.config(production, signal)
	]);
	const shares = sharesOf(config, hostsOf(app));
	if (typeof shares === "string") throw new NotMeasured("bad-answer", shares);
	const sites = new Map([[production, app], ...slots]);
	const weights = /* @__PURE__ */ new Map([[production, kept(shares)]]);
	for (const [name, site] of slots) weights.set(name, percentOf(rulesTo(shares.rules, hostsOf(site))));
	refuseOthers(shares, [...sites.values()]);
	const swapped = lastSwap([...sites.values()]);
	const busy = busyWith(sites, shares);
	return {
		sites,
		shares,
		traffic: {
			weights: Object.fromEntries(weights),
			swapped,
			lock: JSON.stringify([shares.rules, swapped]),
			...busy === void 0 ? {} : { busy }
		}
	};
}
/** Users that are sent elsewhere make the weights of the slots less than all. */
function refuseOthers({ rules }, sites) {
	const hosts = new Set(sites.flatMap((site) => [...hostsOf(site)]));
	const matched = new Set(rulesTo(rules, hosts));
	const other = rules.find((rule) => !matched.has(rule) && (rule.reroutePercentage ?? 0) > 0);
	if (!other) return;
	const where = other.actionHostName ?? "an unnamed host";
	throw new NotMeasured("bad-answer", `a rule sends ${other.reroutePercentage} % to ${where}, which is no slot of the app`);
}
function busyWith(sites, { rules }) {
	const operations = [...sites].map(([name, site]) => operationOn(name, site));
	const moving = rules.filter(movesByItself);
	return operations.find((words) => words !== void 0) ?? (moving.length > 0 ? movingWords(moving) : void 0);
}
/** Each slot tells of the last swap that it took part in. */
function lastSwap(sites) {
	return sites.flatMap(({ properties: { slotSwapStatus } }) => {
		if (!slotSwapStatus) return [];
		const at = instantOf(slotSwapStatus.timestampUtc);
		const { sourceSlotName: from, destinationSlotName: to } = slotSwapStatus;
		if (at === null || !from || !to) throw new NotMeasured("bad-answer", "Azure tells of a swap, but not when it was or of which slots");
		return [{
			at,
			from: slotName(from),
			to: slotName(to)
		}];
	}).sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0] ?? null;
}
function refuseChanged({ traffic }, before, { name }) {
	if (traffic.busy !== void 0) throw new Refused("locked", `app ${name} is being changed: ${traffic.busy}`, "let that end, then run this again");
	if (traffic.lock !== before.lock) throw changedMeanwhile(`the traffic of app ${name}`, "Azure");
}
function known(slot, { sites }) {
	const site = sites.get(slot);
	if (site) return site;
	const names = [...sites.keys()].join(", ");
	throw new Refused("too-complex", `the app has no slot ${slot}; it has ${names}`, "name it as Azure does");
}
/** The rules that there are with other percentages, and new ones where a slot has none. */
function rulesFor(weights, now) {
	const rules = now.shares.rules.map((rule) => ({
		...rule,
		reroutePercentage: 0
	}));
	for (const [slot, percent] of Object.entries(weights)) {
		const site = known(slot, now);
		if (slot === "production" || percent === 0) continue;
		const [own] = rulesTo(rules, hostsOf(site));
		if (own) own.reroutePercentage = percent;
		else {
			const { defaultHostName } = site.properties;
			if (!defaultHostName) throw new NotMeasured("bad-answer", `Azure does not tell the host name of ${slot}`);
			rules.push({
				name: slot,
				actionHostName: defaultHostName,
				reroutePercentage: percent
			});
		}
	}
	return rules;
}
// build/sources/deployment/app-service/settings.js
/** Names of connection strings get this before them, since an app setting may have the same name. */
const connectionString = "connection string ";
/** @param versionSetting the setting that says the version, which is meant to differ */
function compareSettings({ target, like }, mine, theirs, sticky, versionSetting) {
	const app = compare(without(mine.app, versionSetting), without(theirs.app, versionSetting), sticky.app, "");
	const strings = compare(mine.connectionStrings, theirs.connectionStrings, sticky.connectionStrings, connectionString);
	return {
		target,
		like,
		compared: app.compared + strings.compared,
		differ: [...app.differ, ...strings.differ]
	};
}
const without = (settings, name) => new Map([...settings].filter(([one]) => one !== name));
function compare(mine, theirs, sticky, before) {
	const names = [.../* @__PURE__ */ new Set([...mine.keys(), ...theirs.keys()])].sort();
	const differ = names.filter((name) => mine.get(name) !== theirs.get(name)).map((name) => {
		const how = !mine.has(name) ? "missing" : !theirs.has(name) ? "only-here" : "other-value";
		return {
			name: before + name,
			how,
			sticky: sticky.has(name)
		};
	});
	return {
		compared: names.length,
		differ
	};
}
// build/sources/deployment/app-service/version.js
/** What runs in a slot, where Azure can be believed in it: an app setting that travels with the code, or the tag of a container's image. */
const unknown = (reason) => ({
	version: null,
	reason,
	pinned: false
});
/** @param settings of the slot */
function versionInSetting(name, settings, sticky) {
	if (sticky.app.has(name)) return unknown(`the setting ${name} is sticky: it stays where it is when the code is swapped, so it says no version`);
	const version = settings.get(name)?.trim() ?? "";
	return version === "" ? unknown(`there is no setting ${name} that says the version`) : {
		version,
		pinned: false
	};
}
/** Before the image in `linuxFxVersion` and `windowsFxVersion`. */
const container = /^DOCKER\|/i;
function versionIn({ linuxFxVersion, windowsFxVersion }) {
	const written = [linuxFxVersion, windowsFxVersion].find((text) => text?.includes("|")) ?? "";
	if (!container.test(written)) return unknown("Azure does not know the version of code: name with `version.setting` an app setting that says it");
	const version = versionOfImage(written.replace(container, ""));
	return version === void 0 ? unknown("the tag of the image says no version") : {
		version,
		pinned: true
	};
}
// build/sources/deployment/app-service/index.js
/** Source `app-service`: the slots of an app on Azure App Service, or of a function app. */
const schema = strictObject({
	resource: described(pipe(string(), trim(), transform((id) => id.replace(/\/+$/, "")), check((id) => resourceIdForm.test(id) && typeOf(id) === "microsoft.web/sites", "the id of an app, `/subscriptions/…/resourceGroups/…/providers/Microsoft.Web/sites/…`")), "Id of the app, without a slot: `/subscriptions/…/resourceGroups/…/providers/Microsoft.Web/sites/…`."),
	version: described(optional(strictObject({ setting: described(filled, "Name of the app setting.") })), "The app setting that says which version runs in a slot. It must not be sticky. Default: the tag of the container image."),
	...azureFields,
	management: described(optional(httpUrl), "Base URL of Azure Resource Manager. Default: that of the cloud, `https://management.azure.com`.")
});
const appServiceSource = defineSource({
	type: "app-service",
	families: ["deployment"],
	schema,
	open(config, context) {
		const { portal, resourceManager } = azureClouds[config.cloud];
		const client = new AppClient(openArm(config, config.management ?? resourceManager, context), config.resource);
		const tenant = config.tenant === void 0 ? "" : `@${encodeURIComponent(config.tenant)}/`;
		const linkTo = (slot) => `${portal}/#${tenant}resource${encodeURI(client.idOf(slot))}`;
		return {
			deployment: async (question, signal) => {
				return {
					...await ask(client, config, question, linkTo, signal),
					at: iso(context.clock.now())
				};
			},
			traffic: controlOf(client, context.clock)
		};
	}
});
async function ask(client, config, { targets, settings }, linkTo, signal) {
	const setting = config.version?.setting;
	const [app, ofProduction, sticky] = await Promise.all([
		client.app(signal),
		client.config(production, signal),
		setting !== void 0 || settings ? client.sticky(signal) : void 0
	]);
	const shares = sharesOf(ofProduction, hostsOf(app));
	const versionOf = async (slot) => setting !== void 0 && sticky ? versionInSetting(setting, await client.appSettings(slot, signal), sticky) : versionIn(slot === "production" ? ofProduction : await client.config(slot, signal));
	const read = async (slot) => {
		const site = slot === "production" ? app : await client.slot(slot, signal);
		if (!site) return absent(slot);
		const [version, instances] = await Promise.all([versionOf(slot), client.instances(slot, signal)]);
		return targetOf(slot, {
			site,
			version,
			instances,
			shares,
			link: linkTo(slot)
		});
	};
	const [found, differ] = await Promise.all([Promise.all(targets.map(read)), settings && sticky ? compared(client, settings, {
		sticky,
		setting
	}, signal) : void 0]);
	return {
		kind: "deployments",
		subject: `slots of app ${client.name}`,
		query: `${client.resource}: ${targets.join(", ")}`,
		link: linkTo(production),
		seen: found.filter(({ exists }) => exists).length,
		notes: [],
		partial: false,
		targets: found,
		...differ ? { settings: differ } : {}
	};
}
/** @returns undefined where one of both slots is not there */
async function compared(client, between, { sticky, setting }, signal) {
	const [mine, theirs] = await Promise.all([client.settings(between.target, signal), client.settings(between.like, signal)]);
	return mine && theirs ? compareSettings(between, mine, theirs, sticky, setting) : void 0;
}
export { appServiceSource };
