import { r as __exportAll } from "./runtime.js";
import { $ as verdictSentence, $n as binsOf, An as Kept, At as safeLink, B as annotatedWords, Bt as lettingGo, C as cancelled, Cn as parseJson, Ct as whyWords, Dn as azureFields, Dt as totalOf, Et as remarksOf, F as forwardTitle, Ft as Redactor, G as evidenceWords, Gt as movesOf, H as clockTime, Hn as lifts, I as standingLines, In as decisions, It as clearance, J as measuredWords, Jt as subjectOf$1, K as inWords, Kt as stagePolicy, L as standingTitle, Ln as problem, Lt as frozenStop, M as viewOf, Mn as claimsOf, N as arrivalsOf, Nn as azureClouds, On as azureTokens, Ot as plain, P as arrivalsTitle, Pn as gateTypeOf, Q as states, Qt as keptBy, R as nextSteps, Rn as reasons$1, Rt as holds, S as again, Sn as tokensOf, St as totalsWords, Tt as gatesWithFindings, U as complaint, Un as usedOverride, V as besidesTitle, W as counterfactual, Wn as instant$1, X as sinceWords, Xn as stateWords$1, Xt as adviseFreezes, Y as provenTitle, Yn as percentWords, Z as stateWords$2, Zn as iso, Zt as freezesAt, _n as calls, _t as nameOf, an as signsInOneWay, bn as kqlTime, br as describe, bt as runWords, c as readable, cr as reportedNumber, ct as ageWords, dn as evidenceQuery, dt as excuseWords, er as judgesDurations, et as changesOf, fn as readsOf, fr as isLoopback, ft as excusedWords, h as readDocument, hr as serverWords, ht as gravity, ir as suffixOf, jn as oncePerRun, jt as sparkline, kn as sendToAzure, kt as plainLines, l as unpack, lt as besidesWords, mn as isAppTable, mr as secretHeaders, mt as fixWords, nn as authFields, nr as inUnitOf, nt as stageLines, o as brokenSeal, on as LogsClient, or as amount, p as keysAt, pn as weigh$1, pr as retryAfterMs, pt as fateWord, q as listed, qn as severities, qt as stagesOf, rn as authorization, rr as parseThreshold, rt as standsWords, s as digestOf, sr as plural, st as againstWords, tr as signalText, tt as moveLines, ut as countsWords, vn as globPattern, vr as oneLine, vt as placeOf, w as parked, wn as refuseDenied, wt as fewOf, xn as timespan, xt as shortIdentity, yn as kqlString, yr as guarded, yt as reasonWords$1, zn as recordSchema, zt as judge } from "./shared.js";
import { $ as optional, A as check, C as parseDuration, D as whole, L as is, N as getDotPath, O as array, Q as object, S as oneOrMore, T as secret, V as literal, X as nullish, Y as nullable, Z as number, _ as duration, _t as variant, b as formatDuration, ct as safeParse, dt as string, et as parse$1, g as described, gt as unknown, ht as union, it as pipe, j as description, mt as tuple, o as readText, ot as record, pt as trim, q as nonEmpty, r as errorCode, rt as picklist, s as sha256$1, st as regex, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled, z as isoTimestamp } from "./base.js";
import { u as decisionFor } from "../index.js";
import { promisify } from "node:util";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { mkdir, open, readFile, realpath, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import vm from "node:vm";
// build/policy/days.js
/** Days of the calendar, in UTC: on which waivers and overrides end. Pure. */
const dayMs$1 = 864e5;
/** @returns the first millisecond of a day in UTC; undefined: it is no day of the calendar */
function dayOf(text) {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return void 0;
	const start = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(start) && new Date(start).toISOString().startsWith(text) ? start : void 0;
}
/** The first millisecond after a day. */
const endOf = (start) => start + dayMs$1;
// build/policy/overrides.js
/** The file of overrides: what somebody answers for, for a time, with their name and their reason. Reviewed like code. Pure. */
const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})$/;
/** @returns the first instant at which an override that ends so no longer holds; undefined: it is no end */
function endOfOverride(text) {
	const day = dayOf(text);
	if (day !== void 0) return endOf(day);
	if (!zoned.test(text) || dayOf(text.slice(0, 10)) === void 0) return void 0;
	const at = Date.parse(text);
	return Number.isNaN(at) ? void 0 : at;
}
const entry$1 = pipe(strictObject({
	lifts: described(picklist(lifts), "What it lifts: an `open-stop` that lasts, a `freeze`, or the `verdict` of the gates. The verdict stays `stop` in the record and in every report."),
	service: described(optional(filled), "For this service alone. Default: all of the environment."),
	environment: described(filled, "For trains to this environment."),
	commit: described(optional(pipe(filled, regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i, "a commit id in full"))), "For the release of this commit alone, in full. Required for `verdict`. In quotes, or YAML may take it for a number."),
	by: described(filled, "Who answers for it: a person."),
	reason: described(filled, "Why, in words for whoever reads the report."),
	expires: described(pipe(string(), trim(), check((text) => endOfOverride(text) !== void 0, "a day such as 2026-12-31, or an instant such as 2026-12-31T18:00Z")), "The last day on which it holds, to its end in UTC; or an instant. At most 30 days ahead.")
}), check(({ lifts: what, commit }) => what !== "verdict" || commit !== void 0, "`commit` beside `lifts: verdict`"));
const overridesSchema = strictObject({
	version: described(literal(1), "Version of this format."),
	overrides: described(array(entry$1), "What is lifted for a time.")
});
/** What is wrong in a file, said at most so often. */
const mostProblems = 20;
/** @param file shown in problems. @returns all that stand in it, whether they hold or not; none where something is wrong */
function parseOverrides(text, file) {
	const none = (problems) => ({
		overrides: [],
		problems: problems.slice(0, mostProblems)
	});
	const document = readDocument(text, file, "a file of overrides, a map that begins with `version: 1`");
	if (document.problems.length > 0) return none(document.problems);
	const data = document.toData();
	const parsed = safeParse(overridesSchema, data);
	if (!parsed.success) {
		const known = (path) => keysAt(overridesSchema, data, path);
		return none(describe(parsed.issues, known, () => false).map((finding) => document.locate(finding)));
	}
	return {
		overrides: parsed.output.overrides.map(({ lifts: what, by, reason, expires, service, environment, commit }, index) => {
			const { line } = document.locate({
				path: ["overrides", index],
				at: "value",
				message: ""
			});
			return {
				lifts: what,
				by,
				reason,
				expires,
				...service === void 0 ? {} : { service },
				environment,
				...commit === void 0 ? {} : { commit: commit.toLowerCase() },
				until: new Date(endOfOverride(expires) ?? NaN).toISOString(),
				place: line === void 0 ? file : `${file}:${line}`
			};
		}),
		problems: []
	};
}
// build/record/ledger.js
/**
* The ledger: a line for each run that decided, each bound to the one before by its hash. It is what a run knows of those before it, kept
* between them by the pipeline. Pure.
*/
const text$3 = string();
const maybe$1 = nullable(text$3);
const hash$1 = pipe(text$3, regex(/^[0-9a-f]{64}$/));
const said = {
	decision: picklist(["continue", "stop"]),
	reason: picklist(reasons$1)
};
const factsFields = {
	service: maybe$1,
	environment: maybe$1,
	sha: maybe$1,
	version: maybe$1,
	...said,
	sentence: text$3,
	/** What the gates said; absent: the same. */
	verdict: optional(strictObject(said)),
	/** The policy only observed. */
	observed: optional(literal(true)),
	/** The stages that were proven, where they were not all. */
	part: optional(text$3),
	actor: maybe$1,
	run: maybe$1,
	at: pipe(text$3, isoTimestamp()),
	/** SHA-256 of the decision record's file; null: it could not be written. */
	record: nullable(hash$1),
	fixes: optional(text$3),
	overrides: optional(array(usedOverride))
};
const facts$2 = strictObject(factsFields);
const entry = strictObject({
	ledger: literal(1),
	/** `hash` of the entry before; null: it is the first. */
	previous: nullable(hash$1),
	...factsFields,
	/** SHA-256 of the line without it, as JSON without white space. */
	hash: hash$1
});
/**
* What is entered of a record; undefined: nothing, since nothing was decided.
*
* @param file SHA-256 of its file; null: it could not be written
*/
function entryFacts(record, file) {
	const { decision, verdict, release, host, walk, standing, service, observe, ended } = record;
	if (decision.decision === "hold" || decision.reason === "policy-error") return void 0;
	const proven = walk && walk.to < walk.stages.length ? walk.stages.slice(walk.from - 1, walk.to) : void 0;
	return {
		service,
		environment: release.environment,
		sha: release.sha,
		version: release.version,
		decision: decision.decision,
		reason: decision.reason,
		sentence: cut(decision.sentence),
		...verdict.decision !== decision.decision && verdict.decision !== "hold" ? { verdict: {
			decision: verdict.decision,
			reason: verdict.reason
		} } : {},
		...observe ? { observed: true } : {},
		...proven ? { part: cut(proven.map(({ name }) => name).join(", ")) } : {},
		actor: host.actor,
		run: host.run,
		at: ended,
		record: file,
		...standing?.fixes === void 0 ? {} : { fixes: standing.fixes },
		...standing?.used.length ? { overrides: standing.used.map(({ lifts, by, reason, expires }) => ({
			lifts,
			by,
			reason,
			expires
		})) } : {}
	};
}
/** A line stays a line, and one that can be read. */
const cut = (sentence) => oneLine(sentence, 400);
/** The hash of the last entry; null: there is none. */
const headOf = ({ entries }) => entries.at(-1)?.hash ?? null;
/** A line for the ledger, without its line break. @param previous the head of the ledger */
function lineOf(of, previous) {
	const { ledger, previous: before, ...rest } = {
		ledger: 1,
		previous,
		...parse$1(facts$2, of)
	};
	const body = {
		ledger,
		previous: before,
		...rest
	};
	return JSON.stringify({
		...body,
		hash: sha256$1(JSON.stringify(body))
	});
}
/** The file again, with one line more. */
const withLine = ({ entries }, line) => [...entries.map((one) => JSON.stringify(one)), line].map((one) => `${one}\n`).join("");
const hint$1 = "it was changed, or lines were taken out or put in: put back the ledger as the last run left it; where it is lost, begin a new one, and every open stop is forgotten with it";
/**
* Reads a ledger strictly: a line that does not follow from the one before is never left out.
*
* @returns the entries, or as a sentence what is wrong
*/
function parseLedger(content) {
	const lines = content.split("\n");
	const tail = (lines.pop() ?? "").replace(/\r$/, "");
	const entries = [];
	for (const [index, raw] of lines.entries()) {
		const read = entryOf(raw.replace(/\r$/, ""), headOf({ entries }));
		if ("wrong" in read) return { wrong: `line ${index + 1} ${read.wrong}: ${hint$1}` };
		entries.push(read.entry);
	}
	if (tail === "") return {
		entries,
		torn: false
	};
	const last = entryOf(tail, headOf({ entries }));
	if ("entry" in last) return {
		entries: [...entries, last.entry],
		torn: false
	};
	return isJson(tail) ? { wrong: `line ${lines.length + 1} ${last.wrong}: ${hint$1}` } : {
		entries,
		torn: true
	};
}
function entryOf(line, previous) {
	let data;
	try {
		data = JSON.parse(line);
	} catch {
		return { wrong: "is no JSON" };
	}
	const version = data?.ledger;
	if (typeof version === "number" && version > 1) return { wrong: `is of version ${version}, which a newer Signalbox writes` };
	const parsed = safeParse(entry, data);
	if (!parsed.success) {
		const at = getDotPath(parsed.issues[0]);
		return { wrong: `is no entry${at === null ? "" : ` (at ${at})`}` };
	}
	const { hash: given, ...body } = data;
	if (JSON.stringify(data) !== line) return { wrong: "is not in the form in which it was written" };
	if (sha256$1(JSON.stringify(body)) !== given) return { wrong: "does not have the hash that it gives" };
	if (body.previous !== previous) return { wrong: "does not follow from the line before" };
	return { entry: data };
}
function isJson(line) {
	try {
		JSON.parse(line);
		return true;
	} catch {
		return false;
	}
}
// build/train/since.js
/**
* The flags among the evidence that changed later than an instant, the newest change first.
*
* @param since ISO 8601
*/
function flagsSince(rounds, since) {
	const found = /* @__PURE__ */ new Map();
	for (const { gates } of rounds) for (const answer of gates.flatMap(({ answers }) => answers)) {
		if (!("measurement" in answer) || answer.measurement.kind !== "flag-states") continue;
		const { source, states } = answer.measurement;
		for (const { key, changed } of states) {
			if (changed === null || !(Date.parse(changed.at) > Date.parse(since))) continue;
			found.set(JSON.stringify([source, key]), {
				source,
				flag: key,
				at: changed.at,
				scope: changed.scope
			});
		}
	}
	return [...found.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.flag < b.flag ? -1 : 1));
}
// build/commands/commits.js
/** More than anybody reads to find one that broke something. */
const most = 100;
const limitMs$1 = 1e4;
const commitId = /^[0-9a-f]{7,64}$/i;
/** Nothing of the repository's or the user's configuration runs a program, asks anybody or changes the form. */
const settled = [
	"--no-pager",
	"-c",
	"log.showSignature=false",
	"-c",
	"core.fsmonitor=false"
];
/** Aborted, or over the time: it counts as not known. */
var Over = class extends Error {};
function gitIn(workspace, env, signal) {
	const quiet = {
		LC_ALL: "C",
		GIT_TERMINAL_PROMPT: "0",
		GIT_OPTIONAL_LOCKS: "0",
		GIT_NO_LAZY_FETCH: "1"
	};
	return async (...args) => {
		const { execFile } = process.getBuiltinModule("node:child_process");
		return await new Promise((resolve, reject) => {
			const options = {
				cwd: workspace,
				env: {
					...env,
					...quiet
				},
				signal,
				killSignal: "SIGKILL",
				maxBuffer: 4e6
			};
			execFile("git", [...settled, ...args], options, (error, out, stderr) => {
				if (signal.aborted) return reject(new Over());
				if (error && typeof error.code !== "number") return reject(error);
				resolve({
					code: error ? Number(error.code) : 0,
					out,
					error: stderr
				});
			});
		});
	};
}
/**
* Never throws.
*
* @param from the older commit
* @param to the newer one
*/
async function commitsBetween(from, to, { workspace, env, cancel }) {
	const unknown = (why) => ({
		known: false,
		why: oneLine(why, 300)
	});
	if (from === null || !commitId.test(from)) return unknown("the commit of the last good release is not known: give `commit`");
	if (to === null || !commitId.test(to)) return unknown("the commit of this release is not known: give `commit`");
	const git = gitIn(workspace, env, AbortSignal.any([cancel, AbortSignal.timeout(limitMs$1)]));
	try {
		const shallow = await git("rev-parse", "--is-shallow-repository");
		if (shallow.code !== 0) return unknown(refusal$1(shallow.error));
		if (shallow.out.trim() !== "false") return unknown("the workspace is a shallow clone: check out all commits (`fetch-depth: 0`)");
		for (const [sha, whose] of [[from, "the last good release"], [to, "this release"]]) if ((await git("cat-file", "-e", `${sha}^{commit}`)).code !== 0) return unknown(`the workspace does not have ${sha.slice(0, 10)}, the commit of ${whose}: check out its branch with all commits (\`fetch-depth: 0\`)`);
		const log = await git("log", `--max-count=${most}`, "--no-color", "--no-mailmap", "-z", "--format=%H%x1f%an%x1f%s", `${from}..${to}`, "--");
		const counted = await git("rev-list", "--count", "--left-right", `${from}...${to}`, "--");
		const [, missing, total] = /^(\d+)\t(\d+)\s*$/.exec(counted.out) ?? [];
		if (log.code !== 0 || missing === void 0) return unknown(refusal$1(log.error || counted.error));
		return {
			known: true,
			total: Number(total),
			missing: Number(missing),
			list: log.out.split("\0").filter((entry) => entry !== "").map(commitOf)
		};
	} catch (error) {
		if (error instanceof Over) return unknown("`git` was cut off: it took too long, or the run was cancelled");
		const { code, message } = error;
		return unknown(code === "ENOENT" ? "there is no `git` on this runner: install it" : `\`git\` could not be run: ${message}`);
	}
}
/** Names are shown without addresses, also where the address is the name. */
function commitOf(entry) {
	const [sha = "", author = "", ...subject] = entry.split("");
	const name = author.replace(/<[^>]*>/g, " ").replace(/(\S)@\S+/g, "$1");
	return {
		sha: sha.trim(),
		author: oneLine(name, 80),
		subject: oneLine(subject.join(" "), 200)
	};
}
function refusal$1(error) {
	if (/not a git repository/i.test(error)) return "the workspace is no git repository: check it out before this step";
	if (/dubious ownership/i.test(error)) return "git does not trust the workspace, since another user owns it: run `git config --global --add safe.directory` for it before this step";
	return `\`git\` refused: ${error.split("\n")[0] ?? ""}`;
}
// build/commands/ledger-file.js
/** The ledger on disk: read strictly, and written whole, so that a crash leaves the old one or the new one. */
/** A ledger of more than that is kept for too long, or is none. */
const mostBytes = 268435456;
/** @returns what stands in it, or as a sentence why nobody can tell */
async function readLedger(file) {
	let content;
	try {
		const { size } = await stat(file);
		if (size > mostBytes) return { wrong: `${file} has ${size} bytes, more than a ledger can have (${mostBytes})` };
		content = new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(await readFile(file));
	} catch (error) {
		const code = errorCode(error);
		if (code === "ENOENT") return {
			entries: [],
			torn: false,
			first: true
		};
		return { wrong: `${file} cannot be read (${error instanceof TypeError && code !== "EISDIR" ? "it is no valid UTF-8" : code || error.message}), so nobody can tell whether a stop is open` };
	}
	const ledger = parseLedger(content);
	if ("wrong" in ledger) return { wrong: `${file}: ${ledger.wrong}` };
	return {
		...ledger,
		first: content.trim() === ""
	};
}
/**
* Enters a run, behind whatever other runs have entered meanwhile.
*
* @throws {Error} when it could not be entered; the file is then as it was
*/
async function appendLedger(file, facts) {
	const named = resolve(file);
	await mkdir(dirname(named), { recursive: true });
	const target = await realpath(named).catch(() => named);
	const unlock = await lock(`${target}.lock`);
	try {
		const ledger = await readLedger(target);
		if ("wrong" in ledger) throw new Error(ledger.wrong);
		await replaceFile(target, withLine(ledger, lineOf(facts, headOf(ledger))));
	} finally {
		await unlock();
	}
}
async function replaceFile(target, content) {
	const draft = join(dirname(target), `.${basename(target)}.${process.pid}.${Date.now().toString(36)}`);
	try {
		const handle = await open(draft, "wx");
		try {
			await handle.writeFile(content);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(draft, target);
	} catch (error) {
		await unlink(draft).catch(() => void 0);
		throw error;
	}
}
/** Times of the real clock: what is waited for is another process. Milliseconds. */
const patience$1 = 1e4;
const pause = 25;
/** To enter a run takes a moment; whoever took longer is dead. */
const abandoned = 3e4;
/** One at a time: trains of several services may share a ledger. @returns what ends it */
async function lock(path) {
	for (let waited = 0;; waited += pause) {
		try {
			await (await open(path, "wx")).close();
			return () => unlink(path).catch(() => void 0);
		} catch (error) {
			if (errorCode(error) !== "EEXIST") throw error;
		}
		if (await stat(path).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0) > abandoned) await unlink(path).catch((error) => {
			if (errorCode(error) !== "ENOENT") throw error;
		});
		if (waited >= patience$1) throw new Error(`another run holds ${path}; remove it if there is none`);
		await setTimeout$1(pause);
	}
}
// build/commands/standing.js
/** What stands when a train begins: the ledger, the overrides and the freezes, read and weighed; and what the run leaves in the ledger. */
var standing_exports = /* @__PURE__ */ __exportAll({ openStanding: () => openStanding });
/** Never throws for what the ledger and the overrides say: what cannot be trusted is a problem. */
async function openStanding(context) {
	const { policy, settings, clock, setOut } = context;
	const { fixes, observe } = settings;
	const { freezes = [] } = policy;
	const release = releaseOf(policy);
	const [read, { overrides, problems: wrong }] = await Promise.all([ledgerFacts(settings, release), readOverrides(context)]);
	const problems = [...read && "wrong" in read ? [{ message: `input \`ledger\`: ${read.wrong}` }] : [], ...wrong];
	if (problems.length > 0 || read && "wrong" in read) return none(problems);
	const ledger = setOut === void 0 ? read : read && {
		...read,
		entries: read.entries.filter(({ at }) => Date.parse(at) <= setOut)
	};
	if (!ledger && freezes.length === 0 && policy.overrides === void 0) return none([]);
	const now = setOut ?? clock.now();
	const weighed = clearance({
		ledger,
		freezes,
		overrides,
		release,
		fixes,
		observe,
		now
	});
	let { standing } = weighed;
	const { since } = standing;
	const commits = since && commitsBetween(since.sha, release.sha, context);
	return {
		problems,
		...weighed.stop && !observe && setOut === void 0 ? { stop: weighed.stop } : {},
		mayMove() {
			const now = clock.now();
			const environment = release.environment ?? void 0;
			const frozen = keptBy(freezesAt(freezes, now, environment), {
				environment,
				fixes
			});
			if (!frozen || observe) return void 0;
			const override = overrides.find((one) => one.lifts === "freeze" && holds(one, release, now));
			if (!override) return frozenStop(frozen, release);
			standing = withUsed(standing, override);
		},
		async ended(rounds) {
			if (!since || !commits) return standing;
			return {
				...standing,
				since: {
					...since,
					commits: await commits,
					flags: flagsSince(rounds, since.at)
				}
			};
		},
		async enter(record, sha256) {
			const facts = settings.ledger === void 0 ? void 0 : entryFacts(record, sha256);
			if (facts && settings.ledger !== void 0) await appendLedger(settings.ledger, facts);
		}
	};
}
const none = (problems) => ({
	problems,
	mayMove: () => void 0,
	ended: () => Promise.resolve(void 0),
	enter: () => Promise.resolve()
});
const add = (list, one) => list.includes(one) ? [...list] : [...list, one];
const withUsed = (standing, one) => ({
	...standing,
	overrides: add(standing.overrides, one),
	used: add(standing.used, one)
});
const releaseOf = ({ service, release }) => ({
	service: service ?? null,
	environment: release.environment ?? null,
	sha: release.sha ?? null
});
async function ledgerFacts({ ledger: file }, { environment }) {
	if (file === void 0) return void 0;
	if (environment === null) return { wrong: "expected `environment` beside it: what lasts, lasts for one environment" };
	const read = await readLedger(file);
	return "wrong" in read ? read : {
		file,
		...read,
		head: headOf(read)
	};
}
async function readOverrides({ policy, workspace, locate }) {
	const { overrides: file } = policy;
	if (file === void 0) return {
		overrides: [],
		problems: []
	};
	try {
		return parseOverrides(await readText(workspace, file), file);
	} catch (error) {
		if (!(error instanceof NotMeasured)) throw error;
		return {
			overrides: [],
			problems: [locate(["overrides"], error.message)]
		};
	}
}
/** For `signalbox check`: what is wrong with the file of overrides, and what is to be thought about. */
async function adviseStanding(context, now) {
	const { policy, settings, locate } = context;
	const release = releaseOf(policy);
	const { overrides, problems } = await readOverrides(context);
	const { remarks } = clearance({
		freezes: [],
		overrides,
		release,
		now
	}).standing;
	const advice = [...adviseFreezes(policy.freezes ?? [], now, policy.release.environment).map(({ path, message }) => locate(path, message)), ...remarks.map((message) => locate(["overrides"], message))];
	if (overrides.some(({ lifts }) => lifts === "open-stop") && settings.ledger === void 0) advice.push(locate(["overrides"], "`lifts: open-stop` does nothing without the input `ledger`: no stop lasts without one"));
	const ledger = release.environment === null ? void 0 : await ledgerFacts(settings, release);
	const broken = ledger && "wrong" in ledger ? [{ message: `input \`ledger\`: ${ledger.wrong}` }] : [];
	return {
		problems: [...problems, ...broken],
		advice
	};
}
// build/commands/record-file.js
/** Reads a decision record back. */
/** A decision record of this version of the format. Whether it was changed since is another question: see `record/seal.ts`. */
async function readRecord(file) {
	let text;
	let data;
	try {
		text = await readFile(file, "utf8");
		const parsed = JSON.parse(text);
		data = typeof parsed === "object" && parsed !== null ? unpack(parsed) : parsed;
	} catch (error) {
		return { wrong: `the record ${file} cannot be read: ${error.code === "ENOENT" ? "there is no such file" : error.message}` };
	}
	const parsed = safeParse(recordSchema, data);
	if (parsed.success) return {
		record: data,
		text
	};
	const at = getDotPath(parsed.issues[0]);
	return { wrong: `${file} is no decision record${at === null ? "" : ` (at ${at}: ${parsed.issues[0].message})`}` };
}
/** For the commands about records. @returns undefined when there is none to read, which has been said */
async function openRecord(rawHost, file) {
	const host = guarded(rawHost, new Redactor());
	const say = (message) => host.annotate({
		level: "error",
		title: "Signalbox",
		message
	});
	const read = await readRecord(file);
	if ("wrong" in read) {
		say(read.wrong);
		return;
	}
	const broken = brokenSeal(read.text, read.record);
	if (broken !== void 0) say(`${file}: ${broken}`);
	return {
		host,
		record: read.record,
		sound: broken === void 0
	};
}
// build/train/back.js
/** Where what a walk moved goes when the train does not arrive: never to another build, only to what is still there and was good. Pure. */
/** Outcomes after which something may stand elsewhere than before. */
const touched = (moved) => moved !== null && ![
	"refused",
	"not-read",
	"dry-run"
].includes(moved.outcome);
const trafficOf = (moved, when) => moved !== null && "traffic" in moved ? moved[when] : null;
/**
* What goes back, in this order: the last that was moved first.
*
* @param walked the stages that this run walked; the last one is where the train stopped
*/
function planBack(where, stages, walked) {
	const moved = [...before(stages, walked), ...walked].flatMap((entry) => {
		const move = stages[entry.step - 1]?.move;
		const may = touched(entry.moved) || entry.moved === null && move !== void 0;
		return move && may ? [{
			entry,
			move,
			index: entry.step - 1
		}] : [];
	});
	const last = moved.at(-1);
	if (where === "stay" || last === void 0) return [];
	if (where === "last-good") {
		if (last.entry.step !== walked.at(-1)?.step) return [];
		return [{
			subject: subjectOf$1(last.move),
			move: last.move,
			...lastGood(stages, last)
		}];
	}
	const seen = /* @__PURE__ */ new Set();
	return moved.toReversed().flatMap(({ entry, move }) => {
		const subject = subjectOf$1(move);
		const base = {
			subject,
			move,
			all: true
		};
		if (move.kind === "swap") {
			const to = {
				kind: "swap-back",
				before: entry.before ?? trafficOf(entry.moved, "before"),
				after: trafficOf(entry.moved, "after")
			};
			return [{
				...base,
				to
			}];
		}
		const key = `${move.kind} ${subject}`;
		if (seen.has(key)) return [];
		seen.add(key);
		if (move.kind === "flag") return [{
			...base,
			to: {
				kind: "flag",
				percent: 0
			}
		}];
		const same = moved.filter((one) => one.move.kind === "weights" && subjectOf$1(one.move) === subject);
		return [{
			...base,
			to: withoutTheNew(same)
		}];
	});
}
/** What other runs moved at the stages before: theirs are the same flags and the same traffic. What changed places only they know. */
const before = (stages, [first]) => stages.slice(0, (first?.step ?? 1) - 1).flatMap(({ name, move }, index) => {
	return move && move.kind !== "swap" ? [{
		began: "",
		ended: "",
		moved: null,
		decision: null,
		step: index + 1,
		name
	}] : [];
});
/** Nothing to the targets where the new version runs; all to those that had it before the walk began. */
function withoutTheNew(moves) {
	const weights = {};
	let rest;
	for (const { move } of moves) {
		if (move.kind !== "weights") continue;
		for (const target of Object.keys(move.weights)) weights[target] = 0;
		rest = move.rest ?? rest;
	}
	const origin = moves.map(({ entry }) => trafficOf(entry.moved, "before")).find((traffic) => traffic !== null)?.weights ?? {};
	const [most] = Object.entries(origin).filter(([target, percent]) => weights[target] === void 0 && percent > 0).toSorted(([, a], [, b]) => b - a);
	const to = rest ?? most?.[0];
	return {
		kind: "weights",
		weights,
		...to === void 0 ? {} : { rest: to }
	};
}
/** Where the stage before left it. */
function lastGood(stages, { entry, move, index }) {
	if (move.kind === "flag") {
		const percent = flagBefore(stages, index);
		return {
			to: {
				kind: "flag",
				percent
			},
			all: percent === 0
		};
	}
	const before = entry.before ?? trafficOf(entry.moved, "before");
	if (move.kind === "swap") return {
		to: {
			kind: "swap-back",
			before,
			after: trafficOf(entry.moved, "after")
		},
		all: true
	};
	if (before !== null) return {
		to: {
			kind: "restore",
			was: before
		},
		all: false
	};
	return {
		to: withoutTheNew([{
			entry,
			move,
			index
		}]),
		all: true
	};
}
/** The percentage at which the stages before leave a flag. @param index of the stage that moves it */
function flagBefore(stages, index) {
	const move = stages[index]?.move;
	const before = stages.slice(0, index).findLast((stage) => move && stage.move?.kind === "flag" && subjectOf$1(stage.move) === subjectOf$1(move))?.move;
	return before?.kind === "flag" ? before.percent : move?.kind === "flag" ? move.from ?? 0 : 0;
}
// build/train/walk.js
/** Outcomes that leave what was to be moved as it stood. */
const untouched = /* @__PURE__ */ new Set([
	"refused",
	"not-read",
	"dry-run"
]);
const isThere = ({ outcome }) => outcome === "changed" || outcome === "already";
async function walk(options) {
	const { stages, from, to, clock, resumed, moves } = options;
	const walked = [];
	const end = [];
	const soFar = () => ({
		stages: stages.map(({ name, move }) => ({
			name,
			move: move === void 0 ? null : moveWords(move)
		})),
		from,
		to,
		resumed,
		walked: [...walked],
		end: [...end]
	});
	const tell = () => options.onProgress(soFar());
	const done = async (decision, where) => {
		for (const back of planBack(where, stages, walked)) {
			end.push(await retreatOrFall(options, back, walked, end));
			tell();
		}
		return {
			walk: soFar(),
			decision
		};
	};
	const stopped = (decision) => done(decision, moves[decision.reason === "cancelled" || decision.reason === "frozen" ? "on-cancel" : "on-stop"]);
	for (const [index, stage] of stages.entries()) {
		const step = index + 1;
		if (step < from || step > to) continue;
		const earlier = options.earlier?.find((one) => one.step === step);
		if (earlier?.decision && earlier.decision.decision !== "hold") {
			walked.push(earlier);
			if (earlier.decision.decision === "continue") continue;
			return await stopped(earlier.decision);
		}
		if (earlier?.since === void 0) {
			if (options.cancel.aborted) return await stopped(cancelledBefore(stage));
			const not = options.mayBegin?.();
			if (not) return await stopped(not);
		}
		let entry = earlier ?? {
			step,
			name: stage.name,
			began: iso(clock.now()),
			ended: iso(clock.now()),
			moved: null,
			decision: null
		};
		walked.push(entry);
		const put = (change) => {
			entry = {
				...entry,
				ended: iso(clock.now()),
				...change
			};
			walked[walked.length - 1] = entry;
			tell();
		};
		put({ decision: null });
		if (entry.since === void 0) {
			const notThere = await begin(options, step, stage, earlier !== void 0, put);
			if (notThere) return await done(notMoved(stage, notThere), untouched.has(notThere.outcome) ? "stay" : "back");
		}
		const decision = await baked(options, step, Date.parse(entry.since ?? ""));
		put({ decision });
		if (decision.decision === "hold") return {
			walk: soFar(),
			decision
		};
		if (decision.decision !== "continue") return await stopped(decision);
	}
	return {
		walk: soFar(),
		decision: arrived(stages.slice(from - 1, to), walked, resumed)
	};
}
/** Moves, where the stage moves something. @returns the move that was not done */
async function begin(options, step, stage, cutOff, put) {
	const { clock, resumed, stages, deployedAt } = options;
	if (!stage.move) {
		const movedBefore = stages.slice(0, step - 1).some(({ move }) => move !== void 0);
		put({ since: iso(movedBefore ? clock.now() : deployedAt) });
		return;
	}
	const resuming = cutOff || resumed?.step === step;
	const before = options.earlier?.find((one) => one.step === step)?.before;
	const moved = await options.move(step, stage, {
		resuming,
		before
	});
	const there = isThere(moved);
	put({
		moved,
		...there ? { since: iso(clock.now()) } : {}
	});
	return there ? void 0 : moved;
}
/** A crash while users get the new code is a stop like any other: nobody watches them any more. */
async function baked(options, step, since) {
	try {
		return await options.bake(step, since);
	} catch (error) {
		return {
			decision: "stop",
			reason: "internal-error",
			gates: [],
			sentence: `Signalbox itself failed: ${error instanceof Error ? error.message : String(error)}`
		};
	}
}
/** What cannot go to where the policy wants it, goes all the way back: nothing is safer. */
async function retreatOrFall(options, back, walked, end) {
	const went = await options.retreat(back);
	if (isThere(went) || back.all) return went;
	end.push(went);
	const [further] = planBack("back", options.stages, walked).filter(({ subject }) => subject === back.subject);
	return further ? await options.retreat(further) : went;
}
/** `5 % to green`, `new-checkout at 5 %`. */
function moveWords(move) {
	if (move.kind === "flag") return move.percent === 0 ? `${move.flag} off` : `${move.flag} at ${percentWords(move.percent)}`;
	if (move.kind === "swap") return `${move.from} swapped with ${move.with}`;
	return Object.entries(move.weights).map(([target, percent]) => `${percentWords(percent)} to ${target}`).join(", ");
}
const cancelledBefore = ({ name }) => ({
	decision: "stop",
	reason: "cancelled",
	gates: [],
	sentence: `cancelled before the stage ${name}`
});
const notMoved = ({ name, move }, { detail, next }) => ({
	decision: "stop",
	reason: "not-moved",
	gates: [],
	sentence: `the stage ${name} was not reached${move ? ` (${moveWords(move)})` : ""}: ${detail}${next === void 0 ? "" : `; next: ${next}`}`
});
function arrived(stages, walked, resumed) {
	const last = stages.findLast(({ move }) => move !== void 0)?.move;
	const count = stages.length - (resumed === null ? 0 : resumed.step - 1);
	const proven = count === 1 ? "a stage that was" : `${count} stages that were each`;
	return {
		decision: "continue",
		reason: "healthy",
		gates: walked.at(-1)?.decision?.gates ?? [],
		sentence: `${last ? moveWords(last) : `the stage ${stages.at(-1)?.name ?? ""}`}, after ${proven} proven healthy`
	};
}
// build/train/replay.js
/**
* A record gone through again: from its policy and the answers in it every reading, every round's decision and the verdict are made anew
* and held against what stands there. Pure; nothing is asked. What nobody can make again is taken as it stands: that somebody
* cancelled, that Signalbox itself failed, what became of a flag, or of traffic, that was moved. Each of these stops the train, or is followed by rounds
* that are gone through.
*/
/** A stop for which no evidence is needed: nothing was measured, or what was measured did not decide it. */
const external = /* @__PURE__ */ new Set([
	"cancelled",
	"policy-error",
	"internal-error",
	"not-moved",
	"open-stop",
	"frozen"
]);
/** @throws {Error} when the record holds no policy that gates can be made from */
async function replay(record) {
	const differences = [];
	const expect = (where, recorded, replayed) => {
		const [a, b] = [stable(recorded), stable(replayed)];
		if (a !== b) differences.push({
			where,
			recorded: a,
			replayed: b
		});
	};
	const { rounds, verdict } = record;
	let outcome;
	if (rounds.length > 0 || record.walk) {
		const policy = policyOf(record);
		const deployedAt = Date.parse(record.release.deployedAt ?? "");
		outcome = record.walk && stagesOf(policy).length > 0 ? await replayWalk(record, policy, expect) : train({
			record,
			policy,
			rounds,
			deployedAt,
			before: 0
		}, expect);
	}
	if (verdict.decision === "continue" && outcome === void 0) expect("verdict", verdict, "no evidence to continue by");
	else if (outcome && !(verdict.decision === "stop" && external.has(verdict.reason))) expect("verdict", verdict, outcome);
	if (verdict.decision === "hold" && (verdict.reason !== "parked" || outcome === void 0)) expect("verdict", verdict, "a record ends with continue, stop or parked");
	const override = record.observe ? void 0 : lettingGo(record);
	expect("decision", record.decision, decisionFor(verdict, record.observe, override));
	replayStanding(record, override, expect);
	const readings = rounds.reduce((sum, round) => sum + round.gates.length, 0);
	return {
		rounds: rounds.length,
		readings,
		verdict: outcome,
		differences
	};
}
/** Whether the train could set out at all, and what was lifted for it. A run that goes on with an earlier one had set out before. */
function replayStanding(record, override, expect) {
	const { standing, verdict, service, release, observe, runs = [] } = record;
	if (!standing) {
		if (["open-stop", "frozen"].includes(verdict.reason)) expect("verdict", verdict, "nothing that would have kept it");
		return;
	}
	const { stop, used } = judge(standing, {
		...release,
		service
	});
	const cutOff = [
		"cancelled",
		"policy-error",
		"internal-error"
	].includes(verdict.reason);
	const unasked = record.rounds.length === 0 && verdict.reason === "not-measured";
	const kept = !observe && runs.length === 0 && !cutOff && !unasked;
	if (stop && kept) expect("verdict", verdict, stop);
	if (!stop && verdict.reason === "open-stop") expect("verdict", verdict, "no stop is open");
	const lifted = observe ? [] : [...used, ...override ? [override] : []];
	for (const one of lifted) if (!standing.used.some((other) => stable(other) === stable(one))) expect("overrides", standing.used, lifted);
}
/** Values that JSON writes alike are alike, whatever the order of their keys. */
const stable = (value) => JSON.stringify(value, (_, x) => typeof x === "object" && x !== null && !Array.isArray(x) ? Object.fromEntries(Object.entries(x).sort(([a], [b]) => a < b ? -1 : 1)) : x) ?? "nothing";
/** The record types it as unknown, since it may come from another version. */
function policyOf({ policy: { effective } }) {
	const policy = effective;
	if (!policy || !Array.isArray(policy.gates) || typeof policy.evaluation !== "object") throw new Error("it holds no policy to judge by");
	return policy;
}
/** One train. @returns what it comes to; the rounds that hold are cut off by a cancellation, or by parking */
function train({ record, policy, rounds, deployedAt, before }, expect) {
	const { gates: rules, evaluation } = policy;
	const gates = rules.map((config) => {
		const type = gateTypeOf(config.type);
		if (!type) throw new Error(`there is no gate of type ${config.type}`);
		const settleMs = record.gates.find(({ name }) => name === config.name)?.settle ?? 0;
		return {
			config,
			gate: type.bind(config),
			settleMs
		};
	});
	let number = before;
	const { decision } = again({
		gates,
		evaluation,
		deployedAt,
		rounds
	}, (round, now) => {
		const where = `round ${round.number}`;
		number += 1;
		if (now.before && now.before.decision !== "hold") expect(where, "a round", `none: ${now.before.decision} before it`);
		expect(`${where}, number`, round.number, number);
		expect(`${where}, phase`, round.phase, now.phase);
		const [found, wanted] = [round.gates.map(({ gate }) => gate), rules.map(({ name }) => name)];
		expect(`${where}, gates`, found, wanted);
		for (const [name, reading] of now.readings) expect(`${where}, ${name}`, round.gates.find(({ gate }) => gate === name)?.reading, reading);
		expect(`${where}, decision`, round.decision, now.decision);
	});
	if (decision && decision.decision !== "hold") return decision;
	return decision !== void 0 && record.verdict.reason === "parked" ? parked(decision) : cancelled(before + rounds.length);
}
/** The walk again: everything goes as the record says that it went, and each stage is what its rounds come to. */
async function replayWalk(record, policy, expect) {
	const { walk: recorded } = record;
	if (!recorded) return void 0;
	const { walked, resumed, end, from, to } = recorded;
	const cut = /* @__PURE__ */ new Error("cut off");
	let rounds = 0;
	const bake = async (step) => {
		const one = walked.find((entry) => entry.step === step);
		if (!one?.decision) throw cut;
		const own = record.rounds.filter((round) => round.step === step);
		const before = rounds;
		rounds += own.length;
		if (one.decision.reason === "internal-error") return one.decision;
		const decision = train({
			record,
			policy: stagePolicy(policy, step - 1),
			rounds: own,
			deployedAt: Date.parse(one.since ?? ""),
			before
		}, expect);
		expect(`stage ${one.name}`, one.decision, decision);
		return decision;
	};
	const stages = stagesOf(policy);
	expect("stages", recorded.stages.map(({ name }) => name), stages.map(({ name }) => name));
	let retreats = 0;
	const done = await walk({
		stages,
		from,
		to,
		moves: movesOf(policy),
		clock: {
			now: () => 0,
			sleep: () => Promise.resolve()
		},
		cancel: new AbortController().signal,
		deployedAt: Date.parse(record.release.deployedAt ?? "") || 0,
		resumed,
		move: async (step) => {
			const found = walked.find((entry) => entry.step === step)?.moved;
			if (!found) throw cut;
			return found;
		},
		retreat: async () => {
			const found = end[retreats];
			retreats += 1;
			if (!found) throw cut;
			return found;
		},
		bake: (step) => bake(step),
		onProgress: () => void 0
	}).catch((error) => {
		if (error !== cut) throw error;
	});
	expect("rounds of the stages", record.rounds.length, rounds);
	return done?.decision;
}
// build/record/train-record.js
/** The record of a train of several services: what each came to, by which record, and what follows for all of them. Pure. */
const text$2 = string();
const maybe = nullable(text$2);
const sha256 = pipe(text$2, regex(/^[0-9a-f]{64}$/));
/** Beside the reasons of a single service: one that it needs did not continue, so that it was never begun. */
const trainReasons = [
	...reasons$1,
	"needs-stopped",
	"needs-held"
];
const reason = picklist(trainReasons);
const serviceDecision = strictObject({
	decision: picklist(decisions),
	reason: pipe(reason, description("as in its own record; needs-stopped and needs-held: a service that it needs stopped or holds, so that it was never begun and nothing of it was measured")),
	gates: pipe(array(text$2), description("names of its gates that the reason is about")),
	sentence: text$2
});
const trainDecision = strictObject({
	decision: pipe(picklist(decisions), description("continue: every service continued. hold: at least one holds, and none stopped. stop: everything else")),
	reason: pipe(reason, description("the worst of those of the services")),
	services: pipe(array(text$2), description("names of the services that the reason is about")),
	sentence: text$2
});
const trainRecordSchema = strictObject({
	signalbox: pipe(literal(1), description("version of this format")),
	kind: pipe(literal("train"), description("tells it from the record of a single service")),
	tool: strictObject({
		name: text$2,
		version: text$2
	}),
	train: pipe(maybe, description("what people call it")),
	file: strictObject({
		path: text$2,
		sha256: pipe(text$2, description("of the train file as it was written, before substitution"))
	}),
	host: strictObject({
		kind: picklist([
			"github",
			"azure",
			"terminal"
		]),
		repository: maybe,
		ref: maybe,
		sha: pipe(maybe, description("commit of the run; each service has its own in its record")),
		actor: maybe,
		run: maybe
	}),
	began: instant$1,
	ended: instant$1,
	order: pipe(array(array(text$2)), description("the services by how far back they stand: each entry needs only services of entries before it")),
	services: pipe(array(strictObject({
		name: text$2,
		policy: pipe(text$2, description("path of its policy")),
		needs: pipe(array(text$2), description("services that must have continued before it begins")),
		began: pipe(nullable(instant$1), description("null: it was never begun")),
		ended: nullable(instant$1),
		carried: optional(pipe(literal(true), description("it continued in an earlier job of this train, and was not judged again"))),
		decision: serviceDecision,
		record: pipe(nullable(strictObject({
			file: pipe(text$2, description("path of its decision record, from this record's folder")),
			sha256: pipe(sha256, description("of that file"))
		})), description("null: it has none, since it was never begun, or since its record was lost"))
	})), description("in the order of the train file")),
	decision: trainDecision,
	problems: pipe(array(problem), description("why nothing was begun")),
	digest: optional(pipe(sha256, description("SHA-256 of the record without `digest`, as JSON without white space, keys in the order in which they stand here")))
});
/** Whether JSON that was read claims to be one; what it holds is another question. */
const isTrainRecord = (data) => typeof data === "object" && data !== null && data.kind === "train";
/** The one form in which it is written. */
const trainRecordJson = (record) => readable(record);
const sealedTrain = (record) => {
	const { digest: _, ...rest } = record;
	return {
		...rest,
		digest: digestOf(rest)
	};
};
/** @param text of the file. @returns why it is not as Signalbox wrote it; undefined: it is, byte for byte */
function brokenTrainSeal(text, record) {
	const { digest } = record;
	if (digest === void 0) return "it has no `digest`, so nothing tells whether it was changed";
	const found = digestOf(record);
	if (digest !== found) return `it was changed after it was written: its digest is ${digest}, what it says has ${found}`;
	if (trainRecordJson(record) !== text.replace(/\r\n/g, "\n")) return "it is not in the form in which it was written, though it says the same: use the file as it was";
}
// build/train/services.js
/**
* A train of several services: which may begin, what bars one that may not, and what they come to together. One rule holds whatever
* becomes of them: the train continues only when every service did, and a service begins only when all that it needs did.
*/
/**
* The services by how far back they stand; those of one entry do not need each other.
*
* @returns undefined when services need each other in a circle, or need one that there is not
*/
function orderOf(plans) {
	const order = [];
	const placed = /* @__PURE__ */ new Set();
	while (placed.size < plans.length) {
		const wave = plans.filter(({ name, needs }) => !placed.has(name) && needs.every((need) => placed.has(need)));
		if (wave.length === 0) return void 0;
		order.push(wave.map(({ name }) => name));
		for (const { name } of wave) placed.add(name);
	}
	return order;
}
/** Circles of needs, each as the way round that leads back to its first service. Needs of unknown services lead nowhere. */
function circlesOf(plans) {
	const needsOf = new Map(plans.map(({ name, needs }) => [name, needs]));
	const circles = [];
	const left = /* @__PURE__ */ new Set();
	const way = [];
	const visit = (name) => {
		const at = way.indexOf(name);
		if (at >= 0) circles.push([...way.slice(at), name]);
		if (at >= 0 || left.has(name)) return;
		way.push(name);
		for (const need of needsOf.get(name) ?? []) visit(need);
		way.pop();
		left.add(name);
	};
	for (const { name } of plans) visit(name);
	return circles;
}
/** The chain of services, each needing the one before, that takes longest. @param ms of a service alone. Only without circles. */
function longestChain(plans, ms) {
	const chains = /* @__PURE__ */ new Map();
	const none = {
		chain: [],
		ms: 0
	};
	for (const name of (orderOf(plans) ?? []).flat()) {
		const before = (plans.find((plan) => plan.name === name)?.needs ?? []).map((need) => chains.get(need) ?? none).reduce((a, b) => b.ms > a.ms ? b : a, none);
		chains.set(name, {
			chain: [...before.chain, name],
			ms: before.ms + ms(name)
		});
	}
	return [...chains.values()].reduce((a, b) => b.ms > a.ms ? b : a, none);
}
/** What follows once these are decided. A service is barred only when all that it needs is, so that the words do not hang on who was first. */
function nextOf(plans, decided, begun) {
	const judged = plans.filter(({ name }) => !decided.has(name) && !begun.has(name)).filter(({ needs }) => needs.every((need) => decided.has(need))).map((plan) => ({
		name: plan.name,
		decision: barredBy(plan, decided)
	}));
	return {
		begin: judged.flatMap(({ name, decision }) => decision ? [] : [name]),
		barred: judged.flatMap(({ name, decision }) => decision ? [{
			name,
			decision
		}] : [])
	};
}
/** Why a service may not begin; undefined: everything that it needs continued. */
function barredBy({ needs }, decided) {
	const not = needs.filter((need) => decided.get(need)?.decision !== "continue");
	if (not.length === 0) return void 0;
	const held = not.filter((need) => decided.get(need)?.decision === "hold");
	const stopped = not.filter((need) => !held.includes(need));
	return stopped.length > 0 ? neverBegun("stop", "needs-stopped", `never begun, since ${and(stopped)} did not continue`) : neverBegun("hold", "needs-held", `not begun yet, since ${and(held)} ${held.length === 1 ? "holds" : "hold"}`);
}
/** Nothing of the service was measured. */
const neverBegun = (decision, reason, sentence) => ({
	decision,
	reason,
	gates: [],
	sentence
});
/**
* From the worst: harm that was seen, what was left half done, then what nobody knows. A cancellation says least of the release, and a
* service that was never begun nothing at all.
*/
const worstFirst = [
	"unhealthy",
	"not-moved",
	"internal-error",
	"policy-error",
	"not-measured",
	"insufficient-evidence",
	"not-steady",
	"open-stop",
	"frozen"
];
const leastSaid = [
	"cancelled",
	"needs-stopped",
	"needs-held"
];
const rank$2 = (reason) => {
	const bad = worstFirst.indexOf(reason);
	const weak = leastSaid.indexOf(reason);
	return bad >= 0 ? bad : worstFirst.length + 1 + weak;
};
/** What the services come to together. A service of which nothing was decided stops the train. */
function verdictOf(plans, decided) {
	const all = plans.map(({ name }) => ({
		name,
		own: decided.get(name) ?? undecided
	}));
	const stopped = all.filter(({ own }) => own.decision !== "continue" && own.decision !== "hold");
	const held = all.filter(({ own }) => own.decision === "hold");
	if (all.length === 0) return {
		decision: "stop",
		reason: "internal-error",
		services: [],
		sentence: "there is no service in the train"
	};
	if (stopped.length > 0) return notGoing("stop", stopped, all);
	if (held.length > 0) return notGoing("hold", held, all);
	const who = all.length === 1 ? "the service continued" : `all ${all.length} services continued`;
	const only = (reason) => all.filter(({ own }) => own.reason === reason).map(({ name }) => name);
	const weak = ["overridden", "observed"].flatMap((reason) => {
		const services = only(reason);
		const why = reason === "observed" ? "the policy observes" : "somebody overrode it";
		return services.length === 0 ? [] : [{
			reason,
			services,
			words: `${and(services)} only because ${why}`
		}];
	});
	const [weakest] = weak;
	return {
		decision: "continue",
		reason: weakest?.reason ?? "healthy",
		services: weakest?.services ?? all.map(({ name }) => name),
		sentence: [who, ...weak.map(({ words }) => words)].join(", ")
	};
}
const undecided = neverBegun("stop", "internal-error", "it ended without a decision");
function notGoing(decision, against, all) {
	const worst = [...against].sort((a, b) => rank$2(a.own.reason) - rank$2(b.own.reason));
	const [first] = worst;
	if (!first) throw new Error("expected a service that does not continue");
	const { reason } = first.own;
	const blamed = worst.filter(({ own }) => own.reason === reason);
	const others = worst.slice(1).filter(({ own }) => !barring.has(own.reason));
	const waiting = all.filter(({ own }) => barring.has(own.reason)).map(({ name }) => name);
	const parts = [
		`${first.name} ${reasonWords(reason, decision)}: ${first.own.sentence}`,
		others.length === 0 ? "" : `${decision === "stop" ? "stopped" : "held"} too: ${and(others.map(({ name, own }) => `${name} (${own.reason})`))}`,
		waiting.length === 0 ? "" : `never begun: ${and(waiting)}`
	];
	return {
		decision,
		reason,
		services: blamed.map(({ name }) => name),
		sentence: parts.filter((part) => part !== "").join("; ")
	};
}
const barring = /* @__PURE__ */ new Set(["needs-stopped", "needs-held"]);
/** Behind the name of a service: `is unhealthy`. */
function reasonWords(reason, decision) {
	return {
		unhealthy: "is unhealthy",
		"not-moved": "could not be moved",
		"internal-error": "could not be judged",
		"policy-error": "has a wrong policy",
		"not-measured": "could not be measured",
		"insufficient-evidence": "has too little evidence",
		"not-steady": "was not steady",
		"open-stop": "is blocked by an earlier stop",
		frozen: "is frozen",
		parked: "is parked",
		cancelled: "was cancelled"
	}[reason] ?? (decision === "hold" ? `holds (${reason})` : `stopped (${reason})`);
}
/** At most as many names as a sentence bears. */
const mostNames = 8;
function and(names) {
	const shown = names.length > mostNames ? [...names.slice(0, 7), plural(names.length - mostNames + 1, "more service")] : [...names];
	const last = shown.pop() ?? "";
	return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}
