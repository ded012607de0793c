import { C as parseDuration, St as queryOf, bt as defineSource, g as described, o as readText, ut as strictObject, vt as NotMeasured, y as filled } from "./base.js";
import { Zn as iso, ar as labelText, cr as reportedNumber, xr as didYouMean } from "./shared.js";
import { L as seriesOver } from "./late.js";
// build/sources/telemetry/samples.js
/**
* Source `samples`: recorded samples in a CSV or JSON file, in place of a server: for examples, for tests of a policy, and for
* telemetry that another step has already fetched.
*/
const schema = strictObject({ file: described(filled, "CSV (`time,series,value` and a column for each label) or JSON (a list of such objects), in the workspace.") });
const permanent = { permanent: true };
var RecordedSamples = class {
	#file;
	#context;
	/** What `-5m` in the file counts from, so that an example does not go stale. */
	#opened;
	#rows;
	constructor(file, context) {
		this.#file = file;
		this.#context = context;
		this.#opened = context.clock.now();
	}
	async ask(question) {
		this.#rows ??= this.#read();
		const rows = await this.#rows;
		const query = queryOf(question);
		const wanted = parseSelector(query);
		const { from, to } = question.window;
		const bySeries = /* @__PURE__ */ new Map();
		for (const row of rows) {
			if (row.series !== wanted.name || row.at < from || row.at > to) continue;
			if (!Object.entries(wanted.labels).every(([key, value]) => (row.labels[key] ?? "") === value)) continue;
			const key = labelText(row.labels);
			const points = bySeries.get(key);
			if (points) points.push(row);
			else bySeries.set(key, [row]);
		}
		const found = [...bySeries.values()];
		const newest = found.map((points) => Math.max(...points.map((p) => p.at))).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
		return {
			kind: "samples",
			subject: `${found.length} series of ${query} in ${this.#file}`,
			query,
			at: iso(this.#context.clock.now()),
			seen: found.length,
			notes: found.length === 0 ? [this.#absence(wanted.name, rows)] : [],
			partial: false,
			window: {
				from: iso(from),
				to: iso(to)
			},
			newest: Number.isFinite(newest) ? iso(newest) : null,
			series: found.map((points) => ({
				labels: { ...points[0]?.labels },
				...seriesOver(points, question, "end")
			}))
		};
	}
	#absence(name, rows) {
		const names = [...new Set(rows.map((r) => r.series))];
		return names.includes(name) ? `\`${name}\` has no sample with these labels in the window` : `there is no series \`${name}\`${didYouMean(name, names)}`;
	}
	async #read() {
		const text = await readText(this.#context.workspace, this.#file);
		const rows = (/\.json$/i.test(this.#file) ? this.#json(text) : await this.#csv(text)).map((entry) => this.#row(entry)).toSorted((a, b) => a.at - b.at);
		if (rows.length === 0) throw this.#wrong(this.#file, "at least one sample");
		this.#refuseTwice(rows);
		return rows;
	}
	/** Two values of one series at one time: nobody could say which is right. */
	#refuseTwice(rows) {
		const seen = /* @__PURE__ */ new Map();
		for (const row of rows) {
			const key = `${row.at} ${row.series} ${labelText(row.labels)}`;
			const other = seen.get(key);
			if (other) throw this.#wrong(row.where, `one sample of \`${row.series}\` for this time (see ${other.where})`);
			seen.set(key, row);
		}
	}
	async #csv(text) {
		const { parse } = await import("./csv-parse.js");
		try {
			return parse(text, {
				columns: true,
				bom: true,
				trim: true,
				skip_empty_lines: true,
				comment: "#",
				comment_no_infix: true,
				info: true
			}).map(({ record: { time, series, value, ...labels }, info }) => ({
				fields: {
					time,
					series,
					value
				},
				labels,
				where: `${this.#file}:${info.lines}`
			}));
		} catch (error) {
			throw new NotMeasured("unreadable", `${this.#file} is no CSV with a header: ${error.message}`, permanent);
		}
	}
	#json(text) {
		let list;
		try {
			list = JSON.parse(text);
		} catch (error) {
			throw new NotMeasured("unreadable", `${this.#file} is no JSON: ${error.message}`, permanent);
		}
		if (!Array.isArray(list)) throw this.#wrong(this.#file, "a list of samples");
		return list.map((item, i) => {
			const where = `${this.#file}: entry ${i + 1}`;
			if (typeof item !== "object" || item === null) throw this.#wrong(where, "an object with time, series and value");
			const { labels = {}, ...fields } = item;
			if (typeof labels !== "object" || labels === null || Array.isArray(labels)) throw this.#wrong(where, "labels as an object");
			return {
				fields,
				labels,
				where
			};
		});
	}
	#row({ fields, labels, where }) {
		const { time, series, value, ...unknown } = fields;
		const [stray] = Object.keys(unknown);
		if (stray !== void 0) throw this.#wrong(where, `time, series, value and labels only, found \`${stray}\``);
		if (typeof series !== "string" || series === "") throw this.#wrong(where, "a series");
		const at = this.#time(time);
		if (at === void 0) throw this.#wrong(where, `a time: ISO 8601 with a time zone, or relative to the start of the step, as in -5m, 0s or +30s`);
		const number = reportedNumber(value);
		if (number === null) throw this.#wrong(where, "a value: a decimal number, NaN, +Inf or -Inf");
		const named = Object.entries(labels).filter(([, x]) => x !== "");
		const wrong = named.find(([, x]) => typeof x !== "string");
		if (wrong) throw this.#wrong(where, `a text for the label \`${wrong[0]}\``);
		const sorted = named.toSorted(([a], [b]) => a < b ? -1 : 1);
		return {
			at,
			series,
			value: number,
			labels: Object.fromEntries(sorted),
			where
		};
	}
	#time(raw) {
		const text = typeof raw === "string" ? raw.trim() : "";
		const [, sign, span] = /^([+-]?)(\d\S*)$/.exec(text) ?? [];
		const offset = span === void 0 ? void 0 : parseDuration(span);
		if (offset !== void 0) return this.#opened + (sign === "-" ? -offset : offset);
		if (!/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)) return void 0;
		const at = Date.parse(text);
		return Number.isNaN(at) ? void 0 : at;
	}
	#wrong(where, expected) {
		return new NotMeasured("unreadable", `${where}: expected ${expected}`, permanent);
	}
};
/** `name` or `name{label="value", …}`. */
function parseSelector(query) {
	const [, name, inner] = /^\s*([^{}()[\]\s]+)\s*(?:\{(.*)\})?\s*$/.exec(query) ?? [];
	const labels = [...(inner ?? "").matchAll(/\s*([\w.-]+)\s*=\s*"([^"]*)"\s*(?:,|$)/gy)];
	const read = labels.reduce((length, [all]) => length + all.length, 0);
	if (name === void 0 || read !== (inner ?? "").length) throw new NotMeasured("bad-query", `expected a query such as \`name\` or \`name{label="value"}\`, found \`${query}\``, permanent);
	return {
		name,
		labels: Object.fromEntries(labels.map(([, key, value]) => [key, value]))
	};
}
const samplesSource = defineSource({
	type: "samples",
	families: ["telemetry"],
	schema,
	open(config, context) {
		const recorded = new RecordedSamples(config.file, context);
		return { telemetry: (question) => recorded.ask(question) };
	}
});
export { samplesSource };
