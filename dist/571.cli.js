export const id = 571;
export const ids = [571];
export const modules = {

/***/ 48571:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  previewWorkingCopy: () => (/* binding */ previewWorkingCopy)
});

// EXTERNAL MODULE: ./src/chart/check-source.ts + 1 modules
var check_source = __webpack_require__(38696);
// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(83916);
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
// EXTERNAL MODULE: ./src/cluster/saved-source.ts + 2 modules
var saved_source = __webpack_require__(87152);
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
// EXTERNAL MODULE: ./src/compare/depth.ts
var depth = __webpack_require__(52530);
;// CONCATENATED MODULE: ./src/handover/model.ts
/** The artifact's name, and the one file in it. */
const ARTIFACT = 'plumbline-preview';
const HANDOVER_FILE = 'preview.json';
/** Beyond any real pull request, and within the memory of a job. */
const model_MOST_BYTES = (/* unused pure expression or super */ null && (20 * 2 ** 20));
const MOST_TARGETS = 1000;
const model_MOST_OBJECTS = 20_000;

;// CONCATENATED MODULE: ./src/handover/refuse-handover.ts


const REMEDY = 'Let Plumbline write it, and upload it as it is.';
/**
 * What cannot be believed, as a fault.
 *
 * @param message a sentence; hostile texts in it by `show`
 * @param remedy what the person who set up the two workflows can do
 */
function refuse_handover_refuseHandover(message, remedy = REMEDY) {
    return new errors/* UserError */.y({ message, where: HANDOVER_FILE, remedy });
}
/** A hostile text for a sentence: quoted, without control characters, and short. */
function refuse_handover_show(text) {
    return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}
