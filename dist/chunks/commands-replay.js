import { Mt as plain, xr as plural } from "./shared.js";
import { A as gateTypeOf, S as exitCodes, _ as stageOf, d as judgeRound, f as advance, h as decisionFor, i as openRecord, l as cancelled, m as initialState, o as walk, p as decide, u as phaseOf } from "../index.js";
// build/train/replay.js
/**
* A record gone through again: from its policy and the answers in it every reading, every round's decision and the verdict are made anew
* and held against what stands there. Pure; nothing is asked. What nobody can make again is taken as it stands: that somebody
* cancelled, that Signalbox itself failed, what became of a flag that was moved. Each of these stops the train, or is followed by rounds
* that are gone through.
*/
/** A stop for which no evidence is needed: nothing was measured, or what was measured did not decide it. */
const external = /* @__PURE__ */ new Set([
	"cancelled",
	"policy-error",
	"internal-error",
	"not-moved"
]);
/** @throws {Error} when the record holds no policy that gates can be made from */
async function replay(record) {
	const differences = [];
	const expect = (where, recorded, replayed) => {
		const [a, b] = [stable(recorded), stable(replayed)];
		if (a !== b) differences.push({
			where,
			recorded: a,
			replayed: b
		});
	};
	const { rounds, verdict, rollout } = record;
	let outcome;
	if (rounds.length > 0 || rollout) {
		const policy = policyOf(record);
		const deployedAt = Date.parse(record.release.deployedAt ?? "");
		outcome = rollout && policy.rollout ? await replayRollout(record, policy, policy.rollout, expect) : train({
			record,
			policy,
			rounds,
			deployedAt,
			before: 0
		}, expect);
	}
	if (verdict.decision === "continue" && outcome === void 0) expect("verdict", verdict, "no evidence to continue by");
	else if (outcome && !(verdict.decision === "stop" && external.has(verdict.reason))) expect("verdict", verdict, outcome);
	if (verdict.decision === "hold") expect("verdict", verdict, "a record ends with continue or stop");
	expect("decision", record.decision, decisionFor(verdict, record.observe));
	const readings = rounds.reduce((sum, round) => sum + round.gates.length, 0);
	return {
		rounds: rounds.length,
		readings,
		verdict: outcome,
		differences
	};
}
/** Values that JSON writes alike are alike, whatever the order of their keys. */
const stable = (value) => JSON.stringify(value, (_, x) => typeof x === "object" && x !== null && !Array.isArray(x) ? Object.fromEntries(Object.entries(x).sort(([a], [b]) => a < b ? -1 : 1)) : x) ?? "nothing";
/** The record types it as unknown, since it may come from another version. */
function policyOf({ policy: { effective } }) {
	const policy = effective;
	if (!policy || !Array.isArray(policy.gates) || typeof policy.evaluation !== "object") throw new Error("it holds no policy to judge by");
	return policy;
}
/** One train. @returns what it comes to; the rounds that hold are cut off by a cancellation */
function train({ record, policy, rounds, deployedAt, before }, expect) {
	const { gates: rules, evaluation } = policy;
	const bound = rules.map((config) => {
		const type = gateTypeOf(config.type);
		if (!type) throw new Error(`there is no gate of type ${config.type}`);
		const settle = record.gates.find(({ name }) => name === config.name)?.settle ?? 0;
		return {
			config,
			gate: type.bind(config),
			settle
		};
	});
	const settledAt = deployedAt + evaluation.warmup;
	const deadline = Date.parse(rounds[0]?.began ?? "") + evaluation.deadline;
	const memories = /* @__PURE__ */ new Map();
	let state = initialState;
	let decision;
	for (const [index, round] of rounds.entries()) {
		const where = `round ${round.number}`;
		if (decision && decision.decision !== "hold") expect(where, "a round", `none: ${decision.decision} before it`);
		const now = Date.parse(round.began);
		expect(`${where}, number`, round.number, before + index + 1);
		const phase = phaseOf(decision?.reason === "final-check", now, settledAt);
		expect(`${where}, phase`, round.phase, phase);
		expect(`${where}, gates`, round.gates.map(({ gate }) => gate), rules.map(({ name }) => name));
		const readings = new Map(bound.map((one) => {
			const { name } = one.config;
			const recorded = round.gates.find(({ gate }) => gate === name);
			const moment = {
				now,
				deployedAt,
				settledAt,
				completeTo: now - one.settle
			};
			const { reading, memory } = judgeRound(one, recorded?.answers ?? [], moment, memories.get(name));
			memories.set(name, memory);
			expect(`${where}, ${name}`, recorded?.reading, reading);
			return [name, reading];
		}));
		state = advance(state, {
			at: now,
			phase,
			readings
		}, rules, evaluation);
		decision = round.decision.reason === "cancelled" && index === rounds.length - 1 ? cancelled(round.number) : decide(state, rules, evaluation, {
			now: Date.parse(round.ended),
			deadline
		});
		expect(`${where}, decision`, round.decision, decision);
	}
	return decision && decision.decision !== "hold" ? decision : cancelled(before + rounds.length);
}
/** The walk again: the flag goes as the record says that it went, and each step is what its rounds come to. */
async function replayRollout(record, policy, config, expect) {
	const { rollout } = record;
	if (!rollout) return void 0;
	const { walked, resumed, end } = rollout;
	const cut = /* @__PURE__ */ new Error("cut off");
	let moves = 0;
	let rounds = 0;
	const moved = async () => {
		const found = walked[moves]?.moved;
		moves += 1;
		if (!found) throw cut;
		return found;
	};
	const bake = async (step, percent) => {
		const one = walked.find((entry) => entry.step === step);
		if (!one?.decision) throw cut;
		const own = record.rounds.filter((round) => round.step === step);
		const before = rounds;
		rounds += own.length;
		if (one.decision.reason === "internal-error") return one.decision;
		const deployedAt = Date.parse(one.since ?? "");
		const decision = train({
			record,
			policy: stageOf(policy, config, percent),
			rounds: own,
			deployedAt,
			before
		}, expect);
		expect(`step ${step}`, one.decision, decision);
		return decision;
	};
	const options = {
		config,
		clock: {
			now: () => 0,
			sleep: () => Promise.resolve()
		},
		cancel: new AbortController().signal,
		resumed,
		move: moved,
		retreat: async () => end ?? walked.at(-1)?.moved,
		bake,
		onProgress: () => void 0
	};
	const done = await walk(options).catch((error) => {
		if (error !== cut) throw error;
	});
	expect("rounds of the steps", record.rounds.length, rounds);
	return done?.decision;
}
// build/commands/replay.js
/** More would only say again that something else follows. */
const mostDifferences = 10;
/** @returns the exit code: 0 when the same follows, 1 when the record was changed or something else follows, 2 when it is no record */
async function replayRecord(rawHost, file, version) {
	const opened = await openRecord(rawHost, file);
	if (!opened) return exitCodes.usage;
	const { host, record, sound } = opened;
	const say = (message) => host.annotate({
		level: "error",
		title: "Signalbox",
		message: plain(`${file}: ${message}`, 1e3)
	});
	let made;
	try {
		made = await replay(record);
	} catch (error) {
		say(`it cannot be gone through again: ${error.message}`);
		return exitCodes.stop;
	}
	const { differences, rounds, readings } = made;
	for (const difference of differences.slice(0, mostDifferences)) say(differenceWords(difference));
	const more = differences.length - mostDifferences;
	if (more > 0) say(`${plural(more, "more difference")}`);
	const { tool, decision, digest } = record;
	if (tool.version !== version) host.log(`made by Signalbox ${tool.version}, gone through by ${version}: what differs may be the version`);
	if (!sound || differences.length > 0) return exitCodes.stop;
	const from = rounds === 0 ? "no round was made" : `${plural(readings, "reading")} in ${plural(rounds, "round")}`;
	host.log(`${decision.decision} (${decision.reason}) follows again: ${from}; the record is as it was written, ${digest}`);
	return exitCodes.continue;
}
const differenceWords = ({ where, recorded, replayed }) => `${where}: the record says ${shortened(recorded)}, but from its evidence follows ${shortened(replayed)}`;
const shortened = (text) => text.length <= 350 ? text : `${text.slice(0, 350)}…`;
export { replayRecord };
