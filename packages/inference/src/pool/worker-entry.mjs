// Started as a thread or a process by worker-channel.ts. Neither takes over the
// TypeScript loader of its parent on every supported Node, so it brings its own.
import { register } from "tsx/esm/api";

register();
await import("./film-worker.ts");
