import { graphql } from "../../lib/graphql.ts";

export const MODELS = graphql(`
  query Models($after: String) {
    liveModel {
      ...ModelFields
    }
    modelVersions(first: 20, after: $after) {
      edges {
        cursor
        node {
          ...ModelFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }

  fragment ModelFields on ModelVersion {
    id
    name
    sha256
    isLive
    liveSince
    fingerprint
    roles {
      role
      siteId
      since
      until
      byName
    }
    createdAt
    parameters
    weightsBytes
    inputSize
    predictionCount
    makers
    trainingPatients
    datasetSha256s
    madeBy {
      id
      name
      datasetName
      datasetSha256
    }
    cardMarkdown
    thresholds {
      finding
      group
      operatingPoint
      threshold
    }
    findings {
      code
      shown
      auroc {
        value
        low
        high
      }
      films
      positives
      unsure {
        group
        from
        to
      }
    }
    metrics {
      split
      name
      metric {
        value
        low
        high
      }
    }
    ...RecalibrationFields
    trainingData {
      name
      licence
      films
    }
  }
`);

/** What a recalibration did, for the candidate's page and the run's. */
graphql(`
  fragment RecalibrationFields on ModelVersion {
    recalibration {
      group
      films
      slope {
        value
        low
        high
      }
      intercept {
        value
        low
        high
      }
      bins {
        set
        isAfter
        films
        given
        found {
          value
          low
          high
        }
      }
      errors {
        set
        isAfter
        error {
          value
          low
          high
        }
        byChance
      }
    }
  }
`);
