export const id = 695;
export const ids = [695];
export const modules = {

/***/ 2695:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hS: () => (/* binding */ exitCodes),
  Hh: () => (/* binding */ load),
  run: () => (/* binding */ run)
});

// UNUSED EXPORTS: deploymentTime

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/gates/index.js + 6 modules
var build_gates = __webpack_require__(7838);
;// CONCATENATED MODULE: ./build/host/guarded.js
function guarded(host, redactor) {
    const mask = (text) => redactor.text(text);
    return {
        kind: host.kind,
        facts: host.facts,
        summaryFlavour: host.summaryFlavour,
        columns: host.columns,
        colour: host.colour,
        outputFolder: host.outputFolder,
        ...(host.longestJobMs === undefined ? {} : { longestJobMs: host.longestJobMs }),
        input: (name) => host.input(name),
        secret(value) {
            redactor.add(value);
            host.secret(value);
        },
        log: (text) => host.log(mask(text)),
        progress: (percent, text) => host.progress(percent, mask(text)),
        annotate: (annotation) => host.annotate({ ...annotation, title: mask(annotation.title), message: mask(annotation.message) }),
        output: (name, value) => host.output(name, mask(value)),
        summary: (path) => host.summary(path),
        finish: (result, message, exitCode) => host.finish(result, mask(message), exitCode),
    };
}

// EXTERNAL MODULE: ./build/host/inputs.js
var inputs = __webpack_require__(8126);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(4995);
// EXTERNAL MODULE: ./build/sources/source.js
var source = __webpack_require__(2364);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/net/body.js
/** Bodies as text, within limits. */

/**
 * Decodes a body. We ask for no compression, but some servers compress all the same.
 *
 * @throws an error with code `ERR_BUFFER_TOO_LARGE` when it unfolds to more than `maxBytes`, else zlib's or a TypeError
 */
async function decode(body, encoding, maxBytes) {
    const plain = await decompress(body, (encoding ?? 'identity').trim().toLowerCase(), maxBytes);
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
}
async function decompress(body, encoding, maxBytes) {
    if (encoding === 'identity' || encoding === '')
        return body;
    const zlib = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 8522, 19));
    const decoders = { gzip: zlib.gunzip, 'x-gzip': zlib.gunzip, deflate: zlib.inflate, br: zlib.brotliDecompress };
    const decoder = decoders[encoding];
    if (decoder === undefined)
        throw new TypeError(`unknown content encoding ${encoding}`);
    const unfold = (0,external_node_util_.promisify)(decoder);
    return unfold(body, { maxOutputLength: maxBytes });
}

// EXTERNAL MODULE: ./build/net/errors.js
var errors = __webpack_require__(4481);
;// CONCATENATED MODULE: ./build/net/proxy.js


/**
 * The proxy for `url` by the process's `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, or undefined for the direct way. This machine
 * is always reached directly. The agent tunnels (CONNECT) for http as for https.
 *
 * @param signal ends the connection to the proxy; a request that waits for its tunnel does not
 * @throws {NotMeasured} `proxy` when the variable holds no http or https URL
 */
async function proxyFor(url, signal, env) {
    const named = ['http_proxy', 'https_proxy', 'all_proxy'].some((name) => env[name] || env[name.toUpperCase()]);
    if (!named || (0,errors/* isLoopback */.U9)(url.hostname))
        return undefined;
    const [{ getProxyForUrl }, { HttpsProxyAgent }] = await Promise.all([
        __webpack_require__.e(/* import() */ 182).then(__webpack_require__.bind(__webpack_require__, 8182)),
        __webpack_require__.e(/* import() */ 659).then(__webpack_require__.bind(__webpack_require__, 7659)),
    ]);
    const proxy = getProxyForUrl(url.href);
    if (proxy === '')
        return undefined;
    const parsed = URL.canParse(proxy) ? new URL(proxy) : undefined;
    if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.hostname === '') {
        const message = `the proxy that the environment names for ${url.origin} is no http or https URL`;
        throw new source/* NotMeasured */.ke('proxy', message, { permanent: true });
    }
    return { agent: new HttpsProxyAgent(parsed, { signal }), name: parsed.host };
}
/** A proxy's refusal would otherwise be read as the answer of the server behind it. */
function refusedByProxy(status, proxy, url) {
    if (status === 200)
        return undefined;
    const hint = status === 407 ? 'are a user name and password in its URL, and right?' : 'does it know the host, and allow it?';
    const message = `the proxy ${proxy} does not let us through to ${url.host} (${status}): ${hint}`;
    return new source/* NotMeasured */.ke('proxy', message, { permanent: status === 407 });
}

;// CONCATENATED MODULE: ./build/net/http.js
/**
 * The one HTTP client. It rides on `node:http`, since the first global `fetch()` costs 45 ms (Node 24) to 115 ms
 * (Node 20) of start-up.
 */







const retries = 3;
/** A server that asks for more patience than this is asked again in the next round instead. */
const longestRetryAfterMs = 10_000;
const mayHeal = new Set(['refused', 'dns', 'connection', 'throttled', 'server-error', 'proxy']);
/** The client. Connections are kept open between requests; they do not keep the process alive. */
function createHttp(options) {
    const { clock, env = process.env, maxBytes = 16 * 2 ** 20, firstRetryMs = 250 } = options;
    const agents = { 'http:': new external_node_http_.Agent({ keepAlive: true }), 'https:': new external_node_https_.Agent({ keepAlive: true }) };
    return {
        async send(request) {
            const url = new URL(request.url);
            refuseInsecure(url, request.headers ?? {});
            const proxy = await proxyFor(url, request.signal, env);
            const direct = agents[url.protocol];
            const attempt = async () => {
                const got = await once(url, request, proxy ?? direct, maxBytes);
                refuseStatus(got, url, request.headers, clock.now());
                return got;
            };
            let last;
            try {
                return await (0,p_retry/* default */.Ay)(attempt, {
                    retries,
                    minTimeout: firstRetryMs,
                    factor: 3,
                    randomize: true,
                    signal: request.signal,
                    shouldRetry: ({ error }) => error instanceof source/* NotMeasured */.ke && mayHeal.has(error.code) && !error.permanent,
                    async onFailedAttempt({ error, retriesLeft }) {
                        if (error instanceof source/* NotMeasured */.ke && error.code !== 'timeout')
                            last = error;
                        const wait = error instanceof Throttled ? error.retryAfterMs : 0;
                        if (wait > longestRetryAfterMs)
                            throw error;
                        if (wait > 0 && retriesLeft > 0)
                            await clock.sleep(wait, request.signal);
                    },
                });
            }
            catch (error) {
                // Out of time while waiting for the next attempt: what the last one met says more than that.
                if (request.signal.aborted && last)
                    throw last;
                throw (0,errors/* failureOf */.g5)(error, url, request.signal, proxy?.name);
            }
        },
    };
}
/** 429 or 503 with the server's word on when to come back. */
class Throttled extends source/* NotMeasured */.ke {
    retryAfterMs;
    constructor(code, message, retryAfter) {
        super(code, message);
        this.retryAfterMs = retryAfter;
    }
}
function refuseInsecure(url, headers) {
    if (url.protocol === 'https:' || (0,errors/* isLoopback */.U9)(url.hostname))
        return;
    if (!Object.keys(headers).some((name) => errors/* secretHeaders */.Z6.has(name.toLowerCase())))
        return;
    const message = `${url.origin} is plain http: a credential is sent only over https, or to this machine`;
    throw new source/* NotMeasured */.ke('insecure', message, { permanent: true });
}
/** One attempt, whatever its status. */
function once(url, request, way, maxBytes) {
    const { method = 'GET', body, signal } = request;
    const proxy = 'name' in way ? way : undefined;
    return new Promise((resolve, reject) => {
        const fail = (error) => reject((0,errors/* failureOf */.g5)(error, url, signal, proxy?.name));
        const headers = {
            'user-agent': 'signalbox',
            'accept-encoding': 'identity',
            ...request.headers,
            ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
        };
        const send = url.protocol === 'https:' ? external_node_https_.request : external_node_http_.request;
        let outgoing;
        try {
            outgoing = send(url, { method, headers, agent: 'name' in way ? way.agent : way, signal }, (incoming) => {
                receive(incoming, url, maxBytes).then(resolve, fail);
            });
        }
        catch (error) {
            fail(error);
            return;
        }
        outgoing.on('error', fail);
        // While the tunnel is not there yet, the request would not hear of it.
        if (proxy)
            signal.addEventListener('abort', fail, { once: true });
        outgoing.on('proxyConnect', ({ statusCode }) => {
            const refused = proxy && refusedByProxy(statusCode, proxy.name, url);
            if (refused)
                outgoing.destroy(refused);
        });
        outgoing.end(body);
    });
}
async function receive(incoming, url, maxBytes) {
    const chunks = [];
    let size = 0;
    for await (const chunk of incoming) {
        size += chunk.length;
        if (size > maxBytes)
            throw tooLarge(url, maxBytes);
        chunks.push(chunk);
    }
    if (!incoming.complete) {
        throw new source/* NotMeasured */.ke('connection', `${url.origin} broke the connection in the middle of its answer`);
    }
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
    const status = incoming.statusCode ?? 0;
    const text = await decode(Buffer.concat(chunks), headers['content-encoding'], maxBytes).catch((error) => {
        if (error.code === 'ERR_BUFFER_TOO_LARGE')
            throw tooLarge(url, maxBytes);
        // The status of a refusal says enough without its body.
        if (status >= 300)
            return '';
        throw new source/* NotMeasured */.ke('bad-answer', `${url.origin} answered with a body that cannot be decoded`);
    });
    return { status, headers, text };
}
function tooLarge(url, maxBytes) {
    const message = `${url.origin} answered with more than ${maxBytes / 2 ** 20} MiB: ask for less`;
    return new source/* NotMeasured */.ke('too-large', message, { permanent: true });
}
/** Throws for what is no answer. */
function refuseStatus({ status, headers, text }, url, sent, now) {
    const retryAfter = (0,errors/* retryAfterMs */.Vs)(headers['retry-after'], now);
    if (status === 429) {
        const wish = retryAfter > 0 ? ` and asks to wait ${Math.ceil(retryAfter / 1000)} s` : '';
        throw new Throttled('throttled', `${url.origin} throttles the requests (429)${wish}`, retryAfter);
    }
    if (status >= 500 || status === 408) {
        const message = `${url.origin} failed (${status})${(0,errors/* serverWords */.lZ)(text, sent)}`;
        throw new Throttled('server-error', message, status === 503 ? retryAfter : 0);
    }
    if (status >= 300 && status < 400) {
        const where = URL.canParse(headers.location ?? '', url.href) ? ` to ${pageOf(headers.location ?? '', url)}` : '';
        const message = `${url.origin} redirects (${status})${where}: is the URL right, and the credential?`;
        throw new source/* NotMeasured */.ke('redirect', message, { permanent: true });
    }
}
/** Without the query, which may hold a session. */
function pageOf(location, base) {
    const { protocol, host, pathname } = new URL(location, base.href);
    return `${protocol}//${host}${pathname}`;
}

// EXTERNAL MODULE: ./build/policy/fields.js
var fields = __webpack_require__(9646);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./node_modules/yaml/browser/dist/index.js + 70 modules
var browser_dist = __webpack_require__(4844);
;// CONCATENATED MODULE: ./build/policy/document.js
/** A YAML policy as data, with the way back from a place in the data to a line in the file. */

/** A policy is written by people; what is larger is a mistake or an attack. */
const maxCharacters = 1_000_000;
/**
 * @param file shown in problems; absent for an inline policy
 */
function readDocument(text, file) {
    const named = file === undefined ? {} : { file };
    if (text.length > maxCharacters) {
        const message = `the policy has ${text.length} characters; the limit is ${maxCharacters}`;
        return {
            problems: [{ message, ...named }],
            editTexts: () => { },
            toData: () => undefined,
            locate: () => ({ message, ...named }),
        };
    }
    const lines = new browser_dist/* LineCounter */.HN();
    const doc = (0,browser_dist/* parseDocument */.Tp)(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent', uniqueKeys: true });
    const place = (offset) => {
        const { line, col } = lines.linePos(offset);
        return { message: '', ...named, line, column: col };
    };
    const problems = doc.errors.map((e) => ({ ...place(e.pos[0]), message: `this is not YAML: ${e.message}` }));
    if (problems.length === 0 && !(0,browser_dist/* isMap */.jh)(doc.contents)) {
        problems.push({ ...place(0), message: 'expected a policy, a map that begins with `version: 1`' });
    }
    const toData = () => doc.toJS({ maxAliasCount: 100 });
    try {
        toData();
    }
    catch (error) {
        problems.push({ ...place(0), message: `this YAML cannot be read: ${error.message}` });
    }
    function find(path) {
        let value = doc.contents;
        let parent;
        let key;
        for (const step of path) {
            const here = (0,browser_dist/* isAlias */.Vj)(value) ? value.resolve(doc) : value;
            parent = value;
            if ((0,browser_dist/* isMap */.jh)(here)) {
                const pair = here.items.find((item) => (0,browser_dist/* isScalar */.jn)(item.key) && String(item.key.value) === String(step));
                key = pair?.key;
                value = pair?.value;
            }
            else if ((0,browser_dist/* isSeq */.oP)(here)) {
                key = undefined;
                value = here.items[Number(step)];
            }
            else {
                value = undefined;
            }
            if (value === undefined || value === null)
                break;
        }
        return { key: key, value: value, parent: parent };
    }
    return {
        problems,
        editTexts(edit) {
            (0,browser_dist/* visit */.YR)(doc, {
                Scalar(position, node, ancestors) {
                    if (position === 'key' || typeof node.value !== 'string')
                        return undefined;
                    const path = [];
                    for (const [index, ancestor] of ancestors.entries()) {
                        if ((0,browser_dist/* isPair */.tO)(ancestor) && (0,browser_dist/* isScalar */.jn)(ancestor.key))
                            path.push(String(ancestor.key.value));
                        const next = ancestors[index + 1] ?? node;
                        if ((0,browser_dist/* isSeq */.oP)(ancestor))
                            path.push(ancestor.items.indexOf(next));
                    }
                    // In place: a replaced node would be visited, and so substituted, again.
                    node.value = edit(node.value, path);
                    return undefined;
                },
            });
        },
        toData,
        locate({ path, at, message }) {
            const { key, value, parent } = find(path);
            const node = at === 'key' ? (key ?? value ?? parent) : (value ?? key ?? parent);
            return { ...place(node?.range?.[0] ?? 0), message };
        },
    };
}

// EXTERNAL MODULE: ./build/policy/problems.js
var problems = __webpack_require__(8579);
// EXTERNAL MODULE: ./build/policy/relate.js
var relate = __webpack_require__(974);
;// CONCATENATED MODULE: ./build/record/evidence.js
/**
 * What was seen and what the judge said of it: the words every other part of Signalbox speaks, and the
 * part of the decision record that `replay` reads back. One valibot schema is the truth for both the
 * TypeScript types and the published JSON Schema.
 *
 * All instants are ISO 8601 in UTC. Everything here is plain JSON.
 */

const evidence_text = dist/* string */.YjP();
const count = dist/* pipe */.FsL(dist/* number */.aig(), dist/* integer */.ndf(), dist/* minValue */.Wwf(0));
const instant = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* isoTimestamp */.yhX(), dist/* description */.h_('ISO 8601, UTC'));
/** A number as a source reported it. JSON has no NaN or infinity, so those travel as words and never look like a value. */
const reported = dist/* union */.KCZ([dist/* number */.aig(), dist/* picklist */.KIO(['NaN', '+Inf', '-Inf']), dist/* null */.chJ()]);
const common = {
    source: dist/* pipe */.FsL(evidence_text, dist/* description */.h_('name of the source in the policy')),
    subject: dist/* pipe */.FsL(evidence_text, dist/* description */.h_('what was looked at, in words')),
    query: dist/* pipe */.FsL(evidence_text, dist/* description */.h_('the query as it was sent')),
    link: dist/* optional */.lqM(dist/* pipe */.FsL(evidence_text, dist/* description */.h_('where a person can look at the same evidence'))),
    at: dist/* pipe */.FsL(instant, dist/* description */.h_('when the source answered')),
    seen: dist/* pipe */.FsL(count, dist/* description */.h_('how many things (series, scan runs, flags) the answer is about; 0 is no evidence')),
    notes: dist/* pipe */.FsL(dist/* array */.YOg(evidence_text), dist/* description */.h_('warnings that the source gave with its answer')),
    partial: dist/* pipe */.FsL(dist/* boolean */.zMY(), dist/* description */.h_('the source says that its answer is incomplete')),
};
const samples = dist/* strictObject */.rej({
    kind: dist/* literal */.euz('samples'),
    ...common,
    window: dist/* strictObject */.rej({ from: instant, to: instant }),
    newest: dist/* pipe */.FsL(dist/* nullable */.mee(instant), dist/* description */.h_('time of the newest raw sample behind the answer; null: unknown')),
    series: dist/* array */.YOg(dist/* strictObject */.rej({
        labels: dist/* record */.g1P(evidence_text, evidence_text),
        value: reported,
        points: dist/* pipe */.FsL(count, dist/* description */.h_('samples that the value was reduced from')),
    })),
});
const severities = ['critical', 'high', 'medium', 'low', 'unknown'];
const scans = dist/* strictObject */.rej({
    kind: dist/* literal */.euz('scans'),
    ...common,
    settled: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* boolean */.zMY(), dist/* description */.h_('waiting changes nothing: the results are files that were written before this step began'))),
    problems: dist/* pipe */.FsL(dist/* array */.YOg(dist/* strictObject */.rej({ code: evidence_text, message: evidence_text, file: dist/* optional */.lqM(evidence_text), tool: dist/* optional */.lqM(evidence_text) })), dist/* description */.h_('why an input is no evidence: missing, unreadable, crashed…')),
    runs: dist/* array */.YOg(dist/* strictObject */.rej({
        tool: evidence_text,
        toolVersion: dist/* optional */.lqM(evidence_text),
        file: evidence_text,
        sha256: evidence_text,
        revision: dist/* pipe */.FsL(dist/* nullable */.mee(evidence_text), dist/* description */.h_('the commit that the scan says it scanned, several (of several repositories) with spaces between; null: it does not say')),
        ended: dist/* pipe */.FsL(dist/* nullable */.mee(instant), dist/* description */.h_('when the scan ended; null: it does not say')),
        execution: dist/* picklist */.KIO(['succeeded', 'failed', 'unknown']),
        counted: dist/* strictObject */.rej({ critical: count, high: count, medium: count, low: count, unknown: count }),
        review: dist/* pipe */.FsL(count, dist/* description */.h_('results that ask a person to look (kind open or review)')),
        suppressed: count,
        ignored: dist/* pipe */.FsL(count, dist/* description */.h_('results that are no problem: passed, not applicable, absent since the baseline')),
    })),
    findings: dist/* pipe */.FsL(dist/* array */.YOg(dist/* strictObject */.rej({
        run: dist/* optional */.lqM(dist/* pipe */.FsL(count, dist/* description */.h_('position in `runs` of the run that it comes from'))),
        tool: evidence_text,
        rule: evidence_text,
        severity: dist/* picklist */.KIO(severities),
        why: dist/* pipe */.FsL(evidence_text, dist/* description */.h_('where the severity comes from')),
        message: evidence_text,
        file: dist/* optional */.lqM(evidence_text),
        line: dist/* optional */.lqM(count),
    })), dist/* description */.h_('the worst counted findings, at most 50 of them')),
});
const flag = dist/* strictObject */.rej({
    kind: dist/* literal */.euz('flag'),
    ...common,
    flag: evidence_text,
    exists: dist/* pipe */.FsL(dist/* boolean */.zMY(), dist/* description */.h_('false only on a positive "not found"')),
    enabled: dist/* pipe */.FsL(dist/* nullable */.mee(dist/* boolean */.zMY()), dist/* description */.h_("the provider's main switch; null: the provider does not say")),
    value: dist/* pipe */.FsL(dist/* unknown */.L5J(), dist/* description */.h_('what was served; null where the code default is')),
    variant: dist/* nullable */.mee(evidence_text),
    reason: dist/* pipe */.FsL(evidence_text, dist/* description */.h_("the provider's reason, e.g. STATIC, TARGETING_MATCH, DISABLED")),
    scope: dist/* pipe */.FsL(dist/* picklist */.KIO(['everyone', 'context']), dist/* description */.h_('whether the value is proven for everyone or only for the context that was probed')),
    context: dist/* record */.g1P(evidence_text, dist/* unknown */.L5J()),
});
const measurement = dist/* variant */.Oxt('kind', [samples, scans, flag]);
/** Why there is no measurement. `permanent`: waiting cannot heal it (a query that does not parse, a flag file that is not there). */
const failure = dist/* strictObject */.rej({ code: evidence_text, message: evidence_text, permanent: dist/* boolean */.zMY() });
/** The answer to one of the questions that a gate asks: a measurement, or why there is none. `role` is the gate's name for the question. */
const answer = dist/* union */.KCZ([
    dist/* strictObject */.rej({ role: evidence_text, measurement }),
    dist/* strictObject */.rej({ role: evidence_text, source: evidence_text, failure }),
]);
const states = ['healthy', 'unhealthy', 'insufficient', 'error'];
const readingData = dist/* strictObject */.rej({
    state: dist/* picklist */.KIO(states),
    code: dist/* pipe */.FsL(evidence_text, dist/* description */.h_('the reason as a fixed word, e.g. over-threshold, no-data, stale, timeout')),
    reason: dist/* pipe */.FsL(evidence_text, dist/* description */.h_('the reason as one sentence')),
    value: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* number */.aig(), dist/* description */.h_('in the unit of the threshold'))),
    threshold: dist/* optional */.lqM(evidence_text),
    shown: dist/* optional */.lqM(dist/* pipe */.FsL(evidence_text, dist/* description */.h_('the value as people write it, e.g. 0.83 %'))),
    events: dist/* optional */.lqM(dist/* number */.aig()),
    conclusive: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* boolean */.zMY(), dist/* description */.h_('stops at once, even while warming up: a finding that stands, a critical threshold'))),
    permanent: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* boolean */.zMY(), dist/* description */.h_('poor evidence that waiting cannot heal'))),
});

;// CONCATENATED MODULE: ./build/record/record.js
/** The decision record: everything a decision was made from, complete enough to make it again. */


const record_text = dist/* string */.YjP();
const record_count = dist/* pipe */.FsL(dist/* number */.aig(), dist/* integer */.ndf(), dist/* minValue */.Wwf(0));
const enforcements = ['observe', 'warn', 'block'];
const decisions = ['continue', 'stop', 'hold'];
const reasons = [
    'healthy',
    'observed',
    'unhealthy',
    'insufficient-evidence',
    'not-measured',
    'not-steady',
    'cancelled',
    'policy-error',
    'internal-error',
    'warming-up',
    'unconfirmed',
    'steadying',
    'final-check',
];
const decision = dist/* strictObject */.rej({
    decision: dist/* picklist */.KIO(decisions),
    reason: dist/* pipe */.FsL(dist/* picklist */.KIO(reasons), dist/* description */.h_('continue: healthy, observed. stop: unhealthy, insufficient-evidence, not-measured, not-steady, cancelled, policy-error, internal-error. hold: warming-up, unconfirmed, insufficient-evidence, not-measured, steadying, final-check')),
    gates: dist/* pipe */.FsL(dist/* array */.YOg(record_text), dist/* description */.h_('names of the gates that the reason is about')),
    sentence: dist/* pipe */.FsL(record_text, dist/* description */.h_('the reason as one sentence')),
});
const round = dist/* strictObject */.rej({
    number: record_count,
    phase: dist/* picklist */.KIO(['warm-up', 'watch', 'final']),
    began: instant,
    ended: instant,
    gates: dist/* array */.YOg(dist/* strictObject */.rej({
        gate: record_text,
        answers: dist/* array */.YOg(answer),
        reading: dist/* pipe */.FsL(dist/* nullable */.mee(readingData), dist/* description */.h_('null: not evaluated, the round was cut off before it could be')),
    })),
    decision: decision,
});
const problem = dist/* strictObject */.rej({
    message: record_text,
    file: dist/* optional */.lqM(record_text),
    line: dist/* optional */.lqM(record_count),
    column: dist/* optional */.lqM(record_count),
});
const recordSchema = dist/* strictObject */.rej({
    signalbox: dist/* pipe */.FsL(dist/* literal */.euz(1), dist/* description */.h_('version of this format')),
    tool: dist/* strictObject */.rej({ name: record_text, version: record_text }),
    service: dist/* nullable */.mee(record_text),
    release: dist/* strictObject */.rej({
        sha: dist/* nullable */.mee(record_text),
        version: dist/* nullable */.mee(record_text),
        environment: dist/* nullable */.mee(record_text),
        deployedAt: dist/* nullable */.mee(instant),
    }),
    host: dist/* strictObject */.rej({
        kind: dist/* picklist */.KIO(['github', 'azure', 'terminal']),
        repository: dist/* nullable */.mee(record_text),
        ref: dist/* nullable */.mee(record_text),
        actor: dist/* nullable */.mee(record_text),
        run: dist/* nullable */.mee(record_text),
    }),
    policy: dist/* strictObject */.rej({
        file: dist/* pipe */.FsL(dist/* nullable */.mee(record_text), dist/* description */.h_('null: inline or from inputs')),
        sha256: dist/* pipe */.FsL(record_text, dist/* description */.h_('of the policy as it was written, before substitution')),
        effective: dist/* pipe */.FsL(dist/* unknown */.L5J(), dist/* description */.h_('the policy with defaults and substitutions, secrets as ***')),
    }),
    observe: dist/* pipe */.FsL(dist/* boolean */.zMY(), dist/* description */.h_('the whole policy only observed: the decision is continue whatever the gates said')),
    began: instant,
    ended: instant,
    gates: dist/* array */.YOg(dist/* strictObject */.rej({ name: record_text, type: record_text, source: record_text, enforce: dist/* picklist */.KIO(enforcements) })),
    rounds: dist/* array */.YOg(round),
    decision: dist/* pipe */.FsL(decision, dist/* description */.h_('what the step did')),
    verdict: dist/* pipe */.FsL(decision, dist/* description */.h_('what the gates said; differs from the decision only when the policy was observed')),
    problems: dist/* pipe */.FsL(dist/* array */.YOg(problem), dist/* description */.h_('why the policy could not be run')),
});

