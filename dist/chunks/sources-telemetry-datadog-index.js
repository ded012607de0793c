import { $ as optional, J as null_, O as array, Q as object, St as queryOf, Y as nullable, Z as number, bt as defineSource, ct as safeParse, dt as string, gt as unknown, ht as union, k as boolean, ot as record, ut as strictObject, vt as NotMeasured } from "./base.js";
import { B as tally, I as refuseMany, L as seriesOver, M as mostInBins, P as refuseAskew, S as settleField, f as Client, j as isInBins, p as clientFields, z as newestFirst } from "./late.js";
import { Zn as iso, ar as labelText, cr as reportedNumber, vr as oneLine } from "./shared.js";
// build/sources/telemetry/datadog/refusal.js
/** Metric queries whose value over a window would prove nothing, or could be read in two ways. */
/** Functions that give values where nothing was measured; then no point proves anything. */
const fills = /\b(?:default_zero|default)\s*\(|\.fill\(\s*(?:zero|last|linear|\d)/;
/** Functions that show another time, or a line drawn through the points, under the times of the window. */
const elsewhere = /\b(?:timeshift|calendar_shift|hour_before|day_before|week_before|month_before|forecast|trend_line|robust_trend|piecewise_constant)\s*\(/;
const term = String.raw`\w+:[^\s{}()+]+\{\}(?:\s*by\s*\{\})?\.as_count\(\)(?:\.rollup\(\s*(?:sum\s*,?\s*)?\d*\s*\))?`;
const counts = new RegExp(String.raw`^\s*${term}(?:\s*\+\s*${term})*\s*$`);
/** By something that begins with a letter: a metric, not a number. */
const division = /\/[\s(]*[a-z_]/i;
/** Tags may hold any characters. */
const withoutTags = (query) => query.replaceAll(/\{[^}]*\}/g, "{}");
/** Whether its points are counts and nothing else, so that the count of the window is their sum. */
const isCount = (query) => counts.test(withoutTags(query));
/**
* @param ranged the policy says how the points become one value
* @returns why the query cannot be asked, and what to write; undefined: it can
*/
function refusal(query, ranged) {
	const bare = withoutTags(query);
	const filled = fills.exec(bare);
	if (filled) return `\`${filled[0]}…\` gives values where nothing was measured, so nothing would be proven: leave it out`;
	const shifted = elsewhere.exec(bare);
	if (shifted) return `\`${shifted[0]}…\` shows what was not measured in the window, so nothing would be proven`;
	if (ranged) return void 0;
	if (division.test(bare)) return "expected a ratio as `failures` and `total`, or `range` to say how its points are reduced";
	if (bare.includes(".as_count()") && !isCount(query)) return "expected a count by itself, such as `sum:hits{…}.as_count()`, or `range` to say how its points are reduced";
}
// build/sources/telemetry/datadog/metrics.js
/** Metrics over a window (https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-data-across-multiple-products). */
const values = array(union([
	number(),
	string(),
	null_()
]));
const answer = object({
	data: object({ attributes: object({
		times: optional(array(number()), []),
		series: optional(array(object({
			group_tags: optional(array(string()), []),
			values: optional(values)
		})), []),
		values: optional(array(values), [])
	}) }),
	errors: optional(unknown())
});
const maxSeries = 200;
/** More points of one series Datadog does not give; it takes a longer interval in their place. */
const maxPoints = 1500;
async function askMetric(client, text, question, signal) {
	const { window, range } = question;
	const [query = "", proof] = text.split(/\s+beside\s+/);
	const inBins = isInBins(range?.reduce);
	if (proof !== void 0 && !inBins) throw badQuery("`beside` is for gates that ask in bins, such as `canary`");
	const [main, beside] = await Promise.all([readLines(client, query, question, signal), proof === void 0 ? void 0 : readLines(client, proof, question, signal)]);
	const found = beside === void 0 ? main.lines : withZeros(main.lines, beside.lines);
	const measured = found.filter(({ points }) => points.length > 0);
	const holes = measured.length === 0 ? [] : found.filter(({ nothing }) => nothing);
	const newest = measured.map(({ points }) => Math.max(...points.map((p) => p.at)));
	return {
		kind: "samples",
		subject: `${measured.length} series of ${oneLine(text, 160)} in Datadog`,
		query: text,
		link: `${client.app}/metric/explorer?${new URLSearchParams({
			exp_query: query,
			from_ts: String(window.from),
			to_ts: String(window.to),
			live: "false"
		}).toString()}`,
		at: iso(client.now()),
		seen: measured.length,
		notes: measured.length === 0 && main.before ? ["all points begin before the window: they are too far apart for it"] : [],
		partial: false,
		window: {
			from: iso(window.from),
			to: iso(window.to)
		},
		newest: newest.length === 0 ? null : iso(inBins ? Math.max(...newest) : Math.min(...newest)),
		series: [...measured, ...holes].map(({ labels, points }) => ({
			labels,
			...seriesOver(points, question, "begin", "avg"),
			...range || points.length === 0 || !isCount(query) ? {} : { value: total(points) }
		}))
	};
}
/** The points of one query; `before`: some begin before the window. */
async function readLines(client, query, question, signal) {
	const { window, range } = question;
	const refused = refusal(query, range !== void 0);
	if (refused !== void 0) throw badQuery(refused);
	const inBins = isInBins(range?.reduce);
	if (range && inBins) refuseOtherLength(query, window, range.everyMs);
	const body = { data: {
		type: "timeseries_request",
		attributes: {
			from: window.from,
			to: window.to,
			...range ? { interval: range.everyMs } : {},
			queries: [{
				name: "a",
				data_source: "metrics",
				query
			}],
			formulas: [{ formula: "a" }]
		}
	} };
	const json = await client.send({
		path: "/api/v2/query/timeseries",
		body,
		needs: "the permission timeseries_query"
	}, signal);
	const parsed = safeParse(answer, json);
	const errors = json?.errors;
	if (errors !== void 0 && errors !== null && errors !== "") throw new NotMeasured("query-failed", `Datadog could not run the query: ${oneLine(JSON.stringify(errors), 300)}`);
	if (!parsed.success) throw client.strange("answer to a query");
	const { times, series, values: rows } = parsed.output.data.attributes;
	refuseMany(series.length, inBins ? mostInBins : maxSeries);
	let before = false;
	return {
		lines: series.map(({ group_tags: tags, values: own }, i) => {
			const row = own ?? rows[i];
			if (row?.length !== times.length) throw client.strange("answer to a query");
			const points = row.flatMap((value, k) => {
				const at = times[k];
				if (value === null || at === void 0 || at >= window.to) return [];
				if (at < window.from) before = true;
				return at < window.from ? [] : [{
					at,
					value: reportedNumber(value)
				}];
			});
			refuseAskew(points, question, "leave `.rollup()` to the gate");
			return {
				labels: labelsOf(tags),
				points,
				nothing: row.every((value) => value === null)
			};
		}),
		before
	};
}
/** Where the query beside it has a point of a group and this one has none, nothing of its kind happened in this bin. */
function withZeros(lines, beside) {
	const own = new Map(lines.map((line) => [labelText(line.labels), line]));
	return [...beside.map(({ labels, points: proof, nothing }) => {
		const points = own.get(labelText(labels))?.points ?? [];
		own.delete(labelText(labels));
		const known = new Set(points.map(({ at }) => at));
		const zeros = proof.filter(({ at }) => !known.has(at)).map(({ at }) => ({
			at,
			value: 0
		}));
		return {
			labels,
			points: [...points, ...zeros],
			nothing
		};
	}), ...own.values()];
}
const badQuery = (message) => new NotMeasured("bad-query", message, { permanent: true });
/** The length that the query gives its own points wins over the one that is asked for. */
function refuseOtherLength(query, { from, to }, everyMs) {
	const own = [...query.matchAll(/\.rollup\(\s*\w+\s*,\s*(\d+)\s*\)/g)].find(([, s]) => Number(s) * 1e3 !== everyMs);
	if (own) throw badQuery(`\`${oneLine(own[0], 60)}\` is another length than that of a bin: leave the number out`);
	if ((to - from) / everyMs > maxPoints) throw badQuery(`more than the ${maxPoints} points that Datadog gives: write a longer \`bin\`, or a shorter \`history.for\``);
}
/** A count over the window is the sum of its buckets. */
function total(points) {
	const spoilt = points.find(({ value }) => typeof value !== "number");
	return spoilt ? spoilt.value : points.reduce((sum, { value }) => sum + Number(value), 0);
}
const labelsOf = (tags) => Object.fromEntries(tags.map((tag) => {
	const colon = tag.indexOf(":");
	return colon === -1 ? [oneLine(tag, 60), ""] : [oneLine(tag.slice(0, colon), 60), oneLine(tag.slice(colon + 1), 120)];
}));
// build/sources/telemetry/datadog/muted.js
/** Whether a monitor that fires is muted (https://docs.datadoghq.com/monitors/downtimes/). */
/** What a monitor says of its groups and of what silences it. */
const mutingFields = {
	/** Whether it alerts by group. */
	multi: optional(nullable(boolean())),
	options: optional(nullable(object({ silenced: optional(nullable(record(string(), nullable(number())))) }))),
	matching_downtimes: optional(nullable(array(object({
		scope: optional(nullable(union([string(), array(string())]))),
		start: optional(nullable(number())),
		end: optional(nullable(number()))
	}))))
};
object(mutingFields);
const tagsOf = (text) => text.split(",").map((tag) => tag.trim());
/**
* A monitor that alerts by group is muted only when each group that fires is; one that does not is muted by any downtime of it.
*
* @param groups names of the groups that fire, such as `host:a,env:prod`
* @param now milliseconds since the epoch
*/
function isMuted(monitor, groups, now) {
	const past = (seconds) => typeof seconds === "number" && seconds * 1e3 <= now;
	const silences = [...Object.entries(monitor.options?.silenced ?? {}).flatMap(([scope, end]) => past(end) ? [] : [tagsOf(scope)]), ...(monitor.matching_downtimes ?? []).filter(({ start, end }) => !past(end) && (typeof start !== "number" || past(start))).map(({ scope }) => [scope ?? []].flat().flatMap(tagsOf))];
	if (silences.some((scope) => scope.includes("*") && scope.length === 1)) return true;
	if (monitor.multi === false) return silences.length > 0;
	return groups.length > 0 && groups.every((group) => {
		const tags = tagsOf(group);
		return silences.some((scope) => scope.length > 0 && scope.every((tag) => tag === "*" || tags.includes(tag)));
	});
}
// build/sources/telemetry/datadog/monitors.js
/** Monitors and their states (https://docs.datadoghq.com/api/latest/monitors/). */
const found = object({
	id: number(),
	name: string(),
	status: optional(nullable(string())),
	last_triggered_ts: optional(nullable(number())),
	scopes: optional(nullable(array(string())))
});
const page = object({
	monitors: array(found),
	metadata: object({
		page_count: number(),
		total_count: number()
	})
});
const group = object({
	status: optional(nullable(string())),
	last_triggered_ts: optional(nullable(number()))
});
const detail = object({
	overall_state: optional(nullable(string())),
	overall_state_modified: optional(nullable(string())),
	state: optional(nullable(object({ groups: optional(nullable(record(string(), group))) }))),
	...mutingFields
});
const needs = "the permission monitors_read";
const perPage = 100;
const maxPages = 10;
/**
* @param match a search as in Manage Monitors, e.g. `tag:"service:checkout" env:production`; absent: all monitors
*/
async function askMonitors(client, match, signal) {
	const monitors = await search(client, match, signal);
	const sick = monitors.filter(({ status }) => status !== "OK");
	const alerts = await Promise.all(sick.slice(0, 50).map((monitor) => look(client, monitor, signal)));
	const { counts, alerts: listed } = tally(alerts.flatMap((alert) => alert ?? []), newestFirst);
	return {
		kind: "alerts",
		subject: `${monitors.length} monitors${match === void 0 ? "" : ` that match ${oneLine(match, 160)}`} in Datadog`,
		query: match ?? "all monitors",
		link: `${client.app}/monitors/manage${match === void 0 ? "" : `?q=${encodeURIComponent(match)}`}`,
		at: iso(client.now()),
		seen: monitors.length,
		rules: monitors.length,
		notes: [],
		partial: false,
		newest: null,
		counts: {
			...counts,
			firing: counts.firing + Math.max(0, sick.length - 50)
		},
		alerts: listed
	};
}
async function search(client, match, signal) {
	const all = /* @__PURE__ */ new Map();
	for (let n = 0; n < maxPages; n += 1) {
		const query = new URLSearchParams({
			query: match ?? "",
			page: String(n),
			per_page: String(perPage),
			sort: "name,asc"
		});
		const json = await client.send({
			path: `/api/v1/monitor/search?${query.toString()}`,
			needs
		}, signal);
		const parsed = safeParse(page, json);
		if (!parsed.success) throw client.strange("list of monitors");
		const { monitors, metadata } = parsed.output;
		for (const monitor of monitors) all.set(monitor.id, monitor);
		if (n + 1 >= metadata.page_count) {
			if (all.size < metadata.total_count) throw new NotMeasured("bad-answer", `Datadog lists ${all.size} of ${metadata.total_count} monitors`);
			return [...all.values()];
		}
	}
	throw new NotMeasured("bad-query", `more than 1000 monitors match: narrow \`match\``, { permanent: true });
}
/** The state by the monitor itself: the search lags behind, and says nothing of downtimes. undefined: it is well by now. */
async function look(client, monitor, signal) {
	const path = `/api/v1/monitor/${monitor.id}?group_states=all&with_downtimes=true`;
	const parsed = safeParse(detail, await client.send({
		path,
		needs
	}, signal));
	if (!parsed.success) throw client.strange("monitor");
	const { overall_state: state, overall_state_modified: modified } = parsed.output;
	if (state === "OK") return void 0;
	const firing = fires(state);
	const groups = Object.entries(parsed.output.state?.groups ?? {}).filter(([, { status }]) => fires(status));
	const names = groups.map(([name]) => name);
	const muted = isMuted(parsed.output, names, client.now());
	const about = names.length > 0 && !names.includes("*") ? names.slice(0, 5) : monitor.scopes ?? [];
	return {
		name: oneLine(monitor.name, 120),
		state: firing ? muted ? "muted" : "firing" : "unknown",
		severity: state === "Alert" ? "alert" : state === "Warn" ? "warn" : null,
		since: firing ? sinceOf([monitor.last_triggered_ts, ...groups.map(([, { last_triggered_ts: at }]) => at)], modified) : null,
		subject: oneLine(firing ? about.join(" ") : state ?? "no state", 160),
		link: `${client.app}/monitors/${monitor.id}`
	};
}
const fires = (state) => state === "Alert" || state === "Warn";
/**
* The latest of what is known: a monitor that began to warn says when it last alerted, long ago, and one of which another group fires
* since the deployment did not change its state as a whole.
*
* @param triggered seconds since the epoch @param modified ISO 8601
*/
function sinceOf(triggered, modified) {
	const times = [Date.parse(modified ?? ""), ...triggered.map((seconds) => (seconds ?? 0) * 1e3)].filter((at) => at > 0);
	return times.length === 0 ? null : iso(Math.max(...times));
}
// build/sources/telemetry/datadog/index.js
/** Source `datadog`: metrics, and the states of monitors. */
const schema = strictObject({
	...clientFields,
	settle: settleField("metrics", "1m")
});
const datadogSource = defineSource({
	type: "datadog",
	families: ["telemetry", "alerts"],
	schema,
	settleMs: (config) => config.settle,
	open(config, context) {
		const client = new Client(config, context);
		return {
			telemetry: (question, signal) => askMetric(client, queryOf(question), question, signal),
			alerts: ({ match }, signal) => askMonitors(client, match, signal)
		};
	},
	lint(question) {
		if (question.family === "alerts") return question.match === void 0 ? ["without `match` every monitor counts"] : [];
		const { query, range } = question;
		const refused = (typeof query === "string" ? query.split(/\s+beside\s+/) : []).map((part) => refusal(part, range !== void 0)).find((why) => why !== void 0);
		return refused === void 0 ? [] : [refused];
	}
});
export { datadogSource };
