import type { DatabaseClient } from "@lung-iris/prisma";
import { assertUser } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { workersSeen } from "../../platform/worker-presence.ts";

export interface AiState {
  isAway: boolean;
  lastSeenAt: Date | null;
}

/** Whether the AI is at work, for everybody who has signed in. */
export class AiStateService {
  constructor(private readonly client: DatabaseClient) {}

  async read(viewer: Viewer): Promise<AiState> {
    assertUser(viewer);
    const { alive, lastSeenAt } = await workersSeen(this.client);
    return { isAway: alive === 0, lastSeenAt };
  }
}