// EXTERNAL MODULE: ./build/sources/index.js + 20 modules
var sources = __webpack_require__(7172);
;// CONCATENATED MODULE: ./build/policy/schema.js
/**
 * The policy's schema: the single truth from which the JSON Schema and `docs/policy.md` are generated. What a kind of gate
 * or source adds comes from its own file.
 */





/** One member of a union told apart by `type`: the common fields and those of the type, with the type's own checks. */
function withCommon(type, common, schema) {
    const own = schema;
    const merged = dist/* strictObject */.rej({ ...common, ...own.entries, type: dist/* literal */.euz(type) });
    const [, ...checks] = own.pipe ?? [own];
    return (checks.length === 0 ? merged : dist/* pipe */.FsL(merged, ...checks));
}
const anyOf = (members) => dist/* variant */.Oxt('type', members);
const schema_source = anyOf(sources/* sourceTypes */.V.map((t) => withCommon(t.type, {}, t.schema)));
const waitOrStop = ['hold', 'stop', 'ignore'];
const commonGateFields = {
    name: (0,fields/* described */.WY)(fields/* filled */.Bq, 'What people call it; unique in the policy.'),
    source: (0,fields/* described */.WY)(dist/* union */.KCZ([fields/* filled */.Bq, schema_source]), 'Name of an entry of `sources`, or a source written out in place.'),
    enforce: (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* picklist */.KIO(enforcements), 'block'), '`block` stops the train, `warn` lets it go with a warning, `observe` only reports: the ladder by which a gate earns trust.'),
    'on-missing': (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* picklist */.KIO(waitOrStop), 'hold'), 'What insufficient evidence does: `hold` the train until there is enough or the deadline comes, `stop` it at once, or be `ignore`d (shown as such; at least one blocking gate must still be healthy).'),
    'on-error': (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* picklist */.KIO(waitOrStop), 'hold'), 'The same for evidence that could not be measured.'),
    'unhealthy-after': (0,fields/* described */.WY)(dist/* optional */.lqM((0,fields/* whole */.WQ)(1), 2), 'How many unhealthy rounds in a row stop the train. What stands beyond doubt (a finding, a flag in the wrong state, a hard limit) stops it at once.'),
    'unhealthy-limit': (0,fields/* described */.WY)(dist/* optional */.lqM((0,fields/* whole */.WQ)(1)), 'How many unhealthy rounds in all stop the train, in a row or not. Default: no limit.'),
};
const gate = anyOf(build_gates/* gateTypes */.v.map((t) => withCommon(t.type, commonGateFields, t.schema)));
/** `${release.NAME}`; each can also be given as an input, which wins. */
const releaseFacts = ['sha', 'version', 'environment'];
const deployedAtForm = /^\s*(?:\S+\s+ago|\d{4}-\d{2}-\d{2}T\S+)\s*$/;
/** ISO 8601 with a time zone, or `10m ago`. */
const deployedAt = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(deployedAtForm, 'an instant such as 2026-11-23T10:00:00Z, or `10m ago`'));
const optionalDuration = dist/* optional */.lqM(fields/* duration */.p0);
const policySchema = dist/* strictObject */.rej({
    version: (0,fields/* described */.WY)(dist/* literal */.euz(1), 'Version of the policy format.'),
    service: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* filled */.Bq), 'What is released, for the report.'),
    release: dist/* optional */.lqM(dist/* strictObject */.rej({
        sha: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* filled */.Bq), "Commit that is released. Default: the run's commit."),
        version: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* filled */.Bq), 'Version that is released.'),
        environment: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* filled */.Bq), 'Where it is released to.'),
        'deployed-at': (0,fields/* described */.WY)(dist/* optional */.lqM(deployedAt), 'When the new version went live: ISO 8601 with a time zone, or `10m ago`. Default: the start of the step.'),
    }), {}),
    sources: (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* record */.g1P(dist/* string */.YjP(), schema_source), {}), 'Named connections to the systems that hold the evidence.'),
    evaluation: dist/* optional */.lqM(dist/* strictObject */.rej({
        warmup: (0,fields/* described */.WY)(optionalDuration, 'Time after the deployment in which nothing is decided, except by what stands beyond doubt. Default: `2m`, or `0s` when no gate watches telemetry.'),
        every: (0,fields/* described */.WY)(optionalDuration, 'Time from one round to the next. Default: `1m`.'),
        steady: (0,fields/* described */.WY)(optionalDuration, 'How long all blocking gates must be healthy together. Default: `5m`, or `0s` when no gate watches telemetry.'),
        deadline: (0,fields/* described */.WY)(optionalDuration, 'Longest time that the step waits, from its start; then the train stops. Default: `30m`.'),
        'error-budget': (0,fields/* described */.WY)(optionalDuration, 'How long a blocking gate may go without being measured before the train stops as `not-measured`. Default: `10m`, at most the deadline.'),
        'round-timeout': (0,fields/* described */.WY)(optionalDuration, 'Longest time that one round waits for its answers. Default: `30s`.'),
    }), {}),
    gates: (0,fields/* described */.WY)(dist/* pipe */.FsL(dist/* array */.YOg(gate), dist/* minLength */.BpQ(1, 'at least one gate')), 'What must hold before the release may continue.'),
});

;// CONCATENATED MODULE: ./build/policy/substitute.js
/** `${env.NAME}` and `${release.NAME}`, the only substitutions; `$${` stands for a literal `${`. */

/** One pass: what a value brings in is never substituted again. */
function substitute(text, values) {
    const fromEnv = [];
    const wrong = [];
    const unset = [];
    const result = text.replace(/\$\$\{|\$\{([^}]*)\}?/g, (match, inner) => {
        if (inner === undefined)
            return '${';
        const [, space, name] = /^(env|release)\.([A-Za-z_][\w-]*)$/.exec(inner) ?? [];
        if (!match.endsWith('}') || space === undefined || name === undefined) {
            const near = (0,problems/* didYouMean */.au)(inner.split('.')[0] ?? '', ['env', 'release']);
            wrong.push(`\`${match}\` is no substitution; expected \`\${env.NAME}\` or \`\${release.NAME}\`${near} (\`$\${\` writes a literal \`\${\`)`);
            return match;
        }
        const known = space === 'env' ? values.env : values.release;
        const value = known && Object.hasOwn(known, name) ? known[name] : undefined;
        if (value !== undefined) {
            if (space === 'env')
                fromEnv.push(value);
            return value;
        }
        if (known === undefined)
            wrong.push(`\`${match}\` cannot be used inside \`release\` itself`);
        else if (space === 'env')
            unset.push(`the environment variable \`${name}\` is not set${(0,problems/* didYouMean */.au)(name, Object.keys(known))}`);
        else if (Object.hasOwn(known, name))
            unset.push(`\`release.${name}\` is not known in this run: give it as an input or under \`release\``);
        else
            wrong.push(`there is no \`release.${name}\`${(0,problems/* didYouMean */.au)(name, Object.keys(known))} (known: ${Object.keys(known).join(', ')})`);
        return match;
    });
    return { text: result, fromEnv, wrong, unset };
}

;// CONCATENATED MODULE: ./build/policy/walk.js
const child = (data, key) => typeof data === 'object' && data !== null ? data[key] : undefined;
/** Resolves what stands between a field and its shape: optional, union (the member for maps), variant (by `type`). */
function settle(node, data) {
    switch (node?.type) {
        case 'optional':
        case 'nullable':
            return settle(node.wrapped, data);
        case 'union':
            return node.options?.map((option) => settle(option, data)).find((option) => option?.entries ?? option?.item);
        case 'variant':
            return node.options?.find((option) => option.entries?.type?.literal === child(data, 'type'));
        default:
            return node;
    }
}
/** Keys that the schema knows at `path`; empty where the place is no map with fixed keys. */
function keysAt(schema, data, path) {
    let node = settle(schema, data);
    let here = data;
    for (const key of path) {
        here = child(here, key);
        node = settle(node?.entries?.[key] ?? node?.item ?? node?.value, here);
    }
    return Object.keys(node?.entries ?? {});
}

;// CONCATENATED MODULE: ./build/policy/load.js
/** From the text of a policy, or from single inputs, to a checked policy: all that is wrong with it at once. */









/** Shorter values from the environment are words such as `prod`: masking them would eat the whole log. */
const shortestSecret = 6;
function loadPolicy(options) {
    const secrets = new Set();
    const document = readDocument(options.text ?? 'version: 1', options.file);
    const byPath = new Map(options.overrides.map((o) => [o.path.join('\n'), o.input]));
    const locate = (finding) => {
        const input = [...finding.path.keys()]
            .reverse()
            .map((last) => byPath.get(finding.path.slice(0, last + 1).join('\n')))
            .find((name) => name !== undefined);
        if (input !== undefined)
            return { message: `input \`${input}\`: ${finding.message}` };
        return options.text === undefined ? { message: finding.message } : document.locate(finding);
    };
    const loaded = (problems, unset = [], policy) => ({
        problems,
        unset,
        secrets: [...secrets],
        locate: (path, message) => locate({ path, at: 'value', message }),
        ...(policy && problems.length === 0 ? { policy } : {}),
    });
    if (document.problems.length > 0)
        return loaded(document.problems);
    const filled = fillIn(document, options, secrets);
    const data = document.toData();
    for (const { path, value } of options.overrides)
        put(data, path, value);
    collectSecrets(data, secrets);
    const checked = check(data);
    const already = new Set([...filled.wrong, ...filled.unset].map((f) => f.path.join('\n')));
    const findings = [
        ...filled.wrong,
        ...(options.lenient ? [] : filled.unset),
        ...checked.findings.filter((f) => !already.has(f.path.join('\n'))),
    ];
    const policy = checked.policy && complete(checked.policy, options.facts);
    if (policy)
        findings.push(...(0,relate/* relate */.c)(policy, options));
    return loaded(findings.map(locate), options.lenient ? filled.unset.map(locate) : [], policy);
}
/** Substitutes in every text of the document. The release's own facts come first, since the others may name them. */
function fillIn(document, options, secrets) {
    const wrong = [];
    const unset = [];
    const pass = (release) => {
        document.editTexts((text, path) => {
            if ((path[0] === 'release') !== (release === undefined))
                return text;
            const result = substitute(text, release ? { env: options.env, release } : { env: options.env });
            for (const value of result.fromEnv)
                if (value.length >= shortestSecret)
                    secrets.add(value);
            const found = (message) => ({ path, at: 'value', message });
            wrong.push(...result.wrong.map(found));
            unset.push(...result.unset.map(found));
            if (fields/* secretKeys */.DX.has(String(path.at(-1))) && !text.includes('${env.')) {
                wrong.push(found('a secret does not belong into a policy; write `${env.NAME}`'));
            }
            return result.text;
        });
    };
    pass(undefined);
    const written = document.toData()?.release;
    const given = new Map(options.overrides.filter((o) => o.path[0] === 'release').map((o) => [String(o.path[1]), o.value]));
    pass(Object.fromEntries(releaseFacts.map((fact) => [fact, asText(given.get(fact)) ?? asText(written?.[fact]) ?? options.facts[fact]])));
    return { wrong, unset };
}
const asText = (value) => (typeof value === 'string' && value !== '' ? value : undefined);
function put(data, path, value) {
    let here = data;
    for (const [index, key] of path.slice(0, -1).entries()) {
        if (typeof here[key] !== 'object' || here[key] === null)
            here[key] = typeof path[index + 1] === 'number' ? [] : {};
        here = here[key];
    }
    const last = path.at(-1);
    if (last !== undefined)
        here[last] = value;
}
/** Runs the schema until it has named every unknown key; valibot names one per map and run. */
function check(data) {
    const findings = [];
    const secretAt = (path) => fields/* secretKeys */.DX.has(String(path.at(-1)));
    for (;;) {
        const result = dist/* safeParse */.xLC(policySchema, data);
        if (result.success)
            return findings.length === 0 ? { policy: result.output, findings } : { findings };
        const found = (0,problems/* describe */.q0)(result.issues, (path) => keysAt(policySchema, data, path), secretAt);
        const unknown = found.filter((f) => f.at === 'key');
        findings.push(...unknown);
        if (unknown.length === 0)
            return { findings: [...findings, ...found] };
        for (const { path } of unknown)
            remove(data, path);
    }
}
function remove(data, path) {
    const parent = path
        .slice(0, -1)
        .reduce((here, key) => here[key], data);
    delete parent[path.at(-1) ?? ''];
}
/** Fills in the defaults that depend on the rest of the policy. */
function complete(parsed, facts) {
    const gates = parsed.gates;
    const watches = gates.some((gate) => build_gates/* gateTypes */.v.find((t) => t.type === gate.type)?.family === 'telemetry');
    const given = parsed.evaluation;
    const deadline = given.deadline ?? 30 * 60_000;
    const evaluation = {
        warmup: given.warmup ?? (watches ? 2 * 60_000 : 0),
        every: given.every ?? 60_000,
        steady: given.steady ?? (watches ? 5 * 60_000 : 0),
        deadline,
        'error-budget': Math.min(given['error-budget'] ?? 10 * 60_000, deadline),
        'round-timeout': given['round-timeout'] ?? 30_000,
    };
    const release = { ...facts, ...parsed.release };
    const { service } = parsed;
    return {
        version: 1,
        ...(service === undefined ? {} : { service }),
        release,
        sources: parsed.sources,
        evaluation,
        gates,
    };
}
function collectSecrets(value, secrets) {
    if (typeof value !== 'object' || value === null)
        return;
    for (const [key, inner] of Object.entries(value)) {
        if (fields/* secretKeys */.DX.has(key) && typeof inner === 'string' && inner !== '')
            secrets.add(inner);
        collectSecrets(inner, secrets);
    }
}

