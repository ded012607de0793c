import { vr as oneLine, xr as didYouMean } from "./shared.js";
import { B as sameName, C as asArray, D as isAbsent, E as asText, R as covers, T as asObject, z as parsePurl } from "./scans.js";
// build/sources/security/triage/vex-claims.js
const hashForm = /^[0-9a-f]{32,128}$/;
/** `SHA-256` and digits as `sha256:…`; undefined: it is no hash. */
function digestOf(algorithm, digits) {
	const hex = digits.trim().toLowerCase();
	return hashForm.test(hex) ? `${algorithm.toLowerCase().replace(/^sha-/, "sha")}:${hex}` : void 0;
}
const digestForm = /^([a-z0-9-]+):([0-9a-f]{32,128})$/i;
/** `sha256:…`, alone or as the version of an image: `ghcr.io/acme/app@sha256:…`. */
function imageDigest(text) {
	const [, algorithm = "", digits = ""] = digestForm.exec(text.slice(text.lastIndexOf("@") + 1)) ?? [];
	return digestOf(algorithm, digits);
}
const instantForm = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/i;
/** ISO 8601, without a zone in UTC; NaN: it is none. */
function instantOf(text) {
	const written = text?.trim() ?? "";
	const match = instantForm.exec(written);
	if (!match) return NaN;
	const [, time, zone] = match;
	return Date.parse(time !== void 0 && zone === void 0 ? `${written}Z` : written);
}
/** @param names package URLs, digests; what is neither names nothing */
function thingOf(names, hashes = []) {
	const purls = names.flatMap((name) => parsePurl(name.trim()) ?? []);
	const fromNames = names.flatMap((name) => parsePurl(name.trim()) ? [] : imageDigest(name.trim()) ?? []);
	const fromVersions = purls.flatMap(({ version = "" }) => imageDigest(version) ?? []);
	return {
		purls,
		digests: [.../* @__PURE__ */ new Set([
			...hashes,
			...fromNames,
			...fromVersions
		])]
	};
}
// build/sources/security/triage/vex-versions.js
/** `affects[].versions` of CycloneDX: single versions, and ranges in the form `vers:`, of which only the plain ones can be decided here. */
/**
* @param excuses whether the statement excuses: then what cannot be decided is not meant, otherwise it is
* @returns undefined: all versions are meant
*/
function versionTest(versions, excuses) {
	if (isAbsent(versions)) return void 0;
	const list = asArray(versions);
	if (list?.length === 0) return void 0;
	const entries = (list ?? [versions]).map((x) => asObject(x) ?? {});
	const statusOf = ({ status }) => asText(status);
	if (!excuses) return (version) => version === void 0 || entries.some((e) => statusOf(e) !== "unaffected" && meant(e, version) !== "no");
	const good = entries.filter((e) => isAbsent(e.status) || statusOf(e) === "unaffected");
	const bad = entries.filter((e) => !good.includes(e));
	return (version) => version !== void 0 && good.some((e) => meant(e, version) === "yes") && bad.every((e) => meant(e, version) === "no");
}
function meant({ version: single, range }, version) {
	if (typeof single === "string") return single === version ? "yes" : "no";
	const [, all] = /^vers:[a-z0-9.+-]+\/(.*)$/is.exec(asText(range)?.trim() ?? "") ?? [];
	if (all === void 0) return "unknown";
	const parts = all.split("|").map((part) => part.trim());
	if (parts.length === 1 && parts[0] === "*") return "yes";
	const plain = parts.filter((part) => !/^[<>!]/.test(part)).map((part) => plainVersion(part));
	if (plain.includes(version)) return "yes";
	return plain.length === parts.length && !plain.includes(void 0) ? "no" : "unknown";
}
function plainVersion(constraint) {
	try {
		return decodeURIComponent(constraint.replace(/^=\s*/, "")) || void 0;
	} catch {
		return;
	}
}
// build/sources/security/triage/vex-cyclonedx.js
/** CycloneDX with the analysis of vulnerabilities in it, JSON: https://cyclonedx.org/docs/1.6/json/#vulnerabilities */
const isCycloneDx = (document) => document.bomFormat === "CycloneDX";
/** What a state does to a finding; undefined: nothing. */
const states = /* @__PURE__ */ new Map([
	["not_affected", "VEX_NOT_AFFECTED"],
	["false_positive", "VEX_FALSE_POSITIVE"],
	["resolved", "VEX_FIXED"],
	["resolved_with_pedigree", "VEX_FIXED"],
	["exploitable", void 0],
	["in_triage", void 0]
]);
const justifications$1 = [
	"code_not_present",
	"code_not_reachable",
	"requires_configuration",
	"requires_dependency",
	"requires_environment",
	"protected_by_compiler",
	"protected_at_runtime",
	"protected_at_perimeter",
	"protected_by_mitigating_control"
];
/**
* @param say takes what is wrong
*/
function readCycloneDx(document, file, say) {
	const version = asText(document.specVersion) ?? "";
	if (!/^1\.[4-7]$/.test(version)) {
		say(`expected a CycloneDX document of \`specVersion\` 1.4 to 1.7, found ${version === "" ? "nothing" : `\`${oneLine(version, 40)}\``}`);
		return [];
	}
	const { vulnerabilities, metadata } = document;
	if (!isAbsent(vulnerabilities) && !asArray(vulnerabilities)) say("expected a list in `vulnerabilities`");
	const bom = new Bom(document);
	const made = asText(asObject(metadata)?.timestamp);
	return (asArray(vulnerabilities) ?? []).flatMap((one, index) => {
		const wrong = (message) => {
			say(`vulnerability ${index + 1}: ${message}`);
			return [];
		};
		const vulnerability = asObject(one);
		if (!vulnerability) return wrong("expected a map");
		const analysis = asObject(vulnerability.analysis);
		if (!analysis || isAbsent(analysis.state)) return [];
		const state = asText(analysis.state)?.trim() ?? "";
		if (!states.has(state)) {
			const known = [...states.keys()];
			return wrong(`expected the state ${known.join(", ")}, found another${didYouMean(state.slice(0, 40), known)}`);
		}
		const excuses = states.get(state);
		const label = asText(analysis.justification)?.trim() ?? "";
		const justification = justifications$1.includes(label) ? label : "";
		const detail = asText(analysis.detail) ?? "";
		const unjustified = excuses === "VEX_NOT_AFFECTED" && justification === "" && detail === "";
		return [{
			file,
			ids: idsOf$1(vulnerability),
			...excuses && !unjustified ? { excuses } : {},
			...unjustified ? { unjustified } : {},
			why: oneLine([justification, detail].filter((part) => part !== "").join(": ")),
			at: instantOf(asText(analysis.lastUpdated) ?? asText(analysis.firstIssued) ?? made),
			about: (asArray(vulnerability.affects) ?? []).flatMap((x) => {
				const { ref, versions } = asObject(x) ?? {};
				const test = versionTest(versions, excuses !== void 0 && !unjustified);
				return bom.about(asText(ref) ?? "").map((about) => test ? {
					...about,
					versions: test
				} : about);
			})
		}];
	});
}
function idsOf$1({ id, references }) {
	const names = [id, ...(asArray(references) ?? []).map((x) => asObject(x)?.id)];
	return [...new Set(names.flatMap((name) => asText(name)?.trim().toUpperCase() ?? []))];
}
/** The components of a document by their `bom-ref`. */
var Bom = class {
	/** What the document is about; absent: it does not say. */
	#product;
	#productRef;
	/** undefined: several go by this name. */
	#parts = /* @__PURE__ */ new Map();
	#link;
	constructor({ metadata, components, serialNumber, version }) {
		const product = asObject(asObject(metadata)?.component);
		this.#product = product && thingIn(product);
		this.#productRef = asText(product?.["bom-ref"]);
		const open = [...asArray(product?.components) ?? [], ...asArray(components) ?? []];
		for (let next = open.pop(); next !== void 0; next = open.pop()) {
			const component = asObject(next);
			const ref = asText(component?.["bom-ref"]);
			if (component && ref !== void 0) this.#parts.set(ref, this.#parts.has(ref) ? void 0 : thingIn(component));
			for (const inner of asArray(component?.components) ?? []) open.push(inner);
		}
		const [, serial] = /^urn:uuid:(\S+)$/i.exec(asText(serialNumber) ?? "") ?? [];
		const number = typeof version === "number" ? version : 1;
		this.#link = serial === void 0 ? void 0 : `urn:cdx:${serial}/${number}#`.toLowerCase();
	}
	/** @param ref a `bom-ref` of this document, or a BOM-Link into this or another one */
	about(ref) {
		if (!/^urn:cdx:/i.test(ref)) return this.#own(ref);
		const inner = unescaped(ref.slice(ref.indexOf("#") + 1));
		if (inner === void 0 || !ref.includes("#")) return [];
		return ref.slice(0, ref.indexOf("#") + 1).toLowerCase() === this.#link ? this.#own(inner) : [{
			product: thingOf([inner]),
			releasedOnly: true
		}];
	}
	#own(ref) {
		if (ref === "") return [];
		const product = this.#product;
		if (product && ref === this.#productRef) return this.#parts.has(ref) ? [] : [{ product }];
		const part = this.#parts.has(ref) ? this.#parts.get(ref) : thingOf([ref]);
		if (!part) return [];
		const alone = {
			product: part,
			releasedOnly: true
		};
		return product ? [{
			product,
			parts: [part]
		}, alone] : [alone];
	}
};
function thingIn(component) {
	const hashes = (asArray(component.hashes) ?? []).flatMap((x) => {
		const { alg, content } = asObject(x) ?? {};
		return digestOf(asText(alg) ?? "", asText(content) ?? "") ?? [];
	});
	const named = asText(component.purl) ?? asText(component["bom-ref"]);
	return thingOf(named === void 0 ? [] : [named], hashes);
}
function unescaped(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return;
	}
}
// build/sources/security/triage/vex-openvex.js
/** OpenVEX, all versions of its specification up to 0.2: https://github.com/openvex/spec */
const contextForm = /^https?:\/\/openvex\.dev\/ns(?:\/(?:v0\.[0-2](?:\.\d+)?)?)?\/?$/i;
const isContext = (x) => typeof x === "string" && /^https?:\/\/openvex\.dev\/ns/i.test(x);
/** JSON-LD lets a list of one be written without the list. */
const listOf = (x) => isAbsent(x) ? [] : Array.isArray(x) ? x : [x];
const isOpenVex = (document) => listOf(document["@context"]).some(isContext);
const justifications = [
	"component_not_present",
	"vulnerable_code_not_present",
	"vulnerable_code_not_in_execute_path",
	"vulnerable_code_cannot_be_controlled_by_adversary",
	"inline_mitigations_already_exist"
];
/** What a status does to a finding; undefined: nothing. */
const statuses = /* @__PURE__ */ new Map([
	["not_affected", "VEX_NOT_AFFECTED"],
	["fixed", "VEX_FIXED"],
	["affected", void 0],
	["under_investigation", void 0]
]);
/**
* @param say takes what is wrong
*/
function readOpenVex(document, file, say) {
	const context = listOf(document["@context"]).find(isContext);
	if (!contextForm.test(String(context))) {
		say(`expected OpenVEX up to version 0.2, found \`${oneLine(String(context), 60)}\``);
		return [];
	}
	const statements = isAbsent(document.statements) && !isAbsent(document.status) ? [document] : document.statements;
	if (isAbsent(statements)) say("`statements` is missing");
	return listOf(statements).flatMap((one, index) => {
		const wrong = (message) => {
			say(`statement ${index + 1}: ${message}`);
			return [];
		};
		const statement = asObject(one);
		if (!statement) return wrong("expected a map");
		const ids = idsOf(statement.vulnerability);
		if (ids.length === 0) return wrong("`vulnerability` is missing");
		const status = asText(statement.status)?.trim() ?? "";
		if (!statuses.has(status)) {
			const known = [...statuses.keys()];
			const found = status === "" ? "nothing" : `\`${oneLine(status, 40)}\``;
			return wrong(`expected the status ${known.join(", ")}, found ${found}${didYouMean(status.slice(0, 40), known)}`);
		}
		return [claimOf(statement, ids, statuses.get(status), document, file)];
	});
}
function claimOf(statement, ids, excuses, document, file) {
	const label = asText(statement.justification)?.trim() ?? "";
	const justification = justifications.includes(label) ? label : "";
	const impact = asText(statement.impact_statement) ?? "";
	const unjustified = excuses === "VEX_NOT_AFFECTED" && justification === "" && impact === "";
	const why = [
		justification,
		impact,
		asText(statement.status_notes) ?? ""
	].filter((part) => part !== "").join(": ");
	return {
		file,
		ids,
		...excuses && !unjustified ? { excuses } : {},
		...unjustified ? { unjustified } : {},
		why: oneLine(why),
		at: instantOf(asText(statement.timestamp) ?? asText(document.timestamp)),
		about: aboutOf(statement)
	};
}
function idsOf(vulnerability) {
	const { name, aliases, "@id": id } = asObject(vulnerability) ?? { name: vulnerability };
	const names = [
		name,
		id,
		...listOf(aliases)
	].flatMap((x) => asText(x)?.trim().toUpperCase() ?? []);
	return [...new Set(names)];
}
/** Before version 0.2 products and subcomponents are texts, and the subcomponents are those of all products. */
function aboutOf({ products, subcomponents }) {
	const shared = listOf(subcomponents);
	return listOf(products).map((product) => {
		const parts = [...listOf(asObject(product)?.subcomponents), ...shared].map(componentOf);
		return {
			product: componentOf(product),
			...parts.length > 0 ? { parts } : {}
		};
	});
}
function componentOf(x) {
	const component = asObject(x);
	if (!component) return thingOf(typeof x === "string" ? [x] : []);
	return thingOf([component["@id"], asObject(component.identifiers)?.purl].flatMap((name) => asText(name) ?? []), Object.entries(asObject(component.hashes) ?? {}).flatMap(([algorithm, digits]) => digestOf(algorithm, asText(digits) ?? "") ?? []));
}
// build/sources/security/triage/vex.js
/** Clocks differ by a few minutes; an excuse from later than this is none yet. */
const futureMs = 3e5;
/** Reads OpenVEX or CycloneDX. A document in which something cannot be understood has no claims at all: the rest may rest on it. */
function readVex(text, file) {
	const problems = [];
	const say = (message) => {
		if (problems.length < 20) problems.push({
			message,
			file
		});
	};
	const claims = read(text, file, say);
	return {
		file,
		claims: problems.length === 0 ? claims : [],
		problems
	};
}
function read(text, file, say) {
	let data;
	try {
		data = JSON.parse(text.replace(/^\uFEFF/, ""));
	} catch {
		say("this is not JSON; expected an OpenVEX or CycloneDX document");
		return [];
	}
	const document = asObject(data);
	if (document && isOpenVex(document)) return readOpenVex(document, file, say);
	if (document && isCycloneDx(document)) return readCycloneDx(document, file, say);
	say(`expected an OpenVEX document (\`@context\`) or a CycloneDX document (\`bomFormat\`)${/^csaf/i.test(asText(asObject(document?.document)?.category) ?? "") ? "; CSAF is not supported" : ""}`);
	return [];
}
/** What all documents together say. */
function openVex(documents, { products: named, now }) {
	const products = named.map((name) => {
		const { purls, digests } = thingOf([name]);
		return {
			...purls[0] && { purl: purls[0] },
			digests
		};
	});
	const claims = documents.flatMap((document) => document.claims);
	const byId = /* @__PURE__ */ new Map();
	for (const claim of claims) for (const id of claim.ids) {
		const same = byId.get(id);
		if (same) same.push(claim);
		else byId.set(id, [claim]);
	}
	let matched = claims.some(({ about }) => about.some(({ product }) => products.some((p) => isProduct(product, p))));
	return {
		excuse({ result }) {
			const direct = claimsOf(new Set([...result.ids, result.rule].map((id) => id.trim().toUpperCase())), byId);
			if (direct.size === 0) return void 0;
			const purl = result.purl === void 0 ? void 0 : parsePurl(result.purl);
			const near = /* @__PURE__ */ new Map();
			const place = (found, fits) => {
				for (const claim of found) {
					const how = fits(claim) ? nearness(claim, products, purl) : void 0;
					if (how) near.set(claim, how);
				}
			};
			place(direct, ({ excuses, at }) => excuses === void 0 || !(at > now + futureMs));
			if (near.size === 0) return void 0;
			matched = true;
			place(claimsOf(new Set([...near.keys()].flatMap((claim) => claim.ids)), byId), ({ excuses }) => excuses === void 0);
			return excuseOf(latest(near));
		},
		remarks: () => [...unmatched(documents, named, matched), ...unjustified(documents)]
	};
}
function claimsOf(ids, byId) {
	const found = /* @__PURE__ */ new Set();
	for (const id of ids) for (const claim of byId.get(id) ?? []) found.add(claim);
	return found;
}
/** What is said of the released product goes before what is said of a package; then the latest holds, and of two at once the one that counts. */
function latest(near) {
	const nearest = [...near.values()].includes("product") ? "product" : "package";
	let best;
	for (const [claim, how] of near) {
		if (how !== nearest) continue;
		const newer = best === void 0 ? 1 : timeOf(claim) - timeOf(best);
		if (newer > 0 || newer === 0 && claim.excuses === void 0) best = claim;
	}
	return best;
}
/** Without a time a statement is older than any other, or newer when it counts. */
const timeOf = ({ at, excuses }) => Number.isNaN(at) ? (excuses === void 0 ? 1 : -1) * Number.MAX_VALUE : at;
function excuseOf(claim) {
	if (!claim?.excuses) return void 0;
	return {
		reason: claim.excuses,
		told: oneLine([claim.file, claim.why].filter((part) => part !== "").join(": "), 300)
	};
}
function nearness({ about, excuses }, products, found) {
	const isPart = (part) => found !== void 0 && isPackage(part, found) || excuses === void 0 && (found === void 0 || part.purls.length === 0);
	let best;
	for (const { product, parts, releasedOnly, versions } of about) {
		const released = products.filter((one) => isProduct(product, one));
		const asked = released.length > 0 && !parts ? released.map(({ purl }) => purl?.version) : [found?.version];
		const meant = (version) => versions?.(version) !== false;
		if (!(excuses === void 0 ? asked.some(meant) : asked.every(meant))) continue;
		if (released.length > 0) {
			if (!parts || parts.some(isPart)) return "product";
		} else if (!parts && !releasedOnly && found && isPackage(product, found)) best = "package";
	}
	return best;
}
const isPackage = ({ purls }, found) => purls.some((purl) => covers(purl, found)) && agrees(purls, found);
/** No other name of the thing may say that it is another version. */
const agrees = (purls, found) => purls.every((purl) => covers(purl, found) || !sameName(purl, found));
/** Whether a thing is a product that is released: by its digest, or by its package URL when no digest speaks against. */
function isProduct({ purls, digests }, { purl, digests: released }) {
	if (digests.some((digest) => released.includes(digest))) return true;
	if (digests.length > 0 && released.length > 0) return false;
	return purl !== void 0 && isPackage({
		purls,
		digests
	}, purl);
}
function unmatched(documents, products, matched) {
	const read = documents.filter(({ problems }) => problems.length === 0);
	if (matched || read.length === 0 || products.length === 0) return [];
	return [{
		code: "VEX_UNMATCHED",
		message: `${oneLine(read.map(({ file }) => file).join(", "), 300)}: ${read.some(({ claims }) => claims.length > 0) ? `no statement is about ${oneLine(products.join(", "), 300)}, or about the package of a finding: is it another version or name?` : "there is no statement"}`
	}];
}
function unjustified(documents) {
	return documents.flatMap(({ file, claims }) => {
		const bare = claims.filter((claim) => claim.unjustified);
		if (bare.length === 0) return [];
		const message = `${file}: \`not_affected\` without saying why excuses nothing: ${oneLine(bare.map((claim) => claim.ids[0] ?? "").join(", "))}`;
		return [{
			code: "VEX_WITHOUT_JUSTIFICATION",
			message: oneLine(message, 400)
		}];
	});
}
export { openVex, readVex };
