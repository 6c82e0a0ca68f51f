"use client";

import { useQuery } from "@apollo/client/react";
import { Alert, Button, Group, Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useUnsaved } from "../../../components/shell/unsaved-context.tsx";
import { WordsField } from "../../../components/ui/words-field.tsx";
import { useErrorText } from "../../../lib/error-text.ts";
import { MENTIONABLE } from "../comment-queries.ts";
import { mentionsIn } from "../mentions.ts";
import styles from "./comments.module.css";

/** Longest comment that the API takes, in characters. */
const MAX_TEXT = 2000;

interface CommentFormProps {
  siteId: string;
  /** What stands there already; empty for a new one. */
  text?: string;
  /** The button that sends it. */
  action: string;
  onCancel?: () => void;
  onSend: (words: { text: string; mentionIds: string[] }) => Promise<unknown>;
}

/** A comment being written; whom it names is said below it. */
export function CommentForm(props: CommentFormProps) {
  const { siteId, text: before = "", action, onCancel, onSend } = props;
  const t = useTranslations("comments");
  const errorText = useErrorText();
  const [text, setText] = useState(before);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { data } = useQuery(MENTIONABLE, { variables: { siteId } });
  const people = data?.mentionableUsers ?? [];
  const named = mentionsIn(text, people);
  useUnsaved(t("text"), text.trim() !== before);
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      await onSend({ text, mentionIds: named.map(({ id }) => id) });
      setText(before);
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
      <WordsField
        label={t("text")}
        description={t("textHelp")}
        maxLength={MAX_TEXT}
        value={text}
        onChange={setText}
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
