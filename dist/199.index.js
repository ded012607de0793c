export const id = 199;
export const ids = [199];
export const modules = {

/***/ 5393:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   As: () => (/* binding */ annotationLine),
/* harmony export */   Is: () => (/* binding */ harmless),
/* harmony export */   jO: () => (/* binding */ githubCommand),
/* harmony export */   q: () => (/* binding */ colourless),
/* harmony export */   rh: () => (/* binding */ linesToMask)
/* harmony export */ });
/** The escape character shows that something was kept from acting; the text stays readable. */
const escapeWith = '\\';
/**
 * Text for the log of any host, safe to print: one that comes from outside cannot act as a command.
 *
 * Both platforms read stdout line by line and take `\r` alone for the end of a line too. GitHub's runner acts on `::` at the
 * start of a line, after white space, and on `##[` anywhere (ActionCommand.cs in actions/runner); the Azure agent acts on
 * `##vso[` anywhere, in any case of letters, and colours lines by `##[` (Command.cs in microsoft/azure-pipelines-agent).
 * They are broken up with a backslash: `\::error::`, `##\[error]`, `##\vso[task.complete]`. Control characters, with which
 * a terminal can be made to hide or overwrite what it shows, become U+FFFD; tabs and colours stay.
 *
 * @returns lines joined by `\n`, without one at the end
 */
function harmless(text) {
    return text
        .split(/\r\n|\r|\n/)
        .map((line) => line
        .replace(/(\p{Cc})(\[[0-9;]*m)?/gu, printable)
        .replace(/##(?=\[|vso\[)/gi, `##${escapeWith}`)
        .replace(/^((?:\p{White_Space}|\p{Cf})*)::/u, `$1${escapeWith}::`))
        .join('\n');
}
/** @param colour what follows the control character, if it looks like the rest of a colour */
function printable(found, control, colour = '') {
    const stays = control === '\t' || (control === '\u{1b}' && colour !== '');
    return stays ? found : `\u{fffd}${colour}`;
}
/** Text without its colours. */
const colourless = (text) => text.replaceAll(/\p{Cc}\[[0-9;]*m/gu, '');
/** A command of GitHub's runner, escaped as @actions/core does it. Properties without a value are left out. */
function githubCommand(name, properties, data) {
    const pairs = Object.entries(properties)
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([key, value]) => `${key}=${escapeData(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`);
    return `::${name}${pairs.length > 0 ? ` ${pairs.join(',')}` : ''}::${escapeData(data)}`;
}
const escapeData = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
/** Shorter lines of a longer secret are brackets and the like; masking them would eat the whole log. */
const shortestLine = 3;
/**
 * What to mask so that a secret shows nowhere: each of its lines, since logs are masked line by line.
 * White space around a line is left out, since the line without it is masked either way.
 */
function linesToMask(secret) {
    const lines = secret
        .split(/[\r\n]+/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
    return lines.length > 1 ? lines.filter((line) => line.length >= shortestLine) : lines;
}
/** `error: src/a.ts:3:1: message`, or `error: title: message` where no file says what it is about. */
function annotationLine({ level, title, message, file, line, column }) {
    const place = [file, line, column].filter((part) => part !== undefined).join(':');
    const about = file === undefined ? title : place;
    return `${level}: ${about === '' ? '' : `${about}: `}${message}`;
}


/***/ }),

/***/ 7199:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openTerminal: () => (/* binding */ openTerminal)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _commands_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5393);
/** A person's terminal, or any script: inputs are the command line's options. */



const clearLine = '\r\u{1b}[K';
function openTerminal(options, { env = process.env, stdout = process.stdout, stderr = process.stderr, cwd = process.cwd() } = {}) {
    const columns = stdout.columns || 100;
    const rewrites = stdout.isTTY === true && env.TERM !== 'dumb';
    const colour = rewrites && !env.NO_COLOR;
    let status = false;
    const print = (screen, text) => {
        if (status)
            stdout.write(clearLine);
        status = false;
        screen.write(`${(0,_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .harmless */ .Is)(text)}\n`);
    };
    const outputFolder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(cwd, 'signalbox-out');
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(outputFolder, { recursive: true });
    return {
        kind: 'terminal',
        facts: {},
        summaryFlavour: 'github',
        columns,
        colour,
        outputFolder,
        input: (name) => options[name],
        // Nothing on a terminal masks; what is printed has been masked before it comes here.
        secret: () => undefined,
        log: (text) => print(stdout, text),
        progress(percent, text) {
            if (!rewrites)
                return;
            const done = `${Math.round(Math.min(100, Math.max(0, percent)))}%`.padStart(4);
            const line = (0,_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .harmless */ .Is)(`${done} ${text}`).replaceAll('\n', ' ');
            // A line that wraps could not be rewritten. Cut by characters; the column left free keeps the cursor on the line.
            const cut = Array.from((0,_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .colourless */ .q)(line))
                .slice(0, columns - 1)
                .join('');
            stdout.write(`${clearLine}${colour ? `\u{1b}[2m${cut}\u{1b}[0m` : cut}`);
            status = true;
        },
        annotate: (annotation) => print(stderr, (0,_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .annotationLine */ .As)(annotation)),
        // There is no later step that could read one; the report names the files.
        output: async () => undefined,
        async summary(path) {
            print(stdout, `Summary: ${path}`);
        },
        async finish(_result, message, exitCode) {
            print(stdout, message);
            process.exitCode = exitCode;
        },
    };
}


/***/ })

};
