export const id = 642;
export const ids = [642];
export const modules = {

/***/ 1916:
/***/ ((__unused_webpack_module, exports) => {

var __webpack_unused_export__;

__webpack_unused_export__ = true;
exports.Io = __webpack_unused_export__ = void 0;
var peq = new Uint32Array(0x10000);
var myers_32 = function (a, b) {
    var n = a.length;
    var m = b.length;
    var lst = 1 << (n - 1);
    var pv = -1;
    var mv = 0;
    var sc = n;
    var i = n;
    while (i--) {
        peq[a.charCodeAt(i)] |= 1 << i;
    }
    for (i = 0; i < m; i++) {
        var eq = peq[b.charCodeAt(i)];
        var xv = eq | mv;
        eq |= ((eq & pv) + pv) ^ pv;
        mv |= ~(eq | pv);
        pv &= eq;
        if (mv & lst) {
            sc++;
        }
        if (pv & lst) {
            sc--;
        }
        mv = (mv << 1) | 1;
        pv = (pv << 1) | ~(xv | mv);
        mv &= xv;
    }
    i = n;
    while (i--) {
        peq[a.charCodeAt(i)] = 0;
    }
    return sc;
};
var myers_x = function (b, a) {
    var n = a.length;
    var m = b.length;
    var mhc = [];
    var phc = [];
    var hsize = Math.ceil(n / 32);
    var vsize = Math.ceil(m / 32);
    for (var i = 0; i < hsize; i++) {
        phc[i] = -1;
        mhc[i] = 0;
    }
    var j = 0;
    for (; j < vsize - 1; j++) {
        var mv_1 = 0;
        var pv_1 = -1;
        var start_1 = j * 32;
        var vlen_1 = Math.min(32, m) + start_1;
        for (var k = start_1; k < vlen_1; k++) {
            peq[b.charCodeAt(k)] |= 1 << k;
        }
        for (var i = 0; i < n; i++) {
            var eq = peq[a.charCodeAt(i)];
            var pb = (phc[(i / 32) | 0] >>> i) & 1;
            var mb = (mhc[(i / 32) | 0] >>> i) & 1;
            var xv = eq | mv_1;
            var xh = ((((eq | mb) & pv_1) + pv_1) ^ pv_1) | eq | mb;
            var ph = mv_1 | ~(xh | pv_1);
            var mh = pv_1 & xh;
            if ((ph >>> 31) ^ pb) {
                phc[(i / 32) | 0] ^= 1 << i;
            }
            if ((mh >>> 31) ^ mb) {
                mhc[(i / 32) | 0] ^= 1 << i;
            }
            ph = (ph << 1) | pb;
            mh = (mh << 1) | mb;
            pv_1 = mh | ~(xv | ph);
            mv_1 = ph & xv;
        }
        for (var k = start_1; k < vlen_1; k++) {
            peq[b.charCodeAt(k)] = 0;
        }
    }
    var mv = 0;
    var pv = -1;
    var start = j * 32;
    var vlen = Math.min(32, m - start) + start;
    for (var k = start; k < vlen; k++) {
        peq[b.charCodeAt(k)] |= 1 << k;
    }
    var score = m;
    for (var i = 0; i < n; i++) {
        var eq = peq[a.charCodeAt(i)];
        var pb = (phc[(i / 32) | 0] >>> i) & 1;
        var mb = (mhc[(i / 32) | 0] >>> i) & 1;
        var xv = eq | mv;
        var xh = ((((eq | mb) & pv) + pv) ^ pv) | eq | mb;
        var ph = mv | ~(xh | pv);
        var mh = pv & xh;
        score += (ph >>> (m - 1)) & 1;
        score -= (mh >>> (m - 1)) & 1;
        if ((ph >>> 31) ^ pb) {
            phc[(i / 32) | 0] ^= 1 << i;
        }
        if ((mh >>> 31) ^ mb) {
            mhc[(i / 32) | 0] ^= 1 << i;
        }
        ph = (ph << 1) | pb;
        mh = (mh << 1) | mb;
        pv = mh | ~(xv | ph);
        mv = ph & xv;
    }
    for (var k = start; k < vlen; k++) {
        peq[b.charCodeAt(k)] = 0;
    }
    return score;
};
var distance = function (a, b) {
    if (a.length < b.length) {
        var tmp = b;
        b = a;
        a = tmp;
    }
    if (b.length === 0) {
        return a.length;
    }
    if (a.length <= 32) {
        return myers_32(a, b);
    }
    return myers_x(a, b);
};
exports.Io = distance;
var closest = function (str, arr) {
    var min_distance = Infinity;
    var min_index = 0;
    for (var i = 0; i < arr.length; i++) {
        var dist = distance(str, arr[i]);
        if (dist < min_distance) {
            min_distance = dist;
            min_index = i;
        }
    }
    return arr[min_index];
};
__webpack_unused_export__ = closest;


/***/ }),

/***/ 8642:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   helpText: () => (/* binding */ helpText),
/* harmony export */   parseCommandLine: () => (/* binding */ parseCommandLine)
/* harmony export */ });
/* unused harmony export commands */
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);
/* harmony import */ var _host_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8126);
/* harmony import */ var _policy_problems_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8579);
/** The command line. Its options are the inputs, so that there is one list of them. */



