import { Ft as Redactor, Ot as plain, o as brokenSeal, r as exitCodes, sr as plural, yr as guarded } from "./shared.js";
import { cn as verdictOf, ln as brokenTrainSeal, mn as replay, nn as barredBy, pn as trainRecordSchema, sn as orderOf, un as isTrainRecord, vn as openRecord, yn as readRecord } from "./late.js";
import { N as getDotPath, ct as safeParse, s as sha256 } from "./base.js";
import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
// build/commands/differences.js
const differenceWords = ({ where, recorded, replayed }) => `${where}: the record says ${shortened(recorded)}, but from its evidence follows ${shortened(replayed)}`;
const shortened = (text) => text.length <= 350 ? text : `${text.slice(0, 350)}…`;
// build/commands/replay-train.js
/** `signalbox replay` of the record of a train: the record of each service by its hash, each gone through again, then the verdict of all. */
/** Of each service, since more would only say again that something else follows. */
const mostDifferences$1 = 5;
/** @returns undefined when the file is no record of a train, whatever else it may be */
async function openTrainRecord(file) {
	try {
		const text = await readFile(file, "utf8");
		if (!/"kind":\s*"train"/.test(text.slice(0, 200))) return void 0;
		const data = JSON.parse(text);
		return isTrainRecord(data) ? {
			text,
			data
		} : void 0;
	} catch {
		return;
	}
}
/** @returns the exit code, as `replay` of a single record */
async function replayTrain(rawHost, file, { text, data }, version) {
	const host = guarded(rawHost, new Redactor());
	const say = (message) => host.annotate({
		level: "error",
		title: "Signalbox",
		message: plain(`${file}: ${message}`, 1e3)
	});
	const parsed = safeParse(trainRecordSchema, data);
	if (!parsed.success) {
		const at = getDotPath(parsed.issues[0]);
		say(`it is no record of a train${at === null ? "" : ` (at ${at}: ${parsed.issues[0].message})`}`);
		return exitCodes.usage;
	}
	const train = data;
	const wrong = [];
	const broken = brokenTrainSeal(text, train);
	if (broken !== void 0) wrong.push(broken);
	let records = 0;
	for (const service of train.services) {
		const found = await replayService(service, dirname(file));
		wrong.push(...found.map((what) => `${service.name}: ${what}`));
		if (service.record !== null && found.length === 0) records += 1;
	}
	wrong.push(...wrongOrder(train), ...wrongVerdict(train));
	for (const message of wrong) say(message);
	if (train.tool.version !== version) host.log(`made by Signalbox ${train.tool.version}, gone through by ${version}: what differs may be the version`);
	if (wrong.length > 0) return exitCodes.stop;
	const { decision, digest } = train;
	host.log(`${decision.decision} (${decision.reason}) follows again: from ${plural(records, "record")} of ${plural(train.services.length, "service")}; the record of the train is as it was written, ${digest}`);
	return exitCodes.continue;
}
/** What does not follow of one service. */
async function replayService(service, folder) {
	const { record: kept, decision } = service;
	if (kept === null) return decision.decision === "continue" ? ["it continued, but has no record to continue by"] : [];
	const path = resolve(join(folder, kept.file));
	if (outside(folder, path)) return [`its record ${kept.file} lies outside of the folder of the train's`];
	let bytes;
	try {
		bytes = await readFile(path);
	} catch (error) {
		const missing = error.code === "ENOENT";
		return [`its record ${kept.file} cannot be read: ${missing ? "there is no such file" : error.message}`];
	}
	const found = sha256(bytes);
	if (found !== kept.sha256) return [`its record ${kept.file} is another one: its SHA-256 is ${found}, not ${kept.sha256}`];
	const read = await readRecord(path);
	if ("wrong" in read) return [read.wrong];
	const { record, text } = read;
	const wrong = [];
	const broken = brokenSeal(text, record);
	if (broken !== void 0) wrong.push(broken);
	if (JSON.stringify(record.decision) !== JSON.stringify(decision)) wrong.push(`the train says ${shown(decision)}, but its record ${shown(record.decision)}`);
	if (record.service !== null && record.service !== service.name) wrong.push(`its record is about the service ${record.service}`);
	try {
		const { differences } = await replay(record);
		wrong.push(...differences.slice(0, mostDifferences$1).map(differenceWords));
		const more = differences.length - mostDifferences$1;
		if (more > 0) wrong.push(plural(more, "more difference"));
	} catch (error) {
		wrong.push(`it cannot be gone through again: ${error.message}`);
	}
	return wrong;
}
function outside(folder, path) {
	const way = relative(resolve(folder), path);
	return way.startsWith("..") || isAbsolute(way);
}
/** What does not hold of who began when, and of those that never began. */
function wrongOrder({ services, order, decision }) {
	const wrong = [];
	const again = orderOf(services);
	if (again === void 0) return ["its services need each other in a circle, or need one that there is not"];
	if (JSON.stringify(again) !== JSON.stringify(order)) wrong.push("its order is not the one that follows from the needs");
	const decided = decidedOf(services);
	if (decision.reason === "policy-error" && services.every(({ began }) => began === null)) return wrong;
	for (const service of services) {
		const { name, needs, began } = service;
		const barred = barredBy(service, decided);
		if (began === null) {
			const external = service.decision.decision === "stop" && cutOff.has(service.decision.reason);
			if (barred === void 0 ? !external : JSON.stringify(barred) !== JSON.stringify(service.decision)) wrong.push(`${name}: it was never begun, but what it needs gives no such reason: ${shown(service.decision)}`);
			continue;
		}
		if (barred !== void 0) wrong.push(`${name}: it was begun, although ${barred.sentence.replace(/^.*since /, "")}`);
		for (const need of needs) {
			const ended = services.find((other) => other.name === need)?.ended;
			if (ended && Date.parse(ended) > Date.parse(began)) wrong.push(`${name}: it was begun before ${need} had ended`);
		}
	}
	return wrong;
}
/** What may come before a service begins, and nobody can make again. */
const cutOff = /* @__PURE__ */ new Set(["cancelled", "internal-error"]);
function wrongVerdict({ services, decision, problems }) {
	if (decision.decision === "stop" && (problems.length > 0 || decision.reason === "internal-error")) return [];
	const again = verdictOf(services, decidedOf(services));
	return JSON.stringify(again) === JSON.stringify(decision) ? [] : [`the train's verdict is ${shown(decision)}, but from its services follows ${shown(again)}`];
}
const decidedOf = (services) => new Map(services.map(({ name, decision }) => [name, decision]));
const shown = ({ decision, reason, sentence }) => plain(`${decision} (${reason}): ${sentence}`, 350);
// build/commands/replay.js
/** More would only say again that something else follows. */
const mostDifferences = 10;
/** @returns the exit code: 0 when the same follows, 1 when the record was changed or something else follows, 2 when it is no record */
async function replayRecord(rawHost, file, version) {
	const train = await openTrainRecord(file);
	if (train) return replayTrain(rawHost, file, train, version);
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
export { replayRecord };
