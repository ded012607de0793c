/** What the step is told to do: its inputs, read once, strictly, all mistakes at once. */
import { readFile } from 'node:fs/promises';
import type { Host } from '../host/host.js';
import { type InputName, inputs } from '../host/inputs.js';
import type { Override } from '../policy/load.js';
import { didYouMean, type Path } from '../policy/problems.js';
import type { Problem } from '../record/record.js';
import { parseSubject, type Subject } from '../record/statement.js';
import { oneLine } from '../sources/text.js';

export interface Settings {
  /** The policy's YAML; absent when the policy is made from inputs alone. */
  readonly text?: string;
  /** Where the YAML was read from; absent when it was inline. */
  readonly file?: string;
  readonly observe: boolean;
  readonly record?: string;
  readonly summary?: string;
  readonly report?: string;
  /** Path of the record of the run that this one goes on with. */
  readonly resume?: string;
  /** Path of the file in which the run is kept while it is unfinished. */
  readonly state?: string;
  /** Name of the stage to prove, or `all`. */
  readonly stage?: string;
  /** Path of the ledger. */
  readonly ledger?: string;
  /** What this release declares to fix, on one line. */
  readonly fixes?: string;
  /** Sign the decision; absent: it was not asked for. */
  readonly attest?: { readonly token: string; readonly subjects: readonly Subject[] };
  /** Connection string for Signalbox's own telemetry. */
  readonly telemetry?: string;
  readonly overrides: readonly Override[];
  readonly problems: readonly Problem[];
}

const defaultPolicy = 'signalbox.yml';

/** It stands in the ledger and in every report. Characters. */
const longestFix = 300;

/** Inputs that go straight to a place in the policy, over what stands there. */
const places: readonly (readonly [InputName, Path])[] = [
  ['service', ['service']],
  ['commit', ['release', 'sha']],
  ['release-version', ['release', 'version']],
  ['environment', ['release', 'environment']],
  ['deployed-at', ['release', 'deployed-at']],
  ['warmup', ['evaluation', 'warmup']],
  ['every', ['evaluation', 'every']],
  ['steady', ['evaluation', 'steady']],
  ['deadline', ['evaluation', 'deadline']],
];

/** A gate that inputs alone describe. The first input of `needs` asks for it. */
interface SingleGate {
  readonly name: string;
  readonly type: string;
  readonly source: string;
  readonly needs: readonly [InputName, ...InputName[]];
  readonly sourceFields: Readonly<Record<string, InputName>>;
  /** By key in the gate, `.` between the keys of nested ones. */
  readonly gateFields: Readonly<Record<string, InputName>>;
}

const singleGates: readonly SingleGate[] = [
  {
    name: 'telemetry',
    type: 'telemetry',
    source: 'prometheus',
    needs: ['prometheus-url', 'query', 'threshold'],
    sourceFields: { url: 'prometheus-url', token: 'prometheus-token' },
    gateFields: { query: 'query', threshold: 'threshold', unit: 'unit', events: 'events', 'min-events': 'min-events' },
  },
  {
    name: 'Application Insights',
    type: 'telemetry',
    source: 'application-insights',
    needs: ['application-insights', 'signal', 'threshold'],
    sourceFields: { resource: 'application-insights' },
    gateFields: { signal: 'signal', threshold: 'threshold', 'where.role': 'role', 'min-events': 'min-events' },
  },
  {
    name: 'scans',
    type: 'security',
    source: 'sarif',
    needs: ['sarif-files'],
    sourceFields: { files: 'sarif-files' },
    gateFields: { block: 'sarif-block', require: 'sarif-require' },
  },
  {
    name: 'flags',
    type: 'flags',
    source: 'ofrep',
    needs: ['flags-url', 'flags-expect'],
    sourceFields: { url: 'flags-url', token: 'flags-token' },
    gateFields: { expect: 'flags-expect' },
  },
  {
    name: 'flag definitions',
    type: 'flags',
    source: 'flagd',
    needs: ['flags-file', 'flags-expect'],
    sourceFields: { file: 'flags-file' },
    gateFields: { expect: 'flags-expect' },
  },
];

/** Inputs of gates that inputs alone describe. */
export const singleGateInputs: ReadonlySet<string> = new Set(
  singleGates.flatMap((gate) => [
    ...gate.needs,
    ...Object.values(gate.sourceFields),
    ...Object.values(gate.gateFields),
  ]),
);

/**
 * Reads all inputs. On the CI platforms an input that was not given arrives empty, so an empty one is never a value; it
 * differs from an absent one in what is said when it is needed.
 */
export async function readSettings(host: Pick<Host, 'input' | 'attest'>): Promise<Settings> {
  const problems: Problem[] = [];
  const value = (name: InputName): string | undefined => host.input(name)?.trim() || undefined;
  const wrong = (name: InputName, message: string) => problems.push({ message: `input \`${name}\`: ${message}` });

  const overrides: Override[] = places.flatMap(([input, path]) => {
    const given = value(input);
    return given === undefined ? [] : [{ path, value: given, input }];
  });
  const gates = readGates(host, overrides, wrong);
  const record = value('record');
  const summary = value('summary');
  const report = value('report');
  const resume = value('resume');
  const state = value('state');
  const stage = value('stage');
  const ledger = value('ledger');
  const fixes = value('fixes');
  const telemetry = value('telemetry-connection-string');
  return {
    observe: yesOrNo(value('observe'), (message) => wrong('observe', message)),
    ...readAttest(host, value, wrong),
    ...(record === undefined ? {} : { record }),
    ...(summary === undefined ? {} : { summary }),
    ...(report === undefined ? {} : { report }),
    ...(resume === undefined ? {} : { resume }),
    ...(state === undefined ? {} : { state }),
    ...(stage === undefined ? {} : { stage }),
    ...(ledger === undefined ? {} : { ledger }),
    ...(fixes === undefined ? {} : { fixes: oneLine(fixes, longestFix) }),
    ...(telemetry === undefined ? {} : { telemetry }),
    overrides,
    ...(await readPolicy(value('policy'), gates > 0, wrong)),
    problems,
  };
}

