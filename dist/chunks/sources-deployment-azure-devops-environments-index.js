import { $ as optional, A as check, O as array, Q as object, T as secret, X as nullish, Z as number, bt as defineSource, ct as safeParse, dt as string, ft as transform, g as described, ht as union, it as pipe, rt as picklist, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { Cn as parseJson, Dn as azureFields, Zn as iso, hr as serverWords, vr as oneLine } from "./shared.js";
import { A as wordOf, j as organizationOf } from "./scans.js";
import { Dt as isUnauthorized, Et as azureDevopsCredentials, Ot as sendToAzureDevops } from "./late.js";
// build/sources/deployment/azure-devops-environments/shapes.js
const text = nullish(string());
/** Milliseconds since the epoch; undefined: not yet. .NET's zero time is no time. */
const instant = pipe(text, transform((written) => written ? Date.parse(written) : void 0), check((at) => at === void 0 || !Number.isNaN(at)), transform((at) => at === void 0 || at <= 0 ? void 0 : at));
const listForm = (item) => object({
	count: nullish(number()),
	value: array(item)
});
const environmentForm = object({
	id: number(),
	name: string()
});
/** A run of a pipeline, or the pipeline itself. */
const ownerForm = object({
	id: number(),
	name: text
});
/** One job of a run that deployed, or is to deploy, to the environment. It is there as soon as the job is in the queue. */
const recordForm = object({
	id: number(),
	environmentId: number(),
	/** The pipeline. */
	definition: ownerForm,
	/** The run; its name is the build number. */
	owner: ownerForm,
	/** `Build` for pipelines in YAML. */
	planType: text,
	stageName: text,
	jobName: text,
	stageAttempt: nullish(number()),
	jobAttempt: nullish(number()),
	/** The machine or the namespace, where the environment has such. */
	resourceId: nullish(number()),
	/** Absent: it waits for an agent. */
	startTime: optional(instant),
	finishTime: optional(instant),
	/** `succeeded`, `succeededWithIssues`, `failed`, `canceled`, `skipped`, `abandoned`; absent: it is not over. */
	result: nullish(union([string(), number()]))
});
const buildForm = object({ sourceVersion: text });
// build/sources/deployment/azure-devops-environments/client.js
/** What a deployment leaves are as many records as it has jobs, and resources that they run on. */
const pageSize = 200;
/** Of environments whose name is asked for there is one. */
const mostPages = 20;
const toView = "the permission to view the environment (its role Reader), and of a token the scope Environment (read & manage)";
const toBuild = "the permission «View builds» on the pipeline, and of a token the scope Build (read)";
const missing = (field) => new NotMeasured("bad-query", `name the \`${field}\` of the source: only on Azure Pipelines it is known`, { permanent: true });
var Client = class {
	organization;
	project;
	origin;
	#config;
	#context;
	#base;
	/** @throws {NotMeasured} `bad-query`, naming the field that is missing */
	constructor(config, context) {
		const { SYSTEM_COLLECTIONURI: collection, SYSTEM_TEAMPROJECT: teamProject } = context.identity.env;
		const organization = config.organization ?? organizationOf(collection ?? "");
		if (organization === void 0) throw missing("organization");
		const project = config.project ?? (teamProject || void 0);
		if (project === void 0) throw missing("project");
		this.organization = organization;
		this.project = project;
		this.origin = new URL(config.url).origin;
		this.#config = config;
		this.#context = context;
		this.#base = [config.url, ...[organization, project].map(encodeURIComponent)].join("/");
	}
	now() {
		return this.#context.clock.now();
	}
	/** The page for people; without an environment that of all. */
	page(environment) {
		return `${this.#base}/_environments${environment === void 0 ? "" : `/${environment}?view=deployments`}`;
	}
	/**
	* Azure DevOps lists only what one may view, so what is not listed may be hidden as well as not there.
	*
	* @throws {NotMeasured} `not-found`, and as all here do
	*/
	async environment(name, signal) {
		const seen = /* @__PURE__ */ new Set();
		for (let token;;) {
			const query = {
				name,
				...token === void 0 ? {} : { continuationToken: token }
			};
			const response = await this.#get("distributedtask/environments", query, toView, signal);
			const { value } = this.#shaped(listForm(environmentForm), response);
			const found = value.find((one) => one.name.toLowerCase() === name.toLowerCase());
			if (found) return found;
			token = tokenIn(response);
			if (token === void 0) break;
			if (seen.has(token) || seen.size >= mostPages) throw this.#broken("gives a list that does not end");
			seen.add(token);
		}
		const message = `${this.organization}/${this.project} has no environment ${name} that this sign-in may see: is the name right, and does it have ${toView}?`;
		throw new NotMeasured("not-found", message, { permanent: true });
	}
	/** The newest records of deployments, the newest first. @throws {NotMeasured} */
	async records(environment, signal) {
		const path = `distributedtask/environments/${environment}/environmentdeploymentrecords`;
		const response = await this.#get(path, { top: String(pageSize) }, toView, signal);
		const { value, count } = this.#shaped(listForm(recordForm), response);
		if (typeof count === "number" && count !== value.length) throw this.#broken(`announced ${count} deployments and sent ${value.length}`);
		if (value.some((one) => one.environmentId !== environment)) throw this.#broken(`lists deployments to other environments than ${environment}`);
		const cut = tokenIn(response) !== void 0 || value.length >= pageSize;
		const ordered = value.every(({ id }, i) => id < (value[i - 1]?.id ?? Number.POSITIVE_INFINITY));
		if (cut && !ordered) throw this.#broken("lists deployments in another order than the newest first");
		return {
			list: value.toSorted((a, b) => b.id - a.id),
			cut
		};
	}
	/** The commit that a run of a pipeline was of; undefined: it does not say. @throws {NotMeasured} */
	async commitOf(build, signal) {
		const response = await this.#get(`build/builds/${build}`, {}, toBuild, signal);
		return this.#shaped(buildForm, response).sourceVersion || void 0;
	}
	async #get(path, query, needs, signal) {
		const search = new URLSearchParams({
			...query,
			"api-version": "7.1"
		});
		const url = `${this.#base}/_apis/${path}?${search.toString()}`;
		const response = await sendToAzureDevops(this.#config, this.#context, url, signal);
		const { status } = response;
		if (status === 200) return response;
		const said = serverWords(response.text, await azureDevopsCredentials(this.#config, this.#context, signal));
		if (isUnauthorized(response)) {
			const message = `${this.origin} does not accept the credential (${status}): it needs ${needs}; has the token expired, and is it for the organization ${this.organization}?${said}`;
			throw new NotMeasured("unauthorized", message);
		}
		if (status === 403) throw new NotMeasured("forbidden", `${this.origin} refuses the request (403), it needs ${needs}${said}`);
		if (status === 404) {
			const message = `${this.origin} knows no such thing in ${this.organization}/${this.project} (404): are \`organization\` and \`project\` right, and does the sign-in have ${needs}?${said}`;
			throw new NotMeasured("not-found", message, { permanent: true });
		}
		if (status >= 400) {
			const message = `Azure DevOps refuses the request (${status})${said}`;
			throw new NotMeasured("bad-query", message, { permanent: true });
		}
		throw this.#broken(`answered ${status}, which means nothing here`);
	}
	#shaped(form, response) {
		const parsed = safeParse(form, parseJson(response, this.origin));
		if (parsed.success) return parsed.output;
		throw this.#broken("answered with something that is not Azure DevOps' API: is `url` right?");
	}
	#broken(what) {
		return new NotMeasured("bad-answer", `${this.origin} ${what}`);
	}
};
const tokenIn = ({ headers }) => headers["x-ms-continuationtoken"]?.trim() || void 0;
// build/sources/deployment/azure-devops-environments/standing.js
/** `TaskResult`. */
const results = [
	["succeeded", 0],
	["succeededwithissues", 1],
	["failed", 2],
	["canceled", 3],
	["skipped", 4],
	["abandoned", 5]
];
const isOver = ({ result }) => result !== void 0 && result !== null;
const resultOf = ({ result }) => wordOf(result, results);
/** It was over before it began, so that nothing was changed. */
const cameToNothing = (job) => resultOf(job) === "skipped" || resultOf(job) === "canceled" && job.startTime === void 0;
const succeeded = (job) => ["succeeded", "succeededwithissues"].includes(resultOf(job) ?? "");
/** The pipelines that have deployed there, by id. */
const pipelinesIn = (records) => new Map(records.map(({ definition: { id, name } }) => [id, name ?? String(id)]));
/** @param records the newest first @returns the newest first; without those that came to nothing */
function runsOf(records) {
	const runs = /* @__PURE__ */ new Map();
	for (const record of records) {
		const { stageName, jobName, resourceId } = record;
		const jobs = runs.get(runOf(record)) ?? /* @__PURE__ */ new Map();
		const job = JSON.stringify([
			stageName,
			jobName,
			resourceId
		]);
		const known = jobs.get(job);
		if (!known || attempt(record) > attempt(known)) jobs.set(job, record);
		runs.set(runOf(record), jobs);
	}
	return [...runs.values()].flatMap((all) => {
		const jobs = [...all.values()].filter((job) => !cameToNothing(job));
		const [first] = jobs;
		if (!first) return [];
		const { owner, definition, planType } = first;
		const name = oneLine(owner.name ?? String(owner.id), 100);
		const pipeline = oneLine(definition.name ?? String(definition.id), 100);
		return [{
			id: owner.id,
			name,
			pipeline,
			isBuild: planType?.toLowerCase() === "build",
			jobs
		}];
	});
}
/** Releases have ids of their own. */
const runOf = ({ owner, planType }) => `${planType?.toLowerCase() ?? ""} ${owner.id}`;
/** A stage that is run again runs its jobs again. */
const attempt = ({ stageAttempt, jobAttempt }) => (stageAttempt ?? 1) * 1e4 + (jobAttempt ?? 1);
const runWords = ({ name, pipeline, jobs }) => {
	const names = [...new Set(jobs.map(({ stageName, jobName }) => `${stageName ?? "?"}/${jobName ?? "?"}`))];
	return oneLine(`run ${name} of ${pipeline} (${names.slice(0, 5).join(", ")})`, 300);
};
/**
* What ended last is what runs there: a run that waited for its approval may come after a newer one.
*
* @param runs the newest first
* @param oldest the last record that was read, where there are, or may be, older ones, also of its run; absent: these are all
*/
function standingOf(runs, oldest) {
	const [newest] = runs;
	if (!newest) return unknown("unknown", oldest ? "none of its newest deployments came to anything" : nothing);
	const moving = runs.find((run) => run.jobs.some((job) => !isOver(job) && (job.startTime !== void 0 || run === newest)));
	if (moving) return unknown("deploying", `${runWords(moving)} is not over`, moving);
	const [last] = runs.flatMap((run) => {
		const over = run.jobs.filter(isOver);
		return over.length === 0 ? [] : [{
			run,
			over,
			at: Math.max(...over.map(endOf))
		}];
	}).toSorted((a, b) => b.at - a.at);
	if (!last) return unknown("unknown", nothing);
	const { run, over, at } = last;
	if (Number.isNaN(at)) return unknown("unknown", `of ${runWords(run)} Azure DevOps does not say when it ended`, run);
	if (over.some((job) => resultOf(job) === "failed")) return unknown("failed", `${runWords(run)} failed`, run);
	const other = over.find((job) => !succeeded(job));
	if (other) return unknown("unknown", `${runWords(run)} was ${oneLine(String(other.result), 40)}`, run);
	if (oldest && run.jobs.some((job) => runOf(job) === runOf(oldest))) return unknown("unknown", `${runWords(run)} has more jobs than are read`, run);
	return {
		state: "running",
		since: iso(at),
		reasons: [],
		run
	};
}
const nothing = "nothing was ever deployed to it";
/** NaN: it does not say. */
const endOf = ({ finishTime }) => finishTime ?? NaN;
const unknown = (state, reason, run) => ({
	state,
	since: null,
	reasons: [reason],
	...run ? { run } : {}
});
// build/sources/deployment/azure-devops-environments/index.js
/** Source `azure-devops-environments`: what the pipelines of Azure DevOps have deployed to the environments of a project. */
const schema = strictObject({
	organization: described(optional(pipe(filled, check((text) => organizationOf(text) !== void 0, "the name of an organization of Azure DevOps Services, or its URL such as https://dev.azure.com/acme"), transform((text) => organizationOf(text) ?? text))), "Name or URL of the organization. Default: that of the pipeline."),
	project: described(optional(filled), "Name or id of the project. Default: that of the pipeline."),
	pipeline: described(optional(filled), "Name or id of the pipeline whose deployments count, where several deploy to the same environment."),
	version: described(optional(picklist(["run", "commit"]), "run"), "What counts as the version: the number of the run (`Build.BuildNumber`), or the full id of its commit. Default: `run`."),
	"sign-in": azureFields["sign-in"],
	tenant: azureFields.tenant,
	client: azureFields.client,
	"client-secret": azureFields["client-secret"],
	token: described(optional(secret), "A token of the job (`System.AccessToken`), a personal access token with the scope Environment (read & manage), or an access token of Microsoft Entra for Azure DevOps."),
	authority: azureFields.authority,
	url: described(optional(httpUrl, "https://dev.azure.com"), "Base URL of the API.")
});
const azureDevopsEnvironmentsSource = defineSource({
	type: "azure-devops-environments",
	families: ["deployment"],
	schema,
	open(config, context) {
		return { async deployment({ targets: asked }, signal) {
			const client = new Client({
				...config,
				cloud: "public"
			}, context);
			const read = await Promise.all(asked.map((name) => environmentOf(client, name, config, signal)));
			return {
				kind: "deployments",
				subject: `environments of ${client.organization}/${client.project}`,
				query: `environmentdeploymentrecords of ${asked.join(", ")}`,
				link: client.page(),
				at: iso(client.now()),
				seen: read.length,
				notes: read.flatMap(({ note }) => note ?? []),
				partial: false,
				targets: read.map(({ target }) => target)
			};
		} };
	}
});
async function environmentOf(client, name, config, signal) {
	const { id } = await client.environment(name, signal);
	const { list, cut } = await client.records(id, signal);
	const { run, ...standing } = standingOf(runsOf(chosen(list, name, config)), cut ? list.at(-1) : void 0);
	const version = run && standing.state === "running" ? await versionOf(client, run, config, signal) : { version: null };
	return {
		target: {
			name,
			exists: true,
			version: version.version,
			health: "unknown",
			ready: null,
			instances: null,
			traffic: null,
			link: client.page(id),
			...standing,
			reasons: [...standing.reasons, ...version.reason === void 0 ? [] : [version.reason]]
		},
		...run ? { note: oneLine(`${name}: ${runWords(run)}`, 300) } : {}
	};
}
/**
* Those of one pipeline. A project has one environment for all its services at times, and what the last of them deployed says nothing of
* the others.
*/
function chosen(records, name, { pipeline }) {
	const there = pipelinesIn(records);
	if (pipeline === void 0) {
		if (there.size <= 1) return records;
		const names = oneLine([...there.values()].join(", "), 200);
		throw new NotMeasured("bad-query", `several pipelines deploy to ${name}: name in \`pipeline\` of the source the one that counts (${names})`, { permanent: true });
	}
	const wanted = pipeline.toLowerCase();
	const is = ({ definition: { id, name: own } }) => own?.toLowerCase() === wanted || String(id) === wanted;
	return records.filter(is);
}
async function versionOf(client, run, { version }, signal) {
	if (version === "run") return { version: run.name };
	if (!run.isBuild) return {
		version: null,
		reason: `${runWords(run)} is of no commit that could be told`
	};
	const commit = await client.commitOf(run.id, signal);
	return commit === void 0 ? {
		version: null,
		reason: `Azure DevOps does not say which commit ${runWords(run)} was of`
	} : { version: oneLine(commit, 100) };
}
export { azureDevopsEnvironmentsSource };
