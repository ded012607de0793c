/**
 * Changes a feature flag: a patch of the document as it is written, so that whatever is not known here stays byte for byte (SDKs drop
 * variants, allocation and telemetry), under the ETag that was read.
 */
import * as v from 'valibot';
import { type Draft, type FlagControl, type How, Refused } from '../control.js';
import { rawAt, rawWith, rawWithout } from '../raw.js';
import type { Client } from './client.js';
import { audienceIn, isPercentage, isTargeting } from './definition.js';
import { absentState, type Found, find, stateFrom, written } from './read.js';

/** As they were written; null: there was no such field. */
const undoForm = v.strictObject({ enabled: v.boolean(), conditions: v.nullable(v.string()) });

/** Of an enhanced flag: what the service alone sets. */
const readOnly = ['etag', 'name', 'label', 'last_modified', 'locked'];

export function controlOf(client: Client): FlagControl {
  return {
    off: (flag, how, signal) =>
      draft(client, flag, how, signal, ({ flag: { enabled }, document }) =>
        enabled ? rawWith(document, ['enabled'], 'false') : document,
      ),
    rollout: (flag, percent, how, signal) => draft(client, flag, how, signal, (found) => rolledOut(found, percent)),
    restore(flag, undo, how, signal) {
      const parsed = v.safeParse(undoForm, undo);
      if (!parsed.success) {
        throw new Refused('refused', `what the record keeps of ${flag} is not from Azure`, 'set it by hand');
      }
      const { enabled, conditions } = parsed.output;
      return draft(client, flag, how, signal, (found) => {
        const switched =
          found.flag.enabled === enabled ? found.document : rawWith(found.document, ['enabled'], String(enabled));
        if ((written(found, 'conditions') ?? null) === conditions) return switched;
        return conditions === null
          ? rawWithout(switched, ['conditions'])
          : rawWith(switched, ['conditions'], conditions);
      });
    },
  };
}

async function draft(
  client: Client,
  name: string,
  { meaning }: How,
  signal: AbortSignal,
  plan: (found: Found) => string,
): Promise<Draft> {
  const found = await find(client, name, signal);
  if (!found) {
    const state = await absentState(client, name, signal);
    const what = state.exists ? `${name} is not there under this label` : `there is no flag ${name}`;
    throw new Refused('unknown-flag', what, 'check its name, label and store');
  }
  const before = stateFrom(found, meaning, client.context.clock.now());
  const undo = { enabled: found.flag.enabled, conditions: written(found, 'conditions') ?? null };
  const changed = plan(found);
  const words = `PUT ${new URL(client.url(found.kind, name)).pathname}`;
  if (changed === found.document) return { before, undo, words };
  if (found.locked) throw new Refused('locked', `${name} is locked`, 'unlock it: az appconfig feature unlock');
  return {
    before,
    undo,
    words,
    send: async (ends) => client.put(found.kind, name, found.etag, bodyOf(found, changed), ends),
  };
}

function bodyOf({ kind, around }: Found, changed: string): string {
  if (kind === 'enhanced') return readOnly.reduce((text, field) => rawWithout(text, [field]), changed);
  const { content_type, tags } = around ?? {};
  return JSON.stringify({ value: changed, content_type, ...(tags ? { tags } : {}) });
}

/** One percentage says who gets it: no filter yet, or one of Targeting or Percentage and nothing else. */
function rolledOut({ kind, flag, document }: Found, percent: number): string {
  const refuse = (what: string, next: string): Refused => new Refused('too-complex', `${flag.name} ${what}`, next);
  if (flag.variants.length > 0) throw refuse('serves variants, so no percentage says who gets it', 'set it by hand');
  const list = kind === 'classic' ? 'client_filters' : 'filters';
  const [filter, ...more] = flag.filters;
  if (more.length > 0) throw refuse('has several filters, so no percentage says who gets it', 'leave it one');
  const on = flag.enabled ? document : rawWith(document, ['enabled'], 'true');
  if (!filter) return withFilter(on, list, newFilter(kind, percent));
  const at = (...path: (string | number)[]) => ['conditions', list, 0, 'parameters', ...path];
  if (isPercentage(filter)) {
    if (rawAt(document, at('Value')) === undefined)
      throw refuse('has a filter that is written unusually', 'set it by hand');
    return rawWith(on, at('Value'), JSON.stringify(kind === 'classic' ? percent : String(percent)));
  }
  const audience = isTargeting(filter) ? audienceIn(filter) : undefined;
  const named = audience && [audience.Users, audience.Groups, audience.Exclusion?.Users, audience.Exclusion?.Groups];
  if (!audience || named?.some((names) => (names ?? []).length > 0)) {
    throw refuse(
      'has a filter by which no percentage says who gets it',
      'leave it one of Targeting without users and groups',
    );
  }
  const raw = rawAt(document, at('Audience'));
  if (raw === undefined) throw refuse('has a filter that is written unusually', 'set it by hand');
  const field = ['DefaultRolloutPercentage'];
  // An enhanced flag holds the audience as a text with JSON in it.
  const inner = raw.startsWith('"') ? (JSON.parse(raw) as string) : raw;
  const changed = rawWith(inner, field, String(percent));
  return rawWith(on, at('Audience'), raw.startsWith('"') ? JSON.stringify(changed) : changed);
}

function newFilter(kind: 'classic' | 'enhanced', percent: number): string {
  const audience = { Users: [], Groups: [], DefaultRolloutPercentage: percent };
  const parameters = { Audience: kind === 'classic' ? audience : JSON.stringify(audience) };
  return JSON.stringify({ name: 'Microsoft.Targeting', parameters });
}

function withFilter(document: string, list: string, filter: string): string {
  const conditions = rawAt(document, ['conditions']);
  if (conditions === undefined || !conditions.startsWith('{')) {
    return rawWith(document, ['conditions'], `{"${list}":[${filter}]}`);
  }
  return rawWith(document, ['conditions', list], `[${filter}]`);
}
