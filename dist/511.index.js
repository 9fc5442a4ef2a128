export const id = 511;
export const ids = [511];
export const modules = {

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

/***/ 37593:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ isPlace),
/* harmony export */   h: () => (/* binding */ readWorkflowRun)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92857);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(64377);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83916);


const repository = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ full_name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/) });
const word = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[a-z_]{1,50}$/);
const workflowRunEvent = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    repository,
    workflow_run: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
        id: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().positive(),
        event: word,
        conclusion: word.nullable(),
        head_sha: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/),
        head_branch: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1).max(1000).nullable(),
        head_repository: repository.nullable(),
        repository,
        run_started_at: zod__WEBPACK_IMPORTED_MODULE_2__/* .datetime */ .w$({ offset: true }).nullish(),
    }),
});
/**
 * Reads which run a `workflow_run` event follows.
 *
 * @param event the event's content, as the runner gives it
 * @param place the repository in which this runs
 * @returns `nothing` when it is no finished, successful run of a pull request
 * @throws UserError when the content is another than GitHub describes, or of another repository
 * @see https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run
 */
function readWorkflowRun(event, place) {
    const parsed = workflowRunEvent.safeParse(event);
    if (!parsed.success) {
        const at = parsed.error.issues[0]?.path.join('.') ?? '';
        throw refuse(`The event is no workflow_run event as GitHub describes it${at === '' ? '' : ` (at ${at})`}.`);
    }
    const run = parsed.data.workflow_run;
    for (const { full_name } of [parsed.data.repository, run.repository]) {
        if (!isPlace(full_name, place))
            throw refuse(`The event is about a run of ${full_name}, and not of this repository.`);
    }
    if (run.event !== 'pull_request')
        return { type: 'nothing', why: `The run that this one follows was made by ${run.event}, not by a pull request.` };
    if (run.conclusion === null)
        return { type: 'nothing', why: 'The run that renders the pull request has not finished.' };
    if (run.conclusion !== 'success') {
        return { type: 'nothing', why: `The run that renders the pull request ended with ${run.conclusion}: its own log says why.` };
    }
    const owner = run.head_repository?.full_name.split('/')[0];
    const head = owner === undefined || run.head_branch === null ? null : { owner, branch: run.head_branch };
    return { id: run.id, headSha: run.head_sha, head, startedAt: run.run_started_at ?? null };
}
/** GitHub's names ignore case. */
function isPlace(fullName, { owner, repo }) {
    return fullName?.toLowerCase() === `${owner}/${repo}`.toLowerCase();
}
function refuse(message) {
    const remedy = 'Run this from a workflow `on: workflow_run` with `types: [completed]`, in the repository of the pull request.';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y({ message, where: 'workflow_run', remedy });
}


/***/ }),

/***/ 71082:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hd: () => (/* binding */ HANDOVER_FILE),
/* harmony export */   TE: () => (/* binding */ MOST_TARGETS),
/* harmony export */   TZ: () => (/* binding */ MOST_OBJECTS),
/* harmony export */   tX: () => (/* binding */ ARTIFACT),
/* harmony export */   uZ: () => (/* binding */ MOST_BYTES)
/* harmony export */ });
/** The artifact's name, and the one file in it. */
const ARTIFACT = 'plumbline-preview';
const HANDOVER_FILE = 'preview.json';
/** Beyond any real pull request, and within the memory of a job. */
const MOST_BYTES = 20 * 2 ** 20;
const MOST_TARGETS = 1000;
const MOST_OBJECTS = 20_000;


/***/ }),

/***/ 68861:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  d: () => (/* binding */ parseHandover),
  H: () => (/* binding */ refuseTwice)
});

// EXTERNAL MODULE: ./src/chart/collect-objects.ts
var collect_objects = __webpack_require__(84547);
// EXTERNAL MODULE: ./src/cluster/json.ts
var json = __webpack_require__(42806);
// EXTERNAL MODULE: ./src/compare/depth.ts
var depth = __webpack_require__(52530);
// EXTERNAL MODULE: ./src/handover/refuse-handover.ts
var refuse_handover = __webpack_require__(42671);
;// CONCATENATED MODULE: ./src/handover/check-json-text.ts


/** The envelope around an object, and the deepest place in it, `rendered` of an unstable path. */
const DEEPEST = depth/* MAX_DEPTH */.l + 20;
/** Twenty megabytes of `[],` would become hundreds of megabytes of objects; real texts have a value every 20 characters or so. */
const MOST_VALUES = 2_000_000;
/** Kubernetes has 64-bit numbers; reading an integer costs the square of its digits. */
const LONGEST_NUMBER = 64;
/**
 * Looks through a JSON text before it is parsed, for what the parser takes without a word: what would cost more than it is
 * worth, and what two programs would read in two ways.
 *
 * Whether it is JSON at all is left to the parser. Of a text that is, no place is missed here.
 *
 * @throws UserError: nested too deep, too many values, a number beyond every type, a name twice in one object, `__proto__`
 */
function checkJsonText(text) {
    const levels = [];
    let values = 1;
    for (let at = 0; at < text.length; at++) {
        const character = text[at];
        if (character === '"') {
            const end = findEnd(text, at);
            const names = levels.at(-1);
            if (names && isName(text, end))
                noteName(names, text.slice(at, end + 1));
            at = end;
        }
        else if (character === '{' || character === '[') {
            values += 1;
            if (levels.push(character === '{' ? new Set() : null) > DEEPEST) {
                throw (0,refuse_handover/* refuseHandover */.oO)(`It nests more than ${DEEPEST} levels deep, which no Kubernetes object does.`);
            }
        }
        else if (character === '}' || character === ']')
            levels.pop();
        else if (character === ',')
            values += 1;
        else if (character === '-' || isDigit(text.charCodeAt(at)))
            at = checkNumber(text, at) - 1;
        if (values > MOST_VALUES)
            throw (0,refuse_handover/* refuseHandover */.oO)(`It has more than ${MOST_VALUES} values, more than charts render.`);
    }
}
/** Where a string ends: at the next quote with an even number of backslashes before it. */
function findEnd(text, start) {
    for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
        let first = end;
        while (text[first - 1] === '\\')
            first--;
        if ((end - first) % 2 === 0)
            return end;
    }
    return text.length;
}
function isName(text, end) {
    for (let at = end + 1; at < text.length; at++) {
        const character = text[at];
        if (character !== ' ' && character !== '\n' && character !== '\r' && character !== '\t')
            return character === ':';
    }
    return false;
}
function noteName(names, quoted) {
    const name = quoted.includes('\\') ? decode(quoted) : quoted.slice(1, -1);
    if (name === '__proto__')
        throw (0,refuse_handover/* refuseHandover */.oO)('It has the name "__proto__", which is none in Kubernetes and a trap for programs.');
    if (names.has(name))
        throw (0,refuse_handover/* refuseHandover */.oO)(`It has the name ${(0,refuse_handover/* show */.WU)(name)} twice in one object, so it means two things at once.`);
    names.add(name);
}
/** What is no string is for the parser to tell. */
function decode(quoted) {
    try {
        return JSON.parse(quoted);
    }
    catch {
        return quoted;
    }
}
/** @returns where it ends */
function checkNumber(text, start) {
    let end = start + 1;
    while (end < text.length && isOfNumber(text.charCodeAt(end)))
        end++;
    const number = text.slice(start, end);
    if (number.length > LONGEST_NUMBER)
        throw (0,refuse_handover/* refuseHandover */.oO)(`It has a number of ${number.length} characters, more than Kubernetes reads.`);
    if (Math.abs(Number(number)) === Number.POSITIVE_INFINITY)
        throw (0,refuse_handover/* refuseHandover */.oO)(`It has the number ${number}, which is beyond every type of Kubernetes.`);
    return end;
}
function isDigit(code) {
    return code >= 48 && code <= 57;
}
/** Digits, `+`, `-`, `.`, `E` and `e`. */
function isOfNumber(code) {
    return isDigit(code) || code === 43 || code === 45 || code === 46 || code === 69 || code === 101;
}

// EXTERNAL MODULE: ./src/handover/model.ts
var model = __webpack_require__(71082);
// EXTERNAL MODULE: ./src/handover/schema.ts
var schema = __webpack_require__(64920);
;// CONCATENATED MODULE: ./src/handover/parse-handover.ts







/**
 * Reads a handover as data: JSON and nothing else, within bounds, of a known shape, and about targets that are known.
 *
 * Of an object's reference only whether it has a namespace is taken from the text, until `settleHandover` knows the cluster.
 *
 * @param text the file, from a job that anyone who opens a pull request may change
 * @param known the targets of the configuration, read from trusted code
 * @throws UserError with the reason
 */
function parseHandover(text, known) {
    const bytes = Buffer.byteLength(text);
    if (bytes > model/* MOST_BYTES */.uZ)
        throw (0,refuse_handover/* refuseHandover */.oO)(`It has ${(0,refuse_handover/* showSize */.tY)(bytes)}; at most ${refuse_handover/* MOST */._B} are read.`);
    checkJsonText(text);
    const parsed = schema/* handoverSchema */.zj.safeParse(parse(text));
    if (!parsed.success)
        throw tellIssue(parsed.error);
    const handover = (0,schema/* fromWritten */.iu)(parsed.data);
    const total = handover.targets.reduce((sum, { head }) => sum + (head?.objects.length ?? 0), 0);
    if (total > model/* MOST_OBJECTS */.TZ)
        throw (0,refuse_handover/* refuseHandover */.oO)(`It has ${total} objects; at most ${model/* MOST_OBJECTS */.TZ} are read.`);
    const namespaces = new Map(known.map(({ name, namespace }) => [name, namespace]));
    const names = new Set();
    const targets = handover.targets.map(({ name, head }) => {
        const namespace = namespaces.get(name);
        if (namespace === undefined) {
            const remedy = 'Both workflows have to read the same configuration: that of the base branch.';
            throw (0,refuse_handover/* refuseHandover */.oO)(`It has the target ${(0,refuse_handover/* show */.WU)(name)}, which the configuration does not know.`, remedy);
        }
        if (names.has(name))
            throw (0,refuse_handover/* refuseHandover */.oO)(`It has the target ${(0,refuse_handover/* show */.WU)(name)} twice.`);
        names.add(name);
        return { name, head: head === null ? null : checkDesired(head, namespace) };
    });
    return { ...handover, targets };
}
function parse(text) {
    try {
        return (0,json/* parseJson */.q)(text);
    }
    catch {
        // The parser's own message quotes the text.
        throw (0,refuse_handover/* refuseHandover */.oO)('It is not JSON. Nothing else is read, YAML least of all.');
    }
}
/** The first thing that is not as it is written. Texts within are hostile, names of unknown fields among them. */
function tellIssue(error) {
    const [issue] = error.issues;
    const at = issue?.path.map(String).join('.') ?? '';
    return (0,refuse_handover/* refuseHandover */.oO)(`It is not as Plumbline writes it${at === '' ? '' : `, at ${(0,refuse_handover/* show */.WU)(at)}`}: ${(0,refuse_handover/* show */.WU)(issue?.message ?? 'unknown')}.`);
}
function checkDesired(desired, namespace) {
    const objects = desired.objects.map((one) => ({ ...one, ref: checkRef(one, namespace) }));
    refuseTwice(objects);
    return { ...desired, objects };
}
/** The reference as the object itself gives it. */
function checkRef({ ref, object }, namespace) {
    const shown = (0,refuse_handover/* show */.WU)(`${ref.kind}/${ref.name}`);
    if ((0,depth/* isTooDeep */.f)(object))
        throw (0,refuse_handover/* refuseHandover */.oO)(`${shown} nests more than ${depth/* MAX_DEPTH */.l} levels deep, which is not compared.`);
    const own = (0,collect_objects/* refOf */.H8)(object, namespace, ref.namespace !== null);
    if (own === null)
        throw (0,refuse_handover/* refuseHandover */.oO)(`${shown} has no apiVersion, kind or metadata.name of its own.`);
    if ((0,collect_objects/* nameObject */.Td)(own) !== (0,collect_objects/* nameObject */.Td)(ref))
        throw (0,refuse_handover/* refuseHandover */.oO)(`${shown} is said to be another object than it is, ${(0,refuse_handover/* show */.WU)(`${own.kind}/${own.name}`)}.`);
    return own;
}
/** @throws UserError when two objects of one target have the same identity */
function refuseTwice(objects) {
    const seen = new Set();
    const twice = objects.find(({ ref }) => seen.size === seen.add((0,collect_objects/* nameObject */.Td)(ref)).size)?.ref;
    if (twice !== undefined)
        throw (0,refuse_handover/* refuseHandover */.oO)(`It has ${(0,refuse_handover/* show */.WU)(`${twice.kind}/${twice.name}`)} twice in one target.`);
}


/***/ }),

/***/ 42671:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WU: () => (/* binding */ show),
/* harmony export */   _B: () => (/* binding */ MOST),
/* harmony export */   oO: () => (/* binding */ refuseHandover),
/* harmony export */   tY: () => (/* binding */ showSize)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83916);
/* harmony import */ var _model_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(71082);


const REMEDY = 'Let Plumbline write it, and upload it as it is.';
/**
 * What cannot be believed, as a fault.
 *
 * @param message a sentence; hostile texts in it by `show`
 * @param remedy what the person who set up the two workflows can do
 */
function refuseHandover(message, remedy = REMEDY) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y({ message, where: _model_js__WEBPACK_IMPORTED_MODULE_1__/* .HANDOVER_FILE */ .Hd, remedy });
}
/** A hostile text for a sentence: quoted, without control characters, and short. */
function show(text) {
    return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}
/** `31 MB`, for a size that is over the bound; a tenth more says that it is. */
function showSize(bytes) {
    const megabytes = bytes / 2 ** 20;
    return bytes > _model_js__WEBPACK_IMPORTED_MODULE_1__/* .MOST_BYTES */ .uZ && megabytes < _model_js__WEBPACK_IMPORTED_MODULE_1__/* .MOST_BYTES */ .uZ / 2 ** 20 + 1 ? `${megabytes.toFixed(2)} MB` : `${Math.round(megabytes)} MB`;
}
/** The bound in words. */
const MOST = `${_model_js__WEBPACK_IMPORTED_MODULE_1__/* .MOST_BYTES */ .uZ / 2 ** 20} MB`;


/***/ }),

/***/ 64920:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cb: () => (/* binding */ toWrittenTarget),
/* harmony export */   iu: () => (/* binding */ fromWritten),
/* harmony export */   zj: () => (/* binding */ handoverSchema)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92857);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(88532);
/* harmony import */ var _compare_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62669);
/* harmony import */ var _model_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(71082);



/** Kubernetes' own bounds of names, and of a group with its version. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const name = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1).max(253);
const apiVersion = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1).max(317);
const commit = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const text = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().max(20_000);
const path = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().max(4096);
/** The objects themselves go through as they are: zod would copy them, and drop names on the way. */
const object = zod__WEBPACK_IMPORTED_MODULE_1__/* .custom */ .IeY((value) => (0,_compare_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value), 'expected an object');
const json = zod__WEBPACK_IMPORTED_MODULE_1__/* .custom */ .IeY((value) => value !== undefined, 'expected a value');
const scalar = zod__WEBPACK_IMPORTED_MODULE_1__/* .custom */ .IeY((value) => value !== undefined && !(0,_compare_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isComposite */ .mO)(value), 'expected a single value');
const key = zod__WEBPACK_IMPORTED_MODULE_1__/* .custom */ .IeY((value) => {
    if (!(0,_compare_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value))
        return false;
    const values = Object.values(value);
    return values.length > 0 && values.length <= 20 && !values.some(_compare_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isComposite */ .mO);
}, 'expected one to twenty key fields');
/**
 * A list that ends at the first entry that is wrong: zod would go on, and keep an issue for each of a million entries.
 */
function listOf(entry, most) {
    return zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J())
        .max(most)
        .transform((all, context) => {
        const good = [];
        for (const [at, one] of all.entries()) {
            const parsed = entry.safeParse(one);
            if (!parsed.success) {
                const [issue] = parsed.error.issues;
                context.addIssue({ code: 'custom', message: issue?.message ?? 'not as expected', path: [at, ...(issue?.path ?? [])] });
                return zod__WEBPACK_IMPORTED_MODULE_2__/* .NEVER */ .tm;
            }
            good.push(parsed.data);
        }
        return good;
    });
}
const ref = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ apiVersion, kind: name, namespace: name.nullable(), name });
const step = zod__WEBPACK_IMPORTED_MODULE_1__/* .union */ .KCZ([
    zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ field: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP() }),
    zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ key }),
    zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ value: scalar }),
    zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ index: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(0) }),
]);
const steps = listOf(step, 600);
/** JSON has no `undefined`: `{}` is what was absent in a render. */
const rendered = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ value: json.optional() });
const unstable = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    path: steps,
    why: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['random', 'install-or-upgrade', 'deploy-time']),
    rendered: listOf(rendered, 100),
});
const desiredObject = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    ref,
    object,
    template: path.nullable(),
    fromCrds: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY(),
    unstable: listOf(unstable, 10_000),
});
const setAside = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ object: ref, reason: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().max(253) });
const hook = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ object: ref, digest: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[0-9a-f]{64}$/) });
const note = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ kind: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().max(253), object: ref.optional(), path: path.optional(), message: text });
const desired = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    objects: listOf(desiredObject, _model_js__WEBPACK_IMPORTED_MODULE_3__/* .MOST_OBJECTS */ .TZ),
    setAside: listOf(setAside, _model_js__WEBPACK_IMPORTED_MODULE_3__/* .MOST_OBJECTS */ .TZ),
    hooks: listOf(hook, _model_js__WEBPACK_IMPORTED_MODULE_3__/* .MOST_OBJECTS */ .TZ).optional(),
    notes: listOf(note, _model_js__WEBPACK_IMPORTED_MODULE_3__/* .MOST_OBJECTS */ .TZ),
});
/** A handover as it is written. Every name that it does not know is refused: nothing goes through unseen. */
const handoverSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    schemaVersion: zod__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz('1'),
    pullRequest: zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ number: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().positive(), head: commit, base: commit.nullable() }),
    kubeVersion: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
        .max(64)
        .regex(/^v?\d+\.\d+[\w.+-]*$/),
    targets: listOf(zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1).max(253), head: desired.nullable() }), _model_js__WEBPACK_IMPORTED_MODULE_3__/* .MOST_TARGETS */ .TE),
});
/** From what is written to the words of the model. */
function fromWritten({ pullRequest, kubeVersion, targets }) {
    return { pullRequest, kubeVersion, targets: targets.map(({ name, head }) => ({ name, head: head === null ? null : toDesired(head) })) };
}
function toDesired({ objects, setAside, hooks, notes }) {
    const back = (one) => ({ ...one, rendered: one.rendered.map(({ value }) => value) });
    return {
        objects: objects.map((one) => ({ ...one, unstable: one.unstable.map(back) })),
        setAside,
        ...(hooks === undefined ? {} : { hooks }),
        notes: notes,
    };
}
/** The other way, target by target. */
function toWrittenTarget({ name, head }) {
    if (head === null)
        return { name, head };
    const wrap = (one) => ({ ...one, rendered: one.rendered.map((value) => (value === undefined ? {} : { value })) });
    return { name, head: { ...head, objects: head.objects.map((one) => ({ ...one, unstable: one.unstable.map(wrap) })) } };
}


