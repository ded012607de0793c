export const id = 724;
export const ids = [724];
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

/***/ 4579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ freshFolder)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/** Where a step on a pipeline keeps its files. */



/**
 * Makes a folder of this step's own, so that several steps of a job do not write over each other's files.
 *
 * @param parent the platform's temporary folder; made when it is not there, the system's when it is not given
 * @throws {Error} when it cannot be made
 */
function freshFolder(parent) {
    const folder = parent || (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)();
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(folder, { recursive: true });
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'signalbox-'));
}


/***/ }),

/***/ 2724:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   inputVariable: () => (/* binding */ inputVariable),
/* harmony export */   openGithub: () => (/* binding */ openGithub)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var _commands_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5393);
/* harmony import */ var _folder_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4579);
/**
 * GitHub Actions. Inputs, masks and annotations are read and written here, without @actions/core: it costs 45 ms to load,
 * and none of it may pass before the first request leaves. Only outputs and the summary, at the end, go through it.
 */




/** GitHub shows this many annotations of a level and step, and drops the rest. */
const annotationsPerLevel = 10;
/** GitHub drops a step's summary of more than 1 MiB whole; a little less leaves room for line ends. */
const summaryBytes = 1_000_000;
/** A job on GitHub's own runners ends after 6 h. */
const hostedJobMs = 6 * 3_600_000;
/** Outputs and the summary need `process.env` itself, since @actions/core reads it. */
function openGithub({ env = process.env, stdout = process.stdout } = {}) {
    const shown = { error: 0, warning: 0, notice: 0 };
    const print = (line) => void stdout.write(`${line}\n`);
    const log = (text) => print((0,_commands_js__WEBPACK_IMPORTED_MODULE_3__/* .harmless */ .Is)(text));
    const warn = (message) => print((0,_commands_js__WEBPACK_IMPORTED_MODULE_3__/* .githubCommand */ .jO)('warning', { title: 'Signalbox' }, message));
    return {
        kind: 'github',
        facts: factsOf(env),
        summaryFlavour: 'github',
        columns: 120,
        // The page shows colours, but the raw log that people search and download would be full of escape codes.
        colour: false,
        outputFolder: (0,_folder_js__WEBPACK_IMPORTED_MODULE_2__/* .freshFolder */ .l)(env.RUNNER_TEMP),
        ...(env.RUNNER_ENVIRONMENT === 'github-hosted' ? { longestJobMs: hostedJobMs } : {}),
        input: (name) => env[inputVariable(name)],
        secret(value) {
            for (const line of (0,_commands_js__WEBPACK_IMPORTED_MODULE_3__/* .linesToMask */ .rh)(value))
                print((0,_commands_js__WEBPACK_IMPORTED_MODULE_3__/* .githubCommand */ .jO)('add-mask', {}, line));
        },
        log,
        // Every round is a line of the log already, and GitHub has nothing else to show progress with.
        progress: () => undefined,
        annotate(annotation) {
            const { level, title, message, file, line, column } = annotation;
            shown[level] += 1;
            if (shown[level] > annotationsPerLevel)
                log((0,_commands_js__WEBPACK_IMPORTED_MODULE_3__/* .annotationLine */ .As)(annotation));
            else
                print((0,_commands_js__WEBPACK_IMPORTED_MODULE_3__/* .githubCommand */ .jO)(level, { file, line, col: column, title }, message));
        },
        async output(name, value) {
            const missing = missingFile(env, 'GITHUB_OUTPUT');
            if (missing !== undefined)
                return warn(`output \`${name}\` is not set: ${missing}`);
            const { setOutput } = await __webpack_require__.e(/* import() */ 421).then(__webpack_require__.bind(__webpack_require__, 6421));
            setOutput(name, value);
        },
        async summary(path) {
            const missing = missingFile(env, 'GITHUB_STEP_SUMMARY');
            if (missing !== undefined)
                return warn(`the summary is not shown: ${missing}; it is in ${path}`);
            const { summary } = await __webpack_require__.e(/* import() */ 421).then(__webpack_require__.bind(__webpack_require__, 6421));
            try {
                const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(path, 'utf8');
                const bytes = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(env.GITHUB_STEP_SUMMARY ?? '').size + Buffer.byteLength(text);
                if (bytes > summaryBytes) {
                    throw new Error(`the step's summary would have ${bytes} bytes, expected at most ${summaryBytes}`);
                }
                await summary.addRaw(text).write();
            }
            catch (error) {
                summary.emptyBuffer();
                warn(`the summary is not shown: ${error.message}; it is in ${path}`);
            }
        },
        async finish(_result, message, exitCode) {
            // No annotation: those of the report name the gates already.
            log(message);
            process.exitCode = exitCode;
        },
    };
}
/** The variable in which the runner passes an input: upper case, spaces as `_`; dashes stay. */
const inputVariable = (name) => `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
/** @returns what is missing, or undefined when the file is there */
function missingFile(env, variable) {
    const path = env[variable];
    if (!path)
        return `expected the path of a file in ${variable}, which is not set`;
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path) ? undefined : `expected the file that ${variable} names, which does not exist`;
}
function factsOf(env) {
    const { GITHUB_REPOSITORY: repository, GITHUB_SHA: sha, GITHUB_REF: ref, GITHUB_ACTOR: actor } = env;
    const { GITHUB_SERVER_URL: server, GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } = env;
    const run = `${server}/${repository}/actions/runs/${id}${attempt ? `/attempts/${attempt}` : ''}`;
    return {
        ...(repository ? { repository } : {}),
        ...(sha ? { sha } : {}),
        ...(ref ? { ref } : {}),
        ...(actor ? { actor } : {}),
        ...(server && repository && id ? { run } : {}),
    };
}


/***/ })

};
