import type { Image } from "@lung-iris/prisma";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../../context.ts";
import { areDrawingsKept } from "../blindness/kept-drawings.ts";
import { orientationCode } from "./film-orientation.ts";
import { ImageType } from "./image.type.ts";

/** The note on a film with overlay planes that can be drawn. */
const HAS_DRAWINGS = "overlay-planes";

function hasDrawings({ warnings }: Image): boolean {
  return warnings.includes(HAS_DRAWINGS);
}

@Resolver(() => ImageType)
export class ImageResolver {
  @FieldResolver(() => String, {
    description:
      "JPEG, at most 320 pixels, of the film as it lies; path below the API's address, another one for each way that it lies.",
  })
  thumbnailPath(@Root() image: Image): string {
    const code = orientationCode(image);
    const path = `/images/${image.id}/thumbnail`;
    return code === "" ? path : `${path}?lies=${code}`;
  }

  @FieldResolver(() => String, {
    description:
      "Little-endian 16-bit samples as the file has them, row by row, larger is brighter; path below the API's address.",
  })
  pixelsPath(@Root() { id }: Image): string {
    return `/images/${id}/pixels`;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "PNG of what somebody drew over the film (DICOM overlay planes), white on transparent and as large as the film; path below the API's address. Null where nothing is, or where areDrawingsKept. The AI does not see it.",
  })
  async drawingsPath(
    @Root() image: Image,
    @Ctx() { loaders }: ApiContext,
  ): Promise<string | null> {
    const isShown =
      hasDrawings(image) && !(await areDrawingsKept(image, loaders));
    return isShown ? `/images/${image.id}/drawings` : null;
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether something is drawn over the film that you get only with the AI's answer, as you read blind and it may be another AI's.",
  })
  async areDrawingsKept(
    @Root() image: Image,
    @Ctx() { loaders }: ApiContext,
  ): Promise<boolean> {
    return hasDrawings(image) && areDrawingsKept(image, loaders);
  }

  @FieldResolver(() => String, {
    description:
      "The file as it came, without header values that the viewer may not see (then named in X-Film-Withheld); path below the API's address.",
  })
  originalPath(@Root() { id }: Image): string {
    return `/images/${id}/original`;
  }
}