/***/ }),

/***/ 64511:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  previewPullRequest: () => (/* binding */ previewPullRequest)
});

// EXTERNAL MODULE: ./src/cluster/saved-source.ts + 2 modules
var saved_source = __webpack_require__(87152);
// EXTERNAL MODULE: ./src/deliver/files.ts
var files = __webpack_require__(93806);
// EXTERNAL MODULE: ./src/handover/model.ts
var model = __webpack_require__(71082);
// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(83916);
// EXTERNAL MODULE: ./src/handover/parse-handover.ts + 1 modules
var parse_handover = __webpack_require__(68861);
// EXTERNAL MODULE: ./src/handover/refuse-handover.ts
var refuse_handover = __webpack_require__(42671);
// EXTERNAL MODULE: ./src/github/explain-absence.ts
var explain_absence = __webpack_require__(15770);
// EXTERNAL MODULE: ./src/github/read-workflow-run.ts
var read_workflow_run = __webpack_require__(37593);
;// CONCATENATED MODULE: ./src/github/fetch-handover.ts





/**
 * Fetches what the run that a `workflow_run` event follows handed over: at most three REST requests, and one to the storage.
 *
 * Which pull request it is for is asked of GitHub. What the artifact says of itself has to agree; where one branch is proposed
 * to several, it tells which of those it is about, and no other.
 *
 * @param context the repository and the event
 * @param known the targets of the configuration, read from trusted code
 * @throws UserError when GitHub does not give it, or when it is refused; then nothing of it was used
 */
async function fetchHandover(context, options, known) {
    const run = (0,read_workflow_run/* readWorkflowRun */.h)(context.event, context);
    if ('type' in run)
        return run;
    // Most of the code of a GitHub client and of a zip reader; no other run needs both.
    const [{ openOctokit }, { findPullRequests }, { downloadArtifact }, { unzipHandover }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(119), __webpack_require__.e(239), __webpack_require__.e(687)]).then(__webpack_require__.bind(__webpack_require__, 96687)),
        __webpack_require__.e(/* import() */ 929).then(__webpack_require__.bind(__webpack_require__, 929)),
        __webpack_require__.e(/* import() */ 410).then(__webpack_require__.bind(__webpack_require__, 81410)),
        Promise.all(/* import() */[__webpack_require__.e(663), __webpack_require__.e(649)]).then(__webpack_require__.bind(__webpack_require__, 41649)),
    ]);
    const { octokit } = openOctokit(options);
    const pulls = await ask('pull requests', () => findPullRequests(octokit, context, run));
    if ('type' in pulls)
        return pulls;
    const zip = await ask('artifacts', () => downloadArtifact(octokit, context, run, options.fetch ?? fetch));
    const handover = (0,parse_handover/* parseHandover */.d)(await unzipHandover(zip), known);
    const { number, head } = handover.pullRequest;
    const pullRequest = pulls.find((pull) => pull.number === number);
    if (pullRequest === undefined) {
        const named = pulls.map((pull) => pull.number).join(' or ');
        throw (0,refuse_handover/* refuseHandover */.oO)(`It says that it is of pull request ${number}; GitHub says that the run was for ${named}.`);
    }
    if (head !== run.headSha)
        throw (0,refuse_handover/* refuseHandover */.oO)(`It says that it is of commit ${head}; GitHub says that the run was for ${run.headSha}.`);
    return { type: 'found', pullRequest, handover, run: run.id };
}
async function ask(source, question) {
    try {
        return await question();
    }
    catch (error) {
        if (error instanceof errors/* UserError */.y)
            throw error;
        const { source: where, why, remedy } = (0,explain_absence/* explainAbsence */.n)(source, error);
        throw new errors/* UserError */.y({ message: `They could not be read: ${why}.`, where, remedy });
    }
}

// EXTERNAL MODULE: ./src/github/refusal.ts
var refusal = __webpack_require__(46047);
;// CONCATENATED MODULE: ./src/github/find-merge-base.ts

/**
 * Asks GitHub at which commit two others went apart. For a checkout without its history.
 *
 * @param place the repository that a pull request is to be merged into; it has the commits of its forks too
 * @throws what Octokit throws; RefusalError for an answer that is none
 * @see https://docs.github.com/rest/commits/commits#compare-two-commits
 */
async function findMergeBase({ owner, repo }, options, [base, head]) {
    const { openOctokit } = await Promise.all(/* import() */[__webpack_require__.e(119), __webpack_require__.e(239), __webpack_require__.e(687)]).then(__webpack_require__.bind(__webpack_require__, 96687));
    const { octokit } = openOctokit({ ...options, wait: false });
    // One commit and its files is all that is wanted of what may be thousands.
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead: `${base}...${head}`, per_page: 1 });
    const found = /^[0-9a-f]{40}$/.exec(data.merge_base_commit?.sha ?? '')?.[0];
    if (found === undefined)
        throw (0,refusal/* refuseAnswer */.$e)();
    return found;
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(92857);
// EXTERNAL MODULE: ./src/github/pull-request-target.ts
var pull_request_target = __webpack_require__(16600);
;// CONCATENATED MODULE: ./src/github/read-pull-request.ts



/** https://docs.github.com/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions */
const DEPENDABOT = 'dependabot[bot]';
const commit = schemas/* string */.YjP().regex(/^[0-9a-f]{40}$/);
const repository = schemas/* object */.Ikc({ full_name: schemas/* string */.YjP().min(3).max(200) });
const person = schemas/* object */.Ikc({ login: schemas/* string */.YjP().min(1).max(100) });
const schema = schemas/* object */.Ikc({
    action: schemas/* string */.YjP(),
    pull_request: schemas/* object */.Ikc({
        number: schemas/* int */.Whr().positive(),
        html_url: schemas/* string */.YjP()
            .max(2_000)
            .regex(/^https?:\/\/[^\s]+$/),
        base: schemas/* object */.Ikc({ sha: commit, ref: schemas/* string */.YjP().min(1).max(1_000), repo: repository }),
        head: schemas/* object */.Ikc({ sha: commit, repo: repository.nullish() }),
        // Null for an account that is no more.
        user: person.nullish(),
    }),
    sender: person.nullish(),
});
/**
 * Reads which pull request a run is for.
 *
 * @throws UserError for another event, and for `pull_request_target`, which must not be used with a stranger's chart;
 *   when the event is not as GitHub describes it
 * @see https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request
 */
function readPullRequest({ eventName, event }) {
    if (eventName !== 'pull_request')
        throw refuseEvent(eventName);
    const parsed = schema.safeParse(event);
    if (!parsed.success)
        throw tellUnreadable(parsed.error);
    const { action, pull_request: pull, sender } = parsed.data;
    const author = pull.user?.login ?? '';
    const fromFork = pull.head.repo?.full_name.toLowerCase() !== pull.base.repo.full_name.toLowerCase();
    return {
        ...{ number: pull.number, url: pull.html_url, closed: action === 'closed', author, fromFork },
        base: { sha: pull.base.sha, ref: pull.base.ref },
        head: { sha: pull.head.sha },
        // Who set the run off decides it: a person's push to Dependabot's branch runs with secrets.
        hasSecrets: !fromFork && (sender?.login ?? author) !== DEPENDABOT,
    };
}
function refuseEvent(eventName) {
    if (eventName === 'pull_request_target')
        return new errors/* UserError */.y({ ...pull_request_target/* PULL_REQUEST_TARGET_REFUSED */.x, where: 'mode' });
    return new errors/* UserError */.y({
        where: 'mode',
        message: `a preview is of a pull request, but this run is for ${eventName === '' ? 'no event' : `the event \`${eventName}\``}.`,
        remedy: 'Use it in a workflow with `on: pull_request`.',
    });
}
function tellUnreadable({ issues }) {
    const places = [...new Set(issues.map(({ path }) => path.join('.') || 'the event as a whole'))];
    return new errors/* UserError */.y({
        where: 'GITHUB_EVENT_PATH',
        message: `the event is not a pull request as GitHub describes it (${places.join(', ')}).`,
        remedy: 'Run Plumbline in a workflow with `on: pull_request`, and leave the event as the runner wrote it.',
    });
}

// EXTERNAL MODULE: ./src/inputs/action.ts + 14 modules
var action = __webpack_require__(43372);
// EXTERNAL MODULE: ./src/chart/check-source.ts + 1 modules
var check_source = __webpack_require__(38696);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./src/chart/read-dependencies.ts
var read_dependencies = __webpack_require__(13898);
// EXTERNAL MODULE: ./src/inputs/workspace.ts
var inputs_workspace = __webpack_require__(74532);
// EXTERNAL MODULE: ./src/is-below.ts
var is_below = __webpack_require__(95135);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./src/trees/list-files.ts




/** As much as is ever taken out of a commit. */
const MAX_FILES = 20_000;
const MAX_ROUNDS = 6;
/**
 * Lists files below some paths, and what links among them lead to within the folder: helm follows links.
 *
 * @param paths absolute; those that are not there, or lie outside of the folder, give nothing
 * @throws UserError where there are too many to be a chart
 */
async function listFiles(paths, folder) {
    const top = await (0,external_node_fs_promises_.realpath)(folder);
    const found = new Map();
    const linked = new Set();
    let next = paths.map((path) => (0,external_node_path_.join)(top, (0,external_node_path_.relative)(folder, path)));
    for (let round = 0; next.length > 0 && round < MAX_ROUNDS; round++) {
        const before = found.size;
        for (const path of next)
            await collect(path, top, found);
        const links = [...found.values()].slice(before).filter(({ link }) => link !== null);
        const ends = await Promise.all(links.map(({ file }) => (0,external_node_fs_promises_.realpath)(file).catch(() => null)));
        next = [...new Set(ends)].filter((path) => path !== null && (0,inputs_workspace/* isInside */.F)(path, top));
        for (const path of next)
            linked.add((0,external_node_path_.relative)(top, path).split(external_node_path_.sep).join('/'));
    }
    return { files: found, linked: [...linked] };
}
async function collect(path, top, found) {
    if (!(0,inputs_workspace/* isInside */.F)(path, top))
        return;
    const way = (0,external_node_path_.relative)(top, path).split(external_node_path_.sep);
    if (way.includes('.git'))
        return;
    const status = await (0,external_node_fs_promises_.lstat)(path).catch(() => null);
    if (status?.isDirectory()) {
        for (const name of await (0,external_node_fs_promises_.readdir)(path))
            await collect((0,external_node_path_.join)(path, name), top, found);
        return;
    }
    if (!status?.isFile() && !status?.isSymbolicLink())
        return;
    if (found.size >= MAX_FILES)
        throw tellTooMany();
    const link = status.isSymbolicLink() ? await (0,external_node_fs_promises_.readlink)(path) : null;
    found.set(way.join('/'), { path: way.join('/'), file: path, size: status.size, link });
}
function tellTooMany() {
    const message = `the chart and what it needs are more than ${MAX_FILES} files.`;
    return new errors/* UserError */.y({ where: 'chart', message, remedy: 'Give the folder of the chart itself.' });
}

// EXTERNAL MODULE: ./src/chart/search-chart.ts
var search_chart = __webpack_require__(94343);
;// CONCATENATED MODULE: ./src/trees/sort-file.ts


/** What helm itself reads of a chart. It hands every other file to templates, which may or may not read it. */
const READ_BY_HELM = /^(?:Chart\.(?:yaml|lock)|requirements\.(?:yaml|lock)|values\.yaml|values\.schema\.json|\.helmignore)$/;
/** The sort of a file in a chart's folder. @param path from the chart's folder, with slashes */
function sortChartFile(path) {
    const [first = '', ...rest] = path.split('/');
    if (rest.length === 0 && first === 'values.yaml')
        return 'values';
    if (rest.length === 0 && /^(?:Chart\.lock|requirements\.(?:yaml|lock))$/.test(first))
        return 'dependencies';
    if (rest.length === 0)
        return 'other';
    if (first === 'templates')
        return 'templates';
    if (first === 'charts')
        return 'dependencies';
    return first === 'crds' ? 'definitions' : 'other';
}
/**
 * Whether a file in a chart's folder can change what the chart renders. Where a template mentions `.Files`, any can; so can a
 * README.md then. When in doubt it can: a target that is previewed for nothing costs less than one that is passed over.
 */
function canChangeRender(path, readsFiles) {
    return readsFiles || READ_BY_HELM.test(path) || /^(?:templates|charts|crds)\//.test(path);
}
/**
 * Whether a template of a chart, or of a dependency in its `charts/`, may read files of the chart. Only the word is looked for,
 * since there are many ways to get at it: `.Files`, `$.Files`, `$root.Files`, `index . "Files"`.
 */
async function readsFiles(chart) {
    const texts = await (0,search_chart/* readTemplates */.QT)(chart).catch(() => null);
    return texts === null || [...texts].some(([path, text]) => /\bFiles\b/.test(text) || path.endsWith('.tgz'));
}
/** What a chart declares as its dependencies, to be compared; null where it cannot be read. */
async function describeDependencies(chart) {
    return (0,read_dependencies/* readDependencies */.g)(chart).then(({ declared }) => JSON.stringify(declared), () => null);
}

;// CONCATENATED MODULE: ./src/trees/list-changed-files.ts









/**
 * Lists the files of a target that differ between base and pull request: chart, values, manifests, the charts of `file:`
 * dependencies, and what links lead to. Files are compared byte by byte, links by where they lead.
 *
 * @param prefix the folder of the checkout, from the workspace; empty where they are one
 * @throws UserError where there are too many files to be a chart
 */
async function listChangedFiles(base, head, prefix = '') {
    const [before, after] = await Promise.all([base, head].map(listSide));
    const differing = await compare(before?.files ?? new Map(), after?.files ?? new Map());
    if (differing.length === 0)
        return { files: [], touched: false };
    const sides = [before, after].flatMap((side) => (side === null || side === undefined ? [] : [side]));
    const isWhole = before !== null && after !== null;
    const reads = (await Promise.all(sides.flatMap(({ charts, folder }) => charts.map((one) => readsFiles((0,external_node_path_.join)(folder, one)))))).includes(true);
    const sorted = await Promise.all(differing.map(async ({ path, change }) => {
        const sort = await sortFile(path, sides);
        return { path: stripPrefix(path, prefix), change, sort, touches: !isWhole || canTouch(path, sort, sides, reads) };
    }));
    const files = sorted.map(({ path, change, sort }) => ({ path, change, sort }));
    return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), touched: sorted.some(({ touches }) => touches) };
}
async function listSide({ target, folder }) {
    if (target === null)
        return null;
    const { source } = target;
    const toPath = (path) => (0,external_node_path_.relative)(folder, path).split(external_node_path_.sep).join('/');
    if (source.type === 'manifests') {
        const listing = await listFiles([source.path], folder);
        return { folder, ...listing, charts: [], values: [], manifests: toPath(source.path) };
    }
    const charts = [source.chart, ...(await listLocalCharts(source.chart, folder))];
    const listing = await listFiles([...charts, ...source.values], folder);
    return { folder, ...listing, charts: charts.map(toPath), values: source.values.map(toPath), manifests: null };
}
async function listLocalCharts(chart, folder) {
    // Of a packaged chart, or one that cannot be read, the render has to say what is wrong.
    const { declared } = await (0,read_dependencies/* readDependencies */.g)(chart).catch(() => ({ declared: [] }));
    return declared
        .filter(({ repository }) => repository.startsWith('file://'))
        .map(({ repository }) => (0,external_node_path_.join)(chart, repository.slice('file://'.length)))
        .filter((path) => (0,inputs_workspace/* isInside */.F)(path, folder));
}
async function compare(before, after) {
    const paths = [...new Set([...before.keys(), ...after.keys()])];
    const found = [];
    for (const path of paths) {
        const [one, other] = [before.get(path), after.get(path)];
        if (one === undefined)
            found.push({ path, change: 'added' });
        else if (other === undefined)
            found.push({ path, change: 'removed' });
        else if (!(await isSame(one, other)))
            found.push({ path, change: 'changed' });
    }
    return found;
}
async function isSame(one, other) {
    if (one.link !== other.link || one.size !== other.size)
        return false;
    return one.link !== null || (await hashFile(one.file)) === (await hashFile(other.file));
}
async function hashFile(file) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    await (0,promises_.pipeline)((0,external_node_fs_.createReadStream)(file), hash);
    return hash.digest('hex');
}
async function sortFile(path, sides) {
    if (sides.some(({ manifests }) => manifests !== null && (0,is_below/* isBelow */.Y)(path, manifests)))
        return 'manifests';
    if (sides.some(({ values }) => values.includes(path)))
        return 'values';
    if (sides.some(({ charts: [own] }) => own !== undefined && path === (0,external_node_path_.join)(own, 'Chart.yaml'))) {
        const declared = await Promise.all(sides.map(({ folder, charts: [own = ''] }) => describeDependencies((0,external_node_path_.join)(folder, own))));
        // With one side, a new or removed chart, there is nothing that they differ from.
        return sides.length === 2 && declared[0] !== declared[1] ? 'dependencies' : 'other';
    }
    const [own] = sides.flatMap(({ charts: [chart] }) => (chart !== undefined && (0,is_below/* isBelow */.Y)(path, chart) ? [chart] : []));
    if (own !== undefined)
        return sortChartFile(stripPrefix(path, own));
    return sides.some(({ charts }) => charts.some((chart) => (0,is_below/* isBelow */.Y)(path, chart))) ? 'dependencies' : 'other';
}
function canTouch(path, sort, sides, reads) {
    if (sort === 'values' || sort === 'manifests')
        return true;
    // What a link leads to is read under the link's name: it may be a template.
    if (sides.some(({ linked }) => linked.some((end) => (0,is_below/* isBelow */.Y)(path, end))))
        return true;
    const [chart] = sides.flatMap(({ charts }) => charts.filter((one) => (0,is_below/* isBelow */.Y)(path, one)));
    // A packaged chart is a file itself.
    return chart === undefined || chart === path || canChangeRender(stripPrefix(path, chart), reads);
}
function stripPrefix(path, folder) {
    return folder !== '' && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}

;// CONCATENATED MODULE: ./src/trees/is-there.ts

/** Whether there is a file or a folder, links followed. */
function isThere(path) {
    return (0,external_node_fs_promises_.stat)(path).then(() => true, () => false);
}

;// CONCATENATED MODULE: ./src/trees/relocate-target.ts





/**
 * The same target in the base tree, which is given its files. Values files that the base does not have are left out and
 * noted: helm would not render without them, and that a pull request brings one is no fault of the base.
 *
 * @param workspace the target's own
 * @throws UserError where the base's files hold what they must not
 */
async function relocateTarget(target, tree, workspace) {
    const untracked = (await tree.addSource(target.source)).map(noteUntracked);
    const move = (path) => findInTree(path, workspace, tree.folder);
    const { source } = target;
    if (source.type === 'manifests') {
        const path = await move(source.path);
        return { target: (await isThere(path)) ? { ...target, source: { ...source, path } } : null, missingValues: [], notes: untracked };
    }
    const chart = await move(source.chart);
    if (!(await hasChart(chart)))
        return { target: null, missingValues: [], notes: [] };
    const moved = await Promise.all(source.values.map(move));
    const there = await Promise.all(moved.map(isThere));
    const values = moved.filter((_, index) => there[index] === true);
    const missingValues = source.values.filter((_, index) => there[index] === false).map((path) => (0,check_source/* showPath */.P8)(path, workspace));
    const notes = missingValues.map((path) => ({
        kind: 'base',
        message: `The base has no values file ${path}, so it is rendered without it.`,
    }));
    return { target: { ...target, source: { ...source, chart, values } }, missingValues, notes: [...untracked, ...notes] };
}
/**
 * What the pull request itself has of a target. A values file that it does not have is for the render to refuse, as helm
 * would when it is deployed.
 *
 * @param workspace the target's own
 */
async function findHeadTarget(target, workspace) {
    const { source } = target;
    if (source.type === 'manifests')
        return { target: (await isThere(source.path)) ? target : null, missingValues: [], notes: [] };
    if (!(await hasChart(source.chart)))
        return { target: null, missingValues: [], notes: [] };
    const there = await Promise.all(source.values.map(isThere));
    const missingValues = source.values.filter((_, index) => there[index] === false).map((path) => (0,check_source/* showPath */.P8)(path, workspace));
    return { target, missingValues, notes: [] };
}
function noteUntracked(path) {
    const message = `${path} is in no commit of this repository (an earlier step made it, or it is a submodule's), so base and pull request are both taken to have it as it is now.`;
    return { kind: 'base', message };
}
/** The same path in the tree. A folder may be behind a link in the workspace; then the tree has what it leads to. */
async function findInTree(path, workspace, folder) {
    const [top, real] = await Promise.all([(0,external_node_fs_promises_.realpath)(workspace), (0,external_node_fs_promises_.realpath)(path).catch(() => path)]);
    const ways = [(0,external_node_path_.relative)(workspace, path), (0,external_node_path_.relative)(top, real)].filter((way) => (0,inputs_workspace/* isInside */.F)((0,external_node_path_.join)(folder, way), folder));
    const found = ways.map((way) => (0,external_node_path_.join)(folder, way));
    for (const one of found)
        if (await isThere(one))
            return one;
    return found[0] ?? path;
}
/** A folder from which the chart was taken away may be left with other things in it. */
async function hasChart(path) {
    return path.endsWith('.tgz') ? isThere(path) : isThere((0,external_node_path_.join)(path, 'Chart.yaml'));
}

;// CONCATENATED MODULE: ./src/preview-request.ts




/** What is previewed of a working copy or a checkout: both sides of every target that differs between them. */
async function buildRequest(pullRequest, inputs, tree, notes) {
    const { workspace } = inputs;
    const sides = await Promise.all(inputs.targets.map((target) => findSides(target, inputs, tree)));
    const isTouched = ({ touched, failed }) => touched || failed !== undefined || inputs.previewAll;
    return {
        pullRequest,
        targets: sides.filter(isTouched),
        untouched: sides.filter((one) => !isTouched(one)).map(({ target }) => target.name),
        folders: { base: tree.folder, head: workspace },
        against: findAgainst(inputs),
        notes: [...notes, ...sides.flatMap((one) => one.notes)],
    };
}
/** Without a credential or a saved state, the base is all that there is to compare with. */
function findAgainst({ kubeconfig, live }) {
    return kubeconfig.type === 'none' && live === null ? 'base' : 'cluster';
}
async function findSides(target, { workspace }, tree) {
    try {
        const [before, after] = await Promise.all([relocateTarget(target, tree, workspace), findHeadTarget(target, workspace)]);
        if (before.target === null && after.target === null)
            throw tellNowhere(target, workspace);
        // A link may lead to a device that never ends: nothing is read then, and the render tells which link it is.
        const isBroken = after.target !== null && (await (0,check_source/* checkSource */.As)(after.target.source, workspace)).length > 0;
        const sides = [
            { target: before.target, folder: tree.folder },
            { target: after.target, folder: workspace },
        ];
        const changed = isBroken ? { files: [], touched: true } : await listChangedFiles(...sides, tree.prefix);
        // A values file that is not there is for the render to tell, however little the pull request touches.
        const touched = changed.touched || after.missingValues.length > 0;
        return { target, base: before.target, head: after.target, files: changed.files, touched, notes: [...before.notes, ...after.notes] };
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.y))
            throw error;
        // One target's sources must not stop the others.
        return { target, base: null, head: null, files: [], touched: true, notes: [], failed: error };
    }
}
function tellNowhere({ source }, workspace) {
    const [where, path] = source.type === 'chart' ? ['chart', source.chart] : ['manifests', source.path];
    const message = `${(0,check_source/* showPath */.P8)(path, workspace)} exists neither in the pull request nor in its base.`;
    return new errors/* UserError */.y({ where, message, remedy: 'Check the path; it is relative to the root of the repository.' });
}
/** Removes the base's files where something goes wrong; else that is for the caller to do. */
async function orClose(tree, work) {
    try {
        return await work();
    }
    catch (error) {
        await tree.close();
        throw error;
    }
}

