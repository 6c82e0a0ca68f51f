import { execFile, spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";

import type { PeerFrame } from "./pydicom-peer.ts";

const run = promisify(execFile);

/** Whether the tools of DCMTK are there. */
export function hasDcmtk(): boolean {
  return ["dcmdump", "dcm2pnm", "dcmdjpeg", "dcmcjpls"].every(
    (tool) => spawnSync(tool, ["--version"], { stdio: "ignore" }).status === 0,
  );
}

/** DCMTK's tool that takes each kind of compression away. */
export type DcmtkReader = "dcmconv" | "dcmdrle" | "dcmdjpeg" | "dcmdjpls";

/** Encodes a film by one of DCMTK's tools (`dcmcjpeg +e1 …`). */
export async function dcmtkCompress(
  file: string,
  to: string,
  [tool, ...options]: readonly [string, ...string[]],
): Promise<void> {
  await run(tool, [...options, file, to]);
}

/**
 * The first frame of a grey film by DCMTK.
 *
 * @param count of its pixels.
 */
export async function dcmtkDecode(
  file: string,
  reader: DcmtkReader,
  count: number,
): Promise<PeerFrame> {
  const plain = `${file}.plain`;
  await run(reader, ["+te", file, plain]);
  await run("dcmdump", ["-q", "+W", dirname(plain), plain]);
  const raw = await readFile(`${plain}.0.raw`);
  // One byte more than the pixels makes the length even.
  const isWide = raw.length >= 2 * count;
  const values = Int32Array.from({ length: count }, (_, i) =>
    isWide ? raw.readUInt16LE(2 * i) : (raw[i] ?? 0),
  );
  return { by: reader, values, channels: 1 };
}

/** The film as DCMTK shows it through its first window, 0 to 255 a pixel. */
export async function dcmtkShown(file: string): Promise<Uint8Array> {
  const to = `${file}.pgm`;
  await run("dcm2pnm", ["+Wi", "1", "+op", file, to]);
  const bytes = await readFile(to);
  // "P5", a comment, width, height and 255: the rest is the picture.
  const head = /^P5\s(?:#[^\n]*\n)?\d+\s+\d+\s+255\s/u.exec(
    bytes.toString("latin1"),
  );
  if (head === null) throw new Error("dcm2pnm wrote no grey picture");
  return bytes.subarray(head[0].length);
}
