import { graphql } from "../../lib/graphql.ts";

export const USERS = graphql(`
  query Users($search: String, $after: String) {
    users(search: $search, first: 50, after: $after) {
      edges {
        cursor
        node {
          id
          name
          email
          role
          grade
          locale
          isActive
          isDemo
          lastSignInAt
          failedSignIns
          lastFailedSignInAt
          passwordState
          createdAt
          sites {
            id
            code
            name
          }
          viewerCanEdit
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CREATE_USER = graphql(`
  mutation CreateUser($input: CreateUserInput!) {
    createUser(input: $input) {
      id
      name
    }
  }
`);

export const UPDATE_USER = graphql(`
  mutation UpdateUser($input: UpdateUserInput!) {
    updateUser(input: $input) {
      id
      name
      email
      role
      grade
      locale
      isActive
      sites {
        id
        code
        name
      }
      viewerCanEdit
    }
  }
`);
