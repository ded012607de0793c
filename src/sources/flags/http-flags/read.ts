/** The state of a flag by what the policy's expressions make of an answer. */
import type { FlagState } from '../../../record/flags.js';
import { type Answer, numberBetween, text, truth } from '../../cel-answer.js';
import { NotMeasured } from '../../source.js';
import { instantOf } from '../../telemetry/http-json/values.js';
import { oneLine } from '../../text.js';
import { type Definition, matching, percentOf, type Rule, serve } from '../definition.js';
import type { Meaning } from '../meaning.js';
import { missingState, stateOf } from '../state.js';
import type { Client } from './client.js';

/** What the service says of a flag. */
export interface Read {
  readonly state: FlagState;
  /** Absent: there is no such flag. */
  readonly found?: { readonly enabled: boolean; readonly percent: number; readonly version: string | null };
}

export async function readFlag(client: Client, flag: string, meaning: Meaning, signal: AbortSignal): Promise<Read> {
  const { config } = client;
  const answer = await client.ask(config, { flag }, signal);
  if (await answer.read('missing', config.missing, truth, 'true or false')) return { state: missingState(flag) };
  if (answer.response.status === 404) {
    throw new NotMeasured('not-found', `${client.origin} knows no such address (404): is the URL right?`, {
      permanent: true,
    });
  }
  const enabled = await answer.read('enabled', config.enabled, truth, 'true or false');
  const percent = config.percent
    ? await answer.read('percent', config.percent, numberBetween(0, 100), 'a number from 0 to 100')
    : 100;
  const rules = config.rules ? await answer.read('rules', config.rules, numberBetween(0, 1e6), 'a number of rules') : 0;
  const archived = config.archived ? await answer.read('archived', config.archived, truth, 'true or false') : false;
  const version = config.version
    ? await answer.read('version', config.version, text, 'a text or a number')
    : (answer.response.headers.etag ?? null);
  const definition = definitionOf({ enabled, percent, rules, whenOff: config['when-off'] });
  const [changed, evaluatedAt] = [
    await timeIn(answer, 'changed', config.changed),
    await timeIn(answer, 'evaluated', config.evaluated),
  ];
  const owner = config.owner ? await answer.read('owner', config.owner, text, 'a text') : null;
  const state = stateOf(
    {
      key: flag,
      definition,
      archived,
      changed: changed === null ? null : { at: changed, by: null, scope: 'flag' },
      evaluatedAt,
      owner: owner === null ? null : oneLine(owner, 100),
      version: version === null ? null : oneLine(version, 200),
      kill: killOf(client, archived),
    },
    meaning,
  );
  return { state, found: { enabled, percent, version } };
}

async function timeIn(answer: Answer, field: string, expression: string | undefined): Promise<string | null> {
  if (expression === undefined) return null;
  return await answer.read(
    field,
    expression,
    (value) => new Date(instantOf(value, expression)).toISOString(),
    'a time',
  );
}

function definitionOf(of: {
  enabled: boolean;
  percent: number;
  rules: number;
  whenOff: 'off' | 'on' | 'code-default';
}): Definition {
  const { enabled, percent, rules, whenOff } = of;
  // How many rules there are is told, and not what they ask.
  const conditions = Array.from(
    { length: Math.min(rules, 100) },
    (_, i): Rule => ({
      who: matching(`rule ${i + 1}`),
      serves: [],
    }),
  );
  return {
    enabled,
    kind: 'boolean',
    variants: [
      { name: 'true', value: true },
      { name: 'false', value: false },
    ],
    rules: [...conditions, ...(percent < 100 ? [{ who: percentOf(percent, 'flag'), serves: serve('true') }] : [])],
    otherwise: serve(percent < 100 ? 'false' : 'true'),
    off: serve(whenOff === 'code-default' ? null : String(whenOff === 'on')),
  };
}

function killOf({ config }: Client, archived: boolean): FlagState['kill'] {
  if (archived) return { possible: false, scope: 'environment', blockedBy: 'archived', why: 'it is archived' };
  if (!config.kill) {
    return { possible: false, scope: 'none', blockedBy: 'read-only', why: 'the source names no request `kill`' };
  }
  return { possible: null, scope: 'environment', why: 'whether the service takes the request is not known beforehand' };
}
