import { $ as optional, A as check, G as minLength, H as looseObject, J as null_, O as array, Q as object, St as queryOf, Y as nullable, Z as number, b as formatDuration, bt as defineSource, ct as safeParse, dt as string, g as described, ht as union, it as pipe, k as boolean, st as regex, ut as strictObject, vt as NotMeasured, x as httpUrl, yt as adviceOn } from "./base.js";
import { B as tally, F as refuseBins, I as refuseMany, J as oneWayToAws, K as awsEndpoint, L as seriesOver, N as overTime, Q as awsWords, R as firingFirst, S as settleField, X as signsInToAwsOneWay, Y as sendToAws, Z as awsErrorOf, j as isInBins, q as awsFields } from "./late.js";
import { Cn as parseJson, Zn as iso, cr as reportedNumber, gr as globForm, vr as oneLine } from "./shared.js";
// build/sources/telemetry/cloudwatch/client.js
/** CloudWatch's API by its JSON protocol (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference). */
function consoleOf(region) {
	if (region.startsWith("cn-")) return `https://${region}.console.amazonaws.cn`;
	if (region.startsWith("us-gov-")) return "https://console.amazonaws-us-gov.com";
	return `https://${region}.console.aws.amazon.com`;
}
/** @param url without a slash at its end */
function openCloudwatch(config, url, context) {
	const { region } = config;
	const { origin } = new URL(url);
	return {
		region,
		pages: `${consoleOf(region)}/cloudwatch/home?region=${region}#`,
		origin,
		now: () => context.clock.now(),
		async call(operation, input, signal) {
			const request = {
				url: `${url}/`,
				method: "POST",
				headers: {
					"content-type": "application/x-amz-json-1.0",
					accept: "application/json",
					"x-amz-target": `GraniteServiceVersion20100801.${operation}`
				},
				body: JSON.stringify(input),
				signal
			};
			const response = await sendToAws(context, config, "monitoring", request, `\`cloudwatch:${operation}\``);
			const error = awsErrorOf(response);
			if (error) {
				const permanent = /^(?:Invalid(?!NextToken)|MissingRequired|Validation|Serialization|Limit)/.test(error.code);
				const message = `CloudWatch refuses the request (${response.status})${awsWords(error)}`;
				throw new NotMeasured(permanent ? "bad-query" : "query-failed", message, { permanent });
			}
			return parseJson(response, origin);
		}
	};
}
const notCloudwatch = (origin) => new NotMeasured("bad-answer", `${origin} answered something that is not CloudWatch's API: is \`endpoint\` right?`);
/**
* An instant of an answer: seconds since the epoch.
*
* @returns milliseconds; undefined for none
*/
const millis = (seconds) => typeof seconds === "number" && seconds > 0 && seconds < 864e10 ? Math.round(seconds * 1e3) : void 0;
// build/sources/telemetry/cloudwatch/match.js
/** Which alarms count: `checkout-` (all whose names begin so), `checkout-*-5xx`, or `checkout-5xx, checkout-latency`. */
const maxNames = 100;
function globOf(text) {
	const form = new RegExp(globForm(text), "su");
	return (name) => form.test(name);
}
/**
* @param text absent: every alarm of the account in the region
* @throws {NotMeasured} `bad-query`
*/
function parseAlarmMatch(text) {
	if (text === void 0) return {
		parts: [],
		ask: {}
	};
	const names = text.split(",").map((part) => part.trim());
	if (names.includes("")) throw new NotMeasured("bad-query", "`match` holds an empty name, expected a prefix, a pattern with `*`, or names with `,` between them", { permanent: true });
	const [only = ""] = names;
	if (names.length === 1 && !only.includes("*")) return {
		parts: [{
			text: only,
			fits: (name) => name.startsWith(only)
		}],
		ask: { AlarmNamePrefix: only }
	};
	const parts = names.map((name) => ({
		text: name,
		fits: globOf(name)
	}));
	if (names.length === 1) {
		const prefix = only.slice(0, only.indexOf("*"));
		return {
			parts,
			ask: prefix === "" ? {} : { AlarmNamePrefix: prefix }
		};
	}
	return {
		parts,
		ask: names.every((name) => !name.includes("*")) && names.length <= maxNames ? { AlarmNames: names } : {}
	};
}
/** Advice for `signalbox check`. */
const alarmsAdvice = ({ parts }) => parts.length > 0 ? [] : ["without `match` every alarm of the account and region counts, also those of auto scaling, which fire whenever there is little to do"];
// build/sources/telemetry/cloudwatch/alarms.js
/** Alarms (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html). */
const maxPages$1 = 50;
const maybe$1 = (schema) => optional(nullable(schema));
const text = maybe$1(string());
const common = {
	AlarmName: string(),
	StateValue: string(),
	StateUpdatedTimestamp: maybe$1(number()),
	StateTransitionedTimestamp: maybe$1(number())
};
const dimensions = maybe$1(array(object({
	Name: string(),
	Value: string()
})));
const metric = object({
	Namespace: text,
	MetricName: text,
	Dimensions: dimensions
});
const metricAlarm = object({
	...common,
	...metric.entries,
	Metrics: maybe$1(array(object({
		MetricStat: maybe$1(object({ Metric: metric })),
		Expression: text
	}))),
	/** Beside the state: why it is not to be relied on. */
	EvaluationState: text
});
const compositeAlarm = object({
	...common,
	AlarmRule: text,
	ActionsSuppressedBy: text
});
const pageForm$1 = object({
	MetricAlarms: maybe$1(array(metricAlarm)),
	CompositeAlarms: maybe$1(array(compositeAlarm)),
	NextToken: text
});
/** Lists the alarms that count, with their states. */
async function askAlarms(client, matchText, signal) {
	const match = parseAlarmMatch(matchText);
	const { alarms, cut } = await list(client, match, signal);
	const counting = alarms.filter(({ AlarmName }) => match.parts.length === 0 || match.parts.some((p) => p.fits(AlarmName)));
	const absent = match.parts.filter((part) => !counting.some(({ AlarmName }) => part.fits(AlarmName)));
	const alerts = counting.flatMap((alarm) => alertOf(alarm, client));
	const notes = [...counting.length > 0 ? absent.map((part) => `no alarm is named \`${oneLine(part.text, 80)}\``) : [], ...cut ? ["there are more alarms than are read: narrow `match`"] : []];
	const named = matchText === void 0 ? "" : ` named ${oneLine(matchText, 120)}`;
	return {
		kind: "alerts",
		subject: `${counting.length} alarms${named} in ${client.region}`,
		query: `alarms${named} in ${client.region}`,
		link: `${client.pages}alarmsV2:`,
		at: iso(client.now()),
		seen: counting.length,
		rules: counting.length,
		notes,
		partial: notes.length > 0,
		newest: null,
		...tally(alerts, firingFirst)
	};
}
async function list(client, { ask }, signal) {
	const input = {
		...ask,
		AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
		MaxRecords: 100
	};
	const alarms = [];
	const tokens = /* @__PURE__ */ new Set();
	let token;
	do {
		const json = await client.call("DescribeAlarms", {
			...input,
			...token === void 0 ? {} : { NextToken: token }
		}, signal);
		const parsed = safeParse(pageForm$1, json);
		if (!parsed.success || !(parsed.output.MetricAlarms || parsed.output.CompositeAlarms)) throw notCloudwatch(client.origin);
		alarms.push(...parsed.output.MetricAlarms ?? [], ...parsed.output.CompositeAlarms ?? []);
		token = parsed.output.NextToken || void 0;
		if (token !== void 0 && tokens.has(token)) throw new NotMeasured("bad-answer", `${client.origin} gives the same page again`);
		if (token !== void 0) tokens.add(token);
	} while (token !== void 0 && tokens.size < maxPages$1);
	return {
		alarms,
		cut: token !== void 0
	};
}
function stateOf(alarm) {
	if (alarm.StateValue === "ALARM") return "ActionsSuppressedBy" in alarm && alarm.ActionsSuppressedBy === "Alarm" ? "muted" : "firing";
	const doubtful = "EvaluationState" in alarm && typeof alarm.EvaluationState === "string" && alarm.EvaluationState !== "";
	return alarm.StateValue === "OK" && !doubtful ? void 0 : "unknown";
}
/** @returns nothing for one that is well */
function alertOf(alarm, { pages }) {
	const state = stateOf(alarm);
	if (state === void 0) return [];
	const since = millis(alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp);
	return [{
		name: oneLine(alarm.AlarmName, 120),
		state,
		severity: null,
		since: since === void 0 ? null : iso(since),
		subject: oneLine("AlarmRule" in alarm ? alarm.AlarmRule ?? "" : subjectOf(alarm), 160),
		link: `${pages}alarmsV2:alarm/${encodeURIComponent(alarm.AlarmName)}`
	}];
}
function subjectOf({ Metrics, ...own }) {
	const read = (Metrics ?? []).flatMap(({ MetricStat, Expression }) => MetricStat ? [MetricStat.Metric] : /^\s*SELECT\s/i.test(Expression ?? "") ? [{ MetricName: Expression }] : []);
	return (read.length > 0 ? read : [own]).map(({ Namespace, MetricName, Dimensions }) => [
		Namespace,
		MetricName,
		...(Dimensions ?? []).map(({ Name, Value }) => `${Name}=${Value}`)
	].filter(Boolean).join(" ")).join("; ");
}
// build/sources/telemetry/cloudwatch/query.js
/**
* What can be asked of CloudWatch:
*
* ```
* AWS/ApplicationELB TargetResponseTime p99 {LoadBalancer=app/shop/50dc6c495c0c9188}
* AWS/ApplicationELB HTTPCode_Target_5XX_Count Sum {LoadBalancer=app/shop/50dc6c495c0c9188} beside RequestCount
* SELECT AVG(CPUUtilization) FROM "AWS/ECS" WHERE ServiceName = 'checkout'
* [{"Id": "rate", "Expression": "FILL(errors, 0) / requests"}, {"Id": "errors", "MetricStat": {…}, "ReturnData": false}, …]
* ```
*/
const bad = (message) => new NotMeasured("bad-query", message, { permanent: true });
const form = "a query is `Namespace MetricName Statistic {Dimension=value, …}`, a Metrics Insights `SELECT …`, or a JSON list of MetricDataQueries";
const statForm = /^(?:SampleCount|Average|Sum|Minimum|Maximum|IQM|(?:p|tm|tc|ts|wm)\d{1,3}(?:\.\d{1,10})?|(?:TM|TC|TS|WM|PR)\([\d.%:]+\))$/;
function reduceOf(stat) {
	if (/^(?:Sum|SampleCount|(?:tc|ts)[\d.]+|(?:TC|TS)\(.*\)|COUNT|SUM)$/.test(stat)) return "sum";
	if (/^max/i.test(stat)) return "max";
	return /^min/i.test(stat) ? "min" : "avg";
}
/**
* @param periodSeconds length of a point
* @throws {NotMeasured} `bad-query`, naming what was expected
*/
function parseQuery(text, periodSeconds) {
	const trimmed = text.trim();
	if (trimmed.startsWith("[")) return parseJsonList(trimmed, periodSeconds);
	if (/^SELECT\s/i.test(trimmed)) return parseSelect(trimmed, periodSeconds);
	return parseShorthand(trimmed, periodSeconds);
}
function parseSelect(text, Period) {
	const [, named] = /^SELECT\s+(AVG|COUNT|MAX|MIN|SUM)\s*\(/i.exec(text) ?? [];
	if (named === void 0) throw bad("expected `SELECT` with AVG, COUNT, MAX, MIN or SUM of a metric");
	if (/\bLIMIT\s+\d+\s*$/i.test(text)) throw bad("the query holds `LIMIT`: series that are cut off could be those that matter");
	return {
		queries: [{
			Id: "m",
			Expression: text,
			Period
		}],
		main: "m",
		raw: ["m"],
		maySilence: [],
		reduce: reduceOf(named.toUpperCase()),
		formula: false
	};
}
/** A word, a text in quotes (a quote in it is written twice), or one of `{ } , =`. */
const word = /\s*(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'|([{},=])|([^\s{},="']+))\s*/y;
function tokensOf(text) {
	const tokens = [];
	word.lastIndex = 0;
	for (let at = 0; at < text.length; at = word.lastIndex) {
		const found = word.exec(text);
		if (!found) throw bad(`cannot read \`${oneLine(text.slice(at), 40)}\`; ${form}`);
		const [, double, single, mark, plain] = found;
		const quoted = double?.replaceAll("\"\"", "\"") ?? single?.replaceAll("''", "'");
		tokens.push({
			text: quoted ?? mark ?? plain ?? "",
			mark: mark !== void 0
		});
	}
	return tokens;
}
function parseShorthand(text, Period) {
	const tokens = tokensOf(text);
	let at = 0;
	const name = (what) => {
		const token = tokens[at];
		if (!token || token.mark || token.text === "") throw bad(`expected ${what}, found ${token ? `\`${oneLine(token.text, 40)}\`` : "the end"}; ${form}`);
		at += 1;
		return token.text;
	};
	const mark = (text) => {
		if (!(tokens[at]?.mark && tokens[at]?.text === text)) return false;
		at += 1;
		return true;
	};
	const Namespace = name("a namespace");
	const MetricName = name("the name of a metric");
	const Stat = name("a statistic");
	if (!statForm.test(Stat)) throw bad(`\`${oneLine(Stat, 40)}\` is no statistic, expected Sum, SampleCount, Average, Minimum, Maximum, p99 or its like; ${form}`);
	const Dimensions = [];
	if (mark("{") && !mark("}")) {
		do {
			const Name = name("the name of a dimension");
			if (!mark("=")) throw bad(`expected \`=\` after the dimension \`${oneLine(Name, 40)}\`; ${form}`);
			Dimensions.push({
				Name,
				Value: name(`a value of the dimension ${oneLine(Name, 40)}`)
			});
		} while (mark(","));
		if (!mark("}")) throw bad(`expected \`}\` after the dimensions; ${form}`);
	}
	const query = (Id, metric) => ({
		Id,
		MetricStat: {
			Metric: {
				Namespace,
				MetricName: metric,
				Dimensions
			},
			Period,
			Stat
		}
	});
	const beside = tokens[at]?.text === "beside" ? name("beside") && name("the name of a metric after `beside`") : void 0;
	if (at < tokens.length) throw bad(`expected the end, found \`${oneLine(tokens[at]?.text ?? "", 40)}\`; ${form}`);
	const reduce = reduceOf(Stat);
	if (beside !== void 0 && reduce !== "sum") throw bad("`beside` only with Sum or SampleCount: the other statistics have no value without data");
	return {
		queries: [query("m", MetricName), ...beside === void 0 ? [] : [query("b", beside)]],
		main: "m",
		raw: beside === void 0 ? ["m"] : ["m", "b"],
		maySilence: beside === void 0 ? [] : ["m"],
		...beside === void 0 ? {} : { beside: "b" },
		reduce,
		formula: false
	};
}
const entry = object({
	Id: pipe(string(), regex(/^[a-z]\w*$/)),
	Expression: optional(string()),
	MetricStat: optional(looseObject({ Stat: string() })),
	ReturnData: optional(boolean()),
	AccountId: optional(string())
});
/** Every point gets the same length, since others could reach out of the window; labels are CloudWatch's own, which tell series apart. */
function parseJsonList(text, Period) {
	let json;
	try {
		json = JSON.parse(text);
	} catch {
		throw bad("the query begins like a JSON list and is none");
	}
	const parsed = safeParse(pipe(array(entry), minLength(1)), json);
	if (!parsed.success) throw bad("expected a list of MetricDataQueries, each with an `Id` and a `MetricStat` or an `Expression`");
	const entries = parsed.output;
	if (new Set(entries.map(({ Id }) => Id)).size < entries.length) throw bad("an `Id` stands twice in the query");
	const odd = entries.find(({ MetricStat, Expression }) => MetricStat === void 0 === (Expression === void 0));
	if (odd) throw bad(`\`${odd.Id}\` needs either \`MetricStat\` or \`Expression\``);
	const returned = entries.filter(({ ReturnData }) => ReturnData ?? true);
	const [main] = returned;
	if (!main || returned.length > 1) throw bad(`${returned.length} queries return data, expected one: write \`"ReturnData": false\` to the others`);
	const stat = main.MetricStat?.Stat;
	const select = /^\s*SELECT\s+(\w+)/i.exec(main.Expression ?? "")?.[1];
	return {
		queries: entries.map(({ Id, Expression, MetricStat, AccountId }) => ({
			Id,
			...MetricStat === void 0 ? {
				Expression,
				Period
			} : { MetricStat: {
				...MetricStat,
				Period
			} },
			...AccountId === void 0 ? {} : { AccountId }
		})),
		main: main.Id,
		raw: entries.filter(isRaw).map(({ Id }) => Id),
		maySilence: filled(entries),
		reduce: reduceOf(stat ?? select?.toUpperCase() ?? ""),
		formula: !isRaw(main)
	};
}
/** Reads metrics; a formula works on what others have read. */
const isRaw = ({ MetricStat, Expression = "" }) => MetricStat !== void 0 || /^\s*(?:SELECT\s|SEARCH\s*\()/i.test(Expression);
/** Ids that stand within `FILL(…)`, also by way of other formulas. */
function filled(entries) {
	const byId = new Map(entries.map((e) => [e.Id, e]));
	const found = /* @__PURE__ */ new Set();
	const take = (text) => {
		for (const [id] of text.matchAll(/\b[a-z]\w*\b/g)) {
			if (!byId.has(id) || found.has(id)) continue;
			found.add(id);
			take(byId.get(id)?.Expression ?? "");
		}
		if (/\bMETRICS\s*\(/.test(text)) for (const { Id } of entries) found.add(Id);
	};
	for (const { Expression = "" } of entries) for (const { index, 0: call } of Expression.matchAll(/\bFILL\s*\(/gi)) take(argument(Expression, index + call.length));
	return [...found];
}
/** The text from `start` to the parenthesis that closes the one before it. */
function argument(text, start) {
	let depth = 1;
	for (let i = start; i < text.length; i += 1) {
		if (text[i] === "(") depth += 1;
		if (text[i] === ")") depth -= 1;
		if (depth === 0) return text.slice(start, i);
	}
	return text.slice(start);
}
/** Advice for `signalbox check`. */
function queryAdvice(query, ranged) {
	const [first] = query.queries;
	const metric = first?.MetricStat?.Metric?.MetricName ?? "";
	const advice = [];
	if (query.reduce === "sum" && query.beside === void 0 && !query.formula && /err|fail|fault|[45]xx/i.test(metric)) advice.push(`without a failure \`${metric}\` has no points at all, which is no data: add \`beside\` and the metric that counts all, such as \`beside RequestCount\``);
	if (query.formula && !ranged) advice.push("the value of a formula is the mean of its points; write `range` to say how they become one value");
	if (query.formula && query.raw.length === 0) advice.push("the formula reads no metric of the list, so nothing it gives can be proven");
	return advice;
}
// build/sources/telemetry/cloudwatch/metrics.js
/**
* Metrics (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html).
*
* The metrics behind a formula are returned beside it: `FILL` and the like give points where nothing was measured, so it is their
* points that tell how new the answer is.
*/
const minuteMs = 6e4;
const maxSeries = 100;
const maxPages = 20;
const maybe = (schema) => optional(nullable(schema));
const messages = maybe(array(object({
	Code: maybe(string()),
	Value: maybe(string())
})));
const resultForm = object({
	Id: string(),
	Label: maybe(string()),
	Timestamps: maybe(array(number())),
	Values: maybe(array(union([
		number(),
		string(),
		null_()
	]))),
	StatusCode: maybe(string()),
	Messages: messages
});
const pageForm = object({
	MetricDataResults: array(resultForm),
	Messages: messages,
	NextToken: maybe(string())
});
/** @throws {NotMeasured} `bad-query`, `query-failed`, `forbidden`, `too-many-series` and those of the client */
async function askMetrics(client, question, signal) {
	const { window, range } = question;
	const text = queryOf(question);
	const everyMs = range?.everyMs ?? minuteMs;
	const periodMs = Math.max(minuteMs, Math.floor(everyMs / minuteMs) * minuteMs);
	if (periodMs !== everyMs) refuseBins(question, `CloudWatch has whole minutes, not bins of ${formatDuration(everyMs)}`);
	const query = parseQuery(text, periodMs / 1e3);
	const from = Math.ceil(window.from / periodMs) * periodMs;
	const to = Math.floor(window.to / periodMs) * periodMs;
	const common = {
		kind: "samples",
		subject: `${oneLine(text, 160)} in ${client.region}`,
		query: text,
		link: `${client.pages}metricsV2:`,
		at: iso(client.now())
	};
	if (from >= to) {
		const notes = [`the window holds no whole ${formatDuration(periodMs)} yet`];
		const asked = {
			from: iso(window.from),
			to: iso(window.to)
		};
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
	const { lines, notes: incomplete } = await read(client, query, {
		from,
		to
	}, signal);
	const of = (id) => lines.get(id) ?? /* @__PURE__ */ new Map();
	const proven = newestOf(query, of, periodMs);
	const series = seriesOf(query, of, {
		window: {
			from,
			to
		},
		...range && { range }
	});
	refuseMany(series.length, maxSeries);
	return {
		...common,
		seen: proven.newest === void 0 ? 0 : series.length,
		notes: [
			...incomplete,
			...proven.notes,
			...periodMs === everyMs ? [] : [`CloudWatch has whole minutes: points every ${formatDuration(periodMs)}, not ${formatDuration(everyMs)}`]
		],
		partial: incomplete.length > 0,
		window: {
			from: iso(from),
			to: iso(to)
		},
		newest: proven.newest === void 0 ? null : iso(proven.newest),
		series
	};
}
async function read(client, query, { from, to }, signal) {
	const returned = /* @__PURE__ */ new Set([query.main, ...query.raw]);
	const input = {
		MetricDataQueries: query.queries.map((q) => ({
			...q,
			ReturnData: returned.has(q.Id)
		})),
		StartTime: from / 1e3,
		EndTime: to / 1e3,
		ScanBy: "TimestampDescending"
	};
	const points = /* @__PURE__ */ new Map();
	/** The last word on each series: one that is not complete on one page may be so with the next. */
	const status = /* @__PURE__ */ new Map();
	const notes = /* @__PURE__ */ new Set();
	let token;
	const tokens = /* @__PURE__ */ new Set();
	do {
		const json = await client.call("GetMetricData", {
			...input,
			...token === void 0 ? {} : { NextToken: token }
		}, signal);
		const parsed = safeParse(pageForm, json);
		if (!parsed.success) throw notCloudwatch(client.origin);
		const page = parsed.output;
		for (const note of wordsOf(page.Messages)) notes.add(note);
		const met = /* @__PURE__ */ new Set();
		for (const result of page.MetricDataResults) {
			const { Id, Label } = result;
			if (!returned.has(Id)) continue;
			for (const note of wordsOf(result.Messages)) notes.add(note);
			refuseFailed(result);
			const name = `${Id} ${Label ?? ""}`;
			if (met.has(name)) {
				const message = `CloudWatch gives two series with the same label ${oneLine(Label ?? "", 80)}: aggregate in the query`;
				throw new NotMeasured("too-many-series", message, { permanent: true });
			}
			met.add(name);
			status.set(name, result.StatusCode ?? "");
			const lines = points.get(Id) ?? /* @__PURE__ */ new Map();
			points.set(Id, lines);
			const line = lines.get(Label ?? "") ?? /* @__PURE__ */ new Map();
			lines.set(Label ?? "", line);
			for (const [i, seconds] of (result.Timestamps ?? []).entries()) {
				const at = millis(seconds);
				if (at !== void 0 && at >= from && at < to) line.set(at, reportedNumber(result.Values?.[i]));
			}
		}
		token = page.NextToken || void 0;
		if (token !== void 0 && tokens.has(token)) throw new NotMeasured("bad-answer", `${client.origin} gives the same page again`);
		if (token !== void 0) tokens.add(token);
	} while (token !== void 0 && tokens.size < maxPages);
	if (token !== void 0) notes.add("CloudWatch has more of this answer, which is not read");
	const unfinished = [...status.values()].filter((code) => code !== "Complete");
	if (unfinished.length > 0) notes.add(`CloudWatch gave only a part of the points (${oneLine(unfinished[0] || "no status", 40)})`);
	const missing = query.queries.filter(({ Id, MetricStat }) => {
		const expected = MetricStat !== void 0 || query.formula && Id === query.main;
		return returned.has(Id) && expected && !points.has(Id);
	});
	for (const { Id } of missing) notes.add(`CloudWatch gave no result for \`${oneLine(Id, 40)}\``);
	const sorted = (line) => [...line].map(([at, value]) => ({
		at,
		value
	})).sort((a, b) => a.at - b.at);
	return {
		lines: new Map([...points].map(([id, named]) => [id, new Map([...named].map(([label, line]) => [label, sorted(line)]).filter(([, p]) => p.length > 0))])),
		notes: [...notes]
	};
}
const wordsOf = (list) => (list ?? []).map(({ Code, Value }) => oneLine([Code, Value].filter(Boolean).join(": ")));
function refuseFailed({ Id, StatusCode, Messages }) {
	const [said] = wordsOf(Messages);
	const because = said === void 0 ? "" : `: ${said}`;
	if (StatusCode === "InternalError") throw new NotMeasured("query-failed", `CloudWatch failed on the query \`${oneLine(Id, 40)}\`${because}`);
	if (StatusCode === "Forbidden") {
		const message = `CloudWatch refuses the query \`${oneLine(Id, 40)}\`${because}; give the role or user the permission \`cloudwatch:GetMetricData\`, in each account that is asked`;
		throw new NotMeasured("forbidden", message);
	}
}
const allOf = (lines) => [...lines.values()].flat();
/** As one value; a sum of no finite numbers is none. */
function reduced(points, how) {
	if (how !== "sum") return overTime(points, how);
	const mean = overTime(points, "avg");
	return typeof mean === "number" ? points.reduce((sum, { value }) => sum + Number(value), 0) : mean;
}
function seriesOf({ main, beside, reduce }, of, question) {
	const lines = [...of(main)];
	const proof = beside === void 0 ? [] : allOf(of(beside));
	if (isInBins(question.range?.reduce)) return binned(lines, proof, question);
	if (lines.length === 0 && proof.length > 0) return [{
		labels: {},
		value: 0,
		points: proof.length
	}];
	return lines.map(([label, points]) => ({
		labels: lines.length === 1 || label === "" ? {} : { label: oneLine(label, 120) },
		...question.range ? seriesOver(points, question, "begin") : {
			value: reduced(points, reduce),
			points: points.length
		}
	}));
}
/** Each bin by itself: where the metric beside it has a point and this one has none, nothing of its kind happened in this bin. */
function binned(lines, proof, question) {
	const proven = [...new Set(proof.map(({ at }) => at))];
	return (lines.length === 0 && proven.length > 0 ? [["", []]] : lines).map(([label, points]) => {
		const known = new Set(points.map(({ at }) => at));
		const zeros = proven.filter((at) => !known.has(at)).map((at) => ({
			at,
			value: 0
		}));
		return {
			labels: label === "" ? {} : { label: oneLine(label, 120) },
			...seriesOver([...points, ...zeros], question, "begin")
		};
	});
}
/**
* The end of the newest point: of the metric that is furthest behind, of those that may not be silent. Where all may, any proves that
* there is something.
*/
function newestOf({ raw, maySilence, beside, queries }, of, periodMs) {
	const ends = raw.map((id) => {
		const each = [...of(id).values()].map((points) => (points.at(-1)?.at ?? 0) + periodMs);
		return {
			id,
			end: each.length === 0 ? void 0 : Math.min(...each)
		};
	});
	const named = (id) => {
		const name = (queries.find((q) => q.Id === id)?.MetricStat)?.Metric?.MetricName;
		return oneLine(typeof name === "string" ? name : id, 80);
	};
	const notes = ends.filter(({ end }) => end === void 0).map(({ id }) => beside !== void 0 && id !== beside ? `\`${named(id)}\` has no points, which counts as zero while \`${named(beside)}\` has some` : `\`${named(id)}\` has no points in the window`);
	if (raw.length === 0) notes.push("the formula reads no metric of the list, so nothing it gives can be proven");
	const needed = ends.filter(({ id }) => !maySilence.includes(id));
	const known = (needed.length > 0 ? needed : ends).map(({ end }) => end);
	const told = known.filter((end) => end !== void 0);
	if (told.length === 0 || needed.length > 0 && told.length < known.length) return {
		newest: void 0,
		notes
	};
	return {
		newest: needed.length > 0 ? Math.min(...told) : Math.max(...told),
		notes
	};
}
// build/sources/telemetry/cloudwatch/index.js
/** Source `cloudwatch`: metrics of Amazon CloudWatch, and the states of its alarms. */
const fields = strictObject({
	...awsFields,
	endpoint: described(optional(httpUrl), "Base URL, for a private endpoint. Default: `https://monitoring.REGION.amazonaws.com`."),
	settle: settleField("metrics", "2m")
});
const schema = pipe(fields, check((c) => signsInToAwsOneWay(c), oneWayToAws));
const cloudwatchSource = defineSource({
	type: "cloudwatch",
	families: ["telemetry", "alerts"],
	schema,
	settleMs: (config) => config.settle,
	open(config, context) {
		const client = openCloudwatch(config, config.endpoint ?? awsEndpoint("monitoring", config.region), context);
		return {
			telemetry: (question, signal) => askMetrics(client, question, signal),
			alerts: ({ match }, signal) => askAlarms(client, match, signal)
		};
	},
	lint(question) {
		if (question.family === "alerts") return adviceOn(() => parseAlarmMatch(question.match), alarmsAdvice);
		const { query, range } = question;
		if (typeof query !== "string") return [];
		return adviceOn(() => parseQuery(query, 60), (parsed) => queryAdvice(parsed, range !== void 0));
	}
});
export { cloudwatchSource };
