/** Source `http-traffic`: any interface that tells in JSON how traffic is shared out, and takes one signed request that moves it. */
import type { Target } from '../../../record/deployments.js';
import type { Deployments } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { compile } from '../../cel.js';
import { answerVariables } from '../../cel-answer.js';
import { type DeploymentQuestion, defineSource, NotMeasured, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { schema } from './config.js';
import { controlOf } from './control.js';
import { Client, type Read } from './read.js';

export const httpTrafficSource = defineSource({
  type: 'http-traffic',
  families: ['deployment'],
  schema,
  open(config, context) {
    const client = new Client(config, context);
    return {
      deployment: (question, signal) => ask(client, question, signal),
      ...(config.write ? { traffic: controlOf(client, config.write) } : {}),
    };
  },
  async proofread(_, { read }) {
    const written = [read.weights, read.version, read.running, read.ready, read.busy, read.lock];
    const expressions = written.flatMap((x) => (typeof x === 'object' ? Object.values(x) : (x ?? [])));
    const advice = expressions.map((text) => compile(text, answerVariables).then(() => [], wrong));
    return (await Promise.all(advice)).flat();
  },
});

function wrong(error: unknown): string[] {
  if (error instanceof NotMeasured) return [error.message];
  throw error;
}

async function ask(
  client: Client,
  { targets, settings }: DeploymentQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Deployments>> {
  const { weights } = client.config.read;
  const unread = typeof weights === 'string' ? undefined : targets.find((name) => !Object.hasOwn(weights, name));
  if (unread !== undefined || settings) {
    const message =
      unread === undefined
        ? 'this source does not tell settings'
        : `the source's \`weights\` do not say how ${unread} is read (they have ${Object.keys(weights).join(', ')})`;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  const read = await client.read(signal);
  const found = targets.map((name) => targetIn(read, name));
  return {
    kind: 'deployments',
    subject: `the traffic of ${client.subject}`,
    query: `GET ${client.config.read.url}`,
    at: iso(client.context.clock.now()),
    seen: found.filter(({ exists }) => exists).length,
    notes: [],
    partial: false,
    targets: found,
  };
}

/** Whose traffic is told does not tell whether it runs. */
function targetIn(read: Read, name: string): Target {
  const traffic = read.weights.get(name);
  if (traffic === undefined) return { ...nothing, name, reasons: ['it is not among those whose traffic is told'] };
  const { busy } = read;
  const version = read.versions.get(name);
  const ready = read.ready.get(name) ?? null;
  return {
    ...nothing,
    name,
    exists: true,
    version: version === undefined ? null : oneLine(version, 120),
    state: busy === undefined ? stateOf(read.running.get(name) ?? (ready || null)) : 'deploying',
    ready,
    traffic,
    reasons: [...(busy === undefined ? [] : [busy]), ...(ready === false ? ['it is not ready, says the answer'] : [])],
  };
}

const stateOf = (running: boolean | null): Target['state'] =>
  running === null ? 'unknown' : running ? 'running' : 'stopped';

const nothing = {
  exists: false,
  version: null,
  state: 'unknown',
  health: 'unknown',
  ready: null,
  instances: null,
  traffic: null,
  since: null,
} satisfies Partial<Target>;
