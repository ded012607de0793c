/**
 * `node scripts/picture.mjs FILE.md OUT.png [--width 900] [--dark]`: a picture of a summary as GitHub draws it, by headless Chromium.
 * GitHub's Markdown is close to CommonMark with tables; of HTML it keeps little.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { width: { type: 'string', default: '900' }, dark: { type: 'boolean', default: false } },
});
const [source, target] = positionals;
if (source === undefined || target === undefined) throw new Error('expected: picture.mjs FILE.md OUT.png');
const width = Number(values.width);

const root = resolve(import.meta.dirname, '..');
const theme = values.dark ? 'dark' : 'light';
const css = readFileSync(join(root, `node_modules/github-markdown-css/github-markdown-${theme}.css`), 'utf8');
const markdown = readFileSync(source, 'utf8');
const body = micromark(markdown, {
  allowDangerousHtml: true,
  extensions: [gfm()],
  htmlExtensions: [gfmHtml()],
}).replace(
  /<(?!\/?(?:h[1-6]|p|ul|ol|li|table|thead|tbody|tr|t[hd]|strong|em|code|pre|a|br|hr|del|blockquote|details|summary|sub|sup)\b)/g,
  '&lt;',
);
const page = `<!doctype html><meta charset="utf-8"><style>${css} body{margin:0} .markdown-body{box-sizing:border-box;padding:16px;width:${width}px} </style>
<article class="markdown-body">${body}</article>
<script>document.title = String(Math.ceil(document.querySelector('article').getBoundingClientRect().height))</script>`;

const folder = mkdtempSync(join(tmpdir(), 'signalbox-picture-'));
try {
  const file = join(folder, 'page.html');
  writeFileSync(file, page);
  const dom = chromium('--dump-dom', `--window-size=${width},800`, pathToFileURL(file).href);
  const height = Number(/<title>(\d+)<\/title>/.exec(dom)?.[1] ?? 800);
  chromium(`--screenshot=${resolve(target)}`, `--window-size=${width},${height}`, pathToFileURL(file).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function chromium(...args) {
  const quiet = [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const fixed = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    `--user-data-dir=${join(folder, 'profile')}`,
    ...quiet,
  ];
  const { status, stdout, stderr } = spawnSync('chromium', [...fixed, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`chromium failed: ${stderr}`);
  return stdout;
}
