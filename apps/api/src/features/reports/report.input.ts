import { ArgsType, Field, ID, InputType } from "type-graphql";
import { Label } from "../case-rows/case.enums.ts";
import { ReadingFindingInput } from "../reading-findings/reading-finding.type.ts";
import type {
  ReportDraft,
  ReportLanguage as LanguageName,
  ReportSection as SectionName,
} from "./report.ts";
import { ReportLanguage, ReportSection } from "./report.type.ts";

@InputType({ description: "A report to be signed, in plain text." })
export class ReportInput {
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

@InputType({ description: "A report that is being written." })
export class ReportDraftInput extends ReportInput {
  @Field(() => [ReportSection], {
    description: "Sections that the reader typed in.",
  })
  edited!: SectionName[];
}

/** The draft as it is kept: no instance of the schema's class. */
export function plainDraft(input: ReportDraftInput): ReportDraft {
  const { language, indication, technique, comparison } = input;
  const { findings, impression, edited } = input;
  return {
    language,
    indication,
    technique,
    comparison,
    findings,
    impression,
    edited,
  };
}

@ArgsType()
export class ReportSuggestionArgs {
  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => Label, {
    nullable: true,
    description: "What you say that the film shows; null before.",
  })
  label?: Label | null;

  @Field(() => [ReadingFindingInput], {
    nullable: true,
    description: "The findings that you chose.",
  })
  findings?: ReadingFindingInput[] | null;

  @Field(() => ReportLanguage, { description: "In which language." })
  language!: LanguageName;
}
