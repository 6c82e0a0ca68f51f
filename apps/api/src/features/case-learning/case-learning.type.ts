import { DatasetSplit, Label } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { LabelGrade } from "../labels/label-grade.enum.ts";

registerEnumType(DatasetSplit, {
  name: "DatasetSplit",
  description: "What a patient's films are for; it never changes.",
  valuesConfig: {
    TRAIN: { description: "Learnt from." },
    VAL: { description: "Chosen by, between runs." },
    TEST: { description: "The evergreen test: no run may touch them." },
  },
});

@ObjectType("CaseLabel", {
  implements: NodeType,
  description: "What readings made of a case for learning, from then to then.",
})
export class CaseLabelType extends NodeType {
  /** Whose; the look of who is shown it is recorded by it. */
  caseId!: string;

  @Field(() => Int, { description: "Counts the case's labels from 1." })
  version!: number;

  @Field(() => Label, { description: "What the readers say." })
  label!: Label;

  @Field(() => LabelGrade, { description: "How sure it is." })
  grade!: LabelGrade;

  @Field(() => [String], {
    description: "Codes of the findings that were said to be there.",
  })
  present!: string[];

  @Field(() => [String], {
    description: "Codes of the findings that were said not to be there.",
  })
  absent!: string[];

  @Field(() => [String], {
    description: "Codes of the findings of which the readers were not sure.",
  })
  uncertain!: string[];

  @Field(() => Int, { description: "Regions that were marked." })
  regionCount!: number;

  @Field(() => String, { description: "Who signed the reading that decides." })
  readerName!: string;

  @Field(() => GraphQLDateTime, { description: "Since when it counts." })
  since!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Until when it counted; null of the one that does.",
  })
  until!: Date | null;
}

@ObjectType("CaseLearning", {
  description: "What exports take of a case, and what for.",
})
export class CaseLearningType {
  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => DatasetSplit, {
    description: "What the patient's films are for, all of them.",
  })
  split!: DatasetSplit;

  @Field(() => [CaseLabelType], {
    description: "Every label that the case had, newest first; 100 at most.",
  })
  labels!: CaseLabelType[];
}
