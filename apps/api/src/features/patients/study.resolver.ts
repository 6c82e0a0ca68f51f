import type { Image, Patient, Study } from "@lung-iris/prisma";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../../context.ts";
import { getRequired } from "../../platform/loader.ts";
import { ImageType } from "../films/image.type.ts";
import { PatientType } from "./patient.type.ts";
import { StudyType } from "./study.type.ts";

@Resolver(() => StudyType)
export class StudyResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Day of the examination, yyyy-mm-dd, by the calendar where the films were taken; null where unknown.",
  })
  studyDate(@Root() { studyDate }: Study): string | null {
    return studyDate?.toISOString().slice(0, 10) ?? null;
  }

  @FieldResolver(() => PatientType, { description: "Whose study it is." })
  patient(
    @Root() { patientId }: Study,
    @Ctx() { loaders }: ApiContext,
  ): Patient | Promise<Patient> {
    return getRequired(loaders.patients, patientId, "patient");
  }

  @FieldResolver(() => [ImageType], {
    description: "The films in the order in which they came in.",
  })
  images(
    @Root() { id }: Study,
    @Ctx() { loaders }: ApiContext,
  ): Image[] | Promise<Image[]> {
    return loaders.imagesOfStudy.get(id);
  }
}
