/**
 * The script of the report's page. It adds to a page that is complete without it: charts that can be read value by value, a timeline that
 * can be searched, a switch for the theme. It asks for nothing and keeps nothing. Bundled by `npm run generate`.
 */
import type { PageData } from '../wire.js';
import { liveCharts } from './chart.js';
import { make } from './dom.js';
import { timeline } from './timeline.js';

const element = document.getElementById('data');
const data = JSON.parse(element?.textContent ?? '{}') as PageData;

const redraw = liveCharts(data);
timeline(data);
themeSwitch();
copyButtons();
unfoldForPrint();
unfoldForLinks();

function themeSwitch(): void {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  const button = make('button', { type: 'button', class: 'quiet' });
  const name = () => {
    button.textContent = isDark() ? 'Light theme' : 'Dark theme';
  };
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    name();
    redraw();
  });
  dark.addEventListener('change', () => {
    name();
    redraw();
  });
  name();
  document.getElementById('switch')?.append(button);
}

function copyButtons(): void {
  for (const pre of document.querySelectorAll<HTMLElement>('pre')) {
    const button = make('button', { type: 'button', class: 'copy' }, 'Copy');
    const frame = make('div', { class: 'copyable' });
    pre.replaceWith(frame);
    frame.append(pre, button);
    button.addEventListener('click', async () => {
      button.textContent = (await copied(pre)) ? 'Copied' : 'Selected: press Ctrl+C';
    });
  }
}

/** Where the browser does not let a page write to the clipboard the text is selected, so that one key is enough. */
async function copied(pre: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(pre.textContent ?? '');
    return true;
  } catch {
    getSelection()?.selectAllChildren(pre);
    return false;
  }
}

/** Paper cannot be unfolded. */
function unfoldForPrint(): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
}

/** A link to something within a fold opens it. */
function unfoldForLinks(): void {
  const open = () => {
    const target = location.hash === '' ? null : document.getElementById(location.hash.slice(1));
    for (let at: Element | null | undefined = target; at; at = at.parentElement) {
      if (at instanceof HTMLDetailsElement) at.open = true;
    }
  };
  addEventListener('hashchange', open);
  open();
}
