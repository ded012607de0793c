import { $ as optional, A as check, Q as object, X as nullish, _ as duration, b as formatDuration, bt as defineSource, ct as safeParse, dt as string, ft as transform, g as described, it as pipe, ot as record, pt as trim, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled } from "./base.js";
import { Dn as azureFields, Nn as azureClouds, Zn as iso, vr as oneLine } from "./shared.js";
import { Ft as openArm, It as resourceIdForm, Mt as lastSegment, Pt as notArm } from "./late.js";
// build/sources/deployment/azure-resource-health.js
/**
* Source `azure-resource-health`: whether Azure itself holds resources for healthy
* (https://learn.microsoft.com/rest/api/resourcehealth/availability-statuses/get-by-resource).
*/
const resourceId = pipe(string(), trim(), transform((id) => id.replace(/\/+$/, "")), check((id) => resourceIdForm.test(id), "a resource id, `/subscriptions/…/resourceGroups/…/providers/…/…/…`"));
const fields = strictObject({
	resource: described(optional(resourceId), "Id of the one resource, in place of `resources`; as a target it has the last part of its id as its name."),
	resources: described(optional(pipe(record(filled, resourceId), check((all) => Object.keys(all).length > 0, "at least one resource"))), "Ids of resources by the names that gates give them as targets."),
	"max-age": described(optional(duration, "30m"), "How long ago Azure may have checked the health; what is older is not known. Default: 30m."),
	...azureFields,
	management: described(optional(httpUrl), "Base URL of Azure Resource Manager. Default: that of the cloud, `https://management.azure.com`.")
});
const schema = pipe(fields, check((c) => c.resource === void 0 !== (c.resources === void 0), "either `resource` or `resources`"));
const text = nullish(string());
const statusForm = object({ properties: object({
	/** `Available`, `Unavailable`, `Degraded` or `Unknown`. */
	availabilityState: text,
	title: text,
	summary: text,
	/** `Planned`, `Unplanned`, `UserInitiated`. */
	reasonType: text,
	/** When the state last changed; Azure writes it so, and in some answers with two r. */
	occuredTime: text,
	occurredTime: text,
	/** When it was last checked. */
	reportedTime: text
}) });
const azureResourceHealthSource = defineSource({
	type: "azure-resource-health",
	families: ["deployment"],
	schema,
	open(config, context) {
		const { portal, resourceManager } = azureClouds[config.cloud];
		const arm = openArm(config, config.management ?? resourceManager, context);
		const tenant = config.tenant === void 0 ? "" : `@${encodeURIComponent(config.tenant)}/`;
		const { resource } = config;
		const ids = new Map(Object.entries(config.resources ?? (resource === void 0 ? {} : { [lastSegment(resource)]: resource })));
		return { async deployment({ targets }, signal) {
			const asked = targets.map((name) => ({
				name,
				id: idOf(name, ids)
			}));
			const statuses = await Promise.all(asked.map(({ id }) => statusOf(arm, id, signal)));
			const now = context.clock.now();
			const found = asked.map(({ name, id }, i) => ({
				...targetOf(name, statuses[i] ?? {}, {
					now,
					maxAgeMs: config["max-age"]
				}),
				link: `${portal}/#${tenant}resource${encodeURI(id)}/resourceHealth`
			}));
			return {
				kind: "deployments",
				subject: `health of ${targets.join(", ")} as Azure sees it`,
				query: `availabilityStatuses/current of ${asked.map(({ id }) => id).join(", ")}`,
				at: iso(now),
				seen: found.length,
				notes: [],
				partial: false,
				targets: found
			};
		} };
	}
});
function idOf(name, ids) {
	const id = ids.get(name);
	if (id !== void 0) return id;
	const message = `the source has no resource ${name}; it has ${[...ids.keys()].join(", ")}`;
	throw new NotMeasured("bad-query", message, { permanent: true });
}
/** A 404 may mean a resource that is gone as well as a kind of resource that Azure does not watch, so it is no answer. */
async function statusOf(arm, id, signal) {
	const path = `${id}/providers/Microsoft.ResourceHealth/availabilityStatuses/current`;
	const answer = await arm.get(path, { "api-version": "2025-05-01" }, "the role Reader on the resource", signal);
	const parsed = safeParse(statusForm, answer);
	if (!parsed.success) throw notArm(arm.origin);
	return parsed.output.properties;
}
function targetOf(name, status, { now, maxAgeMs }) {
	const { availabilityState: said, title, summary, reasonType } = status;
	const reported = Date.parse(status.reportedTime ?? "");
	const stale = Number.isNaN(reported) || Math.abs(now - reported) > maxAgeMs;
	const occurred = Date.parse(status.occuredTime ?? status.occurredTime ?? "");
	const health = stale || said === "Unknown" ? "unknown" : said === "Available" ? "healthy" : isIll(said) ? "unhealthy" : "unknown";
	const reasons = [];
	if (Number.isNaN(reported)) reasons.push("Azure does not say when it was last checked");
	else if (stale) reasons.push(`Azure last checked it at ${iso(reported)}, not within ${formatDuration(maxAgeMs)}`);
	if (said !== "Available") {
		const why = [
			title ?? said ?? "Azure does not say how it is",
			reasonType,
			plain(summary ?? "")
		];
		reasons.push(oneLine(why.filter((part) => part !== void 0 && part !== null && part !== "").join(": "), 300));
	}
	return {
		name,
		exists: true,
		version: null,
		state: health === "healthy" || health === "unhealthy" && said === "Degraded" ? "running" : "unknown",
		health,
		ready: null,
		instances: null,
		traffic: null,
		since: stale || Number.isNaN(occurred) ? null : iso(occurred),
		reasons
	};
}
const isIll = (state) => state === "Unavailable" || state === "Degraded";
/** Summaries hold links. */
const plain = (html) => html.replace(/<[^>]*>/g, " ");
export { azureResourceHealthSource };
