/**
 * A train of several services: which may begin, what bars one that may not, and what they come to together. One rule holds whatever
 * becomes of them: the train continues only when every service did, and a service begins only when all that it needs did.
 */
import { plural } from '../judge/number.js';
import type { ServiceDecision, TrainDecision, TrainReason } from '../record/train-record.js';

export interface Plan {
  readonly name: string;
  /** Names of the services that must have continued before it begins. */
  readonly needs: readonly string[];
}

export type Decided = ReadonlyMap<string, ServiceDecision>;

/**
 * The services by how far back they stand; those of one entry do not need each other.
 *
 * @returns undefined when services need each other in a circle, or need one that there is not
 */
export function orderOf(plans: readonly Plan[]): string[][] | undefined {
  const order: string[][] = [];
  const placed = new Set<string>();
  while (placed.size < plans.length) {
    const wave = plans.filter(({ name, needs }) => !placed.has(name) && needs.every((need) => placed.has(need)));
    if (wave.length === 0) return undefined;
    order.push(wave.map(({ name }) => name));
    for (const { name } of wave) placed.add(name);
  }
  return order;
}

/** Circles of needs, each as the way round that leads back to its first service. Needs of unknown services lead nowhere. */
export function circlesOf(plans: readonly Plan[]): string[][] {
  const needsOf = new Map(plans.map(({ name, needs }) => [name, needs]));
  const circles: string[][] = [];
  const left = new Set<string>();
  const way: string[] = [];
  const visit = (name: string): void => {
    const at = way.indexOf(name);
    if (at >= 0) circles.push([...way.slice(at), name]);
    if (at >= 0 || left.has(name)) return;
    way.push(name);
    for (const need of needsOf.get(name) ?? []) visit(need);
    way.pop();
    left.add(name);
  };
  for (const { name } of plans) visit(name);
  return circles;
}

/** The chain of services, each needing the one before, that takes longest. @param ms of a service alone. Only without circles. */
export function longestChain(plans: readonly Plan[], ms: (name: string) => number): { chain: string[]; ms: number } {
  const chains = new Map<string, { chain: string[]; ms: number }>();
  const none = { chain: [], ms: 0 };
  for (const name of (orderOf(plans) ?? []).flat()) {
    const needs = plans.find((plan) => plan.name === name)?.needs ?? [];
    const before = needs.map((need) => chains.get(need) ?? none).reduce((a, b) => (b.ms > a.ms ? b : a), none);
    chains.set(name, { chain: [...before.chain, name], ms: before.ms + ms(name) });
  }
  return [...chains.values()].reduce((a, b) => (b.ms > a.ms ? b : a), none);
}

export interface Next {
  /** Services that may begin now. */
  readonly begin: readonly string[];
  /** Services that never will, and why. */
  readonly barred: readonly { readonly name: string; readonly decision: ServiceDecision }[];
}

/** What follows once these are decided. A service is barred only when all that it needs is, so that the words do not hang on who was first. */
export function nextOf(plans: readonly Plan[], decided: Decided, begun: ReadonlySet<string>): Next {
  const open = plans.filter(({ name }) => !decided.has(name) && !begun.has(name));
  const ripe = open.filter(({ needs }) => needs.every((need) => decided.has(need)));
  const judged = ripe.map((plan) => ({ name: plan.name, decision: barredBy(plan, decided) }));
  return {
    begin: judged.flatMap(({ name, decision }) => (decision ? [] : [name])),
    barred: judged.flatMap(({ name, decision }) => (decision ? [{ name, decision }] : [])),
  };
}

/** Why a service may not begin; undefined: everything that it needs continued. */
export function barredBy({ needs }: Plan, decided: Decided): ServiceDecision | undefined {
  const not = needs.filter((need) => decided.get(need)?.decision !== 'continue');
  if (not.length === 0) return undefined;
  const held = not.filter((need) => decided.get(need)?.decision === 'hold');
  const stopped = not.filter((need) => !held.includes(need));
  return stopped.length > 0
    ? neverBegun('stop', 'needs-stopped', `never begun, since ${and(stopped)} did not continue`)
    : neverBegun('hold', 'needs-held', `not begun yet, since ${and(held)} ${held.length === 1 ? 'holds' : 'hold'}`);
}

/** Nothing of the service was measured. */
export const neverBegun = (
  decision: 'stop' | 'hold',
  reason: TrainReason,
  sentence: string,
): ServiceDecision & { decision: 'stop' | 'hold' } => ({ decision, reason, gates: [], sentence });

