import { graphql } from "../../gql/gql.ts";

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
    cardMarkdown
    thresholds {
      finding
      group
      operatingPoint
      threshold
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
    trainingData {
      name
      licence
      films
    }
  }
`);
