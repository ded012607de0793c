/** A train before it begins: its file, and the policy of every service, all mistakes in all of them at once. Nothing is asked here. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { guarded } from '../host/guarded.js';
import type { Host } from '../host/host.js';
import { inputs as allInputs, type InputName } from '../host/inputs.js';
import { hostOfService } from '../host/of-service.js';
import { plural } from '../judge/number.js';
import { formatDuration } from '../policy/fields.js';
import type { Loaded } from '../policy/load.js';
import { didYouMean } from '../policy/problems.js';
import type { Policy } from '../policy/schema.js';
import { type LoadedTrain, loadTrainFile, type ServiceConfig } from '../policy/train-file.js';
import type { Problem } from '../record/record.js';
import { Redactor } from '../record/redact.js';
import { longestChain } from '../train/services.js';
import { load } from './load.js';
import { exitCodes } from './publish.js';
import type { RunContext } from './run.js';
import { readSettings, singleGateInputs } from './settings.js';
import { stagesToProve } from './stages.js';

/** The inputs of one service, in place of the step's; see `ServiceWiring`. */
export type ServiceInputs = Readonly<Partial<Record<InputName, string | undefined>>>;

export interface ServiceReady {
  readonly config: ServiceConfig;
  readonly inputs: ServiceInputs;
  /** Absent when it has problems. */
  readonly policy?: Policy;
  readonly observe: boolean;
}

export interface TrainReady {
  readonly file: string;
  /** As it is written; empty when it cannot be read. */
  readonly text: string;
  /** What people call the train. */
  readonly train?: string;
  /** Absolute paths of the train's own files; those of the services stand beside the record. */
  readonly record: string;
  readonly summary: string;
  /** Folder in which an unfinished train is kept between jobs; absent: it is not. */
  readonly state?: string;
  /** Empty when the file cannot be understood. */
  readonly services: readonly ServiceReady[];
  readonly problems: readonly Problem[];
  /** Names of the services whose policies have problems. */
  readonly troubled: readonly string[];
  /** With `lenient`: what a run would have to set. */
  readonly unset: readonly Problem[];
  /** Values to mask from now on. */
  readonly secrets: readonly string[];
}

/** Inputs that say the same as a train file, or that only a single service can have. */
const notBeside: Readonly<Partial<Record<InputName, string>>> = {
  policy: 'the train file names the policy of each service',
  service: 'the train file names the services',
  report: "each service's full report is written beside the record of the train",
  resume: 'a rollout is resumed by its service alone, without the train',
  attest: 'a train is not signed: keep the SHA-256 of its record, or sign the artifact',
  'attest-subjects': 'a train is not signed: keep the SHA-256 of its record, or sign the artifact',
};

const given = (host: Pick<Host, 'input'>, name: InputName): string | undefined => host.input(name)?.trim() || undefined;

/** @param lenient report values that are not set as `unset`: for `signalbox check` */
export async function readyTrain(host: Host, env: RunContext['env'], lenient = false): Promise<TrainReady> {
  const file = given(host, 'train') ?? '';
  const record = resolve(given(host, 'record') ?? join(host.outputFolder, 'record.json'));
  const summary = resolve(given(host, 'summary') ?? join(host.outputFolder, 'summary.md'));
  const state = given(host, 'state');
  const kept = state === undefined ? {} : { state: resolve(state) };
  const ready = { file, record, summary, ...kept, text: '', services: [], troubled: [], unset: [], secrets: [] };
  const problems = [...besideProblems(host), ...(await stateProblems(kept.state))];
  const read = await readText(file);
  if ('wrong' in read) {
    const message = `input \`train\`: expected the path of a train file; \`${file}\` cannot be read: ${read.wrong}`;
    return { ...ready, problems: [...problems, { message }] };
  }
  const { text } = read;
  const loaded = loadTrainFile(text, { file, env, lenient });
  const named = loaded.train === undefined ? {} : { train: loaded.train };
  const unset: Problem[] = [...loaded.unset];
  problems.push(...loaded.problems);
  const secrets = new Set(allInputs.flatMap((input) => ('secret' in input ? (given(host, input.name) ?? []) : [])));
  const troubled: string[] = [];
  const services: ServiceReady[] = [];
  for (const config of loaded.services ?? []) {
    const { name } = config;
    const inputs = inputsOf(config, { folder: dirname(record), state: kept.state });
    const own = await loadService(config, { host: hostOfService(host, { name, inputs, ...silent }), env, lenient });
    for (const secret of own.secrets) secrets.add(secret);
    const found = own.problems.map((problem) => placed(problem, config, loaded));
    if (found.length > 0) troubled.push(name);
    problems.push(...found);
    unset.push(...own.unset);
    const { policy, observe } = own;
    services.push({ config, inputs, observe, ...(policy && found.length === 0 ? { policy } : {}) });
  }
  problems.push(...tooLong(services, host.longestJobMs, loaded));
  for (const path of [record, summary]) {
    const whose = services.find(({ inputs }) => [inputs.record, inputs.report, inputs.summary].includes(path));
    if (whose) {
      problems.push({ message: `\`${path}\` is where \`${whose.config.name}\` writes its own; expected another path` });
    }
  }
  return { ...ready, ...named, text, services, problems: once(problems), troubled, unset, secrets: [...secrets] };
}

