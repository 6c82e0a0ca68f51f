import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type {
  ReportLanguage as LanguageName,
  ReportSection as SectionName,
} from "./report.ts";

/** The sections of report.ts as the schema names them. */
export const ReportSection = {
  INDICATION: "indication",
  TECHNIQUE: "technique",
  COMPARISON: "comparison",
  FINDINGS: "findings",
  IMPRESSION: "impression",
} as const satisfies Record<Uppercase<SectionName>, SectionName>;

registerEnumType(ReportSection, {
  name: "ReportSection",
  description: "A part of a report, in the order in which it is read.",
  valuesConfig: {
    INDICATION: { description: "Why the film was asked for." },
    TECHNIQUE: { description: "What was taken." },
    COMPARISON: { description: "With which earlier film it was compared." },
    FINDINGS: { description: "What is seen." },
    IMPRESSION: { description: "What it means." },
  },
});

/** The languages of report.ts as the schema names them. */
export const ReportLanguage = {
  EN: "en",
  VI: "vi",
} as const satisfies Record<Uppercase<LanguageName>, LanguageName>;

registerEnumType(ReportLanguage, {
  name: "ReportLanguage",
  description: "In which language a report is written.",
  valuesConfig: {
    EN: { description: "English." },
    VI: { description: "Vietnamese." },
  },
});

@ObjectType("ReportAddendum", {
  description: "Words that the signer added after the report was signed.",
})
export class ReportAddendumType {
  @Field(() => String, { description: "The words." })
  text!: string;

  @Field(() => GraphQLDateTime, { description: "When they were added." })
  addedAt!: Date;
}

/** What report and draft have in common; no type of the schema by itself. */
@ObjectType("ReportSections", { description: "The sections of a report." })
abstract class SectionsType {
  @Field(() => ReportLanguage, { description: "In which it is written." })
  language!: LanguageName;

  @Field(() => String, { description: "Why the film was asked for." })
  indication!: string;

  @Field(() => String, { description: "What was taken." })
  technique!: string;

  @Field(() => String, { description: "With what it was compared." })
  comparison!: string;

  @Field(() => String, { description: "What is seen." })
  findings!: string;

  @Field(() => String, { description: "What it means." })
  impression!: string;
}

@ObjectType("Report", {
  description: 'The text that was signed with a version; "" for no words.',
})
export class ReportType extends SectionsType {
  @Field(() => [ReportAddendumType], {
    description: "What was added since, oldest first.",
  })
  addenda!: ReportAddendumType[];
}

@ObjectType("ReportDraft", {
  description: "A report that is being written; the reader's own.",
})
export class ReportDraftType extends SectionsType {
  @Field(() => [ReportSection], {
    description:
      "Sections that the reader typed in: a suggestion asks before it takes their place.",
  })
  edited!: SectionName[];
}

@ObjectType("ReportSuggestion", {
  description:
    "Sentences for a report, made of the order, the film and what the reader chose. Nothing of the AI is in them.",
})
export class ReportSuggestionType extends SectionsType {
  @Field(() => ID, { description: "Of which case." })
  caseId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The earlier case that it is compared with; null without.",
  })
  priorCaseId!: string | null;
}
