"use client";

import { useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef } from "react";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import { useNotify } from "../../components/ui/use-notify.tsx";
import type { CaseStateFieldsFragment } from "../../gql/graphql.ts";
import { serverTime } from "../../lib/server-clock.ts";
import {
  CLAIM_CASE,
  RELEASE_CASE,
  TAKE_OVER_CASE,
} from "../cases/case-mutations.ts";
import { mayRenew } from "./claim-end.ts";
import { claimEndOf } from "../cases/further-reading.ts";
import type { OpenCase } from "../cases/use-case.ts";
import { usePatientName } from "../patients/use-patient-name.ts";

export interface Claim {
  /** The viewer reads this case now. */
  isMine: boolean;
  isBusy: boolean;
  /** @returns the case as claimed, or null when that was refused */
  claim: () => Promise<CaseStateFieldsFragment | null>;
  release: () => Promise<void>;
  /**
   * Takes the case from whoever holds it.
   * @returns whether it is the viewer's now
   */
  takeOver: (reason: string) => Promise<boolean>;
}

/** Claiming and giving back, and keeping the lease while there is work. */
export function useClaim(
  open: OpenCase,
  onOwnChange: (state: CaseStateFieldsFragment) => void,
): Claim {
  const t = useTranslations("cases");
  const notify = useNotify();
  const [claimCase, claiming] = useMutation(CLAIM_CASE);
  const [releaseCase, releasing] = useMutation(RELEASE_CASE);
  const [takeOverCase, takingOver] = useMutation(TAKE_OVER_CASE);
  const name = usePatientName()(open.patient);
  const variables = { caseId: open.id };
  const { user } = useViewer();
  const isMine = open.viewerCanSign;
  const hadEnded = !isMine && open.claimedBy?.id === user.id;

  const take = async () => {
    const { data } = await claimCase({ variables });
    if (data) onOwnChange(data.claimCase);
    return data?.claimCase ?? null;
  };
  const claim = async () => {
    try {
      const claimed = await take();
      // Whatever key asked for it: that the claim was gone is not passed over.
      if (claimed && hadEnded) notify.done(t("claimedAgain", { name }));
      return claimed;
    } catch (error) {
      notify.failed(t("notClaimed", { name }), error);
      return null;
    }
  };
  const release = async () => {
    try {
      const { data } = await releaseCase({ variables });
      if (data) onOwnChange(data.releaseCase);
      notify.done(t("released", { name }), () => void claim());
    } catch (error) {
      notify.failed(t("notReleased", { name }), error);
    }
  };
  const takeOver = async (reason: string) => {
    try {
      const { data } = await takeOverCase({
        variables: { ...variables, reason },
      });
      if (data) onOwnChange(data.takeOverCase);
      notify.done(t("takenOver", { name }));
      return true;
    } catch (error) {
      notify.failed(t("notTakenOver", { name }), error);
      return false;
    }
  };
  useLeaseRenewal(isMine ? claimEndOf(open) : null, take);
  return {
    isMine,
    isBusy: claiming.loading || releasing.loading || takingOver.loading,
    claim,
    release,
    takeOver,
  };
}

/** Renewed when this much of the quarter of an hour is left. */
const RENEW_BELOW_MS = 10 * 60_000;
/** After a failed try; the next movement tries again. */
const PAUSE_MS = 60_000;

/**
 * Work on the page renews the lease; a page left alone lets it run out. What
 * ran out is claimed anew by whoever asks for it, never by a key in passing.
 */
function useLeaseRenewal(
  expiresAt: string | null,
  renew: () => Promise<unknown>,
): void {
  const lastTry = useRef(0);
  const onActivity = useEffectEvent(() => {
    const now = Date.now();
    if (!mayRenew(expiresAt, serverTime(now), RENEW_BELOW_MS)) return;
    if (now - lastTry.current < PAUSE_MS) return;
    lastTry.current = now;
    // Refused when it ran out and somebody else took it: the case says so.
    renew().catch(() => undefined);
  });
  useEffect(() => {
    const listener = () => onActivity();
    const events = ["pointerdown", "keydown", "wheel"] as const;
    for (const name of events) document.addEventListener(name, listener);
    return () => {
      for (const name of events) document.removeEventListener(name, listener);
    };
  }, []);
}
