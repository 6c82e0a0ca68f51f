import type { ReactNode } from "react";
import styles from "./review.module.css";

interface StepProps {
  number: number;
  title: string;
  isCurrent: boolean;
  isDone: boolean;
  /** at the end of the heading's line */
  aside?: ReactNode;
  children: ReactNode;
}

/** One of the four steps of a read. */
export function Step(props: StepProps) {
  const id = `read-step-${props.number}`;
  return (
    <section
      className={styles.step}
      aria-labelledby={id}
      data-current={props.isCurrent}
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
