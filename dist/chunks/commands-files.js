// build/commands/files.js
/** @returns the exit code */
async function act(host, action, context) {
	const [file, other = ""] = action.files;
	switch (action.command) {
		case "replay": return (await import("./commands-replay.js")).replayRecord(host, file, context.version);
		case "explain": return (await import("./commands-explain-record.js")).explainRecord(host, file);
		case "diff": return (await import("./commands-diff.js")).diffRecords(host, file, other);
		case "report": return (await import("./commands-report.js")).reportOf(host, file);
		case "security explain": return (await import("./commands-explain.js")).explain(host, file, context.env);
		case "flags restore": return (await import("./commands-restore.js")).restore(host, file, context);
	}
}
export { act };
