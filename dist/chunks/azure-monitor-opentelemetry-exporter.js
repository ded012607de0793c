import { n as require_httpSender } from "./applicationinsights.js";
export default require_httpSender();
export {};
