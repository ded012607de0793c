#!/usr/bin/env node
import { o as __toESM } from "./chunks/runtime.js";
import { $ as verdictSentence, $t as sourceTypeOf, A as progressLine, At as safeLink, Bt as lettingGo, C as cancelled, Cr as camelCase, D as advance, E as runRound, Er as onlyOnAzure, Ft as Redactor, Ht as sourceName, J as measuredWords, Jn as isDone, M as viewOf, Mt as columns, Nt as cutTo, O as decide, Ot as plain, Pn as gateTypeOf, Q as states, Qn as systemClock, R as nextSteps, S as again, T as phaseOf, Tr as inputs$1, U as complaint, Ut as sourceOf, Vt as annotatedSource, Wt as allGates, X as sinceWords, Xn as stateWords, Yn as percentWords, Yt as writtenGates, Zn as iso, d as load, f as maskInputs, i as publish, jt as sparkline, lr as createHttp, qt as stagesOf, r as exitCodes, t as readSettings, tn as annotationTypeOf, u as identityOf, v as notificationTypeOf, vr as oneLine, w as parked, wr as inputGroups, x as occasionOf, xr as didYouMean, yr as guarded, z as stepWords } from "./chunks/shared.js";
import { C as parseDuration, b as formatDuration, l as classOf, p as meaningOf, s as sha256, t as Refused, vt as NotMeasured } from "./chunks/base.js";
import { parseArgs } from "node:util";
import { setMaxListeners } from "node:events";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
// build/commands/args.js
/** The command line. Its options are the inputs, so that there is one list of them. */
const inputs = inputs$1.filter((input) => !onlyOnAzure(input));
const commands = ["run", "check"];
/** Commands about files: what they need, in the order in which it is given. */
const fileCommands = {
	replay: ["the decision record"],
	explain: ["the decision record"],
	diff: ["a decision record", "the decision record to hold it against"],
	report: ["the decision record"],
	"security explain": ["the file with the results"],
	"flags restore": ["the decision record"]
};
/**
* @param args without node and the script
* @param inPipeline without any argument a pipeline means `run`; a person at a terminal wants help
*/
function parseCommandLine(args, inPipeline) {
	if (args.length === 0) return inPipeline ? {
		command: "run",
		options: {}
	} : { command: "help" };
	const options = Object.fromEntries([
		...inputs.map((input) => [input.name, { type: input.kind === "yes-no" ? "boolean" : "string" }]),
		["help", {
			type: "boolean",
			short: "h"
		}],
		["version", {
			type: "boolean",
			short: "v"
		}]
	]);
	const parsed = parseArgs({
		args: [...args],
		options,
		strict: false,
		allowPositionals: true,
		tokens: true
	});
	const [command, ...more] = parsed.positionals;
	if (parsed.values.help === true || command === "help") return { command: "help" };
	if (parsed.values.version === true) return { command: "version" };
	const known = inputs.map((input) => input.name);
	const given = {};
	for (const token of parsed.tokens) {
		if (token.kind !== "option") continue;
		const input = inputs.find((i) => i.name === token.name);
		if (!input) return wrong(`unknown option \`${token.rawName}\`${didYouMean(token.name, known)}`);
		if (Object.hasOwn(given, input.name)) return wrong(`\`--${input.name}\` is given twice`);
		if (input.kind === "yes-no") given[input.name] = token.value ?? "true";
		else if (token.value === void 0 || !token.inlineValue && token.value.startsWith("--")) return wrong(`\`--${input.name}\` needs a value`);
		else given[input.name] = token.value;
	}
	if (command === void 0) return wrong(`expected a command: ${commands.join(" or ")}`);
	if (isCommand(command)) return more.length === 0 ? {
		command,
		options: given
	} : wrong(`unexpected \`${more.join(" ")}\`; options are written \`--name value\``);
	return aboutFiles(command, more, given);
}
/** `replay RECORD`, `diff RECORD RECORD`, `security explain FILE`. */
function aboutFiles(first, more, options) {
	const all = Object.keys(fileCommands);
	const [wanted] = all.filter((name) => name.startsWith(`${first} `));
	const name = wanted ?? all.find((one) => one === first);
	if (name === void 0) {
		const nouns = [...commands, ...all.map((one) => one.split(" ")[0] ?? "")];
		return wrong(`unknown command \`${first}\`${didYouMean(first, nouns)} (known: ${[...commands, ...all].join(", ")})`);
	}
	const [, verb] = name.split(" ");
	const usage = `\`${name}${fileCommands[name].map((what) => what.includes("record") ? " RECORD" : " FILE").join("")}\``;
	const [found, ...rest] = more;
	if (verb !== void 0 && found !== verb) return wrong(`expected ${usage}${found === void 0 ? "" : `, found \`${found}\`${didYouMean(found, [verb])}`}`);
	const files = verb === void 0 ? more : rest;
	const missing = fileCommands[name][files.length];
	if (missing !== void 0) return wrong(`expected ${missing}: ${usage}`);
	const many = files.slice(fileCommands[name].length);
	if (many.length > 0) return wrong(`unexpected \`${many.join(" ")}\`; expected ${usage}`);
	return {
		command: name,
		files,
		options
	};
}
const isCommand = (word) => commands.includes(word);
const wrong = (message) => ({
	command: "wrong",
	message
});
/** The text of `--help`. */
function helpText(version) {
	const plain = (markdown) => markdown.replaceAll("`", "");
	const option = ({ name, kind, description, absent }) => {
		const value = kind === "yes-no" ? "" : kind === "path" ? " FILE" : " VALUE";
		const fallback = absent === "" ? "" : ` Default: ${plain(absent)}.`;
		return wrap(`  --${name}${value}`, `${plain(description)}${fallback}`);
	};
	return `Signalbox ${version}: one pipeline step that takes the place of the manual approval before a release.

Usage
  signalbox run   [--policy FILE] [options]   ask the gates until the train may go or must stop
  signalbox check [--policy FILE]             say what is wrong with a policy, without running it
  signalbox replay RECORD                     make every reading and the decision anew from a record
  signalbox explain RECORD                    say of each gate what it did to the decision, and why
  signalbox diff RECORD RECORD                say what differs between two trains
  signalbox report RECORD [--summary FILE]    make the reports of a record anew
  signalbox security explain FILE [--policy FILE]
                                              say what becomes of each result of a scan, and why
  signalbox flags restore RECORD [--policy FILE] [--observe]
                                              put flags back that a run switched off
  signalbox --help | --version

Examples
  signalbox run --policy signalbox.yml --record out/record.json
  signalbox run --policy signalbox.yml --observe
  signalbox run --policy signalbox.yml --stage canary-5
  signalbox run --train train.yml
  signalbox run --sarif-files "results/*.sarif" --sarif-require CodeQL

Exit codes
  0  continue
  1  stop: the release is unhealthy, or it could not be proven healthy
  2  the policy or the usage is wrong
  3  hold: the run is parked, and the next one with the same state goes on
  replay: 1 when the record was changed or something else follows; diff: 1 when the trains differ
  130, 143  cancelled by SIGINT, SIGTERM; summary and record are written all the same

${Object.entries(inputGroups).map(([group, title]) => `${title}\n${inputs.filter((i) => i.group === group).map(option).join("\n")}`).join("\n\n")}
`;
}
/** Two columns within 100 characters. */
function wrap(left, text) {
	const indent = 30;
	const lines = [];
	let line = "";
	for (const word of text.split(" ")) if (line !== "" && line.length + word.length + 1 > 70) {
		lines.push(line);
		line = word;
	} else line = line === "" ? word : `${line} ${word}`;
	lines.push(line);
	const [first = "", ...rest] = lines;
	return [left.length < 29 ? `${left.padEnd(indent)}${first}` : `${left}\n${" ".repeat(indent)}${first}`, ...rest.map((l) => " ".repeat(indent) + l)].join("\n");
}
// build/reactions/own-telemetry.js
const given = (values) => Object.fromEntries(Object.entries(values).filter((entry) => entry[1] !== null));
/** What is sent of a record; no evidence, only what was decided and why. */
function telemetryOf(record) {
	const { decision, verdict, service, release, host, rounds } = record;
	const common = given({
		service,
		version: release.version,
		environment: release.environment,
		commit: release.sha,
		repository: host.repository,
		run: host.run,
		policy: record.policy.sha256,
		decision: decision.decision,
		reason: decision.reason
	});
	const last = rounds.at(-1);
	const states = record.gates.map(({ name }) => last?.gates.find((g) => g.gate === name)?.reading?.state ?? "not-evaluated");
	const number = (state) => states.filter((s) => s === state).length;
	return {
		event: {
			name: "Signalbox decision",
			properties: {
				...common,
				verdict: verdict.decision,
				verdictReason: verdict.reason,
				observe: String(record.observe),
				gates: verdict.gates.join(", "),
				sentence: verdict.sentence
			},
			measurements: {
				seconds: (Date.parse(record.ended) - Date.parse(record.began)) / 1e3,
				rounds: rounds.length,
				healthy: number("healthy"),
				unhealthy: number("unhealthy"),
				insufficient: number("insufficient"),
				error: number("error"),
				notEvaluated: number("not-evaluated")
			}
		},
		gates: record.gates.map(({ name, type, source, enforce }) => {
			const reading = last?.gates.find((g) => g.gate === name)?.reading ?? null;
			return {
				id: `${record.began}/${name}`,
				name,
				duration: last === void 0 ? 0 : Date.parse(last.ended) - Date.parse(last.began),
				success: reading?.state === "healthy",
				runLocation: release.environment ?? host.kind,
				message: reading?.reason ?? "not evaluated",
				properties: {
					...common,
					type,
					source,
					enforce,
					state: reading?.state ?? "not-evaluated",
					code: reading?.code ?? "not-evaluated"
				},
				measurements: reading?.value === void 0 ? {} : { value: reading.value }
			};
		})
	};
}
/**
* Sends it. Never throws. Whether the service took it cannot be told: the library says that it is done in either case.
*
* @returns what went wrong on our side, or undefined; `unfinished`: the time was over, and what still runs may keep the process alive
*/
async function sendOwnTelemetry(record, options) {
	let timer;
	const over = new Promise((resolve) => {
		timer = setTimeout(resolve, options.limitMs, "over");
	});
	const sending = send(record, options);
	sending.catch(() => {});
	try {
		if (await Promise.race([sending, over]) !== "over") return { unfinished: false };
		return {
			unfinished: true,
			problem: `not done after ${options.limitMs / 1e3} s`
		};
	} catch (error) {
		return {
			unfinished: false,
			problem: error.message
		};
	} finally {
		clearTimeout(timer);
	}
}
/** `InstrumentationKey=<guid>;IngestionEndpoint=https://…` (https://learn.microsoft.com/azure/azure-monitor/app/connection-strings). */
const connectionStringForm = /(?:^|;)\s*InstrumentationKey=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\s*(?:;|$)/i;
async function send(record, { connectionString, version }) {
	if (!connectionStringForm.test(connectionString)) throw new Error("expected a connection string such as `InstrumentationKey=…;IngestionEndpoint=https://…`");
	process.env.APPLICATIONINSIGHTS_CONFIGURATION_CONTENT ??= "{}";
	process.env.APPLICATION_INSIGHTS_NO_STATSBEAT ??= "1";
	const [{ TelemetryClient }, { resourceFromAttributes }] = await Promise.all([import("./chunks/applicationinsights.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1)), import("./chunks/opentelemetry-resources.js").then((n) => /* @__PURE__ */ __toESM(n.t(), 1))]);
	const client = new TelemetryClient(connectionString, { useGlobalProviders: false });
	client.config.azureMonitorOpenTelemetryOptions = {
		azureMonitorExporterOptions: {
			connectionString,
			disableOfflineStorage: true
		},
		resource: resourceFromAttributes({
			"service.name": "signalbox",
			"service.version": version
		}),
		enableLiveMetrics: false
	};
	const { event, gates } = telemetryOf(record);
	client.trackEvent(event);
	for (const gate of gates) client.trackAvailability(gate);
	await client.flush();
	await client.shutdown();
}
// build/record/build.js
/**
* What the step does: what the gates say, unless the policy only observes, or somebody answers for it. Being cut off or misused is not theirs
* to say.
*
* @param override see `lettingGo`
*/
function decisionFor(verdict, observe, override) {
	if (verdict.decision === "continue") return verdict;
	if ([
		"cancelled",
		"policy-error",
		"internal-error"
	].includes(verdict.reason)) return verdict;
	if (override && !observe) {
		const { by, reason, expires } = override;
		const sentence = `${by} lets it go until ${expires} (${reason}); the gates say ${verdict.decision}: ${verdict.sentence}`;
		return {
			...verdict,
			decision: "continue",
			reason: "overridden",
			sentence
		};
	}
	if (!observe) return verdict;
	return {
		...verdict,
		decision: "continue",
		reason: "observed",
		sentence: `observed only; the gates say ${verdict.decision}: ${verdict.sentence}`
	};
}
function buildRecord(facts, outcome) {
	const { policy, host, standing } = facts;
	const override = facts.observe ? void 0 : overrideOf(facts, outcome);
	return {
		signalbox: 1,
		tool: { ...facts.tool },
		...releaseIn(facts),
		host: {
			kind: host.kind,
			repository: host.facts.repository ?? null,
			ref: host.facts.ref ?? null,
			actor: host.facts.actor ?? null,
			run: host.facts.run ?? null
		},
		policy: {
			file: facts.policyFile ?? null,
			sha256: facts.policySha256,
			effective: policy ?? null
		},
		observe: facts.observe,
		began: iso(facts.began),
		ended: iso(outcome.ended),
		gates: gatesIn(facts, outcome).map((gate) => ({
			name: gate.name,
			type: gate.type,
			source: sourceName(gate),
			enforce: gate.enforce,
			...facts.gates?.get(gate.name)
		})),
		rounds: [...outcome.rounds],
		decision: decisionFor(outcome.verdict, facts.observe, override),
		verdict: outcome.verdict,
		problems: [...outcome.problems],
		...outcome.reactions?.length ? { reactions: [...outcome.reactions] } : {},
		...outcome.walk === void 0 ? {} : { walk: outcome.walk },
		...outcome.runs?.length ? { runs: [...outcome.runs] } : {},
		...standing === void 0 ? {} : { standing: override ? {
			...standing,
			used: [...standing.used, override]
		} : standing }
	};
}
const releaseIn = ({ policy, host, deployedAt }) => ({
	service: policy?.service ?? null,
	release: {
		sha: policy?.release.sha ?? host.facts.sha ?? null,
		version: policy?.release.version ?? null,
		environment: policy?.release.environment ?? host.facts.environment ?? null,
		deployedAt: deployedAt === void 0 ? null : iso(deployedAt)
	}
});
/** The override by which the train goes although its gates stop it. */
const overrideOf = (facts, outcome) => lettingGo({
	...releaseIn(facts),
	...outcome,
	rounds: [...outcome.rounds],
	standing: facts.standing
});
/** Those of stages that were walked, too. */
function gatesIn({ policy }, { walk, rounds }) {
	if (!policy) return [];
	if (!walk) return policy.gates;
	const asked = new Set(rounds.flatMap((round) => round.gates.map(({ gate }) => gate)));
	const ofPolicy = new Set(policy.gates);
	return allGates(policy).filter((gate) => ofPolicy.has(gate) || asked.has(gate.name));
}
// build/report/live.js
/** What a person at a terminal sees while the step waits: one frame, drawn again each second. Pure; the host draws it. */
const ansi = {
	healthy: 32,
	unhealthy: 31,
	insufficient: 33,
	error: 33,
	"not-evaluated": 2,
	bold: 1,
	faint: 2
};
/** Lines around the gates: what holds the train, and the times. */
const around = 3;
/** A line of the terminal stays free, so that it does not scroll. */
const least = 5;
/** @returns lines of fewer than `size.columns` columns, fewer than `size.rows` of them; none where there is no room for anything */
function frame(waiting, size) {
	const width = size.columns - 1;
	if (width < 20 || size.rows < least) return [];
	const paint = (style, line) => size.colour ? `\u{1b}[${ansi[style]}m${line}\u{1b}[0m` : line;
	const gates = waiting.rules.map((rule) => gateOf(rule, waiting));
	const rank = (gate) => gate.state === "healthy" ? 2 : gate.rule.enforce === "block" ? 0 : 1;
	const sorted = [...gates].sort((a, b) => rank(a) - rank(b));
	const room = size.rows - 1 - around;
	const shown = sorted.length > room ? sorted.slice(0, room - 1) : sorted;
	const left = sorted.length - shown.length;
	const well = sorted.slice(shown.length).filter(({ state }) => state === "healthy").length;
	const name = Math.min(Math.floor(width / 3), Math.max(0, ...shown.map((gate) => columns(gate.name))));
	return [
		paint("bold", cutTo(headline(waiting), width)),
		...shown.map((gate) => {
			const { mark } = states[gate.state];
			const line = cutTo(`${mark} ${cutTo(gate.name, name, true)}  ${gate.words}`, width);
			return paint(gate.state, mark) + line.slice(mark.length);
		}),
		...left > 0 ? [paint("faint", cutTo(`  and ${left} more${well === left ? ", all healthy" : ""}`, width))] : [],
		paint("faint", cutTo(times(waiting), width))
	];
}
/** `1.3 % (limit < 1 %) · ▂▃▇ · unhealthy in 2 of 3 rounds`. */
function gateOf(rule, { rounds, state }) {
	const readings = rounds.map((round) => round.gates.find(({ gate }) => gate === rule.name)?.reading ?? null);
	const reading = readings.at(-1) ?? null;
	const inRow = state.gates.get(rule.name)?.unhealthyInRow ?? 0;
	const after = rule["unhealthy-after"];
	const parts = [
		reading === null ? "not evaluated yet" : measuredWords(reading),
		reading?.shown === void 0 ? "" : sparkline(readings.map((one) => one?.value ?? null)),
		inRow > 0 && reading?.state !== "healthy" ? `unhealthy in ${inRow} of ${after} rounds` : "",
		rule.enforce === "block" ? "" : rule.enforce === "warn" ? "only warns" : "only observed"
	];
	const words = plain(parts.filter((part) => part !== "").join(" · "), 300);
	return {
		rule,
		name: plain(rule.name, 80),
		state: reading?.state ?? "not-evaluated",
		words
	};
}
function headline({ rounds }) {
	const last = rounds.at(-1);
	if (!last) return "waiting for the first answers";
	const step = last.step === void 0 ? "" : `step ${last.step}, `;
	return plain(`${step}round ${last.number}: ${last.decision.decision} (${last.decision.reason}): ${last.decision.sentence}`, 400);
}
/** `steady 2m of 5m · 24m left · next round in 12s`. */
function times({ state, evaluation, began, next, now }) {
	const left = began + evaluation.deadline - now;
	return [
		evaluation.steady > 0 ? `steady ${formatDuration(state.steadyMs)} of ${formatDuration(evaluation.steady)}` : "",
		left > 0 ? `${whole(left)} left` : "no time left",
		next > now ? `next round in ${whole(next - now)}` : "asking now"
	].filter((part) => part !== "").join(" · ");
}
/** In whole seconds, never less than one while there is some. */
const whole = (ms) => formatDuration(Math.ceil(ms / 1e3) * 1e3);
// build/train/run.js
/** First wait after a round in which something could not be measured; doubles up to the normal interval. */
const retryMs = 5e3;
/** The round at the deadline still gets this long for its answers, if the policy gives a round so long at all. */
const lastRoundMs = 1e4;
async function runTrain(options) {
	const { gates, evaluation, deployedAt, clock, cancel, after, earlier = [] } = options;
	const rules = gates.map((g) => g.config);
	const started = clock.now();
	const deadline = (earlier[0] ? Date.parse(earlier[0].began) : started) + evaluation.deadline;
	const settledAt = deployedAt + evaluation.warmup;
	const rounds = [];
	const past = again({
		gates,
		evaluation,
		deployedAt,
		rounds: earlier
	});
	if (past.decision && past.decision.decision !== "hold") return {
		rounds,
		decision: past.decision
	};
	let { state, memories } = past;
	let failedInRow = 0;
	let final = past.decision?.reason === "final-check";
	while (!cancel.aborted) {
		const now = rounds.length === 0 ? started : clock.now();
		const phase = phaseOf(final, now, settledAt);
		const left = Math.max(deadline - now, lastRoundMs);
		const timeoutMs = Math.min(evaluation["round-timeout"], left);
		const outcomes = await runRound(gates, {
			now,
			deployedAt,
			settledAt
		}, {
			timeoutMs,
			cancel
		}, clock, memories);
		memories = new Map(outcomes.map((o) => [o.gate, o.memory]));
		const ended = clock.now();
		const readings = new Map(outcomes.map((o) => [o.gate, o.reading]));
		state = advance(state, {
			at: now,
			phase,
			readings
		}, rules, evaluation);
		const decision = cancel.aborted ? cancelled(numberOf(rounds.length + 1)) : decide(state, rules, evaluation, {
			now: ended,
			deadline
		});
		const round = {
			number: numberOf(rounds.length + 1),
			...after === void 0 ? {} : { step: after.step },
			phase,
			began: iso(now),
			ended: iso(ended),
			gates: outcomes.map(({ gate, answers, reading }) => ({
				gate,
				answers: [...answers],
				reading
			})),
			decision
		};
		rounds.push(round);
		failedInRow = outcomes.some((o) => o.reading?.state === "error") ? failedInRow + 1 : 0;
		final = decision.reason === "final-check";
		const next = decision.decision === "hold" ? nextRound() : void 0;
		const parks = next !== void 0 && !final && next > (options.parkAt ?? Number.POSITIVE_INFINITY);
		options.onRound(round, state, parks ? void 0 : next);
		if (next === void 0) return {
			rounds,
			decision
		};
		if (parks) return {
			rounds,
			decision: parked(decision)
		};
		await clock.sleep(next - clock.now(), cancel);
		function nextRound() {
			if (final) return ended;
			const backoff = retryMs * 2 ** (failedInRow - 1) * (.8 + .4 * options.random());
			const wait = failedInRow > 0 ? Math.min(backoff, evaluation.every) : evaluation.every;
			const soon = now < settledAt ? Math.min(now + wait, settledAt) : now + wait;
			return Math.max(ended, Math.min(soon, deadline));
		}
	}
	return {
		rounds,
		decision: cancelled(numberOf(rounds.length))
	};
	function numberOf(own) {
		return own + earlier.length + (after?.rounds ?? 0);
	}
}
// build/report/notice.js
const mostGates = 50;
function noticeOf(record) {
	const view = viewOf(record);
	const rank = (gate) => gate.blamed ? 0 : gate.state === "healthy" ? 2 : 1;
	const gates = [...view.gates].sort((a, b) => rank(a) - rank(b)).slice(0, mostGates);
	return {
		decision: record.decision.decision,
		reason: record.decision.reason,
		headline: plain(verdictSentence(view), 400),
		gates: gates.map((gate) => {
			const since = gate.state === "healthy" ? "" : sinceWords(gate, record.ended);
			const link = safeLink(gate.link);
			return {
				name: plain(gate.name, 120),
				state: gate.state,
				enforce: gate.enforce,
				reason: gate.blamed,
				text: plain(`${complaint(gate).replace(/^: /, "")}${since === "" ? "" : `; ${since}`}`, 600),
				...gate.reading?.shown === void 0 ? {} : { value: plain(gate.reading.shown, 80) },
				...gate.reading?.threshold === void 0 ? {} : { threshold: plain(gate.reading.threshold, 120) },
				...link === void 0 ? {} : { link }
			};
		}),
		next: nextSteps(view).map((step) => plain(stepWords(step), 400)),
		...record.digest === void 0 ? {} : { record: record.digest },
		async markdown(maxBytes) {
			const { summary } = await import("./chunks/late.js").then((n) => n.Ht);
			return summary(record, {
				flavour: "github",
				maxBytes
			});
		}
	};
}
// build/commands/annotate.js
/** Marks the release on the charts that the policy names, and tells those of the decision whom it names. Whatever becomes of it, the decision stays what it is. */
const usual = {
	begin: 6e4,
	end: 5e3,
	cancelled: 2e3
};
/** Opens the policy's annotations; nothing is sent yet. */
function openAnnotations(options) {
	const { policy, context, host, redactor, cancel, limits = usual } = options;
	const marks = [...policy.annotations.map((config) => new Mark(config.type, open$1(policy, config, context), context)), ...policy.notify.map((config) => new Mark(config.type, openNotification(config, context), context, config.when))];
	const eventFor = (said) => redactor.data(eventOf(options, said, iso(context.clock.now())));
	const warn = (message) => host.annotate({
		level: "warning",
		title: "Signalbox",
		message
	});
	return {
		begin() {
			if (marks.length === 0) return;
			const event = eventFor(options.observe ? "watching (observed only)" : "watching");
			for (const mark of marks) mark.begin(event, limits.begin);
		},
		async end(record) {
			if (marks.length === 0) return {
				reactions: [],
				unfinished: false
			};
			const clean = redactor.data(record);
			const event = {
				...eventFor(sentenceOf(clean)),
				notice: noticeOf(clean)
			};
			const limit = limitOf(limits, cancel);
			await Promise.all(marks.map((mark) => mark.end(event, clean.decision, limit)));
			limit.clear();
			const reactions = marks.map((mark) => mark.takeReactions());
			for (const [index, done] of reactions.entries()) {
				const { type = "", target = "" } = marks[index] ?? {};
				const what = done.some(({ moment, ok }) => moment === "end" && ok) ? "the start of the release" : "the release";
				const said = marks[index]?.tells ? `${type} (${target}) was not told` : `${what} was not annotated in ${type} (${target})`;
				for (const reason of new Set(done.filter(({ ok }) => !ok).map(({ detail }) => detail))) warn(`${said}; the decision stands: ${reason}`);
			}
			return {
				reactions: redactor.data(reactions.flat()),
				unfinished: marks.some((mark) => mark.unfinished)
			};
		}
	};
}
const open$1 = (policy, config, context) => opened$1(() => annotationTypeOf(config.type)?.open(config, sourceOf(policy, config), context));
const openNotification = (config, context) => opened$1(() => notificationTypeOf(config.type)?.open(config, void 0, context));
/** One that cannot be opened is one that cannot be written. */
function opened$1(act) {
	try {
		const annotation = act();
		if (!annotation) throw new Error("there is no such type");
		return annotation;
	} catch (error) {
		return {
			target: "not opened",
			end: () => Promise.reject(error)
		};
	}
}
/** One annotation of the policy, and what became of it. */
var Mark = class {
	type;
	target;
	/** Something that did not heed its signal still runs. */
	unfinished = false;
	#annotation;
	#clock;
	#ending = new AbortController();
	#reactions = [];
	#begun;
	#when;
	/** @param when which ends it is told of; absent: all of them */
	constructor(type, annotation, { clock }, when) {
		this.#when = when;
		this.type = type;
		this.target = annotation.target;
		this.#annotation = annotation;
		this.#clock = clock;
	}
	begin(event, limitMs) {
		if (this.#annotation.begin === void 0) return;
		const signal = AbortSignal.any([this.#ending.signal, AbortSignal.timeout(limitMs)]);
		this.#begun = this.#do("begin", signal, async () => this.#annotation.begin?.(event, signal));
	}
	/** It tells people or programs, and marks no chart. */
	get tells() {
		return this.#when !== void 0;
	}
	async end(event, decision, { signal, begun }) {
		if (this.#when?.includes(occasionOf(decision)) === false) return;
		begun.addEventListener("abort", () => this.#ending.abort(), { once: true });
		await this.#do("end", signal, async () => {
			await this.#begun;
			return this.#annotation.end(event, decision, signal);
		});
	}
	takeReactions() {
		return this.#reactions.splice(0);
	}
	/** Never throws, and does not last longer than the signal, whatever the annotation makes of it. */
	async #do(moment, signal, act) {
		const at = iso(this.#clock.now());
		const note = (ok, detail) => {
			this.#reactions.push({
				type: this.type,
				target: this.target,
				moment,
				at,
				ok,
				detail: oneLine(detail, 500),
				...this.tells ? { told: true } : {}
			});
		};
		try {
			const done = await Promise.race([act(), over(signal)]);
			if (done !== void 0) note(true, done);
		} catch (error) {
			if (error === outOfTime) this.unfinished = true;
			note(false, error instanceof Error ? error.message : String(error));
		}
	}
};
const outOfTime = /* @__PURE__ */ new Error("it was not done in time");
/** Left for what heeds the signal to say what it waited for, milliseconds. */
const lastWordsMs = 50;
/** Rejects soon after the signal aborts. */
function over(signal) {
	return new Promise((_, reject) => {
		const end = () => setTimeout(reject, lastWordsMs, outOfTime);
		if (signal.aborted) end();
		else signal.addEventListener("abort", end, { once: true });
	});
}
const shareOfBegun = .4;
/** Aborts after the time for the end, and sooner once somebody wants the step to end. */
function limitOf(limits, cancel) {
	const whole = new AbortController();
	const part = new AbortController();
	for (const { signal } of [whole, part]) setMaxListeners(0, signal);
	const timers = [];
	const within = (ms) => {
		timers.push(setTimeout(() => whole.abort(), ms - lastWordsMs));
		timers.push(setTimeout(() => part.abort(), ms * shareOfBegun));
	};
	const hurry = () => within(limits.cancelled);
	within(limits.end);
	if (cancel.aborted) hurry();
	else cancel.addEventListener("abort", hurry, { once: true });
	const clear = () => {
		cancel.removeEventListener("abort", hurry);
		for (const timer of timers) clearTimeout(timer);
	};
	return {
		signal: whole.signal,
		begun: part.signal,
		clear
	};
}
/** As the summary's title says it, to be put behind a colon. */
function sentenceOf(record) {
	return verdictSentence(viewOf(record)).replace(/^(?:Stop|Continue|Cancelled|Observed)\b/, (word) => word.toLowerCase());
}
function eventOf({ policy, host, ...options }, said, at) {
	const { service, release } = policy;
	const { sha, repository, ref, run, actor } = host.facts;
	const { version, environment } = release;
	const what = [service ?? repository ?? "release", version].filter((part) => part !== void 0).join(" ");
	const subject = environment === void 0 ? what : `${what} to ${environment}`;
	return {
		service,
		version,
		sha: release.sha ?? sha,
		environment,
		repository,
		ref,
		run,
		actor,
		deployedAt: iso(options.deployedAt),
		began: iso(options.began),
		at,
		observe: options.observe,
		subject,
		words: `${subject}: ${said}`
	};
}
// build/commands/open.js
const opened = /* @__PURE__ */ new WeakMap();
/** @throws {Error} when there is no such type of source */
function openSource(config, context) {
	const ofRun = opened.get(context) ?? /* @__PURE__ */ new Map();
	opened.set(context, ofRun);
	const key = JSON.stringify(config);
	const known = ofRun.get(key);
	if (known) return known;
	const type = sourceTypeOf(config.type);
	if (!type) throw new Error(`there is no source of type ${config.type}`);
	const source = type.open(config, context);
	ofRun.set(key, source);
	return source;
}
/** By its name in the policy. */
function openNamed({ sources }, name, context) {
	const config = Object.hasOwn(sources, name) ? sources[name] : void 0;
	if (!config) throw new Error(`there is no source ${name}`);
	return openSource(config, context);
}
// build/commands/bind.js
/** From a policy to gates with their sources open. */
const settleOf = (type, config) => type.settleMs?.(config) ?? 0;
/** What the record says of the gates beside what they are: how late their sources are, and where the policy writes them. */
function gateFacts(policy, locate) {
	const paths = new Map(writtenGates(policy).map(({ gate, path }) => [gate.name, path]));
	return new Map(allGates(policy).map((gate) => {
		const config = sourceOf(policy, gate);
		const type = sourceTypeOf(config?.type);
		const settle = config && type ? settleOf(type, config) : 0;
		const path = gate.preparation ? void 0 : paths.get(gate.name);
		const { file, line, column } = path ? locate(path, "") : {};
		const place = line === void 0 || column === void 0 ? {} : { place: {
			...file === void 0 ? {} : { file },
			line,
			column
		} };
		return [gate.name, {
			...settle === 0 ? {} : { settle },
			...place
		}];
	}));
}
/** Binds the gates to their sources. */
function bindGates(policy, context) {
	const opened = (written) => {
		const config = sourceOf(policy, { source: written });
		const type = sourceTypeOf(config?.type);
		if (!config || !type) throw new Error(`there is no source ${JSON.stringify(written)}`);
		return {
			source: openSource(config, context),
			type,
			config
		};
	};
	return policy.gates.map((config) => {
		const gateType = gateTypeOf(config.type);
		if (!gateType) throw new Error(`there is no gate of type ${config.type}`);
		const { source, type, config: asked } = opened(config.source);
		const others = gateType.alsoAsks?.(config) ?? [];
		return {
			config,
			gate: gateType.bind(config),
			sourceName: sourceName(config),
			source,
			...others.length === 0 ? {} : { others: new Map(others.map(({ source: name }) => [name, opened(name).source])) },
			settleMs: settleOf(type, asked)
		};
	});
}
// build/commands/deployment.js
/** When the new version went live, by what the policy says. */
/** Clocks of runners and servers disagree by seconds; a deployment further ahead than this is a mistake. */
const aheadMs = 6e4;
/**
* Of the three ways to write it only the annotation asks anybody. What cannot be told is never taken for now: the samples of the old
* version would count for the new one, or the warm-up begin anew with each run.
*/
async function deploymentTime(policy, context) {
	const text = policy.release["deployed-at"] ?? context.announced;
	const { now } = context;
	if (text === void 0) return { at: now };
	const name = annotatedSource(text);
	if (name !== void 0) return await annotatedTime(policy, name, context);
	const [, span] = /^\s*(\S+)\s+ago\s*$/.exec(text) ?? [];
	const ago = span === void 0 ? void 0 : parseDuration(span);
	const zoned = /(?:Z|[+-]\d{2}:?\d{2})\s*$/i.test(text);
	const at = ago === void 0 ? zoned ? Date.parse(text) : NaN : now - ago;
	if (Number.isNaN(at)) return { wrong: `expected an instant with a time zone such as 2026-11-23T10:00:00Z, \`10m ago\`, or \`annotation of <source>\`, found \`${text}\`` };
	return at > now + aheadMs ? { wrong: `expected a time in the past, found \`${text}\`` } : { at: Math.min(at, now) };
}
async function annotatedTime(policy, name, context) {
	const config = Object.hasOwn(policy.sources, name) ? policy.sources[name] : void 0;
	const source = config && context.open(config);
	if (!source?.newestDeployment) return { wrong: `the source \`${name}\` remembers no deployments` };
	const unmeasured = (why) => ({ unmeasured: `when the new version went live is not known: ${why}; nothing was measured` });
	let found;
	try {
		found = await within(policy.evaluation["round-timeout"], (signal) => source.newestDeployment?.(signal), context);
	} catch (error) {
		if (!(error instanceof NotMeasured)) throw error;
		return unmeasured(`\`${name}\` could not be asked for its newest release annotation (${error.message})`);
	}
	if (found === void 0) return unmeasured(`\`${name}\` has no release annotation of the last two weeks; annotate the deployment before this step, or give its time as \`deployed-at\``);
	const named = `the release annotation "${found.name}" of \`${name}\``;
	if (!Number.isFinite(found.at)) return unmeasured(`${named} has no time`);
	if (found.at > context.now + aheadMs) return unmeasured(`${named} lies in the future (${iso(found.at)}): do the clocks agree?`);
	return {
		at: Math.min(found.at, context.now),
		from: named
	};
}
/** @throws {NotMeasured} `timeout`, even where what is asked does not heed the signal */
async function within(ms, ask, { clock, cancel }) {
	const over = new AbortController();
	const answered = new AbortController();
	const end = AbortSignal.any([cancel, over.signal]);
	const timer = clock.sleep(ms, AbortSignal.any([cancel, answered.signal])).then(() => over.abort());
	const cut = new Promise((_, reject) => {
		const late = () => {
			setImmediate(() => reject(new NotMeasured("timeout", `no answer within ${formatDuration(ms)}`)));
		};
		if (end.aborted) late();
		else end.addEventListener("abort", late, { once: true });
	});
	try {
		return await Promise.race([ask(end), cut]);
	} finally {
		answered.abort();
		await timer;
	}
}
// build/reactions/read-back.js
/** Nothing is believed that was not read back: reading until it shows. */
/** First wait before it is read once more; doubles. */
const pollMs$1 = 500;
const longestPollMs = 5e3;
/**
* Reads at least once. What cannot be read now is read again.
*
* @returns the first state that is enough; undefined: there was none in time
* @throws what `read` throws and is no `NotMeasured`
*/
async function readUntil(read, isEnough, { verifyMs, clock, signal }) {
	const until = clock.now() + verifyMs;
	for (let wait = pollMs$1;; wait = Math.min(2 * wait, longestPollMs)) {
		try {
			const state = await read();
			if (isEnough(state)) return state;
		} catch (error) {
			if (!(error instanceof NotMeasured)) throw error;
		}
		if (signal.aborted || clock.now() + wait > until) return void 0;
		await clock.sleep(wait, signal);
	}
}
// build/reactions/flags/change.js
/**
* Changing a flag, whoever provides it: read, check, write as little as can be, read back until what is served is as wanted, and put
* back what was there if the exposure grew instead. Nothing is believed that was not read back.
*/
/** Never throws. */
async function changeFlag(changing) {
	const { sourceName, flag, wanted, clock } = changing;
	const made = {
		before: null,
		after: null
	};
	const say = (outcome, detail, more = {}) => ({
		source: sourceName,
		flag,
		wanted: wantedWords(wanted),
		outcome,
		at: iso(clock.now()),
		detail: oneLine(detail, 500),
		...more,
		before: made.before,
		after: made.after,
		...made.undo === void 0 ? {} : { undo: made.undo }
	});
	try {
		return await act$1(changing, made, say);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		if (error instanceof Refused) return say("refused", message, {
			code: error.code,
			next: error.next
		});
		const code = error instanceof NotMeasured ? error.code : "internal-error";
		if (made.undo === void 0) return say("not-read", message, {
			code,
			next: `switch it off by hand: ${flag}`
		});
		return say("not-verified", message, {
			code,
			next: notVerifiedNext(flag)
		});
	}
}
async function act$1(changing, made, say) {
	const { source, sourceName, flag, wanted, dryRun = false, unless, signal } = changing;
	const { control } = source;
	if (!control) throw new Refused("read-only", `${sourceName} cannot change flags`, "change the flag where it is defined");
	const how = {
		meaning: changing.meaning,
		note: changing.note
	};
	const draft = await draftOf(control, changing, how);
	const { before } = draft;
	made.before = before;
	if (!before.exists) throw new Refused("unknown-flag", `there is no flag ${flag}`, "check its name and environment");
	const against = unless?.(before);
	if (against !== void 0) throw new Refused("changed-in-between", against, "see who changes it at the same time, then run this again");
	if (wanted.to === "off" && before.whenOff === "on") throw new Refused("too-complex", `once it is off, ${flag} serves the new code: its off value counts as on`, "let it serve the old code when it is off, and switch it off by hand");
	if (draft.send === void 0) {
		made.after = before;
		if (isAsWanted(before, wanted)) return say("already", `${flag} is ${wantedWords(wanted)} already`);
		throw new Refused("too-complex", `its switch is off already, but ${flag} is ${stateWords(before)}`, manual(flag));
	}
	if (dryRun) return say("dry-run", `would send ${draft.words}; ${flag} is ${stateWords(before)}`);
	made.undo = draft.undo;
	let unsure;
	try {
		await draft.send(signal);
	} catch (error) {
		if (error instanceof Refused) made.undo = void 0;
		if (!(error instanceof NotMeasured)) throw error;
		unsure = error;
	}
	const after = await readBack(changing, made);
	if (after !== void 0 && isWider(after, before, wanted)) return putBack(changing, control, how, draft, after, say);
	if (after !== void 0 && isAsWanted(after, wanted)) return say("changed", `${flag} is ${wantedWords(wanted)}: ${draft.words}`);
	const found = made.after === null ? "it could not be read back" : `it is ${stateWords(made.after)}`;
	const failed = unsure === void 0 ? "" : `; the change may not have been taken: ${unsure.message}`;
	const within = formatDuration(changing.verifyMs);
	return say("not-verified", `${flag} was not ${wantedWords(wanted)} within ${within}: ${found}${failed}`, {
		code: unsure?.code ?? "not-verified",
		next: notVerifiedNext(flag)
	});
}
function draftOf(control, { flag, wanted, signal }, how) {
	switch (wanted.to) {
		case "off": return control.off(flag, how, signal);
		case "restore": return control.restore(flag, wanted.undo, how, signal);
		case "rollout":
			if (control.rollout) return control.rollout(flag, wanted.percent, how, signal);
			throw new Refused("too-complex", "this provider takes no percentage", "set it by hand");
	}
}
/** @returns the first state that is as wanted or worse than before, else undefined; the last that was read stands in `made` */
function readBack(changing, made) {
	const { source, flag, meaning, wanted, signal } = changing;
	return readUntil(async () => {
		const state = await readState(source, flag, meaning, signal);
		made.after = state;
		return state;
	}, (state) => isAsWanted(state, wanted) || made.before !== null && isWider(state, made.before, wanted), changing);
}
/**
* The state of one flag.
*
* @throws {NotMeasured}
*/
async function readState(source, flag, meaning, signal) {
	const answer = await source.flags?.({
		family: "flags",
		ask: "states",
		of: { flag },
		meaning
	}, signal);
	const state = answer?.kind === "flag-states" ? answer.states.find(({ key }) => key === flag) : void 0;
	if (!state || answer?.partial) throw new NotMeasured("bad-answer", `what became of ${flag} was not answered`);
	return state;
}
const near = (a, b) => Math.abs(a - b) < .005;
function isAsWanted(state, wanted) {
	if (!state.exists || !state.configured) return false;
	if (wanted.to === "off") return state.reach === "nobody";
	if (wanted.to === "restore") {
		const { was } = wanted;
		return state.enabled === was.enabled && near(state.exposure.lo, was.exposure.lo) && near(state.exposure.hi, was.exposure.hi) && state.reach === was.reach;
	}
	const { percent } = wanted;
	return state.enabled !== false && near(state.exposure.lo, percent) && near(state.exposure.hi, percent);
}
/** More may get the new code than before, or than was wanted. */
function isWider(after, before, wanted) {
	const hi = Math.max(before.exposure.hi, wanted.to === "off" ? 0 : wanted.to === "rollout" ? wanted.percent : wanted.was.exposure.hi);
	return after.exposure.hi > hi + .005;
}
async function putBack(changing, control, how, { before, undo }, wider, say) {
	const { flag, signal } = changing;
	const grew = `after the change ${flag} was ${stateWords(wider)}, before it ${stateWords(before)}`;
	const next = `set ${flag} by hand, now`;
	try {
		await (await control.restore(flag, undo, how, signal)).send?.(signal);
		const made = {
			before: null,
			after: null
		};
		if (await readBack({
			...changing,
			wanted: {
				to: "restore",
				was: before,
				undo
			}
		}, made) !== void 0) return say("reverted", `${grew}; what was there was put back`, {
			code: "widened",
			next
		});
		return say("not-reverted", `${grew}; putting back what was there did not show`, {
			code: "widened",
			next
		});
	} catch (error) {
		return say("not-reverted", `${grew}; what was there could not be put back: ${error instanceof Error ? error.message : String(error)}`, {
			code: "widened",
			next
		});
	}
}
const manual = (flag) => `remove the rules of ${flag} by hand, or release what does without it; then run this again`;
const notVerifiedNext = (flag) => `look at ${flag} at its provider now, and switch it by hand if need be`;
function wantedWords(wanted) {
	if (wanted.to === "off") return "off";
	return wanted.to === "rollout" ? `at ${percentWords(wanted.percent)}` : "as it was before";
}
// build/reactions/flags/probe.js
const pollMs = 1e3;
/** @returns the change as it stands after the probes; one that was not made, or not seen to be made, is returned as it is */
async function probed(change, probing) {
	if (change.outcome !== "changed" && change.outcome !== "already") return change;
	const { contexts, verifyMs, clock, signal } = probing;
	const until = clock.now() + verifyMs;
	for (;;) {
		const [first] = (await Promise.all(contexts.map((context) => stillOn(change.flag, context, probing)))).filter((text) => text !== void 0);
		if (first === void 0) {
			const detail = `${change.detail}; none of ${contexts.length} probes is served the new code`;
			return {
				...change,
				detail
			};
		}
		if (signal.aborted || clock.now() + pollMs > until) return {
			...change,
			outcome: "not-verified",
			code: "probe",
			detail: oneLine(`${change.detail}; but ${first}`, 500),
			next: "see whether the applications have heard of the change: what they cache, and where they read flags"
		};
		await clock.sleep(pollMs, signal);
	}
}
/** Why one context may still get the new code. */
async function stillOn(flag, context, { source, meaning, signal }) {
	const who = oneLine(String(context.targetingKey), 60);
	try {
		const answer = await source.flags?.({
			family: "flags",
			ask: "served",
			flag,
			context
		}, signal);
		if (answer?.kind !== "flag" || !answer.exists) return `nobody could say what ${who} is served`;
		const nothing = answer.value === null || answer.value === void 0;
		if ((nothing ? meaning.codeDefault ?? "unclear" : classOf(answer, meaning)) === "off") return void 0;
		return `${who} is served ${nothing ? "nothing, so that its code decides" : oneLine(JSON.stringify(answer.value), 60)}`;
	} catch (error) {
		if (!(error instanceof NotMeasured)) throw error;
		return `what ${who} is served could not be measured: ${error.message}`;
	}
}
// build/commands/on-stop.js
/** What the policy does when the train stops: switch flags off, in order, and say loudly which could not be. */
/** Time for the requests themselves, beside that for reading back. */
const requestsMs = 3e4;
/** A platform that cancels a job kills it soon after. */
const cancelledMs = 4e3;
/** Never throws. @returns what was done, in the policy's order */
async function onStop(stop) {
	const { policy, verdict, decision } = stop;
	const reactions = [];
	for (const config of policy["on-stop"]) {
		if (verdict.decision !== "stop" || !config.when.includes(verdict.reason)) continue;
		const dryRun = config["dry-run"] || decision.decision === "continue";
		for (const flag of config.flag) reactions.push(await switchOff(stop, config, flag, dryRun));
	}
	return reactions;
}
async function switchOff(stop, config, flag, dryRun) {
	const { policy, context, note, verdict } = stop;
	const { clock } = context;
	const at = iso(clock.now());
	const hurried = verdict.reason === "cancelled";
	const verifyMs = hurried ? Math.min(cancelledMs, config["verify-within"]) : config["verify-within"];
	const signal = AbortSignal.timeout(hurried ? cancelledMs : verifyMs + requestsMs);
	const meaning = meaningOf(config);
	let done;
	try {
		const source = openNamed(policy, config.source, context);
		done = await changeFlag({
			sourceName: config.source,
			source,
			flag,
			wanted: { to: "off" },
			meaning,
			note,
			verifyMs,
			dryRun,
			clock,
			signal
		});
		if (config.probe && !dryRun) {
			const probeSource = openNamed(policy, config.probe.with, context);
			done = await probed(done, {
				source: probeSource,
				contexts: config.probe.for,
				meaning,
				verifyMs,
				clock,
				signal
			});
		}
	} catch (error) {
		const detail = error instanceof Error ? error.message : String(error);
		const nothing = {
			before: null,
			after: null,
			code: "internal-error",
			next: `switch ${flag} off by hand`
		};
		done = {
			source: config.source,
			flag,
			wanted: "off",
			outcome: "not-read",
			at,
			detail,
			...nothing
		};
	}
	const ok = isDone(done);
	if (!ok) stop.say("error", `${flag} is NOT known to be off: ${done.detail}. Next: ${done.next ?? "switch it off by hand"}`);
	return {
		type: "flag-off",
		target: `${flag} in ${config.source}`,
		moment: "end",
		at,
		ok,
		detail: done.detail,
		flag: done
	};
}
// build/commands/stages.js
/** Which stages this run is to prove. */
/** @returns by the input `stage`, or what is wrong with it */
function stagesToProve(policy, { stage }) {
	const names = stagesOf(policy).map(({ name }) => name);
	if (stage === void 0 || stage === "all" && names.length > 0) return {
		from: Math.min(1, names.length),
		to: names.length
	};
	const wrong = (message) => ({ wrong: { message: `input \`stage\`: ${message}` } });
	if (names.length === 0) return wrong("the policy has no `stages`");
	const at = names.indexOf(stage);
	if (at < 0) return wrong(`there is no stage \`${stage}\`${didYouMean(stage, names)} (known: all, ${names.join(", ")})`);
	return {
		from: at + 1,
		to: at + 1
	};
}
// build/commands/verdicts.js
const policyError = (problems) => ({
	decision: "stop",
	reason: "policy-error",
	gates: [],
	sentence: `the policy or the inputs are wrong in ${problems.length} ${problems.length === 1 ? "place" : "places"}; nothing was measured`
});
const deploymentUnknown = (sentence) => ({
	decision: "stop",
	reason: "not-measured",
	gates: [],
	sentence
});
const cancelledEarly = {
	decision: "stop",
	reason: "cancelled",
	gates: [],
	sentence: "cancelled before anything was measured"
};
/** @returns the exit code that the platform or the person asked for; throws what crashed */
function cancelledBy({ reason }) {
	if (typeof reason !== "number") throw reason;
	return reason;
}
const internalError = (error) => ({
	decision: "stop",
	reason: "internal-error",
	gates: [],
	sentence: `Signalbox itself failed: ${error instanceof Error ? error.message : String(error)}`
});
// build/commands/run.js
/** `signalbox run`: from the host's inputs to the published decision. */
/** Longest time that Signalbox's own telemetry may delay the end of the step. */
const ownTelemetryMs = 2e3;
/** Runs the step to its end. Never throws: whatever goes wrong is reported as a decision to stop. */
async function run(rawHost, context) {
	const clock = context.clock ?? systemClock;
	const redactor = new Redactor();
	for (const secret of context.secrets ?? []) redactor.add(secret);
	const host = guarded(rawHost, redactor);
	const began = clock.now();
	const rounds = [];
	let settings;
	let loaded;
	let deployedAt;
	let annotations;
	let walked;
	let earlier;
	let keep;
	let held;
	let grouped = false;
	const outside = {
		clock,
		http: createHttp({ clock }),
		workspace: process.cwd(),
		identity: identityOf(host, context.env)
	};
	const end = async (verdict, problems, exitCode) => {
		host.live?.(void 0);
		if (grouped) host.group?.();
		grouped = false;
		const facts = {
			tool: {
				name: "signalbox",
				version: context.version
			},
			host,
			policyFile: settings?.file,
			policySha256: sha256(settings?.text ?? JSON.stringify(settings?.overrides ?? [])),
			policy: loaded?.policy,
			...loaded?.policy ? { gates: gateFacts(loaded.policy, loaded.locate) } : {},
			observe: settings?.observe ?? false,
			began: earlier?.began ?? began,
			deployedAt,
			standing: await held?.ended(rounds)
		};
		const answeredFor = overrideOf(facts, {
			rounds,
			verdict,
			walk: walked
		});
		const decides = decisionFor(verdict, facts.observe, answeredFor);
		const reactions = loaded?.policy ? await onStop({
			policy: loaded.policy,
			verdict,
			decision: decides,
			context: outside,
			note: redactor.text(oneLine(`Signalbox, ${host.facts.run ?? "on a terminal"}: ${verdict.sentence}`, 250)),
			say: (level, message) => host.annotate({
				level,
				title: "Signalbox",
				message
			})
		}) : [];
		const runs = earlier?.runs ?? [];
		const outcome = {
			rounds,
			verdict,
			problems,
			ended: clock.now(),
			reactions,
			walk: walked,
			runs
		};
		const to = {
			...settings?.record === void 0 ? {} : { record: settings.record },
			...settings?.summary === void 0 ? {} : { summary: settings.summary },
			...settings?.report === void 0 ? {} : { report: settings.report },
			...settings?.attest === void 0 ? {} : { attest: settings.attest },
			...held && { enter: held.enter }
		};
		const decided = buildRecord(facts, outcome);
		const annotated = verdict.decision === "hold" ? void 0 : await annotations?.end(decided);
		const record = annotated?.reactions.length ? {
			...decided,
			reactions: [...reactions, ...annotated.reactions]
		} : decided;
		const decision = await publish(host, redactor, record, to, exitCode);
		if (!goesOnLater(verdict, walked)) keep?.end(decision);
		if (decision.decision !== record.decision.decision) await annotations?.end({
			...record,
			decision,
			verdict: decision
		});
		if (annotated?.unfinished) context.leave?.();
		if (settings?.telemetry !== void 0 && verdict.decision !== "hold") await report({
			...redactor.data(record),
			decision
		}, settings.telemetry, host, context);
		return decision;
	};
	try {
		maskInputs(host);
		settings = await readSettings(host);
		loaded = await load(settings, host, context.env);
		for (const secret of loaded.secrets) host.secret(secret);
		const { policy } = loaded;
		const problems = [...settings.problems, ...settings.text === "" ? [] : loaded.problems];
		const prove = policy ? stagesToProve(policy, settings) : {
			from: 0,
			to: 0
		};
		if ("wrong" in prove) problems.push(prove.wrong);
		const resumed = policy && settings.resume !== void 0 ? await (await import("./chunks/commands-resume.js")).resumeFrom(settings.resume, policy) : void 0;
		if (resumed && "wrong" in resumed) problems.push({ message: `input \`resume\`: ${resumed.wrong}` });
		const keeps = settings.state !== void 0 || policy?.evaluation["park-after"] !== void 0;
		if (policy && keeps && problems.length === 0 && !("wrong" in prove)) {
			const { keptRun } = await import("./chunks/commands-state.js");
			const gates = gateFacts(policy, loaded.locate);
			const kept = await keptRun({
				policy,
				file: settings.state,
				stages: prove,
				host,
				redactor,
				gates
			});
			if (kept && "wrong" in kept) problems.push(kept.at ? loaded.locate(kept.at, kept.wrong) : { message: kept.wrong });
			else if (kept) {
				({earlier, keep} = kept);
				rounds.push(...earlier?.rounds ?? []);
				walked = earlier?.walk;
			}
		}
		const lasts = settings.ledger !== void 0 || policy?.overrides !== void 0 || (policy?.freezes?.length ?? 0) > 0;
		if (policy && lasts && problems.length === 0) {
			const { env, cancel } = context;
			const { locate } = loaded;
			const { workspace } = outside;
			const { openStanding } = await import("./chunks/late.js").then((n) => n.xn);
			held = await openStanding({
				policy,
				settings,
				locate,
				workspace,
				env,
				clock,
				cancel,
				setOut: setOutAt(earlier)
			});
			problems.push(...held.problems);
		}
		if (earlier) deployedAt = earlier.deployedAt;
		else if (policy && problems.length === 0) {
			const time = await deploymentTime(policy, {
				now: began,
				clock,
				cancel: context.cancel,
				announced: host.facts.deployedAt,
				open: (config) => openSource(config, outside)
			});
			if ("wrong" in time) problems.push(loaded.locate(["release", "deployed-at"], time.wrong));
			else if ("at" in time) {
				deployedAt = time.at;
				if (time.from !== void 0) host.log(`the new version went live at ${iso(time.at)}, says ${time.from}`);
			} else if (!context.cancel.aborted) return await end(deploymentUnknown(time.unmeasured), [], exitCodes.stop);
			else return await end(cancelledEarly, [], cancelledBy(context.cancel));
		}
		if (!policy || problems.length > 0 || deployedAt === void 0 || "wrong" in prove) return await end(policyError(problems), problems, exitCodes.usage);
		const { observe } = settings;
		const { cancel } = context;
		const random = context.random ?? Math.random;
		const { run: link = null, actor = null } = host.facts;
		keep?.begin({
			run: link,
			actor,
			began
		}, deployedAt);
		annotations = openAnnotations({
			policy,
			observe,
			began,
			deployedAt,
			host,
			redactor,
			context: outside,
			cancel
		});
		if (held?.stop) return await end(held.stop, [], exitCodes.stop);
		let since = began;
		let now = policy;
		const onRound = (round, state, next) => {
			rounds.push(round);
			keep?.round(round);
			const { evaluation, gates: rules } = now;
			const { live } = host;
			if (!grouped) host.group?.("Rounds");
			grouped = true;
			if (live === void 0) host.log(progressLine(round, {
				evaluation,
				began: since,
				state,
				rules
			}));
			if (next === void 0) return live?.(void 0);
			const waiting = {
				rounds: rounds.filter(({ step }) => step === round.step),
				state,
				rules,
				evaluation,
				began: since,
				next
			};
			live?.((size) => frame({
				...waiting,
				now: clock.now()
			}, size));
			if (round.number === 1) annotations?.begin();
			const share = 100 * (clock.now() - since) / evaluation.deadline;
			host.progress(share, `round ${round.number + 1} begins at ${iso(next).slice(11, 19)} UTC`);
		};
		const moves = prove.to > 0 && !observe;
		if (prove.to > 0 && observe) host.log("observed only: nothing is moved");
		const parkAfter = policy.evaluation["park-after"];
		const parkAt = parkAfter === void 0 ? void 0 : began + parkAfter;
		let decision;
		if (moves) {
			const goesOn = resumed && "resumed" in resumed ? resumed.resumed : null;
			const { walkStages } = await import("./chunks/commands-walk.js");
			const done = await walkStages({
				policy,
				from: Math.max(prove.from, goesOn?.step ?? 1),
				to: prove.to,
				resumed: goesOn,
				earlier: earlier?.walk?.walked ?? [],
				deployedAt,
				context: outside,
				note: redactor.text(oneLine(`Signalbox, ${host.facts.run ?? "on a terminal"}`, 250)),
				cancel,
				random,
				rounds,
				onRound,
				parkAt,
				...held && { mayBegin: held.mayMove },
				onStage: (words, at, stage) => {
					since = at;
					now = stage;
					host.log(words);
				},
				onProgress: (soFar) => {
					walked = soFar;
					keep?.walk(soFar);
				}
			});
			({walk: walked, decision} = done);
		} else {
			const gates = bindGates(policy, outside);
			const { evaluation } = policy;
			const before = [...rounds];
			const times = {
				evaluation,
				deployedAt,
				clock,
				random,
				cancel,
				onRound,
				earlier: before,
				parkAt
			};
			({decision} = await runTrain({
				gates,
				...times
			}));
		}
		const code = decision.decision === "hold" ? exitCodes.hold : exitCodes.stop;
		return await end(decision, [], decision.reason === "cancelled" ? cancelledBy(cancel) : code);
	} catch (error) {
		return await end(internalError(error), [], exitCodes.internal);
	}
}
/** Whether the next job goes on with it: it waits, or was cut off, and nothing went back. */
const goesOnLater = ({ reason }, walk) => ["parked", "policy-error"].includes(reason) || [
	"cancelled",
	"internal-error",
	"frozen",
	"open-stop"
].includes(reason) && !walk?.end.length;
/** When the run set out that this one goes on with; undefined: it never did, so it is looked at anew whether it may. */
const setOutAt = (earlier) => earlier && (earlier.rounds.length > 0 || earlier.walk?.walked.length) ? earlier.began : void 0;
/** Signalbox's own telemetry. It fails with a warning, and never changes the decision. */
async function report(record, connectionString, host, { version, leave }) {
	const { problem, unfinished } = await sendOwnTelemetry(record, {
		connectionString,
		version,
		limitMs: ownTelemetryMs
	});
	const message = `Signalbox's own telemetry was not sent: ${problem}`;
	if (problem !== void 0) host.annotate({
		level: "warning",
		title: "Signalbox",
		message
	});
	if (unfinished) leave?.();
}
// build/host/commands.js
/** The escape character shows that something was kept from acting; the text stays readable. */
const escapeWith = "\\";
/**
* Text for the log of any host, safe to print: one that comes from outside cannot act as a command.
*
* Both platforms read stdout line by line and take `\r` alone for the end of a line too. GitHub's runner acts on `::` at the
* start of a line, after white space, and on `##[` anywhere (ActionCommand.cs in actions/runner); the Azure agent acts on
* `##vso[` anywhere, in any case of letters, and colours lines by `##[` (Command.cs in microsoft/azure-pipelines-agent).
* They are broken up with a backslash: `\::error::`, `##\[error]`, `##\vso[task.complete]`. Control characters, with which
* a terminal can be made to hide or overwrite what it shows, become U+FFFD; tabs and colours stay.
*
* @returns lines joined by `\n`, without one at the end
*/
function harmless(text) {
	return text.split(/\r\n|\r|\n/).map((line) => line.replace(/(\p{Cc})(\[[0-9;]*m)?/gu, printable).replace(/##(?=\[|vso\[)/gi, `##${escapeWith}`).replace(/^((?:\p{White_Space}|\p{Cf})*)::/u, `$1${escapeWith}::`)).join("\n");
}
/** @param colour what follows the control character, if it looks like the rest of a colour */
function printable(found, control, colour = "") {
	return control === "	" || control === "\x1B" && colour !== "" ? found : `\u{fffd}${colour}`;
}
/** Text without its colours. */
const colourless = (text) => text.replaceAll(/\p{Cc}\[[0-9;]*m/gu, "");
/** A command of GitHub's runner, escaped as @actions/core does it. Properties without a value are left out. */
function githubCommand(name, properties, data) {
	const pairs = Object.entries(properties).filter(([, value]) => value !== void 0 && value !== "").map(([key, value]) => `${key}=${escapeData(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`);
	return `::${name}${pairs.length > 0 ? ` ${pairs.join(",")}` : ""}::${escapeData(data)}`;
}
const escapeData = (text) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
/** Shorter lines of a longer secret are brackets and the like; masking them would eat the whole log. */
const shortestLine = 3;
/**
* What to mask so that a secret shows nowhere: each of its lines, since logs are masked line by line.
* White space around a line is left out, since the line without it is masked either way.
*/
function linesToMask(secret) {
	const lines = secret.split(/[\r\n]+/).map((line) => line.trim()).filter((line) => line !== "");
	return lines.length > 1 ? lines.filter((line) => line.length >= shortestLine) : lines;
}
/** `error: src/a.ts:3:1: message`, or `error: title: message` where no file says what it is about. */
function annotationLine({ level, title, message, file, line, column }) {
	const place = [
		file,
		line,
		column
	].filter((part) => part !== void 0).join(":");
	const about = file === void 0 ? title : place;
	return `${level}: ${about === "" ? "" : `${about}: `}${message}`;
}
// build/host/folder.js
/** Where a step on a pipeline keeps its files. */
/**
* Makes a folder of this step's own, so that several steps of a job do not write over each other's files.
*
* @param parent the platform's temporary folder; made when it is not there, the system's when it is not given
* @throws {Error} when it cannot be made
*/
function freshFolder(parent) {
	const folder = parent || tmpdir();
	mkdirSync(folder, { recursive: true });
	return mkdtempSync(join(folder, "signalbox-"));
}
// build/host/azure.js
/**
* Azure Pipelines. Inputs are read only through azure-pipelines-task-lib, which takes them out of the environment when it is
* imported; it is imported here alone, since it prints to the log at once.
*/
/** The agent keeps ten issues of a level and step; one is left for the result, which is an issue as well. */
const issuesPerLevel = 9;
/** A job on Microsoft's agents ends after 6 h at the latest. */
const hostedJobMs$1 = 216e5;
/** Exit codes that say no more than the printed result: a decision to stop, and a wrong policy. */
const saidByResult = [1, 2];
/** `env` is for the facts and the folder; task-lib itself reads `process.env`. */
async function openAzure({ env = process.env, stdout = process.stdout, byCommandLine = false } = {}) {
	const { default: task } = await import("./chunks/azure-pipelines-task-lib.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const given = byCommandLine ? /* @__PURE__ */ new Map() : readInputs(task);
	task.setStdStream(stdout);
	const shown = {
		error: 0,
		warning: 0,
		notice: 0
	};
	const log = (text) => void stdout.write(`${harmless(text)}\n`);
	const outputFolder = freshFolder(env.AGENT_TEMPDIRECTORY);
	return {
		kind: "azure",
		facts: factsOf$1(env),
		summaryFlavour: "azure",
		columns: 120,
		colour: false,
		outputFolder,
		...env.AGENT_ISSELFHOSTED === "1" ? {} : { longestJobMs: hostedJobMs$1 },
		...serviceConnection(task, given.get("azure-subscription")),
		input: (name) => given.get(name),
		secret(value) {
			for (const line of linesToMask(value)) task.setSecret(line);
		},
		log,
		group: (title) => void stdout.write(title === void 0 ? "##[endgroup]\n" : `##[group]${harmless(title)}\n`),
		progress: (percent, text) => task.setProgress(Math.round(Math.min(100, Math.max(0, percent))), text),
		annotate(annotation) {
			const { level, title, message, file, line, column } = annotation;
			shown[level] += 1;
			if (level === "notice" || shown[level] > issuesPerLevel) return log(annotationLine(annotation));
			const place = {
				sourcepath: file,
				linenumber: line,
				columnnumber: column
			};
			task.command("task.logissue", {
				type: level,
				...place
			}, title === "" ? message : `${title}: ${message}`);
		},
		async output(name, value) {
			task.setVariable(camelCase(name), value, false, true);
		},
		async summary(path) {
			const attached = join(outputFolder, `${basename(outputFolder)}.md`);
			copyFileSync(path, attached);
			task.uploadSummary(attached);
		},
		/**
		* The agent goes by the result that is printed. For a stop and for a wrong policy the exit code is 0 then, as task-lib
		* means it: with another the agent adds an error of its own that says no more than the code. A crash and a signal set it,
		* since they may not rest on a printed line alone; and so does every stop when a script runs the command line, since the
		* script goes by nothing else and must not go on to the release.
		*/
		async finish(result, message, exitCode) {
			task.setResult(results(task)[result], message);
			process.exitCode = saidByResult.includes(exitCode) && !byCommandLine ? 0 : exitCode;
		}
	};
}
const results = ({ TaskResult }) => ({
	success: TaskResult.Succeeded,
	warning: TaskResult.SucceededWithIssues,
	failure: TaskResult.Failed
});
/**
* All inputs at once and in silence: task-lib prints the value of each that is asked for, and no secret may show before it is
* masked. Its vault leaves empty ones out, but leaves them in the environment as well.
*/
function readInputs(task) {
	const given = /* @__PURE__ */ new Map();
	task.setStdStream({ write: () => true });
	for (const { name } of inputs$1) {
		const camel = camelCase(name);
		const value = task.getInput(camel) ?? process.env[`INPUT_${camel.toUpperCase()}`];
		if (value !== void 0) given.set(name, value);
	}
	return given;
}
/** @param id of the connection, as the agent hands it over in place of its name */
function serviceConnection(task, id) {
	if (!id) return {};
	const scheme = task.getEndpointAuthorizationScheme(id, true);
	const parameter = (key) => task.getEndpointAuthorizationParameter(id, key, true) || void 0;
	const found = [
		"WorkloadIdentityFederation",
		"ServicePrincipal",
		"ManagedServiceIdentity"
	].find((name) => name.toLowerCase() === scheme?.toLowerCase());
	if (found === void 0) {
		const shown = scheme === void 0 ? "the agent handed over none of it" : `it is of ${scheme}`;
		return { serviceConnection() {
			throw new Error(`expected a service connection of Azure Resource Manager in the input \`azureSubscription\`, with workload identity federation, a secret or a managed identity; of ${id} ${shown}`);
		} };
	}
	const [tenant, client, secret] = [
		"tenantid",
		"serviceprincipalid",
		"serviceprincipalkey"
	].map(parameter);
	const data = (key) => task.getEndpointDataParameter(id, key, true) || void 0;
	const authority = (data("environmentAuthorityUrl") ?? data("activeDirectoryAuthority"))?.replace(/\/+$/, "");
	const systemToken = task.getEndpointAuthorizationParameter("SYSTEMVSSCONNECTION", "AccessToken", true) ?? "";
	return { serviceConnection: () => ({
		id,
		scheme: found,
		systemToken,
		...tenant && { tenant },
		...client && { client },
		...secret && { secret },
		...authority?.startsWith("https:") && { authority }
	}) };
}
function factsOf$1(env) {
	const { BUILD_REPOSITORY_NAME: repository, BUILD_SOURCEVERSION: sha, BUILD_SOURCEBRANCH: ref } = env;
	const { BUILD_REQUESTEDFOR: actor, ENVIRONMENT_NAME: environment } = env;
	const { SYSTEM_COLLECTIONURI: collection, SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: id } = env;
	return {
		...repository ? { repository } : {},
		...sha ? { sha } : {},
		...ref ? { ref } : {},
		...actor ? { actor } : {},
		...collection && project && id ? { run: `${collection.replace(/\/*$/, "")}/${encodeURIComponent(project)}/_build/results?buildId=${id}` } : {},
		...environment ? { environment } : {}
	};
}
// build/host/attest.js
/**
* @param token may write attestations
* @returns where the attestation can be looked at
* @throws when it was not signed or not kept, with the permissions that it takes
*/
async function attestOnGithub(statement, token, env) {
	const { attest } = await import("./chunks/actions-attest.js");
	try {
		const { attestationID } = await attest({
			subjects: statement.subjects.map(({ name, digest }) => ({
				name,
				digest: { ...digest }
			})),
			predicateType: statement.predicateType,
			predicate: statement.predicate,
			token
		});
		return `${env.GITHUB_SERVER_URL ?? "https://github.com"}/${env.GITHUB_REPOSITORY ?? ""}/attestations/${attestationID ?? ""}`;
	} catch (error) {
		throw new Error(`${wordsOf(error)}; signing takes the job's permissions \`id-token: write\` and \`attestations: write\`, and for a private repository GitHub Enterprise Cloud`);
	}
}
/** Sigstore says what failed, and in its cause why. */
function wordsOf(error) {
	if (!(error instanceof Error)) return String(error);
	return error.cause === void 0 ? error.message : `${error.message}: ${wordsOf(error.cause)}`;
}
// build/host/github.js
/**
* GitHub Actions. Inputs, masks and annotations are read and written here, without @actions/core: it costs 45 ms to load,
* and none of it may pass before the first request leaves. Only outputs and the summary, at the end, go through it.
*/
/** GitHub shows this many annotations of a level and step, and drops the rest. */
const annotationsPerLevel = 10;
/** GitHub drops a step's summary of more than 1 MiB whole; a little less leaves room for line ends. */
const summaryBytes = 1e6;
/** A job on GitHub's own runners ends after 6 h. */
const hostedJobMs = 216e5;
/** Outputs, the summary and ID tokens need `process.env` itself, since @actions/core reads it. */
function openGithub({ env = process.env, stdout = process.stdout } = {}) {
	const shown = {
		error: 0,
		warning: 0,
		notice: 0
	};
	const print = (line) => void stdout.write(`${line}\n`);
	const log = (text) => print(harmless(text));
	const warn = (message) => print(githubCommand("warning", { title: "Signalbox" }, message));
	return {
		kind: "github",
		facts: factsOf(env),
		summaryFlavour: "github",
		columns: 120,
		colour: false,
		outputFolder: freshFolder(env.RUNNER_TEMP),
		...env.RUNNER_ENVIRONMENT === "github-hosted" ? { longestJobMs: hostedJobMs } : {},
		...env.ACTIONS_ID_TOKEN_REQUEST_URL ? {
			idToken: async (audience) => (await import("./chunks/actions-core.js").then((n) => n.t)).getIDToken(audience),
			attest: (statement, token) => attestOnGithub(statement, token, env)
		} : {},
		input: (name) => env[inputVariable(name)],
		secret(value) {
			for (const line of linesToMask(value)) print(githubCommand("add-mask", {}, line));
		},
		log,
		group: (title) => print(title === void 0 ? "::endgroup::" : githubCommand("group", {}, title)),
		progress: () => void 0,
		annotate(annotation) {
			const { level, title, message, file, line, column } = annotation;
			shown[level] += 1;
			if (shown[level] > annotationsPerLevel) log(annotationLine(annotation));
			else print(githubCommand(level, {
				file,
				line,
				col: column,
				title
			}, message));
		},
		async output(name, value) {
			const missing = missingFile(env, "GITHUB_OUTPUT");
			if (missing !== void 0) return warn(`output \`${name}\` is not set: ${missing}`);
			const { setOutput } = await import("./chunks/actions-core.js").then((n) => n.t);
			setOutput(name, value);
		},
		async summary(path) {
			const missing = missingFile(env, "GITHUB_STEP_SUMMARY");
			if (missing !== void 0) return warn(`the summary is not shown: ${missing}; it is in ${path}`);
			const { summary } = await import("./chunks/actions-core.js").then((n) => n.t);
			try {
				const text = await readFile(path, "utf8");
				const bytes = statSync(env.GITHUB_STEP_SUMMARY ?? "").size + Buffer.byteLength(text);
				if (bytes > summaryBytes) throw new Error(`the step's summary would have ${bytes} bytes, expected at most ${summaryBytes}`);
				await summary.addRaw(text).write();
			} catch (error) {
				summary.emptyBuffer();
				warn(`the summary is not shown: ${error.message}; it is in ${path}`);
			}
		},
		async finish(_result, message, exitCode) {
			log(message);
			process.exitCode = exitCode;
		}
	};
}
/** The variable in which the runner passes an input: upper case, spaces as `_`; dashes stay. */
const inputVariable = (name) => `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;
/** @returns what is missing, or undefined when the file is there */
function missingFile(env, variable) {
	const path = env[variable];
	if (!path) return `expected the path of a file in ${variable}, which is not set`;
	return existsSync(path) ? void 0 : `expected the file that ${variable} names, which does not exist`;
}
function factsOf(env) {
	const { GITHUB_REPOSITORY: repository, GITHUB_SHA: sha, GITHUB_REF: ref, GITHUB_ACTOR: actor } = env;
	const { GITHUB_SERVER_URL: server, GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } = env;
	const run = `${server}/${repository}/actions/runs/${id}${attempt ? `/attempts/${attempt}` : ""}`;
	return {
		...repository ? { repository } : {},
		...sha ? { sha } : {},
		...ref ? { ref } : {},
		...actor ? { actor } : {},
		...server && repository && id ? { run } : {},
		...deploymentOf(env)
	};
}
/** A run that a deployment's status started knows where and when it went live (event `deployment_status`). */
function deploymentOf(env) {
	if (env.GITHUB_EVENT_NAME !== "deployment_status" || !env.GITHUB_EVENT_PATH) return {};
	try {
		const { deployment, deployment_status: status } = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, "utf8"));
		const environment = deployment?.environment;
		return {
			...typeof environment === "string" ? { environment } : {},
			...status?.state === "success" && typeof status.created_at === "string" ? { deployedAt: status.created_at } : {}
		};
	} catch {
		return {};
	}
}
// build/host/terminal.js
/** A person's terminal, or any script: inputs are the command line's options. */
const clearLine = "\r\x1B[K";
const cursor = {
	hide: "\x1B[?25l",
	show: "\x1B[?25h"
};
/** Up so many lines, and all from there on is gone. */
const clearLines = (lines) => lines === 0 ? "" : `\r\u{1b}[${lines}A\u{1b}[J`;
const secondMs = 1e3;
function openTerminal(options, { env = process.env, stdout, stderr, cwd = process.cwd() } = {}) {
	const out = () => stdout ?? process.stdout;
	const rewrites = () => out().isTTY === true && env.TERM !== "dumb";
	const columns = () => out().columns || 100;
	const colour = () => rewrites() && !env.NO_COLOR;
	let status = false;
	let drawn = 0;
	let draw;
	let timer;
	const print = (screen, text) => {
		if (status) out().write(clearLine);
		status = false;
		erase();
		screen.write(`${harmless(text)}\n`);
		redraw();
	};
	const erase = () => {
		if (drawn > 0) out().write(clearLines(drawn));
		drawn = 0;
	};
	const redraw = () => {
		if (draw === void 0) return;
		const lines = draw({
			columns: columns(),
			rows: out().rows || 24,
			colour: colour()
		}).map((line) => harmless(line).replaceAll("\n", " "));
		out().write(`${clearLines(drawn)}${lines.map((line) => `${line}\n`).join("")}`);
		drawn = lines.length;
	};
	const restore = () => void out().write(cursor.show);
	const live = (next) => {
		if (next === void 0) {
			if (draw === void 0) return;
			draw = void 0;
			clearInterval(timer);
			erase();
			restore();
			process.off("exit", restore);
			return;
		}
		if (draw === void 0) {
			if (status) out().write(clearLine);
			status = false;
			out().write(cursor.hide);
			process.on("exit", restore);
			timer = setInterval(redraw, secondMs).unref();
		}
		draw = next;
		redraw();
	};
	return {
		kind: "terminal",
		facts: {},
		summaryFlavour: "github",
		get columns() {
			return columns();
		},
		get colour() {
			return colour();
		},
		outputFolder: join(cwd, "signalbox-out"),
		input: (name) => options[name],
		secret: () => void 0,
		log: (text) => print(out(), text),
		get live() {
			return rewrites() ? live : void 0;
		},
		progress(percent, text) {
			if (!rewrites() || draw !== void 0) return;
			const line = harmless(`${`${Math.round(Math.min(100, Math.max(0, percent)))}%`.padStart(4)} ${text}`).replaceAll("\n", " ");
			const cut = Array.from(colourless(line)).slice(0, columns() - 1).join("");
			out().write(`${clearLine}${colour() ? `\u{1b}[2m${cut}\u{1b}[0m` : cut}`);
			status = true;
		},
		annotate: (annotation) => print(stderr ?? process.stderr, annotationLine(annotation)),
		output: async () => void 0,
		async summary(path) {
			print(out(), `Summary: ${path}`);
		},
		async finish(_result, message, exitCode) {
			print(out(), message);
			process.exitCode = exitCode;
		}
	};
}
// build/host/detect.js
/** Finds out where the step runs. Each host is loaded only where it is needed. */
/**
* @param options those of the command line
* @param args arguments of the process. With any, a script of a pipeline runs the command line: then its options are the
*   inputs and `INPUT_*` is not read at all, since what stands there belongs to the step that started the script.
*/
async function openHost(options, env = process.env, args = process.argv.slice(2)) {
	const byCommandLine = args.length > 0;
	const inputsOf = (host) => byCommandLine ? {
		...host,
		input: (name) => options[name]
	} : host;
	if (env.GITHUB_ACTIONS === "true") return inputsOf(openGithub({ env }));
	if (env.TF_BUILD === "True") return inputsOf(await openAzure({
		env,
		byCommandLine
	}));
	return openTerminal(options, { env });
}
// build/version.js
/** The version of Signalbox; a test holds it to package.json. */
const version = "0.1.0";
// build/main.js
/**
* The only door. Our own modules are imported as they are, since one large file starts faster than several small ones; what is
* heavy are packages, and each is imported where a policy or a platform needs it.
*/
/** As a shell reports the end by a signal: 128 and the signal's number. */
const signals = {
	SIGINT: 130,
	SIGTERM: 143,
	SIGHUP: 129
};
async function main() {
	const inPipeline = process.env.GITHUB_ACTIONS === "true" || process.env.TF_BUILD === "True";
	const invocation = readCommandLine(process.argv.slice(2), inPipeline);
	if ("options" in invocation) await act(invocation);
}
function readCommandLine(args, inPipeline) {
	const invocation = parseCommandLine(args, inPipeline);
	if (invocation.command === "help") process.stdout.write(helpText(version));
	if (invocation.command === "version") process.stdout.write(`${version}\n`);
	if (invocation.command === "wrong") {
		process.stderr.write(`signalbox: ${invocation.message}\nTry \`signalbox --help\`.\n`);
		process.exitCode = 2;
	}
	return invocation;
}
async function act(action) {
	const cancel = new AbortController();
	for (const [signal, code] of Object.entries(signals)) process.once(signal, () => cancel.abort(code));
	process.once("uncaughtException", (error) => cancel.abort(error));
	const host = await openHost(action.options);
	const train = host.input("train")?.trim() ? await import("./chunks/commands-train.js") : void 0;
	if (action.command === "check") {
		const { check } = await import("./chunks/commands-check.js");
		process.exitCode = await (train?.checkTrain ?? check)(host, process.env);
		return;
	}
	if ("files" in action) {
		const { act: actOn } = await import("./chunks/commands-files.js");
		process.exitCode = await actOn(host, action, {
			env: process.env,
			version,
			cancel: cancel.signal
		});
		return;
	}
	let abandoned = false;
	const leave = () => {
		abandoned = true;
	};
	const context = {
		env: process.env,
		version,
		cancel: cancel.signal,
		leave
	};
	await (train?.runServices ?? run)(host, context);
	if (abandoned) process.stdout.write("", () => process.exit());
}
main().catch((error) => {
	process.exitCode = 70;
	process.stderr.write(`signalbox: ${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
});
export { readUntil as a, runTrain as c, readState as i, buildRecord as l, stagesToProve as n, bindGates as o, changeFlag as r, openNamed as s, run as t, decisionFor as u };
