import { Zn as iso, o as brokenSeal, qt as stagesOf } from "./shared.js";
import { hn as moveWords, mn as replay, yn as readRecord } from "./late.js";
// build/commands/resume.js
/** What a record says of where to go on, or why it cannot be gone on with. */
async function resumeFrom(file, policy) {
	const stages = stagesOf(policy);
	if (stages.length === 0) return { wrong: "the policy has no `stages` and no `rollout` to go on with" };
	const read = await readRecord(file);
	if ("wrong" in read) return read;
	const { record, text } = read;
	const broken = brokenSeal(text, record);
	if (broken !== void 0) return { wrong: `${file}: ${broken}` };
	const { walk, decision, release } = record;
	const last = walk?.walked.at(-1);
	if (!walk || !last?.decision) return { wrong: `${file} tells of no stage that began` };
	const wanted = stages.map(({ name, move }) => ({
		name,
		move: move ? moveWords(move) : null
	}));
	if (JSON.stringify(walk.stages) !== JSON.stringify(wanted)) return { wrong: `${file} is about other stages: ${walk.stages.map(({ name, move }) => move === null ? name : `${name} (${move})`).join("; ")}` };
	const sha = policy.release.sha ?? null;
	if (release.sha !== sha || release.environment !== (policy.release.environment ?? null)) return { wrong: `${file} is about another release; what was proven of that proves nothing of this one` };
	if (!["cancelled", "frozen"].includes(decision.reason)) return { wrong: `the run of ${file} was not cancelled (${decision.decision}, ${decision.reason}): begin anew` };
	const [different] = (await replay(record)).differences;
	if (different) return { wrong: `${file} is not what its evidence comes to (${different.where}): begin anew` };
	return { resumed: {
		step: last.decision.decision === "continue" ? last.step + 1 : last.step,
		run: record.host.run,
		began: iso(Date.parse(record.began))
	} };
}
export { resumeFrom };