function besideProblems(host: Pick<Host, 'input'>): Problem[] {
  const say = (name: string, message: string): Problem => ({ message: `input \`${name}\`: ${message}` });
  const names = Object.entries(notBeside) as [InputName, string][];
  return [
    ...names
      .filter(([name]) => given(host, name) !== undefined && !(name === 'attest' && isNo(given(host, name))))
      .map(([name, why]) => say(name, `cannot stand beside \`train\`: ${why}`)),
    ...[...singleGateInputs]
      .filter((name) => given(host, name as InputName) !== undefined)
      .map((name) => say(name, 'cannot stand beside `train`: gates are written in the policy of each service')),
  ];
}

async function stateProblems(state: string | undefined): Promise<Problem[]> {
  const found = state === undefined ? undefined : await stat(state).catch(() => undefined);
  if (found === undefined || found.isDirectory()) return [];
  return [
    { message: `input \`state\`: of a train it is a folder, with a file for each service; \`${state}\` is none` },
  ];
}

/** While the policies are loaded nothing is said. */
const silent = { onAnnotation: () => undefined, onProgress: () => undefined };

const isNo = (word: string | undefined): boolean => word?.toLowerCase() === 'false';

async function readText(file: string): Promise<{ readonly text: string } | { readonly wrong: string }> {
  try {
    return { text: await readFile(file, 'utf8') };
  } catch (error) {
    return { wrong: await whyUnreadable(file, error) };
  }
}

/** With the nearest right name where there is no such file. */
async function whyUnreadable(file: string, error: unknown): Promise<string> {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return (error as Error).message;
  const names = await readdir(dirname(file)).catch((): string[] => []);
  const near = didYouMean(basename(file), names);
  return `there is no such file${dirname(file) === '.' ? near : near.replace('`', `\`${dirname(file)}/`)}`;
}

interface Places {
  /** Of the train's record, where those of the services stand too. */
  readonly folder: string;
  readonly state: string | undefined;
}

function inputsOf(config: ServiceConfig, { folder, state }: Places): ServiceInputs {
  const { name, policy, commit, version, environment, stage, observe } = config;
  return {
    ...Object.fromEntries([...singleGateInputs].map((input) => [input, undefined])),
    train: undefined,
    policy,
    service: name,
    ...(commit === undefined ? {} : { commit }),
    ...(version === undefined ? {} : { 'release-version': version }),
    ...(environment === undefined ? {} : { environment }),
    ...(stage === undefined ? {} : { stage }),
    ...(observe === true ? { observe: 'true' } : {}),
    record: join(folder, `${name}.record.json`),
    report: join(folder, `${name}.report.html`),
    summary: join(folder, `${name}.summary.md`),
    state: state === undefined ? undefined : join(state, `${name}.state`),
    resume: undefined,
    attest: undefined,
    'attest-subjects': undefined,
  };
}

interface Loading {
  readonly host: Host;
  readonly env: RunContext['env'];
  readonly lenient: boolean;
}

