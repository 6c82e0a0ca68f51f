import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { NodeType } from "../../platform/node.type.ts";
import { connectionTypes } from "../../platform/pagination.type.ts";

@ObjectType("Study", {
  implements: NodeType,
  description: "One examination of a patient, with its films.",
})
export class StudyType extends NodeType {
  @Field(() => String, {
    description: "DICOM (0020,000D); made under 2.25 where the film had none.",
  })
  studyInstanceUid!: string;

  @Field(() => String, {
    nullable: true,
    description: "The examination's number in the hospital.",
  })
  accessionNumber!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What was examined, in the words of the sender.",
  })
  description!: string | null;

  @Field(() => String, { description: "DICOM modality: DX, CR, …" })
  modality!: string;

  @Field(() => String, {
    nullable: true,
    description: "PA, AP or LATERAL, where known.",
  })
  viewPosition!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: "Age at the examination in years.",
  })
  patientAgeYears!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Weight at the examination in kilograms.",
  })
  patientWeightKg!: number | null;

  @Field(() => [String], {
    description: "What triage should know, as codes: fever, low-spo2, …",
  })
  clinicalFlags!: string[];

  @Field(() => String, {
    nullable: true,
    description: "What the sender wrote of the patient.",
  })
  clinicalNote!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The physician who asked for the films, in one line.",
  })
  referringPhysician!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What was asked for.",
  })
  requestedProcedure!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Where the patient lay, as the film or its sender said; null where nobody did.",
  })
  ward!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "HH:MM:SS by the clock where the films were taken; null where unknown.",
  })
  studyTime!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Minutes east of UTC of that clock; null where unknown.",
  })
  zoneMinutes!: number | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      "The instant of the examination; null unless day, time and zone are known.",
  })
  studiedAt!: Date | null;
}

export const { EdgeType: StudyEdge, ConnectionType: StudyConnection } =
  connectionTypes(StudyType, "Study");
