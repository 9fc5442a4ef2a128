export const id = 211;
export const ids = [211];
export const modules = {

/***/ 39211:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  connect: () => (/* binding */ connect)
});

// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(83916);
// EXTERNAL MODULE: ./src/shapes.ts
var shapes = __webpack_require__(28613);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
var external_node_http_default = /*#__PURE__*/__webpack_require__.n(external_node_http_);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(44708);
var external_node_https_default = /*#__PURE__*/__webpack_require__.n(external_node_https_);
// EXTERNAL MODULE: ./node_modules/@kubernetes/client-node/dist/config.js + 24 modules
var dist_config = __webpack_require__(85282);
// EXTERNAL MODULE: ./src/compare/json.ts
var json = __webpack_require__(62669);
;// CONCATENATED MODULE: ./src/cluster/exec-plugin.ts



/**
 * The plugin's entry with what kubectl tells a plugin, which KubeConfig leaves out
 * (https://kubernetes.io/docs/reference/config-api/client-authentication.v1/); some plugins refuse to run without it.
 * A variable without a value is one the plugin does not get.
 */
function toExec(entry, env, hidden) {
    const exec = (0,shapes/* toObject */.vw)(entry.user.exec);
    const info = { interactive: false };
    if (exec.provideClusterInfo === 'true') {
        const { cluster } = entry;
        info.cluster = {
            server: cluster.server ?? null,
            ...(cluster['certificate-authority-data'] === undefined
                ? {}
                : { 'certificate-authority-data': cluster['certificate-authority-data'] }),
            ...(cluster['tls-server-name'] === undefined ? {} : { 'tls-server-name': cluster['tls-server-name'] }),
        };
    }
    const told = { kind: 'ExecCredential', apiVersion: exec.apiVersion ?? 'client.authentication.k8s.io/v1', spec: info };
    return {
        command: (0,shapes/* toText */.fE)(exec.command) ?? '',
        args: (0,shapes/* toTexts */.OS)(exec.args),
        env: [
            ...(hidden === null ? [] : Object.keys(env).filter((name) => hidden.test(name))).map((name) => ({ name, value: undefined })),
            ...(0,shapes/* toList */.st)(exec.env)
                .filter(json/* isObject */.Gv)
                .map((one) => ({ name: (0,shapes/* toText */.fE)(one.name) ?? '', value: (0,shapes/* toText */.fE)(one.value) ?? '' })),
            { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(told) },
        ],
    };
}
/** What went wrong before anything was sent: a plugin that fails, or a certificate file that is not there. */
function explainPreparation(entry, error) {
    const reason = (error instanceof Error ? error.message : String(error)).trim().slice(-400);
    const exec = (0,shapes/* toObject */.vw)(entry.user.exec);
    const command = (0,shapes/* toText */.fE)(exec.command);
    if (command === null) {
        const remedy = 'Check the files and certificates that the kubeconfig names.';
        return new errors/* UserError */.y({
            message: `The credential of user \`${entry.userName}\` could not be prepared: ${reason}.`,
            where: 'kubeconfig',
            remedy,
        });
    }
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const hint = (0,shapes/* toText */.fE)(exec.installHint);
    if (absent) {
        return new errors/* UserError */.y({
            message: `The kubeconfig's plugin \`${command}\` is not installed.`,
            where: 'kubeconfig',
            remedy: hint ?? `Install it, or put it on PATH.`,
        });
    }
    const remedy = `Run \`${[command, ...(0,shapes/* toTexts */.OS)(exec.args)].join(' ')}\` by hand; it may ask you to log in.`;
    return new errors/* UserError */.y({ message: `The kubeconfig's plugin \`${command}\` gave no credential: ${reason}.`, where: 'kubeconfig', remedy });
}

;// CONCATENATED MODULE: ./src/cluster/authorize.ts







const PLUGIN_TIME = 60_000;
/**
 * Hands a context to `KubeConfig`, which knows every way to authenticate.
 * @param hidden names of environment variables that an `exec` plugin must not see
 * @param onSecret told each credential that a plugin gives, so that it can be masked
 */
