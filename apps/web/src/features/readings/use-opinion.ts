"use client";

import { useMutation } from "@apollo/client/react";
import { useEffect, useEffectEvent, useState } from "react";
import {
  useConnectionState,
  useIsOnline,
} from "../../components/shell/graphql-provider.tsx";
import type { Label } from "../../gql/graphql.ts";
import { isLineError } from "../../lib/error-text.ts";
import type { Claim } from "../claims/use-claim.ts";
import { RECORD_OPINION } from "./reading-mutations.ts";

interface OpinionInput {
  caseId: string;
  claim: Claim;
  /** runs a change and says why it was refused */
  attempt: (work: () => Promise<unknown>) => Promise<void>;
}

interface OpinionState {
  /** Claims the case where that is still to be done, and records it. */
  send: (label: Label) => Promise<void>;
  /** The server was away: it has not got what the screen shows. */
  isUnsent: boolean;
}

/** The blind opinion's way to the server, which goes on when the line is back. */
export function useOpinion(input: OpinionInput): OpinionState {
  const { caseId, claim, attempt } = input;
  const connection = useConnectionState();
  const isOnline = useIsOnline();
  const [unsent, setUnsent] = useState<Label | null>(null);
  const [recordOpinion] = useMutation(RECORD_OPINION);

  const send = async (label: Label) => {
    if (!claim.isMine && (await claim.claim()) === null) {
      // Refused when somebody was faster, which the claim has said; or away.
      setUnsent(connection.read().isReachable ? null : label);
      return;
    }
    await attempt(async () => {
      try {
        await recordOpinion({ variables: { caseId, opinion: label } });
        setUnsent(null);
      } catch (error) {
        setUnsent(isLineError(error) ? label : null);
        throw error;
      }
    });
  };
  const sendAgain = useEffectEvent(() => {
    if (unsent !== null) void send(unsent);
  });
  useEffect(() => {
    if (!isOnline) return;
    const timer = setTimeout(() => sendAgain());
    return () => clearTimeout(timer);
  }, [isOnline]);
  return { send, isUnsent: unsent !== null };
}
