/**
 * Waivers: findings that somebody accepts for a time. One that does not say who, why and until when, or that would cover more than anybody
 * has looked at, covers nothing.
 */
import * as v from 'valibot';
import { plural } from '../../../judge/number.js';
import { dayOf, endOf } from '../../../policy/days.js';
import { type PolicyDocument, readDocument } from '../../../policy/document.js';
import { formatDuration } from '../../../policy/fields.js';
import { describe } from '../../../policy/problems.js';
import { keysAt } from '../../../policy/walk.js';
import type { Problem } from '../../../record/record.js';
import { oneLine } from '../../text.js';
import type { Excuse, Subject, Waivers } from './references.js';
import { atLeast } from './severity.js';
import { keysOf, type Matcher, matcherOf, tooWide } from './waivers-match.js';
import { readableSchema, type WrittenWaiver } from './waivers-schema.js';

export interface WaiverOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How long a waiver may last from its creation, milliseconds. */
  readonly longest: number;
  /** One that ends sooner than this is told of, milliseconds. */
  readonly 'remind-before': number;
}

/** What is wrong in a file, said at most so often. */
const mostProblems = 20;

/** One that covers more in one scan is told of. */
const wide = 20;

type Remark = ReturnType<Waivers['remarks']>[number];

/** A waiver in effect, or one that was. */
interface Held {
  readonly written: WrittenWaiver;
  /** What it is called in remarks: its id and where it stands. */
  readonly name: string;
  readonly id: string;
  readonly owner: string;
  readonly reason: string;
  readonly day: string;
  /** The first millisecond in which it no longer holds. */
  readonly end: number;
  readonly matches: Matcher;
  covered: number;
  /** Findings that it names and that are worse than its `up-to`. */
  tooSevere: number;
}

/**
 * Reads a file of waivers. With problems none of its waivers has an effect.
 *
 * @param file shown in problems and remarks
 */
export function parseWaivers(
  text: string,
  file: string,
  options: WaiverOptions,
): { readonly waivers: Waivers; readonly problems: readonly Problem[] } {
  const none = (problems: readonly Problem[]) => ({
    waivers: new OpenWaivers([], [], options),
    problems: problems
      .slice(0, mostProblems)
      .map((problem) => ({ ...problem, message: oneLine(problem.message, 400) })),
  });
  try {
    const document = readDocument(text, file, 'a file of waivers, a map that begins with `version: 1`');
    if (document.problems.length > 0) return none(document.problems);
    const data = document.toData();
    const parsed = v.safeParse(readableSchema, data);
    if (!parsed.success) {
      const findings = describe(
        parsed.issues,
        (path) => keysAt(readableSchema, data, path),
        () => false,
      );
      return none(findings.map((finding) => document.locate(finding)));
    }
    const written = parsed.output.waivers;
    const twice = doubles(written, document);
    return twice.length > 0 ? none(twice) : { waivers: open(written, document, file, options), problems: [] };
  } catch {
    // The YAML is nested deeper than the stack.
    return none([{ message: 'this YAML cannot be read', file }]);
  }
}

function doubles(written: readonly WrittenWaiver[], document: PolicyDocument): Problem[] {
  const seen = new Map<string, number>();
  return written.flatMap(({ id }, index) => {
    const first = seen.get(id);
    if (first === undefined) {
      seen.set(id, index);
      return [];
    }
    const message = `\`${id}\` is the id of waiver ${first + 1} already; expected a unique id`;
    return [document.locate({ path: ['waivers', index, 'id'], at: 'value', message })];
  });
}

function open(
  written: readonly WrittenWaiver[],
  document: PolicyDocument,
  file: string,
  options: WaiverOptions,
): OpenWaivers {
  const held: Held[] = [];
  const remarks: Remark[] = [];
  for (const [index, waiver] of written.entries()) {
    const { line } = document.locate({ path: ['waivers', index], at: 'value', message: '' });
    const id = oneLine(waiver.id, 80);
    const name = `waiver \`${id}\` (${line === undefined ? file : `${file}:${line}`})`;
    const faults = faultsOf(waiver, options);
    remarks.push(...faults.map(({ code, what }) => ({ code, message: `${name} ${what}, so it has no effect` })));
    const day = waiver.expires?.trim() ?? '';
    const start = dayOf(day);
    if (faults.length > 0 || start === undefined) continue;
    held.push({
      written: waiver,
      name,
      id,
      owner: oneLine(waiver.owner ?? '', 80),
      reason: oneLine(waiver.reason ?? ''),
      day,
      end: endOf(start),
      matches: matcherOf(waiver.finding),
      covered: 0,
      tooSevere: 0,
    });
  }
  return new OpenWaivers(held, remarks, options);
}

