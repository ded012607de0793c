import { $ as optional, H as looseObject, O as array, Q as object, T as secret, X as nullish, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, k as boolean, l as classOf, n as changedMeanwhile, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { a as individuals, c as percentOf, g as stateOf, h as missingState, l as serve, o as matching, t as answers, x as readAs, y as change } from "./flags.js";
import { rn as authorization, vr as oneLine } from "./shared.js";
import { isDeepStrictEqual } from "node:util";
// build/sources/flags/split/client.js
/** Asks the Admin API of Split, now Harness FME (https://docs.split.io/reference/introduction). */
const schema = strictObject({
	url: described(optional(httpUrl, "https://api.split.io"), "Address of the Admin API."),
	workspace: described(filled, "Id of the workspace (project)."),
	environment: described(filled, "Name or id of the environment."),
	token: described(secret, "Admin API key, sent as `Authorization: Bearer …`. SDK keys cannot call the API.")
});
const text = string();
const keys = nullish(array(unknown()), []);
const bucketForm = looseObject({
	treatment: text,
	size: number()
});
/** https://docs.split.io/reference/split-definition */
const definitionForm = looseObject({
	name: text,
	killed: boolean(),
	treatments: array(looseObject({
		name: text,
		keys,
		segments: keys
	})),
	defaultTreatment: text,
	baselineTreatment: nullish(text),
	trafficAllocation: number(),
	rules: array(looseObject({
		buckets: array(bucketForm),
		condition: nullish(looseObject({ matchers: nullish(array(looseObject({
			type: nullish(text),
			attribute: nullish(text),
			string: nullish(unknown())
		}))) }))
	})),
	defaultRule: array(bucketForm),
	prerequisites: nullish(array(unknown()), []),
	lastUpdateTime: nullish(number()),
	lastTrafficReceivedAt: nullish(number())
});
const metadataForm = looseObject({ name: text });
const pageForm = looseObject({
	objects: array(metadataForm),
	totalCount: number()
});
const definitionsForm = looseObject({
	objects: array(definitionForm),
	totalCount: number()
});
const environmentForm = looseObject({
	id: text,
	name: text,
	changePermissions: nullish(looseObject({
		areApprovalsRequired: nullish(boolean()),
		allowKills: nullish(boolean())
	}))
});
const environmentsForm = array(environmentForm);
const needs = "an Admin API key with the role API_FEATURE_FLAG_VIEWER";
const pageSize = 50;
var Client = class {
	config;
	context;
	constructor(config, context) {
		this.config = config;
		this.context = context;
	}
	#url(...parts) {
		return `${this.config.url}/internal/api/v2/${parts.map(encodeURIComponent).join("/")}`;
	}
	url(flag, ...more) {
		const { workspace, environment } = this.config;
		const of = flag === void 0 ? [] : [flag];
		return this.#url("splits", "ws", workspace, ...of, "environments", environment, ...more);
	}
	#get(form, url, signal) {
		return readAs(this.context, form, {
			url,
			headers: authorization(this.config),
			needs
		}, signal);
	}
	async definition(flag, signal) {
		const found = await this.#get(definitionForm, this.url(flag), signal);
		if (found && found.name !== flag) throw new NotMeasured("bad-answer", `${this.config.url} answered for another flag`);
		return found;
	}
	/** Whether there is such a flag, set up in this environment or not. */
	async exists(flag, signal) {
		const { workspace, url } = this.config;
		if (await this.#get(metadataForm, this.#url("splits", "ws", workspace, flag), signal)) return true;
		if (await this.#get(pageForm, `${this.#url("splits", "ws", workspace)}?limit=1&offset=0`, signal)) return false;
		throw new NotMeasured("not-found", `${url} knows no workspace ${workspace} (404)`, { permanent: true });
	}
	/** All flags that are set up in the environment. */
	async definitions(signal) {
		const { url, workspace, environment } = this.config;
		const found = /* @__PURE__ */ new Map();
		for (let offset = 0;;) {
			const page = await this.#get(definitionsForm, `${this.url()}?limit=${pageSize}&offset=${offset}`, signal);
			if (!page) {
				const message = `${url} knows no environment ${environment} of workspace ${workspace} (404)`;
				throw new NotMeasured("not-found", message, { permanent: true });
			}
			for (const one of page.objects) found.set(one.name, one);
			offset += page.objects.length;
			if (offset >= page.totalCount) return [...found.values()];
			if (page.objects.length === 0) throw new NotMeasured("bad-answer", `${url} lists ${offset} of ${page.totalCount} flags and no more`);
		}
	}
	/** @returns undefined where this key may not see it: keys may be for one environment alone */
	async approvals(signal) {
		const { workspace, environment } = this.config;
		try {
			const own = (await this.#get(environmentsForm, this.#url("environments", "ws", workspace), signal))?.find(({ id, name }) => id === environment || name === environment)?.changePermissions;
			return own ? {
				required: own.areApprovalsRequired === true,
				killsAllowed: own.allowKills === true
			} : void 0;
		} catch (error) {
			if (error instanceof NotMeasured && error.code === "forbidden") return void 0;
			throw error;
		}
	}
	async write(method, url, body, signal) {
		await change(this.context, {
			method,
			url,
			headers: authorization(this.config),
			needs: "the role API_FEATURE_FLAG_EDITOR",
			body,
			refusal: ({ status, text: said }) => (status === 403 || status === 409 || status === 400) && /approv/i.test(said) ? new Refused("approval", `Split asks for an approval (${status})`, "submit the change for approval at Split, or allow kills without one") : void 0
		}, signal);
	}
};
// build/sources/flags/split/definition.js
/** From a definition of Split in one environment to ours (https://help.split.io/hc/en-us/articles/360020525112). Pure. */
/** Keys and segments by name first; then those outside the traffic; then the rules in order; then the default rule. */
function definitionOf(split) {
	const { killed, treatments, defaultTreatment, baselineTreatment, trafficAllocation, rules, defaultRule } = split;
	const outside = serve(baselineTreatment ?? defaultTreatment);
	return {
		enabled: !killed,
		kind: "multivariate",
		variants: treatments.map(({ name }) => ({
			name,
			value: name
		})),
		rules: [
			...(split.prerequisites ?? []).length > 0 ? [{
				who: matching("prerequisites"),
				serves: serve(defaultTreatment)
			}] : [],
			...treatments.flatMap(named),
			...trafficAllocation !== 100 ? [{
				who: {
					is: "not",
					part: percentOf(trafficAllocation, "allocation")
				},
				serves: outside
			}] : [],
			...rules.map(({ condition, buckets }) => ({
				who: matching(...wordsOf(condition)),
				serves: servingOf(buckets)
			}))
		],
		otherwise: servingOf(defaultRule),
		off: serve(defaultTreatment)
	};
}
function named({ name, keys, segments }) {
	const listed = (keys ?? []).length;
	return [...listed > 0 ? [{
		who: individuals(listed),
		serves: serve(name)
	}] : [], ...(segments ?? []).map((segment) => {
		const shown = oneLine(typeof segment === "string" ? segment : "a segment", 60);
		return {
			who: matching(`segment ${shown}`, shown),
			serves: serve(name)
		};
	})];
}
const servingOf = (buckets) => buckets.map(({ treatment, size }) => ({
	variant: treatment,
	percent: size
}));
function wordsOf(condition) {
	const matchers = condition?.matchers ?? [];
	const words = matchers.map(({ type, attribute }) => [attribute, type].filter(Boolean).join(" ")).join(" and ");
	const segment = matchers.find(({ type }) => type?.includes("SEGMENT"))?.string;
	return typeof segment === "string" ? [oneLine(words, 80), segment] : [oneLine(words, 80) || "a rule"];
}
// build/sources/flags/split/read.js
async function readFlag(client, flag, meaning, signal) {
	const found = await client.definition(flag, signal);
	if (!found) {
		if (!await client.exists(flag, signal)) return { state: missingState(flag) };
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
	return {
		state: stateFrom(found, meaning, await client.approvals(signal)),
		found
	};
}
function stateFrom(split, meaning, approvals) {
	const changed = instant(split.lastUpdateTime);
	return stateOf({
		key: split.name,
		definition: definitionOf(split),
		changed: changed === null ? null : {
			at: changed,
			by: null,
			scope: "environment"
		},
		evaluatedAt: instant(split.lastTrafficReceivedAt),
		version: typeof split.lastUpdateTime === "number" ? String(split.lastUpdateTime) : null,
		kill: killOf(approvals)
	}, meaning);
}
/** Times are in milliseconds; 0 is never. */
function instant(ms) {
	const date = new Date(ms ?? 0);
	return ms && Number.isFinite(date.getTime()) ? date.toISOString() : null;
}
function killOf(approvals) {
	const scope = "environment";
	if (approvals?.required && !approvals.killsAllowed) return {
		possible: false,
		scope,
		blockedBy: "approval",
		why: "the environment asks for an approval of every change: allow kills without one"
	};
	return {
		possible: null,
		scope,
		why: "Split does not say beforehand whether this key may write"
	};
}
// build/sources/flags/split/control.js
/** Changes a flag: killed and restored by endpoints of their own, its default rule by JSON Patch. There is no lock, so it is read once more. */
const bucket = object({
	treatment: string(),
	size: number()
});
const undoForm = strictObject({
	killed: boolean(),
	defaultRule: array(bucket)
});
const bucketsOf = ({ defaultRule }) => defaultRule.map(({ treatment, size }) => ({
	treatment,
	size
}));
function controlOf(client) {
	return {
		off: (flag, how, signal) => draft(client, flag, how, signal, ({ killed }) => killed ? [] : [{ to: "kill" }]),
		rollout: (flag, percent, how, signal) => draft(client, flag, how, signal, (split) => rolloutOf(split, percent, how)),
		restore(flag, undo, how, signal) {
			const parsed = safeParse(undoForm, undo);
			if (!parsed.success) throw new Refused("refused", `what the record keeps of ${flag} is not from Split`, "set it by hand");
			const { killed, defaultRule } = parsed.output;
			return draft(client, flag, how, signal, (split) => {
				const back = isDeepStrictEqual(bucketsOf(split), defaultRule) ? [] : [{
					to: "defaultRule",
					buckets: defaultRule
				}];
				if (killed === split.killed) return back;
				return killed ? [{ to: "kill" }, ...back] : [...back, { to: "restore" }];
			});
		}
	};
}
async function draft(client, flag, { meaning, note }, signal, plan) {
	const { state: before, found } = await readFlag(client, flag, meaning, signal);
	if (!found) {
		const what = before.exists ? `${flag} is not set up in ${client.config.environment}` : `there is no flag ${flag}`;
		throw new Refused("unknown-flag", what, "check its name, workspace and environment");
	}
	const steps = plan(found);
	const words = steps.map(({ to }) => to === "defaultRule" ? "PATCH …/environments/… /defaultRule" : `PUT …/environments/…/${to}`).join(", ");
	const undo = {
		killed: found.killed,
		defaultRule: bucketsOf(found)
	};
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
			if (!isDeepStrictEqual(essence(await client.definition(flag, ends)), essence(found))) throw changedMeanwhile(flag, "Split");
			for (const step of steps) if (step.to === "defaultRule") {
				const patch = [{
					op: "replace",
					path: "/defaultRule",
					value: step.buckets
				}];
				await client.write("PATCH", client.url(flag), patch, ends);
			} else await client.write("PUT", client.url(flag, step.to), { comment: note }, ends);
		}
	};
}
/** Traffic goes on, and is no change. */
const essence = (split) => split && {
	...split,
	lastTrafficReceivedAt: null
};
/** One default rule of one treatment that is on and one that is off, for all traffic. */
function rolloutOf(split, percent, { meaning }) {
	const { name, killed, treatments, trafficAllocation, rules, prerequisites } = split;
	const refuse = (what, next) => new Refused("too-complex", `${name} ${what}`, next);
	if (!Number.isInteger(percent)) throw refuse(`takes whole percents, not ${percent} %`, "use whole percents in `steps`");
	if (treatments.some(({ keys, segments }) => (keys ?? []).length + (segments ?? []).length > 0) || rules.length > 0 || (prerequisites ?? []).length > 0 || trafficAllocation !== 100) throw refuse("has rules, targets or limited traffic, so no percentage says who gets it", "remove them");
	const of = (wanted) => treatments.flatMap((one) => classOf({
		variant: one.name,
		value: one.name
	}, meaning) === wanted ? [one.name] : []);
	const [[on, ...moreOn], [off, ...moreOff]] = [of("on"), of("off")];
	if (on === void 0 || off === void 0 || moreOn.length + moreOff.length > 0) throw refuse("has not exactly one treatment that is on and one that is off", "name them in `on-values` and `off-values`");
	const buckets = [{
		treatment: on,
		size: percent
	}, {
		treatment: off,
		size: 100 - percent
	}].filter(({ size }) => size > 0);
	return [...isDeepStrictEqual(bucketsOf(split), buckets) ? [] : [{
		to: "defaultRule",
		buckets
	}], ...killed ? [{ to: "restore" }] : []];
}
// build/sources/flags/split/index.js
/** Source `split`: the flags of one workspace and environment of Split, now Harness FME. */
const splitSource = defineSource({
	type: "split",
	families: ["flags"],
	schema,
	open(config, context) {
		const client = new Client(config, context);
		return {
			flags: answers({
				provider: "Split",
				place: `${config.environment} of workspace ${config.workspace}`,
				context,
				read: async (flag, meaning, signal) => (await readFlag(client, flag, meaning, signal)).state,
				list: async (meaning, signal) => {
					const [all, approvals] = await Promise.all([client.definitions(signal), client.approvals(signal)]);
					return all.map((split) => stateFrom(split, meaning, approvals));
				},
				url: (flag) => client.url(flag)
			}),
			control: controlOf(client)
		};
	}
});
export { splitSource };
