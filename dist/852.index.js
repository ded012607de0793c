export const id = 852;
export const ids = [852];
export const modules = {

/***/ 6852:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openHost: () => (/* binding */ openHost)
/* harmony export */ });
/**
 * @param options those of the command line
 * @param args arguments of the process. With any, a script of a pipeline runs the command line: then its options are the
 *   inputs and `INPUT_*` is not read at all, since what stands there belongs to the step that started the script.
 */
async function openHost(options, env = process.env, args = process.argv.slice(2)) {
    const byCommandLine = args.length > 0;
    const inputsOf = (host) => (byCommandLine ? { ...host, input: (name) => options[name] } : host);
    if (env.GITHUB_ACTIONS === 'true')
        return inputsOf((await __webpack_require__.e(/* import() */ 724).then(__webpack_require__.bind(__webpack_require__, 2724))).openGithub({ env }));
    if (env.TF_BUILD === 'True')
        return inputsOf(await (await __webpack_require__.e(/* import() */ 700).then(__webpack_require__.bind(__webpack_require__, 6700))).openAzure({ env, byCommandLine }));
    return (await __webpack_require__.e(/* import() */ 199).then(__webpack_require__.bind(__webpack_require__, 7199))).openTerminal(options, { env });
}


/***/ })

};
