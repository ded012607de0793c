import { r as __exportAll, t as __commonJSMin } from "./runtime.js";
import { $ as number, A as whole, B as isoDate, C as formatDuration, D as percentage, E as parseDuration, J as minValue, L as integer, M as boolean, N as check, O as secret, P as description, S as filled, T as oneOrMore, U as literal, V as isoTimestamp, W as looseObject, Y as nonEmpty, Z as nullable, _t as union, at as picklist, b as duration, ct as record, dt as startsWith, et as object, ft as strictObject, gt as tuple, ht as trim, j as array, lt as regex, m as NotMeasured, mt as transform, ot as pipe, pt as string, rt as parseJson$1, s as sha256, st as rawCheck, tt as optional, ut as safeParse, vt as unknown, w as httpUrl, x as errorRate, y as described, yt as variant, z as is } from "./base.js";
import { promisify } from "node:util";
import { setTimeout } from "node:timers/promises";
import { setMaxListeners } from "node:events";
import vm from "node:vm";
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
const list$1 = (words) => words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
const kinds = {
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
function show(input) {
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
		message: `\`${key}\` is missing${issue.type === "variant" ? ` (${list$1(words.map((w) => w.replaceAll("\"", "")))})` : ""}`
	};
	if (issue.kind === "validation" || issue.kind === "transformation") {
		const found = typeof issue.input === "object" ? "" : `, found ${show(issue.input)}`;
		return {
			at: "value",
			message: `expected ${issue.message}${found}`
		};
	}
	if (!issue.message.startsWith("Invalid ")) return {
		at: "value",
		message: `expected ${issue.message}, found ${show(issue.input)}`
	};
	const literals = words.filter((w) => w.startsWith("\"")).map((w) => w.slice(1, -1));
	const names = words.map((w) => w.startsWith("\"") ? `\`${w.slice(1, -1)}\`` : kinds[w] ?? w);
	const hint = typeof issue.input === "string" ? didYouMean(issue.input, literals) : "";
	return {
		at: "value",
		message: `expected ${list$1(names)}, found ${show(issue.input)}${hint}`
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
// build/judge/number.js
/** `1 alert`, `2 alerts`. */
const plural = (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`;
/** Whole numbers with separators: `12,400`. */
const amount = (n) => Math.round(n).toLocaleString("en-US");
const decimal$1 = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
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
	return decimal$1.test(text) ? reportedNumber(Number(text)) : null;
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
// build/judge/histogram.js
const lastBound = "+Inf";
const infinite = Number.POSITIVE_INFINITY;
/** How many requests there were; undefined without the last bound. */
const totalOf$1 = (histogram) => histogram.get(lastBound);
const isCount = (n) => n >= 0 && Number.isFinite(n);
/**
* Whether the counts can be those of a histogram: none falls from one bound to a higher one, and the last bound is there. What is not
* would be clipped to a share like any other, "no request is slow" among them.
*
* @returns the histogram with its bounds written in one way: instances may write `1` and `1.0`, and what they count is then added up
*/
function checked(counts) {
	if (!counts.has(lastBound)) return {
		ok: false,
		problem: `no count up to ${lastBound}`
	};
	const byBound = /* @__PURE__ */ new Map();
	for (const [name, count] of counts) {
		const bound = name === lastBound ? infinite : Number(name);
		if (Number.isNaN(bound) || bound === infinite && name !== lastBound || name.trim() === "") return {
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
		const name = bound === infinite ? lastBound : String(bound);
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
const mostBounds$1 = 20;
/**
* The finite bounds that both arms have in most of the minutes, in order, thinned out evenly where there are many: without a look at the
* counts.
*
* @param buckets by how many the canary's bound is higher, 0 or 1
*/
function commonBounds(minutes, buckets = 0) {
	const times = /* @__PURE__ */ new Map();
	for (const { canary, baseline } of minutes) for (const bound of canary.keys()) if (bound !== lastBound && baseline.has(bound)) times.set(bound, (times.get(bound) ?? 0) + 1);
	const sorted = [...times].flatMap(([bound, n]) => 2 * n > minutes.length ? [bound] : []).toSorted((a, b) => Number(a) - Number(b));
	const pairs = sorted.flatMap((baseline, i) => {
		const canary = sorted[i + buckets];
		return canary === void 0 ? [] : [{
			baseline,
			canary
		}];
	});
	const step = Math.max(1, Math.ceil(pairs.length / mostBounds$1));
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
const form$1 = /^(<=|>=|==|<|>)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%|[A-Za-z]*)$/i;
/** @returns undefined when the text is no threshold or its unit is unknown */
function parseThreshold(text) {
	const [, operator, amount, suffix] = form$1.exec(text.trim()) ?? [];
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
function satisfies$1(value, valueUnit, threshold) {
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
const fields$1 = strictObject({
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
	"slower-by": described(optional(literal("bucket")), "Of durations: `bucket` says that to be slower by one bucket of the histogram is no harm yet."),
	"false-stop-rate": described(optional(errorRate), "Chance that this gate stops a canary that is no worse, over the whole release and however often it looks. Default: its part of `evaluation.false-stop-rate`."),
	window: described(optional(duration, "60m"), "How long the canary is watched, from the end of the warm-up."),
	bin: described(optional(duration, "1m"), "Events are counted in bins of this length."),
	"min-events": described(optional(whole(1), 500), "How many events the canary must have had by the end of the window."),
	"at-window-end": described(optional(picklist(["no-harm-seen", "proof"]), "no-harm-seen"), "What a canary needs that was proven neither worse nor no worse: that no harm was seen, or proof, without which the train holds."),
	accept: described(optional(union([acceptance, literal("never")]), {}), "When the canary may go before its window is over; `never`: it is watched to the end."),
	history: described(optional(union([history, literal("none")])), "Where the old version before the deployment tells how much two arms that are the same differ. With `signal` it is asked for by itself."),
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
const hourMs = 36e5;
const rules = [
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
	[(g) => hourMs % g.bin === 0 || g.bin % hourMs === 0, "a `bin` that divides an hour, such as 30s, 1m or 5m"],
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
	[({ history: h }) => h === void 0 || h === "none" || h.for >= 8 * hourMs, "at least 8h of `history.for`"]
];
/** All of it at once. */
const fitsTogether = rawCheck(({ dataset, addIssue }) => {
	if (!dataset.typed) return;
	for (const [holds, expected] of rules) if (!holds(dataset.value)) addIssue({ message: expected });
});
/** Whether durations are judged, in place of failures. */
const judgesDurations = ({ buckets, signal }) => buckets !== void 0 || signal === "duration-buckets";
// build/gates/canary/arms.js
/** What a `canary` gate asks, and what of the answers belongs to which arm. */
const armNames = ["canary", "baseline"];
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
		if (query === void 0) asked.set(count, inBins$2(config, signal(config, count, config.where, config.arms?.by), window));
		else if (typeof query === "string") asked.set(count, inBins$2(config, query, window));
		else for (const arm of armNames) asked.set(`${arm} ${count}`, inBins$2(config, query[arm], window));
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
		return [historyRole(count), inBins$2(config, query, window)];
	}));
}
const inBins$2 = (config, query, window) => ({
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
		const [canary, baseline] = armNames.map((arm) => countedIn(config, i, (count) => ofArm(config, measured, arm, count)));
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
			const n = countOf$1(bins?.[bin]);
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
		return value === null || value === void 0 ? [] : [countOf$1(value)];
	});
	return values.length === 0 ? void 0 : values.reduce((sum, n) => sum === void 0 || n === void 0 ? void 0 : sum + n, 0);
}
const countOf$1 = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : void 0;
/** What no waiting brings right: series without bounds, negative counts, more failures than events. */
function misfit(config, measured) {
	const durations = judgesDurations(config);
	for (const [role, { series }] of measured) {
		const negative = series.find(({ bins }) => bins?.some((x) => typeof x === "number" && x < 0));
		if (negative) return error("not-counts", `${role} gave a negative count${labelText(negative.labels)}: expected how many events there were in each bin`);
		if (durations && series.some(({ labels }) => labels.le === void 0)) return error("not-a-histogram", `${role} gave a series without the label \`le\`: aggregate by it too`);
	}
	if (durations) return void 0;
	for (const arm of armNames) {
		const [failed, all] = ["failures", "total"].map((count) => ofArm(config, measured, arm, count).reduce((sum, { bins = [] }) => bins.reduce((n, x) => n + (countOf$1(x) ?? 0), sum), 0));
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
// build/train/clock.js
/** Time, handed in, so that an hour's bake is tested in milliseconds. */
const systemClock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		try {
			await setTimeout(Math.max(0, ms), void 0, signal ? { signal } : {});
		} catch (error) {
			if (!signal?.aborted) throw error;
		}
	}
};
/** The instant as the record writes it. */
const iso = (ms) => new Date(ms).toISOString();
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
/** Whether the flag is where it was wanted, or nothing was to be written. */
const isDone = ({ outcome }) => [
	"changed",
	"already",
	"dry-run"
].includes(outcome);
// build/record/scans.js
/** What the results of security scanners come to: a part of the evidence in the record. */
const text$1 = string();
const count = pipe(number(), integer(), minValue(0));
const instant$1 = pipe(string(), isoTimestamp());
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
const reason = pipe(text$1, description("the one reason as a fixed word, e.g. KIND_PASS, IN_SOURCE, WAIVER"));
const run = strictObject({
	tool: text$1,
	toolVersion: optional(text$1),
	categories: pipe(array(picklist(categories)), description("what it looked for, as far as that is known")),
	file: pipe(text$1, description("where the results were read: a file of the workspace, or what a service calls it")),
	sha256: pipe(nullable(text$1), description("of the file; null: it was no file")),
	revision: pipe(nullable(text$1), description("the commit that the scan says it scanned, several (of several repositories) with spaces between; null: it does not say")),
	image: optional(pipe(array(text$1), description("digests and names of the container image that the scan says it scanned"))),
	ended: pipe(nullable(instant$1), description("when the scan ended; null: it does not say")),
	database: optional(pipe(instant$1, description("when the vulnerability data that it used were made, where the scan says so"))),
	execution: picklist([
		"succeeded",
		"failed",
		"unknown"
	]),
	rules: pipe(nullable(count), description("rules that the scan brings with it; null: its format has none")),
	results: pipe(count, description("all results that were read; the counts of `tally` add up to it")),
	tally: array(strictObject({
		fate,
		reason,
		severity: picklist(severities),
		count
	}))
});
const finding = strictObject({
	run: pipe(count, description("position in `runs` of the run that it comes from")),
	fate,
	reason,
	told: optional(pipe(text$1, description("the reason in words: whose waiver, until when, which document"))),
	tool: text$1,
	rule: text$1,
	severity: picklist(severities),
	why: pipe(text$1, description("where the severity comes from")),
	conflict: optional(pipe(text$1, description("what the other measure says, when score and level are far apart"))),
	message: text$1,
	file: optional(text$1),
	line: optional(count),
	ids: optional(pipe(array(text$1), description("CVE, GHSA and other names of the vulnerability"))),
	package: optional(pipe(text$1, description("package URL of what is vulnerable"))),
	fix: optional(pipe(text$1, description("what mends it, in words"))),
	help: optional(pipe(text$1, description("page about the rule"))),
	link: optional(pipe(text$1, description("page about this result"))),
	owner: optional(pipe(text$1, description("who is to mend it"))),
	since: optional(pipe(instant$1, description("when it was first seen"))),
	exploited: optional(pipe(text$1, description("why it counts as exploited: KEV, EPSS"))),
	identity: pipe(text$1, description("the same from scan to scan: what a waiver or a baseline names it by"))
});
const problem = strictObject({
	code: text$1,
	message: text$1,
	file: optional(text$1),
	tool: optional(text$1),
	about: optional(pipe(text$1, description("the id of the notification by which a tool says that it failed")))
});
const remark = strictObject({
	code: text$1,
	message: text$1
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
	file: text$1,
	sha256: text$1
});
/** The fields of `scans` beside those that all measurements have. */
const scansFields = {
	settled: optional(pipe(boolean(), description("waiting changes nothing: the results are files that were written before this step began"))),
	problems: pipe(array(problem), description("why an input is no evidence: missing, unreadable, crashed…; also a file that the policy names beside the scans")),
	remarks: pipe(array(remark), description("what should be put in order: waivers that are expired, unused, too wide or without an owner")),
	references: pipe(array(reference), description("files beside the scans that took part")),
	runs: array(run),
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
	until: described(pipe(string(), regex(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2026-12-31"), isoDate("a day such as 2026-12-31")), "Last day (UTC) of the tolerance.")
});
const criteria = [
	"tools",
	"rules",
	"paths",
	"cwes",
	"packages",
	"up-to"
];
const rule$1 = pipe(strictObject({
	name: described(optional(filled), "What the report calls it. Default: its position."),
	tools: described(optional(oneOrMore(filled)), "Names of tools."),
	rules: described(optional(oneOrMore(filled)), "Ids of rules or vulnerabilities, or globs of them."),
	paths: described(optional(oneOrMore(filled)), "Globs of the files that results are in."),
	cwes: described(optional(oneOrMore(pipe(string(), regex(/^CWE-[1-9]\d*$/i, "a weakness such as CWE-79")))), "Weaknesses such as `CWE-79`."),
	packages: described(optional(oneOrMore(pipe(string(), startsWith("pkg:", "a package URL such as pkg:npm/lodash")))), "Package URLs; without a version all versions are meant."),
	"up-to": described(optional(severity), "Only results of this severity or less."),
	do: described(picklist(ruleActions), "`ignore` them, only `warn` of them, or `count` them, as another severity where `as` says so. The first rule that fits holds."),
	as: described(optional(severity), "With `count`: the severity that they count as.")
}), check((r) => criteria.some((key) => r[key] !== void 0), `at least one of ${criteria.map((key) => `\`${key}\``).join(", ")}`), check((r) => r.as === void 0 || r.do === "count", "`do: count` beside `as`"));
const bySeverity = (item) => strictObject({
	critical: optional(item),
	high: optional(item),
	medium: optional(item),
	low: optional(item)
});
const day = 864e5;
const product = pipe(string(), regex(/^(?:pkg:[a-z0-9.+-]+\/\S+|sha(?:256|384|512):[0-9a-f]{64,128})$/i, "a package URL such as pkg:oci/cart, or a digest such as sha256:…"));
const commitId = pipe(string(), regex(/^[0-9a-f]{7,64}$/i, "a commit id of at least 7 hexadecimal digits"));
const fields = strictObject({
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
		literal("scanner"),
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
	rules: described(optional(array(rule$1), []), "What holds for single tools, rules, paths, weaknesses or packages."),
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
const schema = pipe(fields, check((g) => !g["commit-required"] || g.commit !== void 0, "`commit` beside `commit-required`"));
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
		...baseline === void 0 ? {} : { baseline: sinceOf(baseline) },
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
			longest: 180 * day,
			"remind-before": 14 * day
		} : waivers },
		...vex && { vex },
		...owners === void 0 ? {} : { owners }
	};
}
const sinceOf = (baseline) => baseline === "scanner" ? {} : Array.isArray(baseline) ? { files: baseline } : baseline;
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
		complaints: complaints.toSorted((a, b) => rank$2(a) - rank$2(b))
	};
}
const rank$2 = ({ state }) => state === "error" ? 0 : 1;
// build/gates/security/standing.js
/** What stands in sound scans, against what the policy allows. */
const sum = (numbers) => [...numbers].reduce((a, b) => a + b, 0);
const rankOf = (severity, limits) => severity === "unknown" ? limits["unknown-severity"] : severity;
const reaches = (severity, bar, limits) => bar !== void 0 && ranked.indexOf(rankOf(severity, limits)) <= ranked.indexOf(bar);
/** @param sound runs whose findings stand */
function stand(sound, limits) {
	const counts = countsOf(sound, "counted");
	const of = (rank) => sum(severities.filter((s) => rankOf(s, limits) === rank).map((s) => counts[s]));
	const allowed = (rank) => limits.most?.[rank] ?? (reaches(rank, limits.block, limits) ? 0 : Number.POSITIVE_INFINITY);
	const tooMany = sum(Object.values(counts)) > (limits.most?.total ?? Number.POSITIVE_INFINITY);
	const over = severities.filter((s) => counts[s] > 0 && (tooMany || of(rankOf(s, limits)) > allowed(rankOf(s, limits))));
	const looked = severities.filter((s) => !over.includes(s) && reaches(s, limits.warn, limits));
	return {
		counts,
		over,
		blocking: sum(over.map((s) => counts[s])),
		warned: sum(looked.map((s) => counts[s]))
	};
}
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
const answerForm$1 = object({ oidcToken: pipe(string(), nonEmpty()) });
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
	const parsed = safeParse(pipe(string(), parseJson$1(), answerForm$1), text);
	if (!parsed.success) throw refused(`an answer of ${status} without one`, false);
	identity.secret(parsed.output.oidcToken);
	return parsed.output.oidcToken;
}
// build/net/auth/azure-exchange.js
/** What Entra expects as the audience of an ID token. */
const audience$1 = "api://AzureADTokenExchange";
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
		return await idToken(audience$1);
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
	authority: described(optional(pipe(httpUrl, check((url) => url.startsWith("https:"), "an https URL"))), "Where to sign in, for a cloud of your own. Default: that of the cloud.")
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
	const said = oneLine(wordsOf$2(body), 300);
	const secrets = Object.entries(sent).filter(([name]) => secretHeaders.has(name.toLowerCase())).map(([, value]) => value.replace(/^(?:bearer|basic|token|api-token|api-?key)\s+/i, ""));
	return said === "" || secrets.some((secret) => body.includes(secret)) ? "" : `: ${said}`;
}
function wordsOf$2(body) {
	let json;
	try {
		json = JSON.parse(body);
	} catch {
		return body.length <= 1e3 && !/[<{]/.test(body) ? body : "";
	}
	if (typeof json !== "object" || json === null) return "";
	const { error, message, detail, title } = json;
	return [
		error,
		message,
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
function failureOf(error, url, signal, proxy) {
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
	const statements = split(tokensOf(query), ";").filter((s) => s.length > 0);
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
	const [source = [], ...stages] = split(tokens, "|");
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
	else found.push(...nested$1(source, context));
	for (const stage of stages) {
		const combines = combining.has(stage[0]?.text ?? "");
		found.push(...combines ? members(stage, context) : nested$1(stage, context));
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
	}), ...nested$1(stage, context, true)];
}
/** The pipelines in brackets. */
function nested$1(tokens, context, whole = false) {
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
	return flat(predicate).some(({ text }) => text === "or") ? [predicate] : split(predicate, "and");
}
const slice = (query, tokens) => query.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
/** Splits where the separator stands outside of all brackets. */
function split(tokens, separator) {
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
function weigh$1(parts, counts) {
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
	name: string(),
	columns: array(object({
		name: string(),
		type: string()
	})),
	rows: array(array(unknown()))
});
const denied$1 = optional(array(string()), []);
const permissions = object({
	resources: optional(array(object({
		resourceId: string(),
		denyTables: denied$1,
		dataSources: optional(array(string()), [])
	})), []),
	dataSources: optional(array(object({
		resourceId: string(),
		denyTables: denied$1
	})))
});
const success$1 = object({
	tables: array(resultTable),
	error: optional(unknown()),
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
	const parsed = safeParse(success$1, json);
	const failed = wordsOf$1(json?.error);
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
function wordsOf$1(error) {
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
	const words = wordsOf$1(error);
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
const resourceId = (type, example) => pipe(string(), trim(), transform((id) => id.replace(/\/+$/, "")), regex(new RegExp(String.raw`^/subscriptions/[\w-]+/resourceGroups/[^/?#%\s]+/providers/${type}$`, "i"), `a full resource id such as ${example} (in the portal: Properties, Resource ID)`));
const componentId = resourceId(String.raw`microsoft\.insights/components/[^/?#%]+`, "/subscriptions/…/resourceGroups/…/providers/microsoft.insights/components/…");
/** Fields of both sources' schemas. */
const logsFields = {
	api: described(optional(picklist(["resource", "arm"]), "resource"), "The way to the data: the query API itself, or `arm` through the resource manager, where one token serves for everything."),
	endpoint: described(optional(httpUrl), "Base URL of the query API, for private endpoints. Default: that of the cloud, `https://api.loganalytics.azure.com`."),
	settle: described(optional(duration, "2m"), "How long telemetry takes until all of it can be queried: windows end that much before now."),
	timeout: described(pipe(optional(duration, "25s"), check((ms) => ms >= 1e3 && ms <= 6e5, "a duration between 1s and 10m")), "How long Azure may work on one query. Keep it below `round-timeout`, so that it gives up before Signalbox does."),
	"slot-column": described(optional(pipe(string(), trim(), regex(/^(?:[A-Za-z_]\w*|(?:customDimensions|Properties)\.[\w. -]+)$/, "a column such as cloud_RoleName, or a custom dimension such as customDimensions.slot")), "customDimensions.slot"), "What holds the deployment slot, for `where: { slot: … }` and `by: slot`: a column or a custom dimension. Default: the custom dimension `slot`, which the app must write."),
	...azureFields
};
/**
* Azure lets a principal run 5 queries at once and start 200 within 30 s, whoever asks: other pipelines share it, and retries count.
*
* https://learn.microsoft.com/azure/azure-monitor/service-limits#log-analytics-workspaces
*/
const limits$1 = {
	concurrent: 3,
	starts: 150,
	perMs: 3e4
};
const shared = /* @__PURE__ */ new WeakMap();
/** One for all sources of a run: most runs have one sign-in, and for several it is only slower than need be. */
function limitOf$1(context) {
	const limit = shared.get(context) ?? createLimit(limits$1, context.clock);
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
		this.#limit = limitOf$1(context);
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
	most: optional(record(string(), number())),
	commit: optional(string()),
	image: optional(string()),
	"max-age": optional(number()),
	"database-max-age": optional(number()),
	tolerate: array(looseObject({
		tool: string(),
		until: string()
	})),
	categories: optional(record(string(), array(string()))),
	require: optional(array(union([
		string(),
		looseObject({ tool: string() }),
		looseObject({ category: string() })
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
const nothing$1 = "no finding stands against the policy";
/** `3 findings stand against the policy: 1 critical, 2 high`. Of scans that prove nothing it is not said that there are none. */
function againstWords(view) {
	const { againstAll: n } = view;
	if (n === 0) return view.judged ? nothing$1 : `not enough evidence to say that ${nothing$1}`;
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
const messageOf = ({ message }) => message.replace(/\.\s*$/, "");
/** `Trivy CVE-2021-23337 GHSA-35jh-r3h4-6jhm`: the tool, the rule and the names of the vulnerability that the rule does not say. */
const nameOf = ({ tool, rule, ids = [] }) => [
	tool,
	rule,
	...ids.filter((id) => !rule.toUpperCase().includes(id.toUpperCase())).slice(0, 3)
].join(" ");
/** `src/db.ts:41`; undefined: it is nowhere. */
const placeOf = ({ file, line }) => file === void 0 ? void 0 : `${file}${line === void 0 ? "" : `:${line}`}`;
/** How it is mended; empty: nobody says. */
const fixWords = ({ fix }) => fix === void 0 ? "" : `fix: ${fix}`;
const dayMs$1 = 864e5;
/** `since 2026-10-01 (53 days)`. */
function ageWords({ since }, { ended }) {
	if (since === void 0) return "";
	const days = Math.floor((Date.parse(ended) - Date.parse(since)) / dayMs$1);
	return `since ${since.slice(0, 10)}${days > 0 ? ` (${plural(days, "day")})` : ""}`;
}
/** Where the severity comes from, and what says otherwise. */
function whyWords({ why, conflict, exploited }) {
	return [(exploited === void 0 || exploited === why ? [why] : [exploited, why]).join("; "), conflict === void 0 ? "" : `but ${conflict}`].filter((part) => part !== "").join(", ");
}
/** So much of an identity names a finding in a waiver. */
const shortIdentity = (identity) => identity.slice(0, 12);
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
// build/report/flags.js
/** What became of flags: those that were switched off, and the steps of a rollout. Words for every form of the report. */
/** All changes that the end of the train made, or tried to. */
function changesOf({ reactions = [], rollout }) {
	return [...rollout?.end ? [rollout.end] : [], ...reactions.flatMap(({ flag }) => flag === void 0 ? [] : [flag])];
}
/** A line for each change, trouble first. */
function flagLines(record) {
	const lines = changesOf(record).map(lineOf);
	return [...lines.filter(({ trouble }) => trouble), ...lines.filter(({ trouble }) => !trouble)];
}
function lineOf(change) {
	const { flag, source, wanted, outcome, before, after, detail, next } = change;
	const was = before === null ? "" : `; it was ${stateWords$1(before)}`;
	const to = wanted === "off" ? "switched off" : `put ${wanted}`;
	const line = (mark, words, trouble = false) => ({
		mark,
		flag,
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
/** For the verdict: `new-checkout was switched off`, or that it was not. Empty: no flag was to be changed. */
function flagsSaid(record) {
	const changes = changesOf(record).filter(({ outcome }) => outcome !== "dry-run");
	const failed = changes.filter((change) => !isDone(change));
	const off = changes.filter((change) => isDone(change) && change.wanted === "off");
	const names = (of) => [...new Set(of.map(({ flag }) => flag))];
	const are = (of, one, more) => of.length === 0 ? "" : `${of.slice(0, 3).join(", ")}${of.length > 3 ? ` and ${of.length - 3} more` : ""} ${of.length === 1 ? one : more}`;
	return [are(names(failed), "is NOT off", "are NOT off"), are(names(off), "is now off", "are now off")].filter((text) => text !== "").join("; ");
}
/** The steps of a rollout, those to come too. */
function stepLines({ steps, walked, resumed }) {
	return steps.map((percent, index) => {
		const step = walked.find((w) => w.step === index + 1);
		const shown = percentWords(percent);
		if (!step) return resumed !== null && index + 1 < resumed.step ? {
			mark: "✓",
			percent: shown,
			words: "proven in the run that was resumed"
		} : {
			mark: "○",
			percent: shown,
			words: "not begun"
		};
		const { moved, decision } = step;
		if (decision === null) return {
			mark: "✗",
			percent: shown,
			words: `not reached: ${moved.detail}`
		};
		if (decision.decision === "continue") return {
			mark: "✓",
			percent: shown,
			words: decision.sentence
		};
		return {
			mark: decision.reason === "cancelled" ? "–" : "✗",
			percent: shown,
			words: decision.sentence
		};
	});
}
/** Where the flag of a rollout stands now. */
function standsWords({ flag, walked, end }) {
	const last = end ?? walked.at(-1)?.moved;
	const state = last?.after ?? last?.before;
	if (!state) return `where ${flag} stands is not known`;
	return last !== void 0 && isDone(last) || last?.outcome === "refused" ? `${flag} is ${stateWords$1(state)}` : `${flag} was ${stateWords$1(state)} when last read`;
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
// build/report/next-security.js
/** What to do next about scans, by the code of a reading. One sentence without its first capital and its last stop; backticks mark code. */
const written = "have the scanner write its results in a step before this one, and check the paths in `files`; a scan that is not there is not a clean one";
const broken = "see the scanner's own log: it wrote no complete report. Let it write the file itself, to a path of its own, and run it again";
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
	"empty-file": broken,
	unreadable: broken,
	"producer-failed": broken,
	"results-missing": broken,
	"no-runs": broken,
	"no-tool": broken,
	"malformed-result": broken,
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
// build/report/words.js
/** The wording that all forms of the report share. Pure; every text may still hold what came from outside. */
/** A mark that reads without colour, and the state as a plain word. */
const states = {
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
	const { mark, word } = states[gate.state];
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
function limitWords$1({ value, threshold, code }) {
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
	const limit = state === "unhealthy" ? limitWords$1(reading) : void 0;
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
	if (view.observedStop) return `Observed only: would have stopped (${because})`;
	if (verdict.decision === "continue") {
		const { length } = view.warnings;
		return `Continue${record.observe ? " (observed only)" : length > 0 ? `, with ${length === 1 ? "a warning" : `${length} warnings`}` : ""}: ${because}`;
	}
	const flags = flagsSaid(record);
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
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
function reasonWords(view) {
	const { verdict, blamed, evaluation } = view;
	const names = listed(blamed.map((gate) => gate.name));
	const [first, ...others] = blamed;
	switch (verdict.reason) {
		case "healthy": return view.record.rollout ? verdict.sentence : healthyWords(view);
		case "unhealthy": {
			if (!first) return verdict.sentence;
			const also = others.length === 0 ? "" : `; also ${listed(others.map((gate) => gate.name))}`;
			return `${first.name}${headline(first)}${also}`;
		}
		case "not-measured": return first ? `could not measure ${names}; ${faultWords(view)}` : verdict.sentence;
		case "insufficient-evidence": return first ? `too little evidence from ${names}; ${faultWords(view)}` : verdict.sentence;
		case "not-steady": return `the deadline came before all gates had been healthy together${evaluation.steady === void 0 ? "" : ` for ${inWords(evaluation.steady)}`}; ${faultWords(view)}`;
		default: return verdict.sentence;
	}
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
	"bad-definition": "mend the flag definition file"
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
	const { verdict, observedStop } = view;
	const rerun = rerunWords(view);
	const [first] = [...view.blamed].map((gate) => gate.name);
	const observe = first === void 0 ? "To watch a policy before it may stop anything, set `observe: true` on this step." : "Is a gate new, or its limit a guess? With `enforce: observe` it only reports until it has earned your trust.";
	if (observedStop) return ["Nothing was stopped. When these verdicts agree with yours for some releases, remove `observe` and let the gates decide."];
	switch (verdict.reason) {
		case "unhealthy": return [`The new version stays where it is: ${darkWords(view)}, and go forward with a fix. The pipeline of the fix asks all gates again.`, observe];
		case "not-measured":
		case "insufficient-evidence": return [`Nothing needs to be built again: when the evidence is there, ${rerun}.`, observe];
		case "not-steady": return [`Give it more time: raise \`deadline\`, or lower \`steady\`; then ${rerun}.`];
		case "not-moved": return ["The flag stands as the section Rollout says. Clear what was in the way, then begin the rollout anew."];
		case "cancelled": return view.record.rollout?.walked.length ? [`Nothing was decided. To go on with the rollout where it was, ${rerun}, with the record of this run as the input \`resume\`.`] : [`Nothing was decided. To decide, ${rerun}.`];
		case "policy-error": return ["Mend the lines above. `signalbox check` finds the same problems before anything is released.", observe];
		case "internal-error": return [`This is a fault of Signalbox or of its surroundings, not of the release: ${rerun}. If it comes back, report it with the record.`];
		default: return [];
	}
}
/** By what became of its flags at the end of this very step. */
function darkWords({ record }) {
	if (flagLines(record).some(({ trouble }) => trouble)) return "switch off by hand what is not off (see Flags)";
	return changesOf(record).some((change) => isDone(change) && change.wanted === "off" && change.outcome !== "dry-run") ? "its flag is off now, so leave it dark" : "keep it dark (its feature flags off), or switch them off now";
}
/** `error rate: find what …` as one text. */
const stepWords = ({ text, gates }) => gates.length === 0 ? text : `${listed(gates)}: ${text}.`;
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
	const effective = isObject(record.policy.effective) ? record.policy.effective : {};
	const rules = Array.isArray(effective.gates) ? effective.gates.filter(isObject) : [];
	const times = isObject(effective.evaluation) ? Object.entries(effective.evaluation) : [];
	return {
		gates: new Map(rules.map((rule) => [String(rule.name), rule])),
		evaluation: Object.fromEntries(times.filter(([, ms]) => typeof ms === "number"))
	};
}
const isObject = (x) => typeof x === "object" && x !== null;
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
	return safeLink(`${base}?path=/${path}&version=GC${sha}${line ? `&line=${line}&lineEnd=${line + 1}&lineStartColumn=1&lineEndColumn=1` : ""}`);
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
const text = (value) => ({
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
		children: [text(label)]
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
	return url === void 0 ? [] : [text(label), ...linkedCode(new URL(url).hostname, url, 80)];
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
	return [heading(3, [text("Findings")]), ...shown.flatMap((gate) => ofGate$1(gate, record, options))];
}
function ofGate$1({ name, findings: view }, record, options) {
	const { open } = options.cut;
	const besides = besidesWords(view);
	const head = text(againstWords(view));
	const first = view.worst.against.slice(0, open);
	return [
		paragraph([
			strong(prose$1(name, 120)),
			text(": "),
			view.againstAll > 0 ? strong([head]) : head,
			text(besides === "" ? "." : `; ${besides}.`)
		]),
		...view.againstAll > 0 && open > 0 ? countsTable(view) : [],
		...first.length === 0 ? [] : [looseList(first.map((found) => item(found, record, options)))],
		paragraph([text(`${totalsWords(view)}.`)]),
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
		const shown = text(n === 0 ? "–" : amount(n));
		const severity = columns[i];
		return [n > 0 && severity !== void 0 && over.includes(severity) ? strong([shown]) : shown];
	})];
	const others = tools.slice(mostTools);
	const head = [[text("Tool")], ...columns.map((severity) => [text(over.includes(severity) ? `✗\u00a0${severity}` : severity)])];
	return [table$1([
		head,
		...tools.slice(0, mostTools).map(([tool, counts]) => row(prose$1(tool, 60), columns.map((severity) => counts[severity]))),
		...others.length > 0 ? [row([text(`${others.length} others`)], sums(others))] : [],
		...tools.length > 1 ? [row([text("all")], sums(tools))] : []
	])];
}
/** What does not stand in the way, or is too much to be read at once. */
function folds(view, record, options) {
	const { flavour, cut } = options;
	const { worst, allowed, unproven, unknownAs, listed, listable } = view;
	const fold = (title, body) => flavour === "github" ? details(title, body) : [paragraph([strong([text(title)])]), ...body];
	const entries = (found, all, most) => {
		const shown = fewOf(found, flavour === "github" ? most : Math.min(most, 5));
		const missing = all - shown.length;
		return [...shown.length === 0 ? [] : [looseList(shown.map((one) => item(one, record, options)))], ...shown.length === 0 || missing <= 0 ? [] : [paragraph([text(`and ${amount(missing)} more`)])]];
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
	].map((title) => [text(title)]);
	const rows = excused.slice(0, mostReasons).map(({ fate, reason, count }) => [
		[text(fateWord(fate))],
		prose$1(reasonWords$1(reason), 100),
		[text(amount(count))]
	]);
	const rest = excused.slice(mostReasons).reduce((sum, { count }) => sum + count, 0);
	return [table$1([
		head,
		...rows,
		...rest > 0 ? [[
			[text("others")],
			[text("–")],
			[text(amount(rest))]
		]] : []
	])];
}
const joined$1 = (parts, between) => parts.filter((part) => part.length > 0).flatMap((part, i) => i === 0 ? part : [between, ...part]);
const dotted$1 = (...parts) => joined$1(parts, text(" · "));
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
		strong([text(counts ? gravity(found) : `${fateWord(found.fate)}, ${gravity(found)}`)]),
		text(" "),
		...prose$1(found.message, 240)
	];
	const mending = dotted$1(linkedCode(where ?? (place === void 0 ? "" : "see it there"), place), some$1(fixWords(found)), some$1(nameOf(found), 160), found.package === void 0 ? [] : code(found.package, 120), some$1(excuse === "" ? "" : counts ? `counts all the same: ${excuse}` : excuse, 300), found.owner === void 0 ? [] : [text("owner "), ...prose$1(found.owner, 100)], some$1(ageWords(found, record)), linkedHost("help: ", fitting(found.help)), linkedHost("shown by ", fitting(elsewhere)));
	const why = dotted$1([text("severity: "), ...prose$1(whyWords(found), 240)], [text("identity "), ...code(shortIdentity(found.identity))]);
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
		heading(3, [text("To put in order")]),
		...shown.length === 0 ? [] : [list(shown.map((message) => prose$1(message, 300)))],
		...missing === 0 ? [] : [paragraph([text(more)])]
	];
}
// build/report/flags-markdown.js
/** @param cut `reason`: characters of each text; `entries`: of a list, where nothing in them asks for somebody to act */
function flagsBlocks(record, cut) {
	return [...rolloutBlocks(record, cut.reason), ...changeBlocks(record, cut)];
}
function rolloutBlocks({ rollout }, reason) {
	if (rollout === void 0) return [];
	const rows = stepLines(rollout).map(({ mark, percent, words }) => [[text(`${mark}\u00a0${percent.replace(" ", "\xA0")}`)], prose$1(words, Math.min(reason, 300))]);
	const head = ["Step", "What came of it"].map((title) => [text(title)]);
	return [
		heading(3, [text("Rollout")]),
		paragraph([...prose$1(`${standsWords(rollout)}.`, Math.max(reason, 120))]),
		...reason < 60 ? [] : [table$1([head, ...rows])]
	];
}
/** What needs somebody to act is never left out. */
function changeBlocks(record, { reason, entries }) {
	const lines = flagLines(record);
	const shown = lines.filter(({ trouble }, index) => trouble || index < Math.max(entries, 1));
	if (shown.length === 0) return [];
	const items = shown.map(({ mark, flag, words, trouble }) => [
		text(`${mark} `),
		...code(flag, 100),
		text(" "),
		...trouble ? [strong(prose$1(words, Math.max(reason, 200)))] : prose$1(words, reason)
	]);
	const more = lines.length - shown.length;
	return [
		heading(3, [text("Flags")]),
		list(items),
		...more > 0 ? [paragraph([text(`and ${more} more that are as wanted`)])] : []
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
				name: `canary ${bad}`,
				values: course.canary
			}, {
				role: "baseline",
				name: `baseline ${bad}`,
				values: course.baseline
			}] : [line("canary", `canary ${bad}`, ({ canary }) => share(canary)), line("baseline", `baseline ${bad}`, ({ baseline }) => share(baseline))],
			limits: []
		},
		{
			kind: "ratio",
			gate,
			title: `${gate}: how many times as often as the baseline`,
			suffix: " times",
			at,
			lines: [
				line("ratio", "estimate", ({ ratio }) => ratio),
				line("lower", "at least", ({ lower }) => lower),
				line("upper", "at most", ({ upper }) => upper)
			],
			limits: [{
				name: "as often as the baseline",
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
function path(values, x, y) {
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
${chart.lines.map(({ role, values }) => h`<path class="line ${role}" d="${path(values, x, y)}"/>`)}
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
	return h`<svg class="spark" viewBox="0 0 98 24" aria-hidden="true"><path d="${path(values, x, y)}"/><circle cx="${round(x(at))}" cy="${round(y(values[at] ?? low))}" r="2.2"/></svg>`;
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
	if (!exists) return [...code(key, 150), text(" is not there")];
	const separate = (nodes) => nodes.length === 0 ? [] : [text("; "), ...nodes];
	return [
		...code(key, 150),
		text(archived ? " is archived" : configured ? ` is ${stateWords$1(state)}${boundsWords(state)}` : " is not set up here"),
		...configured && !archived ? separate([text(offWords[state.whenOff])]) : [],
		...separate(moved(state)),
		...separate(state.unclear.slice(0, 1).flatMap((why) => prose$1(why, 200))),
		...kill.possible === false ? separate([text("cannot be switched off with this credential")]) : [],
		...separate(changed === null ? [text("its last change is not known")] : changeWords(changed, now)),
		...owner === null ? [] : separate([text("of "), ...prose$1(owner, 80)]),
		...version === null ? [] : separate([text("version "), ...code(version, 60)]),
		...separate(link("open it there", page))
	];
}
/** Bounds where the words do not say them, and what they rest on. */
function boundsWords({ reach, exposure: { lo, hi }, method, sample }) {
	return `${reach === "targeted-only" ? ` (${lo === hi ? "" : `${percentWords(lo)} to `}${percentWords(hi)} of all users)` : ""}${method === "sampled" ? `, estimated from ${plural(sample ?? 0, "evaluation")}` : ""}`;
}
function moved({ targeting: { managedBy, timeDependent } }) {
	if (managedBy !== null) return [text("moved by "), ...prose$1(managedBy, 100)];
	return timeDependent ? [text("changes with time by itself")] : [];
}
const scopes = {
	environment: "changed",
	flag: "changed, in some environment,",
	file: "its file changed"
};
const changeWords = ({ at, by, scope }, now) => [text(`${scopes[scope]} ${clockTime(at, now)}`), ...by === null ? [] : [text(" by "), ...prose$1(by, 80)]];
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
			text(" asked of "),
			...code(answer.source),
			text(": no answer ("),
			...code(word),
			text("): "),
			...prose$1(message, 600)
		])];
	}
	const { measurement: m } = answer;
	const facts = [
		...code(answer.role),
		text(" asked of "),
		...code(m.source),
		text(` at ${exact(m.at, record)}`),
		...m.kind === "samples" ? [text(`, window ${exact(m.window.from, record)} to ${exact(m.window.to, record)}, newest sample ${m.newest === null ? "of unknown age" : exact(m.newest, record)}`)] : [],
		text(m.partial ? ", an incomplete answer" : ""),
		...separated(link("open it there", m.link))
	];
	const lines = [...findings$1(m, record), ...m.notes.slice(0, longestList).map((note) => [text("note: "), ...prose$1(note, 400)])];
	return [
		paragraph(facts),
		codeBlock(m.query, longestQuery),
		paragraph([text("→ "), ...answerWords(m)]),
		...lines.length === 0 ? [] : [list(lines)]
	];
}
const separated = (nodes) => nodes.length === 0 ? [] : [text("; "), ...nodes];
const exact = (instant, record) => {
	return clockTime(instant, record.ended).replace(/(\d\d:\d\d) UTC$/, `$1${instant.slice(16, 19)} UTC`);
};
function answerWords(m) {
	switch (m.kind) {
		case "samples": return m.series.length === 0 ? [text("no series")] : m.series.slice(0, longestList).flatMap(({ labels, value, points }, i) => {
			const names = Object.entries(labels).map(([key, label]) => `${key}=${label}`);
			return [
				text(i === 0 ? "" : ", "),
				...names.length === 0 ? [] : [...code(names.join(" "), 200), text(" ")],
				...code(String(value)),
				text(points > 1 ? ` from ${plural(points, "sample")}` : ""),
				text(i === 19 && m.series.length > longestList ? `, and ${m.series.length - longestList} more` : "")
			];
		});
		case "alerts": return [
			text(`${plural(m.rules, "enabled rule")}, ${m.counts.firing} firing`),
			text(m.counts.unknown > 0 ? `, ${m.counts.unknown} without data` : ""),
			text(m.counts.muted > 0 ? `, ${m.counts.muted} muted` : "")
		];
		case "flag-states": return [text(statesWords(m))];
		case "flag": return [
			...code(m.flag),
			text(m.exists ? " serves " : " is not known there; served "),
			...code(JSON.stringify(m.value) ?? "nothing"),
			...m.variant === null ? [] : [text(", variant "), ...code(m.variant, 100)],
			text(`, ${m.scope === "everyone" ? "for everyone" : "for the probed context only"}${m.enabled === false ? ", disabled" : ""}`)
		];
		case "scans": return [text(m.runs.length === 0 ? "no scan" : plural(m.runs.length, "scan"))];
	}
}
/** The alerts, the flags or the scans, each on its own line. */
function findings$1(m, record) {
	if (m.kind === "alerts") return m.alerts.slice(0, longestList).map(({ name, state, severity, subject, since, link: page }) => [
		text(`${state === "unknown" ? "without data" : state}: `),
		...code(name, 150),
		...severity === null ? [] : [text(" "), ...code(severity, 60)],
		...subject === "" ? [] : [text(" on "), ...prose$1(subject, 200)],
		text(since === null ? "" : `, since ${clockTime(since, m.at)}`),
		...separated(link("open it there", page))
	]);
	if (m.kind === "flag-states") return atMost(stateLines(m));
	return m.kind === "scans" ? scansLines(m, record) : [];
}
/** Runs, files that took part, and what is no evidence: all that an auditor needs to look again. */
function scansLines(m, record) {
	const file = (name, sha256) => [...code(name, 150), ...sha256 === null ? [] : [text(" "), ...code(sha256.slice(0, 12))]];
	return [
		m.runs.map((run) => [
			...prose$1([run.tool, run.toolVersion].filter((x) => x !== void 0).join(" "), 100),
			text(" in "),
			...file(run.file, run.sha256),
			text(run.revision === null ? ", commit not said" : ", commit "),
			...run.revision === null ? [] : code(run.revision.slice(0, 10)),
			...run.image?.[0] === void 0 ? [] : [text(", image "), ...code(run.image[0], 120)],
			text(run.ended === null ? ", time not said" : `, ended ${exact(run.ended, record)}`),
			text(run.database === void 0 ? "" : `, vulnerability data of ${run.database.slice(0, 10)}`),
			text(run.execution === "succeeded" ? "" : `, execution ${run.execution}`),
			text(run.rules === null ? "" : `, ${plural(run.rules, "rule")}`),
			text(`: ${runWords(run)}`)
		]),
		m.references.map(({ kind, file: name, sha256 }) => [text(`${kind}: `), ...file(name, sha256)]),
		m.problems.map((p) => [
			text("problem "),
			...code(p.code, 60),
			text(": "),
			...prose$1(p.message, 400)
		])
	].flatMap((lines) => atMost(lines));
}
/** The first of very many. */
function atMost(lines) {
	const more = lines.length - longestList;
	return more > 0 ? [...lines.slice(0, longestList), [text(`and ${more} more`)]] : lines;
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
	const { mark, word } = stateWords(gate);
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
		return h`<dt><bdi>${gate.name}</bdi> <span class="state">${stateWords(gate).word}</span></dt>
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
function toneOf({ verdict, observedStop, warnings }) {
	if (verdict.reason === "cancelled") return "none";
	if (observedStop) return "warn";
	if (verdict.decision === "continue") return warnings.length > 0 ? "warn" : "go";
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
function subject$1({ record, observedStop }) {
	const { service, release, host, rounds } = record;
	const ms = Date.parse(record.ended) - Date.parse(record.began);
	const run = safeLink(host.run ?? void 0);
	const observed = observedStop ? "Nothing was stopped: the policy only observes." : record.decision.decision === "continue" && record.observe ? "The policy only observes." : null;
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
	const { mark, word } = stateWords(gate);
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
const hash = (text) => `'sha256-${Buffer.from(sha256(text), "hex").toString("base64")}'`;
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
			"flags",
			"Flags",
			plainSection("flags", fromTree(flagsBlocks(record, {
				reason: 1e3,
				entries: 1e3
			})))
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
	return drawn.length === 0 ? [] : [heading(3, [text("How it went")]), ...drawn];
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
			return [...prose$1(`${colourOf[role]} ${role === "value" ? "the value," : name}`, 80), text(end)];
		}),
		...limits.map((limit) => [text(`${limitColour} `), ...limitWords(limit)]),
		...missing > 0 ? [[text(`${plural(missing, "time")} without a value left out`)]] : []
	];
	return [strong(prose$1(title, 160)), ...parts.flatMap((part, i) => [text(i === 0 ? ": " : "; "), ...part])];
}
/** As code: `<` and `>` are markup to some. */
const limitWords = ({ name }) => {
	const [, words = name, threshold = ""] = /^(.*?)\s*([<>=].*)?$/.exec(name) ?? [];
	return [...prose$1(words, 60), ...threshold === "" ? [] : [text(" "), ...code(threshold, 40)]];
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
function compose(view, options, cut) {
	return [
		heading(2, prose$1(verdictSentence(view), Math.min(cut.reason, 240))),
		subject(view),
		...reasons(view, cut),
		...problems(view, cut),
		...flagsBlocks(view.record, {
			reason: cut.reason,
			entries: cut.entries
		}),
		...next(view, cut),
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
const dot = text(" · ");
/** Parts that exist, with a dot between. */
const dotted = (parts) => parts.flatMap((part) => part && part.length > 0 ? [part] : []).flatMap((part, i) => i === 0 ? part : [dot, ...part]);
const some = (value, before = "") => value === null ? null : [...before === "" ? [] : [text(before)], ...prose$1(value, 100)];
/** Which release, in one line under the verdict. */
function subject({ record, observedStop }) {
	const { service, release, decision } = record;
	const what = [...prose$1([service, release.version].filter((x) => x !== null).join(" "), 150)];
	return paragraph([...observedStop ? [strong([text("Nothing was stopped: the policy only observes.")]), text(" ")] : decision.decision === "continue" && record.observe ? [strong([text("The policy only observes.")]), text(" ")] : [], ...dotted([
		what,
		some(release.environment, "to "),
		release.sha === null ? null : [text("commit "), ...code(release.sha.slice(0, 10))],
		[text(`${clockTime(record.ended, "")}`)]
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
			...since === "" ? [] : [text(`; ${since}`)],
			...cut.reason < 100 || gate.link === void 0 ? [] : [text("; "), ...link("see the evidence", gate.link)]
		];
	};
	const blocks = [];
	if (blamed.length > 0) {
		const title = view.observedStop ? "What would have stopped it" : "Why it stopped";
		blocks.push(heading(3, [text(title)]), list(blamed.map(item)));
	} else if (verdict.reason === "not-steady") blocks.push(paragraph([text("It was "), ...prose$1(`${verdict.sentence}.`, cut.reason)]));
	const besides = alsoSick.slice(0, cut.entries);
	if (besides.length > 0) blocks.push(paragraph([text(`${besidesTitle(view)}:`)]), list(besides.map(item)));
	const weak = verdict.decision === "continue" ? view.warnings.slice(0, cut.entries) : [];
	if (weak.length > 0) blocks.push(heading(3, [text("Warnings")]), list(weak.map(item)));
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
		return [...place === "" ? [] : [...code(place, cut.reason), text(" ")], ...prose$1(message, cut.reason)];
	});
	return [heading(3, [text("What to mend")]), list(items)];
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
		const { mark, word } = stateWords(gate);
		const course = gate.reading?.shown === void 0 ? "" : sparkline(gate.values);
		const behind = [evidenceWords(gate), course].filter((part) => part !== "").join(" ");
		return [
			[text(`${mark}\u00a0${word.replace("NOT ", "NOT\xA0")}`)],
			prose$1(gate.name, 120),
			gate.reading === null ? [text("–")] : prose$1(measuredWords(gate.reading), 140),
			behind === "" ? [text("–")] : [text(behind)]
		];
	});
	if (rows.length === 0) return [];
	const head = [
		"State",
		"Gate",
		"Measured",
		"Evidence"
	].map((title) => [text(title)]);
	return [heading(3, [text(plural(view.gates.length, "gate"))]), table$1([head, ...rows])];
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
		text(": "),
		...prose$1(reading?.reason ?? "", cut.reason)
	]);
	return items.length === 0 ? [] : [heading(3, [text(provenTitle)]), list(items)];
}
function notMeasured(view, cut) {
	const { unmeasured, gates, record } = view;
	if (gates.length === 0) return [];
	const title = heading(3, [text("What was not measured")]);
	if (record.rounds.length === 0) return [title, paragraph([text("No round was made: nothing was measured at all.")])];
	const partly = gates.filter((gate) => gate.gaps.length > 0);
	if (unmeasured.length + partly.length === 0) {
		const all = gates.length === 1 ? "the gate was" : `all ${gates.length} gates were`;
		return [title, paragraph([text(`Nothing: ${all} measured.`)])];
	}
	const shown = [...unmeasured, ...partly].slice(0, cut.entries);
	const items = shown.map((gate) => {
		if (gate.gaps.length > 0) return [
			strong(prose$1(gate.name, 120)),
			text(", in part: "),
			...prose$1(listed(gate.gaps, 10), cut.reason)
		];
		const earlier = gate.measured;
		return [
			strong(prose$1(gate.name, 120)),
			text(`, ${stateWords(gate).word}`),
			...gate.reading === null || gate.blamed ? [] : [text(": "), ...prose$1(gate.reading.reason, cut.reason)],
			text(earlier ? `; ${earlier.reading.state} when last measured, in round ${earlier.round}` : record.rounds.length > 1 ? `; in none of ${record.rounds.length} rounds` : "")
		];
	});
	const all = unmeasured.length + partly.length;
	if (items.length === 0) return [title, paragraph([text(plural(all, "gate"))])];
	const more = all - shown.length;
	return [
		title,
		list(items),
		...more > 0 ? [paragraph([text(`and ${plural(more, "more gate")}`)])] : []
	];
}
function next(view, cut) {
	const steps = nextSteps(view).slice(0, Math.max(2, cut.entries));
	if (steps.length === 0) return [];
	const items = steps.map(({ text: words, gates }) => gates.length === 0 ? prose$1(words, 600) : [
		strong(prose$1(listed(gates), 150)),
		text(": "),
		...prose$1(`${words}.`, 600)
	]);
	return [heading(3, [text("What to do next")]), list(items)];
}
function evidenceBlocks(view, { flavour }, cut) {
	if (cut.evidence === "none") return [];
	const body = evidence(cut.evidence === "all" ? view.gates : view.gates.filter(troubled), view.record);
	if (body.length === 0) return [];
	const title = "Evidence: queries, windows and the last answers";
	return flavour === "github" ? details(title, body) : [heading(3, [text(title)]), ...body];
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
	return [paragraph([strong([text("Left out")]), text(` to stay within ${limit}: ${listed(parts)}. The full report has all of it.`)])];
}
/** What an auditor asks for first. */
function footer({ record }, { recordFile, reportFile }) {
	const { policy, rounds, tool, host, release, ended } = record;
	const ms = Date.parse(ended) - Date.parse(record.began);
	const duration = inWords(ms < 12e4 ? ms : Math.round(ms / 6e4) * 6e4);
	return paragraph(dotted([
		[
			text("policy "),
			...policy.file === null ? [text("inline")] : code(policy.file, 150),
			text(" "),
			...code(policy.sha256.slice(0, 12))
		],
		[text(`${plural(rounds.length, "round")} in ${duration}`)],
		release.deployedAt === null ? null : [text(`deployed ${clockTime(release.deployedAt, ended)}`)],
		some(host.actor, "started by "),
		link("this run", host.run ?? void 0),
		...annotatedWords(record).map((words) => [text(words)]),
		reportFile === void 0 ? null : [text("full report "), ...code(reportFile, 150)],
		recordFile === void 0 ? null : [text("record "), ...code(recordFile, 150)],
		[text(`${tool.name} ${tool.version}`)]
	]));
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
export { signsInSomehow as $, unitNames as $n, signsInOneWay as $t, emptyBins as A, iso as An, standsWords as At, tally as B, judgesDurations as Bn, gravity as Bt, askRules as C, triageOf as Cn, describe as Cr, provenTitle as Ct, success as D, isDone as Dn, verdictSentence as Dt, refuseError as E, scansFields as En, states as Et, refuseBins as F, historyQuestions as Fn, ageWords as Ft, toSeries$1 as G, assumedUnit as Gn, shortIdentity as Gt, parseMatchers as H, signalText as Hn, nameOf as Ht, refuseMany as I, instancesOf as In, besidesWords as It, credentialHeaders as J, formatThreshold as Jn, gatesWithFindings as Jt, address as K, comparable as Kn, totalsWords as Kt, seriesOver as L, timesOf as Ln, excuseWords as Lt, mostInBins as M, armQuestions as Mn, plain as Mt, overTime as N, armsFound as Nn, safeLink as Nt, toCounters as O, percentWords as On, sparkline as Ot, refuseAskew as P, binsOf as Pn, againstWords as Pt, oneWayToSignInSomehow as Q, satisfies$1 as Qn, oneWayToSignIn as Qt, firingFirst as R, fields$1 as Rn, fateWord as Rt, settleField as S, schema as Sn, reportedNumber as Sr, measuredWords as St, refusal as T, fates as Tn, nearest as Tr, stateWords as Tt, satisfies as U, signals as Un, placeOf as Ut, matcherText as V, signalNames as Vn, messageOf as Vt, instantOf as W, slices as Wn, reasonWords$1 as Wt, headersWithout as X, inUnitOf as Xn, authFields as Xt, credentialOf as Y, formatValue as Yn, remarksOf as Yt, lowerCase as Z, parseThreshold as Zn, authorization as Zt, Connection as _, sendToAzure as _n, isProof as _r, complaint as _t, binAdvice as a, slotOf as an, commonBounds as ar, signsInToAwsOneWay as at, oneConnection as b, sum as bn, amount as br, inWords as bt, lookBackAdvice as c, failureOf as cn, sameBound as cr, summary$1 as ct, spanOf as d, secretHeaders as dn, globForm as dr, page_exports as dt, componentId as en, finiteValues as er, compile as et, Client as f, serverWords as fn, literally as fr, isPath as ft, azureSignals as g, azureTokens as gn, insufficient as gr, besidesTitle as gt, lintKql as h, azureFields as hn, healthy as hr, stepWords as ht, weigh as i, names as in, checkedArms as ir, sendToAws as it, isInBins as j, systemClock as jn, stepLines as jt, toSeries as k, stateWords$1 as kn, flagLines as kt, refuseOtherBins as l, isLoopback as ln, summed as lr, summary_exports as lt, Logs as m, pLimit as mn, error as mr, nextSteps as mt, readLiveness as n, logsFields as nn, reduce as nr, awsFields as nt, expandInterval as o, parseJson as on, exceeding as or, awsErrorOf as ot, clientFields as p, createLimit as pn, oneLine as pr, viewOf as pt, credentialFields as q, formatAgainst as qn, whyWords as qt, selectorsOf as r, resourceId as rn, reducers as rr, oneWayToAws as rt, expandRange as s, refuseDenied as sn, quantilesOf as sr, awsWords as st, livenessQuery as t, credential$1 as tn, labelText as tr, awsEndpoint as tt, silenceSeconds as u, retryAfterMs as un, totalOf$1 as ur, html as ut, connectionFields as v, azureClouds as vn, proveMeasured as vr, counterfactual as vt, subjectOf as w, countsOf as wn, didYouMean as wr, sinceWords as wt, baseUrl as x, weigh$2 as xn, plural as xr, listed as xt, connects as y, stand as yn, unhealthy as yr, evidenceWords as yt, newestFirst as z, fitsTogether as zn, fixWords as zt };
