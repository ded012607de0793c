// build/sources/telemetry/series.js
/** Reduces a series over time. One point that is no finite number spoils it; no point gives null. */
function overTime(points, how) {
	const values = [];
	for (const { value } of points) {
		if (typeof value !== "number") return value;
		values.push(value);
	}
	const last = values.at(-1);
	if (last === void 0) return null;
	switch (how) {
		case "last": return last;
		case "max": return values.reduce((a, b) => Math.max(a, b));
		case "min": return values.reduce((a, b) => Math.min(a, b));
		case "avg": return values.reduce((a, b) => a + b) / values.length;
	}
}
export { overTime as t };
