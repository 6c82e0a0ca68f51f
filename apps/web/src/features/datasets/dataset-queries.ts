import { graphql } from "../../lib/graphql.ts";

export const DATASETS = graphql(`
  query Datasets($after: String) {
    datasets(first: 20, after: $after) {
      edges {
        cursor
        node {
          id
          name
          state
          done
          total
          bytes
          sha256
          failure
          error
          isRetryable
          leftOut
          textFound
          leakCount
          withdrawnPatients
          leaks {
            entry
            place
            kind
          }
          format {
            pictureText
            dicom
          }
          createdAt
          finishedAt
          downloadPath
          createdBy {
            id
            name
          }
          site {
            id
            code
          }
          filter {
            siteId
            signedAfter
            signedBefore
            labels
            modelVersionId
            agreement
            grades
            finding
            ageFrom
            ageTo
            sexes
            views
            readers
            withoutNotes
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

export const DATASET_PREVIEW = graphql(`
  query DatasetPreview($filter: DatasetFilter!) {
    datasetPreview(filter: $filter) {
      cases
      films
      normal
      pneumonia
      other
      agreed
      overridden
      changedMind
      adjudicated
      twoAgree
      oneBlind
      oneAfterAi
      burntIn
      withText
    }
  }
`);

export const EXPORT_MODELS = graphql(`
  query ExportModels {
    modelVersions(first: 100) {
      edges {
        node {
          id
          name
          isLive
        }
      }
    }
  }
`);

export const CREATE_DATASET = graphql(`
  mutation CreateDataset(
    $name: String!
    $filter: DatasetFilter!
    $format: DatasetFormat
  ) {
    createDataset(name: $name, filter: $filter, format: $format) {
      id
      name
    }
  }
`);

export const RETRY_DATASET = graphql(`
  mutation RetryDataset($id: ID!) {
    retryDataset(id: $id) {
      id
      state
      done
      total
      failure
      error
      isRetryable
      textFound
      leakCount
      finishedAt
    }
  }
`);

export const DATASET_CHANGED = graphql(`
  subscription DatasetChanged($id: ID!) {
    datasetChanged(id: $id) {
      id
      state
      done
      total
      bytes
      sha256
      failure
      error
      isRetryable
      textFound
      leakCount
      withdrawnPatients
      leaks {
        entry
        place
        kind
      }
      finishedAt
      downloadPath
    }
  }
`);

export const EXPORT_READERS = graphql(`
  query ExportReaders {
    users(first: 100) {
      edges {
        node {
          id
          name
          role
        }
      }
    }
  }
`);
