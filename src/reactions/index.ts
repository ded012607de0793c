/** Every kind of annotation, by its `type` in the policy. */
import { applicationInsightsAnnotation } from './annotations/application-insights.js';
import { datadogAnnotation } from './annotations/datadog.js';
import { dynatraceAnnotation } from './annotations/dynatrace.js';
import { githubDeploymentAnnotation } from './annotations/github-deployment.js';
import { grafanaAnnotation } from './annotations/grafana.js';
import { newRelicAnnotation } from './annotations/new-relic.js';
import { sentryAnnotation } from './annotations/sentry.js';
import type { AnnotationType } from './reaction.js';

export const annotationTypes: readonly AnnotationType[] = [
  applicationInsightsAnnotation,
  datadogAnnotation,
  dynatraceAnnotation,
  githubDeploymentAnnotation,
  grafanaAnnotation,
  newRelicAnnotation,
  sentryAnnotation,
];

export const annotationTypeOf = (type: string | undefined): AnnotationType | undefined =>
  annotationTypes.find((t) => t.type === type);
