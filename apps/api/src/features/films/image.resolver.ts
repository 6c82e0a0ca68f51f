import type { Image } from "@lung-iris/prisma";
import { FieldResolver, Resolver, Root } from "type-graphql";
import { ImageType } from "./image.type.ts";

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
