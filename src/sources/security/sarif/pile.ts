/** A stretch of bytes that may reach over several pieces of a text. */
export class Pile {
  #parts: Buffer[] = [];
  /** Where it goes on in the piece at hand; -1: it is not being filled. */
  #from = -1;
  /** Bytes of the pieces before. */
  size = 0;

  /** From here on. */
  start(at: number): void {
    this.#from = at;
  }

  /** Up to here, for now. */
  stop(piece: Buffer, at: number): void {
    this.#add(piece, at);
    this.#from = -1;
  }

  /** The piece ends. Its bytes are copied, since the memory of pieces is used again. */
  carry(piece: Buffer): void {
    if (this.#from < 0) return;
    this.#add(piece, piece.length);
    this.#from = 0;
  }

  /** All of it, up to here. Only valid as long as the piece is. */
  take(piece: Buffer, at: number): Buffer {
    if (this.#parts.length === 0 && this.#from >= 0) {
      const whole = piece.subarray(this.#from, at);
      this.#from = -1;
      return whole;
    }
    this.stop(piece, at);
    const whole = Buffer.concat(this.#parts);
    this.#parts = [];
    this.size = 0;
    return whole;
  }

  #add(piece: Buffer, to: number): void {
    if (this.#from < 0 || to <= this.#from) return;
    this.#parts.push(Buffer.from(piece.subarray(this.#from, to)));
    this.size += to - this.#from;
  }
}
