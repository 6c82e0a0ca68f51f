/** The codec packages ship no types; these are the parts that are used. */
declare module "@cornerstonejs/codec-openjpeg/decodewasmjs" {
  const factory: import("./wasm-codec.ts").CodecFactory<{
    J2KDecoder: new () => import("./wasm-codec.ts").WasmDecoder;
  }>;
  export default factory;
}
declare module "@cornerstonejs/codec-charls/decodewasmjs" {
  const factory: import("./wasm-codec.ts").CodecFactory<{
    JpegLSDecoder: new () => import("./wasm-codec.ts").WasmDecoder;
  }>;
  export default factory;
}
declare module "@cornerstonejs/codec-openjph/wasmjs" {
  const factory: import("./wasm-codec.ts").CodecFactory<{
    HTJ2KDecoder: new () => import("./wasm-codec.ts").WasmDecoder;
  }>;
  export default factory;
}
