import { $ as optional, A as check, H as looseObject, O as array, Q as object, X as nullish, Z as number, bt as defineSource, ct as safeParse, dt as string, ft as transform, g as described, it as pipe, k as boolean, n as changedMeanwhile, pt as trim, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { Dn as azureFields, Nn as azureClouds, Zn as iso, vr as oneLine } from "./shared.js";
import { At as outcomeOf, Ft as openArm, It as resourceIdForm, Mt as lastSegment, Pt as notArm, jt as changeOnAzure, kt as versionOfImage, zt as typeOf } from "./late.js";
// build/sources/deployment/container-apps/shapes.js
/**
* Shapes of Microsoft.App's API (https://learn.microsoft.com/rest/api/containerapps), those fields that are read. It has words that its
* specification does not list, such as `RunningAtMaxScale`, so that states are plain texts here.
*/
const text = nullish(string());
const flag = nullish(boolean());
/** Who gets how much; with what is not known here, so that it can be written back as it is. */
const trafficForm = looseObject({
	revisionName: text,
	/** In place of `revisionName`: whichever revision is the newest that is ready. */
	latestRevision: flag,
	/** Whole percents. */
	weight: nullish(number()),
	/** Gives the revision an address of its own. */
	label: text
});
const appForm = object({ properties: object({
	/** `InProgress`, `Succeeded`, `Failed`, `Canceled`, `Deleting`. */
	provisioningState: text,
	/** `Running`, `Stopped`, `Progressing`: on the way from one to the other. */
	runningStatus: text,
	latestRevisionName: text,
	latestReadyRevisionName: text,
	configuration: nullish(object({
		/** `Single` or `Multiple`. */
		activeRevisionsMode: text,
		ingress: nullish(object({ traffic: nullish(array(trafficForm)) }))
	}))
}) });
const containerForm = object({
	name: text,
	image: text
});
const revisionForm = object({
	name: string(),
	properties: object({
		createdTime: text,
		active: flag,
		/** `Healthy`, `Unhealthy`, `None`. */
		healthState: text,
		/** `Provisioning`, `Provisioned`, `Failed`, `Deprovisioning`, `Deprovisioned`. */
		provisioningState: text,
		provisioningError: text,
		/** `Running`, `RunningAtMaxScale`, `Processing`, `Activating`, `ActivationFailed`, `ScaledToZero`, `Degraded`, `Stopped`, `Failed`… */
		runningState: text,
		template: nullish(object({
			containers: nullish(array(containerForm)),
			scale: nullish(object({ minReplicas: nullish(number()) }))
		}))
	})
});
const replicaForm = object({ properties: object({
	createdTime: text,
	/** `Running`, `NotRunning`, `Unknown`. */
	runningState: text,
	containers: nullish(array(object({ ready: flag })))
}) });
// build/sources/deployment/container-apps/client.js
/** Of Microsoft.App. */
const apiVersion = { "api-version": "2025-01-01" };
const reading = "the role Reader on the app";
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
	async state(signal) {
		const [answer, listed] = await Promise.all([this.arm.get(this.resource, apiVersion, reading, signal), this.#list(revisionForm, `${this.resource}/revisions`, signal)]);
		const { properties: app } = this.#shaped(appForm, answer);
		return {
			app,
			revisions: new Map(listed.map((revision) => [revision.name, revision]))
		};
	}
	/** The copies of a revision that there are now. */
	async replicas(revision, signal) {
		return (await this.#list(replicaForm, `${this.resource}/revisions/${revision}/replicas`, signal)).map(({ properties }) => properties);
	}
	async #list(form, path, signal) {
		const { items, cut } = await this.arm.list(path, apiVersion, reading, signal);
		if (cut) throw new NotMeasured("too-many", `${path} has more pages than are read`, { permanent: true });
		return items.map((item) => this.#shaped(form, item));
	}
	/** Without a word of what was answered: templates may hold secrets. */
	#shaped(form, answer) {
		const parsed = safeParse(form, answer);
		if (parsed.success) return parsed.output;
		throw notArm(this.arm.origin);
	}
};
// build/sources/deployment/container-apps/shares.js
/**
* Who gets how much, and what revisions are called
* (https://learn.microsoft.com/azure/container-apps/traffic-splitting, https://learn.microsoft.com/azure/container-apps/revisions).
*/
/** In lower case. */
const modeOf = ({ configuration }) => (configuration?.activeRevisionsMode || "single").toLowerCase();
const isSingle = (app) => modeOf(app) === "single";
/** "Traffic doesn't switch to the latest revision until it's ready." Before any was ready there is nobody else who could get it. */
const latestOf = ({ latestReadyRevisionName, latestRevisionName }) => latestReadyRevisionName || latestRevisionName || void 0;
/** @returns a text: why it is not known who gets how much */
function sharesOf({ app }) {
	const ingress = app.configuration?.ingress;
	if (!ingress) return "the app has no ingress, so nobody can say who gets how much";
	if (!isSingle(app) && modeOf(app) !== "multiple") return `the revision mode of the app is ${oneLine(modeOf(app), 40)}, of which it is not known who gets how much`;
	const entries = isSingle(app) ? [{
		latestRevision: true,
		weight: 100
	}] : ingress.traffic ?? [];
	const shares = [];
	for (const raw of entries) {
		const follows = raw.latestRevision === true;
		const revision = follows ? latestOf(app) : raw.revisionName || void 0;
		const percent = raw.weight ?? 0;
		if (revision === void 0) return "Azure does not name the revision that a share of the traffic goes to";
		if (!(percent >= 0 && percent <= 100)) return `${revision} has a weight that is none: ${percent}`;
		shares.push({
			raw,
			revision,
			percent,
			label: raw.label || void 0,
			follows
		});
	}
	const sum = shares.reduce((total, { percent }) => total + percent, 0);
	return Math.abs(sum - 100) < .005 ? shares : `the weights of the traffic come to ${sum} %, not to 100`;
}
const percentOf = (revision, shares) => shares.reduce((sum, share) => sum + (share.revision === revision ? share.percent : 0), 0);
/**
* A newer revision that gets a share by itself as soon as it is ready; undefined: none does. What is true of it and of the one that has the
* share now is not true a minute later.
*/
function takesOver({ app, revisions }, shares) {
	const { latestRevisionName: latest, latestReadyRevisionName: ready } = app;
	if (!latest || latest === ready || !shares.some(({ follows, percent }) => follows && percent > 0)) return void 0;
	const { active, provisioningState } = revisions.get(latest)?.properties ?? {};
	return active === true && provisioningState !== "Failed" ? latest : void 0;
}
/**
* The revision that a policy means: by its name, by its suffix (what follows the name of the app and `--`), or by a label.
*
* @returns undefined: there is none
* @throws {NotMeasured} `bad-query` where it may be one or another
*/
function revisionOf(given, appName, state, labels) {
	const { revisions } = state;
	const suffixed = `${appName}--${given}`;
	const meant = [
		...revisions.has(given) ? [{
			how: "the revision",
			name: given
		}] : [],
		...revisions.has(suffixed) ? [{
			how: "the suffix of",
			name: suffixed
		}] : [],
		...[...labels.get(given) ?? []].map((name) => ({
			how: "the label of",
			name
		}))
	];
	if (new Set(meant.map(({ name }) => name)).size <= 1) return meant[0]?.name;
	const ways = meant.map(({ how, name }) => `${how} ${name}`).join(", or ");
	throw new NotMeasured("bad-query", `${given} may be ${ways}: use the full name of the revision`, { permanent: true });
}
function labelsOf({ app }) {
	const labels = /* @__PURE__ */ new Map();
	for (const { label, revisionName, latestRevision } of app.configuration?.ingress?.traffic ?? []) {
		const revision = latestRevision === true ? latestOf(app) : revisionName || void 0;
		if (!label || revision === void 0) continue;
		labels.set(label, (labels.get(label) ?? /* @__PURE__ */ new Set()).add(revision));
	}
	return labels;
}
/** What each revision is called where traffic is moved: by its label if it has one, else by its name. */
function namesOf({ revisions }, shares) {
	const active = [...revisions.values()].filter(({ properties }) => properties.active === true);
	const all = /* @__PURE__ */ new Set([...active.map(({ name }) => name), ...shares.map(({ revision }) => revision)]);
	return new Map([...all].map((revision) => {
		const labels = new Set(shares.flatMap((share) => share.revision === revision ? share.label ?? [] : []));
		const [label] = labels;
		return [revision, labels.size === 1 && label !== void 0 ? label : revision];
	}));
}
// build/sources/deployment/container-apps/control.js
function controlOf(client, clock) {
	const whole = `the traffic of app ${client.name}`;
	return {
		subject: `app ${client.name}`,
		read: async (signal) => (await readNow(client, signal)).traffic,
		async write(weights, before, _note, signal) {
			const now = await readNow(client, signal);
			refuseChanged(now, before, client);
			const traffic = entriesFor(byRevision(weights, now, client), now);
			const change = {
				method: "PATCH",
				path: client.resource,
				query: apiVersion,
				body: { properties: { configuration: { ingress: { traffic } } } },
				what: whole,
				needs: "Microsoft.App/containerApps/write on the app"
			};
			const accepted = await changeOnAzure(client.arm, change, signal);
			if (accepted.status !== 202) return;
			const failure = await outcomeOf({
				arm: client.arm,
				clock,
				accepted,
				what: `the change of ${whole}`,
				needs: "Microsoft.App/locations/containerappOperationResults/read and …/containerappOperationStatuses/read on the subscription"
			}, signal);
			if (failure !== void 0) await refuseFailed(failure, now, client, signal);
		}
	};
}
async function readNow(client, signal) {
	const state = await client.state(signal);
	const shares = sharesOf(state);
	if (typeof shares === "string") throw new NotMeasured("bad-answer", shares);
	const names = namesOf(state, shares);
	const called = [...names.values()];
	const twice = called.find((name, i) => called.indexOf(name) !== i);
	if (twice !== void 0) throw new NotMeasured("bad-answer", `two revisions of ${client.name} are called ${twice}`);
	const busy = busyWith(state);
	return {
		state,
		shares,
		names,
		traffic: {
			weights: Object.fromEntries([...names].map(([revision, name]) => [name, percentOf(revision, shares)])),
			lock: JSON.stringify([state.app.configuration?.activeRevisionsMode, shares]),
			...busy === void 0 ? {} : { busy }
		}
	};
}
function busyWith({ app: { provisioningState } }) {
	if (provisioningState === "InProgress") return "Azure is changing the app, or brings up a revision";
	return provisioningState === "Deleting" ? "the app is being deleted" : void 0;
}
function refuseChanged({ state, traffic }, before, { name }) {
	if (isSingle(state.app)) throw new Refused("too-complex", `app ${name} is in single revision mode, in which all goes to its latest revision`, "set its revision mode to multiple, then deploy again");
	if (traffic.busy !== void 0) throw new Refused("locked", `app ${name} is being changed: ${traffic.busy}`, "let that end, then run this again");
	if (traffic.lock !== before.lock) throw changedMeanwhile(`the traffic of app ${name}`, "Azure");
}
/** Percent by the name of the revision. @throws {Refused} for what cannot, or must not, get so much */
function byRevision(weights, now, client) {
	const percents = /* @__PURE__ */ new Map();
	for (const [given, percent] of Object.entries(weights)) {
		const revision = known(given, now, client);
		if (!Number.isInteger(percent)) {
			const what = `${given} is to get ${percent} %, and Azure takes whole percents only`;
			throw new Refused("refused", what, "change the weights in the policy");
		}
		if (percent > percentOf(revision, now.shares)) refuseUnfit(given, now.state.revisions.get(revision));
		percents.set(revision, percent);
	}
	return percents;
}
/** By any other name what is read back would not be what was written. */
function known(given, { state, names }, { name: appName }) {
	const found = [...names].find(([, name]) => name === given)?.[0];
	if (found !== void 0) return found;
	const other = revisionOf(given, appName, state, labelsOf(state));
	const called = other === void 0 ? void 0 : names.get(other);
	if (called !== void 0) {
		const what = `where traffic is moved, ${given} is called ${called}: by its label, or else by its full name`;
		throw new Refused("too-complex", what, `name it ${called}`);
	}
	if (other !== void 0) refuseUnfit(given, state.revisions.get(other));
	const all = [...names.values()].join(", ");
	throw new Refused("too-complex", `app ${appName} has no active revision ${given}; it has ${all}`, "name one of these");
}
/** Users are not sent where nothing serves them. */
function refuseUnfit(given, revision) {
	const { active, provisioningState, runningState, healthState } = revision?.properties ?? {};
	const unfit = active !== true ? "is not active" : wrongIn(provisioningState, runningState, healthState);
	if (unfit === void 0) return;
	throw new Refused("refused", `${given} ${unfit}, so it gets no more traffic`, "bring it up and let it become healthy, or send the users to another revision");
}
function wrongIn(...states) {
	const [provisioning, running, health] = states;
	if (provisioning !== "Provisioned") return `is not provisioned (${provisioning ?? "Azure does not say how it is"})`;
	if (running === "Failed" || running === "ActivationFailed" || running === "Stopped") return `is in state ${running}`;
	return health === "Unhealthy" ? "is unhealthy" : void 0;
}
/** The list to be written: that which there is, with other weights. */
function entriesFor(percents, { shares }) {
	const entries = shares.filter(({ label, revision }) => label !== void 0 || percents.has(revision)).map(({ raw, revision }) => ({
		...pinned(raw),
		revisionName: revision,
		weight: 0
	}));
	for (const [revision, percent] of percents) {
		const own = entries.find(({ revisionName }) => revisionName === revision);
		if (own) own.weight = percent;
		else entries.push({
			revisionName: revision,
			weight: percent
		});
	}
	return entries.filter(({ label, weight }) => label || weight > 0);
}
const pinned = (raw) => Object.fromEntries(Object.entries(raw).filter(([key]) => key !== "latestRevision"));
async function refuseFailed(failure, before, client, signal) {
	const failed = `the change of the traffic of app ${client.name} failed ${failure}`;
	let now;
	try {
		now = await readNow(client, signal);
	} catch (error) {
		if (!(error instanceof NotMeasured)) throw error;
		throw new NotMeasured(error.code, `${failed}, and what it left could not be read: ${error.message}`);
	}
	const { lock, busy } = now.traffic;
	if (busy !== void 0) throw new NotMeasured("move-failed", `${failed}, and it is not over: ${busy}`);
	if (lock !== before.traffic.lock) throw new NotMeasured("move-failed", `${failed}, but the weights have changed`);
	throw new Refused("refused", `${failed}; the weights are as they were`, "see Azure's words, then run this again");
}
// build/sources/deployment/container-apps/target.js
/** A revision of which Azure says that it is not there. */
const absent = (name, appName) => ({
	name,
	exists: false,
	version: null,
	state: "unknown",
	health: "unknown",
	ready: null,
	instances: null,
	traffic: null,
	since: null,
	reasons: [`${appName} has no revision of this name, with this suffix or this label`]
});
/** @param name as the policy calls it */
function targetOf(name, facts) {
	const { revision, replicas, link } = facts;
	const { state, why } = stateOf(revision, facts.state);
	const health = healthOf(revision);
	const version = versionOf(facts);
	const serving = servingOf(state, revision, replicas);
	const traffic = trafficOf(facts);
	return {
		name,
		exists: true,
		version: version.version === null ? null : oneLine(version.version, 120),
		state,
		health: health.health,
		ready: serving.ready,
		instances: serving.instances,
		traffic: traffic.percent,
		since: state === "running" ? sinceOf(revision, replicas) : null,
		reasons: [
			why,
			health.reason,
			serving.reason,
			traffic.reason,
			version.reason
		].filter((reason) => reason !== void 0),
		link
	};
}
const states = /* @__PURE__ */ new Map([
	["Running", "running"],
	["RunningAtMaxScale", "running"],
	["ScaledToZero", "running"],
	["Degraded", "running"],
	["Processing", "deploying"],
	["Activating", "deploying"],
	["Stopped", "stopped"],
	["Failed", "failed"],
	["ActivationFailed", "failed"]
]);
const said = (words) => oneLine(words ?? "nothing", 40);
/** @returns with a reason where it does not simply run */
function stateOf({ properties }, { app }) {
	const { active, provisioningState, provisioningError, runningState } = properties;
	if (active === false) return {
		state: "stopped",
		why: "the revision is not active"
	};
	if (active !== true) return {
		state: "unknown",
		why: "Azure does not say whether the revision is active"
	};
	if (app.runningStatus === "Stopped") return {
		state: "stopped",
		why: "the app is stopped"
	};
	if (app.runningStatus === "Progressing") return {
		state: "deploying",
		why: "the app is being started or stopped"
	};
	switch (provisioningState) {
		case "Provisioned": break;
		case "Provisioning":
		case "Deprovisioning": return {
			state: "deploying",
			why: `Azure calls it ${provisioningState}`
		};
		case "Failed": return {
			state: "failed",
			why: provisioningError ? oneLine(provisioningError, 300) : "Azure could not provision it"
		};
		case "Deprovisioned": return {
			state: "stopped",
			why: "Azure calls it Deprovisioned"
		};
		default: return {
			state: "unknown",
			why: `Azure calls its provisioning state ${said(provisioningState)}`
		};
	}
	const state = states.get(runningState ?? "") ?? "unknown";
	return runningState === "Running" || runningState === "RunningAtMaxScale" ? { state } : {
		state,
		why: `Azure calls its running state ${said(runningState)}`
	};
}
function healthOf({ properties: { healthState } }) {
	if (healthState === "Healthy") return { health: "healthy" };
	const reason = `Azure calls its health ${said(healthState)}`;
	return {
		health: healthState === "Unhealthy" ? "unhealthy" : "unknown",
		reason
	};
}
function servingOf(state, { properties }, replicas) {
	if (state === "stopped" || state === "failed") return {
		ready: false,
		instances: null
	};
	if (state !== "running") return {
		ready: null,
		instances: null
	};
	const least = Math.max(0, Math.trunc(properties.template?.scale?.minReplicas ?? 0));
	const wanted = Math.max(least, replicas.length);
	const readiness = replicas.map(isReady);
	const ready = readiness.filter((one) => one === true).length;
	const instances = {
		wanted,
		ready
	};
	if (wanted === 0) return {
		ready: null,
		instances,
		reason: "it is scaled to zero, so nothing of it is warm"
	};
	if (readiness.includes(null)) return {
		ready: null,
		instances,
		reason: "of a replica Azure does not say how it is"
	};
	if (ready < wanted) return {
		ready: false,
		instances,
		reason: `${ready} of ${wanted} replicas are ready`
	};
	return {
		ready: properties.runningState !== "Degraded",
		instances
	};
}
/** @returns null: Azure does not say */
function isReady({ runningState, containers }) {
	if (runningState === "NotRunning" || containers?.some(({ ready }) => ready === false)) return false;
	const all = containers !== void 0 && containers !== null && containers.length > 0;
	return runningState === "Running" && all && containers.every(({ ready }) => ready === true) ? true : null;
}
/**
* When what runs there got there. A revision may have been made long ago and activated just now, which Azure does not tell; but then its
* replicas are new. So it may be later than needed, and never earlier.
*/
function sinceOf({ properties }, replicas) {
	const started = replicas.map(({ createdTime }) => Date.parse(createdTime ?? ""));
	const at = Math.max(Date.parse(properties.createdTime ?? ""), Math.min(...started));
	return Number.isFinite(at) ? iso(at) : null;
}
function trafficOf({ state, revision: { name }, shares }) {
	if (typeof shares === "string") return {
		percent: null,
		reason: shares
	};
	const next = takesOver(state, shares);
	const loses = shares.some(({ revision, follows, percent }) => revision === name && follows && percent > 0);
	if (next !== void 0 && (next === name || loses)) return {
		percent: null,
		reason: `a share follows the latest revision, and ${next} takes it over once it is ready`
	};
	return { percent: percentOf(name, shares) };
}
function versionOf({ revision: { properties }, container, appName }) {
	const containers = properties.template?.containers ?? [];
	const wanted = container ?? (containers.length === 1 ? containers[0]?.name : appName);
	const found = containers.find(({ name }) => name === wanted);
	if (!found) {
		const names = containers.map(({ name }) => name ?? "one without a name").join(", ") || "none";
		return {
			version: null,
			reason: `${container === void 0 ? "which container says the version is not known" : `it has no ${container}`}: name one of ${oneLine(names, 200)} in \`container\``
		};
	}
	const version = versionOfImage(found.image ?? "");
	return version === void 0 ? {
		version: null,
		reason: `the image of ${wanted ?? "its container"} says no version`
	} : { version };
}
// build/sources/deployment/container-apps/index.js
/** Source `container-apps`: the revisions of an app on Azure Container Apps. */
const schema = strictObject({
	resource: described(pipe(string(), trim(), transform((id) => id.replace(/\/+$/, "")), check((id) => resourceIdForm.test(id) && typeOf(id) === "microsoft.app/containerapps", "the id of a container app, `/subscriptions/…/resourceGroups/…/providers/Microsoft.App/containerApps/…`")), "Id of the app: `/subscriptions/…/resourceGroups/…/providers/Microsoft.App/containerApps/…`."),
	container: described(optional(filled), "Name of the container whose image says the version. Default: the only one, or of several the one that is called as the app."),
	...azureFields,
	management: described(optional(httpUrl), "Base URL of Azure Resource Manager. Default: that of the cloud, `https://management.azure.com`.")
});
const containerAppsSource = defineSource({
	type: "container-apps",
	families: ["deployment"],
	schema,
	open(config, context) {
		const { portal, resourceManager } = azureClouds[config.cloud];
		const client = new AppClient(openArm(config, config.management ?? resourceManager, context), config.resource);
		const link = `${portal}/#${config.tenant === void 0 ? "" : `@${encodeURIComponent(config.tenant)}/`}resource${encodeURI(config.resource)}/revisionManagement`;
		return {
			deployment: async ({ targets }, signal) => {
				return {
					...await ask(client, config, targets, link, signal),
					at: iso(context.clock.now())
				};
			},
			traffic: controlOf(client, context.clock)
		};
	}
});
async function ask(client, { container }, asked, link, signal) {
	const state = await client.state(signal);
	const shares = sharesOf(state);
	const labels = labelsOf(state);
	const read = async (given) => {
		const name = revisionOf(given, client.name, state, labels);
		const revision = name === void 0 ? void 0 : state.revisions.get(name);
		if (!revision) return absent(given, client.name);
		const replicas = stateOf(revision, state).state === "running" ? await client.replicas(revision.name, signal) : [];
		return targetOf(given, {
			state,
			revision,
			replicas,
			shares,
			container,
			appName: client.name,
			link
		});
	};
	const targets = await Promise.all(asked.map(read));
	return {
		kind: "deployments",
		subject: `revisions of app ${client.name}`,
		query: `${client.resource}: ${asked.join(", ")}`,
		link,
		seen: targets.filter(({ exists }) => exists).length,
		notes: [],
		partial: false,
		targets
	};
}
export { containerAppsSource };
