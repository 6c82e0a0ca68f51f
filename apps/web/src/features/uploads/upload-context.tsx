"use client";

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import { useTranslations } from "next-intl";
import { useConnectionState } from "../../components/shell/graphql-provider.tsx";
import { useUnsaved } from "../../components/shell/unsaved-context.tsx";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import { knownUploads } from "./known-uploads.ts";
import { inPieces } from "./send-film-in-pieces.ts";
import { UploadManager } from "./upload-manager.ts";
import { loadRecord, saveRecord } from "./upload-record.ts";
import { type UploadState, countFilms, hasUnsent } from "./upload-state.ts";

const ManagerContext = createContext<UploadManager | null>(null);

/**
 * Holds the films that are on their way, above all pages: going to another
 * page stops nothing, leaving the site asks.
 */
export function UploadProvider({ children }: { children: ReactNode }) {
  const connection = useConnectionState();
  const { user, sites } = useViewer();
  const [manager] = useState(
    () =>
      new UploadManager({
        send: inPieces(knownUploads(() => sessionStorage)),
        newId: () => crypto.randomUUID(),
        todayIso: () => new Date().toISOString().slice(0, 10),
        onSessionEnded: () => connection.sessionEnded(),
        later: (work, ms) => setTimeout(work, ms),
        needsSite: sites.length > 1,
      }),
  );
  useMemory(manager, user.id);
  return (
    <ManagerContext value={manager}>
      <LeavingAsks />
      {children}
    </ManagerContext>
  );
}

/** Takes up what this tab remembers and goes on remembering. */
function useMemory(manager: UploadManager, userId: string): void {
  useEffect(() => {
    manager.takeUp(loadRecord(userId));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const save = () => saveRecord(userId, manager.read().films);
    const unsubscribe = manager.subscribe(() => {
      // Progress comes many times a second; a second's loss is harmless.
      timer ??= setTimeout(() => {
        timer = undefined;
        save();
      }, 1000);
    });
    window.addEventListener("pagehide", save);
    return () => {
      unsubscribe();
      clearTimeout(timer);
      window.removeEventListener("pagehide", save);
    };
  }, [manager, userId]);
}

function LeavingAsks() {
  const t = useTranslations("upload");
  const counts = countFilms(useUploadState().films);
  const count = counts.held + counts.underWay;
  useUnsaved(t("unsent", { count }), hasUnsent(counts));
  return null;
}

export function useUploadManager(): UploadManager {
  const manager = useContext(ManagerContext);
  if (!manager) throw new Error("UploadProvider is missing above.");
  return manager;
}

export function useUploadState(): UploadState {
  const manager = useUploadManager();
  return useSyncExternalStore(manager.subscribe, manager.read, manager.read);
}
