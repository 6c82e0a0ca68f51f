import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";

import { z } from "zod";

/** A frame as a peer decoded it. */
export interface PeerFrame {
  /** Whose decoder it was. */
  by: string;
  /** Values as stored, pixel by pixel, channel by channel. */
  values: Int32Array;
  channels: number;
}

const SCRIPT = fileURLToPath(new URL("peer.py", import.meta.url));
const PYTHON = "python3";
const ANSWER = z.object({
  error: z.string().optional(),
  decoded: z
    .array(
      z.object({
        plugin: z.string(),
        file: z.string().optional(),
        channels: z.number().optional(),
        error: z.string().optional(),
      }),
    )
    .optional(),
});
type Answer = z.infer<typeof ANSWER>;

/** Whether `python3` has pydicom 3 with numpy and a plugin of each codec. */
export function hasPydicom(): boolean {
  const asked =
    "import pydicom.pixels, numpy, PIL, pylibjpeg, libjpeg, openjpeg, rle";
  return spawnSync(PYTHON, ["-c", asked], { stdio: "ignore" }).status === 0;
}

/** pydicom in a process of its own, which answers one task after another. */
export class PydicomPeer {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;

  constructor() {
    const child = spawn(PYTHON, ["-W", "ignore", SCRIPT], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child = child;
    this.#reader = createInterface({ input: child.stdout });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /** The first frame by every plugin that can read it; none where none can. */
  async decode(file: string): Promise<PeerFrame[]> {
    return this.#frames({ do: "decode", file });
  }

  /** A PNG or JPEG file by Pillow. */
  async decodePicture(file: string): Promise<PeerFrame[]> {
    return this.#frames({ do: "picture", file });
  }

  async #frames(task: object): Promise<PeerFrame[]> {
    const { decoded = [] } = await this.#ask(task);
    const frames: PeerFrame[] = [];
    for (const { plugin, file: raw, channels = 1 } of decoded) {
      if (raw === undefined) continue;
      const { buffer, byteOffset, length } = await readFile(raw);
      const values = new Int32Array(
        buffer.slice(byteOffset, byteOffset + length),
      );
      frames.push({ by: plugin, values, channels });
    }
    return frames;
  }

  /** @throws Error where pydicom does not write that. */
  async compress(
    file: string,
    to: string,
    syntax: string,
    options: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const asked = { do: "compress", file, to, syntax, options };
    const { error } = await this.#ask(asked);
    if (error !== undefined) throw new Error(`${syntax}: ${error}`);
  }

  /** Ends the process. */
  close(): void {
    this.#reader.close();
    this.#child.kill();
  }

  async #ask(task: object): Promise<Answer> {
    this.#child.stdin?.write(`${JSON.stringify(task)}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error("pydicom's process has ended");
    return ANSWER.parse(JSON.parse(line.value));
  }
}
