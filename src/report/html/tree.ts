/** The summary's tree as HTML, so that what is worded there is worded once. Headings become one rank higher: the page has its own title. */
import type { Nodes, PhrasingContent, Table } from 'mdast';
import { safeLink } from '../plain.js';
import { type Child, h, lines, type Markup } from './markup.js';

const mostCode = 100_000;

/** @param nodes as the summary makes them: their links are checked there and here, their raw HTML is none but folds and small print */
export function fromTree(nodes: readonly Nodes[]): Child[] {
  let title = '';
  return nodes.map((node) => {
    if (node.type === 'heading') title = textOf(node.children);
    return node.type === 'table' ? table(node, title) : one(node);
  });
}

const textOf = (nodes: readonly PhrasingContent[]): string =>
  nodes.map((node) => ('value' in node ? node.value : 'children' in node ? textOf(node.children) : '')).join('');

function one(node: Nodes): Child {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'inlineCode':
      return h`<code>${node.value}</code>`;
    case 'code':
      return h`<pre><code>${lines(node.value, mostCode)}</code></pre>`;
    case 'break':
      return h`<br>`;
    case 'strong':
      return h`<strong>${node.children.map(one)}</strong>`;
    case 'link': {
      const href = safeLink(node.url);
      return href === undefined ? node.children.map(one) : anchor(href, node.children.map(one));
    }
    case 'paragraph':
      return h`<p>${node.children.map(one)}</p>`;
    case 'heading':
      return node.depth <= 3 ? h`<h2>${node.children.map(one)}</h2>` : h`<h3>${node.children.map(one)}</h3>`;
    case 'list':
      return h`<ul>${node.children.map(one)}</ul>`;
    case 'listItem':
      return h`<li>${node.children.map((child) => (child.type === 'paragraph' ? child.children.map(one) : one(child)))}</li>`;
    case 'table':
      return table(node, '');
    case 'html':
      return raw(node.value);
    default:
      return 'children' in node ? fromTree(node.children) : null;
  }
}

/** A link that leaves the page: it takes nothing with it. */
export const anchor = (href: string, label: Child): Markup =>
  h`<a href="${href}" rel="noopener noreferrer external" referrerpolicy="no-referrer">${label}</a>`;

const tags: Readonly<Record<string, Markup>> = {
  '<sub>': h`<small>`,
  '</sub>': h`</small>`,
  '</details>': h`</details>`,
};

function raw(value: string): Child {
  const [, title] = /^<details>\s*<summary>(.*)<\/summary>\s*$/s.exec(value) ?? [];
  if (title !== undefined) return h`<details><summary>${title}</summary>`;
  return tags[value] ?? null;
}

function table({ children: [head, ...rows] }: Table, caption: string): Markup {
  return h`<div class="wide" tabindex="0" role="group" aria-label="${caption === '' ? 'Table' : caption}"><table>
<caption class="unseen">${caption}</caption>
<thead><tr>${head?.children.map((cell) => h`<th scope="col">${cell.children.map(one)}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      h`<tr>${row.children.map((cell, i) =>
        i === 0 ? h`<th scope="row">${cell.children.map(one)}</th>` : h`<td>${cell.children.map(one)}</td>`,
      )}</tr>
`,
  )}</tbody></table></div>`;
}
