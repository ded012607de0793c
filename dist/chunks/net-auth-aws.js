import { A as optional, I as regex, L as safeParse, N as pipe, O as number, W as union, a as httpUrl, c as secret, k as object, p as check, r as filled, t as described, v as isoTimestamp, w as nonEmpty, z as string } from "./policy-fields.js";
import { t as NotMeasured } from "./sources-source.js";
import { $ as isLoopback, X as parseJson, at as claimsOf, et as secretHeaders } from "../index.js";
import { t as oneLine } from "./sources-text.js";
// build/net/auth/aws-errors.js
/** What a refusal of AWS means, and what to do about it. */
const textOf = (...candidates) => candidates.find((x) => typeof x === "string" && x !== "") ?? "";
/**
* Reads the shapes in which services of AWS refuse: the JSON protocols' `__type` and `message`, the header `x-amzn-errortype`, and
* the query protocol's `Error` in JSON
* (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization).
*
* @returns undefined for an answer that is no refusal
*/
function awsErrorOf({ status, headers, text }) {
	if (status < 400) return void 0;
	let json;
	try {
		json = JSON.parse(text);
	} catch {
		json = void 0;
	}
	const body = typeof json === "object" && json !== null ? json : {};
	const inner = typeof body.Error === "object" && body.Error !== null ? body.Error : {};
	const [, code = ""] = /^(?:[^#]*#)?([\w.]*)/.exec(textOf(headers["x-amzn-errortype"], body.__type, inner.Code, body.code)) ?? [];
	return {
		code,
		message: textOf(body.message, body.Message, inner.Message)
	};
}
const expired = /* @__PURE__ */ new Set(["ExpiredToken", "ExpiredTokenException"]);
/** The credentials had a time, and it is over. */
const hasExpired = (error) => error !== void 0 && expired.has(error.code);
const throttled = /* @__PURE__ */ new Set([
	"Throttling",
	"ThrottlingException",
	"ThrottledException",
	"RequestLimitExceeded",
	"TooManyRequestsException",
	"RequestThrottled"
]);
const unknownKey = /* @__PURE__ */ new Set([
	"UnrecognizedClientException",
	"InvalidClientTokenId",
	"InvalidAccessKeyId",
	"MissingAuthenticationToken",
	"MissingAuthenticationTokenException",
	"IncompleteSignature",
	"IncompleteSignatureException"
]);
const badSignature = /* @__PURE__ */ new Set([
	"InvalidSignatureException",
	"SignatureDoesNotMatch",
	"RequestExpired",
	"RequestTimeTooSkewed"
]);
const denied = /* @__PURE__ */ new Set([
	"AccessDenied",
	"AccessDeniedException",
	"UnauthorizedOperation",
	"NotAuthorized",
	"OptInRequired"
]);
/** What AWS says, behind our own words; nothing where it repeats a credential. */
function awsWords({ code, message }, credentials = []) {
	if (credentials.some((credential) => credential !== "" && message.includes(credential))) return ` (${code})`;
	const said = oneLine(message, 300);
	return [code === "" ? "" : ` (${code})`, said === "" ? "" : `: ${said}`].join("");
}
/** What of a signed request may not be quoted: the signature and the session token. */
const signingSecrets = (headers) => Object.entries(headers).filter(([name]) => secretHeaders.has(name)).map(([, value]) => /Signature=(\w+)/.exec(value)?.[1] ?? value);
/**
* Refuses the answers that mean the same for every service of AWS. They come as 400 or as 403, so the error's name decides.
*
* @param needs the permission to name
* @param sent the headers of the request
* @throws {NotMeasured} `unauthorized`, `forbidden`, `throttled`
*/
function refuseAws(response, origin, needs, sent) {
	const error = awsErrorOf(response);
	if (error === void 0) return;
	const { code } = error;
	const said = awsWords(error, signingSecrets(sent));
	if (expired.has(code)) {
		const message = `the AWS credentials have expired${said}; write \`role\` in place of keys: its credentials are renewed as long as the step runs`;
		throw new NotMeasured("unauthorized", message, { permanent: true });
	}
	if (throttled.has(code)) throw new NotMeasured("throttled", `${origin} throttles the requests${said}`);
	if (badSignature.has(code)) {
		const message = `AWS does not accept the signature${said}; is the secret access key right, and does the clock of the runner go right?`;
		throw new NotMeasured("unauthorized", message);
	}
	if (unknownKey.has(code)) {
		const message = `AWS does not know the credentials${said}; are the access key and its session token right, and of this partition?`;
		throw new NotMeasured("unauthorized", message);
	}
	if (denied.has(code) || response.status === 403) {
		const message = `${origin} refuses the request${said}; give the role or user the permission ${needs}`;
		throw new NotMeasured("forbidden", message);
	}
	if (response.status === 401) throw new NotMeasured("unauthorized", `${origin} does not accept the credentials (401)${said}`);
}
// build/net/auth/aws-exchange.js
/**
* Assuming a role with an ID token of the run
* (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html). It needs no signature.
*/
/** What AWS expects as the audience of an ID token. */
const audience = "sts.amazonaws.com";
const answerForm = object({ AssumeRoleWithWebIdentityResponse: object({ AssumeRoleWithWebIdentityResult: object({ Credentials: object({
	AccessKeyId: pipe(string(), nonEmpty()),
	SecretAccessKey: pipe(string(), nonEmpty()),
	SessionToken: pipe(string(), nonEmpty()),
	/** Seconds since the epoch in JSON; a date in XML, and with those who copy it. */
	Expiration: union([number(), pipe(string(), isoTimestamp())])
}) }) }) });
/**
* Assumes the role with a fresh ID token: one that is older than five minutes would be refused.
*
* @param endpoint address of STS, without a slash at its end
* @throws {NotMeasured} `unauthorized`, `throttled`, `bad-answer` and those of the HTTP client, with what to do about it
*/
async function assumeRole({ role, endpoint }, { http, identity }, signal) {
	const token = await idTokenOf(identity, signal);
	const form = new URLSearchParams({
		Action: "AssumeRoleWithWebIdentity",
		Version: "2011-06-15",
		RoleArn: role,
		RoleSessionName: "signalbox",
		WebIdentityToken: token
	});
	const response = await http.send({
		url: `${endpoint}/`,
		method: "POST",
		headers: {
			"content-type": "application/x-www-form-urlencoded",
			accept: "application/json"
		},
		body: form.toString(),
		signal
	});
	const refused = awsErrorOf(response);
	if (refused) throw notAssumed(refused, response, role, token);
	const { origin } = new URL(endpoint);
	const parsed = safeParse(answerForm, parseJson(response, origin));
	if (!parsed.success) throw new NotMeasured("bad-answer", `${origin} answered something that is not STS: is \`sts-endpoint\` right?`);
	const got = parsed.output.AssumeRoleWithWebIdentityResponse.AssumeRoleWithWebIdentityResult.Credentials;
	identity.secret(got.SecretAccessKey);
	identity.secret(got.SessionToken);
	return {
		credentials: {
			accessKeyId: got.AccessKeyId,
			secretAccessKey: got.SecretAccessKey,
			sessionToken: got.SessionToken
		},
		ends: typeof got.Expiration === "number" ? got.Expiration * 1e3 : Date.parse(got.Expiration)
	};
}
async function idTokenOf(identity, signal) {
	const { idToken } = identity;
	if (!idToken) throw new NotMeasured("unauthorized", "no way to sign in to AWS: `role` needs an ID token, and the job may not get one: give it `permissions: id-token: write` (only on GitHub Actions); elsewhere leave out `role` and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", { permanent: true });
	let stop;
	const aborted = new Promise((_, reject) => {
		stop = () => reject(new NotMeasured("timeout", "getting an ID token for AWS took longer than the round may"));
		signal.addEventListener("abort", stop, { once: true });
	});
	try {
		return await Promise.race([idToken(audience), aborted]);
	} catch (error) {
		if (error instanceof NotMeasured) throw error;
		throw new NotMeasured("connection", "GitHub gave no ID token for AWS; the next round tries again");
	} finally {
		if (stop) signal.removeEventListener("abort", stop);
	}
}
function notAssumed(error, { status }, role, token) {
	const said = awsWords(error, [token]);
	const { issuer, subject } = claimsOf(token) ?? {
		issuer: "https://token.actions.githubusercontent.com",
		subject: "of this run"
	};
	const begin = `assuming the role ${role} failed`;
	const unauthorized = (message, permanent = false) => new NotMeasured("unauthorized", `${begin}${said}; ${message}`, { permanent });
	switch (error.code) {
		case "InvalidIdentityToken": {
			const lasting = /no openidconnect provider|audience/i.test(error.message);
			return unauthorized(`the account needs an OpenID Connect provider for \`${issuer}\` with the audience \`${audience}\``, lasting);
		}
		case "AccessDenied": return unauthorized(`its trust policy must allow \`sts:AssumeRoleWithWebIdentity\` for the subject \`${subject}\` and the audience \`${audience}\``);
		case "ExpiredTokenException":
		case "ExpiredToken": return unauthorized("the ID token was too old when it arrived: does the clock of the runner go right?");
		case "IDPCommunicationError": return unauthorized("AWS could not reach the issuer of the ID token");
		case "ValidationError": return unauthorized("is the ARN of the role right?", true);
		case "RegionDisabledException": return unauthorized("the region is not switched on in the account", true);
		case "Throttling":
		case "ThrottlingException": return new NotMeasured("throttled", `${begin}${said}`);
		default: return new NotMeasured(status === 404 ? "not-found" : "unauthorized", `${begin} (${status})${said}`);
	}
}
/** Fields of a source's schema; with the check `signsInToAwsOneWay`. */
const awsFields = {
	region: described(pipe(string(), regex(/^[a-z]{2,}(?:-[a-z]+)+-\d+$/, "a region such as eu-central-1")), "The AWS region."),
	role: described(optional(pipe(string(), regex(/^arn:aws[\w-]*:iam::\d{12}:role\/\S+$/, "the ARN of a role, arn:aws:iam::123456789012:role/name"))), "ARN of the role to assume with an ID token of the run; no secret at all. The job needs `permissions: id-token: write` (GitHub Actions)."),
	"access-key-id": described(optional(filled), "With `secret-access-key`, in place of `role`. Default without `role`: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`."),
	"secret-access-key": described(optional(secret), "With `access-key-id`."),
	"session-token": described(optional(secret), "With `access-key-id`, of credentials that are temporary."),
	"sts-endpoint": described(optional(pipe(httpUrl, check((url) => {
		const { protocol, hostname } = new URL(url);
		return protocol === "https:" || isLoopback(hostname);
	}, "an https URL"))), "Where the role is assumed. Default: STS of the region, `https://sts.REGION.amazonaws.com`.")
};
/** A role beside keys would leave open whose account is asked. */
const signsInToAwsOneWay = (config) => {
	const key = config["access-key-id"] !== void 0;
	if (key !== (config["secret-access-key"] !== void 0)) return false;
	return key ? config.role === void 0 : config["session-token"] === void 0;
};
/** What `signsInToAwsOneWay` expects. */
const oneWayToAws = "either `role`, or `access-key-id` and `secret-access-key` together (and `session-token`), or none of them";
/** The address of a regional service of AWS, e.g. `monitoring`; without a slash at its end. */
const awsEndpoint = (service, region) => `https://${service}.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
/** Credentials that have less life left than this are renewed, milliseconds. */
const renewBeforeMs = 3e5;
/** The credentials of one sign-in. */
var Credentials = class {
	#config;
	#context;
	#kept;
	#running;
	constructor(config, context) {
		this.#config = config;
		this.#context = context;
	}
	async get(signal) {
		const { role } = this.#config;
		return role === void 0 ? this.#given() : this.#assumed(role, signal);
	}
	#given() {
		const { identity } = this.#context;
		const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = identity.env;
		const own = this.#config["access-key-id"] !== void 0;
		const id = own ? this.#config["access-key-id"] : AWS_ACCESS_KEY_ID;
		const key = own ? this.#config["secret-access-key"] : AWS_SECRET_ACCESS_KEY;
		const token = own ? this.#config["session-token"] : AWS_SESSION_TOKEN;
		if (!id || !key) throw new NotMeasured("unauthorized", "no way to sign in to AWS: write `role`, the ARN of a role that trusts this run, or `access-key-id` and `secret-access-key`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (as the action aws-actions/configure-aws-credentials does)", { permanent: true });
		identity.secret(key);
		if (token) identity.secret(token);
		return {
			accessKeyId: id,
			secretAccessKey: key,
			...token ? { sessionToken: token } : {}
		};
	}
	async #assumed(role, signal) {
		const { clock } = this.#context;
		const kept = this.#kept;
		const left = kept === void 0 ? 0 : kept.ends - clock.now();
		if (kept && left > renewBeforeMs) return kept.credentials;
		const { region } = this.#config;
		const endpoint = this.#config["sts-endpoint"] ?? awsEndpoint("sts", region);
		this.#running ??= assumeRole({
			role,
			endpoint
		}, this.#context, signal);
		try {
			this.#kept = await this.#running;
			return this.#kept.credentials;
		} catch (error) {
			if (kept && left > 0) return kept.credentials;
			throw error;
		} finally {
			this.#running = void 0;
		}
	}
	/** @returns whether new ones can be had in place of those that were refused */
	forget() {
		this.#kept = void 0;
		return this.#config.role !== void 0;
	}
};
const opened = /* @__PURE__ */ new WeakMap();
/** The same for equal sign-ins of one run, so that a role is assumed once. */
function credentialsOf(config, context) {
	const ofRun = opened.get(context) ?? /* @__PURE__ */ new Map();
	opened.set(context, ofRun);
	const key = JSON.stringify(Object.keys(awsFields).map((name) => config[name] ?? null));
	const credentials = ofRun.get(key) ?? new Credentials(config, context);
	ofRun.set(key, credentials);
	return credentials;
}
/**
* The headers of a request with its signature (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html).
*
* @param now time of the signature, milliseconds since the epoch; AWS takes it for some minutes
* @returns lower-case names
*/
async function signedHeaders({ url, method = "GET", headers, body }, credentials, { service, region, now }) {
	const { AwsV4Signer } = await import("./aws4fetch.js");
	const signer = new AwsV4Signer({
		...credentials,
		url,
		method,
		headers: { ...headers },
		body: body ?? null,
		service,
		region,
		datetime: new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, ""),
		allHeaders: true
	});
	return Object.fromEntries((await signer.sign()).headers.entries());
}
/**
* Sends a request that is signed for a service of AWS. Where the role's credentials are refused as expired it is sent once more with
* new ones.
*
* @param service as the signature names it: `monitoring`, `aps`, `logs`…
* @param needs the permission to name, e.g. `cloudwatch:GetMetricData`
* @returns any answer but those that mean the same for every service
* @throws {NotMeasured} `unauthorized`, `forbidden`, `throttled`, with what to do about it
*/
async function sendToAws(context, config, service, request, needs) {
	const credentials = credentialsOf(config, context);
	const url = request.url.replace(/\?.*$/s, (query) => query.replaceAll("+", "%20"));
	const attempt = async () => {
		const keys = await credentials.get(request.signal);
		const at = {
			service,
			region: config.region,
			now: context.clock.now()
		};
		const headers = await signedHeaders({
			...request,
			url
		}, keys, at);
		return {
			response: await context.http.send({
				...request,
				url,
				headers
			}),
			headers
		};
	};
	let { response, headers } = await attempt();
	if (hasExpired(awsErrorOf(response)) && credentials.forget()) ({response, headers} = await attempt());
	refuseAws(response, new URL(request.url).origin, needs, headers);
	return response;
}
export { signsInToAwsOneWay as a, sendToAws as i, awsFields as n, awsErrorOf as o, oneWayToAws as r, awsWords as s, awsEndpoint as t };
