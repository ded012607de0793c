/** The security sources: one line each. */
import type { SourceType } from '../source.js';
import { sarifSource } from './sarif/index.js';

export const securitySources: readonly SourceType[] = [sarifSource];
