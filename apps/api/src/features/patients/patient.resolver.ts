import type {
  Patient,
  PatientIdentifier,
  PatientName,
  Study,
} from "@lung-iris/prisma";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { z } from "zod";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
} from "../../platform/pagination.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import { StudyConnection } from "./study.type.ts";
import type { PatientService } from "./patient.service.ts";
import {
  PatientIdentifierType,
  PatientNameType,
} from "./patient-identity.type.ts";
import { PatientConnection, PatientType } from "./patient.type.ts";

const studyCursor = z.tuple([z.uuid()]);

@Resolver(() => PatientType)
export class PatientResolver {
  constructor(private readonly patientService: PatientService) {}

  @Query(() => PatientType, {
    nullable: true,
    description:
      "One patient; null where there is none that you may see. Audited.",
  })
  @Requires("patient:read")
  patient(
    @Arg("id", () => ID, { description: "The patient." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Patient | null> {
    return this.patientService.open(viewer, id);
  }

  @Query(() => PatientConnection, {
    description:
      "Patients by a number: their own, that of a record merged into theirs, or of one of their examinations. Audited.",
  })
  @Requires("patient:read")
  patientsByNumber(
    @Arg("number", () => String, {
      description: "Record or accession number, whole.",
    })
    number: string,
    @Args(() => ShortPageArgs) { first, after }: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
    @Arg("siteId", () => ID, {
      nullable: true,
      description: "Of one site only; else of all that you belong to.",
    })
    siteId: string | null,
  ): Promise<Page<Patient>> {
    return this.patientService.byNumber(viewer, number, siteId, first, after);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Date of birth, yyyy-mm-dd.",
  })
  birthDate(@Root() { birthDate }: Patient): string | null {
    return birthDate?.toISOString().slice(0, 10) ?? null;
  }

  @FieldResolver(() => [PatientNameType], {
    description: "The name in its parts, one entry a component group.",
  })
  names(
    @Root() { id }: Patient,
    @Ctx() { loaders }: ApiContext,
  ): Promise<PatientName[]> {
    return loaders.namesOfPatient.load(id);
  }

  @FieldResolver(() => [PatientIdentifierType], {
    description: "Every number under which somebody knows the patient.",
  })
  identifiers(
    @Root() { id }: Patient,
    @Ctx() { loaders }: ApiContext,
  ): Promise<PatientIdentifier[]> {
    return loaders.identifiersOfPatient.load(id);
  }

  @FieldResolver(() => PatientType, {
    nullable: true,
    description:
      "Where CHECK: the known patient of the number that the films claim.",
  })
  async claims(
    @Root() { siteId, mrn, identityState }: Patient,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Patient | null> {
    if (identityState !== "CHECK" || mrn === null) return null;
    const claimed = await loaders.knownOfNumber.load(mrn);
    return claimed.find((one) => one.siteId === siteId) ?? null;
  }

  @FieldResolver(() => StudyConnection, {
    description: "The patient's studies, newest first.",
  })
  async studies(
    @Root() { id }: Patient,
    @Args(() => ShortPageArgs) { first, after }: ShortPageArgs,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Page<Study>> {
    const size = pageSize(first);
    const all = await loaders.studiesOfPatient.load(id);
    const start =
      after === null || after === undefined
        ? 0
        : indexAfter(all, decodeCursor(after, studyCursor)[0]);
    return toPage(all.slice(start, start + size + 1), size, after, (study) =>
      encodeCursor([study.id]),
    );
  }
}

/** The position after a study; a cursor of a study that left starts anew. */
function indexAfter(studies: readonly Study[], id: string): number {
  return studies.findIndex((study) => study.id === id) + 1;
}
