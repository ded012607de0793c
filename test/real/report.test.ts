/** The HTML report in a real browser: what it draws, that it asks for nothing, and that all of it is there for the keyboard. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecisionRecord } from '../../src/record/record.js';
import { html } from '../../src/report/html/page.js';
import { bake, canaryCourse } from '../report/html-stories.js';
import { hostile, stories } from '../report/stories.js';

let browser: Browser;
beforeAll(async () => {
  const executablePath = execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser.close();
});

interface Options {
  readonly width?: number;
  readonly dark?: boolean;
  readonly script?: boolean;
}

/** The page, and all that it complained of or asked for. */
async function opened(record: DecisionRecord, { width = 1280, dark = false, script = true }: Options = {}) {
  const file = join(mkdtempSync(join(tmpdir(), 'signalbox-page-')), 'report.html');
  writeFileSync(file, await html(record));
  const address = pathToFileURL(file).href;
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: script,
  });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:')) complaints.push(`asks for ${request.url()}`);
  });
  await page.goto(address);
  return { page, complaints };
}

/** How many points of each chart's canvas are painted in a colour of its own. */
const painted = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLCanvasElement>('canvas')].map((canvas) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let count = 0;
      for (let i = 3; i < pixels.length; i += 4) if ((pixels[i] ?? 0) > 0) count += 1;
      return count;
    }),
  );

async function everythingSeen(page: Page): Promise<void> {
  for (const details of await page.locator('details.fold:has(.charts)').all()) {
    await details.evaluate((element) => element.setAttribute('open', ''));
  }
  for (const figure of await page.locator('figure.chart').all()) await figure.scrollIntoViewIfNeeded();
  await page.waitForFunction(
    () => document.querySelectorAll('figure.chart').length === document.querySelectorAll('canvas').length,
  );
}

const pages: [string, DecisionRecord][] = [
  ...Object.entries(stories),
  ['canaryCourse', canaryCourse],
  ['hostile', hostile()],
];

describe('the page', () => {
  it.each(pages)(
    'of %s makes no request and no complaint, fits a phone, and every chart is drawn',
    async (_, record) => {
      const { page, complaints } = await opened(record, { width: 390 });
      await everythingSeen(page);
      for (const points of await painted(page)) expect(points).toBeGreaterThan(2000);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  it.each([
    ['stop', stories.stop],
    ['canaryCourse', canaryCourse],
    ['policyError', stories.policyError],
    ['continue', stories.continue],
    ['notMeasured', stories.notMeasured],
  ])('of %s is accessible in both themes', async (_, record) => {
    for (const dark of [false, true]) {
      const { page } = await opened(record, { dark });
      await everythingSeen(page);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
      );
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html: at }) => at.slice(0, 200))])).toEqual([]);
      await page.close();
    }
  });

  it('changes its theme, and the charts with it', async () => {
    const { page } = await opened(stories.stop);
    await everythingSeen(page);
    const look = () =>
      page.evaluate(() => {
        const canvas = document.querySelector('canvas');
        return { paper: getComputedStyle(document.documentElement).backgroundColor, chart: canvas?.toDataURL() };
      });
    const light = await look();
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await everythingSeen(page);
    await page.waitForTimeout(50);
    const dark = await look();
    expect(light.paper).toBe('rgb(251, 250, 247)');
    expect(dark.paper).toBe('rgb(22, 23, 26)');
    expect(dark.chart).not.toBe(light.chart);
    await expect(page.getByRole('button', { name: 'Light theme' }).isVisible()).resolves.toBe(true);
    await page.close();
  });

  it('says everything without a script', async () => {
    const { page } = await opened(canaryCourse, { script: false });
    expect(await page.locator('h1').textContent()).toContain('the canary fails 2.4 times');
    expect(await page.locator('#charts svg.still').first().isVisible()).toBe(true);
    await page.locator('#round-table').getByText('stop', { exact: true }).waitFor();
    await page.close();
  });

  it('unfolds itself to be printed, and shows the charts that fit on paper', async () => {
    const { page } = await opened(stories.stop, { dark: true });
    await everythingSeen(page);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect(await page.locator('svg.still').first().isVisible()).toBe(true);
    expect(await page.locator('#timeline').isVisible()).toBe(false);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.locator('details:not([open])').count()).toBeGreaterThan(0);
    await page.close();
  });
});

