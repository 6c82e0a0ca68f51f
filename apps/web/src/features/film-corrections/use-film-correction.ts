"use client";

import type { OperationVariables, TypedDocumentNode } from "@apollo/client";
import { useMutation } from "@apollo/client/react";
import { useNotify } from "../../components/ui/use-notify.tsx";
import { FILM_CORRECTIONS } from "./film-queries.ts";

interface Ending {
  /** what is said once it is done */
  done: string;
  onDone: () => void;
  onClose: () => void;
}

/**
 * A correction of a film, or its undoing, as every dialog ends it: the list of
 * corrections is there, it is said to be done, and the dialog closes.
 */
export function useFilmCorrection<Data, Variables extends OperationVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
  { done, onDone, onClose }: Ending,
) {
  const notify = useNotify();
  return useMutation(mutation, {
    refetchQueries: [FILM_CORRECTIONS],
    awaitRefetchQueries: true,
    onCompleted: () => {
      notify.done(done);
      onDone();
      onClose();
    },
  });
}
