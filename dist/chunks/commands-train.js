import { Ft as Redactor, H as clockTime, K as inWords, Mt as columns, Nt as cutTo, Ot as plain, Pt as wrap, Qn as systemClock, Tr as inputs, Zn as iso, a as summaryBytes, br as describe, d as load, h as readDocument, m as substitute, n as singleGateInputs, o as brokenSeal, p as keysAt, q as listed, r as exitCodes, sr as plural, t as readSettings, xr as didYouMean, yr as guarded } from "./shared.js";
import { $ as optional, A as check$2, O as array, V as literal, b as formatDuration, ct as safeParse, dt as string, g as described, it as pipe, k as boolean, ot as record, pt as trim, q as nonEmpty, s as sha256, st as regex, ut as strictObject, y as filled } from "./base.js";
import { $t as table, Gt as code, Jt as list, Kt as heading, Qt as strong, Ut as html, Vt as summary, Xt as prose, Yt as paragraph, Zt as serialise, an as neverBegun, cn as verdictOf, dn as sealedTrain, en as text, fn as trainRecordJson, in as longestChain, mn as replay, on as nextOf, qt as link, rn as circlesOf, sn as orderOf, yn as readRecord } from "./late.js";
import { n as stagesToProve, t as run } from "../index.js";
import { copyFile, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
// build/host/of-service.js
const prefixOf = (name) => `[${name}] `;
/** Narrower than this no report can be read. */
const leastColumns = 40;
function hostOfService(host, { name, inputs, onAnnotation, onProgress }) {
	const prefix = prefixOf(name);
	const outputs = /* @__PURE__ */ new Map();
	let end;
	return {
		kind: host.kind,
		facts: host.facts,
		summaryFlavour: host.summaryFlavour,
		get columns() {
			return Math.max(leastColumns, host.columns - prefix.length);
		},
		get colour() {
			return host.colour;
		},
		outputFolder: host.outputFolder,
		...host.longestJobMs === void 0 ? {} : { longestJobMs: host.longestJobMs },
		...host.idToken && { idToken: host.idToken },
		...host.serviceConnection && { serviceConnection: host.serviceConnection },
		input: (input) => Object.hasOwn(inputs, input) ? inputs[input] : host.input(input),
		secret: (value) => host.secret(value),
		log: (text) => host.log(text.replaceAll(/^(?=.)/gm, prefix)),
		progress: onProgress,
		annotate: (annotation) => onAnnotation({
			...annotation,
			title: `${prefix}${annotation.title}`
		}),
		output: async (output, value) => void outputs.set(output, value),
		summary: async () => void 0,
		async finish(result, _message, exitCode) {
			end = {
				result,
				exitCode
			};
		},
		outputs,
		get end() {
			return end;
		}
	};
}
// build/report/train.js
/** `Stop: search is unhealthy: …`. The caller cuts the line. */
const trainSentence = ({ decision: { decision, sentence } }) => `${decision.charAt(0).toUpperCase()}${decision.slice(1)}: ${sentence}`;
/** A mark that reads without colour, and what the service did. */
function stateOf({ began, decision: { decision, reason } }) {
	if (began === null) return {
		mark: "–",
		word: decision === "hold" ? "not begun yet" : "never begun"
	};
	if (decision === "continue") return reason === "observed" ? {
		mark: "!",
		word: "continue"
	} : {
		mark: "✓",
		word: decision
	};
	return {
		mark: decision === "hold" ? "?" : "✗",
		word: decision
	};
}
const placeOf = ({ file, line, column }) => [
	file,
	line,
	column
].filter((part) => part !== void 0).join(":");
/** Which summaries are left out first: the higher, the later. */
const weights = {
	continue: 0,
	hold: 1,
	stop: 2
};
/**
* @param records of the services that were begun, by name
* @returns Markdown of at most `maxBytes` bytes of UTF-8; the verdict, the table and what is to be mended are never left out
*/
async function trainSummary(train, records, options) {
	const footer = await serialise([footerOf(train, options)]);
	const head = await serialise(headOf(train));
	const order = [...await Promise.all(train.services.flatMap((service) => {
		const record = records.get(service.name);
		return record ? [sectionOf(service, record, options.flavour, options.maxBytes)] : [];
	}))].sort((a, b) => weights[b.service.decision.decision] - weights[a.service.decision.decision]);
	let shown = order;
	const compose = async () => {
		const left = order.filter((section) => !shown.some(({ service }) => service === section.service));
		return [
			head,
			...shown.map(({ markdown }) => markdown),
			await leftOut(left, options.maxBytes),
			footer
		].filter((part) => part !== "").join("\n");
	};
	const fits = async () => Buffer.byteLength(await compose()) <= options.maxBytes;
	while (!await fits() && shown.at(-1) && shown.at(-1)?.service.decision.decision !== "stop") shown = shown.slice(0, -1);
	if (!await fits()) {
		const room = options.maxBytes - Buffer.byteLength(head) - Buffer.byteLength(footer) - roomForRemarks;
		const share = Math.max(0, Math.floor(room / shown.length));
		shown = await Promise.all(shown.map(({ service, record }) => sectionOf(service, record, options.flavour, share - roomForRemarks)));
	}
	while (!await fits() && shown.length > 0) shown = shown.slice(0, -1);
	return compose();
}
/** Bytes for titles and for what is said of those left out. */
const roomForRemarks = 600;
async function sectionOf(service, record, flavour, maxBytes) {
	const { name } = service;
	const files = {
		...service.record === null ? {} : { recordFile: service.record.file },
		reportFile: `${name}.report.html`
	};
	const own = await summary(record, {
		flavour,
		maxBytes,
		...files
	});
	const { mark, word } = stateOf(service);
	return {
		service,
		record,
		markdown: flavour === "github" ? `<details>\n<summary>${mark} ${name}: ${word} (${service.decision.reason})</summary>\n\n${own}\n</details>\n` : `${await serialise([heading(2, [text(`${mark} `), ...code(name)])])}\n${own}`
	};
}
async function leftOut(sections, maxBytes) {
	if (sections.length === 0) return "";
	const names = sections.map(({ service }) => service.name);
	const limit = maxBytes >= 1024 ? `${Math.floor(maxBytes / 1024)} KiB` : `${maxBytes} bytes`;
	return serialise([paragraph([
		strong([text("Left out")]),
		text(` to stay within ${limit}: the summaries of `),
		...prose(listed(names, 10), 400),
		text(". They stand as files beside the record of the train.")
	])]);
}
function headOf(train) {
	const { services, problems } = train;
	return [
		heading(2, prose(trainSentence(train), 300)),
		subject(train),
		...problems.length === 0 ? [] : [heading(3, [text("What to mend")]), list(problems.map(problemItem))],
		...services.length === 0 ? [] : [heading(3, [text(plural(services.length, "service"))]), table([tableHead, ...services.map(row)])]
	];
}
const problemItem = (problem) => {
	const place = placeOf(problem);
	return [...place === "" ? [] : [...code(place), text(" ")], ...prose(problem.message, 600)];
};
const tableHead = [
	"Decision",
	"Service",
	"Reason",
	"Deciding gate",
	"Needs"
].map((title) => [text(title)]);
const nothing = [text("–")];
function row(service) {
	const { name, needs, decision } = service;
	const { mark, word } = stateOf(service);
	const deciding = decision.decision === "continue" ? [] : decision.gates;
	return [
		[text(`${mark}\u00a0${word.replaceAll(" ", "\xA0")}`)],
		[strong(code(name))],
		prose(decision.decision === "continue" ? decision.reason : `${decision.reason}: ${decision.sentence}`, 200),
		deciding.length === 0 ? nothing : prose(listed(deciding), 150),
		needs.length === 0 ? nothing : prose(listed(needs), 150)
	];
}
const dot = text(" · ");
const dotted = (parts) => parts.filter((part) => part.length > 0).flatMap((part, index) => index === 0 ? part : [dot, ...part]);
function subject({ train, services, host, ended }) {
	const went = services.filter(({ decision }) => decision.decision === "continue").length;
	return paragraph(dotted([
		train === null ? [] : prose(train, 150),
		services.length === 0 ? [] : [text(`${went} of ${plural(services.length, "service")} let go`)],
		host.sha === null ? [] : [text("commit "), ...code(host.sha.slice(0, 10))],
		[text(clockTime(ended, ""))]
	]));
}
function footerOf({ file, host, began, ended, tool }, { recordFile }) {
	return paragraph(dotted([
		[
			text("train "),
			...code(file.path, 150),
			text(" "),
			...code(file.sha256.slice(0, 12))
		],
		[text(inWords(Date.parse(ended) - Date.parse(began)))],
		host.actor === null ? [] : [text("started by "), ...prose(host.actor, 100)],
		link("this run", host.run ?? void 0),
		[text("record "), ...code(recordFile, 150)],
		[text(`${tool.name} ${tool.version}`)]
	]));
}
const narrowest = 30;
const ansi = {
	"✓": 32,
	"✗": 31,
	"?": 33,
	"!": 33,
	"–": 2
};
/** No line is wider than `width`, or 30 where that is less. */
function trainText(train, options) {
	const width = Math.max(narrowest, options.width);
	const paint = (codes, line) => options.colour ? `${codes.map((one) => `\u{1b}[${one}m`).join("")}${line}\u{1b}[0m` : line;
	const { services, problems, decision, began, ended } = train;
	const colour = {
		continue: 32,
		hold: 33,
		stop: 31
	}[decision.decision];
	const about = [
		train.train ?? "",
		`${plural(services.length, "service")} in ${inWords(Date.parse(ended) - Date.parse(began))}`,
		`train ${train.file.path} ${train.file.sha256.slice(0, 12)}`
	];
	const most = (texts) => Math.min(Math.floor(width / 3), Math.max(0, ...texts.map(columns)));
	const rows = services.map((service) => ({
		service,
		...stateOf(service)
	}));
	const state = most(rows.map(({ mark, word }) => `${mark} ${word}`));
	const name = most(rows.map(({ service }) => service.name));
	const lines = rows.flatMap(({ service, mark, word }) => {
		const { reason, sentence } = service.decision;
		const needs = service.needs.length === 0 ? "" : ` (needs ${listed(service.needs)})`;
		const words = plain(`${reason}: ${sentence}${needs}`, 400);
		const shown = paint([ansi[mark] ?? 2], cutTo(`${mark} ${word}`, state, true));
		const indent = 2 + state + 2 + name + 2;
		if (width - indent < 24) return [`  ${shown}  ${cutTo(service.name, name)}`, ...wrap(words, width, 6, 6)];
		const [head = "", ...more] = wrap(words, width - indent, 0, 0);
		return [`  ${shown}  ${cutTo(service.name, name, true)}  ${head}`, ...more.map((line) => " ".repeat(indent) + line)];
	});
	return [
		[...wrap(plain(trainSentence(train), 600), width, 0, 2).map((line) => paint([1, colour], line)), ...wrap(plain(about.filter((part) => part !== "").join(", "), 400), width, 0, 2).map((line) => paint([2], line))],
		problems.length === 0 ? [] : [paint([1], "What to mend"), ...problems.flatMap((one) => wrap(`- ${problemWords(one)}`, width, 2, 4))],
		lines.length === 0 ? [] : [paint([1], plural(services.length, "service")), ...lines]
	].filter((block) => block.length > 0).map((block) => block.join("\n")).join("\n\n");
}
const problemWords = (problem) => {
	const place = placeOf(problem);
	return plain(`${place === "" ? "" : `${place}: `}${problem.message}`, 600);
};
/** GitHub cuts at 4,096 characters; nobody reads that far. */
const longest = 1e3;
/** The train's own remarks: what to mend, or which service stopped it. Those of the services come after them. */
function trainAnnotations(train) {
	const { problems, decision } = train;
	const mend = problems.map(({ message, ...place }) => ({
		level: "error",
		title: "Signalbox: train",
		message: plain(message, longest),
		...place
	}));
	if (mend.length > 0 || decision.decision === "continue") return mend;
	return [{
		level: decision.decision === "stop" ? "error" : "warning",
		title: train.train === null ? "Signalbox: train" : plain(`Signalbox: ${train.train}`, 120),
		message: plain(trainSentence(train), longest)
	}];
}
// build/commands/publish-train.js
/** The end of every train: its record, summary, remarks, outputs and result. Each part is tried whatever became of the others. */
/** @returns the decision that counts in the end */
async function publishTrain(host, redactor, end) {
	let record = sealedTrain(redactor.data(end.record));
	const recordPath = end.paths.record ?? resolve(join(host.outputFolder, "record.json"));
	const summaryPath = end.paths.summary ?? resolve(join(host.outputFolder, "summary.md"));
	const attempt = async (what, act) => {
		try {
			await act();
			return;
		} catch (error) {
			const reason = redactor.text(error.message);
			host.annotate({
				level: "warning",
				title: "Signalbox",
				message: `${what} failed: ${reason}`
			});
			return reason;
		}
	};
	const json = trainRecordJson(record);
	const lost = await attempt("writing the record of the train", () => write(recordPath, json));
	if (lost !== void 0 && record.decision.decision !== "stop") {
		const sentence = `the record of the train could not be written: ${lost}`;
		record = {
			...record,
			decision: {
				decision: "stop",
				reason: "internal-error",
				services: [],
				sentence
			}
		};
	}
	const { decision } = record;
	await attempt("the report", async () => host.log(trainText(record, {
		width: host.columns,
		colour: host.colour
	})));
	await attempt("the annotations", async () => {
		if (host.kind === "terminal") return;
		for (const annotation of [...trainAnnotations(record), ...end.annotations]) host.annotate(annotation);
	});
	await attempt("the summary", async () => {
		const markdown = await trainSummary(record, end.records, {
			flavour: host.summaryFlavour,
			maxBytes: summaryBytes,
			recordFile: basename(recordPath)
		});
		await write(summaryPath, redactor.text(markdown));
		await host.summary(summaryPath);
	});
	await attempt("the outputs", async () => {
		await host.output("decision", decision.decision);
		await host.output("reason", decision.reason);
		await host.output("record", recordPath);
		await host.output("record-sha256", sha256(json));
		await host.output("summary", summaryPath);
	});
	host.log(`Record: ${recordPath} (SHA-256 ${sha256(json)})`);
	const stopCode = end.exitCode === exitCodes.continue ? exitCodes.stop : end.exitCode;
	const code = decision.decision === "hold" ? end.exitCode : lost === void 0 ? stopCode : exitCodes.internal;
	const goes = decision.decision === "continue";
	const result = goes ? end.uneasy ? "warning" : "success" : "failure";
	const about = goes || decision.services.length === 0 ? "" : `: ${decision.services.join(", ")}`;
	await host.finish(result, `${decision.decision} (${decision.reason})${about}`, goes ? exitCodes.continue : code);
	return decision;
}
async function write(path, text) {
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, text);
}
/** A name becomes the name of a file, and stands in logs and tables. */
const nameForm = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
/** YAML makes a number of 1.10, and that is 1.1. */
const quoted = pipe(string("a text, in quotes where it looks like a number"), trim(), nonEmpty("some text"));
const service = strictObject({
	policy: described(pipe(filled, check$2((path) => !path.includes("\n"), "the path of a policy")), "Path of its policy, from the folder in which the step runs."),
	needs: described(optional(array(filled), []), "Services that must have continued before this one begins. Default: none, it begins at once."),
	commit: described(optional(quoted), "Commit that is released. Default: as for a single service."),
	version: described(optional(quoted), "Version that is released."),
	environment: described(optional(quoted), "Where it is released to."),
	stage: described(optional(quoted), "Stage of its policy that is to be proven. Default: the input `stage`."),
	observe: described(optional(boolean()), "Judge and report this service, but let it go whatever its gates say. Default: the input `observe`.")
});
const trainSchema = strictObject({
	version: described(literal(1), "Version of the form of this file."),
	train: described(optional(quoted), "What people call it, for the reports."),
	services: described(pipe(record(pipe(string(), regex(nameForm, "a name of letters, digits, `.`, `_` and `-` that begins and ends with a letter or digit")), service), check$2((all) => Object.keys(all).length > 0, "at least one service"), check$2((all) => Object.keys(all).length <= 100, `at most 100 services`)), "What goes with this train, by name. Each is judged by its own policy.")
});
function loadTrainFile(text, { file, env, lenient = false }) {
	const document = readDocument(text, file, "a train, a map that begins with `version: 1`");
	const locate = (path, message) => document.locate({
		path,
		at: "value",
		message
	});
	if (document.problems.length > 0) return {
		problems: document.problems,
		unset: [],
		locate
	};
	const wrong = [];
	const unset = [];
	document.editTexts((written, path) => {
		const found = (message) => ({
			path,
			at: "value",
			message
		});
		if (/(?<!\$)\$\{release\./.test(written)) {
			wrong.push(found("a train file knows no `${release.*}`: write `${env.NAME}`, or leave it to the policy"));
			return written;
		}
		const filledIn = substitute(written, { env });
		wrong.push(...filledIn.wrong.map(found));
		unset.push(...filledIn.unset.map(found));
		return filledIn.text;
	});
	const data = document.toData();
	const { output, findings } = check(data);
	findings.push(...reserved(data));
	const already = new Set([...wrong, ...unset].map(({ path }) => path.join("\n")));
	const problems = [
		...wrong,
		...lenient ? [] : unset,
		...findings.filter(({ path }) => !already.has(path.join("\n"))),
		...output ? relate(output) : []
	].map((finding) => document.locate(finding)).sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
	const services = output && Object.entries(output.services).map(([name, config]) => ({
		name,
		...config
	}));
	return {
		problems,
		unset: lenient ? unset.map((finding) => document.locate(finding)) : [],
		locate,
		...output?.train === void 0 ? {} : { train: output.train },
		...services && problems.length === 0 ? { services } : {}
	};
}
/**
* Valibot passes over keys that could reach into JavaScript's own objects, and takes a list for a map; a service must not be lost, or called
* `0`, without a word.
*/
function reserved(data) {
	const { services } = data ?? {};
	if (typeof services !== "object" || services === null) return [];
	if (Array.isArray(services)) return [{
		path: ["services"],
		at: "value",
		message: "expected a map (`name: { policy: … }`), found a list"
	}];
	return [
		"__proto__",
		"prototype",
		"constructor"
	].filter((name) => Object.hasOwn(services, name)).map((name) => ({
		path: ["services", name],
		at: "key",
		message: `no service can be called \`${name}\``
	}));
}
/** Runs the schema until it has named every unknown key; valibot names one per map and run. */
function check(data) {
	const findings = [];
	for (;;) {
		const result = safeParse(trainSchema, data);
		if (result.success) return findings.length === 0 ? {
			output: result.output,
			findings
		} : { findings };
		const found = describe(result.issues, (path) => keysAt(trainSchema, data, path), () => false);
		const unknown = found.filter(({ at }) => at === "key");
		findings.push(...unknown);
		if (unknown.length === 0) return { findings: [...findings, ...found] };
		for (const { path } of unknown) remove(data, path);
	}
}
function remove(data, path) {
	const parent = path.slice(0, -1).reduce((here, key) => here[key], data);
	delete parent[path.at(-1) ?? ""];
}
/** What no single field can tell. */
function relate({ services }) {
	const findings = [];
	const names = Object.keys(services);
	const bySmall = /* @__PURE__ */ new Map();
	for (const name of names) {
		const first = bySmall.get(name.toLowerCase());
		if (first === void 0) bySmall.set(name.toLowerCase(), name);
		else {
			const message = `\`${name}\` and \`${first}\` differ in capitals alone, and would share their files; expected different names`;
			findings.push({
				path: ["services", name],
				at: "key",
				message
			});
		}
	}
	for (const [name, { needs }] of Object.entries(services)) {
		const say = (index, message) => findings.push({
			path: [
				"services",
				name,
				"needs",
				index
			],
			at: "value",
			message
		});
		for (const [index, need] of needs.entries()) {
			const others = names.filter((other) => other !== name);
			if (need === name) say(index, `\`${name}\` cannot need itself`);
			else if (!names.includes(need)) {
				const known = others.length === 0 ? "there is no other" : `known: ${others.join(", ")}`;
				say(index, `there is no service \`${need}\` in this train${didYouMean(need, others)} (${known})`);
			} else if (needs.indexOf(need) < index) say(index, `\`${need}\` is needed twice; expected it once`);
		}
	}
	const plans = Object.entries(services).map(([name, { needs }]) => ({
		name,
		needs: needs.filter((need) => need !== name)
	}));
	for (const circle of circlesOf(plans)) {
		const [first = "", second = ""] = circle;
		const index = services[first]?.needs.indexOf(second) ?? 0;
		const message = `services cannot need each other in a circle, since none of them could begin: ${circle.join(" needs ")}`;
		findings.push({
			path: [
				"services",
				first,
				"needs",
				index
			],
			at: "value",
			message
		});
	}
	return findings;
}
// build/commands/train-load.js
/** A train before it begins: its file, and the policy of every service, all mistakes in all of them at once. Nothing is asked here. */
/** Inputs that say the same as a train file, or that only a single service can have. */
const notBeside = {
	policy: "the train file names the policy of each service",
	service: "the train file names the services",
	report: "each service's full report is written beside the record of the train",
	resume: "a rollout is resumed by its service alone, without the train",
	attest: "a train is not signed: keep the SHA-256 of its record, or sign the artifact",
	"attest-subjects": "a train is not signed: keep the SHA-256 of its record, or sign the artifact"
};
const given = (host, name) => host.input(name)?.trim() || void 0;
/** @param lenient report values that are not set as `unset`: for `signalbox check` */
async function readyTrain(host, env, lenient = false) {
	const file = given(host, "train") ?? "";
	const record = resolve(given(host, "record") ?? join(host.outputFolder, "record.json"));
	const summary = resolve(given(host, "summary") ?? join(host.outputFolder, "summary.md"));
	const state = given(host, "state");
	const kept = state === void 0 ? {} : { state: resolve(state) };
	const ready = {
		file,
		record,
		summary,
		...kept,
		text: "",
		services: [],
		troubled: [],
		unset: [],
		secrets: []
	};
	const problems = [...besideProblems(host), ...await stateProblems(kept.state)];
	const read = await readText(file);
	if ("wrong" in read) {
		const message = `input \`train\`: expected the path of a train file; \`${file}\` cannot be read: ${read.wrong}`;
		return {
			...ready,
			problems: [...problems, { message }]
		};
	}
	const { text } = read;
	const loaded = loadTrainFile(text, {
		file,
		env,
		lenient
	});
	const named = loaded.train === void 0 ? {} : { train: loaded.train };
	const unset = [...loaded.unset];
	problems.push(...loaded.problems);
	const secrets = new Set(inputs.flatMap((input) => "secret" in input ? given(host, input.name) ?? [] : []));
	const troubled = [];
	const services = [];
	for (const config of loaded.services ?? []) {
		const { name } = config;
		const inputs = inputsOf(config, {
			folder: dirname(record),
			state: kept.state
		});
		const own = await loadService(config, {
			host: hostOfService(host, {
				name,
				inputs,
				...silent
			}),
			env,
			lenient
		});
		for (const secret of own.secrets) secrets.add(secret);
		const found = own.problems.map((problem) => placed(problem, config, loaded));
		if (found.length > 0) troubled.push(name);
		problems.push(...found);
		unset.push(...own.unset);
		const { policy, observe } = own;
		services.push({
			config,
			inputs,
			observe,
			...policy && found.length === 0 ? { policy } : {}
		});
	}
	problems.push(...tooLong(services, host.longestJobMs, loaded));
	for (const path of [record, summary]) {
		const whose = services.find(({ inputs }) => [
			inputs.record,
			inputs.report,
			inputs.summary
		].includes(path));
		if (whose) problems.push({ message: `\`${path}\` is where \`${whose.config.name}\` writes its own; expected another path` });
	}
	return {
		...ready,
		...named,
		text,
		services,
		problems: once(problems),
		troubled,
		unset,
		secrets: [...secrets]
	};
}
function besideProblems(host) {
	const say = (name, message) => ({ message: `input \`${name}\`: ${message}` });
	return [...Object.entries(notBeside).filter(([name]) => given(host, name) !== void 0 && !(name === "attest" && isNo(given(host, name)))).map(([name, why]) => say(name, `cannot stand beside \`train\`: ${why}`)), ...[...singleGateInputs].filter((name) => given(host, name) !== void 0).map((name) => say(name, "cannot stand beside `train`: gates are written in the policy of each service"))];
}
async function stateProblems(state) {
	const found = state === void 0 ? void 0 : await stat(state).catch(() => void 0);
	if (found === void 0 || found.isDirectory()) return [];
	return [{ message: `input \`state\`: of a train it is a folder, with a file for each service; \`${state}\` is none` }];
}
/** While the policies are loaded nothing is said. */
const silent = {
	onAnnotation: () => void 0,
	onProgress: () => void 0
};
const isNo = (word) => word?.toLowerCase() === "false";
async function readText(file) {
	try {
		return { text: await readFile(file, "utf8") };
	} catch (error) {
		return { wrong: await whyUnreadable(file, error) };
	}
}
/** With the nearest right name where there is no such file. */
async function whyUnreadable(file, error) {
	if (error.code !== "ENOENT") return error.message;
	const names = await readdir(dirname(file)).catch(() => []);
	const near = didYouMean(basename(file), names);
	return `there is no such file${dirname(file) === "." ? near : near.replace("`", `\`${dirname(file)}/`)}`;
}
function inputsOf(config, { folder, state }) {
	const { name, policy, commit, version, environment, stage, observe } = config;
	return {
		...Object.fromEntries([...singleGateInputs].map((input) => [input, void 0])),
		train: void 0,
		policy,
		service: name,
		...commit === void 0 ? {} : { commit },
		...version === void 0 ? {} : { "release-version": version },
		...environment === void 0 ? {} : { environment },
		...stage === void 0 ? {} : { stage },
		...observe === true ? { observe: "true" } : {},
		record: join(folder, `${name}.record.json`),
		report: join(folder, `${name}.report.html`),
		summary: join(folder, `${name}.summary.md`),
		state: state === void 0 ? void 0 : join(state, `${name}.state`),
		resume: void 0,
		attest: void 0,
		"attest-subjects": void 0
	};
}
/** As the run of the service will load it. */
async function loadService({ policy: path }, { host, env, lenient }) {
	const nothing = {
		unset: [],
		secrets: [],
		observe: false
	};
	try {
		if (!(await stat(path)).isFile()) throw new Error("it is no file");
	} catch (error) {
		const message = `input \`policy\`: expected the path of a policy; \`${path}\` cannot be read: ${await whyUnreadable(path, error)}`;
		return {
			...nothing,
			problems: [{ message }]
		};
	}
	const settings = await readSettings(host);
	const loaded = await load(settings, host, env, lenient);
	const { policy } = loaded;
	const problems = [...settings.problems, ...settings.text === "" ? [] : loaded.problems];
	const prove = policy && stagesToProve(policy, settings);
	if (prove && "wrong" in prove) problems.push(prove.wrong);
	if (policy?.evaluation["park-after"] !== void 0 && settings.state === void 0 && !lenient) problems.push(loaded.locate(["evaluation", "on-hold"], "expected the input `state` beside `park`: where the run is kept"));
	return {
		...loaded,
		problems,
		observe: settings.observe
	};
}
/** Keys of the train file by the input that each becomes. */
const keyOf = {
	policy: "policy",
	commit: "commit",
	"release-version": "version",
	environment: "environment",
	stage: "stage"
};
/** What the train file gave is wrong there, and not in an input that nobody wrote. */
function placed(problem, config, { locate }) {
	const [, input = "", message = ""] = /^input `([\w-]+)`: (.*)$/s.exec(problem.message) ?? [];
	const key = keyOf[input];
	return problem.file !== void 0 || key === void 0 || config[key] === void 0 ? problem : locate([
		"services",
		config.name,
		key
	], message);
}
/** Left for starting and reporting when a job's time is limited. */
const jobMarginMs = 3e5;
/** Each policy alone fits the job, but those that wait for each other may not. */
function tooLong(services, longestJobMs, { locate }) {
	if (longestJobMs === void 0 || services.some(({ policy }) => policy === void 0)) return [];
	const longest = longestChain(services.map(({ config }) => config), (name) => {
		const evaluation = services.find(({ config }) => config.name === name)?.policy?.evaluation;
		return Math.min(evaluation?.deadline ?? 0, evaluation?.["park-after"] ?? Number.POSITIVE_INFINITY);
	});
	const last = longest.chain.at(-1);
	if (longest.ms <= longestJobMs - jobMarginMs || longest.chain.length < 2 || last === void 0) return [];
	const message = `${longest.chain.join(", then ")} may take ${formatDuration(longest.ms)} by their deadlines, but the platform ends the job after ${formatDuration(longestJobMs)}; expected at most ${formatDuration(longestJobMs - jobMarginMs)} together`;
	return [locate([
		"services",
		last,
		"needs"
	], message)];
}
/** A wrong input of the step is wrong for each service. */
const once = (problems) => [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
/** `signalbox check --train FILE`. @returns the exit code: 0 when the train can be run, 2 when not */
async function checkTrain(rawHost, env) {
	const host = guarded(rawHost, new Redactor());
	const { file, services, problems, unset, secrets } = await readyTrain(host, env, true);
	for (const secret of secrets) host.secret(secret);
	for (const problem of problems) host.annotate({
		level: "error",
		title: "Signalbox train",
		...problem
	});
	for (const remark of unset) host.annotate({
		level: "warning",
		title: "Signalbox train",
		...remark
	});
	if (problems.length > 0) host.log(`${file}: ${problems.length} wrong, ${unset.length} to think about`);
	else host.log(`${file}: valid, ${plural(services.length, "service")}; ${unset.length} to think about`);
	return problems.length > 0 ? exitCodes.usage : exitCodes.continue;
}
// build/commands/train-service.js
async function runService(host, { config, inputs }, running) {
	const { context, onProgress, onAnnotation } = running;
	const own = hostOfService(host, {
		name: config.name,
		inputs,
		onAnnotation,
		onProgress
	});
	const began = context.clock.now();
	const said = await run(own, context);
	const ended = context.clock.now();
	const kept = await keptRecord(own);
	if (!("lost" in kept) && JSON.stringify(kept.record.decision) === JSON.stringify(said)) return {
		began,
		ended,
		decision: said,
		kept,
		end: own.end
	};
	const why = "lost" in kept ? kept.lost : "it says something else than the run did";
	return {
		began,
		ended,
		decision: said.decision === "stop" ? said : neverProven(why),
		end: own.end
	};
}
const neverProven = (why) => ({
	decision: "stop",
	reason: "internal-error",
	gates: [],
	sentence: `its decision record is lost: ${why}`
});
async function keptRecord(own) {
	const file = own.outputs.get("record");
	if (file === void 0) return { lost: "none was written" };
	const kept = await soundRecord(file);
	if ("lost" in kept || kept.sha256 === own.outputs.get("record-sha256")) return kept;
	return { lost: "the file is not the one that the run wrote" };
}
/** A record that is as it was written. */
async function soundRecord(file) {
	const read = await readRecord(file);
	if ("wrong" in read) return { lost: read.wrong };
	const broken = brokenSeal(read.text, read.record);
	return broken === void 0 ? {
		record: read.record,
		sha256: sha256(read.text)
	} : { lost: broken };
}
// build/commands/train-state.js
/**
* What a train keeps between jobs, when one of its services parks, is cancelled or is killed: the records of those that have continued, so
* that they are not judged once more while others go on. Each unfinished service keeps its own state beside them.
*/
/** Without the input `state` nothing is kept. */
function openKeeping({ state, services }, options) {
	if (state === void 0) return {
		carriedOver: async () => /* @__PURE__ */ new Map(),
		carry: async () => {},
		forget: async () => {}
	};
	const fileOf = (name) => join(state, `${name}.record.json`);
	const attempt = async (what, act) => {
		try {
			await act();
			return true;
		} catch (error) {
			const message = `${what}: ${error.message}`;
			options.host.annotate({
				level: "warning",
				title: "Signalbox",
				message
			});
			return false;
		}
	};
	return {
		async carriedOver() {
			const carried = /* @__PURE__ */ new Map();
			for (const { config, inputs, kept } of await soundOnes(services, fileOf, options)) {
				const { record } = kept;
				if (!await attempt(`${config.name} is judged anew, its record could not be carried over`, async () => {
					await put(fileOf(config.name), inputs.record ?? "");
					await writeFile(inputs.report ?? "", await html(record, options.redact));
				})) break;
				const end = {
					result: "success",
					exitCode: 0
				};
				const times = {
					began: Date.parse(record.began),
					ended: Date.parse(record.ended)
				};
				carried.set(config.name, {
					...times,
					decision: record.decision,
					kept,
					end,
					carried: true
				});
			}
			return carried;
		},
		async carry({ config, inputs }) {
			await attempt(`${config.name} is not kept for a later job`, () => put(inputs.record ?? "", fileOf(config.name)));
		},
		async forget() {
			for (const { config } of services) await attempt(`the record of ${config.name} is still kept`, () => rm(fileOf(config.name), { force: true }));
		}
	};
}
async function put(from, to) {
	await mkdir(dirname(to), { recursive: true });
	await copyFile(from, to);
}
/** In an order in which each comes after all that it needs. */
async function soundOnes(services, fileOf, { redact, now }) {
	const oldest = now - services.reduce((sum, { policy }) => sum + (policy ? longestOf(policy) : 0), 0);
	const sound = [];
	for (const name of (orderOf(services.map(({ config }) => config)) ?? []).flat()) {
		const service = services.find(({ config }) => config.name === name);
		if (!service?.policy || !service.config.needs.every((need) => sound.some(({ config }) => config.name === need))) continue;
		const kept = await soundRecord(fileOf(name));
		if ("lost" in kept) continue;
		const { record } = kept;
		const same = record.service === name && record.observe === service.observe && JSON.stringify(record.policy.effective) === JSON.stringify(redact(service.policy));
		const ended = Date.parse(record.ended);
		if (same && ended >= oldest && ended <= now && await goes(record)) sound.push({
			...service,
			kept
		});
	}
	return sound;
}
const longestOf = ({ evaluation, stages = [] }) => stages.reduce((sum, { deadline }) => sum + deadline, evaluation.deadline);
/** An override may have ended since. */
const lasting = /* @__PURE__ */ new Set(["healthy", "observed"]);
async function goes(record) {
	const { decision, reason } = record.decision;
	if (decision !== "continue" || !lasting.has(reason)) return false;
	try {
		return (await replay(record)).differences.length === 0;
	} catch {
		return false;
	}
}
// build/commands/train.js
/** `signalbox run --train FILE`: several services, side by side and in order, each by its own policy, with one verdict. */
/** Runs the train to its end. Never throws: whatever goes wrong is reported as a decision to stop. */
async function runServices(rawHost, context) {
	const clock = context.clock ?? systemClock;
	const redactor = new Redactor();
	const host = guarded(rawHost, redactor);
	const began = clock.now();
	const annotations = [];
	const ran = /* @__PURE__ */ new Map();
	const decided = /* @__PURE__ */ new Map();
	let ready;
	const end = (decision, problems, exitCode) => {
		const record = recordOf({
			host,
			context,
			ready,
			ran,
			decided,
			decision,
			problems,
			began,
			ended: clock.now()
		});
		const paths = {
			record: ready?.record,
			summary: ready?.summary
		};
		const records = new Map([...ran].flatMap(([name, { kept }]) => kept ? [[name, kept.record]] : []));
		const uneasy = [...ran.values()].some((one) => one.end?.result === "warning");
		return publishTrain(host, redactor, {
			record,
			records,
			annotations,
			paths,
			uneasy,
			exitCode
		});
	};
	try {
		ready = await readyTrain(host, context.env);
		const { services, secrets, problems, troubled } = ready;
		for (const secret of secrets) host.secret(secret);
		const plans = services.map(({ config }) => config);
		if (problems.length > 0 || orderOf(plans) === void 0) {
			for (const { name } of plans) decided.set(name, notBegunFor(troubled.includes(name)));
			return await end(wrongTrain(problems, troubled), problems, exitCodes.usage);
		}
		const keeping = openKeeping(ready, {
			now: began,
			redact: (data) => redactor.data(data),
			host
		});
		for (const [name, one] of await keeping.carriedOver()) {
			ran.set(name, one);
			decided.set(name, one.decision);
			host.log(`${prefixOf(name)}continued in an earlier job of this train, which ended at ${iso(one.ended)}`);
		}
		const progress = progressOf(host, plans, decided);
		await walkServices(plans, decided, {
			cancel: context.cancel,
			barred: (name, { sentence }) => host.log(`${prefixOf(name)}${sentence}`),
			async begin(name) {
				const service = services.find(({ config }) => config.name === name);
				if (!service) throw new Error(`there is no service ${name}`);
				const own = await runService(host, service, {
					context: {
						...context,
						clock,
						secrets
					},
					onProgress: (percent, text) => progress(name, percent, text),
					onAnnotation: (annotation) => host.kind === "terminal" ? host.annotate(annotation) : void annotations.push(annotation)
				});
				ran.set(name, own);
				if (own.decision.decision === "continue") await keeping.carry(service);
				host.log(`${prefixOf(name)}${own.decision.decision} (${own.decision.reason})`);
				progress(name, 100, "");
				return own.decision;
			}
		});
		const verdict = verdictOf(plans, decided);
		if (!goesOn.has(verdict.reason)) await keeping.forget();
		return await end(verdict, [], worstExit(verdict, {
			ran,
			decided,
			cancel: context.cancel
		}));
	} catch (error) {
		return await end({
			decision: "stop",
			reason: "internal-error",
			services: [],
			sentence: `Signalbox itself failed: ${error instanceof Error ? error.message : String(error)}`
		}, [], exitCodes.internal);
	}
}
/** After these the same train may go on in another job. */
const goesOn = /* @__PURE__ */ new Set([
	"parked",
	"cancelled",
	"internal-error"
]);
/** Begins each service as soon as all that it needs have continued, until every one is decided. None waits for those that it does not need. */
async function walkServices(plans, decided, walking) {
	const running = /* @__PURE__ */ new Map();
	const decide = (name, decision) => {
		decided.set(name, decision);
		walking.barred(name, decision);
	};
	try {
		while (decided.size < plans.length) {
			const { begin, barred } = nextOf(plans, decided, new Set(running.keys()));
			for (const { name, decision } of barred) decide(name, decision);
			for (const name of begin) if (walking.cancel.aborted) decide(name, cutOff(walking.cancel));
			else running.set(name, begun(name));
			if (barred.length === 0 && running.size > 0) await Promise.race(running.values());
		}
	} finally {
		await Promise.allSettled(running.values());
	}
	async function begun(name) {
		const decision = await walking.begin(name);
		decided.set(name, decision);
		running.delete(name);
	}
}
/** A service that the cancellation, or a crash, came before. */
const cutOff = ({ reason }) => typeof reason === "number" ? neverBegun("stop", "cancelled", "never begun, since the train was cancelled before") : neverBegun("stop", "internal-error", `never begun, since Signalbox itself failed before: ${reason instanceof Error ? reason.message : String(reason)}`);
const notBegunFor = (troubled) => neverBegun("stop", "policy-error", troubled ? "never begun, since its policy is wrong" : "never begun, since nothing begins until all of the train is right");
const wrongTrain = (problems, services) => ({
	decision: "stop",
	reason: "policy-error",
	services: [...services],
	sentence: `the train, its policies or the inputs are wrong in ${problems.length} ${problems.length === 1 ? "place" : "places"}; nothing was begun`
});
/** One line for all of them: how far they are together, and what those that run wait for. */
function progressOf(host, plans, decided) {
	const last = /* @__PURE__ */ new Map();
	return (name, percent, text) => {
		last.set(name, {
			percent: Math.min(100, Math.max(0, percent)),
			text
		});
		const sum = plans.reduce((all, plan) => all + (last.get(plan.name)?.percent ?? 0), 0);
		const words = [...last].filter(([one, { text: own }]) => own !== "" && !decided.has(one));
		host.progress(sum / plans.length, words.map(([one, { text: own }]) => `${one}: ${own}`).join("; "));
	};
}
/** The exit code that says most of the services for which the verdict is what it is: Signalbox failed, it was cut off, used wrongly, one stopped. */
function worstExit(verdict, { ran, decided, cancel }) {
	const codes = [...decided].flatMap(([name, { decision, reason }]) => {
		if (decision === "continue" || decision !== verdict.decision) return [];
		if (decision === "hold") return [exitCodes.hold];
		if (reason === "internal-error") return [exitCodes.internal];
		if (reason === "cancelled" && typeof cancel.reason === "number") return [cancel.reason];
		return [ran.get(name)?.end?.exitCode || exitCodes.stop];
	});
	const weight = (code) => code === exitCodes.internal ? 1e3 : code;
	return codes.reduce((a, b) => weight(b) > weight(a) ? b : a, exitCodes.continue);
}
function recordOf({ host, context, ready, ran, decided, decision, problems, began, ended }) {
	const { facts, kind } = host;
	const services = (ready?.services ?? []).map(({ config: { name, policy, needs }, inputs }) => {
		const one = ran.get(name);
		return {
			name,
			policy,
			needs: [...needs],
			began: one ? iso(one.began) : null,
			ended: one ? iso(one.ended) : null,
			decision: decided.get(name) ?? neverBegun("stop", "internal-error", "it ended without a decision"),
			...one?.carried ? { carried: true } : {},
			record: one?.kept ? {
				file: basename(inputs.record ?? ""),
				sha256: one.kept.sha256
			} : null
		};
	});
	return {
		signalbox: 1,
		kind: "train",
		tool: {
			name: "signalbox",
			version: context.version
		},
		train: ready?.train ?? null,
		file: {
			path: ready?.file ?? "",
			sha256: sha256(ready?.text ?? "")
		},
		host: {
			kind,
			repository: facts.repository ?? null,
			ref: facts.ref ?? null,
			sha: facts.sha ?? null,
			actor: facts.actor ?? null,
			run: facts.run ?? null
		},
		began: iso(began),
		ended: iso(ended),
		order: orderOf(services) ?? [],
		services,
		decision,
		problems: [...problems]
	};
}
export { checkTrain, runServices };
