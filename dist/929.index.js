export const id = 929;
export const ids = [929];
export const modules = {

/***/ 929:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   findPullRequests: () => (/* binding */ findPullRequests)
/* harmony export */ });
/* harmony import */ var _read_workflow_run_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37593);
/* harmony import */ var _refusal_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46047);


/** Pull requests of one branch; more than one only where they go to several branches. */
const MOST = 100;
/**
 * Finds the open pull requests that a run was for: those of its branch whose newest commit is the run's. The event names none
 * for a fork, so GitHub is asked, which costs one request. There is more than one where a branch is proposed to several.
 *
 * @throws what Octokit throws; RefusalError
 */
async function findPullRequests({ rest }, place, { head, headSha }) {
    if (head === null)
        return { type: 'nothing', why: 'The branch of the pull request is gone.' };
    const { owner, repo } = place;
    const { data } = await rest.pulls.list({ owner, repo, state: 'open', head: `${head.owner}:${head.branch}`, per_page: MOST });
    if (!Array.isArray(data))
        throw (0,_refusal_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseAnswer */ .$e)();
    // The branch of another repository of the same owner goes by the same name in the question.
    const open = data.filter((pull) => pull.state === 'open' && (0,_read_workflow_run_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlace */ .U)(pull.base?.repo?.full_name, place));
    if (open.length === 0)
        return { type: 'nothing', why: 'No pull request of this branch is open any more.' };
    const current = open.filter((pull) => pull.head.sha === headSha);
    if (current.length === 0)
        return { type: 'nothing', why: 'The pull request has newer commits; the run for them will preview it.' };
    return current.map((pull) => ({
        ...{ number: pull.number, url: pull.html_url, base: pull.base.sha, head: pull.head.sha },
        fromFork: !(0,_read_workflow_run_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlace */ .U)(pull.head.repo?.full_name, place),
    }));
}


/***/ })

};
