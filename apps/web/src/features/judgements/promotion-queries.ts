import { graphql } from "../../lib/graphql.ts";

export const LOOP = graphql(`
  query Loop($siteId: ID!) {
    judgements(siteId: $siteId, first: 20) {
      edges {
        node {
          ...ListedJudgement
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    promotions(siteId: $siteId, first: 20) {
      edges {
        node {
          ...ListedPromotion
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const OLDER_JUDGEMENTS = graphql(`
  query OlderJudgements($siteId: ID!, $after: String!) {
    judgements(siteId: $siteId, first: 20, after: $after) {
      edges {
        node {
          ...ListedJudgement
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const OLDER_PROMOTIONS = graphql(`
  query OlderPromotions($siteId: ID!, $after: String!) {
    promotions(siteId: $siteId, first: 20, after: $after) {
      edges {
        node {
          ...ListedPromotion
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

graphql(`
  fragment ListedJudgement on Judgement {
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
    declaredBars {
      version
    }
    result {
      verdict
      code
      detail
      ...JudgedFields
    }
  }
`);

graphql(`
  fragment ListedPromotion on Promotion {
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
`);

/** A figure with its interval. */
graphql(`
  fragment MeasuredFields on MetricValue {
    value
    low
    high
  }
`);

/** What a judgement found: every bar by group, and what would change sides. */
graphql(`
  fragment JudgedFields on JudgementResult {
    outcomes {
      set
      measure
      dimension
      group
      limit
      films
      sick
      candidate {
        ...MeasuredFields
      }
      live {
        ...MeasuredFields
      }
      byChance
      aurocs {
        candidate {
          ...MeasuredFields
        }
        live {
          ...MeasuredFields
        }
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
`);

/**
 * What the proposal of a site that waits rests on. A site has one at a time,
 * and no promotion is younger.
 */
export const PROPOSAL_GROUND = graphql(`
  query ProposalGround($siteId: ID!) {
    promotions(siteId: $siteId, first: 1) {
      edges {
        node {
          id
          judgement {
            id
            result {
              verdict
              ...JudgedFields
            }
          }
          candidate {
            ...ModelFields
          }
          replaces {
            ...ModelFields
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
      filmLimit
      endsAt
      answered
      passedOver
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
              identityState
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
