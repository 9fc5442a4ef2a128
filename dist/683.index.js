export const id = 683;
export const ids = [683];
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

/***/ 67683:
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
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
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

// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(83916);
// EXTERNAL MODULE: ./src/chart/collect-objects.ts
var collect_objects = __webpack_require__(84547);
// EXTERNAL MODULE: ./src/handover/parse-handover.ts + 1 modules
var parse_handover = __webpack_require__(68861);
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
var explain = __webpack_require__(92241);
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
    const explained = (0,explain/* explainTarget */.P)({
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
        const findings = head.findings
            .filter(({ object }) => (0,refs/* keyOfRef */.Qo)(object) === key)
            .map((finding) => (stays.has(finding) ? { ...finding, desired: finding.live } : finding));
        const declared = head.sides.get(desired.ref)?.desired ?? desired.object;
        return (0,assemble/* viewObject */.ld)(desired.ref, declared, { findings: findings.map((one) => ({ ...one, object: desired.ref })), desired: { objects: head.desired } }, rules).filter((view) => view.desired !== view.live);
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
        ...changed.map(({ object }) => place(object, 'changes', 'it is a hook, which Helm runs with the deploy, so what it does is not compared')),
        ...come.map(({ object, reason }) => declared((0,refs/* keyOfRef */.Qo)(object))
            ? place(object, 'unknown', `this pull request makes it ${nameReason(reason)}`)
            : placeNewAside(object, reason)),
        // One that becomes an object like others is told as that.
        ...gone
            .filter(({ reason }) => reason === 'hook')
            .map(({ object }) => place(object, 'unknown', 'it was a hook, which Helm runs with a deploy, and this pull request takes it out')),
    ];
}
function placeNewAside(object, reason) {
    const isMade = reason !== 'deploy-time-name';
    return place(object, isMade ? 'creates' : 'unknown', `it is ${nameReason(reason)}, so what becomes of it is not compared`);
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
function place(object, prospect, because) {
    return {
        ...{ prospect, object, path: [], base: undefined, head: undefined, live: undefined, ours: true, contested: false },
        ...{ confidence: 'certain', was: null, will: null, because, conflict: null },
    };
}

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

// EXTERNAL MODULE: ./src/count.ts
var count = __webpack_require__(67603);
// EXTERNAL MODULE: ./src/explain/helm-marks.ts
var helm_marks = __webpack_require__(25788);
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
    return { ...place_object_describe(object, null, null), prospect: 'unknown', ours: true, because };
}
function place_object_describe(object, was, will) {
    return {
        ...{ object, path: [], base: undefined, head: undefined, live: undefined, contested: false, was, will },
        confidence: will?.fate?.confidence ?? was?.confidence ?? 'certain',
        ...{ because: null, conflict: null },
    };
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
// EXTERNAL MODULE: ./src/trees/is-there.ts
var is_there = __webpack_require__(85958);
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
    const there = await Promise.all(paths.map(is_there/* isThere */.$));
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
// EXTERNAL MODULE: ./src/github/refusal.ts
var refusal = __webpack_require__(46047);
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
 * Previews a pull request, and keeps its comment. Where no cluster could be read, what the pull request renders is handed over
 * in a file, for a run that may read one.
 */
async function previewPullRequest(prepared, surroundings, tools) {
    const { inputs, request, rendered, run, mayComment } = prepared;
    const { context, openTracker, sleep } = tools;
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
