import { graphql } from "../../lib/graphql.ts";

/** Each asking is a look that the trail keeps. */
export const FILM_HEADER = graphql(`
  query FilmHeader($imageId: ID!) {
    filmHeader(imageId: $imageId) {
      imageId
      elements {
        tag
        keyword
        vr
        value
        bytes
        depth
      }
      withheld {
        people
        private
      }
      isCut
    }
  }
`);
