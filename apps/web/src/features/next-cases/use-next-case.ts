"use client";

import { useApolloClient, useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
// The router takes it, and Next has no other name for it.
import { PrefetchKind } from "next/dist/client/components/router-reducer/router-reducer-types";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useSite } from "../../components/shell/site-context.tsx";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import { useNotify } from "../../components/ui/use-notify.tsx";
import type { CaseRowFragment } from "../../gql/graphql.ts";
import { useFilmStore } from "../film-viewport/film-store-context.tsx";
import { CLAIM_NEXT_CASE } from "../cases/case-mutations.ts";
import { CASE, NEXT_CASE } from "../cases/case-queries.ts";
import { forgetPassedCases, passCase, passedCases } from "./passed-cases.ts";
import type { CaseList } from "./use-case-list.ts";
import { useOpenAhead } from "../cases/use-open-ahead.ts";

/** What comes after the case that was signed. */
export type NextCase =
  | { status: "asking" }
  | { status: "found"; row: CaseRowFragment }
  | { status: "none" }
  | { status: "unknown" };

/** Where cases open from here, and what else comes next in the list. */
type ListAround = Pick<CaseList, "hrefOf" | "findNext" | "isSecondReads">;

interface Current {
  id: string;
  /** The viewer holds it and leaves it unsigned by going on. */
  isMine: boolean;
  isSigned: boolean;
}

/** As `<Link prefetch>` fetches a page: whole, since it holds no patient. */
const WHOLE_PAGE = { kind: PrefetchKind.FULL };

/**
 * Going on to the next case. For a reader that is the most urgent one which
 * waits for anybody or for him, claimed in the same step by the server, from
 * the list of second reads one that waits for a further reader; for everybody
 * else the next of the list.
 */
export function useNextCase(current: Current | null, list: ListAround) {
  const t = useTranslations("cases");
  const router = useRouter();
  const notify = useNotify();
  const { can } = useViewer();
  const siteId = useSite().site?.id ?? null;
  const client = useApolloClient();
  const store = useFilmStore();
  const openAhead = useOpenAhead();
  const [claimNext, claiming] = useMutation(CLAIM_NEXT_CASE);
  const [next, setNext] = useState<NextCase | null>(null);
  const ahead = useRef<{ id: string; isLoaded: Promise<void> } | null>(null);
  const isReader = can("reading:sign");
  const secondReads = list.isSecondReads;

  const claim = async (passed: string[]): Promise<string | null> => {
    const leaving = current?.isMine ? current.id : null;
    const { data } = await claimNext({
      variables: { siteId, passed, leaving, secondReads },
    });
    return data?.claimNextCase?.id ?? null;
  };
  const findId = async (): Promise<string | null> => {
    if (!isReader) return (await list.findNext())?.id ?? null;
    if (current && !current.isSigned) passCase(current.id);
    const found = await claim(passedCases());
    if (found !== null || passedCases().length === 0) return found;
    // Everything else is read or passed over: begin again with the sickest.
    forgetPassedCases();
    return claim(current && !current.isSigned ? [current.id] : []);
  };

  /** What would come next; nothing is claimed by asking. */
  const peek = async (): Promise<CaseRowFragment | null> => {
    if (!isReader) return list.findNext();
    const { data } = await client.query({
      query: NEXT_CASE,
      variables: { siteId, passed: passedCases(), secondReads },
      fetchPolicy: "network-only",
    });
    return data?.nextCase ?? null;
  };

  return {
    next,
    isBusy: claiming.loading,
    /** Opens the next case; says so where there is none. */
    go: async (): Promise<void> => {
      try {
        const id = await findId();
        if (id === null) {
          notify.done(t("noNext"));
          return;
        }
        openAhead(id);
        router.push(list.hrefOf(id));
      } catch (error) {
        notify.failed(t("nextUnknown"), error);
      }
    },
    /**
     * Loads ahead what comes next, while somebody is about to sign: what he
     * looks up to after it is there by then.
     */
    prepare: async (): Promise<void> => {
      const row = await peek().catch(() => null);
      // It is asked for again, and what is wrong is said, once it is offered.
      if (row) await loadOnce(row.id);
    },
    /** Shows what comes next, and loads its film ahead. */
    offer: async (): Promise<void> => {
      setNext({ status: "asking" });
      try {
        const row = await peek();
        setNext(row ? { status: "found", row } : { status: "none" });
        if (row) await loadOnce(row.id);
      } catch (error) {
        notify.failed(t("nextUnknown"), error);
        setNext({ status: "unknown" });
      }
    },
  };

  function loadOnce(id: string): Promise<void> {
    if (ahead.current?.id !== id)
      ahead.current = { id, isLoaded: loadAhead(id) };
    return ahead.current.isLoaded;
  }

  async function loadAhead(id: string): Promise<void> {
    router.prefetch(list.hrefOf(id), WHOLE_PAGE);
    // By its case, as the page asks for it: then it is not fetched again.
    if (can("image:read")) store.expect(id);
    const { data } = await client
      .query({ query: CASE, variables: { id }, fetchPolicy: "network-only" })
      .catch(() => ({ data: undefined }));
    const open = data?.case;
    const prior = open?.priors[0]?.images[0];
    for (const image of [open?.study.images[0], prior]) {
      // The page itself asks again and says what is wrong.
      if (image) await store.load(image).catch(() => undefined);
    }
  }
}
