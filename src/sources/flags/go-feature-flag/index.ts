/** Source `go-feature-flag`: flag definitions of GO Feature Flag in a file of the workspace, read for what they say at this instant. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { parseDocument } from 'yaml';
import { described, filled } from '../../../policy/fields.js';
import { nearest } from '../../../policy/problems.js';
import type { FlagStates } from '../../../record/evidence.js';
import {
  defineSource,
  NotMeasured,
  type Source,
  type SourceContext,
  type StatesQuestion,
  type Unnamed,
} from '../../source.js';
import { oneLine } from '../../text.js';
import { readText } from '../../workspace.js';
import { asksFor, missingState, mostStates, stateOf, statesMeasured } from '../state.js';
import { definitionOf } from './definition.js';
import { flagForm, type GoFlag } from './shapes.js';

const schema = v.strictObject({
  file: described(
    filled,
    'Definitions of GO Feature Flag (YAML or JSON), relative to the workspace. Read anew in every round.',
  ),
});
type Config = v.InferOutput<typeof schema>;

const unusable = (file: string, what: string): NotMeasured =>
  new NotMeasured('bad-definition', `${file} ${what}`, { permanent: true });

async function read(file: string, workspace: string, signal: AbortSignal): Promise<ReadonlyMap<string, GoFlag>> {
  const text = await readText(workspace, file, signal);
  // JSON is YAML too. A tag or an alias that leads nowhere is an error here, and a key that stands twice.
  const document = parseDocument(text, { logLevel: 'silent', merge: true });
  const [error] = [...document.errors, ...document.warnings];
  if (error) throw unusable(file, `is no valid YAML or JSON: ${oneLine(error.message)}`);
  let parsed: unknown;
  try {
    parsed = document.toJS({ mapAsMap: false, maxAliasCount: 100 });
  } catch {
    throw unusable(file, 'has too many aliases');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw unusable(file, 'is no definition of GO Feature Flag: expected a map of flags');
  }
  const flags = new Map<string, GoFlag>();
  for (const [key, entry] of Object.entries(parsed)) {
    const checked = v.safeParse(flagForm, entry);
    if (!checked.success) {
      const at = v.getDotPath(checked.issues[0]);
      const where = at === null ? 'expected `variations` and `defaultRule`' : `see \`${at}\``;
      throw unusable(file, `has no valid definition of the flag ${oneLine(key, 60)}: ${where}`);
    }
    flags.set(key, checked.output);
  }
  return flags;
}

async function states(
  { file }: Config,
  question: StatesQuestion,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Unnamed<FlagStates>> {
  const flags = await read(file, context.workspace, signal);
  const { of, meaning } = question;
  const fits = asksFor(question);
  const found = [...flags].filter(([key]) => fits(key));
  if (found.length > mostStates) {
    const message = `${found.length} flags match: ask for at most ${mostStates}`;
    throw new NotMeasured('too-large', message, { permanent: true });
  }
  const why = `a file is no running provider: commit \`disable: true\` to ${file}, and have the relay read it`;
  const kill = { possible: false, scope: 'none', blockedBy: 'read-only', why } as const;
  const missing = 'flag' in of && found.length === 0;
  const near = missing ? nearest(of.flag, [...flags.keys()]) : undefined;
  const hint = near === undefined ? `${file} defines ${flags.size} others` : `did you mean ${near}?`;
  const named = 'flag' in of ? of.flag : of.match;
  const here = found.map(([key, flag]) => {
    const version = createHash('sha256').update(JSON.stringify(flag)).digest('hex').slice(0, 16);
    return stateOf({ key, ...definitionOf(flag, context.clock.now()), version, kill }, meaning);
  });
  return statesMeasured(question, missing ? [missingState(of.flag)] : here, context, {
    subject: `${'flag' in of ? 'flag' : 'flags'} ${named} in ${file}`,
    query: `${file} ${named}`,
    notes: missing ? [hint] : [],
  });
}

export const goFeatureFlagSource = defineSource({
  type: 'go-feature-flag',
  families: ['flags'],
  schema,
  open: (config, context): Source<'flags'> => ({
    flags(question, signal) {
      if (question.ask === 'states') return states(config, question, context, signal);
      throw new NotMeasured(
        'bad-query',
        'a file of GO Feature Flag is not evaluated here: ask its relay through a source of type `ofrep`',
        { permanent: true },
      );
    },
  }),
});
