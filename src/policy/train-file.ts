/** The train file: which services go together, in which order, each by which policy. From its text to checked data, all mistakes at once. */
import * as v from 'valibot';
import type { Problem } from '../record/record.js';
import { circlesOf } from '../train/services.js';
import { readDocument } from './document.js';
import { described, filled } from './fields.js';
import { describe, didYouMean, type Finding, type Path } from './problems.js';
import { substitute } from './substitute.js';
import { keysAt } from './walk.js';

/** All of them run in one process, side by side. */
export const mostServices = 100;

/** A name becomes the name of a file, and stands in logs and tables. */
const nameForm = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** YAML makes a number of 1.10, and that is 1.1. */
const quoted = v.pipe(v.string('a text, in quotes where it looks like a number'), v.trim(), v.nonEmpty('some text'));

const service = v.strictObject({
  policy: described(
    v.pipe(
      filled,
      v.check((path) => !path.includes('\n'), 'the path of a policy'),
    ),
    'Path of its policy, from the folder in which the step runs.',
  ),
  needs: described(
    v.optional(v.array(filled), []),
    'Services that must have continued before this one begins. Default: none, it begins at once.',
  ),
  commit: described(v.optional(quoted), 'Commit that is released. Default: as for a single service.'),
  version: described(v.optional(quoted), 'Version that is released.'),
  environment: described(v.optional(quoted), 'Where it is released to.'),
  stage: described(v.optional(quoted), 'Stage of its policy that is to be proven. Default: the input `stage`.'),
  observe: described(
    v.optional(v.boolean()),
    'Judge and report this service, but let it go whatever its gates say. Default: the input `observe`.',
  ),
});

export const trainSchema = v.strictObject({
  version: described(v.literal(1), 'Version of the form of this file.'),
  train: described(v.optional(quoted), 'What people call it, for the reports.'),
  services: described(
    v.pipe(
      v.record(
        v.pipe(
          v.string(),
          v.regex(nameForm, 'a name of letters, digits, `.`, `_` and `-` that begins and ends with a letter or digit'),
        ),
        service,
      ),
      v.check((all) => Object.keys(all).length > 0, 'at least one service'),
      v.check((all) => Object.keys(all).length <= mostServices, `at most ${mostServices} services`),
    ),
    'What goes with this train, by name. Each is judged by its own policy.',
  ),
});

export interface ServiceConfig extends v.InferOutput<typeof service> {
  readonly name: string;
}

export interface LoadedTrain {
  /** What people call it; absent: nothing. */
  readonly train?: string;
  /** In the order of the file; absent when there are problems. */
  readonly services?: readonly ServiceConfig[];
  readonly problems: readonly Problem[];
  /** With `lenient`: what a run would have to set. */
  readonly unset: readonly Problem[];
  /** The place of a part of the file. */
  readonly locate: (path: Path, message: string) => Problem;
}

export interface TrainFileOptions {
  /** Shown in problems. */
  readonly file: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Report variables that are not set as `unset` instead of as problems. */
  readonly lenient?: boolean;
}

