/**
 * The contract of a source: what its system answers in each condition, in the shapes that its provider publishes, served by a stand-in
 * on loopback that also checks what it is sent. Each file `<type>.contract.ts` beside this one exports a list as `contracts`;
 * `table.test.ts` puts each condition through policy, gate, source and judge and prints what came of it.
 */
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { parse } from 'yaml';
import { bindGates } from '../../src/commands/bind.js';
import { loadPolicy } from '../../src/policy/load.js';
import type { ReadingData } from '../../src/record/evidence.js';
import type { Clock } from '../../src/train/clock.js';
import { runRound } from '../../src/train/round.js';
import { sourceContext } from '../support/context.js';
import { type Received, reply, standIn } from '../support/server.js';

/** What every system can do to us. `good` must be healthy, `bad` unhealthy, and all others neither. */
export const conditions = [
  'good',
  'bad',
  'empty',
  'partial',
  'stale',
  'throttled',
  'unauthorised',
  'slow',
  'cut-off',
] as const;
export type Condition = (typeof conditions)[number];

/** The times of the one round that is run, milliseconds since the epoch. The deployment was 30 min ago, the warm-up 2 min. */
export interface Times {
  readonly now: number;
  readonly deployedAt: number;
}

export interface Answer {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON unless it is a text. */
  readonly body: unknown;
}

/** Answers one request; throws (an assertion) when the request is not what the provider's documentation asks for. */
export type Responder = (request: Received, times: Times) => Answer;

/** Several ways to be in a condition, by name: each is a cell of its own. */
export type Ways = Responder | Readonly<Record<string, Responder>>;

export interface Contract {
  /** What is asked, where a source has more than one: `metrics`, `monitors`… */
  readonly what: string;
  /** The source's config in the policy, its `type` included. Every variable of the environment is set, to `a-secret-NAME`. */
  source(url: string): Readonly<Record<string, unknown>>;
  /** The gate's config without `name` and `source`. */
  readonly gate: Readonly<Record<string, unknown>>;
  readonly good: Responder;
  readonly bad: Ways;
  /** Nothing there: no series, no rows, no rules…; or why that cannot be. */
  readonly empty: Ways | { readonly impossible: string };
  /** Every trap of a partial success inside a 200; or why there is none. */
  readonly partial: Ways | { readonly impossible: string };
  /** Data that end too long before now; or why that cannot be. */
  readonly stale: Ways | { readonly impossible: string };
  /** Default: 429 with `Retry-After: 1`. */
  readonly throttled?: Ways;
  /** Default: 401, and 403 as another way. */
  readonly unauthorised?: Ways;
  /** Conditions in which the reading may be unhealthy as well, and why blaming the release is right there; healthy it may be in none. */
  readonly blames?: Readonly<Partial<Record<Exclude<Condition, 'good' | 'bad'>, string>>>;
}

export interface Cell {
  readonly what: string;
  readonly condition: Condition;
  readonly way: string;
  readonly reading: ReadingData | null;
  /** What the stand-in did not like in a request. */
  readonly complaint: unknown;
}

/** What the round may take in all, milliseconds; `slow` waits longer. */
const roundMs = 400;

/** Every variable that a policy may name. */
export const env = new Proxy<Record<string, string>>(
  {},
  {
    get: (_, name) => `a-secret-${String(name)}`,
    getOwnPropertyDescriptor: (_, name) => ({
      value: `a-secret-${String(name)}`,
      configurable: true,
      enumerable: true,
    }),
  },
);

const status =
  (code: number, headers: Record<string, string> = {}): Responder =>
  () => ({ status: code, headers, body: { error: 'no' } });

function waysOf(
  contract: Contract,
  condition: Exclude<Condition, 'slow' | 'cut-off'>,
): Readonly<Record<string, Responder>> {
  const written =
    contract[condition] ??
    (condition === 'throttled' ? status(429, { 'retry-after': '1' }) : { '401': status(401), '403': status(403) });
  if (typeof written === 'function') return { '': written };
  return 'impossible' in written ? {} : (written as Readonly<Record<string, Responder>>);
}