// EXTERNAL MODULE: ./build/record/build.js
var build = __webpack_require__(1820);
;// CONCATENATED MODULE: ./build/record/redact.js
/** The last line of defence for secrets: every byte that leaves goes through here, whatever put a secret into it. */
class Redactor {
    /** Longest first, so that a secret that contains another is masked whole. */
    #secrets = [];
    /** Masks `value` from now on. A value of several lines is also masked line by line, as logs show it. */
    add(value) {
        const lines = value.split(/\r?\n/).filter((line) => line.trim().length >= 3);
        const all = new Set([...this.#secrets, ...lines, ...(value.trim() === '' ? [] : [value])]);
        this.#secrets = [...all].sort((a, b) => b.length - a.length);
    }
    text(text) {
        return this.#secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
    }
    /** Masks all texts of plain JSON data, keys included. */
    data(data) {
        if (this.#secrets.length === 0)
            return data;
        if (typeof data === 'string')
            return this.text(data);
        if (Array.isArray(data))
            return data.map((item) => this.data(item));
        if (typeof data !== 'object' || data === null)
            return data;
        return Object.fromEntries(Object.entries(data).map(([key, value]) => [this.text(key), this.data(value)]));
    }
}

// EXTERNAL MODULE: ./build/train/clock.js
var train_clock = __webpack_require__(1155);
;// CONCATENATED MODULE: ./build/train/decide.js
/**
 * The decision, as a pure fold over rounds: `advance` takes a round in, `decide` says what follows. The rules are in
 * `docs/decision.md`; two of them hold whatever the readings are: without a healthy blocking gate in the same round there is
 * no `continue`, and insufficient evidence or an error is never counted against the release.
 */

const initialState = { gates: new Map(), steadyMs: 0, healthyAt: null, phase: null };
const fresh = { last: null, unhealthyInRow: 0, unhealthyTotal: 0, unmeasuredSince: null, permanentInRow: 0 };
const blocking = (rules) => rules.filter((rule) => rule.enforce === 'block');
/** Healthy, or poor evidence that the policy says to ignore. A gate that was not evaluated is never passable. */
function passable(rule, reading) {
    if (!reading)
        return false;
    if (reading.state === 'healthy')
        return true;
    if (reading.state === 'insufficient')
        return rule['on-missing'] === 'ignore';
    return reading.state === 'error' && rule['on-error'] === 'ignore';
}
/** All blocking gates passable in this round, and at least one of them really healthy. */
function allHealthy(rules, readings) {
    const must = blocking(rules);
    return (must.every((rule) => passable(rule, readings.get(rule.name))) &&
        must.some((rule) => readings.get(rule.name)?.state === 'healthy'));
}
function advanceGate(state, reading, { at, phase }) {
    if (reading === null)
        return { ...state, last: null };
    // Before the warm-up is over only what stands beyond doubt counts against the release.
    const counts = reading.state === 'unhealthy' && (phase !== 'warm-up' || reading.conclusive === true);
    const failed = reading.state === 'error';
    return {
        last: reading,
        unhealthyInRow: reading.state === 'healthy' ? 0 : state.unhealthyInRow + (counts ? 1 : 0),
        unhealthyTotal: state.unhealthyTotal + (counts ? 1 : 0),
        unmeasuredSince: failed && phase !== 'warm-up' ? (state.unmeasuredSince ?? at) : null,
        permanentInRow: reading.permanent ? state.permanentInRow + 1 : 0,
    };
}
/** Takes one round in. */
function advance(state, round, rules, evaluation) {
    const gates = new Map(rules.map(({ name }) => [
        name,
        advanceGate(state.gates.get(name) ?? fresh, round.readings.get(name) ?? null, round),
    ]));
    const next = { gates, phase: round.phase };
    const sick = blocking(rules).some((rule) => round.readings.get(rule.name)?.state === 'unhealthy');
    if (sick || round.phase === 'warm-up')
        return { ...next, steadyMs: 0, healthyAt: null };
    // Poor evidence stops the clock of the steady time without setting it back.
    if (!allHealthy(rules, round.readings))
        return { ...next, steadyMs: state.steadyMs, healthyAt: null };
    // A gap (a suspended runner) proves nothing about the time in it.
    const proven = state.healthyAt === null ? 0 : Math.min(round.at - state.healthyAt, 2 * evaluation.every);
    return { ...next, steadyMs: state.steadyMs + Math.max(0, proven), healthyAt: round.at };
}
/** How often it must be seen that waiting cannot heal something before it is believed. */
const permanentAfter = 2;
/**
 * What follows from the rounds so far.
 *
 * @param time in milliseconds since the epoch; at and after `deadline` there is no more holding, except for the final check
 */
function decide(state, rules, evaluation, time) {
    const stands = blocking(rules).map((rule) => ({ rule, state: state.gates.get(rule.name) ?? fresh }));
    const proven = conclusiveStop(stands, state.phase, evaluation, time.now);
    if (proven)
        return proven;
    const readings = new Map(stands.map(({ rule, state: { last } }) => [rule.name, last]));
    if (state.healthyAt !== null && allHealthy(rules, readings) && state.steadyMs >= evaluation.steady) {
        const healthy = stands.filter((s) => s.state.last?.state === 'healthy');
        const sentence = `${decide_count(healthy.length, 'blocking gate')} healthy together${evaluation.steady > 0 ? ` for ${(0,fields/* formatDuration */.a3)(state.steadyMs)}` : ''}`;
        return state.phase === 'final'
            ? say('continue', 'healthy', healthy, `${sentence}, and once more in the final check`)
            : say('hold', 'final-check', healthy, `${sentence}; all are asked once more`);
    }
    return waiting(stands, state, evaluation, time.now >= time.deadline);
}
/** The reasons to stop without waiting for the deadline. */
function conclusiveStop(stands, phase, evaluation, now) {
    const sick = stands.filter(({ rule, state }) => (state.last?.state === 'unhealthy' && state.last.conclusive === true) ||
        state.unhealthyInRow >= rule['unhealthy-after'] ||
        state.unhealthyTotal >= (rule['unhealthy-limit'] ?? Number.POSITIVE_INFINITY));
    if (sick.length > 0)
        return say('stop', 'unhealthy', sick, sick.map(unhealthyText).join('; '));
    const lost = stands.filter(({ rule, state }) => {
        if (state.last?.state !== 'error' || rule['on-error'] === 'ignore')
            return false;
        const overBudget = state.unmeasuredSince !== null && now - state.unmeasuredSince >= evaluation['error-budget'];
        return (rule['on-error'] === 'stop' && phase !== 'warm-up') || state.permanentInRow >= permanentAfter || overBudget;
    });
    if (lost.length > 0)
        return say('stop', 'not-measured', lost, decide_reasons(lost));
    const missing = stands.filter(({ rule, state }) => {
        if (state.last?.state !== 'insufficient' || rule['on-missing'] === 'ignore')
            return false;
        return (rule['on-missing'] === 'stop' && phase !== 'warm-up') || state.permanentInRow >= permanentAfter;
    });
    if (missing.length > 0)
        return say('stop', 'insufficient-evidence', missing, decide_reasons(missing));
    return undefined;
}
/** Nothing is conclusive: what holds the train, or at the deadline what it stops for. The worst reason is named. */
function waiting(stands, state, evaluation, late) {
    const verb = late ? 'stop' : 'hold';
    if (state.phase === 'warm-up' && !late)
        return say('hold', 'warming-up', [], 'the new version is still warming up');
    const inState = (wanted) => stands.filter((s) => (s.state.last?.state ?? null) === wanted);
    const sick = inState('unhealthy');
    if (sick.length > 0)
        return say(verb, late ? 'unhealthy' : 'unconfirmed', sick, sick.map(unhealthyText).join('; '));
    const lost = [...inState('error'), ...inState(null)].filter(({ rule, state: { last } }) => !passable(rule, last));
    if (lost.length > 0)
        return say(verb, 'not-measured', lost, decide_reasons(lost));
    const poor = inState('insufficient').filter(({ rule, state: { last } }) => !passable(rule, last));
    if (poor.length > 0)
        return say(verb, 'insufficient-evidence', poor, decide_reasons(poor));
    if (inState('healthy').length === 0) {
        return say(verb, 'insufficient-evidence', stands, 'no blocking gate has evidence: poor evidence may be ignored, but not all of it');
    }
    const text = `healthy for ${(0,fields/* formatDuration */.a3)(state.steadyMs)} of the ${(0,fields/* formatDuration */.a3)(evaluation.steady)} that are asked for`;
    return say(verb, late ? 'not-steady' : 'steadying', stands, text);
}
const decide_count = (n, what) => `${n} ${what}${n === 1 ? '' : 's'}`;
const say = (decision, reason, stands, sentence) => ({
    decision,
    reason,
    gates: stands.map(({ rule }) => rule.name),
    sentence,
});
const decide_reasons = (stands) => stands.map(({ rule, state }) => `${rule.name}: ${state.last?.reason ?? 'not evaluated'}`).join('; ');
function unhealthyText({ rule, state }) {
    const rounds = state.last?.conclusive || state.unhealthyInRow < 1 ? '' : ` (${decide_count(state.unhealthyInRow, 'round')} in a row)`;
    return `${rule.name}: ${state.last?.reason ?? 'unhealthy'}${rounds}`;
}

// EXTERNAL MODULE: ./build/judge/reading.js
var reading = __webpack_require__(5644);
;// CONCATENATED MODULE: ./build/train/round.js
/** One round: every gate is asked, side by side, and none is left out because another failed. */



/**
 * Asks and judges all gates. The same question to the same source is sent once.
 *
 * @param limits `timeoutMs`: what has not answered by then is an error of its gate; `cancel`: what has not answered when it
 *   aborts was not evaluated
 */
async function runRound(gates, moment, limits, clock) {
    const over = new AbortController();
    const answered = new AbortController();
    const ends = AbortSignal.any([limits.cancel, over.signal]);
    const timer = clock
        .sleep(limits.timeoutMs, AbortSignal.any([limits.cancel, answered.signal]))
        .then(() => over.abort());
    const cut = new Promise((resolve) => {
        // A turn later, so that a source which heeds the signal can still say what it was waiting for.
        const done = () => setImmediate(() => resolve(limits.cancel.aborted ? undefined : late(limits.timeoutMs)));
        if (ends.aborted)
            done();
        else
            ends.addEventListener('abort', done, { once: true });
    });
    const sent = new Map();
    const ask = (bound, question) => {
        const key = `${bound.sourceName}\n${JSON.stringify(question)}`;
        const known = sent.get(key);
        if (known)
            return known;
        const fresh = Promise.race([askOnce(bound, question, ends), cut]);
        sent.set(key, fresh);
        return fresh;
    };
    try {
        return await Promise.all(gates.map((bound) => evaluate(bound, moment, ask)));
    }
    finally {
        answered.abort();
        await timer;
    }
}
const late = (timeoutMs) => ({
    source: '',
    failure: { code: 'timeout', message: `no answer within ${(0,fields/* formatDuration */.a3)(timeoutMs)}`, permanent: false },
});
async function askOnce({ source, sourceName }, question, signal) {
    try {
        const measurement = await source.ask(question, signal);
        return { measurement: { ...measurement, source: sourceName } };
    }
    catch (thrown) {
        return { source: sourceName, failure: failureOf(thrown) };
    }
}
function failureOf(thrown) {
    if (thrown instanceof source/* NotMeasured */.ke)
        return { code: thrown.code, message: thrown.message, permanent: thrown.permanent };
    const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return { code: 'internal', message: `the source failed unexpectedly (${message})`, permanent: false };
}
async function evaluate(bound, moment, ask) {
    const gate = bound.config.name;
    try {
        const questions = [...bound.gate.questions(moment)];
        const asked = await Promise.all(questions.map(async ([role, question]) => ({ role, got: await ask(bound, question) })));
        const answers = asked.flatMap(({ role, got }) => got === undefined ? [] : 'failure' in got ? [{ role, ...got, source: bound.sourceName }] : [{ role, ...got }]);
        if (answers.length < questions.length)
            return { gate, answers, reading: null };
        return { gate, answers, reading: bound.gate.judge(answers, moment) };
    }
    catch (thrown) {
        return { gate, answers: [], reading: (0,reading/* error */.z3)('internal', failureOf(thrown).message) };
    }
}

;// CONCATENATED MODULE: ./build/train/run.js



/** First wait after a round in which something could not be measured; doubles up to the normal interval. */
const retryMs = 5000;
async function runTrain(options) {
    const { gates, evaluation, deployedAt, clock, cancel } = options;
    const rules = gates.map((g) => g.config);
    const deadline = clock.now() + evaluation.deadline;
    const settledAt = deployedAt + evaluation.warmup;
    const rounds = [];
    let state = initialState;
    let failedInRow = 0;
    let final = false;
    while (!cancel.aborted) {
        const now = clock.now();
        const phase = final ? 'final' : now < settledAt ? 'warm-up' : 'watch';
        const outcomes = await runRound(gates, { now, deployedAt, settledAt }, { timeoutMs: evaluation['round-timeout'], cancel }, clock);
        const ended = clock.now();
        const readings = new Map(outcomes.map((o) => [o.gate, o.reading]));
        state = advance(state, { at: now, phase, readings }, rules, evaluation);
        const decision = cancel.aborted
            ? cancelled(rounds.length + 1)
            : decide(state, rules, evaluation, { now: ended, deadline });
        const round = {
            number: rounds.length + 1,
            phase,
            began: (0,train_clock/* iso */.K)(now),
            ended: (0,train_clock/* iso */.K)(ended),
            gates: outcomes.map((o) => ({ ...o, answers: [...o.answers] })),
            decision,
        };
        rounds.push(round);
        failedInRow = outcomes.some((o) => o.reading?.state === 'error') ? failedInRow + 1 : 0;
        final = decision.reason === 'final-check';
        const next = decision.decision === 'hold' ? nextRound() : undefined;
        await options.onRound(round);
        if (next === undefined)
            return { rounds, decision };
        await clock.sleep(next - clock.now(), cancel);
        function nextRound() {
            if (final)
                return ended;
            // Errors are asked again soon, since a blip of the monitoring should cost seconds; never slower than the interval.
            const backoff = retryMs * 2 ** (failedInRow - 1) * (0.8 + 0.4 * options.random());
            const wait = failedInRow > 0 ? Math.min(backoff, evaluation.every) : evaluation.every;
            const after = now < settledAt ? Math.min(now + wait, settledAt) : now + wait;
            return Math.max(ended, Math.min(after, deadline));
        }
    }
    return { rounds, decision: cancelled(rounds.length) };
}
const cancelled = (rounds) => ({
    decision: 'stop',
    reason: 'cancelled',
    gates: [],
    sentence: rounds === 0
        ? 'cancelled before anything was measured'
        : `cancelled in or after round ${rounds}, before the evidence was conclusive`,
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/commands/publish.js
/** The end of every run, good or bad: record, summary, annotations, outputs, result. Nothing is lost: each part is tried whatever became of the others. */


/** GitHub drops a summary over 1 MiB whole, and a job may hold several. */
const summaryBytes = 512 * 1024;
/** A `continue` that leaves no record could not be checked afterwards, so it is none. */
const unrecorded = (reason) => ({
    decision: 'stop',
    reason: 'internal-error',
    gates: [],
    sentence: `the decision record could not be written: ${reason}`,
});
/**
 * @param exitCode for a decision that stops; `continue` is always 0
 * @returns the decision that counts in the end
 */
async function publish(host, redactor, raw, to, exitCode) {
    let record = redactor.data(raw);
    const recordPath = (0,external_node_path_.resolve)(to.record ?? (0,external_node_path_.join)(host.outputFolder, 'record.json'));
    const summaryPath = (0,external_node_path_.resolve)(to.summary ?? (0,external_node_path_.join)(host.outputFolder, 'summary.md'));
    const attempt = async (what, act) => {
        try {
            await act();
            return undefined;
        }
        catch (error) {
            const reason = redactor.text(error.message);
            host.annotate({ level: 'warning', title: 'Signalbox', message: `${what} failed: ${reason}` });
            return reason;
        }
    };
    const lost = await attempt('writing the decision record', () => write(recordPath, `${JSON.stringify(record, null, 1)}\n`));
    if (lost !== undefined && record.decision.decision === 'continue') {
        record = { ...record, decision: unrecorded(lost), verdict: unrecorded(lost) };
    }
    const { decision } = record;
    await attempt('the report', async () => {
        const report = await __webpack_require__.e(/* import() */ 718).then(__webpack_require__.bind(__webpack_require__, 6718));
        host.log(report.text(record, { width: host.columns, colour: host.colour }));
        // On a terminal the report itself is all there is to read.
        if (host.kind !== 'terminal')
            for (const annotation of report.annotations(record))
                host.annotate(annotation);
        const markdown = await report.summary(record, { flavour: host.summaryFlavour, maxBytes: summaryBytes });
        await write(summaryPath, redactor.text(markdown));
        await host.summary(summaryPath);
    });
    await attempt('the outputs', async () => {
        await host.output('decision', decision.decision);
        await host.output('reason', decision.reason);
        await host.output('record', recordPath);
        await host.output('summary', summaryPath);
    });
    host.log(`Record: ${recordPath}`);
    await host.finish(resultOf(record), outcome(decision), decision.decision === 'continue' ? 0 : exitCode);
    return decision;
}
/** One short line; the report has said the rest. */
const outcome = ({ decision, reason, gates }) => `${decision} (${reason})${gates.length === 0 || decision === 'continue' ? '' : `: ${gates.join(', ')}`}`;
/** Amber: the train goes, but someone should look. */
function resultOf({ decision, verdict, rounds, gates }) {
    if (decision.decision !== 'continue')
        return 'failure';
    const last = rounds.at(-1)?.gates ?? [];
    const uneasy = last.some(({ gate, reading }) => {
        const enforce = gates.find((g) => g.name === gate)?.enforce;
        return enforce !== 'observe' && reading?.state !== 'healthy';
    });
    return uneasy || verdict.decision !== 'continue' ? 'warning' : 'success';
}
async function write(path, text) {
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
    await (0,promises_.writeFile)(path, text);
}

// EXTERNAL MODULE: ./build/commands/settings.js
var commands_settings = __webpack_require__(7346);
;// CONCATENATED MODULE: ./build/commands/run.js
/** `signalbox run`: from the host's inputs to the published decision. */














const exitCodes = { continue: 0, stop: 1, usage: 2, internal: 70 };
/** Runs the step to its end. Never throws: whatever goes wrong is reported as a decision to stop. */
async function run(rawHost, context) {
    const clock = context.clock ?? train_clock/* systemClock */.m;
    const redactor = new Redactor();
    const host = guarded(rawHost, redactor);
    const began = clock.now();
    const rounds = [];
    let settings;
    let loaded;
    let deployedAt;
    const end = (verdict, problems, exitCode) => {
        const facts = {
            tool: { name: 'signalbox', version: context.version },
            host,
            policyFile: settings?.file,
            policySha256: (0,external_node_crypto_.createHash)('sha256')
                .update(settings?.text ?? JSON.stringify(settings?.overrides ?? []))
                .digest('hex'),
            policy: loaded?.policy,
            observe: settings?.observe ?? false,
            began,
            deployedAt,
        };
        const outcome = { rounds, verdict, problems, ended: clock.now() };
        const to = {
            ...(settings?.record === undefined ? {} : { record: settings.record }),
            ...(settings?.summary === undefined ? {} : { summary: settings.summary }),
        };
        return publish(host, redactor, (0,build/* buildRecord */.kA)(facts, outcome), to, exitCode);
    };
    try {
        maskInputs(host);
        settings = await (0,commands_settings/* readSettings */.s)(host);
        loaded = load(settings, host, context.env);
        for (const secret of loaded.secrets)
            host.secret(secret);
        const { policy } = loaded;
        const problems = [...settings.problems, ...(settings.text === '' ? [] : loaded.problems)];
        if (policy && problems.length === 0) {
            const at = deploymentTime(policy, began);
            if (typeof at === 'number')
                deployedAt = at;
            else
                problems.push(loaded.locate(['release', 'deployed-at'], at.message));
        }
        if (!policy || problems.length > 0 || deployedAt === undefined) {
            return await end(policyError(problems), problems, exitCodes.usage);
        }
        const gates = bind(policy, { clock, http: createHttp({ clock }), workspace: process.cwd() });
        const result = await runTrain({
            gates,
            evaluation: policy.evaluation,
            deployedAt,
            clock,
            random: context.random ?? Math.random,
            cancel: context.cancel,
            onRound: async (round) => {
                rounds.push(round);
                const { progressLine } = await __webpack_require__.e(/* import() */ 920).then(__webpack_require__.bind(__webpack_require__, 3920));
                const line = progressLine(round, { evaluation: policy.evaluation, began });
                host.log(line);
                host.progress((100 * (clock.now() - began)) / policy.evaluation.deadline, line);
            },
        });
        if (result.decision.reason !== 'cancelled')
            return await end(result.decision, [], exitCodes.stop);
        const reason = context.cancel.reason;
        if (typeof reason !== 'number')
            throw reason;
        return await end(result.decision, [], reason);
    }
    catch (error) {
        return await end(internalError(error), [], exitCodes.internal);
    }
}
/** Tokens that came as inputs, before anything is done with them. */
function maskInputs(host) {
    for (const input of inputs/* inputs */.QL) {
        const value = 'secret' in input ? host.input(input.name) : undefined;
        if (value)
            host.secret(value);
    }
}
/** Loads the policy that the settings name. `lenient`: see `LoadOptions`. */
function load(settings, host, env, lenient = false) {
    const { sha, environment } = host.facts;
    return loadPolicy({
        ...(settings.text === undefined ? {} : { text: settings.text }),
        ...(settings.file === undefined ? {} : { file: settings.file }),
        overrides: settings.overrides,
        facts: { ...(sha === undefined ? {} : { sha }), ...(environment === undefined ? {} : { environment }) },
        env,
        observe: settings.observe,
        lenient,
        ...(host.longestJobMs === undefined ? {} : { longestJobMs: host.longestJobMs }),
    });
}
/** Clocks of runners and servers disagree by seconds; a deployment further ahead than this is a mistake. */
const aheadMs = 60_000;
/** @returns milliseconds since the epoch, or what is wrong */
function deploymentTime(policy, now) {
    const text = policy.release['deployed-at'];
    if (text === undefined)
        return now;
    const [, span] = /^\s*(\S+)\s+ago\s*$/.exec(text) ?? [];
    const ago = span === undefined ? undefined : (0,fields/* parseDuration */.E9)(span);
    const zoned = /(?:Z|[+-]\d{2}:?\d{2})\s*$/i.test(text);
    const at = ago === undefined ? (zoned ? Date.parse(text) : Number.NaN) : now - ago;
    if (Number.isNaN(at)) {
        return {
            message: `expected an instant with a time zone such as 2026-11-23T10:00:00Z, or \`10m ago\`, found \`${text}\``,
        };
    }
    return at > now + aheadMs ? { message: `expected a time in the past, found \`${text}\`` } : Math.min(at, now);
}
/** Opens each source once and binds the gates to them. */
function bind(policy, context) {
    const open = new Map();
    return policy.gates.map((config) => {
        const named = (0,build/* namedSource */.LA)(policy, config);
        const gateType = build_gates/* gateTypes */.v.find((t) => t.type === config.type);
        const sourceType = sources/* sourceTypes */.V.find((t) => t.type === named?.config.type);
        if (!named || !gateType || !sourceType)
            throw new Error(`gate ${config.name} has no source`);
        // A source written out in place belongs to its gate alone, unless another gate writes the very same.
        const key = typeof config.source === 'string' ? named.name : JSON.stringify(named.config);
        const source = open.get(key) ?? sourceType.open(named.config, context);
        open.set(key, source);
        return { config, gate: gateType.bind(config), sourceName: named.name, source };
    });
}
const policyError = (problems) => ({
    decision: 'stop',
    reason: 'policy-error',
    gates: [],
    sentence: `the policy or the inputs are wrong in ${problems.length} ${problems.length === 1 ? 'place' : 'places'}; nothing was measured`,
});
const internalError = (error) => ({
    decision: 'stop',
    reason: 'internal-error',
    gates: [],
    sentence: `Signalbox itself failed: ${error instanceof Error ? error.message : String(error)}`,
});


/***/ }),

/***/ 7346:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ readSettings)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _host_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8126);
/* harmony import */ var _policy_problems_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8579);
/** What the step is told to do: its inputs, read once, strictly, all mistakes at once. */



const defaultPolicy = 'signalbox.yml';
/** Inputs that go straight to a place in the policy, over what stands there. */
const places = [
    ['service', ['service']],
    ['commit', ['release', 'sha']],
    ['release-version', ['release', 'version']],
    ['environment', ['release', 'environment']],
    ['deployed-at', ['release', 'deployed-at']],
    ['warmup', ['evaluation', 'warmup']],
    ['every', ['evaluation', 'every']],
    ['steady', ['evaluation', 'steady']],
    ['deadline', ['evaluation', 'deadline']],
];
const singleGates = [
    {
        name: 'telemetry',
        type: 'telemetry',
        source: 'prometheus',
        needs: ['prometheus-url', 'query', 'threshold'],
        sourceFields: { url: 'prometheus-url', token: 'prometheus-token' },
        gateFields: { query: 'query', threshold: 'threshold', unit: 'unit', events: 'events', 'min-events': 'min-events' },
    },
    {
        name: 'scans',
        type: 'security',
        source: 'sarif',
        needs: ['sarif-files'],
        sourceFields: { files: 'sarif-files' },
        gateFields: { block: 'sarif-block', require: 'sarif-require' },
    },
    {
        name: 'flags',
        type: 'flags',
        source: 'ofrep',
        needs: ['flags-url', 'flags-expect'],
        sourceFields: { url: 'flags-url', token: 'flags-token' },
        gateFields: { expect: 'flags-expect' },
    },
    {
        name: 'flag definitions',
        type: 'flags',
        source: 'flagd',
        needs: ['flags-file', 'flags-expect'],
        sourceFields: { file: 'flags-file' },
        gateFields: { expect: 'flags-expect' },
    },
];
const singleGateInputs = new Set(singleGates.flatMap((gate) => [
    ...gate.needs,
    ...Object.values(gate.sourceFields),
    ...Object.values(gate.gateFields),
]));
/**
 * Reads all inputs. On the CI platforms an input that was not given arrives empty, so an empty one is never a value; it
 * differs from an absent one in what is said when it is needed.
 */
async function readSettings(host) {
    const problems = [];
    const value = (name) => host.input(name)?.trim() || undefined;
    const wrong = (name, message) => problems.push({ message: `input \`${name}\`: ${message}` });
    const overrides = places.flatMap(([input, path]) => {
        const given = value(input);
        return given === undefined ? [] : [{ path, value: given, input }];
    });
    const gates = readGates(host, overrides, wrong);
    const record = value('record');
    const summary = value('summary');
    return {
        observe: yesOrNo(value('observe'), (message) => wrong('observe', message)),
        ...(record === undefined ? {} : { record }),
        ...(summary === undefined ? {} : { summary }),
        overrides,
        ...(await readPolicy(value('policy'), gates > 0, wrong)),
        problems,
    };
}
function yesOrNo(text, wrong) {
    const word = (text ?? 'false').toLowerCase();
    if (word !== 'true' && word !== 'false')
        wrong(`expected true or false, found \`${text}\`${(0,_policy_problems_js__WEBPACK_IMPORTED_MODULE_2__/* .didYouMean */ .au)(word, ['true', 'false'])}`);
    return word === 'true';
}
async function readPolicy(given, fromInputs, wrong) {
    if (fromInputs) {
        if (given !== undefined)
            wrong('policy', 'expected either a policy or the inputs of single gates, found both');
        return {};
    }
    if (given?.includes('\n'))
        return { text: given };
    const file = given ?? defaultPolicy;
    try {
        return { text: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8'), file };
    }
    catch (error) {
        const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message;
        wrong('policy', `expected the path of a policy, or the policy itself; \`${file}\` cannot be read: ${reason}`);
        return { text: '', file };
    }
}
/** Adds the gates that inputs describe. @returns how many */
function readGates(host, overrides, wrong) {
    const given = (name) => (host.input(name) ?? '').trim() !== '';
    const used = new Set();
    let count = 0;
    for (const gate of singleGates) {
        const [asks, ...others] = gate.needs;
        if (!given(asks))
            continue;
        for (const name of others) {
            if (!given(name))
                wrong(name, `${host.input(name) === undefined ? 'is missing' : 'is empty'}; expected a value beside \`${asks}\``);
        }
        const at = ['gates', count];
        for (const [key, text] of [
            ['type', gate.type],
            ['name', gate.name],
            ['source', gate.source],
        ]) {
            overrides.push({ path: [...at, key], value: text, input: asks });
        }
        overrides.push({ path: ['sources', gate.source, 'type'], value: gate.source, input: asks });
        for (const [fields, path] of [
            [gate.sourceFields, ['sources', gate.source]],
            [gate.gateFields, at],
        ]) {
            for (const [key, input] of Object.entries(fields)) {
                used.add(input);
                const text = host.input(input)?.trim();
                if (text)
                    overrides.push({ path: [...path, key], value: shape(input, text), input });
            }
        }
        count += 1;
    }
    for (const name of singleGateInputs) {
        if (given(name) && !used.has(name)) {
            const needs = singleGates.filter((g) => [...g.needs, ...Object.values(g.gateFields), ...Object.values(g.sourceFields)].includes(name));
            wrong(name, `does nothing alone; expected \`${needs.map((g) => g.needs[0]).join('` or `')}\` beside it`);
        }
    }
    return count;
}
/** Inputs of several lines are lists, or maps for `flags-expect`; numbers are numbers. */
function shape(name, text) {
    if (name === 'min-events')
        return Number.isFinite(Number(text)) ? Number(text) : text;
    const input = _host_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .inputs */ .QL.find((i) => i.name === name);
    if (input?.kind !== 'lines' || name === 'query' || name === 'events')
        return text;
    const lines = text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
    if (name !== 'flags-expect')
        return lines;
    return Object.fromEntries(lines.map((line) => {
        const [, flag, expected] = /^(.+?)\s*:\s+(.+)$/.exec(line) ?? [undefined, line, ''];
        return [flag, expected?.replace(/^(["'])(.*)\1$/, '$2')];
    }));
}


/***/ }),

/***/ 7838:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ gateTypes)
});

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./build/judge/reading.js
var reading = __webpack_require__(5644);
// EXTERNAL MODULE: ./build/policy/fields.js
var fields = __webpack_require__(9646);
;// CONCATENATED MODULE: ./build/gates/flags-expect.js
/** What a policy may expect of a flag, and what one answer of a provider says of it. Pure; gate `flags` puts it together. */


const shortForm = /^(?:on|off|variant\s+\S.*|value\s+\S.*)$/s;
const notNull = dist/* pipe */.FsL(dist/* unknown */.L5J(), dist/* check */.z6Y((x) => x !== null && x !== undefined, 'a value'));
/** An OpenFeature evaluation context. A percentage rollout reads as off without a targeting key. */
const context = dist/* pipe */.FsL(dist/* record */.g1P(dist/* string */.YjP(), dist/* unknown */.L5J()), dist/* check */.z6Y((x) => typeof x.targetingKey === 'string' && x.targetingKey !== '', 'a context with a `targetingKey`, e.g. `{ targetingKey: user-1 }`'));
const longForm = dist/* pipe */.FsL(dist/* strictObject */.rej({
    state: (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* picklist */.KIO(['on', 'off'])), '`on` or `off`: what it serves, not whether its switch is thrown.'),
    variant: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* filled */.Bq), 'Name of the variant that it must serve.'),
    value: (0,fields/* described */.WY)(dist/* optional */.lqM(notNull), 'Value that it must serve, of the same type.'),
    for: (0,fields/* described */.WY)(dist/* optional */.lqM((0,fields/* oneOrMore */.h9)(context)), 'Evaluation contexts to probe; each needs a `targetingKey`. Without it the expectation must be proven for everyone.'),
}), dist/* check */.z6Y((x) => x.state !== undefined || x.variant !== undefined || x.value !== undefined, 'one of `state`, `variant` and `value`'));
/** One flag's expectation as the policy writes it. */
const expectation = dist/* union */.KCZ([
    dist/* boolean */.zMY(),
    dist/* pipe */.FsL(dist/* string */.YjP(), dist/* trim */.Bqr(), dist/* regex */.yGV(shortForm, '`on`, `off`, `variant NAME` or `value TEXT`')),
    longForm,
]);
/** Both forms as one. */
function readExpectation(written) {
    if (typeof written === 'boolean')
        return { state: written ? 'on' : 'off' };
    if (typeof written === 'string') {
        if (written === 'on' || written === 'off')
            return { state: written };
        const [, what, rest = ''] = /^(variant|value)\s+(.*)$/s.exec(written) ?? [];
        return what === 'variant' ? { variant: rest } : { value: { text: rest } };
    }
    const { state, variant, value, for: contexts } = written;
    return {
        ...(state === undefined ? {} : { state }),
        ...(variant === undefined ? {} : { variant }),
        ...(value === undefined ? {} : { value: { exact: value } }),
        ...(contexts === undefined ? {} : { contexts }),
    };
}
/** `off`, `variant blue`, `value 3`, or several with `and` between. */
function expectationText(expected) {
    const { state, variant, value } = expected;
    return [
        state ?? '',
        variant === undefined ? '' : `variant ${variant}`,
        value === undefined ? '' : `value ${'text' in value ? value.text : show(value.exact)}`,
    ]
        .filter((text) => text !== '')
        .join(' and ');
}
/** The answer against the whole expectation: missed if any part is, met only if all are. */
function compare(flag, expected, meaning) {
    const parts = [];
    if (expected.state !== undefined)
        parts.push(compareState(flag, expected.state, meaning));
    if (expected.variant !== undefined)
        parts.push(compareVariant(flag, expected.variant));
    if (expected.value !== undefined)
        parts.push(compareValue(flag, expected.value));
    return (parts.find((p) => p.is === 'missed') ??
        parts.find((p) => p.is !== 'met') ??
        parts.find((p) => p.assumed) ??
        parts[0] ?? { is: 'unclear', text: 'nothing is expected of it' });
}
/** The provider serves nothing, so that every caller falls back to what its own code says. */
const servesNothing = (flag) => flag.value === null || flag.value === undefined;
function compareState(flag, wanted, meaning) {
    if (servesNothing(flag)) {
        const why = flag.enabled === false ? 'is disabled' : 'serves no value';
        if (meaning.codeDefault !== undefined) {
            const text = `${why}, so the code's default holds, which the policy says is ${meaning.codeDefault}`;
            return { is: meaning.codeDefault === wanted ? 'met' : 'missed', text, assumed: true };
        }
        if (flag.enabled === false && wanted === 'on')
            return { is: 'missed', text: 'is disabled' };
        const text = `${why}, so every caller gets its own code's default, which cannot be seen from here: say what that is with \`code-default: off\``;
        return { is: 'code-default', text };
    }
    const state = stateOf(flag, meaning);
    const text = `serves ${served(flag)}`;
    if (state === undefined) {
        return { is: 'unclear', text: `${text}, which is neither on nor off: name it in \`on-values\` or \`off-values\`` };
    }
    return { is: state === wanted ? 'met' : 'missed', text };
}
/** The value decides; a variant's name only where the value is in neither list. */
function stateOf(flag, { on, off }) {
    for (const candidate of [flag.value, flag.variant]) {
        const isOn = on.some((x) => alike(x, candidate));
        const isOff = off.some((x) => alike(x, candidate));
        if (isOn !== isOff)
            return isOn ? 'on' : 'off';
    }
    return undefined;
}
/** Texts in upper or lower case; nothing else is bent. */
const alike = (a, b) => typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b;
function compareVariant(flag, wanted) {
    if (flag.variant === wanted)
        return { is: 'met', text: `serves ${served(flag)}` };
    if (flag.variant === null && !servesNothing(flag)) {
        return { is: 'unclear', text: `serves ${served(flag)}, but the provider names no variant: expect a value` };
    }
    return { is: 'missed', text: servesNothing(flag) ? 'serves no variant' : `serves ${served(flag)}` };
}
function compareValue(flag, wanted) {
    if (servesNothing(flag)) {
        return { is: 'code-default', text: "serves no value, so every caller gets its own code's default" };
    }
    const same = 'text' in wanted
        ? flag.value === wanted.text || (typeof flag.value !== 'string' && JSON.stringify(flag.value) === wanted.text)
        : sameJson(flag.value, wanted.exact);
    return { is: same ? 'met' : 'missed', text: `serves ${served(flag)}` };
}
/** Equal as JSON, whatever the order of the keys. */
function sameJson(a, b) {
    if (a === b)
        return true;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
        return false;
    if (Array.isArray(a) !== Array.isArray(b))
        return false;
    const [x, y] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
    return x.size === y.size && [...x].every(([key, value]) => y.has(key) && sameJson(value, y.get(key)));
}
const show = (value) => {
    const text = JSON.stringify(value) ?? String(value);
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};
const served = (flag) => `${show(flag.value)}${flag.variant === null ? '' : ` (variant ${flag.variant})`}`;

