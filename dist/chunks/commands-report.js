import { Ut as html, Vt as summary, vn as openRecord } from "./late.js";
import { a as summaryBytes, j as text, r as exitCodes } from "./shared.js";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
// build/commands/report.js
/** `signalbox report RECORD`: the reports of a train made anew from its record, such as one that came from another machine. */
/** @returns the exit code: 0, 1 when the record was changed since it was written, 2 when it is none */
async function reportOf(rawHost, file) {
	const opened = await openRecord(rawHost, file);
	if (!opened) return exitCodes.usage;
	const { host, record, sound } = opened;
	const to = resolve(host.input("summary") || join(host.outputFolder, "summary.md"));
	const page = resolve(host.input("report") || join(host.outputFolder, "report.html"));
	const markdown = await summary(record, {
		flavour: host.summaryFlavour,
		maxBytes: summaryBytes,
		recordFile: basename(file),
		reportFile: basename(page)
	});
	for (const [path, content] of [[to, markdown], [page, await html(record)]]) {
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, content);
	}
	host.log(text(record, {
		width: host.columns,
		colour: host.colour
	}));
	host.log(`Summary: ${to}\nReport: ${page}`);
	return sound ? exitCodes.continue : exitCodes.stop;
}
export { reportOf };
