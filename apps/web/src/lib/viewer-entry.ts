import { readFile } from "node:fs/promises";
import path from "node:path";
import { cache } from "react";
import { z } from "zod";

const manifest = z.object({ entry: z.string().startsWith("/viewer/") });

/**
 * The address of the built viewer, so that a page names it in its head and the
 * browser fetches and compiles it beside the page's own code; null where it is
 * not built, which the page itself says where a film is shown.
 */
export const viewerEntry = cache(async (): Promise<string | null> => {
  // The server runs in the folder of the app (server.ts, `next start`).
  const file = path.join(process.cwd(), "public", "viewer", "manifest.json");
  try {
    return manifest.parse(JSON.parse(await readFile(file, "utf8"))).entry;
  } catch {
    return null;
  }
});
