export const id = 687;
export const ids = [687];
export const modules = {

/***/ 96687:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openOctokit: () => (/* binding */ openOctokit)
/* harmony export */ });
/* harmony import */ var _actions_github__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(11758);
/* harmony import */ var _octokit_plugin_retry__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49735);
/* harmony import */ var _octokit_plugin_throttling__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(86856);



/** Nothing on GitHub takes this long; without an end, a hanging connection would take the whole job's time. */
const TIMEOUT_MS = 20_000;
/** A longer wait is not worth a job's minutes: the next run will do it. */
const MOST_WAIT_SECONDS = 120;
const MOST_WAITS = 2;
/**
 * A client that is polite as GitHub asks for: writes one after the other with a second between them, `Retry-After` and
 * rate limits honoured within bounds. Reads are tried again when GitHub fails; writes never blindly, since a request that
 * failed may have been done.
 *
 * @returns the client, and how many REST requests it has sent
 * @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
function openOctokit(options) {
    const { token, apiUrl, log, wait = true } = options;
    const send = options.fetch ?? fetch;
    let calls = 0;
    const onLimit = (kind) => (seconds, request, _, waits) => {
        const { method = '', url = '' } = request;
        const again = seconds <= MOST_WAIT_SECONDS && waits < MOST_WAITS;
        log(`GitHub's ${kind} for ${method} ${url}: ${again ? `waiting ${seconds} s` : `it asks for ${seconds} s, which is too long`}`);
        return again;
    };
    const octokit = (0,_actions_github__WEBPACK_IMPORTED_MODULE_0__/* .getOctokit */ .Q)(token, {
        baseUrl: apiUrl,
        userAgent: 'plumbline',
        log: { debug: () => { }, info: () => { }, warn: log, error: () => { } },
        request: {
            fetch: async (url, init) => {
                if (!url.endsWith('/graphql'))
                    calls += 1;
                const response = await send(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
                // Who asks for it is shown where a redirect leads to, and never led there with the token.
                if (init.redirect === 'manual')
                    return response;
                // An issue that was moved to another repository: following it would write there.
                return response.status >= 300 && response.status < 400 && response.status !== 304
                    ? Response.json({ message: 'it was moved to another place' }, { status: 410 })
                    : response;
            },
        },
        throttle: {
            enabled: wait,
            // Each client counts for itself; the plugin would share its queues between all of a process.
            id: crypto.randomUUID(),
            onRateLimit: onLimit('rate limit'),
            onSecondaryRateLimit: onLimit('secondary rate limit'),
        },
        retry: { enabled: wait, retries: 2, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
    }, _octokit_plugin_throttling__WEBPACK_IMPORTED_MODULE_1__/* .throttling */ .A, _octokit_plugin_retry__WEBPACK_IMPORTED_MODULE_2__/* .retry */ .L);
    return { octokit, countCalls: () => calls };
}


/***/ })

};