// build/report/findings-place.js
/** The address of the repository on the platform; undefined: it cannot be told. */
function repositoryOf({ host }) {
	const { kind, repository } = host;
	const run = safeLink(host.run ?? void 0);
	if (run === void 0 || repository === null) return void 0;
	if (kind === "github") {
		const tail = `/${repository}/actions/runs/`;
		const at = run.indexOf(tail);
		return at < 0 || !/^[\w.-]+\/[\w.-]+$/.test(repository) ? void 0 : `${run.slice(0, at)}/${repository}/`;
	}
	const at = run.indexOf("/_build/results?");
	if (kind !== "azure" || at < 0 || repository.includes("/") || /\p{Cs}/u.test(repository)) return void 0;
	return `${run.slice(0, at)}/_git/${encodeURIComponent(repository)}`;
}
/** Relative to the repository, and not cut off. */
const isPath = (file) => !/^[/\\]|^[a-z][a-z\d+.-]*:|\\|…$|\*\*\*|\p{Cs}|\p{Cc}/iu.test(file) && file.split("/").every((part) => part !== "" && part !== "." && part !== "..");
/** The code that a finding is about. */
function codeLink({ file, line, inImage }, record) {
	const base = repositoryOf(record);
	const { sha } = record.release;
	if (base === void 0 || sha === null || file === void 0 || inImage || !isPath(file)) return void 0;
	const path = file.split("/").map(encodeURIComponent).join("/");
	if (record.host.kind === "github") {
		if (!/^[\da-f]{7,64}$/i.test(sha)) return void 0;
		return safeLink(`${base}blob/${sha}/${path}${line ? `#L${line}` : ""}`);
	}
	if (!/^[\da-f]{40,64}$/i.test(sha)) return void 0;
	const place = line ? `&line=${line}&lineEnd=${line + 1}&lineStartColumn=1&lineEndColumn=1` : "";
	return safeLink(`${base}?path=/${path}&version=GC${sha}${place}`);
}
/**
* Where a finding can be looked at: the platform's page about it, or else the code.
*
* @returns `place`: for the finding's place; `elsewhere`: a page that is not of this repository, to be shown with its host
*/
function linksOf(found, record) {
	const code = codeLink(found, record);
	const own = safeLink(found.link);
	const base = repositoryOf(record);
	if (own !== void 0 && base !== void 0 && own.startsWith(base.endsWith("/") ? base : `${base}/`)) return {
		place: own,
		elsewhere: void 0
	};
	return {
		place: code,
		elsewhere: own
	};
}
// build/report/markdown.js
/** Words that GitHub or Azure make something of wherever they stand, whatever is escaped; in code they make nothing of them. */
const active = /[@#$~\\]|:\/\/|www\.|^(?:mailto|xmpp|javascript|data):|(?<![a-z\d])gh-\d|:[\w+-]+:|^(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}$/i;
/** A word without the punctuation around it. */
const bare = /^([("'[{]*)(.*?)([)"'\]},.;:!?]*)$/su;
/**
* Text from anywhere on one line, at most `most` characters of it. What stands between backticks, and every word that a platform
* would link, mention or draw, becomes code.
*/
function prose$1(value, most = 300) {
	const nodes = [];
	let pending = "";
	const flush = () => {
		if (pending !== "") nodes.push({
			type: "text",
			value: pending
		});
		pending = "";
	};
	const put = (words) => {
		flush();
		nodes.push(...code(words));
	};
	for (const [, quoted, word = ""] of plain(value, most).matchAll(/`([^`]+)`|(`|[^\s`]+|\s+)/gu)) if (quoted !== void 0) put(quoted);
	else if (!active.test(word.replace(/^\W+/u, "")) && !active.test(word)) pending += word;
	else {
		const [, before = "", inner = "", after = ""] = bare.exec(word) ?? [];
		pending += before;
		if (inner !== "") put(inner);
		pending += after;
	}
	flush();
	return nodes;
}
/**
* A line of code, in a table cell too: there a bar between backticks would end the cell after a backslash, on some renderers, so
* bars stand outside.
*/
function code(value, most = 300) {
	return plain(value, most).split(/(\|)/).filter((part) => part !== "").map((part) => part === "|" || part.trim() === "" ? {
		type: "text",
		value: part
	} : {
		type: "inlineCode",
		value: part
	});
}
/** A query in its own block, with its line breaks. */
const codeBlock = (value, most) => ({
	type: "code",
	value: plainLines(value, most)
});
/** Our own words; nothing from outside. */
const text$1 = (value) => ({
	type: "text",
	value
});
const strong = (children) => ({
	type: "strong",
	children
});
/** @returns nothing when the address is none that a person may follow */
function link(label, address) {
	const url = safeLink(address);
	return url === void 0 ? [] : [{
		type: "link",
		url,
		children: [text$1(label)]
	}];
}
/** A label from outside, as code, that leads somewhere where the address is one to follow. */
function linkedCode(label, address, most = 200) {
	const url = safeLink(address);
	const children = code(label, most).filter((node) => node.type === "text" || node.type === "inlineCode");
	return url === void 0 || children.length === 0 ? children : [{
		type: "link",
		url,
		children
	}];
}
/** A link that says where it leads: a label of ours, and the host of an address from outside. */
function linkedHost(label, address) {
	const url = safeLink(address);
	return url === void 0 ? [] : [text$1(label), ...linkedCode(new URL(url).hostname, url, 80)];
}
/** In small letters; only where the platform shows HTML. */
const small = (children) => [
	html$1("<sub>"),
	...children,
	html$1("</sub>")
];
/** Begins a new line within a paragraph. */
const lineBreak = { type: "break" };
const paragraph = (children) => ({
	type: "paragraph",
	children
});
const heading = (depth, children) => ({
	type: "heading",
	depth,
	children
});
const list = (items) => ({
	type: "list",
	spread: false,
	children: items.map((children) => ({
		type: "listItem",
		spread: false,
		children: [paragraph(children)]
	}))
});
/** With room between the items, which have several lines each. */
const looseList = (items) => {
	const tight = list(items);
	return {
		...tight,
		spread: true,
		children: tight.children.map((item) => ({
			...item,
			spread: true
		}))
	};
};
const table$1 = (rows) => ({
	type: "table",
	children: rows.map((cells) => ({
		type: "tableRow",
		children: cells.map((children) => ({
			type: "tableCell",
			children
		}))
	}))
});
const html$1 = (value) => ({
	type: "html",
	value
});
/** Folded away, where the platform folds. The title is ours, never text from outside. */
const details = (title, body) => [
	html$1(`<details>\n<summary>${title}</summary>`),
	...body,
	html$1("</details>")
];
/**
* Loads the library and writes the tree.
*
* Both platforms read their logs for commands (`##vso[`, `##[`, `::name::` at the start of a line), and a summary may be printed
* into one. A backslash breaks them; outside of code Markdown does not show it.
*/
async function serialise(children) {
	const [{ toMarkdown }, { gfmTableToMarkdown }] = await Promise.all([import("./mdast-util-to-markdown.js").then((n) => n.t), import("./mdast-util-gfm-table.js")]);
	return toMarkdown({
		type: "root",
		children
	}, {
		bullet: "-",
		rule: "-",
		extensions: [gfmTableToMarkdown({ tablePipeAlign: false })]
	}).replaceAll(/##(?=\[|vso\[)/gi, "#\\#").replaceAll(/^(\s*)::/gm, "$1\\::");
}
// build/report/findings-markdown.js
/** Of each fate that does not count. */
const halfOf = (others) => Math.ceil(others / 2);
/** How many findings and remarks such a cut lists. */
function shownOf(gates, cut) {
	return gatesWithFindings(gates).flatMap(({ findings: { worst, listed } }) => [
		Math.min(worst.against.length, cut.open + cut.more),
		...[worst.allowed, worst.unproven].map((found) => Math.min(found.length, cut.others)),
		fewOf(listed, halfOf(cut.others)).length
	]).reduce((sum, n) => sum + n, Math.min(remarksOf(gates).length, cut.remarks));
}
/** A section over all gates; nothing when there is nothing to say. */
function findingsBlocks(gates, record, options) {
	const shown = gatesWithFindings(gates);
	if (shown.length === 0) return [];
	return [heading(3, [text$1("Findings")]), ...shown.flatMap((gate) => ofGate$1(gate, record, options))];
}
function ofGate$1({ name, findings: view }, record, options) {
	const { open } = options.cut;
	const besides = besidesWords(view);
	const head = text$1(againstWords(view));
	const first = view.worst.against.slice(0, open);
	return [
		paragraph([
			strong(prose$1(name, 120)),
			text$1(": "),
			view.againstAll > 0 ? strong([head]) : head,
			text$1(besides === "" ? "." : `; ${besides}.`)
		]),
		...view.againstAll > 0 && open > 0 ? countsTable(view) : [],
		...first.length === 0 ? [] : [looseList(first.map((found) => item(found, record, options)))],
		paragraph([text$1(`${totalsWords(view)}.`)]),
		...open > 0 ? folds(view, record, options) : []
	];
}
/** Tools with a line of their own. */
const mostTools = 8;
/** What counts, tool by severity. A single number is said already. */
function countsTable({ tools, over }) {
	const columns = severities.filter((severity) => tools.some(([, counts]) => counts[severity] > 0));
	if (columns.length === 0 || columns.length === 1 && tools.length === 1) return [];
	const sums = (rows) => columns.map((severity) => rows.reduce((sum, [, counts]) => sum + counts[severity], 0));
	const row = (label, numbers) => [label, ...numbers.map((n, i) => {
		const shown = text$1(n === 0 ? "–" : amount(n));
		const severity = columns[i];
		return [n > 0 && severity !== void 0 && over.includes(severity) ? strong([shown]) : shown];
	})];
	const others = tools.slice(mostTools);
	const head = [[text$1("Tool")], ...columns.map((severity) => [text$1(over.includes(severity) ? `✗\u00a0${severity}` : severity)])];
	return [table$1([
		head,
		...tools.slice(0, mostTools).map(([tool, counts]) => row(prose$1(tool, 60), columns.map((severity) => counts[severity]))),
		...others.length > 0 ? [row([text$1(`${others.length} others`)], sums(others))] : [],
		...tools.length > 1 ? [row([text$1("all")], sums(tools))] : []
	])];
}
/** What does not stand in the way, or is too much to be read at once. */
function folds(view, record, options) {
	const { flavour, cut } = options;
	const { worst, allowed, unproven, unknownAs, listed, listable } = view;
	const fold = (title, body) => flavour === "github" ? details(title, body) : [paragraph([strong([text$1(title)])]), ...body];
	const entries = (found, all, most) => {
		const shown = fewOf(found, flavour === "github" ? most : Math.min(most, 5));
		const missing = all - shown.length;
		return [...shown.length === 0 ? [] : [looseList(shown.map((one) => item(one, record, options)))], ...shown.length === 0 || missing <= 0 ? [] : [paragraph([text$1(`and ${amount(missing)} more`)])]];
	};
	const section = (title, all, body) => all === 0 || body.length === 0 ? [] : fold(title, body);
	const further = view.againstAll - Math.min(worst.against.length, cut.open);
	const n = totalOf(allowed);
	return [
		...section(`${amount(further)} more against the policy`, further, entries(worst.against.slice(cut.open), further, cut.more)),
		...section(`Allowed: ${countsWords(allowed, unknownAs)}`, n, [...view.againstAll === 0 ? countsTable(view) : [], ...entries(worst.allowed, n, cut.others)]),
		...section(`In scans that are no evidence: ${countsWords(unproven, unknownAs)}`, totalOf(unproven), entries(worst.unproven, totalOf(unproven), cut.others)),
		...section(`Not counted: ${excusedWords(view)}`, view.excused.length, [...reasonsTable(view), ...entries(listed, listable, halfOf(cut.others))])
	];
}
/** Reasons with a line of their own; there are fewer, unless somebody invents them. */
const mostReasons = 30;
function reasonsTable({ excused }) {
	if (excused.length === 0) return [];
	const head = [
		"Not counted",
		"Why",
		"Results"
	].map((title) => [text$1(title)]);
	const rows = excused.slice(0, mostReasons).map(({ fate, reason, count }) => [
		[text$1(fateWord(fate))],
		prose$1(reasonWords$1(reason), 100),
		[text$1(amount(count))]
	]);
	const rest = excused.slice(mostReasons).reduce((sum, { count }) => sum + count, 0);
	return [table$1([
		head,
		...rows,
		...rest > 0 ? [[
			[text$1("others")],
			[text$1("–")],
			[text$1(amount(rest))]
		]] : []
	])];
}
const joined$1 = (parts, between) => parts.filter((part) => part.length > 0).flatMap((part, i) => i === 0 ? part : [between, ...part]);
const dotted$1 = (...parts) => joined$1(parts, text$1(" · "));
const some$1 = (words, most = 200) => words === "" ? [] : prose$1(words, most);
/** An address that is longer than a page of text is left to the record. */
const fitting = (address) => address !== void 0 && address.length <= 500 ? address : void 0;
/** How bad, what and where; how it is mended and by whom; and why this severity. */
function item(found, record, { flavour }) {
	const { place, elsewhere } = linksOf(found, record);
	const where = placeOf(found);
	const excuse = excuseWords(found);
	const counts = found.fate === "counted" || found.fate === "review";
	const what = [
		strong([text$1(counts ? gravity(found) : `${fateWord(found.fate)}, ${gravity(found)}`)]),
		text$1(" "),
		...prose$1(found.message, 240)
	];
	const mending = dotted$1(linkedCode(where ?? (place === void 0 ? "" : "see it there"), place), some$1(fixWords(found)), some$1(nameOf(found), 160), found.package === void 0 ? [] : code(found.package, 120), some$1(excuse === "" ? "" : counts ? `counts all the same: ${excuse}` : excuse, 300), found.owner === void 0 ? [] : [text$1("owner "), ...prose$1(found.owner, 100)], some$1(ageWords(found, record)), linkedHost("help: ", fitting(found.help)), linkedHost("shown by ", fitting(elsewhere)));
	const why = dotted$1([text$1("severity: "), ...prose$1(whyWords(found), 240)], [text$1("identity "), ...code(shortIdentity(found.identity))]);
	return flavour === "github" ? joined$1([
		what,
		mending,
		small(why)
	], lineBreak) : dotted$1(what, mending, why);
}
/** Waivers that are over, unused or too wide, and the like. */
function remarksBlocks(gates, { cut }) {
	const all = remarksOf(gates);
	if (all.length === 0) return [];
	const shown = all.slice(0, cut.remarks);
	const missing = all.length - shown.length;
	const more = shown.length === 0 ? `${amount(missing)} in the files beside the scans` : `and ${amount(missing)} more`;
	return [
		heading(3, [text$1("To put in order")]),
		...shown.length === 0 ? [] : [list(shown.map((message) => prose$1(message, 300)))],
		...missing === 0 ? [] : [paragraph([text$1(more)])]
	];
}
// build/report/moves-markdown.js
/** @param cut `reason`: characters of each text; `entries`: of a list, where nothing in them asks for somebody to act */
function movesBlocks(record, cut) {
	return [...walkBlocks(record, cut.reason), ...changeBlocks(record, cut)];
}
function walkBlocks({ walk }, reason) {
	if (walk === void 0) return [];
	const rows = stageLines(walk).map(({ mark, stage, move, words }) => [
		[text$1(`${mark}\u00a0`), ...prose$1(stage, 60)],
		prose$1(move, 80),
		prose$1(words, Math.min(reason, 300))
	]);
	const head = [
		"Stage",
		"Moves",
		"What came of it"
	].map((title) => [text$1(title)]);
	const stands = standsWords(walk);
	return [
		heading(3, [text$1("Stages")]),
		...stands === "" ? [] : [paragraph([...prose$1(`${stands}.`, Math.max(reason, 120))])],
		...reason < 60 ? [] : [table$1([head, ...rows])]
	];
}
/** What needs somebody to act is never left out. */
function changeBlocks(record, { reason, entries }) {
	const lines = moveLines(record);
	const onlyFlags = changesOf(record).every((moved) => "flag" in moved);
	const shown = lines.filter(({ trouble }, index) => trouble || index < Math.max(entries, 1));
	if (shown.length === 0) return [];
	const items = shown.map(({ mark, subject, words, trouble }) => [
		text$1(`${mark} `),
		...code(subject, 100),
		text$1(" "),
		...trouble ? [strong(prose$1(words, Math.max(reason, 200)))] : prose$1(words, reason)
	]);
	const more = lines.length - shown.length;
	return [
		heading(3, [text$1(onlyFlags ? "Flags" : "Traffic and flags")]),
		list(items),
		...more > 0 ? [paragraph([text$1(`and ${more} more that are as wanted`)])] : []
	];
}
// build/report/standing-markdown.js
function linked(before, label, address) {
	const found = link(label, address);
	return found.length === 0 ? [] : [text$1(before), ...found];
}
/** What was lifted is never left out. */
function standingBlocks(record, { reason, entries }) {
	const lines = standingLines(record);
	const shown = lines.filter(({ mark }, index) => mark === "!" || index < Math.max(entries, 1));
	if (shown.length === 0) return [];
	const items = shown.map(({ mark, words, run }) => [
		text$1(`${mark} `),
		...prose$1(words, Math.max(reason, 120)),
		...linked("; ", "that run", run)
	]);
	const more = lines.length - shown.length;
	return [
		heading(3, [text$1(standingTitle)]),
		list(items),
		...more > 0 ? [paragraph([text$1(`and ${more} more`)])] : []
	];
}
function arrivalsBlocks(record, { reason, entries }) {
	const arrivals = arrivalsOf(record, entries);
	if (!arrivals || reason < 60) return [];
	const { since, run, commits, note, flags } = arrivals;
	const items = [
		...commits.map(({ sha, words }) => [
			...code(sha.slice(0, 10)),
			text$1(" "),
			...prose$1(words, Math.min(reason, 200))
		]),
		...note === "" ? [] : [prose$1(note, 300)],
		...flags.slice(0, Math.max(entries, 1)).map((words) => [text$1("flag "), ...prose$1(words, 200)])
	];
	return [
		heading(3, [text$1(forwardTitle)]),
		heading(4, [text$1(arrivalsTitle)]),
		paragraph([...prose$1(`${since}.`, 200), ...linked(" ", "That run", run)]),
		...items.length === 0 ? [] : [list(items)]
	];
}
// build/report/chart.js
/** What charts are drawn from: the course of one gate over the rounds. Pure; every form of the report draws the same numbers. */
/** Two points make a line; one makes none. */
const leastPoints = 2;
/**
* The charts of one gate: its value against the limit, or for a canary the rates of both arms, how many times as often the canary is
* bad with its bounds, and the evidence for either decision. Empty where fewer than two rounds gave a number.
*/
function chartsOf(gate, record) {
	const { rounds } = record;
	const at = rounds.map((round) => round.began);
	const readings = rounds.map((round) => round.gates.find((g) => g.gate === gate)?.reading ?? null);
	return (readings.some((reading) => reading?.standing) ? armCharts(gate, at, readings.map((reading) => reading?.standing ?? null), soFar(gate, record)) : valueChart(gate, at, readings)).filter(({ lines }) => lines.some(({ values }) => values.filter((value) => value !== null).length >= leastPoints));
}
function valueChart(gate, at, readings) {
	const thresholds = readings.map((reading) => reading?.threshold === void 0 ? void 0 : parseThreshold(reading.threshold));
	const main = thresholds.findLast((threshold, i) => threshold && readings[i]?.code !== "over-hard-limit") ?? thresholds.findLast((threshold) => threshold !== void 0);
	if (!main) return [];
	const values = readings.map((reading, i) => {
		const threshold = thresholds[i];
		if (reading?.value === void 0 || !threshold) return null;
		const value = inUnitOf(main, reading.value, threshold.unit);
		return Number.isFinite(value) ? value : null;
	});
	const hard = thresholds.findLast((threshold, i) => threshold && readings[i]?.code === "over-hard-limit");
	const limits = [limitOf("limit", main, main), ...hard && hard !== main ? [limitOf("hard limit", hard, main)] : []];
	const lines = [{
		role: "value",
		name: gate,
		values
	}];
	return [{
		kind: "value",
		gate,
		title: gate,
		suffix: suffixOf(main.unit),
		at,
		lines,
		limits
	}];
}
const limitOf = (name, threshold, main) => ({
	name: `${name} ${threshold.operator} ${threshold.limit}${suffixOf(threshold.unit)}`,
	value: inUnitOf(main, threshold.limit, threshold.unit)
});
/** @returns undefined where the record does not tell: for durations, of which each bound would be a course of its own */
function soFar(gate, { rounds, policy }) {
	const config = (policy.effective?.gates)?.find(({ name }) => name === gate);
	if (!config?.bin || judgesDurations(config)) return void 0;
	const bins = /* @__PURE__ */ new Map();
	for (const round of rounds) {
		const samples = (round.gates.find((one) => one.gate === gate)?.answers ?? []).flatMap((answer) => "measurement" in answer && answer.measurement.kind === "samples" && !answer.role.startsWith("history") ? [[answer.role, answer.measurement]] : []);
		const window = samples[0]?.[1].window;
		if (!window) continue;
		const times = {
			from: Date.parse(window.from),
			to: Date.parse(window.to)
		};
		const found = binsOf(config, new Map(samples), times);
		for (const bin of "state" in found ? [] : found) if (!bins.has(bin.at) && bin.canary && bin.baseline) bins.set(bin.at, bin);
	}
	const ordered = [...bins.values()].sort((a, b) => a.at - b.at);
	const course = (arm) => {
		let [bad, all] = [0, 0];
		return ordered.map((bin) => {
			const counted = bin[arm];
			if (counted && "total" in counted) [bad, all] = [bad + counted.failures, all + counted.total];
			return all > 0 ? 100 * bad / all : null;
		});
	};
	const { bin } = config;
	return {
		at: ordered.map(({ at }) => iso(at + bin)),
		canary: course("canary"),
		baseline: course("baseline")
	};
}
function armCharts(gate, at, standings, course) {
	const line = (role, name, of) => ({
		role,
		name,
		values: standings.map((standing) => standing === null ? null : of(standing))
	});
	const share = ({ events, bad }) => events > 0 ? 100 * bad / events : null;
	const bound = standings.findLast((standing) => standing?.bound !== void 0)?.bound;
	const bad = bound === void 0 ? "failed" : `over ${bound}`;
	const names = standings.findLast((standing) => standing?.names)?.names ?? {
		canary: "canary",
		baseline: "baseline"
	};
	const proof = standings.some((standing) => typeof standing?.wellness === "number");
	return [
		{
			kind: "rates",
			gate,
			title: `${gate}: share of requests that ${bound === void 0 ? "failed" : `took over ${bound}`}, so far`,
			suffix: " %",
			at: course?.at ?? at,
			lines: course ? [{
				role: "canary",
				name: `${names.canary} ${bad}`,
				values: course.canary
			}, {
				role: "baseline",
				name: `${names.baseline} ${bad}`,
				values: course.baseline
			}] : [line("canary", `${names.canary} ${bad}`, ({ canary }) => share(canary)), line("baseline", `${names.baseline} ${bad}`, ({ baseline }) => share(baseline))],
			limits: []
		},
		{
			kind: "ratio",
			gate,
			title: `${gate}: how many times as often as the ${names.baseline}`,
			suffix: " times",
			at,
			lines: [
				line("ratio", "estimate", ({ ratio }) => ratio),
				line("lower", "at least", ({ lower }) => lower),
				line("upper", "at most", ({ upper }) => upper)
			],
			limits: [{
				name: `as often as the ${names.baseline}`,
				value: 1
			}]
		},
		{
			kind: "evidence",
			gate,
			title: `${gate}: evidence, 1 decides`,
			suffix: "",
			at,
			lines: [line("harm", "of harm", ({ harm }) => harm), ...proof ? [line("wellness", "that it is no worse", ({ wellness }) => wellness)] : []],
			limits: [{
				name: "decides",
				value: 1
			}]
		}
	];
}
// build/report/html/markup.js
/** HTML that is safe by default: whatever is put into a template is text, unless it is markup of ours already. Pure. */
/** HTML that may stand in a page as it is. Only this file makes it. */
var Markup = class {
	html;
	constructor(html) {
		this.html = html;
	}
};
/** Longer texts are cut: no sentence needs more, and the record has all of it. */
const mostText = 4e3;
const entities = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&#39;"
};
const escaped = (text) => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
/** On one line, with nothing hidden in it; the blanks at its ends stay, since sentences are put together of such texts. */
function words$1(text) {
	const [, before = "", inner = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
	const blank = (space) => space === "" ? "" : space === "\xA0" ? space : " ";
	return escaped(`${blank(before)}${inner === "" ? "" : plain(inner, mostText)}${inner === "" ? "" : blank(after)}`);
}
function render(child) {
	if (child === null || child === void 0 || child === false) return "";
	if (child instanceof Markup) return child.html;
	if (typeof child === "string") return words$1(child);
	if (typeof child === "number") return String(child);
	return child.map(render).join("");
}
/** A template of HTML. Values go where text goes: between tags, or between the quotes of an attribute. */
const h = (strings, ...children) => new Markup(strings.reduce((page, string, i) => page + render(children[i - 1]) + string));
/** With `between` between those that are there. */
const joined = (parts, between) => parts.filter((part) => part !== null && part !== void 0 && part !== false && part !== "").flatMap((part, i) => i === 0 ? [part] : [between, part]);
/** A sentence in which backticks mark code. */
const prose = (text) => plain(text, mostText).split(/`([^`]+)`/).map((part, i) => i % 2 === 1 ? h`<code>${part}</code>` : part);
/** Several lines as they are: a query, a document. Cut at `most` characters, and said so. */
const lines$1 = (text, most) => new Markup(escaped(plainLines(text, most)));
/** The way of a pen in an SVG, of any length. */
const way = (d) => new Markup(d.replaceAll(/[^MLHVhvz\d .-]/g, ""));
/** Data for a script: JSON that cannot end the element it stands in, whatever its texts hold. */
const json = (data) => new Markup(JSON.stringify(data).replaceAll(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`));
/** A script or a style sheet of ours, which its element must hold byte for byte. @throws {Error} when it would end its element */
function asset(text) {
	if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error("expected an asset that does not end its element");
	return new Markup(text);
}
// build/report/html/drawing.js
const numbersOf = (line) => line?.values.filter((value) => value !== null) ?? [];
/**
* What the axis shows: all values and limits with some room, from zero where zero is near. Bounds may begin at a million times; they are
* cut off, lest nothing else be seen.
*/
function domainOf({ lines, limits }) {
	const isBound = ({ role }) => role === "lower" || role === "upper";
	const main = lines.filter((line) => !isBound(line)).flatMap(numbersOf);
	const last = lines.filter(isBound).flatMap((line) => numbersOf(line).slice(-1));
	const all = [
		...main,
		...last,
		...limits.map(({ value }) => value)
	];
	const [least, greatest] = [all.reduce((a, b) => Math.min(a, b), Infinity), all.reduce((a, b) => Math.max(a, b), -Infinity)];
	if (!(least <= greatest)) return [0, 1];
	const room = Math.max((greatest / 2 - least / 2) * .16, Math.abs(greatest) * .04, Number.MIN_VALUE);
	return [least >= 0 && least < greatest * .6 ? 0 : least - room, greatest + room || 1];
}
/** Positions of values that keep the course: of each stretch the first, the least, the greatest and the last. At most about `most`. */
function thinned$1(values, most) {
	if (values.length <= most) return values.map((_, i) => i);
	const size = Math.ceil(values.length * 4 / most);
	const kept = /* @__PURE__ */ new Set();
	for (let from = 0; from < values.length; from += size) {
		const to = Math.min(from + size, values.length);
		let [low, high] = [from, from];
		for (let i = from; i < to; i += 1) {
			const value = values[i] ?? null;
			if (value === null) continue;
			if (value < (values[low] ?? Number.POSITIVE_INFINITY)) low = i;
			if (value > (values[high] ?? Number.NEGATIVE_INFINITY)) high = i;
		}
		for (const i of [
			from,
			low,
			high,
			to - 1
		]) kept.add(i);
	}
	return [...kept].sort((a, b) => a - b);
}
const [width, height] = [640, 200];
const plot = {
	left: 8,
	right: 632,
	top: 10,
	bottom: 176
};
const round = (n) => Math.round(n * 10) / 10;
/** One path; a gap where a round gave no value, and a dot where a value stands alone between two gaps. */
function path$1(values, x, y) {
	let pen = false;
	const at = thinned$1(values, 480);
	const d = at.map((i, k) => {
		const value = values[i] ?? null;
		const move = !pen;
		pen = value !== null;
		if (value === null) return "";
		const alone = move && (values[at[k + 1] ?? -1] ?? null) === null;
		return `${move ? "M" : "L"}${round(x(i))} ${round(y(value))}${alone ? "h.1" : ""}`;
	});
	return way(d.join(""));
}
/** The whole chart, still. @param label what a screen reader says in its place */
function stillChart(chart, domain, label) {
	const [low, high] = domain;
	const span = high - low || 1;
	const last = Math.max(1, chart.at.length - 1);
	const x = (i) => plot.left + (plot.right - plot.left) * i / last;
	const y = (value) => plot.bottom - (plot.bottom - plot.top) * ((Math.min(high, Math.max(low, value)) - low) / span);
	const clock = (at) => at?.slice(11, 16) ?? "";
	return h`<svg class="still" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
<path class="axis" d="M${plot.left} ${plot.bottom}H${plot.right}"/>
${chart.limits.map(({ name, value }) => h`<path class="limit" d="M${plot.left} ${round(y(value))}H${plot.right}"/>
<text class="limit-name" x="${plot.right}" y="${round(Math.max(12, y(value) - 5))}" text-anchor="end">${name}</text>
`)}
${chart.lines.map(({ role, values }) => h`<path class="line ${role}" d="${path$1(values, x, y)}"/>`)}
<text x="${plot.left}" y="194">${clock(chart.at[0])}</text>
<text x="${plot.right}" y="194" text-anchor="end">${clock(chart.at.at(-1))} UTC</text>
</svg>`;
}
/** The course of one value in the height of a line of text; nothing for fewer than three numbers, since two points are no course. */
function spark(values) {
	const numbers = values.filter((value) => value !== null);
	if (numbers.length < 3) return null;
	const [low, high] = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
	const span = high - low;
	const last = Math.max(1, values.length - 1);
	const x = (i) => 2 + 92 * i / last;
	const y = (value) => span > 0 ? 20 - 16 * ((value - low) / span) : 12;
	const at = values.findLastIndex((value) => value !== null);
	return h`<svg class="spark" viewBox="0 0 98 24" aria-hidden="true"><path d="${path$1(values, x, y)}"/><circle cx="${round(x(at))}" cy="${round(y(values[at] ?? low))}" r="2.2"/></svg>`;
}
// build/report/html/charts.js
/** The charts of the page: the deciding signals first. Each is told in words, drawn still, drawn live by the page's script, and a table. */
/** Rows of a chart's table. */
const mostRows$1 = 60;
/** Numbers of all charts together that the script gets; with more, each is thinned. */
const mostNumbers = 15e4;
/** Gates whose charts stand open: the reasons, else what else is not well, else what was proven by statistics. */
function deciding({ blamed, alsoSick, warnings, byStatistics, verdict }) {
	if (blamed.length > 0) return blamed;
	if (verdict.decision !== "continue") return alsoSick;
	return [...byStatistics, ...warnings];
}
function placeCharts({ gates, record }) {
	return gates.flatMap(({ name }, g) => chartsOf(name, record).map((chart, c) => ({
		...chart,
		id: `chart-${g + 1}-${c + 1}`,
		domain: domainOf(chart)
	})));
}
/** Six significant digits: more cannot be seen, and a day has many. */
const short = (value) => value === null ? null : Number(value.toPrecision(6));
function chartData(charts) {
	const all = charts.reduce((sum, { at, lines }) => sum + at.length * lines.length, 0);
	return charts.map(({ id, title, suffix, domain, lines, limits, at }) => {
		const share = Math.floor(at.length * mostNumbers / all);
		const kept = all > mostNumbers ? thinned$1(lines[0]?.values ?? [], Math.max(60, share)) : void 0;
		return {
			id,
			label: title,
			suffix,
			domain,
			...kept && { rounds: kept },
			lines: lines.map(({ role, name, values }) => ({
				role,
				name,
				values: (kept ? kept.map((i) => values[i] ?? null) : values).map(short)
			})),
			limits
		};
	});
}
function chartsSection(view, charts) {
	if (charts.length === 0) return null;
	const first = new Set(deciding(view).map(({ name }) => name));
	const open = charts.filter(({ gate }) => first.has(gate));
	const rest = charts.filter(({ gate }) => !first.has(gate));
	const shown = open.length > 0 ? open : rest.slice(0, 3);
	const folded = rest.filter((chart) => !shown.includes(chart));
	const gates = new Set(folded.map(({ gate }) => gate)).size;
	return h`<section id="charts" aria-labelledby="charts-title">
<h2 id="charts-title">${open.length > 0 && view.verdict.decision !== "continue" ? "The signals that decided" : "Signals"}</h2>
<div class="charts">${shown.map((chart) => figure(chart, view))}</div>
${folded.length > 0 && h`<details class="fold"><summary>${plural(folded.length, "more chart")} of ${plural(gates, "gate")}</summary>
<div class="charts">${folded.map((chart) => figure(chart, view))}</div></details>`}
</section>`;
}
/** As people write it: three digits and the unit. */
const shown = (value, suffix) => `${Math.abs(value) >= 1e3 ? Math.round(value).toLocaleString("en-US") : Number(value.toPrecision(3))}${suffix}`;
function lineWords({ name, values }, suffix, alone) {
	const numbers = values.filter((value) => value !== null);
	const last = numbers.at(-1);
	if (last === void 0) return `${name}: no value`;
	const least = numbers.reduce((a, b) => Math.min(a, b));
	const greatest = numbers.reduce((a, b) => Math.max(a, b));
	if (least === greatest) return `${alone ? "" : `${name} `}always ${shown(last, suffix)}`;
	return `${alone ? "last" : `${name} last`} ${shown(last, suffix)}, between ${shown(least, suffix)} and ${shown(greatest, suffix)}`;
}
/** The chart in one sentence. */
function chartWords({ kind, lines, limits, at, suffix }, now) {
	const missing = lines[0]?.values.filter((value) => value === null).length ?? 0;
	return [
		`${`${plural(at.length, "round")}, ${clockTime(at[0] ?? now, now)} to ${clockTime(at.at(-1) ?? now, now)}`}${missing > 0 ? `, ${missing} without a value` : ""}`,
		...lines.map((line) => lineWords(line, suffix, lines.length === 1)),
		...limits.length > 0 ? [listed(limits.map(({ name, value }) => kind === "value" ? name : `${name} at ${shown(value, suffix)}`))] : []
	].join("; ");
}
function figure(chart, { record }) {
	const words = chartWords(chart, record.ended);
	return h`<figure class="chart" id="${chart.id}">
<figcaption><strong>${chart.title}</strong><span class="said">${words}.</span></figcaption>
<div class="plot">${stillChart(chart, chart.domain, `${chart.title}. ${words}.`)}</div>
<p class="legend">${chart.lines.map(({ role, name }) => h`<span class="key ${role}">${name}</span> `)}${chart.limits.map(({ name }) => h`<span class="key limit">${name}</span> `)}</p>
${numbers(chart, record.ended)}
</figure>
`;
}
function numbers({ title, lines, at, suffix }, now) {
	const kept = thinned$1(lines[0]?.values ?? [], mostRows$1);
	const cell = (value) => h`<td class="n">${value === null ? "–" : shown(value, suffix)}</td>`;
	const some = kept.length < at.length;
	return h`<details class="numbers"><summary>Numbers<span class="unseen"> of ${title}</span></summary>
<div class="wide" tabindex="0" role="group" aria-label="Numbers of ${title}"><table>
<caption>${title}${some && h`: ${kept.length} of ${at.length} rounds, with every extreme of the ${lines.length > 1 ? "first line" : "value"}. The record has all of them.`}</caption>
<thead><tr><th scope="col">Round began</th>${lines.map(({ name }) => h`<th scope="col" class="n">${name}</th>`)}</tr></thead>
<tbody>${kept.map((i) => h`<tr><th scope="row">${exact$1(at[i] ?? now, now)}</th>${lines.map(({ values }) => cell(values[i] ?? null))}</tr>
`)}</tbody></table></div></details>`;
}
/** `10:42:05 UTC`, with its date when it is not that of `now`. */
const exact$1 = (instant, now) => clockTime(instant, now).replace(/(\d\d:\d\d) UTC$/, `$1${instant.slice(16, 19)} UTC`);
// build/report/deployment-evidence.js
/** `2 of 3 targets are there`. */
function targetsWords({ targets }) {
	const there = targets.filter(({ exists }) => exists).length;
	return there === targets.length ? plural(there, "target") : `${there} of ${plural(targets.length, "target")} there`;
}
/** `staging running 1.2.3, 5 % of the traffic`: the most important of one target. */
function targetWords({ name, exists, state, version, traffic }) {
	if (!exists) return `${name} not there`;
	const what = state === "unknown" ? "in an unknown state" : state;
	const share = traffic === null ? "" : `, ${percentWords(traffic)} of the traffic`;
	return `${name} ${what}${version === null ? "" : ` ${version}`}${share}`;
}
/** A line for each target, in order, and one for the settings. */
const targetLines = ({ targets, settings, at }) => [...targets.map((target) => line$2(target, at)), ...settings ? settingsLines(settings) : []];
const separated$1 = (nodes) => nodes.length === 0 ? [] : [text$1("; "), ...nodes];
const stateWords = {
	running: "running",
	deploying: "being changed right now",
	stopped: "stopped",
	failed: "failed",
	unknown: "in a state that is not known"
};
function line$2(target, now) {
	const { name, exists, state, version, reasons, link: page } = target;
	if (!exists) return [
		...code(name, 150),
		text$1(" is not there"),
		...because(reasons),
		...separated$1(link("open it there", page))
	];
	return [
		...code(name, 150),
		text$1(`: ${stateWords[state]}, `),
		...version === null ? [text$1("its version is not known")] : [text$1("version "), ...code(version, 150)],
		text$1(`; ${facts$1(target, now).join("; ")}`),
		...because(reasons),
		...separated$1(link("open it there", page))
	];
}
const facts$1 = ({ ready, health, instances, traffic, since }, now) => [
	ready === null ? "whether it is ready is not known" : ready ? "ready" : "NOT ready",
	...instances === null ? [] : [`${instances.ready} of ${plural(instances.wanted, "instance")} ready`],
	...health === "unknown" ? [] : [health === "healthy" ? "healthy" : "NOT healthy"],
	traffic === null ? "its traffic is not known" : `gets ${percentWords(traffic)} of the traffic`,
	...since === null ? [] : [`there since ${clockTime(since, now)}`]
];
const because = (reasons) => reasons.length === 0 ? [] : [text$1(": "), ...prose$1(listed(reasons), 600)];
const hows = {
	missing: "missing",
	"only-here": "only here",
	"other-value": "another value"
};
/** Names only: values are never in the record. */
function settingsLines({ target, like, compared, differ }) {
	const among = `${plural(compared, "setting")} of `;
	const same = differ.length === 0;
	return [[
		text$1(among),
		...code(target, 150),
		text$1(" and "),
		...code(like, 150),
		text$1(same ? " are the same" : `, ${differ.length} of them not the same:`)
	], ...differ.map(({ name, how, sticky }) => [...code(name, 150), text$1(`: ${hows[how]}${sticky === null ? "" : sticky ? ", sticky" : ", not sticky"}`)])];
}
// build/report/probe-evidence.js
const sumOf = ({ endpoints }, side) => endpoints.reduce((sum, { [side]: own }) => ({
	failed: sum.failed + (own?.failed ?? 0),
	sent: sum.sent + (own?.sent ?? 0)
}), {
	failed: 0,
	sent: 0
});
/** `idle side 1 of 20 requests failed, live side 0 of 20`. */
function probesWords(m) {
	const [idle, live] = [sumOf(m, "idle"), sumOf(m, "live")];
	const other = m.endpoints.some((endpoint) => endpoint.live !== void 0) ? `, live side ${live.failed} of ${live.sent}` : ", no live side to compare with";
	return `idle side ${idle.failed} of ${plural(idle.sent, "request")} failed${other}`;
}
/** One line for each endpoint and side, with how long good answers took and how the others failed. */
const probeLines = (m) => m.endpoints.flatMap((endpoint) => ["idle", "live"].flatMap((name) => {
	const side = endpoint[name];
	return side === void 0 ? [] : [line$1(m, endpoint, name, side)];
}));
function line$1(m, { name }, of, side) {
	const { sent, failed, reasons } = side;
	return [
		...code(name, 150),
		text$1(` on the ${of} side: ${failed} of ${plural(sent, "request")} failed${durationWords(m, side)}`),
		...reasons.flatMap(({ why, count }) => [
			text$1("; "),
			...prose$1(why, 200),
			text$1(` (${count})`)
		])
	];
}
/** `, half within 50 ms`: of good answers, as fine as the bounds are. */
function durationWords({ bounds }, { durations }) {
	const all = durations.reduce((sum, n) => sum + n, 0);
	let below = 0;
	const at = durations.findIndex((n) => {
		below += n;
		return 2 * below >= all;
	});
	if (all === 0) return "";
	const bound = bounds[at];
	return bound === void 0 ? `, half took longer than ${bounds.at(-1)} ms` : `, half within ${bound} ms`;
}
// build/report/html/rounds.js
/** The timeline: the state of every gate in every round, as a picture, as a table of the rounds that changed something, and as data. */
/** The states of a cell, the best first; data and picture name them by their place here. */
const order = [
	"healthy",
	"not-evaluated",
	"insufficient",
	"error",
	"unhealthy"
];
const stateOf = (reading) => reading?.state ?? "not-evaluated";
function gridOf({ gates, rounds }) {
	return rounds.map((round) => {
		const byGate = new Map(round.gates.map(({ gate, reading }) => [gate, reading]));
		return gates.map(({ name }) => byGate.get(name) ?? null);
	});
}
const phases = {
	"warm-up": "warm-up",
	watch: "watching",
	final: "final check"
};
const phaseWords = (round) => `${phases[round.phase]}${round.step === void 0 ? "" : `, step ${round.step}`}`;
/** Rounds of the static table. */
const mostRows = 120;
/** Positions of rounds in which a gate's state or the decision is not as in the round before; the first and the last always. */
function changes({ rounds }, grid) {
	const key = (i) => {
		const { decision, reason } = rounds[i]?.decision ?? {};
		return `${decision} ${reason} ${rounds[i]?.step} ${grid[i]?.map(stateOf).join(" ")}`;
	};
	return rounds.flatMap((_, i) => i === 0 || i === rounds.length - 1 || key(i) !== key(i - 1) ? [i] : []);
}
function roundsSection(view, grid) {
	const { record } = view;
	const { rounds, gates } = record;
	if (rounds.length === 0) return null;
	const changed = changes(record, grid);
	const shown = changed.length > mostRows ? [0, ...changed.slice(-119)] : changed;
	const left = rounds.length - shown.length;
	return h`<section id="rounds" aria-labelledby="rounds-title"><h2 id="rounds-title">Timeline</h2>
${gates.length > 0 && strips(view, grid)}
<div id="timeline"></div>
<details class="fold" id="round-table"${rounds.length <= 12 && h` open`}><summary>${left === 0 ? `All ${plural(rounds.length, "round")} as a table` : `The rounds that changed something, ${shown.length} of ${rounds.length.toLocaleString("en-US")}, as a table`}</summary>
<div class="wide" tabindex="0" role="group" aria-label="Rounds"><table class="rounds"><caption class="unseen">Rounds, their decision, and the gates that were not healthy</caption>
<thead><tr><th scope="col">Round</th><th scope="col">Began</th><th scope="col">Phase</th><th scope="col">Decision</th><th scope="col">Not healthy</th></tr></thead>
<tbody>${shown.map((i) => row$1(view, grid, i))}</tbody></table></div>
${left > 0 && h`<p class="small">In the other ${left === 1 ? "round" : plural(left, "round")} every gate was as in the round before${changed.length > shown.length ? ", or they are left out here" : ""}; the record has all of them.</p>`}
</details></section>`;
}
function row$1({ record }, grid, i) {
	const round = record.rounds[i];
	if (!round) return null;
	const ill = (grid[i] ?? []).flatMap((reading, g) => {
		const state = stateOf(reading);
		if (state === "healthy") return [];
		const { mark } = states[state];
		return [`${mark} ${record.gates[g]?.name ?? ""}${reading?.shown === void 0 ? "" : ` ${reading.shown}`}`];
	});
	return h`<tr><th scope="row">${round.number}</th><td>${exact$1(round.began, record.ended)}</td><td>${phaseWords(round)}</td>
<td><b class="${round.decision.decision}">${round.decision.decision}</b> ${prose(round.decision.sentence)}</td><td>${ill.length === 0 ? "none" : listed(ill, 8)}</td></tr>
`;
}
const [wide, high] = [720, 14];
const mostColumns = 240;
/** One strip a gate. The worst state of each column shows, by colour and by height, so that nothing brief is lost. */
function strips({ record, gates }, grid) {
	const columns = Math.min(grid.length, mostColumns);
	const size = wide / Math.max(columns, 1);
	const first = record.rounds[0]?.began ?? record.began;
	const last = record.rounds.at(-1)?.began ?? record.ended;
	return h`<figure class="strips"><figcaption><span class="said">The state of each gate, ${exact$1(first, record.ended)} to ${exact$1(last, record.ended)}${grid.length > columns && `; each column stands for ${Math.ceil(grid.length / columns)} rounds and shows the worst of them`}.</span></figcaption>
<p class="legend"><span class="key healthy">healthy</span> <span class="key insufficient">too little evidence</span> <span class="key error">could not be measured</span> <span class="key unhealthy">not healthy</span></p>
<table class="strip-table"><caption class="unseen">State of each gate over all rounds</caption><thead class="unseen"><tr><th scope="col">Gate</th><th scope="col">Course</th></tr></thead><tbody>
${gates.map(({ name }, g) => h`<tr><th scope="row"><bdi>${name}</bdi></th><td>${strip(grid, g, columns, size)}</td></tr>
`)}</tbody></table></figure>`;
}
function strip(grid, g, columns, size) {
	const worst = Array.from({ length: columns }, (_, c) => {
		const from = Math.floor(c * grid.length / columns);
		const to = Math.max(from + 1, Math.floor((c + 1) * grid.length / columns));
		return grid.slice(from, to).reduce((most, readings) => Math.max(most, order.indexOf(stateOf(readings[g]))), 0);
	});
	const heights = {
		healthy: 4,
		"not-evaluated": 0,
		insufficient: 8,
		error: 10,
		unhealthy: 14
	};
	const n = (x) => Math.round(x * 100) / 100;
	const paths = order.map((state, s) => {
		let d = "";
		for (let c = 0; c < columns; c += 1) {
			if (worst[c] !== s) continue;
			let end = c;
			while (worst[end + 1] === s) end += 1;
			const gap = columns <= 60 ? 2 : 0;
			const widths = gap > 0 ? Array.from({ length: end - c + 1 }, (_, k) => [c + k, 1]) : [[c, end - c + 1]];
			for (const [at, many] of widths) d += `M${n(at * size)} ${high - heights[state]}h${n(many * size - gap)}V${high}h${n(gap - many * size)}z`;
			c = end;
		}
		return d === "" || heights[state] === 0 ? null : h`<path class="${state}" d="${way(d)}"/>`;
	});
	const counts = order.flatMap((state) => {
		const count = grid.filter((readings) => stateOf(readings[g]) === state).length;
		return count === 0 ? [] : [`${states[state].word} in ${count}`];
	});
	return h`<svg viewBox="0 0 ${wide} ${high}" preserveAspectRatio="none" role="img" aria-label="${`${listed(counts, 5)} of ${plural(grid.length, "round")}`}">${paths}</svg>`;
}
// build/report/html/data.js
/** Readings, and characters of measurements, that the page holds; the record has the rest. */
const mostCells = 12e4;
const mostDetail = 15e5;
/** Of one round: nobody reads more there, and a round of hundreds of gates must not take the room of all others. */
const mostSeries$1 = 5;
const mostTargets = 5;
function pageData(record, grid, charts) {
	const began = Date.parse(record.began);
	const texts = [];
	const places = /* @__PURE__ */ new Map();
	const put = (text, most = 600) => {
		const shown = text === "" ? "" : plain(text, most);
		const place = places.get(shown) ?? texts.push(shown) - 1;
		places.set(shown, place);
		return place;
	};
	const since = (instant) => Date.parse(instant) - began;
	const gates = record.gates.map(({ name }) => plain(name, 200));
	const changed = new Set(changes(record, grid));
	const kept = rank$1(record.rounds.length, changed).slice(0, Math.max(1, Math.floor(mostCells / Math.max(1, gates.length))));
	const detailed = detailsOf(record, kept, since, put);
	const rounds = kept.toSorted((a, b) => a - b);
	return {
		began,
		states: order,
		gates,
		rounds: rounds.flatMap((i) => {
			const round = record.rounds[i];
			const details = detailed.get(i);
			if (!round) return [];
			const { number, decision } = round;
			return [{
				number,
				at: since(round.began),
				phase: put(phaseWords(round)),
				decision: put(decision.decision),
				sentence: put(decision.sentence, 400),
				cells: (grid[i] ?? []).flatMap((reading) => [order.indexOf(reading?.state ?? "not-evaluated"), put(reading === null ? "" : measuredWords(reading), 160)]),
				...details && { details }
			}];
		}),
		changed: rounds.flatMap((i, place) => changed.has(i) ? [place] : []),
		total: record.rounds.length,
		times: record.rounds.map((round) => since(round.began)),
		charts: chartData(charts),
		texts
	};
}
/** All rounds, those first that must not be left out: changes, the last ones, then ever closer in between. */
function rank$1(count, changed) {
	const recent = Array.from({ length: Math.min(count, 30) }, (_, i) => count - 1 - i);
	const early = Array.from({ length: Math.min(count, 10) }, (_, i) => i);
	const coarse = [];
	for (let stride = 2 ** Math.ceil(Math.log2(Math.max(count, 1))); stride >= 1; stride /= 2) for (let i = 0; i < count; i += stride) coarse.push(i);
	return [.../* @__PURE__ */ new Set([
		...recent,
		...early,
		...[...changed].toReversed(),
		...coarse
	])];
}
/** Of as many rounds as there is room for, in the order of their rank. */
function detailsOf({ rounds, gates }, ranked, since, put) {
	const details = /* @__PURE__ */ new Map();
	const place = new Map(gates.map(({ name }, i) => [name, i]));
	let room = mostDetail;
	const costing = (text, most) => {
		const index = put(text, most);
		room -= 6;
		return index;
	};
	for (const i of ranked) {
		if (room <= 0) break;
		details.set(i, (rounds[i]?.gates ?? []).flatMap(({ gate, reading, answers }) => {
			const at = place.get(gate);
			if (at === void 0) return [];
			room -= (reading?.reason.length ?? 0) + 120 * answers.length + 20;
			return [[
				at,
				costing(reading?.reason ?? "", 400),
				reading?.events ?? -1,
				answers.map((a) => answerData(a, since, costing))
			]];
		}));
	}
	return details;
}
function answerData(answer, since, put) {
	if ("failure" in answer) {
		const { code, message } = answer.failure;
		return [
			put(`${answer.role} to ${answer.source}`, 200),
			put("", 1),
			put(`no answer (${code}): ${message}`, 400),
			put("", 1),
			null
		];
	}
	const { measurement: m } = answer;
	return [
		put(`${answer.role} to ${m.source}: ${m.subject}`, 300),
		put(m.query, 4e3),
		put([
			resultOf(m),
			m.partial ? "an incomplete answer" : "",
			...m.notes.slice(0, 3)
		].filter((part) => part !== "").join("; "), 400),
		put(safeLink(m.link) ?? "", 8e3),
		m.kind === "samples" ? [
			since(m.at),
			since(m.window.from),
			since(m.window.to),
			m.newest === null ? null : since(m.newest)
		] : null
	];
}
function resultOf(m) {
	switch (m.kind) {
		case "samples": {
			const shown = m.series.slice(0, mostSeries$1).map(({ labels, value }) => {
				const names = Object.entries(labels).map(([key, label]) => `${key}=${label}`);
				return `${names.length === 0 ? "" : `${names.join(" ")} `}${value}`;
			});
			const more = m.series.length - shown.length;
			return m.series.length === 0 ? "no series" : `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
		}
		case "alerts": return `${m.rules} enabled rules, ${m.counts.firing} firing`;
		case "flag": return `${m.flag} serves ${JSON.stringify(m.value) ?? "nothing"}`;
		case "flag-states": return `${m.states.length} flags`;
		case "scans": return `${m.runs.length} scans, ${m.runs.reduce((sum, { results }) => sum + results, 0)} results`;
		case "deployments": {
			const more = m.targets.length - mostTargets;
			const shown = m.targets.slice(0, mostTargets).map(targetWords).join("; ");
			return more > 0 ? `${shown}; and ${more} more` : shown;
		}
		case "probes": return probesWords(m);
	}
}
// build/report/flag-evidence.js
/** `3 flags`, `no flag`. */
const statesWords = ({ states }) => {
	const there = states.filter(({ exists }) => exists).length;
	return there === 0 ? "no flag" : plural(there, "flag");
};
/** One line for each flag, in order of their names. */
const stateLines = ({ states, at }) => states.map((state) => line(state, at));
const offWords = {
	off: "off serves the old code",
	on: "off serves the NEW code",
	"code-default": "off serves the code's own default",
	unknown: "what off serves is not known"
};
function line(state, now) {
	const { key, exists, configured, archived, changed, version, owner, kill, link: page } = state;
	if (!exists) return [...code(key, 150), text$1(" is not there")];
	const separate = (nodes) => nodes.length === 0 ? [] : [text$1("; "), ...nodes];
	return [
		...code(key, 150),
		text$1(archived ? " is archived" : configured ? ` is ${stateWords$1(state)}${boundsWords(state)}` : " is not set up here"),
		...configured && !archived ? separate([text$1(offWords[state.whenOff])]) : [],
		...separate(moved(state)),
		...separate(state.unclear.slice(0, 1).flatMap((why) => prose$1(why, 200))),
		...kill.possible === false ? separate([text$1("cannot be switched off with this credential")]) : [],
		...separate(changed === null ? [text$1("its last change is not known")] : changeWords(changed, now)),
		...owner === null ? [] : separate([text$1("of "), ...prose$1(owner, 80)]),
		...version === null ? [] : separate([text$1("version "), ...code(version, 60)]),
		...separate(link("open it there", page))
	];
}
/** Bounds where the words do not say them, and what they rest on. */
function boundsWords({ reach, exposure: { lo, hi }, method, sample }) {
	return `${reach === "targeted-only" ? ` (${lo === hi ? "" : `${percentWords(lo)} to `}${percentWords(hi)} of all users)` : ""}${method === "sampled" ? `, estimated from ${plural(sample ?? 0, "evaluation")}` : ""}`;
}
function moved({ targeting: { managedBy, timeDependent } }) {
	if (managedBy !== null) return [text$1("moved by "), ...prose$1(managedBy, 100)];
	return timeDependent ? [text$1("changes with time by itself")] : [];
}
const scopes = {
	environment: "changed",
	flag: "changed, in some environment,",
	file: "its file changed"
};
const changeWords = ({ at, by, scope }, now) => [text$1(`${scopes[scope]} ${clockTime(at, now)}`), ...by === null ? [] : [text$1(" by "), ...prose$1(by, 80)]];
// build/report/evidence.js
/** The evidence of the last round in detail: what was asked, of whom, over which window, and what came back. */
/** Characters of a query, entries of a list: the record has the rest. */
const longestQuery = 2e3;
const longestList = 20;
function evidence(gates, record) {
	return gates.flatMap((gate) => gate.answers.length === 0 ? [] : [heading(4, prose$1(gate.name, 120)), ...gate.answers.flatMap((answer) => answerBlocks(answer, record))]);
}
function answerBlocks(answer, record) {
	if ("failure" in answer) {
		const { code: word, message } = answer.failure;
		return [paragraph([
			...code(answer.role),
			text$1(" asked of "),
			...code(answer.source),
			text$1(": no answer ("),
			...code(word),
			text$1("): "),
			...prose$1(message, 600)
		])];
	}
	const { measurement: m } = answer;
	const facts = [
		...code(answer.role),
		text$1(" asked of "),
		...code(m.source),
		text$1(` at ${exact(m.at, record)}`),
		...m.kind === "samples" ? [text$1(`, window ${exact(m.window.from, record)} to ${exact(m.window.to, record)}, newest sample ${m.newest === null ? "of unknown age" : exact(m.newest, record)}`)] : [],
		text$1(m.partial ? ", an incomplete answer" : ""),
		...separated(link("open it there", m.link))
	];
	const lines = [...findings$1(m, record), ...m.notes.slice(0, longestList).map((note) => [text$1("note: "), ...prose$1(note, 400)])];
	return [
		paragraph(facts),
		codeBlock(m.query, longestQuery),
		paragraph([text$1("→ "), ...answerWords(m)]),
		...lines.length === 0 ? [] : [list(lines)]
	];
}
const separated = (nodes) => nodes.length === 0 ? [] : [text$1("; "), ...nodes];
const exact = (instant, record) => {
	return clockTime(instant, record.ended).replace(/(\d\d:\d\d) UTC$/, `$1${instant.slice(16, 19)} UTC`);
};
function answerWords(m) {
	switch (m.kind) {
		case "samples": return m.series.length === 0 ? [text$1("no series")] : m.series.slice(0, longestList).flatMap(({ labels, value, points }, i) => {
			const names = Object.entries(labels).map(([key, label]) => `${key}=${label}`);
			return [
				text$1(i === 0 ? "" : ", "),
				...names.length === 0 ? [] : [...code(names.join(" "), 200), text$1(" ")],
				...code(String(value)),
				text$1(points > 1 ? ` from ${plural(points, "sample")}` : ""),
				text$1(i === 19 && m.series.length > longestList ? `, and ${m.series.length - longestList} more` : "")
			];
		});
		case "alerts": return [
			text$1(`${plural(m.rules, "enabled rule")}, ${m.counts.firing} firing`),
			text$1(m.counts.unknown > 0 ? `, ${m.counts.unknown} without data` : ""),
			text$1(m.counts.muted > 0 ? `, ${m.counts.muted} muted` : "")
		];
		case "flag-states": return [text$1(statesWords(m))];
		case "flag": return [
			...code(m.flag),
			text$1(m.exists ? " serves " : " is not known there; served "),
			...code(JSON.stringify(m.value) ?? "nothing"),
			...m.variant === null ? [] : [text$1(", variant "), ...code(m.variant, 100)],
			text$1(`, ${m.scope === "everyone" ? "for everyone" : "for the probed context only"}${m.enabled === false ? ", disabled" : ""}`)
		];
		case "scans": return [text$1(m.runs.length === 0 ? "no scan" : plural(m.runs.length, "scan"))];
		case "deployments": return [text$1(targetsWords(m))];
		case "probes": return [text$1(probesWords(m))];
	}
}
/** The alerts, the flags, the targets, the probed endpoints or the scans, each on its own line. */
function findings$1(m, record) {
	if (m.kind === "alerts") return m.alerts.slice(0, longestList).map(({ name, state, severity, subject, since, link: page }) => [
		text$1(`${state === "unknown" ? "without data" : state}: `),
		...code(name, 150),
		...severity === null ? [] : [text$1(" "), ...code(severity, 60)],
		...subject === "" ? [] : [text$1(" on "), ...prose$1(subject, 200)],
		text$1(since === null ? "" : `, since ${clockTime(since, m.at)}`),
		...separated(link("open it there", page))
	]);
	if (m.kind === "flag-states") return atMost(stateLines(m));
	if (m.kind === "deployments") return atMost(targetLines(m));
	if (m.kind === "probes") return atMost(probeLines(m));
	return m.kind === "scans" ? scansLines(m, record) : [];
}
/** Runs, files that took part, and what is no evidence: all that an auditor needs to look again. */
function scansLines(m, record) {
	const file = (name, sha256) => [...code(name, 150), ...sha256 === null ? [] : [text$1(" "), ...code(sha256.slice(0, 12))]];
	return [
		m.runs.map((run) => [
			...prose$1([run.tool, run.toolVersion].filter((x) => x !== void 0).join(" "), 100),
			text$1(" in "),
			...file(run.file, run.sha256),
			text$1(run.revision === null ? ", commit not said" : ", commit "),
			...run.revision === null ? [] : code(run.revision.slice(0, 10)),
			...run.image?.[0] === void 0 ? [] : [text$1(", image "), ...code(run.image[0], 120)],
			text$1(run.ended === null ? ", time not said" : `, ended ${exact(run.ended, record)}`),
			text$1(run.database === void 0 ? "" : `, vulnerability data of ${run.database.slice(0, 10)}`),
			text$1(run.execution === "succeeded" ? "" : `, execution ${run.execution}`),
			text$1(run.rules === null ? "" : `, ${plural(run.rules, "rule")}`),
			text$1(`: ${runWords(run)}`)
		]),
		m.references.map(({ kind, file: name, sha256 }) => [text$1(`${kind}: `), ...file(name, sha256)]),
		m.problems.map((p) => [
			text$1("problem "),
			...code(p.code, 60),
			text$1(": "),
			...prose$1(p.message, 400)
		])
	].flatMap((lines) => atMost(lines));
}
/** The first of very many. */
function atMost(lines) {
	const more = lines.length - longestList;
	return more > 0 ? [...lines.slice(0, longestList), [text$1(`and ${more} more`)]] : lines;
}
// build/report/html/tree.js
const mostCode = 1e5;
/** @param nodes as the summary makes them: their links are checked there and here, their raw HTML is none but folds and small print */
function fromTree(nodes) {
	let title = "";
	return nodes.map((node) => {
		if (node.type === "heading") title = textOf$1(node.children);
		return node.type === "table" ? table(node, title) : one$1(node);
	});
}
const textOf$1 = (nodes) => nodes.map((node) => "value" in node ? node.value : "children" in node ? textOf$1(node.children) : "").join("");
function one$1(node) {
	switch (node.type) {
		case "text": return node.value;
		case "inlineCode": return h`<code>${node.value}</code>`;
		case "code": return h`<pre><code>${lines$1(node.value, mostCode)}</code></pre>`;
		case "break": return h`<br>`;
		case "strong": return h`<strong>${node.children.map(one$1)}</strong>`;
		case "link": {
			const href = safeLink(node.url);
			return href === void 0 ? node.children.map(one$1) : anchor(href, node.children.map(one$1));
		}
		case "paragraph": return h`<p>${node.children.map(one$1)}</p>`;
		case "heading": return node.depth <= 3 ? h`<h2>${node.children.map(one$1)}</h2>` : h`<h3>${node.children.map(one$1)}</h3>`;
		case "list": return h`<ul>${node.children.map(one$1)}</ul>`;
		case "listItem": return h`<li>${node.children.map((child) => child.type === "paragraph" ? child.children.map(one$1) : one$1(child))}</li>`;
		case "table": return table(node, "");
		case "html": return raw(node.value);
		default: return "children" in node ? fromTree(node.children) : null;
	}
}
/** A link that leaves the page: it takes nothing with it. */
const anchor = (href, label) => h`<a href="${href}" rel="noopener noreferrer external" referrerpolicy="no-referrer">${label}</a>`;
const tags = {
	"<sub>": h`<small>`,
	"</sub>": h`</small>`,
	"</details>": h`</details>`
};
function raw(value) {
	const [, title] = /^<details>\s*<summary>(.*)<\/summary>\s*$/s.exec(value) ?? [];
	if (title !== void 0) return h`<details><summary>${title}</summary>`;
	return tags[value] ?? null;
}
function table({ children: [head, ...rows] }, caption) {
	return h`<div class="wide" tabindex="0" role="group" aria-label="${caption === "" ? "Table" : caption}"><table>
<caption class="unseen">${caption}</caption>
<thead><tr>${head?.children.map((cell) => h`<th scope="col">${cell.children.map(one$1)}</th>`)}</tr></thead>
<tbody>${rows.map((row) => h`<tr>${row.children.map((cell, i) => i === 0 ? h`<th scope="row">${cell.children.map(one$1)}</th>` : h`<td>${cell.children.map(one$1)}</td>`)}</tr>
`)}</tbody></table></div>`;
}
// build/report/html/evidence.js
/** Every measurement of the last round that has any: what was asked, of whom, over which window, and what came back. */
const mostQuery = 2e4;
const mostSeries = 50;
function evidenceSection({ gates, record }) {
	const asked = gates.filter(({ answers }) => answers.length > 0);
	if (asked.length === 0) return null;
	return h`<section id="evidence" aria-labelledby="evidence-title"><h2 id="evidence-title">Measurements</h2>
<p>The last answers of each gate, as they were judged. Those of earlier rounds are in the timeline and in the record.</p>
${asked.map((gate) => ofGate(gate, record))}</section>`;
}
function ofGate(gate, record) {
	const { mark, word } = states[gate.state];
	return h`<details class="fold evidence" ${gate.blamed ? h`open` : null}><summary><span class="mark ${gate.state}" aria-hidden="true">${mark}</span> <bdi>${gate.name}</bdi> <span class="state">${word}; ${plural(gate.answers.length, "answer")}</span></summary>
${gate.reading !== null && h`<p>${prose(gate.reading.reason)}</p>`}
${gate.answers.map((answer) => one(answer, gate, record))}
</details>`;
}
function one(answer, gate, record) {
	if ("failure" in answer) {
		const { code, message, permanent } = answer.failure;
		return facts([["Question", h`<code>${answer.role}</code> to <code>${answer.source}</code>`], ["No answer", [
			h`<code>${code}</code>: `,
			prose(message),
			permanent && h` (waiting cannot heal this)`
		]]]);
	}
	const { measurement: m } = answer;
	if (m.kind === "samples") return samples(answer.role, m, gate, record);
	return h`<div class="answer">${fromTree(evidence([{
		...gate,
		answers: [answer]
	}], record).slice(1))}</div>`;
}
function samples(role, m, { reading }, record) {
	const link = safeLink(m.link);
	const at = (instant) => exact$1(instant, record.ended);
	const events = m.events ?? reading?.events;
	return h`${facts([
		["Question", h`<code>${role}</code> to <code>${m.source}</code>: ${m.subject}`],
		["Asked", at(m.at)],
		["Window", `${at(m.window.from)} to ${at(m.window.to)}`],
		["Newest sample", m.newest === null ? "of unknown age" : at(m.newest)],
		["Events", events === void 0 ? null : Math.round(events).toLocaleString("en-US")],
		["Values", values(m)],
		["Complete", m.partial ? "no: the source says that its answer is incomplete" : null],
		["Notes", m.notes.length === 0 ? null : h`<ul>${m.notes.slice(0, 50).map((note) => h`<li>${prose(note)}</li>`)}</ul>`],
		["Look there", link === void 0 ? null : anchor(link, new URL(link).hostname)]
	])}
<pre class="query" tabindex="0"><code>${lines$1(m.query, mostQuery)}</code></pre>`;
}
const facts = (rows) => h`<dl class="facts">${rows.filter(([, value]) => value !== null).map(([name, value]) => h`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
function values({ series }) {
	if (series.length === 0) return "no series";
	const shown = series.slice(0, mostSeries).map(({ labels, value, points, bins }) => {
		const names = Object.entries(labels).map(([key, label]) => `${key}=${label}`);
		const from = bins ? `the last of ${plural(bins.length, "bin")}` : points > 1 ? `from ${plural(points, "sample")}` : "";
		return [
			names.length > 0 && h`<code>${names.join(" ")}</code> `,
			h`<b>${String(value)}</b>`,
			from !== "" && ` ${from}`
		];
	});
	const more = series.length - shown.length;
	if (shown.length === 1) return shown[0] ?? null;
	return h`<ul>${shown.map((value) => h`<li>${value}</li>`)}${more > 0 && h`<li>and ${more} more in the record</li>`}</ul>`;
}
// build/report/html/gates.js
/** All gates in one table, and those of them that were not measured. */
function gatesSection(view) {
	const { gates } = view;
	if (gates.length === 0) return null;
	const rank = (g) => g.blamed ? 0 : g.state === "healthy" ? 3 : g.enforce === "block" ? 1 : 2;
	const rows = [...gates].sort((a, b) => rank(a) - rank(b));
	return h`<section id="gates" aria-labelledby="gates-title"><h2 id="gates-title">${plural(gates.length, "gate")}</h2>
<table class="gates"><caption class="unseen">State of each gate in the last round</caption>
<thead><tr><th scope="col">State</th><th scope="col">Gate</th><th scope="col">Measured</th><th scope="col">Course</th><th scope="col">Evidence</th></tr></thead>
<tbody>${rows.map(row)}</tbody></table></section>`;
}
function row(gate) {
	const { mark, word } = stateWords$2(gate);
	const behind = evidenceWords(gate);
	const course = gate.reading?.shown === void 0 ? null : spark(gate.values);
	return h`<tr class="${gate.state} ${gate.enforce}">
<td class="state"><span class="mark" aria-hidden="true">${mark}</span> ${word}</td>
<th scope="row"><bdi>${gate.name}</bdi><span class="kind">${gate.type} of ${gate.source}</span></th>
<td class="measured">${gate.reading === null ? "–" : prose(measuredWords(gate.reading))}</td>
<td class="course">${course ?? h`<span class="unseen">no course</span>`}</td>
<td class="behind">${behind === "" ? "–" : behind}</td></tr>
`;
}
function unmeasuredSection({ unmeasured, gates, record }) {
	if (gates.length === 0) return null;
	const partly = gates.filter((gate) => gate.gaps.length > 0);
	const earlier = ({ measured }) => measured ? `${measured.reading.state} when last measured, in round ${measured.round}` : record.rounds.length > 1 ? `in none of ${record.rounds.length} rounds` : "";
	const body = record.rounds.length === 0 ? h`<p>No round was made: nothing was measured at all.</p>` : unmeasured.length + partly.length === 0 ? h`<p>Nothing: ${gates.length === 1 ? "the gate was" : `all ${gates.length} gates were`} measured.</p>` : h`<dl class="said-of">${unmeasured.map((gate) => {
		const when = earlier(gate);
		return h`<dt><bdi>${gate.name}</bdi> <span class="state">${stateWords$2(gate).word}</span></dt>
<dd>${gate.reading !== null && prose(gate.reading.reason)}${gate.reading !== null && when !== "" && "; "}${when}</dd>`;
	})}${partly.map((gate) => h`<dt><bdi>${gate.name}</bdi> <span class="state">measured in part</span></dt><dd>${prose(listed(gate.gaps, 50))}</dd>`)}</dl>`;
	return h`<section id="unmeasured" aria-labelledby="unmeasured-title"><h2 id="unmeasured-title">What was not measured</h2>${body}</section>`;
}
// build/report/html/origin.js
/** What an auditor asks for: the policy as it was in force, and where everything comes from. */
const mostPolicy = 4e5;
function originSection({ record, evaluation }) {
	const { policy, tool, host, release, reactions = [] } = record;
	const run = safeLink(host.run ?? void 0);
	const code = (value) => value === null ? null : h`<code>${value}</code>`;
	const times = Object.entries(evaluation).map(([name, ms]) => `${name} ${formatDuration(ms)}`);
	const rows = [
		["Policy", policy.file === null ? "inline" : code(policy.file)],
		["SHA-256 of the policy", code(policy.sha256)],
		["Times", times.length === 0 ? null : times.join(", ")],
		["Record", record.digest === void 0 ? null : h`digest <code>${record.digest}</code>`],
		["Repository", host.repository],
		["Branch or tag", code(host.ref)],
		["Commit", code(release.sha)],
		["Run", run === void 0 ? null : anchor(run, run)],
		["Started by", host.actor],
		["Began", record.began],
		["Ended", record.ended],
		["Made by", `${tool.name} ${tool.version}`]
	];
	return h`<section id="origin" aria-labelledby="origin-title"><h2 id="origin-title">Policy and origin</h2>
<dl class="facts">${rows.filter(([, value]) => value !== null).map(([name, value]) => h`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${reactions.length > 0 && h`<h3>What was done beside the decision</h3><ul>${reactions.map(({ type, target, ok, detail, at }) => h`<li>${ok ? "✓" : "✗"} <code>${type}</code> ${target}${!ok && ", NOT done"}: ${detail} <span class="small">${at}</span></li>`)}</ul>`}
${policy.effective !== null && policy.effective !== void 0 && h`<details class="fold"><summary>The policy as it was in force, with its defaults</summary>
<pre tabindex="0"><code>${lines$1(JSON.stringify(policy.effective, null, 2), mostPolicy)}</code></pre></details>`}
</section>`;
}
// build/report/html/verdict.js
/** The top of the page, read in five seconds: what was decided, why, and what to do. */
function toneOf({ verdict, observedStop, warnings, record }) {
	if (verdict.reason === "cancelled") return "none";
	if (observedStop) return "warn";
	if (verdict.decision === "continue") return warnings.length > 0 || record.standing?.used.length ? "warn" : "go";
	return "stop";
}
/** A signal with two lamps: the upper one says stop, the lower one go, both together that it goes with a warning. */
function lamp(tone) {
	const lit = (which) => tone === which || tone === "warn";
	return h`<svg class="lamp" viewBox="0 0 28 60" aria-hidden="true"><rect x="3" y="1" width="22" height="46" rx="11"/><path d="M14 47V60"/><circle class="${lit("stop") ? "lit" : "dark"}" cx="14" cy="13" r="7"/><circle class="${lit("go") ? "lit" : "dark"}" cx="14" cy="35" r="7"/></svg>`;
}
function verdictSection(view) {
	const [word, between, rest] = parted(verdictSentence(view));
	return h`<section class="verdict" aria-labelledby="verdict">
${lamp(toneOf(view))}
<div>
<h1 id="verdict"><span class="word">${word}<span class="unseen">${between}</span></span>${rest !== "" && h`<span class="because${rest.length > 120 && " long"}">${begins(rest, view)}</span>`}</h1>
${subject$1(view)}
</div>
</section>`;
}
/** The word that says it all, what stands behind it, and the rest of the sentence. */
function parted(sentence) {
	const [, word = "", between = "", rest = ""] = /^(Cancelled(?=:? )|[^:]{1,40}(?=: ))(: | )(.*)$/s.exec(sentence) ?? [void 0, sentence];
	return [
		word,
		between,
		rest
	];
}
/** With a capital, unless it begins with a name: that stays as it is written. */
const begins = (text, { gates }) => gates.some(({ name }) => text.startsWith(name)) ? text : text.charAt(0).toUpperCase() + text.slice(1);
function subject$1({ record, observedStop, overridden }) {
	const { service, release, host, rounds } = record;
	const ms = Date.parse(record.ended) - Date.parse(record.began);
	const run = safeLink(host.run ?? void 0);
	const observed = overridden ? "Its gates say stop; somebody answers for it." : observedStop ? "Nothing was stopped: the policy only observes." : record.decision.decision === "continue" && record.observe ? "The policy only observes." : null;
	return h`${observed !== null && h`<p class="observed"><strong>${observed}</strong></p>`}
<p class="subject">${joined([
		[service, release.version].filter((part) => part !== null).join(" ") || null,
		release.environment !== null && h`to ${release.environment}`,
		release.sha !== null && h`commit <code>${release.sha.slice(0, 10)}</code>`,
		release.deployedAt !== null && h`deployed ${clockTime(release.deployedAt, record.ended)}`,
		h`decided ${clockTime(record.ended, "")}`,
		rounds.length > 0 && `${plural(rounds.length, "round")} in ${inWords(ms < 12e4 ? ms : Math.round(ms / 6e4) * 6e4)}`,
		host.actor !== null && h`started by ${host.actor}`,
		run !== void 0 && anchor(run, "this run")
	], h` <span aria-hidden="true">·</span> `)}</p>`;
}
function whySection(view) {
	const { blamed, alsoSick, verdict, record } = view;
	const weak = verdict.decision === "continue" ? view.warnings : [];
	const otherwise = counterfactual(view);
	const title = view.observedStop ? "What would have stopped it" : verdict.reason === "cancelled" ? "What was known" : verdict.decision === "continue" ? "Warnings" : "Why it stopped";
	const body = [
		blamed.length > 0 && cards(blamed, view),
		blamed.length === 0 && verdict.reason === "not-steady" && h`<p class="lead">It was ${verdict.sentence}.</p>`,
		otherwise !== "" && h`<p class="otherwise">${otherwise}</p>`,
		alsoSick.length > 0 && [
			blamed.length > 0 && h`<h3>${besidesTitle(view)}</h3>`,
			blamed.length === 0 && h`<p>${besidesTitle(view)}:</p>`,
			cards(alsoSick, view)
		],
		weak.length > 0 && cards(weak, view),
		record.problems.length > 0 && problems$1(view)
	];
	if (body.every((part) => part === false)) return null;
	const heading = record.problems.length > 0 && blamed.length === 0 ? "What to mend" : title;
	return h`<section id="why" aria-labelledby="why-title"><h2 id="why-title">${heading}</h2>${body}</section>`;
}
const cards = (gates, view) => h`<ul class="cards">${gates.map((gate) => card(gate, view))}</ul>`;
function card(gate, { record }) {
	const { reading } = gate;
	const value = reading?.shown !== void 0 && reading.threshold !== void 0 ? reading.shown : void 0;
	const { mark, word } = stateWords$2(gate);
	const words = complaint(gate).replace(/^: /, "").trim();
	const since = sinceWords(gate, record.ended);
	const behind = evidenceWords(gate);
	const short = value !== void 0 && words.startsWith(`is ${value}, `) ? words.slice(`is ${value}, `.length) : words;
	const place = record.gates.find(({ name }) => name === gate.name)?.place;
	return h`<li class="card ${gate.state}">
<h3><span class="mark" aria-hidden="true">${mark}</span> <bdi>${gate.name}</bdi> <span class="state">${word}</span></h3>
<p class="${value === void 0 ? "reason" : "measured"}">${value !== void 0 && h`<b class="value">${value}</b> `}<span>${prose(short)}</span>${value !== void 0 && spark(gate.values)}</p>
<p class="small">${joined([
		since === "" ? null : since,
		behind === "" ? null : behind,
		place !== void 0 && h`policy line ${place.line}`,
		gate.link !== void 0 && anchor(gate.link, "see the evidence")
	], h` <span aria-hidden="true">·</span> `)}</p>
</li>
`;
}
/** A problem of the policy is a reason to stop. */
function problems$1({ record }) {
	return h`<ol class="problems">${record.problems.map(({ file, line, column, message }) => {
		const place = [
			file,
			line,
			column
		].filter((part) => part !== void 0).join(":");
		return h`<li>${place !== "" && h`<code class="place">${place}</code> `}${prose(message)}</li>`;
	})}</ol>`;
}
function nextSection(view) {
	const steps = nextSteps(view);
	if (steps.length === 0) return null;
	return h`<section id="next" aria-labelledby="next-title"><h2 id="next-title">What to do next</h2><ol class="steps">${steps.map(({ text, gates }) => h`<li>${gates.length === 0 ? prose(text) : [h`<strong><bdi>${listed(gates)}</bdi></strong>: `, prose(`${text}.`)]}</li>`)}</ol></section>`;
}
/** What stands behind a healthy canary: the harm that was ruled out, and that which was not. */
function provenSection({ byStatistics }) {
	if (byStatistics.length === 0) return null;
	return h`<section id="proven" aria-labelledby="proven-title"><h2 id="proven-title">${provenTitle}</h2><dl class="said-of">${byStatistics.map(({ name, reading }) => h`<dt><bdi>${name}</bdi></dt><dd>${prose(reading?.reason ?? "")}</dd>`)}</dl></section>`;
}
// build/report/html/page.js
/** The full report: one HTML file that needs nothing else, for those who want to see all of it, and for auditors a year later. */
var page_exports = /* @__PURE__ */ __exportAll({ html: () => html });
/** As much as the record keeps. */
const everyFinding = {
	open: 50,
	more: 1e3,
	others: 1e3,
	remarks: 1e3
};
/**
* The report as one HTML file: no request to anywhere, readable without a script, on a phone, in the dark, and printed.
*
* @param redact masks what must not be seen in all that comes from the record; script and style are left as they are
*/
async function html(record, redact = (text) => text) {
	const { script, style } = await import("./report-html-assets.js");
	const view = viewOf(record);
	const grid = gridOf(record);
	const charts = placeCharts(view);
	const masked = (markup) => redact(markup.html);
	const title = h`${verdictSentence(view)}`;
	const rules = [
		"default-src 'none'",
		`script-src ${hash(script)}`,
		`style-src ${hash(style)}`,
		"img-src data:",
		"base-uri 'none'",
		"form-action 'none'"
	];
	return `<!doctype html>
<html lang="en" class="${toneOf(view)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${rules.join("; ")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${masked(title)}</title>
<style>${asset(style).html}</style>
</head>
<body>
${masked(body(view, grid, charts))}
<script type="application/json" id="data">${masked(json(pageData(record, grid, charts)))}<\/script>
<script>${asset(script).html}<\/script>
</body>
</html>
`;
}
/** As a Content-Security-Policy names a script or a style sheet. */
const hash = (text) => `'sha256-${Buffer.from(sha256$1(text), "hex").toString("base64")}'`;
const everything = {
	reason: 1e3,
	entries: 1e3
};
function body(view, grid, charts) {
	const { record, gates } = view;
	const options = {
		flavour: "github",
		cut: everyFinding
	};
	const there = [
		[
			"why",
			"Why",
			whySection(view)
		],
		[
			"next",
			"Next",
			nextSection(view)
		],
		[
			"since",
			"Fix forward",
			plainSection("since", fromTree(arrivalsBlocks(record, everything)))
		],
		[
			"standing",
			"Holds",
			plainSection("standing", fromTree(standingBlocks(record, everything)))
		],
		[
			"gates",
			"Gates",
			gatesSection(view)
		],
		[
			"charts",
			"Signals",
			chartsSection(view, charts)
		],
		[
			"findings",
			"Findings",
			plainSection("findings", fromTree(findingsBlocks(gates, record, options)))
		],
		[
			"moves",
			"Stages",
			plainSection("moves", fromTree(movesBlocks(record, everything)))
		],
		[
			"proven",
			"Proven",
			provenSection(view)
		],
		[
			"unmeasured",
			"Not measured",
			unmeasuredSection(view)
		],
		[
			"remarks",
			"In order",
			plainSection("remarks", fromTree(remarksBlocks(gates, options)))
		],
		[
			"rounds",
			"Timeline",
			roundsSection(view, grid)
		],
		[
			"evidence",
			"Measurements",
			evidenceSection(view)
		],
		[
			"origin",
			"Origin",
			originSection(view)
		]
	].filter(([, , markup]) => markup !== null);
	return h`<a class="skip" href="#content">To the report</a>
<header class="bar"><span class="name">Signalbox</span><span class="what">${record.service ?? ""}</span><span id="switch"></span></header>
<div class="page">
<main id="content">
${verdictSection(view)}
${there.map(([, , markup]) => markup)}
</main>
<nav aria-label="Sections"><ul>${there.map(([id, name]) => h`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
</div>`;
}
const plainSection = (id, content) => content.length === 0 ? null : h`<section id="${id}">${content}</section>`;
// build/report/charts-markdown.js
/** More cannot be told apart at the width of a summary. */
const mostPoints = 40;
/** The chart itself has no legend: its words name the colours, which tell apart on light and on dark. */
const colours = {
	red: "#d1242f",
	orange: "#e16f24",
	blue: "#218bff",
	green: "#2da44e",
	violet: "#a475f9",
	grey: "#8c959f"
};
const colourOf = {
	value: "red",
	canary: "orange",
	baseline: "blue",
	ratio: "orange",
	lower: "green",
	upper: "violet",
	harm: "red",
	wellness: "green"
};
const limitColour = "grey";
/** The charts of what decided: at most `most`, of the gates that are to blame, or of those that were proven well by statistics. */
function chartBlocks(view, most) {
	const byGate = (view.blamed.length > 0 ? view.blamed : view.byStatistics).map(({ name }) => chartsOf(name, view.record).filter(({ kind }) => kind !== "evidence"));
	const drawn = [0, 1].flatMap((i) => byGate.flatMap((charts) => charts[i] ?? [])).slice(0, most).flatMap((chart) => drawing(chart, view.record.ended) ?? []);
	return drawn.length === 0 ? [] : [heading(3, [text$1("How it went")]), ...drawn];
}
function drawing(chart, ended) {
	const { at, limits } = chart;
	const lines = chart.lines.filter(({ values }) => 2 * values.filter((x) => x !== null).length >= at.length);
	const points = at.flatMap((_, i) => {
		const values = lines.flatMap((line) => line.values[i] ?? []);
		return values.length === lines.length && lines.length > 0 ? [{
			at: i,
			values
		}] : [];
	});
	if (points.length < 2) return void 0;
	const shown = thinned(points, limits);
	const range = rangeOf(shown, limits);
	if (!range) return void 0;
	const first = at[shown[0]?.at ?? 0] ?? "";
	const last = at[shown.at(-1)?.at ?? 0] ?? "";
	const palette = [...lines.map(({ role }) => colourOf[role]), ...limits.map(() => limitColour)];
	const row = (values) => `  line [${values.map(decimal).join(", ")}]`;
	const mermaid = [
		"---",
		"config:",
		"  xyChart:",
		"    width: 600",
		"    height: 260",
		"    xAxis:",
		"      showLabel: false",
		"      showTick: false",
		"  themeVariables:",
		"    xyChart:",
		`      plotColorPalette: "${palette.map((colour) => colours[colour]).join(", ")}"`,
		"---",
		"xychart-beta",
		`  x-axis "${clockTime(first, ended).replace(" UTC", "")} to ${clockTime(last, ended)}" 1 --> ${shown.length}`,
		`  y-axis "${unitOf(chart)}" ${decimal(range.from)} --> ${decimal(range.to)}`,
		...lines.map((_, i) => row(shown.map(({ values }) => values[i] ?? 0))),
		...limits.map(({ value }) => row(shown.map(() => value)))
	].join("\n");
	return [paragraph(wordsOf(chart, lines, at.length - points.length)), {
		type: "code",
		lang: "mermaid",
		value: mermaid
	}];
}
/** What is drawn in which colour; and what is not drawn. */
function wordsOf(chart, lines, missing) {
	const { title, limits, suffix } = chart;
	const parts = [
		...lines.map(({ role, name, values }) => {
			const last = values.findLast((x) => x !== null);
			const end = typeof last === "number" ? ` ${Number(last.toPrecision(3))}${suffix} at the end` : "";
			return [...prose$1(`${colourOf[role]} ${role === "value" ? "the value," : name}`, 80), text$1(end)];
		}),
		...limits.map((limit) => [text$1(`${limitColour} `), ...limitWords(limit)]),
		...missing > 0 ? [[text$1(`${plural(missing, "time")} without a value left out`)]] : []
	];
	return [strong(prose$1(title, 160)), ...parts.flatMap((part, i) => [text$1(i === 0 ? ": " : "; "), ...part])];
}
/** As code: `<` and `>` are markup to some. */
const limitWords = ({ name }) => {
	const [, words = name, threshold = ""] = /^(.*?)\s*([<>=].*)?$/.exec(name) ?? [];
	return [...prose$1(words, 60), ...threshold === "" ? [] : [text$1(" "), ...code(threshold, 40)]];
};
/** Ours alone: the suffixes of units are. */
const unitOf = ({ suffix, kind }) => suffix.trim() || (kind === "value" ? "value" : "");
/** The extremes of each stretch stay, so that no peak is lost: those beyond the limit where there is one, else the greatest. */
function thinned(points, limits) {
	if (points.length <= mostPoints) return points;
	const limit = limits[0]?.value;
	const size = points.length / mostPoints;
	return Array.from({ length: mostPoints }, (_, i) => {
		const stretch = points.slice(Math.floor(i * size), Math.max(Math.floor(i * size) + 1, Math.floor((i + 1) * size)));
		const from = limit ?? 0;
		return stretch.reduce((worst, point) => Math.abs((point.values[0] ?? 0) - from) > Math.abs((worst.values[0] ?? 0) - from) ? point : worst);
	});
}
/** With some room, and from zero where that is not far. Undefined where numbers are beyond what can be drawn. */
function rangeOf(points, limits) {
	const all = [...points.flatMap(({ values }) => values), ...limits.map(({ value }) => value)];
	const [least, most] = [Math.min(...all), Math.max(...all)];
	if (!(Math.max(Math.abs(least), Math.abs(most)) < 0x38d7ea4c68000)) return void 0;
	const room = (most - least || Math.abs(most) || 1) / 10;
	return {
		from: least >= 0 && least <= .6 * most ? 0 : least - room,
		to: most + room
	};
}
/** Four digits that count; Mermaid reads no exponents. */
function decimal(value) {
	const short = Number(value.toPrecision(4));
	const text = String(short);
	return text.includes("e") ? short.toFixed(20) : text;
}
// build/report/cuts.js
const allFindings = {
	open: 10,
	more: 40,
	others: 20,
	remarks: 20
};
const full = {
	evidence: "all",
	rows: "all",
	findings: allFindings,
	charts: 3,
	entries: 100,
	reason: 600
};
/** The worst findings alone, fewer and fewer. */
const worst = (open, remarks) => ({
	open,
	more: 0,
	others: 0,
	remarks
});
/** In this order, until it fits: what matters least for the decision goes first, and a reason to stop never goes. */
const cuts = [
	full,
	{
		...full,
		evidence: "troubled"
	},
	{
		...full,
		evidence: "troubled",
		findings: {
			...allFindings,
			others: 5
		}
	},
	{
		...full,
		evidence: "none",
		findings: {
			...allFindings,
			others: 5
		}
	},
	{
		...full,
		evidence: "none",
		findings: {
			open: 10,
			more: 10,
			others: 0,
			remarks: 5
		}
	},
	{
		...full,
		evidence: "none",
		findings: worst(10, 5),
		charts: 1,
		rows: "not healthy"
	},
	{
		...full,
		evidence: "none",
		findings: worst(5, 5),
		charts: 0,
		rows: "blocking",
		entries: 50
	},
	{
		evidence: "none",
		rows: "none",
		findings: worst(3, 0),
		charts: 0,
		entries: 10,
		reason: 300
	},
	{
		evidence: "none",
		rows: "none",
		findings: worst(1, 0),
		charts: 0,
		entries: 3,
		reason: 120
	},
	{
		evidence: "none",
		rows: "none",
		findings: worst(0, 0),
		charts: 0,
		entries: 0,
		reason: 60
	},
	{
		evidence: "none",
		rows: "none",
		findings: worst(0, 0),
		charts: 0,
		entries: 0,
		reason: 24
	}
];
// build/report/summary.js
/** The job summary: what most users ever see. The verdict comes first, then why, then all that was looked at. */
var summary_exports = /* @__PURE__ */ __exportAll({ summary: () => summary$1 });
/** @returns Markdown of at most `maxBytes` bytes, unless even the shortest form of all the reasons is longer */
async function summary$1(record, options) {
	const view = viewOf(record);
	let markdown = "";
	for (const cut of cuts) {
		markdown = await serialise(compose(view, options, cut));
		if (Buffer.byteLength(markdown) <= options.maxBytes) break;
	}
	return markdown;
}
/** More than that nobody reads here; the full report has all. */
const mostCommits = 25;
function compose(view, options, cut) {
	return [
		heading(2, prose$1(verdictSentence(view), Math.min(cut.reason, 240))),
		subject(view),
		...reasons(view, cut),
		...problems(view, cut),
		...movesBlocks(view.record, {
			reason: cut.reason,
			entries: cut.entries
		}),
		...standingBlocks(view.record, {
			reason: cut.reason,
			entries: cut.entries
		}),
		...next(view, cut),
		...arrivalsBlocks(view.record, {
			reason: cut.reason,
			entries: Math.min(cut.entries, mostCommits)
		}),
		...options.flavour === "github" ? chartBlocks(view, cut.charts) : [],
		...overview(view, cut),
		...findings(view, options, cut),
		...proven(view, cut),
		...notMeasured(view, cut),
		...remarksBlocks(view.gates, { cut: cut.findings }),
		...evidenceBlocks(view, options, cut),
		...leftOut(view, options, cut),
		footer(view, options)
	];
}
const dot = text$1(" · ");
/** Parts that exist, with a dot between. */
const dotted = (parts) => parts.flatMap((part) => part && part.length > 0 ? [part] : []).flatMap((part, i) => i === 0 ? part : [dot, ...part]);
const some = (value, before = "") => value === null ? null : [...before === "" ? [] : [text$1(before)], ...prose$1(value, 100)];
/** Which release, in one line under the verdict. */
function subject({ record, observedStop, overridden }) {
	const { service, release, decision } = record;
	const what = [...prose$1([service, release.version].filter((x) => x !== null).join(" "), 150)];
	return paragraph([...overridden ? [strong([text$1("Its gates say stop; somebody answers for it.")]), text$1(" ")] : observedStop ? [strong([text$1("Nothing was stopped: the policy only observes.")]), text$1(" ")] : decision.decision === "continue" && record.observe ? [strong([text$1("The policy only observes.")]), text$1(" ")] : [], ...dotted([
		what,
		some(release.environment, "to "),
		release.sha === null ? null : [text$1("commit "), ...code(release.sha.slice(0, 10))],
		[text$1(`${clockTime(record.ended, "")}`)]
	])]);
}
/** Value against threshold, since when, and where to look. */
function reasons(view, cut) {
	const { verdict, blamed, alsoSick, record } = view;
	const item = (gate) => {
		const since = cut.reason < 100 ? "" : sinceWords(gate, record.ended);
		return [
			strong(prose$1(gate.name, Math.min(cut.reason, 120))),
			...prose$1(complaint(gate), cut.reason).map((node, i) => i === 0 ? spaced(gate, node) : node),
			...since === "" ? [] : [text$1(`; ${since}`)],
			...cut.reason < 100 || gate.link === void 0 ? [] : [text$1("; "), ...link("see the evidence", gate.link)]
		];
	};
	const blocks = [];
	if (blamed.length > 0) {
		const title = view.observedStop ? "What would have stopped it" : "Why it stopped";
		blocks.push(heading(3, [text$1(title)]), list(blamed.map(item)));
	} else if (verdict.reason === "not-steady") blocks.push(paragraph([text$1("It was "), ...prose$1(`${verdict.sentence}.`, cut.reason)]));
	const besides = alsoSick.slice(0, cut.entries);
	if (besides.length > 0) blocks.push(paragraph([text$1(`${besidesTitle(view)}:`)]), list(besides.map(item)));
	const weak = verdict.decision === "continue" ? view.warnings.slice(0, cut.entries) : [];
	if (weak.length > 0) blocks.push(heading(3, [text$1("Warnings")]), list(weak.map(item)));
	const otherwise = cut.reason < 100 ? "" : counterfactual(view);
	if (otherwise !== "") blocks.push(paragraph(prose$1(otherwise, 600)));
	return blocks;
}
/** `plain` trims; the blank between the name and a complaint that begins with one comes back here. */
const spaced = (gate, node) => node.type === "text" && complaint(gate).startsWith(" ") ? {
	...node,
	value: ` ${node.value}`
} : node;
/** A problem of the policy is a reason to stop; like these none is left out, only shortened. */
function problems({ record }, cut) {
	if (record.problems.length === 0) return [];
	const items = record.problems.map(({ file, line, column, message }) => {
		const place = [
			file,
			line,
			column
		].filter((part) => part !== void 0).join(":");
		return [...place === "" ? [] : [...code(place, cut.reason), text$1(" ")], ...prose$1(message, cut.reason)];
	});
	return [heading(3, [text$1("What to mend")]), list(items)];
}
const troubled = (gate) => gate.state !== "healthy";
/** Those that block and are not well first; otherwise in the policy's order. */
function rowsOf$2({ gates }, rows) {
	if (rows === "none") return [];
	const shown = gates.filter((g) => (rows === "all" || troubled(g)) && (rows !== "blocking" || g.enforce === "block"));
	const rank = (g) => g.blamed ? 0 : !troubled(g) ? 3 : g.enforce === "block" ? 1 : 2;
	return [...shown].sort((a, b) => rank(a) - rank(b));
}
function overview(view, cut) {
	const rows = rowsOf$2(view, cut.rows).map((gate) => {
		const { mark, word } = stateWords$2(gate);
		const course = gate.reading?.shown === void 0 ? "" : sparkline(gate.values);
		const behind = [evidenceWords(gate), course].filter((part) => part !== "").join(" ");
		return [
			[text$1(`${mark}\u00a0${word.replace("NOT ", "NOT\xA0")}`)],
			prose$1(gate.name, 120),
			gate.reading === null ? [text$1("–")] : prose$1(measuredWords(gate.reading), 140),
			behind === "" ? [text$1("–")] : [text$1(behind)]
		];
	});
	if (rows.length === 0) return [];
	const head = [
		"State",
		"Gate",
		"Measured",
		"Evidence"
	].map((title) => [text$1(title)]);
	return [heading(3, [text$1(plural(view.gates.length, "gate"))]), table$1([head, ...rows])];
}
/** None with the shortest reasons, which say what stands themselves. */
const findings = ({ gates, record }, { flavour }, cut) => cut.reason < 60 ? [] : findingsBlocks(gates, record, {
	flavour,
	cut: cut.findings
});
/** What stands behind a healthy canary: the harm that was ruled out, and that which was not. */
function proven({ byStatistics }, cut) {
	const items = byStatistics.slice(0, cut.entries).map(({ name, reading }) => [
		strong(prose$1(name, 120)),
		text$1(": "),
		...prose$1(reading?.reason ?? "", cut.reason)
	]);
	return items.length === 0 ? [] : [heading(3, [text$1(provenTitle)]), list(items)];
}
function notMeasured(view, cut) {
	const { unmeasured, gates, record } = view;
	if (gates.length === 0) return [];
	const title = heading(3, [text$1("What was not measured")]);
	if (record.rounds.length === 0) return [title, paragraph([text$1("No round was made: nothing was measured at all.")])];
	const partly = gates.filter((gate) => gate.gaps.length > 0);
	if (unmeasured.length + partly.length === 0) {
		const all = gates.length === 1 ? "the gate was" : `all ${gates.length} gates were`;
		return [title, paragraph([text$1(`Nothing: ${all} measured.`)])];
	}
	const shown = [...unmeasured, ...partly].slice(0, cut.entries);
	const items = shown.map((gate) => {
		if (gate.gaps.length > 0) return [
			strong(prose$1(gate.name, 120)),
			text$1(", in part: "),
			...prose$1(listed(gate.gaps, 10), cut.reason)
		];
		const earlier = gate.measured;
		return [
			strong(prose$1(gate.name, 120)),
			text$1(`, ${stateWords$2(gate).word}`),
			...gate.reading === null || gate.blamed ? [] : [text$1(": "), ...prose$1(gate.reading.reason, cut.reason)],
			text$1(earlier ? `; ${earlier.reading.state} when last measured, in round ${earlier.round}` : record.rounds.length > 1 ? `; in none of ${record.rounds.length} rounds` : "")
		];
	});
	const all = unmeasured.length + partly.length;
	if (items.length === 0) return [title, paragraph([text$1(plural(all, "gate"))])];
	const more = all - shown.length;
	return [
		title,
		list(items),
		...more > 0 ? [paragraph([text$1(`and ${plural(more, "more gate")}`)])] : []
	];
}
function next(view, cut) {
	const steps = nextSteps(view).slice(0, Math.max(2, cut.entries));
	if (steps.length === 0) return [];
	const items = steps.map(({ text: words, gates }) => gates.length === 0 ? prose$1(words, 600) : [
		strong(prose$1(listed(gates), 150)),
		text$1(": "),
		...prose$1(`${words}.`, 600)
	]);
	return [heading(3, [text$1("What to do next")]), list(items)];
}
function evidenceBlocks(view, { flavour }, cut) {
	if (cut.evidence === "none") return [];
	const body = evidence(cut.evidence === "all" ? view.gates : view.gates.filter(troubled), view.record);
	if (body.length === 0) return [];
	const title = "Evidence: queries, windows and the last answers";
	return flavour === "github" ? details(title, body) : [heading(3, [text$1(title)]), ...body];
}
function leftOut(view, { maxBytes }, cut) {
	if (cut === full) return [];
	const rows = view.gates.length - rowsOf$2(view, cut.rows).length;
	const lines = shownOf(view.gates, full.findings) - shownOf(view.gates, cut.findings);
	const parts = [
		cut.evidence === "troubled" ? "the evidence of healthy gates" : "the evidence of all gates",
		rows === 0 ? "" : `${plural(rows, "row")} of the table`,
		lines === 0 ? "" : `${plural(lines, "line")} about findings`,
		cut.charts < full.charts ? "charts" : "",
		cut.reason < full.reason ? "the ends of long reasons" : ""
	].filter((part) => part !== "");
	const limit = maxBytes >= 1024 ? `${Math.floor(maxBytes / 1024)} KiB` : `${maxBytes} bytes`;
	return [paragraph([strong([text$1("Left out")]), text$1(` to stay within ${limit}: ${listed(parts)}. The full report has all of it.`)])];
}
/** What an auditor asks for first. */
function footer({ record }, { recordFile, reportFile }) {
	const { policy, rounds, tool, host, release, ended } = record;
	const ms = Date.parse(ended) - Date.parse(record.began);
	const duration = inWords(ms < 12e4 ? ms : Math.round(ms / 6e4) * 6e4);
	return paragraph(dotted([
		[
			text$1("policy "),
			...policy.file === null ? [text$1("inline")] : code(policy.file, 150),
			text$1(" "),
			...code(policy.sha256.slice(0, 12))
		],
		[text$1(`${plural(rounds.length, "round")} in ${duration}`)],
		release.deployedAt === null ? null : [text$1(`deployed ${clockTime(release.deployedAt, ended)}`)],
		some(host.actor, "started by "),
		link("this run", host.run ?? void 0),
		...annotatedWords(record).map((words) => [text$1(words)]),
		reportFile === void 0 ? null : [text$1("full report "), ...code(reportFile, 150)],
		recordFile === void 0 ? null : [text$1("record "), ...code(recordFile, 150)],
		[text$1(`${tool.name} ${tool.version}`)]
	]));
}
// build/sources/telemetry/azure-monitor/arm.js
/** Reading from Azure Resource Manager, and changing what it manages. */
/** `/subscriptions/…/resourceGroups/…/providers/…`: a resource. */
const resourceIdForm = /^\/subscriptions\/[\w-]+\/resourceGroups\/[^/?#%&\s]+\/providers\/[\w.]+(?:\/\w+\/[^/?#%&]+)+$/i;
/** A resource, a resource group or a subscription. */
const scopeIdForm = /^\/subscriptions\/[\w-]+(?:\/resourceGroups\/[^/?#%&\s]+(?:\/providers\/[\w.]+(?:\/\w+\/[^/?#%&]+)+)?)?$/i;
/** Without the differences that mean nothing to Azure: case, slashes at the ends. */
const normalId = (id) => `/${id.replace(/^\/+|\/+$/g, "").toLowerCase()}`;
/** Whether `id` is `scope` or lies in it; both as `normalId` gives them. */
const within$1 = (id, scope) => id === scope || id.startsWith(`${scope}/`);
const subscriptionOf = (id) => id.split("/")[2] ?? "";
/** `microsoft.insights/components` of a resource's id; undefined for a group or a subscription. */
function typeOf(id) {
	const [, provider, rest] = /\/providers\/([^/]+)\/(.+)$/i.exec(id) ?? [];
	if (provider === void 0 || rest === void 0) return void 0;
	return [provider, ...rest.split("/").filter((_, i) => i % 2 === 0)].join("/").toLowerCase();
}
const lastSegment = (id) => id.slice(id.lastIndexOf("/") + 1);
/** More pages of one list than this are not read. */
const maxPages$1 = 40;
const page = object({
	value: array(unknown()),
	nextLink: optional(nullable(string()))
});
/** @param base without a slash at its end */
function openArm(config, base, context) {
	const tokens = azureTokens(config, context);
	const scope = scopeOf(config.cloud);
	const { origin } = new URL(base);
	async function answerTo(request) {
		const { headers, signal } = request;
		const sent = {
			...request,
			headers: {
				accept: "application/json",
				...headers
			}
		};
		const response = await sendToAzure(context, tokens, scope, sent);
		const said = response.status >= 400 && response.status !== 401 ? serverWords(response.text, { authorization: `Bearer ${await tokens.token(scope, signal)}` }) : "";
		return {
			...response,
			said
		};
	}
	async function send(method, url, needs, signal) {
		const answer = await answerTo({
			url,
			method,
			signal
		});
		const { status, said } = answer;
		if (status >= 400) {
			if (status === 404) throw new NotMeasured("not-found", `${origin} knows no such resource (404)${said}`, { permanent: true });
			if (status === 403) throw new NotMeasured("forbidden", `${origin} refuses the request (403), it needs ${needs}${said}`);
			refuseDenied(answer, origin, needs);
			const permanent = status === 400 || status === 422;
			throw new NotMeasured(permanent ? "bad-query" : "query-failed", `Azure refuses the request (${status})${said}`, { permanent });
		}
		return parseJson(answer, origin);
	}
	const first = (path, query) => {
		return `${base}${path.split("/").map(encodeURIComponent).join("/")}?${new URLSearchParams(query).toString().replaceAll("+", "%20")}`;
	};
	return {
		origin,
		get: (path, query, needs, signal) => send("GET", first(path, query), needs, signal),
		post: (path, query, needs, signal) => send("POST", first(path, query), needs, signal),
		change: (method, path, query, body, signal, headers = {}) => answerTo({
			url: first(path, query),
			method,
			headers: {
				"content-type": "application/json",
				...headers
			},
			body: JSON.stringify(body),
			once: true,
			signal
		}),
		async progress(url, signal) {
			const there = here(url);
			if (there === void 0) throw new NotMeasured("bad-answer", `how the change stands is told elsewhere than on ${origin}`);
			return answerTo({
				url: there,
				signal
			});
		},
		async list(path, query, needs, signal) {
			const items = [];
			const seen = /* @__PURE__ */ new Set();
			for (let url = first(path, query); url !== void 0;) {
				if (seen.size === maxPages$1) return {
					items,
					cut: true
				};
				seen.add(url);
				const parsed = safeParse(page, await send("GET", url, needs, signal));
				if (!parsed.success) throw notArm(origin);
				items.push(...parsed.output.value);
				url = next(parsed.output.nextLink);
				if (url !== void 0 && seen.has(url)) throw new NotMeasured("bad-answer", `${origin} gives the same page again`);
			}
			return {
				items,
				cut: false
			};
		}
	};
	function next(link) {
		if (link === void 0 || link === null || link === "") return void 0;
		const there = here(link);
		if (there === void 0) throw new NotMeasured("bad-answer", `the next page of the answer is not on ${origin}: is \`management\` right?`);
		return there;
	}
	/** The token goes nowhere else. */
	function here(link) {
		return URL.canParse(link) && new URL(link).origin === origin ? new URL(link).href : void 0;
	}
}
const scopeOf = (cloud) => `${azureClouds[cloud].resourceManager}/.default`;
const notArm = (origin) => new NotMeasured("bad-answer", `${origin} answered with something that is not Azure Resource Manager's API: is \`management\` right?`);
// build/sources/deployment/azure/change.js
/** One change of what Azure Resource Manager manages: what its refusals mean. */
/** Of these it is known that Azure has not taken the request. */
const notTaken = /* @__PURE__ */ new Set([
	"throttled",
	"refused",
	"dns",
	"proxy",
	"insecure",
	"bad-credential"
]);
/**
* Sends a change.
*
* @returns the answer, with a status below 400
* @throws {Refused} when it is known not to have been taken {NotMeasured} when it is not known whether it was
*/
async function changeOnAzure(arm, change, signal) {
	const { method, path, query, body, headers, what } = change;
	let answer;
	try {
		answer = await arm.change(method, path, query, body, signal, headers);
	} catch (error) {
		if (!(error instanceof NotMeasured) || !notTaken.has(error.code)) throw error;
		const next = error.code === "throttled" ? "wait some minutes, then run this again" : "mend that, then run this again";
		throw new Refused("refused", `${what} was not changed: ${error.message}`, next);
	}
	if (answer.status >= 400) throw refusalOf(answer, change, arm.origin);
	return answer;
}
function refusalOf({ status, said }, { what, needs }, origin) {
	switch (status) {
		case 401: return new Refused("permission", `${origin} does not accept the credential (401)`, "give this source a credential that is valid");
		case 403: return new Refused("permission", `${origin} does not allow to change ${what} (403)${said}`, `give its credential ${needs}`);
		case 409: return new Refused("locked", `Azure does not change ${what} while something else is being changed there (409)${said}`, "let that end, or cancel it, then run this again");
		case 412: return new Refused("changed-in-between", `${what} was changed between reading and writing (412)${said}`, "see who changes it at the same time, then run this again");
		default: return new Refused("refused", `Azure does not change ${what} (${status})${said}`, "see Azure's words, and change it by hand");
	}
}
// build/sources/deployment/azure/operation.js
/**
* How a change goes on that Azure has taken and that takes a while
* (https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations).
*/
/** Of an operation that is told by `Azure-AsyncOperation`. */
const operationForm = object({
	status: nullish(string()),
	error: nullish(object({ message: nullish(string()) }))
});
/** Between two questions, where Azure names no time: at least, and at most whatever it says. */
const pollMs = {
	usual: 5e3,
	most: 3e4
};
/**
* Waits until it is over.
*
* @returns why it failed; undefined: it did not
* @throws {NotMeasured} when its outcome is not known, or not in time
*/
async function outcomeOf(operation, signal) {
	const { arm, clock, accepted, what, needs } = operation;
	const url = accepted.headers["azure-asyncoperation"] ?? accepted.headers.location;
	if (url === void 0) throw new NotMeasured("bad-answer", `Azure took ${what} and does not say how it goes on`);
	for (let answer = accepted;; answer = await arm.progress(url, signal)) {
		const { status, said } = answer;
		if (status === 401 || status === 403 || status === 404) throw new NotMeasured(status === 404 ? "not-found" : "forbidden", `how ${what} goes on is not told (${status})${said}: it needs ${needs}`);
		if (status >= 400) return `(${status})${said}`;
		const { told, why } = toldIn(answer);
		if (told === "failed" || told === "canceled") return `(${told})${why}`;
		if (status !== 202 && (told === void 0 || told === "succeeded")) return void 0;
		const asked = retryAfterMs(answer.headers["retry-after"], clock.now());
		await clock.sleep(asked > 0 ? Math.min(asked, pollMs.most) : pollMs.usual, signal);
		if (signal.aborted) throw new NotMeasured("timeout", `${what} was still under way when the time was up`);
	}
}
/** Where the answer is an operation: its status in lower case. An outcome by `Location` may be anything, such as the site. */
function toldIn({ text }) {
	let json;
	try {
		json = JSON.parse(text);
	} catch {
		return { why: "" };
	}
	const parsed = safeParse(operationForm, json);
	if (!parsed.success) return { why: "" };
	const { status, error } = parsed.output;
	return {
		told: status?.toLowerCase(),
		why: error?.message ? `: ${oneLine(error.message, 300)}` : ""
	};
}
// build/sources/deployment/image.js
/** The version that the reference of a container image names. */
/** `registry:5000/shop/checkout:1.2.3@sha256:…` */
const form$1 = /^[^@]*?(?::(?<tag>[\w.-]{1,128}))?(?:@(?<digest>[\w+.-]+:[0-9a-f]+))?$/i;
/** Tags that are moved from image to image by custom. */
const movingTags = /* @__PURE__ */ new Set([
	"latest",
	"stable",
	"edge",
	"main",
	"master"
]);
/** Its tag, or its digest where the tag says nothing; undefined where neither does. */
function versionOfImage(image) {
	const { tag, digest } = form$1.exec(image)?.groups ?? {};
	return tag !== void 0 && !movingTags.has(tag) ? tag : digest;
}
// build/net/auth/azure-devops.js
/** Signing in to Azure DevOps Services: with a token, or with Microsoft Entra. */
/** Azure DevOps, as Microsoft Entra knows it. */
const scope = "499b84ac-1321-427f-aa17-267ca6975798/.default";
/** Three parts that begin like JSON: an access token of Entra or of a build, which is no personal one. */
const jwt = /^eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*$/;
/** The header for `token`. A personal access token is the password of nobody in particular. */
const authorizationOf = (token) => jwt.test(token) ? `Bearer ${token}` : `Basic ${Buffer.from(`:${token}`).toString("base64")}`;
/** One that the policy gives; absent: it is got by signing in. */
const tokenOf = (config) => config["sign-in"] === void 0 ? config.token : void 0;
/**
* One GET.
*
* @returns the answer; where the credential is not accepted with the status 401, or 203 and 302, which are pages for people to sign in on
* @throws {NotMeasured} as `Http.send` does, but for redirects
*/
async function sendToAzureDevops(config, context, url, signal) {
	const headers = {
		accept: "application/json",
		"x-tfs-fedauthredirect": "Suppress"
	};
	const token = tokenOf(config);
	try {
		if (token !== void 0) {
			const authorization = authorizationOf(token);
			return await context.http.send({
				url,
				headers: {
					...headers,
					authorization
				},
				signal
			});
		}
		const tokens = azureTokens(config, context);
		const response = await sendToAzure(context, tokens, scope, {
			url,
			headers,
			signal
		});
		if (response.status === 203) tokens.forget(scope, await tokens.token(scope, signal));
		return response;
	} catch (error) {
		if (error instanceof NotMeasured && error.code === "redirect") return {
			status: 302,
			headers: {},
			text: ""
		};
		throw error;
	}
}
const isUnauthorized = ({ status }) => status === 401 || status === 203 || status === 302;
/** What was sent, so that a server which repeats it is not quoted; empty, so that nothing is, where it is not known any more. */
async function azureDevopsCredentials(config, context, signal) {
	const token = tokenOf(config);
	if (token !== void 0) return {
		authorization: authorizationOf(token),
		"api-key": token
	};
	return { authorization: await azureTokens(config, context).token(scope, signal).catch(() => "") };
}
// build/sources/cel.js
/**
* Expressions in CEL (Common Expression Language, https://github.com/google/cel-spec) over what a server answered. The policy's author
* wrote the expression, the server the text that it reads: so it may neither run for long nor turn what is missing into a value.
*/
/** The expression is the author's, so this is a matter of minutes, not of safety; the text that it runs over is anybody's. */
const limitMs = 1e3;
const limits = {
	maxAstNodes: 2e3,
	maxDepth: 60,
	maxListElements: 200,
	maxMapEntries: 200
};
/**
* @throws {NotMeasured} `bad-query`, permanent, with line and column, when the expression does not parse or cannot fit the variables
*/
async function compile(text, variables) {
	const { Environment, Optional, serialize } = await import("./marcbachmann-cel-js.js");
	const environment = new Environment({
		limits,
		enableOptionalTypes: true,
		homogeneousAggregateLiterals: false
	});
	for (const [name, type] of Object.entries(variables)) environment.registerVariable(name, type);
	const parsed = parse(environment, text);
	const { valid, type = "dyn", error } = parsed.check();
	if (!valid) throw wrong$1(text, error);
	const facts = readTree(parsed.ast, serialize);
	const empty = facts.lists.filter((list) => !facts.sized.has(list.text)).map((list) => ({
		text: list.text,
		holds: environment.parse(list.isEmpty)
	}));
	return {
		reads: new Set([...facts.free].filter((name) => Object.hasOwn(variables, name))),
		type,
		evaluate: (values) => within(text, () => {
			const vacuous = empty.find(({ holds }) => isTrue(holds, values));
			if (vacuous) return { missing: `\`${vacuous.text}\` is empty, so nothing can be said of its elements (if an empty list is an answer, name \`size(${vacuous.text})\` in the expression)` };
			const given = parsed(values);
			const value = given instanceof Optional ? given.hasValue() ? given.value() : null : given;
			return value === null || value === void 0 ? { missing: `\`${oneLine(text, 120)}\` gave null` } : { value };
		})
	};
}
function parse(environment, text) {
	try {
		return environment.parse(text);
	} catch (error) {
		throw wrong$1(text, error);
	}
}
const isCelError = (x) => typeof x === "object" && x !== null && "summary" in x;
function wrong$1(text, error) {
	if (!isCelError(error)) throw error;
	const before = text.slice(0, error.range?.start ?? 0).split("\n");
	const place = `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
	const message = `the expression \`${oneLine(text, 120)}\` is wrong at ${place}: ${oneLine(error.summary, 160)}${hint(error)}`;
	return new NotMeasured("bad-query", message, { permanent: true });
}
/** What JSON calls a number is a double, and CEL never mixes the two. */
const hint = ({ summary }) => /\bdouble\b.*\bint\b|\bint\b.*\bdouble\b/.test(summary) ? " (numbers of JSON are doubles: write 100.0 for 100, or double(…))" : "";
const nothing = /* @__PURE__ */ new Set(["no_such_key", "index_out_of_bounds"]);
/** Runs it, but not for long: a pattern or a nested macro over a hostile text could take hours. */
function within(text, run) {
	try {
		return vm.runInNewContext("run()", { run }, { timeout: limitMs });
	} catch (error) {
		const named = `\`${oneLine(text, 120)}\``;
		if (error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") throw new NotMeasured("query-failed", `the expression ${named} took more than ${limitMs / 1e3} s`);
		if (!isCelError(error)) throw error;
		const said = oneLine(error.summary, 160);
		if (nothing.has(error.code ?? "")) return { missing: `${named} found nothing: ${said}` };
		throw new NotMeasured("query-failed", `the expression ${named} cannot be evaluated: ${said}${hint(error)}`);
	}
}
/** An error is not for this question to tell; the expression itself will meet it, or goes another way. */
function isTrue(holds, values) {
	try {
		return holds({ ...values }) === true;
	} catch (error) {
		if (isCelError(error)) return false;
		throw error;
	}
}
const overElements = /* @__PURE__ */ new Set([
	"all",
	"exists",
	"exists_one",
	"filter",
	"map"
]);
function readTree(root, serialize) {
	const free = /* @__PURE__ */ new Set();
	const lists = [];
	const sized = /* @__PURE__ */ new Set();
	const visit = (node, scopes) => {
		if (node.op === "id") {
			if (!scopes.some((s) => s.name === node.args)) free.add(node.args);
			return;
		}
		if (node.op === "call" && node.args[0] === "size") for (const arg of node.args[1]) sized.add(serialize(arg));
		if (node.op !== "rcall") {
			for (const child of childrenOf(node.args)) visit(child, scopes);
			return;
		}
		const [method, receiver, args] = node.args;
		visit(receiver, scopes);
		if (method === "size") sized.add(serialize(receiver));
		const [first, ...rest] = args;
		if (first?.op === "id" && overElements.has(method)) {
			const text = serialize(source(receiver));
			lists.push({
				text,
				isEmpty: nested(`size(${text}) == 0`, scopes)
			});
			const of = serialize(receiver);
			const scope = {
				name: first.args,
				around: (inner) => `${of}.exists(${first.args}, ${inner})`
			};
			for (const arg of rest) visit(arg, [...scopes, scope]);
		} else if (first?.op === "id" && method === "bind") {
			const [value, body] = rest;
			if (value === void 0 || body === void 0) return;
			visit(value, scopes);
			const of = serialize(value);
			visit(body, [...scopes, {
				name: first.args,
				around: (inner) => `cel.bind(${first.args}, ${of}, ${inner})`
			}]);
		} else for (const arg of args) visit(arg, scopes);
	};
	visit(root, []);
	return {
		free,
		lists,
		sized
	};
}
/** The list itself: what is left of `x.filter(…).map(…)` may be empty, `x` may not. */
function source(node) {
	if (node.op !== "rcall") return node;
	const [method, receiver] = node.args;
	return method === "filter" || method === "map" ? source(receiver) : node;
}
/** The same for a list inside the elements of others: whether there is one that is empty. */
const nested = (isEmpty, scopes) => scopes.reduceRight((inner, { around }) => around(inner), isEmpty);
function childrenOf(args) {
	if (Array.isArray(args)) return args.flatMap(childrenOf);
	return typeof args === "object" && args !== null && "op" in args ? [args] : [];
}
// build/sources/cel-answer.js
/** What the expressions can read. */
const answerVariables = {
	status: "int",
	body: "dyn",
	headers: "map<string, string>",
	now: "google.protobuf.Timestamp"
};
/** The expressions of a source, each compiled once. */
var Expressions = class {
	#compiled = /* @__PURE__ */ new Map();
	/** @throws {NotMeasured} see `compile` */
	of(text) {
		const known = this.#compiled.get(text) ?? compile(text, answerVariables);
		this.#compiled.set(text, known);
		return known;
	}
};
/** One answer, and what the policy's expressions make of it. */
var Answer = class {
	response;
	#expressions;
	#origin;
	#values;
	/**
	* @param origin who answered
	* @param now milliseconds since the epoch
	*/
	constructor(expressions, response, origin, now) {
		this.response = response;
		this.#expressions = expressions;
		this.#origin = origin;
		const headers = Object.fromEntries(Object.entries(response.headers).filter(([, value]) => value !== void 0));
		this.#values = {
			status: BigInt(response.status),
			body: jsonOf(response),
			headers,
			now: new Date(now)
		};
	}
	/** @throws {NotMeasured} `bad-answer` where the expression gives nothing, or something of another kind */
	async read(field, text, accept, expected) {
		const expression = await this.#expressions.of(text);
		if (expression.reads.has("body") && this.#values.body === void 0) parseJson(this.response, this.#origin);
		const outcome = expression.evaluate({
			...this.#values,
			body: this.#values.body ?? null
		});
		if ("missing" in outcome) throw new NotMeasured("bad-answer", `\`${field}\`: ${outcome.missing}`);
		const value = accept(outcome.value);
		if (value !== void 0) return value;
		const message = `\`${field}\`: \`${oneLine(text, 120)}\` gave ${kindOf(outcome.value)}, expected ${expected}`;
		throw new NotMeasured("bad-answer", message);
	}
};
function jsonOf({ text }) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
const kindOf = (value) => typeof value === "bigint" ? "a whole number" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
const truth = (value) => typeof value === "boolean" ? value : void 0;
const text = (value) => typeof value === "string" ? value : typeof value === "number" || typeof value === "bigint" ? String(value) : void 0;
function numberBetween(least, most) {
	return (value) => {
		const number = typeof value === "bigint" ? Number(value) : value;
		return typeof number === "number" && number >= least && number <= most ? number : void 0;
	};
}
// build/sources/request.js
/** Fields of the sources that ask an address of the policy's author instead of a known API. */
/** As it is written: a slash at its end may lead elsewhere. */
const address = pipe(string(), check((text) => is(httpUrl, text), "an http or https URL without a user name or password in it"));
const headerName = pipe(string(), regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "the name of a header"));
const signing = /(?:^|-)(?:auth|authorization|token|secret|password|cookie|api-?key|session)(?:$|-)/;
/**
* Headers of the author's, none of which signs in: what they hold is shown in the record, and would be sent over plain http.
*
* @param allowed lower-case names that may be there all the same
*/
const headersWithout = (allowed = []) => optional(record(pipe(headerName, check((written) => {
	const name = written.toLowerCase();
	return allowed.includes(name) || !(secretHeaders.has(name) || signing.test(name));
}, "no header that signs in: the source has fields for credentials")), string()), {});
const lowerCase = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
/** Inside the quotes of a JSON text; a number or a truth value stands there as it is. */
const inJson = (text) => JSON.stringify(text).slice(1, -1);
/** No header can hold a line's end. */
const inHeader = (text) => oneLine(text, 500);
/** Ways to sign in to an address: those of `authFields`, or a key in a header of its own. With the check `signsInSomehow`. */
const credentialFields = {
	...authFields,
	"api-key": described(optional(secret), "Sent in the header that `api-key-header` names."),
	"api-key-header": described(optional(headerName, "x-api-key"), "Header of the `api-key`.")
};
const signsInSomehow = (c) => signsInOneWay(c) && (c["api-key"] === void 0 || (c.token ?? c.username) === void 0);
/** What `signsInSomehow` expects. */
const oneWayToSignInSomehow = "one of `token`, `username` and `password` together, or `api-key`";
/**
* The headers that sign in to an address.
*
* @throws {NotMeasured} `insecure`
*/
function credentialHeaders(config, address) {
	const key = config["api-key"];
	if (key === void 0) return authorization(config);
	const { protocol, hostname, origin } = new URL(address);
	if (protocol !== "https:" && !isLoopback(hostname)) {
		const message = `${origin} is plain http: a credential is sent only over https, or to this machine`;
		throw new NotMeasured("insecure", message, { permanent: true });
	}
	return { [config["api-key-header"].toLowerCase()]: key };
}
/** The same under names that are known to hold secrets, for `serverWords`. */
const credentialOf = (config) => ({
	...authorization(config),
	...config["api-key"] === void 0 ? {} : { "x-api-key": config["api-key"] }
});
// build/sources/probing/expect.js
/** What an answer of the probed address must be like. */
const status = union([picklist([
	"1xx",
	"2xx",
	"3xx",
	"4xx",
	"5xx"
]), pipe(number(), check((n) => Number.isInteger(n) && n >= 100 && n <= 599, "a status between 100 and 599"))]);
const expectSchema = strictObject({
	status: described(optional(oneOrMore(status), ["2xx"]), "Status, or several, that the answer must have: `200`, `[200, 204]`, `2xx`. Default: `2xx`."),
	contains: described(optional(filled), "Text that the body must hold."),
	body: described(optional(filled), "CEL expression over `status`, `body` (the parsed JSON) and `headers` that must be true, e.g. `body.status == \"ok\"`."),
	"max-redirects": described(optional(whole(0), 0), "How many redirects are followed. Without, a redirect is an answer like others.")
});
const variables = {
	status: "int",
	body: "dyn",
	headers: "map<string, string>"
};
/** @throws {NotMeasured} `bad-query`, permanent, when `body` is no expression or cannot give true or false */
async function compileBody(text) {
	const expression = await compile(text, variables);
	if (!["bool", "dyn"].includes(expression.type)) throw noCondition(text, `a ${expression.type}`);
	return expression;
}
const noCondition = (text, found) => new NotMeasured("bad-query", `\`${oneLine(text, 120)}\` gives ${found}, expected true or false`, { permanent: true });
/** @throws {NotMeasured} as `compileBody`; the judge itself throws it when its expression fails, which is not the address' fault */
async function judgeOf({ status: wanted, contains, body }) {
	const condition = body === void 0 ? void 0 : await compileBody(body);
	return (response) => {
		if (!wanted.some((w) => typeof w === "number" ? w === response.status : Number(w[0]) === Math.floor(response.status / 100))) return `status ${response.status}`;
		if (contains !== void 0 && !response.text.includes(contains)) return `the body does not contain \`${oneLine(contains, 60)}\``;
		return condition === void 0 || body === void 0 ? void 0 : broken(condition, body, response);
	};
}
function broken(condition, text, { status: code, headers, text: raw }) {
	let parsed = null;
	try {
		if (condition.reads.has("body")) parsed = JSON.parse(raw);
	} catch {
		return "the body is no JSON";
	}
	const defined = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== void 0));
	const outcome = condition.evaluate({
		status: BigInt(code),
		body: parsed,
		headers: defined
	});
	if ("missing" in outcome) return outcome.missing;
	if (typeof outcome.value !== "boolean") throw noCondition(text, "something else");
	return outcome.value ? void 0 : `not \`${oneLine(text, 80)}\``;
}
// build/sources/probing/fields.js
/** The fields of a request that a policy has sent to the service itself. */
const patience = pipe(duration, check((ms) => ms > 0, "longer than nothing"));
const requestFields = {
	method: described(optional(picklist([
		"GET",
		"HEAD",
		"POST"
	]), "GET"), "How it is asked."),
	body: described(optional(filled), "Sent with `method: POST`."),
	expect: described(optional(expectSchema, {}), "What an answer must be like; otherwise the request has failed.")
};
const hasBodyOfItsMethod = ({ method, body }) => method === "POST" || body === void 0;
/** What `hasBodyOfItsMethod` expects. */
const bodyOfItsMethod = "`body` only with `method: POST`";
const expectsWhatComes = ({ method, expect }) => method !== "HEAD" || expect.body === void 0 && expect.contains === void 0;
/** What `expectsWhatComes` expects. */
const whatComes = "no `expect.body` and `expect.contains` with `method: HEAD`, which is answered without a body";
// build/sources/probing/attempt.js
/** Runs `one` so many times, some at once, until `over`. */
async function sendMany(times, atOnce, one, over) {
	let left = times;
	const work = async () => {
		while (left > 0 && !over()) {
			left -= 1;
			await one();
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, times) }, work));
}
/** @param round ends it before its time, which then says nothing about the address */
async function attempt(http, shot, round) {
	const own = new AbortController();
	const end = () => own.abort();
	const timer = setTimeout(end, shot.timeoutMs);
	round.addEventListener("abort", end, { once: true });
	if (round.aborted) end();
	const began = performance.now();
	try {
		const response = await follow(http, shot, own.signal);
		const ms = performance.now() - began;
		const why = shot.judge(response);
		return why === void 0 ? {
			kind: "ok",
			ms
		} : {
			kind: "failed",
			why
		};
	} catch (error) {
		if (!(error instanceof NotMeasured)) throw error;
		if (error.code === "timeout" && !round.aborted) return {
			kind: "failed",
			ms: performance.now() - began,
			why: `no answer within ${formatDuration(shot.timeoutMs)}`
		};
		const why = fault(error);
		return why === void 0 ? {
			kind: "unmeasured",
			error
		} : {
			kind: "failed",
			why
		};
	} finally {
		clearTimeout(timer);
		round.removeEventListener("abort", end);
	}
}
/** What of the ways to get no answer speaks against the address; undefined for what may as well be our own network, proxy or credential. */
function fault({ code, cause }) {
	const system = String(cause?.code ?? "");
	if (code === "refused") return "nothing listens";
	if (code === "connection") return system === "ENETUNREACH" ? void 0 : `the connection broke${system && ` (${system})`}`;
	if (code === "tls") {
		if (system === "CERT_HAS_EXPIRED") return "the certificate has ended";
		if (system === "ERR_TLS_CERT_ALTNAME_INVALID") return "the certificate is for another name";
	}
	return code === "bad-answer" ? "the body cannot be decoded" : void 0;
}
async function follow(http, { request, redirects }, signal) {
	let next = request;
	for (let left = redirects;; left--) {
		const response = await http.send({
			...next,
			single: true,
			signal
		});
		const { location } = response.headers;
		if (!([
			301,
			302,
			303,
			307,
			308
		].includes(response.status) && location !== void 0) || left === 0 || !URL.canParse(location, next.url)) return response;
		next = redirected(next, new URL(location, next.url), response.status);
	}
}
/** As browsers do it: a body is sent again only after 307 and 308, and what the policy sends to one origin no other one gets. */
function redirected(request, to, status) {
	const same = to.origin === new URL(request.url).origin;
	const again = status === 307 || status === 308;
	const { method = "GET", body, headers } = request;
	return {
		url: to.href,
		method: again || method === "HEAD" ? method : "GET",
		...same && headers ? { headers } : {},
		...again && same && body !== void 0 ? { body } : {}
	};
}
// build/net/auth/aws-errors.js
/** What a refusal of AWS means, and what to do about it. */
const textOf = (...candidates) => candidates.find((x) => typeof x === "string" && x !== "") ?? "";
/**
* Reads the shapes in which services of AWS refuse: the JSON protocols' `__type` and `message`, the header `x-amzn-errortype`, and
* the query protocol's `Error` in JSON
* (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization).
*
* @returns undefined for an answer that is no refusal
*/
function awsErrorOf({ status, headers, text }) {
	if (status < 400) return void 0;
	let json;
	try {
		json = JSON.parse(text);
	} catch {
		json = void 0;
	}
	const body = typeof json === "object" && json !== null ? json : {};
	const inner = typeof body.Error === "object" && body.Error !== null ? body.Error : {};
	const [, code = ""] = /^(?:[^#]*#)?([\w.]*)/.exec(textOf(headers["x-amzn-errortype"], body.__type, inner.Code, body.code)) ?? [];
	return {
		code,
		message: textOf(body.message, body.Message, inner.Message)
	};
}
const expired = /* @__PURE__ */ new Set(["ExpiredToken", "ExpiredTokenException"]);
/** The credentials had a time, and it is over. */
const hasExpired = (error) => error !== void 0 && expired.has(error.code);
const throttled = /* @__PURE__ */ new Set([
	"Throttling",
	"ThrottlingException",
	"ThrottledException",
	"RequestLimitExceeded",
	"TooManyRequestsException",
	"RequestThrottled"
]);
const unknownKey = /* @__PURE__ */ new Set([
	"UnrecognizedClientException",
	"InvalidClientTokenId",
	"InvalidAccessKeyId",
	"MissingAuthenticationToken",
	"MissingAuthenticationTokenException",
	"IncompleteSignature",
	"IncompleteSignatureException"
]);
const badSignature = /* @__PURE__ */ new Set([
	"InvalidSignatureException",
	"SignatureDoesNotMatch",
	"RequestExpired",
	"RequestTimeTooSkewed"
]);
const denied = /* @__PURE__ */ new Set([
	"AccessDenied",
	"AccessDeniedException",
	"UnauthorizedOperation",
	"NotAuthorized",
	"OptInRequired"
]);
/** What AWS says, behind our own words; nothing where it repeats a credential. */
function awsWords({ code, message }, credentials = []) {
	if (credentials.some((credential) => credential !== "" && message.includes(credential))) return ` (${code})`;
	const said = oneLine(message, 300);
	return [code === "" ? "" : ` (${code})`, said === "" ? "" : `: ${said}`].join("");
}
/** What of a signed request may not be quoted: the signature and the session token. */
const signingSecrets = (headers) => Object.entries(headers).filter(([name]) => secretHeaders.has(name)).map(([, value]) => /Signature=(\w+)/.exec(value)?.[1] ?? value);
/**
* Refuses the answers that mean the same for every service of AWS. They come as 400 or as 403, so the error's name decides.
*
* @param needs the permission to name
* @param sent the headers of the request
* @throws {NotMeasured} `unauthorized`, `forbidden`, `throttled`
*/
function refuseAws(response, origin, needs, sent) {
	const error = awsErrorOf(response);
	if (error === void 0) return;
	const { code } = error;
	const said = awsWords(error, signingSecrets(sent));
	if (expired.has(code)) {
		const message = `the AWS credentials have expired${said}; write \`role\` in place of keys: its credentials are renewed as long as the step runs`;
		throw new NotMeasured("unauthorized", message, { permanent: true });
	}
	if (throttled.has(code)) throw new NotMeasured("throttled", `${origin} throttles the requests${said}`);
	if (badSignature.has(code)) {
		const message = `AWS does not accept the signature${said}; is the secret access key right, and does the clock of the runner go right?`;
		throw new NotMeasured("unauthorized", message);
	}
	if (unknownKey.has(code)) {
		const message = `AWS does not know the credentials${said}; are the access key and its session token right, and of this partition?`;
		throw new NotMeasured("unauthorized", message);
	}
	if (denied.has(code) || response.status === 403) {
		const message = `${origin} refuses the request${said}; give the role or user the permission ${needs}`;
		throw new NotMeasured("forbidden", message);
	}
	if (response.status === 401) throw new NotMeasured("unauthorized", `${origin} does not accept the credentials (401)${said}`);
}
// build/net/auth/aws-exchange.js
/**
* Assuming a role with an ID token of the run
* (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html). It needs no signature.
*/
/** What AWS expects as the audience of an ID token. */
const audience = "sts.amazonaws.com";
const answerForm = object({ AssumeRoleWithWebIdentityResponse: object({ AssumeRoleWithWebIdentityResult: object({ Credentials: object({
	AccessKeyId: pipe(string(), nonEmpty()),
	SecretAccessKey: pipe(string(), nonEmpty()),
	SessionToken: pipe(string(), nonEmpty()),
	/** Seconds since the epoch in JSON; a date in XML, and with those who copy it. */
	Expiration: union([number(), pipe(string(), isoTimestamp())])
}) }) }) });
/**
* Assumes the role with a fresh ID token: one that is older than five minutes would be refused.
*
* @param endpoint address of STS, without a slash at its end
* @throws {NotMeasured} `unauthorized`, `throttled`, `bad-answer` and those of the HTTP client, with what to do about it
*/
async function assumeRole({ role, endpoint }, { http, identity }, signal) {
	const token = await idTokenOf(identity);
	const form = new URLSearchParams({
		Action: "AssumeRoleWithWebIdentity",
		Version: "2011-06-15",
		RoleArn: role,
		RoleSessionName: "signalbox",
		WebIdentityToken: token
	});
	const response = await http.send({
		url: `${endpoint}/`,
		method: "POST",
		headers: {
			"content-type": "application/x-www-form-urlencoded",
			accept: "application/json"
		},
		body: form.toString(),
		signal
	});
	const refused = awsErrorOf(response);
	if (refused) throw notAssumed(refused, response, role, token);
	const { origin } = new URL(endpoint);
	const parsed = safeParse(answerForm, parseJson(response, origin));
	if (!parsed.success) throw new NotMeasured("bad-answer", `${origin} answered something that is not STS: is \`sts-endpoint\` right?`);
	const got = parsed.output.AssumeRoleWithWebIdentityResponse.AssumeRoleWithWebIdentityResult.Credentials;
	identity.secret(got.SecretAccessKey);
	identity.secret(got.SessionToken);
	return {
		value: {
			accessKeyId: got.AccessKeyId,
			secretAccessKey: got.SecretAccessKey,
			sessionToken: got.SessionToken
		},
		ends: typeof got.Expiration === "number" ? got.Expiration * 1e3 : Date.parse(got.Expiration)
	};
}
async function idTokenOf(identity) {
	const { idToken } = identity;
	if (!idToken) throw new NotMeasured("unauthorized", "no way to sign in to AWS: `role` needs an ID token, and the job may not get one: give it `permissions: id-token: write` (only on GitHub Actions); elsewhere leave out `role` and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", { permanent: true });
	try {
		return await idToken(audience);
	} catch {
		throw new NotMeasured("connection", "GitHub gave no ID token for AWS; the next round tries again");
	}
}
function notAssumed(error, { status }, role, token) {
	const said = awsWords(error, [token]);
	const { issuer, subject } = claimsOf(token) ?? {
		issuer: "https://token.actions.githubusercontent.com",
		subject: "of this run"
	};
	const begin = `assuming the role ${role} failed`;
	const unauthorized = (message, permanent = false) => new NotMeasured("unauthorized", `${begin}${said}; ${message}`, { permanent });
	switch (error.code) {
		case "InvalidIdentityToken": {
			const lasting = /no openidconnect provider|audience/i.test(error.message);
			return unauthorized(`the account needs an OpenID Connect provider for \`${issuer}\` with the audience \`${audience}\``, lasting);
		}
		case "AccessDenied": return unauthorized(`its trust policy must allow \`sts:AssumeRoleWithWebIdentity\` for the subject \`${subject}\` and the audience \`${audience}\``);
		case "ExpiredTokenException":
		case "ExpiredToken": return unauthorized("the ID token was too old when it arrived: does the clock of the runner go right?");
		case "IDPCommunicationError": return unauthorized("AWS could not reach the issuer of the ID token");
		case "ValidationError": return unauthorized("is the ARN of the role right?", true);
		case "RegionDisabledException": return unauthorized("the region is not switched on in the account", true);
		case "Throttling":
		case "ThrottlingException": return new NotMeasured("throttled", `${begin}${said}`);
		default: return new NotMeasured(status === 404 ? "not-found" : "unauthorized", `${begin} (${status})${said}`);
	}
}
/** Fields of a source's schema; with the check `signsInToAwsOneWay`. */
const awsFields = {
	region: described(pipe(string(), regex(/^[a-z]{2,}(?:-[a-z]+)+-\d+$/, "a region such as eu-central-1")), "The AWS region."),
	role: described(optional(pipe(string(), regex(/^arn:aws[\w-]*:iam::\d{12}:role\/\S+$/, "the ARN of a role, arn:aws:iam::123456789012:role/name"))), "ARN of the role to assume with an ID token of the run; no secret at all. The job needs `permissions: id-token: write` (GitHub Actions)."),
	"access-key-id": described(optional(filled), "With `secret-access-key`, in place of `role`. Default without `role`: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`."),
	"secret-access-key": described(optional(secret), "With `access-key-id`."),
	"session-token": described(optional(secret), "With `access-key-id`, of credentials that are temporary."),
	"sts-endpoint": described(optional(pipe(httpUrl, check((url) => {
		const { protocol, hostname } = new URL(url);
		return protocol === "https:" || isLoopback(hostname);
	}, "an https URL"))), "Where the role is assumed. Default: STS of the region, `https://sts.REGION.amazonaws.com`.")
};
/** A role beside keys would leave open whose account is asked. */
const signsInToAwsOneWay = (config) => {
	const key = config["access-key-id"] !== void 0;
	if (key !== (config["secret-access-key"] !== void 0)) return false;
	return key ? config.role === void 0 : config["session-token"] === void 0;
};
/** What `signsInToAwsOneWay` expects. */
const oneWayToAws = "either `role`, or `access-key-id` and `secret-access-key` together (and `session-token`), or none of them";
/** The address of a regional service of AWS, e.g. `monitoring`; without a slash at its end. */
const awsEndpoint = (service, region) => `https://${service}.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
/** The credentials of one sign-in. */
const credentialsOf = oncePerRun(awsFields, (config, context) => {
	const { role, region } = config;
	if (role === void 0) return {
		get: async () => given(config, context),
		forget: () => void 0
	};
	const endpoint = config["sts-endpoint"] ?? awsEndpoint("sts", region);
	return new Kept(context.clock, (signal) => assumeRole({
		role,
		endpoint
	}, context, signal), () => new NotMeasured("timeout", "signing in to AWS took longer than the round may"));
});
function given(config, { identity }) {
	const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = identity.env;
	const own = config["access-key-id"] !== void 0;
	const id = own ? config["access-key-id"] : AWS_ACCESS_KEY_ID;
	const key = own ? config["secret-access-key"] : AWS_SECRET_ACCESS_KEY;
	const token = own ? config["session-token"] : AWS_SESSION_TOKEN;
	if (!id || !key) throw new NotMeasured("unauthorized", "no way to sign in to AWS: write `role`, the ARN of a role that trusts this run, or `access-key-id` and `secret-access-key`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (as the action aws-actions/configure-aws-credentials does)", { permanent: true });
	identity.secret(key);
	if (token) identity.secret(token);
	return {
		accessKeyId: id,
		secretAccessKey: key,
		...token ? { sessionToken: token } : {}
	};
}
/**
* The headers of a request with its signature (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html).
*
* @param now time of the signature, milliseconds since the epoch; AWS takes it for some minutes
* @returns lower-case names
*/
async function signedHeaders({ url, method = "GET", headers, body }, credentials, { service, region, now }) {
	const { AwsV4Signer } = await import("./aws4fetch.js");
	const signer = new AwsV4Signer({
		...credentials,
		url,
		method,
		headers: { ...headers },
		body: body ?? null,
		service,
		region,
		datetime: new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, ""),
		allHeaders: true
	});
	return Object.fromEntries((await signer.sign()).headers.entries());
}
/**
* Sends a request that is signed for a service of AWS. Where the role's credentials are refused as expired it is sent once more with
* new ones.
*
* @param service as the signature names it: `monitoring`, `aps`, `logs`…
* @param needs the permission to name, e.g. `cloudwatch:GetMetricData`
* @returns any answer but those that mean the same for every service
* @throws {NotMeasured} `unauthorized`, `forbidden`, `throttled`, with what to do about it
*/
async function sendToAws(context, config, service, request, needs) {
	const credentials = credentialsOf(config, context);
	const url = request.url.replace(/\?.*$/s, (query) => query.replaceAll("+", "%20"));
	const attempt = async (keys) => {
		const at = {
			service,
			region: config.region,
			now: context.clock.now()
		};
		const headers = await signedHeaders({
			...request,
			url
		}, keys, at);
		return {
			response: await context.http.send({
				...request,
				url,
				headers
			}),
			headers
		};
	};
	const keys = await credentials.get(request.signal);
	let { response, headers } = await attempt(keys);
	if (config.role !== void 0 && hasExpired(awsErrorOf(response))) {
		credentials.forget(keys);
		({response, headers} = await attempt(await credentials.get(request.signal)));
	}
	refuseAws(response, new URL(request.url).origin, needs, headers);
	return response;
}
// build/sources/telemetry/http-json/values.js
/** What an expression over an answer gave, as series and as a time. */
/** One series for a number or a condition, one for each entry of a list or a map. */
function toSeries$1(value, query) {
	const one = (labels, x) => ({
		labels,
		value: numberOf(x, query),
		points: 1
	});
	if (Array.isArray(value)) return value.map((x, i) => one({ index: String(i) }, x));
	if (value instanceof Map) return [...value].map(([name, x]) => one({ name: String(name) }, x));
	if (isPlain(value)) return Object.entries(value).map(([name, x]) => one({ name }, x));
	return [one({}, value)];
}
const isPlain = (x) => typeof x === "object" && x !== null && (Object.getPrototypeOf(x) === Object.prototype || Object.getPrototypeOf(x) === null);
/** @throws {NotMeasured} for what is no number: a text is not read as one, since `"12 ms"` or `"1,2"` would be guessed at */
function numberOf(value, query) {
	if (typeof value === "number") return reportedNumber(value);
	if (typeof value === "boolean") return value ? 1 : 0;
	if (value === null) return null;
	const whole = typeof value === "bigint" ? value : unsigned(value);
	if (whole !== void 0 && whole <= Number.MAX_SAFE_INTEGER && whole >= Number.MIN_SAFE_INTEGER) return Number(whole);
	const what = typeof value === "string" ? "a text (double(…) makes a number of it)" : whole === void 0 ? `${Array.isArray(value) ? "a list inside a list" : "something else"}` : "a whole number that is too large to be exact";
	throw new NotMeasured("bad-answer", `\`${oneLine(query, 120)}\` gave ${what}, expected a number or true or false`);
}
/** CEL's uint. */
const unsigned = (x) => {
	const inner = typeof x === "object" && x !== null ? x.valueOf() : void 0;
	return typeof inner === "bigint" ? inner : void 0;
};
/** No time is longer ago in milliseconds than this is in seconds: the year 5138, and March 1973. */
const secondsBelow = 1e11;
/** @returns milliseconds since the epoch */
function instantOf(value, expression) {
	const whole = typeof value === "bigint" ? Number(value) : value;
	if (whole instanceof Date && !Number.isNaN(whole.getTime())) return whole.getTime();
	if (typeof whole === "number" && whole > 0 && whole < 1e3 * secondsBelow) return Math.round(whole < secondsBelow ? whole * 1e3 : whole);
	if (typeof whole === "string" && /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(whole)) {
		const at = Date.parse(whole);
		if (!Number.isNaN(at)) return at;
	}
	const message = `\`${oneLine(expression, 120)}\` gave no time; expected ISO 8601 with a time zone, or seconds or milliseconds since 1970`;
	throw new NotMeasured("bad-answer", message);
}
// build/sources/telemetry/matchers.js
/**
* Label matchers as Prometheus and Alertmanager write them: `severity=~"page|critical", service="checkout"`
* (https://prometheus.io/docs/alerting/latest/alertmanager/#matcher).
*/
const form = /\s*([A-Za-z_][\w.]*)\s*(=~|!~|!=|=)\s*"((?:\\.|[^"\\])*)"\s*(,|$)/y;
/**
* @param text with or without braces around it
* @throws {NotMeasured} `bad-query` for what is no list of matchers, or holds no regular expression where one is due
*/
function parseMatchers(text) {
	const inner = text.trim().replace(/^\{([\s\S]*)\}$/, "$1").trim();
	const matchers = [];
	form.lastIndex = 0;
	let last = ",";
	while (form.lastIndex < inner.length) {
		const [, label, operator, raw, end] = form.exec(inner) ?? [];
		if (label === void 0 || operator === void 0 || raw === void 0) throw wrong(text);
		const value = raw.replace(/\\(["\\n])/g, (_, c) => c === "n" ? "\n" : c);
		matchers.push({
			label,
			operator,
			value
		});
		if (operator.endsWith("~")) patternOf(value, text);
		last = end ?? "";
	}
	if (matchers.length === 0 || last === ",") throw wrong(text);
	return matchers;
}
function wrong(text, more = "") {
	const message = `expected matchers such as \`severity="page", service=~"check.*"\`, found \`${text}\`${more}`;
	return new NotMeasured("bad-query", message, { permanent: true });
}
/** Anchored at both ends, as Prometheus does. */
function patternOf(value, text) {
	try {
		new RegExp(value, "su");
		return new RegExp(`^(?:${value})$`, "su");
	} catch {
		throw wrong(text, ` (\`${value}\` is no regular expression)`);
	}
}
/** Whether labels satisfy all matchers; a label that is not there is empty. */
function satisfies(labels, matchers) {
	return matchers.every(({ label, operator, value }) => {
		const given = Object.hasOwn(labels, label) ? labels[label] ?? "" : "";
		if (operator === "=") return given === value;
		if (operator === "!=") return given !== value;
		return patternOf(value, value).test(given) === (operator === "=~");
	});
}
/** As Alertmanager's `filter` wants each of them. */
const matcherText = ({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`;
const rank = ({ state }) => [
	"firing",
	"unknown",
	"muted"
].indexOf(state);
const firingFirst = (a, b) => rank(a) - rank(b) || (b.since ?? "").localeCompare(a.since ?? "");
/** One of which nobody knows since when counts as new. */
const newestFirst = (a, b) => (b.since ?? "9").localeCompare(a.since ?? "9");
/** Counts all, and lists the first `most` of them. */
function tally(alerts, order, most = 50) {
	const of = (state) => alerts.filter((a) => a.state === state).length;
	return {
		counts: {
			firing: of("firing"),
			unknown: of("unknown"),
			muted: of("muted")
		},
		alerts: alerts.toSorted(order).slice(0, most)
	};
}
// build/sources/telemetry/series.js
/** Reduces a series over time. One point that is no finite number spoils it; no point gives null. */
function overTime(points, how) {
	const values = [];
	for (const { value } of points) {
		if (typeof value !== "number") return value;
		values.push(value);
	}
	const last = values.at(-1);
	if (last === void 0) return null;
	switch (how) {
		case "last": return last;
		case "max": return values.reduce((a, b) => Math.max(a, b));
		case "min": return values.reduce((a, b) => Math.min(a, b));
		case "avg": return values.reduce((a, b) => a + b) / values.length;
	}
}
const isInBins = (how) => how === "each" || how === "increase";
const emptyBins = (length) => Array.from({ length }, () => null);
/**
* Points as the bins of a window, the first beginning with it. A bin without a point is null, and so is one with several: a system
* that gives finer points than it was asked for does not say how to make one of them.
*/
function inBins$1(points, { from, to }, everyMs, stamp) {
	const bins = emptyBins(Math.round((to - from) / everyMs));
	const twice = /* @__PURE__ */ new Set();
	const filled = /* @__PURE__ */ new Set();
	for (const { at, value } of points) {
		const place = (stamp === "end" ? at - everyMs - from : at - from) / everyMs;
		const bin = stamp === "end" ? Math.ceil(place) : Math.floor(place);
		if (!(bin >= 0 && bin < bins.length)) continue;
		if (filled.has(bin)) twice.add(bin);
		filled.add(bin);
		bins[bin] = value;
	}
	for (const bin of twice) bins[bin] = null;
	return bins;
}
/** Series that are read of an answer in bins: histograms are judged, of which each bound is a series, and instances are told apart. */
const mostInBins = 1e3;
/**
* Refuses points that do not lie at the edges of the bins asked for: what they stand for is no bin.
*
* @param advice how the query is to be written
* @throws {NotMeasured} `bad-query`
*/
function refuseAskew(points, { window, range }, advice) {
	if (range === void 0 || !isInBins(range.reduce)) return;
	const askew = points.find(({ at }) => (at - window.from) % range.everyMs !== 0);
	if (askew === void 0) return;
	const time = Number.isFinite(askew.at) ? new Date(askew.at).toISOString() : "that is none";
	throw badQuery$3(`the answer has the time ${time}, which is at no edge of a bin: ${advice}`);
}
/** @throws {NotMeasured} `bad-query` for a question in bins, which this query has no answer for */
function refuseBins({ range }, why) {
	if (isInBins(range?.reduce)) throw badQuery$3(why);
}
const badQuery$3 = (message) => new NotMeasured("bad-query", message, { permanent: true });
/** What a series of an answer holds beside its labels: one value, and the bins where the question is asked in bins. */
function seriesOver(points, { window, range }, stamp, usual = "last") {
	const how = range?.reduce ?? usual;
	if (!isInBins(how)) return {
		value: overTime(points, how),
		points: points.length
	};
	if (how === "increase") throw badQuery$3("this source does not give what counters have grown by: write a query that counts");
	const bins = inBins$1(points, window, range?.everyMs ?? window.to - window.from, stamp);
	return {
		value: bins.at(-1) ?? null,
		points: points.length,
		bins
	};
}
/** @throws {NotMeasured} `too-many-series`: a policy judges a number or a handful; more is a query that forgot to aggregate */
function refuseMany(count, most) {
	if (count <= most) return;
	const message = `the query gave ${count} series, more than ${most}: aggregate in the query`;
	throw new NotMeasured("too-many-series", message, { permanent: true });
}
// build/sources/telemetry/prometheus/native.js
/**
* Native histograms of an answer, in the form that classic ones have: one series for each upper bound, in the label `le`, with the count
* up to it (https://prometheus.io/docs/prometheus/latest/querying/api/#native-histograms).
*/
/** Rule for the bounds, lower bound, upper bound, count. Buckets without a count are not listed. */
const bucket = tuple([
	number(),
	string(),
	string(),
	string()
]);
const sample = object({
	count: string(),
	buckets: optional(array(bucket), [])
});
const answer$1 = array(tuple([number(), sample]));
/** More bounds are not judged by themselves, and would swell the record; a histogram that widens later may have some more. */
const mostBounds = 40;
const mostWidened = 60;
/** The finest that is given: bounds that lie 9 % apart. */
const finestSchema = 3;
const coarsestSchema = -4;
/** Steps of the finest schema that there is, in one doubling. */
const steps = 256;
/** The power of 2 that a bound of a schema is: servers write it in decimals, which differ in the last place. */
function snapped(bound) {
	const exponent = Math.log2(Math.abs(bound)) * steps;
	const whole = Math.round(exponent);
	return Math.abs(exponent - whole) < 1e-6 ? Math.sign(bound) * 2 ** (whole / steps) : bound;
}
const boundAt = (schema, k) => 2 ** (k * steps / 2 ** schema / steps);
/** The schema of an exponential bucket; undefined for buckets with bounds of their own. */
function schemaOf({ from, to }) {
	const schema = -Math.log2(Math.log2(to / from));
	const whole = Math.round(schema);
	const k = Math.log2(to) * 2 ** whole;
	return Math.abs(schema - whole) < 1e-6 && Math.abs(k - Math.round(k)) < 1e-4 ? whole : void 0;
}
/** By the bounds of all series together, which one arm alone does not choose, and never by counts. */
function boundsOf(samples, given) {
	const finite = samples.flat().filter(({ from, to }) => from > 0 && Number.isFinite(to));
	const schemas = finite.map(schemaOf);
	if (schemas.every((schema) => schema !== void 0) && given.custom === void 0) return exponentialBounds(finite, Math.min(finestSchema, ...schemas.map(Number)), given);
	const own = samples.flat().flatMap(({ to }) => Number.isFinite(to) ? [to] : []);
	const all = [.../* @__PURE__ */ new Set([...given.custom ?? [], ...own])].toSorted((a, b) => a - b);
	const step = Math.max(1, Math.ceil(all.length / mostWidened));
	given.custom = all.filter((_, i) => i % step === 0);
	return given.custom;
}
function exponentialBounds(buckets, finest, given) {
	if (buckets.length > 0) {
		const lowest = Math.min(...buckets.map(({ to }) => to));
		const highest = Math.max(...buckets.map(({ to }) => to));
		const spanAt = (schema) => ({
			schema,
			first: Math.ceil(Math.log2(lowest) * 2 ** schema - 1e-4),
			last: Math.ceil(Math.log2(highest) * 2 ** schema - 1e-4)
		});
		given.exponents = given.exponents ? widened(given.exponents, spanAt(given.exponents.schema)) : coarse(spanAt, finest);
	}
	if (given.exponents === void 0) return [];
	const { schema, first, last } = given.exponents;
	return Array.from({ length: last - first + 1 }, (_, i) => boundAt(schema, first + i));
}
function coarse(spanAt, finest) {
	for (let schema = finest; schema > coarsestSchema; schema -= 1) {
		const span = spanAt(schema);
		if (span.last - span.first < mostBounds) return span;
	}
	return spanAt(coarsestSchema);
}
function widened(given, { first, last }) {
	const wide = {
		...given,
		first: Math.min(given.first, first),
		last: Math.max(given.last, last)
	};
	return wide.last - wide.first < mostWidened ? wide : given;
}
/** How many are at most `bound`; null where it lies inside a bucket: nobody knows how many of that. */
function upTo(buckets, bound) {
	if (buckets.some(({ from, to, count }) => count !== 0 && from < bound && bound < to)) return null;
	return reportedNumber(buckets.reduce((sum, { to, count }) => to <= bound ? sum + count : sum, 0));
}
/** @returns undefined for what is no list of native histograms */
function nativeSeries(found, question, given = {}) {
	const series = [];
	for (const { labels, histograms } of found) {
		const parsed = safeParse(answer$1, histograms);
		if (!parsed.success) return void 0;
		const samples = parsed.output.map(([seconds, { count, buckets }]) => ({
			at: Math.round(seconds * 1e3),
			count: reportedNumber(count),
			buckets: buckets.map(([, from, to, n]) => ({
				from: snapped(Number(from)),
				to: snapped(Number(to)),
				count: Number(n)
			}))
		}));
		series.push({
			labels,
			samples
		});
	}
	const bounds = boundsOf(series.flatMap(({ samples }) => samples.map(({ buckets }) => buckets)), given);
	return series.flatMap(({ labels, samples }) => {
		const finite = bounds.map((bound) => ({
			le: String(Number(bound.toPrecision(6))),
			points: samples.map(({ at, buckets }) => ({
				at,
				value: upTo(buckets, bound)
			}))
		}));
		const all = {
			le: "+Inf",
			points: samples.map(({ at, count }) => ({
				at,
				value: count
			}))
		};
		return [...finite.filter(({ points }) => points.some(({ value }) => value !== null)), all].map(({ le, points }) => ({
			labels: {
				...labels,
				le
			},
			...seriesOver(points, question, "end")
		}));
	});
}
// build/sources/telemetry/prometheus/answer.js
/** Answers of `query` and `query_range`, and the series in them. */
const labelled = { metric: record(string(), string()) };
const pair = tuple([number(), string()]);
const instant = pipe(object({
	...labelled,
	value: optional(pair),
	histogram: optional(unknown())
}), check((x) => x.value !== void 0 || x.histogram !== void 0));
const ranged = object({
	...labelled,
	values: optional(array(pair)),
	histograms: optional(unknown())
});
const data = variant("resultType", [
	object({
		resultType: literal("vector"),
		result: array(instant)
	}),
	object({
		resultType: literal("matrix"),
		result: array(ranged)
	}),
	object({
		resultType: literal("scalar"),
		result: pair
	}),
	object({
		resultType: literal("string"),
		result: unknown()
	})
]);
const messages = optional(array(string()), []);
const success = object({
	status: literal("success"),
	data,
	warnings: messages,
	infos: messages
});
const refusal = object({
	status: literal("error"),
	errorType: string(),
	error: string()
});
const badQuery$2 = (message) => new NotMeasured("bad-query", message, { permanent: true });
const histogram = () => badQuery$2("the query gives native histograms; take a number from them, e.g. with histogram_quantile()");
/** @throws {NotMeasured} for an answer that says that it is an error @param what e.g. `Prometheus refuses the query` */
function refuseError(json, what) {
	const refused = safeParse(refusal, json);
	if (!refused.success) return;
	const { errorType, error } = refused.output;
	const permanent = errorType === "bad_data";
	const message = `${what} (${oneLine(errorType, 40)}): ${oneLine(error, 300)}`;
	throw new NotMeasured(permanent ? "bad-query" : "query-failed", message, { permanent });
}
const pointsOf = (values) => values.map(([at, value]) => ({
	at: Math.round(at * 1e3),
	value: reportedNumber(value)
}));
/** The samples of a range query, as they are. */
function toCounters({ data: { resultType, result } }) {
	if (resultType !== "matrix") throw badQuery$2("expected counters such as `http_requests_total{job=\"api\"}`");
	return result.map(({ metric, values = [], histograms }) => {
		if (histograms !== void 0) throw badQuery$2("native histograms are no counters: ask with `increase()` and without `counters`");
		return {
			labels: metric,
			points: pointsOf(values)
		};
	});
}
/**
* One value for each series, and its bins where the question is asked in bins.
*
* @param question of a range query; an instant one has no `range`
* @param given bounds of native histograms that were given before
*/
function toSeries({ data: { resultType, result } }, question, given) {
	const range = question?.range;
	if (isInBins(range?.reduce) && resultType !== "matrix") throw badQuery$2(`expected samples along the window, found a ${resultType}`);
	switch (resultType) {
		case "scalar": return [{
			labels: {},
			value: reportedNumber(result[1]),
			points: 1
		}];
		case "vector": return result.map(({ metric, value, histogram: native }) => {
			if (native !== void 0) throw histogram();
			return {
				labels: metric,
				value: reportedNumber(value?.[1]),
				points: 1
			};
		});
		case "matrix":
			if (question === void 0 || range === void 0) throw badQuery$2("the query gives a range of samples, expected one value: use rate(), max_over_time() or another function");
			return [...result.flatMap(({ metric, values = [], histograms }) => {
				if (histograms !== void 0) return [];
				const points = pointsOf(values);
				const ended = (points.at(-1)?.at ?? 0) <= question.window.to - range.everyMs;
				if (range.reduce === "last" && ended) return [];
				return [{
					labels: metric,
					...seriesOver(points, question, "end")
				}];
			}), ...nativeOf(result, question, given)];
		case "string": throw badQuery$2("the query gives a text, expected numbers");
	}
}
/** Only questions in bins can make something of them. */
function nativeOf(result, question, given) {
	const native = result.flatMap(({ metric, histograms }) => histograms === void 0 ? [] : [{
		labels: metric,
		histograms
	}]);
	if (native.length === 0) return [];
	const series = question.range?.reduce === "each" ? nativeSeries(native, question, given) : void 0;
	if (series === void 0) throw histogram();
	return series;
}
// build/sources/telemetry/prometheus/rules.js
/**
* Alerting rules as Prometheus gives them, and all that speak its rules API: Mimir, Thanos, Loki's ruler
* (https://prometheus.io/docs/prometheus/latest/querying/api/#rules).
*/
const labels = optional(record(string(), string()), {});
const alert = object({
	labels,
	state: string(),
	activeAt: optional(nullable(string()))
});
const rule = object({
	name: string(),
	type: optional(string()),
	state: optional(string()),
	labels,
	health: optional(string()),
	lastError: optional(string()),
	lastEvaluation: optional(string()),
	alerts: optional(nullable(array(alert)))
});
const answer = object({
	status: literal("success"),
	data: object({
		groups: array(object({
			name: string(),
			rules: array(rule)
		})),
		groupNextToken: optional(string())
	}),
	warnings: optional(array(string()), [])
});
/**
* Reads one page.
*
* @param needs the permission to name
* @param sent the request's headers
* @throws {NotMeasured} `unauthorized`, `forbidden`, `not-found`, `bad-query`, `query-failed`, `bad-answer`
*/
function readRules(response, origin, needs, sent) {
	refuseDenied(response, origin, needs, sent);
	const json = parseJson(response, origin);
	refuseError(json, `${origin} does not give its alert rules`);
	const parsed = safeParse(answer, json);
	if (!parsed.success || response.status !== 200) {
		const message = `${origin} answered ${response.status} with something that is not Prometheus' rules API: is the URL right?`;
		throw new NotMeasured("bad-answer", message);
	}
	const { data, warnings } = parsed.output;
	return {
		rules: data.groups.flatMap((group) => group.rules).filter((r) => (r.type ?? "alerting") === "alerting"),
		warnings: warnings.map((text) => oneLine(text)),
		...data.groupNextToken ? { next: data.groupNextToken } : {}
	};
}
/** An alert is listed with its labels, save those that say what it is. */
const unsaid = /* @__PURE__ */ new Set([
	"alertname",
	"severity",
	"__name__"
]);
const subjectOf = (all) => oneLine(Object.entries(all).filter(([name]) => !unsaid.has(name)).map(([name, value]) => `${name}=${value}`).join(" "), 160);
const timeOf$1 = (text) => {
	const at = Date.parse(text ?? "");
	return Number.isNaN(at) || at <= 0 ? void 0 : at;
};
/**
* What the rules that match say. A rule matches by its own labels, or by those of an alert of it: its labels may be templates, and the
* query gives more of them. Of its alerts those count that match.
*
* @param about `link` to the page that shows them, `most` alerts to list where it is not the usual number
*/
function alertsOf({ rules, warnings }, matchers, about) {
	const counts = (r, a) => satisfies({
		...r.labels,
		...a?.labels,
		alertname: r.name
	}, matchers);
	const matching = rules.filter((r) => counts(r) || (r.alerts ?? []).some((a) => counts(r, a)));
	const found = matching.flatMap((r) => alertsOfRule(r, (a) => counts(r, a), about.link));
	const known = matching.map((r) => timeOf$1(r.lastEvaluation)).filter((at) => at !== void 0);
	const pending = matching.filter((r) => r.state === "pending").map((r) => oneLine(r.name, 80));
	return {
		kind: "alerts",
		subject: `${matching.length} of ${rules.length} alert rules ${about.subject}`,
		query: about.query,
		link: about.link,
		at: about.at,
		seen: matching.length,
		rules: matching.length,
		notes: [...warnings, ...pending.length > 0 ? [`pending: ${oneLine(pending.join(", "))}`] : []],
		partial: warnings.length > 0,
		newest: known.length < matching.length || known.length === 0 ? null : isoOf(Math.min(...known)),
		...tally(found, newestFirst, about.most)
	};
}
function alertsOfRule(r, counts, link) {
	const name = oneLine(r.name, 120);
	const severity = r.labels.severity ?? null;
	const firing = (r.alerts ?? []).filter((a) => a.state === "firing");
	const found = firing.filter(counts).map((a) => {
		const since = isoOf(timeOf$1(a.activeAt));
		return {
			name,
			state: "firing",
			severity: a.labels.severity ?? severity,
			since,
			subject: subjectOf(a.labels),
			link
		};
	});
	if (r.state === "firing" && firing.length === 0) found.push({
		name,
		state: "firing",
		severity,
		since: null,
		subject: subjectOf(r.labels),
		link
	});
	if (!works(r)) {
		const subject = r.lastError ? oneLine(r.lastError, 160) : subjectOf(r.labels);
		found.push({
			name,
			state: "unknown",
			severity,
			since: null,
			subject
		});
	}
	return found;
}
/** A rule that was never evaluated is in the state `unknown` (since Prometheus 3), or has no time of it. */
const works = ({ state, health, lastError, lastEvaluation }) => (state === "inactive" || state === "pending" || state === "firing") && health === "ok" && !lastError && timeOf$1(lastEvaluation) !== void 0;
const isoOf = (at) => at === void 0 ? null : new Date(at).toISOString();
// build/sources/telemetry/prometheus/alerts.js
/** A server that never comes to its last page would be asked for ever. */
const maxPages = 50;
/**
* @param match label matchers; absent: all rules count
* @param most alerts to list; absent: the usual number
*/
async function askRules(connection, match, now, signal, most) {
	const matchers = match === void 0 ? [] : parseMatchers(match);
	return alertsOf(await allRules(connection, signal), matchers, {
		subject: match === void 0 ? `on ${connection.origin}` : `match ${match} on ${connection.origin}`,
		query: match ?? "all alert rules",
		link: `${connection.url}/alerts`,
		at: iso(now()),
		most
	});
}
async function allRules(connection, signal) {
	const rules = [];
	const warnings = [];
	let next;
	for (let page = 0; page < maxPages; page += 1) {
		const query = {
			type: "alert",
			...next === void 0 ? {} : { group_next_token: next }
		};
		const { response, sent } = await connection.get("/api/v1/rules", query, signal);
		const read = readRules(response, connection.origin, connection.toReadRules, sent);
		rules.push(...read.rules);
		warnings.push(...read.warnings);
		if (read.next === void 0) return {
			rules,
			warnings
		};
		if (read.next === next) break;
		next = read.next;
	}
	throw new NotMeasured("bad-answer", `${connection.origin} gives the list of alert rules without an end`);
}
// build/sources/telemetry/fields.js
/** Fields that several sources have. */
/** A base URL, to which paths and queries are added. */
const baseUrl = pipe(httpUrl, check((text) => !/[?#]/.test(text), "a URL without `?` and `#`"));
/** @param what takes time, in the plural @param usual a duration */
const settleField = (what, usual) => described(optional(duration, usual), `How long ${what} take to arrive: windows end that much before now.`);
// build/sources/telemetry/prometheus/connection.js
/** The way to a server that speaks Prometheus' HTTP API: address, tenant, and all the ways to sign in. */
/** Fields of a source's schema; with the checks `connects`. */
const connectionFields = {
	url: described(baseUrl, "Base URL; `/api/v1/…` is added to it."),
	...authFields,
	tenant: described(optional(filled), "Sent as `X-Scope-OrgID`, for Mimir and its kin."),
	azure: described(optional(strictObject(azureFields)), "Signs in to Microsoft Entra, for Azure Managed Prometheus: the same fields as the sources on Azure; `{}` for the usual way."),
	aws: described(optional(pipe(strictObject(awsFields), check((c) => signsInToAwsOneWay(c), oneWayToAws))), "Signs requests for Amazon Managed Service for Prometheus: the same fields as the sources on AWS."),
	parameters: described(optional(record(string(), string()), {}), "Sent with every request, e.g. `{ dedup: \"true\", partial_response: \"false\" }` to Thanos.")
};
strictObject(connectionFields);
/** What must hold between the fields. */
const connects = (c) => signsInOneWay(c) && [
	c.token ?? c.username,
	c.azure,
	c.aws
].filter((way) => way !== void 0).length <= 1;
/** What `connects` expects. */
const oneConnection = "one way to sign in: `token`, `username` and `password` together, `azure`, or `aws`";
/** https://learn.microsoft.com/azure/azure-monitor/metrics/prometheus-api-promql */
const azureScope = "https://prometheus.monitor.azure.com/.default";
var Connection = class {
	url;
	origin;
	/** What a refusal says is needed. */
	permission;
	/** The same where alert rules were asked for. */
	toReadRules;
	#config;
	#context;
	constructor(config, context) {
		this.url = config.url;
		this.origin = new URL(config.url).origin;
		this.permission = config.azure ? "the role Monitoring Data Reader on the Azure Monitor workspace" : config.aws ? "aps:QueryMetrics, aps:GetMetricMetadata and aps:ListRules" : "permission to query";
		this.toReadRules = config.azure || config.aws ? this.permission : "permission to read the alert rules";
		this.#config = config;
		this.#context = context;
	}
	post(path, form, signal) {
		const body = new URLSearchParams({
			...this.#config.parameters,
			...form
		}).toString();
		return this.#send({
			url: `${this.url}${path}`,
			method: "POST",
			headers: { "content-type": "application/x-www-form-urlencoded" },
			body,
			signal
		});
	}
	get(path, query, signal) {
		const search = new URLSearchParams({
			...this.#config.parameters,
			...query
		}).toString();
		return this.#send({
			url: `${this.url}${path}${search === "" ? "" : `?${search}`}`,
			signal
		});
	}
	async #send(request) {
		const { azure, aws, tenant } = this.#config;
		const headers = {
			...request.headers,
			accept: "application/json",
			...authorization(this.#config),
			...tenant === void 0 ? {} : { "x-scope-orgid": tenant }
		};
		const wanted = {
			...request,
			headers
		};
		if (azure) {
			const tokens = azureTokens(azure, this.#context);
			const response = await sendToAzure(this.#context, tokens, azureScope, wanted);
			return {
				response,
				sent: { authorization: `Bearer ${response.status < 300 ? "" : await tokens.token(azureScope, request.signal).catch(() => "")}` }
			};
		}
		if (aws) return {
			response: await sendToAws(this.#context, aws, "aps", wanted, this.permission),
			sent: headers
		};
		return {
			response: await this.#context.http.send(wanted),
			sent: headers
		};
	}
};
// build/sources/telemetry/azure/link.js
/** Links into the Azure portal. */
/** Longer ones do not survive all that a link goes through. */
const longest = 4e3;
/**
* The page that shows the query with its result, in the form that Azure's own alert mails use: the query as zlib, in base64; the
* resource's page where that gets too long.
*
* @param tenant id of the directory to sign in to, where it is known
*/
async function portalLink(portal, tenant, resource, query, window) {
	const zlib = await import("node:zlib");
	const packed = await promisify(zlib.deflate)(Buffer.from(query));
	const directory = tenant === void 0 ? "" : `@${encodeURIComponent(tenant)}`;
	const scope = encodeURIComponent(JSON.stringify({ resources: [{ resourceId: resource }] }));
	const link = [
		`${portal}/#${directory}/blade/Microsoft_Azure_Monitoring_Logs/LogsBlade/source/Alerts.EmailLinks`,
		`/scope/${scope}/q/${encodeURIComponent(packed.toString("base64"))}`,
		`/prettify/1/timespan/${encodeURIComponent(timespan(window))}`
	].join("");
	return link.length <= longest ? link : `${portal}/#${directory}/resource${encodeURI(resource)}/logs`;
}
// build/sources/telemetry/azure/signal-kql.js
/**
* Ready-made signals in KQL. Each gives one row (or one for each slice, or bin): `value`, `events`, `rows`, `newest`; in bins `began` too,
* and `duration-buckets` in place of `value` one column for each bound.
*/
const azureSignals = [
	"failure-rate",
	"success-rate",
	"duration-p50",
	"duration-p95",
	"duration-p99",
	"requests",
	"failed-requests",
	"duration-buckets",
	"exceptions",
	"new-exceptions",
	"dependency-failure-rate",
	"dependency-duration-p95",
	"availability",
	"events",
	"metric-avg",
	"metric-sum",
	"metric-max"
];
/** In bins histograms are judged, of which each bound is a series. */
const maxInBins = 1050;
/** Upper bounds of `duration-buckets`, in milliseconds: each about 1.5 times the one before. */
const durationBounds = [
	5,
	10,
	15,
	20,
	30,
	50,
	75,
	100,
	150,
	200,
	300,
	500,
	750,
	1e3,
	1500,
	2e3,
	3e3,
	5e3,
	1e4,
	3e4
];
/** The column that counts the requests up to a bound. */
const boundColumn = (bound) => `le${bound}`;
/** How many kinds of new exceptions are told apart. */
const maxKinds = 1e3;
const dayMs = 864e5;
/**
* @param since when the first window of this run began: what is new stays new until the step ends, although the windows move on
*/
function signalQuery(signal, window, scope, since = window.from) {
	const { names } = scope;
	const { requests, dependencies, availability, exceptions, events } = names;
	const { weight, duration, metricSum, metricCount, metricMax } = names;
	const from = window.from;
	const weighed = (table, value, more = []) => ({
		query: lines(rowsOf$1(table, signal, window, scope, more), summary(signal, window, scope, `value = ${value}`)),
		from
	});
	const failed = `sumif(${weight}, not(${succeeded(names)}))`;
	const failing = `${failed} / todouble(sum(${weight}))`;
	const passing = `sumif(${weight}, ${succeeded(names)}) / todouble(sum(${weight}))`;
	const percentile = (p) => `percentilew(${duration}, ${weight}, ${p})`;
	const external = [`where not(${names.dependencyType} startswith 'InProc')`];
	const named = [`where ${names.name} == ${kqlString(signal.of ?? "")}`];
	const metric = (value) => ({
		query: lines(rowsOf$1(names.metrics, signal, window, scope, named), summary(signal, window, scope, `value = ${value}`, `sum(${metricCount})`)),
		from
	});
	switch (signal.signal) {
		case "failure-rate": return weighed(requests, failing);
		case "success-rate": return weighed(requests, passing);
		case "duration-p50": return weighed(requests, percentile(50));
		case "duration-p95": return weighed(requests, percentile(95));
		case "duration-p99": return weighed(requests, percentile(99));
		case "requests": return weighed(requests, `sum(${weight})`);
		case "failed-requests": return weighed(requests, failed);
		case "duration-buckets": return {
			query: buckets(signal, window, scope),
			from
		};
		case "dependency-failure-rate": return weighed(dependencies, failing, external);
		case "dependency-duration-p95": return weighed(dependencies, percentile(95), external);
		case "availability": return weighed(availability, passing);
		case "metric-avg": return metric(`sum(${metricSum}) / sum(${metricCount})`);
		case "metric-sum": return metric(`sum(${metricSum})`);
		case "metric-max": return metric(`max(${metricMax})`);
		case "exceptions": return {
			query: besideRequests(signal, window, scope, {
				table: exceptions,
				value: "sum(hits)"
			}),
			from
		};
		case "events": return {
			query: besideRequests(signal, window, scope, {
				table: events,
				value: "sum(hits)",
				only: named
			}),
			from
		};
		case "new-exceptions": return newExceptions(signal, window, scope, since);
		default: throw badQuery$1(`Application Insights has no signal \`${signal.signal}\``);
	}
}
const badQuery$1 = (message) => new NotMeasured("bad-query", message, { permanent: true });
/** A request whose duration is not known is above all bounds. */
function buckets(signal, window, scope) {
	if (window.everyMs === void 0) throw badQuery$1("`duration-buckets` is no single value: it is for gates of type `canary`");
	const { requests, weight, duration } = scope.names;
	const columns = durationBounds.map((bound) => `${boundColumn(bound)} = sumif(${weight}, ${duration} <= ${bound})`);
	return lines(rowsOf$1(requests, signal, window, scope), summary(signal, window, scope, columns.join(", ")));
}
/** Kinds of exceptions of the window that the day before `since` had not, in the same role: not in the same version, which is new. */
function newExceptions(signal, window, scope, since) {
	if (window.everyMs !== void 0) throw badQuery$1("`new-exceptions` are those of a whole window, not of its bins");
	const { exceptions, problem } = scope.names;
	const { role } = signal.where ?? {};
	const known = {
		signal: signal.signal,
		synthetic: true,
		where: role === void 0 ? {} : { role }
	};
	const from = since - dayMs;
	return {
		query: `let before = ${lines(rowsOf$1(exceptions, known, {
			from,
			to: since
		}, scope), [`distinct ${problem}`])};\n${besideRequests(signal, window, scope, {
			table: exceptions,
			value: `array_length(make_set_if(problem, isnotempty(problem), ${maxKinds}))`,
			only: [`where ${problem} !in (before)`],
			problem: `strcat('id:', ${problem})`
		})}`,
		from
	};
}
/**
* Counts what is rare, beside the requests of the same window: none of it means something only while requests arrive.
*
* Rows of the rare thing count as rows as well: they prove themselves.
*/
function besideRequests(signal, window, scope, rare) {
	const { requests, weight, time } = scope.names;
	const leg = (table, only, columns) => lines(rowsOf$1(table, signal, window, scope, only), [`project ${signal.by === void 0 ? "" : "slice, "}at = ${time}, ${columns}`]).replaceAll("\n", "\n    ");
	const counted = `coalesce(tolong(${weight}), 1)`;
	const all = leg(requests, [], `calls = ${counted}, hits = long(0), problem = ''`);
	const hits = leg(rare.table, rare.only ?? [], `calls = long(0), hits = ${counted}, problem = ${rare.problem ?? "''"}`);
	return lines(`union\n  (${all}),\n  (${hits})`, grouped(signal, window, "at", `value = ${rare.value}, events = sum(calls)`));
}
const lines = (first, stages) => [first, ...stages.map((s) => `| ${s}`)].join("\n");
const succeeded = ({ success }) => `tolower(tostring(${success})) in ('true', '1')`;
function summary(signal, window, { names }, columns, events = `sum(${names.weight})`) {
	return grouped(signal, window, names.time, `${columns}, events = ${events}`);
}
/** Summarizes, by slice and bin where there are any. @param time the column with a row's time */
function grouped({ by }, { from, to, everyMs }, time, columns) {
	const began = everyMs === void 0 ? [] : [`began = bin_at(${time}, ${everyMs}ms, ${kqlTime(from)})`];
	const groups = [...by === void 0 ? [] : ["slice"], ...began];
	const each = everyMs === void 0 ? 1 : Math.ceil((to - from) / everyMs);
	return [`summarize ${columns}, rows = count(), newest = max(${time})${groups.length === 0 ? "" : ` by ${groups.join(", ")}`}`, ...by === void 0 ? [] : [`take ${201 * each}`]];
}
/** The rows of a table that the signal is about; with a column `slice` where it is split. */
function rowsOf$1(table, signal, window, scope, more = []) {
	const { names, component } = scope;
	const { where = {}, exclude = [], synthetic, by } = signal;
	const stages = [`where ${names.time} >= ${kqlTime(window.from)} and ${names.time} < ${kqlTime(window.to)}`, ...component === void 0 ? [] : [`where _ResourceId =~ ${kqlString(component)}`]];
	for (const [slice, value] of Object.entries(where)) stages.push(`where ${sliceOf(slice, table, scope)} == ${kqlString(value)}`);
	if (!synthetic && table !== names.availability) stages.push(`where isempty(${names.synthetic})`);
	for (const glob of exclude) stages.push(`where not(${sliceOf("operation", table, scope)} matches regex ${kqlString(globPattern(glob))})`);
	stages.push(...more);
	if (by !== void 0) stages.push(`extend slice = ${sliceOf(by, table, scope)}`);
	return lines(table, stages);
}
function sliceOf(slice, table, { names, slot }) {
	switch (slice) {
		case "role": return names.role;
		case "instance": return names.instance;
		case "version": return names.version;
		case "operation": return table === names.requests || table === names.availability ? names.name : names.operation;
		case "slot": return "column" in slot ? `tostring(${slot.column})` : `tostring(${names.dimensions}[${kqlString(slot.dimension)}])`;
	}
}
// build/sources/telemetry/azure/rows.js
/** Rows of a result as series. */
const numeric = /* @__PURE__ */ new Set([
	"int",
	"long",
	"real",
	"decimal"
]);
const words = /* @__PURE__ */ new Set([
	"string",
	"guid",
	"bool"
]);
const counting = /* @__PURE__ */ new Set([
	"events",
	"total",
	"samples"
]);
const badQuery = (message) => new NotMeasured("bad-query", message, { permanent: true });
const rowsOf = ({ columns, rows }) => rows.map((cells) => new Map(cells.map((cell, i) => [columns[i]?.name ?? "", cell])));
/** @returns milliseconds since the epoch; null for what is no time in UTC */
function timeOf(cell) {
	if (typeof cell !== "string" || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/.test(cell)) return null;
	const ms = Date.parse(cell);
	return Number.isNaN(ms) ? null : ms;
}
/** A text or a truth value as a label. */
const labelOf = (cell) => typeof cell === "string" || typeof cell === "boolean" ? oneLine(String(cell)) : "";
/** A number that counts something. */
function countOf(cell) {
	const count = reportedNumber(cell);
	return typeof count === "number" && count >= 0 ? count : 0;
}
const furthestBehind = (times) => times.reduce((least, time) => least === null || time === null ? null : Math.min(least, time), times[0] ?? null);
/** The rows of a ready-made signal: `value`, `events`, `rows`, `newest`, and `slice` where it is split. */
function signalRows(table, { signal, by }, asked) {
	const found = rowsOf(table).filter((row) => countOf(row.get("rows")) > 0);
	const sum = (column) => found.reduce((total, row) => total + countOf(row.get(column)), 0);
	const slices = /* @__PURE__ */ new Map();
	for (const row of found) {
		const slice = by === void 0 ? "" : labelOf(row.get("slice"));
		const rows = slices.get(slice);
		if (rows) rows.push(row);
		else slices.set(slice, [row]);
	}
	refuseMany(slices.size, 200);
	const inBins = isInBins(asked.range?.reduce);
	const buckets = signal === "duration-buckets";
	const columns = buckets ? [...durationBounds.map((x) => [String(x), boundColumn(x)]), ["+Inf", "events"]] : [["", "value"]];
	const series = [...slices].flatMap(([slice, rows]) => columns.flatMap(([le = "", column = ""]) => {
		const labels = {
			...by === void 0 ? {} : { [by]: slice },
			...buckets ? { le } : {}
		};
		const points = rows.map((row) => ({
			at: inBins ? beganAt(row) : 0,
			value: reportedNumber(row.get(column))
		}));
		if (inBins) refuseAskew(points, asked, perBin);
		return inBins ? [{
			labels,
			...seriesOver(points, asked, "begin")
		}] : points.map(({ value }, i) => ({
			labels,
			value,
			points: Math.floor(countOf(rows[i]?.get("rows")))
		}));
	}));
	refuseMany(series.length, inBins ? maxInBins : 200);
	return {
		series,
		events: sum("events"),
		newest: newestOf(found.map((row) => timeOf(row.get("newest"))), inBins),
		rows: Math.floor(sum("rows"))
	};
}
const perBin = "write `bin(timestamp, $__interval)`";
function beganAt(row) {
	const at = timeOf(row.get("began"));
	if (at === null) throw new NotMeasured("bad-answer", "Azure gave a bin without the time at which it begins");
	return at;
}
/** What `evidenceQuery` asks for. */
const evidenceRows = (table) => rowsOf(table).map((row) => ({
	part: countOf(row.get("part")),
	rows: countOf(row.get("rows")),
	newest: timeOf(row.get("newest")) ?? void 0
}));
function shapeOf({ columns }, ranged) {
	const named = (types) => columns.filter(({ type }) => types.has(type)).map(({ name }) => name);
	const other = columns.find(({ type }) => !numeric.has(type) && !words.has(type) && type !== "datetime");
	if (other) {
		const hint = other.type === "timespan" ? "divide it, e.g. by 1ms" : "take a number or a text from it";
		throw badQuery(`the query gives the column \`${oneLine(other.name, 60)}\` of type ${oneLine(other.type, 20)}: ${hint}`);
	}
	const is = (wanted) => (name) => name.toLowerCase() === wanted;
	const newest = columns.find(({ name }) => is("newest")(name));
	if (newest && newest.type !== "datetime") throw badQuery(`the query gives \`newest\` as ${oneLine(newest.type, 20)}, expected a datetime`);
	const times = named(/* @__PURE__ */ new Set(["datetime"])).filter((name) => name !== newest?.name);
	if (times.length > (ranged ? 1 : 0)) throw badQuery(`the query gives the time \`${oneLine(times[0] ?? "", 60)}\`, expected one row for each series${ranged ? " and time" : " (or `range`)"}`);
	if (ranged && times.length === 0) throw badQuery("with `range` the query must give a time, e.g. `by bin(timestamp, $__interval)`");
	const numbers = named(numeric);
	const uncounted = numbers.filter((name) => !counting.has(name.toLowerCase()));
	const candidates = uncounted.length > 0 ? uncounted : numbers;
	const value = candidates.find(is("value")) ?? (candidates.length === 1 ? candidates[0] : void 0);
	if (value === void 0) {
		const found = candidates.length === 0 ? "no number" : `the numbers ${oneLine(candidates.join(", "), 120)}`;
		throw badQuery(`the query gives ${found}, expected one, or one named \`value\``);
	}
	return {
		value,
		labels: named(words),
		events: numbers.find((name) => name !== value && counting.has(name.toLowerCase())),
		newest: newest?.name,
		time: times[0]
	};
}
/**
* The rows of the policy's own query: one number, or one for each row with its texts as labels.
*
* @throws {NotMeasured} `bad-query` for a result that is no such thing, `too-many-series`
*/
function ownRows(table, question) {
	if (table.columns.length === 0) return {
		series: [],
		newest: null
	};
	const { window, range } = question;
	const { value, labels, events, newest, time } = shapeOf(table, range !== void 0);
	const inBins = isInBins(range?.reduce);
	const rows = rowsOf(table);
	const grouped = /* @__PURE__ */ new Map();
	for (const row of rows) {
		const own = Object.fromEntries(labels.map((label) => [label, labelOf(row.get(label))]));
		const key = JSON.stringify(own);
		const group = grouped.get(key) ?? {
			labels: own,
			points: []
		};
		grouped.set(key, group);
		const at = time === void 0 ? 0 : timeOf(row.get(time));
		if (at === null) throw badQuery(`the query gives a row without a time in \`${oneLine(time ?? "", 60)}\``);
		if (group.points.some((point) => point.at === at)) throw badQuery("the query gives rows that no text tells apart: aggregate them with `summarize`");
		group.points.push({
			at,
			value: reportedNumber(row.get(value))
		});
		refuseMany(grouped.size, inBins ? maxInBins : 200);
	}
	return {
		series: [...grouped.values()].flatMap(({ labels: own, points }) => {
			if (range === void 0) return [{
				labels: own,
				value: points[0]?.value ?? null,
				points: 1
			}];
			refuseAskew(points, question, perBin);
			const sorted = points.toSorted((a, b) => a.at - b.at);
			const ended = (sorted.at(-1)?.at ?? 0) <= window.to - 2 * range.everyMs;
			if (range.reduce === "last" && ended) return [];
			return [{
				labels: own,
				...seriesOver(sorted, question, "begin")
			}];
		}),
		...events === void 0 ? {} : { events: rows.reduce((sum, row) => sum + countOf(row.get(events)), 0) },
		...newest === void 0 ? {} : { newest: newestOf(rows.map((row) => timeOf(row.get(newest))), time !== void 0) }
	};
}
/** Of a query along the window the last bin is the newest; of all others the series furthest behind. */
function newestOf(times, along) {
	if (!along) return furthestBehind(times);
	return times.reduce((most, time) => time === null || most !== null && most > time ? most : time, null);
}
// build/sources/telemetry/azure/logs.js
/** Questions to Application Insights and Log Analytics: a query of the policy, or a ready-made signal. */
var Logs = class {
	#config;
	#options;
	#context;
	#client;
	/** Evidence queries under way: several queries of one service ask for the same rows. */
	#evidence = /* @__PURE__ */ new Map();
	/** When the first window of this run in which new exceptions were asked for began, milliseconds since the epoch. */
	#since = Number.POSITIVE_INFINITY;
	constructor(config, options, context) {
		this.#config = config;
		this.#options = options;
		this.#context = context;
		this.#client = new LogsClient(config, options.target, context);
	}
	async ask(question, signal) {
		const { query: asked, window } = question;
		const { query, from } = typeof asked === "string" ? {
			query: expand(asked, question),
			from: window.from
		} : this.#signal(asked, {
			...window,
			...inBins(question) && question.range ? { everyMs: question.range.everyMs } : {}
		});
		const span = {
			from,
			to: window.to
		};
		const found = await (typeof asked === "string" ? this.#own(query, question, signal) : this.#readyMade(query, asked, question, span, signal));
		return {
			kind: "samples",
			subject: `${found.seen} rows behind ${oneLine(signalText(asked), 160)} in ${this.#options.target.name}`,
			query,
			...await this.#link(query, span),
			at: iso(this.#context.clock.now()),
			seen: found.seen,
			notes: [...found.missing, ...found.notes],
			partial: found.missing.length > 0,
			window: {
				from: iso(window.from),
				to: iso(window.to)
			},
			newest: typeof found.newest === "number" ? iso(found.newest) : null,
			...found.events === void 0 ? {} : { events: found.events },
			series: found.series
		};
	}
	#signal(signal, window) {
		const { scope } = this.#options;
		if (typeof scope === "string") throw new NotMeasured("bad-query", scope, { permanent: true });
		if (signal.signal === "new-exceptions") this.#since = Math.min(this.#since, window.from);
		return signalQuery(signal, window, scope, this.#since);
	}
	async #readyMade(query, asked, question, span, signal) {
		const { table, missing } = await this.#client.run(query, span, signal);
		const { rows, ...found } = signalRows(table, asked, question);
		return {
			...found,
			seen: rows,
			missing,
			notes: notesOn(asked, rows, found.events, this.#config)
		};
	}
	async #own(query, question, signal) {
		const { window } = question;
		const reads = readsOf(query);
		const ask = () => reads.parts.length === 0 ? void 0 : this.#behind(evidenceQuery(reads, window), window, signal);
		const early = namesNewest(query) ? void 0 : ask();
		const [{ table, missing }] = await Promise.all([this.#client.run(query, window, signal), early]);
		const found = ownRows(table, question);
		if (found.newest !== void 0) {
			const seen = found.newest === null ? 0 : found.series.length;
			const notes = found.newest === null ? ["the query found no row"] : [];
			return {
				...found,
				seen,
				missing,
				notes
			};
		}
		const evidence = await (early ?? ask());
		const cure = "write the query so that it gives a column `newest`, such as `newest = max(timestamp)`";
		if (evidence === void 0 || "refused" in evidence) {
			const why = evidence?.refused ?? "no table can be read from the query";
			return {
				...found,
				newest: null,
				seen: 0,
				missing,
				notes: [`how new the rows are is unknown (${why}): ${cure}`]
			};
		}
		const { rows, newest, empty } = weigh$1(reads.parts, evidenceRows(evidence.table));
		const notes = empty.map((name) => `${oneLine(name, 80)} has no row in the window that the query is about; if that is well, ${cure}`);
		return {
			...found,
			newest: newest ?? null,
			seen: rows,
			missing: [.../* @__PURE__ */ new Set([...missing, ...evidence.missing])],
			notes
		};
	}
	/** The rows behind a query; a refusal is no fault of the policy's query, which may be too clever to be taken apart. */
	async #behind(query, window, signal) {
		const running = this.#evidence.get(query) ?? this.#client.run(query, window, signal);
		this.#evidence.set(query, running);
		try {
			return await running;
		} catch (error) {
			if (error instanceof NotMeasured && error.code === "bad-query") return { refused: error.message };
			throw error;
		} finally {
			this.#evidence.delete(query);
		}
	}
	async #link(query, window) {
		const { shownIn } = this.#options;
		if (shownIn === void 0) return {};
		const { portal } = azureClouds[this.#config.cloud];
		return { link: await portalLink(portal, this.#config.tenant, shownIn, query, window) };
	}
};
const inBins = ({ range }) => isInBins(range?.reduce);
/** Whether the query writes a column of this name; then it says itself how new its rows are. */
const namesNewest = (query) => tokensOf(query).some(({ kind, text }) => kind === "name" && text.toLowerCase() === "newest");
/** `$__from` and `$__to` stand for the window as datetimes, `$__interval` for the distance of the samples, or the window's length. */
function expand(query, question) {
	const { window, range } = question;
	const { from, to } = window;
	if (inBins(question) && !/\$__interval\b/.test(query)) throw new NotMeasured("bad-query", "the query must give one row for each bin: `summarize … by bin(timestamp, $__interval)`", { permanent: true });
	const values = {
		from: kqlTime(from),
		to: kqlTime(to),
		interval: `${range?.everyMs ?? Math.max(1, to - from)}ms`
	};
	return query.replace(/\$__(from|to|interval)\b/g, (_, name) => values[name]);
}
function notesOn({ signal, where, by }, rows, events, config) {
	if (![
		"exceptions",
		"new-exceptions",
		"events",
		"metric-avg",
		"metric-sum",
		"metric-max"
	].includes(signal) && events !== void 0 && rows > 0 && rows < events) {
		const kept = (100 * rows / events).toPrecision(2);
		return [`sampled: ${rows} rows stand for ${events} events, ${Number(kept)} % were kept`];
	}
	if (rows === 0 && (where?.slot !== void 0 || by === "slot")) return [`the slot is looked for in ${config["slot-column"]}: does the app write it? See \`slot-column\``];
	return [];
}
/** Advice on a query of the policy, for `signalbox check`. */
function lintKql(question) {
	const { query } = question;
	if (typeof query !== "string") return query.signal === "duration-buckets" && !inBins(question) ? ["`duration-buckets` is no single value: it is for gates of type `canary`"] : [];
	const tokens = tokensOf(query);
	const advice = [];
	if (calls(tokens, "ago", "now")) advice.push("`ago()` and `now()` go by the time of asking: leave the window to Signalbox, or write `$__from` and `$__to`");
	const says = (...names) => tokens.some(({ kind, text }) => kind === "name" && names.includes(text));
	if (readsOf(query).parts.some(({ table }) => isAppTable(table)) && !says("itemCount", "ItemCount") && (calls(tokens, "count", "countif", "percentile", "percentiles", "avg") || endsInCount(tokens))) advice.push("counts rows, but where telemetry is sampled one row stands for several: `sum(itemCount)`, `percentilew(duration, itemCount, 95)`");
	return advice;
}
const endsInCount = (tokens) => tokens.at(-1)?.text === "count" && tokens.at(-2)?.text === "|";
/** Fields of a source's schema. */
const clientFields = {
	site: described(optional(picklist([
		"datadoghq.com",
		"us3.datadoghq.com",
		"us5.datadoghq.com",
		"datadoghq.eu",
		"ap1.datadoghq.com",
		"ap2.datadoghq.com",
		"uk1.datadoghq.com",
		"ddog-gov.com",
		"us2.ddog-gov.com"
	]), "datadoghq.com"), "The Datadog site of the organization."),
	url: described(optional(httpUrl), "Base URL of the API. Default: that of the site, `https://api.<site>`."),
	"api-key": described(secret, "API key."),
	"app-key": described(secret, "Application key; it can do what its owner can, so take that of a service account.")
};
var Client = class {
	origin;
	/** Base URL of the pages that people look at. */
	app;
	#config;
	#context;
	#url;
	constructor(config, context) {
		this.#url = config.url ?? `https://api.${config.site}`;
		this.origin = new URL(this.#url).origin;
		this.app = `https://${config.site.split(".").length === 2 ? `app.${config.site}` : config.site}`;
		this.#config = config;
		this.#context = context;
	}
	now() {
		return this.#context.clock.now();
	}
	/**
	* @param needs the permission that a refusal names
	* @param once sending it twice would do it twice
	* @returns the answer's JSON; undefined for a 404 where `maybe` allows one
	* @throws {NotMeasured}
	*/
	async send(request, signal) {
		const headers = {
			accept: "application/json",
			"dd-api-key": this.#config["api-key"],
			"dd-application-key": this.#config["app-key"],
			...request.body === void 0 ? {} : { "content-type": "application/json" }
		};
		const response = await this.#context.http.send({
			url: `${this.#url}${request.path}`,
			headers,
			...request.body === void 0 ? {} : {
				method: "POST",
				body: JSON.stringify(request.body)
			},
			...request.once ? { once: true } : {},
			signal
		});
		if (response.status === 404 && request.maybe) return void 0;
		refuseDenied(response, this.origin, request.needs, headers);
		if (response.status >= 400) {
			const message = `Datadog refuses the request (${response.status})${serverWords(response.text, headers)}`;
			throw new NotMeasured("bad-query", message, { permanent: true });
		}
		return parseJson(response, this.origin);
	}
	/** For an answer that is not what the API documents. */
	strange(what) {
		return new NotMeasured("bad-answer", `${this.origin} answered with something that is no ${what}: is the URL right?`);
	}
};
// build/sources/telemetry/range.js
/** The length of the window in a query, as Grafana writes it. */
/** At least 1. */
const rangeSeconds = ({ from, to }) => Math.max(1, Math.round((to - from) / 1e3));
/**
* How far back a series counts as one that fell silent: over the window, but in bins a round may ask for a single one, and a history for
* half a day of them, which is too much to look through beside.
*/
function silenceSeconds({ window, range }) {
	const seconds = rangeSeconds(window);
	return isInBins(range?.reduce) ? Math.min(3600, Math.max(300, seconds)) : seconds;
}
/** The span that a query's own macros are about: the window, or one bin of it. */
function spanOf({ window, range }) {
	return range && isInBins(range.reduce) ? {
		from: window.to - range.everyMs,
		to: window.to
	} : window;
}
/** Puts the length of the window in the place of `$__range` (a duration of PromQL and LogQL), `$__range_s` and `$__range_ms`. */
function expandRange(query, window) {
	const s = rangeSeconds(window);
	return query.replace(/\$__range(_s|_ms)?\b/g, (_, unit) => unit === "_s" ? `${s}` : unit === "_ms" ? `${s * 1e3}` : `${s}s`);
}
/**
* Puts the distance of the points in the place of `$__interval`; without a `range` it is the length of the window.
*
* @param write of whole seconds, in the query's language
* @param example how a query gives one value for each bin
* @throws {NotMeasured} `bad-query` for one in bins without it: its own distance would be another
*/
function expandInterval(query, question, write, example) {
	const { window, range } = question;
	if (range && isInBins(range.reduce) && !/\$__interval\b/.test(query)) throw new NotMeasured("bad-query", `expected one value for each bin, as with \`${example}\``, { permanent: true });
	const seconds = range ? Math.max(1, Math.round(range.everyMs / 1e3)) : rangeSeconds(window);
	return query.replaceAll(/\$__interval\b/g, () => write(seconds));
}
/** Advice on a query of PromQL or LogQL in bins. */
function binAdvice(query, { range }) {
	if (range?.reduce !== "each") return [];
	const other = [...query.matchAll(/\[(\w+)[:\]]/g)].flatMap(([, text]) => parseDuration(text ?? "") ?? []).find((ms) => ms !== range.everyMs);
	const advice = [];
	if (other !== void 0) advice.push(`looks back ${formatDuration(other)} at the end of each bin of ${formatDuration(range.everyMs)}: what it counts is counted several times, or not at all; write \`[$__range]\``);
	if (!query.includes("[") && /_(?:total|bucket|count)\b/.test(query)) advice.push("counters never fall, so each bin would hold all that ever was: write `increase(…[$__range])`, or `counters: true`");
	return advice;
}
/** @throws {NotMeasured} `bad-query` for a query whose bins would not hold what happened in them; see `binAdvice` */
function refuseOtherBins(query, question) {
	const [wrong] = binAdvice(query, question);
	if (wrong !== void 0) throw new NotMeasured("bad-query", `the query ${wrong}`, { permanent: true });
}
/** Advice on a query of PromQL or LogQL. @param what is looked at */
function lookBackAdvice(query, warmupMs, what) {
	const ranges = [...query.matchAll(/\[(\w+)[:\]]/g)].flatMap(([, text]) => parseDuration(text ?? "") ?? []);
	const longest = Math.max(0, ...ranges);
	if (longest <= warmupMs) return [];
	return [`looks back ${formatDuration(longest)}, longer than the warm-up of ${formatDuration(warmupMs)}: the first rounds see ${what} from before the deployment; write \`[$__range]\`, the window of the question`];
}
// build/sources/telemetry/prometheus/promql.js
/**
* The selectors of a query, each once. Those that look at another time (`offset`, `@`, also of a subquery around them) are left
* out, since they say nothing about now.
*
* @param parser of `@prometheus-io/lezer-promql`, which is loaded only where a query is asked
* @returns undefined when the query does not parse
*/
function selectorsOf(query, parser) {
	const found = [];
	const elsewhere = [];
	let valid = true;
	parser.parse(query).iterate({ enter({ type, name, node }) {
		if (type.isError) valid = false;
		if (name === "VectorSelector") found.push(node);
		if (name === "OffsetExpr" || name === "StepInvariantExpr") elsewhere.push(boundBy(node));
	} });
	if (!valid) return void 0;
	const selectors = found.filter((node) => !elsewhere.some(({ from, to }) => from <= node.from && node.to <= to)).map((node) => selectorOf(node, query));
	return [...new Map(selectors.map((selector) => [[...selector.matchers].sort().join("\n"), selector])).values()];
}
/**
* What an `offset`, an `@` or the range of a subquery belongs to. In PromQL they bind tighter than any operator; the grammar hangs
* them on the whole expression before them, so in `a / b offset 1h` it is the last operand.
*/
function boundBy(node) {
	const inner = /^(?:OffsetExpr|StepInvariantExpr|SubqueryExpr)$/.test(node.name) ? node.firstChild : void 0;
	const last = /^(?:BinaryExpr|UnaryExpr)$/.test(node.name) ? node.lastChild : void 0;
	const next = inner ?? last;
	return next ? boundBy(next) : node;
}
function selectorOf(node, query) {
	const matchers = /* @__PURE__ */ new Set();
	node.cursor().iterate(({ name, from, to }) => {
		const text = query.slice(from, to);
		if (name === "Identifier" || name === "QuotedLabelName") matchers.add(`__name__=${name === "Identifier" ? `"${text}"` : text}`);
		if (name.endsWith("LabelMatcher")) matchers.add(text.replace(/\s*(=~|!~|!=|=)\s*/, "$1"));
		return name === "VectorSelector" || name === "LabelMatchers";
	});
	return {
		text: query.slice(node.from, node.to),
		matchers
	};
}
/** Whether every series of `narrow` is one of `wide` too, by the letters of their matchers alone. */
const covers = (wide, narrow) => wide.matchers.size < narrow.matchers.size && [...wide.matchers].every((matcher) => narrow.matchers.has(matcher));
const label = "signalbox";
/** One query whose answer tells `Liveness` of all the selectors. `rangeSeconds`: length of the window. */
function livenessQuery(selectors, rangeSeconds) {
	const tagged = (expression, tag) => `label_replace(${expression}, "${label}", "${tag}", "", "")`;
	return selectors.flatMap(({ text }, i) => [
		tagged(`count(${text})`, `live ${i}`),
		tagged(`count(present_over_time(${text}[${rangeSeconds}s]))`, `recent ${i}`),
		tagged(`max(timestamp(${text}))`, `newest ${i}`)
	]).join(" or ");
}
/** Reads the answer to `livenessQuery`; what is not there is 0, or unknown. */
function readLiveness(selectors, answer) {
	const values = new Map(answer.map(({ labels, value }) => [labels[label], value]));
	const number = (tag) => {
		const value = values.get(tag);
		return typeof value === "number" && Number.isFinite(value) ? value : void 0;
	};
	return selectors.map((selector, i) => {
		const newest = number(`newest ${i}`);
		return {
			selector,
			live: number(`live ${i}`) ?? 0,
			recent: number(`recent ${i}`) ?? 0,
			newest: newest === void 0 ? void 0 : newest * 1e3
		};
	});
}
/**
* Weighs the selectors of one query against each other. A query is as fresh as its stalest part; but a selector without series
* is no fault by itself: before the first failure, or after a restart, `x{code=~"5.."}` has none while `x` is alive.
*/
function weigh(behind) {
	const alive = behind.filter((s) => s.live > 0);
	const wider = (s) => alive.some((other) => covers(other.selector, s.selector));
	const silent = behind.filter((s) => s.live === 0 && s.recent > 0 && !wider(s));
	const absent = behind.filter((s) => s.live === 0 && !silent.includes(s));
	const times = alive.map((s) => s.newest);
	const newest = times.every((time) => time !== void 0) && times.length > 0 ? Math.min(...times) : void 0;
	return {
		live: alive.filter((s) => !wider(s)).reduce((sum, s) => sum + s.live, 0),
		newest,
		silent: silent.map((s) => s.selector),
		absent: absent.map((s) => s.selector)
	};
}
export { attempt as $, table$1 as $t, emptyBins as A, outcomeOf as At, tally as B, within$1 as Bt, askRules as C, endOf as Cn, text as Ct, success as D, isUnauthorized as Dt, refuseError as E, azureDevopsCredentials as Et, refuseBins as F, openArm as Ft, toSeries$1 as G, code as Gt, parseMatchers as H, summary_exports as Ht, refuseMany as I, resourceIdForm as It, oneWayToAws as J, list as Jt, awsEndpoint as K, heading as Kt, seriesOver as L, scopeIdForm as Lt, mostInBins as M, lastSegment as Mt, overTime as N, normalId as Nt, toCounters as O, sendToAzureDevops as Ot, refuseAskew as P, notArm as Pt, awsWords as Q, strong as Qt, firingFirst as R, subscriptionOf as Rt, settleField as S, dayOf as Sn, numberBetween as St, refusal as T, compile as Tt, satisfies as U, html as Ut, matcherText as V, summary$1 as Vt, instantOf as W, page_exports as Wt, signsInToAwsOneWay as X, prose$1 as Xt, sendToAws as Y, paragraph as Yt, awsErrorOf as Z, serialise as Zt, Connection as _, flagBefore as _n, oneWayToSignInSomehow as _t, binAdvice as a, neverBegun as an, requestFields as at, oneConnection as b, adviseStanding as bn, Expressions as bt, lookBackAdvice as c, verdictOf as cn, judgeOf as ct, spanOf as d, sealedTrain as dn, credentialHeaders as dt, text$1 as en, sendMany as et, Client as f, trainRecordJson as fn, credentialOf as ft, azureSignals as g, walk as gn, lowerCase as gt, lintKql as h, moveWords as hn, inJson as ht, weigh as i, longestChain as in, patience as it, isInBins as j, changeOnAzure as jt, toSeries as k, versionOfImage as kt, refuseOtherBins as l, brokenTrainSeal as ln, address as lt, Logs as m, replay as mn, inHeader as mt, readLiveness as n, barredBy as nn, expectsWhatComes as nt, expandInterval as o, nextOf as on, whatComes as ot, clientFields as p, trainRecordSchema as pn, headersWithout as pt, awsFields as q, link as qt, selectorsOf as r, circlesOf as rn, hasBodyOfItsMethod as rt, expandRange as s, orderOf as sn, compileBody as st, livenessQuery as t, isPath as tn, bodyOfItsMethod as tt, silenceSeconds as u, isTrainRecord as un, credentialFields as ut, connectionFields as v, openRecord as vn, signsInSomehow as vt, subjectOf as w, truth as wt, baseUrl as x, standing_exports as xn, answerVariables as xt, connects as y, readRecord as yn, Answer as yt, newestFirst as z, typeOf as zt };
