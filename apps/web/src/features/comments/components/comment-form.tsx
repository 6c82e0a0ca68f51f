"use client";

import { useQuery } from "@apollo/client/react";
import { Alert, Button, Group, Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "../../../lib/error-text.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import { MENTIONABLE } from "../comment-queries.ts";
import { mentionsIn } from "../mentions.ts";
import styles from "./comments.module.css";

/** Longest comment that the API takes, in characters. */
const MAX_TEXT = 2000;

interface CommentFormProps {
  caseId: string;
  siteId: string;
  /** The one that is said otherwise; left out for a new one. */
  comment?: { id: string; text: string };
  /** The button that sends it. */
  action: string;
  onCancel?: () => void;
  onSend: (words: { text: string; mentionIds: string[] }) => Promise<unknown>;
}

/** A comment being written; whom it names is said below it. */
export function CommentForm(props: CommentFormProps) {
  const { caseId, siteId, comment, action, onCancel, onSend } = props;
  const before = comment?.text ?? "";
  const t = useTranslations("comments");
  const errorText = useErrorText();
  const kept = useKeptText({
    caseId,
    ...(comment
      ? { kind: "COMMENT_EDIT", aboutId: comment.id, start: before }
      : { kind: "COMMENT" }),
    label: t("text"),
  });
  const { value: text, setValue: setText } = kept;
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { data } = useQuery(MENTIONABLE, { variables: { siteId } });
  const people = data?.mentionableUsers ?? [];
  const named = mentionsIn(text, people);
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      const mentionIds = named.map(({ id }) => id);
      await kept.send(() => onSend({ text, mentionIds }));
    } catch (failure) {
      // What was typed stays for another try.
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <KeptWordsField
        kept={kept}
        label={t("text")}
        description={t("textHelp")}
        maxLength={MAX_TEXT}
      />
      {named.length > 0 ? (
        <p className={styles.dim} role="status">
          {t("tells", { names: named.map(({ name }) => name).join(", ") })}
        </p>
      ) : null}
      {error ? (
        <Alert color="red" p="sm" role="alert" title={t("failed")}>
          {errorText(error)}
        </Alert>
      ) : null}
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Select
          size="xs"
          aria-label={t("name")}
          placeholder={t("name")}
          searchable
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={null}
          onChange={(id) => {
            const person = people.find((one) => one.id === id);
            if (!person) return;
            const gap = text === "" || /\s$/.test(text) ? "" : " ";
            setText(`${text}${gap}@${person.name} `);
          }}
        />
        <Group gap="xs" wrap="nowrap">
          {onCancel ? (
            <Button size="xs" variant="default" onClick={onCancel}>
              {t("cancel")}
            </Button>
          ) : null}
          <Button
            size="xs"
            type="submit"
            disabled={text.trim() === "" || text.trim() === before}
            loading={isBusy}
          >
            {action}
          </Button>
        </Group>
      </Group>
    </form>
  );
}
