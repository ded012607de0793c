import { t as require_statsbeatExporter } from "./applicationinsights.js";
export default require_statsbeatExporter();
export {};
