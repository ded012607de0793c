export const id = 979;
export const ids = [979];
export const modules = {

/***/ 1979:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   check: () => (/* binding */ check)
/* harmony export */ });
/* harmony import */ var _gates_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7838);
/* harmony import */ var _record_build_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1820);
/* harmony import */ var _sources_index_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7172);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2695);
/* harmony import */ var _settings_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7346);
/** `signalbox check`: everything that is wrong with a policy, and advice, without asking any source. */





/** @returns the exit code: 0 when the policy can be run, 2 when not */
async function check(host, env) {
    const settings = await (0,_settings_js__WEBPACK_IMPORTED_MODULE_4__/* .readSettings */ .s)(host);
    const loaded = (0,_run_js__WEBPACK_IMPORTED_MODULE_3__/* .load */ .Hh)(settings, host, env, true);
    const problems = [...settings.problems, ...(settings.text === '' ? [] : loaded.problems)];
    const advice = [...loaded.unset, ...(loaded.policy ? lint(loaded.policy, loaded) : [])];
    for (const problem of problems)
        host.annotate({ level: 'error', title: 'Signalbox policy', ...problem });
    for (const remark of advice)
        host.annotate({ level: 'warning', title: 'Signalbox policy', ...remark });
    const name = settings.file ?? 'the policy';
    const { policy } = loaded;
    if (problems.length > 0)
        host.log(`${name}: ${problems.length} wrong, ${advice.length} to think about`);
    else if (policy) {
        const blocking = policy.gates.filter((g) => g.enforce === 'block').length;
        host.log(`${name}: valid, ${policy.gates.length === 1 ? '1 gate' : `${policy.gates.length} gates`}, ${blocking} of them blocking; ${advice.length} to think about`);
    }
    else
        host.log(`${name}: valid as far as it can be told without the values that are not set`);
    return problems.length > 0 ? _run_js__WEBPACK_IMPORTED_MODULE_3__/* .exitCodes */ .hS.usage : _run_js__WEBPACK_IMPORTED_MODULE_3__/* .exitCodes */ .hS.continue;
}
/** Advice on a valid policy. */
function lint(policy, loaded) {
    const advice = [];
    const used = new Set(policy.gates.map((gate) => gate.source));
    for (const name of Object.keys(policy.sources)) {
        if (!used.has(name))
            advice.push(loaded.locate(['sources', name], `no gate asks the source \`${name}\``));
    }
    for (const [index, config] of policy.gates.entries()) {
        const gateType = _gates_index_js__WEBPACK_IMPORTED_MODULE_0__/* .gateTypes */ .v.find((t) => t.type === config.type);
        const sourceType = _sources_index_js__WEBPACK_IMPORTED_MODULE_2__/* .sourceTypes */ .V.find((t) => t.type === (0,_record_build_js__WEBPACK_IMPORTED_MODULE_1__/* .namedSource */ .LA)(policy, config)?.config.type);
        for (const { key, message } of gateType?.lint?.(config) ?? []) {
            advice.push(loaded.locate(['gates', index, key], message));
        }
        const moment = { now: 0, deployedAt: 0, settledAt: 0 };
        for (const [role, question] of gateType?.bind(config).questions(moment) ?? []) {
            for (const message of sourceType?.lint?.(question, { warmupMs: policy.evaluation.warmup }) ?? []) {
                advice.push(loaded.locate(['gates', index, role], message));
            }
        }
    }
    return advice;
}


/***/ })

};