/**
 * From the worst: harm that was seen, what was left half done, then what nobody knows. A cancellation says least of the release, and a
 * service that was never begun nothing at all.
 */
const worstFirst: readonly TrainReason[] = [
  'unhealthy',
  'not-moved',
  'internal-error',
  'policy-error',
  'not-measured',
  'insufficient-evidence',
  'not-steady',
  'open-stop',
  'frozen',
];
const leastSaid: readonly TrainReason[] = ['cancelled', 'needs-stopped', 'needs-held'];

const rank = (reason: TrainReason): number => {
  const bad = worstFirst.indexOf(reason);
  const weak = leastSaid.indexOf(reason);
  return bad >= 0 ? bad : worstFirst.length + 1 + weak;
};

/** What the services come to together. A service of which nothing was decided stops the train. */
export function verdictOf(plans: readonly Plan[], decided: Decided): TrainDecision {
  const all = plans.map(({ name }) => ({ name, own: decided.get(name) ?? undecided }));
  const stopped = all.filter(({ own }) => own.decision !== 'continue' && own.decision !== 'hold');
  const held = all.filter(({ own }) => own.decision === 'hold');
  if (all.length === 0) {
    return { decision: 'stop', reason: 'internal-error', services: [], sentence: 'there is no service in the train' };
  }
  if (stopped.length > 0) return notGoing('stop', stopped, all);
  if (held.length > 0) return notGoing('hold', held, all);
  const who = all.length === 1 ? 'the service continued' : `all ${all.length} services continued`;
  const only = (reason: TrainReason) => all.filter(({ own }) => own.reason === reason).map(({ name }) => name);
  const weak = (['overridden', 'observed'] as const).flatMap((reason) => {
    const services = only(reason);
    const why = reason === 'observed' ? 'the policy observes' : 'somebody overrode it';
    return services.length === 0 ? [] : [{ reason, services, words: `${and(services)} only because ${why}` }];
  });
  const [weakest] = weak;
  return {
    decision: 'continue',
    reason: weakest?.reason ?? 'healthy',
    services: weakest?.services ?? all.map(({ name }) => name),
    sentence: [who, ...weak.map(({ words }) => words)].join(', '),
  };
}

const undecided = neverBegun('stop', 'internal-error', 'it ended without a decision');

interface Own {
  readonly name: string;
  readonly own: ServiceDecision;
}

function notGoing(decision: 'stop' | 'hold', against: readonly Own[], all: readonly Own[]): TrainDecision {
  const worst = [...against].sort((a, b) => rank(a.own.reason) - rank(b.own.reason));
  const [first] = worst;
  if (!first) throw new Error('expected a service that does not continue');
  const { reason } = first.own;
  const blamed = worst.filter(({ own }) => own.reason === reason);
  const others = worst.slice(1).filter(({ own }) => !barring.has(own.reason));
  const waiting = all.filter(({ own }) => barring.has(own.reason)).map(({ name }) => name);
  const parts = [
    `${first.name} ${reasonWords(reason, decision)}: ${first.own.sentence}`,
    others.length === 0
      ? ''
      : `${decision === 'stop' ? 'stopped' : 'held'} too: ${and(others.map(({ name, own }) => `${name} (${own.reason})`))}`,
    waiting.length === 0 ? '' : `never begun: ${and(waiting)}`,
  ];
  return {
    decision,
    reason,
    services: blamed.map(({ name }) => name),
    sentence: parts.filter((part) => part !== '').join('; '),
  };
}

const barring: ReadonlySet<TrainReason> = new Set(['needs-stopped', 'needs-held']);

/** Behind the name of a service: `is unhealthy`. */
function reasonWords(reason: TrainReason, decision: 'stop' | 'hold'): string {
  const words: Partial<Record<TrainReason, string>> = {
    unhealthy: 'is unhealthy',
    'not-moved': 'could not be moved',
    'internal-error': 'could not be judged',
    'policy-error': 'has a wrong policy',
    'not-measured': 'could not be measured',
    'insufficient-evidence': 'has too little evidence',
    'not-steady': 'was not steady',
    'open-stop': 'is blocked by an earlier stop',
    frozen: 'is frozen',
    parked: 'is parked',
    cancelled: 'was cancelled',
  };
  return words[reason] ?? (decision === 'hold' ? `holds (${reason})` : `stopped (${reason})`);
}

/** At most as many names as a sentence bears. */
const mostNames = 8;

function and(names: readonly string[]): string {
  const shown =
    names.length > mostNames
      ? [...names.slice(0, mostNames - 1), plural(names.length - mostNames + 1, 'more service')]
      : [...names];
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
