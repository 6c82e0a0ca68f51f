"use client";

import type { ComponentProps } from "react";
import { WordsField } from "../../../components/ui/words-field.tsx";
import type { Kept } from "../use-kept.ts";
import { KeptNote } from "./kept-note.tsx";

type KeptWordsFieldProps = Omit<
  ComponentProps<typeof WordsField>,
  "value" | "onChange" | "onBlur"
> & { kept: Kept<string> };

/** A few sentences that survive a reload, a crash and another desk. */
export function KeptWordsField({ kept, ...field }: KeptWordsFieldProps) {
  return (
    <div>
      <WordsField
        {...field}
        value={kept.value}
        onChange={kept.setValue}
        onBlur={kept.flush}
      />
      <KeptNote kept={kept} />
    </div>
  );
}
