/**
 * The one list of inputs and outputs. `action.yml`, `task.json`, the README's tables and the command line's options are
 * generated from it (`npm run generate`).
 */

export interface Input {
  /** As GitHub and the command line write it. Azure gets the same name in camel case, since it allows no dash. */
  readonly name: string;
  /** `connection`: an Azure service connection, which only Azure Pipelines has. */
  readonly kind: 'text' | 'lines' | 'path' | 'yes-no' | 'connection';
  /** Azure's label, at most 40 characters. */
  readonly label: string;
  /** Markdown, one sentence or two. */
  readonly description: string;
  /** What holds when it is absent, in words for the tables. The platforms get no default, so that absent stays absent. */
  readonly absent: string;
  readonly group: 'policy' | 'release' | 'evaluation' | 'telemetry' | 'security' | 'flags';
  /** Masked before anything else happens. */
  readonly secret?: true;
}

export const inputGroups: Readonly<Record<Input['group'], string>> = {
  policy: 'Policy and results',
  release: 'The release',
  evaluation: 'Rounds',
  telemetry: 'One telemetry gate without a policy file',
  security: 'One security gate without a policy file',
  flags: 'One flags gate without a policy file',
};

export const inputs = [
  {
    name: 'policy',
    kind: 'lines',
    group: 'policy',
    label: 'Policy',
    description: 'Path of the policy, or the policy itself (YAML of more than one line).',
    absent: '`signalbox.yml`, unless the inputs of single gates are used',
  },
  {
    name: 'train',
    kind: 'path',
    group: 'policy',
    label: 'Train of several services',
    description:
      'Path of a train file, in place of `policy`: it names several services, the policy of each, and which needs which. The train continues only when every one of them does.',
    absent: 'one service',
  },
  {
    name: 'observe',
    kind: 'yes-no',
    group: 'policy',
    label: 'Observe only',
    description: 'Judge and report, but let the train go whatever the gates say: the first rung of the ladder.',
    absent: '`false`',
  },
  {
    name: 'record',
    kind: 'path',
    group: 'policy',
    label: 'Decision record',
    description: 'Where to write the decision record (JSON).',
    absent: "a file in the job's temporary folder; on the command line `signalbox-out/record.json`",
  },
  {
    name: 'summary',
    kind: 'path',
    group: 'policy',
    label: 'Summary file',
    description: 'Where to write the summary (Markdown), beside showing it in the job.',
    absent: "a file in the job's temporary folder; on the command line `signalbox-out/summary.md`",
  },
  {
    name: 'report',
    kind: 'path',
    group: 'policy',
    label: 'Full report',
    description: 'Where to write the full report (one HTML file that needs nothing else), to be kept as an artifact.',
    absent:
      "`report.html` beside the record in the job's temporary folder; on the command line `signalbox-out/report.html`",
  },
  {
    name: 'attest',
    kind: 'yes-no',
    group: 'policy',
    label: 'Attest the decision',
    description:
      'Only on GitHub: sign the decision and the record as an attestation. Needs `id-token: write`, `attestations: write` and `github-token`; a `continue` that cannot be signed stops.',
    absent: '`false`',
  },
  {
    name: 'attest-subjects',
    kind: 'lines',
    group: 'policy',
    label: 'What the attestation is about',
    description:
      'Beside the record: images and files that the decision is about, one a line: `ghcr.io/acme/checkout@sha256:…`.',
    absent: 'the record alone',
  },
  {
    name: 'github-token',
    kind: 'text',
    group: 'policy',
    label: 'GitHub token',
    description: 'Token that keeps the attestation: `${{ github.token }}`.',
    absent: '',
    secret: true,
  },
  {
    name: 'stage',
    kind: 'text',
    group: 'policy',
    label: 'Stage',
    description: 'Name of the one stage of the policy that this step is to move to and prove, or `all` of them.',
    absent: '`all`',
  },
  {
    name: 'state',
    kind: 'path',
    group: 'policy',
    label: 'State of an unfinished run',
    description:
      'File in which the run is kept as it goes. A run that parked, was cancelled or was killed goes on from it: keep it between jobs (artifact, cache).',
    absent: 'nothing is kept; a policy with `on-hold: park` needs it',
  },
  {
    name: 'resume',
    kind: 'path',
    group: 'policy',
    label: 'Record to resume from',
    description:
      'Decision record of a cancelled run whose `stages` or `rollout` are to go on: its last stage is baked once more, then come the others.',
    absent: 'it begins with the first stage',
  },
  {
    name: 'ledger',
    kind: 'path',
    group: 'policy',
    label: 'Ledger of all runs',
    description:
      'File with a line for each run that decided, kept between runs (artifact, cache, branch): a stop then lasts until a fix passes. See docs/holds.md.',
    absent: 'no stop lasts',
  },
  {
    name: 'telemetry-connection-string',
    kind: 'text',
    group: 'policy',
    label: 'Where to send telemetry of Signalbox',
    description:
      'Connection string of an Application Insights resource. It gets one event for the decision and one availability result for each gate, so that trains can be charted.',
    absent: 'nothing is sent',
    secret: true,
  },
  {
    name: 'azure-subscription',
    kind: 'connection',
    group: 'policy',
    label: 'Azure service connection',
    description: 'Only on Azure Pipelines: the service connection that the sources on Azure sign in with.',
    absent: 'see docs/azure-sign-in.md',
  },
  {
    name: 'service',
    kind: 'text',
    group: 'release',
    label: 'Service',
    description: 'What is released, for the report.',
    absent: "the policy's `service`",
  },
  {
    name: 'commit',
    kind: 'text',
    group: 'release',
    label: 'Commit',
    description: 'Commit that is released: `${release.sha}`.',
    absent: "the run's commit",
  },
  {
    name: 'release-version',
    kind: 'text',
    group: 'release',
    label: 'Version',
    description: 'Version that is released: `${release.version}`.',
    absent: 'unknown',
  },
  {
    name: 'environment',
    kind: 'text',
    group: 'release',
    label: 'Environment',
    description: 'Where it is released to: `${release.environment}`.',
    absent: "the platform's environment, where it names one",
  },
  {
    name: 'fixes',
    kind: 'text',
    group: 'release',
    label: 'What this release fixes',
    description:
      'Declares that this release mends what stopped an earlier one: a commit, an issue or a sentence. Its gates are asked all the same.',
    absent: 'an open stop, or a freeze, stops it',
  },
  {
    name: 'deployed-at',
    kind: 'text',
    group: 'release',
    label: 'Time of the deployment',
    description:
      'When the new version went live: ISO 8601 with a time zone, `10m ago`, or `annotation of SOURCE`. Samples older than that never count.',
    absent: "the deployment that started the run (GitHub's event `deployment_status`), else the start of this step",
  },
  {
    name: 'warmup',
    kind: 'text',
    group: 'evaluation',
    label: 'Warm-up',
    description: 'Time after the deployment in which nothing is decided, except by what stands beyond doubt.',
    absent: "the policy's `evaluation.warmup`",
  },
  {
    name: 'every',
    kind: 'text',
    group: 'evaluation',
    label: 'Interval',
    description: 'Time from one round to the next.',
    absent: "the policy's `evaluation.every`",
  },
  {
    name: 'steady',
    kind: 'text',
    group: 'evaluation',
    label: 'Steady time',
    description: 'How long all blocking gates must be healthy together before the train continues.',
    absent: "the policy's `evaluation.steady`",
  },
  {
    name: 'deadline',
    kind: 'text',
    group: 'evaluation',
    label: 'Deadline',
    description: 'Longest time that the step waits for the evidence; then the train stops.',
    absent: "the policy's `evaluation.deadline`",
  },
  {
    name: 'prometheus-url',
    kind: 'text',
    group: 'telemetry',
    label: 'Prometheus URL',
    description: 'Base URL of a Prometheus, Thanos or Mimir.',
    absent: 'no telemetry gate from inputs',
  },
  {
    name: 'prometheus-token',
    kind: 'text',
    group: 'telemetry',
    label: 'Prometheus token',
    description: 'Bearer token for it.',
    absent: 'no authentication',
    secret: true,
  },
  {
    name: 'application-insights',
    kind: 'text',
    group: 'telemetry',
    label: 'Application Insights resource',
    description: 'Resource id of an Application Insights component, in place of Prometheus.',
    absent: 'no telemetry gate from Application Insights',
  },
  {
    name: 'signal',
    kind: 'text',
    group: 'telemetry',
    label: 'Ready-made signal',
    description: 'With `application-insights`: what to watch, e.g. `failure-rate`, `duration-p95`, `exceptions`.',
    absent: '',
  },
  {
    name: 'role',
    kind: 'text',
    group: 'telemetry',
    label: 'Cloud role',
    description: 'With `application-insights`: only telemetry of this cloud role (service).',
    absent: 'all roles',
  },
  {
    name: 'query',
    kind: 'lines',
    group: 'telemetry',
    label: 'Query',
    description: 'PromQL that gives one value.',
    absent: '',
  },
  {
    name: 'threshold',
    kind: 'text',
    group: 'telemetry',
    label: 'Threshold',
    description: 'What the value must satisfy, e.g. `< 1%` or `<= 250 ms`.',
    absent: '',
  },
  {
    name: 'unit',
    kind: 'text',
    group: 'telemetry',
    label: 'Unit of the value',
    description:
      'What the query returns: `ratio`, `percent`, `s`, `ms`… Needed when the threshold has a unit of time or size.',
    absent: '`ratio` when the threshold is in percent, else a plain number',
  },
  {
    name: 'events',
    kind: 'lines',
    group: 'telemetry',
    label: 'Query for the number of events',
    description: 'PromQL that gives how many events stand behind the value.',
    absent: 'not asked',
  },
  {
    name: 'min-events',
    kind: 'text',
    group: 'telemetry',
    label: 'Least number of events',
    description: 'Below it the evidence is insufficient and the train waits.',
    absent: 'no minimum',
  },
  {
    name: 'sarif-files',
    kind: 'lines',
    group: 'security',
    label: 'SARIF files',
    description: 'Glob patterns of the scan results, one a line.',
    absent: 'no security gate from inputs',
  },
  {
    name: 'sarif-block',
    kind: 'text',
    group: 'security',
    label: 'Blocking severity',
    description: 'Findings of this severity or worse stop the train: `critical`, `high`, `medium` or `low`.',
    absent: '`high`',
  },
  {
    name: 'sarif-require',
    kind: 'lines',
    group: 'security',
    label: 'Required scanners',
    description: 'Scanners that must have run, one a line. A missing or crashed scanner is not a clean one.',
    absent: 'at least one scan',
  },
  {
    name: 'flags-url',
    kind: 'text',
    group: 'flags',
    label: 'OFREP URL',
    description: 'Base URL of a feature-flag service that speaks the OpenFeature Remote Evaluation Protocol.',
    absent: 'no flags gate from a service',
  },
  {
    name: 'flags-token',
    kind: 'text',
    group: 'flags',
    label: 'OFREP token',
    description: 'Bearer token for it.',
    absent: 'no authentication',
    secret: true,
  },
  {
    name: 'flags-file',
    kind: 'path',
    group: 'flags',
    label: 'flagd definition file',
    description: 'Flag definitions of flagd, in place of a service.',
    absent: 'no flags gate from a file',
  },
  {
    name: 'flags-expect',
    kind: 'lines',
    group: 'flags',
    label: 'Expected flags',
    description: 'What must hold, one flag a line, e.g. `new-checkout: off`.',
    absent: '',
  },
] as const satisfies readonly Input[];

/** What only Azure Pipelines has. */
export const onlyOnAzure = ({ kind }: Pick<Input, 'kind'>): boolean => kind === 'connection';

export type InputName = (typeof inputs)[number]['name'];

export const outputs = [
  { name: 'decision', description: '`continue`, `stop`, or `hold` where the run is parked.' },
  {
    name: 'reason',
    description:
      'Why, as a fixed word: `healthy`, `observed`, `overridden`, `unhealthy`, `insufficient-evidence`, `not-measured`, `not-steady`, `not-moved`, `open-stop`, `frozen`, `cancelled`, `policy-error`, `internal-error` or `parked`.',
  },
  { name: 'record', description: 'Path of the decision record (JSON).' },
  {
    name: 'record-sha256',
    description: 'SHA-256 of that file: keep it elsewhere to prove later that the record was not changed.',
  },
  { name: 'summary', description: 'Path of the summary (Markdown).' },
  { name: 'report', description: 'Path of the full report (HTML).' },
] as const;

export type OutputName = (typeof outputs)[number]['name'];

/** `flags-file` → `flagsFile`: Azure allows no dash in a name. */
export const camelCase = (name: string): string =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