export function loadTrainFile(text: string, { file, env, lenient = false }: TrainFileOptions): LoadedTrain {
  const document = readDocument(text, file, 'a train, a map that begins with `version: 1`');
  const locate: LoadedTrain['locate'] = (path, message) => document.locate({ path, at: 'value', message });
  if (document.problems.length > 0) return { problems: document.problems, unset: [], locate };
  const wrong: Finding[] = [];
  const unset: Finding[] = [];
  document.editTexts((written, path) => {
    const found = (message: string): Finding => ({ path, at: 'value', message });
    if (/(?<!\$)\$\{release\./.test(written)) {
      wrong.push(found('a train file knows no `${release.*}`: write `${env.NAME}`, or leave it to the policy'));
      return written;
    }
    const filledIn = substitute(written, { env });
    wrong.push(...filledIn.wrong.map(found));
    unset.push(...filledIn.unset.map(found));
    return filledIn.text;
  });
  const data = document.toData();
  const { output, findings } = check(data);
  findings.push(...reserved(data));
  const already = new Set([...wrong, ...unset].map(({ path }) => path.join('\n')));
  const problems = [
    ...wrong,
    ...(lenient ? [] : unset),
    ...findings.filter(({ path }) => !already.has(path.join('\n'))),
    ...(output ? relate(output) : []),
  ]
    .map((finding) => document.locate(finding))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const services = output && Object.entries(output.services).map(([name, config]) => ({ name, ...config }));
  return {
    problems,
    unset: lenient ? unset.map((finding) => document.locate(finding)) : [],
    locate,
    ...(output?.train === undefined ? {} : { train: output.train }),
    ...(services && problems.length === 0 ? { services } : {}),
  };
}

type Parsed = v.InferOutput<typeof trainSchema>;

/**
 * Valibot passes over keys that could reach into JavaScript's own objects, and takes a list for a map; a service must not be lost, or called
 * `0`, without a word.
 */
function reserved(data: unknown): Finding[] {
  const { services } = (data ?? {}) as { services?: unknown };
  if (typeof services !== 'object' || services === null) return [];
  if (Array.isArray(services)) {
    return [{ path: ['services'], at: 'value', message: 'expected a map (`name: { policy: … }`), found a list' }];
  }
  return ['__proto__', 'prototype', 'constructor']
    .filter((name) => Object.hasOwn(services, name))
    .map((name) => ({ path: ['services', name], at: 'key', message: `no service can be called \`${name}\`` }));
}

/** Runs the schema until it has named every unknown key; valibot names one per map and run. */
function check(data: unknown): { output?: Parsed; findings: Finding[] } {
  const findings: Finding[] = [];
  for (;;) {
    const result = v.safeParse(trainSchema, data);
    if (result.success) return findings.length === 0 ? { output: result.output, findings } : { findings };
    const found = describe(
      result.issues,
      (path) => keysAt(trainSchema, data, path),
      () => false,
    );
    const unknown = found.filter(({ at }) => at === 'key');
    findings.push(...unknown);
    if (unknown.length === 0) return { findings: [...findings, ...found] };
    for (const { path } of unknown) remove(data, path);
  }
}

function remove(data: unknown, path: Path): void {
  const parent = path.slice(0, -1).reduce<unknown>((here, key) => (here as Record<string, unknown>)[key], data);
  delete (parent as Record<string, unknown>)[path.at(-1) ?? ''];
}

/** What no single field can tell. */
function relate({ services }: Parsed): Finding[] {
  const findings: Finding[] = [];
  const names = Object.keys(services);
  const bySmall = new Map<string, string>();
  for (const name of names) {
    const first = bySmall.get(name.toLowerCase());
    if (first === undefined) bySmall.set(name.toLowerCase(), name);
    else {
      const message = `\`${name}\` and \`${first}\` differ in capitals alone, and would share their files; expected different names`;
      findings.push({ path: ['services', name], at: 'key', message });
    }
  }
  for (const [name, { needs }] of Object.entries(services)) {
    const say = (index: number, message: string) =>
      findings.push({ path: ['services', name, 'needs', index], at: 'value', message });
    for (const [index, need] of needs.entries()) {
      const others = names.filter((other) => other !== name);
      if (need === name) say(index, `\`${name}\` cannot need itself`);
      else if (!names.includes(need)) {
        const known = others.length === 0 ? 'there is no other' : `known: ${others.join(', ')}`;
        say(index, `there is no service \`${need}\` in this train${didYouMean(need, others)} (${known})`);
      } else if (needs.indexOf(need) < index) say(index, `\`${need}\` is needed twice; expected it once`);
    }
  }
  const plans = Object.entries(services).map(([name, { needs }]) => ({
    name,
    needs: needs.filter((need) => need !== name),
  }));
  for (const circle of circlesOf(plans)) {
    const [first = '', second = ''] = circle;
    const index = services[first]?.needs.indexOf(second) ?? 0;
    const message = `services cannot need each other in a circle, since none of them could begin: ${circle.join(' needs ')}`;
    findings.push({ path: ['services', first, 'needs', index], at: 'value', message });
  }
  return findings;
}
