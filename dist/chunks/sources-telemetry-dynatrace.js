import { $ as optional, A as check, O as array, Q as object, St as queryOf, T as secret, Y as nullable, Z as number, b as formatDuration, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, it as pipe, ot as record, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled, yt as adviceOn } from "./base.js";
import { Cn as parseJson, Zn as iso, cr as reportedNumber, hr as serverWords, vr as oneLine, wn as refuseDenied } from "./shared.js";
import { B as tally, L as seriesOver, P as refuseAskew, R as firingFirst, S as settleField, j as isInBins } from "./late.js";
// build/sources/telemetry/dynatrace/client.js
/** Reading from Dynatrace's environment API v2. */
function openClient(config, context) {
	const { origin } = new URL(config.url);
	const headers = {
		accept: "application/json",
		authorization: `Api-Token ${config.token}`
	};
	return {
		url: config.url,
		async get(path, query, scope, signal) {
			const search = new URLSearchParams(query).toString().replaceAll("+", "%20");
			const response = await context.http.send({
				url: `${config.url}/api/v2/${path}?${search}`,
				headers,
				signal
			});
			if (response.status < 400) return parseJson(response, origin);
			const said = serverWords(response.text, headers);
			if (response.status === 404 && said !== "") throw new NotMeasured("not-found", `Dynatrace does not find it (404)${said}`, { permanent: true });
			refuseDenied(response, origin, `a token with the scope ${scope}`, headers);
			const permanent = response.status === 400 || response.status === 422;
			const message = `Dynatrace refuses the request (${response.status})${said}`;
			throw new NotMeasured(permanent ? "bad-query" : "query-failed", message, { permanent });
		},
		foreign: () => new NotMeasured("bad-answer", `${origin} answered with something that is not Dynatrace's API: is \`url\` right?`)
	};
}
// build/sources/telemetry/dynatrace/selector.js
/**
* As much of the metric selector's grammar as is needed to ask for the raw data behind it
* (https://docs.dynatrace.com/docs/dynatrace-api/environment-api/metric-v2/metric-selector).
*/
const bad = (message) => new NotMeasured("bad-query", message, { permanent: true });
/** What says which data are meant; all else is done to them afterwards. */
const narrowing = /* @__PURE__ */ new Set([
	"filter",
	"parents",
	"merge",
	"partition"
]);
const refused = {
	timeshift: "the gate sets the window",
	rollup: "it reaches back over the start of the window",
	limit: "series that are cut off could be those that matter",
	last: "it repeats an old value",
	lastreal: "it repeats an old value"
};
/** Parts of a selector: a name with `:` between, or one character. Texts are in double quotes, with `~` before a quote in them. */
const lexer = /(?<space>\s+)|(?<text>"(?:~.|[^"~])*")|(?<name>[A-Za-z_][\w.-]*)|(?<number>\d+(?:\.\d+)?)|(?<other>[\s\S])/gy;
/**
* @returns the metrics of the selector, at least one
* @throws {NotMeasured} `bad-query`
*/
function operandsOf(selector) {
	const tokens = [...selector.matchAll(lexer)].map(({ 0: text, index, groups }) => ({
		text,
		start: index,
		end: index + text.length,
		name: groups?.name !== void 0,
		space: groups?.space !== void 0,
		odd: groups?.other !== void 0 && !/[:(),+\-*/]/.test(text)
	}));
	const odd = tokens.find((t) => t.odd);
	if (odd) throw bad(`cannot read the metric selector at \`${selector.slice(odd.start, odd.start + 30)}\``);
	const operands = [];
	let open = 0;
	for (let i = 0; i < tokens.length;) {
		const token = tokens[i];
		if (token?.name) {
			const { operand, next } = readOperand(selector, tokens, i);
			operands.push(operand);
			i = next;
			continue;
		}
		if (token?.text === "(") open += 1;
		if (token?.text === ")") open -= 1;
		if (token?.text === ",") throw bad("the selector names several metrics, expected one, or an expression of them");
		if (token?.text === ":") throw bad("the selector changes an expression as a whole, expected that of each metric in it");
		if (token?.text.startsWith("\"") || open < 0) throw bad(`cannot read the metric selector at \`${selector.slice(token?.start, (token?.start ?? 0) + 30)}\``);
		i += 1;
	}
	if (open !== 0) throw bad("the selector leaves a parenthesis open");
	if (operands.length === 0) throw bad("the selector names no metric");
	return operands;
}
/** A key and its transformations: `builtin:service.errors.total.count:filter(eq("a","b")):splitBy():sum`. */
function readOperand(selector, tokens, first) {
	let raw = "";
	let maySilence = false;
	let i = first;
	let key = true;
	for (;;) {
		const name = tokens[i];
		if (!name?.name) throw bad(`cannot read the metric selector at \`${selector.slice(name?.start ?? selector.length).slice(0, 30)}\`, expected a name`);
		const end = tokens[i + 1]?.text === "(" ? closing(tokens, i + 1) : i;
		const word = name.text.toLowerCase();
		const text = selector.slice(name.start, tokens[end]?.end);
		key = key && !(end > i) && (raw === "" || !transformations.has(word));
		const why = key ? void 0 : refused[word];
		if (why !== void 0) throw bad(`the selector holds \`:${name.text}\`, expected none: ${why}`);
		if (word === "default" && !key) maySilence = true;
		if (key || narrowing.has(word)) raw += raw === "" ? text : `:${text}`;
		i = end + 1;
		if (tokens[i]?.text !== ":") break;
		i += 1;
	}
	if (raw === "") throw bad("the selector names no metric");
	return {
		operand: {
			raw,
			maySilence
		},
		next: i
	};
}
/** Names that follow a key, also without parentheses. */
const transformations = new Set(["auto avg count max min sum median value percentile fold names parents sort default delta rate last lastreal limit", "smooth timeshift rollup splitby filter merge partition setunit tounit"].flatMap((names) => names.split(" ")));
function closing(tokens, from) {
	let depth = 0;
	for (let i = from; i < tokens.length; i++) {
		if (tokens[i]?.text === "(") depth += 1;
		if (tokens[i]?.text === ")") depth -= 1;
		if (depth === 0) return i;
	}
	throw bad("the selector leaves a parenthesis open");
}
/** The selector for the points of one metric, as one series. */
const livenessOf = ({ raw }) => `${raw}:splitBy()`;
// build/sources/telemetry/dynatrace/metrics.js
/**
* Data points of metrics (https://docs.dynatrace.com/docs/dynatrace-api/environment-api/metric-v2/get-data-points).
*
* The value comes from Dynatrace in one piece (`resolution=Inf`), so that percentiles and ratios are those of the whole window. How
* new it is cannot be told from that, so the metrics behind it are asked for by the minute beside it.
*/
const minuteMs = 6e4;
const maxSeries = 100;
const warnings = optional(nullable(array(string())));
const seriesForm = object({
	dimensionMap: optional(nullable(record(string(), nullable(string())))),
	dimensions: optional(nullable(array(nullable(string())))),
	timestamps: array(number()),
	values: array(unknown())
});
const answerForm = object({
	resolution: optional(nullable(string())),
	nextPageKey: optional(nullable(string())),
	warnings,
	result: array(object({
		metricId: string(),
		dataPointCountRatio: optional(nullable(number())),
		dimensionCountRatio: optional(nullable(number())),
		warnings,
		data: array(seriesForm)
	}))
});
/** Asks for one metric, or an expression of metrics, over the whole minutes in the window. */
async function askMetric({ client, entity, now }, selector, { window, range }, signal) {
	const operands = operandsOf(selector);
	const everyMs = range?.everyMs;
	if (everyMs !== void 0 && (everyMs < minuteMs || everyMs % minuteMs !== 0)) {
		const message = `Dynatrace has no points every ${formatDuration(everyMs)}, expected \`range.every\` in whole minutes`;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	const from = Math.ceil(window.from / minuteMs) * minuteMs;
	const to = Math.floor(window.to / minuteMs) * minuteMs;
	const common = {
		kind: "samples",
		subject: `${oneLine(selector, 160)}${entity === void 0 ? "" : ` of ${oneLine(entity, 80)}`}`,
		query: selector,
		link: `${client.url}/ui/data-explorer`,
		at: iso(now())
	};
	if (from >= to) {
		const asked = {
			from: iso(window.from),
			to: iso(window.to)
		};
		const notes = ["the window holds no whole minute yet"];
		return {
			...common,
			seen: 0,
			notes,
			partial: false,
			window: asked,
			newest: null,
			series: []
		};
	}
	const ask = async (metricSelector, resolution) => {
		const query = {
			metricSelector,
			resolution,
			from: String(from),
			to: String(to),
			...entity === void 0 ? {} : { entitySelector: entity }
		};
		const parsed = safeParse(answerForm, await client.get("metrics/query", query, "metrics.read", signal));
		if (!parsed.success) throw client.foreign();
		return parsed.output;
	};
	const resolution = everyMs === void 0 ? "Inf" : `${everyMs / minuteMs}m`;
	const [main, ...behind] = await Promise.all([ask(selector, resolution), ...operands.map((operand) => ask(livenessOf(operand), "1m"))]);
	const series = seriesOf(main, {
		window: {
			from,
			to
		},
		...range && { range }
	});
	if (isInBins(range?.reduce) && main.resolution && main.resolution !== resolution) throw new NotMeasured("bad-answer", `Dynatrace answered every ${oneLine(main.resolution, 20)}, asked for ${resolution}`);
	if (series.length > (isInBins(range?.reduce) ? 1e3 : maxSeries)) throw new NotMeasured("too-many-series", `the selector gives more than ${maxSeries} series: aggregate with \`:splitBy()\``, { permanent: true });
	const proven = newestOf(operands, behind, from, to);
	const limits = [main, ...behind].flatMap(limitsOf);
	return {
		...common,
		seen: proven.newest === void 0 ? 0 : series.length,
		notes: [...limits, ...proven.silent.map(({ raw }) => `${oneLine(raw, 120)} has no data`)],
		partial: limits.length > 0,
		window: {
			from: iso(from),
			to: iso(to)
		},
		newest: proven.newest === void 0 ? null : iso(proven.newest),
		series
	};
}
/** What Dynatrace says was left out. */
function limitsOf(answer) {
	const said = [answer.warnings, ...answer.result.map((r) => r.warnings)].flatMap((w) => w ?? []);
	const over = answer.result.some((r) => (r.dataPointCountRatio ?? 0) > 1 || (r.dimensionCountRatio ?? 0) > 1);
	const more = typeof answer.nextPageKey === "string" && answer.nextPageKey !== "";
	return [
		...new Set(said.map((text) => oneLine(text))),
		...over ? ["the metric has more data than Dynatrace reads for one query"] : [],
		...more ? ["Dynatrace has more of this answer, which is not read"] : []
	];
}
function seriesOf({ result }, question) {
	if (result.length > 1) throw new NotMeasured("bad-query", "the selector gives several metrics, expected one", { permanent: true });
	return (result[0]?.data ?? []).flatMap(({ dimensionMap, dimensions, timestamps, values }) => {
		const named = Object.entries(dimensionMap ?? {});
		const listed = (dimensions ?? []).map((x, i) => [`dimension${i + 1}`, x]);
		const labels = Object.fromEntries((named.length > 0 ? named : listed).map(([k, x]) => [k, x ?? ""]));
		const points = values.map((x, i) => ({
			at: timestamps[i] ?? NaN,
			value: reportedNumber(x)
		}));
		if (question.range === void 0) {
			if (points.length > 1) throw new NotMeasured("bad-answer", "Dynatrace gave several points, asked for one");
			return points.map(({ value }) => ({
				labels,
				value,
				points: 1
			}));
		}
		const full = points.filter(({ value }) => value !== null);
		refuseAskew(full, question, "choose a `bin` that Dynatrace has slots of, such as 1m or 5m");
		return full.length === 0 ? [] : [{
			labels,
			...seriesOver(full, question, "end")
		}];
	});
}
/**
* How new the answer is: as new as the metric that is furthest behind, of those that may not be silent. Where all may, any of them
* proves that there is something.
*/
function newestOf(operands, answers, from, to) {
	const each = operands.map((operand, i) => {
		const times = (answers[i]?.result ?? []).flatMap(({ data }) => data.flatMap(({ timestamps, values }) => timestamps.filter((at, j) => typeof reportedNumber(values[j]) === "number" && at >= from && at <= to)));
		return {
			operand,
			newest: times.length === 0 ? void 0 : times.reduce((a, b) => Math.max(a, b))
		};
	});
	const needed = each.filter(({ operand }) => !operand.maySilence);
	const silent = each.filter(({ newest }) => newest === void 0).map(({ operand }) => operand);
	const times = (needed.length > 0 ? needed : each).map(({ newest }) => newest);
	if (needed.length > 0) return {
		newest: times.includes(void 0) ? void 0 : times.reduce((a, b) => Math.min(a, b ?? a), to),
		silent
	};
	const known = times.flatMap((at) => at ?? []);
	return {
		newest: known.length === 0 ? void 0 : known.reduce((a, b) => Math.max(a, b)),
		silent
	};
}
// build/sources/telemetry/dynatrace/problems.js
/**
* Open problems (https://docs.dynatrace.com/docs/dynatrace-api/environment-api/problems-v2/problems/get-problems-list), after the proof
* that the entities they would be about are monitored at all.
*/
const dayMs = 864e5;
/**
* A problem is listed when it began, or ended, in the time that is asked for. One that is open has no end, so it must have begun in
* it: a year is longer than any that is still looked at.
*/
const lookBackMs = 365 * dayMs;
const maxPages = 20;
const text = optional(nullable(string()));
const entity = object({ name: text });
const problemForm = object({
	problemId: string(),
	displayId: text,
	title: text,
	status: text,
	severityLevel: text,
	startTime: optional(nullable(number())),
	affectedEntities: optional(nullable(array(entity)))
});
const pageForm = object({
	totalCount: optional(nullable(number())),
	nextPageKey: text,
	warnings: optional(nullable(array(string()))),
	problems: array(problemForm)
});
const entitiesForm = object({
	totalCount: number(),
	entities: array(unknown())
});
/** @param entitySelector which entities' problems count */
async function askProblems({ client, now }, entitySelector, signal) {
	const [entities, open, maintained] = await Promise.all([
		countEntities(client, entitySelector, now(), signal),
		listProblems(client, entitySelector, "status(\"open\")", now(), signal),
		listProblems(client, entitySelector, "status(\"open\"),underMaintenance(true)", now(), signal)
	]);
	const muted = new Set(maintained.problems.map(({ problemId }) => problemId));
	const alerts = open.problems.filter(({ status }) => status?.toUpperCase() !== "CLOSED").map((problem) => alertOf(problem, muted.has(problem.problemId), client.url));
	const notes = [...open.notes, ...maintained.notes];
	return {
		kind: "alerts",
		subject: `${entities} monitored entities with ${oneLine(entitySelector, 160)}`,
		query: `problems with status("open") of ${entitySelector}`,
		link: `${client.url}/#problems`,
		at: iso(now()),
		seen: entities,
		rules: entities,
		notes,
		partial: notes.length > 0,
		newest: null,
		...tally(alerts, firingFirst)
	};
}
/** How many monitored entities there are; without one a quiet list of problems means nothing. */
async function countEntities(client, entitySelector, now, signal) {
	const query = {
		entitySelector,
		from: String(now - 3 * dayMs),
		pageSize: "1"
	};
	const parsed = safeParse(entitiesForm, await client.get("entities", query, "entities.read", signal));
	if (!parsed.success || !Number.isSafeInteger(parsed.output.totalCount)) throw client.foreign();
	const { totalCount, entities } = parsed.output;
	return entities.length === 0 ? 0 : Math.max(0, totalCount);
}
async function listProblems(client, entitySelector, problemSelector, now, signal) {
	const problems = [];
	const notes = [];
	let expected = 0;
	let query = {
		problemSelector,
		entitySelector,
		from: String(now - lookBackMs),
		pageSize: "500"
	};
	for (let pages = 0; pages < maxPages; pages++) {
		const parsed = safeParse(pageForm, await client.get("problems", query, "problems.read", signal));
		if (!parsed.success) throw client.foreign();
		const page = parsed.output;
		problems.push(...page.problems);
		notes.push(...(page.warnings ?? []).map((warning) => oneLine(warning)));
		expected = page.totalCount ?? expected;
		if (typeof page.nextPageKey !== "string" || page.nextPageKey === "") {
			if (problems.length < expected) notes.push(`Dynatrace counts ${expected} problems and gave ${problems.length}`);
			return {
				problems,
				notes
			};
		}
		query = { nextPageKey: page.nextPageKey };
	}
	return {
		problems,
		notes: [...notes, "there are more open problems than are read: narrow the entity selector"]
	};
}
function alertOf(problem, muted, url) {
	const { problemId, displayId, title, severityLevel, startTime, affectedEntities } = problem;
	const known = typeof startTime === "number" && startTime > 0 && startTime < 864e13;
	const names = (affectedEntities ?? []).flatMap(({ name }) => name ?? []);
	const shown = names.length > 3 ? [...names.slice(0, 3), "…"] : names;
	return {
		name: oneLine(title ?? displayId ?? "a problem without a title", 120),
		state: muted ? "muted" : "firing",
		severity: severityLevel ?? null,
		since: known ? iso(startTime) : null,
		subject: oneLine(shown.join(", "), 160),
		link: `${url}/#problems/problemdetails;pid=${encodeURIComponent(problemId)}`
	};
}
// build/sources/telemetry/dynatrace.js
/** Source `dynatrace`: metrics and open problems of an environment, by its API v2. */
const schema = strictObject({
	url: described(pipe(httpUrl, check((text) => !/[?#]/.test(text) && !/\/api(?:\/v2)?$/.test(text), "the URL of the environment, without `/api/v2`")), "URL of the environment: `https://<id>.live.dynatrace.com`, or `https://<domain>/e/<id>`; `/api/v2/…` is added to it."),
	token: described(secret, "Access token (`dt0c01.…`), sent as `Authorization: Api-Token …`."),
	entity: described(optional(filled), "Entity selector, e.g. `type(\"SERVICE\"),entityName.equals(\"checkout\")`: only these entities count, in metrics and in problems."),
	settle: settleField("metrics", "1m")
});
const dynatraceSource = defineSource({
	type: "dynatrace",
	families: ["telemetry", "alerts"],
	schema,
	settleMs: (config) => config.settle,
	open(config, context) {
		const client = openClient(config, context);
		const now = () => context.clock.now();
		return {
			telemetry: (question, signal) => askMetric({
				client,
				entity: config.entity,
				now
			}, queryOf(question), question, signal),
			async alerts({ match }, signal) {
				const selector = match ?? config.entity;
				if (selector === void 0) throw new NotMeasured("bad-query", "expected an entity selector, in the gate's `match` or the source's `entity`: without one nothing proves that anything is monitored", { permanent: true });
				return askProblems({
					client,
					now
				}, selector, signal);
			}
		};
	},
	lint(question) {
		if (question.family === "alerts") return [];
		const { query } = question;
		if (typeof query !== "string") return [];
		return adviceOn(() => operandsOf(query), (operands) => operands.every(({ maySilence }) => maySilence) ? ["every metric of the selector has a `:default(…)`: divide by one without, which proves that there is traffic"] : []);
	}
});
export { dynatraceSource };
