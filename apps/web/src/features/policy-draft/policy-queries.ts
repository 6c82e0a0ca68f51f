import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment PolicyFields on PolicyVersion {
    id
    version
    reason
    byName
    createdAt
    document {
      urgency {
        strongProbability
        strong
        positive
        negative
        negativeAtMost
        notAssessed
        pending
        followUp
        waited
        infantBelowYears
        oldFromYears
        followUpDays
        flags {
          flag
          effect
        }
      }
      ceilings {
        critical
        urgent
        soon
        routine
      }
      thresholds {
        model
        finding
        ageGroup
        threshold
      }
      reading {
        mode
        controlShare
        leaseMinutes
      }
      secondReads {
        randomShare
        onAiDisagreement
        findings
        ageFrom
        ageTo
        readers
        juniors
        blindToAi
      }
      critical {
        findings
        minutes
      }
      reports {
        preliminary
      }
      assignment {
        fallbackMinutes
        rules {
          name
          fromMinute
          toMinute
          bodyParts
          modalities
          readerId
          poolId
          leastLoaded
        }
      }
      thresholdDesk {
        approval
      }
    }
  }
`);

export const SITE_POLICY = graphql(`
  query SitePolicy($siteId: ID!) {
    sitePolicy(siteId: $siteId) {
      ...PolicyFields
    }
  }
`);

export const POLICY_VERSIONS = graphql(`
  query PolicyVersions($siteId: ID!, $after: String) {
    policyVersions(siteId: $siteId, first: 20, after: $after) {
      edges {
        cursor
        node {
          ...PolicyFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** Changes nothing; asked for by a button. */
export const PREVIEW_POLICY = graphql(`
  query PreviewPolicy($siteId: ID!, $document: PolicyDocumentInput!) {
    previewPolicy(siteId: $siteId, document: $document) {
      openCases
      isCapped
      moves
      overdueBefore
      overdueAfter
      rules {
        name
        cases
        canTake
      }
      sample {
        before
        after
        case {
          id
          arrivedAt
          patient {
            id
            name
            identityState
            mrn
          }
        }
      }
    }
  }
`);

export const SAVE_POLICY = graphql(`
  mutation SavePolicy($input: SavePolicyInput!) {
    savePolicy(input: $input) {
      ...PolicyFields
    }
  }
`);

/** Models whose thresholds a policy may replace. */
export const POLICY_MODELS = graphql(`
  query PolicyModels {
    modelVersions(first: 20) {
      edges {
        node {
          id
          name
          fingerprint
          isLive
          thresholds {
            finding
            group
            operatingPoint
            threshold
          }
        }
      }
    }
  }
`);

/** Whom the rules of second reads can name. */
export const POLICY_READERS = graphql(`
  query PolicyReaders($siteId: ID!) {
    policyReaders(siteId: $siteId) {
      id
      name
      isActive
    }
  }
`);
