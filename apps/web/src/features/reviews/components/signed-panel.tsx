"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ReviewFieldsFragment } from "../../../gql/graphql.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import type { Amendment } from "../use-amendment.ts";
import type { Reading } from "../use-reading.ts";
import { AiResult } from "./ai-result.tsx";
import { AmendForm } from "./amend-form.tsx";
import { EarlierVersions, ReviewFacts } from "./review-versions.tsx";
import styles from "./review.module.css";

interface SignedPanelProps {
  open: OpenCase;
  current: ReviewFieldsFragment;
  reading: Reading;
  amendment: Amendment;
  selectedMark: string | null;
  onSelectMark: (id: string | null) => void;
  children: ReactNode;
}

/** A case that is decided: the review that counts, the AI, the versions. */
export function SignedPanel(props: SignedPanelProps) {
  const { open, current, reading, amendment } = props;
  const t = useTranslations("reviews");
  return (
    <div className={styles.scroll}>
      {props.children}
      <section className={styles.step} aria-labelledby="signed-review">
        <h2 className={styles.heading} id="signed-review">
          <span>
            {amendment.draft
              ? t("amend.heading", { number: current.version + 1 })
              : t("signedHeading", { number: current.version })}
          </span>
          {open.viewerCanAmend && !amendment.draft ? (
            <Button
              size="compact-sm"
              variant="default"
              onClick={amendment.start}
            >
              {t("amend.start")}
            </Button>
          ) : null}
        </h2>
        {amendment.draft ? (
          <AmendForm
            amendment={amendment}
            draft={amendment.draft}
            suggestion={reading.suggestion}
            selectedMark={props.selectedMark}
            onSelectMark={props.onSelectMark}
          />
        ) : (
          <ReviewFacts review={current} />
        )}
      </section>
      <section className={styles.step} aria-labelledby="signed-ai">
        <h2 className={styles.heading} id="signed-ai">
          {t("step.ai")}
        </h2>
        <AiResult open={open} reading={reading} />
      </section>
      <EarlierVersions
        reviews={open.reviews.filter(({ id }) => id !== current.id)}
      />
    </div>
  );
}
