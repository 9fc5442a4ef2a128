export const id = 67;
export const ids = [67,687];
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


/***/ }),

/***/ 98067:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openTracker: () => (/* binding */ openTracker)
/* harmony export */ });
/* harmony import */ var _memory_marker_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9903);
/* harmony import */ var _is_self_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(24850);
/* harmony import */ var _open_octokit_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(96687);
/* harmony import */ var _refusal_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(46047);




const PAGE = 100;
/** Pages of a list that are read: a thousand issues of one author, or comments of one issue. */
const MOST_PAGES = 10;
/** Writes are never sent again blindly. */
const ONCE = { request: { retries: 0 } };
/** Opens the issues of a repository over GitHub's REST API. Nothing is sent yet. */
function openTracker(place, options) {
    const { octokit, countCalls } = (0,_open_octokit_js__WEBPACK_IMPORTED_MODULE_1__.openOctokit)(options);
    const { owner, repo } = place;
    const { rest } = octokit;
    const isOurs = (issue, self) => issue.pull_request === undefined && (0,_is_self_js__WEBPACK_IMPORTED_MODULE_3__/* .isSelf */ .f)(issue.user?.login, self);
    async function readPages(readPage) {
        const items = [];
        for (let page = 1; page <= MOST_PAGES; page++) {
            const { data } = await refuse(() => readPage(page));
            // A page for people, from a proxy in between, must not be taken for an empty list: what is there would be filed again.
            if (!Array.isArray(data))
                throw (0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseAnswer */ .$e)();
            items.push(...data);
            if (data.length < PAGE)
                return { items, complete: true };
        }
        return { items, complete: false };
    }
    return {
        readSelf: async () => {
            // GET /user is refused for the tokens of workflows and apps; this one query answers for all kinds of token.
            const { viewer } = await refuse(() => octokit.graphql('{ viewer { login } }'));
            return viewer.login;
        },
        readRepository: async () => {
            const { data } = await refuse(() => rest.repos.get({ owner, repo }));
            if (typeof data.has_issues !== 'boolean')
                throw (0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseAnswer */ .$e)();
            return {
                isPublic: data.visibility === undefined ? !data.private : data.visibility === 'public',
                hasIssues: data.has_issues,
                defaultBranch: data.default_branch,
            };
        },
        listIssues: async (self, { state, creator, label }) => {
            const query = {
                owner,
                repo,
                state,
                per_page: PAGE,
                ...(creator === undefined ? {} : { creator }),
                ...(label === undefined ? {} : { labels: label }),
            };
            const { items, complete } = await readPages((page) => rest.issues.listForRepo({ ...query, page }));
            return { issues: items.filter((issue) => isOurs(issue, self)).flatMap(toTracked), complete };
        },
        readIssue: async (self, issue_number) => {
            try {
                const { data } = await refuse(() => rest.issues.get({ owner, repo, issue_number }));
                if (typeof data.number !== 'number')
                    throw (0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseAnswer */ .$e)();
                return isOurs(data, self) ? (toTracked(data)[0] ?? null) : null;
            }
            catch (error) {
                if (['gone', 'not-found'].includes((0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .explainRefusal */ .GC)(error).kind))
                    return null;
                throw error;
            }
        },
        listComments: async (issue_number) => {
            const { items, complete } = await readPages((page) => rest.issues.listComments({ owner, repo, issue_number, per_page: PAGE, page }));
            return { comments: items.map(toComment), complete };
        },
        mayWrite: async (username) => {
            try {
                const { data } = await refuse(() => rest.repos.getCollaboratorPermissionLevel({ owner, repo, username }));
                // `maintain` is told as write, `triage` as read. https://docs.github.com/rest/collaborators/collaborators
                return data.permission === 'admin' || data.permission === 'write';
            }
            catch (error) {
                if ((0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .explainRefusal */ .GC)(error).kind === 'not-found')
                    return false;
                throw error;
            }
        },
        createIssue: async ({ title, body, labels, assignees }) => {
            const { data } = await refuse(() => rest.issues.create({ owner, repo, title, body, labels: [...labels], assignees: [...assignees], ...ONCE }));
            if (typeof data.number !== 'number')
                throw (0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseAnswer */ .$e)();
            return { number: data.number, url: data.html_url };
        },
        editIssue: async (issue_number, edit) => {
            await refuse(() => rest.issues.update({ owner, repo, issue_number, ...edit, ...ONCE }));
        },
        createComment: async (issue_number, body) => {
            const { data } = await refuse(() => rest.issues.createComment({ owner, repo, issue_number, body, ...ONCE }));
            if (typeof data.id !== 'number')
                throw (0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseAnswer */ .$e)();
            return { id: data.id, url: data.html_url };
        },
        editComment: async (comment_id, body) => {
            await refuse(() => rest.issues.updateComment({ owner, repo, comment_id, body, ...ONCE }));
        },
        deleteComment: async (comment_id) => {
            try {
                await refuse(() => rest.issues.deleteComment({ owner, repo, comment_id, ...ONCE }));
            }
            catch (error) {
                // Another run was quicker.
                if ((0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .explainRefusal */ .GC)(error).kind !== 'not-found')
                    throw error;
            }
        },
        addLabels: async (issue_number, labels) => {
            await refuse(() => rest.issues.addLabels({ owner, repo, issue_number, labels: [...labels], ...ONCE }));
        },
        removeLabel: async (issue_number, name) => {
            try {
                await refuse(() => rest.issues.removeLabel({ owner, repo, issue_number, name, ...ONCE }));
            }
            catch (error) {
                // Somebody was quicker.
                if ((0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .explainRefusal */ .GC)(error).kind !== 'not-found')
                    throw error;
            }
        },
        react: async (comment_id, content) => {
            await refuse(() => rest.reactions.createForIssueComment({ owner, repo, comment_id, content, ...ONCE }));
        },
        countCalls,
    };
}
function toTracked(issue) {
    const parts = (0,_memory_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .parseBody */ .OG)(issue.body ?? '');
    if (parts === null)
        return [];
    const reason = ['completed', 'not_planned', 'duplicate', 'reopened'].find((one) => one === issue.state_reason) ?? null;
    return [
        {
            ...{
                number: issue.number,
                url: issue.html_url,
                state: issue.state === 'open' ? 'open' : 'closed',
                reason,
                closedAt: issue.closed_at,
            },
            ...{ title: issue.title, locked: issue.locked, comments: issue.comments, parts },
            labels: issue.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
        },
    ];
}
function toComment(comment) {
    const { id, html_url: url, user, body = '', created_at: createdAt, updated_at: updatedAt, author_association: association = '' } = comment;
    const isMember = ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(association);
    return { id, url, author: user?.login ?? '', isBot: user?.type === 'Bot', isMember, body, createdAt, updatedAt };
}
async function refuse(request) {
    try {
        return await request();
    }
    catch (error) {
        throw new _refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .RefusalError */ .XQ((0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .explainRefusal */ .GC)(error));
    }
}


/***/ })

};
