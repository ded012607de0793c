import { $ as optional, A as check, H as looseObject, O as array, Q as object, St as queryOf, Y as nullable, Z as number, b as formatDuration, bt as defineSource, ct as safeParse, dt as string, ft as transform, g as described, gt as unknown, ht as union, it as pipe, k as boolean, pt as trim, ut as strictObject, vt as NotMeasured, x as httpUrl, yt as adviceOn } from "./base.js";
import { Dn as azureFields, Nn as azureClouds, Zn as iso, cr as reportedNumber, gr as globForm, vr as oneLine } from "./shared.js";
import { B as tally, Bt as within, Ft as openArm, It as resourceIdForm, L as seriesOver, Lt as scopeIdForm, Mt as lastSegment, Nt as normalId, Pt as notArm, R as firingFirst, Rt as subscriptionOf, S as settleField, j as isInBins, zt as typeOf } from "./late.js";
// build/sources/telemetry/azure-monitor/match.js
/** Which alert rules count: `severity <= Sev2 and rule ~ 'checkout*'`. */
const bad$1 = (message) => new NotMeasured("bad-query", `${message}; expected \`match\` as \`severity <= Sev2\`, \`rule ~ 'checkout*'\`, or both with \`and\``, { permanent: true });
const condition$1 = /\s*(?:severity\s*<=\s*Sev([0-4])|rule\s*~\s*'((?:[^']|'')+)')(?=\s|$)\s*/iy;
/**
* @param text absent: everything counts
* @throws {NotMeasured} `bad-query`
*/
function parseMatch(text) {
	if (text === void 0) return {};
	let severity;
	let rule;
	let rest = text;
	for (;;) {
		condition$1.lastIndex = 0;
		const found = condition$1.exec(rest);
		if (!found) throw bad$1(`cannot read \`${rest.slice(0, 40)}\``);
		const [all, level, glob] = found;
		if (level !== void 0) {
			if (severity !== void 0) throw bad$1("`severity` twice");
			severity = Number(level);
		}
		if (glob !== void 0) {
			if (rule) throw bad$1("`rule` twice");
			rule = new RegExp(globForm(glob.replaceAll("''", "'")), "isu");
		}
		rest = rest.slice(all.length);
		if (rest === "") return {
			...severity === void 0 ? {} : { severity },
			...rule ? { rule } : {}
		};
		const and = /^and\s+/i.exec(rest);
		if (!and) throw bad$1(`cannot read \`${rest.slice(0, 40)}\``);
		rest = rest.slice(and[0].length);
	}
}
/**
* Whether a rule or an alert counts.
*
* @param unknown the answer where a name or severity is not known: true for alerts, false for the rules that prove coverage
*/
function matches(match, { name, severity }, unknown) {
	if (match.severity !== void 0 && !(severity === void 0 ? unknown : severity <= match.severity)) return false;
	return match.rule === void 0 || (name === void 0 ? unknown : match.rule.test(name));
}
// build/sources/telemetry/azure-monitor/rules.js
/**
* The enabled alert rules that watch a resource. Without this proof a resource that nobody watches looks as quiet as one that is well.
*
* Metric alerts, log alerts and smart detectors count, and alerts on resource health. Other alerts of the activity log tell of what
* people do, not of how the resource is, so a subscription that has only those is not watched.
*/
const text$1 = optional(nullable(string()));
const types = optional(nullable(array(string())));
const condition = object({
	field: text$1,
	equals: text$1
});
const rule = object({
	id: string(),
	name: text$1,
	properties: object({
		enabled: optional(nullable(boolean())),
		/** Of smart detectors: `Enabled` or `Disabled`. */
		state: text$1,
		severity: optional(nullable(union([number(), string()]))),
		scopes: types,
		/** Of smart detectors. */
		scope: types,
		targetResourceType: text$1,
		targetResourceTypes: types,
		/** Of activity log alerts it says what they look for; other kinds have other shapes here. */
		condition: optional(unknown())
	})
});
const kinds = [
	{
		path: "Microsoft.Insights/metricAlerts",
		version: "2018-03-01"
	},
	{
		path: "Microsoft.Insights/scheduledQueryRules",
		version: "2023-12-01"
	},
	{
		path: "Microsoft.Insights/activityLogAlerts",
		version: "2020-10-01",
		health: true
	},
	{
		path: "microsoft.alertsManagement/smartDetectorAlertRules",
		version: "2021-04-01"
	}
];
/** `Sev3` or 3. */
function severityOf(raw) {
	const level = typeof raw === "number" ? raw : Number(/^Sev([0-4])$/i.exec(raw ?? "")?.[1] ?? NaN);
	return Number.isInteger(level) ? level : void 0;
}
const healthCondition = object({ allOf: array(condition) });
function watchesHealth({ properties }) {
	const parsed = safeParse(healthCondition, properties.condition);
	return parsed.success && parsed.output.allOf.some(({ field, equals }) => field?.toLowerCase() === "category" && equals?.toLowerCase() === "resourcehealth");
}
/** A rule of a group or subscription watches only the kinds of resources that it names. */
function concerns({ properties }, scope) {
	const watched = [properties.targetResourceType ?? [], properties.targetResourceTypes ?? []].flat().map((type) => type.toLowerCase()).filter((type) => type !== "");
	const own = typeOf(scope);
	return watched.length === 0 || own === void 0 || watched.includes(own);
}
const isWebTest = (id) => typeOf(id) === "microsoft.insights/webtests";
/**
* @param scope id of a resource, a group or a subscription, as `normalId` gives it
* @returns the enabled rules whose scope holds it or lies in it; `cut` when there are more pages than are read
*/
async function rulesOf(arm, scope, signal) {
	const needs = "the role Monitoring Reader on the subscription, to list its alert rules";
	const lists = await Promise.all(kinds.map(async ({ path, version, ...kind }) => {
		const at = `/subscriptions/${subscriptionOf(scope)}/providers/${path}`;
		const { items, cut } = await arm.list(at, { "api-version": version }, needs, signal);
		const rules = items.map((item) => {
			const parsed = safeParse(rule, item);
			if (!parsed.success) throw notArm(arm.origin);
			return parsed.output;
		});
		return {
			rules: "health" in kind ? rules.filter(watchesHealth) : rules,
			health: "health" in kind,
			cut
		};
	}));
	return {
		rules: lists.flatMap(({ rules, health }) => rules.flatMap((r) => covering(r, scope, health))),
		cut: lists.some(({ cut }) => cut)
	};
}
function covering(form, scope, health) {
	const { enabled, state, severity, scopes, scope: detected } = form.properties;
	if (!(enabled ?? (state === void 0 || state === null ? health : state.toLowerCase() === "enabled"))) return [];
	const watched = [...scopes ?? [], ...detected ?? []].map(normalId);
	const inside = watched.filter((id) => within(id, scope));
	const around = watched.some((id) => within(scope, id)) && concerns(form, scope);
	if (inside.length === 0 && !around) return [];
	return [{
		id: normalId(form.id),
		name: form.name ?? lastSegment(form.id),
		severity: health ? 4 : severityOf(severity),
		whole: inside.length > 0 && watched.every((id) => within(id, scope) || isWebTest(id))
	}];
}
// build/sources/telemetry/azure-monitor/alerts.js
/**
* Fired alerts (https://learn.microsoft.com/rest/api/monitor/alertsmanagement/alerts/get-all).
*
* `monitorCondition` is the machine's word: it decides. `alertState` is what a person made of it: an alert that was acknowledged or
* closed by hand burns on until its condition is resolved.
*/
const text = optional(nullable(string()));
const alertForm = object({
	id: text,
	name: text,
	properties: object({ essentials: object({
		severity: text,
		monitorCondition: text,
		targetResource: text,
		targetResourceName: text,
		alertRule: text,
		startDateTime: text,
		actionStatus: optional(nullable(object({ isSuppressed: optional(nullable(boolean())) })))
	}) })
});
/** Proves that enabled rules watch the scope, and lists what they have fired. */
async function askAlerts(context, matchText, signal) {
	const { arm, portal } = context;
	const match = parseMatch(matchText);
	const scope = normalId(context.scope);
	const [covering, fired] = await Promise.all([rulesOf(arm, scope, signal), firedIn(arm, scope, signal)]);
	const rules = covering.rules.filter((rule) => matches(match, rule, false));
	const alerts = fired.forms.filter((form) => concernsScope(form, scope, covering.rules) && counts(form, match)).map((form) => alertOf(form, portal));
	const cut = covering.cut || fired.cut;
	return {
		kind: "alerts",
		subject: `${rules.length} enabled alert rules${matchText === void 0 ? "" : ` with ${oneLine(matchText, 80)}`} that watch ${oneLine(context.scope)}`,
		query: `alerts with monitorCondition=Fired on ${context.scope}${matchText === void 0 ? "" : `, ${matchText}`}`,
		link: `${portal}/#blade/Microsoft_Azure_Monitoring/AzureMonitoringBrowseBlade/alertsV2`,
		at: iso(context.now()),
		seen: rules.length,
		rules: rules.length,
		notes: cut ? ["the subscription has more rules or alerts than are read: give a smaller `scope`"] : [],
		partial: cut,
		newest: null,
		...tally(alerts, firingFirst)
	};
}
/** The fired alerts of the scope's subscription. Narrowed here and not by Azure, whose filters find nothing when they are misspelt. */
async function firedIn(arm, scope, signal) {
	const path = `/subscriptions/${subscriptionOf(scope)}/providers/Microsoft.AlertsManagement/alerts`;
	const { items, cut } = await arm.list(path, {
		"api-version": "2019-05-05-preview",
		monitorCondition: "Fired",
		timeRange: "30d",
		sortBy: "startDateTime",
		sortOrder: "desc",
		pageCount: "250"
	}, "the role Monitoring Reader on the subscription", signal);
	return {
		forms: items.map((item) => {
			const parsed = safeParse(alertForm, item);
			if (!parsed.success) throw notArm(arm.origin);
			return parsed.output;
		}).filter(({ properties }) => properties.essentials.monitorCondition !== "Resolved"),
		cut
	};
}
const ruleId = ({ properties }) => {
	const id = properties.essentials.alertRule ?? void 0;
	return id !== void 0 && /^\/?subscriptions\//i.test(id) ? normalId(id) : void 0;
};
function concernsScope(form, scope, rules) {
	const { targetResource } = form.properties.essentials;
	if (targetResource === void 0 || targetResource === null || targetResource === "") return true;
	if (within(normalId(targetResource), scope)) return true;
	const id = ruleId(form);
	return rules.some((rule) => rule.whole && rule.id === id);
}
function counts(form, match) {
	const { severity, alertRule } = form.properties.essentials;
	const id = ruleId(form);
	return matches(match, {
		name: id === void 0 ? /[/:]/.test(alertRule ?? "/") ? void 0 : alertRule ?? void 0 : lastSegment(id),
		severity: severityOf(severity)
	}, true);
}
function alertOf(form, portal) {
	const { essentials } = form.properties;
	const id = ruleId(form);
	const since = Date.parse(essentials.startDateTime ?? "");
	const rule = id === void 0 ? void 0 : lastSegment(essentials.alertRule ?? id);
	const link = `${portal}/#blade/Microsoft_Azure_Monitoring/AlertDetailsTemplateBlade/alertId/`;
	return {
		name: oneLine(rule ?? form.name ?? "an alert without a name", 120),
		state: essentials.actionStatus?.isSuppressed === true ? "muted" : "firing",
		severity: essentials.severity ?? null,
		since: Number.isNaN(since) ? null : iso(since),
		subject: oneLine(essentials.targetResourceName ?? lastSegment(essentials.targetResource ?? ""), 120),
		...typeof form.id === "string" ? { link: link + encodeURIComponent(form.id) } : {}
	};
}
// build/sources/telemetry/azure-monitor/query.js
/**
* The language of metric queries: one metric, one aggregation, and what narrows it.
*
* ```
* requests/duration average where cloud/roleName eq 'checkout' and operation/synthetic eq 'False'
* requests/failed count by cloud/roleName beside requests/count
* 'Percentage CPU' maximum per Microsoft.Compute/virtualMachines
* ```
*/
const aggregations = [
	"total",
	"count",
	"average",
	"minimum",
	"maximum"
];
const operators = [
	"eq",
	"ne",
	"sw"
];
const form = "`metric aggregation [where dimension eq 'value' and …] [by dimension] [beside metric] [per namespace]`";
const bad = (message) => new NotMeasured("bad-query", `${message}; a metric query is ${form}`, { permanent: true });
const keywords = /* @__PURE__ */ new Set([
	"where",
	"and",
	"by",
	"beside",
	"per",
	...operators
]);
/** Words and texts in single quotes; a quote inside of one is written twice. */
function wordsOf(text) {
	const words = [];
	let end = 0;
	for (const { index, 0: all, 1: quoted, 2: plain } of text.matchAll(/\s*(?:'((?:[^']|'')*)'|([^\s']+))(?=\s|$)\s*/gy)) {
		words.push(quoted === void 0 ? {
			text: plain ?? "",
			quoted: false
		} : {
			text: quoted.replaceAll("''", "'"),
			quoted: true
		});
		end = index + all.length;
	}
	if (end < text.length) throw bad(`cannot read \`${text.slice(end, end + 40)}\`, expected a word or a text in single quotes`);
	return words;
}
/** @throws {NotMeasured} `bad-query`, naming what was expected */
function parseMetricQuery(text) {
	const words = wordsOf(text);
	let at = 0;
	const found = () => words[at] === void 0 ? "the end" : `\`${words[at]?.text}\``;
	const name = (what) => {
		const word = words[at];
		if (!(word && word.text !== "" && (word.quoted || !keywords.has(word.text)))) throw bad(`expected ${what}, found ${found()}`);
		if (/[,*\p{Cc}]/u.test(word.text)) throw bad(`expected ${what} without \`,\` and \`*\`, found \`${word.text}\``);
		at += 1;
		return word.text;
	};
	const keyword = (word) => {
		if (words[at]?.quoted !== false || words[at]?.text !== word) return false;
		at += 1;
		return true;
	};
	const metric = name("the name of a metric");
	const aggregation = aggregations.find((a) => keyword(a));
	if (!aggregation) throw bad(`expected ${aggregations.join(", ")}, found ${found()}`);
	const where = [];
	if (keyword("where")) do {
		const dimension = name("the name of a dimension");
		const operator = operators.find((o) => keyword(o));
		if (!operator) throw bad(`expected ${operators.join(", ")}, found ${found()}`);
		const value = words[at];
		if (!value?.quoted || value.text === "*") throw bad(`expected a value in single quotes, found ${found()}`);
		at += 1;
		where.push({
			dimension,
			operator,
			value: value.text
		});
	} while (keyword("and"));
	const by = keyword("by") ? { by: name("the name of a dimension") } : {};
	const beside = keyword("beside") ? { beside: name("the name of a metric") } : {};
	const per = keyword("per") ? { per: name("a metric's namespace") } : {};
	if (at < words.length) throw bad(`expected the end, found ${found()}`);
	if ("beside" in beside && aggregation !== "total" && aggregation !== "count") throw bad("`beside` only with total or count: the other aggregations have no value without data");
	return {
		metric,
		aggregation,
		where,
		...by,
		...beside,
		...per
	};
}
/** The `$filter` of the metrics API (OData); undefined without a condition. */
function filterOf({ where, by }) {
	const conditions = where.map(({ dimension, operator, value }) => `${dimension} ${operator} '${value.replaceAll("'", "''")}'`);
	if (by !== void 0) conditions.push(`${by} eq '*'`);
	return conditions.length === 0 ? void 0 : conditions.join(" and ");
}
// build/sources/telemetry/azure-monitor/metrics.js
/**
* Metrics of a resource (https://learn.microsoft.com/rest/api/monitor/metrics/list).
*
* Azure gives one point for each minute, and for many metrics it fills minutes in which nothing happened with zeros. A zero is
* therefore no sign of life: what counts as a datum is a point with something in it.
*/
const minuteMs = 6e4;
/** The lengths of time that Azure takes together, by their ISO 8601 names. */
const grains = /* @__PURE__ */ new Map([
	[minuteMs, "PT1M"],
	[5 * minuteMs, "PT5M"],
	[15 * minuteMs, "PT15M"],
	[30 * minuteMs, "PT30M"],
	[60 * minuteMs, "PT1H"]
]);
const maxSeries = 100;
const named = object({ value: string() });
const point = looseObject({ timeStamp: string() });
const timeseries = object({
	metadatavalues: optional(nullable(array(object({
		name: named,
		value: string()
	})))),
	data: optional(nullable(array(point)))
});
const answerForm = object({
	interval: optional(string()),
	nextLink: optional(nullable(string())),
	value: array(object({
		name: named,
		errorCode: optional(nullable(string())),
		errorMessage: optional(nullable(string())),
		timeseries: optional(nullable(array(timeseries)))
	}))
});
const isSum = (aggregation) => aggregation === "total" || aggregation === "count";
/** Whether something was measured in the bucket. */
function hasData({ value, count }, aggregation) {
	if (count !== void 0) return count > 0;
	return !isSum(aggregation) || value !== 0;
}
/** Asks for one metric over the whole buckets in the window. */
async function askMetric(context, text, question, signal) {
	const query = parseMetricQuery(text);
	const grainMs = question.range?.everyMs ?? minuteMs;
	const interval = grains.get(grainMs);
	if (interval === void 0) {
		const expected = [...grains.keys()].map(formatDuration).join(", ");
		const message = `Azure has no points every ${formatDuration(grainMs)}; expected \`range.every\` of ${expected}`;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	const from = Math.ceil(question.window.from / grainMs) * grainMs;
	const to = Math.floor(question.window.to / grainMs) * grainMs;
	const common = {
		kind: "samples",
		subject: `${oneLine(text, 160)} of ${lastSegment(context.resource)}`,
		query: text,
		link: context.link,
		at: iso(context.now())
	};
	if (from >= to) {
		const notes = [`the window holds no whole ${formatDuration(grainMs)} yet`];
		const { window } = question;
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
	const filter = filterOf(query);
	const parameters = {
		"api-version": "2024-02-01",
		metricnames: [query.metric, ...query.beside === void 0 ? [] : [query.beside]].join(","),
		timespan: `${iso(from)}/${iso(to)}`,
		interval,
		aggregation: query.aggregation === "count" ? "count" : `${query.aggregation},count`,
		AutoAdjustTimegrain: "false",
		...query.per === void 0 ? {} : { metricnamespace: query.per },
		...filter === void 0 ? {} : {
			$filter: filter,
			top: String(101),
			ValidateDimensions: "true"
		}
	};
	const path = `${context.resource}/providers/Microsoft.Insights/metrics`;
	const json = await context.arm.get(path, parameters, "the role Monitoring Reader on the resource", signal);
	const parsed = safeParse(answerForm, json);
	if (!parsed.success) throw notArm(context.arm.origin);
	const answer = parsed.output;
	if (answer.interval !== void 0 && answer.interval !== interval) throw new NotMeasured("bad-answer", `Azure answered every ${oneLine(answer.interval, 20)}, asked for ${interval}`);
	const read = (metric) => linesOf(answer, metric, {
		...query,
		from,
		to,
		grainMs
	});
	const main = read(query.metric);
	const beside = query.beside === void 0 ? void 0 : read(query.beside);
	const reduced = reduce(query.aggregation, main, beside, {
		...question,
		window: {
			from,
			to
		}
	});
	if (reduced.series.length > maxSeries) throw new NotMeasured("too-many-series", `the metric has more than ${maxSeries} series: narrow it with \`where\``, { permanent: true });
	const cut = typeof answer.nextLink === "string" && answer.nextLink !== "";
	return {
		...common,
		...reduced,
		notes: [...reduced.notes, ...cut ? ["Azure has more of this answer, which is not read"] : []],
		partial: cut,
		window: {
			from: iso(from),
			to: iso(to)
		}
	};
}
/** The buckets with a value of one metric of the answer. */
function linesOf({ value }, metric, { aggregation, from, to, grainMs }) {
	const found = value.find(({ name }) => name.value.toLowerCase() === metric.toLowerCase());
	if (!found) throw new NotMeasured("bad-answer", `Azure's answer lacks the metric ${oneLine(metric, 80)}`);
	const { errorCode, errorMessage } = found;
	if (errorCode !== void 0 && errorCode !== null && errorCode !== "Success") {
		const message = `Azure could not read the metric ${oneLine(metric, 80)}: ${oneLine(errorMessage ?? errorCode)}`;
		throw new NotMeasured("query-failed", message);
	}
	return (found.timeseries ?? []).map(({ metadatavalues, data }) => ({
		labels: Object.fromEntries((metadatavalues ?? []).map((m) => [m.name.value, m.value])),
		buckets: (data ?? []).flatMap((p) => {
			const at = Date.parse(p.timeStamp);
			const value = reportedNumber(p[aggregation]);
			if (value === null || !(at >= from && at + grainMs <= to)) return [];
			const count = reportedNumber(p.count);
			return [{
				at,
				value,
				count: typeof count === "number" ? count : void 0
			}];
		}).sort((a, b) => a.at - b.at)
	}));
}
/** One value for each series over the window, and what proves it. */
function reduce(aggregation, main, beside, question) {
	const alive = (lines) => lines.flatMap(({ labels, buckets }) => {
		const full = buckets.filter((b) => hasData(b, aggregation));
		return full.length === 0 ? [] : [{
			labels,
			buckets: full
		}];
	});
	const living = alive(main);
	const proving = beside === void 0 ? living : alive(beside);
	const key = ({ labels }) => JSON.stringify(Object.entries(labels).sort(([a], [b]) => a < b ? -1 : 1));
	const known = new Set(main.map(key));
	const proven = new Set([...living, ...proving].map(key));
	const silent = beside === void 0 ? [] : proving.filter((line) => !known.has(key(line)));
	const shown = isSum(aggregation) ? main.filter((line) => proven.has(key(line))) : living;
	const series = isInBins(question.range?.reduce) ? proving.map((proof) => binned(aggregation, main.find((line) => key(line) === key(proof)), proof, question)) : [...shown.flatMap((line) => seriesOf(aggregation, line, question)), ...silent.map(({ labels, buckets }) => ({
		labels: { ...labels },
		value: 0,
		points: buckets.length
	}))];
	const newest = [...living, ...proving].flatMap(({ buckets }) => buckets).reduce((a, { at }) => Math.max(a, at), Number.NEGATIVE_INFINITY);
	const counts = proving.flatMap(({ buckets }) => buckets.map(({ count }) => count));
	const counted = counts.every((n) => n !== void 0) && counts.length > 0;
	const zeros = proving.length === 0 && main.some(({ buckets }) => buckets.length > 0);
	const unweighted = aggregation === "average" && living.some(({ buckets }) => buckets.some((b) => b.count === void 0));
	return {
		series,
		seen: proving.length,
		newest: Number.isFinite(newest) ? iso(newest) : null,
		notes: [...zeros && beside === void 0 ? ["Azure gives only zeros, as it does when nothing runs: add `beside` and a metric that shows traffic"] : [], ...unweighted ? ["the metric has no counts, so this is the mean of the means of each minute"] : []],
		...counted ? { events: counts.reduce((a, n) => a + (n ?? 0), 0) } : {}
	};
}
/** Each bin by itself: a sum is known where the one that proves it has something in the same bin, and there it is zero without a point. */
function binned(aggregation, line, proof, question) {
	const values = new Map(line?.buckets.map(({ at, value }) => [at, value]));
	const points = proof.buckets.flatMap(({ at }) => {
		const value = values.get(at) ?? (isSum(aggregation) ? 0 : null);
		return value === null ? [] : [{
			at,
			value
		}];
	});
	return {
		labels: { ...proof.labels },
		...seriesOver(points, question, "begin")
	};
}
function seriesOf(aggregation, { labels, buckets }, question) {
	if (buckets.length === 0) return isSum(aggregation) ? [{
		labels: { ...labels },
		value: 0,
		points: 0
	}] : [];
	const reduced = question.range === void 0 ? {
		value: inAll(aggregation, buckets),
		points: buckets.length
	} : seriesOver(buckets, question, "begin");
	return [{
		labels: { ...labels },
		...reduced
	}];
}
/** The aggregation over all buckets, as if they were one. */
function inAll(aggregation, buckets) {
	const spoilt = buckets.find(({ value }) => typeof value !== "number");
	if (spoilt) return spoilt.value;
	const values = buckets.map(({ value }) => Number(value));
	switch (aggregation) {
		case "total":
		case "count": return values.reduce((a, b) => a + b, 0);
		case "minimum": return values.reduce((a, b) => Math.min(a, b));
		case "maximum": return values.reduce((a, b) => Math.max(a, b));
		case "average": {
			const weights = buckets.map(({ count }) => count);
			if (weights.includes(void 0)) return values.reduce((a, b) => a + b, 0) / values.length;
			const all = weights.reduce((a, n) => a + (n ?? 0), 0);
			return values.reduce((sum, value, i) => sum + value * ((weights[i] ?? 0) / all), 0);
		}
	}
}
// build/sources/telemetry/azure-monitor.js
/** Source `azure-monitor`: the metrics of an Azure resource, and the alerts that its alert rules have fired. */
const trimmed = pipe(string(), trim(), transform((id) => id.replace(/\/+$/, "")));
const schema = strictObject({
	resource: described(pipe(trimmed, check((id) => resourceIdForm.test(id), "a resource id, `/subscriptions/…/resourceGroups/…/providers/…/…/…`")), "Id of the resource, as its page in the portal shows it under Properties: `/subscriptions/…/resourceGroups/…/providers/…`."),
	scope: described(optional(pipe(trimmed, check((id) => scopeIdForm.test(id), "the id of a subscription, a resource group or a resource"))), "For the gate `alerts`: id of the subscription, resource group or resource whose alerts count. Default: the resource."),
	...azureFields,
	management: described(optional(httpUrl), "Base URL of Azure Resource Manager. Default: that of the cloud, `https://management.azure.com`."),
	settle: settleField("metrics", "2m")
});
const azureMonitorSource = defineSource({
	type: "azure-monitor",
	families: ["telemetry", "alerts"],
	schema,
	countsEvents: true,
	settleMs: (config) => config.settle,
	open(config, context) {
		const { portal, resourceManager } = azureClouds[config.cloud];
		const arm = openArm(config, config.management ?? resourceManager, context);
		const now = () => context.clock.now();
		const { resource } = config;
		const link = `${portal}/#${config.tenant === void 0 ? "" : `@${encodeURIComponent(config.tenant)}/`}resource${encodeURI(resource)}/metrics`;
		return {
			telemetry: (question, signal) => askMetric({
				arm,
				resource,
				link,
				now
			}, queryOf(question), question, signal),
			alerts: ({ match }, signal) => askAlerts({
				arm,
				scope: config.scope ?? resource,
				portal,
				now
			}, match, signal)
		};
	},
	lint(question) {
		if (question.family === "alerts") return adviceOn(() => parseMatch(question.match));
		const { query } = question;
		if (typeof query !== "string") return [];
		return adviceOn(() => parseMetricQuery(query), ({ metric, aggregation, beside }) => {
			return (aggregation === "count" || aggregation === "total") && beside === void 0 && /fail|error|exception|[45]xx/i.test(metric) ? [`without traffic \`${metric}\` is zero as well, so zeros alone prove nothing: add \`beside\` and the metric that counts all, such as \`beside requests/count\``] : [];
		});
	}
});
export { azureMonitorSource };