/** As the run of the service will load it. */
async function loadService(
  { policy: path }: ServiceConfig,
  { host, env, lenient }: Loading,
): Promise<Pick<Loaded, 'policy' | 'problems' | 'unset' | 'secrets'> & { readonly observe: boolean }> {
  const nothing = { unset: [], secrets: [], observe: false };
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error('it is no file');
  } catch (error) {
    const message = `input \`policy\`: expected the path of a policy; \`${path}\` cannot be read: ${await whyUnreadable(path, error)}`;
    return { ...nothing, problems: [{ message }] };
  }
  const settings = await readSettings(host);
  const loaded = await load(settings, host, env, lenient);
  const { policy } = loaded;
  const problems = [...settings.problems, ...(settings.text === '' ? [] : loaded.problems)];
  const prove = policy && stagesToProve(policy, settings);
  if (prove && 'wrong' in prove) problems.push(prove.wrong);
  if (policy?.evaluation['park-after'] !== undefined && settings.state === undefined && !lenient) {
    problems.push(
      loaded.locate(['evaluation', 'on-hold'], 'expected the input `state` beside `park`: where the run is kept'),
    );
  }
  return { ...loaded, problems, observe: settings.observe };
}

/** Keys of the train file by the input that each becomes. */
const keyOf: Readonly<Record<string, keyof ServiceConfig>> = {
  policy: 'policy',
  commit: 'commit',
  'release-version': 'version',
  environment: 'environment',
  stage: 'stage',
};

/** What the train file gave is wrong there, and not in an input that nobody wrote. */
function placed(problem: Problem, config: ServiceConfig, { locate }: LoadedTrain): Problem {
  const [, input = '', message = ''] = /^input `([\w-]+)`: (.*)$/s.exec(problem.message) ?? [];
  const key = keyOf[input];
  return problem.file !== undefined || key === undefined || config[key] === undefined
    ? problem
    : locate(['services', config.name, key], message);
}

/** Left for starting and reporting when a job's time is limited. */
const jobMarginMs = 5 * 60_000;

/** Each policy alone fits the job, but those that wait for each other may not. */
function tooLong(
  services: readonly ServiceReady[],
  longestJobMs: number | undefined,
  { locate }: LoadedTrain,
): Problem[] {
  if (longestJobMs === undefined || services.some(({ policy }) => policy === undefined)) return [];
  const longest = longestChain(
    services.map(({ config }) => config),
    (name) => {
      const evaluation = services.find(({ config }) => config.name === name)?.policy?.evaluation;
      return Math.min(evaluation?.deadline ?? 0, evaluation?.['park-after'] ?? Number.POSITIVE_INFINITY);
    },
  );
  const last = longest.chain.at(-1);
  if (longest.ms <= longestJobMs - jobMarginMs || longest.chain.length < 2 || last === undefined) return [];
  const message = `${longest.chain.join(', then ')} may take ${formatDuration(longest.ms)} by their deadlines, but the platform ends the job after ${formatDuration(longestJobMs)}; expected at most ${formatDuration(longestJobMs - jobMarginMs)} together`;
  return [locate(['services', last, 'needs'], message)];
}

/** A wrong input of the step is wrong for each service. */
const once = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];

/** `signalbox check --train FILE`. @returns the exit code: 0 when the train can be run, 2 when not */
export async function checkTrain(rawHost: Host, env: RunContext['env']): Promise<number> {
  const host = guarded(rawHost, new Redactor());
  const { file, services, problems, unset, secrets } = await readyTrain(host, env, true);
  for (const secret of secrets) host.secret(secret);
  for (const problem of problems) host.annotate({ level: 'error', title: 'Signalbox train', ...problem });
  for (const remark of unset) host.annotate({ level: 'warning', title: 'Signalbox train', ...remark });
  if (problems.length > 0) host.log(`${file}: ${problems.length} wrong, ${unset.length} to think about`);
  else host.log(`${file}: valid, ${plural(services.length, 'service')}; ${unset.length} to think about`);
  return problems.length > 0 ? exitCodes.usage : exitCodes.continue;
}
