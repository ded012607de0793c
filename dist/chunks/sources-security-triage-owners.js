import { vr as oneLine } from "./shared.js";
import { W as compileGlobs } from "./scans.js";
// build/sources/security/triage/owners.js
/**
* Who is to mend what stands in a file: CODEOWNERS as GitHub and GitLab read it.
*
* GitHub: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
* GitLab: https://docs.gitlab.com/user/project/codeowners/reference/
*/
/** Where the platforms look, in this order. */
const ownerPlaces = [
	".github/CODEOWNERS",
	"CODEOWNERS",
	"docs/CODEOWNERS",
	".gitlab/CODEOWNERS"
];
/** A file of people is not longer; beyond it is no longer worth the time. */
const mostEntries = 2e4;
const headingForm = /^\^?\[([^\]]+)\](?:\[\d+\])?(?:\s(.*))?$/;
/** Accounts, teams, roles and mail addresses; other words name nobody. */
const ownersIn = (words) => words.filter((word) => /^@[^@\s]|^@@[^@\s]|^[^@\s]+@[^@\s]+$/.test(word));
/**
* @returns who owns a file, several with a comma between; undefined: nobody does
*/
function parseOwners(text) {
	const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
	const gitlab = lines.some((line) => headingOf(line) !== void 0);
	const sections = /* @__PURE__ */ new Map([["", {
		owners: [],
		entries: []
	}]]);
	let current = sections.get("");
	for (const line of lines.slice(0, mostEntries)) {
		const heading = headingOf(line);
		if (heading) {
			const { name, owners } = heading;
			current = {
				owners,
				entries: sections.get(name)?.entries ?? []
			};
			sections.set(name, current);
		} else {
			const entry = entryOf(line, gitlab, current.owners);
			if (entry) current.entries.push(entry);
		}
	}
	const all = [...sections.values()].map(({ entries }) => entries);
	return (file) => {
		const owners = new Set(all.flatMap((entries) => ownersOf(entries, file)));
		return owners.size === 0 ? void 0 : oneLine([...owners].join(", "));
	};
}
function headingOf(line) {
	const [, name, rest = ""] = headingForm.exec(line.trim()) ?? [];
	if (name === void 0) return void 0;
	return {
		name: name.trim().toLowerCase(),
		owners: ownersIn(wordsOf(rest))
	};
}
/** The last entry that fits holds. */
function ownersOf(entries, file) {
	const fitting = entries.filter((entry) => entry.fits(file));
	if (fitting.some(({ excludes }) => excludes)) return [];
	return fitting.at(-1)?.owners ?? [];
}
/** Up to a comment; `\ ` and `\#` are part of a word. */
function wordsOf(line) {
	const words = [];
	let word;
	for (let i = 0; i < line.length; i++) {
		const letter = line.charAt(i);
		if (letter === "\\" && i + 1 < line.length) {
			i += 1;
			word = (word ?? "") + line.charAt(i);
		} else if (/\s/.test(letter)) {
			if (word !== void 0) words.push(word);
			word = void 0;
		} else if (letter === "#" && word === void 0) break;
		else word = (word ?? "") + letter;
	}
	return word === void 0 ? words : [...words, word];
}
function entryOf(line, gitlab, fallback) {
	const [first, ...rest] = wordsOf(line);
	if (first === void 0) return void 0;
	const excludes = first.startsWith("!");
	if (excludes && !gitlab) return void 0;
	const owners = ownersIn(rest);
	return {
		excludes,
		owners: gitlab && owners.length === 0 ? fallback : owners,
		fits: compileGlobs(globsOf(excludes ? first.slice(1) : first, gitlab), { braces: false })
	};
}
/** As in `.gitignore`: a pattern names a file or all that is below a directory, but `docs/*` does not reach further down. */
function globsOf(pattern, gitlab) {
	const bare = pattern.replace(/\/$/, "");
	const path = `${(gitlab ? bare.startsWith("/") : bare.includes("/")) ? "" : "**/"}${bare.replace(/^\//, "")}`;
	if (pattern.endsWith("/")) return [`${path}/**`];
	return path.endsWith("/*") && path !== "**/*" ? [path] : [path, `${path}/**`];
}
export { ownerPlaces, parseOwners };
