/** All forms of the report. */
export { annotations } from './annotations.js';
export { summary } from './summary.js';
export { progressLine, text } from './text.js';
