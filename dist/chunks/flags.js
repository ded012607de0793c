import { Cn as parseJson, En as pLimit, Zn as iso, gr as globForm, hr as serverWords, vr as oneLine, wn as refuseDenied } from "./shared.js";
import { N as getDotPath, ct as safeParse, l as classOf, t as Refused, vt as NotMeasured } from "./base.js";
// build/sources/flags/api.js
/**
* Reads. What a 404 means only the provider's file knows: the flag, its environment, its project, or an address that is wrong.
*
* @returns undefined on 404
* @throws {NotMeasured} for everything that is no answer
*/
async function read(context, { url, headers, needs }, signal) {
	const sent = {
		accept: "application/json",
		...headers
	};
	const response = await context.http.send({
		url,
		headers: sent,
		signal
	});
	const { origin } = new URL(url);
	if (response.status === 404) return void 0;
	refuseDenied(response, origin, needs, sent);
	if (response.status >= 400) {
		const message = `${origin} refuses the question (${response.status})${serverWords(response.text, sent)}`;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	return response;
}
/**
* The JSON of an answer in the shape that the provider publishes.
*
* @throws {NotMeasured} `bad-answer`
*/
function shaped(schema, response, url) {
	const { origin } = new URL(url);
	const parsed = safeParse(schema, parseJson(response, origin));
	if (parsed.success) return parsed.output;
	const at = getDotPath(parsed.issues[0]);
	const where = at === null ? "" : ` (at ${at})`;
	throw new NotMeasured("bad-answer", `${origin} answered in a shape that its API does not have${where}: is the URL right?`);
}
/** Reads an answer in the shape that the provider publishes. See `read` and `shaped`. */
async function readAs(context, schema, call, signal) {
	const response = await read(context, call, signal);
	return response && shaped(schema, response, call.url);
}
/**
* Changes.
*
* @returns the answer, with a status below 400
* @throws {Refused} when the provider does not take it {NotMeasured} when it is not known whether it did
*/
async function change(context, request, signal) {
	const { url, method, headers, body, needs, once = false, refusal } = request;
	const sent = {
		accept: "application/json",
		...body === void 0 ? {} : { "content-type": "application/json" },
		...headers
	};
	const text = body === void 0 ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
	const response = await context.http.send({
		url,
		method,
		headers: sent,
		...text,
		once,
		signal
	});
	if (response.status < 400) return response;
	const { origin } = new URL(url);
	const own = refusal?.(response);
	if (own) throw own;
	const said = serverWords(response.text, sent);
	const { code, what, next } = usual(response.status, needs);
	throw new Refused(code, `${origin} ${what} (${response.status})${said}`, next);
}
function usual(status, needs) {
	switch (status) {
		case 401: return {
			code: "permission",
			what: "does not accept the credential",
			next: "give this source a credential that is valid"
		};
		case 403: return {
			code: "permission",
			what: "does not allow the change",
			next: `give its credential ${needs}`
		};
		case 404: return {
			code: "unknown-flag",
			what: "knows no such flag to change",
			next: "check its name and environment"
		};
		case 409:
		case 412: return {
			code: "changed-in-between",
			what: "holds another version of the flag than the one that was read",
			next: "see who changes it at the same time, then run this again"
		};
		case 423: return {
			code: "locked",
			what: "has locked the flag",
			next: "unlock it"
		};
		default: return {
			code: "refused",
			what: "does not take the change",
			next: "see the provider's words, and change it by hand"
		};
	}
}
// build/sources/flags/exposure.js
const clamp = (x) => Math.min(100, Math.max(0, x));
const exactly = (x) => ({
	lo: clamp(x),
	hi: clamp(x)
});
const none = exactly(0);
const whole = {
	lo: 0,
	hi: 100
};
/** Fréchet's bounds of both at once. */
const both = (a, b) => ({
	lo: clamp(a.lo + b.lo - 100),
	hi: Math.min(a.hi, b.hi)
});
/** Fréchet's bounds of at least one. */
const either = (a, b) => ({
	lo: Math.max(a.lo, b.lo),
	hi: clamp(a.hi + b.hi)
});
const complement = ({ lo, hi }) => ({
	lo: 100 - hi,
	hi: 100 - lo
});
/** Of all who are not named one by one. */
const ofMost = {
	matching: whole,
	individuals: (count) => count > 100 ? whole : none
};
/** Of those whom no condition and no list is for. */
const ofUntargeted = {
	matching: none,
	individuals: () => none
};
/** Of anybody. */
const ofAnyone = {
	matching: whole,
	individuals: (count) => count > 0 ? whole : none
};
/** What is none is not known: a provider may store whatever it is sent. */
const isPercent = (x) => x >= 0 && x <= 100;
/** Bounds of an audience's share of the population. */
function sizeOf(audience, assumed) {
	switch (audience.is) {
		case "everyone": return exactly(100);
		case "nobody": return none;
		case "percent": return isPercent(audience.percent) ? exactly(audience.percent) : whole;
		case "individuals": return assumed.individuals(audience.count);
		case "matching": return assumed.matching;
		case "not": return complement(sizeOf(audience.part, assumed));
		default: {
			const any = audience.is === "any-of";
			return nested(audience.parts, any).map((part) => sizeOf(part, assumed)).reduce(any ? either : both, exactly(any ? 0 : 100));
		}
	}
}
/** Of percentages of the same hash only the largest counts where any is enough, and only the smallest where all are needed. */
function nested(parts, any) {
	const flat = parts.flatMap((part) => part.is === (any ? "any-of" : "all-of") ? part.parts : [part]);
	const byHash = /* @__PURE__ */ new Map();
	const rest = [];
	for (const part of flat) {
		if (part.is !== "percent" || part.hash === void 0 || !isPercent(part.percent)) {
			rest.push(part);
			continue;
		}
		const other = byHash.get(part.hash);
		if (other === void 0 || (any ? part.percent > other.percent : part.percent < other.percent)) byHash.set(part.hash, part);
	}
	return [...rest, ...byHash.values()];
}
/** Shares of a serving by what its variants mean; what it does not say may be anything, and counts as unclear. */
function classes(serving, definition, meaning) {
	const sums = {
		on: 0,
		off: 0,
		unclear: 0
	};
	const odd = {
		on: whole,
		off: whole,
		unclear: whole
	};
	for (const { variant, percent } of serving) {
		if (!(percent >= 0)) return odd;
		const { value } = definition.variants.find(({ name }) => name === variant) ?? { value: null };
		const of = variant === null ? meaning.codeDefault ?? "unclear" : classOf({
			variant,
			value
		}, meaning);
		sums[of] += percent;
	}
	const said = sums.on + sums.off + sums.unclear;
	if (!(said <= 100 + 1e-6)) return odd;
	if (said > 99.99) {
		const share = (sum) => exactly(Number((100 * sum / said).toPrecision(12)));
		return {
			on: share(sums.on),
			off: share(sums.off),
			unclear: share(sums.unclear)
		};
	}
	return {
		on: exactly(sums.on),
		off: exactly(sums.off),
		unclear: exactly(sums.unclear + 100 - said)
	};
}
/** The rules in the order in which they are asked, the last of which is for everyone. */
function rulesOf(definition, enabled = definition.enabled) {
	const { rules, otherwise, off, offBeats = "everything" } = definition;
	const last = (serves) => ({
		who: { is: "everyone" },
		serves
	});
	if (enabled !== false) return [...rules, last(otherwise)];
	return offBeats === "everything" ? [last(off)] : [...rules, last(off)];
}
/** Of the rules those that somebody may come to. */
function reachable(definition) {
	const rules = rulesOf(definition).filter(({ who }) => sizeOf(who, ofAnyone).hi > 0);
	const last = rules.findIndex(({ who }) => sizeOf(who, ofAnyone).lo === 100);
	return rules.slice(0, last + 1);
}
/**
* Bounds of the share that gets the new code.
*
* Each rule serves some of those who are left. Bounds from above for what is served on, and for all the rest, together bound
* it from both sides.
*/
function exposureOf(definition, meaning, assumed, enabled = definition.enabled) {
	let left = exactly(100);
	const on = {
		lo: 0,
		hi: 0
	};
	const rest = {
		lo: 0,
		hi: 0
	};
	for (const { who, serves } of rulesOf(definition, enabled)) {
		const size = sizeOf(who, assumed);
		const served = both(size, left);
		const shares = classes(serves, definition, meaning);
		const part = (share) => both(served, share);
		const unclearHi = part(shares.unclear).hi;
		on.lo += part(shares.on).lo;
		on.hi += Math.min(served.hi, part(shares.on).hi + unclearHi);
		rest.lo += part(shares.off).lo;
		rest.hi += Math.min(served.hi, part(shares.off).hi + unclearHi);
		left = {
			lo: clamp(left.lo - served.hi),
			hi: clamp(Math.min(left.hi - served.lo, 100 - size.lo))
		};
		if (left.hi === 0) break;
	}
	const hi = tidy(Math.min(on.hi, 100 - rest.lo));
	return {
		lo: Math.min(tidy(Math.max(on.lo, 100 - rest.hi)), hi),
		hi
	};
}
/** Sums of decimal fractions, without their last digits. */
const tidy = (x) => clamp(Number(x.toPrecision(12)));
// build/sources/flags/state.js
/** Computes what follows from the definition: exposure, reach, what off serves. */
function stateOf(facts, meaning) {
	const { key, definition } = facts;
	const most = exposureOf(definition, meaning, ofMost);
	const anyone = exposureOf(definition, meaning, ofAnyone);
	const untargeted = exposureOf(definition, meaning, ofUntargeted);
	const audiences = definition.rules.flatMap(({ who }) => leaves(who));
	const variants = definition.variants.map(({ name, value }) => ({
		name,
		value,
		class: classOf({
			variant: name,
			value
		}, meaning)
	}));
	return {
		key,
		exists: true,
		configured: facts.configured ?? true,
		archived: facts.archived ?? false,
		enabled: definition.enabled,
		kind: definition.kind,
		exposure: most,
		method: "static",
		reach: reachOf(most, anyone, untargeted),
		whenOff: whenOffOf(definition, meaning),
		serves: servesOf(definition),
		unclear: unclearOf(definition, meaning),
		targeting: {
			rules: definition.rules.filter(({ who }) => leaves(who).some(isCondition)).length,
			individuals: audiences.reduce((sum, a) => sum + (a.is === "individuals" ? a.count : 0), 0),
			segments: [...new Set(audiences.flatMap((a) => a.is === "matching" && a.segment ? [oneLine(a.segment, 100)] : []))],
			prerequisites: facts.prerequisites ?? [],
			timeDependent: facts.timeDependent ?? false,
			managedBy: facts.managedBy ?? null,
			...facts.targetingUnknown ? { told: false } : {}
		},
		variants,
		changed: facts.changed ?? null,
		evaluatedAt: facts.evaluatedAt ?? null,
		stale: facts.stale ?? null,
		deprecated: facts.deprecated ?? false,
		temporary: facts.temporary ?? null,
		owner: facts.owner ?? null,
		version: facts.version ?? null,
		kill: facts.kill,
		...facts.link === void 0 ? {} : { link: facts.link }
	};
}
/** A flag that a positive answer says is not there. */
function missingState(key) {
	return {
		...stateOf({
			key,
			definition: {
				enabled: null,
				kind: "unknown",
				variants: [],
				rules: [],
				otherwise: [],
				off: []
			},
			configured: false,
			kill: {
				possible: false,
				scope: "none"
			}
		}, {
			on: [],
			off: []
		}),
		exists: false,
		unclear: []
	};
}
/** The conditions that an audience is made of. */
function leaves(audience) {
	if (audience.is === "not") return leaves(audience.part);
	return audience.is === "any-of" || audience.is === "all-of" ? audience.parts.flatMap(leaves) : [audience];
}
const isCondition = ({ is }) => is === "matching" || is === "individuals";
function reachOf(most, anyone, untargeted) {
	if (anyone.hi === 0) return "nobody";
	if (anyone.lo === 100) return "everyone";
	if (untargeted.hi === 0) return "targeted-only";
	if (most.lo === 0 && most.hi === 100 && untargeted.lo !== untargeted.hi) return "unknown";
	return untargeted.lo > 0 ? "partial" : "unknown";
}
function whenOffOf(definition, meaning) {
	const off = exposureOf(definition, meaning, ofAnyone, false);
	if (off.hi === 0) return "off";
	if (off.lo === 100) return "on";
	const shares = rulesOf(definition, false).flatMap(({ serves }) => serves);
	return shares.length > 0 && shares.every(({ variant }) => variant === null) ? "code-default" : "unknown";
}
/** One variant in all rules that somebody may come to. */
function servesOf(definition) {
	const names = /* @__PURE__ */ new Set();
	for (const { serves } of reachable(definition)) {
		const [only, ...more] = serves.filter(({ percent }) => percent !== 0);
		if (!only || more.length > 0 || only.percent !== 100) return null;
		names.add(only.variant);
	}
	const [variant, ...others] = names;
	if (variant === void 0 || others.length > 0) return null;
	return {
		variant,
		value: definition.variants.find(({ name }) => name === variant)?.value ?? null
	};
}
function unclearOf(definition, meaning) {
	const why = /* @__PURE__ */ new Set();
	for (const { serves } of reachable(definition)) {
		if (serves.reduce((sum, { percent }) => sum + percent, 0) < 99.99) why.add(`what ${serves.length === 0 ? "some" : "the rest"} are served is not known`);
		for (const { variant, percent } of serves) {
			if (percent === 0) continue;
			if (variant === null) {
				if (meaning.codeDefault === void 0) why.add("serves no value, so every caller gets its own code's default: say what that is with `code-default`");
				continue;
			}
			const value = definition.variants.find(({ name }) => name === variant)?.value ?? null;
			if (classOf({
				variant,
				value
			}, meaning) === "unclear") why.add(`serves ${oneLine(JSON.stringify(value ?? variant), 60)}, which is neither on nor off: name it in \`on-values\` or \`off-values\``);
		}
	}
	return [...why].slice(0, 10);
}
/** The measurement from the states that were found. @param query what was sent */
function statesMeasured(question, states, { clock }, more) {
	const sorted = [...states].sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
	return {
		kind: "flag-states",
		subject: more.subject,
		query: more.query,
		...more.link === void 0 ? {} : { link: more.link },
		at: iso(clock.now()),
		seen: sorted.filter(({ exists }) => exists).length,
		notes: [...more.notes ?? []],
		partial: more.partial ?? false,
		states: "flag" in question.of ? sorted : sorted.filter(({ archived }) => !archived)
	};
}
/** Whether a question is about a flag of this name. */
function asksFor({ of }) {
	if ("flag" in of) return (key) => key === of.flag;
	const form = new RegExp(globForm(of.match), "s");
	return (key) => form.test(key);
}
// build/sources/flags/raw.js
/**
* Changes of a JSON text that leave every other byte as it is: fields that are not known, their order, numbers that JavaScript would
* round. The text must be valid JSON.
*/
/** The value at `path` as it is written; undefined: there is none. */
function rawAt(text, path) {
	const span = spanOf(text, path);
	return span && text.slice(span.start, span.end);
}
/**
* The text with another value at `path`. A field that an object lacks is added in front of the others.
*
* @param json the value as a JSON text
* @throws {RangeError} when there is nothing that could hold it
*/
function rawWith(text, path, json) {
	const span = spanOf(text, path);
	if (span) return text.slice(0, span.start) + json + text.slice(span.end);
	const holder = spanOf(text, path.slice(0, -1));
	const field = path.at(-1);
	if (!holder || typeof field !== "string" || text[holder.start] !== "{") throw new RangeError(`nothing in the document holds ${path.join(".")}`);
	const inside = holder.start + 1;
	const isEmpty = text[skipSpace(text, inside)] === "}";
	return `${text.slice(0, inside)}${JSON.stringify(field)}:${json}${isEmpty ? "" : ","}${text.slice(inside)}`;
}
/**
* The text without the field at `path`, and without the comma that parted it from its neighbour; as it is where there is none. What
* `rawWith` added is taken away to the byte.
*/
function rawWithout(text, path) {
	const holder = spanOf(text, path.slice(0, -1));
	const member = holder && membersOf(text, holder.start).findLast(({ key }) => key === path.at(-1));
	if (!member) return text;
	const behind = skipSpace(text, member.value.end);
	if (text[behind] === ",") return text.slice(0, member.start) + text.slice(behind + 1);
	return text.slice(0, member.start).replace(/,?\s*$/, "") + text.slice(member.value.end);
}
function spanOf(text, path) {
	const start = skipSpace(text, 0);
	let span = {
		start,
		end: endOf(text, start)
	};
	for (const step of path) {
		if (!span) return void 0;
		span = membersOf(text, span.start).findLast(({ key }) => key === step)?.value;
	}
	return span;
}
/** Fields of an object, or entries of a list, in their order; none of anything else. */
function membersOf(text, at) {
	const isObject = text[at] === "{";
	if (!isObject && text[at] !== "[") return [];
	const members = [];
	let next = skipSpace(text, at + 1);
	while (text[next] !== "}" && text[next] !== "]") {
		const start = next;
		let key = members.length;
		if (isObject) {
			const end = endOf(text, start);
			key = JSON.parse(text.slice(start, end));
			next = skipSpace(text, skipSpace(text, end) + 1);
		}
		const value = {
			start: next,
			end: endOf(text, next)
		};
		members.push({
			key,
			start,
			value
		});
		next = skipSpace(text, value.end);
		if (text[next] === ",") next = skipSpace(text, next + 1);
	}
	return members;
}
function skipSpace(text, at) {
	let next = at;
	while (next < text.length && " 	\r\n".includes(text.charAt(next))) next += 1;
	return next;
}
/** Behind the value that begins at `at`. */
function endOf(text, at) {
	let depth = 0;
	for (let next = at; next < text.length; next += 1) {
		const char = text.charAt(next);
		if (char === "\"") {
			next += 1;
			while (text[next] !== "\"" && next < text.length) next += text[next] === "\\" ? 2 : 1;
			if (depth === 0) return next + 1;
		} else if (char === "{" || char === "[") depth += 1;
		else if (char === "}" || char === "]") {
			if (depth === 0) return next;
			depth -= 1;
			if (depth === 0) return next + 1;
		} else if (depth === 0 && " 	\r\n,:".includes(char)) return next;
	}
	return text.length;
}
// build/sources/flags/definition.js
/**
* How a flag is set up, in one form for all providers. A provider's file maps its documents to this and nothing more: what follows
* from it (exposure, reach, what off serves) is computed in `state.ts`, once.
*
* Whoever maps must not guess: what is not understood is a `matching` audience or an `unknown` serving, which widen the bounds.
*/
const everyone = { is: "everyone" };
const nobody = { is: "nobody" };
const anyOf = (...parts) => ({
	is: "any-of",
	parts
});
const allOf = (...parts) => ({
	is: "all-of",
	parts
});
const matching = (what, segment) => segment === void 0 ? {
	is: "matching",
	what
} : {
	is: "matching",
	what,
	segment
};
const percentOf = (percent, hash) => hash === void 0 ? {
	is: "percent",
	percent
} : {
	is: "percent",
	percent,
	hash
};
const individuals = (count) => ({
	is: "individuals",
	count
});
/** The same for all. */
const serve = (variant) => [{
	variant,
	percent: 100
}];
const unknownServing = [];
// build/sources/flags/answer.js
/** The usual way to answer questions about flags, for providers that hold definitions and do not evaluate. */
/** How many flags of a pattern are read at once. */
const atOnce = 6;
/** One flag is read by its name; of a pattern all are listed, and those that fit are read. */
function answers(reader) {
	const { provider, place, context } = reader;
	return async (question, signal) => {
		if (question.ask !== "states") {
			const message = `${provider} is not asked what it serves here: name a source that evaluates, such as \`ofrep\``;
			throw new NotMeasured("bad-query", message, { permanent: true });
		}
		const { of, meaning } = question;
		const fits = asksFor(question);
		const found = ("flag" in of ? [of.flag] : await reader.list(meaning, signal)).filter((one) => fits(typeof one === "string" ? one : one.key));
		if (found.length > 500) {
			const message = `${found.length} flags match: ask for at most 500`;
			throw new NotMeasured("too-large", message, { permanent: true });
		}
		const limit = pLimit(atOnce);
		const states = await Promise.all(found.map((one) => limit(async () => typeof one === "string" ? reader.read(one, meaning, signal) : one)));
		const [first] = states;
		return statesMeasured(question, states, context, {
			subject: `${"flag" in of ? `flag ${of.flag}` : `flags ${of.match}`} in ${place}`,
			query: `GET ${"flag" in of ? reader.url(of.flag) : reader.url()}`,
			..."flag" in of && first?.link !== void 0 ? { link: first.link } : {}
		});
	};
}
export { shaped as S, statesMeasured as _, individuals as a, read as b, percentOf as c, rawAt as d, rawWith as f, stateOf as g, missingState as h, everyone as i, serve as l, asksFor as m, allOf as n, matching as o, rawWithout as p, anyOf as r, nobody as s, answers as t, unknownServing as u, rulesOf as v, readAs as x, change as y };
