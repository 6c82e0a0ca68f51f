import { redirect } from "next/navigation";
import { homeFor, routes } from "../lib/routes.ts";
import { loadViewer, readSession } from "../lib/session.ts";

/** Sends everybody to the page that their role works on. */
export default async function HomePage() {
  const state = await loadViewer();
  if (state.status === "signed-out") redirect(routes.signIn());
  const permissions =
    state.status === "signed-in"
      ? state.viewer.permissions
      : ((await readSession())?.permissions ?? []);
  redirect(homeFor(permissions));
}
