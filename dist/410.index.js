export const id = 410;
export const ids = [410];
export const modules = {

/***/ 5172:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   i6: () => (/* binding */ checkServer),
/* harmony export */   qb: () => (/* binding */ collectSecrets),
/* harmony export */   yd: () => (/* binding */ checkInline),
/* harmony export */   zh: () => (/* binding */ noteConnection)
/* harmony export */ });
/* harmony import */ var _compare_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62669);
/* harmony import */ var _shapes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28613);
/* harmony import */ var _jwt_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(86059);



const WHERE = 'kubeconfig';
const DAY = 24 * 60 * 60 * 1000;
/**
 * The rules for any kubeconfig: the server is an `https://` address, or `http://` on this machine.
 * A bearer token over plain http could be read on its way.
 */
function checkServer(entry) {
    const server = (0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)(entry.cluster.server);
    if (server === null)
        return [
            {
                message: `Cluster \`${entry.clusterName}\` has no \`server\`.`,
                where: WHERE,
                remedy: "Add the API server's address, such as https://api.example.com:6443.",
            },
        ];
    const url = URL.parse(server);
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
        return [
            {
                message: `The \`server\` of cluster \`${entry.clusterName}\` is not an https address.`,
                where: WHERE,
                remedy: 'Give it as https://HOST:PORT.',
            },
        ];
    }
    if (url.username !== '' || url.password !== '') {
        return [
            {
                message: `The \`server\` of cluster \`${entry.clusterName}\` carries a credential in its address.`,
                where: WHERE,
                remedy: 'Put the credential into the `users` entry.',
            },
        ];
    }
    if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
        const message = `The \`server\` of cluster \`${entry.clusterName}\` is plain http on ${url.hostname}: whoever sits between could read the credential.`;
        return [{ message, where: WHERE, remedy: 'Use the https address; http is allowed on this machine only.' }];
    }
    return [];
}
/**
 * The rules for a kubeconfig given as text, as in a workflow: inline data only, nothing that runs programs, reads the machine's files,
 * leads elsewhere, or acts as someone else. (Flux had to close such a hole: CVE-2022-24817.)
 */
function checkInline(entry, allowances) {
    const { cluster, user } = entry;
    const faults = [];
    const refuse = (message, remedy) => faults.push({ message, where: WHERE, remedy });
    const useToken = 'Use the token of a service account that may only read.';
    const exec = user.exec;
    if (exec !== undefined) {
        const command = (0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)((0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toObject */ .vw)(exec).command) ?? '';
        if (!allowances.allowExec.includes(command))
            refuse(`User \`${entry.userName}\` runs a program (\`exec\`: \`${command}\`), which is refused unless it is allowed by name.`, useToken);
        else if (/^\.|^[^/].*[/\\]/.test(command))
            refuse(`User \`${entry.userName}\` runs a program by a relative path (\`exec\`: \`${command}\`).`, 'Name it by its absolute path, or by a name on PATH.');
    }
    if (user['auth-provider'] !== undefined) {
        const name = (0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)((0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toObject */ .vw)(user['auth-provider']).name) ?? '';
        if (!allowances.allowExec.includes(name))
            refuse(`User \`${entry.userName}\` uses the \`auth-provider\` \`${name}\`, which is refused unless it is allowed by name.`, useToken);
    }
    const references = [
        ['certificate-authority', cluster['certificate-authority'], 'certificate-authority-data'],
        ['client-certificate', user['client-certificate'], 'client-certificate-data'],
        ['client-key', user['client-key'], 'client-key-data'],
        ['tokenFile', user.tokenFile, 'token'],
    ];
    for (const [field, value, instead] of references) {
        if (value !== undefined)
            refuse(`The kubeconfig refers to a file (\`${field}\`), and an inline one may not read files.`, `Put the data itself in: \`${instead}\` (\`kubectl config view --minify --raw --flatten\` does it).`);
    }
    if (cluster['insecure-skip-tls-verify'] === 'true' && (0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)(cluster.server)?.startsWith('https:') && !allowances.allowSkipVerify) {
        refuse(`Cluster \`${entry.clusterName}\` has \`insecure-skip-tls-verify: true\`: the credential could go to anyone.`, "Put the certificate of the server's authority in `certificate-authority-data`.");
    }
    if (cluster['proxy-url'] !== undefined)
        refuse(`Cluster \`${entry.clusterName}\` has a \`proxy-url\`.`, 'Remove it; run where the API server can be reached directly.');
    for (const field of ['as', 'as-uid', 'as-groups', 'as-user-extra']) {
        if (user[field] !== undefined)
            refuse(`User \`${entry.userName}\` acts as someone else (\`${field}\`).`, useToken);
    }
    return faults;
}
/** What a reader of the report should know about this way to connect, though it is allowed. */
function noteConnection(entry, now) {
    const notes = [];
    if (entry.cluster['insecure-skip-tls-verify'] === 'true' && (0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)(entry.cluster.server)?.startsWith('https:')) {
        notes.push({
            kind: 'skip-tls-verify',
            message: "The server's certificate was not checked (`insecure-skip-tls-verify` in the kubeconfig): what was read may come from anyone.",
        });
    }
    if (entry.user.as !== undefined)
        notes.push({ kind: 'impersonation', message: `The kubeconfig acts as \`${(0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)(entry.user.as) ?? ''}\`.` });
    const token = (0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)(entry.user.token);
    const claims = token === null ? null : (0,_jwt_js__WEBPACK_IMPORTED_MODULE_2__/* .decodeJwt */ .i)(token);
    if (claims !== null && (claims.expires === null || claims.expires - now > 90 * DAY)) {
        const until = claims.expires === null ? 'never expires' : `is valid until ${new Date(claims.expires).toISOString().slice(0, 10)}`;
        notes.push({
            kind: 'long-lived-token',
            message: `The kubeconfig's token ${until}. A short-lived one (\`kubectl create token\`) does less harm when it leaks.`,
        });
    }
    return notes;
}
/** Every secret of a kubeconfig in every form in which it may turn up in a log: as written, decoded, and as a Basic header. */
function collectSecrets(users) {
    const secrets = new Set();
    const add = (value) => {
        if (value !== null && value.trim() !== '')
            secrets.add(value);
    };
    for (const user of users) {
        add((0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)(user.token));
        const password = (0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)(user.password);
        add(password);
        if (password !== null)
            add(Buffer.from(`${(0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)(user.username) ?? ''}:${password}`).toString('base64'));
        const key = (0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)(user['client-key-data']);
        add(key);
        if (key !== null)
            add(Buffer.from(key, 'base64').toString('utf8'));
        for (const [name, value] of Object.entries((0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toObject */ .vw)((0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toObject */ .vw)(user['auth-provider']).config))) {
            if (/token|secret|password/i.test(name))
                add((0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)(value));
        }
        const variables = (0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toObject */ .vw)(user.exec).env;
        for (const variable of Array.isArray(variables) ? variables : []) {
            if ((0,_compare_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(variable) && /token|secret|password|key/i.test((0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)(variable.name) ?? ''))
                add((0,_shapes_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .fE)(variable.value));
        }
    }
    return [...secrets];
}
/** True for names and addresses of this machine, as `URL` gives them. */
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}


