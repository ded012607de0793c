export const id = 700;
export const ids = [700];
export const modules = {

/***/ 6700:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openAzure: () => (/* binding */ openAzure)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _commands_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5393);
/* harmony import */ var _folder_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4579);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8126);
/**
 * Azure Pipelines. Inputs are read only through azure-pipelines-task-lib, which takes them out of the environment when it is
 * imported; it is imported here alone, since it prints to the log at once.
 */





/** The agent keeps ten issues of a level and step; one is left for the result, which is an issue as well. */
const issuesPerLevel = 9;
/** A job on Microsoft's agents ends after 6 h at the latest. */
const hostedJobMs = 6 * 3_600_000;
/** Exit codes that say no more than the printed result: a decision to stop, and a wrong policy. */
const saidByResult = [1, 2];
/** `env` is for the facts and the folder; task-lib itself reads `process.env`. */
async function openAzure({ env = process.env, stdout = process.stdout, byCommandLine = false, } = {}) {
    // CommonJS: under ESM, in Node as in the bundle, all of it is the default export.
    const { default: task } = await __webpack_require__.e(/* import() */ 358).then(__webpack_require__.t.bind(__webpack_require__, 358, 19));
    const given = byCommandLine ? new Map() : readInputs(task);
    task.setStdStream(stdout);
    const shown = { error: 0, warning: 0, notice: 0 };
    const log = (text) => void stdout.write(`${(0,_commands_js__WEBPACK_IMPORTED_MODULE_4__/* .harmless */ .Is)(text)}\n`);
    const outputFolder = (0,_folder_js__WEBPACK_IMPORTED_MODULE_2__/* .freshFolder */ .l)(env.AGENT_TEMPDIRECTORY);
    return {
        kind: 'azure',
        facts: factsOf(env),
        summaryFlavour: 'azure',
        columns: 120,
        // As on GitHub: the raw log stays free of escape codes.
        colour: false,
        outputFolder,
        ...(env.AGENT_ISSELFHOSTED === '1' ? {} : { longestJobMs: hostedJobMs }),
        input: (name) => given.get(name),
        secret(value) {
            for (const line of (0,_commands_js__WEBPACK_IMPORTED_MODULE_4__/* .linesToMask */ .rh)(value))
                task.setSecret(line);
        },
        log,
        progress: (percent, text) => task.setProgress(Math.round(Math.min(100, Math.max(0, percent))), text),
        annotate(annotation) {
            const { level, title, message, file, line, column } = annotation;
            shown[level] += 1;
            // Azure has no issues of a lower level than a warning.
            if (level === 'notice' || shown[level] > issuesPerLevel)
                return log((0,_commands_js__WEBPACK_IMPORTED_MODULE_4__/* .annotationLine */ .As)(annotation));
            const place = { sourcepath: file, linenumber: line, columnnumber: column };
            // An issue has no title.
            task.command('task.logissue', { type: level, ...place }, title === '' ? message : `${title}: ${message}`);
        },
        async output(name, value) {
            task.setVariable(name, value, false, true);
        },
        async summary(path) {
            // The file's name is the name of the attachment: two steps of a job must not have the same.
            const attached = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(outputFolder, `${(0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(outputFolder)}.md`);
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.copyFileSync)(path, attached);
            task.uploadSummary(attached);
        },
        /**
         * The agent goes by the result that is printed. For a stop and for a wrong policy the exit code is 0 then, as task-lib
         * means it: with another the agent adds an error of its own that says no more than the code. A crash and a signal set it,
         * since they may not rest on a printed line alone; and so does every stop when a script runs the command line, since the
         * script goes by nothing else and must not go on to the release.
         */
        async finish(result, message, exitCode) {
            task.setResult(results(task)[result], message);
            process.exitCode = saidByResult.includes(exitCode) && !byCommandLine ? 0 : exitCode;
        },
    };
}
const results = ({ TaskResult }) => ({
    success: TaskResult.Succeeded,
    warning: TaskResult.SucceededWithIssues,
    failure: TaskResult.Failed,
});
/**
 * All inputs at once and in silence: task-lib prints the value of each that is asked for, and no secret may show before it is
 * masked. Its vault leaves empty ones out, but leaves them in the environment as well.
 */
