/* eslint-disable @typescript-eslint/triple-slash-reference -- whoever imports this source compiles it with a tsconfig that does not list the declarations */
/// <reference path="./codec-modules.d.ts" />
import charls from "@cornerstonejs/codec-charls/decodewasmjs";
import openjpeg from "@cornerstonejs/codec-openjpeg/decodewasmjs";
import openjph from "@cornerstonejs/codec-openjph/wasmjs";

import { WasmCodec } from "./wasm-codec.ts";

/** JPEG 2000, ITU-T T.800 (OpenJPEG). */
export const jpeg2000 = new WasmCodec(
  openjpeg,
  "@cornerstonejs/codec-openjpeg/decodewasm",
  (module) => new module.J2KDecoder(),
);

/** JPEG-LS, ITU-T T.87 (CharLS). */
export const jpegLs = new WasmCodec(
  charls,
  "@cornerstonejs/codec-charls/decodewasm",
  (module) => new module.JpegLSDecoder(),
);

/** High-throughput JPEG 2000, ITU-T T.814 (OpenJPH). */
export const htj2k = new WasmCodec(
  openjph,
  "@cornerstonejs/codec-openjph/wasm",
  (module) => new module.HTJ2KDecoder(),
);