describe('by keyboard alone', () => {
  it('all that can be used is reached, in order, and seen', async () => {
    const { page } = await opened(stories.stop);
    await everythingSeen(page);
    const wanted = await page
      .locator('a[href], button, summary, select, input, [tabindex="0"]')
      .evaluateAll((all) => all.filter((element) => element.checkVisibility()).length);
    const seen = new Set<string>();
    for (let i = 0; i < wanted + 5; i += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        (element as HTMLElement).dataset.visited ??= String(document.querySelectorAll('[data-visited]').length);
        return {
          key: (element as HTMLElement).dataset.visited ?? '',
          outline: Number.parseFloat(getComputedStyle(element).outlineWidth),
          tag: element.tagName,
        };
      });
      if (at === null) continue;
      seen.add(at.key);
      expect([at.tag, at.outline > 0]).toEqual([at.tag, true]);
    }
    expect(seen.size).toBe(wanted);
    await page.close();
  });

  it('a chart is read value by value, and looked at closely', async () => {
    const { page } = await opened(stories.stop);
    await everythingSeen(page);
    const figure = page.locator('figure.chart').first();
    const chart = figure.locator('.live');
    const legend = figure.locator('.legend');
    await expect.poll(() => legend.textContent()).toMatch(/10:44:00 UTC, last\s*error rate 4\.1 %/);
    await chart.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => legend.textContent()).toMatch(/10:41:00 UTC\s*error rate 0\.6 %/);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => legend.textContent()).toMatch(/10:42:00 UTC\s*error rate 0\.9 %/);
    const reset = figure.getByRole('button', { name: 'Show all of the time' });
    expect(await reset.isVisible()).toBe(false);
    await page.keyboard.press('+');
    await expect.poll(() => reset.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => reset.isVisible()).toBe(false);
    await page.close();
  });

  it('the rounds are chosen and filtered', async () => {
    const { page } = await opened(stories.stop);
    const list = page.getByRole('listbox', { name: /Rounds/ });
    const detail = page.getByRole('region', { name: 'The chosen round' });
    await list.focus();
    await page.keyboard.press('Home');
    expect(await detail.textContent()).toMatch(/Round 1, 2026-11-23 10:41:00 UTC/);
    await page.keyboard.press('ArrowDown');
    expect(await detail.textContent()).toMatch(/Round 2, /);
    await page.locator('#filter-gate').selectOption('error rate');
    await page.locator('#filter-state').selectOption('not healthy');
    expect(await list.getByRole('option').count()).toBe(2);
    expect(await page.locator('.filters output').textContent()).toBe('2 of 4 rounds');
    expect(await detail.textContent()).toMatch(/Round 4, [\s\S]*error rate not healthy 4\.1 %/);
    await page.close();
  });
});

describe('a day of 1440 rounds and 20 gates', () => {
  it('draws only what is seen, and finds what is asked for', async () => {
    const { page, complaints } = await opened(bake(1440, 20));
    const list = page.getByRole('listbox', { name: /Rounds/ });
    await list.scrollIntoViewIfNeeded();
    expect(await list.getByRole('option').count()).toBeLessThan(60);
    expect(await page.locator('*').count()).toBeLessThan(25_000);
    await page.locator('#filter-state').selectOption('could not be measured');
    const found = Number(/^(\d+) of 1,440/.exec((await page.locator('.filters output').textContent()) ?? '')?.[1]);
    expect(found).toBeGreaterThan(10);
    expect(found).toBeLessThan(100);
    await list.focus();
    await page.keyboard.press('Home');
    expect(await page.locator('#round-detail').textContent()).toContain('did not answer in time');
    expect(complaints).toEqual([]);
    await page.close();
  });
});
