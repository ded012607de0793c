import { Bn as round, C as cancelled, Fn as decision, Vn as walk, Zn as iso, sr as plural } from "./shared.js";
import { l as buildRecord } from "../index.js";
import { V as literal, Y as nullable, Z as number, _t as variant, ct as safeParse, dt as string, gt as unknown, it as pipe, s as sha256, ut as strictObject, z as isoTimestamp } from "./base.js";
import { mn as replay } from "./late.js";
import { dirname } from "node:path";
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
// build/record/journal.js
/**
* The journal of a run: what it did so far, written as it is done, so that a job which is parked, or killed at any moment, is gone on with
* by the next one. A text of lines, each the SHA-256 over the hash before it and its JSON, a space, and that JSON. Pure.
*/
const text = string();
const instant = pipe(string(), isoTimestamp());
const run = {
	run: nullable(text),
	actor: nullable(text),
	began: instant
};
const entry = variant("kind", [
	strictObject({
		kind: literal("begin"),
		/** Version of this format. */
		journal: literal(1),
		...run,
		service: nullable(text),
		release: strictObject({
			sha: nullable(text),
			version: nullable(text),
			environment: nullable(text),
			deployedAt: instant
		}),
		/** Stages that are to be proven; 0 to 0: the policy has none. */
		from: number(),
		to: number(),
		/** As it is in the record. */
		policy: unknown()
	}),
	strictObject({
		kind: literal("resume"),
		...run
	}),
	strictObject({
		kind: literal("round"),
		round
	}),
	strictObject({
		kind: literal("walk"),
		walk
	}),
	strictObject({
		kind: literal("end"),
		decision
	})
]);
/** @param before hash of the line before; '' for the first */
function lineOf(before, written) {
	const json = JSON.stringify(written);
	const hash = sha256(before + json);
	return {
		line: `${hash} ${json}\n`,
		hash
	};
}
/** @returns undefined for a text without a whole line; what is wrong where it is no journal, or was changed */
function readJournal(written) {
	const end = written.lastIndexOf("\n");
	const lines = end < 0 ? [] : written.slice(0, end).split("\n");
	if (lines.length === 0) return void 0;
	const entries = [];
	let hash = "";
	for (const [index, line] of lines.entries()) {
		const at = line.indexOf(" ");
		const json = line.slice(at + 1);
		if (sha256(hash + json) !== line.slice(0, at)) return { wrong: `line ${index + 1} is not as it was written, or it is no journal of Signalbox` };
		hash = line.slice(0, at);
		if (!safeParse(entry, JSON.parse(json)).success) return { wrong: `line ${index + 1} is of another version of Signalbox` };
		entries.push(JSON.parse(json));
	}
	const [begin] = entries;
	if (begin?.kind !== "begin") return { wrong: "it does not begin with the beginning of a run" };
	return {
		begin,
		...gathered(entries),
		bytes: Buffer.byteLength(written.slice(0, end + 1)),
		hash
	};
}
function gathered(entries) {
	const runs = [];
	const rounds = [];
	const dropCutOff = () => {
		const last = runs.at(-1);
		if (!last || rounds.at(-1)?.decision.reason !== "cancelled") return;
		rounds.pop();
		last.rounds -= 1;
	};
	for (const one of entries) {
		if (one.kind === "begin" || one.kind === "resume") {
			dropCutOff();
			runs.push({
				run: one.run,
				actor: one.actor,
				began: one.began,
				rounds: 0
			});
		}
		const last = runs.at(-1);
		if (one.kind === "round" && last) {
			rounds.push(one.round);
			last.rounds += 1;
		}
	}
	dropCutOff();
	return {
		runs,
		rounds,
		walk: entries.flatMap((one) => one.kind === "walk" ? [one.walk] : []).at(-1),
		ended: entries.at(-1)?.kind === "end"
	};
}
// build/commands/state.js
/** The input `state`: a file in which a run keeps its journal, and from which the next job goes on. */
/** @param redact what must not be written down is not */
function openState(file, about, redact) {
	let found;
	try {
		const read = readJournal(readFileSync(file, "utf8"));
		if (read && "wrong" in read) return { wrong: `\`${file}\`: ${read.wrong}; look into it, then delete it` };
		found = read?.ended ? void 0 : read;
	} catch (error) {
		if (error.code !== "ENOENT") return { wrong: `\`${file}\` cannot be read: ${error.message}` };
	}
	const against = found && differs(found, about);
	if (found && against !== void 0) {
		if (found.walk?.walked.some(({ moved }) => moved !== null)) return { wrong: `\`${file}\` holds an unfinished run that moved something, ${against}: go on with that one first, or put back what it moved and delete the file` };
		found = void 0;
	}
	return {
		earlier: found && earlierOf(found),
		note: against && `begins anew: \`${file}\` holds an unfinished run, ${against}`,
		keep: keeping(file, about, found, redact)
	};
}
function differs({ begin }, about) {
	const words = (release) => [
		release.version,
		release.sha,
		release.environment
	].filter(Boolean).join(", ");
	const { sha, version, environment } = begin.release;
	if (!(sha === about.release.sha && version === about.release.version && environment === about.release.environment) || begin.service !== about.service) return `of another release (${[begin.service, words(begin.release)].filter(Boolean).join(" ")})`;
	if (begin.from !== about.from || begin.to !== about.to) return "of other stages";
	if (JSON.stringify(begin.policy) !== JSON.stringify(about.policy)) return "with another policy";
}
function earlierOf({ begin, runs, rounds, walk }) {
	return {
		runs: [...runs],
		began: Date.parse(begin.began),
		deployedAt: Date.parse(begin.release.deployedAt),
		rounds,
		walk: walk && {
			...walk,
			walked: walk.walked.map(withoutTheCut)
		}
	};
}
/** A stage that was cut off goes on as if it had not been. */
const withoutTheCut = (one) => one.decision?.reason === "cancelled" ? {
	...one,
	decision: null
} : one;
function keeping(file, about, found, redact) {
	let hash = found?.hash ?? "";
	const append = (entry) => {
		const { line, hash: next } = lineOf(hash, redact(entry));
		const open = openSync(file, "a");
		try {
			writeSync(open, line);
			fsyncSync(open);
		} finally {
			closeSync(open);
		}
		hash = next;
	};
	return {
		begin({ run, actor, began }, deployedAt) {
			const job = {
				run,
				actor,
				began: iso(began)
			};
			if (found) {
				truncateSync(file, found.bytes);
				append({
					kind: "resume",
					...job
				});
				return;
			}
			mkdirSync(dirname(file), { recursive: true });
			closeSync(openSync(file, "w"));
			const release = {
				...about.release,
				deployedAt: iso(deployedAt)
			};
			const { service, from, to, policy } = about;
			append({
				kind: "begin",
				journal: 1,
				...job,
				service,
				release,
				from,
				to,
				policy
			});
		},
		round: (round) => append({
			kind: "round",
			round
		}),
		walk: (walk) => append({
			kind: "walk",
			walk
		}),
		end: (decision) => append({
			kind: "end",
			decision
		})
	};
}
/** Opens the state that the run is kept in, and says what it goes on with. @returns undefined: nothing is kept */
async function keptRun({ policy, file, stages, host, redactor, gates }) {
	if (file === void 0) {
		if (policy.evaluation["park-after"] === void 0) return void 0;
		return {
			at: ["evaluation", "on-hold"],
			wrong: "expected the input `state` beside `park`: where the run is kept"
		};
	}
	const { facts } = host;
	const release = {
		sha: policy.release.sha ?? facts.sha ?? null,
		version: policy.release.version ?? null,
		environment: policy.release.environment ?? facts.environment ?? null
	};
	const state = openState(file, redactor.data({
		service: policy.service ?? null,
		release,
		...stages,
		policy
	}), (value) => redactor.data(value));
	if ("wrong" in state) return { wrong: `input \`state\`: ${state.wrong}` };
	if (state.note !== void 0) host.log(state.note);
	const { earlier } = state;
	const forged = earlier && await unproven(policy, gates, earlier);
	if (forged !== void 0) return { wrong: `input \`state\`: in \`${file}\` ${forged} is not what its rounds come to; look into it, then delete it` };
	if (earlier) host.log(`goes on with the run that began at ${iso(earlier.began)}: ${plural(earlier.rounds.length, "round")} so far`);
	return state;
}
/**
* Stages that are not walked again must follow from their rounds, whatever is written of them.
*
* @returns what does not
*/
async function unproven(policy, gates, { walk, rounds, began, deployedAt }) {
	const done = walk?.walked.filter(({ decision }) => decision !== null && decision.decision !== "hold");
	if (!walk || !done?.length) return void 0;
	const steps = new Set(done.map(({ step }) => step));
	const verdict = cancelled(rounds.length);
	const record = buildRecord({
		tool: {
			name: "",
			version: ""
		},
		host: {
			kind: "terminal",
			facts: {}
		},
		policyFile: void 0,
		policySha256: "",
		policy,
		...gates && { gates },
		observe: false,
		began,
		deployedAt
	}, {
		rounds: rounds.filter(({ step }) => steps.has(step)),
		verdict,
		problems: [],
		ended: began,
		walk: {
			...walk,
			walked: done,
			end: []
		}
	});
	return (await replay(record)).differences[0]?.where;
}
export { keptRun };