;// CONCATENATED MODULE: ./build/gates/gate.js
/** Keeps the config's type while the registry holds the erased one. */
function defineGate(type) {
    return type;
}

;// CONCATENATED MODULE: ./build/gates/flags.js
/**
 * Gate `flags`: feature flags serve what the release needs, e.g. the new path is still dark. A flag that cannot be read, is
 * unknown or was only probed for one user is never taken for off.
 */





/** valibot's records pass over these keys, and a flag that is passed over would be one that nobody asks for. */
const unusable = ['__proto__', 'constructor', 'prototype'];
const isMap = (x) => typeof x === 'object' && x !== null && !Array.isArray(x);
const expectations = dist/* pipe */.FsL(dist/* unknown */.L5J(), dist/* check */.z6Y(isMap, 'a map of flags, e.g. `new-checkout: off`'), dist/* check */.z6Y((x) => !isMap(x) || Object.keys(x).length > 0, 'at least one flag'), dist/* check */.z6Y((x) => !isMap(x) || !unusable.some((key) => Object.hasOwn(x, key)), `flag names other than ${unusable.join(', ')}`), dist/* record */.g1P(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq('the name of a flag')), expectation));
const values = dist/* pipe */.FsL(dist/* array */.YOg(dist/* union */.KCZ([dist/* string */.YjP(), dist/* number */.aig(), dist/* boolean */.zMY()])), dist/* minLength */.BpQ(1, 'at least one value'));
const flags_fields = dist/* strictObject */.rej({
    expect: (0,fields/* described */.WY)(expectations, 'What must hold, by flag: `on`, `off`, `variant NAME`, `value TEXT`, or a map of `state`, `variant`, `value` and `for` (the evaluation contexts to probe).'),
    'on-values': (0,fields/* described */.WY)(dist/* optional */.lqM(values, [true, 'true', 'on', 'enabled']), 'Served values, or variants, that count as on. Default: `true`, `on`, `enabled`.'),
    'off-values': (0,fields/* described */.WY)(dist/* optional */.lqM(values, [false, 'false', 'off', 'disabled']), 'Served values, or variants, that count as off. Default: `false`, `off`, `disabled`.'),
    'code-default': (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* picklist */.KIO(['on', 'off'])), "What the application's own code does when the provider serves no value, as a disabled flag of flagd does. Without it such a flag is neither on nor off."),
});
const schema = dist/* pipe */.FsL(flags_fields, dist/* check */.z6Y((g) => !g['on-values'].some((on) => g['off-values'].some((off) => alike(on, off))), 'no value in both `on-values` and `off-values`'));
/** Who is asked for when the policy names nobody. */
const anyone = { targetingKey: 'signalbox' };
function probesOf(config) {
    const probes = new Map();
    for (const [flag, written] of Object.entries(config.expect)) {
        const expected = readExpectation(written);
        for (const [index, context] of (expected.contexts ?? [anyone]).entries()) {
            let role = index === 0 ? flag : `${flag} #${index + 1}`;
            while (probes.has(role))
                role += "'"; // a flag may be called `x #2`
            probes.set(role, { role, flag, expected, question: { family: 'flags', flag, context } });
        }
    }
    return [...probes.values()];
}
function outcomeOf(probe, answers, meaning) {
    const { role, flag, expected } = probe;
    const answer = answers.find((a) => a.role === role);
    if (!answer)
        return { probe, is: 'error', code: 'not-answered', text: `${flag}: no answer` };
    if ('failure' in answer) {
        const { code, message, permanent } = answer.failure;
        return { probe, is: 'error', code, text: `${flag}: ${message}`, permanent };
    }
    const { measurement } = answer;
    if (measurement.kind !== 'flag' || measurement.flag !== flag) {
        return { probe, is: 'error', code: 'bad-answer', text: `${flag}: the answer is about something else` };
    }
    if (!measurement.exists) {
        const notes = measurement.notes.length > 0 ? ` (${measurement.notes.join('; ')})` : '';
        return { probe, is: 'lacking', code: 'unknown-flag', text: `${flag}: the provider knows no such flag${notes}` };
    }
    return judged(probe, measurement, compare(measurement, expected, meaning));
}
function judged(probe, flag, verdict) {
    const { expected, question } = probe;
    const whom = expected.contexts ? ` for ${String(question.context.targetingKey)}` : '';
    const text = `${probe.flag} ${verdict.text}${whom}`;
    if (verdict.is === 'missed') {
        return { probe, is: 'missed', code: 'not-as-expected', text: `${text}, expected ${expectationText(expected)}` };
    }
    if (verdict.is !== 'met')
        return { probe, is: 'lacking', code: verdict.is, text };
    if (!expected.contexts && flag.scope !== 'everyone') {
        const proves = `to one probed context (${flag.reason}), which does not prove ${expectationText(expected)} for everyone`;
        const hint = 'name the contexts that matter with `for:`';
        return { probe, is: 'lacking', code: 'not-proven', text: `${text} ${proves}: ${hint}` };
    }
    return { probe, is: 'met', code: 'as-expected', text, ...(verdict.assumed ? { assumed: true } : {}) };
}
/** `new-checkout is off for everyone, search-v2 is variant a for 2 probed contexts`. */
function metText(probes, outcomes) {
    const texts = new Map();
    for (const { flag, expected } of probes) {
        const n = expected.contexts?.length ?? 0;
        const whom = n === 0 ? 'everyone' : `${n} probed context${n === 1 ? '' : 's'}`;
        const assumed = outcomes.find((o) => o.probe.flag === flag && o.assumed);
        texts.set(flag, `${flag} is ${expectationText(expected)} for ${whom}${assumed ? ` (${assumed.text})` : ''}`);
    }
    return listed([...texts.values()], ', ');
}
/** Ten of them; a policy may name hundreds. */
const listed = (texts, between = '; ') => texts.slice(0, 10).join(between) + (texts.length > 10 ? `${between}and ${texts.length - 10} more` : '');
function judge(config, probes, answers) {
    const meaning = { on: config['on-values'], off: config['off-values'], codeDefault: config['code-default'] };
    const outcomes = probes.map((probe) => outcomeOf(probe, answers, meaning));
    const by = (is) => outcomes.filter((o) => o.is === is);
    const texts = (...chosen) => listed([...new Set(chosen.flat().map((o) => o.text))]);
    const [missed, errors, lacking] = [by('missed'), by('error'), by('lacking')];
    // What is proven wrong stays wrong, whatever else could not be read.
    if (missed.length > 0) {
        const roles = missed.map((o) => o.probe.role);
        const proof = (0,reading/* proveMeasured */.Lr)(roles, answers);
        if (!(0,reading/* isProof */.rN)(proof))
            return proof;
        const besides = errors.length + lacking.length === 0 ? '' : `; besides: ${texts(errors, lacking)}`;
        return (0,reading/* unhealthy */.f6)(proof, 'not-as-expected', `${texts(missed)}${besides}`, { conclusive: true });
    }
    const [firstError] = errors;
    if (firstError) {
        const permanent = errors.every((o) => o.permanent) ? { permanent: true } : {};
        return (0,reading/* error */.z3)(firstError.code, texts(errors, lacking), permanent);
    }
    const [firstLack] = lacking;
    if (firstLack)
        return (0,reading/* insufficient */.E8)(firstLack.code, texts(lacking));
    const proof = (0,reading/* proveMeasured */.Lr)(probes.map((p) => p.role), answers);
    return (0,reading/* isProof */.rN)(proof) ? (0,reading/* healthy */.s2)(proof, 'as-expected', metText(probes, outcomes)) : proof;
}
const flagsGate = defineGate({
    type: 'flags',
    family: 'flags',
    schema,
    bind(config) {
        const probes = probesOf(config);
        return {
            questions: () => new Map(probes.map(({ role, question }) => [role, question])),
            judge: (answers) => judge(config, probes, answers),
        };
    },
});

// EXTERNAL MODULE: ./build/policy/problems.js
var problems = __webpack_require__(8579);
;// CONCATENATED MODULE: ./build/gates/security.js
/**
 * Gate `security`: no finding at or over a severity, in scans that really ran. A scan that is missing, crashed, old or of
 * another commit proves nothing; a finding stands whatever else is missing.
 */





/** Worst first. */
const ranked = ['critical', 'high', 'medium', 'low'];
const security_fields = dist/* strictObject */.rej({
    block: (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* picklist */.KIO(ranked), 'high'), 'Findings of this severity or worse stop the train.'),
    'unknown-severity': (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* picklist */.KIO(ranked), 'high'), 'What a finding counts as when its severity cannot be told.'),
    require: (0,fields/* described */.WY)(dist/* optional */.lqM((0,fields/* oneOrMore */.h9)(fields/* filled */.Bq)), 'Tools that must have run, by the name that stands in their results (upper or lower case). A missing scanner is not a clean one.'),
    commit: (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[0-9a-f]{7,64}$/i, 'a commit id of at least 7 hexadecimal digits'))), 'The commit that must have been scanned, mostly `"${release.sha}"`; its first 7 digits or more suffice. Scans that name another one are no evidence.'),
    'commit-required': (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* boolean */.zMY(), false), 'Whether scans that name no commit are no evidence either. Most scanners name none.'),
    'max-age': (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* duration */.p0), 'How long ago the scans may have ended. Scans that do not say when they ended are no evidence then.'),
    review: (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* picklist */.KIO(['block', 'warn', 'ignore']), 'warn'), 'What results do that ask a person to look (kind `open` or `review`): `block` the train, be told in the reason (`warn`), or be `ignore`d.'),
});
const security_schema = dist/* pipe */.FsL(security_fields, dist/* check */.z6Y((g) => !g['commit-required'] || g.commit !== undefined, '`commit` beside `commit-required`'));
const role = 'scans';
/** Sources and runners disagree by seconds or a few minutes; a scan that ended later than this from now did not. */
const futureMs = 5 * 60_000;
/** `SCAN_FAILED` → `scan-failed`. */
const kebab = (code) => code.toLowerCase().replaceAll('_', '-');
const plural = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`;
function wrongSubject(run, config) {
    if (config.commit === undefined)
        return undefined;
    if (run.revision === null) {
        return config['commit-required']
            ? { state: 'insufficient', code: 'commit-unknown', text: `${run.tool} does not say which commit it scanned` }
            : undefined;
    }
    const wanted = config.commit.toLowerCase();
    const named = run.revision.toLowerCase().split(' ');
    if (named.some((id) => id.startsWith(wanted)))
        return undefined;
    const text = `${run.tool} (${run.file}) scanned commit ${run.revision}, not ${config.commit}`;
    return { state: 'insufficient', code: 'wrong-commit', text };
}
function wrongAge(run, config, now) {
    const most = config['max-age'];
    if (most === undefined)
        return undefined;
    const ended = run.ended === null ? Number.NaN : Date.parse(run.ended);
    const say = (code, text) => ({
        state: 'insufficient',
        code,
        text: `${run.tool} (${run.file}) ${text}`,
    });
    if (Number.isNaN(ended))
        return say('age-unknown', 'does not say when it ended');
    if (now - ended > most) {
        return say('stale', `ended ${(0,fields/* formatDuration */.a3)(now - ended)} ago, more than ${(0,fields/* formatDuration */.a3)(most)}`);
    }
    return ended - now > futureMs ? say('clock', `ended in the future (${run.ended}): do the clocks agree?`) : undefined;
}
function failed(run, scans) {
    if (run.execution !== 'failed' || scans.problems.some((p) => p.file === run.file && p.tool === run.tool)) {
        return undefined; // the problem says it better
    }
    return { state: 'error', code: 'scan-failed', text: `${run.tool} (${run.file}) did not finish its scan` };
}
function missingTools(scans, config) {
    const names = [...new Set(scans.runs.map((run) => run.tool))];
    const there = new Set(names.map((name) => name.toLowerCase()));
    return (config.require ?? [])
        .filter((name) => !there.has(name.toLowerCase()))
        .map((name) => {
        const near = (0,problems/* nearest */.pA)(name, names);
        const found = near === undefined ? `found: ${names.join(', ') || 'none'}` : `did you mean ${near}?`;
        return { state: 'insufficient', code: 'tool-missing', text: `there is no scan by ${name} (${found})` };
    });
}
/** The runs whose findings stand, and everything that is missing from the evidence, what could not be measured first. */
function weigh(scans, config, now) {
    const complaints = scans.problems.map(({ code, message }) => ({
        state: 'error',
        code: kebab(code),
        text: message,
    }));
    const sound = new Set();
    for (const run of scans.runs) {
        const wrong = [failed(run, scans), wrongSubject(run, config), wrongAge(run, config, now)].filter((c) => c !== undefined);
        complaints.push(...wrong);
        if (wrong.length === 0 && run.execution !== 'failed')
            sound.add(run);
    }
    complaints.push(...missingTools(scans, config));
    return {
        sound,
        complaints: [...complaints].sort((a, b) => (a.state === b.state ? 0 : a.state === 'error' ? -1 : 1)),
    };
}
/** All complaints as one text; a matrix of scans can have very many. */
function told(complaints) {
    const texts = [...new Set(complaints.map((c) => c.text))];
    const more = texts.length - 5;
    return texts.slice(0, 5).join('; ') + (more > 0 ? `; and ${more} more` : '');
}
const blocks = (severity, config) => {
    const rank = severity === 'unknown' ? config['unknown-severity'] : severity;
    return ranked.indexOf(rank) <= ranked.indexOf(config.block);
};
function tally(runs, config) {
    const blocking = new Map();
    let [lower, review, suppressed] = [0, 0, 0];
    for (const run of runs) {
        for (const severity of [...ranked, 'unknown']) {
            const n = run.counted[severity];
            if (!blocks(severity, config))
                lower += n;
            else if (n > 0)
                blocking.set(severity, (blocking.get(severity) ?? 0) + n);
        }
        review += run.review;
        suppressed += run.suppressed;
    }
    return { blocking, lower, review, suppressed };
}
/** `(CodeQL js/sql-injection in src/db.ts:41, …)`: the worst three of the sound runs. */
function examples(scans, sound, config) {
    const soundTools = new Set([...sound].map((run) => run.tool));
    const shown = scans.findings.filter((f) => {
        const run = f.run === undefined ? undefined : scans.runs[f.run];
        return blocks(f.severity, config) && (run ? sound.has(run) : soundTools.has(f.tool));
    });
    if (shown.length === 0)
        return '';
    const texts = shown.slice(0, 3).map((f) => {
        const line = f.line === undefined ? '' : `:${f.line}`;
        return `${f.tool} ${f.rule}${f.file === undefined ? '' : ` in ${f.file}${line}`}`;
    });
    return ` (${texts.join(', ')}${shown.length > 3 ? ', …' : ''})`;
}
function blockingText(scans, sound, { blocking }, config) {
    const n = [...blocking.values()].reduce((a, b) => a + b, 0);
    if (n === 0)
        return '';
    const parts = [...blocking].map(([severity, count]) => severity === 'unknown'
        ? `${count} of unknown severity (counted as ${config['unknown-severity']})`
        : `${count} ${severity}`);
    return `${plural(n, 'finding')} of ${config.block} or worse: ${parts.join(', ')}${examples(scans, sound, config)}`;
}
function healthyText(scans, found, config) {
    const names = scans.runs.map((run) => `${run.tool}${run.toolVersion === undefined ? '' : ` ${run.toolVersion}`}`);
    const shown = names.length > 8 ? [...names.slice(0, 8), '…'] : names;
    const silent = config.commit === undefined ? [] : scans.runs.filter((run) => run.revision === null).map((r) => r.tool);
    return [
        `no finding of ${config.block} or worse in ${plural(names.length, 'scan')} (${shown.join(', ')})`,
        found.lower > 0 ? `${found.lower} lower` : '',
        found.suppressed > 0 ? `${found.suppressed} suppressed` : '',
        found.review > 0 && config.review === 'warn' ? `${plural(found.review, 'result')} for a person to review` : '',
        silent.length > 0 ? `not said which commit was scanned: ${[...new Set(silent)].slice(0, 8).join(', ')}` : '',
    ]
        .filter((text) => text !== '')
        .join('; ');
}
function security_judge(config, answers, now) {
    const proof = (0,reading/* proveMeasured */.Lr)([role], answers);
    const answer = answers.find((a) => a.role === role);
    // Without a proof there may still be problems that say more than "nothing was found".
    const measured = answer && 'measurement' in answer ? answer.measurement : undefined;
    const scans = measured?.kind === 'scans' ? measured : undefined;
    if (!scans)
        return (0,reading/* isProof */.rN)(proof) ? (0,reading/* error */.z3)('bad-answer', 'the answer holds no scans') : proof;
    const { sound, complaints } = weigh(scans, config, now);
    const found = tally(sound, config);
    const review = config.review === 'block' ? found.review : 0;
    const value = [...found.blocking.values()].reduce((a, b) => a + b, review);
    const missing = complaints.length === 0 ? '' : told(complaints);
    const details = { threshold: `0 of ${config.block} or worse` };
    if (value > 0 && (0,reading/* isProof */.rN)(proof)) {
        const reason = [
            blockingText(scans, sound, found, config),
            review > 0 ? `${plural(review, 'result')} for a person to review` : '',
            missing && `besides: ${missing}`,
        ];
        const text = reason.filter((part) => part !== '').join('; ');
        return (0,reading/* unhealthy */.f6)(proof, 'findings', text, { ...details, value, conclusive: true });
    }
    const permanent = scans.settled ? { permanent: true } : {};
    const [worst] = complaints;
    // A scope that holds no scan at all is said by the proof; a file that is missing or broken says it better.
    if (worst && ((0,reading/* isProof */.rN)(proof) || worst.state === 'error')) {
        return (worst.state === 'error' ? reading/* error */.z3 : reading/* insufficient */.E8)(worst.code, missing, { ...details, ...permanent });
    }
    if (!(0,reading/* isProof */.rN)(proof))
        return proof;
    if (sound.size === 0)
        return (0,reading/* insufficient */.E8)('no-data', `no scan was read: ${scans.subject}`, details);
    return (0,reading/* healthy */.s2)(proof, 'no-findings', healthyText(scans, found, config), { ...details, value: 0 });
}
const securityGate = defineGate({
    type: 'security',
    family: 'security',
    schema: security_schema,
    bind(config) {
        return {
            questions: () => new Map([[role, { family: 'security' }]]),
            judge: (answers, moment) => security_judge(config, answers, moment.now),
        };
    },
    lint: (config) => [
        ...(config.require === undefined
            ? [{ key: 'require', message: 'no `require`: a scanner that did not run at all is not missed' }]
            : []),
        ...(config.commit === undefined
            ? [{ key: 'commit', message: 'no `commit`: results of an older commit count like those of this one' }]
            : []),
    ],
});

// EXTERNAL MODULE: ./build/judge/series.js
var series = __webpack_require__(219);
;// CONCATENATED MODULE: ./build/judge/threshold.js
/** Thresholds: `< 1%`, `<= 250 ms`, `>= 99.9 %`, `== 0`. A threshold says what must hold. */
const units = {
    ratio: { dimension: 'ratio', times: 1, over: 1, suffix: '' },
    percent: { dimension: 'ratio', times: 1, over: 100, suffix: ' %' },
    us: { dimension: 'time', times: 1, over: 1_000_000, suffix: ' us' },
    ms: { dimension: 'time', times: 1, over: 1000, suffix: ' ms' },
    s: { dimension: 'time', times: 1, over: 1, suffix: ' s' },
    min: { dimension: 'time', times: 60, over: 1, suffix: ' min' },
    h: { dimension: 'time', times: 3600, over: 1, suffix: ' h' },
    B: { dimension: 'size', times: 1, over: 1, suffix: ' B' },
    kB: { dimension: 'size', times: 1e3, over: 1, suffix: ' kB' },
    MB: { dimension: 'size', times: 1e6, over: 1, suffix: ' MB' },
    GB: { dimension: 'size', times: 1e9, over: 1, suffix: ' GB' },
    KiB: { dimension: 'size', times: 2 ** 10, over: 1, suffix: ' KiB' },
    MiB: { dimension: 'size', times: 2 ** 20, over: 1, suffix: ' MiB' },
    GiB: { dimension: 'size', times: 2 ** 30, over: 1, suffix: ' GiB' },
    number: { dimension: 'number', times: 1, over: 1, suffix: '' },
};
const unitNames = Object.keys(units);
const operators = (/* unused pure expression or super */ null && (['<', '<=', '>', '>=', '==']));
const threshold_form = /^(<=|>=|==|<|>)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%|[A-Za-z]*)$/i;
/** @returns undefined when the text is no threshold or its unit is unknown */
function parseThreshold(text) {
    const [, operator, amount, suffix] = threshold_form.exec(text.trim()) ?? [];
    if (operator === undefined || amount === undefined || suffix === undefined)
        return undefined;
    const unit = suffix === '%' ? 'percent' : suffix === '' ? 'number' : suffix;
    const limit = Number(amount);
    if (!(unit in units) || !Number.isFinite(limit))
        return undefined;
    return { operator: operator, limit, unit: unit };
}
/** `5 %` → `percent`: whether a value in `valueUnit` can be held against the threshold at all. */
const comparable = (threshold, valueUnit) => units[threshold.unit].dimension === units[valueUnit].dimension;
/** The unit that a value is in when the policy does not say: none for a time or a size, since guessing there is off by 1000. */
function assumedUnit(threshold) {
    if (threshold.unit === 'number')
        return 'number';
    return units[threshold.unit].dimension === 'ratio' ? 'ratio' : undefined;
}
/** In the base unit of the dimension. Dividing keeps 35 % at 0.35, where multiplying by 0.01 would not. */
const base = (value, unit) => (value * units[unit].times) / units[unit].over;
/** Whether a finite value satisfies the threshold; anything that is not a finite number satisfies nothing. */
function satisfies(value, valueUnit, threshold) {
    if (!Number.isFinite(value))
        return false;
    const x = base(value, valueUnit);
    const limit = base(threshold.limit, threshold.unit);
    switch (threshold.operator) {
        case '<':
            return x < limit;
        case '<=':
            return x <= limit;
        case '>':
            return x > limit;
        case '>=':
            return x >= limit;
        case '==':
            return x === limit;
    }
}
/** The value in the threshold's unit. */
const inUnitOf = (threshold, value, valueUnit) => (base(value, valueUnit) * units[threshold.unit].over) / units[threshold.unit].times;
/** As people write it: three significant digits and the unit, `0.834 %`, `212 ms`. */
function formatValue(value, unit) {
    const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
    return `${rounded}${units[unit].suffix}`;
}
/** The threshold as the report writes it: `< 1 %`. The limit stands as the policy gave it. */
const formatThreshold = ({ operator, limit, unit }) => `${operator} ${limit}${units[unit].suffix}`;
/**
 * The value as people write it, with as many digits as it takes not to look like the limit that it misses:
 * 1.0004 % against `< 1 %` must not read "1 %, over 1 %".
 */
function formatAgainst(value, valueUnit, threshold) {
    const x = inUnitOf(threshold, value, valueUnit);
    const short = formatValue(x, threshold.unit);
    return short === formatValue(threshold.limit, threshold.unit) && x !== threshold.limit
        ? `${Number(x.toPrecision(12))}${units[threshold.unit].suffix}`
        : short;
}

// EXTERNAL MODULE: ./build/sources/source.js
var source = __webpack_require__(2364);
;// CONCATENATED MODULE: ./build/gates/telemetry.js
/** Gate `telemetry`: a value that a telemetry source gives must satisfy a threshold. */







const thresholdField = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* check */.z6Y((text) => parseThreshold(text) !== undefined, 'a threshold such as `< 1%`, `<= 250 ms` or `>= 99.9 %`'));
const telemetry_fields = dist/* strictObject */.rej({
    query: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* filled */.Bq), 'What to ask the source, in its own language; gives the value.'),
    failures: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* filled */.Bq), 'In place of `query`: gives the number of failed events. The value is `failures` / `total`, a ratio.'),
    total: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* filled */.Bq), 'With `failures`: gives the number of all events.'),
    threshold: (0,fields/* described */.WY)(thresholdField, 'What the value must satisfy, e.g. `< 1%`.'),
    'hard-limit': (0,fields/* described */.WY)(dist/* optional */.lqM(thresholdField), 'What the value must satisfy even for one round and even while warming up; if it does not, the train stops at once.'),
    unit: (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* picklist */.KIO(unitNames)), 'What the query returns. Default: `ratio` when the threshold is in percent, a plain number when it has no unit; must be given when the threshold is a time or a size.'),
    reduce: (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* picklist */.KIO(series/* reducers */.gz)), 'What to do with more than one series: reduce them to one number, or compare `all` or `any` of them. Without it more than one series is an error.'),
    window: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* duration */.p0, '5m'), 'How far back the question looks; never further than the end of the warm-up.'),
    range: (0,fields/* described */.WY)(dist/* optional */.lqM(dist/* strictObject */.rej({
        every: (0,fields/* described */.WY)(fields/* duration */.p0, 'Distance of the samples.'),
        reduce: (0,fields/* described */.WY)(dist/* picklist */.KIO(source/* overTime */.q3), 'How each series becomes one value.'),
    })), 'Sample the window instead of asking once at its end.'),
    events: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* filled */.Bq), 'Query that gives how many events stand behind the value.'),
    'min-events': (0,fields/* described */.WY)(dist/* optional */.lqM((0,fields/* whole */.WQ)(1)), 'With fewer events the evidence is insufficient. Needs `events`, or `failures` and `total`.'),
    'max-age': (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* duration */.p0, '5m'), 'How old the newest raw sample may be.'),
});
const withShape = dist/* pipe */.FsL(telemetry_fields, dist/* check */.z6Y((g) => (g.query !== undefined) !== (g.failures !== undefined || g.total !== undefined), 'either `query`, or `failures` and `total`'), dist/* check */.z6Y((g) => (g.failures === undefined) === (g.total === undefined), '`failures` and `total` together'), dist/* check */.z6Y((g) => g['min-events'] === undefined || g.events !== undefined || g.total !== undefined, '`events` beside `min-events`'), dist/* check */.z6Y((g) => thresholds(g).length === 0 || valueUnit(g) !== undefined, '`unit` beside a threshold that is a time or a size (does the query return s or ms?)'), dist/* check */.z6Y((g) => {
    const unit = valueUnit(g);
    return unit === undefined || thresholds(g).every((t) => comparable(t, unit));
}, '`unit`, `threshold` and `hard-limit` of the same kind'), dist/* check */.z6Y((g) => g.range === undefined || g.range.every > 0, '`range.every` longer than nothing'));
const thresholds = (g) => [g.threshold, g['hard-limit']].flatMap((text) => (text === undefined ? [] : (parseThreshold(text) ?? [])));
function valueUnit(g) {
    if (g.failures !== undefined)
        return 'ratio';
    const [threshold] = thresholds(g);
    return g.unit ?? (threshold && assumedUnit(threshold));
}
function questions(config, moment) {
    // Before the warm-up is over there is nothing but the warm-up to look at.
    const start = moment.now > moment.settledAt ? moment.settledAt : moment.deployedAt;
    const from = Math.min(moment.now, Math.max(start, moment.now - config.window));
    const window = { from, to: moment.now };
    const ranged = config.range ? { range: { everyMs: config.range.every, reduce: config.range.reduce } } : {};
    const asked = new Map();
    for (const role of ['query', 'failures', 'total', 'events']) {
        const query = config[role];
        // Counts are taken over the window as the query says; only the value itself is sampled along it.
        if (query !== undefined)
            asked.set(role, { family: 'telemetry', query, window, ...(role === 'query' ? ranged : {}) });
    }
    return asked;
}
/** The one number of a count's measurement, or the reading that says why there is none. */
function single(role, samples, reducer) {
    if (samples.series.length === 0) {
        return (0,reading/* insufficient */.E8)('no-data', [`${role} gave no series: ${samples.subject}`, ...samples.notes].join('; '));
    }
    const finite = (0,series/* finiteValues */.m0)(samples);
    if (!finite.ok)
        return (0,reading/* insufficient */.E8)('not-a-number', `${role} gave ${finite.bad ?? 'null'}${finite.labels && ` for ${finite.labels}`}`);
    const [only] = finite.values;
    if (finite.values.length === 1 && only !== undefined)
        return only;
    if (reducer === undefined) {
        return (0,reading/* error */.z3)('many-series', `${role} gave ${finite.values.length} series; aggregate them in the query or write \`reduce\``, { permanent: true });
    }
    return reducer === 'all' || reducer === 'any' ? finite.values : (0,series/* reduce */.TS)(finite.values, reducer);
}
const isReading = (x) => typeof x === 'object' && 'state' in x;
/** Sources and runners disagree by seconds; by more than this the ages that are judged mean nothing. */
const skewMs = 60_000;
/** Whether the evidence is of this release and recent; undefined when it is. */
function staleness(samples, config, moment) {
    if (samples.newest === null)
        return (0,reading/* insufficient */.E8)('age-unknown', `no raw sample stands behind the answer: ${samples.subject}`);
    const newest = Date.parse(samples.newest);
    if (newest < moment.deployedAt)
        return (0,reading/* insufficient */.E8)('before-deployment', `the newest sample (${samples.newest}) is older than the deployment`);
    if (moment.now - newest > config['max-age']) {
        return (0,reading/* insufficient */.E8)('stale', `the newest sample is ${(0,fields/* formatDuration */.a3)(moment.now - newest)} old, more than ${(0,fields/* formatDuration */.a3)(config['max-age'])}`);
    }
    if (newest - moment.now > skewMs) {
        return (0,reading/* error */.z3)('clock-skew', `the newest sample (${samples.newest}) lies in the future: do the clocks agree?`);
    }
    return undefined;
}
function telemetry_judge(config, proof, moment) {
    for (const samples of proof.measured.values()) {
        const stale = staleness(samples, config, moment);
        if (stale)
            return stale;
    }
    const numbers = new Map();
    for (const [role, samples] of proof.measured) {
        const number = single(role, samples, role === 'query' ? config.reduce : 'sum');
        if (isReading(number))
            return number;
        numbers.set(role, number);
    }
    const counted = numbers.get('total') ?? numbers.get('events');
    const events = typeof counted === 'number' ? { events: counted } : {};
    if (typeof counted === 'number') {
        const least = config['min-events'] ?? (config.total === undefined ? 0 : 1);
        if (counted < least) {
            return (0,reading/* insufficient */.E8)('too-few-events', `${Math.floor(counted)} of at least ${least} events so far`, events);
        }
    }
    const values = [numbers.get('query') ?? Number(numbers.get('failures')) / Number(numbers.get('total'))].flat();
    return telemetry_compare(config, proof, values, events);
}
function telemetry_compare(config, proof, values, events) {
    const unit = valueUnit(config) ?? 'number';
    const threshold = parseThreshold(config.threshold);
    if (threshold === undefined)
        return (0,reading/* error */.z3)('bad-threshold', `cannot read the threshold ${config.threshold}`, { permanent: true });
    const impossible = values.find((x) => !Number.isFinite(x) || (unit === 'ratio' && config.unit === undefined && (x < 0 || x > 1)));
    if (impossible !== undefined) {
        return (0,reading/* error */.z3)('not-a-ratio', `${impossible} is no share between 0 and 1; if the query returns percent write \`unit: percent\`, if it may exceed 1 write \`unit: ratio\``, events);
    }
    const holds = (t) => values[config.reduce === 'any' ? 'some' : 'every']((x) => satisfies(x, unit, t));
    // The value that decides is the one shown: the first that breaks `all`, the first that saves `any`.
    const decider = values.find((x) => satisfies(x, unit, threshold) === (config.reduce === 'any')) ?? values[0] ?? Number.NaN;
    const shown = formatAgainst(decider, unit, threshold);
    const details = {
        value: inUnitOf(threshold, decider, unit),
        threshold: formatThreshold(threshold),
        shown,
        ...events,
    };
    const hard = config['hard-limit'] === undefined ? undefined : parseThreshold(config['hard-limit']);
    if (hard && !holds(hard)) {
        const text = `${shown} breaks the hard limit ${formatThreshold(hard)}`;
        return (0,reading/* unhealthy */.f6)(proof, 'over-hard-limit', text, {
            ...details,
            threshold: formatThreshold(hard),
            conclusive: true,
        });
    }
    return holds(threshold)
        ? (0,reading/* healthy */.s2)(proof, 'within-threshold', `${shown} satisfies ${details.threshold}`, details)
        : (0,reading/* unhealthy */.f6)(proof, 'over-threshold', `${shown} does not satisfy ${details.threshold}`, details);
}
const telemetryGate = defineGate({
    type: 'telemetry',
    family: 'telemetry',
    schema: withShape,
    bind(config) {
        return {
            questions: (moment) => questions(config, moment),
            judge(answers, moment) {
                const proof = (0,reading/* proveMeasured */.Lr)([...questions(config, moment).keys()], answers);
                return (0,reading/* isProof */.rN)(proof) ? telemetry_judge(config, proof, moment) : proof;
            },
        };
    },
    lint: (config) => config['min-events'] === undefined
        ? [
            {
                key: 'threshold',
                message: 'no `min-events`: one failed request of one is judged like a thousand of a thousand',
            },
        ]
        : [],
});

