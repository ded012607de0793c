/** The decision record, told to people. Everything here is a pure function of it. */
export { annotations } from './annotations.js';
export { summary } from './summary.js';
export { progressLine, text } from './text.js';
