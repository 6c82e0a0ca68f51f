"use client";

import { Radio } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { FormatChoice } from "../dataset-choice.ts";
import styles from "./datasets.module.css";

const TEXTS = ["LEAVE_OUT", "BLANK"] as const;
const DICOMS = ["NONE", "REMOVED", "SHIFTED"] as const;

interface FormatFieldsProps {
  format: FormatChoice;
  change: (part: Partial<FormatChoice>) => void;
}

/** How the films leave: those with letters in them, and DICOM files. */
export function FormatFields({ format, change }: FormatFieldsProps) {
  const t = useTranslations("datasets.form");
  return (
    <>
      <Radio.Group
        label={t("pictureText")}
        value={format.pictureText}
        onChange={(value) => {
          const pictureText = TEXTS.find((text) => text === value);
          if (pictureText !== undefined) change({ pictureText });
        }}
      >
        <div className={styles.options}>
          {TEXTS.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`pictureTexts.${value}`)}
              {...(value === "BLANK" ? { description: t("blankHint") } : {})}
            />
          ))}
        </div>
      </Radio.Group>
      <Radio.Group
        label={t("dicom")}
        value={format.dicom}
        onChange={(value) => {
          const dicom = DICOMS.find((dates) => dates === value);
          if (dicom !== undefined) change({ dicom });
        }}
      >
        <div className={styles.options}>
          {DICOMS.map((value) => (
            <Radio key={value} value={value} label={t(`dicoms.${value}`)} />
          ))}
        </div>
      </Radio.Group>
    </>
  );
}
