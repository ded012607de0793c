import { $t as sourceTypeOf, Ft as Redactor, Pn as gateTypeOf, Ut as sourceOf, Vt as annotatedSource, Yt as writtenGates, d as load, qt as stagesOf, r as exitCodes, t as readSettings, yr as guarded } from "./shared.js";
import { bn as adviseStanding } from "./late.js";
// build/commands/check.js
/** `signalbox check`: everything that is wrong with a policy, and advice, without asking any source. */
/** @returns the exit code: 0 when the policy can be run, 2 when not */
async function check(rawHost, env, now = Date.now) {
	const host = guarded(rawHost, new Redactor());
	const settings = await readSettings(host);
	const loaded = await load(settings, host, env, true);
	for (const secret of loaded.secrets) host.secret(secret);
	const { locate } = loaded;
	const standing = loaded.policy ? await adviseStanding({
		policy: loaded.policy,
		settings,
		workspace: process.cwd(),
		locate
	}, now()) : {
		problems: [],
		advice: []
	};
	const problems = [
		...settings.problems,
		...settings.text === "" ? [] : loaded.problems,
		...standing.problems
	];
	const advice = [
		...loaded.unset,
		...loaded.policy ? await lint(loaded.policy, loaded) : [],
		...standing.advice
	];
	for (const problem of problems) host.annotate({
		level: "error",
		title: "Signalbox policy",
		...problem
	});
	for (const remark of advice) host.annotate({
		level: "warning",
		title: "Signalbox policy",
		...remark
	});
	const name = settings.file ?? "the policy";
	const { policy } = loaded;
	if (problems.length > 0) host.log(`${name}: ${problems.length} wrong, ${advice.length} to think about`);
	else if (policy) {
		const gates = writtenGates(policy).map(({ gate }) => gate);
		const blocking = gates.filter((g) => g.enforce === "block").length;
		host.log(`${name}: valid, ${gates.length === 1 ? "1 gate" : `${gates.length} gates`}, ${blocking} of them blocking; ${advice.length} to think about`);
	} else host.log(`${name}: valid as far as it can be told without the values that are not set`);
	return problems.length > 0 ? exitCodes.usage : exitCodes.continue;
}
/** Long enough for every gate to ask something. */
const hourMs = 36e5;
/** Advice on a valid policy. */
async function lint(policy, loaded) {
	const advice = [];
	const used = /* @__PURE__ */ new Set([
		...writtenGates(policy).map(({ gate }) => gate.source),
		annotatedSource(policy.release["deployed-at"]),
		...policy["on-stop"].flatMap(({ source, probe }) => [source, probe?.with]),
		...stagesOf(policy).map(({ move }) => move?.source)
	]);
	for (const name of Object.keys(policy.sources)) if (!used.has(name)) advice.push(loaded.locate(["sources", name], `no gate asks the source \`${name}\``));
	for (const { gate: config, path } of writtenGates(policy)) {
		if (config.preparation) continue;
		const gateType = gateTypeOf(config.type);
		const source = sourceOf(policy, config);
		const sourceType = sourceTypeOf(source?.type);
		const said = /* @__PURE__ */ new Set();
		for (const { key, message } of gateType?.lint?.(config) ?? []) advice.push(loaded.locate([...path, key], message));
		const moment = {
			now: hourMs,
			deployedAt: 0,
			settledAt: 0,
			completeTo: hourMs
		};
		for (const [role, question] of gateType?.bind(config).questions(moment) ?? []) {
			const remarks = [...sourceType?.lint?.(question, { warmupMs: policy.evaluation.warmup }) ?? [], ...await sourceType?.proofread?.(question, source) ?? []];
			for (const message of remarks) {
				const once = JSON.stringify([{
					...question,
					window: void 0
				}, message]);
				if (!said.has(once)) advice.push(loaded.locate([...path, role], message));
				said.add(once);
			}
		}
	}
	return advice;
}
export { check };