;// CONCATENATED MODULE: ./build/gates/index.js
/** Every kind of gate: one line each. */



const gateTypes = [telemetryGate, securityGate, flagsGate];


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

/***/ 5644:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E8: () => (/* binding */ insufficient),
/* harmony export */   Lr: () => (/* binding */ proveMeasured),
/* harmony export */   f6: () => (/* binding */ unhealthy),
/* harmony export */   rN: () => (/* binding */ isProof),
/* harmony export */   s2: () => (/* binding */ healthy),
/* harmony export */   z3: () => (/* binding */ error)
/* harmony export */ });
const reading = (data) => data;
/** The release is well, as far as this gate sees. */
function healthy(_proof, code, reason, details = {}) {
    return reading({ state: 'healthy', code, reason, ...details });
}
/** The release is not well; needs evidence just as `healthy` does, so that an outage of the monitoring is never the release's fault. */
function unhealthy(_proof, code, reason, details = {}) {
    return reading({ state: 'unhealthy', code, reason, ...details });
}
/** The source answered, but the answer proves nothing: empty, NaN, stale, too few events. */
function insufficient(code, reason, details = {}) {
    return reading({ state: 'insufficient', code, reason, ...details });
}
/** There is no usable answer: refused, timed out, malformed. */
function error(code, reason, details = {}) {
    return reading({ state: 'error', code, reason, ...details });
}
/**
 * Turns the answers of one gate into a proof, or into the reading that says why there is none.
 * Failures come first (they say most), then empty and partial answers.
 *
 * @param expected the roles that were asked; an answer that is missing is an error, never nothing
 */
function proveMeasured(expected, answers) {
    if (expected.length === 0)
        return error('nothing-asked', 'the gate asks for nothing, so nothing can be proven');
    const measured = new Map();
    for (const role of expected) {
        const answer = answers.find((a) => a.role === role);
        if (!answer)
            return error('not-answered', `no answer to "${role}"`);
        if ('failure' in answer) {
            const { code, message, permanent } = answer.failure;
            return error(code, message, permanent ? { permanent } : {});
        }
        measured.set(role, answer.measurement);
    }
    for (const m of measured.values()) {
        if (m.partial)
            return insufficient('partial', `the answer is incomplete: ${m.notes.join('; ') || m.subject}`);
        if (!(m.seen > 0))
            return insufficient('no-data', [`nothing was found: ${m.subject}`, ...m.notes].join('; '));
    }
    return { measured };
}
/** Tells a proof from the reading that stands in its place. */
function isProof(x) {
    return 'measured' in x;
}


/***/ }),

/***/ 219:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QK: () => (/* binding */ labelText),
/* harmony export */   TS: () => (/* binding */ reduce),
/* harmony export */   gz: () => (/* binding */ reducers),
/* harmony export */   m0: () => (/* binding */ finiteValues)
/* harmony export */ });
const reducers = ['max', 'min', 'sum', 'avg', 'all', 'any'];
/** All values of a measurement, or the first that is no finite number. One bad series spoils the whole: it could be the one that matters. */
function finiteValues(measurement) {
    const values = [];
    for (const { value, labels } of measurement.series) {
        if (typeof value !== 'number' || !Number.isFinite(value))
            return { ok: false, bad: value, labels: labelText(labels) };
        values.push(value);
    }
    return { ok: true, values };
}
/** `{code="500",pod="a"}`, or an empty text for a series without labels. */
function labelText(labels) {
    const entries = Object.entries(labels);
    return entries.length === 0 ? '' : `{${entries.map(([k, x]) => `${k}=${JSON.stringify(x)}`).join(',')}}`;
}
/**
 * @param values at least one; `all` and `any` are not numbers but ways to compare, see the telemetry gate
 */
function reduce(values, reducer) {
    const sum = values.reduce((a, b) => a + b, 0);
    switch (reducer) {
        case 'max':
            return values.reduce((a, b) => Math.max(a, b));
        case 'min':
            return values.reduce((a, b) => Math.min(a, b));
        case 'sum':
            return sum;
        case 'avg':
            return sum / values.length;
    }
}


/***/ }),

/***/ 4481:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   Vs: () => (/* binding */ retryAfterMs),
/* harmony export */   Z6: () => (/* binding */ secretHeaders),
/* harmony export */   g5: () => (/* binding */ failureOf),
/* harmony export */   lZ: () => (/* binding */ serverWords)
/* harmony export */ });
/* harmony import */ var _sources_source_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2364);
/* harmony import */ var _sources_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(818);
/** What went wrong on the way to a server, in words. */


const isLoopback = (hostname) => hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
/** Headers whose values are credentials: never in clear over a network, never in a message. */
const secretHeaders = new Set(['authorization', 'x-api-key', 'api-key', 'cookie']);
/**
 * `Retry-After` in milliseconds (RFC 9110, 10.2.3): a number of seconds or a date; 0 when there is none, or it is no such thing.
 *
 * @param now milliseconds since the epoch
 */
function retryAfterMs(header, now) {
    if (header === undefined)
        return 0;
    const text = header.trim();
    if (/^\d+$/.test(text))
        return Number(text) * 1000;
    const date = Date.parse(text);
    return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
/**
 * What a server says of its refusal, as `: …` to be put behind our own words: a JSON body's `error`, `message`, `detail` or
 * `title`, or a short plain text. Nothing for a page of HTML. A server that repeats our credential is not quoted.
 *
 * @param sent the request's headers
 */
function serverWords(body, sent = {}) {
    const said = (0,_sources_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .T)(wordsOf(body), 300);
    const secrets = Object.entries(sent)
        .filter(([name]) => secretHeaders.has(name.toLowerCase()))
        .map(([, value]) => value.replace(/^(?:bearer|basic)\s+/i, ''));
    return said === '' || secrets.some((secret) => body.includes(secret)) ? '' : `: ${said}`;
}
function wordsOf(body) {
    let json;
    try {
        json = JSON.parse(body);
    }
    catch {
        return body.length <= 1000 && !/[<{]/.test(body) ? body : '';
    }
    if (typeof json !== 'object' || json === null)
        return '';
    const { error, message, detail, title } = json;
    const nested = typeof error === 'object' && error !== null ? error.message : undefined;
    return [error, message, detail, nested, title].find((x) => typeof x === 'string') ?? '';
}
const certificate = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/;
/**
 * Turns what `node:http` threw into a `NotMeasured`; one that is none already. Names the origin only, since a query may hold
 * secrets.
 *
 * @param proxy host and port of the proxy that the request went through
 */
function failureOf(error, url, signal, proxy) {
    if (error instanceof _sources_source_js__WEBPACK_IMPORTED_MODULE_0__/* .NotMeasured */ .ke)
        return error;
    const through = proxy === undefined ? '' : ` through the proxy ${proxy}`;
    if (signal.aborted)
        return new _sources_source_js__WEBPACK_IMPORTED_MODULE_0__/* .NotMeasured */ .ke('timeout', `${url.origin} did not answer in time${through}`);
    const code = String(error.code ?? '');
    if (code === 'ECONNREFUSED')
        return new _sources_source_js__WEBPACK_IMPORTED_MODULE_0__/* .NotMeasured */ .ke('refused', `nothing listens at ${proxy ?? url.origin}`);
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
        const name = proxy ?? url.hostname;
        return new _sources_source_js__WEBPACK_IMPORTED_MODULE_0__/* .NotMeasured */ .ke('dns', `the name ${name} cannot be resolved: is it right, and known from here?`);
    }
    if (code === 'ERR_INVALID_CHAR') {
        const message = `a header for ${url.origin} cannot be sent: does the credential hold a line break?`;
        return new _sources_source_js__WEBPACK_IMPORTED_MODULE_0__/* .NotMeasured */ .ke('bad-credential', message, { permanent: true });
    }
    if (certificate.test(code)) {
        const message = `no secure connection to ${url.origin}${through} (${code}): is it https, and does NODE_EXTRA_CA_CERTS name its authority?`;
        return new _sources_source_js__WEBPACK_IMPORTED_MODULE_0__/* .NotMeasured */ .ke('tls', message, { permanent: true });
    }
    return new _sources_source_js__WEBPACK_IMPORTED_MODULE_0__/* .NotMeasured */ .ke('connection', `the connection to ${url.origin}${through} broke (${code || error.name})`);
}


/***/ }),

/***/ 9646:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bq: () => (/* binding */ filled),
/* harmony export */   DX: () => (/* binding */ secretKeys),
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   WQ: () => (/* binding */ whole),
/* harmony export */   WY: () => (/* binding */ described),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   h9: () => (/* binding */ oneOrMore),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   q3: () => (/* binding */ httpUrl),
/* harmony export */   rJ: () => (/* binding */ secret)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7934);
/**
 * Building blocks of every schema in the policy. The message of a check is what was *expected*, as a noun phrase:
 * `problems.ts` turns it into "expected <phrase>, found <value>".
 */

/** Words of a name, a query, a path: anything but nothing. */
const filled = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .trim */ .Bqr(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .nonEmpty */ .hq('some text'));
/** Markdown shown in `docs/policy.md` and by editors. */
const described = (schema, description) => valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(schema, valibot__WEBPACK_IMPORTED_MODULE_0__/* .description */ .h_(description));
const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const durationForm = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;
/**
 * `90s`, `5m`, `1h30m`, `250ms`, `2d`, or `0`.
 *
 * @returns milliseconds, or undefined when the text is no duration or names a unit twice or out of order
 */
function parseDuration(text) {
    const compact = text.replace(/\s+/g, '');
    if (compact === '0')
        return 0;
    if (!durationForm.test(compact))
        return undefined;
    let total = 0;
    let previous = Number.POSITIVE_INFINITY;
    for (const [, amount, unit] of compact.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
        const size = unitMs[unit ?? ''] ?? Number.NaN;
        if (!(size < previous))
            return undefined;
        previous = size;
        total += Number(amount) * size;
    }
    return total;
}
/** The shortest way to write a number of milliseconds as a policy would: `90s` → `1m30s`. */
function formatDuration(ms) {
    let rest = Math.round(Math.abs(ms));
    if (rest < 1000)
        return rest === 0 ? '0s' : `${rest}ms`;
    rest = Math.round(rest / 1000) * 1000;
    let out = '';
    for (const unit of ['d', 'h', 'm', 's']) {
        const size = unitMs[unit] ?? 1;
        const n = Math.floor(rest / size);
        if (n > 0)
            out += `${n}${unit}`;
        rest -= n * size;
    }
    return out;
}
/** A duration; milliseconds after parsing. A plain `0` needs no unit. */
const duration = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(0)]), valibot__WEBPACK_IMPORTED_MODULE_0__/* .title */ .DDF('duration'), valibot__WEBPACK_IMPORTED_MODULE_0__/* .check */ .z6Y((x) => parseDuration(String(x)) !== undefined, 'a duration such as 90s, 5m or 1h30m'), valibot__WEBPACK_IMPORTED_MODULE_0__/* .transform */ .pdi((x) => parseDuration(String(x)) ?? Number.NaN));
/** A whole number that is at least `least`. */
const whole = (least) => valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .check */ .z6Y((n) => Number.isSafeInteger(n) && n >= least, `a whole number of at least ${least}`));
/** http or https; without a trailing slash after parsing. */
const httpUrl = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .check */ .z6Y((text) => {
    try {
        const { protocol, username, password } = new URL(text);
        return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
    }
    catch {
        return false;
    }
}, 'an http or https URL without a user name or password in it'), valibot__WEBPACK_IMPORTED_MODULE_0__/* .transform */ .pdi((text) => text.replace(/\/+$/, '')));
/** One entry or a list of them; always a list after parsing. */
const oneOrMore = (item) => valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([item, valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(item), valibot__WEBPACK_IMPORTED_MODULE_0__/* .minLength */ .BpQ(1, 'at least one entry'))]), valibot__WEBPACK_IMPORTED_MODULE_0__/* .transform */ .pdi((x) => (Array.isArray(x) ? x : [x])));
/** A secret's value. Its key must be one of `secretKeys`: by the key the loader refuses a literal value and masks the given one. */
const secret = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .nonEmpty */ .hq('a value (is the variable set?)'));
/** Keys whose values are secrets, in every source and reaction. */
const secretKeys = new Set(['token', 'password', 'api-key', 'client-secret', 'secret']);


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


/***/ }),

/***/ 974:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ relate),
/* harmony export */   v: () => (/* binding */ sourceOf)
/* harmony export */ });
/* harmony import */ var _gates_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7838);
/* harmony import */ var _sources_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7172);
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9646);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8579);
/** What no single field of a policy can tell: names that must exist, gates that must block, times that must fit. */




/** The source that a gate asks. */
const sourceOf = (policy, gate) => typeof gate.source === 'string'
    ? Object.hasOwn(policy.sources, gate.source)
        ? policy.sources[gate.source]
        : undefined
    : gate.source;
/** @returns what does not fit together, all of it */
function relate(policy, limits) {
    const findings = [];
    const say = (path, message) => findings.push({ path, at: 'value', message });
    const names = Object.keys(policy.sources);
    const seen = new Map();
    for (const [index, gate] of policy.gates.entries()) {
        const first = seen.get(gate.name);
        if (first !== undefined)
            say(['gates', index, 'name'], `\`${gate.name}\` is the name of gate ${first + 1} already; expected a unique name`);
        else
            seen.set(gate.name, index);
        const source = sourceOf(policy, gate);
        const family = _gates_index_js__WEBPACK_IMPORTED_MODULE_0__/* .gateTypes */ .v.find((t) => t.type === gate.type)?.family;
        if (source === undefined) {
            const name = typeof gate.source === 'string' ? gate.source : gate.source.type;
            const known = names.length === 0 ? 'there are none' : `known: ${names.join(', ')}`;
            say(['gates', index, 'source'], `there is no source \`${name}\` under \`sources\`${(0,_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .didYouMean */ .au)(name, names)} (${known})`);
            continue;
        }
        const type = _sources_index_js__WEBPACK_IMPORTED_MODULE_1__/* .sourceTypes */ .V.find((t) => t.type === source.type);
        if (type && type.family !== family) {
            const fitting = _sources_index_js__WEBPACK_IMPORTED_MODULE_1__/* .sourceTypes */ .V.filter((t) => t.family === family).map((t) => t.type);
            say(['gates', index, 'source'], `a ${gate.type} gate cannot ask a source of type \`${source.type}\`; expected one of ${fitting.join(', ')}`);
        }
    }
    if (!limits.observe && !policy.gates.some((gate) => gate.enforce === 'block')) {
        say(['gates'], 'no gate blocks, so nothing would ever be proven; expected at least one with `enforce: block`, or the input `observe: true`');
    }
    findings.push(...relateTimes(policy, limits.longestJobMs));
    return findings;
}
/** Left for starting, reporting and stopping when a job's time is limited. */
const jobMarginMs = 5 * 60_000;
function relateTimes({ evaluation, release }, longestJobMs) {
    const findings = [];
    const say = (key, message) => findings.push({ path: ['evaluation', key], at: 'value', message });
    const { warmup, every, steady, deadline } = evaluation;
    if (every < 1000)
        say('every', `expected at least 1s, found ${(0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(every)}`);
    if (evaluation['round-timeout'] < 1000)
        say('round-timeout', `expected at least 1s, found ${(0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(evaluation['round-timeout'])}`);
    const needed = steady + (release['deployed-at'] === undefined ? warmup : 0);
    if (deadline < needed || deadline === 0) {
        say('deadline', `expected more than warm-up and steady time together (${(0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(needed)}), found ${(0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(deadline)}: the train could never continue`);
    }
    if (longestJobMs !== undefined && deadline > longestJobMs - jobMarginMs) {
        say('deadline', `expected at most ${(0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(longestJobMs - jobMarginMs)}, since the platform ends the job after ${(0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(longestJobMs)}; found ${(0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(deadline)}`);
    }
    return findings;
}


/***/ }),

/***/ 1820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LA: () => (/* binding */ namedSource),
/* harmony export */   kA: () => (/* binding */ buildRecord)
/* harmony export */ });
/* unused harmony export decisionFor */
/* harmony import */ var _policy_relate_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(974);
/* harmony import */ var _train_clock_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1155);