function prepareAuthorization(entry, env, hidden, onSecret) {
    const config = new dist_config/* KubeConfig */.yp();
    const url = new URL((0,shapes/* toText */.fE)(entry.cluster.server) ?? '');
    config.loadFromOptions({
        clusters: [toCluster(entry.cluster, url)],
        users: [toUser(entry, env, hidden)],
        contexts: [{ name: 'chosen', cluster: 'chosen', user: 'chosen' }],
        currentContext: 'chosen',
    });
    const agent = new (url.protocol === 'http:' ? (external_node_http_default()) : (external_node_https_default())).Agent({ keepAlive: true });
    const impersonation = listImpersonation(entry.user);
    // One at a time: requests that start together must not each start the plugin. KubeConfig keeps what it gave until it expires.
    let last = Promise.resolve();
    const authorize = async () => {
        const options = { headers: {} };
        try {
            await withTimeout(config.applyToHTTPSOptions(options), PLUGIN_TIME);
        }
        catch (error) {
            throw explainPreparation(entry, error);
        }
        const headers = options.headers;
        if (entry.user.exec !== undefined || entry.user['auth-provider'] !== undefined)
            reportSecrets(options, onSecret);
        // KubeConfig's agent keeps no connection alive; it is needed only for a proxy. Without its word on TLS, Node would ask NODE_TLS_REJECT_UNAUTHORIZED.
        return {
            ...options,
            agent: entry.cluster['proxy-url'] === undefined ? agent : (options.agent ?? agent),
            rejectUnauthorized: options.rejectUnauthorized ?? true,
            headers: { ...headers, ...impersonation },
        };
    };
    return () => {
        const next = last.then(authorize, authorize);
        last = next;
        return next;
    };
}
function toCluster(cluster, url) {
    return {
        name: 'chosen',
        server: url.href.replace(/\/$/, ''),
        caData: (0,shapes/* toText */.fE)(cluster['certificate-authority-data']) ?? undefined,
        // kubectl prefers the data; KubeConfig would take the file.
        caFile: cluster['certificate-authority-data'] === undefined ? ((0,shapes/* toText */.fE)(cluster['certificate-authority']) ?? undefined) : undefined,
        // KubeConfig wants this said for http, where there is no TLS to verify.
        skipTLSVerify: url.protocol === 'http:' || cluster['insecure-skip-tls-verify'] === 'true',
        tlsServerName: (0,shapes/* toText */.fE)(cluster['tls-server-name']) ?? undefined,
        proxyUrl: (0,shapes/* toText */.fE)(cluster['proxy-url']) ?? undefined,
    };
}
function toUser(entry, env, hidden) {
    const { user } = entry;
    const text = (field) => (0,shapes/* toText */.fE)(user[field]) ?? undefined;
    const tokenFile = text('tokenFile');
    return {
        name: 'chosen',
        // KubeConfig does not read `tokenFile`; kubectl prefers it to `token`.
        token: tokenFile === undefined ? text('token') : readToken(tokenFile),
        username: text('username'),
        password: text('password'),
        certData: text('client-certificate-data'),
        certFile: user['client-certificate-data'] === undefined ? text('client-certificate') : undefined,
        keyData: text('client-key-data'),
        keyFile: user['client-key-data'] === undefined ? text('client-key') : undefined,
        impersonateUser: text('as'),
        authProvider: user['auth-provider'],
        exec: user.exec === undefined ? undefined : toExec(entry, env, hidden),
    };
}
/** KubeConfig sends `as` alone; without the groups the server would answer as somebody else. */
function listImpersonation(user) {
    const uid = (0,shapes/* toText */.fE)(user['as-uid']);
    const groups = (0,shapes/* toTexts */.OS)(user['as-groups']);
    const extra = Object.entries((0,shapes/* toObject */.vw)(user['as-user-extra'])).map(([key, values]) => [
        `Impersonate-Extra-${encodeURIComponent(key)}`,
        [...(0,shapes/* toTexts */.OS)(values)],
    ]);
    return {
        ...(uid === null ? {} : { 'Impersonate-Uid': uid }),
        ...(groups.length === 0 ? {} : { 'Impersonate-Group': [...groups] }),
        ...Object.fromEntries(extra),
    };
}
function readToken(file) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8').trim();
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new errors/* UserError */.y({
            message: `The kubeconfig's tokenFile cannot be read: ${reason}.`,
            where: 'kubeconfig',
            remedy: 'Check the path and its permissions.',
        });
    }
}
function reportSecrets(options, onSecret) {
    const header = options.headers.Authorization;
    if (typeof header === 'string')
        onSecret(header.replace(/^\w+ /, ''));
    if (typeof options.key === 'string')
        onSecret(options.key);
}
async function withTimeout(work, ms) {
    let timer;
    const late = new Promise((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`it gave no credential within ${ms / 1000} s`)), ms);
    });
    try {
        return await Promise.race([work, late]);
    }
    finally {
        clearTimeout(timer);
    }
}

