import { forbidden } from "next/navigation";
import { loadViewer } from "./session.ts";

/**
 * Shows the 403 page to people who lack every one of the permissions. When
 * nobody is signed in or the API is away the layout above speaks, not this.
 */
export async function requirePermission(
  ...anyOf: [string, ...string[]]
): Promise<void> {
  if ((await loadViewer()).status !== "signed-in") return;
  const permissions = await readViewerPermissions();
  if (!anyOf.some((permission) => permissions.includes(permission))) {
    forbidden();
  }
}

/** What the person who asks for a page may do; nothing where nobody is known. */
export async function readViewerPermissions(): Promise<readonly string[]> {
  const state = await loadViewer();
  return state.status === "signed-in" ? state.viewer.permissions : [];
}
