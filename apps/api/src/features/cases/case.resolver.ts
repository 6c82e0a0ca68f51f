import type { Case, Patient, Site, Study } from "@lung-iris/prisma";
import {
  Arg,
  Ctx,
  FieldResolver,
  Float,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { getRequired, loadRequired } from "../../platform/loader.ts";
import { PatientType } from "../patients/patient.type.ts";
import { SiteType } from "../sites/site.type.ts";
import { StudyType } from "../patients/study.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import {
  isSecondOpen,
  stageOfSecond,
} from "../case-machine/second-read.machine.ts";
import { isClosed, reasonsWithoutAi } from "../blindness/blindness.ts";
import { AssessmentState } from "../case-rows/case.enums.ts";
import type { CaseService } from "./case.service.ts";
import { CaseType } from "../case-rows/case.type.ts";

@Resolver(() => CaseType)
export class CaseResolver {
  constructor(private readonly caseService: CaseService) {}

  @Query(() => CaseType, {
    nullable: true,
    description:
      "One case; null where there is none that you may see. Audited.",
  })
  @Requires("case:read")
  case(
    @Arg("id", () => ID, { description: "The case." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case | null> {
    return this.caseService.open(viewer, id);
  }

  @Mutation(() => CaseType, {
    description:
      "Takes the case for reading, for as long as the site's policy says. Again by the same reader: renews the lease.",
  })
  @Requires("case:claim")
  claimCase(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.caseService.claim(viewer, caseId);
  }

  @Mutation(() => CaseType, {
    description: "Puts one's own claimed case back.",
  })
  @Requires("case:claim")
  releaseCase(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.caseService.release(viewer, caseId);
  }

  @Mutation(() => CaseType, { description: "Asks the AI again." })
  @Requires("case:reassess")
  reassessCase(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.caseService.reassess(viewer, caseId);
  }

  @Mutation(() => CaseType, {
    description:
      "Takes a case that somebody else holds; the holder's draft stays his, unless he gives it along.",
  })
  @Requires("case:take-over")
  takeOverCase(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Arg("reason", () => String, { description: "Why; the holder reads it." })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.caseService.takeOver(viewer, caseId, reason);
  }

  @Mutation(() => CaseType, {
    description: "You have seen what befell a case that you had signed.",
  })
  @Requires("case:claim")
  acknowledgeNotice(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.caseService.acknowledge(viewer, caseId);
  }

  @FieldResolver(() => SiteType, { description: "Where it belongs." })
  site(
    @Root() { siteId }: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Site> {
    return loadRequired(loaders.sites, siteId, "site");
  }

  @FieldResolver(() => PatientType, { description: "Whose case it is." })
  patient(
    @Root() { patientId }: Case,
    @Ctx() { loaders }: ApiContext,
  ): Patient | Promise<Patient> {
    return getRequired(loaders.patients, patientId, "patient");
  }

  @FieldResolver(() => StudyType, { description: "The study to be read." })
  study(
    @Root() { studyId }: Case,
    @Ctx() { loaders }: ApiContext,
  ): Study | Promise<Study> {
    return getRequired(loaders.studies, studyId, "study");
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description:
      "Who should read it. Of a signed case null while its reading is kept from you.",
  })
  assignee(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): UserRow | null | Promise<UserRow | null> {
    const { assigneeId } = row;
    if (assigneeId === null) return null;
    if (!isSecondOpen(row)) return loaders.users.get(assigneeId);
    // It tells who signed, in most cases.
    return loaders.isFirstKept
      .load(row)
      .then((isKept) => (isKept ? null : loaders.users.load(assigneeId)));
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: "Who is reading it.",
  })
  claimedBy(
    @Root() { claimedById }: Case,
    @Ctx() { loaders }: ApiContext,
  ): UserRow | null | Promise<UserRow | null> {
    return claimedById === null ? null : loaders.users.get(claimedById);
  }

  @FieldResolver(() => [StudyType], {
    description: "Earlier studies of the same patient, newest first.",
  })
  async priors(
    @Root() { patientId, studyId }: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Study[]> {
    const [study, all] = await Promise.all([
      loadRequired(loaders.studies, studyId, "study"),
      loaders.studiesOfPatient.load(patientId),
    ]);
    const films = await loaders.imagesOfStudy.loadMany(all.map(({ id }) => id));
    const seen = all.filter((_, at) => {
      const own = films[at];
      return Array.isArray(own) && own.length > 0;
    });
    // A film of an unknown day may be an earlier one, and is shown as such.
    return seen.filter(
      ({ id, studyDate }) =>
        id !== studyId &&
        (studyDate === null ||
          study.studyDate === null ||
          studyDate <= study.studyDate),
    );
  }

  @FieldResolver(() => [String], {
    description:
      "Why it stands where it stands, codes with values: ai:91, flag:fever, waited. Those that tell the AI only where you may see it.",
  })
  async urgencyReasons(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<string[]> {
    return (await loaders.seesAi.load(row))
      ? row.urgencyReasons
      : reasonsWithoutAi(row.urgencyReasons);
  }

  @FieldResolver(() => AssessmentState, {
    description: "Where the AI stands; pending while it is closed to all.",
  })
  assessment(@Root() row: Case): AssessmentState {
    return isClosed(row) ? "PENDING" : row.assessment;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Code of the reason why the AI did not assess it: lateral, blank, error, …",
  })
  notAssessedReason(@Root() row: Case): string | null {
    return isClosed(row) ? null : row.notAssessedReason;
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      "Calibrated probability of pneumonia, 0 to 1; null as well while the AI is hidden from you.",
  })
  async probability(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<number | null> {
    return (await loaders.seesAi.load(row)) ? row.probability : null;
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      "From this probability on the AI suggests pneumonia; hidden with it.",
  })
  async threshold(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<number | null> {
    return (await loaders.seesAi.load(row)) ? row.threshold : null;
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      "Whether the reader confirmed the AI; null while unread, where it said nothing, or while it is hidden from you.",
  })
  async agreesWithAi(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<boolean | null> {
    if (await loaders.isFirstKept.load(row)) return null;
    return (await loaders.seesAi.load(row)) ? row.agreesWithAi : null;
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether you may see the AI's answer: revealed to you, or read openly.",
  })
  viewerSeesAi(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<boolean> {
    return loaders.seesAi.load(row);
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether you may take the case, or its further reading, from its holder now.",
  })
  async viewerCanTakeOver(
    @Root() row: Case,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<boolean> {
    const isBarred = await isBarredFromSecond(row, loaders);
    return this.caseService.actions(viewer, row, isBarred).canTakeOver;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may take the case now.",
  })
  async viewerCanClaim(
    @Root() row: Case,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<boolean> {
    const isBarred = await isBarredFromSecond(row, loaders);
    return this.caseService.actions(viewer, row, isBarred).canClaim;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may put the case back now.",
  })
  viewerCanRelease(@Root() row: Case, @Ctx() { viewer }: ApiContext): boolean {
    return this.caseService.actions(viewer, row).canRelease;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may sign a reading of the case now.",
  })
  viewerCanSign(@Root() row: Case, @Ctx() { viewer }: ApiContext): boolean {
    return this.caseService.actions(viewer, row).canSign;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may assign the case now.",
  })
  viewerCanAssign(@Root() row: Case, @Ctx() { viewer }: ApiContext): boolean {
    return this.caseService.actions(viewer, row).canAssign;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may ask the AI again now.",
  })
  viewerCanReassess(@Root() row: Case, @Ctx() { viewer }: ApiContext): boolean {
    return this.caseService.actions(viewer, row).canReassess;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may correct patient and study.",
  })
  viewerCanEditStudy(
    @Root() row: Case,
    @Ctx() { viewer }: ApiContext,
  ): boolean {
    return this.caseService.actions(viewer, row).canEditStudy;
  }
}

/** Whether the viewer knows what the further reader of the case may not. */
async function isBarredFromSecond(
  row: Case,
  loaders: ApiContext["loaders"],
): Promise<boolean> {
  if (stageOfSecond(row) === null) return true;
  if (!(await loaders.isFirstKept.load(row))) return true;
  return loaders.sawWhatSecondMayNot.load(row);
}

@Resolver(() => StudyType)
export class StudyCaseResolver {
  @FieldResolver(() => CaseType, {
    nullable: true,
    description: "The study's place on the worklist.",
  })
  case(
    @Root() { id }: Study,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Case | null> {
    return loaders.caseOfStudy.load(id);
  }
}
