import { $ as verdictSentence, D as advance, Kt as stagePolicy, M as viewOf, O as decide, Ot as plain, Pt as wrap, Q as states, U as complaint, W as counterfactual, X as sinceWords, Z as stateWords, k as initialState, q as listed, r as exitCodes, sr as plural } from "./shared.js";
import { vn as openRecord } from "./late.js";
// build/train/what-if.js
/**
* @returns the decision at which it would have ended, or the last one that held it; undefined: the record has no rounds, or no policy
*/
function without(record, gate) {
	const step = record.rounds.at(-1)?.step;
	const rounds = record.rounds.filter((round) => round.step === step);
	const [first] = rounds;
	const written = record.policy.effective ?? {};
	if (!first || !Array.isArray(written.gates) || !written.evaluation) return void 0;
	const { gates, evaluation: times } = step === void 0 ? written : stagePolicy(written, step - 1);
	const rules = gates.map((rule) => rule.name === gate ? {
		...rule,
		enforce: "observe"
	} : rule);
	const deadline = Date.parse(first.began) + times.deadline;
	let state = initialState;
	let decision;
	for (const round of rounds) {
		const readings = new Map(round.gates.map((one) => [one.gate, one.reading]));
		state = advance(state, {
			at: Date.parse(round.began),
			phase: round.phase,
			readings
		}, rules, times);
		decision = decide(state, rules, times, {
			now: Date.parse(round.ended),
			deadline
		});
		if (decision.decision !== "hold") return decision;
	}
	return decision;
}
// build/report/explain.js
/** Why a train went or stopped, gate by gate: what each was, what it did to the decision, and what had become of the train without it. */
/** Why such a decision is made, whatever the gates are called; `docs/decision.md` has the rules in full. */
const rules = {
	healthy: "Every blocking gate was healthy in the same round for as long as the policy asks, and once more when all were asked a last time.",
	observed: "The policy only observes, so the train goes whatever the gates say.",
	overridden: "The gates say stop. Somebody answers for it by name, with a reason and for a time, so the train goes.",
	unhealthy: "A blocking gate was conclusively unhealthy: by a finding that stands, a proof, or as many rounds as the policy asks.",
	"insufficient-evidence": "A blocking gate had too little evidence. Nothing says that the release is bad; nothing says that it is well, either.",
	"not-measured": "A blocking gate could not be measured. What could not be measured is never taken for healthy.",
	"not-steady": "The deadline came before all blocking gates had been healthy together for as long as the policy asks.",
	"not-moved": "What the stage moves could not be moved, so there was nothing to prove.",
	"open-stop": "A train of this service and environment was stopped before, and none has gone since. Such a stop lasts until a fix passes, or somebody answers for it.",
	frozen: "The policy lets no train go at this time.",
	cancelled: "Somebody ended the step before the evidence was conclusive.",
	"policy-error": "The policy or the inputs are wrong, so nothing was asked.",
	"internal-error": "Signalbox itself failed, and what it did not finish it does not vouch for.",
	"warming-up": "The new version was still warming up.",
	unconfirmed: "A blocking gate was unhealthy, for fewer rounds than the policy asks.",
	steadying: "All were healthy, but not yet for as long as the policy asks.",
	"final-check": "All were to be asked once more.",
	parked: "The job ended while the train still waits; the next one goes on with all the evidence so far."
};
/** @param width characters */
function explain(record, width) {
	const view = viewOf(record);
	const otherwise = counterfactual(view);
	const paragraph = (text, indent = 0) => wrap(plain(text, 900), width, indent, indent);
	return [
		[...paragraph(verdictSentence(view)), ...paragraph(rules[view.verdict.reason])],
		...view.observedStop ? [paragraph(rules[record.decision.reason])] : [],
		...otherwise === "" ? [] : [paragraph(otherwise)],
		...record.problems.length === 0 ? [] : [record.problems.flatMap(({ file, line, column, message }) => {
			const place = [
				file,
				line,
				column
			].filter((part) => part !== void 0).join(":");
			return paragraph(`- ${place === "" ? "" : `${place}: `}${message}`, 2);
		})],
		...view.gates.map((gate) => gateBlock(gate, view, width))
	].map((lines) => lines.join("\n")).join("\n\n");
}
function gateBlock(gate, view, width) {
	const { record } = view;
	const { mark, word } = stateWords(gate);
	const place = record.gates.find(({ name }) => name === gate.name)?.place;
	const where = place === void 0 ? "" : `, ${[place.file, place.line].filter((part) => part !== void 0).join(":")}`;
	const since = sinceWords(gate, record.ended);
	const said = gate.reading === null ? "" : plain(complaint(gate), 600).replace(/^: /, "");
	const others = view.gates.some(({ name, enforce }) => enforce === "block" && name !== gate.name);
	const rows = [
		["is", [
			`${mark} ${word}`,
			said,
			since
		].filter((part) => part !== "").join("; ")],
		["was", course(gate.name, record.rounds)],
		["counts", weight(gate, view)],
		["without it", gate.enforce === "block" && others ? otherEnd(view.verdict, without(record, gate.name)) : ""]
	];
	return [plain(`${gate.name} (${gate.type} of ${gate.source}${where})`, 200), ...rows.flatMap(([name, words]) => words === "" ? [] : wrap(`${name}: ${plain(words, 900)}`, width, 2, 6))];
}
/** `healthy in rounds 1 to 4, NOT healthy in rounds 5 to 7`. */
function course(name, rounds) {
	const runs = [];
	for (const { number, gates } of rounds) {
		const state = gates.find(({ gate }) => gate === name)?.reading?.state ?? "not-evaluated";
		const { word } = states[state];
		const last = runs.at(-1);
		if (last?.word === word) last.to = number;
		else runs.push({
			word,
			from: number,
			to: number
		});
	}
	const words = runs.map(({ word, from, to }) => `${word} in ${from === to ? `round ${from}` : `rounds ${from} to ${to}`}`);
	const left = words.length - 8;
	return left > 0 ? `${plural(left, "earlier change")}; ${words.slice(-8).join(", ")}` : words.join(", ");
}
function weight(gate, { verdict, record }) {
	const after = (record.policy.effective?.gates ?? []).find(({ name }) => name === gate.name)?.["unhealthy-after"];
	if (gate.enforce !== "block") return `${gate.enforce}: it is reported, and decides nothing`;
	if (gate.ignored) return "the policy ignores that it has no evidence";
	if (gate.blamed) {
		const conclusive = gate.reading?.conclusive === true ? ", conclusive at once" : "";
		const confirmed = gate.state === "unhealthy" && conclusive === "" && after !== void 0 ? `, after ${plural(after, "unhealthy round")} in a row` : "";
		return `a reason to ${verdict.decision}${conclusive}${confirmed}`;
	}
	if (gate.state === "healthy") return "blocks, and is no obstacle";
	return gate.state === "unhealthy" && after !== void 0 ? `blocks; unhealthy for ${plural(gate.rounds, "round")} of the ${after} that it takes to stop the train` : "blocks, and holds the train";
}
function otherEnd(verdict, decision) {
	if (!decision) return "";
	const names = (gates) => gates.length === 0 ? "" : ` for ${listed(gates)}`;
	if (decision.reason === "final-check") return "the train would have come to its last look, and gone if that was well";
	if (decision.decision === "hold") return `the train would still have been waiting${names(decision.gates)}`;
	const same = decision.decision === verdict.decision && decision.reason === verdict.reason;
	if (decision.decision === "continue") return same ? "the train would have gone as well" : "the train would have gone";
	return `the train would have stopped${same ? " all the same" : ` (${decision.reason})`}${names(decision.gates)}`;
}
// build/commands/explain-record.js
/** @returns the exit code: 0, 1 when the record was changed since it was written, 2 when it is none */
async function explainRecord(rawHost, file) {
	const opened = await openRecord(rawHost, file);
	if (!opened) return exitCodes.usage;
	const { host, record, sound } = opened;
	host.log(explain(record, host.columns));
	return sound ? exitCodes.continue : exitCodes.stop;
}
export { explainRecord };