function readInputs(task) {
    const given = new Map();
    task.setStdStream({ write: () => true });
    for (const { name } of _inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .inputs */ .QL) {
        const camel = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .camelCase */ .xQ)(name);
        const value = task.getInput(camel) ?? process.env[`INPUT_${camel.toUpperCase()}`];
        if (value !== undefined)
            given.set(name, value);
    }
    return given;
}
function factsOf(env) {
    const { BUILD_REPOSITORY_NAME: repository, BUILD_SOURCEVERSION: sha, BUILD_SOURCEBRANCH: ref } = env;
    const { BUILD_REQUESTEDFOR: actor, ENVIRONMENT_NAME: environment } = env;
    const { SYSTEM_COLLECTIONURI: collection, SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: id } = env;
    return {
        ...(repository ? { repository } : {}),
        ...(sha ? { sha } : {}),
        ...(ref ? { ref } : {}),
        ...(actor ? { actor } : {}),
        ...(collection && project && id
            ? { run: `${collection.replace(/\/*$/, '')}/${encodeURIComponent(project)}/_build/results?buildId=${id}` }
            : {}),
        ...(environment ? { environment } : {}),
    };
}


/***/ }),

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

/***/ 8126:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dk: () => (/* binding */ inputGroups),
/* harmony export */   QL: () => (/* binding */ inputs),
/* harmony export */   xQ: () => (/* binding */ camelCase)
/* harmony export */ });
/* unused harmony export outputs */
/**
 * The one list of inputs and outputs. `action.yml`, `task.json`, the README's tables and the command line's options are
 * generated from it (`npm run generate`).
 */
