import { et as parse, i as locate, r as errorCode } from "./base.js";
import { Ft as Redactor, Gn as securityGate, Kn as fates, Ot as plain, Qn as systemClock, Ut as sourceOf, d as load, en as fileFormats, r as exitCodes, sr as plural, t as readSettings, yr as guarded } from "./shared.js";
import { I as readerOf, L as gather } from "./scans.js";
// build/commands/explain.js
/** `signalbox security explain FILE`: for every result, how its severity and its fate came about. Nothing is asked, nothing decided. */
const moment = {
	now: 0,
	deployedAt: 0,
	settledAt: 0,
	completeTo: 0
};
const questionOf = (config) => {
	const [question] = securityGate.bind(config).questions(moment).values();
	return question;
};
/** The first gate of the policy that judges scans; without a policy what a gate does that says nothing. */
function choose(policy) {
	const gates = policy?.gates.filter((gate) => gate.type === "security") ?? [];
	const [gate] = gates;
	if (!policy || !gate) return {
		question: questionOf(parse(securityGate.schema, {})),
		words: "the defaults of a security gate"
	};
	const type = sourceOf(policy, gate)?.type;
	const others = gates.length > 1 ? `, the first of ${gates.length} security gates` : "";
	return {
		question: questionOf(gate),
		words: `gate \`${gate.name}\`${others}`,
		...type === void 0 ? {} : { type }
	};
}
/** @returns the exit code: 0 when the file is evidence, 1 when it is not, 2 when the policy or the usage is wrong */
async function explain(rawHost, file, env) {
	const host = guarded(rawHost, new Redactor());
	const chosen = await policyOf(host, env);
	if (!chosen) return exitCodes.usage;
	const workspace = process.cwd();
	const located = await locate(workspace, file).catch((error) => errorCode(error));
	if (located === void 0 || typeof located === "string") {
		const why = located === void 0 ? "it lies outside this folder" : located === "ENOENT" ? "there is no such file" : located;
		host.annotate({
			level: "error",
			title: "Signalbox",
			message: `${file} cannot be read: ${why}`
		});
		return exitCodes.usage;
	}
	const wanted = fileFormats.filter(({ type }) => type === chosen.type);
	const formats = [...wanted, ...fileFormats.filter((format) => !wanted.includes(format))];
	for (const { load: open } of formats) {
		const format = await open();
		const pages = await explained(located, format, chosen, workspace);
		if (pages.foreign) continue;
		for (const line of [
			`${located.name} as ${format.what}, sorted by ${chosen.words}`,
			"",
			...pages.lines
		]) host.log(line);
		return pages.wrong ? exitCodes.stop : exitCodes.continue;
	}
	const known = (await Promise.all(formats.map(({ load: open }) => open()))).map(({ what }) => what);
	host.annotate({
		level: "error",
		title: "Signalbox",
		message: `${located.name} is none of ${known.join(", ")}`
	});
	return exitCodes.stop;
}
/** The policy is only needed when it is named. */
async function policyOf(host, env) {
	if (!host.input("policy")) return choose(void 0);
	const settings = await readSettings(host);
	const facts = {
		sha: "0".repeat(40),
		environment: "none",
		...host.facts
	};
	const loaded = await load(settings, {
		...host,
		facts
	}, env);
	for (const secret of loaded.secrets) host.secret(secret);
	const problems = [...settings.problems, ...loaded.problems];
	for (const problem of problems) host.annotate({
		level: "error",
		title: "Signalbox policy",
		...problem
	});
	return problems.length > 0 ? void 0 : choose(loaded.policy);
}
const otherFormat = /* @__PURE__ */ new Set(["NOT_SARIF", "NOT_A_REPORT"]);
async function explained(file, format, { question }, workspace) {
	const lines = [];
	let last;
	const watch = (run, result, verdict) => {
		if (run !== last) lines.push(runWords(run));
		last = run;
		lines.push(...result && verdict ? resultWords(result, verdict) : ["  MALFORMED  a result that is no object"], "");
	};
	const never = new AbortController().signal;
	const context = {
		clock: systemClock,
		workspace
	};
	const { baseline } = readerOf(format, context);
	const about = {
		subject: file.name,
		query: file.name,
		settled: true,
		watch,
		baseline: (named, sink) => baseline(named, sink, never)
	};
	const scans = await gather(question, context, never, about, (sink) => format.read(file, sink, {
		workspace,
		now: systemClock.now()
	}, never));
	for (const { code, message } of scans.problems) lines.push(`no evidence  ${code}: ${plain(message, 600)}`);
	for (const { code, message } of scans.remarks) lines.push(`put in order ${code}: ${plain(message, 600)}`);
	for (const note of scans.notes) lines.push(`note         ${plain(note, 600)}`);
	for (const run of scans.runs) {
		const parts = fates.flatMap((fate) => {
			const n = run.tally.reduce((sum, entry) => sum + (entry.fate === fate ? entry.count : 0), 0);
			return n === 0 ? [] : [`${n} ${fate}`];
		});
		lines.push(`${plain(run.tool, 100)}: ${plural(run.results, "result")}${parts.length === 0 ? "" : ` = ${parts.join(" + ")}`}`);
	}
	return {
		lines,
		wrong: scans.problems.length > 0,
		foreign: scans.problems.some(({ code }) => otherFormat.has(code))
	};
}
function runWords({ tool, toolVersion, execution, revision, ended, rules }) {
	const parts = [
		[tool, toolVersion].filter((part) => part !== void 0).join(" "),
		execution === "unknown" ? "does not say whether it ran to its end" : execution,
		revision === null ? "names no commit" : `commit ${revision}`,
		ended === null ? "names no time" : `ended ${ended}`,
		rules === null ? "" : plural(rules, "rule")
	];
	return plain(parts.filter((part) => part !== "").join(", "), 600);
}
function resultWords(result, verdict) {
	const { file, line, ids, purl, fix, score, level } = result;
	const place = file === void 0 ? "" : `  ${file}${line === void 0 ? "" : `:${line}`}`;
	const measures = [score && `score: ${score.why}`, level && `level: ${level.why}`].filter((part) => part !== void 0);
	const row = (name, text) => text === void 0 || text === "" ? [] : [`      ${name.padEnd(9)} ${plain(text, 600)}`];
	return [
		plain(`  ${verdict.fate.toUpperCase()} ${verdict.severity}  ${result.rule}${place}`, 400).replace(/^/, "  "),
		...row("message", result.message),
		...row("severity", `${verdict.severity}: ${verdict.why}${verdict.conflict === void 0 ? "" : `; but ${verdict.conflict}`}`),
		...row("read", measures.join("; ")),
		...row("fate", [
			verdict.fate,
			verdict.reason,
			verdict.told
		].filter((part) => part !== void 0).join(", ")),
		...row("exploited", verdict.exploited),
		...row("package", [purl, ids.join(" ")].filter((part) => part).join(" ")),
		...row("fix", fix),
		...row("identity", result.identity)
	];
}
export { explain };
