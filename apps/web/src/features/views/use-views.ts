"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useSite } from "../../components/shell/site-context.tsx";
import { useNotify } from "../../components/ui/use-notify.tsx";
import type {
  ViewFieldsFragment,
  WorklistViewInput,
} from "../../gql/graphql.ts";
import {
  CHANGE_VIEW,
  DEFAULT_VIEW,
  DELETE_VIEW,
  RESTORE_VIEW,
  SET_DEFAULT_VIEW,
  SHARE_VIEW,
  VIEWS,
} from "./view-queries.ts";
import { choiceOf, settingsOf } from "./view-settings.ts";
import { useWholeList } from "../../lib/use-whole-list.ts";

type View = ViewFieldsFragment;

interface Views {
  views: readonly View[];
  isLoading: boolean;
  error: unknown;
  retry: () => void;
}

const NONE: readonly View[] = [];

/** One's own views and those shared with the site that is looked at. */
export function useViews(): Views {
  const { site } = useSite();
  const { data, loading, error, fetchMore, refetch } = useQuery(VIEWS, {
    variables: { siteId: site?.id ?? null, after: null },
    fetchPolicy: "cache-and-network",
  });
  const page = data?.worklistViews;
  useWholeList(page, fetchMore);
  return {
    views: page?.edges.map(({ node }) => node) ?? NONE,
    isLoading: loading && !page,
    error: page ? undefined : error,
    retry: () => void refetch().catch(() => undefined),
  };
}

interface DefaultView {
  /** Null without one; undefined while nobody knows. */
  view: View | null | undefined;
}

/** What the viewer's worklist opens with. */
export function useDefaultView(): DefaultView {
  const { data, error } = useQuery(DEFAULT_VIEW);
  // Where it cannot be asked for, the usual list is better than none.
  return { view: error ? null : data?.defaultWorklistView };
}

export const VIEW_LISTS = [VIEWS, DEFAULT_VIEW];

interface ViewActions {
  save: (view: View, input: WorklistViewInput) => void;
  share: (view: View, siteId: string | null) => void;
  remove: (view: View) => void;
  setDefault: (view: View | null, before: View | null) => void;
}

/** What is done to a view at once, each with its way back. */
export function useViewActions(): ViewActions {
  const t = useTranslations("views");
  const notify = useNotify();
  const after = { refetchQueries: VIEW_LISTS, awaitRefetchQueries: true };
  const [change] = useMutation(CHANGE_VIEW, after);
  const [share] = useMutation(SHARE_VIEW, after);
  const [remove] = useMutation(DELETE_VIEW, after);
  const [restore] = useMutation(RESTORE_VIEW, after);
  const [choose] = useMutation(SET_DEFAULT_VIEW, after);
  const run = async (
    act: Promise<unknown>,
    done: string,
    undo?: () => void,
  ): Promise<void> => {
    try {
      await act;
      notify.done(done, undo);
    } catch (error) {
      notify.failed(t("failed"), error);
    }
  };
  const save = ({ id }: View, input: WorklistViewInput) =>
    change({ variables: { id, input } });
  return {
    save: (view, input) => {
      const { name } = view;
      const before = { name, settings: settingsOf(choiceOf(view)) };
      void run(save(view, input), t("saved", { name: input.name }), () => {
        void run(save(view, before), t("restored", { name }));
      });
    },
    share: (view, siteId) => {
      const { id, name } = view;
      const back = () =>
        share({ variables: { id, siteId: view.siteId ?? null } });
      void run(
        share({ variables: { id, siteId } }),
        t(siteId === null ? "taken" : "shared", { name }),
        () => void run(back(), t("restored", { name })),
      );
    },
    remove: ({ id, name }) =>
      void run(remove({ variables: { id } }), t("deleted", { name }), () => {
        void run(restore({ variables: { id } }), t("restored", { name }));
      }),
    setDefault: (view, before) => {
      const to = (one: View | null) =>
        choose({ variables: { id: one?.id ?? null } });
      const say = (one: View | null) =>
        one ? t("defaultSet", { name: one.name }) : t("defaultCleared");
      void run(to(view), say(view), () => void run(to(before), say(before)));
    },
  };
}
