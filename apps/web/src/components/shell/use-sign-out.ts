"use client";

import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { pictures } from "../../lib/picture-store.ts";
import { routes } from "../../lib/routes.ts";
import { forgetOtherTabs, forgetTab } from "../../lib/tab-text.ts";
import { useUnsavedLabels } from "./unsaved-context.tsx";

/**
 * Ends the session here and at the API, and forgets what this tab remembered
 * of patients. Asks first when something is not yet saved.
 */
export function useSignOut(): () => void {
  const t = useTranslations("shell");
  const unsaved = useUnsavedLabels();
  return () => {
    const isSure =
      unsaved.length === 0 ||
      window.confirm(t("signOutUnsaved", { what: unsaved.join(", ") }));
    if (!isSure) return;
    forgetTab();
    pictures.clear();
    forgetOtherTabs();
    void signOut({ callbackUrl: routes.signIn({ reason: "signed-out" }) });
  };
}
