import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { Label } from "../case-rows/case.enums.ts";
import { ReadingFindingInput } from "../reading-findings/reading-finding.type.ts";
import { ReportInput } from "../reports/report.input.ts";

@ObjectType("PreliminaryReport", {
  implements: NodeType,
  description:
    "A report that was given out before the signature. Never changed; what is signed takes its place.",
})
export class PreliminaryReportType extends NodeType {
  @Field(() => Int, {
    description: "Counts the case's preliminary reports from 1.",
  })
  number!: number;

  @Field(() => Label, { description: "What the film shows, so far." })
  label!: Label;

  @Field(() => GraphQLDateTime, { description: "When it was given out." })
  issuedAt!: Date;
}

@InputType({ description: "What is given out before the signature." })
export class IssuePreliminaryInput {
  @Field(() => ID, { description: "The case, claimed by the reader." })
  caseId!: string;

  @Field(() => Label, { description: "What the film shows, so far." })
  label!: Label;

  @Field(() => [ReadingFindingInput], {
    nullable: true,
    description:
      "What it shows, one by one; where absent, what the label alone says.",
  })
  findings?: ReadingFindingInput[] | null;

  @Field(() => ReportInput, { description: "The text; not empty." })
  report!: ReportInput;
}
