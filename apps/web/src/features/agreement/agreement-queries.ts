import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment Interval on ReadingFigure {
    value
    low
    high
  }
`);

export const READER_AGREEMENT = graphql(`
  query ReaderAgreement($siteId: ID!, $weeks: Int!, $drawnOnly: Boolean!) {
    readerAgreement(siteId: $siteId, weeks: $weeks, drawnOnly: $drawnOnly) {
      cases
      drawn
      isCapped
      group {
        cases
        isTooFew
        share {
          ...Interval
        }
        kappa {
          ...Interval
        }
      }
      pairs {
        one
        other
        cases
        isTooFew
        share {
          ...Interval
        }
        kappa {
          ...Interval
        }
      }
      findings {
        code
        calls
        cases
        isTooFew
        share {
          ...Interval
        }
        kappa {
          ...Interval
        }
      }
      readersAgainstAi {
        reader
        cases
        isTooFew
        share {
          ...Interval
        }
        kappa {
          ...Interval
        }
      }
    }
  }
`);

export const GROUP_AGREEMENT = graphql(`
  query GroupAgreement(
    $siteId: ID!
    $weeks: Int!
    $drawnOnly: Boolean!
    $by: ReaderGrouping!
  ) {
    groupAgreement(
      siteId: $siteId
      weeks: $weeks
      drawnOnly: $drawnOnly
      by: $by
    ) {
      key
      name
      readers
      cases
      isTooFew
      share {
        ...Interval
      }
      kappa {
        ...Interval
      }
    }
  }
`);
