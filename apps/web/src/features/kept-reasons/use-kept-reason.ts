"use client";

import {
  skipToken,
  useApolloClient,
  useMutation,
  useQuery,
} from "@apollo/client/react";
import type {
  KeptReasonFieldsFragment,
  KeptReasonKind,
} from "../../gql/graphql.ts";
import { mayOutliveThePage } from "../../lib/outlive-page.ts";
import { typedText } from "../kept-texts/kept-text.ts";
import {
  type Kept,
  type KeptPlace,
  useKeptAt,
} from "../kept-texts/use-kept-at.ts";
import { KEEP_REASON, KEPT_REASON } from "./kept-reason-queries.ts";

interface KeptReason {
  kind: KeptReasonKind;
  /** A record, a merge, an alarm, a promotion, …; else the site. */
  aboutId: string;
  /** What of it: the other record, the age group. */
  part?: string;
  /** The name of the field. */
  label: string;
}

/**
 * A reason in a field that is on no case, kept on the server from the first
 * letter until it is given. To be given by its `send`.
 */
export function useKeptReason(reason: KeptReason): Kept<string> {
  const { kind, aboutId, part = "", label } = reason;
  return useKeptAt(useReasonPlace({ kind, aboutId, part }), {
    start: "",
    toTyped: (text) => typedText(text, ""),
    fromKept: ({ text }) => text,
    label,
  });
}

type Place = Required<Omit<KeptReason, "label">>;

/**
 * It is asked for when the field is shown: no list has it.
 *
 * @param about null while it is not known yet what it is about: nothing is kept
 */
export function useReasonPlace(
  about: Place | null,
): KeptPlace<KeptReasonFieldsFragment> {
  const { data, error } = useQuery(
    KEPT_REASON,
    about === null
      ? skipToken
      : { variables: about, fetchPolicy: "cache-and-network" },
  );
  const { keep, forget } = useReasonKeeper();
  return {
    found: data?.keptReason ?? null,
    isKnown: about === null || data !== undefined || error !== undefined,
    keep: async ({ text }) => {
      if (about !== null) await keep(about, text);
    },
    forget: () => {
      if (about !== null) forget(about);
    },
  };
}

/** Has the server keep what is typed in any place, and the page know of it. */
export function useReasonKeeper() {
  const client = useApolloClient();
  const [keep] = useMutation(KEEP_REASON);
  const at = (about: Place) => ({ query: KEPT_REASON, variables: about });
  return {
    keep: async (about: Place, text: string): Promise<void> => {
      const input = { ...about, text };
      await keep({
        variables: { input },
        context: { fetchOptions: { keepalive: mayOutliveThePage(input) } },
        update: (cache, answer) => {
          const keptReason = answer.data?.keepReason ?? null;
          cache.writeQuery({ ...at(about), data: { keptReason } });
        },
      });
    },
    /** It was sent: the server keeps none. */
    forget: (about: Place) => {
      client.writeQuery({ ...at(about), data: { keptReason: null } });
    },
    /** Whether the page knows of one there. */
    knows: (about: Place): boolean =>
      Boolean(client.readQuery(at(about))?.keptReason),
  };
}