/** What the step does: what the gates say, unless the policy only observes. Being cut off or misused is not theirs to say. */
function decisionFor(verdict, observe) {
    if (!observe || verdict.decision === 'continue')
        return verdict;
    if (['cancelled', 'policy-error', 'internal-error'].includes(verdict.reason))
        return verdict;
    return { ...verdict, decision: 'continue', reason: 'observed', sentence: `observed only; the gates say ${verdict.decision}: ${verdict.sentence}` };
}
function buildRecord(facts, outcome) {
    const { policy, host } = facts;
    return {
        signalbox: 1,
        tool: { ...facts.tool },
        service: policy?.service ?? null,
        release: {
            sha: policy?.release.sha ?? host.facts.sha ?? null,
            version: policy?.release.version ?? null,
            environment: policy?.release.environment ?? host.facts.environment ?? null,
            deployedAt: facts.deployedAt === undefined ? null : (0,_train_clock_js__WEBPACK_IMPORTED_MODULE_1__/* .iso */ .K)(facts.deployedAt),
        },
        host: {
            kind: host.kind,
            repository: host.facts.repository ?? null,
            ref: host.facts.ref ?? null,
            actor: host.facts.actor ?? null,
            run: host.facts.run ?? null,
        },
        policy: { file: facts.policyFile ?? null, sha256: facts.policySha256, effective: policy ?? null },
        observe: facts.observe,
        began: (0,_train_clock_js__WEBPACK_IMPORTED_MODULE_1__/* .iso */ .K)(facts.began),
        ended: (0,_train_clock_js__WEBPACK_IMPORTED_MODULE_1__/* .iso */ .K)(outcome.ended),
        gates: (policy?.gates ?? []).map((gate) => ({
            name: gate.name,
            type: gate.type,
            source: typeof gate.source === 'string' ? gate.source : gate.source.type,
            enforce: gate.enforce,
        })),
        rounds: [...outcome.rounds],
        decision: decisionFor(outcome.verdict, facts.observe),
        verdict: outcome.verdict,
        problems: [...outcome.problems],
    };
}
/** @returns the name that a gate's source goes by in the record, and its config */
function namedSource(policy, gate) {
    const config = (0,_policy_relate_js__WEBPACK_IMPORTED_MODULE_0__/* .sourceOf */ .v)(policy, gate);
    return config && { name: typeof gate.source === 'string' ? gate.source : config.type, config };
}


/***/ }),

/***/ 7172:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  V: () => (/* binding */ sourceTypes)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./build/policy/fields.js
var fields = __webpack_require__(9646);
// EXTERNAL MODULE: ./build/policy/problems.js
var problems = __webpack_require__(8579);
// EXTERNAL MODULE: ./build/train/clock.js
var clock = __webpack_require__(1155);
// EXTERNAL MODULE: ./build/sources/source.js
var source = __webpack_require__(2364);
// EXTERNAL MODULE: ./build/sources/text.js
var sources_text = __webpack_require__(818);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/sources/workspace.js
/** Files that a policy names. They stay inside the workspace, symbolic links included, so that no report can point elsewhere. */


const leadsOut = (relative) => relative === '..' || relative.startsWith(`..${external_node_path_.sep}`) || external_node_path_.isAbsolute(relative);
/** Whether a path or a glob leaves the workspace by its letters alone; asks no disk. */
function namedOutside(workspace, pathOrGlob) {
    return leadsOut(external_node_path_.relative(workspace, external_node_path_.resolve(workspace, pathOrGlob)));
}
/**
 * Finds a path of the workspace.
 *
 * @returns undefined when it lies outside, by its name or through a symbolic link
 * @throws the file system's error when it is not there or may not be read
 */
async function locate(workspace, named) {
    const wanted = external_node_path_.resolve(workspace, named);
    const relative = external_node_path_.relative(workspace, wanted);
    if (leadsOut(relative))
        return undefined;
    const [root, absolute] = await Promise.all([(0,promises_.realpath)(workspace), (0,promises_.realpath)(wanted)]);
    if (leadsOut(external_node_path_.relative(root, absolute)))
        return undefined;
    return { absolute, name: relative.split(external_node_path_.sep).join('/') || '.' };
}
/** The file system's error code (`ENOENT`, `EACCES`…), or an empty text. */
const errorCode = (error) => typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

;// CONCATENATED MODULE: ./build/sources/flags/flagd.js
/**
 * Source `flagd`: flag definitions of flagd in a file of the workspace. The definition is read for what it says of everyone,
 * and evaluated with flagd's own evaluator for what it serves to one context.
 */








const schema = dist/* strictObject */.rej({
    file: (0,fields/* described */.WY)(fields/* filled */.Bq, "flagd's definitions (JSON), relative to the workspace. Read anew in every round."),
});
/** Only what is read here; flagd's evaluator checks the rest. */
const definition = dist/* looseObject */._H3({ state: dist/* picklist */.KIO(['ENABLED', 'DISABLED']), variants: dist/* looseObject */._H3({}) });
/** In place of the console. The evaluator tells of rules that came to nothing only at level debug. */
function listener(heard) {
    const hear = (...parts) => void heard.push((0,sources_text/* oneLine */.T)(parts.map(String).join(' ')));
    return { error: hear, warn: hear, info: hear, debug: hear };
}
const unusable = (file, what) => new source/* NotMeasured */.ke('bad-definition', `${file} ${what}`, { permanent: true });
async function readText(file, workspace, signal) {
    let bytes;
    try {
        const located = await locate(workspace, file);
        if (!located) {
            throw new source/* NotMeasured */.ke('outside-workspace', `${file} lies outside the workspace: copy it into it`, {
                permanent: true,
            });
        }
        bytes = await (0,promises_.readFile)(located.absolute, { signal });
    }
    catch (error) {
        if (error instanceof source/* NotMeasured */.ke)
            throw error;
        if (signal.aborted)
            throw new source/* NotMeasured */.ke('timeout', `reading ${file} took longer than the round may`);
        const code = errorCode(error);
        const message = code === 'ENOENT' ? `there is no file ${file} in the workspace` : `${file} cannot be read (${code})`;
        throw new source/* NotMeasured */.ke(code === 'ENOENT' ? 'no-file' : 'unreadable', message, { permanent: true });
    }
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch {
        throw unusable(file, 'is no valid UTF-8');
    }
}
/** The flags by name, from flagd's map form or its list form. */
function flagsOf(parsed, file) {
    const root = dist/* safeParse */.xLC(dist/* looseObject */._H3({ flags: dist/* union */.KCZ([dist/* array */.YOg(dist/* unknown */.L5J()), dist/* looseObject */._H3({})]) }), parsed);
    if (!root.success)
        throw unusable(file, 'is no flagd definition: expected `{ "flags": … }`');
    const raw = root.output.flags;
    const entries = Array.isArray(raw)
        ? raw.map((entry, index) => {
            const keyed = dist/* safeParse */.xLC(dist/* looseObject */._H3({ key: fields/* filled */.Bq }), entry);
            if (!keyed.success)
                throw unusable(file, `has an entry without a \`key\` at position ${index + 1} of \`flags\``);
            return [keyed.output.key, entry];
        })
        : Object.entries(raw);
    const flags = new Map();
    for (const [key, entry] of entries) {
        const checked = dist/* safeParse */.xLC(definition, entry);
        if (!checked.success)
            throw unusable(file, `has no valid \`state\` and \`variants\` for the flag ${(0,sources_text/* oneLine */.T)(key, 60)}`);
        if (flags.has(key))
            throw unusable(file, `defines the flag ${(0,sources_text/* oneLine */.T)(key, 60)} twice`);
        flags.set(key, checked.output);
    }
    return flags;
}
async function read(config, workspace, signal) {
    const { file } = config;
    const text = await readText(file, workspace, signal);
    let parsed;
    try {
        parsed = JSON.parse(text);
    }
    catch {
        throw unusable(file, 'is no valid JSON');
    }
    const flags = flagsOf(parsed, file);
    const { FlagdCore } = await __webpack_require__.e(/* import() */ 427).then(__webpack_require__.bind(__webpack_require__, 5427));
    // The file is data; without this its rules would be run through `eval`.
    const core = new FlagdCore(undefined, listener([]), { disableDynamicCodeGeneration: true });
    try {
        core.setConfigurations(JSON.stringify({ ...parsed, flags: Object.fromEntries(flags) }));
    }
    catch {
        throw unusable(file, 'is refused by flagd: check it against https://flagd.dev/schema/v0/flags.json');
    }
    return { flags, core };
}
/** Without rules the default variant is served, whoever asks. */
const hasRules = ({ targeting }) => targeting !== undefined &&
    targeting !== null &&
    !(typeof targeting === 'object' && Object.keys(targeting).length === 0);
async function ask(config, question, context, signal) {
    const { flags, core } = await read(config, context.workspace, signal);
    const { flag } = question;
    const common = {
        kind: 'flag',
        subject: `flag ${flag} in ${config.file}`,
        query: `${config.file} ${flag} ${JSON.stringify(question.context)}`,
        at: (0,clock/* iso */.K)(context.clock.now()),
        partial: false,
        flag,
        context: { ...question.context },
    };
    const found = flags.get(flag);
    const compiled = core.getFlag(flag);
    if (!found || !compiled) {
        const near = (0,problems/* nearest */.pA)(flag, [...flags.keys()]);
        const notes = [near === undefined ? `${config.file} defines ${flags.size} others` : `did you mean ${near}?`];
        const nothing = { exists: false, enabled: null, value: null, variant: null, reason: 'FLAG_NOT_FOUND' };
        // 0 seen: whatever a gate makes of it, nothing is proven by a flag that is not there.
        return { ...common, ...nothing, seen: 0, scope: 'context', notes };
    }
    const there = { ...common, seen: 1, exists: true };
    if (found.state === 'DISABLED') {
        // Nobody is served anything: every caller falls back to its own default.
        const disabled = { enabled: false, value: null, variant: null, reason: 'DISABLED', scope: 'everyone' };
        return { ...there, ...disabled, notes: [] };
    }
    const notes = [];
    const served = compiled.evaluate({ ...question.context }, listener(notes));
    if (served.reason === 'ERROR') {
        throw new source/* NotMeasured */.ke('evaluation-failed', `${config.file}: ${(0,sources_text/* oneLine */.T)(served.errorMessage ?? 'no reason given')}`, {
            permanent: true,
        });
    }
    return {
        ...there,
        enabled: true,
        value: served.value ?? null,
        variant: served.variant ?? null,
        reason: served.reason,
        scope: hasRules(found) ? 'context' : 'everyone',
        notes,
    };
}
const flagdSource = (0,source/* defineSource */.ZN)({
    type: 'flagd',
    family: 'flags',
    schema,
    open: (config, context) => ({
        ask: (question, signal) => ask(config, question, context, signal),
    }),
});

;// CONCATENATED MODULE: ./build/net/auth.js
/** The ways to sign in that need nothing but what the policy gives. */


/** Fields of a source's schema; with the check `oneWayToSignIn`. */
const authFields = {
    token: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* secret */.rJ), 'Sent as `Authorization: Bearer …`.'),
    username: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* filled */.Bq), 'For basic authentication, with `password`.'),
    password: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* secret */.rJ), 'For basic authentication, with `username`.'),
};
const signsInOneWay = (config) => (config.username === undefined) === (config.password === undefined) &&
    (config.token === undefined || config.username === undefined);
/** What `signsInOneWay` expects. */
const oneWayToSignIn = 'either `token`, or `username` and `password` together';
/** @returns the headers that sign in, none without a credential */
function authorization({ token, username, password }) {
    if (token !== undefined)
        return { authorization: `Bearer ${token}` };
    if (username === undefined)
        return {};
    return { authorization: `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}` };
}

// EXTERNAL MODULE: ./build/net/errors.js
var errors = __webpack_require__(4481);
;// CONCATENATED MODULE: ./build/net/json.js
/** JSON answers: the parsed body, or why it is none. */



/** @throws {NotMeasured} `bad-answer` when the body is no JSON, as a login page is not */
function parseJson(response, origin) {
    try {
        return JSON.parse(response.text);
    }
    catch {
        const type = (0,sources_text/* oneLine */.T)(response.headers['content-type'] ?? 'no content type', 60);
        const message = `${origin} answered ${response.status} with ${type}, not with JSON: is the URL right?`;
        throw new source/* NotMeasured */.ke('bad-answer', message);
    }
}
/**
 * Refuses the answers that mean the same for every API.
 *
 * @param needs the permission to name, e.g. `the role Monitoring Reader`
 * @param sent the request's headers, so that a server which repeats the credential is not quoted
 * @throws {NotMeasured} `unauthorized`, `forbidden`, `not-found`
 */
function refuseDenied(response, origin, needs, sent) {
    // Whoever does not hand over what was sent is not quoted to.
    const said = sent === undefined ? '' : (0,errors/* serverWords */.lZ)(response.text, sent);
    if (response.status === 401) {
        throw new source/* NotMeasured */.ke('unauthorized', `${origin} does not accept the credential, or wants one (401)${said}`);
    }
    if (response.status === 403) {
        throw new source/* NotMeasured */.ke('forbidden', `${origin} refuses the request (403), it needs ${needs}${said}`);
    }
    if (response.status === 404) {
        throw new source/* NotMeasured */.ke('not-found', `${origin} knows no such address (404): is the URL right?`, { permanent: true });
    }
}

;// CONCATENATED MODULE: ./build/sources/flags/ofrep.js
/**
 * Source `ofrep`: any service that speaks the OpenFeature Remote Evaluation Protocol (specification 0.3.0): one POST for one
 * flag and one context. It tells what is served, never how a flag is set up.
 */







const ofrep_fields = dist/* strictObject */.rej({
    url: (0,fields/* described */.WY)(fields/* httpUrl */.q3, 'Base URL of the service; `/ofrep/v1/evaluate/flags/…` is added to it.'),
    token: authFields.token,
    'api-key': (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* secret */.rJ), 'Sent as `X-API-Key`.'),
});
const ofrep_schema = dist/* pipe */.FsL(ofrep_fields, dist/* check */.z6Y((c) => c.token === undefined || c['api-key'] === undefined, 'either `token` or `api-key`'));
/** Reasons of OpenFeature that hold for every context. */
const forEveryone = new Set(['STATIC', 'DISABLED']);
async function ofrep_ask(config, question, context, signal) {
    const { flag } = question;
    if (/^\.{1,2}$/.test(flag)) {
        throw new source/* NotMeasured */.ke('bad-query', `a flag called ${flag} cannot be asked for: its name would change the address`, {
            permanent: true,
        });
    }
    const url = `${config.url}/ofrep/v1/evaluate/flags/${encodeURIComponent(flag)}`;
    const body = JSON.stringify({ context: question.context });
    const response = await context.http.send({
        url,
        method: 'POST',
        headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            ...authorization({ token: config.token }),
            ...(config['api-key'] === undefined ? {} : { 'x-api-key': config['api-key'] }),
        },
        body,
        signal,
    });
    const common = {
        kind: 'flag',
        subject: `flag ${flag}`,
        query: `POST ${url} ${body}`,
        at: (0,clock/* iso */.K)(context.clock.now()),
        partial: false,
        flag,
        scope: 'context',
        context: { ...question.context },
    };
    const answer = understand(response, flag, config);
    if (answer === 'unknown') {
        // 0 seen: whatever a gate makes of it, nothing is proven by a flag that is not there.
        const nothing = { exists: false, enabled: null, value: null, variant: null, reason: 'FLAG_NOT_FOUND' };
        return { ...common, ...nothing, seen: 0, notes: [] };
    }
    const reason = answer.reason ?? 'UNKNOWN';
    return {
        ...common,
        seen: 1,
        notes: [],
        exists: true,
        // The protocol has no word for the switch itself, except for the reason DISABLED.
        enabled: reason.toUpperCase() === 'DISABLED' ? false : null,
        // An absent value means that the caller's own default holds (ADR 0006 of the protocol).
        value: answer.value ?? null,
        variant: answer.variant ?? null,
        reason: (0,sources_text/* oneLine */.T)(reason, 60),
        scope: forEveryone.has(reason.toUpperCase()) ? 'everyone' : 'context',
    };
}
const success = dist/* object */.Ikc({
    key: dist/* string */.YjP(),
    reason: dist/* nullish */.cl6(dist/* string */.YjP()),
    variant: dist/* nullish */.cl6(dist/* string */.YjP()),
    value: dist/* optional */.lqM(dist/* unknown */.L5J()),
});
const refusal = dist/* object */.Ikc({ errorCode: dist/* string */.YjP(), errorDetails: dist/* nullish */.cl6(dist/* string */.YjP()) });
function understand(response, flag, config) {
    const { status } = response;
    const refused = dist/* safeParse */.xLC(refusal, looseJson(response.text));
    const code = refused.success ? refused.output.errorCode : undefined;
    const said = refused.success ? `: ${clean(`${code} ${refused.output.errorDetails ?? ''}`, config)}` : '';
    if (status === 404 && code === 'FLAG_NOT_FOUND')
        return 'unknown';
    refuseDenied(response, config.url, 'the right to evaluate flags');
    if (refused.success) {
        // The definition may be mended while the train waits; the request will stay what it is.
        const permanent = code === 'INVALID_CONTEXT' || code === 'TARGETING_KEY_MISSING';
        throw new source/* NotMeasured */.ke('evaluation-failed', `${flag} cannot be evaluated at ${config.url}${said}`, { permanent });
    }
    const bad = (what) => new source/* NotMeasured */.ke('bad-answer', `${config.url} ${what}`);
    if (status !== 200)
        throw bad(`answered ${status}, expected 200`);
    const parsed = dist/* safeParse */.xLC(success, parseJson(response, config.url));
    if (!parsed.success)
        throw bad('answered something that is not OFREP: is the URL right?');
    const answer = parsed.output;
    if (answer.key !== flag)
        throw bad(`answered for the flag ${(0,sources_text/* oneLine */.T)(answer.key, 60)}, asked was ${flag}`);
    if (answer.reason?.toUpperCase() === 'ERROR') {
        throw new source/* NotMeasured */.ke('evaluation-failed', `${flag} cannot be evaluated at ${config.url}: it gives no reason`);
    }
    return answer;
}
/** A service may repeat in its answer what was sent to it. */
function clean(text, config) {
    const secrets = [config.token, config['api-key']].filter((x) => x !== undefined);
    return (0,sources_text/* oneLine */.T)(secrets.reduce((t, s) => t.replaceAll(s, '***'), text));
}
/** The body, when it is JSON; an error's body need not be. */
function looseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
const ofrepSource = (0,source/* defineSource */.ZN)({
    type: 'ofrep',
    family: 'flags',
    schema: ofrep_schema,
    open: (config, context) => ({
        ask: (question, signal) => ofrep_ask(config, question, context, signal),
    }),
});

;// CONCATENATED MODULE: ./build/sources/flags/index.js


const flagSources = [flagdSource, ofrepSource];

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/sources/security/sarif/files.js
/** Which files of the workspace the policy's patterns name. What cannot be looked into is a problem, never just not there. */



/** What lies in a folder that is named in place of a pattern. */
const inFolder = ['**/*.sarif', '**/*.sarif.json'];
const looksLikeReport = /\.sarif(\.json)?$/i;
/**
 * @param patterns paths or globs relative to the workspace; a folder stands for the SARIF files in it
 * @returns the files in the order of their names, each once however many patterns name it
 */
