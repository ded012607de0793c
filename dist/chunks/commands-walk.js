import { Gt as movesOf, Jt as subjectOf, Kt as stagePolicy, Xn as stateWords, Yn as percentWords, Zn as iso, at as swapWords, it as sharesWords, ot as trafficWords, qt as stagesOf, vr as oneLine } from "./shared.js";
import { a as readUntil, c as runTrain, i as readState, o as bindGates, r as changeFlag, s as openNamed } from "../index.js";
import { b as formatDuration, p as meaningOf, t as Refused, vt as NotMeasured } from "./base.js";
import { _n as flagBefore, gn as walk } from "./late.js";
// build/reactions/traffic/plan.js
/** Systems keep weights in hundredths of a percent at best. */
const slack = .005;
const near$1 = (a, b) => Math.abs(a - b) < slack;
const of = (weights, target) => Object.hasOwn(weights, target) ? weights[target] ?? 0 : 0;
const keysOf = (...all) => [...new Set(all.flatMap((one) => Object.keys(one)))];
/** Who is not named gets nothing. */
const isShared = (a, b) => keysOf(a, b).every((name) => near$1(of(a, name), of(b, name)));
/** The last swap, if it was after the one that `earlier` tells of. Where a system did not tell, nobody knows. */
function swapSince(now, earlier) {
	const { swapped } = now;
	if (!swapped || earlier.swapped === void 0) return void 0;
	return earlier.swapped === null || Date.parse(swapped.at) > Date.parse(earlier.swapped.at) ? swapped : void 0;
}
const isUnchanged = (now, before) => isShared(now.weights, before.weights) && (now.swapped?.at ?? null) === (before.swapped?.at ?? null);
/**
* What is still to be written, in this order; empty: all is as wanted.
*
* @param since as it was read before an earlier attempt at the same, which may have come about; null: there was none
* @throws {Refused} when it cannot be written here
*/
function stepsTo(wanted, now, control, since) {
	switch (wanted.to) {
		case "weights": {
			const weights = sharedOut(wanted, now.weights, control.rest);
			const step = {
				does: "weights",
				weights,
				bounded: Object.keys(wanted.weights)
			};
			return isShared(now.weights, weights) ? [] : [step];
		}
		case "swap": return swapTo(wanted.from, wanted.with, now, control, since);
		case "restore": {
			const { was } = wanted;
			const swapped = swapSince(since ?? now, was);
			const back = swapped === void 0 ? [] : swapTo(swapped.from, swapped.to, now, control, since);
			const bounded = keysOf(was.weights, now.weights);
			const step = {
				does: "weights",
				weights: was.weights,
				bounded
			};
			return isShared(now.weights, was.weights) ? back : [...back, step];
		}
	}
}
function swapTo(from, to, now, control, since) {
	const step = {
		does: "swap",
		from,
		with: to
	};
	if (since !== null && hasCome(step, now, since)) return [];
	if (!control.swap) throw new Refused("too-complex", "its targets cannot change places", "move the traffic by weights instead");
	if (now.swapped === void 0) throw new Refused("too-complex", "the system does not tell when its targets changed places, so a swap could not be read back", "move the traffic by weights instead");
	return [step];
}
/** Whether what is read now shows the write, and nothing is under way any more. */
function hasCome(step, now, before) {
	if (now.busy !== void 0) return false;
	if (step.does === "weights") return isShared(now.weights, step.weights);
	const swapped = swapSince(now, before);
	return swapped?.from === step.from && swapped.to === step.with;
}
/** The first that gets more than it did before, and more than it was to get. */
function widened(step, now, before) {
	if (step.does === "swap") return void 0;
	return step.bounded.find((name) => of(now.weights, name) > Math.max(of(before.weights, name), of(step.weights, name)) + slack);
}
const refused = (what) => new Refused("refused", what, "change the weights in the policy");
/** The weights of all. @throws {Refused} */
function sharedOut(wanted, now, usual) {
	const { weights, rest } = wanted;
	const named = Object.values(weights);
	const sum = named.reduce((a, b) => a + b, 0);
	if (!named.every((percent) => percent >= 0 && percent <= 100) || sum > 100.005 || named.length === 0) throw refused(`${sharesWords(weights)} cannot be: it takes percentages from 0 to 100 that come to at most 100`);
	const remainder = Number((100 - sum).toFixed(6));
	if (remainder < slack) return weights;
	if (rest !== void 0 && Object.hasOwn(weights, rest)) throw refused(`${rest} is to get ${sharesWords(weights)}, and the rest as well: one of both`);
	const heir = rest ?? (usual !== void 0 && !Object.hasOwn(weights, usual) ? usual : void 0);
	if (heir !== void 0) return {
		...weights,
		[heir]: remainder
	};
	const others = Object.entries(now).filter(([name, percent]) => percent > 0 && !Object.hasOwn(weights, name));
	if (others.length === 0) {
		const message = `nobody else has traffic now that could get the other ${remainder} % (${trafficWords(now)}): name \`rest\``;
		throw refused(message);
	}
	return {
		...weights,
		...apportioned(remainder, others)
	};
}
/** In the proportion of `shares`, in whole percents where all are whole; each gets its part of what is left, the last all of it. */
function apportioned(total, shares) {
	const perPercent = [total, ...shares.map(([, share]) => share)].every(Number.isInteger) ? 1 : 100;
	let left = total;
	let leftShares = shares.reduce((sum, [, share]) => sum + share, 0);
	const parts = shares.map(([name, share], index) => {
		const exact = left * share / leftShares;
		const part = index === shares.length - 1 ? left : Math.round(exact * perPercent) / perPercent;
		left = Number((left - part).toFixed(6));
		leftShares -= share;
		return [name, part];
	});
	return Object.fromEntries(parts);
}
function wantedWords(wanted) {
	if (wanted.to === "weights") return sharesWords(wanted.weights);
	if (wanted.to === "swap") return swapWords(wanted.from, wanted.with);
	return `as it was before: ${trafficWords(wanted.was.weights)}`;
}
const stepWords = (step) => step.does === "swap" ? swapWords(step.from, step.with) : trafficWords(step.weights);
// build/reactions/traffic/change.js
/**
* Moving traffic, whoever holds it: read, check, write once, read back until it is as wanted, and put back what was there if somebody got
* more than before and than wanted. Nothing is believed that was not read back.
*/
/** Never throws. */
async function changeTraffic(changing) {
	const { sourceName, source, wanted, clock } = changing;
	const subject = source.traffic?.subject ?? sourceName;
	const made = {
		before: null,
		after: null,
		written: false
	};
	const say = (outcome, detail, more = {}) => ({
		source: sourceName,
		traffic: subject,
		wanted: wantedWords(wanted),
		outcome,
		at: iso(clock.now()),
		detail: oneLine(detail, 500),
		...more,
		before: made.before,
		after: made.after
	});
	try {
		return await act(changing, made, say);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const next = error instanceof Refused ? error.next : `move the traffic of ${subject} by hand`;
		const code = error instanceof Refused || error instanceof NotMeasured ? error.code : "internal-error";
		if (made.written) return say("not-verified", message, {
			code,
			next: lookNow(subject)
		});
		return say(error instanceof Refused ? "refused" : "not-read", message, {
			code,
			next
		});
	}
}
const lookNow = (subject) => `look at the traffic of ${subject} now, and move it by hand if need be`;
async function act(changing, made, say) {
	const { source, sourceName, wanted, since = null, dryRun = false, unless, verifyMs } = changing;
	const control = source.traffic;
	if (!control) throw new Refused("read-only", `${sourceName} cannot move traffic`, "move it where it is set up");
	const { subject } = control;
	const within = formatDuration(verifyMs);
	const before = await whenIdle(control, changing);
	made.before = trafficOf(before);
	const against = unless?.(made.before);
	if (against !== void 0) throw new Refused("changed-in-between", against, "see who moves it at the same time, then run this again");
	if (before.busy !== void 0) return say("refused", `${subject} is being changed, and was not done within ${within}: ${before.busy}`, {
		code: "busy",
		next: "wait until that is done, then run this again"
	});
	const steps = stepsTo(wanted, before, control, since);
	if (steps.length === 0) {
		made.after = made.before;
		return say("already", `the traffic of ${subject} is ${wantedWords(wanted)} already`);
	}
	const words = steps.map(stepWords).join(", then ");
	if (dryRun) return say("dry-run", `would make it ${words}; now it is ${trafficWords(before.weights)}`);
	let now = before;
	for (const step of steps) {
		const taken = await take(step, now, control, changing, made);
		const { seen } = taken;
		const wide = seen && widened(step, seen, now);
		if (seen && wide !== void 0) return putBack(now, seen, wide, control, changing, made, say);
		if (!seen) {
			const found = made.after === null ? "it could not be read back" : `it is ${trafficWords(made.after.weights)}`;
			const failed = taken.unsure === void 0 ? "" : `; the change may not have been taken: ${taken.unsure.message}`;
			return say("not-verified", `${subject} did not become ${stepWords(step)} within ${within}: ${found}${failed}`, {
				code: taken.unsure?.code ?? "not-verified",
				next: lookNow(subject)
			});
		}
		now = seen;
	}
	if (!made.written) return say("already", `the traffic of ${subject} is ${words}: somebody else was faster`);
	return say("changed", `the traffic of ${subject} is ${words}`);
}
const trafficOf = ({ weights, swapped }) => ({
	weights,
	...swapped === void 0 ? {} : { swapped }
});
/** @returns what was read last: still busy where it was so all the time @throws {NotMeasured} when it cannot be read now */
async function whenIdle(control, changing) {
	let last = await control.read(changing.signal);
	if (last.busy === void 0) return last;
	await readUntil(async () => {
		last = await control.read(changing.signal);
		return last;
	}, ({ busy }) => busy === void 0, changing);
	return last;
}
/**
* Writes and reads back. Where somebody else was faster, it is read again, and written once more if all is as it was.
*
* @throws {Refused} when it is known not to have been taken {NotMeasured} when it cannot be read after such a conflict
*/
async function take(step, before, control, changing, made) {
	let unsure;
	try {
		unsure = await send(step, before, control, changing, made);
	} catch (error) {
		if (!(error instanceof Refused) || error.code !== "changed-in-between") throw error;
		const again = await whenIdle(control, changing);
		made.after = trafficOf(again);
		if (hasCome(step, again, before)) return { seen: again };
		if (again.busy !== void 0 || !isUnchanged(again, before)) throw error;
		unsure = await send(step, again, control, changing, made);
	}
	made.after = null;
	const seen = await readUntil(async () => {
		const now = await control.read(changing.signal);
		made.after = trafficOf(now);
		return now;
	}, (now) => hasCome(step, now, before) || widened(step, now, before) !== void 0, changing);
	return seen === void 0 ? { unsure } : {
		seen,
		unsure
	};
}
/** @returns why nobody knows whether it was taken @throws {Refused} */
async function send(step, before, control, { note, signal }, made) {
	const { written } = made;
	made.written = true;
	try {
		if (step.does === "weights") await control.write(step.weights, before, note, signal);
		else await control.swap?.(step.from, step.with, before, note, signal);
		return;
	} catch (error) {
		if (error instanceof Refused) made.written = written;
		if (!(error instanceof NotMeasured)) throw error;
		return error;
	}
}
/** Time for the requests of putting back, beside that for reading back. */
const requestsMs$1 = 3e4;
/**
* Whoever waits for the change may have ended it by now: this is done all the same.
*
* @param wide who got more
*/
async function putBack(before, seen, wide, control, asked, made, say) {
	const changing = {
		...asked,
		signal: AbortSignal.timeout(asked.verifyMs + requestsMs$1)
	};
	const share = ({ weights }) => percentWords(weights[wide] ?? 0);
	const grew = `after the change ${wide} got ${share(seen)}, before it ${share(before)}`;
	const more = {
		code: "widened",
		next: `move the traffic of ${control.subject} by hand, now`
	};
	const step = {
		does: "weights",
		weights: before.weights,
		bounded: []
	};
	try {
		const now = await whenIdle(control, changing);
		const { seen: restored, unsure } = hasCome(step, now, before) ? {
			seen: now,
			unsure: void 0
		} : await take(step, now, control, changing, made);
		if (restored !== void 0) {
			made.after = trafficOf(restored);
			return say("reverted", `${grew}; what was there was put back`, more);
		}
		return say("not-reverted", `${grew}; putting back what was there did not show${unsure === void 0 ? "" : `: ${unsure.message}`}`, more);
	} catch (error) {
		return say("not-reverted", `${grew}; what was there could not be put back: ${error instanceof Error ? error.message : String(error)}`, more);
	}
}
// build/train/where.js
/** Whether what a stage is to move stands where the walk left it. Where it does not, somebody else moves it. Pure. */
const near = (a, b) => Math.abs(a - b) < .005;
function isAt(state, percent) {
	const { lo, hi } = state.exposure;
	if (percent === 0) return state.reach === "nobody";
	return near(lo, percent) && near(hi, percent) && state.enabled !== false;
}
/** @returns what speaks against moving the flag from where it stands */
const standsElsewhere = ({ stages, index, resuming }) => (before) => {
	const move = stages[index]?.move;
	const from = flagBefore(stages, index);
	const to = move?.kind === "flag" ? move.percent : from;
	if (isAt(before, from) || resuming && isAt(before, to)) return void 0;
	const words = (percent) => percent === 0 ? "off" : `on for ${percentWords(percent)}`;
	const hint = resuming ? "the run that is resumed did not leave it so" : "somebody else moves it, or another run rolls it out; resume that run with its record, or switch the flag off first";
	return `${before.key} is ${stateWords(before)}, expected ${words(from)}${resuming && to !== from ? ` or ${words(to)}` : ""}: ${hint}`;
};
/** @returns what speaks against moving the traffic from where it stands */
const trafficElsewhere = ({ stages, index, resuming }) => ({ weights }) => {
	const move = stages[index]?.move;
	if (move?.kind !== "weights") return void 0;
	const at = (target) => weights[target] ?? 0;
	const { weights: wanted } = move;
	if (resuming && Object.entries(wanted).every(([target, percent]) => near(at(target), percent))) return void 0;
	const last = stages.slice(0, index).findLast((stage) => stage.move && subjectOf(stage.move) === subjectOf(move))?.move;
	if (last?.kind === "weights") {
		const wrong = Object.entries(last.weights).find(([target, percent]) => !near(at(target), percent));
		return wrong ? `${wrong[0]} gets ${percentWords(at(wrong[0]))} of the traffic, expected ${percentWords(wrong[1])} as the stage before leaves it: ${someoneElse}` : void 0;
	}
	const wide = Object.entries(wanted).find(([target, percent]) => at(target) > percent + .005);
	return wide ? `${wide[0]} gets ${percentWords(at(wide[0]))} of the traffic already, expected at most ${percentWords(wide[1])} before the new version gets any: is it the live side, or does another run move it?` : void 0;
};
const someoneElse = "somebody else moves it, or another run does; resume that one, or put the traffic back first";
// build/commands/walk.js
/** Time for the requests themselves, beside that for what is busy and for reading back. */
const requestsMs = 3e4;
async function walkStages(options) {
	const { policy, context, note, cancel, random, from, to } = options;
	const { clock } = context;
	const stages = stagesOf(policy);
	const moves = movesOf(policy);
	const verifyMs = moves["verify-within"];
	const common = () => ({
		note,
		verifyMs,
		clock,
		signal: AbortSignal.timeout(2 * verifyMs + requestsMs)
	});
	let soFar;
	const tell = (now) => {
		soFar = now;
		options.onProgress(now);
	};
	/** Kept before the write, so that a job which is killed in the middle of it leaves behind what the next one needs. */
	const keepBefore = (step, before) => {
		if (soFar) tell({
			...soFar,
			walked: soFar.walked.map((one) => one.step === step ? {
				...one,
				before
			} : one)
		});
	};
	const preFlight = await inTheWay(options, stages);
	if (preFlight !== void 0) {
		const decision = {
			decision: "stop",
			reason: "not-moved",
			gates: [],
			sentence: preFlight
		};
		return {
			walk: {
				stages: stages.map(({ name }) => ({
					name,
					move: null
				})),
				from,
				to,
				resumed: options.resumed,
				walked: [],
				end: []
			},
			decision
		};
	}
	return walk({
		stages,
		from,
		to,
		moves,
		clock,
		cancel,
		deployedAt: options.deployedAt,
		resumed: options.resumed,
		earlier: options.earlier,
		...options.mayBegin && { mayBegin: options.mayBegin },
		onProgress: tell,
		async move(step, stage, { resuming, before }) {
			const { move } = stage;
			if (!move) throw new Error(`the stage ${stage.name} moves nothing`);
			const at = {
				sourceName: move.source,
				source: openNamed(policy, move.source, context),
				...common()
			};
			const where = {
				stages,
				index: step - 1,
				resuming
			};
			if (move.kind === "flag") {
				const wanted = flagWanted(move.percent);
				const unless = standsElsewhere(where);
				return changeFlag({
					...at,
					flag: move.flag,
					meaning: meaningOf(move),
					wanted,
					unless
				});
			}
			if (move.kind === "weights") {
				const { weights, rest } = move;
				const wanted = {
					to: "weights",
					weights,
					...rest === void 0 ? {} : { rest }
				};
				return changeTraffic({
					...at,
					wanted,
					unless: trafficElsewhere(where)
				});
			}
			const unless = (now) => {
				if (before === void 0) keepBefore(step, now);
			};
			return changeTraffic({
				...at,
				wanted: {
					to: "swap",
					from: move.from,
					with: move.with
				},
				since: before ?? null,
				unless
			});
		},
		retreat: (back) => insist(() => retreat(back, policy, context, common), context, verifyMs),
		async bake(step, since) {
			const stage = stagePolicy(policy, step - 1);
			const earlier = options.rounds.filter((round) => round.step === step);
			const { name } = stages[step - 1] ?? { name: "" };
			const began = earlier[0] ? Date.parse(earlier[0].began) : clock.now();
			options.onStage(`stage ${name}, ${step} of ${stages.length}`, began, stage);
			const { decision } = await runTrain({
				gates: bindGates(stage, context),
				evaluation: stage.evaluation,
				deployedAt: since,
				clock,
				random,
				cancel,
				onRound: options.onRound,
				after: {
					rounds: options.rounds.length - earlier.length,
					step
				},
				earlier,
				parkAt: options.parkAt
			});
			return decision;
		}
	});
}
const flagWanted = (percent) => percent === 0 ? { to: "off" } : {
	to: "rollout",
	percent
};
/** First wait before what could not be read is tried again; doubles. */
const retryMs = 2e3;
/** Users are on the side that is not good: a system that does not answer is asked again. What may have been written is not written twice. */
async function insist(retreats, { clock }, forMs) {
	const until = clock.now() + Math.max(forMs, 6e4);
	for (let wait = retryMs;; wait *= 2) {
		const went = await retreats();
		if (went.outcome !== "not-read" || clock.now() + wait > until) return went;
		await clock.sleep(wait);
	}
}
async function retreat({ move, to }, policy, context, common) {
	const at = {
		sourceName: move.source,
		source: openNamed(policy, move.source, context),
		...common()
	};
	if (move.kind === "flag") {
		const percent = to.kind === "flag" ? to.percent : 0;
		return changeFlag({
			...at,
			flag: move.flag,
			meaning: meaningOf(move),
			wanted: flagWanted(percent)
		});
	}
	switch (to.kind) {
		case "weights": return changeTraffic({
			...at,
			wanted: {
				...to,
				to: "weights"
			}
		});
		case "restore": return changeTraffic({
			...at,
			wanted: {
				to: "restore",
				was: to.was
			}
		});
		case "swap-back": return swapBack(to, move, at);
		default: throw new Error("traffic has no percentage of a flag");
	}
}
/** Swaps once more only where it is known that the first one came about: what nobody knows is not doubled. */
async function swapBack({ before, after }, move, at) {
	const { from, with: other } = move;
	const swapped = (traffic) => traffic?.swapped?.at ?? null;
	if (after !== null && swapped(after) !== swapped(before)) return changeTraffic({
		...at,
		wanted: {
			to: "swap",
			from,
			with: other
		},
		since: after
	});
	if (before !== null) return changeTraffic({
		...at,
		wanted: {
			to: "restore",
			was: before
		}
	});
	const unless = () => `it is not known whether ${from} and ${other} changed places, so they are left as they are`;
	return changeTraffic({
		...at,
		wanted: {
			to: "swap",
			from,
			with: other
		},
		unless
	});
}
/** Before anything moves: what would be in the way of moving a flag, or of switching it off again. */
async function inTheWay({ policy, context, cancel, from, to, resumed }, stages) {
	const seen = /* @__PURE__ */ new Set();
	const preFlight = policy.rollout?.["pre-flight"] ?? "block";
	if (preFlight === "warn" || preFlight === "off") return void 0;
	for (const { move } of stages.slice(from - 1, to)) {
		if (move?.kind !== "flag" || seen.has(`${move.source} ${move.flag}`)) continue;
		seen.add(`${move.source} ${move.flag}`);
		const { flag } = move;
		const signal = AbortSignal.any([cancel, AbortSignal.timeout(requestsMs)]);
		try {
			const state = await readState(openNamed(policy, move.source, context), flag, meaningOf(move), signal);
			if (!state.exists) return `there is no flag ${flag}: check its name and environment`;
			if (state.kill.possible === false || state.kill.possible === null && preFlight === "prove") return `${flag} could not be switched off again, so it is not rolled out: ${state.kill.why ?? state.kill.blockedBy ?? "no reason given"}`;
			if (state.whenOff !== "off") return `once ${flag} is off it serves ${state.whenOff === "on" ? "the new code" : `what is not known to be the old code (${state.whenOff})`}, so it is not rolled out`;
		} catch (error) {
			if (!(error instanceof NotMeasured)) throw error;
			return `${flag} could not be read before it is rolled out${resumed === null ? "" : " further"}: ${error.message}`;
		}
	}
}
export { walkStages };
