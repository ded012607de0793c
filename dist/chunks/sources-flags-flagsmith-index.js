import { A as array, C as httpUrl, D as secret, Q as number, U as looseObject, Z as nullish, at as pipe, dt as strictObject, et as optional, ft as string, gt as union, h as defineSource, it as picklist, j as boolean, l as classOf, lt as safeParse, n as changedMeanwhile, p as NotMeasured, pt as transform, t as Refused, v as described, x as filled } from "./base.js";
import { a as individuals, b as stateOf, g as readAs, l as serve, m as change, o as matching, t as answers, u as unknownServing, y as missingState } from "./flags.js";
import { Zn as oneLine } from "./shared.js";
import { isDeepStrictEqual } from "node:util";
// build/sources/flags/flagsmith/client.js
/** Asks Flagsmith's Admin API (https://docs.flagsmith.com/managing-flags/updating-flags, https://api.flagsmith.com/api/v1/docs). */
const schema = strictObject({
	url: described(optional(httpUrl, "https://api.flagsmith.com"), "Address of the Admin API."),
	project: described(pipe(union([number(), filled]), transform(String)), "Id of the project, a number."),
	environment: described(filled, "Key of the environment, as clients use it."),
	token: described(secret, "Organisation API key, sent as `Authorization: Api-Key …`."),
	"identity-overrides": described(optional(picklist(["read", "none"]), "read"), "Identities may have a flag of their own, whatever the environment says. `read` (default): they are asked for, which only the hosted edition answers. `none`: you say that there are none.")
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
	api_key: text,
	minimum_change_request_approvals: nullish(number())
});
/** https://api.flagsmith.com/api/v1/docs: edge-identity-overrides */
const overridesForm = looseObject({ results: array(looseObject({ feature_state: looseObject({ enabled: nullish(boolean()) }) })) });
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
	/** Whether changes of the environment need a change request. */
	async asksForApproval(signal) {
		const { url, environment } = this.config;
		const found = await this.#get(environmentForm, this.#url("v1", "environments", environment), signal);
		if (found) return typeof found.minimum_change_request_approvals === "number";
		throw new NotMeasured("not-found", `${url} knows no environment ${environment} (404)`, { permanent: true });
	}
	/** How many identities have the feature switched on, and off, for themselves; undefined: this server does not tell. */
	async identities(feature, signal) {
		if (this.config["identity-overrides"] === "none") return {
			on: 0,
			off: 0
		};
		const url = this.#url("v1", "environments", this.config.environment, "edge-identity-overrides");
		const found = await this.#get(overridesForm, `${url}?feature=${feature}`, signal);
		if (!found) return void 0;
		const off = found.results.filter(({ feature_state: state }) => state.enabled === false).length;
		return {
			on: found.results.length - off,
			off
		};
	}
	async patch(feature, body, signal) {
		await change(this.context, {
			method: "PATCH",
			url: this.flagUrl(feature),
			headers: this.#headers,
			needs: "the permission to update feature states in this environment",
			body,
			refusal: ({ status, text: said }) => (status === 409 || status === 400 || status === 403) && /change.?request/i.test(said) ? new Refused("approval", `Flagsmith asks for a change request (${status})`, "open one and have it approved, or switch change requests off for this environment") : void 0
		}, signal);
	}
};
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
	const rules = [
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
	const otherwise = serving(flag.environment_default);
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
	const value = typedValue(served.value);
	if (type !== "MULTIVARIATE") {
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
		const x = option && (option.boolean_value ?? option.integer_value ?? option.string_value ?? null);
		return {
			variant: named(`#${id}`, x ?? null),
			percent: weight
		};
	});
	const rest = 100 - shares.reduce((sum, { percent }) => sum + percent, 0);
	if (!(rest >= -1e-6) || shares.some(({ percent }) => !(percent >= 0))) return unknownServing;
	return rest > 1e-6 ? [...shares, {
		variant: named("(control)", value),
		percent: rest
	}] : shares;
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
	const [flag, identities, asks] = await Promise.all([
		client.flag(feature.id, signal),
		client.identities(feature.id, signal),
		client.asksForApproval(signal)
	]);
	const archived = feature.is_archived === true;
	const owner = feature.owners?.[0]?.email;
	return {
		state: stateOf({
			key: name,
			definition: definitionOf(feature, flag, identities, meaning),
			archived,
			owner: owner ? oneLine(owner, 100) : null,
			kill: killOf(archived, asks)
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