/** `31 MB`, for a size that is over the bound; a tenth more says that it is. */
function refuse_handover_showSize(bytes) {
    const megabytes = bytes / 2 ** 20;
    return bytes > MOST_BYTES && megabytes < MOST_BYTES / 2 ** 20 + 1 ? `${megabytes.toFixed(2)} MB` : `${Math.round(megabytes)} MB`;
}
/** The bound in words. */
const refuse_handover_MOST = (/* unused pure expression or super */ null && (`${MOST_BYTES / 2 ** 20} MB`));

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
function check_json_text_checkJsonText(text) {
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
                throw refuseHandover(`It nests more than ${DEEPEST} levels deep, which no Kubernetes object does.`);
            }
        }
        else if (character === '}' || character === ']')
            levels.pop();
        else if (character === ',')
            values += 1;
        else if (character === '-' || isDigit(text.charCodeAt(at)))
            at = checkNumber(text, at) - 1;
        if (values > MOST_VALUES)
            throw refuseHandover(`It has more than ${MOST_VALUES} values, more than charts render.`);
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
        throw refuseHandover('It has the name "__proto__", which is none in Kubernetes and a trap for programs.');
    if (names.has(name))
        throw refuseHandover(`It has the name ${show(name)} twice in one object, so it means two things at once.`);
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
        throw refuseHandover(`It has a number of ${number.length} characters, more than Kubernetes reads.`);
    if (Math.abs(Number(number)) === Number.POSITIVE_INFINITY)
        throw refuseHandover(`It has the number ${number}, which is beyond every type of Kubernetes.`);
    return end;
}
function isDigit(code) {
    return code >= 48 && code <= 57;
}
/** Digits, `+`, `-`, `.`, `E` and `e`. */
function isOfNumber(code) {
    return isDigit(code) || code === 43 || code === 45 || code === 46 || code === 69 || code === 101;
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 15 modules
var schemas = __webpack_require__(9691);
// EXTERNAL MODULE: ./node_modules/zod/v4/core/core.js
var core = __webpack_require__(88532);
// EXTERNAL MODULE: ./src/compare/json.ts
var json = __webpack_require__(62669);
;// CONCATENATED MODULE: ./src/handover/schema.ts



/** Kubernetes' own bounds of names, and of a group with its version. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const schema_name = schemas/* string */.YjP().min(1).max(253);
const apiVersion = schemas/* string */.YjP().min(1).max(317);
const commit = schemas/* string */.YjP().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const schema_text = schemas/* string */.YjP().max(20_000);
const path = schemas/* string */.YjP().max(4096);
/** The objects themselves go through as they are: zod would copy them, and drop names on the way. */
const object = schemas/* custom */.IeY((value) => (0,json/* isObject */.Gv)(value), 'expected an object');
const schema_json = schemas/* custom */.IeY((value) => value !== undefined, 'expected a value');
const scalar = schemas/* custom */.IeY((value) => value !== undefined && !(0,json/* isComposite */.mO)(value), 'expected a single value');
const key = schemas/* custom */.IeY((value) => {
    if (!(0,json/* isObject */.Gv)(value))
        return false;
    const values = Object.values(value);
    return values.length > 0 && values.length <= 20 && !values.some(json/* isComposite */.mO);
}, 'expected one to twenty key fields');
/**
 * A list that ends at the first entry that is wrong: zod would go on, and keep an issue for each of a million entries.
 */
function listOf(entry, most) {
    return schemas/* array */.YOg(schemas/* unknown */.L5J())
        .max(most)
        .transform((all, context) => {
        const good = [];
        for (const [at, one] of all.entries()) {
            const parsed = entry.safeParse(one);
            if (!parsed.success) {
                const [issue] = parsed.error.issues;
                context.addIssue({ code: 'custom', message: issue?.message ?? 'not as expected', path: [at, ...(issue?.path ?? [])] });
                return core/* NEVER */.tm;
            }
            good.push(parsed.data);
        }
        return good;
    });
}
const ref = schemas/* strictObject */.rej({ apiVersion, kind: schema_name, namespace: schema_name.nullable(), name: schema_name });
const step = schemas/* union */.KCZ([
    schemas/* strictObject */.rej({ field: schemas/* string */.YjP() }),
    schemas/* strictObject */.rej({ key }),
    schemas/* strictObject */.rej({ value: scalar }),
    schemas/* strictObject */.rej({ index: schemas/* int */.Whr().min(0) }),
]);
const steps = listOf(step, 600);
/** JSON has no `undefined`: `{}` is what was absent in a render. */
const rendered = schemas/* strictObject */.rej({ value: schema_json.optional() });
const unstable = schemas/* strictObject */.rej({
    path: steps,
    why: schemas/* enum */.k5n(['random', 'install-or-upgrade', 'deploy-time']),
    rendered: listOf(rendered, 100),
});
const desiredObject = schemas/* strictObject */.rej({
    ref,
    object,
    template: path.nullable(),
    fromCrds: schemas/* boolean */.zMY(),
    unstable: listOf(unstable, 10_000),
});
const setAside = schemas/* strictObject */.rej({ object: ref, reason: schemas/* string */.YjP().max(253) });
const hook = schemas/* strictObject */.rej({ object: ref, digest: schemas/* string */.YjP().regex(/^[0-9a-f]{64}$/) });
const note = schemas/* strictObject */.rej({ kind: schemas/* string */.YjP().max(253), object: ref.optional(), path: path.optional(), message: schema_text });
const desired = schemas/* strictObject */.rej({
    objects: listOf(desiredObject, model_MOST_OBJECTS),
    setAside: listOf(setAside, model_MOST_OBJECTS),
    hooks: listOf(hook, model_MOST_OBJECTS).optional(),
    notes: listOf(note, model_MOST_OBJECTS),
});
/** A handover as it is written. Every name that it does not know is refused: nothing goes through unseen. */
const schema_handoverSchema = schemas/* strictObject */.rej({
    schemaVersion: schemas/* literal */.euz('1'),
    pullRequest: schemas/* strictObject */.rej({ number: schemas/* int */.Whr().positive(), head: commit, base: commit.nullable() }),
    kubeVersion: schemas/* string */.YjP()
        .max(64)
        .regex(/^v?\d+\.\d+[\w.+-]*$/),
    targets: listOf(schemas/* strictObject */.rej({ name: schemas/* string */.YjP().min(1).max(253), head: desired.nullable() }), MOST_TARGETS),
});
/** From what is written to the words of the model. */
function schema_fromWritten({ pullRequest, kubeVersion, targets }) {
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
    if (bytes > MOST_BYTES)
        throw refuseHandover(`It has ${showSize(bytes)}; at most ${MOST} are read.`);
    checkJsonText(text);
    const parsed = handoverSchema.safeParse(parse(text));
    if (!parsed.success)
        throw tellIssue(parsed.error);
    const handover = fromWritten(parsed.data);
    const total = handover.targets.reduce((sum, { head }) => sum + (head?.objects.length ?? 0), 0);
    if (total > MOST_OBJECTS)
        throw refuseHandover(`It has ${total} objects; at most ${MOST_OBJECTS} are read.`);
    const namespaces = new Map(known.map(({ name, namespace }) => [name, namespace]));
    const names = new Set();
    const targets = handover.targets.map(({ name, head }) => {
        const namespace = namespaces.get(name);
        if (namespace === undefined) {
            const remedy = 'Both workflows have to read the same configuration: that of the base branch.';
            throw refuseHandover(`It has the target ${show(name)}, which the configuration does not know.`, remedy);
        }
        if (names.has(name))
            throw refuseHandover(`It has the target ${show(name)} twice.`);
        names.add(name);
        return { name, head: head === null ? null : checkDesired(head, namespace) };
    });
    return { ...handover, targets };
}
function parse(text) {
    try {
        return parseJson(text);
    }
    catch {
        // The parser's own message quotes the text.
        throw refuseHandover('It is not JSON. Nothing else is read, YAML least of all.');
    }
}
/** The first thing that is not as it is written. Texts within are hostile, names of unknown fields among them. */
function tellIssue(error) {
    const [issue] = error.issues;
    const at = issue?.path.map(String).join('.') ?? '';
    return refuseHandover(`It is not as Plumbline writes it${at === '' ? '' : `, at ${show(at)}`}: ${show(issue?.message ?? 'unknown')}.`);
}
function checkDesired(desired, namespace) {
    const objects = desired.objects.map((one) => ({ ...one, ref: checkRef(one, namespace) }));
    refuseTwice(objects);
    return { ...desired, objects };
}
/** The reference as the object itself gives it. */
function checkRef({ ref, object }, namespace) {
    const shown = show(`${ref.kind}/${ref.name}`);
    if (isTooDeep(object))
        throw refuseHandover(`${shown} nests more than ${MAX_DEPTH} levels deep, which is not compared.`);
    const own = refOf(object, namespace, ref.namespace !== null);
    if (own === null)
        throw refuseHandover(`${shown} has no apiVersion, kind or metadata.name of its own.`);
    if (nameObject(own) !== nameObject(ref))
        throw refuseHandover(`${shown} is said to be another object than it is, ${show(`${own.kind}/${own.name}`)}.`);
    return own;
}
/** @throws UserError when two objects of one target have the same identity */
function refuseTwice(objects) {
    const seen = new Set();
    const twice = objects.find(({ ref }) => seen.size === seen.add((0,collect_objects/* nameObject */.Td)(ref)).size)?.ref;
    if (twice !== undefined)
        throw refuse_handover_refuseHandover(`It has ${refuse_handover_show(`${twice.kind}/${twice.name}`)} twice in one target.`);
}

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
    refuseTwice(objects);
    return { ...head, objects };
}

