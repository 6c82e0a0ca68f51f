import { graphql } from "../../gql/gql.ts";

graphql(`
  fragment PredictionFields on Prediction {
    id
    assessed
    gateReason
    gateDetail
    engine
    milliseconds
    createdAt
    findings {
      code
      probability
      low
      high
      threshold
      positive
      group
      groupFrom
    }
    activationMaps {
      finding
      width
      height
      values
      rect {
        x
        y
        width
        height
      }
    }
    boxes {
      finding
      x
      y
      width
      height
      score
    }
    modelVersion {
      id
      name
      sha256
    }
  }
`);

graphql(`
  fragment ReviewFields on Review {
    id
    stage
    version
    isCurrent
    label
    decision
    blindLabel
    revealedAt
    overrideReason
    comment
    amendReason
    signedAt
    reader {
      id
      name
    }
    marks {
      imageId
      finding
      x
      y
      width
      height
    }
    prediction {
      id
      modelVersion {
        id
        name
      }
    }
  }
`);

export const REVEAL_PREDICTION = graphql(`
  mutation RevealPrediction($caseId: ID!, $blindLabel: Label) {
    revealPrediction(caseId: $caseId, blindLabel: $blindLabel) {
      ...CaseStateFields
      study {
        id
        images {
          id
          prediction {
            ...PredictionFields
          }
        }
      }
    }
  }
`);

export const SIGN_REVIEW = graphql(`
  mutation SignReview($input: SignReviewInput!) {
    signReview(input: $input) {
      ...ReviewFields
    }
  }
`);

export const AMEND_REVIEW = graphql(`
  mutation AmendReview($input: AmendReviewInput!) {
    amendReview(input: $input) {
      ...ReviewFields
    }
  }
`);
