/** What a whole report of each scanner comes to: the fixtures are in the shapes that the scanners publish. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../../../src/sources/security/result.js';
import { formatOf, reading } from './support.js';

const folder = join(import.meta.dirname, '../../../fixtures');
const fixture = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** What a result comes to, in one line: rule, severity, what excuses it, place, package, names, fix. */
function line(r: Result | undefined): string {
  if (!r) return 'malformed';
  const excuses = r.suppressions.map((s) => [s.status, s.reason].filter((part) => part).join(': '));
  const exploited = [r.exploited?.kev ? 'KEV' : undefined, r.exploited?.epss].filter((part) => part !== undefined);
  const fix = r.fix === undefined ? 'nobody says' : r.fix || 'no fix';
  return [
    r.rule,
    r.score?.severity ?? '–',
    [r.noFailure?.reason, ...excuses].filter((part) => part).join(', '),
    [r.file, r.line].filter((part) => part !== undefined).join(':'),
    r.purl ?? '',
    [...r.ids, ...r.cwes, ...exploited].join(' '),
    fix,
  ].join(' | ');
}

interface Expected {
  /** Why it is no evidence. */
  readonly codes?: readonly string[];
  /** Categories, revision, when it ended, when its data were made; absent: no run. */
  readonly run?: string;
  readonly results?: readonly string[];
}

const digest = `ghcr.io/shop/cart@sha256:${'c'.repeat(64)}`;
const commit = '5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2';
const lodash = 'pkg:npm/lodash@4.17.20 | CVE-2021-23337 GHSA-35JH-R3H4-6JHM CWE-94 | upgrade to 4.17.21';
const retry = 'pkg:npm/%40example/retry@0.9.0';

