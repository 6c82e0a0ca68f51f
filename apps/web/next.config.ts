import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";
import { staticSecurityHeaders } from "./src/lib/security-headers.ts";

const withNextIntl = createNextIntlPlugin("./src/i18n/request.ts");

const nextConfig: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`; a first start should not wait for it.
  typescript: { ignoreBuildErrors: true },
  transpilePackages: ["@lung-iris/audit-words"],
  turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) },
  experimental: {
    // `forbidden()` and the real 403 page it shows.
    authInterrupts: true,
    optimizePackageImports: ["@mantine/core", "@mantine/hooks"],
  },
  headers: () =>
    Promise.resolve([
      { source: "/:path*", headers: staticSecurityHeaders() },
      {
        // Named by its content: kept, with what the browser compiled of it.
        source: "/viewer/:file(viewer-.*)",
        headers: [
          {
            key: "Cache-Control",
            value: "public, max-age=31536000, immutable",
          },
        ],
      },
    ]),
};

export default withNextIntl(nextConfig);
