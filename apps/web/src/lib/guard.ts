import { forbidden } from "next/navigation";
import { loadViewer } from "./session.ts";

/**
 * Shows the 403 page to people who lack every one of the permissions. When
 * nobody is signed in or the API is away the layout above speaks, not this.
 */
export async function requirePermission(
  ...anyOf: [string, ...string[]]
): Promise<void> {
  const state = await loadViewer();
  if (state.status !== "signed-in") return;
  const { permissions } = state.viewer;
  if (!anyOf.some((permission) => permissions.includes(permission))) {
    forbidden();
  }
}
