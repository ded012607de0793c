/** The full report: one HTML file that needs nothing else, for those who want to see all of it, and for auditors a year later. */
import { sha256 } from '../../record/hash.js';
import type { DecisionRecord } from '../../record/record.js';
import { findingsBlocks, remarksBlocks } from '../findings-markdown.js';
import { movesBlocks } from '../moves-markdown.js';
import { arrivalsBlocks, standingBlocks } from '../standing-markdown.js';
import { type View, viewOf } from '../view.js';
import { verdictSentence } from '../words.js';
import { chartsSection, placeCharts } from './charts.js';
import { pageData } from './data.js';
import { evidenceSection } from './evidence.js';
import { gatesSection, unmeasuredSection } from './gates.js';
import { asset, type Child, h, json, type Markup } from './markup.js';
import { originSection } from './origin.js';
import { gridOf, roundsSection } from './rounds.js';
import { fromTree } from './tree.js';
import { nextSection, provenSection, toneOf, verdictSection, whySection } from './verdict.js';

/** As much as the record keeps. */
const everyFinding = { open: 50, more: 1000, others: 1000, remarks: 1000 };

/**
 * The report as one HTML file: no request to anywhere, readable without a script, on a phone, in the dark, and printed.
 *
 * @param redact masks what must not be seen in all that comes from the record; script and style are left as they are
 */
export async function html(record: DecisionRecord, redact = (text: string): string => text): Promise<string> {
  const { script, style } = await import('./assets.js');
  const view = viewOf(record);
  const grid = gridOf(record);
  const charts = placeCharts(view);
  const masked = (markup: Markup) => redact(markup.html);
  const title = h`${verdictSentence(view)}`;
  // What is not in this list cannot happen, whatever a text from outside may try.
  const rules = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<!doctype html>
<html lang="en" class="${toneOf(view)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${masked(title)}</title>
<style>${asset(style).html}</style>
</head>
<body>
${masked(body(view, grid, charts))}
<script type="application/json" id="data">${masked(json(pageData(record, grid, charts)))}</script>
<script>${asset(script).html}</script>
</body>
</html>
`;
}

/** As a Content-Security-Policy names a script or a style sheet. */
const hash = (text: string): string => `'sha256-${Buffer.from(sha256(text), 'hex').toString('base64')}'`;

const everything = { reason: 1000, entries: 1000 };

type Section = readonly [id: string, name: string, markup: Markup | null];

function body(view: View, grid: ReturnType<typeof gridOf>, charts: ReturnType<typeof placeCharts>): Markup {
  const { record, gates } = view;
  const options = { flavour: 'github', cut: everyFinding } as const;
  const sections: readonly Section[] = [
    ['why', 'Why', whySection(view)],
    ['next', 'Next', nextSection(view)],
    ['since', 'Fix forward', plainSection('since', fromTree(arrivalsBlocks(record, everything)))],
    ['standing', 'Holds', plainSection('standing', fromTree(standingBlocks(record, everything)))],
    ['gates', 'Gates', gatesSection(view)],
    ['charts', 'Signals', chartsSection(view, charts)],
    ['findings', 'Findings', plainSection('findings', fromTree(findingsBlocks(gates, record, options)))],
    ['moves', 'Stages', plainSection('moves', fromTree(movesBlocks(record, everything)))],
    ['proven', 'Proven', provenSection(view)],
    ['unmeasured', 'Not measured', unmeasuredSection(view)],
    ['remarks', 'In order', plainSection('remarks', fromTree(remarksBlocks(gates, options)))],
    ['rounds', 'Timeline', roundsSection(view, grid)],
    ['evidence', 'Measurements', evidenceSection(view)],
    ['origin', 'Origin', originSection(view)],
  ];
  const there = sections.filter(([, , markup]) => markup !== null);
  return h`<a class="skip" href="#content">To the report</a>
<header class="bar"><span class="name">Signalbox</span><span class="what">${record.service ?? ''}</span><span id="switch"></span></header>
<div class="page">
<main id="content">
${verdictSection(view)}
${there.map(([, , markup]) => markup)}
</main>
<nav aria-label="Sections"><ul>${there.map(([id, name]) => h`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
</div>`;
}

const plainSection = (id: string, content: readonly Child[]): Markup | null =>
  content.length === 0 ? null : h`<section id="${id}">${content}</section>`;
