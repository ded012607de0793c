import { r as __exportAll, t as __commonJSMin } from "./runtime.js";
import { Cn as parseJson, Kn as fates, Zn as iso, cr as reportedNumber, hr as serverWords, sr as plural, vr as oneLine } from "./shared.js";
import { $ as optional, A as check, S as oneOrMore, T as secret, a as namedOutside, b as formatDuration, bt as defineSource, dt as string, g as described, i as locate, it as pipe, pt as trim, r as errorCode, s as sha256, st as regex, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { open } from "node:fs/promises";
import path from "node:path";
import { readdir as readdir$1, realpath as realpath$1, stat as stat$1 } from "node:fs";
import { Readable, pipeline } from "node:stream";
import { isUtf8 } from "node:buffer";
// build/sources/security/files.js
/** Which files of the workspace the policy's patterns name. What cannot be looked into is a problem, never just not there. */
/**
* @param patterns paths or globs relative to the workspace
* @param inFolder what a folder in place of a pattern stands for: globs such as `**` + `/*.sarif`
* @returns the files in the order of their names, each once however many patterns name it
*/
async function findFiles(workspace, patterns, inFolder, signal) {
	const found = /* @__PURE__ */ new Map();
	const problems = [];
	for (const written of patterns) {
		const pattern = process.platform === "win32" ? written.replaceAll("\\", "/") : written;
		if (namedOutside(workspace, pattern)) {
			problems.push(outside$1(pattern));
			continue;
		}
		const names = await matches(workspace, pattern, inFolder, problems, signal);
		if (names.length === 0) problems.push({
			code: "NO_REPORT",
			message: `no file matches ${pattern}: did the scan run, and does it write its results there?`,
			file: pattern
		});
		for (const name of names) try {
			const file = await locate(workspace, name);
			if (!file) problems.push(outside$1(name));
			else if (!found.has(file.absolute)) found.set(file.absolute, file);
		} catch (error) {
			problems.push({
				code: "UNREADABLE",
				message: `${name} cannot be read (${errorCode(error)})`,
				file: name
			});
		}
	}
	return {
		files: [...found.values()].sort((a, b) => a.name < b.name ? -1 : 1),
		problems
	};
}
const outside$1 = (name) => ({
	code: "OUTSIDE_WORKSPACE",
	message: `${name} lies outside the workspace, by its name or through a symbolic link: copy the results into the workspace`,
	file: name
});
const kindOf = (absolute) => new Promise((resolve) => {
	stat$1(absolute, (error, stats) => resolve(error ? void 0 : stats.isDirectory() ? "folder" : "file"));
});
/** Names relative to the workspace. What is there by that very name is taken literally, whatever signs are in it. */
async function matches(workspace, pattern, inFolder, problems, signal) {
	const named = path.resolve(workspace, pattern);
	const kind = await kindOf(named);
	if (kind === "file") return [path.relative(workspace, named)];
	const folder = kind === "folder" ? named : workspace;
	const { glob } = await import("./tinyglobby.js");
	const unseen = (name, error) => {
		if (error) {
			const file = path.relative(workspace, name);
			problems.push({
				code: "UNREADABLE",
				message: `${file} cannot be looked into (${errorCode(error)})`,
				file
			});
		}
	};
	const endings = inFolder.map((one) => one.slice(one.lastIndexOf("*") + 1).toLowerCase());
	const looksLikeReport = (name) => endings.some((ending) => name.toLowerCase().endsWith(ending));
	const watched = {
		readdir(name, options, done) {
			readdir$1(name, options, (error, files) => {
				if (error?.code !== "ENOENT") unseen(name, error);
				done(error, files);
			});
		},
		realpath(name, done) {
			realpath$1(name, (error, resolved) => {
				if (looksLikeReport(name)) unseen(name, error);
				done(error, resolved);
			});
		}
	};
	return (await glob(kind === "folder" ? [...inFolder] : pattern, {
		cwd: folder,
		dot: true,
		expandDirectories: false,
		signal,
		fs: watched
	})).map((name) => path.relative(workspace, path.resolve(folder, name))).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}
// build/sources/security/result.js
/**
* What a reader of scan results hands on, whatever the scanner, the format or the platform: runs, and the results of each in one shape.
* Readers say what stands there; `triage/` says what becomes of it.
*
* All texts are untrusted: readers make them one line (`oneLine`), and never hand on a code snippet or a secret.
*/
/** Remarks on results that are counted over a run; each ends a sentence that begins with a number of results. */
const noteTexts = {
	KIND_LEVEL_CONFLICT: "with a level beside a kind that is no failure; they count as failures",
	NO_RULE: "of a rule that the report does not describe",
	SEVERITY_CONFLICT: "with a score and a level far apart"
};
// build/sources/security/triage/severity.js
/** Least first. */
const steps = [
	"low",
	"medium",
	"high",
	"critical"
];
/** Worst first. Unknown stands behind high since it may be that, and before medium so that it is not cut off. */
const worstFirst = [
	"critical",
	"high",
	"unknown",
	"medium",
	"low"
];
const bySeverity = (a, b) => worstFirst.indexOf(a) - worstFirst.indexOf(b);
/** What the severity is treated as where it must rank. */
const rankOf = (severity, { "unknown-severity": unknown }) => severity === "unknown" ? unknown : severity;
/** Whether `a` is as bad as `b` or worse. */
const atLeast = (a, b) => steps.indexOf(a) >= steps.indexOf(b);
const tells = (rating) => rating === void 0 || rating.severity === "unknown" ? void 0 : rating;
/** The severity that holds, and which measure it comes from. */
function severityOf({ score, level, secret }, from) {
	const [byScore, byLevel] = [tells(score), tells(level)];
	if (byScore && byLevel) {
		const higher = atLeast(byScore.severity, byLevel.severity) ? byScore : byLevel;
		const apart = Math.abs(steps.indexOf(byScore.severity) - steps.indexOf(byLevel.severity)) >= 2;
		const chosen = apart || from === "strictest" ? higher : from === "score" ? byScore : byLevel;
		const other = chosen === byScore ? byLevel : byScore;
		return apart ? {
			...chosen,
			conflict: `${other.why} says ${other.severity}`
		} : chosen;
	}
	const only = byScore ?? byLevel;
	if (only) return only;
	if (secret) return {
		severity: "critical",
		why: "a secret"
	};
	const silent = score ?? level;
	return {
		severity: "unknown",
		why: silent === void 0 ? "the scan does not say how bad it is" : silent.why
	};
}
// build/sources/security/tally.js
/** How many results of a run have which fate, for which reason, at which severity. */
var Tally = class {
	#counts = /* @__PURE__ */ new Map();
	/** Of all results. */
	all = 0;
	/** @returns where it is counted */
	add(fate, reason, severity) {
		this.all += 1;
		const entry = this.#entry(fate, reason, severity);
		entry.count += 1;
		return entry;
	}
	/** One that was counted there is counted elsewhere. */
	move(from, fate, reason) {
		from.count -= 1;
		this.#entry(fate, reason, from.severity).count += 1;
	}
	#entry(fate, reason, severity) {
		const key = `${fate} ${severity} ${reason}`;
		const there = this.#counts.get(key);
		if (there) return there;
		const entry = {
			fate,
			reason,
			severity,
			count: 0
		};
		this.#counts.set(key, entry);
		return entry;
	}
	/** In an order that depends on nothing but themselves. */
	entries() {
		return [...this.#counts].filter(([, { count }]) => count > 0).sort(([a], [b]) => compare(a, b)).map(([, entry]) => entry);
	}
};
/** Results of one run that are remembered to find those that are the same; what comes after so many counts each time. */
const mostRemembered = 1e5;
/** Several results that are the same, at the same place, count once, as the worst of them. Remembers little of each, for there may be many. */
var Doubles = class {
	#tally;
	/** Where those that stand are counted. */
	#standing = /* @__PURE__ */ new Map();
	#files = /* @__PURE__ */ new Map();
	constructor(tally) {
		this.#tally = tally;
	}
	/** Counts a result that stands. @returns its verdict, which says so when it is a double */
	count(result, said) {
		const key = this.#keyOf(result);
		const before = this.#standing.get(key);
		if (before && bySeverity(said.severity, before.severity) >= 0) {
			const verdict = {
				...said,
				fate: "ignored",
				reason: "DUPLICATE"
			};
			this.#tally.add(verdict.fate, verdict.reason, verdict.severity);
			return verdict;
		}
		if (before) this.#tally.move(before, "ignored", "DUPLICATE");
		const entry = this.#tally.add(said.fate, said.reason, said.severity);
		if (before || this.#standing.size < mostRemembered) this.#standing.set(key, entry);
		return said;
	}
	#keyOf({ identity, file = "", line = 0 }) {
		const number = this.#files.get(file) ?? this.#files.size;
		if (this.#files.size < mostRemembered) this.#files.set(file, number);
		return [
			identity,
			this.#files.has(file) ? number : `/${file}`,
			line
		].join(" ");
	}
};
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
/** An order that depends on nothing but the findings. */
const order = (a, b) => bySeverity(a.severity, b.severity) || compare(a.tool, b.tool) || compare(a.rule, b.rule) || compare(a.file ?? "", b.file ?? "") || compare(a.line ?? 0, b.line ?? 0) || compare(a.message, b.message) || compare(a.identity, b.identity) || compare(a.run, b.run);
/** The worst of very many findings. */
var Worst = class {
	#most;
	#all = [];
	/** What is less severe is none of the worst any more. */
	#least;
	constructor(most) {
		this.#most = most;
	}
	/** @param make only called when it may be one of the worst */
	offer(severity, make) {
		if (this.#least && bySeverity(severity, this.#least.severity) > 0) return;
		const finding = make();
		if (this.#least && order(finding, this.#least) >= 0) return;
		this.#all.push(finding);
		if (this.#all.length < this.#most * 10) return;
		this.#all = this.kept();
		this.#least = this.#all.at(-1);
	}
	/** The worst first. */
	kept() {
		return [...this.#all].sort(order).slice(0, this.#most);
	}
};
// build/sources/security/pieces.js
/** Texts as a row of pieces: encodings, and parts of them. A piece is only valid until the next one is asked for. */
/** A file cannot be read on; `code` is that of a problem, the message goes on after the file's name. */
var Refused = class extends Error {
	code;
	constructor(code, message) {
		super(message);
		this.code = code;
	}
};
const changed = () => new Refused("CHANGED", "changed while it was read: let the scanner end before this step");
async function* copied(pieces) {
	for await (const piece of pieces) yield Buffer.from(piece);
}
/** At least the first four bytes, if there are so many, and all pieces. */
async function peek(pieces) {
	const iterator = pieces[Symbol.asyncIterator]();
	let first = Buffer.alloc(0);
	let whole = false;
	while (first.length < 4 && !whole) {
		const { value, done } = await iterator.next();
		if (done) whole = true;
		else first = first.length === 0 ? value : Buffer.concat([first, value]);
	}
	async function* all() {
		try {
			if (first.length > 0) yield first;
			if (!whole) yield* { [Symbol.asyncIterator]: () => iterator };
		} finally {
			await iterator.return?.();
		}
	}
	return [first, all()];
}
const badEncoding = () => new Refused("BAD_ENCODING", "is no valid UTF-8");
async function* transcoded(pieces, encoding) {
	const decoder = new TextDecoder(encoding, { fatal: true });
	const decode = (...of) => {
		try {
			return Buffer.from(decoder.decode(...of), "utf8");
		} catch {
			throw new Refused("BAD_ENCODING", `is no valid ${encoding.toUpperCase()}`);
		}
	};
	for await (const piece of pieces) yield decode(piece, { stream: true });
	yield decode();
}
/** Pieces that end between characters, each proven to be UTF-8. @param mark bytes at the front to leave out */
async function* checked$1(pieces, mark) {
	let skip = mark;
	let left = Buffer.alloc(0);
	for await (const piece of pieces) {
		const all = left.length > 0 ? Buffer.concat([left, piece]) : piece.subarray(skip);
		skip = 0;
		const whole = all.subarray(0, wholeCharacters(all));
		left = Buffer.from(all.subarray(whole.length));
		if (!isUtf8(whole)) throw badEncoding();
		if (whole.length > 0) yield whole;
	}
	if (left.length > 0) throw badEncoding();
}
/** How many bytes at the front end with a whole character. */
function wholeCharacters(bytes) {
	let start = bytes.length - 1;
	while (start >= 0 && start > bytes.length - 4 && ((bytes[start] ?? 0) & 192) === 128) start -= 1;
	const lead = bytes[start] ?? 0;
	return start + (lead >= 240 ? 4 : lead >= 224 ? 3 : lead >= 192 ? 2 : 1) > bytes.length ? start : bytes.length;
}
/** The stretches that are wanted. @param base offset of the first piece @throws {Refused} `CHANGED` when not all of them are there */
async function* gathered(pieces, base, wanted) {
	if (wanted.length === 0) return;
	let from = base;
	let next = 0;
	let parts = [];
	for await (const piece of pieces) {
		const to = from + piece.length;
		for (let one = wanted[next]; one !== void 0 && one.from < to; one = wanted[next]) {
			const part = piece.subarray(Math.max(0, one.from - from), one.to - from);
			if (one.to > to) {
				parts.push(Buffer.from(part));
				break;
			}
			next += 1;
			yield parts.length === 0 ? part : Buffer.concat([...parts, part]);
			parts = [];
		}
		if (next === wanted.length) return;
		from = to;
	}
	throw changed();
}
// build/sources/security/bytes.js
/** Reports as UTF-8, in whatever encoding scanners, shells and compressors leave them, piece by piece. */
/** V8 holds no longer text (Node 20 and 24), and JSON.parse needs the whole text. */
const longestText = 536870888;
/** Bytes that are read at once. */
const pieceBytes = 1 << 19;
const problemOf = (file, { code, message }) => ({
	code,
	message: `${file.name} ${message}`,
	file: file.name
});
/** @throws {Refused} `EMPTY_FILE`, `UNREADABLE` */
async function openReport(file) {
	let handle;
	try {
		handle = await open(file.absolute, "r");
		const { size, mtimeNs, ...stats } = await handle.stat({ bigint: true });
		if ((stats.mode & 61440n) !== 32768n) throw new Refused("UNREADABLE", "is no file");
		if (size === 0n) throw new Refused("EMPTY_FILE", "is empty: the scanner wrote nothing");
		return new FileReport(handle, {
			size,
			mtimeNs
		});
	} catch (error) {
		await handle?.close();
		throw unreadable(error);
	}
}
/** What the file system says, as a refusal. */
function unreadable(error) {
	const code = errorCode(error);
	return /^E[A-Z0-9]+$/.test(code) ? new Refused("UNREADABLE", `cannot be read (${code})`) : error;
}
/**
* Opens a file, lets `use` read it, and closes it.
*
* @throws {Refused} `EMPTY_FILE`, `UNREADABLE`, `BAD_ENCODING`, `CHANGED`, and what `use` throws
*/
async function withReport(file, use) {
	const report = await openReport(file);
	try {
		const used = await use(report);
		await report.unchanged();
		return used;
	} catch (error) {
		if (error instanceof Refused) await report.unchanged();
		throw unreadable(error);
	} finally {
		await report.close();
	}
}
var FileReport = class {
	notes = [];
	#handle;
	#before;
	#sha256;
	/** Where the text begins in the file, if it stands there as it is. */
	#textFrom;
	constructor(handle, before) {
		this.#handle = handle;
		this.#before = before;
	}
	sha256() {
		if (this.#sha256 === void 0) throw new Error("the report was not read to its end");
		return this.#sha256;
	}
	async unchanged() {
		const { size, mtimeNs } = await this.#handle.stat({ bigint: true });
		if (size !== this.#before.size || mtimeNs !== this.#before.mtimeNs) throw changed();
	}
	close() {
		return this.#handle.close();
	}
	async *pieces(signal) {
		yield* this.#utf8(this.#unpacked(this.#hashed(signal), signal));
	}
	stretches(wanted, signal) {
		const [first] = wanted;
		if (first === void 0 || this.#textFrom === void 0) return gathered(this.pieces(signal), 0, wanted);
		return gathered(this.#raw(this.#textFrom + first.from, signal), first.from, wanted);
	}
	/** Two stretches of memory take turns: one is read into while the other is worked on. */
	async *#raw(from, signal) {
		let [at, memory, other] = [
			from,
			Buffer.allocUnsafeSlow(pieceBytes),
			Buffer.allocUnsafeSlow(pieceBytes)
		];
		let reading = this.#handle.read(memory, 0, pieceBytes, at);
		try {
			for (;;) {
				const { bytesRead } = await reading;
				signal.throwIfAborted();
				if (bytesRead === 0) return;
				const piece = memory.subarray(0, bytesRead);
				at += bytesRead;
				[memory, other] = [other, memory];
				reading = this.#handle.read(memory, 0, pieceBytes, at);
				reading.catch(() => void 0);
				yield piece;
			}
		} finally {
			await reading.catch(() => void 0);
		}
	}
	async *#hashed(signal) {
		if (this.#sha256 !== void 0) {
			yield* this.#raw(0, signal);
			return;
		}
		const hash = process.getBuiltinModule("node:crypto").createHash("sha256");
		for await (const piece of this.#raw(0, signal)) {
			hash.update(piece);
			yield piece;
		}
		this.#sha256 = hash.digest("hex");
	}
	async *#unpacked(raw, signal) {
		const [first, rest] = await peek(raw);
		if (!(first[0] === 31 && first[1] === 139)) {
			this.#textFrom = 0;
			yield* rest;
			return;
		}
		const gunzip = process.getBuiltinModule("node:zlib").createGunzip({ chunkSize: pieceBytes });
		pipeline(Readable.from(copied(rest), { objectMode: false }), gunzip, () => void 0);
		try {
			for await (const piece of gunzip) {
				signal.throwIfAborted();
				yield piece;
			}
		} catch (error) {
			signal.throwIfAborted();
			const code = errorCode(error);
			if (!code.startsWith("Z_")) throw error;
			throw new Refused("UNREADABLE", `cannot be unpacked: ${code === "Z_BUF_ERROR" ? "it ends too early" : "it is no sound gzip"}`);
		}
	}
	/** UTF-8 with or without a byte order mark is what SARIF allows; UTF-16 is what PowerShell's `>` makes of it. */
	async *#utf8(bytes) {
		const [first, rest] = await peek(bytes);
		if (first.length === 0) throw new Refused("EMPTY_FILE", "holds nothing: the scanner wrote nothing");
		const [a, b, c] = first;
		const wide = a === 255 && b === 254 ? "utf-16le" : a === 254 && b === 255 ? "utf-16be" : void 0;
		if (wide) {
			this.#textFrom = void 0;
			const note = `is encoded in ${wide.toUpperCase()}; SARIF is UTF-8`;
			if (!this.notes.includes(note)) this.notes.push(note);
			yield* transcoded(rest, wide);
			return;
		}
		if (a === 0 || b === 0) throw new Refused("BAD_ENCODING", "is no UTF-8, and UTF-16 needs a byte order mark");
		const mark = a === 239 && b === 187 && c === 191 ? 3 : 0;
		if (this.#textFrom !== void 0) this.#textFrom = mark;
		yield* checked$1(rest, mark);
	}
};
/** Reads a report of a size that fits into memory, or says why it is no evidence. It throws only when `signal` aborts. */
async function readWhole(file, signal, longest = longestText) {
	try {
		return await withReport(file, async (report) => {
			const pieces = [];
			let size = 0;
			for await (const piece of report.pieces(signal)) {
				size += piece.length;
				if (size > longest) throw new Refused("TOO_LARGE", `holds more than the ${longest} bytes that can be read: split it by tool`);
				pieces.push(Buffer.from(piece));
			}
			return {
				text: Buffer.concat(pieces).toString("utf8"),
				sha256: report.sha256(),
				notes: report.notes
			};
		});
	} catch (error) {
		if (error instanceof Refused) return problemOf(file, error);
		throw error;
	}
}
/** A text that came from elsewhere than a file, to be read like one. */
function reportOf(text) {
	const bytes = Buffer.from(text, "utf8");
	async function* pieces(signal) {
		for (let at = 0; at < bytes.length; at += pieceBytes) {
			if (at > 0) await new Promise((done) => setImmediate(done));
			signal.throwIfAborted();
			yield bytes.subarray(at, at + pieceBytes);
		}
	}
	return {
		notes: [],
		pieces,
		stretches: (wanted, signal) => gathered(pieces(signal), 0, wanted),
		sha256: () => sha256(bytes)
	};
}
// build/sources/security/triage/baseline.js
/**
* A sink that keeps what an earlier scan found, and afterwards says of each new result whether it was there.
*
* What the earlier scan did not count as a failure, or what was suppressed then, was not known as a finding.
*/
var Baseline = class {
	/** How often each identity was found. */
	#left = /* @__PURE__ */ new Map();
	/** Why it is less than it should be. */
	problems = [];
	/** What was read. */
	files = [];
	begin({ file, sha256 }) {
		if (!this.files.some((one) => one.file === file)) this.files.push({
			kind: "baseline",
			file,
			sha256: sha256 ?? ""
		});
		return { add: (result) => {
			if (!result || result.noFailure || result.suppressions.length > 0) return;
			this.#left.set(result.identity, (this.#left.get(result.identity) ?? 0) + 1);
		} };
	}
	problem({ message }) {
		this.problems.push(message);
	}
	note() {}
	/** Two results of one identity need two in the baseline. */
	knows({ result: { identity } }) {
		const left = this.#left.get(identity) ?? 0;
		if (left > 0) this.#left.set(identity, left - 1);
		return left > 0;
	}
};
// build/sources/security/triage/exploited.js
/** Whether a vulnerability is exploited, or probably soon, by the lists that were read and by the word of the scan. */
const cveForm = /^CVE-\d{4}-\d{4,}$/i;
/** @returns why it counts as exploited, in words; undefined: nothing says so */
function exploitedBy({ ids, rule, exploited }, { kev, epss, atLeast }) {
	const names = [...ids, ...cveForm.test(rule) ? [rule] : []].map((id) => id.toUpperCase());
	for (const name of names) {
		const entry = kev?.get(name);
		if (!entry) continue;
		const since = entry.added === void 0 ? "" : ` since ${entry.added}`;
		return oneLine(`${name} is in the KEV catalog${since}${entry.ransomware ? ", used for ransomware" : ""}`);
	}
	if (exploited?.kev) return "in the KEV catalog, says the scan";
	const [worst] = names.map((name) => ({
		name,
		score: epss?.get(name) ?? -1
	})).sort((a, b) => b.score - a.score);
	if (worst && worst.score >= atLeast) return `EPSS ${worst.score} of ${oneLine(worst.name)}`;
	const own = exploited?.epss ?? -1;
	return own >= atLeast ? `EPSS ${own}, says the scan` : void 0;
}
// build/sources/security/triage/load.js
/** Reads the files that stand beside the scans. What cannot be read is a problem: without it nobody knows what the policy means. */
/** A list of exploited vulnerabilities that is older is told of, milliseconds. */
const oldList = 6048e5;
/** Loads what the policy names, and no more: most policies name none of it. */
async function openReferences(triage, where) {
	const shelf = new Shelf(where);
	const [waivers, vex, exploited, owner, known] = await Promise.all([
		openWaivers(triage, shelf),
		openVex(triage, shelf),
		openExploited(triage, shelf),
		openOwners(triage, shelf),
		openBaseline(triage, shelf)
	]);
	const { files, problems, remarks } = shelf;
	return {
		references: {
			exploited,
			owner,
			...known && { known },
			...waivers && { waivers },
			...vex && { vex }
		},
		files,
		problems,
		remarks
	};
}
/** What was read, and what was wrong with it. */
var Shelf = class {
	files = [];
	problems = [];
	remarks = [];
	where;
	constructor(where) {
		this.where = where;
	}
	wrong(kind, file, message) {
		const code = `${kind.toUpperCase()}_UNREADABLE`;
		if (kind === "owners") this.remarks.push({
			code,
			message
		});
		else this.problems.push({
			code,
			message,
			file
		});
	}
	/** All files that the patterns name. */
	async read(kind, patterns, inFolder) {
		const { workspace, signal } = this.where;
		const { files, problems } = await findFiles(workspace, patterns, inFolder, signal);
		for (const { file = "", code, message } of problems) this.wrong(kind, file, code === "NO_REPORT" ? `no file matches ${file}, which the policy names as ${kind}` : message);
		const read = [];
		for (const located of files) {
			const whole = await readWhole(located, signal);
			if ("code" in whole) this.wrong(kind, located.name, whole.message);
			else {
				this.files.push({
					kind,
					file: located.name,
					sha256: whole.sha256
				});
				read.push({
					...whole,
					file: located.name
				});
			}
		}
		return read;
	}
	/** The same for problems that have a place in the file. */
	refuse(kind, file, problems) {
		for (const { message, line, column } of problems) this.wrong(kind, file, `${[
			file,
			line,
			column
		].filter((part) => part !== void 0).join(":")} ${message}`);
	}
};
async function openWaivers(triage, shelf) {
	if (!triage.waivers) return void 0;
	const { files, ...limits } = triage.waivers;
	const { parseWaivers } = await import("./sources-security-triage-waivers.js");
	const all = (await shelf.read("waivers", files, ["**/*.yml", "**/*.yaml"])).map(({ file, text }) => {
		const { waivers, problems } = parseWaivers(text, file, {
			now: shelf.where.now,
			...limits
		});
		shelf.refuse("waivers", file, problems);
		return waivers;
	});
	return {
		excuse(subject) {
			let expired;
			for (const waivers of all) {
				const excuse = waivers.excuse(subject);
				if (excuse && "reason" in excuse) return excuse;
				expired ??= excuse;
			}
			return expired;
		},
		remarks: () => all.flatMap((waivers) => waivers.remarks())
	};
}
async function openVex(triage, shelf) {
	if (!triage.vex) return void 0;
	const { files, products } = triage.vex;
	const { openVex: open, readVex } = await import("./sources-security-triage-vex.js");
	const documents = (await shelf.read("vex", files, [
		"**/*.vex.json",
		"**/*.openvex.json",
		"**/*.cdx.json"
	])).map(({ file, text }) => readVex(text, file));
	for (const { file, problems } of documents) shelf.refuse("vex", file, problems);
	return open(documents, {
		products,
		now: shelf.where.now
	});
}
async function openExploited({ exploited }, shelf) {
	const { kev, epss, "epss-at-least": atLeast } = exploited;
	if (kev === void 0 && epss === void 0) return (result) => exploitedBy(result, { atLeast });
	const { parseEpss, parseKev } = await import("./sources-security-triage-exploited-lists.js");
	const one = async (kind, file, parse) => {
		const [read] = file === void 0 ? [] : await shelf.read(kind, [file], []);
		return read && parse(read.text, read.file);
	};
	const [catalog, scores] = await Promise.all([one("kev", kev, parseKev), one("epss", epss, parseEpss)]);
	if (kev !== void 0 && catalog) shelf.refuse("kev", kev, catalog.problems);
	if (epss !== void 0 && scores) shelf.refuse("epss", epss, scores.problems);
	for (const [file, list] of [[kev, catalog], [epss, scores]]) {
		if (file === void 0 || list?.released === void 0 || shelf.where.now - list.released < oldList) continue;
		const age = formatDuration(shelf.where.now - list.released);
		shelf.remarks.push({
			code: "EXPLOITED_LIST_OLD",
			message: `${file} is ${age} old: what is exploited changes every day`
		});
	}
	return (result) => exploitedBy(result, {
		...catalog && { kev: catalog.kev },
		...scores && { epss: scores.epss },
		atLeast
	});
}
async function openOwners({ owners }, shelf) {
	const { ownerPlaces, parseOwners } = await import("./sources-security-triage-owners.js");
	const named = owners === void 0 ? ownerPlaces : [owners];
	for (const place of named) {
		if (!await locate(shelf.where.workspace, place).catch(() => void 0) && owners === void 0) continue;
		const [read] = await shelf.read("owners", [place], []);
		if (read) return parseOwners(read.text);
	}
	return () => void 0;
}
async function openBaseline({ baseline: named }, shelf) {
	const { baseline: read } = shelf.where;
	if (!named || !named.files && named.ref === void 0) return void 0;
	const baseline = new Baseline();
	const missing = (message) => {
		shelf.remarks.push({
			code: "BASELINE_UNREADABLE",
			message: `${message}; what it should have held counts as new`
		});
	};
	try {
		if (!read) throw new Error("this source cannot read a baseline");
		await read(named, baseline);
		shelf.files.push(...baseline.files);
	} catch (error) {
		if (shelf.where.signal.aborted) throw error;
		missing(error.message);
	}
	for (const problem of baseline.problems) missing(problem);
	return (subject) => baseline.knows(subject);
}
// build/sources/security/triage/globs.js
/**
* Patterns for paths, matched in time that grows no faster than pattern times path: the paths come from reports, and a pattern
* as a regular expression can take minutes for a path that somebody made for it.
*/
/** A report can hold a "path" of megabytes. */
const longestPath = 4096;
/** `**` stands for any number of segments. */
const any = "**";
/** What one pattern may be written out to. */
const mostAlternatives = 100;
/** The alternatives of `{a,b}`, written out; undefined: there are too many. */
function alternatives(pattern) {
	const done = [];
	const open = [pattern];
	for (let next = open.pop(); next !== void 0; next = open.pop()) {
		const group = /\{([^{}]*,[^{}]*)\}/.exec(next);
		if (!group) done.push(next);
		else {
			const [whole, inner = ""] = group;
			const [before, after] = [next.slice(0, group.index), next.slice(group.index + whole.length)];
			open.push(...inner.split(",").map((one) => before + one + after));
		}
		if (done.length + open.length > mostAlternatives) return void 0;
	}
	return done;
}
/**
* Patterns from the root of the repository: `*` and `?` within a segment, `**` over segments, a `/` at the end for all below. All else is
* literal, brackets too: `app/[id]/(shop)/page.tsx` is a usual path.
*
* @param braces whether `{a,b}` stands for either
* @returns whether any of them fits a path; what has `..` in it leads elsewhere and fits none
*/
function compileGlobs(patterns, { braces = true } = {}) {
	const compiled = patterns.flatMap((pattern) => braces ? alternatives(pattern) ?? [] : [pattern]).map((pattern) => segmentsOf(pattern.endsWith("/") ? `${pattern}${any}` : pattern));
	return (path) => {
		if (path.length > longestPath) return false;
		const segments = segmentsOf(path);
		if (segments.length === 0 || segments.includes("..")) return false;
		return compiled.some((pattern) => pattern.length > 0 && fits(pattern, segments, any, segmentFits));
	};
}
const segmentsOf = (path) => path.split("/").filter((segment) => segment !== "" && segment !== ".");
const segmentFits = (pattern, segment) => pattern === segment || /[*?]/.test(pattern) && fits(Array.from(pattern), Array.from(segment), "*", (a, b) => a === "?" || a === b);
/** Items against a pattern in which `wild` stands for any number of them. The last `wild` takes as much as it must, so none before it is tried again. */
function fits(pattern, items, wild, one) {
	let [p, i] = [0, 0];
	let [afterWild, taken] = [-1, 0];
	while (i < items.length) {
		const wanted = pattern[p];
		if (wanted === wild) {
			p += 1;
			[afterWild, taken] = [p, i];
		} else if (wanted !== void 0 && one(wanted, items[i] ?? "")) {
			p += 1;
			i += 1;
		} else if (afterWild >= 0) {
			taken += 1;
			[p, i] = [afterWild, taken];
		} else return false;
	}
	while (pattern[p] === wild) p += 1;
	return p === pattern.length;
}
// node_modules/packageurl-js/src/error.js
var require_error = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	function formatPurlErrorMessage(message = "") {
		const { length } = message;
		let formatted = "";
		if (length) {
			const code0 = message.charCodeAt(0);
			formatted = code0 >= 65 || code0 <= 90 ? `${message[0].toLowerCase()}${message.slice(1)}` : message;
			if (length > 1 && message.charCodeAt(length - 1) === 46 && message.charCodeAt(length - 2) !== 46) formatted = formatted.slice(0, -1);
		}
		return `Invalid purl: ${formatted}`;
	}
	var PurlError = class extends Error {
		constructor(message) {
			super(formatPurlErrorMessage(message));
		}
	};
	module.exports = {
		formatPurlErrorMessage,
		PurlError
	};
}));
// node_modules/packageurl-js/src/decode.js
var require_decode = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const { PurlError } = require_error();
	const { decodeURIComponent } = globalThis;
	function decodePurlComponent(comp, encodedURIComponent) {
		try {
			return decodeURIComponent(encodedURIComponent);
		} catch {}
		throw new PurlError(`unable to decode "${comp}" component`);
	}
	module.exports = { decodePurlComponent };
}));
// node_modules/packageurl-js/src/constants.js
var require_constants = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = {
		LOOP_SENTINEL: 1e6,
		REUSED_SEARCH_PARAMS: new URLSearchParams(),
		REUSED_SEARCH_PARAMS_KEY: "_",
		REUSED_SEARCH_PARAMS_OFFSET: 2
	};
}));
// node_modules/packageurl-js/src/objects.js
var require_objects = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const { LOOP_SENTINEL } = require_constants();
	function isObject(value) {
		return value !== null && typeof value === "object";
	}
	function recursiveFreeze(value_) {
		if (value_ === null || !(typeof value_ === "object" || typeof value_ === "function") || Object.isFrozen(value_)) return value_;
		const queue = [value_];
		let { length: queueLength } = queue;
		let pos = 0;
		while (pos < queueLength) {
			if (pos === LOOP_SENTINEL) throw new Error("Detected infinite loop in object crawl of recursiveFreeze");
			const obj = queue[pos++];
			Object.freeze(obj);
			if (Array.isArray(obj)) for (let i = 0, { length } = obj; i < length; i += 1) {
				const item = obj[i];
				if (item !== null && (typeof item === "object" || typeof item === "function") && !Object.isFrozen(item)) queue[queueLength++] = item;
			}
			else {
				const keys = Reflect.ownKeys(obj);
				for (let i = 0, { length } = keys; i < length; i += 1) {
					const propValue = obj[keys[i]];
					if (propValue !== null && (typeof propValue === "object" || typeof propValue === "function") && !Object.isFrozen(propValue)) queue[queueLength++] = propValue;
				}
			}
		}
		return value_;
	}
	module.exports = {
		isObject,
		recursiveFreeze
	};
}));
// node_modules/packageurl-js/src/strings.js
var require_strings = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const { compare: localeCompare } = new Intl.Collator();
	const regexSemverNumberedGroups = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$/;
	function isBlank(str) {
		for (let i = 0, { length } = str; i < length; i += 1) {
			const code = str.charCodeAt(i);
			if (!(code === 32 || code === 9 || code === 10 || code === 11 || code === 12 || code === 13 || code === 160 || code === 5760 || code === 8192 || code === 8193 || code === 8194 || code === 8195 || code === 8196 || code === 8197 || code === 8198 || code === 8199 || code === 8200 || code === 8201 || code === 8202 || code === 8232 || code === 8233 || code === 8239 || code === 8287 || code === 12288 || code === 65279)) return false;
		}
		return true;
	}
	function isNonEmptyString(value) {
		return typeof value === "string" && value.length > 0;
	}
	function isSemverString(value) {
		return typeof value === "string" && regexSemverNumberedGroups.test(value);
	}
	function lowerName(purl) {
		purl.name = purl.name.toLowerCase();
	}
	function lowerNamespace(purl) {
		const { namespace } = purl;
		if (typeof namespace === "string") purl.namespace = namespace.toLowerCase();
	}
	function lowerVersion(purl) {
		const { version } = purl;
		if (typeof version === "string") purl.version = version.toLowerCase();
	}
	function replaceDashesWithUnderscores(str) {
		let result = "";
		let fromIndex = 0;
		let index = 0;
		while ((index = str.indexOf("-", fromIndex)) !== -1) {
			result = result + str.slice(fromIndex, index) + "_";
			fromIndex = index + 1;
		}
		return fromIndex ? result + str.slice(fromIndex) : str;
	}
	function replaceUnderscoresWithDashes(str) {
		let result = "";
		let fromIndex = 0;
		let index = 0;
		while ((index = str.indexOf("_", fromIndex)) !== -1) {
			result = result + str.slice(fromIndex, index) + "-";
			fromIndex = index + 1;
		}
		return fromIndex ? result + str.slice(fromIndex) : str;
	}
	function trimLeadingSlashes(str) {
		let start = 0;
		while (str.charCodeAt(start) === 47) start += 1;
		return start === 0 ? str : str.slice(start);
	}
	module.exports = {
		isBlank,
		isNonEmptyString,
		isSemverString,
		localeCompare,
		lowerName,
		lowerNamespace,
		lowerVersion,
		replaceDashesWithUnderscores,
		replaceUnderscoresWithDashes,
		trimLeadingSlashes
	};
}));
// node_modules/packageurl-js/src/encode.js
var require_encode = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const { REUSED_SEARCH_PARAMS, REUSED_SEARCH_PARAMS_KEY, REUSED_SEARCH_PARAMS_OFFSET } = require_constants();
	const { isObject } = require_objects();
	const { isNonEmptyString } = require_strings();
	const { encodeURIComponent } = globalThis;
	function encodeNamespace(namespace) {
		return isNonEmptyString(namespace) ? encodeURIComponent(namespace).replace(/%3A/g, ":").replace(/%2F/g, "/") : "";
	}
	function encodeQualifierParam(param) {
		if (isNonEmptyString(param)) {
			REUSED_SEARCH_PARAMS.set(REUSED_SEARCH_PARAMS_KEY, param);
			return replacePlusSignWithPercentEncodedSpace(REUSED_SEARCH_PARAMS.toString().slice(REUSED_SEARCH_PARAMS_OFFSET));
		}
		return "";
	}
	function encodeQualifiers(qualifiers) {
		if (isObject(qualifiers)) {
			const qualifiersKeys = Object.keys(qualifiers).sort();
			const searchParams = new URLSearchParams();
			for (let i = 0, { length } = qualifiersKeys; i < length; i += 1) {
				const key = qualifiersKeys[i];
				searchParams.set(key, qualifiers[key]);
			}
			return replacePlusSignWithPercentEncodedSpace(searchParams.toString());
		}
		return "";
	}
	function encodeSubpath(subpath) {
		return isNonEmptyString(subpath) ? encodeURIComponent(subpath).replace(/%2F/g, "/") : "";
	}
	function encodeVersion(version) {
		return isNonEmptyString(version) ? encodeURIComponent(version).replace(/%3A/g, ":").replace(/%2B/g, "+") : "";
	}
	function replacePlusSignWithPercentEncodedSpace(str) {
		return str.replace(/\+/g, "%20");
	}
	module.exports = {
		encodeNamespace,
		encodeVersion,
		encodeQualifiers,
		encodeQualifierParam,
		encodeSubpath,
		encodeURIComponent
	};
}));
// node_modules/packageurl-js/src/helpers.js
var require_helpers = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	function createHelpersNamespaceObject(helpers, options_ = {}) {
		const { comparator, ...defaults } = {
			__proto__: null,
			...options_
		};
		const helperNames = Object.keys(helpers).sort();
		const propNames = [...new Set([...Object.values(helpers)].map(Object.keys).flat())].sort(comparator);
		const nsObject = Object.create(null);
		for (let i = 0, { length } = propNames; i < length; i += 1) {
			const propName = propNames[i];
			const helpersForProp = Object.create(null);
			for (let j = 0, { length: length_j } = helperNames; j < length_j; j += 1) {
				const helperName = helperNames[j];
				const helperValue = helpers[helperName][propName] ?? defaults[helperName];
				if (helperValue !== void 0) helpersForProp[helperName] = helperValue;
			}
			nsObject[propName] = helpersForProp;
		}
		return nsObject;
	}
	module.exports = { createHelpersNamespaceObject };
}));
// node_modules/packageurl-js/src/normalize.js
var require_normalize = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const { isObject } = require_objects();
	const { isBlank } = require_strings();
	function normalizeName(rawName) {
		return typeof rawName === "string" ? rawName.trim() : void 0;
	}
	function normalizeNamespace(rawNamespace) {
		return typeof rawNamespace === "string" ? normalizePath(rawNamespace) : void 0;
	}
	function normalizePath(pathname, callback) {
		let collapsed = "";
		let start = 0;
		while (pathname.charCodeAt(start) === 47) start += 1;
		let nextIndex = pathname.indexOf("/", start);
		if (nextIndex === -1) return pathname.slice(start);
		while (nextIndex !== -1) {
			const segment = pathname.slice(start, nextIndex);
			if (callback === void 0 || callback(segment)) collapsed = collapsed + (collapsed.length === 0 ? "" : "/") + segment;
			start = nextIndex + 1;
			while (pathname.charCodeAt(start) === 47) start += 1;
			nextIndex = pathname.indexOf("/", start);
		}
		const lastSegment = pathname.slice(start);
		if (lastSegment.length !== 0 && (callback === void 0 || callback(lastSegment))) collapsed = collapsed + "/" + lastSegment;
		return collapsed;
	}
	function normalizeQualifiers(rawQualifiers) {
		let qualifiers;
		for (const { 0: key, 1: value } of qualifiersToEntries(rawQualifiers)) {
			const trimmed = (typeof value === "string" ? value : String(value)).trim();
			if (trimmed.length === 0) continue;
			if (qualifiers === void 0) qualifiers = { __proto__: null };
			qualifiers[key.toLowerCase()] = trimmed;
		}
		return qualifiers;
	}
	function normalizeSubpath(rawSubpath) {
		return typeof rawSubpath === "string" ? normalizePath(rawSubpath, subpathFilter) : void 0;
	}
	function normalizeType(rawType) {
		return typeof rawType === "string" ? rawType.trim().toLowerCase() : void 0;
	}
	function normalizeVersion(rawVersion) {
		return typeof rawVersion === "string" ? rawVersion.trim() : void 0;
	}
	function qualifiersToEntries(rawQualifiers) {
		if (isObject(rawQualifiers)) return rawQualifiers instanceof URLSearchParams ? rawQualifiers.entries() : Object.entries(rawQualifiers);
		return typeof rawQualifiers === "string" ? new URLSearchParams(rawQualifiers).entries() : Object.entries({});
	}
	function subpathFilter(segment) {
		const { length } = segment;
		if (length === 1 && segment.charCodeAt(0) === 46) return false;
		if (length === 2 && segment.charCodeAt(0) === 46 && segment.charCodeAt(1) === 46) return false;
		return !isBlank(segment);
	}
	module.exports = {
		normalizeName,
		normalizeNamespace,
		normalizePath,
		normalizeQualifiers,
		normalizeSubpath,
		normalizeType,
		normalizeVersion
	};
}));
// node_modules/packageurl-js/src/lang.js
var require_lang = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	function isNullishOrEmptyString(value) {
		return value === null || value === void 0 || typeof value === "string" && value.length === 0;
	}
	module.exports = { isNullishOrEmptyString };
}));
// node_modules/packageurl-js/src/validate.js
var require_validate = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const { PurlError } = require_error();
	const { isNullishOrEmptyString } = require_lang();
	const { isNonEmptyString } = require_strings();
	function validateEmptyByType(type, name, value, throws) {
		if (!isNullishOrEmptyString(value)) {
			if (throws) throw new PurlError(`${type} "${name}" component must be empty`);
			return false;
		}
		return true;
	}
	function validateName(name, throws) {
		return validateRequired("name", name, throws) && validateStrings("name", name, throws);
	}
	function validateNamespace(namespace, throws) {
		return validateStrings("namespace", namespace, throws);
	}
	function validateQualifiers(qualifiers, throws) {
		if (qualifiers === null || qualifiers === void 0) return true;
		if (typeof qualifiers !== "object") {
			if (throws) throw new PurlError("\"qualifiers\" must be an object");
			return false;
		}
		const keysIterable = typeof qualifiers.keys === "function" ? qualifiers.keys() : Object.keys(qualifiers);
		for (const key of keysIterable) if (!validateQualifierKey(key, throws)) return false;
		return true;
	}
	function validateQualifierKey(key, throws) {
		if (!validateStartsWithoutNumber("qualifier", key, throws)) return false;
		for (let i = 0, { length } = key; i < length; i += 1) {
			const code = key.charCodeAt(i);
			if (!(code >= 48 && code <= 57 || code >= 65 && code <= 90 || code >= 97 && code <= 122 || code === 46 || code === 45 || code === 95)) {
				if (throws) throw new PurlError(`qualifier "${key}" contains an illegal character`);
				return false;
			}
		}
		return true;
	}
	function validateRequired(name, value, throws) {
		if (isNullishOrEmptyString(value)) {
			if (throws) throw new PurlError(`"${name}" is a required component`);
			return false;
		}
		return true;
	}
	function validateRequiredByType(type, name, value, throws) {
		if (isNullishOrEmptyString(value)) {
			if (throws) throw new PurlError(`${type} requires a "${name}" component`);
			return false;
		}
		return true;
	}
	function validateStartsWithoutNumber(name, value, throws) {
		if (isNonEmptyString(value)) {
			const code = value.charCodeAt(0);
			if (code >= 48 && code <= 57) {
				if (throws) throw new PurlError(`${name} "${value}" cannot start with a number`);
				return false;
			}
		}
		return true;
	}
	function validateStrings(name, value, throws) {
		if (value === null || value === void 0 || typeof value === "string") return true;
		if (throws) throw new PurlError(`"'${name}" must be a string`);
		return false;
	}
	function validateSubpath(subpath, throws) {
		return validateStrings("subpath", subpath, throws);
	}
	function validateType(type, throws) {
		if (!validateRequired("type", type, throws) || !validateStrings("type", type, throws) || !validateStartsWithoutNumber("type", type, throws)) return false;
		for (let i = 0, { length } = type; i < length; i += 1) {
			const code = type.charCodeAt(i);
			if (!(code >= 48 && code <= 57 || code >= 65 && code <= 90 || code >= 97 && code <= 122 || code === 46 || code === 43 || code === 45)) {
				if (throws) throw new PurlError(`type "${type}" contains an illegal character`);
				return false;
			}
		}
		return true;
	}
	function validateVersion(version, throws) {
		return validateStrings("version", version, throws);
	}
	module.exports = {
		validateEmptyByType,
		validateName,
		validateNamespace,
		validateQualifiers,
		validateQualifierKey,
		validateRequired,
		validateRequiredByType,
		validateStartsWithoutNumber,
		validateStrings,
		validateSubpath,
		validateType,
		validateVersion
	};
}));
// node_modules/packageurl-js/src/purl-component.js
var require_purl_component = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const { encodeNamespace, encodeVersion, encodeQualifiers, encodeQualifierParam, encodeSubpath, encodeURIComponent } = require_encode();
	const { createHelpersNamespaceObject } = require_helpers();
	const { normalizeType, normalizeNamespace, normalizeName, normalizeVersion, normalizeQualifiers, normalizeSubpath } = require_normalize();
	const { localeCompare, isNonEmptyString } = require_strings();
	const { validateType, validateNamespace, validateName, validateVersion, validateQualifiers, validateQualifierKey, validateSubpath } = require_validate();
	const PurlComponentEncoder = (comp) => isNonEmptyString(comp) ? encodeURIComponent(comp) : "";
	const PurlComponentStringNormalizer = (comp) => typeof comp === "string" ? comp : void 0;
	const PurlComponentValidator = (_comp, _throws) => true;
	const componentSortOrderLookup = {
		__proto__: null,
		type: 0,
		namespace: 1,
		name: 2,
		version: 3,
		qualifiers: 4,
		qualifierKey: 5,
		qualifierValue: 6,
		subpath: 7
	};
	function componentSortOrder(comp) {
		return componentSortOrderLookup[comp] ?? comp;
	}
	function componentComparator(compA, compB) {
		return localeCompare(componentSortOrder(compA), componentSortOrder(compB));
	}
	module.exports = { PurlComponent: createHelpersNamespaceObject({
		encode: {
			namespace: encodeNamespace,
			version: encodeVersion,
			qualifiers: encodeQualifiers,
			qualifierKey: encodeQualifierParam,
			qualifierValue: encodeQualifierParam,
			subpath: encodeSubpath
		},
		normalize: {
			type: normalizeType,
			namespace: normalizeNamespace,
			name: normalizeName,
			version: normalizeVersion,
			qualifiers: normalizeQualifiers,
			subpath: normalizeSubpath
		},
		validate: {
			type: validateType,
			namespace: validateNamespace,
			name: validateName,
			version: validateVersion,
			qualifierKey: validateQualifierKey,
			qualifiers: validateQualifiers,
			subpath: validateSubpath
		}
	}, {
		comparator: componentComparator,
		encode: PurlComponentEncoder,
		normalize: PurlComponentStringNormalizer,
		validate: PurlComponentValidator
	}) };
}));
// node_modules/packageurl-js/src/purl-qualifier-names.js
var require_purl_qualifier_names = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = { PurlQualifierNames: {
		__proto__: null,
		RepositoryUrl: "repository_url",
		DownloadUrl: "download_url",
		VcsUrl: "vcs_url",
		FileName: "file_name",
		Checksum: "checksum"
	} };
}));
// node_modules/packageurl-js/src/purl-type.js
var require_purl_type = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const { isNullishOrEmptyString } = require_lang();
	const { createHelpersNamespaceObject } = require_helpers();
	const { isSemverString, lowerName, lowerNamespace, lowerVersion, replaceDashesWithUnderscores, replaceUnderscoresWithDashes } = require_strings();
	const { validateEmptyByType, validateRequiredByType } = require_validate();
	const { PurlError } = require_error();
	const PurlTypNormalizer = (purl) => purl;
	const PurlTypeValidator = (_purl, _throws) => true;
	module.exports = { PurlType: createHelpersNamespaceObject({
		normalize: {
			alpm(purl) {
				lowerNamespace(purl);
				lowerName(purl);
				return purl;
			},
			apk(purl) {
				lowerNamespace(purl);
				lowerName(purl);
				return purl;
			},
			bitbucket(purl) {
				lowerNamespace(purl);
				lowerName(purl);
				return purl;
			},
			bitnami(purl) {
				lowerName(purl);
				return purl;
			},
			composer(purl) {
				lowerNamespace(purl);
				lowerName(purl);
				return purl;
			},
			deb(purl) {
				lowerNamespace(purl);
				lowerName(purl);
				return purl;
			},
			gitlab(purl) {
				lowerNamespace(purl);
				lowerName(purl);
				return purl;
			},
			github(purl) {
				lowerNamespace(purl);
				lowerName(purl);
				return purl;
			},
			hex(purl) {
				lowerNamespace(purl);
				lowerName(purl);
				return purl;
			},
			huggingface(purl) {
				lowerVersion(purl);
				return purl;
			},
			mlflow(purl) {
				if (purl.qualifiers?.repository_url?.includes("databricks")) lowerName(purl);
				return purl;
			},
			npm(purl) {
				lowerNamespace(purl);
				lowerName(purl);
				return purl;
			},
			luarocks(purl) {
				lowerVersion(purl);
				return purl;
			},
			oci(purl) {
				lowerName(purl);
				return purl;
			},
			pub(purl) {
				lowerName(purl);
				purl.name = replaceDashesWithUnderscores(purl.name);
				return purl;
			},
			pypi(purl) {
				lowerNamespace(purl);
				lowerName(purl);
				purl.name = replaceUnderscoresWithDashes(purl.name);
				return purl;
			},
			qpkg(purl) {
				lowerNamespace(purl);
				return purl;
			},
			rpm(purl) {
				lowerNamespace(purl);
				return purl;
			}
		},
		validate: {
			conan(purl, throws) {
				if (isNullishOrEmptyString(purl.namespace)) {
					if (purl.qualifiers?.channel) {
						if (throws) throw new PurlError("conan requires a \"namespace\" component when a \"channel\" qualifier is present");
						return false;
					}
				} else if (isNullishOrEmptyString(purl.qualifiers)) {
					if (throws) throw new PurlError("conan requires a \"qualifiers\" component when a namespace is present");
					return false;
				}
				return true;
			},
			cran(purl, throws) {
				return validateRequiredByType("cran", "version", purl.version, throws);
			},
			golang(purl) {
				const { version } = purl;
				if ((typeof version === "string" ? version.length : 0) && version.charCodeAt(0) === 118 && !isSemverString(version.slice(1))) {
					if (throws) throw new PurlError("golang \"version\" component starting with a \"v\" must be followed by a valid semver version");
					return false;
				}
				return true;
			},
			maven(purl, throws) {
				return validateRequiredByType("maven", "namespace", purl.namespace, throws);
			},
			mlflow(purl, throws) {
				return validateEmptyByType("mlflow", "namespace", purl.namespace, throws);
			},
			oci(purl, throws) {
				return validateEmptyByType("oci", "namespace", purl.namespace, throws);
			},
			pub(purl, throws) {
				const { name } = purl;
				for (let i = 0, { length } = name; i < length; i += 1) {
					const code = name.charCodeAt(i);
					if (!(code >= 48 && code <= 57 || code >= 97 && code <= 122 || code === 95)) {
						if (throws) throw new PurlError("pub \"name\" component may only contain [a-z0-9_] characters");
						return false;
					}
				}
				return true;
			},
			swift(purl, throws) {
				return validateRequiredByType("swift", "namespace", purl.namespace, throws) && validateRequiredByType("swift", "version", purl.version, throws);
			}
		}
	}, {
		normalize: PurlTypNormalizer,
		validate: PurlTypeValidator
	}) };
}));
// node_modules/packageurl-js/src/package-url.js
/*!
Copyright (c) the purl authors

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
*/
var require_package_url = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const { decodePurlComponent } = require_decode();
	const { isObject, recursiveFreeze } = require_objects();
	const { isBlank, isNonEmptyString, trimLeadingSlashes } = require_strings();
	const { PurlComponent } = require_purl_component();
	const { PurlQualifierNames } = require_purl_qualifier_names();
	const { PurlType } = require_purl_type();
	const { PurlError } = require_error();
	var PackageURL = class PackageURL {
		static Component = recursiveFreeze(PurlComponent);
		static KnownQualifierNames = recursiveFreeze(PurlQualifierNames);
		static Type = recursiveFreeze(PurlType);
		constructor(rawType, rawNamespace, rawName, rawVersion, rawQualifiers, rawSubpath) {
			const type = isNonEmptyString(rawType) ? PurlComponent.type.normalize(rawType) : rawType;
			PurlComponent.type.validate(type, true);
			const namespace = isNonEmptyString(rawNamespace) ? PurlComponent.namespace.normalize(rawNamespace) : rawNamespace;
			PurlComponent.namespace.validate(namespace, true);
			const name = isNonEmptyString(rawName) ? PurlComponent.name.normalize(rawName) : rawName;
			PurlComponent.name.validate(name, true);
			const version = isNonEmptyString(rawVersion) ? PurlComponent.version.normalize(rawVersion) : rawVersion;
			PurlComponent.version.validate(version, true);
			const qualifiers = typeof rawQualifiers === "string" || isObject(rawQualifiers) ? PurlComponent.qualifiers.normalize(rawQualifiers) : rawQualifiers;
			PurlComponent.qualifiers.validate(qualifiers, true);
			const subpath = isNonEmptyString(rawSubpath) ? PurlComponent.subpath.normalize(rawSubpath) : rawSubpath;
			PurlComponent.subpath.validate(subpath, true);
			this.type = type;
			this.name = name;
			this.namespace = namespace ?? void 0;
			this.version = version ?? void 0;
			this.qualifiers = qualifiers ?? void 0;
			this.subpath = subpath ?? void 0;
			const typeHelpers = PurlType[type];
			if (typeHelpers) {
				typeHelpers.normalize(this);
				typeHelpers.validate(this, true);
			}
		}
		toString() {
			const { namespace, name, version, qualifiers, subpath, type } = this;
			let purlStr = `pkg:${PurlComponent.type.encode(type)}/`;
			if (namespace) purlStr = `${purlStr}${PurlComponent.namespace.encode(namespace)}/`;
			purlStr = `${purlStr}${PurlComponent.name.encode(name)}`;
			if (version) purlStr = `${purlStr}@${PurlComponent.version.encode(version)}`;
			if (qualifiers) purlStr = `${purlStr}?${PurlComponent.qualifiers.encode(qualifiers)}`;
			if (subpath) purlStr = `${purlStr}#${PurlComponent.subpath.encode(subpath)}`;
			return purlStr;
		}
		static fromString(purlStr) {
			return new PackageURL(...PackageURL.parseString(purlStr));
		}
		static parseString(purlStr) {
			if (typeof purlStr !== "string") throw new Error("A purl string argument is required.");
			if (isBlank(purlStr)) return [
				void 0,
				void 0,
				void 0,
				void 0,
				void 0,
				void 0
			];
			const colonIndex = purlStr.indexOf(":");
			let url;
			let maybeUrlWithAuth;
			if (colonIndex !== -1) try {
				const beforeColon = purlStr.slice(0, colonIndex);
				const afterColon = purlStr.slice(colonIndex + 1);
				const trimmedAfterColon = trimLeadingSlashes(afterColon);
				url = new URL(`${beforeColon}:${trimmedAfterColon}`);
				maybeUrlWithAuth = afterColon.length === trimmedAfterColon.length ? url : new URL(purlStr);
			} catch (e) {
				throw new PurlError("failed to parse as URL", { cause: e });
			}
			if (url?.protocol !== "pkg:") throw new PurlError("missing required \"pkg\" scheme component");
			if (maybeUrlWithAuth.username !== "" || maybeUrlWithAuth.password !== "") throw new PurlError("cannot contain a \"user:pass@host:port\"");
			const { pathname } = url;
			const firstSlashIndex = pathname.indexOf("/");
			const rawType = decodePurlComponent("type", firstSlashIndex === -1 ? pathname : pathname.slice(0, firstSlashIndex));
			if (firstSlashIndex < 1) return [
				rawType,
				void 0,
				void 0,
				void 0,
				void 0,
				void 0
			];
			let rawVersion;
			let atSignIndex = pathname.lastIndexOf("@");
			if (atSignIndex !== -1 && pathname.charCodeAt(atSignIndex - 1) === 47) atSignIndex = -1;
			const beforeVersion = pathname.slice(rawType.length + 1, atSignIndex === -1 ? pathname.length : atSignIndex);
			if (atSignIndex !== -1) rawVersion = decodePurlComponent("version", pathname.slice(atSignIndex + 1));
			let rawNamespace;
			let rawName;
			const lastSlashIndex = beforeVersion.lastIndexOf("/");
			if (lastSlashIndex === -1) rawName = decodePurlComponent("name", beforeVersion);
			else {
				rawName = decodePurlComponent("name", beforeVersion.slice(lastSlashIndex + 1));
				rawNamespace = decodePurlComponent("namespace", beforeVersion.slice(0, lastSlashIndex));
			}
			let rawQualifiers;
			const { searchParams } = url;
			if (searchParams.size !== 0) {
				searchParams.forEach((value) => decodePurlComponent("qualifiers", value));
				rawQualifiers = searchParams;
			}
			let rawSubpath;
			const { hash } = url;
			if (hash.length !== 0) rawSubpath = decodePurlComponent("subpath", hash.slice(1));
			return [
				rawType,
				rawNamespace,
				rawName,
				rawVersion,
				rawQualifiers,
				rawSubpath
			];
		}
	};
	for (const staticProp of [
		"Component",
		"KnownQualifierNames",
		"Type"
	]) Reflect.defineProperty(PackageURL, staticProp, {
		...Reflect.getOwnPropertyDescriptor(PackageURL, staticProp),
		writable: false
	});
	Reflect.setPrototypeOf(PackageURL.prototype, null);
	module.exports = {
		PackageURL,
		PurlComponent,
		PurlQualifierNames,
		PurlType
	};
}));
// node_modules/packageurl-js/index.js
/*!
Copyright (c) the purl authors

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
*/
var require_packageurl_js = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const { PackageURL, PurlComponent, PurlQualifierNames, PurlType } = require_package_url();
	module.exports = {
		PackageURL,
		PurlComponent,
		PurlQualifierNames,
		PurlType
	};
}));
// build/sources/security/triage/purl.js
var import_packageurl_js = require_packageurl_js();
/** No package has a longer name; reports hold texts of megabytes. */
const longest$1 = 2e3;
/** A report names the same few thousand packages again and again. */
const mostKept = 2e4;
const kept = /* @__PURE__ */ new Map();
/** @returns undefined: it is no package URL */
function parsePurl(text) {
	if (kept.has(text)) return kept.get(text);
	const purl = text.length > longest$1 ? void 0 : read(text);
	if (kept.size >= mostKept) kept.clear();
	if (text.length <= longest$1) kept.set(text, purl);
	return purl;
}
function read(text) {
	try {
		const { type, namespace, name, version, qualifiers, subpath } = import_packageurl_js.PackageURL.fromString(text);
		if (!type || !name) return void 0;
		return {
			type,
			name,
			namespace: namespace ?? "",
			...version ? { version } : {},
			qualifiers: new Map(Object.entries(qualifiers ?? {}).map(([key, value]) => [key, String(value)])),
			...subpath ? { subpath } : {}
		};
	} catch {
		return;
	}
}
/** Whether both name the same package, in whatever versions. */
const sameName = (a, b) => a.type === b.type && a.namespace === b.namespace && a.name === b.name;
/** Whether `found` is what `wanted` names: what `wanted` leaves open (version, qualifiers, a path inside) may be anything. */
const covers = (wanted, found) => sameName(wanted, found) && (wanted.version === void 0 || wanted.version === found.version) && (wanted.subpath === void 0 || wanted.subpath === found.subpath) && [...wanted.qualifiers].every(([key, value]) => found.qualifiers.get(key) === value);
/** The same for texts; what is no package URL covers nothing, and nothing covers it. */
function samePackage(wanted, found) {
	const [one, other] = [parsePurl(wanted), parsePurl(found)];
	return one !== void 0 && other !== void 0 && covers(one, other);
}
// build/sources/security/triage/rules.js
/** Compiled once for a measurement; there may be a million results. */
function compileRules(triage) {
	const compiled = triage.rules.map((rule) => ({
		rule,
		fits: compile(rule, triage)
	}));
	return (subject) => compiled.find(({ fits }) => fits(subject))?.rule;
}
function compile(rule, triage) {
	const parts = [];
	if (rule.tools) {
		const tools = new Set(rule.tools.map((tool) => tool.toLowerCase()));
		parts.push(({ tool }) => tools.has(tool.toLowerCase()));
	}
	if (rule.rules) {
		const named = compileGlobs(rule.rules.map((name) => name.toLowerCase()));
		parts.push(({ result }) => [result.rule, ...result.ids].some((name) => named(name.toLowerCase())));
	}
	if (rule.paths) {
		const named = compileGlobs(rule.paths);
		parts.push(({ result: { file } }) => file !== void 0 && named(file));
	}
	if (rule.cwes) {
		const named = new Set(rule.cwes.map((cwe) => cwe.toUpperCase()));
		parts.push(({ result }) => result.cwes.some((cwe) => named.has(cwe.toUpperCase())));
	}
	if (rule.packages) {
		const wanted = rule.packages;
		parts.push(({ result: { purl } }) => purl !== void 0 && wanted.some((one) => samePackage(one, purl)));
	}
	const upTo = rule["up-to"];
	if (upTo) parts.push(({ severity }) => atLeast(upTo, rankOf(severity, triage)));
	return (subject) => parts.every((fits) => fits(subject));
}
// build/sources/security/triage/triage.js
/** Clocks differ by a few minutes; what was first seen later than this from now was not. */
const futureMs = 3e5;
const outcome = (fate, reason, told) => told === void 0 ? {
	fate,
	reason
} : {
	fate,
	reason,
	told
};
/**
* The policy, ready to be asked of every result.
*
* @param now milliseconds since the epoch, for what expires
*/
function openTriage(policy, references, now) {
	const ruleFor = compileRules(policy);
	return (tool, result) => {
		const { noFailure } = result;
		const judged = severityOf(result, policy["severity-from"]);
		if (noFailure?.fate === "ignored") return {
			...judged,
			...outcome("ignored", noFailure.reason)
		};
		const exploited = references.exploited(result);
		const lifted = exploited === void 0 ? judged : {
			...judged,
			severity: "critical",
			why: exploited
		};
		const rule = ruleFor({
			tool,
			result,
			severity: lifted.severity
		});
		const held = rule?.as === void 0 ? lifted : {
			severity: rule.as,
			why: `rule \`${rule.name}\``
		};
		const known = exploited === void 0 ? {} : { exploited };
		const subject = {
			tool,
			result,
			severity: held.severity
		};
		const end = (what) => ({
			...held,
			...known,
			...what
		});
		if (rule?.do === "ignore") return end(outcome("ignored", "RULE", rule.name));
		if (rule?.do === "warn") return end(outcome("warned", "RULE", rule.name));
		if (exploited === void 0 && isKnown(subject, policy, references)) return end(outcome("ignored", "BASELINE"));
		const suppression = suppressed(subject, policy, now);
		if (suppression?.fate === "suppressed") return end(suppression);
		const vex = references.vex?.excuse(subject);
		if (vex) return end(outcome("suppressed", vex.reason, vex.told));
		const waiver = references.waivers?.excuse(subject);
		if (waiver && "reason" in waiver) return end(outcome("waived", waiver.reason, waiver.told));
		const later = exploited === void 0 ? deferred(subject, policy, now) : void 0;
		if (later) return end(later);
		if (noFailure) return end(outcome("review", noFailure.reason));
		if (waiver) return end(outcome("counted", "WAIVER_EXPIRED", waiver.expired));
		return end(suppression ?? outcome("counted", "STANDS"));
	};
}
function isKnown(subject, { baseline }, references) {
	if (!baseline) return false;
	if (references.known) return references.known(subject);
	if (baseline.files || baseline.ref !== void 0) return false;
	const { baselineState } = subject.result;
	return baselineState === "unchanged" || baselineState === "updated";
}
/**
* The strict rule: one suppression that does not hold, and the result counts.
*
* @returns undefined: nobody tried
*/
function suppressed({ result, severity }, policy, now) {
	const { suppressions } = result;
	const [first] = suppressions;
	if (!first) return void 0;
	const rank = rankOf(severity, policy);
	for (const one of suppressions) {
		const wrong = refused(one, policy, now);
		if (wrong !== void 0) return outcome("counted", wrong, wordsOf(one));
	}
	if (!atLeast(policy.suppressions["up-to"], rank)) return outcome("counted", "SUPPRESSION_TOO_SEVERE", wordsOf(first));
	return outcome("suppressed", first.kind === "in-source" ? "IN_SOURCE" : "EXTERNAL", wordsOf(first));
}
function refused(one, { suppressions: rules }, now) {
	if (one.status === "rejected") return "SUPPRESSION_REJECTED";
	if (one.status === "under-review") return "SUPPRESSION_UNDER_REVIEW";
	if (one.expires !== void 0 && !(one.expires > now)) return "SUPPRESSION_EXPIRED";
	if (!rules.allow.includes(one.kind)) return "SUPPRESSION_NOT_ALLOWED";
	if (rules.by && !rules.by.some((name) => name.toLowerCase() === one.by?.toLowerCase())) return "SUPPRESSION_NOT_ALLOWED";
	return rules["reason-required"] && !one.reason ? "SUPPRESSION_WITHOUT_REASON" : void 0;
}
const wordsOf = ({ by, reason }) => [by, reason].filter((part) => part).join(": ") || void 0;
/** What stands, but not yet: nothing mends it, or there is still time to. */
function deferred({ result, severity }, policy, now) {
	if (policy["fixable-only"] && result.fix === "") return outcome("deferred", "NO_FIX");
	const grace = policy["fix-within"][rankOf(severity, policy)];
	const { since } = result;
	if (grace === void 0 || since === void 0 || !(since <= now + futureMs)) return void 0;
	const until = since + grace;
	return now < until ? outcome("deferred", "GRACE", `until ${new Date(until).toISOString().slice(0, 10)}`) : void 0;
}
/**
* Lets `read` hand on runs and results, sorts them as the question says, and makes the measurement.
*
* @throws {NotMeasured} `timeout` when the round ends before all is read; what `read` throws
*/
async function gather(question, context, signal, about, read) {
	const now = context.clock.now();
	try {
		const { references, files, problems, remarks } = await openReferences(question.triage, {
			workspace: context.workspace,
			now,
			signal,
			...about.baseline && { baseline: about.baseline }
		});
		const gathered = new Gathered(openTriage(question.triage, references, now), references, about.watch);
		for (const problem of problems) gathered.problem(problem);
		await read(gathered);
		return {
			...gathered.measurement(about, context.clock.now(), remarks),
			references: [...files]
		};
	} catch (error) {
		if (!signal.aborted || error instanceof NotMeasured) throw error;
		throw new NotMeasured("timeout", "reading the scan results took longer than the round may; name fewer files or raise `evaluation.round-timeout`", { cause: error });
	}
}
/** Everything that was handed on, sorted. */
/** Beyond it ISO 8601 wants a sign and six digits, which no reader of the record expects. */
const year10000 = Date.UTC(1e4, 0);
var Gathered = class {
	#runs = [];
	#problems = [];
	#notes = [];
	#kept = new Map(fates.map((fate) => [fate, new Worst(50)]));
	#judge;
	#references;
	#watch;
	constructor(judge, references, watch) {
		this.#judge = judge;
		this.#references = references;
		this.#watch = watch;
	}
	problem(problem) {
		this.#problems.push(problem);
	}
	note(text) {
		this.#notes.push(text);
	}
	begin(facts) {
		const tally = new Tally();
		const notes = /* @__PURE__ */ new Map();
		const count = (note) => notes.set(note, (notes.get(note) ?? 0) + 1);
		const doubles = new Doubles(tally);
		const run = this.#runs.length;
		const { image, ...others } = facts;
		this.#runs.push({
			run: () => ({
				...others,
				categories: [...facts.categories],
				...image === void 0 ? {} : { image: [...image] },
				results: tally.all,
				tally: tally.entries()
			}),
			notes: () => [...notes].map(([note, n]) => `${facts.tool} in ${facts.file}: ${plural(n, "result")} ${noteTexts[note] ?? note}`)
		});
		return { add: (result) => {
			if (!result) {
				tally.add("malformed", "MALFORMED", "unknown");
				this.#watch?.(facts, void 0, void 0);
				return;
			}
			for (const note of result.notes ?? []) count(note);
			const said = this.#judge(facts.tool, result);
			if (said.conflict !== void 0) count("SEVERITY_CONFLICT");
			const verdict = said.fate === "counted" ? doubles.count(result, said) : said;
			if (said.fate !== "counted") tally.add(said.fate, said.reason, said.severity);
			this.#watch?.(facts, result, verdict);
			this.#kept.get(verdict.fate)?.offer(verdict.severity, () => this.#finding(run, facts.tool, result, verdict));
		} };
	}
	/** @param now milliseconds since the epoch */
	measurement(about, now, remarks = []) {
		const { waivers, vex } = this.#references;
		return {
			kind: "scans",
			subject: about.subject,
			query: about.query,
			...about.link === void 0 ? {} : { link: about.link },
			at: iso(now),
			seen: this.#runs.length,
			notes: [...this.#notes, ...this.#runs.flatMap(({ notes }) => notes())],
			partial: false,
			...about.settled ? { settled: true } : {},
			problems: this.#problems,
			remarks: [
				...remarks,
				...waivers?.remarks() ?? [],
				...vex?.remarks() ?? []
			],
			references: [],
			runs: this.#runs.map(({ run }) => run()),
			findings: this.#findings()
		};
	}
	/** Of each fate the worst, in the order of the fates. */
	#findings() {
		return fates.flatMap((fate) => this.#kept.get(fate)?.kept() ?? []);
	}
	#finding(run, tool, result, verdict) {
		const { file, line, ids, purl, fix, help, link, since } = result;
		const owner = file === void 0 ? void 0 : this.#references.owner(file);
		return {
			run,
			fate: verdict.fate,
			reason: verdict.reason,
			...verdict.told === void 0 ? {} : { told: verdict.told },
			tool,
			rule: result.rule,
			severity: verdict.severity,
			why: verdict.why,
			...verdict.conflict === void 0 ? {} : { conflict: verdict.conflict },
			message: result.message,
			...file === void 0 ? {} : { file },
			...line === void 0 ? {} : { line },
			...ids.length === 0 ? {} : { ids: [...ids] },
			...purl === void 0 ? {} : { package: purl },
			...fix ? { fix } : {},
			...help === void 0 ? {} : { help },
			...link === void 0 ? {} : { link },
			...owner === void 0 ? {} : { owner },
			...since !== void 0 && since >= 0 && since < year10000 ? { since: iso(since) } : {},
			...verdict.exploited === void 0 ? {} : { exploited: verdict.exploited },
			identity: result.identity
		};
	}
};
// build/sources/security/file-source.js
/** Sources that read the results of scanners from files of the workspace; each format says only how one file is read. */
var file_source_exports = /* @__PURE__ */ __exportAll({
	fileSource: () => fileSource,
	readerOf: () => readerOf
});
const pattern = pipe(filled, check((text) => !text.startsWith("!"), "a path or a glob to read; what it shall not match must be left out of it"));
/** A kind of source that reads such files. All are read, also when one of them is bad, so that one look tells everything that is wrong. */
function fileSource(format) {
	const folder = format.inFolder.map((glob) => `\`${glob.replace("**/", "")}\``).join(" and ");
	return defineSource({
		type: format.type,
		families: ["security"],
		schema: strictObject({ files: described(oneOrMore(pattern), `Paths or globs of the ${format.what} files, relative to the workspace. A folder stands for all ${folder} files in it. Each entry must match something.`) }),
		open({ files: patterns }, context) {
			const { read, baseline } = readerOf(format, context);
			return { security(question, signal) {
				return gather(question, context, signal, {
					subject: `scan results in ${patterns.join(", ")}`,
					query: patterns.join("\n"),
					settled: true,
					baseline: (named, sink) => baseline(named, sink, signal)
				}, (sink) => read(patterns, sink, signal));
			} };
		}
	});
}
/** Reads files of a format: all that some patterns name, and those of a former release. */
function readerOf(format, { workspace, clock }) {
	const read = async (patterns, sink, signal) => {
		const { files, problems } = await findFiles(workspace, patterns, format.inFolder, signal);
		for (const problem of problems) sink.problem(problem);
		for (const file of files) {
			signal.throwIfAborted();
			await format.read(file, sink, {
				workspace,
				now: clock.now()
			}, signal);
		}
	};
	const baseline = async (...[{ files, ref }, sink, signal]) => {
		if (ref !== void 0) throw new Error("`baseline.ref` needs a source that remembers scans; name files");
		await read(files ?? [], sink, signal);
	};
	return {
		read,
		baseline
	};
}
// build/sources/security/azure-devops/target.js
/** Which repository and branch are asked about: as the policy says, or as Azure Pipelines says of the run. */
const nameForm = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/;
/**
* The name of an organization, from itself or its address: `acme`, `https://dev.azure.com/acme/`, `https://acme.visualstudio.com/`.
*
* @returns undefined for anything else, such as an Azure DevOps Server, which has no Advanced Security
*/
function organizationOf(text) {
	if (nameForm.test(text)) return text;
	if (!URL.canParse(text)) return void 0;
	const { protocol, hostname, pathname, username, password } = new URL(text);
	if (protocol !== "https:" || username !== "" || password !== "") return void 0;
	const name = hostname === "dev.azure.com" ? pathname.split("/")[1] : /^([a-z0-9-]+)\.visualstudio\.com$/.exec(hostname)?.[1];
	return name !== void 0 && nameForm.test(name) ? name : void 0;
}
/** A branch by its short name is a branch; what begins with `refs/` is meant as it is. */
const refOf = (name) => name.startsWith("refs/") ? name : `refs/heads/${name}`;
const missing = (message) => new NotMeasured("bad-query", message, { permanent: true });
function organizationBy(config, env) {
	const { SYSTEM_COLLECTIONURI: collection } = env;
	if (config.organization !== void 0) return config.organization;
	if (!collection) throw missing("name the `organization` of the source: only on Azure Pipelines it is known");
	const found = organizationOf(collection);
	if (found !== void 0) return found;
	const message = `${oneLine(collection, 80)} is not Azure DevOps Services, and only there Advanced Security exists: name the \`organization\` of the source`;
	throw missing(message);
}
function repositoryBy(config, env) {
	const { BUILD_REPOSITORY_NAME: name, BUILD_REPOSITORY_ID: id, BUILD_REPOSITORY_PROVIDER: provider } = env;
	if (config.repository !== void 0) return config.repository;
	if (provider && provider !== "TfsGit") {
		const message = `the repository of this pipeline is at ${oneLine(provider, 40)}, not in Azure Repos: name the \`repository\` of the source`;
		throw missing(message);
	}
	const found = name || id;
	if (!found) throw missing("name the `repository` of the source: only on Azure Pipelines it is known");
	return found;
}
/** @throws {NotMeasured} `bad-query`, naming the field that is missing */
function targetOf(config, env) {
	const organization = organizationBy(config, env);
	const project = config.project ?? (env.SYSTEM_TEAMPROJECT || void 0);
	if (project === void 0) throw missing("name the `project` of the source: only on Azure Pipelines it is known");
	const repository = repositoryBy(config, env);
	const given = config.ref ?? (env.BUILD_SOURCEBRANCH || void 0);
	if (given === void 0) throw missing("name the `ref` of the source, the branch that was released: only on Azure Pipelines it is known");
	const ref = refOf(given);
	return {
		organization,
		project,
		repository,
		ref,
		name: oneLine(`${organization}/${project}/${repository} ${ref}`, 300)
	};
}
/** Page of the alerts, or of one of them. */
function pageOf({ organization, project, repository, ref }, id) {
	return `https://dev.azure.com/${[
		organization,
		project,
		"_git",
		repository,
		"alerts",
		...id === void 0 ? [] : [String(id)]
	].map(encodeURIComponent).join("/")}?branch=${encodeURIComponent(ref)}`;
}
// build/sources/security/azure-devops/words.js
/** Words of the API's enumerations, which it writes by name (and older versions and exports of it by number). */
/** @returns undefined for what is none of the words */
function wordOf(raw, words) {
	const text = typeof raw === "string" ? raw.trim().toLowerCase() : raw;
	return words.find(([word, number]) => text === word || text === number || text === String(number))?.[0];
}
// build/sources/security/identity.js
/** What makes a result the same from scan to scan. */
/** Half of a SHA-256: no two of millions share it by chance. */
const length = 32;
/**
* The identity of a result, from what does not change when code around it moves: the tool, the rule, and the scanner's own fingerprint, or
* else the place and what was found there. Line numbers are none of it.
*
* @param parts in an order that the reader keeps; absent ones stay in their place
* @returns hexadecimal
*/
const identityOf = (parts) => sha256(JSON.stringify(parts.map((part) => part ?? null))).slice(0, length);
// build/sources/security/masks.js
/** Secrets in texts of scanners, by the shapes that services give them. The last resort: readers leave code snippets out anyway. */
/** Each is anchored at a fixed prefix and bounded in length, so that no text takes long. */
const shapes = [
	/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
	/\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g,
	/\bgh[oprsu]_[A-Za-z0-9]{20,255}\b/g,
	/\bgithub_pat_\w{20,255}\b/g,
	/\bgl(?:pat|ptt|dt|rt|cbt|soat)-[\w-]{16,255}/g,
	/\bxox[abeoprs]-[\w-]{10,255}/g,
	/\bnpm_[A-Za-z0-9]{30,64}\b/g,
	/\bpypi-[\w-]{30,255}/g,
	/\bsk_(?:live|test)_[A-Za-z0-9]{16,255}\b/g,
	/\bsk-(?:proj-|ant-)?[\w-]{20,255}/g,
	/\bAIza[\w-]{35}/g,
	/\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,2000}/g,
	/(?<=\/\/)[^\s/:@]{1,200}:[^\s/@]{1,200}(?=@)/g,
	/(?<=\b(?:AccountKey|SharedAccessKey|sig)=)[A-Za-z0-9+/%=_-]{16,300}/g,
	/(?<=\b(?:password|passwd|pwd|secret|token|api[_-]?key)["']?\s{0,3}[:=]\s{0,3}["']?)[^\s"'&,;<>]{6,300}/gi
];
/** What every shape has in it; most texts have none of it, and there may be a million of them. */
const hint = /BEGIN|A(?:KI|SI|RO|ID)A|gh[oprsu]_|github_pat|gl[a-z]{2,4}-|xox|npm_|pypi-|sk[-_]|AIza|eyJ|:\/\/|AccountKey|AccessKey|sig=|pass|pwd|secret|token|api[_-]?key/i;
/** The text with everything that looks like a secret as `***`. */
const maskSecrets = (text) => hint.test(text) ? shapes.reduce((masked, shape) => masked.replace(shape, "***"), text) : text;
// build/sources/security/paths.js
/** Paths of scanners, made relative to the repository: by them rules, waivers and baselines know a file again on another machine. */
/** Where runners check a repository out. */
const checkouts = [
	"/github/workspace/",
	"/home/runner/work/[^/]+/[^/]+/",
	"/builds/[^/]+/[^/]+/",
	String.raw`/home/vsts/work/\d+/s/`,
	String.raw`/?[A-Za-z]:/a/\d+/s/`,
	"/(?:src|code|repo|app|workspace)/"
];
const checkout = new RegExp(`^(?:${checkouts.join("|")})`);
/**
* @param path a path, or a `file:` URL with its percent signs decoded
* @param workspace absolute; absent: unknown
* @returns the path from the repository's root where it can be told, else as it was, with `/` between its parts
*/
function inRepository(path, workspace) {
	const local = path.replaceAll("\\", "/").replace(/^file:\/{2,3}(?=[A-Za-z]:\/)/i, "").replace(/^file:\/\/(?:localhost)?(?=\/)/i, "");
	const root = workspace === void 0 ? void 0 : `${workspace.replaceAll("\\", "/").replace(/\/+$/, "")}/`;
	return (root !== void 0 && root.length > 1 && local.startsWith(root) ? local.slice(root.length) : local.replace(checkout, "")).replace(/^(?:\.\/)+/, "");
}
// build/sources/security/shape.js
/** Safe ways into JSON of unknown shape. Nothing here throws. */
/** The value as a map; undefined when it is none (a list is none). */
const asObject = (x) => typeof x === "object" && x !== null && !Array.isArray(x) ? x : void 0;
/** The value as a list; undefined when it is none. */
const asArray = (x) => Array.isArray(x) ? x : void 0;
/** The value as a text with something in it; undefined otherwise. */
const asText = (x) => typeof x === "string" && x.trim() !== "" ? x : void 0;
/** The value as a position in a list; undefined when absent, or -1 as SARIF writes absent. */
const asIndex = (x) => typeof x === "number" && Number.isSafeInteger(x) && x >= 0 ? x : void 0;
/** Absent, or null as some writers put it. */
const isAbsent = (x) => x === void 0 || x === null;
// build/sources/security/sarif/names.js
/** Names that a rule or result gives what it found: vulnerabilities, weaknesses, packages, pages. */
const vulnerability = /\b(?:CVE-\d{4}-\d{4,10}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|(?:GO|PYSEC|RUSTSEC|OSV|MAL|USN|DSA|DLA|ALAS|ELSA|RHSA|SNYK|TEMP|AVD|GMS)-[A-Z0-9][\w.:-]{1,60})/gi;
/** All names of vulnerabilities in texts, in upper case, each once. */
function vulnerabilityIds(texts) {
	const found = /* @__PURE__ */ new Set();
	for (const text of texts) {
		if (typeof text !== "string") continue;
		for (const [name] of text.slice(0, 1e3).matchAll(vulnerability)) found.add(name.toUpperCase());
	}
	return [...found].slice(0, 20);
}
/** `external/cwe/cwe-079`, `CWE-79: …`, `CWE:79`. */
const weakness = /\bcwe[-:/_ ]?0*([1-9]\d{0,5})\b/gi;
function weaknesses(texts) {
	const found = /* @__PURE__ */ new Set();
	for (const text of texts) {
		if (typeof text !== "string") continue;
		for (const [, number] of text.slice(0, 1e3).matchAll(weakness)) found.add(`CWE-${number}`);
	}
	return [...found].slice(0, 20);
}
/** Taxa of CWE that a rule stands in relation to (section 3.49.15). */
function taxaOf(rule) {
	return (asArray(rule.relationships) ?? []).flatMap((raw) => {
		const target = asObject(asObject(raw)?.target);
		const component = asText(asObject(target?.toolComponent)?.name) ?? "";
		const id = asText(target?.id) ?? "";
		return /^cwe$/i.test(component) && /^\d{1,6}$/.test(id) ? [`CWE-${id}`] : [id];
	});
}
const purlForm$1 = /^pkg:[a-z0-9.+-]{1,40}\/\S{1,400}$/i;
/** The first package URL among some values. */
const purlAmong = (values) => values.flat().find((x) => typeof x === "string" && purlForm$1.test(x));
/** An address of the web that may be shown; credentials in it make it none. */
function webLink(raw) {
	const text = asText(raw);
	if (text === void 0 || text.length > 2e3 || !/^https?:\/\//i.test(text)) return void 0;
	try {
		const { username, password, href } = new URL(text);
		return username === "" && password === "" ? oneLine(href, 2e3) : void 0;
	} catch {
		return;
	}
}
// build/sources/security/tools.js
/** In lower case, as results name the tool. A tool that looks for what it was told to is not here: its runs must show it. */
const known = {
	codeql: ["sast"],
	semgrep: ["sast"],
	"semgrep oss": ["sast"],
	"semgrep pro": ["sast"],
	"snyk code": ["sast"],
	snykcode: ["sast"],
	"snyk open source": ["sca"],
	"snyk container": ["container", "sca"],
	"snyk iac": ["iac"],
	"snyk secrets": ["secrets"],
	gosec: ["sast"],
	bandit: ["sast"],
	brakeman: ["sast"],
	eslint: ["sast"],
	spotbugs: ["sast"],
	"find security bugs": ["sast"],
	flawfinder: ["sast"],
	cppcheck: ["sast"],
	devskim: ["sast"],
	sonarqube: ["sast"],
	psalm: ["sast"],
	mobsfscan: ["sast"],
	"security code scan": ["sast"],
	gitleaks: ["secrets"],
	trufflehog: ["secrets"],
	"detect-secrets": ["secrets"],
	"github secret scanning": ["secrets"],
	"microsoft security devops credential scanner": ["secrets"],
	credscan: ["secrets"],
	ggshield: ["secrets"],
	grype: ["sca"],
	"osv-scanner": ["sca"],
	"npm audit": ["sca"],
	dependabot: ["sca"],
	"dependency-check": ["sca"],
	govulncheck: ["sca"],
	"anchore container vulnerability report (t0)": ["container", "sca"],
	checkov: ["iac"],
	kics: ["iac"],
	tfsec: ["iac"],
	terrascan: ["iac"],
	templateanalyzer: ["iac"],
	"template analyzer": ["iac"],
	psrule: ["iac"],
	hadolint: ["iac"],
	kubescape: ["iac"],
	"kube-linter": ["iac"],
	monokle: ["iac"],
	zap: ["dast"],
	"owasp zap": ["dast"],
	dalfox: ["dast"],
	nuclei: ["dast"]
};
/** What a tool looks for, as far as its name tells. */
const categoriesOf = (tool) => known[tool.trim().toLowerCase()] ?? [];
/** Tools whose level is the same for every result, so that it says nothing. */
const constantLevel = /* @__PURE__ */ new Set([
	"osv-scanner",
	"gitleaks",
	"dependency-check"
]);
const levelIsConstant = (tool) => constantLevel.has(tool.trim().toLowerCase());
// build/sources/security/sarif/severity.js
/**
* How bad a result is by its score and by its level, each with where it comes from. Neither is chosen here, and what a measure cannot tell is
* `unknown`, never low.
*/
const words$2 = {
	critical: "critical",
	high: "high",
	medium: "medium",
	moderate: "medium",
	low: "low"
};
const levels = {
	error: "high",
	warning: "medium",
	note: "low",
	none: "unknown"
};
/** A severity as people write it; undefined: it is none. */
const fromWord = (raw) => {
	const key = asText(raw)?.trim().toLowerCase();
	return key !== void 0 && Object.hasOwn(words$2, key) ? words$2[key] : void 0;
};
/**
* CVSS v3 qualitative bands over a score, whose lower ends are inclusive: 9, 7, 4, above 0.
*
* @returns undefined for 0, for what is no number, and for what is outside (0, 10]: it says nothing
*/
function fromScore(raw) {
	const number = reportedNumber(raw);
	if (typeof number !== "number") return fromWord(raw);
	if (!(number > 0 && number <= 10)) return void 0;
	return number >= 9 ? "critical" : number >= 7 ? "high" : number >= 4 ? "medium" : "low";
}
/** The effective level (section 3.27.10) and where it comes from. */
function levelOf(result, rule, { overrides, policies }) {
	const byPolicy = policies?.size ? policies.get(asText(rule?.id) ?? asText(result.ruleId) ?? "") : void 0;
	if (!isAbsent(byPolicy)) return {
		level: byPolicy,
		from: "a policy of the run"
	};
	if (!isAbsent(result.level)) return {
		level: result.level,
		from: "the result"
	};
	const override = rule && overrides?.get(rule);
	if (!isAbsent(override)) return {
		level: override,
		from: "an override"
	};
	const byRule = asObject(rule?.defaultConfiguration)?.level;
	return isAbsent(byRule) ? {
		level: "warning",
		from: "the default"
	} : {
		level: byRule,
		from: "the rule"
	};
}
function levelRating(raw, from, tool) {
	const key = asText(raw)?.trim().toLowerCase() ?? "";
	const severity = (Object.hasOwn(levels, key) ? levels[key] : fromWord(raw)) ?? "unknown";
	const why = `level ${shown(raw)} of ${from}`;
	if (severity === "unknown") return {
		severity,
		why: `${why} says nothing`
	};
	if (levelIsConstant(tool)) return {
		severity: "unknown",
		why: `${why} says nothing, since this tool has no other`
	};
	return {
		severity,
		why
	};
}
const scoreKey = "security-severity";
/** Where tools put a severity that SARIF has no place for: as a word, since a number there is of a scale that nobody knows… */
const wordKeys = [
	"severity",
	"Severity",
	"issue_severity"
];
/** …or as a score of CVSS. */
const cvssKeys = [
	"cvss",
	"cvssScore",
	"cvss_score",
	"cvssv3_baseScore"
];
/** Trivy and gosec say it in the rule's tags, in capitals. */
const tagForm = /^(?:CRITICAL|HIGH|MEDIUM|LOW)$/;
function scoreRating(result, rule) {
	const own = asObject(result.properties);
	const ofRule = asObject(rule?.properties);
	const scores = [{
		raw: own?.[scoreKey],
		of: "the result"
	}, {
		raw: ofRule?.[scoreKey],
		of: "the rule"
	}].filter(({ raw }) => !isAbsent(raw));
	for (const { raw, of } of scores) {
		const severity = fromScore(raw);
		if (severity) return {
			severity,
			why: `${scoreKey} ${shown(raw)} of ${of}`
		};
	}
	for (const key of own ? [...wordKeys, ...cvssKeys] : []) {
		const severity = fromWord(own?.[key]) ?? (cvssKeys.includes(key) ? fromScore(own?.[key]) : void 0);
		if (severity) return {
			severity,
			why: `property ${key} ${shown(own?.[key])} of the result`
		};
	}
	const [useless] = scores;
	if (useless) return {
		severity: "unknown",
		why: `${scoreKey} ${shown(useless.raw)} says nothing`
	};
	const tag = asArray(ofRule?.tags)?.find((x) => typeof x === "string" && tagForm.test(x));
	const severity = fromWord(tag);
	return severity ? {
		severity,
		why: `tag ${shown(tag)} of the rule`
	} : void 0;
}
const shown = (raw) => typeof raw === "string" ? oneLine(raw, 30) : typeof raw === "number" ? String(raw) : `of type ${typeof raw}`;
function ratingsBy(result, rule, set, tool) {
	const { level: raw, from } = levelOf(result, rule, set);
	const level = levelRating(raw, from, tool);
	const score = scoreRating(result, rule);
	if (!score) return { level };
	return {
		score,
		level: score.severity === "unknown" && bySeverity(level.severity, "high") > 0 ? {
			severity: "unknown",
			why: `${level.why} says no more`
		} : level
	};
}
const worse = (a, b) => bySeverity(b.severity, a.severity) < 0 ? b : a;
/** @param rules the descriptors that may be meant; with several the worst of each measure holds */
function ratingsOf(result, rules, set, tool) {
	const [first, ...others] = rules;
	let ratings = ratingsBy(result, first, set, tool);
	for (const rule of others) {
		const other = ratingsBy(result, rule, set, tool);
		const level = worse(ratings.level, other.level);
		ratings = ratings.score || other.score ? {
			level,
			score: worse(ratings.score ?? ratings.level, other.score ?? other.level)
		} : { level };
	}
	return ratings;
}
// build/sources/security/formats/purls.js
/** Package URLs from what scanners that know none call a package. */
/** By the ecosystems' names in OSV and at GitHub, in lower case: the type, and the namespace where the ecosystem is a distribution. */
const types = /* @__PURE__ */ new Map([
	["npm", ["npm"]],
	["pypi", ["pypi"]],
	["pip", ["pypi"]],
	["go", ["golang"]],
	["maven", ["maven"]],
	["crates.io", ["cargo"]],
	["rust", ["cargo"]],
	["rubygems", ["gem"]],
	["nuget", ["nuget"]],
	["packagist", ["composer"]],
	["composer", ["composer"]],
	["hex", ["hex"]],
	["erlang", ["hex"]],
	["pub", ["pub"]],
	["swifturl", ["swift"]],
	["swift", ["swift"]],
	["github actions", ["github"]],
	["actions", ["github"]],
	["conancenter", ["conan"]],
	["cran", ["cran"]],
	["hackage", ["hackage"]],
	["bitnami", ["bitnami"]],
	["debian", ["deb", "debian"]],
	["ubuntu", ["deb", "ubuntu"]],
	["alpine", ["apk", "alpine"]],
	["wolfi", ["apk", "wolfi"]],
	["chainguard", ["apk", "chainguard"]],
	["minimos", ["apk", "minimos"]],
	["red hat", ["rpm", "redhat"]],
	["rocky linux", ["rpm", "rocky-linux"]],
	["almalinux", ["rpm", "almalinux"]],
	["suse", ["rpm", "suse"]],
	["opensuse", ["rpm", "opensuse"]],
	["openeuler", ["rpm", "openeuler"]],
	["mageia", ["rpm", "mageia"]]
]);
/** For an address. Half of a pair is no character, and cannot be escaped. */
const escaped = (text) => encodeURIComponent(text.replace(/\p{Cs}/gu, "�"));
/** A package URL from an ecosystem's name (`npm`, `Debian:12`), as the specification types them; undefined: nobody knows its type. */
function purlFrom(ecosystem, name, version) {
	const [family = "", release = ""] = (asText(ecosystem) ?? "").split(":");
	const [type, namespace] = types.get(family.toLowerCase()) ?? [];
	const text = asText(name);
	if (type === void 0 || text === void 0) return void 0;
	const path = (type === "maven" ? text.replace(":", "/") : text).split("/").map(escaped).join("/");
	return `pkg:${namespace === void 0 ? type : `${type}/${namespace}`}/${path}${asText(version) === void 0 ? "" : `@${escaped(asText(version) ?? "")}`}${namespace === void 0 || release === "" ? "" : `?distro=${escaped(`${namespace}-${release}`)}`}`;
}
/** What stays the same from version to version: the package without its version, its build and its distribution. */
function lasting(purl) {
	const parsed = parsePurl(purl);
	if (!parsed) return purl.replace(/@[^@/]*$/, "");
	return `pkg:${[
		parsed.type,
		parsed.namespace,
		parsed.name
	].filter((part) => part !== "").join("/")}`;
}
// build/sources/security/formats/json.js
/** What scanners' own JSON has in common. */
/** @returns undefined when it is no evidence, which was said */
async function readJson(file, tool, workspace, sink, signal) {
	const bad = (code, message) => sink.problem({
		code,
		message: `${file.name} ${message}`,
		file: file.name,
		tool
	});
	const whole = await readWhole(file, signal);
	if ("code" in whole) {
		sink.problem(whole);
		return;
	}
	for (const note of whole.notes) sink.note(`${file.name} ${note}`);
	let value;
	try {
		value = JSON.parse(whole.text);
	} catch (error) {
		bad("UNREADABLE", `is no valid JSON: ${whereItBreaks(error)}`);
		return;
	}
	const root = asObject(value);
	const place = (raw) => words$1(inRepository((asText(raw) ?? "").slice(0, 2e3), workspace), 300);
	if (root) return {
		root,
		file: file.name,
		sha256: whole.sha256,
		place,
		bad
	};
	bad("NOT_A_REPORT", `is no report of ${tool}: expected a map`);
}
/** V8 quotes the text around the place, which may hold a secret. */
function whereItBreaks(error) {
	const message = error instanceof Error ? error.message : "";
	if (/^(?:Unexpected end|Unterminated)/.test(message)) return "it ends too early: was the scanner cut off?";
	const [, position] = / at position (\d{1,10})(?: \(line \d+ column \d+\))?$/.exec(message) ?? [];
	return `it does not parse${position === void 0 ? "" : ` at character ${Number(position) + 1}`}`;
}
/** What files that are named by mistake look like, and what reads them. */
const others = [
	{
		is: (root) => "runs" in root && "version" in root,
		what: "SARIF: ask it by a source of `type: sarif`"
	},
	{
		is: (root) => "SchemaVersion" in root,
		what: "a report of Trivy: ask it by a source of `type: trivy`"
	},
	{
		is: (root) => asObject(root.descriptor)?.name === "grype",
		what: "a report of Grype: ask it by a source of `type: grype`"
	},
	{
		is: (root) => "auditReportVersion" in root,
		what: "a report of npm audit: ask it by a source of `type: npm-audit`"
	},
	{
		is: (root) => "results" in root && "experimental_config" in root,
		what: "a report of OSV-Scanner: ask it by a source of `type: osv-scanner`"
	},
	{
		is: (root) => "bomFormat" in root || "spdxVersion" in root,
		what: "a list of packages (SBOM), and no scan of them"
	}
];
/** What to say of a file that is some other report. */
function notAReport({ root, bad }, tool, how) {
	const other = others.find(({ is, what }) => is(root) && !what.startsWith(`a report of ${tool}:`));
	bad("NOT_A_REPORT", other ? `is ${other.what}` : `is no JSON report of ${tool}: ${how}`);
}
/** The entries of a list; what stands in place of a list is an entry that must not get lost. */
const entries = (raw) => isAbsent(raw) ? [] : asArray(raw) ?? [raw];
/** One line of a scanner's text, without secrets. */
const words$1 = (raw, most = 200) => oneLine(maskSecrets((asText(raw) ?? "").slice(0, 4e3)), most);
/** A severity in a word; what is none of those that rank is unknown. */
function wordRating(raw, of = "") {
	const word = words$1(raw, 30);
	const severity = /^(?:negligible|info|informational)$/i.test(word) ? "low" : fromWord(word);
	const why = `severity ${word || "is not given"}${of === "" ? "" : ` by ${of}`}`;
	return severity ? {
		severity,
		why
	} : {
		severity: "unknown",
		why: `${why} says nothing`
	};
}
/** ISO 8601 as the record wants it, also from times with nanoseconds; undefined: it is no time. */
function instantOf(raw) {
	const text = asText(raw) ?? "";
	const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text.replace(/(\.\d{3})\d+/, "$1")) : NaN;
	return at > 0 && at < lastInstant ? new Date(at).toISOString() : void 0;
}
const lastInstant = Date.UTC(9999, 11, 31);
/**
* Where a path lies in the repository, when the scanner tells it from the folder that it scanned.
*
* @param scanned what it scanned, from `Json.place`: only a path below the root of the repository tells something
*/
function below(scanned, path) {
	const folder = scanned.replace(/(?<!\/)\/+$/, "");
	if (path === "" || folder === "" || folder === "." || /^(?:\/|\.\.(?:\/|$))|:/.test(folder)) return path;
	return folder === path || folder.endsWith(`/${path}`) ? folder : `${folder}/${path}`;
}
const purlForm = /^pkg:[a-z0-9.+-]{1,40}\/[!-~]{1,400}$/i;
/** An identifier that stands for itself, with a prefix that nobody here need know. */
const idForm = /^[A-Z][A-Z0-9]{1,20}(?:-[\w.:]{1,40}){1,8}$/;
/** All names of a vulnerability, its own first. */
function idsOf(id, names) {
	const own = [id, ...names].filter((one) => typeof one === "string" && idForm.test(one));
	return [.../* @__PURE__ */ new Set([...own.map((one) => one.toUpperCase()), ...vulnerabilityIds([id, ...names])])].slice(0, 20);
}
function vulnerabilityResult(one) {
	const rule = words$1(one.id) || "(no id)";
	const name = words$1(one.name, 150);
	const given = words$1(one.purl, 500);
	const purl = purlForm.test(given) ? given : void 0;
	const { file = "", fixed } = one;
	const help = webLink(one.help);
	const versions = fixed?.map((version) => words$1(version, 60)).filter((version) => version !== "");
	const silent = versions === void 0 || versions.length === 0 && fixed?.length !== 0;
	return {
		rule,
		message: one.message,
		score: one.score,
		suppressions: one.suppressions ?? [],
		...file === "" ? {} : { file },
		ids: idsOf(one.id, one.names ?? []),
		cwes: weaknesses(one.cwes ?? []),
		...purl === void 0 ? {} : { purl },
		...silent ? {} : { fix: versions.length === 0 ? "" : `upgrade to ${versions.slice(0, 5).join(" or ")}` },
		...help === void 0 ? {} : { help },
		...one.exploited && { exploited: one.exploited },
		identity: identityOf([
			one.tool.toLowerCase(),
			rule,
			purl === void 0 ? name : lasting(purl),
			file
		])
	};
}
/** `lodash 4.17.20: Command Injection`. */
const packageMessage = (name, version, title) => {
	const what = [words$1(name, 100), words$1(version, 40)].filter((part) => part !== "").join(" ");
	return oneLine([what, words$1(title)].filter((part) => part !== "").join(": "));
};
// build/sources/security/github/client.js
/** The way to what GitHub knows of a repository (https://docs.github.com/rest), by Octokit on top of the one HTTP client. */
/** Fields that all of GitHub's sources have. */
const connectionFields = {
	token: described(optional(secret), "A token that may read the alerts, mostly `\"${env.GITHUB_TOKEN}\"`."),
	repository: described(optional(pipe(string(), trim(), regex(/^[\w.-]+\/[\w.-]+$/, "an owner and a repository such as octocat/shop"))), "`owner/repository`. Default: the run's."),
	url: described(optional(httpUrl), "Base URL of the API. Default: `GITHUB_API_URL`, or `https://api.github.com`.")
};
/** Alerts of a repository come a hundred at a time; a list that does not end is no list. */
const mostPages = 1e3;
/** A SARIF of an analysis. */
const largestSarif = 256 * 2 ** 20;
/** Octokit would say on its own that an address is on its way out, in words of the server and past all logging. */
const silent = {
	debug: () => {},
	info: () => {},
	warn: () => {},
	error: () => {}
};
var Client = class {
	/** `owner/repository`. */
	repository;
	origin;
	#base;
	/** Where people look at it. */
	#pages;
	#token;
	#kind;
	#context;
	/** @throws {NotMeasured} when nobody says which repository */
	constructor(config, kind, context) {
		const { env } = context.identity;
		const repository = config.repository ?? env.GITHUB_REPOSITORY ?? "";
		if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) throw new NotMeasured("bad-query", "expected `repository: owner/name` in the source", { permanent: true });
		this.repository = repository;
		this.#base = config.url ?? (env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, "");
		const { origin, pathname } = new URL(this.#base);
		this.origin = origin;
		this.#pages = pathname === "/" ? origin.replace("://api.", "://") : origin;
		this.#token = config.token;
		this.#kind = kind;
		this.#context = context;
	}
	now() {
		return this.#context.clock.now();
	}
	/** The number of an alert of this repository, from the address that GitHub puts beside a result; NaN: it is none. */
	alertOf(address) {
		const api = `${this.#base}/repos/${this.repository}/code-scanning/alerts/`;
		const given = address?.toLowerCase();
		const found = [api, `${this.page("code-scanning")}/`].find((front) => given?.startsWith(front.toLowerCase()));
		const number = found === void 0 ? "" : given?.slice(found.length) ?? "";
		return /^\d{1,12}$/.test(number) ? Number(number) : NaN;
	}
	/** The page of the repository's alerts for people. */
	page(path) {
		return this.pageOf(`security/${path}`);
	}
	/** A page of the repository for people. */
	pageOf(path) {
		return `${this.#pages}/${this.repository}/${path}`;
	}
	/**
	* @param path below the repository, with a slash in front
	* @param query values that are undefined are left out
	* @param kind what a refusal is about, where it is not the alerts
	* @throws {NotMeasured}
	*/
	async get(path, query, signal, kind) {
		return this.#request(`${this.#base}/repos/${this.repository}${path}`, query, signal, kind);
	}
	/**
	* All entries of a list, from its first page to its last. Octokit's own pagination takes some refusals for an empty page.
	*
	* @param enough whether nothing is needed of what comes after a page, and how many there were with it; default: all is needed
	* @throws {NotMeasured} also when the list does not end, or goes on at another server
	*/
	async all(path, query, signal, enough) {
		const found = [];
		const seen = /* @__PURE__ */ new Set();
		let answer = await this.get(path, {
			...query,
			per_page: 100
		}, signal);
		for (;;) {
			if (!Array.isArray(answer.data)) throw this.strange(`list of ${this.#kind.what ?? "alerts"}`);
			const page = answer.data;
			found.push(...page);
			const next = this.#nextOf(answer.headers.link);
			if (next === void 0 && found.length === 100) await this.#proveWhole(path, query, signal);
			if (next === void 0 || enough?.(page, seen.size + 1)) return found;
			if (seen.has(next) || seen.size >= mostPages) throw new NotMeasured("bad-answer", `${this.origin} gives a list that does not end`);
			seen.add(next);
			answer = await this.#request(sameQuestion(next, query), {}, signal);
		}
	}
	/** The address of the next page, from the header `link`; undefined: this was the last. */
	#nextOf(link) {
		if (link === void 0 || !/next/i.test(link.replace(/<[^<>]*>/g, ""))) return void 0;
		const [, url = ""] = /<([^<>]{1,8000})>\s*;[^,<>]{0,200}\brel="?next\b/i.exec(link) ?? [];
		if (URL.canParse(url) && new URL(url).origin === this.origin) return url;
		throw new NotMeasured("bad-answer", `${this.origin} names a next page that cannot be followed`);
	}
	/** A full page without a next one: either there are just so many, or something on the way took the header. */
	async #proveWhole(path, query, signal) {
		const less = await this.get(path, {
			...query,
			per_page: 99
		}, signal);
		if (this.#nextOf(less.headers.link) !== void 0) return;
		const message = `${this.origin} gives lists without the header \`link\`, so nobody knows what follows: does a proxy take it away?`;
		throw new NotMeasured("bad-answer", message);
	}
	/** The SARIF of an analysis, as text. @throws {NotMeasured} */
	async sarif(id, signal) {
		const url = `${this.#base}/repos/${this.repository}/code-scanning/analyses/${id}`;
		const headers = this.#headers("application/sarif+json");
		const response = await this.#context.http.send({
			url,
			headers,
			signal,
			maxBytes: largestSarif
		});
		this.#refuse(response);
		return response.text;
	}
	strange(what) {
		return new NotMeasured("bad-answer", `${this.origin} answered with something that is no ${what}: is the URL right?`);
	}
	#headers(accept) {
		return {
			accept,
			"x-github-api-version": "2022-11-28",
			...this.#token === void 0 ? {} : { authorization: `Bearer ${this.#token}` }
		};
	}
	async #request(url, query, signal, kind) {
		const { request } = await import("./octokit-request.js").then((n) => n.t);
		const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== void 0));
		const fetch = (to, init) => this.#fetch(to, init.headers, signal, kind);
		try {
			const { status, headers, data } = await request(`GET ${url}`, {
				...given,
				headers: this.#headers("application/vnd.github+json"),
				request: {
					fetch,
					log: silent,
					parseSuccessResponseBody: false
				}
			});
			const found = headers;
			return {
				data: parseJson({
					status,
					headers: found,
					text: data
				}, this.origin),
				headers: found
			};
		} catch (error) {
			const { cause } = error;
			if (error instanceof NotMeasured) throw error;
			if (cause instanceof NotMeasured) throw cause;
			throw this.strange("answer of GitHub");
		}
	}
	/** As much of an answer as Octokit looks at. The global one would load half of undici. */
	async #fetch(url, headers, signal, kind) {
		const response = await this.#context.http.send({
			url,
			headers,
			signal
		});
		this.#refuse(response, kind);
		return {
			status: response.status,
			url,
			headers: Object.entries(response.headers),
			body: response.text
		};
	}
	#refuse(response, { name, needs, what = `${name} alerts` } = this.#kind) {
		const { status, headers } = response;
		if (status === 200) return;
		const said = serverWords(response.text, this.#headers(""));
		if (status === 401) {
			const wants = this.#token === void 0 ? "wants a token (`token`)" : "does not accept the token";
			throw new NotMeasured("unauthorized", `${this.origin} ${wants} (401)${said}`);
		}
		if (status === 403 && headers["x-ratelimit-remaining"] === "0") {
			const reset = headers["x-ratelimit-reset"] ?? "";
			const until = /^\d{10}$/.test(reset) ? ` until ${iso(Number(reset) * 1e3).slice(11, 16)} UTC` : "";
			throw new NotMeasured("throttled", `${this.origin} takes no more requests of this token${until}`);
		}
		if (status === 403 && /secondary rate|abuse/i.test(said)) throw new NotMeasured("throttled", `${this.origin} throttles the requests (403)${said}`);
		if (status === 403 && /not enabled|disabled|must be enabled/i.test(said)) throw new NotMeasured("not-enabled", `${name} is not enabled for ${this.repository}${said}`, { permanent: true });
		if (status === 403) throw new NotMeasured("forbidden", `${this.origin} refuses ${what} (403): the token needs ${needs}${said}`);
		if (status === 404 && /no analysis found/i.test(said)) throw new NotMeasured("not-analysed", `GitHub holds no analysis of ${this.repository} there yet`);
		if (status === 404) {
			const message = `${this.origin} knows no ${what} of ${this.repository} (404): is it enabled, and does the token have ${needs}?${said === "" ? "" : ` It says${said}`}`;
			throw new NotMeasured("not-found", message, { permanent: true });
		}
		throw new NotMeasured("bad-answer", `${this.origin} answered with ${status}${said}`);
	}
};
/** What was asked for stays asked for, whatever the server makes of its own address. */
function sameQuestion(next, query) {
	const url = new URL(next);
	for (const [name, value] of Object.entries(query)) if (value !== void 0) url.searchParams.set(name, String(value));
	url.search = url.search.replace(/[:{}]/g, encodeURIComponent);
	return url.href;
}
/** When GitHub saw it first, where that is a time. */
function sinceOf(raw) {
	const at = instantOf(raw);
	return at === void 0 ? {} : { since: Date.parse(at) };
}
/** Why an alert was dismissed, in words. People paste secrets there too. */
const dismissal = (parts) => {
	const said = parts.filter((part) => typeof part === "string" && part.trim() !== "").join(": ");
	return oneLine(maskSecrets(said.slice(0, 4e3)), 300);
};
// build/sources/security/sarif/keys.js
/** Keys of one map that are compared with each other, and maps in each other. */
const mostKeys = 32;
const deepest = 64;
/** The hash of a key with one byte more. */
const hashed = (hash, byte) => Math.imul(hash, 31) + byte | 0;
/**
* Watches the keys of maps for one that stands twice in its map, and for one by name. It misses none, but it may doubt without a cause: where
* two keys have the same hash, where one is spelled with escapes, where a map is large or nested deeply.
*/
var Keys = class {
	doubtful = false;
	#named;
	/** By the depth of the map: hashes of its keys. */
	#hashes = /* @__PURE__ */ new Int32Array(2048);
	/** How many keys the map at hand has so far, and those around it. */
	#count = 0;
	#counts = new Int32Array(deepest);
	#depth = 0;
	/** @param named a key that makes a doubt wherever it stands */
	constructor(named) {
		this.#named = Buffer.from(named).reduce(hashed, 0);
	}
	clear() {
		this.doubtful = false;
		this.#depth = 0;
		this.#count = 0;
	}
	mapBegins() {
		if (this.doubtful) return;
		this.#counts[this.#depth] = this.#count;
		this.#count = 0;
		this.#depth += 1;
		if (this.#depth === deepest) this.doubtful = true;
	}
	mapEnds() {
		if (this.doubtful) return;
		this.#depth -= 1;
		this.#count = this.#counts[this.#depth];
	}
	/** There is a backslash in the key, so that its hash says nothing. */
	escape() {
		this.doubtful = true;
	}
	key(hash) {
		if (this.doubtful) return;
		const hashes = this.#hashes;
		const begin = this.#depth * mostKeys;
		const end = begin + this.#count;
		for (let i = begin; i < end; i += 1) if (hashes[i] === hash) this.doubtful = true;
		hashes[end] = hash;
		this.#count += 1;
		if (hash === this.#named || this.#count === mostKeys) this.doubtful = true;
	}
};
// build/sources/security/sarif/pile.js
/** A stretch of bytes that may reach over several pieces of a text. */
var Pile = class {
	#parts = [];
	/** Where it goes on in the piece at hand; -1: it is not being filled. */
	#from = -1;
	/** Bytes of the pieces before. */
	size = 0;
	/** From here on. */
	start(at) {
		this.#from = at;
	}
	/** Up to here, for now. */
	stop(piece, at) {
		this.#add(piece, at);
		this.#from = -1;
	}
	/** The piece ends. Its bytes are copied, since the memory of pieces is used again. */
	carry(piece) {
		if (this.#from < 0) return;
		this.#add(piece, piece.length);
		this.#from = 0;
	}
	/** All of it, up to here. Only valid as long as the piece is. */
	take(piece, at) {
		if (this.#parts.length === 0 && this.#from >= 0) {
			const whole = piece.subarray(this.#from, at);
			this.#from = -1;
			return whole;
		}
		this.stop(piece, at);
		const whole = Buffer.concat(this.#parts);
		this.#parts = [];
		this.size = 0;
		return whole;
	}
	#add(piece, to) {
		if (this.#from < 0 || to <= this.#from) return;
		this.#parts.push(Buffer.from(piece.subarray(this.#from, to)));
		this.size += to - this.#from;
	}
};
// build/sources/security/sarif/walker.js
/**
* The grammar of JSON (RFC 8259), byte by byte over the pieces of a text. What it accepts, `JSON.parse` accepts, and the other way round, as
* long as it is not nested too deeply.
*/
const inString = 0;
const afterValue = 1;
const value = 2;
const valueOrEnd = 3;
const key = 4;
const keyOrEnd = 5;
const colon = 6;
const inEscape = 7;
const inHexadecimal = 8;
const inWord = 9;
const minus = 10;
const zero = 11;
const digits = 12;
const point = 13;
const fraction = 14;
const exponent = 15;
const exponentSign = 16;
const exponentDigits = 17;
/** Where a text may end. */
const complete = /* @__PURE__ */ new Set([
	afterValue,
	zero,
	digits,
	fraction,
	exponentDigits
]);
const quote = 34;
const backslash$1 = 92;
const isDigit = (c) => c >= 48 && c <= 57;
const isHexadecimal = (c) => isDigit(c) || (c | 32) >= 97 && (c | 32) <= 102;
const escapable = new Set(Buffer.from("\"\\/bfnrt"));
const words = new Map([
	"true",
	"false",
	"null"
].map((one) => [one.charCodeAt(0), Buffer.from(one)]));
/** 1 for bytes that stand in a string as they are. */
const plain = Uint8Array.from({ length: 256 }, (_, c) => c >= 32 && c !== quote && c !== backslash$1 ? 1 : 0);
/** What comes after this byte of a number; `afterValue`: the number ended before it; -1: it is no number. */
function inNumber(state, c) {
	const digit = isDigit(c);
	if (state === minus) return c === 48 ? zero : digit ? digits : -1;
	if (state === point) return digit ? fraction : -1;
	if (state === exponent && (c === 43 || c === 45)) return exponentSign;
	if (state === exponent || state === exponentSign) return digit ? exponentDigits : -1;
	if (digit) return state === zero ? -1 : state;
	if (c === 46 && state <= digits) return point;
	return (c | 32) === 101 && state <= fraction ? exponent : afterValue;
}
/** Walks through a text; those who extend it are told of what happens near the root. */
var Walker = class {
	#deepest;
	#shallow;
	#state = value;
	#depth = 0;
	/** By depth: 1 for a map, 0 for a list. */
	#maps;
	/** The string that is read is a key; and what it is so far, when keys are watched. */
	#inKey = false;
	#watching = false;
	#hash = 0;
	#word = Buffer.alloc(0);
	/** Bytes of a word, or of the digits after `\u`, that were read. */
	#read = 0;
	#line = 1;
	#lineFrom = 0;
	/** Offset of the piece at hand. */
	base = 0;
	/** Members of maps, and values, before the place that is told of. */
	members = 0;
	values = 0;
	/** Brackets that are open where stretches begin and end, with a list; 0: there are none. */
	stretchDepth = 0;
	/** Watches the keys in a stretch, from the begin that is told of to its end. */
	keys;
	/**
	* @param deepest most brackets that may be open at once
	* @param shallow told is what happens with at most so many brackets open
	*/
	constructor(deepest, shallow) {
		this.#deepest = deepest;
		this.#shallow = shallow;
		this.#maps = new Uint8Array(deepest + 1);
	}
	/** Whether what is open at this depth is a map. */
	isMap(depth) {
		return this.#maps[depth] === 1;
	}
	/** @throws {Refused} `UNREADABLE` */
	walk(piece) {
		const maps = this.#maps;
		const shallow = this.#shallow;
		const n = piece.length;
		let state = this.#state;
		let depth = this.#depth;
		let inKey = this.#inKey;
		let members = this.members;
		let values = this.values;
		let stretchDepth = this.stretchDepth;
		let keys = this.keys;
		let watching = this.#watching;
		let hash = this.#hash;
		let i = 0;
		while (i < n) {
			if (state === inString) {
				if (watching) for (; i < n; i += 1) {
					const letter = piece[i];
					if (plain[letter] !== 1) break;
					hash = hashed(hash, letter);
				}
				else while (i < n && plain[piece[i]] === 1) i += 1;
				if (i === n) break;
				const c = piece[i];
				if (c === backslash$1) {
					state = inEscape;
					if (watching) keys?.escape();
				} else if (c !== quote) this.#fail(i);
				else if (inKey) {
					inKey = false;
					state = colon;
					if (watching) {
						watching = false;
						keys?.key(hash);
					}
					if (depth <= shallow) this.keyEnds(piece, i + 1, depth);
				} else state = afterValue;
				i += 1;
				continue;
			}
			const c = piece[i];
			if (state >= inEscape) {
				const ofNumber = state >= minus;
				state = this.#inside(state, c, i);
				if (!ofNumber || state !== afterValue) i += 1;
				continue;
			}
			if (c <= 32) {
				if (c === 10) {
					this.#line += 1;
					this.#lineFrom = this.base + i + 1;
				} else if (c !== 32 && c !== 13 && c !== 9) this.#fail(i);
				i += 1;
				continue;
			}
			if (c === quote) {
				if (state === key || state === keyOrEnd) {
					inKey = true;
					watching = keys !== void 0;
					hash = 0;
					if (depth <= shallow) this.keyBegins(i, depth);
				} else if (state !== value && state !== valueOrEnd) this.#fail(i);
				state = inString;
			} else if (c === 44) {
				if (state !== afterValue || depth === 0) this.#fail(i);
				if (depth <= shallow) {
					this.members = members;
					this.values = values;
					this.comma(piece, i, depth);
				}
				values += 1;
				state = maps[depth] === 1 ? key : value;
			} else if (c === 58) {
				if (state !== colon) this.#fail(i);
				members += 1;
				state = value;
			} else if (c === 125 || c === 93) {
				const map = c === 125 ? 1 : 0;
				const empty = state === (map === 1 ? keyOrEnd : valueOrEnd);
				if (depth === 0 || maps[depth] !== map || !(empty || state === afterValue)) this.#fail(i);
				if (depth <= shallow) {
					this.members = members;
					this.values = values;
					this.closes(piece, i, depth, empty);
					stretchDepth = this.stretchDepth;
				}
				if (keys) {
					if (map === 1) keys.mapEnds();
					else if (depth === stretchDepth) {
						this.members = members;
						this.keys = void 0;
						this.stretchEnds(i, keys);
						keys = void 0;
					}
				}
				depth -= 1;
				state = afterValue;
			} else if (state !== value && state !== valueOrEnd) this.#fail(i);
			else if (c === 123 || c === 91) {
				depth += 1;
				if (depth > this.#deepest) throw new Refused("UNREADABLE", `is nested deeper than ${this.#deepest} levels`);
				values += 1;
				maps[depth] = c === 123 ? 1 : 0;
				state = c === 123 ? keyOrEnd : valueOrEnd;
				if (c === 123) keys?.mapBegins();
				else if (depth === stretchDepth) {
					this.members = members;
					this.stretchBegins(piece, i);
					keys = this.keys;
				} else if (depth <= shallow) {
					this.members = members;
					this.values = values;
					this.listBegins(piece, i, depth);
					stretchDepth = this.stretchDepth;
				}
			} else state = this.#begins(c, i);
			i += 1;
		}
		this.#state = state;
		this.#depth = depth;
		this.#inKey = inKey;
		this.#watching = watching;
		this.#hash = hash;
		this.members = members;
		this.values = values;
		this.base += n;
	}
	/** @throws {Refused} `EMPTY_FILE`, `UNREADABLE`, when the text is not whole */
	finish() {
		if (this.#depth === 0 && this.#state === value) throw new Refused("EMPTY_FILE", "holds nothing but blanks: the scanner wrote nothing");
		if (this.#depth > 0 || !complete.has(this.#state)) throw new Refused("UNREADABLE", "is no valid JSON: it ends too early; was the scanner cut off?");
	}
	/** The first byte of a number or a word. */
	#begins(c, i) {
		if (c === 45) return minus;
		if (c === 48) return zero;
		if (isDigit(c)) return digits;
		const word = words.get(c);
		if (!word) this.#fail(i);
		this.#word = word;
		this.#read = 1;
		return inWord;
	}
	/** A further byte of a number or a word, or one behind a backslash. */
	#inside(state, c, i) {
		if (state === inEscape) {
			this.#read = 0;
			if (c === 117) return inHexadecimal;
			if (!escapable.has(c)) this.#fail(i);
			return inString;
		}
		if (state === inHexadecimal) {
			if (!isHexadecimal(c)) this.#fail(i);
			this.#read += 1;
			return this.#read === 4 ? inString : inHexadecimal;
		}
		if (state === inWord) {
			if (c !== this.#word[this.#read]) this.#fail(i);
			this.#read += 1;
			return this.#read === this.#word.length ? afterValue : inWord;
		}
		const next = inNumber(state, c);
		if (next < 0) this.#fail(i);
		return next;
	}
	/** Says where, but not what stands there: it may be a secret. */
	#fail(i) {
		throw new Refused("UNREADABLE", `is no valid JSON at ${`line ${this.#line}, column ${this.base + i - this.#lineFrom + 1}`}`);
	}
};
// build/sources/security/sarif/cutter.js
/**
* Cuts a JSON text of any size into the elements of a few long lists and the rest, in one pass over its bytes and without building the
* document. The rest, the *skeleton*, is the same text with those lists empty.
*/
const usual = {
	element: 1 << 26,
	skeleton: 1 << 27,
	values: 4e6,
	lists: 1e4,
	depth: 1e3,
	batch: 32768,
	hole: 200
};
const backslash = 92;
const sections = /* @__PURE__ */ new Set(["runs", "inlineExternalProperties"]);
/** Brackets that are open where a list begins: of the root, or of a map in a section. */
const inRoot = 2;
const inEntry = 4;
/** And how many more where a list in its elements begins. */
const inElement = 2;
/** Whether this key, in its quotes, stands before a place. One that begins the piece may be the end of another. */
function endsWith(piece, end, key) {
	const from = end - key.length;
	if (from < 1 || piece[from - 1] === backslash) return false;
	for (let i = key.length - 1; i >= 0; i -= 1) if (piece[from + i] !== key[i]) return false;
	return true;
}
/** Takes the pieces of a text one after the other. @throws {Refused} `EMPTY_FILE`, `UNREADABLE`, `TOO_LARGE` */
var Cutter = class extends Walker {
	#options;
	#limits;
	#skeleton = new Pile();
	#skeletonMembers = 0;
	#skeletonValues = 0;
	/** Members and values where the batch began, or where the skeleton went on. */
	#membersBefore = 0;
	#valuesBefore = 0;
	#key = new Pile();
	/** The last keys of the root, and of the map in a section. */
	#rootKey = "";
	#entryKey = "";
	#section;
	/** Position in the section. */
	#index = 0;
	#cut;
	#lists = 0;
	/** Brackets that are open around its elements. */
	#cutDepth = 0;
	#withText = false;
	#text = new Pile();
	#batchFrom = 0;
	#count = 0;
	#unneeded;
	#holeKeys;
	#holes = [];
	#holeFrom = 0;
	#membersBeforeHole = 0;
	constructor(options) {
		const limits = {
			...usual,
			...options.limits
		};
		super(limits.depth, inEntry);
		this.#options = options;
		this.#limits = limits;
		this.#unneeded = options.unneeded.names.map((name) => Buffer.from(JSON.stringify(name)));
		this.#holeKeys = new Keys(options.unneeded.unless);
		this.#skeleton.start(0);
	}
	push(piece) {
		this.walk(piece);
		this.#key.carry(piece);
		this.#text.carry(piece);
		this.#skeleton.carry(piece);
		this.#weigh();
	}
	/** @returns the skeleton's text, and how many members its maps have as they are written */
	end() {
		this.finish();
		return {
			skeleton: this.#skeleton.take(Buffer.alloc(0), 0),
			members: this.#skeletonMembers + this.members - this.#membersBefore
		};
	}
	/** Refuses what grows too large. */
	#weigh() {
		const { element, skeleton, values } = this.#limits;
		const tooLarge = (what) => new Refused("TOO_LARGE", `has more than ${what}: split it by tool`);
		if (this.#skeleton.size > skeleton) throw tooLarge(`${skeleton} bytes beside its results`);
		if ((this.#cut ? 0 : this.#skeletonValues) + this.values - this.#valuesBefore > values) throw tooLarge(`${values} values ${this.#cut ? "in one result" : "beside its results"}`);
		if (this.#cut && this.base - this.#batchFrom > element) throw tooLarge(`${element} bytes in one result`);
	}
	keyBegins(at, depth) {
		if (!this.#cut && (depth === 1 || depth === 3)) this.#key.start(at);
	}
	keyEnds(piece, at, depth) {
		if (this.#cut) return;
		if (depth === 1) this.#rootKey = this.#takeKey(piece, at);
		else if (depth === 3) this.#entryKey = this.#takeKey(piece, at);
	}
	/** A key may be spelled with escapes. */
	#takeKey(piece, at) {
		return String(JSON.parse(this.#key.take(piece, at).toString()));
	}
	listBegins(piece, at, depth) {
		if (this.#cut || !this.isMap(depth - 1)) return;
		if (depth === inRoot) {
			if (this.#options.names.has(this.#rootKey)) this.#begin(piece, at, depth, {
				owner: "",
				name: this.#rootKey
			});
			else if (sections.has(this.#rootKey)) {
				this.#section = this.#rootKey;
				this.#index = 0;
			}
		} else if (depth === inEntry && this.#section !== void 0 && this.#options.names.has(this.#entryKey)) this.#begin(piece, at, depth, {
			owner: `${this.#section}/${this.#index}`,
			name: this.#entryKey
		});
	}
	comma(piece, at, depth) {
		if (!this.#cut) {
			if (depth === inRoot && this.#section !== void 0) this.#index += 1;
		} else if (depth === this.#cutDepth) {
			this.#count += 1;
			if (this.base + at - this.#batchFrom >= this.#limits.batch) {
				this.#hand(this.#cut, piece, at);
				this.#next(at + 1);
			}
		}
	}
	closes(piece, at, depth, empty) {
		if (!this.#cut) {
			if (depth === inRoot) this.#section = void 0;
		} else if (depth === this.#cutDepth) {
			if (empty) this.#text.take(piece, at);
			else {
				this.#count += 1;
				this.#hand(this.#cut, piece, at);
			}
			this.#cut = void 0;
			this.stretchDepth = 0;
			this.#skeleton.start(at);
			this.#membersBefore = this.members;
			this.#valuesBefore = this.values;
		}
	}
	stretchBegins(piece, at) {
		let end = at;
		for (const c of [58, 34]) {
			while (end > 0 && piece[end - 1] <= 32) end -= 1;
			if (piece[end - 1] !== c) return;
			if (c === 58) end -= 1;
		}
		if (!this.#unneeded.some((name) => endsWith(piece, end, name))) return;
		this.#holeFrom = this.base + at + 1;
		this.#membersBeforeHole = this.members;
		this.#holeKeys.clear();
		this.keys = this.#holeKeys;
	}
	stretchEnds(at, { doubtful }) {
		const to = this.base + at;
		if (doubtful || to - this.#holeFrom < this.#limits.hole) return;
		this.#holes.push(this.#holeFrom, to);
		this.#membersBefore += this.members - this.#membersBeforeHole;
	}
	#begin(piece, at, depth, cut) {
		this.#lists += 1;
		const { lists } = this.#limits;
		if (this.#lists > lists) throw new Refused("TOO_LARGE", `has more than ${lists} lists of results and the like`);
		this.#skeleton.stop(piece, at + 1);
		this.#skeletonMembers += this.members - this.#membersBefore;
		this.#skeletonValues += this.values - this.#valuesBefore;
		this.#cut = cut;
		this.#cutDepth = depth;
		this.#withText = this.#options.withText(cut);
		this.stretchDepth = this.#withText ? 0 : depth + inElement;
		this.#options.list(cut);
		this.#next(at + 1);
	}
	#next(at) {
		this.#batchFrom = this.base + at;
		this.#count = 0;
		this.#holes = [];
		this.#membersBefore = this.members;
		this.#valuesBefore = this.values;
		if (this.#withText) this.#text.start(at);
	}
	#hand(cut, piece, at) {
		const batch = {
			from: this.#batchFrom,
			to: this.base + at,
			count: this.#count,
			holes: this.#holes,
			members: this.members - this.#membersBefore
		};
		this.#options.batch(cut, batch, this.#withText ? this.#text.take(piece, at) : void 0);
	}
};
// build/sources/security/sarif/document.js
/** One SARIF file, read in two passes: first all but its results, then the results. */
/** Long lists of a run. Only results are kept apart; of artifacts the names are. The others are read to see that they are sound. */
const longLists = /* @__PURE__ */ new Set([
	"results",
	"artifacts",
	"logicalLocations",
	"threadFlowLocations",
	"graphs",
	"addresses",
	"webRequests",
	"webResponses"
]);
/**
* Lists of a result that say how it came about: most of a large log, and nothing that is made of a result depends on them, but for the code
* in them.
*/
const unneeded = {
	names: [
		"codeFlows",
		"stacks",
		"graphs",
		"graphTraversals",
		"attachments"
	],
	unless: "snippet"
};
/** Characters in the names of all artifacts, at 32 more for each. */
const mostNames = 1 << 26;
/** Longer ones are no names of files. */
const longestName = 2e3;
/** @throws {Refused} when it is no JSON, when it is too large, or when a key stands twice in a map */
async function readDocument(report, signal, limits = {}) {
	const results = /* @__PURE__ */ new Map();
	const artifacts = /* @__PURE__ */ new Map();
	const most = limits.names ?? mostNames;
	let names = 0;
	const isResults = ({ name }) => name === "results";
	const cutter = new Cutter({
		names: longLists,
		limits,
		withText: (cut) => !isResults(cut),
		unneeded,
		list({ owner, name }) {
			if (name === "results") results.set(owner, {
				count: 0,
				batches: []
			});
			if (name === "artifacts") artifacts.set(owner, []);
		},
		batch({ owner, name }, batch, text) {
			const ofResults = name === "results" ? results.get(owner) : void 0;
			if (ofResults) {
				ofResults.count += batch.count;
				ofResults.batches.push(batch);
			}
			if (!text) return;
			const elements = parseBatch(text, batch);
			if (name !== "artifacts") return;
			for (const element of elements) {
				const uri = asText(asObject(asObject(element)?.location)?.uri);
				const kept = uri !== void 0 && uri.length <= longestName ? uri : void 0;
				artifacts.get(owner)?.push(kept);
				names += 32 + (kept?.length ?? 0);
			}
			if (names > most) throw new Refused("TOO_LARGE", "names more artifacts than can be held: split it by tool");
		}
	});
	for await (const piece of report.pieces(signal)) {
		signal.throwIfAborted();
		cutter.push(piece);
	}
	const { skeleton, members } = cutter.end();
	return {
		skeleton: parsed(skeleton.toString(), members),
		results,
		artifacts
	};
}
/** The second pass: each result of these owners, in the order of the text. @throws {Refused} */
async function readResults(report, { results }, owners, signal, each) {
	const wanted = [...owners].flatMap((owner) => (results.get(owner)?.batches ?? []).map((batch) => ({
		owner,
		batch
	}))).sort((a, b) => a.batch.from - b.batch.from);
	const texts = report.stretches(wanted.map(({ batch }) => batch), signal);
	let next = 0;
	for await (const text of texts) {
		signal.throwIfAborted();
		const one = wanted[next];
		if (!one) return;
		next += 1;
		for (const result of parseBatch(text, one.batch)) each(one.owner, result);
	}
}
function parseBatch(bytes, { from, count, holes, members }) {
	let text = "[";
	let at = 0;
	for (let i = 0; i < holes.length; i += 2) {
		text += bytes.toString("utf8", at, holes[i] - from);
		at = holes[i + 1] - from;
	}
	const elements = parsed(`${text}${bytes.toString("utf8", at)}]`, members);
	if (!Array.isArray(elements) || elements.length !== count) throw new Refused("UNREADABLE", "is no valid JSON");
	return elements;
}
function parsed(text, members) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw new Refused("UNREADABLE", "is no valid JSON");
	}
	if (membersOf(value) < members) throw new Refused("DUPLICATE_KEYS", "has a key that stands twice in one map");
	return value;
}
/** How many members all maps in a value have. Without recursion, since it may be nested deeply. */
function membersOf(value) {
	let count = 0;
	const open = [value];
	for (let next = open.pop(); next !== void 0; next = open.pop()) if (Array.isArray(next)) {
		for (const item of next) if (typeof item === "object" && item !== null) open.push(item);
	} else if (typeof next === "object" && next !== null) for (const key in next) {
		count += 1;
		const item = next[key];
		if (typeof item === "object" && item !== null) open.push(item);
	}
	return count;
}
// build/sources/security/sarif/external.js
/**
* Parts of a run that stand elsewhere: at the root of the log (`inlineExternalProperties`, section 3.13.5) or in files of their own (sections
* 3.15, 3.16 and 4). A reader that passes over them sees a clean scan.
*/
/** What tells something of the evidence; other parts may stand where they like. */
const telling = [
	"results",
	"artifacts",
	"invocations",
	"driver",
	"extensions",
	"policies",
	"externalizedProperties"
];
/** Files that one log may point at, and references to them in one run. */
const mostFiles = 100;
const mostReferences = 1e3;
const guidOf = (raw) => asText(raw)?.toLowerCase();
const runGuidOf = (run) => guidOf(asObject(run.automationDetails)?.guid);
/** Everything that stands outside the runs of one log. Files stay open until `close`, so that none is another one when it is read again. */
var Elsewhere = class {
	#inline;
	#log;
	#external;
	#signal;
	#files = /* @__PURE__ */ new Map();
	#open = [];
	#taken = /* @__PURE__ */ new Set();
	constructor(report, document, external, signal) {
		this.#log = asObject(document.skeleton) ?? {};
		this.#external = external;
		this.#signal = signal;
		this.#inline = (asArray(this.#log.inlineExternalProperties) ?? []).map((raw, i) => ({
			skeleton: asObject(raw) ?? {},
			report,
			document,
			owner: `inlineExternalProperties/${i}`
		}));
	}
	/** @throws {Refused} `CHANGED`, when one of the files did */
	async unchanged() {
		for (const report of this.#open) await report.unchanged();
	}
	async close() {
		await Promise.all(this.#open.map((report) => report.close()));
	}
	/** Which other files were read, to be told. */
	notes() {
		return [...this.#files].filter(([, holder]) => !(holder instanceof Refused)).map(([uri, { report }]) => `goes on in ${named$1(uri)} (SHA-256 ${report.sha256()})`);
	}
	async join(raw) {
		const run = asObject(raw);
		if (!run) return {
			run: raw,
			results: [],
			artifacts: [],
			missing: []
		};
		const guid = runGuidOf(run);
		const missing = /* @__PURE__ */ new Set();
		const found = /* @__PURE__ */ new Map();
		for (const part of telling) {
			const holders = /* @__PURE__ */ new Set();
			const take = (holder, reference) => {
				const wrong = holder instanceof Refused ? holder.message : mismatch(holder, reference, part, guid);
				if (wrong !== void 0) missing.add(`${part} ${wrong}`);
				else if (!(holder instanceof Refused)) holders.add(holder);
			};
			for (const holder of this.#ofRun(guid, part)) take(holder);
			for (const reference of references(run, part)) take(await this.#find(reference, run), reference);
			for (const holder of holders) this.#taken.add(holder);
			found.set(part, [...holders]);
		}
		return {
			run: telling.reduce((whole, part) => withPart(whole, part, found.get(part) ?? []), run),
			results: found.get("results") ?? [],
			artifacts: (found.get("artifacts") ?? []).flatMap(({ document, owner }) => document.artifacts.get(owner) ?? []),
			missing: [...missing]
		};
	}
	/** What no run lays claim to, once all are joined: nobody knows whose results these are. */
	unclaimed() {
		const parts = this.#inline.filter((holder) => !this.#taken.has(holder)).flatMap(({ skeleton }) => telling.filter((part) => !isAbsent(skeleton[part])));
		return [...new Set(parts)];
	}
	/** Inline parts that name the run themselves. */
	#ofRun(guid, part) {
		if (guid === void 0) return [];
		return this.#inline.filter(({ skeleton }) => guidOf(skeleton.runGuid) === guid && !isAbsent(skeleton[part]));
	}
	async #find(reference, run) {
		const location = asObject(reference?.location);
		const uri = asText(location?.uri)?.trim();
		if (uri !== void 0) {
			const position = /^sarif:\/?inlineExternalProperties\/(\d{1,9})$/i.exec(uri)?.[1];
			if (position === void 0) return this.#file(located(uri, asText(location?.uriBaseId), run));
			return this.#inline[Number(position)] ?? new Refused("UNREADABLE", "in a place of the log that does not exist");
		}
		const guid = guidOf(reference?.guid);
		const [only, another] = guid === void 0 ? [] : this.#inline.filter(({ skeleton }) => guidOf(skeleton.guid) === guid);
		if (only && !another) return only;
		return new Refused("UNREADABLE", another ? "in several places of the log" : "in a place that is not named");
	}
	async #file(uri) {
		const before = this.#files.get(uri);
		if (before) return before;
		const bad = (message) => new Refused("UNREADABLE", `in ${named$1(uri)}, which ${message}`);
		let holder;
		if (!this.#external) holder = bad("cannot be had here");
		else if (this.#files.size >= mostFiles) holder = bad(`is one of more than ${mostFiles} files`);
		else try {
			const report = await this.#external(uri);
			this.#open.push(report);
			const document = await readDocument(report, this.#signal);
			const skeleton = asObject(document.skeleton);
			holder = skeleton ? {
				skeleton,
				report,
				document,
				owner: ""
			} : bad("is no file of external properties");
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			holder = bad(error.message);
		}
		this.#files.set(uri, holder);
		return holder;
	}
};
const named$1 = (uri) => oneLine(maskSecrets(uri.slice(0, 500)), 100);
/** The references of a run to one part; undefined for one that cannot be understood. */
function references(run, part) {
	const raw = run.externalPropertyFileReferences;
	if (isAbsent(raw)) return [];
	const all = asObject(raw);
	if (!all) return part === "results" ? [void 0] : [];
	const listed = all[part];
	if (isAbsent(listed)) return [];
	const list = asArray(listed) ?? [listed];
	return list.length > mostReferences ? [void 0] : list.map(asObject);
}
/** A base in the log's own terms (section 3.14.14) counts when it is a file: URI; else paths are relative to the log. */
function located(uri, base, run) {
	if (base === void 0 || /^[a-z][a-z0-9+.-]*:/i.test(uri)) return uri;
	const root = asText(asObject(asObject(run.originalUriBaseIds)?.[base])?.uri);
	return root !== void 0 && /^file:/i.test(root) ? `${root.replace(/\/?$/, "/")}${uri}` : uri;
}
/** Why what was found is not what was meant; undefined: it is. */
function mismatch(holder, reference, part, guid) {
	const { skeleton } = holder;
	const [wanted, its, whose] = [
		guidOf(reference?.guid),
		guidOf(skeleton.guid),
		guidOf(skeleton.runGuid)
	];
	if (wanted !== void 0 && its !== void 0 && wanted !== its) return "in a place with another guid";
	if (whose !== void 0 && whose !== guid) return "in a place that is for another run";
	if (!isAbsent(skeleton.version) && skeleton.version !== "2.1.0") return "in another version than 2.1.0";
	if (isAbsent(skeleton[part])) return "in a place where there are none";
	const size = sizeOf(holder, part);
	if (size === void 0) return "elsewhere, and they cannot be understood";
	const items = asIndex(reference?.itemCount);
	return items === void 0 || items === size ? void 0 : `elsewhere, and there are ${size} in place of ${items}`;
}
const maps = /* @__PURE__ */ new Set(["driver", "externalizedProperties"]);
/** How many items a part has; undefined: it is not what it should be. */
function sizeOf({ skeleton, document, owner }, part) {
	if (part === "results") return document.results.get(owner)?.count;
	if (part === "artifacts") return document.artifacts.get(owner)?.length;
	return maps.has(part) ? asObject(skeleton[part]) && 1 : asArray(skeleton[part])?.length;
}
const listOf = (raw) => isAbsent(raw) ? [] : asArray(raw) ?? [raw];
/** The run as if the part stood in it: lists are put behind its own, maps over them. */
function withPart(run, part, holders) {
	if (holders.length === 0 || part === "results" || part === "artifacts") return run;
	const values = holders.map(({ skeleton }) => skeleton[part]);
	const tool = asObject(run.tool) ?? {};
	const over = (own) => Object.assign({}, asObject(own), ...values.map(asObject));
	const behind = (own) => [...listOf(own), ...values.flatMap(listOf)];
	switch (part) {
		case "driver": return {
			...run,
			tool: {
				...tool,
				driver: over(tool.driver)
			}
		};
		case "extensions": return {
			...run,
			tool: {
				...tool,
				extensions: behind(tool.extensions)
			}
		};
		case "externalizedProperties": return {
			...run,
			properties: over(run.properties)
		};
		default: return {
			...run,
			[part]: behind(run[part])
		};
	}
}
// build/sources/security/sarif/rules.js
/**
* From a reference in a result or notification to the descriptors it may mean. SARIF 2.1.0 sections 3.52 and 3.54, made
* tolerant: rules stand in `tool.extensions` (CodeQL), components are given by name only, indexes point at other rules.
*/
/** @param kind `rules` for results, `notifications` for what the tool says of itself */
function openBook(tool, kind) {
	const component = (raw) => {
		const map = asObject(raw);
		const descriptors = asArray(map?.[kind]) ?? [];
		const byId = /* @__PURE__ */ new Map();
		const byGuid = /* @__PURE__ */ new Map();
		for (const descriptor of descriptors.map(asObject)) {
			if (!descriptor) continue;
			const id = asText(descriptor.id);
			const guid = asText(descriptor.guid);
			if (id) add(byId, id, descriptor);
			if (guid) add(byGuid, guid.toLowerCase(), descriptor);
		}
		return {
			name: asText(map?.name),
			guid: asText(map?.guid),
			descriptors,
			byId,
			byGuid
		};
	};
	return {
		driver: component(tool.driver),
		extensions: (asArray(tool.extensions) ?? []).map(component)
	};
}
function add(map, key, value) {
	const there = map.get(key);
	if (there) there.push(value);
	else map.set(key, [value]);
}
function componentOf(book, raw) {
	const reference = asObject(raw);
	if (!reference) return book.driver;
	const index = asIndex(reference.index);
	const byIndex = index === void 0 ? void 0 : book.extensions[index];
	if (byIndex) return byIndex;
	const all = [book.driver, ...book.extensions];
	const guid = asText(reference.guid)?.toLowerCase();
	const name = asText(reference.name);
	return guid && all.find((c) => c.guid?.toLowerCase() === guid) || name && all.find((c) => c.name === name) || book.driver;
}
/** Levels of a hierarchical id that are tried; a report could hold an id of a million. */
const deepestId = 20;
/** `CA5350/md5` is a finer name for `CA5350`. */
const means = (id, descriptorId) => id === descriptorId || id.startsWith(`${descriptorId}/`);
/**
* @returns every descriptor that may be meant: none when there is no such, several when an id is given twice
*/
function lookUp(book, reference) {
	const component = componentOf(book, reference.component);
	const id = asText(reference.id);
	const index = asIndex(reference.index);
	const indexed = index === void 0 ? void 0 : asObject(component.descriptors[index]);
	if (indexed && (id === void 0 || means(id, asText(indexed.id) ?? id))) return [indexed];
	const places = [component, book.driver];
	const guid = asText(reference.guid)?.toLowerCase();
	if (guid) {
		const [hit] = [...places, ...book.extensions].flatMap((c) => c.byGuid.get(guid) ?? []);
		if (hit) return [hit];
	}
	let name = id;
	for (let depth = 0; name && depth < deepestId; depth += 1) {
		const wanted = name;
		for (const place of places) {
			const hits = place.byId.get(wanted);
			if (hits) return hits;
		}
		const hits = book.extensions.flatMap((c) => c.byId.get(wanted) ?? []);
		if (hits.length > 0) return hits;
		name = wanted.includes("/") ? wanted.slice(0, wanted.lastIndexOf("/")) : void 0;
	}
	return [];
}
// build/sources/security/sarif/invocations.js
/** Whether a scan ran to its end, and when (SARIF 2.1.0 section 3.20). */
/** Semgrep 0.43 wrote its invocations beside `runs`. What is no list counts as one invocation that says nothing good. */
function invocationsOf(log, run) {
	return [run.invocations, log.invocations].flatMap((x) => isAbsent(x) ? [] : asArray(x) ?? [x]);
}
const succeeded = (invocations) => invocations.length > 0 && invocations.every((x) => asObject(x)?.executionSuccessful === true);
/** All reasons why the scan failed; none when it did not say so. */
function failures(invocations, book) {
	return invocations.flatMap((raw) => {
		const invocation = asObject(raw);
		if (!invocation) return [{ text: "its invocations cannot be understood" }];
		const loud = errors(invocation, book);
		const success = invocation.executionSuccessful;
		if (isAbsent(success) || success === true) return loud;
		const exit = invocation.exitCode;
		const code = typeof exit === "number" ? `, exit code ${exit}` : "";
		const said = `executionSuccessful is ${success === false ? "false" : "not true"}${code}`;
		return loud.length === 0 ? [{ text: said }] : loud.map((one) => ({
			...one,
			text: `${said} (${one.text})`
		}));
	});
}
/** Notifications whose effective level is error, or is none that SARIF knows. */
function errors(invocation, book) {
	const overrides = overridesOf$1(invocation, "notificationConfigurationOverrides", book);
	return ["toolExecutionNotifications", "toolConfigurationNotifications"].flatMap((key) => {
		const list = invocation[key];
		return (isAbsent(list) ? [] : asArray(list) ?? [list]).flatMap((raw) => {
			const notification = asObject(raw);
			if (!notification) return [{ text: "a notification that cannot be understood" }];
			const reference = asObject(notification.descriptor);
			const descriptors = reference ? lookUp(book, referenceOf(reference)) : [];
			const level = notification.level ?? descriptors.map((d) => overrides.get(d)).find((x) => !isAbsent(x)) ?? descriptors.map((d) => asObject(d.defaultConfiguration)?.level).find((x) => !isAbsent(x)) ?? "warning";
			if (level === "none" || level === "note" || level === "warning") return [];
			const id = asText(reference?.id) ?? asText(descriptors[0]?.id);
			const text = asText(asObject(notification.message)?.text) ?? id ?? "a notification without a text";
			const about = id === void 0 ? void 0 : oneLine(id, 100);
			return [{
				text: `it reports an error: ${oneLine(maskSecrets(text.slice(0, 2e3)))}`,
				...about && { about }
			}];
		});
	});
}
const referenceOf = (reference) => ({
	id: reference.id,
	index: reference.index,
	guid: reference.guid,
	component: reference.toolComponent
});
/** Levels that an invocation sets for single descriptors. */
function overridesOf$1(invocation, key, book) {
	const overrides = /* @__PURE__ */ new Map();
	for (const raw of asArray(invocation?.[key]) ?? []) {
		const entry = asObject(raw);
		const descriptor = asObject(entry?.descriptor);
		const level = asObject(entry?.configuration)?.level;
		if (!descriptor || isAbsent(level)) continue;
		for (const meant of lookUp(book, referenceOf(descriptor))) overrides.set(meant, level);
	}
	return overrides;
}
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/i;
/** The latest instant that the invocations name. The file's own time is no evidence: a checkout or a download sets it anew. */
function endOf(invocations) {
	let latest = Number.NEGATIVE_INFINITY;
	for (const invocation of invocations.map(asObject)) for (const key of ["startTimeUtc", "endTimeUtc"]) {
		const text = invocation?.[key];
		const at = typeof text === "string" && instantForm.test(text) ? Date.parse(text) : NaN;
		if (at > latest) latest = at;
	}
	return Number.isFinite(latest) ? new Date(latest).toISOString() : null;
}
// build/sources/security/sarif/message.js
/** What a result says, fit to be shown: one line, placeholders filled, and nothing of any code snippet or secret in it. */
/** Long enough for any sentence; texts of megabytes are cut before anything is done with them. */
const longest = 1e3;
/** The text of a message object, from the result or by its id from the rule (section 3.11). */
function templateOf(result, rule) {
	const message = asObject(result.message);
	const id = asText(message?.id);
	const byId = id === void 0 ? void 0 : asObject(asObject(rule?.messageStrings)?.[id]);
	return asText(message?.text) ?? asText(byId?.text) ?? ruleText(rule) ?? asText(message?.markdown);
}
/** What the rule says of itself, in few words. */
function ruleText(rule) {
	return asText(asObject(rule?.shortDescription)?.text) ?? asText(asObject(rule?.fullDescription)?.text) ?? asText(rule?.name);
}
/** @param secret the message may be the secret itself, so the rule speaks in its place */
function messageOf(result, rule, secret) {
	if (secret) return oneLine(maskSecrets((ruleText(rule) ?? "a secret").slice(0, longest)));
	const template = templateOf(result, rule);
	if (template === void 0) return "";
	const given = asArray(asObject(result.message)?.arguments) ?? [];
	const snippets = snippetsOf(result);
	const safe = (text) => snippets.reduce((t, s) => t.replaceAll(s, "***"), text).slice(0, longest);
	const filled = safe(template).replace(/\{\{|\}\}|\{(\d{1,3})\}/g, (whole, n) => {
		if (n === void 0) return whole.charAt(0);
		const argument = asText(given[Number(n)]);
		return argument === void 0 ? whole : safe(argument);
	});
	return oneLine(maskSecrets(filled.slice(0, 4 * longest)).replace(/\[([^[\]]{1,500})\]\([^()]{1,500}\)/g, "$1"));
}
const mostSnippets = 50;
const mostLocations = 50;
/** A snippet of a secret scanner is the secret, and some of them repeat it in the message. */
function snippetsOf(result) {
	const found = /* @__PURE__ */ new Set();
	const look = (location) => {
		const physical = asObject(asObject(location)?.physicalLocation);
		if (!physical) return;
		for (const region of [asObject(physical.region), asObject(physical.contextRegion)]) {
			if (region?.snippet === void 0 || found.size >= mostSnippets) continue;
			const snippet = asObject(region.snippet);
			for (const text of [asText(snippet?.text)?.trim(), asText(asObject(snippet?.rendered)?.text)?.trim()]) if (text !== void 0 && text.length >= 6) found.add(text);
		}
	};
	each(result.locations, look);
	each(result.relatedLocations, look);
	each(result.codeFlows, (flow) => each(asObject(flow)?.threadFlows, (thread) => each(asObject(thread)?.locations, (step) => look(asObject(step)?.location))));
	return found.size === 0 ? [] : [...found].sort((a, b) => b.length - a.length);
}
function each(list, visit) {
	const items = asArray(list) ?? [];
	for (let i = 0; i < items.length && i < mostLocations; i += 1) visit(items[i]);
}
// build/sources/security/sarif/place.js
/** Where a result is, relative to the repository as far as the report tells (SARIF 2.1.0 sections 3.4, 3.14.14, 3.29). */
function placeOf(result, { bases, artifacts, workspace }) {
	const [first] = asArray(result.locations) ?? [];
	const physical = asObject(asObject(first)?.physicalLocation);
	const artifact = asObject(physical?.artifactLocation);
	const index = asIndex(artifact?.index);
	const uri = asText(artifact?.uri) ?? (index === void 0 ? void 0 : artifacts[index]);
	const line = asIndex(asObject(physical?.region)?.startLine);
	if (uri === void 0) return {};
	const file = fileOf(resolved(uri, asText(artifact?.uriBaseId), bases), workspace);
	return {
		...file === "" ? {} : { file },
		...line === void 0 || line === 0 ? {} : { line }
	};
}
/** Bases stand on each other; a circle of them must end. */
const deepestBase = 5;
/**
* A base without a uri, or with one that is absolute, is where the repository was checked out: what is relative to it stays so. One that is
* relative to another base is a folder in it.
*/
function resolved(uri, baseId, bases) {
	let path = uri;
	let id = baseId;
	for (let depth = 0; id !== void 0 && depth < deepestBase && !isAbsolute$1(path); depth += 1) {
		const base = asObject(bases?.[id]);
		const its = asText(base?.uri);
		if (its === void 0 || isAbsolute$1(its)) break;
		path = `${its.replace(/\/?$/, "/")}${path}`;
		id = asText(base?.uriBaseId);
	}
	if (bases === void 0) return path;
	const root = Object.values(bases).map((base) => asText(asObject(base)?.uri)).filter((its) => its !== void 0 && isAbsolute$1(its) && its.length > 8 && path.startsWith(its.replace(/\/?$/, "/"))).sort((a, b) => (b?.length ?? 0) - (a?.length ?? 0))[0];
	return root === void 0 ? path : path.slice(root.replace(/\/?$/, "/").length);
}
const isAbsolute$1 = (uri) => /^[a-z][a-z0-9+.-]*:/i.test(uri) || uri.startsWith("/");
/** A path for people: a web scanner's address may hold a password or a token in its query. */
function fileOf(uri, workspace) {
	const bare = uri.slice(0, 2e3).replace(/[?#].*$/s, "").replace(/\/\/[^/@]*@/, "//");
	return oneLine(maskSecrets(inRepository(decoded(bare), workspace)), 300);
}
function decoded(uri) {
	try {
		return decodeURIComponent(uri);
	} catch {
		return uri;
	}
}
// build/sources/security/sarif/suppressions.js
/** What a result says of suppressions (SARIF 2.1.0 sections 3.27.23 and 3.35). */
/** Cannot be understood, so it suppresses nothing. */
const broken = {
	kind: "external",
	status: "rejected"
};
/** What Checkov writes where nobody gave a reason. */
const noReason = /^no comment provided\.?$/i;
/**
* An absent status means accepted; files from before the final standard say `state`. `properties.expiryUtc` is what `sarif-multitool suppress`
* writes.
*
* @param raw `result.suppressions`; absent, null or empty: nobody tried
*/
function suppressionsOf(raw) {
	if (isAbsent(raw)) return [];
	const entries = asArray(raw);
	return entries ? entries.map(suppressionOf) : [broken];
}
function suppressionOf(raw) {
	const entry = asObject(raw);
	if (!entry || entry.kind !== "inSource" && entry.kind !== "external") return broken;
	const states = [entry.status, entry.state].filter((x) => !isAbsent(x));
	const rejected = states.some((x) => x !== "accepted" && x !== "underReview");
	const reason = oneLine(maskSecrets((asText(entry.justification) ?? "").slice(0, 2e3)), 300);
	const expiry = asObject(entry.properties)?.expiryUtc;
	return {
		kind: entry.kind === "inSource" ? "in-source" : "external",
		status: rejected ? "rejected" : states.includes("underReview") ? "under-review" : "accepted",
		...reason === "" || noReason.test(reason) ? {} : { reason },
		...isAbsent(expiry) ? {} : { expires: typeof expiry === "string" ? Date.parse(expiry) : NaN }
	};
}
// build/sources/security/sarif/result.js
/** One result of a run: what stands there, in the shape that all scanners share. */
/** @returns undefined when it is no object, so that nobody knows what it is; never throws, whatever it is */
function readResult(raw, context) {
	const result = asObject(raw);
	if (!result) return void 0;
	const notes = [];
	const noFailure = noFailureOf(result, notes);
	const reference = ruleReference(result);
	const rules = lookUp(context.rules, reference);
	if (rules.length === 0 && !isAbsent(reference.id)) notes.push("NO_RULE");
	const [rule] = rules;
	const known = rule && aboutRule(rule);
	const own = asObject(result.properties);
	const ruleId = named(reference.id) ?? known?.id ?? "(no rule)";
	const secret = context.secrets || known?.secret === true || tagged(own?.tags, secretTag);
	const place = placeOf(result, context.places);
	const levels = {
		overrides: overridesOf(result, context),
		policies: context.policies
	};
	const fix = fixOf(result, own);
	const alert = webLink(own?.["github/alertUrl"]);
	const link = webLink(result.hostedViewerUri);
	const since = Date.parse(asText(asObject(result.provenance)?.firstDetectionTimeUtc) ?? "");
	const purl = (own && purlAmong([
		own.purl,
		own.purls,
		own.packageUrl
	])) ?? known?.purl;
	const baselineState = baselineOf(result.baselineState);
	return {
		rule: ruleId,
		message: messageOf(result, rule, secret),
		...secret && { secret },
		...ratingsOf(result, rules, levels, context.tool),
		...noFailure && { noFailure },
		...notes.length > 0 && { notes },
		...baselineState && { baselineState },
		suppressions: suppressionsOf(result.suppressions),
		...place,
		ids: merged(vulnerabilityIds([
			...unlessKnown(reference.id, rule),
			...texts(own?.aliases),
			own?.cve
		]), known?.ids),
		cwes: merged(weaknesses([
			own?.cwe,
			...texts(own?.cwe),
			...taxaIds(result)
		]), known?.cwes),
		...purl === void 0 ? {} : { purl },
		...fix === void 0 ? {} : { fix },
		...known?.help === void 0 ? {} : { help: known.help },
		...link === void 0 ? {} : { link },
		...alert === void 0 ? {} : { alert },
		...Number.isNaN(since) ? {} : { since },
		identity: identity(result, {
			tool: context.tool,
			rule: ruleId,
			file: place.file
		})
	};
}
const kinds = {
	pass: {
		fate: "ignored",
		reason: "KIND_PASS"
	},
	notApplicable: {
		fate: "ignored",
		reason: "KIND_NOT_APPLICABLE"
	},
	informational: {
		fate: "ignored",
		reason: "KIND_INFORMATIONAL"
	},
	open: {
		fate: "review",
		reason: "KIND_OPEN"
	},
	review: {
		fate: "review",
		reason: "KIND_REVIEW"
	}
};
/** Absent since the baseline, or of a kind that is none (section 3.27.9); a level beside such a kind is a contradiction, so it is one. */
function noFailureOf(result, notes) {
	if (result.baselineState === "absent") return {
		fate: "ignored",
		reason: "ABSENT"
	};
	const { kind } = result;
	const found = typeof kind === "string" && Object.hasOwn(kinds, kind) ? kinds[kind] : void 0;
	if (!found) return void 0;
	if (isAbsent(result.level) || result.level === "none") return found;
	notes.push("KIND_LEVEL_CONFLICT");
}
const states = /* @__PURE__ */ new Set([
	"new",
	"unchanged",
	"updated"
]);
const baselineOf = (raw) => isAbsent(raw) ? void 0 : states.has(raw) ? raw : "invalid";
function ruleReference(result) {
	const rule = asObject(result.rule);
	return {
		id: result.ruleId ?? rule?.id,
		index: asIndex(rule?.index) ?? result.ruleIndex,
		guid: rule?.guid,
		component: rule?.toolComponent
	};
}
/** `provenance.invocationIndex` counts from 0 only when there is exactly one invocation (section 3.48.6). */
function overridesOf(result, { overrides }) {
	const index = asIndex(asObject(result.provenance)?.invocationIndex) ?? (overrides.length === 1 ? 0 : void 0);
	return index === void 0 ? void 0 : overrides[index];
}
const named = (raw) => {
	const text = asText(raw);
	return text === void 0 ? void 0 : oneLine(maskSecrets(text.slice(0, 1e3)));
};
/** The id of a rule that is described was looked at with it. */
const unlessKnown = (id, rule) => id === rule?.id ? [] : [id];
const texts = (raw) => asArray(raw)?.slice(0, 50) ?? [];
const merged = (own, ofRule) => own.length === 0 ? ofRule ?? [] : ofRule === void 0 ? own : [.../* @__PURE__ */ new Set([...own, ...ofRule])];
const taxaIds = (result) => texts(result.taxa).flatMap((raw) => {
	const taxon = asObject(raw);
	const id = asText(taxon?.id) ?? "";
	const component = asText(asObject(taxon?.toolComponent)?.name) ?? "";
	return [/^cwe$/i.test(component) && /^\d{1,6}$/.test(id) ? `CWE-${id}` : id];
});
const secretTag = /^(?:secret|secrets|secret-scanning|credential|credentials)$/i;
const tagged = (raw, form) => texts(raw).some((tag) => typeof tag === "string" && form.test(tag));
const factsByRule = /* @__PURE__ */ new WeakMap();
function aboutRule(rule) {
	const before = factsByRule.get(rule);
	if (before) return before;
	const properties = asObject(rule.properties);
	const tags = texts(properties?.tags);
	const facts = {
		id: named(rule.id),
		ids: vulnerabilityIds([
			rule.id,
			rule.name,
			...tags,
			...texts(properties?.aliases),
			...texts(rule.deprecatedIds),
			properties?.cve
		]),
		cwes: weaknesses([
			...tags,
			properties?.cwe,
			...texts(properties?.cwe),
			...taxaOf(rule)
		]),
		purl: purlAmong([
			properties?.purl,
			properties?.purls,
			properties?.packageUrl
		]),
		help: webLink(rule.helpUri),
		secret: tagged(tags, secretTag)
	};
	factsByRule.set(rule, facts);
	return facts;
}
/** Trivy ends its messages with it; nothing after the colon means that there is none. */
const fixedIn = /^Fixed (?:Version|in)s?:[ \t]*(.{0,200})$/im;
function fixOf(result, own) {
	const version = asText(own?.fixedVersion) ?? asText(own?.fixed_version) ?? fixedIn.exec(messageText(result))?.[1]?.trim();
	if (version !== void 0) return version === "" ? "" : `upgrade to ${oneLine(maskSecrets(version), 150)}`;
	return (asArray(result.fixes)?.length ?? 0) > 0 ? "the scanner has an automatic fix" : void 0;
}
const messageText = (result) => (asText(asObject(result.message)?.text) ?? "").slice(0, 4e3);
/** Keys of `fingerprints` with a version are identities by their nature (section 3.27.17); Gitleaks puts personal data beside. */
const versioned = /^(.*)\/v(\d{1,6})$/;
function fingerprint(raw) {
	const prints = asObject(raw);
	if (!prints) return void 0;
	const best = Object.keys(prints).filter((key) => asText(prints[key]) !== void 0).map((key) => ({
		key,
		version: Number(versioned.exec(key)?.[2] ?? -1)
	})).sort((a, b) => b.version - a.version || (a.key < b.key ? -1 : 1))[0];
	return best && `${best.key}=${asText(prints[best.key]) ?? ""}`;
}
const lineHash = ["primaryLocationLineHash", "primaryLocationLineHash/v1"];
/** As section 3.27.17 and the platforms have it; where the scanner gives none, the place and what was found there, without its line. */
function identity(result, { tool, rule, file }) {
	const partial = asObject(result.partialFingerprints);
	const print = fingerprint(result.fingerprints) ?? lineHash.map((key) => asText(partial?.[key])).find((text) => text !== void 0) ?? asText(result.correlationGuid);
	if (print !== void 0) return identityOf([
		tool.toLowerCase(),
		rule,
		print
	]);
	const [first] = asArray(result.locations) ?? [];
	const location = asObject(first);
	const logical = asText(asObject(asArray(location?.logicalLocations)?.[0])?.fullyQualifiedName);
	const region = asObject(asObject(location?.physicalLocation)?.region);
	const snippet = asText(asObject(region?.snippet)?.text)?.trim();
	const found = logical ?? (snippet === void 0 ? messageText(result) : snippet);
	return identityOf([
		tool.toLowerCase(),
		rule,
		void 0,
		file,
		sha256(found)
	]);
}
// build/sources/security/sarif/run.js
/**
* Never throws, whatever it is.
*
* @param log the log that it stands in, since some tools put a run's parts there; its long lists are empty
* @param raw the entry of `runs`; its long lists are empty
*/
function openRun(log, raw, { origin, artifacts, workspace, hasResults }) {
	const run = asObject(raw);
	const tool = asObject(run?.tool);
	const driver = asObject(tool?.driver);
	const name = oneLine(asText(driver?.name) ?? "", 100);
	const bad = (code, message, about) => ({
		code,
		message: `${name || "a run"} in ${origin.file} ${message}`,
		file: origin.file,
		...name ? { tool: name } : {},
		...about === void 0 ? {} : { about }
	});
	if (!run || !tool || !driver || !name) return { problem: bad("NO_TOOL", "does not name its tool, so it proves nothing") };
	if (!hasResults) return { problem: bad("RESULTS_MISSING", "has no list of results: it never began its analysis") };
	const invocations = invocationsOf(log, run);
	const failed = failures(invocations, openBook(tool, "notifications"));
	const rules = openBook(tool, "rules");
	const version = asText(driver.semanticVersion) ?? asText(driver.version);
	const image = imageOf(run);
	const categories = [.../* @__PURE__ */ new Set([...categoriesOf(name), ...shownCategories(tool, image)])];
	const context = {
		tool: name,
		secrets: categories.length === 1 && categories[0] === "secrets",
		rules,
		overrides: invocations.map((x) => overridesOf$1(asObject(x), "ruleConfigurationOverrides", rules)),
		policies: policiesOf(run),
		places: {
			bases: asObject(run.originalUriBaseIds),
			artifacts,
			workspace
		}
	};
	return {
		facts: {
			tool: name,
			...version === void 0 ? {} : { toolVersion: oneLine(version, 60) },
			categories,
			...origin,
			revision: revisionOf(run),
			...image.length === 0 ? {} : { image },
			ended: endOf(invocations),
			execution: failed.length > 0 ? "failed" : succeeded(invocations) ? "succeeded" : "unknown",
			rules: [rules.driver, ...rules.extensions].reduce((sum, { descriptors }) => sum + descriptors.length, 0)
		},
		problems: failed.map(({ text, about }) => bad("SCAN_FAILED", `did not finish its scan: ${text}`, about)),
		read: (result) => readResult(result, context)
	};
}
/** What Trivy says that it looks for, in the tags of its rules. */
const tagCategories = {
	vulnerability: "sca",
	misconfiguration: "iac",
	secret: "secrets"
};
/** Of tools that look for what they are told to: what the run shows of it. */
function shownCategories(tool, image) {
	const found = new Set(image.length > 0 ? ["container", "sca"] : []);
	for (const rule of (asArray(asObject(tool.driver)?.rules) ?? []).map(asObject)) for (const tag of asArray(asObject(rule?.properties)?.tags) ?? []) {
		const category = typeof tag === "string" && Object.hasOwn(tagCategories, tag) ? tagCategories[tag] : void 0;
		if (category) found.add(category);
	}
	return [...found];
}
/** Names and digests of the image, as Trivy writes them. */
function imageOf(run) {
	const properties = asObject(run.properties);
	const names = [
		...asArray(properties?.repoDigests) ?? [],
		properties?.imageID,
		properties?.imageName,
		...asArray(properties?.repoTags) ?? []
	].flatMap((x) => typeof x === "string" && x.trim() !== "" ? [oneLine(x, 300)] : []);
	return [...new Set(names)].slice(0, 20);
}
/** All commits that the run names, since several repositories may have been scanned at once. */
function revisionOf(run) {
	const ids = (asArray(run.versionControlProvenance) ?? []).flatMap((x) => {
		const id = asText(asObject(x)?.revisionId)?.trim();
		return id === void 0 ? [] : [oneLine(id, 100).replaceAll(" ", "_")];
	});
	return ids.length === 0 ? null : [...new Set(ids)].join(" ");
}
/** `run.policies` are components whose rules set levels for the tool's, by their id (section 3.19.5). */
function policiesOf(run) {
	const levels = /* @__PURE__ */ new Map();
	for (const policy of (asArray(run.policies) ?? []).map(asObject)) for (const rule of (asArray(policy?.rules) ?? []).map(asObject)) {
		const id = asText(rule?.id);
		const level = asObject(rule?.defaultConfiguration)?.level;
		if (id !== void 0 && !isAbsent(level)) levels.set(id, level);
	}
	return levels;
}
// build/sources/security/sarif/log.js
/** Stage 0: from a file to the runs of a SARIF 2.1.0 log, or the reason why it is no evidence. */
/** Problems that one file may put into the record; the rest is counted. */
const mostProblems = 20;
/** Runs that one file may put into the record. */
const mostRuns = 1e3;
/**
* Reads a whole log into `sink`.
*
* @throws {Refused} when it is no evidence at all, also after some of its results were handed on; when `signal` aborts, its reason
*/
async function readLog(report, context, sink, signal) {
	const document = await readDocument(report, signal);
	const { log, runs } = checked(document);
	for (const note of report.notes) sink.note(`${context.name} ${note}`);
	const elsewhere = new Elsewhere(report, document, context.external, signal);
	try {
		const { problems, shelves } = await openRuns({
			report,
			document,
			log,
			runs,
			elsewhere,
			context,
			sink
		});
		for (const note of elsewhere.notes()) sink.note(`${context.name} ${note}`);
		tell(problems, context.name, sink);
		for (const { of, targets } of shelves) {
			const owners = [...targets.keys()];
			await readResults(of.report, of.document, owners, signal, (owner, result) => {
				for (const { run, sink: to } of targets.get(owner) ?? []) to.add(run.read(result));
			});
		}
		await elsewhere.unchanged();
	} finally {
		await elsewhere.close();
	}
}
/** The log and its runs, if it has any. */
function checked({ skeleton }) {
	const log = asObject(skeleton);
	if (!log || !("version" in log) && !("runs" in log)) throw new Refused("NOT_SARIF", "is no SARIF log: tell the scanner to write SARIF 2.1.0");
	const { version } = log;
	if (version !== "2.1.0") throw new Refused("UNSUPPORTED_VERSION", wrongVersion(version));
	const runs = asArray(log.runs);
	if (!runs) throw new Refused("PRODUCER_FAILED", `${isAbsent(log.runs) ? "has no runs" : "has runs that are no list"}: the scanner failed before it had anything to report`);
	if (runs.length === 0) throw new Refused("NO_RUNS", "has an empty list of runs: nothing was scanned");
	if (runs.length > mostRuns) throw new Refused("TOO_LARGE", `has more than ${mostRuns} runs: split it by tool`);
	return {
		log,
		runs
	};
}
function wrongVersion(version) {
	const text = asText(version);
	if (text === void 0) return "does not say that its version is 2.1.0: update the scanner";
	const found = `has version ${oneLine(text, 20)}, expected 2.1.0`;
	return /^(?:[01]|2\.[01])\b/.test(text) ? `${found}: update the scanner, or convert it with \`sarif-multitool rewrite\`` : `${found}: tell the scanner to write SARIF 2.1.0`;
}
/** Begins all runs. @returns what is wrong with them, and by file who gets which results */
async function openRuns({ report, document, log, runs, elsewhere, context, sink }) {
	const { name } = context;
	const problems = [];
	const shelves = /* @__PURE__ */ new Map();
	const send = (of, owner, target) => {
		const shelf = shelves.get(of.report) ?? {
			of,
			targets: /* @__PURE__ */ new Map()
		};
		shelves.set(of.report, shelf);
		shelf.targets.set(owner, [...shelf.targets.get(owner) ?? [], target]);
	};
	const origin = {
		file: name,
		sha256: report.sha256()
	};
	for (const [i, raw] of runs.entries()) {
		const owner = `runs/${i}`;
		const joined = await elsewhere.join(raw);
		problems.push(...joined.missing.map((what) => outside(raw, name, what)));
		const hasResults = document.results.has(owner) || joined.results.length > 0;
		if (!hasResults && joined.missing.length > 0) continue;
		const artifacts = [...document.artifacts.get(owner) ?? [], ...joined.artifacts];
		const run = openRun(log, joined.run, {
			origin,
			artifacts,
			workspace: context.workspace,
			hasResults
		});
		if ("problem" in run) {
			problems.push(run.problem);
			continue;
		}
		problems.push(...run.problems);
		const target = {
			run,
			sink: sink.begin(run.facts)
		};
		send({
			report,
			document
		}, owner, target);
		for (const holder of joined.results) send(holder, holder.owner, target);
	}
	const unclaimed = elsewhere.unclaimed().join(", ");
	if (unclaimed !== "") problems.push(...runs.map((raw) => outside(raw, name, `${unclaimed} in a place that names no run`)));
	return {
		problems,
		shelves: shelves.values()
	};
}
function outside(raw, file, what) {
	const name = asText(asObject(asObject(asObject(raw)?.tool)?.driver)?.name);
	const tool = oneLine(name ?? "", 100);
	return {
		code: "EXTERNAL_RESULTS",
		message: `${tool || "a run"} in ${file} keeps ${what}: write one file`,
		file,
		...tool ? { tool } : {}
	};
}
function tell(problems, file, sink) {
	for (const problem of problems.slice(0, mostProblems)) sink.problem(problem);
	const more = problems.length - mostProblems;
	if (more > 0) sink.problem({
		code: "MORE_PROBLEMS",
		message: `${file} has ${plural(more, "further problem")}`,
		file
	});
}
export { wordOf as A, sameName as B, asArray as C, isAbsent as D, asText as E, file_source_exports as F, openReport as G, require_packageurl_js as H, readerOf as I, withReport as J, problemOf as K, gather as L, pageOf as M, refOf as N, maskSecrets as O, targetOf as P, covers as R, webLink as S, asObject as T, alternatives as U, samePackage as V, compileGlobs as W, atLeast as X, Refused as Y, bySeverity as Z, fromScore as _, sinceOf as a, vulnerabilityIds as b, instantOf as c, readJson as d, vulnerabilityResult as f, purlFrom as g, escaped as h, dismissal as i, organizationOf as j, identityOf as k, notAReport as l, words$1 as m, Client as n, below as o, wordRating as p, reportOf as q, connectionFields as r, entries as s, readLog as t, packageMessage as u, fromWord as v, asIndex as w, weaknesses as x, categoriesOf as y, parsePurl as z };
