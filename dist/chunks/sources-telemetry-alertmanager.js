import { A as optional, E as nullable, F as record, L as safeParse, M as picklist, N as pipe, R as strictObject, a as httpUrl, d as array, k as object, p as check, r as filled, t as described, z as string } from "./policy-fields.js";
import { A as authorization, M as signsInOneWay, X as parseJson, Z as refuseDenied, j as oneWayToSignIn, k as authFields, tt as serverWords } from "../index.js";
import { a as iso, n as defineSource, t as NotMeasured } from "./sources-source.js";
import { t as oneLine } from "./sources-text.js";
import { n as parseMatchers, t as matcherText } from "./sources-telemetry-matchers.js";
import { a as askRules, i as oneConnection, n as connectionFields, o as subjectOf, r as connects, t as Connection } from "./sources-telemetry-prometheus-connection.js";
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
const gettable = object({
	labels: record(string(), string()),
	startsAt: string(),
	endsAt: string(),
	updatedAt: optional(string()),
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
	const live = (await list(config, context, [matcherText({
		label: "alertname",
		operator: "=",
		value: watchdog
	})], signal)).filter((a) => a.labels.alertname === watchdog && Date.parse(a.endsAt) > context.clock.now());
	const newest = live.flatMap((a) => a.updatedAt ?? []).toSorted().at(-1) ?? null;
	const notes = live.length > 0 ? [] : [`the alert ${oneLine(watchdog, 80)} does not fire, so nothing shows that alerts arrive here`];
	return {
		rules: live.length,
		newest: newest === null ? null : iso(Date.parse(newest)),
		notes,
		subject: `proven by the alert ${oneLine(watchdog, 80)}`,
		partial: false,
		unknown: []
	};
}
async function proofOf(config, context, match, signal) {
	const { watchdog, rules: server } = config;
	if (watchdog !== void 0) return watched(watchdog, config, context, signal);
	if (server === void 0) throw new NotMeasured("bad-query", "neither `watchdog` nor `rules`", { permanent: true });
	const found = await askRules(new Connection(server, context), match, () => context.clock.now(), signal);
	const unknown = found.alerts.filter((a) => a.state === "unknown");
	return {
		...found,
		unknown,
		subject: `proven by ${found.subject}`
	};
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
			since: Number.isNaN(Date.parse(a.startsAt)) ? null : iso(Date.parse(a.startsAt)),
			subject: subjectOf(a.labels)
		};
	});
	const all = [...alerts, ...proof.unknown].toSorted((a, b) => (b.since ?? "9").localeCompare(a.since ?? "9"));
	const count = (state) => all.filter((a) => a.state === state).length;
	const beside = config.watchdog === void 0 || proof.rules === 0 ? 0 : new Set(alerts.map((a) => a.name)).size;
	const known = proof.rules + beside;
	const { origin } = new URL(config.url);
	return {
		kind: "alerts",
		subject: `${alerts.length} alerts${match === void 0 ? "" : ` that match ${match}`} at ${origin}, ${proof.subject}`,
		query: match ?? "all alerts",
		link: `${config.url}/#/alerts${match === void 0 ? "" : `?filter=${encodeURIComponent(`{${match}}`)}`}`,
		at: iso(context.clock.now()),
		seen: known,
		rules: known,
		notes: [...proof.notes],
		partial: proof.partial,
		newest: proof.newest,
		counts: {
			firing: count("firing"),
			unknown: count("unknown"),
			muted: count("muted")
		},
		alerts: all.slice(0, 50)
	};
}
const alertmanagerSource = defineSource({
	type: "alertmanager",
	families: ["alerts"],
	schema,
	open: (config, context) => ({ alerts: (question, signal) => ask(config, context, question, signal) }),
	lint({ match }) {
		if (match === void 0) return ["without `match` every alert counts"];
		try {
			parseMatchers(match);
			return [];
		} catch (error) {
			if (error instanceof NotMeasured) return [error.message];
			throw error;
		}
	}
});
export { alertmanagerSource };
