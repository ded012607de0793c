import { $ as optional, H as looseObject, O as array, T as secret, X as nullish, Z as number, bt as defineSource, ct as safeParse, dt as string, ft as transform, g as described, ht as union, it as pipe, k as boolean, l as classOf, n as changedMeanwhile, rt as picklist, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { a as individuals, g as stateOf, h as missingState, l as serve, o as matching, t as answers, u as unknownServing, x as readAs, y as change } from "./flags.js";
import { Zn as iso, vr as oneLine } from "./shared.js";
import { isDeepStrictEqual } from "node:util";
// build/sources/flags/flagsmith/client.js
/** Asks Flagsmith's Admin API (https://docs.flagsmith.com/managing-flags/updating-flags, https://api.flagsmith.com/api/v1/docs). */
const schema = strictObject({
	url: described(optional(httpUrl, "https://api.flagsmith.com"), "Address of the Admin API."),
	project: described(pipe(union([number(), filled]), transform(String)), "Id of the project, a number."),
	environment: described(filled, "Key of the environment, as clients use it."),
	token: described(secret, "Organisation API key, sent as `Authorization: Api-Key …`."),
	"identity-overrides": described(optional(picklist(["read", "none"]), "read"), "Identities may have a flag of their own, whatever the environment says. `read` (default): they are asked for where the project keeps them. `none`: you say that there are none.")
});
const text = string();
const optionForm = looseObject({
	id: number(),
	type: nullish(text),
	string_value: nullish(text),
	integer_value: nullish(number()),
	boolean_value: nullish(boolean())
});
const featureForm = looseObject({
	id: number(),
	name: text,
	type: nullish(text),
	is_archived: nullish(boolean()),
	owners: nullish(array(looseObject({ email: nullish(text) }))),
	multivariate_options: nullish(array(optionForm), [])
});
const featuresForm = looseObject({
	results: array(featureForm),
	next: nullish(text)
});
const servedForm = looseObject({
	enabled: boolean(),
	value: nullish(looseObject({
		type: text,
		value: nullish(text)
	})),
	variants: array(looseObject({
		id: number(),
		weight: number()
	}))
});
/** What a flag serves in an environment. */
const flagForm = looseObject({
	environment_default: servedForm,
	segment_overrides: array(looseObject({
		...servedForm.entries,
		segment: looseObject({ id: number() }),
		priority: number()
	}))
});
const environmentForm = looseObject({
	id: nullish(number()),
	api_key: text,
	minimum_change_request_approvals: nullish(number()),
	use_v2_feature_versioning: nullish(boolean())
});
/** Where the identities of a project are kept. */
const projectForm = looseObject({
	use_edge_identities: nullish(boolean()),
	edge_v2_migration_status: nullish(text)
});
const switchForm = looseObject({ enabled: nullish(boolean()) });
const edgeForm = looseObject({ results: array(looseObject({ feature_state: switchForm })) });
const coreForm = looseObject({
	results: array(switchForm),
	next: nullish(text)
});
/** Newest first, drafts and scheduled ones before all others. */
const versionsForm = looseObject({ results: array(looseObject({
	uuid: text,
	is_live: boolean(),
	published: boolean(),
	live_from: nullish(text)
})) });
const needs = "a role that may view the project and the environment";
const pageSize = 100;
const mostPages = 100;
var Client = class {
	config;
	context;
	constructor(config, context) {
		this.config = config;
		this.context = context;
	}
	get #headers() {
		return { authorization: `Api-Key ${this.config.token}` };
	}
	#url(...parts) {
		return `${this.config.url}/api/${parts.map(encodeURIComponent).join("/")}/`;
	}
	get featuresUrl() {
		return this.#url("v1", "projects", this.config.project, "features");
	}
	#get(form, url, signal) {
		return readAs(this.context, form, {
			url,
			headers: this.#headers,
			needs
		}, signal);
	}
	/** All features of the project whose names hold `search`, to the last page. */
	async features(search, signal) {
		const { url, project } = this.config;
		const found = [];
		for (let page = 1; page <= mostPages; page += 1) {
			const query = new URLSearchParams({
				page_size: String(pageSize),
				page: String(page)
			});
			if (search !== "") query.set("search", search);
			const answer = await this.#get(featuresForm, `${this.featuresUrl}?${query.toString()}`, signal);
			if (!answer) throw new NotMeasured("not-found", `${url} knows no project ${project} (404)`, { permanent: true });
			found.push(...answer.results);
			if (!answer.next) return found;
		}
		throw new NotMeasured("bad-answer", `${url} never ends its list of features`);
	}
	flagUrl(feature) {
		return this.#url("__future__", "environments", this.config.environment, "features", String(feature));
	}
	async flag(feature, signal) {
		const found = await this.#get(flagForm, this.flagUrl(feature), signal);
		if (found) return found;
		const { url, environment } = this.config;
		const message = `${url} knows no environment ${environment} of this project, or is older than the endpoint (404)`;
		throw new NotMeasured("not-found", message, { permanent: true });
	}
	async environment(signal) {
		const { url, environment } = this.config;
		const found = await this.#get(environmentForm, this.#url("v1", "environments", environment), signal);
		if (found) return found;
		throw new NotMeasured("not-found", `${url} knows no environment ${environment} (404)`, { permanent: true });
	}
	/** What was published of a feature, and is to be; none where the environment keeps no versions. */
	async versions(feature, environment, signal) {
		const { id, use_v2_feature_versioning: kept } = environment;
		if (kept !== true || typeof id !== "number") return [];
		const url = this.#url("v1", "environments", String(id), "features", String(feature), "versions");
		return (await this.#get(versionsForm, `${url}?page_size=${pageSize}`, signal))?.results ?? [];
	}
	/** How many identities have the feature switched on, and off, for themselves; undefined: this server does not tell. */
	async identities(feature, signal) {
		const { url, project, "identity-overrides": asked } = this.config;
		if (asked === "none") return {
			on: 0,
			off: 0
		};
		const kept = await this.#get(projectForm, this.#url("v1", "projects", project), signal);
		if (!kept) throw new NotMeasured("not-found", `${url} knows no project ${project} (404)`, { permanent: true });
		const { use_edge_identities: atEdge, edge_v2_migration_status: migrated } = kept;
		const found = atEdge === false ? await this.#coreOverrides(feature, signal) : atEdge === true && migrated === "COMPLETE" ? await this.#edgeOverrides(feature, signal) : void 0;
		if (!found) return void 0;
		const off = found.filter(({ enabled }) => enabled === false).length;
		return {
			on: found.length - off,
			off
		};
	}
	async #edgeOverrides(feature, signal) {
		const url = this.#url("v1", "environments", this.config.environment, "edge-identity-overrides").slice(0, -1);
		return (await this.#get(edgeForm, `${url}?feature=${feature}`, signal))?.results.map(({ feature_state: state }) => state);
	}
	async #coreOverrides(feature, signal) {
		const url = this.#url("v1", "environments", this.config.environment, "featurestates");
		const found = [];
		for (let page = 1; page <= mostPages; page += 1) {
			const answer = await this.#get(coreForm, `${url}?feature=${feature}&anyIdentity=1&page=${page}`, signal);
			if (!answer) return void 0;
			found.push(...answer.results);
			if (!answer.next) return found;
		}
		throw new NotMeasured("bad-answer", `${this.config.url} never ends its list of identities`);
	}
	async patch(feature, body, signal) {
		await change(this.context, {
			method: "PATCH",
			url: this.flagUrl(feature),
			headers: this.#headers,
			needs: mayWrite,
			body,
			refusal: ({ status, text: said }) => refusalOf(status, said)
		}, signal);
	}
};
const mayWrite = "the permissions to update feature states and to manage segment overrides in this environment";
function refusalOf(status, said) {
	if ((status === 409 || status === 400 || status === 403) && /change.?request/i.test(said)) return new Refused("approval", `Flagsmith asks for a change request (${status})`, "open one and have it approved, or switch change requests off for this environment");
	if (status !== 404) return void 0;
	return new Refused("permission", "Flagsmith does not let this key change the flag (404)", `give it ${mayWrite}`);
}
// build/sources/flags/flagsmith/definition.js
/** From what a flag of Flagsmith serves in an environment to a definition. Pure. */
const disabled = "(disabled)";
const enabled = "(enabled)";
/**
* Identities first, then segments by their priority, the lowest number first, then the environment's default. There is no switch: the
* default being off does not beat an override.
*/
function definitionOf(feature, flag, identities, meaning) {
	const values = /* @__PURE__ */ new Map([[disabled, meaning.off[0] ?? false], [enabled, meaning.on[0] ?? true]]);
	const serving = (served) => servingOf(served, feature, meaning, values);
	const overrides = [...flag.segment_overrides].sort((a, b) => a.priority - b.priority);
	const control = flag.environment_default;
	const rules = [
		...isSplit(control) && classOf(controlOf$1(control), meaning) !== "off" ? [{
			who: matching("asked for without an identity"),
			serves: serving({
				...control,
				variants: []
			})
		}] : [],
		...identities === void 0 ? [{
			who: matching("identity overrides"),
			serves: unknownServing
		}] : [],
		...some(identities?.on ?? 0, serve(enabled)),
		...some(identities?.off ?? 0, serve(disabled)),
		...overrides.map(({ segment: { id }, ...served }) => ({
			who: matching(`segment #${id}`, `#${id}`),
			serves: serving(served)
		}))
	];
	const otherwise = serving(control);
	return {
		enabled: null,
		kind: feature.type === "MULTIVARIATE" ? "multivariate" : "boolean",
		variants: [...values].map(([name, value]) => ({
			name,
			value
		})),
		rules,
		otherwise,
		off: serve(disabled)
	};
}
const some = (count, serves) => count === 0 ? [] : [{
	who: individuals(count),
	serves
}];
function servingOf(served, { type, multivariate_options: options }, meaning, values) {
	if (!served.enabled) return serve(disabled);
	if (type !== "MULTIVARIATE") {
		if (isSplit(served)) return unknownServing;
		const value = typedValue(served.value);
		if (value === null || classOf({
			variant: enabled,
			value
		}, meaning) !== "off") return serve(enabled);
		const odd = `enabled, ${JSON.stringify(value)}`;
		values.set(odd, {
			enabled: true,
			value
		});
		return serve(odd);
	}
	const named = (name, x) => {
		values.set(name, x);
		return name;
	};
	const shares = served.variants.map(({ id, weight }) => {
		const option = (options ?? []).find((one) => one.id === id);
		return {
			variant: named(`#${id}`, option ? optionValue(option) : null),
			percent: weight
		};
	});
	const rest = 100 - shares.reduce((sum, { percent }) => sum + percent, 0);
	if (!(rest >= -1e-6) || shares.some(({ percent }) => !(percent >= 0))) return unknownServing;
	const control = controlOf$1(served);
	return rest > 1e-6 ? [...shares, {
		variant: named(control.variant, control.value),
		percent: rest
	}] : shares;
}
const isSplit = ({ enabled: on, variants }) => on && variants.some(({ weight }) => weight !== 0);
/** What is served to whom no variant is assigned. Each segment may have its own. */
function controlOf$1({ value }) {
	const typed = typedValue(value);
	return {
		variant: `control ${JSON.stringify(typed)}`,
		value: typed
	};
}
/** Only the field of its type counts: another may hold what it was before. */
function optionValue({ type, string_value: word, integer_value: whole, boolean_value: truth }) {
	if (type === "bool") return truth ?? null;
	return (type === "int" ? whole : word) ?? null;
}
/** As it is typed; null where there is none. */
function typedValue(value) {
	if (!value || value.value === null || value.value === void 0 || value.value === "") return null;
	if (value.type === "boolean") return value.value.toLowerCase() === "true";
	return value.type === "integer" ? Number(value.value) : value.value;
}
// build/sources/flags/flagsmith/read.js
async function readFlag(client, name, meaning, signal) {
	const feature = (await client.features(name, signal)).find((one) => one.name === name);
	if (!feature) return { state: missingState(name) };
	const [flag, identities, environment] = await Promise.all([
		client.flag(feature.id, signal),
		client.identities(feature.id, signal),
		client.environment(signal)
	]);
	const versions = await client.versions(feature.id, environment, signal);
	const live = versions.find((one) => one.is_live);
	const since = Date.parse(live?.live_from ?? "");
	const isScheduled = versions.some((one) => one.published && !one.is_live);
	const archived = feature.is_archived === true;
	const owner = feature.owners?.[0]?.email;
	return {
		state: stateOf({
			key: name,
			definition: definitionOf(feature, flag, identities, meaning),
			archived,
			timeDependent: isScheduled,
			managedBy: isScheduled ? "a scheduled change" : void 0,
			changed: Number.isNaN(since) ? null : {
				at: iso(since),
				by: null,
				scope: "environment"
			},
			version: live?.uuid ?? null,
			owner: owner ? oneLine(owner, 100) : null,
			kill: killOf(archived, typeof environment.minimum_change_request_approvals === "number")
		}, meaning),
		found: {
			feature,
			flag
		}
	};
}
function killOf(archived, asks) {
	const scope = "environment";
	if (archived) return {
		possible: false,
		scope,
		blockedBy: "archived",
		why: "it is archived: unarchive it first"
	};
	if (asks) return {
		possible: false,
		scope,
		blockedBy: "approval",
		why: "the environment asks for a change request for every change, which no credential may skip"
	};
	return {
		possible: null,
		scope,
		why: "Flagsmith does not say beforehand whether this key may write"
	};
}
// build/sources/flags/flagsmith/control.js
/**
* Switches a flag off: the environment's default, and every segment that has it on, since the default does not beat them. There is no
* lock, so it is read once more right before.
*/
const undoForm = strictObject({
	enabled: boolean(),
	segments: array(strictObject({
		id: number(),
		enabled: boolean()
	}))
});
const switchesOf = ({ environment_default: { enabled }, segment_overrides: overrides }) => ({
	enabled,
	segments: overrides.map(({ segment, enabled: on }) => ({
		id: segment.id,
		enabled: on
	})).sort((a, b) => a.id - b.id)
});
function controlOf(client) {
	return {
		off: (flag, how, signal) => draft(client, flag, how, signal, ({ segments }) => ({
			enabled: false,
			segments: segments.map(({ id }) => ({
				id,
				enabled: false
			}))
		})),
		restore(flag, undo, how, signal) {
			const parsed = safeParse(undoForm, undo);
			if (!parsed.success) throw new Refused("refused", `what the record keeps of ${flag} is not from Flagsmith`, "set it by hand");
			return draft(client, flag, how, signal, ({ segments }) => {
				const ids = (of) => of.map(({ id }) => id);
				if (isDeepStrictEqual(ids(segments), ids(parsed.output.segments))) return parsed.output;
				const message = `${flag} cannot be put back as it was: its segments are others now`;
				throw new Refused("too-complex", message, "set it by hand; the record has its state");
			});
		}
	};
}
async function draft(client, flag, { meaning }, signal, wantedOf) {
	const { state: before, found } = await readFlag(client, flag, meaning, signal);
	if (!found) throw new Refused("unknown-flag", `there is no flag ${flag}`, "check its name and project");
	if (before.archived) throw new Refused("archived", `${flag} is archived`, "unarchive it first");
	const now = switchesOf(found.flag);
	const body = between(now, wantedOf(now));
	const words = `PATCH ${new URL(client.flagUrl(found.feature.id)).pathname}`;
	if (Object.keys(body).length === 0) return {
		before,
		undo: now,
		words
	};
	if (before.kill.blockedBy === "approval") throw new Refused("approval", "Flagsmith asks for a change request in this environment", "open a change request and have it approved, or switch change requests off for this environment");
	return {
		before,
		undo: now,
		words,
		async send(ends) {
			if (!isDeepStrictEqual(await client.flag(found.feature.id, ends), found.flag)) throw changedMeanwhile(flag, "Flagsmith");
			await client.patch(found.feature.id, body, ends);
		}
	};
}
/** What is to be written, and no more. */
function between(now, wanted) {
	const segments = wanted.segments.filter(({ id, enabled }) => now.segments.find((one) => one.id === id)?.enabled !== enabled);
	return {
		...now.enabled === wanted.enabled ? {} : { environment_default: { enabled: wanted.enabled } },
		...segments.length === 0 ? {} : { segment_overrides: segments.map(({ id, enabled }) => ({
			segment: { id },
			enabled
		})) }
	};
}
// build/sources/flags/flagsmith/index.js
/** Source `flagsmith`: the flags of one project and environment of Flagsmith. */
const flagsmithSource = defineSource({
	type: "flagsmith",
	families: ["flags"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		return {
			flags: answers({
				provider: "Flagsmith",
				place: `project ${config.project}`,
				context,
				read: async (flag, meaning, signal) => (await readFlag(client, flag, meaning, signal)).state,
				list: async (_, signal) => {
					return (await client.features("", signal)).filter(({ is_archived: archived }) => archived !== true).map(({ name }) => name);
				},
				url: () => client.featuresUrl
			}),
			control: controlOf(client)
		};
	}
});
export { flagsmithSource };
