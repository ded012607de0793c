import { $ as optional, D as whole, J as null_, O as array, Q as object, T as secret, Y as nullable, Z as number, bt as defineSource, ct as safeParse, dt as string, g as described, ht as union, ot as record, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled, yt as adviceOn } from "./base.js";
import { B as tally, F as refuseBins, S as settleField, z as newestFirst } from "./late.js";
import { Cn as parseJson, Zn as iso, cr as reportedNumber, hr as serverWords, tr as signalText, vr as oneLine, wn as refuseDenied } from "./shared.js";
// build/sources/telemetry/sentry/client.js
/** The way to Sentry, its own or one that is hosted by oneself. */
var Client = class {
	config;
	origin;
	#context;
	constructor(config, context) {
		this.config = config;
		this.origin = new URL(config.url).origin;
		this.#context = context;
	}
	now() {
		return this.#context.clock.now();
	}
	/**
	* @param path parts below `/api/0/`, not yet escaped
	* @param maybe a 404 is an answer
	* @returns undefined for a 404 where `maybe` allows one
	* @throws {NotMeasured}
	*/
	async get(path, query, signal, maybe = false) {
		const search = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
		const url = `${this.config.url}/api/0/${path.map(encodeURIComponent).join("/")}/${search === "" ? "" : `?${search}`}`;
		const headers = {
			accept: "application/json",
			authorization: `Bearer ${this.config.token}`
		};
		const response = await this.#context.http.send({
			url,
			headers,
			signal
		});
		if (response.status === 404 && maybe) return void 0;
		refuseDenied(response, this.origin, "the scopes org:read, project:releases and event:read", headers);
		if (response.status >= 400) {
			const message = `Sentry refuses the request (${response.status})${serverWords(response.text, headers)}`;
			throw new NotMeasured("bad-query", message, { permanent: true });
		}
		return {
			json: parseJson(response, this.origin),
			headers: response.headers
		};
	}
	/** For an answer that is not what the API documents. */
	strange(what) {
		return new NotMeasured("bad-answer", `${this.origin} answered with something that is no ${what}: is the URL right?`);
	}
};
// build/sources/telemetry/sentry/sessions.js
/**
* Release health: sessions and their crashes
* (https://docs.sentry.io/api/releases/retrieve-release-health-session-statistics/). Sentry counts by whole hours.
*/
const answer = object({
	intervals: array(string()),
	groups: array(object({
		totals: record(string(), union([number(), null_()])),
		series: record(string(), array(union([number(), null_()])))
	}))
});
const hourMs = 36e5;
/** What a signal counts, and its rate. */
const fields = {
	"crash-free-sessions": {
		rate: "crash_free_rate(session)",
		count: "sum(session)"
	},
	"crash-free-users": {
		rate: "crash_free_rate(user)",
		count: "count_unique(user)"
	}
};
const sessionSignals = ["crash-free-sessions", "crash-free-users"];
const badQuery = (message) => new NotMeasured("bad-query", message, { permanent: true });
/** @param window is widened to whole hours */
async function countSessions(client, signal, release, window, abort) {
	const { organization, environment, "project-id": project } = client.config;
	if (project === void 0) throw badQuery("`project-id` is missing in the source: Sentry counts sessions by it");
	const { rate, count } = fields[signal];
	const query = [
		["field", rate],
		["field", count],
		["project", String(project)],
		["query", `release:${JSON.stringify(release)}`],
		["start", iso(Math.floor(window.from / hourMs) * hourMs).replace("Z", "")],
		["end", iso(Math.ceil(window.to / hourMs) * hourMs).replace("Z", "")],
		["utc", "true"],
		["interval", "1h"],
		...environment === void 0 ? [] : [["environment", environment]]
	];
	const found = await client.get([
		"organizations",
		organization,
		"sessions"
	], query, abort);
	const parsed = safeParse(answer, found?.json);
	if (!parsed.success) throw client.strange("session statistics");
	const { intervals, groups } = parsed.output;
	const [group] = groups;
	const last = (group?.series[count] ?? []).findLastIndex((n) => typeof n === "number" && n > 0);
	const newest = Date.parse(intervals[last] ?? "");
	return {
		rate: group?.totals[rate] ?? null,
		count: group?.totals[count] ?? 0,
		newest: Number.isNaN(newest) ? void 0 : newest
	};
}
async function askSessions(client, { query, window, range }, abort) {
	refuseBins(range ? { range } : {}, "Sentry counts by whole hours, which are no bins");
	const asked = sessionSignal(query);
	const release = asked.where?.version;
	if (release === void 0) throw badQuery("expected `where: { version: … }`, the release as Sentry knows it, such as checkout@1.2.3");
	const { rate, count, newest } = await countSessions(client, asked.signal, release, window, abort);
	const { organization, project } = client.config;
	return {
		kind: "samples",
		subject: `${count} ${asked.signal === "crash-free-users" ? "users" : "sessions"} of ${oneLine(release, 80)} in ${organization}/${project}`,
		query: signalText(query),
		link: `${client.config.url}/organizations/${encodeURIComponent(organization)}/releases/${encodeURIComponent(release)}/`,
		at: iso(client.now()),
		seen: count > 0 ? 1 : 0,
		notes: ["Sentry counts by whole hours: the window is widened to them, which changes nothing for a release that is new"],
		partial: false,
		window: {
			from: iso(window.from),
			to: iso(window.to)
		},
		newest: newest === void 0 ? null : iso(Math.min(window.to, Math.max(newest, newest + hourMs > window.from ? window.from : 0))),
		events: count,
		series: [{
			labels: {},
			value: reportedNumber(rate),
			points: 1
		}]
	};
}
/** The signal, if it is one that Sentry can tell. */
function sessionSignal(query) {
	if (typeof query === "string") throw badQuery("Sentry is asked by `signal: crash-free-sessions` or `crash-free-users`, not by a query");
	const { of, by, exclude, where = {}, synthetic } = query;
	const stray = Object.keys(where).filter((slice) => slice !== "version");
	if (of !== void 0 || by !== void 0 || exclude !== void 0 || synthetic || stray.length > 0) throw badQuery("Sentry narrows sessions by `where: { version: … }` only, and by the `environment` of the source");
	return query;
}
// build/sources/telemetry/sentry/issues.js
/** New issues of a release (https://docs.sentry.io/api/events/list-a-projects-issues/). */
const issue = object({
	id: string(),
	shortId: optional(nullable(string())),
	culprit: optional(nullable(string())),
	level: optional(nullable(string())),
	firstSeen: optional(nullable(string())),
	permalink: optional(nullable(string())),
	metadata: optional(object({ type: optional(nullable(string())) }))
});
const release = object({
	version: string(),
	lastEvent: optional(nullable(string())),
	projects: optional(array(object({ slug: string() })))
});
const maxPages = 5;
const form = /(?:^|\s)(?:first-?release|release):(?:"([^"]+)"|(\S+))/i;
/** The release that a search names. */
function releaseOf(match) {
	const [, quoted, plain] = form.exec(match ?? "") ?? [];
	const version = quoted ?? plain;
	if (version !== void 0 && !version.includes("*")) return version;
	const message = `expected \`match\` with the release, such as \`is:unresolved firstRelease:checkout@1.2.3\`, found \`${match ?? ""}\``;
	throw new NotMeasured("bad-query", message, { permanent: true });
}
async function askIssues(client, { match = "", deployedAt }, signal) {
	const version = releaseOf(match);
	const [issues, proof] = await Promise.all([list(client, match, signal), arrived(client, version, deployedAt, signal)]);
	const alerts = issues.map((found) => {
		const at = Date.parse(found.firstSeen ?? "");
		return {
			name: oneLine(found.metadata?.type ?? found.shortId ?? `issue ${found.id}`, 120),
			state: "firing",
			severity: found.level ?? null,
			since: Number.isNaN(at) ? null : iso(at),
			subject: oneLine(found.culprit ?? "", 160),
			...found.permalink ? { link: found.permalink } : {}
		};
	});
	const { url, organization, project } = client.config;
	return {
		kind: "alerts",
		subject: `issues of ${oneLine(version, 80)} in ${organization}/${project}${proof.found ? `, ${proof.words}` : ""}`,
		query: match,
		link: `${url}/organizations/${encodeURIComponent(organization)}/issues/?${new URLSearchParams({ query: match }).toString()}`,
		at: iso(client.now()),
		seen: proof.found ? 1 : 0,
		rules: proof.found ? 1 : 0,
		notes: proof.found ? [] : [proof.words],
		partial: false,
		newest: null,
		...tally(alerts, newestFirst)
	};
}
async function list(client, match, signal) {
	const { organization, project, environment } = client.config;
	const all = [];
	let cursor;
	for (let page = 0; page < maxPages; page += 1) {
		const query = [
			["query", match],
			["statsPeriod", "14d"],
			...environment === void 0 ? [] : [["environment", environment]],
			...cursor === void 0 ? [] : [["cursor", cursor]]
		];
		const found = await client.get([
			"projects",
			organization,
			project,
			"issues"
		], query, signal);
		const parsed = safeParse(array(issue), found?.json);
		if (!parsed.success) throw client.strange("list of issues");
		all.push(...parsed.output);
		cursor = nextOf(found?.headers.link);
		if (cursor === void 0) return all;
	}
	return all;
}
/** The cursor of the next page (https://docs.sentry.io/api/pagination/). */
function nextOf(link) {
	const next = (link ?? "").split(/,\s*(?=<)/).find((part) => /rel="next"/.test(part) && /results="true"/.test(part));
	return /cursor="([^"]+)"/.exec(next ?? "")?.[1];
}
/** Whether anything of the release has arrived: without issues a healthy release and one that reports nothing look the same. */
async function arrived(client, version, deployedAt, signal) {
	const { organization, project: slug, "project-id": project } = client.config;
	const answer = await client.get([
		"organizations",
		organization,
		"releases",
		version
	], [], signal, true);
	if (answer === void 0) return {
		found: false,
		words: `Sentry knows no release ${oneLine(version, 80)}`
	};
	const parsed = safeParse(release, answer.json);
	if (!parsed.success) throw client.strange("release");
	if (project !== void 0) {
		const { count } = await countSessions(client, "crash-free-sessions", version, {
			from: deployedAt,
			to: client.now()
		}, signal);
		if (count > 0) return {
			found: true,
			words: `${count} sessions since the deployment`
		};
	}
	const { lastEvent, projects = [] } = parsed.output;
	const own = projects.length === 1 && projects[0]?.slug === slug;
	const last = Date.parse(lastEvent ?? "");
	if (last >= deployedAt && !own) return {
		found: false,
		words: "events have arrived, but they may be of another project: give the source its `project-id`"
	};
	if (last >= deployedAt) return {
		found: true,
		words: "events since the deployment"
	};
	return {
		found: false,
		words: "nothing of the release has arrived since the deployment, neither a session nor an event"
	};
}
// build/sources/telemetry/sentry/index.js
/** Source `sentry`: release health, and new issues of a release. */
const schema = strictObject({
	url: described(optional(httpUrl, "https://sentry.io"), "Base URL of Sentry."),
	organization: described(filled, "Slug of the organization."),
	project: described(filled, "Slug of the project."),
	"project-id": described(optional(whole(1)), "Id of the project, a number: sessions are counted by it."),
	environment: described(optional(filled), "Only what comes from this environment."),
	token: described(secret, "Auth token with the scopes org:read, project:releases and event:read."),
	settle: settleField("sessions", "1m")
});
const sentrySource = defineSource({
	type: "sentry",
	families: ["telemetry", "alerts"],
	schema,
	signals: sessionSignals,
	settleMs: (config) => config.settle,
	open(config, context) {
		const client = new Client(config, context);
		return {
			telemetry: (question, signal) => askSessions(client, question, signal),
			alerts: (question, signal) => askIssues(client, question, signal)
		};
	},
	lint(question) {
		if (question.family !== "alerts") return [];
		return adviceOn(() => releaseOf(question.match));
	}
});
export { sentrySource };
