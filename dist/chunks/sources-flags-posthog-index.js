import { $ as optional, H as looseObject, O as array, T as secret, X as nullish, Y as nullable, Z as number, bt as defineSource, ct as safeParse, dt as string, ft as transform, g as described, gt as unknown, ht as union, it as pipe, k as boolean, n as changedMeanwhile, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { S as shaped, b as read, c as percentOf, d as rawAt, f as rawWith, g as stateOf, h as missingState, i as everyone, l as serve, n as allOf, o as matching, t as answers, u as unknownServing, y as change } from "./flags.js";
import { rn as authorization, vr as oneLine } from "./shared.js";
// build/sources/flags/posthog/client.js
/** Asks PostHog's API (https://posthog.com/docs/api/feature-flags). */
const schema = strictObject({
	url: described(optional(httpUrl, "https://us.posthog.com"), "Address of the API: `https://us.posthog.com`, `https://eu.posthog.com`, or that of a server of your own."),
	project: described(pipe(union([number(), filled]), transform(String)), "Id of the project, a number."),
	token: described(secret, "Personal API key (`phx_…`), sent as `Authorization: Bearer …`.")
});
const text = string();
const propertyForm = looseObject({
	key: nullish(unknown()),
	type: nullish(text),
	value: nullish(unknown())
});
const groupForm = looseObject({
	properties: nullish(array(propertyForm), []),
	/** null: all. */
	rollout_percentage: nullish(number()),
	/** Whom it is for gets this variant. */
	variant: nullish(text)
});
const some = nullish(unknown());
const userForm = nullish(looseObject({ email: nullish(text) }));
const flagForm = looseObject({
	id: number(),
	key: text,
	active: boolean(),
	deleted: nullish(boolean()),
	archived: nullish(boolean()),
	filters: looseObject({
		groups: array(groupForm),
		multivariate: nullish(looseObject({ variants: array(looseObject({
			key: text,
			rollout_percentage: number()
		})) })),
		super_groups: some,
		holdout_groups: some,
		holdout: some
	}),
	version: nullish(number()),
	status: nullish(text),
	last_called_at: nullish(text),
	updated_at: nullish(text),
	last_modified_by: userForm,
	created_by: userForm,
	experiment_set: nullish(array(unknown()), []),
	can_edit: nullish(boolean())
});
const pageForm = looseObject({
	results: array(looseObject({
		id: number(),
		key: text
	})),
	next: nullish(text)
});
const needs = "a key with the scope feature_flag:read";
const pageSize = 100;
const mostPages = 100;
var Client = class {
	config;
	context;
	constructor(config, context) {
		this.config = config;
		this.context = context;
	}
	url(id) {
		const { url, project } = this.config;
		const base = `${url}/api/projects/${encodeURIComponent(project)}/feature_flags/`;
		return id === void 0 ? base : `${base}${id}/`;
	}
	link(id) {
		return `${this.config.url}/project/${encodeURIComponent(this.config.project)}/feature_flags/${id}`;
	}
	/** Ids of all flags whose keys or names hold `search`, by key, to the last page. */
	async ids(search, signal) {
		const { url, project } = this.config;
		const found = /* @__PURE__ */ new Map();
		for (let page = 0, offset = 0; page < mostPages; page += 1) {
			const query = new URLSearchParams({
				limit: String(pageSize),
				offset: String(offset)
			});
			if (search !== "") query.set("search", search);
			const address = `${this.url()}?${query.toString()}`;
			const response = await read(this.context, {
				url: address,
				headers: authorization(this.config),
				needs
			}, signal);
			if (!response) throw new NotMeasured("not-found", `${url} knows no project ${project} (404)`, { permanent: true });
			const { results, next } = shaped(pageForm, response, address);
			for (const { id, key } of results) found.set(key, id);
			if (!next) return found;
			offset += results.length;
			if (results.length === 0) break;
		}
		throw new NotMeasured("bad-answer", `${url} never ends its list of flags`);
	}
	/** @returns undefined where the project has no such flag */
	async flag(key, signal) {
		const id = (await this.ids(key, signal)).get(key);
		if (id === void 0) return void 0;
		const url = this.url(id);
		const response = await read(this.context, {
			url,
			headers: authorization(this.config),
			needs
		}, signal);
		if (!response) throw new NotMeasured("bad-answer", `${this.config.url} lists ${key}, and does not know it (404)`);
		const flag = shaped(flagForm, response, url);
		if (flag.key !== key) throw new NotMeasured("bad-answer", `${this.config.url} answered for another flag`);
		return {
			flag,
			text: response.text
		};
	}
	/** @param fields the fields to be changed, as JSON texts @param were what they were */
	async patch({ flag }, fields, were, signal) {
		const written = (of) => Object.entries(of).map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",");
		const lock = flag.version === null || flag.version === void 0 ? "" : `,"version":${flag.version}`;
		await change(this.context, {
			method: "PATCH",
			url: this.url(flag.id),
			headers: authorization(this.config),
			needs: "the scope feature_flag:write, and a role that may edit the flag",
			body: `{${written(fields)}${lock},"original_flag":{${written(were)}}}`
		}, signal);
	}
};
// build/sources/flags/posthog/definition.js
/** No condition holds, or the flag is not active: SDKs say false. */
const none = "(no match)";
/** A flag without variants that is on. */
const plain = "(match)";
function definitionOf({ key, active, filters }, meaning) {
	const { groups, multivariate } = filters;
	const variants = multivariate?.variants ?? [];
	const byHash = variants.length === 0 ? serve(plain) : variants.map(({ key: name, rollout_percentage: percent }) => ({
		variant: name,
		percent
	}));
	const ruleOf = (group) => ({
		who: audienceOf(group, key),
		serves: group.variant ? serve(group.variant) : byHash
	});
	const [named, others] = [groups.filter(({ variant }) => variant), groups.filter(({ variant }) => !variant)];
	return {
		enabled: active,
		kind: variants.length === 0 ? "boolean" : "multivariate",
		variants: [
			{
				name: none,
				value: meaning.off[0] ?? false
			},
			{
				name: plain,
				value: meaning.on[0] ?? true
			},
			...variants.map(({ key: name }) => ({
				name,
				value: name
			}))
		],
		rules: [
			...before(filters),
			...named.map(ruleOf),
			...together(others, key, byHash)
		],
		otherwise: serve(none),
		off: serve(none)
	};
}
/** Early access and holdouts decide first, and what they serve is not looked into. */
function before({ super_groups: early, holdout_groups: groups, holdout }) {
	const is = (x) => Array.isArray(x) ? x.length > 0 : x !== null && x !== void 0;
	return [...is(early) ? [{
		who: matching("early access"),
		serves: unknownServing
	}] : [], ...is(groups) || is(holdout) ? [{
		who: matching("a holdout"),
		serves: unknownServing
	}] : []];
}
/** Any of them is enough, and all hash alike: who is below 5 % is below 25 % too. */
function together(groups, key, serves) {
	if (groups.length === 0) return [];
	const parts = groups.map((group) => audienceOf(group, key));
	const [only] = parts;
	return [{
		who: parts.length === 1 && only ? only : {
			is: "any-of",
			parts
		},
		serves
	}];
}
function audienceOf({ properties, rollout_percentage: percent }, key) {
	const conditions = (properties ?? []).map(condition);
	const hashed = percent === null || percent === void 0 ? everyone : percentOf(percent, key);
	return conditions.length === 0 ? hashed : allOf(hashed, ...conditions);
}
const named = (x) => oneLine(typeof x === "string" || typeof x === "number" ? String(x) : "a property", 60);
function condition({ type, key, value }) {
	if (type === "cohort") return matching(`cohort ${named(value)}`, `cohort ${named(value)}`);
	return matching(type === "flag" ? `flag ${named(key)}` : `${type ?? "person"} ${named(key)}`);
}
/** Flags by their ids, as conditions name them. */
const prerequisitesOf = ({ filters }) => filters.groups.flatMap(({ properties }) => properties ?? []).flatMap(({ type, key }) => type === "flag" ? [{
	flag: named(key),
	met: null
}] : []);
// build/sources/flags/posthog/read.js
async function readFlag(client, key, meaning, signal) {
	const found = await client.flag(key, signal);
	if (!found || found.flag.deleted === true) return { state: missingState(key) };
	return {
		state: stateFrom(found.flag, client.link(found.flag.id), meaning),
		found
	};
}
function stateFrom(flag, link, meaning) {
	const { key, status, version, last_modified_by: modifier, created_by: creator } = flag;
	const archived = flag.archived === true;
	const changed = instant(flag.updated_at);
	const named = (user) => user?.email ? oneLine(user.email, 100) : null;
	return stateOf({
		key,
		definition: definitionOf(flag, meaning),
		archived,
		prerequisites: prerequisitesOf(flag),
		managedBy: (flag.experiment_set ?? []).length > 0 ? "an experiment" : void 0,
		changed: changed === null ? null : {
			at: changed,
			by: named(modifier),
			scope: "flag"
		},
		evaluatedAt: instant(flag.last_called_at),
		stale: typeof status === "string" ? status.toUpperCase() === "STALE" : null,
		owner: named(creator),
		version: typeof version === "number" ? String(version) : null,
		kill: killOf(flag, archived),
		link
	}, meaning);
}
const instant = (text) => typeof text === "string" && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null;
/** A project has one set of flags: whatever runs in it loses the flag together. */
function killOf({ can_edit: mayEdit }, archived) {
	const scope = "all-environments";
	if (archived) return {
		possible: false,
		scope,
		blockedBy: "archived",
		why: "it is archived: unarchive it first"
	};
	if (mayEdit === false) return {
		possible: false,
		scope,
		blockedBy: "permission",
		why: "whom the key belongs to may not edit the flag: give them a role that may"
	};
	return {
		possible: null,
		scope,
		why: "PostHog does not say beforehand whether this key has the scope feature_flag:write"
	};
}
// build/sources/flags/posthog/control.js
/**
* Changes a flag by a patch of the fields that are to change, with the version that was read. `filters` can only be written whole, so
* they are patched as they are written.
*/
/** `percent`: of the one condition, as it is written; null: the flag has not one plain condition. */
const undoForm = strictObject({
	active: boolean(),
	percent: nullable(string())
});
const at = [
	"groups",
	0,
	"rollout_percentage"
];
function controlOf(client) {
	return {
		off: (flag, how, signal) => draft(client, flag, how, signal, (_, now) => ({
			...now,
			active: false
		})),
		rollout: (flag, percent, how, signal) => draft(client, flag, how, signal, (found) => {
			refuseUnlessPlain(found.flag);
			return {
				active: true,
				percent: String(percent)
			};
		}),
		restore(flag, undo, how, signal) {
			const parsed = safeParse(undoForm, undo);
			if (!parsed.success) throw new Refused("refused", `what the record keeps of ${flag} is not from PostHog`, "set it by hand");
			return draft(client, flag, how, signal, (_, now) => {
				if (now.percent === null === (parsed.output.percent === null)) return parsed.output;
				const message = `${flag} cannot be put back as it was: its conditions are others now`;
				throw new Refused("too-complex", message, "set it by hand; the record has its state");
			});
		}
	};
}
const filtersOf = ({ text }) => rawAt(text, ["filters"]) ?? "{}";
/** A condition whose percentage is not written is for all. */
const switchesOf = (found) => ({
	active: found.flag.active,
	percent: isPlain(found.flag) ? rawAt(filtersOf(found), at) ?? "null" : null
});
async function draft(client, key, { meaning }, signal, wantedOf) {
	const { state: before, found } = await readFlag(client, key, meaning, signal);
	if (!found) throw new Refused("unknown-flag", `there is no flag ${key}`, "check its key and project");
	if (before.archived) throw new Refused("archived", `${key} is archived`, "unarchive it first");
	const now = switchesOf(found);
	const wanted = wantedOf(found, now);
	const filters = filtersOf(found);
	const moved = wanted.percent === null || wanted.percent === now.percent ? filters : rawWith(filters, at, wanted.percent);
	const fields = {
		...wanted.active === now.active ? {} : { active: String(wanted.active) },
		...moved === filters ? {} : { filters: moved }
	};
	const words = `PATCH ${new URL(client.url(found.flag.id)).pathname}: ${Object.keys(fields).join(", ")}`;
	if (Object.keys(fields).length === 0) return {
		before,
		undo: now,
		words
	};
	const were = {
		..."active" in fields ? { active: String(now.active) } : {},
		..."filters" in fields ? { filters } : {}
	};
	return {
		before,
		undo: now,
		words,
		async send(ends) {
			const again = await client.flag(key, ends);
			if (!again || essence(again) !== essence(found)) throw changedMeanwhile(key, "PostHog");
			await client.patch(found, fields, were, ends);
		}
	};
}
/** Calls go on, and are no change. */
const essence = (found) => JSON.stringify([
	found.flag.version,
	found.flag.active,
	filtersOf(found)
]);
/** One condition that is for everybody, and no variants. */
function isPlain({ filters }) {
	const { groups, multivariate, super_groups: early, holdout_groups: holdouts, holdout } = filters;
	const [only, ...more] = groups;
	const is = (x) => Array.isArray(x) ? x.length > 0 : x !== null && x !== void 0;
	return only !== void 0 && more.length === 0 && (only.properties ?? []).length === 0 && !only.variant && (multivariate?.variants ?? []).length === 0 && ![
		early,
		holdouts,
		holdout
	].some(is);
}
function refuseUnlessPlain(flag) {
	if ((flag.experiment_set ?? []).length > 0) throw new Refused("managed", `${flag.key} is in an experiment`, "end the experiment first");
	if (isPlain(flag)) return;
	throw new Refused("too-complex", `${flag.key} has not exactly one condition for everybody, or has variants, so no percentage says who gets it`, "leave it one condition without properties");
}
// build/sources/flags/posthog/index.js
/** Source `posthog`: the flags of one project of PostHog. */
const postHogSource = defineSource({
	type: "posthog",
	families: ["flags"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		return {
			flags: answers({
				provider: "PostHog",
				place: `project ${config.project}`,
				context,
				read: async (flag, meaning, signal) => (await readFlag(client, flag, meaning, signal)).state,
				list: async (_, signal) => [...(await client.ids("", signal)).keys()],
				url: () => client.url()
			}),
			control: controlOf(client)
		};
	}
});
export { postHogSource };
