import { _t as stateWords, gt as sinceWords, lt as complaint, nt as viewOf, rt as plain, vt as verdictSentence } from "./shared.js";
// build/report/annotations.js
/** GitHub cuts at 4,096 characters; nobody reads that far. */
const longest = 1e3;
/**
* One error for each reason to stop and each problem of the policy; warnings for what would have stopped, what only warns and
* what is ignored; a notice for what is only observed. The gravest come first, since platforms show ten of a kind.
*
* @param policyLocation where the policy writes a gate
*/
function annotations(record, policyLocation) {
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
		...policyLocation?.(gate.name)
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
	const reasons = view.blamed.map((gate) => view.observedStop ? remark("warning", gate, "Observed only, would have stopped: ") : remark("error", gate));
	const beside = view.gates.filter((gate) => !gate.blamed && gate.state !== "healthy" && gate.reading !== null).flatMap((gate) => {
		if (gate.ignored) return [remark("warning", gate, "", " (ignored, as the policy says)")];
		if (gate.enforce === "warn") return [remark("warning", gate, "", " (warns only)")];
		if (gate.enforce === "observe") return [remark("notice", gate, "", " (observed only)")];
		return view.verdict.decision === "stop" ? [remark("warning", gate, `${stateWords(gate).word}: `)] : [];
	});
	return [
		...problems,
		...reasons.length + problems.length === 0 ? headline(view) : [],
		...reasons,
		...beside
	];
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
