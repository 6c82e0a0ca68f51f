import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { ApiAway } from "../../components/layout/api-away.tsx";
import { AppFrame } from "../../features/frame/components/app-frame.tsx";
import { FirstPasswordPage } from "../../features/auth/components/first-password-page.tsx";
import { FilmStoreProvider } from "../../features/film-viewport/film-store-context.tsx";
import { env } from "../../lib/env.ts";
import { routes, safeNext } from "../../lib/routes.ts";
import { loadViewer, readSession } from "../../lib/session.ts";
import { viewerEntry } from "../../lib/viewer-entry.ts";

/** The shell, for people whose session the API still knows. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const state = await loadViewer();
  const headerStore = await headers();
  if (state.status === "signed-out") {
    const next = safeNext(headerStore.get("x-path"));
    redirect(routes.signIn({ reason: "ended", ...(next ? { next } : {}) }));
  }
  if (state.status === "unreachable") return <ApiAway />;
  if (state.viewer.mustChangePassword)
    return <FirstPasswordPage email={state.viewer.user.email} />;
  const viewer = await viewerEntry();
  return (
    <>
      {viewer === null ? null : (
        <link
          rel="modulepreload"
          href={viewer}
          nonce={headerStore.get("x-nonce") ?? undefined}
        />
      )}
      <AppFrame
        viewer={state.viewer}
        session={await readSession()}
        webSocketOrigin={headerStore.get("x-web-socket") ?? ""}
        hasIdentityProvider={env().oidc !== null}
      >
        <FilmStoreProvider>{children}</FilmStoreProvider>
      </AppFrame>
    </>
  );
}