/***/ }),

/***/ 81410:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   downloadArtifact: () => (/* binding */ downloadArtifact)
/* harmony export */ });
/* harmony import */ var _cluster_check_kubeconfig_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5172);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(83916);
/* harmony import */ var _handover_model_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(71082);
/* harmony import */ var _handover_refuse_handover_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(42671);
/* harmony import */ var _refusal_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(46047);





const TIMEOUT_MS = 60_000;
const UPLOAD = `Let the job that renders the pull request upload it with actions/upload-artifact under the name ${_handover_model_js__WEBPACK_IMPORTED_MODULE_4__/* .ARTIFACT */ .tX}, once.`;
/**
 * Downloads what a run handed over, into memory. The place where it is stored gets no token and may not lead on.
 *
 * @param send how the storage is asked; `fetch` unless in a test
 * @returns the bytes of the zip file
 * @throws UserError when there is not exactly one, when it is too large, or when it cannot be downloaded; what Octokit throws
 */
async function downloadArtifact({ rest }, { owner, repo }, run, send) {
    const { data } = await rest.actions.listWorkflowRunArtifacts({ owner, repo, run_id: run.id, name: _handover_model_js__WEBPACK_IMPORTED_MODULE_4__/* .ARTIFACT */ .tX, per_page: 100 });
    if (!Array.isArray(data.artifacts))
        throw unexpected();
    const artifact = choose(data.artifacts, run.startedAt);
    if (!(artifact.size_in_bytes <= _handover_model_js__WEBPACK_IMPORTED_MODULE_4__/* .MOST_BYTES */ .uZ))
        throw refuse(`It has ${(0,_handover_refuse_handover_js__WEBPACK_IMPORTED_MODULE_2__/* .showSize */ .tY)(artifact.size_in_bytes)}; at most ${_handover_refuse_handover_js__WEBPACK_IMPORTED_MODULE_2__/* .MOST */ ._B} are read.`);
    const answer = await rest.actions.downloadArtifact({
        ...{ owner, repo, artifact_id: artifact.id, archive_format: 'zip' },
        request: { redirect: 'manual' },
    });
    const { location } = answer.headers;
    if (Number(answer.status) !== 302 || location === undefined)
        throw unexpected();
    return await readBounded(checkLocation(location), send);
}
/** Runs that are repeated leave one each; the newest attempt's counts, or the newest at all where that attempt made none. */
function choose(artifacts, startedAt) {
    const named = artifacts.filter(({ name }) => name === _handover_model_js__WEBPACK_IMPORTED_MODULE_4__/* .ARTIFACT */ .tX);
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
    const url = URL.parse(location);
    if (url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && (0,_cluster_check_kubeconfig_js__WEBPACK_IMPORTED_MODULE_0__/* .isLoopback */ .U9)(url.hostname))))
        return url;
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
            if (size > _handover_model_js__WEBPACK_IMPORTED_MODULE_4__/* .MOST_BYTES */ .uZ)
                throw refuse(`The storage at ${url.host} sends more than ${_handover_refuse_handover_js__WEBPACK_IMPORTED_MODULE_2__/* .MOST */ ._B}.`);
            chunks.push(chunk);
        }
        return Buffer.concat(chunks);
    }
    catch (error) {
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y)
            throw error;
        const { code = 'no answer' } = (error.cause ?? {});
        throw refuse(`It could not be downloaded from ${url.host} (${error.name === 'TimeoutError' ? 'it took too long' : code}).`);
    }
}
function refuse(message, remedy = 'Run this job again; if it stays, let the workflow that renders the pull request run again.') {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y({ message, where: `artifact ${_handover_model_js__WEBPACK_IMPORTED_MODULE_4__/* .ARTIFACT */ .tX}`, remedy });
}
function unexpected() {
    return new _refusal_js__WEBPACK_IMPORTED_MODULE_3__/* .RefusalError */ .X({ kind: 'unsure', status: null, message: 'the answer is not what GitHub describes' });
}


/***/ })

};
