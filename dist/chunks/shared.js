import { t as __commonJSMin } from "./runtime.js";
import { $ as optional, A as check$2, B as length, C as parseDuration, D as whole, E as secretKeys, F as integer, G as minLength, H as looseObject, J as null_, K as minValue, L as is, O as array, P as gtValue, Q as object, R as isoDate, S as oneOrMore, T as secret, U as maxLength, V as literal$1, W as maxValue, X as nullish, Y as nullable, Z as number$2, _ as duration, _t as variant, at as rawCheck, b as formatDuration, c as sha256Of, ct as safeParse, d as isUnambiguous, dt as string$1, et as parse$1, f as meaningFields, ft as transform, g as described, gt as unknown$1, h as between$1, ht as union, it as pipe, j as description, k as boolean, l as classOf, lt as startsWith, m as evaluationContext, nt as partialCheck, o as readText, ot as record, p as meaningOf, pt as trim, q as nonEmpty, rt as picklist, s as sha256$1, st as regex, tt as parseJson$1, u as flagValues, ut as strictObject, v as errorRate, vt as NotMeasured, w as percentage, x as httpUrl, xt as overTime, y as filled, z as isoTimestamp } from "./base.js";
import { promisify } from "node:util";
import { setMaxListeners } from "node:events";
import http from "node:http";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
// build/host/inputs.js
/**
* The one list of inputs and outputs. `action.yml`, `task.json`, the README's tables and the command line's options are
* generated from it (`npm run generate`).
*/
const inputGroups = {
	policy: "Policy and results",
	release: "The release",
	evaluation: "Rounds",
	telemetry: "One telemetry gate without a policy file",
	security: "One security gate without a policy file",
	flags: "One flags gate without a policy file"
};
const inputs = [
	{
		name: "policy",
		kind: "lines",
		group: "policy",
		label: "Policy",
		description: "Path of the policy, or the policy itself (YAML of more than one line).",
		absent: "`signalbox.yml`, unless the inputs of single gates are used"
	},
	{
		name: "train",
		kind: "path",
		group: "policy",
		label: "Train of several services",
		description: "Path of a train file, in place of `policy`: it names several services, the policy of each, and which needs which. The train continues only when every one of them does.",
		absent: "one service"
	},
	{
		name: "observe",
		kind: "yes-no",
		group: "policy",
		label: "Observe only",
		description: "Judge and report, but let the train go whatever the gates say: the first rung of the ladder.",
		absent: "`false`"
	},
	{
		name: "record",
		kind: "path",
		group: "policy",
		label: "Decision record",
		description: "Where to write the decision record (JSON).",
		absent: "a file in the job's temporary folder; on the command line `signalbox-out/record.json`"
	},
	{
		name: "summary",
		kind: "path",
		group: "policy",
		label: "Summary file",
		description: "Where to write the summary (Markdown), beside showing it in the job.",
		absent: "a file in the job's temporary folder; on the command line `signalbox-out/summary.md`"
	},
	{
		name: "report",
		kind: "path",
		group: "policy",
		label: "Full report",
		description: "Where to write the full report (one HTML file that needs nothing else), to be kept as an artifact.",
		absent: "`report.html` beside the record in the job's temporary folder; on the command line `signalbox-out/report.html`"
	},
	{
		name: "attest",
		kind: "yes-no",
		group: "policy",
		label: "Attest the decision",
		description: "Only on GitHub: sign the decision and the record as an attestation. Needs `id-token: write`, `attestations: write` and `github-token`; a `continue` that cannot be signed stops.",
		absent: "`false`"
	},
	{
		name: "attest-subjects",
		kind: "lines",
		group: "policy",
		label: "What the attestation is about",
		description: "Beside the record: images and files that the decision is about, one a line: `ghcr.io/acme/checkout@sha256:…`.",
		absent: "the record alone"
	},
	{
		name: "github-token",
		kind: "text",
		group: "policy",
		label: "GitHub token",
		description: "Token that keeps the attestation: `${{ github.token }}`.",
		absent: "",
		secret: true
	},
	{
		name: "stage",
		kind: "text",
		group: "policy",
		label: "Stage",
		description: "Name of the one stage of the policy that this step is to move to and prove, or `all` of them.",
		absent: "`all`"
	},
	{
		name: "state",
		kind: "path",
		group: "policy",
		label: "State of an unfinished run",
		description: "File in which the run is kept as it goes. A run that parked, was cancelled or was killed goes on from it: keep it between jobs (artifact, cache).",
		absent: "nothing is kept; a policy with `on-hold: park` needs it"
	},
	{
		name: "resume",
		kind: "path",
		group: "policy",
		label: "Record to resume from",
		description: "Decision record of a cancelled run whose `stages` or `rollout` are to go on: its last stage is baked once more, then come the others.",
		absent: "it begins with the first stage"
	},
	{
		name: "ledger",
		kind: "path",
		group: "policy",
		label: "Ledger of all runs",
		description: "File with a line for each run that decided, kept between runs (artifact, cache, branch): a stop then lasts until a fix passes. See docs/holds.md.",
		absent: "no stop lasts"
	},
	{
		name: "telemetry-connection-string",
		kind: "text",
		group: "policy",
		label: "Where to send telemetry of Signalbox",
		description: "Connection string of an Application Insights resource. It gets one event for the decision and one availability result for each gate, so that trains can be charted.",
		absent: "nothing is sent",
		secret: true
	},
	{
		name: "azure-subscription",
		kind: "connection",
		group: "policy",
		label: "Azure service connection",
		description: "Only on Azure Pipelines: the service connection that the sources on Azure sign in with.",
		absent: "see docs/azure-sign-in.md"
	},
	{
		name: "service",
		kind: "text",
		group: "release",
		label: "Service",
		description: "What is released, for the report.",
		absent: "the policy's `service`"
	},
	{
		name: "commit",
		kind: "text",
		group: "release",
		label: "Commit",
		description: "Commit that is released: `${release.sha}`.",
		absent: "the run's commit"
	},
	{
		name: "release-version",
		kind: "text",
		group: "release",
		label: "Version",
		description: "Version that is released: `${release.version}`.",
		absent: "unknown"
	},
	{
		name: "environment",
		kind: "text",
		group: "release",
		label: "Environment",
		description: "Where it is released to: `${release.environment}`.",
		absent: "the platform's environment, where it names one"
	},
	{
		name: "fixes",
		kind: "text",
		group: "release",
		label: "What this release fixes",
		description: "Declares that this release mends what stopped an earlier one: a commit, an issue or a sentence. Its gates are asked all the same.",
		absent: "an open stop, or a freeze, stops it"
	},
	{
		name: "deployed-at",
		kind: "text",
		group: "release",
		label: "Time of the deployment",
		description: "When the new version went live: ISO 8601 with a time zone, `10m ago`, or `annotation of SOURCE`. Samples older than that never count.",
		absent: "the deployment that started the run (GitHub's event `deployment_status`), else the start of this step"
	},
	{
		name: "warmup",
		kind: "text",
		group: "evaluation",
		label: "Warm-up",
		description: "Time after the deployment in which nothing is decided, except by what stands beyond doubt.",
		absent: "the policy's `evaluation.warmup`"
	},
	{
		name: "every",
		kind: "text",
		group: "evaluation",
		label: "Interval",
		description: "Time from one round to the next.",
		absent: "the policy's `evaluation.every`"
	},
	{
		name: "steady",
		kind: "text",
		group: "evaluation",
		label: "Steady time",
		description: "How long all blocking gates must be healthy together before the train continues.",
		absent: "the policy's `evaluation.steady`"
	},
	{
		name: "deadline",
		kind: "text",
		group: "evaluation",
		label: "Deadline",
		description: "Longest time that the step waits for the evidence; then the train stops.",
		absent: "the policy's `evaluation.deadline`"
	},
	{
		name: "prometheus-url",
		kind: "text",
		group: "telemetry",
		label: "Prometheus URL",
		description: "Base URL of a Prometheus, Thanos or Mimir.",
		absent: "no telemetry gate from inputs"
	},
	{
		name: "prometheus-token",
		kind: "text",
		group: "telemetry",
		label: "Prometheus token",
		description: "Bearer token for it.",
		absent: "no authentication",
		secret: true
	},
	{
		name: "application-insights",
		kind: "text",
		group: "telemetry",
		label: "Application Insights resource",
		description: "Resource id of an Application Insights component, in place of Prometheus.",
		absent: "no telemetry gate from Application Insights"
	},
	{
		name: "signal",
		kind: "text",
		group: "telemetry",
		label: "Ready-made signal",
		description: "With `application-insights`: what to watch, e.g. `failure-rate`, `duration-p95`, `exceptions`.",
		absent: ""
	},
	{
		name: "role",
		kind: "text",
		group: "telemetry",
		label: "Cloud role",
		description: "With `application-insights`: only telemetry of this cloud role (service).",
		absent: "all roles"
	},
	{
		name: "query",
		kind: "lines",
		group: "telemetry",
		label: "Query",
		description: "PromQL that gives one value.",
		absent: ""
	},
	{
		name: "threshold",
		kind: "text",
		group: "telemetry",
		label: "Threshold",
		description: "What the value must satisfy, e.g. `< 1%` or `<= 250 ms`.",
		absent: ""
	},
	{
		name: "unit",
		kind: "text",
		group: "telemetry",
		label: "Unit of the value",
		description: "What the query returns: `ratio`, `percent`, `s`, `ms`… Needed when the threshold has a unit of time or size.",
		absent: "`ratio` when the threshold is in percent, else a plain number"
	},
	{
		name: "events",
		kind: "lines",
		group: "telemetry",
		label: "Query for the number of events",
		description: "PromQL that gives how many events stand behind the value.",
		absent: "not asked"
	},
	{
		name: "min-events",
		kind: "text",
		group: "telemetry",
		label: "Least number of events",
		description: "Below it the evidence is insufficient and the train waits.",
		absent: "no minimum"
	},
	{
		name: "sarif-files",
		kind: "lines",
		group: "security",
		label: "SARIF files",
		description: "Glob patterns of the scan results, one a line.",
		absent: "no security gate from inputs"
	},
	{
		name: "sarif-block",
		kind: "text",
		group: "security",
		label: "Blocking severity",
		description: "Findings of this severity or worse stop the train: `critical`, `high`, `medium` or `low`.",
		absent: "`high`"
	},
	{
		name: "sarif-require",
		kind: "lines",
		group: "security",
		label: "Required scanners",
		description: "Scanners that must have run, one a line. A missing or crashed scanner is not a clean one.",
		absent: "at least one scan"
	},
	{
		name: "flags-url",
		kind: "text",
		group: "flags",
		label: "OFREP URL",
		description: "Base URL of a feature-flag service that speaks the OpenFeature Remote Evaluation Protocol.",
		absent: "no flags gate from a service"
	},
	{
		name: "flags-token",
		kind: "text",
		group: "flags",
		label: "OFREP token",
		description: "Bearer token for it.",
		absent: "no authentication",
		secret: true
	},
	{
		name: "flags-file",
		kind: "path",
		group: "flags",
		label: "flagd definition file",
		description: "Flag definitions of flagd, in place of a service.",
		absent: "no flags gate from a file"
	},
	{
		name: "flags-expect",
		kind: "lines",
		group: "flags",
		label: "Expected flags",
		description: "What must hold, one flag a line, e.g. `new-checkout: off`.",
		absent: ""
	}
];
/** What only Azure Pipelines has. */
const onlyOnAzure = ({ kind }) => kind === "connection";
/** `flags-file` → `flagsFile`: Azure allows no dash in a name. */
const camelCase = (name) => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
// build/policy/problems.js
var import_fastest_levenshtein = (/* @__PURE__ */ __commonJSMin(((exports) => {
	exports.__esModule = true;
	exports.distance = exports.closest = void 0;
	var peq = /* @__PURE__ */ new Uint32Array(65536);
	var myers_32 = function(a, b) {
		var n = a.length;
		var m = b.length;
		var lst = 1 << n - 1;
		var pv = -1;
		var mv = 0;
		var sc = n;
		var i = n;
		while (i--) peq[a.charCodeAt(i)] |= 1 << i;
		for (i = 0; i < m; i++) {
			var eq = peq[b.charCodeAt(i)];
			var xv = eq | mv;
			eq |= (eq & pv) + pv ^ pv;
			mv |= ~(eq | pv);
			pv &= eq;
			if (mv & lst) sc++;
			if (pv & lst) sc--;
			mv = mv << 1 | 1;
			pv = pv << 1 | ~(xv | mv);
			mv &= xv;
		}
		i = n;
		while (i--) peq[a.charCodeAt(i)] = 0;
		return sc;
	};
	var myers_x = function(b, a) {
		var n = a.length;
		var m = b.length;
		var mhc = [];
		var phc = [];
		var hsize = Math.ceil(n / 32);
		var vsize = Math.ceil(m / 32);
		for (var i = 0; i < hsize; i++) {
			phc[i] = -1;
			mhc[i] = 0;
		}
		var j = 0;
		for (; j < vsize - 1; j++) {
			var mv_1 = 0;
			var pv_1 = -1;
			var start_1 = j * 32;
			var vlen_1 = Math.min(32, m) + start_1;
			for (var k = start_1; k < vlen_1; k++) peq[b.charCodeAt(k)] |= 1 << k;
			for (var i = 0; i < n; i++) {
				var eq = peq[a.charCodeAt(i)];
				var pb = phc[i / 32 | 0] >>> i & 1;
				var mb = mhc[i / 32 | 0] >>> i & 1;
				var xv = eq | mv_1;
				var xh = ((eq | mb) & pv_1) + pv_1 ^ pv_1 | eq | mb;
				var ph = mv_1 | ~(xh | pv_1);
				var mh = pv_1 & xh;
				if (ph >>> 31 ^ pb) phc[i / 32 | 0] ^= 1 << i;
				if (mh >>> 31 ^ mb) mhc[i / 32 | 0] ^= 1 << i;
				ph = ph << 1 | pb;
				mh = mh << 1 | mb;
				pv_1 = mh | ~(xv | ph);
				mv_1 = ph & xv;
			}
			for (var k = start_1; k < vlen_1; k++) peq[b.charCodeAt(k)] = 0;
		}
		var mv = 0;
		var pv = -1;
		var start = j * 32;
		var vlen = Math.min(32, m - start) + start;
		for (var k = start; k < vlen; k++) peq[b.charCodeAt(k)] |= 1 << k;
		var score = m;
		for (var i = 0; i < n; i++) {
			var eq = peq[a.charCodeAt(i)];
			var pb = phc[i / 32 | 0] >>> i & 1;
			var mb = mhc[i / 32 | 0] >>> i & 1;
			var xv = eq | mv;
			var xh = ((eq | mb) & pv) + pv ^ pv | eq | mb;
			var ph = mv | ~(xh | pv);
			var mh = pv & xh;
			score += ph >>> m - 1 & 1;
			score -= mh >>> m - 1 & 1;
			if (ph >>> 31 ^ pb) phc[i / 32 | 0] ^= 1 << i;
			if (mh >>> 31 ^ mb) mhc[i / 32 | 0] ^= 1 << i;
			ph = ph << 1 | pb;
			mh = mh << 1 | mb;
			pv = mh | ~(xv | ph);
			mv = ph & xv;
		}
		for (var k = start; k < vlen; k++) peq[b.charCodeAt(k)] = 0;
		return score;
	};
	var distance = function(a, b) {
		if (a.length < b.length) {
			var tmp = b;
			b = a;
			a = tmp;
		}
		if (b.length === 0) return a.length;
		if (a.length <= 32) return myers_32(a, b);
		return myers_x(a, b);
	};
	exports.distance = distance;
	var closest = function(str, arr) {
		var min_distance = Infinity;
		var min_index = 0;
		for (var i = 0; i < arr.length; i++) {
			var dist = distance(str, arr[i]);
			if (dist < min_distance) {
				min_distance = dist;
				min_index = i;
			}
		}
		return arr[min_index];
	};
	exports.closest = closest;
})))();
/** The word that was probably meant, if one is near enough to be worth saying. */
function nearest(word, known) {
	const far = (other) => (0, import_fastest_levenshtein.distance)(word.toLowerCase(), other.toLowerCase());
	const [best] = [...known].sort((a, b) => far(a) - far(b) || a.localeCompare(b));
	return best !== void 0 && far(best) <= Math.max(2, Math.floor(best.length / 3)) ? best : void 0;
}
/** `; did you mean X?`, or nothing. */
const didYouMean = (word, known) => {
	const best = nearest(word, known);
	return best === void 0 ? "" : `; did you mean \`${best}\`?`;
};
const pathOf = (issue) => (issue.path ?? []).map((item) => item.key);
/**
* A union fails as a whole; what the user meant is the member that came furthest.
*/
function unfold(issue, prefix) {
	const path = [...prefix, ...pathOf(issue)];
	if (issue.type !== "union" || !issue.issues) return [{
		issue,
		path
	}];
	const members = /* @__PURE__ */ new Map();
	for (const inner of issue.issues.flatMap((i) => unfold(i, path))) {
		const key = inner.path.length > path.length ? "deeper" : String(inner.issue.expected ?? inner.issue.message);
		members.set(key, [...members.get(key) ?? [], inner]);
	}
	const deeper = members.get("deeper");
	if (deeper) return deeper;
	const checks = issue.issues.filter((i) => i.kind === "validation");
	return checks.length > 0 ? checks.map((i) => ({
		issue: i,
		path
	})) : [{
		issue,
		path
	}];
}
const list = (words) => words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
const kinds$2 = {
	string: "a text",
	number: "a number",
	boolean: "true or false",
	Object: "a map (`key: value`)",
	Array: "a list (`- entry`)"
};
/** valibot's `("a" | "b")` as words. */
function expectedWords(issue) {
	return String(issue.expected ?? "").replace(/^\(|\)$/g, "").split(" | ").filter((word) => word !== "undefined");
}
function show$1(input) {
	if (input === void 0 || input === null) return "nothing";
	if (Array.isArray(input)) return "a list";
	if (typeof input === "object") return "a map";
	const text = typeof input === "string" ? `\`${input}\`` : `\`${JSON.stringify(input)}\``;
	return text.length > 60 ? `${text.slice(0, 57)}…\`` : text;
}
function message(issue, path, knownKeys) {
	const key = String(path.at(-1) ?? "");
	if (issue.type === "strict_object" && issue.expected === "never") return {
		at: "key",
		message: `unknown key \`${key}\`${didYouMean(key, knownKeys)} (known here: ${knownKeys.join(", ")})`
	};
	const words = expectedWords(issue);
	if ((issue.type === "strict_object" || issue.type === "variant") && issue.received === "undefined") return {
		at: "value",
		message: `\`${key}\` is missing${issue.type === "variant" ? ` (${list(words.map((w) => w.replaceAll("\"", "")))})` : ""}`
	};
	if (issue.kind === "validation" || issue.kind === "transformation") {
		const found = typeof issue.input === "object" ? "" : `, found ${show$1(issue.input)}`;
		return {
			at: "value",
			message: `expected ${issue.message}${found}`
		};
	}
	if (!issue.message.startsWith("Invalid ")) return {
		at: "value",
		message: `expected ${issue.message}, found ${show$1(issue.input)}`
	};
	const literals = words.filter((w) => w.startsWith("\"")).map((w) => w.slice(1, -1));
	const names = words.map((w) => w.startsWith("\"") ? `\`${w.slice(1, -1)}\`` : kinds$2[w] ?? w);
	const hint = typeof issue.input === "string" ? didYouMean(issue.input, literals) : "";
	return {
		at: "value",
		message: `expected ${list(names)}, found ${show$1(issue.input)}${hint}`
	};
}
/**
* @param issues of one schema run
* @param keysAt the keys that are known at a place, for unknown ones
* @param secretAt whether the value at a place must not be shown
*/
function describe(issues, keysAt, secretAt) {
	return issues.flatMap((issue) => unfold(issue, [])).map(({ issue, path }) => {
		return {
			path,
			...message(secretAt(path) ? {
				...issue,
				input: issue.input === void 0 ? void 0 : "***"
			} : issue, path, keysAt(path.slice(0, -1)))
		};
	});
}
// build/host/guarded.js
function guarded(host, redactor) {
	const mask = (text) => redactor.text(text);
	return {
		kind: host.kind,
		facts: host.facts,
		summaryFlavour: host.summaryFlavour,
		get columns() {
			return host.columns;
		},
		get colour() {
			return host.colour;
		},
		outputFolder: host.outputFolder,
		...host.longestJobMs === void 0 ? {} : { longestJobMs: host.longestJobMs },
		...host.idToken && { async idToken(audience) {
			const token = await host.idToken?.(audience);
			if (token === void 0) throw new Error("the platform gave no token");
			redactor.add(token);
			return token;
		} },
		...host.serviceConnection && { serviceConnection: masked(host.serviceConnection, redactor) },
		input: (name) => host.input(name),
		secret(value) {
			redactor.add(value);
			host.secret(value);
		},
		...host.group && { group: host.group },
		log: (text) => host.log(mask(text)),
		progress: (percent, text) => host.progress(percent, mask(text)),
		...host.attest && { attest: host.attest },
		get live() {
			const { live } = host;
			return live && ((draw) => live(draw && ((size) => draw(size).map(mask))));
		},
		annotate: (annotation) => host.annotate({
			...annotation,
			title: mask(annotation.title),
			message: mask(annotation.message)
		}),
		output: (name, value) => host.output(name, mask(value)),
		summary: (path) => host.summary(path),
		finish: (result, message, exitCode) => host.finish(result, mask(message), exitCode)
	};
}
/** The agent masks them in the log; the record and the report are ours. */
const masked = (serviceConnection, redactor) => () => {
	const connection = serviceConnection();
	for (const secret of [connection.secret, connection.systemToken]) if (secret) redactor.add(secret);
	return connection;
};
// node_modules/is-network-error/index.js
const objectToString = Object.prototype.toString;
const isError = (value) => objectToString.call(value) === "[object Error]";
const errorMessages = /* @__PURE__ */ new Set([
	"network error",
	"NetworkError when attempting to fetch resource.",
	"The Internet connection appears to be offline.",
	"Network request failed",
	"fetch failed",
	"terminated",
	" A network error occurred.",
	"Network connection lost"
]);
function isNetworkError(error) {
	if (!(error && isError(error) && error.name === "TypeError" && typeof error.message === "string")) return false;
	const { message, stack } = error;
	if (message === "Load failed" || message.startsWith("Load failed (") && message.endsWith(")")) return stack === void 0 || "__sentry_captured__" in error;
	if (message.startsWith("error sending request for url")) return true;
	if (message === "Failed to fetch" || message.startsWith("Failed to fetch (") && message.endsWith(")")) return true;
	return errorMessages.has(message);
}
// node_modules/p-retry/index.js
function validateRetries(retries) {
	if (typeof retries === "number") {
		if (retries < 0) throw new TypeError("Expected `retries` to be a non-negative number.");
		if (Number.isNaN(retries)) throw new TypeError("Expected `retries` to be a valid number or Infinity, got NaN.");
	} else if (retries !== void 0) throw new TypeError("Expected `retries` to be a number or Infinity.");
}
function validateNumberOption(name, value, { min = 0, allowInfinity = false } = {}) {
	if (value === void 0) return;
	if (typeof value !== "number" || Number.isNaN(value)) throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? " or Infinity" : ""}.`);
	if (!allowInfinity && !Number.isFinite(value)) throw new TypeError(`Expected \`${name}\` to be a finite number.`);
	if (value < min) throw new TypeError(`Expected \`${name}\` to be \u2265 ${min}.`);
}
var AbortError = class extends Error {
	constructor(message) {
		super();
		if (message instanceof Error) {
			this.originalError = message;
			({message} = message);
		} else {
			this.originalError = new Error(message);
			this.originalError.stack = this.stack;
		}
		this.name = "AbortError";
		this.message = message;
	}
};
function calculateDelay(retriesConsumed, options) {
	const attempt = Math.max(1, retriesConsumed + 1);
	const random = options.randomize ? Math.random() + 1 : 1;
	let timeout = Math.round(random * options.minTimeout * options.factor ** (attempt - 1));
	timeout = Math.min(timeout, options.maxTimeout);
	return timeout;
}
function calculateRemainingTime(start, max) {
	if (!Number.isFinite(max)) return max;
	return max - (performance.now() - start);
}
async function onAttemptFailure({ error, attemptNumber, retriesConsumed, startTime, options }) {
	const normalizedError = error instanceof Error ? error : /* @__PURE__ */ new TypeError(`Non-error was thrown: "${error}". You should only throw errors.`);
	if (normalizedError instanceof AbortError) throw normalizedError.originalError;
	const retriesLeft = Number.isFinite(options.retries) ? Math.max(0, options.retries - retriesConsumed) : options.retries;
	const maxRetryTime = options.maxRetryTime ?? Number.POSITIVE_INFINITY;
	const context = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed
	});
	await options.onFailedAttempt(context);
	if (calculateRemainingTime(startTime, maxRetryTime) <= 0) throw normalizedError;
	const consumeRetry = await options.shouldConsumeRetry(context);
	const remainingTime = calculateRemainingTime(startTime, maxRetryTime);
	if (remainingTime <= 0 || retriesLeft <= 0) throw normalizedError;
	if (normalizedError instanceof TypeError && !isNetworkError(normalizedError)) {
		if (consumeRetry) throw normalizedError;
		options.signal?.throwIfAborted();
		return false;
	}
	if (!await options.shouldRetry(context)) throw normalizedError;
	if (!consumeRetry) {
		options.signal?.throwIfAborted();
		return false;
	}
	const delayTime = calculateDelay(retriesConsumed, options);
	const finalDelay = Math.min(delayTime, remainingTime);
	options.signal?.throwIfAborted();
	if (finalDelay > 0) await new Promise((resolve, reject) => {
		const onAbort = () => {
			clearTimeout(timeoutToken);
			options.signal?.removeEventListener("abort", onAbort);
			reject(options.signal.reason);
		};
		const timeoutToken = setTimeout(() => {
			options.signal?.removeEventListener("abort", onAbort);
			resolve();
		}, finalDelay);
		if (options.unref) timeoutToken.unref?.();
		options.signal?.addEventListener("abort", onAbort, { once: true });
	});
	options.signal?.throwIfAborted();
	return true;
}
async function pRetry(input, options = {}) {
	options = { ...options };
	validateRetries(options.retries);
	if (Object.hasOwn(options, "forever")) throw new Error("The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.");
	options.retries ??= 10;
	options.factor ??= 2;
	options.minTimeout ??= 1e3;
	options.maxTimeout ??= Number.POSITIVE_INFINITY;
	options.maxRetryTime ??= Number.POSITIVE_INFINITY;
	options.randomize ??= false;
	options.onFailedAttempt ??= () => {};
	options.shouldRetry ??= () => true;
	options.shouldConsumeRetry ??= () => true;
	validateNumberOption("factor", options.factor, {
		min: 0,
		allowInfinity: false
	});
	validateNumberOption("minTimeout", options.minTimeout, {
		min: 0,
		allowInfinity: false
	});
	validateNumberOption("maxTimeout", options.maxTimeout, {
		min: 0,
		allowInfinity: true
	});
	validateNumberOption("maxRetryTime", options.maxRetryTime, {
		min: 0,
		allowInfinity: true
	});
	if (!(options.factor > 0)) options.factor = 1;
	options.signal?.throwIfAborted();
	let attemptNumber = 0;
	let retriesConsumed = 0;
	const startTime = performance.now();
	while (Number.isFinite(options.retries) ? retriesConsumed <= options.retries : true) {
		attemptNumber++;
		try {
			options.signal?.throwIfAborted();
			const result = await input(attemptNumber);
			options.signal?.throwIfAborted();
			return result;
		} catch (error) {
			if (await onAttemptFailure({
				error,
				attemptNumber,
				retriesConsumed,
				startTime,
				options
			})) retriesConsumed++;
		}
	}
	throw new Error("Retry attempts exhausted without throwing an error.");
}
// build/net/body.js
/** Bodies as text, within limits. */
/**
* Decodes a body. We ask for no compression, but some servers compress all the same.
*
* @throws an error with code `ERR_BUFFER_TOO_LARGE` when it unfolds to more than `maxBytes`, else zlib's or a TypeError
*/
async function decode(body, encoding, maxBytes) {
	const plain = await decompress(body, (encoding ?? "identity").trim().toLowerCase(), maxBytes);
	return new TextDecoder("utf-8", { fatal: true }).decode(plain);
}
async function decompress(body, encoding, maxBytes) {
	if (encoding === "identity" || encoding === "") return body;
	const zlib = await import("node:zlib");
	const decoder = {
		gzip: zlib.gunzip,
		"x-gzip": zlib.gunzip,
		deflate: zlib.inflate,
		br: zlib.brotliDecompress
	}[encoding];
	if (decoder === void 0) throw new TypeError(`unknown content encoding ${encoding}`);
	return promisify(decoder)(body, { maxOutputLength: maxBytes });
}
// build/sources/text.js
/** Texts from outside, made fit for a reason, a note or a table. */
/** Control characters and line breaks become spaces, and what is longer than `most` characters is cut. */
function oneLine(text, most = 200) {
	const flat = text.slice(0, most * 20).replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
	if (flat.length <= most) return flat.replace(/[\uD800-\uDBFF]$/, "");
	return `${flat.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "").trimEnd()}…`;
}
/** As a regular expression reads it letter by letter. */
const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** A pattern in which `*` stands for any characters, as a regular expression (of JavaScript or RE2, with the flag `s`) for a whole text. */
const globForm = (glob) => `^${glob.split("*").map(literally).join(".*")}$`;
// build/net/errors.js
/** What went wrong on the way to a server, in words. */
const isLoopback = (hostname) => hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
/** Headers whose values are credentials: never in clear over a network, never in a message. */
const secretHeaders = /* @__PURE__ */ new Set([
	"authorization",
	"api-key",
	"cookie",
	"dd-api-key",
	"dd-application-key",
	"statsig-api-key",
	"x-amz-security-token",
	"x-api-key"
]);
/**
* `Retry-After` in milliseconds (RFC 9110, 10.2.3): a number of seconds or a date; 0 when there is none, or it is no such thing.
*
* @param now milliseconds since the epoch
*/
function retryAfterMs(header, now) {
	if (header === void 0) return 0;
	const text = header.trim();
	if (/^\d+$/.test(text)) return Number(text) * 1e3;
	const date = Date.parse(text);
	return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
/**
* What a server says of its refusal, as `: …` to be put behind our own words: a JSON body's `error`, `message`, `detail` or
* `title`, or a short plain text. Nothing for a page of HTML. A server that repeats our credential is not quoted.
*
* @param sent the request's headers
*/
function serverWords(body, sent = {}) {
	const said = oneLine(wordsOf$1(body), 300);
	const secrets = Object.entries(sent).filter(([name]) => secretHeaders.has(name.toLowerCase())).map(([, value]) => value.replace(/^(?:bearer|basic|token|api-token|api-?key)\s+/i, ""));
	return said === "" || secrets.some((secret) => body.includes(secret)) ? "" : `: ${said}`;
}
function wordsOf$1(body) {
	let json;
	try {
		json = JSON.parse(body);
	} catch {
		return body.length <= 1e3 && !/[<{]/.test(body) ? body : "";
	}
	if (typeof json !== "object" || json === null) return "";
	const { error, message, Message, detail, title } = json;
	return [
		error,
		message,
		Message,
		detail,
		typeof error === "object" && error !== null ? error.message : void 0,
		title
	].find((x) => typeof x === "string") ?? "";
}
const certificate = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/;
/**
* Turns what `node:http` threw into a `NotMeasured`; one that is none already. Names the origin only, since a query may hold
* secrets.
*
* @param proxy host and port of the proxy that the request went through
* @returns for `tls` and `connection` with what was thrown as its `cause`
*/
function failureOf$1(error, url, signal, proxy) {
	if (error instanceof NotMeasured) return error;
	const through = proxy === void 0 ? "" : ` through the proxy ${proxy}`;
	if (signal.aborted) return new NotMeasured("timeout", `${url.origin} did not answer in time${through}`);
	const code = String(error.code ?? "");
	if (code === "ECONNREFUSED") return new NotMeasured("refused", `nothing listens at ${proxy ?? url.origin}`);
	if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
		const name = proxy ?? url.hostname;
		return new NotMeasured("dns", `the name ${name} cannot be resolved: is it right, and known from here?`);
	}
	if (code === "ERR_INVALID_CHAR") {
		const message = `a header for ${url.origin} cannot be sent: does the credential hold a line break?`;
		return new NotMeasured("bad-credential", message, { permanent: true });
	}
	if (certificate.test(code)) {
		const message = `no secure connection to ${url.origin}${through} (${code}): is it https, and does NODE_EXTRA_CA_CERTS name its authority?`;
		return new NotMeasured("tls", message, {
			permanent: true,
			cause: error
		});
	}
	return new NotMeasured("connection", `the connection to ${url.origin}${through} broke (${code || error.name})`, { cause: error });
}
// build/net/proxy.js
/**
* The proxy for `url` by the process's `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, or undefined for the direct way. This machine
* is always reached directly. The agent tunnels (CONNECT) for http as for https.
*
* @param signal ends the connection to the proxy; a request that waits for its tunnel does not
* @throws {NotMeasured} `proxy` when the variable holds no http or https URL
*/
async function proxyFor(url, signal, env) {
	if (![
		"http_proxy",
		"https_proxy",
		"all_proxy"
	].some((name) => env[name] || env[name.toUpperCase()]) || isLoopback(url.hostname)) return void 0;
	const [{ getProxyForUrl }, { HttpsProxyAgent }] = await Promise.all([import("./proxy-from-env.js"), import("./https-proxy-agent.js")]);
	const proxy = getProxyForUrl(url.href);
	if (proxy === "") return void 0;
	const parsed = URL.canParse(proxy) ? new URL(proxy) : void 0;
	if (parsed === void 0 || !/^https?:$/.test(parsed.protocol) || parsed.hostname === "") {
		const message = `the proxy that the environment names for ${url.origin} is no http or https URL`;
		throw new NotMeasured("proxy", message, { permanent: true });
	}
	return {
		agent: new HttpsProxyAgent(parsed, { signal }),
		name: parsed.host
	};
}
/** A proxy's refusal would otherwise be read as the answer of the server behind it. */
function refusedByProxy(status, proxy, url) {
	if (status === 200) return void 0;
	const hint = status === 407 ? "are a user name and password in its URL, and right?" : "does it know the host, and allow it?";
	const message = `the proxy ${proxy} does not let us through to ${url.host} (${status}): ${hint}`;
	return new NotMeasured("proxy", message, { permanent: status === 407 });
}
// build/net/http.js
/**
* The one HTTP client. It rides on `node:http`, since the first global `fetch()` costs 45 ms (Node 24) to 115 ms
* (Node 20) of start-up.
*/
const retries = 3;
/** A server that asks for more patience than this is asked again in the next round instead. */
const longestRetryAfterMs = 1e4;
/** A connection that lay idle from one round to the next may be dead by now, and without a retry that would count against the server. */
const briefly = {
	keepAlive: true,
	timeout: 3e3
};
const mayHeal$1 = /* @__PURE__ */ new Set([
	"refused",
	"dns",
	"connection",
	"throttled",
	"server-error",
	"proxy"
]);
const notTaken = /* @__PURE__ */ new Set([
	"refused",
	"dns",
	"throttled",
	"proxy"
]);
/** `node:https` loads TLS with it, which is 10 ms of start-up that plain http does not need. */
const transport = ({ protocol }) => protocol === "https:" ? process.getBuiltinModule("node:https") : http;
/** The client. Connections are kept open between requests; they do not keep the process alive. */
function createHttp(options) {
	const { clock, env = process.env, maxBytes = 16 * 2 ** 20, firstRetryMs = 250 } = options;
	const agents = /* @__PURE__ */ new Map();
	return { async send(request) {
		const url = new URL(request.url);
		refuseInsecure(url, request.headers ?? {});
		setMaxListeners(0, request.signal);
		const proxy = await proxyFor(url, request.signal, env);
		const kept = request.single ? `${url.protocol} single` : url.protocol;
		const direct = agents.get(kept) ?? new (transport(url)).Agent(request.single ? briefly : { keepAlive: true });
		agents.set(kept, direct);
		if (request.single) return once(url, request, proxy ?? direct, maxBytes);
		const attempt = async () => {
			const got = await once(url, request, proxy ?? direct, maxBytes);
			refuseStatus(got, url, request.headers, clock.now());
			return got;
		};
		let last;
		try {
			return await pRetry(attempt, {
				retries,
				minTimeout: firstRetryMs,
				factor: 3,
				randomize: true,
				signal: request.signal,
				shouldRetry: ({ error }) => error instanceof NotMeasured && (request.once ? notTaken : mayHeal$1).has(error.code) && !error.permanent,
				async onFailedAttempt({ error, retriesLeft }) {
					if (error instanceof NotMeasured && error.code !== "timeout") last = error;
					const wait = error instanceof Throttled ? error.retryAfterMs : 0;
					if (wait > longestRetryAfterMs) throw error;
					if (wait > 0 && retriesLeft > 0) await clock.sleep(wait, request.signal);
				}
			});
		} catch (error) {
			if (request.signal.aborted && last) throw last;
			throw failureOf$1(error, url, request.signal, proxy?.name);
		}
	} };
}
/** 429 or 503 with the server's word on when to come back. */
var Throttled = class extends NotMeasured {
	retryAfterMs;
	constructor(code, message, retryAfter) {
		super(code, message);
		this.retryAfterMs = retryAfter;
	}
};
function refuseInsecure(url, headers) {
	if (url.protocol === "https:" || isLoopback(url.hostname)) return;
	if (!Object.keys(headers).some((name) => secretHeaders.has(name.toLowerCase()))) return;
	const message = `${url.origin} is plain http: a credential is sent only over https, or to this machine`;
	throw new NotMeasured("insecure", message, { permanent: true });
}
/** One attempt, whatever its status. */
function once(url, request, way, maxBytes) {
	const { method = "GET", body, ca, signal } = request;
	const proxy = "name" in way ? way : void 0;
	return new Promise((resolve, reject) => {
		let through = proxy === void 0;
		const fail = (error) => {
			const failure = failureOf$1(error, url, signal, proxy?.name);
			reject(request.single && !through && failure.code !== "dns" ? new NotMeasured("proxy", failure.message, { permanent: failure.permanent }) : failure);
		};
		const headers = {
			"user-agent": "signalbox",
			"accept-encoding": "identity",
			...request.headers,
			...body === void 0 ? {} : { "content-length": String(Buffer.byteLength(body)) }
		};
		const send = transport(url).request;
		let outgoing;
		try {
			const agent = "name" in way ? way.agent : way;
			outgoing = send(url, {
				method,
				headers,
				agent,
				signal,
				...ca === void 0 ? {} : { ca }
			}, (incoming) => {
				receive(incoming, url, request.maxBytes ?? maxBytes).then(resolve, fail);
			});
		} catch (error) {
			fail(error);
			return;
		}
		outgoing.on("error", fail);
		if (proxy) signal.addEventListener("abort", fail, { once: true });
		outgoing.on("proxyConnect", ({ statusCode }) => {
			const refused = proxy && refusedByProxy(statusCode, proxy.name, url);
			if (refused) outgoing.destroy(refused);
			else through = true;
		});
		outgoing.end(body);
	});
}
async function receive(incoming, url, maxBytes) {
	const chunks = [];
	let size = 0;
	for await (const chunk of incoming) {
		size += chunk.length;
		if (size > maxBytes) throw tooLarge(url, maxBytes);
		chunks.push(chunk);
	}
	if (!incoming.complete) throw new NotMeasured("connection", `${url.origin} broke the connection in the middle of its answer`);
	const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]));
	const status = incoming.statusCode ?? 0;
	return {
		status,
		headers,
		text: await decode(Buffer.concat(chunks), headers["content-encoding"], maxBytes).catch((error) => {
			if (error.code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(url, maxBytes);
			if (status >= 300) return "";
			throw new NotMeasured("bad-answer", `${url.origin} answered with a body that cannot be decoded`);
		})
	};
}
function tooLarge(url, maxBytes) {
	const message = `${url.origin} answered with more than ${maxBytes / 2 ** 20} MiB: ask for less`;
	return new NotMeasured("too-large", message, { permanent: true });
}
/** Throws for what is no answer. */
function refuseStatus({ status, headers, text }, url, sent, now) {
	const reset = headers["x-ratelimit-reset"];
	const retryAfter = retryAfterMs(headers["retry-after"] ?? (/^\d{1,6}$/.test(reset ?? "") ? reset : void 0), now);
	if (status === 429) {
		const wish = retryAfter > 0 ? ` and asks to wait ${Math.ceil(retryAfter / 1e3)} s` : "";
		throw new Throttled("throttled", `${url.origin} throttles the requests (429)${wish}`, retryAfter);
	}
	if (status >= 500 || status === 408) throw new Throttled("server-error", `${url.origin} failed (${status})${serverWords(text, sent)}`, status === 503 ? retryAfter : 0);
	if (status >= 300 && status < 400) {
		const where = URL.canParse(headers.location ?? "", url.href) ? ` to ${pageOf(headers.location ?? "", url)}` : "";
		const message = `${url.origin} redirects (${status})${where}: is the URL right, and the credential?`;
		throw new NotMeasured("redirect", message, { permanent: true });
	}
}
/** Without the query, which may hold a session. */
function pageOf(location, base) {
	const { protocol, host, pathname } = new URL(location, base.href);
	return `${protocol}//${host}${pathname}`;
}
// build/judge/number.js
/** `1 alert`, `2 alerts`. */
const plural = (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`;
/** Whole numbers with separators: `12,400`. */
const amount = (n) => Math.round(n).toLocaleString("en-US");
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/**
* Reads one number of an answer.
*
* @returns the number; `NaN`, `+Inf` and `-Inf` as words; null for null, undefined, an empty text and anything that is no
*   decimal number (no hexadecimal, no thousands separator, no unit)
*/
function reportedNumber(raw) {
	if (typeof raw === "number") {
		if (Number.isNaN(raw)) return "NaN";
		if (raw === Number.POSITIVE_INFINITY) return "+Inf";
		if (raw === Number.NEGATIVE_INFINITY) return "-Inf";
		return raw;
	}
	if (typeof raw !== "string") return null;
	const text = raw.trim();
	if (/^[+-]?nan$/i.test(text)) return "NaN";
	if (/^\+?inf(inity)?$/i.test(text)) return "+Inf";
	if (/^-inf(inity)?$/i.test(text)) return "-Inf";
	return decimal.test(text) ? reportedNumber(Number(text)) : null;
}
// build/judge/reading.js
const reading = (data) => data;
/** The release is well, as far as this gate sees. */
function healthy(_proof, code, reason, details = {}) {
	return reading({
		state: "healthy",
		code,
		reason,
		...details
	});
}
/** The release is not well; needs evidence just as `healthy` does, so that an outage of the monitoring is never the release's fault. */
function unhealthy(_proof, code, reason, details = {}) {
	return reading({
		state: "unhealthy",
		code,
		reason,
		...details
	});
}
/** The source answered, but the answer proves nothing: empty, NaN, stale, too few events. */
function insufficient(code, reason, details = {}) {
	return reading({
		state: "insufficient",
		code,
		reason,
		...details
	});
}
/** There is no usable answer: refused, timed out, malformed. */
function error(code, reason, details = {}) {
	return reading({
		state: "error",
		code,
		reason,
		...details
	});
}
/**
* Turns the answers of one gate into a proof, or into the reading that says why there is none.
* Failures come first (they say most), then empty and partial answers.
*
* @param expected the roles that were asked; an answer that is missing is an error, never nothing
*/
function proveMeasured(expected, answers) {
	if (expected.length === 0) return error("nothing-asked", "the gate asks for nothing, so nothing can be proven");
	const measured = /* @__PURE__ */ new Map();
	for (const role of expected) {
		const answer = answers.find((a) => a.role === role);
		if (!answer) return error("not-answered", `no answer to "${role}"`);
		if ("failure" in answer) {
			const { code, message, permanent } = answer.failure;
			return error(code, message, permanent ? { permanent } : {});
		}
		measured.set(role, answer.measurement);
	}
	for (const m of measured.values()) {
		if (m.partial) return insufficient("partial", `the answer is incomplete: ${m.notes.join("; ") || m.subject}`);
		if (!(m.seen > 0)) return insufficient("no-data", [`nothing was found: ${m.subject}`, ...m.notes].join("; "));
	}
	return { measured };
}
/** Tells a proof from the reading that stands in its place. */
function isProof(x) {
	return "measured" in x;
}
// build/gates/gate.js
/** Keeps the config's type while the registry holds the erased one. */
function defineGate(type) {
	return type;
}
// build/gates/alerts.js
/**
* Gate `alerts`: no alert of the system's own rules may fire. That there are enabled rules which cover the scope is proven first,
* since no rules, a misspelt filter and a quiet system look the same.
*/
const schema$22 = strictObject({
	match: described(optional(filled), "Which rules or monitors count, in the source's own language (see its page). Default: all that the source's configuration covers."),
	ignore: described(optional(oneOrMore(filled)), "Names of alerts that do not count, such as one that is known to be noisy; `*` stands for any characters. They are still reported."),
	"min-rules": described(optional(whole(1), 1), "How many enabled rules must cover the scope; with fewer the evidence is insufficient."),
	older: described(optional(picklist([
		"hold",
		"stop",
		"ignore"
	]), "hold"), "What an alert does that fires since before the deployment: `hold` (it hides what this release does, so nothing is proven while it burns), `stop` (as if this release had caused it), or `ignore` (it is only reported)."),
	"max-age": described(optional(duration, "5m"), "How long ago the rules may have been evaluated, where the source says.")
});
const role$2 = "alerts";
/** `Noisy*` as a test of a whole name. */
function named$2(patterns) {
	const forms = patterns.map((p) => new RegExp(globForm(p), "su"));
	return (name) => forms.some((form) => form.test(name));
}
const shown = 5;
function listed$2(alerts, now) {
	const names = alerts.slice(0, shown).map(({ name, subject, severity, since }) => [
		name,
		severity === null ? "" : ` (${severity})`,
		subject === "" ? "" : ` on ${subject}`,
		since === null ? "" : `, for ${formatDuration(now - Date.parse(since))}`
	].join(""));
	return alerts.length > shown ? `${names.join("; ")}; and ${alerts.length - shown} more` : names.join("; ");
}
function judge$10(config, proof, moment) {
	const evidence = proof.measured.get(role$2);
	if (evidence === void 0) return insufficient("no-data", "nothing was measured");
	const { alerts, counts, rules, newest, subject } = evidence;
	if (rules < config["min-rules"]) return insufficient("too-few-rules", `${plural(rules, "enabled rule")} of at least ${config["min-rules"]}: ${subject}`);
	if (newest !== null && moment.now - Date.parse(newest) > config["max-age"]) return insufficient("stale", `the rules were last evaluated ${formatDuration(moment.now - Date.parse(newest))} ago, more than ${formatDuration(config["max-age"])}`);
	const ignored = named$2(config.ignore ?? []);
	const counting = alerts.filter((a) => !ignored(a.name));
	const firing = counting.filter((a) => a.state === "firing");
	const older = firing.filter((a) => a.since !== null && Date.parse(a.since) < moment.deployedAt);
	const guilty = config.older === "stop" ? firing : firing.filter((a) => !older.includes(a));
	const details = {
		value: guilty.length,
		shown: plural(guilty.length, "alert"),
		threshold: "none"
	};
	if (guilty.length > 0) return unhealthy(proof, "alerts-firing", `${plural(guilty.length, "alert")} firing: ${listed$2(guilty, moment.now)}`, details);
	const cut = counts.firing + counts.unknown + counts.muted - alerts.length;
	if (cut > 0) return insufficient("too-many-alerts", `${alerts.length + cut} alerts, of which only ${alerts.length} could be read: narrow \`match\``);
	if (older.length > 0 && config.older === "hold") return insufficient("older-alerts", `${plural(older.length, "alert")} firing since before the deployment, which hides what this release does: ${listed$2(older, moment.now)}`);
	const unknown = counting.filter((a) => a.state === "unknown");
	if (unknown.length > 0) return insufficient("rules-without-data", `${plural(unknown.length, "rule")} without data: ${listed$2(unknown, moment.now)}`);
	const muted = counting.filter((a) => a.state === "muted");
	if (muted.length >= rules) return insufficient("all-muted", `all ${plural(rules, "rule")} muted: ${listed$2(muted, moment.now)}`);
	const besides = [
		muted.length > 0 ? `${muted.length} muted` : "",
		older.length > 0 ? `${older.length} older, ignored` : "",
		alerts.length > counting.length ? `${alerts.length - counting.length} ignored by name` : ""
	].filter((part) => part !== "");
	const also = besides.length === 0 ? "" : ` (${besides.join(", ")})`;
	return healthy(proof, "no-alerts", `none of ${plural(rules, "enabled rule")} fires${also}`, details);
}
const alertsGate = defineGate({
	type: "alerts",
	family: "alerts",
	schema: schema$22,
	bind(config) {
		const question = (moment) => ({
			family: "alerts",
			...config.match === void 0 ? {} : { match: config.match },
			deployedAt: moment.deployedAt
		});
		return {
			questions: (moment) => /* @__PURE__ */ new Map([[role$2, question(moment)]]),
			judge(answers, moment) {
				const proof = proveMeasured([role$2], answers);
				return isProof(proof) ? judge$10(config, proof, moment) : proof;
			}
		};
	}
});
// build/judge/mixture.js
/** Finite mixtures: an e-process that spreads its bet over several alternatives, each with a fixed weight, is an e-process again. */
/** ln Σ exp(xᵢ), without overflow; −Infinity for an empty list. */
function logSumExp(xs) {
	let greatest = Number.NEGATIVE_INFINITY;
	for (let i = 0; i < xs.length; i += 1) greatest = Math.max(greatest, xs[i]);
	if (!Number.isFinite(greatest)) return greatest;
	let sum = 0;
	for (let i = 0; i < xs.length; i += 1) sum += Math.exp(xs[i] - greatest);
	return greatest + Math.log(sum);
}
const mixture = (ratios, weights) => ({
	ratios,
	logWeights: weights.map((w) => Math.log(w))
});
const evenly = (ratios) => mixture(ratios, Array(ratios.length).fill(1 / ratios.length));
/** Times the margin: where a canary that is worse is looked for. Half of the weight lies on +40 % and less than a doubling. */
const worse$1 = mixture([
	1.4,
	1.8,
	2.5,
	4,
	8,
	20
], [
	.35,
	.25,
	.15,
	.1,
	.1,
	.05
]);
/** Twelve ratios from 1.25 to 16, on a logarithmic scale: where a rate above a fixed one is looked for. */
const spread$1 = evenly(Array.from({ length: 12 }, (_, k) => 1.25 * 12.8 ** (k / 11)));
/** Ratios from 0.5 to 1: what a canary that is no worse may be. */
const noWorse = evenly(Array.from({ length: 8 }, (_, k) => .5 * 2 ** (k / 7)));
/** Parts of a rate that is promised: where a canary that hardly fails at all is looked for. */
const far = evenly([
	.05,
	.2,
	.5
]);
// build/judge/count-test.js
/**
* Failures of two arms that serve at the same time: evidence against "the canary fails at most `margin` times as often as the
* baseline, and `slack` more", which may be looked at after every minute.
*
* For minute t with c failures of n_c requests in the canary and b of n_b in the baseline, D = c + b, margin r0, slack a, and each
* alternative r_k > r0:
*
*     ln e[k,t] = c·ln(r_k/r0) + D·ln((r0·n_c + n_b)/(r_k·n_c + n_b)) − a·n_c·((r_k/r0)·(r0·n_c + n_b)/(r_k·n_c + n_b) − 1)
*     ln E_t    = ln Σ_k w_k·exp(Σ_{s≤t} ln e[k,s]/φ_s)
*
* It generalises the Bernoulli and Poisson cases of Lindon & Malek, "Anytime-valid inference for multinomial count data" (NeurIPS
* 2022, arXiv:2011.03567), to splits that change every minute. Under the hypothesis E[e] ≤ exp(n_c·(p_c − r0·p_b − a)·(θ_k/θ_0 − 1))
* ≤ 1 with θ(r) = r·n_c/(r·n_c + n_b), as each factor 1 + p·x is at most exp(p·x); so E is at most 1 on average whenever one stops
* looking, and ever reaches 1/α with a chance of at most α (Ville 1939). The failure rates may change every minute. Dividing by a
* predictable φ ≥ 1 keeps that, since E[e^(1/φ)] ≤ (E[e])^(1/φ) (Jensen).
*
* With alternatives below the margin and no slack it is evidence against "at least `margin` times as often": proof of being no worse.
*/
/** Both arms had requests; a minute in which one had none compares nothing. */
const comparesArms = ({ nc, nb }) => nc > 0 && nb > 0;
/** @throws {RangeError} for what is no count: a statistic of it would be a number like any other */
function refuseNoCounts({ c, nc, b, nb }) {
	if (!(c >= 0 && nc >= 0 && b >= 0 && nb >= 0 && Number.isFinite(c + nc + b + nb))) throw new RangeError(`no counts: ${c} of ${nc}, ${b} of ${nb}`);
}
var CountTest = class {
	#mixture;
	#margin;
	#slack;
	#gains;
	#sums;
	/**
	* @param mixture the alternatives, as ratios of both failure rates
	* @param margin r0, above 0
	* @param slack a, a share of the canary's requests; only with alternatives above the margin
	* @throws {RangeError} for what would make a test that can never stop
	*/
	constructor(mixture, margin, slack = 0) {
		if (!(margin > 0 && Number.isFinite(margin))) throw new RangeError(`no margin: ${margin}`);
		if (!(slack >= 0 && slack < 1)) throw new RangeError(`no slack: ${slack}`);
		this.#mixture = mixture;
		this.#margin = margin;
		this.#slack = slack;
		this.#gains = Float64Array.from(mixture.ratios, (r) => Math.log(r / margin));
		this.#sums = Float64Array.from(mixture.logWeights);
	}
	/** @param phi how much more than by chance the arms differ, at least 1, known before this minute */
	add(minute, phi = 1) {
		this.#advance(this.#sums, minute, 1 / phi);
	}
	/** ln E, 0 before the first minute. */
	get logE() {
		return logSumExp(this.#sums);
	}
	/** ln E after so many more minutes that are all like this one. */
	ahead(minute, phi, times) {
		const sums = this.#sums.slice();
		this.#advance(sums, minute, times / phi);
		return logSumExp(sums);
	}
	/** The most that such a minute adds to ln E of an alternative; for estimates. */
	bestGain(minute) {
		const gains = new Float64Array(this.#sums.length);
		this.#advance(gains, minute, 1);
		return Math.max(...gains);
	}
	/** @param part how much of the minute counts */
	#advance(sums, { c, nc, b, nb }, part) {
		if (nc <= 0 || nb <= 0) return;
		const d = c + b;
		const held = this.#margin * nc + nb;
		for (let k = 0; k < sums.length; k += 1) {
			const ratio = this.#mixture.ratios[k];
			const share = held / (ratio * nc + nb);
			const allowed = this.#slack === 0 ? 0 : this.#slack * nc * (ratio / this.#margin * share - 1);
			const gain = c * this.#gains[k] + d * Math.log(share) - allowed;
			sums[k] = sums[k] + gain * part;
		}
	}
};
/** Both alternatives and margin are ratios of failure rates; those of `mixture` are given as multiples of the margin. */
const above = (mixture, margin) => ({
	...mixture,
	ratios: mixture.ratios.map((r) => r * margin)
});
// build/judge/proportion.js
/** The failure rate of one arm: bounds that hold at every look, and evidence against a rate that is promised. */
/** ln Γ(x) for x > 0: Stirling's series, from 15 on exact to the last digits (Abramowitz & Stegun 6.1.41), and downwards by Γ(x+1) = xΓ(x). */
function lnGamma(x) {
	let shifted = x;
	let below = 0;
	for (; shifted < 15; shifted += 1) below += Math.log(shifted);
	const s = 1 / (shifted * shifted);
	const series = (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s / 1680))) / shifted;
	return (shifted - .5) * Math.log(shifted) - shifted + .5 * Math.log(2 * Math.PI) + series - below;
}
const lnBeta = (a, b) => lnGamma(a) + lnGamma(b) - lnGamma(a + b);
/**
* { p : ln B(½+S, ½+n−S) − ln B(½, ½) − S·ln p − (n−S)·ln(1−p) < ln(1/α) }: Robbins' mixture over all rates, Beta(½, ½), against each
* single one, for requests that all fail with the same chance (H. Robbins, Ann. Math. Statist. 41, 1970).
*
* @param failures S, of `requests` n
* @param alpha chance that the rate is ever outside
*/
function rateBounds(failures, requests, alpha) {
	if (!(failures >= 0 && failures <= requests && Number.isFinite(requests))) throw new RangeError(`no counts: ${failures} of ${requests}`);
	if (!(alpha > 0 && alpha < 1)) throw new RangeError(`no rate of errors: ${alpha}`);
	if (!(requests > 0)) return {
		lower: 0,
		upper: 1
	};
	const good = requests - failures;
	const level = lnBeta(.5 + failures, .5 + good) - lnBeta(.5, .5) - Math.log(1 / alpha);
	const term = (n, x) => n === 0 ? 0 : n * Math.log(x);
	const outside = (p) => level >= term(failures, p) + term(good, 1 - p);
	const edge = (out, within) => {
		let [no, yes] = [out, within];
		for (let i = 0; i < 200 && Math.abs(yes - no) > 1e-16 * Math.abs(yes); i += 1) {
			const middle = (no + yes) / 2;
			if (outside(middle)) no = middle;
			else yes = middle;
		}
		return yes;
	};
	const rate = failures / requests;
	return {
		lower: failures === 0 ? 0 : edge(0, rate),
		upper: good === 0 ? 1 : edge(1, rate)
	};
}
/**
* Evidence against "at most a share `promised` of the requests fails, in every minute": ln e_k = c·ln r_k − n·a·(r_k − 1), a mixture
* over ratios r_k > 1. With ratios below 1 it is evidence against "at least": proof that fewer fail. The rate may change all the time.
*/
var RateTest = class {
	#mixture;
	#promised;
	#failures = 0;
	#requests = 0;
	constructor(mixture, promised) {
		this.#mixture = mixture;
		if (!(promised > 0 && promised < 1)) throw new RangeError(`no promised rate: ${promised}`);
		this.#promised = promised;
	}
	add(failures, requests) {
		if (!(failures >= 0 && requests >= 0 && Number.isFinite(failures + requests))) throw new RangeError(`no counts: ${failures} of ${requests}`);
		this.#failures += failures;
		this.#requests += requests;
	}
	get logE() {
		return this.ahead(0, 0);
	}
	/** ln E after so many more failures and requests. */
	ahead(failures, requests) {
		const { ratios, logWeights } = this.#mixture;
		const allowed = this.#promised * (this.#requests + requests);
		return logSumExp(ratios.map((r, k) => (logWeights[k] ?? 0) + (this.#failures + failures) * Math.log(r) - allowed * (r - 1)));
	}
};
// build/judge/accept-test.js
/**
* Proof that a canary is no worse: evidence against "it fails at least `ratio` times as often as the baseline, and in at least `slack` of
* its requests". Four fifths of the bet are on the first (`CountTest` with alternatives below the ratio), one fifth on the second
* (`RateTest` with rates below the slack), which is what tells where neither arm fails at all.
*/
const share$4 = {
	ratio: Math.log(.8),
	rate: Math.log(.2)
};
var AcceptTest = class {
	#ratio;
	#rate;
	/** @param slack 0: only the ratio is asked for */
	constructor(ratio, slack) {
		this.#ratio = new CountTest(noWorse, ratio);
		this.#rate = slack > 0 ? new RateTest(far, slack) : void 0;
	}
	/** @param phi see `RunningPhi` */
	add(minute, phi) {
		this.#ratio.add(minute, phi);
		this.#rate?.add(minute.c / phi, minute.nc / phi);
	}
	get logE() {
		return this.#both(this.#ratio.logE, this.#rate?.logE);
	}
	/** ln E after so many more minutes that are all like this one. */
	ahead(minute, phi, times) {
		const part = times / phi;
		return this.#both(this.#ratio.ahead(minute, phi, times), this.#rate?.ahead(minute.c * part, minute.nc * part));
	}
	#both(ratio, rate) {
		return rate === void 0 ? ratio : logSumExp([share$4.ratio + ratio, share$4.rate + rate]);
	}
};
// build/judge/dispersion.js
/**
* How much more than by chance two arms differ: φ, 1 for requests that fail independently of each other, more where failures come in
* clumps or one arm has better minutes than the other.
*
* The usual quasi-likelihood estimate (Pearson's X² over its degrees of freedom; McCullagh & Nelder, "Generalized Linear Models",
* 1989, ch. 4.5), of the split of the failures between the arms: with θ = r̂·n_c/(r̂·n_c + n_b), X² = Σ (c − D·θ)²/max(D·θ·(1−θ), ¼).
*/
/** How many minutes the history weighs, beside those of the release. */
const prior$2 = 60;
/** Ratio of the failure rates, drawn to 1 where there are few failures. */
function ratioOf(minutes) {
	let [c, nc, b, nb] = [
		0,
		0,
		0,
		0
	];
	for (const m of minutes) {
		c += m.c;
		nc += m.nc;
		b += m.b;
		nb += m.nb;
	}
	return (c + .5) / nc / ((b + .5) / nb);
}
function pearson(minutes, ratio) {
	let sum = 0;
	for (const { c, nc, b, nb } of minutes) {
		const d = c + b;
		const theta = ratio * nc / (ratio * nc + nb);
		sum += (c - d * theta) ** 2 / Math.max(d * theta * (1 - theta), .25);
	}
	return sum;
}
const failed$2 = (minute) => minute.c + minute.b > 0;
/** φ while the release runs: φ_t = max(1, (ν0·φ0 + X²)/(ν0 + max(0, m − 1))) over the m minutes before t that had failures, ν0 = 60. */
var RunningPhi = class {
	#first;
	#minutes = [];
	#value;
	/** @param first φ0, from the history; at least 1 */
	constructor(first) {
		if (!(first >= 1 && Number.isFinite(first))) throw new RangeError(`no dispersion: ${first}`);
		this.#first = first;
		this.#value = Math.max(1, first);
	}
	/** For the next minute: known before it. */
	get value() {
		return this.#value;
	}
	add(minute) {
		if (!comparesArms(minute) || !failed$2(minute)) return;
		this.#minutes.push(minute);
		const x2 = pearson(this.#minutes, ratioOf(this.#minutes));
		const freedom = Math.max(0, this.#minutes.length - 1);
		this.#value = Math.max(1, (prior$2 * this.#first + x2) / (prior$2 + freedom));
	}
};
/** Lengths of the blocks in which the history is looked at, in minutes: what drifts slowly shows in long ones. */
const blockLengths$1 = [
	1,
	5,
	15,
	30
];
const fewestBlocks$2 = 8;
/** The failures in all, where there are too few of them for the split to show how they clump. */
const fewFailures$1 = 5;
/**
* φ0 from minutes of the old version, its instances dealt into two arms as the release deals its traffic: the greatest over blocks of
* 1, 5, 15 and 30 minutes of X²/(blocks − 1), at least 1. With fewer than 5 failures a minute it is also at least the dispersion of the
* failures of both arms together, Σ (D − n·p̂)²/(n·p̂)/(m − 1).
*
* @param history in order of time
*/
function phiOf(history) {
	for (const minute of history) refuseNoCounts(minute);
	const minutes = history.filter(comparesArms);
	if (minutes.length < 2) return 1;
	const ratio = ratioOf(minutes);
	const bySplit = blockLengths$1.map((length) => {
		const blocks = inBlocks(minutes, length).filter(failed$2);
		return blocks.length < fewestBlocks$2 ? 1 : pearson(blocks, ratio) / (blocks.length - 1);
	});
	const failures = minutes.reduce((sum, { c, b }) => sum + c + b, 0);
	const few = failures / minutes.length < fewFailures$1;
	return Math.max(1, ...bySplit, few ? phiOfSum(minutes, failures) : 1);
}
function phiOfSum(minutes, failures) {
	const rate = failures / minutes.reduce((sum, { nc, nb }) => sum + nc + nb, 0);
	if (rate === 0) return 1;
	return minutes.reduce((x2, { c, nc, b, nb }) => {
		const expected = (nc + nb) * rate;
		return x2 + (c + b - expected) ** 2 / expected;
	}, 0) / (minutes.length - 1);
}
/** Blocks that do not overlap; what is left over at the end is none. */
function inBlocks(minutes, length) {
	if (length === 1) return [...minutes];
	return Array.from({ length: Math.floor(minutes.length / length) }, (_, i) => minutes.slice(i * length, (i + 1) * length).reduce((sum, m) => ({
		c: sum.c + m.c,
		nc: sum.nc + m.nc,
		b: sum.b + m.b,
		nb: sum.nb + m.nb
	})));
}
// build/judge/planning.js
/** What can be seen at this traffic, and about when. Estimates: nothing is decided by them. */
/** Beyond the threshold itself, for the weight of the alternative and what is overshot. */
const overhead = 1.5;
/**
* About how many minutes until a canary is stopped that fails `ratio` times as often: (ln(1/α) + 1.5)/I, I what an average minute adds to
* the alternative that it adds most to. Without slack that is D·KL(θ_r‖θ_r0)/φ but for the grid, D the failures of both arms.
*
* @returns Infinity where there is nothing to see
*/
function minutesToStop(ratio, allowed, alpha, traffic) {
	const { nc, nb, failing, phi } = traffic;
	if (!(ratio > allowed.ratio) || !(failing > 0) || !(nc > 0) || !(nb > 0)) return Number.POSITIVE_INFINITY;
	const gain = new CountTest(above(worse$1, allowed.ratio), allowed.ratio, allowed.slack).bestGain(minuteAt(ratio, traffic)) / phi;
	return gain > 0 ? (Math.log(1 / alpha) + overhead) / gain : Number.POSITIVE_INFINITY;
}
/** More than this is no regression but a dead service. */
const mostRatio = 1e3;
/** The least ratio that is expected to be seen within so many minutes; undefined: none. */
const leastSeeable = (minutes, allowed, alpha, traffic) => leastRatio(allowed.ratio, (ratio) => minutesToStop(ratio, allowed, alpha, traffic) <= minutes);
/** The least ratio above `from` that is seen, if all greater ones are; undefined: none. */
function leastRatio(from, seen) {
	if (!seen(mostRatio)) return void 0;
	let [unseen, least] = [from, mostRatio];
	while (least / unseen > 1.001) {
		const middle = Math.sqrt(least * unseen);
		if (seen(middle)) least = middle;
		else unseen = middle;
	}
	return least;
}
/** A minute at this traffic in which the canary fails `ratio` times as often. */
const minuteAt = (ratio, { nc, nb, failing }) => ({
	c: Math.min(1, ratio * failing) * nc,
	nc,
	b: failing * nb,
	nb
});
/** Failures that are taken as seen before the first, so that a few minutes do not make a ratio. */
const assumed = 4;
/**
* The minutes to come: the traffic of the last ones, as a rollout moves it, failing as often as all minutes so far, the rates drawn
* together where there are few failures.
*
* @param sum of all minutes
* @param recent an average minute of the last few
*/
function expectedMinute(sum, recent) {
	const all = sum.nc + sum.nb;
	const failures = sum.c + sum.b;
	const drawn = failures / (failures + assumed);
	const c = (sum.c + assumed * sum.nc / all) * drawn / sum.nc;
	const b = (sum.b + assumed * sum.nb / all) * drawn / sum.nb;
	return {
		c: c * recent.nc,
		nc: recent.nc,
		b: b * recent.nb,
		nb: recent.nb
	};
}
/** The least number from 1 to `most` of which this holds, if it holds of all greater ones too; undefined: of none. */
function firstOf(most, holds) {
	if (most < 1 || !holds(most)) return void 0;
	let [no, yes] = [0, most];
	while (yes - no > 1) {
		const middle = Math.floor((no + yes) / 2);
		if (holds(middle)) yes = middle;
		else no = middle;
	}
	return yes;
}
// build/judge/rate-ratio.js
const prior$1 = Array.from({ length: 161 }, (_, k) => -4 + .05 * k);
const weights = prior$1.map((delta) => -(delta ** 2) / 2);
const weightSum = logSumExp(weights);
const logWeights = weights.map((w) => w - weightSum);
/** Ratios of the prior, once. */
const priorRatios = prior$1.map((delta) => Math.exp(delta));
/** Beyond these nobody looks for a bound: ln r. */
const widest = 12;
var RateRatio = class {
	#mixed = Float64Array.from(logWeights);
	/** c/φ and b/φ summed up, and of each minute n_c, n_b and (c + b)/φ. */
	#c = 0;
	#b = 0;
	#minutes = [];
	/** Σ (c·ln n_c + b·ln n_b)/φ, which no ratio changes. */
	#constant = 0;
	/** @param phi see `RunningPhi` */
	add({ c, nc, b, nb }, phi = 1) {
		if (nc <= 0 || nb <= 0 || c + b === 0) return;
		const d = (c + b) / phi;
		const constant = (c * Math.log(nc) + b * Math.log(nb)) / phi;
		this.#c += c / phi;
		this.#b += b / phi;
		this.#constant += constant;
		this.#minutes.push({
			nc,
			nb,
			d
		});
		for (let k = 0; k < this.#mixed.length; k += 1) {
			const likelihood = c / phi * prior$1[k] + constant - d * Math.log(priorRatios[k] * nc + nb);
			this.#mixed[k] = this.#mixed[k] + likelihood;
		}
	}
	/** @param alpha 1 less how sure the bounds are to hold at all looks together */
	bounds(alpha) {
		if (this.#minutes.length === 0) return {
			ratio: null,
			lower: 0,
			upper: Number.POSITIVE_INFINITY
		};
		const level = logSumExp(this.#mixed) - Math.log(1 / alpha);
		const best = this.#best();
		const excess = (delta) => level - this.#logLikelihood(delta);
		const edge = (from) => this.#root(from, (delta) => [excess(delta), -this.#slope(delta)[0]]);
		return {
			ratio: this.#c > 0 && this.#b > 0 ? Math.exp(best) : null,
			lower: this.#c === 0 || excess(-12) <= 0 ? 0 : Math.exp(edge(-12)),
			upper: this.#b === 0 || excess(widest) <= 0 ? Number.POSITIVE_INFINITY : Math.exp(edge(widest))
		};
	}
	#logLikelihood(delta) {
		const ratio = Math.exp(delta);
		let sum = this.#constant + this.#c * delta;
		for (const { nc, nb, d } of this.#minutes) sum -= d * Math.log(ratio * nc + nb);
		return sum;
	}
	/** First and second derivative of the likelihood. */
	#slope(delta) {
		const ratio = Math.exp(delta);
		let first = this.#c;
		let second = 0;
		for (const { nc, nb, d } of this.#minutes) {
			const theta = ratio * nc / (ratio * nc + nb);
			first -= d * theta;
			second -= d * theta * (1 - theta);
		}
		return [first, second];
	}
	/** The most likely ln r. Newton's steps alone diverge from here where the split or the ratio is very uneven, so they are bracketed. */
	#best() {
		let [low, high] = [-12, widest];
		let delta = 0;
		for (let i = 0; i < 100; i += 1) {
			const [first, second] = this.#slope(delta);
			if (first > 0) low = delta;
			else high = delta;
			const step = delta - first / second;
			const next = step > low && step < high ? step : (low + high) / 2;
			if (Math.abs(next - delta) < 1e-13 * Math.max(1, Math.abs(delta))) break;
			delta = next;
		}
		return delta;
	}
	/** Newton's method, which comes from the outside of a convex function without passing its root. */
	#root(from, at) {
		let delta = from;
		for (let i = 0; i < 100; i += 1) {
			const [value, slope] = at(delta);
			const step = value / slope;
			const next = Math.min(widest, Math.max(-12, delta - step));
			if (!Number.isFinite(next) || Math.abs(next - delta) < 1e-13 * Math.max(1, Math.abs(delta))) break;
			delta = next;
		}
		return delta;
	}
};
// build/judge/restarts.js
/**
* A count test that begins anew at times that are fixed beforehand, so that harm which comes late is not held against the evidence of
* all the good minutes before it:
*
*     E_t = w_0·E_t^(0) + Σ_{s_j ≤ t} w_j·E_t^(s_j) + Σ_{s_j > t} w_j
*
* What has not begun yet is cash. A fixed convex mixture of e-processes that are 1 before they begin, so the guarantee is the same.
*/
/** Half of the weight from the beginning, the rest at the sixths of the window. @param window minutes */
const usualStarts = (window) => [{
	at: 0,
	weight: .5
}, ...[
	1,
	2,
	3,
	4,
	5
].map((k) => ({
	at: Math.round(k * window / 6),
	weight: .1
}))];
var RestartingTest = class {
	#parts;
	#logs;
	#minutes = 0;
	/** @param phi φ0 @param starts weights that sum to 1 */
	constructor(mixture, { margin, slack, phi, starts }) {
		const sum = starts.reduce((total, { weight }) => total + weight, 0);
		if (!(Math.abs(sum - 1) < 1e-9 && starts.every(({ at, weight }) => at >= 0 && weight > 0))) throw new RangeError("starts must be at 0 or later, their weights above 0 and 1 together");
		this.#parts = starts.map(({ at, weight }) => ({
			at,
			logWeight: Math.log(weight),
			test: new CountTest(mixture, margin, slack),
			phi: new RunningPhi(phi)
		}));
		this.#logs = new Float64Array(starts.length);
	}
	add(minute) {
		for (const { at, test, phi } of this.#parts) {
			if (at > this.#minutes) continue;
			test.add(minute, phi.value);
			phi.add(minute);
		}
		this.#minutes += 1;
	}
	get logE() {
		for (const [i, { logWeight, test }] of this.#parts.entries()) this.#logs[i] = logWeight + test.logE;
		return logSumExp(this.#logs);
	}
	/** ln E after so many more minutes that are all like this one, without what begins in them. */
	ahead(minute, times) {
		return logSumExp(this.#parts.map(({ at, logWeight, test, phi }) => logWeight + (at > this.#minutes ? 0 : test.ahead(minute, phi.value, times))));
	}
};
// build/judge/span-dispersion.js
/**
* How much more than by chance two arms differ, by the length of time that is summed up. Noise that is new every minute has the same
* φ at every length; an arm that drifts slowly has one that grows with it.
*
* From the history, per length L of 1, 5, 15 and 30 minutes: x = the mean of (C − D·θ)²/max(D·θ·(1−θ), ¼) over blocks of L minutes
* that overlap (which tells more about long blocks than blocks side by side), with a standard error of about sqrt(2/ν). Starting
* from 1, φ rises to x·(1 + sqrt(2/ν)), which is an upper estimate, in so far as x lies significantly above the φ of the shorter
* length: not below 0.75 standard errors, wholly above 1.75. So a noise that is the same at all lengths is known as well as its
* minutes tell, instead of as badly as its half hours.
*
* Everything here was chosen on simulated noise (docs/judge.md); the guarantee for independent requests does not depend on it.
*/
/** Minutes. */
const spanLengths = [
	1,
	5,
	15,
	30
];
const fewestBlocks$1 = 8;
/** The failures a minute in all, below which the split does not show how they clump. */
const fewFailures = 5;
/** φ of a sum over so many minutes. */
const spanAt = (phi, minutes) => {
	const k = spanLengths.findIndex((length) => minutes <= length);
	return phi[k === -1 ? 4 : k];
};
/** The same φ at every length. */
const evenPhi = (phi) => [
	phi,
	phi,
	phi,
	phi,
	phi
];
/** 0 up to so many standard errors above `from`, 1 from one more on. */
const significance = (x, from, error, errors) => Math.min(1, Math.max(0, (x / from - 1) / error - errors));
/** @param history minutes of the old version, its instances dealt into two arms as the release deals its traffic, in order of time */
function spanPhiOf(history) {
	const minutes = history.filter(comparesArms);
	const sums = cumulated(minutes);
	const all = sums.at(-1);
	if (all === void 0 || all.c + all.b === 0) return evenPhi(1);
	const ratio = (all.c + .5) / all.nc / ((all.b + .5) / all.nb);
	const found = [];
	let phi = 1;
	for (const length of spanLengths) {
		const seen = ofLength(sums, length, ratio);
		if (seen !== void 0) {
			const { x, error } = seen;
			phi += significance(x, phi, error, .75) * Math.max(0, x * (1 + error) - phi);
		}
		found.push(phi);
	}
	const [one = 1, five = 1, quarter = 1, half = 1] = found;
	const least = ofFewFailures(minutes, all);
	const canaryAnHour = 60 * all.c / minutes.length;
	const final = (value) => {
		const known = Math.max(value, least);
		return known * (1 + .6 * (1 - 1 / known) / Math.sqrt(1 + canaryAnHour / known));
	};
	return [
		final(one),
		final(five),
		final(quarter),
		final(half),
		final(half + (half - quarter))
	];
}
/** Sums over the minutes before each, and over all. */
function cumulated(minutes) {
	let sum = {
		c: 0,
		nc: 0,
		b: 0,
		nb: 0
	};
	const sums = [sum];
	for (const m of minutes) {
		sum = {
			c: sum.c + m.c,
			nc: sum.nc + m.nc,
			b: sum.b + m.b,
			nb: sum.nb + m.nb
		};
		sums.push(sum);
	}
	return sums;
}
/** @returns undefined for too few blocks */
function ofLength(sums, length, ratio) {
	const total = sums.length - 1;
	let [x2, blocks] = [0, 0];
	for (let t = 0; t + length <= total; t += Math.max(1, Math.floor(length / 5))) {
		const from = sums[t];
		const to = sums[t + length];
		const c = to.c - from.c;
		const d = c + to.b - from.b;
		if (d <= 0) continue;
		const canary = ratio * (to.nc - from.nc);
		const theta = canary / (canary + to.nb - from.nb);
		x2 += (c - d * theta) ** 2 / Math.max(d * theta * (1 - theta), .25);
		blocks += 1;
	}
	const apart = total / length;
	if (apart < fewestBlocks$1 || blocks < fewestBlocks$1) return void 0;
	const all = sums[total];
	const freedom = Math.max(2, (length === 1 ? 1 : 1.4) * Math.min(apart, all.c + all.b) - 1);
	return {
		x: x2 / blocks * apart / (apart - 1),
		error: Math.sqrt(2 / freedom)
	};
}
/** The dispersion of the failures of both arms together. */
function ofFewFailures(minutes, all) {
	const failures = all.c + all.b;
	if (failures / minutes.length >= fewFailures || minutes.length < 2) return 1;
	const rate = failures / (all.nc + all.nb);
	const x = minutes.reduce((sum, { c, nc, b, nb }) => {
		const expected = (nc + nb) * rate;
		return sum + (c + b - expected) ** 2 / expected;
	}, 0) / (minutes.length - 1);
	return 1 + significance(x, 1, Math.sqrt(2 / (minutes.length - 1)), 1.5) * Math.max(0, x - 1);
}
// build/judge/failure-law.js
/** Mass that is not worth carrying further: at the bottom, where it is moved up, and at the top, where it counts as spent. */
const littleBelow = 1e-6;
const littleAbove = 1e-9;
/** With more points than this the law is kept at every second one. */
const mostPoints = 256;
/**
* The law of the canary's failures, in units of so many, among the canaries that have not been stopped.
*
* It is exact as long as it is narrow, which for ten failures a minute is an hour and more. Then it is kept at every 2nd, 4th, 8th… point,
* what lies between dealt to both neighbours so that the mean stays: the law becomes wider by less than a hundredth, the bounds with it.
*/
var FailureLaw = class {
	unit;
	spent = 0;
	#mass = Float64Array.of(1);
	#lowest = 0;
	#step = 1;
	#failures = 0;
	#units = 0;
	constructor(unit) {
		this.unit = unit;
	}
	/** @param slices of this minute so far */
	add({ c, nc, b, nb }, margin, slices) {
		this.#failures += c + b;
		const units = Math.ceil(this.#failures / this.unit - 1e-9) - this.#units;
		if (units === 0) return;
		this.#units += units;
		const whole = [
			c + b,
			nc,
			nb
		].every(Number.isInteger);
		const exact = this.unit === 1 && margin === 1 && whole && c + b <= nc + nb;
		const theta = margin * nc / (margin * nc + nb);
		const key = exact ? -units : units;
		const found = slices.get(key) ?? (exact ? hypergeometric(units, nc, nb) : binomial(units, theta));
		slices.set(key, found);
		while (this.#mass.length > mostPoints) this.#coarsen();
		this.#convolve(this.#step === 1 ? found : onLattice(found, this.#step));
	}
	/** Keeps every second point. */
	#coarsen() {
		const { from, mass } = onLattice({
			from: this.#lowest,
			mass: this.#mass
		}, 2);
		this.#lowest = from;
		this.#mass = mass;
		this.#step *= 2;
	}
	#convolve({ from, mass: step }) {
		const before = this.#mass;
		const after = new Float64Array(before.length + step.length - 1);
		for (let j = 0; j < step.length; j += 1) {
			const p = step[j];
			for (let i = 0; i < before.length; i += 1) after[i + j] = after[i + j] + p * before[i];
		}
		let [low, below] = [0, 0];
		while (low < after.length - 1 && below + after[low] < littleBelow) {
			below += after[low];
			low += 1;
		}
		after[low] = after[low] + below;
		let [high, over] = [after.length, 0];
		while (high > low + 1 && over + after[high - 1] < littleAbove) {
			high -= 1;
			over += after[high];
		}
		this.spent += over;
		this.#mass = after.subarray(low, high);
		this.#lowest += from + low;
	}
	/** Spends up to `budget` in all. @returns the failures from which on the canary is stopped */
	bound(budget) {
		const left = budget - this.spent;
		let [at, tail] = [this.#mass.length, 0];
		while (at > 1 && tail + this.#mass[at - 1] <= left) {
			at -= 1;
			tail += this.#mass[at];
		}
		if (at < this.#mass.length) {
			this.spent += tail;
			this.#mass = this.#mass.subarray(0, at);
		}
		return (this.#lowest + at) * this.#step * this.unit;
	}
};
/** The same at every so many numbers: what lies between is dealt to both neighbours, so that the mean stays. */
function onLattice({ from, mass }, step) {
	const first = Math.floor(from / step);
	const last = Math.floor((from + mass.length - 1) / step) + 1;
	const dealt = new Float64Array(last - first + 1);
	for (let i = 0; i < mass.length; i += 1) {
		const place = (from + i) / step - first;
		const low = Math.floor(place);
		const p = mass[i];
		dealt[low] = dealt[low] + p * (low + 1 - place);
		if (place > low) dealt[low + 1] = dealt[low + 1] + p * (place - low);
	}
	return {
		from: first,
		mass: dealt
	};
}
/** Of n failures, how many are in the canary. */
const binomial = (n, theta) => {
	const odds = theta / (1 - theta);
	return slice$2(Math.floor((n + 1) * theta), 0, n, (k) => odds * (n - k) / (k + 1));
};
/** The same, where nc and nb requests fail with the same probability: no request fails twice. */
const hypergeometric = (n, nc, nb) => slice$2(Math.floor((n + 1) * (nc + 1) / (nc + nb + 2)), Math.max(0, n - nb), Math.min(n, nc), (k) => (nc - k) * (n - k) / ((k + 1) * (nb - n + k + 1)));
/** From the ratio of each probability to the one before it. */
function slice$2(near, least, most, ratio) {
	const mode = Math.min(most, Math.max(least, near));
	const up = [];
	const down = [];
	for (let [k, p] = [mode, 1]; k < most && p > 1e-9; k += 1) {
		p *= ratio(k);
		up.push(p);
	}
	for (let [k, p] = [mode, 1]; k > least && p > 1e-9; k -= 1) {
		p /= ratio(k - 1);
		down.push(p);
	}
	const mass = Float64Array.from([
		...down.toReversed(),
		1,
		...up
	]);
	const sum = mass.reduce((total, p) => total + p, 0);
	return {
		from: mode - down.length,
		mass: mass.map((p) => p / sum)
	};
}
// build/judge/spending.js
/**
* Stops a canary as soon as it has more failures than an equal one would have, in a window whose length is known: the chance of a
* false stop in the whole window is spent minute by minute, and what is spent is computed exactly instead of being bounded.
*
* Given how many failures D both arms had in a minute, and their requests n_c and n_b, the canary's share c of them is
* hypergeometric when all requests fail independently with the same probability, whatever that is and however it changes from minute
* to minute; with p_c < p_b it is stochastically smaller. So the law of C_t = Σ c among the canaries that have not been stopped is
* known without knowing p, and one convolution a minute carries it on. The bound of minute t is the lowest B for which
*
*     P(C_t ≥ B, not stopped before | all D) + (what has been spent) ≤ α·g(t),      g(t) = ln(1 + t/3)/ln(1 + W/3)
*
* (an error-spending rule in the sense of Lan & DeMets, Biometrika 1983). The crossing mass is taken out and counted as spent.
*
* Why the guarantee holds. B depends on D, n_c, n_b and t only. "C_s ≥ B_s for an s ≤ W" can only become true, never false, when a c
* grows, so that its chance is greatest where p_c = p_b in every minute, and there it is what was spent, at most α·g(W) = α.
* Rounding goes the safe way: mass that is trimmed at the top counts as spent, mass trimmed at the bottom is moved up. Conditions:
* requests independent of each other; the traffic, its split and the failure rate of the old version do not react to which arm
* failed before. With a margin r0 > 1 the law is the binomial with θ = r0·n_c/(r0·n_c + n_b), exact for Poisson counts.
*
* With a slack a the baseline is given a·n_b/r0 more failures than it had, which makes "p_c ≤ r0·p_b + a" the same as "p_c ≤
* r0·p̃_b". What is given does not vary as failures do, so the law takes the arms to vary more than they do: measured, not proved
* (docs/judge.md).
*
* Where arms differ by more than chance (φ > 1), the same law is also computed in units of φ failures: exact for incidents of φ
* failures each, measured for other noise (docs/judge.md). A stop needs both bounds, so it is never easier than the one above. φ
* depends on the length of time, as slow drift shows only in long sums: φ of up to 1, 5, 15, 30 minutes, and beyond. If the minutes
* of the release are clearly noisier than those of the history, the excess C − Σ D·θ is reckoned smaller in proportion to the square
* root, which again only makes stops rarer.
*/
/** g: how much of alpha is spent after so many minutes of the window, 0 to 1. */
const shareSpent = (minutes, window) => Math.log1p(minutes / 3) / Math.log1p(window / 3);
/** Most of alpha from the beginning, the rest at the sixths of the window. @param window minutes */
const usualSpending = (window) => [{
	at: 0,
	weight: .9
}, ...[
	1,
	2,
	3,
	4,
	5
].map((k) => ({
	at: Math.round(k * window / 6),
	weight: .02
}))];
/** Of a canary with fewer requests than this nothing is said, whatever became of them. */
const fewestRequests$1 = 20;
/** So many times noisier than its history is a release by chance: two standard errors after an hour. */
const chance = 1.2;
var SpendingTest = class {
	#options;
	#parts;
	#phi;
	#minutes = 0;
	#requests = 0;
	#stoppedAfter;
	#stopper;
	constructor(options) {
		this.#options = options;
		this.#parts = options.starts.map((start) => new Part(start, options));
		this.#phi = new RunningPhi(options.phi[0]);
		const first = this.#parts[0];
		if (first === void 0) throw new RangeError("no start");
		this.#stopper = first;
	}
	/** @throws {RangeError} for what is no count */
	add(minute) {
		refuseNoCounts(minute);
		if (!comparesArms(minute)) return;
		if (this.#minutes >= this.#options.window) return;
		const noisier = Math.max(1, this.#phi.value / (chance * this.#options.phi[0]));
		this.#phi.add(minute);
		this.#requests += minute.nc;
		const slices = /* @__PURE__ */ new Map();
		for (const part of this.#parts) {
			if (part.at > this.#minutes) continue;
			if (!part.add(minute, noisier, slices) || this.#stoppedAfter !== void 0 || this.#requests < fewestRequests$1) continue;
			this.#stoppedAfter = this.#minutes + 1;
			this.#stopper = part;
		}
		this.#minutes += 1;
	}
	get state() {
		const { at, failures, expected, bound } = this.#stopper;
		const spent = this.#parts.reduce((sum, part) => sum + part.spent, 0);
		const harm = this.#stoppedAfter === void 0 ? Math.max(...this.#parts.map((part) => part.harm)) : 1;
		return {
			stoppedAfter: this.#stoppedAfter,
			since: at,
			failures,
			expected,
			bound,
			harm,
			spent
		};
	}
};
/** The test that begins after `at` minutes. */
var Part = class {
	at;
	#alpha;
	#window;
	#margin;
	#slack;
	#phi;
	/** By unit: of one failure, and of each φ. */
	#laws;
	#minutes = 0;
	#crossed = false;
	failures = 0;
	expected = 0;
	bound = Number.POSITIVE_INFINITY;
	constructor({ at, weight }, { alpha, window, margin, slack, phi }) {
		this.at = at;
		this.#alpha = alpha * weight;
		this.#window = window - at;
		this.#margin = margin;
		this.#slack = slack;
		this.#phi = phi;
		this.#laws = new Map([1, ...unitsFrom(phi, 1, this.#window)].map((unit) => [unit, new FailureLaw(unit)]));
	}
	get harm() {
		const excess = this.failures - this.expected;
		return excess <= 0 ? 0 : Math.min(1, excess / Math.max(excess, this.bound - this.expected));
	}
	/** What the law of independent requests has spent. */
	get spent() {
		return this.#laws.get(1)?.spent ?? 0;
	}
	/** @param noisier how much more the arms differ than in the history, at least 1 @returns whether the canary is stopped */
	add(minute, noisier, slices) {
		const { c, nc, nb } = minute;
		const b = minute.b + nb * this.#slack / this.#margin;
		this.#minutes += 1;
		this.failures += c;
		this.expected += (c + b) * this.#margin * nc / (this.#margin * nc + nb);
		const budget = this.#alpha * shareSpent(this.#minutes, this.#window);
		const phi = spanAt(this.#phi, this.#minutes);
		const units = unitsFrom(this.#phi, this.#minutes, this.#window);
		let bound = 0;
		for (const law of this.#laws.values()) {
			if (law.unit !== 1 && !units.includes(law.unit)) {
				this.#laws.delete(law.unit);
				continue;
			}
			law.add({
				c,
				nc,
				b,
				nb
			}, this.#margin, slices);
			const own = law.bound(budget);
			if (law.unit === 1 || law.unit === phi) bound = Math.max(bound, own);
		}
		this.bound = bound + Math.max(0, bound - this.expected) * (Math.sqrt(noisier) - 1);
		this.#crossed = this.failures > this.expected && this.failures >= this.bound - 1e-9;
		return this.#crossed;
	}
};
/** The units that sums over `minutes` to `window` minutes are reckoned in; of shorter sums nothing is asked any more. */
const unitsFrom = (phi, minutes, window) => [
	minutes,
	...spanLengths.filter((length) => length > minutes && length < window),
	window
].map((length) => spanAt(phi, length));
// build/judge/stop-test.js
/**
* What stops a canary: nine tenths of α are spent in the window, minute by minute and to the last bit (`SpendingTest`), which is sharpest
* where the window is known; one tenth is an e-process (`RestartingTest`), which has no end, for all that comes later. Either stops it, and
* together they err at most as often as α (Boole's inequality).
*/
/** The same at every length. */
const evenDispersion = (phi) => ({
	overall: phi,
	spans: evenPhi(phi)
});
/** @param history minutes of the old version, its instances dealt into two arms as the release deals its traffic, in order of time */
const dispersionOf = (history) => ({
	overall: phiOf(history),
	spans: spanPhiOf(history)
});
const inWindow = .9;
const ever = .1;
var StopTest = class {
	#options;
	#spending;
	#evidence;
	#minutes = 0;
	/** Of the failures of a canary at the margin, by chance alone. */
	#variance = 0;
	#progress = 0;
	constructor(options) {
		this.#options = options;
		const { alpha, window, margin, slack, dispersion } = options;
		if (!(window >= 1 && Number.isFinite(window))) throw new RangeError(`no window: ${window}`);
		if (!dispersion.spans.every((phi) => phi >= 1 && Number.isFinite(phi))) throw new RangeError(`no dispersion: ${dispersion.spans.join(", ")}`);
		this.#spending = new SpendingTest({
			alpha: alpha * inWindow,
			window,
			margin,
			slack,
			phi: dispersion.spans,
			starts: usualSpending(window)
		});
		this.#evidence = new RestartingTest(above(worse$1, margin), {
			margin,
			slack,
			phi: dispersion.overall,
			starts: usualStarts(window)
		});
	}
	add(minute) {
		if (!comparesArms(minute)) return;
		this.#minutes += 1;
		this.#variance += this.#varianceOf(minute);
		this.#spending.add(minute);
		this.#evidence.add(minute);
		const { stoppedAfter, failures, expected, bound } = this.#spending.state;
		const spent = stoppedAfter === void 0 ? Math.min(.999, (failures - expected) / (bound - expected)) : 1;
		const evidence = this.#evidence.logE / Math.log(1 / (ever * this.#options.alpha));
		this.#progress = Math.max(this.#progress, Number.isFinite(spent) ? spent : 0, evidence);
	}
	/** The most evidence of harm so far, on its way to 1, at which the canary is stopped. */
	get progress() {
		return this.#progress;
	}
	/**
	* About how many more minutes until it is stopped, if they are all like this one: until what it fails beyond its share comes up to the
	* bound, which grows as the square root of what was counted.
	*
	* @returns undefined: not within `most`
	*/
	minutesLeft(minute, most) {
		const { failures, expected } = this.#spending.state;
		return this.#until(minute, most, {
			minutes: this.#minutes,
			excess: failures - expected,
			variance: this.#variance
		});
	}
	/** The same of a canary that has not begun. */
	minutesInAll(minute, most) {
		return this.#until(minute, most, {
			minutes: 0,
			excess: 0,
			variance: 0
		});
	}
	#until(minute, most, from) {
		const gain = minute.c - this.#expectedOf(minute);
		const variance = this.#varianceOf(minute);
		const stopped = (n) => from.excess + n * gain >= this.#boundAfter(from.minutes + n, from.variance + n * variance);
		return gain > 0 ? firstOf(most, stopped) : void 0;
	}
	/** The excess at which it is stopped after so many minutes, where counts are about normal. */
	#boundAfter(minutes, variance) {
		const { alpha, window, dispersion } = this.#options;
		const phi = spanAt(dispersion.spans, minutes);
		return excessToStop(alpha * inWindow, minutes, window) * Math.sqrt(phi * variance);
	}
	#expectedOf({ c, nc, b, nb }) {
		const { margin, slack } = this.#options;
		return (c + b + nb * slack / margin) * margin * nc / (margin * nc + nb);
	}
	#varianceOf(minute) {
		return this.#expectedOf(minute) * (minute.nb / (this.#options.margin * minute.nc + minute.nb));
	}
};
/** In standard deviations: where the next bit of α lies, of what is spent by the minute. */
function excessToStop(alpha, minutes, window) {
	const within = Math.min(minutes, window);
	const bit = alpha * (shareSpent(within, window) - shareSpent(within - 1, window));
	const t = Math.sqrt(-2 * Math.log(bit));
	return t - (2.515517 + t * (.802853 + t * .010328)) / (1 + t * (1.432788 + t * (.189269 + t * .001308)));
}
/** The margin of a judge that does not know how much equal arms differ. */
const uncalibratedMargin = 1.25;
var RateJudge = class {
	#options;
	#margin;
	#stop;
	#accept;
	#phi;
	#ratio = new RateRatio();
	#minutes = 0;
	#recent = [];
	#sum = {
		c: 0,
		nc: 0,
		b: 0,
		nb: 0
	};
	#mostAccept = Number.NEGATIVE_INFINITY;
	#stoppedAfter;
	constructor(options) {
		this.#options = options;
		const { slack, accept } = options;
		for (const rate of [options.alpha, ...accept ? [accept.alpha] : []]) if (!(rate > 0 && rate < 1)) throw new RangeError(`no rate of errors: ${rate}`);
		if (!(options.margin >= 1 && Number.isFinite(options.margin))) throw new RangeError(`no margin: ${options.margin}`);
		if (accept && !(accept.ratio > 1)) throw new RangeError(`no worse than ${accept.ratio} times is no proof of being well`);
		const dispersion = options.dispersion ?? evenDispersion(3);
		const margin = options.dispersion === void 0 ? Math.max(options.margin, uncalibratedMargin) : options.margin;
		this.#margin = margin;
		this.#stop = new StopTest({
			alpha: options.alpha,
			window: options.window,
			margin,
			slack,
			dispersion
		});
		this.#accept = accept && new AcceptTest(accept.ratio, slack);
		this.#phi = new RunningPhi(dispersion.overall);
	}
	/** @throws {RangeError} for what is no count */
	add(minute) {
		refuseNoCounts(minute);
		if (!comparesArms(minute)) return;
		const phi = this.#phi.value;
		this.#minutes += 1;
		this.#recent = [...this.#recent, minute].slice(-3);
		const { c, nc, b, nb } = this.#sum;
		this.#sum = {
			c: c + minute.c,
			nc: nc + minute.nc,
			b: b + minute.b,
			nb: nb + minute.nb
		};
		this.#stop.add(minute);
		this.#accept?.add(minute, phi);
		this.#ratio.add(minute, phi);
		this.#phi.add(minute);
		if (this.#accept) this.#mostAccept = Math.max(this.#mostAccept, this.#accept.logE);
		if (this.#sum.nc < 20) return;
		if (this.#stop.progress >= 1) this.#stoppedAfter ??= this.#minutes;
	}
	get state() {
		const { accept, dispersion } = this.#options;
		const acceptAt = Math.log(1 / (accept?.alpha ?? 0));
		return {
			minutes: this.#minutes,
			sum: this.#sum,
			phi: this.#phi.value,
			calibrated: dispersion !== void 0,
			harm: this.#sum.nc < 20 ? 0 : this.#stop.progress,
			stoppedAfter: this.#stoppedAfter,
			logAccept: this.#accept && this.#mostAccept,
			acceptAt,
			accepted: this.#accept !== void 0 && this.#mostAccept >= acceptAt
		};
	}
	/**
	* About how many more minutes until it is stopped or accepted, if all goes on as it did so far.
	*
	* @param most minutes that are left
	* @param accepting fewest minutes and requests of the canary that an accepted one must have
	* @returns undefined: not within these
	*/
	minutesLeft(most, accepting) {
		if (this.#minutes === 0) return void 0;
		const minute = expectedMinute(this.#sum, this.#recentTraffic);
		const stop = this.#stop.minutesLeft(minute, most);
		const { accept } = this.#options;
		const test = this.#accept;
		if (accept === void 0 || test === void 0) return stop;
		const needed = Math.log(1 / accept.alpha);
		const told = this.#mostAccept >= needed;
		const ready = (n) => this.#minutes + n >= accepting.minutes && this.#sum.nc + n * minute.nc >= accepting.requests;
		const well = firstOf(most, (n) => ready(n) && (told || test.ahead(minute, this.#phi.value, n) >= needed));
		return stop === void 0 || well === void 0 ? stop ?? well : Math.min(stop, well);
	}
	/** About how many minutes a canary needs to be stopped that fails `ratio` times as often, from its beginning; undefined: over a window. */
	minutesToSee(ratio) {
		return this.#stop.minutesInAll(minuteAt(ratio, this.#traffic), this.#options.window);
	}
	/** The least ratio that so many minutes would have shown at this traffic; undefined: none. */
	seeable(minutes) {
		const traffic = this.#traffic;
		const most = Math.min(minutes, this.#options.window);
		return leastRatio(this.#margin, (ratio) => this.#stop.minutesInAll(minuteAt(ratio, traffic), most) !== void 0);
	}
	get #recentTraffic() {
		const sum = this.#recent.reduce((a, { nc, nb }) => ({
			nc: a.nc + nc,
			nb: a.nb + nb
		}), {
			nc: 0,
			nb: 0
		});
		return {
			nc: sum.nc / this.#recent.length,
			nb: sum.nb / this.#recent.length
		};
	}
	get #traffic() {
		const { c, nc, b, nb } = this.#sum;
		const n = Math.max(1, this.#minutes);
		const failing = b >= 5 ? b / nb : (b + c) / (nb + nc);
		return {
			nc: nc / n,
			nb: nb / n,
			failing
		};
	}
	/** How many times as often the canary fails, at the level of the stop. Costs some microseconds, so it is for the report. */
	bounds() {
		return this.#ratio.bounds(this.#options.alpha);
	}
};
// build/judge/histogram.js
const lastBound$1 = "+Inf";
const infinite = Number.POSITIVE_INFINITY;
/** How many requests there were; undefined without the last bound. */
const totalOf$1 = (histogram) => histogram.get(lastBound$1);
const isCount = (n) => n >= 0 && Number.isFinite(n);
/**
* Whether the counts can be those of a histogram: none falls from one bound to a higher one, and the last bound is there. What is not
* would be clipped to a share like any other, "no request is slow" among them.
*
* @returns the histogram with its bounds written in one way: instances may write `1` and `1.0`, and what they count is then added up
*/
function checked(counts) {
	if (!counts.has(lastBound$1)) return {
		ok: false,
		problem: `no count up to ${lastBound$1}`
	};
	const byBound = /* @__PURE__ */ new Map();
	for (const [name, count] of counts) {
		const bound = name === lastBound$1 ? infinite : Number(name);
		if (Number.isNaN(bound) || bound === infinite && name !== lastBound$1 || name.trim() === "") return {
			ok: false,
			problem: `"${name}" is no bound`
		};
		if (!isCount(count)) return {
			ok: false,
			problem: `${count} is no count (up to ${name})`
		};
		byBound.set(bound, (byBound.get(bound) ?? 0) + count);
	}
	const histogram = /* @__PURE__ */ new Map();
	let below = 0;
	for (const [bound, count] of [...byBound].toSorted(([x], [y]) => x - y)) {
		const name = bound === infinite ? lastBound$1 : String(bound);
		if (count < below * .999999) return {
			ok: false,
			problem: `up to ${name} fewer than up to a lower bound`
		};
		below = Math.max(below, count);
		histogram.set(name, count);
	}
	return {
		ok: true,
		histogram
	};
}
/**
* Several instances together, at the bounds that all of them have: of a bound that one lacks nobody knows how many of its requests were
* faster. One without requests lacks none.
*
* @param all as `checked` gives them
*/
function summed(all) {
	const some = all.filter((histogram) => totalOf$1(histogram) !== 0);
	const bounds = [...(some[0] ?? all[0])?.keys() ?? []].filter((bound) => some.every((other) => other.has(bound)));
	return new Map(bounds.map((bound) => [bound, some.reduce((sum, other) => sum + (other.get(bound) ?? 0), 0)]));
}
/** Both arms, see `checked`; or why one of them is no histogram. */
function checkedArms({ canary, baseline }) {
	const [c, b] = [checked(canary), checked(baseline)];
	if (!c.ok) return `canary: ${c.problem}`;
	return b.ok ? {
		canary: c.histogram,
		baseline: b.histogram
	} : `baseline: ${b.problem}`;
}
/** More bounds make the test slower, and say little that their neighbours do not. */
const mostBounds = 20;
/**
* The finite bounds that both arms have in most of the minutes, in order, thinned out evenly where there are many: without a look at the
* counts.
*
* @param buckets by how many the canary's bound is higher, 0 or 1
*/
function commonBounds(minutes, buckets = 0) {
	const times = /* @__PURE__ */ new Map();
	for (const { canary, baseline } of minutes) for (const bound of canary.keys()) if (bound !== lastBound$1 && baseline.has(bound)) times.set(bound, (times.get(bound) ?? 0) + 1);
	const sorted = [...times].flatMap(([bound, n]) => 2 * n > minutes.length ? [bound] : []).toSorted((a, b) => Number(a) - Number(b));
	const pairs = sorted.flatMap((baseline, i) => {
		const canary = sorted[i + buckets];
		return canary === void 0 ? [] : [{
			baseline,
			canary
		}];
	});
	const step = Math.max(1, Math.ceil(pairs.length / mostBounds));
	return pairs.filter((_, i) => i % step === 0);
}
const sameBound = ({ baseline }) => ({
	baseline,
	canary: baseline
});
/** How many requests of both arms took longer than their bound; undefined where one arm does not say. */
function exceeding({ canary, baseline }, bound) {
	const [c, nc, b, nb] = [
		canary.get(bound.canary),
		totalOf$1(canary),
		baseline.get(bound.baseline),
		totalOf$1(baseline)
	];
	if (c === void 0 || nc === void 0 || b === void 0 || nb === void 0) return void 0;
	return {
		c: Math.max(0, nc - c),
		nc,
		b: Math.max(0, nb - b),
		nb
	};
}
/** @param slower share of the requests that took longer than each bound, the bounds rising */
function quantilesOf(slower) {
	const range = (level) => {
		if (slower.length === 0) return void 0;
		const found = slower.findIndex(({ share }) => share <= 1 - level);
		const at = found === -1 ? slower.length : found;
		return {
			from: slower[at - 1]?.bound ?? 0,
			to: slower[at]?.bound ?? infinite
		};
	};
	return {
		p50: range(.5),
		p95: range(.95)
	};
}
// build/judge/series.js
const reducers = [
	"max",
	"min",
	"sum",
	"avg",
	"all",
	"any"
];
/** All values of a measurement, or the first that is no finite number. One bad series spoils the whole: it could be the one that matters. */
function finiteValues(measurement) {
	const values = [];
	for (const { value, labels } of measurement.series) {
		if (typeof value !== "number" || !Number.isFinite(value)) return {
			ok: false,
			bad: value,
			labels: labelText(labels)
		};
		values.push(value);
	}
	return {
		ok: true,
		values
	};
}
/** `{code="500",pod="a"}`, or an empty text for a series without labels. */
function labelText(labels) {
	const entries = Object.entries(labels);
	return entries.length === 0 ? "" : `{${entries.map(([k, x]) => `${k}=${JSON.stringify(x)}`).join(",")}}`;
}
/**
* @param values at least one; `all` and `any` are not numbers but ways to compare, see the telemetry gate
*/
function reduce(values, reducer) {
	const sum = values.reduce((a, b) => a + b, 0);
	switch (reducer) {
		case "max": return values.reduce((a, b) => Math.max(a, b));
		case "min": return values.reduce((a, b) => Math.min(a, b));
		case "sum": return sum;
		case "avg": return sum / values.length;
	}
}
// build/judge/threshold.js
/** Thresholds: `< 1%`, `<= 250 ms`, `>= 99.9 %`, `== 0`. A threshold says what must hold. */
const units$1 = {
	ratio: {
		dimension: "ratio",
		times: 1,
		over: 1,
		suffix: ""
	},
	percent: {
		dimension: "ratio",
		times: 1,
		over: 100,
		suffix: " %"
	},
	us: {
		dimension: "time",
		times: 1,
		over: 1e6,
		suffix: " us"
	},
	ms: {
		dimension: "time",
		times: 1,
		over: 1e3,
		suffix: " ms"
	},
	s: {
		dimension: "time",
		times: 1,
		over: 1,
		suffix: " s"
	},
	min: {
		dimension: "time",
		times: 60,
		over: 1,
		suffix: " min"
	},
	h: {
		dimension: "time",
		times: 3600,
		over: 1,
		suffix: " h"
	},
	B: {
		dimension: "size",
		times: 1,
		over: 1,
		suffix: " B"
	},
	kB: {
		dimension: "size",
		times: 1e3,
		over: 1,
		suffix: " kB"
	},
	MB: {
		dimension: "size",
		times: 1e6,
		over: 1,
		suffix: " MB"
	},
	GB: {
		dimension: "size",
		times: 1e9,
		over: 1,
		suffix: " GB"
	},
	KiB: {
		dimension: "size",
		times: 1024,
		over: 1,
		suffix: " KiB"
	},
	MiB: {
		dimension: "size",
		times: 2 ** 20,
		over: 1,
		suffix: " MiB"
	},
	GiB: {
		dimension: "size",
		times: 2 ** 30,
		over: 1,
		suffix: " GiB"
	},
	number: {
		dimension: "number",
		times: 1,
		over: 1,
		suffix: ""
	}
};
const unitNames = Object.keys(units$1);
const form = /^(<=|>=|==|<|>)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%|[A-Za-z]*)$/i;
/** @returns undefined when the text is no threshold or its unit is unknown */
function parseThreshold(text) {
	const [, operator, amount, suffix] = form.exec(text.trim()) ?? [];
	if (operator === void 0 || amount === void 0 || suffix === void 0) return void 0;
	const unit = suffix === "%" ? "percent" : suffix === "" ? "number" : suffix;
	const limit = Number(amount);
	if (!(unit in units$1) || !Number.isFinite(limit)) return void 0;
	return {
		operator,
		limit,
		unit
	};
}
/** `5 %` → `percent`: whether a value in `valueUnit` can be held against the threshold at all. */
const comparable = (threshold, valueUnit) => units$1[threshold.unit].dimension === units$1[valueUnit].dimension;
/** The unit that a value is in when the policy does not say: none for a time or a size, since guessing there is off by 1000. */
function assumedUnit(threshold) {
	if (threshold.unit === "number") return "number";
	return units$1[threshold.unit].dimension === "ratio" ? "ratio" : void 0;
}
/** In the base unit of the dimension. Dividing keeps 35 % at 0.35, where multiplying by 0.01 would not. */
const base = (value, unit) => value * units$1[unit].times / units$1[unit].over;
/** Whether a finite value satisfies the threshold; anything that is not a finite number satisfies nothing. */
function satisfies(value, valueUnit, threshold) {
	if (!Number.isFinite(value)) return false;
	const x = base(value, valueUnit);
	const limit = base(threshold.limit, threshold.unit);
	switch (threshold.operator) {
		case "<": return x < limit;
		case "<=": return x <= limit;
		case ">": return x > limit;
		case ">=": return x >= limit;
		case "==": return x === limit;
	}
}
/** The value in the threshold's unit. */
const inUnitOf = (threshold, value, valueUnit) => base(value, valueUnit) * units$1[threshold.unit].over / units$1[threshold.unit].times;
/** As people write it: three significant digits and the unit, `0.834 %`, `212 ms`. */
function formatValue(value, unit) {
	return `${Math.abs(value) >= 1e3 ? Math.round(value) : Number(value.toPrecision(3))}${units$1[unit].suffix}`;
}
/** What stands behind a number: ` %`, ` ms`; nothing behind a plain one. */
const suffixOf = (unit) => units$1[unit].suffix;
/** The threshold as the report writes it: `< 1 %`. The limit stands as the policy gave it. */
const formatThreshold = ({ operator, limit, unit }) => `${operator} ${limit}${units$1[unit].suffix}`;
/**
* The value as people write it, with as many digits as it takes not to look like the limit that it misses:
* 1.0004 % against `< 1 %` must not read "1 %, over 1 %".
*/
function formatAgainst(value, valueUnit, threshold) {
	const x = inUnitOf(threshold, value, valueUnit);
	const short = formatValue(x, threshold.unit);
	return short === formatValue(threshold.limit, threshold.unit) && x !== threshold.limit ? `${Number(x.toPrecision(12))}${units$1[threshold.unit].suffix}` : short;
}
// build/sources/telemetry/signals.js
/** What can be asked for, the unit that it comes in, and what `of` names where it needs one. */
const signals = {
	"failure-rate": {
		unit: "ratio",
		about: "failed requests of all"
	},
	"success-rate": {
		unit: "ratio",
		about: "successful requests of all"
	},
	"duration-p50": {
		unit: "ms",
		about: "duration of requests, median"
	},
	"duration-p95": {
		unit: "ms",
		about: "duration of requests, 95th percentile"
	},
	"duration-p99": {
		unit: "ms",
		about: "duration of requests, 99th percentile"
	},
	requests: {
		unit: "number",
		about: "number of requests in the window"
	},
	"failed-requests": {
		unit: "number",
		about: "number of failed requests in the window"
	},
	"duration-buckets": {
		unit: "number",
		about: "requests by duration, only in bins"
	},
	exceptions: {
		unit: "number",
		about: "number of exceptions in the window"
	},
	"new-exceptions": {
		unit: "number",
		about: "kinds of exceptions in the window that the day before it had not"
	},
	"dependency-failure-rate": {
		unit: "ratio",
		about: "failed calls to dependencies of all"
	},
	"dependency-duration-p95": {
		unit: "ms",
		about: "duration of calls to dependencies, 95th percentile"
	},
	availability: {
		unit: "ratio",
		about: "successful availability tests of all"
	},
	events: {
		unit: "number",
		about: "number of a custom event in the window",
		of: "event"
	},
	"metric-avg": {
		unit: "number",
		about: "mean of a custom metric",
		of: "metric"
	},
	"metric-sum": {
		unit: "number",
		about: "sum of a custom metric",
		of: "metric"
	},
	"metric-max": {
		unit: "number",
		about: "highest value of a custom metric",
		of: "metric"
	},
	"crash-free-sessions": {
		unit: "ratio",
		about: "sessions without a crash of all"
	},
	"crash-free-users": {
		unit: "ratio",
		about: "users without a crash of all"
	},
	"certificate-life": {
		unit: "h",
		about: "time until the certificate ends"
	}
};
const signalNames = Object.keys(signals);
/** By what a signal can be narrowed, or split into one series for each value. */
const slices = [
	"role",
	"instance",
	"slot",
	"version",
	"operation"
];
/** The question in words, for subjects and records: `failure-rate where role=checkout by slot`. */
function signalText(query) {
	if (typeof query === "string") return query;
	const { signal, of, where = {}, exclude = [], synthetic, by } = query;
	const narrowed = Object.entries(where).map(([slice, value]) => `${slice}=${value}`);
	return [
		of === void 0 ? signal : `${signal} of ${of}`,
		narrowed.length === 0 ? "" : `where ${narrowed.join(", ")}`,
		exclude.length === 0 ? "" : `without ${exclude.join(", ")}`,
		synthetic ? "with synthetic traffic" : "",
		by === void 0 ? "" : `by ${by}`
	].filter((part) => part !== "").join(" ");
}
// build/gates/canary/fields.js
/** The fields of a `canary` gate, and what must hold between them. */
/** One query for each arm, or one for both that gives a series for each value of the label `arms.by`. */
const query = union([filled, strictObject({
	canary: described(filled, "For the new version."),
	baseline: described(filled, "For the version that it is held against, at the same time.")
})]);
/** What can be asked for without a query; `duration-buckets` judges how long requests take, the other how many fail. */
const canarySignals = ["failed-requests", "duration-buckets"];
const acceptance = strictObject({
	"no-worse-than": described(optional(percentage((x) => x >= .01 && x <= 100, "a percentage from 1% such as `100%`"), "100%"), "Proof that it is not this much worse lets the canary go before its window is over."),
	risk: described(optional(errorRate, "5%"), "Chance that such a proof is wrong."),
	after: described(optional(duration, "10m"), "Not before this much time was measured."),
	"min-events": described(optional(whole(1), 2e3), "Nor before the canary had this many events.")
});
const history = strictObject({
	for: described(optional(duration, "24h"), "How far back from the deployment; 8 hours must have been measured."),
	by: described(optional(picklist(slices)), "With `signal`: what the old version is split by. Default: `instance`."),
	failures: described(optional(filled), "As `failures` above, of the old version alone, with one series for each of its instances."),
	total: described(optional(filled), "As `total` above, with the same series."),
	buckets: described(optional(filled), "As `buckets` above, with the same for each instance.")
});
const fields$6 = strictObject({
	failures: described(optional(query), "Gives how many events failed, in each bin."),
	total: described(optional(query), "With `failures`: gives how many events there were, in each bin."),
	buckets: described(optional(query), "In place of `failures` and `total`: gives a histogram of durations, one series for each upper bound in the label `le`, in each bin."),
	signal: described(optional(picklist(canarySignals)), "In place of queries: `failed-requests` of all requests, or `duration-buckets`, how long requests take."),
	where: described(optional(record(picklist(slices), filled)), "With `signal`: what both arms have in common, such as `{ role: checkout }`."),
	exclude: described(optional(oneOrMore(filled)), "With `signal`: operations that do not count, such as health probes; `*` stands for any characters."),
	synthetic: described(optional(boolean()), "With `signal`: whether traffic of availability tests and the like counts. Default: false."),
	arms: described(optional(strictObject({
		by: described(filled, "Label (with `signal`: slice) that tells the arms apart."),
		canary: described(filled, "Its value for the new version."),
		baseline: described(optional(filled), "Its value for the version that it is held against. Default: all other values together.")
	})), "Which series belong to which arm; where each arm has a query of its own there is nothing to say."),
	counters: described(optional(boolean(), false), "The queries give counters that only grow: what they grow by in each bin is what counts."),
	"no-worse-than": described(optional(percentage((x) => x <= 10, "a percentage up to 1000% such as `10%`"), "0%"), "How much worse the canary may be, as a share: with `10%` it may fail 1.1 times as often."),
	"at-least": described(optional(percentage((x) => x <= .5, "a percentage up to 50% such as `0.05%`")), "What is no harm yet, in percentage points of all events. Default: 0.05 points, or 0 beside a `no-worse-than` and for durations."),
	"slower-by": described(optional(literal$1("bucket")), "Of durations: `bucket` says that to be slower by one bucket of the histogram is no harm yet."),
	"false-stop-rate": described(optional(errorRate), "Chance that this gate stops a canary that is no worse, over the whole release and however often it looks. Default: its part of `evaluation.false-stop-rate`."),
	window: described(optional(duration, "60m"), "How long the canary is watched, from the end of the warm-up."),
	bin: described(optional(duration, "1m"), "Events are counted in bins of this length."),
	"min-events": described(optional(whole(1), 500), "How many events the canary must have had by the end of the window."),
	"at-window-end": described(optional(picklist(["no-harm-seen", "proof"]), "no-harm-seen"), "What a canary needs that was proven neither worse nor no worse: that no harm was seen, or proof, without which the train holds."),
	accept: described(optional(union([acceptance, literal$1("never")]), {}), "When the canary may go before its window is over; `never`: it is watched to the end."),
	history: described(optional(union([history, literal$1("none")])), "Where the old version before the deployment tells how much two arms that are the same differ. With `signal` it is asked for by itself."),
	"max-age": described(optional(duration, "5m"), "How old the newest raw sample may be.")
});
const ways = ({ failures, total, buckets, signal }) => [
	failures !== void 0 || total !== void 0,
	buckets !== void 0,
	signal !== void 0
].filter(Boolean).length;
const perArm = (g) => [
	g.failures,
	g.total,
	g.buckets
].some((q) => q !== void 0 && typeof q !== "string");
const forBoth = (g) => g.signal !== void 0 || [
	g.failures,
	g.total,
	g.buckets
].some((q) => typeof q === "string");
const hourMs$1 = 36e5;
const rules$2 = [
	[(g) => ways(g) === 1, "either `failures` and `total`, or `buckets`, or `signal`"],
	[(g) => g.failures === void 0 === (g.total === void 0), "`failures` and `total` together"],
	[(g) => !(perArm(g) && forBoth(g)), "queries of one kind: each for both arms, or each with `canary` and `baseline`"],
	[(g) => forBoth(g) === (g.arms !== void 0), "`arms` beside a query for both arms or a `signal`, and beside no other"],
	[(g) => g.signal === void 0 || g.arms === void 0 || slices.some((slice) => slice === g.arms?.by), `\`arms.by\` one of ${slices.join(", ")} beside a \`signal\``],
	[(g) => g.arms === void 0 || g.arms.canary !== g.arms.baseline, "two arms that are not the same"],
	[(g) => g.signal !== void 0 || g.where === void 0 && g.exclude === void 0 && g.synthetic === void 0, "`where`, `exclude` and `synthetic` only beside `signal`"],
	[(g) => g.signal === void 0 || !g.counters, "`counters` only beside queries"],
	[(g) => g["slower-by"] === void 0 || judgesDurations(g), "`slower-by` only beside `buckets` or the signal `duration-buckets`"],
	[(g) => g["at-least"] === void 0 || !judgesDurations(g), "`at-least` only for failures"],
	[(g) => g.bin >= 1e3 && g.bin % 1e3 === 0, "a `bin` of whole seconds"],
	[(g) => g.window >= 5 * g.bin, "a `window` of at least five bins"],
	[(g) => hourMs$1 % g.bin === 0 || g.bin % hourMs$1 === 0, "a `bin` that divides an hour, such as 30s, 1m or 5m"],
	[({ history: h, ...g }) => {
		if (h === void 0 || h === "none") return true;
		const asked = [
			h.failures !== void 0,
			h.total !== void 0,
			h.buckets !== void 0
		];
		if (g.signal !== void 0) return !asked.includes(true);
		return g.buckets === void 0 ? asked[0] === true && asked[1] === true && !asked[2] : asked[2] === true;
	}, "`history` with the same queries as the gate (`failures` and `total`, or `buckets`), and with none beside `signal`"],
	[({ history: h, signal }) => h === void 0 || h === "none" || h.by === void 0 || signal !== void 0, "`history.by` only beside `signal`"],
	[({ history: h }) => h === void 0 || h === "none" || h.for >= 8 * hourMs$1, "at least 8h of `history.for`"]
];
/** All of it at once. */
const fitsTogether = rawCheck(({ dataset, addIssue }) => {
	if (!dataset.typed) return;
	for (const [holds, expected] of rules$2) if (!holds(dataset.value)) addIssue({ message: expected });
});
/** Whether durations are judged, in place of failures. */
const judgesDurations = ({ buckets, signal }) => buckets !== void 0 || signal === "duration-buckets";
// build/gates/canary/arms.js
/** What a `canary` gate asks, and what of the answers belongs to which arm. */
const armNames$1 = ["canary", "baseline"];
/** What is counted: failures of a total, or requests by duration. */
const countsOf$1 = (config) => judgesDurations(config) ? ["buckets"] : ["failures", "total"];
const signalsOf = {
	failures: "failed-requests",
	total: "requests",
	buckets: "duration-buckets"
};
const historyRole = (count) => `history ${count}`;
/** In bins over the window, by role: `failures` for both arms in one answer, else `canary failures` and `baseline failures`. */
function armQuestions(config, window) {
	const asked = /* @__PURE__ */ new Map();
	for (const count of countsOf$1(config)) {
		const query = config[count];
		if (query === void 0) asked.set(count, inBins(config, signal(config, count, config.where, config.arms?.by), window));
		else if (typeof query === "string") asked.set(count, inBins(config, query, window));
		else for (const arm of armNames$1) asked.set(`${arm} ${count}`, inBins(config, query[arm], window));
	}
	return asked;
}
/** The old version before the deployment, one series for each of its instances. */
function historyQuestions(config, history, window) {
	const { by, baseline } = config.arms ?? {};
	const old = by === void 0 || baseline === void 0 ? config.where : {
		...config.where,
		[by]: baseline
	};
	return new Map(countsOf$1(config).map((count) => {
		const query = history[count] ?? signal(config, count, old, history.by ?? "instance");
		return [historyRole(count), inBins(config, query, window)];
	}));
}
const inBins = (config, query, window) => ({
	family: "telemetry",
	query,
	window,
	range: {
		everyMs: config.bin,
		reduce: config.counters ? "increase" : "each"
	}
});
function signal(config, count, where, by) {
	return {
		signal: signalsOf[count],
		...where === void 0 ? {} : { where },
		...config.exclude === void 0 ? {} : { exclude: config.exclude },
		synthetic: config.synthetic ?? false,
		...by === void 0 ? {} : { by }
	};
}
/**
* The bins of both arms, in order of time.
*
* @returns the reading that says why there are none
*/
function binsOf(config, measured, window) {
	const wrong = misfit(config, measured);
	if (wrong) return wrong;
	return timesOf(config, window).map((at, i) => {
		const [canary, baseline] = armNames$1.map((arm) => countedIn(config, i, (count) => ofArm(config, measured, arm, count)));
		return {
			at,
			canary: known$1(canary),
			baseline: known$1(baseline),
			unfair: [canary, baseline].includes(unfair)
		};
	});
}
/** Begins of the bins of a window. */
const timesOf = ({ bin }, { from, to }) => Array.from({ length: Math.round((to - from) / bin) }, (_, i) => from + i * bin);
/** The instances that the history tells apart, in the order of their names. */
function instancesOf(config, measured, window) {
	const names = (series) => series.map(({ labels }) => instanceName(labels));
	return [...new Set(countsOf$1(config).flatMap((count) => names(measured.get(historyRole(count))?.series ?? [])))].toSorted().map((name) => {
		const own = new Map(countsOf$1(config).map((count) => {
			return [count, (measured.get(historyRole(count))?.series ?? []).filter(({ labels }) => instanceName(labels) === name)];
		}));
		const bins = timesOf(config, window).map((_, i) => countedIn(config, i, (count) => own.get(count) ?? []));
		return {
			name,
			bins: bins.map(known$1),
			unfair: bins.filter((told) => told === unfair).length
		};
	});
}
/** Of labels that were asked for before: a history asks for them in each of its bins. */
const names$1 = /* @__PURE__ */ new WeakMap();
/** All its labels but the bound of a bucket. */
function instanceName(labels) {
	const known = names$1.get(labels);
	if (known !== void 0) return known;
	const own = Object.entries(labels).filter(([name]) => name !== "le");
	const name = labelText(Object.fromEntries(own.toSorted(([a], [b]) => a < b ? -1 : 1)));
	names$1.set(labels, name);
	return name;
}
function ofArm(config, measured, arm, count) {
	const own = measured.get(`${arm} ${count}`);
	if (own) return own.series;
	const { by, ...value } = config.arms ?? {
		by: "",
		canary: ""
	};
	const wanted = value[arm];
	return (measured.get(count)?.series ?? []).filter(({ labels }) => {
		const label = labels[by];
		if (label === void 0) return false;
		return wanted === void 0 ? label !== value.canary : label === wanted;
	});
}
/** Events without a word on failures. To leave such bins out would leave out those in which nothing failed. */
const unfair = "unfair";
const known$1 = (told) => told === unfair ? void 0 : told;
function countedIn(config, bin, seriesOf) {
	if (judgesDurations(config)) {
		const instances = /* @__PURE__ */ new Map();
		for (const { labels, bins } of seriesOf("buckets")) {
			const n = countOf(bins?.[bin]);
			if (n === void 0 || labels.le === void 0) return void 0;
			const name = instanceName(labels);
			instances.set(name, (instances.get(name) ?? /* @__PURE__ */ new Map()).set(labels.le, n));
		}
		const histograms = [...instances.values()].map(checked);
		const all = histograms.flatMap((found) => found.ok ? [found.histogram] : []);
		return all.length > 0 && all.length === histograms.length ? { byBound: summed(all) } : void 0;
	}
	const sum = (count) => sumIn(seriesOf(count), bin);
	const [failures, total] = [sum("failures"), sum("total")];
	if (total === void 0 || total === 0) return total === void 0 ? void 0 : {
		failures: 0,
		total
	};
	return failures === void 0 ? unfair : {
		failures: Math.min(failures, total),
		total
	};
}
/** Series may come and go; one that says something that is no count spoils the bin. */
function sumIn(series, bin) {
	const values = series.flatMap(({ bins }) => {
		const value = bins?.[bin];
		return value === null || value === void 0 ? [] : [countOf(value)];
	});
	return values.length === 0 ? void 0 : values.reduce((sum, n) => sum === void 0 || n === void 0 ? void 0 : sum + n, 0);
}
const countOf = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : void 0;
/** What no waiting brings right: series without bounds, negative counts, more failures than events. */
function misfit(config, measured) {
	const durations = judgesDurations(config);
	for (const [role, { series }] of measured) {
		const negative = series.find(({ bins }) => bins?.some((x) => typeof x === "number" && x < 0));
		if (negative) return error("not-counts", `${role} gave a negative count${labelText(negative.labels)}: expected how many events there were in each bin`);
		if (durations && series.some(({ labels }) => labels.le === void 0)) return error("not-a-histogram", `${role} gave a series without the label \`le\`: aggregate by it too`);
	}
	if (durations) return void 0;
	for (const arm of armNames$1) {
		const [failed, all] = ["failures", "total"].map((count) => ofArm(config, measured, arm, count).reduce((sum, { bins = [] }) => bins.reduce((n, x) => n + (countOf(x) ?? 0), sum), 0));
		if (failed !== void 0 && all !== void 0 && failed > 1.1 * all + 2) return error("not-counts", `${formatValue(failed, "number")} failures of ${formatValue(all, "number")} events of the ${arm}: \`failures\` must be a part of \`total\``);
	}
}
/** Which values of the label there are, when one arm has none of them. */
function armsFound(config, measured) {
	const { by } = config.arms ?? {};
	if (by === void 0) return "";
	const found = new Set([...measured.values()].flatMap(({ series }) => series.flatMap(({ labels }) => labels[by] ?? [])));
	if (found.size === 0) return `no series has the label \`${by}\``;
	return `${plural(found.size, "value")} of \`${by}\`: ${[...found].slice(0, 5).join(", ")}${found.size > 5 ? "…" : ""}`;
}
// build/judge/shares-dispersion.js
/**
* How much more than by chance the shares of two arms differ, at one bound of a histogram: the mean of
* z² = (c/n_c − b/n_b)²/(p·(1−p)·(1/n_c + 1/n_b)), p = (c+b)/(n_c+n_b). The dispersion of failures (`RunningPhi`) is the same for
* small shares; at large ones the split of the counts would say less.
*/
const prior = 60;
const blockLengths = [
	1,
	5,
	15,
	30
];
const fewestBlocks = 8;
/** Difference of the shares, and what one over its variance is; undefined where there is too little on one side of the bound. */
function difference({ c, nc, b, nb }) {
	const n = nc + nb;
	const p = (c + b) / n;
	if (!(p * n >= 1) || !((1 - p) * n >= 1)) return void 0;
	return {
		d: c / nc - b / nb,
		weight: 1 / (p * (1 - p) * (1 / nc + 1 / nb))
	};
}
/** φ0 of one bound: the greatest over blocks of 1, 5, 15 and 30 minutes, at least 1. @param history in order of time */
function sharesPhiOf(history) {
	const minutes = history.filter(comparesArms);
	const byLength = blockLengths.map((length) => {
		const squares = Array.from({ length: Math.floor(minutes.length / length) }, (_, i) => {
			let [c, nc, b, nb] = [
				0,
				0,
				0,
				0
			];
			for (const m of minutes.slice(i * length, (i + 1) * length)) {
				c += m.c;
				nc += m.nc;
				b += m.b;
				nb += m.nb;
			}
			const found = difference({
				c,
				nc,
				b,
				nb
			});
			return found === void 0 ? [] : [found.d ** 2 * found.weight];
		}).flat();
		return squares.length < fewestBlocks ? 1 : squares.reduce((sum, x) => sum + x, 0) / squares.length;
	});
	return Math.max(1, ...byLength);
}
/** φ of one bound while the release runs, around the difference that the arms have on average: known before each minute. */
var RunningSharesPhi = class {
	#first;
	#minutes = 0;
	/** Σ w·d², Σ w·d and Σ w, of which the squares around the mean follow. */
	#squares = 0;
	#sum = 0;
	#weights = 0;
	constructor(first) {
		this.#first = first;
	}
	get value() {
		const around = this.#weights > 0 ? this.#squares - this.#sum ** 2 / this.#weights : 0;
		return Math.max(1, (prior * this.#first + Math.max(0, around)) / (prior + Math.max(0, this.#minutes - 1)));
	}
	add(minute) {
		const found = comparesArms(minute) ? difference(minute) : void 0;
		if (found === void 0) return;
		this.#minutes += 1;
		this.#squares += found.d ** 2 * found.weight;
		this.#sum += found.d * found.weight;
		this.#weights += found.weight;
	}
};
// build/judge/turner-grunwald.js
const oddsRatios = [
	1.1,
	1.2,
	1.35,
	1.5,
	1.75,
	2,
	2.5,
	3,
	4,
	6,
	10,
	20
];
const logWeight = -Math.log(oddsRatios.length);
const logLikelihood = (k, n, p) => k * Math.log(p) + (n - k) * Math.log(1 - p);
/** ln e of one minute, for shares that are fixed before it. */
function logSharesRatio({ c, nc, b, nb }, pc, pb) {
	const p0 = (nc * pc + nb * pb) / (nc + nb);
	return logLikelihood(c, nc, pc) + logLikelihood(b, nb, pb) - logLikelihood(c + b, nc + nb, p0);
}
var SharesTest = class {
	#sums = new Float64Array(oddsRatios.length).fill(logWeight);
	#b = 0;
	#nb = 0;
	/** What the minute that was asked for last would add: estimates ask for it many times. */
	#next;
	add(minute, phi = 1) {
		if (minute.nc <= 0 || minute.nb <= 0) return;
		this.#advance(this.#sums, this.#gains(minute), 1 / phi);
		this.#b += minute.b;
		this.#nb += minute.nb;
		this.#next = void 0;
	}
	get logE() {
		return logSumExp(this.#sums);
	}
	ahead(minute, phi, times) {
		if (this.#next?.minute !== minute) this.#next = {
			minute,
			gains: this.#gains(minute)
		};
		const sums = this.#sums.slice();
		this.#advance(sums, this.#next.gains, times / phi);
		return logSumExp(sums);
	}
	#advance(sums, gains, part) {
		for (let i = 0; i < sums.length; i += 1) sums[i] = sums[i] + gains[i] * part;
	}
	#gains(minute) {
		const pb = Math.min(.999, Math.max(5e-4, (.5 + this.#b) / (1 + this.#nb)));
		const gains = new Float64Array(oddsRatios.length);
		for (let i = 0; i < gains.length; i += 1) {
			const odds = oddsRatios[i] * pb / (1 - pb);
			gains[i] = logSharesRatio(minute, odds / (1 + odds), pb);
		}
		return gains;
	}
};
// build/judge/latency-judge.js
/**
* Judges durations of two arms that serve at the same time, by how many requests took longer than each bound of a histogram. Each bound
* is a test of its own, sharp where its share is: `SharesTest` up to about the 90th percentile, `CountTest` in the tail, or wherever a
* margin is allowed. The average of their E is again one, whatever depends on what.
*/
/** Below this share of slower requests a bound lies in the tail. */
const tail = .1;
/** Requests of the baseline that show where its tail begins. */
const enoughToPlace = 200;
const nothing$1 = {
	c: 0,
	nc: 0,
	b: 0,
	nb: 0
};
const plus$1 = (x, y) => ({
	c: x.c + y.c,
	nc: x.nc + y.nc,
	b: x.b + y.b,
	nb: x.nb + y.nb
});
const total = (minutes) => minutes.reduce(plus$1, nothing$1);
const average = (minutes) => ({
	nc: total(minutes).nc / minutes.length,
	nb: total(minutes).nb / minutes.length
});
/** Of a bound from the 90th percentile. */
const distance = (share) => Math.abs(Math.log(Math.max(share, 1e-9) / tail));
/** Less than the threshold by so much, a bound counts for nothing in an estimate. */
const farBelow = 5;
const noRequests = "no requests of both arms";
const unlike = "no bound of both arms is one that is judged, or too few are";
const shareOf$1 = ({ b, nb }) => nb > 0 ? b / nb : 0;
var LatencyJudge = class {
	#options;
	#margin;
	#calibrated;
	#bounds;
	#accept;
	#minutes = 0;
	#unfit = 0;
	#most = 0;
	#mostAccept = Number.NEGATIVE_INFINITY;
	#stoppedAfter;
	/** Of the bound that was shown last, so many of its minutes. */
	#ratio;
	/** @throws {RangeError} for what would make a judge that can never stop, or accept anything */
	constructor(options) {
		const { alpha, margin, accept, history } = options;
		const rates = [alpha, accept?.alpha ?? alpha];
		if (!rates.every((rate) => rate > 0 && rate < 1)) throw new RangeError(`no rates of errors: ${rates.join(", ")}`);
		if (!(margin >= 1 && Number.isFinite(margin))) throw new RangeError(`no margin: ${margin}`);
		if (accept && !(accept.ratio > 1)) throw new RangeError(`${accept.ratio} times is no proof of being well`);
		this.#options = options;
		const past = (history ?? []).map(checkedArms).filter((both) => typeof both !== "string");
		this.#calibrated = this.#pairs(past).length > 0;
		this.#margin = this.#calibrated ? margin : Math.max(margin, uncalibratedMargin);
		if (this.#calibrated) this.#begin(past);
	}
	/**
	* Chooses the bounds and the test of each by what came before: the history, or the first minute, which is then no evidence itself.
	*/
	#begin(past) {
		const placed = this.#pairs(past).map((pair) => {
			const minutes = past.flatMap((both) => exceeding(both, sameBound(pair)) ?? []);
			return {
				pair,
				minutes,
				share: shareOf$1(total(minutes))
			};
		});
		this.#bounds = placed.map(({ pair, minutes, share }) => ({
			pair,
			usual: share,
			test: this.#margin > 1 || share < tail ? new CountTest(above(worse$1, this.#margin), this.#margin) : new SharesTest(),
			phi: new RunningSharesPhi(this.#calibrated ? sharesPhiOf(minutes) : 3),
			minutes: [],
			sum: nothing$1
		}));
	}
	#pairs(minutes) {
		return commonBounds(minutes, this.#options.slowerBy === "bucket" ? 1 : 0);
	}
	/** Fixed before the first minute that counts for it, at the bound next to the 90th percentile. */
	#placeAccept(bounds, share) {
		const { accept } = this.#options;
		const [bound] = bounds.toSorted((x, y) => distance(share(x)) - distance(share(y)));
		if (accept && bound) this.#accept = {
			bound,
			test: new CountTest(noWorse, accept.ratio)
		};
	}
	/**
	* Takes one minute in. One whose counts are those of no histogram, that has less than half of the bounds that are judged, or no requests
	* of one arm, is left out.
	*
	* @returns why it was left out; undefined: it was not
	*/
	add(both) {
		const arms = checkedArms(both);
		if (typeof arms === "string") return this.#leaveOut(arms);
		if (!(totalOf$1(arms.canary) && totalOf$1(arms.baseline))) return noRequests;
		if (this.#bounds === void 0) {
			if (this.#pairs([arms]).length === 0) return this.#leaveOut(unlike);
			this.#begin([arms]);
			this.#minutes += 1;
			return;
		}
		const seen = this.#bounds.flatMap((bound) => {
			const minute = exceeding(arms, bound.pair);
			const unshifted = this.#options.slowerBy ? exceeding(arms, sameBound(bound.pair)) : minute;
			return minute && unshifted ? [{
				bound,
				minute,
				unshifted
			}] : [];
		});
		if (seen.length === 0 || this.#minutes > 0 && 2 * seen.length < this.#bounds.length) return this.#leaveOut(unlike);
		if (this.#minutes === 0) this.#keep(seen.map(({ bound }) => bound));
		const accept = this.#accept;
		for (const { bound, minute, unshifted } of seen) {
			const phi = bound.phi.value;
			bound.test.add(minute, phi);
			if (accept?.bound === bound) accept.test.add(unshifted, phi);
			bound.phi.add(unshifted);
			bound.minutes.push({
				...minute,
				phi
			});
			bound.sum = plus$1(bound.sum, minute);
		}
		this.#minutes += 1;
		this.#look();
	}
	#leaveOut(why) {
		this.#unfit += 1;
		return why;
	}
	/** The new version may have other bounds than the history: those that its first minute lacks would only water the average down. */
	#keep(bounds) {
		this.#bounds = bounds;
		this.#placeAccept(bounds, ({ usual }) => usual);
	}
	#look() {
		const bounds = this.#bounds ?? [];
		if (this.#accept) this.#mostAccept = Math.max(this.#mostAccept, this.#accept.test.logE);
		else if (bounds.some(({ sum }) => sum.nb >= enoughToPlace)) this.#placeAccept(bounds, ({ sum }) => shareOf$1(sum));
		if (this.#requests < 20) return;
		this.#most = Math.max(this.#most, averaged(bounds, ({ test }) => test.logE));
		if (this.#most >= this.#stopAt) this.#stoppedAfter ??= this.#minutes;
	}
	get #requests() {
		return Math.max(0, ...(this.#bounds ?? []).map(({ sum }) => sum.nc));
	}
	get #stopAt() {
		return Math.log(1 / this.#options.alpha);
	}
	/** The bound at which there is most evidence of harm; where there is none, that at which it is accepted. */
	get #shown() {
		let [most, evidence] = [void 0, Number.NEGATIVE_INFINITY];
		for (const bound of this.#bounds ?? []) {
			const { logE } = bound.test;
			if (most === void 0 || logE > evidence) [most, evidence] = [bound, logE];
		}
		return evidence > 0 ? most : this.#accept?.bound ?? most;
	}
	get state() {
		const { accept } = this.#options;
		const shown = this.#shown;
		const acceptAt = Math.log(1 / (accept?.alpha ?? 0));
		return {
			bound: shown?.pair.canary,
			boundOfBaseline: shown?.pair.baseline,
			quantiles: {
				canary: this.#quantiles("canary"),
				baseline: this.#quantiles("baseline")
			},
			unfit: this.#unfit,
			dividing: this.#dividing,
			minutes: this.#minutes,
			sum: shown?.sum ?? nothing$1,
			phi: shown?.phi.value ?? 3,
			calibrated: this.#calibrated,
			harm: this.#most / this.#stopAt,
			stoppedAfter: this.#stoppedAfter,
			logAccept: accept && this.#mostAccept,
			acceptAt,
			accepted: accept !== void 0 && this.#mostAccept >= acceptAt
		};
	}
	get #dividing() {
		if (this.#requests === 0) return void 0;
		return (this.#bounds ?? []).filter(({ sum: { c, nc, b, nb } }) => c + b > 0 && c + b < nc + nb).length;
	}
	#quantiles(arm) {
		return quantilesOf((this.#bounds ?? []).flatMap(({ pair, sum: { c, nc, b, nb } }) => {
			const share = arm === "canary" ? c / nc : b / nb;
			return nc > 0 && nb > 0 ? [{
				bound: Number(pair[arm]),
				share
			}] : [];
		}));
	}
	/** How many times as often the canary exceeds the bound that is shown. As it is the worst of all bounds, each has its part of α. */
	bounds() {
		const shown = this.#shown;
		if (this.#ratio === void 0 || this.#ratio.of !== shown) this.#ratio = {
			of: shown,
			sum: new RateRatio(),
			minutes: 0
		};
		const ratio = this.#ratio;
		for (const minute of shown?.minutes.slice(ratio.minutes) ?? []) ratio.sum.add(minute, minute.phi);
		ratio.minutes = shown?.minutes.length ?? 0;
		return ratio.sum.bounds(this.#share);
	}
	/** See `RateJudge.minutesLeft`. */
	minutesLeft(most, accepting) {
		const bounds = (this.#bounds ?? []).filter(({ minutes }) => minutes.length > 0);
		if (bounds.length === 0) return void 0;
		const expected = new Map(bounds.map((b) => [b, expectedMinute(b.sum, average(b.minutes.slice(-3)))]));
		const ahead = (bound, test, n) => {
			const minute = expected.get(bound);
			return minute ? test.ahead(minute, bound.phi.value, n) : test.logE;
		};
		const near = bounds.filter((b) => Math.max(b.test.logE, ahead(b, b.test, most)) > this.#stopAt - farBelow);
		const needs = this.#stopAt + Math.log(this.#bounds?.length ?? 1);
		const stop = firstOf(most, (n) => logSumExp(near.map((b) => ahead(b, b.test, n))) >= needs);
		const { accept } = this.#options;
		const proof = this.#accept;
		if (accept === void 0 || proof === void 0) return stop;
		const needed = Math.log(1 / accept.alpha);
		const told = this.#mostAccept >= needed;
		const requests = this.#requests;
		const ready = (n) => this.#minutes + n >= accepting.minutes && requests * (1 + n / this.#minutes) >= accepting.requests;
		const well = firstOf(most, (n) => ready(n) && (told || ahead(proof.bound, proof.test, n) >= needed));
		return stop === void 0 || well === void 0 ? stop ?? well : Math.min(stop, well);
	}
	/** See `RateJudge.minutesToSee`; of the share of requests that exceed the bound that is shown. */
	minutesToSee(ratio) {
		return minutesToStop(ratio, {
			ratio: this.#margin,
			slack: 0
		}, this.#share, this.#traffic);
	}
	seeable(minutes) {
		return leastSeeable(minutes, {
			ratio: this.#margin,
			slack: 0
		}, this.#share, this.#traffic);
	}
	/** One bound of all must come up for the average. */
	get #share() {
		return this.#options.alpha / Math.max(1, this.#bounds?.length ?? 1);
	}
	get #traffic() {
		const bound = this.#accept?.bound ?? this.#shown;
		const { c, nc, b, nb } = bound?.sum ?? nothing$1;
		const n = Math.max(1, bound?.minutes.length ?? 1);
		return {
			nc: nc / n,
			nb: nb / n,
			failing: nc + nb > 0 ? (b + c) / (nb + nc) : 0,
			phi: bound?.phi.value ?? 3
		};
	}
};
const averaged = (bounds, logE) => logSumExp(bounds.map(logE)) - Math.log(bounds.length);
// build/gates/canary/history.js
/**
* The old version before the deployment, dealt into two arms as the release deals its traffic: how much two arms that are the same
* differ from one bin to the next.
*/
/**
* Deals the instances out so that the pretended canary has about `share` of the events, and at least one instance.
*
* The order is that of the names, spread by a fixed hash, so that neighbours (one zone, one node) do not all fall into one arm, and so
* that a replay deals alike.
*
* @param share of all events that the canary has, 0 to 1
* @returns the bins in which both were measured, in order of time; undefined when there are fewer than two instances
*/
function dealt(instances, share) {
	const sizes = instances.map((instance) => ({
		instance,
		size: instance.bins.reduce((sum, counted) => sum + eventsOf(counted), 0)
	})).filter(({ size }) => size > 0).toSorted((a, b) => spread(a.instance.name) - spread(b.instance.name));
	if (sizes.length < 2) return void 0;
	const wanted = share * sizes.reduce((sum, { size }) => sum + size, 0);
	let taken = 1;
	let size = sizes[0]?.size ?? 0;
	while (taken < sizes.length - 1) {
		const next = sizes[taken]?.size ?? 0;
		if (Math.abs(size + next - wanted) >= Math.abs(size - wanted)) break;
		size += next;
		taken += 1;
	}
	const [canary, baseline] = [sizes.slice(0, taken), sizes.slice(taken)];
	const length = Math.max(...sizes.map(({ instance }) => instance.bins.length));
	return Array.from({ length }, (_, i) => {
		const [one, other] = [canary, baseline].map((arm) => sumOf(arm.map(({ instance }) => instance.bins[i])));
		return one && other ? [{
			canary: one,
			baseline: other
		}] : [];
	}).flat();
}
/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function spread(name) {
	let hash = 2166136261;
	for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
	return hash;
}
const lastBound = "+Inf";
/** How many events were counted. */
function eventsOf(counted) {
	if (counted === void 0) return 0;
	return "total" in counted ? counted.total : counted.byBound.get(lastBound) ?? 0;
}
/** Instances come and go: one that was not measured in a bin was not there. */
function sumOf(all) {
	return all.reduce((sum, counted) => {
		if (sum === void 0 || counted === void 0) return sum ?? counted;
		if ("total" in sum && "total" in counted) return {
			failures: sum.failures + counted.failures,
			total: sum.total + counted.total
		};
		if (!("byBound" in sum && "byBound" in counted)) return void 0;
		return { byBound: summed([sum.byBound, counted.byBound]) };
	}, void 0);
}
// build/gates/canary/judge.js
/** A difference of less than this is no harm where the policy names no margin: 0.05 percentage points. */
const usualSlack = 5e-4;
/** Of all bins, so many may be left out because nothing says how many failed in them. */
const tolerated$1 = .05;
/** Of the history, so much must have been measured in both pretended arms. */
const enoughMs = 288e5;
var ArmsJudge = class {
	#config;
	#judge;
	#because;
	/**
	* @param past the old version
	* @param share of the events that is the canary's, 0 to 1
	*/
	constructor(config, past, share) {
		this.#config = config;
		const { bin, window } = config;
		const margin = config["no-worse-than"];
		const accept = config.accept === "never" ? void 0 : {
			ratio: 1 + config.accept["no-worse-than"],
			alpha: config.accept.risk
		};
		const common = {
			alpha: alphaOf$1(config),
			margin: 1 + margin,
			accept
		};
		const usable = "because" in past ? past.because : usableOf(config, past.instances, share);
		const history = typeof usable === "string" ? void 0 : usable;
		this.#because = typeof usable === "string" ? usable : void 0;
		this.#judge = judgesDurations(config) ? new LatencyJudge({
			...common,
			history: history?.map(histogramsOf$1),
			slowerBy: config["slower-by"]
		}) : new RateJudge({
			...common,
			slack: slackOf(config),
			dispersion: history && dispersionOf(history.map(minuteOf)),
			window: Math.ceil(window / bin)
		});
	}
	/** @returns why the bin is no evidence; undefined: it was judged */
	add({ canary, baseline }) {
		if (canary === void 0 || baseline === void 0) return void 0;
		const bin = {
			canary,
			baseline
		};
		if (this.#judge instanceof LatencyJudge) return this.#judge.add(histogramsOf$1(bin));
		this.#judge.add(minuteOf(bin));
	}
	/** @param left bins until the end of the window */
	verdict(left) {
		const { accept, bin } = this.#config;
		const state = this.#judge.state;
		const { ratio, lower, upper } = this.#judge.bounds();
		const { sum, minutes, logAccept, acceptAt, stoppedAfter, accepted } = state;
		const most = Math.max(0, Math.floor(left));
		const until = accept === "never" ? {
			minutes: Number.POSITIVE_INFINITY,
			requests: 0
		} : {
			minutes: accept.after / bin,
			requests: accept["min-events"]
		};
		const doubling = this.#judge.minutesToSee(2 * (1 + this.#config["no-worse-than"]));
		return {
			stopped: stoppedAfter !== void 0,
			accepted,
			blind: "dividing" in state && state.dividing === 0,
			..."quantiles" in state ? { quantiles: state.quantiles } : {},
			...defined$1({
				because: this.#because,
				stoppedAfter,
				left: this.#judge.minutesLeft(most, until),
				doubling: doubling !== void 0 && doubling <= minutes + most ? doubling : void 0,
				seeable: left > 0 ? void 0 : this.#judge.seeable(minutes)
			}),
			standing: {
				bins: minutes,
				canary: {
					events: sum.nc,
					bad: sum.c
				},
				baseline: {
					events: sum.nb,
					bad: sum.b
				},
				..."bound" in state && state.bound !== void 0 ? { bound: state.bound } : {},
				ratio,
				lower,
				upper: Number.isFinite(upper) ? upper : null,
				sure: 1 - alphaOf$1(this.#config),
				harm: state.harm,
				wellness: logAccept === void 0 ? null : Math.max(0, logAccept / acceptAt),
				dispersion: state.phi,
				calibrated: state.calibrated
			}
		};
	}
};
/** What is no harm yet, as a share of all events. */
function slackOf(config) {
	if (judgesDurations(config)) return 0;
	return config["at-least"] ?? (config["no-worse-than"] > 0 ? 0 : usualSlack);
}
/** Every loaded policy has it; a gate that is bound by itself has the whole of what a train may err. */
const alphaOf$1 = (config) => config["false-stop-rate"] ?? .05;
/** Without the properties that are undefined. */
function defined$1(all) {
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== void 0));
}
const minuteOf = ({ canary, baseline }) => ({
	c: failuresOf(canary),
	nc: eventsOf(canary),
	b: failuresOf(baseline),
	nb: eventsOf(baseline)
});
const failuresOf = (counted) => "total" in counted ? counted.failures : 0;
const none$2 = /* @__PURE__ */ new Map();
const histogramsOf$1 = ({ canary, baseline }) => ({
	canary: "byBound" in canary ? canary.byBound : none$2,
	baseline: "byBound" in baseline ? baseline.byBound : none$2
});
/** The pretended arms of the history, in order of time; a text: why it is of no use. */
function usableOf(config, instances, share) {
	const bins = instances.reduce((sum, instance) => sum + instance.bins.filter((counted) => counted).length, 0);
	const unfair = instances.reduce((sum, instance) => sum + instance.unfair, 0);
	if (unfair > .05 * (bins + unfair)) return `in ${unfair} bins of the history nothing says how many events failed: its query must give 0 where none did`;
	const all = dealt(instances, share);
	if (all === void 0) return "the history has fewer than two instances with events";
	const both = all.filter(({ canary, baseline }) => eventsOf(canary) > 0 && eventsOf(baseline) > 0);
	const ms = both.length * config.bin;
	return ms < enoughMs ? `the history has ${formatDuration(ms)} of the ${formatDuration(enoughMs)} that it takes` : both;
}
// build/gates/canary/watch.js
/** A bin that is missing is asked for again for so many bins; what comes later is too late. */
const patience$1 = 10;
var Watch = class {
	#config;
	#judged = [];
	#times = /* @__PURE__ */ new Set();
	/** End of the newest window that was answered, milliseconds since the epoch. */
	#answeredTo = 0;
	/** Bins in which an arm had events and nothing says how many failed. */
	#unfair = /* @__PURE__ */ new Set();
	/** Bins that both arms had, and that the judge could not use; and why, of the last one. */
	#unjudged = /* @__PURE__ */ new Set();
	#unlike;
	#judge;
	#past;
	#open;
	constructor(config) {
		this.#config = config;
		this.#open = historyOf$1(config) !== void 0;
		this.#past = { because: this.#open ? "the history could not be asked yet" : "no history is asked for" };
	}
	/** The judge over all bins so far; undefined before the first. */
	get judge() {
		return this.#judge;
	}
	get wantsHistory() {
		return this.#open;
	}
	/** So many bins were left out because nothing says how many failed in them: those in which nothing failed, or all that failed. */
	get unfair() {
		return this.#unfair.size;
	}
	/** Whether these are too many for what is left to be a fair picture. */
	get isUnfair() {
		return this.#unfair.size > tolerated$1 * (this.#judged.length + this.#unfair.size);
	}
	/** How many of these were measured, and could be judged. */
	measuredOf(times) {
		return times.filter((at) => this.#times.has(at) && !this.#unjudged.has(at)).length;
	}
	/** Why bins of these were measured and could not be judged, if any were. */
	unlikeOf(times) {
		return times.some((at) => this.#unjudged.has(at)) ? this.#unlike : void 0;
	}
	/** From the oldest bin that is missing and not given up, at least the newest one; so that each round proves that the source answers. */
	window(all) {
		const newest = all.at(-1);
		if (newest === void 0) return void 0;
		const oldest = this.#answeredTo - patience$1 * this.#config.bin;
		const from = all.find((at) => at >= oldest && !this.#times.has(at)) ?? newest;
		return {
			from: Math.min(from, newest),
			to: newest + this.#config.bin
		};
	}
	/** Takes the history in, or why there is none, once. */
	learn(past) {
		this.#past = past;
		this.#open = false;
		this.#judge = void 0;
	}
	/** Takes the bins of one answer in. A bin that was judged stays as it was: what is corrected later may have been chosen by its look. */
	take(bins) {
		this.#answeredTo = Math.max(this.#answeredTo, (bins.at(-1)?.at ?? 0) + this.#config.bin);
		for (const bin of bins) {
			if (bin.unfair) this.#unfair.add(bin.at);
			else this.#unfair.delete(bin.at);
			if (this.#times.has(bin.at) || eventsOf(bin.canary) === 0 || eventsOf(bin.baseline) === 0) continue;
			this.#times.add(bin.at);
			this.#judged.push(bin);
			this.#give(this.#judge, bin);
		}
		if (this.#judge === void 0 && this.#judged.length > 0) this.#judge = this.#begin();
	}
	#begin() {
		const [canary, all] = this.#judged.reduce(([own, both], bin) => [own + eventsOf(bin.canary), both + eventsOf(bin.canary) + eventsOf(bin.baseline)], [0, 0]);
		const judge = new ArmsJudge(this.#config, this.#past, canary / all);
		this.#unjudged.clear();
		for (const bin of this.#judged) this.#give(judge, bin);
		return judge;
	}
	#give(judge, bin) {
		const why = judge?.add(bin);
		if (why === void 0) return;
		this.#unjudged.add(bin.at);
		this.#unlike = why;
	}
};
/** All bins that are complete, from the end of the warm-up. */
function completeBins({ bin }, { settledAt, completeTo }) {
	const from = Math.ceil(settledAt / bin) * bin;
	const to = Math.floor(completeTo / bin) * bin;
	return to > from ? timesOf({ bin }, {
		from,
		to
	}) : [];
}
/** The history to ask for; undefined: none. Signals know how to ask for it by themselves. */
function historyOf$1({ history, signal }) {
	if (history === "none") return void 0;
	return history ?? (signal === void 0 ? void 0 : { for: 864e5 });
}
/** The time before the deployment that the history is of. */
function historyWindow({ bin }, history, { deployedAt }) {
	const to = Math.floor(deployedAt / bin) * bin;
	return {
		from: to - Math.ceil(history.for / bin) * bin,
		to
	};
}
// build/gates/canary/words.js
/** What a canary gate says, in words that need no statistics. */
/** `2.3 times`; near 1 with one digit more, so that 1.04 does not read as nothing. */
const times = (ratio) => `${ratio < 2 ? Number(ratio.toFixed(2)) : Number(ratio.toPrecision(2))} times`;
const percent$5 = (share) => formatValue(100 * share, "percent");
const shareOf = ({ bad, events }) => events > 0 ? ` (${percent$5(bad / events)})` : "";
const counted$3 = (sum) => `${amount(sum.bad)} of ${amount(sum.events)}${shareOf(sum)}`;
/** `31 of 1,240 (2.5 %) failed, of the baseline 14 of 1,300 (1.1 %)`. */
function countsText$1({ canary, baseline, bound }) {
	const what = bound === void 0 ? "failed" : `took longer than ${bound}`;
	return `${counted$3(canary)} ${what}, of the baseline ${counted$3(baseline)}`;
}
const spanText$1 = ({ from, to }) => Number.isFinite(to) ? `${from} to ${to}` : `over ${from}`;
/** `; 95th percentile of the canary 300 to 400, of the baseline 250 to 300`: as fine as the bounds are. */
function quantilesText$1({ quantiles }) {
	const [canary, baseline] = [quantiles?.canary.p95, quantiles?.baseline.p95];
	return canary && baseline ? `; 95th percentile of the canary ${spanText$1(canary)}, of the baseline ${spanText$1(baseline)}` : "";
}
/** `fails 2.3 times as often as the baseline`. */
function ratioText(ratio, bound) {
	const often = `${times(ratio)} as often as the baseline`;
	return bound === void 0 ? `fails ${often}` : `takes longer than ${bound} ${often}`;
}
const sureText = ({ sure }) => `${percent$5(sure)} sure at every look`;
const roughly = (ms) => {
	const minutes = Math.max(1, Math.round(ms / 6e4));
	return ms < 6e4 ? `${Math.max(1, Math.round(ms / 1e3))} more seconds` : `${minutes} more minute${minutes === 1 ? "" : "s"}`;
};
function stoppedText(verdict, bin) {
	const { standing, stoppedAfter } = verdict;
	const { ratio, lower, bound } = standing;
	const worse = ratio === null ? "is worse than the baseline" : ratioText(ratio, bound);
	const least = lower > 1 ? `at least ${times(lower)}` : "more than allowed";
	const after = stoppedAfter === void 0 ? "" : `; stopped after ${formatDuration(stoppedAfter * bin)}`;
	return `the canary ${worse} (${least}, ${sureText(standing)}); ${countsText$1(standing)}${quantilesText$1(verdict)}${after}`;
}
/** @param accepted what was proven, and the chance that this is wrong @param slack a share that is no harm, 0: none */
function acceptedText({ standing }, accepted) {
	const { bound, ratio } = standing;
	const now = ratio === null ? "" : `, now ${times(ratio)}`;
	const what = bound === void 0 ? "fail" : `take longer than ${bound}`;
	const little = accepted.slack > 0 ? `, or not in ${percent$5(accepted.slack)} of all` : "";
	return `the canary is proven not to ${what} ${times(accepted.ratio)} as often as the baseline${little} (${percent$5(1 - accepted.risk)} sure${now}); ${countsText$1(standing)}`;
}
function undecidedText({ standing, left, doubling }, { bin, leftMs }) {
	const when = left === void 0 ? `if it goes on like this not before its window ends in ${formatDuration(leftMs)}` : `about ${roughly(left * bin)} at this traffic`;
	const twice = doubling === void 0 ? "; a doubling would not show within the window" : `; a doubling would show in about ${formatDuration(Math.ceil(doubling) * bin)}`;
	return `cannot tell yet: ${when}; ${countsText$1(standing)}${twice}`;
}
/** What can be said at the end of the window without proof either way. */
function openText$1(verdict, watchedMs) {
	const { standing, seeable } = verdict;
	const { upper, bound, canary, baseline } = standing;
	const what = bound === void 0 ? "failures" : `that take longer than ${bound}`;
	const most = rateBounds(canary.bad, canary.events, 1 - standing.sure).upper;
	const excluded = upper === null ? `at most ${percent$5(most)} of its events are bad (${sureText(standing)}), of the baseline none is` : `up to ${times(upper)} as many ${what} cannot be excluded`;
	const seen = seeable === void 0 ? "" : `; less than about ${times(seeable)} could not have been seen at this traffic`;
	const none = canary.bad + baseline.bad === 0 ? "; neither arm had a single one: does the query find them?" : "";
	return `in ${formatDuration(watchedMs)}: ${countsText$1(standing)}${quantilesText$1(verdict)}; ${excluded}${seen}${none}`;
}
/** How the dispersion was come by, where a reader should know. */
function dispersionText({ standing: { dispersion }, because }) {
	if (because !== void 0) return `; uncalibrated, so more careful: ${because}`;
	return dispersion > 10 ? `; the arms differ by nature (${formatValue(dispersion, "number")} times more than by chance)` : "";
}
// build/gates/measured-value.js
/** What a gate measures, in whichever way the policy writes it: one query, a ratio of two counts, or a ready-made signal. */
const slice$1 = picklist(slices);
/** Fields of a gate's schema; with the check `oneValue`. */
const valueFields = {
	query: described(optional(filled), "What to ask the source, in its own language; gives the value."),
	failures: described(optional(filled), "In place of `query`: gives the number of failed events. The value is `failures` / `total`, a ratio."),
	total: described(optional(filled), "With `failures`: gives the number of all events."),
	signal: described(optional(picklist(signalNames)), "In place of `query`: a ready-made signal. Which ones a source has is on its page."),
	of: described(optional(filled), "With `signal`: name of the custom event or metric."),
	where: described(optional(strictObject({
		role: optional(filled),
		instance: optional(filled),
		slot: optional(filled),
		version: optional(filled),
		operation: optional(filled)
	})), "With `signal`: only what comes from this service, instance, slot, version, or calls this operation."),
	exclude: described(optional(oneOrMore(filled)), "With `signal`: operations that do not count, such as health probes; `*` stands for any characters."),
	synthetic: described(optional(boolean()), "With `signal`: whether traffic of availability tests counts. Default: false."),
	by: described(optional(slice$1), "With `signal`: one series for each value, see `reduce`."),
	unit: described(optional(picklist(unitNames)), "What the query returns. Default: `ratio` when the threshold is in percent, a plain number when it has no unit; must be given when the threshold is a time or a size. A ready-made signal has its own."),
	reduce: described(optional(picklist(reducers)), "What to do with more than one series: reduce them to one number, or compare `all` or `any` of them. Without it more than one series is an error."),
	window: described(optional(duration, "5m"), "How far back the question looks; never further than the end of the warm-up."),
	range: described(optional(strictObject({
		every: described(duration, "Distance of the samples."),
		reduce: described(picklist(overTime), "How each series becomes one value.")
	})), "Sample the window instead of asking once at its end."),
	events: described(optional(filled), "Query that gives how many events stand behind the value."),
	"min-events": described(optional(whole(1)), "With fewer events the evidence is insufficient. Needs `events`, `failures` and `total`, a `signal`, or a query that counts its own events (see the page of the source)."),
	"max-age": described(optional(duration, "5m"), "How old the newest raw sample may be.")
};
strictObject(valueFields);
const narrowing = [
	"of",
	"where",
	"exclude",
	"synthetic",
	"by"
];
/** What must hold between the fields, and what is expected where it does not. */
const rules$1 = [
	[(g) => [
		g.query !== void 0,
		g.failures !== void 0 || g.total !== void 0,
		g.signal !== void 0
	].filter(Boolean).length === 1, "either `query`, or `failures` and `total`, or `signal`"],
	[(g) => g.failures === void 0 === (g.total === void 0), "`failures` and `total` together"],
	[(g) => g.range === void 0 || g.range.every > 0, "`range.every` longer than nothing"],
	[(g) => g.signal !== void 0 || narrowing.every((key) => g[key] === void 0), "`of`, `where`, `exclude`, `synthetic` and `by` only beside `signal`"],
	[(g) => g.signal === void 0 || g.of !== void 0 === "of" in signals[g.signal], "`of` beside a signal of a custom event or metric, and beside no other"],
	[(g) => g.signal === void 0 || g.range === void 0, "`range` only beside `query`"]
];
/** Checks a gate's config for what must hold between the fields, all of it at once. */
const oneValue = () => rawCheck(({ dataset, addIssue }) => {
	if (!dataset.typed) return;
	for (const [holds, expected] of rules$1) if (!holds(dataset.value)) addIssue({ message: expected });
});
/** The unit of the value where it does not depend on a threshold. */
function ownUnit(g) {
	if (g.failures !== void 0) return "ratio";
	return g.unit ?? (g.signal && signals[g.signal].unit);
}
/**
* The window that ends where the source's data are complete and begins no earlier than the deployment.
*
* @returns undefined while nothing of the new version can be there yet
*/
function windowOf({ window }, moment) {
	const to = moment.completeTo;
	const start = to > moment.settledAt ? moment.settledAt : moment.deployedAt;
	const from = Math.max(start, to - window);
	return from < to || to === moment.now ? {
		from: Math.min(from, to),
		to
	} : void 0;
}
/** The reading while there is no window. */
const tooEarly = ({ now, completeTo }) => insufficient("too-early", `the source's data are complete only ${formatDuration(now - completeTo)} after they arise, and the new version is not that old`);
const roles$1 = [
	"query",
	"failures",
	"total",
	"events"
];
/** What to ask for the value over one window, by role. */
function questionsOf$2(config, window) {
	const ranged = config.range ? { range: {
		everyMs: config.range.every,
		reduce: config.range.reduce
	} } : {};
	const asked = /* @__PURE__ */ new Map();
	const signal = signalOf(config);
	if (signal) asked.set("signal", {
		family: "telemetry",
		query: signal,
		window
	});
	for (const role of roles$1) {
		const query = config[role];
		if (query !== void 0) asked.set(role, {
			family: "telemetry",
			query,
			window,
			...role === "query" ? ranged : {}
		});
	}
	return asked;
}
function signalOf({ signal, of, where, exclude, synthetic, by }) {
	if (signal === void 0) return void 0;
	return {
		signal,
		...of === void 0 ? {} : { of },
		...where === void 0 ? {} : { where },
		...exclude === void 0 ? {} : { exclude },
		synthetic: synthetic ?? false,
		...by === void 0 ? {} : { by }
	};
}
const isReading = (x) => "state" in x;
/** The value from what was measured by role, or the reading that says why there is none. */
function measuredValue(config, measured) {
	const numbers = /* @__PURE__ */ new Map();
	for (const [role, samples] of measured) {
		const number = numbersOf(role, samples, role === "query" || role === "signal" ? config.reduce : "sum");
		if (isReading(number)) return number;
		numbers.set(role, number);
	}
	const [total] = numbers.get("total") ?? [];
	const [failures] = numbers.get("failures") ?? [];
	const counted = total ?? numbers.get("events")?.[0] ?? measured.get("signal")?.events ?? measured.get("query")?.events;
	const events = counted === void 0 ? {} : { events: counted };
	const least = config["min-events"] ?? (total === void 0 ? void 0 : 1);
	if (least !== void 0 && !(counted !== void 0 && counted >= least)) return insufficient("too-few-events", counted === void 0 ? `the source does not say how many events stand behind the value, expected at least ${least}` : `${Math.floor(counted)} of at least ${least} events so far`, events);
	if (failures !== void 0 && total !== void 0) return {
		values: [failures / total],
		...events
	};
	return {
		values: numbers.get("query") ?? numbers.get("signal") ?? [],
		...events
	};
}
/** The numbers of one measurement, at least one; or the reading that says why there is none. */
function numbersOf(role, samples, reducer) {
	if (samples.series.length === 0) return insufficient("no-data", [`${role} gave no series: ${samples.subject}`, ...samples.notes].join("; "));
	const finite = finiteValues(samples);
	if (!finite.ok) return insufficient("not-a-number", `${role} gave ${finite.bad ?? "null"}${finite.labels && ` for ${finite.labels}`}`);
	if (finite.values.length === 1) return finite.values;
	if (reducer === void 0) return error("many-series", `${role} gave ${finite.values.length} series; aggregate them in the query or write \`reduce\``, { permanent: true });
	return reducer === "all" || reducer === "any" ? finite.values : [reduce(finite.values, reducer)];
}
/** The reading for values that are no shares though the policy takes them for such; undefined when all can be judged. */
function unfitValue(values, unit, written, events) {
	const unfit = values.find((x) => !Number.isFinite(x) || unit === "ratio" && written === void 0 && (x < 0 || x > 1));
	if (unfit === void 0) return void 0;
	return error("not-a-ratio", `${unfit} is no share between 0 and 1; if the query returns percent write \`unit: percent\`, if it may exceed 1 write \`unit: ratio\``, events);
}
/** Sources and runners disagree by seconds; by more than this the ages that are judged mean nothing. */
const skewMs = 6e4;
/** The reading for the first of the measurements that is too old; undefined when all are recent. */
function anyStale(measured, times) {
	for (const samples of measured.values()) {
		const stale = staleness(samples, times);
		if (stale) return stale;
	}
}
/**
* Whether the evidence is recent for a window that ends at `to`, and not older than `notBefore`.
*
* @returns undefined when it is
*/
function staleness({ newest, subject }, { maxAgeMs, to, notBefore = Number.NEGATIVE_INFINITY, now }) {
	if (newest === null) return insufficient("age-unknown", `no raw sample stands behind the answer: ${subject}`);
	const at = Date.parse(newest);
	if (at < notBefore) return insufficient("before-deployment", `the newest sample (${newest}) is older than the deployment`);
	if (to - at > maxAgeMs) return insufficient("stale", `the newest sample is ${formatDuration(now - at)} old, more than ${formatDuration(now - to + maxAgeMs)}`);
	if (at - now > skewMs) return error("clock-skew", `the newest sample (${newest}) lies in the future: do the clocks agree?`);
}
// build/gates/canary.js
/**
* Gate `canary`: the new version beside the old one, at the same time. It may look as often as it likes: over all looks together it
* stops a canary that is no worse at most as often as `false-stop-rate` says. How it judges is in `docs/judge.md`.
*/
/** What a round asks: the bins of both arms, and until it is known the history. */
function questions$2(config, moment, watch) {
	const window = watch.window(completeBins(config, moment));
	if (window === void 0) return /* @__PURE__ */ new Map();
	const history = watch.wantsHistory ? historyOf$1(config) : void 0;
	return new Map([...armQuestions(config, window), ...history === void 0 ? [] : historyQuestions(config, history, historyWindow(config, history, moment))]);
}
function judge$9(config, answers, moment, watch) {
	const window = watch.window(completeBins(config, moment));
	if (window === void 0) return insufficient("too-early", `the first ${formatDuration(config.bin)} after the warm-up is not yet complete at the source`, { pending: true });
	learnHistory(config, answers, moment, watch);
	const proof = proveMeasured([...armQuestions(config, window).keys()], answers);
	if (!isProof(proof)) return proof;
	return judgeBins(config, proof, window, moment, watch);
}
/** A history that cannot be asked for is asked for again: it may calibrate later, and until then the judge is the more careful. */
function learnHistory(config, answers, moment, watch) {
	const history = watch.wantsHistory ? historyOf$1(config) : void 0;
	if (history === void 0) return;
	const window = historyWindow(config, history, moment);
	const measured = /* @__PURE__ */ new Map();
	for (const role of historyQuestions(config, history, window).keys()) {
		const answer = answers.find((a) => a.role === role);
		if (answer && "failure" in answer && answer.failure.permanent) {
			watch.learn({ because: `the history cannot be asked: ${answer.failure.message}` });
			return;
		}
		if (answer === void 0 || "failure" in answer || answer.measurement.kind !== "samples") return;
		measured.set(role, answer.measurement);
	}
	watch.learn({ instances: instancesOf(config, measured, window) });
}
function judgeBins(config, proof, window, moment, watch) {
	const { now, deployedAt } = moment;
	const times = {
		maxAgeMs: config["max-age"],
		to: window.to,
		notBefore: deployedAt,
		now
	};
	const stale = anyStale(proof.measured, times);
	if (stale) return stale;
	const bins = binsOf(config, proof.measured, window);
	if (isReading(bins)) return bins;
	watch.take(bins);
	const all = completeBins(config, moment);
	const verdict = watch.judge?.verdict(config.window / config.bin - all.length);
	if (watch.isUnfair) return insufficient("failures-unknown", `in ${watch.unfair} bins there were events, and \`failures\` gave nothing: it must give 0 where none failed, or the comparison is not fair`, verdict ? detailsOf(verdict) : {});
	if (verdict?.stopped) return stopped$1(config, proof, verdict);
	return missing$1(config, all, proof, watch, verdict) ?? open$2(config, proof, all, verdict);
}
const detailsOf = ({ standing }) => ({
	...standing.ratio === null ? {} : {
		value: standing.ratio,
		shown: times(standing.ratio)
	},
	events: standing.canary.events,
	standing
});
function limitText$1(config, { calibrated }) {
	const margin = 1 + config["no-worse-than"];
	const allowed = calibrated ? margin : Math.max(margin, uncalibratedMargin);
	return allowed > 1 ? `at most ${times(allowed)} as often` : "no more often than the baseline";
}
function stopped$1(config, proof, verdict) {
	return unhealthy(proof, "worse-than-baseline", stoppedText(verdict, config.bin) + dispersionText(verdict), {
		...detailsOf(verdict),
		threshold: limitText$1(config, verdict.standing),
		conclusive: true
	});
}
/** Why the bins so far are no evidence, whatever is in them; undefined when they are. */
function missing$1(config, all, proof, watch, verdict) {
	const details = verdict ? detailsOf(verdict) : {};
	const recent = all.slice(-10);
	const looked = all.length * config.bin >= config.window ? all : recent;
	const seen = watch.measuredOf(looked);
	if (2 * seen >= looked.length && seen > 0) return void 0;
	const unlike = watch.unlikeOf(looked);
	if (unlike !== void 0) return insufficient("bounds-differ", `the durations of both arms could be compared in only ${formatDuration(seen * config.bin)} of the last ${formatDuration(looked.length * config.bin)}: ${unlike}`, details);
	const found = armsFound(config, proof.measured);
	const of = `${formatDuration(looked.length * config.bin)}${found === "" ? "" : ` (${found})`}`;
	return seen === 0 ? insufficient("no-traffic", `canary and baseline had no events at the same time in the last ${of}`, details) : insufficient("gaps", `both arms had events in only ${formatDuration(seen * config.bin)} of the last ${of}`, details);
}
/** Not proven to be worse: proven to be no worse, or open, which at the end of the window is a word too. */
function open$2(config, proof, all, verdict) {
	if (verdict === void 0) return insufficient("no-traffic", "nothing was counted");
	const { standing } = verdict;
	if (verdict.blind && all.length * config.bin >= config.window) return insufficient("bounds-too-wide", `all requests took between two neighbouring bounds of the histogram, so nothing tells the arms apart: ${countsText$1(standing)}`, detailsOf(verdict));
	const details = {
		...detailsOf(verdict),
		threshold: limitText$1(config, verdict.standing)
	};
	const more = dispersionText(verdict);
	const { accept } = config;
	if (accept !== "never" && verdict.accepted) {
		const enough = standing.canary.events >= accept["min-events"] && standing.bins * config.bin >= accept.after;
		const text = acceptedText(verdict, {
			ratio: 1 + accept["no-worse-than"],
			risk: accept.risk,
			slack: slackOf(config)
		}) + more;
		if (enough) return healthy(proof, "no-worse", text, details);
	}
	const watchedMs = all.length * config.bin;
	if (watchedMs < config.window) {
		const leftMs = config.window - watchedMs;
		return insufficient("undecided", undecidedText(verdict, {
			bin: config.bin,
			leftMs
		}) + more, {
			...details,
			pending: true
		});
	}
	if (standing.canary.events < config["min-events"]) return insufficient("too-few-events", `the canary had ${Math.floor(standing.canary.events)} of at least ${config["min-events"]} events in ${formatDuration(watchedMs)}: ${countsText$1(standing)}`, details);
	const text = openText$1(verdict, watchedMs) + more;
	return config["at-window-end"] === "proof" ? insufficient("unproven", `no proof either way ${text}`, details) : healthy(proof, "no-harm-seen", `no harm seen ${text}`, details);
}
const canaryGate = defineGate({
	type: "canary",
	family: "telemetry",
	schema: pipe(fields$6, fitsTogether),
	sharesFalseStops: true,
	takesMs: ({ window }) => window,
	asksInBins: ({ counters }) => counters ? "increase" : "each",
	bind(config) {
		return {
			questions: (moment, watch = new Watch(config)) => questions$2(config, moment, watch),
			judge(answers, moment, watch = new Watch(config)) {
				return {
					reading: judge$9(config, answers, moment, watch),
					memory: watch
				};
			}
		};
	},
	lint: (config) => adviceOn$1(config)
});
function adviceOn$1(config) {
	const advice = [];
	if (historyOf$1(config) === void 0) advice.push({
		key: "failures",
		message: "no history says how much two equal arms differ, so the judge is slower and allows 25 %: write `history`, one series for each instance of the old version"
	});
	if (config.window < 6e5) advice.push({
		key: "window",
		message: "in less than 10 minutes only great harm can be seen"
	});
	return advice;
}
// build/judge/comparison.js
/** Whether a value has risen or fallen against an earlier one, by more than a margin. No statistics: both are taken as they were measured. */
const directions = [
	"not-rise",
	"not-fall",
	"rise",
	"fall"
];
/**
* Holds `after` against `before`.
*
* `rise` means more than the margin above, `fall` more than the margin below; `not-rise` and `not-fall` are their opposites, so of
* `rise` and `not-rise` exactly one holds.
*
* @param values finite numbers
* @returns undefined when only a relative margin is given and the baseline is 0, unless nothing has changed
*/
function compareArms({ before, after }, should, { relative, absolute }) {
	if (!Number.isFinite(before) || !Number.isFinite(after)) return void 0;
	const size = Math.abs(before);
	if (size === 0 && relative > 0 && absolute === void 0 && after !== 0) return void 0;
	const margin = Math.max(relative * size, absolute ?? 0);
	const difference = after - before;
	const change = size === 0 ? void 0 : difference / size;
	const slack = 1e-12 * Math.max(size, Math.abs(after));
	const rose = difference > margin + slack;
	const fell = -difference > margin + slack;
	return {
		holds: {
			rise: rose,
			"not-rise": !rose,
			fall: fell,
			"not-fall": !fell
		}[should],
		change: change !== void 0 && Number.isFinite(change) ? change : void 0
	};
}
// build/train/clock.js
/** Time, handed in, so that an hour's bake is tested in milliseconds. */
const systemClock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		try {
			await setTimeout$1(Math.max(0, ms), void 0, signal ? { signal } : {});
		} catch (error) {
			if (!signal?.aborted) throw error;
		}
	}
};
/** The instant as the record writes it. */
const iso = (ms) => new Date(ms).toISOString();
// build/gates/comparison.js
/**
* Gate `comparison`: a value of the time after the deployment against the same value of an earlier time of the same length. Both are
* measured anew in every round; whether the difference could be chance is not asked here, so give it events and a margin.
*/
const { by: _, ...value } = valueFields;
const arms = {
	before: {
		agoMs: void 0,
		words: "before the deployment"
	},
	"day-ago": {
		agoMs: 864e5,
		words: "a day ago"
	},
	"week-ago": {
		agoMs: 6048e5,
		words: "a week ago"
	}
};
const armNames = [
	"before",
	"day-ago",
	"week-ago"
];
const share$3 = /^(\d+(?:\.\d+)?)\s*%$/;
const fields$5 = strictObject({
	...value,
	against: described(optional(picklist(armNames), "before"), "What it is compared with: the time right before the deployment, or the same time a day or a week ago."),
	should: described(picklist(directions), "What the value must do, by more than the margin: `rise`, `fall`; or must not do: `not-rise`, `not-fall`."),
	margin: described(optional(pipe(string$1(), trim(), regex(share$3, "a share such as `10%`")), "0%"), "What is no change yet, as a share of the earlier value."),
	"at-least": described(optional(pipe(union([string$1(), number$2()]), check$2((x) => (floorOf$1(x)?.limit ?? -1) >= 0, "an amount such as `0.1%`, `20 ms` or `5`, not below 0"))), "What is no change yet, in the unit of the value; the larger of this and `margin` counts. Without it nothing can be said of a share of 0.")
});
const schema$21 = pipe(fields$5, oneValue(), check$2((g) => g.reduce !== "all" && g.reduce !== "any", "`reduce` to one number: max, min, sum or avg"), check$2((g) => g["at-least"] === void 0 || unitOf(g) !== void 0, "`unit` beside an `at-least` that is a time or a size (does the query return s or ms?)"), check$2((g) => {
	const [floor, unit] = [floorOf$1(g["at-least"]), unitOf(g)];
	return floor === void 0 || unit === void 0 || comparable(floor, unit);
}, "`unit` and `at-least` of the same kind"));
/** An amount, read as a threshold is. */
function floorOf$1(text) {
	return text === void 0 ? void 0 : parseThreshold(`<= ${text}`);
}
function unitOf(g) {
	const floor = floorOf$1(g["at-least"]);
	return ownUnit(g) ?? (floor === void 0 ? "number" : assumedUnit(floor));
}
/** Both windows, of the same length; undefined while the new version is too young for one. */
function windowsOf$1(config, moment) {
	const after = windowOf(config, moment);
	if (after === void 0) return void 0;
	const { agoMs } = arms[config.against];
	const to = agoMs === void 0 ? moment.deployedAt : after.to - agoMs;
	return {
		after,
		before: {
			from: to - (after.to - after.from),
			to
		}
	};
}
const baseline = "baseline ";
function questions$1(config, moment) {
	const windows = windowsOf$1(config, moment);
	if (windows === void 0) return /* @__PURE__ */ new Map();
	const earlier = [...questionsOf$2(config, windows.before)].map(([role, q]) => [baseline + role, q]);
	return new Map([...questionsOf$2(config, windows.after), ...earlier]);
}
/** Systems round the ends of a window to their own steps. */
const roundingMs = 1e3;
const longestStepMs = 6e4;
/** Why the earlier arm is no baseline; undefined when it is one. */
function unfit(config, measured, { to }, now) {
	for (const samples of measured.values()) {
		const stale = staleness(samples, {
			maxAgeMs: config["max-age"],
			to,
			now
		});
		if (stale) return stale;
		const late = Date.parse(samples.newest ?? "") > to + roundingMs;
		if (late || Date.parse(samples.window.to) > to + longestStepMs) return insufficient("not-of-then", `asked for the time until ${iso(to)}, the answer is about ${late ? samples.newest : samples.window.to}: ${samples.subject}`);
	}
}
/** The same reading, said of the earlier arm; what proves nothing there is one thing to the reader: there is no baseline. */
function ofBaseline({ state, code, reason, permanent }, { against }) {
	const text = `${arms[against].words}: ${reason}`;
	return state === "error" ? error(code, text, permanent === void 0 ? {} : { permanent }) : insufficient("no-baseline", text);
}
function judge$8(config, proof, windows, moment) {
	const { now, deployedAt } = moment;
	const arm = (earlier) => new Map([...proof.measured].flatMap(([role, samples]) => role.startsWith(baseline) === earlier ? [[earlier ? role.slice(9) : role, samples]] : []));
	const [later, earlier] = [arm(false), arm(true)];
	const stale = anyStale(later, {
		maxAgeMs: config["max-age"],
		to: windows.after.to,
		notBefore: deployedAt,
		now
	});
	if (stale) return stale;
	const after = measuredValue(config, later);
	if (isReading(after)) return after;
	const unusable = unfit(config, earlier, windows.before, now);
	if (unusable) return ofBaseline(unusable, config);
	const before = measuredValue(config, earlier);
	if (isReading(before)) return ofBaseline(before, config);
	const [[x], [y]] = [before.values, after.values];
	if (x === void 0 || y === void 0) return insufficient("no-data", "nothing was measured");
	return compare$1(config, proof, {
		before: x,
		after: y
	}, after.events);
}
function compare$1(config, proof, pair, counted) {
	const unit = unitOf(config) ?? "number";
	const floor = floorOf$1(config["at-least"]);
	const events = counted === void 0 ? {} : { events: counted };
	const wrong = unfitValue([pair.before, pair.after], unit, config.unit, events);
	if (wrong) return wrong;
	const margin = {
		relative: Number(share$3.exec(config.margin)?.[1]) / 100,
		absolute: floor && inUnitOf({
			...floor,
			unit
		}, floor.limit, floor.unit)
	};
	const shownIn = {
		operator: "<=",
		limit: 0,
		unit: floor?.unit ?? (unit === "ratio" ? "percent" : unit)
	};
	const show = (x) => formatValue(inUnitOf(shownIn, x, unit), shownIn.unit);
	const both = `${show(pair.before)} → ${show(pair.after)}`;
	const threshold = limitText(config, floor);
	const compared = compareArms(pair, config.should, margin);
	if (compared === void 0) return insufficient("baseline-zero", `${both}: nothing is a share of 0; say with \`at-least\` how much is no change yet`, {
		shown: both,
		threshold,
		...events
	});
	const shown = `${both}${changeText(compared)}`;
	const details = {
		...compared.change === void 0 ? {} : { value: 100 * compared.change },
		shown,
		threshold,
		...events
	};
	const text = `${shown} against ${arms[config.against].words}`;
	return compared.holds ? healthy(proof, "compares-well", `${text}, ${threshold}`, details) : unhealthy(proof, "compares-badly", `${text}, expected ${threshold}`, details);
}
const signed = (text) => text.startsWith("-") ? text : `+${text}`;
const changeText = ({ change }) => change === void 0 ? "" : ` (${signed(formatValue(100 * change, "percent"))})`;
/** `at most +10 % or +20 ms`. */
function limitText({ should, margin }, floor) {
	const relative = Number(share$3.exec(margin)?.[1]);
	const up = should === "rise" || should === "not-rise";
	const amounts = [...relative > 0 ? [formatValue(relative, "percent")] : [], ...floor && floor.limit > 0 ? [amountText(floor)] : []];
	if (amounts.length === 0) return {
		rise: "a rise",
		fall: "a fall",
		"not-rise": "no rise",
		"not-fall": "no fall"
	}[should];
	const limit = amounts.map((text) => (up ? "+" : "-") + text).join(" or ");
	return `${{
		rise: "more than",
		"not-rise": "at most",
		fall: "less than",
		"not-fall": "at least"
	}[should]} ${limit}`;
}
/** A share of shares would be read as a relative one. */
const amountText = ({ limit, unit }) => unit === "percent" ? `${limit} percentage points` : formatValue(limit, unit);
const comparisonGate = defineGate({
	type: "comparison",
	family: "telemetry",
	schema: schema$21,
	bind(config) {
		return {
			questions: (moment) => questions$1(config, moment),
			judge(answers, moment) {
				const windows = windowsOf$1(config, moment);
				if (windows === void 0) return tooEarly(moment);
				const { after } = windows;
				if (after.to <= after.from) return insufficient("too-early", "the new version has only just gone live");
				const roles = [...questions$1(config, moment).keys()];
				const later = proveMeasured(roles.filter((role) => !role.startsWith(baseline)), answers);
				if (!isProof(later)) return later;
				const proof = proveMeasured(roles, answers);
				return isProof(proof) ? judge$8(config, proof, windows, moment) : ofBaseline(proof, config);
			}
		};
	},
	lint: (config) => [...config["min-events"] === void 0 ? [{
		key: "should",
		message: "no `min-events`: a handful of requests is compared like thousands"
	}] : [], ...config.should.startsWith("not-") && config.margin === "0%" && config["at-least"] === void 0 ? [{
		key: "should",
		message: "no `margin` and no `at-least`: two measurements of the same are never quite equal"
	}] : []]
});
// build/gates/flags/expect.js
/** What a policy may expect of a flag: the short forms and the long one, read into one shape. */
const notNull = pipe(unknown$1(), check$2((x) => x !== null && x !== void 0, "a value"));
const number = String.raw`(\d+(?:\.\d+)?)\s*%`;
const compared = new RegExp(String.raw`^(<=|>=|<|>|=)\s*${number}$`);
const between = new RegExp(String.raw`^${number}\s*(?:\.\.|-|to)\s*${number}$`);
const exact = new RegExp(`^${number}$`);
/** `<= 5%`, `= 100%`, `1%..5%`; undefined for any other text. */
function boundsOf(text) {
	const trimmed = text.trim();
	const ends = (lo, hi, open) => lo <= hi && lo >= 0 && hi <= 100 ? {
		lo,
		hi,
		text: trimmed,
		...open === void 0 ? {} : { open }
	} : void 0;
	const [, operator, amount] = compared.exec(trimmed) ?? [];
	if (operator !== void 0) {
		const x = Number(amount);
		if (operator === "=") return ends(x, x);
		if (operator === "<=" || operator === "<") return ends(0, x, operator === "<" ? "hi" : void 0);
		return ends(x, 100, operator === ">" ? "lo" : void 0);
	}
	const [, from, to] = between.exec(trimmed) ?? [];
	if (from !== void 0) return ends(Number(from), Number(to));
	const [, only] = exact.exec(trimmed) ?? [];
	return only === void 0 ? void 0 : ends(Number(only), Number(only));
}
const longFields$1 = strictObject({
	exists: described(optional(literal$1(true)), "It is there, whatever it serves. All other assertions ask for that too."),
	state: described(optional(picklist([
		"on",
		"off",
		"partial"
	])), "`off`: nobody can get the new code, not even those whom a rule or a list names; `on`: everybody gets it; `partial`: some do and some do not. What is served, not whether the switch is thrown."),
	rollout: described(optional(pipe(string$1(), check$2((text) => boundsOf(text) !== void 0, "bounds such as `<= 5%`, `= 100%` or `1%..5%`"))), "Bounds of the percentage that gets the new code: `<= 5%`, `= 100%`, `1%..5%`."),
	reach: described(optional(oneOrMore(picklist([
		"nobody",
		"targeted-only",
		"partial",
		"everyone"
	]))), "Who can get the new code: `nobody`, `targeted-only` (only those whom rules or lists name), `partial`, `everyone`."),
	variant: described(optional(filled), "Name of the variant that it must serve."),
	value: described(optional(notNull), "Value that it must serve, of the same type."),
	for: described(optional(oneOrMore(evaluationContext)), "Evaluation contexts to probe for `state`, `variant` and `value`; each needs a `targetingKey`. Without it they must be proven for everyone."),
	enabled: described(optional(boolean()), "The provider's switch. What is served is another question: see `state`."),
	"when-off": described(optional(picklist([
		"off",
		"on",
		"code-default"
	])), "What it must serve once its switch is off: the kill switch must lead to the old code."),
	killable: described(optional(union([literal$1(true), literal$1("as-far-as-known")])), "This credential may switch it off: no approval, lock or missing permission is in the way. Not every provider tells all of it beforehand: `as-far-as-known` takes that nothing is known to be in the way."),
	"kill-scope": described(optional(literal$1("environment")), "Switching it off must not switch it off in other environments too."),
	"unchanged-for": described(optional(duration), "Nobody has changed it for so long. The train is held until it is so."),
	"evaluated-within": described(optional(duration), "An application has asked for it within so long: the deployed code really has it."),
	stale: described(optional(literal$1(false)), "The provider does not call it stale."),
	archived: described(optional(boolean()), "`true`: it is archived, which stands alone; nothing else can be met by a flag that is."),
	temporary: described(optional(boolean()), "Whether the provider calls it temporary."),
	managed: described(optional(literal$1(false)), "Nothing moves it by itself: no guarded rollout, release plan, schedule or experiment, and no rule about time."),
	segments: described(optional(array(filled)), "The segments that its rules may name: these, and no others."),
	individuals: described(optional(whole(0)), "Most users that may be named one by one."),
	rules: described(optional(literal$1("none")), "It has no rules: everybody gets the same, or by percentage alone."),
	prerequisites: described(optional(literal$1("met")), "All flags that it depends on are as it asks.")
});
const assertions$1 = Object.keys(longFields$1.entries).filter((key) => key !== "for");
/** Those that a probe can answer. */
const served$2 = [
	"state",
	"variant",
	"value"
];
const longForm$1 = pipe(longFields$1, check$2((x) => assertions$1.some((key) => x[key] !== void 0), "at least one of `state`, `rollout`, `reach`, `variant`, `value`, `killable`, …"), check$2((x) => x.archived !== true || assertions$1.every((key) => key === "archived" || key === "exists" || x[key] === void 0), "`archived: true` by itself"), check$2((x) => x.for === void 0 || x.state !== "partial" && served$2.some((key) => x[key] !== void 0), "`state: on` or `off`, `variant` or `value` beside `for`"));
const words$2 = [
	"on",
	"off",
	"partial",
	"exists",
	"killable",
	"archived"
];
const isWord = (text) => words$2.includes(text);
const shortForms$1 = "`on`, `off`, `partial`, `rollout <= 5%`, `killable`, `exists`, `archived`, `variant NAME` or `value TEXT`";
const isShort = (text) => {
	if (isWord(text)) return true;
	const [, what, rest = ""] = /^(variant|value|rollout)\s+(\S.*)$/s.exec(text) ?? [];
	return what === "rollout" ? boundsOf(rest) !== void 0 : what !== void 0;
};
/** One flag's expectation as the policy writes it. */
const expectation$1 = union([
	boolean(),
	pipe(string$1(), trim(), check$2(isShort, shortForms$1)),
	longForm$1
]);
/** All forms as one. */
function readExpectation$1(written) {
	if (typeof written === "boolean") return { state: written ? "on" : "off" };
	if (typeof written === "string") return readShort(written);
	const { value, rollout, for: contexts, ...rest } = written;
	const bounds = rollout === void 0 ? void 0 : boundsOf(rollout);
	return {
		...rest,
		...bounds === void 0 ? {} : { rollout: bounds },
		...value === void 0 ? {} : { value: { exact: value } },
		...contexts === void 0 ? {} : { contexts }
	};
}
function readShort(written) {
	if (written === "on" || written === "off" || written === "partial") return { state: written };
	if (written === "killable") return { killable: true };
	if (written === "archived") return { archived: true };
	if (written === "exists") return { exists: true };
	const [, what, rest = ""] = /^(variant|value|rollout)\s+(.*)$/s.exec(written) ?? [];
	if (what === "variant") return { variant: rest };
	const bounds = what === "rollout" ? boundsOf(rest) : void 0;
	return bounds === void 0 ? { value: { text: rest } } : { rollout: bounds };
}
/** A value as JSON, cut where it is long. */
const show = (value) => {
	const text = JSON.stringify(value) ?? String(value);
	return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};
const valueText = (value) => `value ${"text" in value ? value.text : show(value.exact)}`;
/** `off`, `variant blue`, `value 3`: what is to be served. */
function servedText({ state, variant, value }) {
	return [
		state ?? "",
		variant === void 0 ? "" : `variant ${variant}`,
		value === void 0 ? "" : valueText(value)
	].filter((text) => text !== "").join(" and ");
}
// build/gates/deployment/expect.js
/** What a policy may expect of a target: the short forms and the long one, read into one shape. */
/** As thresholds elsewhere are written, `==` too. */
const shareBounds = (text) => boundsOf(text.replace(/^\s*==/, "="));
/** Met by whatever can be: it would look like an assertion and be none. */
const saysNothing = ({ lo, hi, open }) => lo === 0 && hi === 100 && open === void 0;
const longFields = strictObject({
	exists: described(optional(boolean()), "`true`: it is there, in whatever state. All other assertions ask for that too. `false` stands alone: it is not there."),
	version: described(optional(pipe(string$1("a version as a text, in quotes"), trim(), nonEmpty("a version (is the variable set?)"))), "What must run there, as the system writes it, letter by letter; except that a commit id of at least 7 characters matches the full one that it begins."),
	running: described(optional(boolean()), "`true`: it runs; `false`: it is stopped."),
	ready: described(optional(literal$1(true)), "Every instance that should serve does, and is warmed up."),
	healthy: described(optional(literal$1(true)), "The system itself calls it healthy."),
	traffic: described(optional(pipe(string$1("bounds in percent such as `= 0%` or `>= 5%`"), check$2((text) => shareBounds(text) !== void 0, "bounds in percent such as `= 0%`, `>= 5%` or `5%..10%`"), check$2((text) => {
		const bounds = shareBounds(text);
		return bounds === void 0 || !saysNothing(bounds);
	}, "bounds that not every share satisfies"))), "Bounds of its share of the users' requests: `= 0%`, `>= 5%`, `5%..10%`."),
	"min-instances": described(optional(whole(1)), "How many instances must be ready, at least."),
	"stable-for": described(optional(pipe(duration, check$2((ms) => ms > 0, "a duration longer than 0"))), "What runs there has been there for so long. The train is held until it is so."),
	"settings-like": described(optional(filled), "A target whose settings it must have, but for those that are meant to differ: `production`."),
	"settings-except": described(optional(oneOrMore(filled)), "Beside `settings-like`: names of settings that may differ; `*` stands for any characters.")
});
const qualifiers = ["settings-except"];
const assertions = Object.keys(longFields.entries).filter((key) => !qualifiers.includes(key));
/** What nothing that is stopped can be. */
const ofRunning = [
	"ready",
	"healthy",
	"min-instances"
];
const longForm = pipe(longFields, check$2((x) => assertions.some((key) => x[key] !== void 0), "at least one of `version`, `running`, `ready`, `healthy`, `traffic`, `exists`, …"), check$2((x) => x.exists !== false || Object.keys(longFields.entries).every((key) => key === "exists" || x[key] === void 0), "`exists: false` by itself"), check$2((x) => x["settings-except"] === void 0 || x["settings-like"] !== void 0, "`settings-like` beside `settings-except`"), check$2((x) => x.running !== false || ofRunning.every((key) => x[key] === void 0), `none of ${ofRunning.map((key) => `\`${key}\``).join(", ")} beside \`running: false\``));
const words$1 = [
	"exists",
	"running",
	"ready",
	"healthy",
	"absent"
];
/** What is expected of one target, as the policy writes it. */
const expectation = union([pipe(string$1(), trim(), check$2((text) => words$1.includes(text), "`exists`, `running`, `ready`, `healthy`, `absent`, or a map such as `{ version: \"1.2.3\" }`")), longForm]);
/** All forms as one. */
function readExpectation(written) {
	if (typeof written === "string") return written === "absent" ? { exists: false } : { [written]: true };
	const { traffic, "settings-like": like, "settings-except": except = [], ...rest } = written;
	const bounds = traffic === void 0 ? void 0 : shareBounds(traffic);
	return {
		...rest,
		...bounds === void 0 ? {} : { traffic: bounds },
		...like === void 0 ? {} : { settings: {
			like,
			except
		} }
	};
}
/** `= 0 %`, as the report writes percentages. */
const boundsWords = ({ text }) => text.replace(/^==/, "=").replace(/\s*%/g, " %");
/** What rests on what runs there, in words: `running`, `version 1.2.3`, `ready`. */
function stateWishes(expected) {
	const { version, running, ready, healthy, "min-instances": least, "stable-for": rest } = expected;
	return [
		running === void 0 ? void 0 : running ? "running" : "stopped",
		version === void 0 ? void 0 : `version ${version}`,
		ready && "ready",
		healthy && "healthy",
		least === void 0 ? void 0 : `at least ${least} ready`,
		rest === void 0 ? void 0 : `there for ${formatDuration(rest)}`
	].filter((word) => word !== void 0);
}
/** All that is expected, in words. */
function wishes(expected) {
	const { traffic, settings } = expected;
	const all = [
		...stateWishes(expected),
		...traffic === void 0 ? [] : [`${boundsWords(traffic)} of the traffic`],
		...settings === void 0 ? [] : [`settings like ${settings.like}`]
	];
	return all.length > 0 ? all : ["it to be there"];
}
// build/gates/deployment/ask.js
/** Role of the question how all targets stand. */
const targetsRole = "targets";
function askFor(expect) {
	const questions = /* @__PURE__ */ new Map([[targetsRole, {
		family: "deployment",
		targets: Object.keys(expect)
	}]]);
	return {
		probes: Object.entries(expect).map(([target, written]) => {
			const expected = readExpectation(written);
			if (expected.settings === void 0) return {
				target,
				expected
			};
			const settingsRole = `settings of ${target}`;
			const settings = {
				target,
				like: expected.settings.like
			};
			questions.set(settingsRole, {
				family: "deployment",
				targets: [target],
				settings
			});
			return {
				target,
				expected,
				settingsRole
			};
		}),
		questions
	};
}
// build/gates/deployment/verdict.js
/** What was found of one part of what is expected of a target. */
const met$1 = (text) => ({
	is: "met",
	code: "as-expected",
	text
});
const missed$1 = (text) => ({
	is: "missed",
	code: "target-not-as-expected",
	text
});
const lacking$2 = (code, text) => ({
	is: "lacking",
	code,
	text
});
const pending = (code, text) => ({
	is: "lacking",
	code,
	text,
	pending: true
});
// build/gates/deployment/settings.js
/**
* How the settings of a target differ from those of another, against what should differ. Pure.
*
* When two slots change places, settings go with the code, unless they are sticky and stay with the slot. So one that is not sticky must be
* the same at both, or what is live would be changed; one that is sticky may have a value of its own at each, but must be there at both, or
* the code finds it on one side only.
*/
/** Names in a sentence; the evidence has the rest. */
const mostNames = 10;
const hows = {
	missing: "missing",
	"only-here": "only here",
	"other-value": "another value"
};
/** @param settings undefined: the source did not compare them @returns one verdict */
function assessSettings({ exists, state }, settings, { like, except }) {
	const wish = `expected those of ${like}`;
	if (!exists || settings === void 0) return lacking$2("not-told", `has settings that the source does not compare, ${wish} (are both there?)`);
	if (state === "deploying") return pending("deploying", `has settings that may be changing right now, ${wish}`);
	if (settings.compared === 0) return lacking$2("no-settings", `has no settings, and neither has ${like}`);
	const forms = except.map((pattern) => new RegExp(globForm(pattern), "s"));
	const counting = settings.differ.filter(({ name }) => !forms.some((form) => form.test(name)));
	const wrong = counting.filter(({ how, sticky }) => how !== "other-value" || sticky === false);
	if (wrong.length > 0) return missed$1(`has other settings than ${like}: ${named$1(wrong)}`);
	const unclear = counting.filter(({ sticky }) => sticky === null);
	if (unclear.length > 0) {
		const why = `which may be sticky or not, ${wish}: the source does not say`;
		return lacking$2("not-told", `has settings with other values than ${like}: ${named$1(unclear)}, ${why}`);
	}
	if (state === "unknown") return lacking$2("not-told", `may be changing its settings or not: the source does not say, ${wish}`);
	const but = settings.differ.length === 0 ? "" : `, but for ${settings.differ.length} that may differ`;
	return met$1(`has the settings of ${like} (${plural(settings.compared, "setting")} compared${but})`);
}
function named$1(differ) {
	return `${differ.slice(0, mostNames).map(({ name, how, sticky }) => `${name} (${hows[how]}${sticky === true ? ", sticky" : ""})`).join(", ")}${differ.length > mostNames ? ` and ${differ.length - mostNames} more` : ""}`;
}
// build/record/flag-words.js
const percentWords = (x) => `${Number(x.toFixed(3))} %`;
/** `on for 10 % to 25 %`, `off`, `on for those whom rules name`. */
function stateWords$1(state) {
	if (!state.exists) return "not there";
	const { lo, hi } = state.exposure;
	if (state.reach === "nobody") return "off";
	if (state.reach === "everyone") return "on for everyone";
	if (state.reach === "targeted-only") return "on for those whom its rules name";
	if (lo === hi) return `on for ${percentWords(lo)}`;
	return `on for ${percentWords(lo)} to ${percentWords(hi)}`;
}
/** Whether what was moved is where it was wanted, or nothing was to be written. */
const isDone = ({ outcome }) => [
	"changed",
	"already",
	"dry-run"
].includes(outcome);
// build/gates/deployment/target.js
/** How a target stands, against what is expected of it. Pure. */
/** Sums of decimal fractions are no better than this, in percent. */
const slack$1 = 1e-9;
/** @param now milliseconds since the epoch @returns a verdict for each part, at least one */
function assess$1(target, expected, now) {
	if (expected.exists === false) return [absence(target)];
	if (!target.exists) return [missed$1(`is not there, expected ${wishes(expected).join(", ")}`)];
	const found = [...aboutState(target, expected, now), ...aboutTraffic(target, expected)];
	if (found.length === 0) return [met$1("is there")];
	return because(found, target.reasons);
}
function absence({ exists, state }) {
	if (!exists) return met$1("is not there, as expected");
	return state === "deploying" ? pending("deploying", "is there and being changed right now, expected not to be there") : missed$1("is there, expected not to be");
}
/** The system's own reasons stand behind the worst of what was found. */
function because(found, reasons) {
	const worst = found.find(({ is }) => is === "missed") ?? found.find(({ is }) => is === "lacking");
	if (worst === void 0 || reasons.length === 0) return [...found];
	const more = reasons.length > 3 ? `, and ${reasons.length - 3} more reasons` : "";
	const text = `${worst.text} (${reasons.slice(0, 3).join(", ")}${more})`;
	return found.map((verdict) => verdict === worst ? {
		...verdict,
		text
	} : verdict);
}
/**
* What rests on what runs there, and the state that it must be in for that. Nothing of it is proven while it is being changed, when a change went wrong, or where the system does not
* say: which version runs may be true of a half of it.
*/
function aboutState(target, expected, now) {
	const wanted = stateWishes(expected);
	if (wanted.length === 0) return [];
	const parts = [
		version(target, expected),
		readiness(target, expected),
		health(target, expected),
		instances(target, expected),
		age$1(target, expected, now)
	].filter((verdict) => verdict !== void 0);
	const stopped = expected.running === false;
	const all = wanted.join(", ");
	switch (target.state) {
		case "deploying": return [pending("deploying", `is being changed right now, expected ${all}`)];
		case "failed": return [{
			...missed$1(`is in a failed state, expected ${all}`),
			code: "rollout-failed",
			stands: true
		}, ...parts];
		case "unknown": return [...parts, lacking$2("not-told", `may be running or not: the source does not say, expected ${all}`)];
		case "stopped": return stopped ? [met$1("is stopped"), ...parts] : [missed$1("is stopped, expected to run"), ...parts];
		case "running":
			if (stopped) return [missed$1("is running, expected stopped"), ...parts];
			return expected.running ? [met$1("is running"), ...parts] : parts;
	}
}
const unknown = (what, wanted) => lacking$2("not-told", `${what}: the source does not say, expected ${wanted}`);
const commit = /^[0-9a-f]{7,64}$/i;
/** SHA-1 or SHA-256. */
const fullCommit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;
const abbreviates = (short, full) => commit.test(short) && fullCommit.test(full) && full.toLowerCase().startsWith(short.toLowerCase());
/** The same text; or one is a full commit id, and the other the beginning of it. */
const isSameVersion = (a, b) => a === b || abbreviates(a, b) || abbreviates(b, a);
function version({ version: runs }, { version: wanted }) {
	if (wanted === void 0) return void 0;
	if (runs === null) return unknown("may run any version", wanted);
	return isSameVersion(runs, wanted) ? met$1(`runs ${runs}`) : missed$1(`runs ${runs}, expected ${wanted}`);
}
function readiness({ ready }, { ready: wanted }) {
	if (wanted === void 0) return void 0;
	if (ready === null) return unknown("may be ready or not", "ready");
	return ready ? met$1("is ready") : missed$1("is not ready, expected to be");
}
function health({ health: is }, { healthy: wanted }) {
	if (wanted === void 0) return void 0;
	if (is === "unknown") return unknown("may be healthy or not", "healthy");
	return is === "healthy" ? met$1("is healthy") : missed$1("is unhealthy, expected healthy");
}
function instances({ instances: found }, { "min-instances": least }) {
	if (least === void 0) return void 0;
	const wish = `at least ${least} ready`;
	if (found === null) return unknown("may have any number of instances", wish);
	const text = `has ${found.ready} of ${found.wanted} instances ready`;
	return found.ready >= least ? met$1(text) : missed$1(`${text}, expected ${wish}`);
}
function age$1({ since }, { "stable-for": least }, now) {
	if (least === void 0) return void 0;
	const ms = since === null ? NaN : now - Date.parse(since);
	const wish = `there for ${formatDuration(least)}`;
	if (Number.isNaN(ms)) return unknown("may have got there lately", wish);
	if (ms < -6e4) return lacking$2("clock-skew", `got there in the future, expected ${wish}: do the clocks agree?`);
	const text = `has been there for ${formatDuration(Math.max(0, ms))}`;
	return ms >= least ? met$1(text) : pending("too-young", `${text}, expected ${formatDuration(least)}`);
}
const within$1 = (percent, { lo, hi, open }) => (open === "lo" ? percent > lo + slack$1 : percent >= lo - slack$1) && (open === "hi" ? percent < hi - slack$1 : percent <= hi + slack$1);
function aboutTraffic({ traffic }, { traffic: bounds }) {
	if (bounds === void 0) return [];
	const wish = boundsWords(bounds);
	if (traffic === null) return [unknown("may get any share of the traffic", wish)];
	const text = `gets ${percentWords(traffic)} of the traffic`;
	return [within$1(traffic, bounds) ? met$1(text) : missed$1(`${text}, expected ${wish}`)];
}
// build/gates/deployment/judge.js
/** The reading of gate `deployment`, from all answers. The worst wins, and all that is wrong is named. Pure. */
/** What an answer as a whole is called: that about all targets needs no name. */
const named = (role) => ({
	role,
	...role === "targets" ? {} : { target: role }
});
const failed$1 = (role, code, text, permanent = false) => ({
	is: "error",
	...named(role),
	code,
	text,
	permanent
});
/** The measurement, when it is about what was asked; otherwise why there is none to go by. */
function measured$1(role, question, answers) {
	const answer = answers.find((a) => a.role === role);
	if (!answer) return failed$1(role, "not-answered", "no answer");
	if ("failure" in answer) {
		const { code, message, permanent } = answer.failure;
		return failed$1(role, code, message, permanent);
	}
	const { measurement: m } = answer;
	const strange = failed$1(role, "bad-answer", "the answer is about something else");
	if (m.kind !== "deployments") return strange;
	const names = m.targets.map(({ name }) => name);
	const { targets: asked, settings } = question;
	if (names.length !== asked.length || !asked.every((name) => names.includes(name))) return strange;
	if (m.settings && (m.settings.target !== settings?.target || m.settings.like !== settings.like)) return strange;
	if (m.partial) return {
		...named(role),
		...lacking$2("partial", `was answered in part: ${m.notes.join("; ") || m.subject}`)
	};
	return m;
}
function ofProbe({ target: name, expected, settingsRole }, found, now) {
	const about = (role, verdicts) => {
		const m = found.get(role);
		if (m === void 0 || !("targets" in m)) return [];
		return verdicts(m).map((verdict) => ({
			...verdict,
			target: name,
			role
		}));
	};
	const of = (m) => m.targets.filter((target) => target.name === name);
	const { settings } = expected;
	return [...about(targetsRole, (m) => of(m).flatMap((target) => assess$1(target, expected, now))), ...settings === void 0 || settingsRole === void 0 ? [] : about(settingsRole, (m) => of(m).map((target) => assessSettings(target, m.settings, settings)))];
}
/** With `wait` what is not so yet may come to be so. */
const waiting$2 = (outcome) => outcome.is === "missed" ? {
	...outcome,
	is: "lacking",
	code: "waiting",
	pending: true
} : outcome;
/** `staging: runs 1.2.2, expected 1.2.3; is not ready`: one text for each target. Not one is left out. */
function texts(...chosen) {
	const by = /* @__PURE__ */ new Map();
	for (const { target, text, is } of chosen.flat()) {
		const said = by.get(target) ?? /* @__PURE__ */ new Set();
		by.set(target, said.add(is === "error" ? `could not be read: ${text}` : text));
	}
	return [...by].map(([target, parts]) => `${target === void 0 ? "" : `${target}: `}${[...parts].join("; ")}`).join("; ");
}
/** For `unhealthy` alone: a positive "not found" is seen too, and says that the release is not where it should be. */
const counted$2 = (answers) => answers.map((answer) => "measurement" in answer && answer.measurement.kind === "deployments" ? {
	...answer,
	measurement: {
		...answer.measurement,
		seen: answer.measurement.targets.length
	}
} : answer);
/** @param now milliseconds since the epoch */
function judge$7({ probes, questions }, wait, answers, now) {
	const found = new Map([...questions].map(([role, question]) => [role, measured$1(role, question, answers)]));
	const unread = [...found.values()].filter((one) => "role" in one);
	const outcomes = [...probes.flatMap((probe) => ofProbe(probe, found, now)).map((one) => wait ? waiting$2(one) : one), ...unread];
	const by = (is) => outcomes.filter((o) => o.is === is);
	const [wrong, errors, lacks] = [
		by("missed"),
		by("error"),
		by("lacking")
	];
	if (wrong.length > 0) {
		const proof = proveMeasured([...new Set(wrong.map(({ role }) => role))], counted$2(answers));
		if (!isProof(proof)) return proof;
		const besides = errors.length + lacks.length === 0 ? "" : `; besides: ${texts(errors, lacks)}`;
		const standing = wrong.find(({ stands }) => stands);
		return unhealthy(proof, standing?.code ?? "target-not-as-expected", `${texts(wrong)}${besides}`, standing ? { conclusive: true } : {});
	}
	const [firstError] = errors;
	if (firstError) {
		const permanent = errors.every((o) => o.permanent) ? { permanent: true } : {};
		return error(firstError.code, texts(errors, lacks), permanent);
	}
	const [firstLack] = lacks.toSorted((a, b) => Number(a.pending ?? false) - Number(b.pending ?? false));
	if (firstLack) {
		const details = lacks.some(({ pending }) => pending) ? { pending: true } : {};
		return insufficient(firstLack.code, texts(lacks), details);
	}
	const proof = proveMeasured([...questions.keys()], answers);
	return isProof(proof) ? healthy(proof, "as-expected", texts(by("met"))) : proof;
}
// build/gates/deployment.js
/**
* Gate `deployment`: what should run where does, and gets the share of the traffic that it should: the idle slot has the new version and no
* users, the canary has its five percent, the old side is still there to flip to, the services that this one needs are up. What a source
* does not say is never taken to be as it should.
*/
/** valibot's records pass over these keys, and a target that is passed over would be one that nobody asks for. */
const unusable$1 = [
	"__proto__",
	"constructor",
	"prototype"
];
const isMap$2 = (x) => typeof x === "object" && x !== null && !Array.isArray(x);
const expectations$1 = pipe(unknown$1(), check$2(isMap$2, "a map of targets, e.g. `staging: ready`"), check$2((x) => !isMap$2(x) || Object.keys(x).length > 0, "at least one target"), check$2((x) => !isMap$2(x) || !unusable$1.some((key) => Object.hasOwn(x, key)), `names of targets other than ${unusable$1.join(", ")}`), record(pipe(string$1(), nonEmpty("the name of a target")), expectation), check$2((targets) => readAll$1(targets).some(([, { exists }]) => exists !== false), "a target that is to be there beside those that are not: where nothing is found, a wrong name and one that is gone look the same"), check$2((targets) => readAll$1(targets).every(([target, { settings }]) => settings?.like.toLowerCase() !== target.toLowerCase()), "another target in `settings-like` than the one that it stands at"));
const readAll$1 = (targets) => Object.entries(targets).map(([target, written]) => [target, readExpectation(written)]);
const schema$20 = strictObject({
	expect: described(expectations$1, "What must hold, by target (a slot, a revision, a workload, in the source's words): `exists`, `running`, `ready`, `healthy`, `absent`; or a map of several assertions, see [deployments](deployment.md)."),
	wait: described(optional(boolean(), false), "Whether what is not so yet holds the train until the deadline, in place of counting against the release: for services that this one needs.")
});
/** Too short to be matched with a full commit id. */
const shortCommit = /^(?=.*\d)(?=.*[a-f])[0-9a-f]{4,6}$/i;
const deploymentGate = defineGate({
	type: "deployment",
	family: "deployment",
	schema: schema$20,
	asksSettings: ({ expect }) => readAll$1(expect).some(([, { settings }]) => settings !== void 0),
	bind({ expect, wait }) {
		const asked = askFor(expect);
		return {
			questions: () => asked.questions,
			judge: (answers, { now }) => judge$7(asked, wait, answers, now)
		};
	},
	lint: ({ expect }) => readAll$1(expect).flatMap(([target, { version, running, traffic }]) => [...version !== void 0 && shortCommit.test(version) ? [{
		key: "expect",
		message: `${target}: \`${version}\` is compared letter by letter; a commit id needs at least 7 characters to match the full one`
	}] : [], ...running === false && traffic !== void 0 && (traffic.lo > 0 || traffic.open === "lo") ? [{
		key: "expect",
		message: `${target}: it is to be stopped, and to get traffic all the same`
	}] : []])
});
// build/gates/flags/ask.js
/** What gate `flags` asks: how each flag is set up, what it serves to the contexts that are named, and the same of another source. */
/** A name in which `*` stands for any characters. */
const isPattern = (flag) => flag.includes("*");
/** What evaluations answer where there are contexts. */
const served$1 = /* @__PURE__ */ new Set([
	"contexts",
	"state",
	"variant",
	"value"
]);
/** Whether anything is expected that only how the flag is set up can tell. */
const asksState = (expected) => expected.contexts === void 0 || Object.entries(expected).some(([key, x]) => x !== void 0 && !served$1.has(key));
function probesOf(expect, parity, meaning) {
	const probes = /* @__PURE__ */ new Map();
	const add = (wanted, make) => {
		let role = wanted;
		while (probes.has(role)) role += "'";
		probes.set(role, make(role));
		return role;
	};
	for (const [flag, written] of Object.entries(expect)) {
		const expected = readExpectation$1(written);
		const question = {
			family: "flags",
			ask: "states",
			of: isPattern(flag) ? { match: flag } : { flag },
			meaning
		};
		const needsState = asksState(expected) || parity !== void 0;
		if (needsState) {
			const here = add(flag, (role) => ({
				role,
				flag,
				expected,
				asks: "states",
				question
			}));
			if (parity) {
				const there = {
					...question,
					elsewhere: parity.with
				};
				add(`${flag} in ${parity.with}`, (role) => ({
					role,
					flag,
					expected,
					asks: "parity",
					question: there,
					here
				}));
			}
		}
		for (const [index, context] of (expected.contexts ?? []).entries()) {
			const name = index === 0 && !needsState ? flag : `${flag} #${index + 1}`;
			const asked = {
				family: "flags",
				ask: "served",
				flag,
				context
			};
			add(name, (role) => ({
				role,
				flag,
				expected,
				asks: "served",
				question: asked
			}));
		}
	}
	return [...probes.values()];
}
// build/gates/flags/verdict.js
/** What was found of one part of an expectation. */
const met = (text) => ({
	is: "met",
	code: "as-expected",
	text
});
const missed = (text) => ({
	is: "missed",
	code: "not-as-expected",
	text
});
const lacking$1 = (code, text) => ({
	is: "lacking",
	code,
	text
});
// build/gates/flags/parity.js
/** The same flag at two places, such as two environments: is this one ahead of that? Pure. */
const parity = strictObject({
	with: described(filled, "Name of another entry of `sources`: another environment, or another provider."),
	rule: described(picklist([
		"equal",
		"not-ahead-of",
		"superset-on"
	]), "`equal`: the same exposure there; `not-ahead-of`: no more get the new code here than there; `superset-on`: no fewer.")
});
/** Providers round weights to thousandths of a percent. */
const near = 5e-4;
/** Flags of a pattern that are to be compared, by name: those here, and those there where nothing may be missing here. */
function comparedKeys(here, there, { rule }) {
	const of = rule === "not-ahead-of" ? here : rule === "superset-on" ? there : [...here, ...there];
	return [...new Set(of.map(({ key }) => key))];
}
/** @param here the gate's own source @param there the other */
function compareStates(here, there, { with: name, rule }) {
	const absent = (state, where) => {
		const why = !state?.exists ? "is not there" : state.archived ? "is archived" : state.configured ? void 0 : "is not set up";
		return why === void 0 ? void 0 : lacking$1("no-counterpart", `${why} in ${where}, so it cannot be compared`);
	};
	const missing = absent(there, name) ?? absent(here, "the source of this gate");
	if (missing) return missing;
	if (!here || !there) throw new Error("a flag that is there has a state");
	const sampled = here.method === "sampled" || there.method === "sampled";
	const text = `is ${stateWords$1(here)} here and ${stateWords$1(there)} in ${name}${sampled ? " (an estimate)" : ""}`;
	switch (verdictOf(here, there, rule)) {
		case "met": return met(text);
		case "missed": return {
			...missed(`${text}, expected ${ruleWords[rule]}`),
			...sampled ? { passing: true } : {}
		};
		case "open": {
			const why = [...here.unclear, ...there.unclear][0];
			return lacking$1("indeterminate", `${text}, which may be ${ruleWords[rule]} or not${why ? `: ${why}` : ""}`);
		}
	}
}
function verdictOf(here, there, rule) {
	if (rule === "not-ahead-of") return notAhead(here, there);
	if (rule === "superset-on") return notAhead(there, here);
	const [a, b] = [notAhead(here, there), notAhead(there, here)];
	if (a === "missed" || b === "missed") return "missed";
	return a === "met" && b === "met" && here.reach === there.reach ? "met" : "open";
}
/** Whether no more get it at `a` than at `b`. */
function notAhead(a, b) {
	const nobody = a.reach === "nobody" && a.method === "static";
	const everyone = b.reach === "everyone" && b.method === "static";
	if (nobody || everyone) return "met";
	if (a.exposure.lo > b.exposure.hi + near) return "missed";
	if (b.reach === "nobody") return a.exposure.lo > 0 || ["partial", "everyone"].includes(a.reach) || a.reach === "targeted-only" && a.unclear.length === 0 ? "missed" : "open";
	if (a.reach === "targeted-only" && b.exposure.lo === 0) return "open";
	return a.exposure.hi <= b.exposure.lo + near ? "met" : "open";
}
const ruleWords = {
	equal: "the same",
	"not-ahead-of": "no more here than there",
	"superset-on": "no fewer here than there"
};
// build/gates/flags/served.js
/** The answer against `state`, `variant` and `value`: missed if any is, met only if all are. */
function compareServed(flag, expected, meaning) {
	const { state, variant, value } = expected;
	const parts = [
		...state === "on" || state === "off" ? [stateVerdict$1(flag, state, meaning)] : [],
		...variant === void 0 ? [] : [variantVerdict(flag, variant)],
		...value === void 0 ? [] : [valueVerdict(flag, value)]
	];
	return parts.find(({ is }) => is === "missed") ?? parts.find(({ is }) => is !== "met") ?? parts.find(({ assumed }) => assumed) ?? parts[0] ?? {
		is: "lacking",
		code: "unclear",
		text: "nothing is expected of it"
	};
}
/** The provider serves nothing, so that every caller falls back to what its own code says. */
const servesNothing = (flag) => flag.value === null || flag.value === void 0;
function stateVerdict$1(flag, wanted, meaning) {
	if (servesNothing(flag)) {
		const why = flag.enabled === false ? "is disabled" : "serves no value";
		if (meaning.codeDefault !== void 0) {
			const text = `${why}, so the code's default holds, which the policy says is ${meaning.codeDefault}`;
			return {
				...judged(meaning.codeDefault === wanted, text),
				assumed: true
			};
		}
		if (flag.enabled === false && wanted === "on") return judged(false, "is disabled");
		return {
			is: "lacking",
			code: "code-default",
			text: `${why}, so every caller gets its own code's default, which cannot be seen from here: say what that is with \`code-default: off\``
		};
	}
	const state = classOf(flag, meaning);
	const text = `serves ${served(flag)}`;
	if (state === "unclear") return {
		is: "lacking",
		code: "unclear",
		text: `${text}, which is neither on nor off: name it in \`on-values\` or \`off-values\``
	};
	return judged(state === wanted, text);
}
const judged = (met, text) => met ? {
	is: "met",
	code: "as-expected",
	text
} : {
	is: "missed",
	code: "not-as-expected",
	text
};
function variantVerdict(flag, wanted) {
	if (flag.variant === wanted) return judged(true, `serves ${served(flag)}`);
	if (flag.variant === null && !servesNothing(flag)) return {
		is: "lacking",
		code: "unclear",
		text: `serves ${served(flag)}, but the provider names no variant: expect a value`
	};
	return judged(false, servesNothing(flag) ? "serves no variant" : `serves ${served(flag)}`);
}
function valueVerdict(flag, wanted) {
	if (servesNothing(flag)) return {
		is: "lacking",
		code: "code-default",
		text: "serves no value, so every caller gets its own code's default"
	};
	return judged(matches(flag.value, wanted), `serves ${served(flag)}`);
}
/** A value as the long form writes it, or as the short form does: then `3` is the number as well as the text. */
const matches = (value, wanted) => "text" in wanted ? value === wanted.text || typeof value !== "string" && JSON.stringify(value) === wanted.text : sameJson(value, wanted.exact);
/** Equal as JSON, whatever the order of the keys. */
function sameJson(a, b) {
	if (a === b) return true;
	if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
	if (Array.isArray(a) !== Array.isArray(b)) return false;
	const [x, y] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
	return x.size === y.size && [...x].every(([key, value]) => y.has(key) && sameJson(value, y.get(key)));
}
const served = (flag) => `${show(flag.value)}${flag.variant === null ? "" : ` (variant ${flag.variant})`}`;
// build/gates/flags/setup.js
/** What is expected of how a flag is set up, beside who gets it: its switch, its age, its targeting, whether it can be killed. Pure. */
/** @param now milliseconds since the epoch @returns a verdict for each part that is expected */
const aboutSetup = (state, expected, now) => checks.flatMap((check) => check(state, expected, now) ?? []);
/** Since `then`, in milliseconds; undefined: it is not known; a verdict: it lies in the future. */
function age(then, now, did) {
	const ms = then === null || then === void 0 ? NaN : now - Date.parse(then);
	if (Number.isNaN(ms)) return void 0;
	if (ms < -6e4) return lacking$1("clock-skew", `${did} in the future: do the clocks agree?`);
	return Math.max(0, ms);
}
/** What the provider says by yes and no. */
const said = (word, wanted, what) => {
	if (wanted === void 0) return void 0;
	if (word === null) return lacking$1("not-told", `may be ${what} or not: the provider does not say`);
	const text = `is ${word ? "" : "not "}${what}`;
	return word === wanted ? met(text) : missed(`${text}, expected ${wanted ? "" : "not "}to be`);
};
const offWords = {
	off: "the old code",
	on: "the NEW code",
	"code-default": "the code's own default",
	unknown: ""
};
const whenOff = ({ whenOff: is }, { "when-off": wanted }) => {
	if (wanted === void 0) return void 0;
	const text = `serves ${offWords[is]} once it is off`;
	if (is === wanted) return met(text);
	if (is === "unknown") return lacking$1("indeterminate", "serves nobody knows what once it is off");
	return is === "code-default" ? lacking$1("code-default", `${text}: say what that is with \`code-default\``) : missed(`${text}, expected ${offWords[wanted]}`);
};
const killable = ({ kill }, { killable: wanted }) => {
	if (wanted === void 0) return void 0;
	const why = kill.why ?? kill.blockedBy;
	const because = why === void 0 ? "" : `: ${why}`;
	if (kill.possible === false || kill.scope === "none") return missed(`cannot be switched off${because}`);
	if (kill.possible === null) {
		if (wanted === "as-far-as-known") return met("can be switched off, as far as is known beforehand");
		return lacking$1("kill-unknown", `can be switched off or not, nobody knows${because}`);
	}
	return met(`can be switched off${kill.scope === "all-environments" ? ", in ALL environments at once" : ""}`);
};
const killScope = ({ kill: { scope } }, { "kill-scope": wanted }) => {
	if (wanted === void 0) return void 0;
	if (scope === wanted) return met("would go off in this environment alone");
	return missed(scope === "none" ? "cannot be switched off from here, expected in this environment alone" : "would go off in ALL environments at once, expected in this one alone");
};
const unchangedFor = ({ changed }, { "unchanged-for": least }, now) => {
	if (least === void 0) return void 0;
	const ms = age(changed?.at, now, "was changed");
	if (typeof ms === "object") return ms;
	if (ms === void 0 || changed === null) return lacking$1("change-unknown", "may have been changed lately: the provider does not say");
	const by = changed.by === null ? "" : ` by ${changed.by}`;
	const text = `was last changed ${formatDuration(ms)} ago${by}`;
	if (ms >= least) return met(text);
	return {
		...lacking$1("changed-lately", `${text}, expected to rest for ${formatDuration(least)}`),
		pending: true
	};
};
const evaluatedWithin = ({ evaluatedAt }, { "evaluated-within": most }, now) => {
	if (most === void 0) return void 0;
	const ms = age(evaluatedAt, now, "was asked for");
	if (typeof ms === "object") return ms;
	if (ms === void 0) return lacking$1("never-evaluated", "has been asked for by no application, as far as the provider tells");
	const text = `was last asked for ${formatDuration(ms)} ago`;
	return ms <= most ? met(text) : {
		...missed(`${text}, expected within ${formatDuration(most)}`),
		passing: true
	};
};
const managed = ({ targeting: { managedBy, timeDependent } }, { managed: wanted }) => {
	if (wanted === void 0) return void 0;
	if (managedBy !== null) return missed(`is moved by ${managedBy}, expected by nobody`);
	return timeDependent ? missed("changes with time by itself, expected not to") : met("is moved by nobody else");
};
const segments = ({ targeting }, { segments: wanted }) => {
	if (wanted === void 0) return void 0;
	const others = targeting.segments.filter((name) => !wanted.includes(name));
	const only = wanted.length === 0 ? "none" : `${wanted.join(", ")} alone`;
	if (others.length > 0) return missed(`is targeted at the segment ${others.join(", ")}, expected ${only}`);
	return met(targeting.segments.length === 0 ? "is targeted at no segment" : `is targeted at no segment but ${only}`);
};
const individuals = ({ targeting: { individuals: n } }, { individuals: most }) => {
	if (most === void 0) return void 0;
	const text = `names ${n === 0 ? "no users" : plural(n, "user")} one by one`;
	return n <= most ? met(text) : missed(`${text}, expected at most ${most}`);
};
const rules = ({ targeting }, { rules: wanted }) => {
	if (wanted === void 0) return void 0;
	return targeting.rules > 0 || targeting.segments.length > 0 || targeting.individuals > 0 ? missed(`has ${plural(targeting.rules, "rule")}, expected none`) : met("has no rules");
};
const prerequisites = ({ targeting: { prerequisites: flags } }, { prerequisites: wanted }) => {
	if (wanted === void 0) return void 0;
	const failing = flags.filter(({ met: is }) => is === false);
	const names = (of) => of.map(({ flag }) => flag).join(", ");
	if (failing.length > 0) return missed(`depends on ${names(failing)}, which is not as it asks`);
	const unknown = flags.filter(({ met: is }) => is === null);
	if (unknown.length > 0) return lacking$1("indeterminate", `depends on ${names(unknown)}, and nobody knows whether that is as it asks`);
	return met(flags.length === 0 ? "depends on no other flag" : `depends on ${names(flags)}, which is as it asks`);
};
/** Where a provider only evaluates, that no rule is known says nothing. */
const ifTold = (key, check) => (state, expected, now) => {
	const verdict = check(state, expected, now);
	const told = state.method === "static" && state.targeting.told !== false;
	return verdict?.is === "met" && !told ? lacking$1("not-told", `may not be as \`${key}\` asks: the provider does not tell how it is targeted`) : verdict;
};
const checks = [
	({ enabled }, { enabled: wanted }) => said(enabled, wanted, "switched on"),
	whenOff,
	killable,
	killScope,
	unchangedFor,
	evaluatedWithin,
	({ stale }, { stale: wanted }) => said(stale, wanted, "stale"),
	(_, { archived }) => archived === void 0 ? void 0 : met("is not archived"),
	({ temporary }, { temporary: wanted }) => said(temporary, wanted, "temporary"),
	ifTold("managed", managed),
	ifTold("segments", segments),
	ifTold("individuals", individuals),
	ifTold("rules", rules),
	ifTold("prerequisites", prerequisites)
];
// build/gates/flags/state.js
/** A flag's state against what is expected of it. Pure. */
/** @param now milliseconds since the epoch @returns a verdict for each part, at least one */
function assess(state, expected, now) {
	if (!state.exists) return [lacking$1("unknown-flag", "is not there: the provider knows no such flag")];
	if (state.archived) return [expected.archived === true ? met("is archived") : missed("is archived, so that nothing it says is in use")];
	if (expected.archived === true) return [missed("is not archived")];
	if (!state.configured) return [lacking$1("not-configured", "is not set up in this environment")];
	const { state: wanted, rollout, reach, contexts } = expected;
	const found = [
		wanted === void 0 || contexts ? void 0 : stateVerdict(state, wanted),
		rollout === void 0 ? void 0 : rolloutVerdict(state, rollout),
		reach === void 0 ? void 0 : reachVerdict(state, reach),
		contexts ? void 0 : serves(state, expected),
		...aboutSetup(state, expected, now)
	].filter((verdict) => verdict !== void 0);
	return found.length > 0 ? found : [met("is there")];
}
/** `, estimated from 500 evaluations`: such an answer is about those that were made, not about everyone. */
const estimated = ({ method, sample }) => method === "sampled" ? `, estimated from ${sample ?? 0} evaluations` : "";
/** What may make it otherwise without anybody doing anything. */
function moving({ targeting: { timeDependent, managedBy } }) {
	if (managedBy !== null) return `, for now (${managedBy} moves it by itself)`;
	return timeDependent ? ", for now (it changes with time by itself)" : "";
}
/** Why nobody can say who gets it, and what would settle it. */
function open$1(state) {
	const [first] = state.unclear;
	if (first !== void 0) return first;
	const { rules, segments } = state.targeting;
	const who = segments.length > 0 ? ` (${segments.slice(0, 3).join(", ")})` : "";
	if (state.method === "sampled") return "an estimate proves nothing for everyone: name the contexts that matter with `for:`";
	return rules > 0 ? `its rules${who} decide, and nobody knows for how many: say with \`reach\` who may get it, or probe users with \`for:\`` : "how many get it is not known";
}
const openCode = (state, otherwise) => state.unclear.length === 0 ? otherwise : state.unclear.some((why) => why.includes("`code-default`")) ? "code-default" : state.unclear.some((why) => why.includes("`on-values`")) ? "unclear" : otherwise;
function stateVerdict(state, wanted) {
	const { reach, exposure, method, unclear, serves: served } = state;
	const words = `is ${stateWords$1(state)}${estimated(state)}`;
	const assumed = served !== null && served.variant === null;
	const yes = assumed ? {
		...met(`${words} (it serves no value, and the policy says that the code's default is ${wanted})`),
		assumed
	} : met(`${words}${moving(state)}`);
	const no = missed(`${words}, expected ${wanted}`);
	const unknown = lacking$1(openCode(state, method === "sampled" ? "not-proven" : "indeterminate"), `${words}, which does not prove ${wanted}: ${open$1(state)}`);
	const named = reach === "targeted-only" && unclear.length === 0;
	switch (wanted) {
		case "off":
			if (reach === "nobody" && exposure.hi === 0 && method === "static") return yes;
			return exposure.lo > 0 || reach === "everyone" || reach === "partial" || named ? no : unknown;
		case "on":
			if (reach === "everyone" && exposure.lo === 100 && method === "static") return yes;
			return exposure.hi < 100 || reach === "nobody" ? no : unknown;
		case "partial":
			if (exposure.lo > 0 && exposure.hi < 100) return yes;
			return reach === "nobody" || reach === "everyone" || exposure.hi === 0 || exposure.lo === 100 ? no : unknown;
	}
}
/** Sums of decimal fractions are no better than this, in percent. */
const slack = 1e-9;
function rolloutVerdict(state, { lo, hi, open: end, text: wanted }) {
	const { exposure, targeting } = state;
	const list = targeting.individuals > 0 ? `, besides ${targeting.individuals} users that are named one by one` : "";
	const words = `is ${stateWords$1(state)}${list}${estimated(state)}`;
	if ((end === "lo" ? exposure.lo > lo + slack : exposure.lo >= lo - slack) && (end === "hi" ? exposure.hi < hi - slack : exposure.hi <= hi + slack)) return met(`${words}${moving(state)}`);
	if ((end === "hi" ? exposure.lo >= hi - slack : exposure.lo > hi + slack) || (end === "lo" ? exposure.hi <= lo + slack : exposure.hi < lo - slack)) {
		const no = missed(`${words}, expected ${wanted}`);
		return state.method === "sampled" ? {
			...no,
			passing: true
		} : no;
	}
	const between = `between ${percentWords(exposure.lo)} and ${percentWords(exposure.hi)} get it`;
	return lacking$1(openCode(state, "indeterminate"), `${words} (${between}), which neither is nor is not ${wanted}: ${open$1(state)}`);
}
function reachVerdict(state, wanted) {
	const { reach, method, unclear } = state;
	const words = `is ${stateWords$1(state)}${estimated(state)}`;
	const wish = `expected to reach ${wanted.join(" or ")}`;
	if (!(reach !== "unknown" && (reach !== "targeted-only" || unclear.length === 0)) || !(method === "static" || reach === "partial")) return lacking$1(openCode(state, "indeterminate"), `${words}, ${wish}: ${open$1(state)}`);
	return wanted.includes(reach) ? met(`${words}${moving(state)}`) : missed(`${words}, ${wish}`);
}
/** `variant` and `value`, for everyone. */
function serves(state, expected) {
	const { variant, value } = expected;
	if (variant === void 0 && value === void 0) return void 0;
	const wanted = servedText({
		...variant === void 0 ? {} : { variant },
		...value === void 0 ? {} : { value }
	});
	if (state.serves === null || state.method !== "static") {
		const known = state.method === "static" && state.unclear.length === 0 && state.variants.length > 0;
		const possible = state.variants.some((one) => (variant === void 0 || one.name === variant) && (value === void 0 || one.value === null || matches(one.value, value)));
		if (known && !possible) return missed(`has no ${wanted}`);
		return lacking$1("not-proven", `serves different things to different users, or what is not known, which does not prove ${wanted}: name the contexts that matter with \`for:\``);
	}
	const { variant: name, value: actual } = state.serves;
	if (name === null) return lacking$1("code-default", "serves no value, so every caller gets its own code's default");
	const text = `serves ${actual === null ? "" : `${show(actual)} `}(variant ${name})`;
	if (variant !== void 0 && name !== variant) return missed(`${text}, expected ${wanted}`);
	if (value !== void 0 && actual === null) return lacking$1("unclear", `${text}, whose value the provider does not tell, expected ${valueText(value)}`);
	if (value !== void 0 && !matches(actual, value)) return missed(`${text}, expected ${wanted}`);
	return met(`${text}${moving(state)}`);
}
// build/gates/flags/judge.js
/** The reading of gate `flags`, from all answers. Four outcomes, never folded: met, missed, lacking, and what could not be read. Pure. */
const failed = (flag, role, code, text, permanent = false) => ({
	is: "error",
	flag,
	roles: [role],
	code,
	text,
	permanent
});
function measured(role, flag, answers) {
	const answer = answers.find((a) => a.role === role);
	if (!answer) return failed(flag, role, "not-answered", "no answer");
	if (!("failure" in answer)) return answer;
	const { code, message, permanent } = answer.failure;
	return failed(flag, role, code, message, permanent);
}
const strange$1 = (flag, role) => failed(flag, role, "bad-answer", "the answer is about something else");
/** The states of one answer, or why there are none to go by. */
function statesOf({ flag, question }, role, answers) {
	const found = measured(role, flag, answers);
	if (!("measurement" in found)) return found;
	const { measurement } = found;
	if (measurement.kind !== "flag-states") return strange$1(flag, role);
	const { of } = question;
	const form = "match" in of ? new RegExp(globForm(of.match), "s") : void 0;
	const { states } = measurement;
	if (!states.every(({ key }) => form ? form.test(key) : key === flag)) return strange$1(flag, role);
	return form === void 0 && states.length !== 1 ? strange$1(flag, role) : measurement;
}
const notesOf = ({ notes }) => notes.length > 0 ? ` (${notes.join("; ")})` : "";
function aboutStates(probe, answers, now, allowEmpty) {
	const { role, flag, expected } = probe;
	const found = statesOf(probe, role, answers);
	if (!("states" in found)) return [found];
	const outcome = (name, verdict) => ({
		...verdict,
		flag: name,
		roles: [role]
	});
	if (found.partial) return [outcome(flag, lacking$1("partial", `was answered in part: ${found.notes.join("; ") || found.subject}`))];
	if (found.states.length === 0) return allowEmpty ? [] : [outcome(flag, lacking$1("no-flags", `matches no flag${notesOf(found)}`))];
	return found.states.flatMap((state) => assess(state, expected, now).map((verdict) => outcome(state.key, state.exists ? verdict : {
		...verdict,
		text: `${verdict.text}${notesOf(found)}`
	})));
}
function aboutServed(probe, answers, meaning) {
	const { role, flag, expected, question } = probe;
	const found = measured(role, flag, answers);
	if (!("measurement" in found)) return [found];
	const { measurement } = found;
	if (measurement.kind !== "flag" || measurement.flag !== flag) return [strange$1(flag, role)];
	const outcome = (verdict) => [{
		...verdict,
		flag,
		roles: [role]
	}];
	if (!measurement.exists) {
		const text = `is not there: the provider knows no such flag${notesOf(measurement)}`;
		return outcome(lacking$1("unknown-flag", text));
	}
	const verdict = compareServed(measurement, expected, meaning);
	const text = `${verdict.text} for ${String(question.context.targetingKey)}`;
	return outcome({
		...verdict,
		text: verdict.is === "missed" ? `${text}, expected ${servedText(expected)}` : text
	});
}
function aboutParity(probe, answers, parity) {
	const { role, flag, here, question } = probe;
	const there = statesOf(probe, role, answers);
	if (!("states" in there)) return [{
		...there,
		text: `in ${parity.with}: ${there.text}`
	}];
	const own = statesOf(probe, here, answers);
	if (!("states" in own)) return [];
	const outcome = (name, verdict) => ({
		...verdict,
		flag: name,
		roles: [here, role]
	});
	if (there.partial) return [outcome(flag, lacking$1("partial", `was answered in part by ${parity.with}${notesOf(there)}`))];
	const keys = "flag" in question.of ? [flag] : comparedKeys(own.states, there.states, parity);
	const find = ({ states }, name) => states.find(({ key }) => key === name);
	return keys.map((key) => outcome(key, compareStates(find(own, key), find(there, key), parity)));
}
/** Ten of them; a policy may name hundreds. */
const listed$1 = (texts, between = "; ") => texts.slice(0, 10).join(between) + (texts.length > 10 ? `${between}and ${texts.length - 10} more` : "");
/** `new-checkout is off, can be switched off`: a text for each flag, where nothing is said twice. */
function byFlag(outcomes) {
	const texts = /* @__PURE__ */ new Map();
	for (const { flag, text, is } of outcomes) {
		const said = texts.get(flag) ?? /* @__PURE__ */ new Set();
		texts.set(flag, said.add(is === "error" ? `could not be read: ${text}` : text));
	}
	return [...texts].map(([flag, parts]) => `${flag} ${[...parts].join(", ")}`);
}
/** Contexts that all got what they should are counted. */
function counted$1(probes, outcomes) {
	const contexts = (flag) => probes.filter((p) => p.asks === "served" && p.flag === flag);
	return outcomes.flatMap((outcome) => {
		const asked = contexts(outcome.flag);
		const [first] = asked;
		const index = asked.findIndex(({ role }) => outcome.roles.includes(role));
		if (!first || index < 0 || asked.length === 1) return [outcome];
		const assumed = outcome.assumed ? ` (the policy says what the code's default is)` : "";
		const text = `is ${servedText(first.expected)} for ${asked.length} probed contexts${assumed}`;
		return [{
			...outcome,
			...met(text)
		}];
	});
}
/** @param now milliseconds since the epoch */
function judge$6({ probes, meaning, parity, allowEmpty }, answers, now) {
	const outcomes = probes.flatMap((probe) => {
		if (probe.asks === "states") return aboutStates(probe, answers, now, allowEmpty);
		if (probe.asks === "served") return aboutServed(probe, answers, meaning);
		return parity === void 0 ? [] : aboutParity(probe, answers, parity);
	});
	const by = (is) => outcomes.filter((o) => o.is === is);
	const texts = (...chosen) => listed$1(byFlag(chosen.flat()));
	const [wrong, errors, lacks] = [
		by("missed"),
		by("error"),
		by("lacking")
	];
	const prove = (roles) => proveMeasured([...new Set(roles)], answers);
	if (wrong.length > 0) {
		const proof = prove(wrong.flatMap(({ roles }) => roles));
		if (!isProof(proof)) return proof;
		const besides = errors.length + lacks.length === 0 ? "" : `; besides: ${texts(errors, lacks)}`;
		const details = wrong.some(({ passing }) => !passing) ? { conclusive: true } : {};
		return unhealthy(proof, "not-as-expected", `${texts(wrong)}${besides}`, details);
	}
	const [firstError] = errors;
	if (firstError) {
		const permanent = errors.every((o) => o.permanent) ? { permanent: true } : {};
		return error(firstError.code, texts(errors, lacks), permanent);
	}
	const [firstLack] = lacks.toSorted((a, b) => Number(a.pending ?? false) - Number(b.pending ?? false));
	if (firstLack) {
		const details = lacks.every(({ pending }) => pending) ? { pending: true } : {};
		return insufficient(firstLack.code, texts(lacks), details);
	}
	const empty = (role) => answers.some((a) => a.role === role && "measurement" in a && a.measurement.kind === "flag-states" && a.measurement.seen === 0);
	const roles = probes.filter(({ flag, role }) => !(allowEmpty && isPattern(flag) && empty(role)));
	if (roles.length === 0) {
		const hint = "so nothing was measured: expect something of a flag that is there too, or set `on-missing: ignore`";
		return insufficient("no-flags", `no flag matches ${listed$1([...new Set(probes.map(({ flag }) => flag))], ", ")}, ${hint}`);
	}
	const proof = prove(roles.map(({ role }) => role));
	return isProof(proof) ? healthy(proof, "as-expected", listed$1(byFlag(counted$1(probes, by("met"))))) : proof;
}
// build/gates/flags.js
/**
* Gate `flags`: feature flags are set up, and serve, as the release needs it, e.g. the new path is still dark. A flag that cannot be
* read, is unknown, or of which it is not known who gets it, is never taken for off.
*/
/** valibot's records pass over these keys, and a flag that is passed over would be one that nobody asks for. */
const unusable = [
	"__proto__",
	"constructor",
	"prototype"
];
const isMap$1 = (x) => typeof x === "object" && x !== null && !Array.isArray(x);
const expectations = pipe(unknown$1(), check$2(isMap$1, "a map of flags, e.g. `new-checkout: off`"), check$2((x) => !isMap$1(x) || Object.keys(x).length > 0, "at least one flag"), check$2((x) => !isMap$1(x) || !unusable.some((key) => Object.hasOwn(x, key)), `flag names other than ${unusable.join(", ")}`), record(pipe(string$1(), nonEmpty("the name of a flag")), expectation$1), check$2((flags) => !readAll(flags).some(([flag, expected]) => isPattern(flag) && expected.contexts !== void 0), "no `for` beside a pattern: name the flags that are to be probed"), check$2((flags) => !readAll(flags).some(([flag, expected]) => isPattern(flag) && expected.archived === true), "no `archived` beside a pattern, which only finds flags that are not"));
const readAll = (flags) => Object.entries(flags).map(([flag, written]) => [flag, readExpectation$1(written)]);
const fields$4 = strictObject({
	expect: described(expectations, "What must hold, by flag or by a pattern of names (`release-*`): `on`, `off`, `partial`, `rollout <= 5%`, `killable`, `exists`, `archived`, `variant NAME`, `value TEXT`; or a map of several assertions, see [flags](flags.md)."),
	"allow-empty": described(optional(boolean(), false), "Whether a pattern that matches no flag is no lack of evidence. Something else must be there all the same."),
	parity: described(optional(parity), "Compares each flag with the same one of another source: another environment, or another provider. Fields: `with`, `rule`."),
	...meaningFields
});
const flagsGate = defineGate({
	type: "flags",
	family: "flags",
	schema: pipe(fields$4, check$2((g) => isUnambiguous(g), "no value in both `on-values` and `off-values`"), check$2((g) => g["code-default"] === void 0 || !readAll(g.expect).some(([, expected]) => expected["when-off"] === "code-default"), "`when-off: on` or `off` beside `code-default`, which says what that is")),
	alsoAsks: ({ parity: wanted }) => wanted === void 0 ? [] : [{
		source: wanted.with,
		at: ["parity", "with"]
	}],
	asksServed: ({ expect }) => readAll(expect).some(([, { contexts }]) => contexts !== void 0),
	bind(config) {
		const meaning = meaningOf(config);
		const probes = probesOf(config.expect, config.parity, meaning);
		const judging = {
			probes,
			meaning,
			parity: config.parity,
			allowEmpty: config["allow-empty"]
		};
		return {
			questions: () => new Map(probes.map(({ role, question }) => [role, question])),
			judge: (answers, { now }) => judge$6(judging, answers, now)
		};
	}
});
// build/gates/probe/fields.js
/** The fields of a `probe` gate. */
/** Less cannot be told from what two slots that are the same differ by, which nobody has measured. */
const margin = () => optional(percentage((x) => x >= .25 && x <= 10, "a percentage from 25% to 1000% such as `50%`"), "25%");
const latency = strictObject({
	"no-worse-than": described(margin(), "How much larger the share of requests that take longer than any one duration may be on the idle side."),
	"slower-by": described(optional(literal$1("bucket")), "`bucket`: to be slower by one bucket of the histogram, a third to two and a half times, is no harm yet.")
});
const fields$3 = strictObject({
	requests: described(optional(between$1(10, 1e3), 20), "How many requests to each side count in a round, over all endpoints."),
	"warm-up": described(optional(between$1(0, 1e3), 5), "How many are sent to each side before these, in every round."),
	"no-worse-than": described(margin(), "How much worse the idle side may be than the live side, as a share: with `25%` it may fail 1.25 times as often."),
	"max-failures": described(optional(percentage((x) => x <= .5, "a percentage up to 50% such as `5%`"), "5%"), "Share of the requests to the idle side that may fail, of all and of each endpoint, whatever the live side does. Of `0%` the first failure stops."),
	latency: described(optional(latency), "Given, also as `{}`: durations are compared too. A request that fails is slower than all others."),
	"min-requests": described(optional(whole(1), 100), "How many requests to the idle side must have counted before it may be healthy."),
	"false-stop-rate": described(optional(errorRate), "Chance that this gate stops an idle side that is no worse and fails no more than it may, however often it looks. Default: its part of `evaluation.false-stop-rate`."),
	rounds: described(optional(between$1(5, 1e4), 30), "How many rounds the tests are sharp for. They go on after that, less sharply.")
});
// build/judge/alpha.js
/**
* How often several tests together may err.
*
* Each metric, direction or gate may stop the release by itself, so their chances of a false stop add up at worst: with Σ α_i = α the
* whole errs at most as often as α, whatever depends on what (Bonferroni; Boole's inequality). Letting it go is the other way round:
* every one must be proven, so a release that is bad in one of them goes only if that one test errs, and none needs a smaller α than
* the whole (intersection-union test; R. L. Berger, Technometrics 24, 1982).
*/
/** Sums of shares that are written in decimals miss their sum by less than this part of it. */
const rounding = 1e-9;
const isRate = (x) => x > 0 && x < 1;
/**
* Divides a rate of false stops. Who has a rate of its own keeps it, the others share equally what these leave.
*
* @param all α, above 0 and below 1
* @param own α_i of each that has one of its own; undefined: it shares
* @returns α_i of each, in the same order
* @throws {RangeError} for what is no rate, when those given come to more than `all`, and when they leave nothing to share
*/
function divideFalseStops(all, own) {
	for (const rate of [all, ...own]) if (rate !== void 0 && !isRate(rate)) throw new RangeError(`no rate of false stops: ${rate}`);
	const given = own.reduce((sum, rate) => sum + (rate ?? 0), 0);
	if (given > all * 1.000000001) throw new RangeError(`rates of false stops of ${given} in all, of at most ${all}`);
	const sharing = own.filter((rate) => rate === void 0).length;
	const left = all - given;
	if (sharing > 0 && left <= all * rounding) throw new RangeError(`no rate of false stops is left of ${all} to share`);
	return own.map((rate) => rate ?? left / sharing);
}
// build/judge/limit-test.js
/**
* Evidence against "at most a share `promised` of the requests fails", which may be looked at after every round: `RateTest`, tempered
* by φ, that begins anew at times that are fixed beforehand, so that harm which comes late is not held against the evidence of all the
* good rounds before it (see `restarts.ts`). A fixed mixture of e-processes is one again, and so is one to the power 1/φ (Jensen).
*/
var LimitTest = class {
	#promised;
	#phi;
	#parts;
	#rounds = 0;
	#failures = 0;
	/**
	* @param promised share of the requests, 0 to below 1; of 0 the first failure is proof
	* @param phi how much more than by chance failures clump, at least 1
	* @param starts after so many rounds; weights that sum to 1
	*/
	constructor(promised, { phi, starts }) {
		if (!(promised >= 0 && promised < 1)) throw new RangeError(`no promised rate: ${promised}`);
		if (!(phi >= 1 && Number.isFinite(phi))) throw new RangeError(`no dispersion: ${phi}`);
		this.#promised = promised;
		this.#phi = phi;
		this.#parts = promised === 0 ? [] : starts.map(({ at, weight }) => ({
			at,
			logWeight: Math.log(weight),
			test: new RateTest(spread$1, promised)
		}));
	}
	/** One round. */
	add(failures, requests) {
		this.#failures += failures;
		for (const { at, test } of this.#parts) if (at <= this.#rounds) test.add(failures / this.#phi, requests / this.#phi);
		this.#rounds += 1;
	}
	/** ln E, 0 before the first round. */
	get logE() {
		if (this.#promised === 0) return this.#failures > 0 ? Number.POSITIVE_INFINITY : 0;
		return logSumExp(this.#parts.map(({ logWeight, test }) => logWeight + test.logE));
	}
};
// build/judge/single-look.js
/** What adds less than this part is left out. */
const little = 1e-12;
/**
* Chance that a canary which fails `margin` times as often as the baseline has so many of the failures of both, or more: those that are
* its own are then binomial with the canary's share of the requests, weighed by the margin (Przyborowski & Wilenski, Biometrika 31, 1940).
*
* @returns 1 for one that has no more than its share
*/
function chanceOf({ c, nc, b, nb }, margin) {
	const d = c + b;
	const theta = margin * nc / (margin * nc + nb);
	if (nc === 0 || nb === 0 || c <= d * theta) return 1;
	const ways = lnGamma(d + 1) - lnGamma(c + 1) - lnGamma(b + 1);
	let term = Math.exp(ways + c * Math.log(theta) + b * Math.log1p(-theta));
	let sum = 0;
	for (let k = c; k <= d && term > little * sum; k += 1) {
		sum += term;
		term *= (d - k) / (k + 1) * (theta / (1 - theta));
	}
	return sum;
}
// build/gates/probe/judge.js
/** The statistics behind a `probe` gate, over all rounds so far. */
/** Chance of a single look at which two sides are under suspicion; for durations at one of the bounds, of which there are many. */
const suspicious = {
	failures: .05,
	durations: .01
};
const plus = (a, { sent, failed }) => ({
	sent: a.sent + sent,
	failed: a.failed + failed
});
const none$1 = {
	sent: 0,
	failed: 0
};
const share$2 = ({ sent, failed }) => sent > 0 ? failed / sent : 0;
const idleOf = ({ endpoints }) => endpoints.map(({ idle }) => idle).reduce(plus, none$1);
const liveSides = ({ endpoints }) => endpoints.flatMap(({ live }) => live ?? []);
/** Of all endpoints in one round; undefined: there is no live side. */
const liveOf = (round) => {
	const sides = liveSides(round);
	return sides.length === 0 ? void 0 : sides.reduce(plus, none$1);
};
/** Every loaded policy has it; a gate that is bound by itself has the whole of what a train may err. */
const alphaOf = (config) => config["false-stop-rate"] ?? .05;
/** Takes one round in. */
function remember(config, past, round) {
	const before = past?.rounds ?? [];
	const rounds = [...before, round];
	const goesOn = past !== void 0 && past.tests.rounds === before.length;
	const tests = goesOn ? past.tests : new Tests(config, round);
	for (const one of goesOn ? [round] : rounds) tests.add(one);
	return {
		rounds,
		tests
	};
}
/** Where they stand. */
function standOf({ rounds: all, tests }) {
	const idle = all.map(idleOf).reduce(plus, none$1);
	const lives = all.flatMap((round) => liveOf(round) ?? []);
	return {
		rounds: all.length,
		idle,
		live: lives.length === 0 ? void 0 : lives.reduce(plus, none$1),
		worst: worstOf(all, idle),
		unasked: endpointSums(all).flatMap(([name, { sent }]) => sent === 0 ? [name] : []),
		overLimit: tests.overLimit,
		failures: tests.failures,
		durations: tests.durations(all),
		alpha: tests.alpha
	};
}
function worstOf(all, idle) {
	const recent = all.slice(-3).map(idleOf).reduce(plus, none$1);
	return [
		{
			...idle,
			what: "all"
		},
		{
			...recent,
			what: `all in the last 3 rounds`
		},
		...endpointSums(all).map(([name, sum]) => ({
			...sum,
			what: name
		}))
	].reduce((worst, next) => share$2(next) > share$2(worst) ? next : worst);
}
function endpointSums(all) {
	const sums = /* @__PURE__ */ new Map();
	for (const { endpoints } of all) for (const { name, idle } of endpoints) sums.set(name, plus(sums.get(name) ?? none$1, idle));
	return [...sums];
}
/** All that is tested, round by round. What it may err is divided among the tests. */
var Tests = class {
	alpha;
	#config;
	#failures;
	#durations;
	/** Of all endpoints together, and of each alone: the average of their evidence is valid however they hang together. */
	#whole;
	#single;
	#rounds = 0;
	#overLimit;
	/** @param like a round: which endpoints there are, and whether there is a live side */
	constructor(config, like) {
		this.#config = config;
		const { latency, rounds: window } = config;
		const compares = liveOf(like) !== void 0;
		const tests = 1 + (compares ? 1 : 0) + (compares && latency ? 1 : 0);
		const [alpha = 0] = divideFalseStops(alphaOf(config), Array(tests).fill(void 0));
		this.alpha = alpha;
		const margin = marginOf(config);
		this.#failures = compares ? new RateJudge({
			alpha,
			margin,
			slack: 0,
			dispersion: void 0,
			window
		}) : void 0;
		this.#durations = compares && latency ? new LatencyJudge({
			alpha,
			margin: marginOf(latency),
			history: void 0,
			slowerBy: latency["slower-by"]
		}) : void 0;
		const limit = () => new LimitTest(config["max-failures"], {
			phi: 5,
			starts: usualStarts(window)
		});
		this.#whole = limit();
		this.#single = new Map(like.endpoints.map(({ name }) => [name, limit()]));
	}
	get rounds() {
		return this.#rounds;
	}
	/** After so many rounds the idle side was proven to fail more than it may. */
	get overLimit() {
		return this.#overLimit;
	}
	add(round) {
		this.#rounds += 1;
		const idle = idleOf(round);
		const live = liveOf(round) ?? none$1;
		this.#failures?.add({
			c: idle.failed,
			nc: idle.sent,
			b: live.failed,
			nb: live.sent
		});
		this.#durations?.add(histogramsOf([round]));
		this.#whole.add(idle.failed, idle.sent);
		for (const [name, test] of this.#single) {
			const own = round.endpoints.find((endpoint) => endpoint.name === name)?.idle ?? none$1;
			test.add(own.failed, own.sent);
		}
		const all = [this.#whole, ...this.#single.values()].map(({ logE }) => logE);
		if (logSumExp(all) - Math.log(all.length) >= Math.log(1 / this.alpha)) this.#overLimit ??= this.#rounds;
	}
	get failures() {
		const judge = this.#failures;
		if (judge === void 0) return void 0;
		const { state } = judge;
		const suspect = chanceOf(state.sum, marginOf(this.#config)) < suspicious.failures;
		return comparedBy(state, judge.bounds(), this.alpha, { suspect });
	}
	/** @param all the rounds */
	durations(all) {
		const { latency } = this.#config;
		const judge = this.#durations;
		if (judge === void 0 || latency === void 0) return void 0;
		const { state } = judge;
		const { bound, quantiles } = state;
		return {
			...comparedBy(state, judge.bounds(), this.alpha, {
				suspect: seemsSlower(latency, all),
				bound
			}),
			quantiles
		};
	}
};
const marginOf = (by) => 1 + by["no-worse-than"];
function seemsSlower(latency, all) {
	const arms = histogramsOf(all);
	const bounds = [...arms.baseline.keys()];
	return bounds.some((bound, i) => {
		const own = latency["slower-by"] === "bucket" ? bounds[i + 1] : bound;
		const pair = own === void 0 ? void 0 : exceeding(arms, {
			baseline: bound,
			canary: own
		});
		return pair !== void 0 && chanceOf(pair, marginOf(latency)) < suspicious.durations;
	});
}
const histogramsOf = (rounds) => ({
	canary: histogramOf(rounds, ({ endpoints }) => endpoints.map(({ idle }) => idle)),
	baseline: histogramOf(rounds, liveSides)
});
/** A broken service is often quick, so what failed took longer than every bound. */
function histogramOf(rounds, of) {
	const sides = rounds.flatMap(of);
	const bounds = rounds[0]?.bounds ?? [];
	let below = 0;
	const cumulative = bounds.map((bound, i) => {
		below += sides.reduce((sum, { durations }) => sum + (durations[i] ?? 0), 0);
		return [String(bound), below];
	});
	return new Map([...cumulative, ["+Inf", sides.reduce((sum, { sent }) => sum + sent, 0)]]);
}
function comparedBy(state, { ratio, lower, upper }, alpha, { suspect, bound }) {
	const { minutes, sum, phi, calibrated, harm, stoppedAfter } = state;
	return {
		stopped: stoppedAfter !== void 0,
		stoppedAfter,
		suspect,
		standing: {
			names: {
				canary: "idle side",
				baseline: "live side"
			},
			bins: minutes,
			canary: {
				events: sum.nc,
				bad: sum.c
			},
			baseline: {
				events: sum.nb,
				bad: sum.b
			},
			...bound === void 0 ? {} : { bound: `${bound} ms` },
			ratio,
			lower,
			upper: Number.isFinite(upper) ? upper : null,
			sure: 1 - alpha,
			harm,
			wellness: null,
			dispersion: phi,
			calibrated
		}
	};
}
// build/gates/probe/words.js
/** What a `probe` gate says. */
const percent$4 = (share) => formatValue(100 * share, "percent");
const counted = (bad, all) => `${amount(bad)} of ${amount(all)}${all > 0 ? ` (${percent$4(bad / all)})` : ""}`;
const sumText = ({ failed, sent }) => counted(failed, sent);
/** `3 of 120 (2.5 %) failed, of the live side 0 of 120 (0 %)`. */
const countsText = ({ idle, live }) => `${sumText(idle)} failed${live === void 0 ? "" : `, of the live side ${sumText(live)}`}`;
/** `; status 500 (12), no answer within 2s (3)`: how requests to the idle side failed, over all rounds. */
function reasonsText(all) {
	const reasons = /* @__PURE__ */ new Map();
	for (const { why, count } of all.flatMap(({ endpoints }) => endpoints.flatMap(({ idle }) => idle.reasons))) reasons.set(why, (reasons.get(why) ?? 0) + count);
	const most = [...reasons].toSorted(([, a], [, b]) => b - a).slice(0, 3);
	return most.length === 0 ? "" : `; ${most.map(([why, count]) => `${why} (${count})`).join(", ")}`;
}
/** `the idle side fails 3 times as often as the live side`. */
function oftenText({ ratio, bound }) {
	return `the idle side ${bound === void 0 ? "fails" : `takes longer than ${bound}`} ${ratio === null ? "more often than" : `${times(ratio)} as often as`} the live side`;
}
function armsText({ canary, baseline, bound }) {
	const did = bound === void 0 ? "failed" : `took longer than ${bound}`;
	return `${counted(canary.bad, canary.events)} ${did}, of the live side ${counted(baseline.bad, baseline.events)}`;
}
/** Of one that was stopped by the comparison. */
function worseText({ standing, stoppedAfter, quantiles }) {
	const { lower, sure } = standing;
	const least = lower > 1 ? `at least ${times(lower)}` : "more than allowed";
	const after = stoppedAfter === void 0 ? "" : `; stopped after ${plural(stoppedAfter, "round")}`;
	return `${oftenText(standing)} (${least}, ${percent$4(sure)} sure at every look); ${armsText(standing)}${quantilesText(quantiles)}${after}; uncalibrated`;
}
const suspectText = ({ standing, quantiles }) => `${oftenText(standing)} so far: ${armsText(standing)}${quantilesText(quantiles)}`;
const spanText = ({ from, to }) => Number.isFinite(to) ? `${from} to ${to} ms` : `over ${from} ms`;
function quantilesText(quantiles) {
	const [idle, live] = [quantiles?.canary.p95, quantiles?.baseline.p95];
	return idle && live ? `; 95th percentile of the idle side ${spanText(idle)}, of the live side ${spanText(live)}` : "";
}
/** What can be said without proof of harm: what was seen, and what cannot be excluded. */
function openText(stand) {
	const { idle, rounds, failures, durations, alpha } = stand;
	const most = rateBounds(idle.failed / 5, idle.sent / 5, alpha).upper;
	const upper = failures?.standing.upper ?? null;
	const excluded = upper === null ? `up to ${percent$4(most)} failures cannot be excluded` : `up to ${percent$4(most)} failures, or ${times(upper)} as many as on the live side, cannot be excluded`;
	return `in ${plural(rounds, "round")}: ${countsText(stand)}${quantilesText(durations?.quantiles)}; ${excluded} (${percent$4(1 - alpha)} sure at every look)`;
}
// build/gates/probe.js
/**
* Gate `probe`: requests to a side that gets no traffic yet, compared with the same requests to the side that serves. It may look in every
* round: over all of them it stops an idle side that is no worse at most as often as `false-stop-rate` says. See `docs/probe.md`.
*/
const role$1 = "probes";
function questionsOf$1(config, { now, settledAt }, past) {
	if (now < settledAt) return /* @__PURE__ */ new Map();
	const { requests, "warm-up": warmUp } = config;
	return /* @__PURE__ */ new Map([[role$1, {
		family: "probes",
		round: nextRound(past),
		requests,
		warmUp
	}]]);
}
const nextRound = (past) => (past?.rounds.length ?? 0) + 1;
function judge$5(config, answers, { now, settledAt }, past) {
	if (now < settledAt) return {
		reading: insufficient("too-early", "the warm-up is not over", { pending: true }),
		memory: past
	};
	const proof = proveMeasured([role$1], answers);
	if (!isProof(proof)) return {
		reading: proof,
		memory: past
	};
	const got = proof.measured.get(role$1);
	if (got?.kind !== "probes" || got.round !== nextRound(past)) return {
		reading: error("bad-answer", "the answer is not that of the requests that this round asked for"),
		memory: past
	};
	const live = liveOf(got);
	if (live !== void 0 && live.failed === live.sent) {
		const why = got.endpoints.flatMap((e) => e.live?.reasons[0]?.why ?? [])[0] ?? "no answer";
		return {
			reading: error("live-failed", `none of ${plural(live.sent, "request")} to the live side was answered as expected (${why}), so this round says nothing about the idle side: are the endpoints, the credential and the network of the probe right?`),
			memory: past
		};
	}
	const memory = remember(config, past, got);
	const stand = standOf(memory);
	const all = memory.rounds;
	return {
		reading: stopped(config, proof, stand, all) ?? waiting$1(config, stand, all) ?? well(config, proof, stand),
		memory
	};
}
const ofAll = (config, stand) => {
	const value = 100 * stand.idle.failed / stand.idle.sent;
	return {
		value,
		shown: percent$4(value / 100),
		threshold: `<= ${Number((100 * config["max-failures"]).toPrecision(12))}%`,
		events: stand.idle.sent,
		...stand.failures === void 0 ? {} : { standing: stand.failures.standing }
	};
};
/** Proven: over its limit, worse than the live side, slower. In this order, since the first needs no comparison to be understood. */
function stopped(config, proof, stand, all) {
	const { worst, overLimit, failures, durations } = stand;
	if (overLimit !== void 0) {
		const reason = `the idle side fails in more than ${percent$4(config["max-failures"])} of the requests${worst.what === "all" ? "" : `, of ${worst.what} in ${sumText(worst)}`}; ${countsText(stand)}${reasonsText(all)}; stopped after ${plural(overLimit, "round")}`;
		const shown = {
			value: 100 * worst.failed / worst.sent,
			shown: percent$4(worst.failed / worst.sent)
		};
		return unhealthy(proof, "over-max-failures", reason, {
			...ofAll(config, stand),
			...shown,
			conclusive: true
		});
	}
	const worse = (by, code, margin, more) => {
		const { ratio } = by.standing;
		const { value: _, shown: _shown, ...details } = ofAll(config, stand);
		return unhealthy(proof, code, `${worseText(by)}${more}`, {
			...details,
			...ratio === null ? {} : {
				value: ratio,
				shown: times(ratio)
			},
			threshold: `at most ${times(1 + margin)} as often as the live side`,
			conclusive: true
		});
	};
	if (failures?.stopped) return worse(failures, "worse-than-live", config["no-worse-than"], reasonsText(all));
	return durations?.stopped ? worse(durations, "slower-than-live", config.latency?.["no-worse-than"] ?? 0, "") : void 0;
}
/** What only takes more requests. */
function waiting$1(config, stand, all) {
	const { idle, worst, unasked } = stand;
	const details = {
		...ofAll(config, stand),
		pending: true
	};
	if (idle.sent < config["min-requests"]) {
		const left = Math.ceil((config["min-requests"] - idle.sent) / (idle.sent / stand.rounds));
		return insufficient("too-few-requests", `cannot tell yet: ${idle.sent} of at least ${plural(config["min-requests"], "request")}, about ${plural(left, "more round")}; ${countsText(stand)}${reasonsText(all)}`, details);
	}
	if (unasked.length > 0) return insufficient("too-few-requests", `cannot tell yet: no request to ${unasked.join(", ")} counted so far; ${countsText(stand)}`, details);
	if (worst.failed > config["max-failures"] * worst.sent * (1 + 1e-9)) return insufficient("looks-worse", `cannot tell yet: of ${worst.what} ${sumText(worst)} failed, more than ${percent$4(config["max-failures"])}, which may still be by chance; ${countsText(stand)}${reasonsText(all)}`, details);
	const suspect = [stand.failures, stand.durations].find((by) => by?.suspect);
	if (suspect) return insufficient("looks-worse", `cannot tell yet: ${suspectText(suspect)}, which may still be by chance`, details);
}
function well(config, proof, stand) {
	const alone = stand.live === void 0 ? "; compared with nothing, since the source has no live side" : "";
	return healthy(proof, "no-harm-seen", `no harm seen ${openText(stand)}${alone}`, ofAll(config, stand));
}
const probeGate = defineGate({
	type: "probe",
	family: "probes",
	schema: fields$3,
	sharesFalseStops: true,
	bind(config) {
		return {
			questions: (moment, past) => questionsOf$1(config, moment, past),
			judge: (answers, moment, past) => judge$5(config, answers, moment, past)
		};
	},
	lint: (config) => adviceOn(config)
});
function adviceOn({ requests, "min-requests": least, rounds }) {
	const needed = Math.ceil(least / requests);
	if (needed <= rounds) return [];
	return [{
		key: "min-requests",
		message: `takes ${needed} rounds of ${requests}, more than the ${rounds} of \`rounds\`: raise \`requests\`, or \`rounds\` and \`evaluation.deadline\``
	}];
}
// build/record/scans.js
/** What the results of security scanners come to: a part of the evidence in the record. */
const text$10 = string$1();
const count$7 = pipe(number$2(), integer(), minValue(0));
const instant$6 = pipe(string$1(), isoTimestamp());
/** Worst first; `unknown` is what could not be told, never the least. */
const severities = [
	"critical",
	"high",
	"medium",
	"low",
	"unknown"
];
/** What a scan looks for. */
const categories = [
	"sast",
	"sca",
	"secrets",
	"iac",
	"container",
	"dast"
];
/** What becomes of a result. Each has exactly one, with exactly one reason. */
const fates = [
	"counted",
	"warned",
	"review",
	"deferred",
	"waived",
	"suppressed",
	"ignored",
	"malformed"
];
const fate = pipe(picklist(fates), description("counted: stands against the policy. warned: stands, and the policy only wants it told. review: asks a person to look. deferred: stands later (a grace, no fix yet). waived: by an entry of a file of waivers. suppressed: by the scanner, its platform or a VEX document. ignored: no problem, or not in question. malformed: nobody knows what it is"));
const reason = pipe(text$10, description("the one reason as a fixed word, e.g. KIND_PASS, IN_SOURCE, WAIVER"));
const run$1 = strictObject({
	tool: text$10,
	toolVersion: optional(text$10),
	categories: pipe(array(picklist(categories)), description("what it looked for, as far as that is known")),
	file: pipe(text$10, description("where the results were read: a file of the workspace, or what a service calls it")),
	sha256: pipe(nullable(text$10), description("of the file; null: it was no file")),
	revision: pipe(nullable(text$10), description("the commit that the scan says it scanned, several (of several repositories) with spaces between; null: it does not say")),
	image: optional(pipe(array(text$10), description("digests and names of the container image that the scan says it scanned"))),
	ended: pipe(nullable(instant$6), description("when the scan ended; null: it does not say")),
	database: optional(pipe(instant$6, description("when the vulnerability data that it used were made, where the scan says so"))),
	execution: picklist([
		"succeeded",
		"failed",
		"unknown"
	]),
	rules: pipe(nullable(count$7), description("rules that the scan brings with it; null: its format has none")),
	results: pipe(count$7, description("all results that were read; the counts of `tally` add up to it")),
	tally: array(strictObject({
		fate,
		reason,
		severity: picklist(severities),
		count: count$7
	}))
});
const finding = strictObject({
	run: pipe(count$7, description("position in `runs` of the run that it comes from")),
	fate,
	reason,
	told: optional(pipe(text$10, description("the reason in words: whose waiver, until when, which document"))),
	tool: text$10,
	rule: text$10,
	severity: picklist(severities),
	why: pipe(text$10, description("where the severity comes from")),
	conflict: optional(pipe(text$10, description("what the other measure says, when score and level are far apart"))),
	message: text$10,
	file: optional(text$10),
	line: optional(count$7),
	ids: optional(pipe(array(text$10), description("CVE, GHSA and other names of the vulnerability"))),
	package: optional(pipe(text$10, description("package URL of what is vulnerable"))),
	fix: optional(pipe(text$10, description("what mends it, in words"))),
	help: optional(pipe(text$10, description("page about the rule"))),
	link: optional(pipe(text$10, description("page about this result"))),
	owner: optional(pipe(text$10, description("who is to mend it"))),
	since: optional(pipe(instant$6, description("when it was first seen"))),
	exploited: optional(pipe(text$10, description("why it counts as exploited: KEV, EPSS"))),
	identity: pipe(text$10, description("the same from scan to scan: what a waiver or a baseline names it by"))
});
const problem$1 = strictObject({
	code: text$10,
	message: text$10,
	file: optional(text$10),
	tool: optional(text$10),
	about: optional(pipe(text$10, description("the id of the notification by which a tool says that it failed")))
});
const remark = strictObject({
	code: text$10,
	message: text$10
});
const reference = strictObject({
	kind: picklist([
		"waivers",
		"vex",
		"baseline",
		"kev",
		"epss",
		"owners"
	]),
	file: text$10,
	sha256: text$10
});
/** The fields of `scans` beside those that all measurements have. */
const scansFields = {
	settled: optional(pipe(boolean(), description("waiting changes nothing: the results are files that were written before this step began"))),
	problems: pipe(array(problem$1), description("why an input is no evidence: missing, unreadable, crashed…; also a file that the policy names beside the scans")),
	remarks: pipe(array(remark), description("what should be put in order: waivers that are expired, unused, too wide or without an owner")),
	references: pipe(array(reference), description("files beside the scans that took part")),
	runs: array(run$1),
	findings: pipe(array(finding), description("of each fate the worst, at most 50; the tallies of the runs count all of them"))
};
/** How many results of one fate there are over all runs, by severity. */
function countsOf(runs, wanted) {
	const counts = {
		critical: 0,
		high: 0,
		medium: 0,
		low: 0,
		unknown: 0
	};
	for (const { tally } of runs) for (const { fate, severity, count: n } of tally) if (fate === wanted) counts[severity] += n;
	return counts;
}
// build/sources/security/question.js
const severityMeasures = [
	"score",
	"level",
	"strictest"
];
/** What a rule of the policy does to the results that it fits. */
const ruleActions = [
	"ignore",
	"warn",
	"count"
];
// build/gates/security/fields.js
/** What a policy can say of the results of scanners. */
/** Worst first. */
const ranked = [
	"critical",
	"high",
	"medium",
	"low"
];
const severity = picklist(ranked);
const files = oneOrMore(filled);
const required = union([
	filled,
	strictObject({
		tool: described(filled, "Name of the tool."),
		rules: described(optional(whole(1)), "It must bring at least so many rules.")
	}),
	strictObject({ category: described(picklist(categories), "Any tool that looks for this.") })
]);
const tolerated = strictObject({
	tool: described(filled, "Tool whose failure is tolerated."),
	notification: described(optional(filled), "Id of the notification by which it says that it failed. Without it only failures that name none are tolerated."),
	reason: described(filled, "Why its results are complete enough all the same."),
	until: described(pipe(string$1(), regex(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2026-12-31"), isoDate("a day such as 2026-12-31")), "Last day (UTC) of the tolerance.")
});
const criteria = [
	"tools",
	"rules",
	"paths",
	"cwes",
	"packages",
	"up-to"
];
const rule = pipe(strictObject({
	name: described(optional(filled), "What the report calls it. Default: its position."),
	tools: described(optional(oneOrMore(filled)), "Names of tools."),
	rules: described(optional(oneOrMore(filled)), "Ids of rules or vulnerabilities, or globs of them."),
	paths: described(optional(oneOrMore(filled)), "Globs of the files that results are in."),
	cwes: described(optional(oneOrMore(pipe(string$1(), regex(/^CWE-[1-9]\d*$/i, "a weakness such as CWE-79")))), "Weaknesses such as `CWE-79`."),
	packages: described(optional(oneOrMore(pipe(string$1(), startsWith("pkg:", "a package URL such as pkg:npm/lodash")))), "Package URLs; without a version all versions are meant."),
	"up-to": described(optional(severity), "Only results of this severity or less."),
	do: described(picklist(ruleActions), "`ignore` them, only `warn` of them, or `count` them, as another severity where `as` says so. The first rule that fits holds."),
	as: described(optional(severity), "With `count`: the severity that they count as.")
}), check$2((r) => criteria.some((key) => r[key] !== void 0), `at least one of ${criteria.map((key) => `\`${key}\``).join(", ")}`), check$2((r) => r.as === void 0 || r.do === "count", "`do: count` beside `as`"));
const bySeverity = (item) => strictObject({
	critical: optional(item),
	high: optional(item),
	medium: optional(item),
	low: optional(item)
});
const day$1 = 864e5;
const product = pipe(string$1(), regex(/^(?:pkg:[a-z0-9.+-]+\/\S+|sha(?:256|384|512):[0-9a-f]{64,128})$/i, "a package URL such as pkg:oci/cart, or a digest such as sha256:…"));
const commitId = pipe(string$1(), regex(/^[0-9a-f]{7,64}$/i, "a commit id of at least 7 hexadecimal digits"));
const fields$2 = strictObject({
	block: described(optional(severity, "high"), "Findings of this severity or worse stop the train."),
	warn: described(optional(severity), "Findings of this severity or worse that do not stop the train are told as warnings."),
	most: described(optional(strictObject({
		...bySeverity(whole(0)).entries,
		total: optional(whole(0))
	})), "How many findings of a severity are allowed. Default: none of `block` or worse, any number below; `total` is of all severities together."),
	"severity-from": described(optional(picklist(severityMeasures), "score"), "Which measure holds where a result has both: the `score` (`security-severity`, CVSS), the `level` (error, warning, note), or the `strictest` of them. Where they are two steps apart the worse one holds in any case, and the report says so."),
	"unknown-severity": described(optional(severity, "high"), "What a finding counts as when its severity cannot be told."),
	require: described(optional(oneOrMore(required)), "What must have run: names of tools as they stand in their results (upper or lower case), `{ tool, rules }` with the least number of rules, or `{ category }` for any tool that looks for `sast`, `sca`, `secrets`, `iac`, `container` or `dast`. A missing scanner is not a clean one."),
	categories: described(optional(record(filled, oneOrMore(picklist(categories)))), "What tools look for, by name, where Signalbox does not know it."),
	commit: described(optional(commitId), "The commit that must have been scanned, mostly `\"${release.sha}\"`; its first 7 digits or more suffice. Scans that name another one are no evidence."),
	"commit-required": described(optional(boolean(), false), "Whether scans that name no commit are no evidence either. Most scanners name none."),
	image: described(optional(filled), "The digest (`sha256:…`) or the name of the container image that is released. Scans that name another image are no evidence."),
	"max-age": described(optional(duration), "How long ago the scans may have ended. Scans that do not say when they ended are no evidence then."),
	"database-max-age": described(optional(duration), "How old the vulnerability data of scans of packages and images may be. Scans that do not say it are no evidence then; most formats do not."),
	"execution-required": described(optional(boolean(), false), "Whether scans that do not say that they ran to their end are no evidence. Most scanners do not say it."),
	tolerate: described(optional(array(tolerated), []), "Scanners that report a failure and may be believed all the same, until a day."),
	review: described(optional(picklist([
		"block",
		"warn",
		"ignore"
	]), "warn"), "What results do that ask a person to look (kind `open` or `review`): `block` the train, be told in the reason (`warn`), or be `ignore`d."),
	baseline: described(optional(union([
		literal$1("scanner"),
		files,
		strictObject({ ref: filled })
	])), "Only what is new counts: since the results in files of the same format (paths or globs), since the analyses of `{ ref: main }`, or by the word of the `scanner` itself (`baselineState`)."),
	"fixable-only": described(optional(boolean(), false), "Findings for which the scan says that there is no fix yet are put off. Where it says nothing they count."),
	"fix-within": described(optional(bySeverity(duration), {}), "How long after it was first seen a finding of a severity is put off, such as `{ critical: 2d, high: 30d }`. Where the scan does not say since when, it counts."),
	exploited: described(optional(strictObject({
		kev: described(optional(filled), "File with CISA's catalog of known exploited vulnerabilities, JSON or CSV."),
		epss: described(optional(filled), "File with EPSS scores, CSV, also gzipped."),
		"epss-at-least": described(optional(percentage((x) => x > 0 && x <= 1, "a percentage such as `10%`"), "10%"), "From this probability on a vulnerability counts as exploited.")
	}), {}), "What is exploited counts as critical, and is neither put off nor passed over by `baseline`."),
	rules: described(optional(array(rule), []), "What holds for single tools, rules, paths, weaknesses or packages."),
	suppressions: described(optional(strictObject({
		allow: described(optional(array(picklist(["in-source", "external"])), ["in-source", "external"]), "Which suppressions hold: comments in the code, and those made outside it (a platform, a file of the scanner). An empty list: none."),
		"up-to": described(optional(severity, "high"), "The worst severity that can be suppressed."),
		"reason-required": described(optional(boolean(), false), "Whether they need a reason."),
		by: described(optional(oneOrMore(filled)), "Who may suppress, by the account on the platform. Default: all.")
	}), {}), "When the word of a scanner or its platform is enough for a finding not to count."),
	waivers: described(optional(union([files, strictObject({
		files: described(files, "Paths or globs of the files."),
		longest: described(optional(duration, "180d"), "How long a waiver may last."),
		"remind-before": described(optional(duration, "14d"), "How long before its end it is told of.")
	})])), "Files of waivers: findings that are accepted for a time, with an owner and a reason."),
	vex: described(optional(strictObject({
		files: described(files, "Paths or globs of OpenVEX or CycloneDX documents."),
		products: described(oneOrMore(product), "Package URLs or digests of what is released; names of one thing.")
	})), "Documents that say which vulnerabilities do not affect the product."),
	owners: described(optional(filled), "A CODEOWNERS file, for the names in the report. Default: where the platforms look for one.")
});
const schema$18 = pipe(fields$2, check$2((g) => !g["commit-required"] || g.commit !== void 0, "`commit` beside `commit-required`"));
/** The part of the policy that results are sorted by. */
function triageOf(config) {
	const { baseline, waivers, vex, owners, exploited, rules } = config;
	const { by, ...suppressions } = config.suppressions;
	const { kev, epss } = exploited;
	return {
		"severity-from": config["severity-from"],
		"unknown-severity": config["unknown-severity"],
		rules: rules.map(({ name, ...one }, i) => ({
			name: name ?? `rule ${i + 1}`,
			...defined(one)
		})),
		...baseline === void 0 ? {} : { baseline: sinceOf$1(baseline) },
		"fixable-only": config["fixable-only"],
		"fix-within": defined(config["fix-within"]),
		exploited: {
			...kev === void 0 ? {} : { kev },
			...epss === void 0 ? {} : { epss },
			"epss-at-least": exploited["epss-at-least"]
		},
		suppressions: {
			...suppressions,
			...by && { by }
		},
		...waivers === void 0 ? {} : { waivers: Array.isArray(waivers) ? {
			files: waivers,
			longest: 180 * day$1,
			"remind-before": 14 * day$1
		} : waivers },
		...vex && { vex },
		...owners === void 0 ? {} : { owners }
	};
}
const sinceOf$1 = (baseline) => baseline === "scanner" ? {} : Array.isArray(baseline) ? { files: baseline } : baseline;
/** Without the keys that are there and hold nothing. */
const defined = (from) => Object.fromEntries(Object.entries(from).filter(([, value]) => value !== void 0));
// build/gates/security/evidence.js
/** Evidence before findings: whether scans ran to their end, of this commit, lately, and all that must have run. */
/** Sources and runners disagree by seconds or a few minutes; a scan that ended later than this from now did not. */
const futureMs = 3e5;
/** Problems that say "not there", where the others say "cannot be read" or "failed". */
const absent = /* @__PURE__ */ new Set(["NOT_ANALYSED"]);
/** `SCAN_FAILED` → `scan-failed`. */
const kebab = (code) => code.toLowerCase().replaceAll("_", "-");
const where = (run) => `${run.tool} (${run.file})`;
const lacking = (code, text) => ({
	state: "insufficient",
	code,
	text
});
function wrongCommit(run, config) {
	if (config.commit === void 0) return void 0;
	if (run.revision === null) return config["commit-required"] ? lacking("commit-unknown", `${where(run)} does not say which commit it scanned`) : void 0;
	const wanted = config.commit.toLowerCase();
	if (run.revision.toLowerCase().split(" ").some((id) => id.startsWith(wanted))) return void 0;
	return lacking("wrong-commit", `${where(run)} scanned commit ${run.revision}, not ${config.commit}`);
}
function wrongImage(run, config) {
	const { image } = config;
	if (image === void 0) return void 0;
	if (run.image === void 0) return categoriesOf(run, config).includes("container") ? lacking("image-unknown", `${where(run)} does not say which image it scanned`) : void 0;
	if (run.image.some((one) => one === image || one.endsWith(`@${image}`))) return void 0;
	return lacking("wrong-image", `${where(run)} scanned ${run.image[0] ?? "another image"}, not ${image}`);
}
function wrongAge(run, config, now) {
	const most = config["max-age"];
	const ended = run.ended === null ? NaN : Date.parse(run.ended);
	if (ended - now > futureMs) return lacking("clock", `${where(run)} ended in the future (${run.ended}): do the clocks agree?`);
	if (most === void 0) return void 0;
	if (Number.isNaN(ended)) return lacking("age-unknown", `${where(run)} does not say when it ended`);
	const age = now - ended;
	if (age <= most) return void 0;
	return lacking("stale", `${where(run)} ended ${formatDuration(age)} ago, more than ${formatDuration(most)}`);
}
/** What a tool looks for: as the policy says it, else as the tool is known for. */
const categoriesOf = (run, { categories = {} }) => Object.entries(categories).find(([tool]) => tool.toLowerCase() === run.tool.toLowerCase())?.[1] ?? run.categories;
const usesData = ["sca", "container"];
function oldDatabase(run, config, now) {
	const most = config["database-max-age"];
	if (most === void 0 || !categoriesOf(run, config).some((category) => usesData.includes(category))) return void 0;
	const made = run.database === void 0 ? NaN : Date.parse(run.database);
	if (Number.isNaN(made)) return lacking("database-age-unknown", `${where(run)} does not say how old its vulnerability data are`);
	const age = now - made;
	if (age <= most) return void 0;
	const text = `the vulnerability data of ${where(run)} are ${formatDuration(age)} old, more than ${formatDuration(most)}`;
	return lacking("database-stale", text);
}
function notExecuted(run, scans, config) {
	if (run.execution === "unknown" && config["execution-required"]) return lacking("execution-unknown", `${where(run)} does not say that it ran to its end`);
	if (run.execution !== "failed" || scans.problems.some((p) => p.file === run.file && p.tool === run.tool)) return;
	return {
		state: "error",
		code: "scan-failed",
		text: `${where(run)} did not finish its scan`
	};
}
function malformed(run) {
	const n = run.tally.reduce((sum, { fate, count }) => sum + (fate === "malformed" ? count : 0), 0);
	if (n === 0) return void 0;
	return {
		state: "error",
		code: "malformed-result",
		text: `${where(run)} has ${n} of ${run.results} results that cannot be understood`
	};
}
/** Whether the policy believes a scanner that reported this failure. */
function tolerates({ code, tool, about }, { tolerate }, now) {
	return code === "SCAN_FAILED" && tolerate.some((one) => one.tool.toLowerCase() === tool?.toLowerCase() && one.notification === about && now < Date.parse(`${one.until}T00:00:00Z`) + 864e5);
}
function missing(scans, sound, config) {
	return (config.require ?? []).flatMap((required) => {
		if (typeof required === "object" && "category" in required) {
			const { category } = required;
			if ([...sound].some((run) => categoriesOf(run, config).includes(category))) return [];
			const found = [...new Set(scans.runs.map((run) => run.tool))].join(", ") || "none";
			return [lacking("category-missing", `there is no sound scan for ${category} (found: ${found})`)];
		}
		const { tool, rules = 0 } = typeof required === "string" ? { tool: required } : required;
		const runs = scans.runs.filter((run) => run.tool.toLowerCase() === tool.toLowerCase());
		if (runs.length === 0) return [lacking("tool-missing", `there is no scan by ${tool} (${alternatives(tool, scans)})`)];
		const most = Math.max(...runs.map((run) => run.rules ?? 0));
		return most >= rules ? [] : [lacking("too-few-rules", `${tool} brings ${most} rules, fewer than ${rules}`)];
	});
}
function alternatives(tool, { runs }) {
	const names = [...new Set(runs.map((run) => run.tool))];
	const near = nearest(tool, names);
	return near === void 0 ? `found: ${names.join(", ") || "none"}` : `did you mean ${near}?`;
}
/** The runs whose findings stand, and everything that is missing from the evidence, what could not be measured first. */
function weigh$2(scans, config, now) {
	const problems = scans.problems.filter((problem) => !tolerates(problem, config, now));
	const complaints = problems.map(({ code, message }) => ({
		state: absent.has(code) ? "insufficient" : "error",
		code: kebab(code),
		text: message
	}));
	const sound = /* @__PURE__ */ new Set();
	for (const run of scans.runs) {
		const wrong = [
			notExecuted(run, scans, config),
			malformed(run),
			wrongCommit(run, config),
			wrongImage(run, config),
			wrongAge(run, config, now),
			oldDatabase(run, config, now)
		].filter((complaint) => complaint !== void 0);
		complaints.push(...wrong);
		const failed = problems.some((p) => p.code === "SCAN_FAILED" && p.file === run.file && p.tool === run.tool);
		if (wrong.every(({ code }) => code === "malformed-result") && !failed) sound.add(run);
	}
	complaints.push(...missing(scans, sound, config));
	return {
		sound,
		complaints: complaints.toSorted((a, b) => rank(a) - rank(b))
	};
}
const rank = ({ state }) => state === "error" ? 0 : 1;
// build/gates/security/standing.js
/** What stands in sound scans, against what the policy allows. */
const sum = (numbers) => [...numbers].reduce((a, b) => a + b, 0);
const rankOf = (severity, limits) => severity === "unknown" ? limits["unknown-severity"] : severity;
const reaches$1 = (severity, bar, limits) => bar !== void 0 && ranked.indexOf(rankOf(severity, limits)) <= ranked.indexOf(bar);
/** @param sound runs whose findings stand */
function stand(sound, limits) {
	const counts = countsOf(sound, "counted");
	const of = (rank) => sum(severities.filter((s) => rankOf(s, limits) === rank).map((s) => counts[s]));
	const allowed = (rank) => limits.most?.[rank] ?? (reaches$1(rank, limits.block, limits) ? 0 : Number.POSITIVE_INFINITY);
	const tooMany = sum(Object.values(counts)) > (limits.most?.total ?? Number.POSITIVE_INFINITY);
	const over = severities.filter((s) => counts[s] > 0 && (tooMany || of(rankOf(s, limits)) > allowed(rankOf(s, limits))));
	const looked = severities.filter((s) => !over.includes(s) && reaches$1(s, limits.warn, limits));
	return {
		counts,
		over,
		blocking: sum(over.map((s) => counts[s])),
		warned: sum(looked.map((s) => counts[s]))
	};
}
// build/gates/security/judge.js
/** From scans to the gate's reading: a finding stands whatever else is missing, and nothing missing is a pass. */
const role = "scans";
/** All complaints as one text; a matrix of scans can have very many. */
function told(complaints) {
	const texts = [...new Set(complaints.map((c) => c.text))];
	const more = texts.length - 5;
	return texts.slice(0, 5).join("; ") + (more > 0 ? `; and ${more} more` : "");
}
/** `(CodeQL js/sql-injection in src/db.ts:41, …)`: the worst three of the sound runs. */
function examples(scans, sound, over) {
	const shown = scans.findings.filter(({ fate, severity, run }) => {
		const its = scans.runs[run];
		return fate === "counted" && over.includes(severity) && its !== void 0 && sound.has(its);
	});
	if (shown.length === 0) return "";
	return ` (${shown.slice(0, 3).map((f) => {
		const line = f.line === void 0 ? "" : `:${f.line}`;
		return `${f.tool} ${f.rule}${f.file === void 0 ? "" : ` in ${f.file}${line}`}`;
	}).join(", ")}${shown.length > 3 ? ", …" : ""})`;
}
const ofSeverity = (severity, n, config) => severity === "unknown" ? `${n} of unknown severity (counted as ${config["unknown-severity"]})` : `${n} ${severity}`;
/** What is allowed, as a noun phrase: `0 of high or worse`. */
function threshold({ block, most }) {
	const limits = Object.entries(most ?? {}).map(([severity, n]) => `at most ${n} ${severity === "total" ? "in all" : severity}`);
	return [limits.length === 0 ? `0 of ${block} or worse` : `0 of ${block} or worse but`, limits.join(", ")].filter((part) => part !== "").join(" ");
}
function blockingText(scans, sound, found, config) {
	if (found.blocking === 0) return "";
	const parts = found.over.map((severity) => ofSeverity(severity, found.counts[severity], config)).join(", ");
	const bar = config.most === void 0 ? `of ${config.block} or worse` : "more than allowed";
	const limit = config.most === void 0 ? "" : `; allowed: ${threshold(config)}`;
	return `${plural(found.blocking, "finding")} ${bar}: ${parts}${examples(scans, sound, found.over)}${limit}`;
}
const excused = [
	["warned", "only warned of"],
	["deferred", "put off"],
	["waived", "waived"],
	["suppressed", "suppressed"]
];
/** What does not count and is there all the same, in a few words. */
function besides$1(sound, found, config) {
	const below = sum(Object.values(found.counts)) - found.blocking - found.warned;
	return [
		found.warned > 0 ? `${found.warned} of ${config.warn} or worse to look at` : "",
		below > 0 ? `${below} lower` : "",
		...excused.map(([fate, words]) => {
			const n = sum(Object.values(countsOf(sound, fate)));
			return n > 0 ? `${n} ${words}` : "";
		})
	].filter((text) => text !== "");
}
function healthyText(scans, sound, found, review, config) {
	const names = scans.runs.map((run) => `${run.tool}${run.toolVersion === void 0 ? "" : ` ${run.toolVersion}`}`);
	const shown = names.length > 8 ? [...names.slice(0, 8), "…"] : names;
	const silent = config.commit === void 0 ? [] : scans.runs.filter((run) => run.revision === null).map((r) => r.tool);
	const unnamed = config.image === void 0 ? [] : scans.runs.filter((run) => run.image === void 0).map((r) => r.tool);
	return [
		`${config.most === void 0 ? `no finding of ${config.block} or worse` : `no more findings than allowed (${threshold(config)})`} in ${plural(names.length, "scan")} (${shown.join(", ")})`,
		...besides$1(sound, found, config),
		review > 0 && config.review === "warn" ? `${plural(review, "result")} for a person to review` : "",
		unnamed.length > 0 ? `not said which image was scanned: ${[...new Set(unnamed)].slice(0, 8).join(", ")}` : "",
		silent.length > 0 ? `not said which commit was scanned: ${[...new Set(silent)].slice(0, 8).join(", ")}` : ""
	].filter((text) => text !== "").join("; ");
}
/** @param now milliseconds since the epoch */
function judge$4(config, answers, now) {
	const proof = proveMeasured([role], answers);
	const answer = answers.find((a) => a.role === role);
	const measured = answer && "measurement" in answer ? answer.measurement : void 0;
	const scans = measured?.kind === "scans" ? measured : void 0;
	if (!scans) return isProof(proof) ? error("bad-answer", "the answer holds no scans") : proof;
	const { sound, complaints } = weigh$2(scans, config, now);
	const found = stand(sound, config);
	const toReview = sum(Object.values(countsOf(sound, "review")));
	const review = config.review === "block" ? toReview : 0;
	const value = found.blocking + review;
	const missing = complaints.length === 0 ? "" : told(complaints);
	const details = { threshold: threshold(config) };
	if (value > 0 && isProof(proof)) return unhealthy(proof, "findings", [
		blockingText(scans, sound, found, config),
		review > 0 ? `${plural(review, "result")} for a person to review` : "",
		missing && `besides: ${missing}`
	].filter((part) => part !== "").join("; "), {
		...details,
		value,
		conclusive: true
	});
	const permanent = scans.settled ? { permanent: true } : {};
	const [worst] = complaints;
	if (worst && (isProof(proof) || worst.state === "error" || scans.problems.length > 0)) return (worst.state === "error" ? error : insufficient)(worst.code, missing, {
		...details,
		...permanent
	});
	if (!isProof(proof)) return proof;
	if (sound.size === 0) return insufficient("no-data", `no scan was read: ${scans.subject}`, details);
	return healthy(proof, "no-findings", healthyText(scans, sound, found, toReview, config), {
		...details,
		value: 0
	});
}
// build/gates/security.js
/**
* Gate `security`: no finding at or over a severity, in scans that really ran. A scan that is missing, crashed, old or of
* another commit proves nothing; a finding stands whatever else is missing.
*/
const securityGate = defineGate({
	type: "security",
	family: "security",
	schema: schema$18,
	bind(config) {
		const { commit } = config;
		const triage = triageOf(config);
		return {
			questions: () => /* @__PURE__ */ new Map([[role, {
				family: "security",
				...commit === void 0 ? {} : { commit },
				triage
			}]]),
			judge: (answers, moment) => judge$4(config, answers, moment.now)
		};
	},
	lint: (config) => [...config.require === void 0 ? [{
		key: "require",
		message: "no `require`: a scanner that did not run at all is not missed"
	}] : [], ...config.commit === void 0 ? [{
		key: "commit",
		message: "no `commit`: results of an older commit count like those of this one"
	}] : []]
});
// build/judge/burn-rate.js
/** The burn rate at which `budget` (share, 0 to 1) of a period's error budget is gone after `longMs`: 2 % of 30 d in 1 h is 14.4. */
const factorOf = (budget, longMs, periodMs) => budget * periodMs / longMs;
/**
* @param badShare bad events of all, 0 to 1
* @param objective share of good events that is promised, 0 to 1, less than 1
*/
const burnRate = (badShare, objective) => badShare / (1 - objective);
/** What is left of the error budget, 1 = all, negative = overspent. `badShare` is that of the whole period. */
const budgetLeft = (badShare, objective) => 1 - burnRate(badShare, objective);
// build/gates/slo.js
/** Gate `slo`: enough of the error budget must be left, and it must not burn too fast in any pair of windows. */
const percent$3 = percentage((x) => x > 0 && x < 1, "a percentage between 0 and 100 such as `99.9%`");
const budgetThreshold = pipe(string$1(), check$2((text) => {
	const threshold = parseThreshold(text);
	return threshold?.unit === "percent" && /^>=?$/.test(threshold.operator);
}, "a threshold such as `> 10%`"));
const burnRateEntry = pipe(strictObject({
	long: described(duration, "The long window."),
	short: described(optional(duration), "The short window. Default: a twelfth of the long one."),
	factor: described(optional(pipe(number$2(), gtValue(0, "more than 0"))), "Burn rate that both windows must exceed; 1 spends the budget in exactly its period."),
	budget: described(optional(percent$3), "In place of `factor`: the share of the budget that the long window may spend.")
}), check$2((b) => b.factor === void 0 !== (b.budget === void 0), "either `factor` or `budget`"), check$2((b) => b.long > 0 && (b.short === void 0 || b.short > 0 && b.short < b.long), "`short` shorter than `long`"));
const hour = 36e5;
const day = 24 * hour;
/** Of the four pairs that are usual, those that wake someone: slower ones say nothing of a release that is minutes old. */
const usualBurnRates = [{
	long: hour,
	budget: .02
}, {
	long: 6 * hour,
	budget: .05
}];
const schema$17 = pipe(strictObject({
	document: described(optional(filled), "An OpenSLO document or a Sloth specification in the workspace, read as it is, in place of `objective`, `period` and the queries."),
	slo: described(optional(filled), "With `document`: which of its SLOs. Needed when there are several."),
	objective: described(optional(percent$3), "Share of good events that is promised, e.g. `99.9%`."),
	period: described(optional(duration), "Period of the error budget. Default: `30d`, or what the document says."),
	failures: described(optional(filled), "Query that gives the number (or rate) of bad events over the window of the question, which is `$__range` in PromQL."),
	good: described(optional(filled), "In place of `failures`: query that gives the number (or rate) of good events."),
	total: described(optional(filled), "Query that gives the number (or rate) of all events over the same window."),
	"ratio-of": described(optional(picklist(["failures", "successes"]), "failures"), "Whether `ratio` gives the share of failures or of successes."),
	ratio: described(optional(filled), "In place of `failures` and `total`: query that gives a share of events, 0 to 1, over the same window."),
	"budget-left": described(optional(union([budgetThreshold, literal$1("any")]), "> 0%"), "How much of the error budget must be left for a release; `any` does not ask."),
	"burn-rates": described(optional(array(burnRateEntry)), "Pairs of windows in which the budget must not burn too fast. Default: 2 % of it in 1 h, and 5 % in 6 h (for 30 days that is 14.4 and 6 times too fast)."),
	"min-events": described(optional(whole(1)), "With fewer events in the shortest window the evidence is insufficient. Only where `total` gives a number of events, not a rate."),
	"max-age": described(optional(duration, "5m"), "How old the newest raw sample may be.")
}), check$2((g) => [
	g.document,
	g.failures ?? g.good ?? g.total,
	g.ratio
].filter((way) => way !== void 0).length === 1, "either `document`, or `failures` and `total`, or `ratio`"), check$2((g) => g.total === void 0 === (g.failures === void 0 && g.good === void 0), "`total` beside `failures` or `good`"), check$2((g) => g.failures === void 0 || g.good === void 0, "either `failures` or `good`"), check$2((g) => g.objective === void 0 === (g.document !== void 0), "`objective`, unless there is a `document`"), check$2((g) => g.slo === void 0 || g.document !== void 0, "`slo` only beside `document`"), check$2((g) => g["min-events"] === void 0 || g.ratio === void 0, "`min-events` only beside `total`"), check$2((g) => g["budget-left"] !== "any" || g["burn-rates"]?.length !== 0, "a budget or a burn rate to watch"));
const usualPeriod = 30 * day;
/** The pairs of windows that are watched. */
function burnRatesOf(config) {
	const period = config.period ?? usualPeriod;
	return (config["burn-rates"] ?? usualBurnRates).map((b) => ({
		longMs: b.long,
		shortMs: b.short ?? b.long / 12,
		factor: b.factor ?? factorOf(b.budget ?? NaN, b.long, period)
	}));
}
/** All windows, the longest last. */
function windowsOf(config) {
	const rates = burnRatesOf(config).flatMap((b) => [b.shortMs, b.longMs]);
	const all = config["budget-left"] === "any" ? rates : [...rates, config.period ?? usualPeriod];
	return [...new Set(all)].toSorted((a, b) => a - b);
}
const queryRoles = [
	"failures",
	"good",
	"total",
	"ratio"
];
const roleOf$1 = (query, ms) => `${query} over ${formatDuration(ms)}`;
/** They look back past the deployment on purpose: the budget is the service's, not the release's. */
function questions(config, { completeTo: to }) {
	const asked = /* @__PURE__ */ new Map();
	for (const ms of windowsOf(config)) for (const role of queryRoles) {
		const query = config[role];
		if (query !== void 0) asked.set(roleOf$1(role, ms), {
			family: "telemetry",
			query,
			window: {
				from: to - ms,
				to
			}
		});
	}
	return asked;
}
/** One number of a measurement, several series summed up. */
function numberOf(proof, role) {
	const samples = proof.measured.get(role);
	if (samples === void 0 || samples.series.length === 0) return insufficient("no-data", `${role} gave no series`);
	const finite = finiteValues(samples);
	if (!finite.ok) return insufficient("not-a-number", `${role} gave ${finite.bad ?? "null"}${finite.labels}`);
	if (finite.values.length > 1 && role.startsWith("ratio")) return error("many-series", `${role} gave ${finite.values.length} series; aggregate them in the query`, { permanent: true });
	return reduce(finite.values, "sum");
}
/** The share of bad events in one window. */
function badShare(config, proof, ms) {
	if (config.ratio !== void 0) {
		const ratio = numberOf(proof, roleOf$1("ratio", ms));
		if (typeof ratio !== "number") return ratio;
		return inRange(config["ratio-of"] === "successes" ? 1 - ratio : ratio, ms);
	}
	const counted = config.good === void 0 ? "failures" : "good";
	const some = numberOf(proof, roleOf$1(counted, ms));
	const total = numberOf(proof, roleOf$1("total", ms));
	if (typeof some !== "number") return some;
	if (typeof total !== "number") return total;
	const least = ms === windowsOf(config)[0] ? config["min-events"] : void 0;
	if (!(total > 0) || least !== void 0 && total < least) return insufficient("too-few-events", `${formatValue(total, "number")} events in ${formatDuration(ms)}, expected at least ${least ?? 1}`, { events: total });
	return inRange((counted === "good" ? total - some : some) / total, ms);
}
const inRange = (share, ms) => typeof share !== "number" || share >= 0 && share <= 1 ? share : insufficient("not-a-ratio", `${share} over ${formatDuration(ms)} is no share between 0 and 1`);
function judge$3(config, proof, moment) {
	const { objective } = config;
	if (objective === void 0) return insufficient("no-objective", "the document was not read");
	const { completeTo: to, now } = moment;
	const stale = anyStale(proof.measured, {
		maxAgeMs: config["max-age"],
		to,
		now
	});
	if (stale) return stale;
	const shares = /* @__PURE__ */ new Map();
	for (const ms of windowsOf(config)) {
		const share = badShare(config, proof, ms);
		if (typeof share !== "number") return share;
		shares.set(ms, share);
	}
	const rate = (ms) => burnRate(shares.get(ms) ?? NaN, objective);
	const times = (x) => `${Number(x.toPrecision(3))}×`;
	for (const { longMs, shortMs, factor } of burnRatesOf(config)) {
		if (!(rate(longMs) > factor && rate(shortMs) > factor)) continue;
		return unhealthy(proof, "burn-rate", `the error budget burns ${times(rate(longMs))} as fast as it may over ${formatDuration(longMs)} and ${times(rate(shortMs))} over ${formatDuration(shortMs)}, both more than ${times(factor)}`, {
			value: rate(longMs),
			shown: `${times(rate(longMs))} burn rate`,
			threshold: `≤ ${times(factor)}`
		});
	}
	return judgeBudget(config, proof, {
		objective,
		shares,
		fastest: times(Math.max(0, ...[...shares.keys()].map(rate)))
	});
}
function judgeBudget(config, proof, { objective, shares, fastest }) {
	const asked = parseThreshold(config["budget-left"]);
	if (asked === void 0) return healthy(proof, "within-budget", `burns at most ${fastest} as fast as it may`, { shown: `${fastest} burn rate` });
	const period = config.period ?? usualPeriod;
	const left = budgetLeft(shares.get(period) ?? NaN, objective);
	const shown = formatValue(left * 100, "percent");
	const details = {
		value: left * 100,
		shown: `${shown} of the budget left`,
		threshold: formatThreshold(asked)
	};
	const of = `${shown} of the error budget of ${formatDuration(period)} is left`;
	return satisfies(left, "ratio", asked) ? healthy(proof, "within-budget", `${of}; it burns at most ${fastest} as fast as it may`, details) : unhealthy(proof, "budget-spent", `${of}, expected ${formatThreshold(asked)}`, details);
}
const sloGate = defineGate({
	type: "slo",
	family: "telemetry",
	schema: schema$17,
	bind(config) {
		return {
			questions: (moment) => questions(config, moment),
			judge(answers, moment) {
				const proof = proveMeasured([...questions(config, moment).keys()], answers);
				return isProof(proof) ? judge$3(config, proof, moment) : proof;
			}
		};
	}
});
// build/record/flags.js
/** What a provider says of a flag, in one form for all of them: the part of the record that proves a flag's state. */
const text$9 = string$1();
const count$6 = pipe(number$2(), integer(), minValue(0));
const instant$5 = pipe(string$1(), isoTimestamp(), description("ISO 8601, UTC"));
const percent$2 = pipe(number$2(), minValue(0), maxValue(100));
const interval = strictObject({
	lo: percent$2,
	hi: percent$2
});
const flagState = strictObject({
	key: text$9,
	exists: pipe(boolean(), description("false only on a positive \"not found\"; nothing else is known then")),
	configured: pipe(boolean(), description("whether it is set up in the environment that was asked for")),
	archived: boolean(),
	enabled: pipe(nullable(boolean()), description("the provider's main switch; null: it has none, or does not say")),
	kind: picklist([
		"boolean",
		"multivariate",
		"unknown"
	]),
	exposure: pipe(interval, description("percent of all who are not named one by one that get the new code; an interval where rules decide")),
	method: pipe(picklist(["static", "sampled"]), description("static: follows from the definition; sampled: estimated from evaluations, at 95 %")),
	sample: optional(pipe(count$6, description("evaluations behind a sampled exposure"))),
	reach: pipe(picklist([
		"nobody",
		"targeted-only",
		"partial",
		"everyone",
		"unknown"
	]), description("who can get the new code: targeted-only: only users that a rule or a list names")),
	whenOff: pipe(picklist([
		"off",
		"on",
		"code-default",
		"unknown"
	]), description("what is served once its switch is off")),
	serves: pipe(nullable(strictObject({
		variant: nullable(text$9),
		value: unknown$1()
	})), description("what everyone gets, whoever asks; null: it depends, or is not known")),
	unclear: pipe(array(text$9), description("why some of what is served is neither on nor off, e.g. a code default")),
	targeting: strictObject({
		rules: pipe(count$6, description("rules that ask who somebody is; a percentage alone is none")),
		individuals: pipe(count$6, description("users that are named one by one")),
		segments: array(text$9),
		prerequisites: array(strictObject({
			flag: text$9,
			met: pipe(nullable(boolean()), description("null: not known"))
		})),
		timeDependent: pipe(boolean(), description("what is served changes with time by itself")),
		told: optional(pipe(literal$1(false), description("the provider does not tell how it is targeted: what is missing here says nothing"))),
		managedBy: pipe(nullable(text$9), description("what moves the exposure by itself: a guarded rollout, a release plan, a schedule, an experiment"))
	}),
	variants: array(strictObject({
		name: text$9,
		value: unknown$1(),
		class: picklist([
			"on",
			"off",
			"unclear"
		])
	})),
	changed: pipe(nullable(strictObject({
		at: instant$5,
		by: nullable(text$9),
		scope: pipe(picklist([
			"environment",
			"flag",
			"file"
		]), description("what changed then: this environment, the flag anywhere, the whole file"))
	})), description("last change; null: the provider does not say")),
	evaluatedAt: pipe(nullable(instant$5), description("when an application last asked for it; null: never, or the provider does not say")),
	stale: pipe(nullable(boolean()), description("the provider's own word; null: it has none")),
	deprecated: boolean(),
	temporary: pipe(nullable(boolean()), description("null: the provider does not say")),
	owner: nullable(text$9),
	version: pipe(nullable(text$9), description("what changes with every change: an etag, a version, an event; null: the provider has none")),
	kill: strictObject({
		possible: pipe(nullable(boolean()), description("whether this credential may switch it off, without an approval; null: cannot be told beforehand")),
		scope: picklist([
			"environment",
			"all-environments",
			"none"
		]),
		blockedBy: optional(picklist([
			"approval",
			"permission",
			"locked",
			"read-only",
			"archived",
			"managed"
		])),
		why: optional(pipe(text$9, description("what is in the way, or what is not known, and what to do about it")))
	}),
	link: optional(text$9)
});
const flagStatesFields = { states: pipe(array(flagState), description("the flag that was asked for, or those whose names match, in order of their names")) };
const changeOutcomes = [
	"changed",
	"already",
	"dry-run",
	"refused",
	"not-read",
	"not-verified",
	"reverted",
	"not-reverted"
];
const flagChange = strictObject({
	source: pipe(text$9, description("name of the source in the policy")),
	flag: text$9,
	wanted: pipe(text$9, description("off, a percentage, or what was there before")),
	outcome: pipe(picklist(changeOutcomes), description("changed: and read back as wanted; already: it was so; refused: by the provider or for how the flag is set up; not-read: nothing was written; not-verified: written, but not read back as wanted in time; reverted: it widened the exposure, and what was there was put back")),
	at: instant$5,
	detail: pipe(text$9, description("what was done, or what was in the way")),
	code: optional(text$9),
	next: optional(pipe(text$9, description("what to do instead"))),
	before: pipe(nullable(flagState), description("null: it was not read")),
	after: pipe(nullable(flagState), description("as it was read back; null: it was not")),
	undo: optional(pipe(unknown$1(), description("what `signalbox flags restore` needs to put back what was there")))
});
// build/record/deployments.js
/** What runs where: slots, revisions, workloads, environments, and how the users' requests are shared out among them. */
const text$8 = string$1();
const instant$4 = pipe(string$1(), isoTimestamp(), description("ISO 8601, UTC"));
const count$5 = pipe(number$2(), integer(), minValue(0));
const percent$1 = pipe(number$2(), minValue(0), maxValue(100));
const target = strictObject({
	name: pipe(text$8, description("as the policy names it: a slot, a revision, a workload, an environment, a resource")),
	exists: pipe(boolean(), description("false only on a positive \"not found\"")),
	version: pipe(nullable(text$8), description("what runs there: a version, an image, a commit; null: not known")),
	state: pipe(picklist([
		"running",
		"deploying",
		"stopped",
		"failed",
		"unknown"
	]), description("deploying: something is being changed there right now; failed: that went wrong")),
	health: pipe(picklist([
		"healthy",
		"unhealthy",
		"unknown"
	]), description("in the words of the system itself")),
	ready: pipe(nullable(boolean()), description("every instance that should serve does, warmed up; null: not known")),
	instances: pipe(nullable(strictObject({
		wanted: count$5,
		ready: count$5
	})), description("of the version that is wanted there; null: the system does not say")),
	traffic: pipe(nullable(percent$1), description("percent of the users' requests; null: not known")),
	since: pipe(nullable(instant$4), description("when what runs there got there; null: not known")),
	reasons: pipe(array(text$8), description("why it is not running, not ready or not healthy")),
	link: optional(text$8)
});
const settingsDiffer = strictObject({
	target: text$8,
	like: text$8,
	compared: pipe(count$5, description("settings that either has")),
	differ: array(strictObject({
		name: text$8,
		how: picklist([
			"missing",
			"only-here",
			"other-value"
		]),
		sticky: pipe(nullable(boolean()), description("stays with the slot in a swap; null: not known"))
	}))
});
const deploymentsFields = {
	targets: pipe(array(target), description("those that were asked for, whether they exist or not")),
	settings: optional(settingsDiffer)
};
/** How the users' requests are shared out. */
const traffic = strictObject({
	weights: pipe(record(text$8, percent$1), description("percent by target; together 100")),
	swapped: optional(pipe(nullable(strictObject({
		at: instant$4,
		from: text$8,
		to: text$8
	})), description("the last time that two targets changed places; null: they never did")))
});
const trafficChange = strictObject({
	source: pipe(text$8, description("name of the source in the policy")),
	traffic: pipe(text$8, description("whose traffic it is, in words")),
	wanted: pipe(text$8, description("`5 % to green`, `staging swapped with production`")),
	outcome: pipe(picklist(changeOutcomes), description("as of the change of a flag")),
	at: instant$4,
	detail: pipe(text$8, description("what was done, or what was in the way")),
	code: optional(text$8),
	next: optional(pipe(text$8, description("what to do instead"))),
	before: pipe(nullable(traffic), description("null: it was not read")),
	after: pipe(nullable(traffic), description("as it was read back; null: it was not"))
});
// build/record/probes.js
/** What became of requests that were sent to the idle side and to the live side of a service, to compare them. */
const text$7 = string$1();
const instant$3 = pipe(string$1(), isoTimestamp(), description("ISO 8601, UTC"));
const count$4 = pipe(number$2(), integer(), minValue(0));
const probedSide = strictObject({
	sent: pipe(count$4, description("requests that count")),
	failed: pipe(count$4, description("of these: not answered as expected, or not in time")),
	reasons: pipe(array(strictObject({
		why: text$7,
		count: count$4
	})), description("in which ways they failed, the most frequent first, at most 3")),
	durations: pipe(array(count$4), description("of those that did not fail: how many took up to each of `bounds` and longer than the one before it; at the end those that took longer than all"))
});
const probedEndpoint = strictObject({
	name: text$7,
	idle: probedSide,
	live: optional(probedSide)
});
const probesFields = {
	round: pipe(count$4, minValue(1), description("which of the rounds that were asked for")),
	began: instant$3,
	ended: instant$3,
	bounds: pipe(array(pipe(number$2(), minValue(0))), description("of durations, milliseconds, rising")),
	endpoints: pipe(array(probedEndpoint), description("all of the source; `live` is absent where there is no live side to compare with")),
	unmeasured: pipe(count$4, description("pairs of requests (one to each side) that say nothing about the service: an unknown name, the proxy…")),
	unsent: pipe(count$4, description("pairs that were not sent, or too late to be over before the round ended, whatever became of them"))
};
// build/record/evidence.js
/**
* What was seen and what the judge said of it: the words every other part of Signalbox speaks, and the
* part of the decision record that `replay` reads back. One valibot schema is the truth for both the
* TypeScript types and the published JSON Schema.
*
* All instants are ISO 8601 in UTC. Everything here is plain JSON.
*/
const text$6 = string$1();
const count$3 = pipe(number$2(), integer(), minValue(0));
const instant$2 = pipe(string$1(), isoTimestamp(), description("ISO 8601, UTC"));
/** A number as a source reported it. JSON has no NaN or infinity, so those travel as words and never look like a value. */
const reported = union([
	number$2(),
	picklist([
		"NaN",
		"+Inf",
		"-Inf"
	]),
	null_()
]);
const common$1 = {
	source: pipe(text$6, description("name of the source in the policy")),
	subject: pipe(text$6, description("what was looked at, in words")),
	query: pipe(text$6, description("the query as it was sent")),
	link: optional(pipe(text$6, description("where a person can look at the same evidence"))),
	at: pipe(instant$2, description("when the source answered")),
	seen: pipe(count$3, description("how many things (series, scan runs, flags) the answer is about; 0 is no evidence")),
	notes: pipe(array(text$6), description("warnings that the source gave with its answer")),
	partial: pipe(boolean(), description("the source says that its answer is incomplete"))
};
const samples = strictObject({
	kind: literal$1("samples"),
	...common$1,
	window: strictObject({
		from: instant$2,
		to: instant$2
	}),
	newest: pipe(nullable(instant$2), description("time of the newest raw sample behind the answer; null: unknown")),
	events: optional(pipe(number$2(), minValue(0), description("events (requests, sessions…) behind the values, where the source counts them"))),
	series: array(strictObject({
		labels: record(text$6, text$6),
		value: reported,
		points: pipe(count$3, description("samples that the value was reduced from")),
		bins: optional(pipe(array(reported), description("where the question was asked in bins: the value of each, the first begins with the window; null: there is none. `value` is the last of them")))
	}))
});
const alerts = strictObject({
	kind: literal$1("alerts"),
	...common$1,
	rules: pipe(count$3, description("enabled rules that cover the scope, whether they fire or not; the same as `seen`")),
	newest: pipe(nullable(instant$2), description("when the rules were last evaluated; null: the source does not say")),
	counts: pipe(strictObject({
		firing: count$3,
		unknown: count$3,
		muted: count$3
	}), description("of all alerts, those that `alerts` leaves out too")),
	alerts: pipe(array(strictObject({
		name: text$6,
		state: pipe(picklist([
			"firing",
			"unknown",
			"muted"
		]), description("unknown: the rule itself has no data or fails; muted: silenced, inhibited, in a downtime")),
		severity: nullable(text$6),
		since: pipe(nullable(instant$2), description("when it began to fire; null: the source does not say")),
		subject: pipe(text$6, description("what it is about: a resource, a service, labels")),
		link: optional(text$6)
	})), description("what is not well, the newest first, at most 50; a rule that is well is only counted"))
});
const scans = strictObject({
	kind: literal$1("scans"),
	...common$1,
	...scansFields
});
const flag = strictObject({
	kind: literal$1("flag"),
	...common$1,
	flag: text$6,
	exists: pipe(boolean(), description("false only on a positive \"not found\"")),
	enabled: pipe(nullable(boolean()), description("the provider's main switch; null: the provider does not say")),
	value: pipe(unknown$1(), description("what was served; null where the code default is")),
	variant: nullable(text$6),
	reason: pipe(text$6, description("the provider's reason, e.g. STATIC, TARGETING_MATCH, DISABLED")),
	scope: pipe(picklist(["everyone", "context"]), description("whether the value is proven for everyone or only for the context that was probed")),
	context: record(text$6, unknown$1())
});
const flagStates = strictObject({
	kind: literal$1("flag-states"),
	...common$1,
	...flagStatesFields
});
const deployments = strictObject({
	kind: literal$1("deployments"),
	...common$1,
	...deploymentsFields
});
const probes = strictObject({
	kind: literal$1("probes"),
	...common$1,
	...probesFields
});
const measurement = variant("kind", [
	samples,
	alerts,
	scans,
	flag,
	flagStates,
	deployments,
	probes
]);
/** Why there is no measurement. `permanent`: waiting cannot heal it (a query that does not parse, a flag file that is not there). */
const failure = strictObject({
	code: text$6,
	message: text$6,
	permanent: boolean()
});
/** The answer to one of the questions that a gate asks: a measurement, or why there is none. `role` is the gate's name for the question. */
const answer = union([strictObject({
	role: text$6,
	measurement
}), strictObject({
	role: text$6,
	source: text$6,
	failure
})]);
const states$3 = [
	"healthy",
	"unhealthy",
	"insufficient",
	"error"
];
const armSum = strictObject({
	events: pipe(number$2(), minValue(0)),
	bad: pipe(number$2(), minValue(0), description("of the events: those that failed, or took longer than `bound`"))
});
/** How a canary stands against its baseline after all bins so far: what charts of a canary are drawn from. */
const standing$1 = strictObject({
	names: optional(pipe(strictObject({
		canary: text$6,
		baseline: text$6
	}), description("what both arms are called; absent: canary and baseline"))),
	bins: pipe(count$3, description("bins in which both arms were measured")),
	canary: armSum,
	baseline: armSum,
	bound: optional(pipe(text$6, description("upper bound of a duration, as the source writes it"))),
	ratio: pipe(nullable(number$2()), description("how many times as often the canary is bad; null: not known")),
	lower: pipe(number$2(), description("lower bound of `ratio`, valid at every look, at the level `sure`")),
	upper: pipe(nullable(number$2()), description("upper bound of `ratio`; null: there is none yet")),
	sure: pipe(number$2(), description("0 to 1: 1 less the false-stop rate")),
	harm: pipe(number$2(), description("evidence of harm, the most so far: logarithm of the e-value over that at which the canary is stopped; 1: stopped")),
	wellness: pipe(nullable(number$2()), description("the same for the proof that it is no worse; 1: proven; null: not asked for")),
	dispersion: pipe(number$2(), description("how much more the arms differ than chance alone would have it; 1: no more")),
	calibrated: pipe(boolean(), description("whether the dispersion was learnt from a history"))
});
const readingData = strictObject({
	state: picklist(states$3),
	code: pipe(text$6, description("the reason as a fixed word, e.g. over-threshold, no-data, stale, timeout")),
	reason: pipe(text$6, description("the reason as one sentence")),
	value: optional(pipe(number$2(), description("in the unit of the threshold"))),
	threshold: optional(text$6),
	shown: optional(pipe(text$6, description("the value as people write it, e.g. 0.83 %"))),
	events: optional(number$2()),
	conclusive: optional(pipe(boolean(), description("stops at once, even while warming up: a finding that stands, a critical threshold"))),
	permanent: optional(pipe(boolean(), description("poor evidence that waiting cannot heal"))),
	pending: optional(pipe(boolean(), description("nothing is missing: it only takes time, and is never ignored nor a reason to stop early"))),
	standing: optional(standing$1)
});
// build/record/standing.js
/** What stood when a train began: open stops, freezes and overrides, and what came in since the last good release. */
const text$5 = string$1();
const maybe$1 = nullable(text$5);
const count$2 = pipe(number$2(), integer(), minValue(0));
const instant$1 = pipe(string$1(), isoTimestamp(), description("ISO 8601, UTC"));
const sha256 = pipe(text$5, regex(/^[0-9a-f]{64}$/));
const lifts = [
	"open-stop",
	"freeze",
	"verdict"
];
const overrideFields = {
	lifts: picklist(lifts),
	by: text$5,
	reason: text$5,
	expires: pipe(text$5, description("as it is written"))
};
const usedOverride = strictObject(overrideFields);
const override = strictObject({
	...overrideFields,
	service: optional(text$5),
	environment: text$5,
	commit: optional(text$5),
	until: pipe(instant$1, description("the first instant at which it no longer holds")),
	place: optional(pipe(text$5, description("where it is written: file and line")))
});
const flagChanged = strictObject({
	source: text$5,
	flag: text$5,
	at: instant$1,
	scope: pipe(text$5, description("what changed then: this environment, the flag anywhere, the whole file"))
});
const commits = variant("known", [strictObject({
	known: literal$1(false),
	why: pipe(text$5, description("and what to do about it"))
}), strictObject({
	known: literal$1(true),
	total: count$2,
	missing: pipe(count$2, description("commits of the last good release that this one does not have")),
	list: pipe(array(strictObject({
		sha: text$5,
		author: text$5,
		subject: text$5
	})), description("the newest first, at most 100"))
})]);
const standing = strictObject({
	at: pipe(instant$1, description("when it was looked at: before anything was measured or moved")),
	ledger: optional(strictObject({
		file: text$5,
		entries: count$2,
		head: pipe(nullable(sha256), description("the hash of its last entry: an older ledger put in its place does not have it; null: it had none")),
		first: pipe(boolean(), description("there was no ledger: this run was taken for the first")),
		torn: optional(pipe(literal$1(true), description("its last line was cut off, and left out")))
	})),
	stops: pipe(array(strictObject({
		at: instant$1,
		service: maybe$1,
		sha: maybe$1,
		version: maybe$1,
		reason: text$5,
		sentence: text$5,
		run: maybe$1,
		record: pipe(nullable(sha256), description("SHA-256 of its decision record"))
	})), description("stops of this service and environment since its last train that went; the oldest first")),
	fixes: optional(pipe(text$5, description("what this train declared to fix"))),
	freezes: pipe(array(strictObject({
		name: text$5,
		zone: text$5,
		from: instant$1,
		until: instant$1,
		local: pipe(text$5, description("`until` as the clocks of the zone show it")),
		fixes: pipe(boolean(), description("a declared fix may pass"))
	})), description("that held then, for this environment")),
	overrides: pipe(array(override), description("that were in effect then, for this release")),
	used: pipe(array(override), description("those of them without which the train would have stopped")),
	recent: pipe(array(strictObject({
		...overrideFields,
		at: instant$1,
		service: maybe$1,
		version: maybe$1,
		sha: maybe$1,
		run: maybe$1,
		actor: maybe$1
	})), description("overrides that trains to this environment used in the last 30 days, this one left out; the newest first")),
	remarks: pipe(array(text$5), description("what is to be put in order")),
	since: optional(pipe(strictObject({
		sha: maybe$1,
		version: maybe$1,
		at: instant$1,
		run: maybe$1,
		commits,
		flags: pipe(array(flagChanged), description("of those that were asked for, those that changed since"))
	}), description("the last release whose gates let it go, and what came in since; absent: the ledger has none")))
});
// build/record/walk.js
/** How a train went through its stages: what each moved, and what came of it. */
const text$4 = string$1();
const count$1 = pipe(number$2(), integer(), minValue(0));
const instant = pipe(string$1(), isoTimestamp(), description("ISO 8601, UTC"));
const moved = union([flagChange, trafficChange]);
/** `D`: the schema of a decision, which `record.ts` has. */
const walkOf = (decision) => strictObject({
	stages: array(strictObject({
		name: text$4,
		move: pipe(nullable(text$4), description("in words; null: it moves nothing"))
	})),
	from: pipe(count$1, description("the first stage that this run was to prove; 1 is the first of all")),
	to: pipe(count$1, description("the last one")),
	resumed: pipe(nullable(strictObject({
		step: count$1,
		run: nullable(text$4),
		began: instant
	})), description("the cancelled run that this one goes on with, and at which stage; null: none")),
	walked: array(strictObject({
		step: pipe(count$1, description("1 is the first of all stages; the rounds of a stage name it")),
		name: text$4,
		began: instant,
		ended: instant,
		since: optional(pipe(instant, description("since when it is judged: the move was done; absent: it was not"))),
		before: optional(pipe(traffic, description("how the traffic stood before targets were to change places"))),
		moved: pipe(nullable(moved), description("null: the stage moves nothing")),
		decision: pipe(nullable(decision), description("null: the move was not done, or the run was cut off"))
	})),
	end: pipe(array(moved), description("where everything went when the train did not arrive; empty: it stays where it is"))
});
// build/record/record.js
/** The decision record: everything a decision was made from, complete enough to make it again. */
const text$3 = string$1();
const count = pipe(number$2(), integer(), minValue(0));
const enforcements = [
	"observe",
	"warn",
	"block"
];
const decisions = [
	"continue",
	"stop",
	"hold"
];
const reasons$2 = [
	"healthy",
	"observed",
	"overridden",
	"unhealthy",
	"insufficient-evidence",
	"not-measured",
	"not-steady",
	"not-moved",
	"open-stop",
	"frozen",
	"cancelled",
	"policy-error",
	"internal-error",
	"warming-up",
	"unconfirmed",
	"steadying",
	"final-check",
	"parked"
];
const decision = strictObject({
	decision: picklist(decisions),
	reason: pipe(picklist(reasons$2), description("continue: healthy, observed, overridden. stop: unhealthy, insufficient-evidence, not-measured, not-steady, not-moved, open-stop, frozen, cancelled, policy-error, internal-error. hold: warming-up, unconfirmed, insufficient-evidence, not-measured, steadying, final-check, parked")),
	gates: pipe(array(text$3), description("names of the gates that the reason is about")),
	sentence: pipe(text$3, description("the reason as one sentence"))
});
const round = strictObject({
	number: count,
	step: optional(pipe(count, description("the stage, 1 is the first; the judge starts anew with each"))),
	phase: picklist([
		"warm-up",
		"watch",
		"final"
	]),
	began: instant$2,
	ended: instant$2,
	gates: array(strictObject({
		gate: text$3,
		answers: array(answer),
		reading: pipe(nullable(readingData), description("null: not evaluated, the round was cut off before it could be"))
	})),
	decision
});
const problem = strictObject({
	message: text$3,
	file: optional(text$3),
	line: optional(count),
	column: optional(count)
});
const reaction = strictObject({
	type: text$3,
	target: pipe(text$3, description("what was written to")),
	moment: pipe(picklist(["begin", "end"]), description("when the train began to wait, or with the decision")),
	at: instant$2,
	ok: pipe(boolean(), description("whether it was written; no decision rests on it")),
	detail: pipe(text$3, description("what was written, or why it was not")),
	flag: optional(flagChange),
	told: optional(pipe(literal$1(true), description("somebody was told of the decision: it is neither a flag nor a mark on a chart")))
});
const walk = walkOf(decision);
const recordSchema = strictObject({
	signalbox: pipe(literal$1(1), description("version of this format")),
	tool: strictObject({
		name: text$3,
		version: text$3
	}),
	service: nullable(text$3),
	release: strictObject({
		sha: nullable(text$3),
		version: nullable(text$3),
		environment: nullable(text$3),
		deployedAt: nullable(instant$2)
	}),
	host: strictObject({
		kind: picklist([
			"github",
			"azure",
			"terminal"
		]),
		repository: nullable(text$3),
		ref: nullable(text$3),
		actor: nullable(text$3),
		run: nullable(text$3)
	}),
	policy: strictObject({
		file: pipe(nullable(text$3), description("null: inline or from inputs")),
		sha256: pipe(text$3, description("of the policy as it was written, before substitution")),
		effective: pipe(unknown$1(), description("the policy with defaults and substitutions, secrets as ***"))
	}),
	observe: pipe(boolean(), description("the whole policy only observed: the decision is continue whatever the gates said")),
	began: instant$2,
	ended: instant$2,
	gates: array(strictObject({
		name: text$3,
		type: text$3,
		source: text$3,
		enforce: picklist(enforcements),
		settle: optional(pipe(count, description("how much later than it happens its source holds everything, milliseconds; absent: at once"))),
		place: optional(pipe(strictObject({
			file: optional(text$3),
			line: count,
			column: count
		}), description("where the policy writes it, 1-based; absent: it comes from inputs, or no policy writes it")))
	})),
	rounds: array(round),
	decision: pipe(decision, description("what the step did")),
	verdict: pipe(decision, description("what the gates said; differs from the decision when the policy was observed, or the verdict overridden")),
	problems: pipe(array(problem), description("why the policy could not be run")),
	reactions: optional(pipe(array(reaction), description("absent: none was asked for, or there was none to do"))),
	walk: optional(pipe(walk, description("absent: the policy has no stages, or it did not begin"))),
	runs: optional(pipe(array(strictObject({
		run: nullable(text$3),
		actor: nullable(text$3),
		began: instant$2,
		rounds: count
	})), description("the runs that this one goes on with, the first of them first, and how many rounds each left; absent: none"))),
	standing: optional(pipe(standing, description("absent: the run had no ledger, and its policy no freezes and no overrides"))),
	shared: optional(pipe(array(unknown$1()), description("only in the file of a large record: values to which `{\"$ref\": \"#/shared/N\"}` in the rounds refers; this schema describes the record with them in place"))),
	digest: optional(pipe(text$3, regex(/^[0-9a-f]{64}$/), description("SHA-256 of the record without `digest` and `rounds`, then of each round, as JSON without white space, a line break between them, keys in the order in which they stand here, references followed")))
});
// build/gates/stale-flags.js
/**
* Gate `stale-flags`: flags whose work is done. Each is a branch in the code that nobody takes any more; the longer it stays, the less
* anybody dares to remove it. It tells of debt and not of the release, so it only warns unless the policy says otherwise: an old build
* must stay releasable.
*/
const fields$1 = strictObject({
	enforce: described(optional(picklist(enforcements), "warn"), "`warn` lets the train go with a warning, `block` stops it, `observe` only reports. Old builds must stay releasable."),
	match: described(optional(oneOrMore(filled), "*"), "Which flags: a pattern of names in which `*` stands for any characters, or a list of them."),
	except: described(optional(oneOrMore(filled)), "Names, or patterns, of flags that may stay."),
	"unchanged-for": described(optional(duration, "30d"), "A flag that is on for everyone, or off, and has not been changed for so long is stale; and so is one that the provider calls so."),
	...meaningFields
});
const schema$16 = pipe(fields$1, check$2((g) => isUnambiguous(g), "no value in both `on-values` and `off-values`"));
const questionsOf = (config, meaning) => new Map(config.match.map((match) => [match, {
	family: "flags",
	ask: "states",
	of: match.includes("*") ? { match } : { flag: match },
	meaning
}]));
const isExcepted = ({ except = [] }) => {
	const forms = except.map((pattern) => new RegExp(globForm(pattern), "s"));
	return (key) => forms.some((form) => form.test(key));
};
function judgeOne(state, least, now) {
	const { key, reach, exposure, method, changed, stale, owner } = state;
	const whose = owner === null ? "" : `, of ${owner}`;
	const since = changed === null ? "" : `, last changed ${changed.at.slice(0, 10)}`;
	const text = `${key} (${stateWords$1(state)}${since}${whose})`;
	if (stale === true) return {
		is: "stale",
		text
	};
	if (!(method === "static" && (reach === "nobody" && exposure.hi === 0 || reach === "everyone" && exposure.lo === 100) && !state.targeting.timeDependent && state.targeting.managedBy === null)) return {
		is: reach === "unknown" || method === "sampled" && reach !== "partial" ? "unknown" : "in-use",
		text: `${key} (who gets it is not known)`
	};
	const age = changed === null ? NaN : now - Date.parse(changed.at);
	if (age >= least) return {
		is: "stale",
		text
	};
	return {
		is: changed !== null && age >= -6e4 && changed.scope !== "file" ? "in-use" : "unknown",
		text: `${key} (when it was last changed is not known)`
	};
}
function judge$2(config, roles, answers, now) {
	const proof = proveMeasured(roles, answers);
	if (!isProof(proof)) return proof;
	const measurements = [...proof.measured.values()];
	if (measurements.some(({ kind }) => kind !== "flag-states")) return error("bad-answer", "the answer is about something else");
	const excepted = isExcepted(config);
	const states = [...new Map(measurements.flatMap(({ states }) => states.map((state) => [state.key, state]))).values()].filter(({ key, exists, configured, archived, temporary }) => exists && configured && !archived && temporary !== false && !excepted(key));
	if (states.length === 0) return insufficient("no-flags", "there is no flag that could be stale");
	const found = states.map((state) => judgeOne(state, config["unchanged-for"], now));
	const texts = (is) => found.flatMap((one) => one.is === is ? [one.text] : []);
	const [stale, unknown] = [texts("stale"), texts("unknown")];
	const besides = unknown.length === 0 ? "" : `; of ${plural(unknown.length, "other flag")} it is not known`;
	if (stale.length > 0) {
		const what = stale.length === 1 ? "flag has done its work" : "flags have done their work";
		return unhealthy(proof, "stale-flags", `${stale.length} ${what}: ${listed$1(stale, ", ")}${besides}`, { conclusive: true });
	}
	if (unknown.length > 0) return insufficient("change-unknown", `whether these are stale is not known: ${listed$1(unknown, ", ")}`);
	return healthy(proof, "none-stale", `none of ${plural(states.length, "flag")} has stood on or off for ${formatDuration(config["unchanged-for"])}`);
}
const staleFlagsGate = defineGate({
	type: "stale-flags",
	family: "flags",
	schema: schema$16,
	bind(config) {
		const questions = questionsOf(config, meaningOf(config));
		return {
			questions: () => questions,
			judge: (answers, { now }) => judge$2(config, [...questions.keys()], answers, now)
		};
	}
});
// build/judge/placebo.js
/**
* Whether a series changed when the release came, more than it does at the same time of other days: a test by placebo days, each
* treated as if the release had come on it.
*
*     S[d,w] = ln((mean of the w bins after + ½)/(mean of the bins before + ½))
*     z[d,w] = ±(S[d,w] − median_{e≠d} S[e,w])/(1.4826·MAD_{e≠d} + 0.01)        rises: +, falls: −
*     M[d,w] = max_{v≤w} z[d,v]
*     p_w    = (1 + #{d ≥ 1 : M[d,W] ≥ M[0,w]})/(K + 1)
*
* with d = 0 the release, d = 1..K the placebo days, MAD the median absolute deviation about that median, and W the whole window.
* Today's maximum so far is held against the maximum of whole windows, so that it may be looked at all the time, and the noise may
* depend on itself. Where the days are exchangeable, p_W is at most α with a chance of at most α (a conformal permutation test; V. Vovk
* et al., "Algorithmic Learning in a Random World", 2005), and an earlier p_w nearly so: it only lacks the release among the others in the
* bins to come, which makes 0.1 points in simulations at 5 %. p is never less than 1/(K + 1).
*/
const mean = (xs) => xs.reduce((sum, x) => sum + x, 0) / xs.length;
/** NaN of none. Sorts by insertion: there are some dozens. */
function median(xs) {
	const sorted = new Float64Array(xs.length);
	for (const [n, x] of xs.entries()) {
		let i = n;
		for (; i > 0 && sorted[i - 1] > x; i -= 1) sorted[i] = sorted[i - 1];
		sorted[i] = x;
	}
	const middle = sorted.length / 2;
	const upper = sorted[Math.floor(middle)] ?? NaN;
	return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}
/**
* S of one day, for each number of bins after; bins that were not measured are left out of the means.
*
* @param floor what keeps the logarithm finite: ½ for counts, little against the values for others
* @throws {RangeError} for a negative value, which has no logarithm, and where nothing was measured before
*/
function changesOf$1({ before, after }, floor = .5) {
	const measured = before.filter((x) => x !== void 0);
	if ([...measured, ...after].some((x) => x !== void 0 && !(x >= 0 && Number.isFinite(x)))) throw new RangeError("a bin is no number of at least 0");
	if (measured.length === 0) throw new RangeError("no bin before");
	const base = Math.log(mean(measured) + floor);
	let [sum, n] = [0, 0];
	return after.map((x) => {
		if (x !== void 0) {
			sum += x;
			n += 1;
		}
		return n === 0 ? void 0 : Math.log(sum / n + floor) - base;
	});
}
/**
* An earlier day without the bins that were not measured on the release's day. A mean of other bins is another mean where the day has a
* tide, so that days are exchangeable only if the same bins are missing on all.
*/
function measuredLike(day, release) {
	return {
		before: day.before.map((x, i) => release.before[i] === void 0 ? void 0 : x),
		after: day.after.map((x, i) => i < release.after.length && release.after[i] === void 0 ? void 0 : x)
	};
}
/** M[d,w] of each day among the others. */
function coursesOf(days, change) {
	const sign = change === "rise" ? 1 : -1;
	return days.map((day, d) => {
		let most = Number.NEGATIVE_INFINITY;
		return day.map((own, w) => {
			if (own === void 0) return most;
			const others = [];
			for (const [e, other] of days.entries()) {
				const x = other[w];
				if (e !== d && x !== void 0) others.push(x);
			}
			const { middle, spread } = usualOf(others);
			most = Math.max(most, sign * (own - middle) / spread);
			return most;
		});
	});
}
/** Median and robust standard deviation, with 0.01 so that no spread is 0. */
function usualOf(xs) {
	const middle = median(xs);
	return {
		middle,
		spread: 1.4826 * median(xs.map((x) => Math.abs(x - middle))) + .01
	};
}
/**
* @param release S of the release's day, so far
* @param placebos S of the other days, over the whole window
*/
function placeboLooks(release, placebos, change) {
	const [own = [], ...others] = coursesOf([release, ...placebos], change);
	const whole = others.map((course) => course.at(-1) ?? NaN);
	return own.map((extreme) => {
		return {
			extreme,
			p: (1 + whole.filter((m) => !(m < extreme)).length) / (placebos.length + 1)
		};
	});
}
/** How many placebo days it takes before so small a p can be reached at all. */
const daysFor = (alpha) => Math.ceil(1 / alpha - 1e-9) - 1;
/**
* The change of the whole window's mean, as a share of the usual one with the floor, from which on a day would stand out among these days:
* what could have been seen. Negative for falls.
*
* @param alpha how few days may be as extreme; by default none
*/
function seeableChange(placebos, change, alpha = 0) {
	const sign = change === "rise" ? 1 : -1;
	const { spread } = usualOf(placebos.flatMap((day) => day.at(-1) ?? []));
	const most = coursesOf(placebos, change).map((course) => course.at(-1) ?? 0).toSorted((x, y) => y - x);
	const allowed = Math.max(0, Math.floor(alpha * (placebos.length + 1) + 1e-9) - 1);
	return Math.exp(sign * Math.max(0, most[allowed] ?? 0) * spread) - 1;
}
/** How the whole window's mean changed against what it usually does at that time, as a share: −0.2 for 20 % less. */
function changeAgainst(placebos, release) {
	const w = release.findLastIndex((x) => x !== void 0);
	return Math.exp((release[w] ?? 0) - median(placebos.flatMap((day) => day[w] ?? []))) - 1;
}
// build/gates/telemetry-compare.js
/**
* `compare` of a `telemetry` gate: whether the value changed when the release came, more than it does at the same time of earlier days.
* It asks for the bins around the deployment, and once for those of the earlier days.
*/
const dayMs$3 = 864e5;
/** Of one day: all of them are asked for and recorded in one round. */
const mostBins = 500;
const compareField = pipe(strictObject({
	should: described(picklist(["not-rise", "not-fall"]), "What the value must not do when the release comes."),
	days: described(optional(whole(1), 20), "With how many earlier days it is compared."),
	every: described(optional(picklist(["day", "week"]), "day"), "Which days: each of the last ones, or only those of the same day of the week."),
	before: described(optional(duration, "1h"), "How long before the deployment is measured, for what it was."),
	window: described(optional(duration, "1h"), "How long it is watched, from the end of the warm-up."),
	bin: described(optional(duration, "5m"), "Values are taken in bins of this length."),
	"false-stop-rate": described(optional(errorRate, "5%"), "Chance that this gate stops a release that changed nothing. Takes 19 days for 5 %, 99 for 1 %.")
}), check$2((c) => c.bin > 0 && (36e5 % c.bin === 0 || c.bin % 36e5 === 0), "a `bin` that divides an hour"), check$2((c) => c.before >= c.bin && c.window >= 2 * c.bin, "`before` of at least one bin, `window` of at least two"), check$2((c) => (c.before + c.window) / c.bin <= mostBins, `at most ${mostBins} bins a day: a longer \`bin\`, or a shorter \`before\` and \`window\``), check$2((c) => c.before + c.window <= periodOf(c), "`before` and `window` that together are no longer than from one of the days to the next: else the release itself is among them"), check$2((c) => c.days >= daysFor(c["false-stop-rate"]), "as many `days` as the `false-stop-rate` takes (19 for 5%, 99 for 1%)"));
function periodOf({ every }) {
	return (every === "week" ? 7 : 1) * dayMs$3;
}
function around({ compare: { bin, before, window } }, moment, agoMs) {
	const came = Math.floor(moment.deployedAt / bin) * bin - agoMs;
	const from = Math.ceil(moment.settledAt / bin) * bin - agoMs;
	const whole = from + Math.ceil(window / bin) * bin;
	const complete = Math.max(from, Math.floor(moment.completeTo / bin) * bin);
	return {
		before: {
			from: came - Math.ceil(before / bin) * bin,
			to: came
		},
		after: {
			from,
			to: agoMs > 0 ? whole : Math.min(whole, complete)
		}
	};
}
const roleOf = (day, role) => day === 0 ? role : `day ${day}, ${role}`;
function questionsOn(config, moment, day) {
	const { before, after } = around(config, moment, day * periodOf(config.compare));
	const asked = questionsOf$2({
		...config,
		range: void 0
	}, {
		from: before.from,
		to: Math.max(before.to, after.to)
	});
	const range = {
		everyMs: config.compare.bin,
		reduce: "each"
	};
	return new Map([...asked].map(([role, question]) => [roleOf(day, role), {
		...question,
		range
	}]));
}
const daysOf = ({ compare: { days } }) => Array.from({ length: days }, (_, i) => i + 1);
function compareQuestions(config, moment, known = /* @__PURE__ */ new Map()) {
	if (isTooEarly(config, moment)) return /* @__PURE__ */ new Map();
	const missing = isSettled(config, known) ? [] : daysOf(config).filter((day) => !known.has(day));
	return new Map([0, ...missing].flatMap((day) => [...questionsOn(config, moment, day)]));
}
const usable = (known) => [...known.values()].flatMap((day) => day ?? []);
/** From the first look that has enough days on they stay the same: a look at some and another at more would be two tests. */
const isSettled = ({ compare }, known) => usable(known).length >= daysFor(compare["false-stop-rate"]);
/** With a long warm-up the window of the day before may reach into the release itself. */
const isOverlapping = (config, moment) => around(config, moment, periodOf(config.compare)).after.to > around(config, moment, 0).before.from;
const isTooEarly = (config, moment) => {
	const { after } = around(config, moment, 0);
	return after.to <= after.from;
};
function judgeCompared(config, answers, moment, known = /* @__PURE__ */ new Map()) {
	if (isTooEarly(config, moment)) return {
		reading: insufficient("too-early", `the first ${formatDuration(config.compare.bin)} after the warm-up is not yet complete at the source`, { pending: true }),
		memory: known
	};
	if (isOverlapping(config, moment)) return {
		reading: error("days-overlap", "warm-up, `before` and `window` together are longer than from one day to the next, so that they overlap", { permanent: true }),
		memory: known
	};
	const learnt = isSettled(config, known) ? known : learn(config, answers, moment, known);
	const proof = proveMeasured([...questionsOn(config, moment, 0).keys()], answers);
	return {
		reading: isProof(proof) ? judgeToday(config, proof, answers, moment, learnt) : proof,
		memory: learnt
	};
}
/** A day that could not be asked, or not in full, is asked again; one with a hole in it is left out. */
function learn(config, answers, moment, known) {
	const learnt = new Map(known);
	for (const day of daysOf(config).filter((d) => !known.has(d))) {
		const measured = /* @__PURE__ */ new Map();
		for (const role of questionsOn(config, moment, day).keys()) {
			const answer = answers.find((a) => a.role === role);
			if (answer === void 0 || "failure" in answer || answer.measurement.kind !== "samples") continue;
			if (!answer.measurement.partial) measured.set(role, answer.measurement);
		}
		if (measured.size < questionsOn(config, moment, day).size) continue;
		const found = dayOf(config, measured, moment, day);
		const whole = !isReading(found) && [...found.before, ...found.after].every((x) => x !== void 0);
		learnt.set(day, whole ? found : void 0);
	}
	return learnt;
}
/** The bins of one day, from its answers by role. */
function dayOf(config, measured, moment, day) {
	const { before, after } = around(config, moment, day * periodOf(config.compare));
	const binsOf = (role) => {
		const [series, ...others] = measured.get(roleOf(day, role))?.series ?? [];
		if (others.length > 0) return error("many-series", `${role} gave ${others.length + 1} series; aggregate them in the query`, { permanent: true });
		return (series?.bins ?? []).map((x) => typeof x === "number" && Number.isFinite(x) ? x : void 0);
	};
	const values = valuesOf(config, binsOf);
	if (isReading(values)) return values;
	const at = (time) => Math.round((time - before.from) / config.compare.bin);
	const within = ({ from, to }) => Array.from({ length: at(to) - at(from) }, (_, i) => values[at(from) + i]);
	const found = {
		before: within(before),
		after: within(after)
	};
	return [...found.before, ...found.after].some((x) => x !== void 0 && x < 0) ? error("negative", "a value below 0 has no proportion to another; ask for one that is not") : found;
}
function valuesOf({ failures, signal }, binsOf) {
	if (failures === void 0) return binsOf(signal === void 0 ? "query" : "signal");
	const [some, all] = [binsOf("failures"), binsOf("total")];
	if (isReading(some)) return some;
	if (isReading(all)) return all;
	return some.map((n, i) => {
		const total = all[i];
		return n === void 0 || total === void 0 || !(total > 0) ? void 0 : n / total;
	});
}
/** What the values around are when nothing happens. */
function levelOf(days) {
	const values = days.flatMap(({ before }) => before.flatMap((x) => x ?? []));
	return values.reduce((sum, x) => sum + x, 0) / Math.max(1, values.length);
}
/** ½ for counts, unless that is much; for others a hundredth of what is usual, so that it does not hide their changes. */
function floorOf(config, level) {
	if (level === 0) return .5;
	return (ownUnit(config) ?? "number") === "number" ? Math.min(.5, level / 10) : level / 100;
}
function judgeToday(config, proof, answers, moment, known) {
	const { compare } = config;
	const { after } = around(config, moment, 0);
	const { now, deployedAt } = moment;
	const times = {
		maxAgeMs: Math.max(config["max-age"], compare.bin),
		to: after.to,
		notBefore: deployedAt,
		now
	};
	const ended = after.to - after.from >= compare.window;
	const stale = ended ? void 0 : anyStale(proof.measured, times);
	if (stale) return stale;
	const today = dayOf(config, proof.measured, moment, 0);
	if (isReading(today)) return today;
	const gap = gapIn(today);
	if (gap !== void 0) return insufficient("gaps", gap);
	const days = usable(known);
	const enough = daysFor(compare["false-stop-rate"]);
	if (days.length < enough) return tooFewDays(config, days.length, enough, known, answers);
	return weigh$1(config, proof, {
		today,
		days,
		after,
		ended
	});
}
/** Half of the bins on either side must be there, and the newest: a service that has just gone silent is not as usual. */
function gapIn({ before, after }) {
	for (const [bins, when] of [[before, "before"], [after, "after"]]) {
		const there = bins.filter((x) => x !== void 0).length;
		if (2 * there < bins.length) return `only ${there} of ${bins.length} bins ${when} the deployment were measured`;
	}
	return after.at(-1) === void 0 ? "the newest bin was not measured" : void 0;
}
function tooFewDays({ compare }, found, enough, known, answers) {
	const failures = answers.flatMap((a) => "failure" in a && a.role.startsWith("day ") ? [a.failure] : []);
	const failed = failures.find(({ permanent }) => !permanent) ?? failures[0];
	if (failed) return error(failed.code, `an earlier day: ${failed.message}`, failed.permanent ? { permanent: true } : {});
	return insufficient("too-few-days", `${found} of ${compare.days} earlier days were measured without a gap, it takes ${enough}: more \`days\`, or another \`before\``, known.size >= compare.days ? { permanent: true } : {});
}
function weigh$1(config, proof, { today, days, after, ended }) {
	const { compare } = config;
	const change = compare.should === "not-rise" ? "rise" : "fall";
	const alike = days.map((day) => measuredLike(day, today));
	const floor = floorOf(config, levelOf([today, ...alike]));
	const [release, placebos] = [changesOf$1(today, floor), alike.map((day) => changesOf$1(day, floor))];
	const looks = placeboLooks(release, placebos, change);
	const decided = looks.findIndex(({ p }) => p <= compare["false-stop-rate"]);
	const percent = (x) => formatValue(100 * x, "percent");
	const moved = changeAgainst(placebos, decided === -1 ? release : release.slice(0, decided + 1));
	const shown = `${moved < 0 ? "" : "+"}${percent(moved)}`;
	const usual = `${days.length} earlier ${compare.every === "week" ? "weeks" : "days"}`;
	const details = {
		value: 100 * moved,
		shown,
		threshold: `no ${change} beyond ${usual}`
	};
	const text = `${shown} against what is usual at this time on ${usual}`;
	const decisive = looks[decided];
	if (decisive) {
		const others = Math.round(decisive.p * (days.length + 1)) - 1;
		const beyond = others === 0 ? "any" : `all but ${others}`;
		return unhealthy(proof, "unusual", `${text}, after ${formatDuration((decided + 1) * compare.bin)}: more than on ${beyond} of them at any time of the window`, {
			...details,
			conclusive: true
		});
	}
	if (!ended) return insufficient("undecided", `cannot tell yet: ${Math.round((after.to - after.from) / compare.bin)} of ${Math.ceil(compare.window / compare.bin)} bins; ${text}`, {
		...details,
		pending: true
	});
	const seen = placeboLooks(changesOf$1({
		before: today.before,
		after: today.after.map((x) => x && 0)
	}, floor), placebos, change).some(({ p }) => p <= compare["false-stop-rate"]);
	if (change === "fall" && !seen) return insufficient("not-seeable", `not even a fall to 0 could have been seen: too little to begin with, or earlier days that differ too much; ${text}`, details);
	const own = levelOf([today]);
	const least = Math.abs(seeableChange(placebos, change, compare["false-stop-rate"])) * (1 + floor / own);
	const seeable = own === 0 ? "" : `; a ${change} of less than ${percent(least)} could not have been seen`;
	return healthy(proof, "as-usual", `no unusual ${change} in ${formatDuration(compare.window)}: ${text}${seeable}`, details);
}
// build/gates/telemetry.js
/** Gate `telemetry`: a value that a telemetry source gives must satisfy a threshold. */
const thresholdField = pipe(string$1(), check$2((text) => parseThreshold(text) !== void 0, "a threshold such as `< 1%`, `<= 250 ms` or `>= 99.9 %`"));
const fields = strictObject({
	...valueFields,
	threshold: described(optional(thresholdField), "What the value must satisfy, e.g. `< 1%`."),
	compare: described(optional(compareField), "In place of `threshold`: the value must not change when the release comes, more than it does at the same time of earlier days."),
	"hard-limit": described(optional(thresholdField), "What the value must satisfy even for one round and even while warming up; if it does not, the train stops at once.")
});
/** What says nothing of bins. */
const comparedAlone = [
	"hard-limit",
	"range",
	"reduce",
	"by",
	"events",
	"min-events"
];
/** The default: without `compare` a gate has a window of its own. */
const usualWindow = 3e5;
const withShape = pipe(fields, oneValue(), partialCheck([["threshold"], ["compare"]], (g) => g.threshold === void 0 !== (g.compare === void 0), "either `threshold` or `compare`"), check$2((g) => g.compare === void 0 || comparedAlone.every((key) => g[key] === void 0), `none of ${comparedAlone.map((key) => `\`${key}\``).join(", ")} beside \`compare\``), check$2((g) => g.compare === void 0 || g.window === usualWindow, "`window` inside `compare`, not beside it"), check$2((g) => thresholds(g).length === 0 || valueUnit(g) !== void 0, "`unit` beside a threshold that is a time or a size (does the query return s or ms?)"), check$2((g) => {
	const unit = valueUnit(g);
	return unit === void 0 || thresholds(g).every((t) => comparable(t, unit));
}, "`unit`, `threshold` and `hard-limit` of the same kind"));
const thresholds = (g) => [g.threshold, g["hard-limit"]].flatMap((text) => text === void 0 ? [] : parseThreshold(text) ?? []);
function valueUnit(g) {
	const [threshold] = thresholds(g);
	return ownUnit(g) ?? (threshold && assumedUnit(threshold));
}
function judge$1(config, proof, moment) {
	const { now, deployedAt, completeTo: to } = moment;
	const stale = anyStale(proof.measured, {
		maxAgeMs: config["max-age"],
		to,
		notBefore: deployedAt,
		now
	});
	if (stale) return stale;
	const measured = measuredValue(config, proof.measured);
	return isReading(measured) ? measured : compare(config, proof, measured);
}
function compare(config, proof, { values, ...events }) {
	const unit = valueUnit(config) ?? "number";
	const threshold = config.threshold === void 0 ? void 0 : parseThreshold(config.threshold);
	if (threshold === void 0) return error("bad-threshold", `cannot read the threshold ${config.threshold}`, { permanent: true });
	const unfit = unfitValue(values, unit, config.unit, events);
	if (unfit) return unfit;
	const holds = (t) => values[config.reduce === "any" ? "some" : "every"]((x) => satisfies(x, unit, t));
	const against = (t) => {
		const decider = values.find((x) => satisfies(x, unit, t) === (config.reduce === "any")) ?? values[0] ?? NaN;
		const shown = formatAgainst(decider, unit, t);
		return {
			value: inUnitOf(t, decider, unit),
			threshold: formatThreshold(t),
			shown,
			...events
		};
	};
	const hard = config["hard-limit"] === void 0 ? void 0 : parseThreshold(config["hard-limit"]);
	if (hard && !holds(hard)) {
		const details = against(hard);
		return unhealthy(proof, "over-hard-limit", `${details.shown} breaks the hard limit ${details.threshold}`, {
			...details,
			conclusive: true
		});
	}
	const details = against(threshold);
	return holds(threshold) ? healthy(proof, "within-threshold", `${details.shown} satisfies ${details.threshold}`, details) : unhealthy(proof, "over-threshold", `${details.shown} does not satisfy ${details.threshold}`, details);
}
// build/gates/index.js
/** Every kind of gate: one line each. */
const gateTypes = [
	defineGate({
		type: "telemetry",
		family: "telemetry",
		schema: withShape,
		bind(config) {
			const questions = (moment) => {
				const window = windowOf(config, moment);
				return window ? questionsOf$2(config, window) : /* @__PURE__ */ new Map();
			};
			const { compare } = config;
			if (compare !== void 0) {
				const compared = {
					...config,
					compare
				};
				return {
					questions: (moment, memory) => compareQuestions(compared, moment, memory),
					judge: (answers, moment, memory) => judgeCompared(compared, answers, moment, memory)
				};
			}
			return {
				questions,
				judge(answers, moment) {
					if (windowOf(config, moment) === void 0) return tooEarly(moment);
					const proof = proveMeasured([...questions(moment).keys()], answers);
					return isProof(proof) ? judge$1(config, proof, moment) : proof;
				}
			};
		},
		takesMs: ({ compare }) => compare?.window ?? 0,
		asksInBins: ({ compare }) => compare === void 0 ? void 0 : "each",
		lint: (config) => config["min-events"] === void 0 && config.compare === void 0 ? [{
			key: "threshold",
			message: "no `min-events`: one failed request of one is judged like a thousand of a thousand"
		}] : []
	}),
	canaryGate,
	sloGate,
	comparisonGate,
	alertsGate,
	securityGate,
	flagsGate,
	staleFlagsGate,
	deploymentGate,
	probeGate
];
const gateTypeOf = (type) => gateTypes.find((t) => t.type === type);
// build/net/auth/azure-clouds.js
/** The clouds of Azure. */
/** The clouds, by the name that a policy gives them. Hosts without a path; audiences as `<host>/.default`. */
const azureClouds = {
	public: {
		authority: "https://login.microsoftonline.com",
		resourceManager: "https://management.azure.com",
		logAnalytics: "https://api.loganalytics.azure.com",
		logAnalyticsScope: "https://api.loganalytics.io/.default",
		appConfigurationScope: "https://azconfig.io/.default",
		portal: "https://portal.azure.com"
	},
	"us-government": {
		authority: "https://login.microsoftonline.us",
		resourceManager: "https://management.usgovcloudapi.net",
		logAnalytics: "https://api.loganalytics.us",
		logAnalyticsScope: "https://api.loganalytics.us/.default",
		appConfigurationScope: "https://azconfig.azure.us/.default",
		portal: "https://portal.azure.us"
	},
	china: {
		authority: "https://login.chinacloudapi.cn",
		resourceManager: "https://management.chinacloudapi.cn",
		logAnalytics: "https://api.loganalytics.azure.cn",
		logAnalyticsScope: "https://api.loganalytics.azure.cn/.default",
		appConfigurationScope: "https://azconfig.azure.cn/.default",
		portal: "https://portal.azure.cn"
	}
};
// build/net/auth/claims.js
/** What the ID token of a run says of itself. */
/**
* Reads a token without proving it. No secret: it is what the trust in a run must be made of, for a person to enter.
*
* @returns undefined for what is no token
*/
function claimsOf(token) {
	try {
		const payload = Buffer.from(token?.split(".")[1] ?? "", "base64url").toString("utf8");
		const { iss, sub, aud } = JSON.parse(payload);
		return {
			issuer: oneLine(String(iss)),
			subject: oneLine(String(sub)),
			audience: oneLine(String(aud))
		};
	} catch {
		return;
	}
}
// build/net/auth/azure-errors.js
/** What a failed sign-in to Microsoft Entra means, and what to do about it. */
function federated({ client, assertion }) {
	const claims = claimsOf(assertion);
	return `${client === void 0 ? "the app registration" : `the app registration ${client}`} has no federated credential for this run: add one with ${claims === void 0 ? "the issuer, subject and audience of this run" : `issuer \`${claims.issuer}\`, subject \`${claims.subject}\`, audience \`${claims.audience}\``} (in the portal: Certificates & secrets, Federated credentials; or \`az ad app federated-credential create\`)`;
}
const cliHasEnded = "the sign-in of the Azure CLI has ended: that of azure/login lasts only minutes for a service that was not asked before, and an hour for the others; name `sign-in: github-oidc` on GitHub, or a service connection on Azure Pipelines, which get a new one each time";
/** By AADSTS number (https://learn.microsoft.com/entra/identity-platform/reference-error-codes); all but the expired need a person. */
const known = {
	70021: federated,
	700211: federated,
	700212: federated,
	700213: federated,
	700024: ({ signIn }) => signIn === "cli" ? cliHasEnded : "the ID token of this run was too old when it arrived: does the clock of the runner go right?",
	7000215: () => "the client secret is wrong (is it the value, not the id, of the secret?)",
	7000222: () => "the client secret has expired: make a new one, or a federated credential, which does not expire",
	90002: ({ tenant }) => `there is no tenant ${tenant ?? ""}: is \`tenant\` right, and the cloud?`,
	700016: ({ client, tenant }) => `the tenant ${tenant ?? ""} has no app registration ${client ?? ""}: is \`client\` right?`,
	500011: () => "the tenant does not know the service: is the cloud right?",
	53003: () => "a conditional access policy of the tenant forbids this sign-in",
	50076: () => "the tenant asks for a second factor, which a pipeline has not: use an app registration"
};
/** Waiting helps where the ID token came too late: the next one may not. */
const mayHeal = (code, { signIn }) => known[code] === void 0 || code === "700024" && signIn !== "cli";
/** The round's patience ended. */
function tookTooLong(signIn) {
	return new NotMeasured("timeout", `signing in to Azure took longer than the round may${signIn === "managed-identity" ? ": has this machine a managed identity?" : ""}`);
}
/**
* Turns what @azure/identity threw into words. Its own are never shown whole: they may hold the raw answer of a token endpoint.
*
* @param met what went wrong on the way, where that is known
*/
function signInFailed(error, who, { failure, refusal = "" }) {
	if (error instanceof NotMeasured && error !== failure) return error;
	const begin = `signing in to Azure (${who.signIn}) failed: `;
	if (failure) {
		if (failure.code === "timeout") return tookTooLong(who.signIn);
		return new NotMeasured(failure.code, `${begin}${failure.message}`, { permanent: failure.permanent });
	}
	const text = error instanceof Error ? error.message : "";
	const { code, words } = entraWords(refusal) ?? entraWords(text) ?? {};
	if (code !== void 0) {
		const meaning = known[code]?.(who) ?? words;
		return new NotMeasured("unauthorized", `${begin}${meaning} (AADSTS${code})`, { permanent: !mayHeal(code, who) });
	}
	if (who.signIn === "cli") return cliFailed(text, begin, who.instead);
	const refused = (message, permanent) => new NotMeasured("unauthorized", `${begin}${message}`, { permanent });
	if (/invalid tenant id/i.test(text)) return refused("`tenant` is neither the id nor the domain of a tenant", true);
	if (who.signIn === "managed-identity" || who.client === void 0) return refused("this machine has no managed identity, or not the one of `client`", /unavailable|not available|no managed/i.test(text));
	return refused("the sign-in service gave an answer that is none of Microsoft Entra: is `authority` right?", false);
}
/** The number and the first line of what Entra says, which is what it writes for people; what follows is for its support. */
function entraWords(text) {
	const found = /AADSTS(\d+): (.*?)(?: Trace ID:|\. https?:|[\r\n]|$)/.exec(text);
	return found ? {
		code: found[1] ?? "",
		words: oneLine(found[2] ?? "", 240)
	} : void 0;
}
function cliFailed(text, begin, instead) {
	const more = instead === void 0 ? "" : `; nothing else to sign in with is given: ${instead}`;
	const failed = (message, permanent = true) => new NotMeasured("unauthorized", `${begin}${message}${more}`, { permanent });
	if (/could not be found|not installed|ENOENT|not recognized/i.test(text)) return failed("the Azure CLI is not installed");
	if (/az login/i.test(text)) return failed(`nobody is signed in (run \`az login\`, or azure/login, in an earlier step), or ${cliHasEnded}`);
	return failed("the Azure CLI gave no access token; `az account get-access-token` in an earlier step says why", false);
}
// build/net/auth/azure-http.js
/** @param met is told what goes wrong */
function clientFor(http, signal, met) {
	return { async sendRequest(request) {
		const { "accept-encoding": _, ...headers } = request.headers.toJSON();
		const method = request.method === "POST" ? "POST" : "GET";
		const body = typeof request.body === "string" ? { body: request.body } : {};
		try {
			const got = await http.send({
				url: request.url,
				method,
				headers,
				...body,
				signal
			});
			if (got.status >= 400) met.refusal = descriptionIn(got.text);
			return {
				request,
				status: got.status,
				headers: caseless(got.headers),
				bodyAsText: got.text
			};
		} catch (error) {
			if (error instanceof NotMeasured) met.failure = error;
			throw error;
		}
	} };
}
/** `error_description` of an OAuth error (RFC 6749, 5.2). */
function descriptionIn(body) {
	try {
		const { error_description: description } = JSON.parse(body);
		return typeof description === "string" ? description : "";
	} catch {
		return "";
	}
}
/** @param headers lower-case names */
function caseless(headers) {
	const kept = new Map(Object.entries(headers).map(([name, value]) => [name, value ?? ""]));
	return {
		get: (name) => kept.get(name.toLowerCase()),
		has: (name) => kept.has(name.toLowerCase()),
		set: (name, value) => void kept.set(name.toLowerCase(), String(value)),
		delete: (name) => void kept.delete(name.toLowerCase()),
		toJSON: () => Object.fromEntries(kept),
		[Symbol.iterator]: () => kept.entries()
	};
}
// build/net/auth/azure-pipelines.js
/**
* ID tokens of Azure Pipelines for a service connection of workload identity federation
* (https://learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create).
*
* `AzurePipelinesCredential` of @azure/identity does the same, but keeps the token to itself, and its subject is what a missing
* federated credential must be made of; and its errors hold the raw answer.
*/
const answerForm = object({ oidcToken: pipe(string$1(), nonEmpty()) });
/**
* Has a new one minted; it lives about ten minutes.
*
* @throws {NotMeasured} `unauthorized` and those of the HTTP client; never with the raw answer
*/
async function pipelinesIdToken({ id, systemToken }, { http, identity }, signal) {
	const { SYSTEM_OIDCREQUESTURI: address } = identity.env;
	const refused = (why, permanent) => new NotMeasured("unauthorized", `Azure Pipelines gave no ID token for the service connection ${id} (${why}): is it there, and may this pipeline use it (Project settings, Service connections, Security)?`, { permanent });
	if (!address || systemToken === "") throw refused("this agent offers none", true);
	const { status, text } = await http.send({
		url: `${address}?api-version=7.1&serviceConnectionId=${encodeURIComponent(id)}`,
		method: "POST",
		headers: {
			authorization: `Bearer ${systemToken}`,
			"content-type": "application/json",
			accept: "application/json",
			"x-tfs-fedauthredirect": "Suppress"
		},
		body: "",
		signal
	});
	if (status >= 400) throw refused(`${status}`, true);
	const parsed = safeParse(pipe(string$1(), parseJson$1(), answerForm), text);
	if (!parsed.success) throw refused(`an answer of ${status} without one`, false);
	identity.secret(parsed.output.oidcToken);
	return parsed.output.oidcToken;
}
// build/net/auth/azure-exchange.js
/** What Entra expects as the audience of an ID token. */
const audience = "api://AzureADTokenExchange";
/** The Azure CLI needs seconds to start; one that hangs must not keep the step alive. */
const cliMs = 6e4;
const unable = (message) => new NotMeasured("unauthorized", `no way to sign in to Azure: ${message}`, { permanent: true });
function wayOf(config, context) {
	const { identity } = context;
	const tenant = config.tenant ?? (identity.env.AZURE_TENANT_ID || void 0);
	const client = config.client ?? (identity.env.AZURE_CLIENT_ID || void 0);
	const secret = config["client-secret"];
	const { authority } = config;
	const signIn = config["sign-in"] ?? usual();
	function usual() {
		if (identity.serviceConnection) return "service-connection";
		if (secret !== void 0) return "client-secret";
		return identity.idToken && tenant && client ? "github-oidc" : "cli";
	}
	function needed() {
		if (tenant && client) return {
			tenant,
			client
		};
		throw unable(`\`${signIn}\` needs ${[tenant ? "" : "`tenant` (or AZURE_TENANT_ID)", client ? "" : "`client` (or AZURE_CLIENT_ID)"].filter(Boolean).join(" and ")}`);
	}
	switch (signIn) {
		case "github-oidc": {
			const app = needed();
			return {
				signIn,
				...app,
				authority,
				...byAssertion(app, () => githubIdToken(identity))
			};
		}
		case "service-connection": {
			const connection = connectionOf(identity);
			return {
				signIn,
				...ofConnection(connection, context),
				authority: authority ?? connection.authority
			};
		}
		case "client-secret": {
			const app = needed();
			if (secret === void 0) throw unable("`client-secret` is missing");
			return {
				signIn,
				...app,
				authority,
				...bySecret(app, secret)
			};
		}
		case "managed-identity": return {
			signIn,
			client: config.client,
			...byMachine(config.client)
		};
		case "cli": return {
			signIn,
			...config["sign-in"] === void 0 && { instead: betterThanCli(identity) },
			credential: (library) => new library.AzureCliCredential({
				processTimeoutInMs: cliMs,
				...config.tenant !== void 0 && { tenantId: config.tenant }
			})
		};
	}
}
const byAssertion = ({ tenant, client }, idToken) => ({
	idToken,
	credential: (library, options, assertion) => new library.ClientAssertionCredential(tenant, client, async () => assertion, options)
});
const bySecret = ({ tenant, client }, secret) => ({ credential: (library, options) => new library.ClientSecretCredential(tenant, client, secret, options) });
/** Over the library's own client: the address is this machine's or its host's, which no proxy may stand before. */
const byMachine = (client) => ({ credential: ({ ManagedIdentityCredential }) => client === void 0 ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId: client }) });
async function githubIdToken({ idToken }) {
	if (!idToken) throw unable("the job may not get an ID token: give it `permissions: id-token: write` (only on GitHub Actions)");
	try {
		return await idToken(audience);
	} catch {
		throw new NotMeasured("connection", "GitHub gave no ID token for Azure; the next round tries again");
	}
}
function connectionOf({ serviceConnection }) {
	if (!serviceConnection) throw unable("name a service connection in the input `azureSubscription` (only on Azure Pipelines)");
	try {
		return serviceConnection();
	} catch (error) {
		throw unable(error.message);
	}
}
function ofConnection(connection, context) {
	const { id, scheme, tenant, client, secret } = connection;
	if (scheme === "ManagedServiceIdentity") return byMachine(void 0);
	if (!tenant || !client) throw unable(`the service connection ${id} names no tenant or no app: verify it`);
	const app = {
		tenant,
		client
	};
	if (scheme === "WorkloadIdentityFederation") return {
		...app,
		...byAssertion(app, (signal) => pipelinesIdToken(connection, context, signal))
	};
	if (!secret) {
		const message = `the service connection ${id} holds no secret, and certificates are not supported: convert it to workload identity federation`;
		throw unable(message);
	}
	return {
		...app,
		...bySecret(app, secret)
	};
}
/** What the platform offers that was not made use of. */
function betterThanCli({ env, idToken }) {
	if (env.TF_BUILD) return "name a service connection in the input `azureSubscription`";
	if (!env.GITHUB_ACTIONS) return "name a `sign-in`";
	const named = "name `tenant` and `client` (or AZURE_TENANT_ID and AZURE_CLIENT_ID)";
	return idToken ? named : `give the job \`permissions: id-token: write\` and ${named}`;
}
/**
* Gets a new access token, with a new ID token where there is one to exchange.
*
* @throws {NotMeasured} `unauthorized`, `timeout`, those of the HTTP client; with what to do about it
*/
async function exchange(config, context, scope, signal) {
	const way = wayOf(config, context);
	const met = {};
	let assertion;
	try {
		const [library, minted] = await Promise.all([import("./azure-identity.js"), way.idToken?.(signal)]);
		assertion = minted;
		const authorityHost = way.authority ?? azureClouds[config.cloud].authority;
		const got = await way.credential(library, {
			authorityHost,
			disableInstanceDiscovery: !Object.values(azureClouds).some((cloud) => cloud.authority === authorityHost),
			httpClient: clientFor(context.http, signal, met),
			retryOptions: { maxRetries: 0 }
		}, minted ?? "").getToken(scope, { abortSignal: signal });
		if (got === null) throw new Error("no token");
		context.identity.secret(got.token);
		return {
			token: got.token,
			lifeMs: got.expiresOnTimestamp - Date.now()
		};
	} catch (error) {
		throw signInFailed(error, {
			...way,
			assertion
		}, met);
	}
}
// build/net/auth/kept.js
/** What a sign-in gets and what lives for a while: got once for all who ask, kept, and renewed before it ends. */
/** With less life left than this it is renewed, milliseconds. */
const renewBeforeMs = 3e5;
/** One credential. */
var Kept = class {
	#clock;
	#renew;
	#late;
	#kept;
	#running;
	/**
	* @param renew gets a new one; its signal aborts when nobody waits for it any longer
	* @param late says that one who waited lost patience
	*/
	constructor(clock, renew, late) {
		this.#clock = clock;
		this.#renew = renew;
		this.#late = late;
	}
	/** @throws {NotMeasured} `late` when the signal aborts; else what getting a new one throws */
	async get(signal) {
		const kept = this.#kept;
		if (kept && kept.ends - this.#clock.now() > renewBeforeMs) return kept.value;
		try {
			return await this.#renewed(signal);
		} catch (error) {
			if (kept && kept === this.#kept && kept.ends > this.#clock.now()) return kept.value;
			throw error;
		}
	}
	/**
	* Forgets one that was refused.
	*
	* @param refused only if it is this one: of several requests that meet its end together, the first gets a new one for all
	*/
	forget(refused) {
		if (this.#kept?.value === refused) this.#kept = void 0;
	}
	/** One exchange for all who ask together. Each waits as long as it likes; the exchange ends when nobody waits for it. */
	async #renewed(signal) {
		this.#running ??= this.#start();
		const running = this.#running;
		running.waiting += 1;
		try {
			return await untilAborted(running.value, this.#late, signal);
		} finally {
			running.waiting -= 1;
			if (running.waiting === 0) {
				running.stop.abort();
				if (this.#running === running) this.#running = void 0;
			}
		}
	}
	#start() {
		const stop = new AbortController();
		return {
			value: this.#renew(stop.signal).then((got) => {
				if (!stop.signal.aborted) this.#kept = got;
				return got.value;
			}),
			stop,
			waiting: 0
		};
	}
};
/** What `promise` gives, or the end of patience, since not all ways to sign in heed a signal. */
function untilAborted(promise, late, signal) {
	setMaxListeners(0, signal);
	return new Promise((resolve, reject) => {
		const end = () => reject(late());
		if (signal.aborted) end();
		signal.addEventListener("abort", end, { once: true });
		promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", end));
	});
}
/**
* What `make` makes of a sign-in: the same for equal sign-ins of one run, so that a role is assumed, and a token got, once.
*
* @param fields the fields of the sign-in; what else the config holds makes no difference
*/
function oncePerRun(fields, make) {
	const made = /* @__PURE__ */ new WeakMap();
	return (config, context) => {
		const ofRun = made.get(context) ?? /* @__PURE__ */ new Map();
		made.set(context, ofRun);
		const key = JSON.stringify(Object.keys(fields).map((name) => config[name] ?? null));
		const found = ofRun.get(key) ?? make(config, context);
		ofRun.set(key, found);
		return found;
	};
}
// build/net/auth/azure.js
/** Signing in to Microsoft Entra, for everything on Azure. */
const azureSignIns = [
	"service-connection",
	"client-secret",
	"github-oidc",
	"cli",
	"managed-identity"
];
const clouds = Object.keys(azureClouds);
/** Fields of a source's schema. */
const azureFields = {
	"sign-in": described(optional(picklist(azureSignIns)), "How to sign in to Azure. Default: `token` if there is one, else the service connection of the step, else `client-secret` if there is one, else `github-oidc` where the job may get ID tokens and `client` and `tenant` are known, else `cli`."),
	tenant: described(optional(filled), "Tenant id. Default: `AZURE_TENANT_ID`; a service connection has its own."),
	client: described(optional(filled), "Client id of the app registration, by default `AZURE_CLIENT_ID`; or of the managed identity, by default that of the machine. A service connection has its own."),
	"client-secret": described(optional(secret), "Client secret; federated credentials are safer."),
	token: described(optional(secret), "An access token that an earlier step has got, for exactly this service; it lives about an hour and cannot be renewed."),
	cloud: described(optional(picklist(clouds), "public"), "Which Azure cloud."),
	authority: described(optional(pipe(httpUrl, check$2((url) => url.startsWith("https:"), "an https URL"))), "Where to sign in, for a cloud of your own. Default: that of the cloud.")
};
var KeptTokens = class {
	#config;
	#context;
	#ofScope = /* @__PURE__ */ new Map();
	constructor(config, context) {
		this.#config = config;
		this.#context = context;
	}
	token(scope, signal) {
		const kept = this.#ofScope.get(scope) ?? this.#open(scope);
		this.#ofScope.set(scope, kept);
		return kept.get(signal);
	}
	forget(scope, refused) {
		this.#ofScope.get(scope)?.forget(refused);
	}
	#open(scope) {
		const { clock } = this.#context;
		return new Kept(clock, async (signal) => {
			const { token, lifeMs } = await exchange(this.#config, this.#context, scope, signal);
			return {
				value: token,
				ends: clock.now() + lifeMs
			};
		}, () => tookTooLong(this.#config["sign-in"]));
	}
};
/** The tokens for a source's sign-in. */
const azureTokens = oncePerRun(azureFields, (config, context) => {
	const { token } = config;
	return token !== void 0 && config["sign-in"] === void 0 ? {
		token: async () => token,
		forget: () => void 0
	} : new KeptTokens(config, context);
});
/** Sends with a token for `scope`; a 401 is tried once more with a new one, where there is a new one. */
async function sendToAzure(context, tokens, scope, request) {
	const send = (token) => context.http.send({
		...request,
		headers: {
			...request.headers,
			authorization: `Bearer ${token}`
		}
	});
	const token = await tokens.token(scope, request.signal);
	const response = await send(token);
	if (response.status !== 401) return response;
	tokens.forget(scope, token);
	const another = await tokens.token(scope, request.signal);
	return another === token ? response : send(another);
}
// node_modules/yocto-queue/index.js
var Node = class {
	value;
	next;
	constructor(value) {
		this.value = value;
	}
};
var Queue = class {
	#head;
	#tail;
	#size;
	constructor() {
		this.clear();
	}
	enqueue(value) {
		const node = new Node(value);
		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}
		this.#size++;
	}
	dequeue() {
		const current = this.#head;
		if (!current) return;
		this.#head = this.#head.next;
		this.#size--;
		if (!this.#head) this.#tail = void 0;
		return current.value;
	}
	peek() {
		if (!this.#head) return;
		return this.#head.value;
	}
	clear() {
		this.#head = void 0;
		this.#tail = void 0;
		this.#size = 0;
	}
	get size() {
		return this.#size;
	}
	*[Symbol.iterator]() {
		let current = this.#head;
		while (current) {
			yield current.value;
			current = current.next;
		}
	}
	*drain() {
		while (this.#head) yield this.dequeue();
	}
};
// node_modules/p-limit/index.js
function pLimit(concurrency) {
	let rejectOnClear = false;
	if (typeof concurrency === "object") ({concurrency, rejectOnClear = false} = concurrency);
	validateConcurrency(concurrency);
	if (typeof rejectOnClear !== "boolean") throw new TypeError("Expected `rejectOnClear` to be a boolean");
	const queue = new Queue();
	let activeCount = 0;
	const resumeNext = () => {
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};
	const next = () => {
		activeCount--;
		resumeNext();
	};
	const run = async (function_, resolve, arguments_) => {
		const result = (async () => function_(...arguments_))();
		resolve(result);
		try {
			await result;
		} catch {}
		next();
	};
	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = { reject };
		new Promise((internalResolve) => {
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(void 0, function_, resolve, arguments_));
		if (activeCount < concurrency) resumeNext();
	};
	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});
	Object.defineProperties(generator, {
		activeCount: { get: () => activeCount },
		pendingCount: { get: () => queue.size },
		clearQueue: { value() {
			if (!rejectOnClear) {
				queue.clear();
				return;
			}
			const abortError = AbortSignal.abort().reason;
			while (queue.size > 0) queue.dequeue().reject(abortError);
		} },
		concurrency: {
			get: () => concurrency,
			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;
				queueMicrotask(() => {
					while (activeCount < concurrency && queue.size > 0) resumeNext();
				});
			}
		},
		map: { async value(iterable, function_) {
			const promises = [];
			try {
				Array.from(iterable, (value, index) => {
					const promise = generator(function_, value, index);
					promises.push(promise);
					return promise;
				});
			} catch (error) {
				for (const promise of promises) promise.catch(() => {});
				throw error;
			}
			return Promise.all(promises);
		} }
	});
	return generator;
}
function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) throw new TypeError("Expected `concurrency` to be a number from 1 and up");
}
// build/net/limit.js
/** Keeps within the limits that a service sets on one caller. */
/** One limit; the tasks that share it wait for each other, first come, first served. */
function createLimit({ concurrent, starts, perMs }, clock) {
	const slots = pLimit(concurrent);
	/** When the last ones began, oldest first, milliseconds since the epoch. */
	const began = [];
	async function pace(signal) {
		for (;;) {
			const now = clock.now();
			while (began[0] !== void 0 && began[0] + perMs <= now) began.shift();
			const [oldest] = began;
			if (oldest === void 0 || began.length < starts || signal.aborted) break;
			await clock.sleep(oldest + perMs - now, signal);
		}
		if (signal.aborted) throw new NotMeasured("timeout", `its turn did not come in time: only ${concurrent} queries are sent at once`);
		began.push(clock.now());
	}
	return (task, signal) => slots(async () => {
		await pace(signal);
		return task();
	});
}
// build/net/json.js
/** JSON answers: the parsed body, or why it is none. */
/** @throws {NotMeasured} `bad-answer` when the body is no JSON, as a login page is not */
function parseJson(response, origin) {
	try {
		return JSON.parse(response.text);
	} catch {
		const type = oneLine(response.headers["content-type"] ?? "no content type", 60);
		const message = `${origin} answered ${response.status} with ${type}, not with JSON: is the URL right?`;
		throw new NotMeasured("bad-answer", message);
	}
}
/**
* Refuses the answers that mean the same for every API.
*
* @param needs the permission to name, e.g. `the role Monitoring Reader`
* @param sent the request's headers, so that a server which repeats the credential is not quoted
* @throws {NotMeasured} `unauthorized`, `forbidden`, `not-found`
*/
function refuseDenied(response, origin, needs, sent) {
	const said = sent === void 0 ? "" : serverWords(response.text, sent);
	if (response.status === 401) throw new NotMeasured("unauthorized", `${origin} does not accept the credential, or wants one (401)${said}`);
	if (response.status === 403) throw new NotMeasured("forbidden", `${origin} refuses the request (403), it needs ${needs}${said}`);
	if (response.status === 404) throw new NotMeasured("not-found", `${origin} knows no such address (404): is the URL right?`, { permanent: true });
}
// build/sources/telemetry/azure/kql.js
/** Pieces of the Kusto Query Language. */
/**
* A string literal. The only way by which text from outside comes into a query.
*
* Syntax: https://learn.microsoft.com/kusto/query/scalar-data-types/string
*/
function kqlString(text) {
	return `'${text.replace(/[\\'\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/gu, (c) => c === "\\" || c === "'" ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}'`;
}
/** @param ms milliseconds since the epoch */
const kqlTime = (ms) => `datetime(${new Date(ms).toISOString()})`;
/** The time span of a request's body. */
const timespan = ({ from, to }) => `${new Date(from).toISOString()}/${new Date(to).toISOString()}`;
/** A regular expression (RE2) for the whole of a text; `*` stands for any characters. */
const globPattern = (glob) => `(?s)${globForm(glob)}`;
const lexer = /(?<space>\s+|\/\/[^\n]*)|(?<text>[hH]?(?:@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|```[\s\S]*?```|~~~[\s\S]*?~~~))|(?<name>[A-Za-z_$][\w$]*)|(?<other>\d\w*|==|=~|!=|!~|<=|>=|\.\.|[\s\S])/gy;
/** The tokens of a query, without comments and white space. Never fails: what it does not know are tokens of one character. */
function tokensOf(query) {
	return [...query.matchAll(lexer)].flatMap(({ index, 0: text, groups }) => {
		if (groups?.space !== void 0) return [];
		return [{
			kind: groups?.text === void 0 ? groups?.name === void 0 ? "other" : "name" : "text",
			text,
			start: index,
			end: index + text.length
		}];
	});
}
/** Whether a function of one of these names is called. */
const calls = (tokens, ...names) => tokens.some(({ kind, text }, i) => kind === "name" && names.includes(text) && tokens[i + 1]?.text === "(");
// build/sources/telemetry/azure/tables.js
/**
* Tables and columns of Application Insights. The same telemetry has two sets of names: those of a component (`requests`) and those of
* the Log Analytics workspace that holds it (`AppRequests`).
*
* https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete
*/
const classic = {
	requests: "requests",
	dependencies: "dependencies",
	exceptions: "exceptions",
	availability: "availabilityResults",
	events: "customEvents",
	metrics: "customMetrics",
	time: "timestamp",
	/** How many items one kept item stands for, where telemetry is sampled. */
	weight: "itemCount",
	name: "name",
	operation: "operation_Name",
	role: "cloud_RoleName",
	instance: "cloud_RoleInstance",
	version: "application_Version",
	synthetic: "operation_SyntheticSource",
	dimensions: "customDimensions",
	success: "success",
	duration: "duration",
	problem: "problemId",
	dependencyType: "type",
	metricSum: "valueSum",
	metricCount: "valueCount",
	metricMax: "valueMax"
};
const workspace = {
	requests: "AppRequests",
	dependencies: "AppDependencies",
	exceptions: "AppExceptions",
	availability: "AppAvailabilityResults",
	events: "AppEvents",
	metrics: "AppMetrics",
	time: "TimeGenerated",
	weight: "ItemCount",
	name: "Name",
	operation: "OperationName",
	role: "AppRoleName",
	instance: "AppRoleInstance",
	version: "AppVersion",
	synthetic: "SyntheticSource",
	dimensions: "Properties",
	success: "Success",
	duration: "DurationMs",
	problem: "ProblemId",
	dependencyType: "DependencyType",
	metricSum: "Sum",
	metricCount: "ItemCount",
	metricMax: "Max"
};
const names = {
	classic,
	workspace
};
/** The tables' other name: `requests` ↔ `AppRequests`. */
const twins = /* @__PURE__ */ new Map([
	["requests", "AppRequests"],
	["dependencies", "AppDependencies"],
	["exceptions", "AppExceptions"],
	["traces", "AppTraces"],
	["pageViews", "AppPageViews"],
	["browserTimings", "AppBrowserTimings"],
	["availabilityResults", "AppAvailabilityResults"],
	["customEvents", "AppEvents"],
	["customMetrics", "AppMetrics"],
	["performanceCounters", "AppPerformanceCounters"]
]);
const workspaceTables = new Set(twins.values());
const isAppTable = (table) => twins.has(table) || workspaceTables.has(table);
/** The table's name in a workspace, for comparing. */
const inWorkspace = (table) => twins.get(table) ?? table;
/** The column with a row's time. */
const timeColumn = (table) => twins.has(table) ? classic.time : workspace.time;
/** Tables that may be empty although all is well. */
const isRare = (table) => inWorkspace(table) === workspace.exceptions;
/**
* Columns that tell how something went, in both sets of names. Where the rows of a query are counted to see whether telemetry flows at
* all, conditions on them are left out: without a failure there is no failed row.
*/
const outcomes = new Set([
	"success Success resultCode ResultCode duration DurationMs performanceBucket PerformanceBucket",
	"message Message severityLevel SeverityLevel size Size",
	"value valueSum valueMin valueMax Sum Min Max"
].flatMap((line) => line.split(" ")));
/** `customDimensions.slot` and `Properties.slot` mean the same: the dimension of either set of names. */
function slotOf(column) {
	const dot = column.indexOf(".");
	return dot === -1 ? { column } : { dimension: column.slice(dot + 1) };
}
// build/sources/telemetry/azure/parts.js
const opening = /* @__PURE__ */ new Set([
	"(",
	"[",
	"{"
]);
const closing = /* @__PURE__ */ new Set([
	")",
	"]",
	"}"
]);
/** What can stand alone before a pipe and is no table. */
const keywords = /* @__PURE__ */ new Set([
	"union",
	"print",
	"search",
	"find",
	"evaluate",
	"datatable",
	"range"
]);
/** Statements that give no result of their own. */
const preparing = /* @__PURE__ */ new Set([
	"let",
	"set",
	"declare"
]);
const combining = /* @__PURE__ */ new Set([
	"union",
	"join",
	"lookup"
]);
/** Takes a query apart. Only as far as it must: what it does not understand gives no part. */
function readsOf(query) {
	const statements = split$1(tokensOf(query), ";").filter((s) => s.length > 0);
	const defined = new Set(statements.flatMap(([first, name]) => first?.text === "let" && name !== void 0 ? [name.text] : []));
	const parts = statements.flatMap((statement) => {
		return pipeline(statement[0]?.text === "let" ? statement.slice(3) : statement, {
			query,
			defined
		}, true).map(({ table, stages }) => ({
			table,
			stages
		}));
	});
	const unique = new Map(parts.map((part) => [JSON.stringify(part), part]));
	const prelude = statements.filter(([first]) => first !== void 0 && preparing.has(first.text)).map((s) => `${slice(query, s)};\n`);
	return {
		parts: [...unique.values()],
		prelude: prelude.join("")
	};
}
/** @param whole whether a single name is a table by its place alone */
function pipeline(tokens, context, whole) {
	const [source = [], ...stages] = split$1(tokens, "|");
	const { kept, open } = conditions(stages, context);
	const found = [];
	const table = tableOf(source, context);
	if (table !== void 0 && (whole || stages.length > 0)) found.push({
		table,
		stages: kept,
		open
	});
	if (source[0]?.text === "union") for (const { table, stages: own, open: reaches } of members(source, context)) found.push({
		table,
		stages: reaches ? [...own, ...kept] : own,
		open: reaches && open
	});
	else found.push(...nested(source, context));
	for (const stage of stages) {
		const combines = combining.has(stage[0]?.text ?? "");
		found.push(...combines ? members(stage, context) : nested(stage, context));
	}
	return found;
}
/** The tables of a `union`, `join` or `lookup`: by name, or as pipelines in brackets. */
function members(stage, context) {
	const on = stage.findIndex(({ text }, i) => i > 0 && text === "on");
	return [...flat((on === -1 ? stage : stage.slice(0, on)).slice(1)).flatMap((token, i, all) => {
		const option = all[i + 1]?.text === "=" || all[i - 1]?.text === "=";
		if (token.kind !== "name" || option || context.defined.has(token.text)) return [];
		return [{
			table: token.text,
			stages: [],
			open: true
		}];
	}), ...nested(stage, context, true)];
}
/** The pipelines in brackets. */
function nested(tokens, context, whole = false) {
	return groups(tokens).flatMap((inner) => pipeline(inner, context, whole));
}
/** A bare name, or `app('x').requests`, `workspace('x').AppRequests`. */
function tableOf(source, { query, defined }) {
	const last = source.at(-1);
	if (last?.kind !== "name") return void 0;
	if (source.length === 1) return defined.has(last.text) || keywords.has(last.text) ? void 0 : last.text;
	return [
		"app",
		"workspace",
		"resource"
	].includes(source[0]?.text ?? "") && source.length === 6 ? slice(query, source) : void 0;
}
/** The `where` and `extend` stages at the beginning, without what is said about outcomes. */
function conditions(stages, { query }) {
	const kept = [];
	const derived = /* @__PURE__ */ new Set();
	const tellsOutcome = (tokens) => tokens.some(({ kind, text }) => kind === "name" && (outcomes.has(text) || derived.has(text)));
	for (const stage of stages) {
		const [operator, ...rest] = stage;
		if (operator?.text === "extend") {
			if (tellsOutcome(rest)) for (const name of assigned(rest)) derived.add(name);
			kept.push(slice(query, stage));
		} else if (operator?.text === "where" || operator?.text === "filter") {
			const told = conjuncts(rest).filter((c) => c.length > 0 && !tellsOutcome(c));
			if (told.length > 0) kept.push(`where ${told.map((c) => slice(query, c)).join(" and ")}`);
		} else return {
			kept,
			open: false
		};
	}
	return {
		kept,
		open: true
	};
}
const assigned = (tokens) => flat(tokens).flatMap(({ kind, text }, i, all) => kind === "name" && all[i + 1]?.text === "=" ? [text] : []);
function conjuncts(predicate) {
	return flat(predicate).some(({ text }) => text === "or") ? [predicate] : split$1(predicate, "and");
}
const slice = (query, tokens) => query.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
/** Splits where the separator stands outside of all brackets. */
function split$1(tokens, separator) {
	const parts = [[]];
	let depth = 0;
	for (const token of tokens) {
		if (token.kind === "other" && opening.has(token.text)) depth++;
		if (token.kind === "other" && closing.has(token.text)) depth--;
		if (depth === 0 && token.kind !== "text" && token.text === separator) parts.push([]);
		else parts.at(-1)?.push(token);
	}
	return parts;
}
/** What stands outside of all brackets. */
function flat(tokens) {
	let depth = 0;
	return tokens.filter(({ kind, text }) => {
		if (kind === "other" && closing.has(text)) depth--;
		const outside = depth === 0;
		if (kind === "other" && opening.has(text)) depth++;
		return outside && !(kind === "other" && (opening.has(text) || closing.has(text)));
	});
}
/** The insides of the outermost round and curly brackets. */
function groups(tokens) {
	const found = [];
	let depth = 0;
	for (const token of tokens) {
		if (token.kind === "other" && closing.has(token.text)) depth--;
		if (depth > 0) found.at(-1)?.push(token);
		if (token.kind === "other" && opening.has(token.text)) {
			if (depth === 0) found.push([]);
			depth++;
		}
	}
	return found;
}
/** Asks for the rows behind each part of the window: columns `part` (place in the list), `rows`, `newest`. */
function evidenceQuery({ parts, prelude }, window) {
	return `${prelude}union\n${parts.map(({ table, stages }, i) => {
		const time = timeColumn(tableName(table));
		const within = `where ${time} >= ${kqlTime(window.from)} and ${time} < ${kqlTime(window.to)}`;
		const counted = [`summarize rows = count(), newest = max(${time})`, `extend part = ${i}`];
		return `  (${[
			table,
			within,
			...stages,
			...counted
		].join("\n    | ")})`;
	}).join(",\n")}`;
}
const tableName = (table) => table.slice(table.lastIndexOf(".") + 1);
/**
* The query is as new as the table that is furthest behind, and nothing stands behind it while one is empty. Exceptions are no flow:
* beside another table they prove nothing, and none of them is no fault.
*/
function weigh(parts, counts) {
	const flowing = parts.map((part, i) => ({
		part,
		i
	})).filter(({ part }) => !isRare(tableName(part.table)));
	const counted = (flowing.length > 0 ? flowing : parts.map((part, i) => ({
		part,
		i
	}))).map(({ part, i }) => ({
		table: part.table,
		...counts.find((c) => c.part === i)
	}));
	const empty = counted.filter(({ rows = 0, newest }) => rows === 0 || newest === void 0).map(({ table }) => table);
	if (empty.length > 0) return {
		rows: 0,
		newest: void 0,
		empty: [...new Set(empty)]
	};
	return {
		rows: counted.reduce((sum, { rows = 0 }) => sum + rows, 0),
		newest: counted.reduce((least, { newest = 0 }) => Math.min(least, newest), Number.POSITIVE_INFINITY),
		empty: []
	};
}
/** Whether the query may read this table of a workspace; true where the query cannot be told. */
function mayRead(query, table) {
	const tokens = tokensOf(query);
	const named = tokens.some(({ kind, text }) => kind === "name" && inWorkspace(text).toLowerCase() === table.toLowerCase());
	const any = tokens.some(({ kind, text }) => kind === "name" && (text === "search" || text === "find"));
	const wild = tokens.some(({ text }) => text === "union") && tokens.some(({ text }) => text === "*");
	return named || any || wild || readsOf(query).parts.length === 0;
}
// build/sources/telemetry/azure/answer.js
/**
* Answers of the query API, and what they really say.
*
* https://learn.microsoft.com/azure/azure-monitor/logs/api/response-format, …/errors and …/azure-resource-queries
*/
const resultTable = object({
	name: string$1(),
	columns: array(object({
		name: string$1(),
		type: string$1()
	})),
	rows: array(array(unknown$1()))
});
const denied = optional(array(string$1()), []);
const permissions = object({
	resources: optional(array(object({
		resourceId: string$1(),
		denyTables: denied,
		dataSources: optional(array(string$1()), [])
	})), []),
	dataSources: optional(array(object({
		resourceId: string$1(),
		denyTables: denied
	})))
});
const success = object({
	tables: array(resultTable),
	error: optional(unknown$1()),
	permissions: optional(permissions)
});
const noTable = {
	columns: [],
	rows: []
};
/**
* Reads an answer with a status below 300.
*
* @throws {NotMeasured} `query-failed` for an error without a table, `bad-answer` for what is not this API
*/
function readAnswer(response, origin, query) {
	if (response.status === 204 || response.text.trim() === "") return {
		table: noTable,
		missing: []
	};
	const json = parseJson(response, origin);
	const parsed = safeParse(success, json);
	const failed = wordsOf(json?.error);
	if (!parsed.success) {
		if (failed !== "") throw new NotMeasured("query-failed", `${origin} could not run the query: ${failed}`);
		throw new NotMeasured("bad-answer", `${origin} answered with something that is not the Logs query API: is the URL right?`);
	}
	const { tables, error, permissions: access } = parsed.output;
	const table = tables.find(({ name }) => name === "PrimaryResult");
	const wrong = table?.rows.some((row) => row.length !== table.columns.length) ?? false;
	if (table === void 0 || wrong) throw new NotMeasured("bad-answer", `${origin} answered with ${wrong ? "rows that do not fit their columns" : "no table PrimaryResult"}${failed === "" ? "" : `: ${failed}`}`);
	return {
		table,
		missing: [...error === void 0 || error === null ? [] : [`only a part of the result came: ${failed || "no reason is given"}`], ...access ? withheld(access, query) : []]
	};
}
/** What the sign-in may not read and was left out without an error. */
function withheld({ resources, dataSources }, query) {
	const readable = dataSources && new Set(dataSources.map(({ resourceId }) => resourceId.toLowerCase()));
	const workspaces = resources.flatMap((resource) => resource.dataSources).filter((id) => readable !== void 0 && !readable.has(id.toLowerCase()));
	const tables = [...resources, ...dataSources ?? []].flatMap(({ denyTables }) => denyTables);
	return [...new Set(tables.filter((table) => mayRead(query, table)).map((table) => `the table ${oneLine(table, 80)}`)), ...new Set(workspaces.map((id) => `the workspace ${oneLine(id.slice(id.lastIndexOf("/") + 1), 80)}`))].map((what) => `the sign-in may not read ${what}, so its rows were left out: give it the role Log Analytics Reader there`);
}
/** The chain from an error to its innermost cause. */
function chainOf(error) {
	const chain = [];
	let next = error;
	while (typeof next === "object" && next !== null && chain.length < 10) {
		const inner = next;
		chain.push(inner);
		next = inner.innererror ?? (Array.isArray(inner.details) ? inner.details[0] : void 0);
	}
	return chain;
}
/** The innermost words of an error: those outside only say that there is one. */
function wordsOf(error) {
	const chain = chainOf(error);
	const said = chain.map(({ message }) => message).findLast((m) => typeof m === "string" && m !== "");
	const inner = chain.at(-1);
	const at = typeof inner?.line === "number" ? ` (line ${inner.line}${typeof inner.pos === "number" ? `, position ${inner.pos}` : ""})` : "";
	return said === void 0 ? "" : `${oneLine(said, 300)}${/\bline\b/.test(said) ? "" : at}`;
}
const roles = "the role Monitoring Reader or Log Analytics Reader";
/**
* Refuses an answer with a status of 300 or more.
*
* @param what the resource or workspace, in words
* @param sent the request's headers with the credential, so that a server which repeats it is not quoted
* @throws {NotMeasured} always
*/
function refuse(response, origin, what, sent) {
	const { status, text } = response;
	let error;
	try {
		error = serverWords(text, sent) === "" ? void 0 : JSON.parse(text).error;
	} catch {
		error = void 0;
	}
	const codes = chainOf(error).map(({ code }) => code);
	const words = wordsOf(error);
	const said = words === "" ? "" : `: ${words}`;
	if (status === 401 || codes.some((code) => typeof code === "string" && code.startsWith("InvalidAuthenticationToken"))) throw new NotMeasured("unauthorized", `${origin} does not accept the access token (${status})${said}`);
	if (status === 403) {
		const otherWay = codes.includes("UnauthorizedClient") ? "; if it has one, write `api: arm`" : "";
		const message = `the sign-in may not query ${what} (403): give it ${roles} there, which takes up to 60 minutes to work${otherWay}${said}`;
		throw new NotMeasured("forbidden", message);
	}
	if (status === 404) throw new NotMeasured("not-found", `${origin} does not know ${what} (404): is its id right?${said}`, { permanent: true });
	if (status === 400) {
		const unknown = /failed to resolve/i.test(words) ? " (the names differ between a component and its workspace; they are unknown as well while the sign-in may not read the workspace)" : "";
		throw new NotMeasured("bad-query", `the query is refused${said || " (400)"}${unknown}`, { permanent: true });
	}
	throw new NotMeasured("query-failed", `${origin} could not run the query (${status})${said}`);
}
// build/sources/telemetry/azure/client.js
/** Sends queries to the Logs query API, within the limits that Azure sets on one sign-in. */
/** The id of a resource in the resource manager, without a slash at its end. */
const resourceId = (type, example) => pipe(string$1(), trim(), transform((id) => id.replace(/\/+$/, "")), regex(new RegExp(String.raw`^/subscriptions/[\w-]+/resourceGroups/[^/?#%\s]+/providers/${type}$`, "i"), `a full resource id such as ${example} (in the portal: Properties, Resource ID)`));
const componentId = resourceId(String.raw`microsoft\.insights/components/[^/?#%]+`, "/subscriptions/…/resourceGroups/…/providers/microsoft.insights/components/…");
/** Fields of both sources' schemas. */
const logsFields = {
	api: described(optional(picklist(["resource", "arm"]), "resource"), "The way to the data: the query API itself, or `arm` through the resource manager, where one token serves for everything."),
	endpoint: described(optional(httpUrl), "Base URL of the query API, for private endpoints. Default: that of the cloud, `https://api.loganalytics.azure.com`."),
	settle: described(optional(duration, "2m"), "How long telemetry takes until all of it can be queried: windows end that much before now."),
	timeout: described(pipe(optional(duration, "25s"), check$2((ms) => ms >= 1e3 && ms <= 6e5, "a duration between 1s and 10m")), "How long Azure may work on one query. Keep it below `round-timeout`, so that it gives up before Signalbox does."),
	"slot-column": described(optional(pipe(string$1(), trim(), regex(/^(?:[A-Za-z_]\w*|(?:customDimensions|Properties)\.[\w. -]+)$/, "a column such as cloud_RoleName, or a custom dimension such as customDimensions.slot")), "customDimensions.slot"), "What holds the deployment slot, for `where: { slot: … }` and `by: slot`: a column or a custom dimension. Default: the custom dimension `slot`, which the app must write."),
	...azureFields
};
/**
* Azure lets a principal run 5 queries at once and start 200 within 30 s, whoever asks: other pipelines share it, and retries count.
*
* https://learn.microsoft.com/azure/azure-monitor/service-limits#log-analytics-workspaces
*/
const limits = {
	concurrent: 3,
	starts: 150,
	perMs: 3e4
};
const shared = /* @__PURE__ */ new WeakMap();
/** One for all sources of a run: most runs have one sign-in, and for several it is only slower than need be. */
function limitOf(context) {
	const limit = shared.get(context) ?? createLimit(limits, context.clock);
	shared.set(context, limit);
	return limit;
}
var LogsClient = class {
	origin;
	#url;
	#scope;
	#config;
	#what;
	#context;
	#limit;
	constructor(config, target, context) {
		const cloud = azureClouds[config.cloud];
		const arm = config.api === "arm";
		const base = config.endpoint ?? (arm ? cloud.resourceManager : cloud.logAnalytics);
		this.#url = arm ? `${base}${target.path}/providers/microsoft.insights/logs?api-version=2018-03-01-preview` : `${base}/v1${target.path}/query`;
		this.#scope = arm ? `${cloud.resourceManager}/.default` : cloud.logAnalyticsScope;
		this.origin = new URL(base).origin;
		this.#config = config;
		this.#what = target.name;
		this.#context = context;
		this.#limit = limitOf(context);
	}
	/**
	* @param span the time that Azure gives rows of, whatever the query says
	* @throws {NotMeasured} when there is no answer, or one that is none
	*/
	run(query, span, signal) {
		return this.#limit(() => this.#send(query, span, signal), signal);
	}
	async #send(query, span, signal) {
		const tokens = azureTokens(this.#config, this.#context);
		const response = await sendToAzure(this.#context, tokens, this.#scope, {
			url: this.#url,
			method: "POST",
			headers: {
				"content-type": "application/json",
				accept: "application/json",
				prefer: `wait=${Math.floor(this.#config.timeout / 1e3)},include-permissions=true`
			},
			body: JSON.stringify({
				query,
				timespan: timespan(span)
			}),
			signal
		});
		if (response.status < 300) return readAnswer(response, this.origin, query);
		return refuse(response, this.origin, this.#what, await credential$1(tokens, this.#scope, signal));
	}
};
/** What was sent, so that a server which repeats it is not quoted; where it is not known any more, nothing is. */
async function credential$1(tokens, scope, signal) {
	const token = await tokens.token(scope, signal).catch(() => void 0);
	return { authorization: token === void 0 ? "" : `Bearer ${token}` };
}
// build/reactions/reaction.js
/** Keeps the types of both configs while the registry holds the erased one. */
function defineAnnotation(type) {
	return type;
}
function outcomeOf({ decision, reason }) {
	if (decision === "continue") return reason === "observed" ? "observed" : "continued";
	return reason === "unhealthy" || reason === "not-steady" ? "faulty" : "undecided";
}
// build/reactions/write.js
/** Writing to an API that answers with JSON, or with nothing. */
/**
* @returns the answer's JSON; undefined when its body is empty
* @throws when it was refused, with the permission to grant or the server's words
*/
async function write$1(context, request, signal) {
	const { url, method, body, once = false, needs } = request;
	const headers = {
		accept: "application/json",
		...request.headers
	};
	return written$1(await context.http.send({
		url,
		method,
		headers: body === void 0 ? headers : {
			"content-type": "application/json",
			...headers
		},
		...body === void 0 ? {} : { body: JSON.stringify(body) },
		once,
		signal
	}), new URL(url).origin, needs, headers);
}
/** The same for an answer that is there already. `sent`: see `refuseDenied`. */
function written$1(response, origin, needs, sent) {
	refuseDenied(response, origin, needs, sent);
	if (response.status >= 400) throw new Error(`${origin} does not take it (${response.status})${serverWords(response.text, sent)}`);
	return response.text.trim() === "" ? void 0 : parseJson(response, origin);
}
/** What an answer is that has another shape than its API's description gives it. */
const strange = (origin) => /* @__PURE__ */ new Error(`${origin} answered, but not that it was written; look there whether it was`);
// build/reactions/annotations/application-insights.js
/** Annotation `application-insights`: a release annotation of the component, which the decision brings up to date. */
const schema$15 = strictObject({});
/** https://learn.microsoft.com/rest/api/application-insights/annotations/create */
const answerShape$4 = pipe(array(object({ Id: optional(nullable(string$1())) })), minLength(1));
const needs$4 = "write access to the component: the role Application Insights Component Contributor or Contributor (a new assignment can take an hour)";
/** The service takes bytes over 127 for another character set. */
const ascii = (json) => json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
/** The names that the portal shows are Microsoft's own. */
const propertiesOf$1 = (event, more) => JSON.stringify({
	...more,
	"Deployment Uri": event.run,
	ReleaseName: event.subject,
	BuildNumber: event.version,
	BuildRepositoryName: event.repository,
	SourceBranch: event.ref,
	SourceVersion: event.sha,
	ReleaseEnvironmentName: event.environment,
	ReleaseRequestedFor: event.actor
});
const applicationInsightsAnnotation = defineAnnotation({
	type: "application-insights",
	sourceType: "application-insights",
	schema: schema$15,
	open(_config, connection, context) {
		const id = process.getBuiltinModule("node:crypto").randomUUID();
		const { resourceManager } = azureClouds[connection.cloud];
		const management = connection.management ?? resourceManager;
		const { origin } = new URL(management);
		const scope = `${resourceManager}/.default`;
		const tokens = azureTokens(connection, context);
		const put = async (event, properties, signal) => {
			const body = {
				Id: id,
				AnnotationName: oneLine(event.words, 300),
				EventTime: event.deployedAt,
				Category: "Deployment",
				Properties: propertiesOf$1(event, properties)
			};
			const request = {
				url: `${management}${connection.resource}/Annotations?api-version=2015-05-01`,
				method: "PUT",
				headers: {
					accept: "application/json",
					"content-type": "application/json"
				},
				body: ascii(JSON.stringify(body)),
				signal
			};
			const response = await sendToAzure(context, tokens, scope, request);
			const sent = response.status < 400 ? {} : await credential$1(tokens, scope, signal);
			if (!is(answerShape$4, written$1(response, origin, needs$4, sent))) throw strange(origin);
			return `annotation ${id}`;
		};
		return {
			target: connection.resource.slice(connection.resource.lastIndexOf("/") + 1),
			begin: (event, signal) => put(event, {}, signal),
			end: (event, { decision, reason }, signal) => {
				return put(event, {
					...reason === "observed" ? {} : { Label: decision === "stop" ? "Error" : "Success" },
					Decision: decision,
					Reason: reason
				}, signal);
			}
		};
	}
});
// build/reactions/annotations/datadog.js
/** Annotation `datadog`: events that belong together, and if wanted a deployment for the DORA metrics. */
const schema$14 = strictObject({
	tags: described(optional(array(filled), []), "Tags such as `team:shop`, beside `service`, `env` and `version`."),
	dora: described(optional(boolean(), false), "On `continue` also report the deployment to the DORA metrics; needs `service`."),
	"repository-url": described(optional(httpUrl), "The repository, for the DORA metrics. Default: on GitHub the one of the run; elsewhere the commit is not reported.")
});
/** https://docs.datadoghq.com/api/latest/events/#post-an-event-v1 */
const eventAnswer = object({
	status: literal$1("ok"),
	event: optional(object({ id_str: optional(string$1()) }))
});
/** https://docs.datadoghq.com/api/latest/dora-metrics/#send-a-deployment-event */
const doraAnswer = object({ data: object({ id: string$1() }) });
const needs$3 = "a valid API key of the organization at this site";
const alertTypes = {
	continued: "success",
	observed: "warning",
	faulty: "error",
	undecided: "warning"
};
const seconds = (iso) => Math.floor(Date.parse(iso) / 1e3);
/** Exact to less than a microsecond: what a double can hold. */
const nanoseconds = (iso) => Date.parse(iso) * 1e6;
/** `https://github.com/o/r/actions/runs/1` → `https://github.com/o/r`. */
const repositoryOfRun = ({ run }) => /^(https?:.+)\/actions\/runs\//.exec(run ?? "")?.[1];
const datadogAnnotation = defineAnnotation({
	type: "datadog",
	sourceType: "datadog",
	schema: schema$14,
	open(config, connection, context) {
		const base = connection.url ?? `https://api.${connection.site ?? "datadoghq.com"}`;
		const { origin } = new URL(base);
		const headers = { "dd-api-key": connection["api-key"] };
		const post = async (event, alertType, signal) => {
			const tagged = {
				service: event.service,
				env: event.environment,
				version: event.version
			};
			const tags = Object.entries(tagged).flatMap(([key, value]) => value === void 0 ? [] : [`${key}:${value}`]);
			const body = {
				title: oneLine(event.words, 100),
				text: oneLine([event.words, event.run].filter((part) => part !== void 0).join(" "), 4e3),
				date_happened: seconds(event.at),
				alert_type: alertType,
				aggregation_key: oneLine(`signalbox ${event.began} ${event.subject}`, 100),
				tags: [
					"tool:signalbox",
					...tags,
					...config.tags
				]
			};
			const answer = await write$1(context, {
				url: `${base}/api/v1/events`,
				method: "POST",
				headers,
				body,
				once: true,
				needs: needs$3
			}, signal);
			const parsed = safeParse(eventAnswer, answer);
			if (!parsed.success) throw strange(origin);
			return `event ${parsed.output.event?.id_str ?? ""}`.trim();
		};
		const deployment = async (event, signal) => {
			if (event.service === void 0) throw new Error("expected `service` in the policy: DORA metrics are by service");
			const repository = config["repository-url"] ?? repositoryOfRun(event);
			const attributes = {
				service: event.service,
				...event.environment === void 0 ? {} : { env: event.environment },
				...event.version === void 0 ? {} : { version: event.version },
				started_at: nanoseconds(event.deployedAt),
				finished_at: nanoseconds(event.at),
				...event.sha === void 0 || repository === void 0 ? {} : { git: {
					commit_sha: event.sha,
					repository_url: repository
				} }
			};
			const answer = await write$1(context, {
				url: `${base}/api/v2/dora/deployment`,
				method: "POST",
				headers,
				body: { data: { attributes } },
				once: true,
				needs: needs$3
			}, signal);
			const parsed = safeParse(doraAnswer, answer);
			if (!parsed.success) throw strange(origin);
			return `DORA deployment ${parsed.output.data.id}`;
		};
		return {
			target: origin,
			begin: (event, signal) => post(event, "info", signal),
			async end(event, decision, signal) {
				const outcome = outcomeOf(decision);
				const dora = config.dora && decision.decision === "continue";
				const done = await Promise.allSettled([post(event, alertTypes[outcome], signal), ...dora ? [deployment(event, signal)] : []]);
				const said = done.map((one) => one.status === "fulfilled" ? one.value : `not written: ${one.reason.message}`);
				if (done.some(({ status }) => status === "rejected")) throw new Error(said.join("; "));
				return said.join(", ");
			}
		};
	}
});
// build/reactions/annotations/dynatrace.js
/** Annotation `dynatrace`: a deployment event, and one for the decision. */
const schema$13 = strictObject({ entity: described(optional(filled), "Entity selector such as `type(\"SERVICE\"),tag(\"checkout\")`; entities must have been active in the last 24 hours. Default: that of the source, or else the environment.") });
/** https://docs.dynatrace.com/docs/dynatrace-api/environment-api/events-v2/post-event */
const answerShape$3 = object({
	reportCount: number$2(),
	eventIngestResults: optional(array(object({
		correlationId: optional(string$1()),
		status: string$1()
	})), [])
});
const needs$2 = "an access token with the scope events.ingest";
/** Texts only, each of at most 4096 characters. */
const propertiesOf = (event, more) => {
	const all = {
		...more,
		"dt.event.deployment.name": event.subject,
		"dt.event.deployment.version": event.version,
		"dt.event.deployment.project": event.service,
		"dt.event.deployment.release_stage": event.environment,
		"dt.event.deployment.ci_back_link": event.run,
		commit: event.sha,
		actor: event.actor,
		message: event.words
	};
	const given = Object.entries(all).filter((entry) => entry[1] !== void 0);
	return Object.fromEntries(given.map(([key, value]) => [key, oneLine(value, 4e3)]));
};
const dynatraceAnnotation = defineAnnotation({
	type: "dynatrace",
	sourceType: "dynatrace",
	schema: schema$13,
	open(config, connection, context) {
		const { origin } = new URL(connection.url);
		const selector = config.entity ?? connection.entity;
		let marked = false;
		const send = async (event, eventType, more, signal) => {
			const at = Date.parse(event.at);
			const body = {
				eventType,
				title: oneLine(event.words, 500),
				startTime: eventType === "CUSTOM_DEPLOYMENT" ? Date.parse(event.deployedAt) : at,
				endTime: at,
				...selector === void 0 ? {} : { entitySelector: selector },
				properties: propertiesOf(event, more)
			};
			const headers = { authorization: `Api-Token ${connection.token}` };
			const answer = await write$1(context, {
				url: `${connection.url}/api/v2/events/ingest`,
				method: "POST",
				headers,
				body,
				once: true,
				needs: needs$2
			}, signal);
			const parsed = safeParse(answerShape$3, answer);
			if (!parsed.success) throw strange(origin);
			const { reportCount, eventIngestResults: results } = parsed.output;
			if (reportCount === 0) throw new Error(`${origin} found no entity by \`${selector ?? ""}\``);
			const refused = results.filter(({ status }) => status !== "OK");
			if (refused.length > 0) throw new Error(`${origin} does not take it for ${refused.length} of ${results.length} entities: ${oneLine([...new Set(refused.map(({ status }) => status))].join(", "))}`);
			marked = true;
			return `event ${results[0]?.correlationId ?? ""} on ${reportCount} ${reportCount === 1 ? "entity" : "entities"}`;
		};
		return {
			target: origin,
			begin: (event, signal) => send(event, "CUSTOM_DEPLOYMENT", {}, signal),
			end: (event, { decision, reason }, signal) => {
				return send(event, marked || decision === "stop" ? "CUSTOM_INFO" : "CUSTOM_DEPLOYMENT", {
					decision,
					reason
				}, signal);
			}
		};
	}
});
// build/reactions/github.js
/** What all reactions on GitHub share: address, headers, and what its refusals mean. */
const repositoryForm = /^[\w.-]+\/[\w.-]+$/;
/** @param permission that the token must have, e.g. `issues: write` */
const githubFields = (permission) => ({
	token: described(secret, `A token with the permission \`${permission}\`.`),
	repository: described(optional(pipe(string$1(), trim(), regex(repositoryForm, "an owner and a repository such as octocat/shop"))), "`owner/repository`. Default: the run's."),
	url: described(optional(httpUrl), "Base URL of the API. Default: `GITHUB_API_URL`, or `https://api.github.com`.")
});
function githubApi(config, context, permission) {
	const base = config.url ?? (context.identity.env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, "");
	const { host, origin } = new URL(base);
	const needs = `a token with the permission ${permission}`;
	const headers = {
		accept: "application/vnd.github+json",
		authorization: `Bearer ${config.token}`,
		"x-github-api-version": "2022-11-28"
	};
	return {
		host,
		origin,
		repositoryOf(event) {
			const name = config.repository ?? event.repository ?? "";
			if (!repositoryForm.test(name)) throw new Error("expected `repository: owner/name` in the policy");
			return name;
		},
		async call(path, what, signal, { method, body } = {}) {
			const request = body === void 0 ? { method: method ?? "GET" } : {
				method: method ?? "POST",
				body,
				once: (method ?? "POST") === "POST"
			};
			return write$1(context, {
				url: `${base}${path}`,
				headers,
				needs,
				...request
			}, signal).catch((error) => {
				if (error.code !== "not-found") throw error;
				throw new Error(`${origin} knows no ${what}, or the token may not see it: it needs ${needs}`);
			});
		}
	};
}
// build/reactions/annotations/github-deployment.js
/** Annotation `github-deployment`: the status of a deployment on GitHub. */
const deploymentId = pipe(union([string$1(), number$2()]), transform(String), regex(/^\d+$/, "the number of a deployment"));
const permission$3 = "deployments: write";
const schema$12 = strictObject({
	...githubFields(permission$3),
	deployment: described(optional(deploymentId), "Id of the deployment. Default: the newest one of the commit to the environment."),
	"environment-url": described(optional(httpUrl), "Where the environment can be looked at; GitHub shows that of the newest status only.")
});
/** https://docs.github.com/rest/deployments/deployments#list-deployments, newest first */
const listShape = array(object({ id: number$2() }));
/** https://docs.github.com/rest/deployments/statuses#create-a-deployment-status */
const answerShape$2 = object({ id: number$2() });
/** What only observed lets the train go. */
const states$2 = {
	continued: "success",
	observed: "success",
	faulty: "failure",
	undecided: "error"
};
const githubDeploymentAnnotation = defineAnnotation({
	type: "github-deployment",
	schema: schema$12,
	open(config, _connection, context) {
		const api = githubApi(config, context, permission$3);
		let found = config.deployment;
		const lookUp = async (event, repository, signal) => {
			const { sha, environment } = event;
			if (sha === void 0 || environment === void 0) throw new Error("expected `deployment` in the annotation, or the inputs `sha` and `environment` to find it by");
			const path = `/repos/${repository}/deployments?${new URLSearchParams({
				sha,
				environment,
				per_page: "1"
			}).toString()}`;
			const parsed = safeParse(listShape, await api.call(path, `repository ${repository}`, signal));
			if (!parsed.success) throw strange(api.origin);
			const [newest] = parsed.output;
			if (newest === void 0) {
				const commit = sha.slice(0, 10);
				throw new Error(`${repository} has no deployment of ${commit} to ${environment}; name one by \`deployment\``);
			}
			return String(newest.id);
		};
		const status = async (event, state, signal) => {
			const repository = api.repositoryOf(event);
			found ??= await lookUp(event, repository, signal);
			const body = {
				state,
				description: oneLine(event.words, 140),
				...event.run === void 0 ? {} : { log_url: event.run },
				...config["environment-url"] === void 0 ? {} : { environment_url: config["environment-url"] }
			};
			const path = `/repos/${repository}/deployments/${found}/statuses`;
			const answer = await api.call(path, `deployment ${found} of ${repository}`, signal, { body });
			if (!is(answerShape$2, answer)) throw strange(api.origin);
			return `${state} on deployment ${found} of ${repository}`;
		};
		return {
			target: config.repository ?? api.host,
			begin: (event, signal) => status(event, "in_progress", signal),
			end: (event, decision, signal) => status(event, states$2[outcomeOf(decision)], signal)
		};
	}
});
// build/net/auth/basic.js
/** The ways to sign in that need nothing but what the policy gives. */
/** Fields of a source's schema; with the check `oneWayToSignIn`. */
const authFields = {
	token: described(optional(secret), "Sent as `Authorization: Bearer …`."),
	username: described(optional(filled), "For basic authentication, with `password`."),
	password: described(optional(secret), "For basic authentication, with `username`.")
};
const signsInOneWay = (config) => config.username === void 0 === (config.password === void 0) && (config.token === void 0 || config.username === void 0);
/** What `signsInOneWay` expects. */
const oneWayToSignIn = "either `token`, or `username` and `password` together";
/** @returns the headers that sign in, none without a credential */
function authorization({ token, username, password }) {
	if (token !== void 0) return { authorization: `Bearer ${token}` };
	if (username === void 0) return {};
	return { authorization: `Basic ${Buffer.from(`${username}:${password ?? ""}`).toString("base64")}` };
}
// build/reactions/annotations/grafana.js
/** Annotation `grafana`: one region on the dashboards, from the deployment to the decision. */
const schema$11 = strictObject({
	tags: described(optional(array(filled), []), "Tags beside `signalbox`, the service, the environment and the decision; dashboards choose annotations by them."),
	dashboard: described(optional(filled), "UID of a dashboard. Default: an annotation of the organization, which every dashboard can show by its tags."),
	panel: described(optional(whole(1)), "Id of a panel of the dashboard.")
});
/** https://grafana.com/docs/grafana/latest/developers/http_api/annotations/#create-annotation */
const created = object({ id: number$2() });
const needs$1 = "a service account with the permissions annotations:create and annotations:write (role Editor)";
/** Grafana shows the text as HTML. */
const html = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const textOf = ({ words, run }) => run === void 0 ? html(words) : `${html(words)} <a href="${html(run).replaceAll("\"", "&quot;")}">run</a>`;
const grafanaAnnotation = defineAnnotation({
	type: "grafana",
	sourceType: "grafana",
	schema: schema$11,
	open(config, connection, context) {
		const { origin } = new URL(connection.url);
		const headers = authorization(connection);
		let id;
		const tags = ({ service, environment }, ...more) => [...new Set([
			"signalbox",
			service,
			environment,
			...more,
			...config.tags
		].filter((tag) => tag !== void 0))];
		const create = async (fields, signal) => {
			const place = {
				...config.dashboard === void 0 ? {} : { dashboardUID: config.dashboard },
				...config.panel === void 0 ? {} : { panelId: config.panel }
			};
			const url = `${connection.url}/api/annotations`;
			const body = {
				...place,
				...fields
			};
			const answer = await write$1(context, {
				url,
				method: "POST",
				headers,
				body,
				once: true,
				needs: needs$1
			}, signal);
			const parsed = safeParse(created, answer);
			if (!parsed.success) throw strange(origin);
			return parsed.output.id;
		};
		return {
			target: origin,
			async begin(event, signal) {
				const fields = {
					time: Date.parse(event.deployedAt),
					tags: tags(event),
					text: textOf(event)
				};
				id = await create(fields, signal);
				return `annotation ${id}`;
			},
			async end(event, decision, signal) {
				const said = outcomeOf(decision) === "observed" ? "observed" : decision.decision;
				const fields = {
					timeEnd: Date.parse(event.at),
					tags: tags(event, said),
					text: textOf(event)
				};
				if (id === void 0) id = await create({
					time: Date.parse(event.deployedAt),
					...fields
				}, signal);
				else await write$1(context, {
					url: `${connection.url}/api/annotations/${id}`,
					method: "PATCH",
					headers,
					body: fields,
					needs: needs$1
				}, signal);
				return `annotation ${id}`;
			}
		};
	}
});
// build/reactions/annotations/new-relic.js
/** Annotation `new-relic`: events of change tracking, through NerdGraph. */
const schema$10 = strictObject({ entity: described(optional(filled), "Which entity is marked, as an entity search: `name = 'checkout' AND type = 'APPLICATION'`, `id = '<guid>'`. Default: the one with the service's name.") });
/** https://docs.newrelic.com/docs/change-tracking/config/nerdgraph/; an error is an answer with status 200. */
const answerShape$1 = object({
	errors: optional(nullable(array(object({ message: string$1() })))),
	data: optional(nullable(object({ changeTrackingCreateEvent: nullable(object({
		changeTrackingEvent: nullable(object({ changeTrackingId: string$1() })),
		messages: optional(nullable(array(string$1())))
	})) })))
});
const needs = "a user key (not a license or ingest key) of a user who may see the entity";
/** An event as GraphQL's input literals. A string of JSON is one of GraphQL; `undefined` is left out. */
function literal(value) {
	if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	return `{${Object.entries(value).filter(([, inner]) => inner !== void 0).map(([key, inner]) => `${key}: ${literal(inner)}`).join(", ")}}`;
}
const newRelicAnnotation = defineAnnotation({
	type: "new-relic",
	sourceType: "new-relic",
	schema: schema$10,
	open(config, connection, context) {
		const url = connection.url ?? `https://api.${connection.region === "eu" ? "eu." : ""}newrelic.com/graphql`;
		const { origin } = new URL(url);
		const headers = { "api-key": connection["api-key"] };
		let marked = false;
		const send = async (event, kind, attributes, signal) => {
			const { service } = event;
			if (config.entity === void 0 && service === void 0) throw new Error("expected `entity` in the annotation, or `service` in the policy: which entity is to be marked?");
			const own = `name = '${(service ?? "").replace(/[\\']/g, "\\$&")}' AND accountId = ${connection.account}`;
			const deployment = {
				version: event.version ?? event.sha ?? "unknown",
				commit: event.sha,
				deepLink: event.run
			};
			const query = `mutation { changeTrackingCreateEvent(changeTrackingEvent: ${literal({
				categoryAndTypeData: kind === "deployment" ? {
					kind: {
						category: "deployment",
						type: "basic"
					},
					categoryFields: { deployment }
				} : { kind: {
					category: "operational",
					type: "other"
				} },
				entitySearch: { query: config.entity ?? own },
				shortDescription: oneLine(event.words, 120),
				description: oneLine([event.words, event.run].filter((part) => part !== void 0).join(" "), 1e3),
				user: event.actor,
				groupId: oneLine(`signalbox ${event.began} ${event.subject}`, 100),
				timestamp: Date.parse(event.at),
				customAttributes: {
					...attributes,
					environment: event.environment
				}
			})}) { changeTrackingEvent { changeTrackingId } messages } }`;
			const answer = await write$1(context, {
				url,
				method: "POST",
				headers,
				body: { query },
				once: true,
				needs
			}, signal);
			const parsed = safeParse(answerShape$1, answer);
			if (!parsed.success) throw strange(origin);
			const { errors, data } = parsed.output;
			const result = data?.changeTrackingCreateEvent;
			const said = [...(errors ?? []).map(({ message }) => message), ...result?.messages ?? []].join("; ");
			const id = result?.changeTrackingEvent?.changeTrackingId;
			if (id === void 0 || (errors ?? []).length > 0) throw new Error(`${origin} does not take it${said === "" ? "" : `: ${oneLine(said, 300)}`}; it needs ${needs}`);
			marked = true;
			return `change event ${id}${said === "" ? "" : `: ${oneLine(said)}`}`;
		};
		return {
			target: origin,
			begin: (event, signal) => send(event, "deployment", {}, signal),
			end: (event, { decision, reason }, signal) => send(event, marked || decision === "stop" ? "decision" : "deployment", {
				decision,
				reason
			}, signal)
		};
	}
});
// build/reactions/annotations/sentry.js
/** Annotation `sentry`: a deploy of the release, once the train continues. */
const schema$9 = strictObject({
	release: described(optional(filled), "The release as Sentry knows it, such as `checkout@${release.version}`. Default: the version that is released."),
	projects: described(optional(array(filled)), "Slugs of projects. Default: all those of the release.")
});
/** https://docs.sentry.io/api/releases/create-a-deploy/ */
const answerShape = object({ id: union([string$1(), number$2()]) });
// build/reactions/index.js
/** Every kind of annotation, by its `type` in the policy. */
const annotationTypes = [
	applicationInsightsAnnotation,
	datadogAnnotation,
	dynatraceAnnotation,
	githubDeploymentAnnotation,
	grafanaAnnotation,
	newRelicAnnotation,
	defineAnnotation({
		type: "sentry",
		sourceType: "sentry",
		schema: schema$9,
		open(config, connection, context) {
			const { origin } = new URL(connection.url);
			return {
				target: `${origin} ${connection.organization}`,
				async end(event, { decision }, signal) {
					if (decision !== "continue") return void 0;
					const release = config.release ?? event.version;
					if (release === void 0) throw new Error("expected the input `version`, or `release` in the annotation");
					const environment = event.environment ?? connection.environment;
					if (environment === void 0) throw new Error("expected the input `environment`: Sentry keeps deploys by it");
					const path = [
						"organizations",
						connection.organization,
						"releases",
						release,
						"deploys"
					].map(encodeURIComponent);
					const body = {
						environment,
						name: oneLine(event.words, 64),
						...event.run === void 0 ? {} : { url: event.run },
						dateStarted: event.deployedAt,
						dateFinished: event.at,
						...config.projects === void 0 ? {} : { projects: config.projects }
					};
					const answer = await write$1(context, {
						url: `${connection.url}/api/0/${path.join("/")}/`,
						method: "POST",
						headers: { authorization: `Bearer ${connection.token}` },
						body,
						once: true,
						needs: "a token with the scope org:ci or project:releases"
					}, signal).catch((error) => {
						if (error.code !== "not-found") throw error;
						throw new Error(`${origin} knows no release \`${release}\` of ${connection.organization}; create it before`);
					});
					const parsed = safeParse(answerShape, answer);
					if (!parsed.success) throw strange(origin);
					return `deploy ${parsed.output.id} of ${release}`;
				}
			};
		}
	})
];
const annotationTypeOf = (type) => annotationTypes.find((t) => t.type === type);
// build/sources/deployment/index.js
const deploymentSources = [
	{
		type: "app-service",
		families: ["deployment"],
		moves: "swap",
		comparesSettings: true,
		load: async () => (await import("./sources-deployment-app-service-index.js")).appServiceSource
	},
	{
		type: "azure-resource-health",
		families: ["deployment"],
		load: async () => (await import("./sources-deployment-azure-resource-health.js")).azureResourceHealthSource
	},
	{
		type: "kubernetes",
		families: ["deployment"],
		moves: "weights",
		load: async () => (await import("./sources-deployment-kubernetes-index.js")).kubernetesSource
	},
	{
		type: "container-apps",
		families: ["deployment"],
		moves: "weights",
		load: async () => (await import("./sources-deployment-container-apps-index.js")).containerAppsSource
	},
	{
		type: "github-deployments",
		families: ["deployment"],
		load: async () => (await import("./sources-deployment-github-deployments-index.js")).githubDeploymentsSource
	},
	{
		type: "azure-devops-environments",
		families: ["deployment"],
		load: async () => (await import("./sources-deployment-azure-devops-environments-index.js")).azureDevopsEnvironmentsSource
	},
	{
		type: "http-traffic",
		families: ["deployment"],
		moves: "weights",
		load: async () => (await import("./sources-deployment-http-traffic-index.js")).httpTrafficSource
	},
	{
		type: "slot-probe",
		families: ["probes"],
		load: async () => (await import("./sources-deployment-slot-probe-index.js")).slotProbeSource
	}
];
// build/sources/flags/index.js
const flagSources = [
	{
		type: "flagd",
		families: ["flags"],
		serves: true,
		load: async () => (await import("./sources-flags-flagd-index.js")).flagdSource
	},
	{
		type: "ofrep",
		families: ["flags"],
		serves: true,
		load: async () => (await import("./sources-flags-ofrep-index.js")).ofrepSource
	},
	{
		type: "go-feature-flag",
		families: ["flags"],
		load: async () => (await import("./sources-flags-go-feature-flag-index.js")).goFeatureFlagSource
	},
	{
		type: "flipt",
		families: ["flags"],
		controls: "rollout",
		load: async () => (await import("./sources-flags-flipt-index.js")).fliptSource
	},
	{
		type: "aws-appconfig",
		families: ["flags"],
		controls: "switch",
		load: async () => (await import("./sources-flags-aws-appconfig-index.js")).awsAppConfigSource
	},
	{
		type: "unleash",
		families: ["flags"],
		controls: "rollout",
		load: async () => (await import("./sources-flags-unleash-index.js")).unleashSource
	},
	{
		type: "launchdarkly",
		families: ["flags"],
		controls: "rollout",
		load: async () => (await import("./sources-flags-launchdarkly-index.js")).launchDarklySource
	},
	{
		type: "statsig",
		families: ["flags"],
		controls: "rollout",
		load: async () => (await import("./sources-flags-statsig-index.js")).statsigSource
	},
	{
		type: "configcat",
		families: ["flags"],
		controls: "rollout",
		load: async () => (await import("./sources-flags-configcat-index.js")).configCatSource
	},
	{
		type: "azure-app-configuration",
		families: ["flags"],
		controls: "rollout",
		load: async () => (await import("./sources-flags-azure-app-configuration-index.js")).azureAppConfigurationSource
	},
	{
		type: "http-flags",
		families: ["flags"],
		controls: "rollout",
		load: async () => (await import("./sources-flags-http-flags-index.js")).httpFlagsSource
	},
	{
		type: "split",
		families: ["flags"],
		controls: "rollout",
		load: async () => (await import("./sources-flags-split-index.js")).splitSource
	},
	{
		type: "flagsmith",
		families: ["flags"],
		controls: "switch",
		load: async () => (await import("./sources-flags-flagsmith-index.js")).flagsmithSource
	},
	{
		type: "growthbook",
		families: ["flags"],
		controls: "switch",
		load: async () => (await import("./sources-flags-growthbook-index.js")).growthBookSource
	},
	{
		type: "posthog",
		families: ["flags"],
		controls: "rollout",
		load: async () => (await import("./sources-flags-posthog-index.js")).postHogSource
	}
];
// build/sources/security/index.js
/** Files of the workspace, by the type of the source that reads them. */
const fileFormats = [
	{
		type: "sarif",
		load: async () => (await import("./sources-security-sarif-index.js")).sarifFormat
	},
	{
		type: "trivy",
		load: async () => (await import("./sources-security-formats-trivy.js")).trivyFormat
	},
	{
		type: "grype",
		load: async () => (await import("./sources-security-formats-grype.js")).grypeFormat
	},
	{
		type: "osv-scanner",
		load: async () => (await import("./sources-security-formats-osv-scanner.js")).osvScannerFormat
	},
	{
		type: "npm-audit",
		load: async () => (await import("./sources-security-formats-npm-audit.js")).npmAuditFormat
	}
];
const fromFiles = async (load) => {
	const [{ fileSource }, format] = await Promise.all([import("./scans.js").then((n) => n.F), load()]);
	return fileSource(format);
};
const securitySources = [
	...fileFormats.map(({ type, load }) => ({
		type,
		families: ["security"],
		load: () => fromFiles(load)
	})),
	{
		type: "github-code-scanning",
		families: ["security"],
		load: async () => (await import("./sources-security-github-code-scanning.js")).githubCodeScanningSource
	},
	{
		type: "dependabot",
		families: ["security"],
		load: async () => (await import("./sources-security-github-dependabot.js")).dependabotSource
	},
	{
		type: "github-secret-scanning",
		families: ["security"],
		load: async () => (await import("./sources-security-github-secret-scanning.js")).githubSecretScanningSource
	},
	{
		type: "azure-devops-security",
		families: ["security"],
		load: async () => (await import("./sources-security-azure-devops-index.js")).azureDevopsSecuritySource
	}
];
// build/sources/index.js
/** Every kind of source, by its `type` in the policy. A run loads those that its policy names. */
const sourceEntries = [
	...[
		{
			type: "alertmanager",
			families: ["alerts"],
			load: async () => (await import("./sources-telemetry-alertmanager.js")).alertmanagerSource
		},
		{
			type: "application-insights",
			families: ["telemetry"],
			bins: ["each"],
			load: async () => (await import("./sources-telemetry-azure-application-insights.js")).applicationInsightsSource
		},
		{
			type: "log-analytics",
			families: ["telemetry"],
			bins: ["each"],
			load: async () => (await import("./sources-telemetry-azure-log-analytics.js")).logAnalyticsSource
		},
		{
			type: "azure-monitor",
			families: ["telemetry", "alerts"],
			bins: ["each"],
			load: async () => (await import("./sources-telemetry-azure-monitor.js")).azureMonitorSource
		},
		{
			type: "cloudwatch",
			families: ["telemetry", "alerts"],
			bins: ["each"],
			load: async () => (await import("./sources-telemetry-cloudwatch-index.js")).cloudwatchSource
		},
		{
			type: "datadog",
			families: ["telemetry", "alerts"],
			bins: ["each"],
			load: async () => (await import("./sources-telemetry-datadog-index.js")).datadogSource
		},
		{
			type: "datadog-gates",
			families: ["alerts"],
			load: async () => (await import("./sources-telemetry-datadog-gates.js")).datadogGatesSource
		},
		{
			type: "dynatrace",
			families: ["telemetry", "alerts"],
			bins: ["each"],
			load: async () => (await import("./sources-telemetry-dynatrace.js")).dynatraceSource
		},
		{
			type: "elastic",
			families: ["telemetry"],
			bins: ["each"],
			load: async () => (await import("./sources-telemetry-elastic-index.js")).elasticSource
		},
		{
			type: "grafana",
			families: ["telemetry", "alerts"],
			bins: ["each"],
			load: async () => (await import("./sources-telemetry-grafana-index.js")).grafanaSource
		},
		{
			type: "graphite",
			families: ["telemetry"],
			bins: ["each"],
			load: async () => (await import("./sources-telemetry-graphite.js")).graphiteSource
		},
		{
			type: "http-json",
			families: ["telemetry"],
			load: async () => (await import("./sources-telemetry-http-json-index.js")).httpJsonSource
		},
		{
			type: "http-probe",
			families: ["telemetry"],
			load: async () => (await import("./sources-telemetry-http-probe-index.js")).httpProbeSource
		},
		{
			type: "influxdb",
			families: ["telemetry"],
			bins: ["each"],
			load: async () => (await import("./sources-telemetry-influxdb-index.js")).influxdbSource
		},
		{
			type: "loki",
			families: ["telemetry"],
			bins: ["each"],
			load: async () => (await import("./sources-telemetry-loki.js")).lokiSource
		},
		{
			type: "new-relic",
			families: ["telemetry"],
			load: async () => (await import("./sources-telemetry-new-relic.js")).newRelicSource
		},
		{
			type: "prometheus",
			families: ["telemetry", "alerts"],
			bins: ["each", "increase"],
			load: async () => (await import("./sources-telemetry-prometheus-index.js")).prometheusSource
		},
		{
			type: "samples",
			families: ["telemetry"],
			bins: ["each"],
			load: async () => (await import("./sources-telemetry-samples.js")).samplesSource
		},
		{
			type: "sentry",
			families: ["telemetry", "alerts"],
			load: async () => (await import("./sources-telemetry-sentry-index.js")).sentrySource
		}
	],
	...securitySources,
	...flagSources,
	...deploymentSources
];
const loaded = /* @__PURE__ */ new Map();
/** Loads kinds of sources; from then on `sourceTypeOf` knows them. Names that are none are left out. */
async function loadSourceTypes(types) {
	const wanted = sourceEntries.filter(({ type }) => types.includes(type) && !loaded.has(type));
	for (const type of await Promise.all(wanted.map((entry) => entry.load()))) loaded.set(type.type, type);
}
/** A kind of source that was loaded. */
const sourceTypeOf = (type) => loaded.get(type ?? "");
// build/policy/wall-clock.js
/**
* What the clocks of a time zone show, and when they show it. Wall times are counted as if the zone were UTC: milliseconds since
* 1970-01-01 00:00 on that wall. Pure; the rules of the zones are those of the runtime (`Intl`).
*/
const minuteMs = 6e4;
const hourMs = 60 * minuteMs;
/** Making one costs more than all that is asked of it. */
const formats = /* @__PURE__ */ new Map();
function formatOf(zone) {
	let format = formats.get(zone);
	if (!format) {
		const two = "2-digit";
		const parts = {
			year: "numeric",
			month: two,
			day: two,
			hour: two,
			minute: two,
			second: two
		};
		format = new Intl.DateTimeFormat("en-US", {
			timeZone: zone,
			hourCycle: "h23",
			calendar: "iso8601",
			...parts
		});
		formats.set(zone, format);
	}
	return format;
}
/** @param at milliseconds since the epoch. @returns what the wall shows then */
function wallTime(zone, at) {
	const parts = new Map(formatOf(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
	const part = (type) => parts.get(type) ?? NaN;
	const second = Math.floor(at / 1e3) * 1e3;
	return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) + (at - second);
}
/** No zone is further from UTC. */
const furthestMs = 15 * hourMs;
/**
* When the wall shows a time: the first and the last instant, which differ where clocks are put back. Where they are put forward over it,
* both are the instant at which they are.
*/
function instantsOf(zone, wall) {
	const offsets = /* @__PURE__ */ new Set();
	for (let at = wall - furthestMs; at <= wall + furthestMs; at += hourMs / 2) offsets.add(wallTime(zone, at) - at);
	const candidates = [...offsets].map((offset) => wall - offset).sort((a, b) => a - b);
	const shown = candidates.filter((at) => wallTime(zone, at) === wall);
	const [first] = shown;
	const last = shown.at(-1);
	if (first !== void 0 && last !== void 0) return {
		first,
		last
	};
	let before = candidates[0] ?? wall;
	let after = candidates.at(-1) ?? wall;
	while (after - before > 1e3) {
		const middle = before + Math.floor((after - before) / 2e3) * 1e3;
		if (wallTime(zone, middle) < wall) before = middle;
		else after = middle;
	}
	return {
		first: after,
		last: after
	};
}
/** Names that are newer than those by which some runtimes list these zones. */
const newer = [
	"UTC",
	"Europe/Kyiv",
	"Asia/Kolkata",
	"Asia/Kathmandu",
	"Asia/Ho_Chi_Minh",
	"America/Nuuk",
	"Asia/Yangon"
];
/** A name of the IANA database, aliases too. Offsets such as `+02:00` are none: they know nothing of summer time. */
function isZone(name) {
	if (!/^[A-Za-z]/.test(name)) return false;
	try {
		formatOf(name);
		return true;
	} catch {
		return false;
	}
}
/** What is wrong with the name of a zone, with the nearest right one. */
function zoneWords(name) {
	const known = [...Intl.supportedValuesOf("timeZone"), ...newer];
	const city = (zone) => zone.slice(zone.lastIndexOf("/") + 1);
	const meant = nearest(name, known) ?? known.find((zone) => city(zone).toLowerCase() === city(name).toLowerCase());
	return `a time zone such as \`Europe/Berlin\`${meant === void 0 ? "" : ` (did you mean \`${meant}\`?)`}`;
}
const days = [
	"Sun",
	"Mon",
	"Tue",
	"Wed",
	"Thu",
	"Fri",
	"Sat"
];
/** `Mon 2026-11-30 07:00`. @param wall as `wallTime` gives it */
function wallWords(wall) {
	const date = new Date(wall);
	return `${days[date.getUTCDay()]} ${date.toISOString().slice(0, 16).replace("T", " ")}`;
}
const dateForm = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2}))?$/;
/**
* `2026-12-20 18:00`, or a day alone.
*
* @param bound a day alone means its beginning, or its end
* @returns the wall time; undefined: it is none
*/
function parseWall(text, bound) {
	const [, day, hour, minute] = dateForm.exec(text.trim()) ?? [];
	if (day === void 0) return void 0;
	const start = Date.parse(`${day}T00:00:00Z`);
	if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(day)) return void 0;
	if (hour === void 0) return bound === "from" ? start : start + 24 * hourMs;
	const time = timeOf(hour, minute);
	return time === void 0 ? void 0 : start + time;
}
const weekForm = /^([A-Za-z]{3,9})\s+(\d{2}):(\d{2})$/;
const fullDays = [
	"sunday",
	"monday",
	"tuesday",
	"wednesday",
	"thursday",
	"friday",
	"saturday"
];
/** `Fri 16:00`, `Friday 16:00`. @returns undefined: it is none */
function parseWeekTime(text) {
	const [, word = "", hour, minute] = weekForm.exec(text.trim()) ?? [];
	const name = word.toLowerCase();
	const day = fullDays.findIndex((full) => full === name || full.slice(0, 3) === name);
	const time = hour === void 0 ? void 0 : timeOf(hour, minute);
	return day < 0 || time === void 0 ? void 0 : {
		day,
		time
	};
}
/** Up to 24:00, the end of the day. */
function timeOf(hour, minute) {
	const time = Number(hour) * hourMs + Number(minute) * minuteMs;
	return Number(minute) < 60 && time <= 24 * hourMs ? time : void 0;
}
// build/policy/freezes.js
/** Times in which no train goes: once, or every week, by the wall clock of a time zone. Pure. */
const wallBound = (bound) => pipe(string$1(), check$2((text) => parseWall(text, bound) !== void 0, "a day and a time such as `2026-12-20 18:00`, or a day alone"));
const weekBound = pipe(string$1(), check$2((text) => parseWeekTime(text) !== void 0, "a weekday and a time such as `Fri 16:00`"));
const freeze = pipe(strictObject({
	name: described(filled, "What people call it; unique in the policy."),
	zone: described(pipe(filled, check$2(isZone, ({ input }) => zoneWords(input))), "The time zone of all times here, by its name: `Europe/Berlin`. Summer time is heeded."),
	from: described(optional(wallBound("from")), "When it begins: `2026-12-20 18:00`; a day alone means its beginning."),
	to: described(optional(wallBound("to")), "When it ends: `2027-01-02 08:00`; a day alone is frozen to its end."),
	every: described(optional(strictObject({
		from: described(weekBound, "When it begins in each week: `Fri 16:00`."),
		to: described(weekBound, "When it ends: `Mon 07:00`.")
	})), "In place of `from` and `to`: every week anew."),
	environments: described(optional(pipe(array(filled), minLength(1, "at least one environment"))), "Where it holds. A train whose environment is not known is frozen too. Default: everywhere."),
	except: described(optional(strictObject({ fixes: described(optional(boolean(), false), "A train that declares a fix (input `fixes`) may pass.") }), {}), "Who may pass all the same.")
}), check$2(({ from, to, every }) => every === void 0 === (from !== void 0) && from === void 0 === (to === void 0), "either `from` and `to`, or `every`"), check$2(({ from, to }) => from === void 0 || to === void 0 || (parseWall(from, "from") ?? 0) < (parseWall(to, "to") ?? 0), "a `to` that is later than `from`"), check$2(({ every }) => every === void 0 || lengthOf(every) < weekMs, "an `every` that leaves some of the week free"));
const freezesSchema = array(freeze);
const dayMs$2 = 864e5;
const weekMs = 7 * dayMs$2;
/** Of a weekly freeze, on the wall. */
function lengthOf(every) {
	const [from, to] = [parseWeekTime(every.from), parseWeekTime(every.to)];
	if (!from || !to) return 0;
	const span = (to.day - from.day) * dayMs$2 + to.time - from.time;
	return span > 0 ? span : span + weekMs;
}
/** When a freeze holds around an instant, on its wall. */
function spansOf({ from, to, every }, wall) {
	if (every === void 0) {
		const span = {
			from: parseWall(from ?? "", "from"),
			to: parseWall(to ?? "", "to")
		};
		return span.from === void 0 || span.to === void 0 ? [] : [{
			from: span.from,
			to: span.to
		}];
	}
	const begins = parseWeekTime(every.from);
	if (!begins) return [];
	const length = lengthOf(every);
	const today = Math.floor(wall / dayMs$2) * dayMs$2;
	return [...Array(10).keys()].flatMap((back) => {
		const day = today + (1 - back) * dayMs$2;
		const start = day + begins.time;
		return new Date(day).getUTCDay() === begins.day ? [{
			from: start,
			to: start + length
		}] : [];
	});
}
const same$1 = (a, b) => a.toLowerCase() === b.toLowerCase();
/** Where nobody says where the train goes, it may go there. */
const covers = ({ environments }, environment) => environments === void 0 || environment === void 0 || environments.some((one) => same$1(one, environment));
/**
* The freezes that hold at an instant, whoever may pass them. Where the clocks are put back, one begins when they first show its beginning,
* and ends when they last show its end.
*
* @param now milliseconds since the epoch
*/
function freezesAt(freezes, now, environment) {
	return freezes.flatMap((one) => {
		if (!covers(one, environment)) return [];
		const wall = wallTime(one.zone, now);
		for (const span of spansOf(one, wall)) {
			if (wall < span.from - dayMs$2 || wall > span.to + dayMs$2) continue;
			const from = instantsOf(one.zone, span.from).first;
			const until = instantsOf(one.zone, span.to).last;
			if (now < from || now >= until) continue;
			const { name, zone } = one;
			const local = wallWords(wallTime(zone, until));
			const [begin, end] = [new Date(from).toISOString(), new Date(until).toISOString()];
			return [{
				name,
				zone,
				from: begin,
				until: end,
				local,
				fixes: one.except.fixes
			}];
		}
		return [];
	});
}
/** Of freezes that hold, that which keeps a train from moving. */
function keptBy(holding, { fixes, lifted }) {
	if (lifted) return void 0;
	const declared = (fixes ?? "").trim() !== "";
	return holding.filter((one) => !(one.fixes && declared)).toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until)).at(-1);
}
/** `until Mon 2026-11-30 07:00 in Europe/Berlin (2026-11-30 06:00 UTC)`. */
const untilWords = ({ local, zone, until }) => `until ${local} in ${zone} (${until.slice(0, 16).replace("T", " ")} UTC)`;
/** What no single freeze can tell. */
function relateFreezes(freezes) {
	return freezes.flatMap(({ name }, index) => {
		const first = freezes.findIndex((other) => other.name === name);
		const message = `\`${name}\` is the name of freeze ${first + 1} already; expected a unique name`;
		return first < index ? [{
			path: [
				"freezes",
				index,
				"name"
			],
			at: "value",
			message
		}] : [];
	});
}
/** Advice on freezes: where they stand in the policy, and what is to be thought about. @param now milliseconds since the epoch */
function adviseFreezes(freezes, now, environment) {
	return freezes.flatMap(({ name, zone, to, environments }, index) => {
		const end = parseWall(to ?? "", "to");
		const over = end !== void 0 && instantsOf(zone, end).last <= now;
		const advice = (key, message) => ({
			path: [
				"freezes",
				index,
				key
			],
			at: "value",
			message
		});
		return [...over ? [advice("to", `the freeze \`${name}\` is over: remove it`)] : [], ...environments !== void 0 && environment === void 0 ? [advice("environments", `nothing says where this train goes, so \`${name}\` holds for it wherever that is: give \`environment\``)] : []];
	});
}
// build/reactions/flags/fields.js
/** What a policy says of flags that are to be changed: `on-stop` and `rollout`. */
/** Reasons of a stop after which a flag may be switched off. */
const stopReasons = [
	"unhealthy",
	"not-steady",
	"insufficient-evidence",
	"not-measured",
	"not-moved",
	"cancelled"
];
const unambiguous = "no value in both `on-values` and `off-values`";
const probe = strictObject({
	with: described(filled, "Name of an entry of `sources` that evaluates flags, e.g. of type `ofrep`."),
	for: described(oneOrMore(evaluationContext), "Evaluation contexts; each needs a `targetingKey`. None of them may be served the new code.")
});
const common = {
	"verify-within": described(optional(duration, "1m"), "How long the flag is read back until it is as wanted; what is not seen by then counts as not done."),
	"pre-flight": described(optional(picklist([
		"block",
		"prove",
		"warn",
		"off"
	]), "block"), "Whether it is proven in every round that the flag can be switched off (it exists, the credential may, no approval or lock is in the way, and off serves the old code): `block` stops the train where something is known to be in the way, `prove` also where the provider does not tell all of it, `warn` only warns."),
	...meaningFields
};
const flagOffSchema = pipe(strictObject({
	flag: described(oneOrMore(filled), "The flag to switch off, or a list of them, in this order."),
	when: described(optional(pipe(array(picklist(stopReasons)), minLength(1, "at least one reason")), [
		"unhealthy",
		"not-steady",
		"insufficient-evidence",
		"not-measured",
		"not-moved"
	]), "The reasons of a stop for which it is switched off. Default: all but `cancelled`."),
	"dry-run": described(optional(boolean(), false), "Only say what would be sent."),
	probe: described(optional(probe), "Evaluate the flag as the application does, once it is read back as off."),
	...common
}), check$2((c) => isUnambiguous(c), unambiguous));
const step = percentage((x) => x > 0 && x <= 1, "a percentage over 0% and up to 100% such as `5%`");
const rolloutSchema = pipe(strictObject({
	flag: described(filled, "The flag that is rolled out."),
	steps: described(pipe(array(step), minLength(1, "at least one step")), "The percentages, each greater than the one before: `[1%, 5%, 25%, 100%]`."),
	from: described(optional(percentage((x) => x >= 0 && x < 1, "a percentage from 0% to under 100% such as `50%`"), "0%"), "Where the flag must stand before the first step. `0%`: off."),
	bake: described(optional(duration), "How long all blocking gates must be healthy together at each step. Default: `steady` of `evaluation`."),
	"on-stop": described(optional(picklist(["off", "last-good"]), "off"), "Where the flag goes when the train stops: `off`, or back to the last step that was good."),
	"on-cancel": described(optional(picklist([
		"stay",
		"off",
		"last-good"
	]), "stay"), "Where it goes when the run is cancelled. From `stay` the input `resume` goes on."),
	...common
}), check$2((c) => isUnambiguous(c), unambiguous), check$2(({ steps, from }) => steps.every((percent, i) => percent > (steps[i - 1] ?? from)), "`steps` of which each is greater than the one before, and the first greater than `from`"));
/** A share in percent, without what decimal fractions lose. */
const percentOfShare = (share) => Number((100 * share).toPrecision(12));
/** The steps in percent, 0 to 100. */
const percentsOf = ({ steps }) => steps.map(percentOfShare);
// build/policy/preparation.js
/** Gates that no policy writes: they prove, round by round, that flags and traffic are where they should be, and that a flag can be switched off if it must be. */
/** A gate that says nothing of the release. */
function preparation(type, name, source, config, enforce) {
	const gateType = gateTypeOf(type);
	if (!gateType) throw new Error(`there is no gate of type ${type}`);
	return {
		...parse$1(gateType.schema, config),
		type,
		name,
		source,
		enforce,
		"on-missing": "hold",
		"on-error": "hold",
		"unhealthy-after": 2,
		preparation: true
	};
}
function aboutFlag(names, wished, { source, flag, ...config }, expected, enforce) {
	let name = wished;
	while (names.includes(name)) name += "'";
	const meaning = {
		"on-values": config["on-values"],
		"off-values": config["off-values"],
		...config["code-default"] === void 0 ? {} : { "code-default": config["code-default"] }
	};
	return preparation("flags", name, source, {
		expect: { [flag]: expected },
		...meaning
	}, enforce);
}
/** Adds the gates that prove, before the train moves, that each flag can be switched off if it must be. */
function withPreparation(policy) {
	const { rollout } = policy;
	const moved = rollout ? [] : stagesOf(policy).flatMap(({ move }) => move?.kind === "flag" ? [move] : []);
	const wanted = [
		...policy["on-stop"].flatMap((config) => config.flag.map((flag) => ({
			...config,
			flag
		}))),
		...rollout === void 0 ? [] : [rollout],
		...moved.map((move) => ({
			...move,
			"pre-flight": "block"
		}))
	];
	const gates = [...policy.gates];
	for (const wish of [
		"prove",
		"block",
		"warn"
	]) for (const config of wanted.filter((c) => c["pre-flight"] === wish)) {
		const names = [...gates, ...(policy.stages ?? []).flatMap((stage) => stage.gates)].map(({ name }) => name);
		const expected = {
			killable: wish === "prove" ? true : "as-far-as-known",
			"when-off": "off"
		};
		const enforce = wish === "warn" ? "warn" : "block";
		const gate = aboutFlag(names, `${config.flag} can be switched off`, config, expected, enforce);
		if (!gates.some((g) => g.preparation && g.source === gate.source && flagOf(g) === config.flag)) gates.push(gate);
	}
	return {
		...policy,
		gates
	};
}
const flagOf = (gate) => Object.keys(gate.expect ?? {})[0];
/** What the gates of `withStands` are called: the same at each stage. */
const standsName = (names, move) => {
	let name = `${move.kind === "flag" ? move.flag : `the traffic of ${move.source}`} stands where it was put`;
	while (names.includes(name)) name += "'";
	return name;
};
/** Adds the gates that prove in each round that everything still stands where these stages, of which the last is the present one, put it. */
function withStands(policy, stages) {
	const moves = new Map(stages.flatMap(({ move }) => move ? [[subjectOf(move), move]] : []));
	const names = [...policy.gates, ...(policy.stages ?? []).flatMap(({ gates }) => gates)].map(({ name }) => name);
	const stands = [...moves.values()].flatMap((move) => {
		if (move.kind === "flag") {
			const expected = move.percent === 0 ? { state: "off" } : { rollout: `= ${move.percent}%` };
			return [aboutFlag([], standsName(names, move), move, expected, "block")];
		}
		if (move.kind === "swap") return [];
		const expect = Object.fromEntries(Object.entries(move.weights).map(([target, percent]) => [target, { traffic: `= ${percent}%` }]));
		return [preparation("deployment", standsName(names, move), move.source, { expect }, "block")];
	});
	return {
		...policy,
		gates: [...policy.gates, ...stands]
	};
}
// build/policy/stages.js
/**
* The stages by which a train moves: rings, shares of the traffic, slots. Each moves something (or nothing), and is then proven by gates
* that begin anew. A `rollout` is the same with a flag at each stage.
*/
const share$1 = percentage((x) => x >= 0 && x <= 1, "a percentage from 0% to 100% such as `5%`");
const targets = pipe(unknown$1(), check$2((x) => typeof x === "object" && x !== null && !Array.isArray(x) && Object.keys(x).length > 0, "a map of targets, such as `green: 5%`"), check$2((x) => ![
	"__proto__",
	"constructor",
	"prototype"
].some((key) => Object.hasOwn(x, key)), "names of targets other than __proto__, constructor, prototype"), record(string$1(), share$1), check$2((x) => Object.values(x).reduce((sum, one) => sum + one, 0) <= 1 + 1e-9, "percentages of at most 100% together"));
const moveFields = {
	source: described(filled, "Name of an entry of `sources` of a type that can move traffic, or change flags."),
	traffic: described(optional(targets), "Where the new version runs, and what each of these gets of the requests: `{ green: 5% }`. The rest goes to the others."),
	rest: described(optional(filled), "Beside `traffic`: who gets the rest. Default: the production slot, where the system has one, else those that have it now, as they share it now."),
	swap: described(optional(filled), "The target that changes places with the one that has the traffic: `swap: staging`."),
	with: described(optional(filled), "Beside `swap`: that other one. Default: `production`."),
	flag: described(optional(filled), "A flag that is rolled out."),
	rollout: described(optional(share$1), "Beside `flag`: to how much of everybody. `0%` is off."),
	"on-values": described(optional(flagValues), "Beside `flag`: see [flags](flags.md)."),
	"off-values": described(optional(flagValues), "Beside `flag`: see [flags](flags.md)."),
	"code-default": described(optional(picklist(["on", "off"])), "Beside `flag`: see [flags](flags.md).")
};
const kinds$1 = [
	"traffic",
	"swap",
	"flag"
];
/** What stands only beside what. */
const beside$1 = {
	rest: "traffic",
	with: "swap",
	rollout: "flag",
	"on-values": "flag",
	"off-values": "flag",
	"code-default": "flag"
};
const move = pipe(strictObject(moveFields), check$2((m) => kinds$1.filter((key) => m[key] !== void 0).length === 1, "one of `traffic`, `swap` and `flag`"), check$2((m) => m.flag === void 0 === (m.rollout === void 0), "`flag` and `rollout` together"), check$2((m) => Object.entries(beside$1).every(([key, of]) => m[key] === void 0 || m[of] !== void 0), "`rest` only beside `traffic`, `with` beside `swap`, and what is about flags beside `flag`"));
/** @param gate the schema of any gate */
const stagesSchema = (gate) => pipe(array(strictObject({
	name: described(filled, "What people call it: `canary-5`; unique. The input `stage` names it."),
	move: described(optional(move), "What is moved before the stage is proven. Default: nothing."),
	bake: described(optional(duration), "How long all blocking gates must be healthy together. Default: `steady` of `evaluation`."),
	warmup: described(optional(duration), "As in `evaluation`, from the move on. Default: that of `evaluation`."),
	deadline: described(optional(duration), "Longest time of this stage. Default: that of `evaluation`."),
	gates: described(optional(array(gate), []), "Gates of this stage alone, beside those of the policy."),
	without: described(optional(array(filled), []), "Names of gates of the policy that are not asked at this stage.")
})), minLength(1, "at least one stage"));
const movesSchema = strictObject({
	"on-stop": described(optional(picklist([
		"back",
		"last-good",
		"stay"
	]), "back"), "Where what was moved goes when the train stops: `back` to the old version, to the `last-good` stage, or nowhere (`stay`)."),
	"on-cancel": described(optional(picklist([
		"stay",
		"back",
		"last-good"
	]), "stay"), "The same when the run is cancelled. From `stay` the inputs `state` and `resume` go on."),
	"verify-within": described(optional(duration, "1m"), "How long each move is read back until it is as wanted; what is not seen by then counts as not done.")
});
const meaningDefaults = strictObject(meaningFields);
function moveOf(config) {
	const { source, traffic, rest, swap, flag } = config;
	if (traffic !== void 0) return {
		kind: "weights",
		source,
		weights: Object.fromEntries(Object.entries(traffic).map(([name, x]) => [name, percentOfShare(x)])),
		...rest === void 0 ? {} : { rest }
	};
	if (swap !== void 0) return {
		kind: "swap",
		source,
		from: swap,
		with: config.with ?? "production"
	};
	const meaning = parse$1(meaningDefaults, {
		"on-values": config["on-values"],
		"off-values": config["off-values"],
		"code-default": config["code-default"]
	});
	return {
		kind: "flag",
		source,
		flag: flag ?? "",
		percent: percentOfShare(config.rollout ?? 0),
		...meaning
	};
}
/** The stages of a policy in their order, those that its `rollout` stands for too; empty: it moves nothing. */
function stagesOf({ stages, rollout, evaluation }) {
	if (stages) return stages.map(({ move: written, ...stage }) => ({
		...stage,
		...written === void 0 ? {} : { move: moveOf(written) }
	}));
	if (!rollout) return [];
	const { warmup, deadline } = evaluation;
	return percentsOf(rollout).map((percent) => ({
		name: percentWords(percent),
		move: {
			kind: "flag",
			source: rollout.source,
			flag: rollout.flag,
			percent,
			...rollout.from === 0 ? {} : { from: percentOfShare(rollout.from) },
			"on-values": rollout["on-values"],
			"off-values": rollout["off-values"],
			"code-default": rollout["code-default"]
		},
		bake: rollout.bake,
		warmup,
		deadline,
		gates: [],
		without: []
	}));
}
const flagWhereTo = {
	off: "back",
	stay: "stay",
	"last-good": "last-good"
};
/** What becomes of the moves when the train does not arrive. */
function movesOf({ moves, rollout }) {
	if (moves) return moves;
	if (!rollout) return {
		"on-stop": "back",
		"on-cancel": "stay",
		"verify-within": 6e4
	};
	const { "on-stop": stop, "on-cancel": cancel, "verify-within": verify } = rollout;
	return {
		"on-stop": flagWhereTo[stop],
		"on-cancel": flagWhereTo[cancel],
		"verify-within": verify
	};
}
/** What is moved: the same for all moves that come after one another. */
const subjectOf = (move) => move.kind === "flag" ? `flag ${move.flag} in ${move.source}` : `traffic of ${move.source}`;
/** Every gate that the policy writes, and where. */
function writtenGates({ gates, stages = [] }) {
	return [...gates.map((gate, index) => ({
		gate,
		path: ["gates", index]
	})), ...stages.flatMap((stage, at) => stage.gates.map((gate, index) => ({
		gate,
		path: [
			"stages",
			at,
			"gates",
			index
		]
	})))];
}
/**
* What must hold at one stage: a policy of its own.
*
* @param index 0 is the first
*/
function stagePolicy(policy, index) {
	const stages = stagesOf(policy);
	const stage = stages[index];
	if (!stage) throw new Error(`there is no stage ${index + 1}`);
	const asked = (gate) => stages.filter(({ without }) => !without.includes(gate.name)).length;
	const shared = policy.gates.filter(({ name }) => !stage.without.includes(name)).map((gate) => {
		const rate = gate["false-stop-rate"];
		return rate === void 0 ? gate : {
			...gate,
			"false-stop-rate": rate / Math.max(1, asked(gate))
		};
	});
	const { bake, warmup, deadline } = stage;
	const evaluation = {
		...policy.evaluation,
		steady: bake,
		warmup,
		deadline
	};
	return withStands({
		...policy,
		gates: [...shared, ...stage.gates],
		evaluation
	}, stages.slice(0, index + 1));
}
/** Names of all gates that stand in rounds, in the order of the report. */
function allGates(policy) {
	const found = new Map(policy.gates.map((gate) => [gate.name, gate]));
	for (const index of stagesOf(policy).keys()) for (const gate of stagePolicy(policy, index).gates) if (!found.has(gate.name)) found.set(gate.name, gate);
	return [...found.values()];
}
// build/policy/relate-stages.js
/** What no single field of the `stages` can tell. */
/** @returns what does not fit together, all of it */
function relateStages(policy) {
	const { stages, rollout, moves } = policy;
	const findings = [];
	const say = (path, message) => findings.push({
		path,
		at: "value",
		message
	});
	if (stages && rollout) {
		say(["rollout"], "expected either `stages` or `rollout`: a stage can move a flag (`move: { source, flag, rollout }`)");
		return findings;
	}
	if (moves && !stages) say(["moves"], "does nothing alone; expected `stages` beside it");
	if (!stages) return findings;
	const seen = /* @__PURE__ */ new Set();
	for (const [index, stage] of stagesOf(policy).entries()) {
		const at = ["stages", index];
		if (seen.has(stage.name)) say([...at, "name"], `\`${stage.name}\` is the name of another stage; expected a unique name`);
		seen.add(stage.name);
		const names = policy.gates.map(({ name }) => name);
		for (const [place, name] of stage.without.entries()) if (!names.includes(name)) say([
			...at,
			"without",
			place
		], `there is no gate \`${name}\`${didYouMean(name, names)}`);
		if (![...policy.gates.filter(({ name }) => !stage.without.includes(name)), ...stage.gates].some(({ enforce }) => enforce === "block")) say(at, "no gate blocks at this stage, so it would never be proven; expected at least one with `enforce: block`");
		if (stage.deadline < stage.bake + stage.warmup || stage.deadline === 0) {
			const least = formatDuration(stage.bake + stage.warmup);
			say([...at, "deadline"], `expected more than warm-up and bake time together (${least}), found ${formatDuration(stage.deadline)}`);
		}
		findings.push(...relateMove(policy, stage, [...at, "move"]));
	}
	return findings;
}
const can = {
	flag: {
		fits: "controls",
		word: "set the percentage of a flag"
	},
	weights: {
		fits: "moves",
		word: "move traffic"
	},
	swap: {
		fits: "moves",
		word: "let two targets change places"
	}
};
function relateMove({ sources }, { move }, at) {
	if (!move) return [];
	const type = Object.hasOwn(sources, move.source) ? sources[move.source]?.type : void 0;
	const { fits, word } = can[move.kind];
	const able = sourceEntries.filter((entry) => move.kind === "flag" ? entry[fits] === "rollout" : move.kind === "swap" ? entry[fits] === "swap" : entry[fits]).map((entry) => entry.type);
	if (type !== void 0 && able.includes(type)) return [];
	const message = type === void 0 ? `there is no source \`${move.source}\` under \`sources\`${didYouMean(move.source, Object.keys(sources))}` : `a source of type \`${type}\` cannot ${word}; expected one of ${able.join(", ")}`;
	return [{
		path: [...at, "source"],
		at: "value",
		message
	}];
}
// build/policy/relate.js
/** What no single field of a policy can tell: names that must exist, gates that must block, times that must fit. */
/** The source that a gate asks, or that an annotation writes to. */
const sourceOf = (policy, { source }) => typeof source === "string" ? Object.hasOwn(policy.sources, source) ? policy.sources[source] : void 0 : source;
/** The source that `release.deployed-at` names in `annotation of <source>`; undefined where it is written otherwise. */
const annotatedSource = (deployedAt) => /^\s*annotation\s+of\s+(\S.*?)\s*$/.exec(deployedAt ?? "")?.[1];
/** What a gate's source goes by in the record: its name, or its type where it is written out in place. */
const sourceName = ({ source }) => typeof source === "string" ? source : source.type;
/** @returns what does not fit together, all of it */
function relate(policy, limits) {
	const findings = [];
	const say = (path, message) => findings.push({
		path,
		at: "value",
		message
	});
	const names = Object.keys(policy.sources);
	const seen = /* @__PURE__ */ new Map();
	for (const [number, { gate, path: at }] of writtenGates(policy).entries()) {
		const first = seen.get(gate.name);
		if (first !== void 0) say([...at, "name"], `\`${gate.name}\` is the name of gate ${first + 1} already; expected a unique name`);
		else seen.set(gate.name, number);
		const source = sourceOf(policy, gate);
		const family = gateTypeOf(gate.type)?.family;
		if (source === void 0) {
			const name = sourceName(gate);
			const known = names.length === 0 ? "there are none" : `known: ${names.join(", ")}`;
			say([...at, "source"], `there is no source \`${name}\` under \`sources\`${didYouMean(name, names)} (${known})`);
			continue;
		}
		const type = sourceTypeOf(source.type);
		if (type && family && !type.families.includes(family)) {
			const fitting = sourceEntries.filter((t) => t.families.includes(family)).map((t) => t.type);
			say([...at, "source"], `a ${gate.type} gate cannot ask a source of type \`${source.type}\`; expected one of ${fitting.join(", ")}`);
		}
		if (gateTypeOf(gate.type)?.asksServed?.(gate) && !entryOf(source.type)?.serves) {
			const fitting = sourceEntries.filter((t) => t.serves).map((t) => t.type);
			say([...at, "source"], `a source of type \`${source.type}\` cannot say what is served to the contexts of \`for\`; expected one of ${fitting.join(", ")}`);
		}
		if (gateTypeOf(gate.type)?.asksSettings?.(gate) && !entryOf(source.type)?.comparesSettings) {
			const fitting = sourceEntries.filter((t) => t.comparesSettings).map((t) => t.type);
			say([...at, "source"], `a source of type \`${source.type}\` cannot compare settings, which \`settings-like\` asks for; expected one of ${fitting.join(", ")}`);
		}
		for (const { source: other, at: within } of gateTypeOf(gate.type)?.alsoAsks?.(gate) ?? []) {
			const path = [...at, ...within];
			const type = sourceTypeOf(Object.hasOwn(policy.sources, other) ? policy.sources[other]?.type : void 0);
			if (type === void 0) say(path, `there is no source \`${other}\` under \`sources\`${didYouMean(other, names)}`);
			else if (family && !type.families.includes(family)) {
				const fitting = sourceEntries.filter((t) => t.families.includes(family)).map((t) => t.type);
				say(path, `a ${gate.type} gate cannot ask a source of type \`${type.type}\`; expected one of ${fitting.join(", ")}`);
			} else if (other === gate.source) say(path, `\`${other}\` is the source of this gate itself; expected another one`);
		}
		const inBins = gateTypeOf(gate.type)?.asksInBins?.(gate);
		if (inBins !== void 0 && !entryOf(source.type)?.bins?.includes(inBins)) {
			const fitting = sourceEntries.filter((t) => t.bins?.includes(inBins)).map((t) => t.type);
			const what = inBins === "increase" ? "what counters have grown by" : "counts for each bin of time";
			say([...at, "source"], `a source of type \`${source.type}\` does not give ${what}; expected one of ${fitting.join(", ")}`);
		}
	}
	if (!limits.observe && !policy.gates.some((gate) => gate.enforce === "block")) say(["gates"], "no gate blocks, so nothing would ever be proven; expected at least one with `enforce: block`, or the input `observe: true`");
	findings.push(...relateValues(policy), ...relateDeployment(policy), ...relateAnnotations(policy), ...relateFlags(policy), ...relateStages(policy), ...relateFreezes(policy.freezes ?? []), ...relateFalseStops(policy), ...relateTimes(policy, limits.longestJobMs));
	return findings;
}
/** What a gate asks for must be something that its source has. */
function relateValues(policy) {
	return writtenGates(policy).flatMap(({ gate, path }) => {
		const type = sourceTypeOf(sourceOf(policy, gate)?.type);
		if (type === void 0) return [];
		const { signal, query, events, "min-events": least } = gate;
		const say = (key, message) => ({
			path: [...path, key],
			at: "value",
			message
		});
		if (signal !== void 0 && !type.signals?.includes(signal)) {
			const known = type.signals?.join(", ") ?? "none; write a `query`";
			return [say("signal", `a source of type \`${type.type}\` has no signal \`${signal}\` (it has: ${known})`)];
		}
		return least !== void 0 && query !== void 0 && events === void 0 && !type.countsEvents ? [say("min-events", "expected `events` beside it, a query that gives how many events stand behind the value")] : [];
	});
}
const entryOf = (type) => sourceEntries.find((entry) => entry.type === type);
/** The rates of the single gates may not come to more than that of the train. */
function relateFalseStops({ gates, evaluation }) {
	const all = evaluation["false-stop-rate"];
	const sum = gates.reduce((total, gate) => total + (gate.enforce === "block" ? gate["false-stop-rate"] ?? 0 : 0), 0);
	if (sum <= all * (1 + 1e-9)) return [];
	const shown = (share) => formatValue(100 * share, "percent");
	return [{
		path: ["evaluation", "false-stop-rate"],
		at: "value",
		message: `the gates together may stop ${shown(sum)} of good releases; expected at most ${shown(all)}: lower theirs, or raise this`
	}];
}
/** An annotation takes address and credential from a source of its own kind. */
function relateAnnotations(policy) {
	return policy.annotations.flatMap((annotation, index) => {
		const wanted = annotationTypeOf(annotation.type)?.sourceType;
		const source = sourceOf(policy, annotation);
		if (wanted === void 0 || source?.type === wanted) return [];
		const fitting = Object.entries(policy.sources).flatMap(([name, { type }]) => type === wanted ? [name] : []);
		const found = `a source of type \`${wanted}\`${fitting.length === 0 ? "" : `, such as \`${fitting.join("`, `")}\``}`;
		const named = typeof annotation.source === "string" ? annotation.source : "";
		const message = source === void 0 ? `there is no source \`${named}\` under \`sources\`${didYouMean(named, fitting)} (expected ${found})` : `an annotation of type \`${annotation.type}\` cannot use a source of type \`${source.type}\`; expected ${found}`;
		return [{
			path: [
				"annotations",
				index,
				"source"
			],
			at: "value",
			message
		}];
	});
}
/** Flags can only be changed through a source that can change them, and probed through one that evaluates. */
function relateFlags(policy) {
	const { sources, rollout } = policy;
	const find = (path, name, fits, what) => {
		const type = Object.hasOwn(sources, name) ? sources[name]?.type : void 0;
		const entry = type === void 0 ? void 0 : entryOf(type);
		if (entry && fits(entry)) return [];
		const fitting = sourceEntries.filter(fits).map((t) => t.type);
		return [{
			path,
			at: "value",
			message: type === void 0 ? `there is no source \`${name}\` under \`sources\`${didYouMean(name, Object.keys(sources))}` : `a source of type \`${type}\` cannot ${what}; expected one of ${fitting.join(", ")}`
		}];
	};
	const found = policy["on-stop"].flatMap(({ source, probe }, index) => [...find([
		"on-stop",
		index,
		"source"
	], source, (e) => e.controls !== void 0, "change flags"), ...probe === void 0 ? [] : find([
		"on-stop",
		index,
		"probe",
		"with"
	], probe.with, (e) => e.serves === true, "evaluate flags")]);
	if (rollout === void 0) return found;
	const percent = (e) => e.controls === "rollout";
	return [...found, ...find(["rollout", "source"], rollout.source, percent, "set the percentage of a flag")];
}
/** The time of the deployment can only come from a source that remembers deployments. */
function relateDeployment({ release, sources }) {
	const name = annotatedSource(release["deployed-at"]);
	if (name === void 0) return [];
	const found = (message) => [{
		path: ["release", "deployed-at"],
		at: "value",
		message
	}];
	const able = (type) => sourceTypeOf(type)?.remembersDeployments ?? false;
	const fitting = Object.entries(sources).flatMap(([known, { type }]) => able(type) ? [known] : []);
	const source = Object.hasOwn(sources, name) ? sources[name] : void 0;
	const wanted = "expected one that remembers deployments, such as application-insights";
	if (source === void 0) return found(`there is no source \`${name}\` under \`sources\`${didYouMean(name, fitting)} (${wanted})`);
	return able(source.type) ? [] : found(`a source of type \`${source.type}\` remembers no deployments; ${wanted}`);
}
/** Left for starting, reporting and stopping when a job's time is limited. */
const jobMarginMs = 3e5;
function relateTimes({ evaluation, release, gates }, longestJobMs) {
	const findings = [];
	const say = (key, message) => findings.push({
		path: ["evaluation", key],
		at: "value",
		message
	});
	const { warmup, every, steady, deadline } = evaluation;
	if (every < 1e3) say("every", `expected at least 1s, found ${formatDuration(every)}`);
	if (evaluation["round-timeout"] < 1e3) say("round-timeout", `expected at least 1s, found ${formatDuration(evaluation["round-timeout"])}`);
	const needed = steady + (release["deployed-at"] === void 0 ? warmup : 0);
	if (deadline < needed || deadline === 0) say("deadline", `expected more than warm-up and steady time together (${formatDuration(needed)}), found ${formatDuration(deadline)}: the train could never continue`);
	const [longest] = gates.map((gate) => ({
		gate,
		ms: gateTypeOf(gate.type)?.takesMs?.(gate) ?? 0
	})).toSorted((a, b) => b.ms - a.ms);
	const watched = needed + (longest?.ms ?? 0);
	if (longest !== void 0 && longest.ms > 0 && deadline >= needed && deadline < watched) say("deadline", `expected at least ${formatDuration(watched)}, since \`${longest.gate.name}\` watches for ${formatDuration(longest.ms)} after the warm-up; found ${formatDuration(deadline)}`);
	const parks = evaluation["park-after"] !== void 0;
	if (longestJobMs !== void 0 && !parks && deadline > longestJobMs - jobMarginMs) say("deadline", `expected at most ${formatDuration(longestJobMs - jobMarginMs)}, since the platform ends the job after ${formatDuration(longestJobMs)}; found ${formatDuration(deadline)}`);
	return findings;
}
// build/train/clearance.js
/**
* May this train set out at all? Before anything is measured or moved: by the stops that are open, by the freezes that hold, and by what
* somebody answers for. And may it go although its gates stop it? Pure: what it says follows again from what it puts into the record.
*/
const dayMs$1 = 864e5;
/** How far ahead an override may end; one that ends later holds once this is so. */
const longestOverrideMs = 30 * dayMs$1;
/** So long every report names an override, and so many of them. */
const recentMs = 30 * dayMs$1;
const mostRecent = 100;
function clearance({ ledger, freezes, overrides, release, fixes, observe, now }) {
	const entries = ledger?.entries ?? [];
	const facts = {
		at: new Date(now).toISOString(),
		...ledger === void 0 ? {} : { ledger: ledgerOf(ledger) },
		stops: openStops(entries, release),
		...fixes === void 0 ? {} : { fixes },
		freezes: freezesAt(freezes, now, release.environment ?? void 0),
		overrides: overrides.filter((one) => holds(one, release, now)),
		used: [],
		recent: recentOf(entries, release, now),
		remarks: remarksOn(overrides, release, now),
		...sinceOf(entries, release)
	};
	const { stop, used } = judge(facts, release);
	return {
		...stop && { stop },
		standing: {
			...facts,
			used: observe ? [] : [...used]
		}
	};
}
const ledgerOf = ({ file, entries, head, first, torn }) => ({
	file,
	entries: entries.length,
	head,
	first,
	...torn ? { torn: true } : {}
});
/** What keeps the train, from what the record says of it: the same once more in `replay`. */
function judge({ at, stops, fixes, freezes, overrides }, release) {
	const now = Date.parse(at);
	const lifting = (what) => overrides.find((one) => one.lifts === what && holds(one, release, now));
	const open = stops.filter((stop) => !isCleared(stop, release, fixes));
	const forStop = open.length > 0 ? lifting("open-stop") : void 0;
	if (open.length > 0 && !forStop) return {
		stop: stoppedBy(open, release, fixes),
		used: []
	};
	const frozen = keptBy(freezes, {
		environment: release.environment ?? void 0,
		fixes
	});
	const forFreeze = frozen ? lifting("freeze") : void 0;
	if (frozen && !forFreeze) return {
		stop: frozenStop(frozen, release),
		used: []
	};
	return { used: [forStop, forFreeze].filter((one) => one !== void 0) };
}
const same = (a, b) => a.toLowerCase() === b.toLowerCase();
/** What is not known may be the same. */
const maybeSame = (a, b) => a === null || b === null || same(a, b);
/** Whether what became of one train concerns the other. */
const touches = (a, b) => maybeSame(a.service, b.service) && maybeSame(a.environment, b.environment);
const surelySame = (a, b) => a === null || b === null ? a === b : same(a, b);
const isSame = (a, b) => surelySame(a.service, b.service) && surelySame(a.environment, b.environment);
/** Whether a train that went settles a stop for another: it was of the same service, or of the other's own. */
const closes = (went, stop, release) => isSame(went, stop) || touches(went, stop) && isSame(went, release);
/**
* Reasons of a stop that lasts: the release was found at fault, or is out there unproven. That somebody cancelled, or that the train was
* not let out, says nothing of it.
*/
const lasting = /* @__PURE__ */ new Set([
	"unhealthy",
	"insufficient-evidence",
	"not-measured",
	"not-steady",
	"not-moved",
	"internal-error"
]);
/** All since the last train that went, each once, the oldest first. */
function openStops(entries, release) {
	let open = [];
	for (const entry of entries) {
		if (entry.observed) continue;
		if (entry.decision === "stop") {
			if (lasting.has(entry.reason)) open.push(entry);
		} else if (entry.part === void 0) open = open.filter((stop) => !closes(entry, stop, release));
	}
	const once = /* @__PURE__ */ new Map();
	for (const { at, service, environment, sha, version, reason, sentence, run, record } of open) {
		if (!touches({
			service,
			environment
		}, release)) continue;
		const key = JSON.stringify([
			service,
			sha,
			reason
		]);
		if (!once.has(key)) once.set(key, {
			at,
			service,
			sha,
			version,
			reason,
			sentence,
			run,
			record
		});
	}
	return [...once.values()];
}
/** A fix is another commit; a short id that begins another may be the same one. */
const mayBeOne = (a, b) => {
	const [x, y] = [a.toLowerCase(), b.toLowerCase()];
	return x.startsWith(y) || y.startsWith(x);
};
/** Whether a train may be asked its gates in spite of a stop; they still decide. */
function isCleared(stop, release, fixes) {
	if (release.sha === null || stop.sha === null) return false;
	if (stop.reason !== "unhealthy" && same(stop.sha, release.sha)) return true;
	return (fixes ?? "").trim() !== "" && !mayBeOne(stop.sha, release.sha);
}
/** Whether an override is in effect for a release. */
function holds(override, release, now) {
	const { environment, service, commit, lifts } = override;
	const until = Date.parse(override.until);
	if (!(now < until && until - now <= 26784e5)) return false;
	if (release.environment === null || !same(environment, release.environment)) return false;
	if (service !== void 0 && (release.service === null || !same(service, release.service))) return false;
	if (commit === void 0) return lifts !== "verdict";
	return release.sha !== null && same(commit, release.sha);
}
/** Verdicts about the release and the evidence. What is wrong otherwise nobody can answer for. */
const overridable = /* @__PURE__ */ new Set([
	"unhealthy",
	"insufficient-evidence",
	"not-measured",
	"not-steady"
]);
/**
* The override by which a train goes although its gates stop it. What moved traffic or flags has taken them back by then, so there is
* nothing to let go.
*/
function lettingGo(of) {
	const { standing, verdict, walk } = of;
	if (!standing || verdict.decision !== "stop" || !overridable.has(verdict.reason)) return void 0;
	if (walk?.walked.some(({ moved }) => moved !== null)) return void 0;
	const decided = Date.parse(of.rounds.at(-1)?.ended ?? standing.at);
	const release = {
		...of.release,
		service: of.service
	};
	return standing.overrides.find((one) => one.lifts === "verdict" && holds(one, release, decided));
}
const minute = (instant) => `${instant.slice(0, 16).replace("T", " ")} UTC`;
/** `checkout 1.2.3 (commit 5f2c1e0d9b)`. */
const releaseWords = ({ service, version, sha }) => [[service, version].filter((part) => part !== null).join(" "), sha === null ? "a commit that is not known" : `commit ${sha.slice(0, 10)}`].filter((part) => part !== "").join(", ");
function stoppedBy(open, release, fixes) {
	const [first, ...others] = open;
	const more = others.length === 0 ? "" : `, and ${others.length} more since`;
	const link = first.run === null ? "" : `, ${first.run}`;
	const where = release.environment === null ? "" : ` of ${release.environment}`;
	const why = (fixes ?? "").trim() === "" ? "declare with the input `fixes` what another commit mends of it, or name an override" : release.sha === null || first.sha === null ? "a fix is declared, but not all commits are known, so it may be the stopped one" : "a fix is declared, but it is the stopped commit itself";
	return {
		decision: "stop",
		reason: "open-stop",
		gates: [],
		sentence: `a stop${where} is open since ${minute(first.at)} (${releaseWords(first)}: ${first.reason}, ${first.sentence}${link})${more}; ${why}`
	};
}
/** The decision of a train that a freeze keeps. */
const frozenStop = (frozen, { environment }) => ({
	decision: "stop",
	reason: "frozen",
	gates: [],
	sentence: `${environment ?? "every environment"} is frozen by ${frozen.name} ${untilWords(frozen)}${frozen.fixes ? "; a fix may pass with the input `fixes`" : ""}`
});
function recentOf(entries, { environment }, now) {
	return entries.filter((entry) => maybeSame(entry.environment, environment) && now - Date.parse(entry.at) <= recentMs).flatMap(({ at, service, version, sha, run, actor, overrides = [] }) => overrides.map((one) => ({
		...one,
		at,
		service,
		version,
		sha,
		run,
		actor
	}))).reverse().slice(0, mostRecent);
}
function remarksOn(overrides, release, now) {
	return overrides.flatMap((one) => {
		if (release.environment !== null && !same(one.environment, release.environment)) return [];
		const name = `the override \`lifts: ${one.lifts}\` by ${one.by}${one.place === void 0 ? "" : ` (${one.place})`}`;
		const ms = Date.parse(one.until) - now;
		if (ms <= 0) return [`${name} ended ${minute(one.until)}: remove it`];
		if (ms > 26784e5) return [`${name} ends more than ${formatDuration(longestOverrideMs)} ahead, so it is not in effect: give a nearer day`];
		return release.environment === null ? [`${name} has no effect: nothing says which environment this is`] : [];
	});
}
/** The last release whose gates let it go. */
function sinceOf(entries, release) {
	const good = entries.findLast((entry) => entry.decision === "continue" && entry.verdict === void 0 && entry.part === void 0 && !entry.observed && isSame(entry, release));
	if (!good) return {};
	const { sha, version, at, run } = good;
	return { since: {
		sha,
		version,
		at,
		run,
		commits: {
			known: false,
			why: "nobody looked yet"
		},
		flags: []
	} };
}
// build/record/redact.js
/** The last line of defence for secrets: every byte that leaves goes through here, whatever put a secret into it. */
var Redactor = class {
	/** Longest first, so that a secret that contains another is masked whole. */
	#secrets = [];
	/** Masks `value` from now on. A value of several lines is also masked line by line, as logs show it. */
	add(value) {
		const lines = value.split(/\r?\n/).filter((line) => line.trim().length >= 3);
		const all = /* @__PURE__ */ new Set([
			...this.#secrets,
			...lines,
			...value.trim() === "" ? [] : [value]
		]);
		this.#secrets = [...all].sort((a, b) => b.length - a.length);
	}
	text(text) {
		return this.#secrets.reduce((masked, secret) => masked.replaceAll(secret, "***"), text);
	}
	/** Masks all texts of plain JSON data, keys included. */
	data(data) {
		if (this.#secrets.length === 0) return data;
		if (typeof data === "string") return this.text(data);
		if (Array.isArray(data)) return data.map((item) => this.data(item));
		if (typeof data !== "object" || data === null) return data;
		return Object.fromEntries(Object.entries(data).map(([key, value]) => [this.text(key), this.data(value)]));
	}
};
// build/report/columns.js
/** Lines of a fixed width, for terminals and logs. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const none = /[\p{M}\u200c\u200d]/u;
/** Columns that a terminal needs for one character: two for East Asian wide ones, none for marks that combine. */
const columnsOf = (character) => none.test(character) ? 0 : wide.test(character) ? 2 : 1;
/** Columns of a terminal that a line takes. */
const columns = (line) => Array.from(line).reduce((sum, c) => sum + columnsOf(c), 0);
/** The line, with `…` at its end when it is wider than `width`; filled up with blanks when `fill`. */
function cutTo(line, width, fill = false) {
	const total = columns(line);
	if (total <= width) return fill ? line + " ".repeat(width - total) : line;
	const [head] = split(line, Math.max(0, width - 1));
	return cutTo(`${head}…`, width, fill);
}
/** At the last character that still fits. */
function split(word, width) {
	let head = "";
	let used = 0;
	for (const character of word) {
		used += columnsOf(character);
		if (used > width) break;
		head += character;
	}
	return [head, word.slice(head.length)];
}
/** Lines of at most `width` columns, indents included; a word that is longer than a line is broken. Needs `width` > indents + 1. */
function wrap(words, width, first, others) {
	const lines = [];
	let line = " ".repeat(first);
	let empty = true;
	const room = (extra) => width - columns(line) - extra;
	const push = () => {
		lines.push(line);
		line = " ".repeat(others);
		empty = true;
	};
	for (let word of words.split(/\s+/).filter((w) => w !== "")) {
		if (!empty && columns(word) > room(1)) push();
		while (empty && columns(word) > room(0)) {
			const [head, rest] = split(word, room(0));
			line += head;
			word = rest;
			push();
		}
		line += empty ? word : ` ${word}`;
		empty = false;
	}
	if (!empty || lines.length === 0) push();
	return lines;
}
// build/report/history.js
function historyOf(name, rounds) {
	const course = rounds.map((round) => {
		const outcome = round.gates.find((g) => g.gate === name);
		const reading = outcome?.reading ?? null;
		return {
			round,
			reading,
			state: reading?.state ?? "not-evaluated",
			answers: outcome?.answers ?? []
		};
	});
	const last = course.at(-1);
	const changed = course.findLastIndex((entry) => entry.state !== last?.state);
	const measured = course.findLast(({ state }) => state === "healthy" || state === "unhealthy");
	const answered = course.findLast(({ answers }) => answers.length > 0);
	return {
		reading: last?.reading ?? null,
		state: last?.state ?? "not-evaluated",
		since: course[changed + 1]?.round.began ?? null,
		rounds: course.length - changed - 1,
		...measured?.reading ? { measured: {
			reading: measured.reading,
			round: measured.round.number,
			at: measured.round.began
		} } : {},
		answers: answered?.answers ?? [],
		answeredAt: answered?.round.began ?? null,
		values: course.map(({ reading }) => reading?.value ?? null)
	};
}
const bars = "▁▂▃▄▅▆▇█";
/**
* The values of the last `most` rounds as bars, from the least to the greatest of them; `·` where a round gave none. Empty
* when fewer than three values are there, since two points are no course.
*/
function sparkline(values, most = 12) {
	const shown = values.slice(-most);
	const numbers = shown.filter((value) => value !== null);
	if (numbers.length < 3) return "";
	const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
	const span = greatest / 2 - least / 2;
	const bar = (value) => {
		const share = span === 0 ? .5 : (value / 2 - least / 2) / span;
		return bars[Math.min(7, Math.floor(share * 8))] ?? "";
	};
	return shown.map((value) => value === null ? "·" : bar(value)).join("");
}
// build/report/plain.js
/** Texts from outside (servers, scanners, policies), made fit to be shown: they can neither hide nor reorder what stands beside them. */
/** Format characters (right-to-left overrides, zero-width ones, tags) save the two that join letters in some scripts, and halves of a pair. */
const hidden = /(?![\u200c\u200d])[\p{Cf}\p{Cs}]/gu;
const control = /(?!\n)\p{Cc}/gu;
/** One line of at most `most` characters, that can be seen unless `text` is empty. */
function plain(text, most = 200) {
	const line = oneLine(text.slice(0, most * 20).replaceAll(hidden, "�"), most);
	return line === "" && text !== "" ? "�" : line;
}
/** The same with its line breaks kept, for queries; tabs become two spaces. Longer than `most` characters: cut, and said so. */
function plainLines(text, most) {
	const lines = text.slice(0, most).replaceAll(/\r\n?|[\p{Zl}\p{Zp}]/gu, "\n").replaceAll("	", "  ").replaceAll(hidden, "�").replaceAll(control, "�").replace(/^\n+|\s+$/g, "");
	return text.length > most ? `${lines}\n… cut, ${text.length} characters in all` : lines;
}
/** The link, if it is one that a person may follow: http or https, without a credential in it. */
function safeLink(link) {
	if (link === void 0 || link.length > 8e3) return void 0;
	try {
		const url = new URL(link);
		return (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.password === "" ? url.href : void 0;
	} catch {
		return;
	}
}
// build/report/findings-standing.js
/** Which findings stand against the policy, by the gate's own rules: the report must never say something else than the gate did. */
/**
* The fields of a gate `security` that the verdict rests on, so far as they could trip us up: a record may come from another version. The
* others pass through.
*/
const asked = looseObject({
	block: picklist(severities),
	warn: optional(picklist(severities)),
	"unknown-severity": picklist(severities),
	most: optional(record(string$1(), number$2())),
	commit: optional(string$1()),
	image: optional(string$1()),
	"max-age": optional(number$2()),
	"database-max-age": optional(number$2()),
	tolerate: array(looseObject({
		tool: string$1(),
		until: string$1()
	})),
	categories: optional(record(string$1(), array(string$1()))),
	require: optional(array(union([
		string$1(),
		looseObject({ tool: string$1() }),
		looseObject({ category: string$1() })
	])))
});
/** What the gate asks; undefined: the record does not hold it in a form that is understood. */
const askedOf = (rule) => {
	const parsed = safeParse(asked, rule);
	return parsed.success ? parsed.output : void 0;
};
/**
* Runs whose findings stand, and what is missing from the evidence.
*
* @param now when the gate judged, milliseconds since the epoch
*/
function soundOf(scans, rule, now) {
	const problems = scans.problems.map(({ message }) => message);
	if (!rule) return {
		sound: new Set(scans.runs),
		gaps: problems
	};
	const { sound, complaints } = weigh$2(scans, rule, now);
	const gaps = complaints.map(({ text }) => text);
	const tolerated = problems.filter((text) => !gaps.includes(text)).map((text) => `${text} (the policy tolerates it)`);
	return {
		sound,
		gaps: [...gaps, ...tolerated]
	};
}
const totalOf = (counts) => sum(Object.values(counts));
/**
* What counts in sound runs, against what is allowed.
*
* @param unhealthy what the gate said; it decides where the record does not hold what was asked
*/
function standingOf(sound, rule, unhealthy) {
	const runs = [...sound];
	const { counts, over, warned } = rule ? stand(runs, rule) : {
		counts: countsOf(runs, "counted"),
		over: unhealthy ? severities : [],
		warned: 0
	};
	const pick = (wanted) => {
		const of = (severity) => over.includes(severity) === wanted ? counts[severity] : 0;
		return Object.fromEntries(severities.map((severity) => [severity, of(severity)]));
	};
	return {
		over: over.filter((severity) => counts[severity] > 0),
		against: pick(true),
		allowed: pick(false),
		warned
	};
}
// build/report/findings.js
/** Reasons to ignore a result that somebody chose, where the others are facts about it. */
const chosen = /* @__PURE__ */ new Set(["RULE", "BASELINE"]);
const isListed = ({ fate, reason }) => fate !== "counted" && fate !== "malformed" && (fate !== "ignored" || chosen.has(reason));
/** The worst `most` of each fate: many of one kind must not push the others out of sight. */
const fewOf = (found, most) => fates.flatMap((fate) => found.filter((one) => one.fate === fate).slice(0, most));
/** @returns undefined: the gate has no answer that is about scans */
function findingsOf(history, rule) {
	const all = history.answers.flatMap(scansOf);
	if (all.length === 0) return void 0;
	const asked = askedOf(rule);
	const now = Date.parse(history.answeredAt ?? "");
	const weighed = all.map((scans) => ({
		scans,
		...soundOf(scans, asked, now)
	}));
	const runs = all.flatMap((scans) => scans.runs);
	const sound = new Set(weighed.flatMap((one) => [...one.sound]));
	const standing = standingOf(sound, asked, history.state === "unhealthy");
	const byFate = (fate, of = runs) => totalOf(countsOf(of, fate));
	const toReview = asked?.review === "block" ? byFate("review", sound) : 0;
	const excused = excusedOf(runs);
	const found = all.flatMap((scans) => scans.findings.map((finding) => ({
		finding,
		run: scans.runs[finding.run]
	})));
	const kept = (fits) => found.filter(({ finding, run }) => fits(finding, run !== void 0 && sound.has(run))).map(({ finding, run }) => ({
		...finding,
		inImage: run?.categories.includes("container") ?? false
	}));
	const isOver = ({ severity }) => standing.over.includes(severity);
	const counts = ({ fate }) => fate === "counted";
	return {
		judged: history.state === "healthy" || history.state === "unhealthy",
		runs: runs.length,
		results: runs.reduce((sum, { results }) => sum + results, 0),
		fates: fatesOf(runs),
		tools: toolsOf(sound),
		...standing,
		...asked === void 0 ? {} : { unknownAs: asked["unknown-severity"] },
		toReview,
		againstAll: totalOf(standing.against) + toReview,
		unproven: countsOf(runs.filter((run) => !sound.has(run)), "counted"),
		worst: {
			against: kept((one, isSound) => isSound && (counts(one) && isOver(one) || toReview > 0 && one.fate === "review")),
			allowed: kept((one, isSound) => isSound && counts(one) && !isOver(one)),
			unproven: kept((one, isSound) => !isSound && counts(one))
		},
		excused,
		listed: kept((one, isSound) => isListed(one) && !(toReview > 0 && isSound && one.fate === "review")),
		listable: excused.reduce((sum, one) => sum + (isListed(one) ? one.count : 0), 0) - toReview,
		remarks: [...new Set(all.flatMap((scans) => scans.remarks.map(({ message }) => message)))],
		gaps: [...new Set(weighed.flatMap(({ gaps }) => gaps))]
	};
}
const scansOf = (answer) => "measurement" in answer && answer.measurement.kind === "scans" ? [answer.measurement] : [];
/** How many results have each fate that occurs, in the order of the fates. */
const fatesOf = (runs) => fates.map((fate) => [fate, totalOf(countsOf(runs, fate))]).filter(([, n]) => n > 0);
/** Whether there is more to show than totals: something counts, or somebody chose that it does not. */
const worthShowing = ({ excused, fates: all }) => all.some(([fate]) => fate !== "ignored") || excused.some(({ reason }) => chosen.has(reason));
/** Gates whose findings are shown, what stands in the way first. */
const gatesWithFindings = (gates) => gates.filter((gate) => gate.findings !== void 0 && worthShowing(gate.findings)).sort((a, b) => Number(b.blamed) - Number(a.blamed) || b.findings.againstAll - a.findings.againstAll);
/** What should be put in order, of all gates. */
const remarksOf = (gates) => [...new Set(gates.flatMap(({ findings }) => findings?.remarks ?? []))];
function toolsOf(runs) {
	const byTool = /* @__PURE__ */ new Map();
	for (const run of runs) byTool.set(run.tool, [...byTool.get(run.tool) ?? [], run]);
	return [...byTool].map(([tool, its]) => [tool, countsOf(its, "counted")]).filter(([, counts]) => totalOf(counts) > 0).sort(([, a], [, b]) => worse(b, a));
}
/** By the worst severity in which they differ. */
function worse(a, b) {
	const first = severities.find((severity) => a[severity] !== b[severity]);
	return first === void 0 ? 0 : a[first] - b[first];
}
function excusedOf(runs) {
	const byReason = /* @__PURE__ */ new Map();
	for (const { fate, reason, count } of runs.flatMap(({ tally }) => tally)) {
		if (fate === "counted") continue;
		const key = `${fate} ${reason}`;
		byReason.set(key, {
			fate,
			reason,
			count: count + (byReason.get(key)?.count ?? 0)
		});
	}
	return [...byReason.values()].sort((a, b) => fates.indexOf(a.fate) - fates.indexOf(b.fate) || b.count - a.count);
}
// build/report/findings-words.js
/** The wording of findings that all forms of the report share. Pure; every text may still hold what came from outside. */
/** Fates behind a number: `2 waived`. */
const fateWords = {
	counted: "counted",
	warned: "only warned of",
	review: "to review",
	deferred: "put off",
	waived: "waived",
	suppressed: "suppressed",
	ignored: "ignored",
	malformed: "not understood"
};
const fateWord = (fate) => fateWords[fate];
/** Why a result does not count. */
const excuses = {
	DEVELOPMENT: "only development depends on it",
	KIND_PASS: "the check passed",
	KIND_NOT_APPLICABLE: "the check does not apply",
	KIND_INFORMATIONAL: "only information",
	KIND_OPEN: "the tool could not tell; a person has to look",
	KIND_REVIEW: "the tool asks a person to look",
	ABSENT: "no longer in the code",
	FIXED: "fixed",
	BASELINE: "was there before, in the baseline",
	DUPLICATE: "the same as one that is counted",
	RULE: "by a rule of the policy",
	IN_SOURCE: "by a comment in the code",
	EXTERNAL: "at the scanner or its platform",
	VEX_NOT_AFFECTED: "by a VEX document: not affected",
	VEX_FIXED: "by a VEX document: fixed",
	VEX_FALSE_POSITIVE: "by a VEX document: a false positive",
	WAIVER: "by a waiver",
	GRACE: "still within the time to fix it",
	NO_FIX: "no fix yet",
	MALFORMED: "cannot be understood"
};
/** Why a result counts although somebody tried to excuse it. */
const refusals = {
	SUPPRESSION_REJECTED: "its suppression was rejected",
	SUPPRESSION_UNDER_REVIEW: "its suppression is still under review",
	SUPPRESSION_EXPIRED: "its suppression is over",
	SUPPRESSION_NOT_ALLOWED: "the policy does not allow such a suppression",
	SUPPRESSION_WITHOUT_REASON: "its suppression gives no reason",
	SUPPRESSION_TOO_SEVERE: "it is too severe to be suppressed",
	WAIVER_EXPIRED: "its waiver is over"
};
/** A code that is not known is shown as it is. */
const reasonWords$1 = (code) => excuses[code] ?? refusals[code] ?? `\`${code}\``;
/** `its waiver is over (ana, until 2026-11-01)`; empty: nobody tried to excuse it. */
function excuseWords({ fate, reason, told }) {
	if (fate === "counted" && reason === "STANDS") return "";
	return `${reasonWords$1(reason)}${told === void 0 ? "" : ` (${told})`}`;
}
/** `1 critical, 2 high`, the worst first. */
function countsWords(counts, unknownAs) {
	return severities.filter((severity) => counts[severity] > 0).map((severity) => {
		const n = amount(counts[severity]);
		if (severity !== "unknown") return `${n} ${severity}`;
		return `${n} of unknown severity${unknownAs === void 0 ? "" : ` (counted as ${unknownAs})`}`;
	}).join(", ");
}
/** `1 critical, 2 high`, and what a person has to review. */
const againstParts = ({ against, toReview, unknownAs }) => [countsWords(against, unknownAs), toReview > 0 ? `${amount(toReview)} that a person has to review` : ""].filter((part) => part !== "").join(", ");
const nothing = "no finding stands against the policy";
/** `3 findings stand against the policy: 1 critical, 2 high`. Of scans that prove nothing it is not said that there are none. */
function againstWords(view) {
	const { againstAll: n } = view;
	if (n === 0) return view.judged ? nothing : `not enough evidence to say that ${nothing}`;
	return `${amount(n)} ${n === 1 ? "finding stands" : "findings stand"} against the policy: ${againstParts(view)}`;
}
/** Behind the name of a gate: ` has 3 findings against the policy (1 critical, 2 high)`. */
const foundWords = (view) => ` has ${amount(view.againstAll)} ${view.againstAll === 1 ? "finding" : "findings"} against the policy (${againstParts(view)})`;
/** What counts besides: `allowed: 12 medium, 2 low (12 to be looked at)`. Empty: nothing. */
function besidesWords({ allowed, warned, unproven, unknownAs }) {
	const look = warned === 0 ? "" : ` (${amount(warned)} to be looked at)`;
	return [totalOf(allowed) === 0 ? "" : `allowed: ${countsWords(allowed, unknownAs)}${look}`, totalOf(unproven) === 0 ? "" : `in scans that are no evidence: ${countsWords(unproven, unknownAs)}`].filter((part) => part !== "").join("; ");
}
/** `37 results read = 3 counted + 2 waived + 32 ignored`. */
function totalsWords({ results, fates }) {
	const sign = fates.reduce((all, [, n]) => all + n, 0) === results ? "=" : "≠";
	const parts = fates.map(([fate, n]) => `${amount(n)} ${fateWords[fate]}`).join(" + ");
	return `${amount(results)} ${results === 1 ? "result" : "results"} read ${sign} ${parts === "" ? "0" : parts}`;
}
/** The same of one run. */
const runWords = (run) => totalsWords({
	results: run.results,
	fates: fatesOf([run])
});
/** `2 waived, 14 ignored`: what is there and does not count. Empty: all counts. */
const excusedWords = ({ fates }) => fates.filter(([fate]) => fate !== "counted").map(([fate, n]) => `${amount(n)} ${fateWords[fate]}`).join(", ");
/** Behind a gate: `3 scans, 37 results, 2 waived, 14 ignored`. */
const scansWords = (view) => [
	plural(view.runs, "scan"),
	`${amount(view.results)} ${view.results === 1 ? "result" : "results"}`,
	excusedWords(view)
].filter((part) => part !== "").join(", ");
/** `critical, exploited`. */
const gravity = ({ fate, severity, exploited }) => [
	severity === "unknown" ? "unknown severity" : severity,
	fate === "review" ? "to review" : "",
	exploited === void 0 ? "" : "exploited"
].filter((part) => part !== "").join(", ");
/** The rule's words where others follow. */
const messageOf$1 = ({ message }) => message.replace(/\.\s*$/, "");
/** `Trivy CVE-2021-23337 GHSA-35jh-r3h4-6jhm`: the tool, the rule and the names of the vulnerability that the rule does not say. */
const nameOf = ({ tool, rule, ids = [] }) => [
	tool,
	rule,
	...ids.filter((id) => !rule.toUpperCase().includes(id.toUpperCase())).slice(0, 3)
].join(" ");
/** `src/db.ts:41`; undefined: it is nowhere. */
const placeOf$1 = ({ file, line }) => file === void 0 ? void 0 : `${file}${line === void 0 ? "" : `:${line}`}`;
/** How it is mended; empty: nobody says. */
const fixWords = ({ fix }) => fix === void 0 ? "" : `fix: ${fix}`;
const dayMs = 864e5;
/** `since 2026-10-01 (53 days)`. */
function ageWords({ since }, { ended }) {
	if (since === void 0) return "";
	const days = Math.floor((Date.parse(ended) - Date.parse(since)) / dayMs);
	return `since ${since.slice(0, 10)}${days > 0 ? ` (${plural(days, "day")})` : ""}`;
}
/** Where the severity comes from, and what says otherwise. */
function whyWords({ why, conflict, exploited }) {
	return [(exploited === void 0 || exploited === why ? [why] : [exploited, why]).join("; "), conflict === void 0 ? "" : `but ${conflict}`].filter((part) => part !== "").join(", ");
}
/** So much of an identity names a finding in a waiver. */
const shortIdentity = (identity) => identity.slice(0, 12);
// build/record/traffic-words.js
/** `95 % to blue, 5 % to green`; who gets nothing is left out. */
function trafficWords(weights) {
	const words = Object.entries(weights).filter(([, percent]) => percent > 0).toSorted(([, a], [, b]) => b - a).map(([name, percent]) => `${percentWords(percent)} to ${name}`);
	return words.length === 0 ? "nothing to anybody" : words.join(", ");
}
/** `5 % to green`, `0 % to green`: those that are named, in their order. */
const sharesWords = (weights) => Object.entries(weights).map(([name, percent]) => `${percentWords(percent)} to ${name}`).join(", ");
const swapWords = (from, to) => `${from} swapped with ${to}`;
// build/report/moves.js
/** What was moved: flags that were switched off, traffic, and the stages of a walk. Words for every form of the report. */
/** All changes that the end of the train made, or tried to. */
function changesOf({ reactions = [], walk }) {
	return [...walk?.end ?? [], ...reactions.flatMap(({ flag }) => flag === void 0 ? [] : [flag])];
}
/** A line for each change, trouble first. */
function moveLines(record) {
	const lines = changesOf(record).map((moved) => "flag" in moved ? flagLine(moved) : trafficLine(moved));
	return [...lines.filter(({ trouble }) => trouble), ...lines.filter(({ trouble }) => !trouble)];
}
function flagLine(change) {
	const { flag, source, wanted, outcome, before, after, detail, next } = change;
	const was = before === null ? "" : `; it was ${stateWords$1(before)}`;
	const to = wanted === "off" ? "switched off" : `put ${wanted}`;
	const line = (mark, words, trouble = false) => ({
		mark,
		subject: flag,
		words,
		trouble
	});
	const then = next === void 0 ? "" : `. Next: ${next}`;
	switch (outcome) {
		case "changed": return line("✓", `was ${to} in ${source} and read back as ${after === null ? wanted : stateWords$1(after)}${was}`);
		case "already": return line("✓", `is ${wanted} in ${source} already`);
		case "dry-run": return line("–", `would have been ${to} in ${source} (dry run)${was}`);
		case "refused":
		case "not-read": return line("✗", `was NOT ${to} in ${source}: ${detail}${then}`, true);
		default: return line("✗", `is NOT known to be ${wanted} in ${source}: ${detail}${then}`, true);
	}
}
function trafficLine({ traffic, wanted, outcome, before, after, detail, next }) {
	const was = before === null ? "" : `; it was ${trafficWords(before.weights)}`;
	const line = (mark, words, trouble = false) => ({
		mark,
		subject: traffic,
		words,
		trouble
	});
	const then = next === void 0 ? "" : `. Next: ${next}`;
	switch (outcome) {
		case "changed": return line("✓", `has its traffic back, read as ${after === null ? wanted : trafficWords(after.weights)}${was}`);
		case "already": return line("✓", `has its traffic as it should be already (${wanted})`);
		case "dry-run": return line("–", `would have had its traffic moved (${wanted}; dry run)${was}`);
		case "refused":
		case "not-read": return line("✗", `has its traffic NOT moved back (${wanted}): ${detail}${then}`, true);
		default: return line("✗", `is NOT known to have its traffic back (${wanted}): ${detail}${then}`, true);
	}
}
/** For the verdict: `new-checkout is now off`, or that it is not. Empty: nothing was to be moved at the end. */
function movesSaid(record) {
	const changes = changesOf(record).filter(({ outcome }) => outcome !== "dry-run");
	const flags = changes.flatMap((change) => "flag" in change ? [change] : []);
	const traffic = changes.flatMap((change) => "traffic" in change ? [change] : []);
	const off = flags.filter((change) => isDone(change) && change.wanted === "off");
	const back = new Set(traffic.filter(isDone).map(({ source }) => source));
	const names = (of) => [...new Set(of)];
	return [
		are(names(flags.filter((change) => !isDone(change)).map(({ flag }) => flag)), "is NOT off", "are NOT off"),
		...names(traffic.flatMap((one) => back.has(one.source) ? [] : [one.traffic])).map((of) => `the traffic of ${of} is NOT back`),
		are(names(off.map(({ flag }) => flag)), "is now off", "are now off"),
		...traffic.filter(isDone).flatMap(({ after, traffic: of }) => after === null ? [] : [`traffic of ${of}: ${trafficWords(after.weights)}`])
	].filter((text) => text !== "").join("; ");
}
const are = (of, one, more) => of.length === 0 ? "" : `${of.slice(0, 3).join(", ")}${of.length > 3 ? ` and ${of.length - 3} more` : ""} ${of.length === 1 ? one : more}`;
/** The stages, those to come too. */
function stageLines({ stages, walked, resumed, from, to }) {
	return stages.map(({ name, move }, index) => {
		const step = index + 1;
		const one = walked.find((w) => w.step === step);
		const line = (mark, words) => ({
			mark,
			stage: name,
			move: move ?? "",
			words
		});
		if (!one) {
			if (resumed !== null && step < resumed.step) return line("✓", "proven in the run that was resumed");
			return step < from || step > to ? line("·", "not part of this run") : line("○", "not begun");
		}
		const { moved, decision, since } = one;
		if (decision === null) {
			if (since !== void 0) return line("–", "cut off before it was proven");
			return line("✗", `not reached: ${moved?.detail ?? "cut off while it was moved"}`);
		}
		if (decision.decision === "continue") return line("✓", decision.sentence);
		return line(decision.reason === "cancelled" || decision.decision === "hold" ? "–" : "✗", decision.sentence);
	});
}
/** Where everything that the walk moved stands now. */
function standsWords({ walked, end }) {
	const all = [...walked.flatMap(({ moved }) => moved === null ? [] : [moved]), ...end];
	return [...new Map(all.map((moved) => ["flag" in moved ? `flag ${moved.flag}` : moved.source, moved])).values()].map(standWords).join("; ");
}
function standWords(last) {
	const certain = isDone(last) || last.outcome === "refused";
	const state = last.after ?? last.before;
	if ("flag" in last) {
		if (state === null || !("exposure" in state)) return `where ${last.flag} stands is not known`;
		return certain ? `${last.flag} is ${stateWords$1(state)}` : `${last.flag} was ${stateWords$1(state)} when last read`;
	}
	if (state === null || !("weights" in state)) return `how the traffic of ${last.traffic} is shared out is not known`;
	const words = `${trafficWords(state.weights)}${"swapped" in state && state.swapped && last.wanted.includes("swapped") && isDone(last) ? ` (${last.wanted})` : ""}`;
	return certain ? `traffic of ${last.traffic}: ${words}` : `traffic of ${last.traffic} when last read: ${words}`;
}
// build/report/words.js
/** The wording that all forms of the report share. Pure; every text may still hold what came from outside. */
/** A mark that reads without colour, and the state as a plain word. */
const states$1 = {
	healthy: {
		mark: "✓",
		word: "healthy"
	},
	unhealthy: {
		mark: "✗",
		word: "NOT healthy"
	},
	insufficient: {
		mark: "?",
		word: "too little evidence"
	},
	error: {
		mark: "?",
		word: "could not be measured"
	},
	"not-evaluated": {
		mark: "–",
		word: "not evaluated"
	}
};
/** `NOT healthy`, `NOT healthy, only warns`: a gate that does not block must not look as if it did. */
function stateWords(gate) {
	const { mark, word } = states$1[gate.state];
	if (gate.ignored) return {
		mark,
		word: `${word}, ignored`
	};
	if (gate.enforce === "block") return {
		mark,
		word
	};
	return {
		mark: gate.state === "unhealthy" ? "!" : mark,
		word: `${word}, ${gate.enforce === "warn" ? "only warns" : "only observed"}`
	};
}
/** `a`, `a and b`, `a, b and 3 more`. */
function listed(words, most = 3) {
	const shown = words.length > most + 1 ? [...words.slice(0, most), `${words.length - most} more`] : [...words];
	const last = shown.pop() ?? "";
	return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}
const units = [
	[864e5, "day"],
	[36e5, "hour"],
	[6e4, "minute"],
	[1e3, "second"]
];
/** Milliseconds in prose, by the two greatest units: `5 minutes`, `1 hour 30 minutes`; under a second `120 ms`. */
function inWords(ms) {
	if (ms > 0 && ms < 1e3) return `${Math.round(ms)} ms`;
	let rest = Math.round(ms / 1e3) * 1e3;
	return units.flatMap(([size, name]) => {
		const n = Math.floor(rest / size);
		rest -= n * size;
		return n === 0 ? [] : [plural(n, name)];
	}).slice(0, 2).join(" ") || "0 seconds";
}
/** `10:42 UTC`, with the date when it is not the day of `now`. Both ISO 8601. */
function clockTime(instant, now) {
	const time = `${instant.slice(11, 16)} UTC`;
	return instant.slice(0, 10) === now.slice(0, 10) ? time : `${instant.slice(0, 10)} ${time}`;
}
/** `<= 250 ms` as people write it: `≤ 250 ms`. */
const signs = (threshold) => threshold.replace("<=", "≤").replace(">=", "≥").replace("==", "=");
/** `4.1 % (limit < 1 %)`, or the judge's own reason where no single value says it. */
function measuredWords(reading) {
	return reading.shown !== void 0 && reading.threshold !== void 0 ? `${reading.shown} (${parseThreshold(reading.threshold) ? "limit " : ""}${signs(reading.threshold)})` : reading.reason;
}
/**
* How many events stand behind a reading and how old the newest sample is: `12,400 events, newest 8s old`. Of scans how many results were
* read, and how many of them do not count: `2 scans, 37 results, 2 waived`.
*/
function evidenceWords(gate) {
	if (!gate.reading) return "";
	const { events } = gate.reading;
	return [
		events === void 0 ? "" : `${amount(events)} ${Math.round(events) === 1 ? "event" : "events"}`,
		gate.newestAgeMs === void 0 ? "" : `newest ${formatDuration(gate.newestAgeMs)} old`,
		gate.findings === void 0 ? "" : scansWords(gate.findings)
	].filter((text) => text !== "").join(", ");
}
/** `over the limit of 1 %`, `under the required 99.9 %`. Undefined when the threshold is not one of a number. */
function limitWords({ value, threshold, code }) {
	const parsed = threshold === void 0 ? void 0 : parseThreshold(threshold);
	if (!parsed || value === void 0) return void 0;
	const { operator } = parsed;
	const limit = formatThreshold(parsed).slice(operator.length + 1);
	const hard = code === "over-hard-limit" ? "hard " : "";
	if (operator === "==") return `but must be exactly ${limit}`;
	const below = operator === "<" || operator === "<=";
	if (value === parsed.limit) return `but must stay ${below ? "under" : "over"} ${limit}`;
	return below ? `over the ${hard}limit of ${limit}` : `under the ${hard === "" ? "required" : "hard limit of"} ${limit}`;
}
/** What is wrong with a gate, behind its name: ` is 4.1 %, over the limit of 1 %`, or `: ` and the judge's reason. */
function complaint({ reading, state }) {
	if (!reading) return ": not evaluated";
	const limit = state === "unhealthy" ? limitWords(reading) : void 0;
	return limit === void 0 || reading.shown === void 0 ? `: ${reading.reason}` : ` is ${reading.shown}, ${limit}`;
}
/** The complaint without its numbers, where the judge puts them behind what they come to, and without what else was found. */
function headline(gate) {
	if (gate.reading?.code === "findings" && gate.findings) return foundWords(gate.findings);
	const [text = ""] = complaint(gate).split("; besides: ");
	return gate.reading?.standing ? text.split("; ")[0] ?? text : text;
}
/** `since 10:42 UTC, 3 rounds in a row`; nothing for what was seen once. */
function sinceWords({ since, rounds }, now) {
	if (since === null) return "";
	const when = `since ${clockTime(since, now)}`;
	return rounds < 2 ? `${when}, 1 round` : `${when}, ${rounds} rounds in a row`;
}
/** Over the gates that are unhealthy without being what stopped the train. */
const besidesTitle = ({ verdict }) => verdict.reason === "cancelled" ? "Unhealthy at that time" : "Unhealthy too, but not the reason yet";
/** Over the gates that are healthy by statistics. */
const provenTitle = "What was proven, what not";
/** What is said of the release when it was not it that stopped the train: only what holds of the last measurement of each gate. */
function faultWords(view) {
	const sick = view.gates.filter((g) => g.enforce === "block" && g.measured?.reading.state === "unhealthy");
	if (sick.length === 0) return "the release itself was not found at fault";
	return `${listed(sick.map((g) => g.name))} ${sick.length === 1 ? "was" : "were"} unhealthy when last measured`;
}
/**
* The verdict as one sentence that a manager understands, such as `Stop: error rate is 4.1 %, over the limit of 1 %; also scans`.
*
* @param of texts of gates come in full; the caller cuts the line
*/
function verdictSentence(view) {
	const { verdict, record } = view;
	const because = reasonWords(view);
	if (verdict.reason === "cancelled") return `Cancelled${because.replace(/^cancelled/i, "").replace(/^(?=\w)/, ": ")}`;
	if (view.overridden) return `Overridden: ${overriddenBy(record)}; the gates say stop (${because})`;
	if (view.observedStop) return `Observed only: would have stopped (${because})`;
	if (verdict.decision === "continue") {
		const { length } = view.warnings;
		return `Continue${record.observe ? " (observed only)" : length > 0 ? `, with ${length === 1 ? "a warning" : `${length} warnings`}` : record.standing?.used.length ? ", by an override" : ""}: ${because}`;
	}
	const flags = movesSaid(record);
	return `${capital(verdict.decision)}: ${because}${flags === "" ? "" : `; ${flags}`}`;
}
/** Where the release was annotated and who was told, and who not, by what came last: `annotated in grafana`, `slack NOT told`. */
function annotatedWords({ reactions = [] }) {
	const marks = reactions.filter(({ flag }) => flag === void 0);
	const last = new Map(marks.map(({ type, target, ok, told }) => [`${type} ${target}`, {
		type,
		ok,
		told: told === true
	}]));
	const where = (told, ok) => [...new Set([...last.values()].flatMap((mark) => mark.told === told && mark.ok === ok ? [mark.type] : []))];
	const words = (types, say) => types.length > 0 ? [say(listed(types))] : [];
	return [
		...words(where(false, true), (names) => `annotated in ${names}`),
		...words(where(false, false), (names) => `not annotated in ${names}`),
		...words(where(true, true), (names) => `told ${names}`),
		...words(where(true, false), (names) => `${names} NOT told`)
	];
}
const overriddenBy = ({ standing }) => {
	const used = standing?.used.find(({ lifts }) => lifts === "verdict");
	return used ? `${used.by} lets it go (${used.reason})` : "somebody lets it go";
};
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
function reasonWords(view) {
	const { verdict, blamed, evaluation } = view;
	const names = listed(blamed.map((gate) => gate.name));
	const [first, ...others] = blamed;
	switch (verdict.reason) {
		case "healthy": return view.record.walk ? verdict.sentence : healthyWords(view);
		case "unhealthy": {
			if (!first) return verdict.sentence;
			const also = others.length === 0 ? "" : `; also ${listed(others.map((gate) => gate.name))}`;
			return `${first.name}${headline(first)}${also}`;
		}
		case "not-measured": return first ? `could not measure ${names}; ${faultWords(view)}` : verdict.sentence;
		case "insufficient-evidence": return first ? `too little evidence from ${names}; ${faultWords(view)}` : verdict.sentence;
		case "open-stop": return openStopWords(view.record) ?? verdict.sentence;
		case "not-steady": return `the deadline came before all gates had been healthy together${evaluation.steady === void 0 ? "" : ` for ${inWords(evaluation.steady)}`}; ${faultWords(view)}`;
		default: return verdict.sentence;
	}
}
/** Without the links and the ways on, which stand below. */
function openStopWords({ standing }) {
	const [stop, ...others] = standing?.stops ?? [];
	if (!stop) return void 0;
	const what = [stop.service, stop.version ?? (stop.sha === null ? "the last release" : stop.sha.slice(0, 10))];
	const more = others.length === 0 ? "" : `, as ${plural(others.length, "other")} since`;
	return `${what.filter((part) => part !== null).join(" ")} was stopped ${clockTime(stop.at, "")} (${stop.sentence})${more}, and no fix has passed since`;
}
function healthyWords({ gates, evaluation }) {
	const must = gates.filter((gate) => gate.enforce === "block");
	const well = must.filter((gate) => gate.state === "healthy");
	const kind = must.length === gates.length ? "gate" : "blocking gate";
	const who = well.length < must.length ? `${well.length} of ${plural(must.length, kind)}` : must.length === 1 ? `the ${kind}` : `all ${must.length} ${kind}s`;
	const steady = evaluation.steady ?? 0;
	const verb = well.length === 1 ? "was healthy" : "were healthy together";
	const ignored = must.filter((gate) => gate.ignored).length;
	return [`${who} ${steady > 0 ? `${verb} for ${inWords(steady)}` : verb}`, ignored > 0 ? `${ignored} without evidence, which the policy ignores` : ""].filter((text) => text !== "").join("; ");
}
/** The limit within which the gate would have been healthy; to keep a hard limit alone would not have been enough. */
const neededLimit = ({ reading, threshold }) => reading?.shown === void 0 ? void 0 : reading.code === "over-hard-limit" ? threshold : reading.threshold;
/**
* What it would have taken: `It would have continued if error rate had stayed < 1 % (it is 4.1 %) for 5 minutes.` Empty when no
* gate stands in the way with a value, since the reason itself then says all there is.
*/
function counterfactual({ blamed, alsoSick, gates, verdict, evaluation }) {
	const sick = [...blamed, ...alsoSick].filter((gate) => gate.state === "unhealthy");
	if (verdict.reason !== "unhealthy" || !sick.some((gate) => neededLimit(gate) !== void 0)) return "";
	const unproven = gates.filter((gate) => gate.enforce === "block" && gate.state !== "healthy" && !gate.ignored).filter((gate) => !sick.includes(gate));
	const conditions = [...sick.map(condition), ...unproven.map(({ name }) => `${name} had been proven healthy`)];
	const steady = evaluation.steady ?? 0;
	const together = conditions.length > 1 ? ", all together" : "";
	return `It would have continued if ${listed(conditions, 5)}${steady > 0 ? `${together} for ${inWords(steady)}` : together}.`;
}
function condition(gate) {
	const { name, reading, gaps } = gate;
	const limit = neededLimit(gate);
	if (limit !== void 0) return `${name} had stayed ${signs(limit)} (it is ${reading?.shown})`;
	if (reading?.code !== "findings" || reading.threshold === void 0) return `${name} had been healthy`;
	return `${name} had found ${reading.threshold}${gaps.length > 0 ? " and left nothing out" : ""}`;
}
// build/report/findings-text.js
/** Findings in the report for a terminal or a log: the worst, and what became of all others in numbers. */
/** Findings of each gate, reasons, remarks: a log is no place for more. */
const most = 10;
/** Of each gate whose scans found something: what it comes to, the worst, and the numbers of the rest. */
const findingsLines = (gates, record) => gatesWithFindings(gates).flatMap(({ name, findings: view }) => {
	const besides = besidesWords(view);
	const shown = view.worst.against.slice(0, most);
	const missing = view.againstAll - shown.length;
	const excused = view.excused.map(({ fate, reason, count }) => `${amount(count)} ${fateWord(fate)}: ${plain(reasonWords$1(reason), 100)}`);
	const inner = [
		...shown.map((found) => findingLine(found, record)),
		...missing > 0 ? [`and ${amount(missing)} more against the policy`] : [],
		totalsWords(view),
		...atMost(excused)
	];
	return [{
		text: `${plain(name, 80)}: ${againstWords(view)}${besides === "" ? "" : `; ${besides}`}`,
		inner: false
	}, ...inner.map((text) => ({
		text,
		inner: true
	}))];
});
/** What should be put in order, of all gates. */
const remarksLines = (gates) => atMost(remarksOf(gates).map((message) => plain(message, 300)));
const atMost = (lines) => [...lines.slice(0, most), ...lines.length > most ? [`and ${lines.length - most} more`] : []];
function findingLine(found, record) {
	const excuse = excuseWords(found);
	return [
		plain(`${gravity(found)}: ${messageOf$1(found)}`, 240),
		plain(placeOf$1(found) ?? "", 200),
		plain(fixWords(found), 200),
		plain(nameOf(found), 160),
		plain(found.package ?? "", 120),
		excuse === "" ? "" : plain(`counts all the same: ${excuse}`, 300),
		found.owner === void 0 ? "" : plain(`owner ${found.owner}`, 100),
		ageWords(found, record),
		plain(`severity: ${whyWords(found)}`, 240),
		plain(`identity ${shortIdentity(found.identity)}`, 40)
	].filter((part) => part !== "").join("; ");
}
// build/report/next-security.js
/** What to do next about scans, by the code of a reading. One sentence without its first capital and its last stop; backticks mark code. */
const written = "have the scanner write its results in a step before this one, and check the paths in `files`; a scan that is not there is not a clean one";
const broken$1 = "see the scanner's own log: it wrote no complete report. Let it write the file itself, to a path of its own, and run it again";
const format = "let the scanner write the format and version that the source reads; its page names the option";
const log = "see the scanner's own log: it did not finish, so its findings are not all of them";
const rescan = "scan again in this run, and read the results of that scan";
const beside = (what) => `mend ${what} that the policy names (the reason above says where): without it nobody knows what counts`;
const downloaded = (what) => `see that the step which downloads ${what} went well: a list that cannot be read says of nothing that it is exploited`;
const bySecurityCode = {
	findings: "fix what stands against the policy, the worst first, then scan and release the new commit; for what does not apply write a waiver, by the identity that stands beside it, with an owner, a reason and an end",
	"no-report": written,
	"no-data": written,
	"outside-workspace": "write the results into the workspace; what lies outside of it is not read, links included",
	"empty-file": broken$1,
	unreadable: broken$1,
	"producer-failed": broken$1,
	"results-missing": broken$1,
	"no-runs": broken$1,
	"no-tool": broken$1,
	"malformed-result": broken$1,
	"duplicate-keys": "let the scanner write each key once: which of two counts would be a guess",
	"too-large": "let the scanner report less into one file, or write several",
	"bad-encoding": "write the report as UTF-8; in PowerShell with `Out-File -Encoding utf8` in place of `>`",
	"not-sarif": format,
	"not-a-report": format,
	"unsupported-version": format,
	"external-results": "put the files beside the report to which it points, or let the scanner write everything into one",
	"more-problems": "mend what is wrong with the report; the record has the whole list",
	"scan-failed": `${log}; where they are complete enough all the same, say so in \`tolerate\` with a reason and an end`,
	"execution-unknown": "let the scanner write `invocations`, or be content with scans that do not say it: `execution-required: false`",
	partial: log,
	"commit-unknown": "tell the scanner which commit it scans (`versionControlProvenance` in SARIF), or use `commit-required: false`",
	"wrong-commit": "scan the commit that is released, in this run",
	"wrong-image": "scan the image that is released, by its digest",
	"image-unknown": "scan the image by its digest and let the report name it, or leave out `image`",
	stale: rescan,
	"age-unknown": "let the scanner write when it ended (`invocations` in SARIF); without it leave out `max-age`, and scan in this run",
	clock: "set the clocks of the runner and of the scanner right",
	"database-stale": "update the scanner's vulnerability data (its cache in this job may be old), then scan again",
	"database-age-unknown": "use a format that says how old the vulnerability data are (Grype's own JSON), or leave out `database-max-age`",
	"tool-missing": "run the missing scanner before this step, or correct its name in `require`",
	"category-missing": "run a scanner of that kind before this step; one that Signalbox does not know is named in `categories`",
	"too-few-rules": "see that the scanner loaded all of its rules, or lower `rules` in `require`",
	"not-analysed": "let the analysis of this very commit end before this step, or give it time with a longer `deadline`; see that its workflow runs for this branch or tag",
	"analysis-error": "open the analysis on the platform and mend what it failed at, then analyse this commit again",
	"analysis-incomplete": "open the analysis on the platform: it warns that it is not complete; mend that and analyse again",
	truncated: "the platform keeps only a part of so many results: mend or exclude the bulk of them, or read the SARIF file itself with a source `sarif`",
	"no-permission": "give the credential of this source the permission that the reason names (reading is enough)",
	"not-enabled": "switch the scanning on for this repository, and see that the credential may see it: without the right the platform answers the same",
	"bad-query": "mend what the reason names in the source, in the policy",
	throttled: "run this step again when the limit is over; a token of its own has a limit of its own",
	"api-unavailable": "see the status page of the platform, then run this step again",
	"waivers-unreadable": beside("the file of waivers"),
	"vex-unreadable": beside("the VEX document"),
	"baseline-unreadable": beside("the baseline"),
	"kev-unreadable": downloaded("CISA's catalog"),
	"epss-unreadable": downloaded("the EPSS scores")
};
// build/report/next.js
/** What to do next, by the reason of the decision and the code of each reading. Forward only: never back to an older version. */
/** A server that can be reached, but does not let us see. */
const credential = "check the source's credential: is its variable set in this job, is it still valid, and is it one for this server?";
const reach = "check the source's `url`, and that this runner can reach it (network rules, proxy, VPN)";
const patience = "the system that holds the evidence did not answer properly; see whether it is up, then run this step again";
/** By code of a reading. One sentence without its first capital and its last stop. */
const byCode = {
	"over-threshold": "find what the new version changed (open the evidence), fix it and release the fix",
	"over-hard-limit": "find what the new version changed (open the evidence), fix it and release the fix",
	"compares-badly": "find what the new version changed (open the evidence of both times), fix it and release the fix; if the tide of the day explains it, compare with `week-ago`",
	"worse-than-baseline": "take the traffic off the canary, find what it does otherwise than the baseline (open the evidence of both), fix it and release the fix",
	"alerts-firing": "open the alert and mend what it tells of; release the fix",
	"older-alerts": "mend what burnt before this release, or name it in `ignore` if it says nothing about the service; then run this step again",
	"burn-rate": "find what fails right now (open the evidence), fix it and release the fix",
	"budget-spent": "put reliability first until the budget is back; for a release that brings it back set this gate to `enforce: warn`",
	"not-as-expected": "switch the flag to the state that the policy expects, or change the policy if the plan has changed",
	"no-data": "check that the query, the files or the scope match anything at all: is the service monitored under this name, and did anything happen yet?",
	partial: "the source answered in part only; see its notes in the evidence, then run this step again",
	"not-a-number": "the query divides by nothing or has no traffic to look at; wait for traffic, and set `min-events`",
	"age-unknown": "ask for raw samples: nothing says how old this answer is",
	"before-deployment": "check that the new version reports to this source, and that `deployed-at` is right",
	stale: "see why no newer samples arrive (scrape, exporter, ingestion), or raise `max-age` if they always come this late",
	"too-early": "give the data time to arrive: a longer `deadline`",
	"no-baseline": "see that the earlier time was measured (was the service there, under the same names?), or compare `against` another",
	"baseline-zero": "say with `at-least` how much is no change yet: of nothing there is no share",
	"no-traffic": "see that the canary gets traffic, and that its series carry the label or name that `arms` asks for; a canary that nobody uses proves nothing",
	"failures-unknown": "let the query for failures give 0 where there was traffic and nothing failed: `<failures> or 0 * <total>` in PromQL; see the page of the source",
	gaps: "see why one of the arms has minutes without events: traffic that comes and goes, scrapes that fail; a longer `bin` bridges small gaps",
	undecided: "give the canary more traffic or a longer `deadline`; or say with `accept` which harm must be ruled out",
	unproven: "give the canary more traffic or a longer `window`; or be content with `at-window-end: no-harm-seen`",
	"not-counts": "let both queries count the same events in each bin: `failures` a part of `total`, and no rates",
	"not-a-histogram": "keep the label `le` in the query: one series for each upper bound, `+Inf` too",
	"bounds-differ": "give both versions the same buckets, and keep them for the whole release",
	unusual: "find what the new version changed (open the evidence), fix it and release the fix; if the day itself is unusual, say so and compare another value",
	"too-few-days": "see how long the source keeps its data; ask for fewer or other `days`, or measure something that is always there",
	"not-seeable": "compare something that happens more often, or with a longer `before`",
	"days-overlap": "shorten `window` or the warm-up, so that the earlier days end before the release",
	"bounds-too-wide": "give the histogram bounds among the durations that there are, the same for both versions",
	"too-few-rules": "see which alert rules are enabled for this scope, or lower `min-rules`",
	"rules-without-data": "mend the alert rules that have no data: they could not fire if they should",
	"all-muted": "end the silence or downtime, or run this step after it: muted rules prove nothing",
	"too-many-alerts": "narrow `match` to what this release can break",
	"too-few-events": "wait for more traffic with a longer `deadline`, send test traffic, or lower `min-events`",
	"unknown-flag": "check the name of the flag, and the environment that the credential belongs to",
	"no-flags": "check the pattern, and the environment that the credential belongs to; `allow-empty` says that nothing need match",
	"not-configured": "set the flag up in this environment, or ask the source for the right one",
	"no-counterpart": "set the flag up at the other source too, or leave it out of `parity`",
	indeterminate: "say with `reach` who may get the flag, name the contexts that matter with `for:`, or take the rules away that leave it open",
	"not-told": "leave out what this provider does not tell, or ask a source that does",
	"change-unknown": "leave out what rests on the last change of the flag, which this provider does not tell, or ask a source that does",
	"changed-lately": "leave the flag alone for as long as `unchanged-for` says; a longer `deadline` waits for it",
	"never-evaluated": "see that the deployed application asks for the flag, under this name and in this environment",
	"kill-unknown": "try once whether the credential may switch the flag off, then set `pre-flight: warn` or leave out `killable`: the provider does not tell beforehand",
	"stale-flags": "take each flag out of the code, then out of the provider; name in `except` what is meant to stay, or mark it permanent there",
	"not-proven": "name the contexts that matter with `for:`, so that each of them is asked for",
	"code-default": "say with `code-default` what the application does when the provider serves no value",
	unclear: "say what the served value means with `on-values` or `off-values`",
	unauthorized: credential,
	"bad-credential": credential,
	forbidden: "give the credential of this source the right to read what the query asks for (reading is enough)",
	"not-found": "check the source's `url` and the names in the query: the server knows no such thing",
	refused: reach,
	dns: reach,
	connection: reach,
	proxy: reach,
	redirect: "use the address that the server redirects to as the source's `url`",
	insecure: "use https in the source's `url`",
	tls: "check that the address is an https one, and give the certificate authority with `NODE_EXTRA_CA_CERTS`",
	timeout: "see whether the system that holds the evidence is slow or down, make the query cheaper, or raise `round-timeout`",
	"server-error": patience,
	"query-failed": patience,
	"bad-answer": patience,
	"bad-query": "mend the query in the policy; ask the system directly with it first",
	"many-series": "aggregate in the query until one series is left, or say with `reduce` how to make one number of them",
	"too-many-series": "aggregate in the query: it returns far more series than can be judged",
	"too-large": "aggregate in the query: its answer is too large",
	"not-a-ratio": "say with `unit` what the query returns",
	"bad-threshold": "mend the threshold in the policy",
	"clock-skew": "set the clocks of the runner and of the source right",
	"no-file": "write the file before this step, or correct its path in the policy",
	"bad-definition": "mend the flag definition file",
	"over-max-failures": "find in the reasons why the idle side fails (open its logs), fix it and release the fix; if the live side fails alike, look at what both share",
	"worse-than-live": "find what the idle side does otherwise than the live side (version, settings, connections that are its own), fix it and release the fix",
	"slower-than-live": "find what makes the idle side slower: cold caches (a longer `warm-up`), a smaller instance, or the new version; fix it and release the fix",
	"live-failed": "ask the live side from this runner with the same headers: mend endpoints, credential or network of the probe; take `live` out of the source if it really is down",
	"wrong-side": "see that `url` and `headers` of the source lead to the side they should, and that `recognised-by` fits",
	"looks-worse": "give the gate more rounds with a longer `deadline`, or more `requests` a round",
	"too-few-requests": "give the gate more rounds with a longer `deadline`, or more `requests` a round",
	"target-not-as-expected": "bring the target to what the policy expects (deploy to it, start it, move its traffic), or change the policy if the plan has changed",
	"rollout-failed": "see in the evidence why the deployment failed, fix it and release the fix",
	waiting: "see why what this release needs is not there yet: release that first, or wait for it with a longer `deadline`",
	deploying: "let the deployment there come to its end, then run this step again; a longer `deadline` waits for it",
	"too-young": "give it the time that `stable-for` asks for: a longer `deadline` waits for it",
	"no-settings": "check the names of both targets: neither has a setting, so there is nothing to compare"
};
const byState = {
	unhealthy: "fix the cause and release the fix",
	insufficient: "see the reason above; run this step again when there is evidence",
	error: "see the reason above; run this step again when it can be measured"
};
/** What a gate's type and code come to; some codes mean something else to scans than to telemetry. */
const adviceFor = ({ type, reading }) => reading === null ? void 0 : (type === "security" ? bySecurityCode[reading.code] : void 0) ?? byCode[reading.code] ?? byState[reading.state];
function rerunWords({ record }) {
	if (record.host.kind === "github") return "use \"Re-run failed jobs\" on the page of this run";
	if (record.host.kind === "azure") return "use \"Rerun failed jobs\" on the page of this run";
	return "start the same command again";
}
/** Per gate that is in the way, then for the decision as a whole. */
function nextSteps(view) {
	const { verdict } = view;
	const inTheWay = [
		...view.blamed,
		...view.alsoSick,
		...verdict.decision === "continue" ? view.warnings : []
	];
	const advice = /* @__PURE__ */ new Map();
	for (const gate of inTheWay) {
		const text = adviceFor(gate);
		if (text !== void 0) advice.set(text, [...advice.get(text) ?? [], gate.name]);
	}
	return [...[...advice].map(([text, gates]) => ({
		text,
		gates
	})), ...general(view).map((text) => ({
		text,
		gates: []
	}))];
}
function general(view) {
	const { verdict, observedStop, overridden } = view;
	const rerun = rerunWords(view);
	const [first] = [...view.blamed].map((gate) => gate.name);
	const observe = first === void 0 ? "To watch a policy before it may stop anything, set `observe: true` on this step." : "Is a gate new, or its limit a guess? With `enforce: observe` it only reports until it has earned your trust.";
	if (overridden) return ["The train goes although its gates say stop: watch it, release the fix of what they found, and remove the override."];
	if (observedStop) return ["Nothing was stopped. When these verdicts agree with yours for some releases, remove `observe` and let the gates decide."];
	switch (verdict.reason) {
		case "unhealthy": return [`The new version stays where it is: ${darkWords(view)}, and go forward with a fix. The pipeline of the fix asks all gates again.${lastsWords(view)}`, observe];
		case "not-measured":
		case "insufficient-evidence": return [`Nothing needs to be built again: when the evidence is there, ${rerun}.`, observe];
		case "not-steady": return [`Give it more time: raise \`deadline\`, or lower \`steady\`; then ${rerun}.`];
		case "not-moved": return ["Everything stands as the section Stages says. Clear what was in the way, then begin anew."];
		case "open-stop": return ["Fix what stopped that release, and release the fix with the input `fixes` (a commit, an issue or a sentence that says what it mends): another commit, of which all gates are asked.", overrideWords("open-stop", view)];
		case "frozen": return [`Wait for the end of the freeze; then ${rerun}.`, overrideWords("freeze", view)];
		case "cancelled": return view.record.walk?.walked.length ? [`Nothing was decided. To go on where it was, ${rerun}, with the same \`state\`, or with the record of this run as the input \`resume\`.`] : [`Nothing was decided. To decide, ${rerun}.`];
		case "parked": return ["Nothing is to be done: the next run with the same `state` goes on from here."];
		case "policy-error": return ["Mend the lines above. `signalbox check` finds the same problems before anything is released.", observe];
		case "internal-error": return [`This is a fault of Signalbox or of its surroundings, not of the release: ${rerun}. If it comes back, report it with the record.`];
		default: return [];
	}
}
/** Somebody else than the one who wants to go should say so, where all can see it. */
function overrideWords(lifts, { record }) {
	const { overrides } = record.policy.effective ?? {};
	return `Or let somebody answer for it: an entry \`lifts: ${lifts}\` ${typeof overrides === "string" ? `in \`${overrides}\`` : "in a file that `overrides` of the policy names"}, with name, reason and expiry.`;
}
const lastsWords = ({ record }) => record.standing?.ledger === void 0 ? "" : " This stop stays open until a fix has passed, which says with the input `fixes` what it mends.";
/** By what became of its traffic and its flags at the end of this very step. */
function darkWords({ record }) {
	if (moveLines(record).some(({ trouble }) => trouble)) return "put right by hand what is not as it should be (see below)";
	const done = changesOf(record).filter((change) => isDone(change) && change.outcome !== "dry-run");
	if (done.some((change) => "traffic" in change)) return "the old one has the traffic again, so leave it there";
	return done.some(({ wanted }) => wanted === "off") ? "its flag is off now, so leave it dark" : "keep it dark (its feature flags off), or switch them off now";
}
/** `error rate: find what …` as one text. */
const stepWords = ({ text, gates }) => gates.length === 0 ? text : `${listed(gates)}: ${text}.`;
// build/report/standing.js
/** What stood when the train began, and what came in since the last good release. Words for every form of the report. */
const standingTitle = "Holds and overrides";
const line$1 = (mark, words, run = null) => ({
	mark,
	words,
	...run === null ? {} : { run }
});
const grave = (mark, words) => ({
	mark,
	words,
	grave: true
});
/** What kept the train, what was lifted for it and by whom, and what is to be put in order; empty: nothing is to be said. */
function standingLines({ standing, observe, release, decision }) {
	if (!standing) return [];
	const { ledger, stops, freezes, used, recent, remarks } = standing;
	const when = (instant) => clockTime(instant, "");
	return [
		...used.map(({ lifts, by, reason, expires, place }) => grave("!", `${by} answers for it: ${liftWords[lifts]}, until ${expires}: ${reason}${place === void 0 ? "" : ` (${place})`}`)),
		...stops.map((stop) => {
			const what = `stop open since ${when(stop.at)}: ${releaseWords(stop)} was stopped (${stop.reason}: ${stop.sentence})`;
			return line$1(decision.reason === "open-stop" ? "✗" : "–", `${what}; ${clearedWords(stop, standing, release, observe)}`, stop.run);
		}),
		...freezes.map((freeze) => {
			const kept = decision.reason === "frozen";
			return line$1(kept ? "✗" : "–", `frozen by ${freeze.name} ${untilWords(freeze)}${kept ? "" : `; ${passedWords(freeze, standing, observe)}`}`);
		}),
		...ledger?.first ? [line$1("?", `there is no ledger at ${ledger.file} yet, so this run is taken for the first: if there were others, see that the pipeline keeps the file`)] : [],
		...ledger?.torn ? [grave("?", `the last line of ${ledger.file} was cut off and is left out: a run was ended while it wrote, and what it decided is not known here`)] : [],
		...recent.map(({ lifts, by, reason, at, run, ...of }) => line$1("!", `overridden on ${when(at)} by ${by} (${liftWords[lifts]}; ${releaseWords(of)}): ${reason}`, run)),
		...remarks.map((remark) => line$1("–", remark))
	];
}
const liftWords = {
	"open-stop": "an open stop is lifted",
	freeze: "a freeze is lifted",
	verdict: "the verdict of the gates is overridden"
};
function clearedWords(stop, { used, fixes }, { sha }, observe) {
	if (used.some(({ lifts }) => lifts === "open-stop")) return "lifted by an override";
	if (stop.sha !== null && sha !== null && stop.sha.toLowerCase() === sha.toLowerCase()) return stop.reason === "unhealthy" ? "this is the stopped commit" : "the same commit is asked again";
	if (fixes !== void 0) return `declared as fixed: ${fixes}`;
	return observe ? "only observed, so it keeps nobody" : "not lifted";
}
function passedWords(freeze, { used, fixes }, observe) {
	if (used.some(({ lifts }) => lifts === "freeze")) return "lifted by an override";
	if (freeze.fixes && fixes !== void 0) return `a fix may pass: ${fixes}`;
	return observe ? "only observed, so it keeps nobody" : "the train had stopped already";
}
const forwardTitle = "What to fix forward";
const arrivalsTitle = "What came in since the last good release";
/** Reasons after which somebody looks for what broke. */
const mendable = /* @__PURE__ */ new Set([
	"unhealthy",
	"not-steady",
	"insufficient-evidence",
	"not-measured",
	"not-moved",
	"open-stop"
]);
/** @param most commits. @returns undefined where there is nothing to mend, or no ledger to know it from */
function arrivalsOf({ standing, verdict, service }, most) {
	const since = standing?.since;
	if (!since || verdict.decision !== "stop" || !mendable.has(verdict.reason)) return void 0;
	const { commits, flags, sha, version, at, run } = since;
	const list = commits.known ? commits.list.slice(0, most) : [];
	return {
		since: `${releaseWords({
			service,
			version,
			sha
		})}, ${clockTime(at, "")}`,
		...run === null ? {} : { run },
		commits: list.map((one) => ({
			sha: one.sha,
			words: `${one.subject} (${one.author})`
		})),
		note: noteOf(commits, list.length),
		flags: flags.map(({ flag, source, at: changed }) => `${flag} in ${source}, changed ${clockTime(changed, "")}`)
	};
}
function noteOf(commits, shown) {
	if (!commits.known) return `which commits came in is not known: ${commits.why}`;
	const { total, missing } = commits;
	return [total === 0 ? "no commit came in" : total > shown ? `${plural(total, "commit")} in all, the newest first` : "", missing > 0 ? `${plural(missing, "commit")} of the last good release ${missing === 1 ? "is" : "are"} not in this one` : ""].filter((part) => part !== "").join("; ");
}
// build/report/view.js
/** The decision record as a reader needs it: sorted by what it means for the decision. Every form of the report is made from it. */
/** Codes of healthy readings that leave something open. */
const statistical = /* @__PURE__ */ new Set([
	"no-worse",
	"no-harm-seen",
	"as-usual"
]);
/** Reasons that name gates one by one; the others are about the train as a whole. */
const gateReasons = /* @__PURE__ */ new Set([
	"unhealthy",
	"insufficient-evidence",
	"not-measured"
]);
function viewOf(record) {
	const { verdict, rounds } = record;
	const policy = policyOf(record);
	const stops = verdict.decision === "stop" && gateReasons.has(verdict.reason);
	const gates = record.gates.map((gate) => {
		const history = historyOf(gate.name, rounds);
		const rule = policy.gates.get(gate.name);
		const threshold = typeof rule?.threshold === "string" ? parseThreshold(rule.threshold) : void 0;
		const findings = findingsOf(history, rule);
		const poor = history.state === "insufficient" ? "on-missing" : history.state === "error" ? "on-error" : void 0;
		return {
			...gate,
			...history,
			blamed: stops && verdict.gates.includes(gate.name),
			ignored: gate.enforce === "block" && poor !== void 0 && rule?.[poor] === "ignore" && !history.reading?.pending,
			...threshold ? { threshold: formatThreshold(threshold) } : {},
			gaps: history.state === "healthy" || history.state === "unhealthy" ? [...history.answers.flatMap(gapsOf), ...findings?.gaps ?? []] : [],
			...findings && { findings },
			...evidenceOf(history)
		};
	});
	const blamed = gates.filter((gate) => gate.blamed);
	return {
		record,
		verdict,
		observedStop: record.decision.decision === "continue" && verdict.decision === "stop",
		overridden: record.decision.reason === "overridden",
		gates,
		blamed,
		alsoSick: gates.filter((gate) => gate.enforce === "block" && gate.state === "unhealthy" && !gate.blamed),
		warnings: gates.filter((gate) => gate.state !== "healthy" && (gate.enforce === "warn" || gate.ignored)),
		byStatistics: gates.filter(({ state, reading }) => state === "healthy" && statistical.has(reading?.code ?? "")),
		unmeasured: gates.filter((gate) => gate.state !== "healthy" && gate.state !== "unhealthy"),
		evaluation: policy.evaluation
	};
}
function evidenceOf({ answers, answeredAt }) {
	const measurements = answers.flatMap((answer) => "measurement" in answer ? [answer.measurement] : []);
	const link = measurements.map((m) => safeLink(m.link)).find((href) => href !== void 0);
	const ages = measurements.flatMap((m) => m.kind === "samples" && m.newest !== null && answeredAt !== null ? [Date.parse(answeredAt) - Date.parse(m.newest)] : []);
	return {
		...link === void 0 ? {} : { link },
		...ages.length === 0 ? {} : { newestAgeMs: Math.max(0, ...ages) }
	};
}
/** What any kind of answer can leave out. The judge says the worst of it among the reasons, cut short. */
function gapsOf(answer) {
	if ("failure" in answer) return [`${answer.role}: ${answer.failure.message}`];
	const { measurement: m } = answer;
	return m.partial ? [`${answer.role}: the answer is incomplete`] : [];
}
/** What the report needs of the policy. The record types it as unknown, since a record may come from another version. */
function policyOf(record) {
	const effective = isObject$1(record.policy.effective) ? record.policy.effective : {};
	const rules = Array.isArray(effective.gates) ? effective.gates.filter(isObject$1) : [];
	const times = isObject$1(effective.evaluation) ? Object.entries(effective.evaluation) : [];
	return {
		gates: new Map(rules.map((rule) => [String(rule.name), rule])),
		evaluation: Object.fromEntries(times.filter(([, ms]) => typeof ms === "number"))
	};
}
const isObject$1 = (x) => typeof x === "object" && x !== null;
// build/report/text.js
/** The report for a terminal or a log. */
const ansi = {
	healthy: 32,
	unhealthy: 31,
	insufficient: 33,
	error: 33,
	"not-evaluated": 2,
	bold: 1,
	faint: 2
};
/** Narrower than this nothing can be read, so it is taken for a wrong width. */
const narrowest = 30;
/** The final report. No line is wider than `width`, or 30 where that is less. */
function text$2(record, options) {
	const width = Math.max(narrowest, options.width);
	const paint = (style, line) => options.colour ? `\u{1b}[${ansi[style]}m${line}\u{1b}[0m` : line;
	const view = viewOf(record);
	const section = (title, lines) => lines.length === 0 ? [] : [paint("bold", title), ...lines];
	const bullets = (items) => items.flatMap((item) => wrap(`- ${item}`, width, 2, 4));
	const { verdict } = view;
	const sick = verdict.reason === "unhealthy" ? "unhealthy" : "error";
	const goes = verdict.decision === "continue";
	const otherwise = counterfactual(view);
	return [
		[...wrap(plain(verdictSentence(view), 400), width, 0, 2).map((line) => paint("bold", paint(goes ? "healthy" : sick, line))), ...wrap(subject(record), width, 0, 2).map((line) => paint("faint", line))],
		section(view.observedStop ? "What would have stopped it" : "Why it stopped", [...bullets(reasons$1(view)), ...otherwise === "" ? [] : wrap(plain(otherwise, 600), width, 2, 2)]),
		section(besidesTitle(view), bullets(view.alsoSick.map((gate) => gateWords(gate, record)))),
		section("Warnings", bullets(goes ? view.warnings.map((gate) => gateWords(gate, record)) : [])),
		section("Policy", bullets(record.problems.map(problemWords))),
		section("Stages", walkLines(record, bullets)),
		section("Moved at the end", bullets(moveLines(record).map(({ mark, subject, words }) => plain(`${mark} ${subject} ${words}`, 600)))),
		section(plural(view.gates.length, "gate"), gateTable(view.gates, width, paint)),
		section("Findings", findingsLines(view.gates, record).flatMap(({ text: line, inner }) => wrap(`- ${line}`, width, inner ? 4 : 2, inner ? 6 : 4))),
		section(provenTitle, bullets(view.byStatistics.map(({ name, reading }) => plain(`${name}: ${reading?.reason ?? ""}`, 600)))),
		section("Not measured", [...bullets(view.unmeasured.map(unmeasuredWords)), ...bullets(view.gates.flatMap(({ name, gaps }) => gaps.map((gap) => plain(`${name}, in part: ${gap}`, 400))))]),
		section(standingTitle, bullets(standingLines(record).map(({ mark, words, run }) => plain(`${mark} ${words}${run === void 0 ? "" : `; ${run}`}`, 600)))),
		section("Next", bullets(nextSteps(view).map((step) => plain(stepWords(step), 600)))),
		section(forwardTitle, arrivalsLines(record, width)),
		section("To put in order", bullets(remarksLines(view.gates)))
	].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n");
}
function subject({ service, release, policy, rounds, began, ended }) {
	return plain([
		[service, release.version].filter((x) => x !== null).join(" "),
		release.environment === null ? "" : `to ${release.environment}`,
		release.sha === null ? "" : `commit ${release.sha.slice(0, 10)}`,
		`policy ${policy.file ?? "inline"} ${policy.sha256.slice(0, 12)}`,
		`${plural(rounds.length, "round")} in ${inWords(Date.parse(ended) - Date.parse(began))}`
	].filter((part) => part !== "").join(", "), 400);
}
/** Reasons to stop; the verdict's sentence where no single gate is the reason. */
const reasons$1 = ({ blamed, verdict, record }) => verdict.reason === "not-steady" ? [plain(verdict.sentence, 600)] : blamed.map((gate) => gateWords(gate, record));
const gateWords = (gate, record) => {
	const since = sinceWords(gate, record.ended);
	return plain(`${gate.name}${complaint(gate)}${since === "" ? "" : `; ${since}`}`, 600);
};
const problemWords = ({ file, line, column, message }) => {
	const place = [
		file,
		line,
		column
	].filter((part) => part !== void 0).join(":");
	return plain(`${place === "" ? "" : `${place}: `}${message}`, 600);
};
const unmeasuredWords = (gate) => plain(`${gate.name}, ${stateWords(gate).word}${gate.reading === null ? "" : `: ${gate.reading.reason}`}`, 400);
/** State, gate and course in columns as wide as they need to be, what was measured in the rest; two lines a gate where that is too little. */
function gateTable(gates, width, paint) {
	const rows = gates.map((gate) => {
		const { mark, word } = stateWords(gate);
		const behind = [evidenceWords(gate), gate.reading?.shown === void 0 ? "" : sparkline(gate.values)];
		const measured = gate.reading === null ? "" : measuredWords(gate.reading);
		return {
			gate,
			state: `${mark} ${word}`,
			name: plain(gate.name, 60),
			rest: plain([measured, ...behind].filter((part) => part !== "").join("; "), 300)
		};
	});
	const most = (texts, limit) => Math.min(limit, Math.max(0, ...texts.map(columns)));
	const state = most(rows.map((row) => row.state), Math.floor(width / 3));
	const name = most(rows.map((row) => row.name), Math.floor(width / 3));
	const room = width - 2 - state - 2 - name - 2;
	return rows.flatMap((row) => {
		const shown = paint(row.gate.state, cutTo(row.state, state, true));
		if (room < 24) return [`  ${shown}  ${cutTo(row.name, width - 2 - state - 2)}`, ...row.rest === "" ? [] : wrap(row.rest, width, 6, 6)];
		const [head = "", ...more] = wrap(row.rest, room, 0, 0);
		const indent = " ".repeat(width - room);
		return [`  ${shown}  ${cutTo(row.name, name, true)}  ${head}`.trimEnd(), ...more.map((line) => indent + line)];
	});
}
const walkLines = ({ walk }, bullets) => walk === void 0 ? [] : bullets([...[plain(standsWords(walk), 300)].filter((line) => line !== ""), ...stageLines(walk).map(({ mark, stage, move, words }) => plain(`${mark} ${stage}${move === "" || move.endsWith(stage) ? "" : ` (${move})`}: ${words}`, 300))]);
/** What a log can show of a hundred. */
const mostCommits = 20;
function arrivalsLines(record, width) {
	const arrivals = arrivalsOf(record, mostCommits);
	if (!arrivals) return [];
	const { since, commits, note, flags } = arrivals;
	const items = [
		...commits.map(({ sha, words }) => `${sha.slice(0, 10)} ${words}`),
		...note === "" ? [] : [note],
		...flags.map((words) => `flag ${words}`)
	];
	return [...wrap(plain(`${arrivalsTitle} (${since}):`, 300), width, 2, 4), ...items.flatMap((item) => wrap(`- ${plain(item, 300)}`, width, 4, 6))];
}
/**
* One line for one round, while the step waits:
* `round 3  healthy 2/4  holding: error rate is 1.3 %, over the limit of 1 %, 1 of 2 rounds; steady 2m of 5m; 24m left`.
*/
function progressLine(round, run) {
	const { decision } = round;
	const healthy = round.gates.filter((g) => g.reading?.state === "healthy").length;
	const phase = {
		"warm-up": " warm-up",
		watch: "",
		final: " final check"
	}[round.phase];
	const before = `round ${round.number}${phase}  healthy ${healthy}/${round.gates.length}`;
	if (decision.decision !== "hold") return `${before}  ${decision.decision}: ${plain(decision.sentence, 160)}`;
	const left = run.began + run.evaluation.deadline - Date.parse(round.ended);
	const { state } = run;
	return `${before}  ${[
		`holding: ${holdWords(round, run)}`,
		state !== void 0 && state.steadyMs > 0 && decision.reason !== "steadying" ? `steady ${formatDuration(state.steadyMs)} of ${formatDuration(run.evaluation.steady)}` : "",
		left > 0 ? `${formatDuration(left)} left` : "no time left"
	].filter((part) => part !== "").join("; ")}`;
}
function holdWords(round, { rules, state }) {
	const { decision } = round;
	if (![
		"unconfirmed",
		"not-measured",
		"insufficient-evidence"
	].includes(decision.reason)) return plain(decision.sentence, 160);
	const [name, ...others] = decision.gates;
	const reading = round.gates.find((g) => g.gate === name)?.reading;
	if (name === void 0 || !reading) return plain(decision.sentence, 160);
	const inRow = state?.gates.get(name)?.unhealthyInRow ?? 0;
	const after = rules?.find((rule) => rule.name === name)?.["unhealthy-after"];
	const count = inRow > 0 && after !== void 0 ? `, ${inRow} of ${after} rounds` : "";
	const also = others.length === 0 ? "" : ` (also ${listed(others, 2)})`;
	return `${plain(`${name}${complaint({
		reading,
		state: reading.state
	})}`, 160)}${count}${plain(also, 80).replace(/^(?=.)/, " ")}`;
}
// build/train/decide.js
/**
* The decision, as a pure fold over rounds: `advance` takes a round in, `decide` says what follows. The rules are in
* `docs/decision.md`; two of them hold whatever the readings are: without a healthy blocking gate in the same round there is
* no `continue`, and insufficient evidence or an error is never counted against the release.
*/
const initialState = {
	gates: /* @__PURE__ */ new Map(),
	steadyMs: 0,
	healthyAt: null,
	phase: null
};
const fresh = {
	last: null,
	unhealthyInRow: 0,
	unhealthyTotal: 0,
	unmeasuredSince: null,
	permanentInRow: 0
};
const blocking = (rules) => rules.filter((rule) => rule.enforce === "block");
/** Healthy, or poor evidence that the policy says to ignore. A gate that was not evaluated is never passable. */
function passable(rule, reading) {
	if (!reading) return false;
	if (reading.state === "healthy") return true;
	if (reading.state === "insufficient") return rule["on-missing"] === "ignore" && !reading.pending;
	return reading.state === "error" && rule["on-error"] === "ignore";
}
/** All blocking gates passable in this round, and at least one that is about the release really healthy. */
function allHealthy(rules, readings) {
	const must = blocking(rules);
	return must.every((rule) => passable(rule, readings.get(rule.name))) && must.some((rule) => !rule.preparation && readings.get(rule.name)?.state === "healthy");
}
function advanceGate(state, reading, { at, phase }) {
	if (reading === null) return {
		...state,
		last: null
	};
	const counts = reading.state === "unhealthy" && (phase !== "warm-up" || reading.conclusive === true);
	const failed = reading.state === "error";
	return {
		last: reading,
		unhealthyInRow: reading.state === "healthy" ? 0 : state.unhealthyInRow + (counts ? 1 : 0),
		unhealthyTotal: state.unhealthyTotal + (counts ? 1 : 0),
		unmeasuredSince: failed && phase !== "warm-up" ? state.unmeasuredSince ?? at : null,
		permanentInRow: reading.permanent ? state.permanentInRow + 1 : 0
	};
}
/** Takes one round in. */
function advance(state, round, rules, evaluation) {
	const next = {
		gates: new Map(rules.map(({ name }) => [name, advanceGate(state.gates.get(name) ?? fresh, round.readings.get(name) ?? null, round)])),
		phase: round.phase
	};
	if (blocking(rules).some((rule) => round.readings.get(rule.name)?.state === "unhealthy") || round.phase === "warm-up") return {
		...next,
		steadyMs: 0,
		healthyAt: null
	};
	if (!allHealthy(rules, round.readings)) return {
		...next,
		steadyMs: state.steadyMs,
		healthyAt: null
	};
	const proven = state.healthyAt === null ? 0 : Math.min(round.at - state.healthyAt, 2 * evaluation.every);
	return {
		...next,
		steadyMs: state.steadyMs + Math.max(0, proven),
		healthyAt: round.at
	};
}
/** How often it must be seen that waiting cannot heal something before it is believed. */
const permanentAfter = 2;
/**
* What follows from the rounds so far.
*
* @param time in milliseconds since the epoch; at and after `deadline` there is no more holding, except for the final check
*/
function decide(state, rules, evaluation, time) {
	const stands = blocking(rules).map((rule) => ({
		rule,
		state: state.gates.get(rule.name) ?? fresh
	}));
	const proven = conclusiveStop(stands, state.phase, evaluation, time.now);
	if (proven) return proven;
	const readings = new Map(stands.map(({ rule, state: { last } }) => [rule.name, last]));
	if (state.healthyAt !== null && allHealthy(rules, readings) && state.steadyMs >= evaluation.steady) {
		const healthy = stands.filter((s) => s.state.last?.state === "healthy");
		const sentence = `${plural(healthy.length, "blocking gate")} healthy together${evaluation.steady > 0 ? ` for ${formatDuration(state.steadyMs)}` : ""}`;
		return state.phase === "final" ? say("continue", "healthy", healthy, `${sentence}, and once more in the final check`) : say("hold", "final-check", healthy, `${sentence}; all are asked once more`);
	}
	return waiting(stands, state, evaluation, time.now >= time.deadline);
}
/** The reasons to stop without waiting for the deadline. */
function conclusiveStop(stands, phase, evaluation, now) {
	const sick = stands.filter(({ rule, state }) => state.last?.state === "unhealthy" && state.last.conclusive === true || state.unhealthyInRow >= rule["unhealthy-after"] || state.unhealthyTotal >= (rule["unhealthy-limit"] ?? Number.POSITIVE_INFINITY));
	if (sick.length > 0) return say("stop", "unhealthy", sick, sick.map(unhealthyText).join("; "));
	const lost = stands.filter(({ rule, state }) => {
		if (state.last?.state !== "error" || rule["on-error"] === "ignore") return false;
		const overBudget = state.unmeasuredSince !== null && now - state.unmeasuredSince >= evaluation["error-budget"];
		return rule["on-error"] === "stop" && phase !== "warm-up" || state.permanentInRow >= permanentAfter || overBudget;
	});
	if (lost.length > 0) return say("stop", "not-measured", lost, reasons(lost));
	const missing = stands.filter(({ rule, state }) => {
		if (state.last?.state !== "insufficient" || rule["on-missing"] === "ignore" || state.last.pending) return false;
		return rule["on-missing"] === "stop" && phase !== "warm-up" || state.permanentInRow >= permanentAfter;
	});
	if (missing.length > 0) return say("stop", "insufficient-evidence", missing, reasons(missing));
}
/** Nothing is conclusive: what holds the train, or at the deadline what it stops for. The worst reason is named. */
function waiting(stands, state, evaluation, late) {
	const verb = late ? "stop" : "hold";
	if (state.phase === "warm-up" && !late) return say("hold", "warming-up", [], "the new version is still warming up");
	const inState = (wanted) => stands.filter((s) => (s.state.last?.state ?? null) === wanted);
	const sick = inState("unhealthy");
	if (sick.length > 0) return say(verb, late ? "unhealthy" : "unconfirmed", sick, sick.map(unhealthyText).join("; "));
	const lost = [...inState("error"), ...inState(null)].filter(({ rule, state: { last } }) => !passable(rule, last));
	if (lost.length > 0) return say(verb, "not-measured", lost, reasons(lost));
	const poor = inState("insufficient").filter(({ rule, state: { last } }) => !passable(rule, last));
	if (poor.length > 0) return say(verb, "insufficient-evidence", poor, reasons(poor));
	if (!inState("healthy").some(({ rule }) => !rule.preparation)) return say(verb, "insufficient-evidence", stands, "no blocking gate has evidence: poor evidence may be ignored, but not all of it");
	const text = `healthy for ${formatDuration(state.steadyMs)} of the ${formatDuration(evaluation.steady)} that are asked for`;
	return say(verb, late ? "not-steady" : "steadying", stands, text);
}
const say = (decision, reason, stands, sentence) => ({
	decision,
	reason,
	gates: stands.map(({ rule }) => rule.name),
	sentence
});
const reasons = (stands) => stands.map(({ rule, state }) => `${rule.name}: ${state.last?.reason ?? "not evaluated"}`).join("; ");
function unhealthyText({ rule, state }) {
	const rounds = state.last?.conclusive || state.unhealthyInRow < 1 ? "" : ` (${plural(state.unhealthyInRow, "round")} in a row)`;
	return `${rule.name}: ${state.last?.reason ?? "unhealthy"}${rounds}`;
}
// build/train/round.js
/** One round: every gate is asked, side by side, and none is left out because another failed. */
/**
* Asks and judges all gates. The same question to the same source is sent once.
*
* @param memories what each gate kept of the round before, by its name
* @param limits `timeoutMs`: what has not answered by then is an error of its gate; `cancel`: what has not answered when it
*   aborts was not evaluated
*/
async function runRound(gates, moment, limits, clock, memories = /* @__PURE__ */ new Map()) {
	const over = new AbortController();
	const answered = new AbortController();
	const ends = AbortSignal.any([limits.cancel, over.signal]);
	const timer = clock.sleep(limits.timeoutMs, AbortSignal.any([limits.cancel, answered.signal])).then(() => over.abort());
	const cut = new Promise((resolve) => {
		const done = () => setImmediate(() => resolve(limits.cancel.aborted ? void 0 : late(limits.timeoutMs)));
		if (ends.aborted) done();
		else ends.addEventListener("abort", done, { once: true });
	});
	const sent = /* @__PURE__ */ new Map();
	const ask = (bound, question) => {
		const target = targetOf(bound, question);
		const { source } = target;
		const toSource = sent.get(source) ?? /* @__PURE__ */ new Map();
		sent.set(source, toSource);
		const key = JSON.stringify(target.question);
		const asked = toSource.get(key) ?? Promise.race([askOnce(target, ends), cut]);
		toSource.set(key, asked);
		return asked;
	};
	try {
		return await Promise.all(gates.map((bound) => {
			const memory = memories.get(bound.config.name);
			return evaluate(bound, {
				...moment,
				completeTo: moment.now - bound.settleMs
			}, memory, ask);
		}));
	} finally {
		answered.abort();
		await timer;
	}
}
const late = (timeoutMs) => ({
	source: "",
	failure: {
		code: "timeout",
		message: `no answer within ${formatDuration(timeoutMs)}`,
		permanent: false
	}
});
function targetOf({ source, sourceName, others }, question) {
	if (!("elsewhere" in question) || question.elsewhere === void 0) return {
		source,
		sourceName,
		question
	};
	const { elsewhere, ...asked } = question;
	return {
		source: others?.get(elsewhere) ?? {},
		sourceName: elsewhere,
		question: asked
	};
}
async function askOnce({ source, sourceName, question }, signal) {
	try {
		const asked = source[question.family];
		if (asked === void 0) throw new Error(`it holds no ${question.family}`);
		return { measurement: {
			...await asked(question, signal),
			source: sourceName
		} };
	} catch (thrown) {
		return {
			source: sourceName,
			failure: failureOf(thrown)
		};
	}
}
function failureOf(thrown) {
	if (thrown instanceof NotMeasured) return {
		code: thrown.code,
		message: thrown.message,
		permanent: thrown.permanent
	};
	return {
		code: "internal",
		message: `the source failed unexpectedly (${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)})`,
		permanent: false
	};
}
async function evaluate(bound, moment, memory, ask) {
	try {
		return judgeRound(bound, (await Promise.all([...bound.gate.questions(moment, memory)].map(async ([role, question]) => {
			const { sourceName } = targetOf(bound, question);
			return {
				role,
				name: sourceName,
				got: await ask(bound, question)
			};
		}))).flatMap(({ role, name, got }) => got === void 0 ? [] : "failure" in got ? [{
			role,
			...got,
			source: name
		}] : [{
			role,
			...got
		}]), moment, memory);
	} catch (thrown) {
		return broken(bound, thrown, memory);
	}
}
/** What a gate makes of the answers of one round. Pure, so that the answers of a record give the same again. */
function judgeRound({ config, gate }, answers, moment, memory) {
	try {
		const outcome = {
			gate: config.name,
			answers
		};
		if (answers.length < gate.questions(moment, memory).size) return {
			...outcome,
			reading: null,
			memory
		};
		const judged = gate.judge(answers, moment, memory);
		return "memory" in judged ? {
			...outcome,
			...judged
		} : {
			...outcome,
			reading: judged
		};
	} catch (thrown) {
		return broken({ config }, thrown, memory);
	}
}
const broken = ({ config }, thrown, memory) => ({
	gate: config.name,
	answers: [],
	reading: error("internal", failureOf(thrown).message),
	memory
});
// build/train/times.js
/** The part of the train that a round belongs to. @param final the round before asked for a last look */
const phaseOf = (final, now, settledAt) => final ? "final" : now < settledAt ? "warm-up" : "watch";
/** @param rounds so far, of all stages */
const cancelled = (rounds) => ({
	decision: "stop",
	reason: "cancelled",
	gates: [],
	sentence: rounds === 0 ? "cancelled before anything was measured" : `cancelled in or after round ${rounds}, before the evidence was conclusive`
});
/** The job ends, and another one goes on. @param waiting what the last round came to */
const parked = ({ gates, sentence }) => ({
	decision: "hold",
	reason: "parked",
	gates,
	sentence: `parked while the train waits: ${sentence}`
});
// build/train/again.js
/** @param onRound told of every round, with what came of it this time */
function again({ gates, evaluation, deployedAt, rounds }, onRound) {
	const rules = gates.map(({ config }) => config);
	const settledAt = deployedAt + evaluation.warmup;
	const deadline = Date.parse(rounds[0]?.began ?? "") + evaluation.deadline;
	const memories = /* @__PURE__ */ new Map();
	let state = initialState;
	let decision;
	for (const [index, round] of rounds.entries()) {
		const now = Date.parse(round.began);
		const phase = phaseOf(decision?.reason === "final-check", now, settledAt);
		const readings = new Map(gates.map((one) => {
			const { name } = one.config;
			const recorded = round.gates.find(({ gate }) => gate === name);
			const moment = {
				now,
				deployedAt,
				settledAt,
				completeTo: now - one.settleMs
			};
			const { reading, memory } = judgeRound(one, recorded?.answers ?? [], moment, memories.get(name));
			memories.set(name, memory);
			return [name, reading];
		}));
		state = advance(state, {
			at: now,
			phase,
			readings
		}, rules, evaluation);
		const cut = round.decision.reason === "cancelled" && index === rounds.length - 1;
		const before = decision;
		decision = cut ? cancelled(round.number) : decide(state, rules, evaluation, {
			now: Date.parse(round.ended),
			deadline
		});
		onRound?.(round, {
			phase,
			readings,
			before,
			decision
		});
	}
	return {
		state,
		memories,
		decision
	};
}
// build/reactions/notifications/notification.js
/** The interface between Signalbox and those it tells of a decision. A notification is opened and kept as an annotation is. */
/** What there is to be told of. `observed`: the gates say stop and the train goes, since the policy only observes or somebody answers for it. */
const occasions = [
	"stop",
	"continue",
	"observed",
	"cancelled"
];
const occasionOf = ({ decision, reason }) => {
	if (reason === "observed" || reason === "overridden") return "observed";
	return reason === "cancelled" ? reason : decision === "continue" ? "continue" : "stop";
};
/** @param usual when the policy does not say */
const whenField = (usual) => described(optional(pipe(array(picklist(occasions)), minLength(1, "at least one occasion")), [...usual]), `Which ends are told of. \`observed\`: the gates say stop and the train goes, since the policy only observes or somebody answers for it. Default: ${usual.map((one) => `\`${one}\``).join(", ")}.`);
// build/reactions/notifications/github-commit-status.js
/** Notification `github-commit-status`: a status on the commit that is released. https://docs.github.com/rest/commits/statuses */
const permission$2 = "statuses: write";
const schema$8 = strictObject({
	...githubFields(permission$2),
	context: described(optional(pipe(filled, maxLength(200))), "Name of the status. Default: `signalbox`, and the environment behind a slash."),
	when: whenField([
		"stop",
		"continue",
		"observed",
		"cancelled"
	])
});
const states = {
	continued: "success",
	observed: "success",
	faulty: "failure",
	undecided: "error"
};
const githubCommitStatusNotification = defineAnnotation({
	type: "github-commit-status",
	schema: schema$8,
	open(config, _connection, context) {
		const api = githubApi(config, context, permission$2);
		const status = async (event, state, signal) => {
			const repository = api.repositoryOf(event);
			const { sha = "", environment, run, notice } = event;
			if (!/^[0-9a-f]{40}$/i.test(sha)) throw new Error("expected the whole id of the commit in the input `commit`");
			const body = {
				state,
				context: config.context ?? (environment === void 0 ? "signalbox" : oneLine(`signalbox/${environment}`, 200)),
				description: oneLine(notice?.headline ?? event.words, 140),
				...run === void 0 ? {} : { target_url: run }
			};
			const answer = await api.call(`/repos/${repository}/statuses/${sha}`, `commit ${sha} in ${repository}`, signal, { body });
			if (!is(object({ id: number$2() }), answer)) throw strange(api.origin);
			return `${state} on ${sha.slice(0, 10)} of ${repository}`;
		};
		return {
			target: config.repository ?? api.host,
			begin: (event, signal) => status(event, "pending", signal),
			end: (event, decision, signal) => status(event, states[outcomeOf(decision)], signal)
		};
	}
});
// build/reactions/notifications/message.js
function messageOf(event, { decision, reason }) {
	const { notice } = event;
	return {
		version: 1,
		decision,
		reason,
		headline: notice?.headline ?? event.words,
		observe: event.observe,
		service: event.service ?? null,
		release: {
			version: event.version ?? null,
			sha: event.sha ?? null,
			environment: event.environment ?? null
		},
		repository: event.repository ?? null,
		ref: event.ref ?? null,
		run: event.run ?? null,
		actor: event.actor ?? null,
		deployedAt: event.deployedAt,
		began: event.began,
		at: event.at,
		gates: notice?.gates ?? [],
		next: notice?.next ?? [],
		record: notice?.record ?? null
	};
}
/** The same with as few gates as it takes to stay within `maxBytes` of JSON; those that are reasons go last. */
function within(message, maxBytes) {
	let fitting = message;
	while (Buffer.byteLength(JSON.stringify(fitting)) > maxBytes && (fitting.gates.length > 0 || fitting.next.length > 0)) fitting = fitting.next.length > 0 ? {
		...fitting,
		next: []
	} : {
		...fitting,
		gates: fitting.gates.slice(0, -1)
	};
	return fitting;
}
// build/reactions/notifications/github-dispatch.js
/** Notification `github-dispatch`: starts the workflows that wait for the event. https://docs.github.com/rest/repos/repos#create-a-repository-dispatch-event */
const permission$1 = "contents: write";
/** GitHub takes less than 64 KB. */
const mostBytes$2 = 6e4;
const githubDispatchNotification = defineAnnotation({
	type: "github-dispatch",
	schema: strictObject({
		...githubFields(permission$1),
		event: described(optional(pipe(filled, maxLength(100))), "Type of the event. Default: `signalbox-stop`, `signalbox-continue`, …, by the decision."),
		when: whenField(["stop"])
	}),
	open(config, _connection, context) {
		const api = githubApi(config, context, permission$1);
		return {
			target: config.repository ?? api.host,
			async end(event, decision, signal) {
				const repository = api.repositoryOf(event);
				const type = config.event ?? `signalbox-${decision.reason === "observed" ? "observed" : decision.decision}`;
				const body = {
					event_type: type,
					client_payload: { signalbox: within(messageOf(event, decision), mostBytes$2) }
				};
				await api.call(`/repos/${repository}/dispatches`, `repository ${repository}`, signal, { body });
				return `event ${type} to ${repository}`;
			}
		};
	}
});
// build/reactions/notifications/github-issue.js
/**
* Notification `github-issue`: one issue for a service and an environment. It is opened by a stop, brought up to date by the next one, and
* closed by the next `continue`. https://docs.github.com/rest/issues/issues
*/
const permission = "issues: write";
const usualLabel = "signalbox";
const schema$6 = strictObject({
	...githubFields(permission),
	label: described(optional(pipe(filled, maxLength(50))), `The issue has this label, and is found by it. Default: \`${usualLabel}\`.`),
	assignees: described(optional(array(filled), []), "Who is assigned when it is opened; at most 10."),
	when: whenField(["stop", "continue"])
});
/** GitHub takes 65,536 characters. */
const mostBytes$1 = 6e4;
const pageSize = 100;
/** The newest 500 with the label. An issue beyond that is opened anew. */
const mostPages = 5;
const issueShape = object({
	number: number$2(),
	state: picklist(["open", "closed"]),
	body: nullish(string$1()),
	pull_request: optional(unknown$1())
});
/** Found again by it, and told by it whether the reason is another. Nothing from outside is in it. */
const markerOf = (key, reason) => `<!-- signalbox ${key} ${reason} -->`;
const markerForm = /^<!-- signalbox ([0-9a-f]{16}) ([0-9a-f]{16}) -->/;
const short = (text) => sha256$1(text).slice(0, 16);
const githubIssueNotification = defineAnnotation({
	type: "github-issue",
	schema: schema$6,
	open(config, _connection, context) {
		const api = githubApi(config, context, permission);
		return {
			target: config.repository ?? api.host,
			async end(event, decision, signal) {
				const tracker = new Tracker(api, config, event, signal);
				const found = await tracker.find();
				if (occasionOf(decision) === "continue") return tracker.close(found);
				return found === void 0 ? tracker.open() : tracker.update(found, decision);
			}
		};
	}
});
var Tracker = class {
	#api;
	#config;
	#event;
	#signal;
	#repository;
	#key;
	constructor(api, config, event, signal) {
		this.#api = api;
		this.#config = config;
		this.#event = event;
		this.#signal = signal;
		this.#repository = api.repositoryOf(event);
		this.#key = short(JSON.stringify([event.service ?? null, event.environment ?? null]));
	}
	/** The open one; else the newest that was closed. */
	async find() {
		let closed;
		for (let page = 1; page <= mostPages; page += 1) {
			const query = new URLSearchParams({
				labels: this.#label,
				state: "all",
				sort: "updated",
				per_page: String(pageSize),
				page: String(page)
			});
			const parsed = safeParse(array(issueShape), await this.#call(`/issues?${query.toString()}`));
			if (!parsed.success) throw strange(this.#api.origin);
			const own = parsed.output.filter(({ body, pull_request: pull }) => pull === void 0 && markerForm.exec(body ?? "")?.[1] === this.#key);
			const open = own.find(({ state }) => state === "open");
			if (open) return open;
			closed ??= own[0];
			if (parsed.output.length < pageSize) break;
		}
		return closed;
	}
	async open() {
		const { assignees } = this.#config;
		const body = {
			...await this.#content(),
			labels: [this.#label],
			...assignees.length > 0 ? { assignees } : {}
		};
		const answer = await this.#call("/issues", { body });
		if (!is(issueShape, answer)) throw strange(this.#api.origin);
		return `issue #${answer.number} opened in ${this.#repository}`;
	}
	async update(issue, { reason }) {
		const again = issue.state === "closed";
		if (again || markerForm.exec(issue.body ?? "")?.[2] !== this.#reason) await this.#comment(issue, again ? "It stopped again" : `It stopped for another reason (\`${reason}\`)`);
		const body = {
			...await this.#content(),
			...again ? { state: "open" } : {}
		};
		await this.#call(`/issues/${issue.number}`, {
			method: "PATCH",
			body
		});
		return `issue #${issue.number} ${again ? "opened again" : "brought up to date"} in ${this.#repository}`;
	}
	/** @returns undefined when there was none to close */
	async close(issue) {
		if (issue?.state !== "open") return void 0;
		await this.#comment(issue, "The train went");
		await this.#call(`/issues/${issue.number}`, {
			method: "PATCH",
			body: {
				state: "closed",
				state_reason: "completed"
			}
		});
		return `issue #${issue.number} closed in ${this.#repository}`;
	}
	async #content() {
		const { notice, subject, words } = this.#event;
		const marker = markerOf(this.#key, this.#reason);
		const markdown = await notice?.markdown(mostBytes$1) ?? "";
		return {
			title: oneLine(notice === void 0 ? words : `${subject}: ${notice.headline}`, 250),
			body: `${marker}\n\n${markdown}`
		};
	}
	/** Which gates stopped it, and why: another time alone is no other reason. */
	get #reason() {
		const { notice } = this.#event;
		const gates = (notice?.gates ?? []).filter(({ reason }) => reason).map(({ name, state }) => [name, state]);
		return short(JSON.stringify([notice?.reason ?? null, gates]));
	}
	async #comment({ number }, words) {
		const { run, sha } = this.#event;
		const where = run === void 0 ? "" : `: ${run}`;
		const commit = sha === void 0 ? "" : `, commit ${sha}`;
		await this.#call(`/issues/${number}/comments`, { body: { body: `${words}${commit}${where}` } });
	}
	get #label() {
		return this.#config.label ?? usualLabel;
	}
	async #call(path, request = {}) {
		const what = `issues of ${this.#repository} (or they are switched off there)`;
		return this.#api.call(`/repos/${this.#repository}${path}`, what, this.#signal, request);
	}
};
// build/reactions/notifications/deliver.js
/** @throws when it was not taken, naming the host alone */
async function deliver(context, delivery, signal) {
	const { url, headers = {}, body, repeatable = false } = delivery;
	const { status } = await context.http.send({
		url,
		method: "POST",
		headers: {
			"content-type": "application/json",
			...headers
		},
		body,
		once: !repeatable,
		signal
	});
	if (status >= 200 && status < 300) return;
	const why = status === 401 || status === 403 ? ": the address or its secret is not accepted any more" : status === 404 || status === 410 ? ": there is no such address (any more); make a new one" : "";
	throw new Error(`${new URL(url).host} does not take it (${status})${why}`);
}
// build/reactions/notifications/people.js
/** What the notifications to people share. */
const loopback$1 = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
/** An https address; it is a secret, so the message must not repeat it. */
const webhookAddress = check$2((text) => {
	try {
		const { protocol, hostname } = new URL(text);
		return protocol === "https:" || protocol === "http:" && loopback$1.test(hostname);
	} catch {
		return false;
	}
}, "an https URL");
// build/reactions/notifications/slack.js
/** Notification `slack`: a message by an incoming webhook. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
const schema$5 = strictObject({
	webhook: described(pipe(secret, webhookAddress), "Address of the incoming webhook, from the environment."),
	when: whenField(["stop", "observed"])
});
/** Reasons that are shown; of more it is said how many. A message has 50 blocks at most. */
const mostReasons$1 = 10;
const marks = {
	continued: "✅",
	observed: "👀",
	faulty: "🛑",
	undecided: "❔"
};
/** Slack makes nothing of it: no link, no mention, no emphasis. */
const words = (text, most) => ({
	type: "plain_text",
	text: oneLine(text, most) || "–",
	emoji: true
});
/** The three characters that are markup in the text that screen readers and notifications show. */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
function blocksOf({ notice, subject, run }, mark, headline) {
	const section = (text) => ({
		type: "section",
		text: words(text, 2900)
	});
	const reasons = (notice?.gates ?? []).filter(({ reason }) => reason);
	const more = reasons.length - mostReasons$1;
	const address = safeLink(run);
	return [
		{
			type: "header",
			text: words(`${mark} ${headline}`, 150)
		},
		section(subject),
		...reasons.slice(0, mostReasons$1).map(({ name, text }) => section(`• ${name}: ${text}`)),
		...more > 0 ? [section(`• and ${more} more: ${reasons.slice(mostReasons$1).map(({ name }) => name).join(", ")}`)] : [],
		...(notice?.next.slice(0, 3) ?? []).map((step) => section(`→ ${step}`)),
		...address === void 0 ? [] : [{
			type: "context",
			elements: [{
				type: "mrkdwn",
				text: `<${encodeURI(decodeURI(address)).replaceAll("|", "%7C")}|the run>`
			}]
		}]
	];
}
const slackNotification = defineAnnotation({
	type: "slack",
	schema: schema$5,
	open(config, _connection, context) {
		return {
			target: new URL(config.webhook).host,
			async end(event, decision, signal) {
				const headline = event.notice?.headline ?? event.words;
				const mark = marks[outcomeOf(decision)];
				const message = {
					text: escaped(oneLine(`${event.subject}: ${headline}`, 400)),
					blocks: blocksOf(event, mark, headline)
				};
				await deliver(context, {
					url: config.webhook,
					body: JSON.stringify(message)
				}, signal);
				return `${decision.decision} posted`;
			}
		};
	}
});
// build/reactions/notifications/teams.js
/**
* Notification `teams`: an Adaptive Card by a webhook of Workflows (the connectors of Office are retired).
* https://learn.microsoft.com/power-automate/teams/send-a-message-in-teams
*/
const schema$4 = strictObject({
	webhook: described(pipe(secret, webhookAddress), "Address of the workflow \"Post to a channel when a webhook request is received\", from the environment."),
	when: whenField(["stop", "observed"])
});
const mostReasons = 10;
const colours = {
	continued: "Good",
	observed: "Warning",
	faulty: "Attention",
	undecided: "Warning"
};
/** Runs of text are shown as they are; in a TextBlock they would be Markdown. */
const line = (inlines) => ({
	type: "RichTextBlock",
	inlines
});
const run = (text, most, look = {}) => ({
	type: "TextRun",
	text: oneLine(text, most) || "–",
	...look
});
function cardOf({ notice, subject, run: address }, colour, headline) {
	const reasons = (notice?.gates ?? []).filter(({ reason }) => reason);
	const left = reasons.slice(mostReasons).map(({ name }) => name);
	const url = safeLink(address);
	return {
		$schema: "http://adaptivecards.io/schemas/adaptive-card.json",
		type: "AdaptiveCard",
		version: "1.5",
		msteams: { width: "Full" },
		body: [
			line([run(headline, 400, {
				weight: "Bolder",
				size: "Large",
				color: colour
			})]),
			line([run(subject, 300, { isSubtle: true })]),
			...reasons.slice(0, mostReasons).map(({ name, text }) => line([run(name, 120, { weight: "Bolder" }), run(`: ${text}`, 600)])),
			...left.length > 0 ? [line([run(`and ${left.length} more: ${left.join(", ")}`, 1e3)])] : [],
			...(notice?.next.slice(0, 3) ?? []).map((step) => line([run(`→ ${step}`, 400)]))
		],
		...url === void 0 ? {} : { actions: [{
			type: "Action.OpenUrl",
			title: "Open the run",
			url
		}] }
	};
}
const teamsNotification = defineAnnotation({
	type: "teams",
	schema: schema$4,
	open(config, _connection, context) {
		return {
			target: new URL(config.webhook).host,
			async end(event, decision, signal) {
				const headline = event.notice?.headline ?? event.words;
				const attachment = {
					contentType: "application/vnd.microsoft.card.adaptive",
					contentUrl: null,
					content: cardOf(event, colours[outcomeOf(decision)], headline)
				};
				const body = JSON.stringify({
					type: "message",
					attachments: [attachment]
				});
				await deliver(context, {
					url: config.webhook,
					body
				}, signal);
				return `${decision.decision} posted`;
			}
		};
	}
});
// build/net/auth/webhook-signature.js
/**
* Signing a request as Standard Webhooks do, so that whoever has the key can tell who sent it, when, and that nothing was changed on the
* way: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
*/
/** The key, as the policy gives it. */
const webhookSecret = pipe(secret, regex(/^whsec_[A-Za-z0-9+/=]{16,}$/, "`whsec_` and the key in base64"));
/** `v1,` and the HMAC-SHA256 in base64. */
function signature(key, id, timestamp, body) {
	const bytes = Buffer.from(key.replace(/^whsec_/, ""), "base64");
	const { createHmac } = process.getBuiltinModule("node:crypto");
	return `v1,${createHmac("sha256", bytes).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}
/**
* The headers that go with a body; without a key they name it and its time, and sign nothing.
*
* @param now milliseconds since the epoch
*/
function webhookHeaders(key, { id, now, body }) {
	const timestamp = String(Math.floor(now / 1e3));
	return {
		"webhook-id": id,
		"webhook-timestamp": timestamp,
		...key === void 0 ? {} : { "webhook-signature": signature(key, id, timestamp, body) }
	};
}
// build/reactions/notifications/webhook.js
/** Notification `webhook`: a CloudEvent, signed as Standard Webhooks, for whatever heals or tells others. */
/** What Azure's event handlers take. */
const mostBytes = 262144;
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
// build/reactions/notifications/index.js
/** Every kind of notification, by its `type` in the policy. */
const notificationTypes = [
	githubCommitStatusNotification,
	githubDispatchNotification,
	githubIssueNotification,
	slackNotification,
	teamsNotification,
	defineAnnotation({
		type: "webhook",
		schema: strictObject({
			url: described(pipe(httpUrl, check$2((url) => {
				const { protocol, hostname } = new URL(url);
				return protocol === "https:" || loopback.test(hostname);
			}, "an https URL")), "Where the event is posted to. Put it into the environment where it holds a key."),
			secret: described(optional(webhookSecret), "Signs the event: the headers `webhook-id`, `webhook-timestamp`, `webhook-signature` of Standard Webhooks."),
			when: whenField([
				"stop",
				"continue",
				"observed",
				"cancelled"
			])
		}),
		open(config, _connection, context) {
			return {
				target: new URL(config.url).host,
				async end(event, decision, signal) {
					const id = process.getBuiltinModule("node:crypto").randomUUID();
					const body = JSON.stringify({
						specversion: "1.0",
						id,
						source: event.run ?? "/signalbox",
						type: "signalbox.decision.v1",
						subject: event.subject,
						time: event.at,
						datacontenttype: "application/json",
						data: within(messageOf(event, decision), mostBytes)
					});
					const headers = {
						"content-type": "application/cloudevents+json; charset=utf-8",
						...webhookHeaders(config.secret, {
							id,
							now: context.clock.now(),
							body
						})
					};
					await deliver(context, {
						url: config.url,
						headers,
						body,
						repeatable: true
					}, signal);
					return `${decision.decision} posted as event ${id}`;
				}
			};
		}
	})
];
const notificationTypeOf = (type) => notificationTypes.find((t) => t.type === type);
// node_modules/yaml/browser/dist/nodes/identity.js
const ALIAS = Symbol.for("yaml.alias");
const DOC = Symbol.for("yaml.document");
const MAP = Symbol.for("yaml.map");
const PAIR = Symbol.for("yaml.pair");
const SCALAR$1 = Symbol.for("yaml.scalar");
const SEQ = Symbol.for("yaml.seq");
const NODE_TYPE = Symbol.for("yaml.node.type");
const isAlias = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === ALIAS;
const isDocument = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === DOC;
const isMap = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === MAP;
const isPair = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === PAIR;
const isScalar = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SCALAR$1;
const isSeq = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SEQ;
function isCollection(node) {
	if (node && typeof node === "object") switch (node[NODE_TYPE]) {
		case MAP:
		case SEQ: return true;
	}
	return false;
}
function isNode(node) {
	if (node && typeof node === "object") switch (node[NODE_TYPE]) {
		case ALIAS:
		case MAP:
		case SCALAR$1:
		case SEQ: return true;
	}
	return false;
}
const hasAnchor = (node) => (isScalar(node) || isCollection(node)) && !!node.anchor;
// node_modules/yaml/browser/dist/visit.js
const BREAK$1 = Symbol("break visit");
const SKIP$1 = Symbol("skip children");
const REMOVE$1 = Symbol("remove node");
/**
* Apply a visitor to an AST node or document.
*
* Walks through the tree (depth-first) starting from `node`, calling a
* `visitor` function with three arguments:
*   - `key`: For sequence values and map `Pair`, the node's index in the
*     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
*     `null` for the root node.
*   - `node`: The current node.
*   - `path`: The ancestry of the current node.
*
* The return value of the visitor may be used to control the traversal:
*   - `undefined` (default): Do nothing and continue
*   - `visit.SKIP`: Do not visit the children of this node, continue with next
*     sibling
*   - `visit.BREAK`: Terminate traversal completely
*   - `visit.REMOVE`: Remove the current node, then continue with the next one
*   - `Node`: Replace the current node, then continue by visiting it
*   - `number`: While iterating the items of a sequence or map, set the index
*     of the next step. This is useful especially if the index of the current
*     node has changed.
*
* If `visitor` is a single function, it will be called with all values
* encountered in the tree, including e.g. `null` values. Alternatively,
* separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
* `Alias` and `Scalar` node. To define the same visitor function for more than
* one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
* and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
* specific defined one will be used for each node.
*/
function visit$1(node, visitor) {
	const visitor_ = initVisitor(visitor);
	if (isDocument(node)) {
		if (visit_(null, node.contents, visitor_, Object.freeze([node])) === REMOVE$1) node.contents = null;
	} else visit_(null, node, visitor_, Object.freeze([]));
}
/** Terminate visit traversal completely */
visit$1.BREAK = BREAK$1;
/** Do not visit the children of the current node */
visit$1.SKIP = SKIP$1;
/** Remove the current node */
visit$1.REMOVE = REMOVE$1;
function visit_(key, node, visitor, path) {
	const ctrl = callVisitor(key, node, visitor, path);
	if (isNode(ctrl) || isPair(ctrl)) {
		replaceNode(key, path, ctrl);
		return visit_(key, ctrl, visitor, path);
	}
	if (typeof ctrl !== "symbol") {
		if (isCollection(node)) {
			path = Object.freeze(path.concat(node));
			for (let i = 0; i < node.items.length; ++i) {
				const ci = visit_(i, node.items[i], visitor, path);
				if (typeof ci === "number") i = ci - 1;
				else if (ci === BREAK$1) return BREAK$1;
				else if (ci === REMOVE$1) {
					node.items.splice(i, 1);
					i -= 1;
				}
			}
		} else if (isPair(node)) {
			path = Object.freeze(path.concat(node));
			const ck = visit_("key", node.key, visitor, path);
			if (ck === BREAK$1) return BREAK$1;
			else if (ck === REMOVE$1) node.key = null;
			const cv = visit_("value", node.value, visitor, path);
			if (cv === BREAK$1) return BREAK$1;
			else if (cv === REMOVE$1) node.value = null;
		}
	}
	return ctrl;
}
/**
* Apply an async visitor to an AST node or document.
*
* Walks through the tree (depth-first) starting from `node`, calling a
* `visitor` function with three arguments:
*   - `key`: For sequence values and map `Pair`, the node's index in the
*     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
*     `null` for the root node.
*   - `node`: The current node.
*   - `path`: The ancestry of the current node.
*
* The return value of the visitor may be used to control the traversal:
*   - `Promise`: Must resolve to one of the following values
*   - `undefined` (default): Do nothing and continue
*   - `visit.SKIP`: Do not visit the children of this node, continue with next
*     sibling
*   - `visit.BREAK`: Terminate traversal completely
*   - `visit.REMOVE`: Remove the current node, then continue with the next one
*   - `Node`: Replace the current node, then continue by visiting it
*   - `number`: While iterating the items of a sequence or map, set the index
*     of the next step. This is useful especially if the index of the current
*     node has changed.
*
* If `visitor` is a single function, it will be called with all values
* encountered in the tree, including e.g. `null` values. Alternatively,
* separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
* `Alias` and `Scalar` node. To define the same visitor function for more than
* one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
* and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
* specific defined one will be used for each node.
*/
async function visitAsync(node, visitor) {
	const visitor_ = initVisitor(visitor);
	if (isDocument(node)) {
		if (await visitAsync_(null, node.contents, visitor_, Object.freeze([node])) === REMOVE$1) node.contents = null;
	} else await visitAsync_(null, node, visitor_, Object.freeze([]));
}
/** Terminate visit traversal completely */
visitAsync.BREAK = BREAK$1;
/** Do not visit the children of the current node */
visitAsync.SKIP = SKIP$1;
/** Remove the current node */
visitAsync.REMOVE = REMOVE$1;
async function visitAsync_(key, node, visitor, path) {
	const ctrl = await callVisitor(key, node, visitor, path);
	if (isNode(ctrl) || isPair(ctrl)) {
		replaceNode(key, path, ctrl);
		return visitAsync_(key, ctrl, visitor, path);
	}
	if (typeof ctrl !== "symbol") {
		if (isCollection(node)) {
			path = Object.freeze(path.concat(node));
			for (let i = 0; i < node.items.length; ++i) {
				const ci = await visitAsync_(i, node.items[i], visitor, path);
				if (typeof ci === "number") i = ci - 1;
				else if (ci === BREAK$1) return BREAK$1;
				else if (ci === REMOVE$1) {
					node.items.splice(i, 1);
					i -= 1;
				}
			}
		} else if (isPair(node)) {
			path = Object.freeze(path.concat(node));
			const ck = await visitAsync_("key", node.key, visitor, path);
			if (ck === BREAK$1) return BREAK$1;
			else if (ck === REMOVE$1) node.key = null;
			const cv = await visitAsync_("value", node.value, visitor, path);
			if (cv === BREAK$1) return BREAK$1;
			else if (cv === REMOVE$1) node.value = null;
		}
	}
	return ctrl;
}
function initVisitor(visitor) {
	if (typeof visitor === "object" && (visitor.Collection || visitor.Node || visitor.Value)) return Object.assign({
		Alias: visitor.Node,
		Map: visitor.Node,
		Scalar: visitor.Node,
		Seq: visitor.Node
	}, visitor.Value && {
		Map: visitor.Value,
		Scalar: visitor.Value,
		Seq: visitor.Value
	}, visitor.Collection && {
		Map: visitor.Collection,
		Seq: visitor.Collection
	}, visitor);
	return visitor;
}
function callVisitor(key, node, visitor, path) {
	if (typeof visitor === "function") return visitor(key, node, path);
	if (isMap(node)) return visitor.Map?.(key, node, path);
	if (isSeq(node)) return visitor.Seq?.(key, node, path);
	if (isPair(node)) return visitor.Pair?.(key, node, path);
	if (isScalar(node)) return visitor.Scalar?.(key, node, path);
	if (isAlias(node)) return visitor.Alias?.(key, node, path);
}
function replaceNode(key, path, node) {
	const parent = path[path.length - 1];
	if (isCollection(parent)) parent.items[key] = node;
	else if (isPair(parent)) {
		if (key === "key") parent.key = node;
		else parent.value = node;
	} else if (isDocument(parent)) parent.contents = node;
	else {
		const pt = isAlias(parent) ? "alias" : "scalar";
		throw new Error(`Cannot replace node with ${pt} parent`);
	}
}
// node_modules/yaml/browser/dist/doc/directives.js
const escapeChars = {
	"!": "%21",
	",": "%2C",
	"[": "%5B",
	"]": "%5D",
	"{": "%7B",
	"}": "%7D"
};
const escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, (ch) => escapeChars[ch]);
var Directives = class Directives {
	constructor(yaml, tags) {
		/**
		* The directives-end/doc-start marker `---`. If `null`, a marker may still be
		* included in the document's stringified representation.
		*/
		this.docStart = null;
		/** The doc-end marker `...`.  */
		this.docEnd = false;
		this.yaml = Object.assign({}, Directives.defaultYaml, yaml);
		this.tags = Object.assign({}, Directives.defaultTags, tags);
	}
	clone() {
		const copy = new Directives(this.yaml, this.tags);
		copy.docStart = this.docStart;
		return copy;
	}
	/**
	* During parsing, get a Directives instance for the current document and
	* update the stream state according to the current version's spec.
	*/
	atDocument() {
		const res = new Directives(this.yaml, this.tags);
		switch (this.yaml.version) {
			case "1.1":
				this.atNextDocument = true;
				break;
			case "1.2":
				this.atNextDocument = false;
				this.yaml = {
					explicit: Directives.defaultYaml.explicit,
					version: "1.2"
				};
				this.tags = Object.assign({}, Directives.defaultTags);
		}
		return res;
	}
	/**
	* @param onError - May be called even if the action was successful
	* @returns `true` on success
	*/
	add(line, onError) {
		if (this.atNextDocument) {
			this.yaml = {
				explicit: Directives.defaultYaml.explicit,
				version: "1.1"
			};
			this.tags = Object.assign({}, Directives.defaultTags);
			this.atNextDocument = false;
		}
		const parts = line.trim().split(/[ \t]+/);
		const name = parts.shift();
		switch (name) {
			case "%TAG": {
				if (parts.length !== 2) {
					onError(0, "%TAG directive should contain exactly two parts");
					if (parts.length < 2) return false;
				}
				const [handle, prefix] = parts;
				this.tags[handle] = prefix;
				return true;
			}
			case "%YAML": {
				this.yaml.explicit = true;
				if (parts.length !== 1) {
					onError(0, "%YAML directive should contain exactly one part");
					return false;
				}
				const [version] = parts;
				if (version === "1.1" || version === "1.2") {
					this.yaml.version = version;
					return true;
				} else {
					const isValid = /^\d+\.\d+$/.test(version);
					onError(6, `Unsupported YAML version ${version}`, isValid);
					return false;
				}
			}
			default:
				onError(0, `Unknown directive ${name}`, true);
				return false;
		}
	}
	/**
	* Resolves a tag, matching handles to those defined in %TAG directives.
	*
	* @returns Resolved tag, which may also be the non-specific tag `'!'` or a
	*   `'!local'` tag, or `null` if unresolvable.
	*/
	tagName(source, onError) {
		if (source === "!") return "!";
		if (source[0] !== "!") {
			onError(`Not a valid tag: ${source}`);
			return null;
		}
		if (source[1] === "<") {
			const verbatim = source.slice(2, -1);
			if (verbatim === "!" || verbatim === "!!") {
				onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
				return null;
			}
			if (source[source.length - 1] !== ">") onError("Verbatim tags must end with a >");
			return verbatim;
		}
		const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
		if (!suffix) onError(`The ${source} tag has no suffix`);
		const prefix = this.tags[handle];
		if (prefix) try {
			return prefix + decodeURIComponent(suffix);
		} catch (error) {
			onError(String(error));
			return null;
		}
		if (handle === "!") return source;
		onError(`Could not resolve tag: ${source}`);
		return null;
	}
	/**
	* Given a fully resolved tag, returns its printable string form,
	* taking into account current tag prefixes and defaults.
	*/
	tagString(tag) {
		for (const [handle, prefix] of Object.entries(this.tags)) if (tag.startsWith(prefix)) return handle + escapeTagName(tag.substring(prefix.length));
		return tag[0] === "!" ? tag : `!<${tag}>`;
	}
	toString(doc) {
		const lines = this.yaml.explicit ? [`%YAML ${this.yaml.version || "1.2"}`] : [];
		const tagEntries = Object.entries(this.tags);
		let tagNames;
		if (doc && tagEntries.length > 0 && isNode(doc.contents)) {
			const tags = {};
			visit$1(doc.contents, (_key, node) => {
				if (isNode(node) && node.tag) tags[node.tag] = true;
			});
			tagNames = Object.keys(tags);
		} else tagNames = [];
		for (const [handle, prefix] of tagEntries) {
			if (handle === "!!" && prefix === "tag:yaml.org,2002:") continue;
			if (!doc || tagNames.some((tn) => tn.startsWith(prefix))) lines.push(`%TAG ${handle} ${prefix}`);
		}
		return lines.join("\n");
	}
};
Directives.defaultYaml = {
	explicit: false,
	version: "1.2"
};
Directives.defaultTags = { "!!": "tag:yaml.org,2002:" };
// node_modules/yaml/browser/dist/doc/anchors.js
/**
* Verify that the input string is a valid anchor.
*
* Will throw on errors.
*/
function anchorIsValid(anchor) {
	if (/[\x00-\x19\s,[\]{}]/.test(anchor)) {
		const msg = `Anchor must not contain whitespace or control characters: ${JSON.stringify(anchor)}`;
		throw new Error(msg);
	}
	return true;
}
function anchorNames(root) {
	const anchors = /* @__PURE__ */ new Set();
	visit$1(root, { Value(_key, node) {
		if (node.anchor) anchors.add(node.anchor);
	} });
	return anchors;
}
/** Find a new anchor name with the given `prefix` and a one-indexed suffix. */
function findNewAnchor(prefix, exclude) {
	for (let i = 1;; ++i) {
		const name = `${prefix}${i}`;
		if (!exclude.has(name)) return name;
	}
}
function createNodeAnchors(doc, prefix) {
	const aliasObjects = [];
	const sourceObjects = /* @__PURE__ */ new Map();
	let prevAnchors = null;
	return {
		onAnchor: (source) => {
			aliasObjects.push(source);
			prevAnchors ?? (prevAnchors = anchorNames(doc));
			const anchor = findNewAnchor(prefix, prevAnchors);
			prevAnchors.add(anchor);
			return anchor;
		},
		/**
		* With circular references, the source node is only resolved after all
		* of its child nodes are. This is why anchors are set only after all of
		* the nodes have been created.
		*/
		setAnchors: () => {
			for (const source of aliasObjects) {
				const ref = sourceObjects.get(source);
				if (typeof ref === "object" && ref.anchor && (isScalar(ref.node) || isCollection(ref.node))) ref.node.anchor = ref.anchor;
				else {
					const error = /* @__PURE__ */ new Error("Failed to resolve repeated object (this should not happen)");
					error.source = source;
					throw error;
				}
			}
		},
		sourceObjects
	};
}
// node_modules/yaml/browser/dist/doc/applyReviver.js
/**
* Applies the JSON.parse reviver algorithm as defined in the ECMA-262 spec,
* in section 24.5.1.1 "Runtime Semantics: InternalizeJSONProperty" of the
* 2021 edition: https://tc39.es/ecma262/#sec-json.parse
*
* Includes extensions for handling Map and Set objects.
*/
function applyReviver(reviver, obj, key, val) {
	if (val && typeof val === "object") {
		if (Array.isArray(val)) for (let i = 0, len = val.length; i < len; ++i) {
			const v0 = val[i];
			const v1 = applyReviver(reviver, val, String(i), v0);
			if (v1 === void 0) delete val[i];
			else if (v1 !== v0) val[i] = v1;
		}
		else if (val instanceof Map) for (const k of Array.from(val.keys())) {
			const v0 = val.get(k);
			const v1 = applyReviver(reviver, val, k, v0);
			if (v1 === void 0) val.delete(k);
			else if (v1 !== v0) val.set(k, v1);
		}
		else if (val instanceof Set) for (const v0 of Array.from(val)) {
			const v1 = applyReviver(reviver, val, v0, v0);
			if (v1 === void 0) val.delete(v0);
			else if (v1 !== v0) {
				val.delete(v0);
				val.add(v1);
			}
		}
		else for (const [k, v0] of Object.entries(val)) {
			const v1 = applyReviver(reviver, val, k, v0);
			if (v1 === void 0) delete val[k];
			else if (v1 !== v0) val[k] = v1;
		}
	}
	return reviver.call(obj, key, val);
}
// node_modules/yaml/browser/dist/nodes/toJS.js
/**
* Recursively convert any node or its contents to native JavaScript
*
* @param value - The input value
* @param arg - If `value` defines a `toJSON()` method, use this
*   as its first argument
* @param ctx - Conversion context, originally set in Document#toJS(). If
*   `{ keep: true }` is not set, output should be suitable for JSON
*   stringification.
*/
function toJS(value, arg, ctx) {
	if (Array.isArray(value)) return value.map((v, i) => toJS(v, String(i), ctx));
	if (value && typeof value.toJSON === "function") {
		if (!ctx || !hasAnchor(value)) return value.toJSON(arg, ctx);
		const data = {
			aliasCount: 0,
			count: 1,
			res: void 0
		};
		ctx.anchors.set(value, data);
		ctx.onCreate = (res) => {
			data.res = res;
			delete ctx.onCreate;
		};
		const res = value.toJSON(arg, ctx);
		if (ctx.onCreate) ctx.onCreate(res);
		return res;
	}
	if (typeof value === "bigint" && !ctx?.keep) return Number(value);
	return value;
}
// node_modules/yaml/browser/dist/nodes/Node.js
var NodeBase = class {
	constructor(type) {
		Object.defineProperty(this, NODE_TYPE, { value: type });
	}
	/** Create a copy of this node.  */
	clone() {
		const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
		if (this.range) copy.range = this.range.slice();
		return copy;
	}
	/** A plain JavaScript representation of this node. */
	toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
		if (!isDocument(doc)) throw new TypeError("A document argument is required");
		const ctx = {
			anchors: /* @__PURE__ */ new Map(),
			doc,
			keep: true,
			mapAsMap: mapAsMap === true,
			mapKeyWarned: false,
			maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
		};
		const res = toJS(this, "", ctx);
		if (typeof onAnchor === "function") for (const { count, res } of ctx.anchors.values()) onAnchor(res, count);
		return typeof reviver === "function" ? applyReviver(reviver, { "": res }, "", res) : res;
	}
};
// node_modules/yaml/browser/dist/nodes/Alias.js
var Alias = class extends NodeBase {
	constructor(source) {
		super(ALIAS);
		this.source = source;
		Object.defineProperty(this, "tag", { set() {
			throw new Error("Alias nodes cannot have tags");
		} });
	}
	/**
	* Resolve the value of this alias within `doc`, finding the last
	* instance of the `source` anchor before this node.
	*/
	resolve(doc, ctx) {
		if (ctx?.maxAliasCount === 0) throw new ReferenceError("Alias resolution is disabled");
		let nodes;
		if (ctx?.aliasResolveCache) nodes = ctx.aliasResolveCache;
		else {
			nodes = [];
			visit$1(doc, { Node: (_key, node) => {
				if (isAlias(node) || hasAnchor(node)) nodes.push(node);
			} });
			if (ctx) ctx.aliasResolveCache = nodes;
		}
		let found = void 0;
		for (const node of nodes) {
			if (node === this) break;
			if (node.anchor === this.source) found = node;
		}
		if (found && ctx) {
			const { anchors, doc, maxAliasCount } = ctx;
			let data = anchors.get(found);
			if (!data) {
				toJS(found, null, ctx);
				data = anchors.get(found);
			}
			/* istanbul ignore if */
			if (data?.res === void 0) throw new ReferenceError("This should not happen: Alias anchor was not resolved?");
			if (maxAliasCount >= 0) {
				data.count += 1;
				if (data.aliasCount === 0) data.aliasCount = getAliasCount(doc, found, anchors);
				if (data.count * data.aliasCount > maxAliasCount) throw new ReferenceError("Excessive alias count indicates a resource exhaustion attack");
			}
		}
		return found;
	}
	toJSON(_arg, ctx) {
		if (!ctx) return { source: this.source };
		const source = this.resolve(ctx.doc, ctx);
		if (!source) {
			const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
			throw new ReferenceError(msg);
		}
		return ctx.anchors.get(source).res;
	}
	toString(ctx, _onComment, _onChompKeep) {
		const src = `*${this.source}`;
		if (ctx) {
			anchorIsValid(this.source);
			if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
				const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
				throw new Error(msg);
			}
			if (ctx.implicitKey) return `${src} `;
		}
		return src;
	}
};
function getAliasCount(doc, node, anchors) {
	if (isAlias(node)) {
		const source = node.resolve(doc);
		const anchor = anchors && source && anchors.get(source);
		return anchor ? anchor.count * anchor.aliasCount : 0;
	} else if (isCollection(node)) {
		let count = 0;
		for (const item of node.items) {
			const c = getAliasCount(doc, item, anchors);
			if (c > count) count = c;
		}
		return count;
	} else if (isPair(node)) {
		const kc = getAliasCount(doc, node.key, anchors);
		const vc = getAliasCount(doc, node.value, anchors);
		return Math.max(kc, vc);
	}
	return 1;
}
// node_modules/yaml/browser/dist/nodes/Scalar.js
const isScalarValue = (value) => !value || typeof value !== "function" && typeof value !== "object";
var Scalar = class extends NodeBase {
	constructor(value) {
		super(SCALAR$1);
		this.value = value;
	}
	toJSON(arg, ctx) {
		return ctx?.keep ? this.value : toJS(this.value, arg, ctx);
	}
	toString() {
		return String(this.value);
	}
};
Scalar.BLOCK_FOLDED = "BLOCK_FOLDED";
Scalar.BLOCK_LITERAL = "BLOCK_LITERAL";
Scalar.PLAIN = "PLAIN";
Scalar.QUOTE_DOUBLE = "QUOTE_DOUBLE";
Scalar.QUOTE_SINGLE = "QUOTE_SINGLE";
// node_modules/yaml/browser/dist/doc/createNode.js
const defaultTagPrefix = "tag:yaml.org,2002:";
function findTagObject(value, tagName, tags) {
	if (tagName) {
		const match = tags.filter((t) => t.tag === tagName);
		const tagObj = match.find((t) => !t.format) ?? match[0];
		if (!tagObj) throw new Error(`Tag ${tagName} not found`);
		return tagObj;
	}
	return tags.find((t) => t.identify?.(value) && !t.format);
}
function createNode(value, tagName, ctx) {
	if (isDocument(value)) value = value.contents;
	if (isNode(value)) return value;
	if (isPair(value)) {
		const map = ctx.schema[MAP].createNode?.(ctx.schema, null, ctx);
		map.items.push(value);
		return map;
	}
	if (value instanceof String || value instanceof Number || value instanceof Boolean || typeof BigInt !== "undefined" && value instanceof BigInt) value = value.valueOf();
	const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
	let ref = void 0;
	if (aliasDuplicateObjects && value && typeof value === "object") {
		ref = sourceObjects.get(value);
		if (ref) {
			ref.anchor ?? (ref.anchor = onAnchor(value));
			return new Alias(ref.anchor);
		} else {
			ref = {
				anchor: null,
				node: null
			};
			sourceObjects.set(value, ref);
		}
	}
	if (tagName?.startsWith("!!")) tagName = defaultTagPrefix + tagName.slice(2);
	let tagObj = findTagObject(value, tagName, schema.tags);
	if (!tagObj) {
		if (value && typeof value.toJSON === "function") value = value.toJSON();
		if (!value || typeof value !== "object") {
			const node = new Scalar(value);
			if (ref) ref.node = node;
			return node;
		}
		tagObj = value instanceof Map ? schema[MAP] : Symbol.iterator in Object(value) ? schema[SEQ] : schema[MAP];
	}
	if (onTagObj) {
		onTagObj(tagObj);
		delete ctx.onTagObj;
	}
	const node = tagObj?.createNode ? tagObj.createNode(ctx.schema, value, ctx) : typeof tagObj?.nodeClass?.from === "function" ? tagObj.nodeClass.from(ctx.schema, value, ctx) : new Scalar(value);
	if (tagName) node.tag = tagName;
	else if (!tagObj.default) node.tag = tagObj.tag;
	if (ref) ref.node = node;
	return node;
}
// node_modules/yaml/browser/dist/nodes/Collection.js
function collectionFromPath(schema, path, value) {
	let v = value;
	for (let i = path.length - 1; i >= 0; --i) {
		const k = path[i];
		if (typeof k === "number" && Number.isInteger(k) && k >= 0) {
			const a = [];
			a[k] = v;
			v = a;
		} else v = /* @__PURE__ */ new Map([[k, v]]);
	}
	return createNode(v, void 0, {
		aliasDuplicateObjects: false,
		keepUndefined: false,
		onAnchor: () => {
			throw new Error("This should not happen, please report a bug.");
		},
		schema,
		sourceObjects: /* @__PURE__ */ new Map()
	});
}
const isEmptyPath = (path) => path == null || typeof path === "object" && !!path[Symbol.iterator]().next().done;
var Collection = class extends NodeBase {
	constructor(type, schema) {
		super(type);
		Object.defineProperty(this, "schema", {
			value: schema,
			configurable: true,
			enumerable: false,
			writable: true
		});
	}
	/**
	* Create a copy of this collection.
	*
	* @param schema - If defined, overwrites the original's schema
	*/
	clone(schema) {
		const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
		if (schema) copy.schema = schema;
		copy.items = copy.items.map((it) => isNode(it) || isPair(it) ? it.clone(schema) : it);
		if (this.range) copy.range = this.range.slice();
		return copy;
	}
	/**
	* Adds a value to the collection. For `!!map` and `!!omap` the value must
	* be a Pair instance or a `{ key, value }` object, which may not have a key
	* that already exists in the map.
	*/
	addIn(path, value) {
		if (isEmptyPath(path)) this.add(value);
		else {
			const [key, ...rest] = path;
			const node = this.get(key, true);
			if (isCollection(node)) node.addIn(rest, value);
			else if (node === void 0 && this.schema) this.set(key, collectionFromPath(this.schema, rest, value));
			else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
		}
	}
	/**
	* Removes a value from the collection.
	* @returns `true` if the item was found and removed.
	*/
	deleteIn(path) {
		const [key, ...rest] = path;
		if (rest.length === 0) return this.delete(key);
		const node = this.get(key, true);
		if (isCollection(node)) return node.deleteIn(rest);
		else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
	}
	/**
	* Returns item at `key`, or `undefined` if not found. By default unwraps
	* scalar values from their surrounding node; to disable set `keepScalar` to
	* `true` (collections are always returned intact).
	*/
	getIn(path, keepScalar) {
		const [key, ...rest] = path;
		const node = this.get(key, true);
		if (rest.length === 0) return !keepScalar && isScalar(node) ? node.value : node;
		else return isCollection(node) ? node.getIn(rest, keepScalar) : void 0;
	}
	hasAllNullValues(allowScalar) {
		return this.items.every((node) => {
			if (!isPair(node)) return false;
			const n = node.value;
			return n == null || allowScalar && isScalar(n) && n.value == null && !n.commentBefore && !n.comment && !n.tag;
		});
	}
	/**
	* Checks if the collection includes a value with the key `key`.
	*/
	hasIn(path) {
		const [key, ...rest] = path;
		if (rest.length === 0) return this.has(key);
		const node = this.get(key, true);
		return isCollection(node) ? node.hasIn(rest) : false;
	}
	/**
	* Sets a value in this collection. For `!!set`, `value` needs to be a
	* boolean to add/remove the item from the set.
	*/
	setIn(path, value) {
		const [key, ...rest] = path;
		if (rest.length === 0) this.set(key, value);
		else {
			const node = this.get(key, true);
			if (isCollection(node)) node.setIn(rest, value);
			else if (node === void 0 && this.schema) this.set(key, collectionFromPath(this.schema, rest, value));
			else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
		}
	}
};
// node_modules/yaml/browser/dist/stringify/stringifyComment.js
/**
* Stringifies a comment.
*
* Empty comment lines are left empty,
* lines consisting of a single space are replaced by `#`,
* and all other lines are prefixed with a `#`.
*/
const stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, "#");
function indentComment(comment, indent) {
	if (/^\n+$/.test(comment)) return comment.substring(1);
	return indent ? comment.replace(/^(?! *$)/gm, indent) : comment;
}
const lineComment = (str, indent, comment) => str.endsWith("\n") ? indentComment(comment, indent) : comment.includes("\n") ? "\n" + indentComment(comment, indent) : (str.endsWith(" ") ? "" : " ") + comment;
// node_modules/yaml/browser/dist/stringify/foldFlowLines.js
const FOLD_FLOW = "flow";
const FOLD_BLOCK = "block";
const FOLD_QUOTED = "quoted";
/**
* Tries to keep input at up to `lineWidth` characters, splitting only on spaces
* not followed by newlines or spaces unless `mode` is `'quoted'`. Lines are
* terminated with `\n` and started with `indent`.
*/
function foldFlowLines(text, indent, mode = "flow", { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
	if (!lineWidth || lineWidth < 0) return text;
	if (lineWidth < minContentWidth) minContentWidth = 0;
	const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
	if (text.length <= endStep) return text;
	const folds = [];
	const escapedFolds = {};
	let end = lineWidth - indent.length;
	if (typeof indentAtStart === "number") {
		if (indentAtStart > lineWidth - Math.max(2, minContentWidth)) folds.push(0);
		else end = lineWidth - indentAtStart;
	}
	let split = void 0;
	let prev = void 0;
	let overflow = false;
	let i = -1;
	let escStart = -1;
	let escEnd = -1;
	if (mode === "block") {
		i = consumeMoreIndentedLines(text, i, indent.length);
		if (i !== -1) end = i + endStep;
	}
	for (let ch; ch = text[i += 1];) {
		if (mode === "quoted" && ch === "\\") {
			escStart = i;
			switch (text[i + 1]) {
				case "x":
					i += 3;
					break;
				case "u":
					i += 5;
					break;
				case "U":
					i += 9;
					break;
				default: i += 1;
			}
			escEnd = i;
		}
		if (ch === "\n") {
			if (mode === "block") i = consumeMoreIndentedLines(text, i, indent.length);
			end = i + indent.length + endStep;
			split = void 0;
		} else {
			if (ch === " " && prev && prev !== " " && prev !== "\n" && prev !== "	") {
				const next = text[i + 1];
				if (next && next !== " " && next !== "\n" && next !== "	") split = i;
			}
			if (i >= end) {
				if (split) {
					folds.push(split);
					end = split + endStep;
					split = void 0;
				} else if (mode === "quoted") {
					while (prev === " " || prev === "	") {
						prev = ch;
						ch = text[i += 1];
						overflow = true;
					}
					const j = i > escEnd + 1 ? i - 2 : escStart - 1;
					if (escapedFolds[j]) return text;
					folds.push(j);
					escapedFolds[j] = true;
					end = j + endStep;
					split = void 0;
				} else overflow = true;
			}
		}
		prev = ch;
	}
	if (overflow && onOverflow) onOverflow();
	if (folds.length === 0) return text;
	if (onFold) onFold();
	let res = text.slice(0, folds[0]);
	for (let i = 0; i < folds.length; ++i) {
		const fold = folds[i];
		const end = folds[i + 1] || text.length;
		if (fold === 0) res = `\n${indent}${text.slice(0, end)}`;
		else {
			if (mode === "quoted" && escapedFolds[fold]) res += `${text[fold]}\\`;
			res += `\n${indent}${text.slice(fold + 1, end)}`;
		}
	}
	return res;
}
/**
* Presumes `i + 1` is at the start of a line
* @returns index of last newline in more-indented block
*/
function consumeMoreIndentedLines(text, i, indent) {
	let end = i;
	let start = i + 1;
	let ch = text[start];
	while (ch === " " || ch === "	") if (i < start + indent) ch = text[++i];
	else {
		do
			ch = text[++i];
		while (ch && ch !== "\n");
		end = i;
		start = i + 1;
		ch = text[start];
	}
	return end;
}
// node_modules/yaml/browser/dist/stringify/stringifyString.js
const getFoldOptions = (ctx, isBlock) => ({
	indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
	lineWidth: ctx.options.lineWidth,
	minContentWidth: ctx.options.minContentWidth
});
const containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
function lineLengthOverLimit(str, lineWidth, indentLength) {
	if (!lineWidth || lineWidth < 0) return false;
	const limit = lineWidth - indentLength;
	const strLen = str.length;
	if (strLen <= limit) return false;
	for (let i = 0, start = 0; i < strLen; ++i) if (str[i] === "\n") {
		if (i - start > limit) return true;
		start = i + 1;
		if (strLen - start <= limit) return false;
	}
	return true;
}
function doubleQuotedString(value, ctx) {
	const json = JSON.stringify(value);
	if (ctx.options.doubleQuotedAsJSON) return json;
	const { implicitKey } = ctx;
	const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
	const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
	let str = "";
	let start = 0;
	for (let i = 0, ch = json[i]; ch; ch = json[++i]) {
		if (ch === " " && json[i + 1] === "\\" && json[i + 2] === "n") {
			str += json.slice(start, i) + "\\ ";
			i += 1;
			start = i;
			ch = "\\";
		}
		if (ch === "\\") switch (json[i + 1]) {
			case "u":
				{
					str += json.slice(start, i);
					const code = json.substr(i + 2, 4);
					switch (code) {
						case "0000":
							str += "\\0";
							break;
						case "0007":
							str += "\\a";
							break;
						case "000b":
							str += "\\v";
							break;
						case "001b":
							str += "\\e";
							break;
						case "0085":
							str += "\\N";
							break;
						case "00a0":
							str += "\\_";
							break;
						case "2028":
							str += "\\L";
							break;
						case "2029":
							str += "\\P";
							break;
						default: if (code.substr(0, 2) === "00") str += "\\x" + code.substr(2);
						else str += json.substr(i, 6);
					}
					i += 5;
					start = i + 1;
				}
				break;
			case "n":
				if (implicitKey || json[i + 2] === "\"" || json.length < minMultiLineLength) i += 1;
				else {
					str += json.slice(start, i) + "\n\n";
					while (json[i + 2] === "\\" && json[i + 3] === "n" && json[i + 4] !== "\"") {
						str += "\n";
						i += 2;
					}
					str += indent;
					if (json[i + 2] === " ") str += "\\";
					i += 1;
					start = i + 1;
				}
				break;
			default: i += 1;
		}
	}
	str = start ? str + json.slice(start) : json;
	return implicitKey ? str : foldFlowLines(str, indent, FOLD_QUOTED, getFoldOptions(ctx, false));
}
function singleQuotedString(value, ctx) {
	if (ctx.options.singleQuote === false || ctx.implicitKey && value.includes("\n") || /[ \t]\n|\n[ \t]/.test(value)) return doubleQuotedString(value, ctx);
	const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
	const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&\n${indent}`) + "'";
	return ctx.implicitKey ? res : foldFlowLines(res, indent, FOLD_FLOW, getFoldOptions(ctx, false));
}
function quotedString(value, ctx) {
	const { singleQuote } = ctx.options;
	let qs;
	if (singleQuote === false) qs = doubleQuotedString;
	else {
		const hasDouble = value.includes("\"");
		const hasSingle = value.includes("'");
		if (hasDouble && !hasSingle) qs = singleQuotedString;
		else if (hasSingle && !hasDouble) qs = doubleQuotedString;
		else qs = singleQuote ? singleQuotedString : doubleQuotedString;
	}
	return qs(value, ctx);
}
let blockEndNewlines;
try {
	blockEndNewlines = new RegExp("(^|(?<!\n))\n+(?!\n|$)", "g");
} catch {
	blockEndNewlines = /\n+(?!\n|$)/g;
}
function blockString({ comment, type, value }, ctx, onComment, onChompKeep) {
	const { blockQuote, commentString, lineWidth } = ctx.options;
	if (!blockQuote || /\n[\t ]+$/.test(value)) return quotedString(value, ctx);
	const indent = ctx.indent || (ctx.forceBlockIndent || containsDocumentMarker(value) ? "  " : "");
	const literal = blockQuote === "literal" ? true : blockQuote === "folded" || type === Scalar.BLOCK_FOLDED ? false : type === Scalar.BLOCK_LITERAL ? true : !lineLengthOverLimit(value, lineWidth, indent.length);
	if (!value) return literal ? "|\n" : ">\n";
	let chomp;
	let endStart;
	for (endStart = value.length; endStart > 0; --endStart) {
		const ch = value[endStart - 1];
		if (ch !== "\n" && ch !== "	" && ch !== " ") break;
	}
	let end = value.substring(endStart);
	const endNlPos = end.indexOf("\n");
	if (endNlPos === -1) chomp = "-";
	else if (value === end || endNlPos !== end.length - 1) {
		chomp = "+";
		if (onChompKeep) onChompKeep();
	} else chomp = "";
	if (end) {
		value = value.slice(0, -end.length);
		if (end[end.length - 1] === "\n") end = end.slice(0, -1);
		end = end.replace(blockEndNewlines, `$&${indent}`);
	}
	let startWithSpace = false;
	let startEnd;
	let startNlPos = -1;
	for (startEnd = 0; startEnd < value.length; ++startEnd) {
		const ch = value[startEnd];
		if (ch === " ") startWithSpace = true;
		else if (ch === "\n") startNlPos = startEnd;
		else break;
	}
	let start = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
	if (start) {
		value = value.substring(start.length);
		start = start.replace(/\n+/g, `$&${indent}`);
	}
	let header = (startWithSpace ? indent ? "2" : "1" : "") + chomp;
	if (comment) {
		header += " " + commentString(comment.replace(/ ?[\r\n]+/g, " "));
		if (onComment) onComment();
	}
	if (!literal) {
		const foldedValue = value.replace(/\n+/g, "\n$&").replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, "$1$2").replace(/\n+/g, `$&${indent}`);
		let literalFallback = false;
		const foldOptions = getFoldOptions(ctx, true);
		if (blockQuote !== "folded" && type !== Scalar.BLOCK_FOLDED) foldOptions.onOverflow = () => {
			literalFallback = true;
		};
		const body = foldFlowLines(`${start}${foldedValue}${end}`, indent, FOLD_BLOCK, foldOptions);
		if (!literalFallback) return `>${header}\n${indent}${body}`;
	}
	value = value.replace(/\n+/g, `$&${indent}`);
	return `|${header}\n${indent}${start}${value}${end}`;
}
function plainString(item, ctx, onComment, onChompKeep) {
	const { type, value } = item;
	const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
	if (implicitKey && value.includes("\n") || inFlow && /[[\]{},]/.test(value)) return quotedString(value, ctx);
	if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) return implicitKey || inFlow || !value.includes("\n") ? quotedString(value, ctx) : blockString(item, ctx, onComment, onChompKeep);
	if (!implicitKey && !inFlow && type !== Scalar.PLAIN && value.includes("\n")) return blockString(item, ctx, onComment, onChompKeep);
	if (containsDocumentMarker(value)) {
		if (indent === "") {
			ctx.forceBlockIndent = true;
			return blockString(item, ctx, onComment, onChompKeep);
		} else if (implicitKey && indent === indentStep) return quotedString(value, ctx);
	}
	const str = value.replace(/\n+/g, `$&\n${indent}`);
	if (actualString) {
		const test = (tag) => tag.default && tag.tag !== "tag:yaml.org,2002:str" && tag.test?.test(str);
		const { compat, tags } = ctx.doc.schema;
		if (tags.some(test) || compat?.some(test)) return quotedString(value, ctx);
	}
	return implicitKey ? str : foldFlowLines(str, indent, FOLD_FLOW, getFoldOptions(ctx, false));
}
function stringifyString(item, ctx, onComment, onChompKeep) {
	const { implicitKey, inFlow } = ctx;
	const ss = typeof item.value === "string" ? item : Object.assign({}, item, { value: String(item.value) });
	let { type } = item;
	if (type !== Scalar.QUOTE_DOUBLE) {
		if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value)) type = Scalar.QUOTE_DOUBLE;
	}
	const _stringify = (_type) => {
		switch (_type) {
			case Scalar.BLOCK_FOLDED:
			case Scalar.BLOCK_LITERAL: return implicitKey || inFlow ? quotedString(ss.value, ctx) : blockString(ss, ctx, onComment, onChompKeep);
			case Scalar.QUOTE_DOUBLE: return doubleQuotedString(ss.value, ctx);
			case Scalar.QUOTE_SINGLE: return singleQuotedString(ss.value, ctx);
			case Scalar.PLAIN: return plainString(ss, ctx, onComment, onChompKeep);
			default: return null;
		}
	};
	let res = _stringify(type);
	if (res === null) {
		const { defaultKeyType, defaultStringType } = ctx.options;
		const t = implicitKey && defaultKeyType || defaultStringType;
		res = _stringify(t);
		if (res === null) throw new Error(`Unsupported default string type ${t}`);
	}
	return res;
}
// node_modules/yaml/browser/dist/stringify/stringify.js
function createStringifyContext(doc, options) {
	const opt = Object.assign({
		blockQuote: true,
		commentString: stringifyComment,
		defaultKeyType: null,
		defaultStringType: "PLAIN",
		directives: null,
		doubleQuotedAsJSON: false,
		doubleQuotedMinMultiLineLength: 40,
		falseStr: "false",
		flowCollectionPadding: true,
		indentSeq: true,
		lineWidth: 80,
		minContentWidth: 20,
		nullStr: "null",
		simpleKeys: false,
		singleQuote: null,
		trailingComma: false,
		trueStr: "true",
		verifyAliasOrder: true
	}, doc.schema.toStringOptions, options);
	let inFlow;
	switch (opt.collectionStyle) {
		case "block":
			inFlow = false;
			break;
		case "flow":
			inFlow = true;
			break;
		default: inFlow = null;
	}
	return {
		anchors: /* @__PURE__ */ new Set(),
		doc,
		flowCollectionPadding: opt.flowCollectionPadding ? " " : "",
		indent: "",
		indentStep: typeof opt.indent === "number" ? " ".repeat(opt.indent) : "  ",
		inFlow,
		options: opt
	};
}
function getTagObject(tags, item) {
	if (item.tag) {
		const match = tags.filter((t) => t.tag === item.tag);
		if (match.length > 0) return match.find((t) => t.format === item.format) ?? match[0];
	}
	let tagObj = void 0;
	let obj;
	if (isScalar(item)) {
		obj = item.value;
		let match = tags.filter((t) => t.identify?.(obj));
		if (match.length > 1) {
			const testMatch = match.filter((t) => t.test);
			if (testMatch.length > 0) match = testMatch;
		}
		tagObj = match.find((t) => t.format === item.format) ?? match.find((t) => !t.format);
	} else {
		obj = item;
		tagObj = tags.find((t) => t.nodeClass && obj instanceof t.nodeClass);
	}
	if (!tagObj) {
		const name = obj?.constructor?.name ?? (obj === null ? "null" : typeof obj);
		throw new Error(`Tag not resolved for ${name} value`);
	}
	return tagObj;
}
function stringifyProps(node, tagObj, { anchors, doc }) {
	if (!doc.directives) return "";
	const props = [];
	const anchor = (isScalar(node) || isCollection(node)) && node.anchor;
	if (anchor && anchorIsValid(anchor)) {
		anchors.add(anchor);
		props.push(`&${anchor}`);
	}
	const tag = node.tag ?? (tagObj.default ? null : tagObj.tag);
	if (tag) props.push(doc.directives.tagString(tag));
	return props.join(" ");
}
function stringify(item, ctx, onComment, onChompKeep) {
	if (isPair(item)) return item.toString(ctx, onComment, onChompKeep);
	if (isAlias(item)) {
		if (ctx.doc.directives) return item.toString(ctx);
		if (ctx.resolvedAliases?.has(item)) throw new TypeError(`Cannot stringify circular structure without alias nodes`);
		else {
			if (ctx.resolvedAliases) ctx.resolvedAliases.add(item);
			else ctx.resolvedAliases = /* @__PURE__ */ new Set([item]);
			item = item.resolve(ctx.doc);
		}
	}
	let tagObj = void 0;
	const node = isNode(item) ? item : ctx.doc.createNode(item, { onTagObj: (o) => tagObj = o });
	tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node));
	const props = stringifyProps(node, tagObj, ctx);
	if (props.length > 0) ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
	const str = typeof tagObj.stringify === "function" ? tagObj.stringify(node, ctx, onComment, onChompKeep) : isScalar(node) ? stringifyString(node, ctx, onComment, onChompKeep) : node.toString(ctx, onComment, onChompKeep);
	if (!props) return str;
	return isScalar(node) || str[0] === "{" || str[0] === "[" ? `${props} ${str}` : `${props}\n${ctx.indent}${str}`;
}
// node_modules/yaml/browser/dist/stringify/stringifyPair.js
function stringifyPair({ key, value }, ctx, onComment, onChompKeep) {
	const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
	let keyComment = isNode(key) && key.comment || null;
	if (simpleKeys) {
		if (keyComment) throw new Error("With simple keys, key nodes cannot have comments");
		if (isCollection(key) || !isNode(key) && typeof key === "object") throw new Error("With simple keys, collection cannot be used as a key value");
	}
	let explicitKey = !simpleKeys && (!key || keyComment && value == null && !ctx.inFlow || isCollection(key) || (isScalar(key) ? key.type === Scalar.BLOCK_FOLDED || key.type === Scalar.BLOCK_LITERAL : typeof key === "object"));
	ctx = Object.assign({}, ctx, {
		allNullValues: false,
		implicitKey: !explicitKey && (simpleKeys || !allNullValues),
		indent: indent + indentStep
	});
	let keyCommentDone = false;
	let chompKeep = false;
	let str = stringify(key, ctx, () => keyCommentDone = true, () => chompKeep = true);
	if (!explicitKey && !ctx.inFlow && str.length > 1024) {
		if (simpleKeys) throw new Error("With simple keys, single line scalar must not span more than 1024 characters");
		explicitKey = true;
	}
	if (ctx.inFlow) {
		if (allNullValues || value == null) {
			if (keyCommentDone && onComment) onComment();
			return str === "" ? "?" : explicitKey ? `? ${str}` : str;
		}
	} else if (allNullValues && !simpleKeys || value == null && explicitKey) {
		str = `? ${str}`;
		if (keyComment && !keyCommentDone) str += lineComment(str, ctx.indent, commentString(keyComment));
		else if (chompKeep && onChompKeep) onChompKeep();
		return str;
	}
	if (keyCommentDone) keyComment = null;
	if (explicitKey) {
		if (keyComment) str += lineComment(str, ctx.indent, commentString(keyComment));
		str = `? ${str}\n${indent}:`;
	} else {
		str = `${str}:`;
		if (keyComment) str += lineComment(str, ctx.indent, commentString(keyComment));
	}
	let vsb, vcb, valueComment;
	if (isNode(value)) {
		vsb = !!value.spaceBefore;
		vcb = value.commentBefore;
		valueComment = value.comment;
	} else {
		vsb = false;
		vcb = null;
		valueComment = null;
		if (value && typeof value === "object") value = doc.createNode(value);
	}
	ctx.implicitKey = false;
	if (!explicitKey && !keyComment && isScalar(value)) ctx.indentAtStart = str.length + 1;
	chompKeep = false;
	if (!indentSeq && indentStep.length >= 2 && !ctx.inFlow && !explicitKey && isSeq(value) && !value.flow && !value.tag && !value.anchor) ctx.indent = ctx.indent.substring(2);
	let valueCommentDone = false;
	const valueStr = stringify(value, ctx, () => valueCommentDone = true, () => chompKeep = true);
	let ws = " ";
	if (keyComment || vsb || vcb) {
		ws = vsb ? "\n" : "";
		if (vcb) {
			const cs = commentString(vcb);
			ws += `\n${indentComment(cs, ctx.indent)}`;
		}
		if (valueStr === "" && !ctx.inFlow) {
			if (ws === "\n" && valueComment) ws = "\n\n";
		} else ws += `\n${ctx.indent}`;
	} else if (!explicitKey && isCollection(value)) {
		const vs0 = valueStr[0];
		const nl0 = valueStr.indexOf("\n");
		const hasNewline = nl0 !== -1;
		const flow = ctx.inFlow ?? value.flow ?? value.items.length === 0;
		if (hasNewline || !flow) {
			let hasPropsLine = false;
			if (hasNewline && (vs0 === "&" || vs0 === "!")) {
				let sp0 = valueStr.indexOf(" ");
				if (vs0 === "&" && sp0 !== -1 && sp0 < nl0 && valueStr[sp0 + 1] === "!") sp0 = valueStr.indexOf(" ", sp0 + 1);
				if (sp0 === -1 || nl0 < sp0) hasPropsLine = true;
			}
			if (!hasPropsLine) ws = `\n${ctx.indent}`;
		}
	} else if (valueStr === "" || valueStr[0] === "\n") ws = "";
	str += ws + valueStr;
	if (ctx.inFlow) {
		if (valueCommentDone && onComment) onComment();
	} else if (valueComment && !valueCommentDone) str += lineComment(str, ctx.indent, commentString(valueComment));
	else if (chompKeep && onChompKeep) onChompKeep();
	return str;
}
// node_modules/yaml/browser/dist/log.js
function warn(logLevel, warning) {
	if (logLevel === "debug" || logLevel === "warn") console.warn(warning);
}
// node_modules/yaml/browser/dist/schema/yaml-1.1/merge.js
const MERGE_KEY = "<<";
const merge = {
	identify: (value) => value === MERGE_KEY || typeof value === "symbol" && value.description === MERGE_KEY,
	default: "key",
	tag: "tag:yaml.org,2002:merge",
	test: /^<<$/,
	resolve: () => Object.assign(new Scalar(Symbol(MERGE_KEY)), { addToJSMap: addMergeToJSMap }),
	stringify: () => MERGE_KEY
};
const isMergeKey = (ctx, key) => (merge.identify(key) || isScalar(key) && (!key.type || key.type === Scalar.PLAIN) && merge.identify(key.value)) && ctx?.doc.schema.tags.some((tag) => tag.tag === merge.tag && tag.default);
function addMergeToJSMap(ctx, map, value) {
	const source = resolveAliasValue(ctx, value);
	if (isSeq(source)) for (const it of source.items) mergeValue(ctx, map, it);
	else if (Array.isArray(source)) for (const it of source) mergeValue(ctx, map, it);
	else mergeValue(ctx, map, source);
}
function mergeValue(ctx, map, value) {
	const source = resolveAliasValue(ctx, value);
	if (!isMap(source)) throw new Error("Merge sources must be maps or map aliases");
	const srcMap = source.toJSON(null, ctx, Map);
	for (const [key, value] of srcMap) if (map instanceof Map) {
		if (!map.has(key)) map.set(key, value);
	} else if (map instanceof Set) map.add(key);
	else if (!Object.prototype.hasOwnProperty.call(map, key)) Object.defineProperty(map, key, {
		value,
		writable: true,
		enumerable: true,
		configurable: true
	});
	return map;
}
function resolveAliasValue(ctx, value) {
	return ctx && isAlias(value) ? value.resolve(ctx.doc, ctx) : value;
}
// node_modules/yaml/browser/dist/nodes/addPairToJSMap.js
function addPairToJSMap(ctx, map, { key, value }) {
	if (isNode(key) && key.addToJSMap) key.addToJSMap(ctx, map, value);
	else if (isMergeKey(ctx, key)) addMergeToJSMap(ctx, map, value);
	else {
		const jsKey = toJS(key, "", ctx);
		if (map instanceof Map) map.set(jsKey, toJS(value, jsKey, ctx));
		else if (map instanceof Set) map.add(jsKey);
		else {
			const stringKey = stringifyKey(key, jsKey, ctx);
			const jsValue = toJS(value, stringKey, ctx);
			if (stringKey in map) Object.defineProperty(map, stringKey, {
				value: jsValue,
				writable: true,
				enumerable: true,
				configurable: true
			});
			else map[stringKey] = jsValue;
		}
	}
	return map;
}
function stringifyKey(key, jsKey, ctx) {
	if (jsKey === null) return "";
	if (typeof jsKey !== "object") return String(jsKey);
	if (isNode(key) && ctx?.doc) {
		const strCtx = createStringifyContext(ctx.doc, {});
		strCtx.anchors = /* @__PURE__ */ new Set();
		for (const node of ctx.anchors.keys()) strCtx.anchors.add(node.anchor);
		strCtx.inFlow = true;
		strCtx.inStringifyKey = true;
		const strKey = key.toString(strCtx);
		if (!ctx.mapKeyWarned) {
			let jsonStr = JSON.stringify(strKey);
			if (jsonStr.length > 40) jsonStr = jsonStr.substring(0, 36) + "...\"";
			warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
			ctx.mapKeyWarned = true;
		}
		return strKey;
	}
	return JSON.stringify(jsKey);
}
// node_modules/yaml/browser/dist/nodes/Pair.js
function createPair(key, value, ctx) {
	return new Pair(createNode(key, void 0, ctx), createNode(value, void 0, ctx));
}
var Pair = class Pair {
	constructor(key, value = null) {
		Object.defineProperty(this, NODE_TYPE, { value: PAIR });
		this.key = key;
		this.value = value;
	}
	clone(schema) {
		let { key, value } = this;
		if (isNode(key)) key = key.clone(schema);
		if (isNode(value)) value = value.clone(schema);
		return new Pair(key, value);
	}
	toJSON(_, ctx) {
		return addPairToJSMap(ctx, ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {}, this);
	}
	toString(ctx, onComment, onChompKeep) {
		return ctx?.doc ? stringifyPair(this, ctx, onComment, onChompKeep) : JSON.stringify(this);
	}
};
// node_modules/yaml/browser/dist/stringify/stringifyCollection.js
function stringifyCollection(collection, ctx, options) {
	return (ctx.inFlow ?? collection.flow ? stringifyFlowCollection : stringifyBlockCollection)(collection, ctx, options);
}
function stringifyBlockCollection({ comment, items }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
	const { indent, options: { commentString } } = ctx;
	const itemCtx = Object.assign({}, ctx, {
		indent: itemIndent,
		type: null
	});
	let chompKeep = false;
	const lines = [];
	for (let i = 0; i < items.length; ++i) {
		const item = items[i];
		let comment = null;
		if (isNode(item)) {
			if (!chompKeep && item.spaceBefore) lines.push("");
			addCommentBefore(ctx, lines, item.commentBefore, chompKeep);
			if (item.comment) comment = item.comment;
		} else if (isPair(item)) {
			const ik = isNode(item.key) ? item.key : null;
			if (ik) {
				if (!chompKeep && ik.spaceBefore) lines.push("");
				addCommentBefore(ctx, lines, ik.commentBefore, chompKeep);
			}
		}
		chompKeep = false;
		let str = stringify(item, itemCtx, () => comment = null, () => chompKeep = true);
		if (comment) str += lineComment(str, itemIndent, commentString(comment));
		if (chompKeep && comment) chompKeep = false;
		lines.push(blockItemPrefix + str);
	}
	let str;
	if (lines.length === 0) str = flowChars.start + flowChars.end;
	else {
		str = lines[0];
		for (let i = 1; i < lines.length; ++i) {
			const line = lines[i];
			str += line ? `\n${indent}${line}` : "\n";
		}
	}
	if (comment) {
		str += "\n" + indentComment(commentString(comment), indent);
		if (onComment) onComment();
	} else if (chompKeep && onChompKeep) onChompKeep();
	return str;
}
function stringifyFlowCollection({ items }, ctx, { flowChars, itemIndent }) {
	const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
	itemIndent += indentStep;
	const itemCtx = Object.assign({}, ctx, {
		indent: itemIndent,
		inFlow: true,
		type: null
	});
	let reqNewline = false;
	let linesAtValue = 0;
	const lines = [];
	for (let i = 0; i < items.length; ++i) {
		const item = items[i];
		let comment = null;
		if (isNode(item)) {
			if (item.spaceBefore) lines.push("");
			addCommentBefore(ctx, lines, item.commentBefore, false);
			if (item.comment) comment = item.comment;
		} else if (isPair(item)) {
			const ik = isNode(item.key) ? item.key : null;
			if (ik) {
				if (ik.spaceBefore) lines.push("");
				addCommentBefore(ctx, lines, ik.commentBefore, false);
				if (ik.comment) reqNewline = true;
			}
			const iv = isNode(item.value) ? item.value : null;
			if (iv) {
				if (iv.comment) comment = iv.comment;
				if (iv.commentBefore) reqNewline = true;
			} else if (item.value == null && ik?.comment) comment = ik.comment;
		}
		if (comment) reqNewline = true;
		let str = stringify(item, itemCtx, () => comment = null);
		reqNewline || (reqNewline = lines.length > linesAtValue || str.includes("\n"));
		if (i < items.length - 1) str += ",";
		else if (ctx.options.trailingComma) {
			if (ctx.options.lineWidth > 0) reqNewline || (reqNewline = lines.reduce((sum, line) => sum + line.length + 2, 2) + (str.length + 2) > ctx.options.lineWidth);
			if (reqNewline) str += ",";
		}
		if (comment) str += lineComment(str, itemIndent, commentString(comment));
		lines.push(str);
		linesAtValue = lines.length;
	}
	const { start, end } = flowChars;
	if (lines.length === 0) return start + end;
	else {
		if (!reqNewline) {
			const len = lines.reduce((sum, line) => sum + line.length + 2, 2);
			reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
		}
		if (reqNewline) {
			let str = start;
			for (const line of lines) str += line ? `\n${indentStep}${indent}${line}` : "\n";
			return `${str}\n${indent}${end}`;
		} else return `${start}${fcPadding}${lines.join(" ")}${fcPadding}${end}`;
	}
}
function addCommentBefore({ indent, options: { commentString } }, lines, comment, chompKeep) {
	if (comment && chompKeep) comment = comment.replace(/^\n+/, "");
	if (comment) {
		const ic = indentComment(commentString(comment), indent);
		lines.push(ic.trimStart());
	}
}
// node_modules/yaml/browser/dist/nodes/YAMLMap.js
function findPair(items, key) {
	const k = isScalar(key) ? key.value : key;
	for (const it of items) if (isPair(it)) {
		if (it.key === key || it.key === k) return it;
		if (isScalar(it.key) && it.key.value === k) return it;
	}
}
var YAMLMap = class extends Collection {
	static get tagName() {
		return "tag:yaml.org,2002:map";
	}
	constructor(schema) {
		super(MAP, schema);
		this.items = [];
	}
	/**
	* A generic collection parsing method that can be extended
	* to other node classes that inherit from YAMLMap
	*/
	static from(schema, obj, ctx) {
		const { keepUndefined, replacer } = ctx;
		const map = new this(schema);
		const add = (key, value) => {
			if (typeof replacer === "function") value = replacer.call(obj, key, value);
			else if (Array.isArray(replacer) && !replacer.includes(key)) return;
			if (value !== void 0 || keepUndefined) map.items.push(createPair(key, value, ctx));
		};
		if (obj instanceof Map) for (const [key, value] of obj) add(key, value);
		else if (obj && typeof obj === "object") for (const key of Object.keys(obj)) add(key, obj[key]);
		if (typeof schema.sortMapEntries === "function") map.items.sort(schema.sortMapEntries);
		return map;
	}
	/**
	* Adds a value to the collection.
	*
	* @param overwrite - If not set `true`, using a key that is already in the
	*   collection will throw. Otherwise, overwrites the previous value.
	*/
	add(pair, overwrite) {
		let _pair;
		if (isPair(pair)) _pair = pair;
		else if (!pair || typeof pair !== "object" || !("key" in pair)) _pair = new Pair(pair, pair?.value);
		else _pair = new Pair(pair.key, pair.value);
		const prev = findPair(this.items, _pair.key);
		const sortEntries = this.schema?.sortMapEntries;
		if (prev) {
			if (!overwrite) throw new Error(`Key ${_pair.key} already set`);
			if (isScalar(prev.value) && isScalarValue(_pair.value)) prev.value.value = _pair.value;
			else prev.value = _pair.value;
		} else if (sortEntries) {
			const i = this.items.findIndex((item) => sortEntries(_pair, item) < 0);
			if (i === -1) this.items.push(_pair);
			else this.items.splice(i, 0, _pair);
		} else this.items.push(_pair);
	}
	delete(key) {
		const it = findPair(this.items, key);
		if (!it) return false;
		return this.items.splice(this.items.indexOf(it), 1).length > 0;
	}
	get(key, keepScalar) {
		const node = findPair(this.items, key)?.value;
		return (!keepScalar && isScalar(node) ? node.value : node) ?? void 0;
	}
	has(key) {
		return !!findPair(this.items, key);
	}
	set(key, value) {
		this.add(new Pair(key, value), true);
	}
	/**
	* @param ctx - Conversion context, originally set in Document#toJS()
	* @param {Class} Type - If set, forces the returned collection type
	* @returns Instance of Type, Map, or Object
	*/
	toJSON(_, ctx, Type) {
		const map = Type ? new Type() : ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
		if (ctx?.onCreate) ctx.onCreate(map);
		for (const item of this.items) addPairToJSMap(ctx, map, item);
		return map;
	}
	toString(ctx, onComment, onChompKeep) {
		if (!ctx) return JSON.stringify(this);
		for (const item of this.items) if (!isPair(item)) throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
		if (!ctx.allNullValues && this.hasAllNullValues(false)) ctx = Object.assign({}, ctx, { allNullValues: true });
		return stringifyCollection(this, ctx, {
			blockItemPrefix: "",
			flowChars: {
				start: "{",
				end: "}"
			},
			itemIndent: ctx.indent || "",
			onChompKeep,
			onComment
		});
	}
};
// node_modules/yaml/browser/dist/schema/common/map.js
const map = {
	collection: "map",
	default: true,
	nodeClass: YAMLMap,
	tag: "tag:yaml.org,2002:map",
	resolve(map, onError) {
		if (!isMap(map)) onError("Expected a mapping for this tag");
		return map;
	},
	createNode: (schema, obj, ctx) => YAMLMap.from(schema, obj, ctx)
};
// node_modules/yaml/browser/dist/nodes/YAMLSeq.js
var YAMLSeq = class extends Collection {
	static get tagName() {
		return "tag:yaml.org,2002:seq";
	}
	constructor(schema) {
		super(SEQ, schema);
		this.items = [];
	}
	add(value) {
		this.items.push(value);
	}
	/**
	* Removes a value from the collection.
	*
	* `key` must contain a representation of an integer for this to succeed.
	* It may be wrapped in a `Scalar`.
	*
	* @returns `true` if the item was found and removed.
	*/
	delete(key) {
		const idx = asItemIndex(key);
		if (typeof idx !== "number") return false;
		return this.items.splice(idx, 1).length > 0;
	}
	get(key, keepScalar) {
		const idx = asItemIndex(key);
		if (typeof idx !== "number") return void 0;
		const it = this.items[idx];
		return !keepScalar && isScalar(it) ? it.value : it;
	}
	/**
	* Checks if the collection includes a value with the key `key`.
	*
	* `key` must contain a representation of an integer for this to succeed.
	* It may be wrapped in a `Scalar`.
	*/
	has(key) {
		const idx = asItemIndex(key);
		return typeof idx === "number" && idx < this.items.length;
	}
	/**
	* Sets a value in this collection. For `!!set`, `value` needs to be a
	* boolean to add/remove the item from the set.
	*
	* If `key` does not contain a representation of an integer, this will throw.
	* It may be wrapped in a `Scalar`.
	*/
	set(key, value) {
		const idx = asItemIndex(key);
		if (typeof idx !== "number") throw new Error(`Expected a valid index, not ${key}.`);
		const prev = this.items[idx];
		if (isScalar(prev) && isScalarValue(value)) prev.value = value;
		else this.items[idx] = value;
	}
	toJSON(_, ctx) {
		const seq = [];
		if (ctx?.onCreate) ctx.onCreate(seq);
		let i = 0;
		for (const item of this.items) seq.push(toJS(item, String(i++), ctx));
		return seq;
	}
	toString(ctx, onComment, onChompKeep) {
		if (!ctx) return JSON.stringify(this);
		return stringifyCollection(this, ctx, {
			blockItemPrefix: "- ",
			flowChars: {
				start: "[",
				end: "]"
			},
			itemIndent: (ctx.indent || "") + "  ",
			onChompKeep,
			onComment
		});
	}
	static from(schema, obj, ctx) {
		const { replacer } = ctx;
		const seq = new this(schema);
		if (obj && Symbol.iterator in Object(obj)) {
			let i = 0;
			for (let it of obj) {
				if (typeof replacer === "function") {
					const key = obj instanceof Set ? it : String(i++);
					it = replacer.call(obj, key, it);
				}
				seq.items.push(createNode(it, void 0, ctx));
			}
		}
		return seq;
	}
};
function asItemIndex(key) {
	let idx = isScalar(key) ? key.value : key;
	if (idx && typeof idx === "string") idx = Number(idx);
	return typeof idx === "number" && Number.isInteger(idx) && idx >= 0 ? idx : null;
}
// node_modules/yaml/browser/dist/schema/common/seq.js
const seq = {
	collection: "seq",
	default: true,
	nodeClass: YAMLSeq,
	tag: "tag:yaml.org,2002:seq",
	resolve(seq, onError) {
		if (!isSeq(seq)) onError("Expected a sequence for this tag");
		return seq;
	},
	createNode: (schema, obj, ctx) => YAMLSeq.from(schema, obj, ctx)
};
// node_modules/yaml/browser/dist/schema/common/string.js
const string = {
	identify: (value) => typeof value === "string",
	default: true,
	tag: "tag:yaml.org,2002:str",
	resolve: (str) => str,
	stringify(item, ctx, onComment, onChompKeep) {
		ctx = Object.assign({ actualString: true }, ctx);
		return stringifyString(item, ctx, onComment, onChompKeep);
	}
};
// node_modules/yaml/browser/dist/schema/common/null.js
const nullTag = {
	identify: (value) => value == null,
	createNode: () => new Scalar(null),
	default: true,
	tag: "tag:yaml.org,2002:null",
	test: /^(?:~|[Nn]ull|NULL)?$/,
	resolve: () => new Scalar(null),
	stringify: ({ source }, ctx) => typeof source === "string" && nullTag.test.test(source) ? source : ctx.options.nullStr
};
// node_modules/yaml/browser/dist/schema/core/bool.js
const boolTag = {
	identify: (value) => typeof value === "boolean",
	default: true,
	tag: "tag:yaml.org,2002:bool",
	test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
	resolve: (str) => new Scalar(str[0] === "t" || str[0] === "T"),
	stringify({ source, value }, ctx) {
		if (source && boolTag.test.test(source)) {
			if (value === (source[0] === "t" || source[0] === "T")) return source;
		}
		return value ? ctx.options.trueStr : ctx.options.falseStr;
	}
};
// node_modules/yaml/browser/dist/stringify/stringifyNumber.js
function stringifyNumber({ format, minFractionDigits, tag, value }) {
	if (typeof value === "bigint") return String(value);
	const num = typeof value === "number" ? value : Number(value);
	if (!isFinite(num)) return isNaN(num) ? ".nan" : num < 0 ? "-.inf" : ".inf";
	let n = Object.is(value, -0) ? "-0" : JSON.stringify(value);
	if (!format && minFractionDigits && (!tag || tag === "tag:yaml.org,2002:float") && /^-?\d/.test(n) && !n.includes("e")) {
		let i = n.indexOf(".");
		if (i < 0) {
			i = n.length;
			n += ".";
		}
		let d = minFractionDigits - (n.length - i - 1);
		while (d-- > 0) n += "0";
	}
	return n;
}
// node_modules/yaml/browser/dist/schema/core/float.js
const floatNaN$1 = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
	resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
	stringify: stringifyNumber
};
const floatExp$1 = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	format: "EXP",
	test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
	resolve: (str) => parseFloat(str),
	stringify(node) {
		const num = Number(node.value);
		return isFinite(num) ? num.toExponential() : stringifyNumber(node);
	}
};
const float$1 = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
	resolve(str) {
		const node = new Scalar(parseFloat(str));
		const dot = str.indexOf(".");
		if (dot !== -1 && str[str.length - 1] === "0") node.minFractionDigits = str.length - dot - 1;
		return node;
	},
	stringify: stringifyNumber
};
// node_modules/yaml/browser/dist/schema/core/int.js
const intIdentify$2 = (value) => typeof value === "bigint" || Number.isInteger(value);
const intResolve$1 = (str, offset, radix, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str.substring(offset), radix);
function intStringify$1(node, radix, prefix) {
	const { value } = node;
	if (intIdentify$2(value) && value >= 0) return prefix + value.toString(radix);
	return stringifyNumber(node);
}
const intOct$1 = {
	identify: (value) => intIdentify$2(value) && value >= 0,
	default: true,
	tag: "tag:yaml.org,2002:int",
	format: "OCT",
	test: /^0o[0-7]+$/,
	resolve: (str, _onError, opt) => intResolve$1(str, 2, 8, opt),
	stringify: (node) => intStringify$1(node, 8, "0o")
};
const int$1 = {
	identify: intIdentify$2,
	default: true,
	tag: "tag:yaml.org,2002:int",
	test: /^[-+]?[0-9]+$/,
	resolve: (str, _onError, opt) => intResolve$1(str, 0, 10, opt),
	stringify: stringifyNumber
};
const intHex$1 = {
	identify: (value) => intIdentify$2(value) && value >= 0,
	default: true,
	tag: "tag:yaml.org,2002:int",
	format: "HEX",
	test: /^0x[0-9a-fA-F]+$/,
	resolve: (str, _onError, opt) => intResolve$1(str, 2, 16, opt),
	stringify: (node) => intStringify$1(node, 16, "0x")
};
// node_modules/yaml/browser/dist/schema/core/schema.js
const schema$2 = [
	map,
	seq,
	string,
	nullTag,
	boolTag,
	intOct$1,
	int$1,
	intHex$1,
	floatNaN$1,
	floatExp$1,
	float$1
];
// node_modules/yaml/browser/dist/schema/json/schema.js
function intIdentify$1(value) {
	return typeof value === "bigint" || Number.isInteger(value);
}
const stringifyJSON = ({ value }) => JSON.stringify(value);
const jsonScalars = [
	{
		identify: (value) => typeof value === "string",
		default: true,
		tag: "tag:yaml.org,2002:str",
		resolve: (str) => str,
		stringify: stringifyJSON
	},
	{
		identify: (value) => value == null,
		createNode: () => new Scalar(null),
		default: true,
		tag: "tag:yaml.org,2002:null",
		test: /^null$/,
		resolve: () => null,
		stringify: stringifyJSON
	},
	{
		identify: (value) => typeof value === "boolean",
		default: true,
		tag: "tag:yaml.org,2002:bool",
		test: /^true$|^false$/,
		resolve: (str) => str === "true",
		stringify: stringifyJSON
	},
	{
		identify: intIdentify$1,
		default: true,
		tag: "tag:yaml.org,2002:int",
		test: /^-?(?:0|[1-9][0-9]*)$/,
		resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
		stringify: ({ value }) => intIdentify$1(value) ? value.toString() : JSON.stringify(value)
	},
	{
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
		resolve: (str) => parseFloat(str),
		stringify: stringifyJSON
	}
];
const schema$1 = [map, seq].concat(jsonScalars, {
	default: true,
	tag: "",
	test: /^/,
	resolve(str, onError) {
		onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
		return str;
	}
});
// node_modules/yaml/browser/dist/schema/yaml-1.1/binary.js
const binary = {
	identify: (value) => value instanceof Uint8Array,
	default: false,
	tag: "tag:yaml.org,2002:binary",
	/**
	* Returns a Buffer in node and an Uint8Array in browsers
	*
	* To use the resulting buffer as an image, you'll want to do something like:
	*
	*   const blob = new Blob([buffer], { type: 'image/jpeg' })
	*   document.querySelector('#photo').src = URL.createObjectURL(blob)
	*/
	resolve(src, onError) {
		if (typeof atob === "function") {
			const str = atob(src.replace(/[\n\r]/g, ""));
			const buffer = new Uint8Array(str.length);
			for (let i = 0; i < str.length; ++i) buffer[i] = str.charCodeAt(i);
			return buffer;
		} else {
			onError("This environment does not support reading binary tags; either Buffer or atob is required");
			return src;
		}
	},
	stringify({ comment, type, value }, ctx, onComment, onChompKeep) {
		if (!value) return "";
		const buf = value;
		let str;
		if (typeof btoa === "function") {
			let s = "";
			for (let i = 0; i < buf.length; ++i) s += String.fromCharCode(buf[i]);
			str = btoa(s);
		} else throw new Error("This environment does not support writing binary tags; either Buffer or btoa is required");
		type ?? (type = Scalar.BLOCK_LITERAL);
		if (type !== Scalar.QUOTE_DOUBLE) {
			const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
			const n = Math.ceil(str.length / lineWidth);
			const lines = new Array(n);
			for (let i = 0, o = 0; i < n; ++i, o += lineWidth) lines[i] = str.substr(o, lineWidth);
			str = lines.join(type === Scalar.BLOCK_LITERAL ? "\n" : " ");
		}
		return stringifyString({
			comment,
			type,
			value: str
		}, ctx, onComment, onChompKeep);
	}
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/pairs.js
function resolvePairs(seq, onError) {
	if (isSeq(seq)) for (let i = 0; i < seq.items.length; ++i) {
		let item = seq.items[i];
		if (isPair(item)) continue;
		else if (isMap(item)) {
			if (item.items.length > 1) onError("Each pair must have its own sequence indicator");
			const pair = item.items[0] || new Pair(new Scalar(null));
			if (item.commentBefore) pair.key.commentBefore = pair.key.commentBefore ? `${item.commentBefore}\n${pair.key.commentBefore}` : item.commentBefore;
			if (item.comment) {
				const cn = pair.value ?? pair.key;
				cn.comment = cn.comment ? `${item.comment}\n${cn.comment}` : item.comment;
			}
			item = pair;
		}
		seq.items[i] = isPair(item) ? item : new Pair(item);
	}
	else onError("Expected a sequence for this tag");
	return seq;
}
function createPairs(schema, iterable, ctx) {
	const { replacer } = ctx;
	const pairs = new YAMLSeq(schema);
	pairs.tag = "tag:yaml.org,2002:pairs";
	let i = 0;
	if (iterable && Symbol.iterator in Object(iterable)) for (let it of iterable) {
		if (typeof replacer === "function") it = replacer.call(iterable, String(i++), it);
		let key, value;
		if (Array.isArray(it)) {
			if (it.length === 2) {
				key = it[0];
				value = it[1];
			} else throw new TypeError(`Expected [key, value] tuple: ${it}`);
		} else if (it && it instanceof Object) {
			const keys = Object.keys(it);
			if (keys.length === 1) {
				key = keys[0];
				value = it[key];
			} else throw new TypeError(`Expected tuple with one key, not ${keys.length} keys`);
		} else key = it;
		pairs.items.push(createPair(key, value, ctx));
	}
	return pairs;
}
const pairs = {
	collection: "seq",
	default: false,
	tag: "tag:yaml.org,2002:pairs",
	resolve: resolvePairs,
	createNode: createPairs
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/omap.js
var YAMLOMap = class YAMLOMap extends YAMLSeq {
	constructor() {
		super();
		this.add = YAMLMap.prototype.add.bind(this);
		this.delete = YAMLMap.prototype.delete.bind(this);
		this.get = YAMLMap.prototype.get.bind(this);
		this.has = YAMLMap.prototype.has.bind(this);
		this.set = YAMLMap.prototype.set.bind(this);
		this.tag = YAMLOMap.tag;
	}
	/**
	* If `ctx` is given, the return type is actually `Map<unknown, unknown>`,
	* but TypeScript won't allow widening the signature of a child method.
	*/
	toJSON(_, ctx) {
		if (!ctx) return super.toJSON(_);
		const map = /* @__PURE__ */ new Map();
		if (ctx?.onCreate) ctx.onCreate(map);
		for (const pair of this.items) {
			let key, value;
			if (isPair(pair)) {
				key = toJS(pair.key, "", ctx);
				value = toJS(pair.value, key, ctx);
			} else key = toJS(pair, "", ctx);
			if (map.has(key)) throw new Error("Ordered maps must not include duplicate keys");
			map.set(key, value);
		}
		return map;
	}
	static from(schema, iterable, ctx) {
		const pairs = createPairs(schema, iterable, ctx);
		const omap = new this();
		omap.items = pairs.items;
		return omap;
	}
};
YAMLOMap.tag = "tag:yaml.org,2002:omap";
const omap = {
	collection: "seq",
	identify: (value) => value instanceof Map,
	nodeClass: YAMLOMap,
	default: false,
	tag: "tag:yaml.org,2002:omap",
	resolve(seq, onError) {
		const pairs = resolvePairs(seq, onError);
		const seenKeys = [];
		for (const { key } of pairs.items) if (isScalar(key)) {
			if (seenKeys.includes(key.value)) onError(`Ordered maps must not include duplicate keys: ${key.value}`);
			else seenKeys.push(key.value);
		}
		return Object.assign(new YAMLOMap(), pairs);
	},
	createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/bool.js
function boolStringify({ value, source }, ctx) {
	if (source && (value ? trueTag : falseTag).test.test(source)) return source;
	return value ? ctx.options.trueStr : ctx.options.falseStr;
}
const trueTag = {
	identify: (value) => value === true,
	default: true,
	tag: "tag:yaml.org,2002:bool",
	test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
	resolve: () => new Scalar(true),
	stringify: boolStringify
};
const falseTag = {
	identify: (value) => value === false,
	default: true,
	tag: "tag:yaml.org,2002:bool",
	test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
	resolve: () => new Scalar(false),
	stringify: boolStringify
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/float.js
const floatNaN = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
	resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
	stringify: stringifyNumber
};
const floatExp = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	format: "EXP",
	test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
	resolve: (str) => parseFloat(str.replace(/_/g, "")),
	stringify(node) {
		const num = Number(node.value);
		return isFinite(num) ? num.toExponential() : stringifyNumber(node);
	}
};
const float = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
	resolve(str) {
		const node = new Scalar(parseFloat(str.replace(/_/g, "")));
		const dot = str.indexOf(".");
		if (dot !== -1) {
			const f = str.substring(dot + 1).replace(/_/g, "");
			if (f[f.length - 1] === "0") node.minFractionDigits = f.length;
		}
		return node;
	},
	stringify: stringifyNumber
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/int.js
const intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
function intResolve(str, offset, radix, { intAsBigInt }) {
	const sign = str[0];
	if (sign === "-" || sign === "+") offset += 1;
	str = str.substring(offset).replace(/_/g, "");
	if (intAsBigInt) {
		switch (radix) {
			case 2:
				str = `0b${str}`;
				break;
			case 8:
				str = `0o${str}`;
				break;
			case 16: str = `0x${str}`;
		}
		const n = BigInt(str);
		return sign === "-" ? BigInt(-1) * n : n;
	}
	const n = parseInt(str, radix);
	return sign === "-" ? -1 * n : n;
}
function intStringify(node, radix, prefix) {
	const { value } = node;
	if (intIdentify(value)) {
		const str = value.toString(radix);
		return value < 0 ? "-" + prefix + str.substr(1) : prefix + str;
	}
	return stringifyNumber(node);
}
const intBin = {
	identify: intIdentify,
	default: true,
	tag: "tag:yaml.org,2002:int",
	format: "BIN",
	test: /^[-+]?0b[0-1_]+$/,
	resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
	stringify: (node) => intStringify(node, 2, "0b")
};
const intOct = {
	identify: intIdentify,
	default: true,
	tag: "tag:yaml.org,2002:int",
	format: "OCT",
	test: /^[-+]?0[0-7_]+$/,
	resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
	stringify: (node) => intStringify(node, 8, "0")
};
const int = {
	identify: intIdentify,
	default: true,
	tag: "tag:yaml.org,2002:int",
	test: /^[-+]?[0-9][0-9_]*$/,
	resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
	stringify: stringifyNumber
};
const intHex = {
	identify: intIdentify,
	default: true,
	tag: "tag:yaml.org,2002:int",
	format: "HEX",
	test: /^[-+]?0x[0-9a-fA-F_]+$/,
	resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
	stringify: (node) => intStringify(node, 16, "0x")
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/set.js
var YAMLSet = class YAMLSet extends YAMLMap {
	constructor(schema) {
		super(schema);
		this.tag = YAMLSet.tag;
	}
	add(key) {
		let pair;
		if (isPair(key)) pair = key;
		else if (key && typeof key === "object" && "key" in key && "value" in key && key.value === null) pair = new Pair(key.key, null);
		else pair = new Pair(key, null);
		if (!findPair(this.items, pair.key)) this.items.push(pair);
	}
	/**
	* If `keepPair` is `true`, returns the Pair matching `key`.
	* Otherwise, returns the value of that Pair's key.
	*/
	get(key, keepPair) {
		const pair = findPair(this.items, key);
		return !keepPair && isPair(pair) ? isScalar(pair.key) ? pair.key.value : pair.key : pair;
	}
	set(key, value) {
		if (typeof value !== "boolean") throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value}`);
		const prev = findPair(this.items, key);
		if (prev && !value) this.items.splice(this.items.indexOf(prev), 1);
		else if (!prev && value) this.items.push(new Pair(key));
	}
	toJSON(_, ctx) {
		return super.toJSON(_, ctx, Set);
	}
	toString(ctx, onComment, onChompKeep) {
		if (!ctx) return JSON.stringify(this);
		if (this.hasAllNullValues(true)) return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
		else throw new Error("Set items must all have null values");
	}
	static from(schema, iterable, ctx) {
		const { replacer } = ctx;
		const set = new this(schema);
		if (iterable && Symbol.iterator in Object(iterable)) for (let value of iterable) {
			if (typeof replacer === "function") value = replacer.call(iterable, value, value);
			set.items.push(createPair(value, null, ctx));
		}
		return set;
	}
};
YAMLSet.tag = "tag:yaml.org,2002:set";
const set = {
	collection: "map",
	identify: (value) => value instanceof Set,
	nodeClass: YAMLSet,
	default: false,
	tag: "tag:yaml.org,2002:set",
	createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
	resolve(map, onError) {
		if (isMap(map)) {
			if (map.hasAllNullValues(true)) return Object.assign(new YAMLSet(), map);
			else onError("Set items must all have null values");
		} else onError("Expected a mapping for this tag");
		return map;
	}
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/timestamp.js
/** Internal types handle bigint as number, because TS can't figure it out. */
function parseSexagesimal(str, asBigInt) {
	const sign = str[0];
	const parts = sign === "-" || sign === "+" ? str.substring(1) : str;
	const num = (n) => asBigInt ? BigInt(n) : Number(n);
	const res = parts.replace(/_/g, "").split(":").reduce((res, p) => res * num(60) + num(p), num(0));
	return sign === "-" ? num(-1) * res : res;
}
/**
* hhhh:mm:ss.sss
*
* Internal types handle bigint as number, because TS can't figure it out.
*/
function stringifySexagesimal(node) {
	let { value } = node;
	let num = (n) => n;
	if (typeof value === "bigint") num = (n) => BigInt(n);
	else if (isNaN(value) || !isFinite(value)) return stringifyNumber(node);
	let sign = "";
	if (value < 0) {
		sign = "-";
		value *= num(-1);
	}
	const _60 = num(60);
	const parts = [value % _60];
	if (value < 60) parts.unshift(0);
	else {
		value = (value - parts[0]) / _60;
		parts.unshift(value % _60);
		if (value >= 60) {
			value = (value - parts[0]) / _60;
			parts.unshift(value);
		}
	}
	return sign + parts.map((n) => String(n).padStart(2, "0")).join(":").replace(/000000\d*$/, "");
}
const intTime = {
	identify: (value) => typeof value === "bigint" || Number.isInteger(value),
	default: true,
	tag: "tag:yaml.org,2002:int",
	format: "TIME",
	test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
	resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
	stringify: stringifySexagesimal
};
const floatTime = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	format: "TIME",
	test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
	resolve: (str) => parseSexagesimal(str, false),
	stringify: stringifySexagesimal
};
const timestamp = {
	identify: (value) => value instanceof Date,
	default: true,
	tag: "tag:yaml.org,2002:timestamp",
	test: RegExp("^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:t|T|[ \\t]+)([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$"),
	resolve(str) {
		const match = str.match(timestamp.test);
		if (!match) throw new Error("!!timestamp expects a date, starting with yyyy-mm-dd");
		const [, year, month, day, hour, minute, second] = match.map(Number);
		const millisec = match[7] ? Number((match[7] + "00").substr(1, 3)) : 0;
		let date = Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0, millisec);
		const tz = match[8];
		if (tz && tz !== "Z") {
			let d = parseSexagesimal(tz, false);
			if (Math.abs(d) < 30) d *= 60;
			date -= 6e4 * d;
		}
		return new Date(date);
	},
	stringify: ({ value }) => value?.toISOString().replace(/(T00:00:00)?\.000Z$/, "") ?? ""
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/schema.js
const schema = [
	map,
	seq,
	string,
	nullTag,
	trueTag,
	falseTag,
	intBin,
	intOct,
	int,
	intHex,
	floatNaN,
	floatExp,
	float,
	binary,
	merge,
	omap,
	pairs,
	set,
	intTime,
	floatTime,
	timestamp
];
// node_modules/yaml/browser/dist/schema/tags.js
const schemas = /* @__PURE__ */ new Map([
	["core", schema$2],
	["failsafe", [
		map,
		seq,
		string
	]],
	["json", schema$1],
	["yaml11", schema],
	["yaml-1.1", schema]
]);
const tagsByName = {
	binary,
	bool: boolTag,
	float: float$1,
	floatExp: floatExp$1,
	floatNaN: floatNaN$1,
	floatTime,
	int: int$1,
	intHex: intHex$1,
	intOct: intOct$1,
	intTime,
	map,
	merge,
	null: nullTag,
	omap,
	pairs,
	seq,
	set,
	timestamp
};
const coreKnownTags = {
	"tag:yaml.org,2002:binary": binary,
	"tag:yaml.org,2002:merge": merge,
	"tag:yaml.org,2002:omap": omap,
	"tag:yaml.org,2002:pairs": pairs,
	"tag:yaml.org,2002:set": set,
	"tag:yaml.org,2002:timestamp": timestamp
};
function getTags(customTags, schemaName, addMergeTag) {
	const schemaTags = schemas.get(schemaName);
	if (schemaTags && !customTags) return addMergeTag && !schemaTags.includes(merge) ? schemaTags.concat(merge) : schemaTags.slice();
	let tags = schemaTags;
	if (!tags) {
		if (Array.isArray(customTags)) tags = [];
		else {
			const keys = Array.from(schemas.keys()).filter((key) => key !== "yaml11").map((key) => JSON.stringify(key)).join(", ");
			throw new Error(`Unknown schema "${schemaName}"; use one of ${keys} or define customTags array`);
		}
	}
	if (Array.isArray(customTags)) for (const tag of customTags) tags = tags.concat(tag);
	else if (typeof customTags === "function") tags = customTags(tags.slice());
	if (addMergeTag) tags = tags.concat(merge);
	return tags.reduce((tags, tag) => {
		const tagObj = typeof tag === "string" ? tagsByName[tag] : tag;
		if (!tagObj) {
			const tagName = JSON.stringify(tag);
			const keys = Object.keys(tagsByName).map((key) => JSON.stringify(key)).join(", ");
			throw new Error(`Unknown custom tag ${tagName}; use one of ${keys}`);
		}
		if (!tags.includes(tagObj)) tags.push(tagObj);
		return tags;
	}, []);
}
// node_modules/yaml/browser/dist/schema/Schema.js
const sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
var Schema = class Schema {
	constructor({ compat, customTags, merge, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
		this.compat = Array.isArray(compat) ? getTags(compat, "compat") : compat ? getTags(null, compat) : null;
		this.name = typeof schema === "string" && schema || "core";
		this.knownTags = resolveKnownTags ? coreKnownTags : {};
		this.tags = getTags(customTags, this.name, merge);
		this.toStringOptions = toStringDefaults ?? null;
		Object.defineProperty(this, MAP, { value: map });
		Object.defineProperty(this, SCALAR$1, { value: string });
		Object.defineProperty(this, SEQ, { value: seq });
		this.sortMapEntries = typeof sortMapEntries === "function" ? sortMapEntries : sortMapEntries === true ? sortMapEntriesByKey : null;
	}
	clone() {
		const copy = Object.create(Schema.prototype, Object.getOwnPropertyDescriptors(this));
		copy.tags = this.tags.slice();
		return copy;
	}
};
// node_modules/yaml/browser/dist/stringify/stringifyDocument.js
function stringifyDocument(doc, options) {
	const lines = [];
	let hasDirectives = options.directives === true;
	if (options.directives !== false && doc.directives) {
		const dir = doc.directives.toString(doc);
		if (dir) {
			lines.push(dir);
			hasDirectives = true;
		} else if (doc.directives.docStart) hasDirectives = true;
	}
	if (hasDirectives) lines.push("---");
	const ctx = createStringifyContext(doc, options);
	const { commentString } = ctx.options;
	if (doc.commentBefore) {
		if (lines.length !== 1) lines.unshift("");
		const cs = commentString(doc.commentBefore);
		lines.unshift(indentComment(cs, ""));
	}
	let chompKeep = false;
	let contentComment = null;
	if (doc.contents) {
		if (isNode(doc.contents)) {
			if (doc.contents.spaceBefore && hasDirectives) lines.push("");
			if (doc.contents.commentBefore) {
				const cs = commentString(doc.contents.commentBefore);
				lines.push(indentComment(cs, ""));
			}
			ctx.forceBlockIndent = !!doc.comment;
			contentComment = doc.contents.comment;
		}
		const onChompKeep = contentComment ? void 0 : () => chompKeep = true;
		let body = stringify(doc.contents, ctx, () => contentComment = null, onChompKeep);
		if (contentComment) body += lineComment(body, "", commentString(contentComment));
		if ((body[0] === "|" || body[0] === ">") && lines[lines.length - 1] === "---") lines[lines.length - 1] = `--- ${body}`;
		else lines.push(body);
	} else lines.push(stringify(doc.contents, ctx));
	if (doc.directives?.docEnd) {
		if (doc.comment) {
			const cs = commentString(doc.comment);
			if (cs.includes("\n")) {
				lines.push("...");
				lines.push(indentComment(cs, ""));
			} else lines.push(`... ${cs}`);
		} else lines.push("...");
	} else {
		let dc = doc.comment;
		if (dc && chompKeep) dc = dc.replace(/^\n+/, "");
		if (dc) {
			if ((!chompKeep || contentComment) && lines[lines.length - 1] !== "") lines.push("");
			lines.push(indentComment(commentString(dc), ""));
		}
	}
	return lines.join("\n") + "\n";
}
// node_modules/yaml/browser/dist/doc/Document.js
var Document = class Document {
	constructor(value, replacer, options) {
		/** A comment before this Document */
		this.commentBefore = null;
		/** A comment immediately after this Document */
		this.comment = null;
		/** Errors encountered during parsing. */
		this.errors = [];
		/** Warnings encountered during parsing. */
		this.warnings = [];
		Object.defineProperty(this, NODE_TYPE, { value: DOC });
		let _replacer = null;
		if (typeof replacer === "function" || Array.isArray(replacer)) _replacer = replacer;
		else if (options === void 0 && replacer) {
			options = replacer;
			replacer = void 0;
		}
		const opt = Object.assign({
			intAsBigInt: false,
			keepSourceTokens: false,
			logLevel: "warn",
			prettyErrors: true,
			strict: true,
			stringKeys: false,
			uniqueKeys: true,
			version: "1.2"
		}, options);
		this.options = opt;
		let { version } = opt;
		if (options?._directives) {
			this.directives = options._directives.atDocument();
			if (this.directives.yaml.explicit) version = this.directives.yaml.version;
		} else this.directives = new Directives({ version });
		this.setSchema(version, options);
		this.contents = value === void 0 ? null : this.createNode(value, _replacer, options);
	}
	/**
	* Create a deep copy of this Document and its contents.
	*
	* Custom Node values that inherit from `Object` still refer to their original instances.
	*/
	clone() {
		const copy = Object.create(Document.prototype, { [NODE_TYPE]: { value: DOC } });
		copy.commentBefore = this.commentBefore;
		copy.comment = this.comment;
		copy.errors = this.errors.slice();
		copy.warnings = this.warnings.slice();
		copy.options = Object.assign({}, this.options);
		if (this.directives) copy.directives = this.directives.clone();
		copy.schema = this.schema.clone();
		copy.contents = isNode(this.contents) ? this.contents.clone(copy.schema) : this.contents;
		if (this.range) copy.range = this.range.slice();
		return copy;
	}
	/** Adds a value to the document. */
	add(value) {
		if (assertCollection(this.contents)) this.contents.add(value);
	}
	/** Adds a value to the document. */
	addIn(path, value) {
		if (assertCollection(this.contents)) this.contents.addIn(path, value);
	}
	/**
	* Create a new `Alias` node, ensuring that the target `node` has the required anchor.
	*
	* If `node` already has an anchor, `name` is ignored.
	* Otherwise, the `node.anchor` value will be set to `name`,
	* or if an anchor with that name is already present in the document,
	* `name` will be used as a prefix for a new unique anchor.
	* If `name` is undefined, the generated anchor will use 'a' as a prefix.
	*/
	createAlias(node, name) {
		if (!node.anchor) {
			const prev = anchorNames(this);
			node.anchor = !name || prev.has(name) ? findNewAnchor(name || "a", prev) : name;
		}
		return new Alias(node.anchor);
	}
	createNode(value, replacer, options) {
		let _replacer = void 0;
		if (typeof replacer === "function") {
			value = replacer.call({ "": value }, "", value);
			_replacer = replacer;
		} else if (Array.isArray(replacer)) {
			const keyToStr = (v) => typeof v === "number" || v instanceof String || v instanceof Number;
			const asStr = replacer.filter(keyToStr).map(String);
			if (asStr.length > 0) replacer = replacer.concat(asStr);
			_replacer = replacer;
		} else if (options === void 0 && replacer) {
			options = replacer;
			replacer = void 0;
		}
		const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag } = options ?? {};
		const { onAnchor, setAnchors, sourceObjects } = createNodeAnchors(this, anchorPrefix || "a");
		const ctx = {
			aliasDuplicateObjects: aliasDuplicateObjects ?? true,
			keepUndefined: keepUndefined ?? false,
			onAnchor,
			onTagObj,
			replacer: _replacer,
			schema: this.schema,
			sourceObjects
		};
		const node = createNode(value, tag, ctx);
		if (flow && isCollection(node)) node.flow = true;
		setAnchors();
		return node;
	}
	/**
	* Convert a key and a value into a `Pair` using the current schema,
	* recursively wrapping all values as `Scalar` or `Collection` nodes.
	*/
	createPair(key, value, options = {}) {
		return new Pair(this.createNode(key, null, options), this.createNode(value, null, options));
	}
	/**
	* Removes a value from the document.
	* @returns `true` if the item was found and removed.
	*/
	delete(key) {
		return assertCollection(this.contents) ? this.contents.delete(key) : false;
	}
	/**
	* Removes a value from the document.
	* @returns `true` if the item was found and removed.
	*/
	deleteIn(path) {
		if (isEmptyPath(path)) {
			if (this.contents == null) return false;
			this.contents = null;
			return true;
		}
		return assertCollection(this.contents) ? this.contents.deleteIn(path) : false;
	}
	/**
	* Returns item at `key`, or `undefined` if not found. By default unwraps
	* scalar values from their surrounding node; to disable set `keepScalar` to
	* `true` (collections are always returned intact).
	*/
	get(key, keepScalar) {
		return isCollection(this.contents) ? this.contents.get(key, keepScalar) : void 0;
	}
	/**
	* Returns item at `path`, or `undefined` if not found. By default unwraps
	* scalar values from their surrounding node; to disable set `keepScalar` to
	* `true` (collections are always returned intact).
	*/
	getIn(path, keepScalar) {
		if (isEmptyPath(path)) return !keepScalar && isScalar(this.contents) ? this.contents.value : this.contents;
		return isCollection(this.contents) ? this.contents.getIn(path, keepScalar) : void 0;
	}
	/**
	* Checks if the document includes a value with the key `key`.
	*/
	has(key) {
		return isCollection(this.contents) ? this.contents.has(key) : false;
	}
	/**
	* Checks if the document includes a value at `path`.
	*/
	hasIn(path) {
		if (isEmptyPath(path)) return this.contents !== void 0;
		return isCollection(this.contents) ? this.contents.hasIn(path) : false;
	}
	/**
	* Sets a value in this document. For `!!set`, `value` needs to be a
	* boolean to add/remove the item from the set.
	*/
	set(key, value) {
		if (this.contents == null) this.contents = collectionFromPath(this.schema, [key], value);
		else if (assertCollection(this.contents)) this.contents.set(key, value);
	}
	/**
	* Sets a value in this document. For `!!set`, `value` needs to be a
	* boolean to add/remove the item from the set.
	*/
	setIn(path, value) {
		if (isEmptyPath(path)) this.contents = value;
		else if (this.contents == null) this.contents = collectionFromPath(this.schema, Array.from(path), value);
		else if (assertCollection(this.contents)) this.contents.setIn(path, value);
	}
	/**
	* Change the YAML version and schema used by the document.
	* A `null` version disables support for directives, explicit tags, anchors, and aliases.
	* It also requires the `schema` option to be given as a `Schema` instance value.
	*
	* Overrides all previously set schema options.
	*/
	setSchema(version, options = {}) {
		if (typeof version === "number") version = String(version);
		let opt;
		switch (version) {
			case "1.1":
				if (this.directives) this.directives.yaml.version = "1.1";
				else this.directives = new Directives({ version: "1.1" });
				opt = {
					resolveKnownTags: false,
					schema: "yaml-1.1"
				};
				break;
			case "1.2":
			case "next":
				if (this.directives) this.directives.yaml.version = version;
				else this.directives = new Directives({ version });
				opt = {
					resolveKnownTags: true,
					schema: "core"
				};
				break;
			case null:
				if (this.directives) delete this.directives;
				opt = null;
				break;
			default: {
				const sv = JSON.stringify(version);
				throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
			}
		}
		if (options.schema instanceof Object) this.schema = options.schema;
		else if (opt) this.schema = new Schema(Object.assign(opt, options));
		else throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
	}
	toJS({ json, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
		const ctx = {
			anchors: /* @__PURE__ */ new Map(),
			doc: this,
			keep: !json,
			mapAsMap: mapAsMap === true,
			mapKeyWarned: false,
			maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
		};
		const res = toJS(this.contents, jsonArg ?? "", ctx);
		if (typeof onAnchor === "function") for (const { count, res } of ctx.anchors.values()) onAnchor(res, count);
		return typeof reviver === "function" ? applyReviver(reviver, { "": res }, "", res) : res;
	}
	/**
	* A JSON representation of the document `contents`.
	*
	* @param jsonArg Used by `JSON.stringify` to indicate the array index or
	*   property name.
	*/
	toJSON(jsonArg, onAnchor) {
		return this.toJS({
			json: true,
			jsonArg,
			mapAsMap: false,
			onAnchor
		});
	}
	/** A YAML representation of the document. */
	toString(options = {}) {
		if (this.errors.length > 0) throw new Error("Document with errors cannot be stringified");
		if ("indent" in options && (!Number.isInteger(options.indent) || Number(options.indent) <= 0)) {
			const s = JSON.stringify(options.indent);
			throw new Error(`"indent" option must be a positive integer, not ${s}`);
		}
		return stringifyDocument(this, options);
	}
};
function assertCollection(contents) {
	if (isCollection(contents)) return true;
	throw new Error("Expected a YAML collection as document contents");
}
// node_modules/yaml/browser/dist/errors.js
var YAMLError = class extends Error {
	constructor(name, pos, code, message) {
		super();
		this.name = name;
		this.code = code;
		this.message = message;
		this.pos = pos;
	}
};
var YAMLParseError = class extends YAMLError {
	constructor(pos, code, message) {
		super("YAMLParseError", pos, code, message);
	}
};
var YAMLWarning = class extends YAMLError {
	constructor(pos, code, message) {
		super("YAMLWarning", pos, code, message);
	}
};
const prettifyError = (src, lc) => (error) => {
	if (error.pos[0] === -1) return;
	error.linePos = error.pos.map((pos) => lc.linePos(pos));
	const { line, col } = error.linePos[0];
	error.message += ` at line ${line}, column ${col}`;
	let ci = col - 1;
	let lineStr = src.substring(lc.lineStarts[line - 1], lc.lineStarts[line]).replace(/[\n\r]+$/, "");
	if (ci >= 60 && lineStr.length > 80) {
		const trimStart = Math.min(ci - 39, lineStr.length - 79);
		lineStr = "…" + lineStr.substring(trimStart);
		ci -= trimStart - 1;
	}
	if (lineStr.length > 80) lineStr = lineStr.substring(0, 79) + "…";
	if (line > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
		let prev = src.substring(lc.lineStarts[line - 2], lc.lineStarts[line - 1]);
		if (prev.length > 80) prev = prev.substring(0, 79) + "…\n";
		lineStr = prev + lineStr;
	}
	if (/[^ ]/.test(lineStr)) {
		let count = 1;
		const end = error.linePos[1];
		if (end?.line === line && end.col > col) count = Math.max(1, Math.min(end.col - col, 80 - ci));
		const pointer = " ".repeat(ci) + "^".repeat(count);
		error.message += `:\n\n${lineStr}\n${pointer}\n`;
	}
};
// node_modules/yaml/browser/dist/compose/resolve-props.js
function resolveProps(tokens, { flow, indicator, next, offset, onError, parentIndent, startOnNewline }) {
	let spaceBefore = false;
	let atNewline = startOnNewline;
	let hasSpace = startOnNewline;
	let comment = "";
	let commentSep = "";
	let hasNewline = false;
	let reqSpace = false;
	let tab = null;
	let anchor = null;
	let tag = null;
	let newlineAfterProp = null;
	let comma = null;
	let found = null;
	let start = null;
	for (const token of tokens) {
		if (reqSpace) {
			if (token.type !== "space" && token.type !== "newline" && token.type !== "comma") onError(token.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
			reqSpace = false;
		}
		if (tab) {
			if (atNewline && token.type !== "comment" && token.type !== "newline") onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
			tab = null;
		}
		switch (token.type) {
			case "space":
				if (!flow && (indicator !== "doc-start" || next?.type !== "flow-collection") && token.source.includes("	")) tab = token;
				hasSpace = true;
				break;
			case "comment": {
				if (!hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
				const cb = token.source.substring(1) || " ";
				if (!comment) comment = cb;
				else comment += commentSep + cb;
				commentSep = "";
				atNewline = false;
				break;
			}
			case "newline":
				if (atNewline) {
					if (comment) comment += token.source;
					else if (!found || indicator !== "seq-item-ind") spaceBefore = true;
				} else commentSep += token.source;
				atNewline = true;
				hasNewline = true;
				if (anchor || tag) newlineAfterProp = token;
				hasSpace = true;
				break;
			case "anchor":
				if (anchor) onError(token, "MULTIPLE_ANCHORS", "A node can have at most one anchor");
				if (token.source.endsWith(":")) onError(token.offset + token.source.length - 1, "BAD_ALIAS", "Anchor ending in : is ambiguous", true);
				anchor = token;
				start ?? (start = token.offset);
				atNewline = false;
				hasSpace = false;
				reqSpace = true;
				break;
			case "tag":
				if (tag) onError(token, "MULTIPLE_TAGS", "A node can have at most one tag");
				tag = token;
				start ?? (start = token.offset);
				atNewline = false;
				hasSpace = false;
				reqSpace = true;
				break;
			case indicator:
				if (anchor || tag) onError(token, "BAD_PROP_ORDER", `Anchors and tags must be after the ${token.source} indicator`);
				if (found) onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.source} in ${flow ?? "collection"}`);
				found = token;
				atNewline = indicator === "seq-item-ind" || indicator === "explicit-key-ind";
				hasSpace = false;
				break;
			case "comma": if (flow) {
				if (comma) onError(token, "UNEXPECTED_TOKEN", `Unexpected , in ${flow}`);
				comma = token;
				atNewline = false;
				hasSpace = false;
				break;
			}
			default:
				onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.type} token`);
				atNewline = false;
				hasSpace = false;
		}
	}
	const last = tokens[tokens.length - 1];
	const end = last ? last.offset + last.source.length : offset;
	if (reqSpace && next && next.type !== "space" && next.type !== "newline" && next.type !== "comma" && (next.type !== "scalar" || next.source !== "")) onError(next.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
	if (tab && (atNewline && tab.indent <= parentIndent || next?.type === "block-map" || next?.type === "block-seq")) onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
	return {
		comma,
		found,
		spaceBefore,
		comment,
		hasNewline,
		anchor,
		tag,
		newlineAfterProp,
		end,
		start: start ?? end
	};
}
// node_modules/yaml/browser/dist/compose/util-contains-newline.js
function containsNewline(key) {
	if (!key) return null;
	switch (key.type) {
		case "alias":
		case "scalar":
		case "double-quoted-scalar":
		case "single-quoted-scalar":
			if (key.source.includes("\n")) return true;
			if (key.end) {
				for (const st of key.end) if (st.type === "newline") return true;
			}
			return false;
		case "flow-collection":
			for (const it of key.items) {
				for (const st of it.start) if (st.type === "newline") return true;
				if (it.sep) {
					for (const st of it.sep) if (st.type === "newline") return true;
				}
				if (containsNewline(it.key) || containsNewline(it.value)) return true;
			}
			return false;
		default: return true;
	}
}
// node_modules/yaml/browser/dist/compose/util-flow-indent-check.js
function flowIndentCheck(indent, fc, onError) {
	if (fc?.type === "flow-collection") {
		const end = fc.end[0];
		if (end.indent === indent && (end.source === "]" || end.source === "}") && containsNewline(fc)) onError(end, "BAD_INDENT", "Flow end indicator should be more indented than parent", true);
	}
}
// node_modules/yaml/browser/dist/compose/util-map-includes.js
function mapIncludes(ctx, items, search) {
	const { uniqueKeys } = ctx.options;
	if (uniqueKeys === false) return false;
	const isEqual = typeof uniqueKeys === "function" ? uniqueKeys : (a, b) => a === b || isScalar(a) && isScalar(b) && a.value === b.value;
	return items.some((pair) => isEqual(pair.key, search));
}
// node_modules/yaml/browser/dist/compose/resolve-block-map.js
const startColMsg = "All mapping items must start at the same column";
function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag) {
	const map = new ((tag?.nodeClass) ?? YAMLMap)(ctx.schema);
	if (ctx.atRoot) ctx.atRoot = false;
	let offset = bm.offset;
	let commentEnd = null;
	for (const collItem of bm.items) {
		const { start, key, sep, value } = collItem;
		const keyProps = resolveProps(start, {
			indicator: "explicit-key-ind",
			next: key ?? sep?.[0],
			offset,
			onError,
			parentIndent: bm.indent,
			startOnNewline: true
		});
		const implicitKey = !keyProps.found;
		if (implicitKey) {
			if (key) {
				if (key.type === "block-seq") onError(offset, "BLOCK_AS_IMPLICIT_KEY", "A block sequence may not be used as an implicit map key");
				else if ("indent" in key && key.indent !== bm.indent) onError(offset, "BAD_INDENT", startColMsg);
			}
			if (!keyProps.anchor && !keyProps.tag && !sep) {
				commentEnd = keyProps.end;
				if (keyProps.comment) {
					if (map.comment) map.comment += "\n" + keyProps.comment;
					else map.comment = keyProps.comment;
				}
				continue;
			}
			if (keyProps.newlineAfterProp || containsNewline(key)) onError(key ?? start[start.length - 1], "MULTILINE_IMPLICIT_KEY", "Implicit keys need to be on a single line");
		} else if (keyProps.found?.indent !== bm.indent) onError(offset, "BAD_INDENT", startColMsg);
		ctx.atKey = true;
		const keyStart = keyProps.end;
		const keyNode = key ? composeNode(ctx, key, keyProps, onError) : composeEmptyNode(ctx, keyStart, start, null, keyProps, onError);
		if (ctx.schema.compat) flowIndentCheck(bm.indent, key, onError);
		ctx.atKey = false;
		if (mapIncludes(ctx, map.items, keyNode)) onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
		const valueProps = resolveProps(sep ?? [], {
			indicator: "map-value-ind",
			next: value,
			offset: keyNode.range[2],
			onError,
			parentIndent: bm.indent,
			startOnNewline: !key || key.type === "block-scalar"
		});
		offset = valueProps.end;
		if (valueProps.found) {
			if (implicitKey) {
				if (value?.type === "block-map" && !valueProps.hasNewline) onError(offset, "BLOCK_AS_IMPLICIT_KEY", "Nested mappings are not allowed in compact mappings");
				if (ctx.options.strict && keyProps.start < valueProps.found.offset - 1024) onError(keyNode.range, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit block mapping key");
			}
			const valueNode = value ? composeNode(ctx, value, valueProps, onError) : composeEmptyNode(ctx, offset, sep, null, valueProps, onError);
			if (ctx.schema.compat) flowIndentCheck(bm.indent, value, onError);
			offset = valueNode.range[2];
			const pair = new Pair(keyNode, valueNode);
			if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
			map.items.push(pair);
		} else {
			if (implicitKey) onError(keyNode.range, "MISSING_CHAR", "Implicit map keys need to be followed by map values");
			if (valueProps.comment) {
				if (keyNode.comment) keyNode.comment += "\n" + valueProps.comment;
				else keyNode.comment = valueProps.comment;
			}
			const pair = new Pair(keyNode);
			if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
			map.items.push(pair);
		}
	}
	if (commentEnd && commentEnd < offset) onError(commentEnd, "IMPOSSIBLE", "Map comment with trailing content");
	map.range = [
		bm.offset,
		offset,
		commentEnd ?? offset
	];
	return map;
}
// node_modules/yaml/browser/dist/compose/resolve-block-seq.js
function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag) {
	const seq = new ((tag?.nodeClass) ?? YAMLSeq)(ctx.schema);
	if (ctx.atRoot) ctx.atRoot = false;
	if (ctx.atKey) ctx.atKey = false;
	let offset = bs.offset;
	let commentEnd = null;
	for (const { start, value } of bs.items) {
		const props = resolveProps(start, {
			indicator: "seq-item-ind",
			next: value,
			offset,
			onError,
			parentIndent: bs.indent,
			startOnNewline: true
		});
		if (!props.found) {
			if (props.anchor || props.tag || value) {
				if (value?.type === "block-seq") onError(props.end, "BAD_INDENT", "All sequence items must start at the same column");
				else onError(offset, "MISSING_CHAR", "Sequence item without - indicator");
			} else {
				commentEnd = props.end;
				if (props.comment) seq.comment = props.comment;
				continue;
			}
		}
		const node = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, start, null, props, onError);
		if (ctx.schema.compat) flowIndentCheck(bs.indent, value, onError);
		offset = node.range[2];
		seq.items.push(node);
	}
	seq.range = [
		bs.offset,
		offset,
		commentEnd ?? offset
	];
	return seq;
}
// node_modules/yaml/browser/dist/compose/resolve-end.js
function resolveEnd(end, offset, reqSpace, onError) {
	let comment = "";
	if (end) {
		let hasSpace = false;
		let sep = "";
		for (const token of end) {
			const { source, type } = token;
			switch (type) {
				case "space":
					hasSpace = true;
					break;
				case "comment": {
					if (reqSpace && !hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
					const cb = source.substring(1) || " ";
					if (!comment) comment = cb;
					else comment += sep + cb;
					sep = "";
					break;
				}
				case "newline":
					if (comment) sep += source;
					hasSpace = true;
					break;
				default: onError(token, "UNEXPECTED_TOKEN", `Unexpected ${type} at node end`);
			}
			offset += source.length;
		}
	}
	return {
		comment,
		offset
	};
}
// node_modules/yaml/browser/dist/compose/resolve-flow-collection.js
const blockMsg = "Block collections are not allowed within flow collections";
const isBlock = (token) => token && (token.type === "block-map" || token.type === "block-seq");
function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag) {
	const isMap = fc.start.source === "{";
	const fcName = isMap ? "flow map" : "flow sequence";
	const coll = new ((tag?.nodeClass) ?? (isMap ? YAMLMap : YAMLSeq))(ctx.schema);
	coll.flow = true;
	const atRoot = ctx.atRoot;
	if (atRoot) ctx.atRoot = false;
	if (ctx.atKey) ctx.atKey = false;
	let offset = fc.offset + fc.start.source.length;
	for (let i = 0; i < fc.items.length; ++i) {
		const collItem = fc.items[i];
		const { start, key, sep, value } = collItem;
		const props = resolveProps(start, {
			flow: fcName,
			indicator: "explicit-key-ind",
			next: key ?? sep?.[0],
			offset,
			onError,
			parentIndent: fc.indent,
			startOnNewline: false
		});
		if (!props.found) {
			if (!props.anchor && !props.tag && !sep && !value) {
				if (i === 0 && props.comma) onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
				else if (i < fc.items.length - 1) onError(props.start, "UNEXPECTED_TOKEN", `Unexpected empty item in ${fcName}`);
				if (props.comment) {
					if (coll.comment) coll.comment += "\n" + props.comment;
					else coll.comment = props.comment;
				}
				offset = props.end;
				continue;
			}
			if (!isMap && ctx.options.strict && containsNewline(key)) onError(key, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
		}
		if (i === 0) {
			if (props.comma) onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
		} else {
			if (!props.comma) onError(props.start, "MISSING_CHAR", `Missing , between ${fcName} items`);
			if (props.comment) {
				let prevItemComment = "";
				loop: for (const st of start) switch (st.type) {
					case "comma":
					case "space": break;
					case "comment":
						prevItemComment = st.source.substring(1);
						break loop;
					default: break loop;
				}
				if (prevItemComment) {
					let prev = coll.items[coll.items.length - 1];
					if (isPair(prev)) prev = prev.value ?? prev.key;
					if (prev.comment) prev.comment += "\n" + prevItemComment;
					else prev.comment = prevItemComment;
					props.comment = props.comment.substring(prevItemComment.length + 1);
				}
			}
		}
		if (!isMap && !sep && !props.found) {
			const valueNode = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, sep, null, props, onError);
			coll.items.push(valueNode);
			offset = valueNode.range[2];
			if (isBlock(value)) onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
		} else {
			ctx.atKey = true;
			const keyStart = props.end;
			const keyNode = key ? composeNode(ctx, key, props, onError) : composeEmptyNode(ctx, keyStart, start, null, props, onError);
			if (isBlock(key)) onError(keyNode.range, "BLOCK_IN_FLOW", blockMsg);
			ctx.atKey = false;
			const valueProps = resolveProps(sep ?? [], {
				flow: fcName,
				indicator: "map-value-ind",
				next: value,
				offset: keyNode.range[2],
				onError,
				parentIndent: fc.indent,
				startOnNewline: false
			});
			if (valueProps.found) {
				if (!isMap && !props.found && ctx.options.strict) {
					if (sep) for (const st of sep) {
						if (st === valueProps.found) break;
						if (st.type === "newline") {
							onError(st, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
							break;
						}
					}
					if (props.start < valueProps.found.offset - 1024) onError(valueProps.found, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit flow sequence key");
				}
			} else if (value) {
				if ("source" in value && value.source?.[0] === ":") onError(value, "MISSING_CHAR", `Missing space after : in ${fcName}`);
				else onError(valueProps.start, "MISSING_CHAR", `Missing , or : between ${fcName} items`);
			}
			const valueNode = value ? composeNode(ctx, value, valueProps, onError) : valueProps.found ? composeEmptyNode(ctx, valueProps.end, sep, null, valueProps, onError) : null;
			if (valueNode) {
				if (isBlock(value)) onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
			} else if (valueProps.comment) {
				if (keyNode.comment) keyNode.comment += "\n" + valueProps.comment;
				else keyNode.comment = valueProps.comment;
			}
			const pair = new Pair(keyNode, valueNode);
			if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
			if (isMap) {
				const map = coll;
				if (mapIncludes(ctx, map.items, keyNode)) onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
				map.items.push(pair);
			} else {
				const map = new YAMLMap(ctx.schema);
				map.flow = true;
				map.items.push(pair);
				const endRange = (valueNode ?? keyNode).range;
				map.range = [
					keyNode.range[0],
					endRange[1],
					endRange[2]
				];
				coll.items.push(map);
			}
			offset = valueNode ? valueNode.range[2] : valueProps.end;
		}
	}
	const expectedEnd = isMap ? "}" : "]";
	const [ce, ...ee] = fc.end;
	let cePos = offset;
	if (ce?.source === expectedEnd) cePos = ce.offset + ce.source.length;
	else {
		const name = fcName[0].toUpperCase() + fcName.substring(1);
		const msg = atRoot ? `${name} must end with a ${expectedEnd}` : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
		onError(offset, atRoot ? "MISSING_CHAR" : "BAD_INDENT", msg);
		if (ce && ce.source.length !== 1) ee.unshift(ce);
	}
	if (ee.length > 0) {
		const end = resolveEnd(ee, cePos, ctx.options.strict, onError);
		if (end.comment) {
			if (coll.comment) coll.comment += "\n" + end.comment;
			else coll.comment = end.comment;
		}
		coll.range = [
			fc.offset,
			cePos,
			end.offset
		];
	} else coll.range = [
		fc.offset,
		cePos,
		cePos
	];
	return coll;
}
// node_modules/yaml/browser/dist/compose/compose-collection.js
function resolveCollection(CN, ctx, token, onError, tagName, tag) {
	const coll = token.type === "block-map" ? resolveBlockMap(CN, ctx, token, onError, tag) : token.type === "block-seq" ? resolveBlockSeq(CN, ctx, token, onError, tag) : resolveFlowCollection(CN, ctx, token, onError, tag);
	const Coll = coll.constructor;
	if (tagName === "!" || tagName === Coll.tagName) {
		coll.tag = Coll.tagName;
		return coll;
	}
	if (tagName) coll.tag = tagName;
	return coll;
}
function composeCollection(CN, ctx, token, props, onError) {
	const tagToken = props.tag;
	const tagName = !tagToken ? null : ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg));
	if (token.type === "block-seq") {
		const { anchor, newlineAfterProp: nl } = props;
		const lastProp = anchor && tagToken ? anchor.offset > tagToken.offset ? anchor : tagToken : anchor ?? tagToken;
		if (lastProp && (!nl || nl.offset < lastProp.offset)) onError(lastProp, "MISSING_CHAR", "Missing newline after block sequence props");
	}
	const expType = token.type === "block-map" ? "map" : token.type === "block-seq" ? "seq" : token.start.source === "{" ? "map" : "seq";
	if (!tagToken || !tagName || tagName === "!" || tagName === YAMLMap.tagName && expType === "map" || tagName === YAMLSeq.tagName && expType === "seq") return resolveCollection(CN, ctx, token, onError, tagName);
	let tag = ctx.schema.tags.find((t) => t.tag === tagName && t.collection === expType);
	if (!tag) {
		const kt = ctx.schema.knownTags[tagName];
		if (kt?.collection === expType) {
			ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
			tag = kt;
		} else {
			if (kt) onError(tagToken, "BAD_COLLECTION_TYPE", `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? "scalar"}`, true);
			else onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, true);
			return resolveCollection(CN, ctx, token, onError, tagName);
		}
	}
	const coll = resolveCollection(CN, ctx, token, onError, tagName, tag);
	const res = tag.resolve?.(coll, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg), ctx.options) ?? coll;
	const node = isNode(res) ? res : new Scalar(res);
	node.range = coll.range;
	node.tag = tagName;
	if (tag?.format) node.format = tag.format;
	return node;
}
// node_modules/yaml/browser/dist/compose/resolve-block-scalar.js
function resolveBlockScalar(ctx, scalar, onError) {
	const start = scalar.offset;
	const header = parseBlockScalarHeader(scalar, ctx.options.strict, onError);
	if (!header) return {
		value: "",
		type: null,
		comment: "",
		range: [
			start,
			start,
			start
		]
	};
	const type = header.mode === ">" ? Scalar.BLOCK_FOLDED : Scalar.BLOCK_LITERAL;
	const lines = scalar.source ? splitLines(scalar.source) : [];
	let chompStart = lines.length;
	for (let i = lines.length - 1; i >= 0; --i) {
		const content = lines[i][1];
		if (content === "" || content === "\r") chompStart = i;
		else break;
	}
	if (chompStart === 0) {
		const value = header.chomp === "+" && lines.length > 0 ? "\n".repeat(Math.max(1, lines.length - 1)) : "";
		let end = start + header.length;
		if (scalar.source) end += scalar.source.length;
		return {
			value,
			type,
			comment: header.comment,
			range: [
				start,
				end,
				end
			]
		};
	}
	let trimIndent = scalar.indent + header.indent;
	let offset = scalar.offset + header.length;
	let contentStart = 0;
	for (let i = 0; i < chompStart; ++i) {
		const [indent, content] = lines[i];
		if (content === "" || content === "\r") {
			if (header.indent === 0 && indent.length > trimIndent) trimIndent = indent.length;
		} else {
			if (indent.length < trimIndent) onError(offset + indent.length, "MISSING_CHAR", "Block scalars with more-indented leading empty lines must use an explicit indentation indicator");
			if (header.indent === 0) trimIndent = indent.length;
			contentStart = i;
			if (trimIndent === 0 && !ctx.atRoot) onError(offset, "BAD_INDENT", "Block scalar values in collections must be indented");
			break;
		}
		offset += indent.length + content.length + 1;
	}
	for (let i = lines.length - 1; i >= chompStart; --i) if (lines[i][0].length > trimIndent) chompStart = i + 1;
	let value = "";
	let sep = "";
	let prevMoreIndented = false;
	for (let i = 0; i < contentStart; ++i) value += lines[i][0].slice(trimIndent) + "\n";
	for (let i = contentStart; i < chompStart; ++i) {
		let [indent, content] = lines[i];
		offset += indent.length + content.length + 1;
		const crlf = content[content.length - 1] === "\r";
		if (crlf) content = content.slice(0, -1);
		/* istanbul ignore if already caught in lexer */
		if (content && indent.length < trimIndent) {
			const message = `Block scalar lines must not be less indented than their ${header.indent ? "explicit indentation indicator" : "first line"}`;
			onError(offset - content.length - (crlf ? 2 : 1), "BAD_INDENT", message);
			indent = "";
		}
		if (type === Scalar.BLOCK_LITERAL) {
			value += sep + indent.slice(trimIndent) + content;
			sep = "\n";
		} else if (indent.length > trimIndent || content[0] === "	") {
			if (sep === " ") sep = "\n";
			else if (!prevMoreIndented && sep === "\n") sep = "\n\n";
			value += sep + indent.slice(trimIndent) + content;
			sep = "\n";
			prevMoreIndented = true;
		} else if (content === "") {
			if (sep === "\n") value += "\n";
			else sep = "\n";
		} else {
			value += sep + content;
			sep = " ";
			prevMoreIndented = false;
		}
	}
	switch (header.chomp) {
		case "-": break;
		case "+":
			for (let i = chompStart; i < lines.length; ++i) value += "\n" + lines[i][0].slice(trimIndent);
			if (value[value.length - 1] !== "\n") value += "\n";
			break;
		default: value += "\n";
	}
	const end = start + header.length + scalar.source.length;
	return {
		value,
		type,
		comment: header.comment,
		range: [
			start,
			end,
			end
		]
	};
}
function parseBlockScalarHeader({ offset, props }, strict, onError) {
	/* istanbul ignore if should not happen */
	if (props[0].type !== "block-scalar-header") {
		onError(props[0], "IMPOSSIBLE", "Block scalar header not found");
		return null;
	}
	const { source } = props[0];
	const mode = source[0];
	let indent = 0;
	let chomp = "";
	let error = -1;
	for (let i = 1; i < source.length; ++i) {
		const ch = source[i];
		if (!chomp && (ch === "-" || ch === "+")) chomp = ch;
		else {
			const n = Number(ch);
			if (!indent && n) indent = n;
			else if (error === -1) error = offset + i;
		}
	}
	if (error !== -1) onError(error, "UNEXPECTED_TOKEN", `Block scalar header includes extra characters: ${source}`);
	let hasSpace = false;
	let comment = "";
	let length = source.length;
	for (let i = 1; i < props.length; ++i) {
		const token = props[i];
		switch (token.type) {
			case "space": hasSpace = true;
			case "newline":
				length += token.source.length;
				break;
			case "comment":
				if (strict && !hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
				length += token.source.length;
				comment = token.source.substring(1);
				break;
			case "error":
				onError(token, "UNEXPECTED_TOKEN", token.message);
				length += token.source.length;
				break;
			/* istanbul ignore next should not happen */
			default: {
				onError(token, "UNEXPECTED_TOKEN", `Unexpected token in block scalar header: ${token.type}`);
				const ts = token.source;
				if (ts && typeof ts === "string") length += ts.length;
			}
		}
	}
	return {
		mode,
		indent,
		chomp,
		comment,
		length
	};
}
/** @returns Array of lines split up as `[indent, content]` */
function splitLines(source) {
	const split = source.split(/\n( *)/);
	const first = split[0];
	const m = first.match(/^( *)/);
	const lines = [m?.[1] ? [m[1], first.slice(m[1].length)] : ["", first]];
	for (let i = 1; i < split.length; i += 2) lines.push([split[i], split[i + 1]]);
	return lines;
}
// node_modules/yaml/browser/dist/compose/resolve-flow-scalar.js
function resolveFlowScalar(scalar, strict, onError) {
	const { offset, type, source, end } = scalar;
	let _type;
	let value;
	const _onError = (rel, code, msg) => onError(offset + rel, code, msg);
	switch (type) {
		case "scalar":
			_type = Scalar.PLAIN;
			value = plainValue(source, _onError);
			break;
		case "single-quoted-scalar":
			_type = Scalar.QUOTE_SINGLE;
			value = singleQuotedValue(source, _onError);
			break;
		case "double-quoted-scalar":
			_type = Scalar.QUOTE_DOUBLE;
			value = doubleQuotedValue(source, _onError);
			break;
		/* istanbul ignore next should not happen */
		default:
			onError(scalar, "UNEXPECTED_TOKEN", `Expected a flow scalar value, but found: ${type}`);
			return {
				value: "",
				type: null,
				comment: "",
				range: [
					offset,
					offset + source.length,
					offset + source.length
				]
			};
	}
	const valueEnd = offset + source.length;
	const re = resolveEnd(end, valueEnd, strict, onError);
	return {
		value,
		type: _type,
		comment: re.comment,
		range: [
			offset,
			valueEnd,
			re.offset
		]
	};
}
function plainValue(source, onError) {
	let badChar = "";
	switch (source[0]) {
		/* istanbul ignore next should not happen */
		case "	":
			badChar = "a tab character";
			break;
		case ",":
			badChar = "flow indicator character ,";
			break;
		case "%":
			badChar = "directive indicator character %";
			break;
		case "|":
		case ">":
			badChar = `block scalar indicator ${source[0]}`;
			break;
		case "@":
		case "`": badChar = `reserved character ${source[0]}`;
	}
	if (badChar) onError(0, "BAD_SCALAR_START", `Plain value cannot start with ${badChar}`);
	return unfoldLines(source);
}
function singleQuotedValue(source, onError) {
	if (source[source.length - 1] !== "'" || source.length === 1) onError(source.length, "MISSING_CHAR", "Missing closing 'quote");
	return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
}
function unfoldLines(source) {
	const line = /(.*?)\r?\n/sy;
	let match = line.exec(source);
	if (!match) return source;
	/**
	* The negative lookbehinds in these RegExps are to
	* prevent causing a polynomial search time in certain cases.
	*
	* The try-catch is for Safari < 16.4 and other old browsers:
	* https://caniuse.com/js-regexp-lookbehind
	*/
	let trimEnd, trimBoth;
	try {
		trimEnd = new RegExp("(?<![ 	])[ 	]+$");
		trimBoth = new RegExp("^[ 	]+|(?<![ 	])[ 	]+$", "g");
	} catch {
		trimEnd = /[ \t]+$/;
		trimBoth = /^[ \t]+|[ \t]+$/g;
	}
	let res = match[1].replace(trimEnd, "");
	let sep = " ";
	let pos = line.lastIndex;
	while (match = line.exec(source)) {
		const lm = match[1].replace(trimBoth, "");
		if (lm === "") {
			if (sep === "\n") res += sep;
			else sep = "\n";
		} else {
			res += sep + lm;
			sep = " ";
		}
		pos = line.lastIndex;
	}
	const last = /[ \t]*(.*)/sy;
	last.lastIndex = pos;
	match = last.exec(source);
	return res + sep + (match?.[1] ?? "");
}
function doubleQuotedValue(source, onError) {
	let res = "";
	for (let i = 1; i < source.length - 1; ++i) {
		const ch = source[i];
		if (ch === "\r" && source[i + 1] === "\n") continue;
		if (ch === "\n") {
			const { fold, offset } = foldNewline(source, i);
			res += fold;
			i = offset;
		} else if (ch === "\\") {
			let next = source[++i];
			const cc = escapeCodes[next];
			if (cc) res += cc;
			else if (next === "\n") {
				next = source[i + 1];
				while (next === " " || next === "	") next = source[++i + 1];
			} else if (next === "\r" && source[i + 1] === "\n") {
				next = source[++i + 1];
				while (next === " " || next === "	") next = source[++i + 1];
			} else if (next === "x" || next === "u" || next === "U") {
				const length = next === "x" ? 2 : next === "u" ? 4 : 8;
				res += parseCharCode(source, i + 1, length, onError);
				i += length;
			} else {
				const raw = source.substr(i - 1, 2);
				onError(i - 1, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
				res += raw;
			}
		} else if (ch === " " || ch === "	") {
			const wsStart = i;
			let next = source[i + 1];
			while (next === " " || next === "	") next = source[++i + 1];
			if (next !== "\n" && !(next === "\r" && source[i + 2] === "\n")) res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
		} else res += ch;
	}
	if (source[source.length - 1] !== "\"" || source.length === 1) onError(source.length, "MISSING_CHAR", "Missing closing \"quote");
	return res;
}
/**
* Fold a single newline into a space, multiple newlines to N - 1 newlines.
* Presumes `source[offset] === '\n'`
*/
function foldNewline(source, offset) {
	let fold = "";
	let ch = source[offset + 1];
	while (ch === " " || ch === "	" || ch === "\n" || ch === "\r") {
		if (ch === "\r" && source[offset + 2] !== "\n") break;
		if (ch === "\n") fold += "\n";
		offset += 1;
		ch = source[offset + 1];
	}
	if (!fold) fold = " ";
	return {
		fold,
		offset
	};
}
const escapeCodes = {
	"0": "\0",
	a: "\x07",
	b: "\b",
	e: "\x1B",
	f: "\f",
	n: "\n",
	r: "\r",
	t: "	",
	v: "\v",
	N: "",
	_: "\xA0",
	L: "\u2028",
	P: "\u2029",
	" ": " ",
	"\"": "\"",
	"/": "/",
	"\\": "\\",
	"	": "	"
};
function parseCharCode(source, offset, length, onError) {
	const cc = source.substr(offset, length);
	const code = cc.length === length && /^[0-9a-fA-F]+$/.test(cc) ? parseInt(cc, 16) : NaN;
	try {
		return String.fromCodePoint(code);
	} catch {
		const raw = source.substr(offset - 2, length + 2);
		onError(offset - 2, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
		return raw;
	}
}
// node_modules/yaml/browser/dist/compose/compose-scalar.js
function composeScalar(ctx, token, tagToken, onError) {
	const { value, type, comment, range } = token.type === "block-scalar" ? resolveBlockScalar(ctx, token, onError) : resolveFlowScalar(token, ctx.options.strict, onError);
	const tagName = tagToken ? ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg)) : null;
	let tag;
	if (ctx.options.stringKeys && ctx.atKey) tag = ctx.schema[SCALAR$1];
	else if (tagName) tag = findScalarTagByName(ctx.schema, value, tagName, tagToken, onError);
	else if (token.type === "scalar") tag = findScalarTagByTest(ctx, value, token, onError);
	else tag = ctx.schema[SCALAR$1];
	let scalar;
	try {
		const res = tag.resolve(value, (msg) => onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg), ctx.options);
		scalar = isScalar(res) ? res : new Scalar(res);
	} catch (error) {
		const msg = error instanceof Error ? error.message : String(error);
		onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg);
		scalar = new Scalar(value);
	}
	scalar.range = range;
	scalar.source = value;
	if (type) scalar.type = type;
	if (tagName) scalar.tag = tagName;
	if (tag.format) scalar.format = tag.format;
	if (comment) scalar.comment = comment;
	return scalar;
}
function findScalarTagByName(schema, value, tagName, tagToken, onError) {
	if (tagName === "!") return schema[SCALAR$1];
	const matchWithTest = [];
	for (const tag of schema.tags) if (!tag.collection && tag.tag === tagName) {
		if (tag.default && tag.test) matchWithTest.push(tag);
		else return tag;
	}
	for (const tag of matchWithTest) if (tag.test?.test(value)) return tag;
	const kt = schema.knownTags[tagName];
	if (kt && !kt.collection) {
		schema.tags.push(Object.assign({}, kt, {
			default: false,
			test: void 0
		}));
		return kt;
	}
	onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, tagName !== "tag:yaml.org,2002:str");
	return schema[SCALAR$1];
}
function findScalarTagByTest({ atKey, directives, schema }, value, token, onError) {
	const tag = schema.tags.find((tag) => (tag.default === true || atKey && tag.default === "key") && tag.test?.test(value)) || schema[SCALAR$1];
	if (schema.compat) {
		const compat = schema.compat.find((tag) => tag.default && tag.test?.test(value)) ?? schema[SCALAR$1];
		if (tag.tag !== compat.tag) onError(token, "TAG_RESOLVE_FAILED", `Value may be parsed as either ${directives.tagString(tag.tag)} or ${directives.tagString(compat.tag)}`, true);
	}
	return tag;
}
// node_modules/yaml/browser/dist/compose/util-empty-scalar-position.js
function emptyScalarPosition(offset, before, pos) {
	if (before) {
		pos ?? (pos = before.length);
		for (let i = pos - 1; i >= 0; --i) {
			let st = before[i];
			switch (st.type) {
				case "space":
				case "comment":
				case "newline":
					offset -= st.source.length;
					continue;
			}
			st = before[++i];
			while (st?.type === "space") {
				offset += st.source.length;
				st = before[++i];
			}
			break;
		}
	}
	return offset;
}
// node_modules/yaml/browser/dist/compose/compose-node.js
const CN = {
	composeNode,
	composeEmptyNode
};
function composeNode(ctx, token, props, onError) {
	const atKey = ctx.atKey;
	const { spaceBefore, comment, anchor, tag } = props;
	let node;
	let isSrcToken = true;
	switch (token.type) {
		case "alias":
			node = composeAlias(ctx, token, onError);
			if (anchor || tag) onError(token, "ALIAS_PROPS", "An alias node must not specify any properties");
			break;
		case "scalar":
		case "single-quoted-scalar":
		case "double-quoted-scalar":
		case "block-scalar":
			node = composeScalar(ctx, token, tag, onError);
			if (anchor) node.anchor = anchor.source.substring(1);
			break;
		case "block-map":
		case "block-seq":
		case "flow-collection":
			try {
				node = composeCollection(CN, ctx, token, props, onError);
				if (anchor) node.anchor = anchor.source.substring(1);
			} catch (error) {
				onError(token, "RESOURCE_EXHAUSTION", error instanceof Error ? error.message : String(error));
			}
			break;
		default:
			onError(token, "UNEXPECTED_TOKEN", token.type === "error" ? token.message : `Unsupported token (type: ${token.type})`);
			isSrcToken = false;
	}
	node ?? (node = composeEmptyNode(ctx, token.offset, void 0, null, props, onError));
	if (anchor && node.anchor === "") onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
	if (atKey && ctx.options.stringKeys && (!isScalar(node) || typeof node.value !== "string" || node.tag && node.tag !== "tag:yaml.org,2002:str")) onError(tag ?? token, "NON_STRING_KEY", "With stringKeys, all keys must be strings");
	if (spaceBefore) node.spaceBefore = true;
	if (comment) {
		if (token.type === "scalar" && token.source === "") node.comment = comment;
		else node.commentBefore = comment;
	}
	if (ctx.options.keepSourceTokens && isSrcToken) node.srcToken = token;
	return node;
}
function composeEmptyNode(ctx, offset, before, pos, { spaceBefore, comment, anchor, tag, end }, onError) {
	const node = composeScalar(ctx, {
		type: "scalar",
		offset: emptyScalarPosition(offset, before, pos),
		indent: -1,
		source: ""
	}, tag, onError);
	if (anchor) {
		node.anchor = anchor.source.substring(1);
		if (node.anchor === "") onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
	}
	if (spaceBefore) node.spaceBefore = true;
	if (comment) {
		node.comment = comment;
		node.range[2] = end;
	}
	return node;
}
function composeAlias({ options }, { offset, source, end }, onError) {
	const alias = new Alias(source.substring(1));
	if (alias.source === "") onError(offset, "BAD_ALIAS", "Alias cannot be an empty string");
	if (alias.source.endsWith(":")) onError(offset + source.length - 1, "BAD_ALIAS", "Alias ending in : is ambiguous", true);
	const valueEnd = offset + source.length;
	const re = resolveEnd(end, valueEnd, options.strict, onError);
	alias.range = [
		offset,
		valueEnd,
		re.offset
	];
	if (re.comment) alias.comment = re.comment;
	return alias;
}
// node_modules/yaml/browser/dist/compose/compose-doc.js
function composeDoc(options, directives, { offset, start, value, end }, onError) {
	const doc = new Document(void 0, Object.assign({ _directives: directives }, options));
	const ctx = {
		atKey: false,
		atRoot: true,
		directives: doc.directives,
		options: doc.options,
		schema: doc.schema
	};
	const props = resolveProps(start, {
		indicator: "doc-start",
		next: value ?? end?.[0],
		offset,
		onError,
		parentIndent: 0,
		startOnNewline: true
	});
	if (props.found) {
		doc.directives.docStart = true;
		if (value && (value.type === "block-map" || value.type === "block-seq") && !props.hasNewline) onError(props.end, "MISSING_CHAR", "Block collection cannot start on same line with directives-end marker");
	}
	doc.contents = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, start, null, props, onError);
	const contentEnd = doc.contents.range[2];
	const re = resolveEnd(end, contentEnd, false, onError);
	if (re.comment) doc.comment = re.comment;
	doc.range = [
		offset,
		contentEnd,
		re.offset
	];
	return doc;
}
// node_modules/yaml/browser/dist/compose/composer.js
function getErrorPos(src) {
	if (typeof src === "number") return [src, src + 1];
	if (Array.isArray(src)) return src.length === 2 ? src : [src[0], src[1]];
	const { offset, source } = src;
	return [offset, offset + (typeof source === "string" ? source.length : 1)];
}
function parsePrelude(prelude) {
	let comment = "";
	let atComment = false;
	let afterEmptyLine = false;
	for (let i = 0; i < prelude.length; ++i) {
		const source = prelude[i];
		switch (source[0]) {
			case "#":
				comment += (comment === "" ? "" : afterEmptyLine ? "\n\n" : "\n") + (source.substring(1) || " ");
				atComment = true;
				afterEmptyLine = false;
				break;
			case "%":
				if (prelude[i + 1]?.[0] !== "#") i += 1;
				atComment = false;
				break;
			default:
				if (!atComment) afterEmptyLine = true;
				atComment = false;
		}
	}
	return {
		comment,
		afterEmptyLine
	};
}
/**
* Compose a stream of CST nodes into a stream of YAML Documents.
*
* ```ts
* import { Composer, Parser } from 'yaml'
*
* const src: string = ...
* const tokens = new Parser().parse(src)
* const docs = new Composer().compose(tokens)
* ```
*/
var Composer = class {
	constructor(options = {}) {
		this.doc = null;
		this.atDirectives = false;
		this.prelude = [];
		this.errors = [];
		this.warnings = [];
		this.onError = (source, code, message, warning) => {
			const pos = getErrorPos(source);
			if (warning) this.warnings.push(new YAMLWarning(pos, code, message));
			else this.errors.push(new YAMLParseError(pos, code, message));
		};
		this.directives = new Directives({ version: options.version || "1.2" });
		this.options = options;
	}
	decorate(doc, afterDoc) {
		const { comment, afterEmptyLine } = parsePrelude(this.prelude);
		if (comment) {
			const dc = doc.contents;
			if (afterDoc) doc.comment = doc.comment ? `${doc.comment}\n${comment}` : comment;
			else if (afterEmptyLine || doc.directives.docStart || !dc) doc.commentBefore = comment;
			else if (isCollection(dc) && !dc.flow && dc.items.length > 0) {
				let it = dc.items[0];
				if (isPair(it)) it = it.key;
				const cb = it.commentBefore;
				it.commentBefore = cb ? `${comment}\n${cb}` : comment;
			} else {
				const cb = dc.commentBefore;
				dc.commentBefore = cb ? `${comment}\n${cb}` : comment;
			}
		}
		if (afterDoc) {
			for (let i = 0; i < this.errors.length; ++i) doc.errors.push(this.errors[i]);
			for (let i = 0; i < this.warnings.length; ++i) doc.warnings.push(this.warnings[i]);
		} else {
			doc.errors = this.errors;
			doc.warnings = this.warnings;
		}
		this.prelude = [];
		this.errors = [];
		this.warnings = [];
	}
	/**
	* Current stream status information.
	*
	* Mostly useful at the end of input for an empty stream.
	*/
	streamInfo() {
		return {
			comment: parsePrelude(this.prelude).comment,
			directives: this.directives,
			errors: this.errors,
			warnings: this.warnings
		};
	}
	/**
	* Compose tokens into documents.
	*
	* @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
	* @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
	*/
	*compose(tokens, forceDoc = false, endOffset = -1) {
		for (const token of tokens) yield* this.next(token);
		yield* this.end(forceDoc, endOffset);
	}
	/** Advance the composer by one CST token. */
	*next(token) {
		switch (token.type) {
			case "directive":
				this.directives.add(token.source, (offset, message, warning) => {
					const pos = getErrorPos(token);
					pos[0] += offset;
					this.onError(pos, "BAD_DIRECTIVE", message, warning);
				});
				this.prelude.push(token.source);
				this.atDirectives = true;
				break;
			case "document": {
				const doc = composeDoc(this.options, this.directives, token, this.onError);
				if (this.atDirectives && !doc.directives.docStart) this.onError(token, "MISSING_CHAR", "Missing directives-end/doc-start indicator line");
				this.decorate(doc, false);
				if (this.doc) yield this.doc;
				this.doc = doc;
				this.atDirectives = false;
				break;
			}
			case "byte-order-mark":
			case "space": break;
			case "comment":
			case "newline":
				this.prelude.push(token.source);
				break;
			case "error": {
				const msg = token.source ? `${token.message}: ${JSON.stringify(token.source)}` : token.message;
				const error = new YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg);
				if (this.atDirectives || !this.doc) this.errors.push(error);
				else this.doc.errors.push(error);
				break;
			}
			case "doc-end": {
				if (!this.doc) {
					this.errors.push(new YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", "Unexpected doc-end without preceding document"));
					break;
				}
				this.doc.directives.docEnd = true;
				const end = resolveEnd(token.end, token.offset + token.source.length, this.doc.options.strict, this.onError);
				this.decorate(this.doc, true);
				if (end.comment) {
					const dc = this.doc.comment;
					this.doc.comment = dc ? `${dc}\n${end.comment}` : end.comment;
				}
				this.doc.range[2] = end.offset;
				break;
			}
			default: this.errors.push(new YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", `Unsupported token ${token.type}`));
		}
	}
	/**
	* Call at end of input to yield any remaining document.
	*
	* @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
	* @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
	*/
	*end(forceDoc = false, endOffset = -1) {
		if (this.doc) {
			this.decorate(this.doc, true);
			yield this.doc;
			this.doc = null;
		} else if (forceDoc) {
			const doc = new Document(void 0, Object.assign({ _directives: this.directives }, this.options));
			if (this.atDirectives) this.onError(endOffset, "MISSING_CHAR", "Missing directives-end indicator line");
			doc.range = [
				0,
				endOffset,
				endOffset
			];
			this.decorate(doc, false);
			yield doc;
		}
	}
};
// node_modules/yaml/browser/dist/parse/cst-visit.js
const BREAK = Symbol("break visit");
const SKIP = Symbol("skip children");
const REMOVE = Symbol("remove item");
/**
* Apply a visitor to a CST document or item.
*
* Walks through the tree (depth-first) starting from the root, calling a
* `visitor` function with two arguments when entering each item:
*   - `item`: The current item, which included the following members:
*     - `start: SourceToken[]` – Source tokens before the key or value,
*       possibly including its anchor or tag.
*     - `key?: Token | null` – Set for pair values. May then be `null`, if
*       the key before the `:` separator is empty.
*     - `sep?: SourceToken[]` – Source tokens between the key and the value,
*       which should include the `:` map value indicator if `value` is set.
*     - `value?: Token` – The value of a sequence item, or of a map pair.
*   - `path`: The steps from the root to the current node, as an array of
*     `['key' | 'value', number]` tuples.
*
* The return value of the visitor may be used to control the traversal:
*   - `undefined` (default): Do nothing and continue
*   - `visit.SKIP`: Do not visit the children of this token, continue with
*      next sibling
*   - `visit.BREAK`: Terminate traversal completely
*   - `visit.REMOVE`: Remove the current item, then continue with the next one
*   - `number`: Set the index of the next step. This is useful especially if
*     the index of the current token has changed.
*   - `function`: Define the next visitor for this item. After the original
*     visitor is called on item entry, next visitors are called after handling
*     a non-empty `key` and when exiting the item.
*/
function visit(cst, visitor) {
	if ("type" in cst && cst.type === "document") cst = {
		start: cst.start,
		value: cst.value
	};
	_visit(Object.freeze([]), cst, visitor);
}
/** Terminate visit traversal completely */
visit.BREAK = BREAK;
/** Do not visit the children of the current item */
visit.SKIP = SKIP;
/** Remove the current item */
visit.REMOVE = REMOVE;
/** Find the item at `path` from `cst` as the root */
visit.itemAtPath = (cst, path) => {
	let item = cst;
	for (const [field, index] of path) {
		const tok = item?.[field];
		if (tok && "items" in tok) item = tok.items[index];
		else return void 0;
	}
	return item;
};
/**
* Get the immediate parent collection of the item at `path` from `cst` as the root.
*
* Throws an error if the collection is not found, which should never happen if the item itself exists.
*/
visit.parentCollection = (cst, path) => {
	const parent = visit.itemAtPath(cst, path.slice(0, -1));
	const field = path[path.length - 1][0];
	const coll = parent?.[field];
	if (coll && "items" in coll) return coll;
	throw new Error("Parent collection not found");
};
function _visit(path, item, visitor) {
	let ctrl = visitor(item, path);
	if (typeof ctrl === "symbol") return ctrl;
	for (const field of ["key", "value"]) {
		const token = item[field];
		if (token && "items" in token) {
			for (let i = 0; i < token.items.length; ++i) {
				const ci = _visit(Object.freeze(path.concat([[field, i]])), token.items[i], visitor);
				if (typeof ci === "number") i = ci - 1;
				else if (ci === BREAK) return BREAK;
				else if (ci === REMOVE) {
					token.items.splice(i, 1);
					i -= 1;
				}
			}
			if (typeof ctrl === "function" && field === "key") ctrl = ctrl(item, path);
		}
	}
	return typeof ctrl === "function" ? ctrl(item, path) : ctrl;
}
/** Identify the type of a lexer token. May return `null` for unknown tokens. */
function tokenType(source) {
	switch (source) {
		case "﻿": return "byte-order-mark";
		case "": return "doc-mode";
		case "": return "flow-error-end";
		case "": return "scalar";
		case "---": return "doc-start";
		case "...": return "doc-end";
		case "":
		case "\n":
		case "\r\n": return "newline";
		case "-": return "seq-item-ind";
		case "?": return "explicit-key-ind";
		case ":": return "map-value-ind";
		case "{": return "flow-map-start";
		case "}": return "flow-map-end";
		case "[": return "flow-seq-start";
		case "]": return "flow-seq-end";
		case ",": return "comma";
	}
	switch (source[0]) {
		case " ":
		case "	": return "space";
		case "#": return "comment";
		case "%": return "directive-line";
		case "*": return "alias";
		case "&": return "anchor";
		case "!": return "tag";
		case "'": return "single-quoted-scalar";
		case "\"": return "double-quoted-scalar";
		case "|":
		case ">": return "block-scalar-header";
	}
	return null;
}
// node_modules/yaml/browser/dist/parse/lexer.js
function isEmpty(ch) {
	switch (ch) {
		case void 0:
		case " ":
		case "\n":
		case "\r":
		case "	": return true;
		default: return false;
	}
}
const hexDigits = /* @__PURE__ */ new Set("0123456789ABCDEFabcdef");
const tagChars = /* @__PURE__ */ new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
const flowIndicatorChars = /* @__PURE__ */ new Set(",[]{}");
const invalidAnchorChars = /* @__PURE__ */ new Set(" ,[]{}\n\r	");
const isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
/**
* Splits an input string into lexical tokens, i.e. smaller strings that are
* easily identifiable by `tokens.tokenType()`.
*
* Lexing starts always in a "stream" context. Incomplete input may be buffered
* until a complete token can be emitted.
*
* In addition to slices of the original input, the following control characters
* may also be emitted:
*
* - `\x02` (Start of Text): A document starts with the next token
* - `\x18` (Cancel): Unexpected end of flow-mode (indicates an error)
* - `\x1f` (Unit Separator): Next token is a scalar value
* - `\u{FEFF}` (Byte order mark): Emitted separately outside documents
*/
var Lexer = class {
	constructor() {
		/**
		* Flag indicating whether the end of the current buffer marks the end of
		* all input
		*/
		this.atEnd = false;
		/**
		* Explicit indent set in block scalar header, as an offset from the current
		* minimum indent, so e.g. set to 1 from a header `|2+`. Set to -1 if not
		* explicitly set.
		*/
		this.blockScalarIndent = -1;
		/**
		* Block scalars that include a + (keep) chomping indicator in their header
		* include trailing empty lines, which are otherwise excluded from the
		* scalar's contents.
		*/
		this.blockScalarKeep = false;
		/** Current input */
		this.buffer = "";
		/**
		* Flag noting whether the map value indicator : can immediately follow this
		* node within a flow context.
		*/
		this.flowKey = false;
		/** Count of surrounding flow collection levels. */
		this.flowLevel = 0;
		/**
		* Minimum level of indentation required for next lines to be parsed as a
		* part of the current scalar value.
		*/
		this.indentNext = 0;
		/** Indentation level of the current line. */
		this.indentValue = 0;
		/** Position of the next \n character. */
		this.lineEndPos = null;
		/** Stores the state of the lexer if reaching the end of incpomplete input */
		this.next = null;
		/** A pointer to `buffer`; the current position of the lexer. */
		this.pos = 0;
	}
	/**
	* Generate YAML tokens from the `source` string. If `incomplete`,
	* a part of the last line may be left as a buffer for the next call.
	*
	* @returns A generator of lexical tokens
	*/
	*lex(source, incomplete = false) {
		if (source) {
			if (typeof source !== "string") throw TypeError("source is not a string");
			this.buffer = this.buffer ? this.buffer + source : source;
			this.lineEndPos = null;
		}
		this.atEnd = !incomplete;
		let next = this.next ?? "stream";
		while (next && (incomplete || this.hasChars(1))) next = yield* this.parseNext(next);
	}
	atLineEnd() {
		let i = this.pos;
		let ch = this.buffer[i];
		while (ch === " " || ch === "	") ch = this.buffer[++i];
		if (!ch || ch === "#" || ch === "\n") return true;
		if (ch === "\r") return this.buffer[i + 1] === "\n";
		return false;
	}
	charAt(n) {
		return this.buffer[this.pos + n];
	}
	continueScalar(offset) {
		let ch = this.buffer[offset];
		if (this.indentNext > 0) {
			let indent = 0;
			while (ch === " ") ch = this.buffer[++indent + offset];
			if (ch === "\r") {
				const next = this.buffer[indent + offset + 1];
				if (next === "\n" || !next && !this.atEnd) return offset + indent + 1;
			}
			return ch === "\n" || indent >= this.indentNext || !ch && !this.atEnd ? offset + indent : -1;
		}
		if (ch === "-" || ch === ".") {
			const dt = this.buffer.substr(offset, 3);
			if ((dt === "---" || dt === "...") && isEmpty(this.buffer[offset + 3])) return -1;
		}
		return offset;
	}
	getLine() {
		let end = this.lineEndPos;
		if (typeof end !== "number" || end !== -1 && end < this.pos) {
			end = this.buffer.indexOf("\n", this.pos);
			this.lineEndPos = end;
		}
		if (end === -1) return this.atEnd ? this.buffer.substring(this.pos) : null;
		if (this.buffer[end - 1] === "\r") end -= 1;
		return this.buffer.substring(this.pos, end);
	}
	hasChars(n) {
		return this.pos + n <= this.buffer.length;
	}
	setNext(state) {
		this.buffer = this.buffer.substring(this.pos);
		this.pos = 0;
		this.lineEndPos = null;
		this.next = state;
		return null;
	}
	peek(n) {
		return this.buffer.substr(this.pos, n);
	}
	*parseNext(next) {
		switch (next) {
			case "stream": return yield* this.parseStream();
			case "line-start": return yield* this.parseLineStart();
			case "block-start": return yield* this.parseBlockStart();
			case "doc": return yield* this.parseDocument();
			case "flow": return yield* this.parseFlowCollection();
			case "quoted-scalar": return yield* this.parseQuotedScalar();
			case "block-scalar": return yield* this.parseBlockScalar();
			case "plain-scalar": return yield* this.parsePlainScalar();
		}
	}
	*parseStream() {
		let line = this.getLine();
		if (line === null) return this.setNext("stream");
		if (line[0] === "﻿") {
			yield* this.pushCount(1);
			line = line.substring(1);
		}
		if (line[0] === "%") {
			let dirEnd = line.length;
			let cs = line.indexOf("#");
			while (cs !== -1) {
				const ch = line[cs - 1];
				if (ch === " " || ch === "	") {
					dirEnd = cs - 1;
					break;
				} else cs = line.indexOf("#", cs + 1);
			}
			while (true) {
				const ch = line[dirEnd - 1];
				if (ch === " " || ch === "	") dirEnd -= 1;
				else break;
			}
			const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
			yield* this.pushCount(line.length - n);
			this.pushNewline();
			return "stream";
		}
		if (this.atLineEnd()) {
			const sp = yield* this.pushSpaces(true);
			yield* this.pushCount(line.length - sp);
			yield* this.pushNewline();
			return "stream";
		}
		yield "";
		return yield* this.parseLineStart();
	}
	*parseLineStart() {
		const ch = this.charAt(0);
		if (!ch && !this.atEnd) return this.setNext("line-start");
		if (ch === "-" || ch === ".") {
			if (!this.atEnd && !this.hasChars(4)) return this.setNext("line-start");
			const s = this.peek(3);
			if ((s === "---" || s === "...") && isEmpty(this.charAt(3))) {
				yield* this.pushCount(3);
				this.indentValue = 0;
				this.indentNext = 0;
				return s === "---" ? "doc" : "stream";
			}
		}
		this.indentValue = yield* this.pushSpaces(false);
		if (this.indentNext > this.indentValue && !isEmpty(this.charAt(1))) this.indentNext = this.indentValue;
		return yield* this.parseBlockStart();
	}
	*parseBlockStart() {
		const [ch0, ch1] = this.peek(2);
		if (!ch1 && !this.atEnd) return this.setNext("block-start");
		if ((ch0 === "-" || ch0 === "?" || ch0 === ":") && isEmpty(ch1)) {
			const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
			this.indentNext = this.indentValue + 1;
			this.indentValue += n;
			return "block-start";
		}
		return "doc";
	}
	*parseDocument() {
		yield* this.pushSpaces(true);
		const line = this.getLine();
		if (line === null) return this.setNext("doc");
		let n = yield* this.pushIndicators();
		switch (line[n]) {
			case "#": yield* this.pushCount(line.length - n);
			case void 0:
				yield* this.pushNewline();
				return yield* this.parseLineStart();
			case "{":
			case "[":
				yield* this.pushCount(1);
				this.flowKey = false;
				this.flowLevel = 1;
				return "flow";
			case "}":
			case "]":
				yield* this.pushCount(1);
				return "doc";
			case "*":
				yield* this.pushUntil(isNotAnchorChar);
				return "doc";
			case "\"":
			case "'": return yield* this.parseQuotedScalar();
			case "|":
			case ">":
				n += yield* this.parseBlockScalarHeader();
				n += yield* this.pushSpaces(true);
				yield* this.pushCount(line.length - n);
				yield* this.pushNewline();
				return yield* this.parseBlockScalar();
			default: return yield* this.parsePlainScalar();
		}
	}
	*parseFlowCollection() {
		let nl, sp;
		let indent = -1;
		do {
			nl = yield* this.pushNewline();
			if (nl > 0) {
				sp = yield* this.pushSpaces(false);
				this.indentValue = indent = sp;
			} else sp = 0;
			sp += yield* this.pushSpaces(true);
		} while (nl + sp > 0);
		const line = this.getLine();
		if (line === null) return this.setNext("flow");
		if (indent !== -1 && indent < this.indentNext && line[0] !== "#" || indent === 0 && (line.startsWith("---") || line.startsWith("...")) && isEmpty(line[3])) {
			if (!(indent === this.indentNext - 1 && this.flowLevel === 1 && (line[0] === "]" || line[0] === "}"))) {
				this.flowLevel = 0;
				yield "";
				return yield* this.parseLineStart();
			}
		}
		let n = 0;
		while (line[n] === ",") {
			n += yield* this.pushCount(1);
			n += yield* this.pushSpaces(true);
			this.flowKey = false;
		}
		n += yield* this.pushIndicators();
		switch (line[n]) {
			case void 0: return "flow";
			case "#":
				yield* this.pushCount(line.length - n);
				return "flow";
			case "{":
			case "[":
				yield* this.pushCount(1);
				this.flowKey = false;
				this.flowLevel += 1;
				return "flow";
			case "}":
			case "]":
				yield* this.pushCount(1);
				this.flowKey = true;
				this.flowLevel -= 1;
				return this.flowLevel ? "flow" : "doc";
			case "*":
				yield* this.pushUntil(isNotAnchorChar);
				return "flow";
			case "\"":
			case "'":
				this.flowKey = true;
				return yield* this.parseQuotedScalar();
			case ":": {
				const next = this.charAt(1);
				if (this.flowKey || isEmpty(next) || next === ",") {
					this.flowKey = false;
					yield* this.pushCount(1);
					yield* this.pushSpaces(true);
					return "flow";
				}
			}
			default:
				this.flowKey = false;
				return yield* this.parsePlainScalar();
		}
	}
	*parseQuotedScalar() {
		const quote = this.charAt(0);
		let end = this.buffer.indexOf(quote, this.pos + 1);
		if (quote === "'") while (end !== -1 && this.buffer[end + 1] === "'") end = this.buffer.indexOf("'", end + 2);
		else while (end !== -1) {
			let n = 0;
			while (this.buffer[end - 1 - n] === "\\") n += 1;
			if (n % 2 === 0) break;
			end = this.buffer.indexOf("\"", end + 1);
		}
		const qb = this.buffer.substring(0, end);
		let nl = qb.indexOf("\n", this.pos);
		if (nl !== -1) {
			while (nl !== -1) {
				const cs = this.continueScalar(nl + 1);
				if (cs === -1) break;
				nl = qb.indexOf("\n", cs);
			}
			if (nl !== -1) end = nl - (qb[nl - 1] === "\r" ? 2 : 1);
		}
		if (end === -1) {
			if (!this.atEnd) return this.setNext("quoted-scalar");
			end = this.buffer.length;
		}
		yield* this.pushToIndex(end + 1, false);
		return this.flowLevel ? "flow" : "doc";
	}
	*parseBlockScalarHeader() {
		this.blockScalarIndent = -1;
		this.blockScalarKeep = false;
		let i = this.pos;
		while (true) {
			const ch = this.buffer[++i];
			if (ch === "+") this.blockScalarKeep = true;
			else if (ch > "0" && ch <= "9") this.blockScalarIndent = Number(ch) - 1;
			else if (ch !== "-") break;
		}
		return yield* this.pushUntil((ch) => isEmpty(ch) || ch === "#");
	}
	*parseBlockScalar() {
		let nl = this.pos - 1;
		let indent = 0;
		let ch;
		loop: for (let i = this.pos; ch = this.buffer[i]; ++i) switch (ch) {
			case " ":
				indent += 1;
				break;
			case "\n":
				nl = i;
				indent = 0;
				break;
			case "\r": {
				const next = this.buffer[i + 1];
				if (!next && !this.atEnd) return this.setNext("block-scalar");
				if (next === "\n") break;
			}
			default: break loop;
		}
		if (!ch && !this.atEnd) return this.setNext("block-scalar");
		if (indent >= this.indentNext) {
			if (this.blockScalarIndent === -1) this.indentNext = indent;
			else this.indentNext = this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
			do {
				const cs = this.continueScalar(nl + 1);
				if (cs === -1) break;
				nl = this.buffer.indexOf("\n", cs);
			} while (nl !== -1);
			if (nl === -1) {
				if (!this.atEnd) return this.setNext("block-scalar");
				nl = this.buffer.length;
			}
		}
		let i = nl + 1;
		ch = this.buffer[i];
		while (ch === " ") ch = this.buffer[++i];
		if (ch === "	") {
			while (ch === "	" || ch === " " || ch === "\r" || ch === "\n") ch = this.buffer[++i];
			nl = i - 1;
		} else if (!this.blockScalarKeep) do {
			let i = nl - 1;
			let ch = this.buffer[i];
			if (ch === "\r") ch = this.buffer[--i];
			const lastChar = i;
			while (ch === " ") ch = this.buffer[--i];
			if (ch === "\n" && i >= this.pos && i + 1 + indent > lastChar) nl = i;
			else break;
		} while (true);
		yield "";
		yield* this.pushToIndex(nl + 1, true);
		return yield* this.parseLineStart();
	}
	*parsePlainScalar() {
		const inFlow = this.flowLevel > 0;
		let end = this.pos - 1;
		let i = this.pos - 1;
		let ch;
		while (ch = this.buffer[++i]) if (ch === ":") {
			const next = this.buffer[i + 1];
			if (isEmpty(next) || inFlow && flowIndicatorChars.has(next)) break;
			end = i;
		} else if (isEmpty(ch)) {
			let next = this.buffer[i + 1];
			if (ch === "\r") {
				if (next === "\n") {
					i += 1;
					ch = "\n";
					next = this.buffer[i + 1];
				} else end = i;
			}
			if (next === "#" || inFlow && flowIndicatorChars.has(next)) break;
			if (ch === "\n") {
				const cs = this.continueScalar(i + 1);
				if (cs === -1) break;
				i = Math.max(i, cs - 2);
			}
		} else {
			if (inFlow && flowIndicatorChars.has(ch)) break;
			end = i;
		}
		if (!ch && !this.atEnd) return this.setNext("plain-scalar");
		yield "";
		yield* this.pushToIndex(end + 1, true);
		return inFlow ? "flow" : "doc";
	}
	*pushCount(n) {
		if (n > 0) {
			yield this.buffer.substr(this.pos, n);
			this.pos += n;
			return n;
		}
		return 0;
	}
	*pushToIndex(i, allowEmpty) {
		const s = this.buffer.slice(this.pos, i);
		if (s) {
			yield s;
			this.pos += s.length;
			return s.length;
		} else if (allowEmpty) yield "";
		return 0;
	}
	*pushIndicators() {
		let n = 0;
		loop: while (true) {
			switch (this.charAt(0)) {
				case "!":
					n += yield* this.pushTag();
					n += yield* this.pushSpaces(true);
					continue loop;
				case "&":
					n += yield* this.pushUntil(isNotAnchorChar);
					n += yield* this.pushSpaces(true);
					continue loop;
				case "-":
				case "?":
				case ":": {
					const inFlow = this.flowLevel > 0;
					const ch1 = this.charAt(1);
					if (isEmpty(ch1) || inFlow && flowIndicatorChars.has(ch1)) {
						if (!inFlow) this.indentNext = this.indentValue + 1;
						else if (this.flowKey) this.flowKey = false;
						n += yield* this.pushCount(1);
						n += yield* this.pushSpaces(true);
						continue loop;
					}
				}
			}
			break loop;
		}
		return n;
	}
	*pushTag() {
		if (this.charAt(1) === "<") {
			let i = this.pos + 2;
			let ch = this.buffer[i];
			while (!isEmpty(ch) && ch !== ">") ch = this.buffer[++i];
			return yield* this.pushToIndex(ch === ">" ? i + 1 : i, false);
		} else {
			let i = this.pos + 1;
			let ch = this.buffer[i];
			while (ch) if (tagChars.has(ch)) ch = this.buffer[++i];
			else if (ch === "%" && hexDigits.has(this.buffer[i + 1]) && hexDigits.has(this.buffer[i + 2])) ch = this.buffer[i += 3];
			else break;
			return yield* this.pushToIndex(i, false);
		}
	}
	*pushNewline() {
		const ch = this.buffer[this.pos];
		if (ch === "\n") return yield* this.pushCount(1);
		else if (ch === "\r" && this.charAt(1) === "\n") return yield* this.pushCount(2);
		else return 0;
	}
	*pushSpaces(allowTabs) {
		let i = this.pos - 1;
		let ch;
		do
			ch = this.buffer[++i];
		while (ch === " " || allowTabs && ch === "	");
		const n = i - this.pos;
		if (n > 0) {
			yield this.buffer.substr(this.pos, n);
			this.pos = i;
		}
		return n;
	}
	*pushUntil(test) {
		let i = this.pos;
		let ch = this.buffer[i];
		while (!test(ch)) ch = this.buffer[++i];
		return yield* this.pushToIndex(i, false);
	}
};
// node_modules/yaml/browser/dist/parse/line-counter.js
/**
* Tracks newlines during parsing in order to provide an efficient API for
* determining the one-indexed `{ line, col }` position for any offset
* within the input.
*/
var LineCounter = class {
	constructor() {
		this.lineStarts = [];
		/**
		* Should be called in ascending order. Otherwise, call
		* `lineCounter.lineStarts.sort()` before calling `linePos()`.
		*/
		this.addNewLine = (offset) => this.lineStarts.push(offset);
		/**
		* Performs a binary search and returns the 1-indexed { line, col }
		* position of `offset`. If `line === 0`, `addNewLine` has never been
		* called or `offset` is before the first known newline.
		*/
		this.linePos = (offset) => {
			let low = 0;
			let high = this.lineStarts.length;
			while (low < high) {
				const mid = low + high >> 1;
				if (this.lineStarts[mid] < offset) low = mid + 1;
				else high = mid;
			}
			if (this.lineStarts[low] === offset) return {
				line: low + 1,
				col: 1
			};
			if (low === 0) return {
				line: 0,
				col: offset
			};
			const start = this.lineStarts[low - 1];
			return {
				line: low,
				col: offset - start + 1
			};
		};
	}
};
// node_modules/yaml/browser/dist/parse/parser.js
function includesToken(list, type) {
	for (let i = 0; i < list.length; ++i) if (list[i].type === type) return true;
	return false;
}
function findNonEmptyIndex(list) {
	for (let i = 0; i < list.length; ++i) switch (list[i].type) {
		case "space":
		case "comment":
		case "newline": break;
		default: return i;
	}
	return -1;
}
function isFlowToken(token) {
	switch (token?.type) {
		case "alias":
		case "scalar":
		case "single-quoted-scalar":
		case "double-quoted-scalar":
		case "flow-collection": return true;
		default: return false;
	}
}
function getPrevProps(parent) {
	switch (parent.type) {
		case "document": return parent.start;
		case "block-map": {
			const it = parent.items[parent.items.length - 1];
			return it.sep ?? it.start;
		}
		case "block-seq": return parent.items[parent.items.length - 1].start;
		/* istanbul ignore next should not happen */
		default: return [];
	}
}
/** Note: May modify input array */
function getFirstKeyStartProps(prev) {
	if (prev.length === 0) return [];
	let i = prev.length;
	loop: while (--i >= 0) switch (prev[i].type) {
		case "doc-start":
		case "explicit-key-ind":
		case "map-value-ind":
		case "seq-item-ind":
		case "newline": break loop;
	}
	while (prev[++i]?.type === "space");
	return prev.splice(i, prev.length);
}
function arrayPushArray(target, source) {
	if (source.length < 1e5) Array.prototype.push.apply(target, source);
	else for (let i = 0; i < source.length; ++i) target.push(source[i]);
}
function fixFlowSeqItems(fc) {
	if (fc.start.type === "flow-seq-start") {
		for (const it of fc.items) if (it.sep && !it.value && !includesToken(it.start, "explicit-key-ind") && !includesToken(it.sep, "map-value-ind")) {
			if (it.key) it.value = it.key;
			delete it.key;
			if (isFlowToken(it.value)) {
				if (it.value.end) arrayPushArray(it.value.end, it.sep);
				else it.value.end = it.sep;
			} else arrayPushArray(it.start, it.sep);
			delete it.sep;
		}
	}
}
/**
* A YAML concrete syntax tree (CST) parser
*
* ```ts
* const src: string = ...
* for (const token of new Parser().parse(src)) {
*   // token: Token
* }
* ```
*
* To use the parser with a user-provided lexer:
*
* ```ts
* function* parse(source: string, lexer: Lexer) {
*   const parser = new Parser()
*   for (const lexeme of lexer.lex(source))
*     yield* parser.next(lexeme)
*   yield* parser.end()
* }
*
* const src: string = ...
* const lexer = new Lexer()
* for (const token of parse(src, lexer)) {
*   // token: Token
* }
* ```
*/
var Parser = class {
	/**
	* @param onNewLine - If defined, called separately with the start position of
	*   each new line (in `parse()`, including the start of input).
	*/
	constructor(onNewLine) {
		/** If true, space and sequence indicators count as indentation */
		this.atNewLine = true;
		/** If true, next token is a scalar value */
		this.atScalar = false;
		/** Current indentation level */
		this.indent = 0;
		/** Current offset since the start of parsing */
		this.offset = 0;
		/** On the same line with a block map key */
		this.onKeyLine = false;
		/** Top indicates the node that's currently being built */
		this.stack = [];
		/** The source of the current token, set in parse() */
		this.source = "";
		/** The type of the current token, set in parse() */
		this.type = "";
		this.lexer = new Lexer();
		this.onNewLine = onNewLine;
	}
	/**
	* Parse `source` as a YAML stream.
	* If `incomplete`, a part of the last line may be left as a buffer for the next call.
	*
	* Errors are not thrown, but yielded as `{ type: 'error', message }` tokens.
	*
	* @returns A generator of tokens representing each directive, document, and other structure.
	*/
	*parse(source, incomplete = false) {
		if (this.onNewLine && this.offset === 0) this.onNewLine(0);
		for (const lexeme of this.lexer.lex(source, incomplete)) yield* this.next(lexeme);
		if (!incomplete) yield* this.end();
	}
	/**
	* Advance the parser by the `source` of one lexical token.
	*/
	*next(source) {
		this.source = source;
		if (this.atScalar) {
			this.atScalar = false;
			yield* this.step();
			this.offset += source.length;
			return;
		}
		const type = tokenType(source);
		if (!type) {
			const message = `Not a YAML token: ${source}`;
			yield* this.pop({
				type: "error",
				offset: this.offset,
				message,
				source
			});
			this.offset += source.length;
		} else if (type === "scalar") {
			this.atNewLine = false;
			this.atScalar = true;
			this.type = "scalar";
		} else {
			this.type = type;
			yield* this.step();
			switch (type) {
				case "newline":
					this.atNewLine = true;
					this.indent = 0;
					if (this.onNewLine) this.onNewLine(this.offset + source.length);
					break;
				case "space":
					if (this.atNewLine && source[0] === " ") this.indent += source.length;
					break;
				case "explicit-key-ind":
				case "map-value-ind":
				case "seq-item-ind":
					if (this.atNewLine) this.indent += source.length;
					break;
				case "doc-mode":
				case "flow-error-end": return;
				default: this.atNewLine = false;
			}
			this.offset += source.length;
		}
	}
	/** Call at end of input to push out any remaining constructions */
	*end() {
		while (this.stack.length > 0) yield* this.pop();
	}
	get sourceToken() {
		return {
			type: this.type,
			offset: this.offset,
			indent: this.indent,
			source: this.source
		};
	}
	*step() {
		const top = this.peek(1);
		if (this.type === "doc-end" && top?.type !== "doc-end") {
			while (this.stack.length > 0) yield* this.pop();
			this.stack.push({
				type: "doc-end",
				offset: this.offset,
				source: this.source
			});
			return;
		}
		if (!top) return yield* this.stream();
		switch (top.type) {
			case "document": return yield* this.document(top);
			case "alias":
			case "scalar":
			case "single-quoted-scalar":
			case "double-quoted-scalar": return yield* this.scalar(top);
			case "block-scalar": return yield* this.blockScalar(top);
			case "block-map": return yield* this.blockMap(top);
			case "block-seq": return yield* this.blockSequence(top);
			case "flow-collection": return yield* this.flowCollection(top);
			case "doc-end": return yield* this.documentEnd(top);
		}
		/* istanbul ignore next should not happen */
		yield* this.pop();
	}
	peek(n) {
		return this.stack[this.stack.length - n];
	}
	*pop(error) {
		const token = error ?? this.stack.pop();
		/* istanbul ignore if should not happen */
		if (!token) yield {
			type: "error",
			offset: this.offset,
			source: "",
			message: "Tried to pop an empty stack"
		};
		else if (this.stack.length === 0) yield token;
		else {
			const top = this.peek(1);
			if (token.type === "block-scalar") token.indent = "indent" in top ? top.indent : 0;
			else if (token.type === "flow-collection" && top.type === "document") token.indent = 0;
			if (token.type === "flow-collection") fixFlowSeqItems(token);
			switch (top.type) {
				case "document":
					top.value = token;
					break;
				case "block-scalar":
					top.props.push(token);
					break;
				case "block-map": {
					const it = top.items[top.items.length - 1];
					if (it.value) {
						top.items.push({
							start: [],
							key: token,
							sep: []
						});
						this.onKeyLine = true;
						return;
					} else if (it.sep) it.value = token;
					else {
						Object.assign(it, {
							key: token,
							sep: []
						});
						this.onKeyLine = !it.explicitKey;
						return;
					}
					break;
				}
				case "block-seq": {
					const it = top.items[top.items.length - 1];
					if (it.value) top.items.push({
						start: [],
						value: token
					});
					else it.value = token;
					break;
				}
				case "flow-collection": {
					const it = top.items[top.items.length - 1];
					if (!it || it.value) top.items.push({
						start: [],
						key: token,
						sep: []
					});
					else if (it.sep) it.value = token;
					else Object.assign(it, {
						key: token,
						sep: []
					});
					return;
				}
				/* istanbul ignore next should not happen */
				default:
					yield* this.pop();
					yield* this.pop(token);
			}
			if ((top.type === "document" || top.type === "block-map" || top.type === "block-seq") && (token.type === "block-map" || token.type === "block-seq")) {
				const last = token.items[token.items.length - 1];
				if (last && !last.sep && !last.value && last.start.length > 0 && findNonEmptyIndex(last.start) === -1 && (token.indent === 0 || last.start.every((st) => st.type !== "comment" || st.indent < token.indent))) {
					if (top.type === "document") top.end = last.start;
					else top.items.push({ start: last.start });
					token.items.splice(-1, 1);
				}
			}
		}
	}
	*stream() {
		switch (this.type) {
			case "directive-line":
				yield {
					type: "directive",
					offset: this.offset,
					source: this.source
				};
				return;
			case "byte-order-mark":
			case "space":
			case "comment":
			case "newline":
				yield this.sourceToken;
				return;
			case "doc-mode":
			case "doc-start": {
				const doc = {
					type: "document",
					offset: this.offset,
					start: []
				};
				if (this.type === "doc-start") doc.start.push(this.sourceToken);
				this.stack.push(doc);
				return;
			}
		}
		yield {
			type: "error",
			offset: this.offset,
			message: `Unexpected ${this.type} token in YAML stream`,
			source: this.source
		};
	}
	*document(doc) {
		if (doc.value) return yield* this.lineEnd(doc);
		switch (this.type) {
			case "doc-start":
				if (findNonEmptyIndex(doc.start) !== -1) {
					yield* this.pop();
					yield* this.step();
				} else doc.start.push(this.sourceToken);
				return;
			case "anchor":
			case "tag":
			case "space":
			case "comment":
			case "newline":
				doc.start.push(this.sourceToken);
				return;
		}
		const bv = this.startBlockValue(doc);
		if (bv) this.stack.push(bv);
		else yield {
			type: "error",
			offset: this.offset,
			message: `Unexpected ${this.type} token in YAML document`,
			source: this.source
		};
	}
	*scalar(scalar) {
		if (this.type === "map-value-ind") {
			const start = getFirstKeyStartProps(getPrevProps(this.peek(2)));
			let sep;
			if (scalar.end) {
				sep = scalar.end;
				sep.push(this.sourceToken);
				delete scalar.end;
			} else sep = [this.sourceToken];
			const map = {
				type: "block-map",
				offset: scalar.offset,
				indent: scalar.indent,
				items: [{
					start,
					key: scalar,
					sep
				}]
			};
			this.onKeyLine = true;
			this.stack[this.stack.length - 1] = map;
		} else yield* this.lineEnd(scalar);
	}
	*blockScalar(scalar) {
		switch (this.type) {
			case "space":
			case "comment":
			case "newline":
				scalar.props.push(this.sourceToken);
				return;
			case "scalar":
				scalar.source = this.source;
				this.atNewLine = true;
				this.indent = 0;
				if (this.onNewLine) {
					let nl = this.source.indexOf("\n") + 1;
					while (nl !== 0) {
						this.onNewLine(this.offset + nl);
						nl = this.source.indexOf("\n", nl) + 1;
					}
				}
				yield* this.pop();
				break;
			/* istanbul ignore next should not happen */
			default:
				yield* this.pop();
				yield* this.step();
		}
	}
	*blockMap(map) {
		const it = map.items[map.items.length - 1];
		switch (this.type) {
			case "newline":
				this.onKeyLine = false;
				if (it.value) {
					const end = "end" in it.value ? it.value.end : void 0;
					if ((Array.isArray(end) ? end[end.length - 1] : void 0)?.type === "comment") end?.push(this.sourceToken);
					else map.items.push({ start: [this.sourceToken] });
				} else if (it.sep) it.sep.push(this.sourceToken);
				else it.start.push(this.sourceToken);
				return;
			case "space":
			case "comment":
				if (it.value) map.items.push({ start: [this.sourceToken] });
				else if (it.sep) it.sep.push(this.sourceToken);
				else {
					if (this.atIndentedComment(it.start, map.indent)) {
						const end = map.items[map.items.length - 2]?.value?.end;
						if (Array.isArray(end)) {
							arrayPushArray(end, it.start);
							end.push(this.sourceToken);
							map.items.pop();
							return;
						}
					}
					it.start.push(this.sourceToken);
				}
				return;
		}
		if (this.indent >= map.indent) {
			const atMapIndent = !this.onKeyLine && this.indent === map.indent;
			const atNextItem = atMapIndent && (it.sep || it.explicitKey) && this.type !== "seq-item-ind";
			let start = [];
			if (atNextItem && it.sep && !it.value) {
				const nl = [];
				for (let i = 0; i < it.sep.length; ++i) {
					const st = it.sep[i];
					switch (st.type) {
						case "newline":
							nl.push(i);
							break;
						case "space": break;
						case "comment":
							if (st.indent > map.indent) nl.length = 0;
							break;
						default: nl.length = 0;
					}
				}
				if (nl.length >= 2) start = it.sep.splice(nl[1]);
			}
			switch (this.type) {
				case "anchor":
				case "tag":
					if (atNextItem || it.value) {
						start.push(this.sourceToken);
						map.items.push({ start });
						this.onKeyLine = true;
					} else if (it.sep) it.sep.push(this.sourceToken);
					else it.start.push(this.sourceToken);
					return;
				case "explicit-key-ind":
					if (!it.sep && !it.explicitKey) {
						it.start.push(this.sourceToken);
						it.explicitKey = true;
					} else if (atNextItem || it.value) {
						start.push(this.sourceToken);
						map.items.push({
							start,
							explicitKey: true
						});
					} else this.stack.push({
						type: "block-map",
						offset: this.offset,
						indent: this.indent,
						items: [{
							start: [this.sourceToken],
							explicitKey: true
						}]
					});
					this.onKeyLine = true;
					return;
				case "map-value-ind":
					if (it.explicitKey) {
						if (!it.sep) {
							if (includesToken(it.start, "newline")) Object.assign(it, {
								key: null,
								sep: [this.sourceToken]
							});
							else {
								const start = getFirstKeyStartProps(it.start);
								this.stack.push({
									type: "block-map",
									offset: this.offset,
									indent: this.indent,
									items: [{
										start,
										key: null,
										sep: [this.sourceToken]
									}]
								});
							}
						} else if (it.value) map.items.push({
							start: [],
							key: null,
							sep: [this.sourceToken]
						});
						else if (includesToken(it.sep, "map-value-ind")) this.stack.push({
							type: "block-map",
							offset: this.offset,
							indent: this.indent,
							items: [{
								start,
								key: null,
								sep: [this.sourceToken]
							}]
						});
						else if (isFlowToken(it.key) && !includesToken(it.sep, "newline")) {
							const start = getFirstKeyStartProps(it.start);
							const key = it.key;
							const sep = it.sep;
							sep.push(this.sourceToken);
							delete it.key;
							delete it.sep;
							this.stack.push({
								type: "block-map",
								offset: this.offset,
								indent: this.indent,
								items: [{
									start,
									key,
									sep
								}]
							});
						} else if (start.length > 0) it.sep = it.sep.concat(start, this.sourceToken);
						else it.sep.push(this.sourceToken);
					} else if (!it.sep) Object.assign(it, {
						key: null,
						sep: [this.sourceToken]
					});
					else if (it.value || atNextItem) map.items.push({
						start,
						key: null,
						sep: [this.sourceToken]
					});
					else if (includesToken(it.sep, "map-value-ind")) this.stack.push({
						type: "block-map",
						offset: this.offset,
						indent: this.indent,
						items: [{
							start: [],
							key: null,
							sep: [this.sourceToken]
						}]
					});
					else it.sep.push(this.sourceToken);
					this.onKeyLine = true;
					return;
				case "alias":
				case "scalar":
				case "single-quoted-scalar":
				case "double-quoted-scalar": {
					const fs = this.flowScalar(this.type);
					if (atNextItem || it.value) {
						map.items.push({
							start,
							key: fs,
							sep: []
						});
						this.onKeyLine = true;
					} else if (it.sep) this.stack.push(fs);
					else {
						Object.assign(it, {
							key: fs,
							sep: []
						});
						this.onKeyLine = true;
					}
					return;
				}
				default: {
					const bv = this.startBlockValue(map);
					if (bv) {
						if (bv.type === "block-seq") {
							if (!it.explicitKey && it.sep && !includesToken(it.sep, "newline")) {
								yield* this.pop({
									type: "error",
									offset: this.offset,
									message: "Unexpected block-seq-ind on same line with key",
									source: this.source
								});
								return;
							}
						} else if (atMapIndent) map.items.push({ start });
						this.stack.push(bv);
						return;
					}
				}
			}
		}
		yield* this.pop();
		yield* this.step();
	}
	*blockSequence(seq) {
		const it = seq.items[seq.items.length - 1];
		switch (this.type) {
			case "newline":
				if (it.value) {
					const end = "end" in it.value ? it.value.end : void 0;
					if ((Array.isArray(end) ? end[end.length - 1] : void 0)?.type === "comment") end?.push(this.sourceToken);
					else seq.items.push({ start: [this.sourceToken] });
				} else it.start.push(this.sourceToken);
				return;
			case "space":
			case "comment":
				if (it.value) seq.items.push({ start: [this.sourceToken] });
				else {
					if (this.atIndentedComment(it.start, seq.indent)) {
						const end = seq.items[seq.items.length - 2]?.value?.end;
						if (Array.isArray(end)) {
							arrayPushArray(end, it.start);
							end.push(this.sourceToken);
							seq.items.pop();
							return;
						}
					}
					it.start.push(this.sourceToken);
				}
				return;
			case "anchor":
			case "tag":
				if (it.value || this.indent <= seq.indent) break;
				it.start.push(this.sourceToken);
				return;
			case "seq-item-ind":
				if (this.indent !== seq.indent) break;
				if (it.value || includesToken(it.start, "seq-item-ind")) seq.items.push({ start: [this.sourceToken] });
				else it.start.push(this.sourceToken);
				return;
		}
		if (this.indent > seq.indent) {
			const bv = this.startBlockValue(seq);
			if (bv) {
				this.stack.push(bv);
				return;
			}
		}
		yield* this.pop();
		yield* this.step();
	}
	*flowCollection(fc) {
		const it = fc.items[fc.items.length - 1];
		if (this.type === "flow-error-end") {
			let top;
			do {
				yield* this.pop();
				top = this.peek(1);
			} while (top?.type === "flow-collection");
		} else if (fc.end.length === 0) {
			switch (this.type) {
				case "comma":
				case "explicit-key-ind":
					if (!it || it.sep) fc.items.push({ start: [this.sourceToken] });
					else it.start.push(this.sourceToken);
					return;
				case "map-value-ind":
					if (!it || it.value) fc.items.push({
						start: [],
						key: null,
						sep: [this.sourceToken]
					});
					else if (it.sep) it.sep.push(this.sourceToken);
					else Object.assign(it, {
						key: null,
						sep: [this.sourceToken]
					});
					return;
				case "space":
				case "comment":
				case "newline":
				case "anchor":
				case "tag":
					if (!it || it.value) fc.items.push({ start: [this.sourceToken] });
					else if (it.sep) it.sep.push(this.sourceToken);
					else it.start.push(this.sourceToken);
					return;
				case "alias":
				case "scalar":
				case "single-quoted-scalar":
				case "double-quoted-scalar": {
					const fs = this.flowScalar(this.type);
					if (!it || it.value) fc.items.push({
						start: [],
						key: fs,
						sep: []
					});
					else if (it.sep) this.stack.push(fs);
					else Object.assign(it, {
						key: fs,
						sep: []
					});
					return;
				}
				case "flow-map-end":
				case "flow-seq-end":
					fc.end.push(this.sourceToken);
					return;
			}
			const bv = this.startBlockValue(fc);
			/* istanbul ignore else should not happen */
			if (bv) this.stack.push(bv);
			else {
				yield* this.pop();
				yield* this.step();
			}
		} else {
			const parent = this.peek(2);
			if (parent.type === "block-map" && (this.type === "map-value-ind" && parent.indent === fc.indent || this.type === "newline" && !parent.items[parent.items.length - 1].sep)) {
				yield* this.pop();
				yield* this.step();
			} else if (this.type === "map-value-ind" && parent.type !== "flow-collection") {
				const start = getFirstKeyStartProps(getPrevProps(parent));
				fixFlowSeqItems(fc);
				const sep = fc.end.splice(1, fc.end.length);
				sep.push(this.sourceToken);
				const map = {
					type: "block-map",
					offset: fc.offset,
					indent: fc.indent,
					items: [{
						start,
						key: fc,
						sep
					}]
				};
				this.onKeyLine = true;
				this.stack[this.stack.length - 1] = map;
			} else yield* this.lineEnd(fc);
		}
	}
	flowScalar(type) {
		if (this.onNewLine) {
			let nl = this.source.indexOf("\n") + 1;
			while (nl !== 0) {
				this.onNewLine(this.offset + nl);
				nl = this.source.indexOf("\n", nl) + 1;
			}
		}
		return {
			type,
			offset: this.offset,
			indent: this.indent,
			source: this.source
		};
	}
	startBlockValue(parent) {
		switch (this.type) {
			case "alias":
			case "scalar":
			case "single-quoted-scalar":
			case "double-quoted-scalar": return this.flowScalar(this.type);
			case "block-scalar-header": return {
				type: "block-scalar",
				offset: this.offset,
				indent: this.indent,
				props: [this.sourceToken],
				source: ""
			};
			case "flow-map-start":
			case "flow-seq-start": return {
				type: "flow-collection",
				offset: this.offset,
				indent: this.indent,
				start: this.sourceToken,
				items: [],
				end: []
			};
			case "seq-item-ind": return {
				type: "block-seq",
				offset: this.offset,
				indent: this.indent,
				items: [{ start: [this.sourceToken] }]
			};
			case "explicit-key-ind": {
				this.onKeyLine = true;
				const start = getFirstKeyStartProps(getPrevProps(parent));
				start.push(this.sourceToken);
				return {
					type: "block-map",
					offset: this.offset,
					indent: this.indent,
					items: [{
						start,
						explicitKey: true
					}]
				};
			}
			case "map-value-ind": {
				this.onKeyLine = true;
				const start = getFirstKeyStartProps(getPrevProps(parent));
				return {
					type: "block-map",
					offset: this.offset,
					indent: this.indent,
					items: [{
						start,
						key: null,
						sep: [this.sourceToken]
					}]
				};
			}
		}
		return null;
	}
	atIndentedComment(start, indent) {
		if (this.type !== "comment") return false;
		if (this.indent <= indent) return false;
		return start.every((st) => st.type === "newline" || st.type === "space");
	}
	*documentEnd(docEnd) {
		if (this.type !== "doc-mode") {
			if (docEnd.end) docEnd.end.push(this.sourceToken);
			else docEnd.end = [this.sourceToken];
			if (this.type === "newline") yield* this.pop();
		}
	}
	*lineEnd(token) {
		switch (this.type) {
			case "comma":
			case "doc-start":
			case "doc-end":
			case "flow-seq-end":
			case "flow-map-end":
			case "map-value-ind":
				yield* this.pop();
				yield* this.step();
				break;
			case "newline": this.onKeyLine = false;
			default:
				if (token.end) token.end.push(this.sourceToken);
				else token.end = [this.sourceToken];
				if (this.type === "newline") yield* this.pop();
		}
	}
};
// node_modules/yaml/browser/dist/public-api.js
function parseOptions(options) {
	const prettyErrors = options.prettyErrors !== false;
	return {
		lineCounter: options.lineCounter || prettyErrors && new LineCounter() || null,
		prettyErrors
	};
}
/** Parse an input string into a single YAML.Document */
function parseDocument(source, options = {}) {
	const { lineCounter, prettyErrors } = parseOptions(options);
	const parser = new Parser(lineCounter?.addNewLine);
	const composer = new Composer(options);
	let doc = null;
	for (const _doc of composer.compose(parser.parse(source), true, source.length)) if (!doc) doc = _doc;
	else if (doc.options.logLevel !== "silent") {
		doc.errors.push(new YAMLParseError(_doc.range.slice(0, 2), "MULTIPLE_DOCS", "Source contains multiple documents; please use YAML.parseAllDocuments()"));
		break;
	}
	if (prettyErrors && lineCounter) {
		doc.errors.forEach(prettifyError(source, lineCounter));
		doc.warnings.forEach(prettifyError(source, lineCounter));
	}
	return doc;
}
function parse(src, reviver, options) {
	let _reviver = void 0;
	if (typeof reviver === "function") _reviver = reviver;
	else if (options === void 0 && reviver && typeof reviver === "object") options = reviver;
	const doc = parseDocument(src, options);
	if (!doc) return null;
	doc.warnings.forEach((warning) => warn(doc.options.logLevel, warning));
	if (doc.errors.length > 0) {
		if (doc.options.logLevel !== "silent") throw doc.errors[0];
		else doc.errors = [];
	}
	return doc.toJS(Object.assign({ reviver: _reviver }, options));
}
// build/policy/document.js
/** A YAML policy as data, with the way back from a place in the data to a line in the file. */
/** A policy is written by people; what is larger is a mistake or an attack. */
const maxCharacters = 1e6;
const aPolicy = "a policy, a map that begins with `version: 1`";
/**
* @param file shown in problems; absent for an inline policy
* @param what the map that is expected
*/
function readDocument(text, file, what = aPolicy) {
	const named = file === void 0 ? {} : { file };
	if (text.length > maxCharacters) {
		const message = `it has ${text.length} characters; the limit is ${maxCharacters}`;
		return {
			problems: [{
				message,
				...named
			}],
			editTexts: () => {},
			toData: () => void 0,
			locate: () => ({
				message,
				...named
			})
		};
	}
	const lines = new LineCounter();
	const doc = parseDocument(text, {
		lineCounter: lines,
		prettyErrors: false,
		logLevel: "silent",
		uniqueKeys: true
	});
	const place = (offset) => {
		const { line, col } = lines.linePos(offset);
		return {
			message: "",
			...named,
			line,
			column: col
		};
	};
	const problems = doc.errors.map((e) => ({
		...place(e.pos[0]),
		message: `this is not YAML: ${e.message}`
	}));
	if (problems.length === 0 && !isMap(doc.contents)) problems.push({
		...place(0),
		message: `expected ${what}`
	});
	const toData = () => doc.toJS({ maxAliasCount: 100 });
	try {
		toData();
	} catch (error) {
		problems.push({
			...place(0),
			message: `this YAML cannot be read: ${error.message}`
		});
	}
	function find(path) {
		let value = doc.contents;
		let parent;
		let key;
		for (const step of path) {
			const here = isAlias(value) ? value.resolve(doc) : value;
			parent = value;
			if (isMap(here)) {
				const pair = here.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
				key = pair?.key;
				value = pair?.value;
			} else if (isSeq(here)) {
				key = void 0;
				value = here.items[Number(step)];
			} else value = void 0;
			if (value === void 0 || value === null) break;
		}
		return {
			key,
			value,
			parent
		};
	}
	return {
		problems,
		editTexts(edit) {
			visit$1(doc, { Scalar(position, node, ancestors) {
				if (position === "key" || typeof node.value !== "string") return void 0;
				const path = [];
				for (const [index, ancestor] of ancestors.entries()) {
					if (isPair(ancestor) && isScalar(ancestor.key)) path.push(String(ancestor.key.value));
					const next = ancestors[index + 1] ?? node;
					if (isSeq(ancestor)) path.push(ancestor.items.indexOf(next));
				}
				node.value = edit(node.value, path);
			} });
		},
		toData,
		locate({ path, at, message }) {
			const { key, value, parent } = find(path);
			return {
				...place((at === "key" ? key ?? value ?? parent : value ?? key ?? parent)?.range?.[0] ?? 0),
				message
			};
		}
	};
}
// build/policy/schema.js
/**
* The policy's schema: the single truth from which the JSON Schema and `docs/policy.md` are generated. What a kind of gate
* or source adds comes from its own file.
*/
/** One member of a union told apart by `type`: the common fields and those of the type, with the type's own checks. */
function withCommon(type, common, schema) {
	const own = schema;
	const merged = strictObject({
		...common,
		...own.entries,
		type: literal$1(type)
	});
	const [, ...checks] = own.pipe ?? [own];
	return checks.length === 0 ? merged : pipe(merged, ...checks);
}
const anyOf = (members) => variant("type", members);
/** A type that is not loaded is known by its name alone. */
const sourceSchemas = () => new Map(sourceEntries.map(({ type }) => [type, withCommon(type, {}, sourceTypeOf(type)?.schema ?? strictObject({}))]));
const waitOrStop = [
	"hold",
	"stop",
	"ignore"
];
const commonGateFields = (sources) => ({
	name: described(filled, "What people call it; unique in the policy."),
	source: described(union([filled, anyOf([...sources.values()])]), "Name of an entry of `sources`, or a source written out in place."),
	enforce: described(optional(picklist(enforcements), "block"), "`block` stops the train, `warn` lets it go with a warning, `observe` only reports: the ladder by which a gate earns trust."),
	"on-missing": described(optional(picklist(waitOrStop), "hold"), "What insufficient evidence does: `hold` the train until there is enough or the deadline comes, `stop` it at once, or be `ignore`d (shown as such; at least one blocking gate must still be healthy)."),
	"on-error": described(optional(picklist(waitOrStop), "hold"), "The same for evidence that could not be measured."),
	"unhealthy-after": described(optional(whole(1), 2), "How many unhealthy rounds in a row stop the train. What stands beyond doubt (a finding, a flag in the wrong state, a hard limit) stops it at once."),
	"unhealthy-limit": described(optional(whole(1)), "How many unhealthy rounds in all stop the train, in a row or not. Default: no limit.")
});
const gate = (sources) => anyOf(gateTypes.map((t) => withCommon(t.type, commonGateFields(sources), t.schema)));
/** Only a source of its own kind can be written out in place. */
const connection = (type, sources) => described(union([filled, anyOf([...sources].flatMap(([name, one]) => name === type ? [one] : []))]), `Name of an entry of \`sources\` of the type \`${type}\`, or such a source written out in place: where to write, and how to sign in.`);
const annotation = (sources) => anyOf(annotationTypes.map(({ type, sourceType, schema }) => withCommon(type, sourceType === void 0 ? {} : { source: connection(sourceType, sources) }, schema)));
const notification = anyOf(notificationTypes.map(({ type, schema }) => withCommon(type, {}, schema)));
const controlled = described(filled, "Name of an entry of `sources` of a type that can change flags.");
const { entries: rolloutFields, pipe: rolloutPipe } = rolloutSchema;
const [, ...rolloutChecks] = rolloutPipe;
/** `${release.NAME}`; each can also be given as an input, which wins. */
const releaseFacts = [
	"sha",
	"version",
	"environment"
];
/** ISO 8601 with a time zone, `10m ago`, or `annotation of <name of a source>`. */
const deployedAt = pipe(string$1(), regex(/^\s*(?:\S+\s+ago|\d{4}-\d{2}-\d{2}T\S+|annotation\s+of\s+\S.*)\s*$/, "an instant such as 2026-11-23T10:00:00Z, `10m ago`, or `annotation of <source>`"));
const optionalDuration = optional(duration);
const release = optional(strictObject({
	sha: described(optional(filled), "Commit that is released. Default: the run's commit."),
	version: described(optional(filled), "Version that is released."),
	environment: described(optional(filled), "Where it is released to."),
	"deployed-at": described(optional(deployedAt), "When the new version went live: ISO 8601 with a time zone, `10m ago`, or `annotation of <source>`, the newest release annotation of that source. Default: the deployment that started the run (the event `deployment_status` of GitHub), else the start of the step.")
}), {});
const evaluation = optional(strictObject({
	warmup: described(optionalDuration, "Time after the deployment in which nothing is decided, except by what stands beyond doubt. Default: `2m`, or `0s` when no gate watches telemetry."),
	every: described(optionalDuration, "Time from one round to the next. Default: `1m`."),
	steady: described(optionalDuration, "How long all blocking gates must be healthy together. Default: `5m`, or `0s` when no gate watches telemetry."),
	deadline: described(optionalDuration, "Longest time that the step waits, from its start; then the train stops. Default: `30m`."),
	"error-budget": described(optionalDuration, "How long a blocking gate may go without being measured before the train stops as `not-measured`. Default: `10m`, at most the deadline."),
	"false-stop-rate": described(optional(errorRate), "Chance that gates which judge by statistics (`canary`) stop a good release, over all of them and the whole step. Those without a `false-stop-rate` of their own share it. Default: `5%`."),
	"round-timeout": described(optionalDuration, "Longest time that one round waits for its answers. Default: `30s`."),
	"on-hold": described(optional(picklist(["wait", "park"])), "While the train holds: `wait` in this job, or `park`: the job ends with the decision `hold`, and the next run with the same input `state` goes on. Default: `wait`."),
	"park-after": described(optionalDuration, "Beside `on-hold: park`: how long the job waits before it parks. Default: `30s`.")
}), {});
function build() {
	const sources = sourceSchemas();
	return strictObject({
		version: described(literal$1(1), "Version of the policy format."),
		service: described(optional(filled), "What is released, for the report."),
		release,
		sources: described(optional(record(string$1(), anyOf([...sources.values()])), {}), "Named connections to the systems that hold the evidence."),
		evaluation,
		gates: described(pipe(array(gate(sources)), minLength(1, "at least one gate")), "What must hold before the release may continue."),
		annotations: described(optional(array(annotation(sources)), []), "Where the release is marked on the charts, at the start and with the decision. What cannot be written is a warning and changes no decision."),
		notify: described(optional(array(notification), []), "Who is told of the decision: people, other workflows, whatever heals. What cannot be delivered is a warning and changes no decision."),
		"on-stop": described(optional(array(anyOf([withCommon("flag-off", { source: controlled }, flagOffSchema)])), []), "What is done when the train stops, in this order. What cannot be done is an error of the report and changes no decision."),
		stages: described(optional(stagesSchema(gate(sources))), "Stages that this step walks, one after the other, or of which the input `stage` names one: each moves traffic or a flag, and is proven anew."),
		moves: described(optional(movesSchema), "What becomes of what the `stages` moved when the train does not arrive."),
		freezes: described(optional(freezesSchema), "Times in which no train goes. See [holds](holds.md)."),
		overrides: described(optional(filled), "Path of a file of overrides: open stops, freezes and verdicts that somebody answers for, for a time. See [holds](holds.md)."),
		rollout: described(optional(pipe(strictObject({
			source: controlled,
			...rolloutFields
		}), ...rolloutChecks)), "A flag that this step rolls out, percentage by percentage; at each all gates are asked anew.")
	});
}
let built;
/** The schema with all types of sources that are loaded; see `loadSourceTypes`. */
function policySchema() {
	const of = sourceEntries.filter(({ type }) => sourceTypeOf(type)).length;
	if (built?.of !== of) built = {
		schema: build(),
		of
	};
	return built.schema;
}
// build/policy/substitute.js
/** `${env.NAME}` and `${release.NAME}`, the only substitutions; `$${` stands for a literal `${`. */
/** One pass: what a value brings in is never substituted again. */
function substitute(text, values) {
	const fromEnv = [];
	const wrong = [];
	const unset = [];
	return {
		text: text.replace(/\$\$\{|\$\{([^}]*)\}?/g, (match, inner) => {
			if (inner === void 0) return "${";
			const [, space, name] = /^(env|release)\.([A-Za-z_][\w-]*)$/.exec(inner) ?? [];
			if (!match.endsWith("}") || space === void 0 || name === void 0) {
				const near = didYouMean(inner.split(".")[0] ?? "", ["env", "release"]);
				wrong.push(`\`${match}\` is no substitution; expected \`\${env.NAME}\` or \`\${release.NAME}\`${near} (\`$\${\` writes a literal \`\${\`)`);
				return match;
			}
			const known = space === "env" ? values.env : values.release;
			const value = known && Object.hasOwn(known, name) ? known[name] : void 0;
			if (value !== void 0) {
				if (space === "env") fromEnv.push(value);
				return value;
			}
			if (known === void 0) wrong.push(`\`${match}\` cannot be used inside \`release\` itself`);
			else if (space === "env") unset.push(`the environment variable \`${name}\` is not set${didYouMean(name, Object.keys(known))}`);
			else if (Object.hasOwn(known, name)) unset.push(`\`release.${name}\` is not known in this run: give it as an input or under \`release\``);
			else wrong.push(`there is no \`release.${name}\`${didYouMean(name, Object.keys(known))} (known: ${Object.keys(known).join(", ")})`);
			return match;
		}),
		fromEnv,
		wrong,
		unset
	};
}
// build/policy/walk.js
const child = (data, key) => typeof data === "object" && data !== null ? data[key] : void 0;
/** Resolves what stands between a field and its shape: optional, union (the member for maps), variant (by `type`). */
function settle(node, data) {
	switch (node?.type) {
		case "optional":
		case "nullable": return settle(node.wrapped, data);
		case "union": return node.options?.map((option) => settle(option, data)).find((option) => option?.entries ?? option?.item);
		case "variant": return node.options?.find((option) => option.entries?.type?.literal === child(data, "type"));
		default: return node;
	}
}
/** Keys that the schema knows at `path`; empty where the place is no map with fixed keys. */
function keysAt(schema, data, path) {
	let node = settle(schema, data);
	let here = data;
	for (const key of path) {
		here = child(here, key);
		node = settle(node?.entries?.[key] ?? node?.item ?? node?.value, here);
	}
	return Object.keys(node?.entries ?? {});
}
// build/policy/load.js
/** From the text of a policy, or from single inputs, to a checked policy: all that is wrong with it at once. */
/** Shorter values from the environment are words such as `prod`: masking them would eat the whole log. */
const shortestSecret = 6;
/** Reads and checks a policy, and loads the kinds of sources that it names. */
async function loadPolicy(options) {
	const secrets = /* @__PURE__ */ new Set();
	const document = readDocument(options.text ?? "version: 1", options.file);
	const byPath = new Map(options.overrides.map((o) => [o.path.join("\n"), o.input]));
	const locate = (finding) => {
		const input = [...finding.path.keys()].reverse().map((last) => byPath.get(finding.path.slice(0, last + 1).join("\n"))).find((name) => name !== void 0);
		if (input !== void 0) return { message: `input \`${input}\`: ${finding.message}` };
		return options.text === void 0 ? { message: finding.message } : document.locate(finding);
	};
	const loaded = (problems, unset = [], policy) => ({
		problems,
		unset,
		secrets: [...secrets],
		locate: (path, message) => locate({
			path,
			at: "value",
			message
		}),
		...policy && problems.length === 0 ? { policy } : {}
	});
	if (document.problems.length > 0) return loaded(document.problems);
	const filled = fillIn(document, options, secrets);
	const data = document.toData();
	for (const { path, value } of options.overrides) put(data, path, value);
	collectSecrets(data, secrets);
	await loadSourceTypes(sourceTypesIn(data));
	const checked = check(data);
	const already = new Set([...filled.wrong, ...filled.unset].map((f) => f.path.join("\n")));
	const findings = [
		...filled.wrong,
		...options.lenient ? [] : filled.unset,
		...checked.findings.filter((f) => !already.has(f.path.join("\n")))
	];
	const written = checked.policy && complete(checked.policy, options.facts);
	if (written) findings.push(...relate(written, options));
	const policy = written && findings.length === 0 ? withPreparation(written) : written;
	return loaded(findings.map(locate), options.lenient ? filled.unset.map(locate) : [], policy);
}
/** The types of all sources that unchecked data name, by themselves or in place. */
function sourceTypesIn(data) {
	const { sources, gates, annotations, stages } = data ?? {};
	const inPlace = [
		gates,
		annotations,
		...[stages].flat().map((stage) => stage?.gates)
	].flat().map((x) => x?.source);
	return [...Object.values(sources ?? {}), ...inPlace].map((source) => String(source?.type));
}
/** Substitutes in every text of the document. The release's own facts come first, since the others may name them. */
function fillIn(document, options, secrets) {
	const wrong = [];
	const unset = [];
	const pass = (release) => {
		document.editTexts((text, path) => {
			if (path[0] === "release" !== (release === void 0)) return text;
			const result = substitute(text, release ? {
				env: options.env,
				release
			} : { env: options.env });
			for (const value of result.fromEnv) if (value.length >= shortestSecret) secrets.add(value);
			const found = (message) => ({
				path,
				at: "value",
				message
			});
			wrong.push(...result.wrong.map(found));
			unset.push(...result.unset.map(found));
			if (secretKeys.has(String(path.at(-1))) && !text.includes("${env.")) wrong.push(found("a secret does not belong into a policy; write `${env.NAME}`"));
			return result.text;
		});
	};
	pass(void 0);
	const written = document.toData()?.release;
	const given = new Map(options.overrides.filter((o) => o.path[0] === "release").map((o) => [String(o.path[1]), o.value]));
	pass(Object.fromEntries(releaseFacts.map((fact) => [fact, asText(given.get(fact)) ?? asText(written?.[fact]) ?? options.facts[fact]])));
	return {
		wrong,
		unset
	};
}
const asText = (value) => typeof value === "string" && value !== "" ? value : void 0;
function put(data, path, value) {
	let here = data;
	for (const [index, key] of path.slice(0, -1).entries()) {
		if (typeof here[key] !== "object" || here[key] === null) here[key] = typeof path[index + 1] === "number" ? [] : {};
		here = here[key];
	}
	const last = path.at(-1);
	if (last !== void 0) here[last] = value;
}
/** Runs the schema until it has named every unknown key; valibot names one per map and run. */
function check(data) {
	const findings = [];
	const secretAt = (path) => secretKeys.has(String(path.at(-1)));
	const schema = policySchema();
	for (;;) {
		const result = safeParse(schema, data);
		if (result.success) return findings.length === 0 ? {
			policy: result.output,
			findings
		} : { findings };
		const found = describe(result.issues, (path) => keysAt(schema, data, path), secretAt);
		const unknown = found.filter((f) => f.at === "key");
		findings.push(...unknown);
		if (unknown.length === 0) return { findings: [...findings, ...found] };
		for (const { path } of unknown) remove(data, path);
	}
}
function remove(data, path) {
	const parent = path.slice(0, -1).reduce((here, key) => here[key], data);
	delete parent[path.at(-1) ?? ""];
}
/** Fills in the defaults that depend on the rest of the policy. */
function complete(parsed, facts) {
	const given = parsed.evaluation;
	const written = parsed.gates;
	const falseStops = given["false-stop-rate"] ?? .05;
	const gates = shareFalseStops(written, falseStops);
	const watches = [...gates, ...(parsed.stages ?? []).flatMap((stage) => stage.gates)].some((gate) => ["telemetry", "alerts"].includes(gateTypeOf(gate.type)?.family ?? ""));
	const warmup = given.warmup ?? (watches ? 12e4 : 0);
	const steady = given.steady ?? (watches ? 3e5 : 0);
	const every = given.every ?? 6e4;
	const longest = longestOf(gates);
	const usual = longest > 0 ? warmup + longest + steady + 5 * every : 0;
	const deadline = given.deadline ?? Math.max(18e5, usual);
	const evaluation = {
		warmup,
		every,
		steady,
		deadline,
		"error-budget": Math.min(given["error-budget"] ?? 6e5, deadline),
		"round-timeout": given["round-timeout"] ?? 3e4,
		"false-stop-rate": falseStops,
		...given["on-hold"] === "park" ? { "park-after": given["park-after"] ?? 3e4 } : {}
	};
	const stages = parsed.stages?.map((stage) => {
		const { move } = stage;
		const times = {
			bake: stage.bake ?? steady,
			warmup: stage.warmup ?? warmup
		};
		return {
			name: stage.name,
			...move === void 0 ? {} : { move: Object.fromEntries(Object.entries(move).filter(([, x]) => x !== void 0)) },
			...times,
			deadline: stage.deadline ?? Math.max(deadline, times.bake + times.warmup + 5 * every),
			gates: shareFalseStops(stage.gates, falseStops),
			without: stage.without
		};
	});
	const release = {
		...facts,
		...parsed.release
	};
	const { service, annotations, notify, rollout, moves, freezes, overrides } = parsed;
	return {
		version: 1,
		...service === void 0 ? {} : { service },
		release,
		sources: parsed.sources,
		evaluation,
		gates,
		annotations,
		notify,
		"on-stop": parsed["on-stop"],
		...stages === void 0 ? {} : { stages },
		...moves === void 0 ? {} : { moves },
		...freezes === void 0 ? {} : { freezes },
		...overrides === void 0 ? {} : { overrides },
		...rollout === void 0 ? {} : { rollout: {
			...rollout,
			bake: rollout.bake ?? steady
		} }
	};
}
/** Longest time that a gate needs to come to its word; 0 when all have one in every round. */
const longestOf = (gates) => Math.max(0, ...gates.map((gate) => gateTypeOf(gate.type)?.takesMs?.(gate) ?? 0));
/** Gives those gates that judge by statistics, and do not say how often they may err, their part of what the train may. */
function shareFalseStops(gates, all) {
	const judging = gates.filter((gate) => gateTypeOf(gate.type)?.sharesFalseStops);
	const own = judging.filter(({ enforce }) => enforce === "block").map((gate) => gate["false-stop-rate"]);
	const rates = own.reduce((sum, rate) => sum + (rate ?? 0), 0) < all ? [...divideFalseStops(all, own)] : own.map((rate) => rate ?? all);
	return gates.map((gate) => {
		if (!judging.includes(gate)) return gate;
		const rate = gate.enforce === "block" ? rates.shift() : void 0;
		return {
			...gate,
			"false-stop-rate": rate ?? gate["false-stop-rate"] ?? all
		};
	});
}
function collectSecrets(value, secrets) {
	if (typeof value !== "object" || value === null) return;
	for (const [key, inner] of Object.entries(value)) {
		if (secretKeys.has(key) && typeof inner === "string" && inner !== "") secrets.add(inner);
		collectSecrets(inner, secrets);
	}
}
// build/policy/slo-document.js
/**
* Service level objectives as other tools write them: OpenSLO v1 (https://github.com/OpenSLO/OpenSLO, kinds SLO and SLI) and Sloth's
* specification (https://sloth.dev, `prometheus/v1` and its Kubernetes resource). They are read as they are; what this gate cannot
* keep (a plugin, a composite, a calendar period) is said and refused.
*/
const text$1 = pipe(string$1(), trim(), nonEmpty("some text"));
const percent = pipe(number$2(), check$2((x) => x > 0 && x < 100, "a percentage between 0 and 100"), transform((x) => Number((x / 100).toPrecision(12))));
const share = pipe(number$2(), check$2((x) => x > 0 && x < 1, "a share between 0 and 1"));
const slothEvents = object({
	error_query: text$1,
	total_query: text$1
});
const slothSli = pipe(object({
	events: optional(slothEvents),
	raw: optional(object({ error_ratio_query: text$1 })),
	plugin: optional(unknown$1())
}), check$2((s) => s.events === void 0 !== (s.raw === void 0), "`events` or `raw` (a `plugin` cannot be read here)"));
const sloth = object({
	version: literal$1("prometheus/v1"),
	service: text$1,
	slos: pipe(array(object({
		name: text$1,
		objective: percent,
		sli: slothSli
	})), minLength(1, "at least one SLO"))
});
const camelSli = pipe(object({
	events: optional(object({
		errorQuery: text$1,
		totalQuery: text$1
	})),
	raw: optional(object({ errorRatioQuery: text$1 }))
}), check$2((s) => s.events === void 0 !== (s.raw === void 0), "`events` or `raw` (a `plugin` cannot be read here)"));
const slothResource = object({
	apiVersion: literal$1("sloth.slok.dev/v1"),
	kind: literal$1("PrometheusServiceLevel"),
	spec: object({
		service: text$1,
		slos: pipe(array(object({
			name: text$1,
			objective: percent,
			sli: camelSli
		})), minLength(1, "at least one SLO"))
	})
});
const metricSource = object({ metricSource: object({ spec: object({ query: text$1 }) }) });
const ratioMetric = pipe(object({
	good: optional(metricSource),
	bad: optional(metricSource),
	total: optional(metricSource),
	raw: optional(metricSource),
	rawType: optional(picklist(["success", "failure"]))
}), check$2((r) => r.raw === void 0 ? r.total !== void 0 && r.good === void 0 !== (r.bad === void 0) : r.rawType !== void 0, "`total` with either `good` or `bad`, or `raw` with `rawType`"));
const sliSpec = object({ ratioMetric });
const indicator = object({
	metadata: optional(object({ name: text$1 })),
	spec: sliSpec
});
const openSli = object({
	apiVersion: literal$1("openslo/v1"),
	kind: literal$1("SLI"),
	metadata: object({ name: text$1 }),
	spec: sliSpec
});
const objective = pipe(object({
	target: optional(share),
	targetPercent: optional(percent)
}), check$2((o) => o.target === void 0 !== (o.targetPercent === void 0), "`target` or `targetPercent`"));
const timeWindow = object({
	duration: pipe(text$1, check$2((d) => openDuration(d) !== void 0, "a duration such as `28d` or `1h` (months and longer have no fixed length)")),
	isRolling: optional(literal$1(true))
});
const openSlo = object({
	apiVersion: literal$1("openslo/v1"),
	kind: literal$1("SLO"),
	metadata: object({ name: text$1 }),
	spec: pipe(object({
		indicator: optional(indicator),
		indicatorRef: optional(text$1),
		timeWindow: optional(pipe(array(timeWindow), length(1, "one time window"))),
		budgetingMethod: optional(literal$1("Occurrences")),
		objectives: pipe(array(objective), length(1, "one objective"))
	}), check$2((s) => s.indicator === void 0 !== (s.indicatorRef === void 0), "`indicator` or `indicatorRef`"))
});
/** `28d`, `1w`, `12h`, `30m`; OpenSLO's `M`, `Q` and `Y` have no fixed length. */
function openDuration(written) {
	const weeks = /^(\d+)w$/.exec(written);
	return weeks ? Number(weeks[1]) * 7 * 864e5 : parseDuration(written);
}
/** The window that tools fill in, as the sources know it. */
const windowed = (query) => query.replaceAll(/\{\{\s*\.window\s*\}\}/g, "$__range");
function openQueries({ good, bad, total, raw, rawType }) {
	const of = (m) => windowed(m?.metricSource.spec.query ?? "");
	if (raw !== void 0) return {
		ratio: of(raw),
		"ratio-of": rawType === "failure" ? "failures" : "successes"
	};
	return {
		...bad === void 0 ? { good: of(good) } : { failures: of(bad) },
		total: of(total)
	};
}
/** Documents of a file with `---` between them, each with empty lines before it, so that its lines keep their numbers. */
function parts(content) {
	const out = [];
	let current = "";
	let line = 0;
	for (const row of content.split(/(?<=\n)/)) {
		if (/^---(?:\s|$)/.test(row)) {
			out.push(current);
			current = "\n".repeat(line + 1);
		} else current += row;
		line += 1;
	}
	return [...out, current].filter((part) => part.replaceAll(/^\s*#.*$/gm, "").trim() !== "");
}
const kindOf = (data) => {
	const { version, apiVersion, kind } = data ?? {};
	return (apiVersion === void 0 ? [version] : [apiVersion, kind]).map((x) => typeof x === "string" ? x : "nothing").join(" ");
};
const kinds = {
	"prometheus/v1": sloth,
	"sloth.slok.dev/v1 PrometheusServiceLevel": slothResource,
	"openslo/v1 SLO": openSlo,
	"openslo/v1 SLI": openSli
};
/** Kinds of OpenSLO that may stand in the same file and say nothing that this gate needs. */
const besides = /^openslo\/v1 (?:AlertPolicy|AlertCondition|AlertNotificationTarget|DataSource|Service)$/;
/**
* Reads a file of SLOs.
*
* @param file shown in problems
* @returns all SLOs, and what is wrong with the file
*/
function readSlos(content, file) {
	const slos = [];
	const problems = [];
	const indicators = /* @__PURE__ */ new Map();
	const later = [];
	for (const part of parts(content)) {
		const document = readDocument(part, file, "an OpenSLO document or a Sloth specification");
		if (document.problems.length > 0) {
			problems.push(...document.problems);
			continue;
		}
		const data = document.toData();
		const kind = kindOf(data);
		const say = (path, message) => problems.push(document.locate({
			path,
			at: "value",
			message
		}));
		if (besides.test(kind)) continue;
		const schema = Object.hasOwn(kinds, kind) ? kinds[kind] : void 0;
		if (schema === void 0) {
			const known = Object.keys(kinds);
			say([], `expected one of ${known.join(", ")}, found \`${kind}\`${didYouMean(kind, known)}`);
			continue;
		}
		const parsed = safeParse(schema, data);
		if (!parsed.success) {
			problems.push(...describe(parsed.issues, () => [], () => false).map((finding) => document.locate(finding)));
			continue;
		}
		const read = parsed.output;
		if ("slos" in read) for (const { name, objective: share_, sli } of read.slos) {
			const queries = sli.events ? {
				failures: windowed(sli.events.error_query),
				total: windowed(sli.events.total_query)
			} : { ratio: windowed(sli.raw?.error_ratio_query ?? "") };
			slos.push({
				name,
				objective: share_,
				...queries
			});
		}
		else if (read.kind === "PrometheusServiceLevel") for (const { name, objective: share_, sli } of read.spec.slos) {
			const queries = sli.events ? {
				failures: windowed(sli.events.errorQuery),
				total: windowed(sli.events.totalQuery)
			} : { ratio: windowed(sli.raw?.errorRatioQuery ?? "") };
			slos.push({
				name,
				objective: share_,
				...queries
			});
		}
		else if (read.kind === "SLI") indicators.set(read.metadata.name, read.spec.ratioMetric);
		else {
			const { metadata, spec } = read;
			later.push(() => {
				const sli = spec.indicator?.spec.ratioMetric ?? indicators.get(spec.indicatorRef ?? "");
				if (sli === void 0) {
					const near = didYouMean(spec.indicatorRef ?? "", [...indicators.keys()]);
					say(["spec", "indicatorRef"], `there is no SLI \`${spec.indicatorRef}\` in this file${near}`);
					return;
				}
				const [target] = spec.objectives;
				const period = openDuration(spec.timeWindow?.[0]?.duration ?? "");
				slos.push({
					name: metadata.name,
					objective: target?.target ?? target?.targetPercent ?? NaN,
					...period === void 0 ? {} : { period },
					...openQueries(sli)
				});
			});
		}
	}
	for (const act of later) act();
	if (slos.length === 0 && problems.length === 0) problems.push({
		file,
		message: "there is no SLO in it"
	});
	return {
		slos,
		problems
	};
}
// build/commands/documents.js
/**
* Reads the documents of all gates.
*
* @param place the place of a part of the policy, for problems
* @returns the policy with what the documents say, and what is wrong with them
*/
async function withDocuments(policy, workspace, place) {
	const problems = [];
	const gates = [];
	for (const [index, gate] of policy.gates.entries()) {
		if (gate.type !== "slo") {
			gates.push(gate);
			continue;
		}
		const at = (key) => [
			"gates",
			index,
			key
		];
		const config = gate;
		const { document } = config;
		const read = document === void 0 ? config : await fromDocument(config, document, workspace);
		if (Array.isArray(read)) {
			problems.push(...read.map((p) => p.file === void 0 ? place(at("document"), p.message) : p));
			continue;
		}
		const { windowInQuery = false } = sourceTypeOf(sourceOf(policy, gate)?.type) ?? {};
		if (windowInQuery) {
			const fixed = [
				"failures",
				"good",
				"total",
				"ratio"
			].find((key) => read[key] !== void 0 && !/\$__range\b/.test(read[key]));
			if (fixed !== void 0) {
				const message = `expected \`[$__range]\` in \`${fixed}\` (in a document \`[{{.window}}]\`), since it is asked over several windows; found \`${read[fixed]}\``;
				problems.push(place(at(document === void 0 ? fixed : "document"), message));
			}
		}
		gates.push(document !== void 0 && windowInQuery ? zeroWithTraffic(read) : read);
	}
	return {
		policy: {
			...policy,
			gates
		},
		problems
	};
}
/** PromQL gives no series where nothing has failed yet; while there is traffic that is 0. Where the total is missing too, it stays nothing. */
const zeroWithTraffic = (gate) => gate.failures === void 0 ? gate : {
	...gate,
	failures: `(${gate.failures}) or 0 * (${gate.total})`
};
async function fromDocument(gate, file, workspace) {
	let content;
	try {
		content = await readText(workspace, file);
	} catch (error) {
		return [{ message: error.message }];
	}
	const { slos, problems } = readSlos(content, file);
	if (problems.length > 0) return [...problems];
	const names = slos.map((slo) => slo.name);
	const [only] = slos.length === 1 ? slos : [];
	const found = gate.slo === void 0 ? only : slos.find((slo) => slo.name === gate.slo);
	if (found === void 0) return [{ message: `${gate.slo === void 0 ? `\`slo\` is missing: ${file} has several` : `there is no SLO \`${gate.slo}\` in ${file}${didYouMean(gate.slo, names)}`} (${names.join(", ")})` }];
	const { name: _, period, ...rest } = found;
	return {
		...rest,
		...period === void 0 ? {} : { period },
		...gate
	};
}
// build/commands/load.js
/** Tokens that came as inputs, before anything is done with them. */
function maskInputs(host) {
	for (const input of inputs) {
		const value = "secret" in input ? host.input(input.name) : void 0;
		if (value) host.secret(value);
	}
}
/** Loads the policy that the settings name, and the documents that it names. `lenient`: see `LoadOptions`. */
async function load(settings, host, env, lenient = false) {
	const { sha, environment } = host.facts;
	const loaded = await loadPolicy({
		...settings.text === void 0 ? {} : { text: settings.text },
		...settings.file === void 0 ? {} : { file: settings.file },
		overrides: settings.overrides,
		facts: {
			...sha === void 0 ? {} : { sha },
			...environment === void 0 ? {} : { environment }
		},
		env,
		observe: settings.observe,
		lenient,
		...host.longestJobMs === void 0 ? {} : { longestJobMs: host.longestJobMs }
	});
	if (!loaded.policy) return loaded;
	const { policy, problems } = await withDocuments(loaded.policy, process.cwd(), loaded.locate);
	const { policy: _, ...rest } = loaded;
	return problems.length > 0 ? {
		...rest,
		problems
	} : {
		...rest,
		policy
	};
}
const identityOf = (host, env) => ({
	env,
	...host.idToken && { idToken: host.idToken },
	...host.serviceConnection && { serviceConnection: host.serviceConnection },
	secret: (value) => host.secret(value)
});
// build/record/pack.js
/**
* Large records say once what their rounds say again and again: the query, the flag as it is set up, a scan with all its findings. What
* repeats stands in `shared`, and `{"$ref": "#/shared/3"}` (a JSON Pointer, RFC 6901) in its place. Pure and without loss.
*/
/** Shorter than this, in characters of JSON, a value is not worth a reference to it. */
const least = 60;
const prefix = "#/shared/";
const isObject = (x) => typeof x === "object" && x !== null;
/**
* What stands in the rounds of a record twice or more, largest parts first: a part of something shared is shared only if it also stands
* elsewhere.
*
* @returns undefined when something in it looks like a reference itself
*/
function pack(record) {
	const seen = /* @__PURE__ */ new Map();
	let looksAlike = false;
	const count = (value) => {
		if (isObject(value) && placeOf(value) !== void 0) looksAlike = true;
		const key = keyOf(value);
		if (key !== void 0) {
			const before = seen.get(key) ?? 0;
			seen.set(key, before + 1);
			if (before > 0) return;
		}
		if (isObject(value)) for (const part of Object.values(value)) count(part);
	};
	const answers = record.rounds.flatMap((round) => round.gates.flatMap((gate) => gate.answers));
	for (const answer of answers) count(answer);
	if (looksAlike) return void 0;
	const shared = [];
	const places = /* @__PURE__ */ new Map();
	const put = (value) => {
		const key = keyOf(value);
		if (key === void 0 || (seen.get(key) ?? 0) < 2) return inside(value);
		const known = places.get(key);
		const place = known ?? shared.length;
		if (known === void 0) {
			places.set(key, place);
			shared.push(null);
			shared[place] = inside(value);
		}
		return { $ref: `${prefix}${place}` };
	};
	const inside = (value) => {
		if (Array.isArray(value)) return value.map(put);
		return isObject(value) ? Object.fromEntries(Object.entries(value).map(([k, part]) => [k, put(part)])) : value;
	};
	const rounds = record.rounds.map((round) => ({
		...round,
		gates: round.gates.map((gate) => ({
			...gate,
			answers: gate.answers.map(inside)
		}))
	}));
	return {
		record: {
			...record,
			rounds
		},
		shared
	};
}
/** Of a text and of anything with parts; undefined where it is too short. A hash, since most stand there once and are long. */
function keyOf(value) {
	if (typeof value !== "string" && !isObject(value)) return void 0;
	const json = JSON.stringify(value);
	return json.length < least ? void 0 : sha256$1(json);
}
/**
* What `JSON.parse` made of a record, with what is shared in its place.
*
* @throws {Error} when something refers to what is not there, or to itself
*/
function unpack(data) {
	const { shared, ...record } = data;
	if (!Array.isArray(shared)) return data;
	const values = /* @__PURE__ */ new Map();
	const open = /* @__PURE__ */ new Set();
	const resolve = (value) => {
		if (Array.isArray(value)) return value.map(resolve);
		if (!isObject(value)) return value;
		const place = placeOf(value);
		if (place === void 0) return Object.fromEntries(Object.entries(value).map(([k, part]) => [k, resolve(part)]));
		if (values.has(place)) return values.get(place);
		if (open.has(place) || place >= shared.length) throw new Error(`${prefix}${place} leads nowhere`);
		open.add(place);
		const found = resolve(shared[place]);
		open.delete(place);
		values.set(place, found);
		return found;
	};
	return {
		...record,
		rounds: resolve(record.rounds)
	};
}
function placeOf(value) {
	const { $ref: reference, ...more } = value;
	if (typeof reference !== "string" || Object.keys(more).length > 0) return void 0;
	const [, place] = /^#\/shared\/(\d{1,9})$/.exec(reference) ?? [];
	return place === void 0 ? void 0 : Number(place);
}
// build/record/json.js
/** The record as it is written. */
/** Arrays of numbers that JSON.stringify has put on lines of their own. No text in JSON holds a line break, so none can look like one. */
const numbers = /\[\n\s*((?:(?:null|-?\d[\d.eE+-]*|"NaN"|"[+-]Inf")(?:,\n\s*|\n\s*))+)\]/g;
/** With more answers than this a record is large: an hour of ten gates is not, a day is. */
const manyAnswers = 1e3;
/**
* JSON that a person can read, with the bins of a series on one line: there may be thousands of them. A large record has a line for each
* round, and says once what repeats: see `pack`.
*/
function recordJson(record) {
	const packed = record.rounds.reduce((sum, { gates }) => sum + gates.reduce((own, gate) => own + gate.answers.length, 0), 0) > manyAnswers ? pack(record) : void 0;
	return packed === void 0 ? readable(record) : lines({
		...packed.record,
		shared: packed.shared
	});
}
const readable = (record) => `${JSON.stringify(record, null, 1).replace(numbers, (_, list) => `[${list.trim().replace(/,\n\s*/g, ",")}]`)}\n`;
/** The lists of what there may be thousands of. */
const long = /* @__PURE__ */ new Set(["rounds", "shared"]);
function lines(record) {
	return `{\n${Object.entries(record).flatMap(([key, value]) => {
		if (value === void 0) return [];
		const json = long.has(key) && Array.isArray(value) ? `[\n${value.map((item) => `  ${JSON.stringify(item)}`).join(",\n")}\n ]` : JSON.stringify(value, null, 1).replaceAll("\n", "\n ");
		return [` ${JSON.stringify(key)}: ${json}`];
	}).join(",\n")}\n}\n`;
}
// build/record/seal.js
/** A record vouches for itself: its digest is over all that it says, and its bytes are the only ones that say so. Pure. */
/**
* SHA-256, in hexadecimal, of a record whatever its digest: of it without `digest` and `rounds`, and then of each round, all as JSON without
* white space, with a line break between them. The keys count in the order in which they stand. By parts, since a day's rounds may be
* more than fits into one text.
*/
function digestOf(record) {
	const { digest: _, rounds, ...rest } = record;
	return sha256Of(partsOf([rest, ...rounds ?? []]));
}
function* partsOf(values) {
	for (const value of values) yield JSON.stringify(value);
}
const sealed = (record) => {
	const { digest: _, ...rest } = record;
	return {
		...rest,
		digest: digestOf(rest)
	};
};
/**
* @param text of the file
* @param record what `unpack` makes of it
* @returns why it is not as Signalbox wrote it; undefined: it is, byte for byte
*/
function brokenSeal(text, record) {
	const { digest } = record;
	if (typeof digest !== "string") return "it has no `digest`, so nothing tells whether it was changed";
	const found = digestOf(record);
	if (digest !== found) return `it was changed after it was written: its digest is ${digest}, what it says has ${found}`;
	if (recordJson(record) !== text.replace(/\r\n/g, "\n")) return "it is not in the form in which it was written, though it says the same: use the file as it was";
}
// build/record/statement.js
/**
* The decision as an in-toto statement, which an attestation signs: who asks later whether an image or a commit may be deployed need not read
* a whole record. https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md; docs/attestation.md tells of our predicate.
*/
const predicateType = "urn:signalbox:attestation:decision:v1";
const text = string$1();
const maybe = nullable(text);
strictObject({
	decision: picklist(decisions),
	reason: picklist(reasons$2),
	proven: pipe(boolean(), description("the gates themselves say continue: false for a stop, and for a policy that only observes")),
	sentence: text,
	gates: array(strictObject({
		name: text,
		type: text,
		enforce: picklist(enforcements),
		state: pipe(picklist([...states$3, "not-evaluated"]), description("in the last round that was made"))
	})),
	observe: boolean(),
	service: maybe,
	release: strictObject({
		sha: maybe,
		version: maybe,
		environment: maybe
	}),
	run: strictObject({
		platform: text,
		repository: maybe,
		ref: maybe,
		actor: maybe,
		url: maybe
	}),
	policy: strictObject({
		file: maybe,
		sha256: text
	}),
	tool: strictObject({
		name: text,
		version: text
	}),
	rounds: number$2(),
	began: instant$2,
	ended: instant$2
});
/** @param subjects the record's file, and what else the decision is about, such as an image */
function statementOf(record, subjects) {
	const { decision, verdict, rounds, host, release, policy } = record;
	const last = rounds.at(-1);
	const { sha, version, environment } = release;
	const predicate = {
		decision: decision.decision,
		reason: decision.reason,
		proven: decision.decision === "continue" && verdict.decision === "continue" && verdict.reason === "healthy",
		sentence: decision.sentence,
		gates: record.gates.map(({ name, type, enforce }) => ({
			name,
			type,
			enforce,
			state: last?.gates.find(({ gate }) => gate === name)?.reading?.state ?? "not-evaluated"
		})),
		observe: record.observe,
		service: record.service,
		release: {
			sha,
			version,
			environment
		},
		run: {
			platform: host.kind,
			repository: host.repository,
			ref: host.ref,
			actor: host.actor,
			url: host.run
		},
		policy: {
			file: policy.file,
			sha256: policy.sha256
		},
		tool: { ...record.tool },
		rounds: rounds.length,
		began: record.began,
		ended: record.ended
	};
	return {
		subjects,
		predicateType,
		predicate
	};
}
const subjectForm = /^(\S.*?)@sha256:([0-9a-f]{64})$/i;
/** @param line `ghcr.io/acme/checkout@sha256:…`. @returns undefined when it is not of that form */
function parseSubject(line) {
	const [, name, sha256] = subjectForm.exec(line.trim()) ?? [];
	return name === void 0 || sha256 === void 0 ? void 0 : {
		name,
		digest: { sha256: sha256.toLowerCase() }
	};
}
// build/commands/publish.js
/** The end of every run, good or bad: record, summary, annotations, outputs, result. Nothing is lost: each part is tried whatever became of the others. */
const exitCodes = {
	continue: 0,
	stop: 1,
	usage: 2,
	hold: 3,
	internal: 70
};
/** GitHub drops a summary over 1 MiB whole, and a job may hold several. */
const summaryBytes = 524288;
/** A `continue` that could not be checked afterwards, as was asked for, is none. */
const unproven = (sentence) => ({
	decision: "stop",
	reason: "internal-error",
	gates: [],
	sentence
});
const unrecorded = (reason) => unproven(`the decision record could not be written: ${reason}`);
/**
* @param exitCode for a decision that stops
* @returns the decision that counts in the end
*/
async function publish(host, redactor, raw, to, exitCode) {
	let record = sealed(redactor.data(raw));
	const recordPath = resolve(to.record ?? join(host.outputFolder, "record.json"));
	const summaryPath = resolve(to.summary ?? join(host.outputFolder, "summary.md"));
	const reportPath = resolve(to.report ?? join(host.outputFolder, "report.html"));
	const attempt = async (what, act) => {
		try {
			await act();
			return;
		} catch (error) {
			const reason = redactor.text(error.message);
			host.annotate({
				level: "warning",
				title: "Signalbox",
				message: `${what} failed: ${reason}`
			});
			return reason;
		}
	};
	let json = recordJson(record);
	const lost = await attempt("writing the decision record", () => write(recordPath, json));
	if (lost !== void 0 && record.decision.decision === "continue") record = {
		...record,
		decision: unrecorded(lost),
		verdict: unrecorded(lost)
	};
	const enter = () => attempt("entering the run into the ledger", async () => to.enter?.(record, lost === void 0 ? sha256$1(json) : null));
	const revoke = async (sentence) => {
		record = sealed({
			...record,
			decision: unproven(sentence),
			verdict: unproven(sentence)
		});
		json = recordJson(record);
		await attempt("writing the decision record", () => write(recordPath, json));
	};
	const unentered = await enter();
	if (unentered !== void 0 && record.decision.decision === "continue") await revoke(`the run could not be entered into the ledger: ${unentered}`);
	const unsigned = await attempt("signing the decision", async () => {
		const { attest } = to;
		if (!attest || record.decision.reason === "policy-error" || record.decision.decision === "hold") return;
		const file = {
			name: basename(recordPath),
			digest: { sha256: sha256$1(json) }
		};
		const where = await host.attest?.(statementOf(record, [file, ...attest.subjects]), attest.token);
		host.log(`Attestation: ${where}`);
	});
	if (unsigned !== void 0 && record.decision.decision === "continue") {
		await revoke(`the decision could not be signed: ${unsigned}`);
		await enter();
	}
	const { decision } = record;
	await attempt("the report", async () => host.log(text$2(record, {
		width: host.columns,
		colour: host.colour
	})));
	await attempt("the annotations", async () => {
		if (host.kind === "terminal") return;
		const { annotations } = await import("./report-annotations.js");
		for (const annotation of annotations(record)) host.annotate(annotation);
	});
	await attempt("the full report", async () => {
		const { html } = await import("./late.js").then((n) => n.Wt);
		await write(reportPath, await html(record, (page) => redactor.text(page)));
		host.log(`Report: ${reportPath}`);
	});
	await attempt("the summary", async () => {
		const { summary } = await import("./late.js").then((n) => n.Ht);
		const markdown = await summary(record, {
			flavour: host.summaryFlavour,
			maxBytes: summaryBytes,
			recordFile: basename(recordPath),
			reportFile: basename(reportPath)
		});
		await write(summaryPath, redactor.text(markdown));
		await host.summary(summaryPath);
	});
	await attempt("the outputs", async () => {
		await host.output("decision", decision.decision);
		await host.output("reason", decision.reason);
		await host.output("record", recordPath);
		await host.output("record-sha256", sha256$1(json));
		await host.output("summary", summaryPath);
		await host.output("report", reportPath);
	});
	host.log(`Record: ${recordPath} (SHA-256 ${sha256$1(json)})`);
	const code = decision.reason === "internal-error" ? exitCodes.internal : exitCode;
	await host.finish(resultOf(record), outcome(decision), decision.decision === "continue" ? exitCodes.continue : code);
	return decision;
}
/** One short line; the report has said the rest. */
const outcome = ({ decision, reason, gates }) => `${decision} (${reason})${gates.length === 0 || decision === "continue" ? "" : `: ${gates.join(", ")}`}`;
/** Amber: the train goes, but someone should look. */
function resultOf({ decision, verdict, rounds, gates, standing }) {
	if (decision.decision !== "continue") return "failure";
	return (rounds.at(-1)?.gates ?? []).some(({ gate, reading }) => {
		return gates.find((g) => g.name === gate)?.enforce !== "observe" && reading?.state !== "healthy";
	}) || verdict.decision !== "continue" || standing?.used.length ? "warning" : "success";
}
async function write(path, text) {
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, text);
}
// build/commands/settings.js
/** What the step is told to do: its inputs, read once, strictly, all mistakes at once. */
const defaultPolicy = "signalbox.yml";
/** It stands in the ledger and in every report. Characters. */
const longestFix = 300;
/** Inputs that go straight to a place in the policy, over what stands there. */
const places = [
	["service", ["service"]],
	["commit", ["release", "sha"]],
	["release-version", ["release", "version"]],
	["environment", ["release", "environment"]],
	["deployed-at", ["release", "deployed-at"]],
	["warmup", ["evaluation", "warmup"]],
	["every", ["evaluation", "every"]],
	["steady", ["evaluation", "steady"]],
	["deadline", ["evaluation", "deadline"]]
];
const singleGates = [
	{
		name: "telemetry",
		type: "telemetry",
		source: "prometheus",
		needs: [
			"prometheus-url",
			"query",
			"threshold"
		],
		sourceFields: {
			url: "prometheus-url",
			token: "prometheus-token"
		},
		gateFields: {
			query: "query",
			threshold: "threshold",
			unit: "unit",
			events: "events",
			"min-events": "min-events"
		}
	},
	{
		name: "Application Insights",
		type: "telemetry",
		source: "application-insights",
		needs: [
			"application-insights",
			"signal",
			"threshold"
		],
		sourceFields: { resource: "application-insights" },
		gateFields: {
			signal: "signal",
			threshold: "threshold",
			"where.role": "role",
			"min-events": "min-events"
		}
	},
	{
		name: "scans",
		type: "security",
		source: "sarif",
		needs: ["sarif-files"],
		sourceFields: { files: "sarif-files" },
		gateFields: {
			block: "sarif-block",
			require: "sarif-require"
		}
	},
	{
		name: "flags",
		type: "flags",
		source: "ofrep",
		needs: ["flags-url", "flags-expect"],
		sourceFields: {
			url: "flags-url",
			token: "flags-token"
		},
		gateFields: { expect: "flags-expect" }
	},
	{
		name: "flag definitions",
		type: "flags",
		source: "flagd",
		needs: ["flags-file", "flags-expect"],
		sourceFields: { file: "flags-file" },
		gateFields: { expect: "flags-expect" }
	}
];
/** Inputs of gates that inputs alone describe. */
const singleGateInputs = new Set(singleGates.flatMap((gate) => [
	...gate.needs,
	...Object.values(gate.sourceFields),
	...Object.values(gate.gateFields)
]));
/**
* Reads all inputs. On the CI platforms an input that was not given arrives empty, so an empty one is never a value; it
* differs from an absent one in what is said when it is needed.
*/
async function readSettings(host) {
	const problems = [];
	const value = (name) => host.input(name)?.trim() || void 0;
	const wrong = (name, message) => problems.push({ message: `input \`${name}\`: ${message}` });
	const overrides = places.flatMap(([input, path]) => {
		const given = value(input);
		return given === void 0 ? [] : [{
			path,
			value: given,
			input
		}];
	});
	const gates = readGates(host, overrides, wrong);
	const record = value("record");
	const summary = value("summary");
	const report = value("report");
	const resume = value("resume");
	const state = value("state");
	const stage = value("stage");
	const ledger = value("ledger");
	const fixes = value("fixes");
	const telemetry = value("telemetry-connection-string");
	return {
		observe: yesOrNo(value("observe"), (message) => wrong("observe", message)),
		...readAttest(host, value, wrong),
		...record === void 0 ? {} : { record },
		...summary === void 0 ? {} : { summary },
		...report === void 0 ? {} : { report },
		...resume === void 0 ? {} : { resume },
		...state === void 0 ? {} : { state },
		...stage === void 0 ? {} : { stage },
		...ledger === void 0 ? {} : { ledger },
		...fixes === void 0 ? {} : { fixes: oneLine(fixes, longestFix) },
		...telemetry === void 0 ? {} : { telemetry },
		overrides,
		...await readPolicy(value("policy"), gates > 0, wrong),
		problems
	};
}
/** What would only fail at the end of the bake is found before it begins. */
function readAttest(host, value, wrong) {
	const subjects = (value("attest-subjects") ?? "").split(/\r?\n/).filter((line) => line.trim() !== "");
	if (!yesOrNo(value("attest"), (message) => wrong("attest", message))) {
		if (subjects.length > 0) wrong("attest-subjects", "does nothing alone; expected `attest: true` beside it");
		return {};
	}
	const token = value("github-token");
	if (!host.attest) wrong("attest", "only a job of GitHub Actions with the permission `id-token: write` can sign");
	else if (token === void 0) wrong("github-token", "expected a token with `attestations: write` beside `attest`");
	const parsed = subjects.flatMap((line) => {
		const subject = parseSubject(line);
		if (!subject) wrong("attest-subjects", `expected a name and a digest such as \`ghcr.io/acme/checkout@sha256:…\`, found \`${line.trim()}\``);
		return subject ?? [];
	});
	return { attest: {
		token: token ?? "",
		subjects: parsed
	} };
}
function yesOrNo(text, wrong) {
	const word = (text ?? "false").toLowerCase();
	if (word !== "true" && word !== "false") wrong(`expected true or false, found \`${text}\`${didYouMean(word, ["true", "false"])}`);
	return word === "true";
}
async function readPolicy(given, fromInputs, wrong) {
	if (fromInputs) {
		if (given !== void 0) wrong("policy", "expected either a policy or the inputs of single gates, found both");
		return {};
	}
	if (given?.includes("\n")) return { text: given };
	const file = given ?? defaultPolicy;
	try {
		return {
			text: await readFile(file, "utf8"),
			file
		};
	} catch (error) {
		wrong("policy", `expected the path of a policy, or the policy itself; \`${file}\` cannot be read: ${error.code === "ENOENT" ? "there is no such file" : error.message}`);
		return {
			text: "",
			file
		};
	}
}
/** Adds the gates that inputs describe. @returns how many */
function readGates(host, overrides, wrong) {
	const given = (name) => (host.input(name) ?? "").trim() !== "";
	const used = /* @__PURE__ */ new Set();
	let count = 0;
	for (const gate of singleGates) {
		const [asks, ...others] = gate.needs;
		if (!given(asks)) continue;
		for (const name of others) if (!given(name)) wrong(name, `${host.input(name) === void 0 ? "is missing" : "is empty"}; expected a value beside \`${asks}\``);
		const at = ["gates", count];
		for (const [key, text] of [
			["type", gate.type],
			["name", gate.name],
			["source", gate.source]
		]) overrides.push({
			path: [...at, key],
			value: text,
			input: asks
		});
		overrides.push({
			path: [
				"sources",
				gate.source,
				"type"
			],
			value: gate.source,
			input: asks
		});
		for (const [fields, path] of [[gate.sourceFields, ["sources", gate.source]], [gate.gateFields, at]]) for (const [key, input] of Object.entries(fields)) {
			used.add(input);
			const text = host.input(input)?.trim();
			if (text) overrides.push({
				path: [...path, ...key.split(".")],
				value: shape(input, text),
				input
			});
		}
		count += 1;
	}
	for (const name of singleGateInputs) if (given(name) && !used.has(name)) wrong(name, `does nothing alone; expected \`${singleGates.filter((g) => [
		...g.needs,
		...Object.values(g.gateFields),
		...Object.values(g.sourceFields)
	].includes(name)).map((g) => g.needs[0]).join("` or `")}\` beside it`);
	return count;
}
/** Inputs of several lines are lists, or maps for `flags-expect`; numbers are numbers. */
function shape(name, text) {
	if (name === "min-events") return Number.isFinite(Number(text)) ? Number(text) : text;
	if (inputs.find((i) => i.name === name)?.kind !== "lines" || name === "query" || name === "events") return text;
	const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
	if (name !== "flags-expect") return lines;
	return Object.fromEntries(lines.map((line) => {
		const [, flag, expected] = /^(.+?)\s*:\s+(.+)$/.exec(line) ?? [
			void 0,
			line,
			""
		];
		return [flag, expected?.replace(/^(["'])(.*)\1$/, "$2")];
	}));
}
export { verdictSentence as $, binsOf as $n, sourceTypeOf as $t, progressLine as A, Kept as An, safeLink as At, annotatedWords as B, round as Bn, lettingGo as Bt, cancelled as C, parseJson as Cn, camelCase as Cr, whyWords as Ct, advance as D, azureFields as Dn, totalOf as Dt, runRound as E, pLimit as En, onlyOnAzure as Er, remarksOf as Et, forwardTitle as F, decision as Fn, Redactor as Ft, evidenceWords as G, securityGate as Gn, movesOf as Gt, clockTime as H, lifts as Hn, sourceName as Ht, standingLines as I, decisions as In, clearance as It, measuredWords as J, isDone as Jn, subjectOf as Jt, inWords as K, fates as Kn, stagePolicy as Kt, standingTitle as L, problem as Ln, frozenStop as Lt, viewOf as M, claimsOf as Mn, columns as Mt, arrivalsOf as N, azureClouds as Nn, cutTo as Nt, decide as O, azureTokens as On, plain as Ot, arrivalsTitle as P, gateTypeOf as Pn, wrap as Pt, states$1 as Q, systemClock as Qn, keptBy as Qt, nextSteps as R, reasons$2 as Rn, holds as Rt, again as S, tokensOf as Sn, nearest as Sr, totalsWords as St, phaseOf as T, createLimit as Tn, inputs as Tr, gatesWithFindings as Tt, complaint as U, usedOverride as Un, sourceOf as Ut, besidesTitle as V, walk as Vn, annotatedSource as Vt, counterfactual as W, instant$2 as Wn, allGates as Wt, sinceWords as X, stateWords$1 as Xn, adviseFreezes as Xt, provenTitle as Y, percentWords as Yn, writtenGates as Yt, stateWords as Z, iso as Zn, freezesAt as Zt, parseDocument as _, calls as _n, literally as _r, nameOf as _t, summaryBytes as a, signsInOneWay as an, labelText as ar, swapWords as at, webhookSecret as b, kqlTime as bn, describe as br, runWords as bt, readable as c, credential$1 as cn, reportedNumber as cr, ageWords as ct, load as d, evidenceQuery as dn, failureOf$1 as dr, excuseWords as dt, fileFormats as en, judgesDurations as er, changesOf as et, maskInputs as f, readsOf as fn, isLoopback as fr, excusedWords as ft, parse as g, slotOf as gn, globForm as gr, messageOf$1 as gt, readDocument as h, names as hn, serverWords as hr, gravity as ht, publish as i, oneWayToSignIn as in, suffixOf as ir, sharesWords as it, text$2 as j, oncePerRun as jn, sparkline as jt, initialState as k, sendToAzure as kn, plainLines as kt, unpack as l, logsFields as ln, createHttp as lr, besidesWords as lt, substitute as m, isAppTable as mn, secretHeaders as mr, fixWords as mt, singleGateInputs as n, authFields as nn, inUnitOf as nr, stageLines as nt, brokenSeal as o, LogsClient as on, amount as or, trafficWords as ot, keysAt as p, weigh as pn, retryAfterMs as pr, fateWord as pt, listed as q, severities as qn, stagesOf as qt, exitCodes as r, authorization as rn, parseThreshold as rr, standsWords as rt, digestOf as s, componentId as sn, plural as sr, againstWords as st, readSettings as t, annotationTypeOf as tn, signalText as tr, moveLines as tt, identityOf as u, resourceId as un, proxyFor as ur, countsWords as ut, notificationTypeOf as v, globPattern as vn, oneLine as vr, placeOf$1 as vt, parked as w, refuseDenied as wn, inputGroups as wr, fewOf as wt, occasionOf as x, timespan as xn, didYouMean as xr, shortIdentity as xt, webhookHeaders as y, kqlString as yn, guarded as yr, reasonWords$1 as yt, stepWords as z, recordSchema as zn, judge as zt };