async function findFiles(workspace, patterns, signal) {
    const found = new Map();
    const problems = [];
    for (const written of patterns) {
        const pattern = process.platform === 'win32' ? written.replaceAll('\\', '/') : written;
        if (namedOutside(workspace, pattern)) {
            problems.push(outside(pattern));
            continue;
        }
        const names = await matches(workspace, pattern, problems, signal);
        if (names.length === 0) {
            problems.push({
                code: 'NO_REPORT',
                message: `no file matches ${pattern}: did the scan run, and does it write its SARIF there?`,
                file: pattern,
            });
        }
        for (const name of names) {
            try {
                const file = await locate(workspace, name);
                if (!file)
                    problems.push(outside(name));
                else if (!found.has(file.absolute))
                    found.set(file.absolute, file);
            }
            catch (error) {
                problems.push({ code: 'UNREADABLE', message: `${name} cannot be read (${errorCode(error)})`, file: name });
            }
        }
    }
    const files = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return { files, problems };
}
const outside = (name) => ({
    code: 'OUTSIDE_WORKSPACE',
    message: `${name} lies outside the workspace, by its name or through a symbolic link: copy the results into the workspace`,
    file: name,
});
const kindOf = (absolute) => new Promise((resolve) => {
    (0,external_node_fs_.stat)(absolute, (error, stats) => resolve(error ? undefined : stats.isDirectory() ? 'folder' : 'file'));
});
/** Names relative to the workspace. What is there by that very name is taken literally, whatever signs are in it. */
async function matches(workspace, pattern, problems, signal) {
    const named = external_node_path_.resolve(workspace, pattern);
    const kind = await kindOf(named);
    if (kind === 'file')
        return [external_node_path_.relative(workspace, named)];
    const folder = kind === 'folder' ? named : workspace;
    const { glob } = await __webpack_require__.e(/* import() */ 448).then(__webpack_require__.bind(__webpack_require__, 6448));
    // tinyglobby passes over what it cannot open. A report may be in there, so it must be told.
    const unseen = (name, error) => {
        if (error) {
            const file = external_node_path_.relative(workspace, name);
            problems.push({ code: 'UNREADABLE', message: `${file} cannot be looked into (${errorCode(error)})`, file });
        }
    };
    const watched = {
        readdir(name, options, done) {
            (0,external_node_fs_.readdir)(name, options, (error, files) => {
                if (error?.code !== 'ENOENT')
                    unseen(name, error);
                done(error, files);
            });
        },
        realpath(name, done) {
            (0,external_node_fs_.realpath)(name, (error, resolved) => {
                if (looksLikeReport.test(name))
                    unseen(name, error);
                done(error, resolved);
            });
        },
    };
    const names = await glob(kind === 'folder' ? inFolder : pattern, {
        cwd: folder,
        dot: true,
        expandDirectories: false,
        signal,
        fs: watched,
    });
    // Of several names for one file the plainest comes first.
    return names
        .map((name) => external_node_path_.relative(workspace, external_node_path_.resolve(folder, name)))
        .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/sources/security/sarif/shape.js
/** Safe ways into JSON of unknown shape. Nothing here throws. */
/** The value as a map; undefined when it is none (a list is none). */
const asObject = (x) => typeof x === 'object' && x !== null && !Array.isArray(x) ? x : undefined;
/** The value as a list; undefined when it is none. */
const asArray = (x) => (Array.isArray(x) ? x : undefined);
/** The value as a text with something in it; undefined otherwise. */
const asText = (x) => (typeof x === 'string' && x.trim() !== '' ? x : undefined);
/** The value as a position in a list; undefined when absent, or -1 as SARIF writes absent. */
const asIndex = (x) => typeof x === 'number' && Number.isSafeInteger(x) && x >= 0 ? x : undefined;
/** Absent, or null as some writers put it. */
const isAbsent = (x) => x === undefined || x === null;

;// CONCATENATED MODULE: ./build/sources/security/sarif/read.js
/** Stage 0: from a file to the runs of a SARIF 2.1.0 log, or the reason why it is no evidence. */





/** V8 holds no longer text (Node 20 and 24), and JSON.parse needs the whole text. */
const longestReport = 536_870_888;
/** The bytes of one report, or why there are none. */
async function readBytes(file, longest = longestReport) {
    const bad = (code, message) => ({
        code,
        message: `${file.name} ${message}`,
        file: file.name,
    });
    try {
        const handle = await (0,promises_.open)(file.absolute, 'r');
        try {
            const { size } = await handle.stat().then((stats) => (stats.isFile() ? stats : { size: undefined }));
            if (size === undefined)
                return bad('UNREADABLE', 'is no file');
            if (size === 0)
                return bad('EMPTY_FILE', 'is empty: the scanner wrote nothing');
            if (size > longest) {
                return bad('TOO_LARGE', `has ${size} bytes, more than the ${longest} that can be read: split it by tool`);
            }
            return await handle.readFile();
        }
        finally {
            await handle.close();
        }
    }
    catch (error) {
        return bad('UNREADABLE', `cannot be read (${errorCode(error)})`);
    }
}
/** SHA-256 of the bytes as they lie on disk, in hexadecimal. */
const sha256 = (bytes) => (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex');
/** UTF-8 with or without a byte order mark is what SARIF allows; UTF-16 is what PowerShell's `>` makes of it. */
function decode(bytes) {
    const [a, b] = bytes;
    const wide = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
    try {
        const text = new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(bytes);
        return { text, notes: wide ? [`is encoded in ${wide.toUpperCase()}; SARIF is UTF-8`] : [] };
    }
    catch {
        return undefined;
    }
}
/** Where JSON.parse gave up, without the text that V8 quotes: it may hold a secret. */
function position(error) {
    const message = error instanceof Error ? error.message : '';
    if (/Unexpected end|Unterminated/.test(message))
        return 'it ends too early: was the scanner cut off?';
    const [place] = /line \d+ column \d+|position \d+/.exec(message) ?? [];
    return place ? `at ${place}` : 'it does not parse';
}
/** Decodes and checks one report; never throws, whatever the bytes are. */
function readLog(bytes) {
    const decoded = decode(bytes);
    if (!decoded)
        return { code: 'BAD_ENCODING', message: 'is no valid UTF-8' };
    let parsed;
    try {
        parsed = JSON.parse(decoded.text);
    }
    catch (error) {
        return { code: 'UNREADABLE', message: `is no valid JSON: ${position(error)}` };
    }
    const log = asObject(parsed);
    if (!log || (!('version' in log) && !('runs' in log))) {
        return { code: 'NOT_SARIF', message: 'is no SARIF log: tell the scanner to write SARIF 2.1.0' };
    }
    if (log.version !== '2.1.0') {
        const found = typeof log.version === 'string' ? `version ${(0,sources_text/* oneLine */.T)(log.version, 20)}` : 'no version';
        return {
            code: 'UNSUPPORTED_VERSION',
            message: `has ${found}, expected 2.1.0: update the scanner, or convert it with \`sarif-multitool rewrite\``,
        };
    }
    const runs = asArray(log.runs);
    if (!runs) {
        const found = isAbsent(log.runs) ? 'has no runs' : 'has runs that are no list';
        return { code: 'PRODUCER_FAILED', message: `${found}: the scanner failed before it had anything to report` };
    }
    if (runs.length === 0)
        return { code: 'NO_RUNS', message: 'has an empty list of runs: nothing was scanned' };
    return { log, runs, notes: decoded.notes };
}

;// CONCATENATED MODULE: ./build/sources/security/sarif/rules.js
/**
 * From a reference in a result or notification to the descriptors it may mean. SARIF 2.1.0 sections 3.52 and 3.54, made
 * tolerant: rules stand in `tool.extensions` (CodeQL), components are given by name only, indexes point at other rules.
 */

/** @param kind `rules` for results, `notifications` for what the tool says of itself */
function openBook(tool, kind) {
    const component = (raw) => {
        const map = asObject(raw);
        const descriptors = asArray(map?.[kind]) ?? [];
        const byId = new Map();
        const byGuid = new Map();
        for (const descriptor of descriptors.map(asObject)) {
            if (!descriptor)
                continue;
            const id = asText(descriptor.id);
            const guid = asText(descriptor.guid);
            if (id)
                add(byId, id, descriptor);
            if (guid)
                add(byGuid, guid.toLowerCase(), descriptor);
        }
        return { name: asText(map?.name), guid: asText(map?.guid), descriptors, byId, byGuid };
    };
    return { driver: component(tool.driver), extensions: (asArray(tool.extensions) ?? []).map(component) };
}
function add(map, key, value) {
    const there = map.get(key);
    if (there)
        there.push(value);
    else
        map.set(key, [value]);
}
function componentOf(book, raw) {
    const reference = asObject(raw);
    if (!reference)
        return book.driver;
    const index = asIndex(reference.index);
    const byIndex = index === undefined ? undefined : book.extensions[index];
    if (byIndex)
        return byIndex;
    const all = [book.driver, ...book.extensions];
    const guid = asText(reference.guid)?.toLowerCase();
    const name = asText(reference.name);
    return ((guid && all.find((c) => c.guid?.toLowerCase() === guid)) ||
        (name && all.find((c) => c.name === name)) ||
        book.driver);
}
/** Levels of a hierarchical id that are tried; a report could hold an id of a million. */
const deepestId = 20;
/** `CA5350/md5` is a finer name for `CA5350`. */
const means = (id, descriptorId) => id === descriptorId || id.startsWith(`${descriptorId}/`);
/**
 * @returns every descriptor that may be meant: none when there is no such, several when an id is given twice
 */
function lookUp(book, reference) {
    const component = componentOf(book, reference.component);
    const id = asText(reference.id);
    const index = asIndex(reference.index);
    const indexed = index === undefined ? undefined : asObject(component.descriptors[index]);
    // An index that contradicts the id is a known fault of writers (all results at rule 0); the id is what people see.
    if (indexed && (id === undefined || means(id, asText(indexed.id) ?? id)))
        return [indexed];
    const places = [component, book.driver];
    const guid = asText(reference.guid)?.toLowerCase();
    if (guid) {
        const [hit] = [...places, ...book.extensions].flatMap((c) => c.byGuid.get(guid) ?? []);
        if (hit)
            return [hit];
    }
    let name = id;
    for (let depth = 0; name && depth < deepestId; depth += 1) {
        const wanted = name;
        for (const place of places) {
            const hits = place.byId.get(wanted);
            if (hits)
                return hits;
        }
        const hits = book.extensions.flatMap((c) => c.byId.get(wanted) ?? []);
        if (hits.length > 0)
            return hits;
        name = wanted.includes('/') ? wanted.slice(0, wanted.lastIndexOf('/')) : undefined;
    }
    return [];
}

;// CONCATENATED MODULE: ./build/judge/number.js
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/**
 * Reads one number of an answer.
 *
 * @returns the number; `NaN`, `+Inf` and `-Inf` as words; null for null, undefined, an empty text and anything that is no
 *   decimal number (no hexadecimal, no thousands separator, no unit)
 */
function reportedNumber(raw) {
    if (typeof raw === 'number') {
        if (Number.isNaN(raw))
            return 'NaN';
        if (raw === Number.POSITIVE_INFINITY)
            return '+Inf';
        if (raw === Number.NEGATIVE_INFINITY)
            return '-Inf';
        return raw;
    }
    if (typeof raw !== 'string')
        return null;
    const text = raw.trim();
    if (/^[+-]?nan$/i.test(text))
        return 'NaN';
    if (/^\+?inf(inity)?$/i.test(text))
        return '+Inf';
    if (/^-inf(inity)?$/i.test(text))
        return '-Inf';
    return decimal.test(text) ? reportedNumber(Number(text)) : null;
}

;// CONCATENATED MODULE: ./build/sources/security/sarif/severity.js
/**
 * How bad a result is. Neither `level` nor `security-severity` is enough alone: CodeQL writes no level, OSV-Scanner one for
 * everything, Trivy and Grype `0.0` for "unknown". What cannot be told is `unknown`, never low.
 */



/** Tools whose level is the same for every result. */
const constantLevel = new Set(['osv-scanner', 'gitleaks']);
const words = {
    critical: 'critical',
    high: 'high',
    medium: 'medium',
    moderate: 'medium',
    low: 'low',
};
const levels = { error: 'high', warning: 'medium', note: 'low', none: 'unknown' };
/** Worst first. Unknown stands behind high since it may be that, and before medium so that it is not cut off. */
const worstFirst = ['critical', 'high', 'unknown', 'medium', 'low'];
const bySeverity = (a, b) => worstFirst.indexOf(a) - worstFirst.indexOf(b);
const steps = ['low', 'medium', 'high', 'critical'];
const word = (raw) => {
    const key = asText(raw)?.trim().toLowerCase();
    return key !== undefined && Object.hasOwn(words, key) ? words[key] : undefined;
};
/**
 * CVSS v3 qualitative bands over `security-severity`, whose lower ends are inclusive: 9, 7, 4, above 0.
 *
 * @returns undefined for 0, for what is no number, and for what is outside (0, 10]: it says nothing
 */
function fromScore(raw) {
    const number = reportedNumber(raw);
    if (typeof number !== 'number')
        return word(raw);
    if (!(number > 0 && number <= 10))
        return undefined;
    return number >= 9 ? 'critical' : number >= 7 ? 'high' : number >= 4 ? 'medium' : 'low';
}
/** A level as SARIF or as tools write it in its place. */
function fromLevel(raw, tool) {
    const key = asText(raw)?.trim().toLowerCase() ?? '';
    const severity = Object.hasOwn(levels, key) ? levels[key] : undefined;
    if (severity === undefined)
        return word(raw) ?? 'unknown';
    return constantLevel.has(tool.toLowerCase()) ? 'unknown' : severity;
}
/** The effective level (section 3.27.10) and where it comes from. */
function levelOf(result, rule, overrides) {
    if (!isAbsent(result.level))
        return { level: result.level, from: 'the result' };
    const override = rule && overrides?.get(rule);
    if (!isAbsent(override))
        return { level: override, from: 'an override' };
    const byRule = asObject(rule?.defaultConfiguration)?.level;
    return isAbsent(byRule) ? { level: 'warning', from: 'the default' } : { level: byRule, from: 'the rule' };
}
const scoreKey = 'security-severity';
function judgeBy(result, rule, overrides, tool) {
    const { level, from } = levelOf(result, rule, overrides);
    const byLevel = fromLevel(level, tool);
    const own = asObject(result.properties);
    const scores = [
        { raw: own?.[scoreKey], of: 'the result' },
        { raw: asObject(rule?.properties)?.[scoreKey], of: 'the rule' },
    ].filter(({ raw }) => !isAbsent(raw));
    for (const { raw, of } of scores) {
        const severity = fromScore(raw);
        if (severity) {
            const conflict = byLevel !== 'unknown' && Math.abs(steps.indexOf(severity) - steps.indexOf(byLevel)) >= 2;
            return { severity, why: `${scoreKey} ${shown(raw)} of ${of}`, conflict };
        }
    }
    for (const key of ['severity', 'Severity']) {
        const severity = word(own?.[key]);
        if (severity)
            return { severity, why: `property ${key} of the result`, conflict: false };
    }
    const [useless] = scores;
    if (useless && byLevel !== 'high') {
        // Trivy and Grype write 0.0 beside level note when nobody rated it yet: the level says no more than the score.
        const severity = byLevel === 'critical' ? byLevel : 'unknown';
        return { severity, why: `${scoreKey} ${shown(useless.raw)} says nothing`, conflict: false };
    }
    const why = `level ${shown(level)} of ${from}`;
    return { severity: byLevel, why: byLevel === 'unknown' ? `${why} says nothing` : why, conflict: false };
}
const shown = (raw) => typeof raw === 'string' ? (0,sources_text/* oneLine */.T)(raw, 30) : typeof raw === 'number' ? String(raw) : `of type ${typeof raw}`;
/**
 * @param rules the descriptors that may be meant; with several the worst outcome holds
 */
function severityOf(result, rules, overrides, tool) {
    const [first, ...others] = rules;
    let worst = judgeBy(result, first, overrides, tool);
    for (const rule of others) {
        const judged = judgeBy(result, rule, overrides, tool);
        if (bySeverity(judged.severity, worst.severity) < 0)
            worst = judged;
    }
    return worst;
}

;// CONCATENATED MODULE: ./build/sources/security/sarif/result.js




/** Remarks that are counted over a run; each ends a sentence that begins with a number of results. */
const noteTexts = {
    KIND_LEVEL_CONFLICT: 'have a level beside a kind that is no failure; counted as failures',
    NO_RULE: 'name a rule that the report does not describe',
    SEVERITY_CONFLICT: 'have a score and a level far apart; the score holds',
    SUPPRESSION_REJECTED: 'have a suppression that was rejected or is no valid one; counted',
    SUPPRESSION_UNDER_REVIEW: 'have a suppression that is still under review; counted',
    SUPPRESSION_EXPIRED: 'have a suppression that has expired; counted',
};
const harmless = new Set(['pass', 'notApplicable', 'informational']);
const toReview = new Set(['open', 'review']);
/** Never throws, whatever the result is. */
function dispose(raw, context) {
    const result = asObject(raw);
    if (!result)
        return { as: 'malformed' };
    if (result.baselineState === 'absent')
        return { as: 'ignored', notes: [] };
    const notes = [];
    const kind = result.kind;
    if (harmless.has(kind) || toReview.has(kind)) {
        if (isAbsent(result.level) || result.level === 'none') {
            return { as: harmless.has(kind) ? 'ignored' : 'review', notes };
        }
        notes.push('KIND_LEVEL_CONFLICT');
    }
    const suppression = suppressed(result.suppressions, context.now);
    if (suppression === true)
        return { as: 'suppressed', notes };
    if (suppression)
        notes.push(suppression);
    const reference = ruleReference(result);
    const rules = lookUp(context.rules, reference);
    if (rules.length === 0 && !isAbsent(reference.id))
        notes.push('NO_RULE');
    const judged = severityOf(result, rules, overridesOf(result, context), context.tool);
    if (judged.conflict)
        notes.push('SEVERITY_CONFLICT');
    const [rule] = rules;
    return {
        as: 'counted',
        notes,
        finding: {
            tool: context.tool,
            rule: (0,sources_text/* oneLine */.T)(asText(reference.id) ?? asText(rule?.id) ?? '(no rule)'),
            severity: judged.severity,
            why: judged.why,
            message: messageOf(result, rule),
            ...placeOf(result),
        },
    };
}
function ruleReference(result) {
    const rule = asObject(result.rule);
    return {
        id: result.ruleId ?? rule?.id,
        index: asIndex(rule?.index) ?? result.ruleIndex,
        guid: rule?.guid,
        component: rule?.toolComponent,
    };
}
/** `provenance.invocationIndex` counts from 0 only when there is exactly one invocation (section 3.48.6). */
function overridesOf(result, { overrides }) {
    const index = asIndex(asObject(result.provenance)?.invocationIndex) ?? (overrides.length === 1 ? 0 : undefined);
    return index === undefined ? undefined : overrides[index];
}
/**
 * The strict rule: one entry that is not an accepted one, and the result counts. An absent status means accepted; files from
 * before the final standard say `state`. `properties.expiryUtc` is what `sarif-multitool suppress` writes.
 *
 * @returns true: suppressed; a note: not, and why; undefined: nobody tried
 */
function suppressed(raw, now) {
    if (isAbsent(raw))
        return undefined;
    const entries = asArray(raw);
    if (!entries)
        return 'SUPPRESSION_REJECTED';
    if (entries.length === 0)
        return undefined;
    let worst = true;
    for (const entry of entries.map(asObject)) {
        if (!entry || (entry.kind !== 'inSource' && entry.kind !== 'external'))
            return 'SUPPRESSION_REJECTED';
        const states = [entry.status, entry.state].filter((x) => !isAbsent(x));
        if (states.some((x) => x !== 'accepted' && x !== 'underReview'))
            return 'SUPPRESSION_REJECTED';
        if (states.includes('underReview'))
            worst = 'SUPPRESSION_UNDER_REVIEW';
        const expiry = asObject(entry.properties)?.expiryUtc;
        const expires = typeof expiry === 'string' ? Date.parse(expiry) : Number.NaN;
        if (!isAbsent(expiry) && !(expires > now))
            worst = worst === true ? 'SUPPRESSION_EXPIRED' : worst;
    }
    return worst;
}
/** The message with its placeholders filled, its links reduced to their words, and nothing of any code snippet in it. */
function messageOf(result, rule) {
    const message = asObject(result.message);
    const byId = asObject(asObject(rule?.messageStrings)?.[asText(message?.id) ?? '']);
    const template = asText(message?.text) ??
        asText(byId?.text) ??
        asText(asObject(rule?.shortDescription)?.text) ??
        asText(message?.markdown) ??
        '';
    const given = asArray(message?.arguments) ?? [];
    const snippets = snippetsOf(result);
    // Snippets go before anything is cut, since half a secret would no longer be recognised.
    const safe = (text) => snippets.reduce((t, s) => t.replaceAll(s, '***'), text).slice(0, 1000);
    const filled = safe(template).replace(/\{(\d{1,3})\}/g, (whole, n) => {
        const argument = asText(given[Number(n)]);
        return argument === undefined ? whole : safe(argument);
    });
    return (0,sources_text/* oneLine */.T)(filled.slice(0, 4000).replace(/\[([^[\]]{1,500})\]\([^()]{1,500}\)/g, '$1'));
}
/** A snippet of a secret scanner is the secret, and some of them repeat it in the message. */
function snippetsOf(result) {
    const snippets = [];
    const locations = [result.locations, result.relatedLocations].flatMap((x) => asArray(x)?.slice(0, 20) ?? []);
    for (const location of locations) {
        const physical = asObject(asObject(location)?.physicalLocation);
        for (const key of ['region', 'contextRegion']) {
            const snippet = asText(asObject(asObject(physical?.[key])?.snippet)?.text)?.trim();
            // Shorter ones are words of the message itself more often than secrets.
            if (snippet !== undefined && snippet.length >= 6)
                snippets.push(snippet);
        }
    }
    return snippets.sort((a, b) => b.length - a.length);
}
function placeOf(result) {
    const [first] = asArray(result.locations) ?? [];
    const physical = asObject(asObject(first)?.physicalLocation);
    const uri = asText(asObject(physical?.artifactLocation)?.uri);
    const line = asIndex(asObject(physical?.region)?.startLine);
    if (uri === undefined)
        return {};
    // A web scanner's address may hold a password or a token in its query.
    const bare = uri
        .slice(0, 2000)
        .replace(/[?#].*$/s, '')
        .replace(/\/\/[^/@]*@/, '//');
    const file = (0,sources_text/* oneLine */.T)(readable(bare), 300);
    return { ...(file === '' ? {} : { file }), ...(line === undefined || line === 0 ? {} : { line }) };
}
function readable(uri) {
    try {
        return decodeURIComponent(uri);
    }
    catch {
        return uri;
    }
}

;// CONCATENATED MODULE: ./build/sources/security/sarif/run.js





/** Findings that one run hands on; the record keeps no more. */
const mostFindings = 50;
/**
 * Reads one run; never throws, whatever it is.
 *
 * @param log the log that it stands in, since some tools and external files put a run's parts there
 * @param now milliseconds since the epoch, for suppressions that expire
 */
function readRun(log, raw, origin, now) {
    const run = asObject(raw);
    const tool = asObject(run?.tool);
    const driver = asObject(tool?.driver);
    const name = (0,sources_text/* oneLine */.T)(asText(driver?.name) ?? '', 100);
    const bad = (code, message) => ({
        code,
        message: `${name || 'a run'} in ${origin.file} ${message}`,
        file: origin.file,
        ...(name ? { tool: name } : {}),
    });
    const none = (problem) => ({ findings: [], problems: [problem], notes: [] });
    if (!run || !tool || !driver || !name)
        return none(bad('NO_TOOL', 'does not name its tool, so it proves nothing'));
    const problems = [];
    const elsewhere = external(log, run);
    if (elsewhere) {
        problems.push(bad('EXTERNAL_RESULTS', `keeps its ${elsewhere} outside the run, which is not read: write one file`));
    }
    const results = asArray(run.results);
    if (!results) {
        if (elsewhere)
            return none(...problems);
        return none(bad('RESULTS_MISSING', 'has no list of results: it never began its analysis'));
    }
    const invocations = invocationsOf(log, run);
    const failed = failure(invocations, openBook(tool, 'notifications'));
    if (failed)
        problems.push(bad('SCAN_FAILED', `did not finish its scan: ${failed}`));
    const rules = openBook(tool, 'rules');
    const overrides = invocations.map((x) => run_overridesOf(asObject(x), 'ruleConfigurationOverrides', rules));
    const tally = count(results, { tool: name, rules, overrides, now });
    if (tally.malformed > 0) {
        const of = `${tally.malformed} of ${results.length} results`;
        problems.push(bad('MALFORMED_RESULT', `has ${of} that are no objects, so nobody knows what they are`));
    }
    const version = asText(driver.semanticVersion) ?? asText(driver.version);
    return {
        run: {
            tool: name,
            ...(version === undefined ? {} : { toolVersion: (0,sources_text/* oneLine */.T)(version, 60) }),
            ...origin,
            revision: revisionOf(run),
            ended: endOf(invocations),
            execution: failed ? 'failed' : succeeded(invocations) ? 'succeeded' : 'unknown',
            counted: tally.counted,
            review: tally.review,
            suppressed: tally.suppressed,
            ignored: tally.ignored,
        },
        findings: tally.findings,
        problems,
        notes: [...tally.notes].map(([note, n]) => `${name} in ${origin.file}: ${n} results ${noteTexts[note]}`),
    };
}
function count(results, context) {
    const counted = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
    const tally = { malformed: 0, review: 0, suppressed: 0, ignored: 0 };
    const notes = new Map();
    let findings = [];
    for (const result of results) {
        const disposition = dispose(result, context);
        if (disposition.as === 'malformed') {
            tally.malformed += 1;
            continue;
        }
        for (const note of disposition.notes)
            notes.set(note, (notes.get(note) ?? 0) + 1);
        if (disposition.as !== 'counted') {
            tally[disposition.as] += 1;
            continue;
        }
        counted[disposition.finding.severity] += 1;
        findings.push(disposition.finding);
        // A report may hold a million results; only the worst are kept.
        if (findings.length >= mostFindings * 20)
            findings = worst(findings);
    }
    return { counted, ...tally, notes, findings: worst(findings) };
}
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** The worst findings in an order that depends on nothing but themselves. */
function worst(findings) {
    return [...findings]
        .sort((a, b) => bySeverity(a.severity, b.severity) ||
        compare(a.tool, b.tool) ||
        compare(a.rule, b.rule) ||
        compare(a.file ?? '', b.file ?? '') ||
        compare(a.line ?? 0, b.line ?? 0) ||
        compare(a.message, b.message) ||
        compare(a.why, b.why) ||
        compare(a.run ?? 0, b.run ?? 0))
        .slice(0, mostFindings);
}
const telling = ['results', 'invocations', 'driver', 'extensions'];
/** Parts of the run that stand in other files or at the end of the log. A reader that passes over them sees a clean scan. */
function external(log, run) {
    const references = asObject(run.externalPropertyFileReferences);
    const found = telling.find((key) => !isAbsent(references?.[key]) && asArray(references?.[key])?.length !== 0);
    if (found)
        return found;
    const inline = (asArray(log.inlineExternalProperties) ?? []).map(asObject);
    return telling.find((key) => inline.some((x) => !isAbsent(x?.[key])));
}
/** Semgrep 0.43 wrote its invocations beside `runs`. What is no list counts as one invocation that says nothing good. */
function invocationsOf(log, run) {
    return [run.invocations, log.invocations].flatMap((x) => (isAbsent(x) ? [] : (asArray(x) ?? [x])));
}
const succeeded = (invocations) => invocations.length > 0 && invocations.every((x) => asObject(x)?.executionSuccessful === true);
/** Why the scan failed (section 3.20: `executionSuccessful`, notifications at level error); undefined when it did not say so. */
function failure(invocations, book) {
    for (const raw of invocations) {
        const invocation = asObject(raw);
        if (!invocation)
            return 'its invocations cannot be understood';
        const loud = run_errors(invocation, book);
        const said = loud === undefined ? '' : ` (${loud})`;
        const success = invocation.executionSuccessful;
        if (!isAbsent(success) && success !== true) {
            const exit = invocation.exitCode;
            const code = typeof exit === 'number' ? `, exit code ${exit}` : '';
            return `executionSuccessful is ${success === false ? 'false' : 'not true'}${code}${said}`;
        }
        if (loud !== undefined)
            return `it reports an error${said}`;
    }
    return undefined;
}
/** The first notification whose effective level is error, or is none that SARIF knows. */
function run_errors(invocation, book) {
    const overrides = run_overridesOf(invocation, 'notificationConfigurationOverrides', book);
    for (const key of ['toolExecutionNotifications', 'toolConfigurationNotifications']) {
        const list = invocation[key];
        for (const raw of isAbsent(list) ? [] : (asArray(list) ?? [list])) {
            const notification = asObject(raw);
            if (!notification)
                return 'a notification that cannot be understood';
            const reference = asObject(notification.descriptor);
            const descriptors = reference ? lookUp(book, refer(reference)) : [];
            const level = notification.level ??
                descriptors.map((d) => overrides.get(d)).find((x) => !isAbsent(x)) ??
                descriptors.map((d) => asObject(d.defaultConfiguration)?.level).find((x) => !isAbsent(x)) ??
                'warning';
            if (level === 'none' || level === 'note' || level === 'warning')
                continue;
            const text = asText(asObject(notification.message)?.text) ?? asText(reference?.id);
            return (0,sources_text/* oneLine */.T)(text ?? 'a notification without a text');
        }
    }
    return undefined;
}
const refer = (reference) => ({
    id: reference.id,
    index: reference.index,
    guid: reference.guid,
    component: reference.toolComponent,
});
function run_overridesOf(invocation, key, book) {
    const overrides = new Map();
    for (const raw of asArray(invocation?.[key]) ?? []) {
        const entry = asObject(raw);
        const descriptor = asObject(entry?.descriptor);
        const level = asObject(entry?.configuration)?.level;
        if (!descriptor || isAbsent(level))
            continue;
        for (const meant of lookUp(book, refer(descriptor)))
            overrides.set(meant, level);
    }
    return overrides;
}
/** All commits that the run names, since several repositories may have been scanned at once. */
function revisionOf(run) {
    const ids = (asArray(run.versionControlProvenance) ?? []).flatMap((x) => {
        const id = asText(asObject(x)?.revisionId)?.trim();
        return id === undefined ? [] : [(0,sources_text/* oneLine */.T)(id, 100).replaceAll(' ', '_')];
    });
    return ids.length === 0 ? null : [...new Set(ids)].join(' ');
}
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/i;
/** The latest instant that the invocations name. The file's own time is no evidence: a checkout or a download sets it anew. */
function endOf(invocations) {
    let latest = Number.NEGATIVE_INFINITY;
    for (const invocation of invocations.map(asObject)) {
        for (const key of ['startTimeUtc', 'endTimeUtc']) {
            const text = invocation?.[key];
            const at = typeof text === 'string' && instantForm.test(text) ? Date.parse(text) : Number.NaN;
            if (at > latest)
                latest = at;
        }
    }
    return Number.isFinite(latest) ? new Date(latest).toISOString() : null;
}

;// CONCATENATED MODULE: ./build/sources/security/sarif/index.js
/** Source `sarif`: the results of scanners, as SARIF 2.1.0 files in the workspace. */







/** Problems that one file may put into the record; the rest is counted. */
const mostProblems = 20;
const pattern = dist/* pipe */.FsL(fields/* filled */.Bq, dist/* check */.z6Y((text) => !text.startsWith('!'), 'a path or a glob to read; what it shall not match must be left out of it'));
const sarif_schema = dist/* strictObject */.rej({
    files: (0,fields/* described */.WY)((0,fields/* oneOrMore */.h9)(pattern), 'Paths or globs of the SARIF files, relative to the workspace. A folder stands for all `*.sarif` and `*.sarif.json` files in it. Each entry must match something.'),
});
/** Reads all files, also when one of them is bad, so that one look tells everything that is wrong. */
async function sarif_ask(config, context, signal) {
    const { files, problems } = await findFiles(context.workspace, config.files, signal);
    const runs = [];
    const notes = [];
    let findings = [];
    for (const file of files) {
        signal.throwIfAborted();
        const bytes = await readBytes(file);
        if (!(bytes instanceof Uint8Array)) {
            problems.push(bytes);
            continue;
        }
        const log = readLog(bytes);
        if ('code' in log) {
            problems.push({ code: log.code, message: `${file.name} ${log.message}`, file: file.name });
            continue;
        }
        notes.push(...log.notes.map((note) => `${file.name} ${note}`));
        const origin = { file: file.name, sha256: sha256(bytes) };
        const found = [];
        for (const raw of log.runs) {
            const report = readRun(log.log, raw, origin, context.clock.now());
            found.push(...report.problems);
            notes.push(...report.notes);
            if (!report.run)
                continue;
            const run = runs.push(report.run) - 1;
            findings = worst([...findings, ...report.findings.map((finding) => ({ run, ...finding }))]);
        }
        problems.push(...shortened(found, file.name));
    }
    return {
        kind: 'scans',
        subject: `scan results in ${config.files.join(', ')}`,
        query: config.files.join('\n'),
        at: (0,clock/* iso */.K)(context.clock.now()),
        seen: runs.length,
        notes,
        partial: false,
        settled: true,
        problems,
        runs,
        findings,
    };
}
function shortened(problems, file) {
    const more = problems.length - mostProblems;
    if (more <= 0)
        return problems;
    const rest = { code: 'MORE_PROBLEMS', message: `${file} has ${more} further problems`, file };
    return [...problems.slice(0, mostProblems), rest];
}
const sarifSource = (0,source/* defineSource */.ZN)({
    type: 'sarif',
    family: 'security',
    schema: sarif_schema,
    open(config, context) {
        return {
            async ask(_question, signal) {
                try {
                    return await sarif_ask(config, context, signal);
                }
                catch (error) {
                    if (!signal.aborted)
                        throw error;
                    const message = 'reading the scan results took longer than the round may; name fewer files or raise `evaluation.round-timeout`';
                    throw new source/* NotMeasured */.ke('timeout', message, { cause: error });
                }
            },
        };
    },
});

;// CONCATENATED MODULE: ./build/sources/security/index.js

const securitySources = [sarifSource];

;// CONCATENATED MODULE: ./build/sources/telemetry/series.js
/** Reduces a series over time. One point that is no finite number spoils it; no point gives null. */
function overTime(points, how) {
    const values = [];
    for (const { value } of points) {
        if (typeof value !== 'number')
            return value;
        values.push(value);
    }
    const last = values.at(-1);
    if (last === undefined)
        return null;
    switch (how) {
        case 'last':
            return last;
        case 'max':
            return values.reduce((a, b) => Math.max(a, b));
        case 'min':
            return values.reduce((a, b) => Math.min(a, b));
        case 'avg':
            return values.reduce((a, b) => a + b) / values.length;
    }
}

;// CONCATENATED MODULE: ./build/sources/telemetry/prometheus.js
/**
 * Source `prometheus`: whatever speaks Prometheus' HTTP API (v1 `query` and `query_range`;
 * https://prometheus.io/docs/prometheus/latest/querying/api/).
 */









const prometheus_fields = dist/* strictObject */.rej({
    url: (0,fields/* described */.WY)(dist/* pipe */.FsL(fields/* httpUrl */.q3, dist/* check */.z6Y((text) => !/[?#]/.test(text), 'a URL without `?` and `#`')), 'Base URL; `/api/v1/query` is added to it.'),
    ...authFields,
    tenant: (0,fields/* described */.WY)(dist/* optional */.lqM(fields/* filled */.Bq), 'Sent as `X-Scope-OrgID`, for Mimir and its kin.'),
});
const prometheus_schema = dist/* pipe */.FsL(prometheus_fields, dist/* check */.z6Y((c) => signsInOneWay(c), oneWayToSignIn));
const labelled = { metric: dist/* record */.g1P(dist/* string */.YjP(), dist/* string */.YjP()) };
const pair = dist/* tuple */.PVZ([dist/* number */.aig(), dist/* string */.YjP()]);
const instant = dist/* pipe */.FsL(dist/* object */.Ikc({ ...labelled, value: dist/* optional */.lqM(pair), histogram: dist/* optional */.lqM(dist/* unknown */.L5J()) }), dist/* check */.z6Y((x) => x.value !== undefined || x.histogram !== undefined));
const ranged = dist/* object */.Ikc({ ...labelled, values: dist/* optional */.lqM(dist/* array */.YOg(pair)), histograms: dist/* optional */.lqM(dist/* unknown */.L5J()) });
const data = dist/* variant */.Oxt('resultType', [
    dist/* object */.Ikc({ resultType: dist/* literal */.euz('vector'), result: dist/* array */.YOg(instant) }),
    dist/* object */.Ikc({ resultType: dist/* literal */.euz('matrix'), result: dist/* array */.YOg(ranged) }),
    dist/* object */.Ikc({ resultType: dist/* literal */.euz('scalar'), result: pair }),
    dist/* object */.Ikc({ resultType: dist/* literal */.euz('string'), result: dist/* unknown */.L5J() }),
]);
const messages = dist/* optional */.lqM(dist/* array */.YOg(dist/* string */.YjP()), []);
const prometheus_success = dist/* object */.Ikc({ status: dist/* literal */.euz('success'), data, warnings: messages, infos: messages });
const prometheus_refusal = dist/* object */.Ikc({ status: dist/* literal */.euz('error'), errorType: dist/* string */.YjP(), error: dist/* string */.YjP() });
/** A policy judges a number or a handful; more is a query that forgot to aggregate. */
const maxSeries = 200;
/** Prometheus' own limit of points per series. */
const maxPoints = 11_000;
const seconds = (ms) => (ms / 1000).toFixed(3);
const rangeSeconds = ({ from, to }) => Math.max(1, Math.round((to - from) / 1000));
/** `$__range`, `$__range_s`, `$__range_ms` stand for the length of the window, as in Grafana. */
function expand(query, window) {
    const s = rangeSeconds(window);
    return query.replace(/\$__range(_s|_ms)?\b/g, (_, unit) => unit === '_s' ? `${s}` : unit === '_ms' ? `${s * 1000}` : `${s}s`);
}
class Prometheus {
    #config;
    #context;
    constructor(config, context) {
        this.#config = config;
        this.#context = context;
    }
    async ask(question, signal) {
        const query = expand(question.query, question.window);
        const main = this.#main(question, query, signal);
        // It may fail while the grammar loads; the error is taken up below.
        main.catch(() => { });
        const { selectorsOf, livenessQuery, readLiveness, weigh } = await Promise.all(/* import() */[__webpack_require__.e(828), __webpack_require__.e(850)]).then(__webpack_require__.bind(__webpack_require__, 1850));
        const selectors = selectorsOf(query) ?? [];
        const time = { time: seconds(question.window.to) };
        const raw = selectors.length > 0
            ? this.#send('query', { query: livenessQuery(selectors, rangeSeconds(question.window)), ...time }, signal)
            : undefined;
        const [answer, evidence] = await Promise.all([main, raw]);
        const proven = evidence ? weigh(readLiveness(selectors, toSeries(evidence, undefined))) : undefined;
        const warnings = new Set([...answer.warnings, ...(evidence?.warnings ?? [])]);
        return this.#measurement(question, query, { ...answer, warnings: [...warnings] }, selectors, proven);
    }
    #main(question, query, signal) {
        const { from, to } = question.window;
        if (!question.range)
            return this.#send('query', { query, time: seconds(to) }, signal);
        const { everyMs } = question.range;
        if ((to - from) / everyMs >= maxPoints) {
            const message = `${(0,fields/* formatDuration */.a3)(to - from)} every ${(0,fields/* formatDuration */.a3)(everyMs)} are more than the ${maxPoints} points that Prometheus gives: write a longer \`range.every\``;
            return Promise.reject(new source/* NotMeasured */.ke('bad-query', message, { permanent: true }));
        }
        return this.#send('query_range', { query, start: seconds(from), end: seconds(to), step: seconds(everyMs) }, signal);
    }
    async #send(endpoint, form, signal) {
        const { url, tenant } = this.#config;
        const headers = {
            'content-type': 'application/x-www-form-urlencoded',
            accept: 'application/json',
            ...authorization(this.#config),
            ...(tenant === undefined ? {} : { 'x-scope-orgid': tenant }),
        };
        const body = new URLSearchParams(form).toString();
        const response = await this.#context.http.send({
            url: `${url}/api/v1/${endpoint}`,
            method: 'POST',
            headers,
            body,
            signal,
        });
        const { origin } = new URL(url);
        refuseDenied(response, origin, 'permission to query', headers);
        const json = parseJson(response, origin);
        const refused = dist/* safeParse */.xLC(prometheus_refusal, json);
        if (refused.success) {
            const { errorType, error } = refused.output;
            const permanent = errorType === 'bad_data';
            const message = `Prometheus refuses the query (${(0,sources_text/* oneLine */.T)(errorType, 40)}): ${(0,sources_text/* oneLine */.T)(error, 300)}`;
            throw new source/* NotMeasured */.ke(permanent ? 'bad-query' : 'query-failed', message, { permanent });
        }
        const parsed = dist/* safeParse */.xLC(prometheus_success, json);
        if (!parsed.success || response.status !== 200) {
            const message = `${origin} answered ${response.status} with something that is not Prometheus' API: is the URL right?`;
            throw new source/* NotMeasured */.ke('bad-answer', message);
        }
        return parsed.output;
    }
    #measurement({ window, range }, query, answer, selectors, proven) {
        const series = toSeries(answer, range && { ...range, to: window.to });
        if (series.length > maxSeries) {
            const message = `the query gave ${series.length} series, more than ${maxSeries}: aggregate in the query`;
            throw new source/* NotMeasured */.ke('too-many-series', message, { permanent: true });
        }
        const { origin } = new URL(this.#config.url);
        const live = proven?.live ?? 0;
        const of = (0,sources_text/* oneLine */.T)(selectors.map((s) => s.text).join(', '), 160);
        return {
            kind: 'samples',
            subject: proven
                ? `${live} live series of ${of} on ${origin}`
                : `no series of now, since none can be read from the query: ${(0,sources_text/* oneLine */.T)(query, 160)}`,
            query,
            link: this.#link(query, window),
            at: (0,clock/* iso */.K)(this.#context.clock.now()),
            seen: live,
            notes: [
                ...[...answer.warnings, ...answer.infos].map((text) => (0,sources_text/* oneLine */.T)(text)),
                ...(proven ? remarks(query, series.length, proven) : []),
            ],
            // What fell silent inside the window still feeds the ranges of the query: an answer of yesterday's news. Where all fell
            // silent nothing was seen, which says more.
            partial: answer.warnings.length > 0 || (live > 0 && (proven?.silent.length ?? 0) > 0),
            window: { from: (0,clock/* iso */.K)(window.from), to: (0,clock/* iso */.K)(window.to) },
            newest: proven?.newest === undefined ? null : (0,clock/* iso */.K)(proven.newest),
            series,
        };
    }
    #link(query, { from, to }) {
        const range = (0,fields/* formatDuration */.a3)(Math.max(3_600_000, 2 * (to - from)));
        const page = new URLSearchParams({
            'g0.expr': query,
            'g0.tab': '0',
            'g0.range_input': range,
            'g0.end_input': (0,clock/* iso */.K)(to).slice(0, 19).replace('T', ' '),
        });
        return `${this.#config.url}/graph?${page.toString()}`;
    }
}
const hidesAbsence = (query) => /\bor\s+vector\s*\(/i.test(query);
/** What a person should know of the series behind the answer. */
function remarks(query, found, { live, silent, absent }) {
    const named = (s) => `\`${(0,sources_text/* oneLine */.T)(s.text, 120)}\``;
    const notes = silent.map((s) => `${named(s)} has gone silent: its targets are down, or no longer write it`);
    if (live > 0)
        notes.push(...absent.map((s) => `${named(s)} has no series`));
    if (live > 0 && found === 0 && absent.length > 0) {
        notes.push('without a failure yet, write `(<failures> or 0 * <all>) / <all>`: 0, but only while there is traffic');
    }
    if (hidesAbsence(query))
        notes.push('`or vector(…)` gives a number even when the series before it is missing');
    return notes;
}
const badQuery = (message) => new source/* NotMeasured */.ke('bad-query', message, { permanent: true });
const histogram = () => badQuery('the query gives native histograms; take a number from them, e.g. with histogram_quantile()');
/**
 * One value for each series.
 *
 * @param range of a range query, with the end of its window; undefined for an instant one
 */
function toSeries({ data: { resultType, result } }, range) {
    switch (resultType) {
        case 'scalar':
            return [{ labels: {}, value: reportedNumber(result[1]), points: 1 }];
        case 'vector':
            return result.map(({ metric, value, histogram: native }) => {
                if (native !== undefined)
                    throw histogram();
                return { labels: metric, value: reportedNumber(value?.[1]), points: 1 };
            });
        case 'matrix':
            if (range === undefined) {
                throw badQuery('the query gives a range of samples, expected one value: use rate(), max_over_time() or another function');
            }
            return result.flatMap(({ metric, values = [], histograms }) => {
                if (histograms !== undefined)
                    throw histogram();
                const points = values.map(([at, value]) => ({ at: at * 1000, value: reportedNumber(value) }));
                // As an instant query would: the last value of a series that has ended is not its value now.
                const ended = (points.at(-1)?.at ?? 0) <= range.to - range.everyMs;
                if (range.reduce === 'last' && ended)
                    return [];
                return [{ labels: metric, value: overTime(points, range.reduce), points: points.length }];
            });
        case 'string':
            throw badQuery('the query gives a text, expected numbers');
    }
}
const prometheusSource = (0,source/* defineSource */.ZN)({
    type: 'prometheus',
    family: 'telemetry',
    schema: prometheus_schema,
    open: (config, context) => new Prometheus(config, context),
    lint({ query }, { warmupMs }) {
        const advice = [];
        if (hidesAbsence(query)) {
            advice.push('`or vector(…)` turns a missing series into a number, so that absence can no longer be seen; `or 0 * <a query that proves traffic>` does not');
        }
        const ranges = [...query.matchAll(/\[(\w+)[:\]]/g)].flatMap(([, text]) => (0,fields/* parseDuration */.E9)(text ?? '') ?? []);
        const longest = ranges.reduce((a, b) => Math.max(a, b), 0);
        if (longest > warmupMs) {
            advice.push(`looks back ${(0,fields/* formatDuration */.a3)(longest)}, longer than the warm-up of ${(0,fields/* formatDuration */.a3)(warmupMs)}: the first rounds see traffic from before the deployment; write \`[$__range]\`, the window of the question`);
        }
        return advice;
    },
});

// EXTERNAL MODULE: ./build/judge/series.js
var series = __webpack_require__(219);
;// CONCATENATED MODULE: ./build/sources/telemetry/samples.js
/**
 * Source `samples`: recorded samples in a CSV or JSON file, in place of a server: for examples, for tests of a policy, and for
 * telemetry that another step has already fetched.
 */










const samples_schema = dist/* strictObject */.rej({
    file: (0,fields/* described */.WY)(fields/* filled */.Bq, 'CSV (`time,series,value` and a column for each label) or JSON (a list of such objects), in the workspace.'),
});
const permanent = { permanent: true };
class RecordedSamples {
    #file;
    #context;
    /** What `-5m` in the file counts from, so that an example does not go stale. */
    #opened;
    #rows;
    constructor(file, context) {
        this.#file = file;
        this.#context = context;
        this.#opened = context.clock.now();
    }
    async ask(question) {
        this.#rows ??= this.#read();
        const rows = await this.#rows;
        const wanted = parseSelector(question.query);
        const { from, to } = question.window;
        const reduce = question.range?.reduce ?? 'last';
        const bySeries = new Map();
        for (const row of rows) {
            if (row.series !== wanted.name || row.at < from || row.at > to)
                continue;
            if (!Object.entries(wanted.labels).every(([key, value]) => (row.labels[key] ?? '') === value))
                continue;
            const key = (0,series/* labelText */.QK)(row.labels);
            const points = bySeries.get(key);
            if (points)
                points.push(row);
            else
                bySeries.set(key, [row]);
        }
        const found = [...bySeries.values()];
        // A value is as fresh as the series that is furthest behind.
        const newest = found
            .map((points) => Math.max(...points.map((p) => p.at)))
            .reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
        return {
            kind: 'samples',
            subject: `${found.length} series of ${question.query} in ${this.#file}`,
            query: question.query,
            at: (0,clock/* iso */.K)(this.#context.clock.now()),
            seen: found.length,
            notes: found.length === 0 ? [this.#absence(wanted.name, rows)] : [],
            partial: false,
            window: { from: (0,clock/* iso */.K)(from), to: (0,clock/* iso */.K)(to) },
            newest: Number.isFinite(newest) ? (0,clock/* iso */.K)(newest) : null,
            series: found.map((points) => ({
                labels: { ...points[0]?.labels },
                value: overTime(points, reduce),
                points: points.length,
            })),
        };
    }
    #absence(name, rows) {
        const names = [...new Set(rows.map((r) => r.series))];
        return names.includes(name)
            ? `\`${name}\` has no sample with these labels in the window`
            : `there is no series \`${name}\`${(0,problems/* didYouMean */.au)(name, names)}`;
    }
    async #read() {
        let text;
        try {
            const located = await locate(this.#context.workspace, this.#file);
            if (located === undefined)
                throw new source/* NotMeasured */.ke('outside-workspace', `${this.#file} lies outside the workspace`, permanent);
            text = await (0,promises_.readFile)(located.absolute, 'utf8');
        }
        catch (error) {
            if (error instanceof source/* NotMeasured */.ke)
                throw error;
            const code = errorCode(error);
            const why = code === 'ENOENT' ? 'is not there; paths start at the workspace' : `cannot be read (${code})`;
            throw new source/* NotMeasured */.ke('unreadable', `${this.#file} ${why}`, permanent);
        }
        const entries = /\.json$/i.test(this.#file) ? this.#json(text) : await this.#csv(text);
        const rows = entries.map((entry) => this.#row(entry)).toSorted((a, b) => a.at - b.at);
        if (rows.length === 0)
            throw this.#wrong(this.#file, 'at least one sample');
        this.#refuseTwice(rows);
        return rows;
    }
    /** Two values of one series at one time: nobody could say which is right. */
    #refuseTwice(rows) {
        const seen = new Map();
        for (const row of rows) {
            const key = `${row.at} ${row.series} ${(0,series/* labelText */.QK)(row.labels)}`;
            const other = seen.get(key);
            if (other)
                throw this.#wrong(row.where, `one sample of \`${row.series}\` for this time (see ${other.where})`);
            seen.set(key, row);
        }
    }
    async #csv(text) {
        const { parse } = await __webpack_require__.e(/* import() */ 175).then(__webpack_require__.bind(__webpack_require__, 5175));
        try {
            const records = parse(text, {
                columns: true,
                bom: true,
                trim: true,
                skip_empty_lines: true,
                comment: '#',
                comment_no_infix: true,
                info: true,
            });
            return records.map(({ record: { time, series, value, ...labels }, info }) => ({
                fields: { time, series, value },
                labels,
                where: `${this.#file}:${info.lines}`,
            }));
        }
        catch (error) {
            throw new source/* NotMeasured */.ke('unreadable', `${this.#file} is no CSV with a header: ${error.message}`, permanent);
        }
    }
    #json(text) {
        let list;
        try {
            list = JSON.parse(text);
        }
        catch (error) {
            throw new source/* NotMeasured */.ke('unreadable', `${this.#file} is no JSON: ${error.message}`, permanent);
        }
        if (!Array.isArray(list))
            throw this.#wrong(this.#file, 'a list of samples');
        return list.map((item, i) => {
            const where = `${this.#file}: entry ${i + 1}`;
            if (typeof item !== 'object' || item === null)
                throw this.#wrong(where, 'an object with time, series and value');
            const { labels = {}, ...fields } = item;
            if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) {
                throw this.#wrong(where, 'labels as an object');
            }
            return { fields, labels: labels, where };
        });
    }
    #row({ fields, labels, where }) {
        const { time, series, value, ...unknown } = fields;
        const [stray] = Object.keys(unknown);
        if (stray !== undefined)
            throw this.#wrong(where, `time, series, value and labels only, found \`${stray}\``);
        if (typeof series !== 'string' || series === '')
            throw this.#wrong(where, 'a series');
        const at = this.#time(time);
        if (at === undefined) {
            const forms = 'ISO 8601 with a time zone, or relative to the start of the step, as in -5m, 0s or +30s';
            throw this.#wrong(where, `a time: ${forms}`);
        }
        const number = reportedNumber(value);
        if (number === null)
            throw this.#wrong(where, 'a value: a decimal number, NaN, +Inf or -Inf');
        const named = Object.entries(labels).filter(([, x]) => x !== '');
        const wrong = named.find(([, x]) => typeof x !== 'string');
        if (wrong)
            throw this.#wrong(where, `a text for the label \`${wrong[0]}\``);
        // In one order, so that the same labels make the same series.
        const sorted = named.toSorted(([a], [b]) => (a < b ? -1 : 1));
        return { at, series, value: number, labels: Object.fromEntries(sorted), where };
    }
    #time(raw) {
        const text = typeof raw === 'string' ? raw.trim() : '';
        const [, sign, span] = /^([+-]?)(\d\S*)$/.exec(text) ?? [];
        const offset = span === undefined ? undefined : (0,fields/* parseDuration */.E9)(span);
        if (offset !== undefined)
            return this.#opened + (sign === '-' ? -offset : offset);
        if (!/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(text))
            return undefined;
        const at = Date.parse(text);
        return Number.isNaN(at) ? undefined : at;
    }
    #wrong(where, expected) {
        return new source/* NotMeasured */.ke('unreadable', `${where}: expected ${expected}`, permanent);
    }
}
/** `name` or `name{label="value", …}`. */
function parseSelector(query) {
    const [, name, inner] = /^\s*([^{}()[\]\s]+)\s*(?:\{(.*)\})?\s*$/.exec(query) ?? [];
    const labels = [...(inner ?? '').matchAll(/\s*([\w.-]+)\s*=\s*"([^"]*)"\s*(?:,|$)/gy)];
    const read = labels.reduce((length, [all]) => length + all.length, 0);
    if (name === undefined || read !== (inner ?? '').length) {
        throw new source/* NotMeasured */.ke('bad-query', `expected a query such as \`name\` or \`name{label="value"}\`, found \`${query}\``, permanent);
    }
    return { name, labels: Object.fromEntries(labels.map(([, key, value]) => [key, value])) };
}
const samplesSource = (0,source/* defineSource */.ZN)({
    type: 'samples',
    family: 'telemetry',
    schema: samples_schema,
    open: (config, context) => new RecordedSamples(config.file, context),
});

;// CONCATENATED MODULE: ./build/sources/telemetry/index.js


const telemetrySources = [prometheusSource, samplesSource];

;// CONCATENATED MODULE: ./build/sources/index.js
/** Every kind of source, by its `type` in the policy. */



const sourceTypes = [...telemetrySources, ...securitySources, ...flagSources];


/***/ }),