const table: Readonly<Record<string, Expected>> = {
  'trivy/repository.json': {
    run: `sca iac secrets | ${commit} | 2026-11-23T09:14:28.388Z | –`,
    results: [
      `CVE-2021-23337 | high |  | package-lock.json | ${lodash}`,
      `CVE-2099-1003 | unknown |  | package-lock.json | ${retry} | CVE-2099-1003 | no fix`,
      `CVE-2099-1004 | medium |  | package-lock.json | ${retry} | CVE-2099-1004 | nobody says`,
      'CVE-2020-28500 | medium | accepted: .trivyignore.yaml: the template is ours | package-lock.json | pkg:npm/lodash@4.17.20 | CVE-2020-28500 GHSA-29MW-WPGM-HMR9 CWE-94 | upgrade to 4.17.21',
      // A statement that it is affected excuses nothing.
      'CVE-2019-10744 | critical | under-review: shop.openvex.json | package-lock.json | pkg:npm/lodash@4.17.20 | CVE-2019-10744 GHSA-JF85-CPCP-J695 CWE-94 | upgrade to 4.17.21',
      "DS-0002 | high |  | Dockerfile:3 |  |  | Add 'USER <non root user name>' line to the Dockerfile",
      'DS-0026 | low | KIND_PASS | Dockerfile |  |  | nobody says',
      'DS-0001 | medium | accepted | Dockerfile:1 |  |  | nobody says',
      'aws-access-key-id | critical |  | backup.env:1 |  |  | nobody says',
      'license GPL-3.0-only | high |  | node_modules/left-of-all/package.json |  |  | nobody says',
    ],
  },
  // Targets of the operating system are called after the image and its tag: that is no file, and would change with each release.
  'trivy/image.json': {
    run: `container sca | – | 2026-11-23T09:14:28.388Z | – | ${digest} sha256:bb ghcr.io/shop/cart:1.2`,
    results: [
      'CVE-2023-38545 | critical |  |  | pkg:deb/debian/curl@7.64.0-4%2Bdeb10u2?arch=amd64&distro=debian-10.13 | CVE-2023-38545 CWE-787 | no fix',
      'CVE-2022-29458 | low |  |  | pkg:deb/debian/ncurses-base@6.1?arch=all&distro=debian-10.13 | CVE-2022-29458 | upgrade to 6.1+20181013-2+deb10u3 or 6.2',
      `CVE-2021-23337 | high |  | app/node_modules/lodash/package.json | ${lodash}`,
    ],
  },
  'trivy/clean.json': { run: `sca iac | ${commit} | 2026-11-23T09:14:28.388Z | –`, results: [] },
  'trivy/packages-only.json': { run: `sca | ${commit} | 2026-11-23T09:14:28.388Z | –`, results: [] },
  'trivy/nothing-scanned.json': { codes: ['RESULTS_MISSING'] },
  'trivy/no-licence-files.json': { codes: ['RESULTS_MISSING'] },
  'trivy/folder.json': {
    run: `sca | ${commit} | 2026-11-23T09:14:28.388Z | –`,
    results: [`CVE-2021-23337 | high |  | services/cart/package-lock.json | ${lodash}`],
  },
  'trivy/single-file.json': {
    run: 'sca | – | 2026-11-23T09:14:28.388Z | –',
    results: [`CVE-2021-23337 | high |  | services/cart/package-lock.json | ${lodash}`],
  },
  'trivy/old-schema.json': { codes: ['NOT_A_REPORT'] },
  'trivy/cut.json.txt': { codes: ['UNREADABLE'] },
  'trivy/failed.json.txt': { codes: ['UNREADABLE'] },

  // Paths begin at the folder that was scanned, in spite of their slash.
  'grype/directory.json': {
    run: 'sca | – | 2026-11-23T09:01:02.977Z | 2026-11-22T06:14:00.000Z',
    results: [
      'GHSA-35jh-r3h4-6jhm | high |  | services/cart/package-lock.json | pkg:npm/lodash@4.17.20 | GHSA-35JH-R3H4-6JHM CVE-2021-23337 CWE-94 0.02 | upgrade to 4.17.21',
      `GHSA-6666-7777-8888 | low |  | services/cart/package-lock.json | ${retry} | GHSA-6666-7777-8888 CVE-2099-1004 KEV | nobody says`,
      `GHSA-5555-6666-7777 | unknown |  | services/cart/package-lock.json | ${retry} | GHSA-5555-6666-7777 CVE-2099-1003 | no fix`,
    ],
  },
  'grype/image.json': {
    run: `container sca | – | 2026-11-23T09:01:02.977Z | 2026-11-22T06:14:00.000Z | ${digest} sha256:${'d'.repeat(64)} sha256:bb ghcr.io/shop/cart:1.2`,
    results: [
      'CVE-2024-5535 | critical |  | /var/lib/dpkg/status | pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl | CVE-2024-5535 | upgrade to 3.0.14-1~deb12u1',
      'GHSA-29mw-wpgm-hmr9 | medium | accepted: the text is ours | /app/package.json | pkg:npm/lodash@4.17.20 | GHSA-29MW-WPGM-HMR9 CVE-2020-28500 | upgrade to 4.17.21',
      'CVE-2023-0001 | high | accepted: not_affected, vulnerable_code_not_present | /var/lib/dpkg/status | pkg:deb/debian/openssl@3.0.1?arch=amd64&distro=debian-12 | CVE-2023-0001 | no fix',
      // `--only-fixed` is nobody's reason.
      'CVE-2023-0002 | low | accepted | /var/lib/dpkg/status | pkg:deb/debian/libc6@2.36?arch=amd64&distro=debian-12 | CVE-2023-0002 | no fix',
    ],
  },
  'grype/clean.json': { run: 'sca | – | 2026-11-23T09:01:02.977Z | 2026-11-22T06:14:00.000Z', results: [] },
  'grype/older.json': { run: 'sca | – | 2026-11-23T09:01:02.977Z | 2026-11-20T01:26:09.000Z', results: [] },
  'grype/data-not-valid.json': {
    codes: ['SCAN_FAILED'],
    run: 'sca | – | 2026-11-23T09:01:02.977Z | 2026-11-22T06:14:00.000Z',
    results: [],
  },
  'grype/no-matches.json': { codes: ['RESULTS_MISSING'] },

  'osv-scanner/source.json': {
    run: 'sca | – | – | –',
    results: [
      'GHSA-c3h9-896r-86jm | high |  | go.mod | pkg:golang/github.com/gogo/protobuf@1.3.1 | GHSA-C3H9-896R-86JM GO-2021-0053 CVE-2021-3121 | upgrade to 1.3.2',
      'GHSA-35jh-r3h4-6jhm | high |  | package-lock.json | pkg:npm/lodash@4.17.20 | GHSA-35JH-R3H4-6JHM CVE-2021-23337 CWE-94 | upgrade to 4.17.21',
      `GHSA-5555-6666-7777 | unknown |  | package-lock.json | ${retry} | GHSA-5555-6666-7777 CVE-2099-1003 | no fix`,
      // A last version that is known to be affected is not "no fix".
      `GHSA-6666-7777-8888 | low |  | package-lock.json | ${retry} | GHSA-6666-7777-8888 | nobody says`,
      // In no group.
      `MAL-2025-1 | unknown |  | package-lock.json | ${retry} | MAL-2025-1 | nobody says`,
      `license GPL-3.0-only | unknown |  | package-lock.json | ${retry} |  | nobody says`,
      `deprecated | unknown |  | package-lock.json | ${retry} |  | nobody says`,
    ],
  },
  // What mends it in Debian 11 mends nothing in Debian 12.
  'osv-scanner/image.json': {
    run: 'container sca | – | – | –',
    results: [
      'DEBIAN-CVE-2024-5535 | critical |  | /var/lib/dpkg/status | pkg:deb/debian/openssl@3.0.11-1~deb12u2?distro=debian-12 | DEBIAN-CVE-2024-5535 CVE-2024-5535 | no fix',
      'UBUNTU-CVE-2024-1 | medium |  | /var/lib/dpkg/status | pkg:deb/ubuntu/bash@5.2?distro=ubuntu-24.04 | UBUNTU-CVE-2024-1 CVE-2024-1 | upgrade to 5.2.21-2ubuntu5',
      'etc-shadow-weakcredentials | critical |  |  |  |  | Change the passwords',
    ],
  },
  'osv-scanner/clean.json': { run: 'sca | – | – | –', results: [] },
  'osv-scanner/nothing-named.json': { codes: ['RESULTS_MISSING'] },
  'osv-scanner/no-lockfile.json': { codes: ['RESULTS_MISSING'] },
  'osv-scanner/no-package.json': { codes: ['RESULTS_MISSING'] },

  'npm-audit/vulnerable.json': {
    run: 'sca | – | – | –',
    results: [
      'GHSA-35jh-r3h4-6jhm | high |  | node_modules/lodash | pkg:npm/lodash | GHSA-35JH-R3H4-6JHM CWE-77 CWE-94 | upgrade to what `npm audit fix` installs',
      'GHSA-vh95-rmgr-6w4m | medium |  | node_modules/minimist | pkg:npm/minimist | GHSA-VH95-RMGR-6W4M CWE-1321 | upgrade to mkdirp 0.5.6',
      'GHSA-xvch-5gv4-984h | critical |  | node_modules/minimist | pkg:npm/minimist | GHSA-XVCH-5GV4-984H CWE-1321 | upgrade to mkdirp 0.5.6',
      'npm-7 | low |  | node_modules/qs | pkg:npm/qs |  | no fix',
    ],
  },
  'npm-audit/clean.json': { run: 'sca | – | – | –', results: [] },
  'npm-audit/no-dependencies.json': { codes: ['RESULTS_MISSING'] },
  'npm-audit/no-lockfile.json': { codes: ['SCAN_FAILED'] },
  'npm-audit/refused.json': { codes: ['SCAN_FAILED'] },
  'npm-audit/cut.json': {
    codes: ['TRUNCATED'],
    run: 'sca | – | – | –',
    results: ['(no id) | medium |  | node_modules/mkdirp | pkg:npm/mkdirp |  | upgrade to mkdirp 0.5.6'],
  },
  'npm-audit/changed.json': {
    codes: ['TRUNCATED'],
    run: 'sca | – | – | –',
    results: [
      'GHSA-35jh-r3h4-6jhm | high |  | node_modules/lodash | pkg:npm/lodash | GHSA-35JH-R3H4-6JHM CWE-77 CWE-94 | upgrade to what `npm audit fix` installs',
    ],
  },
  // Names that lead to no advisory are findings of their own.
  'npm-audit/name-without-advisory.json': {
    run: 'sca | – | – | –',
    results: [
      '(no id) | medium |  | node_modules/mkdirp | pkg:npm/mkdirp |  | upgrade to mkdirp 0.5.6',
      '(no id) | high |  | node_modules/a | pkg:npm/a |  | no fix',
      '(no id) | high |  | node_modules/b | pkg:npm/b |  | no fix',
    ],
  },
  'npm-audit/npm6.json': {
    run: 'sca | – | – | –',
    results: [
      'npm-9 | low |  |  | pkg:npm/qs | CWE-94 | no fix',
      'GHSA-35jh-r3h4-6jhm | high |  |  | pkg:npm/lodash | GHSA-35JH-R3H4-6JHM CVE-2021-23337 CWE-94 | upgrade to 4.17.21',
    ],
  },
  'npm-audit/pnpm.json': {
    run: 'sca | – | – | –',
    results: [
      'GHSA-5555-6666-7777 | medium |  |  | pkg:npm/%40example/retry | GHSA-5555-6666-7777 CWE-94 | no fix',
      'GHSA-35jh-r3h4-6jhm | high |  |  | pkg:npm/lodash | GHSA-35JH-R3H4-6JHM CWE-77 CWE-94 | upgrade to 4.17.21',
    ],
  },
  'npm-audit/pnpm-filtered.json': { codes: ['TRUNCATED'], run: 'sca | – | – | –', results: [] },
  'npm-audit/pnpm-no-lockfile.json': { codes: ['SCAN_FAILED'] },
};

