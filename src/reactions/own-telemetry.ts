/**
 * Signalbox's own telemetry, so that a team can chart its trains: one custom event for the decision and one availability result for
 * each gate, sent to the Application Insights resource that a connection string names.
 */
import type { DecisionRecord } from '../record/record.js';

export interface OwnTelemetryOptions {
  readonly connectionString: string;
  /** Of Signalbox. */
  readonly version: string;
  /** Longest time in all, milliseconds. */
  readonly limitMs: number;
}

/** The custom event, as `customEvents` shows it. */
export interface DecisionEvent {
  readonly name: 'Signalbox decision';
  readonly properties: Record<string, string>;
  readonly measurements: Record<string, number>;
}

/** One gate, as `availabilityResults` shows it. */
export interface GateResult {
  readonly id: string;
  readonly name: string;
  /** How long the gate's last round took, milliseconds. */
  readonly duration: number;
  readonly success: boolean;
  readonly runLocation: string;
  readonly message: string;
  readonly properties: Record<string, string>;
  readonly measurements: Record<string, number>;
}

const given = (values: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null));

/** What is sent of a record; no evidence, only what was decided and why. */
export function telemetryOf(record: DecisionRecord): { event: DecisionEvent; gates: readonly GateResult[] } {
  const { decision, verdict, service, release, host, rounds } = record;
  const common = given({
    service,
    version: release.version,
    environment: release.environment,
    commit: release.sha,
    repository: host.repository,
    run: host.run,
    policy: record.policy.sha256,
    decision: decision.decision,
    reason: decision.reason,
  });
  const last = rounds.at(-1);
  const states = record.gates.map(
    ({ name }) => last?.gates.find((g) => g.gate === name)?.reading?.state ?? 'not-evaluated',
  );
  const number = (state: string) => states.filter((s) => s === state).length;
  const event: DecisionEvent = {
    name: 'Signalbox decision',
    properties: {
      ...common,
      verdict: verdict.decision,
      verdictReason: verdict.reason,
      observe: String(record.observe),
      gates: verdict.gates.join(', '),
      sentence: verdict.sentence,
    },
    measurements: {
      seconds: (Date.parse(record.ended) - Date.parse(record.began)) / 1000,
      rounds: rounds.length,
      healthy: number('healthy'),
      unhealthy: number('unhealthy'),
      insufficient: number('insufficient'),
      error: number('error'),
      notEvaluated: number('not-evaluated'),
    },
  };
  const gates = record.gates.map(({ name, type, source, enforce }): GateResult => {
    const reading = last?.gates.find((g) => g.gate === name)?.reading ?? null;
    return {
      id: `${record.began}/${name}`,
      name,
      duration: last === undefined ? 0 : Date.parse(last.ended) - Date.parse(last.began),
      success: reading?.state === 'healthy',
      runLocation: release.environment ?? host.kind,
      message: reading?.reason ?? 'not evaluated',
      properties: {
        ...common,
        type,
        source,
        enforce,
        state: reading?.state ?? 'not-evaluated',
        code: reading?.code ?? 'not-evaluated',
      },
      measurements: reading?.value === undefined ? {} : { value: reading.value },
    };
  });
  return { event, gates };
}

/**
 * Sends it. Never throws. Whether the service took it cannot be told: the library says that it is done in either case.
 *
 * @returns what went wrong on our side, or undefined; `unfinished`: the time was over, and what still runs may keep the process alive
 */
export async function sendOwnTelemetry(
  record: DecisionRecord,
  options: OwnTelemetryOptions,
): Promise<{ readonly problem?: string; readonly unfinished: boolean }> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<'over'>((resolve) => {
    timer = setTimeout(resolve, options.limitMs, 'over');
  });
  const sending = send(record, options);
  // It may fail after the time is over, when nobody listens any more.
  sending.catch(() => {});
  try {
    const ended = await Promise.race([sending, over]);
    if (ended !== 'over') return { unfinished: false };
    return { unfinished: true, problem: `not done after ${options.limitMs / 1000} s` };
  } catch (error) {
    return { unfinished: false, problem: (error as Error).message };
  } finally {
    clearTimeout(timer);
  }
}

/** `InstrumentationKey=<guid>;IngestionEndpoint=https://…` (https://learn.microsoft.com/azure/azure-monitor/app/connection-strings). */
const connectionStringForm = /(?:^|;)\s*InstrumentationKey=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\s*(?:;|$)/i;

async function send(record: DecisionRecord, { connectionString, version }: OwnTelemetryOptions): Promise<void> {
  if (!connectionStringForm.test(connectionString)) {
    throw new Error('expected a connection string such as `InstrumentationKey=…;IngestionEndpoint=https://…`');
  }
  // Read while the library loads: it would look for a file beside itself, and report on itself to its makers.
  process.env.APPLICATIONINSIGHTS_CONFIGURATION_CONTENT ??= '{}';
  process.env.APPLICATION_INSIGHTS_NO_STATSBEAT ??= '1';
  const [{ TelemetryClient }, { resourceFromAttributes }] = await Promise.all([
    import('applicationinsights'),
    import('@opentelemetry/resources'),
  ]);
  // With providers of its own: the global ones would watch this process and send what they see.
  const client = new TelemetryClient(connectionString, { useGlobalProviders: false });
  client.config.azureMonitorOpenTelemetryOptions = {
    azureMonitorExporterOptions: { connectionString, disableOfflineStorage: true },
    resource: resourceFromAttributes({ 'service.name': 'signalbox', 'service.version': version }),
    enableLiveMetrics: false,
  };
  const { event, gates } = telemetryOf(record);
  client.trackEvent(event);
  for (const gate of gates) client.trackAvailability(gate);
  await client.flush();
  await client.shutdown();
}
