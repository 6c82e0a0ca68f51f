import type { Study } from "@lung-iris/prisma";
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
import { StudyType } from "../patients/study.type.ts";
import type {
  FilmCorrectionListService,
  ListedCorrection,
} from "./film-correction-list.service.ts";
import type { FilmCorrectionService } from "./film-correction.service.ts";
import type { CorrectionRow } from "./film-correction.service.ts";
import {
  FilmCorrectionConnection,
  FilmCorrectionType,
  FilmPoseArgs,
  FilmPoseType,
} from "./film-correction.type.ts";

import { storedChange } from "./film-pose.ts";

const REASON = { description: "1 to 1,000 characters." };
const FILM = { description: "The film." };

@Resolver(() => FilmCorrectionType)
export class FilmCorrectionResolver {
  constructor(
    private readonly corrections: FilmCorrectionService,
    private readonly lists: FilmCorrectionListService,
  ) {}

  @Query(() => FilmCorrectionConnection, {
    description:
      "Corrections of films that are or were in a case's study, newest first, undone ones too.",
  })
  @Requires("image:read")
  filmCorrections(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Args(() => ShortPageArgs) { first, after }: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<ListedCorrection>> {
    return this.lists.ofCase(viewer, caseId, first, after);
  }

  @Mutation(() => FilmCorrectionType, {
    description:
      "The film is of another study: of one that is there, or of a new one of a patient. The cases of both follow.",
  })
  @Requires("film:correct")
  moveFilm(
    @Arg("imageId", () => ID, FILM) imageId: string,
    @Arg("reason", () => String, REASON) reason: string,
    @Ctx() { viewer }: ApiContext,
    @Arg("studyId", () => ID, {
      nullable: true,
      description: "The study that it is of.",
    })
    studyId: string | null,
    @Arg("patientId", () => ID, {
      nullable: true,
      description: "Instead: the patient for whom a new study is made.",
    })
    patientId: string | null,
  ): Promise<CorrectionRow> {
    const wanted = { studyId, patientId };
    return this.corrections.move(viewer, imageId, wanted, reason);
  }

  @Mutation(() => FilmCorrectionType, {
    description:
      "The film should not be here: it leaves every list, count and export at once, and is kept for the trail.",
  })
  @Requires("film:correct")
  removeFilm(
    @Arg("imageId", () => ID, FILM) imageId: string,
    @Arg("reason", () => String, REASON) reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<CorrectionRow> {
    return this.corrections.remove(viewer, imageId, reason);
  }

  @Mutation(() => FilmCorrectionType, {
    description:
      "The film lies otherwise than its file has it, or is another view. Its marks keep their place on the patient; viewer, AI, reports and exports lay it so.",
  })
  @Requires("film:correct")
  turnFilm(
    @Arg("imageId", () => ID, FILM) imageId: string,
    @Args(() => FilmPoseArgs) wanted: FilmPoseArgs,
    @Arg("reason", () => String, REASON) reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<CorrectionRow> {
    return this.corrections.turn(viewer, imageId, wanted, reason);
  }

  @Mutation(() => FilmCorrectionType, {
    description: "As it was before the correction.",
  })
  @Requires("film:correct")
  undoFilmCorrection(
    @Arg("id", () => ID, { description: "The correction." }) id: string,
    @Arg("reason", () => String, REASON) reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<CorrectionRow> {
    return this.corrections.undo(viewer, id, reason);
  }

  @FieldResolver(() => String, {
    description: "Name of the film's file as it was sent.",
  })
  fileName(@Root() { image }: CorrectionRow): string {
    return image.originalName;
  }

  @FieldResolver(() => StudyType, {
    description: "The study of the film; of a moved one that which it left.",
  })
  study(
    @Root() { studyId }: CorrectionRow,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Study> {
    return loadRequired(loaders.studies, studyId, "study");
  }

  @FieldResolver(() => StudyType, {
    nullable: true,
    description: "Where it was moved to; null of other kinds.",
  })
  toStudy(
    @Root() { toStudyId }: CorrectionRow,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Study | null> | null {
    return toStudyId === null ? null : loaders.studies.load(toStudyId);
  }

  @FieldResolver(() => FilmPoseType, {
    nullable: true,
    description: "How a turned film lay before; null of other kinds.",
  })
  before(@Root() row: CorrectionRow): FilmPoseType | null {
    return storedChange(row)?.before ?? null;
  }

  @FieldResolver(() => FilmPoseType, {
    nullable: true,
    description: "How it was laid; null of other kinds.",
  })
  after(@Root() row: CorrectionRow): FilmPoseType | null {
    return storedChange(row)?.after ?? null;
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether you may undo it: of several that stand the newest first.",
  })
  async viewerCanUndo(
    @Root() row: CorrectionRow & Partial<ListedCorrection>,
    @Ctx() { viewer }: ApiContext,
  ): Promise<boolean> {
    if (row.viewerCanUndo !== undefined) return row.viewerCanUndo;
    const [listed] = await this.lists.listed(viewer, [row]);
    return listed?.viewerCanUndo ?? false;
  }
}
