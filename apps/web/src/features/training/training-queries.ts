import { graphql } from "../../lib/graphql.ts";

export const TRAINING_RUNS = graphql(`
  query TrainingRuns($siteId: ID!, $after: String) {
    trainingRuns(siteId: $siteId, first: 20, after: $after) {
      edges {
        cursor
        node {
          id
          kind
          state
          name
          datasetName
          byName
          createdAt
          phase
          done
          total
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const TRAINING_RUN = graphql(`
  query TrainingRun($id: ID!) {
    trainingRun(id: $id) {
      id
      siteId
      kind
      state
      name
      datasetName
      datasetSha256
      base {
        id
        name
      }
      baseFingerprint
      barsVersion
      settings {
        name
        value
      }
      seed
      byName
      createdAt
      startedAt
      finishedAt
      codeVersion
      engine
      rehearsal
      trainer
      phase
      done
      total
      checkpointStep
      candidate {
        id
        name
        ...RecalibrationFields
      }
      candidateSha256
      failureCode
      failure
      points {
        phase
        step
        loss
        heldOutLoss
        auroc
        drift
      }
      log(first: 100) {
        ...LogPage
      }
    }
  }
`);

/** A page of a run's log, with where the next one begins. */
graphql(`
  fragment LogPage on TrainingLogLineConnection {
    edges {
      node {
        seq
        at
        text
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

/** Lines of a run's log below those that its page looks at again and again. */
export const OLDER_LOG = graphql(`
  query OlderLog($id: ID!, $after: String!) {
    trainingRun(id: $id) {
      id
      log(first: 100, after: $after) {
        ...LogPage
      }
    }
  }
`);

export const TRAINING_CHOICES = graphql(`
  query TrainingChoices($siteId: ID!) {
    bars(siteId: $siteId) {
      id
      version
      byName
      createdAt
    }
    datasets(first: 100) {
      edges {
        node {
          id
          name
          state
          total
          createdAt
          site {
            id
            code
          }
        }
      }
    }
  }
`);

export const START_TRAINING = graphql(`
  mutation StartTraining($input: StartTrainingInput!) {
    startTraining(input: $input) {
      id
      state
    }
  }
`);

export const PAUSE_TRAINING = graphql(`
  mutation PauseTraining($id: ID!) {
    pauseTraining(id: $id) {
      id
      state
    }
  }
`);

export const RESUME_TRAINING = graphql(`
  mutation ResumeTraining($id: ID!) {
    resumeTraining(id: $id) {
      id
      state
    }
  }
`);

export const STOP_TRAINING = graphql(`
  mutation StopTraining($id: ID!) {
    stopTraining(id: $id) {
      id
      state
    }
  }
`);
