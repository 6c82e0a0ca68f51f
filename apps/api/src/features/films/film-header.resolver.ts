import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { FilmHeader, FilmHeaderService } from "./film-header.service.ts";
import { FilmHeaderType } from "./film-header.type.ts";

@Resolver(() => FilmHeaderType)
export class FilmHeaderResolver {
  constructor(private readonly headers: FilmHeaderService) {}

  @Query(() => FilmHeaderType, {
    description:
      "The DICOM header of a film. People other than the patient and private elements are left out where your role does not show them.",
  })
  @Requires("image:read")
  filmHeader(
    @Arg("imageId", () => ID, { description: "The film." }) imageId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<FilmHeader> {
    return this.headers.header(viewer, imageId);
  }
}
