import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment KeptReasonFields on KeptReason {
    id
    text
    keptAt
  }
`);

/** What the viewer typed for something and has not given: his own alone. */
export const KEPT_REASON = graphql(`
  query KeptReasonOf($kind: KeptReasonKind!, $aboutId: ID!, $part: String!) {
    keptReason(kind: $kind, aboutId: $aboutId, part: $part) {
      ...KeptReasonFields
    }
  }
`);

/** Of whichever part of something, as of films that wait to be sent. */
export const KEPT_REASONS = graphql(`
  query KeptReasonsOf($kind: KeptReasonKind!, $aboutId: ID!) {
    keptReasons(kind: $kind, aboutId: $aboutId) {
      id
      part
      text
    }
  }
`);

export const KEEP_REASON = graphql(`
  mutation KeepReason($input: KeepReasonInput!) {
    keepReason(input: $input) {
      ...KeptReasonFields
    }
  }
`);
