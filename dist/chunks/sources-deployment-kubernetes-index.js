import { $ as optional$2, A as check, H as looseObject, K as minValue, L as is, M as endsWith, N as getDotPath, O as array, Q as object, T as secret, V as literal, Y as nullable, Z as number$2, bt as defineSource, ct as safeParse, dt as string, g as described, gt as unknown, ht as union, it as pipe, k as boolean, ot as record, r as errorCode, rt as picklist, st as regex, t as Refused, ut as strictObject, vt as NotMeasured, x as httpUrl, y as filled, yt as adviceOn } from "./base.js";
import { Cn as parseJson, Zn as iso, g as parse, hr as serverWords, vr as oneLine, wn as refuseDenied } from "./shared.js";
import { kt as versionOfImage } from "./late.js";
import { readFile } from "node:fs/promises";
import path from "node:path";
// build/sources/deployment/kubernetes/files.js
/** Files that sign in to a cluster, and what is in them. */
const certificates = pipe(string(), check((text) => /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(text), "certificates as PEM"));
/**
* Reads a file that signs in. It need not lie in the workspace, where credentials should not be.
*
* @throws {NotMeasured} `no-file`, `unreadable`
*/
async function readFileAt(file) {
	try {
		return await readFile(file, "utf8");
	} catch (error) {
		const code = errorCode(error);
		const refuse = (word, what) => new NotMeasured(word, `${file} ${what}`, { permanent: true });
		throw code === "ENOENT" ? refuse("no-file", "is not there") : refuse("unreadable", `cannot be read (${code})`);
	}
}
// build/sources/deployment/kubernetes/kubeconfig.js
/**
* Kubeconfig files (https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/), as far as they sign in with a token. What would run a
* program or take a client certificate is refused by its name.
*/
const text$1 = optional$2(nullable(string()));
const yes = optional$2(nullable(boolean()));
const clusterForm = object({
	server: string(),
	"certificate-authority": text$1,
	"certificate-authority-data": text$1,
	"insecure-skip-tls-verify": yes,
	"tls-server-name": text$1,
	"proxy-url": text$1
});
const userForm = looseObject({
	token: text$1,
	tokenFile: text$1
});
const list = (key, form) => optional$2(nullable(array(object({
	name: string(),
	[key]: form
}))));
const form$1 = object({
	"current-context": text$1,
	contexts: list("context", object({
		cluster: string(),
		user: text$1,
		namespace: text$1
	})),
	clusters: list("cluster", clusterForm),
	users: list("user", nullable(userForm))
});
/** Ways to sign in that are refused, and what to do instead. */
const refusedWays = {
	exec: "runs a program to sign in (`exec`)",
	"auth-provider": "signs in with a plugin (`auth-provider`)",
	"client-certificate": "signs in with a client certificate",
	"client-certificate-data": "signs in with a client certificate",
	username: "signs in with a password",
	as: "impersonates somebody (`as`)"
};
const wrong = (message) => new NotMeasured("bad-credential", message, { permanent: true });
/**
* @param file where it lies; relative paths in it start there
* @param context its name; absent: the current one
* @throws {NotMeasured} `bad-credential`, `no-file`, `unreadable`
*/
async function fromKubeconfig(file, context) {
	const parsed = safeParse(form$1, yamlOf(await readFileAt(file), file));
	if (!parsed.success) {
		const at = getDotPath(parsed.issues[0]);
		throw wrong(`${file} is no kubeconfig${at === null ? "" : ` (at ${at})`}`);
	}
	const config = parsed.output;
	const wanted = context ?? (config["current-context"] || void 0);
	if (wanted === void 0) throw wrong(`${file} has no current context: name one with \`context\``);
	const used = config.contexts?.find(({ name }) => name === wanted)?.context;
	if (!used) {
		const names = (config.contexts ?? []).map(({ name }) => name).join(", ") || "none";
		throw wrong(`${file} has no context ${oneLine(wanted, 80)}; there is ${oneLine(names, 200)}`);
	}
	const cluster = config.clusters?.find(({ name }) => name === used.cluster)?.cluster;
	if (!cluster) throw wrong(`${file} has no cluster ${oneLine(used.cluster, 80)}, which its context names`);
	const user = config.users?.find(({ name }) => name === used.user)?.user ?? {};
	const near = (named) => path.resolve(path.dirname(file), named);
	return {
		server: serverOf(cluster, file),
		...await authorityOf(cluster, file, near),
		token: tokenOf(user, used.user ?? "nobody", file, near),
		...used.namespace ? { namespace: used.namespace } : {}
	};
}
function yamlOf(source, file) {
	try {
		return parse(source, {
			maxAliasCount: 100,
			logLevel: "error"
		});
	} catch {
		throw wrong(`${file} is no YAML`);
	}
}
function serverOf(cluster, file) {
	if (cluster["insecure-skip-tls-verify"]) throw wrong(`${file} switches off the check of the server's certificate: give \`certificate-authority-data\` instead`);
	if (cluster["tls-server-name"]) throw wrong(`${file} has a \`tls-server-name\`: name the server by a name in its certificate`);
	if (cluster["proxy-url"]) throw wrong(`${file} has a \`proxy-url\`: set HTTPS_PROXY for the step instead`);
	if (!URL.canParse(cluster.server) || !/^https?:$/.test(new URL(cluster.server).protocol)) throw wrong(`the server in ${file} is no http or https URL`);
	return cluster.server.replace(/\/+$/, "");
}
async function authorityOf(cluster, file, near) {
	const data = cluster["certificate-authority-data"];
	const named = cluster["certificate-authority"];
	if (!data && !named) return {};
	const pem = data ? Buffer.from(data, "base64").toString("utf8") : await readFileAt(near(named ?? ""));
	if (!is(certificates, pem)) throw wrong(`the certificate authority in ${file} is no PEM`);
	return { ca: pem };
}
function tokenOf(user, name, file, near) {
	const way = Object.keys(refusedWays).find((key) => user[key] !== void 0 && user[key] !== null);
	if (way !== void 0) {
		const message = `the user ${oneLine(name, 80)} in ${file} ${refusedWays[way]}: give \`server\`, \`ca\` and the \`token\` of a service account instead (\`kubectl create token\`)`;
		throw wrong(message);
	}
	const { token, tokenFile } = user;
	if (tokenFile) return async () => (await readFileAt(near(tokenFile))).trim();
	if (!token) throw wrong(`the user ${oneLine(name, 80)} in ${file} has no \`token\` and no \`tokenFile\``);
	return async () => token.trim();
}
// build/sources/deployment/kubernetes/connect.js
/** Where the API server is, whom to trust for it, and how to sign in. */
/** A label of a namespace's name (RFC 1123). */
const namespaceForm$1 = pipe(string(), regex(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/, "the name of a namespace"));
/** Fields of the source's schema; with the check `signsInToClusterOneWay`. */
const connectFields = {
	server: described(optional$2(httpUrl), "URL of the API server, with `token`. Without it and `kubeconfig`: the service account of the pod that the step runs in."),
	token: described(optional$2(secret), "Token of a service account, sent as `Authorization: Bearer …`."),
	ca: described(optional$2(certificates), "PEM of the API server's certificate authority, which alone is trusted then. Default: those that Node trusts, with `NODE_EXTRA_CA_CERTS`."),
	kubeconfig: described(optional$2(filled), "Path of a kubeconfig file with a `token` or `tokenFile`, in place of `server`; relative paths start at the workspace. `exec` plugins and client certificates are refused."),
	context: described(optional$2(filled), "Context of the `kubeconfig`. Default: its current one."),
	namespace: described(optional$2(namespaceForm$1), "The namespace of all that is asked for. Default: that of the kubeconfig's context, or of the pod.")
};
const signsInToClusterOneWay = (c) => {
	if (c.server === void 0 !== (c.token === void 0)) return false;
	if (c.server === void 0 && c.ca !== void 0) return false;
	if (c.server !== void 0 && (c.kubeconfig !== void 0 || c.namespace === void 0)) return false;
	return c.context === void 0 || c.kubeconfig !== void 0;
};
/** What `signsInToClusterOneWay` expects. */
const oneWayToCluster = "either `server`, `token` and `namespace` (and `ca`), or `kubeconfig` (and `context`), or none of them inside a pod";
/** Where Kubernetes puts them (https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/). */
const podFolder = "/var/run/secrets/kubernetes.io/serviceaccount";
/**
* @param folder of the pod's service account
* @throws {NotMeasured} with what to do
*/
async function connect(config, { identity, workspace }, folder = podFolder) {
	const found = await connectionOf(config, identity.env, workspace, folder);
	const namespace = config.namespace ?? found.namespace;
	if (namespace === void 0) throw new NotMeasured("bad-query", "expected `namespace`: the kubeconfig's context names none", { permanent: true });
	if (!is(namespaceForm$1, namespace)) throw new NotMeasured("bad-credential", "the namespace is no name of a namespace", { permanent: true });
	return {
		...found,
		namespace,
		async token() {
			const token = await found.token();
			identity.secret(token);
			return token;
		}
	};
}
async function connectionOf({ server, token, ca, kubeconfig, context }, env, workspace, folder) {
	if (server !== void 0) return {
		server,
		token: async () => token ?? "",
		...ca === void 0 ? {} : { ca }
	};
	if (kubeconfig !== void 0) return fromKubeconfig(path.resolve(workspace, kubeconfig), context);
	const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = "443" } = env;
	if (host === void 0 || host === "") throw new NotMeasured("bad-credential", "this does not run in a pod: give `server`, `token` and `namespace`, or `kubeconfig`", { permanent: true });
	return {
		server: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
		ca: await readFileAt(`${folder}/ca.crt`),
		token: async () => (await readFileAt(`${folder}/token`)).trim(),
		namespace: (await readFileAt(`${folder}/namespace`)).trim()
	};
}
// build/sources/deployment/kubernetes/objects.js
/**
* The parts of objects that are read, in the shapes of the published API types: apps/v1 and core/v1
* (https://kubernetes.io/docs/reference/kubernetes-api/), Argo Rollouts `v1alpha1`, Flagger `v1beta1`, Gateway API `v1`, Istio `v1`.
* What is left out of JSON because it is 0 or empty is optional here.
*/
const optional$1 = (schema) => optional$2(nullable(schema));
const text = optional$1(string());
const number = optional$1(number$2());
const labels = optional$1(record(string(), string()));
const statusForm = object({
	kind: literal("Status"),
	reason: text,
	details: optional$1(object({ name: text }))
});
const listForm = object({
	kind: pipe(string(), endsWith("List")),
	metadata: optional$1(object({ continue: text })),
	items: array(unknown())
});
const owner = object({
	uid: text,
	kind: text,
	name: text,
	controller: optional$1(boolean())
});
const metadataForm = object({
	name: string(),
	uid: text,
	generation: number,
	resourceVersion: text,
	creationTimestamp: text,
	deletionTimestamp: text,
	labels,
	annotations: labels,
	ownerReferences: optional$1(array(owner))
});
const conditionForm = object({
	type: string(),
	status: string(),
	reason: text,
	message: text,
	lastUpdateTime: text,
	lastTransitionTime: text
});
const conditions = optional$1(array(conditionForm));
const templateForm = object({
	metadata: optional$1(object({
		labels,
		annotations: labels
	})),
	spec: optional$1(object({ containers: optional$1(array(object({
		name: string(),
		image: text
	}))) }))
});
const requirement = object({
	key: string(),
	operator: string(),
	values: optional$1(array(string()))
});
const selectorForm = object({
	matchLabels: labels,
	matchExpressions: optional$1(array(requirement))
});
const deploymentForm = object({
	metadata: metadataForm,
	spec: object({
		replicas: number,
		paused: optional$1(boolean()),
		selector: selectorForm,
		template: templateForm
	}),
	status: optional$1(object({
		observedGeneration: number,
		replicas: number,
		updatedReplicas: number,
		availableReplicas: number,
		conditions
	}))
});
const replicaSetForm = object({
	metadata: metadataForm,
	spec: object({
		replicas: number,
		template: optional$1(templateForm)
	}),
	status: optional$1(object({ readyReplicas: number }))
});
const statefulSetForm = object({
	metadata: metadataForm,
	spec: object({
		replicas: number,
		selector: selectorForm,
		template: templateForm,
		updateStrategy: optional$1(object({
			type: text,
			rollingUpdate: optional$1(object({ partition: number }))
		}))
	}),
	status: optional$1(object({
		observedGeneration: number,
		readyReplicas: number,
		availableReplicas: number,
		updatedReplicas: number,
		updateRevision: text
	}))
});
const daemonSetForm = object({
	metadata: metadataForm,
	spec: object({
		selector: selectorForm,
		template: templateForm,
		updateStrategy: optional$1(object({ type: text }))
	}),
	status: optional$1(object({
		observedGeneration: number,
		desiredNumberScheduled: number,
		updatedNumberScheduled: number,
		numberReady: number,
		numberAvailable: number
	}))
});
const containerStatus = object({
	name: string(),
	state: optional$1(object({ waiting: optional$1(object({
		reason: text,
		message: text
	})) })),
	lastState: optional$1(object({ terminated: optional$1(object({ reason: text })) }))
});
const podForm = object({
	metadata: metadataForm,
	status: optional$1(object({
		phase: text,
		conditions,
		containerStatuses: optional$1(array(containerStatus)),
		initContainerStatuses: optional$1(array(containerStatus))
	}))
});
const serviceForm = object({
	metadata: metadataForm,
	spec: object({
		selector: labels,
		type: text
	})
});
const namespaceForm = object({ metadata: metadataForm });
const weight$1 = object({
	weight: optional$1(number$2()),
	podTemplateHash: text
});
const rolloutForm = object({
	metadata: metadataForm,
	spec: object({
		replicas: number,
		paused: optional$1(boolean()),
		strategy: object({
			canary: optional$1(looseObject({})),
			blueGreen: optional$1(looseObject({}))
		})
	}),
	status: optional$1(object({
		observedGeneration: text,
		workloadObservedGeneration: text,
		phase: text,
		message: text,
		abort: optional$1(boolean()),
		controllerPause: optional$1(boolean()),
		pauseConditions: optional$1(array(object({ reason: text }))),
		currentPodHash: text,
		stableRS: text,
		conditions,
		canary: optional$1(object({ weights: optional$1(object({
			canary: weight$1,
			stable: weight$1,
			additional: optional$1(array(weight$1)),
			verified: optional$1(boolean())
		})) })),
		blueGreen: optional$1(object({
			activeSelector: text,
			previewSelector: text
		}))
	}))
});
const analysis = optional$1(object({
	iterations: number,
	match: optional$1(array(unknown()))
}));
const canaryForm = object({
	metadata: metadataForm,
	spec: object({
		targetRef: object({
			kind: string(),
			name: string()
		}),
		analysis,
		canaryAnalysis: analysis
	}),
	status: optional$1(object({
		phase: text,
		canaryWeight: number,
		failedChecks: number,
		iterations: number,
		conditions
	}))
});
// build/sources/deployment/kubernetes/client.js
/**
* Reading from a Kubernetes API server (https://kubernetes.io/docs/reference/using-api/api-concepts/).
*
* A 404 has two meanings: with a `Status` that names the object it is a positive "not found"; anything else means that the server does
* not know the kind of object, or is no API server, and says nothing about the object.
*/
const kinds = {
	namespaces: {
		group: "",
		versions: ["v1"],
		plural: "namespaces"
	},
	pods: {
		group: "",
		versions: ["v1"],
		plural: "pods"
	},
	services: {
		group: "",
		versions: ["v1"],
		plural: "services"
	},
	deployments: {
		group: "apps",
		versions: ["v1"],
		plural: "deployments"
	},
	replicaSets: {
		group: "apps",
		versions: ["v1"],
		plural: "replicasets"
	},
	statefulSets: {
		group: "apps",
		versions: ["v1"],
		plural: "statefulsets"
	},
	daemonSets: {
		group: "apps",
		versions: ["v1"],
		plural: "daemonsets"
	},
	rollouts: {
		group: "argoproj.io",
		versions: ["v1alpha1"],
		plural: "rollouts"
	},
	canaries: {
		group: "flagger.app",
		versions: ["v1beta1"],
		plural: "canaries"
	},
	httpRoutes: {
		group: "gateway.networking.k8s.io",
		versions: ["v1", "v1beta1"],
		plural: "httproutes"
	},
	virtualServices: {
		group: "networking.istio.io",
		versions: ["v1", "v1beta1"],
		plural: "virtualservices"
	}
};
const pageSize = "500";
/** More pages of one list than this are not read. */
const maxPages = 40;
/** @param folder of the pod's service account, see `connect` */
function openClient(config, context, folder) {
	const told = /* @__PURE__ */ new Set();
	const identity = {
		...context.identity,
		secret(value) {
			if (!told.has(value)) context.identity.secret(value);
			told.add(value);
		}
	};
	const { workspace } = context;
	const send = async (connection, path, signal, patch) => {
		const headers = {
			accept: "application/json",
			authorization: `Bearer ${await connection.token()}`,
			...patch && { "content-type": "application/json-patch+json" }
		};
		const { server, ca } = connection;
		const more = patch ? {
			method: "PATCH",
			body: patch.body,
			once: true
		} : {};
		const trust = ca === void 0 ? {} : { ca };
		return {
			sent: headers,
			response: await context.http.send({
				url: `${server}${path}`,
				headers,
				...more,
				...trust,
				signal
			})
		};
	};
	return {
		async reader(signal) {
			const connection = await connect(config, {
				identity,
				workspace
			}, folder);
			return readerOf(connection, (path) => send(connection, path, signal));
		},
		async patch({ apiVersion, kind, name, operations }, signal) {
			const connection = await connect(config, {
				identity,
				workspace
			}, folder);
			const path = `/apis/${apiVersion}/namespaces/${connection.namespace}/${kind.plural}/${encodeURIComponent(name)}?fieldManager=signalbox`;
			return {
				...await send(connection, path, signal, { body: JSON.stringify(operations) }),
				namespace: connection.namespace,
				origin: new URL(connection.server).origin
			};
		}
	};
}
function readerOf({ server, namespace }, send) {
	const { origin } = new URL(server);
	const asked = /* @__PURE__ */ new Map();
	const once = (key, ask) => {
		const known = asked.get(key) ?? ask();
		asked.set(key, known);
		return known;
	};
	/** The answer in the newest version that the cluster serves; undefined on a positive "not found". */
	async function answer(kind, verb, rest, name) {
		for (const version of kind.versions) {
			const { response, sent } = await send(`${pathOf(kind, version, namespace)}${rest}`);
			if (response.status !== 404) {
				refuse({
					response,
					sent
				}, kind, verb);
				return response;
			}
			if (name !== void 0 && saysNotFound(response, name)) return void 0;
		}
		throw unknownKind(kind, origin);
	}
	function refuse({ response, sent }, kind, verb) {
		if (response.status < 400) return;
		refuseDenied(response, origin, needs(kind, verb, namespace), sent);
		if (response.status === 410) throw new Expired();
		const message = `${origin} refuses the request (${response.status})${serverWords(response.text, sent)}`;
		throw new NotMeasured(response.status === 400 ? "bad-query" : "query-failed", message);
	}
	async function pages(kind, selector) {
		const items = [];
		let from;
		for (let page = 0; page < maxPages; page++) {
			const response = await answer(kind, "list", `?${new URLSearchParams({
				labelSelector: selector,
				limit: pageSize,
				...from && { continue: from }
			}).toString().replaceAll("+", "%20")}`);
			const parsed = safeParse(listForm, response && parseJson(response, origin));
			if (!parsed.success) throw foreign(origin);
			items.push(...parsed.output.items);
			const next = parsed.output.metadata?.continue || void 0;
			if (next === void 0) return {
				items,
				cut: false
			};
			if (next === from) throw new NotMeasured("bad-answer", `${origin} gives the same page again`);
			from = next;
		}
		return {
			items,
			cut: true
		};
	}
	return {
		namespace,
		async get(kind, name, form) {
			const response = await once(`${kind.group} ${kind.plural} ${name}`, () => answer(kind, "get", kind === kinds.namespaces ? "" : `/${encodeURIComponent(name)}`, name));
			if (!response) return void 0;
			const json = parseJson(response, origin);
			const parsed = safeParse(form, json);
			if (!parsed.success) throw foreign(origin, getDotPath(parsed.issues[0]));
			if (!is(object({ metadata: object({ name: literal(name) }) }), json)) throw foreign(origin, "metadata.name");
			return parsed.output;
		},
		list: (kind, selector) => once(`list ${kind.group} ${kind.plural} ${selector}`, async () => {
			try {
				return await pages(kind, selector);
			} catch (error) {
				if (error instanceof Expired) return pages(kind, selector);
				throw error;
			}
		})
	};
}
/** 410: the place in the list, or the version, is no longer kept. */
var Expired = class extends NotMeasured {
	constructor() {
		super("query-failed", "the list changed faster than it could be read (410): it is asked for again in the next round");
	}
};
function pathOf({ group, plural }, version, namespace) {
	const base = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
	return plural === "namespaces" ? `${base}/namespaces/${namespace}` : `${base}/namespaces/${namespace}/${plural}`;
}
const needs = ({ group, plural }, verb, namespace) => `a role that allows to ${verb} ${group === "" ? plural : `${plural}.${group}`} in the namespace ${namespace}`;
function saysNotFound(response, name) {
	try {
		const parsed = safeParse(statusForm, JSON.parse(response.text));
		return parsed.success && parsed.output.reason === "NotFound" && parsed.output.details?.name === name;
	} catch {
		return false;
	}
}
function unknownKind({ group, versions, plural }, origin) {
	const hint = group === "" || group === "apps" ? "is `server` the API server?" : `is the custom resource definition ${plural}.${group} installed there?`;
	const asked = versions.map((version) => group === "" ? version : `${group}/${version}`).join(" and ");
	return new NotMeasured("not-found", `${origin} knows no ${plural} of ${asked} (404): ${hint}`, { permanent: true });
}
const foreign = (origin, at = null) => new NotMeasured("bad-answer", `${origin} answered with something that is not Kubernetes' API${at === null ? "" : ` (at ${at})`}: is \`server\` right?`);
// build/sources/deployment/kubernetes/common.js
/** What the readers of all kinds of objects share. */
const versionLabel = "app.kubernetes.io/version";
/** What a pod template runs; null with the reason why nobody can tell. */
function versionOf(template, { version, container }) {
	const unknown = (why) => ({
		version: null,
		why: [why]
	});
	if (version === "label") {
		const label = template?.metadata?.labels?.[versionLabel];
		return label ? {
			version: label,
			why: []
		} : unknown(`its pod template has no label ${versionLabel}`);
	}
	const containers = template?.spec?.containers ?? [];
	const named = container ?? template?.metadata?.annotations?.["kubectl.kubernetes.io/default-container"];
	if (named === void 0 && containers.length > 1) {
		const names = containers.map(({ name }) => name).join(", ");
		return unknown(`which container's image is its version? name one with \`container\`: ${oneLine(names, 120)}`);
	}
	const image = (named === void 0 ? containers[0] : containers.find(({ name }) => name === named))?.image;
	if (!image) return unknown(`it has no container ${named ?? ""}`.trimEnd());
	const found = versionOfImage(image);
	return found === void 0 ? unknown(`the image ${oneLine(image, 120)} says no version`) : {
		version: found,
		why: []
	};
}
/** A selector as a query writes it. @throws {NotMeasured} for operators that do not exist, and for one that selects everything */
function selectorText({ matchLabels, matchExpressions }, more = {}) {
	const equal = Object.entries({
		...matchLabels,
		...more
	}).map(([key, value]) => `${key}=${value}`);
	const rest = (matchExpressions ?? []).map(({ key, operator, values }) => {
		const set = `(${(values ?? []).join(",")})`;
		switch (operator) {
			case "In": return `${key} in ${set}`;
			case "NotIn": return `${key} notin ${set}`;
			case "Exists": return key;
			case "DoesNotExist": return `!${key}`;
			default: throw new NotMeasured("bad-answer", `a selector has the unknown operator ${oneLine(operator, 40)}`);
		}
	});
	const all = [...equal, ...rest];
	if (all.length === 0) throw new NotMeasured("bad-answer", "a workload selects all pods of its namespace");
	return all.join(",");
}
/** Whether labels are what a selector selects. */
function selects({ matchLabels, matchExpressions }, labels) {
	return Object.entries(matchLabels ?? {}).every(([key, value]) => labels[key] === value) && (matchExpressions ?? []).every(({ key, operator, values }) => {
		const value = labels[key];
		if (operator === "Exists") return value !== void 0;
		if (operator === "DoesNotExist") return value === void 0;
		const isIn = value !== void 0 && (values ?? []).includes(value);
		return operator === "In" ? isIn : operator === "NotIn" && !isIn;
	});
}
const conditionOf = (conditions, type) => conditions?.find((c) => c.type === type);
/** A condition in words, as a reason. */
const conditionWords = (condition) => oneLine(`${condition.reason || condition.type}: ${condition.message ?? ""}`.replace(/: $/, ""), 200);
/** A time of the API; null when it is none. */
function instantOf(text) {
	const at = Date.parse(text ?? "");
	return Number.isNaN(at) ? null : iso(at);
}
/** The controller has not looked at the newest change yet, or the object is going away: nothing of its status is about what is wanted. */
function unsettled(metadata, observed) {
	if (metadata.deletionTimestamp) return "it is being deleted";
	const { generation } = metadata;
	if (typeof generation === "number" && typeof observed === "number" && observed >= generation) return void 0;
	return `its last change (generation ${generation ?? "unknown"}) has not been taken up yet`;
}
/** What is known of something whose status is about an earlier change. */
const notTakenUp = (why, { version, why: noVersion }) => ({
	exists: true,
	version,
	state: "deploying",
	health: "unknown",
	ready: false,
	instances: null,
	traffic: null,
	since: null,
	reasons: [why, ...noVersion]
});
// build/sources/deployment/kubernetes/target.js
/** What each kind may be divided into. */
const parts = {
	deployment: [],
	statefulset: [],
	daemonset: [],
	rollout: [
		"canary",
		"stable",
		"preview",
		"active"
	],
	canary: ["canary", "primary"]
};
/** Names of objects are DNS subdomains (RFC 1123). */
const form = /^(?:([a-z]+)\/)?([a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?)(?::([a-z]+))?$/;
const isKind = (text) => Object.hasOwn(parts, text);
/** @throws {NotMeasured} `bad-query` */
function targetOf(given) {
	const [, kind = "deployment", name, part] = form.exec(given) ?? [];
	const allowed = isKind(kind) ? parts[kind] : [];
	if (name === void 0 || !isKind(kind) || part !== void 0 && !allowed.includes(part)) {
		const message = `there is no target ${oneLine(given, 80)}: expected NAME or deployment/NAME, statefulset/NAME, daemonset/NAME, rollout/NAME, rollout/NAME:canary (or :stable, :preview, :active), canary/NAME, canary/NAME:canary (or :primary)`;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	return {
		given,
		kind,
		name,
		...part === void 0 ? {} : { part }
	};
}
/** The same for all ways to write it. */
const keyOf = ({ kind, name, part }) => `${kind}/${name}${part === void 0 ? "" : `:${part}`}`;
/** Of a target that is positively not there. */
const absent = (why) => ({
	exists: false,
	version: null,
	state: "unknown",
	health: "unknown",
	ready: null,
	instances: null,
	traffic: null,
	since: null,
	reasons: why === void 0 ? [] : [why]
});
// build/sources/deployment/kubernetes/pods.js
/** The pods behind a workload: since when they serve, and why those that do not serve do not. */
/** The pods that are not going away. That they may not be read is said, and is no failure: they only add to what the workload says. */
async function podsOf(reader, selector) {
	try {
		const { items, cut } = await reader.list(kinds.pods, selector);
		const parsed = items.map((item) => safeParse(podForm, item));
		const pods = parsed.flatMap((pod) => pod.success && !pod.output.metadata.deletionTimestamp ? [pod.output] : []);
		const whole = !cut && parsed.every(({ success }) => success);
		return {
			pods,
			whole,
			why: whole ? [] : ["not all of its pods could be read"]
		};
	} catch (error) {
		if (!(error instanceof NotMeasured) || error.code !== "forbidden") throw error;
		return {
			pods: [],
			whole: false,
			why: [`its pods cannot be read: allow to list pods in the namespace ${reader.namespace}`]
		};
	}
}
const isReady = (pod) => conditionOf(pod.status?.conditions, "Ready")?.status === "True";
/** When the last of them began to serve; null unless all do. */
function servingSince({ pods, whole }) {
	if (!whole || pods.length === 0 || !pods.every(isReady)) return null;
	const newest = pods.map((pod) => Date.parse(conditionOf(pod.status?.conditions, "Ready")?.lastTransitionTime ?? "")).reduce((a, b) => Math.max(a, b));
	return Number.isNaN(newest) ? null : iso(newest);
}
/** On its way: nothing is wrong yet. */
const usual = /* @__PURE__ */ new Set(["ContainerCreating", "PodInitializing"]);
/** Why pods do not serve, each reason once, with how many it is about. */
function troubles({ pods }) {
	const counted = /* @__PURE__ */ new Map();
	for (const pod of pods) {
		const why = isReady(pod) ? void 0 : troubleOf(pod);
		if (why !== void 0) counted.set(why, (counted.get(why) ?? 0) + 1);
	}
	return [...counted].slice(0, 5).map(([why, n]) => `${n} pod${n === 1 ? "" : "s"}: ${why}`);
}
function troubleOf({ status }) {
	for (const { name, state, lastState } of [...status?.initContainerStatuses ?? [], ...status?.containerStatuses ?? []]) {
		const { reason, message } = state?.waiting ?? {};
		if (!reason || usual.has(reason)) continue;
		const ended = lastState?.terminated?.reason;
		const detail = reason === "CrashLoopBackOff" ? ended ? `it ended with ${ended}` : "" : message ?? "";
		return oneLine(`${reason} (${name})${detail === "" ? "" : `: ${detail}`}`, 160);
	}
	const placed = conditionOf(status?.conditions, "PodScheduled");
	if (placed?.status === "False") return oneLine(`${placed.reason ?? "not scheduled"}: ${placed.message ?? ""}`, 160);
}
// build/sources/deployment/kubernetes/workloads.js
/**
* Deployments, StatefulSets and DaemonSets. What counts as rolled out is what `kubectl rollout status` counts; what falls short of it
* after the rollout was done is a matter of health.
*/
const revisionKey = "deployment.kubernetes.io/revision";
/** What a workload is, for those that have to find its pods. */
async function selectorOf({ reader }, kind, name) {
	const [where, form] = shapes[kind] ?? [];
	return where && form && (await reader.get(where, name, form))?.spec.selector;
}
const shapes = {
	deployment: [kinds.deployments, deploymentForm],
	statefulset: [kinds.statefulSets, statefulSetForm],
	daemonset: [kinds.daemonSets, daemonSetForm]
};
async function readDeployment(asking, name) {
	const { reader, from } = asking;
	const found = await reader.get(kinds.deployments, name, deploymentForm);
	if (!found) return absent();
	const { metadata, spec, status } = found;
	const version = versionOf(spec.template, from);
	const early = unsettled(metadata, status?.observedGeneration);
	if (early !== void 0) return notTakenUp(early, version);
	const wanted = spec.replicas ?? 1;
	const [updated, all, available] = [
		status?.updatedReplicas ?? 0,
		status?.replicas ?? 0,
		status?.availableReplicas ?? 0
	];
	const progressing = conditionOf(status?.conditions, "Progressing");
	const complete = progressing?.reason === "NewReplicaSetAvailable";
	const late = progressing?.reason === "ProgressDeadlineExceeded";
	const rolledOut = updated >= wanted && all <= updated && (available >= updated || complete);
	const { replicaSet, why } = await newestReplicaSet(asking, metadata.uid, spec.selector, metadata.annotations?.[revisionKey]);
	const up = replicaSet && Math.min(replicaSet.status?.readyReplicas ?? 0, updated);
	const serves = up === void 0 ? null : rolledOut && !late && wanted > 0 && up >= wanted && available >= wanted;
	const hash = replicaSet?.metadata.labels?.["pod-template-hash"];
	const pods = serves === true || wanted === 0 || hash === void 0 ? void 0 : await podsOf(reader, selectorText(spec.selector, { "pod-template-hash": hash }));
	const usable = conditionOf(status?.conditions, "Available");
	return {
		exists: true,
		version: version.version,
		state: late ? "failed" : !rolledOut ? "deploying" : wanted === 0 ? "stopped" : "running",
		health: late || usable?.status === "False" ? "unhealthy" : usable?.status === "True" ? "healthy" : "unknown",
		ready: serves,
		instances: up === void 0 ? null : {
			wanted,
			ready: up
		},
		traffic: null,
		since: rolledOut && !late ? sinceOf(complete ? progressing?.lastUpdateTime : void 0, replicaSet) : null,
		reasons: [
			...wanted === 0 ? ["it is scaled to 0"] : [],
			...spec.paused ? ["it is paused: changes to it are not rolled out"] : [],
			...rolledOut ? [] : [`${updated} of ${wanted} new instances are there, ${Math.max(0, all - updated)} old ones are left`],
			...serves === false && up !== void 0 && up < wanted ? [`${up} of ${wanted} instances are ready`] : [],
			...(status?.conditions ?? []).filter(isBad).map(conditionWords),
			...why,
			...version.why,
			...pods ? [...troubles(pods), ...pods.why] : []
		]
	};
}
const isBad = ({ type, status }) => status === (type === "ReplicaFailure" ? "True" : "False");
/** The ReplicaSet of the revision that the Deployment is at. */
async function newestReplicaSet({ reader }, uid, selector, revision) {
	const replicaSet = (await ownedReplicaSets(reader.list(kinds.replicaSets, selectorText(selector)), uid)).find(({ metadata }) => revision !== void 0 && metadata.annotations?.[revisionKey] === revision);
	return replicaSet ? {
		replicaSet,
		why: []
	} : { why: [`no ReplicaSet of its revision ${revision ?? ""} was found`] };
}
/** Those that an object controls. What cannot be read is left out: whoever needs it does not find it. */
async function ownedReplicaSets(listed, uid) {
	return (await listed).items.flatMap((item) => {
		const parsed = safeParse(replicaSetForm, item);
		if (!parsed.success || !uid) return [];
		return (parsed.output.metadata.ownerReferences?.find(({ controller }) => controller === true))?.uid === uid ? [parsed.output] : [];
	});
}
/** When the rollout was done; without a progress deadline nobody writes that down, and only a ReplicaSet that was never used before tells. */
function sinceOf(done, replicaSet) {
	if (done) return instantOf(done);
	const { annotations, creationTimestamp } = replicaSet?.metadata ?? {};
	return annotations?.["deployment.kubernetes.io/revision-history"] === void 0 ? instantOf(creationTimestamp) : null;
}
async function readStatefulSet({ reader, from }, name) {
	const found = await reader.get(kinds.statefulSets, name, statefulSetForm);
	if (!found) return absent();
	const { metadata, spec, status } = found;
	const version = versionOf(spec.template, from);
	const early = unsettled(metadata, status?.observedGeneration);
	if (early !== void 0) return notTakenUp(early, version);
	const wanted = spec.replicas ?? 1;
	const updated = status?.updatedReplicas ?? 0;
	const pods = await podsOf(reader, selectorText(spec.selector));
	const isNew = (pod) => pod.metadata.labels?.["controller-revision-hash"] === status?.updateRevision;
	const counted = Math.min(status?.readyReplicas ?? 0, updated);
	const ready = pods.whole ? Math.min(counted, pods.pods.filter((pod) => isNew(pod) && isReady(pod)).length) : counted;
	const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
	return settled$1(version, pods, {
		wanted,
		updated,
		ready,
		available: status?.availableReplicas ?? ready,
		none: "it is scaled to 0",
		why: [...manual(spec.updateStrategy?.type), ...partition > 0 ? [`its update stops before the first ${partition} pods (partition)`] : []]
	});
}
async function readDaemonSet({ reader, from }, name) {
	const found = await reader.get(kinds.daemonSets, name, daemonSetForm);
	if (!found) return absent();
	const { metadata, spec, status } = found;
	const version = versionOf(spec.template, from);
	const early = unsettled(metadata, status?.observedGeneration);
	if (early !== void 0) return notTakenUp(early, version);
	const updated = status?.updatedNumberScheduled ?? 0;
	return settled$1(version, await podsOf(reader, selectorText(spec.selector)), {
		wanted: status?.desiredNumberScheduled ?? 0,
		updated,
		ready: Math.min(status?.numberReady ?? 0, updated),
		available: status?.numberAvailable ?? 0,
		none: "no node is to run it",
		why: manual(spec.updateStrategy?.type)
	});
}
const manual = (strategy) => strategy === "OnDelete" ? ["its pods are replaced only when somebody deletes them (OnDelete)"] : [];
/** Of a kind that has no word of its own for its health. */
function settled$1(version, pods, { wanted, updated, ready, available, none, why }) {
	const rolledOut = updated >= wanted;
	const serves = rolledOut && wanted > 0 && ready >= wanted && available >= wanted;
	const state = !rolledOut ? "deploying" : wanted === 0 ? "stopped" : "running";
	return {
		exists: true,
		version: version.version,
		state,
		health: serves ? "healthy" : state === "running" ? "unhealthy" : "unknown",
		ready: serves,
		instances: {
			wanted,
			ready
		},
		traffic: null,
		since: serves ? servingSince(pods) : null,
		reasons: [
			...wanted === 0 ? [none] : [],
			...rolledOut ? [] : [`${updated} of ${wanted} instances are of the new revision`, ...why],
			...ready < wanted ? [`${ready} of ${wanted} instances are ready`] : [],
			...version.why,
			...serves ? [] : troubles(pods),
			...pods.why
		]
	};
}
// build/sources/deployment/kubernetes/canaries.js
/**
* Flagger's canaries (https://docs.flagger.app/usage/how-it-works). The workload that the canary names is the new side; the copy that Flagger
* makes of it, NAME-primary, is the side that serves.
*/
const readers = {
	Deployment: readDeployment,
	DaemonSet: readDaemonSet
};
/** Phases in which nothing is under way. */
const settled = /* @__PURE__ */ new Set([
	"Initialized",
	"Succeeded",
	"Failed"
]);
/** Phases in which the canary's weight moves. */
const moving = /* @__PURE__ */ new Set([
	"Waiting",
	"Progressing",
	"WaitingPromotion",
	"Promoting",
	"Finalising"
]);
async function readCanary(asking, name, part) {
	const canary = await asking.reader.get(kinds.canaries, name, canaryForm);
	if (!canary) return absent();
	const { kind, name: workload } = canary.spec.targetRef;
	const read = readers[kind];
	if (!read) {
		const message = `the canary ${name} is of a ${oneLine(kind, 40)}: expected one of a Deployment or a DaemonSet`;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	const found = await read(asking, part === "canary" ? workload : `${workload}-primary`);
	if (part === void 0) return whole$1(canary, found);
	if (!found.exists) return found;
	const { share, why } = canaryShare(canary);
	const traffic = share === null ? null : part === "canary" ? share : 100 - share;
	return {
		...found,
		traffic,
		reasons: [...found.reasons, ...why]
	};
}
/** The canary as a whole is what its primary runs, once nothing is under way. */
function whole$1({ metadata, status }, primary) {
	const phase = status?.phase || "it has no phase";
	const promoted = conditionOf(status?.conditions, "Promoted");
	const checks = status?.failedChecks ?? 0;
	const calm = phase === "Initialized" || phase === "Succeeded";
	const state = calm ? primary.state : phase === "Failed" ? "failed" : phase === "Terminating" || phase === "Terminated" ? "stopped" : "deploying";
	return {
		...primary,
		exists: true,
		state: metadata.deletionTimestamp ? "deploying" : state,
		health: phase === "Failed" ? "unhealthy" : primary.health,
		ready: calm && !metadata.deletionTimestamp && primary.ready,
		since: calm ? primary.since : null,
		reasons: [
			...calm ? [] : [`${phase}${checks > 0 ? `, ${checks} failed checks` : ""}`],
			...!calm && promoted ? [conditionWords(promoted)] : [],
			...metadata.deletionTimestamp ? ["it is being deleted"] : [],
			...primary.exists ? [] : ["its primary is not there"],
			...primary.reasons
		]
	};
}
/** Percent of the requests that go to the new side, as far as the canary says it. */
function canaryShare({ spec, status }) {
	const phase = status?.phase ?? "";
	if (settled.has(phase)) return {
		share: 0,
		why: []
	};
	const { iterations, match } = spec.analysis ?? spec.canaryAnalysis ?? {};
	const weight = status?.canaryWeight ?? 0;
	const unknown = (why) => ({
		share: null,
		why: [why]
	});
	if (!moving.has(phase)) return unknown(`who gets the requests is not known while it is ${oneLine(phase, 40) || "without a phase"}`);
	if ((match ?? []).length > 0) return unknown("its analysis sends some users to the new side by rules (A/B test)");
	if ((iterations ?? 0) > 0) return unknown("its analysis goes by iterations, and its status does not say who gets the requests");
	return weight >= 0 && weight <= 100 ? {
		share: weight,
		why: []
	} : unknown(`its weight is ${weight}`);
}
// build/sources/deployment/kubernetes/routes.js
/**
* Weights of a Gateway API HTTPRoute (https://gateway-api.sigs.k8s.io/reference/spec/, types `v1`) and of an Istio VirtualService
* (https://istio.io/latest/docs/reference/config/networking/virtual-service/). In both a backend gets weight / (sum of the weights of its
* rule).
*/
const routeForm = /^(httproute|virtualservice)\/([a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?)$/;
const optional = (schema) => optional$2(nullable(schema));
const weight = optional(pipe(number$2(), minValue(0)));
const common = {
	apiVersion: string(),
	metadata: metadataForm
};
const httpRouteForm = object({
	...common,
	spec: object({ rules: optional(array(object({
		filters: optional(array(object({ type: string() }))),
		backendRefs: optional(array(object({
			kind: optional(string()),
			name: string(),
			namespace: optional(string()),
			weight
		})))
	}))) }),
	status: optional(object({ parents: optional(array(object({ conditions: optional(array(object({
		...conditionForm.entries,
		observedGeneration: optional(number$2())
	}))) }))) }))
});
const virtualServiceForm = object({
	...common,
	spec: object({ http: optional(array(object({
		delegate: optional(looseObject({})),
		route: optional(array(object({
			destination: object({
				host: string(),
				subset: optional(string())
			}),
			weight
		})))
	}))) })
});
/** @param written as `routeForm` has it. @returns undefined when it is positively not there */
async function readRoute(reader, written) {
	const [, kind, name = ""] = routeForm.exec(written) ?? [];
	return kind === "httproute" ? readHttpRoute(reader, name) : readVirtualService(reader, name);
}
async function readHttpRoute(reader, name) {
	const found = await reader.get(kinds.httpRoutes, name, httpRouteForm);
	if (!found) return void 0;
	const rules = (found.spec.rules ?? []).map(({ filters, backendRefs }, i) => {
		const redirects = (filters ?? []).some(({ type }) => type === "RequestRedirect");
		const backends = (backendRefs ?? []).map((ref, j) => {
			const { kind, name: service, namespace } = ref;
			const elsewhere = namespace && namespace !== reader.namespace ? `.${namespace}` : "";
			return {
				key: kind && kind !== "Service" ? `${kind}/${service}` : `${service}${elsewhere}`,
				weight: ref.weight ?? 1,
				pointer: `/spec/rules/${i}/backendRefs/${j}/weight`
			};
		});
		return {
			number: i + 1,
			backends: redirects ? [] : backends
		};
	});
	return {
		...identityOf(found, kinds.httpRoutes),
		rules,
		...attachment(found)
	};
}
/** Whether the gateways share out the requests as the route says now. */
function attachment({ metadata, status }) {
	const parents = status?.parents ?? [];
	if (parents.length === 0) return { idle: "no gateway has accepted it" };
	for (const { conditions } of parents) {
		for (const type of ["Accepted", "ResolvedRefs"]) {
			const condition = conditions?.find((c) => c.type === type);
			if (!condition) return { busy: `a gateway has not said yet whether it is ${type}` };
			if ((condition.observedGeneration ?? -1) < (metadata.generation ?? 0)) return { busy: "a gateway has not taken up its last change yet" };
			if (condition.status !== "True") return { idle: `a gateway says that it is not ${type} (${oneLine(`${condition.reason ?? ""}: ${condition.message ?? ""}`, 160)})` };
		}
		const invalid = conditions?.find((c) => c.type === "PartiallyInvalid" && c.status === "True");
		if (invalid) return { idle: `a part of it is not valid (${oneLine(invalid.message ?? "", 160)})` };
	}
	return {};
}
async function readVirtualService(reader, name) {
	const found = await reader.get(kinds.virtualServices, name, virtualServiceForm);
	if (!found) return void 0;
	const http = found.spec.http ?? [];
	const rules = http.map(({ route }, i) => {
		const destinations = route ?? [];
		const backends = destinations.map(({ destination: { host, subset }, weight: written }, j) => {
			return {
				key: `${serviceOf(host, reader.namespace)}${subset ? `:${subset}` : ""}`,
				weight: destinations.length === 1 ? 1 : written ?? 0,
				pointer: `/spec/http/${i}/route/${j}/weight`
			};
		});
		return {
			number: i + 1,
			backends
		};
	});
	const idle = http.some(({ delegate }) => delegate) ? "it leaves requests to another VirtualService (delegate)" : void 0;
	return {
		...identityOf(found, kinds.virtualServices),
		rules,
		...idle === void 0 ? {} : { idle }
	};
}
function identityOf({ apiVersion, metadata }, kind) {
	const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
	return {
		kind,
		name: metadata.name,
		apiVersion,
		resourceVersion: metadata.resourceVersion ?? "",
		...owner ? { owner: `${owner.kind ?? "an object"} ${owner.name ?? ""}`.trimEnd() } : {}
	};
}
/** A host of the mesh as a service: without what says the same in more words. */
function serviceOf(host, namespace) {
	const [, service = host, where] = /^([^.]+)(?:\.([^.]+)(?:\.svc(?:\..+)?)?)?$/.exec(host) ?? [];
	return where === void 0 || where === namespace ? service : `${service}.${where}`;
}
// build/sources/deployment/kubernetes/traffic.js
/** How the users' requests are shared out among workloads: by the weights of a route, or by what a Service selects. */
const target = pipe(string(), check((text) => adviceOn(() => targetOf(text)).length === 0, "a target such as deployment/checkout"));
const nameForm = /^[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/;
const byRoute = strictObject({
	route: described(pipe(string(), regex(routeForm, "`httproute/NAME` or `virtualservice/NAME`")), "The Gateway API HTTPRoute or Istio VirtualService whose weights share out the requests."),
	backends: described(pipe(record(string(), target), check((map) => Object.keys(map).length > 0, "at least one backend")), "Which workload stands behind each backend: a Service as the route names it, with Istio also `SERVICE:SUBSET`, and a target.")
});
const byService = strictObject({ service: described(pipe(string(), regex(nameForm, "the name of a Service")), "The Service whose selector is switched from one workload to the other (blue-green).") });
const trafficField = described(optional$2(union([byRoute, byService])), "Where it stands who gets the requests: `route` with its `backends`, or `service`. Without it only Rollouts and Canaries say.");
/** @throws {NotMeasured} when it cannot be read */
async function sharesOf(asking, config, asked) {
	if ("service" in config) return bySelector(asking, config.service, asked);
	const mapped = new Set(Object.values(config.backends).map((name) => keyOf(targetOf(name))));
	if (!asked.some((named) => mapped.has(keyOf(named)))) return {
		percent: /* @__PURE__ */ new Map(),
		why: /* @__PURE__ */ new Map(),
		notes: []
	};
	const route = await routeOf(asking.reader, config);
	const unknown = route.idle ?? route.busy;
	const shared = unknown === void 0 ? backendShares(route, config) : { unknown: `${config.route}: ${unknown}` };
	const percent = /* @__PURE__ */ new Map();
	const why = /* @__PURE__ */ new Map();
	for (const [backend, name] of Object.entries(config.backends)) {
		const key = keyOf(targetOf(name));
		const share = "unknown" in shared ? void 0 : shared.percent.get(backend);
		const before = percent.get(key);
		if (share === void 0 || before === null) {
			percent.set(key, null);
			why.set(key, "unknown" in shared ? shared.unknown : `${config.route} does not name the backend ${backend}`);
		} else percent.set(key, tidy((before ?? 0) + share));
	}
	return {
		percent,
		why,
		notes: "unknown" in shared ? [] : shared.notes
	};
}
/** @throws {NotMeasured} also when the route is not there */
async function routeOf(reader, config) {
	const route = await readRoute(reader, config.route);
	if (route) return route;
	const message = `there is no ${config.route} in the namespace ${reader.namespace}: is \`traffic\` right?`;
	throw new NotMeasured("not-found", message, { permanent: true });
}
/** 33.333333333333336 is no share that anybody set. */
const tidy = (percent) => Number(percent.toFixed(6));
/** Percent by backend over all rules that have one of the backends: they must say the same. */
function backendShares({ rules }, { route, backends }) {
	const ours = rules.filter((rule) => rule.backends.some(({ key }) => Object.hasOwn(backends, key)));
	const others = rules.filter((rule) => !ours.includes(rule)).map(({ number }) => number);
	let agreed;
	for (const { number, backends: listed } of ours) {
		const total = listed.reduce((sum, { weight }) => sum + weight, 0);
		if (!(total > 0)) return { unknown: `all weights of rule ${number} of ${route} are 0: nobody gets its requests` };
		const shares = /* @__PURE__ */ new Map();
		for (const { key, weight } of listed) shares.set(key, (shares.get(key) ?? 0) + weight * 100 / total);
		if (agreed && !isSame(agreed, shares)) return { unknown: `the rules of ${route} share out their requests differently, so some users are sent by rules` };
		agreed = shares;
	}
	if (!agreed) return { unknown: `no rule of ${route} has one of the backends` };
	const notes = others.length === 0 ? [] : [`${route} sends the requests of rule ${others.join(", ")} elsewhere: they are not counted`];
	return {
		percent: agreed,
		notes
	};
}
const isSame = (a, b) => [.../* @__PURE__ */ new Set([...a.keys(), ...b.keys()])].every((key) => Math.abs((a.get(key) ?? 0) - (b.get(key) ?? 0)) < 1e-6);
/** Whose pods serve behind a Service: all of them one workload's, or nobody can tell the shares. */
async function bySelector(asking, name, asked) {
	const { reader } = asking;
	const service = await reader.get(kinds.services, name, serviceForm);
	if (!service) {
		const message = `there is no Service ${name} in the namespace ${reader.namespace}: is \`traffic\` right?`;
		throw new NotMeasured("not-found", message, { permanent: true });
	}
	const labels = Object.entries(service.spec.selector ?? {});
	const named = asked.filter(({ kind }) => kind === "deployment" || kind === "statefulset" || kind === "daemonset");
	const unknown = (why) => ({
		percent: new Map(named.map((one) => [keyOf(one), null])),
		why: new Map(named.map((one) => [keyOf(one), why])),
		notes: []
	});
	if (labels.length === 0) return unknown(`the Service ${name} has no selector`);
	const found = await podsOf(reader, labels.map(([key, value]) => `${key}=${value}`).join(","));
	if (!found.whole) return unknown(`who stands behind the Service ${name} is not known: ${found.why.join(", ")}`);
	const serving = found.pods.filter(isReady);
	if (serving.length === 0) return unknown(`no pod that the Service ${name} selects is ready`);
	const percent = /* @__PURE__ */ new Map();
	const why = /* @__PURE__ */ new Map();
	for (const one of named) {
		const selector = await selectorOf(asking, one.kind, one.name);
		const mine = selector && serving.filter(({ metadata }) => selects(selector, metadata.labels ?? {})).length;
		if (mine === void 0) continue;
		percent.set(keyOf(one), mine === 0 ? 0 : mine === serving.length ? 100 : null);
		if (mine > 0 && mine < serving.length) why.set(keyOf(one), `the Service ${name} selects pods of several workloads (${mine} of ${serving.length} are its own), and has no weights`);
	}
	return {
		percent,
		why,
		notes: []
	};
}
// build/sources/deployment/kubernetes/control.js
/** Moving traffic by the weights of a route: one JSON Patch that the API server takes only if nobody changed the route since it was read. */
const canonical = (target) => keyOf(targetOf(target));
function routeControl(client, config) {
	const subject = config.route.replace("/", " ");
	/** Percent by target, in the words of the policy. */
	function weightsOf(route) {
		const shared = backendShares(route, config);
		if ("unknown" in shared) throw new NotMeasured("bad-answer", shared.unknown);
		const weights = Object.fromEntries(Object.values(config.backends).map((target) => [target, 0]));
		for (const [backend, percent] of shared.percent) {
			const target = Object.hasOwn(config.backends, backend) ? config.backends[backend] : void 0;
			if (target !== void 0) weights[target] = tidy((weights[target] ?? 0) + percent);
			else if (percent > 0) throw new NotMeasured("bad-answer", `${config.route} sends requests to ${backend} too, which is not among the \`backends\``);
		}
		return weights;
	}
	return {
		subject,
		async read(signal) {
			const route = await routeOf(await client.reader(signal), config);
			if (route.idle !== void 0) throw new NotMeasured("bad-answer", `${config.route}: ${route.idle}`);
			return {
				weights: weightsOf(route),
				lock: route.resourceVersion,
				...route.busy === void 0 ? {} : { busy: route.busy }
			};
		},
		async write(weights, before, _note, signal) {
			const route = await routeOf(await client.reader(signal), config);
			if (route.resourceVersion === "" || route.resourceVersion !== before.lock) throw changed(config.route);
			if (route.owner !== void 0) throw new Refused("managed", `${config.route} is written by ${route.owner}, which would undo the change`, `let it move the traffic, or give Signalbox a route of its own`);
			const operations = [{
				op: "test",
				path: "/metadata/resourceVersion",
				value: route.resourceVersion
			}, ...weightOperations(route, config, weights)];
			const { apiVersion, kind, name } = route;
			const { response, sent, origin, namespace } = await client.patch({
				apiVersion,
				kind,
				name,
				operations
			}, signal);
			if (response.status < 400) return;
			const said = serverWords(response.text, sent);
			if (response.status === 409 || response.status === 422 && !namesObject(response)) throw changed(config.route);
			if (response.status === 401 || response.status === 403) {
				const next = `give its credential ${needs(kind, "patch", namespace)}`;
				throw new Refused("permission", `${origin} does not allow the change (${response.status})${said}`, next);
			}
			throw new Refused("refused", `${origin} does not take the change (${response.status})${said}`, "see the server's words, and change it by hand");
		}
	};
}
function weightOperations(route, config, weights) {
	const by = new Map(Object.entries(weights).map(([target, percent]) => [canonical(target), percent]));
	const known = Object.values(config.backends).map(canonical);
	const stranger = [...by.keys()].find((target) => !known.includes(target));
	if (stranger !== void 0 || new Set(known).size < known.length) {
		const what = stranger === void 0 ? "several backends lead to the same target" : `no backend leads to ${stranger}`;
		throw new Refused("too-complex", `${config.route}: ${what}`, "name one backend for each target in `traffic.backends`");
	}
	const ours = route.rules.filter(({ backends }) => backends.some(({ key }) => Object.hasOwn(config.backends, key)));
	const whole = [...by.values()].every(Number.isInteger);
	if (!whole && route.kind.plural === "virtualservices") throw new Refused("too-complex", "the weights of a VirtualService are whole percents", "choose a whole number of percent");
	return ours.flatMap(({ number, backends }) => {
		const listed = new Set(backends.map(({ key }) => key));
		const missing = Object.entries(config.backends).find(([key, target]) => !listed.has(key) && (by.get(canonical(target)) ?? 0) > 0);
		if (missing || listed.size < backends.length) {
			const what = missing ? `does not have the backend ${missing[0]}` : "has a backend twice";
			throw new Refused("too-complex", `rule ${number} of ${config.route} ${what}`, "let each rule name each backend once, with weight 0 where it gets nothing");
		}
		return backends.map(({ key, pointer }) => {
			const target = Object.hasOwn(config.backends, key) ? config.backends[key] : void 0;
			const percent = target === void 0 ? 0 : by.get(canonical(target)) ?? 0;
			return {
				op: "add",
				path: pointer,
				value: whole ? percent : Math.round(percent * 1e3)
			};
		});
	});
}
/** A change that is not valid is answered with the object that it would not be valid for; a patch whose test fails is not. */
function namesObject({ text }) {
	try {
		const parsed = safeParse(statusForm, JSON.parse(text));
		return !parsed.success || Boolean(parsed.output.details?.name);
	} catch {
		return true;
	}
}
const changed = (route) => new Refused("changed-in-between", `${route} was changed between reading and writing`, "see who changes it at the same time, then run this again");
// build/sources/deployment/kubernetes/rollouts.js
/**
* Argo Rollouts (https://argo-rollouts.readthedocs.io/en/stable/features/specification/): the rollout as a whole, and its two sides, which
* are the ReplicaSets whose pod hashes its status names.
*/
const hashLabel = "rollouts-pod-template-hash";
async function readRollout(asking, name, part) {
	const rollout = await asking.reader.get(kinds.rollouts, name, rolloutForm);
	if (!rollout) return absent();
	const hashes = part === void 0 ? void 0 : hashesOf(rollout, name);
	if (part !== void 0 && hashes && !(part in hashes)) {
		const message = `the rollout ${name} has no ${part}: its sides are ${Object.keys(hashes).join(" and ")}`;
		throw new NotMeasured("bad-query", message, { permanent: true });
	}
	const early = earlyWords(rollout);
	if (early !== void 0) return notTakenUp(early, {
		version: null,
		why: []
	});
	return part === void 0 ? whole(asking, rollout) : side(asking, rollout, part, hashes?.[part]);
}
/** The pod hash of each side; empty: there is none right now. */
function hashesOf({ spec, status }, name) {
	if (spec.strategy.blueGreen) {
		const { activeSelector, previewSelector } = status?.blueGreen ?? {};
		const active = activeSelector ?? "";
		return {
			active,
			preview: previewSelector && previewSelector !== active ? previewSelector : ""
		};
	}
	if (!spec.strategy.canary) throw new NotMeasured("bad-answer", `the rollout ${name} has no strategy`);
	const stable = status?.stableRS ?? "";
	return {
		stable,
		canary: status?.currentPodHash && status.currentPodHash !== stable ? status.currentPodHash : ""
	};
}
/** Why its status is not about what is wanted now, as Argo's own clients tell. */
function earlyWords({ metadata, status }) {
	const early = unsettled(metadata, Number(status?.observedGeneration ?? NaN));
	if (early !== void 0) return early;
	const workload = metadata.annotations?.["rollout.argoproj.io/workload-generation"];
	if (workload !== void 0 && workload !== status?.workloadObservedGeneration) return "the last change of the workload that it refers to has not been taken up yet";
	if (status?.controllerPause && (status.pauseConditions ?? []).length === 0) return "it is about to go on after a pause";
}
/** What is wanted: the newest revision, once it is everywhere. */
async function whole(asking, rollout) {
	const { spec, status } = rollout;
	const { replicaSet, version, why } = await replicaSetOf(asking, rollout, status?.currentPodHash ?? "");
	const wanted = spec.replicas ?? 1;
	const up = replicaSet?.status?.readyReplicas ?? 0;
	const healthy = status?.phase === "Healthy";
	const promoted = Boolean(status?.stableRS) && status?.stableRS === status?.currentPodHash;
	const done = conditionOf(status?.conditions, "Completed");
	const serves = healthy && promoted && wanted > 0 && up >= wanted;
	return {
		exists: true,
		version,
		state: stateOf(status?.phase, wanted),
		health: healthy ? "healthy" : status?.phase === "Degraded" ? "unhealthy" : "unknown",
		ready: replicaSet ? serves : null,
		instances: replicaSet ? {
			wanted,
			ready: up
		} : null,
		traffic: null,
		since: healthy && promoted && done?.status === "True" ? instantOf(done.lastTransitionTime) : null,
		reasons: [
			...phaseWords(rollout),
			...wanted === 0 ? ["it is scaled to 0"] : [],
			...replicaSet && up < wanted ? [`${up} of ${wanted} instances are ready`] : [],
			...why
		]
	};
}
function stateOf(phase, wanted) {
	if (phase === "Healthy") return wanted === 0 ? "stopped" : "running";
	if (phase === "Degraded") return "failed";
	return phase === "Progressing" || phase === "Paused" ? "deploying" : "unknown";
}
function phaseWords({ status }) {
	const { phase, message, conditions } = status ?? {};
	if (phase === "Healthy") return [];
	const said = message ? `: ${message}` : "";
	const invalid = conditionOf(conditions, "InvalidSpec");
	return [oneLine(`${phase ?? "it has no phase"}${said}`, 200), ...invalid?.status === "True" ? [conditionWords(invalid)] : []];
}
/** One side: its own ReplicaSet, and what the rollout sends there. */
async function side(asking, rollout, part, hash = "") {
	if (hash === "") return absent(`the rollout has no ${part} right now`);
	const { status } = rollout;
	const { replicaSet, version, why } = await replicaSetOf(asking, rollout, hash);
	const { traffic, why: noTraffic } = trafficOf(rollout, part, hash);
	const isNew = hash === status?.currentPodHash;
	const failed = isNew && (status?.abort === true || status?.phase === "Degraded");
	const unhealthy = failed ? phaseWords(rollout) : [];
	if (!replicaSet) return {
		...absent(),
		exists: true,
		version,
		traffic,
		reasons: [...why, ...noTraffic]
	};
	const wanted = replicaSet.spec.replicas ?? 1;
	const up = replicaSet.status?.readyReplicas ?? 0;
	const pods = await podsOf(asking.reader, `${hashLabel}=${hash}`);
	const ready = up >= wanted && wanted > 0;
	return {
		exists: true,
		version,
		state: failed ? "failed" : wanted === 0 ? "stopped" : ready ? "running" : isNew ? "deploying" : "running",
		health: failed ? "unhealthy" : ready ? "healthy" : wanted === 0 ? "unknown" : isNew ? "unknown" : "unhealthy",
		ready,
		instances: {
			wanted,
			ready: up
		},
		traffic,
		since: ready ? servingSince(pods) : null,
		reasons: [
			...unhealthy,
			...wanted === 0 ? ["it is scaled to 0"] : [],
			...up < wanted ? [`${up} of ${wanted} instances are ready`] : [],
			...why,
			...noTraffic,
			...ready ? [] : troubles(pods),
			...pods.why
		]
	};
}
async function replicaSetOf({ reader, from }, { metadata }, hash) {
	const missing = {
		version: null,
		why: [`no ReplicaSet of its pod hash ${oneLine(hash, 40)} was found`]
	};
	if (!/^[\w.-]+$/.test(hash)) return missing;
	const replicaSet = (await ownedReplicaSets(reader.list(kinds.replicaSets, `${hashLabel}=${hash}`), metadata.uid)).find((one) => one.metadata.labels?.[hashLabel] === hash);
	return replicaSet ? {
		replicaSet,
		...versionOf(replicaSet.spec.template, from)
	} : missing;
}
/** What the controller has set at the traffic router. */
function trafficOf({ spec, status }, part, hash) {
	const unknown = (why) => ({
		traffic: null,
		why: [why]
	});
	if (spec.strategy.blueGreen) return {
		traffic: part === "active" ? 100 : 0,
		why: []
	};
	const weights = status?.canary?.weights;
	if (!weights) {
		if (part === "stable" && status?.phase === "Healthy" && hash === status.currentPodHash) return {
			traffic: 100,
			why: []
		};
		return unknown("it has no traffic routing: who gets which request is left to the number of pods");
	}
	if (weights.verified === false) return unknown("the weights have been set, but not been seen to work yet (verified: false)");
	const mine = part === "canary" ? weights.canary : weights.stable;
	const total = [
		weights.canary,
		weights.stable,
		...weights.additional ?? []
	].reduce((sum, { weight }) => sum + (weight ?? 0), 0);
	if (!(total > 0) || mine.podTemplateHash !== hash) return unknown("the weights in its status are not those of this revision");
	return {
		traffic: (mine.weight ?? 0) * 100 / total,
		why: []
	};
}
// build/sources/deployment/kubernetes/index.js
/** Source `kubernetes`: workloads, Argo Rollouts and Flagger canaries of a cluster, and who gets the users' requests. */
const schema = pipe(strictObject({
	...connectFields,
	version: described(optional$2(picklist(["image", "label"]), "image"), "What a workload's version is: the tag of its `image`, or the `label` app.kubernetes.io/version of its pod template."),
	container: described(optional$2(filled), "Whose image is the version, where pods have several containers. Default: that of `kubectl.kubernetes.io/default-container`."),
	traffic: trafficField
}), check((config) => signsInToClusterOneWay(config), oneWayToCluster));
const kubernetesSource = defineSource({
	type: "kubernetes",
	families: ["deployment"],
	schema,
	open(config, context) {
		const client = openClient(config, context);
		const { traffic } = config;
		return {
			async deployment({ targets }, signal) {
				const asked = targets.map(targetOf);
				const reader = await client.reader(signal);
				const asking = {
					reader,
					from: config
				};
				const [found, shares] = await Promise.all([Promise.all(asked.map(async (named) => ({
					named,
					found: await readTarget(asking, named)
				}))), traffic && sharesOf(asking, traffic, asked)]);
				if (found.some((one) => !one.found.exists)) await proveNamespace(reader);
				const answered = found.map((one) => answerOf(one.named, one.found, shares));
				return {
					kind: "deployments",
					subject: `${targets.join(", ")} in ${reader.namespace}`,
					query: asked.map(keyOf).join(", "),
					at: iso(context.clock.now()),
					seen: answered.filter(({ exists }) => exists).length,
					notes: [...shares?.notes ?? []],
					partial: false,
					targets: answered
				};
			},
			...traffic && "route" in traffic && { traffic: routeControl(client, traffic) }
		};
	},
	lint: ({ targets }) => targets.flatMap((target) => adviceOn(() => targetOf(target)))
});
function readTarget(asking, { kind, name, part }) {
	switch (kind) {
		case "deployment": return readDeployment(asking, name);
		case "statefulset": return readStatefulSet(asking, name);
		case "daemonset": return readDaemonSet(asking, name);
		case "rollout": return readRollout(asking, name, part);
		case "canary": return readCanary(asking, name, part);
	}
}
/** What a route or a Service says of the traffic goes before what the object says itself. */
function answerOf(named, found, shares) {
	const key = keyOf(named);
	const share = found.exists ? shares?.percent.get(key) : void 0;
	if (share === void 0) return {
		name: named.given,
		...found
	};
	const why = shares?.why.get(key);
	const reasons = why === void 0 ? found.reasons : [...found.reasons, why];
	return {
		name: named.given,
		...found,
		traffic: share,
		reasons
	};
}
/** Nothing is found in a namespace that does not exist, and that would look like a workload that was taken away. */
async function proveNamespace(reader) {
	if (await reader.get(kinds.namespaces, reader.namespace, namespaceForm)) return;
	throw new NotMeasured("not-found", `there is no namespace ${reader.namespace}`, { permanent: true });
}
export { kubernetesSource };
