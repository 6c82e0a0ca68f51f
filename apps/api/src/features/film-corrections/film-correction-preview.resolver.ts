import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type {
  FilmCorrectionPreview,
  FilmCorrectionPreviewService,
} from "./film-correction-preview.service.ts";
import {
  FilmCorrectionPreviewType,
  FilmPoseArgs,
} from "./film-correction.type.ts";

const FILM = { description: "The film." };

@Resolver()
export class FilmCorrectionPreviewResolver {
  constructor(private readonly previews: FilmCorrectionPreviewService) {}

  @Query(() => FilmCorrectionPreviewType, {
    description: "What moving a film to another study would change.",
  })
  @Requires("film:correct")
  filmMovePreview(
    @Arg("imageId", () => ID, FILM) imageId: string,
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
  ): Promise<FilmCorrectionPreview> {
    return this.previews.ofMove(viewer, imageId, { studyId, patientId });
  }

  @Query(() => FilmCorrectionPreviewType, {
    description: "What taking a film out of sight would change.",
  })
  @Requires("film:correct")
  filmRemovalPreview(
    @Arg("imageId", () => ID, FILM) imageId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<FilmCorrectionPreview> {
    return this.previews.ofRemoval(viewer, imageId);
  }

  @Query(() => FilmCorrectionPreviewType, {
    description: "What laying a film otherwise would change.",
  })
  @Requires("film:correct")
  filmTurnPreview(
    @Arg("imageId", () => ID, FILM) imageId: string,
    @Args(() => FilmPoseArgs) wanted: FilmPoseArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<FilmCorrectionPreview> {
    return this.previews.ofTurn(viewer, imageId, wanted);
  }

  @Query(() => FilmCorrectionPreviewType, {
    description: "What undoing a correction of a film would change.",
  })
  @Requires("film:correct")
  filmCorrectionUndoPreview(
    @Arg("id", () => ID, { description: "The correction." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<FilmCorrectionPreview> {
    return this.previews.ofUndo(viewer, id);
  }
}
