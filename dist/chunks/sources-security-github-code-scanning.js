import { $ as optional, S as oneOrMore, bt as defineSource, g as described, ut as strictObject, vt as NotMeasured, y as filled } from "./base.js";
import { Zn as iso, vr as oneLine } from "./shared.js";
import { D as isAbsent, E as asText, K as problemOf, L as gather, S as webLink, T as asObject, Y as Refused, a as sinceOf, c as instantOf, i as dismissal, m as words, n as Client, q as reportOf, r as connectionFields, t as readLog, v as fromWord, w as asIndex } from "./scans.js";
// build/sources/security/github/analyses.js
/** The analyses that GitHub lists of a ref, and which of them are needed of a commit. */
/** Analyses that are looked at; what lies further back only as long as there are some of the released commit. */
const pagesOfAnalyses = 3;
/** The newest first. @throws {NotMeasured} */
async function analysesOf(client, { ref, tools, commit }, signal) {
	const query = {
		ref,
		sort: "created",
		direction: "desc"
	};
	const isWanted = (raw) => isOf({ commit: asText(asObject(raw)?.commit_sha) ?? "" }, commit);
	const enough = (page, pages) => pages >= pagesOfAnalyses && !page.some(isWanted);
	const listed = await client.all("/code-scanning/analyses", query, signal, enough).catch(noneYet);
	const wanted = tools && new Set(tools.map((tool) => tool.toLowerCase()));
	return listed.map((raw) => analysisOf(asObject(raw), client)).filter(({ tool }) => !wanted || wanted.has(tool.toLowerCase())).sort((a, b) => b.created - a.created);
}
const isOf = ({ commit }, wanted) => wanted !== void 0 && commit.toLowerCase().startsWith(wanted.toLowerCase());
/** Before the first analysis of a ref GitHub answers 404. */
function noneYet(error) {
	if (error instanceof NotMeasured && error.code === "not-analysed") return [];
	throw error;
}
function analysisOf(raw, client) {
	const id = asIndex(raw?.id);
	const tool = asText(asObject(raw?.tool)?.name);
	const commit = asText(raw?.commit_sha);
	const created = Date.parse(instantOf(raw?.created_at) ?? "");
	if (id === void 0 || tool === void 0 || commit === void 0 || Number.isNaN(created)) throw client.strange("list of analyses");
	const category = asText(raw?.category);
	const shown = oneLine(tool, 100);
	return {
		id,
		tool: shown,
		key: JSON.stringify([tool, category ?? [raw?.analysis_key, raw?.environment]]),
		name: category === void 0 ? shown : `${shown} (${oneLine(category, 100)})`,
		commit,
		created,
		results: asIndex(raw?.results_count),
		error: complaint(raw?.error),
		warning: complaint(raw?.warning)
	};
}
/** What GitHub has to say against an analysis; empty: nothing. */
const complaint = (raw) => isAbsent(raw) ? "" : typeof raw === "string" ? words(raw) : "GitHub says so, and not in words";
/** Of each tool and category the newest. @param analyses the newest first */
const newest = (analyses) => [...new Map(analyses.toReversed().map((one) => [one.key, one])).values()].toReversed();
/** Commits besides the released one whose analyses show what is usual. One alone may still be waiting for some of its analyses. */
const usualCommits = 5;
/** What analyses the commits of this ref, by the newest of them. */
function usual(analyses) {
	const commits = new Set([...new Set(analyses.map(({ commit }) => commit))].slice(0, usualCommits));
	return newest(analyses.filter(({ commit }) => commits.has(commit)));
}
// build/sources/security/github/code-scanning.js
/**
* Source `github-code-scanning`: the analyses that GitHub holds of the released commit, and what people said of their alerts.
* https://docs.github.com/rest/code-scanning/code-scanning
*/
const schema = strictObject({
	...connectionFields,
	ref: described(optional(filled), "Branch, tag or pull request whose analyses count: `main`, `refs/tags/v1`, `refs/pull/7/merge`. Default: the run's."),
	tools: described(optional(oneOrMore(filled)), "Only analyses by these tools, and each of them is needed. Default: all that analysed one of the five newest other commits of the ref.")
});
const kind = {
	name: "code scanning",
	needs: "`security-events: read` (on private repositories `contents: read` and `actions: read` too)"
};
/** GitHub keeps no more results of a run, the worst of them. */
const mostKept = 5e3;
const fullRef = (ref) => ref.startsWith("refs/") ? ref : `refs/heads/${ref}`;
const githubCodeScanningSource = defineSource({
	type: "github-code-scanning",
	families: ["security"],
	schema,
	open(config, context) {
		return { async security(question, signal) {
			const client = new Client(config, kind, context);
			const ref = refOf(config, context);
			const about = {
				subject: `code scanning of ${client.repository}, ${ref}`,
				query: `GET /repos/${client.repository}/code-scanning/analyses?ref=${ref}`,
				link: client.page("code-scanning"),
				settled: false,
				baseline: async ({ files, ref: base }, sink) => {
					if (files || base === void 0) throw new Error("the baseline of this source is `{ ref: main }`");
					if (fullRef(base) === ref) throw new Error(`\`baseline\` names ${ref}, which is what is released`);
					const analyses = await analysesOf(client, {
						tools: config.tools,
						ref: fullRef(base)
					}, signal);
					await readAnalyses(client, newest(analyses.filter((one) => !isOf(one, question.commit))), sink, signal);
				}
			};
			return gather(question, context, signal, about, (sink) => read(client, config, ref, question, sink, signal));
		} };
	}
});
function refOf({ ref }, { identity }) {
	const found = ref ?? identity.env.GITHUB_REF ?? "";
	if (found !== "") return fullRef(found);
	throw new NotMeasured("bad-query", "expected `ref` in the source, since the run has none", { permanent: true });
}
async function read(client, config, ref, { commit }, sink, signal) {
	const analyses = await analysesOf(client, {
		tools: config.tools,
		ref,
		commit
	}, signal);
	const chosen = newest(commit === void 0 ? analyses : analyses.filter((one) => isOf(one, commit)));
	const missing = (message, tool) => sink.problem({
		code: "NOT_ANALYSED",
		message,
		...tool === void 0 ? {} : { tool }
	});
	const what = commit === void 0 ? ref : `commit ${commit.slice(0, 10)} on ${ref}`;
	if (chosen.length === 0) missing(`GitHub holds no analysis of ${what} yet`);
	if (commit === void 0) sink.note(`no commit is asked for, so the newest analyses of ${ref} count`);
	const there = new Set(chosen.map(({ key }) => key));
	for (const one of commit === void 0 ? [] : usual(analyses.filter((a) => !isOf(a, commit)))) if (!there.has(one.key)) missing(`${one.name} analyses this ref, and has not analysed ${what} yet`, one.tool);
	for (const tool of config.tools ?? []) if (!chosen.some((one) => one.tool.toLowerCase() === tool.toLowerCase())) missing(`GitHub holds no analysis by ${tool} of ${what} yet`, tool);
	if (chosen.length > 0) await readAnalyses(client, chosen, sink, signal, await alertsOf(client, ref, signal));
}
/** Open and dismissed alerts by their number. What is fixed is in no analysis any more. */
async function alertsOf(client, ref, signal) {
	const lists = await Promise.all(["open", "dismissed"].map((state) => client.all("/code-scanning/alerts", {
		ref,
		state
	}, signal)));
	return new Map(lists.flat().flatMap((raw) => {
		const alert = asObject(raw);
		const number = asIndex(alert?.number);
		if (!alert || number === void 0) throw client.strange("list of alerts");
		return [[number, alert]];
	}));
}
async function readAnalyses(client, analyses, sink, signal, alerts = /* @__PURE__ */ new Map()) {
	for (const one of analyses) {
		const name = `analysis ${one.id} by ${one.name}`;
		const bad = (code, message) => sink.problem({
			code,
			message: `${name} ${message}`,
			file: name,
			tool: one.tool
		});
		if (one.error !== "") {
			bad("ANALYSIS_ERROR", `failed: ${one.error}`);
			continue;
		}
		if (one.warning !== "") bad("ANALYSIS_INCOMPLETE", `is not complete: ${one.warning}`);
		const text = await client.sarif(one.id, signal);
		const counting = new Joined(sink, one, name, (result) => joined(result, alerts.get(client.alertOf(result.alert))));
		try {
			await readLog(reportOf(text), { name }, counting, signal);
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			sink.problem({
				...problemOf({ name }, error),
				tool: one.tool
			});
			continue;
		}
		if (counting.largestRun >= mostKept) bad("TRUNCATED", `has ${counting.largestRun} results in one run, and GitHub keeps no more than ${mostKept}`);
		else if (one.results === void 0 || counting.results < one.results) bad("TRUNCATED", `holds ${counting.results} of ${one.results ?? "an unknown number of"} results`);
	}
}
/** Hands on the runs of an analysis, with what the platform knows besides. */
var Joined = class {
	results = 0;
	largestRun = 0;
	#to;
	#analysis;
	#name;
	#join;
	constructor(to, analysis, name, join) {
		this.#to = to;
		this.#analysis = analysis;
		this.#name = name;
		this.#join = join;
	}
	begin(facts) {
		const { commit, created } = this.#analysis;
		const ended = facts.ended ?? iso(created);
		const to = this.#to.begin({
			...facts,
			file: this.#name,
			revision: commit,
			ended
		});
		let count = 0;
		return { add: (result) => {
			this.results += 1;
			count += 1;
			this.largestRun = Math.max(this.largestRun, count);
			to.add(result && this.#join(result));
		} };
	}
	problem(problem) {
		this.#to.problem(problem);
	}
	note(text) {
		this.#to.note(text);
	}
};
function joined(result, alert) {
	if (!alert) return result;
	const link = webLink(alert.html_url);
	const level = fromWord(asObject(alert.rule)?.security_severity_level);
	const by = asText(asObject(alert.dismissed_by)?.login);
	const reason = dismissal([alert.dismissed_reason, alert.dismissed_comment]);
	return {
		...result,
		...level && (result.score?.severity ?? "unknown") === "unknown" ? { score: {
			severity: level,
			why: `security severity ${level} at GitHub`
		} } : {},
		...sinceOf(alert.created_at),
		...link === void 0 ? {} : { link },
		...alert.state === "dismissed" ? { suppressions: [...result.suppressions, {
			kind: "external",
			status: "accepted",
			...reason === "" ? {} : { reason },
			...by === void 0 ? {} : { by: oneLine(by, 100) }
		}] } : {}
	};
}
export { githubCodeScanningSource };
