import { $ as optional, H as looseObject, O as array, T as secret, X as nullish, Y as nullable, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, ht as union, k as boolean, n as changedMeanwhile, ot as record, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { S as shaped, a as individuals, b as read, c as percentOf, g as stateOf, h as missingState, i as everyone, l as serve, n as allOf, o as matching, r as anyOf, s as nobody, t as answers, u as unknownServing, y as change } from "./flags.js";
import { vr as oneLine } from "./shared.js";
// build/sources/flags/unleash/shapes.js
/** What Unleash's admin API answers, as far as it is read (its OpenAPI document, and version 7.5.1 as it runs). */
const text = string();
const strategy = looseObject({
	id: text,
	name: text,
	disabled: nullish(boolean()),
	parameters: nullish(record(text, unknown())),
	constraints: nullish(array(unknown())),
	segments: nullish(array(union([number(), looseObject({ id: number() })]))),
	variants: nullish(array(looseObject({
		name: text,
		weight: number()
	}))),
	milestoneId: nullish(text)
});
/** `GET …/features/{f}/environments/{env}`, and one of `environments` of a feature. */
const environmentForm = looseObject({
	name: text,
	enabled: boolean(),
	strategies: array(strategy),
	lastSeenAt: nullish(text),
	releasePlans: nullish(array(unknown()))
});
/** `GET /api/admin/projects/{p}/features/{f}`. */
const featureForm = looseObject({
	name: text,
	type: nullish(text),
	stale: boolean(),
	archived: nullish(boolean()),
	environments: array(environmentForm),
	dependencies: nullish(array(looseObject({
		feature: text,
		enabled: nullish(boolean()),
		variants: nullish(array(unknown()))
	}))),
	createdBy: nullish(looseObject({ name: nullish(text) }))
});
/** `GET /api/admin/search/features`. */
const foundForm = looseObject({
	features: array(looseObject({
		name: text,
		archivedAt: nullish(text)
	})),
	total: number()
});
/** `GET /api/admin/search/events`; newest first. */
const eventsForm = looseObject({ events: array(looseObject({
	id: number(),
	createdAt: text,
	createdBy: nullish(text),
	environment: nullish(text)
})) });
/** `GET /api/admin/environments`. */
const environmentsForm = looseObject({ environments: array(looseObject({ name: text })) });
/** `GET /api/admin/user`. The answer repeats the token, so nothing else of it is kept. */
const userForm = looseObject({ permissions: array(looseObject({
	permission: text,
	project: nullish(text),
	environment: nullish(text)
})) });
/** `GET /api/admin/projects/{p}/change-requests/config`, of the Enterprise edition. */
const changeRequestsForm = array(looseObject({
	environment: text,
	changeRequestEnabled: boolean()
}));
/** `GET /api/admin/segments`. */
const segmentsForm = looseObject({ segments: array(looseObject({
	id: number(),
	name: text
})) });
// build/sources/flags/unleash/client.js
/** Asks Unleash's admin API (https://docs.getunleash.io/reference/api/unleash). */
const schema = strictObject({
	url: described(httpUrl, "Address of the server; `/api/admin/…` is added to it."),
	project: described(optional(filled, "default"), "Id of the project."),
	environment: described(filled, "Name of the environment, e.g. `production`."),
	token: described(secret, "Admin or service account token, sent as `Authorization` as it is.")
});
const needs = "the permission to read the flags of the project";
/** Of the events that Unleash keeps of a flag, so many of the newest are looked through for one of this environment. */
const eventsLookedAt = 50;
const pageSize = 100;
var Client = class {
	config;
	context;
	/** Asked once in a run: neither changes while a train waits. */
	#rights;
	constructor(config, context) {
		this.config = config;
		this.context = context;
	}
	get headers() {
		return { authorization: this.config.token };
	}
	/** With the parts encoded: a name may hold `/`. */
	url(parts, query = {}) {
		const search = new URLSearchParams(query).toString();
		return `${this.config.url}/api/admin/${parts.map(encodeURIComponent).join("/")}${search === "" ? "" : `?${search}`}`;
	}
	featureUrl(flag, ...more) {
		return this.url([
			"projects",
			this.config.project,
			"features",
			flag,
			...more
		]);
	}
	async #get(url, signal) {
		return await read(this.context, {
			url,
			headers: this.headers,
			needs
		}, signal);
	}
	async #must(schema, url, what, signal) {
		const response = await this.#get(url, signal);
		if (response) return shaped(schema, response, url);
		throw new NotMeasured("not-found", `${this.config.url} knows no ${what} (404)`, { permanent: true });
	}
	/** @returns undefined where the project is there, and has no such flag that is not archived */
	async feature(flag, signal) {
		const url = this.featureUrl(flag);
		const response = await this.#get(url, signal);
		if (!response) {
			const { project } = this.config;
			await this.#must(looseObject({}), this.url([
				"projects",
				project,
				"overview"
			]), `project ${project}`, signal);
			return;
		}
		const feature = shaped(featureForm, response, url);
		if (feature.name !== flag) throw new NotMeasured("bad-answer", `${this.config.url} answered for another flag`);
		return feature;
	}
	/** Whether an archived flag has this name: reading it by name gives the same 404 as one that never was. */
	async isArchived(flag, signal) {
		return (await this.#search({
			archived: "IS:true",
			query: flag
		}, signal)).includes(flag);
	}
	/** Names of all flags of the project that are not archived. */
	async names(signal) {
		return await this.#search({}, signal);
	}
	async #search(filter, signal) {
		const names = /* @__PURE__ */ new Set();
		const { project } = this.config;
		for (let offset = 0;;) {
			const page = {
				project: `IS:${project}`,
				limit: String(pageSize),
				offset: String(offset),
				...filter
			};
			const url = this.url(["search", "features"], page);
			const { features, total } = await this.#must(foundForm, url, "search", signal);
			for (const { name } of features) names.add(name);
			offset += features.length;
			if (offset >= total) return [...names];
			if (features.length === 0) throw new NotMeasured("bad-answer", `${this.config.url} lists ${offset} of ${total} flags and no more`);
		}
	}
	/** The environment of a flag; undefined: it is not set up there. @throws {NotMeasured} when the server has no such environment */
	async environmentOf({ environments }, signal) {
		const { environment } = this.config;
		const found = environments.find(({ name }) => name === environment);
		if (found) return found;
		const names = (await this.#must(environmentsForm, this.url(["environments"]), "environments", signal)).environments.map(({ name }) => name);
		if (names.includes(environment)) return void 0;
		const message = `${this.config.url} has no environment ${environment} (it has ${oneLine(names.join(", "))})`;
		throw new NotMeasured("not-found", message, { permanent: true });
	}
	/** The last change of the flag in this environment, or of the flag anywhere; undefined: not among the newest events, or they may not be read. */
	async lastEvent(flag, signal) {
		const url = this.url(["search", "events"], {
			feature: `IS:${flag}`,
			limit: String(eventsLookedAt)
		});
		const { environment } = this.config;
		try {
			const { events } = await this.#must(eventsForm, url, "events", signal);
			const event = events.find((e) => e.environment === environment || (e.environment ?? null) === null);
			if (!event || Number.isNaN(Date.parse(event.createdAt))) return void 0;
			const at = new Date(event.createdAt).toISOString();
			return {
				id: event.id,
				at,
				by: event.createdBy ?? null,
				environment: event.environment ?? null
			};
		} catch (error) {
			if (error instanceof NotMeasured && [
				"forbidden",
				"not-found",
				"bad-query"
			].includes(error.code)) return void 0;
			throw error;
		}
	}
	/** Names by id. Without the right to read them they stay numbers. */
	async segments(signal) {
		try {
			const { segments } = await this.#must(segmentsForm, this.url(["segments"]), "segments", signal);
			return new Map(segments.map(({ id, name }) => [id, name]));
		} catch (error) {
			if (error instanceof NotMeasured && ["forbidden", "not-found"].includes(error.code)) return /* @__PURE__ */ new Map();
			throw error;
		}
	}
	async rights(signal) {
		this.#rights ??= this.#askRights(signal).catch((error) => {
			this.#rights = void 0;
			throw error;
		});
		return await this.#rights;
	}
	async #askRights(signal) {
		const { project, environment } = this.config;
		const url = this.url([
			"projects",
			project,
			"change-requests",
			"config"
		]);
		const response = await this.#get(url, signal);
		if ((response ? shaped(changeRequestsForm, response, url) : []).some((one) => one.environment === environment && one.changeRequestEnabled)) return {
			may: false,
			blockedBy: "approval",
			why: `changes in ${environment} need a change request: let this credential skip them (the permission SKIP_CHANGE_REQUEST)`
		};
		const { permissions } = await this.#must(userForm, this.url(["user"]), "user", signal);
		const fits = (asks, here) => (asks ?? "*") === "*" || asks === here;
		if (permissions.some((p) => p.permission === "ADMIN" || p.permission === "UPDATE_FEATURE_ENVIRONMENT" && fits(p.project, project) && fits(p.environment, environment))) return { may: true };
		return {
			may: false,
			blockedBy: "permission",
			why: `give the credential the permission UPDATE_FEATURE_ENVIRONMENT in ${environment} of ${project}`
		};
	}
};
// build/sources/flags/unleash/definition.js
/** From an environment of an Unleash feature to a definition: who gets the flag, by its strategies. Pure. */
const activeOf = ({ strategies }) => strategies.filter(({ disabled }) => disabled !== true);
const on = "enabled";
const off = "disabled";
/**
* Any strategy that holds is enough (https://docs.getunleash.io/reference/activation-strategies).
*
* @param segmentNames by id, as far as they are known
*/
function definitionOf(environment, parent, segmentNames) {
	const strategies = activeOf(environment);
	const named = new Set(strategies.flatMap(({ variants }) => (variants ?? []).map(({ name }) => name)));
	const common = {
		enabled: environment.enabled,
		kind: named.size > 0 ? "multivariate" : "boolean",
		variants: [
			{
				name: on,
				value: true
			},
			{
				name: off,
				value: false
			},
			...[...named].filter((name) => name !== on && name !== off).map((name) => ({
				name,
				value: true
			}))
		],
		otherwise: serve(off),
		off: serve(off)
	};
	const through = (who) => parent === void 0 ? who : allOf(parent, who);
	if (strategies.length === 0) return {
		...common,
		rules: [{
			who: through(everyone),
			serves: unknownServing
		}]
	};
	if (named.size === 0) {
		const who = anyOf(...strategies.map((strategy) => audienceOf(strategy, segmentNames)));
		return {
			...common,
			rules: [{
				who: through(who),
				serves: serve(on)
			}]
		};
	}
	const rules = strategies.map((strategy) => ({
		who: through(audienceOf(strategy, segmentNames)),
		serves: servingOf(strategy)
	}));
	return {
		...common,
		rules
	};
}
/** Weights are thousandths. */
function servingOf({ variants }) {
	if (!variants || variants.length === 0) return serve(on);
	return variants.map(({ name, weight }) => ({
		variant: name,
		percent: weight / 10
	}));
}
function audienceOf(strategy, segmentNames) {
	const { constraints, segments } = strategy;
	const conditions = [...(constraints ?? []).map(constraintAudience), ...(segments ?? []).map((segment) => {
		const id = typeof segment === "number" ? segment : segment.id;
		const name = segmentNames.get(id) ?? `#${id}`;
		return matching(`segment ${name}`, name);
	})];
	const base = baseOf(strategy);
	return conditions.length === 0 ? base : allOf(base, ...conditions);
}
/** A list of users is the one condition whose size is known. */
function constraintAudience(constraint) {
	const { contextName, operator, values, inverted } = constraint ?? {};
	if (contextName === "userId" && operator === "IN" && inverted !== true && Array.isArray(values)) return values.length === 0 ? nobody : individuals(values.length);
	return matching([contextName, operator].filter((part) => typeof part === "string").join(" ") || "a condition");
}
function baseOf({ name, parameters }) {
	const parameter = (key) => {
		const value = parameters?.[key];
		return typeof value === "string" || typeof value === "number" ? String(value) : "";
	};
	switch (name) {
		case "default": return everyone;
		case "flexibleRollout": return hashed(parameter("rollout"), parameter("groupId"), parameter("stickiness"));
		case "gradualRolloutUserId": return hashed(parameter("percentage"), parameter("groupId"), "userId");
		case "gradualRolloutSessionId": return hashed(parameter("percentage"), parameter("groupId"), "sessionId");
		case "gradualRolloutRandom": return hashed(parameter("percentage"), "", "random");
		case "userWithId": {
			const users = parameter("userIds").split(",").filter((id) => id.trim() !== "");
			return users.length === 0 ? nobody : individuals(users.length);
		}
		default: return matching(`strategy ${name}`);
	}
}
/** The server stores whatever it is sent as a percentage. What is no number from 0 to 100 is not known. */
function hashed(percent, group, stickiness) {
	const value = /^\d+(?:\.\d+)?$/.test(percent) ? Number(percent) : NaN;
	if (!(value <= 100)) return matching("a percentage that is none");
	return percentOf(value, stickiness === "random" ? void 0 : `${group}\n${stickiness}`);
}
// build/sources/flags/unleash/read.js
async function readFlag(client, flag, meaning, signal) {
	const feature = await client.feature(flag, signal);
	if (!feature || feature.archived) {
		const archived = feature?.archived ?? await client.isArchived(flag, signal);
		const missing = missingState(flag);
		if (!archived) return { state: missing };
		const kill = {
			possible: false,
			scope: "none",
			blockedBy: "archived",
			why: "it is archived: revive it first"
		};
		return { state: {
			...missing,
			exists: true,
			archived: true,
			kill
		} };
	}
	const environment = await client.environmentOf(feature, signal);
	if (!environment) {
		const why = `it is not set up in ${client.config.environment}`;
		return { state: {
			...missingState(flag),
			exists: true,
			kill: {
				possible: false,
				scope: "none",
				why
			}
		} };
	}
	const [event, segments, rights, parent] = await Promise.all([
		client.lastEvent(flag, signal),
		activeOf(environment).some((s) => (s.segments ?? []).length > 0) ? client.segments(signal) : /* @__PURE__ */ new Map(),
		client.rights(signal),
		parentOf(client, feature, signal)
	]);
	const plans = environment.strategies.some(({ milestoneId }) => typeof milestoneId === "string");
	const facts = {
		key: flag,
		definition: definitionOf(environment, parent.audience, segments),
		prerequisites: parent.met,
		...plans || (environment.releasePlans ?? []).length > 0 ? { managedBy: "a release plan" } : {},
		changed: event ? {
			at: event.at,
			by: event.by === null ? null : oneLine(event.by, 100),
			scope: event.environment === null ? "flag" : "environment"
		} : null,
		evaluatedAt: instant(environment.lastSeenAt),
		stale: feature.stale,
		temporary: typeof feature.type === "string" ? !["kill-switch", "permission"].includes(feature.type) : null,
		owner: feature.createdBy?.name ? oneLine(feature.createdBy.name, 100) : null,
		version: event === void 0 ? null : String(event.id),
		kill: killOf(rights),
		link: linkOf(client, flag)
	};
	return {
		state: stateOf(facts, meaning),
		environment
	};
}
const killOf = ({ may, why, blockedBy }) => ({
	possible: may,
	scope: "environment",
	...blockedBy === void 0 ? {} : { blockedBy },
	...why === void 0 ? {} : { why }
});
const instant = (text) => typeof text === "string" && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null;
const linkOf = ({ config }, flag) => `${config.url}/projects/${encodeURIComponent(config.project)}/features/${encodeURIComponent(flag)}`;
/** A flag is only on for those for whom its parents are as it asks (https://docs.getunleash.io/reference/feature-toggles#feature-flag-dependencies). */
async function parentOf(client, { dependencies }, signal) {
	const asked = await Promise.all((dependencies ?? []).map(async ({ feature: parent, enabled, variants }) => ({
		flag: parent,
		met: (variants ?? []).length > 0 ? null : await isMet(client, parent, enabled ?? true, signal)
	})));
	const audiences = asked.flatMap(({ flag, met }) => {
		if (met === true) return [];
		return [met === false ? nobody : matching(`parent ${flag}`)];
	});
	return {
		met: asked,
		audience: audiences.length === 0 ? void 0 : allOf(...audiences)
	};
}
const truth = {
	on: [true],
	off: [false]
};
/** @returns null: for some, or nobody knows */
async function isMet(client, parent, wanted, signal) {
	const feature = await client.feature(parent, signal);
	const environment = feature && await client.environmentOf(feature, signal);
	if (!environment || (feature.dependencies ?? []).length > 0) return null;
	const definition = definitionOf(environment, void 0, /* @__PURE__ */ new Map());
	const { reach } = stateOf({
		key: parent,
		definition,
		kill: {
			possible: null,
			scope: "none"
		}
	}, truth);
	if (reach === "everyone") return wanted;
	return reach === "nobody" ? !wanted : null;
}
// build/sources/flags/unleash/control.js
/**
* Changes a flag of Unleash. There is no lock, so what was read is read once more right before it is written.
*
* The server's `on` adds a strategy for everybody where none is active, so a percentage is written, and only then the switch thrown.
*/
const undoForm = strictObject({
	enabled: boolean(),
	/** Of those strategies that may have been changed. */
	strategies: array(strictObject({
		id: string(),
		disabled: boolean(),
		rollout: nullable(string())
	}))
});
const rights = "the permission UPDATE_FEATURE_ENVIRONMENT";
function controlOf(client) {
	return {
		off: (flag, how, signal) => draft(client, flag, how, signal, ({ enabled }) => enabled ? [toggle(client, flag, false)] : []),
		rollout: (flag, percent, how, signal) => draft(client, flag, how, signal, (environment) => rolloutSteps(client, flag, percent, environment)),
		restore(flag, undo, how, signal) {
			const parsed = safeParse(undoForm, undo);
			if (!parsed.success) throw new Refused("refused", `what the record keeps of ${flag} is not from Unleash`, "set it by hand");
			return draft(client, flag, how, signal, (environment) => restoreSteps(client, flag, parsed.output, environment));
		}
	};
}
async function draft(client, flag, { meaning }, signal, plan) {
	const { state: before, environment } = await readFlag(client, flag, meaning, signal);
	if (!environment) {
		const [code, what] = !before.exists ? ["unknown-flag", "there is no flag"] : before.archived ? ["archived", "archived is the flag"] : ["unknown-flag", `not set up in ${client.config.environment} is the flag`];
		throw new Refused(code, `${what} ${flag}`, before.archived ? "revive it first" : "check its name and environment");
	}
	if (before.targeting.managedBy !== null) throw new Refused("managed", `${flag} is moved by ${before.targeting.managedBy}`, "pause that at Unleash, then run this again");
	const steps = plan(environment);
	const undo = undoOf(environment);
	const words = steps.map(({ method, url }) => `${method} ${new URL(url).pathname}`).join(", ");
	if (steps.length === 0) return {
		before,
		undo,
		words
	};
	return {
		before,
		undo,
		words,
		async send(ends) {
			await refuseChanged(client, flag, environment, ends);
			for (const step of steps) {
				const call = {
					...step,
					headers: client.headers,
					needs: rights,
					refusal: refusalOf
				};
				await change(client.context, call, ends);
			}
		}
	};
}
const essence = ({ enabled, strategies }) => JSON.stringify([enabled, strategies.map(essential)]);
/** The endpoint of the environment and that of the feature write a strategy differently. */
const essential = ({ id, name, disabled, parameters, constraints, segments, variants }) => [
	id,
	name,
	disabled ?? false,
	Object.entries(parameters ?? {}).sort(([a], [b]) => a < b ? -1 : 1),
	constraints ?? [],
	segments ?? [],
	variants ?? []
];
async function refuseChanged(client, flag, was, signal) {
	const feature = await client.feature(flag, signal);
	const now = feature && await client.environmentOf(feature, signal);
	if (now && essence(now) === essence(was)) return;
	throw changedMeanwhile(flag, "Unleash");
}
function refusalOf({ status, text }) {
	if (status === 403 && /change request/i.test(text)) return new Refused("approval", "Unleash asks for a change request (403)", "open one and have it approved, or let this credential skip them");
	if (status === 400 && /ArchivedFeatureError/.test(text)) return new Refused("archived", "the flag is archived (400)", "revive it first");
}
const parts = ({ config }) => ["environments", config.environment];
const toggle = (client, flag, on) => ({
	method: "POST",
	url: client.featureUrl(flag, ...parts(client), on ? "on" : "off")
});
const rolloutOf = ({ parameters }) => typeof parameters?.rollout === "string" || typeof parameters?.rollout === "number" ? String(parameters.rollout) : null;
const undoOf = ({ enabled, strategies }) => ({
	enabled,
	strategies: strategies.map((one) => ({
		id: one.id,
		disabled: one.disabled ?? false,
		rollout: rolloutOf(one)
	}))
});
const isPlain = ({ name, constraints, segments, variants }) => name === "flexibleRollout" && (constraints ?? []).length === 0 && (segments ?? []).length === 0 && (variants ?? []).length === 0;
function rolloutSteps(client, flag, percent, environment) {
	if (!Number.isInteger(percent) || percent < 0 || percent > 100) throw new Refused("too-complex", `Unleash takes whole percents, not ${percent} %`, "use whole percents in `steps`");
	const active = activeOf(environment);
	const [only, ...others] = active.length > 0 ? active : environment.strategies;
	if (only && (others.length > 0 || !isPlain(only))) throw new Refused("too-complex", `${flag} has more than one plain gradual rollout in ${client.config.environment}, so no percentage says who gets it`, "leave it one strategy of the type gradual rollout, without constraints, segments and variants");
	const on = environment.enabled ? [] : [toggle(client, flag, true)];
	if (!only) return [add(client, flag, percent), ...on];
	return [...patch(client, flag, only, {
		disabled: false,
		rollout: String(percent)
	}), ...on];
}
const add = (client, flag, percent) => ({
	method: "POST",
	url: client.featureUrl(flag, ...parts(client), "strategies"),
	body: {
		name: "flexibleRollout",
		parameters: {
			rollout: String(percent),
			stickiness: "default",
			groupId: flag
		},
		constraints: [],
		segments: [],
		variants: []
	}
});
/** JSON Patch of what differs; nothing where nothing does. */
function patch(client, flag, strategy, wanted) {
	const body = [...(strategy.disabled ?? false) === wanted.disabled ? [] : [{
		op: "replace",
		path: "/disabled",
		value: wanted.disabled
	}], ...wanted.rollout === null || rolloutOf(strategy) === wanted.rollout ? [] : [{
		op: "replace",
		path: "/parameters/rollout",
		value: wanted.rollout
	}]];
	if (body.length === 0) return [];
	return [{
		method: "PATCH",
		url: client.featureUrl(flag, ...parts(client), "strategies", strategy.id),
		body
	}];
}
/** The switch goes off first and on last, so that on the way nobody gets more than before or after. */
function restoreSteps(client, flag, undo, environment) {
	const byHand = (what) => new Refused("too-complex", `${flag} cannot be put back as it was: ${what}`, "set it by hand; the record has its state");
	const known = new Map(undo.strategies.map((one) => [one.id, one]));
	for (const { id } of undo.strategies) if (!environment.strategies.some((one) => one.id === id)) throw byHand("a strategy is gone");
	if (undo.enabled && !environment.enabled && !undo.strategies.some(({ disabled }) => !disabled)) throw byHand("it was on without an active strategy, and Unleash would add one for everybody");
	const added = environment.strategies.filter(({ id }) => !known.has(id));
	const changed = environment.strategies.flatMap((strategy) => {
		const was = known.get(strategy.id);
		return was ? patch(client, flag, strategy, was) : [];
	});
	const removed = added.map((strategy) => ({
		method: "DELETE",
		url: client.featureUrl(flag, ...parts(client), "strategies", strategy.id)
	}));
	const off = environment.enabled && !undo.enabled ? [toggle(client, flag, false)] : [];
	const on = !environment.enabled && undo.enabled ? [toggle(client, flag, true)] : [];
	return [
		...off,
		...changed,
		...removed,
		...on
	];
}
// build/sources/flags/unleash/index.js
/** Source `unleash`: the flags of one project and environment of an Unleash server. */
const unleashSource = defineSource({
	type: "unleash",
	families: ["flags"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		return {
			flags: answers({
				provider: "Unleash",
				place: `${config.environment} of ${config.project}`,
				context,
				read: async (flag, meaning, signal) => (await readFlag(client, flag, meaning, signal)).state,
				list: (_, signal) => client.names(signal),
				url: (flag) => flag === void 0 ? client.url(["search", "features"]) : client.featureUrl(flag)
			}),
			control: controlOf(client)
		};
	}
});
export { unleashSource };
