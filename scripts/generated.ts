/**
 * Loaded before every command of package.json (`node --import`): a fresh
 * clone has no database client yet, and a pulled one may have an old one.
 * Says what it does on standard error; standard output is the command's.
 */
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";
import { ensureGenerated } from "./ensure-generated.ts";
import { generateClient } from "./start/prepare.ts";

if (isMainThread) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  try {
    await ensureGenerated(root, async () => {
      process.stderr.write("Generating the database client, once…\n");
      await generateClient(root);
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n`);
    process.exit(1);
  }
}
