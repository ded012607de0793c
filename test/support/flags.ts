/** A flag provider in memory, with the knobs that real ones turn on us. */
import type { FlagState } from '../../src/record/flags.js';
import { type Draft, type FlagControl, type How, Refused } from '../../src/sources/flags/control.js';
import { type Definition, everyone, matching, percentOf, serve } from '../../src/sources/flags/definition.js';
import type { Meaning } from '../../src/sources/flags/meaning.js';
import { missingState, stateOf, statesMeasured } from '../../src/sources/flags/state.js';
import { type FlagQuestion, NotMeasured, type Source } from '../../src/sources/source.js';
import type { Clock } from '../../src/train/clock.js';

export const meaning: Meaning = { on: [true, 'on'], off: [false, 'off'] };

export interface Document {
  readonly enabled: boolean;
  /** 0 to 100. */
  readonly percent: number;
  /** A rule of unknown size that serves the new code. */
  readonly rule?: boolean;
  readonly offServes?: 'on' | 'off';
}

export class FakeFlags implements Source<'flags'> {
  readonly documents = new Map<string, Document>();
  readonly written: string[] = [];
  /** Notes that came with the writes. */
  readonly notes: string[] = [];
  /** What a write does; default: what is wanted. */
  takes: (wanted: Document, was: Document) => Document = (wanted) => wanted;
  /** What stands in the way of a write. */
  refuse: (() => Error) | undefined;
  unreadable = false;
  /** Until when readings show what was there before the last write. */
  shownMs = 0;
  #stale: { key: string; document: Document; until: number } | undefined;
  readonly #clock: Clock;

  constructor(clock: Clock, documents: Readonly<Record<string, Document>> = {}) {
    this.#clock = clock;
    for (const [key, document] of Object.entries(documents)) this.documents.set(key, document);
  }

  state(key: string, document = this.documents.get(key), as = meaning): FlagState {
    if (!document) return missingState(key);
    const { enabled, percent, rule, offServes = 'off' } = document;
    const definition: Definition = {
      enabled,
      kind: 'boolean',
      variants: [
        { name: 'on', value: true },
        { name: 'off', value: false },
      ],
      rules: [
        ...(rule ? [{ who: matching('plan is beta', 'beta'), serves: serve('on') }] : []),
        { who: percent === 100 ? everyone : percentOf(percent, 'x'), serves: serve('on') },
      ],
      otherwise: serve('off'),
      off: serve(offServes),
    };
    return stateOf({ key, definition, version: '1', kill: { possible: true, scope: 'environment' } }, as);
  }

  flags = async (question: FlagQuestion): Promise<ReturnType<typeof statesMeasured>> => {
    await Promise.resolve();
    if (this.unreadable) throw new NotMeasured('refused', 'nobody listens');
    if (question.ask !== 'states' || !('flag' in question.of)) throw new NotMeasured('bad-query', 'not here');
    const { flag } = question.of;
    const stale = this.#stale;
    const old = stale?.key === flag && this.#clock.now() < stale.until ? stale.document : undefined;
    const state = this.state(flag, old ?? this.documents.get(flag), question.meaning);
    return statesMeasured(question, [state], { clock: this.#clock }, { subject: flag, query: `GET ${flag}` });
  };

  readonly control: FlagControl = {
    off: (flag, how) => this.#draft(flag, how, (was) => (was.enabled ? { ...was, enabled: false } : was)),
    rollout: (flag, percent, how) =>
      this.#draft(flag, how, (was) => {
        if (was.rule) throw new Refused('too-complex', 'it has rules', 'remove them');
        return was.enabled && was.percent === percent ? was : { ...was, enabled: true, percent };
      }),
    restore: (flag, undo, how) =>
      this.#draft(flag, how, (was) => (JSON.stringify(was) === JSON.stringify(undo) ? was : (undo as Document))),
  };

  async #draft(flag: string, how: How, to: (was: Document) => Document): Promise<Draft> {
    await Promise.resolve();
    if (this.unreadable) throw new NotMeasured('refused', 'nobody listens');
    const was = this.documents.get(flag);
    const before = this.state(flag, was, how.meaning);
    if (!was) return { before, undo: null, words: '' };
    const wanted = to(was);
    const words = `PUT ${flag} ${JSON.stringify(wanted)}`;
    if (wanted === was) return { before, undo: was, words };
    const send = async (): Promise<void> => {
      await Promise.resolve();
      if (this.refuse) throw this.refuse();
      this.written.push(words);
      this.notes.push(how.note);
      this.#stale = { key: flag, document: was, until: this.#clock.now() + this.shownMs };
      this.documents.set(flag, this.takes(wanted, was));
    };
    return { before, undo: was, words, send };
  }
}
