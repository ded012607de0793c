import { A as optional, F as record, I as regex, N as pipe, _ as is, a as httpUrl, p as check, z as string } from "./policy-fields.js";
import { t as NotMeasured } from "./sources-source.js";
import { t as oneLine } from "./sources-text.js";
import { et as secretHeaders } from "../index.js";
import vm from "node:vm";
// build/sources/cel.js
/**
* Expressions in CEL (Common Expression Language, https://github.com/google/cel-spec) over what a server answered. The policy's author
* wrote the expression, the server the text that it reads: so it may neither run for long nor turn what is missing into a value.
*/
/** The expression is the author's, so this is a matter of minutes, not of safety; the text that it runs over is anybody's. */
const limitMs = 1e3;
const limits = {
	maxAstNodes: 2e3,
	maxDepth: 60,
	maxListElements: 200,
	maxMapEntries: 200
};
/**
* @throws {NotMeasured} `bad-query`, permanent, with line and column, when the expression does not parse or cannot fit the variables
*/
async function compile(text, variables) {
	const { Environment, Optional, serialize } = await import("./marcbachmann-cel-js.js");
	const environment = new Environment({
		limits,
		enableOptionalTypes: true,
		homogeneousAggregateLiterals: false
	});
	for (const [name, type] of Object.entries(variables)) environment.registerVariable(name, type);
	const parsed = parse(environment, text);
	const { valid, type = "dyn", error } = parsed.check();
	if (!valid) throw wrong(text, error);
	const facts = readTree(parsed.ast, serialize);
	const empty = facts.lists.filter((list) => !facts.sized.has(list.text)).map((list) => ({
		text: list.text,
		holds: environment.parse(list.isEmpty)
	}));
	return {
		reads: new Set([...facts.free].filter((name) => Object.hasOwn(variables, name))),
		type,
		evaluate: (values) => within(text, () => {
			const vacuous = empty.find(({ holds }) => isTrue(holds, values));
			if (vacuous) return { missing: `\`${vacuous.text}\` is empty, so nothing can be said of its elements (if an empty list is an answer, name \`size(${vacuous.text})\` in the expression)` };
			const given = parsed(values);
			const value = given instanceof Optional ? given.hasValue() ? given.value() : null : given;
			return value === null || value === void 0 ? { missing: `\`${oneLine(text, 120)}\` gave null` } : { value };
		})
	};
}
function parse(environment, text) {
	try {
		return environment.parse(text);
	} catch (error) {
		throw wrong(text, error);
	}
}
const isCelError = (x) => typeof x === "object" && x !== null && "summary" in x;
function wrong(text, error) {
	if (!isCelError(error)) throw error;
	const before = text.slice(0, error.range?.start ?? 0).split("\n");
	const place = `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
	const message = `the expression \`${oneLine(text, 120)}\` is wrong at ${place}: ${oneLine(error.summary, 160)}${hint(error)}`;
	return new NotMeasured("bad-query", message, { permanent: true });
}
/** What JSON calls a number is a double, and CEL never mixes the two. */
const hint = ({ summary }) => /\bdouble\b.*\bint\b|\bint\b.*\bdouble\b/.test(summary) ? " (numbers of JSON are doubles: write 100.0 for 100, or double(…))" : "";
const nothing = /* @__PURE__ */ new Set(["no_such_key", "index_out_of_bounds"]);
/** Runs it, but not for long: a pattern or a nested macro over a hostile text could take hours. */
function within(text, run) {
	try {
		return vm.runInNewContext("run()", { run }, { timeout: limitMs });
	} catch (error) {
		const named = `\`${oneLine(text, 120)}\``;
		if (error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") throw new NotMeasured("query-failed", `the expression ${named} took more than ${limitMs / 1e3} s`);
		if (!isCelError(error)) throw error;
		const said = oneLine(error.summary, 160);
		if (nothing.has(error.code ?? "")) return { missing: `${named} found nothing: ${said}` };
		throw new NotMeasured("query-failed", `the expression ${named} cannot be evaluated: ${said}${hint(error)}`);
	}
}
/** An error is not for this question to tell; the expression itself will meet it, or goes another way. */
function isTrue(holds, values) {
	try {
		return holds({ ...values }) === true;
	} catch (error) {
		if (isCelError(error)) return false;
		throw error;
	}
}
const overElements = /* @__PURE__ */ new Set([
	"all",
	"exists",
	"exists_one",
	"filter",
	"map"
]);
function readTree(root, serialize) {
	const free = /* @__PURE__ */ new Set();
	const lists = [];
	const sized = /* @__PURE__ */ new Set();
	const visit = (node, scopes) => {
		if (node.op === "id") {
			if (!scopes.some((s) => s.name === node.args)) free.add(node.args);
			return;
		}
		if (node.op === "call" && node.args[0] === "size") for (const arg of node.args[1]) sized.add(serialize(arg));
		if (node.op !== "rcall") {
			for (const child of childrenOf(node.args)) visit(child, scopes);
			return;
		}
		const [method, receiver, args] = node.args;
		visit(receiver, scopes);
		if (method === "size") sized.add(serialize(receiver));
		const [first, ...rest] = args;
		if (first?.op === "id" && overElements.has(method)) {
			const text = serialize(source(receiver));
			lists.push({
				text,
				isEmpty: nested(`size(${text}) == 0`, scopes)
			});
			const of = serialize(receiver);
			const scope = {
				name: first.args,
				around: (inner) => `${of}.exists(${first.args}, ${inner})`
			};
			for (const arg of rest) visit(arg, [...scopes, scope]);
		} else if (first?.op === "id" && method === "bind") {
			const [value, body] = rest;
			if (value === void 0 || body === void 0) return;
			visit(value, scopes);
			const of = serialize(value);
			visit(body, [...scopes, {
				name: first.args,
				around: (inner) => `cel.bind(${first.args}, ${of}, ${inner})`
			}]);
		} else for (const arg of args) visit(arg, scopes);
	};
	visit(root, []);
	return {
		free,
		lists,
		sized
	};
}
/** The list itself: what is left of `x.filter(…).map(…)` may be empty, `x` may not. */
function source(node) {
	if (node.op !== "rcall") return node;
	const [method, receiver] = node.args;
	return method === "filter" || method === "map" ? source(receiver) : node;
}
/** The same for a list inside the elements of others: whether there is one that is empty. */
const nested = (isEmpty, scopes) => scopes.reduceRight((inner, { around }) => around(inner), isEmpty);
function childrenOf(args) {
	if (Array.isArray(args)) return args.flatMap(childrenOf);
	return typeof args === "object" && args !== null && "op" in args ? [args] : [];
}
// build/sources/telemetry/request.js
/** Fields of the sources that ask an address of the policy's author instead of a known API. */
/** As it is written: a slash at its end may lead elsewhere. */
const address = pipe(string(), check((text) => is(httpUrl, text), "an http or https URL without a user name or password in it"));
const headerName = pipe(string(), regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "the name of a header"));
const signing = /(?:^|-)(?:auth|authorization|token|secret|password|cookie|api-?key|session)(?:$|-)/;
/**
* Headers of the author's, none of which signs in: what they hold is shown in the record, and would be sent over plain http.
*
* @param allowed lower-case names that may be there all the same
*/
const headersWithout = (allowed = []) => optional(record(pipe(headerName, check((written) => {
	const name = written.toLowerCase();
	return allowed.includes(name) || !(secretHeaders.has(name) || signing.test(name));
}, "no header that signs in: the source has fields for credentials")), string()), {});
const lowerCase = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
export { compile as a, lowerCase as i, headerName as n, headersWithout as r, address as t };
