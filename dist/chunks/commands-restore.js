import { Ft as Redactor, Jn as isDone, Qn as systemClock, Xn as stateWords, d as load, lr as createHttp, qt as stagesOf, r as exitCodes, t as readSettings, u as identityOf, vr as oneLine, yr as guarded } from "./shared.js";
import { r as changeFlag, s as openNamed } from "../index.js";
import { p as meaningOf } from "./base.js";
import { yn as readRecord } from "./late.js";
// build/commands/restore.js
/** `signalbox flags restore RECORD`: puts flags back to what a run found before it changed them. */
/** What a run switched off at its end, in the opposite order. A stage that was left is no loss, and is not undone. */
function leftBy({ reactions = [], walk }) {
	const changes = [...walk?.end.flatMap((moved) => "flag" in moved ? [moved] : []) ?? [], ...reactions.flatMap((r) => r.flag ?? [])];
	const left = /* @__PURE__ */ new Map();
	for (const { source, flag, before, after, undo, outcome } of changes) {
		const key = JSON.stringify([source, flag]);
		if ((outcome === "changed" || outcome === "not-verified" || outcome === "not-reverted") && before && undo !== void 0 && !left.has(key)) left.set(key, {
			source,
			flag,
			was: before,
			undo,
			after
		});
	}
	return [...left.values()].reverse();
}
/** @returns the exit code: 0 when all is as it was, 1 when something is not, 2 when the usage, the record or the policy is wrong */
async function restore(rawHost, file, run) {
	const redactor = new Redactor();
	const host = guarded(rawHost, redactor);
	const say = (level, message) => host.annotate({
		level,
		title: "Signalbox",
		message
	});
	const read = await readRecord(file);
	if ("wrong" in read) {
		say("error", read.wrong);
		return exitCodes.usage;
	}
	const left = leftBy(read.record);
	if (left.length === 0) {
		host.log(`${file}: that run switched no flag off, so there is nothing to put back`);
		return exitCodes.continue;
	}
	const settings = await readSettings(host);
	const loaded = await load(settings, host, run.env);
	for (const secret of loaded.secrets) host.secret(secret);
	const problems = [...settings.problems, ...settings.text === "" ? [] : loaded.problems];
	for (const problem of problems) host.annotate({
		level: "error",
		title: "Signalbox policy",
		...problem
	});
	if (!loaded.policy || problems.length > 0) return exitCodes.usage;
	const context = {
		clock: systemClock,
		http: createHttp({ clock: systemClock }),
		workspace: process.cwd(),
		identity: identityOf(host, run.env)
	};
	let all = true;
	for (const one of left) {
		const done = await putBack(one, loaded.policy, context, {
			...run,
			observe: settings.observe,
			file
		});
		const words = `${done.flag} in ${done.source}: ${done.outcome}: ${done.detail}`;
		if (isDone(done)) host.log(`${done.outcome === "dry-run" ? "–" : "✓"} ${words}`);
		else {
			all = false;
			say("error", `${words}${done.next === void 0 ? "" : `. Next: ${done.next}`}`);
		}
	}
	return all ? exitCodes.continue : exitCodes.stop;
}
async function putBack({ source: sourceName, flag, was, undo, after }, policy, context, { cancel, observe, file }) {
	const verifyMs = 6e4;
	try {
		return await changeFlag({
			sourceName,
			source: openNamed(policy, sourceName, context),
			flag,
			wanted: {
				to: "restore",
				was,
				undo
			},
			meaning: meaningFor(policy, sourceName, flag),
			note: oneLine(`Signalbox: put back what ${file} found`, 250),
			verifyMs,
			dryRun: observe,
			unless: (now) => changedSince(now, after, was),
			clock: context.clock,
			signal: AbortSignal.any([cancel, AbortSignal.timeout(9e4)])
		});
	} catch (error) {
		const detail = error instanceof Error ? error.message : String(error);
		return {
			source: sourceName,
			flag,
			wanted: "as it was before",
			outcome: "not-read",
			at: new Date(context.clock.now()).toISOString(),
			detail,
			before: null,
			after: null
		};
	}
}
const sameExposure = (a, b) => a.enabled === b.enabled && a.exposure.lo === b.exposure.lo && a.exposure.hi === b.exposure.hi && a.reach === b.reach;
/** A person who has switched it since knows more than the record. */
function changedSince(now, after, was) {
	if (after === null || sameExposure(now, after) || sameExposure(now, was)) return void 0;
	return `${now.key} is ${stateWords(now)}, but the run left it ${stateWords(after)}: somebody has changed it since`;
}
/** As the part of the policy that changed it speaks of on and off. */
function meaningFor(policy, source, flag) {
	const config = policy["on-stop"].find((c) => c.source === source && c.flag.includes(flag)) ?? stagesOf(policy).map(({ move }) => move).find((move) => move?.kind === "flag" && move.source === source && move.flag === flag);
	if (!config || "kind" in config && config.kind !== "flag") throw new Error(`the policy no longer changes ${flag} in ${source}: give the policy of that run`);
	return meaningOf(config);
}
export { restore };
