/**
 * Cuts a JSON text of any size into the elements of a few long lists and the rest, in one pass over its bytes and without building the
 * document. The rest, the *skeleton*, is the same text with those lists empty.
 */
import { Refused } from '../bytes.js';
import { Keys } from './keys.js';
import { Pile } from './pile.js';
import { Walker } from './walker.js';

/** Elements of a list that stand next to each other, to be parsed at once. */
export interface Batch {
  /** Offsets of its text in the decoded bytes: from the first element to behind the last, without the commas around it. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** What nobody needs of it, from and to in turn: the contents of lists, in which no key stands twice. */
  readonly holes: readonly number[];
  /** How many members all maps in it have as they are written, but for the holes. */
  readonly members: number;
}

/** A list that is cut out of the text. */
export interface Cut {
  /** Whose it is: the path of the map, such as `runs/0`; empty for the root. */
  readonly owner: string;
  /** Its key there. */
  readonly name: string;
}

/** Against texts that are made to fill the memory. */
export interface Limits {
  /** Most bytes of one element. */
  readonly element: number;
  /** Most bytes of the skeleton. */
  readonly skeleton: number;
  /** Most values in the skeleton, or in one batch. */
  readonly values: number;
  /** Most lists that are cut. */
  readonly lists: number;
  /** Most brackets that are open at once. */
  readonly depth: number;
  /** A batch ends with the element that makes it at least so long, in bytes. */
  readonly batch: number;
  /** What is shorter is no hole, in bytes. */
  readonly hole: number;
}

const usual: Limits = {
  element: 1 << 26,
  skeleton: 1 << 27,
  values: 4_000_000,
  lists: 10_000,
  depth: 1000,
  // Small enough that what is parsed is gone before the garbage collector moves it.
  batch: 1 << 15,
  hole: 200,
};

export interface CutOptions {
  /** Lists by this name are cut out of the root, and out of the maps in its lists `runs` and `inlineExternalProperties`. */
  readonly names: ReadonlySet<string>;
  /** A list that is cut begins. */
  readonly list: (cut: Cut) => void;
  /** Whether the text of its batches is wanted; else they have holes. */
  readonly withText: (cut: Cut) => boolean;
  /** Lists by these names, in the elements, are holes if a certain key is not in them. */
  readonly unneeded: { readonly names: readonly string[]; readonly unless: string };
  /** Some of its elements. The text is only valid during the call. */
  readonly batch: (cut: Cut, batch: Batch, text: Buffer | undefined) => void;
  readonly limits?: Partial<Limits>;
}

const backslash = 0x5c;
const sections: ReadonlySet<string> = new Set(['runs', 'inlineExternalProperties']);

/** Brackets that are open where a list begins: of the root, or of a map in a section. */
const inRoot = 2;
const inEntry = 4;
/** And how many more where a list in its elements begins. */
const inElement = 2;

/** Whether this key, in its quotes, stands before a place. One that begins the piece may be the end of another. */
function endsWith(piece: Buffer, end: number, key: Buffer): boolean {
  const from = end - key.length;
  if (from < 1 || piece[from - 1] === backslash) return false;
  for (let i = key.length - 1; i >= 0; i -= 1) if (piece[from + i] !== key[i]) return false;
  return true;
}

/** Takes the pieces of a text one after the other. @throws {Refused} `EMPTY_FILE`, `UNREADABLE`, `TOO_LARGE` */
export class Cutter extends Walker {
  readonly #options: CutOptions;
  readonly #limits: Limits;

  readonly #skeleton = new Pile();
  #skeletonMembers = 0;
  #skeletonValues = 0;
  /** Members and values where the batch began, or where the skeleton went on. */
  #membersBefore = 0;
  #valuesBefore = 0;

  readonly #key = new Pile();
  /** The last keys of the root, and of the map in a section. */
  #rootKey = '';
  #entryKey = '';
  #section: string | undefined;
  /** Position in the section. */
  #index = 0;

  #cut: Cut | undefined;
  #lists = 0;
  /** Brackets that are open around its elements. */
  #cutDepth = 0;
  #withText = false;
  readonly #text = new Pile();
  #batchFrom = 0;
  #count = 0;

  readonly #unneeded: readonly Buffer[];
  readonly #holeKeys: Keys;
  #holes: number[] = [];
  #holeFrom = 0;
  #membersBeforeHole = 0;

  constructor(options: CutOptions) {
    const limits = { ...usual, ...options.limits };
    super(limits.depth, inEntry);
    this.#options = options;
    this.#limits = limits;
    this.#unneeded = options.unneeded.names.map((name) => Buffer.from(JSON.stringify(name)));
    this.#holeKeys = new Keys(options.unneeded.unless);
    this.#skeleton.start(0);
  }

  push(piece: Buffer): void {
    this.walk(piece);
    this.#key.carry(piece);
    this.#text.carry(piece);
    this.#skeleton.carry(piece);
    this.#weigh();
  }

  /** @returns the skeleton's text, and how many members its maps have as they are written */
  end(): { readonly skeleton: Buffer; readonly members: number } {
    this.finish();
    return {
      skeleton: this.#skeleton.take(Buffer.alloc(0), 0),
      members: this.#skeletonMembers + this.members - this.#membersBefore,
    };
  }

