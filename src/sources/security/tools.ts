/** What is known of scanners by their name. */
import type { Category } from '../../record/scans.js';

/** In lower case, as results name the tool. A tool that looks for what it was told to is not here: its runs must show it. */
const known: Readonly<Record<string, readonly Category[]>> = {
  codeql: ['sast'],
  semgrep: ['sast'],
  'semgrep oss': ['sast'],
  'semgrep pro': ['sast'],
  'snyk code': ['sast'],
  snykcode: ['sast'],
  'snyk open source': ['sca'],
  'snyk container': ['container', 'sca'],
  'snyk iac': ['iac'],
  'snyk secrets': ['secrets'],
  gosec: ['sast'],
  bandit: ['sast'],
  brakeman: ['sast'],
  eslint: ['sast'],
  spotbugs: ['sast'],
  'find security bugs': ['sast'],
  flawfinder: ['sast'],
  cppcheck: ['sast'],
  devskim: ['sast'],
  sonarqube: ['sast'],
  psalm: ['sast'],
  mobsfscan: ['sast'],
  'security code scan': ['sast'],
  gitleaks: ['secrets'],
  trufflehog: ['secrets'],
  'detect-secrets': ['secrets'],
  'github secret scanning': ['secrets'],
  'microsoft security devops credential scanner': ['secrets'],
  credscan: ['secrets'],
  ggshield: ['secrets'],
  grype: ['sca'],
  'osv-scanner': ['sca'],
  'npm audit': ['sca'],
  dependabot: ['sca'],
  'dependency-check': ['sca'],
  govulncheck: ['sca'],
  'anchore container vulnerability report (t0)': ['container', 'sca'],
  checkov: ['iac'],
  kics: ['iac'],
  tfsec: ['iac'],
  terrascan: ['iac'],
  templateanalyzer: ['iac'],
  'template analyzer': ['iac'],
  psrule: ['iac'],
  hadolint: ['iac'],
  kubescape: ['iac'],
  'kube-linter': ['iac'],
  monokle: ['iac'],
  zap: ['dast'],
  'owasp zap': ['dast'],
  dalfox: ['dast'],
  nuclei: ['dast'],
};

/** What a tool looks for, as far as its name tells. */
export const categoriesOf = (tool: string): readonly Category[] => known[tool.trim().toLowerCase()] ?? [];

/** Tools whose level is the same for every result, so that it says nothing. */
const constantLevel: ReadonlySet<string> = new Set(['osv-scanner', 'gitleaks', 'dependency-check']);

export const levelIsConstant = (tool: string): boolean => constantLevel.has(tool.trim().toLowerCase());
