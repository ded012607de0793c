/**
 * `npm run gallery`: the stories of test/stories by the bundle, and what a person sees of each, into docs/gallery: the summary as GitHub
 * draws it, wide and on a phone, that of Azure, the report and the terminal. Needs Chromium. With names of stories, those alone are made anew.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { azurePage, githubPage, picture, terminalPage } from './picture/pages.mjs';

const root = resolve(import.meta.dirname, '..');
const gallery = join(root, 'docs/gallery');
const folders = () =>
  readdirSync(gallery, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const wanted = process.argv.slice(2);
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
mkdirSync(gallery, { recursive: true });
for (const name of folders().filter(isWanted)) rmSync(join(gallery, name), { recursive: true });
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const told = spawnSync(
  process.execPath,
  [vitest, 'run', 'test/stories', '-t', `(?:${wanted.join('|')}).* is decided on`],
  {
    cwd: root,
    env: { ...process.env, SIGNALBOX_GALLERY: gallery },
    stdio: 'inherit',
  },
);
if (told.status !== 0) throw new Error('a story did not end as it should; see above');

const rows = folders().map((name) => {
  const at = (file) => join(gallery, name, file);
  const read = (file) => readFileSync(at(file), 'utf8');
  const summary = read('summary.md');
  if (isWanted(name)) {
    picture(githubPage(summary, { width: 860, theme: 'light' }), at('summary.webp'), { width: 860 });
    picture(githubPage(summary, { width: 390, theme: 'dark' }), at('summary-phone.webp'), { width: 390, dark: true });
    picture(azurePage(read('azure.md'), { width: 860 }), at('azure.webp'), { width: 860 });
    picture(terminalPage(read('terminal.txt')), at('terminal.webp'), { width: 900 });
    picture(pathToFileURL(at('report.html')).href, at('report.webp'), { width: 1100, height: 1400 });
  }
  const [, headline = name] = /^## (.*)$/m.exec(summary) ?? [];
  const link = (title, file) => (existsSync(at(file)) ? `[${title}](${name}/${file})` : '');
  const forms = [
    link('summary', 'summary.webp'),
    link('on a phone', 'summary-phone.webp'),
    link('Azure', 'azure.webp'),
    link('report', 'report.webp'),
    link('as HTML', 'report.html'),
    link('terminal', 'terminal.webp'),
    link('record', 'record.json'),
    link('policy', 'signalbox.yml'),
  ];
  return `| **${name}** | ${headline.replaceAll('|', '\\|')} | ${forms.filter((form) => form !== '').join(' · ')} |`;
});

writeFileSync(
  join(gallery, 'README.md'),
  `# Gallery

What people see, of trains that go, stop and wait. \`npm run gallery\` makes it from real runs of the bundle; only their time is simulated.

| train | its headline | |
| --- | --- | --- |
${rows.join('\n')}
`,
);