const commands = ['run', 'check'];
/**
 * @param args without node and the script
 * @param inPipeline without any argument a pipeline means `run`; a person at a terminal wants help
 */
function parseCommandLine(args, inPipeline) {
    if (args.length === 0)
        return inPipeline ? { command: 'run', options: {} } : { command: 'help' };
    const options = Object.fromEntries([
        ..._host_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .inputs */ .QL.map((input) => [input.name, { type: input.kind === 'yes-no' ? 'boolean' : 'string' }]),
        ['help', { type: 'boolean', short: 'h' }],
        ['version', { type: 'boolean', short: 'v' }],
    ]);
    const parsed = (0,node_util__WEBPACK_IMPORTED_MODULE_0__.parseArgs)({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
    const [command, ...more] = parsed.positionals;
    if (parsed.values.help === true || command === 'help')
        return { command: 'help' };
    if (parsed.values.version === true)
        return { command: 'version' };
    const known = _host_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .inputs */ .QL.map((input) => input.name);
    const given = {};
    for (const token of parsed.tokens) {
        if (token.kind !== 'option')
            continue;
        const input = _host_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .inputs */ .QL.find((i) => i.name === token.name);
        if (!input)
            return wrong(`unknown option \`${token.rawName}\`${(0,_policy_problems_js__WEBPACK_IMPORTED_MODULE_2__/* .didYouMean */ .au)(token.name, known)}`);
        if (Object.hasOwn(given, input.name))
            return wrong(`\`--${input.name}\` is given twice`);
        if (input.kind === 'yes-no')
            given[input.name] = token.value ?? 'true';
        else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))) {
            return wrong(`\`--${input.name}\` needs a value`);
        }
        else
            given[input.name] = token.value;
    }
    if (command === undefined)
        return wrong(`expected a command: ${commands.join(' or ')}`);
    if (!isCommand(command))
        return wrong(`unknown command \`${command}\`${(0,_policy_problems_js__WEBPACK_IMPORTED_MODULE_2__/* .didYouMean */ .au)(command, commands)} (known: ${commands.join(', ')})`);
    if (more.length > 0)
        return wrong(`unexpected \`${more.join(' ')}\`; options are written \`--name value\``);
    return { command, options: given };
}
const isCommand = (word) => commands.includes(word);
const wrong = (message) => ({ command: 'wrong', message });
/** The text of `--help`. */
function helpText(version) {
    const plain = (markdown) => markdown.replaceAll('`', '');
    const option = ({ name, kind, description, absent }) => {
        const value = kind === 'yes-no' ? '' : kind === 'path' ? ' FILE' : ' VALUE';
        const fallback = absent === '' ? '' : ` Default: ${plain(absent)}.`;
        return wrap(`  --${name}${value}`, `${plain(description)}${fallback}`);
    };
    const groups = Object.entries(_host_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .inputGroups */ .Dk).map(([group, title]) => `${title}\n${_host_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .inputs */ .QL
        .filter((i) => i.group === group)
        .map(option)
        .join('\n')}`);
    return `Signalbox ${version}: one pipeline step that takes the place of the manual approval before a release.

Usage
  signalbox run   [--policy FILE] [options]   ask the gates until the train may go or must stop
  signalbox check [--policy FILE]             say what is wrong with a policy, without running it
  signalbox --help | --version

Examples
  signalbox run --policy signalbox.yml --record out/record.json
  signalbox run --policy signalbox.yml --observe
  signalbox run --sarif-files "results/*.sarif" --sarif-require CodeQL

Exit codes
  0  continue
  1  stop: the release is unhealthy, or it could not be proven healthy
  2  the policy or the usage is wrong
  130, 143  cancelled by SIGINT, SIGTERM; summary and record are written all the same

${groups.join('\n\n')}
`;
}
/** Two columns within 100 characters. */
function wrap(left, text) {
    const indent = 30;
    const lines = [];
    let line = '';
    for (const word of text.split(' ')) {
        if (line !== '' && line.length + word.length + 1 > 100 - indent) {
            lines.push(line);
            line = word;
        }
        else
            line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
    const [first = '', ...rest] = lines;
    const head = left.length < indent - 1 ? `${left.padEnd(indent)}${first}` : `${left}\n${' '.repeat(indent)}${first}`;
    return [head, ...rest.map((l) => ' '.repeat(indent) + l)].join('\n');
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


/***/ }),

