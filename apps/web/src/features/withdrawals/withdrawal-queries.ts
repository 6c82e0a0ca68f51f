import { graphql } from "../../lib/graphql.ts";

export const WITHDRAWALS = graphql(`
  query LearningWithdrawals($after: String) {
    learningWithdrawals(first: 20, after: $after) {
      edges {
        cursor
        node {
          id
          reason
          byName
          withdrawnAt
          liftedAt
          liftedByName
          liftReason
          patient {
            id
            name
            identityState
            mrn
          }
          models {
            model {
              id
              name
            }
            role
            remedy
            isEverywhere
            sites {
              id
              code
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

export const WITHDRAWAL = graphql(`
  query LearningWithdrawal($patientId: ID!) {
    learningWithdrawal(patientId: $patientId) {
      id
      reason
      byName
      withdrawnAt
    }
  }
`);

export const HOLDING = graphql(`
  query DatasetsHolding($patientId: ID!) {
    datasetsHolding(patientId: $patientId, first: 100) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

export const WITHDRAW = graphql(`
  mutation WithdrawFromLearning($patientId: ID!, $reason: String!) {
    withdrawFromLearning(patientId: $patientId, reason: $reason) {
      id
      liftedAt
    }
  }
`);

export const LIFT = graphql(`
  mutation LiftLearningWithdrawal($patientId: ID!, $reason: String!) {
    liftLearningWithdrawal(patientId: $patientId, reason: $reason) {
      id
      liftedAt
      liftedByName
      liftReason
    }
  }
`);
