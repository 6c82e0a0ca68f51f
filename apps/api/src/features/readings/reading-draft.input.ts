import { Field, InputType } from "type-graphql";
import { Decision, Label } from "../case-rows/case.enums.ts";
import { MarkInput } from "../marks/mark.type.ts";
import { keptMark } from "../marks/marks.ts";
import { ReadingFindingInput } from "../reading-findings/reading-finding.type.ts";
import { plainFindings } from "../reading-findings/reading-finding.ts";
import { ReadingAnswerInput } from "./reading-answer.input.ts";
import type {
  ChangeReason as ChangeReasonName,
  OverrideReason as OverrideReasonName,
} from "./reading.rules.ts";
import { ReportDraftInput, plainDraft } from "../reports/report.input.ts";
import { ChangeReason, OverrideReason } from "./reading.type.ts";

@InputType({
  description: "What the reader has typed so far; nothing of it need be whole.",
})
export class ReadingDraftInput extends ReadingAnswerInput {
  @Field(() => Label, { nullable: true, description: "What the film shows." })
  label?: Label | null;

  @Field(() => Decision, {
    nullable: true,
    description: "How that stands to the AI.",
  })
  decision?: Decision | null;

  @Field(() => OverrideReason, {
    nullable: true,
    description: "Why the AI is overridden.",
  })
  overrideReason?: OverrideReasonName | null;

  @Field(() => ChangeReason, {
    nullable: true,
    description: "Why the AI is followed against your own opinion.",
  })
  changeReason?: ChangeReasonName | null;

  @Field(() => ReportDraftInput, {
    nullable: true,
    description: "The report as far as it is written; null before.",
  })
  report?: ReportDraftInput | null;

  @Field(() => [ReadingFindingInput], {
    nullable: true,
    description: "What it shows, one by one.",
  })
  findings?: ReadingFindingInput[] | null;

  @Field(() => [MarkInput], {
    nullable: true,
    description: "Marked regions and measurements.",
  })
  marks?: MarkInput[] | null;
}

/** The draft as it is kept: no instance of the schema's class. */
export function plainReading(input: ReadingDraftInput): object {
  const { marks, comment, report, findings, retakeAsked, ...rest } = input;
  return {
    ...rest,
    comment: comment ?? "",
    report: report ? plainDraft(report) : null,
    retakeAsked: retakeAsked ?? false,
    findings: plainFindings(findings ?? []),
    marks: (marks ?? []).map(keptMark),
  };
}
