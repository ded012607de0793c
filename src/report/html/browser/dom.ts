/** Elements made without markup: every text stays a text. */

type Attributes = Readonly<Record<string, string>>;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A time on an axis whose marks are `step` seconds apart: `10:42`, `10:42:05` where they are closer, `23 Nov` at midnight. */
export function mark(seconds: number, step: number): string {
  const at = new Date(seconds * 1000).toISOString();
  if (at.endsWith('T00:00:00.000Z') && step >= 60)
    return `${Number(at.slice(8, 10))} ${months[Number(at.slice(5, 7)) - 1]}`;
  return at.slice(11, step < 60 ? 19 : 16);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `10:42:05`, UTC; with the day when `day`. */
export function clock(ms: number, day = false): string {
  const at = new Date(ms).toISOString();
  return `${day ? `${at.slice(0, 10)} ` : ''}${at.slice(11, 19)}`;
}
