"use client";

import styles from "./policies.module.css";
import { NumberField } from "./policy-fields.tsx";
import { Section, type SectionProps } from "./policy-section.tsx";

const WEEK_MINUTES = 7 * 24 * 60;

/** Who is given cases, and for how long they are kept for whoever it is. */
export function AssignmentSection({ form, isReadOnly }: SectionProps) {
  const { assignment } = form.draft;
  return (
    <Section name="assignment">
      <div className={styles.fields}>
        <NumberField
          name="fallbackMinutes"
          unit="minutes"
          min={5}
          max={WEEK_MINUTES}
          value={assignment.fallbackMinutes}
          isReadOnly={isReadOnly}
          isRefused={form.refused.has("assignment.fallbackMinutes")}
          onChange={(fallbackMinutes) =>
            form.change({ assignment: { fallbackMinutes } })
          }
        />
      </div>
    </Section>
  );
}
