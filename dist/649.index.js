export const id = 649;
export const ids = [649];
export const modules = {

/***/ 41649:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   unzipHandover: () => (/* binding */ unzipHandover)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57975);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_util__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(38522);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_zlib__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var yauzl__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(20663);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(83916);
/* harmony import */ var _model_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(71082);
/* harmony import */ var _refuse_handover_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(42671);






const STORED = 0;
const DEFLATED = 8;
/** Beyond these nobody looks. */
const MOST_ENTRIES = 100;
const inflate = (0,node_util__WEBPACK_IMPORTED_MODULE_0__.promisify)(node_zlib__WEBPACK_IMPORTED_MODULE_1__.inflateRaw);
/**
 * The text of the one file in an artifact. Nothing is written anywhere, and no more is unpacked than the bound.
 *
 * @param zip the artifact as GitHub gives it, from a job that anyone who opens a pull request may change
 * @throws UserError with the reason
 */
async function unzipHandover(zip) {
    if (zip.length > _model_js__WEBPACK_IMPORTED_MODULE_5__/* .MOST_BYTES */ .uZ)
        throw refuse(`It has ${(0,_refuse_handover_js__WEBPACK_IMPORTED_MODULE_4__/* .showSize */ .tY)(zip.length)}; at most ${_refuse_handover_js__WEBPACK_IMPORTED_MODULE_4__/* .MOST */ ._B} are read.`);
    const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.length);
    const opened = await open(bytes);
    try {
        const entry = await findFile(opened);
        const unpacked = await unpack(bytes, opened, entry);
        if (unpacked.length !== entry.uncompressedSize) {
            throw refuse(`${_model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd} has ${unpacked.length} bytes, and is declared to have ${entry.uncompressedSize}.`);
        }
        if ((0,node_zlib__WEBPACK_IMPORTED_MODULE_1__.crc32)(unpacked) !== entry.crc32)
            throw refuse(`${_model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd} is damaged: its checksum is another one.`);
        return decode(unpacked);
    }
    finally {
        opened.close();
    }
}
/** Names are taken as bytes: the library would mend some, or take them from another field, and here only one name is right. */
async function open(bytes) {
    try {
        return await (0,yauzl__WEBPACK_IMPORTED_MODULE_2__/* .fromBufferPromise */ .SY)(bytes, { decodeStrings: false, validateEntrySizes: true });
    }
    catch (error) {
        throw tellBroken(error);
    }
}
/** Looks at all entries before it takes the one. */
async function findFile(opened) {
    if (opened.entryCount > MOST_ENTRIES)
        throw refuse(`It holds ${opened.entryCount} files; it should hold ${_model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd} and nothing else.`);
    const entries = [];
    try {
        for await (const entry of opened.eachEntry())
            entries.push(entry);
    }
    catch (error) {
        throw tellBroken(error);
    }
    const names = entries.map(nameOf);
    for (const name of names)
        refuseName(name);
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined)
        throw refuse(`It holds ${(0,_refuse_handover_js__WEBPACK_IMPORTED_MODULE_4__/* .show */ .WU)(twice)} twice.`);
    const [entry] = entries;
    if (entry === undefined || entries.length > 1)
        throw refuse(`It holds ${entries.length} files; it should hold ${_model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd} and nothing else.`);
    if (names[0] !== _model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd)
        throw refuse(`It holds ${(0,_refuse_handover_js__WEBPACK_IMPORTED_MODULE_4__/* .show */ .WU)(names[0] ?? '')}; it should hold ${_model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd} and nothing else.`);
    refuseEntry(entry);
    return entry;
}
function nameOf({ fileNameRaw }) {
    return fileNameRaw.toString('latin1');
}
/** None of these would be written anywhere; whoever made them meant that it would. */
function refuseName(name) {
    if (name.includes('\\'))
        throw refuse(`The name ${(0,_refuse_handover_js__WEBPACK_IMPORTED_MODULE_4__/* .show */ .WU)(name)} has a backslash.`);
    if (name.startsWith('/') || /^[A-Za-z]:/.test(name))
        throw refuse(`The name ${(0,_refuse_handover_js__WEBPACK_IMPORTED_MODULE_4__/* .show */ .WU)(name)} is an absolute path.`);
    if (name.split('/').includes('..'))
        throw refuse(`The name ${(0,_refuse_handover_js__WEBPACK_IMPORTED_MODULE_4__/* .show */ .WU)(name)} leads out of the folder.`);
}
function refuseEntry(entry) {
    const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
    if (kind === 0o120000)
        throw refuse(`${_model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd} is a symbolic link.`);
    if (kind !== 0 && kind !== 0o100000)
        throw refuse(`${_model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd} is no ordinary file.`);
    if (entry.isEncrypted())
        throw refuse(`${_model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd} is encrypted.`);
    const { compressionMethod, uncompressedSize } = entry;
    if (compressionMethod !== STORED && compressionMethod !== DEFLATED)
        throw refuse(`${_model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd} is packed by method ${compressionMethod}, which is not read.`);
    if (uncompressedSize > _model_js__WEBPACK_IMPORTED_MODULE_5__/* .MOST_BYTES */ .uZ)
        throw refuse(`${_model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd} has ${(0,_refuse_handover_js__WEBPACK_IMPORTED_MODULE_4__/* .showSize */ .tY)(uncompressedSize)}; at most ${_refuse_handover_js__WEBPACK_IMPORTED_MODULE_4__/* .MOST */ ._B} are read.`);
}
/** Stops as soon as there is more than was declared, which is within the bound. */
async function unpack(bytes, opened, entry) {
    try {
        const { fileDataStart } = await opened.readLocalFileHeaderPromise(entry, { minimal: true });
        const packed = bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize);
        if (entry.compressionMethod === STORED)
            return packed;
        return await inflate(packed, { maxOutputLength: Math.max(entry.uncompressedSize, 1) });
    }
    catch (error) {
        if (error.code !== 'ERR_BUFFER_TOO_LARGE')
            throw tellBroken(error);
        throw refuse(`${_model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd} has more than the ${entry.uncompressedSize} bytes that it is declared to have.`);
    }
}
function decode(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch {
        throw refuse(`${_model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd} is not UTF-8.`);
    }
}
function tellBroken(error) {
    return refuse(`It is no whole zip file (${(0,_refuse_handover_js__WEBPACK_IMPORTED_MODULE_4__/* .show */ .WU)(error instanceof Error ? error.message : String(error))}).`);
}
function refuse(message) {
    const remedy = `Upload ${_model_js__WEBPACK_IMPORTED_MODULE_5__/* .HANDOVER_FILE */ .Hd} with actions/upload-artifact as it is: alone, and packed.`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y({ message, where: 'artifact', remedy });
}


/***/ })

};
