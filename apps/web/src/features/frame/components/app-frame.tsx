"use client";

import { useDisclosure } from "@mantine/hooks";
import { spotlight } from "@mantine/spotlight";
import type { Session } from "next-auth";
import { SessionProvider } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import type { ViewerQuery } from "../../../gql/graphql.ts";
import { FailuresNotice } from "../../auth/components/failures-notice.tsx";
import { CriticalStrip } from "../../critical/components/critical-strip.tsx";
import { UploadProvider } from "../../uploads/upload-context.tsx";
import { pictures } from "../../../lib/picture-store.ts";
import { routes } from "../../../lib/routes.ts";
import {
  claimTab,
  forgetTab,
  onSignedOutElsewhere,
} from "../../../lib/tab-text.ts";
import { ShortcutList } from "../../../components/shortcuts/shortcut-list.tsx";
import { ShortcutProvider } from "../../../components/shortcuts/shortcut-provider.tsx";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import styles from "./app-frame.module.css";
import { AiAwayStrip } from "./ai-away-strip.tsx";
import { GraphqlProvider } from "../../../components/shell/graphql-provider.tsx";
import { Header } from "./header.tsx";
import { OfflineStrip } from "./offline-strip.tsx";
import { Palette } from "./palette.tsx";
import { SessionEndedDialog } from "./session-ended-dialog.tsx";
import { SiteProvider } from "../../../components/shell/site-context.tsx";
import { UnsavedProvider } from "../../../components/shell/unsaved-context.tsx";
import { ViewerProvider } from "../../../components/shell/viewer-context.tsx";

interface AppFrameProps {
  viewer: ViewerQuery["viewer"];
  session: Session | null;
  webSocketOrigin: string;
  hasIdentityProvider: boolean;
  children: ReactNode;
}

/** Everything around a page for somebody who has signed in. */
export function AppFrame(props: AppFrameProps) {
  // Before anything below reads what the tab remembers.
  useState(() => claimTab(props.viewer.user.id));
  return (
    <SessionProvider session={props.session} refetchOnWindowFocus={false}>
      <GraphqlProvider webSocketOrigin={props.webSocketOrigin}>
        <ViewerProvider viewer={props.viewer}>
          <SiteProvider>
            <UnsavedProvider>
              <ShortcutProvider>
                <UploadProvider>
                  <Frame hasIdentityProvider={props.hasIdentityProvider}>
                    {props.children}
                  </Frame>
                </UploadProvider>
              </ShortcutProvider>
            </UnsavedProvider>
          </SiteProvider>
        </ViewerProvider>
      </GraphqlProvider>
    </SessionProvider>
  );
}

/** Another tab has ended the session: nothing of it stays in this one. */
function leave(): void {
  forgetTab();
  pictures.clear();
  window.location.assign(routes.signIn({ reason: "signed-out" }));
}

type FrameProps = Pick<AppFrameProps, "hasIdentityProvider" | "children">;

function Frame({ hasIdentityProvider, children }: FrameProps) {
  const t = useTranslations("shell");
  useEffect(() => onSignedOutElsewhere(leave), []);
  const [isListOpen, list] = useDisclosure(false);
  useShortcuts([
    {
      id: "shell.shortcuts",
      keys: "?",
      label: t("shortcuts.title"),
      group: "general",
      hiddenInPalette: true,
      run: list.open,
    },
    {
      id: "shell.palette",
      keys: "mod+k",
      label: t("palette.open"),
      group: "general",
      whileTyping: true,
      hiddenInPalette: true,
      run: spotlight.open,
    },
  ]);
  return (
    <div className={styles.frame}>
      <a href="#main" className="li-skip-link">
        {t("skipToContent")}
      </a>
      <Header onShowShortcuts={list.open} />
      <OfflineStrip />
      <AiAwayStrip />
      <CriticalStrip />
      <FailuresNotice />
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <Palette />
      <ShortcutList opened={isListOpen} onClose={list.close} />
      <SessionEndedDialog hasIdentityProvider={hasIdentityProvider} />
    </div>
  );
}
