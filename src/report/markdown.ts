/**
 * Markdown from a tree, so that the escaping is the library's: text from outside can never become markup. What a library for
 * Markdown does not know of (commands of the platforms, mentions, bare links, invisible characters) is broken here.
 */
import type { BlockContent, Html, List, Paragraph, PhrasingContent, Root, Table } from 'mdast';

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Breaks a word without showing a gap. */
const joint = '\u200b';

/** Text from anywhere on one line; it cannot mention, link, or act as a command of a platform. */
export function plain(text: string): string {
  return text
    .replace(invisible, ' ')
    .replace(/##(?=\[|vso\[)/gi, `#${joint}#`)
    .replace(/^(\s*):(?=:)/, `$1:${joint}`)
    .replace(/@(?=[\w-])/g, `@${joint}`)
    .replace(/#(?=\d)/g, `#${joint}`)
    .replace(/:\/\//g, `:${joint}//`)
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}${joint}.`);
}

/** Code keeps its letters, to be copied; only commands of the platforms are broken. */
const literal = (text: string): string => text.replace(invisible, ' ').replace(/##(?=\[|vso\[)/gi, `#${joint}#`);

export const text = (value: string): PhrasingContent => ({ type: 'text', value: plain(value) });
export const strong = (value: string): PhrasingContent => ({ type: 'strong', children: [text(value)] });
export const emphasis = (value: string): PhrasingContent => ({ type: 'emphasis', children: [text(value)] });
export const code = (value: string): PhrasingContent => ({ type: 'inlineCode', value: literal(value) });

/** A link when `url` is one that a browser opens; else its label alone. */
export function link(label: string, url: string | undefined): PhrasingContent {
  const safe = url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url);
  return safe ? { type: 'link', url: new URL(url).href, children: [text(label)] } : text(label);
}

export const paragraph = (...children: PhrasingContent[]): Paragraph => ({ type: 'paragraph', children });

export const heading = (depth: 2 | 3, value: string): Root['children'][number] => ({
  type: 'heading',
  depth,
  children: [text(value)],
});

export const list = (items: readonly (readonly PhrasingContent[])[]): List => ({
  type: 'list',
  spread: false,
  children: items.map((children) => ({ type: 'listItem', spread: false, children: [paragraph(...children)] })),
});

export const table = (rows: readonly (readonly (readonly PhrasingContent[])[])[]): Table => ({
  type: 'table',
  children: rows.map((cells) => ({
    type: 'tableRow',
    children: cells.map((children) => ({ type: 'tableCell', children: [...children] })),
  })),
});

/** Our own markup, never text from outside. */
const html = (value: string): Html => ({ type: 'html', value });

/** Folded away on GitHub; its title is ours. */
export const details = (title: string, body: readonly BlockContent[]): Root['children'] => [
  html(`<details><summary>${title}</summary>`),
  ...body,
  html('</details>'),
];

/** Loads the library and writes the tree. */
export async function serialise(children: Root['children']): Promise<string> {
  const [{ toMarkdown }, { gfmTableToMarkdown }] = await Promise.all([
    import('mdast-util-to-markdown'),
    import('mdast-util-gfm-table'),
  ]);
  return toMarkdown(
    { type: 'root', children },
    { bullet: '-', rule: '-', extensions: [gfmTableToMarkdown({ tablePipeAlign: false })] },
  );
}
