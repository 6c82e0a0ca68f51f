import { z } from "zod";
import { env } from "../../lib/env.ts";

const healthSchema = z.object({ demo: z.boolean().optional() });

export type ApiHealth = "demo" | "ready" | "unreachable";

/** Whether the API answers, and whether it is in demo mode; it says so to all. */
export async function readApiHealth(): Promise<ApiHealth> {
  try {
    const response = await fetch(`${env().apiUrl}/healthz`, {
      cache: "no-store",
      signal: AbortSignal.timeout(3000),
    });
    const health = healthSchema.safeParse(await response.json());
    return health.success && health.data.demo === true ? "demo" : "ready";
  } catch {
    // Nobody listens there, or something that is not the API.
    return "unreachable";
  }
}