  /** Refuses what grows too large. */
  #weigh(): void {
    const { element, skeleton, values } = this.#limits;
    const tooLarge = (what: string) => new Refused('TOO_LARGE', `has more than ${what}: split it by tool`);
    if (this.#skeleton.size > skeleton) throw tooLarge(`${skeleton} bytes beside its results`);
    const before = this.#cut ? 0 : this.#skeletonValues;
    if (before + this.values - this.#valuesBefore > values) {
      throw tooLarge(`${values} values ${this.#cut ? 'in one result' : 'beside its results'}`);
    }
    if (this.#cut && this.base - this.#batchFrom > element) throw tooLarge(`${element} bytes in one result`);
  }

  protected keyBegins(at: number, depth: number): void {
    if (!this.#cut && (depth === inRoot - 1 || depth === inEntry - 1)) this.#key.start(at);
  }

  protected keyEnds(piece: Buffer, at: number, depth: number): void {
    if (this.#cut) return;
    if (depth === inRoot - 1) this.#rootKey = this.#takeKey(piece, at);
    else if (depth === inEntry - 1) this.#entryKey = this.#takeKey(piece, at);
  }

  /** A key may be spelled with escapes. */
  #takeKey(piece: Buffer, at: number): string {
    return String(JSON.parse(this.#key.take(piece, at).toString()));
  }

  protected listBegins(piece: Buffer, at: number, depth: number): void {
    if (this.#cut || !this.isMap(depth - 1)) return;
    if (depth === inRoot) {
      if (this.#options.names.has(this.#rootKey)) this.#begin(piece, at, depth, { owner: '', name: this.#rootKey });
      else if (sections.has(this.#rootKey)) {
        this.#section = this.#rootKey;
        this.#index = 0;
      }
    } else if (depth === inEntry && this.#section !== undefined && this.#options.names.has(this.#entryKey)) {
      this.#begin(piece, at, depth, { owner: `${this.#section}/${this.#index}`, name: this.#entryKey });
    }
  }

  protected comma(piece: Buffer, at: number, depth: number): void {
    if (!this.#cut) {
      if (depth === inRoot && this.#section !== undefined) this.#index += 1;
    } else if (depth === this.#cutDepth) {
      this.#count += 1;
      if (this.base + at - this.#batchFrom >= this.#limits.batch) {
        this.#hand(this.#cut, piece, at);
        this.#next(at + 1);
      }
    }
  }

  protected closes(piece: Buffer, at: number, depth: number, empty: boolean): void {
    if (!this.#cut) {
      if (depth === inRoot) this.#section = undefined;
    } else if (depth === this.#cutDepth) {
      if (empty) this.#text.take(piece, at);
      else {
        this.#count += 1;
        this.#hand(this.#cut, piece, at);
      }
      this.#cut = undefined;
      this.stretchDepth = 0;
      this.#skeleton.start(at);
      this.#membersBefore = this.members;
      this.#valuesBefore = this.values;
    }
  }

  protected stretchBegins(piece: Buffer, at: number): void {
    // The key before it, as far as it stands in this piece; spelled otherwise it is another key.
    let end = at;
    for (const c of [0x3a, 0x22]) {
      while (end > 0 && (piece[end - 1] as number) <= 0x20) end -= 1;
      if (piece[end - 1] !== c) return;
      if (c === 0x3a) end -= 1;
    }
    if (!this.#unneeded.some((name) => endsWith(piece, end, name))) return;
    this.#holeFrom = this.base + at + 1;
    this.#membersBeforeHole = this.members;
    this.#holeKeys.clear();
    this.keys = this.#holeKeys;
  }

  protected stretchEnds(at: number, { doubtful }: Keys): void {
    const to = this.base + at;
    // What may have a key twice, or one that is needed, is parsed to be sure.
    if (doubtful || to - this.#holeFrom < this.#limits.hole) return;
    this.#holes.push(this.#holeFrom, to);
    this.#membersBefore += this.members - this.#membersBeforeHole;
  }

  #begin(piece: Buffer, at: number, depth: number, cut: Cut): void {
    this.#lists += 1;
    const { lists } = this.#limits;
    if (this.#lists > lists) throw new Refused('TOO_LARGE', `has more than ${lists} lists of results and the like`);
    this.#skeleton.stop(piece, at + 1);
    this.#skeletonMembers += this.members - this.#membersBefore;
    this.#skeletonValues += this.values - this.#valuesBefore;
    this.#cut = cut;
    this.#cutDepth = depth;
    this.#withText = this.#options.withText(cut);
    this.stretchDepth = this.#withText ? 0 : depth + inElement;
    this.#options.list(cut);
    this.#next(at + 1);
  }

  #next(at: number): void {
    this.#batchFrom = this.base + at;
    this.#count = 0;
    this.#holes = [];
    this.#membersBefore = this.members;
    this.#valuesBefore = this.values;
    if (this.#withText) this.#text.start(at);
  }

  #hand(cut: Cut, piece: Buffer, at: number): void {
    const batch: Batch = {
      from: this.#batchFrom,
      to: this.base + at,
      count: this.#count,
      holes: this.#holes,
      members: this.members - this.#membersBefore,
    };
    this.#options.batch(cut, batch, this.#withText ? this.#text.take(piece, at) : undefined);
  }
}
