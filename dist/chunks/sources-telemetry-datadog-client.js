import { A as optional, M as picklist, a as httpUrl, c as secret, t as described } from "./policy-fields.js";
import { X as parseJson, Z as refuseDenied, tt as serverWords } from "../index.js";
import { t as NotMeasured } from "./sources-source.js";
/** Fields of a source's schema. */
const clientFields = {
	site: described(optional(picklist([
		"datadoghq.com",
		"us3.datadoghq.com",
		"us5.datadoghq.com",
		"datadoghq.eu",
		"ap1.datadoghq.com",
		"ap2.datadoghq.com",
		"uk1.datadoghq.com",
		"ddog-gov.com",
		"us2.ddog-gov.com"
	]), "datadoghq.com"), "The Datadog site of the organization."),
	url: described(optional(httpUrl), "Base URL of the API. Default: that of the site, `https://api.<site>`."),
	"api-key": described(secret, "API key."),
	"app-key": described(secret, "Application key; it can do what its owner can, so take that of a service account.")
};
var Client = class {
	origin;
	/** Base URL of the pages that people look at. */
	app;
	#config;
	#context;
	#url;
	constructor(config, context) {
		this.#url = config.url ?? `https://api.${config.site}`;
		this.origin = new URL(this.#url).origin;
		this.app = `https://${config.site.split(".").length === 2 ? `app.${config.site}` : config.site}`;
		this.#config = config;
		this.#context = context;
	}
	now() {
		return this.#context.clock.now();
	}
	/**
	* @param needs the permission that a refusal names
	* @param once sending it twice would do it twice
	* @returns the answer's JSON; undefined for a 404 where `maybe` allows one
	* @throws {NotMeasured}
	*/
	async send(request, signal) {
		const headers = {
			accept: "application/json",
			"dd-api-key": this.#config["api-key"],
			"dd-application-key": this.#config["app-key"],
			...request.body === void 0 ? {} : { "content-type": "application/json" }
		};
		const response = await this.#context.http.send({
			url: `${this.#url}${request.path}`,
			headers,
			...request.body === void 0 ? {} : {
				method: "POST",
				body: JSON.stringify(request.body)
			},
			...request.once ? { once: true } : {},
			signal
		});
		if (response.status === 404 && request.maybe) return void 0;
		refuseDenied(response, this.origin, request.needs, headers);
		if (response.status >= 400) {
			const message = `Datadog refuses the request (${response.status})${serverWords(response.text, headers)}`;
			throw new NotMeasured("bad-query", message, { permanent: true });
		}
		return parseJson(response, this.origin);
	}
	/** For an answer that is not what the API documents. */
	strange(what) {
		return new NotMeasured("bad-answer", `${this.origin} answered with something that is no ${what}: is the URL right?`);
	}
};
export { clientFields as n, Client as t };
