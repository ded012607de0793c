import { $ as optional, O as array, Q as object, Y as nullable, _ as duration, bt as defineSource, ct as safeParse, dt as string, g as described, it as pipe, k as boolean, q as nonEmpty, ut as strictObject, vt as NotMeasured, yt as adviceOn } from "./base.js";
import { Zn as iso, vr as oneLine } from "./shared.js";
import { f as Client, p as clientFields } from "./late.js";
// build/sources/telemetry/datadog/gates.js
/**
* Source `datadog-gates`: Datadog's own Deployment Gates as evidence
* (https://docs.datadoghq.com/api/latest/deployment-gates/). An evaluation takes minutes; it is begun in one round and read in later ones.
*/
const schema = strictObject({
	...clientFields,
	renew: described(optional(duration, "2m"), "How old a result may be before another evaluation is begun. At most `max-age` of the gate.")
});
const begun = object({ data: object({ attributes: object({ evaluation_id: pipe(string(), nonEmpty()) }) }) });
const rule = object({
	name: optional(string(), "a rule"),
	status: string(),
	reason: optional(nullable(string())),
	dry_run: optional(nullable(boolean()))
});
const result = object({ data: object({ attributes: object({
	gate_status: string(),
	dry_run: optional(nullable(boolean())),
	evaluation_url: optional(nullable(string())),
	rules: optional(nullable(array(rule)))
}) }) });
const attributeNames = [
	"env",
	"service",
	"identifier",
	"version"
];
/** `env:production service:checkout identifier:default version:1.2.3`. */
function parseScope(match) {
	const given = Object.fromEntries((match ?? "").trim().split(/\s+/).map((word) => /^([a-z]+):(\S+)$/.exec(word)?.slice(1) ?? ["", word]));
	if (Object.keys(given).find((key) => !attributeNames.includes(key)) !== void 0 || given.env === void 0 || given.service === void 0) {
		const message = `expected \`match\` such as \`env:production service:checkout\` (and \`identifier:\`, \`version:\`), found \`${match ?? ""}\``;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	return given;
}
const needs = "the permission deployment_gates_evaluate";
var Gates = class {
	#client;
	#renewMs;
	/** The last evaluation of each scope. */
	#evaluations = /* @__PURE__ */ new Map();
	constructor(client, renewMs) {
		this.#client = client;
		this.#renewMs = renewMs;
	}
	async ask(match, signal) {
		const scope = parseScope(match);
		const key = JSON.stringify(scope);
		const evaluation = this.#evaluations.get(key) ?? await this.#begin(scope, signal);
		this.#evaluations.set(key, evaluation);
		const path = `/api/v2/deployments/gates/evaluation/${encodeURIComponent(evaluation.id)}`;
		const json = await this.#client.send({
			path,
			needs,
			maybe: true
		}, signal);
		const measured = this.#read(json, evaluation, match ?? "");
		if (evaluation.ended !== void 0 && this.#client.now() - evaluation.ended >= this.#renewMs) this.#evaluations.delete(key);
		return measured;
	}
	async #begin(scope, signal) {
		const body = { data: {
			type: "deployment_gates_evaluation_request",
			attributes: scope
		} };
		const json = await this.#client.send({
			path: "/api/v2/deployments/gates/evaluation",
			body,
			needs,
			once: true
		}, signal);
		const parsed = safeParse(begun, json);
		if (!parsed.success) throw this.#client.strange("evaluation of a gate");
		return { id: parsed.output.data.attributes.evaluation_id };
	}
	#read(json, evaluation, match) {
		const measured = (change) => ({
			kind: "alerts",
			subject: `the deployment gate of ${oneLine(match, 120)} in Datadog`,
			query: match,
			at: iso(this.#client.now()),
			seen: 0,
			rules: 0,
			notes: [],
			partial: false,
			newest: evaluation.ended === void 0 ? null : iso(evaluation.ended),
			counts: {
				firing: 0,
				unknown: 0,
				muted: 0
			},
			alerts: [],
			...change
		});
		if (json === void 0) return measured({
			partial: true,
			notes: ["the evaluation is not known yet"]
		});
		const parsed = safeParse(result, json);
		if (!parsed.success) throw this.#client.strange("result of a gate");
		const { gate_status: status, dry_run: dry, evaluation_url: link, rules } = parsed.output.data.attributes;
		if (status === "in_progress") return measured({
			partial: true,
			notes: ["the evaluation is under way"]
		});
		if (status !== "pass" && status !== "fail") throw new NotMeasured("bad-answer", `Datadog says \`${oneLine(status, 40)}\` of the gate, expected pass or fail`);
		evaluation.ended ??= this.#client.now();
		const all = rules ?? [];
		const alerts = all.flatMap(({ name, status: said, reason, dry_run: dryRule }) => {
			const state = said === "fail" ? "firing" : said !== "pass" || dryRule || dry ? "unknown" : void 0;
			const subject = oneLine(reason ?? (dryRule || dry ? "dry run, which always passes" : said), 160);
			return state === void 0 ? [] : [{
				name: oneLine(name, 120),
				state,
				severity: null,
				since: null,
				subject
			}];
		});
		if (status === "fail" && !alerts.some((a) => a.state === "firing")) alerts.push({
			name: "the gate",
			state: "firing",
			severity: null,
			since: null,
			subject: "it failed"
		});
		const count = (state) => alerts.filter((a) => a.state === state).length;
		const known = Math.max(all.length, alerts.length);
		return measured({
			...link ? { link } : {},
			seen: known,
			rules: known,
			counts: {
				firing: count("firing"),
				unknown: count("unknown"),
				muted: 0
			},
			alerts: alerts.slice(0, 50)
		});
	}
};
const datadogGatesSource = defineSource({
	type: "datadog-gates",
	families: ["alerts"],
	schema,
	open(config, context) {
		const gates = new Gates(new Client(config, context), config.renew);
		return { alerts: ({ match }, signal) => gates.ask(match, signal) };
	},
	lint: ({ match }) => adviceOn(() => parseScope(match))
});
export { datadogGatesSource };
