"use client";

import { useQuery } from "@apollo/client/react";
import { Checkbox } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import type { Kept } from "../../kept-texts/use-kept.ts";
import {
  type CriticalMark,
  isSaid,
  proposedFinding,
} from "../critical-mark.ts";
import { CRITICAL_OF_CASE } from "../critical-queries.ts";
import { useKeptMark } from "../use-kept-mark.ts";
import styles from "./critical.module.css";
import { MarkFields } from "./mark-fields.tsx";

export interface SignCriticalState {
  mark: CriticalMark;
  isOn: boolean;
  /** Ticked by the reader in this dialog. */
  isFresh: boolean;
  isProposed: boolean;
  /** Ticked, and nothing said. */
  isUnsaid: boolean;
  setOn: (isOn: boolean) => void;
  setMark: (mark: CriticalMark) => void;
  /** What is signed with it; null where nothing is critical. */
  signed: CriticalMark | null;
  kept: Kept<string>;
  /** Signs, and says whether it is signed; the words are sent by that. */
  send: (work: () => Promise<boolean>) => Promise<boolean>;
}

/**
 * Whether what is about to be signed is critical. Ticked beforehand where the
 * site's policy proposes it, and only the reader's word counts.
 */
export function useSignCritical(
  caseId: string,
  findings: readonly { code: string; presence: string }[],
): SignCriticalState {
  const { data } = useQuery(CRITICAL_OF_CASE, { variables: { id: caseId } });
  const [said, setSaid] = useState<{ isOn: boolean } | null>(null);
  const proposed = proposedFinding(
    findings,
    data?.case?.criticalFindings ?? [],
  );
  // An open one of the case, opened again since, goes on.
  const isOpen = data?.case?.criticalResults.some(
    ({ state }) => state === "OPEN" || state === "TOLD",
  );
  const isOn = !isOpen && (said?.isOn ?? proposed !== null);
  const { mark, setMark, kept } = useKeptMark(caseId, proposed);
  return {
    mark,
    kept,
    isOn,
    isFresh: said?.isOn === true,
    isProposed: proposed !== null,
    isUnsaid: isOn && !isSaid(mark),
    setOn: (next) => setSaid({ isOn: next }),
    setMark,
    signed: isOn ? mark : null,
    // Words beside a box that is not ticked are not sent.
    send: (work) => (isOn ? kept.send(work, Boolean) : work()),
  };
}

interface SignCriticalProps {
  state: SignCriticalState;
  isDialogOpen: boolean;
  /** Enter in the words signs, as it does everywhere in the dialog. */
  onEnter: () => void;
}

/** In the signing dialog: that somebody must be told of it at once. */
export function SignCritical(props: SignCriticalProps) {
  const { state, isDialogOpen } = props;
  const t = useTranslations("critical.mark");
  useShortcuts([
    {
      id: "read.critical",
      keys: "!",
      label: t("start"),
      group: "decision",
      inDialogs: true,
      hiddenInPalette: true,
      enabled: isDialogOpen,
      run: () => state.setOn(!state.isOn),
    },
  ]);
  return (
    <div className={styles.box} data-proposed={state.isProposed || undefined}>
      <Checkbox
        label={
          <>
            {t("atSigning")} <Keys keys="!" />
          </>
        }
        description={state.isProposed ? t("proposed") : undefined}
        checked={state.isOn}
        onChange={(event) => state.setOn(event.currentTarget.checked)}
      />
      {state.isOn ? (
        <MarkFields
          mark={state.mark}
          isFresh={state.isFresh}
          onChange={state.setMark}
          kept={state.kept}
          onEnter={props.onEnter}
        />
      ) : null}
    </div>
  );
}
