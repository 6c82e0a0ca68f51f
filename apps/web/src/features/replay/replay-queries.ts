import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment WaitFigures on ReplayWaits {
    cases
    median
    p90
    longest
  }
`);

export const REPLAY = graphql(`
  query Replay($input: ReplayInput!) {
    replay(input: $input) {
      cases
      isCapped
      days
      load
      results {
        order
        all {
          ...WaitFigures
        }
        positives {
          ...WaitFigures
        }
        classes {
          urgency
          pastCeiling
          waits {
            ...WaitFigures
          }
        }
        curve
      }
    }
  }
`);
