import { $ as optional, A as check, O as array, Q as object, T as secret, X as nullish, Z as number, bt as defineSource, ct as safeParse, dt as string, ft as transform, g as described, it as pipe, k as boolean, rt as picklist, ut as strictObject, vt as NotMeasured, y as filled } from "./base.js";
import { Zn as iso, vr as oneLine } from "./shared.js";
import { n as Client, r as connectionFields } from "./scans.js";
// build/sources/deployment/github-deployments/history.js
/**
* What GitHub remembers of an environment: its deployments and what was said of each
* (https://docs.github.com/rest/deployments/deployments, https://docs.github.com/rest/deployments/statuses).
*/
const instant = pipe(string(), transform((text) => Date.parse(text)), check((at) => !Number.isNaN(at)));
const deploymentForm = object({
	id: number(),
	sha: string(),
	/** A branch, a tag or a commit, as it was given. */
	ref: string(),
	environment: string(),
	created_at: instant,
	/** It is for this deployment alone, and gone after it. */
	transient_environment: nullish(boolean())
});
const statusForm = object({
	id: number(),
	/** `success`, `failure`, `error`, `inactive`, `pending`, `queued`, `waiting`, `in_progress`. */
	state: string(),
	description: nullish(string()),
	created_at: instant
});
/** Asked for in each round, for each environment: what came last is nearly always among so many. */
const atOnce = 5;
/** What is further back is not what runs there. */
const mostTold = 30;
const deployments = {
	name: "deployments",
	what: "deployments",
	needs: "`deployments: read` (GITHUB_TOKEN, GitHub App, fine-grained token) or `repo_deployment` (classic token)"
};
const environments = {
	name: "environments",
	what: "environments",
	needs: "`actions: read` (GITHUB_TOKEN, GitHub App, fine-grained token) or `repo` (classic token)"
};
/**
* The newest deployments to an environment, the newest first: as many as there are, but at most a hundred.
*
* @throws {NotMeasured}
*/
async function deploymentsTo(client, environment, task, signal) {
	const listed = await client.all("/deployments", {
		environment,
		task
	}, signal, () => true);
	const found = parsed(client, deploymentForm, listed);
	if (found.some((one) => one.environment.toLowerCase() !== environment.toLowerCase())) throw new NotMeasured("bad-answer", `${client.origin} lists deployments to other environments than ${environment}`);
	const ordered = found.every(({ created_at }, i) => created_at <= (found[i - 1]?.created_at ?? Number.POSITIVE_INFINITY));
	if (listed.length >= 100 && !ordered) throw new NotMeasured("bad-answer", `${client.origin} lists deployments in another order than the newest first`);
	return newestFirst(found);
}
/**
* What was said of the newest ones.
*
* @param enough whether it says what runs there
* @throws {NotMeasured}
*/
async function toldOf(client, list, enough, signal) {
	const told = [];
	while (told.length < Math.min(list.length, mostTold) && !enough(told)) {
		const next = list.slice(told.length, Math.min(told.length + atOnce, mostTold));
		const statuses = await Promise.all(next.map(({ id }) => client.all(`/deployments/${id}/statuses`, {}, signal)));
		for (const [i, deployed] of next.entries()) told.push({
			deployed,
			statuses: newestFirst(parsed(client, statusForm, statuses[i] ?? []))
		});
	}
	return told;
}
/**
* Whether there is such an environment, where nothing was ever deployed to it.
*
* GitHub answers 404 to those who may not look as well, so it is a word on the environment only where the list of all may be read.
*
* @throws {NotMeasured}
*/
async function exists(client, environment, signal) {
	try {
		await client.get(`/environments/${encodeURIComponent(environment)}`, {}, signal, environments);
		return true;
	} catch (error) {
		if (!(error instanceof NotMeasured) || error.code !== "not-found") throw error;
		await client.get("/environments", { per_page: 1 }, signal, environments);
		return false;
	}
}
function parsed(client, form, list) {
	const result = safeParse(array(form), list);
	if (result.success) return result.output;
	throw client.strange("list of deployments");
}
/** Of what was made in the same second the higher id is the newer one. */
const newestFirst = (list) => list.toSorted((a, b) => b.created_at - a.created_at || b.id - a.id);
// build/sources/deployment/github-deployments/standing.js
/** Nothing has begun yet: a reviewer, a timer or a runner is waited for. */
const notBegun = /* @__PURE__ */ new Set([
	"waiting",
	"queued",
	"pending"
]);
const failed = /* @__PURE__ */ new Set(["failure", "error"]);
/** The last success, also where other words came after it. */
const success = ({ statuses }) => statuses.find(({ state }) => state === "success");
const last = ({ statuses }) => statuses[0];
const isUnderWay = (told, newest) => {
	const state = last(told)?.state;
	return state === "in_progress" || told === newest && (state === void 0 || notBegun.has(state));
};
/** Whether nothing further back could change what is known. */
const isEnough = (told) => told.some((one) => success(one) !== void 0 || failed.has(last(one)?.state ?? "") || isUnderWay(one, told[0]));
/**
* The deployment that came last is what runs there: by when it succeeded, since one that waited for a reviewer may come after a newer one.
*
* @param told the newest first
* @param versionOf what to call it
*/
function standingOf(told, versionOf) {
	const words = ({ sha, ref, id }) => `${sha.slice(0, 10)} from ${oneLine(ref, 60)}, deployment ${id}`;
	const moving = told.find((one) => isUnderWay(one, told[0]));
	if (moving) {
		const state = last(moving)?.state.replace("_", " ") ?? "created";
		return unknown("deploying", `${words(moving.deployed)}, is ${state}`, moving.deployed);
	}
	const [came] = told.flatMap((one) => success(one) ? [{
		one,
		at: success(one)?.created_at ?? 0
	}] : []).toSorted((a, b) => b.at - a.at);
	const [broke] = told.filter((one) => failed.has(last(one)?.state ?? "") && (last(one)?.created_at ?? 0) >= (came?.at ?? 0)).toSorted((a, b) => (last(b)?.created_at ?? 0) - (last(a)?.created_at ?? 0));
	if (broke) {
		const { description } = last(broke) ?? {};
		const why = description ? `: ${oneLine(description, 200)}` : "";
		return unknown("failed", `${words(broke.deployed)}, failed${why}`, broke.deployed);
	}
	if (!came) return unknown("unknown", `none of its ${told.length} newest deployments has succeeded`);
	const { deployed } = came.one;
	switch (last(came.one)?.state) {
		case "success": return {
			state: "running",
			version: versionOf(deployed),
			since: iso(came.at),
			reasons: [],
			deployed
		};
		case "inactive": {
			const state = deployed.transient_environment === true ? "stopped" : "unknown";
			return unknown(state, `${words(deployed)}, was made inactive, and nothing was deployed since`, deployed);
		}
		default: {
			const state = oneLine(last(came.one)?.state ?? "", 40);
			return unknown("unknown", `${words(deployed)}, went from success to ${state}`, deployed);
		}
	}
}
const unknown = (state, reason, deployed) => ({
	state,
	version: null,
	since: null,
	reasons: [reason],
	...deployed ? { deployed } : {}
});
// build/sources/deployment/github-deployments/index.js
/** Source `github-deployments`: what GitHub knows to be deployed to the environments of a repository. */
const schema = strictObject({
	...connectionFields,
	token: described(optional(secret), "A token with the permission `deployments: read` on that repository."),
	task: described(optional(filled), "Only deployments of this task count, such as `deploy`; GitHub Actions names none other. Default: all."),
	version: described(optional(picklist(["commit", "ref"]), "commit"), "What counts as the version: the full id of the commit, or the name of the tag or branch that was deployed. Default: `commit`.")
});
const githubDeploymentsSource = defineSource({
	type: "github-deployments",
	families: ["deployment"],
	schema,
	open(config, context) {
		return { async deployment({ targets: asked }, signal) {
			const client = new Client(config, deployments, context);
			const read = await Promise.all(asked.map((name) => environmentOf(client, name, config, signal)));
			const task = config.task === void 0 ? "" : `&task=${config.task}`;
			return {
				kind: "deployments",
				subject: `deployments of ${client.repository}`,
				query: asked.map((name) => `GET /repos/${client.repository}/deployments?environment=${name}${task}`).join(", "),
				link: client.pageOf("deployments"),
				at: iso(client.now()),
				seen: read.filter(({ target }) => target.exists).length,
				notes: read.flatMap(({ note }) => note ?? []),
				partial: false,
				targets: read.map(({ target }) => target)
			};
		} };
	}
});
async function environmentOf(client, name, config, signal) {
	if (name.trim() === "") throw new NotMeasured("bad-query", "an environment has a name", { permanent: true });
	const target = {
		name,
		version: null,
		state: "unknown",
		health: "unknown",
		ready: null,
		instances: null,
		traffic: null,
		since: null,
		link: client.pageOf(`deployments/${encodeURIComponent(name)}`)
	};
	const list = await deploymentsTo(client, name, config.task, signal);
	if (list.length === 0) {
		const there = await exists(client, name, signal);
		const what = config.task === void 0 ? "nothing was ever deployed to it" : `no ${config.task} was ever made to it`;
		const reason = there ? what : `${client.repository} has no such environment`;
		return { target: {
			...target,
			exists: there,
			reasons: [oneLine(reason)]
		} };
	}
	const { deployed, ...standing } = standingOf(await toldOf(client, list, isEnough, signal), (one) => versionOf(one, config));
	const note = deployed && `${name}: ${deployed.sha} from ${deployed.ref}, deployment ${deployed.id}`;
	return {
		target: {
			...target,
			exists: true,
			...standing
		},
		...note === void 0 ? {} : { note: oneLine(note, 300) }
	};
}
const versionOf = ({ sha, ref }, { version }) => version === "commit" ? sha : oneLine(ref.replace(/^refs\/(?:heads|tags)\//, ""), 200);
export { githubDeploymentsSource };
