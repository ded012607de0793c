import { $t as parseJson, Cr as pipe, Dr as safeParse, Ln as oneLine, Or as strictObject, Pr as unknown, Rn as described, Un as httpUrl, Ut as authFields, Wt as authorization, bn as iso, en as refuseDenied, gr as nullish, kr as string, qn as secret, tr as check, vr as object, yr as optional } from "./shared.js";
import { c as defineSource, o as NotMeasured } from "./base.js";
// build/sources/flags/ofrep.js
/**
* Source `ofrep`: any service that speaks the OpenFeature Remote Evaluation Protocol (specification 0.3.0): one POST for one
* flag and one context. It tells what is served, never how a flag is set up.
*/
const fields = strictObject({
	url: described(httpUrl, "Base URL of the service; `/ofrep/v1/evaluate/flags/…` is added to it."),
	token: authFields.token,
	"api-key": described(optional(secret), "Sent as `X-API-Key`.")
});
const schema = pipe(fields, check((c) => c.token === void 0 || c["api-key"] === void 0, "either `token` or `api-key`"));
/** Reasons of OpenFeature that hold for every context. */
const forEveryone = /* @__PURE__ */ new Set(["STATIC", "DISABLED"]);
async function ask(config, question, context, signal) {
	const { flag } = question;
	if (/^\.{1,2}$/.test(flag)) throw new NotMeasured("bad-query", `a flag called ${flag} cannot be asked for: its name would change the address`, { permanent: true });
	const url = `${config.url}/ofrep/v1/evaluate/flags/${encodeURIComponent(flag)}`;
	const body = JSON.stringify({ context: question.context });
	const response = await context.http.send({
		url,
		method: "POST",
		headers: {
			accept: "application/json",
			"content-type": "application/json",
			...authorization({ token: config.token }),
			...config["api-key"] === void 0 ? {} : { "x-api-key": config["api-key"] }
		},
		body,
		signal
	});
	const common = {
		kind: "flag",
		subject: `flag ${flag}`,
		query: `POST ${url} ${body}`,
		at: iso(context.clock.now()),
		partial: false,
		flag,
		scope: "context",
		context: { ...question.context }
	};
	const answer = understand(response, flag, config);
	if (answer === "unknown") {
		const nothing = {
			exists: false,
			enabled: null,
			value: null,
			variant: null,
			reason: "FLAG_NOT_FOUND"
		};
		return {
			...common,
			...nothing,
			seen: 0,
			notes: []
		};
	}
	const reason = answer.reason ?? "UNKNOWN";
	return {
		...common,
		seen: 1,
		notes: [],
		exists: true,
		enabled: reason.toUpperCase() === "DISABLED" ? false : null,
		value: answer.value ?? null,
		variant: answer.variant ?? null,
		reason: oneLine(reason, 60),
		scope: forEveryone.has(reason.toUpperCase()) ? "everyone" : "context"
	};
}
const success = object({
	key: string(),
	reason: nullish(string()),
	variant: nullish(string()),
	value: optional(unknown())
});
const refusal = object({
	errorCode: string(),
	errorDetails: nullish(string())
});
function understand(response, flag, config) {
	const { status } = response;
	const refused = safeParse(refusal, looseJson(response.text));
	const code = refused.success ? refused.output.errorCode : void 0;
	const said = refused.success ? `: ${clean(`${code} ${refused.output.errorDetails ?? ""}`, config)}` : "";
	if (status === 404 && code === "FLAG_NOT_FOUND") return "unknown";
	refuseDenied(response, config.url, "the right to evaluate flags");
	if (refused.success) {
		const permanent = code === "INVALID_CONTEXT" || code === "TARGETING_KEY_MISSING";
		throw new NotMeasured("evaluation-failed", `${flag} cannot be evaluated at ${config.url}${said}`, { permanent });
	}
	const bad = (what) => new NotMeasured("bad-answer", `${config.url} ${what}`);
	if (status !== 200) throw bad(`answered ${status}, expected 200`);
	const parsed = safeParse(success, parseJson(response, config.url));
	if (!parsed.success) throw bad("answered something that is not OFREP: is the URL right?");
	const answer = parsed.output;
	if (answer.key !== flag) throw bad(`answered for the flag ${oneLine(answer.key, 60)}, asked was ${flag}`);
	if (answer.reason?.toUpperCase() === "ERROR") throw new NotMeasured("evaluation-failed", `${flag} cannot be evaluated at ${config.url}: it gives no reason`);
	return answer;
}
/** A service may repeat in its answer what was sent to it. */
function clean(text, config) {
	const secrets = [config.token, config["api-key"]].filter((x) => x !== void 0);
	return oneLine(secrets.reduce((t, s) => t.replaceAll(s, "***"), text));
}
/** The body, when it is JSON; an error's body need not be. */
function looseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
const ofrepSource = defineSource({
	type: "ofrep",
	families: ["flags"],
	schema,
	open: (config, context) => ({ flags: (question, signal) => ask(config, question, context, signal) })
});
export { ofrepSource };
