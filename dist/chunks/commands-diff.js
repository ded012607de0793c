import { J as measuredWords, K as inWords, M as viewOf, Ot as plain, Pt as wrap, Z as stateWords, r as exitCodes, sr as plural } from "./shared.js";
import { vn as openRecord } from "./late.js";
// build/report/diff.js
/** What differs between two trains, such as the one that stopped and the one that went. Pure. */
/** Empty where nothing but the times and the run itself differs. */
function differences(a, b) {
	return [
		{
			title: "Decision",
			changes: changed(decisionOf(a), decisionOf(b))
		},
		{
			title: "Release",
			changes: changed(releaseOf(a), releaseOf(b))
		},
		{
			title: "Policy",
			changes: changed(leaves(a.policy.effective), leaves(b.policy.effective))
		},
		{
			title: "Gates",
			changes: changed(gatesOf(a), gatesOf(b))
		},
		{
			title: "Done",
			changes: changed(doneOf(a), doneOf(b))
		}
	].filter(({ changes }) => changes.length > 0);
}
/** @param width characters */
function diff(a, b, width) {
	const sections = differences(a, b);
	const head = [a, b].map((record, i) => wrap(`${i === 0 ? "A" : "B"}  ${plain(trainWords(record), 300)}`, width, 0, 3).join("\n"));
	const body = sections.map(({ title, changes }) => [title, ...changes.flatMap((change) => wrap(changeWords(change), width, 2, 4))].join("\n"));
	return [head.join("\n"), ...body.length === 0 ? ["Nothing differs but the times and the run."] : body].join("\n\n");
}
function trainWords({ service, release, rounds, began, ended, host }) {
	return [
		[service, release.version].filter((part) => part !== null).join(" ") || "a train",
		began,
		`${plural(rounds.length, "round")} in ${inWords(Date.parse(ended) - Date.parse(began))}`,
		host.run ?? ""
	].filter((part) => part !== "").join(", ");
}
function changeWords({ what, from, to }) {
	const named = plain(what, 160);
	const value = (text) => plain(text, 300) || "empty";
	if (from === void 0) return `+ ${named}: ${value(to ?? "")}`;
	if (to === void 0) return `- ${named}: ${value(from)}`;
	return `~ ${named}: ${value(from)} → ${value(to)}`;
}
function changed(a, b) {
	return [.../* @__PURE__ */ new Set([...a.keys(), ...b.keys()])].map((what) => ({
		what,
		from: a.get(what),
		to: b.get(what)
	})).filter(({ from, to }) => from !== to);
}
const facts = (entries) => new Map(Object.entries(entries).flatMap(([key, value]) => value === null ? [] : [[key, value]]));
const decisionOf = ({ decision, verdict, observe }) => facts({
	decision: `${decision.decision} (${decision.reason})`,
	"the gates say": `${verdict.decision} (${verdict.reason})`,
	reasons: verdict.decision === "stop" && verdict.gates.length > 0 ? verdict.gates.join(", ") : null,
	"only observed": observe ? "yes" : null
});
const releaseOf = ({ service, release, host, tool }) => facts({
	service,
	version: release.version,
	commit: release.sha,
	environment: release.environment,
	repository: host.repository,
	branch: host.ref,
	actor: host.actor,
	platform: host.kind,
	Signalbox: tool.version
});
const gatesOf = (record) => new Map(viewOf(record).gates.map((gate) => [gate.name, `${stateWords(gate).word}${gate.reading === null ? "" : `, ${measuredWords(gate.reading)}`}`]));
const doneOf = ({ reactions = [], walk }) => new Map([...reactions.map(({ type, target, moment, ok }) => [`${type} ${target}, ${moment === "begin" ? "as it began" : "at the end"}`, ok ? "done" : "failed"]), ...(walk?.walked ?? []).map(({ name, decision }) => [`stage ${name}`, decision === null ? "not reached" : `${decision.decision} (${decision.reason})`])]);
/** Every value by its path, entries of lists by their names where they have some. */
function leaves(value, path = "") {
	if (typeof value !== "object" || value === null) return path === "" ? /* @__PURE__ */ new Map() : /* @__PURE__ */ new Map([[path, typeof value === "string" ? value : JSON.stringify(value)]]);
	const entries = Array.isArray(value) ? value.map((item, index) => [nameOf(item) ?? String(index + 1), item]) : Object.entries(value);
	return new Map(entries.flatMap(([key, item]) => [...leaves(item, path === "" ? key : `${path} › ${key}`)]));
}
const nameOf = (item) => {
	const name = item?.name;
	return typeof name === "string" ? name : void 0;
};
// build/commands/diff.js
/** @returns the exit code: 0 when nothing differs, 1 when something does or a record was changed since it was written, 2 when one is none */
async function diffRecords(rawHost, first, second) {
	const a = await openRecord(rawHost, first);
	const b = await openRecord(rawHost, second);
	if (!a || !b) return exitCodes.usage;
	a.host.log(diff(a.record, b.record, a.host.columns));
	return a.sound && b.sound && differences(a.record, b.record).length === 0 ? exitCodes.continue : exitCodes.stop;
}
export { diffRecords };
