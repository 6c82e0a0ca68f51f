import { graphql } from "./graphql.ts";

export const SIGN_IN = graphql(`
  mutation SignIn($email: String!, $password: String!, $deviceToken: String!) {
    signIn(email: $email, password: $password, deviceToken: $deviceToken) {
      token
      expiresAt
      deviceToken
    }
  }
`);

export const SIGN_IN_WITH_ID_TOKEN = graphql(`
  mutation SignInWithIdToken($idToken: String!) {
    signInWithIdToken(idToken: $idToken) {
      token
      expiresAt
    }
  }
`);

export const SIGN_OUT = graphql(`
  mutation SignOut {
    signOut
  }
`);

export const VIEWER = graphql(`
  query Viewer {
    viewer {
      user {
        id
        name
        email
        role
        locale
        isDemo
      }
      mustChangePassword
      proofMethod
      failuresBefore {
        count
        lastAt
      }
      permissions
      sites {
        id
        code
        name
        viewerReadsBlind
      }
      demoMode
      sessionExpiresAt
    }
  }
`);

export const SET_LOCALE = graphql(`
  mutation SetLocale($locale: String!) {
    setLocale(locale: $locale) {
      id
      locale
    }
  }
`);

export const CREATE_SUBSCRIPTION_TICKET = graphql(`
  mutation CreateSubscriptionTicket {
    createSubscriptionTicket {
      ticket
      expiresAt
    }
  }
`);

/** Whether anybody takes films to the model. */
export const AI_STATE = graphql(`
  query AiState {
    aiState {
      isAway
    }
  }
`);
