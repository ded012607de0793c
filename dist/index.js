#!/usr/bin/env node
import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

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

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 3339:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("module");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 5574:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 3557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 2018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 7016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
// EXTERNAL MODULE: ./node_modules/fastest-levenshtein/mod.js
var mod = __nccwpck_require__(1916);
;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: external "node:timers/promises"
const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __nccwpck_require__(8474);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(7067);
;// CONCATENATED MODULE: ./node_modules/is-network-error/index.js
const objectToString = Object.prototype.toString;

const isError = value => objectToString.call(value) === '[object Error]';

const errorMessages = new Set([
	'network error', // Chrome
	'NetworkError when attempting to fetch resource.', // Firefox
	'The Internet connection appears to be offline.', // Safari 16
	'Network request failed', // `cross-fetch`
	'fetch failed', // Undici (Node.js)
	'terminated', // Undici (Node.js)
	' A network error occurred.', // Bun (WebKit)
	'Network connection lost', // Cloudflare Workers (fetch)
]);

function isNetworkError(error) {
	const isValid = error
		&& isError(error)
		&& error.name === 'TypeError'
		&& typeof error.message === 'string';

	if (!isValid) {
		return false;
	}

	const {message, stack} = error;

	// Safari 17+ has generic message but no stack for network errors
	if (message === 'Load failed' || (message.startsWith('Load failed (') && message.endsWith(')'))) {
		return stack === undefined
			// Sentry adds its own stack trace to the fetch error, so also check for that
			|| '__sentry_captured__' in error;
	}

	// Deno network errors start with specific text
	if (message.startsWith('error sending request for url')) {
		return true;
	}

	// Chrome: exact "Failed to fetch" or with hostname: "Failed to fetch (example.com)"
	if (message === 'Failed to fetch' || (message.startsWith('Failed to fetch (') && message.endsWith(')'))) {
		return true;
	}

	// Standard network error messages
	return errorMessages.has(message);
}

;// CONCATENATED MODULE: ./node_modules/p-retry/index.js


function validateRetries(retries) {
	if (typeof retries === 'number') {
		if (retries < 0) {
			throw new TypeError('Expected `retries` to be a non-negative number.');
		}

		if (Number.isNaN(retries)) {
			throw new TypeError('Expected `retries` to be a valid number or Infinity, got NaN.');
		}
	} else if (retries !== undefined) {
		throw new TypeError('Expected `retries` to be a number or Infinity.');
	}
}

function validateNumberOption(name, value, {min = 0, allowInfinity = false} = {}) {
	if (value === undefined) {
		return;
	}

	if (typeof value !== 'number' || Number.isNaN(value)) {
		throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? ' or Infinity' : ''}.`);
	}

	if (!allowInfinity && !Number.isFinite(value)) {
		throw new TypeError(`Expected \`${name}\` to be a finite number.`);
	}

	if (value < min) {
		throw new TypeError(`Expected \`${name}\` to be \u2265 ${min}.`);
	}
}

class AbortError extends Error {
	constructor(message) {
		super();

		if (message instanceof Error) {
			this.originalError = message;
			({message} = message);
		} else {
			this.originalError = new Error(message);
			this.originalError.stack = this.stack;
		}

		this.name = 'AbortError';
		this.message = message;
	}
}

function calculateDelay(retriesConsumed, options) {
	const attempt = Math.max(1, retriesConsumed + 1);
	const random = options.randomize ? (Math.random() + 1) : 1;

	let timeout = Math.round(random * options.minTimeout * (options.factor ** (attempt - 1)));
	timeout = Math.min(timeout, options.maxTimeout);

	return timeout;
}

function calculateRemainingTime(start, max) {
	if (!Number.isFinite(max)) {
		return max;
	}

	return max - (performance.now() - start);
}

async function onAttemptFailure({error, attemptNumber, retriesConsumed, startTime, options}) {
	const normalizedError = error instanceof Error
		? error
		: new TypeError(`Non-error was thrown: "${error}". You should only throw errors.`);

	if (normalizedError instanceof AbortError) {
		throw normalizedError.originalError;
	}

	const retriesLeft = Number.isFinite(options.retries)
		? Math.max(0, options.retries - retriesConsumed)
		: options.retries;

	const maxRetryTime = options.maxRetryTime ?? Number.POSITIVE_INFINITY;

	const context = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
	});

	await options.onFailedAttempt(context);

	if (calculateRemainingTime(startTime, maxRetryTime) <= 0) {
		throw normalizedError;
	}

	const consumeRetry = await options.shouldConsumeRetry(context);

	const remainingTime = calculateRemainingTime(startTime, maxRetryTime);

	if (remainingTime <= 0 || retriesLeft <= 0) {
		throw normalizedError;
	}

	if (normalizedError instanceof TypeError && !isNetworkError(normalizedError)) {
		if (consumeRetry) {
			throw normalizedError;
		}

		options.signal?.throwIfAborted();
		return false;
	}

	if (!await options.shouldRetry(context)) {
		throw normalizedError;
	}

	if (!consumeRetry) {
		options.signal?.throwIfAborted();
		return false;
	}

	const delayTime = calculateDelay(retriesConsumed, options);
	const finalDelay = Math.min(delayTime, remainingTime);

	options.signal?.throwIfAborted();

	if (finalDelay > 0) {
		await new Promise((resolve, reject) => {
			const onAbort = () => {
				clearTimeout(timeoutToken);
				options.signal?.removeEventListener('abort', onAbort);
				reject(options.signal.reason);
			};

			const timeoutToken = setTimeout(() => {
				options.signal?.removeEventListener('abort', onAbort);
				resolve();
			}, finalDelay);

			if (options.unref) {
				timeoutToken.unref?.();
			}

			options.signal?.addEventListener('abort', onAbort, {once: true});
		});
	}

	options.signal?.throwIfAborted();

	return true;
}

async function pRetry(input, options = {}) {
	options = {...options};

	validateRetries(options.retries);

	if (Object.hasOwn(options, 'forever')) {
		throw new Error('The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.');
	}

	options.retries ??= 10;
	options.factor ??= 2;
	options.minTimeout ??= 1000;
	options.maxTimeout ??= Number.POSITIVE_INFINITY;
	options.maxRetryTime ??= Number.POSITIVE_INFINITY;
	options.randomize ??= false;
	options.onFailedAttempt ??= () => {};
	options.shouldRetry ??= () => true;
	options.shouldConsumeRetry ??= () => true;

	// Validate numeric options and normalize edge cases
	validateNumberOption('factor', options.factor, {min: 0, allowInfinity: false});
	validateNumberOption('minTimeout', options.minTimeout, {min: 0, allowInfinity: false});
	validateNumberOption('maxTimeout', options.maxTimeout, {min: 0, allowInfinity: true});
	validateNumberOption('maxRetryTime', options.maxRetryTime, {min: 0, allowInfinity: true});

	// Treat non-positive factor as 1 to avoid zero backoff or negative behavior
	if (!(options.factor > 0)) {
		options.factor = 1;
	}

	options.signal?.throwIfAborted();

	let attemptNumber = 0;
	let retriesConsumed = 0;
	const startTime = performance.now();

	while (Number.isFinite(options.retries) ? retriesConsumed <= options.retries : true) {
		attemptNumber++;

		try {
			options.signal?.throwIfAborted();

			const result = await input(attemptNumber);

			options.signal?.throwIfAborted();

			return result;
		} catch (error) {
			if (await onAttemptFailure({
				error,
				attemptNumber,
				retriesConsumed,
				startTime,
				options,
			})) {
				retriesConsumed++;
			}
		}
	}

	// Should not reach here, but in case it does, throw an error
	throw new Error('Retry attempts exhausted without throwing an error.');
}

function makeRetriable(function_, options) {
	return function (...arguments_) {
		return pRetry(() => function_.apply(this, arguments_), options);
	};
}

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: ./build/joined/main.js










// build/host/inputs.js
/**
* The one list of inputs and outputs. `action.yml`, `task.json`, the README's tables and the command line's options are
* generated from it (`npm run generate`).
*/
const inputGroups = {
	policy: "Policy and results",
	release: "The release",
	evaluation: "Rounds",
	telemetry: "One telemetry gate without a policy file",
	security: "One security gate without a policy file",
	flags: "One flags gate without a policy file"
};
const inputs = [
	{
		name: "policy",
		kind: "lines",
		group: "policy",
		label: "Policy",
		description: "Path of the policy, or the policy itself (YAML of more than one line).",
		absent: "`signalbox.yml`, unless the inputs of single gates are used"
	},
	{
		name: "observe",
		kind: "yes-no",
		group: "policy",
		label: "Observe only",
		description: "Judge and report, but let the train go whatever the gates say: the first rung of the ladder.",
		absent: "`false`"
	},
	{
		name: "record",
		kind: "path",
		group: "policy",
		label: "Decision record",
		description: "Where to write the decision record (JSON).",
		absent: "a file in the job's temporary folder; on the command line `signalbox-out/record.json`"
	},
	{
		name: "summary",
		kind: "path",
		group: "policy",
		label: "Summary file",
		description: "Where to write the summary (Markdown), beside showing it in the job.",
		absent: "a file in the job's temporary folder; on the command line `signalbox-out/summary.md`"
	},
	{
		name: "service",
		kind: "text",
		group: "release",
		label: "Service",
		description: "What is released, for the report.",
		absent: "the policy's `service`"
	},
	{
		name: "commit",
		kind: "text",
		group: "release",
		label: "Commit",
		description: "Commit that is released: `${release.sha}`.",
		absent: "the run's commit"
	},
	{
		name: "release-version",
		kind: "text",
		group: "release",
		label: "Version",
		description: "Version that is released: `${release.version}`.",
		absent: "unknown"
	},
	{
		name: "environment",
		kind: "text",
		group: "release",
		label: "Environment",
		description: "Where it is released to: `${release.environment}`.",
		absent: "the platform's environment, where it names one"
	},
	{
		name: "deployed-at",
		kind: "text",
		group: "release",
		label: "Time of the deployment",
		description: "When the new version went live: ISO 8601 with a time zone, or `10m ago`. Samples older than that never count.",
		absent: "the start of this step"
	},
	{
		name: "warmup",
		kind: "text",
		group: "evaluation",
		label: "Warm-up",
		description: "Time after the deployment in which nothing is decided, except by what stands beyond doubt.",
		absent: "the policy's `evaluation.warmup`"
	},
	{
		name: "every",
		kind: "text",
		group: "evaluation",
		label: "Interval",
		description: "Time from one round to the next.",
		absent: "the policy's `evaluation.every`"
	},
	{
		name: "steady",
		kind: "text",
		group: "evaluation",
		label: "Steady time",
		description: "How long all blocking gates must be healthy together before the train continues.",
		absent: "the policy's `evaluation.steady`"
	},
	{
		name: "deadline",
		kind: "text",
		group: "evaluation",
		label: "Deadline",
		description: "Longest time that the step waits for the evidence; then the train stops.",
		absent: "the policy's `evaluation.deadline`"
	},
	{
		name: "prometheus-url",
		kind: "text",
		group: "telemetry",
		label: "Prometheus URL",
		description: "Base URL of a Prometheus, Thanos or Mimir.",
		absent: "no telemetry gate from inputs"
	},
	{
		name: "prometheus-token",
		kind: "text",
		group: "telemetry",
		label: "Prometheus token",
		description: "Bearer token for it.",
		absent: "no authentication",
		secret: true
	},
	{
		name: "query",
		kind: "lines",
		group: "telemetry",
		label: "Query",
		description: "PromQL that gives one value.",
		absent: ""
	},
	{
		name: "threshold",
		kind: "text",
		group: "telemetry",
		label: "Threshold",
		description: "What the value must satisfy, e.g. `< 1%` or `<= 250 ms`.",
		absent: ""
	},
	{
		name: "unit",
		kind: "text",
		group: "telemetry",
		label: "Unit of the value",
		description: "What the query returns: `ratio`, `percent`, `s`, `ms`… Needed when the threshold has a unit of time or size.",
		absent: "`ratio` when the threshold is in percent, else a plain number"
	},
	{
		name: "events",
		kind: "lines",
		group: "telemetry",
		label: "Query for the number of events",
		description: "PromQL that gives how many events stand behind the value.",
		absent: "not asked"
	},
	{
		name: "min-events",
		kind: "text",
		group: "telemetry",
		label: "Least number of events",
		description: "Below it the evidence is insufficient and the train waits.",
		absent: "no minimum"
	},
	{
		name: "sarif-files",
		kind: "lines",
		group: "security",
		label: "SARIF files",
		description: "Glob patterns of the scan results, one a line.",
		absent: "no security gate from inputs"
	},
	{
		name: "sarif-block",
		kind: "text",
		group: "security",
		label: "Blocking severity",
		description: "Findings of this severity or worse stop the train: `critical`, `high`, `medium` or `low`.",
		absent: "`high`"
	},
	{
		name: "sarif-require",
		kind: "lines",
		group: "security",
		label: "Required scanners",
		description: "Scanners that must have run, one a line. A missing or crashed scanner is not a clean one.",
		absent: "at least one scan"
	},
	{
		name: "flags-url",
		kind: "text",
		group: "flags",
		label: "OFREP URL",
		description: "Base URL of a feature-flag service that speaks the OpenFeature Remote Evaluation Protocol.",
		absent: "no flags gate from a service"
	},
	{
		name: "flags-token",
		kind: "text",
		group: "flags",
		label: "OFREP token",
		description: "Bearer token for it.",
		absent: "no authentication",
		secret: true
	},
	{
		name: "flags-file",
		kind: "path",
		group: "flags",
		label: "flagd definition file",
		description: "Flag definitions of flagd, in place of a service.",
		absent: "no flags gate from a file"
	},
	{
		name: "flags-expect",
		kind: "lines",
		group: "flags",
		label: "Expected flags",
		description: "What must hold, one flag a line, e.g. `new-checkout: off`.",
		absent: ""
	}
];
/** `flags-file` → `flagsFile`: Azure allows no dash in a name. */
const camelCase = (name) => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
// build/policy/problems.js
/** From what valibot found to sentences that say where, what was expected and what the nearest right word is. */
/** The word that was probably meant, if one is near enough to be worth saying. */
function nearest(word, known) {
	const far = (other) => (0,mod/* distance */.Io)(word.toLowerCase(), other.toLowerCase());
	const [best] = [...known].sort((a, b) => far(a) - far(b) || a.localeCompare(b));
	return best !== void 0 && far(best) <= Math.max(2, Math.floor(best.length / 3)) ? best : void 0;
}
/** `; did you mean X?`, or nothing. */
const didYouMean = (word, known) => {
	const best = nearest(word, known);
	return best === void 0 ? "" : `; did you mean \`${best}\`?`;
};
const pathOf = (issue) => (issue.path ?? []).map((item) => item.key);
/**
* A union fails as a whole; what the user meant is the member that came furthest.
*/
function unfold(issue, prefix) {
	const path = [...prefix, ...pathOf(issue)];
	if (issue.type !== "union" || !issue.issues) return [{
		issue,
		path
	}];
	const members = /* @__PURE__ */ new Map();
	for (const inner of issue.issues.flatMap((i) => unfold(i, path))) {
		const key = inner.path.length > path.length ? "deeper" : String(inner.issue.expected ?? inner.issue.message);
		members.set(key, [...members.get(key) ?? [], inner]);
	}
	const deeper = members.get("deeper");
	if (deeper) return deeper;
	const checks = issue.issues.filter((i) => i.kind === "validation");
	return checks.length > 0 ? checks.map((i) => ({
		issue: i,
		path
	})) : [{
		issue,
		path
	}];
}
const list$1 = (words) => words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
const kinds = {
	string: "a text",
	number: "a number",
	boolean: "true or false",
	Object: "a map (`key: value`)",
	Array: "a list (`- entry`)"
};
/** valibot's `("a" | "b")` as words. */
function expectedWords(issue) {
	return String(issue.expected ?? "").replace(/^\(|\)$/g, "").split(" | ").filter((word) => word !== "undefined");
}
function show$1(input) {
	if (input === void 0 || input === null) return "nothing";
	if (Array.isArray(input)) return "a list";
	if (typeof input === "object") return "a map";
	const text = typeof input === "string" ? `\`${input}\`` : `\`${JSON.stringify(input)}\``;
	return text.length > 60 ? `${text.slice(0, 57)}…\`` : text;
}
function message(issue, path, knownKeys) {
	const key = String(path.at(-1) ?? "");
	if (issue.type === "strict_object" && issue.expected === "never") return {
		at: "key",
		message: `unknown key \`${key}\`${didYouMean(key, knownKeys)} (known here: ${knownKeys.join(", ")})`
	};
	const words = expectedWords(issue);
	if ((issue.type === "strict_object" || issue.type === "variant") && issue.received === "undefined") return {
		at: "value",
		message: `\`${key}\` is missing${issue.type === "variant" ? ` (${list$1(words.map((w) => w.replaceAll("\"", "")))})` : ""}`
	};
	if (issue.kind === "validation" || issue.kind === "transformation") {
		const found = typeof issue.input === "object" ? "" : `, found ${show$1(issue.input)}`;
		return {
			at: "value",
			message: `expected ${issue.message}${found}`
		};
	}
	const literals = words.filter((w) => w.startsWith("\"")).map((w) => w.slice(1, -1));
	const names = words.map((w) => w.startsWith("\"") ? `\`${w.slice(1, -1)}\`` : kinds[w] ?? w);
	const hint = typeof issue.input === "string" ? didYouMean(issue.input, literals) : "";
	return {
		at: "value",
		message: `expected ${list$1(names)}, found ${show$1(issue.input)}${hint}`
	};
}
/**
* @param issues of one schema run
* @param keysAt the keys that are known at a place, for unknown ones
* @param secretAt whether the value at a place must not be shown
*/
function describe(issues, keysAt, secretAt) {
	return issues.flatMap((issue) => unfold(issue, [])).map(({ issue, path }) => {
		return {
			path,
			...message(secretAt(path) ? {
				...issue,
				input: issue.input === void 0 ? void 0 : "***"
			} : issue, path, keysAt(path.slice(0, -1)))
		};
	});
}
// build/commands/args.js
/** The command line. Its options are the inputs, so that there is one list of them. */
const commands = ["run", "check"];
/**
* @param args without node and the script
* @param inPipeline without any argument a pipeline means `run`; a person at a terminal wants help
*/
function parseCommandLine(args, inPipeline) {
	if (args.length === 0) return inPipeline ? {
		command: "run",
		options: {}
	} : { command: "help" };
	const options = Object.fromEntries([
		...inputs.map((input) => [input.name, { type: input.kind === "yes-no" ? "boolean" : "string" }]),
		["help", {
			type: "boolean",
			short: "h"
		}],
		["version", {
			type: "boolean",
			short: "v"
		}]
	]);
	const parsed = (0,external_node_util_.parseArgs)({
		args: [...args],
		options,
		strict: false,
		allowPositionals: true,
		tokens: true
	});
	const [command, ...more] = parsed.positionals;
	if (parsed.values.help === true || command === "help") return { command: "help" };
	if (parsed.values.version === true) return { command: "version" };
	const known = inputs.map((input) => input.name);
	const given = {};
	for (const token of parsed.tokens) {
		if (token.kind !== "option") continue;
		const input = inputs.find((i) => i.name === token.name);
		if (!input) return wrong(`unknown option \`${token.rawName}\`${didYouMean(token.name, known)}`);
		if (Object.hasOwn(given, input.name)) return wrong(`\`--${input.name}\` is given twice`);
		if (input.kind === "yes-no") given[input.name] = token.value ?? "true";
		else if (token.value === void 0 || !token.inlineValue && token.value.startsWith("--")) return wrong(`\`--${input.name}\` needs a value`);
		else given[input.name] = token.value;
	}
	if (command === void 0) return wrong(`expected a command: ${commands.join(" or ")}`);
	if (!isCommand(command)) return wrong(`unknown command \`${command}\`${didYouMean(command, commands)} (known: ${commands.join(", ")})`);
	if (more.length > 0) return wrong(`unexpected \`${more.join(" ")}\`; options are written \`--name value\``);
	return {
		command,
		options: given
	};
}
const isCommand = (word) => commands.includes(word);
const wrong = (message) => ({
	command: "wrong",
	message
});
/** The text of `--help`. */
function helpText(version) {
	const plain = (markdown) => markdown.replaceAll("`", "");
	const option = ({ name, kind, description, absent }) => {
		const value = kind === "yes-no" ? "" : kind === "path" ? " FILE" : " VALUE";
		const fallback = absent === "" ? "" : ` Default: ${plain(absent)}.`;
		return wrap$1(`  --${name}${value}`, `${plain(description)}${fallback}`);
	};
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

${Object.entries(inputGroups).map(([group, title]) => `${title}\n${inputs.filter((i) => i.group === group).map(option).join("\n")}`).join("\n\n")}
`;
}
/** Two columns within 100 characters. */
function wrap$1(left, text) {
	const indent = 30;
	const lines = [];
	let line = "";
	for (const word of text.split(" ")) if (line !== "" && line.length + word.length + 1 > 70) {
		lines.push(line);
		line = word;
	} else line = line === "" ? word : `${line} ${word}`;
	lines.push(line);
	const [first = "", ...rest] = lines;
	return [left.length < 29 ? `${left.padEnd(indent)}${first}` : `${left}\n${" ".repeat(indent)}${first}`, ...rest.map((l) => " ".repeat(indent) + l)].join("\n");
}
const DEFAULT_CONFIG = {
	lang: void 0,
	message: void 0,
	abortEarly: void 0,
	abortPipeEarly: void 0
};
/**
* Returns the global configuration.
*
* @param config The config to merge.
*
* @returns The configuration.
*/
/* @__NO_SIDE_EFFECTS__ */
function getGlobalConfig(config$1) {
	if (!config$1 && true) return DEFAULT_CONFIG;
	return {
		lang: config$1?.lang ?? void 0,
		message: config$1?.message,
		abortEarly: config$1?.abortEarly ?? void 0,
		abortPipeEarly: config$1?.abortPipeEarly ?? void 0
	};
}
/**
* Stringifies an unknown input to a literal or type string.
*
* @param input The unknown input.
*
* @returns A literal or type string.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _stringify(input) {
	const type = typeof input;
	if (type === "string") return `"${input}"`;
	if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
	if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
	return type;
}
/**
* Adds an issue to the dataset.
*
* @param context The issue context.
* @param label The issue label.
* @param dataset The input dataset.
* @param config The configuration.
* @param other The optional props.
*
* @internal
*/
function _addIssue(context, label, dataset, config$1, other) {
	const input = other && "input" in other ? other.input : dataset.value;
	const expected = other?.expected ?? context.expects ?? null;
	const received = other?.received ?? /* @__PURE__ */ _stringify(input);
	const issue = {
		kind: context.kind,
		type: context.type,
		input,
		expected,
		received,
		message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
		requirement: context.requirement,
		path: other?.path,
		issues: other?.issues,
		lang: config$1.lang,
		abortEarly: config$1.abortEarly,
		abortPipeEarly: config$1.abortPipeEarly
	};
	const isSchema = context.kind === "schema";
	const message$1 = other?.message ?? context.message ?? (context.reference, issue.lang, void 0) ?? (isSchema ? (issue.lang, void 0) : null) ?? config$1.message ?? (issue.lang, void 0);
	if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
	if (isSchema) dataset.typed = false;
	if (dataset.issues) dataset.issues.push(issue);
	else dataset.issues = [issue];
}
/**
* Compares two values using the SameValueZero algorithm, which treats `NaN`
* as equal to itself unlike `===`.
*
* @param value1 The first value.
* @param value2 The second value.
*
* @returns Whether the values are equal.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _isSameValueZero(value1, value2) {
	return value1 === value2 || Number.isNaN(value1) && Number.isNaN(value2);
}
/**
* Disallows inherited object properties and prevents object prototype
* pollution by disallowing certain keys.
*
* @param object The object to check.
* @param key The key to check.
*
* @returns Whether the key is allowed.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _isValidObjectKey(object$1, key) {
	return Object.prototype.hasOwnProperty.call(object$1, key) && key !== "__proto__" && key !== "prototype" && key !== "constructor";
}
/**
* Joins multiple `expects` values with the given separator.
*
* @param values The `expects` values.
* @param separator The separator.
*
* @returns The joined `expects` property.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _joinExpects(values$1, separator) {
	const list = [...new Set(values$1)];
	if (list.length > 1) return `(${list.join(` ${separator} `)})`;
	return list[0] ?? "never";
}
/**
* Eagerly creates and attaches the Standard Schema properties of a schema.
*
* Hint: The contextual `this` type includes the standard properties that are
* attached before the schema is returned.
*
* @param schema The schema to attach standard properties to.
*
* @returns The schema with standard properties attached.
*
* @internal
*/
function _standardSchema(schema) {
	schema["~standard"] = {
		version: 1,
		vendor: "valibot",
		validate: (value$1) => schema["~run"]({ value: value$1 }, /* @__PURE__ */ getGlobalConfig())
	};
	return schema;
}
/**
* [ISO 8601](https://en.wikipedia.org/wiki/ISO_8601) timestamp regex. Allows a
* space as a date/time separator and an optional space before the UTC offset.
*/
const ISO_TIMESTAMP_REGEX = /^\d{4}-(?:0[1-9]|1[0-2])-(?:[12]\d|0[1-9]|3[01])[T ](?:0\d|1\d|2[0-3])(?::[0-5]\d){2}(?:\.\d{1,9})?(?:Z| ?[+-](?:0\d|1\d|2[0-3])(?::?[0-5]\d)?)$/u;
/* @__NO_SIDE_EFFECTS__ */
function check$2(requirement, message$1) {
	return {
		kind: "validation",
		type: "check",
		reference: check$2,
		async: false,
		expects: null,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "input", dataset, config$1);
			return dataset;
		}
	};
}
/**
* Creates a description metadata action.
*
* @param description_ The description text.
*
* @returns A description action.
*/
/* @__NO_SIDE_EFFECTS__ */
function description(description_) {
	return {
		kind: "metadata",
		type: "description",
		reference: description,
		description: description_
	};
}
/* @__NO_SIDE_EFFECTS__ */
function integer(message$1) {
	return {
		kind: "validation",
		type: "integer",
		reference: integer,
		async: false,
		expects: null,
		requirement: Number.isInteger,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "integer", dataset, config$1);
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function isoTimestamp(message$1) {
	return {
		kind: "validation",
		type: "iso_timestamp",
		reference: isoTimestamp,
		async: false,
		expects: null,
		requirement: ISO_TIMESTAMP_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "timestamp", dataset, config$1);
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function minLength(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_length",
		reference: minLength,
		async: false,
		expects: `>=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length < this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function minValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_value",
		reference: minValue,
		async: false,
		expects: `>=${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value >= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function nonEmpty(message$1) {
	return {
		kind: "validation",
		type: "non_empty",
		reference: nonEmpty,
		async: false,
		expects: "!0",
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length === 0) _addIssue(this, "length", dataset, config$1, { received: "0" });
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function regex(requirement, message$1) {
	return {
		kind: "validation",
		type: "regex",
		reference: regex,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "format", dataset, config$1);
			return dataset;
		}
	};
}
/**
* Creates a title metadata action.
*
* @param title_ The title text.
*
* @returns A title action.
*/
/* @__NO_SIDE_EFFECTS__ */
function title(title_) {
	return {
		kind: "metadata",
		type: "title",
		reference: title,
		title: title_
	};
}
/**
* Creates a custom transformation action.
*
* @param operation The transformation operation.
*
* @returns A transform action.
*/
/* @__NO_SIDE_EFFECTS__ */
function transform(operation) {
	return {
		kind: "transformation",
		type: "transform",
		reference: transform,
		async: false,
		operation,
		"~run"(dataset) {
			dataset.value = this.operation(dataset.value);
			return dataset;
		}
	};
}
/**
* Creates a trim transformation action.
*
* @returns A trim action.
*/
/* @__NO_SIDE_EFFECTS__ */
function trim() {
	return {
		kind: "transformation",
		type: "trim",
		reference: trim,
		async: false,
		"~run"(dataset) {
			dataset.value = dataset.value.trim();
			return dataset;
		}
	};
}
const ABORT_EARLY_CONFIG = { abortEarly: true };
/**
* Returns the fallback value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The output dataset if available.
* @param config The config if available.
*
* @returns The fallback value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getFallback(schema, dataset, config$1) {
	return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}
/**
* Returns the default value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The input dataset if available.
* @param config The config if available.
*
* @returns The default value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getDefault(schema, dataset, config$1) {
	return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}
/* @__NO_SIDE_EFFECTS__ */
function array(item, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "array",
		reference: array,
		expects: "Array",
		async: false,
		item,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < input.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.item["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function main_boolean(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "boolean",
		reference: main_boolean,
		expects: "boolean",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "boolean") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function literal(literal_, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "literal",
		reference: literal,
		expects: /* @__PURE__ */ _stringify(literal_),
		async: false,
		literal: literal_,
		message: message$1,
		"~run"(dataset, config$1) {
			if (/* @__PURE__ */ _isSameValueZero(dataset.value, this.literal)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function looseObject(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "loose_object",
		reference: looseObject,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (/* @__PURE__ */ _isValidObjectKey(input, key) && !Object.prototype.hasOwnProperty.call(this.entries, key)) dataset.value[key] = input[key];
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function nullish(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "nullish",
		reference: nullish,
		expects: `(${wrapped.expects} | null | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === null || dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === null || dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function number(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "number",
		reference: number,
		expects: "number",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "number" && !isNaN(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function object(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "object",
		reference: object,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function optional(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "optional",
		reference: optional,
		expects: `(${wrapped.expects} | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function picklist(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "picklist",
		reference: picklist,
		expects: /* @__PURE__ */ _joinExpects(options.map(_stringify), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.options.includes(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function record(key, value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "record",
		reference: record,
		expects: "Object",
		async: false,
		key,
		value: value$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const entryKey in input) if (/* @__PURE__ */ _isValidObjectKey(input, entryKey)) {
					const entryValue = input[entryKey];
					const keyDataset = this.key["~run"]({ value: entryKey }, config$1);
					if (keyDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "key",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of keyDataset.issues) {
							issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = keyDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					const valueDataset = this.value["~run"]({ value: entryValue }, config$1);
					if (valueDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "value",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
					if (keyDataset.typed) dataset.value[keyDataset.value] = valueDataset.value;
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function strictObject(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "strict_object",
		reference: strictObject,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (!Object.prototype.hasOwnProperty.call(this.entries, key)) {
						_addIssue(this, "key", dataset, config$1, {
							input: key,
							expected: "never",
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function string$1(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "string",
		reference: string$1,
		expects: "string",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "string") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function tuple(items, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "tuple",
		reference: tuple,
		expects: "Array",
		async: false,
		items,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < this.items.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.items[key]["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/**
* Returns the sub issues of the provided datasets for the union issue.
*
* @param datasets The datasets.
*
* @returns The sub issues.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _subIssues(datasets) {
	let issues;
	if (datasets) for (const dataset of datasets) if (issues) for (const issue of dataset.issues) issues.push(issue);
	else issues = dataset.issues;
	return issues;
}
/* @__NO_SIDE_EFFECTS__ */
function union(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "union",
		reference: union,
		expects: /* @__PURE__ */ _joinExpects(options.map((option) => option.expects), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			let validDataset;
			let typedDatasets;
			let untypedDatasets;
			for (const schema of this.options) {
				const optionDataset = schema["~run"]({ value: dataset.value }, config$1);
				if (optionDataset.typed) if (optionDataset.issues) if (typedDatasets) typedDatasets.push(optionDataset);
				else typedDatasets = [optionDataset];
				else {
					validDataset = optionDataset;
					break;
				}
				else if (untypedDatasets) untypedDatasets.push(optionDataset);
				else untypedDatasets = [optionDataset];
			}
			if (validDataset) return validDataset;
			if (typedDatasets) {
				if (typedDatasets.length === 1) return typedDatasets[0];
				_addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(typedDatasets) });
				dataset.typed = true;
			} else if (untypedDatasets?.length === 1) return untypedDatasets[0];
			else _addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(untypedDatasets) });
			return dataset;
		}
	});
}
/**
* Creates a unknown schema.
*
* @returns A unknown schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function unknown() {
	return _standardSchema({
		kind: "schema",
		type: "unknown",
		reference: unknown,
		expects: "unknown",
		async: false,
		"~run"(dataset) {
			dataset.typed = true;
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function variant(key, options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "variant",
		reference: variant,
		expects: "Object",
		async: false,
		key,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				let outputDataset;
				let maxDiscriminatorPriority = 0;
				let invalidDiscriminatorKey = this.key;
				let expectedDiscriminators = [];
				const parseOptions = (variant$1, allKeys) => {
					for (const schema of variant$1.options) {
						if (schema.type === "variant") parseOptions(schema, new Set(allKeys).add(schema.key));
						else {
							let keysAreValid = true;
							let currentPriority = 0;
							for (const currentKey of allKeys) {
								const discriminatorSchema = schema.entries[currentKey];
								if (currentKey in input ? discriminatorSchema["~run"]({
									typed: false,
									value: input[currentKey]
								}, ABORT_EARLY_CONFIG).issues : discriminatorSchema.type !== "exact_optional" && discriminatorSchema.type !== "optional" && discriminatorSchema.type !== "nullish") {
									keysAreValid = false;
									if (invalidDiscriminatorKey !== currentKey && (maxDiscriminatorPriority < currentPriority || maxDiscriminatorPriority === currentPriority && currentKey in input && !(invalidDiscriminatorKey in input))) {
										maxDiscriminatorPriority = currentPriority;
										invalidDiscriminatorKey = currentKey;
										expectedDiscriminators = [];
									}
									if (invalidDiscriminatorKey === currentKey) expectedDiscriminators.push(schema.entries[currentKey].expects);
									break;
								}
								currentPriority++;
							}
							if (keysAreValid) {
								const optionDataset = schema["~run"]({ value: input }, config$1);
								if (!outputDataset || !outputDataset.typed && optionDataset.typed) outputDataset = optionDataset;
							}
						}
						if (outputDataset && !outputDataset.issues) break;
					}
				};
				parseOptions(this, /* @__PURE__ */ new Set([this.key]));
				if (outputDataset) return outputDataset;
				_addIssue(this, "type", dataset, config$1, {
					input: input[invalidDiscriminatorKey],
					expected: /* @__PURE__ */ _joinExpects(expectedDiscriminators, "|"),
					path: [{
						type: "object",
						origin: "value",
						input,
						key: invalidDiscriminatorKey,
						value: input[invalidDiscriminatorKey]
					}]
				});
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function pipe(...pipe$1) {
	return _standardSchema({
		...pipe$1[0],
		pipe: pipe$1,
		"~run"(dataset, config$1) {
			for (const item of pipe$1) if (item.kind !== "metadata") {
				if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
					dataset.typed = false;
					break;
				}
				if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = item["~run"](dataset, config$1);
			}
			return dataset;
		}
	});
}
/**
* Parses an unknown input based on a schema.
*
* @param schema The schema to be used.
* @param input The input to be parsed.
* @param config The parse configuration.
*
* @returns The parse result.
*/
/* @__NO_SIDE_EFFECTS__ */
function safeParse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
	return {
		typed: dataset.typed,
		success: !dataset.issues,
		output: dataset.value,
		issues: dataset.issues
	};
}
// build/judge/reading.js
const reading = (data) => data;
/** The release is well, as far as this gate sees. */
function healthy(_proof, code, reason, details = {}) {
	return reading({
		state: "healthy",
		code,
		reason,
		...details
	});
}
/** The release is not well; needs evidence just as `healthy` does, so that an outage of the monitoring is never the release's fault. */
function unhealthy(_proof, code, reason, details = {}) {
	return reading({
		state: "unhealthy",
		code,
		reason,
		...details
	});
}
/** The source answered, but the answer proves nothing: empty, NaN, stale, too few events. */
function insufficient(code, reason, details = {}) {
	return reading({
		state: "insufficient",
		code,
		reason,
		...details
	});
}
/** There is no usable answer: refused, timed out, malformed. */
function error(code, reason, details = {}) {
	return reading({
		state: "error",
		code,
		reason,
		...details
	});
}
/**
* Turns the answers of one gate into a proof, or into the reading that says why there is none.
* Failures come first (they say most), then empty and partial answers.
*
* @param expected the roles that were asked; an answer that is missing is an error, never nothing
*/
function proveMeasured(expected, answers) {
	if (expected.length === 0) return error("nothing-asked", "the gate asks for nothing, so nothing can be proven");
	const measured = /* @__PURE__ */ new Map();
	for (const role of expected) {
		const answer = answers.find((a) => a.role === role);
		if (!answer) return error("not-answered", `no answer to "${role}"`);
		if ("failure" in answer) {
			const { code, message, permanent } = answer.failure;
			return error(code, message, permanent ? { permanent } : {});
		}
		measured.set(role, answer.measurement);
	}
	for (const m of measured.values()) {
		if (m.partial) return insufficient("partial", `the answer is incomplete: ${m.notes.join("; ") || m.subject}`);
		if (!(m.seen > 0)) return insufficient("no-data", [`nothing was found: ${m.subject}`, ...m.notes].join("; "));
	}
	return { measured };
}
/** Tells a proof from the reading that stands in its place. */
function isProof(x) {
	return "measured" in x;
}
// build/policy/fields.js
/**
* Building blocks of every schema in the policy. The message of a check is what was *expected*, as a noun phrase:
* `problems.ts` turns it into "expected <phrase>, found <value>".
*/
/** Words of a name, a query, a path: anything but nothing. */
const filled = /* @__PURE__ */ pipe(/* @__PURE__ */ string$1(), /* @__PURE__ */ trim(), /* @__PURE__ */ nonEmpty("some text"));
/** Markdown shown in `docs/policy.md` and by editors. */
const described = (schema, description$1) => /* @__PURE__ */ pipe(schema, /* @__PURE__ */ description(description$1));
const unitMs = {
	ms: 1,
	s: 1e3,
	m: 6e4,
	h: 36e5,
	d: 864e5
};
const durationForm = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;
/**
* `90s`, `5m`, `1h30m`, `250ms`, `2d`, or `0`.
*
* @returns milliseconds, or undefined when the text is no duration or names a unit twice or out of order
*/
function parseDuration(text) {
	const compact = text.replace(/\s+/g, "");
	if (compact === "0") return 0;
	if (!durationForm.test(compact)) return void 0;
	let total = 0;
	let previous = Number.POSITIVE_INFINITY;
	for (const [, amount, unit] of compact.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
		const size = unitMs[unit ?? ""] ?? NaN;
		if (!(size < previous)) return void 0;
		previous = size;
		total += Number(amount) * size;
	}
	return total;
}
/** The shortest way to write a number of milliseconds as a policy would: `90s` → `1m30s`. */
function formatDuration(ms) {
	let rest = Math.round(Math.abs(ms));
	if (rest < 1e3) return rest === 0 ? "0s" : `${rest}ms`;
	rest = Math.round(rest / 1e3) * 1e3;
	let out = "";
	for (const unit of [
		"d",
		"h",
		"m",
		"s"
	]) {
		const size = unitMs[unit] ?? 1;
		const n = Math.floor(rest / size);
		if (n > 0) out += `${n}${unit}`;
		rest -= n * size;
	}
	return out;
}
/** A duration; milliseconds after parsing. A plain `0` needs no unit. */
const duration = /* @__PURE__ */ pipe(/* @__PURE__ */ union([/* @__PURE__ */ string$1(), /* @__PURE__ */ literal(0)]), /* @__PURE__ */ title("duration"), /* @__PURE__ */ check$2((x) => parseDuration(String(x)) !== void 0, "a duration such as 90s, 5m or 1h30m"), /* @__PURE__ */ transform((x) => parseDuration(String(x)) ?? NaN));
/** A whole number that is at least `least`. */
const whole = (least) => /* @__PURE__ */ pipe(/* @__PURE__ */ number(), /* @__PURE__ */ check$2((n) => Number.isSafeInteger(n) && n >= least, `a whole number of at least ${least}`));
/** http or https; without a trailing slash after parsing. */
const httpUrl = /* @__PURE__ */ pipe(/* @__PURE__ */ string$1(), /* @__PURE__ */ check$2((text) => {
	try {
		const { protocol, username, password } = new URL(text);
		return (protocol === "http:" || protocol === "https:") && username === "" && password === "";
	} catch {
		return false;
	}
}, "an http or https URL without a user name or password in it"), /* @__PURE__ */ transform((text) => text.replace(/\/+$/, "")));
/** One entry or a list of them; always a list after parsing. */
const oneOrMore = (item) => /* @__PURE__ */ pipe(/* @__PURE__ */ union([item, /* @__PURE__ */ pipe(/* @__PURE__ */ array(item), /* @__PURE__ */ minLength(1, "at least one entry"))]), /* @__PURE__ */ transform((x) => Array.isArray(x) ? x : [x]));
/** A secret's value. Its key must be one of `secretKeys`: by the key the loader refuses a literal value and masks the given one. */
const secret = /* @__PURE__ */ pipe(/* @__PURE__ */ string$1(), /* @__PURE__ */ nonEmpty("a value (is the variable set?)"));
/** Keys whose values are secrets, in every source and reaction. */
const secretKeys = /* @__PURE__ */ new Set([
	"token",
	"password",
	"api-key",
	"client-secret",
	"secret"
]);
// build/gates/flags-expect.js
/** What a policy may expect of a flag, and what one answer of a provider says of it. Pure; gate `flags` puts it together. */
const shortForm = /^(?:on|off|variant\s+\S.*|value\s+\S.*)$/s;
const notNull = /* @__PURE__ */ pipe(/* @__PURE__ */ unknown(), /* @__PURE__ */ check$2((x) => x !== null && x !== void 0, "a value"));
/** An OpenFeature evaluation context. A percentage rollout reads as off without a targeting key. */
const context = /* @__PURE__ */ pipe(/* @__PURE__ */ record(/* @__PURE__ */ string$1(), /* @__PURE__ */ unknown()), /* @__PURE__ */ check$2((x) => typeof x.targetingKey === "string" && x.targetingKey !== "", "a context with a `targetingKey`, e.g. `{ targetingKey: user-1 }`"));
const longForm = /* @__PURE__ */ pipe(/* @__PURE__ */ strictObject({
	state: described(/* @__PURE__ */ optional(/* @__PURE__ */ picklist(["on", "off"])), "`on` or `off`: what it serves, not whether its switch is thrown."),
	variant: described(/* @__PURE__ */ optional(filled), "Name of the variant that it must serve."),
	value: described(/* @__PURE__ */ optional(notNull), "Value that it must serve, of the same type."),
	for: described(/* @__PURE__ */ optional(oneOrMore(context)), "Evaluation contexts to probe; each needs a `targetingKey`. Without it the expectation must be proven for everyone.")
}), /* @__PURE__ */ check$2((x) => x.state !== void 0 || x.variant !== void 0 || x.value !== void 0, "one of `state`, `variant` and `value`"));
/** One flag's expectation as the policy writes it. */
const expectation = /* @__PURE__ */ union([
	/* @__PURE__ */ main_boolean(),
	/* @__PURE__ */ pipe(/* @__PURE__ */ string$1(), /* @__PURE__ */ trim(), /* @__PURE__ */ regex(shortForm, "`on`, `off`, `variant NAME` or `value TEXT`")),
	longForm
]);
/** Both forms as one. */
function readExpectation(written) {
	if (typeof written === "boolean") return { state: written ? "on" : "off" };
	if (typeof written === "string") {
		if (written === "on" || written === "off") return { state: written };
		const [, what, rest = ""] = /^(variant|value)\s+(.*)$/s.exec(written) ?? [];
		return what === "variant" ? { variant: rest } : { value: { text: rest } };
	}
	const { state, variant, value, for: contexts } = written;
	return {
		...state === void 0 ? {} : { state },
		...variant === void 0 ? {} : { variant },
		...value === void 0 ? {} : { value: { exact: value } },
		...contexts === void 0 ? {} : { contexts }
	};
}
/** `off`, `variant blue`, `value 3`, or several with `and` between. */
function expectationText(expected) {
	const { state, variant, value } = expected;
	return [
		state ?? "",
		variant === void 0 ? "" : `variant ${variant}`,
		value === void 0 ? "" : `value ${"text" in value ? value.text : show(value.exact)}`
	].filter((text) => text !== "").join(" and ");
}
/** The answer against the whole expectation: missed if any part is, met only if all are. */
function compare$2(flag, expected, meaning) {
	const parts = [];
	if (expected.state !== void 0) parts.push(compareState(flag, expected.state, meaning));
	if (expected.variant !== void 0) parts.push(compareVariant(flag, expected.variant));
	if (expected.value !== void 0) parts.push(compareValue(flag, expected.value));
	return parts.find((p) => p.is === "missed") ?? parts.find((p) => p.is !== "met") ?? parts.find((p) => p.assumed) ?? parts[0] ?? {
		is: "unclear",
		text: "nothing is expected of it"
	};
}
/** The provider serves nothing, so that every caller falls back to what its own code says. */
const servesNothing = (flag) => flag.value === null || flag.value === void 0;
function compareState(flag, wanted, meaning) {
	if (servesNothing(flag)) {
		const why = flag.enabled === false ? "is disabled" : "serves no value";
		if (meaning.codeDefault !== void 0) {
			const text = `${why}, so the code's default holds, which the policy says is ${meaning.codeDefault}`;
			return {
				is: meaning.codeDefault === wanted ? "met" : "missed",
				text,
				assumed: true
			};
		}
		if (flag.enabled === false && wanted === "on") return {
			is: "missed",
			text: "is disabled"
		};
		return {
			is: "code-default",
			text: `${why}, so every caller gets its own code's default, which cannot be seen from here: say what that is with \`code-default: off\``
		};
	}
	const state = stateOf(flag, meaning);
	const text = `serves ${served(flag)}`;
	if (state === void 0) return {
		is: "unclear",
		text: `${text}, which is neither on nor off: name it in \`on-values\` or \`off-values\``
	};
	return {
		is: state === wanted ? "met" : "missed",
		text
	};
}
/** The value decides; a variant's name only where the value is in neither list. */
function stateOf(flag, { on, off }) {
	for (const candidate of [flag.value, flag.variant]) {
		const isOn = on.some((x) => alike(x, candidate));
		if (isOn !== off.some((x) => alike(x, candidate))) return isOn ? "on" : "off";
	}
}
/** Texts in upper or lower case; nothing else is bent. */
const alike = (a, b) => typeof a === "string" && typeof b === "string" ? a.toLowerCase() === b.toLowerCase() : a === b;
function compareVariant(flag, wanted) {
	if (flag.variant === wanted) return {
		is: "met",
		text: `serves ${served(flag)}`
	};
	if (flag.variant === null && !servesNothing(flag)) return {
		is: "unclear",
		text: `serves ${served(flag)}, but the provider names no variant: expect a value`
	};
	return {
		is: "missed",
		text: servesNothing(flag) ? "serves no variant" : `serves ${served(flag)}`
	};
}
function compareValue(flag, wanted) {
	if (servesNothing(flag)) return {
		is: "code-default",
		text: "serves no value, so every caller gets its own code's default"
	};
	return {
		is: ("text" in wanted ? flag.value === wanted.text || typeof flag.value !== "string" && JSON.stringify(flag.value) === wanted.text : sameJson(flag.value, wanted.exact)) ? "met" : "missed",
		text: `serves ${served(flag)}`
	};
}
/** Equal as JSON, whatever the order of the keys. */
function sameJson(a, b) {
	if (a === b) return true;
	if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
	if (Array.isArray(a) !== Array.isArray(b)) return false;
	const [x, y] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
	return x.size === y.size && [...x].every(([key, value]) => y.has(key) && sameJson(value, y.get(key)));
}
const show = (value) => {
	const text = JSON.stringify(value) ?? String(value);
	return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};
const served = (flag) => `${show(flag.value)}${flag.variant === null ? "" : ` (variant ${flag.variant})`}`;
// build/gates/gate.js
/** Keeps the config's type while the registry holds the erased one. */
function defineGate(type) {
	return type;
}
// build/gates/flags.js
/**
* Gate `flags`: feature flags serve what the release needs, e.g. the new path is still dark. A flag that cannot be read, is
* unknown or was only probed for one user is never taken for off.
*/
/** valibot's records pass over these keys, and a flag that is passed over would be one that nobody asks for. */
const unusable$1 = [
	"__proto__",
	"constructor",
	"prototype"
];
const isMap$1 = (x) => typeof x === "object" && x !== null && !Array.isArray(x);
const expectations = /* @__PURE__ */ pipe(/* @__PURE__ */ unknown(), /* @__PURE__ */ check$2(isMap$1, "a map of flags, e.g. `new-checkout: off`"), /* @__PURE__ */ check$2((x) => !isMap$1(x) || Object.keys(x).length > 0, "at least one flag"), /* @__PURE__ */ check$2((x) => !isMap$1(x) || !unusable$1.some((key) => Object.hasOwn(x, key)), `flag names other than ${unusable$1.join(", ")}`), /* @__PURE__ */ record(/* @__PURE__ */ pipe(/* @__PURE__ */ string$1(), /* @__PURE__ */ nonEmpty("the name of a flag")), expectation));
const values = /* @__PURE__ */ pipe(/* @__PURE__ */ array(/* @__PURE__ */ union([
	/* @__PURE__ */ string$1(),
	/* @__PURE__ */ number(),
	/* @__PURE__ */ main_boolean()
])), /* @__PURE__ */ minLength(1, "at least one value"));
const schema$9 = /* @__PURE__ */ pipe(/* @__PURE__ */ strictObject({
	expect: described(expectations, "What must hold, by flag: `on`, `off`, `variant NAME`, `value TEXT`, or a map of `state`, `variant`, `value` and `for` (the evaluation contexts to probe)."),
	"on-values": described(/* @__PURE__ */ optional(values, [
		true,
		"true",
		"on",
		"enabled"
	]), "Served values, or variants, that count as on. Default: `true`, `on`, `enabled`."),
	"off-values": described(/* @__PURE__ */ optional(values, [
		false,
		"false",
		"off",
		"disabled"
	]), "Served values, or variants, that count as off. Default: `false`, `off`, `disabled`."),
	"code-default": described(/* @__PURE__ */ optional(/* @__PURE__ */ picklist(["on", "off"])), "What the application's own code does when the provider serves no value, as a disabled flag of flagd does. Without it such a flag is neither on nor off.")
}), /* @__PURE__ */ check$2((g) => !g["on-values"].some((on) => g["off-values"].some((off) => alike(on, off))), "no value in both `on-values` and `off-values`"));
/** Who is asked for when the policy names nobody. */
const anyone = { targetingKey: "signalbox" };
function probesOf(config) {
	const probes = /* @__PURE__ */ new Map();
	for (const [flag, written] of Object.entries(config.expect)) {
		const expected = readExpectation(written);
		for (const [index, context] of (expected.contexts ?? [anyone]).entries()) {
			let role = index === 0 ? flag : `${flag} #${index + 1}`;
			while (probes.has(role)) role += "'";
			probes.set(role, {
				role,
				flag,
				expected,
				question: {
					family: "flags",
					flag,
					context
				}
			});
		}
	}
	return [...probes.values()];
}
function outcomeOf(probe, answers, meaning) {
	const { role, flag, expected } = probe;
	const answer = answers.find((a) => a.role === role);
	if (!answer) return {
		probe,
		is: "error",
		code: "not-answered",
		text: `${flag}: no answer`
	};
	if ("failure" in answer) {
		const { code, message, permanent } = answer.failure;
		return {
			probe,
			is: "error",
			code,
			text: `${flag}: ${message}`,
			permanent
		};
	}
	const { measurement } = answer;
	if (measurement.kind !== "flag" || measurement.flag !== flag) return {
		probe,
		is: "error",
		code: "bad-answer",
		text: `${flag}: the answer is about something else`
	};
	if (!measurement.exists) return {
		probe,
		is: "lacking",
		code: "unknown-flag",
		text: `${flag}: the provider knows no such flag${measurement.notes.length > 0 ? ` (${measurement.notes.join("; ")})` : ""}`
	};
	return judged(probe, measurement, compare$2(measurement, expected, meaning));
}
function judged(probe, flag, verdict) {
	const { expected, question } = probe;
	const whom = expected.contexts ? ` for ${String(question.context.targetingKey)}` : "";
	const text = `${probe.flag} ${verdict.text}${whom}`;
	if (verdict.is === "missed") return {
		probe,
		is: "missed",
		code: "not-as-expected",
		text: `${text}, expected ${expectationText(expected)}`
	};
	if (verdict.is !== "met") return {
		probe,
		is: "lacking",
		code: verdict.is,
		text
	};
	if (!expected.contexts && flag.scope !== "everyone") return {
		probe,
		is: "lacking",
		code: "not-proven",
		text: `${text} ${`to one probed context (${flag.reason}), which does not prove ${expectationText(expected)} for everyone`}: name the contexts that matter with \`for:\``
	};
	return {
		probe,
		is: "met",
		code: "as-expected",
		text,
		...verdict.assumed ? { assumed: true } : {}
	};
}
/** `new-checkout is off for everyone, search-v2 is variant a for 2 probed contexts`. */
function metText(probes, outcomes) {
	const texts = /* @__PURE__ */ new Map();
	for (const { flag, expected } of probes) {
		const n = expected.contexts?.length ?? 0;
		const whom = n === 0 ? "everyone" : `${n} probed context${n === 1 ? "" : "s"}`;
		const assumed = outcomes.find((o) => o.probe.flag === flag && o.assumed);
		texts.set(flag, `${flag} is ${expectationText(expected)} for ${whom}${assumed ? ` (${assumed.text})` : ""}`);
	}
	return listed$1([...texts.values()], ", ");
}
/** Ten of them; a policy may name hundreds. */
const listed$1 = (texts, between = "; ") => texts.slice(0, 10).join(between) + (texts.length > 10 ? `${between}and ${texts.length - 10} more` : "");
function judge$2(config, probes, answers) {
	const meaning = {
		on: config["on-values"],
		off: config["off-values"],
		codeDefault: config["code-default"]
	};
	const outcomes = probes.map((probe) => outcomeOf(probe, answers, meaning));
	const by = (is) => outcomes.filter((o) => o.is === is);
	const texts = (...chosen) => listed$1([...new Set(chosen.flat().map((o) => o.text))]);
	const [missed, errors, lacking] = [
		by("missed"),
		by("error"),
		by("lacking")
	];
	if (missed.length > 0) {
		const proof = proveMeasured(missed.map((o) => o.probe.role), answers);
		if (!isProof(proof)) return proof;
		const besides = errors.length + lacking.length === 0 ? "" : `; besides: ${texts(errors, lacking)}`;
		return unhealthy(proof, "not-as-expected", `${texts(missed)}${besides}`, { conclusive: true });
	}
	const [firstError] = errors;
	if (firstError) {
		const permanent = errors.every((o) => o.permanent) ? { permanent: true } : {};
		return error(firstError.code, texts(errors, lacking), permanent);
	}
	const [firstLack] = lacking;
	if (firstLack) return insufficient(firstLack.code, texts(lacking));
	const proof = proveMeasured(probes.map((p) => p.role), answers);
	return isProof(proof) ? healthy(proof, "as-expected", metText(probes, outcomes)) : proof;
}
const flagsGate = defineGate({
	type: "flags",
	family: "flags",
	schema: schema$9,
	bind(config) {
		const probes = probesOf(config);
		return {
			questions: () => new Map(probes.map(({ role, question }) => [role, question])),
			judge: (answers) => judge$2(config, probes, answers)
		};
	}
});
// build/gates/security.js
/**
* Gate `security`: no finding at or over a severity, in scans that really ran. A scan that is missing, crashed, old or of
* another commit proves nothing; a finding stands whatever else is missing.
*/
/** Worst first. */
const ranked = [
	"critical",
	"high",
	"medium",
	"low"
];
const schema$8 = /* @__PURE__ */ pipe(/* @__PURE__ */ strictObject({
	block: described(/* @__PURE__ */ optional(/* @__PURE__ */ picklist(ranked), "high"), "Findings of this severity or worse stop the train."),
	"unknown-severity": described(/* @__PURE__ */ optional(/* @__PURE__ */ picklist(ranked), "high"), "What a finding counts as when its severity cannot be told."),
	require: described(/* @__PURE__ */ optional(oneOrMore(filled)), "Tools that must have run, by the name that stands in their results (upper or lower case). A missing scanner is not a clean one."),
	commit: described(/* @__PURE__ */ optional(/* @__PURE__ */ pipe(/* @__PURE__ */ string$1(), /* @__PURE__ */ regex(/^[0-9a-f]{7,64}$/i, "a commit id of at least 7 hexadecimal digits"))), "The commit that must have been scanned, mostly `\"${release.sha}\"`; its first 7 digits or more suffice. Scans that name another one are no evidence."),
	"commit-required": described(/* @__PURE__ */ optional(/* @__PURE__ */ main_boolean(), false), "Whether scans that name no commit are no evidence either. Most scanners name none."),
	"max-age": described(/* @__PURE__ */ optional(duration), "How long ago the scans may have ended. Scans that do not say when they ended are no evidence then."),
	review: described(/* @__PURE__ */ optional(/* @__PURE__ */ picklist([
		"block",
		"warn",
		"ignore"
	]), "warn"), "What results do that ask a person to look (kind `open` or `review`): `block` the train, be told in the reason (`warn`), or be `ignore`d.")
}), /* @__PURE__ */ check$2((g) => !g["commit-required"] || g.commit !== void 0, "`commit` beside `commit-required`"));
const role = "scans";
/** Sources and runners disagree by seconds or a few minutes; a scan that ended later than this from now did not. */
const futureMs = 3e5;
/** `SCAN_FAILED` → `scan-failed`. */
const kebab = (code) => code.toLowerCase().replaceAll("_", "-");
const plural$1 = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
function wrongSubject(run, config) {
	if (config.commit === void 0) return void 0;
	if (run.revision === null) return config["commit-required"] ? {
		state: "insufficient",
		code: "commit-unknown",
		text: `${run.tool} does not say which commit it scanned`
	} : void 0;
	const wanted = config.commit.toLowerCase();
	if (run.revision.toLowerCase().split(" ").some((id) => id.startsWith(wanted))) return void 0;
	return {
		state: "insufficient",
		code: "wrong-commit",
		text: `${run.tool} (${run.file}) scanned commit ${run.revision}, not ${config.commit}`
	};
}
function wrongAge(run, config, now) {
	const most = config["max-age"];
	if (most === void 0) return void 0;
	const ended = run.ended === null ? NaN : Date.parse(run.ended);
	const say = (code, text) => ({
		state: "insufficient",
		code,
		text: `${run.tool} (${run.file}) ${text}`
	});
	if (Number.isNaN(ended)) return say("age-unknown", "does not say when it ended");
	if (now - ended > most) return say("stale", `ended ${formatDuration(now - ended)} ago, more than ${formatDuration(most)}`);
	return ended - now > futureMs ? say("clock", `ended in the future (${run.ended}): do the clocks agree?`) : void 0;
}
function failed(run, scans) {
	if (run.execution !== "failed" || scans.problems.some((p) => p.file === run.file && p.tool === run.tool)) return;
	return {
		state: "error",
		code: "scan-failed",
		text: `${run.tool} (${run.file}) did not finish its scan`
	};
}
function missingTools(scans, config) {
	const names = [...new Set(scans.runs.map((run) => run.tool))];
	const there = new Set(names.map((name) => name.toLowerCase()));
	return (config.require ?? []).filter((name) => !there.has(name.toLowerCase())).map((name) => {
		const near = nearest(name, names);
		return {
			state: "insufficient",
			code: "tool-missing",
			text: `there is no scan by ${name} (${near === void 0 ? `found: ${names.join(", ") || "none"}` : `did you mean ${near}?`})`
		};
	});
}
/** The runs whose findings stand, and everything that is missing from the evidence, what could not be measured first. */
function weigh$1(scans, config, now) {
	const complaints = scans.problems.map(({ code, message }) => ({
		state: "error",
		code: kebab(code),
		text: message
	}));
	const sound = /* @__PURE__ */ new Set();
	for (const run of scans.runs) {
		const wrong = [
			failed(run, scans),
			wrongSubject(run, config),
			wrongAge(run, config, now)
		].filter((c) => c !== void 0);
		complaints.push(...wrong);
		if (wrong.length === 0 && run.execution !== "failed") sound.add(run);
	}
	complaints.push(...missingTools(scans, config));
	return {
		sound,
		complaints: [...complaints].sort((a, b) => a.state === b.state ? 0 : a.state === "error" ? -1 : 1)
	};
}
/** All complaints as one text; a matrix of scans can have very many. */
function told(complaints) {
	const texts = [...new Set(complaints.map((c) => c.text))];
	const more = texts.length - 5;
	return texts.slice(0, 5).join("; ") + (more > 0 ? `; and ${more} more` : "");
}
const blocks = (severity, config) => {
	const rank = severity === "unknown" ? config["unknown-severity"] : severity;
	return ranked.indexOf(rank) <= ranked.indexOf(config.block);
};
function tally(runs, config) {
	const blocking = /* @__PURE__ */ new Map();
	let [lower, review, suppressed] = [
		0,
		0,
		0
	];
	for (const run of runs) {
		for (const severity of [...ranked, "unknown"]) {
			const n = run.counted[severity];
			if (!blocks(severity, config)) lower += n;
			else if (n > 0) blocking.set(severity, (blocking.get(severity) ?? 0) + n);
		}
		review += run.review;
		suppressed += run.suppressed;
	}
	return {
		blocking,
		lower,
		review,
		suppressed
	};
}
/** `(CodeQL js/sql-injection in src/db.ts:41, …)`: the worst three of the sound runs. */
function examples(scans, sound, config) {
	const soundTools = new Set([...sound].map((run) => run.tool));
	const shown = scans.findings.filter((f) => {
		const run = f.run === void 0 ? void 0 : scans.runs[f.run];
		return blocks(f.severity, config) && (run ? sound.has(run) : soundTools.has(f.tool));
	});
	if (shown.length === 0) return "";
	return ` (${shown.slice(0, 3).map((f) => {
		const line = f.line === void 0 ? "" : `:${f.line}`;
		return `${f.tool} ${f.rule}${f.file === void 0 ? "" : ` in ${f.file}${line}`}`;
	}).join(", ")}${shown.length > 3 ? ", …" : ""})`;
}
function blockingText(scans, sound, { blocking }, config) {
	const n = [...blocking.values()].reduce((a, b) => a + b, 0);
	if (n === 0) return "";
	const parts = [...blocking].map(([severity, count]) => severity === "unknown" ? `${count} of unknown severity (counted as ${config["unknown-severity"]})` : `${count} ${severity}`);
	return `${plural$1(n, "finding")} of ${config.block} or worse: ${parts.join(", ")}${examples(scans, sound, config)}`;
}
function healthyText(scans, found, config) {
	const names = scans.runs.map((run) => `${run.tool}${run.toolVersion === void 0 ? "" : ` ${run.toolVersion}`}`);
	const shown = names.length > 8 ? [...names.slice(0, 8), "…"] : names;
	const silent = config.commit === void 0 ? [] : scans.runs.filter((run) => run.revision === null).map((r) => r.tool);
	return [
		`no finding of ${config.block} or worse in ${plural$1(names.length, "scan")} (${shown.join(", ")})`,
		found.lower > 0 ? `${found.lower} lower` : "",
		found.suppressed > 0 ? `${found.suppressed} suppressed` : "",
		found.review > 0 && config.review === "warn" ? `${plural$1(found.review, "result")} for a person to review` : "",
		silent.length > 0 ? `not said which commit was scanned: ${[...new Set(silent)].slice(0, 8).join(", ")}` : ""
	].filter((text) => text !== "").join("; ");
}
function judge$1(config, answers, now) {
	const proof = proveMeasured([role], answers);
	const answer = answers.find((a) => a.role === role);
	const measured = answer && "measurement" in answer ? answer.measurement : void 0;
	const scans = measured?.kind === "scans" ? measured : void 0;
	if (!scans) return isProof(proof) ? error("bad-answer", "the answer holds no scans") : proof;
	const { sound, complaints } = weigh$1(scans, config, now);
	const found = tally(sound, config);
	const review = config.review === "block" ? found.review : 0;
	const value = [...found.blocking.values()].reduce((a, b) => a + b, review);
	const missing = complaints.length === 0 ? "" : told(complaints);
	const details = { threshold: `0 of ${config.block} or worse` };
	if (value > 0 && isProof(proof)) return unhealthy(proof, "findings", [
		blockingText(scans, sound, found, config),
		review > 0 ? `${plural$1(review, "result")} for a person to review` : "",
		missing && `besides: ${missing}`
	].filter((part) => part !== "").join("; "), {
		...details,
		value,
		conclusive: true
	});
	const permanent = scans.settled ? { permanent: true } : {};
	const [worst] = complaints;
	if (worst && (isProof(proof) || worst.state === "error")) return (worst.state === "error" ? error : insufficient)(worst.code, missing, {
		...details,
		...permanent
	});
	if (!isProof(proof)) return proof;
	if (sound.size === 0) return insufficient("no-data", `no scan was read: ${scans.subject}`, details);
	return healthy(proof, "no-findings", healthyText(scans, found, config), {
		...details,
		value: 0
	});
}
const securityGate = defineGate({
	type: "security",
	family: "security",
	schema: schema$8,
	bind(config) {
		return {
			questions: () => /* @__PURE__ */ new Map([[role, { family: "security" }]]),
			judge: (answers, moment) => judge$1(config, answers, moment.now)
		};
	},
	lint: (config) => [...config.require === void 0 ? [{
		key: "require",
		message: "no `require`: a scanner that did not run at all is not missed"
	}] : [], ...config.commit === void 0 ? [{
		key: "commit",
		message: "no `commit`: results of an older commit count like those of this one"
	}] : []]
});
// build/judge/series.js
const reducers = [
	"max",
	"min",
	"sum",
	"avg",
	"all",
	"any"
];
/** All values of a measurement, or the first that is no finite number. One bad series spoils the whole: it could be the one that matters. */
function finiteValues(measurement) {
	const values = [];
	for (const { value, labels } of measurement.series) {
		if (typeof value !== "number" || !Number.isFinite(value)) return {
			ok: false,
			bad: value,
			labels: labelText(labels)
		};
		values.push(value);
	}
	return {
		ok: true,
		values
	};
}
/** `{code="500",pod="a"}`, or an empty text for a series without labels. */
function labelText(labels) {
	const entries = Object.entries(labels);
	return entries.length === 0 ? "" : `{${entries.map(([k, x]) => `${k}=${JSON.stringify(x)}`).join(",")}}`;
}
/**
* @param values at least one; `all` and `any` are not numbers but ways to compare, see the telemetry gate
*/
function reduce(values, reducer) {
	const sum = values.reduce((a, b) => a + b, 0);
	switch (reducer) {
		case "max": return values.reduce((a, b) => Math.max(a, b));
		case "min": return values.reduce((a, b) => Math.min(a, b));
		case "sum": return sum;
		case "avg": return sum / values.length;
	}
}
// build/judge/threshold.js
/** Thresholds: `< 1%`, `<= 250 ms`, `>= 99.9 %`, `== 0`. A threshold says what must hold. */
const units$1 = {
	ratio: {
		dimension: "ratio",
		times: 1,
		over: 1,
		suffix: ""
	},
	percent: {
		dimension: "ratio",
		times: 1,
		over: 100,
		suffix: " %"
	},
	us: {
		dimension: "time",
		times: 1,
		over: 1e6,
		suffix: " us"
	},
	ms: {
		dimension: "time",
		times: 1,
		over: 1e3,
		suffix: " ms"
	},
	s: {
		dimension: "time",
		times: 1,
		over: 1,
		suffix: " s"
	},
	min: {
		dimension: "time",
		times: 60,
		over: 1,
		suffix: " min"
	},
	h: {
		dimension: "time",
		times: 3600,
		over: 1,
		suffix: " h"
	},
	B: {
		dimension: "size",
		times: 1,
		over: 1,
		suffix: " B"
	},
	kB: {
		dimension: "size",
		times: 1e3,
		over: 1,
		suffix: " kB"
	},
	MB: {
		dimension: "size",
		times: 1e6,
		over: 1,
		suffix: " MB"
	},
	GB: {
		dimension: "size",
		times: 1e9,
		over: 1,
		suffix: " GB"
	},
	KiB: {
		dimension: "size",
		times: 1024,
		over: 1,
		suffix: " KiB"
	},
	MiB: {
		dimension: "size",
		times: 2 ** 20,
		over: 1,
		suffix: " MiB"
	},
	GiB: {
		dimension: "size",
		times: 2 ** 30,
		over: 1,
		suffix: " GiB"
	},
	number: {
		dimension: "number",
		times: 1,
		over: 1,
		suffix: ""
	}
};
const unitNames = Object.keys(units$1);
const main_form = /^(<=|>=|==|<|>)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%|[A-Za-z]*)$/i;
/** @returns undefined when the text is no threshold or its unit is unknown */
function parseThreshold(text) {
	const [, operator, amount, suffix] = main_form.exec(text.trim()) ?? [];
	if (operator === void 0 || amount === void 0 || suffix === void 0) return void 0;
	const unit = suffix === "%" ? "percent" : suffix === "" ? "number" : suffix;
	const limit = Number(amount);
	if (!(unit in units$1) || !Number.isFinite(limit)) return void 0;
	return {
		operator,
		limit,
		unit
	};
}
/** `5 %` → `percent`: whether a value in `valueUnit` can be held against the threshold at all. */
const comparable = (threshold, valueUnit) => units$1[threshold.unit].dimension === units$1[valueUnit].dimension;
/** The unit that a value is in when the policy does not say: none for a time or a size, since guessing there is off by 1000. */
function assumedUnit(threshold) {
	if (threshold.unit === "number") return "number";
	return units$1[threshold.unit].dimension === "ratio" ? "ratio" : void 0;
}
/** In the base unit of the dimension. Dividing keeps 35 % at 0.35, where multiplying by 0.01 would not. */
const base = (value, unit) => value * units$1[unit].times / units$1[unit].over;
/** Whether a finite value satisfies the threshold; anything that is not a finite number satisfies nothing. */
function satisfies(value, valueUnit, threshold) {
	if (!Number.isFinite(value)) return false;
	const x = base(value, valueUnit);
	const limit = base(threshold.limit, threshold.unit);
	switch (threshold.operator) {
		case "<": return x < limit;
		case "<=": return x <= limit;
		case ">": return x > limit;
		case ">=": return x >= limit;
		case "==": return x === limit;
	}
}
/** The value in the threshold's unit. */
const inUnitOf = (threshold, value, valueUnit) => base(value, valueUnit) * units$1[threshold.unit].over / units$1[threshold.unit].times;
/** As people write it: three significant digits and the unit, `0.834 %`, `212 ms`. */
function formatValue(value, unit) {
	return `${Math.abs(value) >= 1e3 ? Math.round(value) : Number(value.toPrecision(3))}${units$1[unit].suffix}`;
}
/** The threshold as the report writes it: `< 1 %`. The limit stands as the policy gave it. */
const formatThreshold = ({ operator, limit, unit }) => `${operator} ${limit}${units$1[unit].suffix}`;
/**
* The value as people write it, with as many digits as it takes not to look like the limit that it misses:
* 1.0004 % against `< 1 %` must not read "1 %, over 1 %".
*/
function formatAgainst(value, valueUnit, threshold) {
	const x = inUnitOf(threshold, value, valueUnit);
	const short = formatValue(x, threshold.unit);
	return short === formatValue(threshold.limit, threshold.unit) && x !== threshold.limit ? `${Number(x.toPrecision(12))}${units$1[threshold.unit].suffix}` : short;
}
// build/sources/source.js
const overTime$1 = [
	"last",
	"max",
	"min",
	"avg"
];
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
var NotMeasured = class extends Error {
	code;
	permanent;
	constructor(code, message, options = {}) {
		super(message, { cause: options.cause });
		this.name = "NotMeasured";
		this.code = code;
		this.permanent = options.permanent ?? false;
	}
};
// build/gates/telemetry.js
/** Gate `telemetry`: a value that a telemetry source gives must satisfy a threshold. */
const thresholdField = /* @__PURE__ */ pipe(/* @__PURE__ */ string$1(), /* @__PURE__ */ check$2((text) => parseThreshold(text) !== void 0, "a threshold such as `< 1%`, `<= 250 ms` or `>= 99.9 %`"));
const withShape = /* @__PURE__ */ pipe(/* @__PURE__ */ strictObject({
	query: described(/* @__PURE__ */ optional(filled), "What to ask the source, in its own language; gives the value."),
	failures: described(/* @__PURE__ */ optional(filled), "In place of `query`: gives the number of failed events. The value is `failures` / `total`, a ratio."),
	total: described(/* @__PURE__ */ optional(filled), "With `failures`: gives the number of all events."),
	threshold: described(thresholdField, "What the value must satisfy, e.g. `< 1%`."),
	"hard-limit": described(/* @__PURE__ */ optional(thresholdField), "What the value must satisfy even for one round and even while warming up; if it does not, the train stops at once."),
	unit: described(/* @__PURE__ */ optional(/* @__PURE__ */ picklist(unitNames)), "What the query returns. Default: `ratio` when the threshold is in percent, a plain number when it has no unit; must be given when the threshold is a time or a size."),
	reduce: described(/* @__PURE__ */ optional(/* @__PURE__ */ picklist(reducers)), "What to do with more than one series: reduce them to one number, or compare `all` or `any` of them. Without it more than one series is an error."),
	window: described(/* @__PURE__ */ optional(duration, "5m"), "How far back the question looks; never further than the end of the warm-up."),
	range: described(/* @__PURE__ */ optional(/* @__PURE__ */ strictObject({
		every: described(duration, "Distance of the samples."),
		reduce: described(/* @__PURE__ */ picklist(overTime$1), "How each series becomes one value.")
	})), "Sample the window instead of asking once at its end."),
	events: described(/* @__PURE__ */ optional(filled), "Query that gives how many events stand behind the value."),
	"min-events": described(/* @__PURE__ */ optional(whole(1)), "With fewer events the evidence is insufficient. Needs `events`, or `failures` and `total`."),
	"max-age": described(/* @__PURE__ */ optional(duration, "5m"), "How old the newest raw sample may be.")
}), /* @__PURE__ */ check$2((g) => g.query !== void 0 !== (g.failures !== void 0 || g.total !== void 0), "either `query`, or `failures` and `total`"), /* @__PURE__ */ check$2((g) => g.failures === void 0 === (g.total === void 0), "`failures` and `total` together"), /* @__PURE__ */ check$2((g) => g["min-events"] === void 0 || g.events !== void 0 || g.total !== void 0, "`events` beside `min-events`"), /* @__PURE__ */ check$2((g) => thresholds(g).length === 0 || valueUnit(g) !== void 0, "`unit` beside a threshold that is a time or a size (does the query return s or ms?)"), /* @__PURE__ */ check$2((g) => {
	const unit = valueUnit(g);
	return unit === void 0 || thresholds(g).every((t) => comparable(t, unit));
}, "`unit`, `threshold` and `hard-limit` of the same kind"), /* @__PURE__ */ check$2((g) => g.range === void 0 || g.range.every > 0, "`range.every` longer than nothing"));
const thresholds = (g) => [g.threshold, g["hard-limit"]].flatMap((text) => text === void 0 ? [] : parseThreshold(text) ?? []);
function valueUnit(g) {
	if (g.failures !== void 0) return "ratio";
	const [threshold] = thresholds(g);
	return g.unit ?? (threshold && assumedUnit(threshold));
}
function questions(config, moment) {
	const start = moment.now > moment.settledAt ? moment.settledAt : moment.deployedAt;
	const window = {
		from: Math.min(moment.now, Math.max(start, moment.now - config.window)),
		to: moment.now
	};
	const ranged = config.range ? { range: {
		everyMs: config.range.every,
		reduce: config.range.reduce
	} } : {};
	const asked = /* @__PURE__ */ new Map();
	for (const role of [
		"query",
		"failures",
		"total",
		"events"
	]) {
		const query = config[role];
		if (query !== void 0) asked.set(role, {
			family: "telemetry",
			query,
			window,
			...role === "query" ? ranged : {}
		});
	}
	return asked;
}
/** The one number of a count's measurement, or the reading that says why there is none. */
function single(role, samples, reducer) {
	if (samples.series.length === 0) return insufficient("no-data", [`${role} gave no series: ${samples.subject}`, ...samples.notes].join("; "));
	const finite = finiteValues(samples);
	if (!finite.ok) return insufficient("not-a-number", `${role} gave ${finite.bad ?? "null"}${finite.labels && ` for ${finite.labels}`}`);
	const [only] = finite.values;
	if (finite.values.length === 1 && only !== void 0) return only;
	if (reducer === void 0) return error("many-series", `${role} gave ${finite.values.length} series; aggregate them in the query or write \`reduce\``, { permanent: true });
	return reducer === "all" || reducer === "any" ? finite.values : reduce(finite.values, reducer);
}
const isReading = (x) => typeof x === "object" && "state" in x;
/** Sources and runners disagree by seconds; by more than this the ages that are judged mean nothing. */
const skewMs = 6e4;
/** Whether the evidence is of this release and recent; undefined when it is. */
function staleness(samples, config, moment) {
	if (samples.newest === null) return insufficient("age-unknown", `no raw sample stands behind the answer: ${samples.subject}`);
	const newest = Date.parse(samples.newest);
	if (newest < moment.deployedAt) return insufficient("before-deployment", `the newest sample (${samples.newest}) is older than the deployment`);
	if (moment.now - newest > config["max-age"]) return insufficient("stale", `the newest sample is ${formatDuration(moment.now - newest)} old, more than ${formatDuration(config["max-age"])}`);
	if (newest - moment.now > skewMs) return error("clock-skew", `the newest sample (${samples.newest}) lies in the future: do the clocks agree?`);
}
function judge(config, proof, moment) {
	for (const samples of proof.measured.values()) {
		const stale = staleness(samples, config, moment);
		if (stale) return stale;
	}
	const numbers = /* @__PURE__ */ new Map();
	for (const [role, samples] of proof.measured) {
		const number = single(role, samples, role === "query" ? config.reduce : "sum");
		if (isReading(number)) return number;
		numbers.set(role, number);
	}
	const counted = numbers.get("total") ?? numbers.get("events");
	const events = typeof counted === "number" ? { events: counted } : {};
	if (typeof counted === "number") {
		const least = config["min-events"] ?? (config.total === void 0 ? 0 : 1);
		if (counted < least) return insufficient("too-few-events", `${Math.floor(counted)} of at least ${least} events so far`, events);
	}
	return compare$1(config, proof, [numbers.get("query") ?? Number(numbers.get("failures")) / Number(numbers.get("total"))].flat(), events);
}
function compare$1(config, proof, values, events) {
	const unit = valueUnit(config) ?? "number";
	const threshold = parseThreshold(config.threshold);
	if (threshold === void 0) return error("bad-threshold", `cannot read the threshold ${config.threshold}`, { permanent: true });
	const impossible = values.find((x) => !Number.isFinite(x) || unit === "ratio" && config.unit === void 0 && (x < 0 || x > 1));
	if (impossible !== void 0) return error("not-a-ratio", `${impossible} is no share between 0 and 1; if the query returns percent write \`unit: percent\`, if it may exceed 1 write \`unit: ratio\``, events);
	const holds = (t) => values[config.reduce === "any" ? "some" : "every"]((x) => satisfies(x, unit, t));
	const against = (t) => {
		const decider = values.find((x) => satisfies(x, unit, t) === (config.reduce === "any")) ?? values[0] ?? NaN;
		const shown = formatAgainst(decider, unit, t);
		return {
			value: inUnitOf(t, decider, unit),
			threshold: formatThreshold(t),
			shown,
			...events
		};
	};
	const hard = config["hard-limit"] === void 0 ? void 0 : parseThreshold(config["hard-limit"]);
	if (hard && !holds(hard)) {
		const details = against(hard);
		return unhealthy(proof, "over-hard-limit", `${details.shown} breaks the hard limit ${details.threshold}`, {
			...details,
			conclusive: true
		});
	}
	const details = against(threshold);
	return holds(threshold) ? healthy(proof, "within-threshold", `${details.shown} satisfies ${details.threshold}`, details) : unhealthy(proof, "over-threshold", `${details.shown} does not satisfy ${details.threshold}`, details);
}
// build/gates/index.js
/** Every kind of gate: one line each. */
const gateTypes = [
	defineGate({
		type: "telemetry",
		family: "telemetry",
		schema: withShape,
		bind(config) {
			return {
				questions: (moment) => questions(config, moment),
				judge(answers, moment) {
					const proof = proveMeasured([...questions(config, moment).keys()], answers);
					return isProof(proof) ? judge(config, proof, moment) : proof;
				}
			};
		},
		lint: (config) => config["min-events"] === void 0 ? [{
			key: "threshold",
			message: "no `min-events`: one failed request of one is judged like a thousand of a thousand"
		}] : []
	}),
	securityGate,
	flagsGate
];
const gateTypeOf = (type) => gateTypes.find((t) => t.type === type);
// build/host/guarded.js
function guarded(host, redactor) {
	const mask = (text) => redactor.text(text);
	return {
		kind: host.kind,
		facts: host.facts,
		summaryFlavour: host.summaryFlavour,
		get columns() {
			return host.columns;
		},
		get colour() {
			return host.colour;
		},
		outputFolder: host.outputFolder,
		...host.longestJobMs === void 0 ? {} : { longestJobMs: host.longestJobMs },
		input: (name) => host.input(name),
		secret(value) {
			redactor.add(value);
			host.secret(value);
		},
		log: (text) => host.log(mask(text)),
		progress: (percent, text) => host.progress(percent, mask(text)),
		annotate: (annotation) => host.annotate({
			...annotation,
			title: mask(annotation.title),
			message: mask(annotation.message)
		}),
		output: (name, value) => host.output(name, mask(value)),
		summary: (path) => host.summary(path),
		finish: (result, message, exitCode) => host.finish(result, mask(message), exitCode)
	};
}
// build/train/clock.js
/** Time, handed in, so that an hour's bake is tested in milliseconds. */
const systemClock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		try {
			await (0,external_node_timers_promises_namespaceObject.setTimeout)(Math.max(0, ms), void 0, signal ? { signal } : {});
		} catch (error) {
			if (!signal?.aborted) throw error;
		}
	}
};
/** The instant as the record writes it. */
const iso = (ms) => new Date(ms).toISOString();
// build/sources/text.js
/** Texts from outside, made fit for a reason, a note or a table. */
/** Control characters and line breaks become spaces, and what is longer than `most` characters is cut. */
function oneLine(text, most = 200) {
	const flat = text.slice(0, most * 20).replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
	if (flat.length <= most) return flat.replace(/[\uD800-\uDBFF]$/, "");
	return `${flat.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "").trimEnd()}…`;
}
// build/sources/workspace.js
/** Files that a policy names. They stay inside the workspace, symbolic links included, so that no report can point elsewhere. */
const leadsOut = (relative) => relative === ".." || relative.startsWith(`..${external_node_path_namespaceObject.sep}`) || external_node_path_namespaceObject.isAbsolute(relative);
/** Whether a path or a glob leaves the workspace by its letters alone; asks no disk. */
function namedOutside(workspace, pathOrGlob) {
	return leadsOut(external_node_path_namespaceObject.relative(workspace, external_node_path_namespaceObject.resolve(workspace, pathOrGlob)));
}
/**
* Finds a path of the workspace.
*
* @returns undefined when it lies outside, by its name or through a symbolic link
* @throws the file system's error when it is not there or may not be read
*/
async function locate(workspace, named) {
	const wanted = external_node_path_namespaceObject.resolve(workspace, named);
	const relative = external_node_path_namespaceObject.relative(workspace, wanted);
	if (leadsOut(relative)) return void 0;
	const [root, absolute] = await Promise.all([(0,promises_namespaceObject.realpath)(workspace), (0,promises_namespaceObject.realpath)(wanted)]);
	if (leadsOut(external_node_path_namespaceObject.relative(root, absolute))) return void 0;
	return {
		absolute,
		name: relative.split(external_node_path_namespaceObject.sep).join("/") || "."
	};
}
/** The file system's error code (`ENOENT`, `EACCES`…), or an empty text. */
const errorCode = (error) => typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
// build/sources/flags/flagd.js
/**
* Source `flagd`: flag definitions of flagd in a file of the workspace. The definition is read for what it says of everyone,
* and evaluated with flagd's own evaluator for what it serves to one context.
*/
const schema$7 = /* @__PURE__ */ strictObject({ file: described(filled, "flagd's definitions (JSON), relative to the workspace. Read anew in every round.") });
/** Only what is read here; flagd's evaluator checks the rest. */
const definition = /* @__PURE__ */ looseObject({
	state: /* @__PURE__ */ picklist(["ENABLED", "DISABLED"]),
	variants: /* @__PURE__ */ looseObject({})
});
/** In place of the console. The evaluator tells of rules that came to nothing only at level debug. */
function listener(heard) {
	const hear = (...parts) => void heard.push(oneLine(parts.map(String).join(" ")));
	return {
		error: hear,
		warn: hear,
		info: hear,
		debug: hear
	};
}
const unusable = (file, what) => new NotMeasured("bad-definition", `${file} ${what}`, { permanent: true });
async function readText(file, workspace, signal) {
	let bytes;
	try {
		const located = await locate(workspace, file);
		if (!located) throw new NotMeasured("outside-workspace", `${file} lies outside the workspace: copy it into it`, { permanent: true });
		bytes = await (0,promises_namespaceObject.readFile)(located.absolute, { signal });
	} catch (error) {
		if (error instanceof NotMeasured) throw error;
		if (signal.aborted) throw new NotMeasured("timeout", `reading ${file} took longer than the round may`);
		const code = errorCode(error);
		const message = code === "ENOENT" ? `there is no file ${file} in the workspace` : `${file} cannot be read (${code})`;
		throw new NotMeasured(code === "ENOENT" ? "no-file" : "unreadable", message, { permanent: true });
	}
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		throw unusable(file, "is no valid UTF-8");
	}
}
/** The flags by name, from flagd's map form or its list form. */
function flagsOf(parsed, file) {
	const root = /* @__PURE__ */ safeParse(/* @__PURE__ */ looseObject({ flags: /* @__PURE__ */ union([/* @__PURE__ */ array(/* @__PURE__ */ unknown()), /* @__PURE__ */ looseObject({})]) }), parsed);
	if (!root.success) throw unusable(file, "is no flagd definition: expected `{ \"flags\": … }`");
	const raw = root.output.flags;
	const entries = Array.isArray(raw) ? raw.map((entry, index) => {
		const keyed = /* @__PURE__ */ safeParse(/* @__PURE__ */ looseObject({ key: filled }), entry);
		if (!keyed.success) throw unusable(file, `has an entry without a \`key\` at position ${index + 1} of \`flags\``);
		return [keyed.output.key, entry];
	}) : Object.entries(raw);
	const flags = /* @__PURE__ */ new Map();
	for (const [key, entry] of entries) {
		const checked = /* @__PURE__ */ safeParse(definition, entry);
		if (!checked.success) throw unusable(file, `has no valid \`state\` and \`variants\` for the flag ${oneLine(key, 60)}`);
		if (flags.has(key)) throw unusable(file, `defines the flag ${oneLine(key, 60)} twice`);
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
	} catch {
		throw unusable(file, "is no valid JSON");
	}
	const flags = flagsOf(parsed, file);
	const { FlagdCore } = await __nccwpck_require__.e(/* import() */ 427).then(__nccwpck_require__.bind(__nccwpck_require__, 5427));
	const core = new FlagdCore(void 0, listener([]), { disableDynamicCodeGeneration: true });
	try {
		core.setConfigurations(JSON.stringify({
			...parsed,
			flags: Object.fromEntries(flags)
		}));
	} catch {
		throw unusable(file, "is refused by flagd: check it against https://flagd.dev/schema/v0/flags.json");
	}
	return {
		flags,
		core
	};
}
/** Without rules the default variant is served, whoever asks. */
const hasRules = ({ targeting }) => targeting !== void 0 && targeting !== null && !(typeof targeting === "object" && Object.keys(targeting).length === 0);
async function ask$2(config, question, context, signal) {
	const { flags, core } = await read(config, context.workspace, signal);
	const { flag } = question;
	const common = {
		kind: "flag",
		subject: `flag ${flag} in ${config.file}`,
		query: `${config.file} ${flag} ${JSON.stringify(question.context)}`,
		at: iso(context.clock.now()),
		partial: false,
		flag,
		context: { ...question.context }
	};
	const found = flags.get(flag);
	const compiled = core.getFlag(flag);
	if (!found || !compiled) {
		const near = nearest(flag, [...flags.keys()]);
		const notes = [near === void 0 ? `${config.file} defines ${flags.size} others` : `did you mean ${near}?`];
		const nothing = {
			exists: false,
			enabled: null,
			value: null,
			variant: null,
			reason: "FLAG_NOT_FOUND"
		};
		return {
			...common,
			...nothing,
			seen: 0,
			scope: "context",
			notes
		};
	}
	const there = {
		...common,
		seen: 1,
		exists: true
	};
	if (found.state === "DISABLED") {
		const disabled = {
			enabled: false,
			value: null,
			variant: null,
			reason: "DISABLED",
			scope: "everyone"
		};
		return {
			...there,
			...disabled,
			notes: []
		};
	}
	const notes = [];
	const served = compiled.evaluate({ ...question.context }, listener(notes));
	if (served.reason === "ERROR") throw new NotMeasured("evaluation-failed", `${config.file}: ${oneLine(served.errorMessage ?? "no reason given")}`, { permanent: true });
	return {
		...there,
		enabled: true,
		value: served.value ?? null,
		variant: served.variant ?? null,
		reason: served.reason,
		scope: hasRules(found) ? "context" : "everyone",
		notes
	};
}
const flagdSource = defineSource({
	type: "flagd",
	family: "flags",
	schema: schema$7,
	open: (config, context) => ({ ask: (question, signal) => ask$2(config, question, context, signal) })
});
// build/net/auth.js
/** The ways to sign in that need nothing but what the policy gives. */
/** Fields of a source's schema; with the check `oneWayToSignIn`. */
const authFields = {
	token: described(/* @__PURE__ */ optional(secret), "Sent as `Authorization: Bearer …`."),
	username: described(/* @__PURE__ */ optional(filled), "For basic authentication, with `password`."),
	password: described(/* @__PURE__ */ optional(secret), "For basic authentication, with `username`.")
};
const signsInOneWay = (config) => config.username === void 0 === (config.password === void 0) && (config.token === void 0 || config.username === void 0);
/** What `signsInOneWay` expects. */
const oneWayToSignIn = "either `token`, or `username` and `password` together";
/** @returns the headers that sign in, none without a credential */
function authorization({ token, username, password }) {
	if (token !== void 0) return { authorization: `Bearer ${token}` };
	if (username === void 0) return {};
	return { authorization: `Basic ${Buffer.from(`${username}:${password ?? ""}`).toString("base64")}` };
}
// build/net/errors.js
/** What went wrong on the way to a server, in words. */
const isLoopback = (hostname) => hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
/** Headers whose values are credentials: never in clear over a network, never in a message. */
const secretHeaders = /* @__PURE__ */ new Set([
	"authorization",
	"x-api-key",
	"api-key",
	"cookie"
]);
/**
* `Retry-After` in milliseconds (RFC 9110, 10.2.3): a number of seconds or a date; 0 when there is none, or it is no such thing.
*
* @param now milliseconds since the epoch
*/
function retryAfterMs(header, now) {
	if (header === void 0) return 0;
	const text = header.trim();
	if (/^\d+$/.test(text)) return Number(text) * 1e3;
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
	const said = oneLine(wordsOf(body), 300);
	const secrets = Object.entries(sent).filter(([name]) => secretHeaders.has(name.toLowerCase())).map(([, value]) => value.replace(/^(?:bearer|basic)\s+/i, ""));
	return said === "" || secrets.some((secret) => body.includes(secret)) ? "" : `: ${said}`;
}
function wordsOf(body) {
	let json;
	try {
		json = JSON.parse(body);
	} catch {
		return body.length <= 1e3 && !/[<{]/.test(body) ? body : "";
	}
	if (typeof json !== "object" || json === null) return "";
	const { error, message, detail, title } = json;
	return [
		error,
		message,
		detail,
		typeof error === "object" && error !== null ? error.message : void 0,
		title
	].find((x) => typeof x === "string") ?? "";
}
const certificate = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/;
/**
* Turns what `node:http` threw into a `NotMeasured`; one that is none already. Names the origin only, since a query may hold
* secrets.
*
* @param proxy host and port of the proxy that the request went through
*/
function failureOf$1(error, url, signal, proxy) {
	if (error instanceof NotMeasured) return error;
	const through = proxy === void 0 ? "" : ` through the proxy ${proxy}`;
	if (signal.aborted) return new NotMeasured("timeout", `${url.origin} did not answer in time${through}`);
	const code = String(error.code ?? "");
	if (code === "ECONNREFUSED") return new NotMeasured("refused", `nothing listens at ${proxy ?? url.origin}`);
	if (code === "ENOTFOUND" || code === "EAI_AGAIN") return new NotMeasured("dns", `the name ${proxy ?? url.hostname} cannot be resolved: is it right, and known from here?`);
	if (code === "ERR_INVALID_CHAR") return new NotMeasured("bad-credential", `a header for ${url.origin} cannot be sent: does the credential hold a line break?`, { permanent: true });
	if (certificate.test(code)) return new NotMeasured("tls", `no secure connection to ${url.origin}${through} (${code}): is it https, and does NODE_EXTRA_CA_CERTS name its authority?`, { permanent: true });
	return new NotMeasured("connection", `the connection to ${url.origin}${through} broke (${code || error.name})`);
}
// build/net/json.js
/** JSON answers: the parsed body, or why it is none. */
/** @throws {NotMeasured} `bad-answer` when the body is no JSON, as a login page is not */
function parseJson(response, origin) {
	try {
		return JSON.parse(response.text);
	} catch {
		const type = oneLine(response.headers["content-type"] ?? "no content type", 60);
		throw new NotMeasured("bad-answer", `${origin} answered ${response.status} with ${type}, not with JSON: is the URL right?`);
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
	const said = sent === void 0 ? "" : serverWords(response.text, sent);
	if (response.status === 401) throw new NotMeasured("unauthorized", `${origin} does not accept the credential, or wants one (401)${said}`);
	if (response.status === 403) throw new NotMeasured("forbidden", `${origin} refuses the request (403), it needs ${needs}${said}`);
	if (response.status === 404) throw new NotMeasured("not-found", `${origin} knows no such address (404): is the URL right?`, { permanent: true });
}
const schema$6 = /* @__PURE__ */ pipe(/* @__PURE__ */ strictObject({
	url: described(httpUrl, "Base URL of the service; `/ofrep/v1/evaluate/flags/…` is added to it."),
	token: authFields.token,
	"api-key": described(/* @__PURE__ */ optional(secret), "Sent as `X-API-Key`.")
}), /* @__PURE__ */ check$2((c) => c.token === void 0 || c["api-key"] === void 0, "either `token` or `api-key`"));
/** Reasons of OpenFeature that hold for every context. */
const forEveryone = /* @__PURE__ */ new Set(["STATIC", "DISABLED"]);
async function ask$1(config, question, context, signal) {
	const { flag } = question;
	if (/^\.{1,2}$/.test(flag)) throw new NotMeasured("bad-query", `a flag called ${flag} cannot be asked for: its name would change the address`, { permanent: true });
	const url = `${config.url}/ofrep/v1/evaluate/flags/${encodeURIComponent(flag)}`;
	const body = JSON.stringify({ context: question.context });
	const response = await context.http.send({
		url,
		method: "POST",
		headers: {
			accept: "application/json",
			"content-type": "application/json",
			...authorization({ token: config.token }),
			...config["api-key"] === void 0 ? {} : { "x-api-key": config["api-key"] }
		},
		body,
		signal
	});
	const common = {
		kind: "flag",
		subject: `flag ${flag}`,
		query: `POST ${url} ${body}`,
		at: iso(context.clock.now()),
		partial: false,
		flag,
		scope: "context",
		context: { ...question.context }
	};
	const answer = understand(response, flag, config);
	if (answer === "unknown") {
		const nothing = {
			exists: false,
			enabled: null,
			value: null,
			variant: null,
			reason: "FLAG_NOT_FOUND"
		};
		return {
			...common,
			...nothing,
			seen: 0,
			notes: []
		};
	}
	const reason = answer.reason ?? "UNKNOWN";
	return {
		...common,
		seen: 1,
		notes: [],
		exists: true,
		enabled: reason.toUpperCase() === "DISABLED" ? false : null,
		value: answer.value ?? null,
		variant: answer.variant ?? null,
		reason: oneLine(reason, 60),
		scope: forEveryone.has(reason.toUpperCase()) ? "everyone" : "context"
	};
}
const success$1 = /* @__PURE__ */ object({
	key: /* @__PURE__ */ string$1(),
	reason: /* @__PURE__ */ nullish(/* @__PURE__ */ string$1()),
	variant: /* @__PURE__ */ nullish(/* @__PURE__ */ string$1()),
	value: /* @__PURE__ */ optional(/* @__PURE__ */ unknown())
});
const refusal$1 = /* @__PURE__ */ object({
	errorCode: /* @__PURE__ */ string$1(),
	errorDetails: /* @__PURE__ */ nullish(/* @__PURE__ */ string$1())
});
function understand(response, flag, config) {
	const { status } = response;
	const refused = /* @__PURE__ */ safeParse(refusal$1, looseJson(response.text));
	const code = refused.success ? refused.output.errorCode : void 0;
	const said = refused.success ? `: ${clean(`${code} ${refused.output.errorDetails ?? ""}`, config)}` : "";
	if (status === 404 && code === "FLAG_NOT_FOUND") return "unknown";
	refuseDenied(response, config.url, "the right to evaluate flags");
	if (refused.success) {
		const permanent = code === "INVALID_CONTEXT" || code === "TARGETING_KEY_MISSING";
		throw new NotMeasured("evaluation-failed", `${flag} cannot be evaluated at ${config.url}${said}`, { permanent });
	}
	const bad = (what) => new NotMeasured("bad-answer", `${config.url} ${what}`);
	if (status !== 200) throw bad(`answered ${status}, expected 200`);
	const parsed = /* @__PURE__ */ safeParse(success$1, parseJson(response, config.url));
	if (!parsed.success) throw bad("answered something that is not OFREP: is the URL right?");
	const answer = parsed.output;
	if (answer.key !== flag) throw bad(`answered for the flag ${oneLine(answer.key, 60)}, asked was ${flag}`);
	if (answer.reason?.toUpperCase() === "ERROR") throw new NotMeasured("evaluation-failed", `${flag} cannot be evaluated at ${config.url}: it gives no reason`);
	return answer;
}
/** A service may repeat in its answer what was sent to it. */
function clean(text, config) {
	return oneLine([config.token, config["api-key"]].filter((x) => x !== void 0).reduce((t, s) => t.replaceAll(s, "***"), text));
}
/** The body, when it is JSON; an error's body need not be. */
function looseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
// build/sources/flags/index.js
const flagSources = [flagdSource, defineSource({
	type: "ofrep",
	family: "flags",
	schema: schema$6,
	open: (config, context) => ({ ask: (question, signal) => ask$1(config, question, context, signal) })
})];
// build/record/hash.js
/** SHA-256 in hexadecimal. `node:crypto` costs several milliseconds of start-up, so it loads with the first hash. */
const sha256 = (data) => process.getBuiltinModule("node:crypto").createHash("sha256").update(data).digest("hex");
// build/sources/security/sarif/files.js
/** Which files of the workspace the policy's patterns name. What cannot be looked into is a problem, never just not there. */
/** What lies in a folder that is named in place of a pattern. */
const inFolder = ["**/*.sarif", "**/*.sarif.json"];
const looksLikeReport = /\.sarif(\.json)?$/i;
/**
* @param patterns paths or globs relative to the workspace; a folder stands for the SARIF files in it
* @returns the files in the order of their names, each once however many patterns name it
*/
async function findFiles(workspace, patterns, signal) {
	const found = /* @__PURE__ */ new Map();
	const problems = [];
	for (const written of patterns) {
		const pattern = process.platform === "win32" ? written.replaceAll("\\", "/") : written;
		if (namedOutside(workspace, pattern)) {
			problems.push(outside(pattern));
			continue;
		}
		const names = await matches(workspace, pattern, problems, signal);
		if (names.length === 0) problems.push({
			code: "NO_REPORT",
			message: `no file matches ${pattern}: did the scan run, and does it write its SARIF there?`,
			file: pattern
		});
		for (const name of names) try {
			const file = await locate(workspace, name);
			if (!file) problems.push(outside(name));
			else if (!found.has(file.absolute)) found.set(file.absolute, file);
		} catch (error) {
			problems.push({
				code: "UNREADABLE",
				message: `${name} cannot be read (${errorCode(error)})`,
				file: name
			});
		}
	}
	return {
		files: [...found.values()].sort((a, b) => a.name < b.name ? -1 : 1),
		problems
	};
}
const outside = (name) => ({
	code: "OUTSIDE_WORKSPACE",
	message: `${name} lies outside the workspace, by its name or through a symbolic link: copy the results into the workspace`,
	file: name
});
const kindOf = (absolute) => new Promise((resolve) => {
	(0,external_node_fs_namespaceObject.stat)(absolute, (error, stats) => resolve(error ? void 0 : stats.isDirectory() ? "folder" : "file"));
});
/** Names relative to the workspace. What is there by that very name is taken literally, whatever signs are in it. */
async function matches(workspace, pattern, problems, signal) {
	const named = external_node_path_namespaceObject.resolve(workspace, pattern);
	const kind = await kindOf(named);
	if (kind === "file") return [external_node_path_namespaceObject.relative(workspace, named)];
	const folder = kind === "folder" ? named : workspace;
	const { glob } = await __nccwpck_require__.e(/* import() */ 448).then(__nccwpck_require__.bind(__nccwpck_require__, 6448));
	const unseen = (name, error) => {
		if (error) {
			const file = external_node_path_namespaceObject.relative(workspace, name);
			problems.push({
				code: "UNREADABLE",
				message: `${file} cannot be looked into (${errorCode(error)})`,
				file
			});
		}
	};
	return (await glob(kind === "folder" ? inFolder : pattern, {
		cwd: folder,
		dot: true,
		expandDirectories: false,
		signal,
		fs: {
			readdir(name, options, done) {
				(0,external_node_fs_namespaceObject.readdir)(name, options, (error, files) => {
					if (error?.code !== "ENOENT") unseen(name, error);
					done(error, files);
				});
			},
			realpath(name, done) {
				(0,external_node_fs_namespaceObject.realpath)(name, (error, resolved) => {
					if (looksLikeReport.test(name)) unseen(name, error);
					done(error, resolved);
				});
			}
		}
	})).map((name) => external_node_path_namespaceObject.relative(workspace, external_node_path_namespaceObject.resolve(folder, name))).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}
// build/sources/security/sarif/shape.js
/** Safe ways into JSON of unknown shape. Nothing here throws. */
/** The value as a map; undefined when it is none (a list is none). */
const asObject = (x) => typeof x === "object" && x !== null && !Array.isArray(x) ? x : void 0;
/** The value as a list; undefined when it is none. */
const asArray = (x) => Array.isArray(x) ? x : void 0;
/** The value as a text with something in it; undefined otherwise. */
const asText$1 = (x) => typeof x === "string" && x.trim() !== "" ? x : void 0;
/** The value as a position in a list; undefined when absent, or -1 as SARIF writes absent. */
const asIndex = (x) => typeof x === "number" && Number.isSafeInteger(x) && x >= 0 ? x : void 0;
/** Absent, or null as some writers put it. */
const isAbsent = (x) => x === void 0 || x === null;
// build/sources/security/sarif/read.js
/** Stage 0: from a file to the runs of a SARIF 2.1.0 log, or the reason why it is no evidence. */
/** V8 holds no longer text (Node 20 and 24), and JSON.parse needs the whole text. */
const longestReport = 536870888;
/** The bytes of one report, or why there are none. */
async function readBytes(file, longest = longestReport) {
	const bad = (code, message) => ({
		code,
		message: `${file.name} ${message}`,
		file: file.name
	});
	try {
		const handle = await (0,promises_namespaceObject.open)(file.absolute, "r");
		try {
			const { size } = await handle.stat().then((stats) => stats.isFile() ? stats : { size: void 0 });
			if (size === void 0) return bad("UNREADABLE", "is no file");
			if (size === 0) return bad("EMPTY_FILE", "is empty: the scanner wrote nothing");
			if (size > longest) return bad("TOO_LARGE", `has ${size} bytes, more than the ${longest} that can be read: split it by tool`);
			return await handle.readFile();
		} finally {
			await handle.close();
		}
	} catch (error) {
		return bad("UNREADABLE", `cannot be read (${errorCode(error)})`);
	}
}
/** UTF-8 with or without a byte order mark is what SARIF allows; UTF-16 is what PowerShell's `>` makes of it. */
function decode$1(bytes) {
	const [a, b] = bytes;
	const wide = a === 255 && b === 254 ? "utf-16le" : a === 254 && b === 255 ? "utf-16be" : void 0;
	try {
		return {
			text: new TextDecoder(wide ?? "utf-8", { fatal: true }).decode(bytes),
			notes: wide ? [`is encoded in ${wide.toUpperCase()}; SARIF is UTF-8`] : []
		};
	} catch {
		return;
	}
}
/** Where JSON.parse gave up, without the text that V8 quotes: it may hold a secret. */
function position(error) {
	const message = error instanceof Error ? error.message : "";
	if (/Unexpected end|Unterminated/.test(message)) return "it ends too early: was the scanner cut off?";
	const [place] = /line \d+ column \d+|position \d+/.exec(message) ?? [];
	return place ? `at ${place}` : "it does not parse";
}
/** Decodes and checks one report; never throws, whatever the bytes are. */
function readLog(bytes) {
	const decoded = decode$1(bytes);
	if (!decoded) return {
		code: "BAD_ENCODING",
		message: "is no valid UTF-8"
	};
	let parsed;
	try {
		parsed = JSON.parse(decoded.text);
	} catch (error) {
		return {
			code: "UNREADABLE",
			message: `is no valid JSON: ${position(error)}`
		};
	}
	const log = asObject(parsed);
	if (!log || !("version" in log) && !("runs" in log)) return {
		code: "NOT_SARIF",
		message: "is no SARIF log: tell the scanner to write SARIF 2.1.0"
	};
	if (log.version !== "2.1.0") return {
		code: "UNSUPPORTED_VERSION",
		message: `has ${typeof log.version === "string" ? `version ${oneLine(log.version, 20)}` : "no version"}, expected 2.1.0: update the scanner, or convert it with \`sarif-multitool rewrite\``
	};
	const runs = asArray(log.runs);
	if (!runs) return {
		code: "PRODUCER_FAILED",
		message: `${isAbsent(log.runs) ? "has no runs" : "has runs that are no list"}: the scanner failed before it had anything to report`
	};
	if (runs.length === 0) return {
		code: "NO_RUNS",
		message: "has an empty list of runs: nothing was scanned"
	};
	return {
		log,
		runs,
		notes: decoded.notes
	};
}
// build/sources/security/sarif/rules.js
/**
* From a reference in a result or notification to the descriptors it may mean. SARIF 2.1.0 sections 3.52 and 3.54, made
* tolerant: rules stand in `tool.extensions` (CodeQL), components are given by name only, indexes point at other rules.
*/
/** @param kind `rules` for results, `notifications` for what the tool says of itself */
function openBook(tool, kind) {
	const component = (raw) => {
		const map = asObject(raw);
		const descriptors = asArray(map?.[kind]) ?? [];
		const byId = /* @__PURE__ */ new Map();
		const byGuid = /* @__PURE__ */ new Map();
		for (const descriptor of descriptors.map(asObject)) {
			if (!descriptor) continue;
			const id = asText$1(descriptor.id);
			const guid = asText$1(descriptor.guid);
			if (id) add(byId, id, descriptor);
			if (guid) add(byGuid, guid.toLowerCase(), descriptor);
		}
		return {
			name: asText$1(map?.name),
			guid: asText$1(map?.guid),
			descriptors,
			byId,
			byGuid
		};
	};
	return {
		driver: component(tool.driver),
		extensions: (asArray(tool.extensions) ?? []).map(component)
	};
}
function add(map, key, value) {
	const there = map.get(key);
	if (there) there.push(value);
	else map.set(key, [value]);
}
function componentOf(book, raw) {
	const reference = asObject(raw);
	if (!reference) return book.driver;
	const index = asIndex(reference.index);
	const byIndex = index === void 0 ? void 0 : book.extensions[index];
	if (byIndex) return byIndex;
	const all = [book.driver, ...book.extensions];
	const guid = asText$1(reference.guid)?.toLowerCase();
	const name = asText$1(reference.name);
	return guid && all.find((c) => c.guid?.toLowerCase() === guid) || name && all.find((c) => c.name === name) || book.driver;
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
	const id = asText$1(reference.id);
	const index = asIndex(reference.index);
	const indexed = index === void 0 ? void 0 : asObject(component.descriptors[index]);
	if (indexed && (id === void 0 || means(id, asText$1(indexed.id) ?? id))) return [indexed];
	const places = [component, book.driver];
	const guid = asText$1(reference.guid)?.toLowerCase();
	if (guid) {
		const [hit] = [...places, ...book.extensions].flatMap((c) => c.byGuid.get(guid) ?? []);
		if (hit) return [hit];
	}
	let name = id;
	for (let depth = 0; name && depth < deepestId; depth += 1) {
		const wanted = name;
		for (const place of places) {
			const hits = place.byId.get(wanted);
			if (hits) return hits;
		}
		const hits = book.extensions.flatMap((c) => c.byId.get(wanted) ?? []);
		if (hits.length > 0) return hits;
		name = wanted.includes("/") ? wanted.slice(0, wanted.lastIndexOf("/")) : void 0;
	}
	return [];
}
// build/judge/number.js
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/**
* Reads one number of an answer.
*
* @returns the number; `NaN`, `+Inf` and `-Inf` as words; null for null, undefined, an empty text and anything that is no
*   decimal number (no hexadecimal, no thousands separator, no unit)
*/
function reportedNumber(raw) {
	if (typeof raw === "number") {
		if (Number.isNaN(raw)) return "NaN";
		if (raw === Number.POSITIVE_INFINITY) return "+Inf";
		if (raw === Number.NEGATIVE_INFINITY) return "-Inf";
		return raw;
	}
	if (typeof raw !== "string") return null;
	const text = raw.trim();
	if (/^[+-]?nan$/i.test(text)) return "NaN";
	if (/^\+?inf(inity)?$/i.test(text)) return "+Inf";
	if (/^-inf(inity)?$/i.test(text)) return "-Inf";
	return decimal.test(text) ? reportedNumber(Number(text)) : null;
}
// build/sources/security/sarif/severity.js
/**
* How bad a result is. Neither `level` nor `security-severity` is enough alone: CodeQL writes no level, OSV-Scanner one for
* everything, Trivy and Grype `0.0` for "unknown". What cannot be told is `unknown`, never low.
*/
/** Tools whose level is the same for every result. */
const constantLevel = /* @__PURE__ */ new Set(["osv-scanner", "gitleaks"]);
const words = {
	critical: "critical",
	high: "high",
	medium: "medium",
	moderate: "medium",
	low: "low"
};
const levels = {
	error: "high",
	warning: "medium",
	note: "low",
	none: "unknown"
};
/** Worst first. Unknown stands behind high since it may be that, and before medium so that it is not cut off. */
const worstFirst = [
	"critical",
	"high",
	"unknown",
	"medium",
	"low"
];
const bySeverity = (a, b) => worstFirst.indexOf(a) - worstFirst.indexOf(b);
const steps = [
	"low",
	"medium",
	"high",
	"critical"
];
const word = (raw) => {
	const key = asText$1(raw)?.trim().toLowerCase();
	return key !== void 0 && Object.hasOwn(words, key) ? words[key] : void 0;
};
/**
* CVSS v3 qualitative bands over `security-severity`, whose lower ends are inclusive: 9, 7, 4, above 0.
*
* @returns undefined for 0, for what is no number, and for what is outside (0, 10]: it says nothing
*/
function fromScore(raw) {
	const number = reportedNumber(raw);
	if (typeof number !== "number") return word(raw);
	if (!(number > 0 && number <= 10)) return void 0;
	return number >= 9 ? "critical" : number >= 7 ? "high" : number >= 4 ? "medium" : "low";
}
/** A level as SARIF or as tools write it in its place. */
function fromLevel(raw, tool) {
	const key = asText$1(raw)?.trim().toLowerCase() ?? "";
	const severity = Object.hasOwn(levels, key) ? levels[key] : void 0;
	if (severity === void 0) return word(raw) ?? "unknown";
	return constantLevel.has(tool.toLowerCase()) ? "unknown" : severity;
}
/** The effective level (section 3.27.10) and where it comes from. */
function levelOf(result, rule, overrides) {
	if (!isAbsent(result.level)) return {
		level: result.level,
		from: "the result"
	};
	const override = rule && overrides?.get(rule);
	if (!isAbsent(override)) return {
		level: override,
		from: "an override"
	};
	const byRule = asObject(rule?.defaultConfiguration)?.level;
	return isAbsent(byRule) ? {
		level: "warning",
		from: "the default"
	} : {
		level: byRule,
		from: "the rule"
	};
}
const scoreKey = "security-severity";
function judgeBy(result, rule, overrides, tool) {
	const { level, from } = levelOf(result, rule, overrides);
	const byLevel = fromLevel(level, tool);
	const own = asObject(result.properties);
	const scores = [{
		raw: own?.[scoreKey],
		of: "the result"
	}, {
		raw: asObject(rule?.properties)?.[scoreKey],
		of: "the rule"
	}].filter(({ raw }) => !isAbsent(raw));
	for (const { raw, of } of scores) {
		const severity = fromScore(raw);
		if (severity) {
			const conflict = byLevel !== "unknown" && Math.abs(steps.indexOf(severity) - steps.indexOf(byLevel)) >= 2;
			return {
				severity,
				why: `${scoreKey} ${shown(raw)} of ${of}`,
				conflict
			};
		}
	}
	for (const key of ["severity", "Severity"]) {
		const severity = word(own?.[key]);
		if (severity) return {
			severity,
			why: `property ${key} of the result`,
			conflict: false
		};
	}
	const [useless] = scores;
	if (useless && byLevel !== "high") return {
		severity: byLevel === "critical" ? byLevel : "unknown",
		why: `${scoreKey} ${shown(useless.raw)} says nothing`,
		conflict: false
	};
	const why = `level ${shown(level)} of ${from}`;
	return {
		severity: byLevel,
		why: byLevel === "unknown" ? `${why} says nothing` : why,
		conflict: false
	};
}
const shown = (raw) => typeof raw === "string" ? oneLine(raw, 30) : typeof raw === "number" ? String(raw) : `of type ${typeof raw}`;
/**
* @param rules the descriptors that may be meant; with several the worst outcome holds
*/
function severityOf(result, rules, overrides, tool) {
	const [first, ...others] = rules;
	let worst = judgeBy(result, first, overrides, tool);
	for (const rule of others) {
		const judged = judgeBy(result, rule, overrides, tool);
		if (bySeverity(judged.severity, worst.severity) < 0) worst = judged;
	}
	return worst;
}
// build/sources/security/sarif/result.js
/** Remarks that are counted over a run; each ends a sentence that begins with a number of results. */
const noteTexts = {
	KIND_LEVEL_CONFLICT: "have a level beside a kind that is no failure; counted as failures",
	NO_RULE: "name a rule that the report does not describe",
	SEVERITY_CONFLICT: "have a score and a level far apart; the score holds",
	SUPPRESSION_REJECTED: "have a suppression that was rejected or is no valid one; counted",
	SUPPRESSION_UNDER_REVIEW: "have a suppression that is still under review; counted",
	SUPPRESSION_EXPIRED: "have a suppression that has expired; counted"
};
const harmless$1 = /* @__PURE__ */ new Set([
	"pass",
	"notApplicable",
	"informational"
]);
const toReview = /* @__PURE__ */ new Set(["open", "review"]);
/** Never throws, whatever the result is. */
function dispose(raw, context) {
	const result = asObject(raw);
	if (!result) return { as: "malformed" };
	if (result.baselineState === "absent") return {
		as: "ignored",
		notes: []
	};
	const notes = [];
	const kind = result.kind;
	if (harmless$1.has(kind) || toReview.has(kind)) {
		if (isAbsent(result.level) || result.level === "none") return {
			as: harmless$1.has(kind) ? "ignored" : "review",
			notes
		};
		notes.push("KIND_LEVEL_CONFLICT");
	}
	const suppression = suppressed(result.suppressions, context.now);
	if (suppression === true) return {
		as: "suppressed",
		notes
	};
	if (suppression) notes.push(suppression);
	const reference = ruleReference(result);
	const rules = lookUp(context.rules, reference);
	if (rules.length === 0 && !isAbsent(reference.id)) notes.push("NO_RULE");
	const judged = severityOf(result, rules, overridesOf$1(result, context), context.tool);
	if (judged.conflict) notes.push("SEVERITY_CONFLICT");
	const [rule] = rules;
	return {
		as: "counted",
		notes,
		finding: {
			tool: context.tool,
			rule: oneLine(asText$1(reference.id) ?? asText$1(rule?.id) ?? "(no rule)"),
			severity: judged.severity,
			why: judged.why,
			message: messageOf(result, rule),
			...placeOf(result)
		}
	};
}
function ruleReference(result) {
	const rule = asObject(result.rule);
	return {
		id: result.ruleId ?? rule?.id,
		index: asIndex(rule?.index) ?? result.ruleIndex,
		guid: rule?.guid,
		component: rule?.toolComponent
	};
}
/** `provenance.invocationIndex` counts from 0 only when there is exactly one invocation (section 3.48.6). */
function overridesOf$1(result, { overrides }) {
	const index = asIndex(asObject(result.provenance)?.invocationIndex) ?? (overrides.length === 1 ? 0 : void 0);
	return index === void 0 ? void 0 : overrides[index];
}
/**
* The strict rule: one entry that is not an accepted one, and the result counts. An absent status means accepted; files from
* before the final standard say `state`. `properties.expiryUtc` is what `sarif-multitool suppress` writes.
*
* @returns true: suppressed; a note: not, and why; undefined: nobody tried
*/
function suppressed(raw, now) {
	if (isAbsent(raw)) return void 0;
	const entries = asArray(raw);
	if (!entries) return "SUPPRESSION_REJECTED";
	if (entries.length === 0) return void 0;
	let worst = true;
	for (const entry of entries.map(asObject)) {
		if (!entry || entry.kind !== "inSource" && entry.kind !== "external") return "SUPPRESSION_REJECTED";
		const states = [entry.status, entry.state].filter((x) => !isAbsent(x));
		if (states.some((x) => x !== "accepted" && x !== "underReview")) return "SUPPRESSION_REJECTED";
		if (states.includes("underReview")) worst = "SUPPRESSION_UNDER_REVIEW";
		const expiry = asObject(entry.properties)?.expiryUtc;
		const expires = typeof expiry === "string" ? Date.parse(expiry) : NaN;
		if (!isAbsent(expiry) && !(expires > now)) worst = worst === true ? "SUPPRESSION_EXPIRED" : worst;
	}
	return worst;
}
/** The message with its placeholders filled, its links reduced to their words, and nothing of any code snippet in it. */
function messageOf(result, rule) {
	const message = asObject(result.message);
	const byId = asObject(asObject(rule?.messageStrings)?.[asText$1(message?.id) ?? ""]);
	const template = asText$1(message?.text) ?? asText$1(byId?.text) ?? asText$1(asObject(rule?.shortDescription)?.text) ?? asText$1(message?.markdown) ?? "";
	const given = asArray(message?.arguments) ?? [];
	const snippets = snippetsOf(result);
	const safe = (text) => snippets.reduce((t, s) => t.replaceAll(s, "***"), text).slice(0, 1e3);
	return oneLine(safe(template).replace(/\{(\d{1,3})\}/g, (whole, n) => {
		const argument = asText$1(given[Number(n)]);
		return argument === void 0 ? whole : safe(argument);
	}).slice(0, 4e3).replace(/\[([^[\]]{1,500})\]\([^()]{1,500}\)/g, "$1"));
}
/** A snippet of a secret scanner is the secret, and some of them repeat it in the message. */
function snippetsOf(result) {
	const snippets = [];
	const locations = [result.locations, result.relatedLocations].flatMap((x) => asArray(x)?.slice(0, 20) ?? []);
	for (const location of locations) {
		const physical = asObject(asObject(location)?.physicalLocation);
		for (const key of ["region", "contextRegion"]) {
			const snippet = asText$1(asObject(asObject(physical?.[key])?.snippet)?.text)?.trim();
			if (snippet !== void 0 && snippet.length >= 6) snippets.push(snippet);
		}
	}
	return snippets.sort((a, b) => b.length - a.length);
}
function placeOf(result) {
	const [first] = asArray(result.locations) ?? [];
	const physical = asObject(asObject(first)?.physicalLocation);
	const uri = asText$1(asObject(physical?.artifactLocation)?.uri);
	const line = asIndex(asObject(physical?.region)?.startLine);
	if (uri === void 0) return {};
	const file = oneLine(readable(uri.slice(0, 2e3).replace(/[?#].*$/s, "").replace(/\/\/[^/@]*@/, "//")), 300);
	return {
		...file === "" ? {} : { file },
		...line === void 0 || line === 0 ? {} : { line }
	};
}
function readable(uri) {
	try {
		return decodeURIComponent(uri);
	} catch {
		return uri;
	}
}
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
	const name = oneLine(asText$1(driver?.name) ?? "", 100);
	const bad = (code, message) => ({
		code,
		message: `${name || "a run"} in ${origin.file} ${message}`,
		file: origin.file,
		...name ? { tool: name } : {}
	});
	const none = (problem) => ({
		findings: [],
		problems: [problem],
		notes: []
	});
	if (!run || !tool || !driver || !name) return none(bad("NO_TOOL", "does not name its tool, so it proves nothing"));
	const problems = [];
	const elsewhere = external(log, run);
	if (elsewhere) problems.push(bad("EXTERNAL_RESULTS", `keeps its ${elsewhere} outside the run, which is not read: write one file`));
	const results = asArray(run.results);
	if (!results) {
		if (elsewhere) return none(...problems);
		return none(bad("RESULTS_MISSING", "has no list of results: it never began its analysis"));
	}
	const invocations = invocationsOf(log, run);
	const failed = failure$1(invocations, openBook(tool, "notifications"));
	if (failed) problems.push(bad("SCAN_FAILED", `did not finish its scan: ${failed}`));
	const rules = openBook(tool, "rules");
	const tally = count$3(results, {
		tool: name,
		rules,
		overrides: invocations.map((x) => overridesOf(asObject(x), "ruleConfigurationOverrides", rules)),
		now
	});
	if (tally.malformed > 0) {
		const of = `${tally.malformed} of ${results.length} results`;
		problems.push(bad("MALFORMED_RESULT", `has ${of} that are no objects, so nobody knows what they are`));
	}
	const version = asText$1(driver.semanticVersion) ?? asText$1(driver.version);
	return {
		run: {
			tool: name,
			...version === void 0 ? {} : { toolVersion: oneLine(version, 60) },
			...origin,
			revision: revisionOf(run),
			ended: endOf(invocations),
			execution: failed ? "failed" : succeeded(invocations) ? "succeeded" : "unknown",
			counted: tally.counted,
			review: tally.review,
			suppressed: tally.suppressed,
			ignored: tally.ignored
		},
		findings: tally.findings,
		problems,
		notes: [...tally.notes].map(([note, n]) => `${name} in ${origin.file}: ${n} results ${noteTexts[note]}`)
	};
}
function count$3(results, context) {
	const counted = {
		critical: 0,
		high: 0,
		medium: 0,
		low: 0,
		unknown: 0
	};
	const tally = {
		malformed: 0,
		review: 0,
		suppressed: 0,
		ignored: 0
	};
	const notes = /* @__PURE__ */ new Map();
	let findings = [];
	for (const result of results) {
		const disposition = dispose(result, context);
		if (disposition.as === "malformed") {
			tally.malformed += 1;
			continue;
		}
		for (const note of disposition.notes) notes.set(note, (notes.get(note) ?? 0) + 1);
		if (disposition.as !== "counted") {
			tally[disposition.as] += 1;
			continue;
		}
		counted[disposition.finding.severity] += 1;
		findings.push(disposition.finding);
		if (findings.length >= 1e3) findings = worst(findings);
	}
	return {
		counted,
		...tally,
		notes,
		findings: worst(findings)
	};
}
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
/** The worst findings in an order that depends on nothing but themselves. */
function worst(findings) {
	return [...findings].sort((a, b) => bySeverity(a.severity, b.severity) || compare(a.tool, b.tool) || compare(a.rule, b.rule) || compare(a.file ?? "", b.file ?? "") || compare(a.line ?? 0, b.line ?? 0) || compare(a.message, b.message) || compare(a.why, b.why) || compare(a.run ?? 0, b.run ?? 0)).slice(0, 50);
}
const telling = [
	"results",
	"invocations",
	"driver",
	"extensions"
];
/** Parts of the run that stand in other files or at the end of the log. A reader that passes over them sees a clean scan. */
function external(log, run) {
	const references = asObject(run.externalPropertyFileReferences);
	const found = telling.find((key) => !isAbsent(references?.[key]) && asArray(references?.[key])?.length !== 0);
	if (found) return found;
	const inline = (asArray(log.inlineExternalProperties) ?? []).map(asObject);
	return telling.find((key) => inline.some((x) => !isAbsent(x?.[key])));
}
/** Semgrep 0.43 wrote its invocations beside `runs`. What is no list counts as one invocation that says nothing good. */
function invocationsOf(log, run) {
	return [run.invocations, log.invocations].flatMap((x) => isAbsent(x) ? [] : asArray(x) ?? [x]);
}
const succeeded = (invocations) => invocations.length > 0 && invocations.every((x) => asObject(x)?.executionSuccessful === true);
/** Why the scan failed (section 3.20: `executionSuccessful`, notifications at level error); undefined when it did not say so. */
function failure$1(invocations, book) {
	for (const raw of invocations) {
		const invocation = asObject(raw);
		if (!invocation) return "its invocations cannot be understood";
		const loud = errors(invocation, book);
		const said = loud === void 0 ? "" : ` (${loud})`;
		const success = invocation.executionSuccessful;
		if (!isAbsent(success) && success !== true) {
			const exit = invocation.exitCode;
			const code = typeof exit === "number" ? `, exit code ${exit}` : "";
			return `executionSuccessful is ${success === false ? "false" : "not true"}${code}${said}`;
		}
		if (loud !== void 0) return `it reports an error${said}`;
	}
}
/** The first notification whose effective level is error, or is none that SARIF knows. */
function errors(invocation, book) {
	const overrides = overridesOf(invocation, "notificationConfigurationOverrides", book);
	for (const key of ["toolExecutionNotifications", "toolConfigurationNotifications"]) {
		const list = invocation[key];
		for (const raw of isAbsent(list) ? [] : asArray(list) ?? [list]) {
			const notification = asObject(raw);
			if (!notification) return "a notification that cannot be understood";
			const reference = asObject(notification.descriptor);
			const descriptors = reference ? lookUp(book, refer(reference)) : [];
			const level = notification.level ?? descriptors.map((d) => overrides.get(d)).find((x) => !isAbsent(x)) ?? descriptors.map((d) => asObject(d.defaultConfiguration)?.level).find((x) => !isAbsent(x)) ?? "warning";
			if (level === "none" || level === "note" || level === "warning") continue;
			return oneLine(asText$1(asObject(notification.message)?.text) ?? asText$1(reference?.id) ?? "a notification without a text");
		}
	}
}
const refer = (reference) => ({
	id: reference.id,
	index: reference.index,
	guid: reference.guid,
	component: reference.toolComponent
});
function overridesOf(invocation, key, book) {
	const overrides = /* @__PURE__ */ new Map();
	for (const raw of asArray(invocation?.[key]) ?? []) {
		const entry = asObject(raw);
		const descriptor = asObject(entry?.descriptor);
		const level = asObject(entry?.configuration)?.level;
		if (!descriptor || isAbsent(level)) continue;
		for (const meant of lookUp(book, refer(descriptor))) overrides.set(meant, level);
	}
	return overrides;
}
/** All commits that the run names, since several repositories may have been scanned at once. */
function revisionOf(run) {
	const ids = (asArray(run.versionControlProvenance) ?? []).flatMap((x) => {
		const id = asText$1(asObject(x)?.revisionId)?.trim();
		return id === void 0 ? [] : [oneLine(id, 100).replaceAll(" ", "_")];
	});
	return ids.length === 0 ? null : [...new Set(ids)].join(" ");
}
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/i;
/** The latest instant that the invocations name. The file's own time is no evidence: a checkout or a download sets it anew. */
function endOf(invocations) {
	let latest = Number.NEGATIVE_INFINITY;
	for (const invocation of invocations.map(asObject)) for (const key of ["startTimeUtc", "endTimeUtc"]) {
		const text = invocation?.[key];
		const at = typeof text === "string" && instantForm.test(text) ? Date.parse(text) : NaN;
		if (at > latest) latest = at;
	}
	return Number.isFinite(latest) ? new Date(latest).toISOString() : null;
}
// build/sources/security/sarif/index.js
/** Source `sarif`: the results of scanners, as SARIF 2.1.0 files in the workspace. */
/** Problems that one file may put into the record; the rest is counted. */
const mostProblems = 20;
const schema$5 = /* @__PURE__ */ strictObject({ files: described(oneOrMore(/* @__PURE__ */ pipe(filled, /* @__PURE__ */ check$2((text) => !text.startsWith("!"), "a path or a glob to read; what it shall not match must be left out of it"))), "Paths or globs of the SARIF files, relative to the workspace. A folder stands for all `*.sarif` and `*.sarif.json` files in it. Each entry must match something.") });
/** Reads all files, also when one of them is bad, so that one look tells everything that is wrong. */
async function ask(config, context, signal) {
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
		if ("code" in log) {
			problems.push({
				code: log.code,
				message: `${file.name} ${log.message}`,
				file: file.name
			});
			continue;
		}
		notes.push(...log.notes.map((note) => `${file.name} ${note}`));
		const origin = {
			file: file.name,
			sha256: sha256(bytes)
		};
		const found = [];
		for (const raw of log.runs) {
			const report = readRun(log.log, raw, origin, context.clock.now());
			found.push(...report.problems);
			notes.push(...report.notes);
			if (!report.run) continue;
			const run = runs.push(report.run) - 1;
			findings = worst([...findings, ...report.findings.map((finding) => ({
				run,
				...finding
			}))]);
		}
		problems.push(...shortened(found, file.name));
	}
	return {
		kind: "scans",
		subject: `scan results in ${config.files.join(", ")}`,
		query: config.files.join("\n"),
		at: iso(context.clock.now()),
		seen: runs.length,
		notes,
		partial: false,
		settled: true,
		problems,
		runs,
		findings
	};
}
function shortened(problems, file) {
	const more = problems.length - mostProblems;
	if (more <= 0) return problems;
	const rest = {
		code: "MORE_PROBLEMS",
		message: `${file} has ${more} further problems`,
		file
	};
	return [...problems.slice(0, mostProblems), rest];
}
// build/sources/security/index.js
const securitySources = [defineSource({
	type: "sarif",
	family: "security",
	schema: schema$5,
	open(config, context) {
		return { async ask(_question, signal) {
			try {
				return await ask(config, context, signal);
			} catch (error) {
				if (!signal.aborted) throw error;
				throw new NotMeasured("timeout", "reading the scan results took longer than the round may; name fewer files or raise `evaluation.round-timeout`", { cause: error });
			}
		} };
	}
})];
// build/sources/telemetry/promql.js
/**
* The selectors of a query, each once. Those that look at another time (`offset`, `@`, also of a subquery around them) are left
* out, since they say nothing about now.
*
* @param parser of `@prometheus-io/lezer-promql`, which is loaded only where a query is asked
* @returns undefined when the query does not parse
*/
function selectorsOf(query, parser) {
	const found = [];
	const elsewhere = [];
	let valid = true;
	parser.parse(query).iterate({ enter({ type, name, node }) {
		if (type.isError) valid = false;
		if (name === "VectorSelector") found.push(node);
		if (name === "OffsetExpr" || name === "StepInvariantExpr") elsewhere.push(boundBy(node));
	} });
	if (!valid) return void 0;
	const selectors = found.filter((node) => !elsewhere.some(({ from, to }) => from <= node.from && node.to <= to)).map((node) => selectorOf(node, query));
	return [...new Map(selectors.map((selector) => [[...selector.matchers].sort().join("\n"), selector])).values()];
}
/**
* What an `offset`, an `@` or the range of a subquery belongs to. In PromQL they bind tighter than any operator; the grammar hangs
* them on the whole expression before them, so in `a / b offset 1h` it is the last operand.
*/
function boundBy(node) {
	const inner = /^(?:OffsetExpr|StepInvariantExpr|SubqueryExpr)$/.test(node.name) ? node.firstChild : void 0;
	const last = /^(?:BinaryExpr|UnaryExpr)$/.test(node.name) ? node.lastChild : void 0;
	const next = inner ?? last;
	return next ? boundBy(next) : node;
}
function selectorOf(node, query) {
	const matchers = /* @__PURE__ */ new Set();
	node.cursor().iterate(({ name, from, to }) => {
		const text = query.slice(from, to);
		if (name === "Identifier" || name === "QuotedLabelName") matchers.add(`__name__=${name === "Identifier" ? `"${text}"` : text}`);
		if (name.endsWith("LabelMatcher")) matchers.add(text.replace(/\s*(=~|!~|!=|=)\s*/, "$1"));
		return name === "VectorSelector" || name === "LabelMatchers";
	});
	return {
		text: query.slice(node.from, node.to),
		matchers
	};
}
/** Whether every series of `narrow` is one of `wide` too, by the letters of their matchers alone. */
const covers = (wide, narrow) => wide.matchers.size < narrow.matchers.size && [...wide.matchers].every((matcher) => narrow.matchers.has(matcher));
const label = "signalbox";
/** One query whose answer tells `Liveness` of all the selectors. `rangeSeconds`: length of the window. */
function livenessQuery(selectors, rangeSeconds) {
	const tagged = (expression, tag) => `label_replace(${expression}, "${label}", "${tag}", "", "")`;
	return selectors.flatMap(({ text }, i) => [
		tagged(`count(${text})`, `live ${i}`),
		tagged(`count(present_over_time(${text}[${rangeSeconds}s]))`, `recent ${i}`),
		tagged(`max(timestamp(${text}))`, `newest ${i}`)
	]).join(" or ");
}
/** Reads the answer to `livenessQuery`; what is not there is 0, or unknown. */
function readLiveness(selectors, answer) {
	const values = new Map(answer.map(({ labels, value }) => [labels[label], value]));
	const number = (tag) => {
		const value = values.get(tag);
		return typeof value === "number" && Number.isFinite(value) ? value : void 0;
	};
	return selectors.map((selector, i) => {
		const newest = number(`newest ${i}`);
		return {
			selector,
			live: number(`live ${i}`) ?? 0,
			recent: number(`recent ${i}`) ?? 0,
			newest: newest === void 0 ? void 0 : newest * 1e3
		};
	});
}
/**
* Weighs the selectors of one query against each other. A query is as fresh as its stalest part; but a selector without series
* is no fault by itself: before the first failure, or after a restart, `x{code=~"5.."}` has none while `x` is alive.
*/
function weigh(behind) {
	const alive = behind.filter((s) => s.live > 0);
	const wider = (s) => alive.some((other) => covers(other.selector, s.selector));
	const silent = behind.filter((s) => s.live === 0 && s.recent > 0 && !wider(s));
	const absent = behind.filter((s) => s.live === 0 && !silent.includes(s));
	const times = alive.map((s) => s.newest);
	const newest = times.every((time) => time !== void 0) && times.length > 0 ? Math.min(...times) : void 0;
	return {
		live: alive.filter((s) => !wider(s)).reduce((sum, s) => sum + s.live, 0),
		newest,
		silent: silent.map((s) => s.selector),
		absent: absent.map((s) => s.selector)
	};
}
// build/sources/telemetry/series.js
/** Reduces a series over time. One point that is no finite number spoils it; no point gives null. */
function overTime(points, how) {
	const values = [];
	for (const { value } of points) {
		if (typeof value !== "number") return value;
		values.push(value);
	}
	const last = values.at(-1);
	if (last === void 0) return null;
	switch (how) {
		case "last": return last;
		case "max": return values.reduce((a, b) => Math.max(a, b));
		case "min": return values.reduce((a, b) => Math.min(a, b));
		case "avg": return values.reduce((a, b) => a + b) / values.length;
	}
}
const schema$4 = /* @__PURE__ */ pipe(/* @__PURE__ */ strictObject({
	url: described(/* @__PURE__ */ pipe(httpUrl, /* @__PURE__ */ check$2((text) => !/[?#]/.test(text), "a URL without `?` and `#`")), "Base URL; `/api/v1/query` is added to it."),
	...authFields,
	tenant: described(/* @__PURE__ */ optional(filled), "Sent as `X-Scope-OrgID`, for Mimir and its kin.")
}), /* @__PURE__ */ check$2((c) => signsInOneWay(c), oneWayToSignIn));
const labelled = { metric: /* @__PURE__ */ record(/* @__PURE__ */ string$1(), /* @__PURE__ */ string$1()) };
const pair = /* @__PURE__ */ tuple([/* @__PURE__ */ number(), /* @__PURE__ */ string$1()]);
const instant$1 = /* @__PURE__ */ pipe(/* @__PURE__ */ object({
	...labelled,
	value: /* @__PURE__ */ optional(pair),
	histogram: /* @__PURE__ */ optional(/* @__PURE__ */ unknown())
}), /* @__PURE__ */ check$2((x) => x.value !== void 0 || x.histogram !== void 0));
const ranged = /* @__PURE__ */ object({
	...labelled,
	values: /* @__PURE__ */ optional(/* @__PURE__ */ array(pair)),
	histograms: /* @__PURE__ */ optional(/* @__PURE__ */ unknown())
});
const data = /* @__PURE__ */ variant("resultType", [
	/* @__PURE__ */ object({
		resultType: /* @__PURE__ */ literal("vector"),
		result: /* @__PURE__ */ array(instant$1)
	}),
	/* @__PURE__ */ object({
		resultType: /* @__PURE__ */ literal("matrix"),
		result: /* @__PURE__ */ array(ranged)
	}),
	/* @__PURE__ */ object({
		resultType: /* @__PURE__ */ literal("scalar"),
		result: pair
	}),
	/* @__PURE__ */ object({
		resultType: /* @__PURE__ */ literal("string"),
		result: /* @__PURE__ */ unknown()
	})
]);
const messages = /* @__PURE__ */ optional(/* @__PURE__ */ array(/* @__PURE__ */ string$1()), []);
const success = /* @__PURE__ */ object({
	status: /* @__PURE__ */ literal("success"),
	data,
	warnings: messages,
	infos: messages
});
const refusal = /* @__PURE__ */ object({
	status: /* @__PURE__ */ literal("error"),
	errorType: /* @__PURE__ */ string$1(),
	error: /* @__PURE__ */ string$1()
});
/** A policy judges a number or a handful; more is a query that forgot to aggregate. */
const maxSeries = 200;
/** Prometheus' own limit of points per series. */
const maxPoints = 11e3;
const seconds = (ms) => (ms / 1e3).toFixed(3);
const rangeSeconds = ({ from, to }) => Math.max(1, Math.round((to - from) / 1e3));
/** `$__range`, `$__range_s`, `$__range_ms` stand for the length of the window, as in Grafana. */
function expand(query, window) {
	const s = rangeSeconds(window);
	return query.replace(/\$__range(_s|_ms)?\b/g, (_, unit) => unit === "_s" ? `${s}` : unit === "_ms" ? `${s * 1e3}` : `${s}s`);
}
var Prometheus = class {
	#config;
	#context;
	constructor(config, context) {
		this.#config = config;
		this.#context = context;
	}
	async ask(question, signal) {
		const query = expand(question.query, question.window);
		const main = this.#main(question, query, signal);
		main.catch(() => {});
		const { parser } = await __nccwpck_require__.e(/* import() */ 828).then(__nccwpck_require__.bind(__nccwpck_require__, 6828));
		const selectors = selectorsOf(query, parser) ?? [];
		const time = { time: seconds(question.window.to) };
		const raw = selectors.length > 0 ? this.#send("query", {
			query: livenessQuery(selectors, rangeSeconds(question.window)),
			...time
		}, signal) : void 0;
		const [answer, evidence] = await Promise.all([main, raw]);
		const proven = evidence ? weigh(readLiveness(selectors, toSeries(evidence, void 0))) : void 0;
		const warnings = /* @__PURE__ */ new Set([...answer.warnings, ...evidence?.warnings ?? []]);
		return this.#measurement(question, query, {
			...answer,
			warnings: [...warnings]
		}, selectors, proven);
	}
	#main(question, query, signal) {
		const { from, to } = question.window;
		if (!question.range) return this.#send("query", {
			query,
			time: seconds(to)
		}, signal);
		const { everyMs } = question.range;
		if ((to - from) / everyMs >= maxPoints) {
			const message = `${formatDuration(to - from)} every ${formatDuration(everyMs)} are more than the ${maxPoints} points that Prometheus gives: write a longer \`range.every\``;
			return Promise.reject(new NotMeasured("bad-query", message, { permanent: true }));
		}
		return this.#send("query_range", {
			query,
			start: seconds(from),
			end: seconds(to),
			step: seconds(everyMs)
		}, signal);
	}
	async #send(endpoint, form, signal) {
		const { url, tenant } = this.#config;
		const headers = {
			"content-type": "application/x-www-form-urlencoded",
			accept: "application/json",
			...authorization(this.#config),
			...tenant === void 0 ? {} : { "x-scope-orgid": tenant }
		};
		const body = new URLSearchParams(form).toString();
		const response = await this.#context.http.send({
			url: `${url}/api/v1/${endpoint}`,
			method: "POST",
			headers,
			body,
			signal
		});
		const { origin } = new URL(url);
		refuseDenied(response, origin, "permission to query", headers);
		const json = parseJson(response, origin);
		const refused = /* @__PURE__ */ safeParse(refusal, json);
		if (refused.success) {
			const { errorType, error } = refused.output;
			const permanent = errorType === "bad_data";
			const message = `Prometheus refuses the query (${oneLine(errorType, 40)}): ${oneLine(error, 300)}`;
			throw new NotMeasured(permanent ? "bad-query" : "query-failed", message, { permanent });
		}
		const parsed = /* @__PURE__ */ safeParse(success, json);
		if (!parsed.success || response.status !== 200) throw new NotMeasured("bad-answer", `${origin} answered ${response.status} with something that is not Prometheus' API: is the URL right?`);
		return parsed.output;
	}
	#measurement({ window, range }, query, answer, selectors, proven) {
		const series = toSeries(answer, range && {
			...range,
			to: window.to
		});
		if (series.length > maxSeries) throw new NotMeasured("too-many-series", `the query gave ${series.length} series, more than ${maxSeries}: aggregate in the query`, { permanent: true });
		const { origin } = new URL(this.#config.url);
		const live = proven?.live ?? 0;
		const of = oneLine(selectors.map((s) => s.text).join(", "), 160);
		return {
			kind: "samples",
			subject: proven ? `${live} live series of ${of} on ${origin}` : `no series of now, since none can be read from the query: ${oneLine(query, 160)}`,
			query,
			link: this.#link(query, window),
			at: iso(this.#context.clock.now()),
			seen: live,
			notes: [...[...answer.warnings, ...answer.infos].map((text) => oneLine(text)), ...proven ? remarks(query, series.length, proven) : []],
			partial: answer.warnings.length > 0 || live > 0 && (proven?.silent.length ?? 0) > 0,
			window: {
				from: iso(window.from),
				to: iso(window.to)
			},
			newest: proven?.newest === void 0 ? null : iso(proven.newest),
			series
		};
	}
	#link(query, { from, to }) {
		const range = formatDuration(Math.max(36e5, 2 * (to - from)));
		const page = new URLSearchParams({
			"g0.expr": query,
			"g0.tab": "0",
			"g0.range_input": range,
			"g0.end_input": iso(to).slice(0, 19).replace("T", " ")
		});
		return `${this.#config.url}/graph?${page.toString()}`;
	}
};
const hidesAbsence = (query) => /\bor\s+vector\s*\(/i.test(query);
/** What a person should know of the series behind the answer. */
function remarks(query, found, { live, silent, absent }) {
	const named = (s) => `\`${oneLine(s.text, 120)}\``;
	const notes = silent.map((s) => `${named(s)} has gone silent: its targets are down, or no longer write it`);
	if (live > 0) notes.push(...absent.map((s) => `${named(s)} has no series`));
	if (live > 0 && found === 0 && absent.length > 0) notes.push("without a failure yet, write `(<failures> or 0 * <all>) / <all>`: 0, but only while there is traffic");
	if (hidesAbsence(query)) notes.push("`or vector(…)` gives a number even when the series before it is missing");
	return notes;
}
const badQuery = (message) => new NotMeasured("bad-query", message, { permanent: true });
const histogram = () => badQuery("the query gives native histograms; take a number from them, e.g. with histogram_quantile()");
/**
* One value for each series.
*
* @param range of a range query, with the end of its window; undefined for an instant one
*/
function toSeries({ data: { resultType, result } }, range) {
	switch (resultType) {
		case "scalar": return [{
			labels: {},
			value: reportedNumber(result[1]),
			points: 1
		}];
		case "vector": return result.map(({ metric, value, histogram: native }) => {
			if (native !== void 0) throw histogram();
			return {
				labels: metric,
				value: reportedNumber(value?.[1]),
				points: 1
			};
		});
		case "matrix":
			if (range === void 0) throw badQuery("the query gives a range of samples, expected one value: use rate(), max_over_time() or another function");
			return result.flatMap(({ metric, values = [], histograms }) => {
				if (histograms !== void 0) throw histogram();
				const points = values.map(([at, value]) => ({
					at: at * 1e3,
					value: reportedNumber(value)
				}));
				const ended = (points.at(-1)?.at ?? 0) <= range.to - range.everyMs;
				if (range.reduce === "last" && ended) return [];
				return [{
					labels: metric,
					value: overTime(points, range.reduce),
					points: points.length
				}];
			});
		case "string": throw badQuery("the query gives a text, expected numbers");
	}
}
const prometheusSource = defineSource({
	type: "prometheus",
	family: "telemetry",
	schema: schema$4,
	open: (config, context) => new Prometheus(config, context),
	lint({ query }, { warmupMs }) {
		const advice = [];
		if (hidesAbsence(query)) advice.push("`or vector(…)` turns a missing series into a number, so that absence can no longer be seen; `or 0 * <a query that proves traffic>` does not");
		const longest = [...query.matchAll(/\[(\w+)[:\]]/g)].flatMap(([, text]) => parseDuration(text ?? "") ?? []).reduce((a, b) => Math.max(a, b), 0);
		if (longest > warmupMs) advice.push(`looks back ${formatDuration(longest)}, longer than the warm-up of ${formatDuration(warmupMs)}: the first rounds see traffic from before the deployment; write \`[$__range]\`, the window of the question`);
		return advice;
	}
});
// build/sources/telemetry/samples.js
/**
* Source `samples`: recorded samples in a CSV or JSON file, in place of a server: for examples, for tests of a policy, and for
* telemetry that another step has already fetched.
*/
const schema$3 = /* @__PURE__ */ strictObject({ file: described(filled, "CSV (`time,series,value` and a column for each label) or JSON (a list of such objects), in the workspace.") });
const permanent = { permanent: true };
var RecordedSamples = class {
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
		const reduce = question.range?.reduce ?? "last";
		const bySeries = /* @__PURE__ */ new Map();
		for (const row of rows) {
			if (row.series !== wanted.name || row.at < from || row.at > to) continue;
			if (!Object.entries(wanted.labels).every(([key, value]) => (row.labels[key] ?? "") === value)) continue;
			const key = labelText(row.labels);
			const points = bySeries.get(key);
			if (points) points.push(row);
			else bySeries.set(key, [row]);
		}
		const found = [...bySeries.values()];
		const newest = found.map((points) => Math.max(...points.map((p) => p.at))).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
		return {
			kind: "samples",
			subject: `${found.length} series of ${question.query} in ${this.#file}`,
			query: question.query,
			at: iso(this.#context.clock.now()),
			seen: found.length,
			notes: found.length === 0 ? [this.#absence(wanted.name, rows)] : [],
			partial: false,
			window: {
				from: iso(from),
				to: iso(to)
			},
			newest: Number.isFinite(newest) ? iso(newest) : null,
			series: found.map((points) => ({
				labels: { ...points[0]?.labels },
				value: overTime(points, reduce),
				points: points.length
			}))
		};
	}
	#absence(name, rows) {
		const names = [...new Set(rows.map((r) => r.series))];
		return names.includes(name) ? `\`${name}\` has no sample with these labels in the window` : `there is no series \`${name}\`${didYouMean(name, names)}`;
	}
	async #read() {
		let text;
		try {
			const located = await locate(this.#context.workspace, this.#file);
			if (located === void 0) throw new NotMeasured("outside-workspace", `${this.#file} lies outside the workspace`, permanent);
			text = await (0,promises_namespaceObject.readFile)(located.absolute, "utf8");
		} catch (error) {
			if (error instanceof NotMeasured) throw error;
			const code = errorCode(error);
			const why = code === "ENOENT" ? "is not there; paths start at the workspace" : `cannot be read (${code})`;
			throw new NotMeasured("unreadable", `${this.#file} ${why}`, permanent);
		}
		const rows = (/\.json$/i.test(this.#file) ? this.#json(text) : await this.#csv(text)).map((entry) => this.#row(entry)).toSorted((a, b) => a.at - b.at);
		if (rows.length === 0) throw this.#wrong(this.#file, "at least one sample");
		this.#refuseTwice(rows);
		return rows;
	}
	/** Two values of one series at one time: nobody could say which is right. */
	#refuseTwice(rows) {
		const seen = /* @__PURE__ */ new Map();
		for (const row of rows) {
			const key = `${row.at} ${row.series} ${labelText(row.labels)}`;
			const other = seen.get(key);
			if (other) throw this.#wrong(row.where, `one sample of \`${row.series}\` for this time (see ${other.where})`);
			seen.set(key, row);
		}
	}
	async #csv(text) {
		const { parse } = await __nccwpck_require__.e(/* import() */ 175).then(__nccwpck_require__.bind(__nccwpck_require__, 5175));
		try {
			return parse(text, {
				columns: true,
				bom: true,
				trim: true,
				skip_empty_lines: true,
				comment: "#",
				comment_no_infix: true,
				info: true
			}).map(({ record: { time, series, value, ...labels }, info }) => ({
				fields: {
					time,
					series,
					value
				},
				labels,
				where: `${this.#file}:${info.lines}`
			}));
		} catch (error) {
			throw new NotMeasured("unreadable", `${this.#file} is no CSV with a header: ${error.message}`, permanent);
		}
	}
	#json(text) {
		let list;
		try {
			list = JSON.parse(text);
		} catch (error) {
			throw new NotMeasured("unreadable", `${this.#file} is no JSON: ${error.message}`, permanent);
		}
		if (!Array.isArray(list)) throw this.#wrong(this.#file, "a list of samples");
		return list.map((item, i) => {
			const where = `${this.#file}: entry ${i + 1}`;
			if (typeof item !== "object" || item === null) throw this.#wrong(where, "an object with time, series and value");
			const { labels = {}, ...fields } = item;
			if (typeof labels !== "object" || labels === null || Array.isArray(labels)) throw this.#wrong(where, "labels as an object");
			return {
				fields,
				labels,
				where
			};
		});
	}
	#row({ fields, labels, where }) {
		const { time, series, value, ...unknown } = fields;
		const [stray] = Object.keys(unknown);
		if (stray !== void 0) throw this.#wrong(where, `time, series, value and labels only, found \`${stray}\``);
		if (typeof series !== "string" || series === "") throw this.#wrong(where, "a series");
		const at = this.#time(time);
		if (at === void 0) throw this.#wrong(where, `a time: ISO 8601 with a time zone, or relative to the start of the step, as in -5m, 0s or +30s`);
		const number = reportedNumber(value);
		if (number === null) throw this.#wrong(where, "a value: a decimal number, NaN, +Inf or -Inf");
		const named = Object.entries(labels).filter(([, x]) => x !== "");
		const wrong = named.find(([, x]) => typeof x !== "string");
		if (wrong) throw this.#wrong(where, `a text for the label \`${wrong[0]}\``);
		const sorted = named.toSorted(([a], [b]) => a < b ? -1 : 1);
		return {
			at,
			series,
			value: number,
			labels: Object.fromEntries(sorted),
			where
		};
	}
	#time(raw) {
		const text = typeof raw === "string" ? raw.trim() : "";
		const [, sign, span] = /^([+-]?)(\d\S*)$/.exec(text) ?? [];
		const offset = span === void 0 ? void 0 : parseDuration(span);
		if (offset !== void 0) return this.#opened + (sign === "-" ? -offset : offset);
		if (!/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)) return void 0;
		const at = Date.parse(text);
		return Number.isNaN(at) ? void 0 : at;
	}
	#wrong(where, expected) {
		return new NotMeasured("unreadable", `${where}: expected ${expected}`, permanent);
	}
};
/** `name` or `name{label="value", …}`. */
function parseSelector(query) {
	const [, name, inner] = /^\s*([^{}()[\]\s]+)\s*(?:\{(.*)\})?\s*$/.exec(query) ?? [];
	const labels = [...(inner ?? "").matchAll(/\s*([\w.-]+)\s*=\s*"([^"]*)"\s*(?:,|$)/gy)];
	const read = labels.reduce((length, [all]) => length + all.length, 0);
	if (name === void 0 || read !== (inner ?? "").length) throw new NotMeasured("bad-query", `expected a query such as \`name\` or \`name{label="value"}\`, found \`${query}\``, permanent);
	return {
		name,
		labels: Object.fromEntries(labels.map(([, key, value]) => [key, value]))
	};
}
// build/sources/index.js
/** Every kind of source, by its `type` in the policy. */
const sourceTypes = [
	...[prometheusSource, defineSource({
		type: "samples",
		family: "telemetry",
		schema: schema$3,
		open: (config, context) => new RecordedSamples(config.file, context)
	})],
	...securitySources,
	...flagSources
];
const sourceTypeOf = (type) => sourceTypes.find((t) => t.type === type);
// build/policy/relate.js
/** What no single field of a policy can tell: names that must exist, gates that must block, times that must fit. */
/** The source that a gate asks. */
const sourceOf = (policy, gate) => typeof gate.source === "string" ? Object.hasOwn(policy.sources, gate.source) ? policy.sources[gate.source] : void 0 : gate.source;
/** What a gate's source goes by in the record: its name, or its type where it is written out in place. */
const sourceName = ({ source }) => typeof source === "string" ? source : source.type;
/** @returns what does not fit together, all of it */
function relate(policy, limits) {
	const findings = [];
	const say = (path, message) => findings.push({
		path,
		at: "value",
		message
	});
	const names = Object.keys(policy.sources);
	const seen = /* @__PURE__ */ new Map();
	for (const [index, gate] of policy.gates.entries()) {
		const first = seen.get(gate.name);
		if (first !== void 0) say([
			"gates",
			index,
			"name"
		], `\`${gate.name}\` is the name of gate ${first + 1} already; expected a unique name`);
		else seen.set(gate.name, index);
		const source = sourceOf(policy, gate);
		const family = gateTypeOf(gate.type)?.family;
		if (source === void 0) {
			const name = sourceName(gate);
			const known = names.length === 0 ? "there are none" : `known: ${names.join(", ")}`;
			say([
				"gates",
				index,
				"source"
			], `there is no source \`${name}\` under \`sources\`${didYouMean(name, names)} (${known})`);
			continue;
		}
		const type = sourceTypeOf(source.type);
		if (type && type.family !== family) {
			const fitting = sourceTypes.filter((t) => t.family === family).map((t) => t.type);
			say([
				"gates",
				index,
				"source"
			], `a ${gate.type} gate cannot ask a source of type \`${source.type}\`; expected one of ${fitting.join(", ")}`);
		}
	}
	if (!limits.observe && !policy.gates.some((gate) => gate.enforce === "block")) say(["gates"], "no gate blocks, so nothing would ever be proven; expected at least one with `enforce: block`, or the input `observe: true`");
	findings.push(...relateTimes(policy, limits.longestJobMs));
	return findings;
}
/** Left for starting, reporting and stopping when a job's time is limited. */
const jobMarginMs = 3e5;
function relateTimes({ evaluation, release }, longestJobMs) {
	const findings = [];
	const say = (key, message) => findings.push({
		path: ["evaluation", key],
		at: "value",
		message
	});
	const { warmup, every, steady, deadline } = evaluation;
	if (every < 1e3) say("every", `expected at least 1s, found ${formatDuration(every)}`);
	if (evaluation["round-timeout"] < 1e3) say("round-timeout", `expected at least 1s, found ${formatDuration(evaluation["round-timeout"])}`);
	const needed = steady + (release["deployed-at"] === void 0 ? warmup : 0);
	if (deadline < needed || deadline === 0) say("deadline", `expected more than warm-up and steady time together (${formatDuration(needed)}), found ${formatDuration(deadline)}: the train could never continue`);
	if (longestJobMs !== void 0 && deadline > longestJobMs - jobMarginMs) say("deadline", `expected at most ${formatDuration(longestJobMs - jobMarginMs)}, since the platform ends the job after ${formatDuration(longestJobMs)}; found ${formatDuration(deadline)}`);
	return findings;
}
// build/record/redact.js
/** The last line of defence for secrets: every byte that leaves goes through here, whatever put a secret into it. */
var Redactor = class {
	/** Longest first, so that a secret that contains another is masked whole. */
	#secrets = [];
	/** Masks `value` from now on. A value of several lines is also masked line by line, as logs show it. */
	add(value) {
		const lines = value.split(/\r?\n/).filter((line) => line.trim().length >= 3);
		const all = /* @__PURE__ */ new Set([
			...this.#secrets,
			...lines,
			...value.trim() === "" ? [] : [value]
		]);
		this.#secrets = [...all].sort((a, b) => b.length - a.length);
	}
	text(text) {
		return this.#secrets.reduce((masked, secret) => masked.replaceAll(secret, "***"), text);
	}
	/** Masks all texts of plain JSON data, keys included. */
	data(data) {
		if (this.#secrets.length === 0) return data;
		if (typeof data === "string") return this.text(data);
		if (Array.isArray(data)) return data.map((item) => this.data(item));
		if (typeof data !== "object" || data === null) return data;
		return Object.fromEntries(Object.entries(data).map(([key, value]) => [this.text(key), this.data(value)]));
	}
};
// build/net/body.js
/** Bodies as text, within limits. */
/**
* Decodes a body. We ask for no compression, but some servers compress all the same.
*
* @throws an error with code `ERR_BUFFER_TOO_LARGE` when it unfolds to more than `maxBytes`, else zlib's or a TypeError
*/
async function decode(body, encoding, maxBytes) {
	const plain = await decompress(body, (encoding ?? "identity").trim().toLowerCase(), maxBytes);
	return new TextDecoder("utf-8", { fatal: true }).decode(plain);
}
async function decompress(body, encoding, maxBytes) {
	if (encoding === "identity" || encoding === "") return body;
	const zlib = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8522, 19));
	const decoder = {
		gzip: zlib.gunzip,
		"x-gzip": zlib.gunzip,
		deflate: zlib.inflate,
		br: zlib.brotliDecompress
	}[encoding];
	if (decoder === void 0) throw new TypeError(`unknown content encoding ${encoding}`);
	return (0,external_node_util_.promisify)(decoder)(body, { maxOutputLength: maxBytes });
}
// build/net/proxy.js
/**
* The proxy for `url` by the process's `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, or undefined for the direct way. This machine
* is always reached directly. The agent tunnels (CONNECT) for http as for https.
*
* @param signal ends the connection to the proxy; a request that waits for its tunnel does not
* @throws {NotMeasured} `proxy` when the variable holds no http or https URL
*/
async function proxyFor(url, signal, env) {
	if (![
		"http_proxy",
		"https_proxy",
		"all_proxy"
	].some((name) => env[name] || env[name.toUpperCase()]) || isLoopback(url.hostname)) return void 0;
	const [{ getProxyForUrl }, { HttpsProxyAgent }] = await Promise.all([__nccwpck_require__.e(/* import() */ 182).then(__nccwpck_require__.bind(__nccwpck_require__, 8182)), __nccwpck_require__.e(/* import() */ 659).then(__nccwpck_require__.bind(__nccwpck_require__, 7659))]);
	const proxy = getProxyForUrl(url.href);
	if (proxy === "") return void 0;
	const parsed = URL.canParse(proxy) ? new URL(proxy) : void 0;
	if (parsed === void 0 || !/^https?:$/.test(parsed.protocol) || parsed.hostname === "") throw new NotMeasured("proxy", `the proxy that the environment names for ${url.origin} is no http or https URL`, { permanent: true });
	return {
		agent: new HttpsProxyAgent(parsed, { signal }),
		name: parsed.host
	};
}
/** A proxy's refusal would otherwise be read as the answer of the server behind it. */
function refusedByProxy(status, proxy, url) {
	if (status === 200) return void 0;
	const hint = status === 407 ? "are a user name and password in its URL, and right?" : "does it know the host, and allow it?";
	return new NotMeasured("proxy", `the proxy ${proxy} does not let us through to ${url.host} (${status}): ${hint}`, { permanent: status === 407 });
}
// build/net/http.js
/**
* The one HTTP client. It rides on `node:http`, since the first global `fetch()` costs 45 ms (Node 24) to 115 ms
* (Node 20) of start-up.
*/
const retries = 3;
/** A server that asks for more patience than this is asked again in the next round instead. */
const longestRetryAfterMs = 1e4;
const mayHeal = /* @__PURE__ */ new Set([
	"refused",
	"dns",
	"connection",
	"throttled",
	"server-error",
	"proxy"
]);
/** `node:https` loads TLS with it, which is 10 ms of start-up that plain http does not need. */
const transport = ({ protocol }) => protocol === "https:" ? process.getBuiltinModule("node:https") : external_node_http_;
/** The client. Connections are kept open between requests; they do not keep the process alive. */
function createHttp(options) {
	const { clock, env = process.env, maxBytes = 16 * 2 ** 20, firstRetryMs = 250 } = options;
	const agents = /* @__PURE__ */ new Map();
	return { async send(request) {
		const url = new URL(request.url);
		refuseInsecure(url, request.headers ?? {});
		(0,external_node_events_.setMaxListeners)(0, request.signal);
		const proxy = await proxyFor(url, request.signal, env);
		const direct = agents.get(url.protocol) ?? new (transport(url)).Agent({ keepAlive: true });
		agents.set(url.protocol, direct);
		const attempt = async () => {
			const got = await once(url, request, proxy ?? direct, maxBytes);
			refuseStatus(got, url, request.headers, clock.now());
			return got;
		};
		let last;
		try {
			return await pRetry(attempt, {
				retries,
				minTimeout: firstRetryMs,
				factor: 3,
				randomize: true,
				signal: request.signal,
				shouldRetry: ({ error }) => error instanceof NotMeasured && mayHeal.has(error.code) && !error.permanent,
				async onFailedAttempt({ error, retriesLeft }) {
					if (error instanceof NotMeasured && error.code !== "timeout") last = error;
					const wait = error instanceof Throttled ? error.retryAfterMs : 0;
					if (wait > longestRetryAfterMs) throw error;
					if (wait > 0 && retriesLeft > 0) await clock.sleep(wait, request.signal);
				}
			});
		} catch (error) {
			if (request.signal.aborted && last) throw last;
			throw failureOf$1(error, url, request.signal, proxy?.name);
		}
	} };
}
/** 429 or 503 with the server's word on when to come back. */
var Throttled = class extends NotMeasured {
	retryAfterMs;
	constructor(code, message, retryAfter) {
		super(code, message);
		this.retryAfterMs = retryAfter;
	}
};
function refuseInsecure(url, headers) {
	if (url.protocol === "https:" || isLoopback(url.hostname)) return;
	if (!Object.keys(headers).some((name) => secretHeaders.has(name.toLowerCase()))) return;
	throw new NotMeasured("insecure", `${url.origin} is plain http: a credential is sent only over https, or to this machine`, { permanent: true });
}
/** One attempt, whatever its status. */
function once(url, request, way, maxBytes) {
	const { method = "GET", body, signal } = request;
	const proxy = "name" in way ? way : void 0;
	return new Promise((resolve, reject) => {
		const fail = (error) => reject(failureOf$1(error, url, signal, proxy?.name));
		const headers = {
			"user-agent": "signalbox",
			"accept-encoding": "identity",
			...request.headers,
			...body === void 0 ? {} : { "content-length": String(Buffer.byteLength(body)) }
		};
		const send = transport(url).request;
		let outgoing;
		try {
			outgoing = send(url, {
				method,
				headers,
				agent: "name" in way ? way.agent : way,
				signal
			}, (incoming) => {
				receive(incoming, url, maxBytes).then(resolve, fail);
			});
		} catch (error) {
			fail(error);
			return;
		}
		outgoing.on("error", fail);
		if (proxy) signal.addEventListener("abort", fail, { once: true });
		outgoing.on("proxyConnect", ({ statusCode }) => {
			const refused = proxy && refusedByProxy(statusCode, proxy.name, url);
			if (refused) outgoing.destroy(refused);
		});
		outgoing.end(body);
	});
}
async function receive(incoming, url, maxBytes) {
	const chunks = [];
	let size = 0;
	for await (const chunk of incoming) {
		size += chunk.length;
		if (size > maxBytes) throw tooLarge(url, maxBytes);
		chunks.push(chunk);
	}
	if (!incoming.complete) throw new NotMeasured("connection", `${url.origin} broke the connection in the middle of its answer`);
	const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]));
	const status = incoming.statusCode ?? 0;
	return {
		status,
		headers,
		text: await decode(Buffer.concat(chunks), headers["content-encoding"], maxBytes).catch((error) => {
			if (error.code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(url, maxBytes);
			if (status >= 300) return "";
			throw new NotMeasured("bad-answer", `${url.origin} answered with a body that cannot be decoded`);
		})
	};
}
function tooLarge(url, maxBytes) {
	return new NotMeasured("too-large", `${url.origin} answered with more than ${maxBytes / 2 ** 20} MiB: ask for less`, { permanent: true });
}
/** Throws for what is no answer. */
function refuseStatus({ status, headers, text }, url, sent, now) {
	const retryAfter = retryAfterMs(headers["retry-after"], now);
	if (status === 429) {
		const wish = retryAfter > 0 ? ` and asks to wait ${Math.ceil(retryAfter / 1e3)} s` : "";
		throw new Throttled("throttled", `${url.origin} throttles the requests (429)${wish}`, retryAfter);
	}
	if (status >= 500 || status === 408) throw new Throttled("server-error", `${url.origin} failed (${status})${serverWords(text, sent)}`, status === 503 ? retryAfter : 0);
	if (status >= 300 && status < 400) {
		const where = URL.canParse(headers.location ?? "", url.href) ? ` to ${pageOf(headers.location ?? "", url)}` : "";
		throw new NotMeasured("redirect", `${url.origin} redirects (${status})${where}: is the URL right, and the credential?`, { permanent: true });
	}
}
/** Without the query, which may hold a session. */
function pageOf(location, base) {
	const { protocol, host, pathname } = new URL(location, base.href);
	return `${protocol}//${host}${pathname}`;
}
// node_modules/yaml/browser/dist/nodes/identity.js
const ALIAS = Symbol.for("yaml.alias");
const DOC = Symbol.for("yaml.document");
const MAP = Symbol.for("yaml.map");
const PAIR = Symbol.for("yaml.pair");
const SCALAR$1 = Symbol.for("yaml.scalar");
const SEQ = Symbol.for("yaml.seq");
const NODE_TYPE = Symbol.for("yaml.node.type");
const isAlias = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === ALIAS;
const isDocument = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === DOC;
const isMap = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === MAP;
const isPair = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === PAIR;
const isScalar = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SCALAR$1;
const isSeq = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SEQ;
function isCollection(node) {
	if (node && typeof node === "object") switch (node[NODE_TYPE]) {
		case MAP:
		case SEQ: return true;
	}
	return false;
}
function isNode(node) {
	if (node && typeof node === "object") switch (node[NODE_TYPE]) {
		case ALIAS:
		case MAP:
		case SCALAR$1:
		case SEQ: return true;
	}
	return false;
}
const hasAnchor = (node) => (isScalar(node) || isCollection(node)) && !!node.anchor;
// node_modules/yaml/browser/dist/visit.js
const BREAK = Symbol("break visit");
const SKIP = Symbol("skip children");
const REMOVE = Symbol("remove node");
/**
* Apply a visitor to an AST node or document.
*
* Walks through the tree (depth-first) starting from `node`, calling a
* `visitor` function with three arguments:
*   - `key`: For sequence values and map `Pair`, the node's index in the
*     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
*     `null` for the root node.
*   - `node`: The current node.
*   - `path`: The ancestry of the current node.
*
* The return value of the visitor may be used to control the traversal:
*   - `undefined` (default): Do nothing and continue
*   - `visit.SKIP`: Do not visit the children of this node, continue with next
*     sibling
*   - `visit.BREAK`: Terminate traversal completely
*   - `visit.REMOVE`: Remove the current node, then continue with the next one
*   - `Node`: Replace the current node, then continue by visiting it
*   - `number`: While iterating the items of a sequence or map, set the index
*     of the next step. This is useful especially if the index of the current
*     node has changed.
*
* If `visitor` is a single function, it will be called with all values
* encountered in the tree, including e.g. `null` values. Alternatively,
* separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
* `Alias` and `Scalar` node. To define the same visitor function for more than
* one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
* and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
* specific defined one will be used for each node.
*/
function visit(node, visitor) {
	const visitor_ = initVisitor(visitor);
	if (isDocument(node)) {
		if (visit_(null, node.contents, visitor_, Object.freeze([node])) === REMOVE) node.contents = null;
	} else visit_(null, node, visitor_, Object.freeze([]));
}
/** Terminate visit traversal completely */
visit.BREAK = BREAK;
/** Do not visit the children of the current node */
visit.SKIP = SKIP;
/** Remove the current node */
visit.REMOVE = REMOVE;
function visit_(key, node, visitor, path) {
	const ctrl = callVisitor(key, node, visitor, path);
	if (isNode(ctrl) || isPair(ctrl)) {
		replaceNode(key, path, ctrl);
		return visit_(key, ctrl, visitor, path);
	}
	if (typeof ctrl !== "symbol") {
		if (isCollection(node)) {
			path = Object.freeze(path.concat(node));
			for (let i = 0; i < node.items.length; ++i) {
				const ci = visit_(i, node.items[i], visitor, path);
				if (typeof ci === "number") i = ci - 1;
				else if (ci === BREAK) return BREAK;
				else if (ci === REMOVE) {
					node.items.splice(i, 1);
					i -= 1;
				}
			}
		} else if (isPair(node)) {
			path = Object.freeze(path.concat(node));
			const ck = visit_("key", node.key, visitor, path);
			if (ck === BREAK) return BREAK;
			else if (ck === REMOVE) node.key = null;
			const cv = visit_("value", node.value, visitor, path);
			if (cv === BREAK) return BREAK;
			else if (cv === REMOVE) node.value = null;
		}
	}
	return ctrl;
}
/**
* Apply an async visitor to an AST node or document.
*
* Walks through the tree (depth-first) starting from `node`, calling a
* `visitor` function with three arguments:
*   - `key`: For sequence values and map `Pair`, the node's index in the
*     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
*     `null` for the root node.
*   - `node`: The current node.
*   - `path`: The ancestry of the current node.
*
* The return value of the visitor may be used to control the traversal:
*   - `Promise`: Must resolve to one of the following values
*   - `undefined` (default): Do nothing and continue
*   - `visit.SKIP`: Do not visit the children of this node, continue with next
*     sibling
*   - `visit.BREAK`: Terminate traversal completely
*   - `visit.REMOVE`: Remove the current node, then continue with the next one
*   - `Node`: Replace the current node, then continue by visiting it
*   - `number`: While iterating the items of a sequence or map, set the index
*     of the next step. This is useful especially if the index of the current
*     node has changed.
*
* If `visitor` is a single function, it will be called with all values
* encountered in the tree, including e.g. `null` values. Alternatively,
* separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
* `Alias` and `Scalar` node. To define the same visitor function for more than
* one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
* and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
* specific defined one will be used for each node.
*/
async function visitAsync(node, visitor) {
	const visitor_ = initVisitor(visitor);
	if (isDocument(node)) {
		if (await visitAsync_(null, node.contents, visitor_, Object.freeze([node])) === REMOVE) node.contents = null;
	} else await visitAsync_(null, node, visitor_, Object.freeze([]));
}
/** Terminate visit traversal completely */
visitAsync.BREAK = BREAK;
/** Do not visit the children of the current node */
visitAsync.SKIP = SKIP;
/** Remove the current node */
visitAsync.REMOVE = REMOVE;
async function visitAsync_(key, node, visitor, path) {
	const ctrl = await callVisitor(key, node, visitor, path);
	if (isNode(ctrl) || isPair(ctrl)) {
		replaceNode(key, path, ctrl);
		return visitAsync_(key, ctrl, visitor, path);
	}
	if (typeof ctrl !== "symbol") {
		if (isCollection(node)) {
			path = Object.freeze(path.concat(node));
			for (let i = 0; i < node.items.length; ++i) {
				const ci = await visitAsync_(i, node.items[i], visitor, path);
				if (typeof ci === "number") i = ci - 1;
				else if (ci === BREAK) return BREAK;
				else if (ci === REMOVE) {
					node.items.splice(i, 1);
					i -= 1;
				}
			}
		} else if (isPair(node)) {
			path = Object.freeze(path.concat(node));
			const ck = await visitAsync_("key", node.key, visitor, path);
			if (ck === BREAK) return BREAK;
			else if (ck === REMOVE) node.key = null;
			const cv = await visitAsync_("value", node.value, visitor, path);
			if (cv === BREAK) return BREAK;
			else if (cv === REMOVE) node.value = null;
		}
	}
	return ctrl;
}
function initVisitor(visitor) {
	if (typeof visitor === "object" && (visitor.Collection || visitor.Node || visitor.Value)) return Object.assign({
		Alias: visitor.Node,
		Map: visitor.Node,
		Scalar: visitor.Node,
		Seq: visitor.Node
	}, visitor.Value && {
		Map: visitor.Value,
		Scalar: visitor.Value,
		Seq: visitor.Value
	}, visitor.Collection && {
		Map: visitor.Collection,
		Seq: visitor.Collection
	}, visitor);
	return visitor;
}
function callVisitor(key, node, visitor, path) {
	if (typeof visitor === "function") return visitor(key, node, path);
	if (isMap(node)) return visitor.Map?.(key, node, path);
	if (isSeq(node)) return visitor.Seq?.(key, node, path);
	if (isPair(node)) return visitor.Pair?.(key, node, path);
	if (isScalar(node)) return visitor.Scalar?.(key, node, path);
	if (isAlias(node)) return visitor.Alias?.(key, node, path);
}
function replaceNode(key, path, node) {
	const parent = path[path.length - 1];
	if (isCollection(parent)) parent.items[key] = node;
	else if (isPair(parent)) {
		if (key === "key") parent.key = node;
		else parent.value = node;
	} else if (isDocument(parent)) parent.contents = node;
	else {
		const pt = isAlias(parent) ? "alias" : "scalar";
		throw new Error(`Cannot replace node with ${pt} parent`);
	}
}
// node_modules/yaml/browser/dist/doc/directives.js
const escapeChars = {
	"!": "%21",
	",": "%2C",
	"[": "%5B",
	"]": "%5D",
	"{": "%7B",
	"}": "%7D"
};
const escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, (ch) => escapeChars[ch]);
var Directives = class Directives {
	constructor(yaml, tags) {
		/**
		* The directives-end/doc-start marker `---`. If `null`, a marker may still be
		* included in the document's stringified representation.
		*/
		this.docStart = null;
		/** The doc-end marker `...`.  */
		this.docEnd = false;
		this.yaml = Object.assign({}, Directives.defaultYaml, yaml);
		this.tags = Object.assign({}, Directives.defaultTags, tags);
	}
	clone() {
		const copy = new Directives(this.yaml, this.tags);
		copy.docStart = this.docStart;
		return copy;
	}
	/**
	* During parsing, get a Directives instance for the current document and
	* update the stream state according to the current version's spec.
	*/
	atDocument() {
		const res = new Directives(this.yaml, this.tags);
		switch (this.yaml.version) {
			case "1.1":
				this.atNextDocument = true;
				break;
			case "1.2":
				this.atNextDocument = false;
				this.yaml = {
					explicit: Directives.defaultYaml.explicit,
					version: "1.2"
				};
				this.tags = Object.assign({}, Directives.defaultTags);
		}
		return res;
	}
	/**
	* @param onError - May be called even if the action was successful
	* @returns `true` on success
	*/
	add(line, onError) {
		if (this.atNextDocument) {
			this.yaml = {
				explicit: Directives.defaultYaml.explicit,
				version: "1.1"
			};
			this.tags = Object.assign({}, Directives.defaultTags);
			this.atNextDocument = false;
		}
		const parts = line.trim().split(/[ \t]+/);
		const name = parts.shift();
		switch (name) {
			case "%TAG": {
				if (parts.length !== 2) {
					onError(0, "%TAG directive should contain exactly two parts");
					if (parts.length < 2) return false;
				}
				const [handle, prefix] = parts;
				this.tags[handle] = prefix;
				return true;
			}
			case "%YAML": {
				this.yaml.explicit = true;
				if (parts.length !== 1) {
					onError(0, "%YAML directive should contain exactly one part");
					return false;
				}
				const [version] = parts;
				if (version === "1.1" || version === "1.2") {
					this.yaml.version = version;
					return true;
				} else {
					const isValid = /^\d+\.\d+$/.test(version);
					onError(6, `Unsupported YAML version ${version}`, isValid);
					return false;
				}
			}
			default:
				onError(0, `Unknown directive ${name}`, true);
				return false;
		}
	}
	/**
	* Resolves a tag, matching handles to those defined in %TAG directives.
	*
	* @returns Resolved tag, which may also be the non-specific tag `'!'` or a
	*   `'!local'` tag, or `null` if unresolvable.
	*/
	tagName(source, onError) {
		if (source === "!") return "!";
		if (source[0] !== "!") {
			onError(`Not a valid tag: ${source}`);
			return null;
		}
		if (source[1] === "<") {
			const verbatim = source.slice(2, -1);
			if (verbatim === "!" || verbatim === "!!") {
				onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
				return null;
			}
			if (source[source.length - 1] !== ">") onError("Verbatim tags must end with a >");
			return verbatim;
		}
		const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
		if (!suffix) onError(`The ${source} tag has no suffix`);
		const prefix = this.tags[handle];
		if (prefix) try {
			return prefix + decodeURIComponent(suffix);
		} catch (error) {
			onError(String(error));
			return null;
		}
		if (handle === "!") return source;
		onError(`Could not resolve tag: ${source}`);
		return null;
	}
	/**
	* Given a fully resolved tag, returns its printable string form,
	* taking into account current tag prefixes and defaults.
	*/
	tagString(tag) {
		for (const [handle, prefix] of Object.entries(this.tags)) if (tag.startsWith(prefix)) return handle + escapeTagName(tag.substring(prefix.length));
		return tag[0] === "!" ? tag : `!<${tag}>`;
	}
	toString(doc) {
		const lines = this.yaml.explicit ? [`%YAML ${this.yaml.version || "1.2"}`] : [];
		const tagEntries = Object.entries(this.tags);
		let tagNames;
		if (doc && tagEntries.length > 0 && isNode(doc.contents)) {
			const tags = {};
			visit(doc.contents, (_key, node) => {
				if (isNode(node) && node.tag) tags[node.tag] = true;
			});
			tagNames = Object.keys(tags);
		} else tagNames = [];
		for (const [handle, prefix] of tagEntries) {
			if (handle === "!!" && prefix === "tag:yaml.org,2002:") continue;
			if (!doc || tagNames.some((tn) => tn.startsWith(prefix))) lines.push(`%TAG ${handle} ${prefix}`);
		}
		return lines.join("\n");
	}
};
Directives.defaultYaml = {
	explicit: false,
	version: "1.2"
};
Directives.defaultTags = { "!!": "tag:yaml.org,2002:" };
// node_modules/yaml/browser/dist/doc/anchors.js
/**
* Verify that the input string is a valid anchor.
*
* Will throw on errors.
*/
function anchorIsValid(anchor) {
	if (/[\x00-\x19\s,[\]{}]/.test(anchor)) {
		const msg = `Anchor must not contain whitespace or control characters: ${JSON.stringify(anchor)}`;
		throw new Error(msg);
	}
	return true;
}
function anchorNames(root) {
	const anchors = /* @__PURE__ */ new Set();
	visit(root, { Value(_key, node) {
		if (node.anchor) anchors.add(node.anchor);
	} });
	return anchors;
}
/** Find a new anchor name with the given `prefix` and a one-indexed suffix. */
function findNewAnchor(prefix, exclude) {
	for (let i = 1;; ++i) {
		const name = `${prefix}${i}`;
		if (!exclude.has(name)) return name;
	}
}
function createNodeAnchors(doc, prefix) {
	const aliasObjects = [];
	const sourceObjects = /* @__PURE__ */ new Map();
	let prevAnchors = null;
	return {
		onAnchor: (source) => {
			aliasObjects.push(source);
			prevAnchors ?? (prevAnchors = anchorNames(doc));
			const anchor = findNewAnchor(prefix, prevAnchors);
			prevAnchors.add(anchor);
			return anchor;
		},
		/**
		* With circular references, the source node is only resolved after all
		* of its child nodes are. This is why anchors are set only after all of
		* the nodes have been created.
		*/
		setAnchors: () => {
			for (const source of aliasObjects) {
				const ref = sourceObjects.get(source);
				if (typeof ref === "object" && ref.anchor && (isScalar(ref.node) || isCollection(ref.node))) ref.node.anchor = ref.anchor;
				else {
					const error = /* @__PURE__ */ new Error("Failed to resolve repeated object (this should not happen)");
					error.source = source;
					throw error;
				}
			}
		},
		sourceObjects
	};
}
// node_modules/yaml/browser/dist/doc/applyReviver.js
/**
* Applies the JSON.parse reviver algorithm as defined in the ECMA-262 spec,
* in section 24.5.1.1 "Runtime Semantics: InternalizeJSONProperty" of the
* 2021 edition: https://tc39.es/ecma262/#sec-json.parse
*
* Includes extensions for handling Map and Set objects.
*/
function applyReviver(reviver, obj, key, val) {
	if (val && typeof val === "object") {
		if (Array.isArray(val)) for (let i = 0, len = val.length; i < len; ++i) {
			const v0 = val[i];
			const v1 = applyReviver(reviver, val, String(i), v0);
			if (v1 === void 0) delete val[i];
			else if (v1 !== v0) val[i] = v1;
		}
		else if (val instanceof Map) for (const k of Array.from(val.keys())) {
			const v0 = val.get(k);
			const v1 = applyReviver(reviver, val, k, v0);
			if (v1 === void 0) val.delete(k);
			else if (v1 !== v0) val.set(k, v1);
		}
		else if (val instanceof Set) for (const v0 of Array.from(val)) {
			const v1 = applyReviver(reviver, val, v0, v0);
			if (v1 === void 0) val.delete(v0);
			else if (v1 !== v0) {
				val.delete(v0);
				val.add(v1);
			}
		}
		else for (const [k, v0] of Object.entries(val)) {
			const v1 = applyReviver(reviver, val, k, v0);
			if (v1 === void 0) delete val[k];
			else if (v1 !== v0) val[k] = v1;
		}
	}
	return reviver.call(obj, key, val);
}
// node_modules/yaml/browser/dist/nodes/toJS.js
/**
* Recursively convert any node or its contents to native JavaScript
*
* @param value - The input value
* @param arg - If `value` defines a `toJSON()` method, use this
*   as its first argument
* @param ctx - Conversion context, originally set in Document#toJS(). If
*   `{ keep: true }` is not set, output should be suitable for JSON
*   stringification.
*/
function toJS(value, arg, ctx) {
	if (Array.isArray(value)) return value.map((v, i) => toJS(v, String(i), ctx));
	if (value && typeof value.toJSON === "function") {
		if (!ctx || !hasAnchor(value)) return value.toJSON(arg, ctx);
		const data = {
			aliasCount: 0,
			count: 1,
			res: void 0
		};
		ctx.anchors.set(value, data);
		ctx.onCreate = (res) => {
			data.res = res;
			delete ctx.onCreate;
		};
		const res = value.toJSON(arg, ctx);
		if (ctx.onCreate) ctx.onCreate(res);
		return res;
	}
	if (typeof value === "bigint" && !ctx?.keep) return Number(value);
	return value;
}
// node_modules/yaml/browser/dist/nodes/Node.js
var NodeBase = class {
	constructor(type) {
		Object.defineProperty(this, NODE_TYPE, { value: type });
	}
	/** Create a copy of this node.  */
	clone() {
		const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
		if (this.range) copy.range = this.range.slice();
		return copy;
	}
	/** A plain JavaScript representation of this node. */
	toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
		if (!isDocument(doc)) throw new TypeError("A document argument is required");
		const ctx = {
			anchors: /* @__PURE__ */ new Map(),
			doc,
			keep: true,
			mapAsMap: mapAsMap === true,
			mapKeyWarned: false,
			maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
		};
		const res = toJS(this, "", ctx);
		if (typeof onAnchor === "function") for (const { count, res } of ctx.anchors.values()) onAnchor(res, count);
		return typeof reviver === "function" ? applyReviver(reviver, { "": res }, "", res) : res;
	}
};
// node_modules/yaml/browser/dist/nodes/Alias.js
var Alias = class extends NodeBase {
	constructor(source) {
		super(ALIAS);
		this.source = source;
		Object.defineProperty(this, "tag", { set() {
			throw new Error("Alias nodes cannot have tags");
		} });
	}
	/**
	* Resolve the value of this alias within `doc`, finding the last
	* instance of the `source` anchor before this node.
	*/
	resolve(doc, ctx) {
		if (ctx?.maxAliasCount === 0) throw new ReferenceError("Alias resolution is disabled");
		let nodes;
		if (ctx?.aliasResolveCache) nodes = ctx.aliasResolveCache;
		else {
			nodes = [];
			visit(doc, { Node: (_key, node) => {
				if (isAlias(node) || hasAnchor(node)) nodes.push(node);
			} });
			if (ctx) ctx.aliasResolveCache = nodes;
		}
		let found = void 0;
		for (const node of nodes) {
			if (node === this) break;
			if (node.anchor === this.source) found = node;
		}
		if (found && ctx) {
			const { anchors, doc, maxAliasCount } = ctx;
			let data = anchors.get(found);
			if (!data) {
				toJS(found, null, ctx);
				data = anchors.get(found);
			}
			/* istanbul ignore if */
			if (data?.res === void 0) throw new ReferenceError("This should not happen: Alias anchor was not resolved?");
			if (maxAliasCount >= 0) {
				data.count += 1;
				if (data.aliasCount === 0) data.aliasCount = getAliasCount(doc, found, anchors);
				if (data.count * data.aliasCount > maxAliasCount) throw new ReferenceError("Excessive alias count indicates a resource exhaustion attack");
			}
		}
		return found;
	}
	toJSON(_arg, ctx) {
		if (!ctx) return { source: this.source };
		const source = this.resolve(ctx.doc, ctx);
		if (!source) {
			const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
			throw new ReferenceError(msg);
		}
		return ctx.anchors.get(source).res;
	}
	toString(ctx, _onComment, _onChompKeep) {
		const src = `*${this.source}`;
		if (ctx) {
			anchorIsValid(this.source);
			if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
				const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
				throw new Error(msg);
			}
			if (ctx.implicitKey) return `${src} `;
		}
		return src;
	}
};
function getAliasCount(doc, node, anchors) {
	if (isAlias(node)) {
		const source = node.resolve(doc);
		const anchor = anchors && source && anchors.get(source);
		return anchor ? anchor.count * anchor.aliasCount : 0;
	} else if (isCollection(node)) {
		let count = 0;
		for (const item of node.items) {
			const c = getAliasCount(doc, item, anchors);
			if (c > count) count = c;
		}
		return count;
	} else if (isPair(node)) {
		const kc = getAliasCount(doc, node.key, anchors);
		const vc = getAliasCount(doc, node.value, anchors);
		return Math.max(kc, vc);
	}
	return 1;
}
// node_modules/yaml/browser/dist/nodes/Scalar.js
const isScalarValue = (value) => !value || typeof value !== "function" && typeof value !== "object";
var Scalar = class extends NodeBase {
	constructor(value) {
		super(SCALAR$1);
		this.value = value;
	}
	toJSON(arg, ctx) {
		return ctx?.keep ? this.value : toJS(this.value, arg, ctx);
	}
	toString() {
		return String(this.value);
	}
};
Scalar.BLOCK_FOLDED = "BLOCK_FOLDED";
Scalar.BLOCK_LITERAL = "BLOCK_LITERAL";
Scalar.PLAIN = "PLAIN";
Scalar.QUOTE_DOUBLE = "QUOTE_DOUBLE";
Scalar.QUOTE_SINGLE = "QUOTE_SINGLE";
// node_modules/yaml/browser/dist/doc/createNode.js
const defaultTagPrefix = "tag:yaml.org,2002:";
function findTagObject(value, tagName, tags) {
	if (tagName) {
		const match = tags.filter((t) => t.tag === tagName);
		const tagObj = match.find((t) => !t.format) ?? match[0];
		if (!tagObj) throw new Error(`Tag ${tagName} not found`);
		return tagObj;
	}
	return tags.find((t) => t.identify?.(value) && !t.format);
}
function createNode(value, tagName, ctx) {
	if (isDocument(value)) value = value.contents;
	if (isNode(value)) return value;
	if (isPair(value)) {
		const map = ctx.schema[MAP].createNode?.(ctx.schema, null, ctx);
		map.items.push(value);
		return map;
	}
	if (value instanceof String || value instanceof Number || value instanceof Boolean || typeof BigInt !== "undefined" && value instanceof BigInt) value = value.valueOf();
	const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
	let ref = void 0;
	if (aliasDuplicateObjects && value && typeof value === "object") {
		ref = sourceObjects.get(value);
		if (ref) {
			ref.anchor ?? (ref.anchor = onAnchor(value));
			return new Alias(ref.anchor);
		} else {
			ref = {
				anchor: null,
				node: null
			};
			sourceObjects.set(value, ref);
		}
	}
	if (tagName?.startsWith("!!")) tagName = defaultTagPrefix + tagName.slice(2);
	let tagObj = findTagObject(value, tagName, schema.tags);
	if (!tagObj) {
		if (value && typeof value.toJSON === "function") value = value.toJSON();
		if (!value || typeof value !== "object") {
			const node = new Scalar(value);
			if (ref) ref.node = node;
			return node;
		}
		tagObj = value instanceof Map ? schema[MAP] : Symbol.iterator in Object(value) ? schema[SEQ] : schema[MAP];
	}
	if (onTagObj) {
		onTagObj(tagObj);
		delete ctx.onTagObj;
	}
	const node = tagObj?.createNode ? tagObj.createNode(ctx.schema, value, ctx) : typeof tagObj?.nodeClass?.from === "function" ? tagObj.nodeClass.from(ctx.schema, value, ctx) : new Scalar(value);
	if (tagName) node.tag = tagName;
	else if (!tagObj.default) node.tag = tagObj.tag;
	if (ref) ref.node = node;
	return node;
}
// node_modules/yaml/browser/dist/nodes/Collection.js
function collectionFromPath(schema, path, value) {
	let v = value;
	for (let i = path.length - 1; i >= 0; --i) {
		const k = path[i];
		if (typeof k === "number" && Number.isInteger(k) && k >= 0) {
			const a = [];
			a[k] = v;
			v = a;
		} else v = /* @__PURE__ */ new Map([[k, v]]);
	}
	return createNode(v, void 0, {
		aliasDuplicateObjects: false,
		keepUndefined: false,
		onAnchor: () => {
			throw new Error("This should not happen, please report a bug.");
		},
		schema,
		sourceObjects: /* @__PURE__ */ new Map()
	});
}
const isEmptyPath = (path) => path == null || typeof path === "object" && !!path[Symbol.iterator]().next().done;
var Collection = class extends NodeBase {
	constructor(type, schema) {
		super(type);
		Object.defineProperty(this, "schema", {
			value: schema,
			configurable: true,
			enumerable: false,
			writable: true
		});
	}
	/**
	* Create a copy of this collection.
	*
	* @param schema - If defined, overwrites the original's schema
	*/
	clone(schema) {
		const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
		if (schema) copy.schema = schema;
		copy.items = copy.items.map((it) => isNode(it) || isPair(it) ? it.clone(schema) : it);
		if (this.range) copy.range = this.range.slice();
		return copy;
	}
	/**
	* Adds a value to the collection. For `!!map` and `!!omap` the value must
	* be a Pair instance or a `{ key, value }` object, which may not have a key
	* that already exists in the map.
	*/
	addIn(path, value) {
		if (isEmptyPath(path)) this.add(value);
		else {
			const [key, ...rest] = path;
			const node = this.get(key, true);
			if (isCollection(node)) node.addIn(rest, value);
			else if (node === void 0 && this.schema) this.set(key, collectionFromPath(this.schema, rest, value));
			else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
		}
	}
	/**
	* Removes a value from the collection.
	* @returns `true` if the item was found and removed.
	*/
	deleteIn(path) {
		const [key, ...rest] = path;
		if (rest.length === 0) return this.delete(key);
		const node = this.get(key, true);
		if (isCollection(node)) return node.deleteIn(rest);
		else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
	}
	/**
	* Returns item at `key`, or `undefined` if not found. By default unwraps
	* scalar values from their surrounding node; to disable set `keepScalar` to
	* `true` (collections are always returned intact).
	*/
	getIn(path, keepScalar) {
		const [key, ...rest] = path;
		const node = this.get(key, true);
		if (rest.length === 0) return !keepScalar && isScalar(node) ? node.value : node;
		else return isCollection(node) ? node.getIn(rest, keepScalar) : void 0;
	}
	hasAllNullValues(allowScalar) {
		return this.items.every((node) => {
			if (!isPair(node)) return false;
			const n = node.value;
			return n == null || allowScalar && isScalar(n) && n.value == null && !n.commentBefore && !n.comment && !n.tag;
		});
	}
	/**
	* Checks if the collection includes a value with the key `key`.
	*/
	hasIn(path) {
		const [key, ...rest] = path;
		if (rest.length === 0) return this.has(key);
		const node = this.get(key, true);
		return isCollection(node) ? node.hasIn(rest) : false;
	}
	/**
	* Sets a value in this collection. For `!!set`, `value` needs to be a
	* boolean to add/remove the item from the set.
	*/
	setIn(path, value) {
		const [key, ...rest] = path;
		if (rest.length === 0) this.set(key, value);
		else {
			const node = this.get(key, true);
			if (isCollection(node)) node.setIn(rest, value);
			else if (node === void 0 && this.schema) this.set(key, collectionFromPath(this.schema, rest, value));
			else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
		}
	}
};
// node_modules/yaml/browser/dist/stringify/stringifyComment.js
/**
* Stringifies a comment.
*
* Empty comment lines are left empty,
* lines consisting of a single space are replaced by `#`,
* and all other lines are prefixed with a `#`.
*/
const stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, "#");
function indentComment(comment, indent) {
	if (/^\n+$/.test(comment)) return comment.substring(1);
	return indent ? comment.replace(/^(?! *$)/gm, indent) : comment;
}
const lineComment = (str, indent, comment) => str.endsWith("\n") ? indentComment(comment, indent) : comment.includes("\n") ? "\n" + indentComment(comment, indent) : (str.endsWith(" ") ? "" : " ") + comment;
// node_modules/yaml/browser/dist/stringify/foldFlowLines.js
const FOLD_FLOW = "flow";
const FOLD_BLOCK = "block";
const FOLD_QUOTED = "quoted";
/**
* Tries to keep input at up to `lineWidth` characters, splitting only on spaces
* not followed by newlines or spaces unless `mode` is `'quoted'`. Lines are
* terminated with `\n` and started with `indent`.
*/
function foldFlowLines(text, indent, mode = "flow", { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
	if (!lineWidth || lineWidth < 0) return text;
	if (lineWidth < minContentWidth) minContentWidth = 0;
	const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
	if (text.length <= endStep) return text;
	const folds = [];
	const escapedFolds = {};
	let end = lineWidth - indent.length;
	if (typeof indentAtStart === "number") {
		if (indentAtStart > lineWidth - Math.max(2, minContentWidth)) folds.push(0);
		else end = lineWidth - indentAtStart;
	}
	let split = void 0;
	let prev = void 0;
	let overflow = false;
	let i = -1;
	let escStart = -1;
	let escEnd = -1;
	if (mode === "block") {
		i = consumeMoreIndentedLines(text, i, indent.length);
		if (i !== -1) end = i + endStep;
	}
	for (let ch; ch = text[i += 1];) {
		if (mode === "quoted" && ch === "\\") {
			escStart = i;
			switch (text[i + 1]) {
				case "x":
					i += 3;
					break;
				case "u":
					i += 5;
					break;
				case "U":
					i += 9;
					break;
				default: i += 1;
			}
			escEnd = i;
		}
		if (ch === "\n") {
			if (mode === "block") i = consumeMoreIndentedLines(text, i, indent.length);
			end = i + indent.length + endStep;
			split = void 0;
		} else {
			if (ch === " " && prev && prev !== " " && prev !== "\n" && prev !== "	") {
				const next = text[i + 1];
				if (next && next !== " " && next !== "\n" && next !== "	") split = i;
			}
			if (i >= end) {
				if (split) {
					folds.push(split);
					end = split + endStep;
					split = void 0;
				} else if (mode === "quoted") {
					while (prev === " " || prev === "	") {
						prev = ch;
						ch = text[i += 1];
						overflow = true;
					}
					const j = i > escEnd + 1 ? i - 2 : escStart - 1;
					if (escapedFolds[j]) return text;
					folds.push(j);
					escapedFolds[j] = true;
					end = j + endStep;
					split = void 0;
				} else overflow = true;
			}
		}
		prev = ch;
	}
	if (overflow && onOverflow) onOverflow();
	if (folds.length === 0) return text;
	if (onFold) onFold();
	let res = text.slice(0, folds[0]);
	for (let i = 0; i < folds.length; ++i) {
		const fold = folds[i];
		const end = folds[i + 1] || text.length;
		if (fold === 0) res = `\n${indent}${text.slice(0, end)}`;
		else {
			if (mode === "quoted" && escapedFolds[fold]) res += `${text[fold]}\\`;
			res += `\n${indent}${text.slice(fold + 1, end)}`;
		}
	}
	return res;
}
/**
* Presumes `i + 1` is at the start of a line
* @returns index of last newline in more-indented block
*/
function consumeMoreIndentedLines(text, i, indent) {
	let end = i;
	let start = i + 1;
	let ch = text[start];
	while (ch === " " || ch === "	") if (i < start + indent) ch = text[++i];
	else {
		do
			ch = text[++i];
		while (ch && ch !== "\n");
		end = i;
		start = i + 1;
		ch = text[start];
	}
	return end;
}
// node_modules/yaml/browser/dist/stringify/stringifyString.js
const getFoldOptions = (ctx, isBlock) => ({
	indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
	lineWidth: ctx.options.lineWidth,
	minContentWidth: ctx.options.minContentWidth
});
const containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
function lineLengthOverLimit(str, lineWidth, indentLength) {
	if (!lineWidth || lineWidth < 0) return false;
	const limit = lineWidth - indentLength;
	const strLen = str.length;
	if (strLen <= limit) return false;
	for (let i = 0, start = 0; i < strLen; ++i) if (str[i] === "\n") {
		if (i - start > limit) return true;
		start = i + 1;
		if (strLen - start <= limit) return false;
	}
	return true;
}
function doubleQuotedString(value, ctx) {
	const json = JSON.stringify(value);
	if (ctx.options.doubleQuotedAsJSON) return json;
	const { implicitKey } = ctx;
	const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
	const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
	let str = "";
	let start = 0;
	for (let i = 0, ch = json[i]; ch; ch = json[++i]) {
		if (ch === " " && json[i + 1] === "\\" && json[i + 2] === "n") {
			str += json.slice(start, i) + "\\ ";
			i += 1;
			start = i;
			ch = "\\";
		}
		if (ch === "\\") switch (json[i + 1]) {
			case "u":
				{
					str += json.slice(start, i);
					const code = json.substr(i + 2, 4);
					switch (code) {
						case "0000":
							str += "\\0";
							break;
						case "0007":
							str += "\\a";
							break;
						case "000b":
							str += "\\v";
							break;
						case "001b":
							str += "\\e";
							break;
						case "0085":
							str += "\\N";
							break;
						case "00a0":
							str += "\\_";
							break;
						case "2028":
							str += "\\L";
							break;
						case "2029":
							str += "\\P";
							break;
						default: if (code.substr(0, 2) === "00") str += "\\x" + code.substr(2);
						else str += json.substr(i, 6);
					}
					i += 5;
					start = i + 1;
				}
				break;
			case "n":
				if (implicitKey || json[i + 2] === "\"" || json.length < minMultiLineLength) i += 1;
				else {
					str += json.slice(start, i) + "\n\n";
					while (json[i + 2] === "\\" && json[i + 3] === "n" && json[i + 4] !== "\"") {
						str += "\n";
						i += 2;
					}
					str += indent;
					if (json[i + 2] === " ") str += "\\";
					i += 1;
					start = i + 1;
				}
				break;
			default: i += 1;
		}
	}
	str = start ? str + json.slice(start) : json;
	return implicitKey ? str : foldFlowLines(str, indent, FOLD_QUOTED, getFoldOptions(ctx, false));
}
function singleQuotedString(value, ctx) {
	if (ctx.options.singleQuote === false || ctx.implicitKey && value.includes("\n") || /[ \t]\n|\n[ \t]/.test(value)) return doubleQuotedString(value, ctx);
	const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
	const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&\n${indent}`) + "'";
	return ctx.implicitKey ? res : foldFlowLines(res, indent, FOLD_FLOW, getFoldOptions(ctx, false));
}
function quotedString(value, ctx) {
	const { singleQuote } = ctx.options;
	let qs;
	if (singleQuote === false) qs = doubleQuotedString;
	else {
		const hasDouble = value.includes("\"");
		const hasSingle = value.includes("'");
		if (hasDouble && !hasSingle) qs = singleQuotedString;
		else if (hasSingle && !hasDouble) qs = doubleQuotedString;
		else qs = singleQuote ? singleQuotedString : doubleQuotedString;
	}
	return qs(value, ctx);
}
let blockEndNewlines;
try {
	blockEndNewlines = new RegExp("(^|(?<!\n))\n+(?!\n|$)", "g");
} catch {
	blockEndNewlines = /\n+(?!\n|$)/g;
}
function blockString({ comment, type, value }, ctx, onComment, onChompKeep) {
	const { blockQuote, commentString, lineWidth } = ctx.options;
	if (!blockQuote || /\n[\t ]+$/.test(value)) return quotedString(value, ctx);
	const indent = ctx.indent || (ctx.forceBlockIndent || containsDocumentMarker(value) ? "  " : "");
	const literal = blockQuote === "literal" ? true : blockQuote === "folded" || type === Scalar.BLOCK_FOLDED ? false : type === Scalar.BLOCK_LITERAL ? true : !lineLengthOverLimit(value, lineWidth, indent.length);
	if (!value) return literal ? "|\n" : ">\n";
	let chomp;
	let endStart;
	for (endStart = value.length; endStart > 0; --endStart) {
		const ch = value[endStart - 1];
		if (ch !== "\n" && ch !== "	" && ch !== " ") break;
	}
	let end = value.substring(endStart);
	const endNlPos = end.indexOf("\n");
	if (endNlPos === -1) chomp = "-";
	else if (value === end || endNlPos !== end.length - 1) {
		chomp = "+";
		if (onChompKeep) onChompKeep();
	} else chomp = "";
	if (end) {
		value = value.slice(0, -end.length);
		if (end[end.length - 1] === "\n") end = end.slice(0, -1);
		end = end.replace(blockEndNewlines, `$&${indent}`);
	}
	let startWithSpace = false;
	let startEnd;
	let startNlPos = -1;
	for (startEnd = 0; startEnd < value.length; ++startEnd) {
		const ch = value[startEnd];
		if (ch === " ") startWithSpace = true;
		else if (ch === "\n") startNlPos = startEnd;
		else break;
	}
	let start = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
	if (start) {
		value = value.substring(start.length);
		start = start.replace(/\n+/g, `$&${indent}`);
	}
	let header = (startWithSpace ? indent ? "2" : "1" : "") + chomp;
	if (comment) {
		header += " " + commentString(comment.replace(/ ?[\r\n]+/g, " "));
		if (onComment) onComment();
	}
	if (!literal) {
		const foldedValue = value.replace(/\n+/g, "\n$&").replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, "$1$2").replace(/\n+/g, `$&${indent}`);
		let literalFallback = false;
		const foldOptions = getFoldOptions(ctx, true);
		if (blockQuote !== "folded" && type !== Scalar.BLOCK_FOLDED) foldOptions.onOverflow = () => {
			literalFallback = true;
		};
		const body = foldFlowLines(`${start}${foldedValue}${end}`, indent, FOLD_BLOCK, foldOptions);
		if (!literalFallback) return `>${header}\n${indent}${body}`;
	}
	value = value.replace(/\n+/g, `$&${indent}`);
	return `|${header}\n${indent}${start}${value}${end}`;
}
function plainString(item, ctx, onComment, onChompKeep) {
	const { type, value } = item;
	const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
	if (implicitKey && value.includes("\n") || inFlow && /[[\]{},]/.test(value)) return quotedString(value, ctx);
	if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) return implicitKey || inFlow || !value.includes("\n") ? quotedString(value, ctx) : blockString(item, ctx, onComment, onChompKeep);
	if (!implicitKey && !inFlow && type !== Scalar.PLAIN && value.includes("\n")) return blockString(item, ctx, onComment, onChompKeep);
	if (containsDocumentMarker(value)) {
		if (indent === "") {
			ctx.forceBlockIndent = true;
			return blockString(item, ctx, onComment, onChompKeep);
		} else if (implicitKey && indent === indentStep) return quotedString(value, ctx);
	}
	const str = value.replace(/\n+/g, `$&\n${indent}`);
	if (actualString) {
		const test = (tag) => tag.default && tag.tag !== "tag:yaml.org,2002:str" && tag.test?.test(str);
		const { compat, tags } = ctx.doc.schema;
		if (tags.some(test) || compat?.some(test)) return quotedString(value, ctx);
	}
	return implicitKey ? str : foldFlowLines(str, indent, FOLD_FLOW, getFoldOptions(ctx, false));
}
function stringifyString(item, ctx, onComment, onChompKeep) {
	const { implicitKey, inFlow } = ctx;
	const ss = typeof item.value === "string" ? item : Object.assign({}, item, { value: String(item.value) });
	let { type } = item;
	if (type !== Scalar.QUOTE_DOUBLE) {
		if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value)) type = Scalar.QUOTE_DOUBLE;
	}
	const _stringify = (_type) => {
		switch (_type) {
			case Scalar.BLOCK_FOLDED:
			case Scalar.BLOCK_LITERAL: return implicitKey || inFlow ? quotedString(ss.value, ctx) : blockString(ss, ctx, onComment, onChompKeep);
			case Scalar.QUOTE_DOUBLE: return doubleQuotedString(ss.value, ctx);
			case Scalar.QUOTE_SINGLE: return singleQuotedString(ss.value, ctx);
			case Scalar.PLAIN: return plainString(ss, ctx, onComment, onChompKeep);
			default: return null;
		}
	};
	let res = _stringify(type);
	if (res === null) {
		const { defaultKeyType, defaultStringType } = ctx.options;
		const t = implicitKey && defaultKeyType || defaultStringType;
		res = _stringify(t);
		if (res === null) throw new Error(`Unsupported default string type ${t}`);
	}
	return res;
}
// node_modules/yaml/browser/dist/stringify/stringify.js
function createStringifyContext(doc, options) {
	const opt = Object.assign({
		blockQuote: true,
		commentString: stringifyComment,
		defaultKeyType: null,
		defaultStringType: "PLAIN",
		directives: null,
		doubleQuotedAsJSON: false,
		doubleQuotedMinMultiLineLength: 40,
		falseStr: "false",
		flowCollectionPadding: true,
		indentSeq: true,
		lineWidth: 80,
		minContentWidth: 20,
		nullStr: "null",
		simpleKeys: false,
		singleQuote: null,
		trailingComma: false,
		trueStr: "true",
		verifyAliasOrder: true
	}, doc.schema.toStringOptions, options);
	let inFlow;
	switch (opt.collectionStyle) {
		case "block":
			inFlow = false;
			break;
		case "flow":
			inFlow = true;
			break;
		default: inFlow = null;
	}
	return {
		anchors: /* @__PURE__ */ new Set(),
		doc,
		flowCollectionPadding: opt.flowCollectionPadding ? " " : "",
		indent: "",
		indentStep: typeof opt.indent === "number" ? " ".repeat(opt.indent) : "  ",
		inFlow,
		options: opt
	};
}
function getTagObject(tags, item) {
	if (item.tag) {
		const match = tags.filter((t) => t.tag === item.tag);
		if (match.length > 0) return match.find((t) => t.format === item.format) ?? match[0];
	}
	let tagObj = void 0;
	let obj;
	if (isScalar(item)) {
		obj = item.value;
		let match = tags.filter((t) => t.identify?.(obj));
		if (match.length > 1) {
			const testMatch = match.filter((t) => t.test);
			if (testMatch.length > 0) match = testMatch;
		}
		tagObj = match.find((t) => t.format === item.format) ?? match.find((t) => !t.format);
	} else {
		obj = item;
		tagObj = tags.find((t) => t.nodeClass && obj instanceof t.nodeClass);
	}
	if (!tagObj) {
		const name = obj?.constructor?.name ?? (obj === null ? "null" : typeof obj);
		throw new Error(`Tag not resolved for ${name} value`);
	}
	return tagObj;
}
function stringifyProps(node, tagObj, { anchors, doc }) {
	if (!doc.directives) return "";
	const props = [];
	const anchor = (isScalar(node) || isCollection(node)) && node.anchor;
	if (anchor && anchorIsValid(anchor)) {
		anchors.add(anchor);
		props.push(`&${anchor}`);
	}
	const tag = node.tag ?? (tagObj.default ? null : tagObj.tag);
	if (tag) props.push(doc.directives.tagString(tag));
	return props.join(" ");
}
function stringify(item, ctx, onComment, onChompKeep) {
	if (isPair(item)) return item.toString(ctx, onComment, onChompKeep);
	if (isAlias(item)) {
		if (ctx.doc.directives) return item.toString(ctx);
		if (ctx.resolvedAliases?.has(item)) throw new TypeError(`Cannot stringify circular structure without alias nodes`);
		else {
			if (ctx.resolvedAliases) ctx.resolvedAliases.add(item);
			else ctx.resolvedAliases = /* @__PURE__ */ new Set([item]);
			item = item.resolve(ctx.doc);
		}
	}
	let tagObj = void 0;
	const node = isNode(item) ? item : ctx.doc.createNode(item, { onTagObj: (o) => tagObj = o });
	tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node));
	const props = stringifyProps(node, tagObj, ctx);
	if (props.length > 0) ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
	const str = typeof tagObj.stringify === "function" ? tagObj.stringify(node, ctx, onComment, onChompKeep) : isScalar(node) ? stringifyString(node, ctx, onComment, onChompKeep) : node.toString(ctx, onComment, onChompKeep);
	if (!props) return str;
	return isScalar(node) || str[0] === "{" || str[0] === "[" ? `${props} ${str}` : `${props}\n${ctx.indent}${str}`;
}
// node_modules/yaml/browser/dist/stringify/stringifyPair.js
function stringifyPair({ key, value }, ctx, onComment, onChompKeep) {
	const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
	let keyComment = isNode(key) && key.comment || null;
	if (simpleKeys) {
		if (keyComment) throw new Error("With simple keys, key nodes cannot have comments");
		if (isCollection(key) || !isNode(key) && typeof key === "object") throw new Error("With simple keys, collection cannot be used as a key value");
	}
	let explicitKey = !simpleKeys && (!key || keyComment && value == null && !ctx.inFlow || isCollection(key) || (isScalar(key) ? key.type === Scalar.BLOCK_FOLDED || key.type === Scalar.BLOCK_LITERAL : typeof key === "object"));
	ctx = Object.assign({}, ctx, {
		allNullValues: false,
		implicitKey: !explicitKey && (simpleKeys || !allNullValues),
		indent: indent + indentStep
	});
	let keyCommentDone = false;
	let chompKeep = false;
	let str = stringify(key, ctx, () => keyCommentDone = true, () => chompKeep = true);
	if (!explicitKey && !ctx.inFlow && str.length > 1024) {
		if (simpleKeys) throw new Error("With simple keys, single line scalar must not span more than 1024 characters");
		explicitKey = true;
	}
	if (ctx.inFlow) {
		if (allNullValues || value == null) {
			if (keyCommentDone && onComment) onComment();
			return str === "" ? "?" : explicitKey ? `? ${str}` : str;
		}
	} else if (allNullValues && !simpleKeys || value == null && explicitKey) {
		str = `? ${str}`;
		if (keyComment && !keyCommentDone) str += lineComment(str, ctx.indent, commentString(keyComment));
		else if (chompKeep && onChompKeep) onChompKeep();
		return str;
	}
	if (keyCommentDone) keyComment = null;
	if (explicitKey) {
		if (keyComment) str += lineComment(str, ctx.indent, commentString(keyComment));
		str = `? ${str}\n${indent}:`;
	} else {
		str = `${str}:`;
		if (keyComment) str += lineComment(str, ctx.indent, commentString(keyComment));
	}
	let vsb, vcb, valueComment;
	if (isNode(value)) {
		vsb = !!value.spaceBefore;
		vcb = value.commentBefore;
		valueComment = value.comment;
	} else {
		vsb = false;
		vcb = null;
		valueComment = null;
		if (value && typeof value === "object") value = doc.createNode(value);
	}
	ctx.implicitKey = false;
	if (!explicitKey && !keyComment && isScalar(value)) ctx.indentAtStart = str.length + 1;
	chompKeep = false;
	if (!indentSeq && indentStep.length >= 2 && !ctx.inFlow && !explicitKey && isSeq(value) && !value.flow && !value.tag && !value.anchor) ctx.indent = ctx.indent.substring(2);
	let valueCommentDone = false;
	const valueStr = stringify(value, ctx, () => valueCommentDone = true, () => chompKeep = true);
	let ws = " ";
	if (keyComment || vsb || vcb) {
		ws = vsb ? "\n" : "";
		if (vcb) {
			const cs = commentString(vcb);
			ws += `\n${indentComment(cs, ctx.indent)}`;
		}
		if (valueStr === "" && !ctx.inFlow) {
			if (ws === "\n" && valueComment) ws = "\n\n";
		} else ws += `\n${ctx.indent}`;
	} else if (!explicitKey && isCollection(value)) {
		const vs0 = valueStr[0];
		const nl0 = valueStr.indexOf("\n");
		const hasNewline = nl0 !== -1;
		const flow = ctx.inFlow ?? value.flow ?? value.items.length === 0;
		if (hasNewline || !flow) {
			let hasPropsLine = false;
			if (hasNewline && (vs0 === "&" || vs0 === "!")) {
				let sp0 = valueStr.indexOf(" ");
				if (vs0 === "&" && sp0 !== -1 && sp0 < nl0 && valueStr[sp0 + 1] === "!") sp0 = valueStr.indexOf(" ", sp0 + 1);
				if (sp0 === -1 || nl0 < sp0) hasPropsLine = true;
			}
			if (!hasPropsLine) ws = `\n${ctx.indent}`;
		}
	} else if (valueStr === "" || valueStr[0] === "\n") ws = "";
	str += ws + valueStr;
	if (ctx.inFlow) {
		if (valueCommentDone && onComment) onComment();
	} else if (valueComment && !valueCommentDone) str += lineComment(str, ctx.indent, commentString(valueComment));
	else if (chompKeep && onChompKeep) onChompKeep();
	return str;
}
// node_modules/yaml/browser/dist/log.js
function warn(logLevel, warning) {
	if (logLevel === "debug" || logLevel === "warn") console.warn(warning);
}
// node_modules/yaml/browser/dist/schema/yaml-1.1/merge.js
const MERGE_KEY = "<<";
const merge = {
	identify: (value) => value === MERGE_KEY || typeof value === "symbol" && value.description === MERGE_KEY,
	default: "key",
	tag: "tag:yaml.org,2002:merge",
	test: /^<<$/,
	resolve: () => Object.assign(new Scalar(Symbol(MERGE_KEY)), { addToJSMap: addMergeToJSMap }),
	stringify: () => MERGE_KEY
};
const isMergeKey = (ctx, key) => (merge.identify(key) || isScalar(key) && (!key.type || key.type === Scalar.PLAIN) && merge.identify(key.value)) && ctx?.doc.schema.tags.some((tag) => tag.tag === merge.tag && tag.default);
function addMergeToJSMap(ctx, map, value) {
	const source = resolveAliasValue(ctx, value);
	if (isSeq(source)) for (const it of source.items) mergeValue(ctx, map, it);
	else if (Array.isArray(source)) for (const it of source) mergeValue(ctx, map, it);
	else mergeValue(ctx, map, source);
}
function mergeValue(ctx, map, value) {
	const source = resolveAliasValue(ctx, value);
	if (!isMap(source)) throw new Error("Merge sources must be maps or map aliases");
	const srcMap = source.toJSON(null, ctx, Map);
	for (const [key, value] of srcMap) if (map instanceof Map) {
		if (!map.has(key)) map.set(key, value);
	} else if (map instanceof Set) map.add(key);
	else if (!Object.prototype.hasOwnProperty.call(map, key)) Object.defineProperty(map, key, {
		value,
		writable: true,
		enumerable: true,
		configurable: true
	});
	return map;
}
function resolveAliasValue(ctx, value) {
	return ctx && isAlias(value) ? value.resolve(ctx.doc, ctx) : value;
}
// node_modules/yaml/browser/dist/nodes/addPairToJSMap.js
function addPairToJSMap(ctx, map, { key, value }) {
	if (isNode(key) && key.addToJSMap) key.addToJSMap(ctx, map, value);
	else if (isMergeKey(ctx, key)) addMergeToJSMap(ctx, map, value);
	else {
		const jsKey = toJS(key, "", ctx);
		if (map instanceof Map) map.set(jsKey, toJS(value, jsKey, ctx));
		else if (map instanceof Set) map.add(jsKey);
		else {
			const stringKey = stringifyKey(key, jsKey, ctx);
			const jsValue = toJS(value, stringKey, ctx);
			if (stringKey in map) Object.defineProperty(map, stringKey, {
				value: jsValue,
				writable: true,
				enumerable: true,
				configurable: true
			});
			else map[stringKey] = jsValue;
		}
	}
	return map;
}
function stringifyKey(key, jsKey, ctx) {
	if (jsKey === null) return "";
	if (typeof jsKey !== "object") return String(jsKey);
	if (isNode(key) && ctx?.doc) {
		const strCtx = createStringifyContext(ctx.doc, {});
		strCtx.anchors = /* @__PURE__ */ new Set();
		for (const node of ctx.anchors.keys()) strCtx.anchors.add(node.anchor);
		strCtx.inFlow = true;
		strCtx.inStringifyKey = true;
		const strKey = key.toString(strCtx);
		if (!ctx.mapKeyWarned) {
			let jsonStr = JSON.stringify(strKey);
			if (jsonStr.length > 40) jsonStr = jsonStr.substring(0, 36) + "...\"";
			warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
			ctx.mapKeyWarned = true;
		}
		return strKey;
	}
	return JSON.stringify(jsKey);
}
// node_modules/yaml/browser/dist/nodes/Pair.js
function createPair(key, value, ctx) {
	return new Pair(createNode(key, void 0, ctx), createNode(value, void 0, ctx));
}
var Pair = class Pair {
	constructor(key, value = null) {
		Object.defineProperty(this, NODE_TYPE, { value: PAIR });
		this.key = key;
		this.value = value;
	}
	clone(schema) {
		let { key, value } = this;
		if (isNode(key)) key = key.clone(schema);
		if (isNode(value)) value = value.clone(schema);
		return new Pair(key, value);
	}
	toJSON(_, ctx) {
		return addPairToJSMap(ctx, ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {}, this);
	}
	toString(ctx, onComment, onChompKeep) {
		return ctx?.doc ? stringifyPair(this, ctx, onComment, onChompKeep) : JSON.stringify(this);
	}
};
// node_modules/yaml/browser/dist/stringify/stringifyCollection.js
function stringifyCollection(collection, ctx, options) {
	return (ctx.inFlow ?? collection.flow ? stringifyFlowCollection : stringifyBlockCollection)(collection, ctx, options);
}
function stringifyBlockCollection({ comment, items }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
	const { indent, options: { commentString } } = ctx;
	const itemCtx = Object.assign({}, ctx, {
		indent: itemIndent,
		type: null
	});
	let chompKeep = false;
	const lines = [];
	for (let i = 0; i < items.length; ++i) {
		const item = items[i];
		let comment = null;
		if (isNode(item)) {
			if (!chompKeep && item.spaceBefore) lines.push("");
			addCommentBefore(ctx, lines, item.commentBefore, chompKeep);
			if (item.comment) comment = item.comment;
		} else if (isPair(item)) {
			const ik = isNode(item.key) ? item.key : null;
			if (ik) {
				if (!chompKeep && ik.spaceBefore) lines.push("");
				addCommentBefore(ctx, lines, ik.commentBefore, chompKeep);
			}
		}
		chompKeep = false;
		let str = stringify(item, itemCtx, () => comment = null, () => chompKeep = true);
		if (comment) str += lineComment(str, itemIndent, commentString(comment));
		if (chompKeep && comment) chompKeep = false;
		lines.push(blockItemPrefix + str);
	}
	let str;
	if (lines.length === 0) str = flowChars.start + flowChars.end;
	else {
		str = lines[0];
		for (let i = 1; i < lines.length; ++i) {
			const line = lines[i];
			str += line ? `\n${indent}${line}` : "\n";
		}
	}
	if (comment) {
		str += "\n" + indentComment(commentString(comment), indent);
		if (onComment) onComment();
	} else if (chompKeep && onChompKeep) onChompKeep();
	return str;
}
function stringifyFlowCollection({ items }, ctx, { flowChars, itemIndent }) {
	const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
	itemIndent += indentStep;
	const itemCtx = Object.assign({}, ctx, {
		indent: itemIndent,
		inFlow: true,
		type: null
	});
	let reqNewline = false;
	let linesAtValue = 0;
	const lines = [];
	for (let i = 0; i < items.length; ++i) {
		const item = items[i];
		let comment = null;
		if (isNode(item)) {
			if (item.spaceBefore) lines.push("");
			addCommentBefore(ctx, lines, item.commentBefore, false);
			if (item.comment) comment = item.comment;
		} else if (isPair(item)) {
			const ik = isNode(item.key) ? item.key : null;
			if (ik) {
				if (ik.spaceBefore) lines.push("");
				addCommentBefore(ctx, lines, ik.commentBefore, false);
				if (ik.comment) reqNewline = true;
			}
			const iv = isNode(item.value) ? item.value : null;
			if (iv) {
				if (iv.comment) comment = iv.comment;
				if (iv.commentBefore) reqNewline = true;
			} else if (item.value == null && ik?.comment) comment = ik.comment;
		}
		if (comment) reqNewline = true;
		let str = stringify(item, itemCtx, () => comment = null);
		reqNewline || (reqNewline = lines.length > linesAtValue || str.includes("\n"));
		if (i < items.length - 1) str += ",";
		else if (ctx.options.trailingComma) {
			if (ctx.options.lineWidth > 0) reqNewline || (reqNewline = lines.reduce((sum, line) => sum + line.length + 2, 2) + (str.length + 2) > ctx.options.lineWidth);
			if (reqNewline) str += ",";
		}
		if (comment) str += lineComment(str, itemIndent, commentString(comment));
		lines.push(str);
		linesAtValue = lines.length;
	}
	const { start, end } = flowChars;
	if (lines.length === 0) return start + end;
	else {
		if (!reqNewline) {
			const len = lines.reduce((sum, line) => sum + line.length + 2, 2);
			reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
		}
		if (reqNewline) {
			let str = start;
			for (const line of lines) str += line ? `\n${indentStep}${indent}${line}` : "\n";
			return `${str}\n${indent}${end}`;
		} else return `${start}${fcPadding}${lines.join(" ")}${fcPadding}${end}`;
	}
}
function addCommentBefore({ indent, options: { commentString } }, lines, comment, chompKeep) {
	if (comment && chompKeep) comment = comment.replace(/^\n+/, "");
	if (comment) {
		const ic = indentComment(commentString(comment), indent);
		lines.push(ic.trimStart());
	}
}
// node_modules/yaml/browser/dist/nodes/YAMLMap.js
function findPair(items, key) {
	const k = isScalar(key) ? key.value : key;
	for (const it of items) if (isPair(it)) {
		if (it.key === key || it.key === k) return it;
		if (isScalar(it.key) && it.key.value === k) return it;
	}
}
var YAMLMap = class extends Collection {
	static get tagName() {
		return "tag:yaml.org,2002:map";
	}
	constructor(schema) {
		super(MAP, schema);
		this.items = [];
	}
	/**
	* A generic collection parsing method that can be extended
	* to other node classes that inherit from YAMLMap
	*/
	static from(schema, obj, ctx) {
		const { keepUndefined, replacer } = ctx;
		const map = new this(schema);
		const add = (key, value) => {
			if (typeof replacer === "function") value = replacer.call(obj, key, value);
			else if (Array.isArray(replacer) && !replacer.includes(key)) return;
			if (value !== void 0 || keepUndefined) map.items.push(createPair(key, value, ctx));
		};
		if (obj instanceof Map) for (const [key, value] of obj) add(key, value);
		else if (obj && typeof obj === "object") for (const key of Object.keys(obj)) add(key, obj[key]);
		if (typeof schema.sortMapEntries === "function") map.items.sort(schema.sortMapEntries);
		return map;
	}
	/**
	* Adds a value to the collection.
	*
	* @param overwrite - If not set `true`, using a key that is already in the
	*   collection will throw. Otherwise, overwrites the previous value.
	*/
	add(pair, overwrite) {
		let _pair;
		if (isPair(pair)) _pair = pair;
		else if (!pair || typeof pair !== "object" || !("key" in pair)) _pair = new Pair(pair, pair?.value);
		else _pair = new Pair(pair.key, pair.value);
		const prev = findPair(this.items, _pair.key);
		const sortEntries = this.schema?.sortMapEntries;
		if (prev) {
			if (!overwrite) throw new Error(`Key ${_pair.key} already set`);
			if (isScalar(prev.value) && isScalarValue(_pair.value)) prev.value.value = _pair.value;
			else prev.value = _pair.value;
		} else if (sortEntries) {
			const i = this.items.findIndex((item) => sortEntries(_pair, item) < 0);
			if (i === -1) this.items.push(_pair);
			else this.items.splice(i, 0, _pair);
		} else this.items.push(_pair);
	}
	delete(key) {
		const it = findPair(this.items, key);
		if (!it) return false;
		return this.items.splice(this.items.indexOf(it), 1).length > 0;
	}
	get(key, keepScalar) {
		const node = findPair(this.items, key)?.value;
		return (!keepScalar && isScalar(node) ? node.value : node) ?? void 0;
	}
	has(key) {
		return !!findPair(this.items, key);
	}
	set(key, value) {
		this.add(new Pair(key, value), true);
	}
	/**
	* @param ctx - Conversion context, originally set in Document#toJS()
	* @param {Class} Type - If set, forces the returned collection type
	* @returns Instance of Type, Map, or Object
	*/
	toJSON(_, ctx, Type) {
		const map = Type ? new Type() : ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
		if (ctx?.onCreate) ctx.onCreate(map);
		for (const item of this.items) addPairToJSMap(ctx, map, item);
		return map;
	}
	toString(ctx, onComment, onChompKeep) {
		if (!ctx) return JSON.stringify(this);
		for (const item of this.items) if (!isPair(item)) throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
		if (!ctx.allNullValues && this.hasAllNullValues(false)) ctx = Object.assign({}, ctx, { allNullValues: true });
		return stringifyCollection(this, ctx, {
			blockItemPrefix: "",
			flowChars: {
				start: "{",
				end: "}"
			},
			itemIndent: ctx.indent || "",
			onChompKeep,
			onComment
		});
	}
};
// node_modules/yaml/browser/dist/schema/common/map.js
const map = {
	collection: "map",
	default: true,
	nodeClass: YAMLMap,
	tag: "tag:yaml.org,2002:map",
	resolve(map, onError) {
		if (!isMap(map)) onError("Expected a mapping for this tag");
		return map;
	},
	createNode: (schema, obj, ctx) => YAMLMap.from(schema, obj, ctx)
};
// node_modules/yaml/browser/dist/nodes/YAMLSeq.js
var YAMLSeq = class extends Collection {
	static get tagName() {
		return "tag:yaml.org,2002:seq";
	}
	constructor(schema) {
		super(SEQ, schema);
		this.items = [];
	}
	add(value) {
		this.items.push(value);
	}
	/**
	* Removes a value from the collection.
	*
	* `key` must contain a representation of an integer for this to succeed.
	* It may be wrapped in a `Scalar`.
	*
	* @returns `true` if the item was found and removed.
	*/
	delete(key) {
		const idx = asItemIndex(key);
		if (typeof idx !== "number") return false;
		return this.items.splice(idx, 1).length > 0;
	}
	get(key, keepScalar) {
		const idx = asItemIndex(key);
		if (typeof idx !== "number") return void 0;
		const it = this.items[idx];
		return !keepScalar && isScalar(it) ? it.value : it;
	}
	/**
	* Checks if the collection includes a value with the key `key`.
	*
	* `key` must contain a representation of an integer for this to succeed.
	* It may be wrapped in a `Scalar`.
	*/
	has(key) {
		const idx = asItemIndex(key);
		return typeof idx === "number" && idx < this.items.length;
	}
	/**
	* Sets a value in this collection. For `!!set`, `value` needs to be a
	* boolean to add/remove the item from the set.
	*
	* If `key` does not contain a representation of an integer, this will throw.
	* It may be wrapped in a `Scalar`.
	*/
	set(key, value) {
		const idx = asItemIndex(key);
		if (typeof idx !== "number") throw new Error(`Expected a valid index, not ${key}.`);
		const prev = this.items[idx];
		if (isScalar(prev) && isScalarValue(value)) prev.value = value;
		else this.items[idx] = value;
	}
	toJSON(_, ctx) {
		const seq = [];
		if (ctx?.onCreate) ctx.onCreate(seq);
		let i = 0;
		for (const item of this.items) seq.push(toJS(item, String(i++), ctx));
		return seq;
	}
	toString(ctx, onComment, onChompKeep) {
		if (!ctx) return JSON.stringify(this);
		return stringifyCollection(this, ctx, {
			blockItemPrefix: "- ",
			flowChars: {
				start: "[",
				end: "]"
			},
			itemIndent: (ctx.indent || "") + "  ",
			onChompKeep,
			onComment
		});
	}
	static from(schema, obj, ctx) {
		const { replacer } = ctx;
		const seq = new this(schema);
		if (obj && Symbol.iterator in Object(obj)) {
			let i = 0;
			for (let it of obj) {
				if (typeof replacer === "function") {
					const key = obj instanceof Set ? it : String(i++);
					it = replacer.call(obj, key, it);
				}
				seq.items.push(createNode(it, void 0, ctx));
			}
		}
		return seq;
	}
};
function asItemIndex(key) {
	let idx = isScalar(key) ? key.value : key;
	if (idx && typeof idx === "string") idx = Number(idx);
	return typeof idx === "number" && Number.isInteger(idx) && idx >= 0 ? idx : null;
}
// node_modules/yaml/browser/dist/schema/common/seq.js
const seq = {
	collection: "seq",
	default: true,
	nodeClass: YAMLSeq,
	tag: "tag:yaml.org,2002:seq",
	resolve(seq, onError) {
		if (!isSeq(seq)) onError("Expected a sequence for this tag");
		return seq;
	},
	createNode: (schema, obj, ctx) => YAMLSeq.from(schema, obj, ctx)
};
// node_modules/yaml/browser/dist/schema/common/string.js
const string = {
	identify: (value) => typeof value === "string",
	default: true,
	tag: "tag:yaml.org,2002:str",
	resolve: (str) => str,
	stringify(item, ctx, onComment, onChompKeep) {
		ctx = Object.assign({ actualString: true }, ctx);
		return stringifyString(item, ctx, onComment, onChompKeep);
	}
};
// node_modules/yaml/browser/dist/schema/common/null.js
const nullTag = {
	identify: (value) => value == null,
	createNode: () => new Scalar(null),
	default: true,
	tag: "tag:yaml.org,2002:null",
	test: /^(?:~|[Nn]ull|NULL)?$/,
	resolve: () => new Scalar(null),
	stringify: ({ source }, ctx) => typeof source === "string" && nullTag.test.test(source) ? source : ctx.options.nullStr
};
// node_modules/yaml/browser/dist/schema/core/bool.js
const boolTag = {
	identify: (value) => typeof value === "boolean",
	default: true,
	tag: "tag:yaml.org,2002:bool",
	test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
	resolve: (str) => new Scalar(str[0] === "t" || str[0] === "T"),
	stringify({ source, value }, ctx) {
		if (source && boolTag.test.test(source)) {
			if (value === (source[0] === "t" || source[0] === "T")) return source;
		}
		return value ? ctx.options.trueStr : ctx.options.falseStr;
	}
};
// node_modules/yaml/browser/dist/stringify/stringifyNumber.js
function stringifyNumber({ format, minFractionDigits, tag, value }) {
	if (typeof value === "bigint") return String(value);
	const num = typeof value === "number" ? value : Number(value);
	if (!isFinite(num)) return isNaN(num) ? ".nan" : num < 0 ? "-.inf" : ".inf";
	let n = Object.is(value, -0) ? "-0" : JSON.stringify(value);
	if (!format && minFractionDigits && (!tag || tag === "tag:yaml.org,2002:float") && /^-?\d/.test(n) && !n.includes("e")) {
		let i = n.indexOf(".");
		if (i < 0) {
			i = n.length;
			n += ".";
		}
		let d = minFractionDigits - (n.length - i - 1);
		while (d-- > 0) n += "0";
	}
	return n;
}
// node_modules/yaml/browser/dist/schema/core/float.js
const floatNaN$1 = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
	resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
	stringify: stringifyNumber
};
const floatExp$1 = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	format: "EXP",
	test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
	resolve: (str) => parseFloat(str),
	stringify(node) {
		const num = Number(node.value);
		return isFinite(num) ? num.toExponential() : stringifyNumber(node);
	}
};
const float$1 = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
	resolve(str) {
		const node = new Scalar(parseFloat(str));
		const dot = str.indexOf(".");
		if (dot !== -1 && str[str.length - 1] === "0") node.minFractionDigits = str.length - dot - 1;
		return node;
	},
	stringify: stringifyNumber
};
// node_modules/yaml/browser/dist/schema/core/int.js
const intIdentify$2 = (value) => typeof value === "bigint" || Number.isInteger(value);
const intResolve$1 = (str, offset, radix, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str.substring(offset), radix);
function intStringify$1(node, radix, prefix) {
	const { value } = node;
	if (intIdentify$2(value) && value >= 0) return prefix + value.toString(radix);
	return stringifyNumber(node);
}
const intOct$1 = {
	identify: (value) => intIdentify$2(value) && value >= 0,
	default: true,
	tag: "tag:yaml.org,2002:int",
	format: "OCT",
	test: /^0o[0-7]+$/,
	resolve: (str, _onError, opt) => intResolve$1(str, 2, 8, opt),
	stringify: (node) => intStringify$1(node, 8, "0o")
};
const int$1 = {
	identify: intIdentify$2,
	default: true,
	tag: "tag:yaml.org,2002:int",
	test: /^[-+]?[0-9]+$/,
	resolve: (str, _onError, opt) => intResolve$1(str, 0, 10, opt),
	stringify: stringifyNumber
};
const intHex$1 = {
	identify: (value) => intIdentify$2(value) && value >= 0,
	default: true,
	tag: "tag:yaml.org,2002:int",
	format: "HEX",
	test: /^0x[0-9a-fA-F]+$/,
	resolve: (str, _onError, opt) => intResolve$1(str, 2, 16, opt),
	stringify: (node) => intStringify$1(node, 16, "0x")
};
// node_modules/yaml/browser/dist/schema/core/schema.js
const schema$2 = [
	map,
	seq,
	string,
	nullTag,
	boolTag,
	intOct$1,
	int$1,
	intHex$1,
	floatNaN$1,
	floatExp$1,
	float$1
];
// node_modules/yaml/browser/dist/schema/json/schema.js
function intIdentify$1(value) {
	return typeof value === "bigint" || Number.isInteger(value);
}
const stringifyJSON = ({ value }) => JSON.stringify(value);
const jsonScalars = [
	{
		identify: (value) => typeof value === "string",
		default: true,
		tag: "tag:yaml.org,2002:str",
		resolve: (str) => str,
		stringify: stringifyJSON
	},
	{
		identify: (value) => value == null,
		createNode: () => new Scalar(null),
		default: true,
		tag: "tag:yaml.org,2002:null",
		test: /^null$/,
		resolve: () => null,
		stringify: stringifyJSON
	},
	{
		identify: (value) => typeof value === "boolean",
		default: true,
		tag: "tag:yaml.org,2002:bool",
		test: /^true$|^false$/,
		resolve: (str) => str === "true",
		stringify: stringifyJSON
	},
	{
		identify: intIdentify$1,
		default: true,
		tag: "tag:yaml.org,2002:int",
		test: /^-?(?:0|[1-9][0-9]*)$/,
		resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
		stringify: ({ value }) => intIdentify$1(value) ? value.toString() : JSON.stringify(value)
	},
	{
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
		resolve: (str) => parseFloat(str),
		stringify: stringifyJSON
	}
];
const schema$1 = [map, seq].concat(jsonScalars, {
	default: true,
	tag: "",
	test: /^/,
	resolve(str, onError) {
		onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
		return str;
	}
});
// node_modules/yaml/browser/dist/schema/yaml-1.1/binary.js
const binary = {
	identify: (value) => value instanceof Uint8Array,
	default: false,
	tag: "tag:yaml.org,2002:binary",
	/**
	* Returns a Buffer in node and an Uint8Array in browsers
	*
	* To use the resulting buffer as an image, you'll want to do something like:
	*
	*   const blob = new Blob([buffer], { type: 'image/jpeg' })
	*   document.querySelector('#photo').src = URL.createObjectURL(blob)
	*/
	resolve(src, onError) {
		if (typeof atob === "function") {
			const str = atob(src.replace(/[\n\r]/g, ""));
			const buffer = new Uint8Array(str.length);
			for (let i = 0; i < str.length; ++i) buffer[i] = str.charCodeAt(i);
			return buffer;
		} else {
			onError("This environment does not support reading binary tags; either Buffer or atob is required");
			return src;
		}
	},
	stringify({ comment, type, value }, ctx, onComment, onChompKeep) {
		if (!value) return "";
		const buf = value;
		let str;
		if (typeof btoa === "function") {
			let s = "";
			for (let i = 0; i < buf.length; ++i) s += String.fromCharCode(buf[i]);
			str = btoa(s);
		} else throw new Error("This environment does not support writing binary tags; either Buffer or btoa is required");
		type ?? (type = Scalar.BLOCK_LITERAL);
		if (type !== Scalar.QUOTE_DOUBLE) {
			const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
			const n = Math.ceil(str.length / lineWidth);
			const lines = new Array(n);
			for (let i = 0, o = 0; i < n; ++i, o += lineWidth) lines[i] = str.substr(o, lineWidth);
			str = lines.join(type === Scalar.BLOCK_LITERAL ? "\n" : " ");
		}
		return stringifyString({
			comment,
			type,
			value: str
		}, ctx, onComment, onChompKeep);
	}
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/pairs.js
function resolvePairs(seq, onError) {
	if (isSeq(seq)) for (let i = 0; i < seq.items.length; ++i) {
		let item = seq.items[i];
		if (isPair(item)) continue;
		else if (isMap(item)) {
			if (item.items.length > 1) onError("Each pair must have its own sequence indicator");
			const pair = item.items[0] || new Pair(new Scalar(null));
			if (item.commentBefore) pair.key.commentBefore = pair.key.commentBefore ? `${item.commentBefore}\n${pair.key.commentBefore}` : item.commentBefore;
			if (item.comment) {
				const cn = pair.value ?? pair.key;
				cn.comment = cn.comment ? `${item.comment}\n${cn.comment}` : item.comment;
			}
			item = pair;
		}
		seq.items[i] = isPair(item) ? item : new Pair(item);
	}
	else onError("Expected a sequence for this tag");
	return seq;
}
function createPairs(schema, iterable, ctx) {
	const { replacer } = ctx;
	const pairs = new YAMLSeq(schema);
	pairs.tag = "tag:yaml.org,2002:pairs";
	let i = 0;
	if (iterable && Symbol.iterator in Object(iterable)) for (let it of iterable) {
		if (typeof replacer === "function") it = replacer.call(iterable, String(i++), it);
		let key, value;
		if (Array.isArray(it)) {
			if (it.length === 2) {
				key = it[0];
				value = it[1];
			} else throw new TypeError(`Expected [key, value] tuple: ${it}`);
		} else if (it && it instanceof Object) {
			const keys = Object.keys(it);
			if (keys.length === 1) {
				key = keys[0];
				value = it[key];
			} else throw new TypeError(`Expected tuple with one key, not ${keys.length} keys`);
		} else key = it;
		pairs.items.push(createPair(key, value, ctx));
	}
	return pairs;
}
const pairs = {
	collection: "seq",
	default: false,
	tag: "tag:yaml.org,2002:pairs",
	resolve: resolvePairs,
	createNode: createPairs
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/omap.js
var YAMLOMap = class YAMLOMap extends YAMLSeq {
	constructor() {
		super();
		this.add = YAMLMap.prototype.add.bind(this);
		this.delete = YAMLMap.prototype.delete.bind(this);
		this.get = YAMLMap.prototype.get.bind(this);
		this.has = YAMLMap.prototype.has.bind(this);
		this.set = YAMLMap.prototype.set.bind(this);
		this.tag = YAMLOMap.tag;
	}
	/**
	* If `ctx` is given, the return type is actually `Map<unknown, unknown>`,
	* but TypeScript won't allow widening the signature of a child method.
	*/
	toJSON(_, ctx) {
		if (!ctx) return super.toJSON(_);
		const map = /* @__PURE__ */ new Map();
		if (ctx?.onCreate) ctx.onCreate(map);
		for (const pair of this.items) {
			let key, value;
			if (isPair(pair)) {
				key = toJS(pair.key, "", ctx);
				value = toJS(pair.value, key, ctx);
			} else key = toJS(pair, "", ctx);
			if (map.has(key)) throw new Error("Ordered maps must not include duplicate keys");
			map.set(key, value);
		}
		return map;
	}
	static from(schema, iterable, ctx) {
		const pairs = createPairs(schema, iterable, ctx);
		const omap = new this();
		omap.items = pairs.items;
		return omap;
	}
};
YAMLOMap.tag = "tag:yaml.org,2002:omap";
const omap = {
	collection: "seq",
	identify: (value) => value instanceof Map,
	nodeClass: YAMLOMap,
	default: false,
	tag: "tag:yaml.org,2002:omap",
	resolve(seq, onError) {
		const pairs = resolvePairs(seq, onError);
		const seenKeys = [];
		for (const { key } of pairs.items) if (isScalar(key)) {
			if (seenKeys.includes(key.value)) onError(`Ordered maps must not include duplicate keys: ${key.value}`);
			else seenKeys.push(key.value);
		}
		return Object.assign(new YAMLOMap(), pairs);
	},
	createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/bool.js
function boolStringify({ value, source }, ctx) {
	if (source && (value ? trueTag : falseTag).test.test(source)) return source;
	return value ? ctx.options.trueStr : ctx.options.falseStr;
}
const trueTag = {
	identify: (value) => value === true,
	default: true,
	tag: "tag:yaml.org,2002:bool",
	test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
	resolve: () => new Scalar(true),
	stringify: boolStringify
};
const falseTag = {
	identify: (value) => value === false,
	default: true,
	tag: "tag:yaml.org,2002:bool",
	test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
	resolve: () => new Scalar(false),
	stringify: boolStringify
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/float.js
const floatNaN = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
	resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
	stringify: stringifyNumber
};
const floatExp = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	format: "EXP",
	test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
	resolve: (str) => parseFloat(str.replace(/_/g, "")),
	stringify(node) {
		const num = Number(node.value);
		return isFinite(num) ? num.toExponential() : stringifyNumber(node);
	}
};
const main_float = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
	resolve(str) {
		const node = new Scalar(parseFloat(str.replace(/_/g, "")));
		const dot = str.indexOf(".");
		if (dot !== -1) {
			const f = str.substring(dot + 1).replace(/_/g, "");
			if (f[f.length - 1] === "0") node.minFractionDigits = f.length;
		}
		return node;
	},
	stringify: stringifyNumber
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/int.js
const intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
function intResolve(str, offset, radix, { intAsBigInt }) {
	const sign = str[0];
	if (sign === "-" || sign === "+") offset += 1;
	str = str.substring(offset).replace(/_/g, "");
	if (intAsBigInt) {
		switch (radix) {
			case 2:
				str = `0b${str}`;
				break;
			case 8:
				str = `0o${str}`;
				break;
			case 16: str = `0x${str}`;
		}
		const n = BigInt(str);
		return sign === "-" ? BigInt(-1) * n : n;
	}
	const n = parseInt(str, radix);
	return sign === "-" ? -1 * n : n;
}
function intStringify(node, radix, prefix) {
	const { value } = node;
	if (intIdentify(value)) {
		const str = value.toString(radix);
		return value < 0 ? "-" + prefix + str.substr(1) : prefix + str;
	}
	return stringifyNumber(node);
}
const intBin = {
	identify: intIdentify,
	default: true,
	tag: "tag:yaml.org,2002:int",
	format: "BIN",
	test: /^[-+]?0b[0-1_]+$/,
	resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
	stringify: (node) => intStringify(node, 2, "0b")
};
const intOct = {
	identify: intIdentify,
	default: true,
	tag: "tag:yaml.org,2002:int",
	format: "OCT",
	test: /^[-+]?0[0-7_]+$/,
	resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
	stringify: (node) => intStringify(node, 8, "0")
};
const main_int = {
	identify: intIdentify,
	default: true,
	tag: "tag:yaml.org,2002:int",
	test: /^[-+]?[0-9][0-9_]*$/,
	resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
	stringify: stringifyNumber
};
const intHex = {
	identify: intIdentify,
	default: true,
	tag: "tag:yaml.org,2002:int",
	format: "HEX",
	test: /^[-+]?0x[0-9a-fA-F_]+$/,
	resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
	stringify: (node) => intStringify(node, 16, "0x")
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/set.js
var YAMLSet = class YAMLSet extends YAMLMap {
	constructor(schema) {
		super(schema);
		this.tag = YAMLSet.tag;
	}
	add(key) {
		let pair;
		if (isPair(key)) pair = key;
		else if (key && typeof key === "object" && "key" in key && "value" in key && key.value === null) pair = new Pair(key.key, null);
		else pair = new Pair(key, null);
		if (!findPair(this.items, pair.key)) this.items.push(pair);
	}
	/**
	* If `keepPair` is `true`, returns the Pair matching `key`.
	* Otherwise, returns the value of that Pair's key.
	*/
	get(key, keepPair) {
		const pair = findPair(this.items, key);
		return !keepPair && isPair(pair) ? isScalar(pair.key) ? pair.key.value : pair.key : pair;
	}
	set(key, value) {
		if (typeof value !== "boolean") throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value}`);
		const prev = findPair(this.items, key);
		if (prev && !value) this.items.splice(this.items.indexOf(prev), 1);
		else if (!prev && value) this.items.push(new Pair(key));
	}
	toJSON(_, ctx) {
		return super.toJSON(_, ctx, Set);
	}
	toString(ctx, onComment, onChompKeep) {
		if (!ctx) return JSON.stringify(this);
		if (this.hasAllNullValues(true)) return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
		else throw new Error("Set items must all have null values");
	}
	static from(schema, iterable, ctx) {
		const { replacer } = ctx;
		const set = new this(schema);
		if (iterable && Symbol.iterator in Object(iterable)) for (let value of iterable) {
			if (typeof replacer === "function") value = replacer.call(iterable, value, value);
			set.items.push(createPair(value, null, ctx));
		}
		return set;
	}
};
YAMLSet.tag = "tag:yaml.org,2002:set";
const set = {
	collection: "map",
	identify: (value) => value instanceof Set,
	nodeClass: YAMLSet,
	default: false,
	tag: "tag:yaml.org,2002:set",
	createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
	resolve(map, onError) {
		if (isMap(map)) {
			if (map.hasAllNullValues(true)) return Object.assign(new YAMLSet(), map);
			else onError("Set items must all have null values");
		} else onError("Expected a mapping for this tag");
		return map;
	}
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/timestamp.js
/** Internal types handle bigint as number, because TS can't figure it out. */
function parseSexagesimal(str, asBigInt) {
	const sign = str[0];
	const parts = sign === "-" || sign === "+" ? str.substring(1) : str;
	const num = (n) => asBigInt ? BigInt(n) : Number(n);
	const res = parts.replace(/_/g, "").split(":").reduce((res, p) => res * num(60) + num(p), num(0));
	return sign === "-" ? num(-1) * res : res;
}
/**
* hhhh:mm:ss.sss
*
* Internal types handle bigint as number, because TS can't figure it out.
*/
function stringifySexagesimal(node) {
	let { value } = node;
	let num = (n) => n;
	if (typeof value === "bigint") num = (n) => BigInt(n);
	else if (isNaN(value) || !isFinite(value)) return stringifyNumber(node);
	let sign = "";
	if (value < 0) {
		sign = "-";
		value *= num(-1);
	}
	const _60 = num(60);
	const parts = [value % _60];
	if (value < 60) parts.unshift(0);
	else {
		value = (value - parts[0]) / _60;
		parts.unshift(value % _60);
		if (value >= 60) {
			value = (value - parts[0]) / _60;
			parts.unshift(value);
		}
	}
	return sign + parts.map((n) => String(n).padStart(2, "0")).join(":").replace(/000000\d*$/, "");
}
const intTime = {
	identify: (value) => typeof value === "bigint" || Number.isInteger(value),
	default: true,
	tag: "tag:yaml.org,2002:int",
	format: "TIME",
	test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
	resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
	stringify: stringifySexagesimal
};
const floatTime = {
	identify: (value) => typeof value === "number",
	default: true,
	tag: "tag:yaml.org,2002:float",
	format: "TIME",
	test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
	resolve: (str) => parseSexagesimal(str, false),
	stringify: stringifySexagesimal
};
const timestamp = {
	identify: (value) => value instanceof Date,
	default: true,
	tag: "tag:yaml.org,2002:timestamp",
	test: RegExp("^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:t|T|[ \\t]+)([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$"),
	resolve(str) {
		const match = str.match(timestamp.test);
		if (!match) throw new Error("!!timestamp expects a date, starting with yyyy-mm-dd");
		const [, year, month, day, hour, minute, second] = match.map(Number);
		const millisec = match[7] ? Number((match[7] + "00").substr(1, 3)) : 0;
		let date = Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0, millisec);
		const tz = match[8];
		if (tz && tz !== "Z") {
			let d = parseSexagesimal(tz, false);
			if (Math.abs(d) < 30) d *= 60;
			date -= 6e4 * d;
		}
		return new Date(date);
	},
	stringify: ({ value }) => value?.toISOString().replace(/(T00:00:00)?\.000Z$/, "") ?? ""
};
// node_modules/yaml/browser/dist/schema/yaml-1.1/schema.js
const schema = [
	map,
	seq,
	string,
	nullTag,
	trueTag,
	falseTag,
	intBin,
	intOct,
	main_int,
	intHex,
	floatNaN,
	floatExp,
	main_float,
	binary,
	merge,
	omap,
	pairs,
	set,
	intTime,
	floatTime,
	timestamp
];
// node_modules/yaml/browser/dist/schema/tags.js
const schemas = /* @__PURE__ */ new Map([
	["core", schema$2],
	["failsafe", [
		map,
		seq,
		string
	]],
	["json", schema$1],
	["yaml11", schema],
	["yaml-1.1", schema]
]);
const tagsByName = {
	binary,
	bool: boolTag,
	float: float$1,
	floatExp: floatExp$1,
	floatNaN: floatNaN$1,
	floatTime,
	int: int$1,
	intHex: intHex$1,
	intOct: intOct$1,
	intTime,
	map,
	merge,
	null: nullTag,
	omap,
	pairs,
	seq,
	set,
	timestamp
};
const coreKnownTags = {
	"tag:yaml.org,2002:binary": binary,
	"tag:yaml.org,2002:merge": merge,
	"tag:yaml.org,2002:omap": omap,
	"tag:yaml.org,2002:pairs": pairs,
	"tag:yaml.org,2002:set": set,
	"tag:yaml.org,2002:timestamp": timestamp
};
function getTags(customTags, schemaName, addMergeTag) {
	const schemaTags = schemas.get(schemaName);
	if (schemaTags && !customTags) return addMergeTag && !schemaTags.includes(merge) ? schemaTags.concat(merge) : schemaTags.slice();
	let tags = schemaTags;
	if (!tags) {
		if (Array.isArray(customTags)) tags = [];
		else {
			const keys = Array.from(schemas.keys()).filter((key) => key !== "yaml11").map((key) => JSON.stringify(key)).join(", ");
			throw new Error(`Unknown schema "${schemaName}"; use one of ${keys} or define customTags array`);
		}
	}
	if (Array.isArray(customTags)) for (const tag of customTags) tags = tags.concat(tag);
	else if (typeof customTags === "function") tags = customTags(tags.slice());
	if (addMergeTag) tags = tags.concat(merge);
	return tags.reduce((tags, tag) => {
		const tagObj = typeof tag === "string" ? tagsByName[tag] : tag;
		if (!tagObj) {
			const tagName = JSON.stringify(tag);
			const keys = Object.keys(tagsByName).map((key) => JSON.stringify(key)).join(", ");
			throw new Error(`Unknown custom tag ${tagName}; use one of ${keys}`);
		}
		if (!tags.includes(tagObj)) tags.push(tagObj);
		return tags;
	}, []);
}
// node_modules/yaml/browser/dist/schema/Schema.js
const sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
var Schema = class Schema {
	constructor({ compat, customTags, merge, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
		this.compat = Array.isArray(compat) ? getTags(compat, "compat") : compat ? getTags(null, compat) : null;
		this.name = typeof schema === "string" && schema || "core";
		this.knownTags = resolveKnownTags ? coreKnownTags : {};
		this.tags = getTags(customTags, this.name, merge);
		this.toStringOptions = toStringDefaults ?? null;
		Object.defineProperty(this, MAP, { value: map });
		Object.defineProperty(this, SCALAR$1, { value: string });
		Object.defineProperty(this, SEQ, { value: seq });
		this.sortMapEntries = typeof sortMapEntries === "function" ? sortMapEntries : sortMapEntries === true ? sortMapEntriesByKey : null;
	}
	clone() {
		const copy = Object.create(Schema.prototype, Object.getOwnPropertyDescriptors(this));
		copy.tags = this.tags.slice();
		return copy;
	}
};
// node_modules/yaml/browser/dist/stringify/stringifyDocument.js
function stringifyDocument(doc, options) {
	const lines = [];
	let hasDirectives = options.directives === true;
	if (options.directives !== false && doc.directives) {
		const dir = doc.directives.toString(doc);
		if (dir) {
			lines.push(dir);
			hasDirectives = true;
		} else if (doc.directives.docStart) hasDirectives = true;
	}
	if (hasDirectives) lines.push("---");
	const ctx = createStringifyContext(doc, options);
	const { commentString } = ctx.options;
	if (doc.commentBefore) {
		if (lines.length !== 1) lines.unshift("");
		const cs = commentString(doc.commentBefore);
		lines.unshift(indentComment(cs, ""));
	}
	let chompKeep = false;
	let contentComment = null;
	if (doc.contents) {
		if (isNode(doc.contents)) {
			if (doc.contents.spaceBefore && hasDirectives) lines.push("");
			if (doc.contents.commentBefore) {
				const cs = commentString(doc.contents.commentBefore);
				lines.push(indentComment(cs, ""));
			}
			ctx.forceBlockIndent = !!doc.comment;
			contentComment = doc.contents.comment;
		}
		const onChompKeep = contentComment ? void 0 : () => chompKeep = true;
		let body = stringify(doc.contents, ctx, () => contentComment = null, onChompKeep);
		if (contentComment) body += lineComment(body, "", commentString(contentComment));
		if ((body[0] === "|" || body[0] === ">") && lines[lines.length - 1] === "---") lines[lines.length - 1] = `--- ${body}`;
		else lines.push(body);
	} else lines.push(stringify(doc.contents, ctx));
	if (doc.directives?.docEnd) {
		if (doc.comment) {
			const cs = commentString(doc.comment);
			if (cs.includes("\n")) {
				lines.push("...");
				lines.push(indentComment(cs, ""));
			} else lines.push(`... ${cs}`);
		} else lines.push("...");
	} else {
		let dc = doc.comment;
		if (dc && chompKeep) dc = dc.replace(/^\n+/, "");
		if (dc) {
			if ((!chompKeep || contentComment) && lines[lines.length - 1] !== "") lines.push("");
			lines.push(indentComment(commentString(dc), ""));
		}
	}
	return lines.join("\n") + "\n";
}
// node_modules/yaml/browser/dist/doc/Document.js
var Document = class Document {
	constructor(value, replacer, options) {
		/** A comment before this Document */
		this.commentBefore = null;
		/** A comment immediately after this Document */
		this.comment = null;
		/** Errors encountered during parsing. */
		this.errors = [];
		/** Warnings encountered during parsing. */
		this.warnings = [];
		Object.defineProperty(this, NODE_TYPE, { value: DOC });
		let _replacer = null;
		if (typeof replacer === "function" || Array.isArray(replacer)) _replacer = replacer;
		else if (options === void 0 && replacer) {
			options = replacer;
			replacer = void 0;
		}
		const opt = Object.assign({
			intAsBigInt: false,
			keepSourceTokens: false,
			logLevel: "warn",
			prettyErrors: true,
			strict: true,
			stringKeys: false,
			uniqueKeys: true,
			version: "1.2"
		}, options);
		this.options = opt;
		let { version } = opt;
		if (options?._directives) {
			this.directives = options._directives.atDocument();
			if (this.directives.yaml.explicit) version = this.directives.yaml.version;
		} else this.directives = new Directives({ version });
		this.setSchema(version, options);
		this.contents = value === void 0 ? null : this.createNode(value, _replacer, options);
	}
	/**
	* Create a deep copy of this Document and its contents.
	*
	* Custom Node values that inherit from `Object` still refer to their original instances.
	*/
	clone() {
		const copy = Object.create(Document.prototype, { [NODE_TYPE]: { value: DOC } });
		copy.commentBefore = this.commentBefore;
		copy.comment = this.comment;
		copy.errors = this.errors.slice();
		copy.warnings = this.warnings.slice();
		copy.options = Object.assign({}, this.options);
		if (this.directives) copy.directives = this.directives.clone();
		copy.schema = this.schema.clone();
		copy.contents = isNode(this.contents) ? this.contents.clone(copy.schema) : this.contents;
		if (this.range) copy.range = this.range.slice();
		return copy;
	}
	/** Adds a value to the document. */
	add(value) {
		if (assertCollection(this.contents)) this.contents.add(value);
	}
	/** Adds a value to the document. */
	addIn(path, value) {
		if (assertCollection(this.contents)) this.contents.addIn(path, value);
	}
	/**
	* Create a new `Alias` node, ensuring that the target `node` has the required anchor.
	*
	* If `node` already has an anchor, `name` is ignored.
	* Otherwise, the `node.anchor` value will be set to `name`,
	* or if an anchor with that name is already present in the document,
	* `name` will be used as a prefix for a new unique anchor.
	* If `name` is undefined, the generated anchor will use 'a' as a prefix.
	*/
	createAlias(node, name) {
		if (!node.anchor) {
			const prev = anchorNames(this);
			node.anchor = !name || prev.has(name) ? findNewAnchor(name || "a", prev) : name;
		}
		return new Alias(node.anchor);
	}
	createNode(value, replacer, options) {
		let _replacer = void 0;
		if (typeof replacer === "function") {
			value = replacer.call({ "": value }, "", value);
			_replacer = replacer;
		} else if (Array.isArray(replacer)) {
			const keyToStr = (v) => typeof v === "number" || v instanceof String || v instanceof Number;
			const asStr = replacer.filter(keyToStr).map(String);
			if (asStr.length > 0) replacer = replacer.concat(asStr);
			_replacer = replacer;
		} else if (options === void 0 && replacer) {
			options = replacer;
			replacer = void 0;
		}
		const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag } = options ?? {};
		const { onAnchor, setAnchors, sourceObjects } = createNodeAnchors(this, anchorPrefix || "a");
		const ctx = {
			aliasDuplicateObjects: aliasDuplicateObjects ?? true,
			keepUndefined: keepUndefined ?? false,
			onAnchor,
			onTagObj,
			replacer: _replacer,
			schema: this.schema,
			sourceObjects
		};
		const node = createNode(value, tag, ctx);
		if (flow && isCollection(node)) node.flow = true;
		setAnchors();
		return node;
	}
	/**
	* Convert a key and a value into a `Pair` using the current schema,
	* recursively wrapping all values as `Scalar` or `Collection` nodes.
	*/
	createPair(key, value, options = {}) {
		return new Pair(this.createNode(key, null, options), this.createNode(value, null, options));
	}
	/**
	* Removes a value from the document.
	* @returns `true` if the item was found and removed.
	*/
	delete(key) {
		return assertCollection(this.contents) ? this.contents.delete(key) : false;
	}
	/**
	* Removes a value from the document.
	* @returns `true` if the item was found and removed.
	*/
	deleteIn(path) {
		if (isEmptyPath(path)) {
			if (this.contents == null) return false;
			this.contents = null;
			return true;
		}
		return assertCollection(this.contents) ? this.contents.deleteIn(path) : false;
	}
	/**
	* Returns item at `key`, or `undefined` if not found. By default unwraps
	* scalar values from their surrounding node; to disable set `keepScalar` to
	* `true` (collections are always returned intact).
	*/
	get(key, keepScalar) {
		return isCollection(this.contents) ? this.contents.get(key, keepScalar) : void 0;
	}
	/**
	* Returns item at `path`, or `undefined` if not found. By default unwraps
	* scalar values from their surrounding node; to disable set `keepScalar` to
	* `true` (collections are always returned intact).
	*/
	getIn(path, keepScalar) {
		if (isEmptyPath(path)) return !keepScalar && isScalar(this.contents) ? this.contents.value : this.contents;
		return isCollection(this.contents) ? this.contents.getIn(path, keepScalar) : void 0;
	}
	/**
	* Checks if the document includes a value with the key `key`.
	*/
	has(key) {
		return isCollection(this.contents) ? this.contents.has(key) : false;
	}
	/**
	* Checks if the document includes a value at `path`.
	*/
	hasIn(path) {
		if (isEmptyPath(path)) return this.contents !== void 0;
		return isCollection(this.contents) ? this.contents.hasIn(path) : false;
	}
	/**
	* Sets a value in this document. For `!!set`, `value` needs to be a
	* boolean to add/remove the item from the set.
	*/
	set(key, value) {
		if (this.contents == null) this.contents = collectionFromPath(this.schema, [key], value);
		else if (assertCollection(this.contents)) this.contents.set(key, value);
	}
	/**
	* Sets a value in this document. For `!!set`, `value` needs to be a
	* boolean to add/remove the item from the set.
	*/
	setIn(path, value) {
		if (isEmptyPath(path)) this.contents = value;
		else if (this.contents == null) this.contents = collectionFromPath(this.schema, Array.from(path), value);
		else if (assertCollection(this.contents)) this.contents.setIn(path, value);
	}
	/**
	* Change the YAML version and schema used by the document.
	* A `null` version disables support for directives, explicit tags, anchors, and aliases.
	* It also requires the `schema` option to be given as a `Schema` instance value.
	*
	* Overrides all previously set schema options.
	*/
	setSchema(version, options = {}) {
		if (typeof version === "number") version = String(version);
		let opt;
		switch (version) {
			case "1.1":
				if (this.directives) this.directives.yaml.version = "1.1";
				else this.directives = new Directives({ version: "1.1" });
				opt = {
					resolveKnownTags: false,
					schema: "yaml-1.1"
				};
				break;
			case "1.2":
			case "next":
				if (this.directives) this.directives.yaml.version = version;
				else this.directives = new Directives({ version });
				opt = {
					resolveKnownTags: true,
					schema: "core"
				};
				break;
			case null:
				if (this.directives) delete this.directives;
				opt = null;
				break;
			default: {
				const sv = JSON.stringify(version);
				throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
			}
		}
		if (options.schema instanceof Object) this.schema = options.schema;
		else if (opt) this.schema = new Schema(Object.assign(opt, options));
		else throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
	}
	toJS({ json, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
		const ctx = {
			anchors: /* @__PURE__ */ new Map(),
			doc: this,
			keep: !json,
			mapAsMap: mapAsMap === true,
			mapKeyWarned: false,
			maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
		};
		const res = toJS(this.contents, jsonArg ?? "", ctx);
		if (typeof onAnchor === "function") for (const { count, res } of ctx.anchors.values()) onAnchor(res, count);
		return typeof reviver === "function" ? applyReviver(reviver, { "": res }, "", res) : res;
	}
	/**
	* A JSON representation of the document `contents`.
	*
	* @param jsonArg Used by `JSON.stringify` to indicate the array index or
	*   property name.
	*/
	toJSON(jsonArg, onAnchor) {
		return this.toJS({
			json: true,
			jsonArg,
			mapAsMap: false,
			onAnchor
		});
	}
	/** A YAML representation of the document. */
	toString(options = {}) {
		if (this.errors.length > 0) throw new Error("Document with errors cannot be stringified");
		if ("indent" in options && (!Number.isInteger(options.indent) || Number(options.indent) <= 0)) {
			const s = JSON.stringify(options.indent);
			throw new Error(`"indent" option must be a positive integer, not ${s}`);
		}
		return stringifyDocument(this, options);
	}
};
function assertCollection(contents) {
	if (isCollection(contents)) return true;
	throw new Error("Expected a YAML collection as document contents");
}
// node_modules/yaml/browser/dist/errors.js
var YAMLError = class extends Error {
	constructor(name, pos, code, message) {
		super();
		this.name = name;
		this.code = code;
		this.message = message;
		this.pos = pos;
	}
};
var YAMLParseError = class extends YAMLError {
	constructor(pos, code, message) {
		super("YAMLParseError", pos, code, message);
	}
};
var YAMLWarning = class extends YAMLError {
	constructor(pos, code, message) {
		super("YAMLWarning", pos, code, message);
	}
};
const prettifyError = (src, lc) => (error) => {
	if (error.pos[0] === -1) return;
	error.linePos = error.pos.map((pos) => lc.linePos(pos));
	const { line, col } = error.linePos[0];
	error.message += ` at line ${line}, column ${col}`;
	let ci = col - 1;
	let lineStr = src.substring(lc.lineStarts[line - 1], lc.lineStarts[line]).replace(/[\n\r]+$/, "");
	if (ci >= 60 && lineStr.length > 80) {
		const trimStart = Math.min(ci - 39, lineStr.length - 79);
		lineStr = "…" + lineStr.substring(trimStart);
		ci -= trimStart - 1;
	}
	if (lineStr.length > 80) lineStr = lineStr.substring(0, 79) + "…";
	if (line > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
		let prev = src.substring(lc.lineStarts[line - 2], lc.lineStarts[line - 1]);
		if (prev.length > 80) prev = prev.substring(0, 79) + "…\n";
		lineStr = prev + lineStr;
	}
	if (/[^ ]/.test(lineStr)) {
		let count = 1;
		const end = error.linePos[1];
		if (end?.line === line && end.col > col) count = Math.max(1, Math.min(end.col - col, 80 - ci));
		const pointer = " ".repeat(ci) + "^".repeat(count);
		error.message += `:\n\n${lineStr}\n${pointer}\n`;
	}
};
// node_modules/yaml/browser/dist/compose/resolve-props.js
function resolveProps(tokens, { flow, indicator, next, offset, onError, parentIndent, startOnNewline }) {
	let spaceBefore = false;
	let atNewline = startOnNewline;
	let hasSpace = startOnNewline;
	let comment = "";
	let commentSep = "";
	let hasNewline = false;
	let reqSpace = false;
	let tab = null;
	let anchor = null;
	let tag = null;
	let newlineAfterProp = null;
	let comma = null;
	let found = null;
	let start = null;
	for (const token of tokens) {
		if (reqSpace) {
			if (token.type !== "space" && token.type !== "newline" && token.type !== "comma") onError(token.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
			reqSpace = false;
		}
		if (tab) {
			if (atNewline && token.type !== "comment" && token.type !== "newline") onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
			tab = null;
		}
		switch (token.type) {
			case "space":
				if (!flow && (indicator !== "doc-start" || next?.type !== "flow-collection") && token.source.includes("	")) tab = token;
				hasSpace = true;
				break;
			case "comment": {
				if (!hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
				const cb = token.source.substring(1) || " ";
				if (!comment) comment = cb;
				else comment += commentSep + cb;
				commentSep = "";
				atNewline = false;
				break;
			}
			case "newline":
				if (atNewline) {
					if (comment) comment += token.source;
					else if (!found || indicator !== "seq-item-ind") spaceBefore = true;
				} else commentSep += token.source;
				atNewline = true;
				hasNewline = true;
				if (anchor || tag) newlineAfterProp = token;
				hasSpace = true;
				break;
			case "anchor":
				if (anchor) onError(token, "MULTIPLE_ANCHORS", "A node can have at most one anchor");
				if (token.source.endsWith(":")) onError(token.offset + token.source.length - 1, "BAD_ALIAS", "Anchor ending in : is ambiguous", true);
				anchor = token;
				start ?? (start = token.offset);
				atNewline = false;
				hasSpace = false;
				reqSpace = true;
				break;
			case "tag":
				if (tag) onError(token, "MULTIPLE_TAGS", "A node can have at most one tag");
				tag = token;
				start ?? (start = token.offset);
				atNewline = false;
				hasSpace = false;
				reqSpace = true;
				break;
			case indicator:
				if (anchor || tag) onError(token, "BAD_PROP_ORDER", `Anchors and tags must be after the ${token.source} indicator`);
				if (found) onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.source} in ${flow ?? "collection"}`);
				found = token;
				atNewline = indicator === "seq-item-ind" || indicator === "explicit-key-ind";
				hasSpace = false;
				break;
			case "comma": if (flow) {
				if (comma) onError(token, "UNEXPECTED_TOKEN", `Unexpected , in ${flow}`);
				comma = token;
				atNewline = false;
				hasSpace = false;
				break;
			}
			default:
				onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.type} token`);
				atNewline = false;
				hasSpace = false;
		}
	}
	const last = tokens[tokens.length - 1];
	const end = last ? last.offset + last.source.length : offset;
	if (reqSpace && next && next.type !== "space" && next.type !== "newline" && next.type !== "comma" && (next.type !== "scalar" || next.source !== "")) onError(next.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
	if (tab && (atNewline && tab.indent <= parentIndent || next?.type === "block-map" || next?.type === "block-seq")) onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
	return {
		comma,
		found,
		spaceBefore,
		comment,
		hasNewline,
		anchor,
		tag,
		newlineAfterProp,
		end,
		start: start ?? end
	};
}
// node_modules/yaml/browser/dist/compose/util-contains-newline.js
function containsNewline(key) {
	if (!key) return null;
	switch (key.type) {
		case "alias":
		case "scalar":
		case "double-quoted-scalar":
		case "single-quoted-scalar":
			if (key.source.includes("\n")) return true;
			if (key.end) {
				for (const st of key.end) if (st.type === "newline") return true;
			}
			return false;
		case "flow-collection":
			for (const it of key.items) {
				for (const st of it.start) if (st.type === "newline") return true;
				if (it.sep) {
					for (const st of it.sep) if (st.type === "newline") return true;
				}
				if (containsNewline(it.key) || containsNewline(it.value)) return true;
			}
			return false;
		default: return true;
	}
}
// node_modules/yaml/browser/dist/compose/util-flow-indent-check.js
function flowIndentCheck(indent, fc, onError) {
	if (fc?.type === "flow-collection") {
		const end = fc.end[0];
		if (end.indent === indent && (end.source === "]" || end.source === "}") && containsNewline(fc)) onError(end, "BAD_INDENT", "Flow end indicator should be more indented than parent", true);
	}
}
// node_modules/yaml/browser/dist/compose/util-map-includes.js
function mapIncludes(ctx, items, search) {
	const { uniqueKeys } = ctx.options;
	if (uniqueKeys === false) return false;
	const isEqual = typeof uniqueKeys === "function" ? uniqueKeys : (a, b) => a === b || isScalar(a) && isScalar(b) && a.value === b.value;
	return items.some((pair) => isEqual(pair.key, search));
}
// node_modules/yaml/browser/dist/compose/resolve-block-map.js
const startColMsg = "All mapping items must start at the same column";
function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag) {
	const map = new ((tag?.nodeClass) ?? YAMLMap)(ctx.schema);
	if (ctx.atRoot) ctx.atRoot = false;
	let offset = bm.offset;
	let commentEnd = null;
	for (const collItem of bm.items) {
		const { start, key, sep, value } = collItem;
		const keyProps = resolveProps(start, {
			indicator: "explicit-key-ind",
			next: key ?? sep?.[0],
			offset,
			onError,
			parentIndent: bm.indent,
			startOnNewline: true
		});
		const implicitKey = !keyProps.found;
		if (implicitKey) {
			if (key) {
				if (key.type === "block-seq") onError(offset, "BLOCK_AS_IMPLICIT_KEY", "A block sequence may not be used as an implicit map key");
				else if ("indent" in key && key.indent !== bm.indent) onError(offset, "BAD_INDENT", startColMsg);
			}
			if (!keyProps.anchor && !keyProps.tag && !sep) {
				commentEnd = keyProps.end;
				if (keyProps.comment) {
					if (map.comment) map.comment += "\n" + keyProps.comment;
					else map.comment = keyProps.comment;
				}
				continue;
			}
			if (keyProps.newlineAfterProp || containsNewline(key)) onError(key ?? start[start.length - 1], "MULTILINE_IMPLICIT_KEY", "Implicit keys need to be on a single line");
		} else if (keyProps.found?.indent !== bm.indent) onError(offset, "BAD_INDENT", startColMsg);
		ctx.atKey = true;
		const keyStart = keyProps.end;
		const keyNode = key ? composeNode(ctx, key, keyProps, onError) : composeEmptyNode(ctx, keyStart, start, null, keyProps, onError);
		if (ctx.schema.compat) flowIndentCheck(bm.indent, key, onError);
		ctx.atKey = false;
		if (mapIncludes(ctx, map.items, keyNode)) onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
		const valueProps = resolveProps(sep ?? [], {
			indicator: "map-value-ind",
			next: value,
			offset: keyNode.range[2],
			onError,
			parentIndent: bm.indent,
			startOnNewline: !key || key.type === "block-scalar"
		});
		offset = valueProps.end;
		if (valueProps.found) {
			if (implicitKey) {
				if (value?.type === "block-map" && !valueProps.hasNewline) onError(offset, "BLOCK_AS_IMPLICIT_KEY", "Nested mappings are not allowed in compact mappings");
				if (ctx.options.strict && keyProps.start < valueProps.found.offset - 1024) onError(keyNode.range, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit block mapping key");
			}
			const valueNode = value ? composeNode(ctx, value, valueProps, onError) : composeEmptyNode(ctx, offset, sep, null, valueProps, onError);
			if (ctx.schema.compat) flowIndentCheck(bm.indent, value, onError);
			offset = valueNode.range[2];
			const pair = new Pair(keyNode, valueNode);
			if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
			map.items.push(pair);
		} else {
			if (implicitKey) onError(keyNode.range, "MISSING_CHAR", "Implicit map keys need to be followed by map values");
			if (valueProps.comment) {
				if (keyNode.comment) keyNode.comment += "\n" + valueProps.comment;
				else keyNode.comment = valueProps.comment;
			}
			const pair = new Pair(keyNode);
			if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
			map.items.push(pair);
		}
	}
	if (commentEnd && commentEnd < offset) onError(commentEnd, "IMPOSSIBLE", "Map comment with trailing content");
	map.range = [
		bm.offset,
		offset,
		commentEnd ?? offset
	];
	return map;
}
// node_modules/yaml/browser/dist/compose/resolve-block-seq.js
function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag) {
	const seq = new ((tag?.nodeClass) ?? YAMLSeq)(ctx.schema);
	if (ctx.atRoot) ctx.atRoot = false;
	if (ctx.atKey) ctx.atKey = false;
	let offset = bs.offset;
	let commentEnd = null;
	for (const { start, value } of bs.items) {
		const props = resolveProps(start, {
			indicator: "seq-item-ind",
			next: value,
			offset,
			onError,
			parentIndent: bs.indent,
			startOnNewline: true
		});
		if (!props.found) {
			if (props.anchor || props.tag || value) {
				if (value?.type === "block-seq") onError(props.end, "BAD_INDENT", "All sequence items must start at the same column");
				else onError(offset, "MISSING_CHAR", "Sequence item without - indicator");
			} else {
				commentEnd = props.end;
				if (props.comment) seq.comment = props.comment;
				continue;
			}
		}
		const node = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, start, null, props, onError);
		if (ctx.schema.compat) flowIndentCheck(bs.indent, value, onError);
		offset = node.range[2];
		seq.items.push(node);
	}
	seq.range = [
		bs.offset,
		offset,
		commentEnd ?? offset
	];
	return seq;
}
// node_modules/yaml/browser/dist/compose/resolve-end.js
function resolveEnd(end, offset, reqSpace, onError) {
	let comment = "";
	if (end) {
		let hasSpace = false;
		let sep = "";
		for (const token of end) {
			const { source, type } = token;
			switch (type) {
				case "space":
					hasSpace = true;
					break;
				case "comment": {
					if (reqSpace && !hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
					const cb = source.substring(1) || " ";
					if (!comment) comment = cb;
					else comment += sep + cb;
					sep = "";
					break;
				}
				case "newline":
					if (comment) sep += source;
					hasSpace = true;
					break;
				default: onError(token, "UNEXPECTED_TOKEN", `Unexpected ${type} at node end`);
			}
			offset += source.length;
		}
	}
	return {
		comment,
		offset
	};
}
// node_modules/yaml/browser/dist/compose/resolve-flow-collection.js
const blockMsg = "Block collections are not allowed within flow collections";
const isBlock = (token) => token && (token.type === "block-map" || token.type === "block-seq");
function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag) {
	const isMap = fc.start.source === "{";
	const fcName = isMap ? "flow map" : "flow sequence";
	const coll = new ((tag?.nodeClass) ?? (isMap ? YAMLMap : YAMLSeq))(ctx.schema);
	coll.flow = true;
	const atRoot = ctx.atRoot;
	if (atRoot) ctx.atRoot = false;
	if (ctx.atKey) ctx.atKey = false;
	let offset = fc.offset + fc.start.source.length;
	for (let i = 0; i < fc.items.length; ++i) {
		const collItem = fc.items[i];
		const { start, key, sep, value } = collItem;
		const props = resolveProps(start, {
			flow: fcName,
			indicator: "explicit-key-ind",
			next: key ?? sep?.[0],
			offset,
			onError,
			parentIndent: fc.indent,
			startOnNewline: false
		});
		if (!props.found) {
			if (!props.anchor && !props.tag && !sep && !value) {
				if (i === 0 && props.comma) onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
				else if (i < fc.items.length - 1) onError(props.start, "UNEXPECTED_TOKEN", `Unexpected empty item in ${fcName}`);
				if (props.comment) {
					if (coll.comment) coll.comment += "\n" + props.comment;
					else coll.comment = props.comment;
				}
				offset = props.end;
				continue;
			}
			if (!isMap && ctx.options.strict && containsNewline(key)) onError(key, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
		}
		if (i === 0) {
			if (props.comma) onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
		} else {
			if (!props.comma) onError(props.start, "MISSING_CHAR", `Missing , between ${fcName} items`);
			if (props.comment) {
				let prevItemComment = "";
				loop: for (const st of start) switch (st.type) {
					case "comma":
					case "space": break;
					case "comment":
						prevItemComment = st.source.substring(1);
						break loop;
					default: break loop;
				}
				if (prevItemComment) {
					let prev = coll.items[coll.items.length - 1];
					if (isPair(prev)) prev = prev.value ?? prev.key;
					if (prev.comment) prev.comment += "\n" + prevItemComment;
					else prev.comment = prevItemComment;
					props.comment = props.comment.substring(prevItemComment.length + 1);
				}
			}
		}
		if (!isMap && !sep && !props.found) {
			const valueNode = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, sep, null, props, onError);
			coll.items.push(valueNode);
			offset = valueNode.range[2];
			if (isBlock(value)) onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
		} else {
			ctx.atKey = true;
			const keyStart = props.end;
			const keyNode = key ? composeNode(ctx, key, props, onError) : composeEmptyNode(ctx, keyStart, start, null, props, onError);
			if (isBlock(key)) onError(keyNode.range, "BLOCK_IN_FLOW", blockMsg);
			ctx.atKey = false;
			const valueProps = resolveProps(sep ?? [], {
				flow: fcName,
				indicator: "map-value-ind",
				next: value,
				offset: keyNode.range[2],
				onError,
				parentIndent: fc.indent,
				startOnNewline: false
			});
			if (valueProps.found) {
				if (!isMap && !props.found && ctx.options.strict) {
					if (sep) for (const st of sep) {
						if (st === valueProps.found) break;
						if (st.type === "newline") {
							onError(st, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
							break;
						}
					}
					if (props.start < valueProps.found.offset - 1024) onError(valueProps.found, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit flow sequence key");
				}
			} else if (value) {
				if ("source" in value && value.source?.[0] === ":") onError(value, "MISSING_CHAR", `Missing space after : in ${fcName}`);
				else onError(valueProps.start, "MISSING_CHAR", `Missing , or : between ${fcName} items`);
			}
			const valueNode = value ? composeNode(ctx, value, valueProps, onError) : valueProps.found ? composeEmptyNode(ctx, valueProps.end, sep, null, valueProps, onError) : null;
			if (valueNode) {
				if (isBlock(value)) onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
			} else if (valueProps.comment) {
				if (keyNode.comment) keyNode.comment += "\n" + valueProps.comment;
				else keyNode.comment = valueProps.comment;
			}
			const pair = new Pair(keyNode, valueNode);
			if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
			if (isMap) {
				const map = coll;
				if (mapIncludes(ctx, map.items, keyNode)) onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
				map.items.push(pair);
			} else {
				const map = new YAMLMap(ctx.schema);
				map.flow = true;
				map.items.push(pair);
				const endRange = (valueNode ?? keyNode).range;
				map.range = [
					keyNode.range[0],
					endRange[1],
					endRange[2]
				];
				coll.items.push(map);
			}
			offset = valueNode ? valueNode.range[2] : valueProps.end;
		}
	}
	const expectedEnd = isMap ? "}" : "]";
	const [ce, ...ee] = fc.end;
	let cePos = offset;
	if (ce?.source === expectedEnd) cePos = ce.offset + ce.source.length;
	else {
		const name = fcName[0].toUpperCase() + fcName.substring(1);
		const msg = atRoot ? `${name} must end with a ${expectedEnd}` : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
		onError(offset, atRoot ? "MISSING_CHAR" : "BAD_INDENT", msg);
		if (ce && ce.source.length !== 1) ee.unshift(ce);
	}
	if (ee.length > 0) {
		const end = resolveEnd(ee, cePos, ctx.options.strict, onError);
		if (end.comment) {
			if (coll.comment) coll.comment += "\n" + end.comment;
			else coll.comment = end.comment;
		}
		coll.range = [
			fc.offset,
			cePos,
			end.offset
		];
	} else coll.range = [
		fc.offset,
		cePos,
		cePos
	];
	return coll;
}
// node_modules/yaml/browser/dist/compose/compose-collection.js
function resolveCollection(CN, ctx, token, onError, tagName, tag) {
	const coll = token.type === "block-map" ? resolveBlockMap(CN, ctx, token, onError, tag) : token.type === "block-seq" ? resolveBlockSeq(CN, ctx, token, onError, tag) : resolveFlowCollection(CN, ctx, token, onError, tag);
	const Coll = coll.constructor;
	if (tagName === "!" || tagName === Coll.tagName) {
		coll.tag = Coll.tagName;
		return coll;
	}
	if (tagName) coll.tag = tagName;
	return coll;
}
function composeCollection(CN, ctx, token, props, onError) {
	const tagToken = props.tag;
	const tagName = !tagToken ? null : ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg));
	if (token.type === "block-seq") {
		const { anchor, newlineAfterProp: nl } = props;
		const lastProp = anchor && tagToken ? anchor.offset > tagToken.offset ? anchor : tagToken : anchor ?? tagToken;
		if (lastProp && (!nl || nl.offset < lastProp.offset)) onError(lastProp, "MISSING_CHAR", "Missing newline after block sequence props");
	}
	const expType = token.type === "block-map" ? "map" : token.type === "block-seq" ? "seq" : token.start.source === "{" ? "map" : "seq";
	if (!tagToken || !tagName || tagName === "!" || tagName === YAMLMap.tagName && expType === "map" || tagName === YAMLSeq.tagName && expType === "seq") return resolveCollection(CN, ctx, token, onError, tagName);
	let tag = ctx.schema.tags.find((t) => t.tag === tagName && t.collection === expType);
	if (!tag) {
		const kt = ctx.schema.knownTags[tagName];
		if (kt?.collection === expType) {
			ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
			tag = kt;
		} else {
			if (kt) onError(tagToken, "BAD_COLLECTION_TYPE", `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? "scalar"}`, true);
			else onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, true);
			return resolveCollection(CN, ctx, token, onError, tagName);
		}
	}
	const coll = resolveCollection(CN, ctx, token, onError, tagName, tag);
	const res = tag.resolve?.(coll, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg), ctx.options) ?? coll;
	const node = isNode(res) ? res : new Scalar(res);
	node.range = coll.range;
	node.tag = tagName;
	if (tag?.format) node.format = tag.format;
	return node;
}
// node_modules/yaml/browser/dist/compose/resolve-block-scalar.js
function resolveBlockScalar(ctx, scalar, onError) {
	const start = scalar.offset;
	const header = parseBlockScalarHeader(scalar, ctx.options.strict, onError);
	if (!header) return {
		value: "",
		type: null,
		comment: "",
		range: [
			start,
			start,
			start
		]
	};
	const type = header.mode === ">" ? Scalar.BLOCK_FOLDED : Scalar.BLOCK_LITERAL;
	const lines = scalar.source ? splitLines(scalar.source) : [];
	let chompStart = lines.length;
	for (let i = lines.length - 1; i >= 0; --i) {
		const content = lines[i][1];
		if (content === "" || content === "\r") chompStart = i;
		else break;
	}
	if (chompStart === 0) {
		const value = header.chomp === "+" && lines.length > 0 ? "\n".repeat(Math.max(1, lines.length - 1)) : "";
		let end = start + header.length;
		if (scalar.source) end += scalar.source.length;
		return {
			value,
			type,
			comment: header.comment,
			range: [
				start,
				end,
				end
			]
		};
	}
	let trimIndent = scalar.indent + header.indent;
	let offset = scalar.offset + header.length;
	let contentStart = 0;
	for (let i = 0; i < chompStart; ++i) {
		const [indent, content] = lines[i];
		if (content === "" || content === "\r") {
			if (header.indent === 0 && indent.length > trimIndent) trimIndent = indent.length;
		} else {
			if (indent.length < trimIndent) onError(offset + indent.length, "MISSING_CHAR", "Block scalars with more-indented leading empty lines must use an explicit indentation indicator");
			if (header.indent === 0) trimIndent = indent.length;
			contentStart = i;
			if (trimIndent === 0 && !ctx.atRoot) onError(offset, "BAD_INDENT", "Block scalar values in collections must be indented");
			break;
		}
		offset += indent.length + content.length + 1;
	}
	for (let i = lines.length - 1; i >= chompStart; --i) if (lines[i][0].length > trimIndent) chompStart = i + 1;
	let value = "";
	let sep = "";
	let prevMoreIndented = false;
	for (let i = 0; i < contentStart; ++i) value += lines[i][0].slice(trimIndent) + "\n";
	for (let i = contentStart; i < chompStart; ++i) {
		let [indent, content] = lines[i];
		offset += indent.length + content.length + 1;
		const crlf = content[content.length - 1] === "\r";
		if (crlf) content = content.slice(0, -1);
		/* istanbul ignore if already caught in lexer */
		if (content && indent.length < trimIndent) {
			const message = `Block scalar lines must not be less indented than their ${header.indent ? "explicit indentation indicator" : "first line"}`;
			onError(offset - content.length - (crlf ? 2 : 1), "BAD_INDENT", message);
			indent = "";
		}
		if (type === Scalar.BLOCK_LITERAL) {
			value += sep + indent.slice(trimIndent) + content;
			sep = "\n";
		} else if (indent.length > trimIndent || content[0] === "	") {
			if (sep === " ") sep = "\n";
			else if (!prevMoreIndented && sep === "\n") sep = "\n\n";
			value += sep + indent.slice(trimIndent) + content;
			sep = "\n";
			prevMoreIndented = true;
		} else if (content === "") {
			if (sep === "\n") value += "\n";
			else sep = "\n";
		} else {
			value += sep + content;
			sep = " ";
			prevMoreIndented = false;
		}
	}
	switch (header.chomp) {
		case "-": break;
		case "+":
			for (let i = chompStart; i < lines.length; ++i) value += "\n" + lines[i][0].slice(trimIndent);
			if (value[value.length - 1] !== "\n") value += "\n";
			break;
		default: value += "\n";
	}
	const end = start + header.length + scalar.source.length;
	return {
		value,
		type,
		comment: header.comment,
		range: [
			start,
			end,
			end
		]
	};
}
function parseBlockScalarHeader({ offset, props }, strict, onError) {
	/* istanbul ignore if should not happen */
	if (props[0].type !== "block-scalar-header") {
		onError(props[0], "IMPOSSIBLE", "Block scalar header not found");
		return null;
	}
	const { source } = props[0];
	const mode = source[0];
	let indent = 0;
	let chomp = "";
	let error = -1;
	for (let i = 1; i < source.length; ++i) {
		const ch = source[i];
		if (!chomp && (ch === "-" || ch === "+")) chomp = ch;
		else {
			const n = Number(ch);
			if (!indent && n) indent = n;
			else if (error === -1) error = offset + i;
		}
	}
	if (error !== -1) onError(error, "UNEXPECTED_TOKEN", `Block scalar header includes extra characters: ${source}`);
	let hasSpace = false;
	let comment = "";
	let length = source.length;
	for (let i = 1; i < props.length; ++i) {
		const token = props[i];
		switch (token.type) {
			case "space": hasSpace = true;
			case "newline":
				length += token.source.length;
				break;
			case "comment":
				if (strict && !hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
				length += token.source.length;
				comment = token.source.substring(1);
				break;
			case "error":
				onError(token, "UNEXPECTED_TOKEN", token.message);
				length += token.source.length;
				break;
			/* istanbul ignore next should not happen */
			default: {
				onError(token, "UNEXPECTED_TOKEN", `Unexpected token in block scalar header: ${token.type}`);
				const ts = token.source;
				if (ts && typeof ts === "string") length += ts.length;
			}
		}
	}
	return {
		mode,
		indent,
		chomp,
		comment,
		length
	};
}
/** @returns Array of lines split up as `[indent, content]` */
function splitLines(source) {
	const split = source.split(/\n( *)/);
	const first = split[0];
	const m = first.match(/^( *)/);
	const lines = [m?.[1] ? [m[1], first.slice(m[1].length)] : ["", first]];
	for (let i = 1; i < split.length; i += 2) lines.push([split[i], split[i + 1]]);
	return lines;
}
// node_modules/yaml/browser/dist/compose/resolve-flow-scalar.js
function resolveFlowScalar(scalar, strict, onError) {
	const { offset, type, source, end } = scalar;
	let _type;
	let value;
	const _onError = (rel, code, msg) => onError(offset + rel, code, msg);
	switch (type) {
		case "scalar":
			_type = Scalar.PLAIN;
			value = plainValue(source, _onError);
			break;
		case "single-quoted-scalar":
			_type = Scalar.QUOTE_SINGLE;
			value = singleQuotedValue(source, _onError);
			break;
		case "double-quoted-scalar":
			_type = Scalar.QUOTE_DOUBLE;
			value = doubleQuotedValue(source, _onError);
			break;
		/* istanbul ignore next should not happen */
		default:
			onError(scalar, "UNEXPECTED_TOKEN", `Expected a flow scalar value, but found: ${type}`);
			return {
				value: "",
				type: null,
				comment: "",
				range: [
					offset,
					offset + source.length,
					offset + source.length
				]
			};
	}
	const valueEnd = offset + source.length;
	const re = resolveEnd(end, valueEnd, strict, onError);
	return {
		value,
		type: _type,
		comment: re.comment,
		range: [
			offset,
			valueEnd,
			re.offset
		]
	};
}
function plainValue(source, onError) {
	let badChar = "";
	switch (source[0]) {
		/* istanbul ignore next should not happen */
		case "	":
			badChar = "a tab character";
			break;
		case ",":
			badChar = "flow indicator character ,";
			break;
		case "%":
			badChar = "directive indicator character %";
			break;
		case "|":
		case ">":
			badChar = `block scalar indicator ${source[0]}`;
			break;
		case "@":
		case "`": badChar = `reserved character ${source[0]}`;
	}
	if (badChar) onError(0, "BAD_SCALAR_START", `Plain value cannot start with ${badChar}`);
	return unfoldLines(source);
}
function singleQuotedValue(source, onError) {
	if (source[source.length - 1] !== "'" || source.length === 1) onError(source.length, "MISSING_CHAR", "Missing closing 'quote");
	return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
}
function unfoldLines(source) {
	const line = /(.*?)\r?\n/sy;
	let match = line.exec(source);
	if (!match) return source;
	/**
	* The negative lookbehinds in these RegExps are to
	* prevent causing a polynomial search time in certain cases.
	*
	* The try-catch is for Safari < 16.4 and other old browsers:
	* https://caniuse.com/js-regexp-lookbehind
	*/
	let trimEnd, trimBoth;
	try {
		trimEnd = new RegExp("(?<![ 	])[ 	]+$");
		trimBoth = new RegExp("^[ 	]+|(?<![ 	])[ 	]+$", "g");
	} catch {
		trimEnd = /[ \t]+$/;
		trimBoth = /^[ \t]+|[ \t]+$/g;
	}
	let res = match[1].replace(trimEnd, "");
	let sep = " ";
	let pos = line.lastIndex;
	while (match = line.exec(source)) {
		const lm = match[1].replace(trimBoth, "");
		if (lm === "") {
			if (sep === "\n") res += sep;
			else sep = "\n";
		} else {
			res += sep + lm;
			sep = " ";
		}
		pos = line.lastIndex;
	}
	const last = /[ \t]*(.*)/sy;
	last.lastIndex = pos;
	match = last.exec(source);
	return res + sep + (match?.[1] ?? "");
}
function doubleQuotedValue(source, onError) {
	let res = "";
	for (let i = 1; i < source.length - 1; ++i) {
		const ch = source[i];
		if (ch === "\r" && source[i + 1] === "\n") continue;
		if (ch === "\n") {
			const { fold, offset } = foldNewline(source, i);
			res += fold;
			i = offset;
		} else if (ch === "\\") {
			let next = source[++i];
			const cc = escapeCodes[next];
			if (cc) res += cc;
			else if (next === "\n") {
				next = source[i + 1];
				while (next === " " || next === "	") next = source[++i + 1];
			} else if (next === "\r" && source[i + 1] === "\n") {
				next = source[++i + 1];
				while (next === " " || next === "	") next = source[++i + 1];
			} else if (next === "x" || next === "u" || next === "U") {
				const length = next === "x" ? 2 : next === "u" ? 4 : 8;
				res += parseCharCode(source, i + 1, length, onError);
				i += length;
			} else {
				const raw = source.substr(i - 1, 2);
				onError(i - 1, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
				res += raw;
			}
		} else if (ch === " " || ch === "	") {
			const wsStart = i;
			let next = source[i + 1];
			while (next === " " || next === "	") next = source[++i + 1];
			if (next !== "\n" && !(next === "\r" && source[i + 2] === "\n")) res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
		} else res += ch;
	}
	if (source[source.length - 1] !== "\"" || source.length === 1) onError(source.length, "MISSING_CHAR", "Missing closing \"quote");
	return res;
}
/**
* Fold a single newline into a space, multiple newlines to N - 1 newlines.
* Presumes `source[offset] === '\n'`
*/
function foldNewline(source, offset) {
	let fold = "";
	let ch = source[offset + 1];
	while (ch === " " || ch === "	" || ch === "\n" || ch === "\r") {
		if (ch === "\r" && source[offset + 2] !== "\n") break;
		if (ch === "\n") fold += "\n";
		offset += 1;
		ch = source[offset + 1];
	}
	if (!fold) fold = " ";
	return {
		fold,
		offset
	};
}
const escapeCodes = {
	"0": "\0",
	a: "\x07",
	b: "\b",
	e: "\x1B",
	f: "\f",
	n: "\n",
	r: "\r",
	t: "	",
	v: "\v",
	N: "",
	_: "\xA0",
	L: "\u2028",
	P: "\u2029",
	" ": " ",
	"\"": "\"",
	"/": "/",
	"\\": "\\",
	"	": "	"
};
function parseCharCode(source, offset, length, onError) {
	const cc = source.substr(offset, length);
	const code = cc.length === length && /^[0-9a-fA-F]+$/.test(cc) ? parseInt(cc, 16) : NaN;
	try {
		return String.fromCodePoint(code);
	} catch {
		const raw = source.substr(offset - 2, length + 2);
		onError(offset - 2, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
		return raw;
	}
}
// node_modules/yaml/browser/dist/compose/compose-scalar.js
function composeScalar(ctx, token, tagToken, onError) {
	const { value, type, comment, range } = token.type === "block-scalar" ? resolveBlockScalar(ctx, token, onError) : resolveFlowScalar(token, ctx.options.strict, onError);
	const tagName = tagToken ? ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg)) : null;
	let tag;
	if (ctx.options.stringKeys && ctx.atKey) tag = ctx.schema[SCALAR$1];
	else if (tagName) tag = findScalarTagByName(ctx.schema, value, tagName, tagToken, onError);
	else if (token.type === "scalar") tag = findScalarTagByTest(ctx, value, token, onError);
	else tag = ctx.schema[SCALAR$1];
	let scalar;
	try {
		const res = tag.resolve(value, (msg) => onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg), ctx.options);
		scalar = isScalar(res) ? res : new Scalar(res);
	} catch (error) {
		const msg = error instanceof Error ? error.message : String(error);
		onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg);
		scalar = new Scalar(value);
	}
	scalar.range = range;
	scalar.source = value;
	if (type) scalar.type = type;
	if (tagName) scalar.tag = tagName;
	if (tag.format) scalar.format = tag.format;
	if (comment) scalar.comment = comment;
	return scalar;
}
function findScalarTagByName(schema, value, tagName, tagToken, onError) {
	if (tagName === "!") return schema[SCALAR$1];
	const matchWithTest = [];
	for (const tag of schema.tags) if (!tag.collection && tag.tag === tagName) {
		if (tag.default && tag.test) matchWithTest.push(tag);
		else return tag;
	}
	for (const tag of matchWithTest) if (tag.test?.test(value)) return tag;
	const kt = schema.knownTags[tagName];
	if (kt && !kt.collection) {
		schema.tags.push(Object.assign({}, kt, {
			default: false,
			test: void 0
		}));
		return kt;
	}
	onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, tagName !== "tag:yaml.org,2002:str");
	return schema[SCALAR$1];
}
function findScalarTagByTest({ atKey, directives, schema }, value, token, onError) {
	const tag = schema.tags.find((tag) => (tag.default === true || atKey && tag.default === "key") && tag.test?.test(value)) || schema[SCALAR$1];
	if (schema.compat) {
		const compat = schema.compat.find((tag) => tag.default && tag.test?.test(value)) ?? schema[SCALAR$1];
		if (tag.tag !== compat.tag) onError(token, "TAG_RESOLVE_FAILED", `Value may be parsed as either ${directives.tagString(tag.tag)} or ${directives.tagString(compat.tag)}`, true);
	}
	return tag;
}
// node_modules/yaml/browser/dist/compose/util-empty-scalar-position.js
function emptyScalarPosition(offset, before, pos) {
	if (before) {
		pos ?? (pos = before.length);
		for (let i = pos - 1; i >= 0; --i) {
			let st = before[i];
			switch (st.type) {
				case "space":
				case "comment":
				case "newline":
					offset -= st.source.length;
					continue;
			}
			st = before[++i];
			while (st?.type === "space") {
				offset += st.source.length;
				st = before[++i];
			}
			break;
		}
	}
	return offset;
}
// node_modules/yaml/browser/dist/compose/compose-node.js
const CN = {
	composeNode,
	composeEmptyNode
};
function composeNode(ctx, token, props, onError) {
	const atKey = ctx.atKey;
	const { spaceBefore, comment, anchor, tag } = props;
	let node;
	let isSrcToken = true;
	switch (token.type) {
		case "alias":
			node = composeAlias(ctx, token, onError);
			if (anchor || tag) onError(token, "ALIAS_PROPS", "An alias node must not specify any properties");
			break;
		case "scalar":
		case "single-quoted-scalar":
		case "double-quoted-scalar":
		case "block-scalar":
			node = composeScalar(ctx, token, tag, onError);
			if (anchor) node.anchor = anchor.source.substring(1);
			break;
		case "block-map":
		case "block-seq":
		case "flow-collection":
			try {
				node = composeCollection(CN, ctx, token, props, onError);
				if (anchor) node.anchor = anchor.source.substring(1);
			} catch (error) {
				onError(token, "RESOURCE_EXHAUSTION", error instanceof Error ? error.message : String(error));
			}
			break;
		default:
			onError(token, "UNEXPECTED_TOKEN", token.type === "error" ? token.message : `Unsupported token (type: ${token.type})`);
			isSrcToken = false;
	}
	node ?? (node = composeEmptyNode(ctx, token.offset, void 0, null, props, onError));
	if (anchor && node.anchor === "") onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
	if (atKey && ctx.options.stringKeys && (!isScalar(node) || typeof node.value !== "string" || node.tag && node.tag !== "tag:yaml.org,2002:str")) onError(tag ?? token, "NON_STRING_KEY", "With stringKeys, all keys must be strings");
	if (spaceBefore) node.spaceBefore = true;
	if (comment) {
		if (token.type === "scalar" && token.source === "") node.comment = comment;
		else node.commentBefore = comment;
	}
	if (ctx.options.keepSourceTokens && isSrcToken) node.srcToken = token;
	return node;
}
function composeEmptyNode(ctx, offset, before, pos, { spaceBefore, comment, anchor, tag, end }, onError) {
	const node = composeScalar(ctx, {
		type: "scalar",
		offset: emptyScalarPosition(offset, before, pos),
		indent: -1,
		source: ""
	}, tag, onError);
	if (anchor) {
		node.anchor = anchor.source.substring(1);
		if (node.anchor === "") onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
	}
	if (spaceBefore) node.spaceBefore = true;
	if (comment) {
		node.comment = comment;
		node.range[2] = end;
	}
	return node;
}
function composeAlias({ options }, { offset, source, end }, onError) {
	const alias = new Alias(source.substring(1));
	if (alias.source === "") onError(offset, "BAD_ALIAS", "Alias cannot be an empty string");
	if (alias.source.endsWith(":")) onError(offset + source.length - 1, "BAD_ALIAS", "Alias ending in : is ambiguous", true);
	const valueEnd = offset + source.length;
	const re = resolveEnd(end, valueEnd, options.strict, onError);
	alias.range = [
		offset,
		valueEnd,
		re.offset
	];
	if (re.comment) alias.comment = re.comment;
	return alias;
}
// node_modules/yaml/browser/dist/compose/compose-doc.js
function composeDoc(options, directives, { offset, start, value, end }, onError) {
	const doc = new Document(void 0, Object.assign({ _directives: directives }, options));
	const ctx = {
		atKey: false,
		atRoot: true,
		directives: doc.directives,
		options: doc.options,
		schema: doc.schema
	};
	const props = resolveProps(start, {
		indicator: "doc-start",
		next: value ?? end?.[0],
		offset,
		onError,
		parentIndent: 0,
		startOnNewline: true
	});
	if (props.found) {
		doc.directives.docStart = true;
		if (value && (value.type === "block-map" || value.type === "block-seq") && !props.hasNewline) onError(props.end, "MISSING_CHAR", "Block collection cannot start on same line with directives-end marker");
	}
	doc.contents = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, start, null, props, onError);
	const contentEnd = doc.contents.range[2];
	const re = resolveEnd(end, contentEnd, false, onError);
	if (re.comment) doc.comment = re.comment;
	doc.range = [
		offset,
		contentEnd,
		re.offset
	];
	return doc;
}
// node_modules/yaml/browser/dist/compose/composer.js
function getErrorPos(src) {
	if (typeof src === "number") return [src, src + 1];
	if (Array.isArray(src)) return src.length === 2 ? src : [src[0], src[1]];
	const { offset, source } = src;
	return [offset, offset + (typeof source === "string" ? source.length : 1)];
}
function parsePrelude(prelude) {
	let comment = "";
	let atComment = false;
	let afterEmptyLine = false;
	for (let i = 0; i < prelude.length; ++i) {
		const source = prelude[i];
		switch (source[0]) {
			case "#":
				comment += (comment === "" ? "" : afterEmptyLine ? "\n\n" : "\n") + (source.substring(1) || " ");
				atComment = true;
				afterEmptyLine = false;
				break;
			case "%":
				if (prelude[i + 1]?.[0] !== "#") i += 1;
				atComment = false;
				break;
			default:
				if (!atComment) afterEmptyLine = true;
				atComment = false;
		}
	}
	return {
		comment,
		afterEmptyLine
	};
}
/**
* Compose a stream of CST nodes into a stream of YAML Documents.
*
* ```ts
* import { Composer, Parser } from 'yaml'
*
* const src: string = ...
* const tokens = new Parser().parse(src)
* const docs = new Composer().compose(tokens)
* ```
*/
var Composer = class {
	constructor(options = {}) {
		this.doc = null;
		this.atDirectives = false;
		this.prelude = [];
		this.errors = [];
		this.warnings = [];
		this.onError = (source, code, message, warning) => {
			const pos = getErrorPos(source);
			if (warning) this.warnings.push(new YAMLWarning(pos, code, message));
			else this.errors.push(new YAMLParseError(pos, code, message));
		};
		this.directives = new Directives({ version: options.version || "1.2" });
		this.options = options;
	}
	decorate(doc, afterDoc) {
		const { comment, afterEmptyLine } = parsePrelude(this.prelude);
		if (comment) {
			const dc = doc.contents;
			if (afterDoc) doc.comment = doc.comment ? `${doc.comment}\n${comment}` : comment;
			else if (afterEmptyLine || doc.directives.docStart || !dc) doc.commentBefore = comment;
			else if (isCollection(dc) && !dc.flow && dc.items.length > 0) {
				let it = dc.items[0];
				if (isPair(it)) it = it.key;
				const cb = it.commentBefore;
				it.commentBefore = cb ? `${comment}\n${cb}` : comment;
			} else {
				const cb = dc.commentBefore;
				dc.commentBefore = cb ? `${comment}\n${cb}` : comment;
			}
		}
		if (afterDoc) {
			for (let i = 0; i < this.errors.length; ++i) doc.errors.push(this.errors[i]);
			for (let i = 0; i < this.warnings.length; ++i) doc.warnings.push(this.warnings[i]);
		} else {
			doc.errors = this.errors;
			doc.warnings = this.warnings;
		}
		this.prelude = [];
		this.errors = [];
		this.warnings = [];
	}
	/**
	* Current stream status information.
	*
	* Mostly useful at the end of input for an empty stream.
	*/
	streamInfo() {
		return {
			comment: parsePrelude(this.prelude).comment,
			directives: this.directives,
			errors: this.errors,
			warnings: this.warnings
		};
	}
	/**
	* Compose tokens into documents.
	*
	* @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
	* @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
	*/
	*compose(tokens, forceDoc = false, endOffset = -1) {
		for (const token of tokens) yield* this.next(token);
		yield* this.end(forceDoc, endOffset);
	}
	/** Advance the composer by one CST token. */
	*next(token) {
		switch (token.type) {
			case "directive":
				this.directives.add(token.source, (offset, message, warning) => {
					const pos = getErrorPos(token);
					pos[0] += offset;
					this.onError(pos, "BAD_DIRECTIVE", message, warning);
				});
				this.prelude.push(token.source);
				this.atDirectives = true;
				break;
			case "document": {
				const doc = composeDoc(this.options, this.directives, token, this.onError);
				if (this.atDirectives && !doc.directives.docStart) this.onError(token, "MISSING_CHAR", "Missing directives-end/doc-start indicator line");
				this.decorate(doc, false);
				if (this.doc) yield this.doc;
				this.doc = doc;
				this.atDirectives = false;
				break;
			}
			case "byte-order-mark":
			case "space": break;
			case "comment":
			case "newline":
				this.prelude.push(token.source);
				break;
			case "error": {
				const msg = token.source ? `${token.message}: ${JSON.stringify(token.source)}` : token.message;
				const error = new YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg);
				if (this.atDirectives || !this.doc) this.errors.push(error);
				else this.doc.errors.push(error);
				break;
			}
			case "doc-end": {
				if (!this.doc) {
					this.errors.push(new YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", "Unexpected doc-end without preceding document"));
					break;
				}
				this.doc.directives.docEnd = true;
				const end = resolveEnd(token.end, token.offset + token.source.length, this.doc.options.strict, this.onError);
				this.decorate(this.doc, true);
				if (end.comment) {
					const dc = this.doc.comment;
					this.doc.comment = dc ? `${dc}\n${end.comment}` : end.comment;
				}
				this.doc.range[2] = end.offset;
				break;
			}
			default: this.errors.push(new YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", `Unsupported token ${token.type}`));
		}
	}
	/**
	* Call at end of input to yield any remaining document.
	*
	* @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
	* @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
	*/
	*end(forceDoc = false, endOffset = -1) {
		if (this.doc) {
			this.decorate(this.doc, true);
			yield this.doc;
			this.doc = null;
		} else if (forceDoc) {
			const doc = new Document(void 0, Object.assign({ _directives: this.directives }, this.options));
			if (this.atDirectives) this.onError(endOffset, "MISSING_CHAR", "Missing directives-end indicator line");
			doc.range = [
				0,
				endOffset,
				endOffset
			];
			this.decorate(doc, false);
			yield doc;
		}
	}
};
/** Identify the type of a lexer token. May return `null` for unknown tokens. */
function tokenType(source) {
	switch (source) {
		case "﻿": return "byte-order-mark";
		case "": return "doc-mode";
		case "": return "flow-error-end";
		case "": return "scalar";
		case "---": return "doc-start";
		case "...": return "doc-end";
		case "":
		case "\n":
		case "\r\n": return "newline";
		case "-": return "seq-item-ind";
		case "?": return "explicit-key-ind";
		case ":": return "map-value-ind";
		case "{": return "flow-map-start";
		case "}": return "flow-map-end";
		case "[": return "flow-seq-start";
		case "]": return "flow-seq-end";
		case ",": return "comma";
	}
	switch (source[0]) {
		case " ":
		case "	": return "space";
		case "#": return "comment";
		case "%": return "directive-line";
		case "*": return "alias";
		case "&": return "anchor";
		case "!": return "tag";
		case "'": return "single-quoted-scalar";
		case "\"": return "double-quoted-scalar";
		case "|":
		case ">": return "block-scalar-header";
	}
	return null;
}
// node_modules/yaml/browser/dist/parse/lexer.js
function isEmpty(ch) {
	switch (ch) {
		case void 0:
		case " ":
		case "\n":
		case "\r":
		case "	": return true;
		default: return false;
	}
}
const hexDigits = /* @__PURE__ */ new Set("0123456789ABCDEFabcdef");
const tagChars = /* @__PURE__ */ new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
const flowIndicatorChars = /* @__PURE__ */ new Set(",[]{}");
const invalidAnchorChars = /* @__PURE__ */ new Set(" ,[]{}\n\r	");
const isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
/**
* Splits an input string into lexical tokens, i.e. smaller strings that are
* easily identifiable by `tokens.tokenType()`.
*
* Lexing starts always in a "stream" context. Incomplete input may be buffered
* until a complete token can be emitted.
*
* In addition to slices of the original input, the following control characters
* may also be emitted:
*
* - `\x02` (Start of Text): A document starts with the next token
* - `\x18` (Cancel): Unexpected end of flow-mode (indicates an error)
* - `\x1f` (Unit Separator): Next token is a scalar value
* - `\u{FEFF}` (Byte order mark): Emitted separately outside documents
*/
var Lexer = class {
	constructor() {
		/**
		* Flag indicating whether the end of the current buffer marks the end of
		* all input
		*/
		this.atEnd = false;
		/**
		* Explicit indent set in block scalar header, as an offset from the current
		* minimum indent, so e.g. set to 1 from a header `|2+`. Set to -1 if not
		* explicitly set.
		*/
		this.blockScalarIndent = -1;
		/**
		* Block scalars that include a + (keep) chomping indicator in their header
		* include trailing empty lines, which are otherwise excluded from the
		* scalar's contents.
		*/
		this.blockScalarKeep = false;
		/** Current input */
		this.buffer = "";
		/**
		* Flag noting whether the map value indicator : can immediately follow this
		* node within a flow context.
		*/
		this.flowKey = false;
		/** Count of surrounding flow collection levels. */
		this.flowLevel = 0;
		/**
		* Minimum level of indentation required for next lines to be parsed as a
		* part of the current scalar value.
		*/
		this.indentNext = 0;
		/** Indentation level of the current line. */
		this.indentValue = 0;
		/** Position of the next \n character. */
		this.lineEndPos = null;
		/** Stores the state of the lexer if reaching the end of incpomplete input */
		this.next = null;
		/** A pointer to `buffer`; the current position of the lexer. */
		this.pos = 0;
	}
	/**
	* Generate YAML tokens from the `source` string. If `incomplete`,
	* a part of the last line may be left as a buffer for the next call.
	*
	* @returns A generator of lexical tokens
	*/
	*lex(source, incomplete = false) {
		if (source) {
			if (typeof source !== "string") throw TypeError("source is not a string");
			this.buffer = this.buffer ? this.buffer + source : source;
			this.lineEndPos = null;
		}
		this.atEnd = !incomplete;
		let next = this.next ?? "stream";
		while (next && (incomplete || this.hasChars(1))) next = yield* this.parseNext(next);
	}
	atLineEnd() {
		let i = this.pos;
		let ch = this.buffer[i];
		while (ch === " " || ch === "	") ch = this.buffer[++i];
		if (!ch || ch === "#" || ch === "\n") return true;
		if (ch === "\r") return this.buffer[i + 1] === "\n";
		return false;
	}
	charAt(n) {
		return this.buffer[this.pos + n];
	}
	continueScalar(offset) {
		let ch = this.buffer[offset];
		if (this.indentNext > 0) {
			let indent = 0;
			while (ch === " ") ch = this.buffer[++indent + offset];
			if (ch === "\r") {
				const next = this.buffer[indent + offset + 1];
				if (next === "\n" || !next && !this.atEnd) return offset + indent + 1;
			}
			return ch === "\n" || indent >= this.indentNext || !ch && !this.atEnd ? offset + indent : -1;
		}
		if (ch === "-" || ch === ".") {
			const dt = this.buffer.substr(offset, 3);
			if ((dt === "---" || dt === "...") && isEmpty(this.buffer[offset + 3])) return -1;
		}
		return offset;
	}
	getLine() {
		let end = this.lineEndPos;
		if (typeof end !== "number" || end !== -1 && end < this.pos) {
			end = this.buffer.indexOf("\n", this.pos);
			this.lineEndPos = end;
		}
		if (end === -1) return this.atEnd ? this.buffer.substring(this.pos) : null;
		if (this.buffer[end - 1] === "\r") end -= 1;
		return this.buffer.substring(this.pos, end);
	}
	hasChars(n) {
		return this.pos + n <= this.buffer.length;
	}
	setNext(state) {
		this.buffer = this.buffer.substring(this.pos);
		this.pos = 0;
		this.lineEndPos = null;
		this.next = state;
		return null;
	}
	peek(n) {
		return this.buffer.substr(this.pos, n);
	}
	*parseNext(next) {
		switch (next) {
			case "stream": return yield* this.parseStream();
			case "line-start": return yield* this.parseLineStart();
			case "block-start": return yield* this.parseBlockStart();
			case "doc": return yield* this.parseDocument();
			case "flow": return yield* this.parseFlowCollection();
			case "quoted-scalar": return yield* this.parseQuotedScalar();
			case "block-scalar": return yield* this.parseBlockScalar();
			case "plain-scalar": return yield* this.parsePlainScalar();
		}
	}
	*parseStream() {
		let line = this.getLine();
		if (line === null) return this.setNext("stream");
		if (line[0] === "﻿") {
			yield* this.pushCount(1);
			line = line.substring(1);
		}
		if (line[0] === "%") {
			let dirEnd = line.length;
			let cs = line.indexOf("#");
			while (cs !== -1) {
				const ch = line[cs - 1];
				if (ch === " " || ch === "	") {
					dirEnd = cs - 1;
					break;
				} else cs = line.indexOf("#", cs + 1);
			}
			while (true) {
				const ch = line[dirEnd - 1];
				if (ch === " " || ch === "	") dirEnd -= 1;
				else break;
			}
			const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
			yield* this.pushCount(line.length - n);
			this.pushNewline();
			return "stream";
		}
		if (this.atLineEnd()) {
			const sp = yield* this.pushSpaces(true);
			yield* this.pushCount(line.length - sp);
			yield* this.pushNewline();
			return "stream";
		}
		yield "";
		return yield* this.parseLineStart();
	}
	*parseLineStart() {
		const ch = this.charAt(0);
		if (!ch && !this.atEnd) return this.setNext("line-start");
		if (ch === "-" || ch === ".") {
			if (!this.atEnd && !this.hasChars(4)) return this.setNext("line-start");
			const s = this.peek(3);
			if ((s === "---" || s === "...") && isEmpty(this.charAt(3))) {
				yield* this.pushCount(3);
				this.indentValue = 0;
				this.indentNext = 0;
				return s === "---" ? "doc" : "stream";
			}
		}
		this.indentValue = yield* this.pushSpaces(false);
		if (this.indentNext > this.indentValue && !isEmpty(this.charAt(1))) this.indentNext = this.indentValue;
		return yield* this.parseBlockStart();
	}
	*parseBlockStart() {
		const [ch0, ch1] = this.peek(2);
		if (!ch1 && !this.atEnd) return this.setNext("block-start");
		if ((ch0 === "-" || ch0 === "?" || ch0 === ":") && isEmpty(ch1)) {
			const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
			this.indentNext = this.indentValue + 1;
			this.indentValue += n;
			return "block-start";
		}
		return "doc";
	}
	*parseDocument() {
		yield* this.pushSpaces(true);
		const line = this.getLine();
		if (line === null) return this.setNext("doc");
		let n = yield* this.pushIndicators();
		switch (line[n]) {
			case "#": yield* this.pushCount(line.length - n);
			case void 0:
				yield* this.pushNewline();
				return yield* this.parseLineStart();
			case "{":
			case "[":
				yield* this.pushCount(1);
				this.flowKey = false;
				this.flowLevel = 1;
				return "flow";
			case "}":
			case "]":
				yield* this.pushCount(1);
				return "doc";
			case "*":
				yield* this.pushUntil(isNotAnchorChar);
				return "doc";
			case "\"":
			case "'": return yield* this.parseQuotedScalar();
			case "|":
			case ">":
				n += yield* this.parseBlockScalarHeader();
				n += yield* this.pushSpaces(true);
				yield* this.pushCount(line.length - n);
				yield* this.pushNewline();
				return yield* this.parseBlockScalar();
			default: return yield* this.parsePlainScalar();
		}
	}
	*parseFlowCollection() {
		let nl, sp;
		let indent = -1;
		do {
			nl = yield* this.pushNewline();
			if (nl > 0) {
				sp = yield* this.pushSpaces(false);
				this.indentValue = indent = sp;
			} else sp = 0;
			sp += yield* this.pushSpaces(true);
		} while (nl + sp > 0);
		const line = this.getLine();
		if (line === null) return this.setNext("flow");
		if (indent !== -1 && indent < this.indentNext && line[0] !== "#" || indent === 0 && (line.startsWith("---") || line.startsWith("...")) && isEmpty(line[3])) {
			if (!(indent === this.indentNext - 1 && this.flowLevel === 1 && (line[0] === "]" || line[0] === "}"))) {
				this.flowLevel = 0;
				yield "";
				return yield* this.parseLineStart();
			}
		}
		let n = 0;
		while (line[n] === ",") {
			n += yield* this.pushCount(1);
			n += yield* this.pushSpaces(true);
			this.flowKey = false;
		}
		n += yield* this.pushIndicators();
		switch (line[n]) {
			case void 0: return "flow";
			case "#":
				yield* this.pushCount(line.length - n);
				return "flow";
			case "{":
			case "[":
				yield* this.pushCount(1);
				this.flowKey = false;
				this.flowLevel += 1;
				return "flow";
			case "}":
			case "]":
				yield* this.pushCount(1);
				this.flowKey = true;
				this.flowLevel -= 1;
				return this.flowLevel ? "flow" : "doc";
			case "*":
				yield* this.pushUntil(isNotAnchorChar);
				return "flow";
			case "\"":
			case "'":
				this.flowKey = true;
				return yield* this.parseQuotedScalar();
			case ":": {
				const next = this.charAt(1);
				if (this.flowKey || isEmpty(next) || next === ",") {
					this.flowKey = false;
					yield* this.pushCount(1);
					yield* this.pushSpaces(true);
					return "flow";
				}
			}
			default:
				this.flowKey = false;
				return yield* this.parsePlainScalar();
		}
	}
	*parseQuotedScalar() {
		const quote = this.charAt(0);
		let end = this.buffer.indexOf(quote, this.pos + 1);
		if (quote === "'") while (end !== -1 && this.buffer[end + 1] === "'") end = this.buffer.indexOf("'", end + 2);
		else while (end !== -1) {
			let n = 0;
			while (this.buffer[end - 1 - n] === "\\") n += 1;
			if (n % 2 === 0) break;
			end = this.buffer.indexOf("\"", end + 1);
		}
		const qb = this.buffer.substring(0, end);
		let nl = qb.indexOf("\n", this.pos);
		if (nl !== -1) {
			while (nl !== -1) {
				const cs = this.continueScalar(nl + 1);
				if (cs === -1) break;
				nl = qb.indexOf("\n", cs);
			}
			if (nl !== -1) end = nl - (qb[nl - 1] === "\r" ? 2 : 1);
		}
		if (end === -1) {
			if (!this.atEnd) return this.setNext("quoted-scalar");
			end = this.buffer.length;
		}
		yield* this.pushToIndex(end + 1, false);
		return this.flowLevel ? "flow" : "doc";
	}
	*parseBlockScalarHeader() {
		this.blockScalarIndent = -1;
		this.blockScalarKeep = false;
		let i = this.pos;
		while (true) {
			const ch = this.buffer[++i];
			if (ch === "+") this.blockScalarKeep = true;
			else if (ch > "0" && ch <= "9") this.blockScalarIndent = Number(ch) - 1;
			else if (ch !== "-") break;
		}
		return yield* this.pushUntil((ch) => isEmpty(ch) || ch === "#");
	}
	*parseBlockScalar() {
		let nl = this.pos - 1;
		let indent = 0;
		let ch;
		loop: for (let i = this.pos; ch = this.buffer[i]; ++i) switch (ch) {
			case " ":
				indent += 1;
				break;
			case "\n":
				nl = i;
				indent = 0;
				break;
			case "\r": {
				const next = this.buffer[i + 1];
				if (!next && !this.atEnd) return this.setNext("block-scalar");
				if (next === "\n") break;
			}
			default: break loop;
		}
		if (!ch && !this.atEnd) return this.setNext("block-scalar");
		if (indent >= this.indentNext) {
			if (this.blockScalarIndent === -1) this.indentNext = indent;
			else this.indentNext = this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
			do {
				const cs = this.continueScalar(nl + 1);
				if (cs === -1) break;
				nl = this.buffer.indexOf("\n", cs);
			} while (nl !== -1);
			if (nl === -1) {
				if (!this.atEnd) return this.setNext("block-scalar");
				nl = this.buffer.length;
			}
		}
		let i = nl + 1;
		ch = this.buffer[i];
		while (ch === " ") ch = this.buffer[++i];
		if (ch === "	") {
			while (ch === "	" || ch === " " || ch === "\r" || ch === "\n") ch = this.buffer[++i];
			nl = i - 1;
		} else if (!this.blockScalarKeep) do {
			let i = nl - 1;
			let ch = this.buffer[i];
			if (ch === "\r") ch = this.buffer[--i];
			const lastChar = i;
			while (ch === " ") ch = this.buffer[--i];
			if (ch === "\n" && i >= this.pos && i + 1 + indent > lastChar) nl = i;
			else break;
		} while (true);
		yield "";
		yield* this.pushToIndex(nl + 1, true);
		return yield* this.parseLineStart();
	}
	*parsePlainScalar() {
		const inFlow = this.flowLevel > 0;
		let end = this.pos - 1;
		let i = this.pos - 1;
		let ch;
		while (ch = this.buffer[++i]) if (ch === ":") {
			const next = this.buffer[i + 1];
			if (isEmpty(next) || inFlow && flowIndicatorChars.has(next)) break;
			end = i;
		} else if (isEmpty(ch)) {
			let next = this.buffer[i + 1];
			if (ch === "\r") {
				if (next === "\n") {
					i += 1;
					ch = "\n";
					next = this.buffer[i + 1];
				} else end = i;
			}
			if (next === "#" || inFlow && flowIndicatorChars.has(next)) break;
			if (ch === "\n") {
				const cs = this.continueScalar(i + 1);
				if (cs === -1) break;
				i = Math.max(i, cs - 2);
			}
		} else {
			if (inFlow && flowIndicatorChars.has(ch)) break;
			end = i;
		}
		if (!ch && !this.atEnd) return this.setNext("plain-scalar");
		yield "";
		yield* this.pushToIndex(end + 1, true);
		return inFlow ? "flow" : "doc";
	}
	*pushCount(n) {
		if (n > 0) {
			yield this.buffer.substr(this.pos, n);
			this.pos += n;
			return n;
		}
		return 0;
	}
	*pushToIndex(i, allowEmpty) {
		const s = this.buffer.slice(this.pos, i);
		if (s) {
			yield s;
			this.pos += s.length;
			return s.length;
		} else if (allowEmpty) yield "";
		return 0;
	}
	*pushIndicators() {
		let n = 0;
		loop: while (true) {
			switch (this.charAt(0)) {
				case "!":
					n += yield* this.pushTag();
					n += yield* this.pushSpaces(true);
					continue loop;
				case "&":
					n += yield* this.pushUntil(isNotAnchorChar);
					n += yield* this.pushSpaces(true);
					continue loop;
				case "-":
				case "?":
				case ":": {
					const inFlow = this.flowLevel > 0;
					const ch1 = this.charAt(1);
					if (isEmpty(ch1) || inFlow && flowIndicatorChars.has(ch1)) {
						if (!inFlow) this.indentNext = this.indentValue + 1;
						else if (this.flowKey) this.flowKey = false;
						n += yield* this.pushCount(1);
						n += yield* this.pushSpaces(true);
						continue loop;
					}
				}
			}
			break loop;
		}
		return n;
	}
	*pushTag() {
		if (this.charAt(1) === "<") {
			let i = this.pos + 2;
			let ch = this.buffer[i];
			while (!isEmpty(ch) && ch !== ">") ch = this.buffer[++i];
			return yield* this.pushToIndex(ch === ">" ? i + 1 : i, false);
		} else {
			let i = this.pos + 1;
			let ch = this.buffer[i];
			while (ch) if (tagChars.has(ch)) ch = this.buffer[++i];
			else if (ch === "%" && hexDigits.has(this.buffer[i + 1]) && hexDigits.has(this.buffer[i + 2])) ch = this.buffer[i += 3];
			else break;
			return yield* this.pushToIndex(i, false);
		}
	}
	*pushNewline() {
		const ch = this.buffer[this.pos];
		if (ch === "\n") return yield* this.pushCount(1);
		else if (ch === "\r" && this.charAt(1) === "\n") return yield* this.pushCount(2);
		else return 0;
	}
	*pushSpaces(allowTabs) {
		let i = this.pos - 1;
		let ch;
		do
			ch = this.buffer[++i];
		while (ch === " " || allowTabs && ch === "	");
		const n = i - this.pos;
		if (n > 0) {
			yield this.buffer.substr(this.pos, n);
			this.pos = i;
		}
		return n;
	}
	*pushUntil(test) {
		let i = this.pos;
		let ch = this.buffer[i];
		while (!test(ch)) ch = this.buffer[++i];
		return yield* this.pushToIndex(i, false);
	}
};
// node_modules/yaml/browser/dist/parse/line-counter.js
/**
* Tracks newlines during parsing in order to provide an efficient API for
* determining the one-indexed `{ line, col }` position for any offset
* within the input.
*/
var LineCounter = class {
	constructor() {
		this.lineStarts = [];
		/**
		* Should be called in ascending order. Otherwise, call
		* `lineCounter.lineStarts.sort()` before calling `linePos()`.
		*/
		this.addNewLine = (offset) => this.lineStarts.push(offset);
		/**
		* Performs a binary search and returns the 1-indexed { line, col }
		* position of `offset`. If `line === 0`, `addNewLine` has never been
		* called or `offset` is before the first known newline.
		*/
		this.linePos = (offset) => {
			let low = 0;
			let high = this.lineStarts.length;
			while (low < high) {
				const mid = low + high >> 1;
				if (this.lineStarts[mid] < offset) low = mid + 1;
				else high = mid;
			}
			if (this.lineStarts[low] === offset) return {
				line: low + 1,
				col: 1
			};
			if (low === 0) return {
				line: 0,
				col: offset
			};
			const start = this.lineStarts[low - 1];
			return {
				line: low,
				col: offset - start + 1
			};
		};
	}
};
// node_modules/yaml/browser/dist/parse/parser.js
function includesToken(list, type) {
	for (let i = 0; i < list.length; ++i) if (list[i].type === type) return true;
	return false;
}
function findNonEmptyIndex(list) {
	for (let i = 0; i < list.length; ++i) switch (list[i].type) {
		case "space":
		case "comment":
		case "newline": break;
		default: return i;
	}
	return -1;
}
function isFlowToken(token) {
	switch (token?.type) {
		case "alias":
		case "scalar":
		case "single-quoted-scalar":
		case "double-quoted-scalar":
		case "flow-collection": return true;
		default: return false;
	}
}
function getPrevProps(parent) {
	switch (parent.type) {
		case "document": return parent.start;
		case "block-map": {
			const it = parent.items[parent.items.length - 1];
			return it.sep ?? it.start;
		}
		case "block-seq": return parent.items[parent.items.length - 1].start;
		/* istanbul ignore next should not happen */
		default: return [];
	}
}
/** Note: May modify input array */
function getFirstKeyStartProps(prev) {
	if (prev.length === 0) return [];
	let i = prev.length;
	loop: while (--i >= 0) switch (prev[i].type) {
		case "doc-start":
		case "explicit-key-ind":
		case "map-value-ind":
		case "seq-item-ind":
		case "newline": break loop;
	}
	while (prev[++i]?.type === "space");
	return prev.splice(i, prev.length);
}
function arrayPushArray(target, source) {
	if (source.length < 1e5) Array.prototype.push.apply(target, source);
	else for (let i = 0; i < source.length; ++i) target.push(source[i]);
}
function fixFlowSeqItems(fc) {
	if (fc.start.type === "flow-seq-start") {
		for (const it of fc.items) if (it.sep && !it.value && !includesToken(it.start, "explicit-key-ind") && !includesToken(it.sep, "map-value-ind")) {
			if (it.key) it.value = it.key;
			delete it.key;
			if (isFlowToken(it.value)) {
				if (it.value.end) arrayPushArray(it.value.end, it.sep);
				else it.value.end = it.sep;
			} else arrayPushArray(it.start, it.sep);
			delete it.sep;
		}
	}
}
/**
* A YAML concrete syntax tree (CST) parser
*
* ```ts
* const src: string = ...
* for (const token of new Parser().parse(src)) {
*   // token: Token
* }
* ```
*
* To use the parser with a user-provided lexer:
*
* ```ts
* function* parse(source: string, lexer: Lexer) {
*   const parser = new Parser()
*   for (const lexeme of lexer.lex(source))
*     yield* parser.next(lexeme)
*   yield* parser.end()
* }
*
* const src: string = ...
* const lexer = new Lexer()
* for (const token of parse(src, lexer)) {
*   // token: Token
* }
* ```
*/
var Parser = class {
	/**
	* @param onNewLine - If defined, called separately with the start position of
	*   each new line (in `parse()`, including the start of input).
	*/
	constructor(onNewLine) {
		/** If true, space and sequence indicators count as indentation */
		this.atNewLine = true;
		/** If true, next token is a scalar value */
		this.atScalar = false;
		/** Current indentation level */
		this.indent = 0;
		/** Current offset since the start of parsing */
		this.offset = 0;
		/** On the same line with a block map key */
		this.onKeyLine = false;
		/** Top indicates the node that's currently being built */
		this.stack = [];
		/** The source of the current token, set in parse() */
		this.source = "";
		/** The type of the current token, set in parse() */
		this.type = "";
		this.lexer = new Lexer();
		this.onNewLine = onNewLine;
	}
	/**
	* Parse `source` as a YAML stream.
	* If `incomplete`, a part of the last line may be left as a buffer for the next call.
	*
	* Errors are not thrown, but yielded as `{ type: 'error', message }` tokens.
	*
	* @returns A generator of tokens representing each directive, document, and other structure.
	*/
	*parse(source, incomplete = false) {
		if (this.onNewLine && this.offset === 0) this.onNewLine(0);
		for (const lexeme of this.lexer.lex(source, incomplete)) yield* this.next(lexeme);
		if (!incomplete) yield* this.end();
	}
	/**
	* Advance the parser by the `source` of one lexical token.
	*/
	*next(source) {
		this.source = source;
		if (this.atScalar) {
			this.atScalar = false;
			yield* this.step();
			this.offset += source.length;
			return;
		}
		const type = tokenType(source);
		if (!type) {
			const message = `Not a YAML token: ${source}`;
			yield* this.pop({
				type: "error",
				offset: this.offset,
				message,
				source
			});
			this.offset += source.length;
		} else if (type === "scalar") {
			this.atNewLine = false;
			this.atScalar = true;
			this.type = "scalar";
		} else {
			this.type = type;
			yield* this.step();
			switch (type) {
				case "newline":
					this.atNewLine = true;
					this.indent = 0;
					if (this.onNewLine) this.onNewLine(this.offset + source.length);
					break;
				case "space":
					if (this.atNewLine && source[0] === " ") this.indent += source.length;
					break;
				case "explicit-key-ind":
				case "map-value-ind":
				case "seq-item-ind":
					if (this.atNewLine) this.indent += source.length;
					break;
				case "doc-mode":
				case "flow-error-end": return;
				default: this.atNewLine = false;
			}
			this.offset += source.length;
		}
	}
	/** Call at end of input to push out any remaining constructions */
	*end() {
		while (this.stack.length > 0) yield* this.pop();
	}
	get sourceToken() {
		return {
			type: this.type,
			offset: this.offset,
			indent: this.indent,
			source: this.source
		};
	}
	*step() {
		const top = this.peek(1);
		if (this.type === "doc-end" && top?.type !== "doc-end") {
			while (this.stack.length > 0) yield* this.pop();
			this.stack.push({
				type: "doc-end",
				offset: this.offset,
				source: this.source
			});
			return;
		}
		if (!top) return yield* this.stream();
		switch (top.type) {
			case "document": return yield* this.document(top);
			case "alias":
			case "scalar":
			case "single-quoted-scalar":
			case "double-quoted-scalar": return yield* this.scalar(top);
			case "block-scalar": return yield* this.blockScalar(top);
			case "block-map": return yield* this.blockMap(top);
			case "block-seq": return yield* this.blockSequence(top);
			case "flow-collection": return yield* this.flowCollection(top);
			case "doc-end": return yield* this.documentEnd(top);
		}
		/* istanbul ignore next should not happen */
		yield* this.pop();
	}
	peek(n) {
		return this.stack[this.stack.length - n];
	}
	*pop(error) {
		const token = error ?? this.stack.pop();
		/* istanbul ignore if should not happen */
		if (!token) yield {
			type: "error",
			offset: this.offset,
			source: "",
			message: "Tried to pop an empty stack"
		};
		else if (this.stack.length === 0) yield token;
		else {
			const top = this.peek(1);
			if (token.type === "block-scalar") token.indent = "indent" in top ? top.indent : 0;
			else if (token.type === "flow-collection" && top.type === "document") token.indent = 0;
			if (token.type === "flow-collection") fixFlowSeqItems(token);
			switch (top.type) {
				case "document":
					top.value = token;
					break;
				case "block-scalar":
					top.props.push(token);
					break;
				case "block-map": {
					const it = top.items[top.items.length - 1];
					if (it.value) {
						top.items.push({
							start: [],
							key: token,
							sep: []
						});
						this.onKeyLine = true;
						return;
					} else if (it.sep) it.value = token;
					else {
						Object.assign(it, {
							key: token,
							sep: []
						});
						this.onKeyLine = !it.explicitKey;
						return;
					}
					break;
				}
				case "block-seq": {
					const it = top.items[top.items.length - 1];
					if (it.value) top.items.push({
						start: [],
						value: token
					});
					else it.value = token;
					break;
				}
				case "flow-collection": {
					const it = top.items[top.items.length - 1];
					if (!it || it.value) top.items.push({
						start: [],
						key: token,
						sep: []
					});
					else if (it.sep) it.value = token;
					else Object.assign(it, {
						key: token,
						sep: []
					});
					return;
				}
				/* istanbul ignore next should not happen */
				default:
					yield* this.pop();
					yield* this.pop(token);
			}
			if ((top.type === "document" || top.type === "block-map" || top.type === "block-seq") && (token.type === "block-map" || token.type === "block-seq")) {
				const last = token.items[token.items.length - 1];
				if (last && !last.sep && !last.value && last.start.length > 0 && findNonEmptyIndex(last.start) === -1 && (token.indent === 0 || last.start.every((st) => st.type !== "comment" || st.indent < token.indent))) {
					if (top.type === "document") top.end = last.start;
					else top.items.push({ start: last.start });
					token.items.splice(-1, 1);
				}
			}
		}
	}
	*stream() {
		switch (this.type) {
			case "directive-line":
				yield {
					type: "directive",
					offset: this.offset,
					source: this.source
				};
				return;
			case "byte-order-mark":
			case "space":
			case "comment":
			case "newline":
				yield this.sourceToken;
				return;
			case "doc-mode":
			case "doc-start": {
				const doc = {
					type: "document",
					offset: this.offset,
					start: []
				};
				if (this.type === "doc-start") doc.start.push(this.sourceToken);
				this.stack.push(doc);
				return;
			}
		}
		yield {
			type: "error",
			offset: this.offset,
			message: `Unexpected ${this.type} token in YAML stream`,
			source: this.source
		};
	}
	*document(doc) {
		if (doc.value) return yield* this.lineEnd(doc);
		switch (this.type) {
			case "doc-start":
				if (findNonEmptyIndex(doc.start) !== -1) {
					yield* this.pop();
					yield* this.step();
				} else doc.start.push(this.sourceToken);
				return;
			case "anchor":
			case "tag":
			case "space":
			case "comment":
			case "newline":
				doc.start.push(this.sourceToken);
				return;
		}
		const bv = this.startBlockValue(doc);
		if (bv) this.stack.push(bv);
		else yield {
			type: "error",
			offset: this.offset,
			message: `Unexpected ${this.type} token in YAML document`,
			source: this.source
		};
	}
	*scalar(scalar) {
		if (this.type === "map-value-ind") {
			const start = getFirstKeyStartProps(getPrevProps(this.peek(2)));
			let sep;
			if (scalar.end) {
				sep = scalar.end;
				sep.push(this.sourceToken);
				delete scalar.end;
			} else sep = [this.sourceToken];
			const map = {
				type: "block-map",
				offset: scalar.offset,
				indent: scalar.indent,
				items: [{
					start,
					key: scalar,
					sep
				}]
			};
			this.onKeyLine = true;
			this.stack[this.stack.length - 1] = map;
		} else yield* this.lineEnd(scalar);
	}
	*blockScalar(scalar) {
		switch (this.type) {
			case "space":
			case "comment":
			case "newline":
				scalar.props.push(this.sourceToken);
				return;
			case "scalar":
				scalar.source = this.source;
				this.atNewLine = true;
				this.indent = 0;
				if (this.onNewLine) {
					let nl = this.source.indexOf("\n") + 1;
					while (nl !== 0) {
						this.onNewLine(this.offset + nl);
						nl = this.source.indexOf("\n", nl) + 1;
					}
				}
				yield* this.pop();
				break;
			/* istanbul ignore next should not happen */
			default:
				yield* this.pop();
				yield* this.step();
		}
	}
	*blockMap(map) {
		const it = map.items[map.items.length - 1];
		switch (this.type) {
			case "newline":
				this.onKeyLine = false;
				if (it.value) {
					const end = "end" in it.value ? it.value.end : void 0;
					if ((Array.isArray(end) ? end[end.length - 1] : void 0)?.type === "comment") end?.push(this.sourceToken);
					else map.items.push({ start: [this.sourceToken] });
				} else if (it.sep) it.sep.push(this.sourceToken);
				else it.start.push(this.sourceToken);
				return;
			case "space":
			case "comment":
				if (it.value) map.items.push({ start: [this.sourceToken] });
				else if (it.sep) it.sep.push(this.sourceToken);
				else {
					if (this.atIndentedComment(it.start, map.indent)) {
						const end = map.items[map.items.length - 2]?.value?.end;
						if (Array.isArray(end)) {
							arrayPushArray(end, it.start);
							end.push(this.sourceToken);
							map.items.pop();
							return;
						}
					}
					it.start.push(this.sourceToken);
				}
				return;
		}
		if (this.indent >= map.indent) {
			const atMapIndent = !this.onKeyLine && this.indent === map.indent;
			const atNextItem = atMapIndent && (it.sep || it.explicitKey) && this.type !== "seq-item-ind";
			let start = [];
			if (atNextItem && it.sep && !it.value) {
				const nl = [];
				for (let i = 0; i < it.sep.length; ++i) {
					const st = it.sep[i];
					switch (st.type) {
						case "newline":
							nl.push(i);
							break;
						case "space": break;
						case "comment":
							if (st.indent > map.indent) nl.length = 0;
							break;
						default: nl.length = 0;
					}
				}
				if (nl.length >= 2) start = it.sep.splice(nl[1]);
			}
			switch (this.type) {
				case "anchor":
				case "tag":
					if (atNextItem || it.value) {
						start.push(this.sourceToken);
						map.items.push({ start });
						this.onKeyLine = true;
					} else if (it.sep) it.sep.push(this.sourceToken);
					else it.start.push(this.sourceToken);
					return;
				case "explicit-key-ind":
					if (!it.sep && !it.explicitKey) {
						it.start.push(this.sourceToken);
						it.explicitKey = true;
					} else if (atNextItem || it.value) {
						start.push(this.sourceToken);
						map.items.push({
							start,
							explicitKey: true
						});
					} else this.stack.push({
						type: "block-map",
						offset: this.offset,
						indent: this.indent,
						items: [{
							start: [this.sourceToken],
							explicitKey: true
						}]
					});
					this.onKeyLine = true;
					return;
				case "map-value-ind":
					if (it.explicitKey) {
						if (!it.sep) {
							if (includesToken(it.start, "newline")) Object.assign(it, {
								key: null,
								sep: [this.sourceToken]
							});
							else {
								const start = getFirstKeyStartProps(it.start);
								this.stack.push({
									type: "block-map",
									offset: this.offset,
									indent: this.indent,
									items: [{
										start,
										key: null,
										sep: [this.sourceToken]
									}]
								});
							}
						} else if (it.value) map.items.push({
							start: [],
							key: null,
							sep: [this.sourceToken]
						});
						else if (includesToken(it.sep, "map-value-ind")) this.stack.push({
							type: "block-map",
							offset: this.offset,
							indent: this.indent,
							items: [{
								start,
								key: null,
								sep: [this.sourceToken]
							}]
						});
						else if (isFlowToken(it.key) && !includesToken(it.sep, "newline")) {
							const start = getFirstKeyStartProps(it.start);
							const key = it.key;
							const sep = it.sep;
							sep.push(this.sourceToken);
							delete it.key;
							delete it.sep;
							this.stack.push({
								type: "block-map",
								offset: this.offset,
								indent: this.indent,
								items: [{
									start,
									key,
									sep
								}]
							});
						} else if (start.length > 0) it.sep = it.sep.concat(start, this.sourceToken);
						else it.sep.push(this.sourceToken);
					} else if (!it.sep) Object.assign(it, {
						key: null,
						sep: [this.sourceToken]
					});
					else if (it.value || atNextItem) map.items.push({
						start,
						key: null,
						sep: [this.sourceToken]
					});
					else if (includesToken(it.sep, "map-value-ind")) this.stack.push({
						type: "block-map",
						offset: this.offset,
						indent: this.indent,
						items: [{
							start: [],
							key: null,
							sep: [this.sourceToken]
						}]
					});
					else it.sep.push(this.sourceToken);
					this.onKeyLine = true;
					return;
				case "alias":
				case "scalar":
				case "single-quoted-scalar":
				case "double-quoted-scalar": {
					const fs = this.flowScalar(this.type);
					if (atNextItem || it.value) {
						map.items.push({
							start,
							key: fs,
							sep: []
						});
						this.onKeyLine = true;
					} else if (it.sep) this.stack.push(fs);
					else {
						Object.assign(it, {
							key: fs,
							sep: []
						});
						this.onKeyLine = true;
					}
					return;
				}
				default: {
					const bv = this.startBlockValue(map);
					if (bv) {
						if (bv.type === "block-seq") {
							if (!it.explicitKey && it.sep && !includesToken(it.sep, "newline")) {
								yield* this.pop({
									type: "error",
									offset: this.offset,
									message: "Unexpected block-seq-ind on same line with key",
									source: this.source
								});
								return;
							}
						} else if (atMapIndent) map.items.push({ start });
						this.stack.push(bv);
						return;
					}
				}
			}
		}
		yield* this.pop();
		yield* this.step();
	}
	*blockSequence(seq) {
		const it = seq.items[seq.items.length - 1];
		switch (this.type) {
			case "newline":
				if (it.value) {
					const end = "end" in it.value ? it.value.end : void 0;
					if ((Array.isArray(end) ? end[end.length - 1] : void 0)?.type === "comment") end?.push(this.sourceToken);
					else seq.items.push({ start: [this.sourceToken] });
				} else it.start.push(this.sourceToken);
				return;
			case "space":
			case "comment":
				if (it.value) seq.items.push({ start: [this.sourceToken] });
				else {
					if (this.atIndentedComment(it.start, seq.indent)) {
						const end = seq.items[seq.items.length - 2]?.value?.end;
						if (Array.isArray(end)) {
							arrayPushArray(end, it.start);
							end.push(this.sourceToken);
							seq.items.pop();
							return;
						}
					}
					it.start.push(this.sourceToken);
				}
				return;
			case "anchor":
			case "tag":
				if (it.value || this.indent <= seq.indent) break;
				it.start.push(this.sourceToken);
				return;
			case "seq-item-ind":
				if (this.indent !== seq.indent) break;
				if (it.value || includesToken(it.start, "seq-item-ind")) seq.items.push({ start: [this.sourceToken] });
				else it.start.push(this.sourceToken);
				return;
		}
		if (this.indent > seq.indent) {
			const bv = this.startBlockValue(seq);
			if (bv) {
				this.stack.push(bv);
				return;
			}
		}
		yield* this.pop();
		yield* this.step();
	}
	*flowCollection(fc) {
		const it = fc.items[fc.items.length - 1];
		if (this.type === "flow-error-end") {
			let top;
			do {
				yield* this.pop();
				top = this.peek(1);
			} while (top?.type === "flow-collection");
		} else if (fc.end.length === 0) {
			switch (this.type) {
				case "comma":
				case "explicit-key-ind":
					if (!it || it.sep) fc.items.push({ start: [this.sourceToken] });
					else it.start.push(this.sourceToken);
					return;
				case "map-value-ind":
					if (!it || it.value) fc.items.push({
						start: [],
						key: null,
						sep: [this.sourceToken]
					});
					else if (it.sep) it.sep.push(this.sourceToken);
					else Object.assign(it, {
						key: null,
						sep: [this.sourceToken]
					});
					return;
				case "space":
				case "comment":
				case "newline":
				case "anchor":
				case "tag":
					if (!it || it.value) fc.items.push({ start: [this.sourceToken] });
					else if (it.sep) it.sep.push(this.sourceToken);
					else it.start.push(this.sourceToken);
					return;
				case "alias":
				case "scalar":
				case "single-quoted-scalar":
				case "double-quoted-scalar": {
					const fs = this.flowScalar(this.type);
					if (!it || it.value) fc.items.push({
						start: [],
						key: fs,
						sep: []
					});
					else if (it.sep) this.stack.push(fs);
					else Object.assign(it, {
						key: fs,
						sep: []
					});
					return;
				}
				case "flow-map-end":
				case "flow-seq-end":
					fc.end.push(this.sourceToken);
					return;
			}
			const bv = this.startBlockValue(fc);
			/* istanbul ignore else should not happen */
			if (bv) this.stack.push(bv);
			else {
				yield* this.pop();
				yield* this.step();
			}
		} else {
			const parent = this.peek(2);
			if (parent.type === "block-map" && (this.type === "map-value-ind" && parent.indent === fc.indent || this.type === "newline" && !parent.items[parent.items.length - 1].sep)) {
				yield* this.pop();
				yield* this.step();
			} else if (this.type === "map-value-ind" && parent.type !== "flow-collection") {
				const start = getFirstKeyStartProps(getPrevProps(parent));
				fixFlowSeqItems(fc);
				const sep = fc.end.splice(1, fc.end.length);
				sep.push(this.sourceToken);
				const map = {
					type: "block-map",
					offset: fc.offset,
					indent: fc.indent,
					items: [{
						start,
						key: fc,
						sep
					}]
				};
				this.onKeyLine = true;
				this.stack[this.stack.length - 1] = map;
			} else yield* this.lineEnd(fc);
		}
	}
	flowScalar(type) {
		if (this.onNewLine) {
			let nl = this.source.indexOf("\n") + 1;
			while (nl !== 0) {
				this.onNewLine(this.offset + nl);
				nl = this.source.indexOf("\n", nl) + 1;
			}
		}
		return {
			type,
			offset: this.offset,
			indent: this.indent,
			source: this.source
		};
	}
	startBlockValue(parent) {
		switch (this.type) {
			case "alias":
			case "scalar":
			case "single-quoted-scalar":
			case "double-quoted-scalar": return this.flowScalar(this.type);
			case "block-scalar-header": return {
				type: "block-scalar",
				offset: this.offset,
				indent: this.indent,
				props: [this.sourceToken],
				source: ""
			};
			case "flow-map-start":
			case "flow-seq-start": return {
				type: "flow-collection",
				offset: this.offset,
				indent: this.indent,
				start: this.sourceToken,
				items: [],
				end: []
			};
			case "seq-item-ind": return {
				type: "block-seq",
				offset: this.offset,
				indent: this.indent,
				items: [{ start: [this.sourceToken] }]
			};
			case "explicit-key-ind": {
				this.onKeyLine = true;
				const start = getFirstKeyStartProps(getPrevProps(parent));
				start.push(this.sourceToken);
				return {
					type: "block-map",
					offset: this.offset,
					indent: this.indent,
					items: [{
						start,
						explicitKey: true
					}]
				};
			}
			case "map-value-ind": {
				this.onKeyLine = true;
				const start = getFirstKeyStartProps(getPrevProps(parent));
				return {
					type: "block-map",
					offset: this.offset,
					indent: this.indent,
					items: [{
						start,
						key: null,
						sep: [this.sourceToken]
					}]
				};
			}
		}
		return null;
	}
	atIndentedComment(start, indent) {
		if (this.type !== "comment") return false;
		if (this.indent <= indent) return false;
		return start.every((st) => st.type === "newline" || st.type === "space");
	}
	*documentEnd(docEnd) {
		if (this.type !== "doc-mode") {
			if (docEnd.end) docEnd.end.push(this.sourceToken);
			else docEnd.end = [this.sourceToken];
			if (this.type === "newline") yield* this.pop();
		}
	}
	*lineEnd(token) {
		switch (this.type) {
			case "comma":
			case "doc-start":
			case "doc-end":
			case "flow-seq-end":
			case "flow-map-end":
			case "map-value-ind":
				yield* this.pop();
				yield* this.step();
				break;
			case "newline": this.onKeyLine = false;
			default:
				if (token.end) token.end.push(this.sourceToken);
				else token.end = [this.sourceToken];
				if (this.type === "newline") yield* this.pop();
		}
	}
};
// node_modules/yaml/browser/dist/public-api.js
function parseOptions(options) {
	const prettyErrors = options.prettyErrors !== false;
	return {
		lineCounter: options.lineCounter || prettyErrors && new LineCounter() || null,
		prettyErrors
	};
}
/** Parse an input string into a single YAML.Document */
function parseDocument(source, options = {}) {
	const { lineCounter, prettyErrors } = parseOptions(options);
	const parser = new Parser(lineCounter?.addNewLine);
	const composer = new Composer(options);
	let doc = null;
	for (const _doc of composer.compose(parser.parse(source), true, source.length)) if (!doc) doc = _doc;
	else if (doc.options.logLevel !== "silent") {
		doc.errors.push(new YAMLParseError(_doc.range.slice(0, 2), "MULTIPLE_DOCS", "Source contains multiple documents; please use YAML.parseAllDocuments()"));
		break;
	}
	if (prettyErrors && lineCounter) {
		doc.errors.forEach(prettifyError(source, lineCounter));
		doc.warnings.forEach(prettifyError(source, lineCounter));
	}
	return doc;
}
// build/policy/document.js
/** A YAML policy as data, with the way back from a place in the data to a line in the file. */
/** A policy is written by people; what is larger is a mistake or an attack. */
const maxCharacters = 1e6;
/**
* @param file shown in problems; absent for an inline policy
*/
function readDocument(text, file) {
	const named = file === void 0 ? {} : { file };
	if (text.length > maxCharacters) {
		const message = `the policy has ${text.length} characters; the limit is ${maxCharacters}`;
		return {
			problems: [{
				message,
				...named
			}],
			editTexts: () => {},
			toData: () => void 0,
			locate: () => ({
				message,
				...named
			})
		};
	}
	const lines = new LineCounter();
	const doc = parseDocument(text, {
		lineCounter: lines,
		prettyErrors: false,
		logLevel: "silent",
		uniqueKeys: true
	});
	const place = (offset) => {
		const { line, col } = lines.linePos(offset);
		return {
			message: "",
			...named,
			line,
			column: col
		};
	};
	const problems = doc.errors.map((e) => ({
		...place(e.pos[0]),
		message: `this is not YAML: ${e.message}`
	}));
	if (problems.length === 0 && !isMap(doc.contents)) problems.push({
		...place(0),
		message: "expected a policy, a map that begins with `version: 1`"
	});
	const toData = () => doc.toJS({ maxAliasCount: 100 });
	try {
		toData();
	} catch (error) {
		problems.push({
			...place(0),
			message: `this YAML cannot be read: ${error.message}`
		});
	}
	function find(path) {
		let value = doc.contents;
		let parent;
		let key;
		for (const step of path) {
			const here = isAlias(value) ? value.resolve(doc) : value;
			parent = value;
			if (isMap(here)) {
				const pair = here.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
				key = pair?.key;
				value = pair?.value;
			} else if (isSeq(here)) {
				key = void 0;
				value = here.items[Number(step)];
			} else value = void 0;
			if (value === void 0 || value === null) break;
		}
		return {
			key,
			value,
			parent
		};
	}
	return {
		problems,
		editTexts(edit) {
			visit(doc, { Scalar(position, node, ancestors) {
				if (position === "key" || typeof node.value !== "string") return void 0;
				const path = [];
				for (const [index, ancestor] of ancestors.entries()) {
					if (isPair(ancestor) && isScalar(ancestor.key)) path.push(String(ancestor.key.value));
					const next = ancestors[index + 1] ?? node;
					if (isSeq(ancestor)) path.push(ancestor.items.indexOf(next));
				}
				node.value = edit(node.value, path);
			} });
		},
		toData,
		locate({ path, at, message }) {
			const { key, value, parent } = find(path);
			return {
				...place((at === "key" ? key ?? value ?? parent : value ?? key ?? parent)?.range?.[0] ?? 0),
				message
			};
		}
	};
}
// build/record/evidence.js
/**
* What was seen and what the judge said of it: the words every other part of Signalbox speaks, and the
* part of the decision record that `replay` reads back. One valibot schema is the truth for both the
* TypeScript types and the published JSON Schema.
*
* All instants are ISO 8601 in UTC. Everything here is plain JSON.
*/
const text$3 = /* @__PURE__ */ string$1();
const common = {
	source: /* @__PURE__ */ pipe(text$3, /* @__PURE__ */ description("name of the source in the policy")),
	subject: /* @__PURE__ */ pipe(text$3, /* @__PURE__ */ description("what was looked at, in words")),
	query: /* @__PURE__ */ pipe(text$3, /* @__PURE__ */ description("the query as it was sent")),
	link: /* @__PURE__ */ optional(/* @__PURE__ */ pipe(text$3, /* @__PURE__ */ description("where a person can look at the same evidence"))),
	at: /* @__PURE__ */ pipe(/* @__PURE__ */ pipe(/* @__PURE__ */ string$1(), /* @__PURE__ */ isoTimestamp(), /* @__PURE__ */ description("ISO 8601, UTC")), /* @__PURE__ */ description("when the source answered")),
	seen: /* @__PURE__ */ pipe(/* @__PURE__ */ pipe(/* @__PURE__ */ number(), /* @__PURE__ */ integer(), /* @__PURE__ */ minValue(0)), /* @__PURE__ */ description("how many things (series, scan runs, flags) the answer is about; 0 is no evidence")),
	notes: /* @__PURE__ */ pipe(/* @__PURE__ */ array(text$3), /* @__PURE__ */ description("warnings that the source gave with its answer")),
	partial: /* @__PURE__ */ pipe(/* @__PURE__ */ main_boolean(), /* @__PURE__ */ description("the source says that its answer is incomplete"))
};
({ ...common });
({ ...common }), { ...common };
const enforcements = [
	"observe",
	"warn",
	"block"
];
// build/policy/schema.js
/**
* The policy's schema: the single truth from which the JSON Schema and `docs/policy.md` are generated. What a kind of gate
* or source adds comes from its own file.
*/
/** One member of a union told apart by `type`: the common fields and those of the type, with the type's own checks. */
function withCommon(type, common, schema) {
	const own = schema;
	const merged = /* @__PURE__ */ strictObject({
		...common,
		...own.entries,
		type: /* @__PURE__ */ literal(type)
	});
	const [, ...checks] = own.pipe ?? [own];
	return checks.length === 0 ? merged : /* @__PURE__ */ pipe(merged, ...checks);
}
const anyOf = (members) => /* @__PURE__ */ variant("type", members);
const source = anyOf(sourceTypes.map((t) => withCommon(t.type, {}, t.schema)));
const waitOrStop = [
	"hold",
	"stop",
	"ignore"
];
const commonGateFields = {
	name: described(filled, "What people call it; unique in the policy."),
	source: described(/* @__PURE__ */ union([filled, source]), "Name of an entry of `sources`, or a source written out in place."),
	enforce: described(/* @__PURE__ */ optional(/* @__PURE__ */ picklist(enforcements), "block"), "`block` stops the train, `warn` lets it go with a warning, `observe` only reports: the ladder by which a gate earns trust."),
	"on-missing": described(/* @__PURE__ */ optional(/* @__PURE__ */ picklist(waitOrStop), "hold"), "What insufficient evidence does: `hold` the train until there is enough or the deadline comes, `stop` it at once, or be `ignore`d (shown as such; at least one blocking gate must still be healthy)."),
	"on-error": described(/* @__PURE__ */ optional(/* @__PURE__ */ picklist(waitOrStop), "hold"), "The same for evidence that could not be measured."),
	"unhealthy-after": described(/* @__PURE__ */ optional(whole(1), 2), "How many unhealthy rounds in a row stop the train. What stands beyond doubt (a finding, a flag in the wrong state, a hard limit) stops it at once."),
	"unhealthy-limit": described(/* @__PURE__ */ optional(whole(1)), "How many unhealthy rounds in all stop the train, in a row or not. Default: no limit.")
};
const gate = anyOf(gateTypes.map((t) => withCommon(t.type, commonGateFields, t.schema)));
/** `${release.NAME}`; each can also be given as an input, which wins. */
const releaseFacts = [
	"sha",
	"version",
	"environment"
];
/** ISO 8601 with a time zone, or `10m ago`. */
const deployedAt = /* @__PURE__ */ pipe(/* @__PURE__ */ string$1(), /* @__PURE__ */ regex(/^\s*(?:\S+\s+ago|\d{4}-\d{2}-\d{2}T\S+)\s*$/, "an instant such as 2026-11-23T10:00:00Z, or `10m ago`"));
const optionalDuration = /* @__PURE__ */ optional(duration);
const policySchema = /* @__PURE__ */ strictObject({
	version: described(/* @__PURE__ */ literal(1), "Version of the policy format."),
	service: described(/* @__PURE__ */ optional(filled), "What is released, for the report."),
	release: /* @__PURE__ */ optional(/* @__PURE__ */ strictObject({
		sha: described(/* @__PURE__ */ optional(filled), "Commit that is released. Default: the run's commit."),
		version: described(/* @__PURE__ */ optional(filled), "Version that is released."),
		environment: described(/* @__PURE__ */ optional(filled), "Where it is released to."),
		"deployed-at": described(/* @__PURE__ */ optional(deployedAt), "When the new version went live: ISO 8601 with a time zone, or `10m ago`. Default: the start of the step.")
	}), {}),
	sources: described(/* @__PURE__ */ optional(/* @__PURE__ */ record(/* @__PURE__ */ string$1(), source), {}), "Named connections to the systems that hold the evidence."),
	evaluation: /* @__PURE__ */ optional(/* @__PURE__ */ strictObject({
		warmup: described(optionalDuration, "Time after the deployment in which nothing is decided, except by what stands beyond doubt. Default: `2m`, or `0s` when no gate watches telemetry."),
		every: described(optionalDuration, "Time from one round to the next. Default: `1m`."),
		steady: described(optionalDuration, "How long all blocking gates must be healthy together. Default: `5m`, or `0s` when no gate watches telemetry."),
		deadline: described(optionalDuration, "Longest time that the step waits, from its start; then the train stops. Default: `30m`."),
		"error-budget": described(optionalDuration, "How long a blocking gate may go without being measured before the train stops as `not-measured`. Default: `10m`, at most the deadline."),
		"round-timeout": described(optionalDuration, "Longest time that one round waits for its answers. Default: `30s`.")
	}), {}),
	gates: described(/* @__PURE__ */ pipe(/* @__PURE__ */ array(gate), /* @__PURE__ */ minLength(1, "at least one gate")), "What must hold before the release may continue.")
});
// build/policy/substitute.js
/** `${env.NAME}` and `${release.NAME}`, the only substitutions; `$${` stands for a literal `${`. */
/** One pass: what a value brings in is never substituted again. */
function substitute(text, values) {
	const fromEnv = [];
	const wrong = [];
	const unset = [];
	return {
		text: text.replace(/\$\$\{|\$\{([^}]*)\}?/g, (match, inner) => {
			if (inner === void 0) return "${";
			const [, space, name] = /^(env|release)\.([A-Za-z_][\w-]*)$/.exec(inner) ?? [];
			if (!match.endsWith("}") || space === void 0 || name === void 0) {
				const near = didYouMean(inner.split(".")[0] ?? "", ["env", "release"]);
				wrong.push(`\`${match}\` is no substitution; expected \`\${env.NAME}\` or \`\${release.NAME}\`${near} (\`$\${\` writes a literal \`\${\`)`);
				return match;
			}
			const known = space === "env" ? values.env : values.release;
			const value = known && Object.hasOwn(known, name) ? known[name] : void 0;
			if (value !== void 0) {
				if (space === "env") fromEnv.push(value);
				return value;
			}
			if (known === void 0) wrong.push(`\`${match}\` cannot be used inside \`release\` itself`);
			else if (space === "env") unset.push(`the environment variable \`${name}\` is not set${didYouMean(name, Object.keys(known))}`);
			else if (Object.hasOwn(known, name)) unset.push(`\`release.${name}\` is not known in this run: give it as an input or under \`release\``);
			else wrong.push(`there is no \`release.${name}\`${didYouMean(name, Object.keys(known))} (known: ${Object.keys(known).join(", ")})`);
			return match;
		}),
		fromEnv,
		wrong,
		unset
	};
}
// build/policy/walk.js
const child = (data, key) => typeof data === "object" && data !== null ? data[key] : void 0;
/** Resolves what stands between a field and its shape: optional, union (the member for maps), variant (by `type`). */
function settle(node, data) {
	switch (node?.type) {
		case "optional":
		case "nullable": return settle(node.wrapped, data);
		case "union": return node.options?.map((option) => settle(option, data)).find((option) => option?.entries ?? option?.item);
		case "variant": return node.options?.find((option) => option.entries?.type?.literal === child(data, "type"));
		default: return node;
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
// build/policy/load.js
/** From the text of a policy, or from single inputs, to a checked policy: all that is wrong with it at once. */
/** Shorter values from the environment are words such as `prod`: masking them would eat the whole log. */
const shortestSecret = 6;
function loadPolicy(options) {
	const secrets = /* @__PURE__ */ new Set();
	const document = readDocument(options.text ?? "version: 1", options.file);
	const byPath = new Map(options.overrides.map((o) => [o.path.join("\n"), o.input]));
	const locate = (finding) => {
		const input = [...finding.path.keys()].reverse().map((last) => byPath.get(finding.path.slice(0, last + 1).join("\n"))).find((name) => name !== void 0);
		if (input !== void 0) return { message: `input \`${input}\`: ${finding.message}` };
		return options.text === void 0 ? { message: finding.message } : document.locate(finding);
	};
	const loaded = (problems, unset = [], policy) => ({
		problems,
		unset,
		secrets: [...secrets],
		locate: (path, message) => locate({
			path,
			at: "value",
			message
		}),
		...policy && problems.length === 0 ? { policy } : {}
	});
	if (document.problems.length > 0) return loaded(document.problems);
	const filled = fillIn(document, options, secrets);
	const data = document.toData();
	for (const { path, value } of options.overrides) put(data, path, value);
	collectSecrets(data, secrets);
	const checked = check$1(data);
	const already = new Set([...filled.wrong, ...filled.unset].map((f) => f.path.join("\n")));
	const findings = [
		...filled.wrong,
		...options.lenient ? [] : filled.unset,
		...checked.findings.filter((f) => !already.has(f.path.join("\n")))
	];
	const policy = checked.policy && complete(checked.policy, options.facts);
	if (policy) findings.push(...relate(policy, options));
	return loaded(findings.map(locate), options.lenient ? filled.unset.map(locate) : [], policy);
}
/** Substitutes in every text of the document. The release's own facts come first, since the others may name them. */
function fillIn(document, options, secrets) {
	const wrong = [];
	const unset = [];
	const pass = (release) => {
		document.editTexts((text, path) => {
			if (path[0] === "release" !== (release === void 0)) return text;
			const result = substitute(text, release ? {
				env: options.env,
				release
			} : { env: options.env });
			for (const value of result.fromEnv) if (value.length >= shortestSecret) secrets.add(value);
			const found = (message) => ({
				path,
				at: "value",
				message
			});
			wrong.push(...result.wrong.map(found));
			unset.push(...result.unset.map(found));
			if (secretKeys.has(String(path.at(-1))) && !text.includes("${env.")) wrong.push(found("a secret does not belong into a policy; write `${env.NAME}`"));
			return result.text;
		});
	};
	pass(void 0);
	const written = document.toData()?.release;
	const given = new Map(options.overrides.filter((o) => o.path[0] === "release").map((o) => [String(o.path[1]), o.value]));
	pass(Object.fromEntries(releaseFacts.map((fact) => [fact, asText(given.get(fact)) ?? asText(written?.[fact]) ?? options.facts[fact]])));
	return {
		wrong,
		unset
	};
}
const asText = (value) => typeof value === "string" && value !== "" ? value : void 0;
function put(data, path, value) {
	let here = data;
	for (const [index, key] of path.slice(0, -1).entries()) {
		if (typeof here[key] !== "object" || here[key] === null) here[key] = typeof path[index + 1] === "number" ? [] : {};
		here = here[key];
	}
	const last = path.at(-1);
	if (last !== void 0) here[last] = value;
}
/** Runs the schema until it has named every unknown key; valibot names one per map and run. */
function check$1(data) {
	const findings = [];
	const secretAt = (path) => secretKeys.has(String(path.at(-1)));
	for (;;) {
		const result = /* @__PURE__ */ safeParse(policySchema, data);
		if (result.success) return findings.length === 0 ? {
			policy: result.output,
			findings
		} : { findings };
		const found = describe(result.issues, (path) => keysAt(policySchema, data, path), secretAt);
		const unknown = found.filter((f) => f.at === "key");
		findings.push(...unknown);
		if (unknown.length === 0) return { findings: [...findings, ...found] };
		for (const { path } of unknown) remove(data, path);
	}
}
function remove(data, path) {
	const parent = path.slice(0, -1).reduce((here, key) => here[key], data);
	delete parent[path.at(-1) ?? ""];
}
/** Fills in the defaults that depend on the rest of the policy. */
function complete(parsed, facts) {
	const gates = parsed.gates;
	const watches = gates.some((gate) => gateTypeOf(gate.type)?.family === "telemetry");
	const given = parsed.evaluation;
	const deadline = given.deadline ?? 18e5;
	const evaluation = {
		warmup: given.warmup ?? (watches ? 12e4 : 0),
		every: given.every ?? 6e4,
		steady: given.steady ?? (watches ? 3e5 : 0),
		deadline,
		"error-budget": Math.min(given["error-budget"] ?? 6e5, deadline),
		"round-timeout": given["round-timeout"] ?? 3e4
	};
	const release = {
		...facts,
		...parsed.release
	};
	const { service } = parsed;
	return {
		version: 1,
		...service === void 0 ? {} : { service },
		release,
		sources: parsed.sources,
		evaluation,
		gates
	};
}
function collectSecrets(value, secrets) {
	if (typeof value !== "object" || value === null) return;
	for (const [key, inner] of Object.entries(value)) {
		if (secretKeys.has(key) && typeof inner === "string" && inner !== "") secrets.add(inner);
		collectSecrets(inner, secrets);
	}
}
// build/record/build.js
/** What the step does: what the gates say, unless the policy only observes. Being cut off or misused is not theirs to say. */
function decisionFor(verdict, observe) {
	if (!observe || verdict.decision === "continue") return verdict;
	if ([
		"cancelled",
		"policy-error",
		"internal-error"
	].includes(verdict.reason)) return verdict;
	return {
		...verdict,
		decision: "continue",
		reason: "observed",
		sentence: `observed only; the gates say ${verdict.decision}: ${verdict.sentence}`
	};
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
			deployedAt: facts.deployedAt === void 0 ? null : iso(facts.deployedAt)
		},
		host: {
			kind: host.kind,
			repository: host.facts.repository ?? null,
			ref: host.facts.ref ?? null,
			actor: host.facts.actor ?? null,
			run: host.facts.run ?? null
		},
		policy: {
			file: facts.policyFile ?? null,
			sha256: facts.policySha256,
			effective: policy ?? null
		},
		observe: facts.observe,
		began: iso(facts.began),
		ended: iso(outcome.ended),
		gates: (policy?.gates ?? []).map((gate) => ({
			name: gate.name,
			type: gate.type,
			source: sourceName(gate),
			enforce: gate.enforce
		})),
		rounds: [...outcome.rounds],
		decision: decisionFor(outcome.verdict, facts.observe),
		verdict: outcome.verdict,
		problems: [...outcome.problems]
	};
}
// build/report/plain.js
/** Texts from outside (servers, scanners, policies), made fit to be shown: they can neither hide nor reorder what stands beside them. */
/** Format characters (right-to-left overrides, zero-width ones, tags) save the two that join letters in some scripts, and halves of a pair. */
const main_hidden = /(?![\u200c\u200d])[\p{Cf}\p{Cs}]/gu;
const control = /(?!\n)\p{Cc}/gu;
/** One visible line of at most `most` characters. */
function plain(text, most = 200) {
	return oneLine(text.slice(0, most * 20).replaceAll(main_hidden, "�"), most);
}
/** The same with its line breaks kept, for queries; tabs become two spaces. Longer than `most` characters: cut, and said so. */
function plainLines(text, most) {
	const lines = text.slice(0, most).replaceAll(/\r\n?|[\p{Zl}\p{Zp}]/gu, "\n").replaceAll("	", "  ").replaceAll(main_hidden, "�").replaceAll(control, "�").replace(/^\n+|\s+$/g, "");
	return text.length > most ? `${lines}\n… cut, ${text.length} characters in all` : lines;
}
/** The link, if it is one that a person may follow: http or https, without a credential in it. */
function safeLink(link) {
	if (link === void 0 || link.length > 8e3) return void 0;
	try {
		const url = new URL(link);
		return (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.password === "" ? url.href : void 0;
	} catch {
		return;
	}
}
// build/report/history.js
function historyOf(name, rounds) {
	const course = rounds.map((round) => {
		const outcome = round.gates.find((g) => g.gate === name);
		const reading = outcome?.reading ?? null;
		return {
			round,
			reading,
			state: reading?.state ?? "not-evaluated",
			answers: outcome?.answers ?? []
		};
	});
	const last = course.at(-1);
	const changed = course.findLastIndex((entry) => entry.state !== last?.state);
	const measured = course.findLast(({ state }) => state === "healthy" || state === "unhealthy");
	const answered = course.findLast(({ answers }) => answers.length > 0);
	return {
		reading: last?.reading ?? null,
		state: last?.state ?? "not-evaluated",
		since: course[changed + 1]?.round.began ?? null,
		rounds: course.length - changed - 1,
		...measured?.reading ? { measured: {
			reading: measured.reading,
			round: measured.round.number,
			at: measured.round.began
		} } : {},
		answers: answered?.answers ?? [],
		answeredAt: answered?.round.began ?? null,
		values: course.map(({ reading }) => reading?.value ?? null)
	};
}
const bars = "▁▂▃▄▅▆▇█";
/**
* The values of the last `most` rounds as bars, from the least to the greatest of them; `·` where a round gave none. Empty
* when fewer than three values are there, since two points are no course.
*/
function sparkline(values, most = 12) {
	const shown = values.slice(-most);
	const numbers = shown.filter((value) => value !== null);
	if (numbers.length < 3) return "";
	const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
	const span = greatest / 2 - least / 2;
	const bar = (value) => {
		const share = span === 0 ? .5 : (value / 2 - least / 2) / span;
		return bars[Math.min(7, Math.floor(share * 8))] ?? "";
	};
	return shown.map((value) => value === null ? "·" : bar(value)).join("");
}
// build/report/view.js
/** The decision record as a reader needs it: sorted by what it means for the decision. Every form of the report is made from it. */
/** Reasons that name gates one by one; the others are about the train as a whole. */
const gateReasons = /* @__PURE__ */ new Set([
	"unhealthy",
	"insufficient-evidence",
	"not-measured"
]);
function viewOf(record) {
	const { verdict, rounds } = record;
	const policy = policyOf(record);
	const stops = verdict.decision === "stop" && gateReasons.has(verdict.reason);
	const gates = record.gates.map((gate) => {
		const history = historyOf(gate.name, rounds);
		const rule = policy.gates.get(gate.name);
		const threshold = typeof rule?.threshold === "string" ? parseThreshold(rule.threshold) : void 0;
		const poor = history.state === "insufficient" ? "on-missing" : history.state === "error" ? "on-error" : void 0;
		return {
			...gate,
			...history,
			blamed: stops && verdict.gates.includes(gate.name),
			ignored: gate.enforce === "block" && poor !== void 0 && rule?.[poor] === "ignore",
			...threshold ? { threshold: formatThreshold(threshold) } : {},
			gaps: history.state === "healthy" || history.state === "unhealthy" ? history.answers.flatMap(gapsOf) : [],
			...evidenceOf(history)
		};
	});
	const blamed = gates.filter((gate) => gate.blamed);
	return {
		record,
		verdict,
		observedStop: record.decision.decision === "continue" && verdict.decision === "stop",
		gates,
		blamed,
		alsoSick: gates.filter((gate) => gate.enforce === "block" && gate.state === "unhealthy" && !gate.blamed),
		warnings: gates.filter((gate) => gate.state !== "healthy" && (gate.enforce === "warn" || gate.ignored)),
		unmeasured: gates.filter((gate) => gate.state !== "healthy" && gate.state !== "unhealthy"),
		evaluation: policy.evaluation
	};
}
function evidenceOf({ answers, answeredAt }) {
	const measurements = answers.flatMap((answer) => "measurement" in answer ? [answer.measurement] : []);
	const link = measurements.map((m) => safeLink(m.link)).find((href) => href !== void 0);
	const ages = measurements.flatMap((m) => m.kind === "samples" && m.newest !== null && answeredAt !== null ? [Date.parse(answeredAt) - Date.parse(m.newest)] : []);
	return {
		...link === void 0 ? {} : { link },
		...ages.length === 0 ? {} : { newestAgeMs: Math.max(0, ...ages) }
	};
}
/** The judge says the worst of these among the reasons, cut short. */
function gapsOf(answer) {
	if ("failure" in answer) return [`${answer.role}: ${answer.failure.message}`];
	const { measurement: m } = answer;
	return [...m.partial ? [`${answer.role}: the answer is incomplete`] : [], ...m.kind === "scans" ? m.problems.map(({ message }) => message) : []];
}
/** What the report needs of the policy. The record types it as unknown, since a record may come from another version. */
function policyOf(record) {
	const effective = isObject(record.policy.effective) ? record.policy.effective : {};
	const rules = Array.isArray(effective.gates) ? effective.gates.filter(isObject) : [];
	const times = isObject(effective.evaluation) ? Object.entries(effective.evaluation) : [];
	return {
		gates: new Map(rules.map((rule) => [String(rule.name), rule])),
		evaluation: Object.fromEntries(times.filter(([, ms]) => typeof ms === "number"))
	};
}
const isObject = (x) => typeof x === "object" && x !== null;
// build/report/words.js
/** The wording that all forms of the report share. Pure; every text may still hold what came from outside. */
/** A mark that reads without colour, and the state as a plain word. */
const states = {
	healthy: {
		mark: "✓",
		word: "healthy"
	},
	unhealthy: {
		mark: "✗",
		word: "NOT healthy"
	},
	insufficient: {
		mark: "?",
		word: "too little evidence"
	},
	error: {
		mark: "?",
		word: "could not be measured"
	},
	"not-evaluated": {
		mark: "–",
		word: "not evaluated"
	}
};
/** `NOT healthy`, `NOT healthy, only warns`: a gate that does not block must not look as if it did. */
function stateWords(gate) {
	const { mark, word } = states[gate.state];
	if (gate.ignored) return {
		mark,
		word: `${word}, ignored`
	};
	if (gate.enforce === "block") return {
		mark,
		word
	};
	return {
		mark: gate.state === "unhealthy" ? "!" : mark,
		word: `${word}, ${gate.enforce === "warn" ? "only warns" : "only observed"}`
	};
}
const plural = (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`;
/** `a`, `a and b`, `a, b and 3 more`. */
function listed(words, most = 3) {
	const shown = words.length > most + 1 ? [...words.slice(0, most), `${words.length - most} more`] : [...words];
	const last = shown.pop() ?? "";
	return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}
const units = [
	[864e5, "day"],
	[36e5, "hour"],
	[6e4, "minute"],
	[1e3, "second"]
];
/** Milliseconds in prose, by the two greatest units: `5 minutes`, `1 hour 30 minutes`; under a second `120 ms`. */
function inWords(ms) {
	if (ms > 0 && ms < 1e3) return `${Math.round(ms)} ms`;
	let rest = Math.round(ms / 1e3) * 1e3;
	return units.flatMap(([size, name]) => {
		const n = Math.floor(rest / size);
		rest -= n * size;
		return n === 0 ? [] : [plural(n, name)];
	}).slice(0, 2).join(" ") || "0 seconds";
}
/** `10:42 UTC`, with the date when it is not the day of `now`. Both ISO 8601. */
function clockTime(instant, now) {
	const time = `${instant.slice(11, 16)} UTC`;
	return instant.slice(0, 10) === now.slice(0, 10) ? time : `${instant.slice(0, 10)} ${time}`;
}
/** Whole numbers with separators: `12,400`. */
const amount = (n) => Math.round(n).toLocaleString("en-US");
/** `<= 250 ms` as people write it: `≤ 250 ms`. */
const signs = (threshold) => threshold.replace("<=", "≤").replace(">=", "≥").replace("==", "=");
/** `4.1 % (limit < 1 %)`, or the judge's own reason where no single value says it. */
function measuredWords(reading) {
	return reading.shown !== void 0 && reading.threshold !== void 0 ? `${reading.shown} (limit ${signs(reading.threshold)})` : reading.reason;
}
/** How many events stand behind a reading and how old the newest sample is: `12,400 events, newest 8s old`. */
function evidenceWords(gate) {
	if (!gate.reading) return "";
	const { events } = gate.reading;
	return [events === void 0 ? "" : `${amount(events)} ${Math.round(events) === 1 ? "event" : "events"}`, gate.newestAgeMs === void 0 ? "" : `newest ${formatDuration(gate.newestAgeMs)} old`].filter((text) => text !== "").join(", ");
}
/** `over the limit of 1 %`, `under the required 99.9 %`. Undefined when the threshold is not one of a number. */
function limitWords({ value, threshold, code }) {
	const parsed = threshold === void 0 ? void 0 : parseThreshold(threshold);
	if (!parsed || value === void 0) return void 0;
	const { operator } = parsed;
	const limit = formatThreshold(parsed).slice(operator.length + 1);
	const hard = code === "over-hard-limit" ? "hard " : "";
	if (operator === "==") return `but must be exactly ${limit}`;
	const below = operator === "<" || operator === "<=";
	if (value === parsed.limit) return `but must stay ${below ? "under" : "over"} ${limit}`;
	return below ? `over the ${hard}limit of ${limit}` : `under the ${hard === "" ? "required" : "hard limit of"} ${limit}`;
}
/** What is wrong with a gate, behind its name: ` is 4.1 %, over the limit of 1 %`, or `: ` and the judge's reason. */
function complaint({ reading, state }) {
	if (!reading) return ": not evaluated";
	const limit = state === "unhealthy" ? limitWords(reading) : void 0;
	return limit === void 0 || reading.shown === void 0 ? `: ${reading.reason}` : ` is ${reading.shown}, ${limit}`;
}
/** `since 10:42 UTC, 3 rounds in a row`; nothing for what was seen once. */
function sinceWords({ since, rounds }, now) {
	if (since === null) return "";
	const when = `since ${clockTime(since, now)}`;
	return rounds < 2 ? `${when}, 1 round` : `${when}, ${rounds} rounds in a row`;
}
/** Over the gates that are unhealthy without being what stopped the train. */
const besidesTitle = ({ verdict }) => verdict.reason === "cancelled" ? "Unhealthy at that time" : "Unhealthy too, but not the reason yet";
/** What is said of the release when it was not it that stopped the train: only what holds of the last measurement of each gate. */
function faultWords(view) {
	const sick = view.gates.filter((g) => g.enforce === "block" && g.measured?.reading.state === "unhealthy");
	if (sick.length === 0) return "the release itself was not found at fault";
	return `${listed(sick.map((g) => g.name))} ${sick.length === 1 ? "was" : "were"} unhealthy when last measured`;
}
/**
* The verdict as one sentence that a manager understands, such as `Stop: error rate is 4.1 %, over the limit of 1 %; also scans`.
*
* @param of texts of gates come in full; the caller cuts the line
*/
function verdictSentence(view) {
	const { verdict, record } = view;
	const because = reasonWords(view);
	if (verdict.reason === "cancelled") return `Cancelled${because.replace(/^cancelled/i, "").replace(/^(?=\w)/, ": ")}`;
	if (view.observedStop) return `Observed only: would have stopped (${because})`;
	if (verdict.decision === "continue") {
		const { length } = view.warnings;
		return `Continue${record.observe ? " (observed only)" : length > 0 ? `, with ${length === 1 ? "a warning" : `${length} warnings`}` : ""}: ${because}`;
	}
	return `${capital(verdict.decision)}: ${because}`;
}
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
function reasonWords(view) {
	const { verdict, blamed, evaluation } = view;
	const names = listed(blamed.map((gate) => gate.name));
	const [first, ...others] = blamed;
	switch (verdict.reason) {
		case "healthy": return healthyWords(view);
		case "unhealthy": {
			if (!first) return verdict.sentence;
			const also = others.length === 0 ? "" : `; also ${listed(others.map((gate) => gate.name))}`;
			return `${first.name}${complaint(first)}${also}`;
		}
		case "not-measured": return first ? `could not measure ${names}; ${faultWords(view)}` : verdict.sentence;
		case "insufficient-evidence": return first ? `too little evidence from ${names}; ${faultWords(view)}` : verdict.sentence;
		case "not-steady": return `the deadline came before all gates had been healthy together${evaluation.steady === void 0 ? "" : ` for ${inWords(evaluation.steady)}`}; ${faultWords(view)}`;
		default: return verdict.sentence;
	}
}
function healthyWords({ gates, evaluation }) {
	const must = gates.filter((gate) => gate.enforce === "block");
	const well = must.filter((gate) => gate.state === "healthy");
	const kind = must.length === gates.length ? "gate" : "blocking gate";
	const who = well.length < must.length ? `${well.length} of ${plural(must.length, kind)}` : must.length === 1 ? `the ${kind}` : `all ${must.length} ${kind}s`;
	const steady = evaluation.steady ?? 0;
	const verb = well.length === 1 ? "was healthy" : "were healthy together";
	const ignored = must.filter((gate) => gate.ignored).length;
	return [`${who} ${steady > 0 ? `${verb} for ${inWords(steady)}` : verb}`, ignored > 0 ? `${ignored} without evidence, which the policy ignores` : ""].filter((text) => text !== "").join("; ");
}
/** The limit within which the gate would have been healthy; to keep a hard limit alone would not have been enough. */
const neededLimit = ({ reading, threshold }) => reading?.shown === void 0 ? void 0 : reading.code === "over-hard-limit" ? threshold : reading.threshold;
/**
* What it would have taken: `It would have continued if error rate had stayed < 1 % (it is 4.1 %) for 5 minutes.` Empty when no
* gate stands in the way with a value, since the reason itself then says all there is.
*/
function counterfactual({ blamed, alsoSick, gates, verdict, evaluation }) {
	const sick = [...blamed, ...alsoSick].filter((gate) => gate.state === "unhealthy");
	if (verdict.reason !== "unhealthy" || !sick.some((gate) => neededLimit(gate) !== void 0)) return "";
	const unproven = gates.filter((gate) => gate.enforce === "block" && gate.state !== "healthy" && !gate.ignored).filter((gate) => !sick.includes(gate));
	const conditions = [...sick.map(condition), ...unproven.map(({ name }) => `${name} had been proven healthy`)];
	const steady = evaluation.steady ?? 0;
	const together = conditions.length > 1 ? ", all together" : "";
	return `It would have continued if ${listed(conditions, 5)}${steady > 0 ? `${together} for ${inWords(steady)}` : together}.`;
}
function condition(gate) {
	const { name, reading, gaps } = gate;
	const limit = neededLimit(gate);
	if (limit !== void 0) return `${name} had stayed ${signs(limit)} (it is ${reading?.shown})`;
	if (reading?.code !== "findings" || reading.threshold === void 0) return `${name} had been healthy`;
	return `${name} had found ${reading.threshold}${gaps.length > 0 ? " and left nothing out" : ""}`;
}
// build/report/annotations.js
/** GitHub cuts at 4,096 characters; nobody reads that far. */
const longest = 1e3;
/**
* One error for each reason to stop and each problem of the policy; warnings for what would have stopped, what only warns and
* what is ignored; a notice for what is only observed. The gravest come first, since platforms show ten of a kind.
*
* @param policyLocation where the policy writes a gate
*/
function annotations(record, policyLocation) {
	const view = viewOf(record);
	const remark = (level, gate, before = "", after = "") => ({
		level,
		title: plain(`Signalbox: ${gate.name}`, 120),
		message: plain([
			before,
			gate.name,
			complaint(gate),
			timeOf(gate, record),
			after
		].join(""), longest),
		...policyLocation?.(gate.name)
	});
	const problems = record.problems.map((problem) => {
		const { message, ...place } = problem;
		return {
			level: "error",
			title: "Signalbox: policy",
			message: plain(message, longest),
			...place
		};
	});
	const reasons = view.blamed.map((gate) => view.observedStop ? remark("warning", gate, "Observed only, would have stopped: ") : remark("error", gate));
	const beside = view.gates.filter((gate) => !gate.blamed && gate.state !== "healthy" && gate.reading !== null).flatMap((gate) => {
		if (gate.ignored) return [remark("warning", gate, "", " (ignored, as the policy says)")];
		if (gate.enforce === "warn") return [remark("warning", gate, "", " (warns only)")];
		if (gate.enforce === "observe") return [remark("notice", gate, "", " (observed only)")];
		return view.verdict.decision === "stop" ? [remark("warning", gate, `${stateWords(gate).word}: `)] : [];
	});
	return [
		...problems,
		...reasons.length + problems.length === 0 ? headline(view) : [],
		...reasons,
		...beside
	];
}
const timeOf = (gate, record) => gate.rounds > 1 ? `; ${sinceWords(gate, record.ended)}` : "";
/** A stop that no single gate is the reason of. */
function headline(view) {
	if (view.verdict.decision !== "stop") return [];
	return [{
		level: view.observedStop ? "warning" : "error",
		title: "Signalbox",
		message: plain(verdictSentence(view), longest)
	}];
}
// build/report/markdown.js
/** Words that GitHub or Azure make something of wherever they stand, whatever is escaped; in code they make nothing of them. */
const active = /[@#$~\\]|:\/\/|www\.|^(?:mailto|xmpp|javascript|data):|(?<![a-z\d])gh-\d|:[\w+-]+:|^(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}$/i;
/** A word without the punctuation around it. */
const bare = /^([("'[{]*)(.*?)([)"'\]},.;:!?]*)$/su;
/**
* Text from anywhere on one line, at most `most` characters of it. What stands between backticks, and every word that a platform
* would link, mention or draw, becomes code.
*/
function prose(value, most = 300) {
	const nodes = [];
	let pending = "";
	const flush = () => {
		if (pending !== "") nodes.push({
			type: "text",
			value: pending
		});
		pending = "";
	};
	const put = (words) => {
		flush();
		nodes.push(...code(words));
	};
	for (const [, quoted, word = ""] of plain(value, most).matchAll(/`([^`]+)`|(`|[^\s`]+|\s+)/gu)) if (quoted !== void 0) put(quoted);
	else if (!active.test(word.replace(/^\W+/u, "")) && !active.test(word)) pending += word;
	else {
		const [, before = "", inner = "", after = ""] = bare.exec(word) ?? [];
		pending += before;
		if (inner !== "") put(inner);
		pending += after;
	}
	flush();
	return nodes;
}
/**
* A line of code, in a table cell too: there a bar between backticks would end the cell after a backslash, on some renderers, so
* bars stand outside.
*/
function code(value, most = 300) {
	return plain(value, most).split(/(\|)/).filter((part) => part !== "").map((part) => part === "|" || part.trim() === "" ? {
		type: "text",
		value: part
	} : {
		type: "inlineCode",
		value: part
	});
}
/** A query in its own block, with its line breaks. */
const codeBlock = (value, most) => ({
	type: "code",
	value: plainLines(value, most)
});
/** Our own words; nothing from outside. */
const text$1 = (value) => ({
	type: "text",
	value
});
const strong = (children) => ({
	type: "strong",
	children
});
/** @returns nothing when the address is none that a person may follow */
function main_link(label, address) {
	const url = safeLink(address);
	return url === void 0 ? [] : [{
		type: "link",
		url,
		children: [text$1(label)]
	}];
}
const paragraph = (children) => ({
	type: "paragraph",
	children
});
const heading = (depth, children) => ({
	type: "heading",
	depth,
	children
});
const list = (items) => ({
	type: "list",
	spread: false,
	children: items.map((children) => ({
		type: "listItem",
		spread: false,
		children: [paragraph(children)]
	}))
});
const table = (rows) => ({
	type: "table",
	children: rows.map((cells) => ({
		type: "tableRow",
		children: cells.map((children) => ({
			type: "tableCell",
			children
		}))
	}))
});
const html = (value) => ({
	type: "html",
	value
});
/** Folded away, where the platform folds. The title is ours, never text from outside. */
const details = (title, body) => [
	html(`<details>\n<summary>${title}</summary>`),
	...body,
	html("</details>")
];
/**
* Loads the library and writes the tree.
*
* Both platforms read their logs for commands (`##vso[`, `##[`, `::name::` at the start of a line), and a summary may be printed
* into one. A backslash breaks them; outside of code Markdown does not show it.
*/
async function serialise(children) {
	const [{ toMarkdown }, { gfmTableToMarkdown }] = await Promise.all([Promise.all(/* import() */[__nccwpck_require__.e(169), __nccwpck_require__.e(732)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6732)), Promise.all(/* import() */[__nccwpck_require__.e(169), __nccwpck_require__.e(957)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5957))]);
	return toMarkdown({
		type: "root",
		children
	}, {
		bullet: "-",
		rule: "-",
		extensions: [gfmTableToMarkdown({ tablePipeAlign: false })]
	}).replaceAll(/##(?=\[|vso\[)/gi, "#\\#").replaceAll(/^(\s*)::/gm, "$1\\::");
}
// build/report/evidence.js
/** Characters of a query, entries of a list: the record has the rest. */
const longestQuery = 2e3;
const longestList = 20;
function evidence(gates, record) {
	return gates.flatMap((gate) => gate.answers.length === 0 ? [] : [heading(4, prose(gate.name, 120)), ...gate.answers.flatMap((answer) => answerBlocks(answer, record))]);
}
function answerBlocks(answer, record) {
	if ("failure" in answer) {
		const { code: word, message } = answer.failure;
		return [paragraph([
			...code(answer.role),
			text$1(" asked of "),
			...code(answer.source),
			text$1(": no answer ("),
			...code(word),
			text$1("): "),
			...prose(message, 600)
		])];
	}
	const { measurement: m } = answer;
	const facts = [
		...code(answer.role),
		text$1(" asked of "),
		...code(m.source),
		text$1(` at ${exact(m.at, record)}`),
		...m.kind === "samples" ? [text$1(`, window ${exact(m.window.from, record)} to ${exact(m.window.to, record)}, newest sample ${m.newest === null ? "of unknown age" : exact(m.newest, record)}`)] : [],
		text$1(m.partial ? ", an incomplete answer" : ""),
		...separated(main_link("open it there", m.link))
	];
	const lines = [...findings(m), ...m.notes.slice(0, longestList).map((note) => [text$1("note: "), ...prose(note, 400)])];
	return [
		paragraph(facts),
		codeBlock(m.query, longestQuery),
		paragraph([text$1("→ "), ...answerWords(m)]),
		...lines.length === 0 ? [] : [list(lines)]
	];
}
const separated = (nodes) => nodes.length === 0 ? [] : [text$1("; "), ...nodes];
const exact = (instant, record) => {
	return clockTime(instant, record.ended).replace(/(\d\d:\d\d) UTC$/, `$1${instant.slice(16, 19)} UTC`);
};
function answerWords(m) {
	switch (m.kind) {
		case "samples": return m.series.length === 0 ? [text$1("no series")] : m.series.slice(0, longestList).flatMap(({ labels, value, points }, i) => {
			const names = Object.entries(labels).map(([key, label]) => `${key}=${label}`);
			return [
				text$1(i === 0 ? "" : ", "),
				...names.length === 0 ? [] : [...code(names.join(" "), 200), text$1(" ")],
				...code(String(value)),
				text$1(points > 1 ? ` from ${plural(points, "sample")}` : ""),
				text$1(i === 19 && m.series.length > longestList ? `, and ${m.series.length - longestList} more` : "")
			];
		});
		case "flag": return [
			...code(m.flag),
			text$1(m.exists ? " serves " : " is not known there; served "),
			...code(JSON.stringify(m.value) ?? "nothing"),
			...m.variant === null ? [] : [text$1(", variant "), ...code(m.variant, 100)],
			text$1(`, ${m.scope === "everyone" ? "for everyone" : "for the probed context only"}${m.enabled === false ? ", disabled" : ""}`)
		];
		case "scans": return m.runs.length === 0 ? [text$1("no scan")] : m.runs.slice(0, longestList).flatMap((run, i) => [
			text$1(i === 0 ? "" : "; "),
			...prose([run.tool, run.toolVersion].filter((x) => x !== void 0).join(" "), 100),
			text$1(" in "),
			...code(run.file, 150),
			text$1(run.revision === null ? ", commit not said: " : ", commit "),
			...run.revision === null ? [] : [...code(run.revision.slice(0, 10)), text$1(": ")],
			text$1(countsWords(run.counted)),
			text$1(run.suppressed > 0 ? `, ${amount(run.suppressed)} suppressed` : "")
		]);
	}
}
function countsWords(counted) {
	const parts = Object.entries(counted).filter(([, n]) => n > 0);
	return parts.length === 0 ? "no findings" : parts.map(([severity, n]) => `${amount(n)} ${severity}`).join(", ");
}
/** The worst findings, each on its own line. */
function findings(m) {
	if (m.kind !== "scans") return [];
	const shown = m.findings.slice(0, longestList).map((f) => [
		text$1(`${f.severity}: `),
		...code(`${f.tool} ${f.rule}`, 150),
		...f.file === void 0 ? [] : [text$1(" in "), ...code(`${f.file}${f.line === void 0 ? "" : `:${f.line}`}`, 200)],
		text$1(": "),
		...prose(f.message, 300)
	]);
	const problems = m.problems.slice(0, longestList).map((p) => [text$1("problem: "), ...prose(p.message, 400)]);
	return [...shown, ...problems];
}
// build/report/next.js
/** A server that can be reached, but does not let us see. */
const credential = "check the source's credential: is its variable set in this job, is it still valid, and is it one for this server?";
const reach = "check the source's `url`, and that this runner can reach it (network rules, proxy, VPN)";
const patience = "the system that holds the evidence did not answer properly; see whether it is up, then run this step again";
const query = "mend the query in the policy; ask the system directly with it first";
const scanInput = "have the scanner write SARIF 2.1.0 in an earlier step of this job, and check the paths in `files`; a scan that is not there is not a clean one";
/** By code of a reading. One sentence without its first capital and its last stop. */
const byCode = {
	"over-threshold": "find what the new version changed (open the evidence), fix it and release the fix",
	"over-hard-limit": "find what the new version changed (open the evidence), fix it and release the fix",
	findings: "fix the findings, or suppress in the scanner, with a reason, those that do not apply; then scan and release the new commit",
	"not-as-expected": "switch the flag to the state that the policy expects, or change the policy if the plan has changed",
	"no-data": "check that the query, the files or the scope match anything at all: is the service monitored under this name, and did anything happen yet?",
	partial: "the source answered in part only; see its notes in the evidence, then run this step again",
	"not-a-number": "the query divides by nothing or has no traffic to look at; wait for traffic, and set `min-events`",
	"age-unknown": "ask for raw samples: nothing says how old this answer is",
	"before-deployment": "check that the new version reports to this source, and that `deployed-at` is right",
	stale: "see why no newer samples arrive (scrape, exporter, ingestion), or raise `max-age` if they always come this late",
	"too-few-events": "wait for more traffic with a longer `deadline`, send test traffic, or lower `min-events`",
	"commit-unknown": "tell the scanner which commit it scans (`versionControlProvenance` in SARIF), or use `commit-required: false`",
	"wrong-commit": "scan the commit that is released, in this run",
	"tool-missing": "run the missing scanner before this step, or correct its name in `require`",
	"scan-failed": "see the scanner's own log: it did not finish, so its findings are not all of them",
	"unknown-flag": "check the name of the flag, and the environment that the credential belongs to",
	"not-proven": "name the contexts that matter with `for:`, so that each of them is asked for",
	"code-default": "say with `code-default` what the application does when the provider serves no value",
	unclear: "say what the served value means with `on-values` or `off-values`",
	unauthorized: credential,
	"bad-credential": credential,
	forbidden: "give the credential of this source the right to read what the query asks for (reading is enough)",
	"not-found": "check the source's `url` and the names in the query: the server knows no such thing",
	refused: reach,
	dns: reach,
	connection: reach,
	proxy: reach,
	redirect: "use the address that the server redirects to as the source's `url`",
	insecure: "use https in the source's `url`",
	tls: "check that the address is an https one, and give the certificate authority with `NODE_EXTRA_CA_CERTS`",
	timeout: "see whether the system that holds the evidence is slow or down, make the query cheaper, or raise `round-timeout`",
	"server-error": patience,
	"query-failed": patience,
	"bad-answer": patience,
	"bad-query": query,
	"many-series": "aggregate in the query until one series is left, or say with `reduce` how to make one number of them",
	"too-many-series": "aggregate in the query: it returns far more series than can be judged",
	"too-large": "aggregate in the query: its answer is too large",
	"not-a-ratio": "say with `unit` what the query returns",
	"bad-threshold": "mend the threshold in the policy",
	"clock-skew": "set the clocks of the runner and of the source right",
	"no-file": "write the file before this step, or correct its path in the policy",
	"no-report": scanInput,
	"no-runs": scanInput,
	"not-sarif": scanInput,
	"unsupported-version": scanInput,
	"producer-failed": "see the scanner's own log: it failed before it had anything to report",
	"bad-definition": "mend the flag definition file"
};
const byState = {
	unhealthy: "fix the cause and release the fix",
	insufficient: "see the reason above; run this step again when there is evidence",
	error: "see the reason above; run this step again when it can be measured"
};
function rerunWords({ record }) {
	if (record.host.kind === "github") return "use \"Re-run failed jobs\" on the page of this run";
	if (record.host.kind === "azure") return "use \"Rerun failed jobs\" on the page of this run";
	return "start the same command again";
}
/** Per gate that is in the way, then for the decision as a whole. */
function nextSteps(view) {
	const { verdict } = view;
	const inTheWay = [
		...view.blamed,
		...view.alsoSick,
		...verdict.decision === "continue" ? view.warnings : []
	];
	const advice = /* @__PURE__ */ new Map();
	for (const { name, reading } of inTheWay) {
		if (!reading) continue;
		const text = byCode[reading.code] ?? byState[reading.state];
		if (text !== void 0) advice.set(text, [...advice.get(text) ?? [], name]);
	}
	return [...[...advice].map(([text, gates]) => ({
		text,
		gates
	})), ...general(view).map((text) => ({
		text,
		gates: []
	}))];
}
function general(view) {
	const { verdict, observedStop } = view;
	const rerun = rerunWords(view);
	const [first] = [...view.blamed].map((gate) => gate.name);
	const observe = first === void 0 ? "To watch a policy before it may stop anything, set `observe: true` on this step." : "Is a gate new, or its limit a guess? With `enforce: observe` it only reports until it has earned your trust.";
	if (observedStop) return ["Nothing was stopped. When these verdicts agree with yours for some releases, remove `observe` and let the gates decide."];
	switch (verdict.reason) {
		case "unhealthy": return ["The new version stays where it is: keep it dark (its feature flags off), or switch them off now, and go forward with a fix. The pipeline of the fix asks all gates again.", observe];
		case "not-measured":
		case "insufficient-evidence": return [`Nothing needs to be built again: when the evidence is there, ${rerun}.`, observe];
		case "not-steady": return [`Give it more time: raise \`deadline\`, or lower \`steady\`; then ${rerun}.`];
		case "cancelled": return [`Nothing was decided. To decide, ${rerun}.`];
		case "policy-error": return ["Mend the lines above. `signalbox check` finds the same problems before anything is released.", observe];
		case "internal-error": return [`This is a fault of Signalbox or of its surroundings, not of the release: ${rerun}. If it comes back, report it with the record.`];
		default: return [];
	}
}
/** `error rate: find what …` as one text. */
const stepWords = ({ text, gates }) => gates.length === 0 ? text : `${listed(gates)}: ${text}.`;
// build/report/summary.js
const full = {
	evidence: "all",
	rows: "all",
	entries: 100,
	reason: 600
};
/** In this order, until it fits: what matters least for the decision goes first, and a reason to stop never goes. */
const cuts = [
	full,
	{
		...full,
		evidence: "troubled"
	},
	{
		...full,
		evidence: "none"
	},
	{
		...full,
		evidence: "none",
		rows: "not healthy"
	},
	{
		...full,
		evidence: "none",
		rows: "blocking",
		entries: 50
	},
	{
		evidence: "none",
		rows: "none",
		entries: 10,
		reason: 300
	},
	{
		evidence: "none",
		rows: "none",
		entries: 3,
		reason: 120
	},
	{
		evidence: "none",
		rows: "none",
		entries: 0,
		reason: 60
	},
	{
		evidence: "none",
		rows: "none",
		entries: 0,
		reason: 24
	}
];
/** @returns Markdown of at most `maxBytes` bytes, unless even the shortest form of all the reasons is longer */
async function summary(record, options) {
	const view = viewOf(record);
	let markdown = "";
	for (const cut of cuts) {
		markdown = await serialise(compose(view, options, cut));
		if (Buffer.byteLength(markdown) <= options.maxBytes) break;
	}
	return markdown;
}
function compose(view, options, cut) {
	return [
		heading(2, prose(verdictSentence(view), Math.min(cut.reason, 240))),
		subject$1(view),
		...reasons$2(view, cut),
		...problems(view, cut),
		...overview(view, cut),
		...notMeasured(view, cut),
		...next(view, cut),
		...evidenceBlocks(view, options, cut),
		...leftOut(view, options, cut),
		footer(view, options)
	];
}
const dot = text$1(" · ");
/** Parts that exist, with a dot between. */
const dotted = (parts) => parts.flatMap((part) => part && part.length > 0 ? [part] : []).flatMap((part, i) => i === 0 ? part : [dot, ...part]);
const some = (value, before = "") => value === null ? null : [...before === "" ? [] : [text$1(before)], ...prose(value, 100)];
/** Which release, in one line under the verdict. */
function subject$1({ record, observedStop }) {
	const { service, release, decision } = record;
	const what = [...prose([service, release.version].filter((x) => x !== null).join(" "), 150)];
	return paragraph([...observedStop ? [strong([text$1("Nothing was stopped: the policy only observes.")]), text$1(" ")] : decision.decision === "continue" && record.observe ? [strong([text$1("The policy only observes.")]), text$1(" ")] : [], ...dotted([
		what,
		some(release.environment, "to "),
		release.sha === null ? null : [text$1("commit "), ...code(release.sha.slice(0, 10))],
		[text$1(`${clockTime(record.ended, "")}`)]
	])]);
}
/** Value against threshold, since when, and where to look. */
function reasons$2(view, cut) {
	const { verdict, blamed, alsoSick, record } = view;
	const item = (gate) => {
		const since = cut.reason < 100 ? "" : sinceWords(gate, record.ended);
		return [
			strong(prose(gate.name, Math.min(cut.reason, 120))),
			...prose(complaint(gate), cut.reason).map((node, i) => i === 0 ? spaced(gate, node) : node),
			...since === "" ? [] : [text$1(`; ${since}`)],
			...cut.reason < 100 || gate.link === void 0 ? [] : [text$1("; "), ...main_link("see the evidence", gate.link)]
		];
	};
	const blocks = [];
	if (blamed.length > 0) {
		const title = view.observedStop ? "What would have stopped it" : "Why it stopped";
		blocks.push(heading(3, [text$1(title)]), list(blamed.map(item)));
	} else if (verdict.reason === "not-steady") blocks.push(paragraph([text$1("It was "), ...prose(`${verdict.sentence}.`, cut.reason)]));
	const besides = alsoSick.slice(0, cut.entries);
	if (besides.length > 0) blocks.push(paragraph([text$1(`${besidesTitle(view)}:`)]), list(besides.map(item)));
	const weak = verdict.decision === "continue" ? view.warnings.slice(0, cut.entries) : [];
	if (weak.length > 0) blocks.push(heading(3, [text$1("Warnings")]), list(weak.map(item)));
	const otherwise = cut.reason < 100 ? "" : counterfactual(view);
	if (otherwise !== "") blocks.push(paragraph(prose(otherwise, 600)));
	return blocks;
}
/** `plain` trims; the blank between the name and a complaint that begins with one comes back here. */
const spaced = (gate, node) => node.type === "text" && complaint(gate).startsWith(" ") ? {
	...node,
	value: ` ${node.value}`
} : node;
/** A problem of the policy is a reason to stop; like these none is left out, only shortened. */
function problems({ record }, cut) {
	if (record.problems.length === 0) return [];
	const items = record.problems.map(({ file, line, column, message }) => {
		const place = [
			file,
			line,
			column
		].filter((part) => part !== void 0).join(":");
		return [...place === "" ? [] : [...code(place, cut.reason), text$1(" ")], ...prose(message, cut.reason)];
	});
	return [heading(3, [text$1("What to mend")]), list(items)];
}
const troubled = (gate) => gate.state !== "healthy";
/** Those that block and are not well first; otherwise in the policy's order. */
function rowsOf({ gates }, rows) {
	if (rows === "none") return [];
	const shown = gates.filter((g) => (rows === "all" || troubled(g)) && (rows !== "blocking" || g.enforce === "block"));
	const rank = (g) => g.blamed ? 0 : !troubled(g) ? 3 : g.enforce === "block" ? 1 : 2;
	return [...shown].sort((a, b) => rank(a) - rank(b));
}
function overview(view, cut) {
	const rows = rowsOf(view, cut.rows).map((gate) => {
		const { mark, word } = stateWords(gate);
		const course = gate.reading?.shown === void 0 ? "" : sparkline(gate.values);
		const behind = [evidenceWords(gate), course].filter((part) => part !== "").join(" ");
		return [
			[text$1(`${mark}\u00a0${word.replace("NOT ", "NOT\xA0")}`)],
			prose(gate.name, 120),
			gate.reading === null ? [text$1("–")] : prose(measuredWords(gate.reading), 140),
			behind === "" ? [text$1("–")] : [text$1(behind)]
		];
	});
	if (rows.length === 0) return [];
	const head = [
		"State",
		"Gate",
		"Measured",
		"Evidence"
	].map((title) => [text$1(title)]);
	return [heading(3, [text$1(plural(view.gates.length, "gate"))]), table([head, ...rows])];
}
function notMeasured(view, cut) {
	const { unmeasured, gates, record } = view;
	if (gates.length === 0) return [];
	const title = heading(3, [text$1("What was not measured")]);
	if (record.rounds.length === 0) return [title, paragraph([text$1("No round was made: nothing was measured at all.")])];
	const partly = gates.filter((gate) => gate.gaps.length > 0);
	if (unmeasured.length + partly.length === 0) {
		const all = gates.length === 1 ? "the gate was" : `all ${gates.length} gates were`;
		return [title, paragraph([text$1(`Nothing: ${all} measured.`)])];
	}
	const shown = [...unmeasured, ...partly].slice(0, cut.entries);
	const items = shown.map((gate) => {
		if (gate.gaps.length > 0) return [
			strong(prose(gate.name, 120)),
			text$1(", in part: "),
			...prose(listed(gate.gaps, 10), cut.reason)
		];
		const earlier = gate.measured;
		return [
			strong(prose(gate.name, 120)),
			text$1(`, ${stateWords(gate).word}`),
			...gate.reading === null || gate.blamed ? [] : [text$1(": "), ...prose(gate.reading.reason, cut.reason)],
			text$1(earlier ? `; ${earlier.reading.state} when last measured, in round ${earlier.round}` : record.rounds.length > 1 ? `; in none of ${record.rounds.length} rounds` : "")
		];
	});
	const all = unmeasured.length + partly.length;
	if (items.length === 0) return [title, paragraph([text$1(plural(all, "gate"))])];
	const more = all - shown.length;
	return [
		title,
		list(items),
		...more > 0 ? [paragraph([text$1(`and ${plural(more, "more gate")}`)])] : []
	];
}
function next(view, cut) {
	const steps = nextSteps(view).slice(0, Math.max(2, cut.entries));
	if (steps.length === 0) return [];
	const items = steps.map(({ text: words, gates }) => gates.length === 0 ? prose(words, 600) : [
		strong(prose(listed(gates), 150)),
		text$1(": "),
		...prose(`${words}.`, 600)
	]);
	return [heading(3, [text$1("What to do next")]), list(items)];
}
function evidenceBlocks(view, { flavour }, cut) {
	if (cut.evidence === "none") return [];
	const body = evidence(cut.evidence === "all" ? view.gates : view.gates.filter(troubled), view.record);
	if (body.length === 0) return [];
	const title = "Evidence: queries, windows and the last answers";
	return flavour === "github" ? details(title, body) : [heading(3, [text$1(title)]), ...body];
}
function leftOut(view, { maxBytes }, cut) {
	if (cut === full) return [];
	const rows = view.gates.length - rowsOf(view, cut.rows).length;
	const parts = [
		cut.evidence === "troubled" ? "the evidence of healthy gates" : "the evidence of all gates",
		rows === 0 ? "" : `${plural(rows, "row")} of the table`,
		cut.reason < full.reason ? "the ends of long reasons" : ""
	].filter((part) => part !== "");
	const limit = maxBytes >= 1024 ? `${Math.floor(maxBytes / 1024)} KiB` : `${maxBytes} bytes`;
	return [paragraph([strong([text$1("Left out")]), text$1(` to stay within ${limit}: ${listed(parts)}. The decision record has all of it.`)])];
}
/** What an auditor asks for first. */
function footer({ record }, { recordFile }) {
	const { policy, rounds, tool, host, release, ended } = record;
	const ms = Date.parse(ended) - Date.parse(record.began);
	const duration = inWords(ms < 12e4 ? ms : Math.round(ms / 6e4) * 6e4);
	return paragraph(dotted([
		[
			text$1("policy "),
			...policy.file === null ? [text$1("inline")] : code(policy.file, 150),
			text$1(" "),
			...code(policy.sha256.slice(0, 12))
		],
		[text$1(`${plural(rounds.length, "round")} in ${duration}`)],
		release.deployedAt === null ? null : [text$1(`deployed ${clockTime(release.deployedAt, ended)}`)],
		some(host.actor, "started by "),
		main_link("this run", host.run ?? void 0),
		recordFile === void 0 ? null : [text$1("record "), ...code(recordFile, 150)],
		[text$1(`${tool.name} ${tool.version}`)]
	]));
}
// build/report/columns.js
/** Lines of a fixed width, for terminals and logs. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const none = /[\p{M}\u200c\u200d]/u;
/** Columns that a terminal needs for one character: two for East Asian wide ones, none for marks that combine. */
const columnsOf = (character) => none.test(character) ? 0 : wide.test(character) ? 2 : 1;
/** Columns of a terminal that a line takes. */
const columns = (line) => Array.from(line).reduce((sum, c) => sum + columnsOf(c), 0);
/** The line, with `…` at its end when it is wider than `width`; filled up with blanks when `fill`. */
function cutTo(line, width, fill = false) {
	const total = columns(line);
	if (total <= width) return fill ? line + " ".repeat(width - total) : line;
	const [head] = split(line, Math.max(0, width - 1));
	return cutTo(`${head}…`, width, fill);
}
/** At the last character that still fits. */
function split(word, width) {
	let head = "";
	let used = 0;
	for (const character of word) {
		used += columnsOf(character);
		if (used > width) break;
		head += character;
	}
	return [head, word.slice(head.length)];
}
/** Lines of at most `width` columns, indents included; a word that is longer than a line is broken. Needs `width` > indents + 1. */
function wrap(words, width, first, others) {
	const lines = [];
	let line = " ".repeat(first);
	let empty = true;
	const room = (extra) => width - columns(line) - extra;
	const push = () => {
		lines.push(line);
		line = " ".repeat(others);
		empty = true;
	};
	for (let word of words.split(/\s+/).filter((w) => w !== "")) {
		if (!empty && columns(word) > room(1)) push();
		while (empty && columns(word) > room(0)) {
			const [head, rest] = split(word, room(0));
			line += head;
			word = rest;
			push();
		}
		line += empty ? word : ` ${word}`;
		empty = false;
	}
	if (!empty || lines.length === 0) push();
	return lines;
}
// build/report/text.js
/** The report for a terminal or a log. */
const ansi = {
	healthy: 32,
	unhealthy: 31,
	insufficient: 33,
	error: 33,
	"not-evaluated": 2,
	bold: 1,
	faint: 2
};
/** Narrower than this nothing can be read, so it is taken for a wrong width. */
const narrowest = 30;
/** The final report. No line is wider than `width`, or 30 where that is less. */
function main_text(record, options) {
	const width = Math.max(narrowest, options.width);
	const paint = (style, line) => options.colour ? `\u{1b}[${ansi[style]}m${line}\u{1b}[0m` : line;
	const view = viewOf(record);
	const section = (title, lines) => lines.length === 0 ? [] : [paint("bold", title), ...lines];
	const bullets = (items) => items.flatMap((item) => wrap(`- ${item}`, width, 2, 4));
	const { verdict } = view;
	const sick = verdict.reason === "unhealthy" ? "unhealthy" : "error";
	const goes = verdict.decision === "continue";
	const otherwise = counterfactual(view);
	return [
		[...wrap(plain(verdictSentence(view), 400), width, 0, 2).map((line) => paint("bold", paint(goes ? "healthy" : sick, line))), ...wrap(subject(record), width, 0, 2).map((line) => paint("faint", line))],
		section(view.observedStop ? "What would have stopped it" : "Why it stopped", [...bullets(reasons$1(view)), ...otherwise === "" ? [] : wrap(plain(otherwise, 600), width, 2, 2)]),
		section(besidesTitle(view), bullets(view.alsoSick.map((gate) => gateWords(gate, record)))),
		section("Warnings", bullets(goes ? view.warnings.map((gate) => gateWords(gate, record)) : [])),
		section("Policy", bullets(record.problems.map(problemWords))),
		section(plural(view.gates.length, "gate"), gateTable(view.gates, width, paint)),
		section("Not measured", [...bullets(view.unmeasured.map(unmeasuredWords)), ...bullets(view.gates.flatMap(({ name, gaps }) => gaps.map((gap) => plain(`${name}, in part: ${gap}`, 400))))]),
		section("Next", bullets(nextSteps(view).map((step) => plain(stepWords(step), 600))))
	].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n");
}
function subject({ service, release, policy, rounds, began, ended }) {
	return plain([
		[service, release.version].filter((x) => x !== null).join(" "),
		release.environment === null ? "" : `to ${release.environment}`,
		release.sha === null ? "" : `commit ${release.sha.slice(0, 10)}`,
		`policy ${policy.file ?? "inline"} ${policy.sha256.slice(0, 12)}`,
		`${plural(rounds.length, "round")} in ${inWords(Date.parse(ended) - Date.parse(began))}`
	].filter((part) => part !== "").join(", "), 400);
}
/** Reasons to stop; the verdict's sentence where no single gate is the reason. */
const reasons$1 = ({ blamed, verdict, record }) => verdict.reason === "not-steady" ? [plain(verdict.sentence, 600)] : blamed.map((gate) => gateWords(gate, record));
const gateWords = (gate, record) => {
	const since = sinceWords(gate, record.ended);
	return plain(`${gate.name}${complaint(gate)}${since === "" ? "" : `; ${since}`}`, 600);
};
const problemWords = ({ file, line, column, message }) => {
	const place = [
		file,
		line,
		column
	].filter((part) => part !== void 0).join(":");
	return plain(`${place === "" ? "" : `${place}: `}${message}`, 600);
};
const unmeasuredWords = (gate) => plain(`${gate.name}, ${stateWords(gate).word}${gate.reading === null ? "" : `: ${gate.reading.reason}`}`, 400);
/** State, gate and course in columns as wide as they need to be, what was measured in the rest; two lines a gate where that is too little. */
function gateTable(gates, width, paint) {
	const rows = gates.map((gate) => {
		const { mark, word } = stateWords(gate);
		const behind = [evidenceWords(gate), gate.reading?.shown === void 0 ? "" : sparkline(gate.values)];
		const measured = gate.reading === null ? "" : measuredWords(gate.reading);
		return {
			gate,
			state: `${mark} ${word}`,
			name: plain(gate.name, 60),
			rest: plain([measured, ...behind].filter((part) => part !== "").join("; "), 300)
		};
	});
	const most = (texts, limit) => Math.min(limit, Math.max(0, ...texts.map(columns)));
	const state = most(rows.map((row) => row.state), Math.floor(width / 3));
	const name = most(rows.map((row) => row.name), Math.floor(width / 3));
	const room = width - 2 - state - 2 - name - 2;
	return rows.flatMap((row) => {
		const shown = paint(row.gate.state, cutTo(row.state, state, true));
		if (room < 24) return [`  ${shown}  ${cutTo(row.name, width - 2 - state - 2)}`, ...row.rest === "" ? [] : wrap(row.rest, width, 6, 6)];
		const [head = "", ...more] = wrap(row.rest, room, 0, 0);
		const indent = " ".repeat(width - room);
		return [`  ${shown}  ${cutTo(row.name, name, true)}  ${head}`.trimEnd(), ...more.map((line) => indent + line)];
	});
}
/**
* One line for one round, while the step waits:
* `round 3  healthy 2/4  holding: error rate is 1.3 %, over the limit of 1 %, 1 of 2 rounds; steady 2m of 5m; 24m left`.
*/
function progressLine(round, run) {
	const { decision } = round;
	const healthy = round.gates.filter((g) => g.reading?.state === "healthy").length;
	const phase = {
		"warm-up": " warm-up",
		watch: "",
		final: " final check"
	}[round.phase];
	const before = `round ${round.number}${phase}  healthy ${healthy}/${round.gates.length}`;
	if (decision.decision !== "hold") return `${before}  ${decision.decision}: ${plain(decision.sentence, 160)}`;
	const left = run.began + run.evaluation.deadline - Date.parse(round.ended);
	const { state } = run;
	return `${before}  ${[
		`holding: ${holdWords(round, run)}`,
		state !== void 0 && state.steadyMs > 0 && decision.reason !== "steadying" ? `steady ${formatDuration(state.steadyMs)} of ${formatDuration(run.evaluation.steady)}` : "",
		left > 0 ? `${formatDuration(left)} left` : "no time left"
	].filter((part) => part !== "").join("; ")}`;
}
function holdWords(round, { rules, state }) {
	const { decision } = round;
	if (![
		"unconfirmed",
		"not-measured",
		"insufficient-evidence"
	].includes(decision.reason)) return plain(decision.sentence, 160);
	const [name, ...others] = decision.gates;
	const reading = round.gates.find((g) => g.gate === name)?.reading;
	if (name === void 0 || !reading) return plain(decision.sentence, 160);
	const inRow = state?.gates.get(name)?.unhealthyInRow ?? 0;
	const after = rules?.find((rule) => rule.name === name)?.["unhealthy-after"];
	const count = inRow > 0 && after !== void 0 ? `, ${inRow} of ${after} rounds` : "";
	const also = others.length === 0 ? "" : ` (also ${listed(others, 2)})`;
	return `${plain(`${name}${complaint({
		reading,
		state: reading.state
	})}`, 160)}${count}${plain(also, 80).replace(/^(?=.)/, " ")}`;
}
// build/train/decide.js
/**
* The decision, as a pure fold over rounds: `advance` takes a round in, `decide` says what follows. The rules are in
* `docs/decision.md`; two of them hold whatever the readings are: without a healthy blocking gate in the same round there is
* no `continue`, and insufficient evidence or an error is never counted against the release.
*/
const initialState = {
	gates: /* @__PURE__ */ new Map(),
	steadyMs: 0,
	healthyAt: null,
	phase: null
};
const fresh = {
	last: null,
	unhealthyInRow: 0,
	unhealthyTotal: 0,
	unmeasuredSince: null,
	permanentInRow: 0
};
const blocking = (rules) => rules.filter((rule) => rule.enforce === "block");
/** Healthy, or poor evidence that the policy says to ignore. A gate that was not evaluated is never passable. */
function passable(rule, reading) {
	if (!reading) return false;
	if (reading.state === "healthy") return true;
	if (reading.state === "insufficient") return rule["on-missing"] === "ignore";
	return reading.state === "error" && rule["on-error"] === "ignore";
}
/** All blocking gates passable in this round, and at least one of them really healthy. */
function allHealthy(rules, readings) {
	const must = blocking(rules);
	return must.every((rule) => passable(rule, readings.get(rule.name))) && must.some((rule) => readings.get(rule.name)?.state === "healthy");
}
function advanceGate(state, reading, { at, phase }) {
	if (reading === null) return {
		...state,
		last: null
	};
	const counts = reading.state === "unhealthy" && (phase !== "warm-up" || reading.conclusive === true);
	const failed = reading.state === "error";
	return {
		last: reading,
		unhealthyInRow: reading.state === "healthy" ? 0 : state.unhealthyInRow + (counts ? 1 : 0),
		unhealthyTotal: state.unhealthyTotal + (counts ? 1 : 0),
		unmeasuredSince: failed && phase !== "warm-up" ? state.unmeasuredSince ?? at : null,
		permanentInRow: reading.permanent ? state.permanentInRow + 1 : 0
	};
}
/** Takes one round in. */
function advance(state, round, rules, evaluation) {
	const next = {
		gates: new Map(rules.map(({ name }) => [name, advanceGate(state.gates.get(name) ?? fresh, round.readings.get(name) ?? null, round)])),
		phase: round.phase
	};
	if (blocking(rules).some((rule) => round.readings.get(rule.name)?.state === "unhealthy") || round.phase === "warm-up") return {
		...next,
		steadyMs: 0,
		healthyAt: null
	};
	if (!allHealthy(rules, round.readings)) return {
		...next,
		steadyMs: state.steadyMs,
		healthyAt: null
	};
	const proven = state.healthyAt === null ? 0 : Math.min(round.at - state.healthyAt, 2 * evaluation.every);
	return {
		...next,
		steadyMs: state.steadyMs + Math.max(0, proven),
		healthyAt: round.at
	};
}
/** How often it must be seen that waiting cannot heal something before it is believed. */
const permanentAfter = 2;
/**
* What follows from the rounds so far.
*
* @param time in milliseconds since the epoch; at and after `deadline` there is no more holding, except for the final check
*/
function decide(state, rules, evaluation, time) {
	const stands = blocking(rules).map((rule) => ({
		rule,
		state: state.gates.get(rule.name) ?? fresh
	}));
	const proven = conclusiveStop(stands, state.phase, evaluation, time.now);
	if (proven) return proven;
	const readings = new Map(stands.map(({ rule, state: { last } }) => [rule.name, last]));
	if (state.healthyAt !== null && allHealthy(rules, readings) && state.steadyMs >= evaluation.steady) {
		const healthy = stands.filter((s) => s.state.last?.state === "healthy");
		const sentence = `${count(healthy.length, "blocking gate")} healthy together${evaluation.steady > 0 ? ` for ${formatDuration(state.steadyMs)}` : ""}`;
		return state.phase === "final" ? say("continue", "healthy", healthy, `${sentence}, and once more in the final check`) : say("hold", "final-check", healthy, `${sentence}; all are asked once more`);
	}
	return waiting(stands, state, evaluation, time.now >= time.deadline);
}
/** The reasons to stop without waiting for the deadline. */
function conclusiveStop(stands, phase, evaluation, now) {
	const sick = stands.filter(({ rule, state }) => state.last?.state === "unhealthy" && state.last.conclusive === true || state.unhealthyInRow >= rule["unhealthy-after"] || state.unhealthyTotal >= (rule["unhealthy-limit"] ?? Number.POSITIVE_INFINITY));
	if (sick.length > 0) return say("stop", "unhealthy", sick, sick.map(unhealthyText).join("; "));
	const lost = stands.filter(({ rule, state }) => {
		if (state.last?.state !== "error" || rule["on-error"] === "ignore") return false;
		const overBudget = state.unmeasuredSince !== null && now - state.unmeasuredSince >= evaluation["error-budget"];
		return rule["on-error"] === "stop" && phase !== "warm-up" || state.permanentInRow >= permanentAfter || overBudget;
	});
	if (lost.length > 0) return say("stop", "not-measured", lost, reasons(lost));
	const missing = stands.filter(({ rule, state }) => {
		if (state.last?.state !== "insufficient" || rule["on-missing"] === "ignore") return false;
		return rule["on-missing"] === "stop" && phase !== "warm-up" || state.permanentInRow >= permanentAfter;
	});
	if (missing.length > 0) return say("stop", "insufficient-evidence", missing, reasons(missing));
}
/** Nothing is conclusive: what holds the train, or at the deadline what it stops for. The worst reason is named. */
function waiting(stands, state, evaluation, late) {
	const verb = late ? "stop" : "hold";
	if (state.phase === "warm-up" && !late) return say("hold", "warming-up", [], "the new version is still warming up");
	const inState = (wanted) => stands.filter((s) => (s.state.last?.state ?? null) === wanted);
	const sick = inState("unhealthy");
	if (sick.length > 0) return say(verb, late ? "unhealthy" : "unconfirmed", sick, sick.map(unhealthyText).join("; "));
	const lost = [...inState("error"), ...inState(null)].filter(({ rule, state: { last } }) => !passable(rule, last));
	if (lost.length > 0) return say(verb, "not-measured", lost, reasons(lost));
	const poor = inState("insufficient").filter(({ rule, state: { last } }) => !passable(rule, last));
	if (poor.length > 0) return say(verb, "insufficient-evidence", poor, reasons(poor));
	if (inState("healthy").length === 0) return say(verb, "insufficient-evidence", stands, "no blocking gate has evidence: poor evidence may be ignored, but not all of it");
	const text = `healthy for ${formatDuration(state.steadyMs)} of the ${formatDuration(evaluation.steady)} that are asked for`;
	return say(verb, late ? "not-steady" : "steadying", stands, text);
}
const count = (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`;
const say = (decision, reason, stands, sentence) => ({
	decision,
	reason,
	gates: stands.map(({ rule }) => rule.name),
	sentence
});
const reasons = (stands) => stands.map(({ rule, state }) => `${rule.name}: ${state.last?.reason ?? "not evaluated"}`).join("; ");
function unhealthyText({ rule, state }) {
	const rounds = state.last?.conclusive || state.unhealthyInRow < 1 ? "" : ` (${count(state.unhealthyInRow, "round")} in a row)`;
	return `${rule.name}: ${state.last?.reason ?? "unhealthy"}${rounds}`;
}
// build/train/round.js
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
	const timer = clock.sleep(limits.timeoutMs, AbortSignal.any([limits.cancel, answered.signal])).then(() => over.abort());
	const cut = new Promise((resolve) => {
		const done = () => setImmediate(() => resolve(limits.cancel.aborted ? void 0 : late(limits.timeoutMs)));
		if (ends.aborted) done();
		else ends.addEventListener("abort", done, { once: true });
	});
	const sent = /* @__PURE__ */ new Map();
	const ask = (bound, question) => {
		const toSource = sent.get(bound.source) ?? /* @__PURE__ */ new Map();
		sent.set(bound.source, toSource);
		const key = JSON.stringify(question);
		const asked = toSource.get(key) ?? Promise.race([askOnce(bound, question, ends), cut]);
		toSource.set(key, asked);
		return asked;
	};
	try {
		return await Promise.all(gates.map((bound) => evaluate(bound, moment, ask)));
	} finally {
		answered.abort();
		await timer;
	}
}
const late = (timeoutMs) => ({
	source: "",
	failure: {
		code: "timeout",
		message: `no answer within ${formatDuration(timeoutMs)}`,
		permanent: false
	}
});
async function askOnce({ source, sourceName }, question, signal) {
	try {
		return { measurement: {
			...await source.ask(question, signal),
			source: sourceName
		} };
	} catch (thrown) {
		return {
			source: sourceName,
			failure: failureOf(thrown)
		};
	}
}
function failureOf(thrown) {
	if (thrown instanceof NotMeasured) return {
		code: thrown.code,
		message: thrown.message,
		permanent: thrown.permanent
	};
	return {
		code: "internal",
		message: `the source failed unexpectedly (${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)})`,
		permanent: false
	};
}
async function evaluate(bound, moment, ask) {
	const gate = bound.config.name;
	try {
		const questions = [...bound.gate.questions(moment)];
		const answers = (await Promise.all(questions.map(async ([role, question]) => ({
			role,
			got: await ask(bound, question)
		})))).flatMap(({ role, got }) => got === void 0 ? [] : "failure" in got ? [{
			role,
			...got,
			source: bound.sourceName
		}] : [{
			role,
			...got
		}]);
		if (answers.length < questions.length) return {
			gate,
			answers,
			reading: null
		};
		return {
			gate,
			answers,
			reading: bound.gate.judge(answers, moment)
		};
	} catch (thrown) {
		return {
			gate,
			answers: [],
			reading: error("internal", failureOf(thrown).message)
		};
	}
}
// build/train/run.js
/** First wait after a round in which something could not be measured; doubles up to the normal interval. */
const retryMs = 5e3;
/** The round at the deadline still gets this long for its answers, if the policy gives a round so long at all. */
const lastRoundMs = 1e4;
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
		const phase = final ? "final" : now < settledAt ? "warm-up" : "watch";
		const left = Math.max(deadline - now, lastRoundMs);
		const timeoutMs = Math.min(evaluation["round-timeout"], left);
		const outcomes = await runRound(gates, {
			now,
			deployedAt,
			settledAt
		}, {
			timeoutMs,
			cancel
		}, clock);
		const ended = clock.now();
		const readings = new Map(outcomes.map((o) => [o.gate, o.reading]));
		state = advance(state, {
			at: now,
			phase,
			readings
		}, rules, evaluation);
		const decision = cancel.aborted ? cancelled(rounds.length + 1) : decide(state, rules, evaluation, {
			now: ended,
			deadline
		});
		const round = {
			number: rounds.length + 1,
			phase,
			began: iso(now),
			ended: iso(ended),
			gates: outcomes.map((o) => ({
				...o,
				answers: [...o.answers]
			})),
			decision
		};
		rounds.push(round);
		failedInRow = outcomes.some((o) => o.reading?.state === "error") ? failedInRow + 1 : 0;
		final = decision.reason === "final-check";
		const next = decision.decision === "hold" ? nextRound() : void 0;
		options.onRound(round, state, next);
		if (next === void 0) return {
			rounds,
			decision
		};
		await clock.sleep(next - clock.now(), cancel);
		function nextRound() {
			if (final) return ended;
			const backoff = retryMs * 2 ** (failedInRow - 1) * (.8 + .4 * options.random());
			const wait = failedInRow > 0 ? Math.min(backoff, evaluation.every) : evaluation.every;
			const after = now < settledAt ? Math.min(now + wait, settledAt) : now + wait;
			return Math.max(ended, Math.min(after, deadline));
		}
	}
	return {
		rounds,
		decision: cancelled(rounds.length)
	};
}
const cancelled = (rounds) => ({
	decision: "stop",
	reason: "cancelled",
	gates: [],
	sentence: rounds === 0 ? "cancelled before anything was measured" : `cancelled in or after round ${rounds}, before the evidence was conclusive`
});
// build/commands/publish.js
/** The end of every run, good or bad: record, summary, annotations, outputs, result. Nothing is lost: each part is tried whatever became of the others. */
/** GitHub drops a summary over 1 MiB whole, and a job may hold several. */
const summaryBytes$1 = 524288;
/** A `continue` that leaves no record could not be checked afterwards, so it is none. */
const unrecorded = (reason) => ({
	decision: "stop",
	reason: "internal-error",
	gates: [],
	sentence: `the decision record could not be written: ${reason}`
});
/**
* @param exitCode for a decision that stops; `continue` is always 0
* @returns the decision that counts in the end
*/
async function publish(host, redactor, raw, to, exitCode) {
	let record = redactor.data(raw);
	const recordPath = (0,external_node_path_namespaceObject.resolve)(to.record ?? (0,external_node_path_namespaceObject.join)(host.outputFolder, "record.json"));
	const summaryPath = (0,external_node_path_namespaceObject.resolve)(to.summary ?? (0,external_node_path_namespaceObject.join)(host.outputFolder, "summary.md"));
	const attempt = async (what, act) => {
		try {
			await act();
			return;
		} catch (error) {
			const reason = redactor.text(error.message);
			host.annotate({
				level: "warning",
				title: "Signalbox",
				message: `${what} failed: ${reason}`
			});
			return reason;
		}
	};
	const lost = await attempt("writing the decision record", () => write(recordPath, `${JSON.stringify(record, null, 1)}\n`));
	if (lost !== void 0 && record.decision.decision === "continue") record = {
		...record,
		decision: unrecorded(lost),
		verdict: unrecorded(lost)
	};
	const { decision } = record;
	await attempt("the report", async () => {
		host.log(main_text(record, {
			width: host.columns,
			colour: host.colour
		}));
		if (host.kind !== "terminal") for (const annotation of annotations(record)) host.annotate(annotation);
		const markdown = await summary(record, {
			flavour: host.summaryFlavour,
			maxBytes: summaryBytes$1,
			recordFile: (0,external_node_path_namespaceObject.basename)(recordPath)
		});
		await write(summaryPath, redactor.text(markdown));
		await host.summary(summaryPath);
	});
	await attempt("the outputs", async () => {
		await host.output("decision", decision.decision);
		await host.output("reason", decision.reason);
		await host.output("record", recordPath);
		await host.output("summary", summaryPath);
	});
	host.log(`Record: ${recordPath}`);
	await host.finish(resultOf(record), outcome(decision), decision.decision === "continue" ? 0 : exitCode);
	return decision;
}
/** One short line; the report has said the rest. */
const outcome = ({ decision, reason, gates }) => `${decision} (${reason})${gates.length === 0 || decision === "continue" ? "" : `: ${gates.join(", ")}`}`;
/** Amber: the train goes, but someone should look. */
function resultOf({ decision, verdict, rounds, gates }) {
	if (decision.decision !== "continue") return "failure";
	return (rounds.at(-1)?.gates ?? []).some(({ gate, reading }) => {
		return gates.find((g) => g.name === gate)?.enforce !== "observe" && reading?.state !== "healthy";
	}) || verdict.decision !== "continue" ? "warning" : "success";
}
async function write(path, text) {
	await (0,promises_namespaceObject.mkdir)((0,external_node_path_namespaceObject.dirname)(path), { recursive: true });
	await (0,promises_namespaceObject.writeFile)(path, text);
}
// build/commands/settings.js
/** What the step is told to do: its inputs, read once, strictly, all mistakes at once. */
const defaultPolicy = "signalbox.yml";
/** Inputs that go straight to a place in the policy, over what stands there. */
const places = [
	["service", ["service"]],
	["commit", ["release", "sha"]],
	["release-version", ["release", "version"]],
	["environment", ["release", "environment"]],
	["deployed-at", ["release", "deployed-at"]],
	["warmup", ["evaluation", "warmup"]],
	["every", ["evaluation", "every"]],
	["steady", ["evaluation", "steady"]],
	["deadline", ["evaluation", "deadline"]]
];
const singleGates = [
	{
		name: "telemetry",
		type: "telemetry",
		source: "prometheus",
		needs: [
			"prometheus-url",
			"query",
			"threshold"
		],
		sourceFields: {
			url: "prometheus-url",
			token: "prometheus-token"
		},
		gateFields: {
			query: "query",
			threshold: "threshold",
			unit: "unit",
			events: "events",
			"min-events": "min-events"
		}
	},
	{
		name: "scans",
		type: "security",
		source: "sarif",
		needs: ["sarif-files"],
		sourceFields: { files: "sarif-files" },
		gateFields: {
			block: "sarif-block",
			require: "sarif-require"
		}
	},
	{
		name: "flags",
		type: "flags",
		source: "ofrep",
		needs: ["flags-url", "flags-expect"],
		sourceFields: {
			url: "flags-url",
			token: "flags-token"
		},
		gateFields: { expect: "flags-expect" }
	},
	{
		name: "flag definitions",
		type: "flags",
		source: "flagd",
		needs: ["flags-file", "flags-expect"],
		sourceFields: { file: "flags-file" },
		gateFields: { expect: "flags-expect" }
	}
];
const singleGateInputs = new Set(singleGates.flatMap((gate) => [
	...gate.needs,
	...Object.values(gate.sourceFields),
	...Object.values(gate.gateFields)
]));
/**
* Reads all inputs. On the CI platforms an input that was not given arrives empty, so an empty one is never a value; it
* differs from an absent one in what is said when it is needed.
*/
async function readSettings(host) {
	const problems = [];
	const value = (name) => host.input(name)?.trim() || void 0;
	const wrong = (name, message) => problems.push({ message: `input \`${name}\`: ${message}` });
	const overrides = places.flatMap(([input, path]) => {
		const given = value(input);
		return given === void 0 ? [] : [{
			path,
			value: given,
			input
		}];
	});
	const gates = readGates(host, overrides, wrong);
	const record = value("record");
	const summary = value("summary");
	return {
		observe: yesOrNo(value("observe"), (message) => wrong("observe", message)),
		...record === void 0 ? {} : { record },
		...summary === void 0 ? {} : { summary },
		overrides,
		...await readPolicy(value("policy"), gates > 0, wrong),
		problems
	};
}
function yesOrNo(text, wrong) {
	const word = (text ?? "false").toLowerCase();
	if (word !== "true" && word !== "false") wrong(`expected true or false, found \`${text}\`${didYouMean(word, ["true", "false"])}`);
	return word === "true";
}
async function readPolicy(given, fromInputs, wrong) {
	if (fromInputs) {
		if (given !== void 0) wrong("policy", "expected either a policy or the inputs of single gates, found both");
		return {};
	}
	if (given?.includes("\n")) return { text: given };
	const file = given ?? defaultPolicy;
	try {
		return {
			text: await (0,promises_namespaceObject.readFile)(file, "utf8"),
			file
		};
	} catch (error) {
		wrong("policy", `expected the path of a policy, or the policy itself; \`${file}\` cannot be read: ${error.code === "ENOENT" ? "there is no such file" : error.message}`);
		return {
			text: "",
			file
		};
	}
}
/** Adds the gates that inputs describe. @returns how many */
function readGates(host, overrides, wrong) {
	const given = (name) => (host.input(name) ?? "").trim() !== "";
	const used = /* @__PURE__ */ new Set();
	let count = 0;
	for (const gate of singleGates) {
		const [asks, ...others] = gate.needs;
		if (!given(asks)) continue;
		for (const name of others) if (!given(name)) wrong(name, `${host.input(name) === void 0 ? "is missing" : "is empty"}; expected a value beside \`${asks}\``);
		const at = ["gates", count];
		for (const [key, text] of [
			["type", gate.type],
			["name", gate.name],
			["source", gate.source]
		]) overrides.push({
			path: [...at, key],
			value: text,
			input: asks
		});
		overrides.push({
			path: [
				"sources",
				gate.source,
				"type"
			],
			value: gate.source,
			input: asks
		});
		for (const [fields, path] of [[gate.sourceFields, ["sources", gate.source]], [gate.gateFields, at]]) for (const [key, input] of Object.entries(fields)) {
			used.add(input);
			const text = host.input(input)?.trim();
			if (text) overrides.push({
				path: [...path, key],
				value: shape(input, text),
				input
			});
		}
		count += 1;
	}
	for (const name of singleGateInputs) if (given(name) && !used.has(name)) wrong(name, `does nothing alone; expected \`${singleGates.filter((g) => [
		...g.needs,
		...Object.values(g.gateFields),
		...Object.values(g.sourceFields)
	].includes(name)).map((g) => g.needs[0]).join("` or `")}\` beside it`);
	return count;
}
/** Inputs of several lines are lists, or maps for `flags-expect`; numbers are numbers. */
function shape(name, text) {
	if (name === "min-events") return Number.isFinite(Number(text)) ? Number(text) : text;
	if (inputs.find((i) => i.name === name)?.kind !== "lines" || name === "query" || name === "events") return text;
	const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
	if (name !== "flags-expect") return lines;
	return Object.fromEntries(lines.map((line) => {
		const [, flag, expected] = /^(.+?)\s*:\s+(.+)$/.exec(line) ?? [
			void 0,
			line,
			""
		];
		return [flag, expected?.replace(/^(["'])(.*)\1$/, "$2")];
	}));
}
// build/commands/run.js
/** `signalbox run`: from the host's inputs to the published decision. */
const exitCodes = {
	continue: 0,
	stop: 1,
	usage: 2,
	internal: 70
};
/** Runs the step to its end. Never throws: whatever goes wrong is reported as a decision to stop. */
async function run(rawHost, context) {
	const clock = context.clock ?? systemClock;
	const redactor = new Redactor();
	const host = guarded(rawHost, redactor);
	const began = clock.now();
	const rounds = [];
	let settings;
	let loaded;
	let deployedAt;
	const end = (verdict, problems, exitCode) => {
		const facts = {
			tool: {
				name: "signalbox",
				version: context.version
			},
			host,
			policyFile: settings?.file,
			policySha256: sha256(settings?.text ?? JSON.stringify(settings?.overrides ?? [])),
			policy: loaded?.policy,
			observe: settings?.observe ?? false,
			began,
			deployedAt
		};
		const outcome = {
			rounds,
			verdict,
			problems,
			ended: clock.now()
		};
		const to = {
			...settings?.record === void 0 ? {} : { record: settings.record },
			...settings?.summary === void 0 ? {} : { summary: settings.summary }
		};
		return publish(host, redactor, buildRecord(facts, outcome), to, exitCode);
	};
	try {
		maskInputs(host);
		settings = await readSettings(host);
		loaded = load(settings, host, context.env);
		for (const secret of loaded.secrets) host.secret(secret);
		const { policy } = loaded;
		const problems = [...settings.problems, ...settings.text === "" ? [] : loaded.problems];
		if (policy && problems.length === 0) {
			const at = deploymentTime(policy, began);
			if (typeof at === "number") deployedAt = at;
			else problems.push(loaded.locate(["release", "deployed-at"], at.message));
		}
		if (!policy || problems.length > 0 || deployedAt === void 0) return await end(policyError(problems), problems, exitCodes.usage);
		const result = await runTrain({
			gates: bind(policy, {
				clock,
				http: createHttp({ clock }),
				workspace: process.cwd()
			}),
			evaluation: policy.evaluation,
			deployedAt,
			clock,
			random: context.random ?? Math.random,
			cancel: context.cancel,
			onRound: (round, state, next) => {
				rounds.push(round);
				host.log(progressLine(round, {
					evaluation: policy.evaluation,
					began,
					state,
					rules: policy.gates
				}));
				if (next === void 0) return;
				const share = 100 * (clock.now() - began) / policy.evaluation.deadline;
				host.progress(share, `round ${round.number + 1} begins at ${iso(next).slice(11, 19)} UTC`);
			}
		});
		if (result.decision.reason !== "cancelled") return await end(result.decision, [], exitCodes.stop);
		const reason = context.cancel.reason;
		if (typeof reason !== "number") throw reason;
		return await end(result.decision, [], reason);
	} catch (error) {
		return await end(internalError(error), [], exitCodes.internal);
	}
}
/** Tokens that came as inputs, before anything is done with them. */
function maskInputs(host) {
	for (const input of inputs) {
		const value = "secret" in input ? host.input(input.name) : void 0;
		if (value) host.secret(value);
	}
}
/** Loads the policy that the settings name. `lenient`: see `LoadOptions`. */
function load(settings, host, env, lenient = false) {
	const { sha, environment } = host.facts;
	return loadPolicy({
		...settings.text === void 0 ? {} : { text: settings.text },
		...settings.file === void 0 ? {} : { file: settings.file },
		overrides: settings.overrides,
		facts: {
			...sha === void 0 ? {} : { sha },
			...environment === void 0 ? {} : { environment }
		},
		env,
		observe: settings.observe,
		lenient,
		...host.longestJobMs === void 0 ? {} : { longestJobMs: host.longestJobMs }
	});
}
/** Clocks of runners and servers disagree by seconds; a deployment further ahead than this is a mistake. */
const aheadMs = 6e4;
/** @returns milliseconds since the epoch, or what is wrong */
function deploymentTime(policy, now) {
	const text = policy.release["deployed-at"];
	if (text === void 0) return now;
	const [, span] = /^\s*(\S+)\s+ago\s*$/.exec(text) ?? [];
	const ago = span === void 0 ? void 0 : parseDuration(span);
	const zoned = /(?:Z|[+-]\d{2}:?\d{2})\s*$/i.test(text);
	const at = ago === void 0 ? zoned ? Date.parse(text) : NaN : now - ago;
	if (Number.isNaN(at)) return { message: `expected an instant with a time zone such as 2026-11-23T10:00:00Z, or \`10m ago\`, found \`${text}\`` };
	return at > now + aheadMs ? { message: `expected a time in the past, found \`${text}\`` } : Math.min(at, now);
}
/** Opens each source once and binds the gates to them. */
function bind(policy, context) {
	const open = /* @__PURE__ */ new Map();
	return policy.gates.map((config) => {
		const asked = sourceOf(policy, config);
		const gateType = gateTypeOf(config.type);
		const sourceType = sourceTypeOf(asked?.type);
		if (!asked || !gateType || !sourceType) throw new Error(`gate ${config.name} has no source`);
		const key = JSON.stringify(config.source);
		const source = open.get(key) ?? sourceType.open(asked, context);
		open.set(key, source);
		return {
			config,
			gate: gateType.bind(config),
			sourceName: sourceName(config),
			source
		};
	});
}
const policyError = (problems) => ({
	decision: "stop",
	reason: "policy-error",
	gates: [],
	sentence: `the policy or the inputs are wrong in ${problems.length} ${problems.length === 1 ? "place" : "places"}; nothing was measured`
});
const internalError = (error) => ({
	decision: "stop",
	reason: "internal-error",
	gates: [],
	sentence: `Signalbox itself failed: ${error instanceof Error ? error.message : String(error)}`
});
// build/commands/check.js
/** `signalbox check`: everything that is wrong with a policy, and advice, without asking any source. */
/** @returns the exit code: 0 when the policy can be run, 2 when not */
async function check(rawHost, env) {
	const host = guarded(rawHost, new Redactor());
	const settings = await readSettings(host);
	const loaded = load(settings, host, env, true);
	for (const secret of loaded.secrets) host.secret(secret);
	const problems = [...settings.problems, ...settings.text === "" ? [] : loaded.problems];
	const advice = [...loaded.unset, ...loaded.policy ? lint(loaded.policy, loaded) : []];
	for (const problem of problems) host.annotate({
		level: "error",
		title: "Signalbox policy",
		...problem
	});
	for (const remark of advice) host.annotate({
		level: "warning",
		title: "Signalbox policy",
		...remark
	});
	const name = settings.file ?? "the policy";
	const { policy } = loaded;
	if (problems.length > 0) host.log(`${name}: ${problems.length} wrong, ${advice.length} to think about`);
	else if (policy) {
		const blocking = policy.gates.filter((g) => g.enforce === "block").length;
		host.log(`${name}: valid, ${policy.gates.length === 1 ? "1 gate" : `${policy.gates.length} gates`}, ${blocking} of them blocking; ${advice.length} to think about`);
	} else host.log(`${name}: valid as far as it can be told without the values that are not set`);
	return problems.length > 0 ? exitCodes.usage : exitCodes.continue;
}
/** Advice on a valid policy. */
function lint(policy, loaded) {
	const advice = [];
	const used = new Set(policy.gates.map((gate) => gate.source));
	for (const name of Object.keys(policy.sources)) if (!used.has(name)) advice.push(loaded.locate(["sources", name], `no gate asks the source \`${name}\``));
	for (const [index, config] of policy.gates.entries()) {
		const gateType = gateTypeOf(config.type);
		const sourceType = sourceTypeOf(sourceOf(policy, config)?.type);
		for (const { key, message } of gateType?.lint?.(config) ?? []) advice.push(loaded.locate([
			"gates",
			index,
			key
		], message));
		for (const [role, question] of gateType?.bind(config).questions({
			now: 0,
			deployedAt: 0,
			settledAt: 0
		}) ?? []) for (const message of sourceType?.lint?.(question, { warmupMs: policy.evaluation.warmup }) ?? []) advice.push(loaded.locate([
			"gates",
			index,
			role
		], message));
	}
	return advice;
}
// build/host/commands.js
/** The escape character shows that something was kept from acting; the text stays readable. */
const escapeWith = "\\";
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
	return text.split(/\r\n|\r|\n/).map((line) => line.replace(/(\p{Cc})(\[[0-9;]*m)?/gu, printable).replace(/##(?=\[|vso\[)/gi, `##${escapeWith}`).replace(/^((?:\p{White_Space}|\p{Cf})*)::/u, `$1${escapeWith}::`)).join("\n");
}
/** @param colour what follows the control character, if it looks like the rest of a colour */
function printable(found, control, colour = "") {
	return control === "	" || control === "\x1B" && colour !== "" ? found : `\u{fffd}${colour}`;
}
/** Text without its colours. */
const colourless = (text) => text.replaceAll(/\p{Cc}\[[0-9;]*m/gu, "");
/** A command of GitHub's runner, escaped as @actions/core does it. Properties without a value are left out. */
function githubCommand(name, properties, data) {
	const pairs = Object.entries(properties).filter(([, value]) => value !== void 0 && value !== "").map(([key, value]) => `${key}=${escapeData(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`);
	return `::${name}${pairs.length > 0 ? ` ${pairs.join(",")}` : ""}::${escapeData(data)}`;
}
const escapeData = (text) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
/** Shorter lines of a longer secret are brackets and the like; masking them would eat the whole log. */
const shortestLine = 3;
/**
* What to mask so that a secret shows nowhere: each of its lines, since logs are masked line by line.
* White space around a line is left out, since the line without it is masked either way.
*/
function linesToMask(secret) {
	const lines = secret.split(/[\r\n]+/).map((line) => line.trim()).filter((line) => line !== "");
	return lines.length > 1 ? lines.filter((line) => line.length >= shortestLine) : lines;
}
/** `error: src/a.ts:3:1: message`, or `error: title: message` where no file says what it is about. */
function annotationLine({ level, title, message, file, line, column }) {
	const place = [
		file,
		line,
		column
	].filter((part) => part !== void 0).join(":");
	const about = file === void 0 ? title : place;
	return `${level}: ${about === "" ? "" : `${about}: `}${message}`;
}
// build/host/folder.js
/** Where a step on a pipeline keeps its files. */
/**
* Makes a folder of this step's own, so that several steps of a job do not write over each other's files.
*
* @param parent the platform's temporary folder; made when it is not there, the system's when it is not given
* @throws {Error} when it cannot be made
*/
function freshFolder(parent) {
	const folder = parent || (0,external_node_os_namespaceObject.tmpdir)();
	(0,external_node_fs_namespaceObject.mkdirSync)(folder, { recursive: true });
	return (0,external_node_fs_namespaceObject.mkdtempSync)((0,external_node_path_namespaceObject.join)(folder, "signalbox-"));
}
// build/host/azure.js
/**
* Azure Pipelines. Inputs are read only through azure-pipelines-task-lib, which takes them out of the environment when it is
* imported; it is imported here alone, since it prints to the log at once.
*/
/** The agent keeps ten issues of a level and step; one is left for the result, which is an issue as well. */
const issuesPerLevel = 9;
/** A job on Microsoft's agents ends after 6 h at the latest. */
const hostedJobMs$1 = 216e5;
/** Exit codes that say no more than the printed result: a decision to stop, and a wrong policy. */
const saidByResult = [1, 2];
/** `env` is for the facts and the folder; task-lib itself reads `process.env`. */
async function openAzure({ env = process.env, stdout = process.stdout, byCommandLine = false } = {}) {
	const { default: task } = await __nccwpck_require__.e(/* import() */ 358).then(__nccwpck_require__.t.bind(__nccwpck_require__, 358, 19));
	const given = byCommandLine ? /* @__PURE__ */ new Map() : readInputs(task);
	task.setStdStream(stdout);
	const shown = {
		error: 0,
		warning: 0,
		notice: 0
	};
	const log = (text) => void stdout.write(`${harmless(text)}\n`);
	const outputFolder = freshFolder(env.AGENT_TEMPDIRECTORY);
	return {
		kind: "azure",
		facts: factsOf$1(env),
		summaryFlavour: "azure",
		columns: 120,
		colour: false,
		outputFolder,
		...env.AGENT_ISSELFHOSTED === "1" ? {} : { longestJobMs: hostedJobMs$1 },
		input: (name) => given.get(name),
		secret(value) {
			for (const line of linesToMask(value)) task.setSecret(line);
		},
		log,
		progress: (percent, text) => task.setProgress(Math.round(Math.min(100, Math.max(0, percent))), text),
		annotate(annotation) {
			const { level, title, message, file, line, column } = annotation;
			shown[level] += 1;
			if (level === "notice" || shown[level] > issuesPerLevel) return log(annotationLine(annotation));
			const place = {
				sourcepath: file,
				linenumber: line,
				columnnumber: column
			};
			task.command("task.logissue", {
				type: level,
				...place
			}, title === "" ? message : `${title}: ${message}`);
		},
		async output(name, value) {
			task.setVariable(name, value, false, true);
		},
		async summary(path) {
			const attached = (0,external_node_path_namespaceObject.join)(outputFolder, `${(0,external_node_path_namespaceObject.basename)(outputFolder)}.md`);
			(0,external_node_fs_namespaceObject.copyFileSync)(path, attached);
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
		}
	};
}
const results = ({ TaskResult }) => ({
	success: TaskResult.Succeeded,
	warning: TaskResult.SucceededWithIssues,
	failure: TaskResult.Failed
});
/**
* All inputs at once and in silence: task-lib prints the value of each that is asked for, and no secret may show before it is
* masked. Its vault leaves empty ones out, but leaves them in the environment as well.
*/
function readInputs(task) {
	const given = /* @__PURE__ */ new Map();
	task.setStdStream({ write: () => true });
	for (const { name } of inputs) {
		const camel = camelCase(name);
		const value = task.getInput(camel) ?? process.env[`INPUT_${camel.toUpperCase()}`];
		if (value !== void 0) given.set(name, value);
	}
	return given;
}
function factsOf$1(env) {
	const { BUILD_REPOSITORY_NAME: repository, BUILD_SOURCEVERSION: sha, BUILD_SOURCEBRANCH: ref } = env;
	const { BUILD_REQUESTEDFOR: actor, ENVIRONMENT_NAME: environment } = env;
	const { SYSTEM_COLLECTIONURI: collection, SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: id } = env;
	return {
		...repository ? { repository } : {},
		...sha ? { sha } : {},
		...ref ? { ref } : {},
		...actor ? { actor } : {},
		...collection && project && id ? { run: `${collection.replace(/\/*$/, "")}/${encodeURIComponent(project)}/_build/results?buildId=${id}` } : {},
		...environment ? { environment } : {}
	};
}
// build/host/github.js
/**
* GitHub Actions. Inputs, masks and annotations are read and written here, without @actions/core: it costs 45 ms to load,
* and none of it may pass before the first request leaves. Only outputs and the summary, at the end, go through it.
*/
/** GitHub shows this many annotations of a level and step, and drops the rest. */
const annotationsPerLevel = 10;
/** GitHub drops a step's summary of more than 1 MiB whole; a little less leaves room for line ends. */
const summaryBytes = 1e6;
/** A job on GitHub's own runners ends after 6 h. */
const hostedJobMs = 216e5;
/** Outputs and the summary need `process.env` itself, since @actions/core reads it. */
function openGithub({ env = process.env, stdout = process.stdout } = {}) {
	const shown = {
		error: 0,
		warning: 0,
		notice: 0
	};
	const print = (line) => void stdout.write(`${line}\n`);
	const log = (text) => print(harmless(text));
	const warn = (message) => print(githubCommand("warning", { title: "Signalbox" }, message));
	return {
		kind: "github",
		facts: factsOf(env),
		summaryFlavour: "github",
		columns: 120,
		colour: false,
		outputFolder: freshFolder(env.RUNNER_TEMP),
		...env.RUNNER_ENVIRONMENT === "github-hosted" ? { longestJobMs: hostedJobMs } : {},
		input: (name) => env[inputVariable(name)],
		secret(value) {
			for (const line of linesToMask(value)) print(githubCommand("add-mask", {}, line));
		},
		log,
		progress: () => void 0,
		annotate(annotation) {
			const { level, title, message, file, line, column } = annotation;
			shown[level] += 1;
			if (shown[level] > annotationsPerLevel) log(annotationLine(annotation));
			else print(githubCommand(level, {
				file,
				line,
				col: column,
				title
			}, message));
		},
		async output(name, value) {
			const missing = missingFile(env, "GITHUB_OUTPUT");
			if (missing !== void 0) return warn(`output \`${name}\` is not set: ${missing}`);
			const { setOutput } = await __nccwpck_require__.e(/* import() */ 421).then(__nccwpck_require__.bind(__nccwpck_require__, 6421));
			setOutput(name, value);
		},
		async summary(path) {
			const missing = missingFile(env, "GITHUB_STEP_SUMMARY");
			if (missing !== void 0) return warn(`the summary is not shown: ${missing}; it is in ${path}`);
			const { summary } = await __nccwpck_require__.e(/* import() */ 421).then(__nccwpck_require__.bind(__nccwpck_require__, 6421));
			try {
				const text = await (0,promises_namespaceObject.readFile)(path, "utf8");
				const bytes = (0,external_node_fs_namespaceObject.statSync)(env.GITHUB_STEP_SUMMARY ?? "").size + Buffer.byteLength(text);
				if (bytes > summaryBytes) throw new Error(`the step's summary would have ${bytes} bytes, expected at most ${summaryBytes}`);
				await summary.addRaw(text).write();
			} catch (error) {
				summary.emptyBuffer();
				warn(`the summary is not shown: ${error.message}; it is in ${path}`);
			}
		},
		async finish(_result, message, exitCode) {
			log(message);
			process.exitCode = exitCode;
		}
	};
}
/** The variable in which the runner passes an input: upper case, spaces as `_`; dashes stay. */
const inputVariable = (name) => `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;
/** @returns what is missing, or undefined when the file is there */
function missingFile(env, variable) {
	const path = env[variable];
	if (!path) return `expected the path of a file in ${variable}, which is not set`;
	return (0,external_node_fs_namespaceObject.existsSync)(path) ? void 0 : `expected the file that ${variable} names, which does not exist`;
}
function factsOf(env) {
	const { GITHUB_REPOSITORY: repository, GITHUB_SHA: sha, GITHUB_REF: ref, GITHUB_ACTOR: actor } = env;
	const { GITHUB_SERVER_URL: server, GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } = env;
	const run = `${server}/${repository}/actions/runs/${id}${attempt ? `/attempts/${attempt}` : ""}`;
	return {
		...repository ? { repository } : {},
		...sha ? { sha } : {},
		...ref ? { ref } : {},
		...actor ? { actor } : {},
		...server && repository && id ? { run } : {}
	};
}
// build/host/terminal.js
/** A person's terminal, or any script: inputs are the command line's options. */
const clearLine = "\r\x1B[K";
function openTerminal(options, { env = process.env, stdout, stderr, cwd = process.cwd() } = {}) {
	const out = () => stdout ?? process.stdout;
	const rewrites = () => out().isTTY === true && env.TERM !== "dumb";
	const columns = () => out().columns || 100;
	const colour = () => rewrites() && !env.NO_COLOR;
	let status = false;
	const print = (screen, text) => {
		if (status) out().write(clearLine);
		status = false;
		screen.write(`${harmless(text)}\n`);
	};
	return {
		kind: "terminal",
		facts: {},
		summaryFlavour: "github",
		get columns() {
			return columns();
		},
		get colour() {
			return colour();
		},
		outputFolder: (0,external_node_path_namespaceObject.join)(cwd, "signalbox-out"),
		input: (name) => options[name],
		secret: () => void 0,
		log: (text) => print(out(), text),
		progress(percent, text) {
			if (!rewrites()) return;
			const line = harmless(`${`${Math.round(Math.min(100, Math.max(0, percent)))}%`.padStart(4)} ${text}`).replaceAll("\n", " ");
			const cut = Array.from(colourless(line)).slice(0, columns() - 1).join("");
			out().write(`${clearLine}${colour() ? `\u{1b}[2m${cut}\u{1b}[0m` : cut}`);
			status = true;
		},
		annotate: (annotation) => print(stderr ?? process.stderr, annotationLine(annotation)),
		output: async () => void 0,
		async summary(path) {
			print(out(), `Summary: ${path}`);
		},
		async finish(_result, message, exitCode) {
			print(out(), message);
			process.exitCode = exitCode;
		}
	};
}
// build/host/detect.js
/** Finds out where the step runs. Each host is loaded only where it is needed. */
/**
* @param options those of the command line
* @param args arguments of the process. With any, a script of a pipeline runs the command line: then its options are the
*   inputs and `INPUT_*` is not read at all, since what stands there belongs to the step that started the script.
*/
async function openHost(options, env = process.env, args = process.argv.slice(2)) {
	const byCommandLine = args.length > 0;
	const inputsOf = (host) => byCommandLine ? {
		...host,
		input: (name) => options[name]
	} : host;
	if (env.GITHUB_ACTIONS === "true") return inputsOf(openGithub({ env }));
	if (env.TF_BUILD === "True") return inputsOf(await openAzure({
		env,
		byCommandLine
	}));
	return openTerminal(options, { env });
}
// build/version.js
/** The version of Signalbox; a test holds it to package.json. */
const version = "0.1.0";
// build/main.js
/**
* The only door. Our own modules are imported as they are, since one large file starts faster than several small ones; what is
* heavy are packages, and each is imported where a policy or a platform needs it.
*/
/** As a shell reports the end by a signal: 128 and the signal's number. */
const signals = {
	SIGINT: 130,
	SIGTERM: 143,
	SIGHUP: 129
};
async function main() {
	const inPipeline = process.env.GITHUB_ACTIONS === "true" || process.env.TF_BUILD === "True";
	const invocation = readCommandLine(process.argv.slice(2), inPipeline);
	if (invocation.command === "run" || invocation.command === "check") await act(invocation);
}
function readCommandLine(args, inPipeline) {
	const invocation = parseCommandLine(args, inPipeline);
	if (invocation.command === "help") process.stdout.write(helpText(version));
	if (invocation.command === "version") process.stdout.write(`${version}\n`);
	if (invocation.command === "wrong") {
		process.stderr.write(`signalbox: ${invocation.message}\nTry \`signalbox --help\`.\n`);
		process.exitCode = 2;
	}
	return invocation;
}
async function act({ command, options }) {
	const cancel = new AbortController();
	for (const [signal, code] of Object.entries(signals)) process.once(signal, () => cancel.abort(code));
	process.once("uncaughtException", (error) => cancel.abort(error));
	const host = await openHost(options);
	if (command === "check") {
		process.exitCode = await check(host, process.env);
		return;
	}
	await run(host, {
		env: process.env,
		version,
		cancel: cancel.signal
	});
}
main().catch((error) => {
	process.exitCode = 70;
	process.stderr.write(`signalbox: ${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
});

