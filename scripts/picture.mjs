/**
 * `node scripts/picture.mjs FILE.md OUT.png [--width 900] [--dark] [--azure]`: a picture of a summary as the platform draws it;
 * of an HTML file as a browser does.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { azurePage, githubPage, picture } from './picture/pages.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '900' },
    height: { type: 'string' },
    dark: { type: 'boolean', default: false },
    azure: { type: 'boolean', default: false },
  },
});
const [source, target] = positionals;
if (source === undefined || target === undefined) throw new Error('expected: picture.mjs FILE.md OUT.png');
const { dark, azure } = values;
const look = { width: Number(values.width), dark, ...(values.height ? { height: Number(values.height) } : {}) };
const show = (markdown) => (azure ? azurePage : githubPage)(markdown, { ...look, theme: dark ? 'dark' : 'light' });
const page = source.endsWith('.html') ? pathToFileURL(resolve(source)).href : show(readFileSync(source, 'utf8'));
picture(page, target, look);
