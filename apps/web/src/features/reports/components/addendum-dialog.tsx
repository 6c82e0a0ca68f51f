"use client";

import { useMutation } from "@apollo/client/react";
import { Button, Group, Modal } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useErrorText } from "../../../lib/error-text.ts";
import {
  SignatureProof,
  wantsProof,
} from "../../auth/components/signature-proof.tsx";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import { MAX_SECTION } from "../../report-text/report-draft.ts";
import { ADD_ADDENDUM } from "../report-queries.ts";
import { languageOf } from "../use-report.ts";
import styles from "../../report-text/components/report.module.css";

interface AddendumDialogProps {
  isOpen: boolean;
  caseId: string;
  versionId: string;
  onClose: () => void;
  refetch: () => Promise<unknown>;
}

/** Words that are added to a signed report; the password where it is due. */
export function AddendumDialog(props: AddendumDialogProps) {
  const { isOpen, versionId, onClose } = props;
  const t = useTranslations("reports.addendum");
  const common = useTranslations("common");
  const locale = useLocale();
  const errorText = useErrorText();
  const kept = useKeptText({
    caseId: props.caseId,
    kind: "ADDENDUM",
    aboutId: versionId,
    label: t("title"),
  });
  const text = kept.value;
  const [addAddendum, { loading, error, reset }] = useMutation(ADD_ADDENDUM);
  const close = () => {
    reset();
    onClose();
  };
  const add = async () => {
    const language = languageOf(locale);
    try {
      await kept.send(() =>
        addAddendum({ variables: { versionId, text, language } }),
      );
    } catch {
      return; // the dialog stays with what was typed, and says why
    }
    close();
    await props.refetch();
  };
  const isProofWanted = wantsProof(error);
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={t("title")}
      closeButtonProps={{ "aria-label": common("close") }}
      size="md"
    >
      <form
        className={styles.replace}
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <div className={styles.text}>{t("text")}</div>
        <KeptWordsField
          kept={kept}
          isFirst
          isRequired
          label={t("words")}
          maxLength={MAX_SECTION}
        />
        {error && !isProofWanted ? (
          <div className={styles.notice} role="alert">
            {errorText(error)}
          </div>
        ) : null}
        {isProofWanted ? null : (
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>
              {common("cancel")}
            </Button>
            <Button
              type="submit"
              loading={loading}
              disabled={text.trim() === ""}
            >
              {t("sign")}
            </Button>
          </Group>
        )}
      </form>
      {isProofWanted ? (
        <SignatureProof onProved={() => void add()} onCancel={close} />
      ) : null}
    </Modal>
  );
}
