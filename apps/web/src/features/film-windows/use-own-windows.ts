"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useNotify } from "../../components/ui/use-notify.tsx";
import type { OwnWindowsQuery } from "../../gql/graphql.ts";
import {
  FORGET_OWN_WINDOW,
  KEEP_OWN_WINDOW,
  OWN_WINDOWS,
} from "./own-window-queries.ts";
import {
  type RelativeWindow,
  WINDOW_KEYS,
  type WindowPreset,
} from "./window-presets.ts";

export interface OwnWindows {
  /** What the person keeps in place of a preset; null where nothing. */
  of: (preset: WindowPreset) => RelativeWindow | null;
  keep: (preset: WindowPreset, window: RelativeWindow) => Promise<void>;
  forget: (preset: WindowPreset) => Promise<void>;
}

/**
 * Windows that the person keeps under the keys of the presets. They lie on the
 * server, so that every desk has them.
 */
export function useOwnWindows(): OwnWindows {
  const t = useTranslations("viewer.own");
  const notify = useNotify();
  const { data } = useQuery(OWN_WINDOWS, { fetchPolicy: "cache-first" });
  const [keep] = useMutation(KEEP_OWN_WINDOW, {
    update: (cache, { data: answer }) => {
      if (answer) put(cache, answer.keepOwnWindow);
    },
  });
  const [forget] = useMutation(FORGET_OWN_WINDOW, {
    update: (cache, { data: answer }) => {
      if (answer) put(cache, answer.forgetOwnWindow);
    },
  });
  return {
    of: (preset) =>
      data?.ownWindows.find(({ key }) => key === keyOf(preset)) ?? null,
    keep: async (preset, { shift, width }) => {
      const key = keyOf(preset);
      try {
        await keep({ variables: { key, shift, width } });
        notify.done(t("kept", { key }));
      } catch (error) {
        notify.failed(t("notKept"), error);
      }
    },
    forget: async (preset) => {
      try {
        await forget({ variables: { key: keyOf(preset) } });
      } catch (error) {
        notify.failed(t("notForgotten"), error);
      }
    },
  };
}

function keyOf(preset: WindowPreset): number {
  return Number(WINDOW_KEYS[preset]);
}

interface Cache {
  writeQuery: (written: {
    query: typeof OWN_WINDOWS;
    data: OwnWindowsQuery;
  }) => unknown;
}

function put(cache: Cache, ownWindows: OwnWindowsQuery["ownWindows"]): void {
  cache.writeQuery({
    query: OWN_WINDOWS,
    data: { ownWindows },
  });
}
