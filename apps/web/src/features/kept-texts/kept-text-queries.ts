import { graphql } from "../../lib/graphql.ts";

/** What the viewer typed on a case and has not sent: his own alone. */
export const KEPT_TEXTS = graphql(`
  fragment KeptTexts on Case {
    id
    keptTexts {
      id
      kind
      aboutId
      text
      keptAt
    }
  }
`);

/** The same with the drafts of amendments, which no list needs. */
export const KEPT_DRAFTS = graphql(`
  fragment KeptDrafts on Case {
    id
    keptTexts {
      id
      kind
      aboutId
      text
      keptAt
      draft {
        ...DraftFields
      }
    }
  }
`);

/** By itself: another desk of the viewer may have gone on. */
export const KEPT_TEXTS_OF_CASE = graphql(`
  query KeptTextsOfCase($id: ID!) {
    case(id: $id) {
      ...KeptDrafts
    }
  }
`);

export const KEEP_TEXT = graphql(`
  mutation KeepText($input: KeepTextInput!) {
    keepText(input: $input) {
      ...KeptDrafts
    }
  }
`);
