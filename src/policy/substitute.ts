/** `${env.NAME}` and `${release.NAME}`, the only substitutions; `$${` stands for a literal `${`. */
import { didYouMean } from './problems.js';

export interface Values {
  /** Environment variables by name. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is known of the release; a known name without a value is undefined. Absent: `${release.*}` is not allowed here. */
  readonly release?: Readonly<Record<string, string | undefined>>;
}

export interface Substituted {
  readonly text: string;
  /** Values that came from the environment. */
  readonly fromEnv: readonly string[];
  /** What is no substitution, or names nothing that exists, as sentences. */
  readonly wrong: readonly string[];
  /** What exists but has no value in this run, as sentences. */
  readonly unset: readonly string[];
}

/** One pass: what a value brings in is never substituted again. */
export function substitute(text: string, values: Values): Substituted {
  const fromEnv: string[] = [];
  const wrong: string[] = [];
  const unset: string[] = [];
  const result = text.replace(/\$\$\{|\$\{([^}]*)\}?/g, (match, inner: string | undefined) => {
    if (inner === undefined) return '${';
    const [, space, name] = /^(env|release)\.([A-Za-z_][\w-]*)$/.exec(inner) ?? [];
    if (!match.endsWith('}') || space === undefined || name === undefined) {
      const near = didYouMean(inner.split('.')[0] ?? '', ['env', 'release']);
      wrong.push(
        `\`${match}\` is no substitution; expected \`\${env.NAME}\` or \`\${release.NAME}\`${near} (\`$\${\` writes a literal \`\${\`)`,
      );
      return match;
    }
    const known = space === 'env' ? values.env : values.release;
    const value = known && Object.hasOwn(known, name) ? known[name] : undefined;
    if (value !== undefined) {
      if (space === 'env') fromEnv.push(value);
      return value;
    }
    if (known === undefined) wrong.push(`\`${match}\` cannot be used inside \`release\` itself`);
    else if (space === 'env')
      unset.push(`the environment variable \`${name}\` is not set${didYouMean(name, Object.keys(known))}`);
    else if (Object.hasOwn(known, name))
      unset.push(`\`release.${name}\` is not known in this run: give it as an input or under \`release\``);
    else
      wrong.push(
        `there is no \`release.${name}\`${didYouMean(name, Object.keys(known))} (known: ${Object.keys(known).join(', ')})`,
      );
    return match;
  });
  return { text: result, fromEnv, wrong, unset };
}
