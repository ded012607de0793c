// build/sources/text.js
/** Texts from outside, made fit for a reason, a note or a table. */
/** Control characters and line breaks become spaces, and what is longer than `most` characters is cut. */
function oneLine(text, most = 200) {
	const flat = text.slice(0, most * 20).replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
	if (flat.length <= most) return flat.replace(/[\uD800-\uDBFF]$/, "");
	return `${flat.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "").trimEnd()}…`;
}
export { oneLine as t };
