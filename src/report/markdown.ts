/**
 * Markdown from a tree, so that the escaping is the library's: text from outside never becomes markup. What the library does not
 * know of is dealt with here: bare links, mentions, `#12`, commit ids, formulas, invisible characters, commands of the platforms.
 */
import type { BlockContent, Html, List, Paragraph, PhrasingContent, Root, Table } from 'mdast';
import { plain, plainLines, safeLink } from './plain.js';

export type Blocks = Root['children'];

/** Words that GitHub or Azure make something of wherever they stand, whatever is escaped; in code they make nothing of them. */
const active =
  /[@#$~\\]|:\/\/|www\.|^(?:mailto|xmpp|javascript|data):|(?<![a-z\d])gh-\d|:[\w+-]+:|^(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}$/i;

/** A word without the punctuation around it. */
const bare = /^([("'[{]*)(.*?)([)"'\]},.;:!?]*)$/su;

/**
 * Text from anywhere on one line, at most `most` characters of it. What stands between backticks, and every word that a platform
 * would link, mention or draw, becomes code.
 */
export function prose(value: string, most = 300): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  let pending = '';
  const flush = () => {
    if (pending !== '') nodes.push({ type: 'text', value: pending });
    pending = '';
  };
  const put = (words: string) => {
    flush();
    nodes.push(...code(words));
  };
  for (const [, quoted, word = ''] of plain(value, most).matchAll(/`([^`]+)`|(`|[^\s`]+|\s+)/gu)) {
    if (quoted !== undefined) put(quoted);
    else if (!active.test(word.replace(/^\W+/u, '')) && !active.test(word)) pending += word;
    else {
      const [, before = '', inner = '', after = ''] = bare.exec(word) ?? [];
      pending += before;
      if (inner !== '') put(inner);
      pending += after;
    }
  }
  flush();
  return nodes;
}

/**
 * A line of code, in a table cell too: there a bar between backticks would end the cell after a backslash, on some renderers, so
 * bars stand outside.
 */
export function code(value: string, most = 300): PhrasingContent[] {
  return plain(value, most)
    .split(/(\|)/)
    .filter((part) => part !== '')
    .map((part) =>
      part === '|' || part.trim() === '' ? { type: 'text', value: part } : { type: 'inlineCode', value: part },
    );
}

/** A query in its own block, with its line breaks. */
export const codeBlock = (value: string, most: number): Blocks[number] => ({
  type: 'code',
  value: plainLines(value, most),
});

/** Our own words; nothing from outside. */
export const text = (value: string): PhrasingContent => ({ type: 'text', value });
export const strong = (children: PhrasingContent[]): PhrasingContent => ({ type: 'strong', children });

/** @returns nothing when the address is none that a person may follow */
export function link(label: string, address: string | undefined): PhrasingContent[] {
  const url = safeLink(address);
  return url === undefined ? [] : [{ type: 'link', url, children: [text(label)] }];
}

/** A label from outside, as code, that leads somewhere where the address is one to follow. */
export function linkedCode(label: string, address: string | undefined, most = 200): PhrasingContent[] {
  const url = safeLink(address);
  const children = code(label, most).filter((node) => node.type === 'text' || node.type === 'inlineCode');
  return url === undefined || children.length === 0 ? children : [{ type: 'link', url, children }];
}

/** A link that says where it leads: a label of ours, and the host of an address from outside. */
export function linkedHost(label: string, address: string | undefined): PhrasingContent[] {
  const url = safeLink(address);
  return url === undefined ? [] : [text(label), ...linkedCode(new URL(url).hostname, url, 80)];
}

/** In small letters; only where the platform shows HTML. */
export const small = (children: PhrasingContent[]): PhrasingContent[] => [html('<sub>'), ...children, html('</sub>')];

/** Begins a new line within a paragraph. */
export const lineBreak: PhrasingContent = { type: 'break' };

export const paragraph = (children: PhrasingContent[]): Paragraph => ({ type: 'paragraph', children });

export const heading = (depth: 2 | 3 | 4, children: PhrasingContent[]): Blocks[number] => ({
  type: 'heading',
  depth,
  children,
});

export const list = (items: readonly PhrasingContent[][]): List => ({
  type: 'list',
  spread: false,
  children: items.map((children) => ({ type: 'listItem', spread: false, children: [paragraph(children)] })),
});

/** With room between the items, which have several lines each. */
export const looseList = (items: readonly PhrasingContent[][]): List => {
  const tight = list(items);
  return { ...tight, spread: true, children: tight.children.map((item) => ({ ...item, spread: true })) };
};

export const table = (rows: readonly (readonly PhrasingContent[][])[]): Table => ({
  type: 'table',
  children: rows.map((cells) => ({
    type: 'tableRow',
    children: cells.map((children) => ({ type: 'tableCell', children })),
  })),
});

const html = (value: string): Html => ({ type: 'html', value });

/** Folded away, where the platform folds. The title is ours, never text from outside. */
export const details = (title: string, body: readonly BlockContent[]): Blocks => [
  html(`<details>\n<summary>${title}</summary>`),
  ...body,
  html('</details>'),
];

/**
 * Loads the library and writes the tree.
 *
 * Both platforms read their logs for commands (`##vso[`, `##[`, `::name::` at the start of a line), and a summary may be printed
 * into one. A backslash breaks them; outside of code Markdown does not show it.
 */
export async function serialise(children: Blocks): Promise<string> {
  const [{ toMarkdown }, { gfmTableToMarkdown }] = await Promise.all([
    import('mdast-util-to-markdown'),
    import('mdast-util-gfm-table'),
  ]);
  return toMarkdown(
    { type: 'root', children },
    { bullet: '-', rule: '-', extensions: [gfmTableToMarkdown({ tablePipeAlign: false })] },
  )
    .replaceAll(/##(?=\[|vso\[)/gi, '#\\#')
    .replaceAll(/^(\s*)::/gm, '$1\\::');
}
