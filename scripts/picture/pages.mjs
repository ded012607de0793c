/** Pages that show a summary as the platforms do, and pictures of pages, by headless Chromium. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const modules = resolve(import.meta.dirname, '../../node_modules');

/** What GitHub keeps of the HTML in Markdown, as far as summaries could have some. */
const kept =
  'h[1-6]|p|ul|ol|li|table|thead|tbody|tr|t[hd]|strong|em|code|pre|a|br|hr|del|blockquote|details|summary|sub|sup|input';

const drawn = (markdown) =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] }).replace(
    new RegExp(`<(?!/?(?:${kept})\\b)`, 'g'),
    '&lt;',
  );

/**
 * A job summary on GitHub: its style sheet, and Mermaid for the blocks that ask for it.
 *
 * @param {{ width: number, theme: 'light' | 'dark' }} look
 */
export function githubPage(markdown, { width, theme }) {
  const css = readFileSync(join(modules, `github-markdown-css/github-markdown-${theme}.css`), 'utf8');
  const body = drawn(markdown).replaceAll(
    /<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g,
    (_, source) => `<pre class="mermaid">${source}</pre>`,
  );
  const script = body.includes('class="mermaid"')
    ? `<script src="${pathToFileURL(join(modules, 'mermaid/dist/mermaid.min.js')).href}"></script>
<script>
mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: '${theme === 'dark' ? 'dark' : 'default'}' });
mermaid.run().catch((error) => { document.body.dataset.error = String(error && error.message || error); }).finally(measure);
</script>`
    : '<script>measure()</script>';
  return pageOf(
    `${css} .mermaid{background:none;text-align:center} .mermaid svg{max-width:100%;height:auto}`,
    body,
    width,
    script,
  );
}

/** The tab of an Azure pipeline's run: Markdown, no Mermaid, nothing that folds. */
export function azurePage(markdown, { width }) {
  const css = `.markdown-body{font:14px/1.5 "Segoe UI","Liberation Sans",sans-serif;color:#1b1b1b}
.markdown-body table{border-collapse:collapse;display:block;overflow:auto} .markdown-body td,.markdown-body th{border:1px solid #ddd;padding:6px 12px;text-align:left}
.markdown-body code{background:#f4f4f4;padding:1px 4px} .markdown-body pre{background:#f4f4f4;padding:8px;overflow:auto} .markdown-body a{color:#0078d4}`;
  return pageOf(css, drawn(markdown), width, '<script>measure()</script>');
}

/** A terminal's lines, as wide as they are. */
export function terminalPage(text) {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const css =
    '.markdown-body{background:#0d1117;color:#e6edf3} pre{font:13px/1.45 "DejaVu Sans Mono",monospace;margin:0;white-space:pre-wrap}';
  return pageOf(css, `<pre>${escaped}</pre>`, 900, '<script>measure()</script>');
}

const pageOf = (css, body, width, script) => `<!doctype html><meta charset="utf-8">
<style>${css} body{margin:0} .markdown-body{box-sizing:border-box;padding:16px;width:${width}px}</style>
<script>function measure(){document.title = String(Math.ceil(document.querySelector('article').getBoundingClientRect().height))}</script>
<article class="markdown-body">${body}</article>
${script}`;

/**
 * @param page HTML, or the address of a page
 * @param {{ width: number, height?: number, dark?: boolean }} look without a height as high as its title says
 * @throws when Chromium fails, or Mermaid cannot read what it is to draw
 */
export function picture(page, target, { width, height, dark = false }) {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-picture-'));
  try {
    const file = join(folder, 'page.html');
    if (!page.startsWith('file:')) writeFileSync(file, page);
    const url = page.startsWith('file:') ? page : pathToFileURL(file).href;
    const look = dark ? ['--blink-settings=preferredColorScheme=0'] : [];
    const high = height ?? heightOf(chromium(folder, '--dump-dom', `--window-size=${width},800`, ...look, url));
    chromium(folder, `--screenshot=${resolve(target)}`, `--window-size=${width},${high}`, ...look, url);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function heightOf(dom) {
  const [, error] = /data-error="([^"]*)"/.exec(dom) ?? [];
  if (error !== undefined) throw new Error(`Mermaid cannot draw a chart: ${error}`);
  return Number(/<title>(\d+)<\/title>/.exec(dom)?.[1] ?? 800);
}

function chromium(folder, ...args) {
  const quiet = ['quic', 'background-networking', 'component-update', 'sync', 'gpu'].map((what) => `--disable-${what}`);
  const fixed = ['--headless', '--no-sandbox', '--no-first-run', '--hide-scrollbars', '--allow-file-access-from-files'];
  const profile = `--user-data-dir=${join(folder, 'profile')}`;
  const all = [...fixed, ...quiet, '--virtual-time-budget=10000', profile, ...args];
  const { status, stdout, stderr } = spawnSync('chromium', all, { encoding: 'utf8', maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`chromium failed: ${stderr}`);
  return stdout;
}
