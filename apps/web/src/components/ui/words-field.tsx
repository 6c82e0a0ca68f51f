import type { ReactNode } from "react";
import { GrowingTextarea } from "./growing-textarea.tsx";

interface WordsFieldProps {
  label: string;
  description?: ReactNode;
  /** Longest text that the API takes, in characters. */
  maxLength: number;
  isRequired?: boolean;
  /** Has the focus when the dialog opens. */
  isFirst?: boolean;
  value: string;
  onChange: (value: string) => void;
  /** The field was left. */
  onBlur?: () => void;
}

/** A few sentences: a reason, a note. It grows with what is typed. */
export function WordsField(props: WordsFieldProps) {
  const { isRequired = false, isFirst = false, onChange, ...field } = props;
  return (
    <GrowingTextarea
      {...field}
      {...(isFirst ? { "data-autofocus": true } : {})}
      withAsterisk={isRequired}
      minRows={2}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
