/** CloudWatch's API by its JSON protocol (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference). */
import { type AwsConfig, sendToAws } from '../../../net/auth/aws.js';
import { awsErrorOf, awsWords } from '../../../net/auth/aws-errors.js';
import { parseJson } from '../../../net/json.js';
import { NotMeasured, type SourceContext } from '../../source.js';

export interface Cloudwatch {
  readonly region: string;
  /** Of CloudWatch's pages for people: `https://…/cloudwatch/home?region=…#`. */
  readonly pages: string;
  readonly origin: string;
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Calls one operation, which needs the permission `cloudwatch:` and its name.
   *
   * @throws {NotMeasured} `unauthorized`, `forbidden`, `throttled`, `bad-query`, `query-failed`, `bad-answer`
   */
  call(operation: string, input: object, signal: AbortSignal): Promise<unknown>;
}

function consoleOf(region: string): string {
  if (region.startsWith('cn-')) return `https://${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return 'https://console.amazonaws-us-gov.com';
  return `https://${region}.console.aws.amazon.com`;
}

/** @param url without a slash at its end */
export function openCloudwatch(config: AwsConfig, url: string, context: SourceContext): Cloudwatch {
  const { region } = config;
  const { origin } = new URL(url);
  return {
    region,
    pages: `${consoleOf(region)}/cloudwatch/home?region=${region}#`,
    origin,
    now: () => context.clock.now(),
    async call(operation, input, signal) {
      const request = {
        url: `${url}/`,
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          accept: 'application/json',
          'x-amz-target': `GraniteServiceVersion20100801.${operation}`,
        },
        body: JSON.stringify(input),
        signal,
      } as const;
      const response = await sendToAws(context, config, 'monitoring', request, `\`cloudwatch:${operation}\``);
      const error = awsErrorOf(response);
      if (error) {
        const permanent = /^(?:Invalid(?!NextToken)|MissingRequired|Validation|Serialization|Limit)/.test(error.code);
        const message = `CloudWatch refuses the request (${response.status})${awsWords(error)}`;
        throw new NotMeasured(permanent ? 'bad-query' : 'query-failed', message, { permanent });
      }
      return parseJson(response, origin);
    },
  };
}

export const notCloudwatch = (origin: string): NotMeasured =>
  new NotMeasured('bad-answer', `${origin} answered something that is not CloudWatch's API: is \`endpoint\` right?`);

/**
 * An instant of an answer: seconds since the epoch.
 *
 * @returns milliseconds; undefined for none
 */
export const millis = (seconds: number | null | undefined): number | undefined =>
  typeof seconds === 'number' && seconds > 0 && seconds < 8.64e12 ? Math.round(seconds * 1000) : undefined;
