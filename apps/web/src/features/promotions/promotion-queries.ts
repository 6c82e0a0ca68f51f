import { graphql } from "../../gql/gql.ts";

export const LOOP = graphql(`
  query Loop($siteId: ID!) {
    judgements(siteId: $siteId, first: 20) {
      edges {
        node {
          id
          byName
          createdAt
          candidate {
            id
            name
          }
          bars {
            version
          }
          result {
            verdict
            detail
            outcomes {
              set
              measure
              dimension
              group
              limit
              films
              sick
              candidate {
                value
                low
                high
              }
              live {
                value
                low
                high
              }
              outcome
              blocks
            }
            changes {
              set
              films
              onlyLive
              onlyCandidate
            }
          }
        }
      }
    }
    promotions(siteId: $siteId, first: 20) {
      edges {
        node {
          id
          state
          reason
          proposedByName
          proposedAt
          decidedByName
          decisionReason
          rolledBackByName
          rollbackReason
          viewerCanApprove
          candidate {
            id
            name
            isLive
          }
          replaces {
            id
            name
          }
          beforeAfter {
            isOver
            until
            changes
            before {
              days
              films
              positive
              signed
              agreed
            }
            after {
              days
              films
              positive
              signed
              agreed
            }
          }
        }
      }
    }
  }
`);

export const BARS = graphql(`
  query Bars($siteId: ID!) {
    bars(siteId: $siteId) {
      id
      siteId
      version
      reason
      byName
      createdAt
      document {
        phantoms {
          films
          seed
        }
        bars {
          set
          measure
          limit
          leastFilms
          leastOfAKind
          mustBeMeasured
        }
      }
    }
  }
`);

export const SAVE_BARS = graphql(`
  mutation SaveBars($input: SaveBarsInput!) {
    saveBars(input: $input) {
      id
    }
  }
`);

export const SHADOW = graphql(`
  query Shadow($siteId: ID!, $modelVersionId: ID!) {
    shadowComparison(siteId: $siteId, modelVersionId: $modelVersionId) {
      since
      until
      films
      more {
        value
        low
        high
      }
      fewer {
        value
        low
        high
      }
      filmsADay
      placements {
        urgency
        live
        shadow
      }
    }
  }
`);

export const DISCORDANT = graphql(`
  query DiscordantCases($siteId: ID!, $modelVersionId: ID!, $after: String) {
    discordantCases(
      siteId: $siteId
      modelVersionId: $modelVersionId
      first: 20
      after: $after
    ) {
      edges {
        cursor
        node {
          id
          liveProbability
          shadowProbability
          livePositive
          case {
            id
            signedAt
            patient {
              id
              name
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const JUDGE_CANDIDATE = graphql(`
  mutation JudgeCandidate($siteId: ID!, $modelVersionId: ID!) {
    judgeCandidate(siteId: $siteId, modelVersionId: $modelVersionId) {
      id
    }
  }
`);

export const START_SHADOW = graphql(`
  mutation StartShadow($input: StartShadowInput!) {
    startShadow(input: $input) {
      id
    }
  }
`);

export const END_SHADOW = graphql(`
  mutation EndShadow($input: EndShadowInput!) {
    endShadow(input: $input) {
      id
    }
  }
`);

export const PROPOSE_PROMOTION = graphql(`
  mutation ProposePromotion($input: ProposePromotionInput!) {
    proposePromotion(input: $input) {
      id
    }
  }
`);

export const APPROVE_PROMOTION = graphql(`
  mutation ApprovePromotion($input: DecidePromotionInput!) {
    approvePromotion(input: $input) {
      id
    }
  }
`);

export const REJECT_PROMOTION = graphql(`
  mutation RejectPromotion($input: DecidePromotionInput!) {
    rejectPromotion(input: $input) {
      id
    }
  }
`);

export const ROLL_BACK_PROMOTION = graphql(`
  mutation RollBackPromotion($input: DecidePromotionInput!) {
    rollBackPromotion(input: $input) {
      id
    }
  }
`);
