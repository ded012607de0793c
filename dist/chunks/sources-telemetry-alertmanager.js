import { $ as optional, A as check, O as array, Q as object, Y as nullable, bt as defineSource, ct as safeParse, dt as string, g as described, it as pipe, ot as record, rt as picklist, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled, yt as adviceOn } from "./base.js";
import { Cn as parseJson, Zn as iso, an as signsInOneWay, hr as serverWords, in as oneWayToSignIn, nn as authFields, rn as authorization, vr as oneLine, wn as refuseDenied } from "./shared.js";
import { B as tally, C as askRules, H as parseMatchers, V as matcherText, _ as Connection, b as oneConnection, v as connectionFields, w as subjectOf, y as connects, z as newestFirst } from "./late.js";
// build/sources/telemetry/alertmanager.js
/**
* Source `alertmanager`: the alerts that have arrived at an Alertmanager (API v2,
* https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml). It knows no rules, and no alerts look the same whether
* all is well or nothing reaches it; so one proof is asked for: an alert that always fires, or the rules of a Prometheus.
*/
const rules = pipe(strictObject(connectionFields), check((c) => connects(c), oneConnection));
const fields = strictObject({
	url: described(httpUrl, "Base URL; `/api/v2/alerts` is added to it."),
	...authFields,
	watchdog: described(optional(filled), "Name of an alert that always fires, such as `Watchdog` of kube-prometheus: it proves that alerts arrive here. It does not count as firing."),
	rules: described(optional(rules), "In place of `watchdog`: the Prometheus whose alert rules send here (its fields are those of a source `prometheus`). That its rules match, and are evaluated, is the proof.")
});
const schema = pipe(fields, check((c) => signsInOneWay(c), oneWayToSignIn), check((c) => c.watchdog === void 0 !== (c.rules === void 0), "`watchdog` or `rules`: a proof that alerts arrive"));
const time = pipe(string(), check((text) => !Number.isNaN(Date.parse(text))));
const gettable = object({
	labels: record(string(), string()),
	startsAt: time,
	endsAt: time,
	updatedAt: time,
	status: object({
		state: picklist([
			"active",
			"suppressed",
			"unprocessed"
		]),
		silencedBy: optional(nullable(array(string()))),
		inhibitedBy: optional(nullable(array(string())))
	})
});
async function list(config, context, filters, signal) {
	const { origin } = new URL(config.url);
	const query = new URLSearchParams([
		["active", "true"],
		["silenced", "true"],
		["inhibited", "true"],
		["unprocessed", "true"],
		...filters.map((filter) => ["filter", filter])
	]);
	const headers = {
		accept: "application/json",
		...authorization(config)
	};
	const response = await context.http.send({
		url: `${config.url}/api/v2/alerts?${query.toString()}`,
		headers,
		signal
	});
	refuseDenied(response, origin, "permission to read alerts", headers);
	if (response.status === 400) {
		const message = `Alertmanager refuses the matchers${serverWords(response.text, headers)}`;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	const parsed = safeParse(array(gettable), parseJson(response, origin));
	if (!parsed.success || response.status !== 200) {
		const message = `${origin} answered ${response.status} with something that is not Alertmanager's API: is the URL right?`;
		throw new NotMeasured("bad-answer", message);
	}
	return parsed.output;
}
async function watched(watchdog, config, context, signal) {
	const named = (await list(config, context, [matcherText({
		label: "alertname",
		operator: "=",
		value: watchdog
	})], signal)).filter((a) => a.labels.alertname === watchdog);
	const live = named.filter((a) => a.status.state === "active" && Date.parse(a.endsAt) > context.clock.now());
	const newest = live.map((a) => Date.parse(a.updatedAt)).reduce((a, b) => Math.max(a, b), 0);
	const name = oneLine(watchdog, 80);
	const missing = named.some((a) => a.status.state === "suppressed") ? `the alert ${name} is silenced or inhibited, and so may be all others` : `the alert ${name} does not fire, so nothing shows that alerts arrive here`;
	return {
		rules: live.length > 0 ? 1 : 0,
		newest: live.length > 0 ? iso(newest) : null,
		notes: live.length > 0 ? [] : [missing],
		subject: `proven by the alert ${name}`,
		partial: false,
		alerts: []
	};
}
async function proofOf(config, context, match, signal) {
	const { watchdog, rules: server } = config;
	if (watchdog !== void 0) return watched(watchdog, config, context, signal);
	if (server === void 0) throw new NotMeasured("bad-query", "neither `watchdog` nor `rules`", { permanent: true });
	const now = () => context.clock.now();
	const found = await askRules(new Connection(server, context), match, now, signal, Number.POSITIVE_INFINITY);
	return {
		...found,
		subject: `proven by ${found.subject}`
	};
}
/** What the rules say that no alert here does: a rule without data, and one that fires while no alert of its name has arrived. */
function unarrived(ofRules, arrived) {
	const names = new Set(arrived.map((a) => a.name));
	return ofRules.filter((a) => a.state === "unknown" || !names.has(a.name)).map((a) => a.state === "unknown" ? a : {
		...a,
		state: "unknown",
		subject: oneLine(`${a.subject} (fires there, has not arrived here)`)
	});
}
async function ask(config, context, { match }, signal) {
	const matchers = match === void 0 ? [] : parseMatchers(match);
	const [arrived, proof] = await Promise.all([list(config, context, matchers.map(matcherText), signal), proofOf(config, context, match, signal)]);
	const alerts = arrived.filter((a) => a.labels.alertname !== config.watchdog).map((a) => {
		const muted = a.status.state === "suppressed";
		return {
			name: oneLine(a.labels.alertname ?? "an alert without a name", 120),
			state: muted ? "muted" : "firing",
			severity: a.labels.severity ?? null,
			since: iso(Date.parse(a.startsAt)),
			subject: subjectOf(a.labels)
		};
	});
	const told = tally([...alerts, ...unarrived(proof.alerts, alerts)], newestFirst);
	const notes = [...proof.notes];
	if (config.watchdog !== void 0 && told.counts.muted > 0) notes.push("alerts are muted, and a watchdog does not show that other rules cover the scope: prove it by `rules`");
	const { origin } = new URL(config.url);
	const filter = `{${matchers.map(matcherText).join(", ")}}`;
	return {
		kind: "alerts",
		subject: `${alerts.length} alerts${match === void 0 ? "" : ` that match ${match}`} at ${origin}, ${proof.subject}`,
		query: match ?? "all alerts",
		link: `${config.url}/#/alerts${match === void 0 ? "" : `?filter=${encodeURIComponent(filter)}`}`,
		at: iso(context.clock.now()),
		seen: proof.rules,
		rules: proof.rules,
		notes,
		partial: proof.partial,
		newest: proof.newest,
		...told
	};
}
const alertmanagerSource = defineSource({
	type: "alertmanager",
	families: ["alerts"],
	schema,
	open: (config, context) => ({ alerts: (question, signal) => ask(config, context, question, signal) }),
	lint({ match }) {
		if (match === void 0) return ["without `match` every alert counts"];
		return adviceOn(() => parseMatchers(match));
	}
});
export { alertmanagerSource };
