export const id = 901;
export const ids = [901];
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

/***/ 95901:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  preparePreview: () => (/* binding */ preparePreview)
});

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

// EXTERNAL MODULE: ./src/trees/is-there.ts
var is_there = __webpack_require__(85958);
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
        return { target: (await (0,is_there/* isThere */.$)(path)) ? { ...target, source: { ...source, path } } : null, missingValues: [], notes: untracked };
    }
    const chart = await move(source.chart);
    if (!(await hasChart(chart)))
        return { target: null, missingValues: [], notes: [] };
    const moved = await Promise.all(source.values.map(move));
    const there = await Promise.all(moved.map(is_there/* isThere */.$));
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
        return { target: (await (0,is_there/* isThere */.$)(source.path)) ? target : null, missingValues: [], notes: [] };
    if (!(await hasChart(source.chart)))
        return { target: null, missingValues: [], notes: [] };
    const there = await Promise.all(source.values.map(is_there/* isThere */.$));
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
        if (await (0,is_there/* isThere */.$)(one))
            return one;
    return found[0] ?? path;
}
/** A folder from which the chart was taken away may be left with other things in it. */
async function hasChart(path) {
    return path.endsWith('.tgz') ? (0,is_there/* isThere */.$)(path) : (0,is_there/* isThere */.$)((0,external_node_path_.join)(path, 'Chart.yaml'));
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
        if (!(await (0,is_there/* isThere */.$)(path)) || (await (0,is_there/* isThere */.$)(copy)) || (await isTracked(path, sides)))
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
    if (!(await (0,is_there/* isThere */.$)((0,external_node_path_.join)(chart, 'Chart.yaml'))) || !(await (0,is_there/* isThere */.$)((0,external_node_path_.join)(source.chart, 'Chart.yaml'))))
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


/***/ }),

/***/ 85958:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ isThere)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);

/** Whether there is a file or a folder, links followed. */
function isThere(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).then(() => true, () => false);
}


/***/ })

};
