/* eslint-disable @typescript-eslint/triple-slash-reference -- whoever imports this source compiles it with a tsconfig that does not list the declarations */
/// <reference path="./webassembly.d.ts" />
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { DicomError } from "../errors.ts";
import type { CodecFrame } from "../pixels/frame.ts";

/** The decoders of the @cornerstonejs codec packages share this shape. */
export interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getFrameInfo(): {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned?: boolean;
  };
  getDecodedBuffer(): Uint8Array;
}

interface ModuleOptions {
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ): object;
  print(line: string): void;
  printErr(line: string): void;
}

/** A decoded frame and what its codec said. */
interface NotedFrame {
  frame: CodecFrame;
  notes: readonly string[];
  /** True where the codec gave up before the end; the rest is zero. */
  brokeOff: boolean;
}

/** What the emscripten factory of a codec package resolves to. */
export type CodecFactory<M> = (options: ModuleOptions) => Promise<M>;

const require = createRequire(import.meta.url);

/**
 * A decoder that compiles its module once and takes a fresh instance, with
 * memory of its own, for every film: a hostile film can corrupt nothing that
 * the next one uses, and a large one gives its memory back.
 */
export class WasmCodec<M> {
  readonly #factory: CodecFactory<M>;
  readonly #wasmPath: string;
  readonly #createDecoder: (module: M) => WasmDecoder;
  #compiled: Promise<WebAssembly.Module> | undefined;

  /** @param wasm the package's export that is the WebAssembly file. */
  constructor(
    factory: CodecFactory<M>,
    wasm: string,
    createDecoder: (module: M) => WasmDecoder,
  ) {
    this.#factory = factory;
    this.#wasmPath = require.resolve(wasm);
    this.#createDecoder = createDecoder;
  }

  /**
   * Decodes one frame.
   *
   * @throws DicomError `unreadable` with what the codec complained of.
   */
  async decode(encoded: Uint8Array): Promise<CodecFrame> {
    return (await this.decodeWithNotes(encoded)).frame;
  }

  /**
   * Decodes one frame, with each line that the codec wrote while it did.
   *
   * @param keepPart takes the lines that were decoded before the codec gave up
   *   (`brokeOff`) instead of refusing; for codecs that write line after line.
   * @throws DicomError `unreadable` with what the codec complained of.
   */
  async decodeWithNotes(
    encoded: Uint8Array,
    keepPart = false,
  ): Promise<NotedFrame> {
    const complaints: string[] = [];
    const notes: string[] = [];
    const decoder = this.#createDecoder(
      await this.#instantiate(complaints, notes),
    );
    try {
      decoder.getEncodedBuffer(encoded.length).set(encoded);
      decoder.decode();
      return { frame: toFrame(decoder), notes, brokeOff: false };
    } catch (cause) {
      const part = keepPart ? whatIsThere(decoder) : null;
      if (part !== null) return { frame: part, notes, brokeOff: true };
      const detail = complaints.join(" ").slice(0, 200);
      throw new DicomError(
        "unreadable",
        `The compressed pixel data cannot be decoded${detail === "" ? "" : ` (${detail})`}.`,
        { cause },
      );
    }
  }

  async #instantiate(complaints: string[], notes: string[]): Promise<M> {
    this.#compiled ??= readFile(this.#wasmPath).then((binary) =>
      WebAssembly.compile(binary),
    );
    const compiled = await this.#compiled;
    return this.#factory({
      instantiateWasm(imports, done) {
        done(new WebAssembly.Instance(compiled, imports));
        return {};
      },
      print: (line) => notes.push(line),
      printErr: (line) => complaints.push(line),
    });
  }
}

/** What lies in the codec's memory after it gave up; null for nothing. */
function whatIsThere(decoder: WasmDecoder): CodecFrame | null {
  try {
    const frame = toFrame(decoder);
    return frame.samples.some((sample) => sample !== 0) ? frame : null;
  } catch {
    // The codec had not come so far as to take memory for a picture.
    return null;
  }
}

function toFrame(decoder: WasmDecoder): CodecFrame {
  const info = decoder.getFrameInfo();
  const decoded = decoder.getDecodedBuffer();
  const count = info.width * info.height * info.componentCount;
  const bytesPerSample = info.bitsPerSample > 8 ? 2 : 1;
  if (decoded.length < count * bytesPerSample || count === 0) {
    throw new DicomError(
      "unreadable",
      `The codec gave ${String(decoded.length)} bytes for ${String(count)} samples.`,
    );
  }
  // slice(): the view lies in the codec's memory, which goes with it.
  const bytes = decoded.slice(0, count * bytesPerSample);
  return {
    width: info.width,
    height: info.height,
    components: info.componentCount,
    bits: info.bitsPerSample,
    samples: bytesPerSample === 1 ? bytes : new Uint16Array(bytes.buffer),
  };
}
