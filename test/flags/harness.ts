/**
 * A flag provider as a stand-in on loopback: its documents, what its API answers of them and does to them, in the shapes that it
 * publishes; it also checks what it is sent. Each file `<type>.provider.ts` beside this one exports a list as `providers`;
 * `table.test.ts` puts each situation through source, gate and change, and prints what came of it.
 */
import { parse } from 'yaml';
import { bindGates } from '../../src/commands/bind.js';
import { loadPolicy } from '../../src/policy/load.js';
import type { Policy } from '../../src/policy/schema.js';
import { changeFlag, readState, type Wanted } from '../../src/reactions/flags/change.js';
import type { ReadingData } from '../../src/record/evidence.js';
import type { FlagChange, FlagState } from '../../src/record/flags.js';
import type { Meaning } from '../../src/sources/flags/meaning.js';
import { sourceTypeOf } from '../../src/sources/index.js';
import { type AnySource, NotMeasured } from '../../src/sources/source.js';
import { type Clock, systemClock } from '../../src/train/clock.js';
import { runRound } from '../../src/train/round.js';
import { env } from '../contract/harness.js';
import { sourceContext } from '../support/context.js';
import { type Received, reply, standIn } from '../support/server.js';

/** The flag that all situations are about. */
export const theFlag = 'new-checkout';
export const meaning: Meaning = { on: [true, 'true', 'on', 'enabled'], off: [false, 'false', 'off', 'disabled'] };

/** How the flag is set up at the provider. */
export const situations = [
  /** Nobody gets it, by the switch, as the provider's pages would have it switched off. */
  'off',
  /** Everybody gets it, without rules. */
  'on',
  /** 25 % of everybody. */
  'a-quarter',
  /** Only those for whom a rule of unknown size holds; nobody else. */
  'rules',
  /** On for everybody, and its off value is the new code too. */
  'off-serves-on',
  'archived',
  /** The provider knows no such flag. */
  'missing',
  /** The flag is there, but is not set up in this environment. */
  'elsewhere',
] as const;
export type Situation = (typeof situations)[number];

/** What may be in the way of a change; the flag is `on`. */
export const obstacles = [
  /** Somebody changes it between our reading and our writing. */
  'changed-in-between',
  /** Changes need an approval, as the provider refuses them. */
  'approval',
  /** The credential may read and not write. */
  'write-forbidden',
] as const;
export type Obstacle = (typeof obstacles)[number];

export interface Answer {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON unless it is a text. */
  readonly body?: unknown;
}

export interface FlagServer {
  /** The provider's documents: plain JSON, changed by what is written. */
  data: unknown;
  /** Answers one request; throws (an assertion) when the request is not what the provider's documentation asks for. */
  respond(request: Received): Answer;
}

export interface FlagProvider {
  readonly type: string;
  /** Where a type has several ways: `variants`, `feature-management`… */
  readonly way?: string;
  /** The source's config in the policy, its `type` included. Every variable of the environment is set, to `a-secret-NAME`. */
  source(url: string): Readonly<Record<string, unknown>>;
  start(situation: Situation, obstacle?: Obstacle): FlagServer;
  /** What cannot be at this provider, and why. */
  readonly lacks?: Readonly<Partial<Record<Situation | Obstacle, string>>>;
  /** Default: all but GET and HEAD. */
  readonly isWrite?: (request: Received) => boolean;
  /** Fields that the provider leaves out when they are false, 0 or empty, as `path: field gone`. */
  readonly mayOmit?: RegExp;
  /** Of the documents what must be the same after a kill and its undoing; default: all. */
  readonly lasting?: (data: unknown) => unknown;
}

const clock: Clock = { now: () => Date.now(), sleep: () => Promise.resolve() };

/** The provider's server, the source opened on it, and what the server did not like. */
export interface Running {
  readonly server: FlagServer;
  readonly source: AnySource;
  readonly policy: Policy;
  readonly received: readonly Received[];
  readonly writes: () => readonly Received[];
  /** Throws what the stand-in did not like. */
  readonly assertNoComplaint: () => void;
}

export async function run(
  provider: FlagProvider,
  server: FlagServer,
  around: (request: Received, answer: () => Answer) => Answer = (_, answer) => answer(),
): Promise<Running> {
  const complaints: unknown[] = [];
  const { url, received } = await standIn((request, response) => {
    try {
      const { status = 200, headers = {}, body } = around(request, () => server.respond(request));
      reply(response, status, body ?? '', headers);
    } catch (complaint) {
      complaints.push(complaint);
      reply(response, 418, { error: 'the stand-in did not like the request' });
    }
  });
  const config = provider.source(url);
  const text = JSON.stringify({
    version: 1,
    sources: { flags: config },
    gates: [{ name: 'dark', type: 'flags', source: 'flags', expect: { [theFlag]: 'off' } }],
  });
  const { policy, problems } = await loadPolicy({ text, overrides: [], facts: {}, env, observe: false });
  if (!policy) throw new Error(`the source's config is wrong: ${JSON.stringify(problems)}`);
  const context = sourceContext({ clock });
  const named = policy.sources.flags;
  const source = named && sourceTypeOf(named.type)?.open(named, context);
  if (!source) throw new Error(`no source of type ${String((parse(text) as { type?: string }).type)}`);
  const isWrite = provider.isWrite ?? (({ method }) => !['GET', 'HEAD'].includes(method));
  return {
    server,
    source,
    policy,
    received,
    writes: () => received.filter(isWrite),
    assertNoComplaint: () => {
      if (complaints.length > 0) throw complaints[0];
    },
  };
}

/** The state, or the code of why there is none. */
export async function stateIn({ source }: Running): Promise<FlagState | string> {
  try {
    return await readState(source, theFlag, meaning, AbortSignal.timeout(10_000));
  } catch (error) {
    if (error instanceof NotMeasured) return error.code;
    throw error;
  }
}

/** What the gate makes of it in one round: a policy that asks for the flag to be off. */
export async function readingOf({ policy }: Running, deadlineMs = 10_000): Promise<ReadingData | null> {
  const at = Date.now();
  const bound = bindGates(policy, sourceContext({ clock: systemClock }));
  const times = { now: at, deployedAt: at, settledAt: at };
  const [outcome] = await runRound(
    bound,
    times,
    { timeoutMs: deadlineMs, cancel: new AbortController().signal },
    systemClock,
  );
  return outcome?.reading ?? null;
}

export async function change({ source }: Running, wanted: Wanted, dryRun = false): Promise<FlagChange> {
  // Time stands still for waits, so the bound is one of attempts.
  let now = 0;
  const ticking: Clock = {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
      await Promise.resolve();
    },
  };
  return await changeFlag({
    sourceName: 'flags',
    source,
    flag: theFlag,
    wanted,
    meaning,
    note: 'Signalbox: checkout 1.2.3 stopped',
    verifyMs: 10_000,
    dryRun,
    clock: ticking,
    signal: AbortSignal.timeout(10_000),
  });
}