describe.each(['trivy', 'grype', 'osv-scanner', 'npm-audit'])('reports for the source %s', (type) => {
  it.each(Object.entries(table).filter(([file]) => file.startsWith(`${type}/`)))('%s', async (file, expected) => {
    const { codes, run, results } = await reading(await formatOf(type), fixture(file));
    expect(codes).toEqual(expected.codes ?? []);
    const facts = run && [run.categories.join(' '), run.revision, run.ended, run.database, run.image?.join(' ')];
    const [image, ...others] = (facts ?? []).toReversed();
    expect(facts && [...others.toReversed().map((x) => x ?? '–'), ...(image ? [image] : [])].join(' | ')).toBe(
      expected.run,
    );
    expect(results.map(line)).toEqual(expected.results ?? []);
  });

  it('has no fixture beside the table', () => {
    for (const name of readdirSync(join(folder, type))) expect(Object.keys(table)).toContain(`${type}/${name}`);
  });

  it('says of the reports of others whose they are', async () => {
    const others = Object.keys(table).filter((file) => !file.startsWith(`${type}/`) && !expectedToFail(file));
    for (const file of others) {
      const { codes, problems } = await reading(await formatOf(type), fixture(file));
      expect(codes, file).toEqual(['NOT_A_REPORT']);
      const [other] = file.split('/');
      if (!/npm6|pnpm/.test(file)) expect(problems[0]?.message, file).toContain(`type: ${other}`);
    }
  });
});

/** What is the report of nobody, or an error that npm shares with others. */
const expectedToFail = (file: string): boolean => /\.txt$|no-lockfile|refused/.test(file);

it('no report shows a secret', async () => {
  for (const file of Object.keys(table)) {
    const { codes, run, results, ...others } = await reading(await formatOf(file.split('/')[0] ?? ''), fixture(file));
    const shown = JSON.stringify({ codes, run, results, others });
    for (const hidden of ['hunter2', 'export TOKEN', 'sam@example.com']) expect(shown, file).not.toContain(hidden);
  }
});

it('what was scanned without support is told', async () => {
  const notes = async (file: string) => (await reading(await formatOf(file.split('/')[0] ?? ''), fixture(file))).notes;
  expect(await notes('trivy/image.json')).toEqual([expect.stringMatching(/debian 10\.13 is no longer supported/)]);
  expect(await notes('grype/image.json')).toEqual([
    expect.stringMatching(/1 package of a distribution that is no long/),
  ]);
});
