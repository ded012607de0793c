import { A as optional, E as nullable, F as record, G as unknown, L as safeParse, O as number, R as strictObject, T as null_, W as union, d as array, k as object, n as duration, t as described, z as string } from "./policy-fields.js";
import { a as iso, i as queryOf, n as defineSource, t as NotMeasured } from "./sources-source.js";
import { n as clientFields, t as Client } from "./sources-telemetry-datadog-client.js";
import { t as reportedNumber } from "./judge-number.js";
import { t as oneLine } from "./sources-text.js";
import { t as overTime } from "./sources-telemetry-series.js";
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
/** Functions that give values where nothing was measured; then no point proves anything. */
const fills = /\b(?:default_zero|default)\s*\(|\.fill\(\s*(?:zero|last|linear|\d)/;
const counts = (query) => /\.as_count\(\)/.test(query);
async function askMetric(client, query, { window, range }, signal) {
	const filled = fills.exec(query);
	if (filled) {
		const message = `\`${filled[0]}…\` gives values where nothing was measured, so nothing would be proven: leave it out`;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
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
	if (series.length > maxSeries) {
		const message = `the query gave ${series.length} series, more than ${maxSeries}: aggregate in the query`;
		throw new NotMeasured("too-many-series", message, { permanent: true });
	}
	const measured = series.map(({ group_tags: tags, values: own }, i) => {
		const points = (own ?? rows[i] ?? []).flatMap((value, k) => {
			const at = times[k];
			return value === null || at === void 0 || at >= window.to ? [] : [{
				at,
				value: reportedNumber(value)
			}];
		});
		return {
			labels: labelsOf(tags),
			points
		};
	}).filter(({ points }) => points.length > 0);
	const newest = measured.map(({ points }) => Math.max(...points.map((p) => p.at)));
	return {
		kind: "samples",
		subject: `${measured.length} series of ${oneLine(query, 160)} in Datadog`,
		query,
		link: `${client.app}/metric/explorer?${new URLSearchParams({
			exp_query: query,
			from_ts: String(window.from),
			to_ts: String(window.to),
			live: "false"
		}).toString()}`,
		at: iso(client.now()),
		seen: measured.length,
		notes: [],
		partial: false,
		window: {
			from: iso(window.from),
			to: iso(window.to)
		},
		newest: newest.length === 0 ? null : iso(Math.min(...newest)),
		series: measured.map(({ labels, points }) => ({
			labels,
			value: range || !counts(query) ? overTime(points, range?.reduce ?? "avg") : total(points),
			points: points.length
		}))
	};
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
const detail = object({
	overall_state: optional(nullable(string())),
	overall_state_modified: optional(nullable(string())),
	options: optional(object({ silenced: optional(nullable(record(string(), unknown()))) })),
	matching_downtimes: optional(nullable(array(unknown())))
});
const needs = "the permission monitors_read";
const perPage = 100;
const maxPages = 10;
/** Each that is not well is looked at by itself. */
const maxSick = 50;
/**
* @param match a search as in Manage Monitors, e.g. `tag:"service:checkout" env:production`; absent: all monitors
*/
async function askMonitors(client, match, signal) {
	const monitors = await search(client, match, signal);
	const sick = monitors.filter(({ status }) => status !== "OK");
	const listed = (await Promise.all(sick.slice(0, maxSick).map((monitor) => look(client, monitor, signal)))).flatMap((alert) => alert ?? []);
	const count = (state) => listed.filter((a) => a.state === state).length;
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
			firing: count("firing") + Math.max(0, sick.length - maxSick),
			unknown: count("unknown"),
			muted: count("muted")
		},
		alerts: listed.toSorted((a, b) => (b.since ?? "9").localeCompare(a.since ?? "9"))
	};
}
async function search(client, match, signal) {
	const all = [];
	for (let n = 0; n < maxPages; n += 1) {
		const query = new URLSearchParams({
			query: match ?? "",
			page: String(n),
			per_page: String(perPage),
			sort: "id,asc"
		});
		const json = await client.send({
			path: `/api/v1/monitor/search?${query.toString()}`,
			needs
		}, signal);
		const parsed = safeParse(page, json);
		if (!parsed.success) throw client.strange("list of monitors");
		const { monitors, metadata } = parsed.output;
		all.push(...monitors);
		if (n + 1 >= metadata.page_count) {
			if (all.length < metadata.total_count) throw new NotMeasured("bad-answer", `Datadog lists ${all.length} of ${metadata.total_count} monitors`);
			return all;
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
	const { overall_state: state, overall_state_modified: modified, options, matching_downtimes: downtimes } = parsed.output;
	if (state === "OK") return void 0;
	const muted = (downtimes?.length ?? 0) > 0 || Object.keys(options?.silenced ?? {}).length > 0;
	const firing = state === "Alert" || state === "Warn";
	return {
		name: oneLine(monitor.name, 120),
		state: firing ? muted ? "muted" : "firing" : "unknown",
		severity: state === "Alert" ? "alert" : state === "Warn" ? "warn" : null,
		since: firing ? sinceOf(monitor.last_triggered_ts, modified) : null,
		subject: oneLine(firing ? (monitor.scopes ?? []).join(" ") : state ?? "no state", 160),
		link: `${client.app}/monitors/${monitor.id}`
	};
}
/** @param triggered seconds since the epoch @param modified ISO 8601 */
function sinceOf(triggered, modified) {
	if (typeof triggered === "number" && triggered > 0) return iso(triggered * 1e3);
	const at = Date.parse(modified ?? "");
	return Number.isNaN(at) ? null : iso(at);
}
// build/sources/telemetry/datadog/index.js
/** Source `datadog`: metrics, and the states of monitors. */
const schema = strictObject({
	...clientFields,
	settle: described(optional(duration, "1m"), "How long metrics take to arrive: windows end that much before now.")
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
		const { query } = question;
		return typeof query === "string" && fills.test(query) ? ["gives values where nothing was measured, and will be refused"] : [];
	}
});
export { datadogSource };
