"use client";

import {
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { ReportLanguage, ReportSection } from "../../gql/graphql.ts";
import {
  expanded,
  inserted,
  type MacroLike,
  macrosFor,
  nextGap,
  type SectionMacro,
  type Typed,
} from "./expand-macro.ts";

/**
 * Macros in a field: ".name" and Tab or Enter puts one in, Tab walks what is
 * to be filled, Ctrl and the point open the list.
 */
export function useMacroKeys(
  field: RefObject<HTMLTextAreaElement | null>,
  macros: readonly MacroLike[],
  of: {
    section: ReportSection;
    language: ReportLanguage;
    /** As it stands in the field. */
    text: string;
    max: number;
  },
  onChange: (text: string) => void,
) {
  const [isListOpen, setListOpen] = useState(false);
  const offered = macrosFor(macros, of.section, of.language);

  // Selected once the text is in the field, before the next key arrives.
  const coming = useRef<Typed | null>(null);
  const { text } = of;
  useLayoutEffect(() => {
    const next = coming.current;
    if (next?.text !== text) return;
    coming.current = null;
    field.current?.focus();
    field.current?.setSelectionRange(next.start, next.end);
  }, [field, text]);

  const write = (next: Typed) => {
    if (next.text.length > of.max) return;
    coming.current = next;
    onChange(next.text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if ((event.ctrlKey || event.metaKey) && event.key === ".") {
      event.preventDefault();
      setListOpen(offered.length > 0);
      return;
    }
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.altKey;
    const isComposing = event.nativeEvent.isComposing;
    if (!isPlain || isComposing || !["Tab", "Enter"].includes(event.key))
      return;
    const typed = typedIn(event.currentTarget);
    const called = expanded(typed, offered);
    if (called) {
      event.preventDefault();
      write(called);
      return;
    }
    // With no gap left the key goes on to the next field.
    const gap = event.key === "Tab" ? nextGap(typed) : null;
    if (!gap) return;
    event.preventDefault();
    event.currentTarget.setSelectionRange(gap.start, gap.end);
  };
  return {
    offered,
    isListOpen,
    setListOpen,
    onKeyDown,
    choose: (macro: SectionMacro) => {
      setListOpen(false);
      if (field.current) write(inserted(typedIn(field.current), macro.text));
    },
  };
}

function typedIn(field: HTMLTextAreaElement): Typed {
  const { value, selectionStart, selectionEnd } = field;
  return { text: value, start: selectionStart, end: selectionEnd };
}