// EXTERNAL MODULE: ./src/explain/explain.ts + 35 modules
var explain = __webpack_require__(40279);
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
// EXTERNAL MODULE: ./src/report/assemble.ts + 8 modules
var assemble = __webpack_require__(82464);
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
            return [{ object: desired.ref, desired: assemble_preview_show(desired.object, rules), live: '' }];
        if (whole?.prospect === 'deletes') {
            return gone === undefined ? [] : [{ object: gone.ref, desired: '', live: assemble_preview_show(gone.object, rules) }];
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
function assemble_preview_show(object, rules) {
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

// EXTERNAL MODULE: ./src/run.ts + 98 modules
var run = __webpack_require__(62990);
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

// EXTERNAL MODULE: ./src/chart/git.ts
var git = __webpack_require__(60048);
;// CONCATENATED MODULE: ./src/github/refusal.ts
/** A refused request, as an exception that carries data. */
class RefusalError extends Error {
    refusal;
    constructor(refusal) {
        super(refusal.message);
        this.name = 'RefusalError';
        this.refusal = refusal;
    }
}
/** An answer of GitHub's that is none, with a status that says it is: a page for people, from a proxy in between. */
function refuseAnswer() {
    return new RefusalError({ kind: 'unsure', status: null, message: 'the answer is not what GitHub describes' });
}
/**
 * Sorts what a request failed with, by what can be done about it.
 *
 * @param error what Octokit threw: with `status` and, where there was an answer, `response`
 * @see https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
function refusal_explainRefusal(error) {
    if (error instanceof RefusalError)
        return error.refusal;
    const { status, message = String(error), response, } = (typeof error === 'object' && error !== null ? error : {});
    const text = message
        .split('\n', 1)[0]
        ?.replace(/ - https?:\S+$/, '')
        .slice(0, 300) ?? '';
    // Octokit calls a broken connection a 500 too, so only an answer's own status counts.
    const answered = response === undefined ? null : (status ?? null);
    const refuse = (kind) => ({ kind, status: answered, message: text });
    if (answered === null)
        return refuse('unsure');
    const headers = response?.headers ?? {};
    const isLimited = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined || /rate limit/i.test(text);
    if (answered === 429 || (answered === 403 && isLimited))
        return refuse('limited');
    if (answered === 401)
        return refuse('unauthorized');
    if (answered === 403)
        return refuse(/locked/i.test(text) ? 'locked' : 'forbidden');
    if (answered === 404)
        return refuse('not-found');
    if (answered === 410)
        return refuse('gone');
    return refuse(answered >= 400 && answered < 500 ? 'invalid' : 'unsure');
}

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
    const repositories = await listCheckouts(tools.workspace);
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
    const [repository] = await list_checkouts_listCheckouts(workspace);
    if (repository === undefined) {
        const remedy = 'Run it in a Git repository, on a machine with git.';
        throw new errors/* UserError */.y({ where: '--base', message: `${workspace} lies in no Git repository.`, remedy });
    }
    const head = await readCommitId(repository, 'HEAD');
    const named = await readCommitId(repository, revision);
    if (named === null || head === null) {
        const message = `git knows no commit \`${revision}\`.`;
        throw new errors/* UserError */.y({ where: '--base', message, remedy: 'Fetch it first, or name a branch, a tag or a commit that `git log` shows.' });
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
        return { commit: base.sha, notes: [tellInexact(explainRefusal(error).message)] };
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
    const result = await runGit({ folder: repository.top, workspace: repository.workspace, args: ['cat-file', 'commit', id] });
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
        return { reason: download_archive_explain(error) };
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
function download_archive_explain(error) {
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

;// CONCATENATED MODULE: ./src/preview-working-copy.ts




/**
 * Previews what a working copy will do, compared with the commit at which it and a revision went apart.
 *
 * @param revision as git takes it
 * @throws UserError where git does not know it, or where its files cannot be had
 */
async function previewWorkingCopy(inputs, revision, surroundings) {
    const base = await findNamedBase(revision, inputs.workspace);
    const tree = await openBaseTree(base, { workspace: inputs.workspace, remote: null });
    try {
        const pullRequest = { number: null, url: null, base: base.commit, head: base.head, fromFork: false };
        const request = await buildRequest(pullRequest, inputs, tree, base.notes);
        return (await runPreview(request, inputs, surroundings)).report;
    }
    finally {
        await tree.close();
    }
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
