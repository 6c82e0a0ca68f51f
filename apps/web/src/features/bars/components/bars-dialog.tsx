"use client";

import { useMutation } from "@apollo/client/react";
import { Checkbox, NumberInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import table from "../../../components/ui/plain-table.module.css";
import type { BarInput } from "../../../gql/graphql.ts";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { draftOf, isChanged, withBar } from "../bars-draft.ts";
import { AT_LEAST } from "../../judgements/outcome-words.ts";
import { SAVE_BARS } from "../../judgements/promotion-queries.ts";
import { MAX_REASON, useAct } from "../../judgements/use-act.ts";
import type { Bars } from "./bars-panel.tsx";
import styles from "../../judgements/components/promotions.module.css";

/** Declares other bars: every limit, from how many films on, and why. */
export function BarsDialog(props: { bars: Bars; onClose: () => void }) {
  const { bars, onClose } = props;
  const t = useTranslations("models.bars");
  const loop = useTranslations("models.loop");
  const roles = useTranslations("models.roles");
  const base = draftOf(bars.document);
  const [draft, setDraft] = useState(base);
  const kept = useKeptReason({
    kind: "BARS",
    aboutId: bars.siteId,
    label: roles("reason"),
  });
  const reason = kept.value.trim();
  const [save] = useMutation(SAVE_BARS);
  const { act, isBusy, error } = useAct();
  const submit = async () => {
    const input = {
      siteId: bars.siteId,
      document: draft,
      baseVersion: bars.version,
      reason,
    };
    const send = () =>
      act(() => save({ variables: { input } }), t("edit.done"));
    if (await kept.send(send, (isDone) => isDone)) onClose();
  };
  return (
    <StepDialog
      size="lg"
      title={t("edit.title")}
      action={t("edit.submit")}
      isReady={reason !== "" && isChanged(draft, base)}
      isBusy={isBusy}
      error={error}
      errorTitle={t("edit.failed")}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <div>{t("edit.text")}</div>
      <div
        className={styles.wide}
        tabIndex={0}
        role="group"
        aria-label={t("title")}
      >
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{loop("column.measure")}</th>
              <th scope="col">{loop("column.limit")}</th>
              <th scope="col">{t("leastFilms")}</th>
              <th scope="col">{t("mustBeMeasured")}</th>
            </tr>
          </thead>
          <tbody>
            {draft.bars.map((bar, at) => (
              <BarFields
                key={`${bar.set} ${bar.measure}`}
                bar={bar}
                onChange={(change) => {
                  setDraft(withBar(draft, at, change));
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
      <KeptWordsField
        kept={kept}
        isRequired
        label={roles("reason")}
        description={roles("reasonHint")}
        maxLength={MAX_REASON}
      />
    </StepDialog>
  );
}

function BarFields(props: {
  bar: BarInput;
  onChange: (change: Partial<BarInput>) => void;
}) {
  const { bar, onChange } = props;
  const t = useTranslations("models.bars");
  const loop = useTranslations("models.loop");
  const isTime = bar.measure === "MILLISECONDS";
  const name = t("of", {
    measure: loop(`measure.${bar.measure}`),
    set: loop(`set.${bar.set}`),
  });
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <NumberInput
          size="xs"
          w="8rem"
          aria-label={t("edit.limit", { name })}
          prefix={AT_LEAST.has(bar.measure) ? "≥ " : "≤ "}
          min={0}
          max={isTime ? 60_000 : 1}
          step={isTime ? 100 : 0.01}
          value={bar.limit}
          onChange={(value) => {
            if (typeof value === "number") onChange({ limit: value });
          }}
        />
      </td>
      <td>
        <NumberInput
          size="xs"
          w="6rem"
          aria-label={t("edit.leastFilms", { name })}
          min={1}
          max={100_000}
          allowDecimal={false}
          value={bar.leastFilms}
          onChange={(value) => {
            if (typeof value === "number") onChange({ leastFilms: value });
          }}
        />
      </td>
      <td>
        <Checkbox
          aria-label={t("edit.mustBeMeasured", { name })}
          // Reference films are made here: they can always be measured.
          disabled={bar.set === "REFERENCE"}
          checked={bar.mustBeMeasured}
          onChange={(event) => {
            onChange({ mustBeMeasured: event.currentTarget.checked });
          }}
        />
      </td>
    </tr>
  );
}