/** What would only fail at the end of the bake is found before it begins. */
function readAttest(
  host: Pick<Host, 'attest'>,
  value: (name: InputName) => string | undefined,
  wrong: (name: InputName, message: string) => void,
): Pick<Settings, 'attest'> {
  const subjects = (value('attest-subjects') ?? '').split(/\r?\n/).filter((line) => line.trim() !== '');
  if (!yesOrNo(value('attest'), (message) => wrong('attest', message))) {
    if (subjects.length > 0) wrong('attest-subjects', 'does nothing alone; expected `attest: true` beside it');
    return {};
  }
  const token = value('github-token');
  if (!host.attest) {
    wrong('attest', 'only a job of GitHub Actions with the permission `id-token: write` can sign');
  } else if (token === undefined) wrong('github-token', 'expected a token with `attestations: write` beside `attest`');
  const parsed = subjects.flatMap((line) => {
    const subject = parseSubject(line);
    if (!subject)
      wrong(
        'attest-subjects',
        `expected a name and a digest such as \`ghcr.io/acme/checkout@sha256:…\`, found \`${line.trim()}\``,
      );
    return subject ?? [];
  });
  return { attest: { token: token ?? '', subjects: parsed } };
}

function yesOrNo(text: string | undefined, wrong: (message: string) => void): boolean {
  const word = (text ?? 'false').toLowerCase();
  if (word !== 'true' && word !== 'false')
    wrong(`expected true or false, found \`${text}\`${didYouMean(word, ['true', 'false'])}`);
  return word === 'true';
}

async function readPolicy(
  given: string | undefined,
  fromInputs: boolean,
  wrong: (name: InputName, message: string) => void,
): Promise<Pick<Settings, 'text' | 'file'>> {
  if (fromInputs) {
    if (given !== undefined) wrong('policy', 'expected either a policy or the inputs of single gates, found both');
    return {};
  }
  if (given?.includes('\n')) return { text: given };
  const file = given ?? defaultPolicy;
  try {
    return { text: await readFile(file, 'utf8'), file };
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    wrong('policy', `expected the path of a policy, or the policy itself; \`${file}\` cannot be read: ${reason}`);
    return { text: '', file };
  }
}

/** Adds the gates that inputs describe. @returns how many */
function readGates(
  host: Pick<Host, 'input'>,
  overrides: Override[],
  wrong: (name: InputName, message: string) => void,
): number {
  const given = (name: InputName) => (host.input(name) ?? '').trim() !== '';
  const used = new Set<string>();
  let count = 0;
  for (const gate of singleGates) {
    const [asks, ...others] = gate.needs;
    if (!given(asks)) continue;
    for (const name of others) {
      if (!given(name))
        wrong(
          name,
          `${host.input(name) === undefined ? 'is missing' : 'is empty'}; expected a value beside \`${asks}\``,
        );
    }
    const at = ['gates', count] as const;
    for (const [key, text] of [
      ['type', gate.type],
      ['name', gate.name],
      ['source', gate.source],
    ] as const) {
      overrides.push({ path: [...at, key], value: text, input: asks });
    }
    overrides.push({ path: ['sources', gate.source, 'type'], value: gate.source, input: asks });
    for (const [fields, path] of [
      [gate.sourceFields, ['sources', gate.source]],
      [gate.gateFields, at],
    ] as const) {
      for (const [key, input] of Object.entries(fields)) {
        used.add(input);
        const text = host.input(input)?.trim();
        if (text) overrides.push({ path: [...path, ...key.split('.')], value: shape(input, text), input });
      }
    }
    count += 1;
  }
  for (const name of singleGateInputs) {
    if (given(name as InputName) && !used.has(name)) {
      const needs = singleGates.filter((g) =>
        [...g.needs, ...Object.values(g.gateFields), ...Object.values(g.sourceFields)].includes(name as InputName),
      );
      wrong(
        name as InputName,
        `does nothing alone; expected \`${needs.map((g) => g.needs[0]).join('` or `')}\` beside it`,
      );
    }
  }
  return count;
}

/** Inputs of several lines are lists, or maps for `flags-expect`; numbers are numbers. */
function shape(name: InputName, text: string): unknown {
  if (name === 'min-events') return Number.isFinite(Number(text)) ? Number(text) : text;
  const input = inputs.find((i) => i.name === name);
  if (input?.kind !== 'lines' || name === 'query' || name === 'events') return text;
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (name !== 'flags-expect') return lines;
  return Object.fromEntries(
    lines.map((line) => {
      const [, flag, expected] = /^(.+?)\s*:\s+(.+)$/.exec(line) ?? [undefined, line, ''];
      return [flag, expected?.replace(/^(["'])(.*)\1$/, '$2')];
    }),
  );
}
