"use client";

import { type ReactNode, useEffect, useRef } from "react";
import styles from "../../../components/layout/reading.module.css";

interface StepProps {
  number: number;
  title: string;
  isCurrent: boolean;
  isDone: boolean;
  /** brought into view again when this changes while the step is current */
  stage?: string | null;
  /** at the end of the heading's line */
  aside?: ReactNode;
  children: ReactNode;
}

/** One of the four steps of a read. */
export function Step(props: StepProps) {
  const id = `read-step-${props.number}`;
  const { isCurrent, stage } = props;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isCurrent) section.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent, stage]);
  return (
    <section
      ref={section}
      className={styles.step}
      aria-labelledby={id}
      data-current={isCurrent}
      data-done={props.isDone}
    >
      <h2 className={styles.heading} id={id}>
        <span>
          <span className={styles.number}>{props.number}</span>
          {props.title}
        </span>
        {props.aside}
      </h2>
      {props.children}
    </section>
  );
}
