import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Film } from "@lung-iris/inference";

import {
  hasPydicom,
  PydicomPeer,
} from "../tests/testkit/peers/pydicom-peer.ts";
import type { Twin } from "./mutation-twins.ts";

/** Whole twins as pydicom and Pillow decode them, instead of our own reader. */
export class PeerTwins {
  readonly #peer: PydicomPeer;

  /** @throws Error where `python3` has no pydicom with its plugins. */
  constructor() {
    if (!hasPydicom()) {
      throw new Error(
        "python3 has no pydicom with its plugins; CONTRIBUTING.md says how to install them.",
      );
    }
    this.#peer = new PydicomPeer();
  }

  /** The film with a peer's pixels: that of the first plugin that reads it. */
  async film({ name, bytes }: Twin, own: Film): Promise<Film> {
    const folder = await mkdtemp(join(tmpdir(), "lung-iris-twin-"));
    try {
      const file = join(folder, "twin");
      await writeFile(file, bytes);
      const [frame] =
        own.format === "dicom"
          ? await this.#peer.decode(file)
          : await this.#peer.decodePicture(file);
      if (frame?.values.length !== own.pixels.length) {
        throw new Error(`${name}: no peer gives as many pixels`);
      }
      const isInverted =
        own.header?.photometricInterpretation === "MONOCHROME1";
      const pixels = Uint16Array.from(frame.values, (value) =>
        isInverted ? own.maxValue - value : value,
      );
      return { ...own, pixels };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Ends the peer's process. */
  close(): void {
    this.#peer.close();
  }
}
