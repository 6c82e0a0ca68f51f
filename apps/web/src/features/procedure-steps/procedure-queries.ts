import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment ProcedureDocumentFields on ProcedureDocument {
    name {
      en
      vi
    }
    trigger {
      moment
      findings
      flags
      ageFrom
      ageTo
      modalities
      wards
    }
    steps {
      name {
        en
        vi
      }
      role
      minutes
      evidence {
        kind
        options {
          code
          name {
            en
            vi
          }
        }
        unit
        min
        max
      }
    }
  }
`);

graphql(`
  fragment ProcedureVersionFields on ProcedureVersion {
    id
    procedureId
    version
    isOn
    reason
    byName
    createdAt
    document {
      ...ProcedureDocumentFields
    }
  }
`);

graphql(`
  fragment ProcedureStepFields on ProcedureStep {
    id
    role
    state
    dueAt
    escalatedAt
    answer
    doneAt
    doneByName
    correctReason
    correctedAt
    correctedByName
    viewerCanComplete
    viewerCanCorrect
    plan {
      name {
        en
        vi
      }
      minutes
      evidence {
        kind
        options {
          code
          name {
            en
            vi
          }
        }
        unit
        min
        max
      }
    }
  }
`);

export const PROCEDURES = graphql(`
  query Procedures($siteId: ID!) {
    procedures(siteId: $siteId) {
      ...ProcedureVersionFields
    }
  }
`);

export const PROCEDURE_VERSIONS = graphql(`
  query ProcedureVersions($procedureId: ID!, $after: String) {
    procedureVersions(procedureId: $procedureId, first: 20, after: $after) {
      edges {
        cursor
        node {
          id
          version
          isOn
          reason
          byName
          createdAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const PREVIEW_PROCEDURE = graphql(`
  query PreviewProcedure($siteId: ID!, $document: ProcedureDocumentInput!) {
    previewProcedure(siteId: $siteId, document: $document) {
      since
      looked
      begun
      isCapped
      cases {
        id
        arrivedAt
        patient {
          id
          name
          identityState
        }
      }
    }
  }
`);

export const SAVE_PROCEDURE = graphql(`
  mutation SaveProcedure($input: SaveProcedureInput!) {
    saveProcedure(input: $input) {
      ...ProcedureVersionFields
    }
  }
`);

export const PROCEDURE_STEPS = graphql(`
  query ProcedureSteps(
    $siteId: ID
    $mine: Boolean!
    $overdue: Boolean!
    $after: String
  ) {
    procedureSteps(
      siteId: $siteId
      mine: $mine
      overdue: $overdue
      first: 50
      after: $after
    ) {
      edges {
        cursor
        node {
          ...ProcedureStepFields
          run {
            id
            version {
              id
              document {
                name {
                  en
                  vi
                }
              }
            }
          }
          case {
            ...KeptTexts
            patient {
              id
              name
              identityState
              mrn
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

export const PROCEDURES_OF_CASE = graphql(`
  query ProceduresOfCase($id: ID!) {
    case(id: $id) {
      id
      procedureRuns {
        id
        version {
          id
          version
          document {
            name {
              en
              vi
            }
          }
        }
        steps {
          ...ProcedureStepFields
        }
      }
    }
  }
`);

export const COMPLETE_STEP = graphql(`
  mutation CompleteProcedureStep($id: ID!, $answer: String!) {
    completeProcedureStep(id: $id, answer: $answer) {
      ...ProcedureStepFields
    }
  }
`);

export const CORRECT_STEP = graphql(`
  mutation CorrectProcedureStep($id: ID!, $answer: String!, $reason: String!) {
    correctProcedureStep(id: $id, answer: $answer, reason: $reason) {
      ...ProcedureStepFields
    }
  }
`);

export const PROCEDURE_ADHERENCE = graphql(`
  query ProcedureAdherence($siteId: ID!, $days: Int!) {
    procedureAdherence(siteId: $siteId, days: $days) {
      procedureId
      doneInTime
      doneLate
      open
      overdue
      due
      inTimeShare
    }
    procedures(siteId: $siteId) {
      id
      procedureId
      document {
        name {
          en
          vi
        }
      }
    }
  }
`);
