import { tn as isPath } from "./late.js";
import { $ as verdictSentence, I as standingLines, M as viewOf, Ot as plain, U as complaint, X as sinceWords, Z as stateWords, dt as excuseWords, gt as messageOf, ht as gravity, mt as fixWords, xt as shortIdentity } from "./shared.js";
// build/report/annotations.js
/** Platforms show so many errors of a step, and drop the rest. */
const mostErrors = 10;
/** GitHub cuts at 4,096 characters; nobody reads that far. */
const longest = 1e3;
/**
* One error for each reason to stop and each problem of the policy; warnings for what would have stopped, what only warns and
* what is ignored; a notice for what is only observed; and the worst findings beside the code that they are about. The gravest come first, since platforms show ten of a kind.
* Those about gates stand where the policy writes them.
*/
function annotations(record) {
	const view = viewOf(record);
	const remark = (level, gate, before = "", after = "") => ({
		level,
		title: plain(`Signalbox: ${gate.name}`, 120),
		message: plain([
			before,
			gate.name,
			complaint(gate),
			timeOf(gate, record),
			after
		].join(""), longest),
		...placeOf(record, gate.name)
	});
	const problems = record.problems.map((problem) => {
		const { message, ...place } = problem;
		return {
			level: "error",
			title: "Signalbox: policy",
			message: plain(message, longest),
			...place
		};
	});
	const reasons = view.blamed.map((gate) => view.observedStop ? remark("warning", gate, `${view.overridden ? "Overridden" : "Observed only"}, would have stopped: `) : remark("error", gate));
	const beside = view.gates.filter((gate) => !gate.blamed && gate.state !== "healthy" && gate.reading !== null).flatMap((gate) => {
		if (gate.ignored) return [remark("warning", gate, "", " (ignored, as the policy says)")];
		if (gate.enforce === "warn") return [remark("warning", gate, "", " (warns only)")];
		if (gate.enforce === "observe") return [remark("notice", gate, "", " (observed only)")];
		return view.verdict.decision === "stop" ? [remark("warning", gate, `${stateWords(gate).word}: `)] : [];
	});
	const first = [
		...problems,
		...reasons.length + problems.length === 0 ? headline(view) : [],
		...reasons
	];
	return [
		...first,
		...besideCode(view, mostErrors - first.length),
		...liftedIn(record),
		...beside
	];
}
/** What stands against the policy in gates that stop the train, in files of the repository; of several gates the worst of each in turn. */
function besideCode({ blamed, observedStop }, room) {
	const byGate = blamed.map(({ findings }) => (findings?.worst.against ?? []).filter(({ file, inImage }) => file !== void 0 && !inImage && isPath(file)));
	const longestList = Math.max(0, ...byGate.map(({ length }) => length));
	const inTurn = Array.from({ length: longestList }, (_, i) => byGate.flatMap((found) => found[i] ?? [])).flat();
	return [...new Map(inTurn.map((found) => [`${found.identity} ${found.file} ${found.line}`, found])).values()].slice(0, Math.max(0, room)).map((found) => {
		const { tool, rule, file, line, identity } = found;
		const parts = [
			`${gravity(found)}: ${messageOf(found)}`,
			fixWords(found),
			excuseWords(found),
			`identity ${shortIdentity(identity)}`
		];
		return {
			level: observedStop ? "warning" : "error",
			title: plain(`Signalbox: ${tool} ${rule}`, 120),
			message: plain(parts.filter((part) => part !== "").join("; "), longest),
			file,
			...line ? { line } : {}
		};
	});
}
/** What somebody answers for, and what the ledger has lost. */
const liftedIn = (record) => standingLines(record).filter(({ grave }) => grave).map(({ words }) => ({
	level: "warning",
	title: "Signalbox: holds",
	message: plain(words, longest)
}));
/** Only in a file of the repository: an inline policy has lines of its own. */
function placeOf({ gates }, name) {
	const place = gates.find((gate) => gate.name === name)?.place;
	const file = place?.file?.replace(/^(?:\.\/)+/, "");
	return place === void 0 || file === void 0 || !isPath(file) ? {} : {
		...place,
		file
	};
}
const timeOf = (gate, record) => gate.rounds > 1 ? `; ${sinceWords(gate, record.ended)}` : "";
/** A stop that no single gate is the reason of. */
function headline(view) {
	if (view.verdict.decision !== "stop") return [];
	return [{
		level: view.observedStop ? "warning" : "error",
		title: "Signalbox",
		message: plain(verdictSentence(view), longest)
	}];
}
export { annotations };
