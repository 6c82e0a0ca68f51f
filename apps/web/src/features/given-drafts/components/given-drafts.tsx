"use client";

import { useMutation } from "@apollo/client/react";
import { Button, Group } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { GivenDraftFragment } from "../../../gql/graphql.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { Notice } from "../../../components/ui/notice.tsx";
import styles from "../../../components/layout/reading.module.css";
import { draftFrom } from "../../readings/reading-draft.ts";
import type { DraftState } from "../../readings/use-reading-draft.ts";
import { LEAVE_GIVEN_DRAFT, TAKE_GIVEN_DRAFT } from "../given-draft-queries.ts";
import { replacedParts, takenDraft } from "../taken-draft.ts";
import { DraftFacts } from "./draft-facts.tsx";

interface GivenDraftsProps {
  open: OpenCase;
  drafts: DraftState;
  isMine: boolean;
}

/**
 * What colleagues typed on the case and gave along. The server tells of it
 * behind one's own opinion; where it is read openly, the page waits for that.
 */
export function GivenDrafts({ open, drafts, isMine }: GivenDraftsProps) {
  if (!isMine || drafts.draft.label === null) return null;
  return open.givenDrafts.map((given) => (
    <GivenDraft key={given.id} caseId={open.id} given={given} drafts={drafts} />
  ));
}

interface GivenDraftProps {
  caseId: string;
  given: GivenDraftFragment;
  drafts: DraftState;
}

function GivenDraft({ caseId, given, drafts }: GivenDraftProps) {
  const t = useTranslations("readings.givenDraft");
  const notify = useNotify();
  const [isOpen, setOpen] = useState(false);
  const [takeDraft, { loading, error, reset }] = useMutation(TAKE_GIVEN_DRAFT);
  const [leaveDraft, leaving] = useMutation(LEAVE_GIVEN_DRAFT);
  const { id: fromUserId, name } = given.reader;
  const theirs = draftFrom(given);
  const replaced = replacedParts(drafts.draft, theirs);
  const take = async () => {
    try {
      await takeDraft({ variables: { caseId, fromUserId } });
    } catch {
      setOpen(true); // which says why
      return;
    }
    drafts.update(takenDraft(drafts.draft, theirs));
    notify.done(t("taken", { name }));
  };
  const leave = () =>
    leaveDraft({ variables: { caseId, fromUserId } }).catch((why: unknown) =>
      notify.failed(t("notLeft", { name }), why),
    );
  const close = () => {
    reset();
    setOpen(false);
  };
  return (
    <>
      <Notice title={t("title", { name })} tone="plain" role="status">
        {t("text")}
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => setOpen(true)}>
            {t("look")}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            loading={loading}
            onClick={() => {
              // What was typed is replaced by nobody who was not asked.
              if (replaced.length > 0) setOpen(true);
              else void take();
            }}
          >
            {t("take")}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            loading={leaving.loading}
            onClick={() => void leave()}
          >
            {t("leave")}
          </Button>
        </Group>
      </Notice>
      <StepDialog
        isOpen={isOpen}
        title={t("title", { name })}
        action={t(replaced.length > 0 ? "replace" : "take")}
        isReady
        isBusy={loading}
        error={error}
        onClose={close}
        onSubmit={() => void take()}
      >
        <DraftFacts draft={theirs} />
        {replaced.length > 0 ? (
          <div className={styles.notice} data-tone="warn">
            <div className={styles.noticeTitle}>{t("replaces")}</div>
            <ul className={styles.text}>
              {replaced.map((part) => (
                <li key={part}>{t(`parts.${part}`)}</li>
              ))}
            </ul>
          </div>
        ) : null}
      </StepDialog>
    </>
  );
}