/** Why a waiver has no effect. One that ran out is no fault. */
function faultsOf(waiver: WrittenWaiver, { now, longest }: WaiverOptions): { code: string; what: string }[] {
  const faults: { code: string; what: string }[] = [];
  const fault = (code: string, what: string) => faults.push({ code, what });
  const blank = (text: string | null | undefined) => oneLine(text ?? '') === '';
  if (blank(waiver.owner)) fault('WAIVER_WITHOUT_OWNER', 'names no owner');
  if (blank(waiver.reason)) fault('WAIVER_WITHOUT_REASON', 'gives no reason');
  const expires = waiver.expires?.trim() ?? '';
  const start = dayOf(expires);
  if (start === undefined) {
    const found = expires === '' ? 'has no expiry' : `has the expiry \`${oneLine(expires, 40)}\`, which is no day`;
    fault('WAIVER_WITHOUT_EXPIRY', found);
  } else {
    // A day of creation still to come would only make the time longer.
    const from = Math.min(dayOf(waiver.created ?? '') ?? now, now);
    if (start - from > longest) fault('WAIVER_TOO_LONG', `lasts longer than ${formatDuration(longest)}`);
  }
  const why = tooWide(waiver.finding);
  if (why !== undefined) fault('WAIVER_TOO_WIDE', `is too wide (${why})`);
  return faults;
}

class OpenWaivers implements Waivers {
  readonly #held: readonly Held[];
  readonly #faults: readonly Remark[];
  readonly #options: WaiverOptions;
  /** By what they name a finding with: there may be a million results. */
  readonly #byName = new Map<string, Held[]>();

  constructor(held: readonly Held[], faults: readonly Remark[], options: WaiverOptions) {
    this.#held = held;
    this.#faults = faults;
    this.#options = options;
    for (const one of held) {
      const key = one.matches.key;
      const same = this.#byName.get(key);
      if (same) same.push(one);
      else this.#byName.set(key, [one]);
    }
  }

  excuse(subject: Subject): Excuse | { readonly expired: string } | undefined {
    if (this.#held.length === 0) return undefined;
    let excuse: Excuse | undefined;
    let expired: string | undefined;
    const asked = new Set<Held>();
    for (const key of keysOf(subject)) {
      for (const one of this.#byName.get(key) ?? []) {
        if (asked.has(one)) continue;
        asked.add(one);
        if (!one.matches.fits(subject)) continue;
        if (!severeEnough(one, subject)) {
          one.tooSevere += 1;
          continue;
        }
        // All that cover it are in use, though only the first is told.
        one.covered += 1;
        const { id, owner, day, reason } = one;
        if (this.#over(one)) expired ??= `waiver ${id} of ${owner} ended on ${day}`;
        else excuse ??= { reason: 'WAIVER', told: oneLine(`${id} (${owner}, until ${day}): ${reason}`, 400) };
      }
    }
    return excuse ?? (expired === undefined ? undefined : { expired });
  }

  remarks(): readonly Remark[] {
    return [...this.#faults, ...this.#held.flatMap((one) => this.#remarksOn(one))];
  }

  #remarksOn(one: Held): Remark[] {
    const { name, owner, covered, tooSevere, day, end, written } = one;
    if (this.#over(one)) {
      const then =
        covered === 0
          ? 'nothing needs it any more'
          : `${plural(covered, 'finding')} that it named ${covered === 1 ? 'counts' : 'count'} again`;
      return [{ code: 'WAIVER_EXPIRED', message: `${name} of ${owner} ended on ${day}: ${then}` }];
    }
    if (covered === 0 && tooSevere > 0) {
      const message = `${name} of ${owner} covers nothing: what it names is worse than its \`up-to: ${written['up-to']}\``;
      return [{ code: 'WAIVER_TOO_SEVERE', message }];
    }
    if (covered === 0)
      return [{ code: 'WAIVER_UNUSED', message: `${name} of ${owner} covers no finding of this scan` }];
    const remarks: Remark[] = [];
    if (end - this.#options.now <= this.#options['remind-before']) {
      remarks.push({
        code: 'WAIVER_ENDS_SOON',
        message: `${name} of ${owner} ends on ${day}; ${plural(covered, 'finding')} will count again`,
      });
    }
    if (covered > wide) {
      remarks.push({ code: 'WAIVER_WIDE', message: `${name} of ${owner} covers ${covered} findings` });
    }
    return remarks;
  }

  #over({ end }: Held): boolean {
    return !(this.#options.now < end);
  }
}

/** Nobody knows how bad what is unknown is, so only a waiver for everything covers it. */
const severeEnough = ({ written }: Held, { severity }: Subject): boolean =>
  written['up-to'] === undefined || atLeast(written['up-to'], severity === 'unknown' ? 'critical' : severity);