/** Runs one contract through all conditions. */
export async function cellsOf(contract: Contract): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const condition of conditions) {
    const ways = condition === 'slow' || condition === 'cut-off' ? { '': contract.good } : waysOf(contract, condition);
    for (const [way, responder] of Object.entries(ways)) {
      cells.push({ what: contract.what, condition, way, ...(await ask(contract, condition, responder)) });
    }
  }
  return cells;
}

/** An hour that stands still, so that windows can be checked to the millisecond; waits are real. */
const now = Date.parse('2026-11-23T10:00:00Z');
export const stillClock: Clock = {
  now: () => now,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};

async function ask(
  contract: Contract,
  condition: Condition,
  responder: Responder,
): Promise<Pick<Cell, 'reading' | 'complaint'>> {
  const times = { now, deployedAt: now - 30 * 60_000 };
  let complaint: unknown;
  const server = await standIn((request, response) => {
    try {
      const answer = responder(request, times);
      if (condition === 'slow') return;
      if (condition === 'cut-off') cutOff(response, answer);
      else reply(response, answer.status ?? 200, answer.body, { ...answer.headers });
    } catch (error) {
      complaint ??= error;
      reply(response, 400, { error: 'the stand-in was sent something wrong' });
    }
  });
  const policy = {
    version: 1,
    sources: { it: contract.source(server.url) },
    gates: [{ name: 'the gate', source: 'it', ...contract.gate }],
  };
  const loaded = await loadPolicy({
    text: JSON.stringify(policy),
    overrides: [],
    facts: { sha: 'c0ffee'.repeat(7).slice(0, 40), version: '1.2.3', environment: 'production' },
    env,
    observe: false,
  });
  if (!loaded.policy) throw new Error(`the contract's policy is wrong: ${JSON.stringify(loaded.problems)}`);
  const bound = bindGates(loaded.policy, sourceContext({ clock: stillClock }));
  const [outcome] = await runRound(
    bound,
    { ...times, settledAt: times.deployedAt + 120_000 },
    {
      timeoutMs: condition === 'slow' || condition === 'throttled' ? roundMs : 10_000,
      cancel: new AbortController().signal,
    },
    stillClock,
  );
  return { reading: outcome?.reading ?? null, complaint };
}

/** Half of the answer, then the connection breaks. */
function cutOff(response: ServerResponse, answer: Answer): void {
  const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  response.writeHead(answer.status ?? 200, {
    'content-type': 'application/json',
    ...answer.headers,
    'content-length': String(Buffer.byteLength(body)),
  });
  response.write(body.slice(0, Math.floor(body.length / 2)), () => response.destroy());
}

interface PagePolicy {
  readonly sources?: Readonly<Record<string, object>>;
  readonly gates?: readonly Readonly<Record<string, unknown>>[];
}

/** The policies that a page of the documentation shows. */
export function policiesOf(page: string): readonly PagePolicy[] {
  const text = readFileSync(new URL(`../../docs/sources/${page}.md`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```ya?ml\n(.*?)^```/gms)].flatMap(
    ([, block = '']) => (parse(block) as PagePolicy | null) ?? [],
  );
}

/** The gates that were taken from pages, as `page: gate`. */
export const run = new Set<string>();

/**
 * Source and gate as a page of the documentation writes them, so that its examples are what is run.
 *
 * @param page file name in `docs/sources/` without `.md`
 * @param gate name of the gate in one of the page's policies
 * @param address key of the source that holds the address of the stand-in
 */
export function fromPage(page: string, gate: string, address = 'url'): Pick<Contract, 'source' | 'gate'> {
  run.add(`${page}: ${gate}`);
  for (const policy of policiesOf(page)) {
    const found = policy?.gates?.find((g) => g.name === gate);
    if (!found) continue;
    const { name: _, source, ...rest } = found;
    const config = typeof source === 'string' ? policy?.sources?.[source] : (source as object);
    return { source: (url) => ({ ...config, [address]: url }), gate: rest };
  }
  throw new Error(`docs/sources/${page}.md has no policy with the gate "${gate}"`);
}
