/**
 * The grammar of JSON (RFC 8259), byte by byte over the pieces of a text. What it accepts, `JSON.parse` accepts, and the other way round, as
 * long as it is not nested too deeply.
 */
import { Refused } from '../bytes.js';
import { hashed, type Keys } from './keys.js';

// What the next byte belongs to.
const inString = 0;
const afterValue = 1;
const value = 2;
const valueOrEnd = 3;
const key = 4;
const keyOrEnd = 5;
const colon = 6;
const inEscape = 7;
const inHexadecimal = 8;
const inWord = 9;
const minus = 10;
const zero = 11;
const digits = 12;
const point = 13;
const fraction = 14;
const exponent = 15;
const exponentSign = 16;
const exponentDigits = 17;

/** Where a text may end. */
const complete: ReadonlySet<number> = new Set([afterValue, zero, digits, fraction, exponentDigits]);

const quote = 0x22;
const backslash = 0x5c;
const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39;
const isHexadecimal = (c: number): boolean => isDigit(c) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x66);
const escapable: ReadonlySet<number> = new Set(Buffer.from('"\\/bfnrt'));
const words: ReadonlyMap<number, Buffer> = new Map(
  ['true', 'false', 'null'].map((one) => [one.charCodeAt(0), Buffer.from(one)]),
);

/** 1 for bytes that stand in a string as they are. */
const plain = Uint8Array.from({ length: 256 }, (_, c) => (c >= 0x20 && c !== quote && c !== backslash ? 1 : 0));

/** What comes after this byte of a number; `afterValue`: the number ended before it; -1: it is no number. */
function inNumber(state: number, c: number): number {
  const digit = isDigit(c);
  if (state === minus) return c === 0x30 ? zero : digit ? digits : -1;
  if (state === point) return digit ? fraction : -1;
  if (state === exponent && (c === 0x2b || c === 0x2d)) return exponentSign;
  if (state === exponent || state === exponentSign) return digit ? exponentDigits : -1;
  if (digit) return state === zero ? -1 : state;
  if (c === 0x2e && state <= digits) return point;
  return (c | 0x20) === 0x65 && state <= fraction ? exponent : afterValue;
}

/** Walks through a text; those who extend it are told of what happens near the root. */
export abstract class Walker {
  readonly #deepest: number;
  readonly #shallow: number;
  #state = value;
  #depth = 0;
  /** By depth: 1 for a map, 0 for a list. */
  readonly #maps: Uint8Array;
  /** The string that is read is a key; and what it is so far, when keys are watched. */
  #inKey = false;
  #watching = false;
  #hash = 0;
  #word: Buffer = Buffer.alloc(0);
  /** Bytes of a word, or of the digits after `\u`, that were read. */
  #read = 0;
  #line = 1;
  #lineFrom = 0;

  /** Offset of the piece at hand. */
  protected base = 0;
  /** Members of maps, and values, before the place that is told of. */
  protected members = 0;
  protected values = 0;
  /** Brackets that are open where stretches begin and end, with a list; 0: there are none. */
  protected stretchDepth = 0;
  /** Watches the keys in a stretch, from the begin that is told of to its end. */
  protected keys: Keys | undefined;

  /**
   * @param deepest most brackets that may be open at once
   * @param shallow told is what happens with at most so many brackets open
   */
  constructor(deepest: number, shallow: number) {
    this.#deepest = deepest;
    this.#shallow = shallow;
    this.#maps = new Uint8Array(deepest + 1);
  }

  // Places are positions in the piece at hand; the depth counts the bracket in question.
  /** Of the opening quote. */
  protected abstract keyBegins(at: number, depth: number): void;
  /** Behind the closing quote. */
  protected abstract keyEnds(piece: Buffer, at: number, depth: number): void;
  /** Of the bracket of a list. */
  protected abstract listBegins(piece: Buffer, at: number, depth: number): void;
  protected abstract comma(piece: Buffer, at: number, depth: number): void;
  /** Of a closing bracket. */
  protected abstract closes(piece: Buffer, at: number, depth: number, empty: boolean): void;
  /** Of the bracket of a list at `stretchDepth`, which becomes a stretch when keys are watched from then on. */
  protected abstract stretchBegins(piece: Buffer, at: number): void;
  protected abstract stretchEnds(at: number, keys: Keys): void;

  /** Whether what is open at this depth is a map. */
  protected isMap(depth: number): boolean {
    return this.#maps[depth] === 1;
  }

