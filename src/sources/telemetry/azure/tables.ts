/**
 * Tables and columns of Application Insights. The same telemetry has two sets of names: those of a component (`requests`) and those of
 * the Log Analytics workspace that holds it (`AppRequests`).
 *
 * https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete
 */

const classic = {
  requests: 'requests',
  dependencies: 'dependencies',
  exceptions: 'exceptions',
  availability: 'availabilityResults',
  events: 'customEvents',
  metrics: 'customMetrics',
  time: 'timestamp',
  /** How many items one kept item stands for, where telemetry is sampled. */
  weight: 'itemCount',
  name: 'name',
  operation: 'operation_Name',
  role: 'cloud_RoleName',
  instance: 'cloud_RoleInstance',
  version: 'application_Version',
  synthetic: 'operation_SyntheticSource',
  dimensions: 'customDimensions',
  success: 'success',
  duration: 'duration',
  problem: 'problemId',
  dependencyType: 'type',
  metricSum: 'valueSum',
  metricCount: 'valueCount',
  metricMax: 'valueMax',
} as const;

const workspace: Names = {
  requests: 'AppRequests',
  dependencies: 'AppDependencies',
  exceptions: 'AppExceptions',
  availability: 'AppAvailabilityResults',
  events: 'AppEvents',
  metrics: 'AppMetrics',
  time: 'TimeGenerated',
  weight: 'ItemCount',
  name: 'Name',
  operation: 'OperationName',
  role: 'AppRoleName',
  instance: 'AppRoleInstance',
  version: 'AppVersion',
  synthetic: 'SyntheticSource',
  dimensions: 'Properties',
  success: 'Success',
  duration: 'DurationMs',
  problem: 'ProblemId',
  dependencyType: 'DependencyType',
  metricSum: 'Sum',
  metricCount: 'ItemCount',
  metricMax: 'Max',
};

export type Names = Readonly<Record<keyof typeof classic, string>>;

export const names: Readonly<Record<'classic' | 'workspace', Names>> = { classic, workspace };

/** The tables' other name: `requests` ↔ `AppRequests`. */
const twins: ReadonlyMap<string, string> = new Map([
  ['requests', 'AppRequests'],
  ['dependencies', 'AppDependencies'],
  ['exceptions', 'AppExceptions'],
  ['traces', 'AppTraces'],
  ['pageViews', 'AppPageViews'],
  ['browserTimings', 'AppBrowserTimings'],
  ['availabilityResults', 'AppAvailabilityResults'],
  ['customEvents', 'AppEvents'],
  ['customMetrics', 'AppMetrics'],
  ['performanceCounters', 'AppPerformanceCounters'],
]);

const workspaceTables: ReadonlySet<string> = new Set(twins.values());

export const isAppTable = (table: string): boolean => twins.has(table) || workspaceTables.has(table);

/** The table's name in a workspace, for comparing. */
export const inWorkspace = (table: string): string => twins.get(table) ?? table;

/** The column with a row's time. */
export const timeColumn = (table: string): string => (twins.has(table) ? classic.time : workspace.time);

/** Tables that may be empty although all is well. */
export const isRare = (table: string): boolean => inWorkspace(table) === workspace.exceptions;

/**
 * Columns that tell how something went, in both sets of names. Where the rows of a query are counted to see whether telemetry flows at
 * all, conditions on them are left out: without a failure there is no failed row.
 */
export const outcomes: ReadonlySet<string> = new Set(
  [
    'success Success resultCode ResultCode duration DurationMs performanceBucket PerformanceBucket',
    'message Message severityLevel SeverityLevel size Size',
    'value valueSum valueMin valueMax Sum Min Max',
  ].flatMap((line) => line.split(' ')),
);

/** `customDimensions.slot` and `Properties.slot` mean the same: the dimension of either set of names. */
export function slotOf(column: string): { readonly column: string } | { readonly dimension: string } {
  const dot = column.indexOf('.');
  return dot === -1 ? { column } : { dimension: column.slice(dot + 1) };
}
