export const id = 410;
export const ids = [410];
export const modules = {

/***/ 81410:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   downloadArtifact: () => (/* binding */ downloadArtifact)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83916);
/* harmony import */ var _handover_model_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(71082);
/* harmony import */ var _handover_refuse_handover_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42671);
/* harmony import */ var _safe_address_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(77639);
/* harmony import */ var _refusal_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(46047);





const TIMEOUT_MS = 60_000;
const UPLOAD = `Let the job that renders the pull request upload it with actions/upload-artifact under the name ${_handover_model_js__WEBPACK_IMPORTED_MODULE_3__/* .ARTIFACT */ .tX}, once.`;
/**
 * Downloads what a run handed over, into memory. The place where it is stored gets no token and may not lead on.
 *
 * @param send how the storage is asked; `fetch` unless in a test
 * @returns the bytes of the zip file
 * @throws UserError when there is not exactly one, when it is too large, or when it cannot be downloaded; what Octokit throws
 */
async function downloadArtifact({ rest }, { owner, repo }, run, send) {
    const { data } = await rest.actions.listWorkflowRunArtifacts({ owner, repo, run_id: run.id, name: _handover_model_js__WEBPACK_IMPORTED_MODULE_3__/* .ARTIFACT */ .tX, per_page: 100 });
    if (!Array.isArray(data.artifacts))
        throw (0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseAnswer */ .$e)();
    const artifact = choose(data.artifacts, run.startedAt);
    if (!(artifact.size_in_bytes <= _handover_model_js__WEBPACK_IMPORTED_MODULE_3__/* .MOST_BYTES */ .uZ))
        throw refuse(`It has ${(0,_handover_refuse_handover_js__WEBPACK_IMPORTED_MODULE_1__/* .showSize */ .tY)(artifact.size_in_bytes)}; at most ${_handover_refuse_handover_js__WEBPACK_IMPORTED_MODULE_1__/* .MOST */ ._B} are read.`);
    const answer = await rest.actions.downloadArtifact({
        ...{ owner, repo, artifact_id: artifact.id, archive_format: 'zip' },
        request: { redirect: 'manual' },
    });
    const { location } = answer.headers;
    if (Number(answer.status) !== 302 || location === undefined)
        throw (0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseAnswer */ .$e)();
    return await readBounded(checkLocation(location), send);
}
/** Runs that are repeated leave one each; the newest attempt's counts, or the newest at all where that attempt made none. */
function choose(artifacts, startedAt) {
    const named = artifacts.filter(({ name }) => name === _handover_model_js__WEBPACK_IMPORTED_MODULE_3__/* .ARTIFACT */ .tX);
    const kept = named.filter(({ expired }) => !expired);
    if (named.length > 0 && kept.length === 0)
        throw refuse('It has expired.', 'Run the workflow that renders the pull request again.');
    const time = ({ created_at }) => Date.parse(created_at ?? '') || 0;
    const since = startedAt === null ? 0 : Date.parse(startedAt);
    const fresh = kept.filter((one) => time(one) >= since);
    if (fresh.length > 1)
        throw refuse(`The run has ${fresh.length} artifacts of this name, so it cannot be told which one counts.`, UPLOAD);
    const [newest] = fresh.length > 0 ? fresh : kept.toSorted((a, b) => time(b) - time(a));
    if (newest === undefined)
        throw refuse('The run has no artifact of this name.', UPLOAD);
    return newest;
}
function checkLocation(location) {
    if ((0,_safe_address_js__WEBPACK_IMPORTED_MODULE_4__/* .isSafeAddress */ .c)(location))
        return new URL(location);
    throw refuse('GitHub refers to a place that is not reached by https.');
}
/** The URL is a credential itself for a minute, so no message shows it. */
async function readBounded(url, send) {
    try {
        const response = await send(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
        if (response.status !== 200 || response.body === null) {
            await response.body?.cancel();
            throw refuse(`The storage at ${url.host} answers ${response.status}.`);
        }
        const chunks = [];
        let size = 0;
        for await (const chunk of response.body) {
            size += chunk.length;
            // Leaving the loop ends the download.
            if (size > _handover_model_js__WEBPACK_IMPORTED_MODULE_3__/* .MOST_BYTES */ .uZ)
                throw refuse(`The storage at ${url.host} sends more than ${_handover_refuse_handover_js__WEBPACK_IMPORTED_MODULE_1__/* .MOST */ ._B}.`);
            chunks.push(chunk);
        }
        return Buffer.concat(chunks);
    }
    catch (error) {
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y)
            throw error;
        const { code = 'no answer' } = (error.cause ?? {});
        throw refuse(`It could not be downloaded from ${url.host} (${error.name === 'TimeoutError' ? 'it took too long' : code}).`);
    }
}
function refuse(message, remedy = 'Run this job again; if it stays, let the workflow that renders the pull request run again.') {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y({ message, where: `artifact ${_handover_model_js__WEBPACK_IMPORTED_MODULE_3__/* .ARTIFACT */ .tX}`, remedy });
}


/***/ })

};
