/** The version that the reference of a container image names. */

/** `registry:5000/shop/checkout:1.2.3@sha256:…` */
const form = /^[^@]*?(?::(?<tag>[\w.-]{1,128}))?(?:@(?<digest>[\w+.-]+:[0-9a-f]+))?$/i;

/** Tags that are moved from image to image by custom. */
const movingTags: ReadonlySet<string> = new Set(['latest', 'stable', 'edge', 'main', 'master']);

/** Its tag, or its digest where the tag says nothing; undefined where neither does. */
export function versionOfImage(image: string): string | undefined {
  const { tag, digest } = form.exec(image)?.groups ?? {};
  return tag !== undefined && !movingTags.has(tag) ? tag : digest;
}
