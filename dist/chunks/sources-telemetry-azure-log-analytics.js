import { $ as optional, A as check, bt as defineSource, dt as string, g as described, it as pipe, pt as trim, st as regex, ut as strictObject } from "./base.js";
import { gn as slotOf, hn as names, ln as logsFields, sn as componentId, un as resourceId } from "./shared.js";
import { g as azureSignals, h as lintKql, m as Logs } from "./late.js";
// build/sources/telemetry/azure/log-analytics.js
/** Source `log-analytics`: a Log Analytics workspace, or the logs of one Azure resource, asked in KQL. */
const fields = strictObject({
	workspace: described(optional(pipe(string(), trim(), regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, "a workspace id, the GUID on the page of the workspace"))), "Id of the workspace (a GUID)."),
	resource: described(optional(resourceId(String.raw`[^?#%\s]+/[^?#%\s]+/[^?#%\s]+`, "/subscriptions/…/resourceGroups/…/providers/…")), "In place of `workspace`: resource id of what the logs are about, e.g. a container app. Only its rows are read, wherever they are kept."),
	component: described(optional(componentId), "For ready-made signals: resource id of the Application Insights component. Without it all apps of the workspace would be mixed."),
	...logsFields
});
const schema = pipe(fields, check((c) => c.workspace === void 0 !== (c.resource === void 0), "either `workspace` or `resource`"), check((c) => c.api !== "arm" || c.resource !== void 0, "`resource` beside `api: arm`"));
const needsComponent = "ready-made signals need `component` in the source: the resource id of the Application Insights component, since a workspace holds the telemetry of many";
const logAnalyticsSource = defineSource({
	type: "log-analytics",
	families: ["telemetry"],
	schema,
	signals: azureSignals,
	countsEvents: true,
	settleMs: (config) => config.settle,
	open(config, context) {
		const { workspace, resource, component } = config;
		const logs = new Logs(config, {
			target: resource === void 0 ? {
				path: `/workspaces/${workspace}`,
				name: `workspace ${workspace}`
			} : {
				path: resource,
				name: resource.slice(resource.lastIndexOf("/") + 1)
			},
			scope: component === void 0 ? needsComponent : {
				names: names.workspace,
				slot: slotOf(config["slot-column"]),
				component
			},
			shownIn: resource ?? component
		}, context);
		return { telemetry: (question, signal) => logs.ask(question, signal) };
	},
	lint: (question) => lintKql(question)
});
export { logAnalyticsSource };
