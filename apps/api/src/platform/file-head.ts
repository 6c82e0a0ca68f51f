import { open } from "node:fs/promises";
import { HEAD_BYTES } from "./by-files.ts";

/** The first bytes of a file, by which it is told what it is. */
export async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
