import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
// build/sources/source.js
/** The query of a source that has no ready-made signals; a policy that asks it for one is refused before. */
function queryOf({ query }) {
	if (typeof query === "string") return query;
	throw new NotMeasured("bad-query", `this source has no ready-made signal \`${query.signal}\``, { permanent: true });
}
const overTime = [
	"last",
	"max",
	"min",
	"avg"
];
/** Keeps the config's type while the registries hold the erased one. */
function defineSource(type) {
	return type;
}
/**
* No measurement could be taken.
*
* `code` is a fixed word of the record (`unauthorized`, `timeout`, `bad-query`…); `message` says what is wrong and what
* to do. `permanent` means that waiting cannot heal it.
*/
var NotMeasured = class extends Error {
	code;
	permanent;
	constructor(code, message, options = {}) {
		super(message, { cause: options.cause });
		this.name = "NotMeasured";
		this.code = code;
		this.permanent = options.permanent ?? false;
	}
};
/** Advice on what a policy asks: why it would be refused, or else what `more` says of it. */
function adviceOn(read, more = () => []) {
	let found;
	try {
		found = read();
	} catch (error) {
		if (error instanceof NotMeasured) return [error.message];
		throw error;
	}
	return more(found);
}
// build/record/hash.js
/** SHA-256 in hexadecimal. `node:crypto` costs several milliseconds of start-up, so it loads with the first hash. */
const sha256 = (data) => process.getBuiltinModule("node:crypto").hash("sha256", data, "hex");
// build/sources/workspace.js
/** Files that a policy names. They stay inside the workspace, symbolic links included, so that no report can point elsewhere. */
const leadsOut = (relative) => relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
/** Whether a path or a glob leaves the workspace by its letters alone; asks no disk. */
function namedOutside(workspace, pathOrGlob) {
	return leadsOut(path.relative(workspace, path.resolve(workspace, pathOrGlob)));
}
/**
* Finds a path of the workspace.
*
* @returns undefined when it lies outside, by its name or through a symbolic link
* @throws the file system's error when it is not there or may not be read
*/
async function locate(workspace, named) {
	const wanted = path.resolve(workspace, named);
	const relative = path.relative(workspace, wanted);
	if (leadsOut(relative)) return void 0;
	const [root, absolute] = await Promise.all([realpath(workspace), realpath(wanted)]);
	if (leadsOut(path.relative(root, absolute))) return void 0;
	return {
		absolute,
		name: relative.split(path.sep).join("/") || "."
	};
}
/** The file system's error code (`ENOENT`, `EACCES`…), or an empty text. */
const errorCode = (error) => typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
/**
* Reads a text of the workspace.
*
* @throws {NotMeasured} `outside-workspace`, `no-file`, `unreadable` (not allowed, no UTF-8), `timeout`
*/
async function readText(workspace, file, signal) {
	const refuse = (code, what) => new NotMeasured(code, `${file} ${what}`, { permanent: true });
	let bytes;
	try {
		const located = await locate(workspace, file);
		if (!located) throw refuse("outside-workspace", "lies outside the workspace: copy it into it");
		bytes = await readFile(located.absolute, { ...signal && { signal } });
	} catch (error) {
		if (error instanceof NotMeasured) throw error;
		if (signal?.aborted) throw new NotMeasured("timeout", `reading ${file} took longer than the round may`);
		const code = errorCode(error);
		throw code === "ENOENT" ? refuse("no-file", "is not there; paths start at the workspace") : refuse("unreadable", `cannot be read (${code})`);
	}
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		throw refuse("unreadable", "is no valid UTF-8");
	}
}
export { sha256 as a, defineSource as c, readText as i, overTime as l, locate as n, NotMeasured as o, namedOutside as r, adviceOn as s, errorCode as t, queryOf as u };