// EXTERNAL MODULE: ./src/chart/git.ts
var git = __webpack_require__(60048);
// EXTERNAL MODULE: ./src/chart/find-commits.ts
var find_commits = __webpack_require__(47238);
;// CONCATENATED MODULE: ./src/trees/list-checkouts.ts



/**
 * The Git repositories of a workspace: itself, or, where it is none, those right below it, as actions/checkout makes them
 * with `path`.
 * @returns none where there is no git, or where the checkout came as an archive
 */
async function list_checkouts_listCheckouts(workspace) {
    const top = await (0,external_node_fs_promises_.realpath)(workspace);
    const own = await (0,find_commits/* findRepository */.W1)(top, top);
    if (!('what' in own))
        return [own];
    const entries = await (0,external_node_fs_promises_.readdir)(top, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => (0,external_node_path_.join)(top, name));
    const found = await Promise.all(folders.sort().map((folder) => (0,find_commits/* findRepository */.W1)(folder, top)));
    return found.flatMap((one) => ('what' in one ? [] : [one]));
}

;// CONCATENATED MODULE: ./src/trees/find-base.ts




/**
 * Finds the commit that a pull request is to be compared with: the first parent of GitHub's merge commit where that is
 * checked out, else the commit at which the pull request left its branch. The checkout needs no history for it.
 */
async function findBase(pull, tools) {
    const repositories = await list_checkouts_listCheckouts(tools.workspace);
    const checkouts = (await Promise.all(repositories.map(readCheckout))).flatMap((one) => one ?? []);
    const merged = checkouts.find(({ parents }) => parents.length === 2 && parents[1] === pull.head.sha);
    const [base] = merged?.parents ?? [];
    if (merged !== undefined && base !== undefined) {
        return { commit: base, head: merged.id, checkout: merged.repository, notes: [] };
    }
    const own = checkouts.find(({ id }) => id === pull.head.sha);
    const checkout = own ?? checkouts[0] ?? null;
    const found = await findForkPoint(pull, checkout, tools);
    const other = checkout !== null && own === undefined ? [tellOther(checkout.id, pull.head.sha)] : [];
    return { commit: found.commit, head: checkout?.id ?? null, checkout: checkout?.repository ?? null, notes: [...other, ...found.notes] };
}
/**
 * Finds the commit that a working copy is to be compared with: the one at which it and a revision went apart.
 *
 * @param revision as git takes it: a branch, a tag, a commit
 * @throws UserError where git does not know it
 */
