/**
 * What a provider leaves out, or says in another way than it published, never makes a flag read as off: each field of each answer is taken
 * away, set to null, to a text, to a negative number, one by one, while the flag is on.
 */
import { describe, expect, it } from 'vitest';
import { type Answer, type FlagProvider, run, type Situation, stateIn } from './harness.js';
import { providers } from './providers.js';

type Path = readonly string[];
type Holder = Record<string, unknown>;

/** Of all fields, those of entries of lists too; entries themselves may come and go. */
function fieldsOf(x: unknown, at: Path = []): Path[] {
  if (typeof x !== 'object' || x === null) return [];
  return Object.entries(x).flatMap(([key, value]) => [
    ...(Array.isArray(x) ? [] : [[...at, key]]),
    ...fieldsOf(value, [...at, key]),
  ]);
}

const mutations: Readonly<Record<string, (holder: Holder, key: string) => void>> = {
  gone: (holder, key) => delete holder[key],
  null: (holder, key) => Object.assign(holder, { [key]: null }),
  'a text': (holder, key) => Object.assign(holder, { [key]: 'x' }),
  negative: (holder, key) => Object.assign(holder, { [key]: -1 }),
};

const parsed = (body: unknown): unknown => {
  try {
    return typeof body === 'string' ? (JSON.parse(body) as unknown) : body;
  } catch {
    return undefined;
  }
};

function mutated({ body, ...answer }: Answer, path: Path, how: string): Answer {
  const copy = structuredClone(parsed(body)) as Holder;
  const holder = path.slice(0, -1).reduce((at, key) => at[key] as Holder, copy);
  mutations[how]?.(holder, path.at(-1) ?? '');
  return { ...answer, body: typeof body === 'string' ? JSON.stringify(copy) : copy };
}

/** The answers that one reading takes, in their order. */
async function answersOf(provider: FlagProvider, situation: Situation): Promise<{ path: string; body: unknown }[]> {
  const answers: { path: string; body: unknown }[] = [];
  const running = await run(provider, provider.start(situation), ({ path }, respond) => {
    const answer = respond();
    answers.push({ path: path.split('?')[0] ?? '', body: answer.body });
    return answer;
  });
  await stateIn(running);
  return answers;
}

const name = ({ type, way }: FlagProvider): string => (way === undefined ? type : `${type}, ${way}`);

describe.each(providers.map((provider) => ({ name: name(provider), provider })))('a field of $name', ({ provider }) => {
  const situations = (['on', 'a-quarter', 'rules'] as const).filter((one) => provider.lacks?.[one] === undefined);

  it.each(situations)('is not what makes a flag off that is %s', { timeout: 60_000 }, async (situation) => {
    const off: string[] = [];
    const answers = await answersOf(provider, situation);
    const all = answers.flatMap(({ path, body }, index) =>
      fieldsOf(parsed(body)).flatMap((field) => Object.keys(mutations).map((how) => ({ index, path, field, how }))),
    );
    expect(all.length).toBeGreaterThan(4);
    for (const { index, path, field, how } of all) {
      let count = 0;
      const running = await run(provider, provider.start(situation), (_, respond) => {
        const answer = respond();
        count += 1;
        return count === index + 1 ? mutated(answer, field, how) : answer;
      });
      const state = await stateIn(running);
      const told = `${path}: ${field.join('.')} ${how}`;
      if (typeof state === 'string' || provider.mayOmit?.test(told)) continue;
      if (state.exists && state.configured && !state.archived && state.reach === 'nobody') off.push(told);
    }
    expect(off).toEqual([]);
  });
});
