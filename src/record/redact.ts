/** The last line of defence for secrets: every byte that leaves goes through here, whatever put a secret into it. */

export class Redactor {
  /** Longest first, so that a secret that contains another is masked whole. */
  #secrets: string[] = [];

  /** Masks `value` from now on. A value of several lines is also masked line by line, as logs show it. */
  add(value: string): void {
    const lines = value.split(/\r?\n/).filter((line) => line.trim().length >= 3);
    const all = new Set([...this.#secrets, ...lines, ...(value.trim() === '' ? [] : [value])]);
    this.#secrets = [...all].sort((a, b) => b.length - a.length);
  }

  text(text: string): string {
    return this.#secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
  }

  /** Masks all texts of plain JSON data, keys included. */
  data<T>(data: T): T {
    if (this.#secrets.length === 0) return data;
    if (typeof data === 'string') return this.text(data) as T;
    if (Array.isArray(data)) return data.map((item: unknown) => this.data(item)) as T;
    if (typeof data !== 'object' || data === null) return data;
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [this.text(key), this.data(value)])) as T;
  }
}
