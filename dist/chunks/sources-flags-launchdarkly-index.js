import { $ as optional, F as integer, H as looseObject, K as minValue, O as array, T as secret, X as nullish, Y as nullable, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, it as pipe, k as boolean, l as classOf, n as changedMeanwhile, ot as record, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { S as shaped, a as individuals, b as read, g as stateOf, h as missingState, l as serve, o as matching, t as answers, u as unknownServing, y as change } from "./flags.js";
import { hr as serverWords, vr as oneLine } from "./shared.js";
// build/sources/flags/launchdarkly/shapes.js
/** What LaunchDarkly's REST API answers, version 20240415, as far as it is read (https://launchdarkly.com/docs/api/feature-flags). */
const text = string();
const index = pipe(number(), integer(), minValue(0));
/** Weights are thousandths of a percent. */
const rollout = looseObject({
	variations: array(looseObject({
		variation: index,
		weight: number()
	})),
	experimentAllocation: nullish(unknown()),
	bucketBy: nullish(text),
	contextKind: nullish(text)
});
const served = looseObject({
	variation: nullish(index),
	rollout: nullish(rollout)
});
const target = looseObject({
	values: array(unknown()),
	variation: index
});
const rule = looseObject({
	...served.entries,
	description: nullish(text),
	clauses: nullish(array(looseObject({
		attribute: nullish(text),
		op: nullish(text),
		values: nullish(array(unknown()))
	})))
});
const environmentForm = looseObject({
	on: boolean(),
	archived: nullish(boolean()),
	lastModified: nullish(number()),
	version: number(),
	targets: nullish(array(target)),
	contextTargets: nullish(array(target)),
	rules: array(rule),
	fallthrough: nullish(served),
	offVariation: nullish(index),
	prerequisites: nullish(array(looseObject({
		key: text,
		variation: index
	})))
});
/** `GET /api/v2/flags/{project}/{key}?env={environment}`. */
const flagForm = looseObject({
	key: text,
	kind: nullish(text),
	archived: nullish(boolean()),
	deprecated: nullish(boolean()),
	temporary: nullish(boolean()),
	variations: array(looseObject({
		_id: nullish(text),
		value: unknown(),
		name: nullish(text)
	})),
	environments: record(text, unknown()),
	_maintainer: nullish(looseObject({ email: nullish(text) })),
	_maintainerTeam: nullish(looseObject({ name: nullish(text) }))
});
/** `GET /api/v2/flag-statuses/{project}/{environment}/{key}`. */
const statusForm = looseObject({
	name: text,
	lastRequested: nullish(text)
});
/** `GET /api/v2/flags/{project}`. */
const listForm = looseObject({
	items: array(looseObject({ key: text })),
	totalCount: nullish(number())
});
/** `GET /api/v2/projects/{project}/environments/{environment}`. */
const projectEnvironmentForm = looseObject({
	key: text,
	approvalSettings: nullish(looseObject({
		required: nullish(boolean()),
		bypassApprovalsForPendingChanges: nullish(boolean())
	})),
	requireComments: nullish(boolean())
});
// build/sources/flags/launchdarkly/client.js
/** Asks LaunchDarkly's REST API (https://launchdarkly.com/docs/api). */
const schema = strictObject({
	url: described(optional(httpUrl, "https://app.launchdarkly.com"), "Address of LaunchDarkly; that of the EU is `https://app.eu.launchdarkly.com`."),
	project: described(filled, "Key of the project."),
	environment: described(filled, "Key of the environment, e.g. `production`."),
	token: described(secret, "Service token, sent as `Authorization` as it is. SDK keys cannot call the API.")
});
const needs = "a role that may view the project (Reader)";
const pageSize = 100;
var Client = class {
	config;
	context;
	constructor(config, context) {
		this.config = config;
		this.context = context;
	}
	get headers() {
		return {
			authorization: this.config.token,
			"ld-api-version": "20240415"
		};
	}
	url(parts, query = {}) {
		const search = new URLSearchParams(query).toString();
		return `${this.config.url}/api/v2/${parts.map(encodeURIComponent).join("/")}${search === "" ? "" : `?${search}`}`;
	}
	flagUrl(flag) {
		const { project, environment } = this.config;
		return this.url([
			"flags",
			project,
			flag
		], { env: environment });
	}
	/** Where a person looks at it. */
	link(flag) {
		const { url, project, environment } = this.config;
		return `${url}/projects/${encodeURIComponent(project)}/flags/${encodeURIComponent(flag)}/targeting?env=${encodeURIComponent(environment)}`;
	}
	async #get(url, signal) {
		return await read(this.context, {
			url,
			headers: this.headers,
			needs
		}, signal);
	}
	/** @returns undefined where the project and the environment are there, and have no such flag */
	async flag(flag, signal) {
		const url = this.flagUrl(flag);
		const response = await this.#get(url, signal);
		if (!response) {
			await this.approvals(signal);
			return;
		}
		const found = shaped(flagForm, response, url);
		if (found.key !== flag) throw new NotMeasured("bad-answer", `${this.config.url} answered for another flag`);
		return found;
	}
	/** @returns undefined where the flag is not set up in the environment, which is there */
	async environmentOf({ environments }, signal) {
		const { environment, url } = this.config;
		const found = Object.hasOwn(environments, environment) ? environments[environment] : void 0;
		if (found === void 0) {
			await this.approvals(signal);
			return;
		}
		const parsed = safeParse(environmentForm, found);
		if (parsed.success) return parsed.output;
		throw new NotMeasured("bad-answer", `${url} answered in a shape that its API does not have: is the URL right?`);
	}
	/** @throws {NotMeasured} `not-found` when there is no such project or environment */
	async approvals(signal) {
		const { project, environment } = this.config;
		const url = this.url([
			"projects",
			project,
			"environments",
			environment
		]);
		const response = await this.#get(url, signal);
		if (!response) {
			const message = `${this.config.url} knows no environment ${environment} of project ${project} (404)`;
			throw new NotMeasured("not-found", message, { permanent: true });
		}
		const { approvalSettings } = shaped(projectEnvironmentForm, response, url);
		return { required: approvalSettings?.required === true };
	}
	/** What LaunchDarkly makes of its use; undefined: it does not say. */
	async status(flag, signal) {
		const { project, environment } = this.config;
		const url = this.url([
			"flag-statuses",
			project,
			environment,
			flag
		]);
		const response = await this.#get(url, signal);
		return response && shaped(statusForm, response, url);
	}
	/** Keys of all flags of the project that are not archived. */
	async keys(signal) {
		const keys = /* @__PURE__ */ new Set();
		const { project, environment } = this.config;
		for (let offset = 0;;) {
			const url = this.url(["flags", project], {
				env: environment,
				limit: String(pageSize),
				offset: String(offset)
			});
			const response = await this.#get(url, signal);
			if (!response) {
				const message = `${this.config.url} knows no project ${project} (404)`;
				throw new NotMeasured("not-found", message, { permanent: true });
			}
			const { items, totalCount } = shaped(listForm, response, url);
			for (const { key } of items) keys.add(key);
			offset += items.length;
			if (!(typeof totalCount === "number" ? offset < totalCount : items.length === pageSize)) return [...keys];
			if (items.length === 0) throw new NotMeasured("bad-answer", `${this.config.url} lists ${offset} of ${totalCount} flags and no more`);
		}
	}
};
// build/sources/flags/launchdarkly/definition.js
/** From an environment of a LaunchDarkly flag to a definition. Pure. */
/** Variations are told apart by their place; names need not be unique. */
const nameOf = (index, { variations }) => {
	const name = variations[index]?.name;
	return typeof name === "string" && name !== "" ? `${index}: ${name}` : String(index);
};
/**
* Off beats everything. Else a prerequisite that is not as it asks serves the off variation, then come lists of users, then rules in order,
* then everyone else (https://launchdarkly.com/docs/sdk/concepts/flag-evaluation-rules).
*
* @param prerequisites whether each is as the flag asks; null: for some, or not known
*/
function definitionOf(flag, environment, prerequisites) {
	const variation = (index) => {
		if (index === null || index === void 0) return serve(null);
		return index < flag.variations.length ? serve(nameOf(index, flag)) : unknownServing;
	};
	const served = ({ rollout, variation: index }) => {
		if (!rollout) return index === null || index === void 0 ? unknownServing : variation(index);
		if (rollout.experimentAllocation) return unknownServing;
		return rollout.variations.map((one) => ({
			variant: nameOf(one.variation, flag),
			percent: one.weight / 1e3
		}));
	};
	const off = variation(environment.offVariation);
	const kept = prerequisites.flatMap(({ flag: key, met }) => {
		if (met === true) return [];
		return [{
			who: met === false ? { is: "everyone" } : matching(`prerequisite ${key}`),
			serves: off
		}];
	});
	const lists = [...environment.targets ?? [], ...environment.contextTargets ?? []].filter(({ values }) => values.length > 0);
	return {
		enabled: environment.on,
		kind: flag.variations.every(({ value }) => typeof value === "boolean") ? "boolean" : "multivariate",
		variants: flag.variations.map(({ value }, index) => ({
			name: nameOf(index, flag),
			value
		})),
		rules: [
			...kept,
			...lists.map(({ values, variation: index }) => ({
				who: individuals(values.length),
				serves: variation(index)
			})),
			...environment.rules.map((rule) => ({
				who: audienceOf(rule),
				serves: served(rule)
			}))
		],
		otherwise: environment.fallthrough ? served(environment.fallthrough) : unknownServing,
		off
	};
}
function audienceOf({ clauses, description }) {
	const [segment] = (clauses ?? []).flatMap(({ op, values }) => op === "segmentMatch" ? values ?? [] : []);
	const words = (clauses ?? []).map(({ attribute, op }) => `${attribute ?? ""} ${op ?? ""}`.trim()).join(" and ");
	return matching(description || words || "a rule", typeof segment === "string" ? segment : void 0);
}
// build/sources/flags/launchdarkly/read.js
/** Flags depend on flags that depend on flags; beyond this nobody follows. */
const deepest = 3;
async function readFlag(client, key, meaning, signal) {
	const flag = await client.flag(key, signal);
	if (!flag) return { state: missingState(key) };
	const environment = await client.environmentOf(flag, signal);
	if (!environment) {
		const why = `it is not set up in ${client.config.environment}`;
		return { state: {
			...missingState(key),
			exists: true,
			kill: {
				possible: false,
				scope: "none",
				why
			}
		} };
	}
	const [approvals, status, prerequisites] = await Promise.all([
		client.approvals(signal),
		client.status(key, signal),
		prerequisitesOf(client, environment, deepest, signal)
	]);
	const archived = flag.archived === true || environment.archived === true;
	const rollouts = [environment.fallthrough, ...environment.rules];
	const facts = {
		key,
		definition: definitionOf(flag, environment, prerequisites),
		archived,
		prerequisites,
		managedBy: rollouts.some((served) => served?.rollout?.experimentAllocation) ? "an experiment" : void 0,
		changed: typeof environment.lastModified === "number" && Number.isFinite(new Date(environment.lastModified).getTime()) ? {
			at: new Date(environment.lastModified).toISOString(),
			by: null,
			scope: "environment"
		} : null,
		evaluatedAt: instant(status?.lastRequested),
		stale: status === void 0 ? null : status.name === "inactive" || status.name === "launched" && flag.temporary === true,
		deprecated: flag.deprecated === true,
		temporary: flag.temporary ?? null,
		owner: ownerOf(flag),
		version: String(environment.version),
		kill: killOf(archived, approvals.required),
		link: client.link(key)
	};
	return {
		state: stateOf(facts, meaning),
		found: {
			flag,
			environment
		}
	};
}
function killOf(archived, approval) {
	if (archived) return {
		possible: false,
		scope: "environment",
		blockedBy: "archived",
		why: "it is archived: restore it first"
	};
	if (approval) return {
		possible: false,
		scope: "environment",
		blockedBy: "approval",
		why: "the environment asks for an approval of every change: let this token bypass it, or use a flag trigger"
	};
	return {
		possible: null,
		scope: "environment",
		why: "LaunchDarkly does not say beforehand whether this token may write"
	};
}
const instant = (text) => typeof text === "string" && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null;
function ownerOf({ _maintainer, _maintainerTeam }) {
	const name = _maintainer?.email ?? _maintainerTeam?.name;
	return name ? oneLine(name, 100) : null;
}
/** Whether everybody is served what the flag asks of each of those that it depends on. */
async function prerequisitesOf(client, { prerequisites }, left, signal) {
	return await Promise.all((prerequisites ?? []).map(async ({ key, variation }) => ({
		flag: key,
		met: left === 0 ? null : await isMet(client, key, variation, left - 1, signal)
	})));
}
async function isMet(client, key, variation, left, signal) {
	const flag = await client.flag(key, signal);
	const environment = flag && await client.environmentOf(flag, signal);
	if (!flag || !environment) return null;
	if (!environment.on) return false;
	const own = await prerequisitesOf(client, environment, left, signal);
	const { serves } = stateOf({
		key,
		definition: definitionOf(flag, environment, own),
		kill: {
			possible: null,
			scope: "none"
		}
	}, {
		on: [],
		off: []
	});
	return serves === null ? null : serves.variant === nameOf(variation, flag);
}
// build/sources/flags/launchdarkly/control.js
/**
* Changes a flag of LaunchDarkly by semantic patches, which name what is to change and nothing else
* (https://launchdarkly.com/docs/api/feature-flags/update-feature-flag). They take no version, so it is read once more right before.
*/
const undoForm = strictObject({
	on: boolean(),
	fallthrough: nullable(served)
});
function controlOf(client) {
	return {
		off: (flag, how, signal) => draft(client, flag, how, signal, ({ environment }) => environment.on ? [{ kind: "turnFlagOff" }] : []),
		rollout: (flag, percent, how, signal) => draft(client, flag, how, signal, (found) => rolloutOf(found, percent, how)),
		restore(flag, undo, how, signal) {
			const parsed = safeParse(undoForm, undo);
			if (!parsed.success) throw new Refused("refused", `what the record keeps of ${flag} is not from LaunchDarkly`, "set it by hand");
			const { on, fallthrough } = parsed.output;
			return draft(client, flag, how, signal, (found) => {
				const { environment } = found;
				const back = JSON.stringify(essence(environment.fallthrough)) === JSON.stringify(essence(fallthrough)) || !fallthrough ? [] : [fallthroughTo(fallthrough, found.flag)];
				if (on === environment.on) return back;
				return on ? [...back, { kind: "turnFlagOn" }] : [{ kind: "turnFlagOff" }, ...back];
			});
		}
	};
}
async function draft(client, key, { meaning, note }, signal, plan) {
	const { state: before, found } = await readFlag(client, key, meaning, signal);
	const { environment } = client.config;
	if (!before.exists) throw new Refused("unknown-flag", `there is no flag ${key}`, "check its key and project");
	if (before.archived) throw new Refused("archived", `${key} is archived`, "restore it first");
	if (!found) throw new Refused("unknown-flag", `${key} is not set up in ${environment}`, "check the environment");
	const instructions = plan(found);
	const words = `PATCH /api/v2/flags/${client.config.project}/${key}: ${instructions.map(({ kind }) => kind).join(", ")}`;
	const undo = {
		on: found.environment.on,
		fallthrough: found.environment.fallthrough ?? null
	};
	if (instructions.length === 0) return {
		before,
		undo,
		words
	};
	return {
		before,
		undo,
		words,
		async send(ends) {
			const now = await client.flag(key, ends);
			if ((now && await client.environmentOf(now, ends))?.version !== found.environment.version) throw changedMeanwhile(key, "LaunchDarkly");
			await change(client.context, {
				url: client.url([
					"flags",
					client.config.project,
					key
				]),
				method: "PATCH",
				headers: {
					...client.headers,
					"content-type": "application/json; domain-model=launchdarkly.semanticpatch"
				},
				body: {
					environmentKey: environment,
					comment: note,
					instructions
				},
				needs: `a role with the action updateOn${instructions.length > 1 ? " and updateFallthrough" : ""} for flags of ${environment}`,
				refusal: (response) => refusalOf(response, client, key)
			}, ends);
		}
	};
}
/** 405 where an approval is asked for; 409 where one, or a scheduled change, is pending for what would change. */
function refusalOf({ status, text }, client, key) {
	const said = serverWords(text, client.headers);
	const next = `open an approval request at ${client.link(key)} and have it approved, let this token bypass approvals, or use a flag trigger`;
	if (status === 405) return new Refused("approval", `LaunchDarkly asks for an approval (405)${said}`, next);
	if (status === 409) {
		const message = `LaunchDarkly holds a pending approval or scheduled change that this one conflicts with (409)${said}`;
		return new Refused("approval", message, `apply or withdraw what is pending at ${client.link(key)}`);
	}
}
const essence = (fallthrough) => [
	fallthrough?.variation ?? null,
	fallthrough?.rollout?.variations.map(({ variation, weight }) => [variation, weight]) ?? null,
	fallthrough?.rollout?.bucketBy ?? null,
	fallthrough?.rollout?.contextKind ?? null
];
const idOf = (index, flag) => {
	const id = flag.variations[index]?._id;
	if (typeof id === "string") return id;
	throw new Refused("too-complex", `${flag.key} has a variation without an id`, "set it by hand");
};
function fallthroughTo({ variation, rollout }, flag) {
	const kind = "updateFallthroughVariationOrRollout";
	if (!rollout) return {
		kind,
		variationId: idOf(variation ?? 0, flag)
	};
	return {
		kind,
		rolloutContextKind: rollout.contextKind ?? "user",
		rolloutWeights: Object.fromEntries(rollout.variations.map((one) => [idOf(one.variation, flag), one.weight])),
		...rollout.bucketBy ? { rolloutBucketBy: rollout.bucketBy } : {}
	};
}
/** One on and one off variation, and nothing but the fallthrough: only then a percentage is who gets the flag. */
function rolloutOf({ flag, environment }, percent, { meaning }) {
	const refuse = (what, next) => new Refused("too-complex", `${flag.key} ${what}`, next);
	if ([...environment.targets ?? [], ...environment.contextTargets ?? []].some(({ values }) => values.length > 0) || environment.rules.length > 0 || (environment.prerequisites ?? []).length > 0) throw refuse("has rules, lists of users or prerequisites, so no percentage says who gets it", "remove them");
	if (environment.fallthrough?.rollout?.experimentAllocation) throw new Refused("managed", `${flag.key} is in an experiment`, "stop the experiment first");
	const of = (wanted) => flag.variations.flatMap(({ value }, index) => classOf({
		variant: nameOf(index, flag),
		value
	}, meaning) === wanted ? [index] : []);
	const [[on, ...moreOn], [off, ...moreOff]] = [of("on"), of("off")];
	if (on === void 0 || off === void 0 || moreOn.length + moreOff.length > 0) throw refuse("has not exactly one variation that is on and one that is off", "name them in `on-values` and `off-values`");
	const weight = Math.round(percent * 1e3);
	const { contextKind, bucketBy } = environment.fallthrough?.rollout ?? {};
	const shares = [{
		variation: on,
		weight
	}, {
		variation: off,
		weight: 1e5 - weight
	}];
	const wanted = percent === 100 ? { variation: on } : { rollout: {
		variations: shares,
		contextKind: contextKind ?? "user",
		...bucketBy ? { bucketBy } : {}
	} };
	return [...JSON.stringify(essence(environment.fallthrough)) === JSON.stringify(essence(wanted)) ? [] : [fallthroughTo(wanted, flag)], ...environment.on ? [] : [{ kind: "turnFlagOn" }]];
}
// build/sources/flags/launchdarkly/index.js
/** Source `launchdarkly`: the flags of one project and environment of LaunchDarkly. */
const launchDarklySource = defineSource({
	type: "launchdarkly",
	families: ["flags"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		return {
			flags: answers({
				provider: "LaunchDarkly",
				place: `${config.environment} of ${config.project}`,
				context,
				read: async (flag, meaning, signal) => (await readFlag(client, flag, meaning, signal)).state,
				list: (_, signal) => client.keys(signal),
				url: (flag) => flag === void 0 ? client.url(["flags", config.project]) : client.flagUrl(flag)
			}),
			control: controlOf(client)
		};
	}
});
export { launchDarklySource };
