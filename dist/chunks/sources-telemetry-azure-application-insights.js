import { $ as optional, O as array, Q as object, Y as nullable, bt as defineSource, ct as safeParse, dt as string, g as described, ht as union, rt as picklist, ut as strictObject, vt as NotMeasured, x as httpUrl } from "./base.js";
import { Cn as parseJson, Nn as azureClouds, On as azureTokens, Zn as iso, cn as credential, gn as slotOf, hn as names, kn as sendToAzure, ln as logsFields, sn as componentId, vr as oneLine, wn as refuseDenied } from "./shared.js";
import { g as azureSignals, h as lintKql, m as Logs } from "./late.js";
// build/sources/telemetry/azure/annotations.js
/** Release annotations of an Application Insights component. */
const annotation = object({
	AnnotationName: optional(nullable(string())),
	Category: optional(nullable(string())),
	EventTime: string()
});
/** The list stands alone or in `value`: the published specification and the service differ. */
const list = union([array(annotation), object({ value: array(annotation) })]);
const twoWeeksMs = 12096e5;
/**
* The newest annotation of the category Deployment.
*
* `GET {component}/Annotations`, https://learn.microsoft.com/rest/api/application-insights/annotations/list
*
* @param management base URL of the resource manager
* @returns undefined: there is none in the last two weeks
* @throws {NotMeasured}
*/
async function newestAnnotation(config, management, context, signal) {
	const now = context.clock.now();
	const page = new URLSearchParams({
		"api-version": "2015-05-01",
		start: iso(now - twoWeeksMs),
		end: iso(now)
	});
	const tokens = azureTokens(config, context);
	const scope = `${azureClouds[config.cloud].resourceManager}/.default`;
	const url = `${management}${config.resource}/Annotations?${page.toString()}`;
	const response = await sendToAzure(context, tokens, scope, {
		url,
		headers: { accept: "application/json" },
		signal
	});
	const { origin } = new URL(management);
	const headers = response.status < 300 ? {} : await credential(tokens, scope, signal);
	refuseDenied(response, origin, "the role Monitoring Reader on the component", headers);
	const parsed = safeParse(list, response.status === 204 ? [] : parseJson(response, origin));
	if (!parsed.success || response.status >= 300) throw new NotMeasured("bad-answer", `${origin} answered ${response.status} with something that is no list of annotations`);
	return (Array.isArray(parsed.output) ? parsed.output : parsed.output.value).flatMap(({ AnnotationName: name, Category: category, EventTime: time }) => {
		const at = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(time) ? time : `${time}Z`);
		if (category !== "Deployment" || !(at <= now)) return [];
		return [{
			at,
			name: oneLine(name ?? "") || "a release annotation"
		}];
	}).toSorted((a, b) => b.at - a.at)[0];
}
// build/sources/telemetry/azure/application-insights.js
/** Source `application-insights`: an Application Insights component, asked in KQL. */
const schema = strictObject({
	resource: described(componentId, "Resource id of the component."),
	tables: described(optional(picklist(["classic", "workspace"]), "classic"), "The names of tables and columns that the ready-made signals use: `requests` and its kin, or `AppRequests` and its kin."),
	management: described(optional(httpUrl), "Base URL of the resource manager, where release annotations are read. Default: that of the cloud, `https://management.azure.com`."),
	...logsFields
});
const nameOf = (id) => id.slice(id.lastIndexOf("/") + 1);
const applicationInsightsSource = defineSource({
	type: "application-insights",
	families: ["telemetry"],
	schema,
	signals: azureSignals,
	countsEvents: true,
	remembersDeployments: true,
	settleMs: (config) => config.settle,
	open(config, context) {
		const { resource } = config;
		const management = config.management ?? azureClouds[config.cloud].resourceManager;
		const arm = config.api === "arm" ? { endpoint: config.endpoint ?? management } : {};
		const logs = new Logs({
			...config,
			...arm
		}, {
			target: {
				path: resource,
				name: nameOf(resource)
			},
			scope: {
				names: names[config.tables],
				slot: slotOf(config["slot-column"])
			},
			shownIn: resource
		}, context);
		return {
			telemetry: (question, signal) => logs.ask(question, signal),
			newestDeployment: (signal) => newestAnnotation(config, management, context, signal)
		};
	},
	lint: (question) => lintKql(question)
});
export { applicationInsightsSource };
