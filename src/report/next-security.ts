/** What to do next about scans, by the code of a reading. One sentence without its first capital and its last stop; backticks mark code. */

const written =
  'have the scanner write its results in a step before this one, and check the paths in `files`; a scan that is not there is not a clean one';
const broken =
  "see the scanner's own log: it wrote no complete report. Let it write the file itself, to a path of its own, and run it again";
const format = 'let the scanner write the format and version that the source reads; its page names the option';
const log = "see the scanner's own log: it did not finish, so its findings are not all of them";
const rescan = 'scan again in this run, and read the results of that scan';
const beside = (what: string) =>
  `mend ${what} that the policy names (the reason above says where): without it nobody knows what counts`;
const downloaded = (what: string) =>
  `see that the step which downloads ${what} went well: a list that cannot be read says of nothing that it is exploited`;

export const bySecurityCode: Readonly<Record<string, string>> = {
  findings:
    'fix what stands against the policy, the worst first, then scan and release the new commit; for what does not apply write a waiver, by the identity that stands beside it, with an owner, a reason and an end',

  'no-report': written,
  'no-data': written,
  'outside-workspace': 'write the results into the workspace; what lies outside of it is not read, links included',
  'empty-file': broken,
  unreadable: broken,
  'producer-failed': broken,
  'results-missing': broken,
  'no-runs': broken,
  'no-tool': broken,
  'malformed-result': broken,
  'duplicate-keys': 'let the scanner write each key once: which of two counts would be a guess',
  'too-large': 'let the scanner report less into one file, or write several',
  'bad-encoding': 'write the report as UTF-8; in PowerShell with `Out-File -Encoding utf8` in place of `>`',
  'not-sarif': format,
  'not-a-report': format,
  'unsupported-version': format,
  'external-results':
    'put the files beside the report to which it points, or let the scanner write everything into one',
  'more-problems': 'mend what is wrong with the report; the record has the whole list',
  'scan-failed': `${log}; where they are complete enough all the same, say so in \`tolerate\` with a reason and an end`,
  'execution-unknown':
    'let the scanner write `invocations`, or be content with scans that do not say it: `execution-required: false`',
  partial: log,

  'commit-unknown':
    'tell the scanner which commit it scans (`versionControlProvenance` in SARIF), or use `commit-required: false`',
  'wrong-commit': 'scan the commit that is released, in this run',
  'wrong-image': 'scan the image that is released, by its digest',
  'image-unknown': 'scan the image by its digest and let the report name it, or leave out `image`',
  stale: rescan,
  'age-unknown':
    'let the scanner write when it ended (`invocations` in SARIF); without it leave out `max-age`, and scan in this run',
  clock: 'set the clocks of the runner and of the scanner right',
  'database-stale': "update the scanner's vulnerability data (its cache in this job may be old), then scan again",
  'database-age-unknown':
    "use a format that says how old the vulnerability data are (Grype's own JSON), or leave out `database-max-age`",

  'tool-missing': 'run the missing scanner before this step, or correct its name in `require`',
  'category-missing':
    'run a scanner of that kind before this step; one that Signalbox does not know is named in `categories`',
  'too-few-rules': 'see that the scanner loaded all of its rules, or lower `rules` in `require`',

  'not-analysed':
    'let the analysis of this very commit end before this step, or give it time with a longer `deadline`; see that its workflow runs for this branch or tag',
  'analysis-error': 'open the analysis on the platform and mend what it failed at, then analyse this commit again',
  'analysis-incomplete':
    'open the analysis on the platform: it warns that it is not complete; mend that and analyse again',
  truncated:
    'the platform keeps only a part of so many results: mend or exclude the bulk of them, or read the SARIF file itself with a source `sarif`',
  'no-permission': 'give the credential of this source the permission that the reason names (reading is enough)',
  'not-enabled':
    'switch the scanning on for this repository, and see that the credential may see it: without the right the platform answers the same',
  'bad-query': 'mend what the reason names in the source, in the policy',
  throttled: 'run this step again when the limit is over; a token of its own has a limit of its own',
  'api-unavailable': 'see the status page of the platform, then run this step again',

  'waivers-unreadable': beside('the file of waivers'),
  'vex-unreadable': beside('the VEX document'),
  'baseline-unreadable': beside('the baseline'),
  'kev-unreadable': downloaded("CISA's catalog"),
  'epss-unreadable': downloaded('the EPSS scores'),
};
