// build/sources/telemetry/range.js
/** At least 1. */
const rangeSeconds = ({ from, to }) => Math.max(1, Math.round((to - from) / 1e3));
/** Puts the length of the window in the place of `$__range` (a duration of PromQL and LogQL), `$__range_s` and `$__range_ms`. */
function expandRange(query, window) {
	const s = rangeSeconds(window);
	return query.replace(/\$__range(_s|_ms)?\b/g, (_, unit) => unit === "_s" ? `${s}` : unit === "_ms" ? `${s * 1e3}` : `${s}s`);
}
export { rangeSeconds as n, expandRange as t };
