import type { Image, Patient, Study } from "@lung-iris/prisma";
import {
  Arg,
  Ctx,
  FieldResolver,
  Mutation,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { loadRequired } from "../../platform/loader.ts";
import { PatientType } from "../patients/patient.type.ts";
import { ImageType } from "./image.type.ts";
import type { StudyDetailsService } from "./study-details.service.ts";
import { StudyDetailsInput } from "./study.input.ts";
import { StudyType } from "./study.type.ts";

@Resolver(() => StudyType)
export class StudyResolver {
  constructor(private readonly details: StudyDetailsService) {}

  @FieldResolver(() => PatientType, { description: "Whose study it is." })
  patient(
    @Root() { patientId }: Study,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Patient> {
    return loadRequired(loaders.patients, patientId, "patient");
  }

  @FieldResolver(() => [ImageType], {
    description: "The films in the order in which they came in.",
  })
  images(
    @Root() { id }: Study,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Image[]> {
    return loaders.imagesOfStudy.load(id);
  }

  @Mutation(() => StudyType, {
    description:
      "Corrects patient and study. Another record number moves the study to that patient.",
  })
  @Requires("study:edit")
  updateStudyDetails(
    @Arg("input", () => StudyDetailsInput, { description: "What to correct." })
    input: StudyDetailsInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Study> {
    return this.details.update(viewer, input);
  }
}

@Resolver(() => ImageType)
export class ImageResolver {
  @FieldResolver(() => String, {
    description: "JPEG, at most 320 pixels; path below the API's address.",
  })
  thumbnailPath(@Root() { id }: Image): string {
    return `/images/${id}/thumbnail`;
  }

  @FieldResolver(() => String, {
    description:
      "Little-endian 16-bit samples, row by row, larger is brighter; path below the API's address.",
  })
  pixelsPath(@Root() { id }: Image): string {
    return `/images/${id}/pixels`;
  }

  @FieldResolver(() => String, {
    description: "The untouched file; path below the API's address.",
  })
  originalPath(@Root() { id }: Image): string {
    return `/images/${id}/original`;
  }
}
