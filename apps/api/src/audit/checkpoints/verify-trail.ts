import type { DatabaseClient } from "@lung-iris/prisma";
import { verifyDatabase } from "../verify-chain.ts";
import type { Verification, VerifyOptions } from "../verify-chain.ts";
import type { CheckpointFolder } from "./checkpoint-folder.ts";

export interface TrailVerification extends Verification {
  /** How many checkpoints the chain was compared with. */
  checkpoints: number;
}

/** Verifies the chain in the database, and that it has every checkpoint. */
export async function verifyTrail(
  client: DatabaseClient,
  folder: CheckpointFolder,
  options: VerifyOptions = {},
): Promise<TrailVerification> {
  // Read before the head is: no checkpoint can be ahead of the trail then.
  const { known, problem } = await folder.read();
  const result = await verifyDatabase(client, {
    ...options,
    known: [...known, ...(options.known ?? [])],
  });
  const broken = result.broken ?? problem;
  return {
    ...result,
    ok: broken === null,
    broken,
    checkpoints: known.length,
  };
}
