import { $ as optional, C as parseDuration, O as array, Q as object, St as queryOf, T as secret, Y as nullable, Z as number, b as formatDuration, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, ht as union, k as boolean, ot as record, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { B as tally, F as refuseBins, H as parseMatchers, I as refuseMany, L as seriesOver, M as mostInBins, P as refuseAskew, R as firingFirst, S as settleField, U as satisfies, d as spanOf, i as weigh, j as isInBins, n as readLiveness, r as selectorsOf, s as expandRange, t as livenessQuery, u as silenceSeconds } from "./late.js";
import { Cn as parseJson, Zn as iso, ar as labelText, cr as reportedNumber, hr as serverWords, rn as authorization, vr as oneLine, wn as refuseDenied } from "./shared.js";
// build/sources/telemetry/grafana/alerts.js
/**
* Grafana's own alert rules and what they fire: `GET /api/prometheus/grafana/api/v1/rules`, in the shape of Prometheus' rules with
* Grafana's states (https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rule-evaluation/alert-rule-state-and-health/).
*/
const maxPages = 20;
const path = "/api/prometheus/grafana/api/v1/rules";
const needs = "the permissions alert.rules:read and folders:read on the folders of the rules (role Viewer)";
const text = optional(nullable(string()));
const labelsForm = optional(nullable(record(string(), string())));
const instanceForm = object({
	labels: labelsForm,
	state: string(),
	activeAt: text
});
const ruleForm = object({
	type: text,
	name: string(),
	uid: text,
	state: text,
	health: text,
	isPaused: optional(nullable(boolean())),
	lastEvaluation: text,
	labels: labelsForm,
	alerts: optional(nullable(array(instanceForm)))
});
const groupForm = object({
	name: text,
	file: text,
	rules: optional(nullable(array(ruleForm)))
});
const pageForm = object({
	status: string(),
	error: text,
	data: optional(nullable(object({
		groups: array(groupForm),
		groupNextToken: text
	})))
});
/** @param match Prometheus label matchers; absent: all rules that the token may see */
async function askAlerts({ client, now }, match, signal) {
	const matchers = match === void 0 ? [] : parseMatchers(match);
	const { rules: all, notes } = await rulesOf(client, signal);
	const rules = all.filter((rule) => covers(rule, matchers));
	const alerts = rules.flatMap((rule) => alertsOf(rule, matchers, client.url));
	const evaluated = rules.flatMap((rule) => timeOf(rule.lastEvaluation) ?? []);
	return {
		kind: "alerts",
		subject: `${rules.length} alert rules${match === void 0 ? "" : ` with ${oneLine(match, 120)}`} of ${client.origin}`,
		query: `${path}${match === void 0 ? "" : `, ${match}`}`,
		link: `${client.url}/alerting/list`,
		at: iso(now()),
		seen: rules.length,
		rules: rules.length,
		notes,
		partial: notes.length > 0,
		newest: evaluated.length === 0 ? null : iso(evaluated.reduce((a, b) => Math.min(a, b))),
		...tally(alerts, firingFirst)
	};
}
/** The alert rules that are not paused. */
async function rulesOf(client, signal) {
	const rules = [];
	let token = "";
	for (let page = 0; page < maxPages; page++) {
		const query = token === "" ? "" : `?${new URLSearchParams({ group_next_token: token }).toString()}`;
		const parsed = safeParse(pageForm, await client.json(`${path}${query}`, needs, signal));
		if (!parsed.success) throw client.foreign();
		const { status, error, data } = parsed.output;
		if (status !== "success") throw new NotMeasured("query-failed", `Grafana could not list its alert rules: ${oneLine(error ?? status, 300)}`);
		if (!data) throw client.foreign();
		for (const { name, file, rules: members } of data.groups) {
			const place = {
				grafana_folder: file ?? "",
				rule_group: name ?? ""
			};
			const enabled = (members ?? []).filter(({ type, isPaused }) => type !== "recording" && isPaused !== true);
			rules.push(...enabled.map((rule) => ({
				...rule,
				known: {
					alertname: rule.name,
					...place,
					...rule.labels
				}
			})));
		}
		const next = data.groupNextToken ?? "";
		if (next === "") return {
			rules,
			notes: []
		};
		if (next === token) break;
		token = next;
	}
	return {
		rules,
		notes: ["Grafana has more alert rules than are read"]
	};
}
const labelsOf = (rule, { labels }) => ({
	...rule.known,
	...labels
});
/** By the labels of the rule itself, or of one of the series that it watches. */
const covers = (rule, matchers) => satisfies(rule.known, matchers) || (rule.alerts ?? []).some((instance) => satisfies(labelsOf(rule, instance), matchers));
/** Grafana writes year 1 for never. */
function timeOf(written) {
	const at = Date.parse(written ?? "");
	return at > 0 ? at : void 0;
}
/**
* `Alerting`, `Normal (NoData)`, `Alerting (Error, KeepLast)`: a state, and why it is that where the rule could not be evaluated.
* A rule without data or with an error says nothing of the release, whatever state it is set to take then.
*/
function stateOf(written) {
	const [, state = "", reason = ""] = /^(\w+)\s*(?:\((.*)\))?$/.exec(written.trim()) ?? [];
	if (/NoData|Error/i.test(reason)) return "unknown";
	switch (state.toLowerCase()) {
		case "alerting":
		case "firing":
		case "recovering": return "firing";
		case "normal":
		case "inactive":
		case "pending": return "well";
		default: return "unknown";
	}
}
const fires = ({ state }) => /^(?:alerting|firing|recovering)\b/i.test(state);
function alertsOf(rule, matchers, url) {
	const link = typeof rule.uid === "string" && rule.uid !== "" ? `${url}/alerting/grafana/${encodeURIComponent(rule.uid)}/view` : void 0;
	const alert = (state, labels, since, subject) => ({
		name: oneLine(rule.name, 120),
		state,
		severity: labels.severity === void 0 ? null : oneLine(labels.severity, 40),
		since: since === void 0 ? null : iso(since),
		subject: oneLine(subject, 160),
		...link === void 0 ? {} : { link }
	});
	const instances = rule.alerts ?? [];
	const found = instances.flatMap((instance) => {
		const state = stateOf(instance.state);
		const labels = labelsOf(rule, instance);
		if (state === "well" || state === "firing" && !satisfies(labels, matchers)) return [];
		return [alert(state, labels, timeOf(instance.activeAt), subjectOf(labels))];
	});
	if (/^(?:firing|alerting|recovering)$/i.test(rule.state ?? "") && !instances.some(fires)) found.push(alert("firing", rule.known, void 0, subjectOf(rule.known)));
	const why = timeOf(rule.lastEvaluation) === void 0 ? "never evaluated yet" : /^ok$/i.test(rule.health ?? "") ? void 0 : `health ${oneLine(rule.health ?? "unknown", 40)}`;
	if (why !== void 0 && !found.some(({ state }) => state === "unknown")) found.push(alert("unknown", rule.known, void 0, why));
	return found;
}
const shownElsewhere = /^(?:alertname|grafana_folder|rule_group|severity|datasource_uid|ref_id|__.*)$/;
const subjectOf = (labels) => Object.entries(labels).filter(([name]) => !shownElsewhere.test(name)).map(([name, value]) => `${name}=${value}`).join(", ");
// build/sources/telemetry/grafana/client.js
/** Grafana's HTTP API: what is the same for every request. */
function clientOf({ url, token }, http) {
	const { origin } = new URL(url);
	const foreign = (status = 200) => new NotMeasured("bad-answer", `${origin} answered ${status} with something that is not Grafana's API: is the URL right?`);
	return {
		url,
		origin,
		foreign,
		async json(path, needs, signal, body) {
			const headers = {
				accept: "application/json",
				...body ? { "content-type": "application/json" } : {},
				...authorization({ token })
			};
			const sent = body ? {
				method: "POST",
				body: JSON.stringify(body)
			} : {};
			const response = await http.send({
				url: `${url}${path}`,
				headers,
				signal,
				...sent
			});
			if (response.status === 404 && /data source/i.test(response.text)) throw new NotMeasured("not-found", "Grafana knows no data source with this uid, or the token may not see it (404)", { permanent: true });
			refuseDenied(response, origin, needs, headers);
			const json = parseJson(response, origin);
			if (response.status === 200 || holdsResults(json) && response.status < 500) return json;
			throw refusal(response, headers) ?? foreign(response.status);
		}
	};
}
const holdsResults = (json) => typeof json === "object" && json !== null && "results" in json;
function refusal(response, headers) {
	if (response.status !== 400 && response.status !== 422) return void 0;
	const message = `Grafana refuses the request (${response.status})${serverWords(response.text, headers)}`;
	return new NotMeasured("bad-query", message, { permanent: true });
}
// build/sources/telemetry/grafana/frames.js
/**
* Data frames as `/api/ds/query` gives them: columns with a type, their values beside them
* (https://grafana.com/developers/plugin-tools/key-concepts/data-frames).
*/
const maybe = (schema) => optional(nullable(schema));
const rows = maybe(array(number()));
/** The rows of a column whose null is a number that JSON cannot write. */
const entity = object({
	NaN: rows,
	Inf: rows,
	NegInf: rows
});
const field = object({
	name: optional(string(), ""),
	type: optional(string(), "other"),
	labels: maybe(record(string(), string()))
});
const notice = object({
	severity: maybe(union([string(), number()])),
	text: maybe(string())
});
const frameForm = object({
	schema: maybe(object({
		fields: maybe(array(field)),
		meta: maybe(object({
			notices: maybe(array(notice)),
			dataTopic: maybe(string())
		}))
	})),
	data: maybe(object({
		values: maybe(array(array(unknown()))),
		entities: maybe(array(nullable(entity)))
	}))
});
/** The answer to one query of a request; an error stands in it while the request itself is answered with 200. */
const resultForm = object({
	status: maybe(number()),
	error: maybe(string()),
	frames: maybe(array(frameForm))
});
function columnsOf({ schema, data }, ...types) {
	return (schema?.fields ?? []).flatMap(({ name, type, labels }, i) => {
		if (!types.includes(type)) return [];
		const cells = data?.values?.[i] ?? [];
		const { NaN: nan, Inf: inf, NegInf: negative } = data?.entities?.[i] ?? {};
		const odd = new Map([
			...(nan ?? []).map((row) => [row, "NaN"]),
			...(inf ?? []).map((row) => [row, "+Inf"]),
			...(negative ?? []).map((row) => [row, "-Inf"])
		]);
		const number = (row) => odd.get(row) ?? reportedNumber(cells[row]);
		return [{
			name,
			labels: labels ?? {},
			cells,
			number
		}];
	});
}
const labelOf = (cell) => typeof cell === "string" || typeof cell === "boolean" || typeof cell === "number" ? oneLine(String(cell), 120) : "";
/** Warnings that a data source gave with its answer; `partial` when one of them is more than a remark. */
function noticesOf({ frames }) {
	const notices = (frames ?? []).flatMap(({ schema }) => schema?.meta?.notices ?? []);
	return {
		notes: [...new Set(notices.map(({ text }) => oneLine(text ?? "a notice without words")))],
		partial: notices.some(({ severity }) => severity !== "info" && severity !== 0)
	};
}
/**
* The series of an answer: one for each column of numbers and each combination of the texts beside it. Points outside of
* `window` are left out, since data sources widen it to whole steps.
*
* @throws {NotMeasured} `bad-query` when there are rows and none of their columns holds numbers, or nothing tells them apart
*/
function seriesOf({ frames }, window) {
	const found = /* @__PURE__ */ new Map();
	for (const frame of (frames ?? []).filter(({ schema }) => schema?.meta?.dataTopic !== "annotations")) {
		const [time] = columnsOf(frame, "time");
		const texts = columnsOf(frame, "string", "boolean", "enum");
		const numbers = columnsOf(frame, "number");
		const height = Math.max(0, ...(frame.data?.values ?? []).map((cells) => cells.length));
		if (numbers.length === 0 && height > 0) {
			const names = (frame.schema?.fields ?? []).map(({ name, type }) => `${name} (${type})`).join(", ");
			const message = `the answer has no column of numbers, only ${oneLine(names) || "columns without a name"}: convert one in the query`;
			throw new NotMeasured("bad-query", message, { permanent: true });
		}
		for (const column of numbers) {
			const own = {
				...column.labels,
				...numbers.length > 1 ? { field: oneLine(column.name, 120) } : {}
			};
			for (let row = 0; row < column.cells.length; row++) {
				const at = time?.cells[row];
				const value = column.number(row);
				const inside = typeof at === "number" && at >= window.from && at <= window.to;
				if (time && (value === null || !inside)) continue;
				const told = texts.map(({ name, cells }) => [name, labelOf(cells[row])]);
				const labels = {
					...own,
					...Object.fromEntries(told)
				};
				const key = labelText(labels);
				const series = found.get(key) ?? {
					labels,
					points: [],
					timed: time !== void 0
				};
				series.points.push({
					at: typeof at === "number" ? at : window.to,
					value
				});
				found.set(key, {
					...series,
					timed: series.timed && time !== void 0
				});
			}
		}
	}
	return [...found.values()].map((series) => {
		if (new Set(series.points.map(({ at }) => at)).size < series.points.length) {
			const message = `the answer has several rows${series.timed ? " of one time" : ""} that no text tells apart: aggregate in the query`;
			throw new NotMeasured("bad-query", message, { permanent: true });
		}
		return {
			...series,
			points: series.points.toSorted((a, b) => a.at - b.at)
		};
	});
}
// build/sources/telemetry/grafana/metrics.js
/** Values from a data source, by way of Grafana (https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/data_source/#query-a-data-source). */
const maxSeries = 200;
const maxPoints = 11e3;
const answerForm = object({ results: record(string(), resultForm) });
const badQuery = (message) => new NotMeasured("bad-query", message, { permanent: true });
/** Keys that are not the policy's to give: they would ask another data source or another time, or nothing. */
const kept = [
	"refId",
	"datasource",
	"datasourceId",
	"timeRange",
	"timeShift",
	"timeFrom",
	"hide"
];
/**
* The query model of a policy: a JSON object as the data source's plugin wants it.
*
* @returns undefined for a plain text, which is PromQL
* @throws {NotMeasured} `bad-query`
*/
function modelOf(query) {
	if (!query.trim().startsWith("{")) return void 0;
	let json;
	try {
		json = JSON.parse(query);
	} catch {
		if (/^\s*\{\s*"[^"]*"\s*:/.test(query)) throw badQuery("the query looks like a JSON object and is none: check its commas and quotes");
		return;
	}
	const model = json;
	const taken = kept.find((key) => key in model);
	if (taken !== void 0) throw badQuery(`the query may not set \`${taken}\`: the source and the window decide it`);
	if (model.instant === true) throw badQuery("`instant` tells nothing of how new the data are: leave it out, and read the last value of a range");
	return model;
}
async function askMetrics(context, question, signal) {
	const { client, datasource } = context;
	const { window, range } = question;
	const query = expandRange(queryOf(question), spanOf(question));
	const model = modelOf(query);
	const everyMs = range?.everyMs ?? 15e3;
	if (range && (window.to - window.from) / everyMs >= maxPoints) throw badQuery(`more than ${maxPoints} points: write a longer \`range.every\` than ${formatDuration(everyMs)}`);
	const selectors = await promqlOf(query, model);
	if (model !== void 0) refuseBins(question, "in bins Grafana is asked in PromQL only, written as a text: of other languages nobody knows whether a point begins or ends its bin");
	const steps = {
		intervalMs: everyMs,
		maxDataPoints: maxPoints
	};
	const at = { datasource: { uid: datasource } };
	const instant = {
		instant: true,
		range: false,
		format: "time_series"
	};
	const main = model ?? {
		expr: query,
		...range ? {
			instant: false,
			range: true,
			format: "time_series",
			interval: `${Math.max(1, Math.round(everyMs / 1e3))}s`
		} : instant
	};
	const evidence = selectors && selectors.length > 0 ? [{
		expr: livenessQuery(selectors, silenceSeconds(question)),
		...instant,
		...steps,
		refId: "B",
		...at
	}] : [];
	const queries = [{
		...steps,
		...main,
		refId: "A",
		...at
	}, ...evidence];
	const body = {
		from: String(window.from),
		to: String(window.to),
		queries
	};
	const parsed = safeParse(answerForm, await client.json("/api/ds/query", "the permission datasources:query on the data source (role Viewer)", signal, body));
	if (!parsed.success) throw client.foreign();
	const results = queries.map(({ refId }) => resultOf(parsed.output.results, refId, client));
	const [answer = {}, raw] = results;
	const found = seriesOf(answer, selectors ? about(window) : window);
	const proof = selectors ? readRaw(selectors, raw, window) : readTimes(model, found);
	const latest = found.map(endOf).reduce((a, b) => Math.max(a, b), 0);
	const ended = (s) => selectors !== void 0 && (range?.reduce ?? "last") === "last" && endOf(s) < latest;
	const series = found.filter((s) => !ended(s));
	refuseMany(series.length, isInBins(range?.reduce) ? mostInBins : maxSeries);
	for (const { points } of series) refuseAskew(points, question, "Grafana chose other steps");
	const notices = results.map(noticesOf);
	return {
		kind: "samples",
		subject: `${proof.words}, by the data source ${oneLine(datasource, 60)} of ${client.origin}`,
		query,
		link: exploreLink(client.url, datasource, main, window),
		at: iso(context.now()),
		seen: proof.seen,
		notes: [...notices.flatMap(({ notes }) => notes), ...proof.notes],
		partial: notices.some(({ partial }) => partial) || proof.partial,
		window: {
			from: iso(window.from),
			to: iso(window.to)
		},
		newest: proof.newest === void 0 ? null : iso(proof.newest),
		series: series.map(({ labels, points }) => ({
			labels,
			...seriesOver(points, question, "end")
		}))
	};
}
/** The time of asking comes back rounded. */
const about = ({ from, to }) => ({
	from,
	to: to + 1e3
});
const endOf = ({ points }) => points.at(-1)?.at ?? 0;
/** @throws {NotMeasured} `bad-query`, `query-failed` for what a data source could not do; `bad-answer` when there is no answer */
function resultOf(results, refId, client) {
	const result = results[refId];
	const { error, status } = result ?? {};
	const failed = typeof status === "number" && status >= 400;
	const said = typeof error === "string" && error !== "" ? error : void 0;
	if (failed || said !== void 0) {
		const message = `the data source could not answer${failed ? ` (${status})` : ""}: ${oneLine(said ?? "it does not say why", 300)}`;
		const permanent = status === 400 || status === 422;
		throw new NotMeasured(permanent ? "bad-query" : "query-failed", message, { permanent });
	}
	if (result === void 0) throw client.foreign();
	return result;
}
/** The selectors of a query in PromQL, none where it does not parse; undefined for another language. */
async function promqlOf(query, model) {
	if (model && typeof model.expr !== "string") return void 0;
	const { parser } = await import("./prometheus-io-lezer-promql.js");
	const selectors = selectorsOf(model ? String(model.expr) : query, parser) ?? [];
	const named = selectors.some(({ text }) => !text.startsWith("{"));
	return model && !named ? void 0 : selectors;
}
/** PromQL answers with the time of asking, so the raw series behind it were asked for beside it. */
function readRaw(selectors, raw, window) {
	if (raw === void 0) return {
		seen: 0,
		newest: void 0,
		partial: false,
		notes: ["the query is no plain PromQL: write it as JSON"],
		words: "no series of now, since none can be read from the query"
	};
	const values = seriesOf(raw, about(window)).map(({ labels, points }) => ({
		labels,
		value: points.at(-1)?.value ?? null
	}));
	const { live, newest, silent, absent } = weigh(readLiveness(selectors, values));
	const named = (s) => `\`${oneLine(s.text, 120)}\``;
	return {
		seen: live,
		newest,
		partial: live > 0 && silent.length > 0,
		notes: [...silent.map((s) => `${named(s)} has gone silent: its targets are down, or no longer write it`), ...live > 0 ? absent.map((s) => `${named(s)} has no series`) : []],
		words: `${live} live series of ${oneLine(selectors.map((s) => s.text).join(", "), 160)}`
	};
}
/** The points of other languages have the times of their data, in `expr` up to the length of its range after them. */
function readTimes(model, series) {
	const words = `${series.length} series`;
	const unknown = (note) => ({
		seen: series.length,
		newest: void 0,
		partial: false,
		notes: [note],
		words
	});
	if (series.some(({ timed }) => !timed)) return unknown("the answer has no column of times, so nothing tells how new it is: select the time of the newest row");
	const reach = typeof model?.expr === "string" ? reachOf(model.expr) : 0;
	if (reach === void 0) return unknown("how far each point looks back cannot be read from `expr`: write ranges such as `[1m]` in it");
	const ends = series.map((s) => endOf(s) - reach);
	return {
		seen: series.length,
		newest: ends.length === 0 ? void 0 : Math.min(...ends),
		partial: false,
		notes: [],
		words
	};
}
/** The longest of the ranges in LogQL and the like, milliseconds; undefined: not all of them can be read, or there is none. */
function reachOf(expr) {
	const lengths = [...expr.replaceAll(/"(?:\\.|[^"\\])*"|`[^`]*`/g, "").matchAll(/\[([^\]]*)\]/g)].map(([, text]) => parseDuration(text ?? ""));
	return lengths.reduce((a, b) => a === void 0 || b === void 0 ? void 0 : Math.max(a, b), lengths[0]);
}
/** The page Explore with the same query and window. */
function exploreLink(url, datasource, model, { from, to }) {
	const panes = { a: {
		datasource,
		queries: [{
			...model,
			refId: "A",
			datasource: { uid: datasource }
		}],
		range: {
			from: String(from),
			to: String(to)
		}
	} };
	return `${url}/explore?${new URLSearchParams({
		schemaVersion: "1",
		panes: JSON.stringify(panes)
	}).toString()}`;
}
// build/sources/telemetry/grafana/index.js
/** Source `grafana`: the data sources behind a Grafana, and its own alert rules. */
const schema = strictObject({
	url: described(httpUrl, "Base URL of Grafana, with its sub-path where it has one."),
	token: described(optional(secret), "Token of a service account, sent as `Authorization: Bearer …`."),
	datasource: described(optional(filled), "Uid of the data source that queries go to (it stands in the address of its settings page). Not needed for alerts."),
	settle: settleField("data", "0s")
});
const looksFromNow = /\bnow\s*\(\s*\)|\bcurrent_timestamp\b|\bgetdate\s*\(/i;
const invents = /\bfill\s*\(\s*(?:0|previous|linear)|\bcoalesce\s*\(|\btransformNull\s*\(|\bor\s+vector\s*\(/i;
const grafanaSource = defineSource({
	type: "grafana",
	families: ["telemetry", "alerts"],
	schema,
	settleMs: (config) => config.settle,
	open(config, { http, clock }) {
		const client = clientOf(config, http);
		const now = () => clock.now();
		return {
			telemetry: async (question, signal) => {
				const { datasource } = config;
				if (datasource === void 0) throw new NotMeasured("bad-query", "expected `datasource` in the source, the uid of the data source that the query goes to", { permanent: true });
				return askMetrics({
					client,
					datasource,
					now
				}, question, signal);
			},
			alerts: ({ match }, signal) => askAlerts({
				client,
				now
			}, match, signal)
		};
	},
	lint(question) {
		if (question.family !== "telemetry" || typeof question.query !== "string") return [];
		const advice = [];
		if (looksFromNow.test(question.query)) advice.push("looks at the time of asking, which is not the time of the data: use the macros of the data source, such as `$__timeFilter(…)`");
		if (invents.test(question.query)) advice.push("gives values where nothing was measured");
		return advice;
	}
});
export { grafanaSource };
