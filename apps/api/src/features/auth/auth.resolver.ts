import type { Site } from "@lung-iris/prisma";
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
import type { AuthService } from "./auth.service.ts";
import type { SignedIn } from "./auth.service.ts";
import {
  SignInPayload,
  SubscriptionTicketType,
  ViewerType,
} from "./auth.type.ts";

type ViewerRow = Pick<UserViewer, "userId" | "sessionExpiresAt"> & {
  permissions: string[];
  demoMode: boolean;
};

@Resolver(() => ViewerType)
export class AuthResolver {
  constructor(
    private readonly auth: AuthService,
    private readonly siteService: SiteService,
    private readonly isDemo: boolean,
  ) {}

  @Query(() => ViewerType, { description: "Who is asking." })
  @Requires("signed-in")
  viewer(@Ctx() { viewer }: ApiContext): ViewerRow {
    assertUser(viewer);
    return {
      userId: viewer.userId,
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
    @Ctx() { viewer }: ApiContext,
  ): Promise<SignedIn> {
    return this.auth.signIn(viewer, email, password);
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
