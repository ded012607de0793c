/** Microsoft's own KQL analyser, with the tables and columns of Application Insights as their reference pages list them. */
import { createRequire } from 'node:module';

interface Column {
  readonly Name: string;
  readonly Type: { readonly Name: string };
}
interface List<T> {
  readonly Count: number;
  getItem(index: number): T;
}
interface Diagnostic {
  readonly Message: string;
  readonly Severity: string;
}
interface Code {
  GetDiagnostics(): List<Diagnostic>;
  readonly ResultType: { readonly Columns?: List<Column> } | null;
  readonly Syntax: { WalkNodes(visit: (node: { readonly LiteralValue?: unknown }) => void): void };
}
interface Table {
  WithName(name: string): Table;
}
interface Language {
  readonly KustoCode: { Parse(text: string): Code; ParseAndAnalyze(text: string, globals: unknown): Code };
  readonly GlobalState: { readonly Default: { WithDatabase(database: unknown): unknown } };
  readonly Symbols: {
    readonly TableSymbol: { From(schema: string): Table };
    readonly DatabaseSymbol: { readonly ctor: new (name: string, members: readonly Table[]) => unknown };
  };
}

const load = createRequire(import.meta.url);
load('@kusto/language-service-next/bridge.js');
load('@kusto/language-service-next/Kusto.Language.Bridge.js');
/** The package hangs itself on the global object. */
const { KustoCode, GlobalState, Symbols } = (globalThis as unknown as { Kusto: { Language: Language } }).Kusto.Language;

const context = (columns: string): string =>
  `timestamp:datetime, itemType:string, customDimensions:dynamic, operation_Name:string, operation_Id:string, operation_ParentId:string, operation_SyntheticSource:string, session_Id:string, user_Id:string, user_AuthenticatedId:string, user_AccountId:string, application_Version:string, client_Type:string, client_Model:string, client_OS:string, client_IP:string, client_City:string, client_StateOrProvince:string, client_CountryOrRegion:string, client_Browser:string, cloud_RoleName:string, cloud_RoleInstance:string, appId:string, appName:string, iKey:string, sdkVersion:string, itemId:string, _ResourceId:string, ${columns}`;
const counted = 'itemCount:int, customMeasurements:dynamic';

const workspace = (columns: string): string =>
  `TenantId:string, TimeGenerated:datetime, Properties:dynamic, OperationName:string, OperationId:string, ParentId:string, SyntheticSource:string, SessionId:string, UserId:string, UserAuthenticatedId:string, UserAccountId:string, AppVersion:string, AppRoleName:string, AppRoleInstance:string, ClientType:string, ClientModel:string, ClientOS:string, ClientIP:string, ClientCity:string, ClientStateOrProvince:string, ClientCountryOrRegion:string, ClientBrowser:string, ResourceGUID:string, IKey:string, SDKVersion:string, ItemCount:int, SourceSystem:string, Type:string, _ResourceId:string, ${columns}`;

const schemas: Readonly<Record<string, string>> = {
  requests: context(
    `${counted}, id:string, source:string, name:string, url:string, success:string, resultCode:string, duration:real, performanceBucket:string`,
  ),
  dependencies: context(
    `${counted}, id:string, target:string, type:string, name:string, data:string, success:string, resultCode:string, duration:real, performanceBucket:string`,
  ),
  exceptions: context(
    `${counted}, problemId:string, handledAt:string, type:string, message:string, assembly:string, method:string, outerType:string, outerMessage:string, innermostType:string, innermostMessage:string, severityLevel:int, details:dynamic`,
  ),
  traces: context(`${counted}, message:string, severityLevel:int`),
  availabilityResults: context(
    `${counted}, id:string, name:string, location:string, success:string, message:string, size:real, duration:real, performanceBucket:string`,
  ),
  customEvents: context(`${counted}, name:string`),
  customMetrics: context(
    'name:string, value:real, valueCount:int, valueSum:real, valueMin:real, valueMax:real, valueStdDev:real',
  ),
  AppRequests: workspace(
    'Id:string, Source:string, Name:string, Url:string, Success:bool, ResultCode:string, DurationMs:real, PerformanceBucket:string, Measurements:dynamic',
  ),
  AppDependencies: workspace(
    'Id:string, Target:string, DependencyType:string, Name:string, Data:string, Success:bool, ResultCode:string, DurationMs:real, PerformanceBucket:string, Measurements:dynamic',
  ),
  AppExceptions: workspace(
    'ProblemId:string, HandledAt:string, ExceptionType:string, Message:string, Assembly:string, Method:string, OuterType:string, OuterMessage:string, InnermostType:string, InnermostMessage:string, SeverityLevel:int, Details:dynamic, Measurements:dynamic',
  ),
  AppTraces: workspace('Message:string, SeverityLevel:int, Measurements:dynamic'),
  AppAvailabilityResults: workspace(
    'Id:string, Name:string, Location:string, Success:bool, Message:string, Size:real, DurationMs:real, PerformanceBucket:string, Measurements:dynamic',
  ),
  AppEvents: workspace('Name:string, Measurements:dynamic'),
  AppMetrics: workspace('Name:string, Sum:real, Min:real, Max:real'),
  ContainerLogV2: 'TimeGenerated:datetime, LogMessage:dynamic, LogLevel:string, PodName:string, ContainerName:string',
};

const tables = Object.entries(schemas).map(([name, columns]) =>
  Symbols.TableSymbol.From(`(${columns})`).WithName(name),
);
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('app', tables));

const items = <T>(list: List<T>): T[] => Array.from({ length: list.Count }, (_, i) => list.getItem(i));

/** What the analyser has against the query, e.g. an unknown column. */
export const complaints = (query: string): string[] =>
  items(KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics()).map(({ Message }) => Message);

/** Name and type of each column that the query gives. */
export function columnsOf(query: string): Readonly<Record<string, string>> {
  const { ResultType } = KustoCode.ParseAndAnalyze(query, globals);
  return Object.fromEntries((ResultType?.Columns ? items(ResultType.Columns) : []).map((c) => [c.Name, c.Type.Name]));
}

/** The values of the literals in the query; its complaints, where it does not parse. */
export function literals(query: string): unknown[] {
  const code = KustoCode.Parse(query);
  const found: unknown[] = items(code.GetDiagnostics()).map(({ Message }) => new Error(Message));
  code.Syntax.WalkNodes(({ LiteralValue }) => {
    if (LiteralValue !== undefined && LiteralValue !== null) found.push(LiteralValue);
  });
  return found;
}
