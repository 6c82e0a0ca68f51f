"use client";

import {
  useApolloClient,
  useFragment,
  useMutation,
} from "@apollo/client/react";
import type { KeptTextsFragment } from "../../gql/graphql.ts";
import { mayOutliveThePage } from "../../lib/outlive-page.ts";
import { KEEP_TEXT, KEPT_DRAFTS, KEPT_TEXTS } from "./kept-text-queries.ts";
import { keptFor, type KeptFor, type KeptText } from "./kept-text.ts";
import {
  type Keeping,
  type Kept,
  type KeptPlace,
  useKeptAt,
} from "./use-kept-at.ts";

export type { Kept } from "./use-kept-at.ts";

/** What somebody types on a case, kept on the server until it is sent. */
export function useKept<Value>(
  of: Keeping<Value, KeptText> & { about: KeptFor },
): Kept<Value> {
  return useKeptAt(useCasePlace(of.about), of);
}

/** Among the texts of a case, which came with it. */
function useCasePlace(about: KeptFor): KeptPlace<KeptText> {
  const client = useApolloClient();
  const [keep] = useMutation(KEEP_TEXT);
  const found = useFound(about);
  return {
    found,
    isKnown: true,
    keep: async (typed) => {
      const input = { ...about, ...typed };
      await keep({
        variables: { input },
        context: { fetchOptions: { keepalive: mayOutliveThePage(input) } },
      });
    },
    forget: () => {
      client.cache.modify<{ keptTexts: readonly { __ref: string }[] }>({
        id:
          client.cache.identify({ __typename: "Case", id: about.caseId }) ?? "",
        fields: {
          keptTexts: (texts, { readField }) =>
            texts.filter(
              (text) =>
                readField("kind", text) !== about.kind ||
                readField("aboutId", text) !== about.aboutId,
            ),
        },
      });
    },
  };
}

/** What the page knows the server to keep; nothing is asked for here. */
function useFound(about: KeptFor): KeptText | null {
  const hasDraft = about.kind === "AMENDMENT";
  const { data, complete } = useFragment<KeptTextsFragment>({
    fragment: hasDraft ? KEPT_DRAFTS : KEPT_TEXTS,
    fragmentName: hasDraft ? "KeptDrafts" : "KeptTexts",
    from: { __typename: "Case", id: about.caseId },
  });
  return complete ? keptFor(data.keptTexts, about) : null;
}