// EXTERNAL MODULE: ./src/safe-address.ts
var safe_address = __webpack_require__(77639);
// EXTERNAL MODULE: ./src/cluster/jwt.ts
var jwt = __webpack_require__(86059);
;// CONCATENATED MODULE: ./src/cluster/check-kubeconfig.ts




const WHERE = 'kubeconfig';
const DAY = 24 * 60 * 60 * 1000;
/**
 * The rules for any kubeconfig: the server is an `https://` address, or `http://` on this machine.
 * A bearer token over plain http could be read on its way.
 */
function checkServer(entry) {
    const server = (0,shapes/* toText */.fE)(entry.cluster.server);
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
    if (url.protocol === 'http:' && !(0,safe_address/* isLoopback */.U)(url.hostname)) {
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
        const command = (0,shapes/* toText */.fE)((0,shapes/* toObject */.vw)(exec).command) ?? '';
        if (!allowances.allowExec.includes(command))
            refuse(`User \`${entry.userName}\` runs a program (\`exec\`: \`${command}\`), which is refused unless it is allowed by name.`, useToken);
        else if (/^\.|^[^/].*[/\\]/.test(command))
            refuse(`User \`${entry.userName}\` runs a program by a relative path (\`exec\`: \`${command}\`).`, 'Name it by its absolute path, or by a name on PATH.');
    }
    if (user['auth-provider'] !== undefined) {
        const name = (0,shapes/* toText */.fE)((0,shapes/* toObject */.vw)(user['auth-provider']).name) ?? '';
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
    if (cluster['insecure-skip-tls-verify'] === 'true' && (0,shapes/* toText */.fE)(cluster.server)?.startsWith('https:') && !allowances.allowSkipVerify) {
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
    if (entry.cluster['insecure-skip-tls-verify'] === 'true' && (0,shapes/* toText */.fE)(entry.cluster.server)?.startsWith('https:')) {
        notes.push({
            kind: 'skip-tls-verify',
            message: "The server's certificate was not checked (`insecure-skip-tls-verify` in the kubeconfig): what was read may come from anyone.",
        });
    }
    if (entry.user.as !== undefined)
        notes.push({ kind: 'impersonation', message: `The kubeconfig acts as \`${(0,shapes/* toText */.fE)(entry.user.as) ?? ''}\`.` });
    const token = (0,shapes/* toText */.fE)(entry.user.token);
    const claims = token === null ? null : (0,jwt/* decodeJwt */.i)(token);
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
        add((0,shapes/* toText */.fE)(user.token));
        const password = (0,shapes/* toText */.fE)(user.password);
        add(password);
        if (password !== null)
            add(Buffer.from(`${(0,shapes/* toText */.fE)(user.username) ?? ''}:${password}`).toString('base64'));
        const key = (0,shapes/* toText */.fE)(user['client-key-data']);
        add(key);
        if (key !== null)
            add(Buffer.from(key, 'base64').toString('utf8'));
        for (const [name, value] of Object.entries((0,shapes/* toObject */.vw)((0,shapes/* toObject */.vw)(user['auth-provider']).config))) {
            if (/token|secret|password/i.test(name))
                add((0,shapes/* toText */.fE)(value));
        }
        const variables = (0,shapes/* toObject */.vw)(user.exec).env;
        for (const variable of Array.isArray(variables) ? variables : []) {
            if ((0,json/* isObject */.Gv)(variable) && /token|secret|password|key/i.test((0,shapes/* toText */.fE)(variable.name) ?? ''))
                add((0,shapes/* toText */.fE)(variable.value));
        }
    }
    return [...secrets];
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./src/cluster/explain-connection.ts
var explain_connection = __webpack_require__(14814);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./src/cluster/http.ts



/** A try that gave no answer. `code` is Node's, or `TIMEOUT`, `TRUNCATED`, `TOO_LARGE`. */
class ConnectionFailure extends Error {
    code;
    constructor(code, message) {
        super(message);
        this.code = code;
    }
}
/**
 * Sends one request and reads the whole answer. Redirects are not followed, so a credential never travels on.
 * @param url where to, without credentials in it
 * @param options method, headers, TLS settings and agent
 * @param payload a JSON text to send, or null
 * @throws ConnectionFailure when no whole answer came
 */
async function sendOnce(url, options, payload, limits) {
    const stop = new AbortController();
    const abort = (what, ms) => stop.abort(new ConnectionFailure('TIMEOUT', `${what} within ${Math.round(ms / 100) / 10} s`));
    const total = setTimeout(() => abort('the answer was not complete', limits.total), limits.total);
    let connecting;
    try {
        const response = await new Promise((resolve, reject) => {
            const request = (url.protocol === 'http:' ? (external_node_http_default()) : (external_node_https_default())).request(url, { ...options, signal: stop.signal }, resolve);
            request.on('error', reject);
            request.on('socket', (socket) => {
                if (!socket.connecting)
                    return;
                connecting = setTimeout(() => abort('no connection', limits.connect), limits.connect);
                socket.once(url.protocol === 'http:' ? 'connect' : 'secureConnect', () => clearTimeout(connecting));
            });
            request.setTimeout(limits.idle, () => abort('the server sent nothing', limits.idle));
            request.end(payload ?? undefined);
        });
        return { status: response.statusCode ?? 0, headers: response.headers, text: await readBody(response, limits.bytes) };
    }
    catch (error) {
        throw stop.signal.aborted ? stop.signal.reason : toFailure(error);
    }
    finally {
        clearTimeout(total);
        clearTimeout(connecting);
    }
}
/** Reads and unpacks a body, and stops beyond the bound rather than filling the memory. */
async function readBody(response, maxBytes) {
    const packed = response.headers['content-encoding'] === 'gzip';
    const stream = packed ? response.pipe((0,external_node_zlib_.createGunzip)()) : response;
    // pipe() does not carry errors over: without this a reset in the middle of a packed body would wait for the time limit.
    if (packed)
        response.on('error', (error) => stream.destroy(error));
    const chunks = [];
    let size = 0;
    for await (const chunk of stream) {
        size += chunk.length;
        if (size > maxBytes) {
            response.destroy();
            throw new ConnectionFailure('TOO_LARGE', `the answer is larger than ${Math.round(maxBytes / 2 ** 20)} MiB`);
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}
function toFailure(error) {
    if (error instanceof ConnectionFailure)
        return error;
    if (!(error instanceof Error))
        return new ConnectionFailure('UNKNOWN', String(error));
    // Several addresses tried, none reached: Node then throws an AggregateError whose message is empty.
    const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
    const code = 'code' in first && typeof first.code === 'string' ? first.code : 'UNKNOWN';
    if (code === 'Z_BUF_ERROR')
        return new ConnectionFailure('TRUNCATED', 'the answer broke off');
    return new ConnectionFailure(code, first.message);
}

// EXTERNAL MODULE: ./src/cluster/json.ts
var cluster_json = __webpack_require__(42806);
;// CONCATENATED MODULE: ./src/cluster/judge.ts




/** An answer came: parses it, and tells whether to try again (429, 5xx, broken JSON) and after how many milliseconds at least. */
function judgeReceived({ status, headers, text }) {
    if (status >= 300 && status < 400) {
        const target = headers.location === undefined ? null : URL.parse(headers.location);
        const message = `the server redirects${target === null ? '' : ` to ${target.host}`}, which is not followed`;
        return { answer: { outcome: 'failed', code: 'REDIRECT', message }, again: false, wait: 0 };
    }
    const contentType = headers['content-type'] ?? '';
    let body = null;
    if (/\bjson\b/.test(contentType)) {
        try {
            body = (0,cluster_json/* parseJson */.q)(text);
        }
        catch {
            // Never an empty object: what cannot be parsed was not read. A failure still is what its status says.
            if (status < 400)
                return { answer: { outcome: 'failed', code: 'TRUNCATED', message: 'the answer is no complete JSON' }, again: true, wait: 0 };
        }
    }
    const warnings = (headers.warning === undefined ? [] : [headers.warning].flat()).flatMap((value) => [...value.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? ''));
    const seconds = Number(headers['retry-after']);
    const wait = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
    return {
        answer: { outcome: 'answered', status, contentType, body, text: body === null ? text.slice(0, 300) : '', warnings },
        again: status === 429 || status >= 500,
        wait,
    };
}
/** No answer came. A certificate or a host name does not mend itself within seconds; most else may. */
function judgeFailure(error) {
    if (error instanceof errors/* UserError */.y || !(error instanceof ConnectionFailure))
        throw error;
    const again = !(0,explain_connection/* isCertificateProblem */.B$)(error.code) && !['ENOTFOUND', 'TOO_LARGE', 'ERR_INVALID_CHAR', 'ERR_INVALID_ARG_TYPE'].includes(error.code);
    return { answer: { outcome: 'failed', code: error.code, message: error.message }, again, wait: 0 };
}

// EXTERNAL MODULE: ./src/cluster/limit.ts
var limit = __webpack_require__(69137);
// EXTERNAL MODULE: ./src/cluster/paths.ts
var paths = __webpack_require__(5778);
;// CONCATENATED MODULE: ./src/cluster/client.ts






/**
 * The three questions about oneself that Kubernetes wants as a POST. They change nothing, and everyone may ask them (`system:basic-user`).
 */
const REVIEWS = {
    SelfSubjectReview: 'authentication.k8s.io/v1',
    SelfSubjectAccessReview: 'authorization.k8s.io/v1',
    SelfSubjectRulesReview: 'authorization.k8s.io/v1',
};
const DEFAULT_LIMITS = {
    connect: 10_000,
    idle: 15_000,
    total: 60_000,
    bytes: 64 * 2 ** 20,
    concurrency: 4,
    tries: 5,
    backoff: 250,
    deadline: 120_000,
};
/**
 * Makes a client for one server.
 * @param server its address, perhaps with a path in front of `/api`
 * @param authorize gives each request its credential and TLS settings
 * @param token the bearer token when it is known, to tell from a 401 whether it has expired
 */
function createClient(server, authorize, token, limits) {
    const inTurn = (0,limit/* limitConcurrency */.f)(limits.concurrency);
    const counts = { discovery: 0, list: 0, get: 0 };
    const base = server.href.replace(/\/$/, '');
    let everAnswered = false;
    /** The one place that sends. What is sent follows from what is asked: a path is a GET, a review is its POST. */
    async function send(request, within) {
        const options = await authorize();
        const headers = {
            ...options.headers,
            'User-Agent': 'plumbline',
            'Accept-Encoding': 'gzip',
        };
        if ('path' in request) {
            return sendOnce(new URL(base + request.path), { ...options, method: 'GET', headers: { ...headers, Accept: request.accept } }, null, within);
        }
        const apiVersion = REVIEWS[request.review];
        const payload = JSON.stringify({ apiVersion, kind: request.review, spec: request.spec });
        const posted = {
            ...headers,
            Accept: 'application/json',
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(payload),
        };
        return sendOnce(new URL(`${base}/apis/${apiVersion}/${request.review.toLowerCase()}s`), { ...options, method: 'POST', headers: posted }, payload, within);
    }
    /** Tries until there is an answer worth having, or tries or time run out. */
    async function ask(request, patience = {}) {
        const within = { ...limits, ...patience };
        const end = Date.now() + within.deadline;
        for (let attempt = 1;; attempt++) {
            const { answer, again, wait } = await send(request, within).then(judgeReceived, judgeFailure);
            if (answer.outcome === 'answered')
                everAnswered = true;
            if (answer.outcome === 'answered' && answer.status === 401)
                throw (0,explain_connection/* explainRefusal */.GC)(server, token);
            const pause = Math.max(wait, within.backoff * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
            if (again && attempt < within.tries && Date.now() + pause < end) {
                await (0,promises_.setTimeout)(pause);
                continue;
            }
            if (answer.outcome === 'failed' && (!everAnswered || (0,explain_connection/* isCertificateProblem */.B$)(answer.code)))
                throw (0,explain_connection/* explainUnreachable */.so)(server, answer);
            return answer;
        }
    }
    return {
        server: base,
        get: (path, { purpose = 'get', accept = 'application/json', within } = {}) => {
            if (!(0,paths/* isReadablePath */.wQ)(path))
                throw new Error(`Not a path to read from: ${path}`);
            counts[purpose]++;
            return inTurn(() => ask({ path, accept }, within));
        },
        review: (review, spec) => {
            if (!Object.hasOwn(REVIEWS, review))
                throw new Error(`Not a review about oneself: ${review}`);
            return inTurn(() => ask({ review, spec }));
        },
        counts: () => ({ ...counts }),
    };
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./src/cluster/parse-kubeconfig.ts




const HOW = 'Give the text that `kubectl config view --minify --raw --flatten` prints.';
/**
 * Parses a kubeconfig (YAML or JSON).
 * Messages tell lines and names only, never the text itself, which holds credentials.
 * @param text the kubeconfig's text
 * @param where the input's name, with the file when there is one
 * @throws UserError when it is empty, is not YAML, or is no kubeconfig
 */
function parseKubeconfig(text, where) {
    const fail = (message, remedy) => {
        throw new errors/* UserError */.y({ message, where, remedy });
    };
    if (text.trim() === '')
        return fail('The kubeconfig is empty.', `${HOW} In a workflow, check that the secret exists and is passed to this job.`);
    const document = (0,dist/* parseDocument */.Tp)(text, { schema: 'failsafe', prettyErrors: true, logLevel: 'silent' });
    const error = document.errors[0];
    if (error !== undefined) {
        const line = error.linePos?.[0].line;
        return fail(`The kubeconfig is not valid YAML${line === undefined ? '' : ` at line ${line}`} (${error.code}).`, HOW);
    }
    const root = toPlain(document.toJS({ maxAliasCount: 100 }));
    if (!(0,json/* isObject */.Gv)(root))
        return fail(describeWrongText(text), HOW);
    if (!Array.isArray(root.clusters) && !Array.isArray(root.contexts)) {
        return fail(`This is YAML, but no kubeconfig: it has neither \`clusters\` nor \`contexts\`.`, HOW);
    }
    return {
        currentContext: (0,shapes/* toText */.fE)(root['current-context']),
        contexts: indexByName(root.contexts, 'context'),
        clusters: indexByName(root.clusters, 'cluster'),
        users: indexByName(root.users, 'user'),
    };
}
/** With several files the first to name something wins, as in kubectl (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/). */
function mergeKubeconfigs(configs) {
    const merge = (pick) => keepFirst(configs.flatMap((one) => [...pick(one)]));
    return {
        currentContext: configs.find((one) => one.currentContext !== null)?.currentContext ?? null,
        contexts: merge((one) => one.contexts),
        clusters: merge((one) => one.clusters),
        users: merge((one) => one.users),
    };
}
/**
 * Picks a context (null: the current one) with its cluster and user.
 * @param where the input's name for faults of the kubeconfig itself; a wrong context is a fault of `kube-context`
 * @throws UserError with every fault of the choice at once
 */
function selectContext(config, wanted, where) {
    const known = [...config.contexts.keys()];
    const list = `It has: ${known.map((name) => `\`${name}\``).join(', ')}.`;
    if (known.length === 0)
        throw new errors/* UserError */.y({ message: 'The kubeconfig has no contexts.', where, remedy: HOW });
    const name = wanted ?? config.currentContext;
    if (name === null) {
        throw new errors/* UserError */.y({
            message: 'The kubeconfig has no `current-context`.',
            where: 'kube-context',
            remedy: `Name one of its contexts. ${list}`,
        });
    }
    const context = config.contexts.get(name);
    if (context === undefined) {
        const message = wanted === null
            ? `The kubeconfig's \`current-context\` is \`${name}\`, which it does not have.`
            : `The kubeconfig has no context \`${name}\`.`;
        throw new errors/* UserError */.y({ message, where: 'kube-context', remedy: `Name one of its contexts. ${list}` });
    }
    const clusterName = (0,shapes/* toText */.fE)(context.cluster);
    const userName = (0,shapes/* toText */.fE)(context.user);
    const cluster = clusterName === null ? undefined : config.clusters.get(clusterName);
    const user = userName === null ? {} : config.users.get(userName);
    const faults = [];
    if (clusterName === null)
        faults.push({ message: `Context \`${name}\` names no cluster.`, where, remedy: HOW });
    else if (cluster === undefined)
        faults.push({
            message: `Context \`${name}\` names the cluster \`${clusterName}\`, which the kubeconfig does not have.`,
            where,
            remedy: HOW,
        });
    if (user === undefined)
        faults.push({ message: `Context \`${name}\` names the user \`${userName}\`, which the kubeconfig does not have.`, where, remedy: HOW });
    const [first, ...rest] = faults;
    if (first !== undefined)
        throw new errors/* UserError */.y(first, ...rest);
    return { name, clusterName: clusterName ?? '', userName: userName ?? '', cluster: cluster ?? {}, user: user ?? {} };
}
/** `clusters: [{name, cluster: {...}}]` as a map; in one file too the first of two equal names wins. */
function indexByName(list, field) {
    const entries = (Array.isArray(list) ? list : []).map(shapes/* toObject */.vw).flatMap((entry) => {
        const name = (0,shapes/* toText */.fE)(entry.name);
        return name === null ? [] : [[name, (0,shapes/* toObject */.vw)(entry[field])]];
    });
    return keepFirst(entries);
}
function keepFirst(entries) {
    const kept = new Map();
    for (const [name, value] of entries)
        if (!kept.has(name))
            kept.set(name, value);
    return kept;
}
/** The failsafe schema leaves every scalar a string, so `null` and `~` are texts too: such fields are left out. */
function toPlain(value) {
    if (Array.isArray(value))
        return value.map(toPlain);
    if (typeof value !== 'object' || value === null)
        return typeof value === 'string' ? value : null;
    const kept = Object.entries(value).filter(([, child]) => child !== 'null' && child !== '~' && child !== '');
    return Object.fromEntries(kept.map(([key, child]) => [key, toPlain(child)]));
}
/** The two usual mistakes have their own words. */
function describeWrongText(text) {
    const line = text.trim();
    if (/^[A-Za-z0-9+/=\s]+$/.test(line) && Buffer.from(line, 'base64').toString('utf8').includes('clusters')) {
        return 'The kubeconfig is encoded in base64: give it decoded.';
    }
    if (!line.includes('\n') && /^[~./]|^[A-Za-z]:\\/.test(line))
        return 'This is a path: the input takes the text of a kubeconfig.';
    return 'This is no kubeconfig: it is not a YAML mapping.';
}

;// CONCATENATED MODULE: ./src/cluster/find-kubeconfig.ts







/**
 * Finds and reads kubeconfigs as kubectl does: the given file, else the files of `KUBECONFIG`, else `~/.kube/config`.
 * Files of `KUBECONFIG` that do not exist are passed over. Relative paths inside a file count from its folder.
 * @param file the `--kubeconfig` given, or null
 * @throws UserError when none exists, or one cannot be read or is no kubeconfig
 */
function loadDefaultKubeconfig(file, env) {
    const listed = (env.KUBECONFIG ?? '').split((external_node_path_default()).delimiter).filter((one) => one !== '');
    const home = external_node_path_default().join(env.HOME ?? (0,external_node_os_.homedir)(), '.kube', 'config');
    const candidates = file !== null ? [file] : listed.length > 0 ? listed : [home];
    const found = candidates.flatMap((candidate) => {
        const text = readIfExists(candidate);
        if (text === null)
            return [];
        return [anchorPaths(parseKubeconfig(text, `kubeconfig (${candidate})`), external_node_path_default().dirname(external_node_path_default().resolve(candidate)))];
    });
    if (found.length > 0)
        return mergeKubeconfigs(found);
    throw new errors/* UserError */.y({
        message: `There is no kubeconfig at ${candidates.join(', ')}.`,
        where: 'kubeconfig',
        remedy: 'Name a file with --kubeconfig, or set KUBECONFIG.',
    });
}
/** A file's text; null when there is no such file. */
function readIfExists(file) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8');
    }
    catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
            return null;
        const reason = error instanceof Error ? error.message : String(error);
        throw new errors/* UserError */.y({
            message: `The kubeconfig ${file} cannot be read: ${reason}.`,
            where: 'kubeconfig',
            remedy: 'Check the path and its permissions.',
        });
    }
}
/** Makes file references absolute, and a plugin's command too when it is a path (a bare name is looked up on PATH). */
function anchorPaths(config, folder) {
    const anchor = (object, fields) => {
        const changed = fields.flatMap((field) => {
            const value = (0,shapes/* toText */.fE)(object[field]);
            return value === null ? [] : [[field, external_node_path_default().resolve(folder, value)]];
        });
        return { ...object, ...Object.fromEntries(changed) };
    };
    const anchorUser = (user) => {
        const anchored = anchor(user, ['tokenFile', 'client-certificate', 'client-key']);
        const exec = anchored.exec;
        return (0,json/* isObject */.Gv)(exec) && /[/\\]/.test((0,shapes/* toText */.fE)(exec.command) ?? '') ? { ...anchored, exec: anchor(exec, ['command']) } : anchored;
    };
    return {
        ...config,
        clusters: new Map([...config.clusters].map(([name, cluster]) => [name, anchor(cluster, ['certificate-authority'])])),
        users: new Map([...config.users].map(([name, user]) => [name, anchorUser(user)])),
    };
}

