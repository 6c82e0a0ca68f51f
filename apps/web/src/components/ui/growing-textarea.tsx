"use client";

import { Textarea, type TextareaProps } from "@mantine/core";
import type { Ref } from "react";
import styles from "./growing-textarea.module.css";

/** Beyond every screen: it grows without an end. */
const NO_END = 1_000;

/** Firefox has not got it yet; there the library measures. */
const BROWSER_GROWS =
  typeof CSS === "undefined" || CSS.supports("field-sizing", "content");

interface GrowingTextareaProps extends Omit<
  TextareaProps,
  "autosize" | "classNames" | "style" | "rows"
> {
  minRows: number;
  maxRows?: number;
  ref?: Ref<HTMLTextAreaElement>;
}

/** A text of several lines that grows with what is typed. */
export function GrowingTextarea(props: GrowingTextareaProps) {
  const { minRows, maxRows, ...field } = props;
  return (
    <Textarea
      {...field}
      autosize={!BROWSER_GROWS}
      minRows={minRows}
      {...(maxRows === undefined ? {} : { maxRows })}
      rows={1}
      classNames={{ input: styles["input"] ?? "" }}
      style={{
        "--least-rows": minRows,
        "--most-rows": maxRows ?? NO_END,
      }}
    />
  );
}
