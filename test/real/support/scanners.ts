/** Scanners that others write, built by `test/real/scanners/build.sh`, and the small project of ours that they scan. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from '../../e2e/support/step.js';

const here = resolve(import.meta.dirname, '../scanners');
const built = join(root, '.cache/scanners');

/** Looks like a key, and is none. It never stands here in one piece, so that nobody's scanner takes it for one of ours. */
export const fakeSecret = ['AKIA', 'SIGNALBOXFAKE234'].join('');

/** Who commits the sample. Some scanners write it into their results; nobody else is to see it. */
export const author = { name: 'Sample Author', email: 'sample.author@example.com', message: 'Commit of the sample' };

/** A repository with one commit, in which reports go to `results/`. */
export interface Checkout {
  readonly folder: string;
  readonly commit: string;
}

/** Makes a repository of the vulnerable sample, with the fake secret in `backup.env`, or of its clean twin. */
export function checkOut(which: 'sample' | 'clean'): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-scanned-'));
  cpSync(join(here, which), folder, { recursive: true });
  if (which === 'sample') writeFileSync(join(folder, 'backup.env'), `export AWS_ACCESS_KEY_ID=${fakeSecret}\n`);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  git('add', '--all');
  const as = ['-c', `user.name=${author.name}`, '-c', `user.email=${author.email}`, '-c', 'commit.gpgsign=false'];
  git(...as, 'commit', '--quiet', '--message', author.message);
  mkdirSync(join(folder, 'results'));
  return { folder, commit: git('rev-parse', 'HEAD') };
}

export const remove = ({ folder }: Checkout): void => rmSync(folder, { recursive: true, force: true });

/** A scanner with one of the formats that it writes. */
export interface Scanner {
  /** As its results call it. */
  readonly tool: string;
  /** Type of the source that reads the report. */
  readonly source: 'sarif' | 'osv-scanner' | 'trivy';
  /** Relative to the checkout. */
  readonly report: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** How it ends when it finds something. */
  readonly exitCode: number;
  /** The least severe finding that is to stop the train. */
  readonly block: 'high' | 'medium';
  /** What it must find in the sample, worst first: severity, rule and file. */
  readonly finds: readonly (readonly [string, string, string])[];
  /** Whether its report holds the secret that it found. */
  readonly tellsSecrets?: true;
  /** The report itself says which commit was scanned. */
  readonly namesCommit?: true;
}

const osvDatabase = join(built, 'osv-database');
const osvScanner = (more: Pick<Scanner, 'source' | 'finds'>, ...format: [string, ...string[]]): Scanner => {
  const report = `results/osv-scanner.${format[0]}`;
  const args = ['scan', 'source', '--offline', '--recursive', '--format', ...format, '--output-file', report, '.'];
  return {
    tool: 'osv-scanner',
    report,
    command: [join(built, 'osv-scanner'), ...args],
    env: { OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY: osvDatabase },
    exitCode: 1,
    block: 'high',
    ...more,
  };
};

const trivyCache = join(built, 'trivy-cache');
const trivy = (source: 'sarif' | 'trivy', format: string): Scanner => {
  const report = `results/trivy.${format}`;
  const offline = ['--skip-db-update', '--skip-check-update', '--skip-version-check', '--offline-scan'];
  const args = ['--quiet', '--disable-telemetry', ...offline, '--format', format, '--output', report, '.'];
  return {
    tool: 'Trivy',
    source,
    report,
    command: [join(built, 'trivy'), 'fs', '--scanners', 'vuln,secret,misconfig', ...args],
    env: { TRIVY_CACHE_DIR: trivyCache },
    exitCode: 0,
    block: 'high',
    finds: [
      ['critical', 'CVE-2099-1001', 'package-lock.json'],
      // In SARIF all packages share one rule, whose score is here that of another package: only the level tells.
      [source === 'sarif' ? 'high' : 'critical', 'CVE-2099-1002', 'go.mod'],
      ['critical', 'aws-access-key-id', 'backup.env'],
      ['high', 'KSV-0017', 'deploy/pod.yaml'],
      ['high', 'DS-0002', 'Dockerfile'],
      ['unknown', 'CVE-2099-1003', 'package-lock.json'],
    ],
    ...(source === 'trivy' ? { namesCommit: true } : {}),
  };
};

