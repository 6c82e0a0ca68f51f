"use client";

import {
  Button,
  Group,
  NumberInput,
  Stack,
  Text,
  Textarea,
} from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";

/** As long as the API takes. */
const MAX_REASON = 1_000;
const MOST_FILMS = 100_000;
const MOST_DAYS = 90;

export interface Answers {
  reason: string;
  films: number | null;
  days: number | null;
}

interface ReasonFormProps {
  text: string;
  confirm: string;
  isBusy: boolean;
  /** Whether it also asks for how long. */
  limits?: boolean;
  /** Nothing is asked: it is only confirmed. */
  noReason?: boolean;
  onSubmit: (answers: Answers) => void;
  onClose: () => void;
}

/** What will happen, why it is wanted, and the button that does it. */
export function ReasonForm(props: ReasonFormProps) {
  const { text, confirm, isBusy, limits = false, noReason = false } = props;
  const t = useTranslations("models.roles");
  const [reason, setReason] = useState("");
  const [films, setFilms] = useState<number | null>(null);
  const [days, setDays] = useState<number | null>(null);
  const lacksLimit = limits && films === null && days === null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit({ reason, films, days });
      }}
    >
      <Stack>
        <Text size="sm">{text}</Text>
        {limits ? (
          <>
            <NumberInput
              label={t("films")}
              description={t("filmsHint")}
              min={1}
              max={MOST_FILMS}
              allowDecimal={false}
              onChange={(value) => setFilms(asNumber(value))}
            />
            <NumberInput
              label={t("days")}
              description={t("daysHint")}
              min={1}
              max={MOST_DAYS}
              allowDecimal={false}
              onChange={(value) => setDays(asNumber(value))}
            />
          </>
        ) : null}
        {noReason ? null : (
          <Textarea
            label={t("reason")}
            description={t("reasonHint")}
            value={reason}
            maxLength={MAX_REASON}
            autosize
            minRows={2}
            data-autofocus
            onChange={(event) => {
              setReason(event.currentTarget.value);
            }}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t("cancel")}
          </Button>
          <Button
            type="submit"
            loading={isBusy}
            disabled={(!noReason && !reason.trim()) || lacksLimit}
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function asNumber(value: number | string): number | null {
  return typeof value === "number" ? value : null;
}
