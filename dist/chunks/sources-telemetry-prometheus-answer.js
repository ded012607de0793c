import { A as optional, F as record, G as unknown, K as variant, N as pipe, O as number, U as tuple, b as literal, d as array, k as object, p as check, z as string } from "./policy-fields.js";
import { t as reportedNumber } from "./judge-number.js";
import { t as NotMeasured } from "./sources-source.js";
import { t as overTime } from "./sources-telemetry-series.js";
// build/sources/telemetry/prometheus/answer.js
/** Answers of `query` and `query_range`, and the series in them. */
const labelled = { metric: record(string(), string()) };
const pair = tuple([number(), string()]);
const instant = pipe(object({
	...labelled,
	value: optional(pair),
	histogram: optional(unknown())
}), check((x) => x.value !== void 0 || x.histogram !== void 0));
const ranged = object({
	...labelled,
	values: optional(array(pair)),
	histograms: optional(unknown())
});
const data = variant("resultType", [
	object({
		resultType: literal("vector"),
		result: array(instant)
	}),
	object({
		resultType: literal("matrix"),
		result: array(ranged)
	}),
	object({
		resultType: literal("scalar"),
		result: pair
	}),
	object({
		resultType: literal("string"),
		result: unknown()
	})
]);
const messages = optional(array(string()), []);
const success = object({
	status: literal("success"),
	data,
	warnings: messages,
	infos: messages
});
const refusal = object({
	status: literal("error"),
	errorType: string(),
	error: string()
});
const badQuery = (message) => new NotMeasured("bad-query", message, { permanent: true });
const histogram = () => badQuery("the query gives native histograms; take a number from them, e.g. with histogram_quantile()");
/**
* One value for each series.
*
* @param range of a range query, with the end of its window; undefined for an instant one
*/
function toSeries({ data: { resultType, result } }, range) {
	switch (resultType) {
		case "scalar": return [{
			labels: {},
			value: reportedNumber(result[1]),
			points: 1
		}];
		case "vector": return result.map(({ metric, value, histogram: native }) => {
			if (native !== void 0) throw histogram();
			return {
				labels: metric,
				value: reportedNumber(value?.[1]),
				points: 1
			};
		});
		case "matrix":
			if (range === void 0) throw badQuery("the query gives a range of samples, expected one value: use rate(), max_over_time() or another function");
			return result.flatMap(({ metric, values = [], histograms }) => {
				if (histograms !== void 0) throw histogram();
				const points = values.map(([at, value]) => ({
					at: at * 1e3,
					value: reportedNumber(value)
				}));
				const ended = (points.at(-1)?.at ?? 0) <= range.to - range.everyMs;
				if (range.reduce === "last" && ended) return [];
				return [{
					labels: metric,
					value: overTime(points, range.reduce),
					points: points.length
				}];
			});
		case "string": throw badQuery("the query gives a text, expected numbers");
	}
}
export { success as n, toSeries as r, refusal as t };
