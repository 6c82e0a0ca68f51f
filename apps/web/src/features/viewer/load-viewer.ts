import * as z from "zod/mini";
import type { ViewerBundle } from "./viewer-contract.ts";

const manifest = z.object({
  entry: z.string().check(z.startsWith("/viewer/")),
});

let bundle: Promise<ViewerBundle> | undefined;

/**
 * The viewer bundle that `build-viewer.ts` made, loaded once a page. Asked for
 * again after a failure, for example when the network was away.
 */
export function loadViewer(): Promise<ViewerBundle> {
  bundle ??= importBundle().catch((error: unknown) => {
    bundle = undefined;
    throw error;
  });
  return bundle;
}

async function importBundle(): Promise<ViewerBundle> {
  const entry = entryInHead() ?? (await entryOfManifest());
  // The built file is the other side of viewer-contract.ts.
  return (await import(
    /* webpackIgnore: true */ /* turbopackIgnore: true */ entry
  )) as ViewerBundle;
}

/** The page names the viewer in its head, where it is fetched already. */
function entryInHead(): string | null {
  const link = document.querySelector<HTMLLinkElement>(
    'link[rel="modulepreload"][href^="/viewer/"]',
  );
  return link?.getAttribute("href") ?? null;
}

async function entryOfManifest(): Promise<string> {
  const answer = await fetch("/viewer/manifest.json", { cache: "no-cache" });
  if (!answer.ok) {
    throw new Error(`The viewer is not built: manifest ${answer.status}`);
  }
  return manifest.parse(await answer.json()).entry;
}
