import { i as locate, r as errorCode } from "./base.js";
import { G as openReport, J as withReport, K as problemOf, Y as Refused, t as readLog } from "./scans.js";
import path from "node:path";
import { fileURLToPath } from "node:url";
// build/sources/security/sarif/index.js
/** Format `sarif`: the results of scanners, as SARIF 2.1.0 files in the workspace. */
const sarifFormat = {
	type: "sarif",
	what: "SARIF",
	inFolder: [
		"**/*.sarif",
		"**/*.sarif.json",
		"**/*.sarif.gz"
	],
	async read(file, sink, { workspace }, signal) {
		const external = (uri) => openBeside(workspace, file, uri);
		try {
			await withReport(file, (report) => readLog(report, {
				name: file.name,
				external,
				workspace
			}, sink, signal));
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			sink.problem(problemOf(file, error));
		}
	}
};
/** A file that a log points at, only inside the workspace, so that no report can point elsewhere. */
async function openBeside(workspace, log, uri) {
	const absolute = pathOf(uri, path.dirname(path.resolve(workspace, log.name)));
	if (absolute === void 0) throw new Refused("UNREADABLE", "is no path of a file");
	let located;
	try {
		located = await locate(workspace, absolute);
	} catch (error) {
		throw new Refused("UNREADABLE", `cannot be read (${errorCode(error)})`);
	}
	if (!located) throw new Refused("UNREADABLE", "lies outside the workspace");
	if (located.absolute === log.absolute) throw new Refused("UNREADABLE", "is the log itself");
	return openReport(located);
}
function pathOf(uri, folder) {
	try {
		if (/^file:/i.test(uri)) return fileURLToPath(uri);
		if (/^[a-z][a-z0-9+.-]+:/i.test(uri) || /[?#]/.test(uri)) return void 0;
		return path.resolve(folder, decodeURIComponent(uri));
	} catch {
		return;
	}
}
export { sarifFormat };
