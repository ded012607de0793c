/** The state of a feature flag under one label of Azure App Configuration. */
import * as v from 'valibot';
import type { FlagState } from '../../../record/flags.js';
import { NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';
import type { Meaning } from '../meaning.js';
import { rawAt } from '../raw.js';
import { missingState, stateOf } from '../state.js';
import { type Client, type Kind, keyPrefix } from './client.js';
import { definitionOf, isTimeWindow } from './definition.js';
import { type AzureFlag, documentForm, enhancedForm, flagOf, type KeyValue, keyValueForm } from './shapes.js';

/** A flag, and what is needed to change it. */
export interface Found {
  readonly kind: Kind;
  readonly flag: AzureFlag;
  /** As it is written: the value of a key-value, or the whole of an enhanced flag. */
  readonly document: string;
  readonly etag: string;
  readonly modified: string | null | undefined;
  readonly locked: boolean;
  /** Of a key-value. */
  readonly around?: Pick<KeyValue, 'content_type' | 'tags'>;
}

const contentType = 'application/vnd.microsoft.appconfig.ff+json';

const bad = (message: string): NotMeasured => new NotMeasured('bad-definition', message, { permanent: true });

/** @throws {NotMeasured} `bad-answer`, `bad-definition` */
export function classicFrom(body: unknown, endpoint: string): Found {
  const item = v.safeParse(keyValueForm, body);
  if (!item.success || !item.output.key.startsWith(keyPrefix)) {
    throw new NotMeasured(
      'bad-answer',
      `${endpoint} answered in a shape that its API does not have: is the URL right?`,
    );
  }
  const { key, content_type, value, etag, last_modified, locked, tags } = item.output;
  const name = key.slice(keyPrefix.length);
  const shown = oneLine(name, 60);
  if (!content_type?.toLowerCase().startsWith(contentType)) {
    throw bad(`${shown} has not the content type of a feature flag, so that applications do not take it for one`);
  }
  const document = value ?? '';
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch {
    throw bad(`the value of ${shown} is no JSON`);
  }
  const raw = v.safeParse(documentForm, parsed);
  if (!raw.success) {
    const at = v.getDotPath(raw.issues[0]);
    throw bad(`the value of ${shown} is no feature flag${at === null ? '' : ` (at ${at})`}`);
  }
  const { id } = raw.output;
  // A key may have a prefix of its own; applications know the flag by its id.
  if (id !== name && !name.endsWith(`/${id}`)) throw bad(`${shown} calls itself ${oneLine(id, 60)}`);
  return {
    kind: 'classic',
    flag: flagOf(name, raw.output),
    document,
    etag,
    modified: last_modified,
    locked: locked ?? false,
    around: { content_type, tags },
  };
}

/** @param document the flag as it is written */
export function enhancedFrom(body: unknown, document: string, endpoint: string): Found {
  const raw = v.safeParse(enhancedForm, body);
  if (!raw.success) {
    throw new NotMeasured(
      'bad-answer',
      `${endpoint} answered in a shape that its API does not have: is the URL right?`,
    );
  }
  const { name, etag, last_modified, locked } = raw.output;
  return {
    kind: 'enhanced',
    flag: flagOf(name, raw.output),
    document,
    etag,
    modified: last_modified,
    locked: locked ?? false,
  };
}

const kindsOf = ({ config }: Client): readonly Kind[] =>
  config.flags === 'both' ? ['classic', 'enhanced'] : [config.flags];

const twice = (name: string): NotMeasured =>
  bad(
    `${oneLine(name, 60)} is there twice, as a key-value and as an enhanced flag: say with \`flags\` which one applications read`,
  );

export async function find(client: Client, name: string, signal: AbortSignal): Promise<Found | undefined> {
  const { endpoint } = client.config;
  const found: Found[] = [];
  for (const kind of kindsOf(client)) {
    const answer = await client.one(kind, name, signal);
    if (!answer) continue;
    found.push(
      kind === 'classic' ? classicFrom(answer.body, endpoint) : enhancedFrom(answer.body, answer.text, endpoint),
    );
  }
  const [one, other] = found;
  if (one && other) throw twice(name);
  if (one && one.flag.name !== name) throw new NotMeasured('bad-answer', `${endpoint} answered for another flag`);
  return one;
}

/** All flags under the label. */
export async function findAll(client: Client, signal: AbortSignal): Promise<readonly Found[]> {
  const { endpoint } = client.config;
  const found = new Map<string, Found>();
  for (const kind of kindsOf(client)) {
    for await (const item of client.list(kind, {}, signal)) {
      // Lists are only read: what is changed is read by its name.
      const one = kind === 'classic' ? classicFrom(item, endpoint) : enhancedFrom(item, JSON.stringify(item), endpoint);
      if (found.has(one.flag.name)) throw twice(one.flag.name);
      found.set(one.flag.name, one);
    }
  }
  return [...found.values()];
}

export function stateFrom(found: Found, meaning: Meaning, now: number): FlagState {
  const { flag, etag, modified, locked } = found;
  const at = Date.parse(modified ?? '');
  return stateOf(
    {
      key: flag.name,
      definition: definitionOf(flag, meaning, now),
      timeDependent: flag.filters.some(isTimeWindow),
      changed: Number.isNaN(at) ? null : { at: new Date(at).toISOString(), by: null, scope: 'environment' },
      version: etag,
      kill: killOf(locked),
    },
    meaning,
  );
}

/** Of a flag that is not there under this label. */
export async function absentState(client: Client, name: string, signal: AbortSignal): Promise<FlagState> {
  const why = 'it is there under another label only';
  for (const kind of kindsOf(client)) {
    if (!(await client.isElsewhere(kind, name, signal))) continue;
    return { ...missingState(name), exists: true, kill: { possible: false, scope: 'none', why } };
  }
  return missingState(name);
}

function killOf(locked: boolean): FlagState['kill'] {
  const scope = 'environment';
  if (locked) {
    const why = 'it is locked: unlock it (az appconfig feature unlock)';
    return { possible: false, scope, blockedBy: 'locked', why };
  }
  return { possible: null, scope, why: 'Azure does not say beforehand whether this credential may write' };
}

/** A field of the document, as it is written. */
export const written = ({ document }: Found, field: string): string | undefined => rawAt(document, [field]);
