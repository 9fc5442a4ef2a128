export const id = 158;
export const ids = [158];
export const modules = {

/***/ 49158:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   writeHandover: () => (/* binding */ writeHandover)
/* harmony export */ });
/* harmony import */ var _model_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(71082);
/* harmony import */ var _parse_handover_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68861);
/* harmony import */ var _refuse_handover_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42671);
/* harmony import */ var _schema_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(64920);




/** ECMAScript's JSON.rawJSON (tc39/proposal-json-parse-with-source), which TypeScript's library does not declare yet. */
const { rawJSON } = JSON;
/**
 * A handover as the text of its file. It is read back at once, so that what would be refused later is told where it is made.
 *
 * @param known the targets of the configuration, as the reader will know them
 * @throws UserError when it is larger than can be handed over, or would be refused
 */
function writeHandover({ pullRequest, kubeVersion, targets }, known) {
    const { number, head, base } = pullRequest;
    const start = JSON.stringify({ schemaVersion: '1', pullRequest: { number, head, base }, kubeVersion, targets: [] }).slice(0, -2);
    const texts = [];
    let bytes = Buffer.byteLength(start);
    for (const target of targets) {
        const text = stringify((0,_schema_js__WEBPACK_IMPORTED_MODULE_2__/* .toWrittenTarget */ .Cb)(target));
        texts.push(text);
        bytes += Buffer.byteLength(text) + 1;
        // All that it could grow to is not made: nothing bounds how many targets render how much.
        if (bytes > _model_js__WEBPACK_IMPORTED_MODULE_3__/* .MOST_BYTES */ .uZ)
            throw tellTooLarge(bytes, targets, texts);
    }
    const text = `${start}${texts.join(',')}]}`;
    (0,_parse_handover_js__WEBPACK_IMPORTED_MODULE_0__/* .parseHandover */ .d)(text, known);
    return text;
}
function stringify(value) {
    return JSON.stringify(value, (_, child) => {
        if (typeof child === 'bigint')
            return rawJSON(child.toString());
        // JSON would say null, which is something else.
        if (typeof child === 'number' && !Number.isFinite(child))
            throw (0,_refuse_handover_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseHandover */ .oO)(`${child} is a number that JSON does not have.`);
        return child;
    });
}
function tellTooLarge(bytes, targets, texts) {
    const largest = texts.reduce((most, text, at) => (text.length > (texts[most]?.length ?? 0) ? at : most), 0);
    const size = (0,_refuse_handover_js__WEBPACK_IMPORTED_MODULE_1__/* .showSize */ .tY)(Buffer.byteLength(texts[largest] ?? ''));
    return (0,_refuse_handover_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseHandover */ .oO)(`The pull request renders to ${(0,_refuse_handover_js__WEBPACK_IMPORTED_MODULE_1__/* .showSize */ .tY)(bytes)} or more, and at most ${_refuse_handover_js__WEBPACK_IMPORTED_MODULE_1__/* .MOST */ ._B} are handed over; the most of it, ${size}, is target ${(0,_refuse_handover_js__WEBPACK_IMPORTED_MODULE_1__/* .show */ .WU)(targets[largest]?.name ?? '')}.`, 'Preview fewer targets at once, or leave large files out of the chart.');
}


/***/ })

};
