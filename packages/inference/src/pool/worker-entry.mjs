// Started as a thread by worker-slot.ts. A thread does not take over the
// TypeScript loader of its parent on every supported Node, so it brings its own.
import { register } from "tsx/esm/api";

register();
await import("./film-worker.ts");
