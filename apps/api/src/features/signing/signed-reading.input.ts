import { Field, ID, InputType, Int } from "type-graphql";
import { Decision, Label } from "../case-rows/case.enums.ts";
import { MarkInput } from "../marks/mark.type.ts";
import { CriticalMarkInput } from "../critical-results/critical-result.type.ts";
import { ReadingFindingInput } from "../reading-findings/reading-finding.type.ts";
import { ReadingAnswerInput } from "../readings/reading-answer.input.ts";
import type {
  ChangeReason as ChangeReasonName,
  OverrideReason as OverrideReasonName,
} from "../readings/reading.rules.ts";
import { ReportInput } from "../reports/report.input.ts";
import { ChangeReason, OverrideReason } from "../readings/reading.type.ts";

@InputType({ description: "What a reader decides on a case." })
export class SignReadingInput extends ReadingAnswerInput {
  @Field(() => ID, { description: "The case, claimed by the reader." })
  caseId!: string;

  @Field(() => Int, {
    description: "The case's version that the reader saw; refused when stale.",
  })
  caseVersion!: number;

  @Field(() => Label, { description: "What the film shows." })
  label!: Label;

  @Field(() => Decision, {
    description:
      "CONFIRM, PARTLY or OVERRIDE where the AI assessed the case, else INDEPENDENT.",
  })
  decision!: Decision;

  @Field(() => OverrideReason, {
    nullable: true,
    description: "Needed with OVERRIDE and PARTLY.",
  })
  overrideReason?: OverrideReasonName | null;

  @Field(() => ChangeReason, {
    nullable: true,
    description:
      "Needed with CONFIRM or PARTLY against your opinion before the reveal.",
  })
  changeReason?: ChangeReasonName | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "That it is a chest film after all; needed for NORMAL where the gate said otherwise.",
  })
  confirmsChestFilm?: boolean | null;

  @Field(() => ReportInput, {
    nullable: true,
    description: "The report; none where null or where every section is empty.",
  })
  report?: ReportInput | null;

  @Field(() => [ReadingFindingInput], {
    nullable: true,
    description:
      "What it shows, one by one, in keeping with the label; where absent, what the label alone says.",
  })
  findings?: ReadingFindingInput[] | null;

  @Field(() => [MarkInput], {
    nullable: true,
    description: "Marked regions and measurements.",
  })
  marks?: MarkInput[] | null;

  @Field(() => ID, {
    nullable: true,
    description: "The prediction that the reader saw; refused when replaced.",
  })
  predictionId?: string | null;

  @Field(() => CriticalMarkInput, {
    nullable: true,
    description: "What of it somebody must be told at once.",
  })
  critical?: CriticalMarkInput | null;
}

@InputType({ description: "The next version of one's own signed reading." })
export class AmendReadingInput extends ReadingAnswerInput {
  @Field(() => ID, { description: "The newest version so far." })
  versionId!: string;

  @Field(() => Label, { description: "What the film shows." })
  label!: Label;

  @Field(() => Decision, { description: "How that stands to the AI." })
  decision!: Decision;

  @Field(() => OverrideReason, {
    nullable: true,
    description: "Needed with OVERRIDE and PARTLY.",
  })
  overrideReason?: OverrideReasonName | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "That it is a chest film after all; needed for NORMAL where the gate said otherwise.",
  })
  confirmsChestFilm?: boolean | null;

  @Field(() => ReportInput, {
    nullable: true,
    description:
      "The report as it reads now; that of the version before where absent. Its addenda stay.",
  })
  report?: ReportInput | null;

  @Field(() => [ReadingFindingInput], {
    nullable: true,
    description:
      "What it shows, one by one; where absent, those of the version before as far as the label allows.",
  })
  findings?: ReadingFindingInput[] | null;

  @Field(() => [MarkInput], {
    nullable: true,
    description: "Marked regions; those of the version before where absent.",
  })
  marks?: MarkInput[] | null;

  @Field(() => String, { description: "Why it is amended." })
  amendReason!: string;
}
