/** Keys of one map that are compared with each other, and maps in each other. */
const mostKeys = 32;
const deepest = 64;

/** The hash of a key with one byte more. */
export const hashed = (hash: number, byte: number): number => (Math.imul(hash, 31) + byte) | 0;

/**
 * Watches the keys of maps for one that stands twice in its map, and for one by name. It misses none, but it may doubt without a cause: where
 * two keys have the same hash, where one is spelled with escapes, where a map is large or nested deeply.
 */
export class Keys {
  doubtful = false;
  readonly #named: number;
  /** By the depth of the map: hashes of its keys. */
  readonly #hashes = new Int32Array(mostKeys * deepest);
  /** How many keys the map at hand has so far, and those around it. */
  #count = 0;
  readonly #counts = new Int32Array(deepest);
  #depth = 0;

  /** @param named a key that makes a doubt wherever it stands */
  constructor(named: string) {
    this.#named = Buffer.from(named).reduce(hashed, 0);
  }

  clear(): void {
    this.doubtful = false;
    this.#depth = 0;
    this.#count = 0;
  }

  mapBegins(): void {
    if (this.doubtful) return;
    this.#counts[this.#depth] = this.#count;
    this.#count = 0;
    this.#depth += 1;
    if (this.#depth === deepest) this.doubtful = true;
  }

  mapEnds(): void {
    if (this.doubtful) return;
    this.#depth -= 1;
    this.#count = this.#counts[this.#depth] as number;
  }

  /** There is a backslash in the key, so that its hash says nothing. */
  escape(): void {
    this.doubtful = true;
  }

  key(hash: number): void {
    if (this.doubtful) return;
    const hashes = this.#hashes;
    const begin = this.#depth * mostKeys;
    const end = begin + this.#count;
    for (let i = begin; i < end; i += 1) if (hashes[i] === hash) this.doubtful = true;
    hashes[end] = hash;
    this.#count += 1;
    if (hash === this.#named || this.#count === mostKeys) this.doubtful = true;
  }
}