const eslint = join(built, 'eslint/node_modules');

/** Trivy takes long to build, so it is there only where all scanners are asked for. */
export const scanners: readonly Scanner[] = [
  {
    tool: 'gosec',
    source: 'sarif',
    report: 'results/gosec.sarif',
    command: [join(built, 'gosec'), '-track-suppressions', '-fmt', 'sarif', '-out', 'results/gosec.sarif', './...'],
    exitCode: 1,
    block: 'high',
    finds: [
      ['high', 'G702', 'backup.go'],
      ['medium', 'G401', 'backup.go'],
      ['low', 'G104', 'backup.go'],
    ],
  },
  {
    tool: 'gitleaks',
    source: 'sarif',
    report: 'results/gitleaks.sarif',
    command: [join(built, 'gitleaks'), 'git', '--no-banner', '-f', 'sarif', '-r', 'results/gitleaks.sarif', '.'],
    exitCode: 1,
    block: 'high',
    finds: [['critical', 'aws-access-token', 'backup.env']],
    tellsSecrets: true,
  },
  osvScanner(
    {
      source: 'sarif',
      finds: [
        ['critical', 'CVE-2099-1001', 'package-lock.json'],
        ['unknown', 'GHSA-5555-6666-7777', 'package-lock.json'],
        ['medium', 'CVE-2099-1002', 'go.mod'],
      ],
    },
    'sarif',
  ),
  osvScanner(
    {
      source: 'osv-scanner',
      finds: [
        ['critical', 'GHSA-2222-3333-4444', 'package-lock.json'],
        ['unknown', 'GHSA-5555-6666-7777', 'package-lock.json'],
        ['medium', 'GO-2099-0001', 'go.mod'],
      ],
    },
    'json',
    '--all-packages',
  ),
  {
    tool: 'ESLint',
    source: 'sarif',
    report: 'results/eslint.sarif',
    command: [
      process.execPath,
      join(eslint, 'eslint/bin/eslint.js'),
      `--config=${join(built, 'eslint/eslint.config.js')}`,
      `--format=${join(eslint, '@microsoft/eslint-formatter-sarif/sarif.js')}`,
      '--output-file=results/eslint.sarif',
      '.',
    ],
    exitCode: 0,
    // The plugin's recommended configuration only warns.
    block: 'medium',
    finds: [
      ['medium', 'security/detect-child-process', 'upload.js'],
      ['medium', 'security/detect-unsafe-regex', 'upload.js'],
    ],
  },
  ...(process.env.SIGNALBOX_SCANNERS === 'all' ? [trivy('sarif', 'sarif'), trivy('trivy', 'json')] : []),
];

/** Writes the vulnerability databases that scanners find offline. */
export function writeDatabases(): void {
  const advisories = join(here, 'osv-scanner/advisories');
  for (const [ecosystem, prefix] of [
    ['npm', 'GHSA-'],
    ['Go', 'GO-'],
  ] as const) {
    const files = readdirSync(advisories).filter((name) => name.startsWith(prefix));
    const folder = join(osvDatabase, 'osv-scalibr', ecosystem);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    execFileSync('zip', ['--quiet', join(folder, 'all.zip'), ...files], { cwd: advisories });
  }
  if (scanners.some(({ tool }) => tool === 'Trivy')) {
    rmSync(trivyCache, { recursive: true, force: true });
    execFileSync(join(built, 'trivy-database'), [join(here, 'trivy/database/entries.json'), trivyCache]);
  }
}

/**
 * Lets the scanner scan the checkout.
 *
 * @param killAfterMs kills it when it takes longer
 * @returns how it ended (null: killed), and its report, if it wrote one
 */
export async function scan(
  { command, env, report }: Scanner,
  { folder }: Checkout,
  killAfterMs?: number,
): Promise<{ code: number | null; report: string | undefined }> {
  const [program, ...args] = command;
  const heard = process.env.SIGNALBOX_VERBOSE === undefined ? 'ignore' : 'inherit';
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', heard, heard] });
  const killer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(killer);
  const written = join(folder, report);
  return { code, report: existsSync(written) ? readFileSync(written, 'utf8') : undefined };
}