const inputGroups = {
    policy: 'Policy and results',
    release: 'The release',
    evaluation: 'Rounds',
    telemetry: 'One telemetry gate without a policy file',
    security: 'One security gate without a policy file',
    flags: 'One flags gate without a policy file',
};
const inputs = [
    {
        name: 'policy',
        kind: 'lines',
        group: 'policy',
        label: 'Policy',
        description: 'Path of the policy, or the policy itself (YAML of more than one line).',
        absent: '`signalbox.yml`, unless the inputs of single gates are used',
    },
    {
        name: 'observe',
        kind: 'yes-no',
        group: 'policy',
        label: 'Observe only',
        description: 'Judge and report, but let the train go whatever the gates say: the first rung of the ladder.',
        absent: '`false`',
    },
    {
        name: 'record',
        kind: 'path',
        group: 'policy',
        label: 'Decision record',
        description: 'Where to write the decision record (JSON).',
        absent: "a file in the job's temporary folder; on the command line `signalbox-out/record.json`",
    },
    {
        name: 'summary',
        kind: 'path',
        group: 'policy',
        label: 'Summary file',
        description: 'Where to write the summary (Markdown), beside showing it in the job.',
        absent: "a file in the job's temporary folder; on the command line `signalbox-out/summary.md`",
    },
    {
        name: 'service',
        kind: 'text',
        group: 'release',
        label: 'Service',
        description: 'What is released, for the report.',
        absent: "the policy's `service`",
    },
    {
        name: 'commit',
        kind: 'text',
        group: 'release',
        label: 'Commit',
        description: 'Commit that is released: `${release.sha}`.',
        absent: "the run's commit",
    },
    {
        name: 'release-version',
        kind: 'text',
        group: 'release',
        label: 'Version',
        description: 'Version that is released: `${release.version}`.',
        absent: 'unknown',
    },
    {
        name: 'environment',
        kind: 'text',
        group: 'release',
        label: 'Environment',
        description: 'Where it is released to: `${release.environment}`.',
        absent: "the platform's environment, where it names one",
    },
    {
        name: 'deployed-at',
        kind: 'text',
        group: 'release',
        label: 'Time of the deployment',
        description: 'When the new version went live (ISO 8601 with a time zone). Samples older than that never count.',
        absent: 'the start of this step',
    },
    {
        name: 'warmup',
        kind: 'text',
        group: 'evaluation',
        label: 'Warm-up',
        description: 'Time after the deployment in which nothing is decided, except by what stands beyond doubt.',
        absent: "the policy's `evaluation.warmup`",
    },
    {
        name: 'every',
        kind: 'text',
        group: 'evaluation',
        label: 'Interval',
        description: 'Time from one round to the next.',
        absent: "the policy's `evaluation.every`",
    },
    {
        name: 'steady',
        kind: 'text',
        group: 'evaluation',
        label: 'Steady time',
        description: 'How long all blocking gates must be healthy together before the train continues.',
        absent: "the policy's `evaluation.steady`",
    },
    {
        name: 'deadline',
        kind: 'text',
        group: 'evaluation',
        label: 'Deadline',
        description: 'Longest time that the step waits for the evidence; then the train stops.',
        absent: "the policy's `evaluation.deadline`",
    },
    {
        name: 'prometheus-url',
        kind: 'text',
        group: 'telemetry',
        label: 'Prometheus URL',
        description: 'Base URL of a Prometheus, Thanos or Mimir.',
        absent: 'no telemetry gate from inputs',
    },
    {
        name: 'prometheus-token',
        kind: 'text',
        group: 'telemetry',
        label: 'Prometheus token',
        description: 'Bearer token for it.',
        absent: 'no authentication',
        secret: true,
    },
    {
        name: 'query',
        kind: 'lines',
        group: 'telemetry',
        label: 'Query',
        description: 'PromQL that gives one value.',
        absent: '',
    },
    {
        name: 'threshold',
        kind: 'text',
        group: 'telemetry',
        label: 'Threshold',
        description: 'What the value must satisfy, e.g. `< 1%` or `<= 250 ms`.',
        absent: '',
    },
    {
        name: 'unit',
        kind: 'text',
        group: 'telemetry',
        label: 'Unit of the value',
        description: 'What the query returns: `ratio`, `percent`, `s`, `ms`… Needed when the threshold has a unit of time or size.',
        absent: '`ratio` when the threshold is in percent, else a plain number',
    },
    {
        name: 'events',
        kind: 'lines',
        group: 'telemetry',
        label: 'Query for the number of events',
        description: 'PromQL that gives how many events stand behind the value.',
        absent: 'not asked',
    },
    {
        name: 'min-events',
        kind: 'text',
        group: 'telemetry',
        label: 'Least number of events',
        description: 'Below it the evidence is insufficient and the train waits.',
        absent: 'no minimum',
    },
    {
        name: 'sarif-files',
        kind: 'lines',
        group: 'security',
        label: 'SARIF files',
        description: 'Glob patterns of the scan results, one a line.',
        absent: 'no security gate from inputs',
    },
    {
        name: 'sarif-block',
        kind: 'text',
        group: 'security',
        label: 'Blocking severity',
        description: 'Findings of this severity or worse stop the train: `critical`, `high`, `medium` or `low`.',
        absent: '`high`',
    },
    {
        name: 'sarif-require',
        kind: 'lines',
        group: 'security',
        label: 'Required scanners',
        description: 'Scanners that must have run, one a line. A missing or crashed scanner is not a clean one.',
        absent: 'at least one scan',
    },
    {
        name: 'flags-url',
        kind: 'text',
        group: 'flags',
        label: 'OFREP URL',
        description: 'Base URL of a feature-flag service that speaks the OpenFeature Remote Evaluation Protocol.',
        absent: 'no flags gate from a service',
    },
    {
        name: 'flags-token',
        kind: 'text',
        group: 'flags',
        label: 'OFREP token',
        description: 'Bearer token for it.',
        absent: 'no authentication',
        secret: true,
    },
    {
        name: 'flags-file',
        kind: 'path',
        group: 'flags',
        label: 'flagd definition file',
        description: 'Flag definitions of flagd, in place of a service.',
        absent: 'no flags gate from a file',
    },
    {
        name: 'flags-expect',
        kind: 'lines',
        group: 'flags',
        label: 'Expected flags',
        description: 'What must hold, one flag a line, e.g. `new-checkout: off`.',
        absent: '',
    },
];
const outputs = [
    { name: 'decision', description: '`continue` or `stop`.' },
    {
        name: 'reason',
        description: 'Why, as a fixed word: `healthy`, `observed`, `unhealthy`, `insufficient-evidence`, `not-measured`, `not-steady`, `cancelled`, `policy-error` or `internal-error`.',
    },
    { name: 'record', description: 'Path of the decision record (JSON).' },
    { name: 'summary', description: 'Path of the summary (Markdown).' },
];
/** `flags-file` → `flagsFile`: Azure allows no dash in a name. */
const camelCase = (name) => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());


/***/ })

};