/***/ 2364:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ZN: () => (/* binding */ defineSource),
/* harmony export */   ke: () => (/* binding */ NotMeasured),
/* harmony export */   q3: () => (/* binding */ overTime)
/* harmony export */ });
const overTime = ['last', 'max', 'min', 'avg'];
/** Keeps the config's type while the registries hold the erased one. */
function defineSource(type) {
    return type;
}
/**
 * No measurement could be taken.
 *
 * `code` is a fixed word of the record (`unauthorized`, `timeout`, `bad-query`…); `message` says what is wrong and what
 * to do. `permanent` means that waiting cannot heal it.
 */
class NotMeasured extends Error {
    code;
    permanent;
    constructor(code, message, options = {}) {
        super(message, { cause: options.cause });
        this.name = 'NotMeasured';
        this.code = code;
        this.permanent = options.permanent ?? false;
    }
}


/***/ }),

/***/ 818:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ oneLine)
/* harmony export */ });
/** Texts from outside, made fit for a reason, a note or a table. */
/** Control characters and line breaks become spaces, and what is longer than `most` characters is cut. */
function oneLine(text, most = 200) {
    // Cut roughly first: reports hold texts of megabytes.
    const flat = text
        .slice(0, most * 20)
        .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
        .trim();
    if (flat.length <= most)
        return flat.replace(/[\uD800-\uDBFF]$/, '');
    return `${flat
        .slice(0, most - 1)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trimEnd()}…`;
}


/***/ }),

/***/ 1155:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ iso),
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/** Time, handed in, so that an hour's bake is tested in milliseconds. */

const systemClock = {
    now: () => Date.now(),
    async sleep(ms, signal) {
        try {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(ms, undefined, signal ? { signal } : {});
        }
        catch (error) {
            if (!signal?.aborted)
                throw error;
        }
    },
};
/** The instant as the record writes it. */
const iso = (ms) => new Date(ms).toISOString();


/***/ })

};