;// CONCATENATED MODULE: ./src/cluster/connect.ts







/** What a plugin run by a workflow must not see: the inputs (a kubeconfig is one) and the runner's own credentials. */
const HIDDEN_FROM_PLUGINS = /^(INPUT_.*|GITHUB_TOKEN|ACTIONS_RUNTIME_TOKEN|ACTIONS_CACHE_URL|ACTIONS_RESULTS_URL)$/;
/**
 * Prepares a read-only client for one context of a kubeconfig. Nothing is sent yet, no program is run yet.
 * An inline kubeconfig must hold to the stricter rules of `checkInline`; a person's own works as it does with kubectl.
 * @param context the context's name; null for the current one
 * @throws UserError naming `kubeconfig` or `kube-context`, with all faults of the chosen context at once
 */
function connect(source, context, options = {}) {
    const env = options.env ?? process.env;
    const onSecret = options.onSecret ?? (() => { });
    const inline = source.type === 'inline';
    const config = inline ? parseKubeconfig(source.text, 'kubeconfig') : loadDefaultKubeconfig(source.path, env);
    const secrets = collectSecrets(config.users.values());
    secrets.forEach(onSecret);
    const entry = selectContext(config, context, 'kubeconfig');
    const allowances = { allowExec: options.allowExec ?? [], allowSkipVerify: options.allowSkipVerify ?? false };
    const [first, ...rest] = [...checkServer(entry), ...(inline ? checkInline(entry, allowances) : [])];
    if (first !== undefined)
        throw new errors/* UserError */.y(first, ...rest);
    const authorize = prepareAuthorization(entry, env, inline ? HIDDEN_FROM_PLUGINS : null, onSecret);
    const server = new URL((0,shapes/* toText */.fE)(entry.cluster.server) ?? '');
    const client = createClient(server, authorize, (0,shapes/* toText */.fE)(entry.user.token), { ...DEFAULT_LIMITS, ...options.limits });
    return { client, server: server.href, context: entry.name, secrets, notes: noteConnection(entry, Date.now()) };
}


/***/ }),

/***/ 42806:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ parseJson)
/* harmony export */ });
// Only a number of 16 digits or more can lie beyond 2^53; the look-around keeps digits inside most strings from costing anything.
const LONG_INTEGER = /[:[,]\s*-?\d{16,}/;
/**
 * Parses JSON without losing a digit: integers beyond 2^53 become `bigint`.
 * The slower way with a reviver (https://tc39.es/proposal-json-parse-with-source/) is taken only when the text shows a long number.
 * @throws SyntaxError when the text is not JSON
 */
function parseJson(text) {
    if (!LONG_INTEGER.test(text))
        return JSON.parse(text);
    return JSON.parse(text, (_key, value, context) => {
        const source = context?.source;
        return typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
            ? BigInt(source)
            : value;
    });
}


/***/ }),

/***/ 77639:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ isLoopback),
/* harmony export */   c: () => (/* binding */ isSafeAddress)
/* harmony export */ });
/** Whether what is sent to an address stays among the two: it is encrypted, or does not leave this machine. */
function isSafeAddress(address) {
    const url = URL.parse(address);
    return url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
}
/** True for names and addresses of this machine, as `URL` gives them. */
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}


/***/ })

};