  /** @throws {Refused} `UNREADABLE` */
  protected walk(piece: Buffer): void {
    const maps = this.#maps;
    const shallow = this.#shallow;
    const n = piece.length;
    let state = this.#state;
    let depth = this.#depth;
    let inKey = this.#inKey;
    let members = this.members;
    let values = this.values;
    let stretchDepth = this.stretchDepth;
    let keys = this.keys;
    let watching = this.#watching;
    let hash = this.#hash;
    let i = 0;
    while (i < n) {
      if (state === inString) {
        if (watching) {
          for (; i < n; i += 1) {
            const letter = piece[i] as number;
            if (plain[letter] !== 1) break;
            hash = hashed(hash, letter);
          }
        } else while (i < n && plain[piece[i] as number] === 1) i += 1;
        if (i === n) break;
        const c = piece[i];
        if (c === backslash) {
          state = inEscape;
          if (watching) keys?.escape();
        } else if (c !== quote) this.#fail(i);
        else if (inKey) {
          inKey = false;
          state = colon;
          if (watching) {
            watching = false;
            keys?.key(hash);
          }
          if (depth <= shallow) this.keyEnds(piece, i + 1, depth);
        } else state = afterValue;
        i += 1;
        continue;
      }
      const c = piece[i] as number;
      if (state >= inEscape) {
        const ofNumber = state >= minus;
        state = this.#inside(state, c, i);
        // The byte behind a number is none of it.
        if (!ofNumber || state !== afterValue) i += 1;
        continue;
      }
      if (c <= 0x20) {
        if (c === 0x0a) {
          this.#line += 1;
          this.#lineFrom = this.base + i + 1;
        } else if (c !== 0x20 && c !== 0x0d && c !== 0x09) this.#fail(i);
        i += 1;
        continue;
      }
      if (c === quote) {
        if (state === key || state === keyOrEnd) {
          inKey = true;
          watching = keys !== undefined;
          hash = 0;
          if (depth <= shallow) this.keyBegins(i, depth);
        } else if (state !== value && state !== valueOrEnd) this.#fail(i);
        state = inString;
      } else if (c === 0x2c) {
        if (state !== afterValue || depth === 0) this.#fail(i);
        if (depth <= shallow) {
          this.members = members;
          this.values = values;
          this.comma(piece, i, depth);
        }
        values += 1;
        state = maps[depth] === 1 ? key : value;
      } else if (c === 0x3a) {
        if (state !== colon) this.#fail(i);
        members += 1;
        state = value;
      } else if (c === 0x7d || c === 0x5d) {
        const map = c === 0x7d ? 1 : 0;
        const empty = state === (map === 1 ? keyOrEnd : valueOrEnd);
        if (depth === 0 || maps[depth] !== map || !(empty || state === afterValue)) this.#fail(i);
        if (depth <= shallow) {
          this.members = members;
          this.values = values;
          this.closes(piece, i, depth, empty);
          stretchDepth = this.stretchDepth;
        }
        if (keys) {
          if (map === 1) keys.mapEnds();
          else if (depth === stretchDepth) {
            this.members = members;
            this.keys = undefined;
            this.stretchEnds(i, keys);
            keys = undefined;
          }
        }
        depth -= 1;
        state = afterValue;
      } else if (state !== value && state !== valueOrEnd) this.#fail(i);
      else if (c === 0x7b || c === 0x5b) {
        depth += 1;
        if (depth > this.#deepest) throw new Refused('UNREADABLE', `is nested deeper than ${this.#deepest} levels`);
        values += 1;
        maps[depth] = c === 0x7b ? 1 : 0;
        state = c === 0x7b ? keyOrEnd : valueOrEnd;
        if (c === 0x7b) keys?.mapBegins();
        else if (depth === stretchDepth) {
          this.members = members;
          this.stretchBegins(piece, i);
          keys = this.keys;
        } else if (depth <= shallow) {
          this.members = members;
          this.values = values;
          this.listBegins(piece, i, depth);
          stretchDepth = this.stretchDepth;
        }
      } else state = this.#begins(c, i);
      i += 1;
    }
    this.#state = state;
    this.#depth = depth;
    this.#inKey = inKey;
    this.#watching = watching;
    this.#hash = hash;
    this.members = members;
    this.values = values;
    this.base += n;
  }

  /** @throws {Refused} `EMPTY_FILE`, `UNREADABLE`, when the text is not whole */
  protected finish(): void {
    if (this.#depth === 0 && this.#state === value) {
      throw new Refused('EMPTY_FILE', 'holds nothing but blanks: the scanner wrote nothing');
    }
    if (this.#depth > 0 || !complete.has(this.#state)) {
      throw new Refused('UNREADABLE', 'is no valid JSON: it ends too early; was the scanner cut off?');
    }
  }

  /** The first byte of a number or a word. */
  #begins(c: number, i: number): number {
    if (c === 0x2d) return minus;
    if (c === 0x30) return zero;
    if (isDigit(c)) return digits;
    const word = words.get(c);
    if (!word) this.#fail(i);
    this.#word = word;
    this.#read = 1;
    return inWord;
  }

  /** A further byte of a number or a word, or one behind a backslash. */
  #inside(state: number, c: number, i: number): number {
    if (state === inEscape) {
      this.#read = 0;
      if (c === 0x75) return inHexadecimal;
      if (!escapable.has(c)) this.#fail(i);
      return inString;
    }
    if (state === inHexadecimal) {
      if (!isHexadecimal(c)) this.#fail(i);
      this.#read += 1;
      return this.#read === 4 ? inString : inHexadecimal;
    }
    if (state === inWord) {
      if (c !== this.#word[this.#read]) this.#fail(i);
      this.#read += 1;
      return this.#read === this.#word.length ? afterValue : inWord;
    }
    const next = inNumber(state, c);
    if (next < 0) this.#fail(i);
    return next;
  }

  /** Says where, but not what stands there: it may be a secret. */
  #fail(i: number): never {
    const at = `line ${this.#line}, column ${this.base + i - this.#lineFrom + 1}`;
    throw new Refused('UNREADABLE', `is no valid JSON at ${at}`);
  }
}
