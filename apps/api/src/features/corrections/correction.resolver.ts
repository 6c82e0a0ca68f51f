import type { Study, StudyCorrection } from "@lung-iris/prisma";
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
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import { StudyType } from "../patients/study.type.ts";
import { storedFacts } from "./stored-correction.ts";
import type {
  ListedStudyCorrection,
  StudyCorrectionListService,
} from "./study-correction-list.service.ts";
import {
  patientThen,
  type PatientThen,
  type StudyCorrectionPreview,
  type StudyCorrectionPreviewService,
} from "./study-correction-preview.service.ts";
import type { StudyCorrectionService } from "./study-correction.service.ts";
import {
  PatientThenType,
  StudyCorrectionConnection,
  StudyCorrectionPreviewType,
  StudyCorrectionType,
} from "./study-correction.type.ts";
import type { StudyDetailsService } from "./study-details.service.ts";
import { StudyDetailsInput } from "./study.input.ts";

const INPUT = { description: "What to correct." };
const CORRECTION = { description: "The correction." };

@Resolver(() => StudyCorrectionType)
export class CorrectionResolver {
  constructor(
    private readonly details: StudyDetailsService,
    private readonly corrections: StudyCorrectionService,
    private readonly previews: StudyCorrectionPreviewService,
    private readonly lists: StudyCorrectionListService,
  ) {}

  @Query(() => StudyCorrectionConnection, {
    description:
      "Corrections of whose a case's study is, newest first, undone ones too.",
  })
  @Requires("patient:read")
  studyCorrections(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Args(() => ShortPageArgs) { first, after }: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<ListedStudyCorrection>> {
    return this.lists.ofCase(viewer, caseId, first, after);
  }

  @Query(() => StudyCorrectionPreviewType, {
    description: "What correcting patient and study would change.",
  })
  @Requires("study:edit")
  studyCorrectionPreview(
    @Arg("input", () => StudyDetailsInput, INPUT) input: StudyDetailsInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<StudyCorrectionPreview> {
    return this.previews.ofUpdate(viewer, input);
  }

  @Query(() => StudyCorrectionPreviewType, {
    description:
      "What undoing a correction of whose a study is would change; refused where it cannot be undone.",
  })
  @Requires("study:edit")
  studyCorrectionUndoPreview(
    @Arg("id", () => ID, CORRECTION) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<StudyCorrectionPreview> {
    return this.previews.ofUndo(viewer, id);
  }

  @Mutation(() => StudyType, {
    description:
      "Corrects patient and study. Another record number moves the study to that patient. What says whose film it is can be undone.",
  })
  @Requires("study:edit")
  updateStudyDetails(
    @Arg("input", () => StudyDetailsInput, INPUT) input: StudyDetailsInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Study> {
    return this.details.update(viewer, input);
  }

  @Mutation(() => StudyCorrectionType, {
    description:
      "The study is again whose it was, and that record says again what it said.",
  })
  @Requires("study:edit")
  undoStudyCorrection(
    @Arg("id", () => ID, CORRECTION) id: string,
    @Arg("reason", () => String, { description: "1 to 1,000 characters." })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<StudyCorrection> {
    return this.corrections.undo(viewer, id, reason);
  }

  @FieldResolver(() => PatientThenType, { description: "Whose it was." })
  before(@Root() row: StudyCorrection): PatientThen {
    const { patient } = storedFacts(row).before;
    return patientThen(row.fromPatientId, patient);
  }

  @FieldResolver(() => PatientThenType, { description: "Whose it is since." })
  after(@Root() row: StudyCorrection): PatientThen {
    const { patient } = storedFacts(row).after;
    return patientThen(row.toPatientId, patient);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the study went to another record by it.",
  })
  isOtherRecord(@Root() row: StudyCorrection): boolean {
    return row.fromPatientId !== row.toPatientId;
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether you may undo it: of several that stand the newest first. What came since may still stand against it.",
  })
  async viewerCanUndo(
    @Root() row: StudyCorrection & Partial<ListedStudyCorrection>,
    @Ctx() { viewer }: ApiContext,
  ): Promise<boolean> {
    if (row.viewerCanUndo !== undefined) return row.viewerCanUndo;
    const [listed] = await this.lists.listed(viewer, [row]);
    return listed?.viewerCanUndo ?? false;
  }
}
