import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment Share on MonitoringShare {
    value
    low
    high
  }
`);

export const MONITORING = graphql(`
  query Monitoring($siteId: ID!, $days: Int!) {
    monitoring(siteId: $siteId, days: $days) {
      asOf
      films
      refused {
        ...Share
      }
      signed
      agreement {
        ...Share
      }
      contradicted
      followed
      helped
      misled
      helpedShare {
        ...Share
      }
      series {
        measure
        normalOf
        normalNeeds
        points {
          day
          count
          value
          low
          high
        }
      }
      subgroups {
        dimension
        name
        films
        refused {
          ...Share
        }
        signed
        agreement {
          ...Share
        }
        sensitivity {
          ...Share
        }
        specificity {
          ...Share
        }
      }
      reasons {
        kind
        reason
        source
        count
        share {
          ...Share
        }
        shareBefore {
          ...Share
        }
      }
      watches {
        metric
        films
        needed
        level
        stability
        gap
      }
      silentSources {
        source
        lastDay
        silentDays
        usualDays
      }
      waiting {
        films
        oldestSince
        limitMinutes
      }
    }
  }
`);

export const GOLDEN_RUNS = graphql(`
  query GoldenRuns($siteId: ID!) {
    goldenRuns(siteId: $siteId) {
      id
      film
      host
      engine
      ranAt
      probability
      reference
      isSame
    }
  }
`);
