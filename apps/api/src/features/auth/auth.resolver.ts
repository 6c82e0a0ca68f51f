import type { Site } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import {
  Arg,
  Ctx,
  FieldResolver,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { assertUser } from "../../access/authorize.ts";
import { Requires } from "../../access/requires.ts";
import type { UserViewer } from "../../access/viewer.ts";
import type { ApiContext } from "../../context.ts";
import { loadRequired } from "../../platform/loader.ts";
import type { SiteService } from "../sites/site.service.ts";
import { SiteType } from "../sites/site.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import type { OwnPasswordService } from "./own-password.service.ts";
import type { SessionService } from "./session.service.ts";
import { proofMethod } from "./signature-proof.ts";
import type { AuthService } from "./auth.service.ts";
import type { SignedIn } from "./auth.service.ts";
import {
  SignInFailuresType,
  SignInPayload,
  SubscriptionTicketType,
  ViewerType,
} from "./auth.type.ts";

type ViewerRow = Pick<
  UserViewer,
  | "userId"
  | "sessionId"
  | "sessionExpiresAt"
  | "signsUntil"
  | "mustChangePassword"
> & {
  permissions: string[];
  demoMode: boolean;
  proofMethod: "PASSWORD" | "IDENTITY_PROVIDER";
};

@Resolver(() => ViewerType)
export class AuthResolver {
  constructor(
    private readonly auth: AuthService,
    private readonly ownPassword: OwnPasswordService,
    private readonly sessions: SessionService,
    private readonly siteService: SiteService,
    private readonly isDemo: boolean,
  ) {}

  @Query(() => ViewerType, { description: "Who is asking." })
  @Requires("signed-in")
  viewer(@Ctx() { viewer }: ApiContext): ViewerRow {
    assertUser(viewer);
    return {
      userId: viewer.userId,
      sessionId: viewer.sessionId,
      signsUntil: viewer.signsUntil,
      mustChangePassword: viewer.mustChangePassword,
      proofMethod: proofMethod(viewer),
      permissions: [...viewer.permissions].sort(),
      demoMode: this.isDemo,
      sessionExpiresAt: viewer.sessionExpiresAt,
    };
  }

  @FieldResolver(() => UserType, { description: "The user signed in." })
  user(
    @Root() { userId }: ViewerRow,
    @Ctx() { loaders }: ApiContext,
  ): Promise<UserRow> {
    return loadRequired(loaders.users, userId, "user");
  }

  @FieldResolver(() => SignInFailuresType, {
    description: "What was tried between your last session and this one.",
  })
  async failuresBefore(@Root() { sessionId }: ViewerRow): Promise<{
    count: number;
    lastAt: Date | null;
  }> {
    const found = await this.sessions.failuresBefore(sessionId);
    return { count: found.failedBefore, lastAt: found.lastFailedAt };
  }

  @FieldResolver(() => [SiteType], {
    description: "The user's sites, by code.",
  })
  sites(@Ctx() { viewer }: ApiContext): Promise<Site[]> {
    return this.siteService.ofViewer(viewer);
  }

  @Mutation(() => SignInPayload, {
    description: "Opens a session with email and password.",
  })
  @Requires("public")
  signIn(
    @Arg("email", () => String, { description: "Address of the user." })
    email: string,
    @Arg("password", () => String, { description: "The user's password." })
    password: string,
    @Arg("deviceToken", () => String, {
      nullable: true,
      description:
        "A browser's token from an earlier sign-in, empty for its first: others' guesses then do not lock it out. Absent: the device is not remembered.",
    })
    deviceToken: string | null | undefined,
    @Ctx() { viewer }: ApiContext,
  ): Promise<SignedIn> {
    return this.auth.signIn(viewer, {
      email,
      password,
      deviceToken: deviceToken ?? null,
    });
  }

  @Mutation(() => GraphQLDateTime, {
    description:
      "Gives your password again, as a signature asks for it after a while; the time until which signatures are taken.",
  })
  @Requires("signed-in")
  reauthenticate(
    @Arg("password", () => String, { description: "Your password." })
    password: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Date> {
    return this.ownPassword.reauthenticate(viewer, password);
  }

  @Mutation(() => Boolean, {
    description: "Changes your own password; your other sessions end.",
  })
  @Requires("signed-in")
  changePassword(
    @Arg("currentPassword", () => String, { description: "The one so far." })
    currentPassword: string,
    @Arg("newPassword", () => String, {
      description: "12 to 200 characters that are not guessed.",
    })
    newPassword: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<true> {
    return this.ownPassword.change(viewer, currentPassword, newPassword);
  }

  @Mutation(() => SignInPayload, {
    description:
      "Opens a session with an ID token of the configured OpenID Connect issuer.",
  })
  @Requires("public")
  signInWithIdToken(
    @Arg("idToken", () => String, { description: "The issuer's ID token." })
    idToken: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<SignedIn> {
    return this.auth.signInWithIdToken(viewer, idToken);
  }

  @Mutation(() => Boolean, { description: "Ends the session; always true." })
  @Requires("signed-in")
  async signOut(@Ctx() { viewer }: ApiContext): Promise<boolean> {
    await this.auth.signOut(viewer);
    return true;
  }

  @Mutation(() => SubscriptionTicketType, {
    description: "A ticket for one WebSocket.",
  })
  @Requires("signed-in")
  async createSubscriptionTicket(
    @Ctx() { viewer }: ApiContext,
  ): Promise<{ ticket: string; expiresAt: Date }> {
    const { token, expiresAt } = await this.auth.createTicket(viewer);
    return { ticket: token, expiresAt };
  }
}
