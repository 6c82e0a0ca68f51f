import { Sex } from "@lung-iris/prisma";
import { Field, Float, ID, InputType } from "type-graphql";

@InputType({
  description:
    "Corrections of patient and study. What is left out stays; null or empty text empties what may be empty. Another mrn moves the study to the patient of that number.",
})
export class StudyDetailsInput {
  @Field(() => ID, { description: "The study." })
  studyId!: string;

  @Field(() => String, { nullable: true, description: "Record number." })
  mrn?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "FAMILY, Given; a Vietnamese name without a comma.",
  })
  patientName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "ISO date, yyyy-mm-dd.",
  })
  birthDate?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The study is this known patient's, whatever its films say: instead of a record number.",
  })
  joinPatientId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Day of the examination, yyyy-mm-dd, by the calendar where the film was taken.",
  })
  studyDate?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Time of the examination, HH:MM, by the clock there.",
  })
  studyTime?: string | null;

  @Field(() => Sex, { nullable: true, description: "The patient's sex." })
  sex?: Sex | null;

  @Field(() => Float, {
    nullable: true,
    description: "Age at the examination in years, 0 to 130.",
  })
  ageYears?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Weight at the examination in kilograms.",
  })
  weightKg?: number | null;

  @Field(() => String, { nullable: true, description: "PA, AP or LATERAL." })
  viewPosition?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The examination's number in the hospital.",
  })
  accessionNumber?: string | null;

  @Field(() => String, { nullable: true, description: "What was examined." })
  description?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Where the patient lay; at most 200 characters.",
  })
  ward?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: "Codes of the catalogue: fever, low-spo2, …",
  })
  clinicalFlags?: string[] | null;

  @Field(() => String, { nullable: true, description: "Free text." })
  clinicalNote?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Why; needed where the patient of a signed case changes, its signer reads it.",
  })
  reason?: string | null;
}
