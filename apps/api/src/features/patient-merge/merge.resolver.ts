import type { Patient, PatientMerge, Study } from "@lung-iris/prisma";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { loadRequired } from "../../platform/loader.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import { PatientType } from "../patients/patient.type.ts";
import { StudyType } from "../patients/study.type.ts";
import type {
  MergePreview,
  MergePreviewService,
  UndoPreview,
} from "./merge-preview.service.ts";
import type { MergeService } from "./merge.service.ts";
import {
  MergePreviewType,
  PatientMergeConnection,
  PatientMergeType,
  UndoPreviewType,
} from "./merge.type.ts";

@Resolver(() => PatientMergeType)
export class MergeResolver {
  constructor(
    private readonly merges: MergeService,
    private readonly previews: MergePreviewService,
  ) {}

  @Query(() => PatientMergeConnection, {
    description: "Merges at the viewer's sites, newest first, undone ones too.",
  })
  @Requires("patient:merge")
  patientMerges(
    @Args(() => ShortPageArgs) { first, after }: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<PatientMerge>> {
    return this.merges.list(viewer, first, after);
  }

  @Query(() => MergePreviewType, {
    description: "What merging two records would change.",
  })
  @Requires("patient:merge")
  mergePreview(
    @Arg("survivorId", () => ID, { description: "The record that counts." })
    survivorId: string,
    @Arg("mergedId", () => ID, { description: "The record that goes into it." })
    mergedId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<MergePreview> {
    return this.previews.ofMerge(viewer, survivorId, mergedId);
  }

  @Query(() => UndoPreviewType, {
    description: "What undoing a merge would change.",
  })
  @Requires("patient:merge")
  mergeUndoPreview(
    @Arg("id", () => ID, { description: "The merge." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<UndoPreview> {
    return this.previews.ofUndo(viewer, id);
  }

  @Mutation(() => PatientMergeType, {
    description:
      "Two records are one person's: studies, cases and later films of the one are the other's.",
  })
  @Requires("patient:merge")
  mergePatients(
    @Arg("survivorId", () => ID, { description: "The record that counts." })
    survivorId: string,
    @Arg("mergedId", () => ID, { description: "The record that goes into it." })
    mergedId: string,
    @Arg("reason", () => String, { description: "1 to 1,000 characters." })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PatientMerge> {
    return this.merges.merge(viewer, { survivorId, mergedId }, reason);
  }

  @Mutation(() => PatientMergeType, {
    description: "Two records again, as they were before the merge.",
  })
  @Requires("patient:merge")
  undoMerge(
    @Arg("id", () => ID, { description: "The merge." }) id: string,
    @Arg("reason", () => String, { description: "1 to 1,000 characters." })
    reason: string,
    @Ctx() { viewer }: ApiContext,
    @Arg("giveBack", () => [ID], {
      defaultValue: [],
      description: "Studies that came since and are the merged record's.",
    })
    giveBack: string[],
    @Arg("keep", () => [ID], {
      defaultValue: [],
      description: "Studies that came since and are the survivor's.",
    })
    keep: string[],
  ): Promise<PatientMerge> {
    return this.merges.undo(viewer, id, { giveBack, keep }, reason);
  }

  @FieldResolver(() => PatientType, { description: "The record that counts." })
  survivor(
    @Root() { survivorId }: PatientMerge,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Patient> {
    return loadRequired(loaders.patients, survivorId, "patient");
  }

  @FieldResolver(() => PatientType, {
    description: "The record that went into it.",
  })
  merged(
    @Root() { mergedId }: PatientMerge,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Patient> {
    return loadRequired(loaders.patients, mergedId, "patient");
  }
}

@Resolver(() => MergePreviewType)
export class MergePreviewResolver {
  @FieldResolver(() => PatientType, { description: "The record that counts." })
  survivor(
    @Root() { survivorId }: MergePreview,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Patient> {
    return loadRequired(loaders.patients, survivorId, "patient");
  }

  @FieldResolver(() => PatientType, {
    description: "The record that would go into it.",
  })
  merged(
    @Root() { mergedId }: MergePreview,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Patient> {
    return loadRequired(loaders.patients, mergedId, "patient");
  }
}

@Resolver(() => UndoPreviewType)
export class UndoPreviewResolver {
  @FieldResolver(() => PatientMergeType, { description: "The merge." })
  merge(@Root() { merge }: UndoPreview): PatientMerge {
    return merge;
  }

  @FieldResolver(() => [StudyType], {
    description:
      "Studies that came to the survivor since, oldest first: undoing asks of each whose it is.",
  })
  since(@Root() { since }: UndoPreview): Study[] {
    return since;
  }
}
