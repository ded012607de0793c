/** Secrets in texts of scanners, by the shapes that services give them. The last resort: readers leave code snippets out anyway. */

/** Each is anchored at a fixed prefix and bounded in length, so that no text takes long. */
const shapes: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g,
  /\bgh[oprsu]_[A-Za-z0-9]{20,255}\b/g,
  /\bgithub_pat_\w{20,255}\b/g,
  /\bgl(?:pat|ptt|dt|rt|cbt|soat)-[\w-]{16,255}/g,
  /\bxox[abeoprs]-[\w-]{10,255}/g,
  /\bnpm_[A-Za-z0-9]{30,64}\b/g,
  /\bpypi-[\w-]{30,255}/g,
  /\bsk_(?:live|test)_[A-Za-z0-9]{16,255}\b/g,
  /\bsk-(?:proj-|ant-)?[\w-]{20,255}/g,
  /\bAIza[\w-]{35}/g,
  /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,2000}/g,
  /(?<=\/\/)[^\s/:@]{1,200}:[^\s/@]{1,200}(?=@)/g,
  /(?<=\b(?:AccountKey|SharedAccessKey|sig)=)[A-Za-z0-9+/%=_-]{16,300}/g,
  /(?<=\b(?:password|passwd|pwd|secret|token|api[_-]?key)["']?\s{0,3}[:=]\s{0,3}["']?)[^\s"'&,;<>]{6,300}/gi,
];

/** What every shape has in it; most texts have none of it, and there may be a million of them. */
const hint =
  /BEGIN|A(?:KI|SI|RO|ID)A|gh[oprsu]_|github_pat|gl[a-z]{2,4}-|xox|npm_|pypi-|sk[-_]|AIza|eyJ|:\/\/|AccountKey|AccessKey|sig=|pass|pwd|secret|token|api[_-]?key/i;

/** The text with everything that looks like a secret as `***`. */
export const maskSecrets = (text: string): string =>
  hint.test(text) ? shapes.reduce((masked, shape) => masked.replace(shape, '***'), text) : text;
