import { setTimeout } from "node:timers/promises";
// build/train/clock.js
/** Time, handed in, so that an hour's bake is tested in milliseconds. */
const systemClock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		try {
			await setTimeout(Math.max(0, ms), void 0, signal ? { signal } : {});
		} catch (error) {
			if (!signal?.aborted) throw error;
		}
	}
};
/** The instant as the record writes it. */
const iso = (ms) => new Date(ms).toISOString();
// build/sources/source.js
/** The query of a source that has no ready-made signals; a policy that asks it for one is refused before. */
function queryOf({ query }) {
	if (typeof query === "string") return query;
	throw new NotMeasured("bad-query", `this source has no ready-made signal \`${query.signal}\``, { permanent: true });
}
const overTime = [
	"last",
	"max",
	"min",
	"avg"
];
/** Keeps the config's type while the registries hold the erased one. */
function defineSource(type) {
	return type;
}
/**
* No measurement could be taken.
*
* `code` is a fixed word of the record (`unauthorized`, `timeout`, `bad-query`…); `message` says what is wrong and what
* to do. `permanent` means that waiting cannot heal it.
*/
var NotMeasured = class extends Error {
	code;
	permanent;
	constructor(code, message, options = {}) {
		super(message, { cause: options.cause });
		this.name = "NotMeasured";
		this.code = code;
		this.permanent = options.permanent ?? false;
	}
};
export { iso as a, queryOf as i, defineSource as n, systemClock as o, overTime as r, NotMeasured as t };
