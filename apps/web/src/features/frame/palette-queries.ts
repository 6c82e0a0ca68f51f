import { graphql } from "../../lib/graphql.ts";

/** The first cases with some words, in the worklist's order: open ones first. */
export const PALETTE_PATIENTS = graphql(`
  query PalettePatients($filter: WorklistFilter!, $first: Int!) {
    worklist(filter: $filter, sort: URGENCY, first: $first) {
      edges {
        cursor
        node {
          id
          state
          arrivedAt
          patient {
            id
            name
            mrn
            identityState
          }
        }
      }
    }
  }
`);