async function findNamedBase(revision, workspace) {
    const [repository] = await listCheckouts(workspace);
    if (repository === undefined) {
        const remedy = 'Run it in a Git repository, on a machine with git.';
        throw new UserError({ where: '--base', message: `${workspace} lies in no Git repository.`, remedy });
    }
    const head = await readCommitId(repository, 'HEAD');
    const named = await readCommitId(repository, revision);
    if (named === null || head === null) {
        const message = `git knows no commit \`${revision}\`.`;
        throw new UserError({ where: '--base', message, remedy: 'Fetch it first, or name a branch, a tag or a commit that `git log` shows.' });
    }
    const forked = await findLocally(repository, named, head);
    const apart = {
        kind: 'base',
        message: `\`${revision}\` and the working copy have no commit in common here, so they are compared as they are.`,
    };
    return { commit: forked ?? named, head, checkout: repository, notes: forked === null ? [apart] : [] };
}
async function findForkPoint({ base, head }, checkout, tools) {
    const local = checkout === null ? null : await findLocally(checkout.repository, base.sha, checkout.id);
    // Where commits are cut off, a common one that is found may not be the newest.
    if (local !== null && checkout?.repository.shallow === false)
        return { commit: local, notes: [] };
    try {
        return { commit: await tools.askMergeBase([base.sha, checkout?.id ?? head.sha]), notes: [] };
    }
    catch (error) {
        if (local !== null)
            return { commit: local, notes: [] };
        return { commit: base.sha, notes: [tellInexact((0,refusal/* explainRefusal */.GC)(error).message)] };
    }
}
async function findLocally({ top, workspace }, one, other) {
    const result = await (0,git/* runGit */.EO)({ folder: top, workspace, args: ['merge-base', one, other] });
    return result.ok ? readId(result.stdout) : null;
}
async function readCommitId({ top, workspace }, revision) {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
    const result = await (0,git/* runGit */.EO)({ folder: top, workspace, args });
    return result.ok ? readId(result.stdout) : null;
}
/** The parents as the commit itself names them: a shallow clone hides them from every other command. */
async function readCheckout(repository) {
    const id = await readCommitId(repository, 'HEAD');
    if (id === null)
        return null;
    const result = await (0,git/* runGit */.EO)({ folder: repository.top, workspace: repository.workspace, args: ['cat-file', 'commit', id] });
    if (!result.ok)
        return null;
    const [head = ''] = result.stdout.toString('utf8').split('\n\n', 1);
    return { repository, id, parents: [...head.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map(([, parent = '']) => parent) };
}
function readId(stdout) {
    return /^[0-9a-f]{40,64}$/m.exec(stdout.toString('utf8'))?.[0] ?? null;
}
function tellOther(checkedOut, head) {
    const message = `The checkout is of commit ${checkedOut.slice(0, 8)}, neither the pull request's newest (${head.slice(0, 8)}) nor GitHub's merge of it: the preview is of what is checked out.`;
    return { kind: 'base', message };
}
function tellInexact(why) {
    const message = `Where the pull request left its branch could not be learnt (${why}), so it is compared with the branch as it is now: changes of others may show as its own. Leave \`ref\` of actions/checkout out, or set \`fetch-depth: 0\`.`;
    return { kind: 'base', message };
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
// EXTERNAL MODULE: ./src/inputs/config-faults.ts
var config_faults = __webpack_require__(75769);
;// CONCATENATED MODULE: ./src/inputs/list-config-files.ts





/**
 * The files that a config file takes rules from: the Argo CD Applications of its targets. Whatever is wrong with it is told
 * when it is read.
 *
 * @param workspace the folder that its paths start from
 */
function listConfigFiles(path, workspace) {
    try {
        const file = (0,external_node_fs_.realpathSync)((0,external_node_path_.resolve)(workspace, path));
        if (!(0,inputs_workspace/* isInside */.F)(file, (0,external_node_fs_.realpathSync)(workspace)))
            return [];
        const raw = (0,dist/* parseDocument */.Tp)((0,external_node_fs_.readFileSync)(file, 'utf8').slice(0, 1024 * 1024), { merge: true, logLevel: 'silent' }).toJS();
        if (!(0,config_faults/* isRecord */.u4)(raw))
            return [];
        const layers = [raw.defaults, ...(Array.isArray(raw.targets) ? raw.targets : [])];
        const named = layers.map((layer) => ((0,config_faults/* isRecord */.u4)(layer) ? layer['argocd-application'] : undefined));
        return [...new Set(named.filter((one) => typeof one === 'string'))];
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./src/trees/load-preview-inputs.ts


/**
 * Reads the Action's inputs for a preview: the config file, and what it takes rules from, as the base has them, since a pull
 * request could else silence the tool. What targets are made of lies in the workspace.
 *
 * @param env as `loadActionInputs` takes it
 * @throws UserError with every fault
 */
async function loadPreviewInputs(env, tree) {
    const config = (0,action/* findConfigPath */.Xe)(env);
    if (config !== '') {
        await tree.addFiles([config]);
        await tree.addFiles(listConfigFiles(config, tree.folder));
    }
    return (0,action/* loadActionInputs */.Mg)(env, { configFrom: tree.folder });
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./src/chart/commit-sources.ts
var commit_sources = __webpack_require__(79040);
// EXTERNAL MODULE: ./src/chart/borrow-dependencies.ts
var borrow_dependencies = __webpack_require__(70973);
;// CONCATENATED MODULE: ./src/trees/add-untracked.ts







/**
 * Puts into the base tree what no commit of this repository has, since both sides need it: what an earlier step of the job
 * made, such as decrypted values files, what lies in a submodule, and dependencies that base and pull request declare word
 * for word alike.
 *
 * @returns the paths that were taken over, from the workspace, without the dependencies
 */
async function addUntracked(source, sides) {
    const taken = [];
    for (const path of source.type === 'chart' ? [source.chart, ...source.values] : [source.path]) {
        const copy = toBase(path, sides);
        if (!(await isThere(path)) || (await isThere(copy)) || (await isTracked(path, sides)))
            continue;
        await (0,external_node_fs_promises_.mkdir)((0,external_node_path_.dirname)(copy), { recursive: true });
        await (0,external_node_fs_promises_.cp)(path, copy, { recursive: true, verbatimSymlinks: true, filter: (from) => (0,external_node_path_.basename)(from) !== '.git' });
        taken.push((0,check_source/* showPath */.P8)(path, sides.workspace));
    }
    if (source.type === 'chart')
        await addDependencies(source, sides);
    return taken;
}
async function addDependencies(source, sides) {
    const chart = toBase(source.chart, sides);
    if (!(await isThere((0,external_node_path_.join)(chart, 'Chart.yaml'))) || !(await isThere((0,external_node_path_.join)(source.chart, 'Chart.yaml'))))
        return;
    const { missing } = await (0,read_dependencies/* readDependencies */.g)(chart);
    if (missing.length === 0)
        return;
    const tracked = await listTracked((0,external_node_path_.join)(source.chart, 'charts'), sides);
    await (0,borrow_dependencies/* borrowDependencies */.N)(chart, missing, source.chart, (entry) => !tracked.includes(entry));
}
function toBase(path, { workspace, folder }) {
    return (0,external_node_path_.join)(folder, (0,external_node_path_.relative)(workspace, path));
}
async function isTracked(path, sides) {
    // A submodule is listed as a commit.
    return /^(?!160000 )./m.test(await listTree(path, [], sides));
}
/** Names in a folder of which the commit that is checked out has at least something. */
async function listTracked(path, sides) {
    const way = toRepository(path, sides);
    const listed = await listTree(`${path}/`, ['--name-only', '-z'], sides);
    return listed.split('\0').map((name) => (0,external_node_path_.relative)(way, name).split(external_node_path_.sep)[0] ?? '');
}
async function listTree(path, options, sides) {
    const { top, workspace } = sides.checkout;
    const way = toRepository(path, sides) + (path.endsWith('/') ? '/' : '');
    const args = ['ls-tree', '--full-tree', ...options, 'HEAD', '--', way];
    const result = await (0,git/* runGit */.EO)({ folder: top, workspace, args });
    return result.ok ? result.stdout.toString('utf8') : '';
}
function toRepository(path, { workspace, checkout }) {
    return (0,external_node_path_.relative)(checkout.top, (0,external_node_path_.join)(checkout.workspace, (0,external_node_path_.relative)(workspace, path)))
        .split(external_node_path_.sep)
        .join('/');
}

// EXTERNAL MODULE: ./src/chart/git-files.ts
var git_files = __webpack_require__(19282);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./src/safe-address.ts
var safe_address = __webpack_require__(77639);
;// CONCATENATED MODULE: ./src/trees/download-archive.ts







const TIMEOUT_MS = 180_000;
const MAX_BYTES = 256 * 1024 * 1024;
/**
 * Downloads the files of a commit from GitHub's API into a temporary folder. GitHub sends on to another server, which gets no
 * token: the address it gives holds all that is needed.
 *
 * @returns why it could not be had, in a sentence without its full stop, instead of the archive
 * @see https://docs.github.com/rest/repos/contents#download-a-repository-archive-tar
 */
async function downloadArchive(remote, commit) {
    const folder = await (0,external_node_fs_promises_.realpath)(await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'plumbline-archive-')));
    const remove = () => (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
    try {
        const file = (0,external_node_path_.join)(folder, 'archive.tar.gz');
        const answer = await request(remote, commit, AbortSignal.timeout(TIMEOUT_MS));
        await (0,promises_.pipeline)(external_node_stream_.Readable.fromWeb(answer), limitBytes(MAX_BYTES), (0,external_node_fs_.createWriteStream)(file));
        return { file, remove };
    }
    catch (error) {
        await remove();
        return { reason: explain(error) };
    }
}
async function request({ apiUrl, owner, repo, token }, commit, signal) {
    if (!(0,safe_address/* isSafeAddress */.c)(apiUrl))
        throw new Error(`${apiUrl} is no https address`);
    const headers = {
        accept: 'application/vnd.github+json',
        'user-agent': 'plumbline',
        'x-github-api-version': '2022-11-28',
        ...(token === '' ? {} : { authorization: `token ${token}` }),
    };
    const url = `${apiUrl}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}/tarball/${commit}`;
    const first = await fetch(url, { headers, redirect: 'manual', signal });
    const next = first.headers.get('location');
    await first.body?.cancel();
    if (first.status !== 302 || next === null)
        throw new Error(`GitHub answered ${first.status}`);
    const sentTo = new URL(next, url).href;
    if (!(0,safe_address/* isSafeAddress */.c)(sentTo))
        throw new Error('GitHub sent on to an address that is not https');
    const second = await fetch(sentTo, { headers: { 'user-agent': 'plumbline' }, redirect: 'error', signal });
    if (second.status === 200 && second.body !== null)
        return second.body;
    await second.body?.cancel();
    throw new Error(`the server of archives answered ${second.status}`);
}
function limitBytes(most) {
    let bytes = 0;
    return new external_node_stream_.Transform({
        transform(chunk, _encoding, done) {
            bytes += chunk.length;
            done(bytes > most ? new Error(`the archive is larger than ${most / 1024 / 1024} MB`) : null, chunk);
        },
    });
}
function explain(error) {
    if (!(error instanceof Error))
        return String(error);
    if (error.name === 'TimeoutError')
        return `there was no whole answer within ${TIMEOUT_MS / 1000} seconds`;
    return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

;// CONCATENATED MODULE: ./src/trees/fetch-commit.ts





/** As long as a checkout of a large repository takes. */
const fetch_commit_TIMEOUT_MS = 180_000;
const PASSED_ON = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO'];
/**
 * Fetches one commit into an empty repository in a temporary folder. Nothing of the checkout takes part: its settings could
 * name programs (`core.sshCommand`, credential helpers, hooks), and it stays as it is. The token goes by the environment, so
 * that no list of processes shows it, and only to this server.
 *
 * @returns why it could not be had, in a sentence without its full stop, instead of the commit
 */
async function fetchCommit(remote, commit) {
    if (!(0,safe_address/* isSafeAddress */.c)(remote.serverUrl))
        return { reason: `${remote.serverUrl} is no https address` };
    const folder = await (0,external_node_fs_promises_.realpath)(await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'plumbline-fetch-')));
    const remove = () => (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
    const env = buildEnvironment(folder, remote);
    const run = (args) => (0,git/* executeGit */.Cs)(['--no-pager', ...args], { folder, env, timeoutMs: fetch_commit_TIMEOUT_MS });
    const url = `${remote.serverUrl}/${remote.owner}/${remote.repo}`;
    const made = await run(['init', '--quiet', '--bare', '--template=', folder]);
    const options = ['--quiet', '--depth=1', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance'];
    const fetched = made.ok ? await run(['fetch', ...options, '--end-of-options', url, commit]) : made;
    if (fetched.ok)
        return { repository: { top: folder, workspace: folder, shallow: true }, remove };
    await remove();
    return { reason: fetched.reason };
}
/**
 * @see https://git-scm.com/docs/git-config#Documentation/git-config.txt-GITCONFIGCOUNT
 */
function buildEnvironment(folder, { serverUrl, token }) {
    const login = Buffer.from(`x-access-token:${token}`).toString('base64');
    const settings = [
        ['protocol.allow', 'never'],
        [`protocol.${serverUrl.split(':', 1)[0]}.allow`, 'always'],
        // With a redirect, the token would go along.
        ['http.followRedirects', 'false'],
        ['credential.helper', ''],
        ['core.hooksPath', '/dev/null'],
        ['core.fsmonitor', 'false'],
        ['gc.auto', '0'],
        ...(token === '' ? [] : [[`http.${serverUrl}/.extraheader`, `Authorization: basic ${login}`]]),
    ];
    const passedOn = PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
    return {
        ...(0,git/* buildGitEnvironment */.KL)(folder),
        ...Object.fromEntries(passedOn),
        // `.netrc` and the like are looked for there.
        HOME: folder,
        GIT_CONFIG_COUNT: String(settings.length),
        ...Object.fromEntries(settings.flatMap(([key, value], index) => [
            [`GIT_CONFIG_KEY_${index}`, key],
            [`GIT_CONFIG_VALUE_${index}`, value],
        ])),
    };
}

// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./src/chart/write-files.ts
var write_files = __webpack_require__(73781);
;// CONCATENATED MODULE: ./src/trees/unpack-archive.ts









const LIMITS = { entries: 500_000, bytes: 4 * 1024 * 1024 * 1024 };
/**
 * Writes files of an archive, as GitHub makes them of a commit, into a folder. Nothing is written for an archive that holds a
 * path outside of its folder, anything but files, folders and links, or a wanted link that leads out.
 * @param paths relative to the repository, with slashes; an empty one for all of it
 * @returns where the symbolic links among them lead, relative to the repository
 * @throws UserError when the archive cannot be read, or holds what it must not
 */
async function unpackFiles(archive, paths, folder, limits = LIMITS) {
    const files = await readArchive(archive, paths, limits).catch((error) => {
        throw error instanceof errors/* UserError */.y ? error : refuse(`cannot be read (${error instanceof Error ? error.message : String(error)})`);
    });
    return (0,write_files/* writeFiles */.hV)(files, folder, refuse);
}
async function readArchive(archive, paths, limits) {
    const { extract } = await __webpack_require__.e(/* import() */ 118).then(__webpack_require__.t.bind(__webpack_require__, 56118, 19));
    const unpacked = extract();
    const files = [];
    const seen = { entries: 0, bytes: 0, kept: 0 };
    const count = new external_node_stream_.PassThrough();
    count.on('data', (chunk) => {
        seen.bytes += chunk.length;
        if (seen.bytes > limits.bytes)
            count.destroy(refuse('holds more than can be unpacked'));
    });
    const reading = (0,promises_.pipeline)((0,external_node_fs_.createReadStream)(archive), (0,external_node_zlib_.createGunzip)(), count, unpacked);
    // Whoever iterates gets the same error; without this it would also be one that nobody handles.
    reading.catch(() => { });
    for await (const entry of unpacked) {
        const { type, name, linkname, size } = entry.header;
        seen.entries += 1;
        if (seen.entries > limits.entries)
            throw refuse('holds more than can be unpacked');
        const path = readPath(name, type);
        if (type === 'directory' || path === null || !paths.some((wanted) => (0,is_below/* isBelow */.Y)(path, wanted))) {
            entry.resume();
            continue;
        }
        seen.kept += size;
        if (files.length >= write_files/* MAX_FILES */.BE || seen.kept > write_files/* MAX_BYTES */.zx)
            throw refuse(write_files/* TOO_MUCH */.rC);
        const isLink = type === 'symlink';
        if (isLink && leadsOut(path, linkname))
            throw refuse(`holds a symbolic link that leads out of it (${path})`);
        const content = await (0,consumers_.buffer)(entry);
        files.push({ path, isLink, content: isLink ? Buffer.from(linkname) : content });
    }
    await reading;
    return files;
}
/** The path in the repository: GitHub puts everything into one folder. Null for that folder itself. */
function readPath(name, type) {
    if (type !== 'file' && type !== 'directory' && type !== 'symlink')
        throw refuse('holds something else than files, folders and links');
    const [, ...rest] = (type === 'directory' ? name.replace(/\/$/, '') : name).split('/');
    if (!(0,write_files/* isPlainPath */.qW)(name.replace(/\/$/, '')))
        throw refuse('holds a path that leads out of it, or that no file can have');
    return rest.length === 0 ? null : rest.join('/');
}
function leadsOut(path, to) {
    const end = external_node_path_.posix.normalize(external_node_path_.posix.join(external_node_path_.posix.dirname(path), to));
    return external_node_path_.posix.isAbsolute(to) || end === '..' || end.startsWith('../');
}
function refuse(message) {
    return new errors/* UserError */.y({
        where: 'the archive of the base',
        message: `The archive ${message}.`,
        remedy: 'Set `fetch-depth: 0` on actions/checkout, so that none is needed.',
    });
}

;// CONCATENATED MODULE: ./src/trees/commit-files.ts






/**
 * Finds a commit's files: in the checkout, else by `git fetch`, else as an archive from GitHub's API.
 *
 * @param checkout null where there is none
 * @param remote null outside of GitHub, where nothing is fetched
 * @throws UserError that names each way that was tried, and why it did not work
 */
async function openCommitFiles(commit, { checkout, remote }) {
    const absent = checkout === null ? 'there is no Git repository here' : await findAbsence(checkout, commit);
    if (checkout !== null && absent === null)
        return fromRepository('checkout', checkout, commit, async () => undefined);
    const tried = [`the checkout: ${absent}`];
    if (remote !== null) {
        const fetched = await fetchCommit(remote, commit);
        if (!('reason' in fetched))
            return fromRepository('fetch', fetched.repository, commit, fetched.remove);
        tried.push(`git fetch: ${fetched.reason}`);
        const archive = await downloadArchive(remote, commit);
        if (!('reason' in archive)) {
            return { origin: 'archive', extract: (paths, folder) => unpackFiles(archive.file, paths, folder), close: archive.remove };
        }
        tried.push(`the archive from GitHub: ${archive.reason}`);
    }
    throw new errors/* UserError */.y({
        where: `commit ${commit.slice(0, 8)}`,
        message: `The files that the pull request started from cannot be had. Tried were ${tried.join('; ')}.`,
        remedy: 'Give the job the permission `contents: read`, or set `fetch-depth: 0` on actions/checkout.',
    });
}
function fromRepository(origin, repository, commit, close) {
    return { origin, extract: (paths, folder) => (0,git_files/* extractFiles */.l)(repository, commit, paths, folder), close };
}
/** Why a commit is not here with all of its files; null where it is. A clone with a filter has it, but not all files. */
async function findAbsence({ top, workspace }, commit) {
    const known = await (0,git/* runGit */.EO)({ folder: top, workspace, args: ['cat-file', '-e', `${commit}^{tree}`] });
    if (!known.ok)
        return known.missing ? known.reason : 'it does not have the commit';
    const args = ['rev-list', '--objects', '--no-walk', '--missing=print', commit];
    const listed = await (0,git/* runGit */.EO)({ folder: top, workspace, args });
    if (!listed.ok)
        return `it does not have all of the commit (${listed.reason})`;
    return /^\?/m.test(listed.stdout.toString('latin1')) ? 'it does not have all files of the commit (a clone with a filter)' : null;
}

;// CONCATENATED MODULE: ./src/trees/open-base-tree.ts






/**
 * Opens the base of a pull request: its files, in a temporary folder that fills up as targets ask for theirs. The workspace
 * is never written to. It has to be closed, and serves all targets.
 *
 * @throws UserError where the files of the commit cannot be had
 */
async function openBaseTree({ commit, checkout }, options) {
    const workspace = await (0,external_node_fs_promises_.realpath)(options.workspace);
    const files = await openCommitFiles(commit, { checkout, remote: options.remote });
    const folder = await (0,external_node_fs_promises_.realpath)(await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'plumbline-base-')));
    const top = checkout?.top ?? workspace;
    const prefix = (0,external_node_path_.relative)(workspace, top).split(external_node_path_.sep).join('/');
    const root = (0,external_node_path_.join)(folder, prefix);
    await (0,external_node_fs_promises_.mkdir)(root, { recursive: true });
    const inTurn = takeTurns();
    const add = (paths) => (0,commit_sources/* collectSources */.pu)((wanted) => files.extract(wanted, root), paths, root);
    const place = (path) => toRepositoryPaths(path, { workspace: options.workspace, top });
    return {
        ...{ folder, commit, origin: files.origin, prefix },
        addFiles: (paths) => inTurn(async () => {
            const found = (await Promise.all(paths.map((path) => place((0,external_node_path_.resolve)(options.workspace, path))))).flat();
            const [main, ...values] = found;
            if (main !== undefined)
                await add({ main, values });
        }),
        addSource: (source) => inTurn(async () => {
            const mains = await place(source.type === 'chart' ? source.chart : source.path);
            const values = source.type === 'chart' ? (await Promise.all(source.values.map(place))).flat() : [];
            for (const main of mains)
                await add({ main, values });
            return checkout === null ? [] : addUntracked(source, { workspace: options.workspace, folder, checkout });
        }),
        close: async () => {
            await files.close();
            await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
        },
    };
}
/** A path of the workspace as the repository has it: as it is written, and with links followed, where that is another one. */
async function toRepositoryPaths(path, { workspace, top }) {
    const real = await (0,external_node_fs_promises_.realpath)(path).catch(() => null);
    const written = (0,external_node_path_.join)(await (0,external_node_fs_promises_.realpath)(workspace), (0,external_node_path_.relative)(workspace, path));
    const ways = [written, ...(real === null ? [] : [real])].map((one) => (0,external_node_path_.relative)(top, one).split(external_node_path_.sep).join('/'));
    return [...new Set(ways)].filter((way) => way !== '..' && !way.startsWith('../') && !way.startsWith('/'));
}
/** Two targets may want the same file, and neither may read it half written. */
function takeTurns() {
    let last = Promise.resolve();
    return (work) => {
        const turn = last.then(work);
        last = turn.catch(() => { });
        return turn;
    };
}

;// CONCATENATED MODULE: ./src/trees/remote.ts
/**
 * The repository that a run belongs to. Its address comes from the runner, never from the checkout's own git settings.
 */
function readRemote({ owner, repo, apiUrl }, token, env) {
    return { owner, repo, apiUrl, token, serverUrl: (env.GITHUB_SERVER_URL ?? 'https://github.com').replace(/\/+$/, '') };
}

;// CONCATENATED MODULE: ./src/prepare-preview.ts











/**
 * Prepares the preview of the pull request that a workflow's event is about. The head is what is checked out, or, after a run
 * that had no secrets, what that run handed over.
 *
 * @param env with the Action's inputs
 * @throws UserError with every fault
 */
async function preparePreview(env, context, log) {
    const options = { token: (0,action/* getInput */.V4)(env, 'token'), apiUrl: context.apiUrl, log };
    return context.eventName === 'workflow_run' ? prepareHandedOver(env, context, options) : prepareCheckedOut(env, context, options);
}
async function prepareCheckedOut(env, context, options) {
    const pull = readPullRequest(context);
    if (pull.closed)
        return { type: 'nothing', why: 'The pull request is closed: there is nothing to preview.' };
    const workspace = (0,action/* findActionWorkspace */.Rg)(env);
    const base = await findBase(pull, { workspace, askMergeBase: (commits) => findMergeBase(context, options, commits) });
    const tree = await openBaseTree(base, { workspace, remote: readRemote(context, options.token, env) });
    return orClose(tree, async () => {
        const inputs = await loadPreviewInputs(env, tree);
        const { number, url, fromFork } = pull;
        const pullRequest = { number, url, base: base.commit, head: pull.head.sha, fromFork };
        const notes = [...base.notes, ...noteNoCluster(inputs, pull.hasSecrets)];
        const request = await buildRequest(pullRequest, inputs, tree, notes);
        return { inputs, request, rendered: 'here', run: context.runId, mayComment: pull.hasSecrets, close: tree.close };
    });
}
/** Without a cluster it is a smaller preview; whether it has to be says what to do about it. */
function noteNoCluster(inputs, hasSecrets) {
    if (findAgainst(inputs) === 'cluster')
        return [];
    const message = hasSecrets
        ? 'No cluster is read, since `kubeconfig` is empty: this is the pull request against its base alone. Give a kubeconfig of a reader to have the preview.'
        : 'No cluster is read, since GitHub gives pull requests from forks and from Dependabot no secrets: this is the pull request against its base alone. docs/preview.md has the workflow that does the rest.';
    return [{ kind: 'no-cluster', message }];
}
async function prepareHandedOver(env, context, options) {
    // Of the default branch: whose targets they are must be known before anything of a stranger is read. The base that the
    // stranger names has no say in it: a commit of the branch from before a redaction was set must not undo it.
    const inputs = (0,action/* loadActionInputs */.Mg)(env);
    const fetched = await fetchHandover(context, options, inputs.targets);
    if (fetched.type === 'nothing')
        return fetched;
    const { pullRequest, handover } = fetched;
    const { workspace } = inputs;
    const agreed = await agreeOnBase(pullRequest, handover, context, options);
    const [checkout = null] = await list_checkouts_listCheckouts(workspace);
    const tree = await openBaseTree({ commit: agreed.commit, head: null, checkout, notes: [] }, { workspace, remote: readRemote(context, options.token, env) });
    return orClose(tree, async () => {
        const handed = new Map(handover.targets.map(({ name, head }) => [name, head]));
        const sides = await Promise.all(inputs.targets
            .filter(({ name }) => handed.has(name))
            .map(async (target) => {
            const { target: base, notes } = await relocateTarget(target, tree, workspace);
            const desired = handed.get(target.name) ?? null;
            return { target, base, head: desired === null ? null : { desired }, files: [], notes };
        }));
        const request = {
            pullRequest: { ...pullRequest, base: agreed.commit },
            targets: sides,
            // Whether it touches the others, only its own run says: nobody is told that it does not.
            untouched: [],
            folders: { base: tree.folder, head: workspace },
            against: findAgainst(inputs),
            notes: [HANDED_OVER, ...noteLeftOut(inputs, handed), ...agreed.notes, ...sides.flatMap((one) => one.notes)],
        };
        return { inputs, request, rendered: 'elsewhere', run: fetched.run, mayComment: true, close: tree.close };
    });
}
function noteLeftOut({ targets }, handed) {
    const left = targets.map(({ name }) => name).filter((name) => !handed.has(name));
    return left.length === 0 ? [] : [{ kind: 'handed-over', message: `Not handed over, and so not previewed: ${left.join(', ')}.` }];
}
const HANDED_OVER = {
    kind: 'handed-over',
    message: 'What the pull request renders is what its own run without secrets handed over: the word of whoever wrote the pull request. What the base and the cluster say was read here.',
};
/**
 * The rendering was made of a merge with some commit of the base branch: with another one, what was merged since would look
 * like the pull request's. What the run says of it counts if GitHub finds it in the branch.
 */
async function agreeOnBase({ base, head }, { pullRequest: claimed }, context, options) {
    const known = base ?? head ?? '';
    const { base: named } = claimed;
    const isOfBranch = async (commit) => (await findMergeBase(context, options, [known, commit]).catch(() => null)) === commit;
    if (named !== null && (named === known || (await isOfBranch(named))))
        return { commit: named, notes: [] };
    const message = 'Which commit of the base branch the pull request was rendered with is not known, so what was merged since may look like its own.';
    return { commit: known, notes: [{ kind: 'base', message }] };
}

;// CONCATENATED MODULE: ./src/report/preview/marker.ts

const MARKER = /^<!-- plumbline:preview v1 ([0-9a-f]{16}) (\d{1,16}) -->\n/;
/**
 * The key of a workflow's comments.
 *
 * @param workflow the workflow's file; empty where it is not known
 * @param whose what names the targets: the config file, or their names
 */
function makePreviewKey(workflow, whose) {
    return (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([workflow, whose]))
        .digest('hex')
        .slice(0, 16);
}
/** Puts the mark in front of a text. `text` must not hold a hidden comment of its own. */
function markPreview({ key, run }, text) {
    return `<!-- plumbline:preview v1 ${key} ${run} -->\n${text}`;
}
/** @returns null where a comment is no preview's */
function readPreviewMarker(body) {
    const [, key, run] = MARKER.exec(normalise(body)) ?? [];
    return key === undefined || run === undefined ? null : { key, run: Number(run) };
}
/** Whether two comments say the same: their mark and their last line, which names the run and its time, do not count. */
function saySame(one, other) {
    return dropPassing(one) === dropPassing(other);
}
function dropPassing(body) {
    return normalise(body).replace(MARKER, '').trimEnd().split('\n').slice(0, -1).join('\n').trim();
}
function normalise(body) {
    return body.replaceAll('\r\n', '\n').trimStart();
}

// EXTERNAL MODULE: ./src/check-target.ts + 5 modules
var check_target = __webpack_require__(59535);
// EXTERNAL MODULE: ./src/cluster/limit.ts
var limit = __webpack_require__(69137);
// EXTERNAL MODULE: ./src/compare/schema/from-open-api.ts + 4 modules
var from_open_api = __webpack_require__(82091);
// EXTERNAL MODULE: ./src/refs.ts
var refs = __webpack_require__(1977);
// EXTERNAL MODULE: ./src/cluster/read-schemas.ts
var read_schemas = __webpack_require__(36917);
;// CONCATENATED MODULE: ./src/cluster/rendered-source.ts




/**
 * Lets what was rendered stand in for a cluster: of a pull request without a credential, the base is all that the head can
 * be compared with.
 *
 * @param getDesired what stands in; null where nothing does. It is asked once the first object is wanted
 */
function openRenderedLive(getDesired, assumptions) {
    const record = { outcome: 'unreadable', why: 'no cluster is read', remedy: null };
    const index = () => new Map((getDesired()?.objects ?? []).map(({ ref, object }) => [(0,refs/* keyOfRef */.Qo)(ref), object]));
    return {
        info: (0,saved_source/* assumeCluster */.Vv)(assumptions),
        server: null,
        notes: [],
        openTarget: () => ({
            read: async (wanted) => {
                const objects = index();
                const readings = wanted.map((ref) => {
                    const object = objects.get((0,refs/* keyOfRef */.Qo)(ref));
                    return { ref, reading: object === undefined ? { outcome: 'missing' } : { outcome: 'found', object } };
                });
                return { readings, extra: [], requests: { list: 0, get: 0, discovery: 0 }, notes: [] };
            },
            readScalers: async () => ({ found: [], notes: [] }),
            readRbac: async () => null,
            readSchemas: async () => ({ findSchema: (0,read_schemas/* findIn */.r)([(0,from_open_api/* readDefinitions */.T)([...index().values()])]), notes: [] }),
            readRelease: async () => record,
            readCircumstances: async () => saved_source/* NOT_SAVED */.qv,
            requests: () => ({ list: 0, get: 0, discovery: 0 }),
        }),
    };
}

// EXTERNAL MODULE: ./src/chart/collect-objects.ts
var collect_objects = __webpack_require__(84547);
;// CONCATENATED MODULE: ./src/handover/settle-handover.ts


/**
 * What was handed over, as the cluster at hand sees it: which objects have a namespace is asked of the cluster, as for what is
 * rendered here. The other job did not know its custom resources, and may have said anything.
 *
 * @param namespace the release's, from the configuration
 * @throws UserError when two objects turn out to be one
 */
function settleHandover(head, namespace, cluster) {
    const scopes = (0,collect_objects/* scopesOf */.ZK)(cluster);
    const objects = head.objects.map((one) => {
        const { apiVersion, kind } = one.ref;
        return { ...one, ref: (0,collect_objects/* refOf */.H8)(one.object, namespace, scopes.get(`${apiVersion} ${kind}`) ?? true) ?? one.ref };
    });
    (0,parse_handover/* refuseTwice */.H)(objects);
    return { ...head, objects };
}

// EXTERNAL MODULE: ./src/explain/explain.ts + 34 modules
var explain_explain = __webpack_require__(92241);
// EXTERNAL MODULE: ./src/explain/fate/foretell.ts + 16 modules
var foretell = __webpack_require__(86872);
// EXTERNAL MODULE: ./src/report/redact.ts
var report_redact = __webpack_require__(20649);
;// CONCATENATED MODULE: ./src/judge-head.ts




/** The base is what was deployed last, as far as anybody can tell: nothing else needed explaining. */
function assumeRecord(delivery, { objects }) {
    return {
        ...{ revision: 0, time: null, hasHooks: false, rollback: null },
        delivery: delivery === 'helm-server-side' ? 'helm-server-side' : 'helm-client-side',
        rendered: [new Map(objects.map(({ ref, object }) => [(0,refs/* keyOfRef */.Qo)(ref), object]))],
    };
}
/**
 * Judges the head of a pull request against the cluster, each finding with what a deploy of the head does to it.
 *
 * @param checked the base, checked against the same reading
 * @param record what Helm recorded of the last deploy; null where the base has to stand in for it
 */
function judgeHead({ target, desired }, live, checked, record, tools) {
    const { inputs } = tools;
    const base = checked.result;
    const history = {
        record: record ?? assumeRecord(base.delivery, base.desired),
        commits: [],
        skipped: 0,
        cut: false,
        withoutSet: null,
        hasMore: false,
        gap: null,
    };
    const isSecret = ({ object, path, desired: one, live: other }, sides) => [one, other].some((value) => (0,report_redact/* isSecretValue */.w2)(object, path, value, { paths: inputs.redact }, sides));
    const explained = (0,explain_explain/* explainTarget */.P)({
        ...{ target, desired: desired.objects, live, rules: inputs, findSchema: checked.input.findSchema, isSecret },
        history: base.delivery.startsWith('helm-') ? history : null,
        fingerprintKey: inputs.fingerprintKey,
    });
    const { findings, sides } = explained;
    // A base without objects tells nothing of it: the chart may have moved, and its release is there.
    const delivery = base.desired.objects.length === 0 ? explained.delivery : base.delivery;
    const foretold = (0,foretell/* foretellFates */.B)({
        ...{ ...checked.input, desired: desired.objects, live, findings, sides, delivery },
        record: record ?? assumeRecord(delivery, base.desired),
        isSecret: (finding) => isSecret(finding, sides.get(finding.object) ?? {}),
    });
    return {
        ...{ desired: desired.objects, setAside: desired.setAside, hooks: desired.hooks ?? [], live, sides },
        ...{ findings: foretold.findings, stops: foretold.stops },
    };
}

// EXTERNAL MODULE: ./src/look-back.ts
var look_back = __webpack_require__(26230);
// EXTERNAL MODULE: ./src/compare/same-place.ts
var same_place = __webpack_require__(39475);
// EXTERNAL MODULE: ./src/report/assemble.ts + 2 modules
var assemble = __webpack_require__(62503);
// EXTERNAL MODULE: ./src/report/redact-told.ts
var redact_told = __webpack_require__(10219);
// EXTERNAL MODULE: ./src/report/scrub.ts
var scrub = __webpack_require__(48289);
// EXTERNAL MODULE: ./src/report/view.ts
var view = __webpack_require__(64153);
;// CONCATENATED MODULE: ./src/preview/fold.ts
/** Labels and annotations that follow the chart's version: what says nothing on its own. */
const VERSIONS = new Set(['helm.sh/chart', 'app.kubernetes.io/version', 'chart', 'version', 'heritage']);
/** What nobody may miss, wherever it is. */
const LOUD = ['fails', 'undoes', 'deletes', 'unknown'];
/** Why nobody needs to look at a change on its own; undefined where somebody does. */
function foldChange({ object, path, prospect }, isRandom) {
    if (isRandom && prospect !== 'fails')
        return 'unstable';
    if (LOUD.includes(prospect))
        return undefined;
    const [map, name] = path.slice(-2).map((step) => ('field' in step ? step.field : ''));
    const isMark = map === 'labels' || map === 'annotations';
    if (isMark && name?.startsWith('checksum/') === true)
        return 'checksum';
    if (isMark && name !== undefined && VERSIONS.has(name))
        return 'version-label';
    return object.kind === 'CustomResourceDefinition' ? 'definition' : undefined;
}

// EXTERNAL MODULE: ./src/preview/headline.ts
var headline = __webpack_require__(15626);
// EXTERNAL MODULE: ./src/capitalise.ts
var capitalise = __webpack_require__(25568);
// EXTERNAL MODULE: ./src/report/describe-finding.ts
var describe_finding = __webpack_require__(71397);
// EXTERNAL MODULE: ./src/report/values.ts
var values = __webpack_require__(70626);
;// CONCATENATED MODULE: ./src/preview/tell-change.ts




/** Beyond this a value is not read in a sentence; the views have it whole. */
const LONGEST_VALUE = 80;
/** What happens at one place, and why: a sentence or two. */
function tellChange(change) {
    const what = change.path.length === 0 ? tellObject(change) : change.contested ? tellContest(change) : tellField(change);
    // What happens as the pull request intends needs no reason.
    const why = AS_INTENDED.has(change.prospect) && change.because === null ? '' : (change.because ?? change.will?.fate?.reason ?? '');
    return [what, why].flatMap((text) => (text === '' ? [] : [`${(0,capitalise/* capitalise */.s)(text)}.`])).join(' ');
}
const AS_INTENDED = new Set(['changes', 'creates', 'deletes', 'codifies', 'no-op']);
function tellField(change) {
    const { prospect, ours } = change;
    switch (prospect) {
        case 'fails':
            return `the deploy fails here: ${ours ? `this pull request ${tellIntent(change)}` : `${tellHand(change)}, and the chart declares ${change.head === undefined ? 'none' : value(change, change.head)}`}`;
        case 'undoes':
            return `undoes ${byHand(change)}: ${tellHand(change)}, and the deploy ${tellEnd(change)}`;
        case 'leaves':
            return ours ? `the deploy does not carry this out: ${tellMove(change)}` : `leaves ${byHand(change)}: ${tellHand(change)}`;
        case 'codifies':
            return `codifies ${byHand(change)}: ${tellHand(change)}`;
        case 'no-op':
            return `the cluster has it already: ${tellMove({ ...change, live: change.base })}`;
        case 'unknown':
            return `what becomes of ${byHand(change)} is not known: ${tellHand(change)}`;
        default:
            return ours ? tellMove(change) : `${tellMove(change)}, which Git said before this pull request`;
    }
}
/** Base, cluster and pull request say three things. */
function tellContest(change) {
    const { prospect, head } = change;
    const intent = head === undefined ? 'takes it out' : `says ${nameWith(change, head)}`;
    const both = `conflict of intent: ${tellHand(change)}, and this pull request ${intent}`;
    if (prospect === 'undoes')
        return `${both}, which the deploy ${head === undefined ? 'does' : 'sets'}`;
    if (prospect === 'fails')
        return `${both}, on which the deploy fails`;
    return prospect === 'leaves'
        ? `${both}, which the deploy does not carry out`
        : `${both}; which of them stands after a deploy is not known`;
}
function tellObject(change) {
    const { prospect, object, ours, was } = change;
    const title = (0,refs/* nameOf */.Vb)(object);
    switch (prospect) {
        case 'fails':
            return `the deploy fails at ${title}`;
        case 'undoes':
            return `undoes ${byHand(change)}: ${tellAbsence(change)}, and the deploy makes it again`;
        case 'leaves':
            return ours ? `${title} stays in the cluster` : `leaves ${title}, which is not in Git`;
        case 'codifies':
            return `codifies ${byHand(change)}: ${was?.change === 'missing-object' ? tellAbsence(change) : `somebody made ${title}`}`;
        case 'no-op':
            return `${title} is gone already`;
        case 'creates':
            return ours ? `creates ${title}` : `creates ${title}, which Git had before this pull request and the cluster lacks`;
        case 'deletes':
            return ours ? `deletes ${title}` : `deletes ${title}, which Git dropped before this pull request`;
        case 'changes':
            return `changes ${title}`;
        default:
            return `what becomes of ${title} is not known`;
    }
}
/** Nobody knows of an object that is not there whether it ever was, unless there is a record. */
function tellAbsence({ was, will, object }) {
    return (was ?? will)?.cause === 'unknown' ? `the cluster has no ${(0,refs/* nameOf */.Vb)(object)}` : `somebody deleted ${(0,refs/* nameOf */.Vb)(object)}`;
}
/** Where nobody is recorded, it may also have been something else. */
function byHand({ was, will }) {
    return (was ?? will)?.cause === 'unknown' ? 'a change made beside Git' : 'a change made by hand';
}
/** `kubectl (scale) set replicas to 5`. */
function tellHand(change) {
    const { was, will, base, live } = change;
    const evidence = (was ?? will)?.evidence;
    const writer = evidence === undefined || evidence.manager === null ? 'somebody' : (0,describe_finding/* nameWriter */.vz)(evidence);
    if (live === undefined)
        return `${writer} removed ${tell_change_name(change)}`;
    return base === undefined ? `${writer} added ${nameWith(change, live)}` : `${writer} set ${tell_change_name(change)} to ${value(change, live)}`;
}
/** What a deploy that goes through makes of the place. */
function tellEnd(change) {
    return change.head === undefined ? 'takes it out' : `sets ${value(change, change.head)}`;
}
/** `says replicas 3 -> 5`, `adds env DEBUG=true`. */
function tellIntent(change) {
    const move = tellMove(change);
    return change.head === undefined || change.live === undefined
        ? move
        : move.endsWith(' changes')
            ? `changes ${tell_change_name(change)}`
            : `says ${move}`;
}
/** `image shop:1.4 -> shop:1.5`, `adds env DEBUG=true`, `removes replicas`. */
function tellMove(change) {
    const { live, head } = change;
    if (head === undefined)
        return `removes ${isValueAlone(change) ? 'the value of ' : ''}${tell_change_name(change)}`;
    if (live === undefined)
        return `adds ${nameWith(change, head)}`;
    const [from, to] = [value(change, live), value(change, head)];
    return from === to ? `${tell_change_name(change)} changes` : `${tell_change_name(change)} ${from} -> ${to}`;
}
/** The variable itself stays: it has another source. */
function isValueAlone({ path }) {
    const last = path.at(-1);
    return last !== undefined && 'field' in last && last.field === 'value' && path.length > 1;
}
/** `env DEBUG=true`, `replicas 5`, and the name alone of what is more than a value. */
function nameWith(change, of) {
    const [title, text] = [tell_change_name(change), value(change, of)];
    if (title.startsWith('env ') && text.startsWith(`${title.slice('env '.length)}=`))
        return `env ${text}`;
    return of !== null && typeof of === 'object' ? title : `${title} ${text}`;
}
function tell_change_name({ path }) {
    return (0,values/* nameEnd */.bC)(path);
}
function value({ path }, of) {
    return (0,values/* shorten */.ml)((0,values/* formatValueAt */.W$)(path, of), LONGEST_VALUE);
}

;// CONCATENATED MODULE: ./src/preview/assemble-preview.ts










/** Builds a target's preview from what was placed. Secrets are taken out here, before anything is put into words. */
function assemblePreview(input, rules, scrubber) {
    const find = openSides(input.sides);
    const changes = (0,headline/* sortChanges */.gQ)(input.placed.map((placed) => toChange(placed, find(placed.object), rules, scrubber)));
    const lost = input.placed.reduce((sum, placed) => sum + (placed.lost ?? 0), 0);
    return {
        headline: (0,headline/* writeHeadline */.mG)(changes, input.against, { lost, isRemoved: input.sides.head === null }),
        ...{ kinds: input.kinds, files: input.files, against: input.against, changes },
        counts: (0,headline/* countProspects */.fx)(changes),
        views: listViews(input, find, rules),
    };
}
function openSides({ base, head }) {
    const index = (side) => new Map((side?.desired ?? []).map((one) => [(0,refs/* keyOfRef */.Qo)(one.ref), one]));
    const [before, after] = [index(base), index(head)];
    return (ref) => {
        const both = { base: before.get((0,refs/* keyOfRef */.Qo)(ref)), head: after.get((0,refs/* keyOfRef */.Qo)(ref)) };
        const sidesOf = (side, one) => one === undefined ? undefined : side?.sides.get(one.ref);
        return { ...both, sides: sidesOf(head, both.head) ?? sidesOf(base, both.base) ?? {} };
    };
}
function toChange(placed, { sides, base, head }, rules, scrubber) {
    const { prospect, object, ours, contested, confidence, because } = placed;
    const redact = (finding, desired) => finding === null
        ? null
        : (0,redact_told/* redactTold */.l4)((0,report_redact/* redactFinding */.lE)({ ...finding, path: placed.path, desired, live: placed.live }, rules, sides), scrubber);
    const some = placed.will ?? placed.was;
    const [was, will] = [redact(placed.was ?? some, placed.base), redact(placed.will ?? some, placed.head)];
    const told = {
        ...{ prospect, object, ours, contested, path: will?.path ?? placed.path },
        ...{ base: was?.desired, head: will?.desired, live: will?.live },
    };
    const conflict = will?.fate?.conflict ?? placed.conflict;
    const isRandom = isMadeUp(placed, head) && (!ours || isMadeUp(placed, base));
    const folded = foldChange(placed, isRandom);
    return {
        ...{ ...told, confidence },
        text: tellChange({
            ...told,
            was: placed.was === null ? null : was,
            will: placed.will === null ? null : will,
            because: because === null ? null : scrubber.sentence(because),
        }),
        ...(prospect === 'fails' && conflict !== null && conflict !== undefined ? { conflict: (0,scrub/* scrubStrings */.a)(conflict, scrubber.sentence) } : {}),
        ...(placed.was === null ? {} : { finding: placed.was.id }),
        ...(folded === undefined ? {} : { folded }),
    };
}
/** Whether a side makes the value up with every render: what is new on one side alone is news. */
function isMadeUp({ path }, side) {
    return path.length > 0 && side?.unstable.some((one) => one.why === 'random' && (0,same_place/* overlaps */.$f)(one.path, path)) === true;
}
/** Each object that the deploy changes: as it will be, and as it is. What the deploy leaves alone stands on both sides. */
function listViews({ sides: { head }, placed }, find, rules) {
    const placedOf = Map.groupBy(placed, ({ object }) => (0,refs/* keyOfRef */.Qo)(object));
    const findingsOf = Map.groupBy(head?.findings ?? [], ({ object }) => (0,refs/* keyOfRef */.Qo)(object));
    return [...placedOf].flatMap(([key, own]) => {
        const { base: gone, head: desired } = find(own[0].object);
        const whole = own.find(({ path }) => path.length === 0);
        if (whole?.prospect === 'creates' && desired !== undefined)
            return [{ object: desired.ref, desired: show(desired.object, rules), live: '' }];
        if (whole?.prospect === 'deletes') {
            return gone === undefined ? [] : [{ object: gone.ref, desired: '', live: show(gone.object, rules) }];
        }
        if (desired === undefined || head === null)
            return [];
        const stays = new Set(own.filter(({ prospect }) => prospect === 'leaves' || prospect === 'unknown').flatMap(({ will }) => (will === null ? [] : [will])));
        const found = findingsOf.get(key) ?? [];
        const findings = found.map((finding) => (stays.has(finding) ? { ...finding, desired: finding.live } : finding));
        const declared = head.sides.get(desired.ref)?.desired ?? desired.object;
        const views = (0,assemble/* viewObject */.ld)(desired.ref, declared, { findings, desired: { objects: [desired] } }, rules);
        return views.filter((view) => view.desired !== view.live);
    });
}
function show(object, rules) {
    return (0,view/* toYaml */.fE)((0,report_redact/* redactObject */.ll)(object, rules));
}

;// CONCATENATED MODULE: ./src/preview/kinds.ts
/**
 * Names what a pull request changes in a target: by its files, and an image bump by what they render.
 *
 * @param sides whether the chart exists on each
 */
function nameKinds(sorts, placed, sides) {
    if (sides.base === null)
        return ['new chart'];
    if (sides.head === null)
        return ['removed chart'];
    const named = ['values', 'templates', 'dependencies', 'definitions', 'manifests'];
    return [...(placed.some(isImageBump) ? ['image'] : []), ...named.filter((kind) => sorts.some((sort) => sort === kind))];
}
/** Another version of the same image; another image under the same name is a change like others. */
function isImageBump({ path, base, head, ours }) {
    const last = path.at(-1);
    if (!ours || last === undefined || !('field' in last) || last.field !== 'image')
        return false;
    return typeof base === 'string' && typeof head === 'string' && nameImage(base) === nameImage(head);
}
function nameImage(image) {
    return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}

// EXTERNAL MODULE: ./src/compare/json.ts
var json = __webpack_require__(62669);
// EXTERNAL MODULE: ./src/path.ts
var src_path = __webpack_require__(77384);
;// CONCATENATED MODULE: ./src/preview/pair-findings.ts

/**
 * Pairs what a check of the base finds in an object with what one of the head would find. One side may see a whole list
 * element where the other sees a field of it: both are about the place of the shorter path.
 *
 * @param was of the base
 * @param will of the head
 */
function pairFindings(was, will) {
    const tops = new Map();
    const all = [...was.map((finding) => ({ finding, side: 'was' })), ...will.map((finding) => ({ finding, side: 'will' }))];
    for (const { finding, side } of all.toSorted((a, b) => a.finding.path.length - b.finding.path.length)) {
        const { path } = finding;
        const known = path
            .keys()
            .map((at) => tops.get((0,src_path/* formatPath */.j)(path.slice(0, at))))
            .find((top) => top !== undefined);
        const top = known ?? tops.get((0,src_path/* formatPath */.j)(path)) ?? { path, was: [], will: [] };
        if (known === undefined)
            tops.set((0,src_path/* formatPath */.j)(path), top);
        top[side].push(finding);
    }
    return [...tops.values()];
}

// EXTERNAL MODULE: ./src/count.ts
var count = __webpack_require__(67603);
// EXTERNAL MODULE: ./src/explain/helm-marks.ts
var helm_marks = __webpack_require__(25788);
;// CONCATENATED MODULE: ./src/preview/place-field.ts


/** Whether somebody, or nobody knows who, changed it beside Git. That a team accepts or ignores it does not make it Git's. */
function isOutOfBand({ cause, pattern }) {
    return (cause === 'manual' || cause === 'unknown') && pattern !== 'restart';
}
/**
 * Places one pair of findings: what becomes of this place when the pull request is deployed. What only one side finds is
 * told by what the other side agrees with: no finding of the base means that the cluster is as the base says.
 *
 * @param fields all that is found of the head in this object
 */
function placeField(pair, declared, fields = pair.will) {
    const { was, will } = pair;
    if (will.length === 0)
        return was.map((finding) => placeGoing(finding, fields, declared) ?? placeReached(finding, declared));
    if (was.length === 0)
        return will.map((finding) => (isMet(finding, declared) ? placeMet(finding, declared) : placeOwn(finding, declared)));
    const isTouched = !(0,json/* isSame */.Ft)((0,json/* getAt */.sM)(declared.base, pair.path), (0,json/* getAt */.sM)(declared.head, pair.path));
    if (!isTouched)
        return will.flatMap((finding) => placeUntouched(finding, findSame(finding, was), declared));
    if (isPartOf(pair))
        return [
            ...was.map((finding) => placeReached(finding, declared)),
            ...will.map((finding) => placeRest(finding, was[0] ?? null, declared)),
        ];
    return [placeContested(pair, declared)];
}
/** The pull request takes out what holds the place: no value is what it says, it goes as the rest of that does; else null. */
function placeGoing(was, fields, declared) {
    const { path } = was;
    const holder = path.map((_, index) => path.slice(0, index)).find((place) => (0,json/* getAt */.sM)(declared.head, place) === undefined);
    if (holder === undefined || (0,json/* getAt */.sM)(declared.base, holder) === undefined)
        return null;
    const rest = fields.find((finding) => (0,same_place/* isWithin */.UO)(finding.path, holder));
    if (rest === undefined)
        return null;
    const placed = { ...describe(path, was, { ...rest, path, desired: undefined, live: was.live }, declared), ours: true };
    const isMet = isOutOfBand(was);
    return { ...placed, prospect: (isMet ? MEETS : CARRIES_OUT)[fateOf(rest)], contested: isMet };
}
/** The pull request says what the cluster says. */
function placeReached(was, declared) {
    const prospect = isOutOfBand(was) ? 'codifies' : 'no-op';
    return { ...describe(was.path, was, null, declared), prospect, ours: true, contested: false };
}
/** The cluster is as the base says, and the pull request says something else. */
function placeOwn(will, declared) {
    return { ...describe(will.path, null, will, declared), prospect: CARRIES_OUT[fateOf(will)], ours: true, contested: false };
}
/** Without a base, nothing tells what Git said before: a release whose chart has moved was still changed by whoever did so by hand. */
function isMet({ cause, pattern }, { base }) {
    return base === undefined && cause === 'manual' && pattern !== 'restart';
}
function placeMet(will, declared) {
    return { ...describe(will.path, null, will, declared), base: will.desired, prospect: MEETS[fateOf(will)], ours: false, contested: false };
}
/** Neither side says what the cluster says, and both say the same. What a controller or admission holds is theirs to hold. */
function placeUntouched(will, was, declared) {
    const placed = { ...describe(will.path, was, will, declared), ours: false, contested: false };
    const fate = fateOf(will);
    // A team has said that it lives with it, and goes on to.
    if (was.ignoredBy !== undefined && MEETS[fate] === 'leaves')
        return [];
    if (isOutOfBand(was))
        return [{ ...placed, prospect: MEETS[fate] }];
    if (fate === 'blocks-deploy')
        return [{ ...placed, prospect: 'fails' }];
    return was.cause === 'undeployed' && CARRIES_OUT[fate] === 'changes' ? [{ ...placed, prospect: 'changes' }] : [];
}
/** Of what was added by hand, the pull request takes over a part. This is what it leaves out. */
function placeRest(will, was, declared) {
    return { ...describe(will.path, was, will, declared), prospect: MEETS[fateOf(will)], ours: false, contested: false };
}
/** Base, cluster and pull request all say something else. */
function placeContested({ path, was, will }, declared) {
    const met = was.find(isOutOfBand);
    const worst = will.toSorted((a, b) => RANK.indexOf(fateOf(a)) - RANK.indexOf(fateOf(b)))[0];
    const [first = worst] = was;
    const live = [...was, ...will].find((finding) => finding.path.length === path.length)?.live;
    const placed = { ...describe(path, met ?? first, worst, declared), live, ours: true, contested: met !== undefined };
    return { ...placed, prospect: (met === undefined ? CARRIES_OUT : MEETS)[fateOf(worst)] };
}
/** Nothing is found here, and the deploy fails all the same: the value is spelled otherwise, and somebody's tool owns it. */
function placeStop({ object, path, entry, conflict }, found, declared) {
    const [base, head, live] = [declared.base, declared.head, found].map((side) => (0,json/* getAt */.sM)(side, path));
    const reason = `${entry.manager} owns the field, and a server-side deploy may not spell it otherwise`;
    const will = {
        ...{ id: '', object, path, change: 'changed', desired: head, live, cause: 'unknown', confidence: 'certain', drift: false },
        ...{ because: reason, evidence: entry, pattern: '', severity: 'info' },
        fate: { next: 'blocks-deploy', confidence: 'certain', reason, conflict },
    };
    return { ...describe(path, null, will, declared), prospect: 'fails', ours: !(0,json/* isSame */.Ft)(base, head), contested: false };
}
/** What a deploy does to something that was changed by hand. */
const MEETS = { reverted: 'undoes', kept: 'leaves', none: 'leaves', unknown: 'unknown', 'blocks-deploy': 'fails' };
/** What a deploy does with what Git changes. Where it is not known how the release is deployed, it does at least that. */
const CARRIES_OUT = { reverted: 'changes', unknown: 'changes', kept: 'leaves', none: 'leaves', 'blocks-deploy': 'fails' };
/** Worst first. */
const RANK = ['blocks-deploy', 'reverted', 'unknown', 'kept', 'none'];
function fateOf({ fate }) {
    return fate?.next ?? 'unknown';
}
/** Everything that is left of an addition lies within it, and was added, too: the rest is what the pull request declares. */
function isPartOf({ was, will }) {
    return (was.every((finding) => finding.change === 'added' && isOutOfBand(finding)) &&
        will.every(({ change, path }) => change === 'added' && was.some((one) => one.path.length < path.length)));
}
function findSame({ path }, was) {
    return was.find((one) => (0,same_place/* isSamePath */.ys)(one.path, path)) ?? was[0];
}
function describe(path, was, will, declared) {
    const finding = (will ?? was);
    return {
        object: finding.object,
        path,
        base: was?.path.length === path.length ? was.desired : (0,json/* getAt */.sM)(declared.base, path),
        head: will?.path.length === path.length ? will.desired : (0,json/* getAt */.sM)(declared.head, path),
        live: finding.live,
        confidence: will?.fate?.confidence ?? was?.confidence ?? 'certain',
        ...{ was, will, because: null, conflict: null },
    };
}

;// CONCATENATED MODULE: ./src/preview/place-object.ts



/** An object that the pull request declares and its base does not. Null: its fields tell the rest. */
function placeNew(object, live, { was, will }, release) {
    if (live === null)
        return { ...place_object_describe(object, was, will), prospect: 'creates', ours: true };
    if (release.isHelm && !(0,helm_marks/* isMarked */.rZ)(live, release.release)) {
        const conflict = `exists and cannot be imported into the current release: invalid ownership metadata`;
        const because = 'an object of this name is there already, and Helm takes over none that does not carry the marks of its release';
        return { ...place_object_describe(object, was, will), prospect: 'fails', ours: true, because, conflict };
    }
    // Somebody made it by hand, with the marks of the release.
    return was === null ? null : { ...place_object_describe(object, was, will), prospect: 'codifies', ours: true };
}
/** An object that the base declares and the pull request does not. */
function placeGone(object, { was, will, isThere, hasHead, byHand }) {
    const placed = { ...place_object_describe(object, was, will), ours: true, lost: 0 };
    if (!isThere)
        return { ...placed, prospect: was !== null && isOutOfBand(was) ? 'codifies' : 'no-op' };
    const lost = byHand === 0 ? null : `${(0,count/* count */.U)(byHand, 'change')} made by hand ${byHand === 1 ? 'goes' : 'go'} with it`;
    if (!hasHead) {
        const because = 'the chart is removed, and whether that uninstalls the release is for the pipeline to say';
        return {
            ...placed,
            prospect: 'deletes',
            lost: byHand,
            confidence: 'uncertain',
            because: lost === null ? because : `${because}; ${lost}`,
        };
    }
    if (will !== null && fateOf(will) !== 'kept')
        return { ...placed, prospect: 'deletes', lost: byHand, because: lost };
    const because = will?.fate?.reason ?? 'the annotation helm.sh/resource-policy: keep says that Helm leaves it';
    return { ...placed, prospect: 'leaves', because };
}
/** An object that both declare and the cluster lacks. */
function placeMissing(object, was, will) {
    const byHand = was !== null && isOutOfBand(was);
    const prospects = byHand ? MEETS : { ...MEETS, reverted: 'creates' };
    return { ...place_object_describe(object, was, will), prospect: prospects[fateOf(will)], ours: false };
}
/** An object that neither declares and that carries the marks of the release. */
function placeExtra(was, will) {
    const fate = will === null ? 'kept' : fateOf(will);
    return { ...place_object_describe(was.object, was, will), prospect: fate === 'reverted' ? 'deletes' : MEETS[fate], ours: false };
}
/** An object that could not be read. */
function placeUnread(object, because) {
    return placeWhole(object, 'unknown', because);
}
/** An object of which no side has a finding. */
function placeWhole(object, prospect, because) {
    return { ...place_object_describe(object, null, null), prospect, ours: true, because };
}
function place_object_describe(object, was, will) {
    return {
        ...{ object, path: [], base: undefined, head: undefined, live: undefined, contested: false, was, will },
        confidence: will?.fate?.confidence ?? was?.confidence ?? 'certain',
        ...{ because: null, conflict: null },
    };
}

;// CONCATENATED MODULE: ./src/preview/place-aside.ts


/**
 * Objects that the pull request brings, or takes out, and that a check sets aside: hooks, and what only some renders have. What
 * they do to the cluster is not compared, and that a deploy runs them must not go unsaid.
 *
 * @param declared whether the base declares an object and compares it
 */
function placeAside({ setAside: before, hooks: old }, { setAside: after, hooks }, declared) {
    const [had, has] = [indexAside(before), indexAside(after)];
    const come = [...has].filter(([name]) => !had.has(name)).map(([, one]) => one);
    const gone = [...had].filter(([name]) => !has.has(name)).map(([, one]) => one);
    // One that is made to differ from render to render has no digest any more: that is a change, too.
    const digests = new Map(hooks.map(({ object, digest }) => [(0,refs/* keyOfRef */.Qo)(object), digest]));
    const stays = new Set(after.filter(({ reason }) => reason === 'hook').map(({ object }) => (0,refs/* keyOfRef */.Qo)(object)));
    const changed = old.filter(({ object, digest }) => stays.has((0,refs/* keyOfRef */.Qo)(object)) && digests.get((0,refs/* keyOfRef */.Qo)(object)) !== digest);
    return [
        ...changed.map(({ object }) => placeWhole(object, 'changes', 'it is a hook, which Helm runs with the deploy, so what it does is not compared')),
        ...come.map(({ object, reason }) => declared((0,refs/* keyOfRef */.Qo)(object))
            ? placeWhole(object, 'unknown', `this pull request makes it ${nameReason(reason)}`)
            : placeNewAside(object, reason)),
        // One that becomes an object like others is told as that.
        ...gone
            .filter(({ reason }) => reason === 'hook')
            .map(({ object }) => placeWhole(object, 'unknown', 'it was a hook, which Helm runs with a deploy, and this pull request takes it out')),
    ];
}
function placeNewAside(object, reason) {
    const isMade = reason !== 'deploy-time-name';
    return placeWhole(object, isMade ? 'creates' : 'unknown', `it is ${nameReason(reason)}, so what becomes of it is not compared`);
}
/** Tests run only when somebody asks for them, and what is rendered on an install alone no deploy of a release makes. */
function indexAside(all) {
    return new Map(all.filter(({ reason }) => reason !== 'test' && reason !== 'install-only').map((one) => [nameAside(one), one]));
}
/** A name that is made up says nothing about which object it is. */
function nameAside({ object, reason }) {
    return reason === 'random-name' ? JSON.stringify([reason, object.apiVersion, object.kind]) : JSON.stringify([reason, (0,refs/* keyOfRef */.Qo)(object)]);
}
const REASONS = {
    hook: 'a hook, which Helm runs with the deploy',
    'generated-name': 'an object whose name the cluster makes up',
    'random-name': 'an object whose name the chart makes up with every render',
    'upgrade-only': 'an object that is rendered on upgrades only',
    'deploy-time-name': 'an object that is rendered or not depending on deploy-time values',
};
function nameReason(reason) {
    return REASONS[reason] ?? `set aside (${reason})`;
}

;// CONCATENATED MODULE: ./src/preview/own-finding.ts
/** What the pull request itself does to a place that no check finds anything at, in the form that redaction takes. */
function makeOwnFinding(object, path, { head, live }) {
    return {
        ...{ object, path, change: live === undefined ? 'removed' : 'changed', desired: head, live, id: '', cause: 'undeployed' },
        ...{ confidence: 'likely', drift: false, because: '', pattern: 'other', severity: 'low' },
        evidence: { manager: null, operation: null, subresource: null, time: null },
    };
}

;// CONCATENATED MODULE: ./src/preview/place-unstable.ts



/**
 * Places that the pull request makes depend on chance, on how the release is deployed, or on deploy-time values, or that it
 * changes beside that. A check compares none of them, and a preview would be blind to whatever hides behind one.
 *
 * @param placed what findings tell already
 */
function placeUnstable(before, after, live, placed) {
    return after.desired.unstable
        .filter((one) => isTouched(one, before) && !placed.some(({ path }) => (0,same_place/* overlaps */.$f)(path, one.path)))
        .map(({ path, why }) => {
        const at = { base: (0,json/* getAt */.sM)(before.declared, path), head: (0,json/* getAt */.sM)(after.declared, path), live: (0,json/* getAt */.sM)(live, path) };
        return {
            ...{ prospect: 'changes', object: after.desired.ref, path, ...at, ours: true, contested: false, confidence: 'likely' },
            ...{ was: null, will: makeOwnFinding(after.desired.ref, path, at), because: WHY[why], conflict: null },
        };
    });
}
const WHY = {
    random: 'the chart makes this value up, in whole or in part, with every render',
    'install-or-upgrade': 'the chart renders one value on an install and another one on an upgrade',
    'deploy-time': 'it follows from deploy-time values, which Git does not have',
};
/** What is random on both sides differs in any case, and says nothing. */
function isTouched(one, { declared, desired: { unstable } }) {
    const known = unstable.find(({ path }) => (0,same_place/* isSamePath */.ys)(path, one.path));
    if (known === undefined)
        return !unstable.some(({ path, why }) => why === 'random' && isAbove(path, one.path)) || (0,json/* getAt */.sM)(declared, one.path) === undefined;
    if (known.why === 'random' && one.why === 'random')
        return false;
    return known.why !== one.why || !isSameSet(known.rendered, one.rendered);
}
function isAbove(top, path) {
    return top.length < path.length && (0,same_place/* overlaps */.$f)(top, path);
}
function isSameSet(some, others) {
    return some.length === others.length && some.every((one) => others.some((other) => (0,json/* isSame */.Ft)(one, other)));
}

;// CONCATENATED MODULE: ./src/preview/place-changes.ts







/**
 * Places everything that a pull request meets or makes in one target. Pure: what is placed follows from what a check of
 * the base finds in the cluster, and what a check of the head would.
 *
 * @param sides both read from the cluster at the same moment
 */
function placeChanges({ base, head }, release) {
    const [before, after] = [indexSide(base), indexSide(head)];
    const keys = [...new Set([...after.objects.keys(), ...before.objects.keys()])];
    const aside = head === null ? [] : placeAside(base ?? NO_SIDE, head, (key) => before.objects.has(key));
    const told = new Set(aside.map(({ object }) => (0,refs/* keyOfRef */.Qo)(object)));
    const declared = keys.flatMap((key) => {
        if (told.has(key) && !after.objects.has(key))
            return [];
        const whole = { was: findWhole(before, key), will: findWhole(after, key) };
        return placeDeclared({ before: before.objects.get(key), after: after.objects.get(key), whole, hasHead: head !== null }, release);
    });
    const extra = (base?.findings ?? [])
        .filter(({ change, object }) => change === 'extra-object' && !after.objects.has((0,refs/* keyOfRef */.Qo)(object)) && !told.has((0,refs/* keyOfRef */.Qo)(object)))
        .map((was) => placeExtra(was, after.extra.get((0,refs/* keyOfRef */.Qo)(was.object)) ?? null));
    return [...declared, ...aside.filter(({ object }) => !after.objects.has((0,refs/* keyOfRef */.Qo)(object))), ...extra];
}
function indexSide(side) {
    const { desired, live, findings, sides, stops } = side ?? NO_SIDE;
    const findingsOf = Map.groupBy(findings, ({ object }) => (0,refs/* keyOfRef */.Qo)(object));
    const stopsOf = Map.groupBy(stops, ({ object }) => (0,refs/* keyOfRef */.Qo)(object));
    const objects = desired.map((one, index) => {
        const own = findingsOf.get((0,refs/* keyOfRef */.Qo)(one.ref)) ?? [];
        return [
            (0,refs/* keyOfRef */.Qo)(one.ref),
            {
                ...{ desired: one, reading: live.readings[index]?.reading, declared: sides.get(one.ref)?.desired ?? one.object },
                fields: own.filter(({ path }) => path.length > 0),
                whole: own.find(({ path }) => path.length === 0) ?? null,
                stops: stopsOf.get((0,refs/* keyOfRef */.Qo)(one.ref)) ?? [],
            },
        ];
    });
    const extra = findings.filter(({ change }) => change === 'extra-object').map((one) => [(0,refs/* keyOfRef */.Qo)(one.object), one]);
    return { objects: new Map(objects), extra: new Map(extra) };
}
const NO_SIDE = {
    ...{ desired: [], setAside: [], hooks: [], findings: [], sides: new Map(), stops: [] },
    live: { readings: [], extra: [], requests: { list: 0, get: 0, discovery: 0 }, notes: [] },
};
function findWhole({ objects, extra }, key) {
    return objects.get(key)?.whole ?? extra.get(key) ?? null;
}
function placeDeclared({ before, after, whole, hasHead }, release) {
    const ref = (after ?? before)?.desired.ref;
    const reading = (after ?? before)?.reading;
    if (reading === undefined || (reading.outcome !== 'found' && reading.outcome !== 'missing')) {
        const isChanged = before === undefined || after === undefined || !(0,json/* isSame */.Ft)(before.desired.object, after.desired.object);
        const why = reading === undefined || reading.outcome === 'skipped' ? 'it was not read' : reading.detail;
        return isChanged ? [placeUnread(ref, why)] : [];
    }
    const live = reading.outcome === 'found' ? reading.object : null;
    if (after === undefined) {
        return [placeGone(ref, { ...whole, isThere: live !== null, hasHead, byHand: (before?.fields ?? []).filter(isOutOfBand).length })];
    }
    if (before === undefined) {
        const placed = placeNew(ref, live, whole, release);
        if (placed !== null && placed.prospect !== 'codifies')
            return [placed];
        return [...(placed === null ? [] : [placed]), ...placeFields(before, after)];
    }
    if (live !== null) {
        const placed = placeFields(before, after);
        return [...placed, ...placeUnstable(before, after, live, placed)];
    }
    return whole.will === null ? [] : [placeMissing(ref, whole.was, whole.will)];
}
function placeFields(before, after) {
    const declared = { base: before?.declared, head: after.declared };
    const placed = pairFindings(before?.fields ?? [], after.fields).flatMap((pair) => placeField(pair, declared, after.fields));
    const live = after.reading?.outcome === 'found' ? after.reading.object : undefined;
    return [...placed, ...after.stops.map((stop) => placeStop(stop, live, declared))];
}

;// CONCATENATED MODULE: ./src/preview/share-reading.ts


/** What both sides want to see of the cluster, each object once. */
function joinWanted(base, head) {
    const known = new Set(head.objects.map(({ ref }) => keyOfRead(ref)));
    const objects = [...head.objects, ...base.objects.filter(({ ref }) => !known.has(keyOfRead(ref)))];
    return { objects, setAside: [...base.setAside, ...head.setAside], notes: [] };
}
/** Read is what was asked for: the same object in two versions is two readings. */
function keyOfRead(ref) {
    return `${ref.apiVersion}|${(0,refs/* keyOfRef */.Qo)(ref)}`;
}
/**
 * What was read, as one side alone would have read it: in the order of its objects, with what only the other side declares
 * among the objects that it does not, if the release made them.
 */
function pickLive(read, own, other, release) {
    const readings = new Map(read.readings.map((one) => [keyOfRead(one.ref), one.reading]));
    const mine = new Set(own.objects.map(({ ref }) => (0,refs/* keyOfRef */.Qo)(ref)));
    const foreign = other.objects.flatMap(({ ref }) => {
        const reading = mine.has((0,refs/* keyOfRef */.Qo)(ref)) ? undefined : readings.get(keyOfRead(ref));
        return reading?.outcome === 'found' && (0,helm_marks/* isMarked */.rZ)(reading.object, release) ? [{ ref, object: reading.object }] : [];
    });
    return {
        ...read,
        readings: own.objects.map(({ ref }) => ({ ref, reading: readings.get(keyOfRead(ref)) ?? { outcome: 'skipped', reason: 'not read' } })),
        extra: [...read.extra.filter(({ ref }) => !mine.has((0,refs/* keyOfRef */.Qo)(ref))), ...foreign],
    };
}

;// CONCATENATED MODULE: ./src/preview-target.ts









/**
 * Reads once what both sides of a pull request need of the cluster, and tells what becomes of every place that it meets or
 * makes. The findings and the verdict are those of a check of the base. Nothing is written anywhere.
 */
async function previewTarget({ target, base, head, files }, opened, against, tools) {
    const { inputs, stopwatch } = tools;
    const source = opened.openTarget();
    const wanted = joinWanted(base?.desired ?? NOTHING, head?.desired ?? NOTHING);
    tools.progress(`${target.name}: reading ${wanted.objects.length} objects`);
    const { release, namespace, extraKinds } = target;
    const setAside = wanted.setAside.map(({ object }) => object);
    const [read, schemas] = await stopwatch.measure('read', () => Promise.all([
        source.read(wanted.objects.map(({ ref }) => ref), { release, namespace, extraKinds, setAside }),
        source.readSchemas((0,check_target/* listCustomVersions */.LS)(wanted)),
    ]));
    const readRecord = (0,check_target/* openRecord */.C6)(target, source);
    const bench = { opened, source, schemas, readRecord };
    const beside = (own, other) => pickLive(read, own, other, release);
    const before = base ?? { target, desired: NOTHING, render: EMPTY, commit: null };
    const checked = await (0,check_target/* judgeTarget */.dM)(before, beside(before.desired, head?.desired ?? NOTHING), bench, tools);
    const record = await findRecord(checked, readRecord, opened);
    const after = head === null ? null : judgeHead(head, beside(head.desired, before.desired), checked, record, tools);
    const sides = { base: base === null ? null : toSide(checked), head: after };
    const isHelm = checked.result.delivery.startsWith('helm-') || base === null;
    const placed = placeChanges(sides, { release, namespace, isHelm });
    const rules = { paths: inputs.redact };
    const secrets = {
        target,
        findings: [...checked.result.findings, ...(after?.findings ?? [])],
        sides: new Map([...checked.result.sides, ...(after?.sides ?? [])]),
    };
    const kinds = nameKinds(files.map(({ sort }) => sort), placed, { base: base?.desired.objects ?? null, head: head?.desired.objects ?? null });
    const paths = files.map(({ path }) => path);
    const preview = assemblePreview({ sides, placed, kinds, files: paths, against }, rules, (0,redact_told/* makeTargetScrubber */.ar)(secrets, rules));
    const notes = [...checked.result.notes, ...listOwnNotes(before.desired, head?.desired ?? NOTHING)];
    const report = (0,assemble/* assembleTarget */.cp)({ ...checked.result, notes, requests: source.requests() }, rules);
    if (against === 'cluster')
        return { ...report, notes: [...report.notes, ...noteAbsent(base, read, target)], preview };
    // The base was held against itself: that says nothing of the cluster.
    return { ...report, verdict: 'incomplete', complete: false, counts: { ...report.counts, compared: 0 }, preview };
}
/** What is worth knowing of the pull request's rendering alone, such as a schema that was not looked at. */
function listOwnNotes(base, head) {
    const known = new Set(base.notes.map((note) => JSON.stringify(note)));
    return head.notes
        .filter((note) => !known.has(JSON.stringify(note)))
        .map((note) => ({ ...note, message: `With this pull request: ${note.message}` }));
}
/** That nothing of a release is there is more likely a wrong name than everything lost. */
function noteAbsent(base, { readings }, { release, namespace }) {
    if (base === null || readings.some(({ reading }) => reading.outcome !== 'missing'))
        return [];
    const message = `None of the objects of release ${release} is in namespace ${namespace}: either it was never deployed, or \`release\`, \`namespace\` or \`kube-context\` name something else.`;
    return [{ kind: 'not-installed', message }];
}
const NOTHING = { objects: [], setAside: [], notes: [] };
const EMPTY = { helm: null, workspace: '/', dependencies: 'never' };
/** What the last deploy rendered, by Helm's own record, where judging needed it. */
async function findRecord({ result }, readRecord, opened) {
    const isAhead = result.findings.some(({ cause }) => cause === 'undeployed');
    const read = isAhead && opened.server !== null ? await readRecord() : null;
    return read?.outcome === 'read' ? (0,look_back/* toRecord */.L)(read, result.target, opened.info) : null;
}
function toSide({ result: { desired, live, findings, sides } }) {
    return { desired: desired.objects, setAside: desired.setAside, hooks: desired.hooks ?? [], live, findings, sides, stops: [] };
}

// EXTERNAL MODULE: ./src/run.ts + 116 modules
var run = __webpack_require__(98152);
// EXTERNAL MODULE: ./src/share.ts
var share = __webpack_require__(26256);
// EXTERNAL MODULE: ./src/stopwatch.ts
var src_stopwatch = __webpack_require__(99176);
;// CONCATENATED MODULE: ./src/run-preview.ts











/**
 * Previews what a pull request will do to every target that it touches, and gives one report. A target that fails is
 * reported as failed, and does not stop the others. Nothing is written anywhere.
 */
async function runPreview(request, inputs, surroundings) {
    const { pullRequest, untouched, folders, against, notes } = request;
    const stopwatch = (0,src_stopwatch/* startStopwatch */.Q)();
    const connect = (0,share/* share */.u)((context) => stopwatch.measure('connect and discover', () => (0,run/* openLiveSource */.wE)(inputs, context, surroundings)));
    const tools = {
        ...{ inputs, stopwatch, now: surroundings.now, progress: surroundings.progress },
        openSource: connect,
        getHelm: (0,run/* makeHelmFinder */.rY)(inputs, surroundings),
    };
    const heads = new Map();
    const previewOne = async (sides) => {
        if (sides.failed !== undefined)
            throw sides.failed;
        let base = null;
        const standIn = () => openRenderedLive(() => base?.desired ?? null, inputs);
        const opened = against === 'base' ? standIn() : await connect(sides.target.context);
        const renderIn = (workspace, target) => (0,check_target/* renderDesired */.ls)(target, opened.info, { ...tools, inputs: { ...inputs, workspace } });
        const [before, after] = await Promise.all([
            sides.base === null ? null : blame('base', renderIn(folders.base, sides.base)),
            sides.head === null
                ? null
                : 'desired' in sides.head
                    ? { target: sides.target, desired: settleHandover(sides.head.desired, sides.target.namespace, opened.info) }
                    : blame('head', renderIn(folders.head, sides.head)),
        ]);
        base = before === null ? null : { ...before, ...(await findHistory(sides.target, inputs.workspace, pullRequest.base)) };
        heads.set(sides.target.name, after?.desired ?? null);
        return previewTarget({ target: sides.target, base, head: after, files: sides.files }, opened, against, tools);
    };
    const inTurn = (0,limit/* limitConcurrency */.f)(run/* TARGETS_AT_ONCE */.Z);
    const targets = await Promise.all(request.targets.map((sides) => inTurn(() => previewOne(sides).catch((error) => (0,assemble/* assembleFailedTarget */.l4)(sides.target, (0,run/* toFault */.ec)(error), inputs.notes)))));
    const report = (0,assemble/* assembleReport */.xr)(targets, surroundings.now, surroundings.version);
    return {
        // A pull request that touches nothing has no target that could fail.
        report: {
            ...report,
            verdict: targets.length === 0 ? 'in-sync' : report.verdict,
            pullRequest: { ...pullRequest, untouched },
            ...(notes.length === 0 ? {} : { notes }),
        },
        timings: stopwatch.timings(),
        heads,
    };
}
/** The base lies in a folder of its own; its history is that of the checkout, as long as the chart is still there. */
async function findHistory(target, workspace, from) {
    const { source } = target;
    const paths = source.type === 'chart' ? [source.chart, ...source.values] : [source.path];
    const there = await Promise.all(paths.map(isThere));
    return from === null || there.includes(false) ? {} : { history: { target, workspace, from } };
}
/** Which side it is that does not render is the first thing to know. */
async function blame(side, rendering) {
    try {
        return await rendering;
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.y))
            throw error;
        const [first, ...rest] = error.faults.map((fault) => blameOn(side, fault));
        throw first === undefined ? error : new errors/* UserError */.y(first, ...rest);
    }
}
function blameOn(side, fault) {
    // That helm cannot be had is neither's fault.
    if (fault.where === 'helm')
        return fault;
    if (side === 'head')
        return { ...fault, message: `With this pull request: ${fault.message}` };
    const remedy = 'Check the base out to see it. A pull request that mends it has no preview before it is merged.';
    return { ...fault, message: `In the base of this pull request: ${fault.message}`, remedy };
}

// EXTERNAL MODULE: ./src/github/is-self.ts
var is_self = __webpack_require__(24850);
// EXTERNAL MODULE: ./src/deliver/carry-out.ts + 2 modules
var carry_out = __webpack_require__(15356);
;// CONCATENATED MODULE: ./src/deliver/keep-comment.ts




/** How often the list is read again where it lags behind: 1, 2 and 4 seconds apart. */
const LOOKS = 3;
/**
 * Keeps one comment of ours on a pull request: makes it, edits it where it says something else, and leaves it alone where a
 * newer run has written it. Where two runs have made one each, the older comment stays, and the other is deleted.
 *
 * @param dryRun tells what would be done and does nothing
 * @throws RefusalError where GitHub does not let it
 */
async function keepComment(wanted, hands, dryRun) {
    const { ours, complete } = await listOurs(wanted, hands);
    const [kept] = ours;
    if (kept === undefined)
        return makeFirst(wanted, hands, { complete, dryRun });
    if (isOlder(wanted, ours)) {
        return { action: 'left-alone', url: kept.url, why: 'a newer run has written it.' };
    }
    const same = saySame(kept.body, wanted.text);
    if (same && ours.length === 1)
        return { action: 'unchanged', url: kept.url, why: 'it says the same already.' };
    if (dryRun)
        return { action: 'unchanged', url: kept.url, why: 'this is a dry run; otherwise it would be brought up to date.' };
    if (!same) {
        const edited = await edit(kept, wanted, hands);
        if (!edited)
            return makeFirst(wanted, hands, { complete, dryRun });
    }
    await deleteTwins(ours.slice(1), hands);
    return {
        action: 'updated',
        url: kept.url,
        why: wanted.nothing ? 'nothing concerns the cluster any more.' : 'it says what this run found.',
    };
}
async function makeFirst(wanted, hands, { complete, dryRun }) {
    if (wanted.nothing)
        return { action: 'none', url: null, why: 'nothing concerns the cluster.' };
    if (!complete) {
        return { action: 'none', url: null, why: 'the pull request has more than 1,000 comments, so ours cannot be told for sure.' };
    }
    if (dryRun)
        return { action: 'none', url: null, why: 'this is a dry run; otherwise it would be made.' };
    const created = await createOnce(wanted, hands);
    return settle(created, wanted, hands);
}
/** A request without an answer may have been done: the list is read before it is sent once more. */
async function createOnce(wanted, hands) {
    const { tracker, sleep } = hands;
    try {
        return await tracker.createComment(wanted.number, wanted.text);
    }
    catch (error) {
        if ((0,refusal/* explainRefusal */.GC)(error).kind !== 'unsure')
            throw error;
        for (let look = 0; look < LOOKS; look++) {
            await sleep(1000 * 2 ** look);
            // Whatever broke the first request may break these, too.
            const { ours } = await listOurs(wanted, hands).catch(() => ({ ours: [] }));
            const found = ours.find(({ run }) => run === (wanted.run ?? 0));
            if (found !== undefined)
                return found;
        }
        return tracker.createComment(wanted.number, wanted.text);
    }
}
/** Looks whether another run has made one at the same time: the older comment stays, with what the newer run says. */
async function settle(created, wanted, hands) {
    const ours = await readWithOwn(created.id, wanted, hands);
    const [kept = created, ...younger] = ours;
    if (kept.id === created.id) {
        // One of a newer run is that run's own to clear away, once it has put its text here.
        const older = younger.filter(({ run }) => run <= (wanted.run ?? 0));
        await deleteTwins(older, hands);
        return { action: 'created', url: created.url, why: 'there was none yet.' };
    }
    if (!isOlder(wanted, ours))
        await edit(kept, wanted, hands);
    await deleteTwins([created], hands);
    return { action: 'updated', url: kept.url, why: 'another run had made one at the same time.' };
}
/** Reads the list until it shows our own comment: then it shows what was made before it, too. */
async function readWithOwn(id, wanted, hands) {
    for (let look = 0; look < LOOKS; look++) {
        // Not worth failing for: the next run sees both, and deletes one.
        const { ours } = await listOurs(wanted, hands).catch(() => ({ ours: null }));
        if (ours === null)
            return [];
        if (ours.some((one) => one.id === id))
            return ours;
        await hands.sleep(1000 * 2 ** look);
    }
    return [];
}
/** @returns false where it was deleted meanwhile */
async function edit({ id }, { text }, { tracker, sleep }) {
    try {
        await (0,carry_out/* again */.T)(() => tracker.editComment(id, text), sleep);
        return true;
    }
    catch (error) {
        if (['not-found', 'gone'].includes((0,refusal/* explainRefusal */.GC)(error).kind))
            return false;
        throw error;
    }
}
/** What cannot be deleted now is found again by the next run. */
async function deleteTwins(twins, { tracker }) {
    for (const { id } of twins)
        await tracker.deleteComment(id).catch(() => undefined);
}
function isOlder({ run }, ours) {
    return run !== null && ours.some((one) => one.run > run);
}
/** Ours by author and mark, the oldest first. */
async function listOurs({ number, key }, { tracker, self }) {
    const { comments, complete } = await tracker.listComments(number);
    const ours = comments.flatMap(({ id, url, author, body }) => {
        const marker = (0,is_self/* isSelf */.f)(author, self) ? readPreviewMarker(body) : null;
        return marker?.key === key ? [{ id, url, body, run: marker.run }] : [];
    });
    return { ours: ours.toSorted((a, b) => a.id - b.id), complete };
}

// EXTERNAL MODULE: ./src/report/preview/arrange.ts
var arrange = __webpack_require__(31169);
// EXTERNAL MODULE: ./src/report/describe-time.ts
var describe_time = __webpack_require__(85703);
// EXTERNAL MODULE: ./src/report/issue-head.ts
var issue_head = __webpack_require__(15012);
// EXTERNAL MODULE: ./src/report/issue-text.ts
var issue_text = __webpack_require__(37665);
// EXTERNAL MODULE: ./src/report/links.ts
var links = __webpack_require__(83303);
// EXTERNAL MODULE: ./src/report/sanitize.ts
var sanitize = __webpack_require__(91211);
// EXTERNAL MODULE: ./src/report/preview/forms.ts + 2 modules
var preview_forms = __webpack_require__(37054);
// EXTERNAL MODULE: ./src/report/preview/words.ts
var words = __webpack_require__(42680);
;// CONCATENATED MODULE: ./src/report/preview/comment.ts










const FEWEST_CHARS = 1500;
/**
 * The comment on a pull request that tells what it will do to the cluster as it is: one sentence, a table by object, what
 * has to be decided, and the rest folded. It is written again with less until it fits, is never cut inside a line, and
 * says what was left out and where that is. Where nothing concerns the cluster any more, it says so.
 *
 * The mark comes first and what differs from run to run comes last, on a line of its own: see `saySame`.
 *
 * @throws RangeError when `maxChars` cannot hold even the first sentences (under 1500)
 */
function formatPreviewComment(report, options) {
    const { maxChars = issue_text/* COMMENT_CHARS */._2 } = options;
    if (maxChars < FEWEST_CHARS)
        throw new RangeError(`The text of a comment takes at least ${FEWEST_CHARS} characters, not ${maxChars}.`);
    const mark = (text) => markPreview({ key: options.key, run: options.run ?? 0 }, text);
    const room = maxChars - mark('').length;
    if ((0,arrange/* listConcerned */.QS)(report).length === 0)
        return mark(writeNothing(report, options, room));
    const forms = (0,preview_forms/* listPreviewForms */.Iu)().map(({ left, write }) => () => [
        (0,preview_forms/* formatHeadline */.QG)(report, left === '' ? 1000 : 400),
        ...(0,preview_forms/* formatBlindness */.WH)(report),
        ...write(report, room),
        ...(0,preview_forms/* formatOthers */.l)(report),
        ...formatEnd(report, options, left),
    ]);
    return mark((0,issue_text/* takeFirstThatFits */.FW)(forms, room) ?? (0,issue_text/* joinIssueText */.by)(writeLeast(report, options)));
}
function writeNothing(report, options, room) {
    const forms = [[...(0,preview_forms/* formatBlindness */.WH)(report), ...(0,preview_forms/* formatOthers */.l)(report)], []].map((around) => () => [
        `**${words/* NOTHING_LEFT */.AS}**`,
        ...around,
        ...formatEnd(report, options, ''),
    ]);
    return (0,issue_text/* takeFirstThatFits */.FW)(forms, room) ?? (0,issue_text/* joinIssueText */.by)([`**${words/* NOTHING_LEFT */.AS}**`, ...formatEnd(report, options, '')]);
}
function writeLeast(report, options) {
    return [(0,preview_forms/* formatHeadline */.QG)(report, 200), ...formatEnd(report, options, 'nearly everything')];
}
/** What was left out, what was compared with what, and, on a line of its own, which run says so. */
function formatEnd(report, { runUrl, rendered = 'here' }, left) {
    const { base, head } = report.pullRequest;
    const against = base === null ? '' : `, against the base's ${(0,issue_head/* nameCommit */.Pi)(base)}`;
    const summary = (0,links/* toLink */.S)('summary of the run', runUrl, 'run');
    const version = (0,issue_text/* escapeShortly */.h9)(report.tool.version, 100);
    const time = (0,sanitize/* escapeMarkdown */.FV)((0,values/* shorten */.ml)((0,describe_time/* formatUtc */.ay)(report.generatedAt), 40));
    return [
        ...(left === ''
            ? []
            : [`> **Shortened.** Left out here: ${left}. The whole preview is in the job summary and in its \`report.json\`.`]),
        ...(rendered === 'elsewhere' ? [`> ${(0,sanitize/* escapeMarkdown */.FV)(words/* RENDERED_ELSEWHERE */.zg)}`] : []),
        ...(head === null ? [] : [`<small>This is about ${(0,issue_head/* nameCommit */.Pi)(head)}${against}.</small>`]),
        `<small>Plumbline ${version}, ${time}: everything is in the ${summary}. It only reads: nothing was written to the cluster.</small>`,
    ];
}

// EXTERNAL MODULE: ./src/track/access.ts
var access = __webpack_require__(79053);
;// CONCATENATED MODULE: ./src/track/keep-preview-comment.ts





/**
 * Keeps the one comment on the report's pull request that tells what it will do. Whatever GitHub refuses is a note.
 *
 * @param options of the text. Its `run` must grow from push to push: where one run renders and another one comments, it is
 *   the one that renders
 */
async function keepPreviewComment(report, options, inputs, { context, openTracker, sleep }) {
    const leave = (kind, message) => ({ news: null, notes: [{ kind, message }] });
    if (context === null)
        return leave('no-comment', 'No comment is written: this is not a run of a GitHub workflow.');
    if (inputs.token === '') {
        return leave('no-token', 'No comment can be written: `token` is empty. Leave it out to use the job’s own token, or give one that may write to pull requests.');
    }
    const { number, fromFork } = report.pullRequest;
    if (number === null)
        return leave('no-comment', 'No comment is written: a working copy is no pull request.');
    try {
        const tracker = await openTracker(context);
        const [self, { isPublic }] = await Promise.all([tracker.readSelf(), tracker.readRepository()]);
        if (isPublic && !inputs.allowPublic && showsCluster(report)) {
            return leave('public-repository', 'No comment is written: the repository is public, and the comment would show to everyone what the cluster has. Set `allow-public: true` if that is all right. The job summary, which is as public as the repository, has all of it as it does for a check.');
        }
        const text = formatPreviewComment(report, options);
        const wanted = { number, key: options.key, run: options.run, text, nothing: !report.targets.some(arrange/* concernsCluster */.sw) };
        const news = await keepComment(wanted, { tracker, self, sleep }, inputs.dryRun);
        return { news, notes: [] };
    }
    catch (error) {
        return { news: null, notes: [noteCommentRefusal((0,refusal/* explainRefusal */.GC)(error), number, fromFork)] };
    }
}
/** Whether anything in it comes from a cluster. What went wrong may name one, too. */
function showsCluster({ targets }) {
    return targets.some(({ preview, error, unread, findings }) => {
        return error !== null || preview?.against !== 'base' || unread.length + findings.length > 0;
    });
}
/** Says why GitHub refused the comment, and what to do about it. */
function noteCommentRefusal(refusal, number, fromFork) {
    const what = `The comment on pull request ${number} could not be written`;
    const { kind, message } = refusal;
    switch (kind) {
        case 'forbidden':
            return { kind: 'no-permission', message: `${what}: \`token\` lacks a permission (${message}). ${fromFork ? FORK : GRANT}` };
        case 'not-found':
        case 'gone':
            return { kind: 'no-permission', message: `${what}: GitHub shows no such pull request (${message}). ${fromFork ? FORK : GRANT}` };
        case 'locked':
            return {
                kind: 'comment-locked',
                message: `${what}: its conversation is locked (${message}). Unlock it if Plumbline is to comment there. The job summary has everything.`,
            };
        default:
            return (0,access/* noteRefusal */.N)(refusal, what);
    }
}
const GRANT = 'Give the job `permissions: pull-requests: write`, and `contents: read` with it. Pull requests of Dependabot get a token that may only read, whatever the job says. The job summary has everything.';
const FORK = 'Pull requests from a fork get a token that may only read, whatever the job says: `docs/preview.md` shows how a second workflow comments on them. The job summary has everything.';

// EXTERNAL MODULE: ./src/issues/tracked.ts
var issues_tracked = __webpack_require__(73810);
// EXTERNAL MODULE: ./src/memory/advance.ts
var advance = __webpack_require__(31561);
;// CONCATENATED MODULE: ./src/preview/match-issues.ts


/**
 * Finds the open issue whose drift a pull request codifies, and whether it codifies all that the target's issue is open for:
 * only then will it be closed once the pull request is deployed and everything was read clean.
 *
 * @param target of a preview; its findings are what a check of the pull request's base gives
 * @param issues ours, of whatever target
 * @returns the target with `preview.issues`; as it is where it has no preview
 */
function matchIssues(target, issues) {
    const { preview } = target;
    if (preview === undefined)
        return target;
    const tracked = target.findings.filter(advance/* isTracked */.Xz);
    const codified = tracked.filter((finding) => isCodified(finding, preview));
    // Where two runs have filed at once, the oldest is the one that stays.
    const [issue] = (0,issues_tracked/* listOpen */.x)(issues.filter(({ parts }) => parts.identity.kind === 'drift' && parts.identity.target === target.name));
    const isMatch = issue !== undefined && codified.some((finding) => tracks(issue, finding));
    const whole = target.complete && codified.length === tracked.length;
    return { ...target, preview: { ...preview, issues: isMatch ? [{ number: issue.number, url: issue.url, whole }] : [] } };
}
/** Whether Git comes to say all of it: of a variable that was added, its value alone is not enough. */
function isCodified({ id }, { changes }) {
    const met = changes.filter((change) => change.finding === id);
    return met.length > 0 && met.every(({ prospect }) => prospect === 'codifies');
}
/** Whether an issue is open for a finding, be it with another value; an issue whose state was damaged or cut may well be. */
function tracks({ parts: { marker } }, finding) {
    if (marker?.kind !== 'drift' || marker.memory.cut === true)
        return true;
    const key = (0,advance/* keyOf */.TN)(finding);
    return marker.memory.streaks.some((streak) => streak.key === key || streak.id === finding.id);
}

;// CONCATENATED MODULE: ./src/track/link-issues.ts



/** Names the open issues whose drift a pull request codifies. They are asked for only where it codifies something. */
async function linkIssues(report, context, openTracker) {
    if (!report.targets.some(({ preview }) => (preview?.counts.codifies ?? 0) > 0))
        return { report, notes: [] };
    try {
        const tracker = await openTracker(context);
        const self = await tracker.readSelf();
        const { issues } = await tracker.listIssues(self, { state: 'open', creator: self });
        return { report: { ...report, targets: report.targets.map((target) => matchIssues(target, issues)) }, notes: [] };
    }
    catch (error) {
        return { report, notes: [(0,access/* noteRefusal */.N)((0,refusal/* explainRefusal */.GC)(error), 'Whether an open issue is about this drift cannot be read')] };
    }
}

;// CONCATENATED MODULE: ./src/preview-pull-request.ts








/**
 * Previews the pull request that a workflow's event is about, and keeps its comment. Where no cluster could be read, what the
 * pull request renders is handed over in a file, for a run that may read one.
 *
 * @throws UserError with every fault of the inputs, or where the base cannot be had
 */
async function previewPullRequest(tools) {
    const prepared = await preparePreview(tools.env, tools.context, tools.log);
    if ('type' in prepared)
        return prepared;
    try {
        return await previewPrepared(prepared, tools);
    }
    finally {
        await prepared.close();
    }
}
async function previewPrepared(prepared, { context, sleep, begin }) {
    const { inputs, request, rendered, run, mayComment } = prepared;
    const { surroundings, openTracker } = begin(inputs);
    const result = await runPreview(request, inputs, surroundings);
    const handedOver = await handOver(result, prepared);
    const linked = mayComment ? await linkIssues(result.report, context, openTracker) : { report: result.report, notes: [] };
    const { report } = linked;
    // Several jobs of one workflow have targets of their own, and so a comment each.
    const whose = inputs.configFile ?? inputs.targets.map(({ name }) => name).join(',');
    const options = { key: makePreviewKey(context.workflow ?? '', whose), run, runUrl: context.runUrl, rendered };
    const kept = mayComment
        ? await keepPreviewComment(report, options, inputs, { context, openTracker, sleep })
        : { news: null, notes: [{ kind: 'no-comment', message: NO_COMMENT }] };
    const notes = [...(report.notes ?? []), ...linked.notes, ...kept.notes];
    return {
        ...{ type: 'previewed', inputs },
        report: notes.length === 0 ? report : { ...report, notes },
        timings: result.timings,
        notes: [...linked.notes, ...kept.notes].filter(({ kind }) => kind !== 'no-comment'),
        done: [...handedOver, ...(kept.news === null ? [] : [`${NEWS[kept.news.action]}: ${kept.news.why}`])],
    };
}
/** What stands before the reason. */
const NEWS = {
    none: 'No comment is made on the pull request',
    created: 'A comment on the pull request was made',
    updated: 'The comment on the pull request was brought up to date',
    unchanged: 'The comment on the pull request stays as it is',
    'left-alone': 'The comment on the pull request is left alone',
};
const NO_COMMENT = 'No comment is written: a run without secrets has a token that may only read. The job summary has everything.';
/** Only what a run without a cluster renders is of use to another one. */
async function handOver({ heads, report }, { inputs, request }) {
    const { number, base, head } = request.pullRequest;
    if (request.against === 'cluster' || number === null || head === null)
        return [];
    // Whoever reads it must not take what failed here for a chart that is gone.
    const failed = report.targets.filter(({ verdict }) => verdict === 'error');
    if (failed.length > 0)
        return ['Nothing is handed over, since not every target could be rendered.'];
    const handover = {
        pullRequest: { number, head, base },
        kubeVersion: (0,saved_source/* assumeCluster */.Vv)(inputs).kubeVersion,
        targets: [...heads].map(([name, desired]) => ({ name, head: desired })),
    };
    const { writeHandover } = await __webpack_require__.e(/* import() */ 158).then(__webpack_require__.bind(__webpack_require__, 49158));
    const file = `${inputs.reportDir}/${model/* HANDOVER_FILE */.Hd}`;
    await (0,files/* writeText */.x)(file, writeHandover(handover, listKnown(inputs)), 'report-dir');
    return [`What the pull request renders is in ${file}, for a run that may read the cluster.`];
}
function listKnown({ targets }) {
    return targets.map(({ name, namespace }) => ({ name, namespace }));
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
