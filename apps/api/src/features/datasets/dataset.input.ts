import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, Int } from "type-graphql";
import { Sex } from "@lung-iris/prisma";
import { Label } from "../case-rows/case.enums.ts";
import { LabelGrade } from "../labels/label-grade.enum.ts";

@InputType({ description: "Which signed cases a dataset takes." })
export class DatasetFilter {
  @Field(() => ID, { description: "The site; a dataset is of one." })
  siteId!: string;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Signed at this time or later.",
  })
  signedAfter?: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Signed before this time.",
  })
  signedBefore?: Date | null;

  @Field(() => [Label], {
    nullable: true,
    description: "Decided so; all labels when left out.",
  })
  labels?: Label[] | null;

  @Field(() => ID, {
    nullable: true,
    description: "Looked at by this model.",
  })
  modelVersionId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Reader and AI agree (true) or do not (false).",
  })
  agreement?: boolean | null;

  @Field(() => [LabelGrade], {
    nullable: true,
    description: "Of these grades only; all when left out.",
  })
  grades?: LabelGrade[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Readers said that this finding of the catalogue is there.",
  })
  finding?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Of this many whole years or older at the examination.",
  })
  ageFrom?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Of this many whole years or younger.",
  })
  ageTo?: number | null;

  @Field(() => [Sex], {
    nullable: true,
    description: "Of patients of these sexes; all when left out.",
  })
  sexes?: Sex[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Of these views (PA, AP, LATERAL, OTHER); all when left out.",
  })
  views?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Signed by these users; all when left out. At most 100.",
  })
  readers?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Without films that carry a note on their quality.",
  })
  withoutNotes?: boolean | null;
}

@InputType({ description: "How the films of a dataset are written." })
export class DatasetFormat {
  @Field(() => String, {
    nullable: true,
    description:
      "Films in whose picture letters were found: LEAVE_OUT (when left out) or BLANK.",
  })
  pictureText?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "De-identified DICOM files beside the PNG: NONE (when left out), REMOVED (without dates) or SHIFTED (by days of the patient's own).",
  })
  dicom?: string | null;
}