/***/ 8579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   au: () => (/* binding */ didYouMean),
/* harmony export */   pA: () => (/* binding */ nearest),
/* harmony export */   q0: () => (/* binding */ describe)
/* harmony export */ });
/* harmony import */ var fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1916);
/** From what valibot found to sentences that say where, what was expected and what the nearest right word is. */

/** The word that was probably meant, if one is near enough to be worth saying. */
function nearest(word, known) {
    const far = (other) => (0,fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__/* .distance */ .Io)(word.toLowerCase(), other.toLowerCase());
    const [best] = [...known].sort((a, b) => far(a) - far(b) || a.localeCompare(b));
    return best !== undefined && far(best) <= Math.max(2, Math.floor(best.length / 3)) ? best : undefined;
}
/** `; did you mean X?`, or nothing. */
const didYouMean = (word, known) => {
    const best = nearest(word, known);
    return best === undefined ? '' : `; did you mean \`${best}\`?`;
};
const pathOf = (issue) => (issue.path ?? []).map((item) => item.key);
/**
 * A union fails as a whole; what the user meant is the member that came furthest.
 */
function unfold(issue, prefix) {
    const path = [...prefix, ...pathOf(issue)];
    if (issue.type !== 'union' || !issue.issues)
        return [{ issue, path }];
    const members = new Map();
    for (const inner of issue.issues.flatMap((i) => unfold(i, path))) {
        const key = inner.path.length > path.length ? 'deeper' : String(inner.issue.expected ?? inner.issue.message);
        members.set(key, [...(members.get(key) ?? []), inner]);
    }
    const deeper = members.get('deeper');
    if (deeper)
        return deeper;
    const checks = issue.issues.filter((i) => i.kind === 'validation');
    return checks.length > 0 ? checks.map((i) => ({ issue: i, path })) : [{ issue, path }];
}
const list = (words) => words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
const kinds = {
    string: 'a text',
    number: 'a number',
    boolean: 'true or false',
    Object: 'a map (`key: value`)',
    Array: 'a list (`- entry`)',
};
/** valibot's `("a" | "b")` as words. */
function expectedWords(issue) {
    return String(issue.expected ?? '')
        .replace(/^\(|\)$/g, '')
        .split(' | ')
        .filter((word) => word !== 'undefined');
}
function show(input) {
    if (input === undefined || input === null)
        return 'nothing';
    if (Array.isArray(input))
        return 'a list';
    if (typeof input === 'object')
        return 'a map';
    const text = typeof input === 'string' ? `\`${input}\`` : `\`${JSON.stringify(input)}\``;
    return text.length > 60 ? `${text.slice(0, 57)}…\`` : text;
}
function message(issue, path, knownKeys) {
    const key = String(path.at(-1) ?? '');
    if (issue.type === 'strict_object' && issue.expected === 'never') {
        return {
            at: 'key',
            message: `unknown key \`${key}\`${didYouMean(key, knownKeys)} (known here: ${knownKeys.join(', ')})`,
        };
    }
    const words = expectedWords(issue);
    if ((issue.type === 'strict_object' || issue.type === 'variant') && issue.received === 'undefined') {
        const choice = issue.type === 'variant' ? ` (${list(words.map((w) => w.replaceAll('"', '')))})` : '';
        return { at: 'value', message: `\`${key}\` is missing${choice}` };
    }
    if (issue.kind === 'validation' || issue.kind === 'transformation') {
        const found = typeof issue.input === 'object' ? '' : `, found ${show(issue.input)}`;
        return { at: 'value', message: `expected ${issue.message}${found}` };
    }
    const literals = words.filter((w) => w.startsWith('"')).map((w) => w.slice(1, -1));
    const names = words.map((w) => (w.startsWith('"') ? `\`${w.slice(1, -1)}\`` : (kinds[w] ?? w)));
    const hint = typeof issue.input === 'string' ? didYouMean(issue.input, literals) : '';
    return { at: 'value', message: `expected ${list(names)}, found ${show(issue.input)}${hint}` };
}
/**
 * @param issues of one schema run
 * @param keysAt the keys that are known at a place, for unknown ones
 * @param secretAt whether the value at a place must not be shown
 */
function describe(issues, keysAt, secretAt) {
    return issues
        .flatMap((issue) => unfold(issue, []))
        .map(({ issue, path }) => {
        const shown = secretAt(path) ? { ...issue, input: issue.input === undefined ? undefined : '***' } : issue;
        return { path, ...message(shown, path, keysAt(path.slice(0, -1))) };
    });
}


/***/ })

};
